"""Headings, text, tables and notes in; one A4 PDF with contents, header and footer out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import reportlab
from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BalancedColumns,
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    Image,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)
from reportlab.platypus.flowables import CallerMacro
from reportlab.platypus.tableofcontents import TableOfContents

from corpus.furniture import Meta, Pages, Painter
from corpus.house import WORD, House, Size
from corpus.table_style import PADDING, table_style
from corpus.tables import PLAIN, Look, TableSpec

__all__ = ["FONTS", "Meta", "Report"]

FONTS = Path(reportlab.__file__).parent / "fonts"
INK = HexColor("#222B2E")
MUTED = HexColor("#5B6B70")

NOTE_LEADING = 9.5
GUTTER = 6 * mm  # between two columns of text
CAPTION = 26  # points that a caption takes
WIDE_COLUMNS = 6  # columns of a table that the look may want on a lying page


def _register_fonts() -> None:
    for name in ("Vera", "VeraBd", "VeraIt", "VeraBI"):
        pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
    pdfmetrics.registerFontFamily(
        "Vera", normal="Vera", bold="VeraBd", italic="VeraIt", boldItalic="VeraBI"
    )


def _style(name: str, size: Size, font: str, **more: Any) -> Any:
    settings: dict[str, Any] = {"textColor": INK, **more}
    return ParagraphStyle(name, fontName=font, fontSize=size[0], leading=size[1], **settings)


def _styles(house: House) -> dict[str, Any]:
    plain, bold, body, cell = house.regular, house.bold, house.body, house.cell
    head: dict[str, Any] = {"textColor": HexColor(house.accent), "keepWithNext": 1}
    ink = {"keepWithNext": 1}
    return {
        "h1": _style("h1", house.h1, bold, **head, spaceBefore=20, spaceAfter=8),
        "h2": _style("h2", house.h2, bold, **head, spaceBefore=13, spaceAfter=4),
        "h3": _style("h3", house.h3, bold, **ink, spaceBefore=8, spaceAfter=2),
        "contents": _style("contents", house.h1, bold, **head, spaceAfter=14),
        "p": _style("p", body, plain, spaceAfter=7),
        "bullet": _style("bullet", body, plain, spaceAfter=3, leftIndent=13, bulletIndent=2),
        "caption": _style(
            "caption", (cell[0] + 0.2, cell[1] + 0.6), bold, spaceBefore=7, spaceAfter=4
        ),
        "cell": _style("cell", cell, plain),
        "cellnum": _style("cellnum", cell, plain, alignment=TA_RIGHT),
        "bold": _style("bold", cell, bold),
        "boldnum": _style("boldnum", cell, bold, alignment=TA_RIGHT),
        "note": _style("note", (7.2, NOTE_LEADING), plain, textColor=MUTED),
        "toc1": _style("toc1", body, bold, spaceBefore=6),
        "toc2": _style("toc2", body, plain, leftIndent=12),
        "cover": _style("cover", (27, 36), bold, textColor=white),
    }


class _TracedText(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """A paragraph that notes in `pages` where it, or each part of it, is drawn."""

    pages: list[int]

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803
        """Let the parts of the paragraph note their pages in the same list."""
        parts: list[Any] = super().split(availWidth, availHeight)
        for part in parts:
            part.pages = self.pages
        return parts

    def draw(self) -> None:
        """Note the page, and draw."""
        self.pages.append(self.canv.getPageNumber())
        super().draw()


class _TracedTable(Table):  # type: ignore[misc]  # reportlab has no types
    """A table that notes in `pages` where it, or each part of it, is drawn."""

    pages: list[int]

    def onSplit(self, T: Any, byRow: int = 1) -> None:  # noqa: N802, N803  # reportlab's names
        """Let a part of the table note its pages in the same list."""
        T.pages = self.pages

    def draw(self) -> None:
        """Note the page, and draw."""
        self.pages.append(self.canv.getPageNumber())
        super().draw()


def _fill(gap: Any, height: float) -> None:
    gap.height = max(0, height)


@dataclass
class Report:
    """Collects the parts of one document in reading order and writes them as a PDF."""

    meta: Meta
    numbered: bool
    look: Look = PLAIN
    tables: list[TableSpec] = field(default_factory=list)
    story: list[Any] = field(default_factory=list)
    places: list[list[int]] = field(default_factory=list)
    """For each table the pages that hold it, or parts of it; filled by `write`."""
    house: House = WORD
    texts: list[tuple[str, list[int]]] = field(default_factory=list)
    """Each paragraph and bullet with the pages that hold it; filled by `write`."""
    _counters: list[int] = field(default_factory=lambda: [0, 0, 0])
    _orientation: str = "portrait"
    notes: dict[int, list[str]] = field(default_factory=dict)
    """The footnotes of each page, once the report has been written."""
    _column_parts: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        _register_fonts()
        self._s = _styles(self.house)
        self._side = self.house.side * mm
        names = ("accent", "tint", "line", "group")
        self._colours = {name: HexColor(getattr(self.house, name)) for name in names}
        if self.look.landscape == "all":
            self._orientation = "landscape"
        if self.house.cover:
            self.story += [NextPageTemplate(self._orientation), PageBreak()]
        if self.house.contents:
            self._contents()

    def _contents(self) -> None:
        contents = TableOfContents(
            dotsMinLevel=0, levelStyles=[self._s["toc1"], self._s["toc2"], self._s["toc2"]]
        )
        self.story += [Paragraph("Innehåll", self._s["contents"]), contents, PageBreak()]

    def _frame_width(self, orientation: str) -> float:
        return float(A4[orientation == "landscape"] - 2 * self._side)

    def _add(self, *parts: Any) -> None:
        """Add what running text is made of: to its columns, where the house has several."""
        (self._column_parts if self.house.columns > 1 else self.story).extend(parts)

    def _end_columns(self) -> None:
        """Set the text gathered so far in its columns, before what goes over the whole page."""
        if self._column_parts:
            columns = BalancedColumns(
                self._column_parts, nCols=self.house.columns, innerPadding=GUTTER
            )
            self.story += [columns, Spacer(1, 4)]
            self._column_parts = []

    def heading(self, level: int, text: str) -> None:
        """Add a heading of level 1–3, with its number where the document has numbers."""
        self._counters[level - 1] += 1
        self._counters[level:] = [0] * (3 - level)
        if self.numbered:
            text = ".".join(str(n) for n in self._counters[:level]) + " " + text
        paragraph = Paragraph(text, self._s[f"h{level}"])
        key = "h" + "-".join(str(n) for n in self._counters)
        paragraph.corpus_heading = (level, text, key)
        if level == 1:
            self._end_columns()
            self.story += [CondPageBreak(55 * mm), paragraph]
        elif not self._column_parts:  # a heading first in columns would stand alone in one
            self.story.append(paragraph)
        else:
            self._add(paragraph)

    def _text(self, text: str, style: str, **more: Any) -> Any:
        paragraph = _TracedText(text, self._s[style], **more)
        paragraph.pages = Pages()
        self.texts.append((text, paragraph.pages))
        return paragraph

    def p(self, text: str, note: str | None = None) -> None:
        """Add a paragraph; `note` becomes a footnote where its text says [1], [2] and so on."""
        for digit in "123":
            text = text.replace(f"[{digit}]", f'<super size="6">{digit}</super>')
        self._add(self._text(text, "p"))
        if note is not None:
            self._add(CallerMacro(drawCallable=lambda macro, *_: self._note(macro, note)))

    def _note(self, macro: Any, note: str) -> None:
        notes = self.notes.setdefault(macro.canv.getPageNumber(), [])
        if note not in notes:
            notes.append(note)

    def bullets(self, items: Sequence[str]) -> None:
        """Add a bullet list."""
        for item in items:
            self._add(self._text(item, "bullet", bulletText="•"))
        self._add(Spacer(1, 5))

    def page_break(self, orientation: str = "portrait") -> None:
        """Start a new page, "portrait" or "landscape" (all are, where the look wants them so)."""
        self._end_columns()
        self._orientation = "landscape" if self.look.landscape == "all" else orientation
        self.story += [NextPageTemplate(self._orientation), PageBreak()]

    def picture(self, data: bytes, tables: Sequence[TableSpec], texts: Sequence[str]) -> None:
        """Add a page that is nothing but a picture (JPEG) of tables and texts, and go on after."""
        self._end_columns()
        pages = Pages()
        self.tables += tables
        self.places += [pages] * len(tables)
        self.texts += [(text, pages) for text in texts]
        note = CallerMacro(drawCallable=lambda macro, *_: pages.append(macro.canv.getPageNumber()))
        image = Image(BytesIO(data), width=A4[0], height=A4[1])
        self.story += [NextPageTemplate("picture"), PageBreak(), note, image]
        self.story += [NextPageTemplate(self._orientation), PageBreak()]

    @property
    def next_table(self) -> int:
        """The number that the next table will get, for references in the text before it."""
        return len(self.tables) + 1

    def table(self, spec: TableSpec) -> None:
        """Add a captioned table, numbered through the document."""
        self._end_columns()
        self.tables.append(spec)
        label = self.house.label.format(n=len(self.tables))
        caption = Paragraph(f"{label}{spec.caption}", self._s["caption"])
        widths = self._widths(spec)
        turned = self._orientation == "portrait" and self._lies(spec, widths)
        if turned:
            headings = self._last_headings()
            self.page_break("landscape")
            self.story += headings
        if turned and self.look.landscape == "wide":
            widths = [width * self._frame_width("landscape") / sum(widths) for width in widths]
        table = self._make_table(spec, widths)
        parts = [caption, table, Spacer(1, 11)]
        if self.look.split:
            table.wrap(sum(widths), A4[1])
            first = spec.header_rows + len(spec.rows) // 2
            rest = CAPTION + sum(table._rowHeights[:first])
            gap = Spacer(1, 0)
            fill = CallerMacro(wrapCallable=lambda *room: _fill(gap, room[2] - rest))
            self.story += [CondPageBreak(rest), fill, gap, *parts]
        elif spec.breaks:
            self.story += [CondPageBreak(45 * mm), *parts]
        else:
            self.story.append(KeepTogether(parts))
        if turned:
            self.page_break()

    def _lies(self, spec: TableSpec, widths: list[float]) -> bool:
        wanted = self.look.landscape == "wide" and len(spec.columns) >= WIDE_COLUMNS
        return wanted or sum(widths) > self._frame_width("portrait") + 1

    def _last_headings(self) -> list[Any]:
        """Take the headings that nothing stands under yet, to go with what follows them."""
        taken: list[Any] = []
        while hasattr(self.story[-1], "corpus_heading"):
            taken.insert(0, self.story.pop())
        return taken

    def _widths(self, spec: TableSpec) -> list[float]:
        """The columns' widths in points: as the content says, but no number breaks over lines."""
        widths = [column.width * mm for column in spec.columns]
        font, size = self.house.bold, self.house.cell[0]
        for index, column in enumerate(spec.columns):
            if column.number:
                texts = [row[index] for row in self.look.rows(spec)]
                widest = max(pdfmetrics.stringWidth(text, font, size) for text in texts)
                widths[index] = max(widths[index], widest + 2 * PADDING + 1)
        return widths

    def _make_table(self, spec: TableSpec, widths: list[float]) -> Any:
        numbers = [column.number for column in spec.columns]
        head_rows = spec.header_rows
        body = [*spec.header(), *self.look.rows(spec)]
        bold_rows = {*range(head_rows), *range(len(body) - spec.totals, len(body))}
        bold_rows |= {index + head_rows for index in spec.groups}
        cells = [
            [
                Paragraph(
                    text,
                    self._s[("bold" if y in bold_rows else "cell") + ("num" if numbers[x] else "")],
                )
                for x, text in enumerate(row)
            ]
            for y, row in enumerate(body)
        ]
        table = _TracedTable(
            cells,
            colWidths=widths,
            repeatRows=head_rows if self.look.repeat_header else 0,
            hAlign="LEFT",
            style=TableStyle(table_style(spec, self.look, self._colours)),
        )
        table.pages = []
        self.places.append(table.pages)
        return table

    def write(self, path: Path) -> int:
        """Write the PDF to `path` and return its number of pages."""
        self._end_columns()
        document = BaseDocTemplate(
            str(path),
            pagesize=A4,
            title=f"{self.meta.title}, {self.meta.board}",
            author=f"{self.meta.municipality}, {self.meta.board}",
            subject="Påhittat exempeldokument",
            lang="sv-SE",
            invariant=1,
        )
        document.addPageTemplates(self._page_templates())
        document.afterFlowable = lambda flowable: self._after(document, flowable)
        document.multiBuild(self.story)
        return int(document.page)

    def _page_templates(self) -> list[Any]:
        box = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
        bottom, margins = self.house.bottom * mm, self.house.top * mm + self.house.bottom * mm

        def template(name: str, size: tuple[float, float], **draw: Any) -> Any:
            width, height = size[0] - 2 * self._side, size[1] - margins
            frame = Frame(self._side, bottom, width, height, id=name, **box)
            return PageTemplate(name, [frame], pagesize=size, **draw)

        upright = template("portrait", A4, onPage=self._first, onPageEnd=self._running)
        lying = template("landscape", landscape(A4), onPageEnd=self._running)
        picture = PageTemplate("picture", [Frame(0, -1, A4[0], A4[1] + 2, **box)], pagesize=A4)
        cover = [template("cover", A4, onPage=self._cover)] if self.house.cover else []
        return [*cover, upright, lying, picture]

    def _after(self, document: Any, flowable: Any) -> None:
        heading = getattr(flowable, "corpus_heading", None)
        if heading is None:
            return
        level, text, key = heading
        document.canv.bookmarkPage(key)
        document.canv.addOutlineEntry(text, key, level - 1, closed=level > 1)
        if level < 3:
            document.notify("TOCEntry", (level - 1, text, document.page, key))

    def _first(self, canvas: Any, document: Any) -> None:
        """Forget what an earlier pass over the document has noted."""
        if document.page == 1:
            for pages in (*self.places, *(pages for _, pages in self.texts)):
                pages.clear()
            self.notes.clear()

    @property
    def _painter(self) -> Painter:
        colours = {**self._colours, "ink": INK, "muted": MUTED, "white": white}
        return Painter(self.meta, self.house, colours)

    def _cover(self, canvas: Any, document: Any) -> None:
        self._first(canvas, document)
        self._painter.cover(canvas, A4, Paragraph(self.meta.title, self._s["cover"]))

    def _running(self, canvas: Any, document: Any) -> None:
        canvas.saveState()
        self._painter.running(canvas, document.page)
        self._draw_notes(canvas, self.notes.get(document.page, []))
        canvas.restoreState()

    def _draw_notes(self, canvas: Any, notes: Sequence[str]) -> None:
        if not notes:
            return
        top = self.house.bottom * mm - 3 * mm
        canvas.line(self._side, top, self._side + 45 * mm, top)
        y = top - 2
        for note in notes:
            digit, _, text = note.partition(" ")
            paragraph = Paragraph(f'<super size="5">{digit}</super> {text}', self._s["note"])
            _, height = paragraph.wrap(A4[0] - 2 * self._side, 50 * mm)
            y -= height
            paragraph.drawOn(canvas, self._side, y)

"""Headings, text, tables and notes in; one A4 PDF with contents, header and footer out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
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
    BaseDocTemplate,
    CondPageBreak,
    Frame,
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

from corpus.tables import PLAIN, Look, TableSpec

ACCENT = HexColor("#1F5A6B")
TINT = HexColor("#E8F0F2")
LINE = HexColor("#A9BDC3")
INK = HexColor("#222B2E")
MUTED = HexColor("#5B6B70")

SIDE = 27 * mm
TOP = 31 * mm
BOTTOM = 32 * mm
NOTE_LEADING = 9.5
PADDING = 4  # points left and right of a cell's text
AIR = 5.5  # points more above and below it in an airy table
CAPTION = 26  # points that a caption takes
WIDE_COLUMNS = 6  # columns of a table that the look may want on a lying page
FRAME = {"portrait": A4[0] - 2 * SIDE, "landscape": A4[1] - 2 * SIDE}


@dataclass(frozen=True)
class Meta:
    """What the cover, the running header and footer, and the PDF metadata say."""

    title: str
    board: str
    municipality: str
    decided: str
    reference: str
    subtitle: str


def _register_fonts() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in ("Vera", "VeraBd", "VeraIt", "VeraBI"):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    pdfmetrics.registerFontFamily(
        "Vera", normal="Vera", bold="VeraBd", italic="VeraIt", boldItalic="VeraBI"
    )


def _style(name: str, size: float, leading: float, **more: Any) -> Any:
    settings: dict[str, Any] = {"fontName": "Vera", "textColor": INK, **more}
    return ParagraphStyle(name, fontSize=size, leading=leading, **settings)


def _styles() -> dict[str, Any]:
    head: dict[str, Any] = {"fontName": "VeraBd", "textColor": ACCENT, "keepWithNext": 1}
    return {
        "h1": _style("h1", 16, 21, **head, spaceBefore=20, spaceAfter=8),
        "h2": _style("h2", 11.5, 16, **head, spaceBefore=13, spaceAfter=4),
        "h3": _style("h3", 9.3, 13, **{**head, "textColor": INK}, spaceBefore=8, spaceAfter=2),
        "contents": _style("contents", 16, 21, **head, spaceAfter=14),
        "p": _style("p", 9.2, 14, spaceAfter=7),
        "bullet": _style("bullet", 9.2, 14, spaceAfter=3, leftIndent=13, bulletIndent=2),
        "caption": _style("caption", 8, 11, fontName="VeraBd", spaceBefore=7, spaceAfter=4),
        "cell": _style("cell", 7.8, 10.4),
        "cellnum": _style("cellnum", 7.8, 10.4, alignment=TA_RIGHT),
        "bold": _style("bold", 7.8, 10.4, fontName="VeraBd"),
        "boldnum": _style("boldnum", 7.8, 10.4, fontName="VeraBd", alignment=TA_RIGHT),
        "note": _style("note", 7.2, NOTE_LEADING, textColor=MUTED),
        "toc1": _style("toc1", 9.2, 14, fontName="VeraBd", spaceBefore=6),
        "toc2": _style("toc2", 9.2, 14, leftIndent=12),
    }


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


def _table_style(spec: TableSpec, look: Look) -> list[tuple[Any, ...]]:
    head_rows, rules = spec.header_rows, look.rules
    last_head = head_rows - 1
    air = AIR if look.airy else 0
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, last_head), "BOTTOM"),
        ("VALIGN", (0, head_rows), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 3 + air),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5 + air),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("BACKGROUND", (0, 0), (-1, last_head), TINT),
    ]
    if spec.grid or rules == "grid":
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, LINE))
    elif rules == "zebra":
        stripes = range(head_rows, head_rows + len(spec.rows), 2)
        commands += [("BACKGROUND", (0, row), (-1, row), TINT) for row in stripes]
    elif rules == "none":
        commands.append(("LINEBELOW", (0, last_head), (-1, last_head), 0.8, ACCENT))
    else:
        commands += [
            ("LINEABOVE", (0, 0), (-1, 0), 1, ACCENT),
            ("LINEBELOW", (0, last_head), (-1, last_head), 0.8, ACCENT),
            ("LINEBELOW", (0, head_rows), (-1, -1), 0.4, LINE),
            ("LINEBELOW", (0, -1), (-1, -1), 1, ACCENT),
        ]
    for band in spec.bands:
        commands.append(("SPAN", (band.first, 0), (band.last, 0)))
        if rules in ("zebra", "none"):
            continue
        commands.append(("LINEBELOW", (band.first, 0), (band.last, 0), 0.5, ACCENT))
    for index in spec.groups:
        row = index + head_rows
        commands.append(("SPAN", (0, row), (-1, row)))
        commands.append(("BACKGROUND", (0, row), (-1, row), HexColor("#F5F8F9")))
    if spec.totals and rules not in ("zebra", "none"):
        commands.append(("LINEABOVE", (0, -spec.totals), (-1, -spec.totals), 0.8, ACCENT))
    return commands


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
    _counters: list[int] = field(default_factory=lambda: [0, 0, 0])
    _orientation: str = "portrait"
    _notes: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _register_fonts()
        self._s = _styles()
        if self.look.landscape == "all":
            self._orientation = "landscape"
        self._cover_and_contents()

    def _cover_and_contents(self) -> None:
        contents = TableOfContents(
            dotsMinLevel=0, levelStyles=[self._s["toc1"], self._s["toc2"], self._s["toc2"]]
        )
        self.story += [
            NextPageTemplate(self._orientation),
            PageBreak(),
            Paragraph("Innehåll", self._s["contents"]),
            contents,
            PageBreak(),
        ]

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
            self.story.append(CondPageBreak(55 * mm))
        self.story.append(paragraph)

    def p(self, text: str, note: str | None = None) -> None:
        """Add a paragraph; `note` becomes a footnote where its text says [1], [2] and so on."""
        for digit in "123":
            text = text.replace(f"[{digit}]", f'<super size="6">{digit}</super>')
        self.story.append(Paragraph(text, self._s["p"]))
        if note is not None:
            self.story.append(CallerMacro(drawCallable=lambda macro, *_: self._note(macro, note)))

    def _note(self, macro: Any, note: str) -> None:
        notes = self._notes.setdefault(macro.canv.getPageNumber(), [])
        if note not in notes:
            notes.append(note)

    def bullets(self, items: Sequence[str]) -> None:
        """Add a bullet list."""
        for item in items:
            self.story.append(Paragraph(item, self._s["bullet"], bulletText="•"))
        self.story.append(Spacer(1, 5))

    def page_break(self, orientation: str = "portrait") -> None:
        """Start a new page, "portrait" or "landscape" (all are, where the look wants them so)."""
        self._orientation = "landscape" if self.look.landscape == "all" else orientation
        self.story += [NextPageTemplate(self._orientation), PageBreak()]

    @property
    def next_table(self) -> int:
        """The number that the next table will get, for references in the text before it."""
        return len(self.tables) + 1

    def table(self, spec: TableSpec) -> None:
        """Add a captioned table, numbered through the document."""
        self.tables.append(spec)
        caption = Paragraph(f"Tabell {len(self.tables)}. {spec.caption}", self._s["caption"])
        widths = self._widths(spec)
        turned = self._orientation == "portrait" and self._lies(spec, widths)
        if turned:
            headings = self._last_headings()
            self.page_break("landscape")
            self.story += headings
        if turned and self.look.landscape == "wide":
            widths = [width * FRAME["landscape"] / sum(widths) for width in widths]
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
        return wanted or sum(widths) > FRAME["portrait"] + 1

    def _last_headings(self) -> list[Any]:
        """Take the headings that nothing stands under yet, to go with what follows them."""
        taken: list[Any] = []
        while hasattr(self.story[-1], "corpus_heading"):
            taken.insert(0, self.story.pop())
        return taken

    def _widths(self, spec: TableSpec) -> list[float]:
        """The columns' widths in points: as the content says, but no number breaks over lines."""
        widths = [column.width * mm for column in spec.columns]
        for index, column in enumerate(spec.columns):
            if column.number:
                texts = [row[index] for row in self.look.rows(spec)]
                widest = max(pdfmetrics.stringWidth(text, "VeraBd", 7.8) for text in texts)
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
            style=TableStyle(_table_style(spec, self.look)),
        )
        table.pages = []
        self.places.append(table.pages)
        return table

    def write(self, path: Path) -> int:
        """Write the PDF to `path` and return its number of pages."""
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
        width, height = A4
        wide, low = landscape(A4)
        box = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
        tall_frame = Frame(SIDE, BOTTOM, width - 2 * SIDE, height - TOP - BOTTOM, **box)
        wide_frame = Frame(SIDE, BOTTOM, wide - 2 * SIDE, low - TOP - BOTTOM, **box)
        cover_frame = Frame(SIDE, BOTTOM, width - 2 * SIDE, height - TOP - BOTTOM, **box)
        return [
            PageTemplate("cover", [cover_frame], onPage=self._draw_cover),
            PageTemplate("portrait", [tall_frame], onPageEnd=self._draw_running, pagesize=A4),
            PageTemplate(
                "landscape", [wide_frame], onPageEnd=self._draw_running, pagesize=(wide, low)
            ),
        ]

    def _after(self, document: Any, flowable: Any) -> None:
        heading = getattr(flowable, "corpus_heading", None)
        if heading is None:
            return
        level, text, key = heading
        document.canv.bookmarkPage(key)
        document.canv.addOutlineEntry(text, key, level - 1, closed=level > 1)
        if level < 3:
            document.notify("TOCEntry", (level - 1, text, document.page, key))

    def _draw_cover(self, canvas: Any, document: Any) -> None:
        self._notes.clear()
        for pages in self.places:
            pages.clear()
        width, height = A4
        canvas.saveState()
        canvas.setFillColor(ACCENT)
        canvas.rect(0, height - 150 * mm, width, 150 * mm, stroke=0, fill=1)
        canvas.setFillColor(white)
        canvas.setFont("Vera", 11)
        canvas.drawString(SIDE, height - 32 * mm, self.meta.municipality)
        title = _style("cover", 27, 36, fontName="VeraBd", textColor=white)
        heading = Paragraph(self.meta.title, title)
        _width, _height = heading.wrap(width - 2 * SIDE, 100 * mm)
        heading.drawOn(canvas, SIDE, height - 112 * mm)
        canvas.setFont("Vera", 13)
        canvas.drawString(SIDE, height - 124 * mm, self.meta.board)
        canvas.setFillColor(INK)
        lines = [self.meta.subtitle, "", self.meta.decided, self.meta.reference]
        for index, line in enumerate(lines):
            canvas.setFont("Vera", 10)
            canvas.drawString(SIDE, height - 172 * mm - index * 6.5 * mm, line)
        canvas.restoreState()

    def _draw_running(self, canvas: Any, document: Any) -> None:
        width, height = canvas._pagesize
        canvas.saveState()
        canvas.setFont("Vera", 7.5)
        canvas.setFillColor(MUTED)
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.5)
        canvas.drawString(SIDE, height - 17 * mm, self.meta.board)
        canvas.drawRightString(width - SIDE, height - 17 * mm, self.meta.municipality)
        canvas.line(SIDE, height - 19.5 * mm, width - SIDE, height - 19.5 * mm)
        canvas.drawString(SIDE, 12 * mm, self.meta.title)
        canvas.drawRightString(width - SIDE, 12 * mm, str(document.page))
        self._draw_notes(canvas, self._notes.get(document.page, []))
        canvas.restoreState()

    def _draw_notes(self, canvas: Any, notes: Sequence[str]) -> None:
        if not notes:
            return
        top = BOTTOM - 3 * mm
        canvas.line(SIDE, top, SIDE + 45 * mm, top)
        y = top - 2
        for note in notes:
            digit, _, text = note.partition(" ")
            paragraph = Paragraph(f'<super size="5">{digit}</super> {text}', self._s["note"])
            _, height = paragraph.wrap(A4[0] - 2 * SIDE, 50 * mm)
            y -= height
            paragraph.drawOn(canvas, SIDE, y)

"""Word files that hold one payload, hidden in one of many ways between lines that are seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

WHITE = RGBColor(255, 255, 255)


def shade(parent: Any, fill: str) -> None:
    """Fill what lies behind a run, paragraph or cell (its `rPr`, `pPr` or `tcPr`)."""
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), fill)
    parent.append(shading)


def _vanished(document: Any, text: str) -> None:
    document.add_paragraph().add_run(text).font.hidden = True


def _vanished_by_style(document: Any, text: str) -> None:
    style = document.styles.add_style("Anteckning", WD_STYLE_TYPE.PARAGRAPH)
    style.font.hidden = True
    heir = document.styles.add_style("Anteckning 2", WD_STYLE_TYPE.PARAGRAPH)
    heir.base_style = style
    document.add_paragraph(text, style=heir)


def _white(document: Any, text: str) -> None:
    document.add_paragraph().add_run(text).font.color.rgb = WHITE


def _white_in_runs(document: Any, text: str) -> None:
    paragraph = document.add_paragraph("Se även nästa avsnitt. ")
    middle = len(text) // 2
    for part in (text[:middle], text[middle:]):
        paragraph.add_run(part).font.color.rgb = RGBColor(252, 252, 255)


def _white_by_character_style(document: Any, text: str) -> None:
    style = document.styles.add_style("Ljus", WD_STYLE_TYPE.CHARACTER)
    style.font.color.rgb = WHITE
    document.add_paragraph().add_run(text, style=style)


def _in_the_cell_s_colour(document: Any, text: str) -> None:
    table = document.add_table(rows=2, cols=2)
    for cell in table.columns[0].cells:
        cell.text = "Hemtjänst"
    cell = table.cell(1, 1)
    shade(cell._tc.get_or_add_tcPr(), "1F3864")
    cell.paragraphs[0].add_run(text).font.color.rgb = RGBColor(0x20, 0x38, 0x64)


def _tiny(document: Any, text: str) -> None:
    document.add_paragraph().add_run(text).font.size = Pt(3.5)


WAYS: dict[str, tuple[Callable[[Any, str], None], str]] = {
    "vanished": (_vanished, "dold text"),
    "vanished_by_style": (_vanished_by_style, "dold text"),
    "white": (_white, "vit text"),
    "white_in_runs": (_white_in_runs, "vit text"),
    "white_by_character_style": (_white_by_character_style, "vit text"),
    "in_the_cell_s_colour": (_in_the_cell_s_colour, "text i bakgrundens färg"),
    "tiny": (_tiny, "text under 4 punkter"),
}
"""How each way is written, and what it is called."""


def hide(path: Path, way: str, text: str, seen: tuple[str, ...]) -> None:
    """A file of the lines `seen`, with `text` hidden between them."""
    document = docx.Document()
    document.add_paragraph(seen[0])
    WAYS[way][0](document, text)
    for line in seen[1:]:
        document.add_paragraph(line)
    document.save(str(path))


def all_seen(path: Path) -> list[str]:
    """White letters on what is dark, or may be; returns the texts, which can all be seen."""
    document = docx.Document()
    styled = document.add_table(rows=1, cols=2, style="Medium Shading 1 Accent 1")
    cell = document.add_table(rows=1, cols=2).cell(0, 0)
    shade(cell._tc.get_or_add_tcPr(), "7F1D1D")
    band = document.add_paragraph()
    shade(band._p.get_or_add_pPr(), "000000")
    marked = document.add_paragraph().add_run("överstruken")
    marked.font.highlight_color = WD_COLOR_INDEX.DARK_BLUE
    texts = ["tabellhuvud", "mörk cell", "svart band", "överstruken", "grå", "liten"]
    runs = [
        styled.cell(0, 0).paragraphs[0].add_run(texts[0]),
        cell.paragraphs[0].add_run(texts[1]),
        band.add_run(texts[2]),
        marked,
    ]
    for run in runs:
        run.font.color.rgb = WHITE
    document.add_paragraph().add_run(texts[4]).font.color.rgb = RGBColor(0xBF, 0xBF, 0xBF)
    document.add_paragraph().add_run(texts[5]).font.size = Pt(4)
    document.add_page_break()
    _picture_behind(document, "omslag")
    document.save(str(path))
    return [*texts, "omslag"]


def _picture_behind(document: Any, text: str) -> None:
    """White letters over a picture that is anchored behind them."""
    paragraph = document.add_paragraph()
    paragraph.add_run(text).font.color.rgb = WHITE
    drawing, anchor = OxmlElement("w:drawing"), OxmlElement("wp:anchor")
    anchor.set("behindDoc", "1")
    drawing.append(anchor)
    paragraph.add_run()._r.append(drawing)

"""Pages and tables ⇄ the JSON that the store keeps of them. Boxes are rounded to 0.01 points."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ingest.types import (
    Block,
    BlockKind,
    Box,
    Cell,
    Identity,
    Page,
    SignConvention,
    Span,
    Table,
    WordBox,
)

_KINDS = {str(kind): kind for kind in BlockKind}


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _box(box: Box) -> list[float]:
    return [round(value, 2) for value in box]


def layout_to_json(page: Page) -> str:
    """Size, words, blocks, OCR of a page; text, label and number are columns of their own."""
    words = [[word.start, word.end, *_box(word.box)] for word in page.words]
    blocks = [
        [str(b.kind), b.span.start, b.span.end, _box(b.box), b.text, b.section, b.level, b.table]
        for b in page.blocks
    ]
    size = [page.width, page.height]
    return _dump({"size": size, "words": words, "blocks": blocks, "ocr": page.ocr})


def page_from_json(number: int, label: str, readable: bool, text: str, layout: str) -> Page:
    """The page that `layout_to_json` was given."""
    data = json.loads(layout)
    words = tuple(
        WordBox(start, end, (x0, y0, x1, y1)) for start, end, x0, y0, x1, y1 in data["words"]
    )
    blocks = tuple(
        Block(
            _KINDS[kind],
            Span(number, start, end),
            tuple(box),
            text_,
            tuple(section),
            level,
            table,
        )
        for kind, start, end, box, text_, section, level, table in data["blocks"]
    )
    width, height = data["size"]
    ocr = data.get("ocr", False)  # layouts from before OCR say nothing of it
    return Page(number, label, width, height, text, words, blocks, readable, ocr)


def table_to_json(table: Table) -> str:
    """A table with all its cells."""
    return _dump(asdict(table))


def table_from_json(content: str) -> Table:
    """The table that `table_to_json` was given."""
    data = json.loads(content)
    cells = tuple(_cell(cell) for cell in data.pop("cells"))
    section, checks = tuple(data.pop("section")), tuple(data.pop("checks"))
    signs = SignConvention(**data.pop("signs", {}))
    return Table(**data, section=section, checks=checks, cells=cells, signs=signs)


def _cell(data: dict[str, Any]) -> Cell:
    span = data.pop("span")
    box = tuple(data.pop("box"))
    return Cell(**data, box=box, span=Span(**span) if span else None)


def identity_to_json(identity: Identity) -> str:
    """What a document is."""
    return _dump(asdict(identity))


def identity_from_json(content: str) -> Identity:
    """The identity that `identity_to_json` was given."""
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in json.loads(content).items()
    }
    return Identity(**fields)


def spans_to_json(spans: tuple[Span, ...]) -> str:
    """Ranges on pages."""
    return _dump([[span.page, span.start, span.end] for span in spans])


def spans_from_json(content: str) -> tuple[Span, ...]:
    """The ranges that `spans_to_json` was given."""
    return tuple(Span(page, start, end) for page, start, end in json.loads(content))

"""What rows say of their numbers: a unit that nothing else gives, and the notes below a table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.types import Figure, Table

_HOURS = re.compile(r"(?!.*\b(?:per|andel)\b)(?:[^\W\d]+\s+){0,3}[^\W\d]*timmar", re.I)
_QUANTITY = re.compile(r"\((kvm|m2|m²|m3|m³|[kMG]Wh|km|ton|kg|liter|ha)\)\s*\Z")
_POSTS = re.compile(r"(?:antal )?års(?:arbetare|arbetskrafter)", re.I)
_COSTS = re.compile(r"kostn|pris|intäkt|avgift|utgift|belopp|\bkr", re.I)
_MARK = re.compile(r"\*+|[¹²³⁴⁵⁶⁷⁸⁹]")


def with_unit(figure: Figure, table: Table | None) -> Figure:
    """A figure that nothing else gives a unit, in what its row is called by ("Utförda timmar",
    "Köpt el (MWh)") or what stands above the rows of its table ("Årsarbetare")."""
    if table is None or figure.unit or figure.sentence is not None:
        return figure
    if _COSTS.search(" ".join(figure.column)):
        return figure
    row = " ".join(figure.row[-1:])
    if stated := _QUANTITY.search(row):
        return replace(figure, unit=stated[1])
    if not table.unit and _HOURS.fullmatch(row):
        return replace(figure, unit="timmar")
    heads = [c.text for c in table.cells if c.row < table.header_rows and c.column == 0]
    counted = any(_POSTS.fullmatch(head) for head in heads)
    return replace(figure, unit="årsarbetare") if counted and not figure.measure else figure


def noted_row(sentence: str, page: int, tables: Iterable[Table]) -> str:
    """The one row that a note below a table is of, by the mark that both bear; "" for none.

    `page` is the page of the note, from 1.
    """
    mark = _MARK.match(sentence)
    rows = [
        cell.text.removesuffix(mark[0])
        for table in tables
        if mark and table.page <= page <= table.last_page
        for cell in table.cells
        if cell.column == 0 and cell.text.endswith(mark[0])
    ]
    return rows[0] if len(rows) == 1 else ""

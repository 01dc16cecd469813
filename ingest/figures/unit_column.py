"""A table's own column of units ("Enhet", "Mått") → the unit of each row."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.figures.grid import Grid
from ingest.types import Cell
from ingest.units import UNITS, unit_name

_HEAD = re.compile(r"(?:mått|mät)?enhet|mått|sort", re.I)
_UNIT = re.compile(r"[^\W\d_][^\n]{0,19}|%")
_DIVIDED = re.compile(r"\s*/\s*|\s+per\s+", re.I)
_OWN = re.compile(
    r"index|kvm|m[23²³]|[kmg]wh\b.*|km|kilometer|mil|kg|ton|liter|ha|dygn|veckor", re.I
)


def units_of_rows(grid: Grid, places: Mapping[tuple[int, int], Cell]) -> dict[int, str]:
    """The unit of each row that the table itself states; none where no column does.

    A head "Enhet" may also stand above what an organisation is made of: most cells must be units.
    """
    for column, head in enumerate(grid.heads):
        if column in grid.values or column == grid.label or not _HEAD.fullmatch(" ".join(head)):
            continue
        cells = {
            row: places[row, column].text.strip() for row in grid.rows if (row, column) in places
        }
        said = {row: text for row, text in cells.items() if _UNIT.fullmatch(text)}
        known = [text for text in said.values() if _known(text)]
        if known and 2 * len(known) >= sum(map(bool, cells.values())):
            return {row: _known(text) or text for row, text in said.items()}
    return {}


def _known(text: str) -> str:
    """A unit by its name: "kr" of "kr/månad", "st" of "antal"; "" where it is no known one."""
    first = unit_name(_DIVIDED.split(text)[0].strip(" ."))
    if first.casefold() == "antal":
        return "st"
    return first if first in UNITS else text if _OWN.fullmatch(text) else ""

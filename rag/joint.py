"""A board of several municipalities.

Its report has a table with a row for each and one for all: "Sjöreda", "Norrhult", "Båda". What the
board has as a whole is then no answer to a question about one of them (`rag.named`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ingest.checks.check import TOTAL
from ingest.types import Figure
from rag.terms import plain


def members_of(municipality: str, figures: Iterable[Figure]) -> frozenset[str]:
    """The municipalities of a joint board, in plain letters: the rows, beside the one that the
    document is filed under, of a table that adds them up."""
    rows: dict[str, set[str]] = defaultdict(set)
    summed: set[str] = set()
    own: set[str] = set()
    for figure in figures:
        if figure.sentence is not None or not figure.row:
            continue
        row = plain(figure.row[-1].casefold())
        if TOTAL in figure.attributes:
            summed.add(figure.table)
            continue
        rows[figure.table].add(row)
        if row == plain(municipality.casefold()):
            own.add(figure.table)
    return frozenset(row for table in own & summed for row in rows[table])

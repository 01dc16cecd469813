"""A board of several municipalities, and a question that names one of them.

Its report has a table with a row for each and one for all: "Sjöreda", "Norrhult", "Båda". What the
board has as a whole is then no answer to a question about one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence

from ingest.checks.check import TOTAL
from rag.shelf import Known
from rag.terms import plain


def of_named(known: Sequence[Known], said: Container[str]) -> list[Known]:
    """The figures that are left where a question names a municipality of a joint board: of its
    documents those that name it too. `said` are the question's words, in plain letters."""
    named = {
        document: names
        for document, all_ in _members(known).items()
        if (names := {n for n in all_ if n in said})
    }
    if not named:
        return list(known)
    return [
        one
        for one in known
        if named.get(one.document.id, set()) <= {plain(word) for word in one.labels.own.words}
    ]


def _members(known: Sequence[Known]) -> dict[str, set[str]]:
    """The municipalities of each joint board, by its documents' ids: the rows, beside the one that
    the document is filed under, of a table that adds them up."""
    rows: dict[tuple[str, str], set[str]] = defaultdict(set)
    summed: set[tuple[str, str]] = set()
    own: set[tuple[str, str]] = set()
    for one in known:
        if one.figure.sentence is not None or not one.figure.row:
            continue
        table = one.document.id, one.figure.table
        row = plain(one.figure.row[-1].casefold())
        if TOTAL in one.figure.attributes:
            summed.add(table)
            continue
        rows[table].add(row)
        if row == plain(one.document.identity.municipality.casefold()):
            own.add(table)
    found: dict[str, set[str]] = defaultdict(set)
    for table in own & summed:
        found[table[0]] |= rows[table]
    return found

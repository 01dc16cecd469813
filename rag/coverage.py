"""Documents → for each board, which kinds it has for which years, and where there is a gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rag.store import StoredDocument


@dataclass(frozen=True, slots=True)
class Coverage:
    """The documents of one board, by kind and year; "" and 0 are a kind and year not known.

    A document is of its first year: a budget with plan years is about that one.
    """

    municipality: str
    board: str
    years: tuple[int, ...]
    kinds: tuple[str, ...]
    held: Mapping[tuple[str, int], tuple[StoredDocument, ...]]

    @property
    def name(self) -> str:
        """The board with its municipality."""
        known = [part for part in (self.board, self.municipality) if part]
        return ", ".join(known) or "Okänd nämnd"

    def gaps(self) -> list[tuple[str, tuple[int, ...]]]:
        """The kinds that are there for some years but not for all between; with those years."""
        found: list[tuple[str, tuple[int, ...]]] = []
        for kind in self.kinds:
            lacking = tuple(year for year in self.years if (kind, year) not in self.held)
            if kind and lacking and len(lacking) < len(self.years):
                found.append((kind, lacking))
        return found


def coverage(documents: Sequence[StoredDocument]) -> list[Coverage]:
    """What there is of each board, boards in alphabetical order."""

    def board_of(document: StoredDocument) -> tuple[str, str]:
        return document.identity.municipality, document.identity.board

    boards = groupby(sorted(documents, key=board_of), key=board_of)
    return [_of_board(*name, list(group)) for name, group in boards]


def _of_board(municipality: str, board: str, documents: Sequence[StoredDocument]) -> Coverage:
    held: dict[tuple[str, int], tuple[StoredDocument, ...]] = {}
    for document in documents:
        place = document.identity.kind, min(document.identity.years, default=0)
        held[place] = (*held.get(place, ()), document)
    known = [year for _, year in held if year]
    years = tuple(range(min(known), max(known) + 1)) if known else ()
    return Coverage(municipality, board, years, tuple(sorted({kind for kind, _ in held})), held)

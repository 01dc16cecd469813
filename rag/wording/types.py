"""What a search for a wording, and a comparison of two documents, give: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ingest.types import Box, Span

EQUAL, DELETE, INSERT = "equal", "delete", "insert"
EXACT, NEAR, REWORDED = "exact", "near", "reworded"


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number that became another. `before` and `after` are as printed, with their unit.

    `difference` is after minus before, in the unit that both have; None where they have not the
    same unit, or where it says nothing (a year, a value that can be read in two ways).
    """

    before: str
    after: str
    difference: Decimal | None


@dataclass(frozen=True, slots=True)
class Difference:
    """How one text became another, word for word.

    `pieces` are (operation, text), operation one of equal, delete and insert. All but the deleted
    pieces, joined, are the new text; all but the inserted ones are the old text but for what only
    typesetting changes. `numbers` are the numbers that changed.
    """

    pieces: tuple[tuple[str, str], ...]
    numbers: tuple[NumberChange, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return any(operation != EQUAL for operation, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a passage without a break: `quote` is found on the page as it stands.

    `boxes` are in points from the page's upper left corner; empty where pages are not fixed.
    """

    page: int
    page_label: str
    span: Span
    quote: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The document that a passage stands in. `year` is the first that it is about, 0 if unknown."""

    document: str
    title: str
    municipality: str
    board: str
    kind: str
    year: int
    sha256: str = ""

    @property
    def owner(self) -> tuple[str, str]:
        """Whose document it is: municipality and board."""
        return self.municipality, self.board


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a document. It has several parts where a page, a column or a table breaks it."""

    section: tuple[str, ...]
    text: str
    parts: tuple[Part, ...]

    @property
    def page(self) -> int:
        """The page that it begins on, from 1."""
        return self.parts[0].page


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where the wording stands.

    `kind` is "exact" (the same words and numbers), "near" (the same but for some words, marks or
    numbers) or "reworded" (the same content in other words or another order). `similarity` is 0
    to 1. `difference` leads from what was looked for to this text, `previous_difference` from the
    wording of an earlier year in `previous` (the id of its document, "" where there is none).
    """

    source: Source
    passage: Passage
    kind: str
    similarity: float
    difference: Difference
    previous: str = ""
    previous_difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A kind of document that a board's index lacks for a year between first and last."""

    municipality: str
    board: str
    kind: str
    year: int


@dataclass(frozen=True, slots=True)
class Absence:
    """A document of the same board that is there and does not hold the wording.

    `when` is "before" the wording was first seen, "between", or "after" it was last seen. `unread`
    are its pages (from 1) that could not be read: there it may stand after all.
    """

    source: Source
    when: str
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """The life of a wording. `occurrences` are ordered by year, then by kind of document.

    `searched` is how many documents were searched; `first` and `last` are years, 0 where the
    wording was not found.
    """

    text: str
    occurrences: tuple[Occurrence, ...]
    first: int
    last: int
    missing: tuple[Missing, ...]
    absent: tuple[Absence, ...]
    searched: int
    phrase: bool = False
    """Whether it is so short that only the very words were looked for."""
    more: bool = False
    """Whether it stands in so many places that not all were looked through."""

    @property
    def dropped(self) -> tuple[Absence, ...]:
        """The documents that no longer hold the wording."""
        return tuple(one for one in self.absent if one.when == "after")


@dataclass(frozen=True, slots=True)
class Aligned:
    """A paragraph, list item, heading or row of two documents, in either or both.

    `status` is "unchanged", "changed", "appeared" or "disappeared"; `what` is "heading", "text" or
    "row". `old` is None for what appeared, `new` for what disappeared.
    """

    status: str
    what: str
    old: Passage | None
    new: Passage | None
    similarity: float
    difference: Difference


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two documents, the older and the newer, aligned in the order of the newer."""

    older: Source
    newer: Source
    aligned: tuple[Aligned, ...]

    def count(self, status: str) -> int:
        """How many have this status."""
        return sum(one.status == status for one in self.aligned)

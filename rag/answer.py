"""What is asked, and what is answered: frozen values without behaviour."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ingest.types import Box


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents may answer, as the person set it; empty fields set nothing."""

    documents: tuple[str, ...] = ()
    municipality: str = ""
    board: str = ""
    kind: str = ""
    year: int | None = None

    def __bool__(self) -> bool:
        return self != NO_FILTERS


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the earlier questions of its conversation, oldest first."""

    text: str
    history: tuple[str, ...] = ()
    filters: Filters = NO_FILTERS


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where it stands. `page` counts from 1; `boxes` are points from the upper left.

    `id` is the number of its marker in the answer's text.
    """

    id: int
    document: str
    title: str
    page: int
    page_label: str
    section: tuple[str, ...]
    quote: str
    boxes: tuple[Box, ...]
    sha256: str = ""
    """Of the file that was read: a page image must be of the same bytes."""
    source: str = ""
    """What the answer's text calls the place: "Delårsbokslut 2024, Alingsås, s. 14"."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the person must know beside the answer, with the citations it rests on."""

    kind: str
    message: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A number that an answer tells. `role` is result (what was asked for), operand or context.

    `value` is counted in `unit`; `formula` is how it was worked out of the operands, "" where it is
    printed. `citations` are ids.
    """

    role: str
    value: Decimal
    unit: str
    label: str
    measure: str
    period: str
    formula: str
    citations: tuple[int, ...]
    head: str = ""
    """What its column is called."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Who worded an answer where a language model is set: `by` is "model" or "rules".

    `removed` are the model's sentences that were not let through, each with why. `fell_back` where
    nothing of the model's is shown though it was asked, and `reason` says why in Swedish.
    """

    by: str
    model: str
    removed: tuple[tuple[str, str], ...] = ()
    fell_back: bool = False
    reason: str = ""
    said: tuple[str, ...] = ()
    """The model's sentences that are shown, each of them let through."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer or a refusal. Markers [1], [2] … in `text` are ids of citations.

    `wording` is None where no language model is set.
    """

    question: str
    status: str
    text: str
    citations: tuple[Citation, ...] = ()
    warnings: tuple[Notice, ...] = ()
    milliseconds: float = 0.0
    figures: tuple[ToldFigure, ...] = ()
    wording: Wording | None = None

    @property
    def refused(self) -> bool:
        """Whether the documents were found not to hold an answer."""
        return self.status == "refused"

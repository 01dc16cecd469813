"""The kinds of what is planted in the documents: contradictions, and wordings that wander."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Spot:
    """A place in a document: words of a paragraph, or a row's label in a table (caption's start).

    `page` is given only where neither can tell it: on a page that is a picture.
    """

    document: str
    at: str
    table: str = ""
    page: int = 0


@dataclass(frozen=True)
class Planted:
    """A contradiction: what stands at the first spot, and what the other spots say.

    `kind` is one of those of a finding: sum, difference, percentage, risk_value, text_table,
    repeated, restated, direction.
    """

    id: str
    kind: str
    spots: tuple[Spot, ...]
    stated: str
    expected: str
    why: str


@dataclass(frozen=True)
class Wording:
    """A passage over the documents: "carried" word for word, "reworded", or "dropped".

    `passages` has the words in each document that holds it, the oldest first; `gone` the later
    documents of the same kind that no longer say it.
    """

    id: str
    kind: str
    passages: tuple[tuple[str, str], ...]
    gone: tuple[str, ...] = ()

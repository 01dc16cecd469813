"""Passages that nearly repeat each other, as a yearly report repeats the one before: shown once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from rag.retrieval import Passage
from rag.terms import words

ALIKE = 90.0
"""Per cent of the shorter passage's words, in order, that stand together in the longer one."""
_HALF = 0.5  # of the longer passage: a shorter one repeats only a part of it
_WORDS = 12  # fewer than these say too little to be a repetition


@dataclass(frozen=True, slots=True)
class Repeat:
    """A passage of another document; `exact`: the shorter stands in the longer word for word."""

    passage: Passage
    exact: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The best of some passages that nearly repeat each other, and the others, best first."""

    best: Passage
    others: tuple[Repeat, ...]


def grouped(passages: Sequence[Passage], limit: int) -> list[Group]:
    """At most `limit` groups, of running text in different documents; tables stand alone."""
    groups: list[tuple[Passage, list[str], list[Repeat]]] = []
    for passage in passages:
        said = _own_words(passage)
        for best, others, repeats in groups:
            alike = _alike(said, others) if _may_repeat(passage, best) else 0.0
            if alike >= ALIKE:
                repeats.append(Repeat(passage, alike == 100))
                break
        else:
            if len(groups) < limit:
                groups.append((passage, said, []))
    return [Group(best, tuple(repeats)) for best, _, repeats in groups]


def _own_words(passage: Passage) -> list[str]:
    """The words of a passage without the headings that it begins with."""
    chunk = passage.stored.chunk
    said = words(chunk.text)
    for heading in chunk.section:
        head = words(heading)
        if said[: len(head)] == head:
            said = said[len(head) :]
    return said


def _alike(one: list[str], other: list[str]) -> float:
    shorter, longer = sorted((len(one), len(other)))
    if shorter < max(_WORDS, _HALF * longer):
        return 0.0
    return fuzz.partial_ratio(one, other, score_cutoff=ALIKE)


def _may_repeat(one: Passage, other: Passage) -> bool:
    kinds = {one.stored.chunk.kind, other.stored.chunk.kind}
    return one.document.id != other.document.id and kinds == {"prose"}

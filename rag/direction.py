"""Which way a question or a passage says that something went: up or down, worse or better."""

from __future__ import annotations

from ingest.figures.sentences import DIRECTIONS as DEVIATIONS
from rag.said.swedish import DIRECTIONS, OPPOSITE
from rag.terms import words

_WAYS = frozenset({"up", "down", "worse", "better"})
_DEVIATES = {"deficit": "worse", "surplus": "better"}
_COSTS = {"dyrare": "worse", "billigare": "better"}


def ways_in(text: str) -> frozenset[str]:
    """The ways that a text names: "up", "down", "worse" (than the budget), "better"."""
    said = words(text)
    named = {DIRECTIONS[word] for word in said if word in DIRECTIONS} & _WAYS
    costs = {_COSTS[word] for word in said if word in _COSTS}
    deviates = {
        _DEVIATES[name] for name, form in DEVIATIONS if name in _DEVIATES and form.search(text)
    }
    return frozenset(named | costs | deviates)


def contradicts(question: str, text: str) -> bool:
    """Whether a text says only the opposite of the way that a question asks about.

    "Varför blir hyrorna dyrare?" is not answered by a surplus.
    """
    asked, told = ways_in(question), ways_in(text)
    return bool(told & {OPPOSITE[way] for way in asked}) and not told & asked

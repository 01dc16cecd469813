"""A passage that was found → why: which words of the question stand in it, and how it was scored.

Words are told as the index of words counts them: two words match that share terms (`rag.terms`).
What shares one 5-gram of a long word alone ("byggnader", "kostnader"), or a part of a synonym,
counts little and is not told. Nothing here is worked out unless somebody asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rag.caches import document_names
from rag.lay_words import formal_words
from rag.quotes import squeezed
from rag.retrieval import Judged, Parts, Passage
from rag.scope import Scope
from rag.terms import GRAM, grams, plain, same_but_for_endings, words
from rag.thesaurus import meanings

Way = Literal["exact", "form", "part", "synonym", "formal"]
"""The word itself; a form of it; a part of it or a compound with it; one that means the same; one
that reports use for an everyday word."""
Place = Literal["text", "heading", "document"]
"""Where it stands: the passage's own text, the headings above it, what its document is called."""

_WAYS: tuple[Way, ...] = ("exact", "form", "part", "synonym", "formal")
_FEW_GRAMS = 2  # of a word of six letters: to share one of them is no chance
_PRINTED = re.compile(r"[^\W_]+(?:-\s+[^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the question, and a word as it stands in the passage that it was found by."""

    asked: str
    found: str
    way: Way
    place: Place


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a passage was found. `missing` are the question's words that are not in it.

    `judged` is what a reranker said of it; None where there is none.
    """

    matches: tuple[Match, ...]
    missing: tuple[str, ...]
    parts: Parts
    judged: Judged | None


def explained(passage: Passage, scope: Scope) -> Explanation:
    """Why `passage` was found for `scope`: matches by the question's word, the surest first."""
    asked = list(dict.fromkeys([*scope.words, *scope.carried]))
    matches: dict[Match, None] = {}
    for place, text in _places(passage):
        said = dict(_printed(text))
        for word in asked:
            for printed, folded in said.items():
                way = _way(word, folded)
                if way is not None:
                    matches.setdefault(Match(word, printed, way, place))
    ranked = sorted(matches, key=lambda match: (asked.index(match.asked), _WAYS.index(match.way)))
    found = {match.asked for match in ranked}
    missing = tuple(word for word in asked if word not in found)
    return Explanation(tuple(ranked), missing, passage.parts, passage.judged)


def _places(passage: Passage) -> Iterator[tuple[Place, str]]:
    chunk = passage.stored.chunk
    yield "text", f"{chunk.context}\n{chunk.text}"
    yield "heading", " ".join(chunk.section)
    yield "document", document_names(passage.document)


def _printed(text: str) -> Iterator[tuple[str, str]]:
    """Each word of `text` as it stands there, and folded; one broken at a line's end is whole."""
    for match in _PRINTED.finditer(text):
        folded = words(match.group())
        if len(folded) == 1:
            yield squeezed(match.group()), folded[0]
        else:  # "vård- och"
            for part in re.findall(r"[^\W_]+", match.group()):
                yield from ((part, word) for word in words(part))


def _way(asked: str, said: str) -> Way | None:
    """How a folded word of the question finds a folded word of the text; None where it does not."""
    way = _alike(asked, said)
    if way is None and any(_says(said, other) for other in meanings(asked)):
        return "synonym"
    if way is None and any(_says(said, other) for other in formal_words([asked])):
        return "formal"
    return way


def _says(said: str, other: str) -> bool:
    """Whether a word is another, in some form or as part of a compound."""
    way = _alike(other, said)
    return way in ("exact", "form") or (way == "part" and plain(other) in plain(said))


def _alike(asked: str, said: str) -> Way | None:
    one, other = plain(asked), plain(said)
    if one == other:
        return "exact"
    wanted, shared = set(grams(asked)), set(grams(asked)) & set(grams(said))
    if not shared:
        return None
    if same_but_for_endings(one, other):
        return "form"
    pieces = [term for term in shared if not term.startswith("=")]
    enough = len(pieces) > 1 or len(wanted) <= _FEW_GRAMS or len(one) <= GRAM
    return "part" if pieces and enough else None

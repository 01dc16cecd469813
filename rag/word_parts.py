"""Swedish text → the word parts that the shipped embedding has vectors for.

Reads the `tokenizer.json` of a unigram model (Kudo, Subword Regularization, 2018) as the library
tokenizers does, and cuts words alike, but is ready in less than half the time: a single question
should not wait for it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+|\d+")
_UNKNOWN_COST = 10.0  # below the least probable part, as the library has it
_REMEMBERED = 200_000  # words


def split(text: str) -> list[str]:
    """The words of a text: lower case, letters or digits."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("\xad", "")
    return _WORD.findall(folded)


class WordParts:
    """Cuts words into parts of `vocabulary`: each part with its logarithmic probability.

    A part's number is its place in the vocabulary; `unknown` is the number of what is in no part.
    """

    def __init__(self, vocabulary: Iterable[tuple[str, float]], unknown: int) -> None:
        parts, self._odds = zip(*vocabulary, strict=True)
        self._known: dict[str, int] = dict(zip(parts, range(len(parts)), strict=True))
        self._unknown = unknown
        known = (*self._odds[:unknown], *self._odds[unknown + 1 :])
        self._unknown_odds = min(known) - _UNKNOWN_COST
        self._longest = max(map(len, self._known))
        self._cut: dict[str, tuple[int, ...]] = {}

    @classmethod
    def from_file(cls, path: Path) -> WordParts:
        """The parts in a `tokenizer.json`. Raises `ValueError` where it is no unigram model."""
        try:
            model = json.loads(path.read_text(encoding="utf-8"))["model"]
            if model["type"] != "Unigram":
                raise ValueError(f"{path}: {model['type']}")
            return cls(model["vocab"], model["unk_id"])
        except (OSError, KeyError, TypeError) as error:
            raise ValueError(f"{path}: {error}") from error

    def __len__(self) -> int:
        return len(self._known)

    def numbers(self, text: str) -> list[int]:
        """The parts' numbers of a whole text, in order."""
        return [number for word in split(text) for number in self.of(word)]

    def of(self, word: str) -> tuple[int, ...]:
        """The most probable parts of a word."""
        parts = self._cut.get(word)
        if parts is None:
            if len(self._cut) >= _REMEMBERED:
                self._cut.clear()
            parts = self._cut[word] = self._best(word)
        return parts

    def edges(self, word: str) -> list[list[tuple[int, int, float]]]:
        """For each end in a word: where a part may start, its number, its logarithmic odds."""
        edges: list[list[tuple[int, int, float]]] = [[] for _ in range(len(word) + 1)]
        for begin in range(len(word)):
            for end in range(begin + 1, min(len(word), begin + self._longest) + 1):
                part = self._known.get(word[begin:end], self._unknown)
                if part != self._unknown:
                    edges[end].append((begin, part, self._odds[part]))
            if not any(start == begin for start, _, _ in edges[begin + 1]):
                edges[begin + 1].append((begin, self._unknown, self._unknown_odds))
        return edges

    def _best(self, word: str) -> tuple[int, ...]:
        """Viterbi's algorithm; of equals, the longest last part; what is unknown is one part."""
        odds, came = [0.0], [(0, 0)]
        for starts in self.edges(word)[1:]:
            best, back, part = max((odds[s] + more, -s, number) for s, number, more in starts)
            odds.append(best)
            came.append((-back, part))
        parts: list[int] = []
        end = len(word)
        while end:
            end, part = came[end]
            if not (parts and part == parts[-1] == self._unknown):
                parts.append(part)
        return tuple(reversed(parts))

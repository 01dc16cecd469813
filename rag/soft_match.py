"""How well each word of a question is met by some word of a passage, by the words' own vectors.

A passage's one vector says what all of it is about; here "vikarie" may meet "timavlönad" in a long
text about something else. The sum over a question's words of the best likeness to a word of the
passage (late interaction: Khattab and Zaharia, ColBERT, 2020), with static vectors of words.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from rag.static_model import StaticModel
from rag.word_parts import split

_POWER = 1.5  # of a cosine: what is nearly the same counts more than what is somewhat alike
# among many words one is always somewhat alike; measured: see the model's card
_CHANCE = 0.1
_FEW = 5
_NOTHING = -1.0
_WORDS = 30_000  # remembered with their vectors: 15 megabytes
_PASSAGES = 10_000  # remembered as numbers of words

Numbers = NDArray[np.int32]
Halves = NDArray[np.float16]


class SoftMatcher:
    """Compares words by `model`. Remembers the words and passages it has met; safe for threads."""

    def __init__(self, model: StaticModel) -> None:
        self._model = model
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._places: dict[str, int] = {}
        # with half of the digits: what is seen of a likeness needs no more
        self._vectors: Halves = np.zeros((1_024, self._model.dimensions), dtype=np.float16)
        self._passages: dict[str, Numbers] = {}

    def scores(self, asked: Mapping[str, float], texts: Mapping[int, str]) -> dict[int, float]:
        """For each text how well the folded words of `asked` are met, by their weights: 0 to 1,
        less what a text of its length meets by chance; -1 for one without words."""
        total = sum(asked.values())
        if total <= 0:
            return dict.fromkeys(texts, _NOTHING)
        with self._lock:
            if len(self._places) > _WORDS or len(self._passages) > _PASSAGES:
                self._forget()
            words = {key: self._numbers(text) for key, text in texts.items()}
            question = self._model.embed(list(asked))
            known = self._vectors[: len(self._places)]
            used = np.unique(np.concatenate([*words.values(), np.zeros(0, dtype=np.int32)]))
            alike = np.zeros((len(asked), len(known)), dtype=np.float32)
            near = known[used].astype(np.float32)
            alike[:, used] = np.maximum(question @ near.T, 0) ** _POWER
        weights = np.array(list(asked.values()), dtype=np.float32) / total
        return {
            key: float(weights @ alike[:, found].max(axis=1)) - _CHANCE * log(_FEW + len(found))
            if len(found)
            else _NOTHING
            for key, found in words.items()
        }

    def _numbers(self, text: str) -> Numbers:
        """The words of a text, each once, by their places among the vectors."""
        numbers = self._passages.get(text)
        if numbers is None:
            found = dict.fromkeys(split(text))
            self._learn([word for word in found if word not in self._places])
            numbers = np.array([self._places[word] for word in found], dtype=np.int32)
            self._passages[text] = numbers
        return numbers

    def _learn(self, words: Sequence[str]) -> None:
        if not words:
            return
        start = len(self._places)
        while start + len(words) > len(self._vectors):
            self._vectors = np.concatenate([self._vectors, np.zeros_like(self._vectors)])
        self._vectors[start : start + len(words)] = self._model.embed(words)
        self._places.update(zip(words, range(start, start + len(words)), strict=True))

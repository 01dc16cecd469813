"""Pairs of texts that belong together, drawn at random, as word parts.

Four kinds: a title and a paragraph of its document; a sentence and the rest of its paragraph; two
paragraphs that follow each other; a lay question and its answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from training.corpus_text import Numbers, Words
from training.segments import Cuts

_LONGEST = 80  # words of a text that are looked at
_SHORTEST = 8  # words of a paragraph
_WHOLE = 0.1  # how often a sentence's paragraph keeps the sentence
_SAMPLED = 0.5  # how many words are cut another way than the tokenizer's
_LAY = 0.3  # how many formal words of a question become lay words, where there are any

Ranges = tuple[Numbers, Numbers]
"""First words of texts, and the ones after their last."""


@dataclass(frozen=True, slots=True)
class Bag:
    """Texts as parts: `ids` one after another, `offsets` where each text begins."""

    ids: Numbers
    offsets: Numbers


@dataclass(frozen=True, slots=True)
class Mixture:
    """How many pairs of each kind a batch holds."""

    title: int
    sentence: int
    neighbour: int
    lay: int


class Pairs:
    """Draws batches. `lay` are pairs of ranges into `words.flat`."""

    def __init__(
        self,
        words: Words,
        cuts: Cuts,
        lay: Sequence[tuple[int, int, int, int]],
        swaps: dict[int, list[int]],
        seed: int,
    ) -> None:
        self._flat, self._sentences = words.flat, words.sentences
        self._paragraphs, self._cuts = words.paragraphs, cuts
        self._begin, self._end = words.ranges()
        self._titles, self._of = words.titles, words.document_of
        self._lay = np.array(lay, dtype=np.int64).reshape(-1, 4)
        self._swap_from, self._swap_count, self._swap_pool = _swap_table(swaps, len(words.names))
        self._rng = np.random.default_rng(seed)
        long = np.nonzero(self._end - self._begin >= _SHORTEST)[0]
        titled = self._titles[self._of[long]]
        self._titled = long[titled[:, 1] - titled[:, 0] >= 2]
        self._several = np.nonzero(np.ptp(self._paragraphs, axis=1) >= 2)[0]
        follows = (self._of[long[:-1]] == self._of[long[1:]]) & (long[1:] == long[:-1] + 1)
        self._followed = long[:-1][follows]

    def draw(self, mixture: Mixture) -> tuple[Bag, Bag]:
        """Questions and passages: the first of one belongs to the first of the other."""
        title = self._rng.choice(self._titled, mixture.title)
        first = self._rng.choice(self._followed, mixture.neighbour)
        lay = self._lay[self._rng.integers(0, max(1, len(self._lay)), mixture.lay)]
        names = self._titles[self._of[title]]
        sentence, before, after = self._sentence_and_rest(mixture.sentence)
        asked = [(names[:, 0], names[:, 1]), sentence, self._window(first), (lay[:, 0], lay[:, 1])]
        answers = [self._window(title), before, self._window(first + 1), (lay[:, 2], lay[:, 3])]
        rest = [_empty(answers[0]), after, _empty(answers[2]), _empty(answers[3])]
        questions = self._bag(_joined(asked), None, swap=True)
        passages = self._bag(_joined(answers), _joined(rest), swap=False)
        return questions, passages

    def _window(self, paragraph: Numbers) -> Ranges:
        """Each paragraph from its beginning or, as often, from anywhere in it."""
        start, end = self._begin[paragraph], self._end[paragraph]
        room = np.maximum(end - start - _LONGEST, 0)
        moved = (self._rng.random(len(start)) * (room + 1)).astype(np.int64)
        start = start + np.where(self._rng.random(len(start)) < 0.5, moved, 0)
        return start, np.minimum(end, start + _LONGEST)

    def _sentence_and_rest(self, count: int) -> tuple[Ranges, Ranges, Ranges]:
        paragraph = self._rng.choice(self._several, count)
        first, last = self._paragraphs[paragraph].T
        chosen = first + (self._rng.random(count) * (last - first)).astype(np.int64)
        start, end = self._sentences[chosen].T
        whole = self._rng.random(count) < _WHOLE
        one = (self._begin[paragraph], np.where(whole, end, start))
        two = (end, self._end[paragraph])
        short = tuple((a, np.minimum(b, a + _LONGEST)) for a, b in (one, two))
        return (start, end), short[0], short[1]

    def _bag(self, texts: Ranges, more: Ranges | None, *, swap: bool) -> Bag:
        """The parts of each text: of its range, and of its range in `more`."""
        parts = [texts] if more is None else [texts, more]
        start = np.stack([part[0] for part in parts], 1).ravel()
        count = np.maximum(np.stack([part[1] for part in parts], 1).ravel() - start, 0)
        word = self._flat[_run(start, count)]
        text = np.repeat(np.arange(len(count)) // len(parts), count)
        if swap:
            word = self._in_lay_words(word)
        ways = self._cuts.start.shape[1]
        sampled = self._rng.random(len(word)) < _SAMPLED
        way = np.where(sampled, self._rng.integers(1, ways, len(word)), 0)
        start, count = self._cuts.start[word, way], self._cuts.length[word, way]
        ids = self._cuts.pool[_run(start, count)]
        sizes = np.bincount(np.repeat(text, count), minlength=len(texts[0]))
        return Bag(ids, np.concatenate([[0], np.cumsum(sizes)[:-1]]))

    def _in_lay_words(self, word: Numbers) -> Numbers:
        count = self._swap_count[word]
        chosen = (count > 0) & (self._rng.random(len(word)) < _LAY)
        at = self._swap_from[word] + (self._rng.random(len(word)) * count).astype(np.int64)
        swapped = self._swap_pool[np.minimum(at, len(self._swap_pool) - 1)]
        word[chosen] = swapped[chosen]
        return word


def _run(start: Numbers, count: Numbers) -> Numbers:
    """The numbers start, start + 1, … of each pair, one pair after another."""
    before = np.concatenate([[0], np.cumsum(count)[:-1]])
    run: Numbers = np.arange(count.sum()) + np.repeat(start - before, count)
    return run


def _joined(ranges: Sequence[Ranges]) -> Ranges:
    return np.concatenate([one[0] for one in ranges]), np.concatenate([one[1] for one in ranges])


def _empty(ranges: Ranges) -> Ranges:
    return ranges[1], ranges[1]


def _swap_table(swaps: dict[int, list[int]], size: int) -> tuple[Numbers, Numbers, Numbers]:
    start, count, pool = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64), [0]
    for number, others in swaps.items():
        start[number], count[number] = len(pool), len(others)
        pool.extend(others)
    return start, count, np.array(pool)

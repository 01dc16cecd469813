"""Scores of three kinds for the same passages → one: words, vectors, and words by their vectors.

Each is standardised over the passages that were found, and weighed. How much the vectors weigh, and
the everyday words that stand for formal ones, depends on how well the question's own words were
found: a question in the report's words needs neither. Weights by measurement; see the model's card.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

_SURE, _LOST = 0.9, 0.3  # of the score that a passage with all words once would have


@dataclass(frozen=True, slots=True)
class Weights:
    """What a standardised score weighs beside that of words: at no doubt, and at full doubt.

    `formal` is what the vector of formal words for everyday ones weighs, at full doubt, beside that
    of the question itself.
    """

    sure: float
    lost: float
    formal: float = 0.0

    def at(self, doubt: float) -> float:
        """The weight at a doubt of 0 to 1."""
        return self.sure + (self.lost - self.sure) * doubt


SHIPPED_VECTORS = Weights(0.05, 1.4, 0.6)
NAMED_VECTORS = Weights(0.3, 0.8)  # a model that the operator chose is larger than the shipped one
SOFT = Weights(0.3, 0.5)


def doubt(best: float, ideal: float) -> float:
    """How little the best passage holds of a question's words: 0 (much) to 1 (next to nothing).

    `ideal` is the score of a passage that held each word once, at an average length.
    """
    strength = best / ideal if ideal > 0 else 0.0
    return min(1.0, max(0.0, (_SURE - strength) / (_SURE - _LOST)))


def standardised(scores: Mapping[int, float]) -> dict[int, float]:
    """Scores less their mean, over their standard deviation; zeros where all are equal."""
    if not scores:
        return {}
    mean = sum(scores.values()) / len(scores)
    spread = sqrt(sum((value - mean) ** 2 for value in scores.values()) / len(scores))
    return {key: (value - mean) / spread if spread else 0.0 for key, value in scores.items()}


def contributions(
    lexical: Mapping[int, float],
    near: Mapping[int, float],
    soft: Mapping[int, float],
    vectors: Weights,
    doubted: float,
) -> dict[int, tuple[float, float, float]]:
    """What words, vectors, and words by their vectors add to the score of each passage.

    What one kind has not among its best counts as the last of these.
    """
    best = heapq.nlargest(max(len(lexical), len(near)), soft, key=lambda key: (soft[key], -key))
    kinds = [standardised(kind) for kind in (lexical, near, {key: soft[key] for key in best})]
    last = [min(scores.values(), default=0.0) for scores in kinds]
    weights = (1.0, vectors.at(doubted), SOFT.at(doubted))

    def part(kind: int, key: int) -> float:
        return weights[kind] * kinds[kind].get(key, last[kind])

    return {key: (part(0, key), part(1, key), part(2, key)) for key in {*lexical, *near}}

"""Contrastive training of one vector a word part; a text is the mean of its parts' vectors.

Loss: each question against all passages of its batch, and the other way round (InfoNCE: van den
Oord et al., Representation Learning with Contrastive Predictive Coding, 2018), over the first 64,
128 … of the dimensions too (Kusupati et al., Matryoshka Representation Learning, 2022).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from training.batches import Bag, Mixture, Pairs

_RATE = 0.02  # of learning, at its highest
_SCALE = 20.0  # of cosines in the loss (the inverse of its temperature)
_WARM_UP = 50  # steps
_BETA_1, _BETA_2 = 0.9, 0.98


def fit(
    pairs: Pairs,
    size: int,
    dimensions: Sequence[int],
    mixture: Mixture,
    steps: int,
    *,
    seed: int = 0,
    tell: Callable[[int, float, NDArray[np.float32]], None] = lambda step, loss, weights: None,
) -> NDArray[np.float32]:
    """Vectors of `size` parts, shape (size, max(dimensions)).

    Adam (Kingma and Ba, 2015) over the rows that a batch touches, each with its own count of steps.
    `tell` hears of every step.
    """
    torch.manual_seed(seed)
    weights = torch.randn(size, max(dimensions)) * 0.1
    first, second = torch.zeros_like(weights), torch.zeros_like(weights)
    counts = torch.zeros(size, 1)
    mean = math.nan
    for step in range(steps):
        questions, passages = pairs.draw(mixture)
        touched, rows, loss = _loss(weights, questions, passages, dimensions)
        torch.autograd.backward(loss)
        slope = rows.grad
        assert slope is not None
        count = counts[touched] + 1
        one = first[touched].mul_(_BETA_1).add_(slope, alpha=1 - _BETA_1)
        two = second[touched].mul_(_BETA_2).addcmul_(slope, slope, value=1 - _BETA_2)
        counts[touched], first[touched], second[touched] = count, one, two
        move = (one / (1 - _BETA_1**count)) / ((two / (1 - _BETA_2**count)).sqrt() + 1e-8)
        weights[touched] -= _rate(step, steps) * move
        now = loss.item() / len(dimensions)
        mean = now if math.isnan(mean) else 0.98 * mean + 0.02 * now
        tell(step + 1, mean, weights.numpy())
    return weights.numpy()


def _loss(
    weights: torch.Tensor, questions: Bag, passages: Bag, dimensions: Sequence[int]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    ids = torch.from_numpy(np.concatenate([questions.ids, passages.ids]))
    touched, place = torch.unique(ids, return_inverse=True)
    rows = weights[touched].requires_grad_()
    cut = len(questions.ids)
    asked = functional.embedding_bag(place[:cut], rows, torch.from_numpy(questions.offsets))
    found = functional.embedding_bag(place[cut:], rows, torch.from_numpy(passages.offsets))
    right = torch.arange(len(questions.offsets))
    loss = torch.zeros(())
    for size in dimensions:
        one, two = (functional.normalize(side[:, :size]) for side in (asked, found))
        alike = _SCALE * one @ two.T
        loss = loss + functional.cross_entropy(alike, right) / 2
        loss = loss + functional.cross_entropy(alike.T, right) / 2
    return touched, rows, loss


def _rate(step: int, steps: int) -> float:
    """Warm-up, then a cosine down to a twentieth."""
    falling = 0.95 * (1 + math.cos(math.pi * step / steps)) / 2 + 0.05
    return _RATE * min(1.0, (step + 1) / _WARM_UP) * falling


class Clock:
    """Prints the loss now and then, with the time left."""

    def __init__(self, steps: int, each: int = 100) -> None:
        self._steps, self._each, self._start = steps, each, time.monotonic()

    def __call__(self, step: int, loss: float, weights: NDArray[np.float32]) -> None:
        """Hear of a step."""
        del weights
        if step % self._each == 0 or step == self._steps:
            left = (time.monotonic() - self._start) / step * (self._steps - step)
            print(f"{step} of {self._steps}: loss {loss:.3f}, {left / 60:.0f} min left", flush=True)

"""The seam of embedding models: one method. And the default, which needs no download.

`hash-512` hashes the terms of a text into 512 numbers (the hashing trick: Weinberger et al.,
Feature Hashing for Large Scale Multitask Learning, 2009). It is the same on every machine.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from math import log
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag.terms import STOP_WORDS, grams, words

Vectors = NDArray[np.float32]
"""One row for each text, each of length 1."""

DEFAULT = "hash-512"


class Embedder(Protocol):
    """Turns texts into vectors. `name` says which model made them, and is kept beside them."""

    name: str

    def embed(self, texts: Sequence[str], *, questions: bool = False) -> Vectors:
        """Unit vectors of `texts`, shape (len(texts), dimensions).

        `questions` says that the texts are asked rather than read: some models tell them apart.
        """
        ...


class HashingEmbedder:
    """Terms hashed with a sign into `dimensions` numbers, weighed by 1 + log of their count."""

    def __init__(self, dimensions: int = 512) -> None:
        self.name = f"hash-{dimensions}"
        self._dimensions = dimensions

    def embed(self, texts: Sequence[str], *, questions: bool = False) -> Vectors:
        """Unit vectors of `texts`; an empty text gives zeros."""
        del questions
        result = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        for index, text in enumerate(texts):
            row = result[index]
            counts = Counter(
                gram for word in words(text) if word not in STOP_WORDS for gram in grams(word)
            )
            for term, count in counts.items():
                code = zlib.crc32(term.encode())
                sign = 1.0 if code & 0x8000_0000 else -1.0
                row[code % self._dimensions] += sign * (1 + log(count))
            length = float(np.linalg.norm(row))
            if length:
                result[index] = row / length
        return result


def canonical(name: str) -> str:
    """A model's name as it is kept: a folder by its whole path, whatever it was called by."""
    folder = Path(name).expanduser()
    return str(folder.resolve()) if folder.is_dir() else name


def kept_as(name: str, embedder: Embedder) -> str:
    """What an index remembers of a model it was told to use: a folder's path, else its revision."""
    path = canonical(name)
    return path if Path(path).is_dir() else embedder.name


def load_embedder(name: str) -> Embedder:
    """The embedder called `name`: `hash-512`, or any sentence-transformers model or folder.

    Raises `EmbedderError` where it cannot be loaded.
    """
    if name == DEFAULT:
        return HashingEmbedder()
    # imported where used: it brings torch along, which takes seconds
    from rag.sentence_models import SentenceModel

    return SentenceModel(name)

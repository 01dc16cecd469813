"""The seam of embedding models: one method, and who loads which of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""One row for each text, each of length 1."""

DEFAULT = "namndkoll-sv"


class Embedder(Protocol):
    """Turns texts into vectors. `name` says which model made them, and is kept beside them."""

    name: str

    def embed(self, texts: Sequence[str], *, questions: bool = False) -> Vectors:
        """Unit vectors of `texts`, shape (len(texts), dimensions).

        `questions` says that the texts are asked rather than read: some models tell them apart.
        """
        ...


def canonical(name: str) -> str:
    """A model's name as it is kept: a folder by its whole path, whatever it was called by."""
    folder = Path(name).expanduser()
    return str(folder.resolve()) if folder.is_dir() else name


def kept_as(name: str, embedder: Embedder) -> str:
    """What an index remembers of a model it was told to use: a folder's path, else its revision."""
    path = canonical(name)
    return path if Path(path).is_dir() else embedder.name


def load_embedder(name: str) -> Embedder:
    """The embedder called `name`: `DEFAULT`, which ships with the project, or another one.

    That is any sentence-transformers model, by its name at the hub, or a folder.

    Raises `EmbedderError` where it cannot be loaded.
    """
    if name == DEFAULT:
        from rag.static_model import StaticModel

        return StaticModel()
    # imported where used: it brings torch along, which takes seconds
    from rag.sentence_models import SentenceModel

    return SentenceModel(name)

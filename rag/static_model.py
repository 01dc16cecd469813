"""The Swedish embedding that ships with the project, without PyTorch: ready in milliseconds.

A text is the mean of its word parts' vectors. The folder is one of sentence-transformers' own
(StaticEmbedding, in the layout of model2vec), made by `python -m training`; its card tells how.
The only module of rag that imports safetensors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load

from rag.embedders import DEFAULT, Vectors
from rag.errors import EmbedderError
from rag.word_parts import WordParts

SHIPPED = Path(__file__).parent / "swedish_model"


class StaticModel:
    """A static embedding in `folder`: equal vectors to `SentenceTransformer(folder)`.

    Raises `EmbedderError` where the folder's files are missing or damaged.
    """

    def __init__(self, folder: Path = SHIPPED) -> None:
        try:
            weights = (folder / "model.safetensors").read_bytes()
            tensors = load(weights)
            self._whole, self._factor = tensors["embeddings"], tensors["weights"]
            self._parts = WordParts.from_file(folder / "tokenizer.json")
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise EmbedderError(
                f"den inbyggda embeddingmodellen i {folder} går inte att läsa; installera om "
                "Nämndkoll"
            ) from error
        self.dimensions = int(self._whole.shape[1])
        # vectors of another training are not mixed with these
        self.name = f"{DEFAULT}@{hashlib.sha256(weights).hexdigest()[:8]}"

    def embed(self, texts: Sequence[str], *, questions: bool = False) -> Vectors:
        """Unit vectors of `texts`, shape (len(texts), dimensions); no known word gives zeros."""
        del questions
        result = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(result, texts, strict=True):
            if parts := self._parts.numbers(text):
                row[:] = self._factor[parts] @ self._whole[parts]
        lengths = np.linalg.norm(result, axis=1, keepdims=True)
        result /= np.where(lengths > 0, lengths, 1)
        return result

"""Any sentence-transformers model, by name or folder, behind the seams of embedder and reranker.

The only module that imports sentence-transformers. What may be loaded is up to `rag.model_files`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from sentence_transformers import CrossEncoder, SentenceTransformer
from transformers.utils import logging as transformers_logging

from rag.embedders import Vectors
from rag.errors import EmbedderError
from rag.model_files import ModelFiles, can_rerank, model_files
from rag.prompts import prompts_of

BATCH = 32  # texts that go through a model at a time
_UNBOUNDED = 100_000  # tokens: what says that it takes more takes any length
_LEAST = 16  # tokens of a window, however long a prompt is
_WORD = re.compile(r"\S+\s*")
_Model = TypeVar("_Model")


class SentenceModel:
    """The embedding model called `name` at the hub ("org/model@revision"), or in the folder `name`.

    A text that is longer than the model takes is parted into windows of about equal length, and
    its vector is their mean, weighed by their tokens. Cut off instead, the last rows of a table
    could not be found; and with chunks as long as each model likes, what is cited would depend on
    it. Raises `EmbedderError` where it cannot be loaded.
    """

    def __init__(self, name: str) -> None:
        files = model_files(name, "sentence-transformers")
        self.name = files.name
        self._model = _loaded(name, files, lambda options: SentenceTransformer(**options))
        self._prompts = prompts_of(str(files.folder.resolve()), self._model.prompts)

    def embed(self, texts: Sequence[str], *, questions: bool = False) -> Vectors:
        """Unit vectors of `texts`, shape (len(texts), the model's dimensions)."""
        prompt = self._prompts.question if questions else self._prompts.passage
        room = self._room(prompt)
        parted = [_windows(text, room, self._tokens) for text in texts]
        vectors = self._model.encode(
            [prompt + window.text for windows in parted for window in windows],
            batch_size=BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return _means(np.asarray(vectors, dtype=np.float32), parted)

    def _room(self, prompt: str) -> int:
        """How many tokens of a text the model takes after `prompt`; 0 for any number."""
        most = self._model.max_seq_length
        if most is None or most > _UNBOUNDED:  # a static embedding takes any length
            return 0
        around = int(self._model.tokenizer.num_special_tokens_to_add(pair=False))
        before = sum(self._tokens([prompt])) if prompt else 0
        return max(int(most) - around - before, _LEAST)

    def _tokens(self, words: Sequence[str]) -> list[int]:
        """The number of tokens of each of `words`."""
        found = self._model.tokenizer(list(words), add_special_tokens=False)["input_ids"]
        return [len(tokens) for tokens in found]


class CrossModel:
    """A model that judges question and passage together, by name or folder as above."""

    def __init__(self, name: str) -> None:
        files = model_files(name, "cross-encoder")
        if not can_rerank(files.folder):
            raise EmbedderError(
                f"modellen {name} är inte gjord för att bedöma fråga och stycke tillsammans; "
                "ange en korskodare, till exempel cross-encoder/mmarco-mMiniLMv2-L12-H384-v1"
            )
        self.name = files.name
        self._model = _loaded(name, files, lambda options: CrossEncoder(**options))
        if self._model.num_labels != 1:
            raise EmbedderError(
                f"modellen {name} ger {self._model.num_labels} tal för varje stycke och kan inte "
                "ordna dem; ange en korskodare som ger ett"
            )

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers, higher is better; on no scale in particular."""
        scores = self._model.predict(
            [(question, text) for text in texts],
            batch_size=BATCH,
            activation_fn=torch.nn.Identity(),
            show_progress_bar=False,
        )
        return [float(score) for score in scores]


@dataclass(frozen=True, slots=True)
class _Window:
    text: str
    tokens: int


def _windows(text: str, room: int, tokens: Callable[[Sequence[str]], list[int]]) -> list[_Window]:
    """A text in parts of at most `room` tokens, parted between words; one where it has room."""
    if not room or len(text.encode()) <= room:  # no token is less than a byte
        return [_Window(text, 1)]
    words = _WORD.findall(text)
    sizes = tokens(words) if words else []
    total = sum(sizes)
    if total <= room:
        return [_Window(text, 1)]
    wanted = ceil(total / ceil(total / room))
    windows: list[_Window] = []
    held: list[str] = []
    size = 0
    for word, own in zip(words, sizes, strict=True):
        if held and size + own > wanted:
            windows.append(_Window("".join(held), size))
            held, size = [], 0
        held.append(word)
        size += own
    return [*windows, _Window("".join(held), size)]


def _means(vectors: Vectors, parted: Sequence[Sequence[_Window]]) -> Vectors:
    """The vector of each text out of those of its windows, which follow each other."""
    if len(vectors) == len(parted):
        return vectors
    starts = np.cumsum([0, *(len(windows) for windows in parted[:-1])])
    weights = np.array([window.tokens for windows in parted for window in windows], np.float32)
    sums = np.add.reduceat(vectors * weights[:, None], starts, axis=0)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def _loaded(name: str, files: ModelFiles, load: Callable[[dict[str, Any]], _Model]) -> _Model:
    # what we tell, we tell in Swedish
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return load(
            {
                "model_name_or_path": str(Path(files.folder)),
                "device": "cpu",
                "trust_remote_code": False,
                "local_files_only": True,
                "model_kwargs": {"use_safetensors": True},
            }
        )
    except Exception as error:  # the loader raises whatever its many parts raise
        raise EmbedderError(
            f"modellen {name} går inte att ladda ({_first_line(error)}); ange en mapp "
            "med modellen i safetensors-format, eller ta bort inställningen så används den "
            "inbyggda"
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]

"""The vector index: one Chroma collection in generations of folders. A cache of the store.

The only module that imports chromadb. Chroma does not see what another process writes, and a
process that dies while writing can damage it. So a writer never touches what readers read: it
copies the newest generation, changes the copy, and then names it the newest in one rename.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings

from rag.embedders import Vectors

_CURRENT = "current.json"
_COLLECTION = "chunks"
_FORMAT = 1
_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Mark:
    """Which generation is the newest, which change it has caught up with, which model made it."""

    generation: int
    change: int
    model: str


def read_mark(folder: Path) -> Mark | None:
    """The mark in `folder`; None where there is none, or none that can be used."""
    try:
        data = json.loads((folder / _CURRENT).read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            return None
        mark = Mark(int(data["generation"]), int(data["change"]), str(data["model"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return mark if _place(folder, mark.generation).is_dir() else None


def _place(folder: Path, generation: int) -> Path:
    return folder / f"{generation:06d}"


class VectorIndex:
    """Generation `mark` of the index in `folder`, open. Raises `ValueError` where damaged."""

    def __init__(self, folder: Path, mark: Mark) -> None:
        self.mark = mark
        self._path = _place(folder, mark.generation)
        try:
            self._client: Any = _client(self._path)
            self._chunks: Any = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
            self._chunks.count()
        except Exception as error:  # chroma raises its own, sqlite's and Rust's errors
            raise ValueError(f"vector index in {self._path}: {error}") from error

    def search(
        self, question: Vectors, documents: Sequence[str] | None, limit: int
    ) -> dict[int, float]:
        """Keys of the chunks nearest to one question (shape (1, d)) and their cosine similarity.

        Only chunks of `documents` compete (None: all). Raises `ValueError` where damaged.
        """
        if documents == []:
            return {}
        where = None if documents is None else {"document": {"$in": list(documents)}}
        try:
            count = self._chunks.count()
            if not count:
                return {}
            found = self._chunks.query(
                query_embeddings=question,
                n_results=min(limit, count),
                where=where,
                include=["distances"],
            )
        except Exception as error:
            raise ValueError(f"vector index in {self._path}: {error}") from error
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return {int(key): 1.0 - float(distance) for key, distance in pairs}

    def count(self) -> int:
        """How many chunks it holds."""
        return int(self._chunks.count())

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()


class VectorWriter:
    """The next generation of the index in `folder`; nobody sees it before `publish`.

    With `anew` it starts empty, else as a copy of the newest.
    """

    def __init__(self, folder: Path, model: str, *, anew: bool) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        mark = read_mark(folder)
        self._before = mark.generation if mark else 0
        self._next = Mark(_newest(folder) + 1, 0, model)
        path = _place(folder, self._next.generation)
        if mark and not anew:
            shutil.copytree(_place(folder, mark.generation), path)
        else:
            path.mkdir()
        self._index = VectorIndex(folder, self._next)

    def remove(self, gone: Sequence[str]) -> None:
        """Take out the documents `gone`."""
        for start in range(0, len(gone), 100):
            self._index._chunks.delete(where={"document": {"$in": list(gone[start : start + 100])}})

    def add(self, keys: Sequence[int], documents: Sequence[str], vectors: Vectors) -> None:
        """Put in chunks: key, id of the document and vector of each."""
        for start in range(0, len(keys), _BATCH):
            part = slice(start, start + _BATCH)
            self._index._chunks.add(
                ids=[str(key) for key in keys[part]],
                embeddings=vectors[part],
                metadatas=[{"document": document} for document in documents[part]],
            )

    def audit(self, keys: Sequence[int], vectors: Vectors, total: int) -> None:
        """Raise `ValueError` unless `total` chunks are held and each of `keys` finds itself."""
        if self._index.count() != total:
            raise ValueError(f"{self._index.count()} of {total} vectors")
        for key, vector in zip(keys, vectors, strict=True):
            found = self._index.search(vector[None, :], None, 10)
            # equal texts have equal vectors: the nearest must be as near as the vector to itself
            if vector.any() and key not in found and max(found.values(), default=0.0) < 0.999:
                raise ValueError(f"vector {key} is not found again")

    def publish(self, change: int) -> None:
        """Make this the newest generation, caught up with change number `change`."""
        self._index.close()
        data = {
            "format": _FORMAT,
            "generation": self._next.generation,
            "change": change,
            "model": self._next.model,
        }
        draft = self._folder / f"{_CURRENT}.new"
        draft.write_text(json.dumps(data), encoding="utf-8")
        draft.replace(self._folder / _CURRENT)
        # a reader may still hold the one before; older ones nobody holds
        for path in self._folder.glob("[0-9]" * 6):
            if int(path.name) not in (self._before, self._next.generation):
                shutil.rmtree(path, ignore_errors=True)

    def discard(self) -> None:
        """Throw the unpublished generation away."""
        self._index.close()
        shutil.rmtree(_place(self._folder, self._next.generation), ignore_errors=True)


def _newest(folder: Path) -> int:
    return max((int(path.name) for path in folder.glob("[0-9]" * 6)), default=0)


def _client(path: Path) -> Any:
    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    return chromadb.PersistentClient(path=str(path), settings=settings)

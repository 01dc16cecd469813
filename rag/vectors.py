"""The vector index: one Chroma collection in generations of folders. A cache of the store.

The only module that imports chromadb. Chroma does not see what another process writes, and a
process that dies while writing can damage it. So a writer never touches what readers read: it
copies the newest generation, changes the copy, and then names it the newest in one rename.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import chromadb
import numpy as np
from chromadb.config import Settings

from rag.embedders import Vectors

_CURRENT = "current.json"
_COLLECTION = "chunks"
_FORMAT = 3
_BATCH = 1_000
# Chroma's own values lose a vector in four among reports that say nearly the same on each page
_GRAPH = {"space": "cosine", "max_neighbors": 48, "ef_construction": 200, "ef_search": 200}


@dataclass(frozen=True, slots=True)
class Mark:
    """Which generation is the newest, which change it has caught up with, which model made it.

    `count` is how many chunks it holds.
    """

    generation: str
    change: int
    model: str
    count: int


def read_mark(folder: Path) -> Mark | None:
    """The mark in `folder`; None where there is none, or none that can be used."""
    try:
        data = json.loads((folder / _CURRENT).read_text(encoding="utf-8"))
        if data["format"] != _FORMAT:
            return None
        mark = Mark(
            str(data["generation"]), int(data["change"]), str(data["model"]), int(data["count"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return mark if _place(folder, mark.generation).is_dir() else None


def _place(folder: Path, generation: str) -> Path:
    return folder / generation


class VectorIndex:
    """Generation `mark` of the index in `folder`, open. Raises `ValueError` where damaged."""

    def __init__(self, folder: Path, mark: Mark) -> None:
        self.mark = mark
        self._path = _place(folder, mark.generation)
        with _sound(self._path):
            self._client: Any = _client(self._path)
            self._chunks: Any = self._client.get_collection(_COLLECTION, embedding_function=None)
            count = self._chunks.count()
        if count != mark.count:
            self.close()
            raise ValueError(f"vector index in {self._path}: {count} of {mark.count} vectors")

    def search(
        self, question: Vectors, documents: Sequence[str] | None, limit: int
    ) -> dict[int, float]:
        """Keys of the chunks nearest to one question (shape (1, d)) and their cosine similarity.

        Only chunks of `documents` compete (None: all). Raises `ValueError` where damaged.
        """
        if documents == [] or not self.mark.count:
            return {}
        where = None if documents is None else {"document": {"$in": list(documents)}}
        with _sound(self._path):
            found = self._chunks.query(
                query_embeddings=question,
                n_results=min(limit, self.mark.count),
                where=where,
                include=["distances"],
            )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return {int(key): 1.0 - float(distance) for key, distance in pairs}

    def vector(self, key: int) -> Vectors:
        """The vector of a chunk, shape (d,); empty where it is not held."""
        with _sound(self._path):
            held = self._chunks.get(ids=[str(key)], include=["embeddings"])["embeddings"]
        return np.asarray(held[0] if len(held) else [], dtype=np.float32)

    def count(self) -> int:
        """How many chunks it holds."""
        with _sound(self._path):
            return int(self._chunks.count())

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()


class VectorWriter:
    """The next generation of the index in `folder`; nobody sees it before `publish`.

    With `anew` it starts empty, else as a copy of the newest. Raises `ValueError` where Chroma
    cannot do what it should.
    """

    def __init__(self, folder: Path, model: str, *, anew: bool) -> None:
        self._folder, self._model = folder, model
        folder.mkdir(parents=True, exist_ok=True)
        mark = read_mark(folder)
        self._before = mark.generation if mark else ""
        # a name never used before: Chroma keeps open folders apart by their path
        self._generation = uuid4().hex[:12]
        self._path = _place(folder, self._generation)
        if mark and not anew:
            shutil.copytree(_place(folder, mark.generation), self._path)
        else:
            self._path.mkdir()
        with _sound(self._path):
            self._client: Any = _client(self._path)
            self._chunks: Any = self._client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": _GRAPH}
            )

    def remove(self, gone: Sequence[str]) -> None:
        """Take out the documents `gone`."""
        for start in range(0, len(gone), 100):
            with _sound(self._path):
                self._chunks.delete(where={"document": {"$in": list(gone[start : start + 100])}})

    def add(self, keys: Sequence[int], documents: Sequence[str], vectors: Vectors) -> None:
        """Put in chunks: key, id of the document and vector of each."""
        for start in range(0, len(keys), _BATCH):
            part = slice(start, start + _BATCH)
            with _sound(self._path):
                self._chunks.add(
                    ids=[str(key) for key in keys[part]],
                    embeddings=vectors[part],
                    metadatas=[{"document": document} for document in documents[part]],
                )

    def publish(self, change: int, sample: Sequence[int], vectors: Vectors, total: int) -> None:
        """Make this the newest generation, caught up with change number `change`.

        First opened anew as a reader would: all `total` chunks must be held, and those of `sample`
        have the vectors that they were given.
        """
        self._client.close()
        mark = Mark(self._generation, change, self._model, total)
        index = VectorIndex(self._folder, mark)
        try:
            for key, vector in zip(sample, vectors, strict=True):
                if not np.allclose(index.vector(key), vector, atol=1e-5):
                    raise ValueError(f"vector {key} is not what was put in")
            # a search among many that are nearly alike may find others; it must find something
            if len(vectors) and not index.search(vectors[:1], None, 10):
                raise ValueError("a search finds nothing")
        finally:
            index.close()
        draft = self._folder / f"{_CURRENT}.new"
        draft.write_text(json.dumps({"format": _FORMAT, **asdict(mark)}), encoding="utf-8")
        draft.replace(self._folder / _CURRENT)
        # a reader may still hold the one before; older ones nobody holds
        for path in self._folder.iterdir():
            if path.is_dir() and path.name not in (self._before, self._generation):
                shutil.rmtree(path, ignore_errors=True)

    def discard(self) -> None:
        """Throw the unpublished generation away."""
        self._client.close()
        shutil.rmtree(self._path, ignore_errors=True)


@contextmanager
def _sound(path: Path) -> Iterator[None]:
    """Whatever Chroma raises, its own errors, SQLite's or Rust's, as `ValueError`."""
    try:
        yield
    except OSError:
        raise
    except Exception as error:
        raise ValueError(f"vector index in {path}: {error}") from error


def _client(path: Path) -> Any:
    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    return chromadb.PersistentClient(path=str(path), settings=settings)

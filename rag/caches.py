"""The store → its two caches, brought up to date; the same for a writer and for a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from rag.embedders import Embedder, Vectors
from rag.lexical import Entry, LexicalIndex
from rag.store import Store, StoredChunk, StoredDocument
from rag.vectors import Mark, VectorIndex, VectorWriter, read_mark

_SAMPLE = 5  # vectors that must find themselves before a generation is used
_BATCH = 256  # chunks put into the index at a time
_EMBEDDED = 32  # chunks embedded between two reports: a few seconds of a slow model

Progress = Callable[[int, int], None]
"""Told the number of chunks done so far, and of all."""


def lexical_folder(folder: Path) -> Path:
    """Where the lexical index of the index in `folder` lies."""
    return folder / "lexical"


def vector_folder(folder: Path) -> Path:
    """Where the vector index of the index in `folder` lies."""
    return folder / "vectors"


def open_lexical(folder: Path) -> LexicalIndex:
    """The lexical index, made anew where it is damaged."""
    place = lexical_folder(folder)
    try:
        return LexicalIndex(place)
    except ValueError:
        LexicalIndex.clear(place)
        return LexicalIndex(place)


def update_lexical(store: Store, folder: Path) -> LexicalIndex:
    """Catch up with the store; build anew where the index is damaged or it cannot be told how."""
    try:
        index = _caught_up(store, open_lexical(folder))
    except ValueError:
        index = None
    if index is not None and is_whole(store, index):
        return index
    LexicalIndex.clear(lexical_folder(folder))
    index = LexicalIndex(lexical_folder(folder))
    index.update([], _entries(store, store.documents()), store.last_change())
    return index


def _caught_up(store: Store, index: LexicalIndex) -> LexicalIndex | None:
    """`index` with the newest changes; None where it must be built anew."""
    mark, last = index.watermark(), store.last_change()
    if mark == last:
        return index
    if not 0 < mark < last:
        return None
    changed = store.changed_since(mark)
    present = [document for document in store.documents() if document.id in set(changed)]
    index.update(changed, _entries(store, present), last)
    return index


def is_whole(store: Store, index: LexicalIndex) -> bool:
    """Whether the index holds as many chunks as the store, and finds some of them."""
    documents = [document for document in store.documents() if document.chunks]
    try:
        if index.count() != sum(document.chunks for document in documents):
            return False
    except ValueError:
        return False
    sample = [documents[0], documents[-1]] if documents else []
    return all(index.finds(next(_entries(store, [document]))) for document in sample)


def lexical_in_memory(store: Store) -> LexicalIndex:
    """The lexical index of the whole store, built where nothing may be written."""
    index = LexicalIndex(None)
    index.update([], _entries(store, store.documents()), store.last_change())
    return index


def update_vectors(
    store: Store,
    folder: Path,
    embedder: Embedder,
    progress: Progress = lambda done, total: None,
) -> None:
    """Catch up with the store; build anew where another model made the vectors."""
    place = vector_folder(folder)
    mark, last = read_mark(place), store.last_change()
    documents = {document.id: document for document in store.documents()}
    usable = mark is not None and mark.model == embedder.name and _is_whole(place, mark)
    if usable and mark is not None and mark.change == last:
        return
    since = mark.change if usable and mark is not None and mark.change < last else None
    changed = list(documents) if since is None else store.changed_since(since)
    writer = VectorWriter(place, embedder.name, anew=since is None)
    try:
        if since is not None:
            writer.remove(changed)
        present = [documents[name] for name in changed if name in documents]
        total = sum(document.chunks for document in present)
        done = 0
        sample: list[int] = []
        sampled = np.zeros((0, 0), dtype=np.float32)
        for batch in _batches(store, present):
            texts = [text for _, text in batch]
            chunks = [chunk for chunk, _ in batch]
            vectors = _embedded(embedder, texts, partial(_tell, progress, done, total))
            writer.add([c.key for c in chunks], [c.document for c in chunks], vectors)
            if not sample:
                sample, sampled = [c.key for c in chunks[:_SAMPLE]], vectors[:_SAMPLE]
            done += len(batch)
        held = sum(document.chunks for document in documents.values())
        writer.publish(last, sample, sampled, held)
    except BaseException:
        writer.discard()
        raise


def _tell(progress: Progress, before: int, total: int, more: int) -> None:
    progress(before + more, total)


def _embedded(embedder: Embedder, texts: Sequence[str], tell: Callable[[int], None]) -> Vectors:
    """The vectors of `texts`, those of like length made together: a model fills up the shorter."""
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    made: list[Vectors] = []
    for start in range(0, len(order), _EMBEDDED):
        part = order[start : start + _EMBEDDED]
        made.append(embedder.embed([texts[index] for index in part]))
        tell(start + len(part))
    return np.asarray(np.concatenate(made)[np.argsort(order)], dtype=np.float32)


def _is_whole(place: Path, mark: Mark) -> bool:
    """Whether a generation can be opened, and holds what it should."""
    try:
        index = VectorIndex(place, mark)
    except ValueError:
        return False
    index.close()
    return True


def _entries(store: Store, documents: Sequence[StoredDocument]) -> Iterator[Entry]:
    for document in documents:
        name = document_names(document)
        for stored in store.chunks_of([document.id]):
            chunk = stored.chunk
            body = f"{chunk.context}\n{chunk.text}"
            yield Entry(stored.key, document.id, body, f"{name} {' '.join(chunk.section)}")


def _batches(
    store: Store, documents: Sequence[StoredDocument]
) -> Iterator[list[tuple[StoredChunk, str]]]:
    batch: list[tuple[StoredChunk, str]] = []
    for document in documents:
        for stored in store.chunks_of([document.id]):
            batch.append((stored, embedded_text(document, stored)))
            if len(batch) == _BATCH:
                yield batch
                batch = []
    if batch:
        yield batch


def embedded_text(document: StoredDocument, stored: StoredChunk) -> str:
    """What is embedded of a chunk: document, headings, what helps to find it, and its text."""
    chunk = stored.chunk
    head = " > ".join([document.identity.title, *chunk.section])
    return "\n".join(part for part in (head, chunk.context, chunk.text) if part)


def document_names(document: StoredDocument) -> str:
    """All that a document is called by, for finding it."""
    identity = document.identity
    years = " ".join(str(year) for year in identity.years)
    names = (
        identity.title,
        identity.municipality,
        identity.board,
        *identity.aliases,
        identity.kind,
    )
    return " ".join((*names, years))

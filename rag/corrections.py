"""A person corrects what a document is: kept in the index, and the document is read anew by it.

Years and boards decide what its numbers mean, so a correction is a new reading, of the index's own
copy of the file. What is said here goes before what is recognised and before a manifest, now and
whenever the document is read in again.
"""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path

from ingest.document import fingerprint, parse, read_bytes
from ingest.errors import UnreadableFileError
from ingest.manifest import Correction
from ingest.types import Identity
from rag.index import IndexWriter, file_of
from rag.store import StoredDocument

FIELDS = ("title", "municipality", "board", "kind", "years")
"""What a person may correct."""


def correct(writer: IndexWriter, name: str, said: Correction) -> StoredDocument:
    """Read the document `name` anew as what is `said` of it; fields that are None stay as they are.

    What was corrected before stays corrected. Call `writer.catch_up` afterwards. Raises
    `UnreadableFileError` where there is no such document, or its copy cannot be read.
    """
    document = _found(writer, name)
    before = writer.store.corrections().get(name)
    changed = _changed(said, document.identity)
    if changed is None:
        return document
    kept = changed.over(before)
    _read_anew(writer, document, kept.over(_as_it_is(document.identity)))
    writer.store.keep_correction(name, kept)
    return _found(writer, name)


def forget(writer: IndexWriter, name: str) -> StoredDocument:
    """Read the document `name` anew, as its pages say it is, without any correction.

    Raises `UnreadableFileError` as `correct` does.
    """
    document = _found(writer, name)
    _read_anew(writer, document, None)
    writer.store.keep_correction(name, None)
    return _found(writer, name)


def _found(writer: IndexWriter, name: str) -> StoredDocument:
    for document in writer.store.documents():
        if document.id == name:
            return document
    raise UnreadableFileError(f"inget dokument heter {name}")


def _as_it_is(identity: Identity) -> Correction:
    """An identity as a correction: so that a new reading changes nothing else."""
    return Correction.model_validate({name: asdict(identity)[name] for name in FIELDS})


def _changed(said: Correction, identity: Identity) -> Correction | None:
    """The fields that are said to be something else than they are; None where none is."""
    now = asdict(identity)
    wanted = asdict(said.apply(identity))
    told = said.model_dump(exclude_none=True)
    fields = {name: told[name] for name in FIELDS if name in told and wanted[name] != now[name]}
    return Correction.model_validate(fields) if fields else None


def _read_anew(writer: IndexWriter, document: StoredDocument, as_what: Correction | None) -> None:
    started = time.perf_counter()
    data = read_bytes(file_of(writer.folder, document))
    # by the name that it came with: the index's copy is named by its hash
    parsed = parse(Path(document.path), as_what, data=data)
    unread = not all(page.readable for page in parsed.pages)
    mark = fingerprint(data, as_what, unread=unread)
    writer.put(parsed, data, mark, time.perf_counter() - started)

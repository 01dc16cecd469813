"""One SQLite file: the truth about every document that has been read in.

A document is written in one transaction, so it is all there or not there. Readers go on while a
writer writes (WAL). The lexical and the vector index are caches of what stands here.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.manifest import Correction
from ingest.types import (
    Chunk,
    Figure,
    Finding,
    Identity,
    Page,
    ParsedDocument,
    Problem,
    Table,
)
from rag.errors import NoIndexError
from rag.migrations import WITH_CORRECTIONS, WITH_FIGURES, migrate, version_of
from rag.store_file import connect, explained, nothing_here, stamp
from rag.stored_figures import (
    figure_to_row,
    figures_from_rows,
    finding_from_json,
    finding_to_json,
)
from rag.stored_form import (
    identity_from_json,
    identity_to_json,
    layout_to_json,
    page_from_json,
    spans_from_json,
    spans_to_json,
    table_from_json,
    table_to_json,
)

FILE_NAME = "store.sqlite"
_TEXT_KEPT = 600_000  # characters of pages, some 30 MB with what is known of them


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as it stands in the store. `unread` are pages (from 1) that could not be read."""

    id: str
    path: str
    suffix: str
    sha256: str
    fingerprint: str
    identity: Identity
    pages: int
    tables: int
    figures: int
    chunks: int
    seconds: float
    unread: tuple[int, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk with its key in the store and the id of its document."""

    key: int
    document: str
    chunk: Chunk


class Store:
    """The store in `folder`. With `write` it is made where there is none, and brought up to date.

    Raises `NoIndexError`, `NewerIndexError`, `BrokenIndexError` or `DiskError`.
    """

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        self.path = folder / FILE_NAME
        self._lock = threading.RLock()
        self._pages: dict[tuple[str, int], Page] = {}
        self._text_kept = 0
        self._pages_of_change = -1
        self._in_snapshot = False
        with explained(self.path):
            self._connection, self._immutable = connect(self.path, write=write)
            self._stamp = stamp(self.path)
            if write:
                migrate(self._connection)
            elif version_of(self._connection) == 0:
                self._connection.close()
                raise NoIndexError(nothing_here(folder))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    # ---- writing

    def put(self, document: ParsedDocument, fingerprint: str, seconds: float) -> None:
        """Write a document whole, in place of the version that was there before."""
        with self._transaction() as run:
            run.execute("DELETE FROM documents WHERE id = ?", (document.id,))
            change = self._log(document.id)
            run.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    document.id,
                    document.path,
                    Path(document.path).suffix.lower(),
                    document.sha256,
                    fingerprint,
                    identity_to_json(document.identity),
                    len(document.pages),
                    seconds,
                    change,
                ),
            )
            self._put_content(document)

    def _put_content(self, document: ParsedDocument) -> None:
        run, name = self._connection, document.id
        run.executemany(
            "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?)",
            [
                (name, p.number, p.label, p.readable, p.text, layout_to_json(p))
                for p in document.pages
            ],
        )
        run.executemany(
            "INSERT INTO tables VALUES (?, ?, ?, ?)",
            [(name, t.id, i, table_to_json(t)) for i, t in enumerate(document.tables)],
        )
        run.executemany(
            "INSERT INTO chunks (document, number, kind, section, text, context, spans, table_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    name,
                    c.number,
                    c.kind,
                    json.dumps(c.section, ensure_ascii=False),
                    c.text,
                    c.context,
                    spans_to_json(c.spans),
                    c.table,
                )
                for c in document.chunks
            ],
        )
        run.executemany(
            "INSERT INTO figures VALUES (?, ?, ?, ?, ?)",
            [(name, i, *figure_to_row(figure)) for i, figure in enumerate(document.figures)],
        )
        run.executemany(
            "INSERT INTO findings VALUES (?, ?, ?)",
            [(name, i, finding_to_json(finding)) for i, finding in enumerate(document.findings)],
        )
        run.executemany(
            "INSERT INTO problems VALUES (?, ?, ?, ?)",
            [(name, p.page, p.message, p.informs) for p in document.problems],
        )

    def remove(self, document: str) -> bool:
        """Take a document out; False where it was not there."""
        with self._transaction() as run:
            gone = run.execute("DELETE FROM documents WHERE id = ?", (document,)).rowcount > 0
            if gone:
                self._log(document)
            run.execute("DELETE FROM corrections WHERE document = ?", (document,))
        return gone

    def keep_correction(self, document: str, correction: Correction | None) -> None:
        """Keep what a person says that a document is, in place of what was said before."""
        with self._transaction() as run:
            run.execute("DELETE FROM corrections WHERE document = ?", (document,))
            if correction is not None:
                content = correction.model_dump_json(exclude_none=True)
                run.execute("INSERT INTO corrections VALUES (?, ?)", (document, content))

    def set(self, name: str, value: str) -> None:
        """Keep a setting."""
        with self._transaction() as run:
            run.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def _log(self, document: str) -> int:
        cursor = self._connection.execute("INSERT INTO changes (document) VALUES (?)", (document,))
        return int(cursor.lastrowid or 0)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    # ---- reading

    def get(self, name: str) -> str | None:
        """A setting, or None."""
        rows = self._rows("SELECT value FROM settings WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def last_change(self) -> int:
        """Number of the newest change; 0 in an empty store."""
        return int(self._rows("SELECT coalesce(max(number), 0) FROM changes")[0][0])

    def changed_since(self, change: int) -> list[str]:
        """Ids of documents written or removed after change number `change`."""
        query = "SELECT DISTINCT document FROM changes WHERE number > ?"
        return [str(row[0]) for row in self._rows(query, (change,))]

    def documents(self) -> list[StoredDocument]:
        """All documents, by id."""
        problems: dict[str, list[Problem]] = {}
        for name, page, message, informs in self._rows(
            "SELECT document, page, message, informs FROM problems ORDER BY rowid"
        ):
            problems.setdefault(name, []).append(Problem(message, page, bool(informs)))
        unread: dict[str, list[int]] = {}
        for name, number in self._rows(
            "SELECT document, number FROM pages WHERE NOT readable ORDER BY number"
        ):
            unread.setdefault(name, []).append(number)
        figures = "SELECT count(*) FROM figures WHERE document = d.id" if self.has_figures else "0"
        rows = self._rows(
            "SELECT id, path, suffix, sha256, fingerprint, identity, page_count,"
            f" (SELECT count(*) FROM tables WHERE document = d.id), ({figures}),"
            " (SELECT count(*) FROM chunks WHERE document = d.id), seconds"
            " FROM documents d ORDER BY id"
        )
        return [
            StoredDocument(
                id=row[0],
                path=row[1],
                suffix=row[2],
                sha256=row[3],
                fingerprint=row[4],
                identity=identity_from_json(row[5]),
                pages=row[6],
                tables=row[7],
                figures=row[8],
                chunks=row[9],
                seconds=row[10],
                unread=tuple(unread.get(row[0], ())),
                problems=tuple(problems.get(row[0], ())),
            )
            for row in rows
        ]

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read as of one moment, whatever another process writes meanwhile."""
        with self._lock, explained(self.path):
            self._reopen_if_replaced()
            self._connection.execute("BEGIN")
            self._in_snapshot = True
            try:
                change = self.last_change()
                if change != self._pages_of_change:
                    self._forget_pages()
                    self._pages_of_change = change
                yield
            finally:
                self._in_snapshot = False
                if self._connection.in_transaction:
                    self._connection.execute("COMMIT")

    def _reopen_if_replaced(self) -> None:
        """On a disk that may not be written to, changes are seen by opening the file anew."""
        if not self._immutable or self._stamp == stamp(self.path):
            return
        self._connection.close()
        self._connection, self._immutable = connect(self.path, write=False)
        self._stamp = stamp(self.path)

    def page(self, document: str, number: int) -> Page | None:
        """Page `number` (from 1) of a document, or None. Kept in memory inside a snapshot."""
        # the lock keeps other threads out: inside a snapshot everything is of one moment
        with self._lock:
            if not self._in_snapshot:
                return self._read_page(document, number)
            known = self._pages.get((document, number)) or self._read_page(document, number)
            if known is not None:
                if self._text_kept >= _TEXT_KEPT:
                    self._forget_pages()
                if (document, number) not in self._pages:
                    self._text_kept += len(known.text)
                    self._pages[document, number] = known
            return known

    def _forget_pages(self) -> None:
        self._pages.clear()
        self._text_kept = 0

    def _read_page(self, document: str, number: int) -> Page | None:
        rows = self._rows(
            "SELECT number, label, readable, text, layout FROM pages"
            " WHERE document = ? AND number = ?",
            (document, number),
        )
        if not rows:
            return None
        number, label, readable, text, layout = rows[0]
        return page_from_json(number, label, bool(readable), text, layout)

    def page_text(self, document: str, number: int) -> str:
        """The text of page `number` (from 1) of a document, "" where there is no such page."""
        query = "SELECT text FROM pages WHERE document = ? AND number = ?"
        rows = self._rows(query, (document, number))
        return str(rows[0][0]) if rows else ""

    def tables(self, document: str) -> list[Table]:
        """The tables of a document in reading order."""
        query = "SELECT content FROM tables WHERE document = ? ORDER BY position"
        return [table_from_json(row[0]) for row in self._rows(query, (document,))]

    def checked_tables(self, document: str) -> int:
        """How many tables of a document have had their arithmetic checked."""
        query = (
            "SELECT count(*) FROM tables"
            " WHERE document = ? AND json_array_length(content, '$.checks') > 0"
        )
        return int(self._rows(query, (document,))[0][0])

    def grades(self) -> dict[str, dict[str, int]]:
        """How many tables each document has of each grade."""
        query = (
            "SELECT document, json_extract(content, '$.grade'), count(*) FROM tables GROUP BY 1, 2"
        )
        found: dict[str, dict[str, int]] = {}
        for document, grade, count in self._rows(query):
            found.setdefault(document, {})[grade] = count
        return found

    def table(self, document: str, name: str) -> Table | None:
        """One table of a document by its id, or None."""
        query = "SELECT content FROM tables WHERE document = ? AND id = ?"
        rows = self._rows(query, (document, name))
        return table_from_json(rows[0][0]) if rows else None

    @property
    def has_figures(self) -> bool:
        """Whether there is room for figures: not before the next `ingest` in an older index."""
        return int(self._rows("PRAGMA user_version")[0][0]) >= WITH_FIGURES

    def figures(
        self, documents: Iterable[str] | None = None, table: str | None = None
    ) -> list[tuple[str, Figure]]:
        """The figures of some documents (of all, by id), each with its document's id, as read.

        With `table` those of the tables with that id alone, "" for those in prose.
        """
        if not self.has_figures:
            return []
        if documents is None:
            documents = [row[0] for row in self._rows("SELECT id FROM documents ORDER BY id")]
        query = (
            "SELECT content FROM figures WHERE document = ?1 AND table_id = coalesce(?2, table_id)"
            " ORDER BY position"
        )
        return [
            (name, figure)
            for name in documents
            for figure in figures_from_rows(self._rows(query, (name, table)))
        ]

    def findings(self, document: str) -> list[Finding]:
        """Where a document disagrees with itself, in the order that it was found."""
        if not self.has_figures:
            return []
        query = "SELECT content FROM findings WHERE document = ? ORDER BY position"
        return [finding_from_json(row[0]) for row in self._rows(query, (document,))]

    def corrections(self) -> dict[str, Correction]:
        """What a person has said that documents are, by their ids."""
        if int(self._rows("PRAGMA user_version")[0][0]) < WITH_CORRECTIONS:
            return {}
        rows = self._rows("SELECT document, content FROM corrections")
        return {name: Correction.model_validate_json(content) for name, content in rows}

    def chunks_of(self, documents: Iterable[str]) -> Iterator[StoredChunk]:
        """All chunks of some documents, in reading order."""
        for document in documents:
            query = f"{_CHUNK} WHERE document = ? ORDER BY number"
            yield from map(_chunk, self._rows(query, (document,)))

    def chunks_between(self, document: str, first: int, last: int) -> list[StoredChunk]:
        """The chunks of a document with numbers `first` to `last`, in reading order."""
        query = f"{_CHUNK} WHERE document = ? AND number BETWEEN ? AND ? ORDER BY number"
        return list(map(_chunk, self._rows(query, (document, first, last))))

    def chunks(self, keys: Sequence[int]) -> list[StoredChunk]:
        """The chunks with these keys, in the order of the keys; those that are gone left out."""
        found: dict[int, StoredChunk] = {}
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            marks = ",".join("?" * len(part))
            for row in self._rows(f"{_CHUNK} WHERE key IN ({marks})", tuple(part)):
                found[row[0]] = _chunk(row)
        return [found[key] for key in keys if key in found]

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        with self._lock, explained(self.path):
            return self._connection.execute(query, values).fetchall()


_CHUNK = "SELECT key, document, number, kind, section, text, context, spans, table_id FROM chunks"


def _chunk(row: tuple[Any, ...]) -> StoredChunk:
    key, document, number, kind, section, text, context, spans, table = row
    chunk = Chunk(
        number, kind, tuple(json.loads(section)), text, context, spans_from_json(spans), table
    )
    return StoredChunk(key, document, chunk)

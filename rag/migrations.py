"""The store's tables, as numbered steps. Steps are only ever appended, never changed."""

from __future__ import annotations

import sqlite3

from rag.errors import NewerIndexError

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

    CREATE TABLE documents (
        id TEXT PRIMARY KEY,
        path TEXT NOT NULL,           -- where the file was read from
        suffix TEXT NOT NULL,         -- ".pdf" …
        sha256 TEXT NOT NULL,         -- of the file's bytes
        fingerprint TEXT NOT NULL,    -- of all that decides how it is read
        identity TEXT NOT NULL,       -- JSON
        page_count INTEGER NOT NULL,
        seconds REAL NOT NULL,        -- that reading took
        change INTEGER NOT NULL       -- number of the change that wrote it
    ) STRICT;

    CREATE TABLE pages (
        document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        number INTEGER NOT NULL,      -- from 1
        label TEXT NOT NULL,
        readable INTEGER NOT NULL,
        text TEXT NOT NULL,
        layout TEXT NOT NULL,         -- JSON: size, words with boxes, blocks
        PRIMARY KEY (document, number)
    ) STRICT;

    CREATE TABLE tables (
        document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        id TEXT NOT NULL,
        position INTEGER NOT NULL,
        content TEXT NOT NULL,        -- JSON
        PRIMARY KEY (document, id)
    ) STRICT;

    CREATE TABLE chunks (
        key INTEGER PRIMARY KEY AUTOINCREMENT,  -- never used again: caches can tell what is gone
        document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        kind TEXT NOT NULL,
        section TEXT NOT NULL,        -- JSON
        text TEXT NOT NULL,
        context TEXT NOT NULL,
        spans TEXT NOT NULL,          -- JSON: [page, start, end], …
        table_id TEXT
    ) STRICT;
    CREATE INDEX chunks_of_document ON chunks(document, number);

    CREATE TABLE problems (
        document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        page INTEGER,
        message TEXT NOT NULL,
        informs INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX problems_of_document ON problems(document);

    CREATE TABLE changes (            -- the log that caches catch up with
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        document TEXT NOT NULL,
        at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
    ) STRICT;
    """,
    """
    CREATE TABLE figures (
        document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,    -- in reading order
        table_id TEXT NOT NULL,       -- "" for a number in prose
        page INTEGER NOT NULL,
        content TEXT NOT NULL,        -- JSON
        PRIMARY KEY (document, position)
    ) STRICT;

    CREATE TABLE findings (
        document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        content TEXT NOT NULL,        -- JSON
        PRIMARY KEY (document, position)
    ) STRICT;
    """,
    """
    CREATE TABLE corrections (        -- of what documents are, as a person says it
        document TEXT PRIMARY KEY,    -- no reference: it stays when the document is read anew
        content TEXT NOT NULL         -- JSON
    ) STRICT;
    """,
)

VERSION = len(MIGRATIONS)
WITH_FIGURES = 2  # the first format that has the table of figures
WITH_CORRECTIONS = 3  # the first that keeps what a person corrects


def version_of(connection: sqlite3.Connection) -> int:
    """How many migrations a store has been through. Raises `NewerIndexError` if too many."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > VERSION:
        raise NewerIndexError(
            f"indexet är gjort av en nyare version av programmet (format {version}, här "
            f"{VERSION}); uppdatera programmet, eller läs in dokumenten i ett nytt index med: "
            "namndkoll ingest MAPP --index NY_MAPP"
        )
    return version


def migrate(connection: sqlite3.Connection) -> None:
    """Take a store to the newest format, one transaction a step."""
    for number in range(version_of(connection), VERSION):
        script = f"BEGIN IMMEDIATE;{MIGRATIONS[number]};PRAGMA user_version = {number + 1};COMMIT;"
        try:
            connection.executescript(script)
        except sqlite3.Error:
            if connection.in_transaction:
                connection.rollback()
            raise

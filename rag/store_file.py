"""The store's SQLite file: how it is opened, and its errors as sentences for the user."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import reason
from rag.errors import BrokenIndexError, BusyIndexError, DiskError, NoIndexError


def nothing_here(folder: Path) -> str:
    """That there is no index in `folder`, and what to do."""
    return f"det finns inget index i {folder}; läs in dokument med: namndkoll ingest MAPP"


def stamp(path: Path) -> tuple[int, int]:
    """What tells one state of a file from another."""
    state = path.stat()
    return state.st_mtime_ns, state.st_size


def connect(path: Path, *, write: bool) -> tuple[sqlite3.Connection, bool]:
    """The store's connection; and whether it is read as a file that does not change."""
    if write:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _open(path.as_posix(), uri=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection, False
    if not path.is_file():
        raise NoIndexError(nothing_here(path.parent))
    uri = path.absolute().as_uri()
    connection = _open(f"{uri}?mode=ro", uri=True)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise
        # a read-only disk: the file that readers and writers share in WAL mode cannot be made
        connection.close()
        return _open(f"{uri}?mode=ro&immutable=1", uri=True), True
    return connection, False


def _open(name: str, *, uri: bool) -> sqlite3.Connection:
    return sqlite3.connect(
        name, uri=uri, timeout=30.0, isolation_level=None, check_same_thread=False
    )


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """SQLite's and the system's errors as sentences for the user."""
    try:
        yield
    except sqlite3.Error as error:
        raise _fault(path, str(error)) from error
    except OSError as error:
        raise DiskError(f"indexet {path.parent} går inte att skriva: {reason(error)}") from error


def _fault(path: Path, text: str) -> Exception:
    if "full" in text:
        return DiskError(f"disken är full; frigör plats där {path.parent} ligger och kör igen")
    if "readonly" in text or "unable to open" in text:
        return DiskError(
            f"indexet {path.parent} får inte skrivas; välj en annan mapp med --index MAPP"
        )
    if "locked" in text or "busy" in text:
        return BusyIndexError("indexet är upptaget av en annan process; försök igen om en stund")
    if "I/O" in text:
        return DiskError(f"disken svarar med fel när {path} läses eller skrivs; kontrollera disken")
    return BrokenIndexError(
        f"indexet {path.parent} är skadat ({text}); flytta undan mappen och läs in dokumenten igen "
        "med: namndkoll ingest MAPP"
    )

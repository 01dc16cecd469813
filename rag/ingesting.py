"""Files and folders → documents in the index, one after the other; a bad one stops no other."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from ingest.document import SUFFIXES, document_id, fingerprint, page_count, parse, read_bytes
from ingest.errors import UnreadableFileError, reason
from ingest.manifest import FILE_NAME as MANIFEST
from ingest.manifest import Correction, read_manifest
from ingest.types import Problem
from rag.index import IndexWriter
from rag.report import Report, report_of


class Watcher(Protocol):
    """Is told how reading goes on."""

    def begin(self, files: int, pages: int) -> None:
        """So many files, with so many pages together, are to be read."""

    def page(self, path: Path, pages: int) -> None:
        """`pages` more pages of the file at `path` are done."""

    def file(self, report: Report) -> None:
        """A file is done."""


class SilentWatcher:
    """A watcher that tells nobody: for programs, benchmarks and tests."""

    def begin(self, files: int, pages: int) -> None:
        """Nothing."""

    def page(self, path: Path, pages: int) -> None:
        """Nothing."""

    def file(self, report: Report) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, with what a manifest corrects; or why it cannot be read, or need not be.

    `sent` is a file that is not kept where it is: its document is known by its name alone.
    """

    path: Path
    correction: Correction | None = None
    fault: str = ""
    passed_over: str = ""
    sent: bool = False


def find_files(paths: Sequence[Path]) -> list[Found]:
    """The documents among files and in folders (their subfolders too), each id once, in order.

    Hidden files, Word's own drafts (~$…) and links that lead out of the folder are passed over.
    """
    found: list[Found] = []
    for path in paths:
        try:
            found.extend(_at(path))
        except (OSError, RuntimeError) as error:  # a link that leads to itself is a RuntimeError
            why = reason(error) if isinstance(error, OSError) else "länken leder till sig själv"
            found.append(Found(path, fault=f"går inte att öppna: {why}"))
    return _each_once(found)


def _at(path: Path) -> list[Found]:
    """What is to be read at one path."""
    if path.is_dir():
        faults: list[Found] = []
        inside = [Found(file) for file in _walk(path, faults)]
        if not inside and not faults:
            kinds = ", ".join(suffix.lstrip(".").upper() for suffix in SUFFIXES)
            return [Found(path, fault=f"mappen innehåller inga dokument ({kinds})")]
        return [*inside, *faults, *_unknown_entries(path, inside)]
    if path.exists():
        return [Found(path)]
    return [Found(path, fault="filen eller mappen finns inte; kontrollera sökvägen")]


def _unknown_entries(folder: Path, inside: Sequence[Found]) -> list[Found]:
    """The entries of a folder's manifest that name no document in it."""
    try:
        entries = read_manifest(folder)
    except UnreadableFileError:
        return []  # told with each document that it might have corrected
    known = {document_id(item.path) for item in inside}
    return [
        Found(folder / MANIFEST, passed_over=f"posten {name}: inget dokument heter så")
        for name in entries
        if name not in known
    ]


def _each_once(found: Sequence[Found]) -> list[Found]:
    """Each document id once. A text version beside a PDF is passed over; a namesake is a fault."""
    best: dict[str, Path] = {}
    for item in found:
        if not (item.fault or item.passed_over):
            name = document_id(item.path)
            best[name] = min(best.get(name, item.path), item.path, key=_preference)
    manifests: dict[Path, dict[str, Correction]] = {}
    result: list[Found] = []
    done: set[Path] = set()
    for item in found:
        if item.fault or item.passed_over:
            result.append(item)
            continue
        if printable(item.path) != str(item.path):
            fault = "filnamnet är inte giltig UTF-8; byt namn på filen"
            result.append(Found(item.path, fault=fault))
            continue
        path, chosen = item.path, best[document_id(item.path)]
        if path.resolve() in done:
            continue
        done.add(path.resolve())
        if path == chosen:
            result.append(_corrected(path, manifests))
        elif path.parent == chosen.parent:
            result.append(Found(path, passed_over=f"{chosen.name} läses i stället"))
        else:
            fault = f"filen heter likadant som {chosen}; byt namn på en av dem"
            result.append(Found(path, fault=fault))
    return result


def printable(path: Path) -> str:
    """A path as text that can be stored and shown, "?" for bytes that are no UTF-8."""
    return str(path).encode("utf-8", "replace").decode("utf-8")


def _preference(path: Path) -> int:
    """Of files with one name, the one with fixed pages is read."""
    suffix = path.suffix.lower()
    return SUFFIXES.index(suffix) if suffix in SUFFIXES else len(SUFFIXES)


def _corrected(path: Path, manifests: dict[Path, dict[str, Correction]]) -> Found:
    folder = path.parent
    if folder not in manifests:
        try:
            manifests[folder] = read_manifest(folder)
        except UnreadableFileError as error:
            return Found(path, fault=f"{folder / MANIFEST}: {error}")
    return Found(path, manifests[folder].get(document_id(path)))


def _walk(folder: Path, faults: list[Found]) -> Iterator[Path]:
    """The documents in a folder; subfolders that cannot be opened are added to `faults`."""

    def fault(error: OSError) -> None:
        faults.append(Found(Path(error.filename), fault=f"går inte att öppna: {reason(error)}"))

    root = folder.resolve()
    for directory, names, files in os.walk(folder, onerror=fault):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            path = Path(directory) / name
            passed_over = name.startswith((".", "~$")) or path.suffix.lower() not in SUFFIXES
            if not passed_over and _lies_in(root, path):
                yield path


def _lies_in(root: Path, path: Path) -> bool:
    """Whether a path is a file, and no link out of the folder or to itself."""
    try:
        return path.is_file() and path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def ingest(writer: IndexWriter, files: Sequence[Found], watcher: Watcher) -> list[Report]:
    """Read files into the index. Files that are as they were are not read again.

    Raises `DiskError` where nothing can be written; what was done before that stays done.
    """
    known = {document.id: document for document in writer.store.documents()}
    files = _as_corrected(files, writer.store.corrections())
    todo: list[Found] = []
    pages = 0
    reports: list[Report] = []

    def done(report: Report) -> None:
        reports.append(report)
        watcher.file(report)

    for item in files:
        if item.passed_over:
            continue
        name = document_id(item.path)
        try:
            if item.fault:
                raise UnreadableFileError(item.fault)
            data = read_bytes(item.path)
        except UnreadableFileError as error:
            done(failed_report(item.path, error))
            continue
        before = known.get(name)
        if before and before.fingerprint == fingerprint(
            data, item.correction, unread=bool(before.unread)
        ):
            done(report_of(before, "unchanged"))
        else:
            todo.append(item)
            pages += page_count(item.path, data)
    watcher.begin(len(todo), pages)
    for item in todo:
        done(_read(writer, item, watcher, replaced=document_id(item.path) in known))
    return reports


def _as_corrected(files: Sequence[Found], said: dict[str, Correction]) -> list[Found]:
    """Files with what a person has said in the index put before what a manifest says."""
    found: list[Found] = []
    for item in files:
        own = said.get(document_id(item.path))
        found.append(replace(item, correction=own.over(item.correction)) if own else item)
    return found


def _read(writer: IndexWriter, item: Found, watcher: Watcher, *, replaced: bool) -> Report:
    started = time.perf_counter()
    told = 0

    def progress(done: int, total: int) -> None:
        nonlocal told
        watcher.page(item.path, done - told)
        told = done

    try:
        data = read_bytes(item.path)
        document = parse(item.path, item.correction, progress, data)
        if item.sent:
            document = replace(document, path=item.path.name)
    except UnreadableFileError as error:
        return failed_report(item.path, error)
    except (RuntimeError, MemoryError, ArithmeticError, LookupError, ValueError) as error:
        # a defect of ours on a file like no other: told with its kind, and the folder goes on
        reason = f"ett fel i läsningen ({type(error).__name__}: {error}); rapportera det gärna"
        return failed_report(item.path, UnreadableFileError(reason))
    seconds = time.perf_counter() - started
    unread = not all(page.readable for page in document.pages)
    writer.put(document, data, fingerprint(data, item.correction, unread=unread), seconds)
    return Report(
        document.id,
        document.path,
        "replaced" if replaced else "added",
        document.identity,
        len(document.pages),
        len(document.tables),
        len(document.figures),
        len(document.chunks),
        seconds,
        document.problems,
    )


def failed_report(path: Path, error: UnreadableFileError) -> Report:
    """What is told of a file that could not be read."""
    name = printable(Path(document_id(path)))
    return Report(name, printable(path), "failed", problems=(Problem(str(error)),))

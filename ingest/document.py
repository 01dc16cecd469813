"""A file → a ParsedDocument: the one door into reading."""

from __future__ import annotations

import hashlib
import html
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ingest import ocr
from ingest.assemble import DraftPage, assemble
from ingest.checks.check import check
from ingest.chunks import build_chunks
from ingest.errors import UnreadableFileError, UnsupportedFileError, reason
from ingest.figures.read import read_figures
from ingest.hiding import Hiding, unseen_characters, what_is_hidden
from ingest.identity import Hints, is_file_name, recognise, stands_on
from ingest.layout import lay_out
from ingest.legible import Legible, legible
from ingest.manifest import Correction
from ingest.pdf_info import read_info
from ingest.pdfium import count_pages, open_pdf, read_page
from ingest.scanned import read_scanned
from ingest.types import ParsedDocument, Problem, RawPage

READING_VERSION = 26
"""Raised whenever the same file would be read differently: documents are then read anew."""

SUFFIXES = (".pdf", ".docx", ".txt", ".md")

MAX_BYTES = 500_000_000
MAX_PAGES = 5_000

_FOREIGN_TITLE = "titeln i filens egenskaper står inte på de första sidorna; den har inte använts"

Progress = Callable[[int, int], None]
"""Told the number of pages read so far, and of all pages."""


def document_id(path: Path) -> str:
    """A document's id: its file name without the suffix, letters composed (NFC)."""
    return unicodedata.normalize("NFC", path.stem)


def fingerprint(data: bytes, correction: Correction | None, *, unread: bool = False) -> str:
    """SHA-256, in hexadecimal, of all that decides how a file is read: bytes, manifest, version.

    Of a file with pages `unread` also whether there is OCR here: installing it changes them.
    """
    digest = hashlib.sha256(data)
    digest.update(f"\0{READING_VERSION}\0{correction!r}".encode())
    if unread:
        digest.update(f"\0{ocr.available()}".encode())
    return digest.hexdigest()


def read_bytes(path: Path) -> bytes:
    """The file's bytes.

    Raises `UnreadableFileError` for a file that cannot be opened, is empty or far too large.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = f"{MAX_BYTES // 1_000_000} MB"
            raise UnreadableFileError(f"filen är större än {limit}; dela den i flera dokument")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFileError("filen finns inte; kontrollera sökvägen") from error
    except OSError as error:
        raise UnreadableFileError(f"filen går inte att öppna: {reason(error)}") from error
    if not data:
        raise UnreadableFileError("filen är tom (0 byte); hämta den på nytt")
    return data


def page_count(path: Path, data: bytes) -> int:
    """How many pages a file has, for telling how long it will take; 1 where that is not known."""
    if path.suffix.lower() != ".pdf":
        return 1
    try:
        with open_pdf(data) as pdf:
            return count_pages(pdf)
    except UnreadableFileError:
        return 1


def parse(
    path: Path,
    correction: Correction | None = None,
    progress: Progress = lambda done, total: None,
    data: bytes | None = None,
) -> ParsedDocument:
    """Read the file at `path`; `correction` overrides what is recognised of its identity.

    `data` are its bytes, where the caller has them already.

    Raises `UnreadableFileError` (a Swedish sentence) where nothing of it can be read. A page that
    cannot be read becomes a problem of the document, and keeps its number.
    """
    data = read_bytes(path) if data is None else data
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        drafts, problems, hints = _read_pdf(path, data, progress)
    else:
        drafts, hidden = _read_text(data, suffix)
        problems = _unseen_in(data, suffix, hidden)
        hints = Hints(stem=document_id(path))
        progress(len(drafts), len(drafts))
    pages, tables = assemble(drafts)
    if not any(page.text.strip() for page in pages):
        raise UnreadableFileError(_nothing_read(problems))
    identity = recognise(drafts, pages, tables, hints)
    if correction:
        identity = correction.apply(identity)
    name = document_id(path)
    checked = check(name, pages, tables, read_figures(pages, tables, identity))
    return ParsedDocument(
        name,
        str(path),
        hashlib.sha256(data).hexdigest(),
        identity,
        tuple(pages),
        checked.tables,
        tuple(build_chunks(pages, tables)),
        tuple(problems),
        checked.figures,
        checked.findings,
    )


def _nothing_read(problems: Sequence[Problem]) -> str:
    unread = [problem for problem in problems if problem.page is not None and not problem.informs]
    if not unread:
        return "filen innehåller ingen text"
    numbers = [str(problem.page) for problem in unread]
    told = numbers[0] if len(numbers) == 1 else f"{', '.join(numbers[:-1])} och {numbers[-1]}"
    if len(numbers) > 6:
        told = f"{numbers[0]}–{numbers[-1]}"
    word = "sidan" if len(numbers) == 1 else "sidorna"
    return f"ingen sida har text som kan läsas; {word} {told}: {unread[0].message}"


def _read_text(data: bytes, suffix: str) -> tuple[list[DraftPage], list[str]]:
    """The pages of a file without fixed places, and how each of its hidden words is hidden."""
    # imported where used: most documents are PDFs, and each of these brings a library along
    if suffix == ".docx":
        from ingest.word_file import read_docx

        return read_docx(data)
    if suffix == ".md":
        from ingest.markdown_file import read_markdown

        return read_markdown(data), []
    if suffix == ".txt":
        from ingest.text_file import read_text

        return read_text(data), []
    kinds = ", ".join(suffix.lstrip(".").upper() for suffix in SUFFIXES)
    raise UnsupportedFileError(
        f"filer av slaget {suffix or 'utan ändelse'} läses inte; {kinds} läses"
    )


def _unseen_in(data: bytes, suffix: str, hidden: Sequence[str]) -> list[Problem]:
    """What to tell of hidden words, and characters without width or ink, in such a file."""
    from ingest.text_file import decode

    if suffix == ".docx":
        from ingest.word_file import body_source

        text = html.unescape(body_source(data))
    else:
        text = decode(data) if suffix == ".txt" else html.unescape(decode(data))
    count = unseen_characters(text)
    found = what_is_hidden(hidden, [(Hiding.CHARACTERS, count)] if count else [])
    told = f"filen har {found}; det som inte syns har inte lästs"
    return [Problem(told, informs=True)] if found else []


def _read_pdf(
    path: Path, data: bytes, progress: Progress
) -> tuple[list[DraftPage], list[Problem], Hints]:
    # a whole file ends with "startxref", a number and "%%EOF"
    if data[:1024].find(b"%PDF-") >= 0 and b"startxref" not in data[-4096:]:
        raise UnreadableFileError("filen är avbruten (slutet saknas); hämta den på nytt")
    judged = _judged_pages(data, progress)
    problems = [page.problem for page in judged if page.problem is not None]
    info = read_info(data)
    drafts = [
        replace(draft, readable=page.readable)
        for draft, page in zip(
            lay_out([page.page for page in judged], info.labels, info.outline), judged, strict=True
        )
    ]
    if info.title and not stands_on(info.title, drafts):
        if not is_file_name(info.title):
            problems.append(Problem(_FOREIGN_TITLE, informs=True))
        info = replace(info, title="")
    return drafts, problems, Hints(info.title, info.author, document_id(path))


def _judged_pages(data: bytes, progress: Progress) -> list[Legible]:
    found: list[Legible] = []
    done = 0
    with open_pdf(data) as pdf:
        total = count_pages(pdf)
        if not total:
            raise UnreadableFileError("filen har inga sidor")
        if total > MAX_PAGES:
            raise UnreadableFileError(f"filen har {total} sidor, fler än {MAX_PAGES}; dela den")
        for number in range(1, total + 1):
            try:
                page = legible(read_page(pdf, number))
            except UnreadableFileError as error:
                empty = RawPage(number, 595.0, 842.0, ())
                page = Legible(empty, False, Problem(str(error), number))
            found.append(page)
            if not page.scanned:
                done += 1
                progress(done, total)
    # when the file is closed: OCR takes seconds a page, and nobody else may use PDFium meanwhile
    for index, page in enumerate(found):
        if page.scanned:
            found[index] = read_scanned(data, page)
            done += 1
            progress(done, total)
    return found

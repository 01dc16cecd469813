"""A plain text file → drafts, and bytes → text. The only module that imports charset-normalizer."""

from __future__ import annotations

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from ingest.assemble import DraftPage
from ingest.blocks import BULLET
from ingest.errors import UnreadableFileError
from ingest.headings import numbering
from ingest.types import BlockKind
from ingest.unplaced import PageList

_LONGEST = 90  # characters: a longer numbered line is a paragraph
_ORDINAL = re.compile(r"\d{1,2}\.\s+\S")
_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SWEDISH = frozenset("åäöÅÄÖéÉèÈàÀáüÜæøÆØ§°²³½¼¾×±µ·–—…•”“„’‘»«€%‰´\u00a0\u00ad")
_CANDIDATES = ["cp1252", "mac_roman", "cp850", "cp437", "iso8859_15", "iso8859_2", "cp1250"]
_WHITE = " \t\n\r\f\v"
_NOT_TEXT = (
    "filen är inte en textfil (den innehåller binära data); "
    "öppna den i programmet den kommer från, spara som PDF eller Word och läs in den"
)


def read_text(data: bytes) -> list[DraftPage]:
    """The paragraphs, list items and numbered headings of a text file; form feeds part pages.

    Raises `UnreadableFileError` for a file that is empty or no text.
    """
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    pages = PageList()
    for index, page in enumerate(text.split("\f")):
        if index:
            pages.turn()
        for paragraph in re.split(r"\n[^\S\n]*\n", page):
            _add_paragraph(pages, [line for line in paragraph.split("\n") if line.strip()])
    return pages.pages()


def decode(data: bytes) -> str:
    """The text that `data` holds: UTF-8, UTF-16 or UTF-32 by their marks, else as is likeliest.

    Raises `UnreadableFileError` where there is no text in it, or where it is no text at all.
    """
    name = next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if name is None and b"\0" in data:
        raise UnreadableFileError(_NOT_TEXT)
    try:
        text = data.decode(name or "utf-8")
    except UnicodeDecodeError as error:
        if name is not None:
            raise UnreadableFileError(
                "filen är trasig (teckenkodningen går inte att följa till slutet); "
                "hämta den på nytt eller spara om den som UTF-8"
            ) from error
        text = _decode_unmarked(data)
    if not text.strip("\ufeff\u200b\u00ad" + _WHITE):
        raise UnreadableFileError(
            "filen är tom; kontrollera att rätt fil valdes och läs in den på nytt"
        )
    control = sum(
        unicodedata.category(letter) == "Cc" for letter in text if letter not in "\t\n\r\f\v"
    )
    if "\0" in text or control > 2 + len(text) / 200:
        raise UnreadableFileError(_NOT_TEXT)
    return text


def _decode_unmarked(data: bytes) -> str:
    """Eight-bit text; Windows' own character set where that gives letters used in Swedish."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    foreign = [letter for letter in text if letter > "\x7f"]
    if text and sum(letter in _SWEDISH for letter in foreign) >= 0.9 * len(foreign):
        return text
    # names the few that Swedish files come in: free choice takes short texts for Chinese
    best = from_bytes(data, cp_isolation=_CANDIDATES).best()
    if best is None:
        raise UnreadableFileError(_NOT_TEXT)
    return str(best)


def _add_paragraph(pages: PageList, lines: list[str]) -> None:
    """Add lines that no blank line parts: a heading, list items, or a paragraph."""
    if lines and _is_heading(lines):
        pages.add(BlockKind.HEADING, lines[0], len(numbering(lines[0].strip())))
        lines = lines[1:]
    group: list[str] = []
    for line in lines:
        if group and _is_item(line, lines):
            _add_group(pages, group, lines)
            group = []
        group.append(line)
    _add_group(pages, group, lines)


def _add_group(pages: PageList, group: list[str], lines: list[str]) -> None:
    item = bool(group) and _is_item(group[0], lines)
    pages.add(BlockKind.LIST_ITEM if item else BlockKind.PARAGRAPH, "\n".join(group))


def _is_heading(lines: list[str]) -> bool:
    """Whether the first line is a short numbered title; lines that count on are a list."""
    first = lines[0].strip()
    depth = len(numbering(first))
    if not depth or len(first) > _LONGEST or first.endswith((".", ",", ";", ":")):
        return False
    below = lines[1].strip() if len(lines) > 1 else ""
    # a paragraph may begin with a number and go on below it in the midst of a sentence
    return not _counts(below) and below[:1] == below[:1].upper()


def _is_item(line: str, lines: list[str]) -> bool:
    """Whether a line begins a list item: with a bullet, or with a number as others beside it."""
    text = line.strip()
    match = BULLET.match(text)
    if match and match.end() < len(text):
        return True
    return _counts(text) and sum(_counts(other.strip()) for other in lines) > 1


def _counts(text: str) -> bool:
    """Whether a line begins with a number of a list or a section: "2. godkänna", "3 Mål"."""
    return bool(numbering(text) or _ORDINAL.match(text))

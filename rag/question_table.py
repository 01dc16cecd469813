"""Rows of a spreadsheet with Swedish headings → questions with what a right answer holds.

    fråga             what is asked; the only heading that must be there
    svar              the number, with its unit: "−13 141 tkr"; several on lines of their own
    enhet             the unit, where `svar` is only a number; without one any unit will do
    finns inte        x where the documents do not say, and the answer should be a refusal
    dokument, sida    where the answer stands: the file's name, the page from the first of the file
    citat             words that a quoted source should hold
    avsikt            what kind of question it is
    tidigare fråga    the question before in the same conversation
    anteckning        how the answer was found

Order, case and other columns do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.numbers import NumberError, Quantity, parse_quantity
from ingest.units import unit_name
from rag.question_set import INTENTS, BadLine, QuestionLine
from rag.table_file import Row, read_sheets

_QUESTION, _EARLIER = "fråga", "tidigare fråga"
_HEADINGS = {
    _QUESTION: ("fråga", "frågan", "frågor"),
    "svar": ("svar", "svaret", "facit", "rätt svar"),
    "enhet": ("enhet",),
    "finns inte": ("finns inte", "finns ej", "saknas"),
    "dokument": ("dokument", "fil", "källa"),
    "sida": ("sida", "sidan", "sidor", "sid"),
    "citat": ("citat", "citatet"),
    "avsikt": ("avsikt", "slag", "slags fråga"),
    _EARLIER: ("tidigare fråga", "tidigare frågor", "frågan innan"),
    "id": ("id", "nr", "nummer"),
    "anteckning": ("anteckning", "anteckningar", "kommentar"),
}
_KNOWN = {spelled: name for name, spellings in _HEADINGS.items() for spelled in spellings}
_YES = ("x", "ja", "j", "1", "sant", "true", "✓", "✔")
_NO = ("", "nej", "n", "0", "falskt", "false", "-", "–")
_TITLES = 10  # rows that may stand above the headings
_OWN_UNIT = re.compile(r"\s*([^\W\d_]+(?:[ -][^\W\d_]+)?)\.?\s*\Z")
_DATE = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_PAGES = re.compile(
    r"(?:s\.?|sid\.?|sidan|sida|sidor|sidorna)?\s*(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?", re.I
)
_FILE = re.compile(r"\.(?:pdf|docx|txt|md|markdown)\Z", re.I)


class _RowFaultError(Exception):
    """A row that is no question; the message is Swedish."""


def read_table(path: Path) -> Iterator[QuestionLine | BadLine]:
    """The questions of a CSV or Excel file in order: of the first sheet that has the headings.

    Raises `OSError` or `UnreadableFileError`.
    """
    sheets = read_sheets(path)
    for rows in sheets:
        for place, row in enumerate(rows[:_TITLES]):
            names = [_KNOWN.get(_heading(cell), "") for cell in row.cells]
            if _QUESTION in names:
                strict = path.suffix.lower() not in (".xlsx", ".xlsm")
                yield from _questions(path.stem, names, row.number, rows[place + 1 :], strict)
                return
    yield BadLine(1, "rubriken ”fråga” saknas: första raden ska ha rubriker som fråga, svar, sida")


def _questions(
    stem: str, names: Sequence[str], number: int, rows: Sequence[Row], strict: bool
) -> Iterator[QuestionLine | BadLine]:
    twice = [name for name in _HEADINGS if names.count(name) > 1 and name != _EARLIER]
    if twice:
        yield BadLine(number, f"två kolumner heter ”{twice[0]}”")
        return
    for row in rows:
        try:
            if row.fault:
                raise _RowFaultError(row.fault)
            if strict and any(row.cells[len(names) :]):
                raise _RowFaultError(
                    "raden har fler rutor än rubrikraden; sätt citattecken runt en text som "
                    "innehåller skiljetecknet"
                )
            line = _question(f"{stem}-{row.number}", names, row)
        except _RowFaultError as error:
            yield BadLine(row.number, str(error))
        else:
            if line is not None:
                yield line


def _heading(cell: str) -> str:
    """A heading as it is compared: "Svar (tal med enhet):" is "svar"."""
    text = re.sub(r"\(.*?\)", "", unicodedata.normalize("NFC", cell)).casefold()
    return " ".join(text.strip(" :*\n").replace("_", " ").split())


def _question(name: str, names: Sequence[str], row: Row) -> QuestionLine | None:
    """The question of a row; None where all columns that are read are empty."""
    cells: dict[str, str] = {}
    earlier: list[str] = []
    for heading, cell in zip(names, row.cells, strict=False):
        if heading == _EARLIER:
            earlier += [line.strip() for line in cell.split("\n") if line.strip()]
        elif heading:
            cells[heading] = unicodedata.normalize("NFC", cell)
    if not earlier and not any(cells.values()):
        return None
    if not cells[_QUESTION]:
        raise _RowFaultError("frågan saknas")
    expect = _expect(cells)
    intent = cells.get("avsikt", "").casefold()
    if not intent and expect["status"] == "refused":
        intent = "unanswerable"
    return QuestionLine(
        id=cells.get("id") or name,
        question=cells[_QUESTION],
        history=tuple(earlier),
        intent=next((key for key, swedish in INTENTS.items() if intent == swedish), intent),
        expect=expect,
        note=cells.get("anteckning", ""),
    )


def _expect(cells: Mapping[str, str]) -> dict[str, Any]:
    told, absent = cells.get("svar", ""), cells.get("finns inte", "").casefold()
    if absent not in (*_YES, *_NO):
        raise _RowFaultError(f"”finns inte” ska vara x eller tomt, inte ”{cells['finns inte']}”")
    sources = _sources(cells)
    if absent in _YES:
        if told or sources:
            raise _RowFaultError("”finns inte” är ifyllt, men också ett svar eller en källa")
        return {"status": "refused"}
    expect: dict[str, Any] = {"status": "answered"}
    if told:
        parts = [part for part in re.split(r"[;\n]", told) if part.strip()]
        expect["figures"] = [_figure(part, cells.get("enhet", "")) for part in parts]
    if sources:
        expect["citations"] = sources
    return expect


# ---- numbers


def _figure(text: str, unit: str) -> dict[str, str]:
    """An expected number. Its unit is what is written with it or in its own column; else none."""
    read, own = _quantity(text.strip().removeprefix("'"))
    said, stated = own or read.unit, unit_name(unit.strip().casefold())
    if said and stated and said != stated:
        raise _RowFaultError(f"svaret är i {said}, men enheten sägs vara {stated}")
    found = {"value": f"{read.value:f}"}
    return {**found, "unit": said or stated} if said or stated else found


def _quantity(text: str) -> tuple[Quantity, str]:
    """A number, and the word after it where that is a unit of the document's own ("platser")."""
    own = ""
    try:
        read = parse_quantity(text)
    except NumberError as error:
        word = _OWN_UNIT.match(text, error.position) if error.position else None
        if word is None or error.reason != "här slutar talet":
            raise _RowFaultError(_no_number(text, str(error))) from error
        own = word[1].casefold()
        try:
            read = parse_quantity(text[: error.position])
        except NumberError as deeper:
            raise _RowFaultError(_no_number(text, str(deeper))) from deeper
    if read is None:
        raise _RowFaultError(_no_number(text, "lämna rutan tom, eller sätt x under ”finns inte”"))
    return read, own


def _no_number(text: str, why: str) -> str:
    if _DATE.match(text):
        why = "kalkylarket har gjort det till ett datum; gör cellen till text och skriv om talet"
    return f"svaret ”{text}” är inget tal ({why})"


# ---- sources


def _sources(cells: Mapping[str, str]) -> list[dict[str, Any]]:
    document, pages, quote = (cells.get(name, "") for name in ("dokument", "sida", "citat"))
    if not document:
        if pages or quote:
            raise _RowFaultError("sida eller citat är ifyllt, men inte dokument")
        return []
    # a path as it is copied from a folder, or the file's name with its suffix
    name = _FILE.sub("", re.split(r"[/\\]", document)[-1].strip())
    source: dict[str, Any] = {"document": name, "pages": _page_numbers(pages)}
    if quote:
        source["quote_contains"] = quote.strip("”“\"' ")
    return [source]


def _page_numbers(text: str) -> list[int]:
    """Pages as people write them: "7", "s. 7", "7–9", "7, 8 och 12"."""
    numbers: list[int] = []
    for part in re.split(r"[,;\n]|\boch\b|&", text) if text else ():
        match = _PAGES.fullmatch(part.strip())
        if match is None:
            raise _RowFaultError(f"sidan ska vara ett tal, som 7 eller 7–9, inte ”{text}”")
        first, last = int(match[1]), int(match[2] or match[1])
        if not 1 <= first <= last:
            raise _RowFaultError(f"det finns inga sidor ”{text}”; de räknas från 1")
        numbers += range(first, last + 1)
    return numbers

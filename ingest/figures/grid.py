"""A table's cells → which columns hold values, and the label paths of its rows and columns."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ingest.figures.cells import holds_numbers, items_in
from ingest.figures.labels import measure_of, years_of
from ingest.numbers import find_quantities
from ingest.tables.unbroken import unbroken
from ingest.types import Cell, Table

_TOTAL = re.compile(
    r"(?:\w*(?:summa|total)\w*|s:a|samtliga|hela\s.+|alla\s.+|tillsammans|sammanlagt)\b", re.I
)
_PART = re.compile(r"(?:[-–−]\s*)?(?:varav|därav|var av)\b", re.I)
_CODE = re.compile(r"\d{1,6}(?:[-–]\d{1,6})?")
_NUMBERED = re.compile(r"\b\w*(?:nr|nummer|kod|konto|ansvar)\b", re.I)
_WHEN = re.compile(
    r"\b\w*år(?:et|tal)?\b|klar|färdig|start|slut|datum|tidpunkt|avtal|gäller|löper", re.I
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONG = 60  # characters: a label is shorter, a description longer


@dataclass(frozen=True, slots=True)
class Grid:
    """A table by place. All indexes count from 0; header levels are left out of `rows`.

    `values` are the columns that hold numbers, `label` the one whose cells name the rows (-1 where
    no column does). `paths` and `heads` are the label paths of rows and of columns.
    """

    rows: tuple[int, ...]
    values: tuple[int, ...]
    label: int
    paths: dict[int, tuple[str, ...]]
    heads: tuple[tuple[str, ...], ...]


_NOTE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+\)?|\*+\)?(?=\s|\Z)")
# a footnote's letter: "Lokaler a)", but not "Lokaler (del a)"
_LETTER_NOTE = re.compile(r"((?:[^()]|\([^()]*\))+)\s[a-z]\)\s*")


def plain(text: str, words: Collection[str] = ()) -> str:
    """`text` on one line, without footnote marks: as a label is read.

    `words` are those of the document, case folded: what a narrow cell broke is joined by them.
    """
    kept = _NOTE.sub("", text)
    lettered = _LETTER_NOTE.fullmatch(kept)
    kept = lettered[1] if lettered else kept
    whole = unbroken(kept.split("\n"), words) if "\n" in kept else kept
    return " ".join(whole.split())


def is_total(label: str) -> bool:
    """Whether a row's label says that it sums up others."""
    return _TOTAL.match(label) is not None


def read_grid(
    table: Table, by_place: dict[tuple[int, int], Cell], words: Collection[str] = ()
) -> Grid:
    """Where the numbers of `table` stand, and what they are called."""
    rows = tuple(range(table.header_rows, table.row_count))
    heads = tuple(_head(table, by_place, column, words) for column in range(table.columns))
    values = _value_columns(table, by_place, rows, heads)
    label = _label_column(by_place, rows, values, table.columns)
    paths = _row_paths(by_place, rows, values, label, table.columns, words)
    return Grid(rows, values, label, paths, heads)


def places_of(table: Table) -> dict[tuple[int, int], Cell]:
    """Each place that a cell covers, with that cell."""
    found: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                found.setdefault((row, column), cell)
    return found


def _head(
    table: Table, by_place: dict[tuple[int, int], Cell], column: int, words: Collection[str]
) -> tuple[str, ...]:
    path: list[str] = []
    for level in range(table.header_rows):
        cell = by_place.get((level, column))
        text = plain(cell.text, words) if cell else ""
        if text and text not in path[-1:]:
            path.append(text)
    return tuple(path)


def _value_columns(
    table: Table,
    by_place: dict[tuple[int, int], Cell],
    rows: Sequence[int],
    heads: Sequence[tuple[str, ...]],
) -> tuple[int, ...]:
    found: list[int] = []
    for column in range(table.columns):
        texts = [_text(by_place, row, column) for row in rows]
        filled = [text for text in texts if text.strip()]
        numbers = sum(holds_numbers(text) for text in filled)
        head = " ".join(heads[column])
        named = bool(measure_of(head) or years_of(head))
        short = [text for text in filled if len(text) < 3 * _LONG]
        counted = sum(bool(find_quantities(text.replace("\n", " "))) for text in short)
        lists = any(items_in(text) > 1 for text in short)
        if numbers * 2 > len(filled) or (named and (numbers or counted) and (column or lists)):
            found.append(column)
    found = [c for c in found if not _names(by_place, rows, c, " ".join(heads[c]))]
    if found and found[0] == 0 and len(found) < table.columns and _codes(by_place, rows, heads[0]):
        found = found[1:]
    return tuple(found)


def _names(
    by_place: dict[tuple[int, int], Cell], rows: Sequence[int], column: int, head: str
) -> bool:
    """Whether the numbers of a column name things: projects, accounts, the year it is done."""
    texts = [text for row in rows if (text := _text(by_place, row, column).strip())]
    if measure_of(head) or years_of(head):
        return False
    if _NUMBERED.search(head) and all(_CODE.fullmatch(text) for text in texts):
        return True
    dated = [text for text in texts if _YEAR.fullmatch(text)]
    return bool(dated) and _WHEN.search(head) is not None and len(dated) == len(texts)


def _codes(by_place: dict[tuple[int, int], Cell], rows: Sequence[int], head: Sequence[str]) -> bool:
    """Whether the first column numbers its rows: accounts, ordinals, years."""
    texts = [_text(by_place, row, 0).strip() for row in rows]
    texts = [text for text in texts if text]
    named = measure_of(" ".join(head))
    return (
        not named and all(_CODE.fullmatch(text) for text in texts) and len({*texts}) == len(texts)
    )


def _text(by_place: dict[tuple[int, int], Cell], row: int, column: int) -> str:
    cell = by_place.get((row, column))
    return cell.text if cell and cell.column == column and cell.row == row else ""


def _label_column(
    by_place: dict[tuple[int, int], Cell],
    rows: Sequence[int],
    values: Sequence[int],
    columns: int,
) -> int:
    """The column that names the rows: the first one of text, or of codes where there is no text."""
    others = [column for column in range(columns) if column not in values]
    if not others:
        return -1
    for column in others:
        texts = [_text(by_place, row, column).strip() for row in rows]
        worded = sum(any(char.isalpha() for char in text) for text in texts)
        if worded * 2 >= sum(bool(text) for text in texts) and worded:
            return column
    return others[0] if others[0] < min(values, default=columns) else -1


def _row_paths(
    by_place: dict[tuple[int, int], Cell],
    rows: Sequence[int],
    values: Sequence[int],
    label: int,
    columns: int,
    words: Collection[str],
) -> dict[int, tuple[str, ...]]:
    paths: dict[int, tuple[str, ...]] = {}
    group: tuple[str, ...] = ()
    own: tuple[str, ...]
    last = ""
    second = _second_label(by_place, rows, values, label)
    for position, row in enumerate(rows):
        cell = by_place.get((row, label)) if label >= 0 else None
        text = plain(cell.text, words) if cell else ""
        if text and _opens_group(by_place, rows, position, values, label, columns):
            group = (*group, text) if position and rows[position - 1] not in paths else (text,)
            continue
        own = (text,) if text else (last,) if last else ()
        if second >= 0 and (below := plain(_text(by_place, row, second), words)):
            own = (*own, below)
        last = text or last
        if text and _PART.match(text):
            own = (*_above(paths, rows[:position])[-1:], text)
        whole = bool(text) and is_total(text)
        named = whole and group and not _says(text, group[-1])
        paths[row] = own if named and len(text.split()) > 1 else (*group, *own)
        if whole:
            group = ()
    return paths


def _says(label: str, group: str) -> bool:
    return group.casefold() in label.casefold()


def _above(paths: dict[int, tuple[str, ...]], rows: Sequence[int]) -> tuple[str, ...]:
    """The path of the nearest row above that is not itself a part."""
    for row in reversed(rows):
        path = paths.get(row, ())
        if path and not _PART.match(path[-1]):
            return path
    return ()


def _second_label(
    by_place: dict[tuple[int, int], Cell], rows: Sequence[int], values: Sequence[int], label: int
) -> int:
    """A second column of labels, under a first one that leaves rows out; -1 where there is none."""
    column = label + 1
    if label < 0 or column in values or column >= min(values, default=0):
        return -1
    first = [_text(by_place, row, label).strip() for row in rows]
    second = [_text(by_place, row, column).strip() for row in rows]
    repeated = len({*first} - {""}) < len([text for text in second if text])
    short = all(len(text) < _LONG for text in second)
    return column if repeated and short and any(second) else -1


def _opens_group(
    by_place: dict[tuple[int, int], Cell],
    rows: Sequence[int],
    position: int,
    values: Sequence[int],
    label: int,
    columns: int,
) -> bool:
    """Whether a row is a sub-heading: it names those below, and holds no value itself."""
    row = rows[position]
    cell = by_place[(row, label)]
    others = [by_place.get((row, column)) for column in range(columns) if column != label]
    if any(other and other is not cell and other.text.strip() for other in others):
        return False
    if position == len(rows) - 1 or not values:
        return False
    if cell.column_span > 1 or cell.text.rstrip().endswith(":"):
        return True
    return cell.bold and not _all_bold(by_place, rows, label)


def _all_bold(by_place: dict[tuple[int, int], Cell], rows: Sequence[int], label: int) -> bool:
    cells = [by_place.get((row, label)) for row in rows]
    return all(cell.bold for cell in cells if cell and cell.text)

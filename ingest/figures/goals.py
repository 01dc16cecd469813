"""Goals and indicators: a target, the outcomes by year, and how the document judges them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.figures.context import kolada_ids
from ingest.figures.grid import places_of, plain, read_grid
from ingest.types import BlockKind, Cell, Figure, Page, Span, Table

_OUTCOMES = frozenset({"utfall", "nuläge", "prognos"})
_ASSESSMENT = re.compile(r"\b(?:bedömning|måluppfyllelse|status|uppfyll\w*|bedöms)\b", re.I)
_TARGET = re.compile(r"\bmål(?:värde|sättning|nivå|et)?\b", re.I)
_TOLD = re.compile(r"\A(?:bedömning|måluppfyllelse|status)\s*:\s*(.{2,80})", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Goal:
    """An indicator with its target and outcomes, under the goal that its section names.

    `assessment` is the document's own word ("Helt uppfyllt"), "" where it gives none; `judged` is
    where that stands. `outcomes` come newest first; figures of parts (women, men) are among them.
    """

    section: tuple[str, ...]
    indicator: str
    target: Figure | None
    wanted: str
    """The target in words, as the table has it ("Minska"); "" where it is a number alone."""
    outcomes: tuple[Figure, ...]
    assessment: str
    judged: Span | None
    attributes: tuple[tuple[str, str], ...]
    stated: Span | None = None
    """Where `wanted` stands."""
    table: str = ""
    row: int = -1
    path: tuple[str, ...] = ()
    """Its row in the table, from 0, and that row's label path."""


def goals_of(
    pages: Sequence[Page], tables: Sequence[Table], figures: Sequence[Figure]
) -> list[Goal]:
    """The indicators of all tables that set a target beside outcomes."""
    by_table: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.table and figure.sentence is None:
            by_table[figure.table].append(figure)
    told = _assessments(pages)
    found: list[Goal] = []
    for table in tables:
        measures = {figure.measure for figure in by_table[table.id]}
        if "målvärde" in measures or _names_targets(table):
            found.extend(_of_table(table, by_table[table.id], told))
    return found


def _names_targets(table: Table) -> bool:
    heads = " ".join(cell.text for cell in table.cells if cell.row < table.header_rows)
    return _TARGET.search(heads) is not None


def _of_table(
    table: Table, figures: Sequence[Figure], told: dict[tuple[str, ...], tuple[str, Span]]
) -> list[Goal]:
    rows: dict[tuple[tuple[str, ...], int], list[Figure]] = defaultdict(list)
    for figure in figures:
        rows[figure.row, figure.cell[0]].append(figure)
    found: list[Goal] = []
    for row, path in _without_numbers(table, {row for _, row in rows}):
        rows[path, row] = []
    for (path, row), group in sorted(rows.items(), key=lambda item: item[0][1]):
        outcomes = [figure for figure in group if figure.measure in _OUTCOMES]
        outcomes.sort(key=lambda figure: -figure.period.year)
        targets = [figure for figure in group if figure.measure == "målvärde"]
        if not path or (group and not (outcomes or targets)):
            continue
        judged, wanted = _in_row(table, row, _ASSESSMENT), _in_row(table, row, _TARGET)
        word, span = told.get(table.section, ("", None))
        found.append(
            Goal(
                table.section,
                path[-1],
                targets[0] if targets else None,
                plain(wanted.text) if wanted else "",
                tuple(outcomes),
                plain(judged.text) if judged else word,
                judged.span if judged else span,
                group[0].attributes if group else _key_figures(table, row),
                wanted.span if wanted else None,
                table.id,
                row,
                path,
            )
        )
    return found


def _without_numbers(table: Table, rows: set[int]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows beside those with numbers whose target stands in words, and has none yet."""
    grid = read_grid(table, places_of(table))
    for row, path in grid.paths.items() if rows else ():
        wanted = _in_row(table, row, _TARGET)
        if path and row not in rows and wanted and wanted.column != grid.label:
            yield row, path


def _key_figures(table: Table, row: int) -> tuple[tuple[str, str], ...]:
    text = " ".join(cell.text for cell in table.row(row))
    return tuple(("kolada", name) for name in kolada_ids(text))


def _in_row(table: Table, row: int, head: re.Pattern[str]) -> Cell | None:
    """The first cell of words in a row under a head that says so."""
    heads: dict[int, str] = defaultdict(str)
    for cell in table.cells:
        if cell.row < table.header_rows:
            heads[cell.column] += " " + cell.text
    return next(
        (
            cell
            for cell in table.row(row)
            if head.search(heads[cell.column]) and any(char.isalpha() for char in cell.text)
        ),
        None,
    )


def _assessments(pages: Sequence[Page]) -> dict[tuple[str, ...], tuple[str, Span]]:
    """ "Bedömning: Helt uppfyllt", by the section that it stands in."""
    found: dict[tuple[str, ...], tuple[str, Span]] = {}
    for page in pages:
        for block in page.blocks:
            match = _TOLD.match(block.text) if block.kind is not BlockKind.TABLE else None
            if match:
                found.setdefault(block.section, (plain(match[1]).rstrip("."), block.span))
    return found

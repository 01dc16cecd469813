"""Columns of per cent against those they are worked out of; risk = likelihood × severity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from ingest.checks.arithmetic import Outcome, ratio, value_of
from ingest.checks.columns import Identity
from ingest.checks.marks import Marks, told
from ingest.checks.matrix import Matrix
from ingest.types import Figure

_LEAST = 3  # rows that must hold before columns are taken to belong together


@dataclass(frozen=True, slots=True)
class _Share:
    """One row of a column of per cent, worked out of two other figures."""

    stated: Figure
    part: Figure
    whole: Figure
    sign: str
    outcome: Outcome


def check_percentages(matrix: Matrix, identities: list[Identity], marks: Marks) -> None:
    """Per cent of a budget, of the year before, or of the total of a column."""
    for target in matrix.columns:
        if matrix.unit(target) != "%":
            continue
        best: list[_Share] = []
        for shares in _candidates(matrix, target, identities):
            held = sum(share.outcome.holds for share in shares)
            if held > sum(share.outcome.holds for share in best):
                best = shares
        held = sum(share.outcome.holds for share in best)
        distinct = len({share.outcome.stated for share in best if share.outcome.holds})
        if held < _LEAST or distinct < _LEAST or (len(best) - held) * 3 > held:
            continue
        _take_down(matrix, target, best, held, marks)


def _candidates(matrix: Matrix, target: int, identities: list[Identity]) -> Iterator[list[_Share]]:
    amounts = [column for column in matrix.columns if matrix.adds_up(column)]
    for whole in amounts:
        for part in amounts:
            if part == whole:
                continue
            if matrix.measures[part] in ("avvikelse", "förändring"):
                yield list(_rows(matrix, target, part, whole, ""))
                yield list(_rows(matrix, target, part, whole, "part"))
            else:
                yield list(_rows(matrix, target, part, whole, "none"))
        totals = [row for row in matrix.rows if matrix.is_total(row)]
        for row in totals[-1:]:
            yield list(_of_total(matrix, target, whole, row))


def _rows(matrix: Matrix, target: int, part: int, whole: int, sign: str) -> Iterator[_Share]:
    for row in matrix.rows:
        found = [matrix.cells.get((row, column)) for column in (target, part, whole)]
        if None not in found:
            yield from _share(*found, sign=sign)


def _of_total(matrix: Matrix, target: int, column: int, total: int) -> Iterator[_Share]:
    whole = matrix.cells.get((total, column))
    for row in matrix.rows:
        stated, part = matrix.cells.get((row, target)), matrix.cells.get((row, column))
        if row != total:
            yield from _share(stated, part, whole, sign="none")


def _share(
    stated: Figure | None, part: Figure | None, whole: Figure | None, *, sign: str
) -> Iterator[_Share]:
    if stated is None or part is None or whole is None or not value_of(part):
        return
    outcome = ratio(stated, part, whole, sign=sign)
    if outcome is not None:
        yield _Share(stated, part, whole, sign, outcome)


def _take_down(matrix: Matrix, target: int, best: list[_Share], held: int, marks: Marks) -> None:
    for share in best:
        row, _ = share.stated.cell
        expected = round(share.outcome.expected, share.stated.decimals + 1)
        message = (
            f"{matrix.labels[row] or 'Raden'}: {matrix.head(target) or 'andelen'} är "
            f"{told(share.outcome.stated, '%')}, men {told(value_of(share.part), share.part.unit)} "
            f"av {told(value_of(share.whole), share.whole.unit)} är {told(expected, '%')}."
        )
        figures = [share.stated, share.part, share.whole]
        if share.outcome.holds:
            marks.hold(figures)
        else:
            marks.failed.add(share.stated.id)
            again = partial(_again, sign=share.sign)
            marks.find("percentage", share.outcome, figures, message, again)
    marks.note(
        matrix.table.id,
        f"{matrix.head(target) or 'Andelen'} stämmer med beloppen i {held} av {len(best)} rader",
    )


def _again(figures: Sequence[Figure], *, sign: str) -> Outcome | None:
    stated, part, whole = figures
    return ratio(stated, part, whole, sign=sign)


def check_risks(matrix: Matrix, marks: Marks) -> None:
    """Risk value = likelihood × severity, where a table has all three."""
    by_measure = {measure: column for column, measure in reversed(matrix.measures.items())}
    try:
        columns = [by_measure[name] for name in ("riskvärde", "sannolikhet", "konsekvens")]
    except KeyError:
        return
    held, rows = 0, 0
    for row in matrix.rows:
        found = [matrix.cells[row, column] for column in columns if (row, column) in matrix.cells]
        if len(found) < 3:
            continue
        stated, likelihood, severity = found
        expected = value_of(likelihood) * value_of(severity)
        outcome = Outcome(value_of(stated), expected, Decimal(0))
        message = (
            f"{matrix.labels[row] or 'Risken'}: riskvärdet är {told(outcome.stated)}, men "
            f"{told(value_of(likelihood))} × {told(value_of(severity))} är {told(expected)}."
        )
        marks.judge("risk_value", outcome, found, message)
        rows, held = rows + 1, held + outcome.holds
    if rows:
        marks.note(
            matrix.table.id,
            f"Riskvärde = sannolikhet × konsekvens: stämmer i {held} av {rows} rader",
        )

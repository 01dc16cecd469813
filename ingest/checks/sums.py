"""Rows that add up to totals, totals that add up to totals: worked out from the numbers.

A total is found where a run of rows right above it (or below it, where a table begins with its
totals) adds up to it in the table's columns. What a total has taken up counts no more, only the
total does: so nested totals fall out by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.checks.arithmetic import Outcome, like_a_mean, linear, reworked, value_of
from ingest.checks.marks import Marks, told
from ingest.checks.matrix import Matrix, adds_up, is_income
from ingest.types import Figure

_MOST = 40  # addends of one total
_PART = re.compile(r"(?:-\s*)?(?:varav|därav|var av)\b", re.I)
_NET = re.compile(r"netto|resultat|avvikelse|överskott|underskott|summa|total|differens", re.I)
_NOT_ALL = re.compile(r"\bexkl|\bunika?\b|\butan\b|\bförutom\b|\bvarav\b", re.I)
_NEAR = 10  # a stated total that misses by more than a tenth may be of something else


@dataclass(frozen=True, slots=True)
class _Sum:
    """A total and its addends with their signs, and how it comes out in each column."""

    total: int
    addends: tuple[tuple[int, int], ...]
    outcomes: tuple[tuple[int, Outcome], ...]
    telling: int
    """Columns where it holds and at least two addends are not nothing."""

    @property
    def held(self) -> int:
        return sum(outcome.holds for _, outcome in self.outcomes)

    @property
    def failed(self) -> int:
        return len(self.outcomes) - self.held

    @property
    def exact(self) -> int:
        return sum(outcome.exact for _, outcome in self.outcomes)


def check_sums(matrix: Matrix, marks: Marks) -> None:
    """Find the totals of a table and take down whether they hold."""
    columns = [column for column in matrix.columns if matrix.adds_up(column)]
    if not columns:
        return
    found = list(_totals_below(matrix, columns))
    taken = {row for one in found for _, row in one.addends} | {one.total for one in found}
    found.extend(_totals_above(matrix, columns, taken))
    for one in found:
        _take_down(matrix, one, marks)
    for whole, parts in _wholes(matrix):
        _check_parts(matrix, columns, whole, parts, marks)


def _wholes(matrix: Matrix) -> Iterator[tuple[int, list[int]]]:
    """Rows with the parts ("varav …") that stand right below them."""
    whole, parts = -1, list[int]()
    for row in [*matrix.rows, -1]:
        if row >= 0 and _PART.match(matrix.labels[row]):
            parts.append(row)
            continue
        if whole >= 0 and len(parts) > 1:
            yield whole, parts
        whole, parts = row, []


def _check_parts(
    matrix: Matrix, columns: Sequence[int], whole: int, parts: Sequence[int], marks: Marks
) -> None:
    """Parts need not be all there is: they prove what they add up to, and disprove nothing."""
    one = _sum(matrix, columns, whole, tuple((1, row) for row in parts))
    if not one.telling or one.failed:
        return
    for column, _ in one.outcomes:
        rows = [row for row in (whole, *parts) if (row, column) in matrix.cells]
        marks.hold([matrix.cells[row, column] for row in rows])
    label = matrix.labels[whole]
    marks.totals.add((matrix.table.id, whole))
    marks.note(matrix.table.id, f"{label} är summan av sina {len(parts)} delar")


def _totals_below(matrix: Matrix, columns: Sequence[int]) -> Iterator[_Sum]:
    """Totals that follow their addends, innermost first."""
    open_rows: list[int] = []
    for row in matrix.rows:
        if _PART.match(matrix.labels[row]) or not _amounts(matrix, row):
            continue
        best = _best(matrix, columns, row, [open_rows[-k:] for k in _lengths(open_rows)])
        if best is None and _claims(matrix, row) and len(open_rows) > 1:
            best = _claimed(matrix, columns, row, open_rows)
        if best is not None:
            yield best
            del open_rows[len(open_rows) - len(best.addends) :]
        open_rows.append(row)


def _amounts(matrix: Matrix, row: int) -> bool:
    """Whether a row holds numbers that can be summed."""
    return any(adds_up(figure) for (at, _), figure in matrix.cells.items() if at == row)


def _claims(matrix: Matrix, row: int) -> bool:
    """Whether a row says that it is the sum of all above it: "unika" are counted once only."""
    return matrix.is_total(row) and not _NOT_ALL.search(matrix.labels[row])


def _lengths(open_rows: Sequence[int]) -> range:
    return range(2, min(len(open_rows), _MOST) + 1)


def _totals_above(matrix: Matrix, columns: Sequence[int], taken: set[int]) -> Iterator[_Sum]:
    """Totals that stand above their addends: rows that no total below has taken up."""
    free = [row for row in matrix.rows if row not in taken and _amounts(matrix, row)]
    for position, row in enumerate(free):
        below = free[position + 1 :]
        best = _best(
            matrix, columns, row, [below[:k] for k in range(2, min(len(below), _MOST) + 1)]
        )
        if best is not None and (matrix.is_total(row) or len(best.outcomes) > 1):
            yield best
            return


def _best(
    matrix: Matrix, columns: Sequence[int], total: int, runs: Sequence[Sequence[int]]
) -> _Sum | None:
    """The run of rows that adds up to `total` most surely; None where none does."""
    best: _Sum | None = None
    for run in runs:
        for signs in _signs(matrix, run, total):
            one = _sum(matrix, columns, total, tuple(zip(signs, run, strict=True)))
            if not _convinces(matrix, one):
                continue
            if best is None or (one.held - one.failed, one.exact) > (
                best.held - best.failed,
                best.exact,
            ):
                best = one
    return best


def _signs(matrix: Matrix, run: Sequence[int], total: int) -> Iterator[tuple[int, ...]]:
    """All rows added; and, towards a net, costs and income against each other."""
    yield (1,) * len(run)
    income = [is_income(matrix.labels[row]) for row in run]
    if not _NET.search(matrix.labels[total]):
        return
    if any(income) and not all(income):
        yield tuple(-1 if earns else 1 for earns in income)
        yield tuple(1 if earns else -1 for earns in income)
    elif len(run) == 2:
        yield 1, -1
        yield -1, 1


def _sum(
    matrix: Matrix, columns: Sequence[int], total: int, addends: tuple[tuple[int, int], ...]
) -> _Sum:
    outcomes: list[tuple[int, Outcome]] = []
    telling = 0
    for column in columns:
        stated = matrix.cells.get((total, column))
        terms = [
            (sign, matrix.cells[row, column])
            for sign, row in addends
            if (row, column) in matrix.cells
        ]
        if stated is None or not terms or {t.unit for _, t in terms} != {stated.unit}:
            continue
        some = sum(value_of(term) != 0 for _, term in terms)
        if not some and value_of(stated) == 0:
            continue
        outcome = linear(stated, terms)
        if not outcome.holds and matrix.measures[column] == "avvikelse":
            # a plus may be better in rows of costs and of income alike: then they are only added
            plain = linear(stated, [(1, term) for _, term in terms])
            outcome = min(outcome, plain, key=lambda way: abs(way.difference))
        if like_a_mean(outcome, terms):
            continue
        outcomes.append((column, outcome))
        telling += outcome.holds and some > 1
    return _Sum(total, addends, tuple(outcomes), telling)


def _convinces(matrix: Matrix, one: _Sum) -> bool:
    """Whether the numbers, and what the row is called, make it a total of these rows."""
    if not one.telling:
        return False
    # in units of the last printed digit: 4,4 out of 401,4 and 397,0 is no small number either
    largest = max(
        abs(value_of(figure)).scaleb(figure.decimals)
        for column, _ in one.outcomes
        for row in (one.total, *(row for _, row in one.addends))
        if (figure := matrix.cells.get((row, column)))
    )
    if matrix.is_total(one.total):
        return one.held > one.failed or (one.telling >= 2 and one.held == one.failed)
    if any(matrix.is_total(row) for _, row in one.addends):
        return one.failed == 0 and one.exact >= 2 and largest >= 100
    # columns that repeat each other are one witness
    witnesses = len({outcome.stated for _, outcome in one.outcomes if outcome.holds})
    if one.failed:
        clear = largest >= 1000 or (largest >= 100 and min(one.exact, witnesses) > 2)
        return one.telling >= 2 * one.failed and witnesses >= 2 and clear
    enough = witnesses >= 2 and largest >= 100
    return one.exact * 2 >= len(one.outcomes) and (
        enough or (largest >= 10_000 and one.telling > 0)
    )


def _claimed(
    matrix: Matrix, columns: Sequence[int], total: int, open_rows: Sequence[int]
) -> _Sum | None:
    """A row called total whose addends do not add up in any column, but nearly do in all."""
    one = _sum(matrix, columns, total, tuple((1, row) for row in open_rows))
    near = all(
        abs(outcome.difference) * _NEAR <= abs(outcome.stated) for _, outcome in one.outcomes
    )
    return one if one.outcomes and near else None


def _take_down(matrix: Matrix, one: _Sum, marks: Marks) -> None:
    label = matrix.labels[one.total]
    count = len(one.addends)
    marks.totals.add((matrix.table.id, one.total))
    for column, outcome in one.outcomes:
        stated = matrix.cells[one.total, column]
        terms = [
            (sign, matrix.cells[row, column])
            for sign, row in one.addends
            if (row, column) in matrix.cells
        ]
        figures: list[Figure] = [stated, *(figure for _, figure in terms)]
        head = matrix.head(column)
        where = f" i kolumnen {head}" if head else ""
        message = (
            f"{label or 'Summan'}{where} är {told(outcome.stated, stated.unit)}, men de {count} "
            f"raderna som den summerar blir {told(outcome.expected, stated.unit)}."
        )
        marks.judge("sum", outcome, figures, message, reworked([sign for sign, _ in terms]))
    marks.note(
        matrix.table.id,
        f"{label or 'Summan'} är summan av {count} rader: stämmer i {one.held} av "
        f"{len(one.outcomes)} kolumner",
    )

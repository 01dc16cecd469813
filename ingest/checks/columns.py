"""Columns that are the difference or the sum of others, worked out from the numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.checks.arithmetic import Outcome, like_a_mean, linear, reworked, same_kind, value_of
from ingest.checks.marks import Marks, told
from ingest.checks.matrix import Matrix, adds_up, is_income
from ingest.types import Figure

_DIFFERENCE = frozenset({"avvikelse", "förändring"})
_WHOLE = re.compile(r"\b(?:total\w*|summa|samtliga|alla|båda)\b", re.I)
_PLAIN = re.compile(r"\A(?!.*netto).*(?:intäkt|kostnad)", re.I)
_MOST = 14  # columns with numbers: a wider table is not searched


@dataclass(frozen=True, slots=True)
class Identity:
    """A column that is worked out of others, and how that comes out in each row."""

    target: int
    terms: tuple[tuple[int, int], ...]
    """Signs and columns."""
    outcomes: tuple[tuple[int, Outcome], ...]
    telling: int
    """Rows where it holds and no term is nothing."""
    turned: bool = False
    """Whether it is the other way round in rows of income: a minus is worse in every row."""

    @property
    def held(self) -> int:
        """Rows where it holds."""
        return sum(outcome.holds for _, outcome in self.outcomes)

    @property
    def failed(self) -> int:
        """Rows where it does not."""
        return len(self.outcomes) - self.held

    @property
    def rank(self) -> tuple[int, int]:
        """The better of two ways to work out a column ranks higher."""
        return self.held - self.failed, self.telling


def check_columns(matrix: Matrix, marks: Marks) -> list[Identity]:
    """Find the columns that are worked out of others, and take down whether they hold."""
    found: list[Identity] = []
    if not 3 <= len(matrix.columns) <= _MOST:
        return found
    # what is called a difference or a total is looked at first: a - b = c says a = b + c too
    for target in sorted(matrix.columns, key=lambda column: not _is_named(matrix, column)):
        best = _best(matrix, target, found)
        if best is not None:
            found.append(best)
            _take_down(matrix, best, marks)
    return found


def _best(matrix: Matrix, target: int, found: list[Identity]) -> Identity | None:
    best: Identity | None = None
    for terms in _candidates(matrix, target):
        used = {target} | {column for _, column in terms}
        if any({one.target, *(column for _, column in one.terms)} == used for one in found):
            continue
        for turned in _turns(matrix, target):
            one = _identity(matrix, target, terms, turned)
            if not _convinces(matrix, one) or (turned and not _turns_once(matrix, one)):
                continue
            one = _lenient(matrix, one)
            if best is None or one.rank > best.rank:
                best = one
    return best


def _turns(matrix: Matrix, target: int) -> tuple[bool, ...]:
    """Whether rows of income may be worked out the other way round."""
    differs = matrix.measures[target] == "avvikelse"
    turns = differs and any(_earns(label) for label in matrix.labels.values())
    return (False, True) if turns else (False,)


def _turns_once(matrix: Matrix, one: Identity) -> bool:
    """Whether some row of income shows that signs turn."""
    return any(way.holds and way.stated and _earns(matrix.labels[row]) for row, way in one.outcomes)


def _earns(label: str) -> bool:
    return is_income(label) or "resultat" in label.casefold()


def _signed(
    matrix: Matrix, row: int, terms: tuple[tuple[int, int], ...], turned: bool
) -> list[tuple[int, Figure]]:
    """The terms of one row, with their signs."""
    return _terms(matrix, row, terms, -1 if turned and _earns(matrix.labels[row]) else 1)


def _terms(
    matrix: Matrix, row: int, terms: tuple[tuple[int, int], ...], turn: int
) -> list[tuple[int, Figure]]:
    return [
        (turn * sign, matrix.cells[row, column])
        for sign, column in terms
        if (row, column) in matrix.cells
    ]


def _lenient(matrix: Matrix, one: Identity) -> Identity:
    """The same, but where signs turn with the kind of the row, a row of a kind that its label
    does not plainly tell ("Hyror och arrenden", "Netto") may be of either."""
    if not one.turned:
        return one
    outcomes: list[tuple[int, Outcome]] = []
    for row, outcome in one.outcomes:
        stated = matrix.cells[row, one.target]
        either = [linear(stated, _terms(matrix, row, one.terms, turn)) for turn in (1, -1)]
        open_kind = not outcome.holds and not _PLAIN.search(matrix.labels[row])
        other = next((way for way in either if way.holds), outcome)
        outcomes.append((row, other if open_kind else outcome))
    return replace(one, outcomes=tuple(outcomes))


def _candidates(matrix: Matrix, target: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """The ways in which a column may be worked out of others."""
    unit = matrix.unit(target)
    others = [c for c in matrix.columns if c != target and same_kind(matrix.unit(c), unit)]
    differs = matrix.measures[target] in _DIFFERENCE
    for position, a in enumerate(others):
        for b in others[position + 1 :]:
            if matrix.unit(a) != unit or matrix.unit(b) != unit:
                continue
            if differs or target > b:
                yield (1, b), (-1, a)
                yield (1, a), (-1, b)
            if not differs and (target > b or target < a) and matrix.adds_up(target):
                yield (1, a), (1, b)
    if differs or not matrix.adds_up(target):
        return
    right = [c for c in others if c > target and matrix.unit(c) == unit]
    left = [c for c in others if c < target and matrix.unit(c) == unit]
    for start in range(len(left) - 2):
        yield tuple((1, column) for column in left[start:])
    for end in range(3, len(right) + 1):
        yield tuple((1, column) for column in right[:end])


def _identity(
    matrix: Matrix, target: int, terms: tuple[tuple[int, int], ...], turned: bool
) -> Identity:
    outcomes: list[tuple[int, Outcome]] = []
    telling = 0
    for row in matrix.rows:
        stated = matrix.cells.get((row, target))
        here = _signed(matrix, row, terms, turned)
        if stated is None or len(here) < 2:
            continue
        if all(sign > 0 for sign, _ in terms) and not adds_up(stated):
            continue
        values = [value_of(stated), *(value_of(figure) for _, figure in here)]
        if sum(value != 0 for value in values) < 2:
            continue
        outcome = linear(stated, here)
        if all(sign > 0 for sign, _ in terms) and like_a_mean(outcome, here):
            continue
        outcomes.append((row, outcome))
        telling += outcome.holds and all(values)
    return Identity(target, terms, tuple(outcomes), telling, turned)


def _convinces(matrix: Matrix, one: Identity) -> bool:
    """Whether numbers and heads make a column the difference or the sum of these."""
    head = matrix.head(one.target)
    if not one.telling or not head:
        return False
    named = _is_named(matrix, one.target)
    distinct = len({outcome.stated for _, outcome in one.outcomes if outcome.holds})
    if named:
        adds = all(sign > 0 for sign, _ in one.terms)  # nothing and a number prove no sum
        weight = one.telling if adds else one.held
        return weight > one.failed and (distinct > 1 or len(one.outcomes) == 1)
    return distinct >= 3 and one.telling >= 3 and one.failed * 4 <= one.held


def _is_named(matrix: Matrix, column: int) -> bool:
    """Whether a column's head says that it is a difference or a total."""
    differs = matrix.measures[column] in _DIFFERENCE
    return differs or _WHOLE.search(matrix.head(column)) is not None


def _take_down(matrix: Matrix, one: Identity, marks: Marks) -> None:
    subtracts = any(sign < 0 for sign, _ in one.terms)
    head = matrix.head(one.target) or "Kolumnen"
    for row, outcome in one.outcomes:
        stated = matrix.cells[row, one.target]
        terms = _signed(matrix, row, one.terms, one.turned)
        figures: list[Figure] = [stated, *(figure for _, figure in terms)]
        worked = " ".join(
            f"{'−' if sign < 0 else '+'} {told(value_of(figure))}" for sign, figure in terms
        ).removeprefix("+ ")
        message = (
            f"{matrix.labels[row] or 'Raden'}: {head} är {told(outcome.stated, stated.unit)}, men "
            f"{worked} blir {told(outcome.expected, stated.unit)}."
        )
        kind = "difference" if subtracts else "sum"
        marks.judge(kind, outcome, figures, message, reworked([sign for sign, _ in terms]))
    names = (" − " if subtracts else " + ").join(
        matrix.head(column) or f"kolumn {column + 1}"
        for _, column in sorted(one.terms, key=lambda term: -term[0])
    )
    marks.note(
        matrix.table.id,
        f"{head} är {names}: stämmer i {one.held} av {len(one.outcomes)} rader",
    )

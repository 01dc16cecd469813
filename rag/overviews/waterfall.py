"""From the budget's total to the outcome's, line by line; only where the steps lead there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from ingest.checks.arithmetic import half_unit
from rag.overviews.compared import ComparedRow, is_broken
from rag.overviews.numbers import Number
from rag.overviews.standing import UNKNOWN, Standing, lines_of
from rag.results import plain_number
from rag.spoken import number


class _Line(Protocol):
    @property
    def label(self) -> str: ...
    @property
    def budget(self) -> Number: ...
    @property
    def outcome(self) -> Number: ...
    @property
    def effect(self) -> Number | None: ...
    @property
    def findings(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Step:
    """What one line changes the total by, in the total's own sign; `effect` is the same for the
    board, a minus is worse. `formula` says how the change was worked out of the line."""

    label: str
    change: Decimal
    effect: Number
    formula: str


@dataclass(frozen=True, slots=True)
class Waterfall:
    """`start` + the changes of all steps + `rounding` = `end`, exactly; counted in `unit`.

    `rounding` is what printed numbers miss by because each of them was rounded.
    """

    label: str
    unit: str
    start: Number
    steps: tuple[Step, ...]
    rounding: Decimal
    end: Number


def waterfall(
    lines: Sequence[_Line], found: Sequence[Standing], rows: Sequence[ComparedRow]
) -> tuple[Waterfall | None, str]:
    """The waterfall of a table's rows, given in its order; or why there is none, in Swedish."""
    totals = [at for at, one in enumerate(found) if one.role == "total"]
    # from nothing to a result only where no total says what was spent
    totals = [at for at in totals if lines[at].budget.value] or totals
    if not totals:
        return None, "Tabellen har ingen summarad."
    best: tuple[Waterfall | None, str] = None, ""
    reason = ""
    for at in totals:
        made, why = _to_total(lines, found, rows, at)
        if made and (best[0] is None or len(made.steps) >= len(best[0].steps)):
            best = made, ""
        reason = why or reason
    return best if best[0] else (None, reason)


def _to_total(
    lines: Sequence[_Line], found: Sequence[Standing], rows: Sequence[ComparedRow], total: int
) -> tuple[Waterfall | None, str]:
    reason = ""
    for members in (lines_of(found, total), lines_of(found)):
        made, why = _of_members(lines, found, rows, total, members)
        if made:
            return made, ""
        reason = why
    return None, reason


def _of_members(
    lines: Sequence[_Line],
    found: Sequence[Standing],
    rows: Sequence[ComparedRow],
    total: int,
    members: Sequence[int],
) -> tuple[Waterfall | None, str]:
    whole, turn = lines[total], found[total].turn
    if why := _unfit(lines, found, rows, (*members, total)):
        return None, why
    steps = tuple(_step(lines[at], found[at], turn) for at in members)
    signs = [found[at].turn * turn for at in members]
    budgets = sum(
        (sign * lines[at].budget.value for sign, at in zip(signs, members, strict=True)), Decimal(0)
    )
    slack = sum((half_unit(rows[at].budget.figure) for at in (*members, total)), Decimal(0))
    if abs(budgets - whole.budget.value) > slack:
        return None, _missed("Radernas budget", budgets, whole.label, whole.budget)
    reached = whole.budget.value + sum((step.change for step in steps), Decimal(0))
    slack = sum((_slack(rows[at]) for at in members), Decimal(0))
    slack += half_unit(rows[total].budget.figure) + half_unit(rows[total].outcome.figure)
    rest = whole.outcome.value - reached
    if abs(rest) > slack:
        return None, _missed(
            "Budgeten och radernas avvikelser", reached, whole.label, whole.outcome
        )
    return Waterfall(whole.label, whole.budget.unit, whole.budget, steps, rest, whole.outcome), ""


def _unfit(
    lines: Sequence[_Line],
    found: Sequence[Standing],
    rows: Sequence[ComparedRow],
    taken: Sequence[int],
) -> str:
    """Why rows, the last of them their total, cannot be steps; "" where they can."""
    if len(taken) < 3:
        return "Summan har för få rader ovanför sig."
    unsure = [at for at in taken if lines[at].effect is None or found[at].turn == UNKNOWN]
    if unsure:
        return f"Det framgår inte åt vilket håll ”{lines[unsure[0]].label}” räknas."
    broken = [lines[at].label for at in taken if is_broken(rows[at])]
    if broken:
        return f"Talen på raden ”{broken[0]}” stämmer inte med varandra."
    units = {lines[at].budget.unit for at in taken}
    return "Raderna är i olika enheter." if len(units) > 1 else ""


def _step(line: _Line, one: Standing, turn: int) -> Step:
    assert line.effect is not None  # asked before
    change = line.effect.value * turn + 0  # no zero has a minus
    shown = line.effect.formula or plain_number(line.effect.value)
    return Step(line.label, change, line.effect, shown if turn > 0 else f"-({shown})")


def _slack(row: ComparedRow) -> Decimal:
    """What rounding may do to a line's deviation."""
    if row.deviation is not None:
        return half_unit(row.deviation.figure)
    return half_unit(row.budget.figure) + half_unit(row.outcome.figure)


def _missed(what: str, value: Decimal, label: str, total: Number) -> str:
    return f"{what} blir {number(value, total.unit)}, men ”{label}” är {total.text}."

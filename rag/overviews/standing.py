"""Which way a row's number must go to be better for the board.

Costs are printed with a minus, or without one; a net may be a cost or a result; a deviation may be
outcome minus budget or the other way round, and turn with the kind of the row. All of it is worked
out from the table: from what its labels plainly say, from its own sums, and from its deviations.
Where these do not decide, a row has no standing, and nobody is told that it went badly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from ingest.checks.arithmetic import half_unit, value_of
from ingest.checks.matrix import is_income
from ingest.figures.grid import is_total
from rag.overviews.compared import ComparedRow, Comparison, fits_difference
from rag.results import is_part, sums_up
from rag.shelf import Known

BETTER, WORSE, UNKNOWN = 1, -1, 0
_PLAIN_INCOME = re.compile(r"intäkt|inkomst|kommunbidrag|statsbidrag|driftbidrag|taxor", re.I)
_COST = re.compile(r"kostnad|utgift|lämnade|\bköp\b|inköp|löner?\b|avskrivning", re.I)
_NET = re.compile(
    r"(?:verksamhetens\s+|nämndens\s+)?netto\w*"
    r"|(?:årets|periodens|ekonomiskt|nämndens|verksamhetens)?\s*resultat(?:et)?(?:\s+före\s.*)?",
    re.I,
)
_RESULT = re.compile(r"resultat", re.I)
_INVESTS = re.compile(r"investering", re.I)
_RUNS = re.compile(r"\bdrift|nettokostnad|kostnadsslag|resultaträkning", re.I)
_SPENDS = re.compile(
    r"kostnad|utgift|netto|\bdrift|förbruk|investering|resultaträkning|inköp|avskrivning", re.I
)
_AREAS = re.compile(
    r"verksamhet|enhet|avdelning|område|förvaltning|program|sektor|projekt|post\b", re.I
)
_MOST_OPEN = 10  # rows of unknown kind: more are not tried both ways


@dataclass(frozen=True, slots=True)
class Standing:
    """What a row is and how it counts.

    `kind` is cost, income, net or amount; `role` line, part ("varav …") or total. `turn` is BETTER
    where more than budgeted is better for the board, WORSE where it is worse, else UNKNOWN.
    """

    kind: str
    role: str
    turn: int


def is_investment(about: str) -> bool:
    """Whether a table is of investments, by what is said of it above."""
    return _INVESTS.search(about) is not None and not _RUNS.search(about)


def standings(comparison: Comparison) -> list[Standing]:
    """The standing of each row of a comparison, in their order."""
    rows = comparison.rows
    column = [row.budget for row in rows]
    roles = [_role(row, column) for row in rows]
    costs = _cost_sign(comparison)
    if not costs:
        turn, kind = _turn_of_income(comparison)
        each = zip(rows, roles, strict=True)
        return [Standing(kind or _kind(row), role, turn) for row, role in each]
    if costs == "negative":
        found = [Standing(_kind(row), role, BETTER) for row, role in zip(rows, roles, strict=True)]
    else:
        found = _of_plain_costs(rows, roles)
    return _without_odd_signs(rows, found)


def _role(row: ComparedRow, column: Sequence[Known]) -> str:
    label = row.path[-1]
    if is_part(row.budget):
        return "part"
    others = [known for known in column if known is not row.budget]
    if is_total(label) or _NET.fullmatch(label.strip()) or sums_up(row.budget, others):
        return "total"
    return "line"


def _kind(row: ComparedRow) -> str:
    label, levels = row.path[-1], _levels(row)
    if _NET.fullmatch(label.strip()) and not _COST.search(label):
        return "net"
    if _PLAIN_INCOME.search(label) and is_income(label):
        return "income"
    if _COST.search(label) or any(level < 0 for level in levels):
        return "cost"
    return "amount"


def _levels(row: ComparedRow) -> tuple[Decimal, Decimal]:
    return value_of(row.budget.figure), value_of(row.outcome.figure)


def _cost_sign(comparison: Comparison) -> str:
    """How costs are printed; "" where neither labels nor signs tell."""
    signs, rows, about = comparison.table.signs.costs, comparison.rows, comparison.about
    levels = [level for row in rows for level in _levels(row) if level]
    below = sum(level < 0 for level in levels)
    if signs == "negative" and below:
        return signs
    if 2 * below > len(levels):  # amounts below nothing: of what costs, or of results
        return "" if signs == "positive" else "negative"
    if signs == "positive":
        return signs
    if below or not levels or _is_of_income(comparison):
        return ""
    if any(_way(row) == BETTER for row in rows):  # a minus is then less than budgeted: of what?
        return "positive" if _SPENDS.search(about) else ""
    counted_down = any(_way(row) == WORSE for row in rows)
    return "positive" if counted_down or _SPENDS.search(about) or _AREAS.search(about) else ""


def _is_of_income(comparison: Comparison) -> bool:
    about = comparison.about
    earns = _PLAIN_INCOME.search(about) is not None and not _SPENDS.search(about)
    return earns or all(is_income(row.path[-1]) for row in comparison.rows)


def _turn_of_income(comparison: Comparison) -> tuple[int, str]:
    """How rows count in a table of income alone: more is better, unless its signs say otherwise."""
    rows = comparison.rows
    above = all(level >= 0 for row in rows for level in _levels(row))
    plainly = _PLAIN_INCOME.search(comparison.about) is not None
    if plainly and _is_of_income(comparison) and above and all(_way(row) >= 0 for row in rows):
        return BETTER, "income"
    return UNKNOWN, ""


def _of_plain_costs(rows: Sequence[ComparedRow], roles: Sequence[str]) -> list[Standing]:
    """The standings where costs have no sign: income goes the other way, totals as they sum up."""
    found: list[Standing] = []
    for row, role in zip(rows, roles, strict=True):
        label, kind = row.path[-1], _kind(row)
        if kind == "income":
            below = min(_levels(row)) < 0
            turn = WORSE if below else BETTER  # income with a minus is taken off the costs
        elif role == "total" or kind == "net" or is_income(label):
            turn = UNKNOWN
        else:
            turn, kind = WORSE, "cost"
        found.append(Standing(kind, role, turn))
    found = _settled_by_sums(rows, found)
    found = _settled_by_deviations(rows, found)
    return [_total(rows, found, at) for at in range(len(rows))]


def _net_cost(rows: Sequence[ComparedRow], turns: Sequence[int], side: int) -> Decimal:
    """What rows cost together: costs less income. `side` is 0 for the budget, 1 for the outcome."""
    pairs = zip(rows, turns, strict=True)
    return sum((-turn * _levels(row)[side] for row, turn in pairs), Decimal(0))


def _slack(rows: Sequence[ComparedRow]) -> Decimal:
    return sum((half_unit(row.budget.figure) for row in rows), Decimal(0))


def _sums_to(total: ComparedRow, rows: Sequence[ComparedRow], turns: Sequence[int]) -> int:
    """Whether a total is the net cost of rows (WORSE) or what they leave (BETTER)."""
    slack = _slack([total, *rows])
    costs = [_net_cost(rows, turns, side) for side in (0, 1)]
    stated = _levels(total)
    ways = {
        turn
        for turn in (WORSE, BETTER)
        if all(abs(a + turn * b) <= slack for a, b in zip(stated, costs, strict=True))
    }
    return ways.pop() if len(ways) == 1 else UNKNOWN


def _settled_by_sums(rows: Sequence[ComparedRow], found: list[Standing]) -> list[Standing]:
    """Rows that may be cost or income, where the table's total holds in one way alone."""
    lines = lines_of(found)
    open_rows = [at for at in lines if found[at].turn == UNKNOWN]
    if not open_rows:
        loose = [at for at in lines if not _COST.search(rows[at].path[-1])]
        open_rows = [at for at in loose if found[at].kind != "income"]
        holds = any(_total_turn(rows, found, at) for at in range(len(rows)))
        if holds or len(open_rows) == len(lines):
            return found
    if len(open_rows) > _MOST_OPEN:
        return found
    fitting: list[list[Standing]] = []
    for turns in product((WORSE, BETTER), repeat=len(open_rows)):
        tried = list(found)
        for at, turn in zip(open_rows, turns, strict=True):
            kind = "income" if turn == BETTER else "cost"
            tried[at] = replace(tried[at], turn=turn, kind=kind)
        if any(_total_turn(rows, tried, at) for at in range(len(rows))):
            fitting.append(tried)
    return fitting[0] if len(fitting) == 1 else found


def lines_of(found: Sequence[Standing], before: int | None = None) -> list[int]:
    """The places of the lines, totals and parts left out; with `before` of those above it."""
    return [at for at, one in enumerate(found[:before]) if one.role == "line"]


def _total_turn(rows: Sequence[ComparedRow], found: Sequence[Standing], at: int) -> int:
    """How a total counts by what it sums up: all lines above it, or all there are."""
    if found[at].role != "total":
        return UNKNOWN
    for lines in (lines_of(found, at), lines_of(found)):
        turns = [found[n].turn for n in lines]
        if len(lines) > 1 and UNKNOWN not in turns:
            turn = _sums_to(rows[at], [rows[n] for n in lines], turns)
            if turn != UNKNOWN:
                return turn
    return UNKNOWN


def _settled_by_deviations(rows: Sequence[ComparedRow], found: list[Standing]) -> list[Standing]:
    """Rows that may be cost or income, by which way their deviation is counted."""
    ways = _ways(rows, found)
    settled: list[Standing] = []
    for row, one in zip(rows, found, strict=True):
        way = _way(row)
        if one.turn != UNKNOWN or one.role == "total" or not way or not ways[WORSE]:
            settled.append(one)
        elif way != ways[WORSE] and ways[BETTER] in (0, way):
            settled.append(replace(one, turn=BETTER, kind="income"))
        elif way == ways[WORSE] and ways[BETTER] == -way:
            settled.append(replace(one, turn=WORSE, kind="cost"))
        else:
            settled.append(one)
    return settled


def _way(row: ComparedRow) -> int:
    """1 where a printed deviation is outcome minus budget, -1 where it is the other way round; 0
    where neither is to be seen."""
    if row.deviation is None or not fits_difference(row.deviation, row.budget, row.outcome):
        return 0
    budget, outcome = _levels(row)
    product_of = value_of(row.deviation.figure) * (outcome - budget)
    return (product_of > 0) - (product_of < 0)


def _ways(rows: Sequence[ComparedRow], found: Sequence[Standing]) -> dict[int, int]:
    """Which way most deviations are counted, of rows that cost and of rows that earn."""
    counted: dict[int, Counter[int]] = {BETTER: Counter(), WORSE: Counter(), UNKNOWN: Counter()}
    for row, one in zip(rows, found, strict=True):
        if way := _way(row):
            counted[one.turn][way] += 1
    return {turn: _most(ways) for turn, ways in counted.items()}


def _most(ways: Counter[int]) -> int:
    up, down = ways[1], ways[-1]
    return 0 if up == down else 1 if up > down else -1


def _total(rows: Sequence[ComparedRow], found: Sequence[Standing], at: int) -> Standing:
    """A total's standing: as its lines sum up to it; else as its name plainly says."""
    one, row = found[at], rows[at]
    if one.role != "total" or one.turn != UNKNOWN:
        return one
    if turn := _total_turn(rows, found, at):
        return replace(one, turn=turn)
    label, above = row.path[-1], min(_levels(row)) >= 0
    turns = {found[n].turn for n in lines_of(found)}
    if _COST.search(label) and above:
        return replace(one, turn=WORSE, kind="cost")
    if _RESULT.search(label):
        return replace(one, turn=BETTER)
    if is_total(label) and len(turns) == 1:
        return replace(one, turn=turns.pop())
    return one


def _without_odd_signs(rows: Sequence[ComparedRow], found: list[Standing]) -> list[Standing]:
    """Rows whose deviation has the other sign than those of their kind have no standing: either
    the sign is wrong, or the row is not what it seems."""
    ways = _ways(rows, found)
    return [
        replace(one, turn=UNKNOWN) if (way := _way(row)) and ways[one.turn] == -way else one
        for row, one in zip(rows, found, strict=True)
    ]


def way_of_kind(rows: Sequence[ComparedRow], found: Sequence[Standing], turn: int) -> int:
    """Which way the deviations of rows with a standing are counted: 1 is outcome minus budget."""
    return _ways(rows, found)[turn]

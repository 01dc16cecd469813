"""How a table of money writes signs, worked out from the table itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.checks.arithmetic import is_money, value_of
from ingest.checks.columns import Identity
from ingest.checks.matrix import Matrix, is_income
from ingest.types import SignConvention

_COST = re.compile(
    r"kostnad|utgift|hyror|\bhyra\b|\bköp\b|inköp|\blöne?r?\b|personal|avskrivning|material|entreprenad"
    r"|bidragsutbetal|lämnade bidrag|investering",
    re.I,
)
_LEVELS = ("budget", "plan", "prognos", "utfall", "")
_CLEAR = 0.8  # of the rows of a kind


def convention(matrix: Matrix, identities: Sequence[Identity]) -> SignConvention:
    """The signs of a table: how costs are printed, and which deviations are worse."""
    costs = _cost_sign(matrix)
    for identity in identities:
        if matrix.measures[identity.target] == "avvikelse":
            return SignConvention(costs, _worse(matrix, identity, costs))
    return SignConvention(costs)


def _cost_sign(matrix: Matrix) -> str:
    levels = [
        (value_of(figure) < 0, matrix.labels[row])
        for (row, column), figure in matrix.cells.items()
        if figure.value and is_money(figure.unit) and matrix.measures[column] in _LEVELS
    ]
    signs = [below for below, label in levels if _is_cost(label)]
    if not signs:  # what areas cost, by their names: amounts below nothing are costs
        return "negative" if levels and all(below for below, _ in levels) else ""
    share = sum(signs) / len(signs)
    return "negative" if share >= _CLEAR else "positive" if share <= 1 - _CLEAR else ""


def _is_cost(label: str) -> bool:
    return bool(_COST.search(label)) and not is_income(label)


def _worse(matrix: Matrix, identity: Identity, costs: str) -> str:
    """Which sign of the deviation is worse for the board.

    Outcome minus budget: with negative costs, less is worse; with positive ones it turns with the
    row. Budget minus outcome, with positive costs: less is worse. What turns with the row already
    (income the other way round) says for all rows what it says for costs.
    """
    terms = {matrix.measures[column]: sign for sign, column in identity.terms}
    outcome = terms.get("prognos", terms.get("utfall", 0))
    budget = terms.get("budget", 0)
    if identity.turned and outcome * budget == -1:
        return "negative" if outcome == -1 else "positive"
    if outcome == 1 and budget == -1:
        return {"negative": "negative", "positive": "subtraction"}.get(costs, "")
    if outcome == -1 and budget == 1:
        return {"negative": "positive", "positive": "negative"}.get(costs, "")
    return ""

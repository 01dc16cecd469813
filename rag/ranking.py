"""The rows of a table's column in order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from ingest.checks.arithmetic import value_of
from ingest.checks.matrix import is_income
from ingest.figures.grid import is_total
from ingest.figures.labels import TOTAL_HEAD
from rag.desk import Desk
from rag.fitness import fitness
from rag.matching import is_year_row
from rag.question import signs
from rag.question.asked import Understanding
from rag.question.limits import keeps
from rag.results import Outcome, comparable, is_part, label_of, printed, sums_up
from rag.shelf import Known
from rag.terms import plain
from rag.wanted import Wanted

_NET = re.compile(r"netto|resultat|kommunbidrag|finans", re.I)
_COST = re.compile(r"kostnad", re.I)
_ITSELF = 1.0  # the word itself, in any form
_AGE = re.compile(r"\d+\s*år|år\s*[<>]|[<>]\s*\d+", re.I)


def ranking(desk: Desk) -> Outcome:
    """The rows of a table's column in order, totals left out."""
    column = _column(desk)
    if not column:
        return Outcome("nothing")
    rows = _rows(desk, column)
    if len(rows) < 2 or comparable(rows) is None or _may_be_either(desk, rows):
        return Outcome("nothing", nearest=tuple(rows[:2]))
    lowest = _lowest_first(desk, rows)
    rows.sort(key=lambda known: value_of(known.figure), reverse=not lowest)
    if _either_way(desk, rows):
        lowest = desk.asked.lowest_first
        rows.sort(key=lambda known: abs(value_of(known.figure)), reverse=not lowest)
    if (
        rows[0].figure.unit == "risk" and desk.asked.operation == "rank"
    ):  # steps of a scale: the highest step is the answer
        rows = [k for k in rows if k.figure.value == rows[0].figure.value]
    if rows[0].figure.measure in ("avvikelse", "förändring"):
        if desk.asked.best_first:
            rows = [k for k in rows if value_of(k.figure) > 0]
        elif desk.asked.worst_first:
            rows = [k for k in rows if value_of(k.figure) < 0]
    if desk.asked.one_only and desk.asked.operation == "rank":
        rows = [k for k in rows if k.figure.value == rows[0].figure.value]
    if (bound := desk.asked.limits.bound) is not None:
        rows = [k for k in rows if keeps(value_of(k.figure), bound)]
    rows = rows[: desk.asked.top or None]
    if not rows:
        return Outcome("nothing")
    return Outcome("rank", tuple(printed(known) for known in rows))


def _rows(desk: Desk, column: Sequence[Known]) -> list[Known]:
    """The rows of a column that stand beside each other: no totals, no parts of rows; or the sums
    of its groups, where that is how many the question says there are, and none where neither is."""
    rows = [k for k in column if k.figure.value is not None and not sums_up(k, column)]
    rows = [k for k in rows if not is_part(k)] or rows
    rows = [k for k in rows if _is_asked_kind(desk, k)] or rows
    if desk.asked.in_all and len(rows) != desk.asked.in_all:
        rows = [k for k in column if k.figure.value is not None and _is_of_group(k)]
        return rows if len(rows) == desk.asked.in_all else []
    return rows


def _is_asked_kind(desk: Desk, known: Known) -> bool:
    """Whether a row is one of the kind that is asked to be ranked: costs, age groups."""
    label = known.figure.row[-1] if known.figure.row else ""
    if desk.asked.rows == "costs":
        return not is_income(label) and not _NET.search(label)
    if desk.asked.rows == "ages":
        return _AGE.search(label) is not None
    return True


def _is_of_group(known: Known) -> bool:
    """Whether a figure is the sum of a group of rows, not of all."""
    row = known.figure.row
    return len(row) > 1 and is_total(row[-1])


def _may_be_either(desk: Desk, rows: Sequence[Known]) -> bool:
    """Whether it is asked what has become worse or better, and the signs do not say which is."""
    asked, places = desk.asked, {(k.document.id, k.figure.table, k.figure.row) for k in rows}
    if rows[0].figure.measure != "förändring" or not (asked.worst_first or asked.best_first):
        return False
    return not any(
        (k.document.id, k.figure.table, k.figure.row) in places
        and k.figure.measure in ("utfall", "budget", "prognos", "plan")
        and k.figure.value is not None
        and k.figure.value < 0
        for k in desk.every
    )


def _either_way(desk: Desk, rows: Sequence[Known]) -> bool:
    """Whether the one largest or least deviation is asked for, and not which way it goes."""
    asked = desk.asked
    either = asked.one_only and not (asked.best_first or asked.worst_first)
    return rows[0].figure.measure == "avvikelse" and either


def _lowest_first(desk: Desk, rows: Sequence[Known]) -> bool:
    """Whether the lowest number is what is asked for first: costs with minus signs turn it."""
    if rows[0].figure.measure in ("avvikelse", "förändring") and desk.asked.worst_first:
        return True
    if rows[0].figure.measure == "avvikelse" and desk.asked.best_first:
        return False
    negative = sum(value_of(k.figure) < 0 for k in rows) * 2 > len(rows)
    return negative != desk.asked.lowest_first


def _column(desk: Desk) -> list[Known]:
    """The column of a table whose rows are to be ranked."""
    groups: dict[tuple[str, str, int, str], list[Known]] = defaultdict(list)
    for known in desk.of_kind:
        figure = known.figure
        if figure.table and figure.sentence is None:
            key = (known.document.id, figure.table, figure.cell[1], figure.part)
            groups[key].append(known)
    scored: list[tuple[float, list[Known]]] = []
    for group in groups.values():
        score = column_score(group, desk.asked, desk.wanted)
        if score > 0 and len(group) > 2:
            scored.append((score, group))
    if desk.asked.limits.which_year:
        scored = [pair for pair in scored if all(map(is_year_row, pair[1]))]
    if any(_named_rows(group[0], desk.asked) for _, group in scored):
        scored = [pair for pair in scored if _named_rows(pair[1][0], desk.asked)]
    if desk.asked.in_all:
        scored = [pair for pair in scored if _rows(desk, pair[1])]
    scored.sort(key=lambda pair: -pair[0])
    if not scored or (len(scored) > 1 and scored[0][0] - scored[1][0] < 0.01):
        return []
    return scored[0][1]


def _named_rows(known: Known, asked: Understanding) -> float:
    """A little for a table whose head says that its rows are what the question calls them."""
    if known.table is None or not asked.nouns:
        return 0.0
    heads = [c for c in known.table.cells if c.row < known.table.header_rows and c.column == 0]
    head = plain(" ".join(cell.text for cell in heads).casefold())
    above = plain(" ".join((known.table.caption, *known.table.section[-1:])).casefold())
    named = any(noun in head or f"per {noun}" in above for noun in asked.nouns)
    return 0.15 if named else 0.0


def column_score(group: Sequence[Known], asked: Understanding, wanted: Wanted) -> float:
    """How well a column is what is asked to be ranked: by its head and its table, 0 where not."""
    first = group[0]
    fit = max(fitness(known, asked) for known in group)
    if fit <= 0 or not any(known.figure.value for known in group):
        return 0.0
    if asked.rows == "costs" and not any(_COST.search(label_of(known)) for known in group):
        return 0.0
    if asked.rows == "ages" and not any(_AGE.search(label_of(known)) for known in group):
        return 0.0
    required = wanted.needed
    if asked.rows:  # "kostnader", "ålder" say which rows
        required = [word for word in required if not signs.ROW_WORD.search(plain(word.word))]
    required = [word for word in required if not signs.ROW_NOUN.match(plain(word.word))]
    total = sum(word.weight for word in required)
    if not asked.years and TOTAL_HEAD.match(" ".join(first.figure.column)):
        fit = 1.05  # of all years, where none is named
    if not total:
        return 0.0 if wanted.idle else fit + _named_rows(first, asked) - _in_percent(first, asked)
    got = 0.0
    for word in required:
        in_all = min(wanted.share(known.labels.own, word) for known in group)
        near = max(wanted.share(first.labels.around, word), wanted.share(first.labels.called, word))
        if word.word == wanted.which and near < _ITSELF:
            near = 0.0  # "Föreningsbidrag" does not say that its rows are associations
        got += word.weight * max(in_all, 0.8 * near)
    covered = got / total
    covered = min(covered + _named_rows(first, asked), 1.15)
    extra = [word for word in first.labels.column if not wanted.asks_for(word)]
    penalty = 0.3 * len(extra) / len(first.labels.column) if first.labels.column else 0.0
    penalty += 3 * _in_percent(first, asked)
    return covered * fit - penalty if covered >= 0.6 else 0.0


def _in_percent(known: Known, asked: Understanding) -> float:
    """A little against a column of per cent, where amounts stand beside and nobody asked for it."""
    return 0.05 if known.figure.unit == "%" and not asked.percent else 0.0

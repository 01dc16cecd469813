"""The same figure in two places of a document, or in two documents, with different values."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from ingest.checks.arithmetic import Outcome, half_unit, in_unit, is_money, same_kind, value_of
from ingest.checks.marks import Marks, told
from ingest.checks.words import content
from ingest.figures.labels import months_of
from ingest.types import Figure, Table

_CLOSE = Decimal("0.1")  # of the value: figures further apart are hardly the same one
_OTHER = Decimal("0.02")  # figures of the same labels that are this far apart are others
_SLIP = 3  # units of the last decimal: so far apart, small shares may still be the same one
_CHANGES = frozenset({"avvikelse", "förändring"})

# "Tabell 2. Sjukfrånvaro per avdelning 2024 (procent)"
_BY = re.compile(r"\A\W*tabell\s*\d*\W*|\b(?:per|efter|fördelad\w*)\s+.*|\(.*?\)", re.I | re.S)

Key = tuple[frozenset[str], int, str]


def key_of(figure: Figure, caption: str = "") -> Key | None:
    """What a figure is about: the words of all its labels, its year, and the kind of its unit.

    Words that only say "all of it" count for nothing: the total of a table by area is the same
    figure as one that no area stands beside. Where its labels say no more, its table's `caption`
    tells what is counted: "Sjukfrånvaro per avdelning". None where too little is said.
    """
    words = content(" ".join((*figure.row, *figure.column, figure.part)))
    if not words and figure.row:
        words = content(_BY.sub("", caption))
    if not words or not figure.period.year or figure.value is None:
        return None
    return words, figure.period.year, "kr" if is_money(figure.unit) else figure.unit


def compared(stated: Figure, other: Figure) -> Outcome:
    """One figure against another, in the unit of the first.

    What was rounded to the same digit from one value is the same; what was rounded to another
    digit may be half a unit of either away.
    """
    there = in_unit(value_of(other), other.unit, stated.unit)
    half = half_unit(stated)
    slack = in_unit(half_unit(other), other.unit, stated.unit)
    return Outcome(value_of(stated), there, Decimal(0) if slack == half else half + slack)


def check_repeated(tabled: Sequence[Figure], tables: Sequence[Table], marks: Marks) -> None:
    """The same figure in two tables of a document."""
    captions = {table.id: table.caption for table in tables}
    groups: dict[Key, list[Figure]] = defaultdict(list)
    for figure in tabled:
        if figure.measure not in _CHANGES and (
            key := key_of(figure, captions.get(figure.table, ""))
        ):
            groups[key].append(figure)
    agreeing = _agreeing(groups.values())
    for group in groups.values():
        for first, second in itertools.pairwise(group):
            if first.table == second.table or not _same_sense(first, second):
                continue
            outcome = compared(first, second)
            if outcome.holds:
                marks.hold([first, second])
                continue
            near = abs(outcome.difference) <= _CLOSE * abs(outcome.stated)
            if near and agreeing[first.table, second.table] > 0:
                _tell(first, second, outcome, marks)


def _agreeing(groups: Iterable[list[Figure]]) -> dict[tuple[str, str], int]:
    """How many more figures two tables agree about than are plainly others: what makes a
    disagreement worth telling. The same labels for two units agree about a figure by chance."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for group in groups:
        for first, second in itertools.pairwise(group):
            if first.table == second.table or not first.value or not _same_sense(first, second):
                continue
            outcome = compared(first, second)
            slip = 2 * _SLIP * half_unit(first) if first.decimals else Decimal(0)
            far = abs(outcome.difference) > max(_OTHER * abs(outcome.stated), slip)
            found[first.table, second.table] += 1 if outcome.holds else -1 if far else 0
    return found


def _same_sense(first: Figure, second: Figure) -> bool:
    months = {months_of(" ".join(figure.column)) for figure in (first, second)} - {(0, 0)}
    if len(months) > 1:  # forecasts of April and of August
        return False
    measures = {first.measure, second.measure} - {"", "antal", "andel", "nuläge"}
    return len(measures) < 2 and same_kind(first.unit, second.unit)


def _tell(first: Figure, second: Figure, outcome: Outcome, marks: Marks) -> None:
    label = " › ".join(part for part in (*first.row[-1:], first.part) if part)
    message = (
        f"{label} {first.period.year}: {told(value_of(first), first.unit)} på sidan {first.page}, "
        f"men {told(value_of(second), second.unit)} på sidan {second.page}."
    )
    marks.failed.update({first.id, second.id})
    marks.find("repeated", outcome, [first, second], message)

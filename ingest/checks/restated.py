"""The same figure in two documents: a value that was changed from one to the next."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.checks.arithmetic import is_money, value_of
from ingest.checks.marks import place_of, told
from ingest.checks.repeated import compared
from ingest.checks.words import content
from ingest.types import Figure, Finding, Page

_CHANGES = frozenset({"avvikelse", "förändring"})


@dataclass(frozen=True, slots=True)
class Report:
    """A document's figures. `owner` is whose they are: municipality and board, folded.

    `order` sorts documents from the older to the newer.
    """

    document: str
    owner: str
    order: tuple[int, str]
    figures: Sequence[Figure]
    page: Callable[[int], Page]
    """A page of it, by its number from 1."""


_Key = tuple[str, frozenset[str], str, str, str]


def check_restated(reports: Sequence[Report]) -> list[Finding]:
    """Figures of tables that two documents of one board state with different values.

    They must have the same row, measure, period and kind of unit; and the two documents must agree
    about some other figure of the same table, or they may count different things.
    """
    newest_first: dict[_Key, list[tuple[Report, Figure]]] = defaultdict(list)
    for report in sorted(reports, key=lambda report: report.order):
        for key, figure in _by_key(report).items():
            newest_first[key].append((report, figure))
    agreeing: dict[tuple[str, str], int] = defaultdict(int)
    differing: list[tuple[Report, Figure, Report, Figure]] = []
    for stated in newest_first.values():
        for (older, before), (newer, after) in itertools.pairwise(stated):
            if compared(after, before).holds:
                agreeing[older.document + before.table, newer.document + after.table] += 1
            else:
                differing.append((older, before, newer, after))
    return [
        _finding(older, before, newer, after)
        for older, before, newer, after in differing
        if agreeing[older.document + before.table, newer.document + after.table]
    ]


def _by_key(report: Report) -> dict[_Key, Figure]:
    """The figures of a document that stand once only under their key."""
    found: dict[_Key, Figure] = {}
    twice: set[_Key] = set()
    for figure in report.figures:
        words = content(" ".join((*figure.row, figure.part)))
        if not figure.table or not words or figure.value is None or figure.sentence is not None:
            continue
        if not figure.period.year or not figure.measure or figure.measure in _CHANGES:
            continue
        kind = "kr" if is_money(figure.unit) else figure.unit
        when = f"{figure.period}{'*' if figure.period.interim else ''}"
        key = (report.owner, words, figure.measure, when, kind)
        if key in found:
            twice.add(key)
        found[key] = figure
    return {key: figure for key, figure in found.items() if key not in twice}


def _finding(older: Report, before: Figure, newer: Report, after: Figure) -> Finding:
    outcome = compared(after, before)
    message = (
        f"{' › '.join(after.row)}, {after.measure} {after.period}: {newer.document} har "
        f"{told(value_of(after), after.unit)}, men {older.document} hade "
        f"{told(value_of(before), before.unit)}."
    )
    return Finding(
        "restated",
        message,
        outcome.stated,
        outcome.expected,
        after.unit,
        outcome.holds,
        (
            place_of(newer.document, after, newer.page(after.page)),
            place_of(older.document, before, older.page(before.page)),
        ),
    )

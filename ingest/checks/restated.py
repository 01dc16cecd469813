"""The same figure in two documents: a value that was changed from one to the next."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.checks.arithmetic import is_money, value_of
from ingest.checks.explained import explained, noted, reasons
from ingest.checks.marks import place_of, told
from ingest.checks.repeated import compared
from ingest.checks.words import content
from ingest.types import Figure, Finding, Identity, Page

_CHANGES = frozenset({"avvikelse", "förändring"})


_KINDS = {"budget": (-1, 11), "plan": (-1, 12), "delårsrapport": (0, 9), "årsredovisning": (1, 2)}
"""When a document of a kind is decided as a rule: years after its own, and the month."""
_DECIDED = re.compile(
    r"\b(?:beslut\w*|godkän\w*|anta(?:gen|gna|get|s|r)|fastställ\w*)\b[^.]{0,80}?"
    r"\b(20\d\d)-(0[1-9]|1[0-2])-([0-3]\d)\b",
    re.I,
)
_YEAR = re.compile(r"\b20\d\d\b")


@dataclass(frozen=True, slots=True)
class Report:
    """A document's figures. `owner` is whose they are: municipality and board, folded.

    `order` sorts documents from the older to the newer.
    """

    document: str
    owner: str
    order: tuple[int, int, int, str]
    figures: Sequence[Figure]
    pages: int
    page: Callable[[int], Page]
    """A page of it, by its number from 1."""


def report_of(
    document: str,
    identity: Identity,
    figures: Sequence[Figure],
    pages: int,
    page: Callable[[int], Page],
) -> Report | None:
    """A document's figures, to be compared; None where it is not known whose they are."""
    if not identity.municipality or not identity.board:
        return None
    owner = f"{identity.municipality}|{identity.board}".casefold()
    first = page(1).text if pages else ""
    order = (*_decided(identity, first), document)
    return Report(document, owner, order, figures, pages, page)


def _decided(identity: Identity, first: str) -> tuple[int, int, int]:
    """The day on which a document was decided: as its first page tells, or as its kind is."""
    named = _YEAR.search(identity.title)
    year = int(named[0]) if named else max(identity.years, default=0)
    after, month = _KINDS.get(identity.kind, (0, 12))
    date = _DECIDED.search(" ".join(first.split()))
    if date and abs(int(date[1]) - year) <= 1:
        return int(date[1]), int(date[2]), int(date[3])
    return year + after, month, 0


_Key = tuple[str, frozenset[str], str, str, str]


def check_restated(reports: Sequence[Report], known: Sequence[Finding] = ()) -> list[Finding]:
    """Figures of tables that two documents of one board state with different values.

    They must have the same row, measure, period and kind of unit; and the two documents must agree
    about some other figure of the same table, or they may count different things. What a document
    explains is left out, and what `known` says already: that one of the two should be the other.
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
    texts: dict[str, list[str]] = {}
    found = [
        _finding(older, before, newer, after)
        for older, before, newer, after in differing
        if agreeing[older.document + before.table, newer.document + after.table]
        and not _explained(older, before, newer, after, texts)
    ]
    return [one for one in found if not any(_is_told(one, other) for other in known)]


def _is_told(restated: Finding, known: Finding) -> bool:
    """Whether it is known that one of two different values is wrong, and should be the other."""
    both = [(restated.stated, restated.expected), (restated.expected, restated.stated)]
    wrong = known.places[0]
    return any(
        (wrong.document, wrong.page, wrong.span) == (place.document, place.page, place.span)
        and (known.stated, known.expected) == values
        for place, values in zip(restated.places, both, strict=True)
    )


def _explained(
    older: Report, before: Figure, newer: Report, after: Figure, texts: dict[str, list[str]]
) -> bool:
    """Whether either document says why it has another value. `texts` keeps what was looked up."""
    for report, own in ((newer, after), (older, before)):
        if report.document not in texts:
            pages = (report.page(number) for number in range(1, report.pages + 1))
            texts[report.document] = reasons(pages)
        if explained(texts[report.document], before, after) or noted(report.page(own.page), own):
            return True
    return False


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

"""Why a number is what it is: what the report itself says about it, in its own words.

A reason is quoted only where it plainly belongs: the paragraph that tells the same number or the
same kind of deviation of the same row, or the section that is called what the row is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from ingest.checks.arithmetic import half_unit, in_unit, is_money
from ingest.figures.grid import is_total
from ingest.figures.sentences import sentences
from ingest.types import Block, BlockKind, Page, Span
from rag.alike import FOUND, alike
from rag.results import Cause, Outcome, Result
from rag.shelf import Known, Shelf
from rag.terms import STOP_WORDS, plain, words

_REASON = re.compile(
    r"\b(?:beror|berodde|bero|förklar(?:as|ingen|ingar)|orsak\w*|på grund av|till följd av"
    r"|med anledning|härled\w*|främst av|drivs av|kopplat till|p\.?g\.?a)\b",
    re.I,
)
_REFERS = re.compile(
    r"(?:det|detta|den|dessa|avvikelsen|underskottet|överskottet|ökningen|minskningen)\b", re.I
)
_WHOLE = re.compile(r"nettokostnad|resultat|kommunbidrag|hela (?:nämnden|förvaltningen)", re.I)
_BOARD = frozenset(
    "namnden namndens forvaltningen forvaltningens prognosen resultatet underskottet overskottet"
    " utfallet verksamheten verksamhetens helarsprognosen".split()
)
_MORE = re.compile(r"\b(?:dessutom|också|även|därutöver|därtill)\b", re.I)
_EXPLAINED = frozenset({"avvikelse", "förändring"})
_PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_LONGEST = 700  # characters of a quoted reason


def with_cause(outcome: Outcome, shelf: Shelf, *, asked: bool = False) -> Outcome:
    """The outcome with the report's own reason for its one deviation or change, where it gives
    one; unchanged where it does not, or where several numbers are told.

    Where the reason is `asked` for, what the report says of the number is taken in its place.
    """
    results = [result for result in outcome.told if result.role == "result"]
    if not results or outcome.conflict or results[0].measure not in _EXPLAINED:
        return outcome
    if len({result.label for result in results}) > 1:
        return outcome
    cause = cause_of(results[0], shelf)
    if cause is None and asked and (said := told_of(results[0], shelf)):
        cause = replace(said, explains=False)
    return replace(outcome, cause=cause) if cause else outcome


def cause_of(result: Result, shelf: Shelf) -> Cause | None:
    """Where the report gives the reason of a result; None where it does not."""
    known = result.sources[0]
    label = _label(known)
    told = [other for other in shelf.of([known.document]) if _tells(other, result, label)]
    # the same number first, then the same kind of number
    told.sort(key=lambda other: not _same_number(other, result))
    for other in told:
        assert other.figure.sentence is not None
        page = shelf.page(other)
        span = _reason_after(page, other.figure.sentence)
        if span and not _goes_on_to_another(span, other, result, label, shelf):
            return Cause(known.document, span)
    for page in shelf.pages(known.document) if label else ():
        for block in _about(page, label):
            if span := _first_reason(page, block.span):
                return Cause(known.document, span)
    return None


def told_of(result: Result, shelf: Shelf) -> Cause | None:
    """Where the report tells the same number of the same row, whether or not it gives a reason:
    the sentence, or all from it on in a section that is called what the row is."""
    known = result.sources[0]
    label = _label(known)
    same = [
        other
        for other in shelf.of([known.document])
        if other.figure.sentence is not None
        and other.figure.measure in (result.measure, "")
        and is_money(other.figure.unit)
        and _same_number(other, result)
        and _same_year(other, known)
    ]
    for other in same if label else ():
        page, at = shelf.page(other), other.figure.sentence
        assert at is not None
        for block in _about(page, label):
            if block.span.start <= at.start < block.span.end:
                return Cause(known.document, _as_much(page, at.start, block.span.end))
    for other in same:
        if _tells(other, replace(result, measure=other.figure.measure), label):
            assert other.figure.sentence is not None
            return Cause(known.document, other.figure.sentence)
    return None


def tells_number(cause: Cause, result: Result, shelf: Shelf) -> bool | None:
    """Whether a passage tells the number of a result; None where it tells no deviation at all."""
    span = cause.span
    told = [
        other
        for other in shelf.of([cause.document])
        if other.figure.sentence is not None
        and other.figure.page == span.page
        and span.start <= other.figure.span.start < span.end
        and is_money(other.figure.unit)
    ]
    if any(_same_number(other, result) for other in told):
        return True
    return False if any(other.figure.measure == result.measure for other in told) else None


def _goes_on_to_another(
    span: Span, telling: Known, result: Result, label: tuple[str, ...], shelf: Shelf
) -> bool:
    """Whether a passage tells the deviation of another row after its first sentence: the reason
    that it gives may then be the other's."""
    for other in shelf.of([telling.document]):
        figure = other.figure
        later = figure.sentence is not None and figure.sentence != telling.figure.sentence
        inside = figure.page == span.page and span.start <= figure.span.start < span.end
        alike_kind = figure.measure == result.measure and is_money(figure.unit)
        if not (later and inside and alike_kind):
            continue
        named = other.labels.naming
        if label and named and not any(alike(a, b) >= FOUND for a in label for b in named):
            return True
    return False


def _same_year(other: Known, known: Known) -> bool:
    years = {other.figure.period.year, known.figure.period.year} - {0}
    return len(years) < 2


def _as_much(page: Page, start: int, end: int) -> Span:
    """As many whole sentences from `start` on as may be quoted."""
    places = [(a, b) for a, b in sentences(page.text, start, end) if b - start <= _LONGEST]
    return Span(page.number, start, places[-1][1] if places else end)


def _label(known: Known) -> tuple[str, ...]:
    """The words that a figure's row is called by; none for what stands for the whole board."""
    if known.figure.sentence is not None:
        return ()
    row = known.figure.row[-1] if known.figure.row else ""
    if is_total(row) or _WHOLE.search(row):
        return ()
    return tuple(word for word in known.labels.naming if plain(word) != "varav")


def _tells(other: Known, result: Result, label: tuple[str, ...]) -> bool:
    """Whether a sentence tells of the same row a number of the same kind, for the same time."""
    figure = other.figure
    if figure.sentence is None or figure.measure != result.measure or figure.value is None:
        return False
    if not _same_year(other, result.sources[0]):
        return False
    if is_money(figure.unit) != is_money(result.unit):
        return False
    named = other.labels.naming
    if not label:  # the board as a whole
        called = set(other.labels.called.words)
        general = all(plain(word) in _BOARD or word in called for word in named)
        return general and _same_number(other, result)
    return bool(named) and all(any(alike(a, b) >= FOUND for b in named) for a in label)


def _same_number(other: Known, result: Result) -> bool:
    figure = other.figure
    if figure.value is None or not (is_money(figure.unit) and is_money(result.unit)):
        return figure.value is not None and abs(figure.value) == abs(result.value)
    value = in_unit(result.value, result.unit, figure.unit)
    return abs(abs(value) - abs(figure.value)) <= half_unit(figure) + Decimal("0.0001")


def _about(page: Page, label: tuple[str, ...]) -> Iterator[Block]:
    """The paragraphs under a heading that is called just what the row is."""
    for block in page.blocks:
        if block.kind not in _PROSE or not block.section:
            continue
        heading = [word for word in words(block.section[-1]) if word not in STOP_WORDS]
        heading = [word for word in heading if not word.isdigit()]
        if len(heading) == len(label) and all(
            any(alike(a, b) >= 1 for b in heading) for a in label
        ):
            yield block


def _reason_after(page: Page, sentence: Span) -> Span | None:
    """The reason that a sentence gives, or the one right after it in its paragraph."""
    for block in page.blocks:
        if not block.span.start <= sentence.start < block.span.end:
            continue
        if block.kind not in _PROSE:
            return None
        return _first_reason(
            page, Span(page.number, sentence.start, block.span.end), within=2, whole=True
        )
    return None


def _first_reason(page: Page, span: Span, *, within: int = 99, whole: bool = False) -> Span | None:
    """The first sentences of a piece of text that give a reason; from its start if `whole`."""
    places = list(sentences(page.text, span.start, span.end))
    gives = [
        number
        for number, (start, end) in enumerate(places)
        if _REASON.search(page.text, start, end)
    ]
    if not gives or gives[0] >= within:
        return None
    first = 0 if whole else gives[0]
    if first and _REFERS.match(page.text, places[first][0]):  # "Det beror på …"
        first -= 1
    last = gives[0]
    gives += [n for n, (a, b) in enumerate(places) if _MORE.search(page.text, a, b)]
    while last + 1 in gives and places[last + 1][1] - places[first][0] <= _LONGEST:
        last += 1
    start, end = places[first][0], places[last][1]
    return Span(page.number, start, end) if end - start <= _LONGEST else None

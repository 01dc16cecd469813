"""Goals and indicators of a board over the years: targets, outcomes, assessments, what changed.

Each document is believed for what it prints. That an indicator is missing from the documents that
were read is told as that, and never as a goal given up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.figures.goals import Goal, goals_of
from rag.answer import Citation, Filters
from rag.overviews.alike_labels import same_label
from rag.overviews.library import Board, Citer, Library, by_board, year_of
from rag.overviews.numbers import Number, printed
from rag.quotes import squeezed
from rag.shelf import Known
from rag.spoken import number
from rag.store import StoredDocument

KOLADA = "https://www.kolada.se/verktyg/fri-sokning/?kpis="
"""The public page of a key figure, by its id."""
_OUTCOMES = ("utfall", "nuläge", "prognos", "")


@dataclass(frozen=True, slots=True)
class Target:
    """What was to be reached in a year: a number, or words ("Minska") where `number` is None."""

    year: int
    number: Number | None
    text: str
    document: str
    title: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Reached:
    """What an indicator came to. `head` is the column's head; `part` whose it is ("Kvinnor").

    `number` is None where the document prints that there is no value ("IU.").
    """

    year: int
    head: str
    part: str
    measure: str
    number: Number | None
    text: str
    document: str
    title: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """How a document itself judges a goal, in its own words."""

    year: int
    text: str
    document: str
    title: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a target. `kind` is new, changed, dropped, or disagrees (one year's target
    has several values). `year` is the later year, `before` the earlier, 0 for disagrees."""

    kind: str
    year: int
    before: int
    text: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A key figure of Kolada that the document names, with its public page."""

    id: str
    url: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator over the years. `goal` is what it stands under; all lists are oldest first."""

    label: str
    goal: str
    unit: str
    key_figures: tuple[KeyFigure, ...]
    targets: tuple[Target, ...]
    outcomes: tuple[Reached, ...]
    assessments: tuple[Assessment, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class BoardGoals:
    """The indicators of a board, as they first stand in its newest documents."""

    municipality: str
    board: str
    documents: tuple[str, ...]
    target_years: tuple[int, ...]
    indicators: tuple[Indicator, ...]


def goals(library: Library, filters: Filters) -> tuple[BoardGoals, ...]:
    """The goals of each board in the documents that pass the filters. Raises `OlderIndexError`."""
    with library.store.snapshot():
        boards = by_board(library.documents(filters))
        found = (_board(library, board, documents) for board, documents in boards)
        return tuple(one for one in found if one.indicators)


def _board(library: Library, board: Board, documents: Sequence[StoredDocument]) -> BoardGoals:
    citer = Citer(library)
    told = [one for document in documents for one in _told(library, document, citer)]
    merged: list[Indicator] = []
    for one in reversed(told):  # the newest document's wording and order
        at = next((n for n, other in enumerate(merged) if _same(one, other)), -1)
        if at < 0:
            merged.append(one)
        else:
            merged[at] = _joined(merged[at], one)
    years = sorted({target.year for one in merged for target in one.targets if target.year})
    indicators = tuple(
        replace(_ordered(one), changes=tuple(_changes(_ordered(one), years)))
        for one in _in_reading_order(merged, told)
    )
    used = dict.fromkeys(map(_document, told))
    return BoardGoals(*board, tuple(used), tuple(years), indicators)


def _in_reading_order(merged: Sequence[Indicator], told: Sequence[Indicator]) -> list[Indicator]:
    """Merged indicators: those of the newest document first, as they stand there."""
    documents = list(dict.fromkeys(_document(one) for one in reversed(told)))

    def key(one: Indicator) -> tuple[int, int]:
        return min(
            (documents.index(_document(other)), at)
            for at, other in enumerate(told)
            if _same(one, other)
        )

    return sorted(merged, key=key)


def _document(one: Indicator) -> str:
    """The document of an indicator that was read from one."""
    every: tuple[Target | Reached | Assessment, ...]
    every = (*one.targets, *one.outcomes, *one.assessments)
    return next((told.document for told in every), "")


def _same(a: Indicator, b: Indicator) -> bool:
    return same_label(a.label, b.label) and (a.unit == b.unit or not a.unit or not b.unit)


def _joined(newer: Indicator, older: Indicator) -> Indicator:
    ids = {one.id: one for one in (*newer.key_figures, *older.key_figures)}
    return replace(
        newer,
        unit=newer.unit or older.unit,
        key_figures=tuple(ids.values()),
        targets=(*older.targets, *newer.targets),
        outcomes=(*older.outcomes, *newer.outcomes),
        assessments=(*older.assessments, *newer.assessments),
    )


def _ordered(one: Indicator) -> Indicator:
    """By year, then as the documents come."""
    return replace(
        one,
        targets=tuple(sorted(one.targets, key=lambda target: target.year)),
        outcomes=tuple(sorted(one.outcomes, key=lambda reached: reached.year)),
        assessments=tuple(sorted(one.assessments, key=lambda judged: judged.year)),
    )


# ---- one document


def _told(library: Library, document: StoredDocument, citer: Citer) -> Iterator[Indicator]:
    """The indicators of one document, in reading order."""
    cells = library.cells(document)
    every = [known for table in cells.values() for known in table]
    found = goals_of(
        library.pages(document), library.tables(document), [known.figure for known in every]
    )
    for goal in found:
        row = [
            known
            for known in cells[goal.table]
            if (known.figure.cell[0], known.figure.row) == (goal.row, goal.path)
        ]
        yield _indicator(library, document, goal, row, citer)


def _indicator(
    library: Library, document: StoredDocument, goal: Goal, row: Sequence[Known], citer: Citer
) -> Indicator:
    title, first = document.identity.title, year_of(document)
    aims = [known for known in row if known.figure.measure == "målvärde"]
    targets = [_target(known, first, citer) for known in aims]
    if not aims and goal.wanted and goal.stated:
        source = citer.text(document, goal.stated)
        targets = [Target(first, None, goal.wanted, document.id, title, (source,))]
    units = {known.figure.unit for known in aims} or {known.figure.unit for known in row}
    reached = [
        _reached(known, citer)
        for known in row
        if known.figure.measure in _OUTCOMES and _is_outcome(known, aims)
    ]
    judged: list[Assessment] = []
    if goal.assessment and goal.judged:
        source = citer.text(document, goal.judged)
        judged = [Assessment(first, goal.assessment, document.id, title, (source,))]
    ids = [value for name, value in goal.attributes if name == "kolada"]
    return Indicator(
        squeezed(goal.indicator),
        squeezed(" › ".join(goal.path[:-1] or goal.section[-1:])),
        units.pop() if len(units) == 1 else "",
        tuple(KeyFigure(name, f"{KOLADA}{name}") for name in ids),
        tuple(targets),
        tuple(reached),
        tuple(judged),
        (),
    )


def _is_outcome(known: Known, aims: Sequence[Known]) -> bool:
    """Whether a number is what an indicator came to: its column says so, or names a time alone."""
    figure = known.figure
    if figure.measure:
        return True
    return bool(figure.period.year) and any(aim.figure.unit == figure.unit for aim in aims)


def _target(known: Known, first: int, citer: Citer) -> Target:
    figure, document = known.figure, known.document
    own = printed(known, citer) if figure.value is not None else None
    text = number(own.value, own.unit) if own else figure.printed
    year = figure.period.year or first
    title = document.identity.title
    return Target(year, own, squeezed(text), document.id, title, (citer.figure(known),))


def _reached(known: Known, citer: Citer) -> Reached:
    figure, document = known.figure, known.document
    own = printed(known, citer) if figure.value is not None else None
    text = number(own.value, own.unit) if own else figure.printed
    return Reached(
        figure.period.year,
        squeezed(" ".join(figure.column)),
        figure.part,
        figure.measure or "utfall",
        own,
        squeezed(text),
        document.id,
        document.identity.title,
        (citer.figure(known),),
    )


# ---- what changed


def _changes(one: Indicator, years: Sequence[int]) -> Iterator[Change]:
    """What happened to an indicator's target from each of the board's years to the next."""
    by_year = {year: [t for t in one.targets if t.year == year] for year in years}
    for year in years:
        if len(_texts(by_year[year])) > 1:
            said = ", ".join(f"{t.text} ({t.title or t.document})" for t in _each(by_year[year]))
            text = f"Målet för {year} anges olika: {said}."
            yield Change("disagrees", year, 0, text, _sources(by_year[year]))
    for before, year in pairwise(years):
        old, new = by_year[before], by_year[year]
        sources = _sources((*old, *new))
        if old and new and _texts(old) != _texts(new):
            text = f"Målet ändras från {_said(old)} ({before}) till {_said(new)} ({year})."
            yield Change("changed", year, before, text, sources)
        elif new and not old:
            text = f"Målet för {year} finns inte bland de inlästa målen för {before}."
            yield Change("new", year, before, text, sources)
        elif old and not new:
            text = f"Målet för {before} finns inte bland de inlästa målen för {year}."
            yield Change("dropped", year, before, text, sources)


def _texts(targets: Sequence[Target]) -> set[object]:
    """The different targets; the same number with more decimals is the same."""
    return {t.number.value if t.number else t.text.casefold() for t in targets}


def _each(targets: Sequence[Target]) -> list[Target]:
    found: dict[object, Target] = {}
    for target in targets:
        key = target.number.value if target.number else target.text.casefold()
        found.setdefault(key, target)
    return list(found.values())


def _said(targets: Sequence[Target]) -> str:
    return " eller ".join(target.text for target in _each(targets))


def _sources(targets: Sequence[Target]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(source for target in targets for source in target.sources))

"""Deviation tables: budget against outcome or forecast, line by line, the worst first.

A minus is worse for the board, whatever sign costs have in the document. What cannot be told for
certain is told as such, and ranked last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.checks.arithmetic import in_unit, value_of
from ingest.types import Finding
from rag.answer import Citation, Filters
from rag.causes import cause_of, tells_number, told_of
from rag.conflicts import stands_at
from rag.overviews.compared import (
    ComparedRow,
    Comparison,
    comparisons,
    fits_difference,
    fits_share,
    is_broken,
)
from rag.overviews.library import Citer, Library
from rag.overviews.numbers import Number, printed, share, turned, worked
from rag.overviews.standing import UNKNOWN, Standing, is_investment, standings, way_of_kind
from rag.overviews.waterfall import Step, Waterfall, waterfall
from rag.overviews.wording import THE, direction, notes, rows_are, said, when
from rag.quotes import squeezed
from rag.results import Result, difference
from rag.store import StoredDocument

__all__ = [
    "DeviationLine",
    "DeviationTable",
    "DocumentDeviations",
    "Step",
    "Waterfall",
    "deviations",
]

EXPLAINS, SAYS = "Rapporten förklarar", "Rapporten skriver"


@dataclass(frozen=True, slots=True)
class DeviationLine:
    """A row of a deviation table.

    `deviation` is as the table prints it, else worked out. `effect` is the same for the board: a
    minus is worse; None where the table does not tell. `percent` is of the budget, with the sign of
    `effect`, or as printed. `role` is line, part ("varav …") or total; only lines are ranked, from
    1. `turn` is 1 where more than budgeted is better for the board, -1 where it is worse, 0 where
    that is not known. `cause` is what the report says of it, and `told` how: it EXPLAINS it, or
    SAYS how large it is. `findings` are contradictions that its numbers take part in, in Swedish.
    """

    label: str
    path: tuple[str, ...]
    role: str
    kind: str
    turn: int
    rank: int
    budget: Number
    outcome: Number
    deviation: Number
    effect: Number | None
    percent: Number | None
    direction: str
    told: str
    cause: Citation | None
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeviationTable:
    """One comparison of one table. `measure` is utfall or prognos, `period` as ISO 8601.

    `kind` is drift or investering. `rows_are` is what the table calls its rows ("Verksamhet").
    `lines` come ranked, parts and totals after in the table's order. `notes` say in Swedish what
    the reader must know. `waterfall` leads from the budget's total to the outcome's;
    `no_waterfall` says why there is none, "" where there is one.
    """

    document: str
    title: str
    table: str
    page: int
    caption: str
    section: tuple[str, ...]
    kind: str
    rows_are: str
    unit: str
    measure: str
    period: str
    period_said: str
    budget_head: str
    outcome_head: str
    deviation_printed: bool
    grade: str
    checks: tuple[str, ...]
    chosen: bool
    lines: tuple[DeviationLine, ...]
    parts: tuple[DeviationLine, ...]
    totals: tuple[DeviationLine, ...]
    notes: tuple[str, ...]
    waterfall: Waterfall | None
    no_waterfall: str


@dataclass(frozen=True, slots=True)
class DocumentDeviations:
    """The deviation tables of a document, the chosen one first; `missing` says why it has none."""

    document: str
    title: str
    municipality: str
    board: str
    year: int
    tables: tuple[DeviationTable, ...]
    missing: str


def deviations(library: Library, filters: Filters) -> tuple[DocumentDeviations, ...]:
    """The deviation tables of each document that passes the filters, by board and year.

    Raises `OlderIndexError`.
    """
    with library.store.snapshot():
        return tuple(
            document_deviations(library, document, Citer(library))
            for document in library.documents(filters)
        )


def document_deviations(
    library: Library, document: StoredDocument, citer: Citer, *, causes: bool = True
) -> DocumentDeviations:
    """The deviation tables of one document; the store has a snapshot open.

    Without `causes` no line has one: looking for them takes most of the time.
    """
    cells = library.cells(document)
    found = [
        comparison
        for table in library.tables(document)
        for comparison in comparisons(table, cells[table.id], library.about(document, table))
    ]
    found = _in_order(found)
    findings = [f for f in library.shelf.findings(document) if not f.explained_by_rounding]
    maker = _Maker(library, document, citer, findings, causes)
    tables = [maker.table(one, chosen=not at) for at, one in enumerate(found)]
    identity = document.identity
    missing = ""
    if not tables:
        missing = (
            "Dokumentet har ingen tabell som ställer utfall eller prognos mot budget för samma tid."
        )
    years = document.identity.years
    return DocumentDeviations(
        document.id,
        identity.title,
        identity.municipality,
        identity.board,
        min(years, default=0),
        tuple(tables),
        missing,
    )


def _in_order(found: Sequence[Comparison]) -> list[Comparison]:
    """Running costs before investments, the newest year, all of it, and the whole board first; then
    as they stand."""
    sizes = [_size(one) for one in found]
    largest = max(sizes, default=Decimal(0))

    def key(at: int) -> tuple[object, ...]:
        one = found[at]
        return (
            is_investment(one.about),
            -one.outcome.period.year,
            one.outcome.period.interim,
            2 * sizes[at] < largest,
            at,
        )

    return [found[at] for at in sorted(range(len(found)), key=key)]


def _size(one: Comparison) -> Decimal:
    """The largest budget of a table, in kronor."""
    budgets = [row.budget.figure for row in one.rows]
    return max(abs(in_unit(value_of(figure), figure.unit, "kr")) for figure in budgets)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the tables of one document."""

    library: Library
    document: StoredDocument
    citer: Citer
    findings: Sequence[Finding]
    causes: bool

    def table(self, one: Comparison, *, chosen: bool) -> DeviationTable:
        """A comparison with its lines ranked."""
        found = standings(one)
        rows = list(zip(one.rows, found, strict=True))
        lines = [self._line(one, row, standing, found) for row, standing in rows]
        ranked = sorted((line for line in lines if line.role == "line"), key=_rank)
        ranked = [replace(line, rank=at) for at, line in enumerate(ranked, start=1)]
        drawn, reason = waterfall(lines, found, one.rows)
        table, period = one.table, str(one.outcome.period)
        return DeviationTable(
            self.document.id,
            self.document.identity.title,
            table.id,
            one.rows[0].budget.figure.page,
            squeezed(table.caption),
            table.section,
            "investering" if is_investment(one.about) else "drift",
            rows_are(one),
            one.outcome.unit,
            one.outcome.measure,
            period,
            when(one),
            one.budget.head,
            one.outcome.head,
            one.deviation is not None,
            table.grade,
            table.checks,
            chosen,
            tuple(ranked),
            tuple(line for line in lines if line.role == "part"),
            tuple(line for line in lines if line.role == "total"),
            tuple(notes(one, unsure=any(line.effect is None for line in lines))),
            drawn,
            reason,
        )

    def _line(
        self, one: Comparison, row: ComparedRow, standing: Standing, every: Sequence[Standing]
    ) -> DeviationLine:
        budget, outcome = printed(row.budget, self.citer), printed(row.outcome, self.citer)
        period = str(row.outcome.figure.period)
        label = row.path[-1]
        worked_out = difference(row.outcome, row.budget, "avvikelse", label, period)
        assert worked_out is not None  # both are money of one unit
        own = worked(worked_out, self.citer)
        deviation = printed(row.deviation, self.citer) if row.deviation else own
        effect = _effect(one, row, standing, every, own, deviation)
        if row.deviation is None and effect is not None:
            deviation = effect
        percent = printed(row.percent, self.citer) if row.percent else None
        if percent is None:
            percent = share(effect or own, budget)
        kind = "investment" if is_investment(one.about) else standing.kind
        result = replace(worked_out, value=deviation.value)
        if row.deviation is not None:
            result = replace(result, sources=(row.deviation,), formula="")
        told, source = self._cause(result, standing.role) if self.causes else ("", None)
        return DeviationLine(
            label,
            row.path,
            standing.role,
            standing.kind,
            standing.turn,
            0,
            budget,
            outcome,
            deviation,
            effect,
            percent,
            direction(kind, effect, own),
            told,
            source,
            tuple(self._contradictions(row)),
        )

    def _cause(self, result: Result, role: str) -> tuple[str, Citation | None]:
        """What the report gives as the reason, or else says of the same number; and which it is."""
        shelf = self.library.shelf
        if not result.value:
            return "", None
        cause = cause_of(result, shelf)
        if cause is not None:
            told = tells_number(cause, result, shelf)
            # the reason of another number of the row, or of a row that a total holds, is another
            if told or (told is None and role != "total"):
                return EXPLAINS, self.citer.text(cause.document, cause.span)
        said = told_of(result, shelf)
        return (SAYS, self.citer.text(said.document, said.span)) if said else ("", None)

    def _contradictions(self, row: ComparedRow) -> list[str]:
        """What is found about a row's own numbers, and what else does not fit."""
        found: list[str] = []
        for finding in self.findings:
            places = finding.places[:1] if finding.kind == "sum" else finding.places
            if any(stands_at(known.figure, place) for place in places for known in row.cells):
                found.append(finding.message)
        if not found and row.deviation and is_broken(row):
            found.append(
                f"{row.path[-1]}: avvikelsen är {said(row.deviation)}, men budgeten är "
                f"{said(row.budget)} och {THE[row.outcome.figure.measure]} {said(row.outcome)}."
            )
        if not found and row.percent and not fits_share(row.percent, row.budget, row.outcome):
            found.append(
                f"{row.path[-1]}: avvikelsen i procent stämmer inte med budgeten och beloppet."
            )
        return list(dict.fromkeys(found))


def _effect(
    one: Comparison,
    row: ComparedRow,
    standing: Standing,
    every: Sequence[Standing],
    own: Number,
    deviation: Number,
) -> Number | None:
    """The deviation as it is for the board; None where the row has no standing, or where the two
    ways to tell it disagree. `own` is outcome minus budget."""
    if standing.turn == UNKNOWN:
        return None if own.value or deviation.value else deviation
    better = own.value * standing.turn
    if row.deviation is None:
        return own if standing.turn > 0 else turned(own)
    way = way_of_kind(one.rows, every, standing.turn)
    if fits_difference(row.deviation, row.budget, row.outcome):
        same = deviation.value * better >= 0
        return deviation if same else turned(deviation)
    if not way:
        return None
    told = deviation if way * standing.turn > 0 else turned(deviation)
    return told if told.value * better > 0 else None


def _rank(line: DeviationLine) -> tuple[bool, Decimal]:
    """The worst first; lines whose direction is not known last, the largest first."""
    if line.effect is None:
        return True, -abs(line.deviation.value)
    return False, in_unit(line.effect.value, line.effect.unit, "kr")

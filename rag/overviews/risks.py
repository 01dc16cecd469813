"""Risks of a board: how likely, how severe, how handled, and how they moved since the year before.

A risk that is missing from the documents that were read is told as that; nobody knows whether it
has gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.figures.context import INTERIM
from ingest.figures.risks import Risk, Text, risks_of
from ingest.types import Figure
from rag.answer import Citation, Filters
from rag.conflicts import stands_at
from rag.overviews.alike_labels import same_label
from rag.overviews.library import Board, Citer, Library, board_of, by_board, year_of
from rag.overviews.numbers import Number, minus, printed
from rag.quotes import squeezed
from rag.shelf import Known
from rag.spoken import number
from rag.store import StoredDocument


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of a risk in words, under the head that it stands under."""

    head: str
    text: str
    source: Citation


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A risk as one document rates it; None where it gives no such step of its scale.

    `movement` is up, down, same, new or "" (nothing to compare with). `before` is the value that it
    moved from: of the document of the year before, or of an own column of the table. `change` is
    the value minus that; `moved` says so in Swedish. `findings` are contradictions, in Swedish.
    """

    name: str
    section: tuple[str, ...]
    likelihood: Number | None
    severity: Number | None
    value: Number | None
    description: tuple[Said, ...]
    handling: tuple[Said, ...]
    responsible: tuple[Said, ...]
    movement: str
    before: Number | None
    change: Number | None
    moved: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoneRisk:
    """A risk of the year before that the document does not list."""

    name: str
    value: Number | None
    text: str


@dataclass(frozen=True, slots=True)
class DocumentRisks:
    """The risks of a document, the highest value first; `compared_with` is the id of the document
    of the year before, "" where there is none: `note` says why, in Swedish."""

    document: str
    title: str
    municipality: str
    board: str
    year: int
    risks: tuple[RiskLine, ...]
    gone: tuple[GoneRisk, ...]
    compared_with: str
    note: str


def risks(library: Library, filters: Filters) -> tuple[DocumentRisks, ...]:
    """The risks of each document that passes the filters and has some, by board and year.

    What they moved from is looked for in all documents of the board. Raises `OlderIndexError`.
    """
    with library.store.snapshot():
        chosen = {one.id for one in library.documents(filters)}
        found: list[DocumentRisks] = []
        for board, documents in by_board(library.documents(Filters())):
            if any(one.id in chosen for one in documents):
                found += _board(library, board, documents, chosen)
        return tuple(found)


def _board(
    library: Library, board: Board, documents: Sequence[StoredDocument], chosen: set[str]
) -> list[DocumentRisks]:
    citer = Citer(library)
    told = [(one, _of_document(library, one, citer)) for one in documents]
    told = [(one, lines) for one, lines in told if lines]
    found: list[DocumentRisks] = []
    for document, lines in told:
        if document.id not in chosen:
            continue
        earlier = [one for one in told if year_of(one[0]) == year_of(document) - 1]
        found.append(_compared(document, lines, earlier))
    return found


_Told = tuple[StoredDocument, list[RiskLine]]


def _compared(
    document: StoredDocument, lines: Sequence[RiskLine], earlier: Sequence[_Told]
) -> DocumentRisks:
    """A document's risks beside those of the year before: of the document most like it."""
    year, identity = year_of(document), document.identity
    before: _Told | None = None
    if earlier and year:
        before = max(
            earlier,
            key=lambda one: (
                _shared(lines, one[1]),
                one[0].identity.kind == identity.kind,
                one[0].identity.kind != INTERIM,
            ),
        )
    moved = [_moved(line, before[1] if before else [], year) for line in lines]
    moved.sort(key=lambda line: -(line.value.value if line.value else Decimal(-1)))
    gone = [
        GoneRisk(
            old.name, old.value, f"Finns inte bland riskerna i {identity.title or document.id}."
        )
        for old in (before[1] if before else [])
        if not any(same_label(old.name, line.name) for line in lines)
    ]
    note = "" if before else f"Inget inläst dokument har nämndens risker för {year - 1}."
    return DocumentRisks(
        document.id,
        identity.title,
        *board_of(document),
        year,
        tuple(moved),
        tuple(gone),
        before[0].id if before else "",
        note if year else "Dokumentets år är okänt, så riskerna kan inte jämföras med året före.",
    )


def _shared(a: Sequence[RiskLine], b: Sequence[RiskLine]) -> int:
    return sum(any(same_label(x.name, y.name) for y in b) for x in a)


def _moved(line: RiskLine, earlier: Sequence[RiskLine], year: int) -> RiskLine:
    """A risk with what it moved from; what its own table says of the year before comes first."""
    old = next((one for one in earlier if same_label(one.name, line.name)), None)
    before = line.before or (old.value if old else None)
    if line.value is None or (before is None and (old is not None or not earlier)):
        return line
    if before is None:
        text = f"Finns inte bland riskerna för {year - 1} i det dokument som jämförs."
        return replace(line, movement="new", moved=text)
    if line.findings:  # which of the numbers is wrong nobody knows
        text = f"Året före var värdet {number(before.value, '')}; årets tal säger emot varandra."
        return replace(line, before=before, moved=text)
    change = minus(line.value, before)
    assert change is not None  # both are steps of a scale
    told = f"{number(before.value, '')} till {number(line.value.value, '')}"
    if not change.value:
        return replace(line, movement="same", before=before, change=change, moved="Oförändrat.")
    movement = "up" if change.value > 0 else "down"
    text = f"{'Höjt' if change.value > 0 else 'Sänkt'} från {told}."
    return replace(line, movement=movement, before=before, change=change, moved=text)


# ---- one document


def _of_document(library: Library, document: StoredDocument, citer: Citer) -> list[RiskLine]:
    """The risks of a document in reading order; one that several tables list is one risk."""
    by_id = {
        known.figure.id: known for cells in library.cells(document).values() for known in cells
    }
    figures = [known.figure for known in by_id.values()]
    found: list[RiskLine] = []
    for risk in risks_of(library.tables(document), figures):
        line = _line(library, document, risk, by_id, citer)
        at = next((n for n, other in enumerate(found) if same_label(other.name, line.name)), -1)
        if at < 0:
            found.append(line)
        else:
            found[at] = _merged(found[at], line)
    return found


def _line(
    library: Library,
    document: StoredDocument,
    risk: Risk,
    by_id: dict[str, Known],
    citer: Citer,
) -> RiskLine:
    def told(figure: Figure | None) -> Number | None:
        return printed(by_id[figure.id], citer) if figure and figure.value is not None else None

    def said(texts: Sequence[Text]) -> tuple[Said, ...]:
        return tuple(
            Said(squeezed(one.head), squeezed(one.text), citer.text(document, one.span))
            for one in texts
        )

    rated = [figure for figure in (risk.likelihood, risk.severity, risk.value) if figure]
    findings = [
        finding.message
        for finding in library.shelf.findings(document)
        if not finding.explained_by_rounding
        and finding.unit == "risk"
        and any(stands_at(figure, place) for place in finding.places for figure in rated)
    ]
    return RiskLine(
        squeezed(risk.name),
        risk.section,
        told(risk.likelihood),
        told(risk.severity),
        told(risk.value),
        said(risk.description),
        said(risk.handling),
        said(risk.responsible),
        "",
        told(risk.before),
        None,
        "",
        tuple(findings),
    )


def _merged(a: RiskLine, b: RiskLine) -> RiskLine:
    """A risk that two tables list: the ratings of the fuller one, the words of both."""
    first, second = (b, a) if a.likelihood is None and b.likelihood is not None else (a, b)
    findings = (*first.findings, *second.findings)
    if first.value and second.value and first.value.value != second.value.value:
        pages = [one.value.sources[0].page for one in (first, second) if one.value]
        findings = (
            *findings,
            f"{first.name}: riskvärdet är {number(first.value.value, '')} på sidan {pages[0]}, men "
            f"{number(second.value.value, '')} på sidan {pages[1]}.",
        )
    return replace(
        first,
        value=first.value or second.value,
        description=_together(a.description, b.description),
        handling=_together(a.handling, b.handling),
        responsible=_together(a.responsible, b.responsible),
        before=first.before or second.before,
        findings=tuple(dict.fromkeys(findings)),
    )


def _together(a: Sequence[Said], b: Sequence[Said]) -> tuple[Said, ...]:
    """What both say, the same words once."""
    return tuple({one.text: one for one in (*b, *a)}.values())

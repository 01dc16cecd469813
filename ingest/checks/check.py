"""A document's figures → the same with grades, and what contradicts: the one door into checking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.checks.changes import check_directions, check_shares
from ingest.checks.claims import check_deviations, check_rows, check_totals
from ingest.checks.columns import Identity, check_columns
from ingest.checks.marks import Marks
from ingest.checks.matrix import Matrix, matrix_of
from ingest.checks.prose import (
    check_counts,
    check_sentences,
    check_signs,
    check_text_against_tables,
)
from ingest.checks.ratios import check_percentages, check_risks
from ingest.checks.repeated import check_repeated
from ingest.checks.signs import convention
from ingest.checks.spoken import spoken
from ingest.checks.sums import check_sums
from ingest.types import Figure, Finding, Page, Table

TOTAL = ("sums", "rows")
"""The attribute of a figure whose row sums up others."""
_PROVED = 0.8  # of a table's numbers take part in arithmetic that holds


@dataclass(frozen=True, slots=True)
class Checked:
    """Tables and figures with their grades, and the findings in the order of the pages."""

    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]


def check(
    document: str, pages: Sequence[Page], tables: Sequence[Table], figures: Sequence[Figure]
) -> Checked:
    """Check the figures of a document against each other."""
    by_table: dict[str, list[Figure]] = defaultdict(list)
    prose = [figure for figure in figures if figure.sentence is not None]
    for figure in figures:
        if figure.table and figure.sentence is None:
            by_table[figure.table].append(figure)
    marks = Marks(document, {page.number: page for page in pages}, prose)
    graded: list[Table] = []
    worked_out: dict[str, str] = {}
    for table in tables:
        matrix = matrix_of(table, by_table[table.id])
        identities = _check_table(matrix, marks)
        worked_out |= _differences(matrix, identities)
        graded.append(replace(table, signs=convention(matrix, identities)))
    tabled = [figure for figure in figures if figure.table and figure.sentence is None]
    worse = {table.id: table.signs.deviation for table in graded}
    # what tables say of each other grades them; what sentences say does not
    inside, broken = set(marks.held), set(marks.failed)
    marks.settle()
    check_repeated(tabled, graded, marks)
    check_text_against_tables(prose, tabled, marks)
    check_counts(prose, tabled, marks)
    check_sentences(prose, marks)
    sentences = list(spoken(pages))
    check_directions(sentences, marks)
    check_shares(prose, tabled, pages, marks)
    check_deviations(prose, tabled, sentences, marks)
    check_totals(prose, tabled, graded, sentences, marks)
    check_rows(graded, tabled, sentences, marks)
    check_signs(prose, worse, tabled, marks)
    done = tuple(_table(table, by_table[table.id], inside, broken, marks) for table in graded)
    grades = {table.id: table.grade for table in done}
    return Checked(
        done,
        tuple(_figure(figure, grades, marks, worked_out) for figure in figures),
        tuple(sorted(marks.findings, key=lambda f: (f.places[0].page, f.places[0].span.start))),
    )


def _differences(matrix: Matrix, identities: Sequence[Identity]) -> dict[str, str]:
    """The measure of figures whose head says none, where numbers say that they are differences."""
    found: dict[str, str] = {}
    for one in identities:
        measures = {matrix.measures[column] for _, column in one.terms}
        if matrix.measures[one.target] or all(sign > 0 for sign, _ in one.terms):
            continue
        measure = "förändring" if len(measures) == 1 else "avvikelse"
        found.update((figure.id, measure) for figure in matrix.column(one.target))
    return found


def _check_table(matrix: Matrix, marks: Marks) -> list[Identity]:
    if not matrix.cells:
        return []
    check_sums(matrix, marks)
    identities = check_columns(matrix, marks)
    check_percentages(matrix, identities, marks)
    check_risks(matrix, marks)
    return identities


def _table(
    table: Table, figures: Sequence[Figure], held: set[str], failed: set[str], marks: Marks
) -> Table:
    """The table with its grade: contradicted by itself, proved for the most part, or less."""
    numbers = [figure for figure in figures if figure.value is not None]
    # nothing from nothing proves little, but an empty sum does not disprove the rest
    weighty = [figure for figure in numbers if figure.value] or numbers
    proved = sum(figure.id in held for figure in weighty)
    if any(figure.id in failed for figure in numbers):
        grade = "contradicted"
    elif weighty and proved >= _PROVED * len(weighty):
        grade = "proved"
    else:
        grade = "consistent" if proved else "unproved"
    return replace(table, grade=grade, checks=tuple(marks.notes.get(table.id, ())))


def _figure(
    figure: Figure, grades: dict[str, str], marks: Marks, worked_out: dict[str, str]
) -> Figure:
    """A figure with its grade, whether its row is a total, and a measure that numbers give it."""
    sums = (figure.table, figure.cell[0]) in marks.totals and figure.sentence is None
    attributes = (*figure.attributes, TOTAL) if sums else figure.attributes
    return replace(
        figure,
        measure=worked_out.get(figure.id, figure.measure),
        grade=_grade(figure, grades, marks),
        attributes=attributes,
    )


def _grade(figure: Figure, tables: dict[str, str], marks: Marks) -> str:
    """A figure's own grade: what it takes part in itself comes before what its table does."""
    if figure.id in marks.failed:
        return "contradicted"
    if figure.id in marks.held:
        return "proved" if figure.sentence is None else "consistent"
    return "consistent" if tables.get(figure.table) in ("proved", "consistent") else "unproved"

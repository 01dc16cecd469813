"""What the checks of a document found: which figures held, which failed, and the findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest.checks.arithmetic import Outcome
from ingest.figures.places import boxes_of, quoted
from ingest.types import Figure, Finding, Page, Place, Span

Rework = Callable[[Sequence[Figure]], Outcome | None]


@dataclass(frozen=True, slots=True)
class Worked:
    """A contradiction of a table: the first of `figures` should be `expected` by the others."""

    finding: Finding
    figures: tuple[Figure, ...]
    expected: Decimal
    again: Rework

    def follows(self, other: Worked) -> bool:
        """Whether this one holds, if what the other is about is as the other says it should be."""
        wrong = other.figures[0].id
        if all(figure.id != wrong for figure in self.figures):
            return False
        outcome = self.again(
            [replace(f, value=other.expected) if f.id == wrong else f for f in self.figures]
        )
        return outcome is not None and outcome.holds


@dataclass(frozen=True, slots=True)
class Marks:
    """Filled by the checks of one document, in turn. `held` and `failed` hold ids of figures."""

    document: str
    pages: Mapping[int, Page]
    prose: Sequence[Figure] = ()
    held: set[str] = field(default_factory=set)
    failed: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    totals: set[tuple[str, int]] = field(default_factory=set)
    """Rows that sum up others: the table's id and the row, from 0."""
    worked: list[Worked] = field(default_factory=list)
    """The contradictions of tables that can be worked out anew."""
    notes: dict[str, list[str]] = field(default_factory=dict)
    """What was checked of each table, in Swedish, by the table's id."""

    def note(self, table: str, text: str) -> None:
        """Remember a check of a table."""
        self.notes.setdefault(table, []).append(text)

    def hold(self, figures: Sequence[Figure]) -> None:
        """These figures take part in arithmetic that holds."""
        self.held.update(figure.id for figure in figures)

    def judge(
        self,
        kind: str,
        outcome: Outcome,
        figures: Sequence[Figure],
        message: str,
        again: Rework | None = None,
    ) -> None:
        """Take down an identity: the first of `figures` states it, the others make it up.

        It holds, or misses by no more than rounding can, or is a contradiction. `again` works it
        out anew for figures of other values.
        """
        if outcome.holds:
            self.hold(figures)
        else:
            self.failed.update(figure.id for figure in figures)
        if not outcome.exact:
            self.find(kind, outcome, figures, message, again)

    def find(
        self,
        kind: str,
        outcome: Outcome,
        figures: Sequence[Figure],
        message: str,
        again: Rework | None = None,
    ) -> None:
        """Add a finding; its places are those of `figures`."""
        finding = Finding(
            kind,
            message,
            outcome.stated,
            outcome.expected,
            figures[0].unit,
            outcome.holds,
            self._places(figures),
        )
        self.findings.append(finding)
        if again is not None and not outcome.holds:
            self.worked.append(Worked(finding, tuple(figures), outcome.expected, again))

    def settle(self) -> None:
        """Take away the findings that only follow from another one: where the cell that one is
        about were right, they would hold. Figures that fail in these alone fail no more."""
        follow: list[Worked] = []
        for one in self.worked:
            if any(one is other for other in follow):
                continue
            follow += [other for other in self.worked if other is not one and other.follows(one)]
        kept = [one for one in self.worked if not any(one is other for other in follow)]
        wrong = {figure.id for one in kept for figure in one.figures}
        for one in follow:
            self.failed.difference_update({figure.id for figure in one.figures} - wrong)
            self.findings[:] = [f for f in self.findings if f is not one.finding]

    def tell(
        self,
        kind: str,
        outcome: Outcome,
        unit: str,
        quote: Span,
        marked: Sequence[Span],
        message: str,
        others: Sequence[Place] = (),
    ) -> None:
        """Add a finding about running text: `quote` is what is quoted, `marked` the numbers in it,
        `others` the places that it is held against."""
        page = self.pages[quote.page]
        boxes = [box for span in marked for box in boxes_of(page, span)]
        text = page.text[quote.start : quote.end]
        place = Place(self.document, page.number, quote, text, tuple(dict.fromkeys(boxes)))
        self.findings.append(
            Finding(
                kind,
                message,
                outcome.stated,
                outcome.expected,
                unit,
                outcome.holds,
                (place, *others),
            )
        )

    def stated_at(self, span: Span) -> list[Figure]:
        """The figures of running text that stand at `span`."""
        return [
            figure
            for figure in self.prose
            if figure.page == span.page
            and figure.span.start < span.end
            and span.start < figure.span.end
        ]

    def fail_at(self, span: Span) -> None:
        """The figures of running text that stand at `span` are contradicted."""
        self.failed.update(figure.id for figure in self.stated_at(span))

    def _places(self, figures: Sequence[Figure]) -> tuple[Place, ...]:
        """Where the figures stand; those of one row or sentence are marked in one place."""
        found: dict[Span, Place] = {}
        for figure in figures:
            place = place_of(self.document, figure, self.pages[figure.page])
            before = found.get(place.span)
            boxes = (*before.boxes, *place.boxes) if before else place.boxes
            found[place.span] = replace(place, boxes=tuple(dict.fromkeys(boxes)))
        return tuple(found.values())


def place_of(document: str, figure: Figure, page: Page) -> Place:
    """Where a figure of `document` stands: quoted with its row or sentence, the number marked."""
    span = quoted(page, figure)
    boxes = boxes_of(page, figure.span) or [figure.box]
    return Place(document, page.number, span, page.text[span.start : span.end], tuple(boxes))


def told(value: Decimal, unit: str = "") -> str:
    """A value as Swedish prose writes it: "−13 141 tkr", with narrow gaps made plain."""
    digits = f"{abs(value):,f}".replace(",", "\u00a0").replace(".", ",")
    sign = "−" if value < 0 else ""
    name = {"%": "procent", "risk": ""}.get(unit, unit)
    return f"{sign}{digits} {name}".rstrip()


def short(figure: Figure) -> str:
    """A figure's label in a message."""
    label = figure.row[-1] if figure.row else figure.part
    return label if len(label) <= 60 else label[:57].rstrip() + "…"

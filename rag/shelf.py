"""The figures of documents as they are looked up: with their tables, and the words of their labels.

Read once from the store and kept until a document changes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.figures.labels import measure_of
from ingest.figures.sentences import sentences
from ingest.types import Figure, Finding, Page, Span, Table
from rag.joint import members_of
from rag.label_index import LabelIndex, Labelled, Numbers, name_of
from rag.question.understanding import bands_of
from rag.relevance import TextTerms
from rag.row_units import noted_row, with_unit
from rag.store import Store, StoredDocument
from rag.terms import STOP_WORDS, UNIT_WORDS, plain, words
from rag.zones import Zone, zones

# "Den var 7,2 procent": what it is stands in the sentence before
_REFERS = re.compile(
    r"(?:den|det|detta|dessa|de|där|här|denna|av (?:dem|dessa)|motsvarande|varav"
    r"|(?:utfallet|resultatet|målet|prognosen|budgeten|andelen|antalet|ökningen|minskningen"
    r"|kostnaden)(?=\s+(?:är|var|blev|blir|för|20)))\b",
    re.I,
)
# the last row that says of what kind all rows are: those that sum up to net costs are such
_NET_TOTAL = re.compile(r"(?:summa|total[at]?)\s+netto(?:kostnad|utgift)\w*\s*\Z", re.I)
_VARAV = re.compile(r"(?:varav|därav)\s+", re.I)
_HYPHENED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_GENERAL = frozenset(
    """
    totalt total totala summa samtliga hela alla antal andel arets verksamhetens namndens belopp
    tkr mkr mnkr kr procent och av for i per med inkl exkl till fran utfall budget prognos plan
    helar delar delarsbokslut bokslut mal malvarde nulage preliminart avvikelse avv diff
    differens januari februari mars april juni juli augusti september oktober november december
    varav dagar timmar poang snitt genomsnitt genomsnittlig genomsnittliga kronor st styck tom jan
    feb mar apr maj jun jul aug sep okt nov dec bedomning riskbedomning vardering
    """.split()
)


_INDEXES = 4  # sets of documents that questions were about last
_WITH_MEASURE = frozenset("resultat preliminart helar delar ack ackumulerat utfall".split())


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of a figure's labels.

    In a table `own` are those of its row, part and column, `around` those of its caption and
    sections, and of its document. In prose `own` are those that its sentence says of it, `around`
    those that are said of others and may hold for it too (see `rag.zones`).
    """

    own: TextTerms
    around: TextTerms
    above: TextTerms
    """The words of its table's sections and caption alone."""
    called: TextTerms
    """The words that its document is called by: municipality and board."""
    naming: tuple[str, ...]
    """The words that say what its row is about, general ones left out."""
    bands: tuple[tuple[int, int], ...]
    """Ages and ranges that its row or part names."""
    column: tuple[str, ...]
    """The same of its column and part, measures and years left out."""
    counts: TextTerms | None = None
    """What a number in prose counts: the noun after it, "platser"; None where there is none."""
    beside: TextTerms | None = None
    """The words of the sentences before and after, in the same paragraph."""
    bound: bool = False
    """Whether it bounds what another number of its sentence is of."""
    former: bool = False
    """Whether a sentence moves away from it: "från 512" in "från 512 till 478"."""
    undated: bool = False
    """Whether such a sentence gives it no time of its own, only that of what it moves to."""


@dataclass(frozen=True, slots=True)
class Known:
    """A figure with its document, table and labels. `table` is None for a number in prose."""

    document: StoredDocument
    figure: Figure
    table: Table | None
    labels: Labels


@dataclass(frozen=True, slots=True)
class _Entry:
    """What is kept of a document as it was read."""

    fingerprint: str
    known: list[Known]
    findings: list[Finding]
    members: frozenset[str]


class Shelf:
    """The figures of a store's documents."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, _Entry] = {}
        self._terms: dict[str, TextTerms] = {}
        self._indexed: list[_Indexed] = []

    def of(self, documents: Iterable[StoredDocument]) -> list[Known]:
        """The figures of some documents, in reading order."""
        return [known for document in documents for known in self._entry(document).known]

    def about(self, documents: Sequence[StoredDocument]) -> tuple[Sequence[Known], LabelIndex]:
        """Figures, some documents' among them, and the labels of these by their places there.

        One index serves questions about all documents and about any of them.
        """
        kept = next((one for one in self._indexed if one.covers(documents)), None)
        if kept is None:
            kept = _Indexed(documents, [self.of([document]) for document in documents])
            whole = [one for one in self._indexed if not kept.covers(one.documents)]
            self._indexed = [kept, *whole][:_INDEXES]
        return kept.known, kept.labels.among(kept.places(documents))

    def page_text(self, known: Known) -> str:
        """The text of the page that a figure stands on."""
        return self._store.page_text(known.document.id, known.figure.page)

    def page(self, known: Known) -> Page:
        """The page that a figure stands on."""
        page = self._store.page(known.document.id, known.figure.page)
        assert page is not None
        return page

    def pages(self, document: StoredDocument) -> Iterable[Page]:
        """The pages of a document, in order."""
        numbers = range(1, document.pages + 1)
        pages = (self._store.page(document.id, number) for number in numbers)
        return (page for page in pages if page is not None)

    def findings(self, document: StoredDocument) -> list[Finding]:
        """What contradicts in a document."""
        return self._entry(document).findings

    def members(self, document: StoredDocument) -> frozenset[str]:
        """The municipalities of a joint board, in plain letters; none of any other document."""
        return self._entry(document).members

    def _entry(self, document: StoredDocument) -> _Entry:
        entry = self._kept.get(document.id)
        if entry is None or entry.fingerprint != document.fingerprint:
            known = self._read(document)
            figures = [one.figure for one in known]
            entry = self._kept[document.id] = _Entry(
                document.fingerprint,
                known,
                self._store.findings(document.id),
                members_of(document.identity.municipality, figures),
            )
        return entry

    def _read(self, document: StoredDocument) -> list[Known]:
        tables = {table.id: table for table in self._store.tables(document.id)}
        identity = document.identity
        name = f"{identity.title} {identity.municipality} {identity.board}"
        called = self._text(f"{identity.municipality} {identity.board}")
        read = (figure for _, figure in self._store.figures([document.id]))
        figures = [with_unit(figure, tables.get(figure.table)) for figure in read]
        told = self._told(document.id, figures, tables.values())
        valued: dict[str, set[int]] = defaultdict(set)
        for figure in figures:
            if figure.sentence is None:
                valued[figure.table].add(figure.cell[1])
        found: list[Known] = []
        for figure in figures:
            table = tables.get(figure.table)
            above = self._text(" ".join((*table.section, table.caption)) if table else "")
            if figure.sentence is not None:
                zone = told[figure.id]
                labels = self._prose_labels(figure, zone, f"{zone.shared} {name}", called)
            else:
                assert table is not None
                heads = _heads(table, valued[table.id])
                labels = self._labels(figure, f"{heads} {name}", above, called)
            found.append(Known(document, figure, table, labels))
        return found

    def _told(
        self, document: str, figures: Iterable[Figure], tables: Collection[Table]
    ) -> dict[str, Zone]:
        """What is said of each figure in prose, by its id."""
        pages: dict[int, dict[Span, list[Figure]]] = defaultdict(lambda: defaultdict(list))
        for figure in figures:
            if figure.sentence is not None:
                pages[figure.sentence.page][figure.sentence].append(figure)
        found: dict[str, Zone] = {}
        for number, told in pages.items():
            page = self._store.page(document, number)
            assert page is not None
            around = _Surroundings(page)
            for sentence, inside in told.items():
                note = noted_row(page.text[sentence.start : sentence.end], number, tables)
                found.update(_zones_in(page.text, sentence, inside, around, note))
        return found

    def _prose_labels(self, figure: Figure, zone: Zone, around: str, called: TextTerms) -> Labels:
        return Labels(
            self._text(f"{zone.own} {' '.join(figure.column)} {figure.part}"),
            self._text(around),
            self._text(""),
            called,
            _naming(figure.row[-1] if figure.row else ""),
            bands_of(" ".join((*figure.row, figure.part))),
            (),
            self._text(zone.counts) if zone.counts else None,
            self._text(zone.beside),
            zone.bound,
            zone.former,
            zone.undated,
        )

    def _labels(self, figure: Figure, around: str, above: TextTerms, called: TextTerms) -> Labels:
        column = " ".join((_without_measure(figure), figure.part))
        return Labels(
            self._text(f"{' '.join(figure.row)} {column}"),
            self._text(around),
            above,
            called,
            _naming(figure.row[-1] if figure.row else ""),
            bands_of(" ".join((*figure.row, figure.part))),
            _naming(_without_measure(figure)),
        )

    def _text(self, text: str) -> TextTerms:
        if text not in self._terms:
            self._terms[text] = TextTerms(with_joined(text))
        return self._terms[text]


class _Indexed:
    """The figures of some documents, and an index of their labels."""

    def __init__(
        self, documents: Sequence[StoredDocument], figures: Sequence[Sequence[Known]]
    ) -> None:
        self.documents = documents
        self.known = [known for one in figures for known in one]
        self.labels = LabelIndex.of(map(_labelled, self.known))
        self._runs: dict[tuple[str, str], range] = {}
        start = 0
        for document, own in zip(documents, figures, strict=True):
            self._runs[document.id, document.fingerprint] = range(start, start + len(own))
            start += len(own)

    def covers(self, documents: Iterable[StoredDocument]) -> bool:
        """Whether all of some documents are here, as they are now and in their order."""
        runs = [self._runs.get((one.id, one.fingerprint)) for one in documents]
        starts = [run.start for run in runs if run is not None]
        return len(starts) == len(runs) and starts == sorted(starts)

    def places(self, documents: Iterable[StoredDocument]) -> Numbers:
        """The places of the figures of some documents, in their order."""
        runs = (self._runs[one.id, one.fingerprint] for one in documents)
        numbers = [np.arange(run.start, run.stop, dtype=np.int32) for run in runs]
        return np.concatenate([np.zeros(0, np.int32), *numbers])


def _labelled(known: Known) -> Labelled:
    labels, figure = known.labels, known.figure
    around = [labels.around, labels.above, labels.called, labels.beside]
    return Labelled(
        labels.own,
        [text for text in around if text is not None],
        (known.document.id, figure.table),
        figure.row[-1] if figure.row else "",
        labels.naming,
        column_name(known),
        figure.sentence is None,
    )


def column_name(known: Known) -> tuple[str, ...]:
    """The words of a figure's own column, in plain letters; none for a measure, a year, a unit."""
    head = _VARAV.sub("", known.figure.column[-1]) if known.figure.column else ""
    if known.figure.sentence is not None or measure_of(head):
        return ()
    return tuple(w for w in name_of(head) if w not in UNIT_WORDS and not any(map(str.isdigit, w)))


def with_joined(text: str) -> str:
    """A text with its words of two parts written as one too: "El-cyklar" is "elcyklar"."""
    if "-" not in text:
        return text
    joined = " ".join(part.replace("-", "") for part in _HYPHENED.findall(text))
    return f"{text} {joined}"


def _zones_in(
    text: str, sentence: Span, inside: Iterable[Figure], around: _Surroundings, note: str
) -> Iterable[tuple[str, Zone]]:
    """What a sentence of a page says of each of its figures, with the figures' ids; `note` is the
    row that it is a note to."""
    figures = sorted(inside, key=lambda figure: figure.span.start)
    places = [(one.span.start - sentence.start, one.span.end - sentence.start) for one in figures]
    said = text[sentence.start : sentence.end]
    lead, beside = around.of(sentence)
    later = [*figures[1:], None]
    for figure, (_, end), zone, to in zip(figures, places, zones(said, places), later, strict=True):
        about = " ".join(figure.row)
        counted = about and " ".join(said[end:].split()).startswith(about)
        shared = zone.leading if counted else zone.shared
        told = replace(
            zone,
            shared=f"{lead} {note} {shared}",
            counts=about if counted else "",
            beside=beside,
            undated=zone.former and to is not None and figure.period == to.period,
        )
        yield figure.id, told


class _Surroundings:
    """What stands around the sentences of a page; its paragraphs are cut into sentences once."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._cut: dict[Span, list[tuple[int, int]]] = {}

    def of(self, sentence: Span) -> tuple[str, str]:
        """What stands above a sentence and may be meant by it, and the sentences beside it.

        Above: its heading, and the sentence before where it refers back.
        """
        block = next((b for b in self._page.blocks if _inside(sentence, b.span)), None)
        if block is None:
            return "", ""
        text = self._page.text
        if block.span not in self._cut:
            self._cut[block.span] = list(sentences(text, block.span.start, block.span.end))
        heading = " ".join(block.section[-1:])
        lead = heading
        if _REFERS.match(text[sentence.start : sentence.end]):
            before = text[block.span.start : sentence.start].rstrip()
            cut = max(before[:-1].rfind(". "), before[:-1].rfind("\n"))
            lead = f"{heading} {before[cut + 1 :]}"
        places = self._cut[block.span]
        at = next((n for n, (start, _) in enumerate(places) if start == sentence.start), -1)
        near = [places[n] for n in (at - 1, at + 1) if at >= 0 and 0 <= n < len(places)]
        return lead, " ".join(text[start:end] for start, end in near)


def _inside(sentence: Span, block: Span) -> bool:
    return block.start <= sentence.start < block.end


def _heads(table: Table, valued: Container[int]) -> str:
    """What stands above a table and its labels: what its columns of values are called holds for
    each of them alone."""
    upper = [cell for cell in table.cells if cell.row < table.header_rows]
    heads = [cell.text for cell in upper if cell.column not in valued]
    net = [cell.text for cell in table.cells if cell.column == 0 and _NET_TOTAL.match(cell.text)]
    return " ".join((*table.section, table.caption, *heads, *net[-1:]))


def says_group(figure: Figure) -> bool:
    """Whether a column or part says whose number it is: "Män 2024", not "Utfall 2024"."""
    return bool(_naming(_without_measure(figure)))


def _without_measure(figure: Figure) -> str:
    """The column's words that no measure takes: "Antal kvinnor" → "kvinnor"."""
    said = " ".join((*figure.column, figure.part)).split()
    named = measure_of(" ".join(figure.column))
    return " ".join(
        word
        for word in said
        if not measure_of(word) and not (named and plain(word.casefold()) in _WITH_MEASURE)
    )


def _naming(label: str) -> tuple[str, ...]:
    if "-" in label:
        label = _HYPHENED.sub(lambda whole: whole[0].replace("-", ""), label)
    found = dict.fromkeys(words(label))
    return tuple(
        word
        for word in found
        if word not in STOP_WORDS
        and plain(word) not in _GENERAL
        and not any(char.isdigit() for char in word)
        and len(word) > 1
    )

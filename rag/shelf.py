"""The figures of documents as they are looked up: with their tables, and the words of their labels.

Read once from the store and kept until a document changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.figures.labels import measure_of
from ingest.types import Figure, Finding, Table
from rag.question.understanding import bands_of
from rag.relevance import TextTerms
from rag.store import Store, StoredDocument
from rag.terms import STOP_WORDS, plain, words

_PARAGRAPH = 2000  # characters of a paragraph around a figure in prose
_HYPHENED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_GENERAL = frozenset(
    """
    totalt total totala summa samtliga hela alla antal andel arets verksamhetens namndens belopp
    tkr mkr mnkr kr procent och av for i per med inkl exkl till fran utfall budget prognos plan
    helar delar delarsbokslut bokslut mal malvarde nulage preliminart avvikelse avv diff
    differens januari februari mars april juni juli augusti september oktober november december
    varav tom jan feb mar apr maj jun jul aug sep okt nov dec
    """.split()
)


_WITH_MEASURE = frozenset("resultat preliminart helar delar ack ackumulerat utfall".split())


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of a figure's labels. `own` are those of its row, part and column; `around` those
    of its table's caption and sections, and of its document."""

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


@dataclass(frozen=True, slots=True)
class Known:
    """A figure with its document, table and labels. `table` is None for a number in prose."""

    document: StoredDocument
    figure: Figure
    table: Table | None
    labels: Labels


class Shelf:
    """The figures of a store's documents."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, tuple[str, list[Known], list[Finding]]] = {}
        self._terms: dict[str, TextTerms] = {}

    def of(self, documents: Iterable[StoredDocument]) -> list[Known]:
        """The figures of some documents, in reading order."""
        return [known for document in documents for known in self._entry(document)[1]]

    def page_text(self, known: Known) -> str:
        """The text of the page that a figure stands on."""
        return self._store.page_text(known.document.id, known.figure.page)

    def findings(self, document: StoredDocument) -> list[Finding]:
        """What contradicts in a document."""
        return self._entry(document)[2]

    def _entry(self, document: StoredDocument) -> tuple[str, list[Known], list[Finding]]:
        entry = self._kept.get(document.id)
        if entry is None or entry[0] != document.fingerprint:
            entry = document.fingerprint, self._read(document), self._store.findings(document.id)
            self._kept[document.id] = entry
        return entry

    def _read(self, document: StoredDocument) -> list[Known]:
        tables = {table.id: table for table in self._store.tables(document.id)}
        identity = document.identity
        name = f"{identity.title} {identity.municipality} {identity.board}"
        called = self._text(f"{identity.municipality} {identity.board}")
        found: list[Known] = []
        for _, figure in self._store.figures([document.id]):
            table = tables.get(figure.table)
            heads = _heads(table) if table else ""
            above = self._text(" ".join((*table.section, table.caption)) if table else "")
            said = ""
            if figure.sentence is not None:
                said, heads = self._prose(document.id, figure, heads)
            labels = self._labels(figure, said, f"{heads} {name}", above, called)
            found.append(Known(document, figure, table, labels))
        return found

    def _prose(self, document: str, figure: Figure, heads: str) -> tuple[str, str]:
        """The sentence of a figure in prose with the one before it; and its paragraph, headings."""
        page = self._store.page(document, figure.page)
        assert page is not None
        assert figure.sentence is not None
        start, end = figure.sentence.start, figure.sentence.end
        said = page.text[start:end]
        for block in page.blocks:
            if block.span.start <= start < block.span.end:
                before = page.text[block.span.start : start].rstrip()
                lead = before[max(before[:-1].rfind(". "), before[:-1].rfind("\n")) + 1 :]
                text = page.text[block.span.start : block.span.end]
                heads = f"{heads} {' '.join(block.section)} {text[:_PARAGRAPH]}"
                return f"{lead} {said}", heads
        return said, heads

    def _labels(
        self, figure: Figure, said: str, around: str, above: TextTerms, called: TextTerms
    ) -> Labels:
        column = " ".join((_without_measure(figure), figure.part))
        row = said or " ".join(figure.row)
        return Labels(
            self._text(f"{row} {column}"),
            self._text(around),
            above,
            called,
            _naming(figure.row[-1] if figure.row else ""),
            bands_of(" ".join((*figure.row, figure.part))),
            () if figure.sentence else _naming(_without_measure(figure)),
        )

    def _text(self, text: str) -> TextTerms:
        if text not in self._terms:
            # "El-cyklar" is asked for as "elcyklar", too
            joined = " ".join(part.replace("-", "") for part in _HYPHENED.findall(text))
            self._terms[text] = TextTerms(f"{text} {joined}")
        return self._terms[text]


def _heads(table: Table) -> str:
    """What stands above a table's numbers: its sections, its caption and its heads."""
    heads = [cell.text for cell in table.cells if cell.row < table.header_rows]
    return " ".join((*table.section, table.caption, *heads))


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
    found = dict.fromkeys(words(label))
    return tuple(
        word
        for word in found
        if word not in STOP_WORDS
        and plain(word) not in _GENERAL
        and not any(char.isdigit() for char in word)
        and len(word) > 1
    )

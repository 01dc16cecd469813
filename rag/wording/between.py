"""Two documents → what appeared, disappeared and changed from the older to the newer one.

Headings, paragraphs, list items, footnotes and rows of tables that say something in words (goals,
risks, measures) are paired: those with the same words first, then the most alike. Tables of money
are left to `figures` and `audit`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance.Indel import normalized_similarity

from ingest.chunks import row_span
from ingest.types import BlockKind, Page, Span, Table
from ingest.units import is_money
from rag.index import IndexReader
from rag.quotes import boxes_of, quote_of, squeezed
from rag.store import Store, StoredDocument
from rag.terms import STOP_WORDS
from rag.wording.diff import difference
from rag.wording.likeness import Likeness
from rag.wording.passages import read_text
from rag.wording.timeline import source_of, when
from rag.wording.tokens import but_digits
from rag.wording.types import EQUAL, Aligned, Comparison, Difference, Part, Passage

HEADING, TEXT, ROW = "heading", "text", "row"
_TEXTS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.FOOTNOTE)
_SAME_FROM = 0.6  # words in the same order: twice those shared, over all words of both
_SHORT_FROM = 0.75  # the same, for texts of few words
_LIKE_FROM = 0.45  # `Likeness.score`, stricter than in a search: every paragraph seeks its like
_SHORT = 5  # words
_CELLS = " | "
_SAME_SECTION = 0.05  # what standing under the same heading adds
_SAYS = 4  # words in a cell that says something
_NUMBERING = re.compile(r"\A(?:\d+(?:\.\d+)*\.?|[IVX]+\.|[a-h]\))\s+")
_UNFINISHED = re.compile(r"[^.!?:;…\"”)\]⁰¹²³⁴⁵⁶⁷⁸⁹]\s*\Z")


@dataclass(frozen=True, slots=True)
class _Unit:
    what: str
    passage: Passage
    keys: tuple[str, ...]
    note: bool = False

    @property
    def content(self) -> frozenset[str]:
        return frozenset(key for key in self.keys if key not in STOP_WORDS)

    @property
    def heading(self) -> str:
        return _named(self.passage.section[-1]) if self.passage.section else ""


def compare(index: IndexReader, one: StoredDocument, other: StoredDocument) -> Comparison:
    """What became of the older of two documents in the newer; as given where they are as old."""
    older, newer = source_of(one), source_of(other)
    if when(newer)[:2] < when(older)[:2]:
        older, newer, one, other = newer, older, other, one
    with index.store.snapshot():
        old, new = _units(index.store, one), _units(index.store, other)
    pairs = _pairs(old, new)
    return Comparison(older, newer, tuple(_in_order(old, new, pairs)))


# ---- what is compared


def _units(store: Store, document: StoredDocument) -> list[_Unit]:
    tables = {table.id: table for table in store.tables(document.id)}
    pages = [store.page(document.id, number) for number in range(1, document.pages + 1)]
    units: list[_Unit] = []
    notes: list[_Unit] = []  # a paragraph goes on behind the notes at the foot of its page
    for page in pages:
        for unit in _of_page(page, tables) if page is not None else ():
            if unit.what == HEADING:
                units += notes
                notes = []
            if unit.note:
                notes.append(unit)
            elif units and _goes_on(units[-1], unit):
                units.append(_joined(units.pop(), unit))
            else:
                units.append(unit)
    return [unit for unit in (*units, *notes) if unit.keys]


def _of_page(page: Page, tables: dict[str, Table]) -> Iterator[_Unit]:
    for block in page.blocks:
        if block.kind is BlockKind.HEADING:
            yield _unit(HEADING, page, block.span, block.section, _named(block.text))
        elif block.kind in _TEXTS:
            unit = _unit(TEXT, page, block.span, block.section, block.text)
            yield replace(unit, note=block.kind is BlockKind.FOOTNOTE)
        elif block.kind is BlockKind.TABLE and block.table in tables:
            yield from _rows(page, tables[block.table])


def _rows(page: Page, table: Table) -> Iterator[_Unit]:
    if is_money(table.unit):
        return
    for index in range(table.header_rows, table.row_count):
        cells = table.row(index)
        span = row_span(table, index)
        said = any(_says(cell.text) for cell in cells)
        if span is not None and span.page == page.number and said:
            text = _CELLS.join(squeezed(cell.text) for cell in cells)
            yield _unit(ROW, page, span, table.section, text)


def _says(text: str) -> bool:
    return sum(not key.startswith("#") for key in read_text(text).keys) >= _SAYS


def _unit(what: str, page: Page, span: Span, section: tuple[str, ...], text: str) -> _Unit:
    part = Part(page.number, page.label, span, quote_of(page, span), boxes_of(page, span))
    shown = squeezed(text).removeprefix("•").strip()
    return _Unit(what, Passage(section, shown, (part,)), read_text(shown).keys)


def _named(heading: str) -> str:
    """A heading without its number: a chapter that comes before renumbers all the others."""
    return _NUMBERING.sub("", squeezed(heading))


def _goes_on(before: _Unit, unit: _Unit) -> bool:
    """Whether a paragraph is the rest of one on the page before."""
    apart = before.what != TEXT or unit.what != TEXT
    if apart or before.passage.parts[-1].page == unit.passage.page:
        return False
    return bool(_UNFINISHED.search(before.passage.text)) and unit.passage.text[:1].islower()


def _joined(before: _Unit, unit: _Unit) -> _Unit:
    text = f"{before.passage.text} {unit.passage.text}"
    parts = (*before.passage.parts, *unit.passage.parts)
    return _Unit(TEXT, Passage(before.passage.section, text, parts), read_text(text).keys)


# ---- what belongs together


def _pairs(old: Sequence[_Unit], new: Sequence[_Unit]) -> dict[int, tuple[int, float]]:
    """For a unit of `new` that has one: its counterpart in `old`, and how alike they are."""
    pairs = dict(_same(old, new))
    taken = {index for index, _ in pairs.values()}
    left = [index for index in range(len(old)) if index not in taken]
    scored = sorted(
        (
            (-score, abs(index / len(old) - position / len(new)), position, index)
            for position, unit in enumerate(new)
            if position not in pairs
            for index, score in _alike(unit, [(i, old[i]) for i in left])
        ),
    )
    for score, _, position, index in scored:
        if position not in pairs and index not in taken:
            pairs[position] = index, -score
            taken.add(index)
    return pairs


def _same(old: Sequence[_Unit], new: Sequence[_Unit]) -> Iterator[tuple[int, tuple[int, float]]]:
    """Units with the same words, in order; those under the same heading first."""
    places: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for index, unit in enumerate(old):
        places[unit.what, unit.keys].append(index)
    for position, unit in enumerate(new):
        same = places[unit.what, unit.keys]
        if same:
            at = next((i for i in same if old[i].heading == unit.heading), same[0])
            same.remove(at)
            yield position, (at, 1.0)


def _alike(unit: _Unit, others: Sequence[tuple[int, _Unit]]) -> Iterator[tuple[int, float]]:
    """The units that may be another wording of this one, each with how alike it is."""
    likeness = Likeness(unit.keys)
    for index, other in others:
        if other.what != unit.what:
            continue
        short = min(len(unit.keys), len(other.keys)) < _SHORT
        score = normalized_similarity(unit.keys, other.keys)
        if but_digits(unit.keys) == but_digits(other.keys):
            score = 0.95  # "Budget 2024" has become "Budget 2025", however short it is
        enough = score >= (_SHORT_FROM if short else _SAME_FROM)
        if not enough and not short and len(unit.content & other.content) > 1:
            like = likeness.score([likeness.share(other.keys)])
            score, enough = like, like >= _LIKE_FROM
        if enough:
            same_place = bool(unit.heading) and unit.heading == other.heading
            yield index, min(score, 0.99) + _SAME_SECTION * same_place


# ---- in the order of the newer one


def _in_order(
    old: Sequence[_Unit], new: Sequence[_Unit], pairs: dict[int, tuple[int, float]]
) -> Iterator[Aligned]:
    """All units; what disappeared stands after what it stood after in the older document."""
    kept = {index for index, _ in pairs.values()}
    gone_after: dict[int, list[_Unit]] = defaultdict(list)
    anchor = -1
    for index, unit in enumerate(old):
        if index in kept:
            anchor = index
        else:
            gone_after[anchor].append(unit)
    yield from map(_disappeared, gone_after[-1])
    for position, unit in enumerate(new):
        if position not in pairs:
            yield Aligned(
                "appeared", unit.what, None, unit.passage, 0.0, difference("", unit.passage.text)
            )
            continue
        index, score = pairs[position]
        yield _kept(old[index], unit, score)
        yield from map(_disappeared, gone_after[index])


def _disappeared(unit: _Unit) -> Aligned:
    change = difference(unit.passage.text, "")
    return Aligned("disappeared", unit.what, unit.passage, None, 0.0, change)


def _kept(old: _Unit, new: _Unit, score: float) -> Aligned:
    if old.keys == new.keys:
        same = Difference(((EQUAL, new.passage.text),))
        return Aligned("unchanged", new.what, old.passage, new.passage, 1.0, same)
    change = _row_difference(old, new) or difference(old.passage.text, new.passage.text)
    similarity = round(min(score, 0.99), 4)
    return Aligned("changed", new.what, old.passage, new.passage, similarity, change)


def _row_difference(old: _Unit, new: _Unit) -> Difference | None:
    """How a row changed, cell by cell; None where the two have not as many cells."""
    was, now = (unit.passage.text.split(_CELLS) for unit in (old, new))
    if new.what != ROW or len(was) != len(now):
        return None
    changes = list(map(difference, was, now))
    pieces = [
        piece
        for index, change in enumerate(changes)
        for piece in (((EQUAL, _CELLS),) if index else ()) + change.pieces
    ]
    return Difference(tuple(pieces), tuple(n for change in changes for n in change.numbers))

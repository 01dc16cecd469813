"""Documents → how far each whole board is from its budget, and those that can be compared."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.checks.arithmetic import half_unit, in_unit, is_money
from ingest.figures.sentences import sentences
from ingest.types import Block, BlockKind, Span
from rag.alike import FOUND, alike
from rag.answer import Citation
from rag.between.asked import Asked
from rag.overviews.deviations import DeviationLine, DeviationTable, document_deviations
from rag.overviews.library import Citer, Library
from rag.overviews.numbers import Number, share
from rag.shelf import Known
from rag.store import StoredDocument
from rag.terms import words

_NET = re.compile(r"netto(?:kostnad|resultat)?\w*", re.I)
_LONGEST = 700  # characters of what a document says
_MOST_LINES = 2  # of a table, whose reasons stand for the board's


@dataclass(frozen=True, slots=True)
class Whole:
    """A board's deviation from its budget, as one document has it. `name` is what it is told by.

    `effect` is in the table's unit, a minus is worse; `percent` is it in per cent of the budget.
    """

    document: StoredDocument
    name: str
    table: DeviationTable
    line: DeviationLine
    effect: Number
    percent: Number

    @property
    def key(self) -> tuple[str, str]:
        """What has to be the same for two to be compared: measure and time."""
        return self.table.measure, self.table.period

    @property
    def sources(self) -> tuple[Citation, ...]:
        """The cells that its numbers were read from."""
        return self.percent.sources


@dataclass(frozen=True, slots=True)
class Said:
    """What a document says of a deviation: of the whole board, or of `line`, one that it is made
    of. `why` where the document gives it as the reason."""

    citation: Citation
    line: DeviationLine | None = None
    why: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """What can be set against each other, as the documents have it. `left_out` are the names of
    those that have no such number; `twice` of those that have several."""

    wholes: tuple[Whole, ...]
    left_out: tuple[str, ...]
    twice: tuple[str, ...]


def compared(
    library: Library, documents: Sequence[StoredDocument], asked: Asked, years: Sequence[int]
) -> Compared:
    """The deviations that a question sets against each other; the store has a snapshot open."""
    citer = Citer(library)
    boards = board_names(documents)
    found = [w for one in documents for w in _of(library, one, boards[one.id], citer)]
    kept = [whole for whole in found if _is_asked(whole, asked, years)]
    every = tuple(dict.fromkeys(boards.values()))
    groups: dict[tuple[str, ...], list[Whole]] = defaultdict(list)
    for whole in kept:
        groups[_group(whole, asked)].append(whole)
    if not groups:
        return Compared((), every, ())
    chosen = max(groups.values(), key=lambda group: _rank(group, asked))
    by_item: dict[str, list[Whole]] = defaultdict(list)
    for whole in chosen:
        by_item[_item(whole, asked)].append(whole)
    twice = [item for item, several in by_item.items() if _differ(several)]
    named = {whole.name for whole in chosen}
    left = tuple(board for board in every if board not in named)
    wholes = tuple(_named(several[0], asked) for several in by_item.values())
    return Compared(wholes, left, tuple(twice))


def board_names(documents: Iterable[StoredDocument]) -> dict[str, str]:
    """What each document's board is called, by document: with its municipality where there are
    several; a document whose board is not known stands for itself."""
    own = list(documents)
    several = len({one.identity.municipality for one in own}) > 1
    names: dict[str, str] = {}
    for one in own:
        identity = one.identity
        place = f" i {identity.municipality}" if several and identity.municipality else ""
        names[one.id] = f"{identity.board}{place}" if identity.board else identity.title
    return names


def _of(library: Library, document: StoredDocument, board: str, citer: Citer) -> Iterator[Whole]:
    """The deviations of the whole board that a document tells, each measure and time once."""
    tables = document_deviations(library, document, citer, causes=False).tables
    running = [table for table in tables if table.kind == "drift"]
    largest: dict[tuple[str, str], Decimal] = {}
    for table in running:
        key = table.measure, table.period
        sizes = [abs(_in_kronor(line.budget)) for line in table.totals]
        largest[key] = max([largest.get(key, Decimal(0)), *sizes])
    told: set[tuple[str, str]] = set()
    for table in running:
        line, key = _total(table), (table.measure, table.period)
        if line is None or line.effect is None or key in told:
            continue
        percent = share(line.effect, line.budget)
        # a table of a part of the board has smaller sums
        if percent is not None and 2 * abs(_in_kronor(line.budget)) >= largest[key]:
            told.add(key)
            yield Whole(document, board, table, line, line.effect, percent)


def _in_kronor(one: Number) -> Decimal:
    return in_unit(one.value, one.unit, "kr")


def _total(table: DeviationTable) -> DeviationLine | None:
    """The line of the whole board: the net, or the only total that there is."""
    net = [line for line in table.totals if _NET.search(line.label)]
    several = net or list(table.totals)
    return several[0] if len(several) == 1 else None


def _is_asked(whole: Whole, asked: Asked, years: Sequence[int]) -> bool:
    measure, period = whole.key
    if asked.measure and measure != asked.measure:
        return False
    if years and int(period[:4] or 0) not in years:
        return False
    return asked.so_far == _is_part(whole)


def _is_part(whole: Whole) -> bool:
    """Whether a number is of a part of a year."""
    return "/" in whole.table.period or whole.table.period_said.startswith("del av")


def _group(whole: Whole, asked: Asked) -> tuple[str, ...]:
    """What those that are compared have in common: boards the time too."""
    measure, period = whole.key
    return (measure, period) if asked.kind == "board" else (measure,)


def _item(whole: Whole, asked: Asked) -> str:
    if asked.kind == "board":
        return whole.name
    return whole.document.id if asked.kind == "document" else whole.table.period[:4]


def _rank(group: Sequence[Whole], asked: Asked) -> tuple[bool, int, str, bool]:
    """The group to compare: the one with most members, then the newest, then what came of it; of
    years what came of them first."""
    many, newest = len({_item(w, asked) for w in group}), max(w.table.period for w in group)
    outcome = group[0].table.measure == "utfall"
    past = asked.kind == "year" and outcome and many > 1
    return past, many, newest, outcome


def _differ(several: Sequence[Whole]) -> bool:
    amounts = {_in_kronor(whole.effect) for whole in several}
    boards = {whole.name for whole in several}
    return len(amounts) > 1 or len(boards) > 1


def _named(whole: Whole, asked: Asked) -> Whole:
    """With the name that it is told by: a board, a report of one, or a board's year."""
    title, name = whole.document.identity.title, whole.name
    if asked.kind == "document":
        name = title if name in title else f"{title}, {name}"
    elif asked.kind == "year":
        name = f"{name} {whole.table.period[:4]}"
    return replace(whole, name=name)


# ---- what the documents say of it


def said_of(library: Library, whole: Whole, citer: Citer) -> tuple[Said, ...]:
    """What a document says of its board's deviation: of the whole, else of the lines that it is
    mostly made of; nothing where it says nothing that plainly belongs."""
    if (span := _told_whole(library, whole)) is not None:
        return (Said(citer.text(whole.document, span)),)
    found: list[Said] = []
    tables = document_deviations(library, whole.document, citer).tables
    same = [one for one in tables if (one.measure, one.period) == whole.key and one.kind == "drift"]
    for line in (line for table in same for line in table.lines):
        same_way = line.effect is not None and line.effect.value * whole.effect.value > 0
        if same_way and line.cause is not None and len(found) < _MOST_LINES:
            found.append(Said(line.cause, line, why=True))
    return tuple(found)


def _told_whole(library: Library, whole: Whole) -> Span | None:
    """The sentence that tells the deviation of the whole board, with the rest of its paragraph."""
    shelf, rows = library.shelf, [words(line.label) for line in whole.table.lines]
    for known in shelf.of([whole.document]):
        figure = known.figure
        if figure.sentence is None or not _is_same(known, whole) or _names_row(known, rows):
            continue
        block = _paragraph(library, known)
        if block is not None:
            return _from(library, known, block)
    return None


def _is_same(known: Known, whole: Whole) -> bool:
    """Whether a sentence's figure is the deviation: its size, way, kind and time."""
    figure, effect = known.figure, whole.effect
    if figure.value is None or figure.measure != "avvikelse" or not is_money(figure.unit):
        return False
    year, part = int(whole.table.period[:4] or 0), "/" in whole.table.period
    of_part = figure.period.interim or figure.period.last not in (0, 12)
    if figure.period.year not in (0, year) or of_part != part:
        return False
    value = abs(in_unit(effect.value, effect.unit, figure.unit))
    return abs(value - abs(figure.value)) <= half_unit(figure)


def _names_row(known: Known, rows: Sequence[Sequence[str]]) -> bool:
    named = known.labels.naming
    return any(
        all(any(alike(word, one) >= FOUND for one in named) for word in row) for row in rows if row
    )


def _paragraph(library: Library, known: Known) -> Block | None:
    sentence = known.figure.sentence
    assert sentence is not None
    for block in library.shelf.page(known).blocks:
        inside = block.span.start <= sentence.start < block.span.end
        if inside and block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            return block
    return None


def _from(library: Library, known: Known, block: Block) -> Span:
    """From a figure's sentence to its paragraph's end, as many whole sentences as there is room
    for."""
    sentence, page = known.figure.sentence, library.shelf.page(known)
    assert sentence is not None
    ends = [
        end
        for _, end in sentences(page.text, sentence.start, block.span.end)
        if end - sentence.start <= _LONGEST
    ]
    return Span(page.number, sentence.start, ends[-1] if ends else sentence.end)

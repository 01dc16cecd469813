"""What sentences say of whole tables: a row's deviation, the total of all rows, how many they are.

A sentence is held against a table only where all of its words are known: what is left, when those
of the claim are taken away, is the name of the row or of what the table counts. So "hemtjänstens
underskott på natten" is not taken for the deviation of the row "Hemtjänst".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ingest.checks.arithmetic import Outcome, half_unit, in_unit, is_money, same_kind, value_of
from ingest.checks.marks import Marks, place_of, told
from ingest.checks.spoken import COUNT, Sentence, count_of
from ingest.checks.words import content, stem
from ingest.figures.grid import is_total
from ingest.figures.labels import months_of
from ingest.types import Figure, Place, Table

_CLAIM = frozenset(
    stem(word)
    for word in (
        "redovisar visar har får fick lämnar gör räknar räknas väntas väntades beräknas beräknades"
        " bedöms bli blir blev är var uppgår uppgick prognostiserar prognostiseras prognosen"
        " underskott underskottet överskott överskottet avvikelse avvikelsen negativ positiv"
        " största näst minsta stort totalt helåret året årets hela överskrider överskred"
        " underskrider underskred budgeten budget budgeterat högre lägre mer mindre dyrare"
        " billigare än över under mot jämfört sin sitt gick går gå landar hamnar"
        " därmed alltså dock även också nu preliminärt sammantaget slutade slutar"
    ).split()
)
_ENDS = re.compile(
    r"[.,;:()]|\b(?:och|vilket|som|främst|framför allt|till stor del|huvudsakligen|i huvudsak"
    r"|på grund|till följd|beroende|efter|sedan|eftersom|därför|men|medan|där|då|trots)\b",
    re.I,
)
_ON = re.compile(r"\b(?:om|på|med)\s*\Z", re.I)  # "ett underskott om 3 mnkr" says no condition
_OTHER_SENSE = re.compile(
    r"\b(?:inte|skulle|risk\w*|om|exkl\w*|utan|rensa\w*|justera\w*|varav|övriga|ytterligare|del(?:en)?"
    r"|per|minst|högst|upp till|cirka|ca|drygt|knappt|tidigare|förra|föregående|bidra\w*)\b",
    re.I,
)
# headings of what the whole board does: "Ekonomi", "5.2 Resultat per verksamhet"
_GENERAL = re.compile(
    r"(?:ekonomi|resultat|utfall|prognos|verksamhet|sammanfatt|samman|drift|netto|kostnad|intäkt|avvik"
    r"|orsak|förklar|kommentar|analys|uppfölj|budget|redovis|delår|årsred|bokslut|helår|period|året"
    r"|tertial|månad|rapport|nämnd|förvaltning|kommun|styrelse|utskott|kontor|läge|balans|översikt"
    r"|inledning|allmän|större|viktig|vård- och|barn- och|korthet|slag)",
    re.I,
)
_WHOLE_YEAR = re.compile(r"\b(?:helår\w*|vänta\w*|beräkna\w*|prognos\w*|räknar|året|årets)\b", re.I)
_INTERIM = re.compile(
    r"\b(?:perioden\w*|delår\w*|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober"
    r"|november|tertial\w*|kvartal\w*|halvår\w*|hittills|månader)\b",
    re.I,
)
_NEAR = Decimal("0.25")  # of the table's number: what misses by more is about something else
_TOGETHER = re.compile(
    rf"\b(?:de|dessa|alla|samtliga)\s+(?P<count>{COUNT})\s+(?P<what>[^\W\d_]+)\s+(?:[^\W\d]+\s+){{1,3}}?"
    rf"(?:tillsammans|sammanlagt|totalt|i\s+allt)\b",
    re.I,
)
_HOLDS = re.compile(
    rf"\b(?:[^\W\d]*planen|[^\W\d]*analysen|tabellen|bilagan|listan|förteckningen|sammanställningen"
    rf"|registret)\s+(?:tar\s+upp|innehåller|omfattar|redovisar|visar|rymmer|består\s+av|listar"
    rf"|beskriver)\s+(?:totalt\s+|sammanlagt\s+)?(?P<count>{COUNT})\s+(?P<what>[^\W\d_]{{4,}})\s*(?:[.;]|,\s+varav\b)",
    re.I,
)

_Rows = Mapping[frozenset[str], list[Figure]]


def check_deviations(
    prose: Sequence[Figure],
    tabled: Sequence[Figure],
    sentences: Iterable[Sentence],
    marks: Marks,
) -> None:
    """ "Grundskolan räknar med ett underskott på 13,5 mnkr", against the deviation of the row."""
    rows: dict[frozenset[str], list[Figure]] = defaultdict(list)
    for figure in tabled:
        deviates = figure.measure == "avvikelse" and is_money(figure.unit)
        if deviates and figure.value is not None and figure.row and not figure.part:
            rows[content(figure.row[-1])].append(figure)
    rows.pop(frozenset(), None)
    by_span = {sentence.span: sentence for sentence in sentences}
    for stated in prose:
        sentence = by_span.get(stated.sentence) if stated.sentence else None
        if sentence is None or stated.id in marks.failed or not _claims(stated):
            continue
        start = stated.span.start - sentence.span.start
        end = stated.span.end - sentence.span.start
        after = _ENDS.split(sentence.text[end:], maxsplit=1)[0]
        before = _ON.sub("", sentence.text[:start])
        if _OTHER_SENSE.search(before) or _OTHER_SENSE.search(after):
            continue
        about = content(before) - _CLAIM
        known = about in rows and not content(after) - _CLAIM
        if known and not _elsewhere(about, sentence, rows):
            _compare(stated, rows[about], sentence, marks)


def _claims(stated: Figure) -> bool:
    """Whether a number of a sentence is plainly a deviation from the budget."""
    directed = stated.direction in ("deficit", "surplus", "up", "down")
    money = is_money(stated.unit) and bool(stated.value)
    return money and directed and stated.measure == "avvikelse" and not stated.approximate


def _elsewhere(about: frozenset[str], sentence: Sentence, rows: _Rows) -> bool:
    """Whether headings or the paragraph may be about something else, whose costs these are."""
    words = " ".join(sentence.section).split()
    if any(not _GENERAL.search(word) and not content(word) <= about for word in words):
        return True
    own = {figure.table for figure in rows[about]}
    said = content(sentence.lead)
    return any(
        name <= said and name != about and not own & {figure.table for figure in figures}
        for name, figures in rows.items()
    )


def _compare(stated: Figure, row: Sequence[Figure], sentence: Sentence, marks: Marks) -> None:
    """A sentence's deviation against those of the row: one of the same year should be it."""
    year = [f for f in row if f.period.year == stated.period.year and f.value]
    for figure in year:
        if _against(stated, figure).holds:
            marks.hold([stated, figure])
            return
    sure = _of_period(year, sentence.text)
    if len({figure.value for figure in sure}) != 1:
        return
    figure = sure[0]
    outcome = _against(stated, figure)
    if abs(outcome.difference) > _NEAR * abs(outcome.expected):
        return
    head = " ".join(figure.column)
    message = (
        f"Texten anger {told(value_of(stated), stated.unit)} för {figure.row[-1]} "
        f"{stated.period.year}, men tabellen har {told(value_of(figure), figure.unit)}"
        f"{f' i kolumnen {head}' if head else ''}."
    )
    marks.failed.add(stated.id)
    marks.find("text_table", outcome, [stated, figure], message)


def _of_period(figures: Sequence[Figure], text: str) -> list[Figure]:
    """Those figures that a sentence can be about by what it says of the time."""
    interim = [figure for figure in figures if figure.period.interim or figure.period.last]
    ahead = _WHOLE_YEAR.search(text) is not None
    if not _INTERIM.search(text):
        return [f for f in figures if not any(f is other for other in interim) or not ahead]
    _, last = months_of(text, "utfall")
    # a forecast that was made in May is another one
    return [] if ahead else [f for f in interim if not last or f.period.last == last]


def _against(stated: Figure, figure: Figure) -> Outcome:
    """Amounts without signs, which words tell. Prose cuts off as often as it rounds."""
    there = abs(in_unit(value_of(figure), figure.unit, stated.unit))
    slack = 2 * half_unit(stated) - Decimal("1e-9")
    return Outcome(abs(value_of(stated)), there, slack)


def check_totals(
    prose: Sequence[Figure],
    tabled: Sequence[Figure],
    tables: Sequence[Table],
    sentences: Iterable[Sentence],
    marks: Marks,
) -> None:
    """ "De fyra lokalerna kostar tillsammans 2,9 mnkr", against the total of a table of four."""
    by_span = {sentence.span: sentence for sentence in sentences}
    for stated in prose:
        sentence = by_span.get(stated.sentence) if stated.sentence else None
        match = _TOGETHER.search(sentence.text) if sentence else None
        if sentence is None or match is None or stated.approximate or not is_money(stated.unit):
            continue
        start = stated.span.start - sentence.span.start
        if start < match.end() or re.search(r"[\d,;]", sentence.text[match.end() : start]):
            continue
        found = [
            table
            for table in tables
            if _counts(table, count_of(match["count"])) and _names(table, match["what"])
        ]
        if len(found) == 1:
            _compare_total(stated, found[0], tabled, marks)


def _labels(table: Table) -> list[tuple[int, str]]:
    """The rows of a table that hold something, with their labels, totals left out."""
    grid = table.grid()
    return [
        (index, row[0])
        for index, row in enumerate(grid)
        if index >= table.header_rows and row[0].strip() and any(cell.strip() for cell in row[1:])
        if not is_total(row[0])
    ]


def _counts(table: Table, count: int) -> bool:
    """Whether a table has so many rows, and one total of them."""
    rows = table.row_count - table.header_rows
    return len(_labels(table)) == count and rows == count + 1


def _names(table: Table, what: str) -> bool:
    """Whether a table says that its rows are this: "lokalerna", of "Årshyra för lokalerna"."""
    heads = table.grid()[: table.header_rows]
    said = content(" ".join([table.caption, *(row[0] for row in heads if row)]))
    return bool(content(what)) and content(what) <= said


def _compare_total(stated: Figure, table: Table, tabled: Sequence[Figure], marks: Marks) -> None:
    totals = [
        figure
        for figure in tabled
        if figure.table == table.id
        and (table.id, figure.cell[0]) in marks.totals
        and figure.value is not None
        and same_kind(figure.unit, stated.unit)
    ]
    for figure in totals:
        if _against(stated, figure).holds:
            marks.hold([stated, figure])
            return
    sure = [figure for figure in totals if figure.period.year == stated.period.year]
    if len(sure) != 1 or not stated.period.year:
        return
    figure = sure[0]
    outcome = _against(stated, figure)
    if abs(outcome.difference) > _NEAR * abs(outcome.expected):
        return
    head = " ".join(figure.column)
    message = (
        f"Texten anger {told(value_of(stated), stated.unit)} tillsammans, men tabellens summa är "
        f"{told(value_of(figure), figure.unit)}{f' i kolumnen {head}' if head else ''}."
    )
    marks.failed.add(stated.id)
    marks.find("text_table", outcome, [stated, figure], message)


def check_rows(
    tables: Sequence[Table], tabled: Sequence[Figure], sentences: Iterable[Sentence], marks: Marks
) -> None:
    """ "Planen tar upp åtta risker", against the rows of the one table of risks."""
    for sentence in sentences:
        for match in _HOLDS.finditer(sentence.text):
            what = content(match["what"])
            found = [table for table in tables if what and _heads(table) == what]
            counts = [len(_labels(table)) for table in found]
            stated = count_of(match["count"])
            if not counts or stated in (*counts, sum(counts)) or len(found) > 1:
                continue
            message = (
                f"Texten anger {match['count']} {match['what']}, men tabellen på sidan "
                f"{found[0].page} har {counts[0]}."
            )
            outcome = Outcome(Decimal(stated), Decimal(counts[0]), Decimal(0))
            span = sentence.at(*match.span("count"))
            marks.fail_at(span)
            others = _first_row(found[0], tabled, marks)
            marks.tell("text_table", outcome, "st", sentence.span, [span], message, others)


def _heads(table: Table) -> frozenset[str]:
    """What the head over the labels of a table's rows says that they are."""
    heads = table.grid()[: table.header_rows]
    return content(" ".join(row[0] for row in heads if row))


def _first_row(table: Table, tabled: Sequence[Figure], marks: Marks) -> list[Place]:
    """Where a table begins, if it holds figures."""
    own = [figure for figure in tabled if figure.table == table.id]
    if not own:
        return []
    return [place_of(marks.document, own[0], marks.pages[own[0].page])]

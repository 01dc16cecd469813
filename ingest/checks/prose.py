"""Sentences against tables, and against themselves: sums of their own, directions, percentages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from ingest.checks.arithmetic import (
    Outcome,
    half_unit,
    in_unit,
    is_money,
    linear,
    same_kind,
    value_of,
)
from ingest.checks.marks import Marks, told
from ingest.checks.words import content
from ingest.figures.labels import years_of
from ingest.types import Figure, Span

_LEVELS = frozenset({"budget", "plan", "prognos", "utfall"})
_AHEAD = frozenset({"budget", "plan"})
_FAR = Decimal("0.5")  # of the table's number: what misses by more is about something else
_PARTITIONS = (("kvinn", "män"), ("flick", "pojk"), ("tjej", "kill"))
_PARTS_OF = re.compile(r"\bvarav\b|\bav (?:dem|dessa|de)\b|\bfördela\w*|\bbestår av\b", re.I)
_BASIS = re.compile(r"prognos|utfall|bokslut|delår|helår|budget", re.I)


def check_text_against_tables(
    prose: Sequence[Figure], tabled: Sequence[Figure], marks: Marks
) -> None:
    """Numbers in sentences against the rows of the tables that they name."""
    by_label: dict[frozenset[str], list[Figure]] = defaultdict(list)
    for figure in tabled:
        if figure.row and figure.value is not None and not figure.part:
            by_label[content(figure.row[-1])].append(figure)
    by_label.pop(frozenset(), None)
    for figure in prose:
        about = content(" ".join(figure.row))
        if about and about in by_label and figure.period.year:
            _compare(figure, by_label[about], marks)


def _compare(stated: Figure, row: Sequence[Figure], marks: Marks) -> None:
    """One sentence's number against the numbers of the rows that bear its name."""
    comparable = [
        figure
        for figure in row
        if same_kind(figure.unit, stated.unit)
        and figure.period.year == stated.period.year
        and _same_measure(stated, figure)
    ]
    for figure in comparable:
        outcome = _against(stated, figure)
        if outcome.holds:
            marks.hold([stated, figure])
            return
    sure = [figure for figure in comparable if _surely_same(stated, figure, marks)]
    if len({figure.value for figure in sure}) != 1:
        return
    figure = sure[0]
    outcome = _against(stated, figure)
    elsewhere = any(_against(stated, other).exact for other in row if other is not figure)
    if elsewhere or abs(outcome.difference) <= _FAR * abs(outcome.expected):
        _tell(stated, figure, outcome, marks)


def _tell(stated: Figure, figure: Figure, outcome: Outcome, marks: Marks) -> None:
    marks.failed.add(stated.id)
    head = " ".join(figure.column)
    message = (
        f"Texten anger {told(value_of(stated), stated.unit)} för {figure.row[-1]} "
        f"{stated.period.year}, men tabellen har {told(value_of(figure), figure.unit)}"
        f"{f' i kolumnen {head}' if head else ''}."
    )
    marks.find("text_table", outcome, [stated, figure], message)


def _against(stated: Figure, figure: Figure) -> Outcome:
    """A sentence's number against a table's, without regard to signs that words tell.

    Prose cuts numbers off as often as it rounds them: a whole unit of its last digit is its slack.
    """
    here, there = value_of(stated), in_unit(value_of(figure), figure.unit, stated.unit)
    slack = 2 * half_unit(stated) - Decimal("1e-9")
    if stated.approximate:
        slack = max(slack, abs(here) / 20)
    if here >= 0 or there >= 0:
        here, there = abs(here), abs(there)
    return Outcome(here, there, slack)


def _same_measure(stated: Figure, figure: Figure) -> bool:
    if stated.measure == figure.measure:
        return True
    if not stated.measure:
        return figure.measure in _LEVELS or not figure.measure
    return stated.measure in _AHEAD and figure.measure in _AHEAD


def _surely_same(stated: Figure, figure: Figure, marks: Marks) -> bool:
    """Whether a sentence says so much that its number can only be this one of the table."""
    if stated.approximate or stated.sentence is None or not is_money(stated.unit):
        return False
    text = marks.pages[stated.page].text[stated.sentence.start : stated.sentence.end]
    if stated.measure in _LEVELS:
        told_year = stated.period.year in years_of(text)
        return told_year and figure.measure in _LEVELS and not figure.period.interim
    head = " ".join(figure.column)
    if stated.measure == "förändring":
        years = set(years_of(head))
        return len(years) > 1 and years <= {stated.period.year, *years_of(text)}
    basis = {word.casefold() for word in _BASIS.findall(head)} - {"budget"}
    return bool(basis) and all(word in text.casefold() for word in basis)


def check_counts(prose: Sequence[Figure], tabled: Sequence[Figure], marks: Marks) -> None:
    """A number of people or things in a sentence, against the column of a table that counts them.

    Only for a table without a total of its own, in the same section as the sentence's page.
    """
    columns: dict[tuple[str, tuple[str, ...]], list[Figure]] = defaultdict(list)
    for figure in tabled:
        if figure.measure == "antal" and figure.value is not None and figure.column:
            columns[figure.table, figure.column].append(figure)
    told_already: set[tuple[str, tuple[str, ...], Decimal]] = set()
    for (table, head), figures in columns.items():
        wanted = content(" ".join(head))
        if len(figures) < 3 or not wanted:
            continue
        years = {0, *(figure.period.year for figure in figures)}
        for stated in prose:
            near = abs(stated.page - figures[0].page) <= 1 and stated.unit == figures[0].unit
            near = near and (stated.period.year in years or len(years) == 1)
            if not near or not wanted <= content(" ".join(stated.row)):
                continue
            outcome = linear(stated, [(1, figure) for figure in figures])
            if outcome.exact:
                marks.hold([stated, *figures])
            elif (table, head, outcome.stated) in told_already:
                continue
            elif abs(outcome.difference) * 10 <= abs(outcome.stated):
                told_already.add((table, head, outcome.stated))
                message = (
                    f"Texten anger {told(outcome.stated, stated.unit)} ({' '.join(stated.row)}), "
                    f"men tabellens {len(figures)} rader blir {told(outcome.expected)} tillsammans."
                )
                exact = Outcome(outcome.stated, outcome.expected, Decimal(0))
                marks.find("sum", exact, [stated, *figures], message)


def check_sentences(prose: Sequence[Figure], marks: Marks) -> None:
    """What one sentence says, against itself."""
    for _, figures in _by_sentence(prose):
        _check_partition(figures, marks)


def _by_sentence(prose: Iterable[Figure]) -> Iterator[tuple[Span, list[Figure]]]:
    found: dict[Span, list[Figure]] = defaultdict(list)
    for figure in prose:
        if figure.sentence is not None:
            found[figure.sentence].append(figure)
    yield from found.items()


def _check_partition(figures: Sequence[Figure], marks: Marks) -> None:
    """ "41 chefer varav 35 är kvinnor och 5 är män": women and men are all there are."""
    for a, b in _PARTITIONS:
        parts = [figure for figure in figures if _named(figure, a) or _named(figure, b)]
        kinds = {_named(figure, a) for figure in parts}
        wholes = [figure for figure in figures if figure not in parts]
        if len(parts) != 2 or len(kinds) != 2 or not wholes:
            continue
        units = {figure.unit for figure in (*parts, wholes[0])}
        if len(units) > 1 or units & {"%", "procentenheter"}:
            continue
        whole = next((f for f in wholes if f.span.start < parts[0].span.start), None)
        if whole is None or not _between(whole, parts[0], marks, _PARTS_OF):
            continue
        outcome = linear(whole, [(1, part) for part in parts])
        strict = Outcome(outcome.stated, outcome.expected, Decimal(0))
        first, second = (told(value_of(part)) for part in parts)
        message = (
            f"{' '.join(whole.row) or 'Antalet'}: {told(strict.stated)} anges, men {first} och "
            f"{second} blir {told(strict.expected)}."
        )
        marks.judge("sum", strict, [whole, *parts], message)


def _named(figure: Figure, stem: str) -> bool:
    return " ".join(figure.row).casefold().startswith(stem)


def _between(before: Figure, after: Figure, marks: Marks, form: re.Pattern[str]) -> bool:
    sentence = before.sentence
    assert sentence is not None
    text = marks.pages[before.page].text
    return form.search(text[sentence.start : after.span.start]) is not None


def check_signs(
    prose: Sequence[Figure], worse: Mapping[str, str], tabled: Sequence[Figure], marks: Marks
) -> None:
    """Underskott and överskott against the sign of the deviation that the table has.

    `worse` says by table which sign of a deviation is worse for the board.
    """
    rows: dict[frozenset[str], list[Figure]] = defaultdict(list)
    for figure in tabled:
        if (
            figure.measure == "avvikelse"
            and figure.value
            and figure.row
            and worse.get(figure.table)
        ):
            rows[content(figure.row[-1])].append(figure)
    for stated in prose:
        about = content(" ".join(stated.row))
        if stated.direction not in ("deficit", "surplus") or not about or about not in rows:
            continue
        for figure in rows[about]:
            same_year = figure.period.year == stated.period.year
            if not same_year or not same_kind(figure.unit, stated.unit):
                continue
            outcome = _against(stated, figure)
            bad = (value_of(figure) < 0) == (worse[figure.table] == "negative")
            if outcome.holds and bad != (stated.direction == "deficit"):
                _tell_sign(stated, figure, marks)


def _tell_sign(stated: Figure, figure: Figure, marks: Marks) -> None:
    word = "underskott" if stated.direction == "deficit" else "överskott"
    other = "överskott" if word == "underskott" else "underskott"
    message = (
        f"Texten talar om ett {word} på {told(abs(value_of(stated)), stated.unit)} för "
        f"{figure.row[-1]}, men tabellens {told(value_of(figure), figure.unit)} är ett {other}."
    )
    marks.failed.add(stated.id)
    outcome = Outcome(value_of(stated), value_of(figure), Decimal(0))
    marks.find("direction", outcome, [stated, figure], message)

"""What sentences say of changes, against their own numbers: directions, and shares of what was."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.checks.arithmetic import Outcome, half_unit, in_unit, is_money, same_kind, value_of
from ingest.checks.marks import Marks, told
from ingest.checks.spoken import NUMBER, Sentence, number_of
from ingest.checks.words import content
from ingest.types import Figure, Page, Period

_UP = r"öka(?:r|t|de|s|ts)?|ökning\w*|ökande|stig(?:er|it|a)|steg|väx(?:er|t|te|a)"
_UP += r"|höj(?:s|er|t|ts|des?|a|as)|höjning\w*"
_DOWN = r"minska(?:r|t|de|s|ts)?|minskning\w*|minskande|sjunk(?:er|it|a)|sjönk|avtar|avtog"
_DOWN += r"|sänk(?:s|er|t|ts|tes?|a|as)|sänkning\w*"
_YEAR = r"(?:19|20)\d\d"
# "ökar från 1 842 under 2023 till 1 771", "minskade, från 6,8 mnkr 2023 till 7,9 mnkr"
_WORD = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?P<lead>[^.;:]{{0,60}})\Z", re.I)
_ABOUT = r"(?:(?:cirka|ca|drygt|knappt|omkring)\s+)?"
_FROM_TO = re.compile(
    rf"\bfrån\s+{_ABOUT}(?P<first>{NUMBER})"
    rf"(?P<between>[^.;:\d]{{0,45}}?(?:\b{_YEAR}\b[^.;:\d]{{0,25}}?)?)"
    rf"\btill\s+{_ABOUT}(?P<second>{NUMBER})(?P<rest>[^.;:]{{0,80}})",
    re.I,
)
_PER_CENT = re.compile(
    rf"\A[^.;:]{{0,40}}?(?:,|\b)\s*(?:(?:vilket|det) (?:är|motsvarar|innebär)\s+)?"
    rf"(?:en\s+(?:{_UP}|{_DOWN})\s+(?:med|på|om)|eller)\s+(?:med\s+)?(?P<share>{NUMBER})\s*(?:procent\b|%)",
    re.I,
)
# what makes more of a number less: places in a ranking, results and deficits below nothing
_RANKED = re.compile(r"\b(?:plats|placering|rang\w*|inte|varken|minus)\b", re.I)
# "minskade kraftigt, och antalet gick från": of something else
_OTHER = re.compile(r"\d|\b(?:och|men|medan|samt|som|att|när|då)\b", re.I)
# "40,2 mnkr eller 5,2 procent", "46,8 mnkr mer än i budgeten för 2024, en ökning med 3,3 procent"
_OR = re.compile(
    r"\A[\s,(]*(?:[^\W\d][^.;:]{0,60}?,?\s*)?(?:eller|motsvarande|vilket (?:är|motsvarar)"
    r"|det motsvarar|en (?:ökning|minskning|höjning|sänkning)\w* (?:med|på|om))\s*\(?\Z",
    re.I,
)
_OF = re.compile(r"\A\W{0,2}(?:\s|procent|%)*\b(?:av|per)\b", re.I)
_FAR = Decimal(2)  # times the share: what misses by more is a share of something else
_LEAST = 100  # in units of the last digit: a smaller change is told by too many rows


@dataclass(frozen=True, slots=True)
class _Step:
    """A row's two numbers, the earlier first."""

    before: Figure
    after: Figure


def check_directions(sentences: Iterable[Sentence], marks: Marks) -> None:
    """ "Ökar från 74 till 57 dagar": the word, and the per cent, against the two numbers."""
    for sentence in sentences:
        for match in _FROM_TO.finditer(sentence.text):
            first, second = number_of(match["first"]), number_of(match["second"])
            before = sentence.text[: match.start()]
            words = [m for at in _starts(before) if (m := _WORD.match(before, at))]
            if first is None or second is None or not words:
                continue
            word = words[-1]
            if first[0] == second[0] or _unclear(word, match, first[0], second[0]):
                continue
            if (second[0] > first[0]) == bool(word["up"]):
                _check_share(sentence, match, first, second, marks)
            else:
                _tell_direction(sentence, match, bool(word["up"]), marks)


def _starts(text: str) -> Iterator[int]:
    """Where words begin that may tell a direction."""
    yield from (match.start() for match in re.finditer(r"\b[öshmväa]\w", text, re.I))


def _tell_direction(sentence: Sentence, match: re.Match[str], up: bool, marks: Marks) -> None:
    spans = [sentence.at(*match.span(name)) for name in ("second", "first")]
    after, before = (number_of(match[name]) for name in ("second", "first"))
    assert after is not None
    assert before is not None
    unit = next((f.unit for span in spans for f in marks.stated_at(span) if f.unit != "st"), "")
    for span in spans:
        marks.fail_at(span)
    words = ("ökning", "minskning") if up else ("minskning", "ökning")
    message = (
        f"Texten talar om en {words[0]}, men från {told(before[0], unit)} till "
        f"{told(after[0], unit)} är en {words[1]}."
    )
    outcome = Outcome(after[0], before[0], Decimal(0))
    marks.tell("direction", outcome, unit, sentence.span, spans, message)


def _unclear(word: re.Match[str], match: re.Match[str], first: Decimal, second: Decimal) -> bool:
    """Whether the two numbers are no earlier and later one: years, ranks, below nothing."""
    between = word["lead"] + match["between"]
    if first < 0 or second < 0 or _RANKED.search(between) or _OTHER.search(word["lead"]):
        return True
    if re.match(r"\W*till\b", match["rest"]):  # lines of two columns, run together
        return True
    if all(re.fullmatch(_YEAR, match[name]) for name in ("first", "second")):
        return True
    years = [re.search(_YEAR, match[name]) for name in ("between", "rest")]
    return bool(years[0] and years[1] and int(years[0][0]) > int(years[1][0]))


def _check_share(
    sentence: Sentence,
    match: re.Match[str],
    first: tuple[Decimal, Decimal],
    second: tuple[Decimal, Decimal],
    marks: Marks,
) -> None:
    """ "Från 2 310 till 2 860, en ökning med 23,8 procent"."""
    said = _PER_CENT.match(match["rest"])
    share = number_of(said["share"]) if said else None
    if said is None or share is None or first[0] <= 2 * first[1]:
        return
    if re.match(r"\s*(?:procent\b|%)", match["rest"]):  # "per cent" may stand for points of it
        return
    outcome = _share(share, second[0] - first[0], first[1] + second[1], first)
    if not outcome.holds and abs(outcome.difference) < _FAR * abs(outcome.expected):
        message = (
            f"Texten anger {told(share[0], '%')}, men från {told(first[0])} till "
            f"{told(second[0])} är {told(_short(outcome.expected, share), '%')}."
        )
        start, end = (match.start("rest") + at for at in said.span("share"))
        span = sentence.at(start, end)
        marks.fail_at(span)
        marks.tell("percentage", outcome, "%", sentence.span, [span], message)


def _share(
    stated: tuple[Decimal, Decimal],
    change: Decimal,
    slack: Decimal,
    whole: tuple[Decimal, Decimal],
) -> Outcome:
    """A share in per cent against change / whole; a number is its value and half its last digit."""
    expected = 100 * abs(change) / abs(whole[0])
    highest = 100 * (abs(change) + slack) / (abs(whole[0]) - whole[1])
    return Outcome(abs(stated[0]), expected, stated[1] + highest - expected)


def _short(value: Decimal, like: tuple[Decimal, Decimal]) -> Decimal:
    return round(value, -like[1].adjusted())


def check_shares(
    prose: Sequence[Figure], tabled: Sequence[Figure], pages: Sequence[Page], marks: Marks
) -> None:
    """ "Ramen ökar med 40,2 mnkr eller 5,2 procent", against the row that changed by 40,2 mnkr."""
    texts = {page.number: page.text for page in pages}
    steps = list(_steps(tabled))
    for change, share in _pairs(prose, texts):
        found = [step for step in steps if _is_told(change, step, prose, texts)]
        outcomes = [_of_step(change, share, step) for step in found]
        if not found or any(outcome.holds for outcome in outcomes):
            continue
        outcome, step = outcomes[0], found[0]
        if any(other.expected != outcome.expected for other in outcomes[1:]):
            continue
        if abs(outcome.difference) >= _FAR * abs(outcome.expected):
            continue
        whole = in_unit(abs(value_of(step.before)), step.before.unit, change.unit)
        expected = _short(outcome.expected, (Decimal(0), half_unit(share)))
        message = (
            f"Texten anger {told(value_of(share), '%')}, men {told(value_of(change), change.unit)} "
            f"av {told(round(whole, max(change.decimals, 0)), change.unit)} är "
            f"{told(expected, '%')}."
        )
        marks.failed.add(share.id)
        marks.find("percentage", outcome, [share, change, step.before, step.after], message)


def _pairs(prose: Sequence[Figure], texts: dict[int, str]) -> Iterator[tuple[Figure, Figure]]:
    """An amount that something changes by, and the share that is said to be the same change."""
    for change, share in itertools.pairwise(prose):
        if change.sentence != share.sentence or share.unit != "%" or not is_money(change.unit):
            continue
        text = texts[share.page]
        between = " ".join(text[change.span.end : share.span.start].split())
        after = text[share.span.end : share.span.end + 12]
        exact = not change.approximate and not share.approximate
        large = abs(value_of(change)) >= 2 * _LEAST * half_unit(change)
        changes = change.measure == "förändring"
        if exact and large and changes and _OR.match(between) and not _OF.match(after):
            yield change, share


def _steps(tabled: Sequence[Figure]) -> Iterator[_Step]:
    """The rows of money with their numbers two by two, of one year after another."""
    rows: dict[tuple[str, int], list[Figure]] = {}
    for figure in tabled:
        if figure.value and is_money(figure.unit) and figure.period.year and not figure.part:
            rows.setdefault((figure.table, figure.cell[0]), []).append(figure)
    for figures in rows.values():
        for before in figures:
            for after in figures:
                if before.period.year < after.period.year and _is_level(before, after):
                    yield _Step(before, after)


def _is_level(*figures: Figure) -> bool:
    return all(
        figure.measure in ("budget", "plan", "prognos", "utfall", "")
        and figure.period == Period(figure.period.year)
        for figure in figures
    )


def _is_told(change: Figure, step: _Step, prose: Sequence[Figure], texts: dict[int, str]) -> bool:
    """Whether a row changed by this much, and the text tells of this row: by name, or what the
    number became."""
    if step.before.unit != step.after.unit or not same_kind(step.after.unit, change.unit):
        return False
    became = in_unit(value_of(step.after), step.after.unit, change.unit)
    was = in_unit(value_of(step.before), step.before.unit, change.unit)
    if abs(abs(abs(became) - abs(was)) - abs(value_of(change))) > 2 * half_unit(change):
        return False
    about = content(" ".join(change.row))
    if about and step.after.row and about == content(step.after.row[-1]):
        return True
    assert change.sentence is not None
    start, end = change.sentence.start - 200, change.sentence.end
    here = [f for f in prose if f.page == change.page and start <= f.span.start < end]
    same = [f for f in here if f is not change and f.value and same_kind(f.unit, change.unit)]
    return any(
        abs(abs(in_unit(value_of(f), f.unit, change.unit)) - abs(became)) <= half_unit(f)
        and abs(value_of(f)) > 2 * abs(value_of(change))
        for f in same
    )


def _of_step(change: Figure, share: Figure, step: _Step) -> Outcome:
    """The share against the change of a row: a growth is a share of what was."""
    before = step.before
    value = in_unit(abs(value_of(before)), before.unit, change.unit)
    half = in_unit(half_unit(before), before.unit, change.unit)
    stated = value_of(share), half_unit(share)
    return _share(stated, value_of(change), half_unit(change), (value, half))

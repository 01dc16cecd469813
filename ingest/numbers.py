"""Swedish numbers as municipal reports print them: text → `Quantity`, or an error that says where.

A wrong value is worse than a refusal: what can be read in two ways is an error in a table cell,
and is passed over in prose.

    number    = integer [("," | ".") 1–3 digits]
    integer   = digits | 1–3 digits, then groups of exactly three, parted by one kind of separator:
                " ", U+00A0, U+2009 or U+202F; "." only between three groups or more (1.234.567)
    cell      = [sign [space]] number [unit] [note] | "(" number ")" [unit] [note]
    sign      = "-" | "−" | "–" | "+"; round brackets are a minus, and take no sign
    note      = superscript digits | asterisks

"1.234" is an error (thousands or decimals?), "12 34" is, "2,7-" is. A cell "206 297 235 714" is one
number by this grammar. Whether it is two columns run together cannot be seen in the text: whoever
cuts cells has to part the columns by their places on the page first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from ingest.units import UNITS, find_unit

__all__ = [
    "NumberError",
    "Quantity",
    "find_quantities",
    "find_unit",
    "format_quantity",
    "parse_quantity",
]

_SPACES = " \u00a0\u2009\u202f"
_NOTES = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_NO_VALUE = frozenset("- − – — .. ... … iu iu. i.u. i.u saknas e.m. e.m".split())
_CELL_GROUPS = 4  # 206 297 235 714
_PROSE_GROUPS = 3  # four groups in a sentence are as often two numbers, or a telephone
_MOST_DIGITS = 12  # whole digits; longer ones are identities
_MOST_DECIMALS = 3

_UNIT_NAMES = tuple(UNITS)
_MONEY = frozenset({"kr", "tkr", "mkr", "mdkr"})
_WITH_ARTICLE = frozenset({"tkr", "mkr", "mdkr", "%", "procentenheter"})
_GAP = r"[^\S\n]*\n?[^\S\n]*"  # at most one line break; a unit does not stand in another paragraph
_ANY_UNIT = "|".join(f"({unit})" for unit in UNITS.values())
_UNIT = re.compile(rf"[{_NOTES}]*{_GAP}(?:{_ANY_UNIT})(?![^\W{_NOTES}])", re.I)
_OPENING = re.compile(rf"(?:([-−–+])[{_SPACES}]?)?(\([{_SPACES}]?)?")
_CLOSING = re.compile(rf"[{_SPACES}]?\)")
_RUN = re.compile(rf"[0-9]+(?:[{_SPACES}.,][0-9]+)*")
_NOTE = re.compile(rf"\A(?:\s?[{_NOTES}]+)?(?:\s?\*{{1,3}})?")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as printed.

    `value` is counted in `unit`, never converted: "8,8 mnkr" is 8.8 and "mkr". `unit` is one of kr,
    tkr, mkr, mdkr, %, procentenheter, st, dagar, timmar, år, månader, personer, årsarbetare, poäng,
    or "" where none of these follows. `printed` is `text[start:end]` of the text read: sign, number
    and unit; no notes, and no "drygt", which sets `approximate`. "8,0" has 1 as `decimals`.
    """

    value: Decimal
    unit: str
    printed: str
    start: int
    end: int
    decimals: int
    approximate: bool = False


class NumberError(ValueError):
    """`text` is no number from `position` (0-based) on; `reason` says why, in Swedish."""

    def __init__(self, text: str, position: int, reason: str) -> None:
        super().__init__(text, position, reason)
        self.text = text
        self.position = position
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.reason}: tecken {self.position + 1} i {self.text!r}"


@dataclass(frozen=True, slots=True)
class _Number:
    """Digits read, without sign. `plain`: no separators, no decimals; `pointed`: points in it."""

    value: Decimal
    decimals: int
    end: int
    plain: bool
    pointed: bool
    year: bool  # it looks like one


def parse_quantity(text: str, *, cell: bool = True) -> Quantity | None:
    """The one number that is all of `text`; None where `text` says that there is no value.

    A table cell has at most four groups of digits; without `cell`, a phrase cut from prose, three.
    White space around it counts in the positions. A year is a number here: what a column's head
    says is for the reader of the table.

    Raises `NumberError` at the place where it stops being a number.
    """
    body = text.strip()
    if not body or body.rstrip(_NOTES + "*").rstrip().casefold() in _NO_VALUE:
        return None
    return _whole(text, text.index(body), _CELL_GROUPS if cell else _PROSE_GROUPS)


def _whole(text: str, start: int, most_groups: int) -> Quantity:
    opening = _OPENING.match(text, start)
    assert opening  # it may be empty
    sign, bracket = opening.groups()
    if sign and bracket:
        raise NumberError(text, opening.start(2), "både tecken och parentes")
    number = _read_number(text, opening.end(), most_groups)
    at = number.end
    if bracket:
        closing = _CLOSING.match(text, at)
        if not closing:
            raise NumberError(text, at, "parentesen sluts inte efter talet")
        if number.year:  # (2023) beside a value is the year of another one
            raise NumberError(text, start, "tvetydigt: årtal eller negativt tal inom parentes")
        at = closing.end()
    unit, end = _read_unit(text, at)
    _expect_end(text, end, unit)
    return _quantity(text, (start, end), number, unit, bool(bracket or sign in tuple("-−–")))


def _quantity(
    text: str, span: tuple[int, int], number: _Number, unit: str, negative: bool
) -> Quantity:
    value = -number.value if negative and number.value else number.value  # there is no minus zero
    return Quantity(value, unit, text[slice(*span)], *span, number.decimals)


def _read_number(text: str, at: int, most_groups: int) -> _Number:
    """The digits at `at` with all separators that join them; `NumberError` where they go wrong."""
    run = _RUN.match(text, at)
    if not run:
        raise NumberError(text, at, "här skulle en siffra stå")
    found = list(re.finditer("[0-9]+", run[0]))
    groups = [group[0] for group in found]
    starts = [at + group.start() for group in found]
    marks = [run[0][group.end()] for group in found[:-1]]
    mark, decimals = "", ""
    # The last mark is a decimal mark if it is a comma, or the only point.
    if marks and (marks[-1] == "," or (marks[-1] == "." and marks.count(".") == 1)):
        mark, decimals = marks.pop(), groups.pop()
    _check_groups(text, groups, marks, starts, most_groups)
    integer = "".join(groups)
    if mark == "." and len(decimals) == 3 and integer != "0":
        raise NumberError(text, starts[-1] - 1, "tvetydig punkt: tusental eller decimaler")
    if len(decimals) > _MOST_DECIMALS:
        raise NumberError(text, starts[-1] + _MOST_DECIMALS, "för många decimaler")
    value = Decimal(f"{integer}.{decimals}" if decimals else integer)
    plain = run[0] == integer
    year = plain and 1900 <= value <= 2099
    return _Number(value, len(decimals), run.end(), plain, "." in run[0], year)


def _check_groups(
    text: str, groups: list[str], marks: list[str], starts: list[int], most_groups: int
) -> None:
    first = groups[0]
    if len(first) > 1 and first[0] == "0":
        raise NumberError(text, starts[0] + 1, "inledande nolla")
    if len(first) > _MOST_DIGITS:
        raise NumberError(text, starts[0] + _MOST_DIGITS, "för många siffror")
    for index, mark in enumerate(marks, start=1):
        here = starts[index]
        if mark == ",":
            raise NumberError(text, starts[index + 1] - 1, "talet slutar efter decimalerna")
        if mark != marks[0]:
            raise NumberError(text, here - 1, "olika skiljetecken i samma tal")
        if len(groups[index]) != 3 or len(first) > 3 or first == "0":
            raise NumberError(text, here, "en siffergrupp ska ha tre siffror")
        if index >= most_groups:
            raise NumberError(text, here, "för många siffergrupper")
    if marks == ["."]:  # 1.234,5
        raise NumberError(text, starts[1] - 1, "tvetydig punkt: tusental eller decimaler")


def _read_unit(text: str, at: int) -> tuple[str, int]:
    """The unit after a number that ends at `at`, and its end; "12² kr" has a note between."""
    match = _UNIT.match(text, at)
    name = _UNIT_NAMES[match.lastindex - 1] if match and match.lastindex else ""
    return name, match.end() if match else at


def _expect_end(text: str, at: int, unit: str) -> None:
    rest = text[at:] if unit in ("", "%") else text[at:].removeprefix(".")  # "12 st."
    rest = _NOTE.sub("", rest, count=1).lstrip()
    reason = "här slutar talet"
    if not rest:
        return
    if rest[0] in "-−–—+":
        reason = "tecken efter talet"
    elif rest.casefold().startswith(("tusen", "milj", "mdr")):
        reason = "tusen, miljoner och miljarder ska följas av kronor"
    raise NumberError(text, len(text) - len(rest), reason)


_IN_ORDER = (
    "noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton "
    "arton nitton tjugo trettio fyrtio femtio sextio sjuttio åttio nittio hundra"
).split()
_WORD_VALUES = dict(zip(_IN_ORDER, map(Decimal, [*range(20), *range(20, 101, 10)]), strict=True))
_WORD_VALUES |= {"ett": Decimal(1)} | dict.fromkeys(("halv", "halva", "halvt"), Decimal("0.5"))
_WORDS = rf"(?:{'|'.join(sorted(_WORD_VALUES, key=len, reverse=True))})"
_DASH = r"−–—‐‑‒―\-"
_EDGE = rf"[\w{_DASH}/]"
_WORD = re.compile(rf"(?<!{_EDGE})(?:(?:en|ett)\s+(?=halv))?({_WORDS})(?!{_EDGE})", re.I)
_ABOUTS = r"drygt|knappt|cirka|circa|ca\.?|c:a|omkring|ungefär|nästan|närmare|över|runt"
_ABOUT = rf"(?:(?<!\w)(?:{_ABOUTS})\s+|[~≈]\s?)"
_HEDGE = re.compile(rf"{_ABOUT}\Z", re.I)
_MONTH = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mars|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sept?(?:ember)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)

# All digits that anything but words joins: one number as a whole, or none at all (dates, ranges,
# telephones, numbers of laws and registers, columns run together).
_CLUSTER = re.compile(
    rf"[0-9]+(?:(?:\s*+(?:[{_DASH}+~*×/…]\s*+|\.\.+\s*+)++|\s++|[.,:/'’·])[0-9]+)*"
)

# Before a number. A spaced dash may be a bullet, a pause or a minus; after "på" it is a minus.
_WINDOW = 80  # so many characters are looked at
_AMOUNT_LAST = re.compile(r"\b(?:på|med|om|till|är|var|blev)\s+\Z", re.I)
_MINUS_APART = re.compile(rf"\b(?:på|med|om|till)\s+([-–][{_SPACES}])\Z", re.I)
_LEAD = re.compile(rf"(?:\A|(?<=[\s(\[\"'”“„»«~≈]))([-−–+]|[−+][{_SPACES}])?\Z")
_DENIED_BEFORE = re.compile(
    rf"(?:[{_DASH}]\s+|[<>≤≥±#€$£§/]\s*|(?:[.…]\s?){{3,}}|\b(?:minus|komma|mellan|eur|usd|sek|flera"
    rf"|fler|några|par|många|tusen|miljon(?:er)?|miljard(?:er)?|(?!en\b|ett\b){_WORDS})\s+)\Z",
    re.I,
)
_ANY = rf"{_ABOUT}?(?:[0-9][0-9\s.,]*|{_WORDS}\b)"
# "2 till 3 procent" is a range; "från 2 till 3 procent" and "juli 2023 till 6 procent" are not.
_FROM = rf"(?:\b(från|år|{_MONTH})\s+)?(?<![\w,.])"
_TO = re.compile(rf"{_FROM}{_ANY}[{_DASH}]?\s*\b(?:till|eller|à)\s+\Z", re.I)
_BETWEEN = re.compile(rf"\bmellan\s+{_ANY}(?:\s*[%\w.]+){{0,3}}?\s+och\s+\Z", re.I)
_UNIT_LAST = re.compile(rf"(?<![^\W\d])(?:{_ANY_UNIT})\s+\Z", re.I)
_NUMBER_LAST = re.compile(rf"(?:[0-9][,.]?\s*|\b{_WORDS},?\s+)\Z", re.I)
_AND_LAST = re.compile(r"\boch\s+\Z", re.I)  # två och en halv
_LINE_START = re.compile(r"(?:\A|\n)[^\S\n]*[#•*]*[^\S\n]*\Z")

# After a number.
_AFTER = re.compile(
    rf"[{_NOTES}]*\*{{0,3}}(?!\s*[{_DASH}+]+\s*[0-9])"
    rf"(?:\Z|(?=\s)|[.,;:!?)\]\"'”“’»…](?![\w{_DASH}]))"
)
_NO_WORD = re.compile(r"\s*(?:[^\w\s]|\Z)")
_CAPITAL = re.compile(r"[^\S\n]+[A-ZÅÄÖ]")
# Without unit: no unit that is not known (no vowels: "mnr"), or not whole.
_DENIED_AFTER = re.compile(
    rf"\s*(?:[‰€$£½⅓⅔¼¾%+]|[b-df-hj-np-tv-xz]+\b|(?:{_WORDS}|mio|sek|eur|usd|komma)\b|tusen|milj|kron"
    rf"|procent|promille|euro|dollar|dussin|[^\W\d_]+(?:\u00ad|[-‑][^\S\n]*\n))",
    re.I,
)
# "12 och 14 procent": the unit of the first stands after the second.
_LINK = re.compile(
    rf"(?:\s*[,/]|\s+(?:och|till|eller|à|respektive|resp\.?|samt|av|mot))\s+{_ABOUT}?"
    rf"(?:({_WORDS})\b|(?=[-−–+]?[0-9]))",
    re.I,
)

# Numbers that are names: dates, §§, tables, pages. "Tabell 5 och 6" and "5, 7 maj" are lists.
_PART = r"[0-9]{1,6}(?:[.:][0-9]{1,6}){0,4}(?:\s?[a-z]\b)?"
_LIST = rf"(?<![0-9]){_PART}(?:\s{{0,3}}(?:,|[-–]|och|samt|eller|till)\s{{0,3}}{_PART}){{0,9}}"
_NUMBERED = (
    r"(?<![\w:])(?:diagram(?:met)?|figur(?:en)?|bild|paragraf(?:erna)?|artikel|sidan?|sidorna|sid"
    r"|nummer|nr|dnr|diarie(?:nr|nummer)|not|fotnot|kolumn|rad|steg|nivå|etapp|fas|version|ärende"
    r"|grupp|klass|årskurs(?:erna)?|åk|vecka|(?<!\bi )dag|tertial|prioritet|indikator|nyckeltal"
    r"|alternativ"
    r"|scenario|del|fråga|avdelning|zon|typ|linje|väg|agenda|box|postnummer|telefon|tel|tfn|fax"
    r"|klockan|kl|kap|[svp](?=\.)|globala målet|\w{0,20}(?:mål|punkt|avsnitt|kapitel|kvartal"
    r"|tabell(?:en|erna)?|bilag(?:a|an|or|orna)))"
)
_NAMES = tuple(
    re.compile(pattern, re.I | re.M)
    for pattern in (
        rf"{_NUMBERED}[.:]?\s*(?:nr\.?\s*)?{_LIST}",
        rf"{_LIST}\s*(?:{_MONTH}|§|kap\b)(?:\s+(?:år\s+)?[0-9]{{2,4}}(?![0-9]))?",
        rf"(?<!\w){_MONTH}\s+(?:år\s+)?['’-]?(?:[0-9]{{4}}|[0-9]{{1,2}})(?![0-9])",
        rf"§\s*{_LIST}",
        r"^[^\S\n]*[0-9]{1,3}[.)](?=\s|\Z)",  # a list's "1."
        r"[,:;]\s+[0-9]{1,2}\.\s+(?=(?-i:[A-ZÅÄÖ]))",  # a list's "1." within a line
    )
)


def find_quantities(text: str) -> list[Quantity]:
    """All numbers of a piece of prose, in order; they never overlap, and nothing is an error.

    Passed over is what is no quantity (years, dates, times, §§, numbers of registers, telephones,
    laws, tables, headings and pages), what is no single value (ranges; the 12 of "12 och 14
    procent"), and what can be read in two ways: "1.234", "(2,7)", "– 12 platser", "Budget 2024
    tkr", "12 miljoner" without kronor.
    """
    named = bytearray(len(text))
    for pattern in _NAMES:
        for match in pattern.finditer(text):
            named[match.start() : match.end()] = b"\1" * len(match[0])
    kept = list(_spelled_in(text))
    following: Quantity | None = None
    for cluster in reversed(list(_CLUSTER.finditer(text))):  # from the last: see _LINK
        found = None if any(named[slice(*cluster.span())]) else _numeral(text, cluster)
        link = _LINK.match(text, found.end) if found and not found.unit else None
        elided = link and (link[1] or following is None or following.unit)
        following = None if elided else found
        if following:
            kept.append(following)
    return sorted(kept, key=lambda quantity: quantity.start)


def _numeral(text: str, cluster: re.Match[str]) -> Quantity | None:
    """The quantity whose digits are `cluster`; None where it is none, or not for certain."""
    window = text[max(0, cluster.start() - _WINDOW) : cluster.start()]
    lead = _MINUS_APART.search(window) or _LEAD.search(window)
    try:
        number = _read_number(text, cluster.start(), _PROSE_GROUPS)
    except NumberError:
        return None
    if not lead or number.end != cluster.end():
        return None
    sign = lead[1] or ""
    start = cluster.start() - len(sign)
    unit, end = _read_unit(text, number.end)
    clear, approximate, before = _before(text, start)
    title = number.value < 100 and unit not in _MONEY and _CAPITAL.match(text, number.end)
    if not clear or not _AFTER.match(text, end) or (title and _LINE_START.search(before)):
        return None
    if sign and _UNIT_LAST.search(before):  # "12 mkr -14 mkr": a range, or two columns
        return None
    amount = sign or approximate or _AMOUNT_LAST.search(before)
    year = number.year and (not amount or unit in ("", "år"))
    if year or (not unit and not _stands_alone(text, before, number)):
        return None
    found = _quantity(text, (start, end), number, unit, sign[:1] in tuple("-−–"))
    return replace(found, approximate=approximate)


def _stands_alone(text: str, before: str, number: _Number) -> bool:
    """Whether a number without unit counts something: no code, reference, page or last year's."""
    bracketed = before.rstrip()[-1:] in ("(", "[") and _NO_WORD.match(text, number.end)
    code = number.pointed or (number.plain and number.value >= 10**6)
    page = _LINE_START.search(before) and not text[number.end :].partition("\n")[0].strip()
    return not bracketed and not code and not page and not _DENIED_AFTER.match(text, number.end)


def _before(text: str, start: int) -> tuple[bool, bool, str]:
    """Whether what is before `start` allows a value, and is "drygt" or such; all before that."""
    before = text[max(0, start - _WINDOW) : start]
    hedge = _HEDGE.search(before)
    if hedge:
        before = before[: hedge.start()]
    to = _TO.search(before)
    denied = _DENIED_BEFORE.search(before) or _BETWEEN.search(before) or (to and not to[1])
    return not denied, hedge is not None, before


def _spelled_in(text: str) -> Iterator[Quantity]:
    """Number words with a unit. "En" and "ett" are numbers only before large money and %."""
    for word in _WORD.finditer(text):
        name, start = word[1].lower(), word.start()
        half = name.startswith("halv")
        unit, end = _read_unit(text, word.end())
        article = name in ("en", "ett") and unit not in _WITH_ARTICLE
        clear, approximate, before = _before(text, start)
        joined = _NUMBER_LAST.search(before) or (half and _AND_LAST.search(before))
        if unit and clear and not article and not joined and _AFTER.match(text, end):
            value = _WORD_VALUES[name]
            yield Quantity(value, unit, text[start:end], start, end, int(half), approximate)


def format_quantity(
    value: Decimal, decimals: int, *, separator: str, minus: str, decimal_mark: str = ","
) -> str:
    """`value` with groups of three parted by `separator`; `minus` first, or "()" for brackets.

    Raises `ValueError` where `decimals` cannot hold the value, or both marks are the same.
    """
    if separator == decimal_mark or round(value, decimals) != value:
        raise ValueError(f"{value} med {decimals} decimaler, {separator!r} och {decimal_mark!r}")
    marks = str.maketrans({",": separator, ".": decimal_mark})
    digits = f"{abs(value):,.{decimals}f}".translate(marks)
    below_zero = f"({digits})" if minus == "()" else minus + digits
    return below_zero if value < 0 else digits

"""Which words of a sentence belong to which of its numbers.

"I augusti var 63 barn placerade, varav 41 i familjehem och 22 i HVB": "HVB" is said of 22 alone,
"placerade" of 63 first and then of all that follow, "augusti" of all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.question.signs import MONTHS
from rag.terms import STOP_WORDS, UNIT_WORDS, words

_ASIDE = re.compile(r"\([^()\d]*\)")
_APPOSED = re.compile(r",\s*(?:det vill säga|dvs\.?|d\.v\.s\.|alltså)\s[^,.\d]*,", re.I)
_STRONG = re.compile(
    r"[,;(]|\b(?:men|medan|varav|vilket|jämför\w*|än|mot|där|eftersom|då|trots)\b", re.I
)
_AND = re.compile(r"\b(?:och|samt|respektive|eller)\b", re.I)
_FINISHED = re.compile(r"[.!?:;…)\"”]\s*\Z")
_WEAK = re.compile(r"\b(?:till|av)\b", re.I)
_VERB = re.compile(r"\b(?:är|var|blir|blev|utgör\w*|har|hade|finns|fanns)\b", re.I)
_BOUND = re.compile(
    r"\b(?:en|ett|på|med|som)\s+(?:\w+\s+){1,3}(?:över|under|mer än|minst|högst|överstiger)\s*\Z",
    re.I,
)
_AGAINST = re.compile(r"\bmot\s+(?:cirka\s+|drygt\s+|knappt\s+)?\Z", re.I)
_OF = re.compile(r"\W*\bav\s+(?:(?:de|totalt|sammanlagt|våra|[^\W\d]+s)\s+)?", re.I)
_PREDICATE = re.compile(
    r"\b(?:som\b|tillhör\w*|sakna\w*|\w{3,}(?:ade|ades|ats|des|tes)\b|är|var|blir|blev|har|hade|finns"
    r"|fanns|får|fick|går|gick|nå(?:r|dde)|svara\w*|bedöm\w*|uppfyll\w*)",
    re.I,
)
_THEN = re.compile(
    r"\W*(?:(?:under|för|i|år)\s+)*(?:föregående år|förra året|fjol|året innan|(?:19|20)\d\d)\s*\)",
    re.I,
)
_FROM = re.compile(r"\bfrån\s+(?:\w+\s+){0,2}\Z", re.I)
_TO = re.compile(r"\A\W*(?:\w+\W+){0,5}?till\W+(?:\w+\W+){0,2}\Z", re.I)
_EMPTY = (
    STOP_WORDS
    | UNIT_WORDS
    | frozenset(MONTHS)
    | frozenset(
        (
            "ca cirka drygt knappt sammanlagt totalt sammantaget ungefär år året dagar timmar "
            "månader respektive"
        ).split()
    )
)


@dataclass(frozen=True, slots=True)
class Zone:
    """What is said of one number.

    `own` are the words said of it, `shared` those said before of others that may hold for it too,
    `leading` those of them that lead up to a number, without what the numbers count.
    `former` says that the sentence moves away from it: "från 512" in "från 512 till 478".
    """

    own: str
    shared: str
    leading: str
    former: bool
    counts: str = ""
    """The noun after the number, where it counts something."""
    beside: str = ""
    """The sentences around."""
    undated: bool = False
    """Whether the sentence gives a number that it moves away from no time of its own."""
    bound: bool = False
    """Whether it bounds what another number is of: 15 in "8 procent hade en frånvaro över 15"."""


def zones(sentence: str, numbers: Sequence[tuple[int, int]]) -> list[Zone]:
    """The zone of each number of a sentence; `numbers` are their places in it, in order."""
    sentence = _without_cut_end(sentence, numbers)
    gaps = _gaps(sentence, numbers)
    lead = gaps[0][0]
    found: list[Zone] = []
    shared = leading = lead
    for position in range(len(numbers)):
        before, after = gaps[position][1], gaps[position + 1][0]
        own = f"{before} {after}"
        if position:
            shared = f"{shared} {gaps[position][0]}"
            if not _says(own):  # "8 respektive 57 dagar", "från 512 till 478"
                own = found[-1].own
        if position and _is_then(sentence, numbers, position):
            own = found[-1].own
        if _of_all(sentence, numbers, position):  # what is said is said of the part
            noun, predicate = _cut_at(own, _PREDICATE)
            found[-1] = replace(found[-1], own=f"{found[-1].own} {own}")
            own = noun if predicate.strip() else own
        former = _is_former(sentence, numbers, position) or _is_against(sentence, numbers, position)
        bounds = position > 0 and _BOUND.search(sentence[: numbers[position][0]]) is not None
        found.append(Zone(own, shared.strip(), leading.strip(), former, bound=bounds))
        shared, leading = f"{shared} {before} {after}", f"{leading} {before}"
    return found


def _is_then(sentence: str, numbers: Sequence[tuple[int, int]], position: int) -> bool:
    """Whether a number in brackets is that before it at another time: "4 870 tkr (6 215 tkr
    föregående år)"."""
    start, end = numbers[position]
    between = sentence[numbers[position - 1][1] : start]
    return between.strip() == "(" and _THEN.match(sentence[end:]) is not None


def _without_cut_end(sentence: str, numbers: Sequence[tuple[int, int]]) -> str:
    """A sentence that a column or page cut, without what leads up to a number on the other side."""
    if not numbers or _FINISHED.search(sentence):
        return sentence
    after = _AND.search(sentence, numbers[-1][1])
    return sentence[: after.start()] if after else sentence


def _of_all(sentence: str, numbers: Sequence[tuple[int, int]], position: int) -> bool:
    """Whether a number is that of which the one before is a part: "14 av 1 120 konton"."""
    if not position:
        return False
    return _OF.fullmatch(sentence[numbers[position - 1][1] : numbers[position][0]]) is not None


def _gaps(sentence: str, numbers: Sequence[tuple[int, int]]) -> list[tuple[str, str]]:
    """The text between numbers, each piece cut in what belongs to the left and to the right."""
    starts = [0, *(end for _, end in numbers)]
    ends = [*(start for start, _ in numbers), len(sentence)]
    gaps: list[tuple[str, str]] = []
    for position, (start, end) in enumerate(zip(starts, ends, strict=True)):
        text = sentence[start:end]
        if position == 0:
            gaps.append(_cut_at_last(text))
        else:
            gaps.append(_cut(text, last=position == len(numbers)))
    return gaps


def _cut_at_last(text: str) -> tuple[str, str]:
    """The lead of a sentence, and what stands right before its first number."""
    bare = _APPOSED.sub(lambda aside: " " * len(aside[0]), text)  # "X, det vill säga Y, är 7"
    cuts = [match.start() for match in _STRONG.finditer(bare)]
    at = next((cut for cut in reversed(cuts) if _says(text[cut:])), 0)
    return text[:at], text[at:]


def _cut(text: str, *, last: bool) -> tuple[str, str]:
    text = _ASIDE.sub(lambda aside: " " * len(aside[0]), text)
    strong = _STRONG.search(text)
    if strong:
        return text[: strong.start()], text[strong.start() :]
    if last:
        return text, ""
    # "859 anställda är 698 kvinnor"; "88,9 procent och pojkarnas till 84,0"
    cuts = [*_AND.finditer(text)] or [*_VERB.finditer(text)] or [*_WEAK.finditer(text)]
    if cuts:
        return text[: cuts[-1].start()], text[cuts[-1].start() :]
    return text, text


def _cut_at(text: str, form: re.Pattern[str]) -> tuple[str, str]:
    found = form.search(text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def _says(text: str) -> bool:
    """Whether a piece of text has a word that carries a subject."""
    return any(word not in _EMPTY and not word.isdigit() for word in words(text))


def _is_against(sentence: str, numbers: Sequence[tuple[int, int]], position: int) -> bool:
    """Whether a number is what the one before is held against: 6 in "8 röster mot 6"."""
    return position > 0 and _AGAINST.search(sentence[: numbers[position][0]]) is not None


def _is_former(sentence: str, numbers: Sequence[tuple[int, int]], position: int) -> bool:
    start, end = numbers[position]
    if position + 1 >= len(numbers) or not _FROM.search(sentence[:start]):
        return False
    return _TO.match(sentence[end : numbers[position + 1][0]]) is not None

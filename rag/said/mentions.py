"""A sentence → what it mentions, in order: numbers, years, quotes, titles, markers, words.

A key stands for a figure ("{F1}"), a quote ("{Q1}") or a citation ("{C1}"). Each mention's place is
a range of the sentence; places never overlap, and a digit that no mention covers is an `unread`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest.units import UNITS
from rag.said.facts import Material
from rag.said.swedish import NUMBER_WORDS, UNCOUNTED
from rag.terms import fold

_UNIT_NAMES = tuple(UNITS)
_UNIT = "|".join(f"({spelled})" for spelled in UNITS.values())
_SPACE = r"[ \u00a0\u2009\u202f]"
_DIGITS = rf"(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)|\d+)(?:,\d+)?"
_SPOKEN = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w,.:/])(?P<sign>[-−–+]{_SPACE}?|minus\s+|plus\s+)?"
    rf"(?:(?P<digits>{_DIGITS})|(?P<word>(?:{_SPOKEN})\b))"
    rf"(?!\d|[.,:/]\d|\s?[-–−]\s?\d)(?:{_SPACE}{{0,2}}(?:{_UNIT})(?![^\W_]))?",
    re.I,
)
_YEAR = re.compile(r"(?<![\w,.:/–−-])(?:19|20)\d\d(?![\w]|[,.:/]\d)")
_RANGE = re.compile(
    r"(?:\b(?:mellan|från)\s+(?:år\s+)?)?(?<![\w,.])((?:19|20)\d\d)"
    r"(?:\s+(?:och|till)\s+(?:år\s+)?|\s?[–-]\s?)((?:19|20)\d\d)(?![\w]|[,.]\d)",
    re.I,
)
_KEY = re.compile(r"\{([A-Z])(\d+)\}")
_MARKER = re.compile(r"\[(\d+)\]")
_QUOTED = re.compile(r"”([^”]*)”")
_WORD = re.compile(r"[^\W\d_]+(?:-(?=[^\W\d_])[^\W\d_]+)*-?")
_STOP = re.compile(r"[,;:()–]")


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that a sentence mentions, at `start` to `end`.

    `kind` is figure, quote, marker, number, year, range, title, label, word, stop or unread. `text`
    is as written (folded for words), `number` what a key or marker holds, or the citation quoted.
    """

    kind: str
    start: int
    end: int
    text: str
    number: int = 0
    value: Decimal = Decimal(0)
    unit: str = ""
    sign: str = ""
    years: tuple[str, ...] = ()


def mentions(sentence: str, material: Material) -> list[Mention]:
    """Everything that a sentence mentions, in order."""
    found: list[Mention] = []
    taken = bytearray(len(sentence))
    for finder in (_keys, _quotes, _titles, _labels, _ranges, _years, _numbers):
        for mention in finder(sentence, material):
            if not any(taken[mention.start : mention.end]):
                taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
                found.append(mention)
    for match in _WORD.finditer(sentence):
        if not any(taken[slice(*match.span())]):
            word = fold(match[0])
            kind = "unread" if re.match(UNCOUNTED, word) else "word"
            found.append(Mention(kind, *match.span(), match[0]))
            taken[slice(*match.span())] = b"\1" * len(match[0])
    for match in re.finditer(r"[^\W_]", sentence):  # digits, and letters of other kinds
        if not taken[match.start()]:
            found.append(Mention("unread", *match.span(), match[0]))
    for match in _STOP.finditer(sentence):
        if not taken[match.start()]:
            found.append(Mention("stop", *match.span(), match[0]))
    return sorted(found, key=lambda mention: mention.start)


def _keys(sentence: str, material: Material) -> Iterator[Mention]:
    kinds = {"F": "figure", "Q": "quote", "C": "marker"}
    held = {"F": range(1, len(material.facts) + 1), "Q": material.quotes, "C": material.quotes}
    for match in _KEY.finditer(sentence):
        number = int(match[2])
        known = match[1] in kinds and number in held[match[1]]
        kind = kinds[match[1]] if known else "unread"
        yield Mention(kind, *match.span(), match[0], number)
    for match in _MARKER.finditer(sentence):
        known = int(match[1]) in material.quotes
        yield Mention("marker" if known else "unread", *match.span(), match[0], int(match[1]))


def _quotes(sentence: str, material: Material) -> Iterator[Mention]:
    for match in _QUOTED.finditer(sentence):
        said = " ".join(match[1].split())
        cited = next((id_ for id_, quote in material.quotes.items() if quote == said), 0)
        yield Mention("quote" if cited else "unread", *match.span(), match[0], cited)


def _titles(sentence: str, material: Material) -> Iterator[Mention]:
    titles = {title for document in material.documents.values() for title in document.titles}
    yield from _verbatim("title", titles, sentence)


def _labels(sentence: str, material: Material) -> Iterator[Mention]:
    labels = {fact.figure.label for fact in material.facts}
    heads = {fact.figure.head for fact in material.facts}
    long = {text for text in labels if len(text.split()) > 1 or any(map(str.isdigit, text))}
    long |= {text for text in heads if "%" in text and any(map(str.isalpha, text))}
    yield from _verbatim("label", long, sentence)


def _verbatim(kind: str, texts: set[str], sentence: str) -> Iterator[Mention]:
    lowered = sentence.casefold()
    if len(lowered) != len(sentence):
        return
    for text in sorted(filter(None, texts), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(text.casefold())}(?!\w)", lowered):
            yield Mention(kind, *match.span(), text)


def _ranges(sentence: str, _: Material) -> Iterator[Mention]:
    for match in _RANGE.finditer(sentence):
        yield Mention("range", *match.span(), match[0], years=(match[1], match[2]))


def _years(sentence: str, _: Material) -> Iterator[Mention]:
    for match in _YEAR.finditer(sentence):
        unit = re.match(rf"{_SPACE}{{0,2}}(?:{_UNIT})(?![^\W_])", sentence[match.end() :], re.I)
        if not unit:
            yield Mention("year", *match.span(), match[0], years=(match[0],))


def _numbers(sentence: str, _: Material) -> Iterator[Mention]:
    for match in _NUMBER.finditer(sentence):
        unit = next(
            (name for at, name in enumerate(_UNIT_NAMES, start=4) if match[at] is not None), ""
        )
        if match["word"]:
            value = NUMBER_WORDS[match["word"].casefold()]
        else:
            value = Decimal(re.sub(_SPACE, "", match["digits"]).replace(",", "."))
        if match["word"] and match["word"].casefold() == "ett" and not _counts(sentence, match):
            continue  # an article
        sign = (match["sign"] or "").strip().casefold().replace("minus", "−").replace("plus", "+")
        sign = "−" if sign in ("-", "–") else sign
        yield Mention("number", *match.span(), match[0], 0, value, unit, sign)


def _counts(sentence: str, match: re.Match[str]) -> bool:
    """Whether "ett" is a number: a unit or a word of size follows."""
    rest = sentence[match.end("word") :]
    return match[0] != match["word"] or bool(re.match(rf"\s+(?:{UNCOUNTED})", rest, re.I))

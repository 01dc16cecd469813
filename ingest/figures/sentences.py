"""A page's text → its sentences, and what a sentence says about the direction of a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?](?=[\s)”\"]+[A-ZÅÄÖ0-9•–-]|\s*\Z)|[.!?:;](?=\n\s*[A-ZÅÄÖ•–-])|\n\s*\n|•")
_SHORT = re.compile(
    r"(?:\b(?:bl\.?\s?a|t\.?\s?ex|d\.?v\.?s|m\.?m|o\.?s\.?v|inkl|exkl|ca|resp|kap|nr|kr|milj|st|tfn|enl"
    r"|s\.?k|f\.?d|jfr|fr\.?o\.?m|t\.?o\.?m|p\.?g\.?a|m\.?fl|obs|avd|max|min)|[:;,]\s+\d{1,2})\Z",
    re.I,
)

DIRECTIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.I))
    for name, form in (
        (
            "deficit",
            r"\w*underskott\w*|negativ\w*\s+(?:\w+\s+)?(?:avvik\w+|prognos\w*|resultat\w*|utfall\w*)"
            r"|avvik\w*\s+(?:\w+\s+)?negativt|minusresultat|överskr[ie]d\w*|överdrag\w*"
            r"|överst[ie]g\w*\s+(?:\w+\s+)?budget\w*",
        ),
        (
            "surplus",
            r"\w*överskott\w*|positiv\w*\s+(?:\w+\s+)?(?:avvik\w+|prognos\w*|resultat\w*|utfall\w*)"
            r"|avvik\w*\s+(?:\w+\s+)?positivt|plusresultat|underskr[ie]d\w*"
            r"|underst[ie]g\w*\s+(?:\w+\s+)?budget\w*",
        ),
        (
            "up",
            r"öka(?:r|t|de|s|ts)?|ökning\w*|ökande|stig(?:er|it|a)|steg|högre|växer|växt|större",
        ),
        ("down", r"minska(?:r|t|de|s|ts)?|minskning\w*|sjunk(?:er|it|a)|sjönk|lägre|mindre|avtar"),
    )
)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ranges of the sentences of `text[start:end]`, without white space at their ends."""
    begin = start
    for match in _END.finditer(text, start, end):
        lead = text[max(begin, match.start() - 12) : match.start()]
        ordinal = text[begin : match.start()].strip().isdigit()
        if match[0] in ".!?" and (ordinal or _SHORT.search(lead)):
            continue
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[begin:end]
    lead = len(piece) - len(piece.lstrip(" \n\t•"))
    body = piece.strip(" \n\t•")
    if body:
        yield begin + lead, begin + lead + len(body)


def direction_of(clause: str) -> str:
    """What the words nearest before a number say: deficit, surplus, up, down, or ""."""
    best, at = "", -1
    for name, form in DIRECTIONS:
        for match in form.finditer(clause):
            if match.end() > at:
                best, at = name, match.end()
    return best

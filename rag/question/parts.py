"""A question of several parts → the parts: what is asked first, and what is asked about it."""

from __future__ import annotations

import re

_CUT = re.compile(
    r"\s*[,;?]?\s+(?:och|samt)\s+(?=(?:vad|varför|hur|vilk(?:en|et|a)|vem|när)\b)"
    r"|\?\s+(?=\S)",
    re.I,
)
_REASON = re.compile(
    r"(?:varför(?:\s+(?:då|det|blev det så|är det så))?"
    r"|vad (?:beror|berodde) (?:det|den|detta|avvikelsen|underskottet|överskottet) på"
    r"|vad (?:säger|skriver|anger|uppger|sägs|står|sade|skrev)(?: \w+)? om (?:det|den|detta"
    r"|avvikelsen|underskottet|överskottet|orsaken)(?: i (?:rapporten|dokumentet|texten))?"
    r"|vad är (?:orsaken|anledningen|skälet|förklaringen)(?: till (?:det|den|detta|avvikelsen))?"
    r"|hur (?:förklaras|förklarar|motiveras|motiverar)(?: \w+)?(?: (?:det|den|detta|avvikelsen"
    r"|underskottet|överskottet))?)\s*[?.!]?\s*",
    re.I,
)

_SEVERAL = re.compile(
    r"\b(?:vilk(?:en|et|a) av|(?:och|samt) (?:vad|varför|hur|vilk\w+|vem)|jämför\w*|respektive"
    r"|därefter|alla (?:tre|fyra|fem) )",
    re.I,
)


def parts_of(question: str) -> list[str]:
    """The parts of a question in order; one where it asks for one thing."""
    return [part.strip() for part in _CUT.split(question) if part.strip()]


def asks_reason_of_it(part: str) -> bool:
    """Whether a part asks for the reason of what the part before it asks for, and no more."""
    return _REASON.fullmatch(part) is not None


def with_reason(question: str) -> str:
    """What is asked first, of a question that then asks for the reason of it; "" for others."""
    parts = parts_of(question)
    return f"{parts[0].rstrip('?')}?" if len(parts) == 2 and asks_reason_of_it(parts[1]) else ""


def has_several_steps(question: str) -> bool:
    """Whether a question asks for one thing and then another, or to choose between several."""
    return _SEVERAL.search(question) is not None

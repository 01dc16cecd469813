"""A text and what it may draw on → its sentences, each held or not, with the reason.

A sentence is held where everything it mentions is bound: each number to a figure of exactly that
size, sign, unit, period, measure and row; each quote and marker to a citation; each direction to
what the program found; each document and board to those that are cited; each other word to the
material. What cannot be read in one way is not held.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.said.binding import Clause, bind
from rag.said.facts import Fact, Material
from rag.said.mentions import Mention, mentions
from rag.said.wording_rules import fault_of_words

_ENDS = re.compile(
    r"[^\n]+?(?:[.!?](?:[ \u00a0]*(?:\{C\d+\}|\[\d+\]))*(?=\s+[A-ZÅÄÖ{”–\[(*#<!]|\s*$)|$)", re.M
)
_FOREIGN = re.compile(r"https?:|www\.|[<>`|\\@*_#~^=]|\]\(|!\[|javascript:|data:", re.I)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_QUOTED = re.compile(r"”[^”]*”")
_LONGEST = 600  # characters of a sentence


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text. `fault` says in English why it is not held; "" where it is."""

    text: str
    fault: str = ""
    mentions: tuple[Mention, ...] = ()
    facts: tuple[tuple[Mention, Fact], ...] = ()
    """Each number or figure's key, and the fact that it tells."""
    spoken: frozenset[int] = field(default_factory=frozenset)
    """The places of those numbers whose sign the words say."""

    @property
    def held(self) -> bool:
        """Whether it may be shown."""
        return not self.fault


def read(text: str, material: Material) -> list[Sentence]:
    """All sentences of a text, in order. A quote is part of one sentence, whatever stands in it."""
    masked = _QUOTED.sub(lambda quote: "”" + "x" * (len(quote[0]) - 2) + "”", text)
    parts = (text[slice(*match.span())].strip() for match in _ENDS.finditer(masked))
    return [check_sentence(part, material) for part in parts if part]


def check_sentence(text: str, material: Material) -> Sentence:
    """One sentence, held or not."""
    if _FOREIGN.search(text) or _INVISIBLE.search(text):
        return Sentence(text, "markup or an address")
    if len(_QUOTED.sub("", text)) > _LONGEST:
        return Sentence(text, "too long")
    found = mentions(text, material)
    unread = [mention.text for mention in found if mention.kind == "unread"]
    if unread:
        return Sentence(text, f"not in the material: {unread[0]}")
    clauses, fault = bind(found, material)
    if fault:
        return Sentence(text, fault)
    fault = _markers_fault(found, clauses) or fault_of_words(found, clauses, material)
    facts = tuple(
        (clause.number, clause.fact) for clause in clauses if clause.number and clause.fact
    )
    quoted = any(mention.kind == "quote" for mention in found)
    marked = any(mention.kind == "marker" for mention in found)
    if not fault and not (facts or quoted or marked):
        fault = "says nothing that is bound"
    spoken = frozenset(clause.number.start for clause in clauses if clause.number and clause.signed)
    return Sentence(text, fault, tuple(found), facts, spoken)


def _markers_fault(found: Sequence[Mention], clauses: Sequence[Clause]) -> str:
    """A marker must be of a citation that the sentence's figures or quotes rest on."""
    facts = [clause.fact for clause in clauses if clause.fact]
    quotes = {mention.number for mention in found if mention.kind == "quote"}
    if not facts and not quotes:
        return ""  # its words are held against the marked quote
    own = {cited for fact in facts for cited in fact.figure.citations} | quotes
    loose = [m.text for m in found if m.kind == "marker" and m.number not in own]
    return f"a citation of something else: {loose[0]}" if loose else ""

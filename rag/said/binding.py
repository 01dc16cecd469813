"""The mentions of a sentence → its clauses, one a number, each bound to one fact or none at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.alike import alike
from rag.said.facts import Fact, Material
from rag.said.mentions import Mention
from rag.said.swedish import (
    CAME,
    COSTS,
    DIRECTIONS,
    EXPECTING,
    MEASURES,
    MONTHS,
    PART_OF_YEAR,
    PAST,
    TO_COME,
    WHOLE_YEAR,
)
from rag.terms import fold, words

_JOINTS = frozenset("men medan mot till och jämfört respektive samt resp".split())
_BY = frozenset("med på om".split())
_COMPARED = frozenset("än mot från av jämfört jämförelse förhållande".split())
_SURE = 0.95  # of two words being one
_TOGETHER = frozenset("tillsammans totalt sammanlagt ihop summan".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """A number with the mentions that say what it is; `number` is None where there is none.

    `signed` where the words say the sign of a number that has none in digits.
    """

    number: Mention | None
    around: tuple[Mention, ...]
    fact: Fact | None = None
    signed: bool = False

    @property
    def words(self) -> list[str]:
        """The words around the number, folded."""
        return [fold(mention.text) for mention in self.around if mention.kind == "word"]

    @property
    def before(self) -> str:
        """The word right before the number, folded; "" where none is."""
        if self.number is None:
            return ""
        ahead = [m for m in self.around if m.end <= self.number.start]
        return fold(ahead[-1].text) if ahead and ahead[-1].kind == "word" else ""


def bind(found: Sequence[Mention], material: Material) -> tuple[list[Clause], str]:
    """The clauses with their facts, and why they cannot be bound ("" where they can)."""
    bound: list[Clause] = []
    for clause in _clauses(found):
        if clause.number is None:
            bound.append(clause)
            continue
        fact, signed, fault = _fact_of(clause, material)
        if fact is None:
            return [], fault
        bound.append(Clause(clause.number, clause.around, fact, signed))
    return bound, _order_fault(bound)


def _clauses(found: Sequence[Mention]) -> list[Clause]:
    """The sentence cut between its numbers: at a joint, else at a bracket or a comma."""
    at = [i for i, mention in enumerate(found) if mention.kind in ("number", "figure")]
    if not at:
        return [Clause(None, tuple(found))]
    cuts = [0]
    for first, second in pairwise(at):
        cuts.append(first + 1 + _cut(found[first + 1 : second]))
    cuts.append(len(found))
    return [
        Clause(found[index], tuple(m for i, m in enumerate(found[a:b], start=a) if i != index))
        for index, a, b in zip(at, cuts, cuts[1:], strict=False)
    ]


def _cut(gap: Sequence[Mention]) -> int:
    """How many mentions between two numbers belong to the first."""
    for i, mention in enumerate(gap):
        if mention.kind == "word" and fold(mention.text) in _JOINTS:
            return i
    texts = [mention.text if mention.kind == "stop" else "" for mention in gap]
    if "(" in texts and ")" in texts:
        return texts.index(")") + 1
    return next((i for i, text in enumerate(texts) if text), 0)


def _fact_of(clause: Clause, material: Material) -> tuple[Fact | None, bool, str]:
    """The one fact that a clause's number tells, and whether the words say its sign."""
    number = clause.number
    assert number is not None
    if number.kind == "figure":
        candidates = [material.facts[number.number - 1]]
    else:
        candidates = material.with_value(number.value, number.unit)
    faults = [(fact, *_fits(fact, clause)) for fact in candidates]
    fitting = [(fact, signed) for fact, signed, fault in faults if not fault]
    if not fitting:
        reason = faults[0][2] if faults else "no figure has this value and unit"
        return None, False, f"{number.text}: {reason}"
    fact, signed = fitting[0]
    if _ambiguous(fact, clause, material):
        return None, False, f"{number.text}: does not say which of several it is"
    return fact, signed, ""


def _fits(fact: Fact, clause: Clause) -> tuple[bool, str]:
    """Whether a clause says nothing of its number that is not true of a fact."""
    fault = _misdescribed(fact, clause)
    if fault:
        return False, fault
    return _sign(fact, clause)


def _misdescribed(fact: Fact, clause: Clause) -> str:
    ways = _own_ways(fact, clause)
    loose = [way for way in ways if way not in fact.ways]
    if loose:
        return f"direction {loose[0]} is not its own"
    if not _has_cue(fact, clause):
        return "told as something else than a difference"
    told_between = any(mention.kind == "range" for mention in clause.around)
    if told_between and fact.level and clause.before not in ("från", "till"):
        return "a level told between two years"
    together = bool(_TOGETHER & {*clause.words})
    if fact.total != together and (fact.total or fact.part_of_sum):
        return "a sum told as a part of it, or a part as the sum"
    if fact.level and clause.before in _BY and {*ways} - {"most", "least"}:
        return "an amount told as a change"
    return _other_period(fact, clause) or _other_measure(fact, clause) or _other_label(fact, clause)


def _own_ways(fact: Fact, clause: Clause) -> list[str]:
    """The directions that a clause says of a fact; the words of its row's name say none."""
    said = [word for word in clause.words if word in DIRECTIONS and word not in fact.label]
    return [DIRECTIONS[word] for word in said]


def _has_cue(fact: Fact, clause: Clause) -> bool:
    """A difference is told with a word that says so; a level never by one alone."""
    if fact.level:
        return True
    named = {MEASURES.get(word) for word in clause.words}
    labels = [m for m in clause.around if m.kind == "label"]
    heads = {MEASURES.get(word) for m in labels for word in words(m.text)}
    return bool(_own_ways(fact, clause)) or fact.figure.measure in named | heads


def _other_period(fact: Fact, clause: Clause) -> str:
    ranges = [m.years for m in clause.around if m.kind == "range"]
    if any(first >= last or fact.between != {first, last} for first, last in ranges):
        return "between other years"
    said = {year for m in clause.around if m.kind == "year" for year in m.years}
    own = fact.years or {word for word in fact.head | fact.label if word.isdigit()}
    named = clause.words
    if not own and said:
        return f"no year is told of it: {min(said)}"
    if said - own:
        return f"another year: {min(said - own)}"
    one_of_two = said and len(fact.years) > 1 and said != fact.years and not fact.level
    if one_of_two and not _names_end(fact, clause):
        return "one year of a change"
    return _other_months(fact, named, bool(said))


def _names_end(fact: Fact, clause: Clause) -> bool:
    """Whether the one year that is said of a change is said to be its end ("till 2026") or its
    beginning ("än budgeten för 2024")."""
    given = [mention for mention in clause.around if mention.kind != "stop"]
    at = [place for place, mention in enumerate(given) if mention.kind == "year"]
    if len(at) != 1:
        return False
    year = given[at[0]]
    before = [fold(m.text) for m in given[max(0, at[0] - 3) : at[0]] if m.kind == "word"]
    if before[-1:] == ["till"]:
        return year.years[0] == max(fact.years)
    return "än" in before and year.years[0] == min(fact.years)


def _other_months(fact: Fact, named: Sequence[str], dated: bool) -> str:
    months = {MONTHS[word] for word in named if word in MONTHS}
    if months and not months <= fact.months | fact.head:
        return "another month"
    part = bool(months) or any(word in PART_OF_YEAR for word in named)
    if fact.is_part and (WHOLE_YEAR & {*named} or (dated and not part)):
        return "part of a year told as the year"
    if not fact.is_part and part and not (fact.head | fact.label) & {*named}:
        return "a year told as part of one"
    return ""


def _other_measure(fact: Fact, clause: Clause) -> str:
    own = {MEASURES.get(word, "") for word in fact.head | fact.label} | {fact.figure.measure}
    if fact.figure.measure == "andel" and fact.figure.formula:
        own = {"andel"}
    given = [m for m in clause.around if m.kind == "word"]
    for index, mention in enumerate(given):
        word = fold(mention.text)
        measure = MEASURES.get(word)
        compared = any(fold(m.text) in _COMPARED for m in given[max(0, index - 2) : index])
        if measure is None or measure in own or (compared and measure in _compared_with(fact)):
            continue
        if measure == "prognos" and not fact.level and fact.head & WHOLE_YEAR:
            continue  # what a report in the year says of the whole year
        return f"another measure: {word}"
    expects = EXPECTING & {*clause.words} - {"kommer", "ska", "skall"}
    if expects and fact.figure.measure == "utfall":
        return "an outcome told as expected"
    if {"andel", "andelen"} & {*clause.words} and fact.unit != "%" and "andel" not in own:
        return "an amount told as a share"
    came = fact.figure.measure in TO_COME and not MEASURES.keys() & {*clause.words}
    if came and any(
        w in CAME or (re.search(PAST, w) and w not in fact.label) for w in clause.words
    ):
        return "what is to come told as an outcome"
    return ""


def _compared_with(fact: Fact) -> frozenset[str]:
    """What a difference may be told to be from."""
    if fact.figure.measure == "avvikelse":
        return frozenset({"budget"})
    share = fact.figure.measure == "andel"
    return fact.of if share or not fact.level else frozenset()


def _other_label(fact: Fact, clause: Clause) -> str:
    for mention in clause.around:
        if mention.kind == "label" and not _same_name(mention.text, fact):
            return f"another row: {mention.text}"
    return ""


def _same_name(text: str, fact: Fact) -> bool:
    said = words(text)
    names = fact.label | fact.head
    return all(word in names for word in said)


def _sign(fact: Fact, clause: Clause) -> tuple[bool, str]:
    """Whether the words say the sign; a fault where sign and number do not agree."""
    number = clause.number
    assert number is not None
    value = fact.figure.value
    ways = _governing(clause)
    negative_said = bool(ways & {"worse", "down"}) or (
        fact.figure.measure == "förändring" and "up" in ways and value < 0
    )
    costs = fact.level and fact.cost and bool(COSTS & {*clause.words})
    signed = value < 0 and (negative_said or costs)
    if _unsigned(fact, clause):
        return signed, "a difference without its direction"
    if number.kind == "figure":
        return signed, ""
    if number.sign:
        right = (value < 0) == (number.sign == "−") and value != 0
        # "kostnaden är −5 tkr" says it as the table does, "kostar −5 tkr" says it twice
        twice = (
            right and signed and (negative_said or not {"kostnad", "kostnaden"} & {*clause.words})
        )
        return False, "a minus said twice" if twice else "" if right else "another sign"
    return signed, "its minus is gone" if value < 0 and not signed else ""


def _governing(clause: Clause) -> set[str]:
    """The directions that a number is told by: "ett underskott på 5 mkr", "5 mkr sämre", but not
    "avvikelsen är 5 mkr, alltså sämre", where the number itself has to have its sign."""
    number = clause.number
    assert number is not None
    after = [m for m in clause.around if m.start >= number.end]
    if after and after[0].kind == "word" and fold(after[0].text) in DIRECTIONS:
        return {DIRECTIONS[fold(after[0].text)]}
    ahead = [fold(m.text) for m in clause.around if m.end <= number.start and m.kind == "word"]
    heads = [fold(m.text) for m in clause.around if m.kind == "label"]
    if any(MEASURES.get(word) in ("avvikelse", "förändring") for word in [*ahead, *heads]):
        return set()
    return {DIRECTIONS[word] for word in ahead if word in DIRECTIONS}


def _unsigned(fact: Fact, clause: Clause) -> bool:
    """A difference in millions has no sign of its own: the words must say which way it goes."""
    return fact.rounded and not fact.level and not _own_ways(fact, clause)


def _ambiguous(fact: Fact, clause: Clause, material: Material) -> bool:
    """Whether what is said of a number is as true of another figure of the answer."""
    if clause.before in ("från", "till") and fact.figure.role == "operand":
        return False  # its place says which: see _order_fault
    for other in material.facts:
        same = (other.figure.label, other.figure.measure, other.figure.period) == (
            fact.figure.label,
            fact.figure.measure,
            fact.figure.period,
        )
        if same or other.unit != fact.unit or other.figure.value == fact.figure.value:
            continue
        if not _misdescribed(other, clause) and not _says_own(fact, other, clause):
            return True
    return False


def _says_own(fact: Fact, other: Fact, clause: Clause) -> bool:
    """Whether a clause has a word that names one row and not the other."""
    own, others = fact.label - other.label, other.label - fact.label
    said = [*clause.words, *(w for m in clause.around if m.kind == "label" for w in words(m.text))]

    def names(labels: frozenset[str]) -> bool:
        return any(
            alike(label, word) >= _SURE for label in labels for word in said if len(word) > 2
        )

    whole = any(m.kind == "label" and {*words(m.text)} == fact.label for m in clause.around)
    return whole or (names(own) and not names(others))


def _order_fault(bound: Sequence[Clause]) -> str:
    """ "Från" is told of the earlier of two figures, "till" of the later."""
    pair = [c for c in bound if c.fact and c.fact.figure.role == "operand"]
    for clause in pair:
        fact = clause.fact
        assert fact is not None
        if clause.before not in ("från", "till"):
            continue
        if len(pair) != 2:
            return "from and to do not tell two figures apart"
        first = fact.index == max(c.fact.index for c in pair if c.fact)  # the later is told first
        if first != (clause.before == "från"):
            return "from and to are swapped"
    return ""

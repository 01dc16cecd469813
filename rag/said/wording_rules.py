"""What holds for every word of a sentence, beside its numbers: directions, names, vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from ingest.units import UNITS, unit_name
from rag.alike import alike
from rag.said.binding import Clause
from rag.said.facts import Fact, Material
from rag.said.mentions import Mention
from rag.said.swedish import (
    DIRECTIONS,
    GLUE,
    LIMITS,
    MEASURES,
    MONTHS,
    NEGATIONS,
    OPPOSITE,
    OTHER_PERIODS,
    PART_OF_YEAR,
    WHOLE_YEAR,
)
from rag.terms import STOP_WORDS, fold, words

_KINDS = (
    "delårsrapport delårsbokslut tertialrapport årsredovisning årsrapport verksamhetsberättelse "
    "verksamhetsplan nämndplan protokoll internkontrollplan månadsrapport uppföljning bokslut"
).split()
_OFFICES = ("nämnd", "nämnden", "nämndens", "nämnder", "styrelse", "styrelsen", "styrelsens")
_GENERIC = frozenset("nämnd nämnden nämndens".split())
_TIMES = frozenset("år året årets perioden".split())
_PLACES = ("kommun", "kommunen", "kommuns", "kommunens")


def fault_of_words(found: Sequence[Mention], clauses: Sequence[Clause], material: Material) -> str:
    """Why some word of a sentence may not be said; "" where all may."""
    said = [fold(mention.text) for mention in found if mention.kind == "word"]
    cited = _cited(found, clauses, material)
    fault = _negation(found, clauses, material, cited)
    if fault:
        return fault
    for word in said:
        if word in OTHER_PERIODS and word not in material.asked & material.told:
            return f"a period of its own: {word}"
    if fault := _whole_of(found, material):
        return fault
    fault = _without_number(found, clauses, material, cited)
    return fault or _names(found, material, cited) or _vocabulary(found, clauses, material, cited)


def _whole_of(found: Sequence[Mention], material: Material) -> str:
    """ "Hela" is said of a time, or of what the question says it of."""
    given = [m for m in found if m.kind != "stop"]
    for first, second in pairwise(given):
        after = fold(second.text)
        of_time = second.kind in ("year", "range") or after in WHOLE_YEAR or after in _TIMES
        if fold(first.text) == "hela" and not of_time and after not in material.asked:
            return f"a whole of its own: {after}"
    return ""


def _negation(
    found: Sequence[Mention], clauses: Sequence[Clause], material: Material, cited: Sequence[int]
) -> str:
    """A negation is said as a quote says it, with the words beside it, and is never left out."""
    said = [fold(m.text) for m in found if m.kind == "word"]
    quotes = [words(material.quotes[number]) for number in cited]
    numbers = any(clause.fact for clause in clauses)
    for at, word in enumerate(said):
        if word not in NEGATIONS:
            continue
        beside = said[max(0, at - 1) : at + 2]
        as_quoted = any(_stands_in(beside, quote) for quote in quotes)
        if numbers or len(beside) < 3 or not as_quoted:
            return f"a negation: {word}"
    if numbers or any(m.kind == "quote" for m in found):
        return ""
    own = frozenset(said) - GLUE
    for number in cited:
        for part in re.split(r"[.,;:]\s", material.quotes[number]):
            told = words(part)
            limits = {word for word in told if word in NEGATIONS or word in LIMITS}
            shared = sum(_held(word, own) for word in {*told} - GLUE - limits)
            if limits - {*said} and shared >= (2 if len(told) > 4 else 1):
                return f"left out of a quote: {min(limits - {*said})}"
    return ""


def _stands_in(run: Sequence[str], quote: Sequence[str]) -> bool:
    return any(list(run) == list(quote[at : at + len(run)]) for at in range(len(quote)))


def _cited(found: Sequence[Mention], clauses: Sequence[Clause], material: Material) -> list[int]:
    """The citations that a sentence rests on; all of the answer's where it has no number."""
    facts = [clause.fact for clause in clauses if clause.fact]
    own = [cited for fact in facts for cited in fact.figure.citations]
    own += [mention.number for mention in found if mention.kind in ("quote", "marker")]
    return list(dict.fromkeys(own)) or list(material.quotes)


def _without_number(
    found: Sequence[Mention], clauses: Sequence[Clause], material: Material, cited: Sequence[int]
) -> str:
    """Directions, years and measures of a sentence that tells no number: of the quote it marks,
    or of every result."""
    if any(clause.fact for clause in clauses):
        return ""
    quotes = [word for number in cited for word in words(material.quotes[number])]
    own = {fold(m.text) for m in found if m.kind == "word"} - STOP_WORDS
    results = [fact for fact in material.facts if fact.figure.role == "result"]
    for mention in found:
        word = fold(mention.text)
        if mention.kind == "word" and word in DIRECTIONS:
            way = DIRECTIONS[word]
            by_quote = any(_bears_out(material.quotes[number], way, own) for number in cited)
            by_figure = bool(results) and all(way in fact.ways for fact in results)
            if not by_quote and not by_figure:
                return f"a direction that nothing bears out: {word}"
        known = {*quotes, *(year for fact in results for year in fact.years)}
        known |= {year for number in cited for year in material.documents[number].years}
        loose = [year for year in mention.years if year not in known]
        if loose:
            return f"a year that nothing bears out: {loose[0]}"
        told = {MEASURES.get(w) for w in {*quotes} | material.told | material.asked}
        if mention.kind == "word" and MEASURES.get(word) not in {None, *told}:
            return f"a measure that nothing bears out: {word}"
    return ""


def _bears_out(quote: str, way: str, said: set[str]) -> bool:
    """Whether a quote says a direction, and of the same thing where it says its opposite too."""
    parts = [words(part) for part in re.split(r"[.,;:]\s", quote)]
    ways = [{DIRECTIONS[word] for word in part if word in DIRECTIONS} for part in parts]
    if not any(OPPOSITE[way] in told for told in ways):
        return any(way in told for told in ways)
    about = [word for word in said if word not in DIRECTIONS]
    return any(
        way in told
        and OPPOSITE[way] not in told
        and any(_held(word, frozenset(part) - STOP_WORDS) for word in about)
        for part, told in zip(parts, ways, strict=True)
    )


def _names(found: Sequence[Mention], material: Material, cited: Sequence[int]) -> str:
    """Documents, boards and municipalities are those of the sentence's own citations."""
    own = frozenset(w for number in cited for w in material.documents[number].words)
    titles = {title for number in cited for title in material.documents[number].titles}
    given = [mention for mention in found if mention.kind != "stop"]
    for index, mention in enumerate(given):
        word = fold(mention.text).strip("-")
        if mention.kind == "title" and mention.text not in titles:
            return f"another document: {mention.text}"
        if mention.kind != "word":
            continue
        kind = any(word.startswith(name) for name in _KINDS)
        office = word.endswith(_OFFICES) and word not in _GENERIC
        if (kind or office) and not any(
            alike(word, one) >= 1 or alike(one, word) >= 1 for one in own
        ):
            return f"another document or board: {word}"
        # an abbreviation, or a name in the middle of a sentence
        named = mention.text.isupper() and len(word) > 1
        named |= mention.text[:1].isupper() and index > 0 and given[index - 1].kind == "word"
        names = own | _names_in(cited, material)
        if named and not all(_held(part, names) for part in words(mention.text)):
            return f"a name that the sources do not hold: {mention.text}"
    return ""


def _names_in(cited: Sequence[int], material: Material) -> frozenset[str]:
    held = {word for number in cited for word in words(material.quotes[number])}
    for fact in material.facts:
        held |= fact.label | fact.head
    return frozenset(held)


def _vocabulary(
    found: Sequence[Mention], clauses: Sequence[Clause], material: Material, cited: Sequence[int]
) -> str:
    facts = [clause.fact for clause in clauses if clause.fact]
    held = frozenset(_own_words(material, cited, facts))
    # a claim in words alone is held by one quote, never by pieces of several
    for mention in found:
        if mention.kind != "word":
            continue
        for word in words(mention.text):
            if word in DIRECTIONS or word in MEASURES or word in MONTHS or word in GLUE:
                continue
            if word in PART_OF_YEAR | WHOLE_YEAR | OTHER_PERIODS or _unit_held(word, material):
                continue
            if not _held(word, held):
                return f"a word that the sources do not hold: {word}"
    return ""


def _own_words(material: Material, cited: Sequence[int], facts: Sequence[Fact]) -> Iterable[str]:
    yield from material.asked
    for number in cited:
        yield from words(material.quotes[number])
        yield from material.documents[number].words
    for fact in facts or material.facts:
        yield from fact.label
        yield from fact.head
    if not material.facts or facts:
        return
    yield from material.told


def _unit_held(word: str, material: Material) -> bool:
    name = unit_name(word)
    return name in UNITS and name in {fact.unit for fact in material.facts}


@lru_cache(maxsize=50_000)
def _held(word: str, held: frozenset[str]) -> bool:
    """Whether the material has a word, or another form of it."""
    return any(alike(one, word) >= 0.85 or alike(word, one) >= 0.85 for one in held)

"""Does a piece of evidence answer the question, or only speak of something near it?

The rules refuse rather than guess. What is asked for must be there: a number where a number is
asked for, a name where a name is, the year that is named, and enough of the subject.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.evidence import Evidence, holds_number
from rag.question.signs import MONTH
from rag.relevance import TextTerms, WeighedWord, coverage, missing
from rag.scope import Scope, asks_for_name, asks_why
from rag.store import StoredDocument
from rag.terms import STOP_WORDS, fold, words

_ENOUGH = 0.34  # of the question's weight, in a passage with its headings
_DEFINITE = re.compile(r"[^\W\d]{4,}(?:en|et|an|na)|[^\W\d]{7,}(?:er|or|ar|ing|tion)")
_TELLING = 1.6  # weight of a word that tells passages apart; "nämnden" has less
_TOPIC = 0.3  # of the word after "om": "ledsagning" is spoken of as "ledsagarservice"
_ENOUGH_FOR_NUMBER = 0.65  # in the sentence or row, its headings and its table's header
_MONEY = r"\b(t?kr|kkr|mn?kr|mdkr|kronor|milj\w*)\b"
_SHARE = r"%|\bprocent\w*|\bandel\w*"
_ASKS_MONEY = r"\bkosta\w*|\bkostnad\w*|\bpris\w*|\bdyr\w*|\bbudget\w*"
_UNITS = (
    (re.compile(f"{_MONEY}|{_ASKS_MONEY}", re.I), re.compile(_MONEY, re.I)),
    (re.compile(r"%|\bprocent\w*", re.I), re.compile(_SHARE, re.I)),
)
_CHANGE = re.compile(
    r"\b(?:öka|minska|utöka|höj|sänk|avvik|överskrid|förbättra|försämra|stig|sjunk)\w*"
    r"(?: [^\s.]+){0,4} (?:med|om) \d[\d ,]*",
    re.I,
)
"""By how much something changes; that says nothing of how much it is."""
_ASKS_CHANGE = re.compile(
    r"\b(öka|minska|utöka|höj|höjd|sänk|avvik|överskrid|förändr|ändra|skill|mer|mindre|fler|färre"
    r"|dyrare|billigare|över|under|stig|stigit|sjunk|skiljer|drar)\w*",
    re.I,
)
_TOTAL = re.compile(r"(summa|totalt?|samtliga|hela)\b", re.I)
_COUNTED = re.compile(r"\b(?:hur (?:många|manga)|antal(?:et)?) ([^\W\d]{4,})", re.I)
_BESIDE = 3  # words between a number and what it counts
_ASKS_COMPANY = re.compile(r"\b(företag\w*|bolag\w*|leverantör\w*|firma\w*|entreprenör\w*)\b", re.I)
_COMPANY = re.compile(
    r"\b(?:[A-ZÅÄÖ][\w&-]+ )+(?:AB|HB|KB)\b|\bAB [A-ZÅÄÖ]\w+"
    r"|\b(?:[Ff]öretaget|[Bb]olaget|[Ll]everantören|[Ff]irman|[Ee]ntreprenören) [A-ZÅÄÖ]\w+"
)
_OF_A_MONTH = re.compile(rf"\b({MONTH})\w{{0,2}}(?:prognos|uppföljning|rapport|bokslut|siffr)\w*")
_DECIDED = re.compile(r"\b(?:beslutade|beslutat|antog|beviljade|avslog|fastställde)\s+(\w+)")
_SENTENCE_END = re.compile(r"[.!?:;…]")
_SENTENCE_START = re.compile(r"(?:^|[.!?:”\"]\s*)\w+")
_CAPITALISED = re.compile(r"\b[A-ZÅÄÖ][a-zåäöé]{2,}(?:-?[A-ZÅÄÖ]?[a-zåäöé]+)*\b")


def supports(evidence: Evidence, scope: Scope, question: Sequence[WeighedWord], asked: str) -> bool:
    """Whether a quote may stand as an answer, or as part of one."""
    passage = TextTerms(evidence.passage.all_text)
    if not _holds_month(evidence, asked) or not _holds_year(evidence, scope):
        return False
    if not _holds_topic(passage, scope, question):
        return False
    quote = evidence.page.text[evidence.span.start : evidence.span.end]
    core = evidence.page.text[evidence.core.start : evidence.core.end]
    named = not asks_for_name(asked) or _holds_name(quote, asked, evidence.passage.document)
    if not named or _is_proposed_to(core, asked):
        return False
    if asks_why(asked) and not _SENTENCE_END.search(quote):
        return False  # labels of a figure give no reasons
    if scope.number:
        chunk = evidence.passage.stored.chunk
        near = " ".join([*chunk.section, chunk.context, core])
        return (
            _says_of_what(core, asked, question, table=chunk.kind == "table")
            and _holds_unit(near, asked)
            and _all_there(question, TextTerms(near))
        )
    return evidence.coverage >= _ENOUGH and _holds_something_telling(passage, question)


def unknown_names(asked: str, documents: Sequence[StoredDocument], known: TextTerms) -> list[str]:
    """Proper names in a question that no document knows: nothing can be said of them.

    `known` are the terms of the best passages; what a document is called counts too.
    """
    inner = _SENTENCE_START.sub(lambda match: " " * len(match.group()), asked)
    identities = " ".join(
        f"{d.identity.municipality} {d.identity.board} {d.identity.title}" for d in documents
    )
    called = TextTerms(identities)
    names = [name for name in _CAPITALISED.findall(inner) if fold(name) not in STOP_WORDS]
    weighed = [WeighedWord(fold(name), (), 1.0) for name in names]
    return [
        name for name, word in zip(names, weighed, strict=True) if missing([word], [known, called])
    ]


def _is_proposed_to(text: str, asked: str) -> bool:
    """Whether a text proposes to somebody what the question says that they have decided."""
    decider = _DECIDED.search(fold(asked))
    return decider is not None and bool(
        re.search(rf"föresl\w+\s+(?:att\s+)?{re.escape(decider[1])}", fold(text))
    )


def _holds_month(evidence: Evidence, asked: str) -> bool:
    """Whether a passage names the month of the forecast or report that a question names by it:
    "aprilprognosen" is not "oktoberprognosen"."""
    said = fold(evidence.passage.all_text)
    return all(month in said for month in _OF_A_MONTH.findall(fold(asked)))


def _holds_year(evidence: Evidence, scope: Scope) -> bool:
    """Whether the document is about a year that the question names, or the passage names it."""
    if not scope.years:
        return True
    text = evidence.passage.all_text
    said = {*evidence.passage.document.identity.years, *map(int, re.findall(r"\b\d{4}\b", text))}
    return bool(said & set(scope.years))


def _holds_topic(passage: TextTerms, scope: Scope, question: Sequence[WeighedWord]) -> bool:
    """Whether what the question is said to be about stands in the passage or its headings."""
    topic = [word for word in question if word.word == scope.topic]
    return all(passage.share(word) >= _TOPIC for word in topic)


def _holds_something_telling(passage: TextTerms, question: Sequence[WeighedWord]) -> bool:
    """Whether, of a question with words that no document knows, more than a commonplace is found.

    "Vad tycker nämnden om kärnkraft?" is not answered by whatever says "nämnden".
    """
    if not any(word.idle for word in question):
        return True
    found = [
        word
        for word in question
        if word.weight >= _TELLING and not word.idle and not missing([word], [passage])
    ]
    # "När ska simhallen byggas?": a thing that is spoken of as known, and that no document knows
    thing = any(
        word.idle and _DEFINITE.fullmatch(word.word) and missing([word], [passage])
        for word in question
    )
    return len(found) >= (2 if thing else 1)


def _all_there(question: Sequence[WeighedWord], near: TextTerms) -> bool:
    """Whether a number's surroundings hold all of the subject but what is idle talk."""
    subject = [word for word in question if not word.idle]
    enough = coverage(question, near) >= _ENOUGH_FOR_NUMBER
    return enough and all(near.holds(word) for word in subject)


def _says_of_what(quote: str, asked: str, question: Sequence[WeighedWord], *, table: bool) -> bool:
    """Whether a number's own row or sentence names what was asked for, not only its heading."""
    subject = [word for word in question if not word.idle]
    named = _names(quote, subject, asked)
    counted = _COUNTED.search(asked)
    if counted is not None:
        return _counts(quote, counted.group(1)) and not re.search(_SHARE, quote, re.I)
    return named or (table and bool(_TOTAL.match(quote)))


def _names(sentence: str, subject: Sequence[WeighedWord], asked: str) -> bool:
    """Whether a sentence says a number, and of what; by how much it changes only if asked for."""
    level = sentence if _ASKS_CHANGE.search(asked) else _CHANGE.sub("", sentence)
    own = TextTerms(sentence)
    return holds_number(level) and any(own.holds(word) for word in subject)


def _counts(quote: str, noun: str) -> bool:
    """Whether a number stands right by a word for what is counted: "41 chefer"."""
    found = quote.split()
    wanted = WeighedWord(fold(noun), (), 1.0)
    numbers = [i for i, word in enumerate(found) if re.search(r"\d", word)]
    nouns = [i for i, word in enumerate(found) if TextTerms(word).holds(wanted)]
    return any(-_BESIDE <= noun - number <= _BESIDE for number in numbers for noun in nouns)


def _holds_unit(text: str, asked: str) -> bool:
    """Whether a text says a number of the kind that is asked for: money for money."""
    return all(unit.search(text) for question, unit in _UNITS if question.search(asked))


def _holds_name(quote: str, asked: str, document: StoredDocument) -> bool:
    """Whether a text names somebody whom neither the question nor the document's cover names."""
    if _ASKS_COMPANY.search(asked):
        return bool(_COMPANY.search(quote))
    inner = _SENTENCE_START.sub(" ", quote)
    identity = document.identity
    told = {*words(asked), *words(f"{identity.municipality} {identity.board} {identity.title}")}
    told |= {f"{word}s" for word in told}
    return any(fold(name) not in told for name in _CAPITALISED.findall(inner))

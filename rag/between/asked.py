"""A question → whether it sets boards, reports or years against each other, and how."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from rag.terms import STOP_WORDS, words

_COUNTS = {"två": 2, "bägge": 2, "båda": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7}
_COUNTED = rf"(?:(?P<count>{'|'.join(_COUNTS)}|\d)\s+)?"
_KINDS = {
    "board": r"(?:\w*nämnd(?:en|er|erna|ernas)?|\w*styrelse(?:n|r|rna)?)",
    "document": (
        r"(?:rapport(?:en|er|erna|ernas)?|dokument(?:en|ens)?|bokslut(?:en|ens)?"
        r"|(?:delårs|års|tertial|månads)rapport(?:en|er|erna|ernas)?|delårsbokslut(?:en|ens)?"
        r"|årsredovisning(?:en|ar|arna|arnas)?|verksamhetsberättelse(?:n|r|rna|rnas)?)"
    ),
    "year": r"(?:år(?:et|en|ens)?)",
}
_THESE = r"(?:(?:de|dessa|våra|kommunens|alla)\s+)*"
_NAMES = (  # "av Vård- och omsorgsnämnden och …", but not "av områdena i nämnden"
    r"(?:(?!\b(?:i|inom|hos|på|enligt|ur|för|hade?|som)\b|\b(?:och|samt)\s+(?:vad|varför|hur)\b)"
    r"[\w\s,-]){0,60}?"
)
_WHICH = {
    kind: re.compile(
        rf"\bvilk(?:en|et)\s+(?:(?:av|bland)\s+{_THESE}{_COUNTED}(?:{names}))?{word}\b", re.I
    )
    for kind, word in _KINDS.items()
    for names in ([""] if kind == "year" else [_NAMES])
}
_ORDERS = {
    kind: re.compile(
        rf"\b(?:rangordna|ordna|jämför|ranka|lista)\s+{_THESE}{_COUNTED}{word}\b", re.I
    )
    for kind, word in _KINDS.items()
}
_WAYS = {
    "worse": r"underskott\w*|\bback\b|över\s+(?:sin\s+)?budget|överskrid\w*|drar över|\bminus\b"
    r"|sämst\w*",
    "better": r"överskott\w*|under\s+(?:sin\s+)?budget|underskrid\w*|\bplus\b|bäst\w*",
    "either": r"avvik\w*|avvek|budgetavvikels\w*|närmast\s+(?:sin\s+)?budget"
    r"|(?:från|mot|till|i förhållande till)\s+(?:sin\s+)?budget(?:en)?\b",
}
_MOST = re.compile(r"\b(?:mest|störst\w*|högst\w*|längst|sämst\w*|bäst\w*)\b", re.I)
_LEAST = re.compile(r"\b(?:minst\w*|lägst\w*|närmast)\b", re.I)
_PERCENT = re.compile(r"\bprocent(?:uell\w*)?\b|%|\brelativt\b|\bi förhållande till", re.I)
_AMOUNT = re.compile(r"\bi (?:kronor|belopp|pengar|tkr|mkr|mnkr|kr)\b|\bbelopp\w*", re.I)
_SAYS = re.compile(
    r"\b(?:varför|orsak\w*|förklar\w*|beror|berodde|anledning\w*|motiver\w*"
    r"|vad (?:säger|skriver|anger|uppger|sägs|står|sade|skrev))\b",
    re.I,
)
_TURNED = re.compile(r"\b(?:inte|ej|aldrig|utan|utom|förutom|undantag\w*|exklusive|näst)\b", re.I)
_OF_ROWS = re.compile(
    r"\b(?:verksamhet(?!sberätt|splan)|kostnadsslag|enhet|avdelning|förvaltning|projekt|post|rad|mål|indikator"
    r"|nyckeltal|risk)\w*\b|investering\w*",
    re.I,
)
_FORECAST = re.compile(r"prognos\w*|väntas|räknar\w*\s+med|beräknas|förväntas", re.I)
_OUTCOME = re.compile(r"\butfall\w*|\bblev\b|\bårsredovisning\w*|(?<!delårs)\bbokslut\w*", re.I)
_SO_FAR = re.compile(r"\bhittills\b|\bt\.?o\.?m\b|till och med|januari|\bjan\b|augusti", re.I)
_NOTHING_MORE = frozenset(
    """budget budgeten budgeterat sin sina har hade haft är var går gick gått gör gjorde visar
    visade ligger låg landar landade hamnar hamnade redovisar redovisade håller höll sig avviker
    avvek avvikit drar drog räknar får fick resultat resultatet resultatets ekonomi ekonomin
    ekonomiskt ekonomiska nettokostnad nettokostnaden nettokostnaderna helår helåret år året månad
    hela åren delår delåret perioden kommun kommunen kommunens nämnd nämnden nämndens nämnder
    nämnderna nämndernas styrelse styrelsen själva egna dokument dokumenten dokumentet efter
    räknat sett jämfört jämförelse förhållande storlek ordning störst först sist alla dem dom de
    det detta om vad varför säger skriver anger uppger sägs står hur""".split()
)
"""Words that ask for nothing beside the whole board's deviation."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How things are set against each other.

    `kind` is board, document or year; `way` is worse, better or either; `by` is percent, amount or
    "" where the question says neither. `count` is how many there are said to be, 0 where that is
    not said; `least` where the one nearest to its budget is meant, `every` where all are to be told
    in order. `says` where it is asked what the documents say of it. `measure` is prognos, utfall or
    "", `so_far` where a part of the year is meant.
    """

    kind: str
    way: str
    by: str
    count: int
    least: bool
    every: bool
    says: bool
    measure: str
    so_far: bool


def asked_between(text: str, names: Container[str]) -> Asked | None:
    """What a question sets against each other; None where it does nothing of the kind, or asks
    for more. `names` are the words that documents, boards and municipalities are called by."""
    found = _found(_WHICH, text) or _found(_ORDERS, text)
    way = next((name for name, said in _WAYS.items() if re.search(said, text, re.I)), "")
    every = _found(_ORDERS, text) is not None
    least, most = _LEAST.search(text) is not None, _MOST.search(text) is not None
    if found is None or not way or _OF_ROWS.search(text) or not (every or least or most):
        return None
    if _TURNED.search(text) or _more(text, names):
        return None
    kind, match = found
    count = match["count"] or ""
    measure = "prognos" if _FORECAST.search(text) else "utfall" if _OUTCOME.search(text) else ""
    return Asked(
        kind,
        way,
        "percent" if _PERCENT.search(text) else "amount" if _AMOUNT.search(text) else "",
        _COUNTS.get(count.casefold(), int(count) if count.isdigit() else 0),
        least and not most,
        every,
        _SAYS.search(text) is not None,
        measure,
        _SO_FAR.search(text) is not None,
    )


def _found(patterns: dict[str, re.Pattern[str]], text: str) -> tuple[str, re.Match[str]] | None:
    for kind, pattern in patterns.items():
        if match := pattern.search(text):
            return kind, match
    return None


def _more(text: str, names: Container[str]) -> list[str]:
    """The words of a question that say something which is not understood here."""
    patterns = (*_WHICH.values(), *_ORDERS.values(), _MOST, _LEAST, _PERCENT, _AMOUNT, _SAYS)
    patterns += (_FORECAST, _OUTCOME, _SO_FAR, *(re.compile(said, re.I) for said in _WAYS.values()))
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return [
        word
        for word in words(text)
        if not (word.isdigit() or word in STOP_WORDS or word in _NOTHING_MORE or word in names)
    ]

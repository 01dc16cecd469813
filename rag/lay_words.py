"""Everyday words and phrases → what a board's report may say for them: for finding, not proving.

Wider than `rag.thesaurus`, which says what means the same: a passage that is found through a word
of these still has to hold what was asked for. Read from `lay_words.txt`, a line each:
`everyday, everyday phrase = formal, formal phrase`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from rag.terms import STOP_WORDS, plain, stem, words

Entry = tuple[tuple[str, ...], tuple[str, ...]]

_SHORT = 4  # letters: a shorter word stands for itself alone, without endings
_STRONG_VERBS = """
be: ber bad bett
bli: blir blev blivit
bryta: bryter bröt brutit
bära: bär bar burit
dra: drar drog dragit
dricka: dricker drack druckit
dö: dör dog dött
falla: faller föll fallit
fara: far for farit
finna: finner fann funnit
få: får fick fått
försvinna: försvinner försvann försvunnit
ge: ger gav gett givit
gråta: gråter grät gråtit
gå: går gick gått gåtts
göra: gör gjorde gjort gjorts
ha: har hade haft
hinna: hinner hann hunnit
hålla: håller höll hållit
komma: kommer kom kommit
lida: lider led lidit
ligga: ligger låg legat
låta: låter lät låtit
lägga: lägger lade la lagt
rinna: rinner rann runnit
se: ser såg sett
sitta: sitter satt suttit
sjunka: sjunker sjönk sjunkit
skjuta: skjuter sköt skjutit
skriva: skriver skrev skrivit
slippa: slipper slapp sluppit
slå: slår slog slagit
sova: sover sov sovit
springa: springer sprang sprungit
stiga: stiger steg stigit
stjäla: stjäl stal stulit
stå: står stod stått
svika: sviker svek svikit
säga: säger sade sa sagt
sälja: säljer sålde sålt
ta: tar tog tagit
vara: är var varit
veta: vet visste vetat
vinna: vinner vann vunnit
välja: väljer valde valt
växa: växer växte vuxit
äta: äter åt ätit
"""


@cache
def entries() -> tuple[Entry, ...]:
    """Each line: what is said in everyday words, and what reports say for it."""
    text = Path(__file__).with_name("lay_words.txt").read_text(encoding="utf-8")
    lines = (line.partition("=") for line in text.splitlines() if "=" in line)
    return tuple((_parts(lay), _parts(formal)) for lay, _, formal in lines)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


Phrase = tuple[str, ...]

_Found = dict[str, list[tuple[Phrase, Phrase]]]
"""Key of a phrase's first word → the phrases that begin so, with what reports say for them."""


@cache
def _by_first(*, dotted: bool) -> _Found:
    found: _Found = {}
    for lay, formal in entries():
        for phrase in map(words, lay):
            # "FaR" is no verb and "MAN" no pronoun, but a question is in lower case
            if phrase and not (len(phrase) == 1 and phrase[0] in STOP_WORDS):
                keys = tuple(_key(word, dotted=dotted) for word in phrase)
                found.setdefault(keys[0], []).append((keys, formal))
    return found


@cache
def _infinitives(*, dotted: bool) -> dict[str, str]:
    lines = (line.split(": ") for line in _STRONG_VERBS.strip().splitlines())
    pairs = ((form, verb) for verb, forms in lines for form in forms.split())
    return {_written(form, dotted): _written(verb, dotted) for form, verb in pairs}


def _written(word: str, dotted: bool) -> str:
    return word if dotted else plain(word)


def _key(word: str, *, dotted: bool) -> str:
    bare = _written(word, dotted)
    bare = _infinitives(dotted=dotted).get(bare, bare)
    return bare if len(bare) <= _SHORT else stem(bare)


def formal_words(question: Sequence[str]) -> tuple[str, ...]:
    """What a report may say for the folded words of a question, in order, each once."""
    return tuple(dict.fromkeys(word for group in formal_groups(question) for word in group))


def formal_groups(question: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The same for each everyday word or phrase of a question: any of a group may be what it means.

    A phrase counts where its words follow each other; endings make no difference. A compound has
    what its parts have. Where nobody wrote å, ä or ö, they make no difference either.
    """
    dotted = any(plain(word) != word for word in question)
    known = _by_first(dotted=dotted)
    keys = [_key(word, dotted=dotted) for word in question]
    groups: list[list[str]] = []
    for start in range(len(keys)):
        told = _told(known, keys[start:])
        if not told and question[start] not in STOP_WORDS:
            told = _of_parts(known, _written(question[start], dotted), dotted=dotted)
        groups.append(told)
    return tuple(tuple(dict.fromkeys(group)) for group in groups if group)


def _told(known: _Found, keys: Sequence[str]) -> list[str]:
    told: list[str] = []
    for phrase, formal in known.get(keys[0], ()):
        if tuple(keys[: len(phrase)]) == phrase:
            told.extend(word for one in formal for word in words(one) if word not in STOP_WORDS)
    return told


def _of_parts(known: _Found, word: str, *, dotted: bool) -> list[str]:
    """What both parts of a compound say; the longest first part that leaves a known last one."""
    for cut in range(len(word) - _SHORT, _SHORT - 1, -1):
        first = _told(known, [_key(word[:cut].removesuffix("s"), dotted=dotted)])
        last = _told(known, [_key(word[cut:], dotted=dotted)])
        if first and last:
            return [*first, *last]
    return []

"""Is a question's word the one that a label says? For figures, where a likeness is not enough.

A label may say more than the word ("personal" finds "Personalkostnader") or bend it otherwise
("behöriga", "behörighet"); it may not say something else that ends alike: "lokalkostnader" are no
"personalkostnader", "Strandskolan" is not "Lindskolan". What a word says more than its label must
be empty talk: "personalkostnader" finds "Personal", "hemtjänsttimme" does not find "Hemtjänst".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Prefix

from rag.relevance import TextTerms, WeighedWord
from rag.terms import plain, stem, words

FOUND = 0.5
"""A word is found from this share on."""
_MEANING = 0.75  # another word for it says less than the word itself, in a compound or alone
PART = 4  # letters of a part of a compound
_COMPOUND = 0.8  # "lokaler" in "Lokalhyror"
FORMS = {
    "nya": "ny", "nytt": "ny", "gamla": "gammal", "gammalt": "gammal",
    "männen": "män", "männens": "män", "mäns": "män",
}  # fmt: skip
_NEARLY = 0.95
_OF_EVERY_YEAR = frozenset({"årets"})
_SUMS = frozenset({"summa", "totalt", "total", "samtliga"})
_BENT = 0.85  # another form of the word
ROOT = 5  # letters that two forms of a word begin with
# what a compound or an ending may add without saying something else
_EMPTY = re.compile(
    r"s?(?:kostnad|utgift|peng|anslag|budget|utfall|verksamhet|belopp|antal|andel|niva|fragor|ram"
    r"|omrade|varde|siffr|medel|projekt|bidrag(?!ssok))\w*"
    r"|(?:het|ning|ande|ende|else|are|ing|skap|lig|isk|ig|sam|tion|ad|nad|bar|ent|or|er)\w{0,5}|[aeiou]?[nrstd]{0,2}[aes]?s?"
)
_ENDS = frozenset({"slut", "slutet", "start", "början"})
_HAPPENED = re.compile(r"\w{4,}(?:des|tes)")
_IS = re.compile(r"\w{4,}(?:da|dda|ta)")
_INFLECTED = re.compile(r"(?:[aeo]?[nrt])?(?:a|na|ne|ns|n|t|s|as)?s?|[ae]")


def held(text: TextTerms, word: WeighedWord) -> float:
    """How much of a word a label holds, 0 to 1: itself, a form, a compound, a word for the same."""
    own = _in(text.words, word.word, word.exact)
    if own >= 1:
        return own
    others = (_in(text.words, other, True) for other in word.others)
    return max(own, _MEANING * max(others, default=0.0))


@lru_cache(maxsize=50_000)
def _in(label: tuple[str, ...], word: str, exact: bool) -> float:
    likeness = _likeness(word, exact)
    best = max([likeness[other] for other in label], default=0.0)
    return best if best else _COMPOUND if _made_of(word, label) else 0.0


class _Likeness(dict[str, float]):
    """How alike each word that was met is to one word of a question."""

    def __init__(self, word: str, exact: bool) -> None:
        super().__init__()
        self._word, self._exact = word, exact

    def __missing__(self, label: str) -> float:
        self[label] = found = alike(self._word, label, exact=self._exact)
        return found


@lru_cache(maxsize=500)
def _likeness(word: str, exact: bool) -> _Likeness:
    return _Likeness(word, exact)


@lru_cache(maxsize=50_000)
def alike(word: str, label: str, *, exact: bool = False) -> float:
    """How surely a word of a label is the word that is asked for: 0 to 1."""
    if any(char.isdigit() for char in word + label):
        return float(word == label)
    if _says_something_else(word, label):
        return 0.0
    if not exact and word == plain(word):  # the person may have left the dots out
        word, label = plain(word), plain(label)
    asked = stem(word)
    begins_alike = word[: PART - 1] == label[: PART - 1] or {word, label} & FORMS.keys()
    if not begins_alike and min(len(word), len(label)) >= PART and asked not in label:
        return 0.0  # nothing below finds these alike; most words are told apart here
    said = stem(label)
    common = Prefix.similarity(word, label)
    rests = (word[common:], label[common:])
    if (
        asked == said
        or FORMS.get(word, word) == FORMS.get(label, label)
        or (common >= ROOT and all(_INFLECTED.fullmatch(rest) for rest in rests))
    ):
        return 1.0
    return _in_compound(word, asked, label, said) or _bent(asked, said, common, rests)


def _says_something_else(word: str, label: str) -> bool:
    """Whether two words that begin alike are known to be different things."""
    return (
        (label in _ENDS and word != label)  # who "slutade" is not what stands at "årets slut"
        or word == f"{label}re"  # a "förvaltare" is not "förvalta"
        # who "anställdes" in a year are not those who are "anställda"
        or bool(_HAPPENED.fullmatch(word) and _IS.fullmatch(label))
    )


def same_name(label: str, other: str) -> bool:
    """Whether rows of two reports are called the same: "Nettokostnad" and "Nettokostnader",
    "Resultat" and "Årets resultat", "Summa" and "Totalt"."""
    one, two = (sorted(set(words(said)) - _OF_EVERY_YEAR) for said in (label, other))
    if {*one, *two} <= _SUMS:
        return True
    return len(one) == len(two) and all(map(_is_form, one, two))


def _is_form(word: str, other: str) -> bool:
    return word == other or alike(word, other) >= 1


def _in_compound(word: str, asked: str, label: str, said: str) -> float:
    """How surely a word is the first or last part of a label's compound."""
    if len(asked) == PART - 1 and label.startswith(f"{asked}e") and len(label) > len(asked) + 5:
        return _COMPOUND  # "löner" in "löneökningar"
    if len(asked) < PART or len(said) <= len(asked):
        # a short word whose stem is shorter still: "dygn" in "vårddygn"
        ends = len(word) >= PART and label.endswith(word) and len(label) > len(word) + 2
        return _COMPOUND if ends else 0.0
    if label.startswith(asked):
        # "Personalkostnader" are no more than what "personal" costs
        return _NEARLY if _EMPTY.fullmatch(plain(label[len(asked) :])) else _COMPOUND
    if said.endswith(asked) and len(said) > len(asked) + 2:
        return _COMPOUND
    at = label.find(asked) if len(asked) >= ROOT else -1  # "behöriga" in "gymnasiebehörighet"
    return _COMPOUND if at > 2 and _EMPTY.fullmatch(plain(label[at + len(asked) :])) else 0.0


def _bent(asked: str, said: str, common: int, rests: tuple[str, str]) -> float:
    """How surely two words are forms of one: they begin alike and end in nothing that says more."""
    if common < max(min(ROOT, len(asked), len(said)), PART - 1):
        return 0.0
    bare = all(_EMPTY.fullmatch(plain(rest)) for rest in rests)
    long_enough = 10 * common >= 6 * max(len(asked), len(said)) or len(said) <= common
    return _BENT if bare and long_enough else 0.0


def is_of_a_kind(own: TextTerms, required: Sequence[WeighedWord], word: WeighedWord) -> bool:
    """Whether labels hold what is counted as one kind alone, and nobody asked for that kind:
    "visstidsanställda" are not "anställda"."""
    if any(alike(word.word, label) >= 1 for label in own.words):
        return False
    ending = stem(plain(word.word))
    kinds = [
        label
        for label in own.words
        if len(label) > len(word.word) + 2 and stem(plain(label)).endswith(ending)
    ]
    others = [other for other in required if other is not word]
    return bool(kinds) and not any(
        held(TextTerms(label), other) >= FOUND for label in kinds for other in others
    )


@lru_cache(maxsize=50_000)
def _root(word: str) -> str:
    return stem(plain(word))


def _made_of(word: str, label: tuple[str, ...]) -> bool:
    """Whether a compound is made of two words of a label: "skolelev" of "Skola, per elev"."""
    return bool(parts(word, label))


def parts(word: str, label: Sequence[str]) -> set[str]:
    """The two words of a label that a compound is made of: "hemtjänsttimmar" of "Hemtjänst,
    timmar"; none where it is not."""
    word = plain(word)
    stems = [(other, _root(other)) for other in label]
    whole_stem = stem(word)
    found: set[str] = set()
    for other, end in stems:
        if len(end) < PART - 1 or not whole_stem.endswith(end):
            continue
        head = whole_stem[: -len(end)]
        for first, begin in stems:
            whole = len(begin) >= PART and word.startswith(begin)
            long_enough = whole and len(begin) + len(end) >= 0.7 * len(word)
            # "korttidsplatser" of "Korttidsvård, platser", "förskolebarn" of "Förskola, barn"
            root = head.rstrip("aeious")
            opens = len(root) >= ROOT and plain(first).startswith(root)
            if begin != end and (long_enough or opens):
                found |= {first, other}
    return found

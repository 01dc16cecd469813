"""Words of a question against a text: which are found there, and how much they weigh together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sys import intern

from rag.lexical import LexicalIndex
from rag.terms import STOP_WORDS, UNIT_WORDS, common_start, exact_grams, grams, plain, words
from rag.thesaurus import meanings

_MOST = 3.0  # weight of a rare word; of one in twenty chunks
_IDLE = 1.2  # weight of a word that stands in no document
_SYNONYM = 0.8  # a synonym in the text says nearly as much as the word itself
_SHORTEST_PART = 3  # letters before a word inside a compound
_SHORT = 12  # characters: too little to tell how somebody types
_SAME_BEGINNING = 8  # letters of the first part of two compounds
_PART_AFTER = 5  # letters of what follows the first part of a compound
_FOUND = 0.5  # of a word's 5-grams: "hemtjänstens" finds "hemtjänst"


@dataclass(frozen=True, slots=True)
class WeighedWord:
    """A word of a question with its terms and its weight (rarer words weigh more)."""

    word: str
    terms: tuple[str, ...]
    weight: float
    others: tuple[str, ...] = ()
    """Words that mean the same."""
    idle: bool = False
    """Whether no document knows the word."""
    exact: bool = False
    """Whether å, ä and ö are told apart: the person writes them."""


def weigh(question: Iterable[str], index: LexicalIndex, asked: str) -> list[WeighedWord]:
    """Words with their mean inverse document frequency; units are no subject.

    A word that no document knows may be idle talk, and weighs little. `asked` is the question as
    it was typed.
    """
    exact = writes_dots(asked)
    each = {word: tuple(dict.fromkeys(grams(word))) for word in question if word not in UNIT_WORDS}
    rarity = index.rarity(term for terms in each.values() for term in terms)
    unheard = index.unheard_of()
    weighed: list[WeighedWord] = []
    for word, terms in each.items():
        rarities = [rarity[term] for term in terms]
        # a short word is known by its stem: "risker" where documents say "risk"
        stemmed = terms[-1].startswith("=") and rarities[-1] < unheard
        idle = not stemmed and sum(r >= unheard for r in rarities) > len(rarities) / 2
        known = [r for r in rarities if r < unheard] if stemmed else rarities
        weight = _IDLE if idle else min(sum(known) / len(known), _MOST)
        weighed.append(WeighedWord(word, terms, weight, meanings(word), idle, exact))
    return weighed


def writes_dots(asked: str) -> bool:
    """Whether å, ä and ö can be taken at their word: they are used, or the text is short."""
    return any(char in "åäöÅÄÖ" for char in asked) or len(asked) < _SHORT


class TextTerms:
    """A text's words by their terms, for asking what a question's word finds there."""

    __slots__ = ("_forms", "_plain", "_text")

    def __init__(self, text: str) -> None:
        self._text = tuple(dict.fromkeys(map(intern, words(text))))
        self._plain: tuple[str, ...] = ()
        self._forms: dict[bool, tuple[list[frozenset[str]], frozenset[str]]] | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the text, folded, each once."""
        return self._text

    def has_part(self, part: str) -> bool:
        """Whether a word begins or ends with `part` (plain letters), or is it."""
        return any(
            word.startswith(part) or (word.endswith(part) and len(word) > len(part) + 2)
            for word in self._plain_words()
        )

    def has_beginning_of_compound(self, part: str) -> bool:
        """Whether a longer word begins with a short part and a linking vowel: "lön-e-ökningar"."""
        return any(
            word.startswith(f"{part}e") and len(word) > len(part) + _PART_AFTER
            for word in self._plain_words()
        )

    def has_beginning(self, word: str, *, exact: bool) -> bool:
        """Whether a word begins as a long compound does: "investeringspengar", "-budget".

        With `exact`, å, ä and ö are letters of their own: "undersköterska" is no "underskott".
        """
        word = word if exact else plain(word)
        start = word[:_SAME_BEGINNING]
        if len(start) < _SAME_BEGINNING:
            return False
        return any(
            5 * common_start(word, other) >= 3 * max(len(word), len(other))
            for other in (self._text if exact else self._plain_words())
            if other.startswith(start)
        )

    def _plain_words(self) -> tuple[str, ...]:
        if not self._plain and self._text:
            self._plain = tuple(map(plain, self._text))
        return self._plain

    def holds(self, word: WeighedWord) -> bool:
        """Whether the text has the word itself, not only one that means the same."""
        return self._share(word.word, word.exact) >= _FOUND

    def share(self, word: WeighedWord) -> float:
        """How much of a word the text holds, in the one word of it that is most alike: 0 to 1."""
        others = max((self._share(other, True) for other in word.others), default=0.0)
        return max(self._share(word.word, word.exact), _SYNONYM * others)

    def _share(self, word: str, exact: bool) -> float:
        terms = exact_grams(word) if exact else grams(word)
        each, together = self._terms(exact)
        if terms[-1].startswith("=") and terms[-1] in together:
            return 1.0
        wanted = frozenset(term for term in terms if not term.startswith("="))
        if not wanted & together:
            return 0.0
        if len(wanted) == 1 and not self._stands_alone(word, exact):
            return 0.0
        most = max(len(wanted & own) for own in each)
        # one 5-gram inside another word is chance: "bygga" in "förebyggande"
        by_chance = most == 1 and terms[0] not in together
        return most / len(wanted) * (0.5 if by_chance else 1.0)

    def _stands_alone(self, word: str, exact: bool) -> bool:
        """Whether a short word is a word here, or a part of a compound: not "ostar" in "kostar"."""
        said = self._text if exact else map(plain, self._text)
        asked = word if exact else plain(word)
        places = (other.find(asked) for other in said)
        return any(place == 0 or place >= _SHORTEST_PART for place in places)

    def _terms(self, exact: bool) -> tuple[list[frozenset[str]], frozenset[str]]:
        """The terms of each word, and of all words together."""
        if self._forms is None:
            self._forms = {}
        if exact not in self._forms:
            split = exact_grams if exact else grams
            each = [frozenset(split(word)) for word in self._text]
            self._forms[exact] = each, frozenset[str]().union(*each)
        return self._forms[exact]


def coverage(question: Sequence[WeighedWord], text: TextTerms) -> float:
    """The weight of the words found in `text`, as a share of all: 0 to 1."""
    total = sum(word.weight for word in question)
    found = sum(word.weight * text.share(word) for word in question)
    return found / total if total else 0.0


def longest_run(question: str, text: str) -> int:
    """The most words that follow each other in both, with one that carries a subject among them.

    "Sveriges mest effektiva kommun" is then found as the phrase that it is.
    """
    asked, said = words(question), words(text)
    best = 0
    # the classic table of common suffixes, one row at a time
    row = [0] * (len(said) + 1)
    for i, word in enumerate(asked):
        before, row = row, [0] * (len(said) + 1)
        for j, other in enumerate(said):
            if word != other:
                continue
            length = row[j + 1] = before[j] + 1
            run = asked[i - length + 1 : i + 1]
            if length > best and any(part not in STOP_WORDS for part in run):
                best = length
    return best


def missing(question: Sequence[WeighedWord], texts: Iterable[TextTerms]) -> list[str]:
    """Words that are found in none of `texts`."""
    held = list(texts)
    return [w.word for w in question if all(text.share(w) < _FOUND for text in held)]

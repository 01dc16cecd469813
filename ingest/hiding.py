"""The ways in which a page can hold text that its reader does not see."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum


class Hiding(StrEnum):
    """How a word is hidden, as users are told it."""

    MODE = "osynligt skrivläge"
    WHITE = "vit text"
    COLOUR = "text i bakgrundens färg"
    CLEAR = "genomskinlig text"
    VANISHED = "dold text"
    TINY = "text under 4 punkter"
    OUTSIDE = "text utanför sidan"
    COVERED = "övertäckt text"
    CLIPPED = "bortklippt text"
    LAYER = "text i ett avstängt lager"
    UNDRAWN = "text som inte ritas"
    BESIDE = "osynlig text som inte ligger på bildens bokstäver"
    CHARACTERS = "osynliga tecken"
    NOTE = "dold anteckning"


def what_is_hidden(words: Iterable[str], others: Iterable[tuple[str, int]] = ()) -> str:
    """What to tell of hidden words, by how each is hidden, and of what else is hidden, counted."""
    counts = Counter(words)
    parts = []
    if counts:
        parts.append(f"text som inte syns ({', '.join(counts)}): {counts.total()} ord")
    for how, count in others:
        parts.append(f"{how}: {count}" if how == Hiding.CHARACTERS else f"{how}: {count} ord")
    return "; ".join(parts)


_BREAKS = "\u200b\u200c\u200d\u2060\ufeff"  # zero wide: they part or join, and are no letters
_TURNS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # writing directions
_VARIANTS = "\ufe00-\ufe0f"  # of the sign before
_TAGS = "\U000e0000-\U000e007f\U000e0100-\U000e01ef"  # and variants that no font has
_OTHERS = "\u034f\u115f\u1160\u180b-\u180e\u2061-\u2064\u206a-\u206f\u3164\uffa0\ufff9-\ufffb"
_UNSEEN = re.compile(f"[{_BREAKS}{_TURNS}{_VARIANTS}{_TAGS}{_OTHERS}]")
_TELLING = re.compile(f"[\u202d\u202e{_TAGS}]|[{_BREAKS}{_TURNS}{_VARIANTS}{_OTHERS}]{{3}}")
_MANY = 30  # zero wide letters of a page: more than line breaks in long words need


def without_unseen(text: str) -> str:
    """`text` without the characters that have neither width nor ink (Unicode 16, Cf and tags)."""
    return _UNSEEN.sub("", text)


def unseen_characters(text: str) -> int:
    """How many characters nobody sees, where they carry something; 0 for what line breaks need."""
    count = len(_UNSEEN.findall(text))
    return count if count >= _MANY or _TELLING.search(text) else 0

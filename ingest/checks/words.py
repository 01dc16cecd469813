"""Whether two labels name the same thing: by the stems of their words, never by digits."""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_IDLE = frozenset(
    "och eller av i på för från till under som med per vid hos inom är den det de en ett vår våra "
    "nämndens nämnden förvaltningens förvaltningen kommunens kommunen verksamheten samt varav "
    "år helår totalt total totala sammanlagt sammanlagda summa hela samtliga antal antalet andel "
    "belopp tkr mkr mnkr kr procent resultat utfall budget budgeten prognos plan enligt ca cirka "
    "avser uppgår beräknas tom jan feb mars april maj juni juli aug augusti sep sept september okt "
    "oktober nov november dec december januari februari delår delårsbokslut bokslut ack".split()
)
_ENDINGS = (
    "ernas", "arnas", "ornas", "erna", "arna", "orna", "ens", "ets", "nas", "en", "et", "na", "er",
    "ar", "or", "ns", "n", "t", "s", "a", "e",
)  # fmt: skip
_SHORTEST = 4


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A word without the endings of number, form and case; two words are one if their stems are.

    Endings come off one after the other: "hemtjänst" and "hemtjänsten" end alike.
    """
    word = word.casefold()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return stem(word[: -len(ending)])
    return word


@lru_cache(maxsize=16384)
def content(label: str) -> frozenset[str]:
    """The stems of the words of a label that say what it is about."""
    words = (word.casefold() for word in _WORD.findall(label))
    stems = {word: stem(word) for word in words if word not in _IDLE and len(word) > 1}
    return frozenset(short for short in stems.values() if short not in _IDLE)

"""Text → tokens that are compared: words, numbers by their value, and marks.

What only typesetting changes makes no difference: case, ligatures, soft hyphens, words broken at a
line's end, the kind of quotation mark or dash, and how a number is printed (12,5 is 12.5, and
1 000 is 1000). Digits are never folded any further: another number is another token.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ingest.numbers import NumberError, parse_quantity
from ingest.units import UNITS, unit_name

_SPACES = " \u00a0\u2009\u202f"
_LETTER = r"[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹¼½¾]"
# a soft hyphen or a hyphen at a line's end is inside its word, but "hälso- och" is two words;
# "e-tjänst" is one word, or it would be another one where a line ends in it
_BREAK = (
    r"(?:\u00ad\s*|[-‐‑](?=[^\W\d_])|[-‐‑]\s+(?=[a-zåäö])(?!(?:och|samt|eller|respektive|till)\b))"
)
_WORD = rf"{_LETTER}(?:{_BREAK}?[^\W_⁰¹²³⁴⁵⁶⁷⁸⁹¼½¾])*"
_DIGITS = rf"\d{{1,3}}(?:[{_SPACES}\n]\d{{3}})+(?!\d)|\d+"
_SIGN = r"(?:(?:(?<=\s)|(?<=\()|\A)[-−–])?"
_NUMBER = rf"{_SIGN}(?:{_DIGITS})(?:[.,]\d+)*"
_TOKEN = re.compile(rf"(?P<word>{_WORD})|(?P<number>{_NUMBER})|(?P<mark>[^\w\s•§|])")
_MARKS = str.maketrans("“”„»«’‘´`−–—‐‑‒―", '"""""\'\'\'\'-------')
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_COUNTED = frozenset(UNITS)
_SPELLED = {
    word: Decimal(value)
    for value, word in enumerate(
        "två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton "
        "arton nitton tjugo".split(),
        start=2,
    )
}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark: `text[start:end]` of the text it was read from.

    Two tokens are the same where their `key` is. `value` is the number that it stands for, written
    in digits or as a word; None for other words.
    """

    key: str
    start: int
    end: int
    value: Decimal | None = None
    mark: bool = False

    @property
    def digits(self) -> bool:
        """Whether it is a number in digits."""
        return self.key.startswith("#")


def cleaned(text: str) -> str:
    """Pasted text with white space folded, letters composed, and what cannot be seen taken out."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """The tokens of `text[start:end]`, in order."""
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind, printed = match.lastgroup, match[0]
        if kind == "word":
            key = word_key(printed)
            yield Token(key, match.start(), match.end(), _SPELLED.get(key))
        elif kind == "number":
            key, value = _number(printed)
            yield Token(key, match.start(), match.end(), value)
        else:
            key = "%" if printed == "%" else printed.translate(_MARKS)
            yield Token(key, match.start(), match.end(), mark=key != "%")


@lru_cache(maxsize=100_000)
def word_key(printed: str) -> str:
    """What a word is compared by; the spellings of a unit are one."""
    whole = re.sub(r"\u00ad\s*|[-‐‑]\s*", "", printed)
    key = unicodedata.normalize("NFKC", whole).casefold()
    unit = unit_name(key)
    return unit if unit in _COUNTED else key


@lru_cache(maxsize=20_000)
def _number(printed: str) -> tuple[str, Decimal | None]:
    folded = " ".join(printed.split())
    try:
        quantity = parse_quantity(folded, cell=False)
    except NumberError:
        return f"#{folded}", None  # "1.234" can be read in two ways; "02" is part of a date
    if quantity is None:
        return f"#{folded}", None
    return f"#{quantity.value.normalize():f}", quantity.value


def is_number(key: str) -> bool:
    """Whether a token with this key is a number, in digits or as a word."""
    return key.startswith("#") or key in _SPELLED


def but_digits(keys: Sequence[str]) -> list[str]:
    """Keys of tokens, all numbers in digits alike: what is left when only numbers changed."""
    return ["#" if key.startswith("#") else key for key in keys]

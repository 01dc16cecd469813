"""Right sentences → wrong ones, by rules: another digit, sign, unit, year, measure, direction …"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

_SPACE = "[ \u00a0]"
AMOUNT = re.compile(
    rf"(?<![\w,.\[{{–])([−-]?)((?:\d{{1,3}}(?:{_SPACE}\d{{3}})+|\d+)(?:,\d+)?)(?=[\s.,;:)%]|$)"
)
_YEAR = re.compile(r"\b20[0-3]\d\b")
_UNITS = {
    "tkr": "mkr", "mkr": "tkr", "mnkr": "tkr", "miljoner kronor": "miljarder kronor",
    "procent": "procentenheter", "personer": "timmar", "timmar": "personer", "%": "tkr",
}  # fmt: skip
_MEASURES = {
    "budgeten": "utfallet", "utfallet": "budgeten", "utfall": "budget", "budget": "utfall",
    "prognosen": "utfallet", "planen": "utfallet", "avvikelsen": "budgeten",
}  # fmt: skip
_DIRECTIONS = {
    "underskott": "överskott", "överskott": "underskott", "sämre": "bättre", "bättre": "sämre",
    "ökade": "minskade", "ökar": "minskar", "minskar": "ökar", "minskade": "ökade",
    "fler": "färre", "färre": "fler", "högst": "lägst", "växer": "krymper", "Störst": "Minst",
    "ökning": "minskning", "Ökningen": "Minskningen", "mer": "mindre", "steg": "sjönk",
}  # fmt: skip
_IN_WORDS = ("tre miljoner kronor", "tolv procent", "fyrtiotvå", "en halv miljon kronor", "dubbelt")


def amounts(sentence: str) -> list[re.Match[str]]:
    """The numbers of a sentence that are no years and no markers."""
    return [m for m in AMOUNT.finditer(sentence) if not _YEAR.fullmatch(m[0])]


def mutations(
    sentence: str, others: Sequence[str], chance: random.Random, *, negative: bool
) -> Iterator[str]:
    """Sentences that say something else than `sentence`. `others` are numbers of other answers.

    Where the answer has `negative` figures, no minus is added: it may be right.
    """
    found = amounts(sentence)
    for match in found:
        put = _put(sentence, match)
        digits = [at for at, char in enumerate(match[2]) if char.isdigit()]
        at = chance.choice(digits)
        other = str((int(match[2][at]) + chance.randint(1, 9)) % 10)
        yield put(match[1] + match[2][:at] + other + match[2][at + 1 :])
        if match[1]:
            yield put(match[2])
        elif not negative:
            yield put(f"−{match[2]}")
        rounded = _rounded(match[2])
        if rounded != match[2]:
            yield put(match[1] + rounded)
        yield put(chance.choice(_IN_WORDS))
        yield put(chance.choice([one for one in others if one not in sentence]))
        yield put(match[2] + "0")
    for first, second in pairwise(found):
        if first[0] != second[0]:
            yield (
                sentence[: first.start()] + second[0] + sentence[first.end() : second.start()]
                + first[0] + sentence[second.end() :]
            )  # fmt: skip
    for match in _YEAR.finditer(sentence) if found else ():
        yield _put(sentence, match)(str(int(match[0]) + chance.choice((-7, 7))))
    for words in (_UNITS, _MEASURES, _DIRECTIONS) if found else ():
        for word, other in words.items():
            changed = re.sub(rf"(?<![\w-]){re.escape(word)}(?!\w)", other, sentence, count=1)
            if changed != sentence:
                yield changed


def _put(sentence: str, match: re.Match[str]):  # type: ignore[no-untyped-def]
    return lambda text: sentence[: match.start()] + text + sentence[match.end() :]


def _rounded(number: str) -> str:
    """A number with less said: no decimals, or the last three digits as noughts."""
    if "," in number:
        whole, part = number.split(",")
        return f"{int(whole.replace(' ', '')) + (part[0] >= '5')}"
    if " " in number and not number.endswith("000"):
        head, tail = number.rsplit(" ", 1)
        return (
            f"{head} {round(int(tail), -2):03d}" if round(int(tail), -2) < 1000 else f"{head} 000"
        )
    return number

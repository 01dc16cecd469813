"""Two texts → what became of the one in the other, word by word, numbers compared as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from rapidfuzz.distance import Opcode
from rapidfuzz.distance.LCSseq import opcodes

from ingest.units import UNITS, is_money
from rag.quotes import squeezed
from rag.wording.likeness import word_likeness
from rag.wording.tokens import Token, tokens
from rag.wording.types import DELETE, EQUAL, INSERT, Difference, NumberChange

_SCALE = {"kr": Decimal(1), "tkr": Decimal(10**3), "mkr": Decimal(10**6), "mdkr": Decimal(10**9)}
_ISLAND = 2  # equal words between two changes that are told as one change
_COMPARABLE = 0.7  # of a sentence's words are the same where its number became another
_NARROW = 10  # tokens of a change in which numbers can be told to belong together
_ALONE = 3  # tokens of a change that is hardly more than a number
_ALIKE = 0.6  # `word_likeness` of what two numbers count
_LITTLE = frozenset("av att de den det en ett för i med och om på som till är".split())


def difference(old: str, new: str) -> Difference:
    """How `old` became `new`; white space is folded in both."""
    before, after = squeezed(old), squeezed(new)
    was, now = list(tokens(before)), list(tokens(after))
    if not was or not now:  # nothing to compare, or only bullets
        whole = ((DELETE, before), (INSERT, after)) if was or now else ((EQUAL, after),)
        return Difference(tuple(piece for piece in whole if piece[1]))
    steps = _joined(_steps(was, now), was)
    kept = _comparable(before, was, [(s.src_start, s.src_end) for s in steps if s.tag == EQUAL])
    same = _comparable(after, now, [(s.dest_start, s.dest_end) for s in steps if s.tag == EQUAL])
    pieces: list[tuple[str, str]] = []
    numbers: list[NumberChange] = []
    for step in steps:
        if step.tag == EQUAL:
            _add(pieces, EQUAL, _text(after, now, step.dest_start, step.dest_end))
            continue
        deleted = _text(before, was, step.src_start, step.src_end)
        inserted = _text(after, now, step.dest_start, step.dest_end)
        _add(pieces, DELETE, deleted)
        _add(pieces, INSERT, inserted)
        numbers += _numbers(
            (before, was, range(step.src_start, step.src_end), kept),
            (after, now, range(step.dest_start, step.dest_end), same),
        )
    return Difference(tuple(pieces), tuple(numbers))


def _add(pieces: list[tuple[str, str]], operation: str, text: str) -> None:
    if text:
        pieces.append((operation, text))


def _steps(was: Sequence[Token], now: Sequence[Token]) -> list[Opcode]:
    """Equal stretches and replacements in turn; two neighbours that change are one step."""
    steps: list[Opcode] = []
    for step in opcodes([t.key for t in was], [t.key for t in now]):
        joins = bool(steps) and step.tag != EQUAL and steps[-1].tag != EQUAL
        steps.append(_change_from(steps.pop(), step) if joins else step)
    return steps


def _change_from(first: Opcode, last: Opcode) -> Opcode:
    return Opcode("replace", first.src_start, last.src_end, first.dest_start, last.dest_end)


def _joined(steps: Sequence[Opcode], was: Sequence[Token]) -> list[Opcode]:
    """The same with lone little words ("och", a comma) between two changes made part of them."""
    kept: list[Opcode] = []
    for index, step in enumerate(steps):
        inside = step.tag == EQUAL and 0 < index < len(steps) - 1
        lone = step.src_end - step.src_start <= _ISLAND and all(
            token.mark or token.key in _LITTLE for token in was[step.src_start : step.src_end]
        )
        changes = step.tag != EQUAL or (inside and lone)
        if changes:
            follows = bool(kept) and kept[-1].tag != EQUAL
            kept.append(_change_from(kept.pop() if follows else step, step))
        else:
            kept.append(step)
    return kept


def _text(text: str, found: Sequence[Token], start: int, end: int) -> str:
    """The text of tokens `start` to `end` with the white space behind it, so that pieces join."""
    if start == end:
        return ""
    begin = 0 if start == 0 else found[start].start
    return text[begin : found[end].start if end < len(found) else len(text)]


# ---- numbers

_Side = tuple[str, Sequence[Token], range, Sequence[bool]]
_At = tuple[str, Sequence[Token], int]


def _comparable(text: str, found: Sequence[Token], same: Sequence[tuple[int, int]]) -> list[bool]:
    """For each token, whether its sentence is so far the same that its numbers can be compared.

    Most of its words are, and all before the token that say what it is about: "Personalkostnaderna
    ökade med 8 mkr" is no newer number of "Intäkterna ökade med 5 mkr".
    """
    kept = {index for start, end in same for index in range(start, end)}
    told = [False] * len(found)
    starts = [0, *(i + 1 for i, t in enumerate(found) if t.mark and text[t.start] in ".!?")]
    for first, last in pairwise([*starts, len(found)]):
        words = [i for i in range(first, last) if not found[i].mark and found[i].value is None]
        enough = sum(i in kept for i in words) >= _COMPARABLE * len(words)
        for index in range(first, last):
            told[index] = enough
            enough = enough and (index in kept or index not in words or found[index].key in _LITTLE)
    return told


def _numbers(old: _Side, new: _Side) -> list[NumberChange]:
    """The numbers of a change, each with the one that took its place; none where that is unclear.

    Clear is where the sentence is the same otherwise, and hardly anything but two numbers changed,
    or nothing but numbers, or two count the same: the words behind them are alike and are no units,
    which stand behind all kinds of numbers.
    """
    if max(len(old[2]), len(new[2])) > _NARROW:
        return []
    before = [(old[0], old[1], i) for i in old[2] if _is_amount(old[0], old[1][i])]
    after = [(new[0], new[1], i) for i in new[2] if _is_amount(new[0], new[1][i])]
    pairs = list(zip(before, after, strict=False))
    if len(before) != len(after) or not all(
        old[3][was[2]] and new[3][now[2]] for was, now in pairs
    ):
        return []
    alone = len(pairs) == 1 and max(len(old[2]), len(new[2])) <= _ALONE
    only = _but_numbers(old) == _but_numbers(new)
    if not alone and not only and not all(_counts_the_same(*pair) for pair in pairs):
        return []
    return [change for pair in pairs if (change := _change(*pair)) is not None]


def _but_numbers(side: _Side) -> list[str]:
    """The tokens of a change, its numbers all alike."""
    return ["#" if side[1][i].value is not None else side[1][i].key for i in side[2]]


def _is_amount(text: str, token: Token) -> bool:
    """Whether a token is a number that counts something, not part of a date or a reference."""
    if token.value is None:
        return False
    before, after = text[: token.start].rstrip(), text[token.end : token.end + 2]
    part = before[-1:] in tuple("/§:") or (after[:1] in tuple("/:-–") and after[1:].isdigit())
    return not part and text[max(token.start - 1, 0) : token.start] not in tuple("-–")


def _counts_the_same(was: _At, now: _At) -> bool:
    mine, theirs = (one[1][one[2] + 1 : one[2] + 2] for one in (was, now))
    if not mine or not theirs or mine[0].mark or mine[0].key in UNITS:
        return False
    return word_likeness(mine[0].key, theirs[0].key) >= _ALIKE


def _change(old: _At, new: _At) -> NumberChange | None:
    """What became of a number; None where it has the same value."""
    was, now = old[1][old[2]], new[1][new[2]]
    unit, other = _unit(old), _unit(new)
    assert was.value is not None and now.value is not None
    if unit == other and was.value == now.value:
        return None  # "fyra" became "4"
    money = is_money(unit) and is_money(other)
    if money and was.value * _SCALE[unit] == now.value * _SCALE[other]:
        return None
    comparable = unit == other and not (_is_year(was) or _is_year(now))
    told = now.value - was.value if comparable else None
    return NumberChange(_printed(old), _printed(new), told)


def _unit(at: _At) -> str:
    """The unit that follows a number; "" for none."""
    _, found, index = at
    key = found[index + 1].key if index + 1 < len(found) else ""
    return key if key in UNITS else ""


def _printed(at: _At) -> str:
    text, found, index = at
    end = found[index + 1].end if _unit(at) else found[index].end
    return text[found[index].start : end]


def _is_year(token: Token) -> bool:
    value = token.value
    whole = token.digits and value is not None and value == int(value)
    return whole and value is not None and 1900 <= value <= 2100 and token.end - token.start == 4

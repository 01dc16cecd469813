"""Two texts → what became of the one in the other, word by word, numbers compared as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from rapidfuzz.distance import Opcode
from rapidfuzz.distance.LCSseq import opcodes

from ingest.units import UNITS, is_money
from rag.quotes import squeezed
from rag.wording.tokens import Token, tokens
from rag.wording.types import DELETE, EQUAL, INSERT, Difference, NumberChange

_SCALE = {"kr": Decimal(1), "tkr": Decimal(10**3), "mkr": Decimal(10**6), "mdkr": Decimal(10**9)}
_ISLAND = 2  # equal words between two changes that are told as one change
_LITTLE = frozenset("av att de den det en ett för i med och om på som till är".split())


def difference(old: str, new: str) -> Difference:
    """How `old` became `new`; white space is folded in both."""
    before, after = squeezed(old), squeezed(new)
    was, now = list(tokens(before)), list(tokens(after))
    steps = list(_joined(_steps(was, now), was))
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
            (before, was, range(step.src_start, step.src_end)),
            (after, now, range(step.dest_start, step.dest_end)),
        )
    return Difference(tuple(pieces), tuple(numbers))


def _add(pieces: list[tuple[str, str]], operation: str, text: str) -> None:
    if text:
        pieces.append((operation, text))


def _steps(was: Sequence[Token], now: Sequence[Token]) -> list[Opcode]:
    """Equal stretches and replacements in turn; two neighbours that change are one step."""
    steps: list[Opcode] = []
    for step in opcodes([t.key for t in was], [t.key for t in now]):
        if steps and step.tag != EQUAL and steps[-1].tag != EQUAL:
            last = steps.pop()
            step = Opcode("replace", last.src_start, step.src_end, last.dest_start, step.dest_end)
        steps.append(step)
    return steps


def _joined(steps: Sequence[Opcode], was: Sequence[Token]) -> list[Opcode]:
    """The same with lone little words ("och", a comma) between two changes made part of them."""
    kept: list[Opcode] = []
    for index, step in enumerate(steps):
        inside = step.tag == EQUAL and 0 < index < len(steps) - 1
        lone = step.src_end - step.src_start <= _ISLAND and all(
            token.mark or token.key in _LITTLE for token in was[step.src_start : step.src_end]
        )
        changes = step.tag != EQUAL or (inside and lone)
        if changes and kept and kept[-1].tag != EQUAL:
            last = kept.pop()
            step = Opcode("replace", last.src_start, step.src_end, last.dest_start, step.dest_end)
        elif changes:
            step = Opcode(
                "replace", step.src_start, step.src_end, step.dest_start, step.dest_end
            )
        kept.append(step)
    return kept


def _text(text: str, found: Sequence[Token], start: int, end: int) -> str:
    """The text of tokens `start` to `end` with the white space behind it, so that pieces join."""
    if start == end:
        return ""
    begin = 0 if start == 0 else found[start].start
    return text[begin : found[end].start if end < len(found) else len(text)]


# ---- numbers

_Side = tuple[str, Sequence[Token], range]


def _numbers(old: _Side, new: _Side) -> list[NumberChange]:
    """The numbers of a change, each with the one that took its place; none where that is unclear.

    The first of the one stands for the first of the other, as long as both have as many.
    """
    before = [i for i in old[2] if old[1][i].value is not None]
    after = [i for i in new[2] if new[1][i].value is not None]
    if len(before) != len(after):
        return []
    pairs = zip(before, after, strict=True)
    changes = (_change((old[0], old[1], i), (new[0], new[1], j)) for i, j in pairs)
    return [change for change in changes if change is not None]


_At = tuple[str, Sequence[Token], int]


def _change(old: _At, new: _At) -> NumberChange | None:
    """What became of a number; None where it has the same value."""
    was, now = old[1][old[2]], new[1][new[2]]
    unit, other = _unit(old), _unit(new)
    assert was.value is not None and now.value is not None
    if unit == other and was.value == now.value:
        return None
    if unit != other and is_money(unit) and is_money(other):
        if was.value * _SCALE[unit] == now.value * _SCALE[other]:
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

"""What one cell holds: a number, the sign for none, or several numbers with words of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.numbers import NumberError, Quantity, find_quantities, parse_quantity

_INDEX = re.compile(r"(?:\A|(?<=\s))(\d{1,2})[.)]\s+(?=\S)")
_LONGEST = 160  # characters: a longer cell is prose
_NO_RESULT = re.compile(
    r"(?:inget|inga|saknar|ej|uppgift\w*|resultat\w*)\s+(?:resultat|uppgift\w*|värde\w*|mät\w*"
    r"|saknas|redovisas?|tillgänglig\w*)\w*\.?",
    re.I,
)
# "3 av 5", "7,2 % (6,9 %)": the second number is not what the cell is about
_BESIDE = re.compile(r"\s+av\s+|\s*\(\s*")
_OUTER = " \t:;,.–-()"


@dataclass(frozen=True, slots=True)
class Part:
    """A number of a cell: `quantity` is None where the cell says that there is none.

    `start` and `end` are its range in the cell's text, `label` the words that go with it, `index`
    the ordinal that the cell begins with ("2. 74" is number 74 of item 2; 0: none).
    """

    quantity: Quantity | None
    start: int
    end: int
    label: str = ""
    index: int = 0


def parts_of(text: str, listed: int = 0) -> list[Part]:
    """The numbers of a cell's text, in order; nothing of what may be read in two ways.

    `text` keeps its lines. A cell may number them: "1. 44 2. 74" are the numbers of the items 1 and
    2. `listed` says how many items the cells beside it number: as many lines are items too.
    """
    found: list[Part] = []
    lines = list(_lines(text))
    if listed > 1 and len(lines) == listed and all(number_in(text[a:b])[0] for a, b in lines):
        for index, (start, end) in enumerate(lines, 1):
            found.extend(_parts(text, start, end, index))
        return found
    for index, start, end in _items(text):
        found.extend(_parts(text, start, end, index))
    return found


def items_in(text: str) -> int:
    """How many items a cell numbers; 0 for one that is no list."""
    items = _items(text)
    return len(items) if items[0][0] else 0


def holds_numbers(text: str) -> bool:
    """Whether a cell is a number, says that there is none, or lists numbers."""
    if all(number_in(text[start:end])[0] for _, start, end in _items(text)):
        return True
    return all(number_in(text[start:end])[0] for start, end in _lines(text))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _items(text: str) -> list[tuple[int, int, int]]:
    """Number, start and end of each item of a cell; a cell that is no list is one item, 0."""
    leads = list(_INDEX.finditer(text))
    numbers = [int(lead[1]) for lead in leads]
    if not leads or leads[0].start() or numbers != [numbers[0] + n for n in range(len(numbers))]:
        return [(0, 0, len(text))]
    ends = [lead.start() for lead in leads[1:]] + [len(text)]
    return [(int(lead[1]), lead.end(), end) for lead, end in zip(leads, ends, strict=True)]


def _parts(text: str, start: int, end: int, index: int) -> list[Part]:
    body = text[start:end]
    whole, quantity = number_in(body)
    if whole:
        begin = start + len(body) - len(body.lstrip())
        stop = start + (quantity.end if quantity else len(body.rstrip()))
        return [Part(quantity, start + quantity.start if quantity else begin, stop, "", index)]
    if _NO_RESULT.fullmatch(body.strip()):
        return [Part(None, start, start + len(body.rstrip()), "", index)]
    found: list[Part] = []
    if len(body) <= _LONGEST:
        for begin, stop in _segments(text, start, end):
            found.extend(_several(text, begin, stop, index))
    return found


def _segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ranges of a cell that each say something of their own: a line that begins anew begins one."""
    begin = start
    for match in re.finditer(r"\n(?=[A-ZÅÄÖ0-9])", text[start:end]):
        cut = start + match.start()
        if any(char.isdigit() for char in text[begin:cut]):
            yield begin, cut
            begin = cut + 1
    yield begin, end


def _several(text: str, start: int, end: int, index: int) -> list[Part]:
    found = find_quantities(text[start:end].replace("\n", " "))
    parts: list[Part] = []
    behind = start
    for position, quantity in enumerate(found):
        begin, stop = start + quantity.start, start + quantity.end
        before = found[position - 1] if position else None
        same = before is not None and quantity.unit in ("", before.unit)
        if before and same and _BESIDE.fullmatch(text[start + before.end : begin]):
            continue
        label = " ".join(text[behind:begin].split()).strip(_OUTER)
        follows = start + found[position + 1].start if position + 1 < len(found) else end
        after = " ".join(text[stop:follows].split()).strip(_OUTER)
        if not label and any(char.isalpha() for char in after) and after.casefold() != "av":
            label, behind = after, follows
        else:
            behind = stop
        parts.append(Part(quantity, begin, stop, label, index))
    return parts


@lru_cache(maxsize=8192)
def number_in(text: str) -> tuple[bool, Quantity | None]:
    """Whether a text is one number, or says that there is none; and the number."""
    text = text.replace("\n", " ")
    try:
        return bool(text.strip()), parse_quantity(text) if text.strip() else None
    except NumberError:
        return False, None

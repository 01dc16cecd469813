"""Lines of all pages → which of them are running headers and footers, and page labels.

A running line stands near the page's edge and comes again on other pages, its digits aside.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from ingest.lines import line_gap, segments
from ingest.types import Line

_ZONE = 0.13  # of the page's height, at the top and at the bottom
_SAME_PLACE = 3.0  # points
_TABLE_COLUMNS = 4  # segments of a line: no running line, but a table's header come again
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page (number from 1) with the page's height in points."""

    number: int
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Furniture:
    """Running lines by page number, and the printed page number where one was found."""

    headers: dict[int, list[Line]]
    footers: dict[int, list[Line]]
    labels: dict[int, str]


def find_furniture(pages: list[PageLines]) -> Furniture:
    """Running headers, footers and printed page numbers of a document's pages."""
    top, bottom = _zone_lines(pages)
    heights = {page.number: page.height for page in pages}
    shift = _number_shift(top, bottom)
    headers = _running(top, heights, shift)
    footers = _running(bottom, heights, shift)
    labels = {
        page.number: str(page.number + shift)
        for page in pages
        if shift is not None
        and _holds_number(headers[page.number] + footers[page.number], page.number + shift)
    }
    return Furniture(headers, footers, labels)


_Zone = dict[int, list[Line]]


def _zone_lines(pages: list[PageLines]) -> tuple[_Zone, _Zone]:
    """Lines in the upper and the lower zone of each page, outermost first."""
    top: _Zone = {}
    bottom: _Zone = {}
    for page in pages:
        ordered = sorted(page.lines, key=lambda line: line.box[1])
        top[page.number] = [line for line in ordered if line.box[3] < page.height * _ZONE]
        bottom[page.number] = [
            line for line in reversed(ordered) if line.box[1] > page.height * (1 - _ZONE)
        ]
    return top, bottom


def _running(zone: _Zone, heights: dict[int, float], shift: int | None) -> _Zone:
    """The lines of a zone that come again in the same place, from the edge inwards.

    They come on at least three pages (two, in a short document), equal but for the page's own
    number: "5.1 Nyckeltal", "5.2 Nyckeltal" at the top of their pages are headings, and what
    stands below the first line that does not come again belongs to the text.
    """
    places: dict[str, list[float]] = defaultdict(list)
    for number, lines in zone.items():
        for line in lines:
            for shape in _shapes(line, number, shift):
                places[shape].append(_place(line, heights[number]))
    needed = 3 if len(heights) > 4 else 2
    found: _Zone = {}
    for number, lines in zone.items():
        kept: list[Line] = []
        for line in lines:
            place = _place(line, heights[number])
            near = max(
                sum(abs(other - place) < _SAME_PLACE for other in places[shape])
                for shape in _shapes(line, number, shift)
            )
            heads_table = len(segments(line, line_gap(line))) >= _TABLE_COLUMNS
            if (near < needed or heads_table) and not _is_page_number(line, number, shift):
                break
            kept.append(line)
        found[number] = kept
    return found


def _place(line: Line, height: float) -> float:
    """How far a line stands from the nearer edge: landscape and portrait pages then agree."""
    return min(line.box[1], height - line.box[3])


def _shapes(line: Line, number: int, shift: int | None) -> set[str]:
    """The line's text; and, where it holds the page's own number, the text with "#" in its place.

    The number may stand there by chance, too ("Tertialrapport 2" on page 2): each place by itself.
    """
    text = line.text.casefold()
    shapes = {text}
    for match in re.finditer(r"\d+", text):
        if shift is not None and match.group() == str(number + shift):
            shapes.add(f"{text[: match.start()]}#{text[match.end() :]}")
    return shapes


def _is_page_number(line: Line, number: int, shift: int | None) -> bool:
    """Whether a line holds nothing else: "7", "– 7 –", "Sida 7 av 20", "7 (20)"."""
    if shift is None:
        return False
    text = line.text.casefold().strip(" -–")
    return bool(re.fullmatch(rf"(sida?n?\s*)?{number + shift}(\s*(av|/|\()\s*\d+\)?)?", text))


def _number_shift(top: _Zone, bottom: _Zone) -> int | None:
    """How the printed number differs from the physical page, where one difference prevails."""
    shifts: Counter[int] = Counter()
    for number in top:
        printed = {
            int(digits)
            for line in (*top[number][:3], *bottom[number][:3])
            for digits in _DIGITS.findall(line.text)
            if len(digits) <= 4
        }
        shifts.update(value - number for value in printed if abs(value - number) < 500)
    if not shifts:
        return None
    shift, count = shifts.most_common(1)[0]
    return shift if count >= max(2, len(top) // 3) else None


def _holds_number(lines: list[Line], value: int) -> bool:
    return any(str(value) in _DIGITS.findall(line.text) for line in lines)

"""Lines of a page → the lines of a contents list, and its entries (title, printed page)."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from ingest.types import Line

_LEADERS = re.compile(
    r"\s*(?:\.\s?){4,}\s*(\d{1,4})?\s*$|\s*…+\s*(\d{1,4})?\s*$|\s*_{4,}\s*(\d{1,4})$"
)
_TITLE = re.compile(r"(innehåll(sförteckning)?|innehåll och läsanvisning|contents)\W*", re.I)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a contents list: the title with its number, and the page as printed."""

    title: str
    page: int


def contents_lines(lines: list[Line]) -> list[Line]:
    """Which of a page's lines form a contents list; empty where the page holds none.

    A list has four entries or more that end in page numbers which never fall; a title over two
    lines brings its first line along.
    """
    ends = [(index, _page_of(line)) for index, line in enumerate(lines)]
    entries = [(index, page) for index, page in ends if page is not None]
    titled = any(_TITLE.fullmatch(line.text) for line in lines)
    dotted = sum(bool(_LEADERS.search(line.text)) for line in lines)
    rising = sum(a[1] <= b[1] for a, b in itertools.pairwise(entries))
    enough = len(entries) >= 4 and rising >= 0.9 * (len(entries) - 1)
    if not enough or not (titled or dotted >= 3):
        return []
    first, last = entries[0][0], entries[-1][0]
    marked = lines[first : last + 1]
    return [line for line in lines if _TITLE.fullmatch(line.text)] + marked


def entries(lines: list[Line]) -> list[Entry]:
    """The entries of a contents list's lines."""
    found: list[Entry] = []
    pending = ""
    for line in lines:
        page = _page_of(line)
        if page is None:
            pending = "" if _TITLE.fullmatch(line.text) else f"{pending} {line.text}".strip()
            continue
        title = _LEADERS.sub("", line.text)
        title = re.sub(r"\s+\d{1,4}$", "", title) if title == line.text else title
        starts_anew = bool(re.match(r"\d", title)) or not pending
        found.append(Entry(title if starts_anew else f"{pending} {title}", page))
        pending = ""
    return found


def fold_title(text: str) -> str:
    """A heading or entry for comparison: letters and digits only, case folded."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _page_of(line: Line) -> int | None:
    dotted = _LEADERS.search(line.text)
    if dotted:
        digits = next((group for group in dotted.groups() if group), None)
        return int(digits) if digits else None
    last = line.words[-1]
    if len(line.words) < 2 or not re.fullmatch(r"\d{1,3}", last.text):
        return None
    apart = last.box[0] - line.words[-2].box[2] > 2 * line.size
    return int(last.text) if apart else None

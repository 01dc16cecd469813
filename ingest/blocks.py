"""Lines of a page in reading order → blocks: paragraphs, list items, headings, footnotes.

A draft is a block before the page's text exists; `ingest.page_text` gives it its place there.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.contents import fold_title
from ingest.tables.raster import Raster
from ingest.types import BlockKind, Box, Line, enclosing
from ingest.units import states_only_unit

_BROKEN = re.compile(r"(?<=[a-zåäö])- (?=[a-zåäö])(?!och\b|samt\b|eller\b|respektive\b)")
BULLET = re.compile(
    r"([•●▪■◦○‣⁃·\uf0b7\uf0a7]|[-–—*](?=\s)|[a-zåäö]\)|\(?\d{1,2}\)|\d{1,2}\.(?=\s+[a-zåäö])|o(?=\s))\s*"
)
NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[^\W\d_a-zåäö]|[\"”»])")
_CAPTION = re.compile(r"(tabell|diagram|figur|bild)\s+\d{1,3}(\.\d+)?\s*[.:–-]?\s+\S", re.I)
_AMOUNTS_IN = re.compile(r"(?:alla )?belopp(?:en)?\s+(?:anges\s+|redovisas\s+)?i\s", re.I)
_NOTE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\*{1,3}(?=\s|\w)|\d{1,2}(?=\s)")


@dataclass(frozen=True, slots=True)
class Style:
    """How a line looks: font size to half a point, weight and slant."""

    size: float
    bold: bool
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A block before its page's text is built. `raster` is set for a table, else `lines`."""

    kind: BlockKind
    lines: tuple[Line, ...] = ()
    raster: Raster | None = None
    level: int = 0

    @property
    def text(self) -> str:
        """The lines' texts, parted by spaces; a word broken at a line's end is whole again."""
        return _BROKEN.sub("", " ".join(line.text for line in self.lines))

    @property
    def box(self) -> Box:
        """Where the block stands, in points from the page's upper left corner."""
        if self.raster is not None:
            return self.raster.box
        return enclosing([line.box for line in self.lines])


def style_of(line: Line) -> Style:
    """The style of a line."""
    return Style(round(line.size * 2) / 2, line.bold, line.italic)


def body_style(lines: Iterable[Line]) -> Style:
    """The style that most letters of a document are set in."""
    letters: Counter[Style] = Counter()
    for line in lines:
        letters[style_of(line)] += len(line.text)
    return letters.most_common(1)[0][0] if letters else Style(11.0, False)


def group_lines(lines: list[Line], titles: set[str]) -> list[tuple[Line, ...]]:
    """Lines of one column, from the top → groups that are read as one block each.

    `titles` are the folded entries of the contents list: such a line stands alone.
    """
    groups: list[list[Line]] = []
    pitch = _pitches(lines)
    after_title = False
    for line in lines:
        # a title begins with a capital; "verksamhet" may end a heading over two lines
        is_title = line.text[:1] != line.text[:1].lower() and fold_title(line.text) in titles
        if groups and not is_title and not after_title and _continues(groups[-1], line, pitch):
            groups[-1].append(line)
        else:
            groups.append([line])
        after_title = is_title
    return [tuple(group) for group in groups]


def _pitches(lines: list[Line]) -> dict[Style, float]:
    """The usual distance from baseline to baseline, by style, in points."""
    steps: dict[Style, list[float]] = {}
    for before, line in itertools.pairwise(lines):
        step = line.words[0].baseline - before.words[0].baseline
        if style_of(before) == style_of(line) and 0 < step < 2.2 * line.size:
            steps.setdefault(style_of(line), []).append(step)
    # the lower quartile: gaps between paragraphs must not pass for the pitch inside them
    return {style: sorted(found)[len(found) // 4] for style, found in steps.items()}


def _continues(group: list[Line], line: Line, pitch: dict[Style, float]) -> bool:
    last = group[-1]
    b = style_of(line)
    if _differs(last, line):
        return False
    if starts_item(line) or (b.bold and NUMBERED.match(line.text)):
        return False
    step = line.words[0].baseline - last.words[0].baseline
    usual = pitch.get(b, 1.2 * line.size)
    if step <= 0 or step > max(1.28 * usual, usual + 1.5):
        return False
    unfinished = line.text[:1].islower() and last.text[-1:] not in ".,;:"
    # a list item's further lines stand at its text, not at its bullet, or go on with its sentence
    if unfinished:
        return True
    hangs = starts_item(group[0]) and len(group[0].words) > 1
    return not (hangs and line.box[0] < group[0].words[1].box[0] - 4)


def _differs(last: Line, line: Line) -> bool:
    """Whether two lines look so different that they cannot be one paragraph."""
    a, b = style_of(last), style_of(line)
    if abs(a.size - b.size) > 0.6:
        return True
    # a bold lead-in may end inside its line; only lines that differ wholly part
    if a.bold != b.bold and (_all(last, "bold") or _all(line, "bold")):
        return True
    return a.italic != b.italic and (_all(last, "italic") or _all(line, "italic"))


def _all(line: Line, trait: str) -> bool:
    """Whether all words of a line have a trait ("bold", "italic")."""
    return all(getattr(word, trait) for word in line.words if not word.raised)


def starts_item(line: Line) -> bool:
    """Whether a line begins with a bullet or a letter or number in parentheses."""
    match = BULLET.match(line.text)
    return bool(match) and match.end() < len(line.text) if match else False


def classify(group: tuple[Line, ...], body: Style, height: float, after_note: bool) -> BlockKind:
    """What a group of lines is, headings aside: list item, footnote, caption or paragraph.

    `height` is the page's; `after_note` says that the block above is a footnote.
    """
    first = group[0]
    small = first.size < body.size - 0.8
    low = first.box[1] > 0.45 * height
    if small and low and (_NOTE.match(first.text) or after_note):
        return BlockKind.FOOTNOTE
    if starts_item(first):
        return BlockKind.LIST_ITEM
    if (
        (_CAPTION.match(first.text) and len(group) <= 3)
        or states_only_unit(first.text)
        or (_AMOUNTS_IN.match(first.text) and len(group) <= 3)
    ):
        return BlockKind.CAPTION
    return BlockKind.PARAGRAPH

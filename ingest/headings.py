"""Drafts of a whole document → the same drafts with headings found and given their level."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace

from ingest.blocks import NUMBERED, Draft, Style, style_of
from ingest.contents import fold_title
from ingest.types import BlockKind

PARAGRAPH_SIGN = re.compile(r"(?:forts\.?\s*)?§\s*\d{1,4}\b(?!\s+[a-zåäö])", re.I)
"""How an item of a protocol begins: "§ 12", "§ 12 Delårsbokslut"; not "§ 9 LSS anger …"."""
_UNITS = re.compile(r"\b(?:[tk]kr|mn?kr|mdkr|kr|kronor|miljoner|procent|st)\b", re.I)
_LONGEST = 160  # characters: a longer one is a paragraph in bold


def mark_headings(drafts: list[Draft], body: Style, titles: set[str]) -> list[Draft]:
    """Set kind and level of headings. `titles` are folded entries of the contents list."""
    found = [
        replace(draft, kind=BlockKind.HEADING) if _is_heading(draft, body, titles) else draft
        for draft in drafts
    ]
    headings = [draft for draft in found if draft.kind is BlockKind.HEADING]
    items = [draft for draft in headings if PARAGRAPH_SIGN.match(draft.text)]
    levels = _style_levels([draft for draft in headings if draft not in items])
    # in a protocol everything stands below its paragraph
    below = 1 if len(items) > 1 else 0
    return [
        replace(draft, level=_level(draft, levels, below))
        if draft.kind is BlockKind.HEADING
        else draft
        for draft in found
    ]


def _is_heading(draft: Draft, body: Style, titles: set[str]) -> bool:
    if draft.kind is not BlockKind.PARAGRAPH or not draft.lines:
        return False
    text = draft.text
    if PARAGRAPH_SIGN.match(text):
        return len(text) < 120 and not text.endswith((".", ",", ";"))
    listed = fold_title(text) in titles
    long = len(text) > _LONGEST or len(draft.lines) > 3
    named = _UNITS.sub("", text)
    if (long and not listed) or not re.search(r"[^\W\d_]{2}", named):
        return False
    style = style_of(draft.lines[0])
    if sum(char.isdigit() for char in named) > sum(char.isalpha() for char in named):
        return False  # numbers set large are an infographic
    larger = style.size >= body.size + 0.9
    stands_out = all(word.bold for line in draft.lines for word in line.words if not word.raised)
    bolder = stands_out and not body.bold and style.size >= body.size - 1.1
    # a sentence in large or bold letters is a lead paragraph
    sentence = text.endswith((".", ";", ",")) and not NUMBERED.match(text)
    slanted = style.italic and not body.italic and len(draft.lines) == 1 and len(text) < 70
    if listed and (larger or bolder or NUMBERED.match(text) or len(draft.lines) == 1):
        return True
    return (larger or bolder or slanted) and not sentence


def numbering(text: str) -> tuple[int, ...]:
    """The section number that a heading begins with: "5.2.1 Nyckeltal" → (5, 2, 1)."""
    match = NUMBERED.match(text)
    return tuple(int(part) for part in match.group(1).split(".")) if match else ()


def _style_levels(headings: list[Draft]) -> dict[Style, int]:
    """Level of each heading style: by its numbers where it has them, else by size and weight."""
    depths: dict[Style, Counter[int]] = defaultdict(Counter)
    for draft in headings:
        depth = len(numbering(draft.text))
        depths[style_of(draft.lines[0])][depth] += 1
    levels: dict[Style, int] = {}
    above = 0
    for style in sorted(depths, key=lambda s: (-s.size, not s.bold, s.italic)):
        # a depth above that of a larger style counts something else ("1.", "2." among goals)
        numbered = Counter({d: n for d, n in depths[style].items() if d > above})
        above = numbered.most_common(1)[0][0] if numbered else above + 1
        levels[style] = above
    return levels


def _level(draft: Draft, levels: dict[Style, int], below: int) -> int:
    if PARAGRAPH_SIGN.match(draft.text):
        return 1
    depth = len(numbering(draft.text))
    style_level = levels.get(style_of(draft.lines[0]), 1) + below
    # "1. Delaktighet" under "5.2 Arbetsmiljö" counts on its own; its style says how deep it is
    return max(depth, style_level) if depth == 1 else depth + below if depth else style_level


class SectionPath:
    """The headings above a place in a document, outermost first; fed heading by heading."""

    def __init__(self) -> None:
        self._stack: list[tuple[int, str]] = []

    def enter(self, level: int, title: str) -> tuple[str, ...]:
        """Go into a section; returns its path, which ends with `title`."""
        while self._stack and self._stack[-1][0] >= level:
            self._stack.pop()
        self._stack.append((level, title))
        return self.path

    @property
    def path(self) -> tuple[str, ...]:
        """Where we are."""
        return tuple(title for _, title in self._stack)

"""Word paragraph styles → what the paragraphs set in them are.

Word names its built-in styles in English whatever language it speaks; other programs, and
templates that have passed through them, write the Swedish names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ingest.types import BlockKind
from ingest.word_xml import is_on, number, value

_HEADING = re.compile(r"(?:heading|rubrik|överskrift) ?([1-9])\b")
_TITLE = re.compile(r"title|titel|rubrik")
_CONTENTS = re.compile(r"(?:toc|innehåll) ?(?:\d|heading)\b|innehållsförteckning")
_CAPTION = re.compile(r"caption|beskrivning|tabelltext|tabellrubrik")
_LIST = re.compile(r"list (?:bullet|number)|punktlista|numrerad lista")
_BODY_TEXT = 9  # the outline level of what is no heading


class Role(NamedTuple):
    """What a paragraph is, a heading's level from 1, and whether it begins a page."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    new_page: bool = False


def style_role(style: Any) -> Role:
    """What a python-docx paragraph style makes of its paragraphs, by itself or what it rests on."""
    chain = list(_chain(style))
    breaks = (one.element for one in chain)
    new_page = next(
        (
            is_on(one, "pPr/pageBreakBefore")
            for one in breaks
            if value(one, "pPr/pageBreakBefore") is not None
        ),
        False,
    )
    kind, level = _kind(chain)
    return Role(kind, level, new_page)


def paragraph_role(paragraph: Any, style: Role) -> Role:
    """What a `w:p` is: what its style says, unless its own settings say otherwise."""
    role = style
    if role.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        level = number(paragraph, "pPr/outlineLvl", _BODY_TEXT)
        numbered = number(paragraph, "pPr/numPr/numId", -1)
        if level < _BODY_TEXT:
            role = Role(BlockKind.HEADING, level + 1, role.new_page)
        elif numbered >= 0:
            # number 0 takes a paragraph out of its style's list
            kind = BlockKind.LIST_ITEM if numbered else BlockKind.PARAGRAPH
            role = role._replace(kind=kind)
    if value(paragraph, "pPr/pageBreakBefore") is not None:
        role = role._replace(new_page=is_on(paragraph, "pPr/pageBreakBefore"))
    return role


def _chain(style: Any) -> Iterator[Any]:
    """A style and those that it rests on; a broken file may let them rest on each other."""
    for _ in range(20):
        if style is None:
            return
        yield style
        style = style.base_style


def _kind(chain: list[Any]) -> tuple[BlockKind, int]:
    for style in chain:
        name = str(style.name or "").casefold()
        outline = number(style.element, "pPr/outlineLvl", -1)
        heading = _HEADING.match(name)
        if _CONTENTS.match(name):
            return BlockKind.CONTENTS, 0
        if _CAPTION.fullmatch(name):
            return BlockKind.CAPTION, 0
        if heading or _TITLE.fullmatch(name):
            return BlockKind.HEADING, int(heading.group(1)) if heading else 1
        if 0 <= outline < _BODY_TEXT:
            return BlockKind.HEADING, outline + 1
        if outline == _BODY_TEXT:
            break
    for style in chain:
        name = str(style.name or "").casefold()
        if _LIST.match(name) or number(style.element, "pPr/numPr/numId", 0):
            return BlockKind.LIST_ITEM, 0
    return BlockKind.PARAGRAPH, 0

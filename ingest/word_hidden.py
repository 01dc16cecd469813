"""The body of a Word file → the same without what its reader cannot see, and how much that was.

Works on the elements of lxml that python-docx holds. Names are those of ISO/IEC 29500-1. Colours
are told only where it is known what lies behind them: text on a table style's filling, in a text
box, over a picture or on a coloured page counts as seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from ingest.hiding import Hiding
from ingest.word_xml import APART, W, is_on, value

_LEAST = 8  # half points: smaller letters nobody reads
_CLOSE = 24  # of 255 steps of each colour: letters so like what lies behind them are not seen
_WHITE = (255, 255, 255)
_HIGHLIGHTS = {"white": _WHITE, "black": (0, 0, 0), "yellow": (255, 255, 0)}
_DEEPEST = 20  # styles that rest on each other
_DRAWN_ON = {f"{W}{name}" for name in ("outline", "shadow", "emboss", "imprint")}
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_ANCHOR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"
_TURNS = {f"{W}lastRenderedPageBreak", f"{W}pageBreakBefore", f"{W}sectPr"}

Colour = tuple[int, int, int]
"""Red, green, blue, each 0–255."""


def take_hidden(document: Any, styles: Any) -> list[str]:
    """Take the text of hidden runs out of `w:document`; returns how each of its words was hidden.

    `styles` is the file's `w:styles`.
    """
    looks = _Looks(document, styles)
    found: list[str] = []
    for paragraph in document.iter(f"{W}p"):
        told = [(run, looks.hidden(run, paragraph)) for run in _runs(paragraph)]
        for how, runs in groupby(told, key=lambda pair: pair[1]):
            if not how:
                continue
            texts = [text for run, _ in runs for text in run.iter(f"{W}t")]
            found += [how] * len("".join(text.text or "" for text in texts).split())
            for text in texts:
                text.text = ""
    return found


def _runs(element: Any) -> Iterator[Any]:
    """The runs of a paragraph itself, in order; not those of boxes anchored in it."""
    for child in element:
        if child.tag == f"{W}r":
            yield child
        elif child.tag not in APART:
            yield from _runs(child)


class _Looks:
    """How runs look by their own settings and their styles'."""

    def __init__(self, document: Any, styles: Any) -> None:
        self._styles = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}
        self._defaults = {
            style.get(f"{W}type"): style
            for style in self._styles.values()
            if style.get(f"{W}default") in ("1", "true", "on")
        }
        self._base = styles.find(f"{W}docDefaults/{W}rPrDefault")
        self._page = document.find(f"{W}background") is None
        self._backed = _before_pictures(document)

    def hidden(self, run: Any, paragraph: Any) -> str:
        """How a run is hidden; "" where it can be seen."""
        settings = [run, *self._chain(value(run, "rPr/rStyle"), "character")]
        settings += self._chain(value(paragraph, "pPr/pStyle"), "paragraph")
        settings += [] if self._base is None else [self._base]
        if is_on(_first(settings, "rPr/vanish"), "rPr/vanish"):
            return Hiding.VANISHED
        size = value(_first(settings, "rPr/sz"), "rPr/sz") or ""
        if size.isascii() and size.isdigit() and int(size) < _LEAST:
            return Hiding.TINY
        colour = _colour(value(_first(settings, "rPr/color"), "rPr/color"))
        if colour is None or run in self._backed or _is_drawn_on(run):
            return ""
        ground = self._ground(run, paragraph, settings)
        if ground is None or max(abs(a - b) for a, b in zip(colour, ground, strict=True)) > _CLOSE:
            return ""
        return Hiding.WHITE if min(colour) >= 255 - _CLOSE else Hiding.COLOUR

    def _ground(self, run: Any, paragraph: Any, settings: list[Any]) -> Colour | None:
        """What colour lies behind a run; None where that is not known."""
        highlight = value(_first(settings, "rPr/highlight"), "rPr/highlight") or "none"
        if highlight != "none":
            return _HIGHLIGHTS.get(highlight)
        own = [paragraph, *self._chain(value(paragraph, "pPr/pStyle"), "paragraph")]
        shadings = [
            *(one.find(f"{W}rPr/{W}shd") for one in settings),
            *(one.find(f"{W}pPr/{W}shd") for one in own),
        ]
        for around in run.iterancestors():
            if around.tag == f"{W}tc":
                shadings.append(around.find(f"{W}tcPr/{W}shd"))
            elif around.tag == f"{W}tbl":
                shadings.append(around.find(f"{W}tblPr/{W}shd"))
                style = self._chain(value(around, "tblPr/tblStyle"), "table")
                if any(_is_shaded(shading) for one in style for shading in one.iter(f"{W}shd")):
                    shadings.append(style[0])  # which of its cells are filled is not looked into
            elif around.tag == f"{W}tr":
                shadings.append(around.find(f"{W}tblPrEx/{W}shd"))
            elif around.tag == f"{W}txbxContent":
                shadings.append(around)  # what the box is filled with, or stands on, is not known
        shading = next((one for one in shadings if one is not None and _is_shaded(one)), None)
        if shading is None:
            return _WHITE if self._page else None
        plain = shading.get(f"{W}val") in (None, "clear") and shading.tag == f"{W}shd"
        return _colour(shading.get(f"{W}fill")) if plain else None

    def _chain(self, name: str | None, kind: str) -> list[Any]:
        """A style and those that it rests on, the nearest first; the default one without a name."""
        style = self._styles.get(name) if name else self._defaults.get(kind)
        found: list[Any] = []
        while style is not None and len(found) < _DEEPEST:
            found.append(style)
            style = self._styles.get(value(style, "basedOn"))
        return found


def _first(settings: list[Any], path: str) -> Any:
    """The nearest of some settings that holds `path`; the last one where none does."""
    names = "/".join(f"{W}{name}" for name in path.split("/"))
    return next((one for one in settings if one.find(names) is not None), settings[-1])


def _colour(text: str | None) -> Colour | None:
    """The colour that six hexadecimal digits name; None for any other, which the reader chooses."""
    try:
        red, green, blue = bytes.fromhex(text or "")
    except ValueError:
        return None
    return red, green, blue


def _is_shaded(shading: Any) -> bool:
    """Whether a `w:shd` fills anything (or is none, but a filling of another kind)."""
    if shading.tag != f"{W}shd":
        return True
    pattern, fill = shading.get(f"{W}val"), shading.get(f"{W}fill")
    return pattern != "nil" and (pattern not in (None, "clear") or fill not in (None, "auto"))


def _is_drawn_on(run: Any) -> bool:
    """Whether a run's letters have outlines, shadows or fillings of their own."""
    settings = run.find(f"{W}rPr")
    return any(
        child.tag in _DRAWN_ON or str(child.tag).startswith(_WORD_2010)
        for child in (() if settings is None else settings)
    )


def _before_pictures(document: Any) -> set[Any]:
    """The runs on pages that have a picture behind their text."""
    found: set[Any] = set()
    page: list[Any] = []
    backed = False
    for element in document.iter():
        turns = element.tag in _TURNS or (
            element.tag == f"{W}br" and element.get(f"{W}type") == "page"
        )
        if turns:
            found.update(page if backed else ())
            page, backed = [], False
        elif element.tag == f"{W}r":
            page.append(element)
        elif element.tag == f"{W}pict" or (
            element.tag == _ANCHOR and element.get("behindDoc") in ("1", "true")
        ):
            backed = True
    found.update(page if backed else ())
    return found

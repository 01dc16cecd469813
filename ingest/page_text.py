"""Drafts of a page → the page's text, with the place of every word in it.

The text holds everything on the page in reading order: blocks parted by line feeds, lines inside
a block too, cells of a row by tabs, lines inside a cell by spaces. Quotes are ranges of it.
"""

from __future__ import annotations

from ingest.tables.raster import Raster
from ingest.types import Box, Line, Span, Word, WordBox

NO_BOX: Box = (0.0, 0.0, 0.0, 0.0)
"""The box of a word whose document has no fixed pages (Word, Markdown, plain text)."""

CellSpans = dict[tuple[int, int], Span]


class PageText:
    """Grows the text of page `number`, piece by piece."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._parts: list[str] = []
        self._length = 0
        self.words: list[WordBox] = []

    @property
    def text(self) -> str:
        """What has been added so far."""
        return "".join(self._parts)

    def add_lines(self, lines: tuple[Line, ...]) -> Span:
        """Add a block of text lines; returns its range."""
        self._start_anew("\n")
        start = self._length
        for index, line in enumerate(lines):
            if index:
                self._put("\n")
            self._words(line.words)
        return Span(self.number, start, self._length)

    def add_raster(self, raster: Raster) -> tuple[Span, CellSpans]:
        """Add a table; returns its range, and that of each cell that is not empty."""
        self._start_anew("\n")
        start = self._length
        spans: CellSpans = {}
        row = -1
        for cell in raster.cells:
            if not cell.lines:
                continue
            if row >= 0:
                self._put("\t" if cell.row == row else "\n")
            row = cell.row
            begin = self._length
            for index, line in enumerate(cell.lines):
                if index:
                    self._put(" ")
                self._words(line.words)
            spans[cell.row, cell.column] = Span(self.number, begin, self._length)
        return Span(self.number, start, self._length), spans

    def _start_anew(self, separator: str) -> None:
        if self._length:
            self._put(separator)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _words(self, words: tuple[Word, ...]) -> None:
        for index, word in enumerate(words):
            if index and not word.glued:
                self._put(" ")
            start = self._length
            self._put(word.text)
            if word.box != NO_BOX:
                self.words.append(WordBox(start, self._length, word.box))

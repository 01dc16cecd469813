"""What reading produces: documents, pages, blocks, tables and chunks, as frozen values.

Coordinates are PDF points from the upper left corner of the page as a reader sees it (rotation
applied), y growing downwards. Pages are counted from 1. Character ranges are half open.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points from the page's upper left corner; x0 <= x1 and y0 <= y1."""


class BlockKind(StrEnum):
    """What a block of text on a page is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    CONTENTS = "contents"
    COVER = "cover"
    HEADER = "header"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without white space, as it stands on the page.

    `size` is the font size in points, `baseline` the y of the line that the letters stand on
    (the x, for words with `angle` 90 or 270), `angle` the reading direction in degrees
    counter-clockwise (0, 90, 180 or 270). `raised` marks a footnote digit or other superscript.
    `hidden` marks text that a reader of the page cannot see.
    """

    text: str
    box: Box
    size: float
    baseline: float
    bold: bool = False
    italic: bool = False
    angle: int = 0
    raised: bool = False
    hidden: bool = False
    glued: bool = False
    """True where no space stands between this word and the one before it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruling line; a horizontal one has y0 == y1, a vertical one x0 == x1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        """Whether the line runs from left to right."""
        return self.y0 == self.y1


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as the engine gives it, before anything is understood. Sizes in points."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    pictured: float = 0.0
    """The share of the page that pictures cover, 0 to 1: much, and no words, is a scanned page."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline, left to right."""

    words: tuple[Word, ...]
    box: Box
    size: float
    bold: bool
    italic: bool = False

    @property
    def text(self) -> str:
        """The words with one space between those that have one on the page."""
        return join_words(self.words)


@dataclass(frozen=True, slots=True)
class Span:
    """A range of characters in the text of one page."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class WordBox:
    """Where a word of a page's text stands: its character range and its box."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page with one role. `section` is its heading path, outermost first.

    A heading's own path ends with itself; `level` is its depth from 1 (0 for other kinds).
    """

    kind: BlockKind
    span: Span
    box: Box
    text: str
    section: tuple[str, ...] = ()
    level: int = 0
    table: str | None = None
    """The id of the table that this block is a page's part of."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as printed; lines inside it are joined by a line feed, an empty cell is "".

    `row` and `column` count from 0 over the whole table, header levels included; `page` is where
    the cell stands and `span` its range in that page's text (None for an empty cell).
    """

    text: str
    row: int
    column: int
    page: int
    box: Box
    span: Span | None = None
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed. The first `header_rows` rows of `cells` are its header levels.

    `grade` says how far its own arithmetic proves the reading: "unproved" until checks have run.
    """

    id: str
    page: int
    last_page: int
    section: tuple[str, ...]
    caption: str
    unit: str
    header_rows: int
    columns: int
    cells: tuple[Cell, ...]
    grade: str = "unproved"
    checks: tuple[str, ...] = ()

    @property
    def row_count(self) -> int:
        """Number of rows, header levels included."""
        return max((cell.row for cell in self.cells), default=-1) + 1

    def grid(self) -> list[list[str]]:
        """All rows as printed text, header levels first; a spanned place holds ""."""
        rows = [[""] * self.columns for _ in range(self.row_count)]
        for cell in self.cells:
            rows[cell.row][cell.column] = cell.text
        return rows

    def row(self, index: int) -> list[Cell]:
        """The cells of row `index` from 0, left to right."""
        return [cell for cell in self.cells if cell.row == index]


@dataclass(frozen=True, slots=True)
class Page:
    """A page as understood. `text` holds everything on it, in reading order.

    Every block, cell and chunk is a range of `text`; `words` say where each word of it stands.
    `label` is the page number as printed (or as the PDF names it), "" where there is none.
    """

    number: int
    label: str
    width: float
    height: float
    text: str
    words: tuple[WordBox, ...]
    blocks: tuple[Block, ...]
    readable: bool = True
    """False for a page whose content could not be read (scanned, or letters without meaning)."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is embedded and retrieved. `spans` are its pieces, in order, on their pages.

    `text` is what may be quoted: the pieces' page texts, joined by line feeds. `context` is what
    helps to find it (a table's caption, unit and header; never quoted from here).
    """

    number: int
    kind: str
    section: tuple[str, ...]
    text: str
    context: str
    spans: tuple[Span, ...]
    table: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read, and why, in Swedish. `page` is None for a whole file.

    `informs` marks what the user should know although nothing failed.
    """

    message: str
    page: int | None = None
    informs: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """What a document is. Empty strings and tuples stand for what was not recognised.

    `years` are those that it is about, `figure_years` those that its tables hold columns for.
    """

    title: str = ""
    municipality: str = ""
    board: str = ""
    kind: str = ""
    years: tuple[int, ...] = ()
    figure_years: tuple[int, ...] = ()
    aliases: tuple[str, ...] = ()
    """Abbreviations that the document uses for its board, such as VON."""


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document, read. `sha256` is the hash of the file's bytes, in hexadecimal."""

    id: str
    path: str
    sha256: str
    identity: Identity
    pages: tuple[Page, ...]
    tables: tuple[Table, ...]
    chunks: tuple[Chunk, ...]
    problems: tuple[Problem, ...] = ()


def join_words(words: tuple[Word, ...] | list[Word]) -> str:
    """The text of `words`, one space between those that are not glued."""
    parts: list[str] = []
    for index, word in enumerate(words):
        if index and not word.glued:
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def enclosing(boxes: list[Box]) -> Box:
    """The smallest box around all of `boxes`, of which there is at least one."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)

"""What reading produces: documents, pages, blocks, tables and chunks, as frozen values.

Coordinates are PDF points from the upper left corner of the page as a reader sees it (rotation
applied), y growing downwards. Pages are counted from 1. Character ranges are half open.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
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
    `hidden` says how it is kept from readers (`ingest.hiding`), `marks` from where to where along
    its line a scan has marks in its place (none between, where they are only close; None: bare).
    """

    text: str
    box: Box
    size: float
    baseline: float
    bold: bool = False
    italic: bool = False
    angle: int = 0
    raised: bool = False
    hidden: str = ""
    marks: tuple[float, float] | None = None
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
    traces: tuple[tuple[str, int], ...] = ()
    """What else is hidden on it: how, and how many characters or words."""
    ocr: bool = False
    """Whether the words were read from the page's image."""


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
    bold: bool = False


@dataclass(frozen=True, slots=True)
class SignConvention:
    """How a table of money writes signs, worked out from the table itself; "" is not known.

    `costs` is the sign that costs are printed with: "negative" or "positive". `deviation` is the
    sign of what is worse for the board: "negative" or "positive" for all rows, or "subtraction"
    where it is plainly the outcome minus the budget, so that it turns with the kind of the row.
    """

    costs: str = ""
    deviation: str = ""


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
    """What was checked, in Swedish sentences."""
    signs: SignConvention = SignConvention()

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
    """False where its content could not be read (scanned, or letters without meaning)."""
    ocr: bool = False
    """Whether its words were read from its image."""


@dataclass(frozen=True, slots=True)
class Period:
    """When a figure holds: a year, or the months `first` to `last` (1 to 12) of it.

    Year 0 is one that is not told. `interim` marks a part of the year, whether its months are told
    or not: "Delårsbokslut 2024" is interim with months 0.
    """

    year: int = 0
    first: int = 0
    last: int = 0
    interim: bool = False

    def __str__(self) -> str:
        """ISO 8601: "2024", or "2024-01/2024-08"; "" where no year is told."""
        if not self.year:
            return ""
        if not self.last:
            return str(self.year)
        return f"{self.year}-{self.first:02}/{self.year}-{self.last:02}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its meaning, from a table's cell or from a sentence.

    `value` is counted in `unit`, never converted, with the sign that is printed; None where the
    document prints that there is no value ("IU", "–"). `unit` is one of those of `Quantity`, or
    "risk" for a step of a risk scale, or the document's own word. `printed` is the text of `span`.
    `row` and `column` are label paths, outermost first. `part` is what a number among several in
    one cell is about ("Kvinnor", "Jan-jun").
    """

    id: str
    value: Decimal | None
    unit: str
    printed: str
    row: tuple[str, ...]
    column: tuple[str, ...]
    measure: str
    """budget, plan, prognos, utfall, avvikelse, förändring, målvärde, nuläge, andel, antal …"""
    period: Period
    page: int
    box: Box
    span: Span
    decimals: int = 0
    table: str = ""
    """The id of its table, "" for a number in prose; `cell` is its row and column there, from 0."""
    cell: tuple[int, int] = (-1, -1)
    part: str = ""
    sentence: Span | None = None
    direction: str = ""
    """What its sentence says: "up", "down", "surplus", "deficit", or ""."""
    approximate: bool = False
    attributes: tuple[tuple[str, str], ...] = ()
    """Names and values that stand with it: ("kolada", "U23401"), ("agenda2030", "3")."""
    grade: str = "unproved"
    """"proved" (by arithmetic that holds), "consistent", "unproved" or "contradicted"."""
    ocr: bool = False
    """Whether the page was read from its image."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something that a finding is about stands: `quote` is the page's text at `span`."""

    document: str
    page: int
    span: Span
    quote: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Where documents disagree with themselves or each other.

    `kind` is one of sum, difference, percentage, risk_value, text_table, repeated, restated and
    direction. `stated` is what stands in the first of `places`, `expected` what the others say;
    both are counted in `unit`, and `difference` is stated minus expected. `message` is Swedish.
    """

    kind: str
    message: str
    stated: Decimal
    expected: Decimal
    unit: str
    explained_by_rounding: bool
    places: tuple[Place, ...]

    @property
    def difference(self) -> Decimal:
        """How much more is stated than expected."""
        return self.stated - self.expected


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

    `years` are those that it is about, `figure_years` those that its tables hold columns for,
    `aliases` the abbreviations that it uses for its board, such as VON.
    """

    title: str = ""
    municipality: str = ""
    board: str = ""
    kind: str = ""
    years: tuple[int, ...] = ()
    figure_years: tuple[int, ...] = ()
    aliases: tuple[str, ...] = ()


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
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()


def join_words(words: tuple[Word, ...] | list[Word]) -> str:
    """The text of `words`, one space between those that are not glued."""
    text = "".join([word.text if word.glued else f" {word.text}" for word in words])
    return text[1:] if words and not words[0].glued else text


def enclosing(boxes: list[Box]) -> Box:
    """The smallest box around all of `boxes`, of which there is at least one."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)

"""What a document says, as data: headings, text, lists, tables and pages; and how it is built."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.house import WORD, House
from corpus.layout import Meta, Report
from corpus.tables import PLAIN, Column, Look, TableSpec


@dataclass(frozen=True)
class H:
    """A heading of level 1–3."""

    level: int
    text: str


@dataclass(frozen=True)
class P:
    """A paragraph; `note` is the footnote that its [1] or [2] points to."""

    text: str
    note: str | None = None


@dataclass(frozen=True)
class Bullets:
    """A bullet list."""

    items: Sequence[str]


@dataclass(frozen=True)
class Turn:
    """A new page, "portrait" or "landscape"."""

    orientation: str = "portrait"


@dataclass(frozen=True)
class Scan:
    """A page that is only a picture, drawn by `draw` as the bytes of a JPEG.

    `tables` and `texts` are what can be read in it.
    """

    draw: Callable[[], bytes]
    tables: Sequence[TableSpec]
    texts: Sequence[str]


Part = H | P | Bullets | Turn | Scan | TableSpec


@dataclass(frozen=True)
class Document:
    """A document of the corpus: its file's name without the suffix, and all that it says."""

    name: str
    meta: Meta
    parts: Sequence[Part]
    house: House = WORD
    look: Look = PLAIN
    numbered: bool = False

    @property
    def file_name(self) -> str:
        """The name of its file."""
        return f"{self.name}.pdf"

    def build(self) -> Report:
        """The whole document, ready to be written."""
        report = Report(self.meta, numbered=self.numbered, look=self.look, house=self.house)
        for part in self.parts:
            _add(report, part)
        return report


def _add(report: Report, part: Part) -> None:
    match part:
        case H(level, text):
            report.heading(level, text)
        case P(text, note):
            report.p(text, note)
        case Bullets(items):
            report.bullets(items)
        case Turn(orientation):
            report.page_break(orientation)
        case Scan(draw, tables, texts):
            report.picture(draw(), tables, texts)
        case TableSpec():
            report.table(part)


def text_column(title: str, width: float) -> Column:
    """A column of words."""
    return Column(title, width, number=False)


def years(width: float, measure: str, *numbers: int, title: str = "{}") -> list[Column]:
    """A column for each year, its heading `title` with the year in it."""
    return [Column(title.format(y), width, measure=measure, year=y) for y in numbers]


def swapped(
    rows: Sequence[Sequence[str]], label: str, column: int, text: str
) -> list[Sequence[str]]:
    """The rows with another text in one cell, as a planted contradiction wants it."""
    index = next(i for i, row in enumerate(rows) if row[0] == label)
    row = list(rows[index])
    row[column] = text
    return [*rows[:index], row, *rows[index + 1 :]]

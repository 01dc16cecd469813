"""What a table says and means, and the look that it is set in: plain data, no drawing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.swedish import MINUS, NBSP, decimal, tkr

UNITS = {"kr": "kr", "tkr": "tkr", "mnkr": "mkr"}
"""Units of money as printed, and their canonical names."""


@dataclass(frozen=True)
class Column:
    """A table column: its heading, its width in millimetres and whether it holds numbers.

    `measure`, `year`, `months` and `unit` are what its numbers mean, whatever the heading says of
    it: "budget", "plan", "prognos", "utfall", "avvikelse", "förändring", "målvärde", "antal",
    "andel" or ""; year 0 is none, months (0, 0) the whole year; `unit` goes before the table's.
    """

    title: str
    width: float
    number: bool = True
    measure: str = ""
    year: int = 0
    months: tuple[int, int] = (0, 0)
    unit: str = ""


@dataclass(frozen=True)
class Band:
    """An upper heading that spans columns first to last."""

    title: str
    first: int
    last: int


@dataclass(frozen=True)
class TableSpec:
    """A table: columns and rows of text, how it is ruled, and what its numbers are counted in.

    `unit` is canonical (kr, tkr, mkr, %, personer …); `row_units` has one for each row, or is
    empty, and goes before the column's.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    grid: bool = False
    bands: Sequence[Band] = ()
    totals: int = 0
    groups: frozenset[int] = frozenset()
    breaks: bool = False
    unit: str = ""
    row_units: Sequence[str] = ()

    @property
    def measures(self) -> tuple[str, ...]:
        """What each column measures."""
        return tuple(column.measure for column in self.columns)

    @property
    def periods(self) -> tuple[tuple[int, int, int], ...]:
        """Each column's year, first month and last month; 0 is none, or the whole year."""
        return tuple((column.year, *column.months) for column in self.columns)

    @property
    def header_rows(self) -> int:
        """How many header levels are printed."""
        return 2 if self.bands else 1

    def header(self) -> list[list[str]]:
        """The header levels as printed, upper first; a spanned place holds ""."""
        titles = [column.title for column in self.columns]
        if not self.bands:
            return [titles]
        upper = [""] * len(titles)
        for band in self.bands:
            upper[band.first] = band.title
        return [upper, titles]

    def unit_at(self, row: int, column: int) -> str:
        """The canonical unit of a cell; "" where it holds no number, or one without a unit."""
        if not self.columns[column].number or not self.rows[row][column]:
            return ""
        own = self.row_units[row] if self.row_units else ""
        return own or self.columns[column].unit or self.unit


@dataclass(frozen=True)
class Look:
    """How tables are set: the same content in another municipality's house style.

    `rules` is "lines" (between rows), "grid", "zebra" (striped, no lines) or "none" (only a line
    under the header); `separator` parts thousands; `minus` is the sign, or "()" for parentheses.

    `costs` is the sign of costs in the running accounts: "negative" (net = income + costs) or
    "positive" (net = costs - income). A deviation keeps its sign in both: minus is worse for the
    board, in rows of income and of costs. So it is outcome minus budget in the first, while in the
    second that turns with the kind of row; deviations add up to the net's without turning.

    `unit` is what money is printed in: "tkr", "mnkr" (one decimal, each figure rounded by itself,
    so that sums hold within rounding) or "kr". Running text always says mnkr.

    `landscape` is "" (only pages that the content wants so), "wide" (also each table of six
    columns or more, stretched) or "all" (every page but the cover). A table too wide for an
    upright page always gets a lying one. `two_levels` sets some tables of money with years or
    measures under an upper heading. `airy` sets rows far apart. `split` has every table go over a
    page break, half of its rows on each page; `repeat_header` prints a header again after a break.
    """

    rules: str = "lines"
    separator: str = NBSP
    minus: str = MINUS
    costs: str = "negative"
    unit: str = "tkr"
    landscape: str = ""
    two_levels: bool = False
    airy: bool = False
    split: bool = False
    repeat_header: bool = True

    @property
    def canonical_unit(self) -> str:
        """The unit of money under its canonical name."""
        return UNITS[self.unit]

    def amount(self, thousands: int | None) -> str:
        """An amount given in tkr, in this look's unit and with its own sign."""
        if thousands is None or self.unit == "tkr":
            return tkr(thousands)
        return tkr(thousands * 1000) if self.unit == "kr" else decimal(Decimal(thousands) / 1000)

    def cost(self, thousands: int) -> str:
        """A cost, net cost or change of one, negative as given: with this look's sign of costs."""
        return self.amount(-thousands if self.costs == "positive" else thousands)

    def signed(self, thousands: int) -> str:
        """An amount with an explicit plus or minus sign."""
        return ("+" if thousands > 0 else "") + self.amount(thousands)

    def cell(self, text: str) -> str:
        """The text of a number's cell in this look."""
        if self.minus == "()" and text.startswith(MINUS):
            text = f"({text[1:]})"
        return text.replace(NBSP, self.separator).replace(MINUS, self.minus)

    def rows(self, spec: TableSpec) -> list[list[str]]:
        """The rows of a table, without its header, as printed in this look."""
        return [
            [
                self.cell(text) if column.number else text
                for text, column in zip(row, spec.columns, strict=True)
            ]
            for row in spec.rows
        ]


PLAIN = Look()

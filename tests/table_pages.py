"""One-page PDFs with tables of shapes that are hard to read, drawn to a given path.

Places are points from the upper left corner; `y` is where the letters stand.
"""

from collections.abc import Sequence
from pathlib import Path

from pdf_pages import BOLD, PROSE, Sheet, sheet
from reportlab.pdfbase import pdfmetrics

NAMES = ("Hemtjänst", "Särskilt boende", "Korttidsboende", "Bemanning", "Summa")
LABEL, FIRST, PITCH = 60.0, 180.0, 64.0  # the label column, the first value column, their width
STEP = 16.0  # points from row to row

Group = tuple[str, tuple[str, ...]]


def value(row: int, column: int) -> str:
    """The number that stands in a row and a value column of all tables here."""
    return f"{(row + 1) * (column + 3)} {100 + 7 * row + 31 * column}"


def aligned(page: Sheet, way: str, x0: float, x1: float, y: float, text: str, font: str) -> None:
    """Write `text` between two edges: "left", "centre" or "right"."""
    width = pdfmetrics.stringWidth(text, font, 10)
    room = x1 - x0 - width
    page.put(x0 + {"left": 4.0, "centre": room / 2, "right": room - 4.0}[way], y, text, font=font)


def values(page: Sheet, y: float, columns: int, names: Sequence[str] = NAMES) -> float:
    """Write a row for each name, numbers right-aligned; returns the y of the last one."""
    for row, name in enumerate(names):
        page.put(LABEL, y + STEP * row, name)
        for column in range(columns):
            x0 = FIRST + PITCH * column
            aligned(page, "right", x0, x0 + PITCH, y + STEP * row, value(row, column), "Helvetica")
    return y + STEP * (len(names) - 1)


def levels(
    path: Path,
    groups: Sequence[Group],
    way: str = "centre",
    rules: str = "none",
    lower: str = "right",
    corner: str = "Verksamhet",
) -> None:
    """A table with two header levels; a group without names has its heading at the lower level.

    `rules` is "none", "header" (one below the header), "lines" (also one above and one below
    all) or "grid" (all but those between the upper headings).
    """
    columns = sum(max(1, len(names)) for _, names in groups)
    right = FIRST + PITCH * columns
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        column = 0
        for heading, names in groups:
            x0 = FIRST + PITCH * column
            count = max(1, len(names))
            aligned(page, way, x0, x0 + PITCH * count, 200 if names else 216, heading, BOLD)
            for index, name in enumerate(names):
                start = x0 + PITCH * index
                aligned(page, lower, start, start + PITCH, 216, name, BOLD)
            column += count
        page.put(LABEL, 216, corner, font=BOLD)
        last = values(page, 236, columns)
        draw_rules(page, rules, right, last)
        page.lines(60, last + 60, PROSE)


def draw_rules(page: Sheet, rules: str, right: float, last: float) -> None:
    """Rules of `levels`, whose last row stands at `last`."""
    if rules != "none":
        page.line(LABEL - 4, 221, right, 221)
    if rules in ("lines", "grid"):
        page.line(LABEL - 4, 188, right, 188)
        page.line(LABEL - 4, last + 5, right, last + 5)
    if rules == "grid":
        page.line(LABEL - 4, 205, right, 205)
        y = 237.0
        while y < last:
            page.line(LABEL - 4, y, right, y)
            y += STEP
        for x in (LABEL - 4, right):
            page.line(x, 188, x, last + 5)
        x = FIRST
        while x < right - 1:
            page.line(x, 205, x, last + 5)
            x += PITCH


def wrapped_headings(path: Path, headings: Sequence[str], rules: str, way: str = "right") -> None:
    """A table with one header level whose cells are set in one line or two, the last at 216."""
    right = FIRST + PITCH * len(headings)
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        page.put(LABEL, 216, "Verksamhet", font=BOLD)
        for column, heading in enumerate(headings):
            x0 = FIRST + PITCH * column
            lines = heading.split("\n")
            for index, text in enumerate(lines):
                y = 216 - 12 * (len(lines) - 1 - index)
                aligned(page, way, x0, x0 + PITCH, y, text, BOLD)
        last = values(page, 236, len(headings))
        draw_rules(page, rules, right, last)
        page.lines(60, last + 60, PROSE)


SIDES = (60.0, 320.0)  # where two tables, or a table and prose, begin
SMALL = ("Hemtjänst", "Boende", "Korttid", "Natt")
NARROW_PROSE = (
    "Tabellen visar kostnaden per",
    "verksamhet. Den har sjunkit",
    "sedan förra året, eftersom",
    "antalet timmar i hemtjänsten",
    "har minskat mer än vad som",
    "var tänkt från början. Det",
    "gäller alla verksamheter.",
)


def small_table(page: Sheet, x: float, y: float, names: Sequence[str], rules: str) -> None:
    """A caption at `y` and a table with two value columns below it, 220 points wide."""
    page.put(x, y, f"Tabell {1 if x < 200 else 2}. {names[0]} med mera, tkr")
    page.put(x, y + 18, "Verksamhet", font=BOLD)
    for column, name in enumerate(("2023", "2024")):
        page.put_right(x + 150 + 60 * column, y + 18, name, BOLD)
    last = y + 36 + STEP * (len(names) - 1)
    for row, name in enumerate(names):
        page.put(x, y + 36 + STEP * row, name)
        for column in range(2):
            page.put_right(x + 150 + 60 * column, y + 36 + STEP * row, value(row, column))
    if rules == "none":
        return
    for at in (y + 6, y + 23, last + 5):
        page.line(x - 3, at, x + 216, at)
    if rules == "grid":
        for row in range(len(names) - 1):
            page.line(x - 3, y + 41 + STEP * row, x + 216, y + 41 + STEP * row)
        for at in (x - 3, x + 95, x + 156, x + 216):
            page.line(at, y + 6, at, last + 5)


def two_tables(path: Path, rules: str = "none", shift: float = 0.0) -> None:
    """Two tables beside each other, the right one a row longer and `shift` points lower."""
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        small_table(page, SIDES[0], 200, SMALL, rules)
        small_table(page, SIDES[1], 200 + shift, ("Skola", "Förskola", *SMALL[:3]), rules)
        page.put(60, 360, "Personal", 14, BOLD)
        page.lines(60, 385, PROSE)


def table_and_prose(path: Path, rules: str = "none", left: bool = True, y: float = 200) -> None:
    """A table to the left or right of a paragraph that begins at `y`."""
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        small_table(page, SIDES[not left], 200, SMALL, rules)
        page.lines(SIDES[left], y, NARROW_PROSE)
        page.put(60, 360, "Personal", 14, BOLD)
        page.lines(60, 385, PROSE)


UPENDED = ("Budget 2024", "Utfall 2024", "Avvikelse", "Prognos\nhelår", "Antal platser")


def upended_headings(path: Path, rules: str = "none", angle: int = 90) -> None:
    """Narrow columns whose headings are set on end above them; the first one is upright."""
    width = 42.0
    right = FIRST + width * len(UPENDED)
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        page.put(LABEL, 256, "Verksamhet", font=BOLD)
        for column, heading in enumerate(UPENDED):
            for index, text in enumerate(heading.split("\n")):
                x = FIRST + width * column + 26 + 11 * index * (1 if angle == 90 else -1)
                width_of = pdfmetrics.stringWidth(text, "Helvetica", 10)
                up = angle == 90
                page.turned(x if up else x - 6, 256 if up else 256 - width_of, text, angle)
        last = values_at(page, 276, width, len(UPENDED))
        if rules != "none":
            for y in (184, 262, last + 5):
                page.line(LABEL - 4, y, right, y)
        if rules == "grid":
            for row in range(1, len(NAMES)):
                page.line(LABEL - 4, 265 + STEP * row, right, 265 + STEP * row)
            for column in range(len(UPENDED) + 1):
                x = FIRST + width * column
                page.line(x, 184, x, last + 5)
            page.line(LABEL - 4, 184, LABEL - 4, last + 5)
        page.lines(60, last + 60, PROSE)


def values_at(page: Sheet, y: float, width: float, columns: int) -> float:
    """Rows of short numbers in columns of `width`; returns the y of the last one."""
    for row, name in enumerate(NAMES):
        page.put(LABEL, y + STEP * row, name)
        for column in range(columns):
            x1 = FIRST + width * (column + 1)
            page.put_right(x1 - 4, y + STEP * row, str(100 + 13 * row + 29 * column))
    return y + STEP * (len(NAMES) - 1)


def sideways(path: Path, rules: str = "none", angle: int = 90) -> None:
    """A page whose running line is upright, and all the rest (prose, a table) turned by `angle`."""
    with sheet(path) as page:
        page.put(280, 780, "2", size=8)
        turn_sheet(page, angle)
        sideways_table(page, rules)


def turn_sheet(page: Sheet, angle: int) -> None:
    """Turn all that is drawn from now on; (60, 100) is then 60 points along the lines."""
    if angle == 90:  # reads upwards: the upper left corner is at the lower left
        page.canvas.translate(800, 0)
        page.canvas.rotate(90)
    elif angle == 270:
        page.canvas.translate(-200, 800)
        page.canvas.rotate(270)
    else:
        page.canvas.translate(600, 800)
        page.canvas.rotate(180)


def sideways_table(page: Sheet, rules: str) -> None:
    page.lines(60, 100, PROSE)
    page.put(60, 180, "Tabell 1. Kostnader per verksamhet, tkr")
    for column, name in enumerate(("Budget", "Utfall", "Avvikelse")):
        x0 = FIRST + PITCH * column
        aligned(page, "right", x0, x0 + PITCH, 216, name, BOLD)
    page.put(LABEL, 216, "Verksamhet", font=BOLD)
    last = values(page, 236, 3)
    if rules != "none":
        draw_rules(page, rules, FIRST + PITCH * 3, last)
    page.lines(60, last + 40, PROSE[:2])


def rotated_page(path: Path, rotation: int, rules: str = "none") -> None:
    """A page with /Rotate that its reader sees upright, as landscape paper is often made."""
    with sheet(path) as page:
        page.canvas.setPageRotation(rotation)
        if rotation == 270:  # reportlab turns the paper too: 800 points wide, 600 high
            page.canvas.translate(200, -200)
        turn_sheet(page, rotation)
        sideways_table(page, rules)


def units(
    path: Path,
    headings: Sequence[str] = ("Budget", "Utfall", "Avvikelse"),
    corner: str = "Verksamhet",
    above: Sequence[str] = (),
    below: str = "",
    rules: str = "lines",
    first: str = "Hemtjänst",
) -> None:
    """A table with the given lines right above and below it; `first` is its first row's label."""
    right = FIRST + PITCH * len(headings)
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        for index, text in enumerate(reversed(above)):
            page.put(LABEL - 4, 178 - 16 * index, text, font=BOLD if index else "Helvetica")
        page.put(LABEL, 201, corner, font=BOLD)
        for column, heading in enumerate(headings):
            x0 = FIRST + PITCH * column
            aligned(page, "right", x0, x0 + PITCH, 201, heading, BOLD)
        last = values(page, 221, len(headings), (first, *NAMES[1:]))
        for y in (188, 206, last + 5) if rules == "lines" else ():
            page.line(LABEL - 4, y, right, y)
        if below:
            page.put(LABEL - 4, last + 20, below, size=9)
        page.lines(60, last + 70, PROSE)


def tall_labels(path: Path, tall: int = 0) -> None:
    """A ruled table in which each cell of column `tall` stands beside two rows."""
    names = (("Äldreomsorg", "Hemtjänst", "Boende"), ("Funktionsstöd", "Assistans", "Bostad"))
    xs = (60.0, 160.0, 260.0, 330.0, 400.0)
    with sheet(path) as page:
        page.lines(60, 100, PROSE)
        for x, heading in zip(xs, ("Område", "Verksamhet", "2023", "2024"), strict=False):
            page.put(x + 4, 213, heading, font=BOLD)
        for number, (area, *parts) in enumerate(names):
            top = 220 + 40 * number
            order = [area, parts] if tall == 0 else [parts, area]
            for x, texts in zip(xs, order, strict=False):
                if isinstance(texts, str):
                    page.put(x + 4, top + 24, texts)
                    continue
                for row, text in enumerate(texts):
                    page.put(x + 4, top + 14 + 20 * row, text)
            for row in range(2):
                for column in range(2):
                    text = value(2 * number + row, column)
                    page.put_right(xs[3 + column] - 4, top + 14 + 20 * row, text)
        for y in (200, 220, 260, 300):
            page.line(60, y, 400, y)
        for y in (240, 280):
            page.line(xs[1] if tall == 0 else xs[0], y, xs[1] if tall else 400, y)
            page.line(xs[2], y, 400, y)
        for x in xs:
            page.line(x, 200, x, 300)

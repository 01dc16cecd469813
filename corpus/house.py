"""How a document as a whole is set: plain data, no drawing. The tables' own look is `Look`."""

from dataclasses import dataclass

Size = tuple[float, float]
"""Points of a font, and of its leading."""


@dataclass(frozen=True)
class House:
    """Fonts, sizes, colours, margins (mm) and furniture of a municipality's documents.

    `columns` is how many columns running text is set in; headings of level 1 and tables go over
    the whole page. `running` is what each page repeats: "both" (header and footer) or "footer".
    `label` goes before a table's caption, with {n} for its number. `separators` are the two
    characters of swedish numbers in the running text that the font may lack: space and minus.
    """

    regular: str = "Vera"
    bold: str = "VeraBd"
    accent: str = "#1F5A6B"
    tint: str = "#E8F0F2"
    line: str = "#A9BDC3"
    group: str = "#F5F8F9"
    h1: Size = (16, 21)
    h2: Size = (11.5, 16)
    h3: Size = (9.3, 13)
    body: Size = (9.2, 14)
    cell: Size = (7.8, 10.4)
    side: float = 27
    top: float = 31
    bottom: float = 32
    cover: bool = True
    contents: bool = True
    columns: int = 1
    running: str = "both"
    label: str = "Tabell {n}. "


WORD = House()
"""As a word processor's template sets it: cover, contents, header and footer."""

WEB = House(
    "Helvetica", "Helvetica-Bold", "#1A1A1A", "#FFFFFF", "#CCCCCC", "#FFFFFF",
    h1=(21, 27), h2=(14, 20), h3=(11, 16), body=(10.2, 18), cell=(9.2, 13),
    side=23, top=22, bottom=24, cover=False, contents=False, running="footer", label="",
)  # fmt: skip
"""As a web page sets it that somebody printed: no cover, no contents, wide line spacing."""

PAPER = House(
    "Times-Roman", "Times-Bold", "#7A1F2B", "#F4ECE4", "#C9B8A8", "#F9F4EE",
    h1=(19, 23), h2=(12.5, 15.5), h3=(10.5, 13), body=(10.2, 13.2), cell=(9.2, 11.4),
    side=20, top=26, bottom=24, contents=False, columns=2,
)  # fmt: skip
"""As a printed report: running text in two columns, a face with serifs."""

MEMO = House(
    "Helvetica", "Helvetica-Bold", "#23416B", "#DDE6F2", "#7F93AD", "#EEF2F8",
    h1=(14, 18), h2=(11, 15), h3=(9.5, 13), body=(9.6, 13.4), cell=(8.4, 11),
    side=22, top=28, bottom=26, cover=False, contents=False,
)  # fmt: skip
"""As an official's report to the board: no cover; tables on lying pages at the end."""

JOURNAL = House(
    "Helvetica", "Helvetica-Bold", "#2F6B3A", "#EAF3E6", "#B5CDB0", "#F4F9F2",
    h1=(18, 23), h2=(12, 15), h3=(10, 13), body=(9.4, 12.6), cell=(8.2, 10.8),
    side=18, top=27, bottom=23, contents=False, columns=2, label="Tabell {n}: ",
)  # fmt: skip
"""As a magazine sets it: narrow margins, two columns, a sans-serif face, green."""

PORTAL = House(
    "Vera", "VeraBd", "#0B4F9C", "#EEF3FA", "#D5DEEA", "#F6F9FC",
    h1=(17, 24), h2=(12, 18), h3=(9.5, 14), body=(8.8, 15), cell=(7.6, 11),
    side=19, top=20, bottom=22, cover=False, contents=False, running="footer", label="",
)  # fmt: skip
"""As a portal for reports prints a page: a wide face, blue, tables without numbers."""

OFFICE = House(
    "Times-Roman", "Times-Bold", "#30343F", "#E6E6E6", "#8C8C8C", "#F2F2F2",
    h1=(16, 20), h2=(13, 17), h3=(11.5, 15), body=(10.4, 13), cell=(9.2, 11.2),
    side=25, top=26, bottom=23, contents=False, label="Tabell {n} – ",
)  # fmt: skip
"""As an office program's template with serifs: a cover, no contents, appendices on lying pages."""

LEAFLET = House(
    "Helvetica", "Helvetica-Bold", "#8A4B08", "#FBEFE1", "#E0C3A0", "#FDF7EF",
    h1=(17, 22), h2=(12, 16), h3=(10, 14), body=(10, 14.2), cell=(8.8, 11.6),
    side=24, top=28, bottom=26, cover=False, contents=False, label="",
)  # fmt: skip
"""As a leaflet for the board's own staff: no cover, warm colours."""

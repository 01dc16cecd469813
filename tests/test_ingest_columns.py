"""Columns of text between tables: read column by column, and never as rows of a table."""

from __future__ import annotations

from ingest.columns import reading_order
from ingest.lines import make_line
from ingest.tables.build import header_rows
from ingest.tables.find import find_rasters
from ingest.types import Line, Rule, Word

LEFT, RIGHT = 57.0, 340.0


def words(text: str, x: float, y: float, size: float = 10.0) -> list[Word]:
    found: list[Word] = []
    for part in text.split():
        width = 5.0 * len(part) * size / 10
        found.append(Word(part, (x, y - 0.8 * size, x + width, y + 0.2 * size), size, y))
        x += width + 3.0 * size / 10
    return found


def line(y: float, left: str = "", right: str = "", size: float = 10.0) -> Line:
    held = words(left, LEFT, y, size) if left else []
    return make_line([*held, *(words(right, RIGHT, y, size) if right else [])])


def table(y: float) -> Line:
    """What stands in the reading order for a table."""
    box = (LEFT, y, 520.0, y + 60.0)
    return Line((Word("", box, 10.0, y + 4),), box, 10.0, bold=False)


def texts(lines: list[Line]) -> list[str]:
    return [one.text for run in reading_order(lines) for one in run]


LONG = [
    line(100, "Grundskolan får mer pengar och gymnasiet också", "Förskolans budget ökar trots det"),
    line(112, "en del av dem som delas ut under året", "eftersom lönerna stiger för dem som"),
    line(124, "till verksamheter som behöver dem allra mest", "finns kvar när barnen är färre"),
    line(136, "enligt beslut i nämnden under våren", "de var under åren före det här"),
]  # fmt: skip


def test_a_caption_above_a_table_is_read_right_before_it() -> None:
    read = texts([*LONG, line(160, "Tabell 3: Nettokostnad, mnkr"), table(170)])
    assert read[0] == "Grundskolan får mer pengar och gymnasiet också"
    assert read[-2:] == ["Tabell 3: Nettokostnad, mnkr", ""]
    assert read[4].startswith("Förskolans budget")


def test_a_short_run_at_the_gap_of_a_long_one_is_columns_too() -> None:
    short = [
        line(260, "Åtgärderna ger pengar under året som", "kommer och får effekt först"),
        line(272, "störst är den åtgärd som kräver att", "till hösten därefter"),
    ]
    read = texts([*LONG, table(150), *short])
    assert read[-4:-2] == [
        "Åtgärderna ger pengar under året som",
        "störst är den åtgärd som kräver att",
    ]


def test_short_runs_parted_by_a_table_are_columns_together() -> None:
    first, second = LONG[:2], [
        line(260, "Rektorer och förskolechefer lämnar en prognos", "går mer än så över sin ram"),
        line(272, "femte arbetsdagen i varje månad och den som", "ska lämna en plan för det"),
    ]  # fmt: skip
    read = texts([*first, table(150), *second])
    assert read[2].startswith("Förskolans budget")
    assert read[-1] == "ska lämna en plan för det"
    # one such run alone may be a list of pairs
    assert len(reading_order([*first, table(150)])) == 1


def test_a_larger_heading_below_a_white_band_begins_columns_anew() -> None:
    below = [
        line(y, one.text[:30], "andra spalten i ett nytt avsnitt")
        for y, one in zip((240, 252, 264, 276), LONG, strict=True)
    ]
    read = texts([*LONG, line(215, "Mål och resultat", size=18.0), *below])
    at = read.index("Mål och resultat")
    assert read[at - 1].startswith("de var under åren")
    assert read[-1] == "andra spalten i ett nytt avsnitt"


def rows(y: float, *cells: tuple[str, ...]) -> list[Word]:
    found: list[Word] = []
    for index, row in enumerate(cells):
        for column, text in enumerate(row):
            found += words(text, LEFT + 150 * column, y + 15 * index)
    return found


def rules(y: float, count: int) -> list[Rule]:
    return [Rule(LEFT, y + 15 * index, 480.0, y + 15 * index) for index in range(count)]


TABLE = (("Avdelning", "2023, %", "2024, %"), ("Norr", "10,6", "9,9"), ("Söder", "6,8", "6,3"),
         ("Öster", "4,4", "3,9"))  # fmt: skip


def test_a_caption_between_rules_parts_tables_from_columns_of_text() -> None:
    page = [*words("Tabell 1. Sjukfrånvaro", LEFT, 150), *rows(170, *TABLE)]
    for one in LONG:
        page += one.words
    page += [*words("Tabell 2. Frånvaro", LEFT, 260), *rows(280, *TABLE)]
    head = Rule(LEFT, 60.0, 538.0, 60.0)
    rasters = find_rasters(page, (head, *rules(160, 5), *rules(270, 5)))
    assert [(raster.rows, raster.columns) for raster in rasters] == [(4, 3), (4, 3)]
    assert [header_rows(raster) for raster in rasters] == [1, 1]

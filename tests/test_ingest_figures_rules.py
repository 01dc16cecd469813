"""Figures where labels disagree: years of rows and captions, totals of all years, people, money."""

from __future__ import annotations

from decimal import Decimal

import pytest
from printed_tables import PrintedPage, Rows

from ingest.figures.read import read_figures
from ingest.types import Figure, Identity

ANNUAL = Identity(kind="årsredovisning", years=(2024,))


def read(
    rows: Rows,
    *,
    identity: Identity = ANNUAL,
    header: int = 1,
    unit: str = "tkr",
    caption: str = "",
) -> dict[tuple[int, int], Figure]:
    """The figures of a table by row and column."""
    page = PrintedPage()
    page.table(rows, header=header, unit=unit, caption=caption)
    return {figure.cell: figure for figure in read_figures([page.page], page.tables, identity)}


def told(sentence: str, identity: Identity = ANNUAL) -> list[Figure]:
    page = PrintedPage()
    page.paragraph(sentence)
    return read_figures([page.page], [], identity)


# ---- years


def test_the_year_of_a_row_beats_that_of_the_caption() -> None:
    found = read(
        [["", "Andel nöjda"], ["Älvköping", "81"], ["Riket 2023", "79"], ["Riket 2024", "80"]],
        unit="%",
        caption="Brukarundersökning 2024",
    )
    assert [found[row, 1].period.year for row in (1, 2, 3)] == [2024, 2023, 2024]


def test_the_year_of_a_column_beats_that_of_a_row() -> None:
    found = read([["", "Utfall 2024"], ["Påbörjade 2022", "14"], ["Påbörjade 2023", "9"]])
    assert [found[row, 1].period.year for row in (1, 2)] == [2024, 2024]


def test_a_heading_over_rows_gives_no_year_where_the_caption_does() -> None:
    page = PrintedPage()
    page.table(
        [["Projekt", "Belopp"], ["Påbörjade 2022", ""], ["Badhuset", "900"], ["Bron", "400"]],
        caption="Investeringar 2024, tkr",
        bold=(1,),
    )
    found = read_figures([page.page], page.tables, ANNUAL)
    assert [(f.row, f.period.year) for f in found] == [
        (("Påbörjade 2022", "Badhuset"), 2024),
        (("Påbörjade 2022", "Bron"), 2024),
    ]


@pytest.mark.parametrize("head", ["Totalbudget", "Slutprognos", "Total budget", "Projektram"])
def test_a_total_beside_columns_of_a_year_has_no_year(head: str) -> None:
    found = read([["Projekt", head, "Budget 2024", "Utfall 2024"], ["Bron", "90", "40", "38"]])
    assert [found[1, column].period.year for column in (1, 2, 3)] == [0, 2024, 2024]


def test_a_total_without_columns_of_a_year_is_of_the_document() -> None:
    found = read([["Verksamhet", "Totalbudget", "Utfall"], ["Skola", "90", "88"]])
    assert [found[1, column].period.year for column in (1, 2)] == [2024, 2024]


@pytest.mark.parametrize(
    ("title", "years"),
    [("Budget 2025", (2025,)), ("Budget 2026–2028", (2026, 2027, 2028))],
)
def test_a_column_without_measure_beside_years_is_of_the_one_to_the_left(
    title: str, years: tuple[int, ...]
) -> None:
    found = read(
        [["", "Budget 2024", "Omställning", "Budget 2025"], ["Skola", "100", "4", "104"]],
        identity=Identity(title=title, kind="budget", years=years),
    )
    assert [found[1, column].period.year for column in (1, 2, 3)] == [2024, 2024, 2025]


# ---- people and money


GROUPS: Rows = [
    ["", "Elever", "Elever", "Ekonomi", "Ekonomi"],
    ["Skola", "2023", "2024", "Budget 2024", "Utfall 2024"],
    ["Lindskolan", "412", "405", "38 000", "38 450"],
    ["Strandskolan", "230", "241", "21 500", "21 300"],
]


def test_pupils_beside_the_economy_are_people() -> None:
    found = read(GROUPS, header=2)
    assert [found[2, column].unit for column in (1, 2, 3, 4)] == ["personer"] * 2 + ["tkr"] * 2


def test_a_group_of_people_that_has_a_budget_is_of_money() -> None:
    found = read([["", "Elever", "Elever"], ["", "Budget", "Utfall"], ["Mat", "9", "8"]], header=2)
    assert [found[2, column].unit for column in (1, 2)] == ["tkr", "tkr"]


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("Bibliotek, besök per invånare", ""),
        ("Invånare i kommunen", "personer"),
        ("Befolkning totalt", "personer"),
        ("Besök per dag", "st"),
    ],
)
def test_what_is_counted_stands_before_per(label: str, unit: str) -> None:
    assert read([["Nyckeltal", "Utfall 2024"], [label, "4,2"]], unit="")[1, 1].unit == unit


# ---- sentences


@pytest.mark.parametrize(
    ("sentence", "units"),
    [
        ("Förskolan hade 1 043 barn, varav 212 i fristående enheter.", ["personer", "personer"]),
        (
            "I kommunen placerades 63 barn, varav 41 i familjehem och 22 i HVB.",
            ["personer", "personer", "personer"],
        ),
        ("Enheten har 108 fordon, varav 12 på el.", ["st", "st"]),
        ("Förskolan hade 1 043 barn, och 212 i kö.", ["personer", "st"]),
        ("Nämnden har 41 chefer och 12 på varje enhet.", ["personer", "st"]),
    ],
)
def test_a_part_is_counted_like_the_number_it_is_a_part_of(sentence: str, units: list[str]) -> None:
    assert [figure.unit for figure in told(sentence)] == units


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        (
            "Kostnaden ökade med 26,2 mnkr, eller 4,3 procent, under året.",
            ["förändring", "förändring"],
        ),
        (
            "Kostnaderna minskade med 1,4 mnkr (2,1 procent) under året.",
            ["förändring", "förändring"],
        ),
        (
            "Underskottet, ett underskott på 5,5 mnkr motsvarande 4,6 procent, kvarstår.",
            ["avvikelse", "avvikelse"],
        ),
        ("Kostnaden ökade med 26,2 mnkr, och 4,3 procent är hyror.", ["förändring", ""]),
        ("Kostnaden ökade med 26,2 mnkr eller 4,1 mnkr.", ["förändring", ""]),
    ],
)
def test_a_change_that_is_said_again_in_per_cent_is_a_change(
    sentence: str, measures: list[str]
) -> None:
    assert [figure.measure for figure in told(sentence)] == measures


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("Målet 85 procent nåddes inte.", "målvärde"),
        ("Målet på 85 procent nåddes inte under året.", "målvärde"),
        ("Målvärdet för nöjda brukare är 85 procent.", "målvärde"),
        ("Målet nåddes av 85 procent.", ""),
        ("Måluppfyllelsen var 85 procent.", ""),
    ],
)
def test_a_target_that_was_not_reached_is_a_target(sentence: str, measure: str) -> None:
    (figure,) = told(sentence)
    assert (figure.value, figure.measure) == (Decimal(85), measure)

"""Which of several figures is meant: columns, years, reports, months, names, municipalities."""

from collections.abc import Callable, Iterator

import pytest
from answers import ask, results
from written_reports import ReadInto, table, write_report

from rag.asking import Asker

Opener = Callable[..., Asker]
Parts = tuple[str, ...]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, read_into: ReadInto) -> Iterator[Opener]:
    """`opened((title, municipality, *parts), …)` asks these reports, read once for each set."""
    kept: dict[tuple[Parts, ...], Asker] = {}

    def opener(*reports: Parts) -> Asker:
        if reports not in kept:
            folder = tmp_path_factory.mktemp("reports")
            paths = [
                write_report(folder, title, *parts, municipality=municipality)
                for title, municipality, *parts in reports
            ]
            read_into(folder / "index", *paths)
            kept[reports] = Asker(folder / "index")
        return kept[reports]

    yield opener
    for asker in kept.values():
        asker.close()


ANNUAL = "Årsredovisning 2024"
OWN = "Älvköping"
MANY = (
    ANNUAL,
    OWN,
    table(
        "Tabell 1: Väntetid 2024, dagar",
        """Mått|Björkstad 2024|Älvköping 2024|Riket 2024
        Familjerådgivning|34|21|28
        Utredning av barn|98|112|104""",
    ),
    table(
        "Tabell 2: Volymer",
        """Nyckeltal|2022|2023|2024
        Korttidsvård, platser|34|32|30
        Hemtjänst, timmar|251 300|258 000|262 400
        Fritidshem, barn|812|840|851""",
    ),
    table(
        "Tabell 3: Skolor, tkr",
        """Skola|Budget 2024|Utfall 2024
        Norrskolan|40 000|41 100
        Norra skolan|22 000|21 500
        Söderskolan|31 000|31 900""",
    ),
    table(
        "Tabell 4: Ramar, tkr",
        """Verksamhet|Budget 2024|Omställning|Ny ram
        Dagverksamhet|14 000|-900|13 100
        Boendestöd|9 000|-250|8 750""",
    ),
    "Målet 85 procent nöjda brukare nåddes inte.",
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Hur lång är väntetiden för familjerådgivning 2024?", ("21", "dagar")),
        ("Hur lång är väntetiden för utredning av barn 2024?", ("112", "dagar")),
        ("Hur lång är väntetiden för utredning av barn i Björkstad 2024?", ("98", "dagar")),
    ],
)
def test_a_report_tells_of_its_own_municipality(
    opened: Opener, text: str, value: tuple[str, str]
) -> None:
    assert results(ask(opened(MANY), text)) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Hur många platser har korttidsvården?", ("30", "st")),
        ("Hur många platser har korttidsvården 2022?", ("34", "st")),
        ("Hur många platser hade korttidsvården förra året?", ("32", "st")),
    ],
)
def test_the_newest_year_is_meant_where_none_is_named(
    opened: Opener, text: str, value: tuple[str, str]
) -> None:
    assert results(ask(opened(MANY), text)) == [value]


def test_the_newest_year_may_lie_before_that_of_the_report(opened: Opener) -> None:
    rows = """Nyckeltal|2019|2021|2023
        Lekplatser|34|32|31
        Badplatser|8|9|7"""
    asker = opened((ANNUAL, OWN, table("Tabell 1: Anläggningar", rows)))
    assert results(ask(asker, "Hur många badplatser finns det?")) == [("7", "st")]
    assert results(ask(asker, "Hur många badplatser fanns det 2021?")) == [("9", "st")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Hur många korttidsplatser finns det?", ("30", "st")),
        ("Hur många korttidsplatser fanns det 2022?", ("34", "st")),
        pytest.param(
            "Hur många hemtjänsttimmar var det 2023?",
            ("258000", "timmar"),
        ),
    ],
)
def test_a_compound_is_made_of_the_words_of_a_row(
    opened: Opener, text: str, value: tuple[str, str]
) -> None:
    assert results(ask(opened(MANY), text)) == [value]


@pytest.mark.parametrize(
    ("name", "value"),
    [("Norra skolan", "21500"), ("Norrskolan", "41100"), ("Söderskolan", "31900")],
)
def test_names_of_two_words_are_no_compounds(opened: Opener, name: str, value: str) -> None:
    answer = ask(opened(MANY), f"Vad blev utfallet för {name} 2024?")
    assert results(answer) == [(value, "tkr")]


def test_another_rows_number_is_not_told_of_a_named_one(opened: Opener) -> None:
    money = """Skola|Budget 2024|Utfall 2024
        Norrskolan|40 000|41 100
        Söderskolan|31 000|31 900"""
    pupils = """Skola|Elever 2023|Elever 2024
        Norra skolan|230|241
        Norrskolan|412|405"""
    asker = opened(
        (ANNUAL, OWN, table("Tabell 1: Skolor, tkr", money), table("Tabell 2: Elever", pupils))
    )
    assert results(ask(asker, "Vad blev utfallet för Norrskolan 2024?")) == [("41100", "tkr")]
    assert ask(asker, "Hur stor är budgeten för Norra skolan 2024?").figures == ()


def test_a_name_of_two_words_is_not_found_in_a_compound(opened: Opener) -> None:
    rows = """Skola|Budget 2024|Utfall 2024
        Norrskolan|40 000|41 100
        Södra skolan|31 000|31 900"""
    answer = ask(
        opened((ANNUAL, OWN, table("Tabell 1: Skolor, tkr", rows))),
        "Vad blev utfallet för Norra skolan 2024?",
    )
    assert answer.refused


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Hur stor är ramen för boendestöd efter omställningen?", "8750"),
        ("Hur stor är ramen för dagverksamhet efter omställningen?", "13100"),
        ("Hur stor är budgeten för boendestöd före omställningen?", "9000"),
        pytest.param(
            "Hur mycket får dagverksamheten efter omställningen?",
            "13100",
        ),
    ],
)
def test_after_a_stage_is_the_column_to_its_right(opened: Opener, text: str, value: str) -> None:
    assert results(ask(opened(MANY), text)) == [(value, "tkr")]


def test_columns_of_one_row_do_not_contradict(opened: Opener) -> None:
    rows = """Verksamhet|Före omställning|Omställning|Efter omställning
        Dagverksamhet|14 000|-900|13 100
        Boendestöd|9 000|-250|8 750"""
    asker = opened((ANNUAL, OWN, table("Tabell 1: Budget och omställning, tkr", rows)))
    answer = ask(asker, "Hur stor är budgeten för boendestöd efter omställningen?")
    assert not [one for one in answer.warnings if one.kind == "source_conflict"]


def test_a_column_of_the_rest_is_not_the_whole(opened: Opener) -> None:
    rows = """Verksamhet|Personal|Lokaler|Övrigt
        Stödboende|700|200|100
        Träffpunkt|300|150|50"""
    asker = opened((ANNUAL, OWN, table("Tabell 1: Budget 2024, tkr", rows)))
    assert ("100", "tkr") not in results(ask(asker, "Hur stor är budgeten för stödboende 2024?"))


def test_a_target_that_was_not_reached_is_told(opened: Opener) -> None:
    answer = ask(opened(MANY), "Vad är målet för nöjda brukare?")
    assert results(answer) == [("85", "%")]
    assert ask(opened(MANY), "Hur många procent av brukarna är nöjda?").refused


# ---- several reports of a board


CLOSED = table(
    "Tabell 1: Ekonomi, tkr",
    """Verksamhet|Budget 2024|Utfall 2024
    Hemtjänst|120 500|125 500
    Familjehem|30 000|33 400""",
)
HALF = table(
    "Tabell 1: Ekonomi, tkr",
    """Verksamhet|Budget 2024|Utfall jan–aug 2024|Prognos april|Prognos augusti
    Hemtjänst|120 000|83 500|121 000|124 800
    Familjehem|30 000|22 400|30 500|32 900""",
)
TWO = ((ANNUAL, OWN, CLOSED), ("Delårsrapport augusti 2024", OWN, HALF))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Hur stor var budgeten för hemtjänst 2024?", "120500"),
        ("Hur stor var budgeten för hemtjänst enligt delårsrapporten 2024?", "120000"),
        ("Vad blev utfallet för hemtjänst 2024?", "125500"),
        ("Vad blev utfallet för hemtjänst januari–augusti 2024?", "83500"),
        ("Vad är bokslutet för hemtjänst?", "125500"),
        ("Vad är prognosen för hemtjänst?", "124800"),
        ("Vad är prognosen per april för hemtjänst 2024?", "121000"),
        pytest.param(
            "Vad var aprilprognosen för hemtjänst?",
            "121000",
        ),
    ],
)
def test_closed_years_come_before_parts_of_them(opened: Opener, text: str, value: str) -> None:
    assert results(ask(opened(*TWO), text)) == [(value, "tkr")]


def test_a_forecast_of_another_month_is_not_told(opened: Opener) -> None:
    assert ask(opened(*TWO), "Hur stor är prognosen per maj för hemtjänst?").figures == ()


def test_the_books_of_a_year_that_is_not_over_are_not_told(opened: Opener) -> None:
    asker = opened(("Delårsrapport augusti 2024", OWN, HALF))
    assert ask(asker, "Vad är bokslutet för hemtjänst?").figures == ()


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Vad kostade familjehem enligt delårsrapporten 2019?", "Delårsrapport 2019"),
        ("Vad kostade hemtjänst i årsredovisningen 2022?", "Årsredovisning 2022"),
    ],
)
def test_a_report_that_is_not_there_is_named(opened: Opener, text: str, lacking: str) -> None:
    answer = ask(opened(*TWO), text)
    assert answer.refused
    assert answer.text.startswith(f"{lacking} finns inte i underlaget.")
    assert answer.figures == ()


# ---- conversations


OTHER = CLOSED.replace("30 000", "20 900").replace("120 500", "90 250")
TOWNS = ((ANNUAL, OWN, CLOSED), (ANNUAL, "Björkstad", OTHER))
FIRST = "Hur stor var budgeten för hemtjänst 2024 i Björkstad?"
HOMES = "Hur stor var budgeten för familjehem 2024?"


@pytest.mark.parametrize(
    ("text", "history", "value"),
    [
        (HOMES, (FIRST,), "20900"),
        (HOMES, (FIRST, "Hur stor var budgeten för hemtjänst 2024?"), "20900"),
        ("Hur stor var budgeten för familjehem i Älvköping 2024?", (FIRST,), "30000"),
        (HOMES, (FIRST, "Hur stor var budgeten för hemtjänst 2024 i Älvköping?"), "30000"),
    ],
)
def test_a_conversation_stays_in_its_municipality(
    opened: Opener, text: str, history: tuple[str, ...], value: str
) -> None:
    assert results(ask(opened(*TOWNS), text, *history)) == [(value, "tkr")]


def test_without_a_conversation_it_is_asked_whose_is_meant(opened: Opener) -> None:
    assert ask(opened(*TOWNS), HOMES).refused

"""Numbers worked out of several cells: shares, changes, what is left, one row at many times."""

from collections.abc import Iterator

import pytest
from answers import ask, results
from written_reports import ReadInto, table

from rag.asking import Asker

INTERIM = (
    "Delårsrapport april 2025",
    "Tekniska nämnden, Granviks kommun",
    "## Ekonomi",
    table(
        "Resultat, tkr",
        """Tkr|Budget jan–apr 2025|Utfall jan–apr 2025|Budget helår 2025|Prognos helår 2025
        Försäljning|4 000|4 600|12 000|12 900
        Personalkostnader|-6 000|-6 300|-18 000|-18 700
        Fordonskostnader|-2 000|-2 700|-6 000|-7 100
        Summa kostnader|-8 000|-9 000|-24 000|-25 800""",
    ),
    "## Investeringar",
    table(
        "Investeringar, tkr",
        """Investeringar, tkr|Budget 2025|Utfall jan–apr|Prognos 2025
        Gatubelysning|3 000|900|2 800
        Summa investeringar|5 000|1 250|4 600""",
    ),
    "## Ärenden",
    table(
        "Ärenden 2025",
        """Ärenden 2025|Februari|Mars|April
        Anmälda vattenläckor|41|38|62
        Fakturor|310|295|330""",
    ),
    "## Tid",
    table(
        "Arbetad tid",
        """Tid|Jan–apr 2023|Jan–apr 2024|Jan–apr 2025
        Utförda jourtimmar|1 200|1 260|1 310""",
    ),
)
BUDGET = (
    "Budget 2025",
    "Gymnasienämnden, Lillhults kommun",
    "## Driftbudget",
    table(
        "Driftbudget, mnkr",
        """Verksamhet, mnkr|Bokslut 2023|Budget 2024|Budget 2025|Plan 2026
        Lärlingar|10,1|11,0|12,4|13,0
        Internat|20,0|20,4|21,0|21,5
        Totalt|30,1|31,4|33,4|34,5""",
    ),
    "## Volymer",
    table(
        "Antal elever",
        """Elever|Utfall 2023|Prognos 2024|Budget 2025|Plan 2026
        Elever på internat|200|210|216|230""",
    ),
    "## Personal",
    table(
        "Årsarbetare",
        """Årsarbetare|2023|2024|2025
        Lärlingar|14|15|16
        Internat|31|32|33""",
    ),
    "## Bidrag",
    table(
        "Bidrag i kronor per elev",
        """Kronor per elev|Bidrag 2024|Bidrag 2025
        Resebidrag 16–18 år|1 200|1 350
        Resebidrag 19–20 år|900|1 000""",
    ),
    "## Mål",
    table(
        "Mål",
        """Indikator|Utfall 2023|Målvärde 2025
        Trivsel bland elever i årskurs 1, %|80|84
        Trivsel bland elever i årskurs 3, %|76|82""",
    ),
)


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, read_into: ReadInto) -> Iterator[Asker]:
    """An interim report of one board and the budget of another's."""
    folder = tmp_path_factory.mktemp("sums")
    paths = []
    for title, *parts in (INTERIM, BUDGET):
        paths.append(folder / f"{title.casefold().replace(' ', '-').replace('å', 'a')}.md")
        paths[-1].write_text("\n\n".join((f"# {title}", *parts)) + "\n", "utf-8")
    read_into(folder / "index", *paths)
    asker = Asker(folder / "index")
    yield asker
    asker.close()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # the sum of the part's own column, called just what the whole is
        (
            "Hur stor andel av kostnaderna jan–apr 2025 är personalkostnader i Granvik?",
            ("70.00", "%"),
        ),
        # what is used of a part of the year, of the budget of the year: the row has no other
        (
            "Hur stor del av årets investeringsbudget hade Granvik använt till och med april 2025?",
            ("25.00", "%"),
        ),
        (
            "Hur många procent över periodbudgeten ligger försäljningen i Granvik jan–apr 2025?",
            ("15.00", "%"),
        ),
        (
            "Hur mycket återstår av budgeten för gatubelysning i Granvik 2025?",
            ("2100", "tkr"),
        ),
        (
            "Hur många fler vattenläckor anmäldes i april än i februari 2025 i Granvik?",
            ("21", "st"),
        ),
        (
            "Procentuell förändring av antalet elever på internat 2023 till 2026 i Lillhult?",
            ("15.00", "%"),
        ),
    ],
)
def test_two_cells_of_one_row_or_column_are_set_against_each_other(
    asker: Asker, question: str, expected: tuple[str, str]
) -> None:
    assert results(ask(asker, question)) == [expected]


def test_a_row_that_has_all_the_years_is_the_one_that_is_meant(asker: Asker) -> None:
    answer = ask(asker, "Visa lärlingar år för år 2023–2026 i Lillhult")
    assert results(answer) == [("10.1", "mkr"), ("11.0", "mkr"), ("12.4", "mkr"), ("13.0", "mkr")]


def test_a_row_is_followed_through_the_months_that_are_named(asker: Asker) -> None:
    answer = ask(asker, "Hur utvecklades anmälda vattenläckor februari till april 2025 i Granvik?")
    assert results(answer) == [("41", "st"), ("38", "st"), ("62", "st")]


def test_a_row_of_hours_is_counted_in_hours(asker: Asker) -> None:
    answer = ask(asker, "Hur har utförda jourtimmar utvecklats jan–apr 2023, 2024 och 2025?")
    assert results(answer) == [("1200", "timmar"), ("1260", "timmar"), ("1310", "timmar")]


def test_rows_are_ranked_without_sums_where_that_is_said(asker: Asker) -> None:
    answer = ask(asker, "Vilken verksamhet har störst budget 2025 i Lillhult? Inga summarader.")
    assert [(f.label, f"{f.value:f}") for f in answer.figures if f.role == "result"] == [
        ("Internat", "21.0")
    ]


def test_a_number_in_a_name_tells_rows_apart(asker: Asker) -> None:
    question = "Trivsel i årskurs 3 i Lillhult: vad var utfallet 2023 och vad är målet för 2025?"
    assert results(ask(asker, question)) == [("76", "%"), ("82", "%")]
    which = ask(asker, "Hur stor andel trivs i Lillhult i årskurs 2 2023?")
    assert which.status == "refused"


def test_an_age_is_of_the_row_that_holds_it(asker: Asker) -> None:
    question = "Hur många kronor höjs resebidraget för en 17-åring i Lillhult från 2024 till 2025?"
    assert results(ask(asker, question)) == [("150", "kr")]


def test_outcome_against_target_asks_for_both(asker: Asker) -> None:
    answer = ask(asker, "Trivsel bland elever i årskurs 1 i Lillhult – utfall mot mål?")
    assert sorted(results(answer)) == [("80", "%"), ("84", "%")]


def test_net_is_an_amount_and_no_number_of_people(asker: Asker) -> None:
    answer = ask(asker, "Internat netto 2023–2026 i Lillhult, alla år")
    assert {unit for _, unit in results(answer)} == {"mkr"}
    assert [value for value, _ in results(answer)] == ["20.0", "20.4", "21.0", "21.5"]

"""Which figures are meant over several years' reports of one board: trends, sums, shares, ranks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from answers import ask, results
from written_reports import ReadInto, table

from rag.asking import Asker

BOARD = "Kultur- och fritidsnämnden, Björkstads kommun"

FIRST = (
    "Årsredovisning 2023",
    table(
        "Resultaträkning, tkr",
        """Belopp i tkr|Bokslut 2022|Budget 2023|Bokslut 2023|Avvikelse 2023
        Intäkter|8 000|8 200|8 400|200
        varav entréavgifter|2 000|2 100|2 310|210
        Nettokostnad|-61 000|-63 000|-64 500|-1 500
        Kommunbidrag|60 500|63 000|63 000|0
        Årets resultat|-500|0|-1 500|-1 500""",
    ),
    "Kostnaden för inhyrda badvakter uppgick till 310 tkr (270 tkr föregående år).",
    "## Antal årsarbetare 31 december",
    table(
        "Antal årsarbetare 31 december",
        """Enhet|2022|2023
        Simhallar|31,5|32,0
        Bibliotek|44,0|43,2
        Totalt|75,5|75,2""",
    ),
    "## Sjukfrånvaro",
    table(
        "Sjukfrånvaro, %",
        """Grupp|2022|2023
        Kvinnor|7,1|6,9
        Män|4,2|4,4""",
    ),
)
SECOND = (
    "Årsredovisning 2024",
    table(
        "Resultaträkning, tkr",
        """Tkr|Utfall 2024|Budget 2024|Avvikelse mot budget|Utfall 2023
        Intäkter|9 000|8 800|200|8 400
        Personalkostnader|-40 000|-39 500|-500|-38 900
        Köpta tjänster|-19 000|-20 000|1 000|-20 000
        Lokalkostnader|-16 000|-16 500|500|-15 000
        Verksamhetens kostnader|-75 000|-76 000|1 000|-73 900
        Nettokostnader|-66 000|-67 200|1 200|-64 500
        Kommunbidrag|67 200|67 200|0|63 000
        Resultat|1 200|0|1 200|-1 500""",
    ),
    "De två skulpturerna i parken lagades. Lagningen av två skulpturer i parken kostade 46 tkr.",
    "## Investeringar",
    table(
        "Investeringar, tkr",
        """Tkr|Budget 2024|Utfall 2024
        Båtar|700|655
        Möbler|300|310""",
    ),
    "## Risker",
    table(
        "Uppföljning av intern kontroll 2024",
        """Risk|S|K|Riskvärde
        Drunkning i simhall|2|5|10
        Stöld av konst|3|4|12
        Fel i fakturor|2|3|6
        Brand i läktare|3|5|15""",
    ),
    "## Mål",
    table(
        "Mål",
        """Indikator|Utfall 2023|Mål 2024|Mål 2025
        Nöjda besökare inom 3 år, andel (%)|71|73|75
        Nöjda besökare inom 5 år, andel (%)|80|81|82""",
    ),
    "## Sjukfrånvaro",
    table(
        "Sjukfrånvaro i procent",
        """Grupp|2024 Kort|2024 Lång|Total 2024
        Kvinnor|2,5|4,0|6,5
        Män|2,1|2,6|4,7""",
    ),
)
INTERIM = (
    "Tertialrapport 1 2025",
    "## Resultaträkning med helårsprognos",
    table(
        "Resultaträkning, mnkr",
        """Mnkr|Utfall jan–apr 2024|Utfall jan–apr 2025|Budget helår 2025|Prognos helår 2025"""
        """|Avvikelse|Förändring mot föregående prognos
        Intäkter|2,9|3,0|9,1|9,2|+0,1|+0,3
        Personalkostnader|-13,0|-13,9|-41,0|-41,8|-0,8|-0,2
        Köpta tjänster|-6,1|-6,9|-20,0|-21,5|-1,5|-1,1
        Nettokostnader|-22,0|-23,8|-68,0|-70,2|-2,2|-1,0
        Kommunbidrag|22,7|22,7|68,0|68,0|0,0|0,0
        Resultat|0,7|-1,1|0,0|-2,2|-2,2|-1,0""",
    ),
    "## Prognos per område",
    table(
        "Nettokostnad per område, mnkr",
        """Nettokostnad, mnkr|Budget 2025|Prognos 2025|Avvikelse|Avvikelse i prognosen (mars)
        Kultur|-20,0|-20,5|-0,5|-0,4
        varav bibliotek|-12,0|-12,9|-0,9|-0,7
        Fritid|-38,0|-39,9|-1,9|-0,9
        Stab|-10,0|-9,8|+0,2|+0,1
        Totalt|-68,0|-70,2|-2,2|-1,2""",
    ),
    "## Besök",
    table(
        "Volymer 2025",
        """Volymer 2025|Jan|Feb|Mar|Apr|Summa jan–apr
        Besök på biblioteken|4 100|4 250|4 310|4 090|16 750""",
    ),
)


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, read_into: ReadInto) -> Iterator[Asker]:
    """The reports of one board for two years, and of four months of the third."""
    folder = tmp_path_factory.mktemp("years")
    paths = [_written(folder, title, *parts) for title, *parts in (FIRST, SECOND, INTERIM)]
    read_into(folder / "index", *paths)
    asker = Asker(folder / "index")
    yield asker
    asker.close()


def _written(folder: Path, title: str, *parts: str) -> Path:
    path = folder / f"bjorkstad-kfn-{title.casefold().replace(' ', '-').replace('å', 'a')}.md"
    path.write_text("\n\n".join((f"# {title}", BOARD, "## Ekonomi", *parts)) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        # a row by its name in each report: "Nettokostnad", "Nettokostnader"
        (
            "Hur har nettokostnaden förändrats 2022 till 2024, år för år?",
            [("-61000", "tkr"), ("-64500", "tkr"), ("-66000", "tkr")],
        ),
        (
            "Hur har nettokostnaden förändrats från 2022 till 2024?",
            [("-61000", "tkr"), ("-66000", "tkr")],
        ),
        ("Vad blir resultatet sammanlagt för 2022, 2023 och 2024?", [("-800", "tkr")]),
        (
            "Hur har besöken på biblioteken förändrats månad för månad januari–april 2025?",
            [("4100", "st"), ("4250", "st"), ("4310", "st"), ("4090", "st")],
        ),
    ],
)
def test_a_row_is_followed_through_its_reports(
    asker: Asker, question: str, expected: list[tuple[str, str]]
) -> None:
    assert results(ask(asker, question)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Med hur många procent minskade köpta tjänster mellan 2023 och 2024?", ("-5.00", "%")),
        ("Hur stor andel av kostnaderna 2024 var personalkostnader?", ("53.33", "%")),
        ("Hur stor del av intäkterna 2023 utgjordes av entréavgifter?", ("27.50", "%")),
        ("Hur många procent av kommunbidraget motsvarar underskottet 2025?", ("-3.24", "%")),
        ("Hur många procent under budget landade köpta tjänster 2024?", ("-5.00", "%")),
    ],
)
def test_what_has_been_is_worked_out_of_outcomes(
    asker: Asker, question: str, expected: tuple[str, str]
) -> None:
    assert results(ask(asker, question)) == [expected]


def test_a_change_since_a_forecast_contradicts_none_between_years(asker: Asker) -> None:
    answer = ask(asker, "Hur mycket högre är nettokostnaden jan–apr 2025 än samma period 2024?")
    assert results(answer) == [("-1.8", "mkr")]
    assert not answer.warnings


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Vilka risker hade riskvärde 12 eller mer 2024?",
            [("Brand i läktare", "15"), ("Stöld av konst", "12")],
        ),
        (
            "Vilka risker hade riskvärde 10 eller lägre 2024?",
            [("Drunkning i simhall", "10"), ("Fel i fakturor", "6")],
        ),
        (
            "Vilket kostnadsslag har försämrats mest jämfört med föregående prognos 2025?",
            [("Köpta tjänster", "-1.1")],
        ),
        (
            "Vilket av de tre områdena har den sämsta prognosen mot budget 2025?",
            [("Fritid", "-1.9")],
        ),
    ],
)
def test_rows_are_ranked_as_the_question_bounds_them(
    asker: Asker, question: str, expected: list[tuple[str, str]]
) -> None:
    told = [f for f in ask(asker, question).figures if f.role == "result"]
    assert [(f.label, f"{f.value:f}") for f in told] == expected


def test_rows_that_are_not_as_many_as_the_question_says_are_not_ranked(asker: Asker) -> None:
    assert ask(asker, "Rangordna de fem områdena efter prognos 2025").refused


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hur många årsarbetare fanns inom simhallarna den 31 december 2022?", ("31.5", "")),
        ("Männens sjukfrånvaro 2022?", ("4.2", "%")),
        ("Hur hög var kvinnornas sjukfrånvaro 2024?", ("6.5", "%")),
        ("För hur mycket köpte nämnden båtar 2024?", ("655", "tkr")),
        ("Vilket resultat räknar nämnden med för helåret 2025?", ("-2.2", "mkr")),
    ],
)
def test_a_year_that_is_over_has_an_outcome_and_one_to_come_a_forecast(
    asker: Asker, question: str, expected: tuple[str, str]
) -> None:
    assert results(ask(asker, question)) in ([expected], [(expected[0], "årsarbetare")])


@pytest.mark.parametrize("name", ["Kulturnämnden", "Fritidsnämnden", "Kultur- och fritidsnämnden"])
def test_a_board_may_be_called_by_a_part_of_its_name(asker: Asker, name: str) -> None:
    answer = ask(asker, f"{name}: personalkostnader i prognosen för 2025")
    assert results(answer) == [("-41.8", "mkr")]


def test_what_so_many_things_cost_is_no_row_of_all_of_them(asker: Asker) -> None:
    assert results(ask(asker, "Vad kostade de två skulpturerna i parken 2024?")) == [("46", "tkr")]
    assert ask(asker, "Vad kostade de två båtarna 2024?").refused


def test_a_forecast_is_followed_from_the_one_before(asker: Asker) -> None:
    question = "Hur mycket har prognosen för köpta tjänster ändrats sedan föregående prognos 2025?"
    assert results(ask(asker, question)) == [("-1.1", "mkr")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Hur många procentenheter högre var kvinnornas sjukfrånvaro än männens 2024?",
            ("1.8", "procentenheter"),
        ),
        (
            "Hur mycket högre var personalkostnaderna än lokalkostnaderna 2024?",
            ("-24000", "tkr"),
        ),
    ],
)
def test_two_rows_of_a_column_are_set_against_each_other(
    asker: Asker, question: str, expected: tuple[str, str]
) -> None:
    answer = ask(asker, question)
    assert results(answer) == [expected]
    assert "från" not in answer.text


def test_outcomes_and_targets_of_years_are_told_together(asker: Asker) -> None:
    told = ask(asker, "Nöjda besökare inom tre år: utfall 2023 samt målen 2024 och 2025")
    assert results(told) == [("71", "%"), ("73", "%"), ("75", "%")]


@pytest.mark.parametrize(("year", "cost"), [(2022, "270"), (2023, "310")])
def test_a_number_in_brackets_is_of_the_year_before(asker: Asker, year: int, cost: str) -> None:
    assert results(ask(asker, f"Kostnad för inhyrda badvakter {year}?")) == [(cost, "tkr")]


def test_what_an_earlier_forecast_showed_is_told_where_a_column_gives_it(asker: Asker) -> None:
    answer = ask(asker, "Vad visade marsprognosen 2025 för avvikelse totalt?")
    assert results(answer) == [("-1.2", "mkr")]


def test_what_a_year_came_to_is_its_deficit(asker: Asker) -> None:
    assert results(ask(asker, "Hur stort var underskottet 2022?")) == [("-500", "tkr")]
    assert ask(asker, "Hur stort var underskottet för biblioteken 2022?").refused


def test_steps_of_a_risk_are_told_where_they_are_asked_for(asker: Asker) -> None:
    answer = ask(asker, "Hur bedömdes sannolikhet och konsekvens för stöld av konst 2024?")
    assert results(answer) == [("3", "risk"), ("4", "risk")]


def test_what_has_changed_between_two_years_is_a_difference(asker: Asker) -> None:
    answer = ask(asker, "Hur har nettokostnaden förändrats mellan 2023 och 2024?")
    assert results(answer) == [("-1500", "tkr")]


def test_a_number_whose_sentence_goes_on_overleaf_is_not_told(
    tmp_path: Path, read_into: ReadInto
) -> None:
    path = tmp_path / "bjorkstad-kfn-verksamhetsplan-2025.txt"
    first = (
        "Konstskolan växer tack vare oljekursen, som har fått en ny lokal. "
        "Av Konstskolans 300 elever hösten 2024 målar 120"
    )
    rest = "akvarell, 90 olja och 90 går i skulpturklassen."
    path.write_text(f"Verksamhetsplan 2025\n\n{BOARD}\n\n{first}\f{rest}\n", "utf-8")
    read_into(tmp_path / "index", path)
    asker = Asker(tmp_path / "index")
    try:
        assert ("120", "personer") not in results(
            ask(asker, "Hur många målar olja på Konstskolan hösten 2024?")
        )
    finally:
        asker.close()

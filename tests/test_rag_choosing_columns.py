"""Which figure a question means: columns by their heads, units by the rows, numbers by their
sentences."""

from collections.abc import Iterator

import pytest
from answers import ask, results
from written_reports import ReadInto, table, write_report

from rag.asking import Asker

COURSES = table(
    "Tabell 1: Kurspeng, kr",
    """Kurs|Material|Lokaler|Peng 2025|Peng 2024
    Keramik|1 200|3 400|9 900|9 600
    Vävning|900|3 100|8 800|8 500""",
)
REPORTS_OF_A_YEAR = table(
    "Tabell 2: Avvikelse per anläggning, tkr",
    """Anläggning|Budget 2025|Avvikelse DB1|Avvikelse DB2
    Fyren|4 100|-350|-410
    Slussen|2 900|120|160
    Totalt|7 000|-230|-250""",
)
HOURS = table(
    "Tabell 3: Volymer",
    """Volym|2024|2025
    Beviljade lotstimmar|14 200|15 870
    Köpt el (MWh)|940|905""",
)
POSTS = table(
    "Tabell 4: Bemanning",
    """Årsarbetare|2024|2025
    Fyrvaktare|31|29
    Lotsar|44|47""",
)
QUEUES = table(
    "Tabell 5: Väntetider",
    """Ärende (dagar)|Median 2024|Median 2025
    Båtplats|61|55
    Fiskekort|9|8""",
)
PROJECTS = table(
    "Tabell 6: Projekt, mkr",
    """Projekt|Hela projektet Budget|Innevarande år 2025 Budget
    Kajen¹|64,5|28,0
    Lysbojar|12,0|9,5
    Summa|76,5|37,5""",
)
NOTE = "¹ Exklusive statligt bidrag om 18,0 mkr."
MOVES = "Mellan 2025 och 2027 blir lotsarna färre, medan seglareleverna ökar från 310 till 355."
REDUCED = "Hamnavgiften reducerades på grund av stängda bryggor i 14 ärenden, sammanlagt 212 tkr."
POSTPONED = "Muddring skjuts upp för 4,7 mkr, främst vid norra piren och i farleden."
DECIDED = "Därutöver fattades 1 862 beslut på delegation."
DEGREE = "Täckningsgraden, det vill säga hamnens avgifter delade med utgifterna, var 49,6 procent."
BOARD = table(
    "Tabell 1: Driftbudget, mkr",
    """Verksamhet|Budget 2025|Plan 2026
    Hamn||
    Kajer|10,0|11,0
    Bojar|5,0|5,5
    Summa hamn|15,0|16,5
    Sjöfart||
    Lotsar|20,0|21,0
    Summa sjöfart|20,0|21,0
    Totalt nämnden|35,0|37,5""",
)
GRANTS = (
    "Statsbidragen beräknas till 46,2 mkr 2025, varav farledsbidraget 24,8 mkr och övriga riktade "
    "bidrag 21,4 mkr."
)
INVESTED = table(
    "Tabell 1: Investeringar, mkr",
    """Projekt|Budget 2025|Prognos 2025
    Brygga|10,0|9,0
    Slip|5,0|5,5
    Summa|15,0|14,5""",
)
REPORTS = (
    (
        "Delårsrapport augusti 2025",
        "Älvköping",
        COURSES,
        REPORTS_OF_A_YEAR,
        HOURS,
        POSTS,
        QUEUES,
        PROJECTS,
        NOTE,
        MOVES,
        REDUCED,
        POSTPONED,
        DECIDED,
        DEGREE,
    ),
    ("Budget 2025", "Björkstad", BOARD, GRANTS),
    ("Månadsrapport september 2025", "Ekvik", INVESTED),
)


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, read_into: ReadInto) -> Iterator[Asker]:
    folder = tmp_path_factory.mktemp("columns")
    paths = [
        write_report(folder, title, *parts, municipality=municipality)
        for title, municipality, *parts in REPORTS
    ]
    read_into(folder / "index", *paths)
    opened = Asker(folder / "index")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Lokaldelen i pengen för keramik i Älvköping 2025?", ("3400", "kr")),
        ("Avvikelse för fyren i delårsbokslut 1 i Älvköping?", ("-350", "tkr")),
        ("Avvikelse för fyren i Älvköping enligt DB2?", ("-410", "tkr")),
        ("Hur många lotstimmar beviljades i Älvköping 2025?", ("15870", "timmar")),
        ("Hur mycket el köptes i Älvköping 2025? Köpt el", ("905", "MWh")),
        ("Årsarbetare bland lotsar i Älvköping 2025?", ("47", "årsarbetare")),
        ("Medianväntetid för fiskekort 2025 i Älvköping?", ("8", "dagar")),
        ("Hur stor är hela budgeten för kajen i Älvköping?", ("64.5", "mkr")),
        ("Hur stort statligt bidrag får Älvköping till kajen?", ("18.0", "mkr")),
        ("Hur många seglarelever räknar Älvköping med 2027?", ("355", "st")),
        ("Hur mycket hamnavgift fick Älvköping reducera 2025?", ("212", "tkr")),
        ("Hur många delegationsbeslut fattades i Älvköping 2025?", ("1862", "st")),
        ("Vad var täckningsgraden i Älvköping 2025?", ("49.6", "%")),
        ("Hur stor ram får nämnden i Björkstad 2026?", ("37.5", "mkr")),
        ("Hur stort är farledsbidraget i Björkstads budget 2025?", ("24.8", "mkr")),
    ],
)
def test_the_figure_that_is_meant(question: str, expected: tuple[str, str], asker: Asker) -> None:
    assert results(ask(asker, question)) == [expected]


def test_what_is_invested_is_not_what_the_board_has(asker: Asker) -> None:
    assert results(ask(asker, "Vad är helårsprognosen för nämnden i Ekvik 2025?")) == []


def test_what_is_postponed_is_no_amount(asker: Asker) -> None:
    answer = ask(asker, "Vilken muddring skjuter Älvköping på?")
    assert "norra piren" in answer.text
    assert results(answer) == []


def test_a_number_that_is_left_behind_is_of_no_year_that_is_named(asker: Asker) -> None:
    assert ("310", "st") not in results(ask(asker, "Hur många seglarelever har Älvköping 2027?"))

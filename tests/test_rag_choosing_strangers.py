"""Which figure is meant, in reports by other hands: what must not be told, and what can be."""

from collections.abc import Callable, Iterator

import pytest
from answers import ask, results
from written_reports import ReadInto, table, write_report

from rag.asking import Asker

Opener = Callable[..., Asker]
Parts = tuple[str, ...]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, read_into: ReadInto) -> Iterator[Opener]:
    """`opened(title, *parts)` asks one report of Älvköping, read once."""
    kept: dict[Parts, Asker] = {}

    def opener(title: str, *parts: str) -> Asker:
        key = (title, *parts)
        if key not in kept:
            folder = tmp_path_factory.mktemp("report")
            read_into(folder / "index", write_report(folder, title, *parts))
            kept[key] = Asker(folder / "index")
        return kept[key]

    yield opener
    for asker in kept.values():
        asker.close()


ANNUAL = "Årsredovisning 2024"
JOINT = (
    ANNUAL,
    table(
        "Fördelning mellan kommunerna",
        """Kommun|Ärenden|Kommunens del, kr
        Älvköping|214|5 100 000
        Björkstad|139|3 300 000
        Båda|353|8 400 000""",
    ),
    table(
        "Kostnader 2024, kr",
        """Kostnadsslag|Budget|Utfall|Skillnad
        Arvoden|4 100 000|4 300 000|-200 000
        Löner|3 600 000|3 400 000|200 000
        Totala kostnader|7 700 000|7 700 000|0""",
    ),
)


@pytest.mark.parametrize(
    "question",
    [
        "Vilken budget hade Älvköping 2024?",
        "Vad kostade arvodena för Älvköping 2024?",
        "Vad blev utfallet för löner i Björkstad 2024?",
    ],
)
def test_what_a_joint_board_has_is_not_one_of_its_municipalities(
    opened: Opener, question: str
) -> None:
    assert ask(opened(*JOINT), question).refused


def test_a_joint_board_is_asked_about_as_a_whole(opened: Opener) -> None:
    assert results(ask(opened(*JOINT), "Vad blev utfallet för arvoden 2024?")) == [
        ("4300000", "kr")
    ]


YEARS = (
    ANNUAL,
    table(
        "Ekonomi i sammandrag, kr",
        """År|Anslag|Kostnader|Resultat
        2022|7 400 000|7 500 000|-100 000
        2023|7 900 000|8 150 000|-250 000
        2024|8 600 000|8 400 000|200 000""",
    ),
    table(
        "Kostnader 2024, kr",
        """Kostnadsslag|Budget|Utfall|Skillnad
        Arvoden|4 300 000|4 300 000|0
        Löner|4 500 000|4 100 000|400 000
        Totala kostnader|8 800 000|8 400 000|400 000""",
    ),
)


@pytest.mark.parametrize("question", ["Vad fick nämnden i anslag 2024?", "Vad är anslaget i år?"])
def test_costs_in_all_are_not_what_a_board_is_given(opened: Opener, question: str) -> None:
    assert results(ask(opened(*YEARS), question)) == [("8600000", "kr")]


def test_which_year_is_not_answered_by_a_row_that_is_none(opened: Opener) -> None:
    assert ask(opened(*YEARS), "Vilket år hade nämnden störst underskott?").refused


PUPILS = (
    ANNUAL,
    "## Elever och kostnad per program",
    table(
        "Budgeterad kostnad per elev.",
        """Program|Elever 2023|Elever 2024|Varav från annan kommun|Kostnad per elev, kr
        Teknikprogrammet|142|151|20|108 200
        Ekonomiprogrammet|212|221|27|97 300
        Naturbruksprogrammet|44|39|21|214 300""",
    ),
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Hur många av eleverna på teknikprogrammet kommer från annan kommun?",
            [("20", "personer")],
        ),
        ("Vilket program är dyrast per elev?", [("214300", "kr")]),
        ("Vad kostar en elev på ekonomiprogrammet?", [("97300", "kr")]),
        ("Hur många elever gick på ekonomiprogrammet 2023?", [("212", "personer")]),
    ],
)
def test_columns_that_count_and_columns_that_cost_are_told_apart(
    opened: Opener, question: str, expected: list[tuple[str, str]]
) -> None:
    assert results(ask(opened(*PUPILS), question)) == expected


GRANTS = (
    "Budget 2025",
    table(
        "Bidrag till föreningar 2025, kr",
        """Förening|Ansökt|Beslut|Beviljat 2024
        Folkets park|600 000|350 000|400 000
        Ryttarföreningen|280 000|200 000|185 000""",
    ),
)


def test_what_was_granted_this_year_or_last_is_asked_back(opened: Opener) -> None:
    answer = ask(opened(*GRANTS), "Hur mycket beviljades Folkets park?")
    assert answer.refused
    offered = answer.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "350 000 kr" in offered
    assert "400 000 kr" in offered
    told = ask(opened(*GRANTS), "Hur mycket beviljades Folkets park 2024?")
    assert results(told) == [("400000", "kr")]


FEES = (
    ANNUAL,
    table(
        "Resultaträkning, tkr",
        """Post|Budget 2024|Utfall 2024|Avvikelse|Omräknat utfall 2023
        Intäkter|13 900|12 100|-1 800|12 600
        varav bygglovsavgifter|7 200|5 800|-1 400|6 300""",
    ),
    table(
        "Verksamheter, tkr",
        """Verksamhet|Budget 2024|Utfall 2024|Utfall 2023
        Bygglov|-5 400|-6 200|-5 700
        Kart och mät|-3 900|-3 700|-3 600""",
    ),
)


def test_a_row_of_just_that_name_is_meant_rather_than_a_compound(opened: Opener) -> None:
    assert ("6300", "tkr") not in results(
        ask(opened(*FEES), "Vad blev det omräknade utfallet för bygglov 2023?")
    )
    fees = ask(opened(*FEES), "Vad blev utfallet för bygglovsavgifter 2024?")
    assert results(fees) == [("5800", "tkr")]


def test_lower_than_budget_is_a_deviation_and_no_change_of_budgets(opened: Opener) -> None:
    answer = ask(opened(*FEES), "Hur mycket lägre än budget blev bygglovsavgifterna 2024?")
    assert results(answer) == [("-1400", "tkr")]


COUNTS = (
    ANNUAL,
    table(
        "Uppdrag",
        """Ärendetyp|2022|2023|2024
        Förvaltare|71|74|78
        Ensamkommande barn|14|9|6""",
    ),
)


def test_whether_something_grew_is_a_change(opened: Opener) -> None:
    answer = ask(opened(*COUNTS), "Ökade antalet förvaltare från 2022 till 2024?")
    assert results(answer) == [("7", "st")]
    assert "ökning" in answer.text


def test_how_much_went_to_something_is_no_count(opened: Opener) -> None:
    assert ask(opened(*COUNTS), "Hur mycket gick till ensamkommande barn 2024?").refused


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "Två tjänster på fritidsgårdarna dras in i juli, vilket ger 540 under 2024.",
            "Hur många tjänster dras in på fritidsgårdarna?",
        ),
        (
            "I december hade förvaltningen 32 anställda, varav 20 kvinnor. Två anställdes.",
            "Hur många kvinnor anställdes 2024?",
        ),
        (
            "Sjukfrånvaron för de anställda minskade till 5,4 procent; för kvinnor var den "
            "6,0 procent.",
            "Hur stor andel av de anställda var kvinnor 2024?",
        ),
        (
            "Till och med augusti har 4,3 mnkr av årets investeringsbudget på 11,5 mnkr använts. "
            "Prognosen för helåret är 9,8 mnkr.",
            "Hur stora är investeringarna i år?",
        ),
        (
            "Kommunstyrelsen föreslår att borgensramen höjs till 345 mnkr.",
            "Hur mycket kostar borgen?",
        ),
        (
            "Åtgärderna ska ge 2,6 mnkr under 2025. Till och med augusti har åtgärderna gett "
            "0,7 mnkr.",
            "Hur mycket ska åtgärderna ge i år?",
        ),
        ("Nämnden hade begärt 86 300. Den fick 84 600.", "Hur mycket hade nämnden begärt?"),
    ],
)
def test_a_number_of_which_something_else_is_said_is_not_told(
    opened: Opener, sentence: str, question: str
) -> None:
    answer = ask(opened(ANNUAL, sentence), question)
    assert results(answer) == []


def test_what_is_proposed_to_a_council_is_not_what_it_decided(opened: Opener) -> None:
    report = (ANNUAL, "Kommunstyrelsen föreslår kommunfullmäktige att höja borgensramen.")
    assert ask(opened(*report), "Vad beslutade kommunfullmäktige om borgensramen?").refused
    proposed = ask(opened(*report), "Vad föreslår kommunstyrelsen om borgensramen?")
    assert "höja borgensramen" in proposed.text


MONTHS = (
    "Delårsrapport augusti 2024",
    table(
        "Uppföljning, mkr",
        """Verksamhet|Utfall januari–augusti|Utfall januari–augusti fg år|Årsbudget
        Nationella program|101,9|96,2|147,6
        Vuxenutbildning|21,6|23,5|34,2""",
    ),
)


@pytest.mark.parametrize(
    "question",
    [
        "Vad kostade nationella program i augusti?",
        "Vad kostade nationella program hela förra året?",
    ],
)
def test_eight_months_are_neither_one_nor_a_year(opened: Opener, question: str) -> None:
    assert results(ask(opened(*MONTHS), question)) == []


RISES = (
    "Budget 2025",
    table(
        "Nettokostnad per verksamhet, tkr",
        """Verksamhet|Budget 2024|Förändring|Budget 2025
        Simhall|27 350|650|28 000
        Sporthallar|22 450|1 150|23 600
        Fritidsgårdar|8 700|-400|8 300""",
    ),
    table(
        "Avgifter, kronor",
        """Avgift|2024|2025|Höjning, %
        Simhall, vuxen|80|85|6,3
        Simhall, årskort|1 850|1 990|7,6
        Ishall, privat|1 100|1 250|13,6""",
    ),
)


def test_the_table_whose_rows_are_called_so_is_ranked(opened: Opener) -> None:
    answer = ask(opened(*RISES), "Vilken verksamhet får störst ökning 2025?")
    assert results(answer) == [("1150", "tkr")]


CLOSED = (
    ANNUAL,
    table(
        "Verksamheter, tkr",
        """Verksamhet|Budget 2024|Utfall 2024|Avvikelse
        It-system|-400|-450|-50
        Kart och mät|-3 900|-3 700|200
        Summa nettokostnad|-4 300|-4 150|150""",
    ),
    "Den nya mäthallen beräknas kosta 27,4 mnkr totalt.",
)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Hur stor var kostnaden för kart och mät?", [("-3700", "tkr")]),
        ("Vad blev nettokostnaden för kart och mät 2024?", [("-3700", "tkr")]),
        ("Vad kostade it-systemet 2024?", [("-450", "tkr")]),
        ("Vad beräknas mäthallen kosta totalt?", [("27.4", "mkr")]),
    ],
)
def test_what_was_of_a_closed_year_is_its_outcome(
    opened: Opener, question: str, expected: list[tuple[str, str]]
) -> None:
    assert results(ask(opened(*CLOSED), question)) == expected


def test_a_closed_year_asked_about_in_the_present_may_mean_either(opened: Opener) -> None:
    assert ask(opened(*CLOSED), "Hur stor är kostnaden för kart och mät?").refused


def test_rows_that_are_years_are_followed_through_them(opened: Opener) -> None:
    answer = ask(opened(*YEARS), "Hur har kostnaderna utvecklats 2022–2024?")
    assert results(answer) in ([], [("7500000", "kr"), ("8150000", "kr"), ("8400000", "kr")])
    sick = (
        "Årsredovisning 2023",
        table(
            "Nyckeltal",
            """År|Ansökningar om bygglov|Beviljade bygglov|Sjukfrånvaro (%)
            2021|486|428|4,8
            2022|455|402|5,6
            2023|318|279|6,3""",
        ),
    )
    assert results(ask(opened(*sick), "Hur hög var sjukfrånvaron 2021?")) == [("4.8", "%")]
    followed = ask(opened(*sick), "Hur har sjukfrånvaron utvecklats 2021–2023?")
    assert followed.text.startswith("Sjukfrånvaro (%), år för år")
    assert results(followed) == [("4.8", "%"), ("5.6", "%"), ("6.3", "%")]
    asked = ask(opened(*sick), "Hur har antalet bygglovsansökningar utvecklats 2021–2023?")
    assert results(asked) == [("486", "st"), ("455", "st"), ("318", "st")]

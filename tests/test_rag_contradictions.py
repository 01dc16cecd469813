"""Numbers that do not hold told with both numbers; deviations and shares that are worked out."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from pdf_pages import BOLD, grid, sheet
from written_reports import ReadInto, table, write_report

from rag.answer import Answer, Question
from rag.asking import Asker
from rag.gate import check, check_formula

ANNUAL = "Årsredovisning 2024"
Rows = Sequence[Sequence[str]]
ECONOMY: Rows = (
    ("Verksamhet", "Budget 2024", "Utfall 2024"),
    ("Hemtjänst", "120 000", "125 500"),
    ("Familjehem", "30 000", "33 400"),
    ("Boende", "51 000", "52 000"),
    ("Summa", "201 000", "212 900"),
)
RISKS: Rows = (
    ("Risk", "Sannolikhet", "Konsekvens", "Riskvärde"),
    ("Brand på natten", "3", "4", "12"),
    ("Fel medicin", "3", "3", "12"),
    ("Hot mot personal", "2", "4", "8"),
)
SHARES: Rows = (
    ("Verksamhet", "Budget 2024", "Avvikelse 2024", "Avvikelse, %"),
    ("Lokaler", "10 000", "-1 000", "-10,0"),
    ("Måltider", "8 000", "-1 000", "-17,5"),
    ("Transporter", "4 000", "-1 000", "-25,0"),
    ("Städning", "5 000", "-100", "-2,0"),
    ("Teknik", "2 000", "-800", "-40,0"),
)


def draw(path: Path) -> None:
    """A page of three tables, each with one number that does not hold."""
    with sheet(path) as page:
        page.put(60, 90, ANNUAL, 20, BOLD)
        page.put(60, 115, "Socialnämnden, Älvköpings kommun")
        y = 150.0
        for caption, rows in (
            ("Tabell 1: Ekonomi, tkr", ECONOMY),
            ("Tabell 2: Risker", RISKS),
            ("Tabell 3: Inköp, tkr", SHARES),
        ):
            page.put(60, y, caption)
            y = grid(page, y + 10, (60, 200, 290, 380, 470)[: len(rows[0]) + 1], rows) + 40


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory, read_into: ReadInto) -> Iterator[Asker]:
    """Asks the page of three tables."""
    folder = tmp_path_factory.mktemp("drawn")
    path = folder / "alvkoping-arsredovisning-2024.pdf"
    draw(path)
    read_into(folder / "index", path)
    opened = Asker(folder / "index")
    yield opened
    opened.close()


@pytest.fixture
def written(tmp_path: Path, read_into: ReadInto) -> Iterator[Callable[..., Asker]]:
    """`written((title, *parts), …)` asks these reports of one board."""
    opened: list[Asker] = []

    def opener(*reports: tuple[str, ...]) -> Asker:
        paths = [write_report(tmp_path, title, *parts) for title, *parts in reports]
        read_into(tmp_path / "index", *paths)
        opened.append(Asker(tmp_path / "index"))
        return opened[-1]

    yield opener
    for asker in opened:
        asker.close()


def ask(asker: Asker, text: str) -> Answer:
    answer = asker.ask(Question(text))
    check(answer, asker.index.store)
    for figure in answer.figures:
        if figure.formula:
            check_formula(figure, answer.figures)
    return answer


def of_role(answer: Answer, role: str) -> list[tuple[str, str]]:
    return [(f"{f.value:f}", f.formula) for f in answer.figures if f.role == role]


def contradicts(answer: Answer) -> bool:
    return any(notice.kind == "source_conflict" for notice in answer.warnings)


# ---- numbers that do not hold


def test_a_sum_that_does_not_hold_tells_what_its_rows_make(drawn: Asker) -> None:
    answer = ask(drawn, "Vad blev summan av utfallet 2024?")
    assert of_role(answer, "result") == [("212900", "")]
    assert ("210900", "125500 + 33400 + 52000") in of_role(answer, "context")
    assert "Raderna som den summerar blir tillsammans 210\xa0900\xa0tkr." in answer.text
    assert contradicts(answer)


def test_a_sum_that_holds_is_told_alone(drawn: Asker) -> None:
    answer = ask(drawn, "Vad är summan av budgeten 2024?")
    assert of_role(answer, "result") == [("201000", "")]
    assert not contradicts(answer)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Vad är riskvärdet för fel medicin?", [("12", ""), ("9", "3 * 3")]),
        (
            "Hur stor är avvikelsen i procent för måltider 2024?",
            [("-17.5", ""), ("-12.50", "(-1000) / 8000 * 100")],
        ),
    ],
)
def test_a_number_that_does_not_hold_is_told_with_what_the_others_make(
    drawn: Asker, text: str, told: list[tuple[str, str]]
) -> None:
    answer = ask(drawn, text)
    assert of_role(answer, "result") == told
    assert "De andra talen ger" in answer.text
    assert contradicts(answer)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Vilket riskvärde har brand på natten?", "12"),
        ("Hur stor är avvikelsen i procent för lokaler 2024?", "-10.0"),
    ],
)
def test_a_number_that_holds_is_told_alone(drawn: Asker, text: str, value: str) -> None:
    answer = ask(drawn, text)
    assert of_role(answer, "result") == [(value, "")]
    assert not contradicts(answer)


def test_a_sum_of_a_text_document_tells_what_its_rows_make(written: Callable[..., Asker]) -> None:
    rows = "\n".join("|".join(row) for row in ECONOMY)
    asker = written((ANNUAL, table("Tabell 1: Ekonomi, tkr", rows)))
    assert contradicts(ask(asker, "Vad blev summan av utfallet 2024?"))


# ---- one figure in two reports


BEFORE = table(
    "Tabell 1: Ekonomi, tkr",
    """Verksamhet|Budget 2023|Utfall 2023
    Hemtjänst|110 000|112 300
    Familjehem|28 000|29 400""",
)
AFTER = table(
    "Tabell 1: Ekonomi, tkr",
    """Verksamhet|Utfall 2023|Budget 2024|Utfall 2024
    Hemtjänst|112 900|120 000|125 500
    Familjehem|29 400|30 000|33 400""",
)


def test_other_numbers_in_two_reports_are_both_told(written: Callable[..., Asker]) -> None:
    asker = written(("Årsredovisning 2023", BEFORE), (ANNUAL, AFTER))
    answer = ask(asker, "Vad blev utfallet för hemtjänst 2023?")
    assert sorted(of_role(answer, "result")) == [("112300", ""), ("112900", "")]
    (notice,) = [one for one in answer.warnings if one.kind == "source_conflict"]
    assert notice.message.startswith("Samma uppgift står med olika tal: Årsredovisning 2023")
    assert "112\xa0300\xa0tkr, men Årsredovisning 2024" in notice.message
    assert len(answer.citations) == 2


def test_the_same_number_in_two_reports_is_told_once(written: Callable[..., Asker]) -> None:
    asker = written(("Årsredovisning 2023", BEFORE), (ANNUAL, AFTER))
    answer = ask(asker, "Vad blev utfallet för familjehem 2023?")
    assert of_role(answer, "result") == [("29400", "")]
    assert not contradicts(answer)


# ---- deviations that no table prints


PLAIN = """Verksamhet|Budget 2024|Utfall 2024
    Hemtjänst|120 000|125 500
    Avgiftsintäkter|8 000|7 500
    Familjehem|30 000|29 400"""
SIGNED = """Verksamhet|Budget 2024|Utfall 2024
    Hemtjänst|-120 000|-125 500
    Avgiftsintäkter|8 000|7 500
    Familjehem|-30 000|-29 400"""


@pytest.mark.parametrize("rows", [PLAIN, SIGNED], ids=["without minus", "with minus"])
@pytest.mark.parametrize(
    ("row", "value", "side"),
    [
        ("hemtjänst", "-5500", "sämre"),
        ("familjehem", "600", "bättre"),
        ("avgiftsintäkter", "-500", "sämre"),
    ],
)
def test_minus_is_worse_whatever_the_signs_of_costs(
    written: Callable[..., Asker], rows: str, row: str, value: str, side: str
) -> None:
    asker = written((ANNUAL, table("Tabell 1: Ekonomi, tkr", rows)))
    answer = ask(asker, f"Hur stor är avvikelsen för {row} 2024?")
    (worked,) = [figure for figure in answer.figures if figure.role == "result"]
    assert (worked.value, worked.measure) == (Decimal(value), "avvikelse")
    assert [figure.measure for figure in answer.figures[1:]] == ["utfall", "budget"]
    assert f"alltså {side} än budget" in answer.text


# ---- shares


def test_the_share_of_a_budget_that_was_spent_is_of_its_own(
    written: Callable[..., Asker],
) -> None:
    asker = written((ANNUAL, table("Tabell 1: Ekonomi, tkr", PLAIN)))
    answer = ask(asker, "Hur stor del av pengarna för familjehem användes 2024?")
    assert of_role(answer, "result") == [("98.00", "29400 / 30000 * 100")]


def test_more_than_a_budget_is_no_share_of_it(written: Callable[..., Asker]) -> None:
    asker = written((ANNUAL, table("Tabell 1: Ekonomi, tkr", PLAIN)))
    assert ask(asker, "Hur stor del av pengarna för hemtjänst användes 2024?").figures == ()


STAFF = """Mått|2024
    Andel behöriga lärare, %|71,5
    Behöriga lärare|140
    Lärare|200"""
COSTS = """Kostnad|Utfall 2024
    Personalkostnader|600
    Lokalkostnader|400
    Summa kostnader|1 000"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Hur stor andel av lärarna är behöriga?", "71.5"),
        ("Hur stor andel av kostnaderna är personalkostnader?", "62"),
    ],
)
def test_a_share_that_is_stated_is_told_as_it_is(
    written: Callable[..., Asker], text: str, value: str
) -> None:
    asker = written(
        (
            ANNUAL,
            table("Tabell 1: Personal", STAFF),
            "Av nämndens kostnader är 62 procent personalkostnader.",
            table("Tabell 2: Kostnader, tkr", COSTS),
        )
    )
    assert of_role(ask(asker, text), "result") == [(value, "")]

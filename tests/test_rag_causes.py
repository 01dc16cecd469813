"""Why a number is what it is: the report's own reason, quoted where it belongs."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from answers import ask
from written_reports import CAUSE_OF_FAMILY_HOMES, CAUSE_OF_HOME_CARE, ReadInto, write_interim

from rag.asking import Asker


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, read_into: ReadInto) -> Iterator[Asker]:
    """Asks one board's report of eight months."""
    folder = tmp_path_factory.mktemp("causes")
    read_into(folder / "index", write_interim(folder))
    opened = Asker(folder / "index")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "value", "quote"),
    [
        ("Hur stor är avvikelsen för hemtjänsten 2024?", "-5500", CAUSE_OF_HOME_CARE),
        ("Hur mycket går hemtjänsten över budget 2024?", "-5500", CAUSE_OF_HOME_CARE),
        ("Hur stor är avvikelsen för familjehem 2024?", "-3400", CAUSE_OF_FAMILY_HOMES),
    ],
)
def test_a_deviation_comes_with_its_reason(asker: Asker, text: str, value: str, quote: str) -> None:
    answer = ask(asker, text)
    assert answer.figures[0].value == Decimal(value)
    assert f"Rapporten förklarar: ”{quote}” [2]" in answer.text.splitlines()
    assert answer.citations[1].quote == quote


@pytest.mark.parametrize(
    "text",
    [
        "Hur stor är avvikelsen för särskilt boende 2024?",
        "Hur stor är avvikelsen för lokalhyror 2024?",
        "Hur stor är budgeten för hemtjänst 2024?",
        "Vilka verksamheter har störst underskott 2024?",
    ],
)
def test_what_the_report_does_not_explain_is_told_alone(asker: Asker, text: str) -> None:
    answer = ask(asker, text)
    assert answer.status == "answered"
    assert "förklarar" not in answer.text


@pytest.mark.parametrize(
    ("text", "value", "quote"),
    [
        ("Varför går hemtjänsten med underskott 2024?", "-5500", CAUSE_OF_HOME_CARE),
        ("Varför har hemtjänsten ett underskott?", "-5500", CAUSE_OF_HOME_CARE),
        ("Varför avviker familjehem från budget?", "-3400", CAUSE_OF_FAMILY_HOMES),
        ("Vad beror hemtjänstens underskott på?", "-5500", CAUSE_OF_HOME_CARE),
    ],
)
def test_why_is_answered_with_the_reason_first(
    asker: Asker, text: str, value: str, quote: str
) -> None:
    answer = ask(asker, text)
    assert answer.status == "answered"
    assert answer.text.splitlines()[0] == f"Rapporten förklarar: ”{quote}” [1]"
    assert [(f.role, f.value) for f in answer.figures] == [("context", Decimal(value))]


@pytest.mark.parametrize(
    "text", ["Vad beror underskottet på?", "Varför har nämnden ett underskott 2024?"]
)
def test_the_whole_is_not_explained_by_a_part(asker: Asker, text: str) -> None:
    answer = ask(asker, text)
    assert answer.refused
    assert answer.text.startswith("Ingen förklaring till avvikelsen som helhet hittas")
    assert "−7\xa0600\xa0tkr" in answer.text


@pytest.mark.xfail(strict=True, reason="the text answers with any sentence that names the row")
def test_why_is_refused_where_no_reason_is_given(asker: Asker) -> None:
    assert ask(asker, "Varför har särskilt boende ett överskott?").refused


@pytest.mark.xfail(
    strict=True, reason="months are not looked at: the reason is that of the year's forecast"
)
def test_a_deviation_so_far_does_not_get_the_reason_of_the_years(asker: Asker) -> None:
    answer = ask(asker, "Hur stor är avvikelsen för hemtjänsten hittills?")
    assert "5,5 mnkr" not in answer.text

"""Parts of a year, forecasts of a month, averages and years of reports, as questions say them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.answer import Question
from rag.asking import Asker
from rag.question.asked import Understanding
from rag.question.limits import Limits, limits_of
from rag.question.understanding import read_question
from rag.scope import understand


def names(limits: Limits) -> set[str]:
    """The limits that a question states by their names alone."""
    flags = ("so_far", "closed", "since_start", "mean", "one_month", "used", "against_forecast")
    return {name for name in flags if getattr(limits, name)}


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Vad är utfallet för perioden?", {"so_far"}),
        ("Hur stor är periodens avvikelse?", {"so_far"}),
        ("Hur många besök kom under perioden 2024?", set()),
        ("Vad kostade resorna under perioden januari till april?", set()),
        ("Vad blev bokslutet för hemtjänsten?", {"closed"}),
        ("Vad säger årsbokslutet om hemtjänsten?", {"closed"}),
        ("Vad säger delårsbokslutet om hemtjänsten?", set()),
        ("Hur mycket har skolan kostat totalt till och med 2024?", {"since_start"}),
        ("Vad har bron kostat sammanlagt hittills?", {"since_start", "so_far"}),
        ("Vad har bron kostat sedan projektstarten?", {"since_start"}),
        ("Hur mycket kostar hemtjänsten totalt?", set()),
        ("Hur många besök är det i snitt?", {"mean"}),
        ("Hur lång är en genomsnittlig utredning?", {"mean"}),
        ("Hur många platser har varje enhet?", {"mean"}),
        ("Hur många anställda är det i genomsnittet?", {"mean"}),
        ("Hur många besök kom i augusti?", {"one_month"}),
        ("Hur många besök kom under juni månad?", {"one_month"}),
        ("Hur många besök kom till och med augusti?", set()),
        ("Hur stor del av pengarna användes till skolan?", {"used"}),
        ("Hur många procent av budgeten för skolan är förbrukad?", {"used"}),
        pytest.param(
            "Hur många procent av budgeten för skolan har förbrukats?",
            {"used"},
        ),
        ("Hur stor del av budgeten är personal?", set()),
        ("Hur stor är avvikelsen mot prognosen?", {"against_forecast"}),
        ("Hur mycket skiljer det jämfört med senaste prognosen?", {"against_forecast"}),
        ("Hur stor är prognosen mot budget?", set()),
    ],
)
def test_what_a_question_restricts_its_number_to(text: str, stated: set[str]) -> None:
    assert names(limits_of(text)) == stated


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Vad kostar en elev?", "elev"),
        ("Vad kostade ett dygn på korttids?", "dygn"),
        ("Vad kostar en elev per år?", "elev"),
        ("Vad kostar en brukare i månaden?", "manaden"),
        ("Vad kostar en ny simhall?", ""),
        ("Vad kostar förskolan varje månad?", "manad"),
    ],
)
def test_what_one_of_something_costs_is_per_head(text: str, per: str) -> None:
    assert limits_of(text).per == per


# ---- read with the documents: the newest follow-up is of 2025


@pytest.fixture(scope="module")
def asker(samples_index: Path) -> Iterator[Asker]:
    opened = Asker(samples_index)
    with opened.index.store.snapshot():
        opened.index.refresh()
    yield opened
    opened.close()


def read(asker: Asker, text: str) -> Understanding:
    question = Question(text)
    return read_question(question, understand(question, asker.index.documents))


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Vad är prognosen per april för hemtjänsten?", 4),
        ("Vad var aprilprognosen för hemtjänsten?", 4),
        ("Vilken prognos gjord i augusti gäller för hemtjänsten?", 8),
        ("Vad är prognosen för hemtjänsten?", 0),
        ("Vad är utfallet per april för hemtjänsten?", 0),
    ],
)
def test_a_forecast_of_a_month_is_of_the_year(asker: Asker, text: str, month: int) -> None:
    asked = read(asker, text)
    assert asked.limits.made_in == month
    assert asked.months == ((0, 0) if month or "utfallet" not in text else (1, 4))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Hur mycket har hyrorna ökat jämfört med förra året?", (2024, 2025)),
        ("Hur mycket har hyrorna ökat sedan i fjol?", (2024, 2025)),
        ("Är hyrorna högre än året innan?", (2024, 2025)),
        ("Hur stora var hyrorna förra året?", (2024,)),
        ("Enligt årsredovisning 2023: vad blev utfallet 2022 för hyrorna?", (2022,)),
        ("Vad säger delårsrapporten 2025 om budgeten 2026 för hyrorna?", (2026,)),
        ("Vad blev utfallet för hyrorna enligt årsredovisningen 2023?", (2023,)),
    ],
)
def test_the_years_of_a_comparison_and_of_a_report(
    asker: Asker, text: str, years: tuple[int, ...]
) -> None:
    assert read(asker, text).years == years


@pytest.mark.parametrize(
    ("text", "operation"),
    [
        ("Hur stor del av pengarna för hemtjänsten användes?", "share"),
        ("Hur stor är avvikelsen mot prognosen för hemtjänsten?", "deviation"),
    ],
)
def test_what_is_done_with_the_numbers(asker: Asker, text: str, operation: str) -> None:
    assert read(asker, text).operation == operation

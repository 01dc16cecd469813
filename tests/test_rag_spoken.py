"""How numbers, measures and periods are said."""

from decimal import Decimal

import pytest
from figures import figure

from ingest.types import Period
from rag.spoken import in_millions, number, period_text, what


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("-13141", "tkr", "−13 141 tkr"),
        ("4.39", "%", "4,39 procent"),
        ("1086", "personer", "1 086 personer"),
        ("12", "risk", "12"),
        ("0", "tkr", "0 tkr"),
        ("6.0", "", "6,0"),
        ("1E+3", "st", "1 000 st"),
    ],
)
def test_number(value: str, unit: str, said: str) -> None:
    assert number(Decimal(value), unit) == said.replace(" ", "\xa0")


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2024", "2024"),
        ("", ""),
        ("2024-01/2024-08", "januari–augusti 2024"),
        ("2024-03/2024-03", "mars 2024"),
    ],
)
def test_period(period: str, said: str) -> None:
    assert period_text(period) == said


@pytest.mark.parametrize(
    ("value", "unit", "millions"),
    [
        ("-87900", "tkr", ("87.9", "87900 / 1000")),
        ("91250", "tkr", ("91.3", "91250 / 1000")),
        ("1000", "tkr", ("1.0", "1000 / 1000")),
        ("2500000", "kr", ("2.5", "2500000 / 1000000")),
        ("999", "tkr", None),
        ("999999", "kr", None),
        ("87.9", "mkr", None),
        ("5000", "personer", None),
    ],
)
def test_a_large_amount_in_millions(
    value: str, unit: str, millions: tuple[str, str] | None
) -> None:
    found = in_millions(Decimal(value), unit)
    assert (found and (str(found[0]), found[1])) == millions


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "utfallet januari–augusti 2025"),
        ({"period": Period(2024)}, "utfallet för 2024"),
        ({"period": Period(2024, interim=True)}, "utfallet för delåret 2024"),
        ({"period": Period(2024, 8, 8)}, "utfallet augusti 2024"),
        ({"period": Period()}, "utfallet"),
        ({"measure": "avvikelse"}, "avvikelsen (Jan–aug Utfall 2025)"),
        ({"measure": "avvikelse", "column": ()}, "avvikelsen januari–augusti 2025"),
        ({"measure": ""}, "Jan–aug Utfall 2025"),
        ({"measure": "", "column": ()}, "talet"),
    ],
)
def test_which_of_a_rows_numbers_it_is(fields: dict[str, object], said: str) -> None:
    assert what(figure(**fields)) == said  # type: ignore[arg-type]

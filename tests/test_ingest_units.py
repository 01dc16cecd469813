"""Units that headings, captions and lines state."""

import pytest

from ingest.numbers import find_unit
from ingest.units import closing_unit, is_money, states_only_unit, unit_name


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Tabell 1. Kostnader, tkr", "tkr"),
        ("Helår 2024 (tkr)", "tkr"),
        ("Budget 2024 tkr", "tkr"),
        ("Belopp i tusentals kronor", "tusentals kronor"),
        ("T.kr", "T.kr"),
        ("Milj.kr", "Milj.kr"),
        ("MSEK", "MSEK"),
        ("Andel, %", "%"),
        ("%-sjukfrånvaron per månad", "%"),
        ("Sjukfrånvaro i procent", "procent"),
        ("Platser (st)", "st"),
        ("Väntetid i dagar", "dagar"),
        ("antal", "antal"),
        ("Vårdtagare (antal)", "antal"),
        ("Antal personer per år", ""),
        ("Utfall i år", ""),
        ("Dagar per person", ""),
        ("Kostnaderna ökade med 5 %", ""),
        ("Underskottet är 4 mnkr", ""),
        ("Kronofogden", ""),
        ("", ""),
    ],
)
def test_a_unit_is_found_where_it_is_stated(text: str, unit: str) -> None:
    assert find_unit(text) == unit


@pytest.mark.parametrize(
    "text",
    ["(tkr)", "Belopp i mnkr", "Alla belopp anges i tusental kronor.", "kr", "Belopp i kr:", "%"],
)
def test_a_line_may_do_nothing_but_state_a_unit(text: str) -> None:
    assert states_only_unit(text)


@pytest.mark.parametrize("text", ["st", "Kostnader, tkr", "Belopp", "Budget i balans", ""])
def test_other_lines_say_more_or_less(text: str) -> None:
    assert not states_only_unit(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Driftredovisning (mnkr)", "mnkr"),
        ("Driftredovisning, tkr", "tkr"),
        ("Belopp i tkr om inget annat sägs.", "tkr"),
        ("Driftredovisning i mnkr per verksamhet och år", ""),
        ("Nämnden sparar många miljoner kronor.", ""),
        ("Resultatet är -4 mnkr", ""),
    ],
)
def test_a_line_near_a_table_states_its_unit_at_its_end_or_after_belopp(
    text: str, unit: str
) -> None:
    assert closing_unit(text) == unit


def test_spellings_of_one_unit_share_a_name() -> None:
    assert unit_name("Tnkr") == unit_name("tusentals kronor") == "tkr"
    assert unit_name("antal") == "antal"
    assert is_money("mnkr") and not is_money("%")

"""Sentences → figures: what a number is about, its measure, year, months and direction."""

from __future__ import annotations

from decimal import Decimal

import pytest
from printed_tables import PrintedPage

from ingest.figures.read import read_figures
from ingest.types import Figure, Identity


def told(sentence: str, identity: Identity | None = None) -> list[Figure]:
    page = PrintedPage()
    page.paragraph(sentence)
    return read_figures([page.page], [], identity or Identity())


@pytest.mark.parametrize(
    ("sentence", "about", "value", "unit", "measure", "direction"),
    [
        (
            "Avdelningen personlig assistans prognostiserar ett underskott om 21 mkr.",
            "Avdelningen personlig assistans",
            "21",
            "mkr",
            "avvikelse",
            "deficit",
        ),
        (
            "Lokalhyrorna för 2026 budgeteras till -126 549 tkr.",
            "Lokalhyrorna för 2026",
            "-126549",
            "tkr",
            "budget",
            "",
        ),
        (
            "Personalkostnaderna prognostiseras avvika negativt med 3,5 mkr.",
            "Personalkostnaderna",
            "3.5",
            "mkr",
            "avvikelse",
            "deficit",
        ),
        (
            "Lokalhyrorna har ökat med 6,6 mkr.",
            "Lokalhyrorna",
            "6.6",
            "mkr",
            "förändring",
            "up",
        ),
        (
            "Intäkterna blev 2,1 mnkr högre än budgeterat.",
            "Intäkterna",
            "2.1",
            "mkr",
            "avvikelse",
            "up",
        ),
        ("Förvaltningen har 41 chefer.", "chefer", "41", "personer", "", ""),
        ("Förvaltningen ansvarar för 108 fordon i år.", "fordon", "108", "st", "", ""),
    ],
)
def test_what_a_number_is_about(
    sentence: str, about: str, value: str, unit: str, measure: str, direction: str
) -> None:
    (figure,) = told(sentence)
    assert figure.row == (about,)
    assert (figure.value, figure.unit) == (Decimal(value), unit)
    assert (figure.measure, figure.direction) == (measure, direction)


def test_each_number_of_a_sentence_has_the_year_that_stands_by_it() -> None:
    found = told("Väntetiden minskade från 74 dagar år 2022 till 65 dagar 2023 och 57 dagar 2024.")
    assert [(f.value, str(f.period)) for f in found] == [(74, "2022"), (65, "2023"), (57, "2024")]


def test_a_year_in_the_next_sentence_is_not_this_one_s() -> None:
    first, second = told("I mätningen 2023 blev nivån 38,6. 2022 års medelvärde var 39,0.")
    assert (str(first.period), str(second.period)) == ("2023", "2022")


def test_what_a_number_is_compared_with_is_not_its_period() -> None:
    (figure,) = told(
        "Lokalhyrorna har ökat med 6,6 mkr i jämförelse med augusti 2023.",
        Identity(kind="delårsrapport", years=(2024,)),
    )
    assert str(figure.period) == "2024"


def test_a_plan_does_not_lend_its_year_to_what_it_tells_of_the_present() -> None:
    (figure,) = told("Förvaltningen har 41 chefer.", Identity(kind="plan", years=(2025,)))
    assert str(figure.period) == ""


def test_parts_of_a_whole_are_told_apart() -> None:
    found = told("Det finns totalt 41 chefer varav 35 av dem är kvinnor och 5 är män.")
    assert [(f.row[0], f.value) for f in found] == [("chefer", 41), ("kvinnor", 35), ("män", 5)]


def test_the_sentence_is_kept() -> None:
    page = PrintedPage()
    page.paragraph("Inledning utan tal. Förvaltningen har 41 chefer. Mer text följer här.")
    (figure,) = read_figures([page.page], [], Identity())
    assert figure.sentence is not None
    text = page.text[figure.sentence.start : figure.sentence.end]
    assert text == "Förvaltningen har 41 chefer."


def test_ordinals_in_lists_of_goals_are_no_numbers() -> None:
    assert told("Koppling Agenda 2030: 8. Anständiga arbetsvillkor, 10. Minska ojämlikhet") == []


def test_a_result_held_against_the_budget_is_a_deviation() -> None:
    (figure,) = told("Det ackumulerade resultatet är -6,0 mnkr mot periodens budget.")
    assert (figure.measure, figure.value) == ("avvikelse", Decimal("-6.0"))


def test_what_was_used_of_a_budget_is_no_budget() -> None:
    used, budget = told("Hittills har 4,3 mnkr av årets investeringsbudget på 11,5 mnkr använts.")
    assert (used.measure, budget.measure) == ("", "budget")

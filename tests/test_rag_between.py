"""Boards, reports and years set against each other: exact, comparable, with what is said of it."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from rag.answer import Answer, Question
from rag.asking import Asker
from rag.between.asked import asked_between
from rag.question.parts import with_reason

NAMES = frozenset({"vård", "omsorgsnämnden", "barn", "utbildningsnämnden", "norrvik"})


@pytest.fixture(scope="module")
def asker(whole_index: Path) -> Iterator[Asker]:
    opened = Asker(whole_index)
    yield opened
    opened.close()


def results(answer: Answer) -> list[tuple[Decimal, str, str]]:
    return [(f.value, f.unit, f.label) for f in answer.figures if f.role == "result"]


def test_boards_in_percent_and_what_they_say(asker: Asker) -> None:
    text = "Vilken av de två nämnderna avviker mest i procent i prognosen 2025, och vad säger de?"
    answer = asker.ask(Question(text))
    assert not answer.refused
    assert results(answer) == [(Decimal("-1.86"), "%", "Vård- och omsorgsnämnden")]
    assert answer.figures[0].formula == "-14900 / 803200 * 100"
    quote = answer.citations[-1]
    assert quote.document == "norrvik-von-delarsrapport-2025"
    assert "underskott på 14,9 mnkr" in quote.quote
    others = {(f.value, f.label) for f in answer.figures if f.role == "context"}
    assert (Decimal("-1.11"), "Barn- och utbildningsnämnden") in others


def test_amounts_in_different_units(asker: Asker) -> None:
    answer = asker.ask(Question("Vilken nämnd hade störst underskott i kronor 2024?"))
    assert results(answer) == [(Decimal("-21.2"), "mkr", "Barn- och utbildningsnämnden")]


def test_all_in_order(asker: Asker) -> None:
    answer = asker.ask(Question("Rangordna nämnderna efter avvikelse i procent 2024"))
    assert [(value, unit) for value, unit, _ in results(answer)] == [
        (Decimal("-1.69"), "%"),
        (Decimal("-1.20"), "%"),
    ]


def test_years_of_one_board(asker: Asker) -> None:
    text = "Vilket år avvek omsorgsnämnden mest från budget i procent, och hur förklaras det?"
    answer = asker.ask(Question(text))
    assert results(answer) == [(Decimal("-2.10"), "%", "Vård- och omsorgsnämnden 2023")]
    assert "Två poster förklarar underskottet" in answer.text


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("Vilken av de tre nämnderna avviker mest i procent?", "Frågan gäller 3 nämnder"),
        ("Vilken nämnd har störst överskott 2024?", "Ingen av dem har ett överskott"),
        ("Vilken av nämnderna avvek mest i procent 2023?", "Färre än två"),
        ("Vilken nämnd avvek mest till och med augusti 2025, och varför?", "går inte att belägga"),
    ],
)
def test_a_refusal_shows_each_number(asker: Asker, question: str, why: str) -> None:
    answer = asker.ask(Question(question))
    assert answer.refused
    assert why in answer.text
    assert answer.citations
    assert "procent (" in answer.text
    assert not results(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Vilken nämnd avviker mest i sjukfrånvaro?",
        "Vilken nämnd har störst underskott på intäkter 2024?",
        "Vilken verksamhet avviker mest från budget 2024?",
        "Vilket område i nämnden har störst underskott?",
        "Vilken nämnd har inte störst underskott?",
        "Vilken nämnd ansvarar för hemtjänsten?",
        "Hur stort är underskottet?",
    ],
)
def test_other_questions_are_not_taken(question: str) -> None:
    assert asked_between(question, NAMES) is None


def test_what_is_asked_first() -> None:
    assert with_reason("Vilken post har störst underskott 2024, och varför?") == (
        "Vilken post har störst underskott 2024?"
    )
    assert (
        with_reason("Hur stort är underskottet? Vad beror det på?") == "Hur stort är underskottet?"
    )
    assert with_reason("Varför ökar kostnaderna, och hur mycket?") == ""
    assert with_reason("Vad kostar hyrorna och städningen 2024?") == ""


def test_one_number_and_what_is_said_of_it(asker: Asker) -> None:
    text = (
        "Vilken verksamhet har störst underskott i delårsrapporten 2025 för vård- och "
        "omsorgsnämnden, och varför?"
    )
    answer = asker.ask(Question(text))
    assert results(answer) == [(Decimal("-9600"), "tkr", "Hemtjänst")]
    assert "Hemtjänsten redovisar det största underskottet" in answer.citations[-1].quote


def test_a_number_whose_reason_is_not_there_is_shown_and_refused(asker: Asker) -> None:
    text = (
        "Vilken verksamhet har störst överskott i delårsrapporten 2025 för vård- och "
        "omsorgsnämnden, och varför?"
    )
    answer = asker.ask(Question(text))
    assert answer.refused
    assert "Talet finns, men" in answer.text
    assert not results(answer)


def test_the_deviation_of_a_forecast_is_not_that_of_an_outcome(asker: Asker) -> None:
    text = "Vad är prognosens avvikelse för personalkostnader 2024 i barn- och utbildningsnämnden?"
    told = {value for value, _, _ in results(asker.ask(Question(text)))}
    assert told <= {Decimal("-16.5")}

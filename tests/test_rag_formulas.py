"""What must hold of the figures that an answer tells, and of the numbers around them."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from rag.answer import Answer, Question, ToldFigure
from rag.asking import Asker
from rag.gate import GateError, check, check_formula
from rag.store import Store


def figure(role: str, value: str, formula: str = "", unit: str = "tkr") -> ToldFigure:
    return ToldFigure(role, Decimal(value), unit, "Lokalhyror", "budget", "2026", formula, (1,))


@pytest.fixture(scope="module")
def store(samples_index: Path) -> Iterator[Store]:
    """The store of the samples."""
    opened = Store(samples_index)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def answer(samples_index: Path) -> Answer:
    """A real answer: −87 900 tkr, alltså 87,9 mkr."""
    asker = Asker(samples_index)
    found = asker.ask(Question("Hur stor är budgeten för lokalhyror 2026?"))
    asker.close()
    assert [f.role for f in found.figures] == ["result", "context"]
    return found


@pytest.mark.parametrize(
    ("value", "formula"),
    [
        ("-3700", "-87900 - (-84200)"),
        ("-172100", "-87900 + (-84200)"),
        ("104.39", "-87900 / (-84200) * 100"),
        ("4.39", "(-87900 - (-84200)) / (-84200) * 100"),
        ("87.9", "87900 / 1000"),
        ("-87.900", "-87900 / 1000"),
    ],
)
def test_a_formula_that_gives_its_figure_passes(value: str, formula: str) -> None:
    told = figure("result", value, formula)
    check_formula(told, (told, figure("operand", "-87900"), figure("operand", "-84200")))


@pytest.mark.parametrize(
    ("result", "value"),
    [("91250", "91.3"), ("91250", "91.2"), ("91350", "91.4"), ("91249", "91.2"), ("91251", "91.3")],
)
def test_what_ends_in_a_5_may_be_rounded_either_way(result: str, value: str) -> None:
    told = figure("context", value, f"{result} / 1000", "mkr")
    check_formula(told, (told, figure("result", result)))


@pytest.mark.parametrize(
    ("result", "value"),
    [("91250", "91.1"), ("91250", "91.4"), ("91249", "91.3"), ("91251", "91.2")],
)
def test_another_value_than_the_formula_gives_is_refused(result: str, value: str) -> None:
    told = figure("context", value, f"{result} / 1000", "mkr")
    with pytest.raises(GateError, match=f"is .*, not {value}"):
        check_formula(told, (told, figure("result", result)))


def test_a_context_may_use_a_result_and_a_result_only_operands() -> None:
    result, operand = figure("result", "87900"), figure("operand", "84200")
    context = figure("context", "87.9", "87900 / 1000", "mkr")
    check_formula(context, (result, operand, context))
    worked = replace(context, role="result")
    with pytest.raises(GateError, match="numbers without source"):
        check_formula(worked, (result, operand, worked))


def test_a_context_may_use_no_number_of_its_own() -> None:
    context = figure("context", "87.8", "87800 / 1000", "mkr")
    with pytest.raises(GateError, match="numbers without source"):
        check_formula(context, (figure("result", "87900"), context))


@pytest.mark.parametrize(
    "formula",
    ["1 / 0", "2 ** 3", "abs(3)", "__import__('os')", "3 if 1 else 2", "'3'", "3 +", "True"],
)
def test_what_is_no_arithmetic_is_refused(formula: str) -> None:
    told = figure("result", "3", formula)
    with pytest.raises(GateError, match="cannot be worked out"):
        check_formula(told, (told,))


def test_the_real_answer_passes(answer: Answer, store: Store) -> None:
    check(answer, store)


@pytest.mark.parametrize("said", ["87,8 mkr", "41 procent", "Ökningen är 3 700 tkr.", "1 av 3"])
def test_a_number_in_no_figure_or_quote_is_refused(answer: Answer, store: Store, said: str) -> None:
    with pytest.raises(GateError, match="numbers without source"):
        check(replace(answer, text=f"{answer.text} {said}"), store)


@pytest.mark.parametrize("said", ["87,9 mkr", "−94 100", "budgeten för 2026", "sidan 6"])
def test_a_number_of_a_figure_or_quote_may_be_said(answer: Answer, store: Store, said: str) -> None:
    check(replace(answer, text=f"{answer.text} {said}"), store)


def test_a_figure_that_its_formula_does_not_give_stops_the_answer(
    answer: Answer, store: Store
) -> None:
    result, context = answer.figures
    with pytest.raises(GateError, match="formula"):
        check(replace(answer, figures=(result, replace(context, value=Decimal("88.9")))), store)
    without = replace(answer, figures=(result,))
    with pytest.raises(GateError, match=r"numbers without source: \['87,9'\]"):
        check(without, store)

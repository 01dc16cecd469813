"""Recorded computations as a spreadsheet's formulas: each operand by its cell."""

from decimal import Decimal

import pytest

from app.excel_formula import excel_formula


def cells(*values: str) -> list[tuple[Decimal, str]]:
    return [(Decimal(value), f"F{row}") for row, value in enumerate(values, start=2)]


@pytest.mark.parametrize(
    ("formula", "operands", "expected"),
    [
        ("-782600 - (-748500)", ("-782600", "-748500"), "=F2-F3"),
        ("900 - 720", ("900", "720"), "=F2-F3"),
        ("(-93800 - (-88100)) / (-88100) * 100", ("-93800", "-88100"), "=(F2-F3)/F3*100"),
        ("945 / 1000 * 100", ("945", "1000"), "=F2/F3*100"),
        ("7.8 + 6.9 + 3.0", ("7.8", "6.9", "3.0"), "=F2+F3+F4"),
        ("-207900 + (-310600)", ("-207900", "-310600"), "=F2+F3"),
        ("2 * 4", ("2", "4"), "=F2*F3"),
        ("8760 / 1000", ("-8760",), "=-F2/1000"),
        ("12.5 * 1000", ("12.5",), "=F2*1000"),
        ("8800 / 1000", (), "=8800/1000"),
        ("1 - (2 - 3)", ("1", "2", "3"), "=F2-(F3-F4)"),
    ],
)
def test_numbers_become_the_cells_that_hold_them(
    formula: str, operands: tuple[str, ...], expected: str
) -> None:
    assert excel_formula(formula, cells(*operands)) == expected


def test_equal_operands_keep_their_order() -> None:
    assert excel_formula("5 + 5 + 7", cells("5", "5", "7")) == "=F2+F3+F4"
    assert excel_formula("(5 - 5) / 5 * 100", cells("5", "5")) == "=(F2-F3)/F3*100"


def test_a_hundred_that_makes_per_cent_is_no_operand() -> None:
    assert excel_formula("50 / 100 * 100", cells("50", "100")) == "=F2/F3*100"
    assert excel_formula("5 * 10", cells("5", "10")) == "=F2*F3"


@pytest.mark.parametrize("formula", ["A1 + 1", "__import__('os')", "2 ** 3", "1 +", "'a' + 'b'"])
def test_what_is_no_arithmetic_makes_no_formula(formula: str) -> None:
    with pytest.raises((ValueError, SyntaxError)):
        excel_formula(formula, [])

"""Counting cells that were read right."""

import pytest

from eval.score_tables import folded, print_scores, score
from ingest.types import Cell, Table

ROWS = [["", "2024", "2025"], ["Hyror", "1 234", "-5"], ["Löner", "", "9"]]


def table(rows: list[list[str]], page: int = 3) -> Table:
    cells = tuple(
        Cell(text, row, column, page, (0, 0, 1, 1))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return Table("t1", page, page, (), "", "tkr", 1, 3, cells)


def truth(page: int = 3) -> dict[str, object]:
    return {
        "id": "d1", "page": page, "last_page": page, "unit": "tkr",
        "header": ROWS[0], "rows": ROWS[1:],
    }  # fmt: skip


def test_a_table_that_is_read_whole() -> None:
    result = score(truth(), [table(ROWS)])
    assert (result.numeric, result.text) == ((5, 5), (4, 4))
    assert result.whole
    assert result.unit
    assert result.wrong == ()


def test_a_wrong_digit_is_told_with_its_place() -> None:
    result = score(truth(), [table([ROWS[0], ["Hyror", "1 243", "-5"], ROWS[2]])])
    assert result.numeric == (4, 5)
    assert not result.whole
    assert result.wrong == ("'Hyror' kolumn 1: '1 234' lästes '1 243'",)


def test_a_cell_that_slipped_into_the_next_column_is_wrong() -> None:
    result = score(truth(), [table([ROWS[0], ROWS[1], ["Löner", "9", ""]])])
    assert len(result.wrong) == 2


def test_a_table_on_another_page_is_not_it() -> None:
    result = score(truth(9), [table(ROWS)])
    assert (result.numeric[0], result.text[0]) == (0, 0)


def test_rows_beside_the_true_ones_are_no_whole_table() -> None:
    assert not score(truth(), [table([*ROWS, ["Summa", "1", "4"]])]).whole


def test_goals_and_shares_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_scores([score(truth(), [table(ROWS)])])
    assert "talceller rätt: 5 av 5 (100.00%)" in capsys.readouterr().out
    assert not print_scores([score(truth(), [])])


def test_white_space_and_hyphenation_do_not_count() -> None:
    assert folded("Per-\nsonal 1\xa0234") == folded("personal 1 234")

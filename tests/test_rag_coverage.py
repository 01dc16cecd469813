"""Which kinds of document a board has for which years, and where there is a gap."""

import pytest

from ingest.types import Identity
from rag.coverage import coverage
from rag.store import StoredDocument


def document(kind: str, *years: int, board: str = "Nämnden") -> StoredDocument:
    identity = Identity("T", "Norrvik", board, kind, years)
    name = f"{board}-{kind}-{years}"
    return StoredDocument(name, f"{name}.pdf", ".pdf", "", "", identity, 1, 0, 0, 0, 0.0, (), ())


def test_a_kind_that_is_missing_between_others_is_a_gap() -> None:
    held = [document("budget", 2023), document("budget", 2025), document("delårsrapport", 2024)]
    [board] = coverage(held)
    assert board.name == "Nämnden, Norrvik"
    assert board.years == (2023, 2024, 2025)
    assert board.gaps() == [("budget", (2024,)), ("delårsrapport", (2023, 2025))]
    assert board.held["budget", 2023] == (held[0],)


def test_a_budget_with_plan_years_is_about_its_first() -> None:
    [board] = coverage([document("budget", 2026, 2027, 2028), document("budget", 2027)])
    assert board.years == (2026, 2027)
    assert board.gaps() == []


def test_boards_have_their_own_years() -> None:
    held = [document("budget", 2020), document("budget", 2025, board="Andra")]
    assert [(one.board, one.years) for one in coverage(held)] == [
        ("Andra", (2025,)),
        ("Nämnden", (2020,)),
    ]


@pytest.mark.parametrize("kind", ["", "budget"])
def test_what_is_not_known_is_no_gap(kind: str) -> None:
    [board] = coverage([document(kind), document("plan", 2024)])
    assert board.gaps() == []


def test_an_empty_index_has_no_boards() -> None:
    assert coverage([]) == []

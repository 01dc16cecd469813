"""Goals over the years: targets, outcomes and assessments of each document, and what changed."""

from decimal import Decimal
from pathlib import Path

import pytest
from overview_library import check_sources, library_of
from written_reports import table, write_report

from rag.answer import Filters
from rag.overviews.alike_labels import same_label
from rag.overviews.goals import BoardGoals, Indicator, goals
from rag.overviews.library import Library
from rag.quotes import squeezed

NO_FILTERS = Filters()
VON = "Vård- och omsorgsnämnden"
BUN = "Barn- och utbildningsnämnden"


@pytest.fixture(scope="module")
def told(library: Library) -> dict[str, BoardGoals]:
    return {one.board: one for one in goals(library, NO_FILTERS)}


def named(board: BoardGoals, label: str) -> Indicator:
    (found,) = [one for one in board.indicators if one.label.startswith(label)]
    return found


def targets(one: Indicator) -> list[tuple[int, str, str]]:
    return [
        (target.year, target.document, target.number.printed)
        for target in one.targets
        if target.number
    ]


def changes(one: Indicator) -> list[tuple[str, int, int]]:
    return [(change.kind, change.before, change.year) for change in one.changes]


def test_each_boards_indicators_are_found_once(told: dict[str, BoardGoals]) -> None:
    assert {name: len(board.indicators) for name, board in told.items()} == {VON: 16, BUN: 7}
    assert told[VON].target_years == (2023, 2024, 2025, 2026)
    assert told[BUN].target_years == (2024, 2025)
    # the newest document has them in this order
    assert [one.label for one in told[VON].indicators[:3]] == [
        "Nöjda med hemtjänsten, %",
        "Nöjda med särskilt boende, %",
        "Personalkontinuitet i hemtjänsten, antal olika medarbetare på 14 dagar",
    ]
    assert told[VON].indicators[0].goal == "Mål 1. En trygg och självständig vardag"


def test_targets_and_assessments_stand_by_year_and_document(told: dict[str, BoardGoals]) -> None:
    waiting = named(told[VON], "Väntetid till särskilt boende")
    assert targets(waiting) == [
        (2023, "norrvik-von-arsredovisning-2023", "70"),
        (2023, "norrvik-von-budget-2024", "70"),
        (2024, "norrvik-von-arsredovisning-2024", "65"),
        (2024, "norrvik-von-budget-2024", "65"),
        (2025, "norrvik-von-delarsrapport-2025", "60"),
        (2025, "norrvik-von-budget-2026", "60"),
        (2026, "norrvik-von-budget-2026", "50"),
    ]
    assert [(one.year, one.text, one.sources[0].page) for one in waiting.assessments] == [
        (2023, "Uppnås inte", 4),
        (2024, "Delvis", 2),
        (2025, "Uppnås inte", 4),
    ]
    assert waiting.assessments[0].sources[0].quote == "Uppnås inte"
    last = waiting.outcomes[-1]
    assert (last.year, last.document) == (2025, "norrvik-von-delarsrapport-2025")
    assert last.number is not None
    assert (last.number.value, last.number.unit, last.head) == (77, "dagar", "Utfall Aug 2025")
    assert changes(waiting) == [
        ("changed", 2023, 2024),
        ("changed", 2024, 2025),
        ("changed", 2025, 2026),
    ]


def test_a_target_that_is_new_is_told_as_missing_before(told: dict[str, BoardGoals]) -> None:
    plans = named(told[VON], "Aktuella genomförandeplaner")
    assert changes(plans) == [("new", 2024, 2025), ("changed", 2025, 2026)]
    text = "Målet för 2025 finns inte bland de inlästa målen för 2024."
    assert plans.changes[0].text == text
    assert plans.outcomes[0].document == "norrvik-von-delarsrapport-2025"


def test_targets_that_two_documents_set_differently_disagree(told: dict[str, BoardGoals]) -> None:
    exams = named(told[BUN], "Gymnasieexamen inom fyra år")
    disagrees = exams.changes[0]
    assert (disagrees.kind, disagrees.year) == ("disagrees", 2025)
    assert squeezed(disagrees.text) == (
        "Målet för 2025 anges olika: 77,0 procent (Budget 2025 med plan 2026–2027), 78,0 procent "
        "(Verksamhetsplan 2025)."
    )
    assert {source.document for source in disagrees.sources} == {
        "norrvik-bun-budget-2025",
        "norrvik-bun-verksamhetsplan-2025",
    }
    kinds = {one.label: [change.kind for change in one.changes] for one in told[BUN].indicators}
    assert [name for name, found in kinds.items() if "disagrees" in found] == [
        "Gymnasieexamen inom fyra år, %",
        "Elever som känner sig trygga, %",
    ]


def test_a_follow_up_without_the_word_outcome_is_one(told: dict[str, BoardGoals]) -> None:
    absence = named(told[BUN], "Frånvaro i grundskolan")
    found = [(one.year, one.head, one.text) for one in absence.outcomes if "Aug" in one.head]
    assert [(year, head, squeezed(text)) for year, head, text in found] == [
        (2024, "Augusti 2024", "8,2 procent"),
        (2025, "Augusti 2025", "7,9 procent"),
    ]


def test_every_number_of_goals_has_its_source(
    library: Library, told: dict[str, BoardGoals]
) -> None:
    assert check_sources(library, tuple(told.values())) > 200


def test_a_goal_in_words_a_key_figure_and_a_goal_that_is_gone(tmp_path: Path) -> None:
    old = """
        Indikator | Mål 2024 | Utfall 2023
        Sjukfrånvaro (U28528), % | 7,0 | 7,5
        Väntetid, dagar | 60 | 70"""
    new = """
        Indikator | Mål 2025 | Utfall 2024
        Sjukfrånvaro (U28528), % | 7,0 | 7,2
        Klagomål, antal | Minska | 14"""
    library = library_of(
        tmp_path / "store",
        write_report(tmp_path, "Verksamhetsplan 2024", table("Tabell 1: Mål och indikatorer", old)),
        write_report(tmp_path, "Verksamhetsplan 2025", table("Tabell 1: Mål och indikatorer", new)),
    )
    (board,) = goals(library, NO_FILTERS)
    sick, gone = named(board, "Sjukfrånvaro"), named(board, "Väntetid")
    (figure,) = sick.key_figures
    assert (figure.id, figure.url[:24]) == ("U28528", "https://www.kolada.se/ve")
    assert figure.url.endswith("=U28528")
    assert changes(sick) == []
    assert changes(gone) == [("dropped", 2024, 2025)]
    complaints = named(board, "Klagomål")
    (target,) = complaints.targets
    assert (target.year, target.number, target.text) == (2025, None, "Minska")
    assert target.sources[0].quote == "Minska"
    outcome = complaints.outcomes[0]
    assert outcome.number is not None
    assert outcome.number.value == Decimal(14)
    check_sources(library, board)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Sjukfrånvaro, %", "Sjukfrånvaro", True),
        ("Köp av tjänster", "Köp av tjänst", True),
        ("Köp av tjänster", "Köp av verksamhet", False),
        ("Lokaler", "Lokalhyror", False),
        ("Personalkostnader", "Övriga kostnader", False),
        ("Mål 1", "Mål 2", False),
        ("", "", False),
    ],
)
def test_labels_of_two_documents_are_the_same_or_not(a: str, b: str, same: bool) -> None:
    assert same_label(a, b) == same
    assert same_label(b, a) == same

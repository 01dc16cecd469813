"""Risks of each document, how they are rated, and what they moved from."""

from pathlib import Path

import pytest
from overview_library import check_sources, library_of
from written_reports import table, write_report

from rag.answer import Filters
from rag.overviews.library import Library
from rag.overviews.numbers import Number
from rag.overviews.risks import DocumentRisks, RiskLine, risks

NO_FILTERS = Filters()
PLAN = "norrvik-von-internkontrollplan-2025"


@pytest.fixture(scope="module")
def told(library: Library) -> dict[str, DocumentRisks]:
    return {one.document: one for one in risks(library, NO_FILTERS)}


def step(one: Number | None) -> int | None:
    return None if one is None else int(one.value)


def rated(one: RiskLine) -> tuple[int | None, int | None, int | None]:
    return step(one.likelihood), step(one.severity), step(one.value)


def test_all_risks_are_found_the_highest_first(told: dict[str, DocumentRisks]) -> None:
    assert {name: len(one.risks) for name, one in told.items()} == {
        "norrvik-bun-verksamhetsplan-2025": 6,
        "norrvik-von-budget-2026": 8,
        "norrvik-von-delarsrapport-2025": 7,
        PLAN: 7,
    }
    for one in told.values():
        values = [step(risk.value) or 0 for risk in one.risks]
        assert values == sorted(values, reverse=True)
    first = told[PLAN].risks[0]
    assert first.name == "Kostnaderna för övertid och timvikarier ökar."
    assert rated(first) == (4, 4, 16)
    assert first.value is not None
    assert first.value.sources[0].page == 2
    assert first.handling[0].head == "Åtgärd"


def test_the_value_of_the_year_before_in_the_table_is_what_a_risk_moved_from(
    told: dict[str, DocumentRisks],
) -> None:
    moved = [(one.movement, step(one.before), step(one.value)) for one in told[PLAN].risks]
    assert moved == [
        ("up", 12, 16),
        ("same", 12, 12),
        ("up", 9, 12),
        ("down", 12, 9),
        ("", 8, 6),  # 2 × 4 is 8: nobody knows whether it moved
        ("same", 6, 6),
        ("same", 4, 4),
    ]
    wrong = told[PLAN].risks[4]
    assert wrong.findings == (
        "Hot och våld vid ensamarbete nattetid.: riskvärdet är 6, men 2 × 4 är 8.",
    )
    assert wrong.change is None
    assert "säger emot varandra" in wrong.moved


def test_a_document_is_compared_with_one_of_the_year_before(
    told: dict[str, DocumentRisks],
) -> None:
    budget = told["norrvik-von-budget-2026"]
    assert budget.compared_with == PLAN
    by_name = {one.name: one for one in budget.risks}
    same = by_name["Läkemedel hanteras fel efter delegering."]
    assert (same.movement, step(same.before)) == ("same", 12)
    assert sum(one.movement == "new" for one in budget.risks) == 7
    assert len(budget.gone) == 6
    assert budget.gone[0].name == "Kostnaderna för övertid och timvikarier ökar."
    school = told["norrvik-bun-verksamhetsplan-2025"]
    assert (school.compared_with, school.gone) == ("", ())
    assert school.note == "Inget inläst dokument har nämndens risker för 2024."
    assert {one.movement for one in school.risks} == {""}


def test_every_number_of_risks_has_its_source(
    library: Library, told: dict[str, DocumentRisks]
) -> None:
    assert check_sources(library, tuple(told.values())) > 80


def test_the_year_before_is_found_although_the_filter_leaves_it_out(library: Library) -> None:
    (budget,) = risks(library, Filters(documents=("norrvik-von-budget-2026",)))
    assert budget.compared_with == PLAN


def test_a_risk_in_two_tables_is_one_and_a_difference_is_told(tmp_path: Path) -> None:
    analysis = """
        Risk | Sannolikhet | Konsekvens | Riskvärde
        Brand i boende | 2 | 4 | 8
        Lång väntetid | 3 | 3 | 9"""
    plan = """
        Risk | Riskvärde | Kontrollmetod
        Brand i boende | 12 | Brandsyn varje kvartal på alla boenden"""
    path = write_report(
        tmp_path,
        "Internkontrollplan 2025",
        table("Tabell 1: Riskanalys 2025", analysis),
        table("Tabell 2: Kontrollplan 2025", plan),
    )
    library = library_of(tmp_path / "store", path)
    (document,) = risks(library, NO_FILTERS)
    fire = next(one for one in document.risks if one.name == "Brand i boende")
    assert len(document.risks) == 2
    assert rated(fire) == (2, 4, 8)
    assert [one.text for one in fire.handling] == ["Brandsyn varje kvartal på alla boenden"]
    assert fire.findings == ("Brand i boende: riskvärdet är 8 på sidan 1, men 12 på sidan 1.",)
    check_sources(library, document)

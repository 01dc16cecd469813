"""Deviations, goals and risks in the three real board documents, as a reader finds them there.

They lie beside the project on some machines; elsewhere these tests are skipped by name.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from overview_library import check_sources, library_of

from rag.answer import Filters
from rag.overviews.deviations import EXPLAINS, deviations
from rag.overviews.goals import goals
from rag.overviews.library import Library
from rag.overviews.risks import risks
from rag.overviews.track_record import track_record

DOCUMENTS = sorted((Path(__file__).parents[2] / "shared" / "documents").glob("*.pdf"))
BUDGET, INTERIM = "alingsas-von-budget-2026-2028", "alingsas-von-delarsbokslut-2024"
PLAN = "kramfors-vn-verksamhetsplan-2025"
NO_FILTERS = Filters()

pytestmark = pytest.mark.skipif(
    not DOCUMENTS, reason="the real documents (../shared/documents) are not on this machine"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    made = library_of(tmp_path_factory.mktemp("real") / "store", *DOCUMENTS)
    yield made
    made.store.close()


def test_the_deviations_of_the_interim_report(library: Library) -> None:
    told = {one.document: one for one in deviations(library, NO_FILTERS)}
    assert [len(told[name].tables) for name in (BUDGET, INTERIM, PLAN)] == [0, 2, 0]
    running, investments = told[INTERIM].tables
    assert (running.page, running.measure, running.period) == (13, "prognos", "2024")
    found = [(line.label, line.deviation.printed, line.direction) for line in running.lines]
    assert found == [
        ("Köp av tjänster", "-13 141", "dyrare än budget"),
        ("Övriga kostnader", "-11 487", "dyrare än budget"),
        ("Personalkostnader", "-3 523", "dyrare än budget"),
        ("Lokalhyror", "-1 266", "dyrare än budget"),
        ("Kommunbidrag", "0", "enligt budget"),
        ("Verksamhetens intäkter", "29 417", "högre intäkter än budget"),
    ]
    assert [total.label for total in running.totals] == [
        "Verksamhetens kostnader",
        "Verksamhetens nettokostnader",
        "Årets resultat",
    ]
    assert (investments.page, investments.kind) == (17, "investering")
    assert {line.direction for line in investments.lines} == {"enligt budget"}


def test_each_line_that_the_report_explains_has_its_explanation(library: Library) -> None:
    (report,) = deviations(library, Filters(documents=(INTERIM,)))
    running = report.tables[0]
    told = {line.label: line for line in running.lines if line.deviation.value}
    assert len(told) == 5
    for label, line in told.items():
        assert line.told == EXPLAINS
        assert line.cause is not None
        assert line.cause.page == 14
        assert line.cause.quote.startswith(label[:9])
    assert all(total.cause is None for total in running.totals)
    assert running.waterfall is not None
    assert [str(step.change) for step in running.waterfall.steps] == [
        "29417",
        "-3523",
        "-1266",
        "-13141",
        "-11487",
    ]
    assert running.waterfall.rounding == 0


def test_goals_and_key_figures(library: Library) -> None:
    boards = {one.municipality: one for one in goals(library, NO_FILTERS)}
    assert {name: len(one.indicators) for name, one in boards.items()} == {
        "Alingsås": 12,
        "Kramfors": 23,
    }
    ids = [figure.id for one in boards["Alingsås"].indicators for figure in one.key_figures]
    assert ids == ["U23516", "U28528", "U28535", "U28663", "U23401", "U28418"]
    ids = [figure.id for one in boards["Kramfors"].indicators for figure in one.key_figures]
    assert {"U21504", "U28532", "U23471", "U21468"} <= set(ids)
    waiting = next(
        one for one in boards["Alingsås"].indicators if "första erbjudet inflyttning" in one.label
    )
    assert [(one.year, one.text) for one in waiting.assessments] == [(2024, "Ej utvärderad")]
    assert [one.number and int(one.number.value) for one in waiting.outcomes] == [74, 65, None]
    assert waiting.outcomes[-1].text == "IU."


def test_risks(library: Library) -> None:
    told = {one.document: one for one in risks(library, NO_FILTERS)}
    assert {name: len(one.risks) for name, one in told.items()} == {BUDGET: 16, PLAN: 10}
    fraud = next(one for one in told[BUDGET].risks if one.name == "Välfärdsbrottslighet")
    steps = (fraud.likelihood, fraud.severity, fraud.value)
    assert [step and int(step.value) for step in steps] == [3, 4, 12]
    assert {said.text for said in fraud.responsible} == {"Ekonomichef"}


def test_every_number_has_its_source(library: Library) -> None:
    overviews = (
        deviations(library, NO_FILTERS),
        goals(library, NO_FILTERS),
        risks(library, NO_FILTERS),
    )
    assert check_sources(library, overviews) > 250
    assert track_record(library, NO_FILTERS) == ()

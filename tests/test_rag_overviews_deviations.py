"""Deviations, lines over years and forecasts in all samples, against what their tables say."""

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from overview_library import check_sources, library_of
from written_reports import table, write_interim, write_report

from corpus.generate import TRUTH
from rag.answer import Filters
from rag.overviews.deviations import (
    EXPLAINS,
    SAYS,
    DeviationTable,
    DocumentDeviations,
    deviations,
)
from rag.overviews.library import Library
from rag.overviews.series import line_series
from rag.overviews.track_record import track_record
from rag.quotes import squeezed

NO_FILTERS = Filters()
# table by page and comparison, as a reader counts them in the PDFs: page, kind, measure, period
COMPARISONS = {
    "norrvik-bun-arsredovisning-2024": [
        (4, "drift", "utfall", "2024"),
        (5, "drift", "utfall", "2024"),
    ],
    "norrvik-bun-budget-2025": [],
    "norrvik-bun-delarsrapport-2024": [
        (1, "drift", "prognos", "2024"),
        (2, "drift", "prognos", "2024"),
        (1, "drift", "utfall", "2024-01/2024-08"),
        (2, "drift", "utfall", "2024-01/2024-08"),
    ],
    "norrvik-bun-delarsrapport-2025": [
        (1, "drift", "prognos", "2025"),
        (2, "drift", "prognos", "2025"),
        (1, "drift", "utfall", "2025-01/2025-08"),
        (2, "drift", "utfall", "2025-01/2025-08"),
    ],
    "norrvik-bun-verksamhetsplan-2025": [],
    "norrvik-von-arsredovisning-2023": [
        (4, "drift", "utfall", "2023"),
        (5, "drift", "utfall", "2023"),
        (5, "investering", "utfall", "2023"),
    ],
    "norrvik-von-arsredovisning-2024": [
        (3, "drift", "utfall", "2024"),
        (4, "drift", "utfall", "2024"),
        (4, "investering", "utfall", "2024"),
    ],
    "norrvik-von-budget-2024": [],
    "norrvik-von-budget-2026": [],
    "norrvik-von-delarsrapport-2025": [
        (5, "drift", "prognos", "2025"),
        (6, "drift", "prognos", "2025"),
        (5, "drift", "utfall", "2025-01/2025-08"),
        (6, "drift", "utfall", "2025-01/2025-08"),
        (7, "investering", "prognos", "2025"),
    ],
    "norrvik-von-internkontrollplan-2025": [],
}


@pytest.fixture(scope="module")
def told(library: Library) -> dict[str, DocumentDeviations]:
    return {one.document: one for one in deviations(library, NO_FILTERS)}


def truth_row(one: DeviationTable, label: str) -> list[str]:
    """A row of the table's truth: the one on its page that has this label and as many rows."""
    tables: list[dict[str, Any]] = json.loads(
        (TRUTH / "tables" / f"{one.document}.json").read_text(encoding="utf-8")
    )
    named = [
        row
        for true in tables
        if true["page"] == one.page and true["header"][0] == one.rows_are
        for row in true["rows"]
        if row[0] == label
    ]
    assert len(named) == 1, (one.document, one.page, label)
    return [str(cell) for cell in named[0]]


def same_digits(text: str) -> str:
    return squeezed(text).replace("–", "−").replace("-", "−").replace(" ", "")


def all_tables(told: dict[str, DocumentDeviations]) -> list[DeviationTable]:
    return [one for document in told.values() for one in document.tables]


def test_all_comparisons_of_the_samples_are_found_and_no_others(
    told: dict[str, DocumentDeviations],
) -> None:
    found = {
        name: [(one.page, one.kind, one.measure, one.period) for one in document.tables]
        for name, document in told.items()
    }
    assert found == COMPARISONS
    for document in told.values():
        assert [one.chosen for one in document.tables] == [True, False, False, False, False][
            : len(document.tables)
        ]
        assert bool(document.missing) == (not document.tables)


def test_every_row_of_the_tables_is_a_line_or_a_total(told: dict[str, DocumentDeviations]) -> None:
    counted = Counter[str]()
    for one in all_tables(told):
        counted["lines"] += len(one.lines)
        counted["totals"] += len(one.totals)
        assert not one.parts
        assert [line.rank for line in one.lines] == list(range(1, len(one.lines) + 1))
        assert len(one.totals) == 1
    assert counted == {"lines": 135, "totals": 21}


def test_numbers_are_those_of_the_true_tables_and_minus_is_worse(
    told: dict[str, DocumentDeviations],
) -> None:
    for one in all_tables(told):
        for line in (*one.lines, *one.totals):
            row = [same_digits(cell) for cell in truth_row(one, line.label)]
            for number in (line.budget, line.outcome, line.deviation):
                assert not number.printed or same_digits(number.printed) in row
            assert line.effect is not None
            # all Norrvik's reports say that a minus is worse, whatever sign their costs have
            assert line.effect.value == line.deviation.value
            worse = line.effect.value < 0
            words = ("dyrare än", "lägre intäkter än", "sämre än", "högre utgift än")
            assert line.direction.startswith(words) == worse
            if one.deviation_printed:
                assert line.deviation.printed


def test_the_worst_line_comes_first(told: dict[str, DocumentDeviations]) -> None:
    for one in all_tables(told):
        values = [line.effect.value for line in one.lines if line.effect]
        assert values == sorted(values)
    report = told["norrvik-von-delarsrapport-2025"]
    by_kind, by_area = report.tables[:2]
    assert (by_kind.rows_are, by_area.rows_are) == ("Kostnadsslag", "Verksamhet")
    first = by_area.lines[0]
    assert (first.label, first.deviation.printed) == ("Hemtjänst", "−9 600")
    assert first.percent is not None
    assert first.percent.value == Decimal("-4.89")
    assert first.percent.formula == "-9600 / 196400 * 100"
    source = first.deviation.sources[0]
    assert (source.page, source.page_label, len(source.boxes)) == (6, "6", 1)
    assert by_kind.lines[-1].direction == "högre intäkter än budget"


def test_contradicted_lines_are_marked(told: dict[str, DocumentDeviations]) -> None:
    marked = {
        (one.document, one.page, one.period, line.label)
        for one in all_tables(told)
        for line in (*one.lines, *one.totals)
        if line.findings
    }
    assert marked == {
        ("norrvik-bun-arsredovisning-2024", 5, "2024", "Grundskola"),
        ("norrvik-bun-delarsrapport-2024", 2, "2024", "Grundskola"),
        ("norrvik-bun-delarsrapport-2024", 2, "2024-01/2024-08", "Gymnasieskola"),
        ("norrvik-bun-delarsrapport-2025", 1, "2025", "Personalkostnader"),
        ("norrvik-von-arsredovisning-2023", 5, "2023", "Hemtjänst"),
        ("norrvik-von-arsredovisning-2023", 5, "2023", "Summa"),
        ("norrvik-von-arsredovisning-2024", 4, "2024", "Hälso- och sjukvård"),
    }


def test_waterfalls_lead_from_budget_to_outcome_or_say_why_not(
    told: dict[str, DocumentDeviations],
) -> None:
    without: set[tuple[str, int]] = set()
    for one in all_tables(told):
        drawn = one.waterfall
        if drawn is None:
            assert one.no_waterfall
            without.add((one.document, one.page))
            continue
        reached = drawn.start.value + sum(step.change for step in drawn.steps)
        assert reached + drawn.rounding == drawn.end.value
        assert drawn.rounding == 0
        assert {step.label for step in drawn.steps} == {line.label for line in one.lines}
    assert without == {
        ("norrvik-bun-delarsrapport-2024", 2),
        ("norrvik-von-arsredovisning-2023", 5),
    }


def test_the_reports_own_words_stand_beside_the_number_they_are_about(
    told: dict[str, DocumentDeviations],
) -> None:
    report = told["norrvik-von-delarsrapport-2025"]
    whole_year, part = report.tables[1], report.tables[3]
    lines = {line.label: line for line in whole_year.lines}
    home, cause = lines["Särskilt boende"], lines["Särskilt boende"].cause
    assert cause is not None
    assert (home.told, cause.page) == (EXPLAINS, 6)
    assert cause.quote.startswith("Underskottet beräknas till 6,3 mnkr. Det beror på nattbemanning")
    said = lines["Hemtjänst"].cause
    assert said is not None
    assert lines["Hemtjänst"].told == SAYS
    assert said.quote.startswith("Hemtjänsten redovisar det största underskottet, 9,6 mnkr")
    # what is said of the year's deviation is not said of that until August
    assert all(line.cause is None for line in part.lines)


def test_the_reason_of_another_row_is_not_taken(tmp_path: Path) -> None:
    text = (
        "Skolan har ett underskott på 20 tkr. Vården lämnar ett överskott på 10 tkr till följd av "
        "vakanser."
    )
    rows = """
        Verksamhet | Budget 2024 | Utfall 2024 | Avvikelse
        Skolan | 500 | 520 | -20
        Vården | 300 | 290 | 10
        Summa | 800 | 810 | -10"""
    caption = "Tabell 1: Nettokostnad per verksamhet, tkr"
    path = write_report(tmp_path, "Årsredovisning 2024", text, table(caption, rows))
    (document,) = deviations(library_of(tmp_path / "store", path), NO_FILTERS)
    school, care = document.tables[0].lines
    assert school.cause is not None
    assert (school.told, school.cause.quote) == (SAYS, "Skolan har ett underskott på 20 tkr.")
    assert care.cause is not None
    assert care.told == EXPLAINS


def test_parts_of_a_row_are_told_but_not_ranked(tmp_path: Path) -> None:
    library = library_of(tmp_path / "store", write_interim(tmp_path))
    (document,) = deviations(library, NO_FILTERS)
    whole_year = document.tables[0]
    assert [line.label for line in whole_year.parts] == ["varav placerade barn"]
    assert [line.label for line in whole_year.lines] == [
        "Hemtjänst",
        "Familjehem",
        "Lokalhyror",
        "Särskilt boende",
    ]
    assert [total.label for total in whole_year.totals] == ["Summa"]


def test_every_number_has_its_source_and_every_formula_holds(
    library: Library, told: dict[str, DocumentDeviations]
) -> None:
    assert check_sources(library, tuple(told.values())) > 800
    assert check_sources(library, track_record(library, NO_FILTERS)) > 60


def test_filters_choose_the_documents(library: Library) -> None:
    board = deviations(library, Filters(board="VON", year=2024))
    assert [one.document for one in board] == [
        "norrvik-von-arsredovisning-2024",
        "norrvik-von-budget-2024",
    ]
    assert deviations(library, Filters(documents=("saknas",))) == ()


# ---- over years


def test_a_line_is_followed_through_the_boards_documents(library: Library) -> None:
    by_label = {
        one.label: one for one in line_series(library, "norrvik-von-delarsrapport-2025", "t3")
    }
    assert len(by_label) == 10
    found = [
        (one.year, one.document, one.measure, one.line.outcome.printed, one.line.deviation.printed)
        for one in by_label["Hemtjänst"].years
    ]
    assert found == [
        (2023, "norrvik-von-arsredovisning-2023", "utfall", "−182 960", "−8 760"),
        (2024, "norrvik-von-arsredovisning-2024", "utfall", "–191 846", "–6 446"),
        (2025, "norrvik-von-delarsrapport-2025", "prognos", "−206 000", "−9 600"),
    ]
    assert all(not one.gaps for one in by_label.values())
    assert line_series(library, "norrvik-von-delarsrapport-2025", "t99") == ()
    assert line_series(library, "saknas", "t1") == ()


def test_gaps_in_a_line_are_named(tmp_path: Path) -> None:
    paths = []
    for year, rows in (
        (2021, "Skola | 500 | 510\nVård | 300 | 290\nSumma | 800 | 800"),
        (2022, "Skola | 510 | 520\nOmsorg | 300 | 290\nSumma | 810 | 810"),
        (2024, "Skola | 520 | 530\nVård | 300 | 290\nSumma | 820 | 820"),
    ):
        text = f"Verksamhet | Budget {year} | Utfall {year}\n{rows}"
        caption = f"Tabell 1: Nettokostnad per verksamhet {year}, tkr"
        paths.append(write_report(tmp_path, f"Årsredovisning {year}", table(caption, text)))
    library = library_of(tmp_path / "store", *paths)
    (last,) = deviations(library, Filters(year=2024))
    found = {one.label: one for one in line_series(library, last.document, last.tables[0].table)}
    assert [one.year for one in found["Vård"].years] == [2021, 2024]
    assert [(gap.year, gap.reason) for gap in found["Vård"].gaps] == [
        (2022, "raden finns inte i Årsredovisning 2022"),
        (2023, "inget inläst dokument ställer utfall mot budget"),
    ]
    assert [one.year for one in found["Skola"].years] == [2021, 2022, 2024]


def test_forecasts_are_set_beside_outcomes(library: Library) -> None:
    by_kind, by_area = track_record(library, NO_FILTERS)
    for record in (by_kind, by_area):
        assert record.year == 2024
        assert record.forecast_document == "norrvik-bun-delarsrapport-2024"
        assert record.outcome_document == "norrvik-bun-arsredovisning-2024"
        assert record.left_out == ()
    # the annual report prints the same differences itself, in the column "Avvikelse mot prognos"
    truth = json.loads(
        (TRUTH / "tables" / "norrvik-bun-arsredovisning-2024.json").read_text(encoding="utf-8")
    )
    printed = {
        row[0]: Decimal(row[6].replace(",", ".").replace("–", "-"))
        for true in truth
        if "Avvikelse mot prognos" in true["header"]
        for row in true["rows"]
    }
    lines = [*by_kind.lines, *by_kind.totals, *by_area.lines, *by_area.totals]
    assert len(lines) == 15
    for line in lines:
        assert line.effect is not None
        assert line.effect.value == printed[line.label]
    first = by_area.lines[0]
    assert (first.label, first.direction) == ("Grundskola", "dyrare än prognosen")
    assert first.effect is not None
    assert first.effect.formula == "-(528.1 - 525.8)"
    moved = {line.label: squeezed(" ".join(line.notes)) for line in by_area.lines}
    assert moved["Vuxenutbildning"] == "Budgeten ändrades från 28,6 mkr till 29,5 mkr."
    assert track_record(library, Filters(year=2023)) == ()


def test_a_forecast_in_another_unit_is_not_set_beside_its_outcome(tmp_path: Path) -> None:
    interim = "Post | Budget 2024 | Prognos 2024\nLöner | 500 | 510\nHyror | 200 | 195"
    annual = "Post | Budget 2024 | Utfall 2024\nLöner | 0,5 | 0,6\nHyror | 0,2 | 0,2"
    paths = (
        write_report(
            tmp_path, "Delårsrapport augusti 2024", table("Tabell 1: Drift, tkr", interim)
        ),
        write_report(tmp_path, "Årsredovisning 2024", table("Tabell 1: Drift, mnkr", annual)),
    )
    assert track_record(library_of(tmp_path / "store", *paths), NO_FILTERS) == ()

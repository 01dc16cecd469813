"""Which deviation is worse for the board, in tables that write signs in every way boards do."""

from decimal import Decimal
from pathlib import Path

import pytest
from overview_library import check_sources, library_of
from written_reports import table, write_report

from rag.answer import Filters
from rag.overviews.deviations import DeviationLine, DeviationTable, deviations
from rag.quotes import squeezed

INTERIM, ANNUAL = "Delårsrapport augusti 2024", "Årsredovisning 2024"
KINDS = {"Personalkostnader": -20, "Intäkter": -10, "Lokaler": 5, "Nettokostnad": -25}
WORDS = {
    "Personalkostnader": "dyrare än budget",
    "Intäkter": "lägre intäkter än budget",
    "Lokaler": "billigare än budget",
    "Nettokostnad": "dyrare än budget",
}


def tables_of(tmp_path: Path, title: str, caption: str, rows: str) -> tuple[DeviationTable, ...]:
    library = library_of(tmp_path / "store", write_report(tmp_path, title, table(caption, rows)))
    (document,) = deviations(library, Filters())
    check_sources(library, document)
    return document.tables


def all_lines(one: DeviationTable) -> dict[str, DeviationLine]:
    return {line.label: line for line in (*one.lines, *one.parts, *one.totals)}


def effects(one: DeviationTable) -> dict[str, int | None]:
    return {
        label: None if line.effect is None else int(line.effect.value)
        for label, line in all_lines(one).items()
    }


SAME = {
    "costs with a minus, minus is worse": """
        Kostnadsslag | Budget 2024 | Utfall 2024 | Avvikelse
        Intäkter | 100 | 90 | -10
        Personalkostnader | -500 | -520 | -20
        Lokaler | -200 | -195 | 5
        Nettokostnad | -600 | -625 | -25""",
    "costs with a minus, no deviation printed": """
        Kostnadsslag | Budget 2024 | Utfall 2024
        Intäkter | 100 | 90
        Personalkostnader | -500 | -520
        Lokaler | -200 | -195
        Nettokostnad | -600 | -625""",
    "costs with a minus, plus is worse": """
        Kostnadsslag | Budget 2024 | Utfall 2024 | Avvikelse
        Intäkter | 100 | 90 | 10
        Personalkostnader | -500 | -520 | 20
        Lokaler | -200 | -195 | -5
        Nettokostnad | -600 | -625 | 25""",
    "costs in parentheses": """
        Kostnadsslag | Budget 2024 | Utfall 2024 | Avvikelse
        Intäkter | 100 | 90 | (10)
        Personalkostnader | (500) | (520) | (20)
        Lokaler | (200) | (195) | 5
        Nettokostnad | (600) | (625) | (25)""",
    "costs without a sign, minus is worse in all rows": """
        Kostnadsslag | Budget 2024 | Utfall 2024 | Avvikelse
        Intäkter | 100 | 90 | -10
        Personalkostnader | 500 | 520 | -20
        Lokaler | 200 | 195 | 5
        Nettokostnad | 600 | 625 | -25""",
    "costs without a sign, budget minus outcome in all rows": """
        Kostnadsslag | Budget 2024 | Utfall 2024 | Avvikelse
        Intäkter | 100 | 90 | 10
        Personalkostnader | 500 | 520 | -20
        Lokaler | 200 | 195 | 5
        Nettokostnad | 600 | 625 | -25""",
    "costs without a sign, outcome minus budget in all rows": """
        Kostnadsslag | Budget 2024 | Utfall 2024 | Avvikelse
        Intäkter | 100 | 90 | -10
        Personalkostnader | 500 | 520 | 20
        Lokaler | 200 | 195 | -5
        Nettokostnad | 600 | 625 | 25""",
    "costs without a sign, no deviation printed": """
        Kostnadsslag | Budget 2024 | Utfall 2024
        Intäkter | 100 | 90
        Personalkostnader | 500 | 520
        Lokaler | 200 | 195
        Nettokostnad | 600 | 625""",
    "costs without a sign, income with a minus": """
        Kostnadsslag | Budget 2024 | Utfall 2024 | Avvikelse
        Intäkter | -100 | -90 | -10
        Personalkostnader | 500 | 520 | -20
        Lokaler | 200 | 195 | 5
        Nettokostnad | 600 | 625 | -25""",
}


@pytest.mark.parametrize("rows", SAME.values(), ids=SAME)
@pytest.mark.parametrize("unit", ["tkr", "mnkr", "kr"])
def test_a_minus_is_worse_however_signs_are_written(tmp_path: Path, rows: str, unit: str) -> None:
    (one,) = tables_of(tmp_path, ANNUAL, f"Tabell 1: Driftredovisning, {unit}", rows)
    assert one.unit == {"mnkr": "mkr"}.get(unit, unit)
    assert [line.label for line in one.lines] == ["Personalkostnader", "Intäkter", "Lokaler"]
    assert [line.rank for line in one.lines] == [1, 2, 3]
    assert [total.label for total in one.totals] == ["Nettokostnad"]
    assert effects(one) == KINDS
    assert {label: line.direction for label, line in all_lines(one).items()} == WORDS
    percents = {label: line.percent for label, line in all_lines(one).items()}
    assert {label: p and p.value for label, p in percents.items()} == {
        "Personalkostnader": Decimal("-4.00"),
        "Intäkter": Decimal("-10.00"),
        "Lokaler": Decimal("2.50"),
        "Nettokostnad": Decimal("-4.17"),
    }
    drawn = one.waterfall
    assert drawn is not None
    assert drawn.start.value + sum(step.change for step in drawn.steps) == drawn.end.value
    assert drawn.rounding == 0


def test_a_printed_deviation_is_told_as_printed_and_turned_only_with_its_formula(
    tmp_path: Path,
) -> None:
    rows = SAME["costs with a minus, plus is worse"]
    (one,) = tables_of(tmp_path, ANNUAL, "Tabell 1: Driftredovisning, tkr", rows)
    staff = all_lines(one)["Personalkostnader"]
    assert (staff.deviation.printed, staff.deviation.formula) == ("20", "")
    assert staff.effect is not None
    assert (staff.effect.printed, staff.effect.formula) == ("", "-(20)")


def test_a_deviation_that_is_not_printed_has_its_formula_and_both_sources(tmp_path: Path) -> None:
    rows = SAME["costs without a sign, no deviation printed"]
    (one,) = tables_of(tmp_path, ANNUAL, "Tabell 1: Driftredovisning, tkr", rows)
    staff = all_lines(one)["Personalkostnader"]
    assert (staff.deviation.printed, staff.deviation.formula) == ("", "-(520 - 500)")
    assert len(staff.deviation.sources) == 2
    assert one.notes == (
        "Tabellen anger ingen avvikelse; den är uträknad av budgeten och utfallet.",
    )


UNTOLD: dict[str, tuple[str, str, dict[str, int | None]]] = {
    "areas, outcome minus budget, nothing says that they cost": (
        "Tabell 1: Belopp per verksamhet, tkr",
        """
        Verksamhet | Budget 2024 | Utfall 2024 | Avvikelse
        Skola | 500 | 520 | 20
        Vård | 300 | 290 | -10
        Summa | 800 | 810 | 10""",
        {"Skola": None, "Vård": None, "Summa": None},
    ),
    "areas that cost, outcome minus budget": (
        "Tabell 1: Nettokostnad per verksamhet, tkr",
        """
        Verksamhet | Budget 2024 | Utfall 2024 | Avvikelse
        Skola | 500 | 520 | 20
        Vård | 300 | 290 | -10
        Summa | 800 | 810 | 10""",
        {"Skola": -20, "Vård": 10, "Summa": -10},
    ),
    "areas with a minus, one of which earns": (
        "Tabell 1: Resultat per verksamhet, tkr",
        """
        Verksamhet | Budget 2024 | Utfall 2024 | Avvikelse
        Skola | -500 | -520 | -20
        Parkering | 40 | 55 | 15
        Summa | -460 | -465 | -5""",
        {"Skola": -20, "Parkering": 15, "Summa": -5},
    ),
    "income by source": (
        "Tabell 1: Intäkter per källa, tkr",
        """
        Källa | Budget 2024 | Utfall 2024 | Avvikelse
        Hemtjänst | 100 | 90 | -10
        Boende | 200 | 230 | 30
        Summa | 300 | 320 | 20""",
        {"Hemtjänst": -10, "Boende": 30, "Summa": 20},
    ),
    "fees without a total may be paid or taken": (
        "Tabell 1: Driftredovisning, tkr",
        """
        Post | Budget 2024 | Utfall 2024
        Avgifter | 100 | 90
        Personalkostnader | 500 | 520""",
        {"Personalkostnader": -20, "Avgifter": None},
    ),
    "fees that the total shows to be taken": (
        "Tabell 1: Driftredovisning, tkr",
        """
        Post | Budget 2024 | Utfall 2024
        Avgifter | 100 | 90
        Hyror | 300 | 310
        Ersättningar | 400 | 420
        Personalkostnader | 500 | 520
        Nettokostnad | 1 100 | 1 160""",
        {"Ersättningar": -20, "Personalkostnader": -20, "Avgifter": -10, "Hyror": -10}
        | {"Nettokostnad": -60},
    ),
    "a result at the end": (
        "Tabell 1: Resultaträkning, tkr",
        """
        Post | Budget 2024 | Utfall 2024
        Kommunbidrag | 800 | 800
        Övriga intäkter | 50 | 60
        Personalkostnader | 600 | 640
        Övriga kostnader | 250 | 245
        Årets resultat | 0 | -25""",
        {"Personalkostnader": -40, "Kommunbidrag": 0, "Övriga kostnader": 5}
        | {"Övriga intäkter": 10, "Årets resultat": -25},
    ),
    "a net that is a result": (
        "Tabell 1: Driftredovisning, tkr",
        """
        Post | Budget 2024 | Utfall 2024 | Avvikelse
        Intäkter | 100 | 90 | -10
        Kostnader | 700 | 720 | -20
        Netto | -600 | -630 | -30""",
        {"Kostnader": -20, "Intäkter": -10, "Netto": -30},
    ),
    "a net that is a cost": (
        "Tabell 1: Driftredovisning, tkr",
        """
        Post | Budget 2024 | Utfall 2024 | Avvikelse
        Intäkter | 100 | 90 | -10
        Kostnader | 700 | 720 | -20
        Netto | 600 | 630 | -30""",
        {"Kostnader": -20, "Intäkter": -10, "Netto": -30},
    ),
    "one sign is wrong": (
        "Tabell 1: Driftredovisning, tkr",
        """
        Post | Budget 2024 | Utfall 2024 | Avvikelse
        Personalkostnader | -500 | -520 | -20
        Lokaler | -200 | -195 | -5
        Övriga kostnader | -100 | -130 | -30
        Konsulter | -50 | -70 | -20
        Nettokostnad | -850 | -915 | -65""",
        {"Övriga kostnader": -30, "Personalkostnader": -20, "Konsulter": -20, "Lokaler": None}
        | {"Nettokostnad": -65},
    ),
    "a table set the other way": (
        "Tabell 1: Nettokostnad, tkr",
        """
         | Skola | Vård | Summa
        Budget 2024 | 500 | 300 | 800
        Utfall 2024 | 520 | 290 | 810
        Avvikelse 2024 | -20 | 10 | -10""",
        {"Skola": -20, "Vård": 10, "Summa": -10},
    ),
    "parts are not ranked": (
        "Tabell 1: Nettokostnad per verksamhet, tkr",
        """
        Verksamhet | Budget 2024 | Utfall 2024 | Avvikelse
        Vård | 300 | 290 | 10
        Skola | 500 | 520 | -20
        varav lokaler | 100 | 130 | -30
        Summa | 800 | 810 | -10""",
        {"Skola": -20, "Vård": 10, "varav lokaler": -30, "Summa": -10},
    ),
}


@pytest.mark.parametrize(("caption", "rows", "expected"), UNTOLD.values(), ids=UNTOLD)
def test_each_row_counts_as_its_table_shows(
    tmp_path: Path, caption: str, rows: str, expected: dict[str, int | None]
) -> None:
    (one,) = tables_of(tmp_path, ANNUAL, caption, rows)
    assert effects(one) == expected
    assert list(effects(one)) == list(expected)
    for line in all_lines(one).values():
        assert (line.effect is None) == ("framgår inte" in line.direction)


@pytest.mark.parametrize(
    ("title", "caption", "rows"),
    [
        (
            ANNUAL,
            "Tabell 1: Kostnad per elev, kr",
            "Skola | Budget 2024 | Utfall 2024\nNorra | 100 000 | 110 000\nSödra | 90 000 | 95 000",
        ),
        (
            INTERIM,
            "Tabell 1: Drift, tkr",
            "Post | Årsbudget 2024 | Utfall jan–aug 2024 | Kvar\nLöner | 500 | 320 | 180\n"
            "Hyror | 200 | 130 | 70",
        ),
        (
            ANNUAL,
            "Tabell 1: Drift, tkr",
            "Post | Utfall 2023 | Budget 2024\nLöner | 500 | 520\nHyror | 200 | 210",
        ),
        (
            ANNUAL,
            "Tabell 1: Volymer",
            "Volym | Budget 2024 | Utfall 2024\nElever, antal | 500 | 520\nBarn, antal | 200 | 210",
        ),
    ],
    ids=["per head", "the year against a part of it", "two years", "no money"],
)
def test_what_is_no_deviation_from_budget_is_none(
    tmp_path: Path, title: str, caption: str, rows: str
) -> None:
    assert tables_of(tmp_path, title, caption, rows) == ()


def test_of_two_budgets_the_printed_deviation_chooses(tmp_path: Path) -> None:
    rows = """
        Post | Ursprunglig budget 2024 | Reviderad budget 2024 | Utfall 2024 | Avvikelse
        Personalkostnader | 490 | 500 | 520 | -20
        Lokaler | 190 | 200 | 195 | 5
        Summa | 680 | 700 | 715 | -15"""
    (one,) = tables_of(tmp_path, ANNUAL, "Tabell 1: Driftredovisning, tkr", rows)
    assert one.budget_head == "Reviderad budget 2024"


def test_a_forecast_beside_the_outcome_is_no_comparison_of_its_own(tmp_path: Path) -> None:
    rows = """
        Post | Budget 2024 | Prognos aug 2024 | Utfall 2024 | Avvikelse mot prognos
        Personalkostnader | 500 | 510 | 520 | -10
        Lokaler | 200 | 210 | 195 | 15
        Nettokostnad | 700 | 720 | 715 | 5"""
    (one,) = tables_of(tmp_path, ANNUAL, "Tabell 1: Driftredovisning, tkr", rows)
    assert (one.outcome_head, one.deviation_printed) == ("Utfall 2024", False)
    assert effects(one) == {"Personalkostnader": -20, "Lokaler": 5, "Nettokostnad": -15}


def test_a_line_that_contradicts_itself_is_marked_and_ends_the_waterfall(tmp_path: Path) -> None:
    rows = """
        Post | Budget 2024 | Utfall 2024 | Avvikelse
        Personalkostnader | 500 | 520 | -20
        Lokaler | 200 | 230 | -13
        Övriga kostnader | 100 | 90 | 10
        Summa | 800 | 840 | -40"""
    (one,) = tables_of(tmp_path, ANNUAL, "Tabell 1: Driftredovisning, tkr", rows)
    lines = all_lines(one)
    assert lines["Lokaler"].findings == (
        "Lokaler: Avvikelse är −13 tkr, men 200 − 230 blir −30 tkr.",
    )
    assert lines["Lokaler"].deviation.printed == "-13"
    assert not lines["Personalkostnader"].findings
    assert one.waterfall is None
    assert one.no_waterfall == "Talen på raden ”Lokaler” stämmer inte med varandra."


def test_rounded_numbers_make_a_waterfall_that_says_what_they_miss_by(tmp_path: Path) -> None:
    rows = """
        Post | Budget 2024 | Utfall 2024 | Avvikelse
        Personalkostnader | 500,4 | 520,4 | -20,0
        Lokaler | 200,4 | 210,4 | -10,0
        Övriga kostnader | 100,0 | 90,0 | 10,0
        Nettokostnad | 800,8 | 820,9 | -20,0"""
    (one,) = tables_of(tmp_path, ANNUAL, "Tabell 1: Driftredovisning, mnkr", rows)
    assert one.waterfall is not None
    assert one.waterfall.rounding == Decimal("0.1")
    reached = one.waterfall.start.value + sum(step.change for step in one.waterfall.steps)
    assert reached + one.waterfall.rounding == one.waterfall.end.value


def test_rows_that_miss_their_total_make_no_waterfall(tmp_path: Path) -> None:
    rows = """
        Post | Budget 2024 | Utfall 2024 | Avvikelse
        Personalkostnader | 500 | 520 | -20
        Lokaler | 200 | 210 | -10
        Nettokostnad | 790 | 820 | -30"""
    (one,) = tables_of(tmp_path, ANNUAL, "Tabell 1: Driftredovisning, tkr", rows)
    assert one.waterfall is None
    said = squeezed(one.no_waterfall)
    assert said == "Radernas budget blir 700 tkr, men ”Nettokostnad” är 790 tkr."

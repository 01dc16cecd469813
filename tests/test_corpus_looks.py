"""The truth of the sample tables holds in every look: sums, deviations, pages and meanings."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from corpus import norrvik_budget, norrvik_delarsrapport
from corpus.layout import Report
from corpus.swedish import MINUS, NBSP
from corpus.tables import PLAIN, Look, TableSpec
from ingest.pdfium import open_pdf, read_page

COSTS = ["negative", "positive"]
STEPS = {"kr": Decimal(0), "tkr": Decimal(0), "mnkr": Decimal("0.05")}  # half a rounding step
BUILDS = [norrvik_budget.build, norrvik_delarsrapport.build]


def value(text: str) -> Decimal:
    return Decimal(text.replace(NBSP, "").replace(MINUS, "-").replace(",", ".") or 0)


def reports(look: Look) -> list[Report]:
    return [build(look) for build in BUILDS]


def tables_of(look: Look) -> list[TableSpec]:
    return [spec for report in reports(look) for spec in report.tables]


def money_columns(spec: TableSpec) -> list[int]:
    return [
        x for x, c in enumerate(spec.columns) if c.number and spec.unit_at(-1, x) == spec.unit != ""
    ]


@pytest.mark.parametrize("two_levels", [False, True], ids=["one level", "two levels"])
@pytest.mark.parametrize("unit", STEPS)
@pytest.mark.parametrize("costs", COSTS)
def test_totals_add_up(costs: str, unit: str, two_levels: bool) -> None:
    checked = 0
    for spec in tables_of(Look(costs=costs, unit=unit, two_levels=two_levels)):
        if not spec.totals or spec.unit == "":
            continue
        *rows, total = [row for y, row in enumerate(spec.rows) if y not in spec.groups]
        for x in money_columns(spec):
            turned = costs == "positive" and spec.measures[x] != "avvikelse"
            parts = [
                -value(row[x]) if turned and row[0] == "Intäkter" else value(row[x]) for row in rows
            ]
            off = abs(sum(parts) - value(total[x]))
            assert off <= STEPS[unit] * (len(parts) + 1), (spec.caption, x)
            checked += 1
    assert checked == (38 if two_levels else 39)


@pytest.mark.parametrize("unit", STEPS)
@pytest.mark.parametrize("costs", COSTS)
def test_a_minus_deviation_is_worse_for_the_board(costs: str, unit: str) -> None:
    report = norrvik_delarsrapport.build(Look(costs=costs, unit=unit))
    accounts = [spec for spec in report.tables if spec.rows[-1][0] == "Nettokostnad"]
    assert len(accounts) == 2
    for spec in accounts:
        for row in spec.rows:
            sign = -1 if costs == "positive" and row[0] != "Intäkter" else 1
            for x in (1, 4):
                outcome, budget, deviation = map(value, row[x : x + 3])
                off = abs(sign * (outcome - budget) - deviation)
                assert off <= 3 * STEPS[unit], (spec.caption, row)


def test_costs_are_printed_with_the_sign_asked_for() -> None:
    plain, turned = (
        [row for spec in tables_of(Look(costs=costs)) for row in spec.rows] for costs in COSTS
    )
    staff = [
        (a[1], b[1]) for a, b in zip(plain, turned, strict=True) if a[0] == "Personalkostnader"
    ]
    assert staff == [
        ("−598\u00a0760", "598\u00a0760"),
        ("−412\u00a0634", "412\u00a0634"),
    ]
    income = [(a[1], b[1]) for a, b in zip(plain, turned, strict=True) if a[0] == "Intäkter"]
    assert income and all(a == b for a, b in income)


def test_units_say_the_same_amounts() -> None:
    found = {}
    for unit in STEPS:
        spec = norrvik_delarsrapport.build(Look(unit=unit)).tables[1]
        assert spec.caption.endswith(f"({unit})")
        found[spec.unit] = spec.rows[1][1]
    assert found == {
        "kr": "−412\u00a0634\u00a0000",
        "tkr": "−412\u00a0634",
        "mkr": "−412,6",
    }


@pytest.mark.parametrize("two_levels", [False, True], ids=["one level", "two levels"])
def test_meanings_agree_with_what_the_headings_say(two_levels: bool) -> None:
    told = {"Budget": "budget", "Plan": "plan", "Prognos": "prognos", "Utfall": "utfall"}
    told |= {"Avvikelse": "avvikelse", "Förändring": "förändring", "Mål": "målvärde"}
    words = years = 0
    for spec in tables_of(Look(two_levels=two_levels)):
        for x, column in enumerate(spec.columns):
            upper = [band.title for band in spec.bands if band.first <= x <= band.last]
            heading = " ".join([*upper, column.title])
            measures = {m for word, m in told.items() if re.search(rf"\b{word}\b", heading)}
            if measures and column.number:
                assert spec.measures[x] in measures, (spec.caption, heading)
                words += 1
            if year := re.search(r"20\d\d", heading):
                assert spec.periods[x][0] == int(year.group()), (spec.caption, heading)
                years += 1
            part_year = bool(re.search(r"\baug", heading, re.I))
            assert (spec.periods[x][1:] == (1, 8)) == part_year, (spec.caption, heading)
    assert words > 40
    assert years > 40


def test_numbers_have_a_unit_and_texts_have_none() -> None:
    units = set()
    for spec in tables_of(PLAIN):
        assert not spec.row_units or len(spec.row_units) == len(spec.rows)
        for y, row in enumerate(spec.rows):
            for x, (text, column) in enumerate(zip(row, spec.columns, strict=True)):
                unit = spec.unit_at(y, x)
                assert bool(unit) == (column.number and bool(text)), (spec.caption, row[0])
                units.add(unit)
                if row[0].endswith(", %"):
                    assert unit in ("%", "")
    assert units == {
        "", "tkr", "mkr", "%", "dagar", "timmar", "personer", "platser", "beslut", "medarbetare",
        "index", "st", "risk", "årsarbetare",
    }  # fmt: skip


def test_split_tables_stand_on_two_pages(tmp_path: Path) -> None:
    for report in reports(Look("grid", split=True)):
        report.write(tmp_path / "rapport.pdf")
        assert all(last == first + 1 for first, last in report.places)
        assert len(report.places) == len(report.tables)


@pytest.mark.parametrize("landscape", ["", "wide", "all"])
def test_pages_lie_where_the_look_wants_it(landscape: str, tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    for report in reports(Look(landscape=landscape)):
        pages = report.write(path)
        with open_pdf(path.read_bytes()) as pdf:
            sizes = [read_page(pdf, number) for number in range(1, pages + 1)]
        lying = {page.number for page in sizes if page.width > page.height}
        for spec, places in zip(report.tables, report.places, strict=True):
            wide = landscape == "wide" and len(spec.columns) >= 6
            wide |= "Internkontrollplan" in spec.caption or landscape == "all"
            assert all((page in lying) == wide for page in places), spec.caption
        assert landscape != "all" or len(lying) == pages - 1

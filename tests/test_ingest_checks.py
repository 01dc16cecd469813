"""Checks: what holds grades the reading, what does not is told, and rounding is never an alarm."""

from __future__ import annotations

from decimal import Decimal

import pytest
from printed_tables import PrintedPage, checked, table_checked

from ingest.checks.arithmetic import linear, ratio
from ingest.types import Figure, Finding, Identity, Period, SignConvention, Span

DRIFT = [
    ["Belopp i tkr", "Budget 2024", "Prognos 2024", "Avv. prognos/budget"],
    ["Intäkter", "206 297", "235 714", "29 417"],
    ["Personalkostnader", "-802 020", "-805 544", "-3 523"],
    ["Lokalhyror", "-113 241", "-114 507", "-1 266"],
    ["Verksamhetens kostnader", "-915 261", "-920 051", "-4 789"],
    ["Nettokostnad", "-708 964", "-684 337", "24 628"],
]


def with_cell(rows: list[list[str]], row: int, column: int, text: str) -> list[list[str]]:
    changed = [list(texts) for texts in rows]
    changed[row][column] = text
    return changed


def alarms(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if not finding.explained_by_rounding]


def figure(printed: str, decimals: int = 0) -> Figure:
    return Figure(
        "f", Decimal(printed), "tkr", printed, (), (), "", Period(), 1, (0, 0, 1, 1), Span(1, 0, 1),
        decimals,
    )  # fmt: skip


def test_each_addend_may_be_half_a_unit_off_and_so_may_the_total() -> None:
    terms = [(1, figure("1")), (1, figure("1"))]
    assert linear(figure("3"), terms).holds  # 1,4 + 1,4 = 2,8
    assert linear(figure("2"), terms).exact
    assert not linear(figure("4"), terms).holds


def test_a_percentage_is_as_exact_as_what_it_is_worked_out_of() -> None:
    outcome = ratio(figure("7.5", 1), figure("13141"), figure("176046"))
    assert outcome is not None
    assert outcome.holds
    assert round(outcome.expected, 4) == Decimal("7.4645")
    wrong = ratio(figure("8.5", 1), figure("13141"), figure("176046"))
    assert wrong is not None
    assert not wrong.holds


def test_nested_totals_and_column_differences_prove_a_table() -> None:
    found = table_checked(DRIFT)
    assert alarms(found.findings) == []
    (table,) = found.tables
    assert table.grade == "proved"
    assert {figure.grade for figure in found.figures} == {"proved"}
    assert table.signs == SignConvention("negative", "negative")
    assert any("summan av 2 rader" in check for check in table.checks)


def test_what_rounding_explains_is_told_apart() -> None:
    found = table_checked(DRIFT)
    assert [f.explained_by_rounding for f in found.findings] == [True] * len(found.findings)
    # 805 544 - 802 020 is 3 524, printed 3 523
    assert any(abs(f.difference) == 1 for f in found.findings)


def test_a_wrong_total_is_found_in_its_column_alone() -> None:
    found = table_checked(with_cell(DRIFT, 4, 1, "-915 361"))
    sums = [finding for finding in alarms(found.findings) if finding.kind == "sum"]
    assert sums
    assert sums[0].stated == Decimal(-915361)
    assert sums[0].expected == Decimal(-915261)
    assert sums[0].difference == Decimal(-100)
    assert sums[0].places[0].quote.split("\t")[:2] == ["Verksamhetens kostnader", "-915 361"]
    assert found.tables[0].grade == "contradicted"
    fine = next(f for f in found.figures if f.cell == (2, 2))
    wrong = next(f for f in found.figures if f.cell == (4, 1))
    assert (fine.grade, wrong.grade) == ("proved", "contradicted")


def test_a_wrong_deviation_is_found() -> None:
    found = table_checked(with_cell(DRIFT, 3, 3, "-2 266"))
    kinds = {finding.kind for finding in alarms(found.findings)}
    assert "difference" in kinds


def test_costs_with_plus_signs() -> None:
    found = table_checked(
        [
            ["mkr", "Budget 2025", "Utfall 2025", "Avvikelse"],
            ["Intäkter", "24,5", "25,1", "0,6"],
            ["Personalkostnader", "74,9", "76,0", "-1,1"],
            ["Lokalhyror", "52,2", "51,9", "0,3"],
            ["Summa kostnader", "127,1", "127,9", "-0,8"],
            ["Nettokostnad", "102,6", "102,8", "-0,2"],
        ],
        unit="mkr",
    )
    assert alarms(found.findings) == []
    assert found.tables[0].grade == "proved"
    assert found.tables[0].signs.costs == "positive"


def test_a_total_above_its_parts() -> None:
    found = table_checked(
        [
            ["tkr", "2024", "2025"],
            ["Totalt nämnden", "1 100", "1 250"],
            ["Skola", "600", "700"],
            ["Vård", "500", "550"],
        ]
    )
    assert found.tables[0].grade == "proved"
    assert found.findings == ()


def test_a_lone_column_that_is_called_a_sum_and_nearly_is() -> None:
    found = table_checked(
        [
            ["tkr", "Budget 2025"],
            ["Inventarier", "2 000"],
            ["Reservkraft", "1 000"],
            ["Summa", "3 100"],
        ]
    )
    (finding,) = alarms(found.findings)
    assert (finding.kind, finding.stated, finding.expected) == ("sum", 3100, 3000)


def test_small_numbers_that_happen_to_add_up_are_no_total() -> None:
    found = table_checked(
        [
            ["Ärenden", "2024"],
            ["Bygglov", "2"],
            ["Tillsyn", "3"],
            ["Klagomål", "5"],
            ["Övrigt", "9"],
        ],
        unit="st",
    )
    assert found.tables[0].grade == "unproved"
    assert found.findings == ()


def test_percentages_beside_their_amounts() -> None:
    rows = [
        ["tkr", "2024", "2025", "Förändring tkr", "Förändring %"],
        ["Hyror", "1 000", "1 100", "100", "10,0"],
        ["El", "200", "190", "-10", "-5,0"],
        ["Mat", "400", "412", "12", "3,0"],
        ["Städ", "300", "330", "30", "10,0"],
        ["Resor", "500", "520", "20", "4,0"],
    ]
    assert alarms(table_checked(rows).findings) == []
    (finding,) = alarms(table_checked(with_cell(rows, 3, 4, "5,0")).findings)
    assert (finding.kind, finding.stated) == ("percentage", Decimal("5.0"))
    assert round(finding.expected, 1) == Decimal("3.0")


def test_risk_value_is_likelihood_times_severity() -> None:
    rows = [
        ["Risk", "Sannolikhet", "Väsentlighet", "Riskvärde"],
        ["Kompetens", "3", "3", "9"],
        ["Brott", "3", "4", "12"],
        ["Digitalisering", "2", "4", "6"],
    ]
    (finding,) = alarms(table_checked(rows, unit="").findings)
    assert (finding.kind, finding.stated, finding.expected) == ("risk_value", 6, 8)


def test_women_and_men_are_all_there_are() -> None:
    page = PrintedPage()
    page.paragraph("Det finns totalt 41 chefer varav 35 av dem är kvinnor och 5 är män.")
    (finding,) = alarms(checked(page).findings)
    assert (finding.kind, finding.stated, finding.expected) == ("sum", 41, 40)
    assert "41 chefer" in finding.places[0].quote


def test_parts_that_are_not_all_there_is_are_no_alarm() -> None:
    page = PrintedPage()
    page.paragraph("Förvaltningen ansvarar för 108 fordon varav 15 är elbilar och 20 är lätta.")
    page.paragraph("Av de 859 tillsvidareanställda medarbetarna är 698 kvinnor och 161 män.")
    assert alarms(checked(page).findings) == []


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("Personalkostnaderna för 2026 budgeteras till -849 889 tkr.", ["text_table"]),
        ("Personalkostnaderna för 2026 budgeteras till -823 681 tkr.", []),
        ("Personalkostnaderna för 2026 budgeteras till 823,7 mkr.", []),
        ("Personalkostnaderna för 2026 budgeteras till 823,6 mkr.", []),  # cut off, not rounded
        ("Personalkostnaderna för 2026 budgeteras till cirka 820 mkr.", []),
        ("Personalkostnaderna för 2025 var högre än de 849 889 tkr som angavs.", []),
        ("En del av personalkostnaderna för 2026, 16 095 tkr, avser utbildning.", []),
        ("Kommunens personalkostnader utgör 56 procent av alla kostnader 2026.", []),
    ],
)
def test_prose_against_the_row_that_it_names(sentence: str, kinds: list[str]) -> None:
    page = PrintedPage()
    page.table(
        [
            ["Belopp i tkr", "Budget 2025", "Budget 2026", "Plan 2027"],
            ["Personalkostnader", "-800 967", "-823 681", "-849 889"],
            ["Lokalhyror", "-122 042", "-122 745", "-126 549"],
        ]
    )
    page.paragraph(sentence)
    assert [finding.kind for finding in alarms(checked(page).findings)] == kinds


def test_prose_against_a_deviation_needs_to_say_which() -> None:
    page = PrintedPage()
    page.table(DRIFT)
    page.paragraph("Utfallet för personalkostnaderna avviker positivt med 5,2 mkr.")
    page.paragraph("Lokalhyrorna prognostiseras avvika negativt med 1,3 mkr.")
    assert (
        alarms(checked(page, identity=Identity(kind="delårsrapport", years=(2024,))).findings) == []
    )


def test_the_same_figure_in_two_tables() -> None:
    first, second = PrintedPage(1), PrintedPage(2)
    first.table(
        [["Nyckeltal", "Utfall 2024"], ["Sjukfrånvaro", "11,36 %\nKvinnor 12,17 %\nMän 8,55 %"]],
        unit="",
    )
    second.table(
        [
            ["2024", "Sjukfrånvaro totalt", "Sjukfrånvaro kvinnor", "Sjukfrånvaro män"],
            ["Äldreomsorg", "11,21", "12,59", "6,79"],
            ["Hela förvaltningen", "11,36", "12,18", "8,55"],
        ],
        unit="%",
        caption="Sjukfrånvaro 2024",
    )
    (finding,) = alarms(checked(first, second).findings)
    assert finding.kind == "repeated"
    assert (finding.stated, finding.expected) == (Decimal("12.17"), Decimal("12.18"))
    assert [place.page for place in finding.places] == [1, 2]


def test_a_count_in_prose_against_the_table_below_it() -> None:
    page = PrintedPage()
    page.paragraph("Nämnden hade 859 tillsvidareanställda medarbetare.")
    page.table(
        [
            ["", "Antal tillsvidareanställda"],
            ["Funktionsstöd", "203"],
            ["IFO", "76"],
            ["Äldreomsorg", "555"],
        ],
        unit="",
    )
    (finding,) = alarms(checked(page).findings)
    assert (finding.kind, finding.stated, finding.expected) == ("sum", 859, 834)


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("Väntetiden ökade från 74 dagar till 57 dagar.", ["direction"]),
        ("Väntetiden minskade från 74 dagar till 57 dagar.", []),
        (
            "Personalomsättningen har minskat från 8,3 procent i juli till 9,4 procent.",
            ["direction"],
        ),
        ("Antalet ökade från 5 till 9.", []),
    ],
)
def test_direction_words_against_the_numbers(sentence: str, kinds: list[str]) -> None:
    page = PrintedPage()
    page.paragraph(sentence)
    assert [finding.kind for finding in alarms(checked(page).findings)] == kinds


def test_surplus_in_words_and_deficit_in_the_table() -> None:
    page = PrintedPage()
    page.table(DRIFT)
    page.paragraph("För lokalhyror prognostiseras ett överskott.")
    page.paragraph("Lokalhyror prognostiseras visa ett överskott på 1 266 tkr.")
    kinds = [
        finding.kind
        for finding in alarms(
            checked(page, identity=Identity(kind="delårsrapport", years=(2024,))).findings
        )
    ]
    assert kinds == ["direction"]


def test_what_only_follows_from_a_wrong_number_is_not_told() -> None:
    rows = [
        ["Belopp i tkr", "Budget 2023", "Budget 2024", "Förändring"],
        ["Hemtjänst", "-174 200", "-185 400", "-11 200"],
        ["Särskilt boende", "-272 900", "-287 900", "-14 000"],
        ["Korttidsvård", "-29 700", "-30 700", "-1 000"],
        ["Nettokostnad", "-476 800", "-504 000", "-27 200"],
    ]
    found = table_checked(rows)
    (finding,) = alarms(found.findings)
    assert (finding.kind, finding.stated, finding.expected) == ("difference", -14000, -15000)
    assert found.tables[0].grade == "contradicted"
    grades = {figure.cell: figure.grade for figure in found.figures}
    assert grades[2, 3] == "contradicted"
    assert grades[4, 3] != "contradicted"  # the total is right

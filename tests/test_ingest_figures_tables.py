"""Tables → figures: labels, measures, periods, units and parts, in the layouts that boards use."""

from __future__ import annotations

from decimal import Decimal

from printed_tables import PrintedPage, Rows

from ingest.figures.read import read_figures
from ingest.types import BlockKind, Figure, Identity


def figures_of(page: PrintedPage, identity: Identity | None = None) -> list[Figure]:
    return read_figures([page.page], page.tables, identity or Identity())


def read(rows: Rows, *, header: int = 1, unit: str = "tkr", caption: str = "") -> list[Figure]:
    page = PrintedPage()
    page.table(rows, header=header, unit=unit, caption=caption)
    return figures_of(page)


def by_place(figures: list[Figure]) -> dict[tuple[int, int], Figure]:
    return {figure.cell: figure for figure in figures}


def test_a_number_has_its_labels_measure_period_unit_and_place() -> None:
    page = PrintedPage()
    page.table([["Belopp i tkr", "Budget 2024", "Avv."], ["Lokalhyror", "-113 241", "-1 266"]])
    budget, deviation = figures_of(page)
    assert budget.value == Decimal(-113241)
    assert budget.row == ("Lokalhyror",)
    assert budget.column == ("Budget 2024",)
    assert (budget.measure, str(budget.period), budget.unit) == ("budget", "2024", "tkr")
    assert page.text[budget.span.start : budget.span.end] == budget.printed == "-113 241"
    assert budget.box == (90.0, 12.0, 122.0, 24.0)
    # a deviation without a year is of the year beside it
    assert (deviation.measure, str(deviation.period)) == ("avvikelse", "2024")


def test_a_head_over_two_levels_gives_both() -> None:
    found = read(
        [["", "Utfall", "Utfall"], ["", "2023", "2024"], ["Hyror", "10", "12"], ["El", "1", "2"]],
        header=2,
    )
    assert by_place(found)[3, 1].column == ("Utfall", "2023")
    assert {figure.measure for figure in found} == {"utfall"}
    assert [str(figure.period) for figure in found] == ["2023", "2024", "2023", "2024"]


def test_a_table_set_the_other_way_has_its_measures_in_its_rows() -> None:
    found = read([["tkr", "Hyror", "El"], ["Budget 2025", "10", "2"], ["Utfall 2024", "9", "3"]])
    assert [(f.measure, str(f.period)) for f in found] == [
        ("budget", "2025"),
        ("budget", "2025"),
        ("utfall", "2024"),
        ("utfall", "2024"),
    ]


def test_sub_headings_stand_before_the_labels_of_their_rows_until_the_next_total() -> None:
    page = PrintedPage()
    page.table(
        [
            ["", "Budget 2025"],
            ["Intäkter", ""],
            ["Avgifter", "10"],
            ["Summa intäkter", "10"],
            ["Kostnader", ""],
            ["Hyror", "4"],
            ["Summa kostnader", "4"],
            ["Netto", "6"],
        ],
        bold=(1, 4, 3, 6),
    )
    assert [figure.row for figure in figures_of(page)] == [
        ("Intäkter", "Avgifter"),
        ("Intäkter", "Summa intäkter"),
        ("Kostnader", "Hyror"),
        ("Kostnader", "Summa kostnader"),
        ("Netto",),
    ]


def test_a_row_without_numbers_is_no_sub_heading_if_nothing_sets_it_apart() -> None:
    found = read([["", "Budget 2025"], ["Finansnetto", ""], ["Årets resultat", "0"]])
    assert [figure.row for figure in found] == [("Årets resultat",)]


def test_parts_stand_under_what_they_are_part_of() -> None:
    found = read([["", "2025"], ["Bibliotek", "31"], ["varav filialer", "8"], ["Idrott", "50"]])
    assert [figure.row for figure in found] == [
        ("Bibliotek",),
        ("Bibliotek", "varav filialer"),
        ("Idrott",),
    ]


def test_codes_before_the_labels_are_no_values() -> None:
    found = read(
        [["Konto", "Benämning", "Utfall 2024"], ["30", "Avgifter", "5"], ["50", "Lön", "7"]]
    )
    assert [(f.row, f.value) for f in found] == [(("Avgifter",), 5), (("Lön",), 7)]


def test_the_unit_of_a_row_or_column_comes_before_that_of_the_table() -> None:
    found = read(
        [
            ["", "Utfall 2024", "Förändring %"],
            ["Lokalhyror", "100", "2,5"],
            ["Antal årsarbetare", "12", "-1,0"],
            ["Antal brukare", "40", "0,0"],
        ]
    )
    assert [figure.unit for figure in found] == ["tkr", "%", "årsarbetare", "%", "personer", "%"]


def test_several_numbers_in_a_cell_are_parts_with_words_of_their_own() -> None:
    found = read(
        [["Nyckeltal", "Resultat 2024"], ["Sjukfrånvaro", "11,36 %\nKvinnor 12,17\n%\nMän 8,55 %"]],
        unit="",
    )
    assert [(f.part, f.value, f.unit) for f in found] == [
        ("", Decimal("11.36"), "%"),
        ("Kvinnor", Decimal("12.17"), "%"),
        ("Män", Decimal("8.55"), "%"),
    ]


def test_months_in_a_cell_are_the_period_of_their_number() -> None:
    found = read(
        [["Nyckeltal", "Resultat 2023"], ["Antal placerade barn", "Jan-jun: 88\nJul-dec: 86"]],
        unit="",
    )
    assert [(str(f.period), f.value) for f in found] == [
        ("2023-01/2023-06", 88),
        ("2023-07/2023-12", 86),
    ]


def test_no_value_is_kept_as_such() -> None:
    found = read(
        [["Nyckeltal", "Mål 2024", "Utfall 2024", "Utfall 2023"], ["Nöjdhet", "84", "IU.", "–"]],
        unit="%",
    )
    assert [figure.value for figure in found] == [Decimal(84), None, None]
    assert [figure.printed for figure in found] == ["84", "IU.", "–"]


def test_rows_without_labels_are_the_numbered_items_above_the_table() -> None:
    page = PrintedPage()
    page.heading("Mål 2")
    page.paragraph(
        "Indikatorer: 1. Möjlighet att framföra klagomål, andel (%) (U23516) "
        "2. Väntetid i antal dagar från beslut (U28418)"
    )
    page.table(
        [["Mål 2024", "Utfall 2024", "Utfall 2023"], ["1. 44\n2. 90", "IU.\n65", "42\nIU."]],
        unit="",
    )
    found = [figure for figure in figures_of(page) if figure.table]
    assert [(f.row[0][:12], f.value, f.unit) for f in found] == [
        ("Möjlighet at", Decimal(44), "%"),
        ("Väntetid i a", Decimal(90), "dagar"),
        ("Möjlighet at", None, "%"),
        ("Väntetid i a", Decimal(65), "dagar"),
        ("Möjlighet at", Decimal(42), "%"),
        ("Väntetid i a", None, "dagar"),
    ]
    assert found[0].attributes == (("kolada", "U23516"),)
    assert found[1].attributes == (("kolada", "U28418"),)


def test_goals_of_agenda_2030_go_with_the_indicators_of_their_section() -> None:
    page = PrintedPage()
    page.heading("Mål 1")
    page.paragraph("Koppling Agenda 2030: 8. Anständiga arbetsvillkor, 10. Minskad ojämlikhet")
    page.paragraph("Indikator: Antal personer som gått vidare till arbete")
    page.table([["Mål 2024", "Utfall 2023"], ["3", "4"]], unit="")
    target = next(figure for figure in figures_of(page) if figure.table)
    assert target.row == ("Antal personer som gått vidare till arbete",)
    assert target.attributes == (("agenda2030", "8"), ("agenda2030", "10"))
    assert target.unit == "personer"


def test_an_outcome_of_the_year_that_an_interim_report_follows_up_is_of_its_months() -> None:
    page = PrintedPage()
    page.paragraph("Rapporten följer upp januari–augusti. Utfallet per den 31 augusti redovisas.")
    page.table([["", "Utfall 2024", "Prognos 2024", "Utfall 2023"], ["Hyror", "7", "10", "9"]])
    found = figures_of(page, Identity(kind="delårsrapport", years=(2024,)))
    assert [str(f.period) for f in found if f.table] == ["2024-01/2024-08", "2024", "2023"]


def test_the_third_column_of_a_risk_scale_is_the_risk_value() -> None:
    found = read(
        [["Process", "Konsekvens 1-4", "Sannolikhet 1-4", "Resultat"], ["Bistånd", "4", "1", "4"]],
        unit="",
    )
    assert [(f.measure, f.unit) for f in found] == [
        ("konsekvens", "risk"),
        ("sannolikhet", "risk"),
        ("riskvärde", "risk"),
    ]


def test_a_matrix_without_heads_is_no_list_of_risks() -> None:
    page = PrintedPage()
    page.heading("Riskvärdering")
    page.table([["4 allvarlig", "4", "8"], ["3 kännbar", "3", "6"]], header=0, unit="")
    assert {figure.measure for figure in figures_of(page)} == {""}


def test_sentences_in_cells_give_figures_of_their_row() -> None:
    found = read(
        [
            ["Vad kontrolleras?", "Resultat"],
            ["Utredningstid", "Granskningen visade att utredningstiden för SoL är 8 dagar."],
        ],
        unit="",
    )
    assert [(f.row[0], f.value, f.unit) for f in found] == [("Utredningstid", 8, "dagar")]
    assert found[0].sentence is not None


def test_a_caption_gives_year_and_measure_to_columns_that_say_nothing() -> None:
    found = read(
        [["Verksamhet", "Stab", "Skola"], ["Löner", "10", "20"]], caption="Budget 2025, tkr"
    )
    assert [(f.measure, str(f.period)) for f in found] == [("budget", "2025")] * 2


def test_what_is_read_from_prose_stands_after_the_tables() -> None:
    page = PrintedPage()
    page.paragraph("Nämnden har 41 chefer.", BlockKind.LIST_ITEM)
    page.table([["", "2025"], ["Hyror", "1"]])
    assert [bool(figure.table) for figure in figures_of(page)] == [True, False]


def test_a_change_between_two_years_is_of_the_later() -> None:
    _, change, _ = read(
        [["Verksamhet", "Budget 2024", "Förändring", "Budget 2025"], ["Ishall", "800", "50", "850"]]
    )
    assert (change.measure, str(change.period)) == ("förändring", "2025")


def test_a_column_that_is_a_part_of_the_one_before_counts_the_same() -> None:
    pupils, part = read(
        [["Program", "Elever 2024", "Varav från annan kommun"], ["Teknik", "151", "20"]], unit=""
    )
    assert (pupils.unit, part.unit) == ("personer", "personer")


BUDGETED = [["", "Budget", "Utfall", "Diff"], ["Ishall", "8", "9", "-1"], ["Summa", "8", "9", "-1"]]


def test_what_is_set_against_a_budget_is_counted_as_the_report_says_of_all_amounts() -> None:
    page = PrintedPage()
    page.paragraph("Alla belopp anges i mnkr.")
    page.table(BUDGETED, unit="")
    assert {figure.unit for figure in figures_of(page) if figure.table} == {"mkr"}


def test_all_amounts_may_be_counted_as_a_note_says() -> None:
    page = PrintedPage()
    page.paragraph("Nämnden har 84 600. Alla belopp enligt not 1.")
    page.table(BUDGETED, unit="")
    page.paragraph("Not 1. Belopp i tusentals kronor. Intäkter anges med minus.")
    assert {figure.unit for figure in figures_of(page) if figure.table} == {"tkr"}


def test_a_line_above_says_that_a_table_counts() -> None:
    page = PrintedPage()
    page.paragraph("Antal pågående ärenden vid årets slut.")
    page.table([["Ärendetyp", "2023", "2024"], ["God man", "208", "219"]], unit="")
    assert {figure.unit for figure in figures_of(page) if figure.table} == {"st"}


def test_a_row_that_is_a_year_gives_it_to_all_its_numbers() -> None:
    page = PrintedPage()
    page.table(
        [["År", "Anslag", "Sjukfrånvaro (%)"], ["2022", "74", "5,6"], ["2023", "79", "6,3"]],
        unit="",
    )
    report = Identity(kind="årsredovisning", years=(2023,))
    years = [figure.period.year for figure in figures_of(page, report)]
    assert years == [2022, 2022, 2023, 2023]

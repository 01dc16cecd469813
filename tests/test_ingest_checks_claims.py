"""What sentences claim of tables and of changes: errors are told, innocent sentences are not."""

from __future__ import annotations

import pytest
from printed_tables import PrintedPage, checked

from ingest.types import Identity

AREAS = [
    ["Verksamhet", "Budget jan–aug", "Utfall jan–aug", "Avvikelse jan–aug", "Budget 2024",
     "Prognos 2024", "Avvikelse helår"],
    ["Förskola", "199,2", "195,8", "3,4", "301,0", "296,8", "4,2"],
    ["Grundskola", "337,2", "348,6", "-11,4", "510,5", "525,8", "-15,3"],
    ["Gymnasieskola", "145,0", "148,7", "-3,7", "218,0", "222,8", "-4,8"],
    ["Nettokostnad", "681,4", "693,1", "-11,7", "1 029,5", "1 045,4", "-15,9"],
]  # fmt: skip
KINDS = [
    ["Kostnadsslag", "Budget 2024", "Prognos 2024", "Avvikelse helår"],
    ["Intäkter", "100,0", "103,0", "3,0"],
    ["Personalkostnader", "900,0", "915,0", "-15,0"],
    ["Lokaler", "229,5", "233,4", "-3,9"],
    ["Nettokostnad", "1 029,5", "1 045,4", "-15,9"],
]
FRAME = [
    ["Kostnadsslag", "Budget 2023", "Budget 2024", "Förändring"],
    ["Personalkostnader", "561 800", "590 200", "28 400"],
    ["Lokalhyror", "73 900", "79 600", "5 700"],
    ["Övrigt", "97 400", "103 500", "6 100"],
    ["Nettokostnad", "733 100", "773 300", "40 200"],
]
RISKS = [
    ["Risk", "Sannolikhet", "Konsekvens", "Riskvärde"],
    ["Fel löner", "3", "4", "12"],
    ["Stöld", "2", "2", "4"],
    ["Brand", "1", "4", "4"],
    ["Intrång", "2", "4", "8"],
]
RENTS = [
    ["Lokal", "Hyra 2024", "Hyra 2025"],
    ["Annexet", "0,8", "1,1"],
    ["Ängen", "0,6", "0,2"],
    ["Verkstan", "0,9", "1,0"],
    ["Hallen", "0,3", "0,4"],
    ["Summa", "2,6", "2,7"],
]
REPORT = Identity(kind="delårsrapport", years=(2024,))
BUDGET = Identity(kind="budget", years=(2024,))


def kinds(page: PrintedPage, identity: Identity) -> list[str]:
    return [
        f.kind for f in checked(page, identity=identity).findings if not f.explained_by_rounding
    ]


def of_report(*texts: str) -> list[str]:
    """The kinds of what is found in a report with these paragraphs, "#" before headings."""
    page = PrintedPage()
    page.table(AREAS, unit="mnkr")
    page.table(KINDS, unit="mnkr")
    for text in texts:
        (page.heading if text.startswith("#") else page.paragraph)(text.lstrip("#"))
    return kinds(page, REPORT)


@pytest.mark.parametrize(
    "sentence",
    [
        "Grundskolan räknar med ett underskott på 13,5 mnkr för helåret.",
        "För grundskolan prognostiseras ett underskott om 13,5 mnkr.",
        "Grundskolan beräknas gå 13,5 mnkr över budget.",
        "Underskottet i grundskolan väntas bli 13,5 mnkr för helåret.",
        "Grundskolans underskott till och med augusti är 10,4 mnkr.",
        "Personalkostnaderna väntas bli 13,5 mnkr högre än budget.",
        "Personalkostnaderna överskrider budgeten med 13,5 mnkr, främst genom vikarier.",
    ],
)
def test_a_deviation_that_the_row_does_not_have(sentence: str) -> None:
    assert of_report(sentence) == ["text_table"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Grundskolan räknar med ett underskott på 15,3 mnkr för helåret.",
        "Grundskolans underskott är 11,4 mnkr.",
        "Grundskolan har ett underskott på 12,9 mnkr i årskurs 7–9.",
        "Grundskolan har ett underskott på 14,0 mnkr exklusive statsbidrag.",
        "Grundskolan redovisar ett underskott på 13,5 mnkr.",  # of which months?
        "Grundskolan väntades i maj få ett underskott på 13,5 mnkr.",
        "I prognosen efter april var grundskolans underskott 13,5 mnkr.",
        "Grundskolan väntas få ett underskott på 13,0 mnkr 2025.",
        "Grundskolan räknar med ett underskott på minst 14 mnkr.",
        "Grundskolan väntas få ett underskott på cirka 14 mnkr.",
        "Grundskolan och gymnasieskolan räknar med ett underskott på 20,1 mnkr för helåret.",
        "Utan åtgärder skulle grundskolan få ett underskott på 17,5 mnkr.",
        "I grundskolan blir personalkostnaderna 13,5 mnkr högre än budget.",
        "Grundskolan gick 13,5 mnkr över budget 2022.",
        "Grundskolans underskott väntas bli 5,1 mnkr.",  # so far off, it is about something else
    ],
)
def test_a_deviation_of_something_else(sentence: str) -> None:
    assert of_report(sentence) == []


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("#Ekonomi",), ["text_table"]),
        (("#5.2 Resultat per kostnadsslag",), ["text_table"]),
        (("#Personalkostnader",), ["text_table"]),
        (("Lokaler väntas bli 3,9 mnkr dyrare än budget.",), ["text_table"]),
        (("#Grundskola",), []),
        (("#Elevhälsan",), []),
    ],
)
def test_under_the_heading_of_an_area_costs_are_its_own(
    texts: tuple[str, ...], found: list[str]
) -> None:
    claim = "Personalkostnaderna väntas bli 13,5 mnkr högre än budget."
    assert of_report(*texts, claim) == found


def test_in_a_paragraph_on_an_area_costs_are_its_own() -> None:
    claim = "Personalkostnaderna väntas bli 13,5 mnkr högre än budget."
    assert of_report(f"Grundskolan har fått fler elever. {claim}") == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Planen tar upp fem risker.", ["text_table"]),
        ("Internkontrollplanen innehåller tre risker, varav en är ny.", ["text_table"]),
        ("Planen tar upp fyra risker.", []),
        ("Planen tar upp två risker som gäller ekonomi.", []),
        ("Planen omfattar sex risker, fyra redovisas här.", []),
        ("Planen innehåller fem mål.", []),
        ("Ramen ökar med 40,2 mnkr eller 5,2 procent.", ["percentage"]),
        ("Det är 40,2 mnkr mer än i budgeten för 2023, en ökning med 5,2 procent.", ["percentage"]),
        ("Personalkostnaderna ökar med 28,4 mnkr, eller 4,1 procent.", ["percentage"]),
        ("Ramen ökar med 40,2 mnkr eller 5,5 procent.", []),
        ("Personalkostnaderna ökar med 28,4 mnkr, eller 5,1 procent.", []),
        ("Personalkostnaderna ökar med 28,4 mnkr, eller 3,7 procent av kommunbidraget.", []),
        ("Personalkostnaderna ökar med 28,4 mnkr, varav 5,0 procent är löner.", []),
        ("Lokalhyrorna ökar med 9,9 mnkr, eller 4,1 procent.", []),
    ],
)
def test_a_budget_s_numbers_in_words(sentence: str, found: list[str]) -> None:
    page = PrintedPage()
    page.table(FRAME, unit="tkr")
    page.table(RISKS, unit="")
    page.paragraph(f"Nämnden får 773,3 mnkr för 2024. {sentence}")
    assert kinds(page, BUDGET) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("De fyra lokalerna kostar tillsammans 2,9 mnkr under 2025.", ["text_table"]),
        ("De fyra lokalerna kostar tillsammans 2,7 mnkr under 2025.", []),
        ("De fyra lokalerna kostade tillsammans 2,6 mnkr under 2024.", []),
        ("De tre lokalerna kostar tillsammans 2,9 mnkr under 2025.", []),
        ("De fyra skolorna kostar tillsammans 2,9 mnkr under 2025.", []),
        ("De fyra lokalerna kostar tillsammans cirka 3 mnkr under 2025.", []),
    ],
)
def test_all_rows_of_a_table_together(sentence: str, found: list[str]) -> None:
    page = PrintedPage()
    page.table(RENTS, unit="mnkr", caption="Årshyra för lokalerna, mnkr")
    page.paragraph(sentence)
    assert kinds(page, Identity(kind="plan", years=(2025,))) == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Antalet barn ökar från 1 842 under 2023 till 1 771 enligt prognosen.", ["direction"]),
        ("Kostnaden minskade från 6,8 mnkr 2023 till 7,9 mnkr 2024.", ["direction"]),
        ("Målet sänks från 80 till 85 procent.", ["direction"]),
        ("Andelen ökade från 84,1 till 85,2 procent.", []),
        ("Antalet barn minskar, från 1 842 under 2023 till 1 771 år 2024.", []),
        ("Kostnaden minskade kraftigt och antalet ärenden gick från 12 till 19.", []),
        ("Skolan sjönk från plats 12 till plats 15.", []),
        ("Antalet minskade från 7,9 mnkr 2024 till 8,8 mnkr 2023.", []),  # told backwards
        ("Målet höjs från 86,0 till 7,0 till 6,8 procent.", []),
        ("Planen höjs från 2024 till 2023 års nivå.", []),
        ("Antalet ökade från 1 000 till 1 120, en ökning med 14 procent.", ["percentage"]),
        ("Antalet ökade från 1 000 till 1 120, en ökning med 12 procent.", []),
        ("Andelen ökade från 10 till 12 procent, en ökning med 2 procent.", []),
    ],
)
def test_changes_against_their_own_numbers(sentence: str, found: list[str]) -> None:
    page = PrintedPage()
    page.paragraph(sentence)
    assert kinds(page, REPORT) == found


def test_the_share_of_a_budget_of_costs_below_nothing() -> None:
    page = PrintedPage()
    page.table(
        [
            ["Verksamhet", "Budget 2024", "Utfall 2024", "Avvikelse", "Avvikelse i % av budget"],
            ["Hemtjänst", "-185 400", "-191 846", "-6 446", "-3,5"],
            ["Korttidsvård", "-30 700", "-31 168", "-468", "-1,5"],
            ["Sjukvård", "-68 300", "-70 433", "-2 133", "-3,7"],
            ["Assistans", "-30 300", "-27 829", "2 471", "8,2"],
            ["Nettokostnad", "-314 700", "-321 276", "-6 576", "-2,1"],
        ]
    )
    (found,) = checked(page, identity=Identity(kind="årsredovisning", years=(2024,))).findings
    assert (found.kind, str(found.stated), str(round(found.expected, 1))) == (
        "percentage",
        "-3.7",
        "-3.1",
    )


def test_the_total_of_a_table_whose_caption_tells_what_it_counts() -> None:
    page = PrintedPage()
    page.table(
        [["Indikator", "Utfall 2023", "Utfall 2024"], ["Sjukfrånvaro, %", "9,4", "8,9"],
         ["Nöjda, %", "80", "82"]],
        unit="",
    )  # fmt: skip
    page.table(
        [["Avdelning", "2023, %", "2024, %"], ["Norr", "10,6", "9,9"], ["Söder", "6,8", "6,3"],
         ["Hela förvaltningen", "9,4", "8,7"]],
        unit="%",
        caption="Tabell 2. Sjukfrånvaro per avdelning",
    )  # fmt: skip
    assert kinds(page, Identity(kind="årsredovisning", years=(2024,))) == ["repeated"]

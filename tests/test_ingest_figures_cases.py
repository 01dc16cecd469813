"""Tables and sentences as boards print them: what a careful economist would read in them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from printed_tables import PrintedPage, rows_of

from ingest.figures.read import read_figures
from ingest.types import Figure, Identity

ANNUAL = Identity(kind="årsredovisning", years=(2024,))
INTERIM = Identity(kind="delårsrapport", years=(2024,))
BUDGET = Identity(kind="budget", years=(2025,))


@dataclass(frozen=True)
class Case:
    """A table, and figures of it: "row column: measure period unit value", "-" for none."""

    text: str
    figures: str
    identity: Identity = ANNUAL
    unit: str = "tkr"
    caption: str = ""
    header: int = 1
    without: tuple[int, ...] = ()
    """Columns that hold no figures."""


CASES = {
    "months of a year are a month each": Case(
        """
        |Jan|Feb|Mar|Apr|Summa
        Personal|10 100|10 250|10 300|10 050|40 700
        Hyror|2 000|2 000|2 000|2 100|8 100
        """,
        """
        1 1: utfall 2024-01/2024-01 tkr 10100
        1 2: utfall 2024-02/2024-02 tkr 10250
        2 4: utfall 2024-04/2024-04 tkr 2100
        2 5: utfall 2024 tkr 8100
        """,
        caption="Utfall per månad 2024",
    ),
    "accumulated outcome and budget, and the year's": Case(
        """
        |Aug 2024|Ack utfall aug 2024|Ack budget aug 2024|Avvikelse ack|Årsbudget|Årsprognos
        Personal|-20 100|-160 900|-161 200|300|-241 800|-241 000
        Hyror|-5 000|-40 000|-40 000|0|-60 000|-60 000
        """,
        """
        1 1: - 2024-08/2024-08 tkr -20100
        1 2: utfall 2024-01/2024-08 tkr -160900
        1 3: budget 2024-01/2024-08 tkr -161200
        1 4: avvikelse 2024-01/2024-08 tkr 300
        1 5: budget 2024 tkr -241800
        1 6: prognos 2024 tkr -241000
        """,
        identity=INTERIM,
    ),
    "the year before": Case(
        """
        |Utfall jan–aug|Utfall föregående år|Budget helår|Prognos helår|Avvikelse|Bokslut fg år
        Intäkter|20 100|18 900|30 000|30 500|500|29 100
        """,
        """
        1 1: utfall 2024-01/2024-08 tkr 20100
        1 2: utfall 2023 tkr 18900
        1 3: budget 2024 tkr 30000
        1 4: prognos 2024 tkr 30500
        1 5: avvikelse 2024 tkr 500
        1 6: utfall 2023 tkr 29100
        """,
        identity=INTERIM,
    ),
    "the newer year first": Case(
        """
        |Utfall 2024|Utfall 2023|Förändring|Förändring %
        Intäkter|20 100|18 900|1 200|6,3
        """,
        """
        1 2: utfall 2023 tkr 18900
        1 3: förändring 2024 tkr 1200
        1 4: förändring 2024 % 6.3
        """,
    ),
    "what a change is compared with": Case(
        """
        |2024|Förändring mot 2023|Förändring i %
        Elever|1 240|-30|-2,4
        """,
        """
        1 1: - 2024 st 1240
        1 2: förändring 2024 st -30
        1 3: förändring 2024 % -2.4
        """,
        unit="st",
    ),
    "a deviation of months and one of the year": Case(
        """
        |Budget jan–aug 2024|Utfall jan–aug 2024|Avvikelse|Budget 2024|Prognos 2024|Avvikelse
        Netto|-60 200|-58 900|1 300|-91 000|-91 500|-500
        """,
        """
        1 3: avvikelse 2024-01/2024-08 tkr 1300
        1 5: prognos 2024 tkr -91500
        1 6: avvikelse 2024 tkr -500
        """,
        identity=INTERIM,
    ),
    "a forecast is for the year, whenever it was made": Case(
        """
        |Budget 2024|Prognos april|Prognos augusti|Prognos T2 2024|Avvikelse
        Netto|-91 000|-91 200|-91 500|-91 500|-500
        """,
        """
        1 2: prognos 2024 tkr -91200
        1 3: prognos 2024 tkr -91500
        1 4: prognos 2024 tkr -91500
        1 5: avvikelse 2024 tkr -500
        """,
        identity=INTERIM,
    ),
    "from one date to another": Case(
        """
        |Utfall 2024-01-01–2024-08-31|Utfall 2023-08|Budget 2024-08
        Kostnader|-80 300|-77 800|-80 600
        """,
        """
        1 1: utfall 2024-01/2024-08 tkr -80300
        1 2: utfall 2023-01/2023-08 tkr -77800
        1 3: budget 2024-01/2024-08 tkr -80600
        """,
        identity=INTERIM,
    ),
    "areas whose names begin as measures do": Case(
        """
        Verksamhet|2023|2024|2025
        Plan och bygg|-8 100|-8 400|-8 700
        Plan- och exploatering|-1 100|-1 400|-1 700
        Utveckling och stöd|-3 200|-3 100|-3 300
        """,
        """
        1 1: - 2023 tkr -8100
        2 3: - 2025 tkr -1700
        3 2: - 2024 tkr -3100
        """,
        identity=BUDGET,
    ),
    "numbers of projects and years when they are done": Case(
        """
        Projekt|Projektnr|Slutår|Total budget|Utfall|Återstår
        Ny förskola|51023|2026|42 000|31 500|10 500
        Idrottshall|51044|2027|65 000|12 400|52 600
        """,
        """
        1 3: budget 2024 tkr 42000
        2 5: - 2024 tkr 52600
        """,
        without=(1, 2),
    ),
    "when a budget was decided": Case(
        """
        |Budget 2025 (KF 2024-06-17)|Tilläggsanslag|Reviderad budget
        KF 2024-11-25|510 000|8 200|518 200
        """,
        """
        1 1: budget 2025 tkr 510000
        1 3: budget 2025 tkr 518200
        """,
        identity=BUDGET,
    ),
    "arrows, notes, targets and last year in brackets": Case(
        """
        Nyckeltal|Mål 2024|Utfall 2024|Utfall 2023|Trend
        Nöjda elever, %|Minst 85|83 % ↑|81 %|↑
        Uppnådda mål|5 av 5|3 av 5|2 av 5|→
        Sjukfrånvaro, %|6,5|7,2 % (6,9 %)|7,9¹|↓
        Klagomål|max 5|12 st|–|ökar
        """,
        """
        1 1: målvärde 2024 % 85
        1 2: utfall 2024 % 83
        2 1: målvärde 2024 - 5
        2 2: utfall 2024 - 3
        2 3: utfall 2023 - 2
        3 2: utfall 2024 % 7.2
        3 3: utfall 2023 % 7.9
        4 2: utfall 2024 st 12
        4 3: utfall 2023 - -
        """,
        unit="",
        without=(4,),
    ),
    "kronor, thousands and millions in one table": Case(
        """
        Nyckeltal|2023|2024
        Antal elever|2 410|2 455
        Kostnad per elev, kr|112 300|118 400
        Nettokostnad, mnkr|270,6|290,7
        Andel behöriga, %|71|73
        Försörjningsstöd|17 100|18 200
        """,
        """
        1 2: antal 2024 personer 2455
        2 1: - 2023 kr 112300
        3 2: - 2024 mkr 290.7
        4 2: andel 2024 % 73
        5 2: - 2024 tkr 18200
        """,
    ),
    "a deviation between two years, told in the head": Case(
        """
        |Bokslut 2023|Budget 2024|Avvikelse bokslut 2023–budget 2024|Förändring i %
        Förskola|200 100|210 000|9 900|4,9
        """,
        """
        1 1: utfall 2023 tkr 200100
        1 3: avvikelse 2024 tkr 9900
        1 4: förändring 2024 % 4.9
        """,
        identity=BUDGET,
    ),
    "half years and the whole": Case(
        """
        |H1 2024|H2 2024|Helår 2024
        Kvinnor|7,4|7,0|7,2
        """,
        """
        1 1: - 2024-01/2024-06 % 7.4
        1 2: - 2024-07/2024-12 % 7.0
        1 3: - 2024 % 7.2
        """,
        unit="%",
    ),
    "signs in parentheses, with true minus and with plus": Case(
        """
        mkr|Utfall 2024|Budget 2024|Avvikelse
        Kostnader|(1 812,4)|−1 795,0|-17,4
        Intäkter|412,3|+405,0|7,3
        """,
        """
        1 1: utfall 2024 mkr -1812.4
        1 2: budget 2024 mkr -1795.0
        1 3: avvikelse 2024 mkr -17.4
        2 2: budget 2024 mkr 405.0
        """,
        unit="mkr",
    ),
    "months in the head, years in the rows": Case(
        """
        |Jan|Feb|Mars
        Utfall 2024|310|305|320
        Budget 2024|315|315|315
        """,
        """
        1 2: utfall 2024-02/2024-02 tkr 305
        2 3: budget 2024-03/2024-03 tkr 315
        """,
    ),
    "the period that is followed up, and the year": Case(
        """
        |Periodens budget|Periodens utfall|Periodens avvikelse|Helårsbudget|Helårsavvikelse
        Skola|-268,0|-265,8|2,2|-402,0|3,3
        """,
        """
        1 1: budget 2024-01/2024-08 mkr -268.0
        1 2: utfall 2024-01/2024-08 mkr -265.8
        1 3: avvikelse 2024-01/2024-08 mkr 2.2
        1 4: budget 2024 mkr -402.0
        1 5: avvikelse 2024 mkr 3.3
        """,
        identity=INTERIM,
        unit="mkr",
    ),
    "areas, rents and the year when leases end": Case(
        """
        Lokal|Yta (kvm)|Hyra 2024 (tkr)|Hyra kr/kvm|Avtal t.o.m.
        Ängsskolan|4 200|5 040|1 200|2031
        Bergaskolan|3 100|4 030|1 300|2028
        """,
        """
        1 1: - 2024 kvm 4200
        1 2: - 2024 tkr 5040
        1 3: - 2024 kr 1200
        """,
        without=(4,),
    ),
    "set the other way": Case(
        """
        tkr|Förskola|Skola|Totalt
        Budget 2024|210 000|402 000|612 000
        Utfall 2024|211 400|398 700|610 100
        Avvikelse|-1 400|3 300|1 900
        Bokslut 2023|200 100|391 000|591 100
        """,
        """
        1 1: budget 2024 tkr 210000
        2 3: utfall 2024 tkr 610100
        3 2: avvikelse 2024 tkr 3300
        4 1: utfall 2023 tkr 200100
        """,
    ),
}


def told(figure: Figure) -> str:
    value = "-" if figure.value is None else str(figure.value)
    return " ".join((figure.measure or "-", str(figure.period), figure.unit or "-", value))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_figures_of_a_table(case: Case) -> None:
    page = PrintedPage()
    if case.identity is INTERIM:
        page.paragraph("Rapporten avser januari–augusti.")
    rows = rows_of(case.text)
    page.table(rows, header=case.header, unit=case.unit, caption=case.caption)
    found: dict[tuple[int, int], list[Figure]] = {}
    for figure in read_figures([page.page], page.tables, case.identity):
        found.setdefault(figure.cell, []).append(figure)
    for line in case.figures.strip().split("\n"):
        place, _, expected = line.strip().partition(": ")
        row, column = (int(part) for part in place.split())
        assert [told(figure) for figure in found[row, column]] == [expected], place
        assert found[row, column][0].row == (rows[row][0],)
    assert {column for _, column in found}.isdisjoint(case.without)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Nettokostnaden uppgick till 512,3 mnkr, vilket är 4,2 mnkr lägre än budget.",
            ["- 2024 mkr 512.3", "avvikelse 2024 mkr 4.2"],
        ),
        (
            "Sjukfrånvaron var 7,2 procent (7,9 procent föregående år).",
            ["- 2024 % 7.2", "- 2023 % 7.9"],
        ),
        (
            "Sjukfrånvaron var 7,2 procent (föregående år 7,9 procent).",
            ["- 2024 % 7.2", "- 2023 % 7.9"],
        ),
        (
            "Utfallet 2024 var 322 mnkr, jämfört med 310 mnkr förra året.",
            ["utfall 2024 mkr 322", "utfall 2023 mkr 310"],
        ),
        (
            "Under året var sjukfrånvaron 7,1 procent (7,6 procent samma period 2023).",
            ["- 2024 % 7.1", "- 2023 % 7.6"],
        ),
        (
            "Investeringarna uppgår till 12,4 mnkr av budgeterade 18,0 mnkr.",
            ["- 2024 mkr 12.4", "budget 2024 mkr 18.0"],
        ),
        ("Motsvarande period föregående år var utfallet 310 mnkr.", ["utfall 2023 mkr 310"]),
        (
            "Jämfört med föregående år har kostnaderna ökat med 3,1 mnkr.",
            ["förändring 2024 mkr 3.1"],
        ),
        (
            "Kostnaderna har ökat med 3,1 mnkr jämfört med föregående år.",
            ["förändring 2024 mkr 3.1"],
        ),
        ("Periodens resultat är 4,1 mnkr (2,2 mnkr).", ["- 2024 mkr 4.1", "-  mkr 2.2"]),
        (
            "Antalet brukare ökade från 812 år 2023 till 840 år 2024.",
            ["- 2023 personer 812", "- 2024 personer 840"],
        ),
        (
            "Hemtjänsten visar ett underskott på 4,5 mnkr och väntas 2025 visa -2,0 mnkr.",
            ["avvikelse 2024 mkr 4.5", "- 2025 mkr -2.0"],
        ),
        (
            "Effekten beräknas till 1,5 mnkr 2025 och 3,0 mnkr 2026.",
            ["- 2025 mkr 1.5", "- 2026 mkr 3.0"],
        ),
        (
            "Av budgeterade 12 mkr har 8 mkr förbrukats till och med augusti.",
            ["budget 2024 mkr 12", "utfall 2024-01/2024-08 mkr 8"],
        ),
        (
            "Utfallet per den 31 augusti är 310 mnkr och prognosen per augusti 470 mnkr.",
            ["utfall 2024-01/2024-08 mkr 310", "prognos 2024 mkr 470"],
        ),
    ],
)
def test_figures_of_a_sentence(sentence: str, expected: list[str]) -> None:
    page = PrintedPage()
    page.paragraph(sentence)
    assert [told(figure) for figure in read_figures([page.page], [], ANNUAL)] == expected


@pytest.mark.parametrize(
    ("sentence", "value", "year"),
    [
        ("Utfallet 2023 var 310 mnkr och 2024 322 mnkr.", "310", 2023),
        ("Investeringsbudgeten 2025 är 42 mkr, 2026 35 mkr och 2027 20 mkr.", "42", 2025),
    ],
)
def test_a_year_before_the_next_number_is_not_of_this_one(
    sentence: str, value: str, year: int
) -> None:
    page = PrintedPage()
    page.paragraph(sentence)
    found = read_figures([page.page], [], ANNUAL)
    assert (found[0].value, found[0].period.year) == (Decimal(value), year)


def test_parts_and_groups_are_in_the_path_of_a_row() -> None:
    page = PrintedPage()
    page.table(
        rows_of(
            """
            |Budget 2024|Utfall 2024
            Kostnader:||
            Äldreomsorg|412 300|415 100
            varav hemtjänst|120 000|124 500
            Funktionsstöd|210 400|208 900
            Summa kostnader|622 700|624 000
            Netto|-600 000|-601 000
            """
        )
    )
    found = {figure.cell: figure.row for figure in read_figures([page.page], page.tables, ANNUAL)}
    assert [found[row, 1] for row in range(2, 7)] == [
        ("Kostnader:", "Äldreomsorg"),
        ("Kostnader:", "Äldreomsorg", "varav hemtjänst"),
        ("Kostnader:", "Funktionsstöd"),
        ("Summa kostnader",),
        ("Netto",),
    ]


@pytest.mark.xfail(strict=True, reason="a count in parentheses is read as a number below nothing")
def test_last_year_s_count_alone_in_parentheses_is_not_negative() -> None:
    page = PrintedPage()
    page.table(rows_of("Nyckeltal|Utfall 2024|Utfall 2023\nAntal klagomål|12|(14)"), unit="")
    found = {f.cell: f.value for f in read_figures([page.page], page.tables, ANNUAL)}
    assert found[1, 1] == 12
    assert found.get((1, 2)) in (None, 14)


@pytest.mark.xfail(strict=True, reason="a year right before a number makes one cluster of both")
def test_a_number_right_after_a_year_is_read() -> None:
    page = PrintedPage()
    page.paragraph("Utfallet 2023 var 310 mnkr och 2024 322 mnkr.")
    found = [told(figure) for figure in read_figures([page.page], [], ANNUAL)]
    assert found == ["utfall 2023 mkr 310", "utfall 2024 mkr 322"]


@pytest.mark.xfail(strict=True, reason="short heads give a year, but no measure")
def test_short_heads_name_measures() -> None:
    page = PrintedPage()
    page.table(rows_of("tkr|B24|P24|U24|B25\nIntäkter|10|11|12|13"))
    found = [told(figure) for figure in read_figures([page.page], page.tables, ANNUAL)]
    assert found == [
        "budget 2024 tkr 10",
        "prognos 2024 tkr 11",
        "utfall 2024 tkr 12",
        "budget 2025 tkr 13",
    ]

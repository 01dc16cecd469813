"""Tables as boards print them: no alarm in a correct one, and one that is spoilt is found out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from printed_tables import PrintedPage, checked, rows_of

from ingest.types import Finding, Identity

ANNUAL = Identity(kind="årsredovisning", years=(2024,))
INTERIM = Identity(kind="delårsrapport", years=(2024,))


@dataclass(frozen=True)
class Case:
    """A correct table and its grade; and the cell to spoil, with the findings that this makes."""

    text: str
    grade: str = "proved"
    unit: str = "tkr"
    header: int = 1
    spoil: tuple[int, int, str] | None = None
    found: tuple[tuple[str, str], ...] = ()


CASES = {
    "a minus is worse in every row, and the net is negative": Case(
        """
        |Budget 2024|Utfall 2024|Avvikelse
        Taxor och avgifter|12 400|12 900|500
        Hyror och arrenden|8 100|7 700|-400
        Bidrag|3 000|3 150|150
        Summa intäkter|23 500|23 750|250
        Personalkostnader|61 000|62 300|-1 300
        Lokalhyra|14 200|14 000|200
        Övriga kostnader|9 300|9 250|50
        Summa kostnader|84 500|85 550|-1 050
        Netto|-61 000|-61 800|-800
        """,
        spoil=(5, 3, "-1 500"),
        found=(("difference", "-1500"),),
    ),
    "three rows, signs that turn": Case(
        """
        |Budget 2024|Utfall 2024|Avvikelse
        Intäkter|23 500|23 750|250
        Kostnader|84 500|85 550|-1 050
        Nettokostnad|-61 000|-61 800|-800
        """,
        spoil=(3, 3, "-900"),
        found=(("difference", "-900"), ("sum", "-900")),
    ),
    "a total budget is no sum of what two columns show of it": Case(
        """
        Projekt|Total budget|Utfall t.o.m. 2023|Budget 2024|Utfall 2024
        Ny förskola|42 000|31 500|9 000|7 240
        Inventarier|2 000|0|2 000|1 870
        Lekplatser|1 500|0|1 500|1 310
        Idrottshall|65 000|12 400|30 000|28 900
        Kök|4 000|1 000|3 000|2 950
        It-utrustning|1 200|0|1 200|1 190
        """,
        grade="unproved",
    ),
    "what remains of projects": Case(
        """
        Projekt|Projektnr|Slutår|Budget|Utfall|Återstår|Förbrukat %
        Ny förskola|51023|2026|42 000|31 500|10 500|75
        Idrottshall|51044|2027|65 000|12 350|52 650|19
        Kök|51101|2025|4 000|1 000|3 000|25
        Gata|52003|2025|2 000|1 200|800|60
        Park|52007|2025|3 000|1 500|1 500|50
        Summa|||116 000|47 550|68 450|41
        """,
        spoil=(5, 5, "1 600"),
        found=(("sum", "3000"), ("sum", "68450")),
    ),
    "income, cost and net twice, with kommunbidrag and resultat": Case(
        """
        |Budget 2024|Budget 2024|Budget 2024|Prognos 2024|Prognos 2024|Prognos 2024|Avvikelse
        Verksamhet|Intäkter|Kostnader|Netto|Intäkter|Kostnader|Netto|Netto
        Nämnd|120|-8 420|-8 300|130|-8 390|-8 260|40
        Förskola|18 400|-214 600|-196 200|18 100|-216 000|-197 900|-1 700
        Grundskola|31 200|-402 800|-371 600|32 050|-404 450|-372 400|-800
        Fritidshem|9 900|-61 000|-51 100|10 020|-60 220|-50 200|900
        Summa|59 620|-686 820|-627 200|60 300|-689 060|-628 760|-1 560
        Kommunbidrag|627 200|0|627 200|627 200|0|627 200|0
        Resultat|686 820|-686 820|0|687 500|-689 060|-1 560|-1 560
        """,
        header=2,
        spoil=(4, 7, "-900"),  # it was a plus
        found=(("difference", "-900"),),
    ),
    "costs in parentheses": Case(
        """
        mkr|Utfall 2024|Budget 2024|Avvikelse|Utfall 2023
        Verksamhetens intäkter|412,3|405,0|7,3|398,1
        Verksamhetens kostnader|(1 812,4)|(1 795,0)|(17,4)|(1 733,9)
        Avskrivningar|(88,1)|(90,0)|1,9|(84,0)
        Verksamhetens nettokostnader|(1 488,2)|(1 480,0)|(8,2)|(1 419,8)
        Skatteintäkter|1 205,5|1 198,0|7,5|1 166,2
        Generella statsbidrag|321,0|318,0|3,0|300,4
        Verksamhetens resultat|38,3|36,0|2,3|46,8
        Finansiella intäkter|12,4|10,0|2,4|9,0
        Finansiella kostnader|(21,0)|(20,0)|(1,0)|(15,1)
        Årets resultat|29,7|26,0|3,7|40,7
        """,
        unit="mkr",
        spoil=(10, 4, "41,7"),
        found=(("sum", "41.7"),),
    ),
    "a result that is little beside what it is worked out of": Case(
        """
        Resultaträkning|Budget 2024|Utfall 2024|Differens|Utfall 2023
        Intäkter|45,0|47,2|2,2|44,1
        Personalkostnader|-310,0|-315,5|-5,5|-301,0
        Lokalkostnader|-52,0|-51,0|1,0|-50,0
        Övriga kostnader|-80,0|-82,1|-2,1|-77,3
        Summa kostnader|-442,0|-448,6|-6,6|-428,3
        Nettokostnader|-397,0|-401,4|-4,4|-384,2
        Kommunbidrag|397,0|397,0|0,0|385,0
        Årets resultat|0,0|-4,4|-4,4|0,8
        """,
        unit="mkr",
        spoil=(8, 4, "1,8"),
        found=(("sum", "1.8"),),
    ),
    "staff by kind and sex": Case(
        """
        Anställda|Kvinnor|Män|Totalt|Andel kvinnor
        Tillsvidare|812|143|955|85 %
        Visstid|96|31|127|76 %
        Timavlönade|204|98|302|68 %
        Summa|1 112|272|1 384|80 %
        """,
        unit="",
        spoil=(2, 1, "86"),
        found=(("percentage", "76"), ("sum", "127"), ("sum", "1112")),
    ),
    "sick leave by age adds up to nothing": Case(
        """
        Sjukfrånvaro|Totalt 2024|Kvinnor 2024|Män 2024|Totalt 2023|Förändring
        –29 år|5,8|6,4|3,9|6,3|-0,5
        30–49 år|6,6|7,3|4,0|6,9|-0,3
        50 år–|7,9|8,6|5,2|8,1|-0,2
        Totalt|7,1|7,8|4,6|7,4|-0,3
        varav > 60 dagar|38,2|40,1|30,0|41,0|-2,8
        """,
        grade="consistent",
        unit="%",
        spoil=(1, 5, "-0,8"),
        found=(("difference", "-0.8"),),
    ),
    "set the other way, with a row of per cent": Case(
        """
        tkr|Förskola|Skola|Kultur|Totalt
        Budget 2024|210 000|402 000|31 000|643 000
        Utfall 2024|211 400|398 700|31 900|642 000
        Avvikelse|-1 400|3 300|-900|1 000
        Utfall 2023|200 100|391 000|30 200|621 300
        Förändring %|5,6|2,0|5,6|3,3
        """,
        spoil=(4, 4, "631 300"),
        found=(("sum", "631300"),),
    ),
    "budget, change and plans": Case(
        """
        |Bokslut 2023|Budget 2024|Budget 2025|Förändring 24–25|Plan 2026
        Förskola|200 100|210 000|214 000|4 000|219 000
        Skola|391 000|402 000|409 000|7 000|415 000
        Kultur|30 200|31 000|30 500|-500|30 500
        Summa|621 300|643 000|653 500|10 500|664 500
        """,
        spoil=(2, 4, "6 000"),
        found=(("difference", "6000"),),
    ),
    "risk before and after": Case(
        """
        Risk|Sannolikhet|Konsekvens|Riskvärde (S×K)|Åtgärd|Sannolikhet efter|Konsekvens efter
        Personalbrist|4|3|12|Rekrytera|2|3
        Intrång|2|4|8|Utbilda|1|4
        Fel beslut|3|3|9|Rutin|2|3
        """,
        grade="consistent",
        unit="",
        spoil=(2, 3, "6"),
        found=(("risk_value", "6"),),
    ),
    "month, accumulated and year": Case(
        """
        |Aug 2024|Ack utfall aug 2024|Ack budget aug 2024|Avvikelse ack|Årsbudget|Årsprognos
        Personal|-20 100|-160 900|-161 200|300|-241 800|-241 000
        Hyror|-5 000|-40 000|-40 000|0|-60 000|-60 000
        Övrigt|-2 100|-17 300|-16 600|-700|-24 900|-25 700
        Summa|-27 200|-218 200|-217 800|-400|-326 700|-326 700
        """,
        spoil=(4, 5, "-327 700"),
        found=(("sum", "-327700"),),
    ),
    "parts stand between the rows that add up": Case(
        """
        |Budget 2024|Utfall 2024|Avvikelse
        Äldreomsorg|412 300|415 100|-2 800
        varav hemtjänst|120 000|124 500|-4 500
        varav särskilt boende|292 300|290 600|1 700
        Funktionsstöd|210 400|208 900|1 500
        - varav LSS|180 000|179 000|1 000
        Individ- och familjeomsorg|98 700|101 200|-2 500
        Totalt|721 400|725 200|-3 800
        """,
        spoil=(7, 2, "726 200"),
        found=(("sum", "726200"),),
    ),
    "shares of the total": Case(
        """
        Verksamhet|Nettokostnad 2024|Andel %
        Förskola|200 100|32,1
        Skola|391 000|62,7
        Kultur|30 200|4,8
        Fritid|2 000|0,3
        Totalt|623 300|100,0
        """,
        spoil=(3, 2, "5,8"),
        found=(("percentage", "5.8"),),
    ),
    "quarters and their total": Case(
        """
        Ärenden|Kvartal 1|Kvartal 2|Kvartal 3|Kvartal 4|Totalt 2024
        Bygglov|112|140|98|90|440
        Tillsyn|22|31|25|18|96
        Anmälan|60|72|55|61|248
        """,
        unit="st",
        spoil=(3, 5, "258"),
        found=(("sum", "258"),),
    ),
    "a deviation in per cent": Case(
        """
        |Budget|Utfall|Avvikelse|Avvikelse %
        Gator|42 000|40 740|1 260|3,0
        Park|12 000|12 600|-600|-5,0
        Vinter|9 000|11 250|-2 250|-25,0
        Belysning|5 000|4 900|100|2,0
        Summa|68 000|69 490|-1 490|-2,2
        """,
        spoil=(3, 4, "-20,0"),
        found=(("percentage", "-20.0"),),
    ),
    "this forecast and the one before": Case(
        """
        Nämnd|Budget|Prognos|Avvikelse|Föregående prognos|Förändring
        Kommunstyrelsen|120,4|119,0|1,4|120,0|1,0
        Barn och utbildning|812,0|819,5|-7,5|816,0|-3,5
        Vård och omsorg|640,2|652,9|-12,7|650,2|-2,7
        Teknik|88,1|87,0|1,1|87,5|0,5
        Totalt|1 660,7|1 678,4|-17,7|1 673,7|-4,7
        """,
        unit="mkr",
        spoil=(3, 3, "-11,7"),
        found=(("difference", "-11.7"),),
    ),
    "rounded one by one": Case(
        """
        mnkr|2023|2024|Förändring|%
        Löner|301,4|315,5|14,2|4,7
        Hyror|50,0|51,0|1,0|2,0
        Övrigt|77,3|82,1|4,8|6,2
        Summa|428,6|448,6|20,0|4,7
        """,
        unit="mkr",
        spoil=(1, 3, "15,2"),
        found=(("difference", "15.2"),),
    ),
    "who is counted once only": Case(
        """
        Antal brukare|2023|2024
        Hemtjänst|812|798
        Trygghetslarm|140|151
        Matdistribution|60|55
        Totalt antal unika brukare|942|925
        """,
        grade="unproved",
        unit="st",
    ),
    "a sum that leaves a row out": Case(
        """
        |Budget 2025
        Äldreomsorg|412 300
        Interna poster|12 500
        Summa exkl. interna poster|412 300
        """,
        grade="unproved",
    ),
}
SPOILT = {name: case for name, case in CASES.items() if case.spoil}


def alarms(case: Case, rows: list[list[str]]) -> tuple[str, list[Finding]]:
    page = PrintedPage()
    page.table(rows, header=case.header, unit=case.unit)
    found = checked(page, identity=ANNUAL)
    told = [finding for finding in found.findings if not finding.explained_by_rounding]
    return found.tables[0].grade, told


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_correct_table_raises_no_alarm(case: Case) -> None:
    grade, told = alarms(case, rows_of(case.text))
    assert [finding.message for finding in told] == []
    assert grade == case.grade


@pytest.mark.parametrize("case", SPOILT.values(), ids=SPOILT)
def test_one_wrong_number_is_found(case: Case) -> None:
    rows = rows_of(case.text)
    assert case.spoil
    row, column, text = case.spoil
    rows[row + case.header - 1][column] = text
    grade, told = alarms(case, rows)
    assert grade == "contradicted"
    assert sorted((f.kind, str(f.stated)) for f in told) == sorted(case.found)
    assert all(any(text in place.quote for place in f.places) for f in told)


OUTCOMES = """
    |Budget 2024|Utfall 2024|Avvikelse
    Hemtjänst|-120 000|-124 500|-4 500
    Särskilt boende|-210 000|-208 200|1 800
    Summa|-330 000|-332 700|-2 700
    """


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [
        ("Hemtjänst: utfallet 2024 blev 124,5 mnkr, vilket är 4,5 mnkr högre än budget.", []),
        ("Hemtjänst kostade 2024 124,5 mnkr, 4,5 mnkr mer än budget.", []),
        ("Utfallet för hemtjänst 2024 blev 124,5 mnkr jämfört med budgeterade 120,0 mnkr.", []),
        ("Hemtjänst redovisar för 2024 ett underskott på 4,5 mnkr.", []),
        ("Resultatet ökade från -12 mkr till -8 mkr.", []),
        ("Hyrorna minskar inte utan ökar från 12 mkr till 13 mkr.", []),
        ("Antalet brukare ökade från 812 år 2023 till 840 år 2024.", []),
        ("Nämnden har 215 anställda, 180 kvinnor och 35 män.", []),
        ("Utfallet för hemtjänst 2024 blev 134,5 mnkr.", ["text_table"]),
        ("Hemtjänst redovisar för 2024 ett överskott på 4,5 mnkr.", ["direction"]),
        ("Under 2024 ökade antalet ärenden från 812 till 798.", ["direction"]),
        ("Nämnden har totalt 215 anställda varav 180 kvinnor och 25 män.", ["sum"]),
    ],
)
def test_a_sentence_beside_a_table(sentence: str, kinds: list[str]) -> None:
    page = PrintedPage()
    page.table(rows_of(OUTCOMES))
    page.paragraph(sentence)
    told = [f for f in checked(page, identity=ANNUAL).findings if not f.explained_by_rounding]
    assert [finding.kind for finding in told] == kinds


@pytest.mark.parametrize(("year", "kinds"), [("2023", []), ("2024", ["sum"])])
def test_a_count_is_compared_with_a_table_of_its_own_year(year: str, kinds: list[str]) -> None:
    page = PrintedPage()
    page.paragraph(f"I december {year} hade förvaltningen 870 tillsvidareanställda.")
    page.table(
        rows_of(
            """
            Verksamhet|Antal tillsvidareanställda 2024
            Förskola|320
            Grundskola|410
            Kultur|129
            """
        ),
        unit="",
    )
    assert [finding.kind for finding in checked(page, identity=ANNUAL).findings] == kinds


def test_two_units_with_the_same_indicators_are_not_one() -> None:
    page = PrintedPage()
    for heading, values in (
        ("Förskola", ("7,2", "212,0", "78", "11,4")),
        ("Grundskola", ("7,6", "220,0", "78", "10,9")),
    ):
        page.heading(heading)
        labels = ("Sjukfrånvaro, %", "Antal årsarbetare", "Engagemang, index", "Omsättning, %")
        rows = [[label, value] for label, value in zip(labels, values, strict=True)]
        page.table([["Nyckeltal", "Utfall 2024"], *rows], unit="")
    assert checked(page, identity=ANNUAL).findings == ()


def test_a_table_repeated_with_one_other_number() -> None:
    page = PrintedPage()
    text = "Nyckeltal|Utfall 2024\nSjukfrånvaro|7,2\nPersonalomsättning|11,4\nNöjda brukare|84,0"
    page.table(rows_of(text), unit="%")
    page.table(rows_of(text.replace("11,4", "11,9")), unit="%")
    (finding,) = checked(page, identity=ANNUAL).findings
    assert (finding.kind, finding.stated, finding.expected) == (
        "repeated",
        Decimal("11.4"),
        Decimal("11.9"),
    )


@pytest.mark.parametrize(("total", "kinds"), [("1 065", []), ("1 165", ["sum"])])
def test_a_total_beside_means_and_costs_per_head(total: str, kinds: list[str]) -> None:
    page = PrintedPage()
    page.table(
        rows_of(
            f"""
            Skola|Antal elever|Meritvärde|Kostnad per elev (kr)
            Ängsskolan|312|221|112 000
            Bergaskolan|298|232|125 000
            Centralskolan|455|218|118 000
            Totalt|{total}|223|118 200
            """
        ),
        unit="",
    )
    assert [finding.kind for finding in checked(page, identity=ANNUAL).findings] == kinds


def test_forecasts_made_in_april_and_in_august_are_two() -> None:
    page = PrintedPage()
    for month, value in (("april", "412,3"), ("augusti", "415,1")):
        rows = [["mkr", f"Prognos {month} 2024"], ["Äldreomsorg", value], ["IFO", "98,7"]]
        page.table(rows, unit="mkr")
    assert checked(page, identity=INTERIM).findings == ()


def test_a_wrong_risk_value_under_short_heads() -> None:
    page = PrintedPage()
    page.table(rows_of("Risk|S|K|Riskvärde\nHot|2|4|6\nBrist|3|4|12\nFel|3|3|9"), unit="")
    assert [finding.kind for finding in checked(page, identity=ANNUAL).findings] == ["risk_value"]

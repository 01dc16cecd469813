"""A budget of culture and leisure and a plan of environmental control, both invented.

Nothing in the product was written with these municipalities in mind.
"""

from __future__ import annotations

from strangers_shape import Caption, Heading, PrintedTable, Prose, Row, Stranger, one

_EKVALLA_BUDGET = PrintedTable(
    "Verksamhet",
    (
        one("Kostnader 2026", "2026", "budget"),
        one("Intäkter 2026", "2026", "budget"),
        one("Netto 2026", "2026", "budget"),
        one("Netto 2025", "2025", "budget"),
    ),
    (
        Row("Bibliotek", "24,6 | 1,2 | 23,4 | 22,9"),
        Row("Kulturskola", "13,8 | 1,9 | 11,9 | 12,3"),
        Row("Fritidsgårdar", "9,7 | 0,4 | 9,3 | 8,8"),
        Row("Simhall", "21,5 | 7,6 | 13,9 | 13,1"),
        Row("Idrottsplatser", "18,2 | 3,3 | 14,9 | 15,4"),
        Row("Föreningsbidrag", "8,5 | 0,0 | 8,5 | 8,5"),
        Row("Förvaltningsledning", "5,1 | 0,1 | 5,0 | 4,9"),
        Row("Summa", "101,4 | 14,5 | 86,9 | 85,9"),
    ),
    unit="mkr",
)
# the total is of three years, and so of none of them
_EKVALLA_INVESTMENTS = PrintedTable(
    "Objekt",
    (
        one("2026", "2026", "plan"),
        one("2027", "2027", "plan"),
        one("2028", "2028", "plan"),
        one("Totalt", "", "plan"),
    ),
    (
        Row("Ny simhall", "6,0 | 48,0 | 62,0 | 116,0"),
        Row("Konstgräsplan Lunda", "7,5 | – | – | 7,5"),
        Row("Bokbuss", "– | 4,8 | – | 4,8"),
        Row("Reinvesteringar", "2,0 | 2,0 | 2,0 | 6,0"),
        Row("Summa", "15,5 | 54,8 | 64,0 | 134,3"),
    ),
    unit="mkr",
    grid=False,
)
_EKVALLA_FEES = PrintedTable(
    "Avgift",
    (one("2025", "2025"), one("2026", "2026")),
    (
        Row("Simhall, vuxen", "75 | 85"),
        Row("Simhall, barn", "40 | 40"),
        Row("Kulturskola, per termin", "850 | 950"),
        Row("Hyra sporthall, per timme", "210 | 225"),
        Row("Årskort gym", "3 200 | 3 350"),
    ),
    unit="kr",
    total=False,
)
EKVALLA = Stranger(
    "kfn-budget-2026",
    "Ekvalla",
    "Kultur- och fritidsnämnden",
    "Budget 2026 med investeringsplan 2026–2028",
    "Kultur- och fritidsnämnden, Ekvalla kommun. Antagen 2025-11-12",
    "Kultur- och fritidsnämnden i Ekvalla kommun, budget 2026",
    (
        (
            Heading("Ekonomisk ram"),
            Prose(
                "Nämndens ram ökar med 1,0 mnkr till 86,9 mnkr. Löneökningar ger 2,1 mnkr medan en"
                " besparing om 1,1 mnkr läggs på idrottsplatserna och kulturskolan. Ekvalla hade"
                " 18 420 invånare vid årsskiftet."
            ),
            Heading("Driftbudget per verksamhet"),
            Caption("mnkr"),
            _EKVALLA_BUDGET,
            Heading("Mål 2026"),
            Prose(
                "Antalet biblioteksbesök ska öka till 6,5 per invånare. Utfallet 2024 var 5,9."
                " Andelen unga som är nöjda med fritidsgårdarna ska vara minst 80 procent; i den"
                " senaste mätningen var den 73 procent."
            ),
        ),
        (
            Heading("Investeringsplan, mnkr"),
            _EKVALLA_INVESTMENTS,
            Heading("Avgifter"),
            Caption("kronor"),
            _EKVALLA_FEES,
            Prose(
                "Simhallen stängs i åtta veckor sommaren 2026 för byte av reningsverk. Bortfallet"
                " av intäkter beräknas till 0,6 mnkr. Kulturskolan har 415 elever och 88 barn i kö."
            ),
        ),
    ),
)

_STENFORS_GOALS = PrintedTable(
    "Indikator",
    (
        one("Utfall 2023", "2023", "utfall"),
        one("Utfall 2024", "2024", "utfall"),
        one("Mål 2025", "2025", "målvärde"),
        one("Mål 2027", "2027", "målvärde"),
    ),
    (
        Row("Andel livsmedelsanläggningar utan avvikelse, %", "71 | 74 | 78 | 82", unit="%"),
        Row("Nöjd-kund-index, företag", "68 | 72 | 74 | 76", unit="poäng"),
        Row("Andel ärenden beslutade inom tre veckor, %", "81 | 77 | 90 | 95", unit="%"),
        Row("Handläggningstid i snitt, dagar", "19 | 23 | 18 | 15", unit="dagar"),
    ),
    total=False,
)
_STENFORS_VOLUMES = PrintedTable(
    "",
    (
        one("Utfall 2023", "2023", "utfall"),
        one("Utfall 2024", "2024", "utfall"),
        one("Plan 2025", "2025", "plan"),
    ),
    (
        Row("Planerade livsmedelskontroller", "412 | 398 | 430"),
        Row("Genomförda livsmedelskontroller", "389 | 401 | –"),
        Row("Klagomål om eldning", "54 | 61 | 55"),
        Row("Inventerade enskilda avlopp", "140 | 165 | 200"),
        Row("Klagomål om buller", "97 | 118 | 110"),
    ),
    grid=False,
    total=False,
)
_STENFORS_ECONOMY = PrintedTable(
    "",
    (
        one("Utfall 2023", "2023", "utfall"),
        one("Budget 2024", "2024", "budget"),
        one("Budget 2025", "2025", "budget"),
    ),
    (
        Row("Tillsynsavgifter", "4 870 | 5 100 | 5 450"),
        Row("Övriga intäkter", "310 | 250 | 250"),
        Row("Personalkostnader", "−10 940 | −11 600 | −12 150"),
        Row("Lokaler", "−820 | −840 | −865"),
        Row("Övriga kostnader", "−1 460 | −1 510 | −1 485"),
        Row("Nettokostnad", "−8 040 | −8 600 | −8 800"),
    ),
    unit="tkr",
)
_STENFORS_RISKS = PrintedTable(
    "Risk",
    (
        one("Sannolikhet", "2025", "sannolikhet"),
        one("Konsekvens", "2025", "konsekvens"),
        one("Riskvärde", "2025", "riskvärde"),
        one("Hantering", "2025"),
    ),
    (
        Row("Brist på livsmedelsinspektörer", "4 | 3 | 12 | Åtgärdas"),
        Row("Fel i fakturering av tillsynsavgifter", "2 | 3 | 6 | Bevakas"),
        Row("Otillåten påverkan mot inspektör", "3 | 4 | 12 | Åtgärdas"),
        Row("Föråldrat verksamhetssystem", "3 | 2 | 6 | Accepteras"),
        Row("Bristande diarieföring", "2 | 2 | 4 | Accepteras"),
    ),
    unit="risk",
    total=False,
)
STENFORS = Stranger(
    "mn-verksamhetsplan-2025",
    "Stenfors",
    "Miljönämnden",
    "Verksamhetsplan 2025",
    "Miljönämnden, Stenfors kommun",
    "Miljönämnden, Stenfors kommun: verksamhetsplan 2025",
    (
        (
            Heading("Mål och indikatorer"),
            _STENFORS_GOALS,
            Heading("Tillsyn"),
            Prose(
                "Tillsynsbehovet är 9 400 timmar men resurserna räcker till 8 250 timmar."
                " Timavgiften 2025 är 1 295 kronor, att jämföra med 1 240 kronor året innan."
                " Nämnden har 14 inspektörer."
            ),
            Heading("Volymer"),
            _STENFORS_VOLUMES,
        ),
        (
            Heading("Ekonomi"),
            Caption("Budget 2025, tkr. Kostnader med minustecken."),
            _STENFORS_ECONOMY,
            Heading("Risker"),
            _STENFORS_RISKS,
            Prose(
                "Risken för brist på inspektörer hanteras genom samverkan med grannkommunerna och"
                " ett traineeprogram med två platser."
            ),
        ),
    ),
)

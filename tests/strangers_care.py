"""A follow-up of social services and an annual report of schools, both invented.

Nothing in the product was written with these municipalities in mind.
"""

from __future__ import annotations

from strangers_shape import Caption, Column, Heading, PrintedTable, Prose, Row, Stranger, one

JAN_OCT_2023, JAN_OCT_2024 = "2023-01/2023-10", "2024-01/2024-10"

_BJORKSATRA_ECONOMY = PrintedTable(
    "Verksamhet",
    (
        one("Budget\nhelår 2024", "2024", "budget"),
        one("Budget\njan–okt", JAN_OCT_2024, "budget"),
        one("Utfall\njan–okt 2024", JAN_OCT_2024, "utfall"),
        one("Utfall\njan–okt 2023", JAN_OCT_2023, "utfall"),
        one("Prognos\nhelår", "2024", "prognos"),
        one("Avvikelse", "2024", "avvikelse"),
    ),
    (
        Row("Nämnd och ledning", "12 400 | 10 330 | 9 870 | 9 940 | 12 000 | 400"),
        Row("Äldreomsorg", "318 500 | 265 420 | 271 860 | 258 300 | 326 100 | −7 600"),
        Row(
            "varav hemtjänst",
            "121 300 | 101 080 | 106 940 | 99 700 | 128 200 | −6 900",
            under="Äldreomsorg",
        ),
        Row(
            "varav särskilt boende",
            "197 200 | 164 340 | 164 920 | 158 600 | 197 900 | −700",
            under="Äldreomsorg",
        ),
        Row("Funktionsstöd", "164 200 | 136 830 | 135 010 | 131 200 | 162 300 | 1 900"),
        Row("Individ- och familjeomsorg", "98 700 | 82 250 | 88 430 | 79 640 | 105 600 | −6 900"),
        Row("Totalt", "593 800 | 494 830 | 505 170 | 479 080 | 606 000 | −12 200"),
    ),
    unit="tkr",
)
_BJORKSATRA_KINDS = PrintedTable(
    "",
    (
        one("Budget", JAN_OCT_2024, "budget"),
        one("Utfall", JAN_OCT_2024, "utfall"),
        one("Avvikelse", JAN_OCT_2024, "avvikelse"),
    ),
    (
        Row("Personalkostnader", "341 200 | 349 700 | −8 500"),
        Row("Köp av verksamhet", "88 400 | 96 150 | −7 750"),
        Row("Lokalkostnader", "41 300 | 40 980 | 320"),
        Row("Övriga kostnader", "52 630 | 50 790 | 1 840"),
        Row("Summa kostnader", "523 530 | 537 620 | −14 090"),
        Row("Intäkter", "28 700 | 32 450 | 3 750"),
        Row("Nettokostnad", "494 830 | 505 170 | −10 340"),
    ),
    unit="tkr",
    grid=False,
)
_BJORKSATRA_VOLUMES = PrintedTable(
    "",
    (
        one("Juli", "2024-07/2024-07"),
        one("Augusti", "2024-08/2024-08"),
        one("September", "2024-09/2024-09"),
        one("Oktober", "2024-10/2024-10"),
        one("Snitt 2023", "2023"),
    ),
    (
        Row("Hushåll med försörjningsstöd", "212 | 205 | 198 | 203 | 231", unit="st"),
        Row("Utförda hemtjänsttimmar", "18 420 | 18 655 | 17 980 | 18 240 | 17 310"),
        Row("Placerade barn och unga", "34 | 35 | 37 | 38 | 29", unit="personer"),
        Row("Vårddygn HVB", "612 | 640 | 655 | 671 | 498"),
        Row("Sjukfrånvaro, %", "6,1 | 6,4 | 7,2 | 7,9 | 7,4", unit="%", measure="andel"),
    ),
    total=False,
)
BJORKSATRA = Stranger(
    "son-manadsuppfoljning-okt-2024",
    "Björksätra",
    "Socialnämnden",
    "Månadsuppföljning oktober 2024",
    "Socialnämnden, Björksätra kommun",
    "Socialnämnden, Björksätra kommun – månadsuppföljning oktober 2024",
    (
        (
            Heading("Sammanfattning"),
            Prose(
                "Socialnämnden prognostiserar ett underskott på 12,2 mnkr för helåret 2024. I"
                " septemberuppföljningen var det prognostiserade underskottet 10,9 mnkr. Det är"
                " främst hemtjänsten och placeringar av barn och unga som kostar mer än budget."
            ),
            Prose(
                "Beslutade åtgärder beräknas minska kostnaderna med 3,4 mnkr i år och med 8,6 mnkr"
                " under 2025. Kostnaden per vårddygn på HVB är i snitt 5 850 kronor."
            ),
            Heading("Ekonomi per verksamhet"),
            Caption(
                "Tabell 1. Belopp i tkr. Kostnader anges utan tecken. Avvikelse = budget − prognos;"
                " minus betyder underskott."
            ),
            _BJORKSATRA_ECONOMY,
            Heading("Kommentar"),
            Prose(
                "Äldreomsorgen beräknas överskrida budgeten med 7,6 mnkr. Individ- och"
                " familjeomsorgen har ett underskott på 6,9 mnkr, varav placeringar av barn och"
                " unga står för 5,7 mnkr. Funktionsstöd lämnar ett överskott på 1,9 mnkr till"
                " följd av vakanser."
            ),
        ),
        (
            Heading("Ekonomi per kostnadsslag, januari–oktober 2024"),
            Caption("Tabell 2. Belopp i tkr"),
            _BJORKSATRA_KINDS,
            Heading("Volymer"),
            Caption("Tabell 3. Volymer per månad 2024"),
            _BJORKSATRA_VOLUMES,
            Heading("Personal"),
            Prose(
                "Sjukfrånvaron var 7,9 procent i oktober, en ökning med 0,7 procentenheter jämfört"
                " med september. Antalet årsarbetare var 612, vilket är 9 färre än i oktober förra"
                " året. Timanställda utförde 14 200 timmar."
            ),
        ),
    ),
)

_TALLBY_ECONOMY = PrintedTable(
    "Verksamhet",
    (
        one("Bokslut 2023", "2023", "utfall"),
        one("Budget 2024", "2024", "budget"),
        one("Bokslut 2024", "2024", "utfall"),
        one("Avvikelse 2024", "2024", "avvikelse"),
    ),
    (
        Row("Förskola", "182,4 | 190,0 | 186,3 | 3,7"),
        Row("Grundskola", "341,7 | 352,6 | 361,8 | −9,2"),
        Row("Gymnasieskola", "140,2 | 146,3 | 144,9 | 1,4"),
        Row("Vuxenutbildning", "18,6 | 19,0 | 20,1 | −1,1"),
        Row("Elevhälsa", "22,1 | 23,5 | 23,5 | 0,0"),
        Row("Summa", "705,0 | 731,4 | 736,6 | −5,2"),
    ),
    unit="mkr",
    grid=False,
)
_TALLBY_COST = PrintedTable(
    "",
    (one("2023", "2023"), one("2024", "2024"), one("Riket 2023", "2023")),
    (
        Row("Förskola, per inskrivet barn", "164 300 | 171 200 | 168 900"),
        Row("Grundskola, per elev", "126 400 | 133 900 | 129 800"),
        Row("Gymnasieskola, per elev", "142 100 | 145 700 | 148 300"),
    ),
    unit="kr",
    total=False,
)
_TALLBY_KEY_FIGURES = PrintedTable(
    "Nyckeltal",
    tuple(
        Column((year, who), year)
        for year in ("2022", "2023", "2024")
        for who in ("Flickor", "Pojkar", "Totalt")
    ),
    (
        Row(
            "Gymnasiebehörighet, %",
            "88,1 | 82,4 | 85,2 | 89,0 | 81,7 | 85,3 | 90,3 | 80,9 | 85,5",
            unit="%",
            measure="andel",
        ),
        Row("Meritvärde, poäng", "238 | 211 | 224 | 241 | 214 | 227 | 243 | 209 | 226", "poäng"),
        Row("Trygghet i skolan, %", "84 | 88 | 86 | 82 | 87 | 85 | 79 | 88 | 84", "%", "andel"),
        Row(
            "Gymnasieexamen inom 3 år, %",
            "74,2 | 66,1 | 70,0 | 75,0 | 67,3 | 71,0 | – | – | –",
            unit="%",
            measure="andel",
        ),
    ),
    total=False,
)
_TALLBY_STAFF = PrintedTable(
    "",
    tuple(
        Column((who, year), year)
        for who in ("Kvinnor", "Män", "Totalt")
        for year in ("2023", "2024")
    ),
    (
        Row(
            "Tillsvidareanställda, antal", "812 | 798 | 174 | 181 | 986 | 979", "personer", "antal"
        ),
        Row("Sjukfrånvaro, %", "7,8 | 7,1 | 4,6 | 4,9 | 7,1 | 6,6", "%", "andel"),
        Row("Medellön, kr per månad", "35 400 | 36 700 | 36 100 | 37 200 | 35 550 | 36 800", "kr"),
    ),
    total=False,
)
TALLBY = Stranger(
    "bun-arsredovisning-2024",
    "Tallby",
    "Barn- och utbildningsnämnden",
    "Årsredovisning 2024",
    "Barn- och utbildningsnämnden, Tallby kommun",
    "Barn- och utbildningsnämnden, Tallby kommun – årsredovisning 2024",
    (
        (
            Heading("Årets resultat"),
            Prose(
                "Nämnden redovisar ett underskott på 5,2 mnkr. Grundskolan överskred budgeten med"
                " 9,2 mnkr medan förskolan gav ett överskott på 3,7 mnkr. Resultatet 2023 var ett"
                " överskott på 2,6 mnkr."
            ),
            Caption("Driftredovisning, mnkr"),
            _TALLBY_ECONOMY,
            Caption("Nettokostnad per barn och elev, kronor"),
            _TALLBY_COST,
            Heading("Måluppfyllelse"),
            Prose(
                "Målet för 2024 var att 88 procent av eleverna i årskurs 9 skulle vara behöriga"
                " till gymnasiet. Utfallet blev 85,5 procent. Målet bedöms inte vara uppfyllt."
                " Målet att sjukfrånvaron ska vara högst 6,5 procent är delvis uppfyllt."
            ),
        ),
        (
            Heading("Nyckeltal"),
            Caption("Tabell 4. Resultat efter kön"),
            _TALLBY_KEY_FIGURES,
            Prose(
                "Andelen flickor som känner sig trygga i skolan har minskat med fem procentenheter"
                " sedan 2022. Uppgifter om gymnasieexamen för 2024 finns ännu inte."
            ),
            Heading("Personal"),
            Caption("Tabell 5. Medarbetare"),
            _TALLBY_STAFF,
            Prose(
                "Sjukfrånvaron sjönk från 7,1 till 6,6 procent. Det motsvarar ungefär fem"
                " heltidstjänster. Andelen behöriga förskollärare är 38 procent."
            ),
        ),
    ),
)

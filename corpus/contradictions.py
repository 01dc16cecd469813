"""Every planted contradiction, and what looks like one but is explained in the document."""

from corpus.planted import Planted, Spot

VON_ANNUAL_2023 = "norrvik-von-arsredovisning-2023"
VON_BUDGET_2024 = "norrvik-von-budget-2024"
VON_ANNUAL_2024 = "norrvik-von-arsredovisning-2024"
VON_CONTROL_2025 = "norrvik-von-internkontrollplan-2025"
BUN_INTERIM_2024, BUN_BUDGET_2025 = "norrvik-bun-delarsrapport-2024", "norrvik-bun-budget-2025"
BUN_PLAN_2025, BUN_ANNUAL_2024 = (
    "norrvik-bun-verksamhetsplan-2025",
    "norrvik-bun-arsredovisning-2024",
)
BUN_INTERIM_2025 = "norrvik-bun-delarsrapport-2025"

CONTRADICTIONS: tuple[Planted, ...] = (
    Planted(
        "m01", "text_table",
        (
            Spot(VON_ANNUAL_2023, "Hemtjänsten redovisar det största underskottet"),
            Spot(VON_ANNUAL_2023, "Hemtjänst", "Nettokostnad per verksamhet 2023"),
        ),
        "9,8 mnkr", "8,8 mnkr",
        "Texten säger att hemtjänstens underskott är 9,8 mnkr, men tabellens avvikelse är −8 760 "
        "tkr.",
    ),
    Planted(
        "m02", "sum",
        (Spot(VON_ANNUAL_2023, "Summa", "Investeringar 2023"),),
        "5 010", "5 100",
        "Utfallets summa går inte ihop: 1 940 + 1 785 + 655 + 720 är 5 100 tkr.",
    ),
    Planted(
        "m03", "difference",
        (Spot(VON_BUDGET_2024, "Särskilt boende", "Nettokostnad per verksamhet, tkr"),),
        "-14 000", "-15 000",
        "Förändringen mellan −272 900 och −287 900 tkr är −15 000 tkr; summaraden räknar med det.",
    ),
    Planted(
        "m04", "percentage",
        (Spot(VON_BUDGET_2024, "Ramen ökar med"),),
        "5,2 procent", "5,5 procent",
        "40,2 mnkr är 5,5 procent av ramen för 2023, 733,1 mnkr.",
    ),
    Planted(
        "m05", "restated",
        (
            Spot(VON_ANNUAL_2024, "Köp av tjänster", "Driftredovisning per kostnadsslag 2024"),
            Spot(VON_ANNUAL_2023, "Köp av tjänster", "Driftredovisning per kostnadsslag 2023"),
        ),
        "–138 310", "−137 910",
        "Utfallet 2023 för köp av tjänster är 400 tkr högre än i årsredovisningen för 2023, utan "
        "förklaring.",
    ),
    Planted(
        "m06", "restated",
        (
            Spot(VON_ANNUAL_2024, "Övriga kostnader", "Driftredovisning per kostnadsslag 2024"),
            Spot(VON_ANNUAL_2023, "Övriga kostnader", "Driftredovisning per kostnadsslag 2023"),
        ),
        "–58 620", "−59 020",
        "Utfallet 2023 för övriga kostnader är 400 tkr lägre än i årsredovisningen för 2023, utan "
        "förklaring.",
    ),
    Planted(
        "m07", "percentage",
        (Spot(VON_ANNUAL_2024, "Hälso- och sjukvård", "Nettokostnad per verksamhet 2024"),),
        "–3,7", "−3,1",
        "Avvikelsen −2 133 tkr är −3,1 procent av budgeten på −68 300 tkr.",
    ),
    Planted(
        "m08", "restated",
        (
            Spot(VON_ANNUAL_2024, "Hemtjänst, beviljade timmar", "Volymer 2024"),
            Spot(VON_BUDGET_2024, "Hemtjänst, beviljade timmar", "Volymer"),
        ),
        "247 500", "246 500",
        "Budgeten för 2024 byggde på 246 500 beviljade timmar; årsredovisningen säger 247 500.",
    ),
    Planted(
        "m09", "repeated",
        (
            Spot(VON_ANNUAL_2024, "Hela förvaltningen", "Sjukfrånvaro per avdelning"),
            Spot(VON_ANNUAL_2024, "Sjukfrånvaro, %", "Indikatorer 2024"),
        ),
        "8,7", "8,9",
        "Sjukfrånvaron 2024 för hela förvaltningen är 8,7 procent i en tabell och 8,9 i en annan.",
    ),
    Planted(
        "m10", "direction",
        (Spot(VON_ANNUAL_2024, "Kostnaden för inhyrd personal minskade"),),
        "minskade", "ökade",
        "Från 6,8 till 7,9 mnkr är en ökning.",
    ),
    Planted(
        "m11", "risk_value",
        (Spot(VON_CONTROL_2025, "Hot och våld vid ensamarbete nattetid.", "Riskanalys 2025"),),
        "6", "8",
        "Sannolikhet 2 gånger konsekvens 4 är 8. Delårsrapporten 2025 har 8 för samma risk.",
    ),
    Planted(
        "m12", "sum",
        (Spot(VON_CONTROL_2025, "Summa", "Resultat av kontrollerna 2024"),),
        "460", "450",
        "60 + 120 + 40 + 80 + 150 stickprov är 450, som texten också säger.",
    ),
    Planted(
        "m13", "text_table",
        (Spot(VON_CONTROL_2025, "Planen tar upp åtta risker"),),
        "åtta", "sju",
        "Riskanalysen i bilaga 1 har sju risker.",
    ),
    Planted(
        "m14", "text_table",
        (
            Spot(BUN_INTERIM_2024, "Grundskolan räknar med ett underskott på 13,5 mnkr"),
            Spot(BUN_INTERIM_2024, "Grundskola", "Nettokostnad per verksamhet, mnkr"),
        ),
        "13,5 mnkr", "15,3 mnkr",
        "Texten säger att grundskolans underskott för helåret blir 13,5 mnkr, men tabellens "
        "avvikelse är −15,3 mnkr.",
    ),
    Planted(
        "m15", "difference",
        (Spot(BUN_INTERIM_2024, "Gymnasieskola", "Nettokostnad per verksamhet, mnkr"),),
        "−3,9", "−3,7",
        "Budget 145,0 mnkr och utfall 148,7 mnkr ger avvikelsen −3,7; summaraden räknar med det.",
    ),
    Planted(
        "m16", "direction",
        (Spot(BUN_INTERIM_2024, "Antalet barn i förskolan ökar från"),),
        "ökar", "minskar",
        "Från 1 842 till 1 771 barn är en minskning.",
    ),
    Planted(
        "m17", "percentage",
        (Spot(BUN_BUDGET_2025, "mer än i budgeten för 2024, en ökning med"),),
        "3,3 procent", "3,7 procent",
        "46,8 mnkr är 3,7 procent av kommunbidraget för 2024, 1 255,5 mnkr.",
    ),
    Planted(
        "m18", "sum",
        (Spot(BUN_BUDGET_2025, "Summa", "Åtgärder för en budget i balans"),),
        "24,4", "23,4",
        "Effekten 2026 är 7,8 + 6,9 + 3,0 + 2,2 + 3,5, alltså 23,4 mnkr.",
    ),
    Planted(
        "m19", "restated",
        (
            Spot(BUN_PLAN_2025, "Gymnasieexamen inom fyra år, %", "Nämndens mål 2025"),
            Spot(BUN_BUDGET_2025, "Gymnasieexamen inom fyra år, %", "Mål för 2025"),
        ),
        "78,0", "77,0",
        "Målet för 2025 är 77,0 procent i budgeten och 78,0 i verksamhetsplanen, utan förklaring.",
    ),
    Planted(
        "m20", "risk_value",
        (
            Spot(
                BUN_PLAN_2025, "Skolor saknar legitimerade lärare i matematik och teknik.",
                "Risker 2025",
            ),
        ),
        "9", "12",
        "Sannolikhet 3 gånger konsekvens 4 är 12.",
    ),
    Planted(
        "m21", "text_table",
        (
            Spot(BUN_PLAN_2025, "De fyra lokalerna kostar tillsammans"),
            Spot(BUN_PLAN_2025, "Summa", "Årshyra för lokalerna"),
        ),
        "2,9 mnkr", "2,7 mnkr",
        "På den inskannade sidan säger texten 2,9 mnkr för 2025, men tabellens summa är 2,7 mnkr.",
    ),
    Planted(
        "m22", "restated",
        (
            Spot(BUN_ANNUAL_2024, "Gymnasieskola, elever", "Barn och elever 2024"),
            Spot(BUN_INTERIM_2024, "Gymnasieskola, elever", "Barn och elever"),
        ),
        "1 621", "1 612",
        "Antalet elever 2023 är 1 612 i delårsrapporten och 1 621 i årsredovisningen, utan "
        "förklaring.",
    ),
    Planted(
        "m23", "repeated",
        (
            Spot(BUN_ANNUAL_2024, "Lärare med legitimation, %", "Nyckeltal för medarbetare"),
            Spot(BUN_ANNUAL_2024, "Lärare med legitimation, %", "Mål och utfall 2024"),
        ),
        "74,3", "73,4",
        "Andelen lärare med legitimation 2024 är 74,3 procent i en tabell och 73,4 i en annan.",
    ),
    Planted(
        "m24", "percentage",
        (Spot(BUN_ANNUAL_2024, "Grundskola", "Nettokostnad per verksamhet 2024"),),
        "–4,3", "−3,4",
        "Avvikelsen −17,6 mnkr är −3,4 procent av budgeten på 510,5 mnkr.",
    ),
    Planted(
        "m25", "restated",
        (
            Spot(BUN_INTERIM_2025, "Anpassad skola, elever", "Barn och elever"),
            Spot(BUN_ANNUAL_2024, "Anpassad skola, elever", "Barn och elever 2024"),
        ),
        "73", "71",
        "Antalet elever 2024 är 71 i årsredovisningen och 73 i delårsrapporten 2025, utan "
        "förklaring.",
    ),
    Planted(
        "m26", "text_table",
        (
            Spot(BUN_INTERIM_2025, "Personalkostnaderna väntas bli 13,2 mnkr högre"),
            Spot(BUN_INTERIM_2025, "Personalkostnader", "Utfall och prognos per kostnadsslag"),
        ),
        "13,2 mnkr", "12,3 mnkr",
        "Texten säger 13,2 mnkr över budget för 2025, men tabellens avvikelse är −12,3 mnkr.",
    ),
)  # fmt: skip

EXPLAINED: tuple[Planted, ...] = (
    Planted(
        "f01", "restated",
        (
            Spot(VON_ANNUAL_2024, "Hemtjänst, personer", "Volymer 2024"),
            Spot(VON_ANNUAL_2023, "Hemtjänst, personer", "Volymer 2023"),
        ),
        "1 049", "1 061",
        "Antalet för 2023 är omräknat, och det står i texten före tabellen.",
    ),
    Planted(
        "f02", "restated",
        (
            Spot(BUN_ANNUAL_2024, "Fritidshem, elever", "Barn och elever 2024"),
            Spot(BUN_INTERIM_2024, "Fritidshem, elever", "Barn och elever"),
        ),
        "1 488", "1 514",
        "Antalet för 2023 är omräknat till en annan dag, och det står i texten före tabellen.",
    ),
    Planted(
        "f03", "restated",
        (
            Spot(BUN_ANNUAL_2024, "Vuxenutbildning", "Nettokostnad per verksamhet 2024"),
            Spot(BUN_INTERIM_2024, "Vuxenutbildning", "Nettokostnad per verksamhet, mnkr"),
        ),
        "29,5", "28,6",
        "0,9 mnkr av budgeten för 2024 flyttades från nämnd och ledning i november, och det står "
        "i kapitlet Ekonomi.",
    ),
    Planted(
        "f04", "restated",
        (
            Spot(BUN_ANNUAL_2024, "Nämnd och ledning", "Nettokostnad per verksamhet 2024"),
            Spot(BUN_INTERIM_2024, "Nämnd och ledning", "Nettokostnad per verksamhet, mnkr"),
        ),
        "65,1", "66,0",
        "0,9 mnkr av budgeten för 2024 flyttades till vuxenutbildningen i november, och det står "
        "i kapitlet Ekonomi.",
    ),
    Planted(
        "f05", "restated",
        (
            Spot(BUN_PLAN_2025, "Elever som känner sig trygga, %", "Nämndens mål 2025"),
            Spot(BUN_BUDGET_2025, "Elever som känner sig trygga, %", "Mål för 2025"),
        ),
        "86", "85",
        "Nämnden höjde målet i december efter elevrådens yttrande, och det står före tabellen.",
    ),
)  # fmt: skip
"""Differences that the document itself accounts for: no contradictions."""

"""Every planted contradiction, and what looks like one but is explained in the document."""

from corpus.planted import Planted, Spot

VON_ANNUAL_2023 = "norrvik-von-arsredovisning-2023"
VON_BUDGET_2024 = "norrvik-von-budget-2024"
VON_ANNUAL_2024 = "norrvik-von-arsredovisning-2024"
VON_CONTROL_2025 = "norrvik-von-internkontrollplan-2025"
VON_INTERIM_2025 = "norrvik-von-delarsrapport-2025"

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
)  # fmt: skip
"""Differences that the document itself accounts for: no contradictions."""

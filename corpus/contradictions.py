"""Every planted contradiction, and what looks like one but is explained in the document."""

from corpus.planted import Planted, Spot

VON_ANNUAL_2023 = "norrvik-von-arsredovisning-2023"
VON_BUDGET_2024 = "norrvik-von-budget-2024"

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
)  # fmt: skip

EXPLAINED: tuple[Planted, ...] = ()
"""Differences that the document itself accounts for: no contradictions."""

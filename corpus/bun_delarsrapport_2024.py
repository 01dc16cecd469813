"""No input; the interim report for 2024 of Norrvik's board for schools, as a web page."""

from corpus import bun_figures as bun
from corpus import bun_tables as rows
from corpus import bun_wordings as say
from corpus.bun_figures import prose
from corpus.house import PORTAL
from corpus.layout import Meta
from corpus.parts import Bullets, Document, H, P, Part, text_column, years
from corpus.swedish import MINUS, decimal, tkr
from corpus.tables import Column, Look, TableSpec

META = Meta(
    title="Delårsrapport januari–augusti 2024",
    board="Barn- och utbildningsnämnden",
    municipality="Norrviks kommun",
    decided="Beslutad av barn- och utbildningsnämnden 2024-10-02, § 88",
    reference="Diarienummer BUN 2024/00412",
    subtitle="",
)
YEAR_GAP = bun.deviation(bun.COST_TYPES, "budget_2024", "forecast_2024")
GAP = bun.deviation(bun.COST_TYPES, "interim_budget_2024", "interim_actual_2024")
BUDGET = bun.net(bun.COST_TYPES, "budget_2024")
WHOLE = ("budget_2024", "forecast_2024")
PART = ("interim_budget_2024", "interim_actual_2024")

ACCOUNTS = rows.interim_table(bun.COST_TYPES, 2024, "Utfall och prognos per kostnadsslag, mnkr")
ACTIVITIES = rows.interim_table(
    bun.ACTIVITIES, 2024, "Nettokostnad per verksamhet, mnkr",
    ("Gymnasieskola", 3, f"{MINUS}3,9"),  # 145,0 less 148,7
)  # fmt: skip
VOLUMES = TableSpec(
    "Barn och elever",
    [
        text_column("Volym", 62),
        *years(30, "utfall", 2023, title="Utfall {}"),
        *years(30, "budget", 2024, title="Budget {}"),
        *years(30, "prognos", 2024, title="Prognos {}"),
    ],
    rows.volume_rows("actual_2023", "budget_2024", "forecast_2024"),
    row_units=rows.VOLUME_UNITS,
)
MEASURED = [t for t in bun.TARGETS if t.august_2024 is not None]
GOALS = TableSpec(
    "Indikatorer i augusti",
    [
        text_column("Indikator", 74),
        *years(26, "utfall", 2023, title="Utfall {}"),
        *years(26, "målvärde", 2024, title="Mål {}"),
        Column("Augusti 2024", 28, measure="utfall", year=2024, months=rows.AUGUST),
    ],
    [
        [
            t.name,
            *(decimal(n, t.places) for n in (t.actual_2023, t.target_2024, t.august_2024)),
        ]
        for t in MEASURED
    ],
    row_units=[t.unit for t in MEASURED],
)

OPENING: list[Part] = [
    H(1, "Delårsrapport januari–augusti 2024"),
    P(
        "Norrviks kommun, barn- och utbildningsnämnden. Beslutad av nämnden 2024-10-02, § 88. "
        "Diarienummer BUN 2024/00412."
    ),
    P(
        f"Nämnden räknar med ett underskott på {prose(YEAR_GAP)} för helåret, "
        f"{rows.part_of(YEAR_GAP, BUDGET)} av kommunbidraget. Till och med augusti är underskottet "
        f"{prose(GAP)}. Grundskolan och den anpassade skolan står för det mesta, medan förskolan "
        "lämnar ett överskott."
    ),
    H(2, "Uppdraget"),
    P(say.ASSIGNMENT),
    H(2, "Händelser under perioden"),
    Bullets(
        [
            "Höstterminen började med 26 nya förstaklasser på elva skolor.",
            "Skolinspektionen avslutade sin tillsyn av Kvarnskolan utan anmärkning i maj.",
            "Hantverkshuset öppnade för bygg- och elprogrammen den 19 augusti.",
            "Skolskjutsarna fick ny entreprenör i juli. Under de första veckorna kom 140 klagomål.",
        ]
    ),
    P(say.PRESCHOOL_2024),
    P(say.ADAPTED_2024),
]

ECONOMY: list[Part] = [
    H(2, "Ekonomi"),
    P(say.SIGNS),
    P(
        f"Personalkostnaderna överskrider periodens budget med {prose(bun.STAFF.worse(*PART))}. "
        "Vikarier i grundskolan och resurser till enskilda elever förklarar två tredjedelar. Köp "
        f"av verksamhet går {prose(bun.SERVICES.worse(*PART))} över, främst för platser på "
        f"gymnasieskolor i andra kommuner. Intäkterna är {prose(bun.INCOME.worse(*PART))} högre än "
        "budget."
    ),
    ACCOUNTS,
    H(2, "Verksamheternas resultat"),
    P(
        "Grundskolan räknar med ett underskott på 13,5 mnkr för helåret. Sju av elva skolor har "
        "inte kunnat minska bemanningen i den takt som elevantalet kräver."
    ),
    P(
        f"Anpassad skola får ett underskott på {prose(bun.ADAPTED.worse(*WHOLE))} och "
        f"gymnasieskolan ett på {prose(bun.UPPER.worse(*WHOLE))}. Förskolans överskott beräknas "
        f"till {prose(bun.PRESCHOOL.worse(*WHOLE))}. Kulturskolan väntas följa sin budget."
    ),
    ACTIVITIES,
    P(say.SUBSTITUTES),
]

REST: list[Part] = [
    H(2, "Barn och elever"),
    P(
        f"Antalet barn i förskolan ökar från {tkr(bun.CHILDREN.actual_2023)} under 2023 till "
        f"{tkr(bun.CHILDREN.forecast_2024)} enligt prognosen för 2024. I grundskolan går "
        f"{bun.PUPILS.forecast_2024 - bun.PUPILS.budget_2024} fler elever än budgeterat, och i "
        f"anpassad skola {bun.ADAPTED_PUPILS.forecast_2024 - bun.ADAPTED_PUPILS.budget_2024} fler."
    ),
    VOLUMES,
    H(2, "Måluppfyllelse"),
    P(
        f"Andelen elever som är behöriga till gymnasieskolan ökade från {decimal(84.1)} till "
        f"{decimal(85.2)} procent men når inte årets mål. Frånvaron i grundskolan har minskat till "
        f"{decimal(8.2)} procent. Nämnden bedömer att målet för gruppernas storlek i förskolan nås."
    ),
    GOALS,
    P(say.DOCTOR),
    H(2, "Åtgärder och prognos"),
    P(
        "Nämnden beslutade i september om anställningsstopp på staben och om att resursfördelning "
        "till enskilda elever prövas på nytt inför varje termin. Åtgärderna väntas minska "
        "kostnaderna med 3,0 mnkr under hösten och är inräknade i prognosen."
    ),
    P(
        "Prognosen är osäker. Den bygger på att frånvaron bland personalen inte blir högre än i "
        "fjol och att 31 elever från grannkommunerna stannar i Norrviks gymnasieskola."
    ),
]

DOCUMENT = Document(
    say.INTERIM_2024,
    META,
    [*OPENING, *ECONOMY, *REST],
    house=PORTAL,
    look=Look(rules="zebra", separator=" "),
)

"""No input; the interim report for 2025 of Norrvik's board for schools, as a web page."""

from corpus import bun_figures as bun
from corpus import bun_tables as rows
from corpus import bun_wordings as say
from corpus.bun_figures import prose
from corpus.house import PORTAL
from corpus.layout import Meta
from corpus.norrvik_figures import total
from corpus.parts import Bullets, Document, H, P, Part, swapped, text_column, years
from corpus.swedish import decimal, tkr
from corpus.tables import Column, Look, TableSpec

META = Meta(
    title="Delårsrapport januari–augusti 2025",
    board="Barn- och utbildningsnämnden",
    municipality="Norrviks kommun",
    decided="Beslutad av barn- och utbildningsnämnden 2025-10-01, § 79",
    reference="Diarienummer BUN 2025/00398",
    subtitle="",
)
WHOLE = ("budget_2025", "forecast_2025")
PART = ("interim_budget_2025", "interim_actual_2025")
GAP, YEAR_GAP = bun.deviation(bun.COST_TYPES, *PART), bun.deviation(bun.COST_TYPES, *WHOLE)
BUDGET = bun.net(bun.COST_TYPES, "budget_2025")

ACCOUNTS = rows.interim_table(bun.COST_TYPES, 2025, "Utfall och prognos per kostnadsslag, mnkr")
ACTIVITIES = rows.interim_table(bun.ACTIVITIES, 2025, "Nettokostnad per verksamhet, mnkr")
_MEASURE_FIELDS = ("effect_2025", "forecast_2025", "missing_2025")
MEASURES = TableSpec(
    "Åtgärder för en budget i balans, mnkr",
    [
        text_column("Åtgärd", 74),
        Column("Planerad effekt 2025", 32, year=2025),
        *years(28, "prognos", 2025, title="Prognos {}"),
        Column("Avvikelse", 28, measure="avvikelse", year=2025),
    ],
    [
        *([m.name, *(rows.cell(getattr(m, f)) for f in _MEASURE_FIELDS)] for m in bun.MEASURES),
        ["Summa", *(rows.cell(total(bun.MEASURES, f)) for f in _MEASURE_FIELDS)],
    ],
    totals=1,
    unit=rows.UNIT,
)
_VOLUMES = [
    [v.name, tkr(v.actual_2024), tkr(v.budget_2025), tkr(forecast)]
    for v, forecast in zip(bun.VOLUMES, bun.FORECASTS_2025, strict=True)
]
VOLUMES = TableSpec(
    "Barn och elever",
    [
        text_column("Volym", 62),
        *years(30, "utfall", 2024, title="Utfall {}"),
        *years(30, "budget", 2025, title="Budget {}"),
        *years(30, "prognos", 2025, title="Prognos {}"),
    ],
    swapped(_VOLUMES, "Anpassad skola, elever", 1, tkr(73)),  # the annual report had 71
    row_units=rows.VOLUME_UNITS,
)
MEASURED = [
    (t, value) for t, value in zip(bun.TARGETS, bun.AUGUST_2025, strict=True) if value is not None
]
GOALS = TableSpec(
    "Indikatorer i augusti",
    [
        text_column("Indikator", 74),
        *years(26, "utfall", 2024, title="Utfall {}"),
        *years(26, "målvärde", 2025, title="Mål {}"),
        Column("Augusti 2025", 28, measure="utfall", year=2025, months=rows.AUGUST),
    ],
    [
        [t.name, *(decimal(n, t.places) for n in (t.actual_2024, t.target_2025, value))]
        for t, value in MEASURED
    ],
    row_units=[t.unit for t, _ in MEASURED],
)

OPENING: list[Part] = [
    H(1, "Delårsrapport januari–augusti 2025"),
    P(
        "Norrviks kommun, barn- och utbildningsnämnden. Beslutad av nämnden 2025-10-01, § 79. "
        "Diarienummer BUN 2025/00398."
    ),
    P(
        f"Nämndens prognos för 2025 är ett underskott på {prose(YEAR_GAP)}, "
        f"{rows.part_of(YEAR_GAP, BUDGET)} av kommunbidraget. Efter åtta månader är underskottet "
        f"{prose(GAP)}. Vid samma tid förra året var det "
        f"{prose(bun.deviation(bun.COST_TYPES, 'interim_budget_2024', 'interim_actual_2024'))}, "
        "och året slutade på ett underskott om "
        f"{prose(bun.deviation(bun.COST_TYPES, 'budget_2024', 'actual_2024'))}."
    ),
    H(2, "Händelser under perioden"),
    Bullets(
        [
            "Två lärgrupper för anpassad skola öppnade på Kvarnskolan den 18 augusti.",
            "Kommunen tecknade avtal om gemensam antagning till gymnasieskolan i juni.",
            "Björkängens förskola stängdes den 30 april.",
            "En lag om förbud mot mobiltelefoner i grundskolan förbereddes med eleverna i maj.",
        ]
    ),
    P(say.PRESCHOOL_2025),
    P(say.ADAPTED_2025),
]

ECONOMY: list[Part] = [
    H(2, "Ekonomi"),
    P(say.SIGNS),
    P(
        "Personalkostnaderna väntas bli 13,2 mnkr högre än budget under 2025. Köp av verksamhet "
        f"väntas gå {prose(bun.SERVICES.worse(*WHOLE))} över, nästan lika mycket som i "
        "förra årets prognos. Övriga "
        f"kostnader blir {prose(bun.OTHER.worse(*WHOLE))} lägre, eftersom inköpen av datorer "
        "skjuts upp till 2026."
    ),
    ACCOUNTS,
    P(
        f"Grundskolans underskott beräknas till {prose(bun.SCHOOL.worse(*WHOLE))}. Det är "
        f"{prose(bun.SCHOOL.worse('budget_2024', 'actual_2024') - bun.SCHOOL.worse(*WHOLE))} "
        "mindre än utfallet 2024. Gymnasieskolans underskott väntas bli "
        f"{prose(bun.UPPER.worse(*WHOLE))} och anpassad skola går "
        f"{prose(bun.ADAPTED.worse(*WHOLE))} över sin budget."
    ),
    ACTIVITIES,
    H(2, "Åtgärder"),
    P(
        f"Åtgärderna i budgeten skulle ge {prose(total(bun.MEASURES, 'effect_2025'))} under 2025. "
        f"Prognosen är {prose(total(bun.MEASURES, 'forecast_2025'))}. Klasserna i årskurs 7–9 "
        "kunde inte bli större på två av fyra skolor, och hyran för stängda förskolor löper vidare."
    ),
    MEASURES,
]

REST: list[Part] = [
    H(2, "Barn och elever"),
    P(
        "Antalet elever i gymnasieskolan ökar från "
        f"{tkr(bun.STUDENTS.actual_2024)} år 2024 till {tkr(bun.FORECASTS_2025[4])} enligt "
        "prognosen. Förskolan har färre barn än vad budgeten räknade med."
    ),
    VOLUMES,
    H(2, "Måluppfyllelse"),
    P(
        f"Behörigheten till gymnasieskolan är {decimal(86.1)} procent, en ökning sedan 2024 men "
        f"lägre än målet på {decimal(87.0)} procent. Barngrupperna i förskolan är mindre än målet. "
        "Gymnasieexamen och trygghet mäts först i december."
    ),
    GOALS,
    P(
        "Budgeten talar om högst 14,0 barn i genomsnitt. Nämnden bedömer att det målet nås för "
        "helåret, medan målen för frånvaro och sjukfrånvaro inte gör det."
    ),
]

DOCUMENT = Document(
    say.INTERIM_2025,
    META,
    [*OPENING, *ECONOMY, *REST],
    house=PORTAL,
    look=Look(rules="zebra", separator=" "),
)

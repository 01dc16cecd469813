"""No input; the budget for 2025 of Norrvik's board for schools, its text in two columns."""

from corpus import bun_figures as bun
from corpus import bun_tables as rows
from corpus import bun_wordings as say
from corpus.bun_figures import prose
from corpus.house import JOURNAL
from corpus.layout import Meta
from corpus.norrvik_figures import total
from corpus.parts import Bullets, Document, H, P, Part, text_column, years
from corpus.swedish import decimal, tkr
from corpus.tables import Column, Look, TableSpec

META = Meta(
    title="Budget 2025 med plan 2026–2027",
    board="Barn- och utbildningsnämnden",
    municipality="Norrviks kommun",
    decided="Beslutad av barn- och utbildningsnämnden 2024-11-20, § 103",
    reference="Diarienummer BUN 2024/00377",
    subtitle="Pengar, barn och mål för tre år",
)
BEFORE, FRAME = bun.net(bun.COST_TYPES, "budget_2024"), bun.net(bun.COST_TYPES, "budget_2025")
STEP = ("budget_2024", "budget_2025")

FRAME_STEPS = TableSpec(
    "Kommunbidragets förändring, mnkr",
    [text_column("Post", 110), Column("Belopp", 34)],
    [
        ["Kommunbidrag 2024", rows.cell(BEFORE)],
        *([name, rows.cell(amount)] for name, amount in bun.FRAME_2025),
        ["Kommunbidrag 2025", rows.cell(FRAME)],
    ],
    totals=1,
    unit=rows.UNIT,
)
ACCOUNTS = TableSpec(
    "Driftbudget per kostnadsslag, mnkr",
    [
        text_column("Kostnadsslag", 50),
        *years(30, "budget", 2024, 2025, title="Budget {}"),
        *years(30, "plan", 2026, 2027, title="Plan {}"),
    ],
    rows.account_rows(bun.COST_TYPES, *STEP, "plan_2026", "plan_2027"),
    totals=1,
    unit=rows.UNIT,
)


def _activity_rows() -> rows.Rows:
    plain = rows.account_rows(bun.ACTIVITIES, *STEP)
    changes = [a.budget_2025 - a.budget_2024 for a in bun.ACTIVITIES]
    return [
        [*row, rows.cell(change)]
        for row, change in zip(plain, [*changes, sum(changes)], strict=True)
    ]


ACTIVITIES = TableSpec(
    "Nettokostnad per verksamhet, mnkr",
    [
        text_column("Verksamhet", 60),
        *years(34, "budget", 2024, 2025, title="Budget {}"),
        Column("Förändring", 34, measure="förändring", year=2025),
    ],
    _activity_rows(),
    totals=1,
    unit=rows.UNIT,
)
MEASURES = TableSpec(
    "Åtgärder för en budget i balans, mnkr",
    [
        text_column("Åtgärd", 76),
        text_column("Ansvarig", 36),
        *years(28, "", 2025, 2026, title="Effekt {}"),
    ],
    [
        *([m.name, m.owner, rows.cell(m.effect_2025), rows.cell(m.effect_2026)]
          for m in bun.MEASURES),
        ["Summa", "", rows.cell(total(bun.MEASURES, "effect_2025")), "24,4"],  # it is 23,4
    ],
    totals=1,
    unit=rows.UNIT,
)  # fmt: skip
VOLUMES = TableSpec(
    "Barn och elever som budgeten bygger på",
    [
        text_column("Volym", 58),
        *years(29, "budget", 2024, 2025, title="Budget {}"),
        *years(29, "plan", 2026, 2027, title="Plan {}"),
    ],
    rows.volume_rows("budget_2024", "budget_2025", "plan_2026", "plan_2027"),
    row_units=rows.VOLUME_UNITS,
)
GOALS = TableSpec(
    "Mål för 2025",
    [
        text_column("Indikator", 76),
        *years(30, "utfall", 2023, title="Utfall {}"),
        *years(30, "målvärde", 2024, 2025, title="Mål {}"),
    ],
    rows.target_rows("actual_2023", "target_2024", "target_2025"),
    row_units=rows.TARGET_UNITS,
)

OPENING: list[Part] = [
    H(1, "Tre år i korthet"),
    P(
        f"Kommunbidraget till nämnden blir {prose(FRAME)} för 2025. Det är {prose(FRAME - BEFORE)} "
        "mer än i budgeten för 2024, en ökning med 3,3 procent. Löneökningar och fler elever tar "
        "större delen. Samtidigt ska nämnden effektivisera för "
        f"{prose(dict(bun.FRAME_2025)['Effektivisering'])}."
    ),
    P(
        "Delårsrapporten visar ett underskott för 2024 på "
        f"{prose(bun.deviation(bun.COST_TYPES, 'budget_2024', 'forecast_2024'))}. Budgeten för "
        "2025 täcker inte hela den nivån. Åtgärderna längre fram i handlingen behövs därför från "
        "och med vårterminen."
    ),
    H(2, "Uppdraget"),
    P(say.ASSIGNMENT),
    H(2, "Det här är nytt 2025"),
    Bullets(
        [
            "Två lärgrupper för anpassad skola öppnas på Kvarnskolan i augusti.",
            "Fyra förskoleavdelningar stängs när barnen blir färre.",
            "Skolskjutsar för grundskola och gymnasieskola planeras tillsammans.",
            "Statsbidraget för lärarassistenter upphör och ersätts inte fullt ut.",
        ]
    ),
    P(say.CHILD_RIGHTS),
    P(say.READING),
    FRAME_STEPS,
]

MONEY: list[Part] = [
    H(1, "Driftbudget"),
    P(
        f"Personalkostnaderna budgeteras till {prose(bun.STAFF.budget_2025)}. Lokalerna kostar "
        f"{prose(bun.PREMISES.budget_2025 - bun.PREMISES.budget_2024)} mer än året innan sedan "
        "Hantverkshuset fått hyra för ett helt år. Köp av verksamhet ökar med "
        f"{prose(bun.SERVICES.budget_2025 - bun.SERVICES.budget_2024)}."
    ),
    P(
        "Planen för 2026 och 2027 räknar med löneökningar på 3,0 procent per år. Någon buffert "
        "för fler elever i anpassad skola finns inte efter 2025."
    ),
    ACCOUNTS,
    P(
        f"Grundskolan får {prose(bun.SCHOOL.budget_2025 - bun.SCHOOL.budget_2024)} mer och "
        f"gymnasieskolan {prose(bun.UPPER.budget_2025 - bun.UPPER.budget_2024)}. Anpassad skola "
        f"ökar med {prose(bun.ADAPTED.budget_2025 - bun.ADAPTED.budget_2024)}, vilket är "
        f"{rows.part_of(bun.ADAPTED.budget_2025 - bun.ADAPTED.budget_2024, 598)}. Nämnd och "
        "ledning är den enda del som får mindre än 2024."
    ),
    P(
        "Förskolans budget ökar trots att barnen blir färre. Lönerna stiger, och personalen i de "
        "grupper som finns kvar ska bli fler per barn."
    ),
    ACTIVITIES,
    H(2, "Åtgärder"),
    P(
        f"Åtgärderna ger {prose(total(bun.MEASURES, 'effect_2025'))} under 2025. Störst är "
        "stängningen av förskoleavdelningar. Större klasser i årskurs 7–9 kräver nya scheman på "
        "fyra skolor och får effekt först till hösten."
    ),
    MEASURES,
]

PLAN: list[Part] = [
    H(1, "Barn, elever och mål"),
    P(
        f"Antalet barn i förskolan fortsätter att minska, från {tkr(bun.CHILDREN.budget_2024)} i "
        f"budgeten för 2024 till {tkr(bun.CHILDREN.plan_2027)} år 2027. Gymnasieskolan växer under "
        "hela perioden. Grundskolan når sin topp 2025."
    ),
    P(
        "Antalet elever i anpassad skola bygger på dem som redan är mottagna och på två nya "
        "beslut om året. Utfallet har varit högre än så i tre år."
    ),
    VOLUMES,
    P(
        f"Målet för behörighet till gymnasieskolan höjs från {decimal(86.0)} till {decimal(87.0)} "
        f"procent. Målet för frånvaron i grundskolan skärps från {decimal(8.0)} till "
        f"{decimal(7.8)} procent och målet för sjukfrånvaron från {decimal(7.0)} till "
        f"{decimal(6.8)} procent. Målet för trygghet ligger kvar på 85 procent."
    ),
    GOALS,
    H(2, "Uppföljning"),
    P(say.FOLLOW_UP),
]

DOCUMENT = Document(
    say.BUDGET_2025,
    META,
    [*OPENING, *MONEY, *PLAN],
    house=JOURNAL,
    look=Look(rules="grid", minus="–"),
)

"""No input; the budget for 2024 of Norrvik's board for care, as a web page that was printed."""

from corpus import von_history as von
from corpus import von_tables as rows
from corpus import von_wordings as say
from corpus.house import WEB
from corpus.layout import Meta
from corpus.parts import Bullets, Document, H, P, Part, swapped, text_column, years
from corpus.swedish import MINUS, NBSP, decimal, mnkr, tkr
from corpus.tables import Column, Look, TableSpec

META = Meta(
    title="Budget 2024 med plan 2025–2026",
    board="Vård- och omsorgsnämnden",
    municipality="Norrviks kommun",
    decided="Beslutad av vård- och omsorgsnämnden 2023-11-22, § 91",
    reference="Diarienummer VON 2023/00164",
    subtitle="",
)
BEFORE, FRAME = -von.net(von.COST_TYPES, "budget_2023"), -von.net(von.COST_TYPES, "budget_2024")
CHANGE = Column("Förändring", 27, measure="förändring", year=2024)

FRAME_STEPS = TableSpec(
    "Från ram 2023 till ram 2024 (tkr)",
    [text_column("Post", 100), Column("Belopp", 30)],
    [
        ["Kommunbidrag 2023", tkr(BEFORE)],
        *([name, tkr(amount)] for name, amount in von.FRAME_2024),
        ["Kommunbidrag 2024", tkr(FRAME)],
    ],
    totals=1,
    unit="tkr",
)
ACCOUNTS = TableSpec(
    "Driftbudget per kostnadsslag, tkr",
    [
        text_column("Kostnadsslag", 42),
        *years(24, "budget", 2023, 2024, title="Budget {}"),
        *years(24, "plan", 2025, 2026, title="Plan {}"),
    ],
    rows.account_rows(von.COST_TYPES, "budget_2023", "budget_2024", "plan_2025", "plan_2026"),
    totals=1,
    unit="tkr",
)
ACTIVITIES = TableSpec(
    "Nettokostnad per verksamhet, tkr",
    [
        text_column("Verksamhet", 52),
        *years(27, "budget", 2023, 2024, title="Budget {}"),
        CHANGE,
    ],
    swapped(  # the change of one row is wrong on purpose
        rows.account_rows(von.ACTIVITIES, "budget_2023", "budget_2024", "change_2024"),
        "Särskilt boende", 3, f"{MINUS}14{NBSP}000",
    ),
    totals=1,
    unit="tkr",
)  # fmt: skip
GOALS = TableSpec(
    "Nämndens indikatorer",
    [
        text_column("Indikator", 78),
        *years(26, "utfall", 2022, title="Utfall {}"),
        *years(26, "målvärde", 2023, 2024, title="Mål {}"),
    ],
    rows.target_rows("actual_2022", "target_2023", "target_2024"),
    row_units=rows.TARGET_UNITS,
)
VOLUMES = TableSpec(
    "Volymer",
    [
        text_column("Volym", 60),
        *years(24, "budget", 2024, title="Budget {}"),
        *years(24, "plan", 2025, 2026, title="Plan {}"),
    ],
    rows.volume_rows("budget_2024", "plan_2025", "plan_2026"),
    row_units=rows.VOLUME_UNITS,
)

OPENING: list[Part] = [
    H(1, "Budget 2024 med plan 2025–2026"),
    P(
        "Norrviks kommun, vård- och omsorgsnämnden. Beslutad av nämnden 2023-11-22, § 91. "
        "Diarienummer VON 2023/00164."
    ),
    P(
        f"Kommunfullmäktige har gett nämnden {mnkr(FRAME)} för 2024. Ramen ökar med "
        f"{mnkr(FRAME - BEFORE)} eller 5,2 procent. Den största delen går till löner, men det "
        "finns också pengar för att fler blir äldre och behöver hjälp."
    ),
    P(say.ASSIGNMENT),
    H(2, "Det här gör vi 2024"),
    Bullets(
        [
            "Hemtjänsten flyttar till nya lokaler på Strandvägen i april.",
            "Sex introduktionsledare anställs för två år, så att nya medarbetare stannar.",
            "Alla boenden får digital nattillsyn för dem som vill ha den.",
            "Upphandlingen av ett nytt verksamhetssystem förbereds.",
        ]
    ),
]

MONEY: list[Part] = [
    H(2, "Ramen"),
    P(
        "Volymtillägget ska räcka till hemtjänst för fler än förra året. Satsningen på "
        "introduktionsledare är tillfällig och tas bort ur ramen efter 2025. Kravet på "
        f"effektivisering är {mnkr(3400)}."
    ),
    FRAME_STEPS,
    H(2, "Driftbudget"),
    P(
        f"Personalkostnaderna budgeteras till {mnkr(von.STAFF.budget_2024)}, "
        f"{mnkr(von.STAFF.change_2024)} mer än 2023. Lokalhyrorna ökar med "
        f"{mnkr(von.RENT.change_2024)}. För 2026 tillkommer Lindgårdens hyra för ett helt år."
    ),
    ACCOUNTS,
    P(
        f"Hemtjänsten får {mnkr(von.HOME_CARE.change_2024)} mer. Budgeten bygger på "
        f"{tkr(von.HOURS.budget_2024)} beviljade timmar. Går timmarna över det ska nämnden pröva "
        "om bemanningen kan följa med utan övertid."
    ),
    ACTIVITIES,
]

PLAN: list[Part] = [
    H(2, "Plan 2025–2026"),
    P(
        f"Nettokostnaden beräknas till {mnkr(von.net(von.COST_TYPES, 'plan_2025'))} år 2025 och "
        f"{mnkr(von.net(von.COST_TYPES, 'plan_2026'))} år 2026. Lindgården ökar antalet platser "
        "i särskilt boende från 396 till 444 när huset är fullt."
    ),
    VOLUMES,
    H(2, "Mål"),
    P(
        f"Målet för sjukfrånvaron sänks från {decimal(9.5)} till {decimal(8.5)} procent. Antalet "
        "personer med digital nattillsyn ska fördubblas, från 30 till 60. Väntetiden till särskilt "
        "boende får vara högst 65 dagar i genomsnitt."
    ),
    GOALS,
    H(2, "Beredskap och uppföljning"),
    P(say.EMERGENCY),
    P(say.FOLLOW_UP),
]

DOCUMENT = Document(
    say.BUDGET_2024,
    META,
    [*OPENING, *MONEY, *PLAN],
    house=WEB,
    look=Look(rules="none", separator=" ", minus="-"),
)

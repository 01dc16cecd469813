"""No input; the annual report for 2023 of Norrvik's board for care."""

from corpus import von_history as von
from corpus import von_tables as rows
from corpus import von_wordings as say
from corpus.layout import Meta
from corpus.parts import Bullets, Document, H, P, Part, swapped, text_column, years
from corpus.swedish import decimal, mnkr, percent, share, tkr
from corpus.tables import Band, Column, TableSpec

META = Meta(
    title="Årsredovisning 2023",
    board="Vård- och omsorgsnämnden",
    municipality="Norrviks kommun",
    decided="Godkänd av vård- och omsorgsnämnden 2024-02-21, § 14",
    reference="Diarienummer VON 2024/00031",
    subtitle="Nämndens verksamhetsberättelse för hela året",
)
BUDGET, ACTUAL = von.net(von.COST_TYPES, "budget_2023"), von.net(von.COST_TYPES, "actual_2023")
GAP = ACTUAL - BUDGET

COLUMNS = [
    *years(25, "utfall", 2022, title="Utfall {}"),
    *years(25, "budget", 2023, title="Budget {}"),
    *years(25, "utfall", 2023, title="Utfall {}"),
    *years(25, "avvikelse", 2023, title="Avvikelse"),
]

ACCOUNTS = TableSpec(
    "Driftredovisning per kostnadsslag 2023 (tkr)",
    [text_column("Kostnadsslag", 44), *COLUMNS],
    rows.account_rows(
        von.COST_TYPES, "actual_2022", "budget_2023", "actual_2023", "deviation_2023"
    ),
    grid=True,
    totals=1,
    unit="tkr",
)
ACTIVITIES = TableSpec(
    "Nettokostnad per verksamhet 2023 (tkr)",
    [text_column("Verksamhet", 52), *COLUMNS[1:]],
    rows.account_rows(von.ACTIVITIES, "budget_2023", "actual_2023", "deviation_2023"),
    totals=1,
    unit="tkr",
)
GOALS = TableSpec(
    "Indikatorer 2023",
    [
        text_column("Indikator", 66),
        *years(16, "utfall", 2022, 2023),
        *years(16, "målvärde", 2023),
        text_column("Bedömning", 26),
    ],
    rows.target_rows("actual_2022", "actual_2023", "target_2023", verdict="verdict_2023"),
    bands=[Band("Utfall", 1, 2), Band("Mål", 3, 3)],
    row_units=rows.TARGET_UNITS,
)
VOLUMES = TableSpec(
    "Volymer 2023",
    [text_column("Volym", 56), *COLUMNS[:3]],
    rows.volume_rows("actual_2022", "budget_2023", "actual_2023"),
    row_units=rows.VOLUME_UNITS,
)
PROJECTS = [i for i in von.INVESTMENTS if i.budget_2023]
INVESTMENTS = TableSpec(
    "Investeringar 2023 (tkr)",
    [text_column("Projekt", 56), *COLUMNS[1:3], Column("Kvar", 25, measure="avvikelse", year=2023)],
    swapped(  # the sum of what was spent is wrong on purpose
        rows.investment_rows(PROJECTS, "budget_2023", "actual_2023", "left_2023"),
        "Summa", 2, tkr(5010),
    ),
    grid=True,
    totals=1,
    unit="tkr",
)  # fmt: skip

SUMMARY: list[Part] = [
    H(1, "Sammanfattning"),
    P(
        f"Nämndens nettokostnad för 2023 blev {mnkr(ACTUAL)}. Det är {mnkr(GAP)} mer än budget, "
        f"vilket motsvarar {percent(share(GAP, BUDGET).copy_abs())} av kommunbidraget. Två poster "
        f"förklarar underskottet: personalkostnaderna blev "
        f"{mnkr(von.STAFF.deviation_2023)} högre än budget och köp av tjänster "
        f"{mnkr(von.SERVICES.deviation_2023)} högre."
    ),
    P(
        "Året präglades av stigande priser och av att fler äldre fick mer hjälp. Fem av åtta "
        "indikatorer har gått åt rätt håll sedan 2022, men väntetiden till särskilt boende har "
        "blivit längre och kostnaden för inhyrd personal har ökat kraftigt."
    ),
    H(1, "Nämndens uppdrag"),
    P(say.ASSIGNMENT),
    P(
        "Förvaltningen hade under året fem avdelningar och en stab. I mars slogs de två "
        "hemtjänstområdena på östra sidan ihop under en chef."
    ),
]

EVENTS: list[Part] = [
    H(1, "Viktiga händelser"),
    Bullets(
        [
            "Kommunfullmäktige beslutade i juni att bygga boendet Lindgården med 48 platser.",
            "Två korttidsplatser på Solbacken stängdes i april för att lokalerna fuktskadats.",
            "Ett upphandlat nattlag för trygghetslarm ersatte den egna larmgruppen i september.",
            "Kommunen fick statsbidrag för att anställa fler undersköterskor, 3,1 mnkr.",
        ]
    ),
    P(say.NIGHTS_2023),
    P(say.FAMILY_2023),
    P(say.NURSES_2023),
]

GOAL_CHAPTER: list[Part] = [
    H(1, "Måluppfyllelse"),
    P(
        f"Väntetiden till särskilt boende var {tkr(81)} dagar i genomsnitt, mot {tkr(74)} dagar "
        f"2022. Målet på {tkr(70)} dagar nåddes inte. Sjukfrånvaron minskade till "
        f"{percent(9.4)} och klarade därmed målet på {percent(9.5)}. Antalet personer med digital "
        "nattillsyn blev 31 och ligger strax över årets mål."
    ),
    GOALS,
]

ECONOMY: list[Part] = [
    H(1, "Ekonomi"),
    H(2, "Årets resultat"),
    P(say.DEVIATION_SIGN),
    ACCOUNTS,
    P(
        f"Intäkterna blev {mnkr(von.INCOME.deviation_2023)} högre än budget, i huvudsak genom "
        "statsbidrag som inte var kända när budgeten lades. Personalkostnaderna ökade med "
        f"{mnkr(von.STAFF.actual_2023 - von.STAFF.actual_2022)} jämfört med 2022. Övertiden i "
        "hemtjänsten stod för den största delen."
    ),
    P(
        f"Köp av tjänster kostade {mnkr(von.SERVICES.actual_2023)}. Där ingår inhyrda "
        f"sjuksköterskor för {decimal(6.8)} mnkr, mot {decimal(4.2)} mnkr året innan.[1]",
        note="1 Beloppet omfattar bara hälso- och sjukvården. Hemtjänsten hyrde inte in personal.",
    ),
    H(2, "Resultat per verksamhet"),
    P(
        "Hemtjänsten redovisar det största underskottet, 9,8 mnkr. De beviljade timmarna blev "
        f"{tkr(von.HOURS.actual_2023)}, vilket är "
        f"{tkr(von.HOURS.actual_2023 - von.HOURS.budget_2023)} fler än budgeterat. Särskilt "
        f"boende gick {mnkr(von.CARE_HOMES.deviation_2023)} över budget på grund av extra nattpass."
    ),
    P(
        f"Personlig assistans fick ett överskott på {mnkr(von.ASSISTANCE.deviation_2023)} sedan "
        "två ärenden gått över till Försäkringskassan. " + say.RESERVE_2023
    ),
    ACTIVITIES,
]

REST: list[Part] = [
    H(2, "Volymer"),
    VOLUMES,
    H(2, "Investeringar"),
    P(
        f"Nämnden hade {mnkr(von.net(PROJECTS, 'budget_2023'))} att investera för. Störst var "
        "välfärdsteknik och nya trygghetslarm. Ventilationen i två personalrum flyttas till 2024."
    ),
    INVESTMENTS,
    H(1, "Blicken framåt"),
    P(
        "Gruppen 80–89 år fortsätter att växa. Nämnden räknar med att underskottet består under "
        "2024 om hemtjänstens timmar ökar i samma takt, och har begärt att få volymtillägget "
        "prövat två gånger om året. Lindgården väntas öppna hösten 2025."
    ),
]

DOCUMENT = Document(
    say.ANNUAL_2023, META, [*SUMMARY, *EVENTS, *GOAL_CHAPTER, *ECONOMY, *REST], numbered=True
)

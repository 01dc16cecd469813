"""No input; the annual report for 2024 of Norrvik's board for care, its text in two columns."""

from corpus import norrvik_figures as fig
from corpus import von_history as von
from corpus import von_tables as rows
from corpus import von_wordings as say
from corpus.house import PAPER
from corpus.layout import Meta
from corpus.parts import Bullets, Document, H, P, Part, swapped, text_column, years
from corpus.swedish import MINUS, NBSP, decimal, mnkr, percent, share, tkr
from corpus.tables import Band, Column, Look, TableSpec

META = Meta(
    title="Verksamhetsberättelse och årsredovisning 2024",
    board="Vård- och omsorgsnämnden",
    municipality="Norrviks kommun",
    decided="Godkänd av vård- och omsorgsnämnden 2025-02-19, § 11",
    reference="Diarienummer VON 2025/00028",
    subtitle="Året i siffror och ord",
)
BUDGET, ACTUAL = von.net(von.COST_TYPES, "budget_2024"), von.net(von.COST_TYPES, "actual_2024")
GAP = ACTUAL - BUDGET
BEFORE = von.net(von.COST_TYPES, "actual_2023")

BOTH = [
    *years(26, "budget", 2024, title="Budget {}"),
    *years(26, "utfall", 2024, title="Utfall {}"),
    *years(24, "avvikelse", 2024, title="Avvikelse"),
]
_TYPE_ROWS = rows.account_rows(
    von.COST_TYPES, "actual_2023", "budget_2024", "actual_2024", "deviation_2024"
)
# 400 tkr of 2023 are moved between two rows without a word about it
_TYPE_ROWS = swapped(_TYPE_ROWS, "Köp av tjänster", 1, tkr(von.SERVICES.actual_2023 - 400))
_TYPE_ROWS = swapped(_TYPE_ROWS, "Övriga kostnader", 1, tkr(von.OTHER.actual_2023 + 400))
ACCOUNTS = TableSpec(
    "Driftredovisning per kostnadsslag 2024, tkr",
    [text_column("Kostnadsslag", 44), *years(26, "utfall", 2023, title="Utfall {}"), *BOTH],
    _TYPE_ROWS,
    totals=1,
    unit="tkr",
)


def _activity_rows() -> rows.Rows:
    lines = [*von.ACTIVITIES]
    parts = [share(a.deviation_2024, a.budget_2024) for a in lines]
    plain = rows.account_rows(lines, "budget_2024", "actual_2024", "deviation_2024")
    parts.append(share(GAP, BUDGET))
    told = [[*row, decimal(part)] for row, part in zip(plain, parts, strict=True)]
    return swapped(told, "Hälso- och sjukvård", 4, f"{MINUS}3,7")  # wrong on purpose


ACTIVITIES = TableSpec(
    "Nettokostnad per verksamhet 2024, tkr",
    [
        text_column("Verksamhet", 44),
        *BOTH,
        Column("Avvikelse i % av budget", 30, measure="avvikelse", year=2024, unit="%"),
    ],
    _activity_rows(),
    totals=1,
    unit="tkr",
)
GOALS = TableSpec(
    "Indikatorer 2024",
    [
        text_column("Indikator", 70),
        *years(17, "utfall", 2022, 2023, 2024),
        *years(17, "målvärde", 2024),
        text_column("Bedömning", 26),
    ],
    rows.target_rows(
        "actual_2022", "actual_2023", "actual_2024", "target_2024", verdict="verdict_2024"
    ),
    bands=[Band("Utfall", 1, 3), Band("Mål", 4, 4)],
    row_units=rows.TARGET_UNITS,
)
_VOLUMES = swapped(
    rows.volume_rows("actual_2023", "budget_2024", "actual_2024"),
    "Hemtjänst, beviljade timmar", 2, f"247{NBSP}500",  # the budget had 246 500
)  # fmt: skip
VOLUMES = TableSpec(
    "Volymer 2024",
    [text_column("Volym", 60), *years(26, "utfall", 2023, title="Utfall {}"), *BOTH[:2]],
    swapped(_VOLUMES, "Hemtjänst, personer", 1, tkr(1049)),  # counted anew, as the text says
    row_units=rows.VOLUME_UNITS,
)
SICK_2023 = (10.6, 10.1, 8.6, 6.8, 6.0, 4.4)
STAFF = TableSpec(
    "Sjukfrånvaro per avdelning",
    [text_column("Avdelning", 60), *years(26, "andel", 2023, 2024, title="{}, %")],
    [
        *(
            [d.name, decimal(before), decimal(d.sick_2024)]
            for d, before in zip(fig.DEPARTMENTS, SICK_2023, strict=True)
        ),
        ["Hela förvaltningen", decimal(9.4), decimal(8.7)],  # the goals say 8,9
    ],
    totals=1,
    unit="%",
)
INVESTMENTS = TableSpec(
    "Investeringar 2024, tkr",
    [
        text_column("Projekt", 60),
        *BOTH[:2],
        Column("Kvar", 24, measure="avvikelse", year=2024),
    ],
    rows.investment_rows(von.INVESTMENTS, "budget_2024", "actual_2024", "left_2024"),
    totals=1,
    unit="tkr",
)

OPENING: list[Part] = [
    H(1, "Året i korthet"),
    P(
        f"Nämnden gjorde av med {mnkr(ACTUAL)} netto under 2024, {mnkr(GAP)} mer än budget. "
        f"Underskottet är {percent(share(GAP, BUDGET).copy_abs())} av kommunbidraget och mindre "
        f"än 2023, då det var {mnkr(15400)}. I delårsrapporten efter augusti räknade nämnden med "
        "ett underskott på 8,4 mnkr för helåret. Prognosen höll inte, eftersom hemtjänsten fick "
        "fler timmar i november och december."
    ),
    P(
        f"Nettokostnaden ökade med {mnkr(ACTUAL - BEFORE)} jämfört med 2023. Löner och hyror "
        "förklarar två tredjedelar av ökningen. Personlig assistans blev billigare än budget för "
        "andra året i rad."
    ),
    H(2, "Uppdraget"),
    P(say.ASSIGNMENT),
    H(2, "Det hände 2024"),
    Bullets(
        [
            "Hemtjänsten flyttade till Strandvägen i april.",
            "Grunden till Lindgården göts i maj. Inflyttning planeras till september 2025.",
            "Sex introduktionsledare tog emot 94 nya medarbetare.",
            "Läkemedelsautomater prövades hos 24 personer.",
        ]
    ),
    P(say.NIGHTS_2024),
    P(say.FAMILY_2024),
]

GOAL_CHAPTER: list[Part] = [
    H(1, "Mål och resultat"),
    P(
        "Väntetiden till särskilt boende minskade från 81 till 69 dagar sedan korttidsplatserna "
        "fördelats om. Målet på 65 dagar nåddes inte fullt ut. Andelen som är nöjda med "
        "hemtjänsten ökade till 88 procent."
    ),
    P(
        "Kostnaden för inhyrd personal minskade från 6,8 mnkr 2023 till 7,9 mnkr 2024. Målet var "
        "högst 5,0 mnkr. Två sjuksköterskor från bemanningsföretag arbetade hela sommaren."
    ),
    P(
        "Antalet personer med digital nattillsyn ökade från 31 till 58. Tre boenden saknar "
        "fortfarande det trådlösa nät som kamerorna behöver."
    ),
    GOALS,
    H(2, "Medarbetarna"),
    P(
        "Sjukfrånvaron har minskat i alla avdelningar. Den är fortfarande högst i hemtjänsten, "
        "där många arbetar ensamma, men där är också minskningen störst."
    ),
    P(
        "Av dem som slutade uppgav var tredje att schemat var skälet. Delade turer finns kvar i "
        "fyra hemtjänstgrupper. Under året gick 31 undersköterskor en utbildning i demensvård på "
        "arbetstid, och 27 av dem avslutade den."
    ),
    STAFF,
]

ECONOMY: list[Part] = [
    H(1, "Ekonomi"),
    P(say.DEVIATION_SIGN),
    P(
        f"Personalkostnaderna blev {mnkr(von.STAFF.deviation_2024)} högre än budget. Intäkterna "
        f"gav {mnkr(von.INCOME.deviation_2024)} mer än väntat genom ersättning för "
        f"sjuklönekostnader. Köp av tjänster överskred budgeten med "
        f"{mnkr(von.SERVICES.deviation_2024)}."
    ),
    ACCOUNTS,
    P(
        f"Hemtjänstens underskott blev {mnkr(von.HOME_CARE.deviation_2024)} och särskilt boende "
        f"gick {mnkr(von.CARE_HOMES.deviation_2024)} över. Personlig assistans, socialpsykiatri, "
        "daglig verksamhet samt nämnd och ledning redovisar överskott."
    ),
    ACTIVITIES,
    H(2, "Volymer"),
    P(
        "Antalet personer med hemtjänst 2023 är omräknat till 1\u00a0049. Den som bara har "
        "trygghetslarm ingår inte längre, till skillnad från i förra årets redovisning."
    ),
    VOLUMES,
    H(2, "Investeringar"),
    P(
        f"Av investeringsbudgeten på {mnkr(von.net(von.INVESTMENTS, 'budget_2024'))} användes "
        f"{mnkr(von.net(von.INVESTMENTS, 'actual_2024'))}. Inventarierna till Lindgården köps "
        f"nästa år, och nämnden begär att {mnkr(von.INVESTMENTS[2].left_2024)} förs över."
    ),
    INVESTMENTS,
    H(1, "Framåt"),
    P(
        "När Lindgården öppnar får kommunen 48 nya platser. Nämnden tror att väntetiden då går "
        "ned till 60 dagar. Till dess kommer dygn på sjukhus att kosta pengar för den som är "
        "färdig att skrivas ut."
    ),
    P(
        "En ny socialtjänstlag väntas 2025. Den ställer större krav på förebyggande arbete, men "
        "några nya pengar är inte utlovade."
    ),
    P(
        "Hemtjänsten ska planeras som en enhet från och med hösten 2025. Sju grupper får ett "
        "gemensamt schema, så att den som har luckor på förmiddagen kan hjälpa grannområdet. "
        "Fackliga företrädare har varit med i arbetet sedan starten men är tveksamma till "
        "restiderna på landsbygden."
    ),
    P(
        "Nämnden behöver också bestämma vad som ska hända med Solbacken. Huset är byggt 1971 och "
        "klarar inte dagens krav på arbetsmiljö. En utredning ska vara klar före sommaren."
    ),
]

DOCUMENT = Document(
    say.ANNUAL_2024,
    META,
    [*OPENING, *GOAL_CHAPTER, *ECONOMY],
    house=PAPER,
    look=Look(minus="–"),
)

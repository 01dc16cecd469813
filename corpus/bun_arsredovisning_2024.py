"""No input; the annual report for 2024 of Norrvik's board for schools: its text."""

from corpus import bun_figures as bun
from corpus import bun_tables as rows
from corpus import bun_wordings as say
from corpus.bun_bilagor_2024 import (
    ACCOUNTS,
    ACTIVITIES,
    GOALS,
    MOVED,
    PEOPLE,
    STAFFING,
    VOLUMES,
)
from corpus.bun_figures import prose
from corpus.house import OFFICE
from corpus.layout import Meta
from corpus.parts import Bullets, Document, H, P, Part, Turn
from corpus.swedish import decimal, tkr
from corpus.tables import Look

META = Meta(
    title="Årsredovisning 2024",
    board="Barn- och utbildningsnämnden",
    municipality="Norrviks kommun",
    decided="Godkänd av barn- och utbildningsnämnden 2025-02-26, § 14",
    reference="Diarienummer BUN 2025/00061",
    subtitle="Med bilagor om ekonomi, barn, elever och medarbetare",
)
YEAR = ("budget_2024", "actual_2024")
SINCE_AUGUST = ("forecast_2024", "actual_2024")
BUDGET, ACTUAL = bun.net(bun.COST_TYPES, YEAR[0]), bun.net(bun.COST_TYPES, YEAR[1])
GAP = bun.deviation(bun.COST_TYPES, *YEAR)
FORECAST_GAP = bun.deviation(bun.COST_TYPES, "budget_2024", "forecast_2024")

OPENING: list[Part] = [
    H(1, "Sammanfattning"),
    P(
        f"Nettokostnaden för 2024 blev {prose(ACTUAL)}. Det är {prose(GAP)} mer än budget, vilket "
        f"motsvarar {rows.part_of(GAP, BUDGET)} av kommunbidraget. Prognosen efter augusti pekade "
        f"på ett underskott om {prose(FORECAST_GAP)} och slog därmed fel med "
        f"{prose(GAP - FORECAST_GAP)}."
    ),
    P(
        "Fem av verksamheterna klarar sin budget. Underskotten finns i grundskolan, anpassad skola "
        "och gymnasieskolan. Av de sju målen uppnås två, fyra uppnås delvis och ett uppnås inte."
    ),
    H(1, "Nämndens uppdrag"),
    P(say.ASSIGNMENT),
    H(1, "Väsentliga händelser"),
    Bullets(
        [
            "Hantverkshuset togs i bruk i augusti och rymmer 180 elever.",
            "En ny läroplan för anpassad skola började gälla i juli.",
            "Två förskoleavdelningar stängdes i juni när barnen blivit färre.",
            "Kulturskolan flyttade till det gamla stationshuset under höstlovet.",
            "Elevregistret låg nere i fyra dagar i november efter ett driftstopp.",
        ]
    ),
    P(say.ADAPTED_ANNUAL),
    P(
        "Skolskjutsarna har fungerat bättre under hösten. I september kom 35 klagomål och i "
        "december åtta. Avtalet har en klausul om vite som användes två gånger."
    ),
]

GOAL_CHAPTER: list[Part] = [
    H(1, "Måluppfyllelse"),
    P(
        f"Andelen elever som tog gymnasieexamen inom fyra år ökade till "
        f"{decimal(bun.EXAM.actual_2024)} procent och klarade målet på "
        f"{decimal(bun.EXAM.target_2024)} procent. Barngrupperna i förskolan minskade till "
        f"{decimal(bun.GROUP.actual_2024)} barn i genomsnitt, och även det målet uppnås."
    ),
    P(
        f"Behörigheten till gymnasieskolan ökade från {decimal(bun.ELIGIBLE.actual_2023)} till "
        f"{decimal(bun.ELIGIBLE.actual_2024)} procent men är lägre än målet. Frånvaron i "
        f"grundskolan minskade till {decimal(bun.ABSENCE.actual_2024)} procent. I augusti var den "
        f"{decimal(bun.ABSENCE.august_2024)} procent, och nämnden räknade då med att komma närmare "
        "målet."
    ),
    GOALS,
    H(1, "Medarbetare"),
    P(
        "Sjukfrånvaron minskade i alla verksamheter. Högst är den i förskolan. Antalet "
        "årsarbetare ökade med sju: grundskolan och den anpassade skolan växte, medan förskolan "
        "blev mindre."
    ),
    P(
        "Andelen lärare med legitimation har ökat. Fortfarande saknas framför allt lärare i "
        "matematik, teknik och tyska. Under året fick 14 lärare legitimation efter studier på "
        "arbetstid. Fler uppgifter om medarbetarna finns i bilaga 3."
    ),
    PEOPLE,
]

ECONOMY: list[Part] = [
    H(1, "Ekonomi"),
    P(say.SIGNS),
    P(
        f"Personalkostnaderna blev {prose(bun.STAFF.worse(*YEAR))} högre än budget. Köp av "
        f"verksamhet överskred budgeten med {prose(bun.SERVICES.worse(*YEAR))} och blev "
        f"{prose(bun.SERVICES.worse(*SINCE_AUGUST))} dyrare än vad prognosen sade, sedan 19 "
        "elever börjat på gymnasieskolor i andra kommuner. Intäkterna gav "
        f"{prose(bun.INCOME.worse(*YEAR))} mer än budget. Alla belopp finns i bilaga 1."
    ),
    P(
        f"Grundskolans underskott är {prose(bun.SCHOOL.worse(*YEAR))} och gymnasieskolans "
        f"{prose(bun.UPPER.worse(*YEAR))}. Förskolan lämnar ett överskott på "
        f"{prose(bun.PRESCHOOL.worse(*YEAR))}, mer än vad prognosen sade. Bilaga 2 visar "
        "verksamheterna."
    ),
    P(
        f"Nämnden flyttade i november {prose(MOVED)} av budgeten för 2024 från nämnd och ledning "
        "till vuxenutbildningen, som tog över studie- och yrkesvägledningen. Budgeten för de båda "
        "skiljer sig därför från den i delårsrapporten. Summan är oförändrad."
    ),
    P(
        "Åtgärderna som nämnden beslutade i september minskade kostnaderna med 2,1 mnkr. I "
        "delårsrapporten räknade nämnden med 3,0 mnkr. Prövningen av resurser till enskilda elever "
        "tog längre tid än planerat."
    ),
    H(1, "Framåt"),
    P(
        "Budgeten för 2025 kräver åtgärder från årets början. Antalet barn i förskolan fortsätter "
        "att minska, och fyra avdelningar stängs till hösten. Två lärgrupper för anpassad skola "
        "öppnar i augusti."
    ),
    P(
        "Kommunerna i länet utreder en gemensam antagning till gymnasieskolan. Ett förslag väntas "
        "i maj. Nämnden vill se kostnaden för skolskjutsar innan den tar ställning."
    ),
]

APPENDICES: list[Part] = [
    Turn("landscape"),
    H(1, "Bilaga 1. Driftredovisning per kostnadsslag"),
    P(
        "Avvikelse mot prognos är skillnaden mellan prognosen i delårsrapporten efter augusti och "
        "årets utfall."
    ),
    ACCOUNTS,
    Turn("landscape"),
    H(1, "Bilaga 2. Driftredovisning per verksamhet"),
    ACTIVITIES,
    Turn("landscape"),
    H(1, "Bilaga 3. Barn, elever och medarbetare"),
    P(
        f"Elever i fritidshem räknas från och med 2024 den 15 oktober i stället för den 15 "
        f"september. Antalet för 2023 har därför räknats om, från {tkr(1514)} till {tkr(1488)}."
    ),
    VOLUMES,
    STAFFING,
]

DOCUMENT = Document(
    say.ANNUAL_2024,
    META,
    [*OPENING, *GOAL_CHAPTER, *ECONOMY, *APPENDICES],
    house=OFFICE,
    look=Look(minus="–"),
)

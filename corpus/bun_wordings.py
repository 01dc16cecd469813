"""Passages of the board for schools that its documents take over from each other, or change."""

from corpus.planted import Wording

ASSIGNMENT = (
    "Barn- och utbildningsnämnden är huvudman för kommunens förskolor, fritidshem, grundskolor, "
    "anpassade skolor, gymnasieskola, vuxenutbildning och kulturskola. Nämnden har också tillsyn "
    "över de fristående förskolorna."
)
SIGNS = (
    "Kostnader redovisas utan tecken och intäkter dras av från dem. Ett minus framför en avvikelse "
    "betyder att utfallet är sämre än budget för nämnden, också på raden för intäkter."
)
FOLLOW_UP = (
    "Rektorer och förskolechefer lämnar en prognos den femte arbetsdagen i varje månad. En enhet "
    "som väntas gå mer än 0,3 mnkr över sin ram ska lämna en åtgärdsplan inom tre veckor."
)
CHILD_RIGHTS = (
    "Före varje beslut som rör barn och elever ska det framgå hur barnets bästa har prövats och "
    "vilka barn som har fått säga vad de tycker."
)
ADAPTED_2024 = (
    "Fler elever än väntat har tagits emot i anpassad skola. Lokalerna på Kvarnskolan är "
    "fullbelagda, och tre elever får sin undervisning i en grannkommun."
)
ADAPTED_ANNUAL = (
    "Anpassad skola tog emot fler elever än vad budgeten räknade med. Kvarnskolans lokaler är "
    "fulla och fem elever går i skola i andra kommuner."
)
ADAPTED_2025 = (
    "Mottagandet i anpassad skola fortsätter att öka. De två nya lärgrupperna på Kvarnskolan blev "
    "fulla direkt, och fyra elever går fortfarande i andra kommuners skolor."
)
PRESCHOOL_2024 = (
    "Barnen i förskolan blir färre. Två avdelningar stängdes i juni, men hyran för lokalerna löper "
    "till årets slut."
)
PRESCHOOL_2025 = (
    "Antalet barn i förskolan sjunker vidare. I juni stängdes ytterligare fyra avdelningar; för "
    "tre av dem betalar nämnden hyra året ut."
)
DOCTOR = (
    "Senast hösten 2025 ska varje rektorsområde ha en egen skolläkare en dag i veckan. Nämnden "
    "återkommer till finansieringen i budgeten."
)
SUBSTITUTES = (
    "Korttidsvikarier får bara tas in efter beslut av rektor. Regeln gäller till dess att nämnden "
    "har en budget i balans."
)
READING = (
    "Alla elever i årskurs 1 ska få minst tjugo minuters läsning varje dag tillsammans med en "
    "vuxen."
)

INTERIM_2024, INTERIM_2025 = "norrvik-bun-delarsrapport-2024", "norrvik-bun-delarsrapport-2025"
BUDGET_2025, PLAN_2025 = "norrvik-bun-budget-2025", "norrvik-bun-verksamhetsplan-2025"
ANNUAL_2024 = "norrvik-bun-arsredovisning-2024"

WORDINGS = (
    Wording(
        "bun-uppdrag", "carried",
        (
            (INTERIM_2024, ASSIGNMENT), (BUDGET_2025, ASSIGNMENT), (PLAN_2025, ASSIGNMENT),
            (ANNUAL_2024, ASSIGNMENT),
        ),
    ),
    Wording(
        "bun-tecken", "carried",
        ((INTERIM_2024, SIGNS), (ANNUAL_2024, SIGNS), (INTERIM_2025, SIGNS)),
    ),
    Wording("bun-uppfoljning", "carried", ((BUDGET_2025, FOLLOW_UP), (PLAN_2025, FOLLOW_UP))),
    Wording(
        "bun-barnets-basta", "carried", ((BUDGET_2025, CHILD_RIGHTS), (PLAN_2025, CHILD_RIGHTS))
    ),
    Wording(
        "bun-anpassad-skola", "reworded",
        ((INTERIM_2024, ADAPTED_2024), (ANNUAL_2024, ADAPTED_ANNUAL), (INTERIM_2025, ADAPTED_2025)),
    ),
    Wording(
        "bun-forskola", "reworded", ((INTERIM_2024, PRESCHOOL_2024), (INTERIM_2025, PRESCHOOL_2025))
    ),
    Wording("bun-skollakare", "dropped", ((INTERIM_2024, DOCTOR),), (ANNUAL_2024, INTERIM_2025)),
    Wording("bun-vikarier", "dropped", ((INTERIM_2024, SUBSTITUTES),), (INTERIM_2025,)),
    Wording("bun-lasning", "dropped", ((BUDGET_2025, READING),), (PLAN_2025,)),
)  # fmt: skip

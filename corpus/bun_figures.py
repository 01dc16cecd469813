"""No input; the invented figures of Norrvik's board for schools, and a check that they add up.

Amounts are tenths of millions of kronor (12 555 is 1 255,5 mnkr). Costs are positive and income is
taken from them: net = costs - income. A deviation is budget minus outcome for costs, so that minus
is worse for the board in every row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.norrvik_figures import total
from corpus.swedish import decimal


@dataclass(frozen=True)
class Account:
    """A row of the running accounts: a type of cost, or an activity (net)."""

    name: str
    actual_2023: int
    budget_2024: int
    interim_budget_2024: int
    interim_actual_2024: int
    forecast_2024: int
    actual_2024: int
    budget_2025: int
    interim_budget_2025: int
    interim_actual_2025: int
    forecast_2025: int

    @property
    def sign(self) -> int:
        """What a row counts for in the net cost: 1 for costs, -1 for income."""
        return -1 if self.name == "Intäkter" else 1

    def worse(self, budget: str, outcome: str) -> int:
        """How much better (+) or worse (-) for the board an outcome is than a budget."""
        difference: int = getattr(self, budget) - getattr(self, outcome)
        return self.sign * difference


@dataclass(frozen=True)
class TypeAccount(Account):
    """A type of cost, which also has the plan of the budget for 2025."""

    plan_2026: int
    plan_2027: int


COST_TYPES = (
    TypeAccount("Intäkter", 1412, 1428, 952, 981, 1465, 1478, 1451, 967, 988, 1477, 1466, 1480),
    TypeAccount(
        "Personalkostnader", 8674, 8960, 5914, 6032, 9125, 9143, 9282, 6126, 6214, 9405, 9496, 9702
    ),
    TypeAccount("Lokaler", 1688, 1742, 1161, 1157, 1738, 1735, 1806, 1204, 1209, 1812, 1871, 1902),
    TypeAccount(
        "Köp av verksamhet", 2034, 2105, 1403, 1442, 2161, 2178, 2204, 1469, 1508, 2259, 2252, 2297
    ),
    TypeAccount(
        "Övriga kostnader", 1162, 1176, 784, 801, 1196, 1189, 1182, 788, 779, 1169, 1199, 1219
    ),
)  # fmt: skip
INCOME, STAFF, PREMISES, SERVICES, OTHER = COST_TYPES

ACTIVITIES = (
    Account("Förskola", 2952, 3010, 1992, 1958, 2968, 2955, 3021, 2003, 1979, 2986),
    Account("Fritidshem", 597, 612, 405, 398, 606, 603, 628, 416, 413, 623),
    Account("Grundskola", 4936, 5105, 3372, 3486, 5258, 5281, 5352, 3537, 3601, 5446),
    Account("Anpassad skola", 561, 598, 397, 438, 655, 667, 684, 455, 472, 709),
    Account("Gymnasieskola", 2102, 2180, 1450, 1487, 2228, 2241, 2284, 1519, 1563, 2347),
    Account("Vuxenutbildning", 271, 286, 190, 186, 282, 279, 291, 194, 191, 288),
    Account("Kulturskola", 101, 104, 68, 67, 104, 102, 106, 70, 70, 106),
    Account("Nämnd och ledning", 626, 660, 436, 431, 654, 639, 657, 426, 433, 663),
)
PRESCHOOL, AFTER_SCHOOL, SCHOOL, ADAPTED, UPPER, ADULTS, CULTURE, LEADERSHIP = ACTIVITIES


@dataclass(frozen=True)
class Volume:
    """Children or pupils over the years."""

    name: str
    actual_2023: int
    budget_2024: int
    forecast_2024: int
    actual_2024: int
    budget_2025: int
    plan_2026: int
    plan_2027: int


VOLUMES = (
    Volume("Förskola, barn", 1842, 1790, 1771, 1768, 1745, 1712, 1690),
    Volume("Fritidshem, elever", 1514, 1520, 1502, 1498, 1505, 1490, 1480),
    Volume("Grundskola, elever", 4286, 4310, 4331, 4334, 4352, 4340, 4325),
    Volume("Anpassad skola, elever", 58, 62, 70, 71, 72, 74, 76),
    Volume("Gymnasieskola, elever", 1612, 1640, 1660, 1662, 1684, 1701, 1715),
)
FORECASTS_2025 = (1729, 1501, 4356, 76, 1693)
"""The forecast for 2025 of each volume."""
CHILDREN, CLUBS, PUPILS, ADAPTED_PUPILS, STUDENTS = VOLUMES


@dataclass(frozen=True)
class Target:
    """An indicator over the years; None where it was not measured by then."""

    name: str
    unit: str
    actual_2023: float
    target_2024: float
    august_2024: float | None
    actual_2024: float
    target_2025: float
    places: int
    verdict: str


TARGETS = (
    Target("Behöriga till gymnasieskolan, %", "%", 84.1, 86.0, 85.2, 85.2, 87.0, 1, "Uppnås inte"),
    Target("Gymnasieexamen inom fyra år, %", "%", 74.6, 76.0, None, 76.3, 77.0, 1, "Uppnås"),
    Target("Lärare med legitimation, %", "%", 71.8, 74.0, 72.9, 73.4, 75.0, 1, "Delvis"),
    Target("Elever som känner sig trygga, %", "%", 82, 85, None, 83, 85, 0, "Delvis"),
    Target("Frånvaro i grundskolan, %", "%", 8.9, 8.0, 8.2, 8.4, 7.8, 1, "Delvis"),
    Target("Barn i grupp i förskolan", "barn", 15.1, 14.5, 14.4, 14.3, 14.0, 1, "Uppnås"),
    Target("Sjukfrånvaro bland medarbetare, %", "%", 7.6, 7.0, 7.2, 7.3, 6.8, 1, "Delvis"),
)
AUGUST_2025 = (86.1, None, 74.6, None, 7.9, 13.9, 6.9)
"""What each indicator was in August 2025."""
ELIGIBLE, EXAM, LICENSED, SAFE, ABSENCE, GROUP, SICK = TARGETS


@dataclass(frozen=True)
class Measure:
    """A measure for a balanced budget, its effect in 2025 and 2026, and what August forecasts."""

    name: str
    owner: str
    effect_2025: int
    effect_2026: int
    forecast_2025: int

    @property
    def missing_2025(self) -> int:
        """What the forecast has more (+) or less (-) than the planned effect."""
        return self.forecast_2025 - self.effect_2025


MEASURES = (
    Measure("Fyra förskoleavdelningar stängs", "Förskola", 52, 78, 36),
    Measure("Större klasser i årskurs 7–9", "Grundskola", 41, 69, 17),
    Measure("Resurspass prövas varje termin", "Grundskola", 24, 30, 24),
    Measure("Gemensamma skolskjutsar", "Staben", 15, 22, 9),
    Measure("Färre köpta platser på gymnasiet", "Gymnasieskola", 22, 35, 22),
)


@dataclass(frozen=True)
class Risk:
    """A risk of the plan for 2025: likelihood and consequence from 1 to 4."""

    text: str
    likelihood: int
    consequence: int
    value_2024: int
    """The value in the plan before."""
    action: str

    @property
    def value(self) -> int:
        """Likelihood times consequence."""
        return self.likelihood * self.consequence


RISKS = (
    Risk(
        "Elever blir borta länge utan att någon följer upp det.", 4, 4, 12,
        "Frånvarolag på varje skola möts varannan vecka.",
    ),
    Risk(
        "Platserna i anpassad skola räcker inte.", 4, 3, 9,
        "Två lärgrupper öppnas på Kvarnskolan i augusti.",
    ),
    Risk(
        "Skolor saknar legitimerade lärare i matematik och teknik.", 3, 4, 12,
        "Lärare delas mellan skolor och får resan betald.",
    ),
    Risk(
        "Underlag för tilläggsbelopp dokumenteras inte.", 3, 3, 9,
        "Gemensam mall och kontroll av tjugo ärenden per termin.",
    ),
    Risk(
        "Skyddade personuppgifter lämnas ut.", 2, 4, 8,
        "Utbildning för all personal på skolornas expeditioner.",
    ),
    Risk(
        "Tomma förskolelokaler kan inte sägas upp i tid.", 3, 2, 4,
        "Lokalplanen ses över före varje uppsägningsdag.",
    ),
)  # fmt: skip
"""The risks in falling order of their value."""


@dataclass(frozen=True)
class Staffing:
    """The staff in an activity: full-time equivalents, and the share of absence in %."""

    name: str
    posts_2023: int
    posts_2024: int
    sick_2023: float
    sick_2024: float


STAFFING = (
    Staffing("Förskola", 412, 398, 9.1, 8.8),
    Staffing("Fritidshem", 96, 95, 7.7, 7.5),
    Staffing("Grundskola", 618, 631, 7.3, 7.0),
    Staffing("Anpassad skola", 58, 66, 8.3, 8.1),
    Staffing("Gymnasieskola och vuxenutbildning", 171, 173, 5.6, 5.4),
    Staffing("Kulturskola, stab och elevhälsa", 84, 83, 6.1, 5.9),
)


@dataclass(frozen=True)
class Rental:
    """A building that the board rents, and its rent for a year."""

    name: str
    rent_2024: int
    rent_2025: int


RENTS = (
    Rental("Kvarnskolan, annexet", 8, 11),
    Rental("Björkängens förskola", 6, 2),
    Rental("Hantverkshuset", 9, 10),
    Rental("Idrottshallen i Svartå", 3, 4),
)


def mnkr(tenths: int) -> str:
    """An amount as it is printed in a table: mnkr with one decimal."""
    return decimal(Decimal(tenths) / 10)


def prose(tenths: int) -> str:
    """An amount as running text has it, without a sign."""
    return f"{mnkr(abs(tenths))}\u00a0mnkr"


def net(rows: Sequence[Account], field: str) -> int:
    """The net cost of rows: costs less income."""
    return sum(row.sign * getattr(row, field) for row in rows)


def deviation(rows: Sequence[Account], budget: str, outcome: str) -> int:
    """The deviation of the net cost; minus is worse for the board."""
    return sum(row.worse(budget, outcome) for row in rows)


FIELDS = (
    "actual_2023", "budget_2024", "interim_budget_2024", "interim_actual_2024", "forecast_2024",
    "actual_2024", "budget_2025", "interim_budget_2025", "interim_actual_2025", "forecast_2025",
)  # fmt: skip
FRAME_2025: tuple[tuple[str, int], ...] = (
    ("Löneökningar", 286),
    ("Hyror och index", 64),
    ("Fler elever i grundskola, anpassad skola och gymnasieskola", 241),
    ("Färre barn i förskolan", -58),
    ("Statsbidrag som upphör", 39),
    ("Effektivisering", -104),
)


def check_bun_figures() -> None:
    """Raise ValueError unless the figures agree with each other."""
    for field in FIELDS:
        types, activities = net(COST_TYPES, field), net(ACTIVITIES, field)
        if types != activities:
            raise ValueError(f"figures do not add up: {field}, {types} and {activities}")
    frame = sum(amount for _, amount in FRAME_2025)
    change = net(COST_TYPES, "budget_2025") - net(COST_TYPES, "budget_2024")
    if frame != change:
        raise ValueError(f"figures do not add up: frame 2025, {frame} and {change}")
    if total(MEASURES, "effect_2025") != 154:
        raise ValueError("figures do not add up: measures of 2025")
    for year, sick in (("2023", SICK.actual_2023), ("2024", SICK.actual_2024)):
        posts = total(STAFFING, f"posts_{year}")
        days = sum(getattr(s, f"posts_{year}") * getattr(s, f"sick_{year}") for s in STAFFING)
        if abs(days / posts - sick) > 0.05:
            raise ValueError(f"figures do not add up: absence {year}, {days / posts}")
    values = [risk.value for risk in RISKS]
    if values != sorted(values, reverse=True):
        raise ValueError(f"risks do not fall: {values}")

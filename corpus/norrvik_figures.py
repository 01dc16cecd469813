"""No input; the invented figures of Norrvik's board for care, and a check that they add up.

Amounts are thousands of kronor (tkr). Income is positive, costs are negative.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.swedish import share


@dataclass(frozen=True)
class Line:
    """One row of the running accounts: a type of cost, or an activity (net)."""

    name: str
    actual_2024: int
    budget_2025: int
    interim_budget: int
    interim_actual: int
    forecast_2025: int
    budget_2026: int

    @property
    def interim_deviation(self) -> int:
        """Outcome minus budget for January–August, in tkr; negative is worse than budget."""
        return self.interim_actual - self.interim_budget

    @property
    def deviation(self) -> int:
        """Forecast minus budget 2025, in tkr; negative is worse than budget."""
        return self.forecast_2025 - self.budget_2025

    @property
    def change(self) -> int:
        """Budget 2026 minus budget 2025, in tkr."""
        return self.budget_2026 - self.budget_2025


@dataclass(frozen=True)
class CostType(Line):
    """A type of cost, which also has plan years and last year's interim outcome."""

    plan_2027: int
    plan_2028: int
    interim_2024: int


INCOME = CostType(
    "Intäkter", 96840, 98400, 65600, 67812, 101900, 101200, 103100, 105000, 64905
)  # fmt: skip
STAFF = CostType(
    "Personalkostnader", -598760, -612300, -404100, -412634, -624800, -638500,
    -654900, -671800, -396218,
)  # fmt: skip
RENT = CostType(
    "Lokalhyror", -80330, -84200, -56100, -55187, -82900, -87900, -91600, -94100, -53476
)  # fmt: skip
SERVICES = CostType(
    "Köp av tjänster", -139870, -143600, -95700, -101523, -152400, -149300,
    -151800, -155600, -94350,
)  # fmt: skip
OTHER = CostType(
    "Övriga kostnader", -60480, -61500, -41000, -39694, -59900, -62700, -63700, -64800, -40127
)  # fmt: skip
COST_TYPES = (INCOME, STAFF, RENT, SERVICES, OTHER)

LEADERSHIP = Line("Nämnd och ledning", -36912, -38200, -25300, -24087, -36300, -39100)
HOME_CARE = Line("Hemtjänst", -191846, -196400, -130000, -136518, -206000, -207900)
CARE_HOMES = Line("Särskilt boende", -290274, -298600, -197600, -201609, -304900, -310600)
SHORT_TERM = Line("Korttidsvård", -31168, -31900, -21100, -20594, -31100, -32600)
HEALTH = Line("Hälso- och sjukvård", -70433, -72500, -47900, -49031, -74200, -75800)
LSS_HOMES = Line("LSS-boende", -95587, -98700, -65300, -66812, -101100, -103200)
ASSISTANCE = Line("Personlig assistans", -27829, -27400, -18100, -17388, -26300, -27900)
DAY_CENTRE = Line("Daglig verksamhet", -23461, -24100, -15900, -15483, -23400, -24500)
PSYCHIATRY = Line("Socialpsykiatri", -15090, -15400, -10100, -9704, -14800, -15600)
ACTIVITIES = (
    LEADERSHIP, HOME_CARE, CARE_HOMES, SHORT_TERM, HEALTH,
    LSS_HOMES, ASSISTANCE, DAY_CENTRE, PSYCHIATRY,
)  # fmt: skip

# Parts of the forecast deviation of each cost type; they add up to the deviation.
CAUSES: dict[str, tuple[int, ...]] = {
    INCOME.name: (2300, 700, 500),
    STAFF.name: (-7400, -3600, -1500),
    RENT.name: (1900, -600),
    SERVICES.name: (-3900, -3400, -1500),
    OTHER.name: (700, 600, 300),
}

# Parts of the change in rents between the budgets of 2025 and 2026.
RENT_CHANGE = (-3800, -1300, 1400)

FRAME_CHANGES: tuple[tuple[str, int], ...] = (
    ("Löneökningar enligt kommunens uppräkning", 19600),
    ("Prisökningar på köpta tjänster", 4300),
    ("Lindgården, helårshyra och grundbemanning", 6900),
    ("Fler äldre, volymtillägg", 14200),
    ("Upphörd satsning på introduktionsledare", -3000),
    ("Effektiviseringskrav", -8000),
)


@dataclass(frozen=True)
class Investment:
    """An investment project over the years; None where no money is set aside."""

    name: str
    budget_2025: int
    interim_actual: int
    forecast_2025: int
    budget_2026: int
    plan_2027: int | None
    plan_2028: int | None

    @property
    def deviation(self) -> int:
        """Budget minus forecast 2025, in tkr; positive is money left."""
        return self.budget_2025 - self.forecast_2025


INVESTMENTS = (
    Investment("Välfärdsteknik och trygghetslarm", 2900, 1742, 2900, 3200, 2400, 2400),
    Investment("Inventarier till Lindgården", 6200, 2318, 3400, 5400, 1100, None),
    Investment("Sängar och lyftutrustning", 1900, 1204, 1900, 2600, 2000, 2000),
    Investment("Nytt verksamhetssystem", 1500, 655, 1500, 4100, 2700, None),
    Investment("Arbetsmiljöåtgärder", 1000, 487, 1000, 1200, 1200, 1200),
)


@dataclass(frozen=True)
class Measure:
    """A measure for a balanced budget, with its effect in 2025 and 2026."""

    name: str
    owner: str
    effect_2025: int | None
    effect_2026: int | None


MEASURES_2025 = (
    Measure("Samlad bemanningsplanering, mindre övertid", "Hemtjänst", 2100, 4800),
    Measure("Inhyrda sjuksköterskor avvecklas", "Hälso- och sjukvård", 900, 3100),
    Measure("Ny modell för nattbemanning", "Särskilt boende", 1200, 2900),
    Measure("Två externa placeringar tas hem", "Funktionsstöd", 600, 2400),
    Measure("Återhållsamhet med inköp och kurser", "Staben", 1000, None),
    Measure("Vakanser prövas i ledningsgruppen", "Staben", 400, 1500),
)
MEASURES_2026 = (
    Measure("Digital nattillsyn till fler", "Särskilt boende", None, 2600),
    Measure("Ruttplanering med nytt systemstöd", "Hemtjänst", None, 2200),
    Measure("Två färre korttidsplatser", "Särskilt boende", None, 1800),
    Measure("Gemensamma lokaler för daglig verksamhet", "Funktionsstöd", None, 900),
    Measure("Lägre kostnader för administration", "Staben", None, 700),
)


@dataclass(frozen=True)
class Department:
    """A department, its task, staff in full-time equivalents and sick leave in per cent."""

    name: str
    task: str
    staff_2025: int
    staff_2026: int
    sick_2024: float
    sick_2025: float


DEPARTMENTS = (
    Department("Hemtjänst", "Hemtjänst dag, kväll och natt, trygghetslarm", 262, 264, 9.9, 9.6),
    Department(
        "Särskilt boende", "Särskilt boende för äldre, korttidsvård, dagverksamhet",
        384, 401, 9.7, 9.5,
    ),
    Department(
        "Funktionsstöd",
        "LSS-boende, personlig assistans, daglig verksamhet, socialpsykiatri",
        231, 233, 8.2, 7.7,
    ),
    Department(
        "Hälso- och sjukvård", "Hemsjukvård, rehabilitering och hjälpmedel", 74, 76, 6.3, 6.2
    ),
    Department("Myndighet", "Biståndsbeslut, LSS-beslut och avgifter", 29, 29, 5.6, 5.1),
    Department("Staben", "Ekonomi, personal, kvalitet och digitalisering", 24, 23, 3.9, 3.6),
)  # fmt: skip


@dataclass(frozen=True)
class Volume:
    """A volume: outcome, budget, forecast and plan."""

    name: str
    actual_2024: int
    budget_2025: int
    forecast_2025: int
    budget_2026: int
    plan_2027: int
    plan_2028: int


HOURS = Volume("Hemtjänst, beviljade timmar", 251300, 258000, 271400, 268000, 273000, 279000)
CLIENTS = Volume("Hemtjänst, personer", 1086, 1110, 1148, 1150, 1175, 1205)
PLACES = Volume("Särskilt boende, platser", 396, 412, 396, 444, 444, 444)
VOLUMES = (
    HOURS,
    CLIENTS,
    PLACES,
    Volume("Korttidsvård, platser", 34, 34, 34, 32, 32, 32),
    Volume("LSS-boende, platser", 97, 99, 99, 101, 103, 103),
    Volume("Personlig assistans, beslut", 41, 40, 38, 38, 38, 38),
    Volume("Daglig verksamhet, personer", 168, 170, 166, 170, 172, 174),
)

# Inhabitants by age: 2024, 2026, 2028, 2030.
POPULATION: tuple[tuple[str, tuple[int, int, int, int]], ...] = (
    ("65–79 år", (6940, 7010, 7060, 7090)),
    ("80–89 år", (2310, 2520, 2710, 2860)),
    ("90 år och äldre", (540, 555, 580, 615)),
)


def total(rows: Iterable[object], field: str) -> int:
    """Add up one field over rows; a missing value counts as nothing."""
    return sum(getattr(row, field) or 0 for row in rows)


def sum_row(field: str) -> int:
    """Return the board's net cost for a field of the running accounts."""
    return total(COST_TYPES, field)


def sick_leave_total(field: str) -> float:
    """Return sick leave of the whole administration, weighted by staff."""
    weighted = sum(d.staff_2025 * float(getattr(d, field)) for d in DEPARTMENTS)
    return round(weighted / total(DEPARTMENTS, "staff_2025"), 1)


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(f"figures do not add up: {message}")


def check_figures() -> None:
    """Raise ValueError unless the figures agree with each other."""
    fields = (
        "actual_2024", "budget_2025", "interim_budget", "interim_actual",
        "forecast_2025", "budget_2026",
    )  # fmt: skip
    for field in fields:
        _require(total(COST_TYPES, field) == total(ACTIVITIES, field), f"activities, {field}")
    for line in COST_TYPES:
        _require(sum(CAUSES[line.name]) == line.deviation, f"causes of {line.name}")
    _require(sum(RENT_CHANGE) == RENT.change, "change in rents")
    frame = sum(amount for _, amount in FRAME_CHANGES)
    _require(-sum_row("budget_2025") + frame == -sum_row("budget_2026"), "frame 2026")
    gap = sum_row("budget_2025") - sum_row("forecast_2025")
    saving = -FRAME_CHANGES[-1][1]
    effect = total(MEASURES_2025 + MEASURES_2026, "effect_2026")
    _require(effect == gap + saving, "measures cover the gap and the saving")
    _require(share(saving, sum_row("budget_2025")) == share(1, 100), "saving is one per cent")
    for rows in (COST_TYPES, ACTIVITIES):
        _require(
            total(rows, "deviation") == sum_row("forecast_2025") - sum_row("budget_2025"),
            "deviations",
        )
    _require(PLACES.budget_2026 == PLACES.actual_2024 + 48, "places at Lindgården")
    _require(PLACES.budget_2025 == PLACES.actual_2024 + 48 * 4 // 12, "part-year places")
    _require(sick_leave_total("sick_2024") == 8.9, "sick leave 2024")
    _require(sick_leave_total("sick_2025") == 8.6, "sick leave 2025")

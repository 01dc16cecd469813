"""No input; the figures of Norrvik's board for care for 2022–2026 as its older documents had them.

Amounts are thousands of kronor (tkr). Income is positive, costs are negative. The outcome of 2024
is what the documents of 2025 say of it: `check_history` holds the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus import norrvik_figures as fig
from corpus.swedish import share


@dataclass(frozen=True)
class Account:
    """A row of the running accounts: a type of cost, or an activity (net)."""

    name: str
    budget_2023: int
    actual_2023: int
    budget_2024: int
    actual_2024: int

    @property
    def deviation_2023(self) -> int:
        """Outcome minus budget 2023; negative is worse than budget."""
        return self.actual_2023 - self.budget_2023

    @property
    def deviation_2024(self) -> int:
        """Outcome minus budget 2024; negative is worse than budget."""
        return self.actual_2024 - self.budget_2024

    @property
    def change_2024(self) -> int:
        """Budget 2024 minus budget 2023."""
        return self.budget_2024 - self.budget_2023


@dataclass(frozen=True)
class TypeAccount(Account):
    """A type of cost, which also has the outcome of 2022 and the plan of the budget for 2024."""

    actual_2022: int
    plan_2025: int
    plan_2026: int


COST_TYPES = (
    TypeAccount("Intäkter", 91200, 93850, 95100, 96840, 90120, 96900, 98800),
    TypeAccount(
        "Personalkostnader", -561800, -571240, -590200, -598760, -545610, -607100, -624600
    ),
    TypeAccount("Lokalhyror", -73900, -74180, -79600, -80330, -71450, -83400, -86800),
    TypeAccount(
        "Köp av tjänster", -130600, -137910, -137200, -139870, -127260, -140300, -143300
    ),
    TypeAccount("Övriga kostnader", -58000, -59020, -61400, -60480, -58200, -62000, -62500),
)  # fmt: skip
INCOME, STAFF, RENT, SERVICES, OTHER = COST_TYPES

ACTIVITIES = (
    Account("Nämnd och ledning", -36300, -35480, -37600, -36912),
    Account("Hemtjänst", -174200, -182960, -185400, -191846),
    Account("Särskilt boende", -272900, -277350, -287900, -290274),
    Account("Korttidsvård", -29700, -29840, -30700, -31168),
    Account("Hälso- och sjukvård", -64600, -68120, -68300, -70433),
    Account("LSS-boende", -88100, -89640, -93800, -95587),
    Account("Personlig assistans", -29400, -28260, -30300, -27829),
    Account("Daglig verksamhet", -23000, -22570, -23900, -23461),
    Account("Socialpsykiatri", -14900, -14280, -15400, -15090),
)
(
    LEADERSHIP, HOME_CARE, CARE_HOMES, SHORT_TERM, HEALTH,
    LSS_HOMES, ASSISTANCE, DAY_CENTRE, PSYCHIATRY,
) = ACTIVITIES  # fmt: skip

FRAME_2024: tuple[tuple[str, int], ...] = (
    ("Löneökningar enligt kommunens uppräkning", 18700),
    ("Prisökningar på köpta tjänster", 4100),
    ("Hyra, nya lokaler för hemtjänsten", 5200),
    ("Fler äldre, volymtillägg", 12600),
    ("Tillfällig satsning på introduktionsledare", 3000),
    ("Effektiviseringskrav", -3400),
)


@dataclass(frozen=True)
class Volume:
    """A volume: outcomes, budgets and plan."""

    name: str
    actual_2022: int
    budget_2023: int
    actual_2023: int
    budget_2024: int
    actual_2024: int
    plan_2025: int
    plan_2026: int


VOLUMES = (
    Volume("Hemtjänst, beviljade timmar", 236400, 239000, 244100, 246500, 251300, 252000, 256500),
    Volume("Hemtjänst, personer", 1038, 1050, 1061, 1075, 1086, 1095, 1115),
    Volume("Särskilt boende, platser", 396, 396, 396, 396, 396, 412, 444),
    Volume("Korttidsvård, platser", 36, 36, 34, 34, 34, 34, 34),
    Volume("LSS-boende, platser", 93, 95, 95, 97, 97, 99, 101),
    Volume("Personlig assistans, beslut", 44, 44, 42, 43, 41, 42, 42),
    Volume("Daglig verksamhet, personer", 161, 163, 165, 168, 168, 170, 172),
)
HOURS, CLIENTS, PLACES = VOLUMES[:3]


YES, PART, NO = "Uppnås", "Delvis", "Uppnås inte"


@dataclass(frozen=True)
class Target:
    """An indicator over the years; None where it was not measured, or had no target."""

    name: str
    unit: str
    actual_2022: float | None
    target_2023: float | None
    actual_2023: float | None
    target_2024: float
    actual_2024: float
    places: int = 0
    verdict_2023: str = NO
    verdict_2024: str = NO


TARGETS = (
    Target("Nöjda med hemtjänsten, %", "%", 86, 87, 87, 89, 88, 0, YES, PART),
    Target("Nöjda med särskilt boende, %", "%", 79, 81, 78, 81, 80, 0, NO, PART),
    Target("Väntetid till särskilt boende, dagar", "dagar", 74, 70, 81, 65, 69, 0, NO, PART),
    Target("Sjukfrånvaro, %", "%", 10.1, 9.5, 9.4, 8.5, 8.9, 1, YES, PART),
    Target("Personalomsättning, %", "%", 13.1, 12.5, 12.4, 11.5, 11.6, 1, YES, PART),
    Target("Kostnad för inhyrd personal, mnkr", "mkr", 4.2, 4.0, 6.8, 5.0, 7.9, 1),
    Target("Personer med digital nattillsyn", "personer", 12, 30, 31, 60, 58, 0, YES, PART),
    Target("Medarbetare med heltidsanställning, %", "%", 68, 70, 70, 73, 72, 0, YES, PART),
)  # fmt: skip
(
    SATISFIED_HOME, SATISFIED_HOMES, WAITING, SICK_LEAVE, TURNOVER, HIRED, NIGHT, FULL_TIME,
) = TARGETS  # fmt: skip


@dataclass(frozen=True)
class Investment:
    """An investment project over two years."""

    name: str
    budget_2023: int
    actual_2023: int
    budget_2024: int
    actual_2024: int

    @property
    def left_2023(self) -> int:
        """Budget minus outcome 2023; positive is money left."""
        return self.budget_2023 - self.actual_2023

    @property
    def left_2024(self) -> int:
        """Budget minus outcome 2024; positive is money left."""
        return self.budget_2024 - self.actual_2024


INVESTMENTS = (
    Investment("Välfärdsteknik och trygghetslarm", 2200, 1940, 2600, 2540),
    Investment("Sängar och lyftutrustning", 1800, 1785, 1800, 1690),
    Investment("Inventarier till Lindgården", 0, 0, 2500, 460),
    Investment("Möbler till daglig verksamhet", 700, 655, 400, 385),
    Investment("Arbetsmiljöåtgärder", 900, 720, 1000, 945),
)


def net(rows: Sequence[object], field: str) -> int:
    """The sum of one field over rows."""
    return fig.total(rows, field)


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(f"figures do not add up: {message}")


def check_history() -> None:
    """Raise ValueError unless the figures agree with each other and with the later documents."""
    for field in ("budget_2023", "actual_2023", "budget_2024", "actual_2024"):
        _require(net(COST_TYPES, field) == net(ACTIVITIES, field), f"activities, {field}")
    for mine, later in ((COST_TYPES, fig.COST_TYPES), (ACTIVITIES, fig.ACTIVITIES)):
        for old, new in zip(mine, later, strict=True):
            same = old.name == new.name and old.actual_2024 == new.actual_2024
            _require(same, f"outcome 2024 of {old.name}")
    for volume, later_volume in zip(VOLUMES, fig.VOLUMES, strict=True):
        _require(volume.actual_2024 == later_volume.actual_2024, volume.name)
    frame = sum(amount for _, amount in FRAME_2024)
    _require(frame == -net(COST_TYPES, "change_2024"), "frame 2024")
    for year, expected in (("2023", "-2.1"), ("2024", "-1.2")):
        budget = net(COST_TYPES, f"budget_{year}")
        part = share(net(COST_TYPES, f"deviation_{year}"), budget)
        _require(str(part) == expected, f"deviation {year} in per cent")
    _check_targets()


def _check_targets() -> None:
    from corpus.norrvik_goals import GOALS

    later = {i.name: i for goal in GOALS for i in goal.indicators}
    for target in TARGETS:
        one = later[target.name]
        for field in ("actual_2022", "actual_2023", "actual_2024"):
            _require(getattr(target, field) == getattr(one, field), f"{target.name}, {field}")

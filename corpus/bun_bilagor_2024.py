"""The tables of the annual report for 2024 of Norrvik's board for schools."""

from dataclasses import replace

from corpus import bun_figures as bun
from corpus import bun_tables as rows
from corpus.norrvik_figures import total
from corpus.parts import swapped, text_column, years
from corpus.swedish import MINUS, decimal, share, tkr
from corpus.tables import Column, TableSpec

MOVED = 9
"""Tenths of mnkr of the budget that went from the board's office to adult education."""
FIELDS: tuple[rows.Field, ...] = (
    "actual_2023", "budget_2024", "actual_2024", ("budget_2024", "actual_2024"), "forecast_2024",
    ("forecast_2024", "actual_2024"),
)  # fmt: skip


def _columns(width: float) -> list[Column]:
    return [
        *years(width, "utfall", 2023, title="Utfall {}"),
        *years(width, "budget", 2024, title="Budget {}"),
        *years(width, "utfall", 2024, title="Utfall {}"),
        Column("Avvikelse 2024", width, measure="avvikelse", year=2024),
        Column("Prognos augusti 2024", width, measure="prognos", year=2024),
        Column("Avvikelse mot prognos", width, measure="avvikelse", year=2024),
    ]


ACCOUNTS = TableSpec(
    "Driftredovisning per kostnadsslag 2024, mnkr",
    [text_column("Kostnadsslag", 64), *_columns(30)],
    rows.account_rows(bun.COST_TYPES, *FIELDS),
    grid=True,
    totals=1,
    unit=rows.UNIT,
)


def _moved(account: bun.Account) -> bun.Account:
    steps = {bun.ADULTS.name: MOVED, bun.LEADERSHIP.name: -MOVED}
    return replace(account, budget_2024=account.budget_2024 + steps.get(account.name, 0))


def _activity_rows() -> rows.Rows:
    lines = [_moved(account) for account in bun.ACTIVITIES]
    budgets = [*(a.budget_2024 for a in lines), bun.net(lines, "budget_2024")]
    gaps = [a.worse("budget_2024", "actual_2024") for a in lines]
    told = [
        [*row, decimal(share(gap, budget))]
        for row, gap, budget in zip(
            rows.account_rows(lines, *FIELDS), [*gaps, sum(gaps)], budgets, strict=True
        )
    ]
    return swapped(told, "Grundskola", 7, f"{MINUS}4,3")  # it is -3,4


ACTIVITIES = TableSpec(
    "Nettokostnad per verksamhet 2024, mnkr",
    [
        text_column("Verksamhet", 50),
        *_columns(28),
        Column("Avvikelse i % av budget", 28, measure="avvikelse", year=2024, unit="%"),
    ],
    _activity_rows(),
    grid=True,
    totals=1,
    unit=rows.UNIT,
)
_VOLUMES = swapped(
    rows.volume_rows("actual_2023", "budget_2024", "forecast_2024", "actual_2024"),
    "Fritidshem, elever", 1, tkr(1488),  # counted on another day, as the text says
)  # fmt: skip
VOLUMES = TableSpec(
    "Barn och elever 2024",
    [
        text_column("Volym", 80),
        *years(36, "utfall", 2023, title="Utfall {}"),
        *years(36, "budget", 2024, title="Budget {}"),
        *years(40, "prognos", 2024, title="Prognos augusti {}"),
        *years(36, "utfall", 2024, title="Utfall {}"),
    ],
    swapped(_VOLUMES, "Gymnasieskola, elever", 1, tkr(1621)),  # the interim report had 1 612
    grid=True,
    row_units=rows.VOLUME_UNITS,
)
GOALS = TableSpec(
    "Mål och utfall 2024",
    [
        text_column("Indikator", 62),
        *years(23, "utfall", 2023, title="Utfall {}"),
        *years(23, "målvärde", 2024, title="Mål {}"),
        *years(23, "utfall", 2024, title="Utfall {}"),
        text_column("Bedömning", 27),
    ],
    rows.target_rows("actual_2023", "target_2024", "actual_2024", verdict=True),
    row_units=rows.TARGET_UNITS,
)
POSTS = {year: total(bun.STAFFING, f"posts_{year}") for year in (2023, 2024)}
PEOPLE = TableSpec(
    "Nyckeltal för medarbetare",
    [text_column("Nyckeltal", 84), *years(32, "utfall", 2023, 2024, title="Utfall {}")],
    [
        ["Årsarbetare", tkr(POSTS[2023]), tkr(POSTS[2024])],
        [bun.LICENSED.name, decimal(bun.LICENSED.actual_2023), decimal(74.3)],  # goals: 73,4
        [bun.SICK.name, decimal(bun.SICK.actual_2023), decimal(bun.SICK.actual_2024)],
    ],
    row_units=["årsarbetare", "%", "%"],
)
STAFFING = TableSpec(
    "Årsarbetare och sjukfrånvaro per verksamhet",
    [
        text_column("Verksamhet", 80),
        *years(36, "antal", 2023, 2024, title="Årsarbetare {}"),
        *(
            Column(f"Sjukfrånvaro {year}, %", 40, measure="andel", year=year, unit="%")
            for year in (2023, 2024)
        ),
    ],
    [
        *(
            [s.name, tkr(s.posts_2023), tkr(s.posts_2024), decimal(s.sick_2023),
             decimal(s.sick_2024)]
            for s in bun.STAFFING
        ),
        ["Nämndens verksamheter", tkr(POSTS[2023]), tkr(POSTS[2024]),
         decimal(bun.SICK.actual_2023), decimal(bun.SICK.actual_2024)],
    ],
    grid=True,
    totals=1,
    unit="årsarbetare",
)  # fmt: skip

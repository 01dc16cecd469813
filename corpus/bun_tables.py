"""Columns and rows of the documents of Norrvik's board for schools, in mnkr with one decimal."""

from collections.abc import Sequence

from corpus import bun_figures as bun
from corpus.parts import swapped, text_column
from corpus.swedish import decimal, percent, share, tkr
from corpus.tables import Column, TableSpec

Rows = list[Sequence[str]]
Field = str | tuple[str, str]
"""A field of the figures; two of them are a budget and the outcome that is held against it."""
UNIT = "mkr"
AUGUST = (1, 8)


def cell(tenths: int) -> str:
    """An amount as a table prints it."""
    return bun.mnkr(tenths)


def account_rows(lines: Sequence[bun.Account], *fields: Field) -> Rows:
    """A row for each line, and the net cost below them; deviations are minus where it is worse."""
    rows: Rows = [[a.name, *(cell(_amount(a, field)) for field in fields)] for a in lines]
    return [*rows, ["Nettokostnad", *(cell(_total(lines, field)) for field in fields)]]


def _amount(line: bun.Account, field: Field) -> int:
    return line.worse(*field) if isinstance(field, tuple) else int(getattr(line, field))


def _total(lines: Sequence[bun.Account], field: Field) -> int:
    return bun.deviation(lines, *field) if isinstance(field, tuple) else bun.net(lines, field)


def part_of(tenths: int, whole: int) -> str:
    """The share of an amount in another, for prose and without its sign."""
    return percent(share(abs(tenths), whole))


def volume_rows(*fields: str) -> Rows:
    """A row for each volume."""
    return [[v.name, *(tkr(getattr(v, field)) for field in fields)] for v in bun.VOLUMES]


VOLUME_UNITS = [v.name.split()[-1] for v in bun.VOLUMES]


def target_rows(*fields: str, verdict: bool = False) -> Rows:
    """A row for each indicator, with its verdict last where it is asked for."""
    return [
        [
            t.name,
            *(decimal(getattr(t, field), t.places) for field in fields),
            *([t.verdict] if verdict else []),
        ]
        for t in bun.TARGETS
    ]


TARGET_UNITS = [t.unit for t in bun.TARGETS]


def interim_columns(year: int, width: float) -> list[Column]:
    """What an interim report has: eight months, and the whole year as it is expected to end."""
    return [
        Column("Budget jan–aug", width, measure="budget", year=year, months=AUGUST),
        Column("Utfall jan–aug", width, measure="utfall", year=year, months=AUGUST),
        Column("Avvikelse jan–aug", width, measure="avvikelse", year=year, months=AUGUST),
        Column(f"Budget {year}", width, measure="budget", year=year),
        Column(f"Prognos {year}", width, measure="prognos", year=year),
        Column("Avvikelse helår", width, measure="avvikelse", year=year),
    ]


def interim_fields(year: int) -> tuple[Field, ...]:
    """The fields of `interim_columns`."""
    budget, actual = f"interim_budget_{year}", f"interim_actual_{year}"
    whole, forecast = f"budget_{year}", f"forecast_{year}"
    return (budget, actual, (budget, actual), whole, forecast, (whole, forecast))


def interim_table(
    lines: Sequence[bun.Account], year: int, caption: str, *changes: tuple[str, int, str]
) -> TableSpec:
    """An interim report's accounts; `changes` are cells that are wrong on purpose."""
    rows = account_rows(lines, *interim_fields(year))
    for change in changes:
        rows = swapped(rows, *change)
    kind = "Kostnadsslag" if "Intäkter" in (a.name for a in lines) else "Verksamhet"
    return TableSpec(
        caption, [text_column(kind, 37), *interim_columns(year, 22)], rows, totals=1, unit=UNIT
    )

"""Rows of the older documents of Norrvik's board for care: accounts, volumes, goals, projects."""

from collections.abc import Sequence

from corpus import von_history as von
from corpus.swedish import decimal, tkr

Rows = list[Sequence[str]]


def account_rows(lines: Sequence[von.Account], *fields: str) -> Rows:
    """A row for each line, and the net cost below them, in tkr."""
    rows: Rows = [[a.name, *(tkr(getattr(a, f)) for f in fields)] for a in lines]
    return [*rows, ["Nettokostnad", *(tkr(von.net(lines, f)) for f in fields)]]


def volume_rows(*fields: str) -> Rows:
    """A row for each volume."""
    return [[v.name, *(tkr(getattr(v, f)) for f in fields)] for v in von.VOLUMES]


VOLUME_UNITS = [v.name.split()[-1] for v in von.VOLUMES]


def target_rows(*fields: str, verdict: str = "") -> Rows:
    """A row for each indicator, with its verdict last where one is asked for."""
    return [
        [
            t.name,
            *(decimal(getattr(t, f), t.places) for f in fields),
            *([getattr(t, verdict)] if verdict else []),
        ]
        for t in von.TARGETS
    ]


TARGET_UNITS = [t.unit for t in von.TARGETS]


def investment_rows(projects: Sequence[von.Investment], *fields: str) -> Rows:
    """A row for each project, and their sum."""
    rows: Rows = [[i.name, *(tkr(getattr(i, f)) for f in fields)] for i in projects]
    return [*rows, ["Summa", *(tkr(von.net(projects, f)) for f in fields)]]

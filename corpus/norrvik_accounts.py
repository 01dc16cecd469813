"""A look and rows of the running accounts in; a table's columns and rows in that look out."""

from collections.abc import Sequence

from corpus import norrvik_figures as fig
from corpus.tables import Column, Look

INTERIM = (1, 8)


def account_rows(look: Look, lines: Sequence[fig.Line], fields: Sequence[str]) -> list[list[str]]:
    """A row for each line, and the net cost below them; costs with the look's sign.

    Deviations keep theirs: minus is worse for the board.
    """
    rows = []
    for line in lines:
        values = [getattr(line, field) for field in fields]
        income = line is fig.INCOME
        cells = [
            look.amount(value) if income or "deviation" in field else look.cost(value)
            for field, value in zip(fields, values, strict=True)
        ]
        rows.append([line.name, *cells])
    sums = [fig.total(lines, field) for field in fields]
    net = [
        look.amount(value) if "deviation" in field else look.cost(value)
        for field, value in zip(fields, sums, strict=True)
    ]
    return [*rows, ["Nettokostnad", *net]]


def year_columns(width: float, *columns: tuple[str, str, int]) -> list[Column]:
    """Columns of whole years from their headings, measures and years."""
    return [Column(title, width, measure=measure, year=year) for title, measure, year in columns]

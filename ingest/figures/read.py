"""Pages and tables → all figures of a document: the one door into this folder."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.figures.context import agenda_goals, around
from ingest.figures.prose import prose_figures
from ingest.figures.tables import table_figures
from ingest.types import Figure, Identity, Page, Table


def read_figures(
    pages: Sequence[Page], tables: Sequence[Table], identity: Identity
) -> list[Figure]:
    """Every number of the tables and of the prose, tables first."""
    by_number = {page.number: page for page in pages}
    context = around(pages, identity)
    goals = agenda_goals(pages)
    found: list[Figure] = []
    for table in tables:
        found.extend(table_figures(table, by_number, context, goals.get(table.section, ())))
    found.extend(prose_figures(pages, context))
    return found

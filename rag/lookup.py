"""One figure as it is printed, or one for each measure that is asked for."""

from __future__ import annotations

from dataclasses import replace

from rag.desk import Desk
from rag.results import Outcome, converted, printed
from rag.shelf import Known


def figure(desk: Desk) -> Outcome:
    """One figure as printed; in another unit where that is asked for."""
    if desk.asked.several and len(desk.asked.measures) > 1 and (both := _several_measures(desk)):
        return both
    found = desk.one()
    if isinstance(found, Outcome):
        return found
    return Outcome("figure", (converted(printed(found), desk.asked.unit),))


def _several_measures(desk: Desk) -> Outcome | None:
    """ "Målet och utfallet": one figure for each measure that is asked for, of one row."""
    found: list[Known] = []
    for measure in desk.asked.measures:
        one = desk.one(replace(desk.asked, measures=(measure,)))
        if isinstance(one, Known):
            found.append(one)
    if len(found) < 2 or len({(k.document.id, k.figure.row) for k in found}) > 1:
        return None
    if len({k.figure.id for k in found}) < 2:
        return None
    return Outcome("figures", tuple(printed(known) for known in found))

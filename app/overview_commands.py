"""`namndkoll deviations`, `goals` and `risks`: the overviews in the terminal, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from app.overview_json import overview_json
from app.terminal import filled, print_grid
from rag.answer import Filters
from rag.index import IndexReader
from rag.overviews.deviations import DeviationLine, DeviationTable, DocumentDeviations, deviations
from rag.overviews.goals import BoardGoals, Indicator, goals
from rag.overviews.library import Library
from rag.overviews.numbers import Number
from rag.overviews.risks import DocumentRisks, RiskLine, risks
from rag.overviews.track_record import ForecastLine, ForecastRecord, track_record
from rag.shelf import Shelf

_MOVED = {"up": "↑", "down": "↓", "same": "=", "new": "ny", "": ""}
_NO_DOCUMENT = "Inget dokument passar filtren. Visa alla med: namndkoll documents"


def list_deviations(folder: Path, filters: Filters, *, whole: bool, as_json: bool) -> int:
    """The deviations of each document: of the chosen table, with `whole` of all."""
    return _list(folder, filters, as_json, deviations, lambda told: _deviations(told, whole=whole))


def list_forecasts(folder: Path, filters: Filters, *, as_json: bool) -> int:
    """What forecasts came to."""
    return _list(folder, filters, as_json, track_record, _forecasts)


def list_goals(folder: Path, filters: Filters, *, as_json: bool) -> int:
    """Goals and indicators by board, over the years."""
    return _list(folder, filters, as_json, goals, _goals)


def list_risks(folder: Path, filters: Filters, *, as_json: bool) -> int:
    """The risks of each document, and how they moved."""
    return _list(folder, filters, as_json, risks, _risks)


def _list(
    folder: Path,
    filters: Filters,
    as_json: bool,
    gather: Callable[[Library, Filters], tuple[Any, ...]],
    show: Callable[[Any], None],
) -> int:
    store = IndexReader(folder).store
    library = Library(store, Shelf(store))
    told = gather(library, filters)
    if as_json:
        print(json.dumps([overview_json(one) for one in told], ensure_ascii=False))
    elif filters and not library.documents(filters):
        print(_NO_DOCUMENT)
    else:
        show(told)
    return 0


def _text(one: Number | None) -> str:
    """A number, worked out ones marked."""
    return "" if one is None else one.text if one.printed else f"{one.text}*"


# ---- deviations


def _deviations(told: Sequence[DocumentDeviations], *, whole: bool) -> None:
    worked = False
    for document in told:
        for table in document.tables if whole else document.tables[:1]:
            _table(table)
            every = chain(table.lines, table.parts, table.totals)
            worked = worked or any(
                one is not None and not one.printed
                for line in every
                for one in (line.effect or line.deviation, line.percent)
            )
        more = len(document.tables) - 1
        if more > 0 and not whole:
            print(f"{document.document} har {more} tabeller till; visa dem med --all.\n")
    without = [document.document for document in told if not document.tables]
    if worked:
        print("* uträknat, inte tryckt i dokumentet; uträkningen står i --json")
    print("Minus är sämre för nämnden, oavsett hur dokumentet skriver kostnader.")
    if without:
        print(filled(f"Utan tabell med utfall eller prognos mot budget: {', '.join(without)}"))


def _table(table: DeviationTable) -> None:
    about = table.caption or " › ".join(table.section)
    print(f"{table.document}, sidan {table.page}: {about}")
    what = "prognos" if table.measure == "prognos" else "utfall"
    print(f"Budget och {what}, {table.period_said or 'tiden framgår inte'}")
    heads = ("", table.rows_are or "Rad", "Budget", what.capitalize(), "Avvikelse", "%", "", "Sida")
    lines = (*table.lines, *table.parts, *table.totals)
    print_grid(heads, [_row(line) for line in lines], right=(0, 2, 3, 4, 5, 7))
    for line in lines:
        for finding in line.findings:
            print(filled(f"! {finding}", "  ", "    "))
    for note in table.notes:
        print(filled(f"Obs: {note}", "  ", "    "))
    for line in lines:
        if line.cause is not None:
            text = f"{line.label}. {line.told}: ”{line.cause.quote}” (sidan {line.cause.page})"
            print(filled(text, "  ", "    "))
    print()


def _row(line: DeviationLine) -> tuple[str, ...]:
    ranked = str(line.rank) if line.rank else {"total": "Σ", "part": "–"}.get(line.role, "")
    pages = dict.fromkeys(str(source.page) for source in line.deviation.sources)
    return (
        ranked,
        line.label + (" !" if line.findings else ""),
        _text(line.budget),
        _text(line.outcome),
        _text(line.effect or line.deviation),
        _text(line.percent).replace("\u00a0procent", ""),
        line.direction,
        ", ".join(pages),
    )


def _forecasts(told: Sequence[ForecastRecord]) -> None:
    for record in told:
        print(f"{record.board}, {record.municipality}: {record.year}")
        print(f"{record.forecast_document} mot {record.outcome_document}")
        heads = ("Rad", "Prognos", "Utfall", "Skillnad", "%", "")
        lines = (*record.lines, *record.totals)
        print_grid(heads, [_forecast(line) for line in lines], right=(1, 2, 3, 4))
        for line in lines:
            for note in line.notes:
                print(filled(f"{line.label}: {note}", "  ", "    "))
        print()
    if told:
        print("Minus är sämre för nämnden än prognosen. * uträknat")
    else:
        print("Ingen prognos kan ställas mot utfallet för samma år.")


def _forecast(line: ForecastLine) -> tuple[str, ...]:
    return (
        line.label,
        _text(line.forecast),
        _text(line.outcome),
        _text(line.effect or line.difference),
        _text(line.percent).replace("\u00a0procent", ""),
        line.direction,
    )


# ---- goals and risks


def _goals(told: Sequence[BoardGoals]) -> None:
    for board in told:
        print(f"{board.board}, {board.municipality}")
        years = board.target_years
        heads = ("Indikator", *(f"Mål {year}" for year in years), "Senaste utfall", "Bedömning")
        print_grid(heads, [_goal(one, years) for one in board.indicators])
        for one in board.indicators:
            for change in one.changes:
                print(filled(f"{one.label}: {change.text}", "  ", "    "))
            for figure in one.key_figures:
                print(f"  {one.label}: {figure.id}, {figure.url}")
        print()
    if not told:
        print("Inga mål eller indikatorer hittades.")


def _goal(one: Indicator, years: Sequence[int]) -> tuple[str, ...]:
    targets = []
    for year in years:
        own = dict.fromkeys(target.text for target in one.targets if target.year == year)
        targets.append(" / ".join(own))
    last = one.outcomes[-1] if one.outcomes else None
    judged = one.assessments[-1] if one.assessments else None
    return (
        one.label,
        *targets,
        f"{last.text} ({last.head}, s. {last.sources[0].page})" if last else "",
        f"{judged.text} ({judged.year}, s. {judged.sources[0].page})" if judged else "",
    )


def _risks(told: Sequence[DocumentRisks]) -> None:
    for document in told:
        print(f"{document.document}: {document.board}, {document.municipality}")
        if document.compared_with:
            print(f"Jämfört med {document.compared_with}")
        heads = ("Risk", "S", "K", "Värde", "", "Året före", "Sida")
        print_grid(heads, [_risk(one) for one in document.risks], right=(1, 2, 3, 5, 6))
        for one in document.risks:
            for finding in one.findings:
                print(filled(f"! {finding}", "  ", "    "))
        for gone in document.gone:
            value = f" ({gone.value.text})" if gone.value else ""
            print(filled(f"{gone.name}{value}: {gone.text}", "  ", "    "))
        if document.note:
            print(filled(document.note, "  ", "    "))
        print()
    print("S är sannolikhet, K konsekvens." if told else "Inga risker hittades.")


def _risk(one: RiskLine) -> tuple[str, ...]:
    numbers = [n.text if n else "" for n in (one.likelihood, one.severity, one.value)]
    page = str(one.value.sources[0].page) if one.value else ""
    before = one.before.text if one.before else ""
    name = one.name + (" !" if one.findings else "")
    return (name, *numbers, _MOVED[one.movement], before, page)

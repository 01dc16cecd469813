"""`namndkoll figures`: the figures in the terminal, as JSON, or saved for a spreadsheet."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from app.as_json import figure_json
from app.saving import all_free, save
from app.swedish import GRADES
from app.terminal import tell
from ingest.errors import reason
from ingest.types import Table
from rag.answer import Filters
from rag.figure_list import ListedFigure, list_of_figures
from rag.index import IndexReader
from rag.quotes import squeezed
from rag.scope import filtered
from rag.store import StoredDocument

DONE, NOT_ALL, USAGE = 0, 1, 2
_LABELS = 60  # characters; longer ones go on in the next line
_HEADER = ("", "tryckt", "enhet", "mått", "period", "bedömning", "sida")
Tables = Mapping[tuple[str, str], Table]


def list_figures(folder: Path, filters: Filters, options: argparse.Namespace) -> int:
    """List or save the figures that pass the filters; returns the exit status."""
    targets = [path for path in (options.csv, options.xlsx) if path is not None]
    if len(targets) == 2 and targets[0].resolve() == targets[1].resolve():
        tell("--csv och --xlsx ska vara olika filer")
        return USAGE
    if not options.force and not all_free(targets):
        return NOT_ALL
    store = IndexReader(folder).store
    with store.snapshot():
        documents = filtered(store.documents(), filters)
        figures = list_of_figures(store, [d.id for d in documents], options.table)
        shown = not (targets or options.json)
        tables = {(d.id, t.id): t for d in documents if shown for t in store.tables(d.id)}
    if options.table and documents and not figures:
        tell(f"ingen tabell {options.table} med nyckeltal finns i de valda dokumenten")
        return NOT_ALL
    if targets and not figures:
        tell("det finns inga nyckeltal att spara; ingen fil skrevs")
        return NOT_ALL
    if options.json:
        print(json.dumps([figure_json(listed) for listed in figures], ensure_ascii=False))
    elif not targets:
        _print(figures, documents, tables, filters)
    return _save(figures, documents, options)


def _save(
    figures: Sequence[ListedFigure],
    documents: Sequence[StoredDocument],
    options: argparse.Namespace,
) -> int:
    """Save the files that were asked for; what can be saved is, and the rest is told."""
    if options.csv is None and options.xlsx is None:
        return DONE
    from app.exports import TooManyRowsError, as_csv, as_xlsx  # openpyxl is heavy

    makers: list[tuple[Path | None, Callable[[], bytes]]] = [
        (options.csv, lambda: as_csv(figures)),
        (options.xlsx, lambda: as_xlsx(figures, documents)),
    ]
    status = DONE
    for path, make in makers:
        if path is None:
            continue
        try:
            save(path, make())
        except TooManyRowsError as error:
            tell(f"{path} skrevs inte: {error}")
            status = NOT_ALL
        except OSError as error:
            tell(f"{path} gick inte att skriva: {reason(error)}")
            status = NOT_ALL
        else:
            line = f"{len(figures)} nyckeltal sparade i {path}"
            tell(line) if options.json else print(line)
    return status


# ---- in the terminal


def _print(
    figures: Sequence[ListedFigure],
    documents: Sequence[StoredDocument],
    tables: Tables,
    filters: Filters,
) -> None:
    if not documents and filters:
        print("Inget dokument passar filtren. Visa alla med: namndkoll documents")
        return
    if not figures:
        print(
            f"Inga nyckeltal i {len(documents)} dokument. Lästes de in med en äldre version av "
            "programmet: läs in dem igen med namndkoll ingest MAPP"
        )
        return
    columns = zip(_HEADER, *map(_cells, figures), strict=True)
    widths = [min(max(map(len, column)), _LABELS) for column in columns]
    for document, of_document in groupby(figures, key=lambda listed: listed.document):
        print(f"{document}\n")
        for name, group in _by_table(of_document).items():
            print(f"  {_heading(tables.get((document, name)), name)}")
            _print_row(_HEADER, widths)
            for listed in group:
                _print_row(_cells(listed), widths)
                if listed.sentence:
                    print(f"      ”{textwrap.shorten(listed.sentence, 110, placeholder=' …')}”")
            print()
    print(_summary(figures))


def _by_table(figures: Iterable[ListedFigure]) -> dict[str, list[ListedFigure]]:
    """Figures by table in reading order, those in prose last."""
    groups: dict[str, list[ListedFigure]] = {}
    for listed in figures:
        groups.setdefault(listed.figure.table, []).append(listed)
    prose = groups.pop("", [])
    return groups | ({"": prose} if prose else {})


def _heading(table: Table | None, name: str) -> str:
    if not name:
        return "I löpande text"
    if table is None:
        return name
    pages = str(table.page) if table.page == table.last_page else f"{table.page}–{table.last_page}"
    about = squeezed(table.caption or " › ".join(table.section))
    unit = "" if table.unit in about else table.unit
    told = ", ".join(part for part in (about, unit) if part)
    return f"{name}, sidan {pages}: {told}" if told else f"{name}, sidan {pages}"


def _cells(listed: ListedFigure) -> tuple[str, ...]:
    figure = listed.figure
    label = squeezed(" › ".join((*figure.row, *figure.column)))
    return (
        f"{label} ({figure.part})".strip() if figure.part else label,
        squeezed(figure.printed),
        figure.unit,
        figure.measure,
        str(figure.period),
        GRADES[figure.grade],
        str(figure.page),
    )


def _print_row(cells: Sequence[str], widths: Sequence[int]) -> None:
    """A row: labels on the left, over several lines where they are long; what is printed right."""
    *above, label = textwrap.wrap(cells[0], _LABELS, break_on_hyphens=False) or [""]
    for line in above:
        print(f"    {line}")
    printed = cells[1].rjust(widths[1])
    rest = [cell.ljust(width) for cell, width in zip(cells[2:-1], widths[2:-1], strict=True)]
    row = "  ".join((label.ljust(widths[0]), printed, *rest, cells[-1].rjust(widths[-1])))
    print(f"    {row}")


def _summary(figures: Sequence[ListedFigure]) -> str:
    documents = len({listed.document for listed in figures})
    counts = Counter(listed.figure.grade for listed in figures)
    told = ", ".join(f"{GRADES[grade]}: {counts[grade]}" for grade in GRADES if counts[grade])
    return f"{len(figures)} nyckeltal i {documents} dokument ({told})"

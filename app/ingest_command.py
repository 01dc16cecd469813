"""`namndkoll ingest`: files and folders into the index, with progress; `--show` draws a page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import ceil
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from app.as_json import report_json
from app.terminal import tell
from ingest.errors import UnreadableFileError
from rag.index import IndexReader, file_of, writing
from rag.ingesting import Found, failed_report, find_files, ingest
from rag.report import Report
from rag.store import FILE_NAME

_SECONDS_SHOWN = 90  # longer than this, minutes say enough

_STATUS = {
    "added": "tillagd",
    "replaced": "ersatt",
    "unchanged": "oförändrad",
    "failed": "kunde inte läsas",
}
_SEVERAL = {
    "added": "nya",
    "replaced": "ersatta",
    "unchanged": "oförändrade",
    "failed": "kunde inte läsas",
}


def ingest_paths(
    folder: Path, paths: Sequence[Path], model: str | None, *, rebuild: bool, as_json: bool
) -> int:
    """Read what has changed under `paths`, bring the caches up to date; returns the exit status.

    `model` is the name of the embedding model (None: the index's own). Only with `rebuild` may
    it be another than made the index's vectors, which are then all made anew.
    """
    found = find_files(paths)
    for item in found:
        if item.passed_over:
            tell(f"{item.path}: hoppas över, {item.passed_over}")
    readable = not paths or any(not item.fault and not item.passed_over for item in found)
    if not readable and not (folder / FILE_NAME).is_file():
        return _nothing_to_read(found, as_json=as_json)
    with writing(folder) as writer, _Bars() as bars:
        # a model that cannot be used is told before anything is read
        embedder = writer.choose_embedder(model, rebuild=rebuild)
        reports = ingest(writer, found, bars)
        try:
            writer.catch_up(embedder, model, bars.embedded)
        except KeyboardInterrupt:
            tell(
                "\nVektorerna hann inte bli klara; de som fanns är kvar. Gör klart med: "
                f"namndkoll ingest{_with(model)}"
            )
            raise
    if as_json:
        print(json.dumps({"documents": [report_json(r) for r in reports]}, ensure_ascii=False))
    else:
        _print_summary(reports, folder)
    return 1 if any(report.failed for report in reports) else 0


def _with(model: str | None) -> str:
    return f" --model {model}" if model else ""


def _nothing_to_read(found: Sequence[Found], *, as_json: bool) -> int:
    """Tell why; a mistyped path makes no empty index, which would then be asked in vain."""
    faults = [item for item in found if item.fault]
    for item in faults:
        tell(f"{item.path}: {item.fault}")
    if as_json:
        reports = [failed_report(item.path, UnreadableFileError(item.fault)) for item in faults]
        print(json.dumps({"documents": [report_json(r) for r in reports]}, ensure_ascii=False))
    return 1


def _print_summary(reports: Sequence[Report], folder: Path) -> None:
    if not reports:
        print(f"Inget att läsa in. Sökindexen i {folder} är uppdaterade.")
        return
    counts = {status: sum(r.status == status for r in reports) for status in _STATUS}
    told = ", ".join(f"{_SEVERAL[status]}: {n}" for status, n in counts.items() if n)
    pages = sum(report.pages for report in reports)
    tables = sum(report.tables for report in reports)
    print(f"{len(reports)} dokument, {pages} sidor, {tables} tabeller ({told}). Index: {folder}")


class _Remaining(ProgressColumn):
    """What is done, of how much, and the time left."""

    def render(self, task: Task) -> Text:
        return Text(
            how_far(
                task.fields["unit"], int(task.completed), int(task.total or 0), task.time_remaining
            )
        )


def how_far(unit: str, done: int, total: int, seconds: float | None) -> str:
    """ "vektorer 1 200 av 7 050, 4 min kvar"; no time where `seconds` is None."""
    counts = f"{unit} {_grouped(done)} av {_grouped(total)}"
    if seconds is None or done >= total:
        return counts
    if seconds < _SECONDS_SHOWN:
        return f"{counts}, {ceil(seconds)} s kvar"
    minutes = ceil(seconds / 60)
    if minutes < 60:
        return f"{counts}, {minutes} min kvar"
    return f"{counts}, {minutes // 60} tim {minutes % 60} min kvar"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", " ")


class _Bars:
    """Progress on standard error: bars for pages and for vectors, and a line for each file."""

    def __init__(self) -> None:
        console = Console(stderr=True, highlight=False)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            _Remaining(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._pages = self._bar.add_task("Läser", total=None, unit="sidor", visible=False)
        self._chunks = self._bar.add_task("Sökindex", total=None, unit="vektorer", visible=False)

    def __enter__(self) -> _Bars:
        self._bar.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.stop()

    def begin(self, files: int, pages: int) -> None:
        """So many pages are to be read."""
        self._bar.update(self._pages, total=pages, visible=bool(files))

    def page(self, path: Path, pages: int) -> None:
        """More pages are done."""
        self._bar.update(self._pages, advance=pages, description=f"Läser {path.name}")

    def file(self, report: Report) -> None:
        """A file is done: one line, and one for each problem."""
        if report.status == "failed":
            for problem in report.problems:
                self._print(f"{report.path}: {problem.message}")
            return
        if report.status != "unchanged":
            self._print(f"{report.id}: {_STATUS[report.status]}, {report.pages} sidor")
        for problem in report.problems:
            page = f", sidan {problem.page}" if problem.page else ""
            self._print(f"{report.path}{page}: {problem.message}")

    def embedded(self, done: int, total: int) -> None:
        """So many chunks have their vector."""
        self._bar.update(self._chunks, completed=done, total=total, visible=True)

    def _print(self, text: str) -> None:
        self._bar.console.print(text, markup=False, soft_wrap=True)


def show_page(folder: Path, name: str, number: int, out: Path | None, *, as_json: bool) -> int:
    """Draw page `number` of a document as it was understood; returns the exit status."""
    from ingest.show import draw_page

    reader = IndexReader(folder)
    document = next((d for d in reader.store.documents() if d.id == name), None)
    if document is None:
        tell(f"inget dokument heter {name}; se: namndkoll documents")
        return 1
    page = reader.store.page(name, number) if number <= document.pages else None
    if page is None:
        tell(f"{name} har sidorna 1–{document.pages}; sidan {number} finns inte")
        return 1
    target = out or Path(f"{name}-sida-{number}.png")
    try:
        figures = [figure for _, figure in reader.store.figures([name])]
        tables = reader.store.tables(name)
        image = draw_page(file_of(folder, document), page, tables, figures)
        image.save(target)
    except UnreadableFileError as error:
        tell(f"{name}, sidan {number}: {error}")
        return 1
    except (OSError, ValueError) as error:
        tell(f"bilden {target} gick inte att spara: {error}")
        return 1
    print(json.dumps({"file": str(target)}, ensure_ascii=False) if as_json else target)
    return 0

"""Tables as read against the truth of them: `python -m eval.score_tables FOLDER`.

FOLDER holds PDFs, and in `tables/` a JSON file for each with its true tables: a list of objects
with `id`, `page`, `last_page` (from 1), `unit`, `header` and `rows` (lists of cells as printed).
Cells are compared without white space, hyphenation and case.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.document import parse
from ingest.tables.raster import NUMERIC
from ingest.types import Table

NUMERIC_GOAL, TEXT_GOAL = 0.995, 0.97


@dataclass(frozen=True, slots=True)
class Score:
    """How much of a true table was read: cells right of all, by kind, and what was wrong.

    `whole` says that every cell of it is right and that nothing was read beside them.
    """

    id: str
    numeric: tuple[int, int]
    text: tuple[int, int]
    whole: bool
    unit: bool
    wrong: tuple[str, ...] = field(default=())


def folded(text: str) -> str:
    """A cell for comparison."""
    return re.sub(r"\s+|-\s*|\xad", "", unicodedata.normalize("NFKC", text)).casefold()


def score(truth: dict[str, Any], tables: Sequence[Table]) -> Score:
    """Compare a true table with the one on its pages that is most like it."""
    pages = range(truth["page"], truth["last_page"] + 1)
    near = [table for table in tables if table.page in pages or table.last_page in pages]
    rows = [truth["header"], *truth["rows"]] if truth["header"] else truth["rows"]
    best: Score | None = None
    for table in near:
        result = _against(truth, rows, table)
        if best is None or _right(result) > _right(best):
            best = result
    return best or _against(truth, rows, None)


def _right(result: Score) -> int:
    return result.numeric[0] + result.text[0]


def _against(truth: dict[str, Any], rows: list[list[str]], table: Table | None) -> Score:
    grid = _grid(table) if table else []
    right, every = {True: 0, False: 0}, {True: 0, False: 0}
    wrong: list[str] = []
    start = 0
    for row in rows:
        place = _find(row, grid, start)
        own = grid[place] if place is not None else []
        start = place + 1 if place is not None else start
        for column, cell in enumerate(row):
            numeric = bool(re.search(r"\d", cell) and NUMERIC.fullmatch(cell.strip()))
            read = own[column] if column < len(own) else ""
            every[numeric] += 1
            # an empty cell is right only in a table that was found
            if table is not None and folded(cell) == folded(read):
                right[numeric] += 1
            else:
                wrong.append(f"{row[0][:40]!r} kolumn {column}: {cell!r} lästes {read!r}")
    beside = len(grid) - len(rows) if grid else 0
    return Score(
        truth["id"],
        (right[True], every[True]),
        (right[False], every[False]),
        not wrong and not beside,
        table is not None and folded(table.unit) in ("", folded(truth["unit"])),
        tuple(wrong),
    )


def _grid(table: Table) -> list[list[str]]:
    """The rows of a table, its header levels drawn together into one."""
    grid = table.grid()
    levels = grid[: table.header_rows]
    header = [" ".join(filter(None, parts)) for parts in zip(*levels, strict=True)]
    return [header, *grid[table.header_rows :]] if levels else grid


def _find(row: list[str], grid: list[list[str]], start: int) -> int | None:
    """The next row of `grid` that is most like `row`; None where none has its label."""
    best: tuple[int, int] | None = None
    for index in range(start, len(grid)):
        same = sum(folded(a) == folded(b) for a, b in zip(row, grid[index], strict=False) if a)
        if folded(row[0]) == folded(grid[index][0]) and row[0]:
            same += 1
        if same and (best is None or same > best[0]):
            best = same, index
    return best[1] if best else None


def score_folder(folder: Path) -> list[Score]:
    """The scores of all true tables in `folder`."""
    scores: list[Score] = []
    for path in sorted((folder / "tables").glob("*.json")):
        document = parse(folder / f"{path.stem}.pdf")
        truths = json.loads(path.read_text(encoding="utf-8"))
        scores.extend(score(truth, document.tables) for truth in truths)
    return scores


def print_scores(scores: Sequence[Score]) -> bool:
    """Print what was wrong, then the shares; returns whether the goals are reached."""
    for result in scores:
        for line in result.wrong:
            print(f"{result.id}: {line}")
    numeric = sum(s.numeric[0] for s in scores), sum(s.numeric[1] for s in scores)
    text = sum(s.text[0] for s in scores), sum(s.text[1] for s in scores)
    whole = sum(s.whole for s in scores)
    print(f"talceller rätt: {numeric[0]} av {numeric[1]} ({numeric[0] / max(numeric[1], 1):.2%})")
    print(f"textceller rätt: {text[0]} av {text[1]} ({text[0] / max(text[1], 1):.2%})")
    print(f"hela tabeller: {whole} av {len(scores)}")
    enough = text[0] >= TEXT_GOAL * text[1]
    return numeric[0] >= NUMERIC_GOAL * numeric[1] and enough


def main() -> int:
    """Score the folder named on the command line; 1 where the goals are not reached."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "tables").is_dir():
        print("ange en mapp med PDF-filer och tables/*.json", file=sys.stderr)
        return 2
    return 0 if print_scores(score_folder(Path(sys.argv[1]))) else 1


if __name__ == "__main__":
    sys.exit(main())

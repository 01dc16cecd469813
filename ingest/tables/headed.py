"""Tables with a line under their header and none below: columns by the header, rows by the gaps.

Points from the upper left corner of the page.
"""

from __future__ import annotations

import itertools
import re

from ingest.lines import line_gap, lines_from_words, segments
from ingest.tables.edges import Edge
from ingest.tables.open import open_raster, parted
from ingest.tables.raster import NUMERIC, Raster
from ingest.tables.stacked import one_each
from ingest.types import Line, Word

_ABOVE = 48.0  # points from the line up to the top of a header
_FARTHEST = 2.4  # of a line's size: a wider gap between two baselines ends the table
_AIRIEST = 4.5  # of a line's size: no step between the rows of one table is wider
_EVEN = 1.2  # by which one wide step between rows may exceed those before
_AGREE = 4.0  # points by which the edges of a column's texts may differ from row to row
_BESIDE = 0.25  # of a line's size: what overlaps the line below stands beside it
_LABEL = 40.0  # points that the first column of a table takes at least
CAPTION = re.compile(r"(tabell|diagram|figur)\s+\d", re.I)
"""How a caption begins that says so."""


def headed_raster(words: list[Word], edge: Edge) -> Raster | None:
    """The table whose header stands on `edge`; None where there is none, or too little below."""
    inside = [
        word
        for word in words
        if word.angle == 0 and edge.start - 6 <= (word.box[0] + word.box[2]) / 2 <= edge.end + 6
    ]
    if not any(word.baseline < edge.at + 1 and edge.at - word.box[1] <= _ABOVE for word in inside):
        return None  # nothing stands on the edge
    lines = lines_from_words(inside)
    if not _header(lines, edge, 0.0):
        return None
    body = rows_below(lines, edge)
    header = _header(lines, edge, usual_step(body))
    body = one_each(header + body)[0][len(header) :]
    if sum(_parts(line) > 1 for line in body) < 2 or not _holds_values(body):
        return None
    return open_raster(header + body, rows=[header, *parted(body)], heads=1)


def _parts(line: Line) -> int:
    return len(segments(line, line_gap(line)))


def usual_step(body: list[Line]) -> float:
    """The middle one of the steps from baseline to baseline."""
    steps = [b.words[0].baseline - a.words[0].baseline for a, b in itertools.pairwise(body)]
    return sorted(steps)[len(steps) // 2] if steps else 0.0


def _header(lines: list[Line], edge: Edge, step: float) -> list[Line]:
    """The lines right above the edge that name columns; two may stand `step` points apart."""
    header: list[Line] = []
    for line in reversed([line for line in lines if line.words[0].baseline < edge.at + 1]):
        reach = header[0].box[1] if header else edge.at
        near = reach - line.box[3] <= 1.3 * line.size or (
            bool(header) and header[0].words[0].baseline - line.words[0].baseline <= _EVEN * step
        )
        if edge.at - line.box[1] > max(_ABOVE, 2 * step) or not near:
            break
        upper = bool(header) and is_over_columns(line, header, lines)
        beside = bool(header) and line.box[3] - reach > _BESIDE * line.size
        if (_parts(line) < 2 and not (upper or beside)) or CAPTION.match(line.text):
            break
        header.insert(0, line)
    return header


def is_over_columns(line: Line, header: list[Line], lines: list[Line]) -> bool:
    """Whether a lone segment above header lines is their upper level.

    Such a one stands over columns, not at the table's left edge as a title does; that edge is told
    by the next few of `lines`.
    """
    if CAPTION.match(line.text):
        return False
    if line.box[0] > header[-1].words[0].box[2]:
        return True
    last = header[-1].words[0].baseline
    rows = [low for low in lines if low.words[0].baseline > last][:3]
    edge = min((low.box[0] for low in rows), default=header[-1].box[0])
    begins = header[-1].box[0]
    return (
        begins > edge + _LABEL and line.box[0] > begins - 4 and line.box[2] < header[-1].box[2] + 4
    )


def rows_below(lines: list[Line], edge: Edge) -> list[Line]:
    """The lines below `edge` that go on with the table that it belongs to."""
    body: list[Line] = []
    reach = edge.at
    for index, line in enumerate(lines):
        if line.words[0].baseline <= edge.at + 2:
            continue
        far = line.words[0].baseline - reach > _FARTHEST * line.size
        far = far and not _is_airy_row(lines, index, body, edge)
        wide = _parts(line) == 1 and line.box[2] - line.box[0] > 0.62 * (edge.end - edge.start)
        larger = bool(body) and line.size > body[0].size + 0.9
        if far or wide or larger or CAPTION.match(line.text):
            break
        body.append(line)
        reach = line.words[0].baseline
    # a heading after the table is no row of it
    while body and _parts(body[-1]) == 1 and not _continues(body):
        body.pop()
    return body


def _is_airy_row(lines: list[Line], index: int, body: list[Line], edge: Edge) -> bool:
    """Whether line `index`, far below `body`, is a row of a table whose rows stand far apart.

    It stands under the same columns, or is a lone heading at the left edge above a row that does.
    """
    line, width = lines[index], edge.end - edge.start
    reach = body[-1].words[0].baseline if body else edge.at
    if line.words[0].baseline - reach > _AIRIEST * line.size or not is_even([*body, line]):
        return False
    if _parts(line) > 1:
        return stands_under(line, lines[:index], width)
    below = lines[index + 1 : index + 2]
    return (
        bool(body)
        and abs(line.box[0] - min(row.box[0] for row in body)) <= _AGREE
        and bool(below)
        and _parts(below[0]) > 1
        and is_even([*body, line, below[0]])
        and stands_under(below[0], lines[:index], width)
    )


def is_even(rows: list[Line]) -> bool:
    """Whether the last step between baselines is no wider than rows' may be, and those before."""
    steps = [b.words[0].baseline - a.words[0].baseline for a, b in itertools.pairwise(rows)]
    size = rows[-1].size
    wide = [step for step in steps[:-1] if step > _FARTHEST * size]
    limit = min([_AIRIEST * size, *(_EVEN * step for step in wide)])
    return not steps or steps[-1] <= limit


def stands_under(line: Line, above: list[Line], width: float) -> bool:
    """Whether most segments after a line's first begin or end where one of the rows above does.

    Long texts do not count: columns of prose stand in line, too.
    """
    rows = [row for row in above if _parts(row) > 1][-3:]
    edges = [part.box for row in rows for part in segments(row, line_gap(row))[1:]]
    parts = segments(line, line_gap(line))[1:]
    agreeing = sum(
        part.box[2] - part.box[0] < width / 4
        and any(min(abs(part.box[0] - b[0]), abs(part.box[2] - b[2])) <= _AGREE for b in edges)
        for part in parts
    )
    return 2 * agreeing > len(parts)


def _continues(body: list[Line]) -> bool:
    """Whether the last line is the rest of a cell: close below the line before."""
    if len(body) < 2:
        return False
    step = body[-1].words[0].baseline - body[-2].words[0].baseline
    return step < 1.35 * body[-1].size


def _holds_values(body: list[Line]) -> bool:
    """Whether most rows of several parts end in a number or a short word, as tables do."""
    rows = [segments(line, line_gap(line)) for line in body]
    rows = [row for row in rows if len(row) > 1]
    values = sum(bool(NUMERIC.fullmatch(row[-1].text)) or len(row) > 2 for row in rows)
    return values * 2 > len(rows)

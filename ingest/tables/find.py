"""Words and ruling lines of a page → its rasters: ruled grids, stacked rules, aligned numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from ingest.lines import line_gap, lines_from_words, segments, several
from ingest.tables.aligned import aligned_rasters
from ingest.tables.beside import tables_beside
from ingest.tables.edges import Edge, Edges, connected, merge_rules, stacked
from ingest.tables.headed import (
    CAPTION,
    headed_raster,
    is_over_columns,
    rows_below,
    stands_under,
)
from ingest.tables.levels import is_value
from ingest.tables.open import open_raster
from ingest.tables.raster import NUMERIC, Raster
from ingest.tables.rest import rest_raster
from ingest.tables.ruled import ruled_raster
from ingest.tables.stacked import one_each
from ingest.tables.striped import with_stripes
from ingest.tables.upended import with_upended
from ingest.types import Line, Rule, Word

_ROW_SEGMENTS = 3  # of a line that is a row although no rule says so
_SENTENCES = re.compile(r"[a-zåäö]{2}\. [A-ZÅÄÖ]")
_FULL = 2.4  # of a line's size: the height of a row with one line
_LARGER = 1.25  # of the size of lines: so large is a heading of their section
_REACH = 20.0  # points by which a rule below all of a header is longer than one in it
_NEAR = 40.0  # points from the uppermost rule up to a header that stands above it


def find_rasters(
    words: list[Word], rules: tuple[Rule, ...], before: Raster | None = None
) -> list[Raster]:
    """All tables of a page, from top to bottom; no word is in two of them.

    `before` is the table that ended the page before, if one did.
    """
    grids, lone = _with_open_rows(*with_stripes(*connected(merge_rules(rules)), words))
    rasters: list[Raster] = []
    left = list(words)
    for grid in sorted(grids, key=lambda g: -_area(g.box)):
        raster = ruled_raster(grid, left)
        if raster is not None:
            rasters.append(raster)
            left = _without(left, raster)
    for raster in _open_rasters(left, grids, lone, before):
        rasters.append(with_upended(raster, _without(left, raster)))
        left = _without(left, rasters[-1])
    return sorted(rasters, key=lambda raster: raster.box[1])


def _open_rasters(
    words: list[Word], grids: list[Edges], lone: tuple[Edge, ...], before: Raster | None
) -> Iterator[Raster]:
    """Tables without vertical rules: between horizontal ones, under a header's, and without any."""
    left = words
    top = min((word.box[1] for word in words), default=0.0)
    rest = rest_raster(left, before) if before is not None else None
    # where no rule begins a page, one further down may stand around the last rows alone
    if rest is not None and rest.box[1] <= top and not _begins_with_rule(rest, lone):
        yield rest
        left = _without(left, rest)
        lone = tuple(edge for edge in lone if not top <= edge.at <= rest.box[3])
        before = None
    for stack in stacked(lone):
        # a rule over some columns alone is shorter than its table, a stripe of the table above too
        x0, x1 = min(edge.start for edge in stack), max(edge.end for edge in stack)
        for raster in _between(left, [edge.at for edge in stack], x0, x1):
            yield raster
            left = _without(left, raster)
    for edge in _header_edges(grids, lone, words):
        raster_below = headed_raster(left, edge)
        if raster_below is not None:
            yield raster_below
            left = _without(left, raster_below)
    rest = rest_raster(left, before) if before is not None else None
    if rest is not None and rest.box[1] <= top:
        yield rest
        left = _without(left, rest)
    lines = lines_from_words(word for word in left if word.angle == 0)
    beside = [raster for zone in tables_beside(left, lines) for raster in aligned_rasters(zone)]
    for raster in beside:
        yield raster
        left = _without(left, raster)
    if beside:
        lines = lines_from_words(word for word in left if word.angle == 0)
    yield from aligned_rasters(lines)


def _begins_with_rule(rest: Raster, lone: Sequence[Edge]) -> bool:
    """Whether a rule stands right above the rest of a table, or below its first line."""
    first = max(line.box[3] for cell in rest.row(0) for line in cell.lines)
    return any(edge.at <= first + (first - rest.box[1]) for edge in lone)


def _header_edges(grids: list[Edges], lone: tuple[Edge, ...], words: list[Word]) -> list[Edge]:
    """Edges that a header may stand on: lone ones, and the lower ends of lone fills."""
    fills = [grid.horizontal[-1] for grid in grids if len(grid.vertical) <= 2]
    edges = sorted([*lone, *fills], key=lambda edge: edge.at)
    return [edge for edge in edges if not _is_in_header(edge, edges, words)]


def _is_in_header(edge: Edge, edges: Sequence[Edge], words: list[Word]) -> bool:
    """Whether an edge parts the levels of a header: a wider one ends it, no number between."""
    for other in edges:
        wider = other.start < edge.start - _REACH and other.end > edge.end - _REACH
        if edge.at < other.at < edge.at + _NEAR and wider:
            between = _lines(words, edge.at, other.at, other.start, other.end)
            return bool(between) and not any(
                is_value(part) for line in between for part in segments(line, line_gap(line))
            )
    return False


def _with_open_rows(
    grids: list[Edges], lone: tuple[Edge, ...]
) -> tuple[list[Edges], tuple[Edge, ...]]:
    """Give a boxed header's rules to the open rows below it, where they go on as one table."""
    kept: list[Edges] = []
    for grid in grids:
        x0, _, x1, bottom = grid.box
        goes_on = any(
            0 < edge.at - bottom < 40 and abs(edge.start - x0) < 6 and abs(edge.end - x1) < 6
            for edge in lone
        )
        if len(grid.horizontal) <= 3 and goes_on:
            lone = (*lone, *grid.horizontal)
        else:
            kept.append(grid)
    return kept, lone


def _area(box: tuple[float, float, float, float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _without(words: list[Word], raster: Raster) -> list[Word]:
    used = {id(word) for word in raster.words()}
    return [word for word in words if id(word) not in used]


def _between(words: list[Word], bands: list[float], x0: float, x1: float) -> list[Raster]:
    """Tables between horizontal rules; running prose between two rules parts two tables."""
    groups: list[list[float]] = [[bands[0]]]
    sizes = sorted(line.size for line in _lines(words, bands[0], bands[-1], x0, x1))
    for upper, lower in itertools.pairwise(bands):
        between = _lines(words, upper, lower, x0, x1)
        heading = _ends_in_heading(between, sizes[len(sizes) // 2] if sizes else 0.0)
        if heading or _parts_tables(between, lower - upper, x1 - x0):
            groups.append([lower])
        else:
            groups[-1].append(lower)
    found: list[Raster] = []
    for bounds in groups:
        group = bounds
        # the first rule may be the page header's: what stands alone under it is a heading
        while (
            len(group) > 3
            and not several(_lines(words, group[0], group[1], x0, x1))
            and not _is_headed(words, group, x0, x1)
        ):
            group = group[1:]
        if len(group) < 3:
            continue
        lines = _lines(words, group[0], group[-1], x0, x1)
        if len(several(lines)) < 2:
            continue
        below = _rows_under(words, group[0], group[-1], x0, x1)
        if below:
            lines, group = lines + below, [*group, below[-1].box[3] + 2]
        tables = one_each(_header_above(words, group[0], x0, x1) + lines)
        for table in tables:
            inside = group if len(tables) == 1 else _within(group, table)
            raster = open_raster(table, inside)
            if raster is not None:
                found.append(raster)
    return found


def _within(bands: list[float], lines: list[Line]) -> list[float]:
    """The rules that stand among some lines, or right around them."""
    top, bottom = lines[0].box[1] - lines[0].size, lines[-1].box[3] + lines[-1].size
    return [band for band in bands if top <= band <= bottom]


def _lines(words: list[Word], upper: float, lower: float, x0: float, x1: float) -> list[Line]:
    held = [
        word
        for word in words
        if word.angle == 0
        and upper < word.baseline - 2 < lower
        and x0 - 4 <= (word.box[0] + word.box[2]) / 2 <= x1 + 4
    ]
    return lines_from_words(held)


def _is_prose(lines: list[Line], width: float) -> bool:
    """Whether lines run over most of the width without gaps, as sentences do."""
    full = [
        line
        for line in lines
        if len(line.words) >= 7
        and len(segments(line, line_gap(line))) == 1
        and line.box[2] - line.box[0] > 0.6 * width
    ]
    if len(full) >= 2 or (bool(full) and len(full) == len(lines)):
        return True
    # a paragraph of two sentences whose last line is short
    return bool(full) and not several(lines) and _SENTENCES.search(full[0].text) is not None


def _parts_tables(between: list[Line], height: float, width: float) -> bool:
    """Whether what stands between two rules is no row, but prose or a caption."""
    prose = _is_prose(between, width) and not _fills(between, height)
    return prose or _holds_caption(between)


def _fills(lines: list[Line], height: float) -> bool:
    """Whether one line fills what is between two rules: a long name of a group of rows."""
    return len(lines) == 1 and height <= _FULL * lines[0].size


def _holds_caption(lines: list[Line]) -> bool:
    """Whether the last of some lines is the caption of a table that begins below it."""
    last = lines[-1] if lines else None
    lone = last is not None and len(segments(last, line_gap(last))) == 1
    return last is not None and lone and CAPTION.match(last.text) is not None


def _ends_in_heading(lines: list[Line], usual: float) -> bool:
    """Whether the last of some lines is a heading, and the rule below it underlines that.

    It is larger than lines usually are: `usual` points.
    """
    alone = bool(lines) and len(segments(lines[-1], line_gap(lines[-1]))) == 1
    return alone and lines[-1].size > _LARGER * usual


def _is_headed(words: list[Word], bands: list[float], x0: float, x1: float) -> bool:
    """Whether what stands over the uppermost of some rules names the columns of the rows below."""
    header = _header_above(words, bands[0], x0, x1)
    rows = several(_lines(words, bands[0], bands[-1], x0, x1))
    return bool(header and rows) and stands_under(rows[0], header[-1:], x1 - x0)


def _rows_under(words: list[Word], top: float, bottom: float, x0: float, x1: float) -> list[Line]:
    """The lines of last rows that no rule or stripe ends: close below, in several segments."""
    lines = _lines(words, bottom, float("inf"), x0, x1)
    if not lines or lines[0].box[1] - bottom > 2 * lines[0].size:
        return []
    if lines[0].box[1] - bottom > 1.2 * lines[0].size:  # far, unless its columns go on
        above = _lines(words, top, bottom, x0, x1)
        if not stands_under(lines[0], above, x1 - x0):
            return []
    parts = segments(lines[0], line_gap(lines[0]))
    ends_in_number = len(parts) > 1 and NUMERIC.fullmatch(parts[-1].text)
    if len(parts) < _ROW_SEGMENTS and not ends_in_number:
        return []
    return rows_below(lines, Edge(bottom, x0, x1))


def _header_above(words: list[Word], top: float, x0: float, x1: float) -> list[Line]:
    """Header lines that stand over the uppermost rule: close to it, in several segments."""
    lines = _lines(words, top - _NEAR, top, x0, x1)
    header: list[Line] = []
    for above, line in reversed(list(itertools.pairwise([None, *lines]))):
        assert line is not None
        reach = header[0].box[1] if header else top
        # the corner beside two levels stands between their lines
        corner = bool(header) and above is not None and above.box[3] > line.box[1]
        several = len(segments(above if corner and above else line, line_gap(line))) > 1
        upper = bool(header) and is_over_columns(line, header, _lines(words, top, top + 60, x0, x1))
        if not (several or upper) or reach - line.box[3] > max(8.0, 1.2 * line.size):
            break
        header.insert(0, line)
    return header

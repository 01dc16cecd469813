"""Ruling lines → merged edges → groups of edges that belong to one table.

Points from the upper left corner of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.types import Rule

_TOUCH = 3.0  # points between two line ends that still touch
_SAME = 2.0  # points between two lines that are one line drawn twice
_OTHER = 12.0  # points: ends that differ by more are not those of one table
_FELLOWS = 3  # edges in a row that tell a table's width


@dataclass(frozen=True, slots=True)
class Edge:
    """A straight edge at `at` (y of a horizontal, x of a vertical one), from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Edges:
    """Horizontal and vertical edges of one table, each sorted by place."""

    horizontal: tuple[Edge, ...]
    vertical: tuple[Edge, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The rectangle around all edges."""
        xs = [e.at for e in self.vertical] + [x for e in self.horizontal for x in (e.start, e.end)]
        ys = [e.at for e in self.horizontal] + [y for e in self.vertical for y in (e.start, e.end)]
        return min(xs), min(ys), max(xs), max(ys)


def merge_rules(rules: Sequence[Rule]) -> Edges:
    """Lines drawn in pieces, or twice, become one edge each."""
    horizontal = [Edge(r.y0, r.x0, r.x1) for r in rules if r.horizontal]
    vertical = [Edge(r.x0, r.y0, r.y1) for r in rules if not r.horizontal]
    return Edges(_merge(horizontal), _merge(vertical))


def _merge(edges: list[Edge]) -> tuple[Edge, ...]:
    merged: list[Edge] = []
    rows: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda e: e.at):
        if rows and edge.at - rows[-1][0].at <= _SAME:
            rows[-1].append(edge)
        else:
            rows.append([edge])
    for row in rows:
        at = sum(edge.at for edge in row) / len(row)
        pieces = sorted(row, key=lambda e: e.start)
        start, end = pieces[0].start, pieces[0].end
        for piece in pieces[1:]:
            if piece.start <= end + _TOUCH:
                end = max(end, piece.end)
            else:
                merged.append(Edge(at, start, end))
                start, end = piece.start, piece.end
        merged.append(Edge(at, start, end))
    return tuple(edge for edge in merged if edge.end - edge.start > _TOUCH)


def connected(edges: Edges) -> tuple[list[Edges], tuple[Edge, ...]]:
    """Groups of edges that cross or touch each other; and the horizontal edges that stand alone."""
    horizontal, vertical = edges.horizontal, edges.vertical
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, h in enumerate(horizontal):
        for j, v in enumerate(vertical):
            crosses = h.start - _TOUCH <= v.at <= h.end + _TOUCH
            if crosses and v.start - _TOUCH <= h.at <= v.end + _TOUCH:
                parent[root(i)] = root(len(horizontal) + j)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for i, h in enumerate(horizontal):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(vertical):
        groups.setdefault(root(len(horizontal) + j), ([], []))[1].append(v)
    grids = [Edges(tuple(h), tuple(v)) for h, v in groups.values() if len(h) > 1 and v]
    used = {id(edge) for grid in grids for edge in grid.horizontal}
    return grids, tuple(edge for edge in horizontal if id(edge) not in used)


def stacked(edges: tuple[Edge, ...]) -> list[tuple[Edge, ...]]:
    """Horizontal edges that stand above each other with about the same ends, three or more."""
    groups: list[list[Edge]] = []
    for edge in sorted(edges, key=lambda e: e.at):
        for group in groups:
            last = group[-1]
            shared = min(edge.end, last.end) - max(edge.start, last.start)
            if shared > 0.7 * max(edge.end - edge.start, last.end - last.start):
                group.append(edge)
                break
        else:
            groups.append([edge])
    parted = [part for group in groups for part in _of_one_width(group)]
    return [tuple(part) for part in parted if len(part) >= 3]


def _of_one_width(group: list[Edge]) -> list[list[Edge]]:
    """A stack, parted where edges of other ends go on below: a wider table under a narrow one."""
    parts: list[list[Edge]] = [[]]
    for index, edge in enumerate(group):
        first = parts[-1][0] if parts[-1] else edge
        following = group[index : index + _FELLOWS]
        others = [
            abs(one.start - first.start) > _OTHER or abs(one.end - first.end) > _OTHER
            for one in following
        ]
        agree = all(
            abs(one.start - edge.start) <= _OTHER and abs(one.end - edge.end) <= _OTHER
            for one in following
        )
        if len(following) == _FELLOWS and all(others) and agree:
            parts.append([])
        parts[-1].append(edge)
    return parts

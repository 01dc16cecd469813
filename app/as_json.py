"""Reports, tables, figures and findings → the JSON that programs rely on."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from ingest.types import Finding, Place, Problem, Table
from rag.answer_json import boxes_json
from rag.asking import Hit
from rag.explaining import Explanation
from rag.figure_list import ListedFigure
from rag.report import Report


def report_json(report: Report) -> dict[str, Any]:
    """A document that was read, or could not be."""
    identity = report.identity
    return {
        "id": report.id,
        "title": identity.title,
        "municipality": identity.municipality,
        "board": identity.board,
        "kind": identity.kind,
        "years": list(identity.years),
        "pages": report.pages,
        "tables": report.tables,
        "figures": report.figures,
        "chunks": report.chunks,
        "seconds": round(report.seconds, 3),
        "problems": [_problem(problem) for problem in report.problems],
        "status": report.status,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"page": problem.page, "message": problem.message}


def table_json(table: Table) -> dict[str, Any]:
    """A table as it was read: cells as printed, the header as a list of levels."""
    grid = table.grid()
    return {
        "id": table.id,
        "page": table.page,
        "last_page": table.last_page,
        "section": list(table.section),
        "caption": table.caption,
        "unit": table.unit,
        "header": grid[: table.header_rows],
        "rows": grid[table.header_rows :],
        "grade": table.grade,
        "checks": list(table.checks),
    }


def decimal_text(value: Decimal) -> str:
    """A number's digits with a point, never with an exponent."""
    return format(value, "f")


def figure_json(listed: ListedFigure) -> dict[str, Any]:
    """A number with its meaning; `table` and `sentence` are null where it stands in none."""
    figure = listed.figure
    return {
        "document": listed.document,
        "page": figure.page,
        "table": figure.table or None,
        "row": list(figure.row),
        "column": list(figure.column),
        "measure": figure.measure,
        "period": str(figure.period),
        "value": None if figure.value is None else decimal_text(figure.value),
        "unit": figure.unit,
        "printed": figure.printed,
        "grade": figure.grade,
        "box": boxes_json([figure.box])[0],
        "part": figure.part,
        "sentence": listed.sentence or None,
        "ocr": figure.ocr,
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """Where documents disagree; `document` and `page` are those where `stated` stands."""
    first = finding.places[0]
    return {
        "kind": finding.kind,
        "document": first.document,
        "page": first.page,
        "message": finding.message,
        "stated": decimal_text(finding.stated),
        "expected": decimal_text(finding.expected),
        "difference": decimal_text(finding.difference),
        "explained_by_rounding": finding.explained_by_rounding,
        "places": [_place(place) for place in finding.places],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "document": place.document,
        "page": place.page,
        "quote": place.quote,
        "boxes": boxes_json(place.boxes),
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """A passage that was found; with `explain` where it was asked why."""
    shown: dict[str, Any] = {
        "document": hit.document,
        "page": hit.page,
        "page_label": hit.page_label,
        "section": list(hit.section),
        "text": hit.text,
        "score": round(hit.score, 4),
        "boxes": boxes_json(hit.boxes),
    }
    if hit.also:
        shown["also"] = [asdict(place) for place in hit.also]
    return shown if hit.why is None else {**shown, "explain": _explain_json(hit.why)}


def _explain_json(why: Explanation) -> dict[str, Any]:
    judged = why.judged
    return {
        "matches": [asdict(match) for match in why.matches],
        "missing": list(why.missing),
        "score": {name: round(value, 4) for name, value in asdict(why.parts).items()},
        "reranker": None
        if judged is None
        else {"model": judged.model, "score": round(judged.score, 4), "before": judged.before},
    }

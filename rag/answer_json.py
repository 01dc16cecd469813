"""An answer → the JSON that programs rely on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingest.types import Box
from rag.answer import Answer, Citation, ToldFigure, Wording


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer. Numbers are decimal strings. `wording` only where a language model is set."""
    told: dict[str, Any] = {
        "question": answer.question,
        "status": answer.status,
        "answer": answer.text,
        "figures": [_told(figure) for figure in answer.figures],
        "citations": [citation_json(citation) for citation in answer.citations],
        "warnings": [
            {"kind": w.kind, "message": w.message, "citations": list(w.citations)}
            for w in answer.warnings
        ],
        "timings": {"total_ms": answer.milliseconds},
    }
    if answer.wording is not None:
        told["wording"] = _wording(answer.wording)
    return told


def _wording(wording: Wording) -> dict[str, Any]:
    return {
        "by": wording.by,
        "model": wording.model,
        "removed": [{"sentence": text, "why": why} for text, why in wording.removed],
        "fell_back": wording.fell_back,
        "reason": wording.reason,
    }


def _told(figure: ToldFigure) -> dict[str, Any]:
    return {
        "role": figure.role,
        "value": f"{figure.value:f}",
        "unit": figure.unit,
        "label": figure.label,
        "measure": figure.measure,
        "period": figure.period,
        "formula": figure.formula or None,
        "citations": list(figure.citations),
    }


def citation_json(citation: Citation) -> dict[str, Any]:
    """A quote and where it stands."""
    return {
        "id": citation.id,
        "document": citation.document,
        "title": citation.title,
        "page": citation.page,
        "page_label": citation.page_label,
        "section": list(citation.section),
        "quote": citation.quote,
        "boxes": boxes_json(citation.boxes),
    }


def boxes_json(boxes: Sequence[Box]) -> list[list[float]]:
    """Rectangles in points from the page's upper left corner."""
    return [[round(value, 2) for value in box] for box in boxes]

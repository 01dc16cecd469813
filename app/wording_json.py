"""The life of a wording, and the comparison of two documents → the JSON that programs rely on."""

from __future__ import annotations

from typing import Any

from app.as_json import decimal_text
from rag.answer_json import boxes_json
from rag.wording.types import (
    Aligned,
    Comparison,
    Difference,
    History,
    NumberChange,
    Occurrence,
    Passage,
    Source,
)


def history_json(history: History) -> list[dict[str, Any]]:
    """The occurrences in order; `quote` is what stands on `page`, `text` the whole passage."""
    return [_occurrence(one) for one in history.occurrences]


def _occurrence(one: Occurrence) -> dict[str, Any]:
    first = one.passage.parts[0]
    before = one.previous_difference
    return {
        "document": one.source.document,
        "year": one.source.year or None,
        "page": first.page,
        "kind": one.kind,
        "similarity": one.similarity,
        "quote": first.quote,
        "diff": _pieces(one.difference),
        "title": one.source.title,
        "board": one.source.board,
        "municipality": one.source.municipality,
        "document_kind": one.source.kind,
        "page_label": first.page_label,
        "section": list(one.passage.section),
        "boxes": boxes_json(first.boxes),
        "text": one.passage.text,
        "parts": _parts(one.passage),
        "numbers": [_number(change) for change in one.difference.numbers],
        "previous": one.previous or None,
        "previous_diff": _pieces(before) if before else None,
        "previous_numbers": [_number(n) for n in before.numbers] if before else [],
    }


def _pieces(difference: Difference) -> list[list[str]]:
    return [[operation, text] for operation, text in difference.pieces]


def _number(change: NumberChange) -> dict[str, Any]:
    told = change.difference
    return {
        "before": change.before,
        "after": change.after,
        "difference": None if told is None else decimal_text(told),
    }


def _parts(passage: Passage) -> list[dict[str, Any]]:
    return [
        {
            "page": part.page,
            "page_label": part.page_label,
            "quote": part.quote,
            "boxes": boxes_json(part.boxes),
        }
        for part in passage.parts
    ]


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Both documents, how many are unchanged, and the rest in the order of the newer one."""
    return {
        "older": _source(comparison.older),
        "newer": _source(comparison.newer),
        "unchanged": comparison.count("unchanged"),
        "changes": [_aligned(one) for one in comparison.aligned if one.status != "unchanged"],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "document": source.document,
        "title": source.title,
        "year": source.year or None,
        "document_kind": source.kind,
    }


def _aligned(one: Aligned) -> dict[str, Any]:
    return {
        "status": one.status,
        "what": one.what,
        "similarity": one.similarity,
        "old": _side(one.old),
        "new": _side(one.new),
        "diff": _pieces(one.difference),
        "numbers": [_number(change) for change in one.difference.numbers],
    }


def _side(passage: Passage | None) -> dict[str, Any] | None:
    if passage is None:
        return None
    return {
        "page": passage.page,
        "section": list(passage.section),
        "text": passage.text,
        "parts": _parts(passage),
    }

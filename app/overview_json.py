"""Overviews → the JSON that programs rely on: fields by name, numbers as decimal strings."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from app.as_json import decimal_text
from rag.answer import Citation
from rag.answer_json import citation_json
from rag.overviews.numbers import Number


def overview_json(value: Any) -> Any:
    """A value of an overview: its fields by their names, citations and numbers as everywhere."""
    if isinstance(value, Number):
        return {
            "value": decimal_text(value.value),
            "unit": value.unit,
            "printed": value.printed or None,
            "formula": value.formula or None,
            "grade": value.grade,
            "sources": [citation_json(source) for source in value.sources],
        }
    if isinstance(value, Citation):
        return citation_json(value)
    if is_dataclass(value):
        return {one.name: overview_json(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, tuple):
        return [overview_json(one) for one in value]
    return value

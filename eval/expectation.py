"""What a question expects, as its set writes it → what is wrong with it, if anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

_Number = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$")]


class _Figure(BaseModel):
    value: _Number
    unit: str = ""
    label: str = ""
    tolerance: _Number = "0"
    either_sign: bool = False


class _Source(BaseModel):
    document: str = Field(min_length=1)
    pages: list[int]
    quote_contains: str | None = None


class _Expectation(BaseModel):
    status: Literal["answered", "refused"] = "answered"
    figures: list[_Figure] = []
    text_any: list[Annotated[list[str], Field(min_length=1)]] = []
    citations: list[_Source] = []
    warning: str | None = None


def fault_of(expect: Mapping[str, Any]) -> str:
    """Why an answer cannot be held against `expect`, in Swedish; "" where it can."""
    try:
        _Expectation.model_validate(expect)
    except ValidationError as error:
        where = ".".join(str(part) for part in ("expect", *error.errors()[0]["loc"]))
        return f"fältet {where} saknas eller är fel"
    return ""

"""The tools as LangChain tools, for an agent of anybody's making: JSON in, JSON out.

With `rag.langchain_retriever` the only module that imports langchain_core.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from decimal import Decimal
from functools import wraps
from typing import Any

from langchain_core.tools import BaseTool, StructuredTool

from rag.tools import TOOLS, Tools


def langchain_tools(tools: Tools) -> list[BaseTool]:
    """Each tool with its name, docstring and typed arguments; results are plain JSON values."""
    return [StructuredTool.from_function(_plainly(getattr(tools, name))) for name in TOOLS]


def _plainly(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        return _plain(function(*args, **kwargs))

    return call


def _plain(value: Any) -> Any:
    """Dataclasses as objects, decimals as strings, tuples as lists."""
    if hasattr(value, "__dataclass_fields__"):
        return _plain(asdict(value))
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value

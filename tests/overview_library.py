"""A library of parsed files, without the caches that overviews do not need; what holds of any."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest.document import parse
from rag.answer import Citation
from rag.overviews.library import Library
from rag.overviews.numbers import Number
from rag.quotes import squeezed
from rag.shelf import Shelf
from rag.store import Store

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def library_of(folder: Path, *paths: Path) -> Library:
    """The documents at `paths`, in a store of their own in `folder`."""
    folder.mkdir(exist_ok=True)
    store = Store(folder, write=True)
    for path in paths:
        document = parse(path)
        store.put(document, document.sha256, 0.0)
    return Library(store, Shelf(store))


def open_library(folder: Path) -> Library:
    """The library of a store that is there."""
    store = Store(folder)
    return Library(store, Shelf(store))


def within(value: Any) -> Iterator[Any]:
    """A value and all that it holds, however deep."""
    yield value
    inner: Any = ()
    if is_dataclass(value):
        inner = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, tuple):
        inner = value
    for one in inner:
        yield from within(one)


def check_sources(library: Library, overview: Any) -> int:
    """Assert that each number has its sources, that those stand on their pages, and that a formula
    gives its number; returns how many numbers there were."""
    count = 0
    for one in within(overview):
        if isinstance(one, Citation):
            text = squeezed(library.store.page_text(one.document, one.page))
            assert squeezed(one.quote) in text
        if isinstance(one, Number):
            count += 1
            assert one.sources
            assert bool(one.printed) != bool(one.formula)
            if one.printed:
                assert squeezed(one.printed) in one.sources[0].quote
            else:
                assert worked_out(one.formula, one.unit) == one.value
    return count


def worked_out(formula: str, unit: str) -> Decimal:
    """What a formula comes to; shares have two decimals."""
    code = _NUMBER.sub(lambda found: f"Decimal('{found[0]}')", formula)
    value = Decimal(eval(code, {"Decimal": Decimal}))  # digits and signs of our own formulas
    return value.quantize(Decimal("0.01")) if unit == "%" else value

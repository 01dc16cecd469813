"""A PDF file → what it says of itself: title, author, outline, page labels. By pypdf.

The only module that imports pypdf. Nothing here is needed to read a page: a file whose catalogue
is broken gives less, never an error.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PdfReader

_LONGEST_LABEL = 20  # characters
_MAX_OUTLINE = 2_000  # entries; more than this is no contents list

# pypdf tells of every repaired object; what matters to the user is told by the reader itself
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class PdfInfo:
    """Metadata of a PDF; `labels` by page number from 1, `outline` the titles of its bookmarks."""

    title: str = ""
    author: str = ""
    outline: tuple[str, ...] = ()
    labels: dict[int, str] = field(default_factory=dict)


def read_info(data: bytes) -> PdfInfo:
    """What a file of these bytes says of itself; empty where nothing of it can be read."""
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt("")  # an owner's password alone does not keep readers out
    except Exception:  # pypdf raises what a broken file makes it stumble on, KeyError to Recursion
        return PdfInfo()
    metadata = _tried(lambda: reader.metadata) or {}
    return PdfInfo(
        str(_tried(lambda: metadata.get("/Title")) or "").strip(),
        str(_tried(lambda: metadata.get("/Author")) or "").strip(),
        tuple(_tried(lambda: _titles(reader)) or ()),
        _tried(lambda: _labels(reader)) or {},
    )


def _tried(read: Any) -> Any:
    try:
        return read()
    except Exception:  # see read_info
        return None


def _labels(reader: PdfReader) -> dict[int, str]:
    """Page labels that could be page numbers: short, and of letters that can be seen."""
    return {
        number: label
        for number, label in enumerate(reader.page_labels, start=1)
        if len(label) <= _LONGEST_LABEL and label.isprintable()
    }


def _titles(reader: PdfReader) -> list[str]:
    """Titles of the outline in order, all levels."""
    found: list[str] = []
    for title in _flat(reader.outline):
        if len(found) >= _MAX_OUTLINE:
            return []
        found.append(title)
    return found


def _flat(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry)
        elif getattr(entry, "title", None):
            yield str(entry.title).strip()

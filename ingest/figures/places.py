"""A range of a page's text → its place on the page."""

from __future__ import annotations

from bisect import bisect_right

from ingest.types import Box, Figure, Page, Span, enclosing


def boxes_of(page: Page, span: Span) -> list[Box]:
    """The boxes of the words that `span` touches, in order; words without a place have none."""
    boxes: list[Box] = []
    at = bisect_right(page.words, span.start, key=lambda word: word.end)
    for word in page.words[at:]:
        if word.start >= span.end:
            break
        boxes.append(word.box)
    return boxes


def box_of(page: Page, span: Span) -> Box | None:
    """The box around the words of `span`; None where none of them has a place."""
    boxes = boxes_of(page, span)
    return enclosing(boxes) if boxes else None


def quoted(page: Page, figure: Figure) -> Span:
    """What is quoted for a figure: its sentence, or its whole row of the table.

    A row is one line of the page's text, its cells parted by tabs.
    """
    if figure.sentence is not None:
        return figure.sentence
    start = page.text.rfind("\n", 0, figure.span.start) + 1
    end = page.text.find("\n", figure.span.end)
    return Span(page.number, start, end if end >= 0 else len(page.text))

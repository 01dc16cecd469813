"""Ranges of a page's text → sentences, quotes, and the rectangles that a quote stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.types import Box, Page, Span, WordBox, enclosing

_SENTENCE_END = re.compile(r"[.!?…][\"”»)\]]*[⁰¹²³⁴⁵⁶⁷⁸⁹]*(?=\s+[\"”»(\[]?[A-ZÅÄÖ0-9•–-])")
_ABBREVIATIONS = re.compile(
    r"(?:^|[\s(”\"])(?:bl|t|m|o|d|s|f|ca|kap|st|nr|dnr|resp|inkl|exkl|max|min|jfr|kl|tel|milj|mdkr"
    r"|(?:[a-zåäö]{1,3}\.\s?){1,3}[a-zåäö]{1,4}|\d{1,2})$",
    re.I,
)


def squeezed(text: str) -> str:
    """White space folded: runs of it are one space, none at the ends."""
    return " ".join(text.split())


def sentences(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a range of a page's text, as ranges of it."""
    start = span.start
    for match in _SENTENCE_END.finditer(text, span.start, span.end):
        if match.group().startswith(".") and _ABBREVIATIONS.search(text[start : match.start()]):
            continue
        yield Span(span.page, start, match.end())
        start = (
            match.end()
            + len(text[match.end() : span.end])
            - len(text[match.end() : span.end].lstrip())
        )
    if start < span.end:
        yield Span(span.page, start, span.end)


def rows(text: str, span: Span) -> Iterator[Span]:
    """The lines of a range of a page's text (a table's rows), as ranges of it."""
    start = span.start
    for line in text[span.start : span.end].splitlines(keepends=True):
        end = start + len(line.rstrip("\n"))
        if end > start:
            yield Span(span.page, start, end)
        start += len(line)


def quote_of(page: Page, span: Span) -> str:
    """The text of a range, white space folded."""
    return squeezed(page.text[span.start : span.end])


def boxes_of(page: Page, span: Span) -> tuple[Box, ...]:
    """One rectangle for each line of a range, in points from the page's upper left corner.

    Empty for a document without fixed pages.
    """
    return tuple(enclosing(line) for line in _lines(page.words, span))


def _lines(words: Sequence[WordBox], span: Span) -> Iterator[list[Box]]:
    """The boxes of a range's words, line by line; a wide gap parts columns too."""
    line: list[Box] = []
    for word in words:
        if word.end <= span.start or word.start >= span.end:
            continue
        if line and not _goes_on(line[-1], word.box):
            yield line
            line = []
        line.append(word.box)
    if line:
        yield line


def _goes_on(last: Box, box: Box) -> bool:
    """Whether a word stands right of the last one, on the same line."""
    height = max(last[3] - last[1], 1.0)
    overlap = min(last[3], box[3]) - max(last[1], box[1])
    return overlap > 0.4 * height and box[0] >= last[0] and box[0] - last[2] < 12 * height


def find_quote(page: Page, quote: str) -> Span | None:
    """Where a quote stands on a page, character for character after white space is folded.

    It must not begin or end inside a word or a number, nor leave a number's sign behind: on a page
    that says "−12,5" neither "2,5" nor "12,5" nor "12" is found.
    """
    wanted = squeezed(quote)
    if not wanted:
        return None
    pattern = r"\s+".join(re.escape(part) for part in wanted.split(" "))
    before = r"(?<!\w)" if _WORD_CHAR.match(wanted[0]) else ""
    after = r"(?!\w)" if _WORD_CHAR.match(wanted[-1]) else ""
    if wanted[0].isdigit():
        before += r"(?<!\d[.,])(?<![-−])(?<![-−] )(?<!\d[ \u00a0\u2009\u202f])"
    if wanted[-1].isdigit():
        after += r"(?![.,]\d)(?![ \u00a0\u2009\u202f]\d{3}(?!\d))"
    if wanted[0] in ".," and wanted[1:2].isdigit():
        before += r"(?<!\d)"
    if wanted[-1] in ".," and wanted[-2:-1].isdigit():
        after += r"(?!\d)"
    match = re.search(before + pattern + after, page.text)
    return Span(page.number, match.start(), match.end()) if match else None


_WORD_CHAR = re.compile(r"[^\W⁰¹²³⁴⁵⁶⁷⁸⁹]")

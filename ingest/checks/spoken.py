"""The sentences of a document's running text, and the plain numbers that they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ingest.figures.sentences import sentences
from ingest.numbers import NumberError, parse_quantity
from ingest.types import BlockKind, Page, Span

PROSE = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.CAPTION, BlockKind.FOOTNOTE)
_SPACES = " \u00a0\u2009\u202f"
NUMBER = rf"(?<![\w,.])[-−–]?\d{{1,3}}(?:(?:[{_SPACES}]\d{{3}})+|\d*)(?:,\d+)?(?![\d,]*\d)"
"""A number as it is printed: "1 842", "7,9", "−3"."""

_IN_ORDER = "noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton"
_IN_ORDER += " sjutton arton nitton tjugo"
_WORDS = {word: value for value, word in enumerate(_IN_ORDER.split())} | {"ett": 1}
COUNT = rf"(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))}|\d{{1,2}})(?![\w,])"
"""A small number, in letters or in digits."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `text` is that of its page at `span`, on one line; `lead` is what stands
    before it in its paragraph, `section` its headings."""

    span: Span
    text: str
    lead: str
    section: tuple[str, ...]

    def at(self, start: int, end: int) -> Span:
        """The place of `text[start:end]` on the page."""
        return Span(self.span.page, self.span.start + start, self.span.start + end)


def spoken(pages: Sequence[Page]) -> Iterator[Sentence]:
    """All sentences of the running text, in reading order."""
    for page in pages:
        for block in page.blocks:
            if block.kind not in PROSE:
                continue
            begin = block.span.start
            for start, end in sentences(page.text, begin, block.span.end):
                text, lead = (page.text[slice(*at)] for at in ((start, end), (begin, start)))
                yield Sentence(
                    Span(page.number, start, end),
                    text.replace("\n", " "),
                    " ".join(lead.split()),
                    block.section,
                )


def number_of(printed: str) -> tuple[Decimal, Decimal] | None:
    """The value of a printed number and half a unit of its last digit; None where it is none."""
    try:
        quantity = parse_quantity(printed, cell=False)
    except NumberError:
        return None
    if quantity is None:
        return None
    return quantity.value, Decimal(5).scaleb(-quantity.decimals - 1)


def count_of(word: str) -> int:
    """The value of what `COUNT` matches."""
    return _WORDS.get(word.casefold(), -1) if not word.isdigit() else int(word)

"""Why a figure differs from the one before, where a document says so.

"Antalet för 2023 har räknats om, från 1 514 till 1 488" explains a difference, and what is
explained is no contradiction. Words such as "omräknat" explain the row that they are about; words
such as "flyttat" or "höjt", which are used of much else, only where the numbers are told, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ingest.checks.arithmetic import in_unit, same_kind, value_of
from ingest.checks.spoken import NUMBER, PROSE, number_of
from ingest.checks.words import content
from ingest.figures.labels import years_of
from ingest.figures.places import quoted
from ingest.numbers import find_quantities
from ingest.types import Block, Figure, Page

_RECKONED = re.compile(
    r"\bomräkn\w*|\bräkna(?:s|ts|des|t|de|r)?\s+om\b|\brätta(?:d|t|de|s|ts|des)\b|\brättelse\w*"
    r"|\bkorriger\w*|\bomklassific\w*|\bomför(?:d|da|t|ts|s|des)\b|\bjämförelsestör\w*|\brevider\w*"
    r"|\b(?:ny|annan|ändra[dt]|annorlunda)\w*\s+(?:\w+\s+)?"
    r"(?:metod|beräkning|mätning|indelning|definition|avgränsning)\w*"
    r"|\binte\s+(?:helt\s+)?jämförbar\w*|\bgår\s+inte\s+att\s+jämföra\b"
    r"|\bskiljer\s+sig\s+(?:\w+\s+)?från\s+(?:den|det|de|dem|vad|uppgift\w*|siffr\w*|tidigare|förra)\b"
    r"|\b(?:angavs|redovisades|uppgavs|var|blev|stod)\s+(?:\w+\s+)?fel(?:aktig\w*)?\b",
    re.I,
)
_CHANGED = re.compile(
    r"\bflytta\w*|\bförd(?:es|a|e|s)\b|\bförts\b|\böverför\w*|\bomfördel\w*|\bhöj(?:t|de|des|ts)\b"
    r"|\bsänk(?:t|te|tes|ts)\b|\bändra\w*|\butöka\w*|\btillför\w*|\bjustera\w*|\bbeslut\w*",
    re.I,
)
# "Jämförelsetalen är omräknade": of the whole table, if no numbers follow
_ALL = re.compile(r"\bjämförelse(?:tal|siffr|år|värd)\w*|\b(?:alla|samtliga|tidigare)\s+\w+", re.I)
_MARK = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\*{1,3}")


def reasons(pages: Iterable[Page]) -> list[str]:
    """The paragraphs and notes that may say why figures differ from those before."""
    texts = (block.text for page in pages for block in page.blocks if block.kind in PROSE)
    flat = (" ".join(text.split()) for text in texts)
    return [text for text in flat if _RECKONED.search(text) or _CHANGED.search(text)]


def explained(texts: Iterable[str], before: Figure, after: Figure) -> bool:
    """Whether one of some `reasons` says why one figure became another."""
    return any(_explains(text, before, after) for text in texts)


def _explains(text: str, before: Figure, after: Figure) -> bool:
    reckoned = _RECKONED.search(text)
    year = after.period.year
    if years_of(text) and year not in years_of(text):
        return False
    values = list(_values(text, after.unit))
    old = abs(in_unit(value_of(before), before.unit, after.unit))
    new = abs(value_of(after))
    told = {
        name for name, v in (("old", old), ("new", new), ("step", abs(new - old))) if v in values
    }
    named = _named(text, after.row[-1] if after.row else "")
    if named and ("step" in told or {"old", "new"} <= told):
        return True
    if reckoned is None:
        return False
    whole = named == 1 or (named > 0 and "new" in told)
    return whole or (not values and bool(_ALL.search(text)) and year in years_of(text))


def _named(text: str, label: str) -> float:
    """The share of a label's words that a text holds, in any form."""
    words = [word for word in content(label) if len(word) > 3] or list(content(label))
    said = text.casefold()
    return sum(bool(re.search(rf"(?<!\w){re.escape(word)}", said)) for word in words) / max(
        len(words), 1
    )


def _values(text: str, unit: str) -> Iterator[Decimal]:
    """The numbers of a text that may be counted in `unit`, in that unit, without their signs."""
    for quantity in find_quantities(text):
        if quantity.unit and same_kind(quantity.unit, unit):
            yield abs(in_unit(quantity.value, quantity.unit, unit))
    for match in re.finditer(NUMBER, text):
        number = number_of(match[0])
        if number is not None and not re.fullmatch(r"(?:19|20)\d\d", match[0]):
            yield abs(number[0])


def noted(page: Page, figure: Figure) -> bool:
    """Whether a note that hangs on a figure's row says that it is reckoned anew."""
    span = quoted(page, figure)
    marks = set(_MARK.findall(page.text[span.start : span.end]))
    return any(
        _RECKONED.search(block.text) is not None and _mark(block) in marks
        for block in page.blocks
        if block.kind in PROSE
    )


def _mark(block: Block) -> str:
    found = _MARK.match(block.text.lstrip())
    return found[0] if found else ""

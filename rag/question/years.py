"""Which years a question means: named ones, and "i år", "förra året", "nästa år"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.figures.labels import years_of
from ingest.identity import years_named
from rag.question import signs
from rag.store import StoredDocument
from rag.terms import fold, plain

_DID = re.compile(r"\W*(?:okade|minskade|steg|sjonk|forbattrades|forsamrades)\b")
_ENDS = re.compile(r"\b(?:for)?andrats (?:\w+ ){0,4}?fran (?:ar )?20\d\d till (?:ar )?20\d\d")
_HOW_MUCH = re.compile(r"\bhur (?:mycket|manga|stor)\b")
DENIED_YEAR = re.compile(r"\b(?:inte|ej|ingen|utan)\s+(?:för\s+|år\s+)?(?:19|20)\d\d", re.I)
"""A year that is not what is asked for: \"inte 2024\"."""
_EXPLAINED = re.compile(  # "förra året (2024)": the year is said
    r"\b(?:forra aret|fjolaret|i fjol|nasta ar|kommande ar|i ar|innevarande ar)"
    r"(?= ?(?:\(|, ?)?(?:dvs\.?|alltsa)? ?20\d\d\b)"
)
_SINCE_LAST_YEAR = re.compile(
    r"\b(?:jamfort med|jamfort mot|an|mot|sedan|fran) (?:samma \w+ )?(?:under |i )?"
    r"(?:forra aret|fjol(?:aret)?|foregaende ar|aret innan|aret fore)\b"
)
_OF_REPORT = re.compile(
    r"\b(?:årsredovisning|delårs|tertialrapport|verksamhetsplan|internkontrollplan"
    r"|verksamhetsberättelse)\w*(?:\s+(?:för|från|i))?\s+((?:19|20)\d\d)"
    r"|\benligt\s+(?:\S+\s+){0,3}?budget\w*(?:\s+för)?\s+((?:19|20)\d\d)",
    re.I,
)


def years_of_question(text: str, bare: str, documents: Sequence[StoredDocument]) -> tuple[int, ...]:
    """The years that are named, and those meant by "i år", seen from the newest document."""
    told = DENIED_YEAR.sub(" ", text)
    bare_of_reports = _OF_REPORT.sub(" ", told)  # "årsredovisning 2023: utfall 2022"
    told = bare_of_reports if years_named(bare_of_reports) else told
    named = years_named(told) or years_of(told)
    bare = _EXPLAINED.sub(" ", bare)
    if len(named) == 2 and re.search(rf"{named[0]}\s*(?:\w+ )?(?:-|–|till|t\.?o\.?m)", bare):
        amount = _HOW_MUCH.search(bare) or signs.IN_PERCENT.search(bare)
        change = signs.CHANGE.search(bare) and amount
        each = signs.TREND.search(bare) and not change and not _DID.match(bare)
        ends = _ENDS.search(bare) and not signs.EACH_YEAR.search(bare)
        named = tuple(range(min(named), max(named) + 1)) if each and not ends else named
    known = [d.identity for d in documents if d.identity.years]
    followed = [one.years[0] for one in known if one.kind in ("delårsrapport", "årsredovisning")]
    now = max(followed or [one.years[0] for one in known], default=0)
    for form, offset in signs.YEAR_WORDS:
        if form.search(bare) and now:
            base = named[-1] if named and offset else now
            named = (*named, base + offset)
    if now and not named[1:] and _SINCE_LAST_YEAR.search(bare):
        named = (now - 1, now)
    return tuple(dict.fromkeys(named))


def years_away(text: str) -> int:
    """How many years a question is away from the one before: "och året innan?" is -1."""
    bare = plain(fold(text))
    if years_named(text):
        return 0
    return next((offset for form, offset in signs.YEAR_WORDS if form.search(bare)), 0)

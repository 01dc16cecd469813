"""Which operation a question asks for, by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.question import signs
from rag.question.limits import limits_of

_COMPARES = re.compile(r"\b(?:hur mycket|skill\w*|jamfor\w*|sedan|fran|mellan|forandr\w*)\b")
HOW_CHANGED = re.compile(r"\bhur har .{0,80}\b(?:for)?andrat(?:s| sig)\b")
"""Words that ask how something has changed."""
_BETWEEN = re.compile(r"\bmellan (?:aren )?20\d\d och 20\d\d")
_PLUS = re.compile(r"[a-z]{3}\s*\+\s*[a-z]{3}")
_OF_DEVIATION = re.compile(
    r"\b(?:del|andel|procent)(?:en)? av .{3,60} (?:motsvara[rd]e?|utgor|utgjorde) .{0,40}skott"
)
_LISTED = re.compile(
    r"20\d\d\W{1,3}(?:och |samt )?(?:\w+ )?20\d\d|20\d\d .{0,40}20\d\d .{0,40}20\d\d"
)


def operation_of(bare: str, years: Sequence[int], measures: Sequence[str], *, percent: bool) -> str:
    """The first operation whose words a question has; `bare` is its text in plain letters."""
    changes = bool(signs.CHANGE.search(bare))
    if {"riskvärde", "sannolikhet", "konsekvens"} & set(measures):  # "Kostnaderna ökar: riskvärde?"
        changes = changes and bool(_COMPARES.search(bare))
    changes = changes and not signs.GOAL_AND_OUTCOME.search(bare)
    of_one = limits_of(bare).per not in ("", "ar")  # "vad kostar en elev per år"
    together = bool(signs.TOGETHER.search(bare))
    summed = together or "totalt" in bare
    deviates = "avvikelse" in measures
    two_years = len(years) == 2
    between = two_years and bool(_BETWEEN.search(bare))
    bounded = limits_of(bare).bound is not None
    part_of = bool(signs.SHARE.search(bare) and signs.YEARS.search(bare)) and not changes
    more = changes and signs.HOW_MUCH_MORE.search(bare) is not None
    change = "percent_change" if signs.IN_PERCENT.search(bare) and percent else "change"
    said = (
        ("gap", bool(signs.GAP.search(bare))),
        ("share", _OF_DEVIATION.search(bare) is not None),
        ("assessment", bool(signs.ASSESSMENT.search(bare)) and not signs.LEVEL.search(bare)),
        ("rank", bool(signs.RANK.search(bare))),
        ("list", bool(signs.LIST.search(bare)) and ("riskvärde" in measures or bounded)),
        ("share", part_of and not signs.EACH_YEAR.search(bare)),
        (change, more and len(years) < 2 and not deviates),
        ("trend", bool(signs.EACH_YEAR.search(bare)) and not changes and not of_one),
        ("trend", summed and len(years) > 1 and "respektive" in bare),
        ("total", summed and len(years) > 1 and not changes and not deviates),
        ("trend", bool(HOW_CHANGED.search(bare)) and len(years) > 1 and not between),
        (change, changes and two_years),
        (
            "trend",
            (bool(signs.TREND.search(bare)) and not of_one)
            or (len(years) > 2 and bool(_LISTED.search(bare))),
        ),
        ("total", together and deviates),
        ("deviation", deviates),
        (change, changes),
        ("total", bool(signs.TOTAL.search(bare)) or bool(_PLUS.search(bare))),
        ("share", bool(signs.SHARE.search(bare))),
    )
    return next((name for name, here in said if here), "figure")

"""Does a sentence say of one of its numbers what is asked for? Strictly: all of it, of that number.

A sentence holds several numbers, and words that hold for one of them alone; a number that is not
plainly the one meant answers nothing.
"""

from __future__ import annotations

import re

from ingest.checks.arithmetic import is_money
from rag.alike import FOUND
from rag.question.asked import Understanding
from rag.relevance import WeighedWord
from rag.shelf import Known
from rag.terms import plain
from rag.wanted import Wanted

_LARGE = 999
_SHARED = 0.6  # what is said of another number before says less than what is said of this one
_BESIDE = 0.4  # of the words may stand in the sentences around
_EARLIER = frozenset("tidigare foregaende forra".split())
# what an amount is, where it is not a cost or a level
_ROLES = re.compile(
    r"(?:tillaggsanslag|begar(?:an|t|de)|ansok\w*|askand\w*|avsl\w+|avstyrk\w*|besparing\w*"
    r"|effektivisering\w*|intakt\w*|avgift\w*|bidrag\w*|statsbidrag\w*|kompensation\w*|tillskott\w*"
    r"|skuld\w*|vite\w*|sanktion\w*|merkostnad\w*|fordyr\w*)"
)
_CHANGES = re.compile(r"\w*(hojning|sankning|okning|minskning)\w*")
_PART = re.compile(r"\b(?:varav|darav|bland dem|av (?:dem|dessa))\b")


def prose_fit(
    known: Known, wanted: Wanted, required: list[WeighedWord], asked: Understanding
) -> float:
    """How well what is said of a number is what is asked for: 0 where anything is not."""
    labels = known.labels
    amount = known.figure.measure in ("budget", "plan", "prognos", "utfall", "avvikelse")
    if not known.figure.unit and amount and known.figure.value and known.figure.value > _LARGE:
        return 0.0  # an amount in no unit says nothing
    if labels.bound and asked.limits.bound is None:
        return 0.0
    if wanted.unknown or not required or not known.figure.row:
        return 0.0
    own = 0
    got = beside = 0.0
    for word in required:
        inside = wanted.share(labels.own, word)
        near = max(wanted.share(labels.around, word), wanted.share(labels.called, word))
        if max(inside, near) < FOUND:
            if (
                asked.operation == "share"
                or labels.beside is None
                or wanted.share(labels.beside, word) < FOUND
            ):
                return 0.0
            beside += word.weight
            continue
        own += inside >= FOUND
        got += word.weight * max(inside, _SHARED * near)
    if not own or not _is_counted(known, wanted, asked) or _is_another_amount(known, wanted):
        return 0.0
    total = sum(word.weight for word in required)
    return got / total if beside <= _BESIDE * total else 0.0


def is_earlier(known: Known, wanted: Wanted, asked: Understanding) -> bool:
    """Whether a sentence's number is one that it moves away from, or of an earlier report."""
    if known.labels.former and known.figure.period.year not in asked.years:
        return True
    return any(plain(w) in _EARLIER and not wanted.asks_for(w) for w in known.labels.naming)


def _is_counted(known: Known, wanted: Wanted, asked: Understanding) -> bool:
    """Whether a number counts what is to be counted: "hur många platser" is not pupils."""
    counts = known.labels.counts
    counted = [word for word in wanted.needed if word.word == asked.limits.counted]
    return counts is None or not counted or wanted.share(counts, counted[0]) >= FOUND


def _is_another_amount(known: Known, wanted: Wanted) -> bool:
    """Whether a sentence gives an amount that is no cost or level, and that nobody asked for: a
    request, a saving, an income; or a part of something that the question leaves out."""
    own = " ".join(known.labels.own.words)
    money = is_money(known.figure.unit)
    roles = [word for word in known.labels.own.words if money and _ROLES.match(plain(word))]
    if any(not wanted.asks_for(word) for word in roles):
        return True
    changes = {
        found[1] for word in known.labels.own.words if (found := _CHANGES.match(plain(word)))
    }
    said = {found[1] for word in wanted.said.words if (found := _CHANGES.match(plain(word)))}
    if changes - said:  # "hyreshöjningen" is not what the rent is
        return True
    return bool(_PART.search(plain(own))) and not any(
        wanted.share(known.labels.around, word) >= FOUND
        and wanted.share(known.labels.own, word) < FOUND
        for word in wanted.needed
    )

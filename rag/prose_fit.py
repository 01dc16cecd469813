"""Does a sentence say of one of its numbers what is asked for? Strictly: all of it, of that number.

A sentence holds several numbers, and words that hold for one of them alone; a number that is not
plainly the one meant answers nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Postfix

from ingest.checks.arithmetic import is_money
from rag.alike import FOUND, alike, is_of_a_kind, parts
from rag.question.asked import Understanding
from rag.relevance import WeighedWord
from rag.shelf import Known
from rag.terms import STOP_WORDS, plain, stem
from rag.wanted import Wanted

_KIND = 5  # letters of what two compounds end in alike
_LARGE = 999
_HAPPENED = re.compile(r"\w{4,}(?:des|tes)")  # what happened is said of the number itself
_IN_WORDS = frozenset("två tre fyra fem sex sju åtta nio tio elva tolv".split())
_ASIDES = 2  # words: more say something else
_SHARED = 0.6  # what is said of another number before says less than what is said of this one
_BESIDE = 0.4  # of the words may stand in the sentences around
_EARLIER = frozenset("tidigare foregaende forra".split())
# what an amount is, where it is not a cost or a level
_ROLES = re.compile(
    r"(?:tillaggsanslag|foresl\w+|begar(?:an|t|de)|ansok\w*|askand\w*|avsl\w+|avstyrk\w*|besparing\w*"
    r"|effektivisering\w*|intakt\w*|avgift\w*|bidrag\w*|statsbidrag\w*|kompensation\w*|tillskott\w*"
    r"|skuld\w*|vite\w*|sanktion\w*|merkostnad\w*|fordyr\w*)"
)
_AHEAD, _DONE = frozenset({"ska", "skall"}), frozenset({"har", "hade"})
_REFERS = re.compile(r"\b(?:ar|var|blev) (?:den|det)\b")
_CHANGES = re.compile(r"\w*(hojning|sankning|okning|minskning)\w*")
_PART = re.compile(r"\b(?:varav|darav|bland dem|av (?:dem|dessa))\b")


def prose_fit(
    known: Known, wanted: Wanted, required: list[WeighedWord], asked: Understanding
) -> float:
    """How well what is said of a number is what is asked for: 0 where anything is not."""
    labels = known.labels
    if wanted.unknown or not required or not _may_be_told(known, asked):
        return 0.0
    own = 0
    # "Frånvaron var 6,2 procent, och målet på högst 6,5 nås": the goal is the subject's
    of_goal = known.figure.measure == "målvärde" and "målvärde" in asked.measures
    got = beside = 0.0
    for each in required:
        happened = _HAPPENED.fullmatch(each.word) is not None
        word = replace(each, others=()) if happened else each
        inside = wanted.share(labels.own, word)
        near = max(wanted.share(labels.around, word), wanted.share(labels.called, word))
        if max(inside, near) < FOUND:
            if (
                asked.operation == "share"
                or happened
                or labels.beside is None
                or wanted.share(labels.beside, word) < FOUND
            ):
                return 0.0
            beside += word.weight
            continue
        own += inside >= FOUND or (of_goal and wanted.about(" ".join(labels.naming), [each]) > 0)
        got += word.weight * max(inside, _SHARED * near)
    if _is_of_another_time(known, wanted):
        return 0.0
    more = asked.limits.counted and len(required) == 1 and _says_more(known, wanted)
    other = not _is_counted(known, wanted, asked) or _is_another_amount(known, wanted, asked)
    if not own or more or other:
        return 0.0
    total = sum(word.weight for word in required)
    return got / total if beside <= _BESIDE * total else 0.0


def _is_of_another_time(known: Known, wanted: Wanted) -> bool:
    """Whether a question asks what is to be and a sentence says what has been, or the other way:
    "ska ge 2,6" and "har gett 0,7"."""
    asked, said = set(wanted.said.words), set(known.labels.own.words)
    ahead, done = (bool(_AHEAD & asked), bool(_DONE & asked))
    told_ahead, told_done = (bool(_AHEAD & said), bool(_DONE & said))
    return ahead != done and told_ahead != told_done and ahead == told_done


def _may_be_told(known: Known, asked: Understanding) -> bool:
    """Whether a number says something by itself: no amount in no unit, no bound of another."""
    figure = known.figure
    amount = figure.measure in ("budget", "plan", "prognos", "utfall", "avvikelse")
    bare = not figure.unit and amount and figure.value is not None and figure.value > _LARGE
    bounds = known.labels.bound and asked.limits.bound is None
    return bool(figure.row) and not bare and not bounds


def is_earlier(known: Known, wanted: Wanted, asked: Understanding) -> bool:
    """Whether a sentence's number is one that it moves away from, or of an earlier report."""
    labels = known.labels
    if labels.former and (labels.undated or known.figure.period.year not in asked.years):
        return True
    return any(plain(w) in _EARLIER and not wanted.asks_for(w) for w in known.labels.naming)


def _says_more(known: Known, wanted: Wanted) -> bool:
    """Whether much is said of a number that a question of one word does not ask for: how many
    employees have been trained is not how many there are."""
    content = [w for w in known.labels.own.words if w not in STOP_WORDS and w.isalpha()]
    return sum(not wanted.asks_for(word) for word in content) > _ASIDES


def _is_counted(known: Known, wanted: Wanted, asked: Understanding) -> bool:
    """Whether a number counts what is to be counted: "hur många platser" is not pupils."""
    counts = known.labels.counts
    if counts is not None and asked.limits.counted:
        kinds = [w for w in counts.words if w not in STOP_WORDS and not any(map(str.isdigit, w))]
        if len(kinds) > 1 and not all(map(wanted.asks_for, kinds)):
            return False  # "tidsbegränsat anställda" are not all who are
    amount = "mycket" in wanted.said.words and not asked.limits.counted
    if amount and counts is not None and not any(map(wanted.asks_for, counts.words)):
        return False  # "hur mycket" of fees is not in how many errands
    counted = [word for word in wanted.needed if word.word == asked.limits.counted]
    said = list(known.labels.own.words)
    in_words = [b for a, b in itertools.pairwise(said) if a in _IN_WORDS]
    if counted and any(alike(counted[0].word, noun) >= FOUND for noun in in_words):
        return False  # "två tjänster dras in, vilket ger 540"
    if counted and is_of_a_kind(known.labels.own, wanted.needed, counted[0]):
        return False
    if counts is None or not counted or wanted.share(counts, counted[0]) >= FOUND:
        return True
    # "delegationsbeslut" are counted by "1 862 beslut på delegation"
    return bool(parts(counted[0].word, said) & set(counts.words))


def _is_another_amount(known: Known, wanted: Wanted, asked: Understanding) -> bool:
    """Whether a sentence gives an amount that is no cost or level, and that nobody asked for: a
    request, a saving, an income; or a part of something that the question leaves out."""
    own = " ".join(known.labels.own.words)
    referred = asked.operation == "share" and _REFERS.search(plain(own)) is not None
    if referred and not all(map(wanted.asks_for, known.labels.naming)):
        return True  # "för kvinnor var den 6,0 procent", of the absence, is no share of women
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
        (
            wanted.share(known.labels.around, word) >= FOUND
            and wanted.share(known.labels.own, word) < FOUND
        )
        or _names_the_kind(word.word, known.labels.around.words)
        for word in wanted.needed
    )


def _names_the_kind(word: str, whole: Sequence[str]) -> bool:
    """Whether a part is called by a compound of what it is a part of: "läsbidraget" of the
    "kulturbidragen"."""
    own = stem(plain(word))
    ends = (Postfix.similarity(own, stem(plain(other))) for other in whole)
    return any(_KIND <= end < len(own) for end in ends)

"""The items of a run → its figures: verdicts with intervals, sources, search, times."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any

import ir_measures
from ir_measures import RR, R, nDCG

from eval.judging import VERDICTS

if TYPE_CHECKING:
    from eval.running import Item

_Z = 1.96  # of the normal distribution, for 95 per cent
CUTOFF = 10  # places of the search that recall and nDCG look at


def summary(items: Sequence[Item]) -> dict[str, Any]:
    """All figures of a run, as JSON."""
    by_intent: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_intent[item.line.intent or "(utan)"].append(item)
    wording = _wording(items)
    return {
        "questions": len(items),
        **({"wording": wording} if wording else {}),
        "verdicts": _verdicts(items),
        "intents": {intent: _verdicts(group) for intent, group in sorted(by_intent.items())},
        "unanswerable": _unanswerable(items),
        "sources": _sources(items),
        "search": _search(items),
        "milliseconds": _times([item.milliseconds for item in items]),
    }


def _verdicts(items: Sequence[Item]) -> dict[str, Any]:
    counted = Counter(item.verdict.verdict for item in items)
    return {
        "questions": len(items),
        **{verdict: counted[verdict] for verdict in VERDICTS},
        "right_interval": interval(counted["right"], len(items)),
        "wrong_interval": interval(counted["wrong"], len(items)),
    }


def interval(count: int, of: int) -> list[float]:
    """The 95 per cent interval of a share, by Wilson (1927): it holds for few and for none."""
    if not of:
        return [0.0, 1.0]
    share, z2 = count / of, _Z * _Z
    middle = share + z2 / (2 * of)
    spread = _Z * sqrt(share * (1 - share) / of + z2 / (4 * of * of))
    low, high = ((middle - spread) / (1 + z2 / of), (middle + spread) / (1 + z2 / of))
    return [round(max(0.0, low), 4), round(min(1.0, high), 4)]


def _wording(items: Sequence[Item]) -> dict[str, Any]:
    """What became of a language model's words: how many answers it was asked to word, worded, and
    fell back from, and how many of its sentences were removed; nothing where none was set."""
    told = [item.answer["wording"] for item in items if item.answer.get("wording")]
    if not told:
        return {}
    by_model = sum(one["by"] == "model" for one in told)
    fell_back = sum(one["fell_back"] for one in told)
    asked = by_model + fell_back
    reasons = Counter(one["reason"] for one in told if one["fell_back"])
    return {
        "model": told[0]["model"],
        "asked": asked,
        "by_model": by_model,
        "fell_back": fell_back,
        "fallback_share": round(fell_back / asked, 4) if asked else None,
        "removed": sum(len(one["removed"]) for one in told),
        "reasons": dict(reasons.most_common()),
    }


def _unanswerable(items: Sequence[Item]) -> dict[str, int]:
    none = [item for item in items if item.line.expect.get("status") == "refused"]
    refused = sum(item.verdict.verdict == "right" for item in none)
    return {"questions": len(none), "refused": refused, "answered": len(none) - refused}


def _sources(items: Sequence[Item]) -> dict[str, float | None]:
    """Of the citations on answered questions that expect sources: how many are on an expected
    page (precision), how many expected pages and quotes are cited (recall)."""
    answered = [i for i in items if i.answer["status"] == "answered" and i.verdict.cited]
    return {
        "page_precision": _share(mark for item in answered for mark in item.verdict.sound),
        "page_recall": _share(mark for item in answered for mark in item.verdict.cited),
        "quote_recall": _share(mark for item in answered for mark in item.verdict.quoted),
    }


def _share(marks: Iterable[bool]) -> float | None:
    held = list(marks)
    return round(sum(held) / len(held), 4) if held else None


def _search(items: Sequence[Item]) -> dict[str, float | None]:
    """Of the questions with expected sources: how well the search alone finds their pages."""
    qrels: list[ir_measures.Qrel] = []
    found: list[ir_measures.ScoredDoc] = []
    for item in items:
        places = {
            f"{source['document']}#{page}"
            for source in item.line.expect.get("citations", [])
            for page in source["pages"]
        }
        qrels += [ir_measures.Qrel(item.line.id, place, 1) for place in sorted(places)]
        if places:
            found += [
                ir_measures.ScoredDoc(item.line.id, place, -float(rank))
                for rank, place in enumerate(item.found)
            ]
    return figures_of_search(qrels, found)


def figures_of_search(
    qrels: Sequence[ir_measures.Qrel], found: Sequence[ir_measures.ScoredDoc]
) -> dict[str, float | None]:
    """Recall, mean reciprocal rank and nDCG of ranked places against the right ones."""
    names = {
        f"recall@{CUTOFF}": R @ CUTOFF,
        "mrr": RR,
        f"ndcg@{CUTOFF}": nDCG @ CUTOFF,
    }
    if not qrels:
        return dict.fromkeys(names)
    values = ir_measures.calc_aggregate(list(names.values()), qrels, found)
    return {name: round(float(values[measure]), 4) for name, measure in names.items()}


def figures_of_rankings(
    right: Sequence[int], rankings: Sequence[Sequence[int]]
) -> dict[str, float | None]:
    """The same of rankings that each look for one right place, both by their number."""
    qrels = [ir_measures.Qrel(str(one), str(place), 1) for one, place in enumerate(right)]
    found = [
        ir_measures.ScoredDoc(str(one), str(place), -float(rank))
        for one, ranking in enumerate(rankings)
        for rank, place in enumerate(ranking)
    ]
    return figures_of_search(qrels, found)


def _times(milliseconds: Sequence[float]) -> dict[str, float | None]:
    ordered = sorted(milliseconds)
    if not ordered:
        return {"p50": None, "p95": None, "max": None}
    at = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95)]
    return {"p50": at[0], "p95": at[1], "max": ordered[-1]}

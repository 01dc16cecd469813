"""Two runs side by side: what became right, what became wrong, what else changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from eval.judging import VERDICTS
from eval.running import Item, Run


class DifferentRunsError(Exception):
    """Runs over other documents or questions: their figures say nothing of each other. Swedish."""


def compare(before: Run, after: Run, *, anyway: bool = False) -> dict[str, Any]:
    """What changed from one run to another, question by question, as JSON.

    Raises `DifferentRunsError` where documents or questions differ, unless `anyway`.
    """
    if not anyway and (why := _differ(before.made_of, after.made_of)):
        raise DifferentRunsError(why)
    old = {item.line.id: item for item in before.items}
    new = {item.line.id: item for item in after.items}
    shared = [name for name in old if name in new]
    changes = [_change(old[name], new[name]) for name in shared]
    changed = [one for one in changes if one["from"] != one["to"]]
    rank = {verdict: position for position, verdict in enumerate(VERDICTS)}
    return {
        "became_right": [one for one in changed if one["to"] == "right"],
        "became_wrong": [one for one in changed if one["to"] in ("wrong", "answered")],
        "other_changes": [
            one for one in changed if one["to"] not in ("right", "wrong", "answered")
        ],
        "worse": sum(rank[one["to"]] > rank[one["from"]] for one in changed),
        "better": sum(rank[one["to"]] < rank[one["from"]] for one in changed),
        "answers_reworded": sum(
            one["from"] == one["to"] and one["before"] != one["after"] for one in changes
        ),
        "only_before": [name for name in old if name not in new],
        "only_after": [name for name in new if name not in old],
        "before": _side(before),
        "after": _side(after),
    }


def _differ(a: Mapping[str, Any], b: Mapping[str, Any]) -> str:
    if a["corpus"] != b["corpus"]:
        return "körningarna gäller olika dokument; jämför ändå med --anyway"
    if a["questions"] != b["questions"]:
        return "körningarna gäller olika frågor; jämför dem som finns i båda med --anyway"
    return ""


def _change(old: Item, new: Item) -> dict[str, Any]:
    return {
        "id": old.line.id,
        "question": new.line.question,
        "from": old.verdict.verdict,
        "to": new.verdict.verdict,
        "before": old.answer["answer"],
        "after": new.answer["answer"],
        "reasons": [
            {"expected": reason.expected, "found": reason.found} for reason in new.verdict.reasons
        ],
    }


def _side(run: Run) -> dict[str, Any]:
    made_of = run.made_of
    return {
        "commit": made_of["commit"],
        "dirty": made_of["dirty"],
        "verdicts": run.summary["verdicts"],
        "milliseconds": run.summary["milliseconds"],
        "reading": dict(run.reading),
    }

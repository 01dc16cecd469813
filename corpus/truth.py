"""Written reports in; what is true of them out, as JSON: tables, contradictions, wordings."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.layout import Report
from corpus.planted import Planted, Spot, Wording


def table_truths(name: str, report: Report) -> list[dict[str, Any]]:
    """A document's tables as `eval.score_tables` takes them, with captions."""
    truths = []
    for number, (spec, pages) in enumerate(zip(report.tables, report.places, strict=True), 1):
        header = [" ".join(filter(None, column)) for column in zip(*spec.header(), strict=True)]
        truths.append(
            {
                "id": f"{name}-tabell-{number}",
                "page": pages[0],
                "last_page": pages[-1],
                "caption": report.house.label.format(n=number) + spec.caption,
                "unit": spec.unit,
                "header": header,
                "rows": report.look.rows(spec),
            }
        )
    return truths


def page_of(spot: Spot, report: Report) -> int:
    """The page that a spot stands on; raises where it stands nowhere, or on several."""
    if spot.page:
        return spot.page
    if spot.table:
        found = [
            {*pages}
            for spec, pages in zip(report.tables, report.places, strict=True)
            if spec.caption.startswith(spot.table) and any(row[0] == spot.at for row in spec.rows)
        ]
    else:
        found = [{*pages} for text, pages in report.texts if spot.at in text]
    if len(found) != 1 or len(found[0]) != 1:
        raise ValueError(f"{spot}: stands on {found}")
    return found[0].pop()


def contradiction_truths(
    planted: Sequence[Planted], reports: Mapping[str, Report]
) -> list[dict[str, Any]]:
    """The contradictions with the page of each spot."""
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "document": one.spots[0].document,
            "page": page_of(one.spots[0], reports[one.spots[0].document]),
            "stated": one.stated,
            "expected": one.expected,
            "explanation": one.why,
            "places": [
                {
                    "document": spot.document,
                    "page": page_of(spot, reports[spot.document]),
                    "table": spot.table,
                    "at": spot.at,
                }
                for spot in one.spots
            ],
        }
        for one in planted
    ]


def wording_truths(
    wordings: Sequence[Wording], reports: Mapping[str, Report]
) -> list[dict[str, Any]]:
    """The wandering wordings with the page of each passage."""
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "passages": [
                {"document": name, "page": _page_of_text(text, reports[name]), "text": text}
                for name, text in one.passages
            ],
            "gone": list(one.gone),
        }
        for one in wordings
    ]


def _page_of_text(text: str, report: Report) -> int:
    found = [pages[0] for printed, pages in report.texts if text in printed]
    if len(found) != 1:
        raise ValueError(f"{text[:60]}: stands on {found}")
    return found[0]


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_json(path: Path, value: Any) -> None:
    """Write a value as JSON, the same bytes each time: one line for each item of a list."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(value, list):
        lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in value)
        text = f"[\n{lines}\n]\n" if value else "[]\n"
    else:
        text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")

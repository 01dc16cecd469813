"""What the audit finds against what was planted: `python -m eval.score_audit corpus`.

The folder holds PDFs in `samples/`, and in `truth/` the lists `contradictions.json` (planted) and
`explained.json` (differences that the documents explain). A planted one is found where a finding
of its kind has a place on its page that holds its row or words, and what is stated there. Other
findings about such a place follow from it; all the rest are false alarms.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.document import parse
from ingest.types import Finding, ParsedDocument
from rag.answer import NO_FILTERS
from rag.audit import findings
from rag.store import Store


def measure(
    documents: Sequence[ParsedDocument],
    contradictions: Sequence[dict[str, Any]],
    explained: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    """Ids that were `found` and `missed` of the planted ones, `recall`, the messages of
    `false_alarms` and of `follow_on` findings, and ids of what is `explained` but was told."""
    found: dict[str, Finding] = {}
    alarms: list[Finding] = []
    follow_on: list[Finding] = []
    excused: set[str] = set()
    for finding in _told(documents):
        near = [one for one in contradictions if _is_about(finding, one)]
        new = [one for one in near if one["kind"] == finding.kind and one["id"] not in found]
        known = {one["id"] for one in explained if _is_about(finding, one)}
        excused |= known
        if new:
            found[new[0]["id"]] = finding
        elif near:
            follow_on.append(finding)
        elif not known:
            alarms.append(finding)
    ids = [str(one["id"]) for one in contradictions]
    return {
        "planted": len(ids),
        "found": [one for one in ids if one in found],
        "missed": [one for one in ids if one not in found],
        "recall": len(found) / len(ids) if ids else 1.0,
        "false_alarms": [_line(finding) for finding in alarms],
        "explained": sorted(excused),
        "follow_on": [_line(finding) for finding in follow_on],
    }


def _told(documents: Sequence[ParsedDocument]) -> list[Finding]:
    """All findings of the documents and between them, without those that rounding explains."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder), write=True)
        try:
            for document in documents:
                store.put(document, document.sha256, 0.0)
            return findings(store, NO_FILTERS, include_rounding=False)
        finally:
            store.close()


def _is_about(finding: Finding, truth: dict[str, Any]) -> bool:
    """Whether a finding has a place that is where this one is stated."""
    stated = truth["places"][0]
    return any(
        place.document == stated["document"]
        and place.page == stated["page"]
        and _folded(stated["at"]) in _folded(place.quote)
        and _folded(truth["stated"]) in _folded(place.quote)
        for place in finding.places
    )


def _folded(text: str) -> str:
    plain = re.sub(r"[−–‐]", "-", unicodedata.normalize("NFKC", text))
    return re.sub(r"\s+", "", plain).casefold()


def _line(finding: Finding) -> str:
    place = finding.places[0]
    return f"{finding.kind} {place.document} s. {place.page}: {finding.message}"


def measure_folder(folder: Path) -> dict[str, Any]:
    """The measure of the PDFs in `samples/` of a folder by the lists in its `truth/`."""
    documents = [parse(path) for path in sorted((folder / "samples").glob("*.pdf"))]
    lists = [
        json.loads((folder / "truth" / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("contradictions", "explained")
    ]
    return measure(documents, *lists)


def print_measure(measured: dict[str, Any]) -> bool:
    """Print what was found; returns whether all was, and nothing else."""
    print(f"planterade motsägelser funna: {len(measured['found'])} av {measured['planted']}")
    for title, name in (
        ("missade", "missed"),
        ("falska larm", "false_alarms"),
        ("förklarade skillnader som ändå sägs", "explained"),
        ("följdfynd", "follow_on"),
    ):
        print(f"{title}: {len(measured[name])}")
        for line in measured[name]:
            print(f"  {line}")
    return not measured["missed"] and not measured["false_alarms"] and not measured["explained"]


def main() -> int:
    """Measure the folder named on the command line; 1 where something is missed or false."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "truth" / "contradictions.json").is_file():
        print("ange en mapp med samples/*.pdf och truth/contradictions.json", file=sys.stderr)
        return 2
    return 0 if print_measure(measure_folder(Path(sys.argv[1]))) else 1


if __name__ == "__main__":
    sys.exit(main())

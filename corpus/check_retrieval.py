"""A set for measuring search in; what it expects that the samples do not hold, out.

A question of such a set has besides what every question has (see `corpus.check_questions`) its
`part`, and its citations are passages that each answer it: one page, and words that stand there.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.check_questions import faults_in

RETRIEVAL = Path(__file__).parent / "retrieval"
PARTS = ("dev", "test")
"""The half that search may be improved against, and the half that is only measured."""


def faults_in_set(path: Path) -> list[str]:
    """What is wrong in a set, with the id of each question."""
    lines = [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()]
    return [*faults_in([path]), *_faults(lines)]


def _faults(lines: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for line in lines:
        if line.get("part") not in PARTS:
            yield f"{line['id']}: the part is none of {', '.join(PARTS)}"
        sources = line["expect"].get("citations", [])
        if not sources:
            yield f"{line['id']}: no passage is expected"
        for source in sources:
            if len(source["pages"]) != 1 or not source.get("quote_contains"):
                yield f"{line['id']}: a passage needs one page and words of it"
    halves = Counter(line.get("part") for line in lines)
    if halves["dev"] != halves["test"]:
        yield f"the halves hold {halves['dev']} and {halves['test']} questions"
    if len({line["question"].casefold() for line in lines}) != len(lines):
        yield "a question is put twice"


def main(arguments: Sequence[str] = ()) -> int:
    """Check the sets named, or all; print what is wrong."""
    paths = [Path(one) for one in arguments] or sorted(RETRIEVAL.glob("*.jsonl"))
    faults = [fault for path in paths for fault in faults_in_set(path)]
    for fault in faults:
        print(fault)
    print(f"{', '.join(path.name for path in paths)}: {len(faults)} fel")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

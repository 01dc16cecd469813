"""The planted wordings of the samples: found, classed, and hardly anything else beside them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.generate import SAMPLES
from eval.score_wording import GOAL, Measure, main, measure, print_measure
from rag.index import IndexReader
from rag.report import Report

ALSO = (
    # the board's assignment as two other documents put it
    ("von-uppdrag", "norrvik-von-delarsrapport-2025 s. 3"),
    ("von-uppdrag", "norrvik-von-budget-2026 s. 3"),
    # "En positiv avvikelse betyder att utfallet är bättre än budget."
    ("von-tecken", "norrvik-von-delarsrapport-2025 s. 5"),
    # the same follow-up, with a sentence more
    ("von-uppfoljning", "norrvik-von-budget-2026 s. 11"),
    # the same two, and the next four, groups of the preschool that were closed
    ("bun-forskola", "norrvik-bun-arsredovisning-2024 s. 2"),
    ("bun-forskola", "norrvik-bun-arsredovisning-2024 s. 3"),
)
"""What is found beside the planted passages; each was read, and says what the wording says."""


@pytest.fixture(scope="module")
def corpus_index(
    tmp_path_factory: pytest.TempPathFactory, read_into: Callable[..., list[Report]]
) -> Path:
    folder = tmp_path_factory.mktemp("corpus") / "index"
    read_into(folder, SAMPLES)
    return folder


@pytest.fixture(scope="module")
def measured(corpus_index: Path) -> Measure:
    truth = SAMPLES.parent / "truth" / "wordings.json"
    return measure(IndexReader(corpus_index), json.loads(truth.read_text(encoding="utf-8")))


@pytest.mark.parametrize("kind", ["carried", "reworded", "dropped", "gone"])
def test_planted_wordings_are_found_and_classed(measured: Measure, kind: str) -> None:
    assert measured.asked[kind] >= 6
    assert measured.share(kind) >= GOAL, measured.wrong


def test_all_planted_passages_are_asked_about(measured: Measure) -> None:
    assert sum(measured.asked.values()) == 84
    assert len(measured.milliseconds) == 33


def test_nothing_unrelated_is_among_the_first_ten(measured: Measure) -> None:
    unknown = [
        line
        for line in measured.also
        if not any(line.startswith(name) and place in line for name, place in ALSO)
    ]
    assert unknown == []


def one(name: str, kind: str, text: str, **more: Any) -> dict[str, Any]:
    passage = {"document": "norrvik-von-budget-2026", "page": 1, "text": text}
    return {"id": name, "kind": kind, "passages": [passage], "gone": [], **more}


def test_what_is_not_there_counts_as_wrong(corpus_index: Path) -> None:
    result = measure(
        IndexReader(corpus_index),
        [one("x", "carried", "Kvarnen i byn mal säd till bröd varje höst.", gone=["y"])],
    )
    assert (result.share("carried"), result.share("gone")) == (0, 0)
    assert len(result.wrong) == 2
    assert not print_measure(result)


def test_the_command_prints_and_tells_by_its_status(
    corpus_index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(folder: Path, index: Path) -> int:
        monkeypatch.setattr("sys.argv", ["score_wording", str(folder), "--index", str(index)])
        return main()

    assert run(SAMPLES.parent, corpus_index) == 0
    assert "ordagrant övertagna: 50 av 50 (100.0%)" in capsys.readouterr().out
    assert run(tmp_path, corpus_index) == 2
    assert run(SAMPLES.parent, tmp_path / "inget") == 2

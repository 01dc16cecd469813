"""Sets for measuring search expect what the samples hold, and a set that does not is told of."""

import copy
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.check_retrieval import PARTS, RETRIEVAL, faults_in_set, main
from corpus.proofs import documents

SETS = sorted(RETRIEVAL.glob("*.jsonl"))
LAY_WORDS = RETRIEVAL / "lekmannaord.jsonl"
Line = dict[str, Any]
Lines = list[Line]


def lines_of(path: Path) -> Lines:
    return [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()]


def written(path: Path, lines: Lines) -> Path:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_a_set_expects_what_the_samples_hold(path: Path) -> None:
    assert faults_in_set(path) == []


def test_the_set_in_lay_words_asks_of_all_documents_in_both_halves() -> None:
    lines = lines_of(LAY_WORDS)
    assert Counter(line["part"] for line in lines) == dict.fromkeys(PARTS, 40)
    sources = [source for line in lines for source in line["expect"]["citations"]]
    assert {source["document"] for source in sources} == documents()
    assert sum(line.get("note") == "felstavad" for line in lines) == 10


def source(**fields: object) -> Callable[[Lines], object]:
    return lambda lines: lines[0]["expect"]["citations"][0].update(fields)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (source(quote_contains="simhallen"), "“simhallen” is not on page"),
        (source(quote_contains=""), "a passage needs one page and words"),
        (source(pages=[8, 9]), "a passage needs one page and words"),
        (source(pages=[99]), "no page [99] in"),
        (source(document="x"), "no document x"),
        (lambda lines: lines[0].update(part="train"), "the part is none of dev, test"),
        (lambda lines: lines[0].pop("part"), "the part is none of dev, test"),
        (lambda lines: lines.pop(), "the halves hold"),
        (lambda lines: lines[0]["expect"].update(citations=[]), "no passage is expected"),
        (lambda lines: lines[1].update(id=lines[0]["id"]), "the id is taken"),
        (
            lambda lines: lines[1].update(question=lines[0]["question"]),
            "a question is put twice",
        ),
    ],
)
def test_what_is_wrong_in_a_set_is_told(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[Lines], object],
    told: str,
) -> None:
    lines = copy.deepcopy(lines_of(LAY_WORDS))
    change(lines)
    assert main([str(written(tmp_path / "set.jsonl", lines))]) == 1
    assert told in capsys.readouterr().out


def test_the_check_of_all_sets_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0
    assert "lekmannaord.jsonl: 0 fel" in capsys.readouterr().out

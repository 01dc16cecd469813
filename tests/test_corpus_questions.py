"""The question sets expect what the samples hold, and a set that does not is told of."""

import copy
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.check_questions import INTENTS, QUESTIONS, faults_in, faults_of, main
from corpus.proofs import ProofError, documents, worked_out
from eval.running import read_sets
from rag.question_set import INTENTS as ASKED

SETS = sorted(QUESTIONS.glob("*.jsonl"))
YEARS = "norrvik-aren.jsonl"
Line = dict[str, Any]
Change = Callable[[Line], None]


def lines_of(name: str) -> list[Line]:
    text = (QUESTIONS / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


LINES = {line["id"]: line for path in SETS for line in lines_of(path.name)}
CELL, QUOTE = "norrvik-aren-001", "norrvik-aren-014"
FORMULA, WORDS = "norrvik-aren-058", "norrvik-aren-184"
OLD, OLD_FORMULA, REFUSED = "norrvik-tal-001", "norrvik-tal-068", "norrvik-tal-144"


def test_all_sets_expect_what_the_samples_hold() -> None:
    assert faults_in(SETS) == []


def test_all_sets_can_be_read_as_questions() -> None:
    questions, bad = read_sets(SETS)
    assert bad == []
    assert len(questions) == len(LINES)


def test_the_set_over_the_years_asks_of_everything() -> None:
    lines = lines_of(YEARS)
    intents = Counter(line["intent"] for line in lines)
    assert len(lines) >= 170
    assert intents.keys() == INTENTS == ASKED.keys()
    assert min(intents.values()) >= 10
    assert intents["unanswerable"] >= 40
    cited = {s["document"] for line in lines for s in line["expect"].get("citations", [])}
    assert cited == documents()
    assert all(line["expect"]["warning"] for line in lines if line["intent"] == "conflict")
    for field in ("history", "filters"):
        assert sum(field in line for line in lines) >= 8


def test_every_figure_of_the_set_over_the_years_has_its_proof() -> None:
    for line in lines_of(YEARS):
        proofs = [proof for proof in line.get("proof", []) if "text" not in proof]
        assert len(proofs) == len(line["expect"].get("figures", [])), line["id"]


def figure(**fields: object) -> Change:
    return lambda line: line["expect"]["figures"][0].update(fields)


def source(**fields: object) -> Change:
    return lambda line: line["expect"]["citations"][0].update(fields)


def proof(**fields: object) -> Change:
    return lambda line: line["proof"][0].update(fields)


def nothing_of(key: str) -> Change:
    return lambda line: line.pop(key)


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        (CELL, figure(value="-182961"), "the documents say -182960 tkr"),
        (CELL, figure(value="182960"), "the documents say -182960 tkr"),
        (CELL, figure(unit="mkr"), "the documents say -182960 tkr"),
        (CELL, figure(unit="personer"), "the documents say -182960 tkr"),
        (CELL, figure(label="Korttidsvård"), "the row is not Korttidsvård"),
        (CELL, source(pages=[3]), "it stands on another page of"),
        (CELL, source(pages=[9]), "no page [9] in norrvik-von-arsredovisning-2023"),
        (CELL, source(document="norrvik-von-arsredovisning-2022"), "no document norrvik-von-ars"),
        (CELL, source(quote_contains="Simhallen"), "“Simhallen” is not on page [5]"),
        (CELL, proof(row="Simhallen"), "0 cells are"),
        (CELL, proof(column="Utfall 2021"), "0 cells are"),
        (CELL, lambda line: line["proof"].append(line["proof"][0]), "2 proofs of 1 figures"),
        (QUOTE, figure(value="239"), "the documents say 238"),
        (QUOTE, proof(page=3), "is not on page 3"),
        (QUOTE, proof(page=12), "no page 12"),
        (QUOTE, proof(quote="gick i samtalsgrupp"), "no number in"),
        (FORMULA, figure(value="41.26"), "the documents say 41.36"),
        (FORMULA, proof(formula="b / a * 100"), "the documents say 241.7"),
        (WORDS, lambda line: line["expect"].update(text_any=[["23,5"]]), "“23,5” is not on"),
        (WORDS, lambda line: line["proof"][1].update(formula="a + b"), "“23,4” is not on"),
        (OLD, figure(value="-638501"), "it is not on the pages cited"),
        (OLD, figure(label="Lokalhyror"), "it is not on the pages cited"),
        (OLD, source(pages=[7]), "“Personalkostnader” is not on page [7]"),
        (OLD_FORMULA, figure(value="-39741"), "the formula makes -39740"),
        (OLD_FORMULA, lambda line: line.update(note="formula: -1 - 2"), "of the formula is not on"),
        (REFUSED, nothing_of("note"), "no note says why"),
        (REFUSED, lambda line: line["expect"].update(status="answered"), "is answered"),
        (REFUSED, lambda line: line["expect"].update(figures=[]), "something is expected of"),
        (REFUSED, lambda line: line.update(intent="guess"), "intent or audience is unknown: guess"),
        (REFUSED, lambda line: line.update(filters={"document": "x"}), "no document x"),
        ("nor-txt-01", lambda line: line["expect"].update(citations=[]), "nothing is expected"),
    ],
)
def test_an_expectation_that_the_samples_do_not_hold_is_told(
    name: str, change: Change, told: str
) -> None:
    line = copy.deepcopy(LINES[name])
    assert faults_of(line) == []
    change(line)
    assert any(told in fault for fault in faults_of(line)), faults_of(line)


def test_an_id_that_is_taken_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(f"{json.dumps(LINES[CELL])}\n" * 2, encoding="utf-8")
    assert main([str(path)]) == 1
    out = capsys.readouterr().out
    assert f"{CELL}: the id is taken" in out
    assert "set.jsonl: 1 fel" in out


def test_what_is_no_formula_is_refused() -> None:
    for formula in ("a ** b", "print(a)", "c + 1"):
        with pytest.raises(ProofError, match="no formula"):
            worked_out(formula, {})

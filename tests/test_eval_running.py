"""Runs of question sets: what is stored is judged anew, and damage is counted as what it is."""

import copy
import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.generate import SAMPLES
from eval.comparing import DifferentRunsError, compare
from eval.judging import VERDICTS, judge
from eval.measures import interval
from eval.running import QuestionsFaultError, Run, read_sets, run
from eval.stored_run import RunFaultError, load, save
from eval.thresholds import OWN, unmet
from rag.asking import Asker
from rag.report import Report

ROOT = Path(__file__).parent.parent
NUMBERS = ROOT / "corpus" / "questions" / "norrvik-tal.jsonl"
BUDGET = "norrvik-von-budget-2026"
RENTS = {
    "id": "hyror",
    "question": "Lokalhyror, plan 2028?",
    "intent": "figure",
    "expect": {
        "status": "answered",
        "figures": [{"value": "-94100", "unit": "tkr", "label": "Lokalhyror"}],
        "citations": [{"document": BUDGET, "pages": [6], "quote_contains": "Lokalhyror"}],
    },
}
POOL = {
    "id": "simhall",
    "question": "När ska simhallen byggas?",
    "intent": "unanswerable",
    "expect": {"status": "refused"},
}

Damage = Callable[[dict[str, Any]], None]


def write_set(path: Path, *questions: dict[str, Any]) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in questions), "utf-8")
    return path


@pytest.fixture(scope="module")
def stored(samples_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run of two questions, both right."""
    folder = tmp_path_factory.mktemp("run")
    asker = Asker(samples_index)
    done = run(asker, [write_set(folder / "fragor.jsonl", RENTS, POOL)])
    asker.close()
    assert [item.verdict.verdict for item in done.items] == ["right", "right"]
    save(done, folder / "run")
    return folder / "run"


def damaged(stored: Path, folder: Path, name: str, damage: Damage) -> Run:
    """The run read again, after the answer to question `name` has been changed in its file."""
    copied = Path(shutil.copytree(stored, folder / "damaged"))
    path = copied / "answers.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        if line["question"]["id"] == name:
            damage(line["answer"])
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return load(copied)


def flip_the_sign(answer: dict[str, Any]) -> None:
    answer["figures"][0]["value"] = answer["figures"][0]["value"].removeprefix("-")


def take_the_neighbour(answer: dict[str, Any]) -> None:
    assert answer["figures"][0]["value"] == "-94100"
    answer["figures"][0]["value"] = "-91600"  # of 2027, in the column before


def turn_the_page(answer: dict[str, Any]) -> None:
    answer["citations"][0]["page"] += 1


def change_a_letter(answer: dict[str, Any]) -> None:
    quote = answer["citations"][0]["quote"]
    assert quote.startswith("Lokalhyror")
    answer["citations"][0]["quote"] = f"Lokalhyrar{quote[10:]}"


def answer_it(answer: dict[str, Any]) -> None:
    answer["status"], answer["answer"] = "answered", "Simhallen byggs 2027."


@pytest.mark.parametrize(
    ("name", "damage", "verdict", "found"),
    [
        ("hyror", flip_the_sign, "wrong", "94\u00a0100\u00a0tkr (Lokalhyror)"),
        ("hyror", take_the_neighbour, "wrong", "−91\u00a0600\u00a0tkr (Lokalhyror)"),
        ("hyror", turn_the_page, "uncited", "s. 7), men det står på s. 6"),
        ("hyror", change_a_letter, "misquoted", "”Lokalhyrar"),
        ("simhall", answer_it, "answered", "Simhallen byggs 2027."),
    ],
)
def test_damage_is_counted_as_what_it_is(
    stored: Path, tmp_path: Path, name: str, damage: Damage, verdict: str, found: str
) -> None:
    run_ = damaged(stored, tmp_path, name, damage)
    by_name = {item.line.id: item.verdict for item in run_.items}
    assert by_name.pop(name).verdict == verdict
    assert [other.verdict for other in by_name.values()] == ["right"]
    counts = run_.summary["verdicts"]
    assert {key: counts[key] for key in VERDICTS if counts[key]} == {"right": 1, verdict: 1}
    item = next(item for item in run_.items if item.line.id == name)
    assert found in item.verdict.reasons[0].found


def test_a_number_where_there_is_none_is_wrong(stored: Path, tmp_path: Path) -> None:
    figure = load(stored).items[0].answer["figures"][0]

    def tell_a_number(answer: dict[str, Any]) -> None:
        answer_it(answer)
        answer["figures"] = [copy.deepcopy(figure)]

    run_ = damaged(stored, tmp_path, "simhall", tell_a_number)
    assert run_.items[1].verdict.verdict == "wrong"
    assert run_.summary["unanswerable"] == {"questions": 1, "refused": 0, "answered": 1}


def test_a_refused_answer_and_a_lost_number_are_told_apart(stored: Path, tmp_path: Path) -> None:
    def refuse(answer: dict[str, Any]) -> None:
        answer |= {"status": "refused", "figures": [], "citations": []}

    assert damaged(stored, tmp_path, "hyror", refuse).items[0].verdict.verdict == "refused"
    shutil.rmtree(tmp_path / "damaged")
    run_ = damaged(stored, tmp_path, "hyror", lambda answer: answer["figures"].clear())
    assert run_.items[0].verdict.verdict == "incomplete"
    assert run_.items[0].verdict.reasons[0].found == "inget tal"


def test_a_stored_run_is_read_as_it_was(stored: Path, samples_index: Path, tmp_path: Path) -> None:
    once = load(stored)
    save(once, tmp_path / "again")
    again = load(tmp_path / "again")
    assert again == once
    for name in ("answers.jsonl", "pages.json", "run.json"):
        assert (tmp_path / "again" / name).read_bytes() == (stored / name).read_bytes()


def test_a_text_with_separators_of_its_own_is_read_as_it_was(stored: Path, tmp_path: Path) -> None:
    def part(answer: dict[str, Any]) -> None:
        answer["answer"] = "Lokal\u2028hyror\x85 och\x0bannat"

    run_ = damaged(stored, tmp_path, "hyror", part)
    save(run_, tmp_path / "again")
    assert load(tmp_path / "again") == run_
    assert run_.items[0].answer["answer"] == "Lokal\u2028hyror\x85 och\x0bannat"


@pytest.mark.parametrize("name", ["answers.jsonl", "pages.json", "run.json"])
def test_a_folder_without_a_run_is_told(stored: Path, tmp_path: Path, name: str) -> None:
    copied = Path(shutil.copytree(stored, tmp_path / "copy"))
    (copied / name).write_text("{", "utf-8")
    with pytest.raises(RunFaultError, match="håller ingen körning"):
        load(copied)
    (copied / name).unlink()
    with pytest.raises(RunFaultError, match=str(copied)):
        load(copied)


def timeless(run_: Run) -> list[Any]:
    """All of a run but how long it took."""
    summary = {key: value for key, value in run_.summary.items() if key != "milliseconds"}
    items = []
    for item in run_.items:
        answer = {key: value for key, value in item.answer.items() if key != "timings"}
        items.append((item.line, answer, item.verdict, item.found))
    return [run_.made_of, summary, items, dict(run_.pages), run_.bad_lines]


def test_two_runs_of_the_same_agree_in_everything_but_time(
    stored: Path, samples_index: Path
) -> None:
    asker = Asker(samples_index)
    again = run(asker, [stored.parent / "fragor.jsonl"])
    asker.close()
    assert timeless(again) == timeless(load(stored))
    found = compare(load(stored), again)
    assert not any(found[key] for key in ("became_right", "became_wrong", "other_changes"))
    assert found["answers_reworded"] == found["worse"] == found["better"] == 0


def test_the_numbers_of_the_samples(samples_index: Path) -> None:
    asker = Asker(samples_index)
    started = time.process_time()
    told: list[tuple[int, int]] = []
    done = run(asker, [NUMBERS], lambda *progress: told.append(progress))
    asker.close()
    assert time.process_time() - started < 60
    assert told == [(count, 173) for count in range(1, 174)]
    counts = done.summary["verdicts"]
    assert {key: counts[key] for key in ("wrong", "answered", "misquoted")} == {
        "wrong": 0,
        "answered": 0,
        "misquoted": 0,
    }
    assert counts["questions"] == len(done.items) == 173
    assert sum(counts[verdict] for verdict in VERDICTS) == 173
    assert counts["right"] >= 130
    assert done.bad_lines == ()
    assert done.summary["search"]["recall@10"] > 0.95


def test_the_samples_reach_the_projects_own_limits(
    tmp_path: Path, read_into: Callable[..., list[Report]]
) -> None:
    """All questions, over all samples: none is told a wrong number."""
    reports = read_into(tmp_path / "index", SAMPLES)
    assert {report.status for report in reports} == {"added"}
    asker = Asker(tmp_path / "index")
    started = time.process_time()
    done = run(asker, sorted(NUMBERS.parent.glob("*.jsonl")))
    asker.close()
    assert time.process_time() - started < 60
    assert len(done.items) >= 500
    assert unmet(done.summary, OWN) == []
    intents = done.summary["intents"]
    assert {"wording", "trend", "conflict", "risk", "goal"} < intents.keys()
    assert done.summary["unanswerable"]["questions"] >= 90


# ---- comparing


def test_what_became_wrong_is_named(stored: Path, tmp_path: Path) -> None:
    before, after = load(stored), damaged(stored, tmp_path, "hyror", flip_the_sign)
    found = compare(before, after)
    assert [(one["id"], one["from"], one["to"]) for one in found["became_wrong"]] == [
        ("hyror", "right", "wrong")
    ]
    assert (found["worse"], found["better"]) == (1, 0)
    back = compare(after, before)
    assert [one["id"] for one in back["became_right"]] == ["hyror"]
    assert back["became_wrong"] == []


@pytest.mark.parametrize(("key", "told"), [("corpus", "dokument"), ("questions", "frågor")])
def test_runs_over_something_else_are_not_compared(stored: Path, key: str, told: str) -> None:
    before, after = load(stored), load(stored)
    after.made_of[key] = "annat"
    with pytest.raises(DifferentRunsError, match=f"olika {told}"):
        compare(before, after)
    assert compare(before, after, anyway=True)["worse"] == 0


# ---- reading sets


def test_questions_without_an_id_get_one_and_ids_are_not_shared(tmp_path: Path) -> None:
    unnamed = {"question": "Lokalhyror 2026?"}
    path = write_set(tmp_path / "a.jsonl", unnamed, RENTS, RENTS)
    lines, bad = read_sets([path])
    assert [line.id for line in lines] == ["a-1", "hyror"]
    assert [(file, one.number, one.reason) for file, one in bad] == [
        ("a.jsonl", 3, "id ”hyror” finns redan på en fråga")
    ]


def test_a_set_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xff\xfe\xe5")
    with pytest.raises(QuestionsFaultError, match=r"a\.jsonl: texten är inte UTF-8"):
        read_sets([path])


@pytest.mark.parametrize(
    ("expect", "field"),
    [
        ({"status": "kanske"}, "status"),
        ({"figures": [{"value": "5,2", "unit": "%"}]}, "figures.0.value"),
        ({"figures": [{"value": 5.2, "unit": "%"}]}, "figures.0.value"),
        ({"figures": [{"value": "5", "tolerance": "lite"}]}, "figures.0.tolerance"),
        ({"citations": [{"document": "budget"}]}, "citations.0.pages"),
        ({"citations": [{"pages": [5]}]}, "citations.0.document"),
        ({"text_any": [[]]}, "text_any.0"),
        ({"text_any": ["hyror"]}, "text_any.0"),
    ],
)
def test_an_expectation_that_cannot_be_read_is_told(
    tmp_path: Path, expect: dict[str, Any], field: str
) -> None:
    lines, bad = read_sets([write_set(tmp_path / "a.jsonl", {"question": "?", "expect": expect})])
    assert lines == []
    assert [(one.number, one.reason) for _, one in bad] == [
        (1, f"fältet expect.{field} saknas eller är fel")
    ]


def test_a_stored_number_that_is_none_is_told(stored: Path, tmp_path: Path) -> None:
    def spoil(answer: dict[str, Any]) -> None:
        answer["figures"][0]["value"] = "mycket"

    with pytest.raises(RunFaultError, match="håller ingen körning"):
        damaged(stored, tmp_path, "hyror", spoil)


# ---- judging and measuring


def test_a_number_without_a_unit_and_a_source_without_pages() -> None:
    expect = {
        "figures": [{"value": "-5"}],
        "citations": [{"document": "budget", "pages": []}],
    }
    told = {"role": "result", "value": "-5", "unit": "tkr", "label": "Hyror"}
    citation = {"document": "budget", "page": 3, "quote": "Hyror -5"}
    answer = {
        "status": "answered",
        "answer": "−5 tkr",
        "figures": [told],
        "citations": [citation],
        "warnings": [],
    }
    assert judge(expect, answer).verdict == "right"
    assert judge(expect, {**answer, "figures": [{**told, "value": "5"}]}).verdict == "wrong"
    elsewhere = {**answer, "citations": [{**citation, "document": "plan"}]}
    verdict = judge(expect, elsewhere)
    assert verdict.verdict == "uncited"
    assert verdict.reasons[0].expected == "källan budget"


def test_a_quote_that_is_not_on_its_page_is_told_where_no_source_is_expected() -> None:
    answer = {
        "status": "answered",
        "answer": "”Hyror”",
        "figures": [],
        "citations": [{"document": "budget", "page": 2, "quote": "Hyror 5"}],
        "warnings": [],
    }
    assert judge({}, answer, {"budget#2": "Hyror 5"}).verdict == "right"
    assert judge({}, answer, {"budget#2": "", "budget#12": "Hyror 5"}).verdict == "uncited"
    assert judge({}, answer, {"budget#2": "", "plan#3": "Hyror 5"}).verdict == "misquoted"
    assert judge({}, answer, {}).verdict == "misquoted"


def test_wilsons_interval() -> None:
    # by the formula's own examples: none of ten, half of ten, all of ten
    assert interval(0, 10) == [0.0, 0.2775]
    assert interval(5, 10) == [0.2366, 0.7634]
    assert interval(10, 10) == [0.7225, 1.0]
    assert interval(0, 0) == [0.0, 1.0]

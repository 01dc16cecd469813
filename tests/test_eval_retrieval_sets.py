"""Sets of questions and passages: read, searched in three ways, measured."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from eval.measures import figures_of_rankings
from eval.retrieval_sets import MOST_QUESTIONS, UnknownSetError, measure, read_set

SHARED = Path("/work/shared/retrieval")
SWEFAQ, SQUAD = SHARED / "swefaq_dev.jsonl", SHARED / "squad_dev_v2_sv.json.gz"

PASSAGES = (
    "Ansökan om bygglov lämnas till kommunens byggnadsnämnd med ritningar över huset.",
    "Hemtjänsten hjälper äldre med städning, inköp och matlagning i det egna hemmet.",
    "Återvinningscentralen tar emot trädgårdsavfall, möbler och elektronik.",
)
QUESTIONS = (
    ("Var ansöker jag om bygglov för huset?", 0),
    ("Kan min mormor få hjälp med städning hemma?", 1),
    ("Vem tar emot möbler och elektronik?", 2),
)


def faq(path: Path, rows: Any) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return path


def swefaq(path: Path) -> Path:
    return faq(
        path,
        [
            {"question": text, "candidate_answers": list(PASSAGES), "label": label}
            for text, label in QUESTIONS
        ],
    )


def squad(path: Path, *, repeat: int = 1) -> Path:
    paragraphs = [
        {
            "context": passage,
            "qas": [
                {"question": text, "is_impossible": False, "answers": []}
                for text, label in QUESTIONS * repeat
                if label == place
            ]
            + [{"question": "Vad kostar månen?", "is_impossible": True}],
        }
        for place, passage in enumerate(PASSAGES)
    ]
    data = json.dumps({"version": "2", "data": [{"title": "A", "paragraphs": paragraphs}]})
    path.write_bytes(gzip.compress(data.encode()) if path.suffix == ".gz" else data.encode())
    return path


def test_both_kinds_are_read(tmp_path: Path) -> None:
    for path in (
        swefaq(tmp_path / "a.jsonl"),
        squad(tmp_path / "a.json.gz"),
        squad(tmp_path / "a.json"),
    ):
        found = read_set(path)
        assert found.name == path.name
        assert found.passages == PASSAGES
        assert found.questions == QUESTIONS


def test_of_a_large_set_the_same_questions_are_drawn_each_time(tmp_path: Path) -> None:
    path = squad(tmp_path / "a.json.gz", repeat=700)
    drawn = read_set(path).questions
    assert len(drawn) == MOST_QUESTIONS
    assert drawn == read_set(path).questions
    assert set(drawn) == set(QUESTIONS)
    assert drawn[:700] != QUESTIONS[:1] * 700  # not merely the first ones


def test_every_way_finds_what_is_plain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = measure(swefaq(tmp_path / "a.jsonl"), None)
    assert figures["set"] == "a.jsonl"
    assert (figures["questions"], figures["passages"]) == (3, 3)
    assert figures["model"].startswith("namndkoll-sv@")
    assert list(figures["ways"]) == ["lexical", "vectors", "hybrid"]
    best = {"recall@10": 1.0, "mrr": 1.0, "ndcg@10": 1.0}
    assert figures["ways"] == dict.fromkeys(figures["ways"], best)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "a.jsonl: 3 av 3 stycken\na.jsonl: 3 av 3 frågor\n"


def test_a_question_without_words_finds_nothing(tmp_path: Path) -> None:
    rows = [{"question": "???", "candidate_answers": list(PASSAGES), "label": 0}]
    figures = measure(faq(tmp_path / "a.jsonl", rows), None)
    assert {values["recall@10"] for values in figures["ways"].values()} == {0.0}


def test_figures_of_rankings_are_those_of_the_formulas() -> None:
    # found first, found third, not found: MRR (1 + 1/3) / 3, nDCG (1 + 1/log2(4)) / 3
    figures = figures_of_rankings([7, 8, 9], [[7, 1], [1, 2, 8], [1, 2]])
    assert figures == {
        "recall@10": pytest.approx(2 / 3, abs=1e-4),
        "mrr": pytest.approx(4 / 9, abs=1e-4),
        "ndcg@10": pytest.approx(0.5, abs=1e-4),
    }
    assert figures_of_rankings([7], [[*range(100, 110), 7]])["recall@10"] == 0.0


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.jsonl", b"{", "varken SweFAQ"),
        ("a.jsonl", b'{"question": "a", "candidate_answers": ["b"], "label": 1}', "varken SweFAQ"),
        ("a.jsonl", b'{"question": 1, "candidate_answers": ["b"], "label": 0}', "varken SweFAQ"),
        ("a.json", b'{"data": [{}]}', "varken SweFAQ"),
        ("a.json", b"[]", "varken SweFAQ"),
        ("a.json.gz", b"\x1f\x8b\x08", "varken SweFAQ"),
        ("a.pdf", b"%PDF-1.7 \xe5", "varken SweFAQ"),
        ("a.jsonl", b"", "innehåller inga frågor"),
        ("a.json", b'{"data": []}', "innehåller inga frågor"),
    ],
)
def test_a_file_that_is_neither_is_named(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnknownSetError, match=told) as raised:
        measure(path, None)
    assert str(path) in str(raised.value)


@pytest.mark.skipif(not SWEFAQ.is_file(), reason=f"{SWEFAQ} finns inte här")
def test_swefaq() -> None:
    figures = measure(SWEFAQ, None)
    assert (figures["questions"], figures["passages"]) == (110, 110)
    # measured: 0.753, 0.687, 0.792
    assert_reached(figures["ways"], lexical=0.74, vectors=0.67, hybrid=0.79)


@pytest.mark.skipif(not SQUAD.is_file(), reason=f"{SQUAD} finns inte här")
def test_squad() -> None:
    figures = measure(SQUAD, None)
    assert (figures["questions"], figures["passages"]) == (2000, 1204)
    # measured: 0.861, 0.520, 0.864
    assert_reached(figures["ways"], lexical=0.85, vectors=0.48, hybrid=0.86)


def assert_reached(ways: dict[str, dict[str, float]], **least: float) -> None:
    reached = {way: ways[way]["ndcg@10"] for way in least}
    assert all(reached[way] >= least[way] for way in least), reached
    assert reached["hybrid"] >= max(reached.values())

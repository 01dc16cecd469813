"""The sample documents are what the generator writes, and hold what their questions expect."""

import json
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from corpus import norrvik_budget, norrvik_delarsrapport
from corpus.generate import SAMPLES
from corpus.norrvik_figures import check_figures
from ingest.pdfium import open_pdf, read_page

QUESTION_FILE = SAMPLES.parent / "questions" / "norrvik.jsonl"
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line) for line in QUESTION_FILE.read_text(encoding="utf-8").splitlines()
]
ANSWERABLE = [q for q in QUESTIONS if q["expect"]["status"] == "answered"]
UNANSWERABLE = [q for q in QUESTIONS if q["expect"]["status"] == "refused"]


def fold(text: str) -> str:
    return " ".join(text.split())


@cache
def pages_of(document: str) -> list[str]:
    with open_pdf((SAMPLES / f"{document}.pdf").read_bytes()) as pdf:
        return [
            fold(" ".join(word.text for word in read_page(pdf, number).words))
            for number in range(1, len(pdf) + 1)
        ]


@pytest.mark.parametrize("module", [norrvik_budget, norrvik_delarsrapport])
def test_generator_writes_the_same_bytes(module: ModuleType, tmp_path: Path) -> None:
    check_figures()
    written = tmp_path / module.FILE_NAME
    pages = module.build().write(written)
    assert written.read_bytes() == (SAMPLES / module.FILE_NAME).read_bytes()
    assert pages == len(pages_of(written.stem))


def test_questions_are_there_with_unique_ids() -> None:
    assert len(ANSWERABLE) == 21
    assert len(UNANSWERABLE) == 3
    assert len({q["id"] for q in QUESTIONS}) == len(QUESTIONS) == 24


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda q: q["id"])
def test_expected_quote_stands_on_its_page(question: dict[str, Any]) -> None:
    citations = question["expect"]["citations"]
    assert citations
    for citation in citations:
        pages = pages_of(citation["document"])
        for number in citation["pages"]:
            assert fold(citation["quote_contains"]) in pages[number - 1]


@pytest.mark.parametrize("question", UNANSWERABLE, ids=lambda q: q["id"])
def test_unanswerable_question_expects_a_refusal_only(question: dict[str, Any]) -> None:
    assert question["intent"] == "unanswerable"
    assert question["expect"] == {"status": "refused"}

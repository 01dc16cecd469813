"""Documents of municipalities that the product has never seen: what is read, and what is answered.

Nothing here may be mended by teaching the product these documents' own words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from strangers import STRANGERS, write_strangers
from strangers_care import TALLBY
from strangers_shape import Stranger, Truth, truths_of

from eval.score_answers import Scored, run
from ingest.document import parse
from ingest.types import Figure, ParsedDocument
from rag.asking import Asker
from rag.question_set import QuestionLine, read_questions

QUESTIONS = Path(__file__).parent / "data" / "strangers.jsonl"
ASPECTS = ("unit", "period", "measure")
LEAST_RIGHT = 128  # of 199; 130 are


@dataclass(frozen=True)
class Fault:
    """An aspect that is read wrong of the numbers in some rows, in all columns or some of them."""

    aspect: str
    reason: str
    document: str
    rows: tuple[str, ...]
    columns: tuple[str, ...] = ()

    def holds(self, truth: Truth) -> bool:
        """Whether a number is among those that the fault is about."""
        placed = truth.document == self.document and truth.row[-1] in self.rows
        return placed and (not self.columns or truth.column[-1] in self.columns)


FAULTS = (
    Fault(
        "measure",
        "per cent at the end of a label says nothing where the label has more than three words",
        TALLBY.name,
        ("Trygghet i skolan, %", "Gymnasieexamen inom 3 år, %"),
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("strangers")
    write_strangers(made)
    return made


@pytest.fixture(scope="module")
def documents(folder: Path) -> dict[str, ParsedDocument]:
    return {stranger.name: parse(folder / f"{stranger.name}.pdf") for stranger in STRANGERS}


@pytest.fixture(scope="module")
def scored(
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    read_into: Callable[..., Any],
) -> dict[str, Scored]:
    index = tmp_path_factory.mktemp("read") / "index"
    assert [report.status for report in read_into(index, folder)] == ["added"] * len(STRANGERS)
    lines = [line for line in read_questions(QUESTIONS) if isinstance(line, QuestionLine)]
    return {one.line.id: one for one in run(Asker(index), lines)}


# what is read


def _name(stranger: Stranger) -> str:
    return stranger.name


def _said(figure: Figure) -> Truth:
    return Truth(
        figure.table,
        figure.page,
        figure.row,
        figure.column,
        figure.value,
        figure.unit,
        str(figure.period),
        figure.measure,
    )


def _cases() -> list[Any]:
    """All numbers with what is read right of them, and one case more for each thing that is not."""
    cases: list[Any] = []
    for stranger in STRANGERS:
        for truth in truths_of(stranger):
            faults = {fault.aspect: fault.reason for fault in FAULTS if fault.holds(truth)}
            name = "-".join((truth.document[:3], *truth.row, *truth.column))
            sound = tuple(aspect for aspect in ASPECTS if aspect not in faults)
            cases.append(pytest.param(truth, sound, id=name))
            for aspect, reason in faults.items():
                mark = pytest.mark.xfail(strict=True, reason=reason)
                cases.append(pytest.param(truth, (aspect,), marks=mark, id=f"{name}-{aspect}"))
    return cases


@pytest.mark.parametrize(("truth", "aspects"), _cases())
def test_a_number_is_read_with_its_meaning(
    documents: dict[str, ParsedDocument], truth: Truth, aspects: tuple[str, ...]
) -> None:
    read = [_said(figure) for figure in documents[truth.document].figures if figure.table]
    of_row = [one for one in read if (one.page, one.row) == (truth.page, truth.row)]
    found = [one for one in of_row if (one.column, one.value) == (truth.column, truth.value)]
    assert len(found) == 1, of_row
    for aspect in aspects:
        assert getattr(found[0], aspect) == getattr(truth, aspect)


@pytest.mark.parametrize("stranger", STRANGERS, ids=_name)
def test_no_table_gives_more_numbers_than_it_prints(
    documents: dict[str, ParsedDocument], stranger: Stranger
) -> None:
    read = [figure for figure in documents[stranger.name].figures if figure.table]
    assert len(read) == len(list(truths_of(stranger)))


@pytest.mark.parametrize("stranger", STRANGERS, ids=_name)
def test_a_document_is_known_by_its_title_board_and_municipality(
    documents: dict[str, ParsedDocument], stranger: Stranger
) -> None:
    document = documents[stranger.name]
    known = document.identity
    expected = (stranger.title, stranger.board, stranger.municipality)
    assert (known.title, known.board, known.municipality) == expected
    assert len(document.pages) == len(stranger.pages)
    assert document.problems == ()


# what is answered


def test_all_questions_of_the_set_are_asked(scored: dict[str, Scored]) -> None:
    lines = [line for line in QUESTIONS.read_text("utf-8").split("\n") if line]
    assert list(scored) == [f"str-{number:03}" for number in range(1, len(lines) + 1)]


def test_no_other_number_is_told_than_what_is_asked_for(scored: dict[str, Scored]) -> None:
    wrong = [one for one in scored.values() if one.verdict == "wrong"]
    assert [(one.line.id, one.line.question, one.reason) for one in wrong] == []


def test_what_the_documents_do_not_say_is_refused(scored: dict[str, Scored]) -> None:
    answered = [
        (one.line.id, one.line.question, one.reason)
        for one in scored.values()
        if one.line.expect["status"] == "refused" and one.verdict != "right"
    ]
    assert answered == []


def test_as_many_questions_are_answered_right_as_before(scored: dict[str, Scored]) -> None:
    right = [one for one in scored.values() if one.verdict == "right"]
    assert len(right) >= LEAST_RIGHT

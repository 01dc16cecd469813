"""Nothing that may be meant is left out: the index of labels against a look at each of them."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from rag import figure_answers
from rag.alike import FOUND, alike, held
from rag.answer import Question
from rag.asking import Asker
from rag.desk import Desk
from rag.fitness import same_kind
from rag.label_index import LabelIndex
from rag.matching import rank
from rag.question.understanding import read_question
from rag.relevance import TextTerms, WeighedWord, weigh
from rag.scope import understand
from rag.shelf import Known
from rag.vocabulary import Vocabulary

ASKED = Path(__file__).parents[1] / "corpus" / "questions"
TYPED = """
    personal löner lokaler hemtjänsttimmar förskolebarn elever nya gammal el it barn vård skolelev
    personalkostnadr äldreomsorgen behöriga slut anställda sjukfrånvaro korttidsplatser kostnad öl
    2026 resor avvikelse nämnden forskola vard skol
""".split()


@pytest.fixture(scope="module")
def asker(whole_index: Path) -> Iterator[Asker]:
    opened = Asker(whole_index)
    opened.search(Question("budget"), 1)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def known(asker: Asker) -> list[Known]:
    return asker.shelf.of(asker.index.documents)


@pytest.fixture(scope="module")
def labels(asker: Asker) -> LabelIndex:
    return asker.shelf.about(asker.index.documents)[1]


def texts_of(known: list[Known]) -> list[TextTerms]:
    found = [
        text
        for one in known
        for text in (one.labels.own, one.labels.around, one.labels.above, one.labels.beside)
        if text is not None
    ]
    return list({id(text): text for text in found}.values())


@pytest.mark.parametrize("exact", [True, False])
def test_a_vocabulary_finds_every_word_that_is_alike(known: list[Known], exact: bool) -> None:
    every = dict.fromkeys(word for text in texts_of(known) for word in text.words)
    vocabulary = Vocabulary(every)
    assert len(every) > 1000
    for asked in [*TYPED, *list(every)[::25]]:
        expected = {word: sure for word in every if (sure := alike(asked, word, exact=exact))}
        assert vocabulary.alike(WeighedWord(asked, (), 1.0, (), exact=exact)) == expected


def test_every_text_that_holds_a_word_is_found(asker: Asker, labels: LabelIndex) -> None:
    own = {id(k.labels.own): k.labels.own for k in asker.shelf.of(asker.index.documents)}
    found_some = 0
    for word in weigh(TYPED, asker.index.lexical, "personal på äldreomsorgen"):
        expected = any(held(text, word) >= FOUND for text in own.values())
        assert labels.is_own(word) == expected, word.word
        found_some += expected
    assert found_some > 10


def questions() -> list[str]:
    files = sorted(ASKED.glob("*.jsonl"))
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line)["question"] for line in lines][::4]


def test_what_may_be_meant_is_all_that_fits(asker: Asker, labels: LabelIndex) -> None:
    fewer = 0
    for text in questions():
        question = Question(text)
        scope = understand(question, asker.index.documents, wide=True)
        asked = read_question(question, scope)
        wanted = partial(figure_answers.weighed, asker.index, question)
        desk = Desk(asker.shelf, asker.index.documents, asked, wanted)
        for prose in (False, True):
            every = [
                one
                for one in desk.every
                if (one.figure.sentence is not None) == prose and same_kind(one.figure, asked.kind)
            ]
            expected = rank(every, desk.wanted, asked)
            found = desk.matches(prose=prose)
            assert [(m.figure.id, m.words) for m in found] == [
                (m.figure.id, m.words) for m in expected
            ], text
        places = desk.wanted.possible(labels)
        fewer += len(places) < len(desk.every) / 10
    assert fewer > 50  # most questions mean a few of all figures


@pytest.mark.parametrize(
    ("typed", "meant"), [("personalkosnader", "personalkostnader"), ("xyzzyplugh", "")]
)
def test_a_misspelt_word_is_the_nearest_of_a_label(
    labels: LabelIndex, typed: str, meant: str
) -> None:
    assert labels.spelled(typed) == meant

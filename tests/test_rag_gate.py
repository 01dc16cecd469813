"""What must hold before an answer leaves."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answer import Answer, Citation, Question
from rag.asking import Asker
from rag.gate import GateError, check, check_citation
from rag.report import Report
from rag.store import Store

QUESTION = "Vad var det som strulade med medisinautomaterna?"


@pytest.fixture
def store(samples_index: Path) -> Iterator[Store]:
    """The store of the samples."""
    opened = Store(samples_index)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def answer(samples_index: Path) -> Answer:
    """A real answer."""
    asker = Asker(samples_index)
    found = asker.ask(Question(QUESTION))
    asker.close()
    assert found.status == "answered"
    return found


@pytest.fixture
def citation(answer: Answer) -> Citation:
    """The first citation of the real answer; its quote holds a number."""
    return answer.citations[0]


def with_first(answer: Answer, citation: Citation) -> Answer:
    return replace(answer, citations=(citation, *answer.citations[1:]))


def other_digits(text: str) -> list[str]:
    """`text` with one digit changed to the next, once for every digit."""
    return [
        text[: match.start()] + str((int(match.group()) + 1) % 10) + text[match.end() :]
        for match in re.finditer(r"\d", text)
    ]


def test_a_real_answer_passes(answer: Answer, store: Store) -> None:
    check(answer, store)
    for citation in answer.citations:
        check_citation(citation, store)


def test_white_space_makes_no_difference(citation: Citation, store: Store) -> None:
    check_citation(replace(citation, quote=citation.quote.replace(" ", "\n ")), store)


# ---- citations


def test_a_changed_digit_is_refused(store: Store, samples_index: Path) -> None:
    asker = Asker(samples_index)
    answer = asker.ask(Question("Hur många platser i särskilt boende har Norrvik 2026?"))
    asker.close()
    changed = [(c, quote) for c in answer.citations for quote in other_digits(c.quote)]
    assert len(changed) > 3
    for citation, quote in changed:
        with pytest.raises(GateError, match="quote is not on page"):
            check(with_first(answer, replace(citation, quote=quote)), store)


def test_a_changed_word_is_refused(answer: Answer, citation: Citation, store: Store) -> None:
    changed = replace(citation, quote=citation.quote.replace(" ", " inte ", 1))
    with pytest.raises(GateError, match="quote is not on page"):
        check(with_first(answer, changed), store)


def test_a_quote_without_text_is_refused(citation: Citation, store: Store) -> None:
    with pytest.raises(GateError, match="quote is not on page"):
        check_citation(replace(citation, quote=" "), store)


def test_a_quote_of_another_page_is_refused(citation: Citation, store: Store) -> None:
    other = 1 if citation.page != 1 else 2
    with pytest.raises(GateError, match=f"quote is not on page {other} of {citation.document}"):
        check_citation(replace(citation, page=other), store)


@pytest.mark.parametrize("page", [0, -1, 99])
def test_a_page_that_is_not_there_is_refused(citation: Citation, store: Store, page: int) -> None:
    with pytest.raises(GateError, match=f"no page {page} in"):
        check_citation(replace(citation, page=page), store)


def test_a_document_that_is_not_there_is_refused(citation: Citation, store: Store) -> None:
    with pytest.raises(GateError, match="in finns-inte"):
        check_citation(replace(citation, document="finns-inte"), store)


def test_a_quote_without_rectangle_is_refused(citation: Citation, store: Store) -> None:
    with pytest.raises(GateError, match="quote without rectangle"):
        check_citation(replace(citation, boxes=()), store)


def test_a_text_document_has_no_rectangles(
    tmp_path: Path, read_into: Callable[..., list[Report]]
) -> None:
    note = tmp_path / "protokoll.txt"
    note.write_text("Protokoll\n\nNämnden köper 17 elcyklar.\n", encoding="utf-8")
    read_into(tmp_path / "index", note)
    store = Store(tmp_path / "index")
    quote = "Nämnden köper 17 elcyklar."
    check_citation(Citation(1, "protokoll", "Protokoll", 1, "", (), quote, ()), store)
    store.close()


# ---- markers and numbers


def test_an_answer_without_markers_is_refused(answer: Answer, store: Store) -> None:
    bare = re.sub(r" \[\d+\]", "", answer.text)
    with pytest.raises(GateError, match="an answer without citation"):
        check(replace(answer, text=bare), store)


def test_a_marker_without_citation_is_refused(answer: Answer, store: Store) -> None:
    with pytest.raises(GateError, match=r"markers without citation: \[9\]"):
        check(replace(answer, text=f"{answer.text} [9]"), store)
    with pytest.raises(GateError, match="markers without citation"):
        check(replace(answer, citations=()), store)


@pytest.mark.parametrize("said", ["Totalt 987654.", "Det är 31 procent.", "Ökningen: 0,75"])
def test_a_number_without_source_is_refused(answer: Answer, store: Store, said: str) -> None:
    with pytest.raises(GateError, match="numbers without source"):
        check(replace(answer, text=f"{answer.text} {said}"), store)


def test_a_digit_changed_in_the_text_alone_is_refused(store: Store) -> None:
    page = store.page("norrvik-von-budget-2026", 6)
    assert page is not None
    quote = "Hyrorna ökar med 3,7 mnkr."
    citation = Citation(1, "norrvik-von-budget-2026", "", 6, "6", (), quote, ((0, 0, 1, 1),))
    check(Answer("?", "answered", f"{quote} [1]", (citation,)), store)
    with pytest.raises(GateError, match=r"numbers without source: \['3,8'\]"):
        check(Answer("?", "answered", "Hyrorna ökar med 3,8 mnkr. [1]", (citation,)), store)


def test_a_refusal_needs_no_citation_but_its_quotes_are_checked(
    citation: Citation, store: Store
) -> None:
    check(Answer("?", "refused", "Jag hittar inget. Sökt i 2 dokument."), store)
    check(Answer("?", "refused", "Närmast kommer [1]", (replace(citation, id=1),)), store)
    with pytest.raises(GateError, match="quote is not on page"):
        check(Answer("?", "refused", "[1]", (replace(citation, id=1, quote="nej"),)), store)
    with pytest.raises(GateError, match="markers without citation"):
        check(Answer("?", "refused", "Närmast kommer [1]"), store)

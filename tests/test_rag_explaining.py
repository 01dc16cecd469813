"""Why a passage was found: the words that match, how and where, and the parts of its score."""

from pathlib import Path

import pytest

from ingest.types import Chunk, Identity
from rag.answer import Question
from rag.asking import Asker
from rag.explaining import Explanation, Match, explained
from rag.reranking import Reranking
from rag.retrieval import Parts, Passage
from rag.scope import Scope
from rag.store import StoredChunk, StoredDocument


def passage(text: str, section: tuple[str, ...] = (), title: str = "Rapport") -> Passage:
    identity = Identity(title)
    document = StoredDocument("d", "d.pdf", ".pdf", "", "", identity, 1, 0, 0, 1, 0.0, (), ())
    chunk = Chunk(0, "prose", section, text, "", (), "")
    return Passage(StoredChunk(1, "d", chunk), document, 1.5, Parts(1.0, 0.5))


def scope(*words: str) -> Scope:
    return Scope((), words, (), (), "", "", (), False)


def why(text: str, *words: str) -> Explanation:
    return explained(passage(text), scope(*words))


@pytest.mark.parametrize(
    ("asked", "text", "found", "way"),
    [
        ("hyra", "Det är en Hyra.", "Hyra", "exact"),
        ("hyra", "Hyrorna ökar.", "Hyrorna", "form"),
        ("underskott", "Underskottet växer.", "Underskottet", "form"),
        ("hemtjänst", "Hemtjänstens tid.", "Hemtjänstens", "form"),
        ("hemtjänsten", "Mer hemtjänstpersonal.", "hemtjänstpersonal", "part"),
        ("personalkostnader", "All personal är här.", "personal", "part"),
        ("hemtjänst", "Många i hem-\ntjänsten slutar.", "hem- tjänsten", "form"),
        ("halsa", "God hälsa.", "hälsa", "exact"),
        ("2025", "År 2025 blev bra.", "2025", "exact"),
        ("dagis", "En förskola.", "förskola", "synonym"),
        ("kissprov", "Rutin för drogtest.", "drogtest", "formal"),
    ],
)
def test_a_match_is_told_as_it_stands_and_how_it_was_found(
    asked: str, text: str, found: str, way: str
) -> None:
    matches = why(text, asked).matches
    assert [(m.asked, m.found, m.way, m.place) for m in matches] == [(asked, found, way, "text")]


def test_numbers_and_chance_are_no_match() -> None:
    assert why("År 20250 och 12 345.", "2025").matches == ()
    assert why("Nya byggnader.", "kostnader").matches == ()
    assert why("Nya byggnader.", "kostnader").missing == ("kostnader",)


def test_a_heading_and_a_documents_name_are_places_of_their_own() -> None:
    held = passage("Kostnaden ökar.", ("Lokaler", "Hyror"), "Delårsrapport 2025")
    found = explained(held, scope("hyra", "2025", "kostnaden"))
    assert found.matches == (
        Match("hyra", "Hyror", "form", "heading"),
        Match("2025", "2025", "exact", "document"),
        Match("kostnaden", "Kostnaden", "exact", "text"),
    )
    assert found.missing == ()
    assert found.parts == Parts(1.0, 0.5)


def test_the_surest_match_of_a_word_comes_first() -> None:
    found = why("Lokalhyror och hyrorna, alltså hyra.", "hyra").matches
    assert [match.way for match in found[:2]] == ["exact", "form"]


def test_the_parts_of_a_score_add_up_to_it(samples_index: Path) -> None:
    asker = Asker(samples_index)
    hits = asker.search(Question("Vad säger budgeten 2026 om lokalhyror?"), 10, explain=True)
    plain = asker.search(Question("Vad säger budgeten 2026 om lokalhyror?"), 10)
    asker.close()
    assert [hit.why for hit in plain] == [None] * len(plain)
    assert [hit.score for hit in hits] == [hit.score for hit in plain]
    for hit in hits:
        assert hit.why is not None
        assert hit.why.parts.total == hit.score
        assert hit.why.judged is None
    first = hits[0].why
    assert first is not None
    assert first.parts.year > 0
    assert any(m.asked == "lokalhyror" and m.way == "exact" for m in first.matches)


def test_a_reranked_passage_tells_its_place_before(samples_index: Path) -> None:
    class Last:
        name = "sist-först"

        def score(self, question: str, texts: list[str]) -> list[float]:
            return [float(len(text)) for text in texts]

    asker = Asker(samples_index, None, Reranking(Last))
    hits = asker.search(Question("lokalhyror"), 10, explain=True)
    asker.close()
    told = [hit.why.judged for hit in hits if hit.why and hit.why.judged]
    assert len(told) == 10
    assert [judged.score for judged in told] == sorted((j.score for j in told), reverse=True)
    assert {judged.model for judged in told} == {"sist-först"}
    assert len({judged.before for judged in told}) == 10

"""What nearly repeats itself in other documents is found once, with where it stands again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rag.answer import Question
from rag.asking import Asker, Hit
from rag.report import Report

STAFF = (
    "Nämnden ska säkra kompetensen i verksamheten genom att erbjuda heltid, handledning och "
    "utbildning till all personal, och följa upp varje chefs plan för bemanning minst {} gånger om "
    "året tillsammans med de fackliga organisationerna."
)


@pytest.fixture
def hits(tmp_path: Path, read_into: Callable[..., list[Report]]) -> list[Hit]:
    for year, times in ((2023, 2), (2024, 2), (2025, 3)):
        text = f"# Verksamhetsplan {year}\n\n{STAFF.format(times)}\n"
        (tmp_path / f"plan-{year}.md").write_text(text, encoding="utf-8")
    other = (
        "# Protokoll 2025\n\nHandledning och utbildning togs upp av de fackliga organisationerna."
    )
    (tmp_path / "protokoll.md").write_text(other, encoding="utf-8")
    read_into(tmp_path / "index", *sorted(tmp_path.glob("*.md")))
    asker = Asker(tmp_path / "index")
    found = asker.search(Question("handledning och utbildning till personal"), 5)
    asker.close()
    return found


def test_a_repeated_passage_is_found_once(hits: list[Hit]) -> None:
    plans = [hit for hit in hits if hit.document.startswith("plan-")]
    assert len(plans) == 1
    places = {plans[0].document, *(place.document for place in plans[0].also)}
    assert places == {"plan-2023", "plan-2024", "plan-2025"}


def test_another_number_is_not_word_for_word(hits: list[Hit]) -> None:
    (plan,) = (hit for hit in hits if hit.document.startswith("plan-"))
    exact = {place.document: place.exact for place in plan.also}
    assert all(
        exact[name] == (name != "plan-2025") for name in exact if plan.document != "plan-2025"
    )


def test_other_words_are_another_passage(hits: list[Hit]) -> None:
    (minutes,) = (hit for hit in hits if hit.document == "protokoll")
    assert minutes.also == ()

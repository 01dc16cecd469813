"""Two documents: what appeared, disappeared and changed, in the order of the newer one."""

from collections.abc import Callable

import pytest

from rag.index import IndexReader
from rag.quotes import find_quote
from rag.report import Report
from rag.wording.between import compare
from rag.wording.types import Aligned, Comparison

OLD = """\
# Budget 2024

Socialnämnden, Älvköpings kommun

## 1 Uppdrag

Nämnden ansvarar för stöd till barn och familjer och för vård av äldre i hela kommunen.

## 2 Mål

| Mål | Utfall 2022 | Mål 2024 |
|---|---:|---:|
| Andelen brukare som är nöjda ska öka | 83 | 85 |
| Väntetiden till särskilt boende ska minska | 60 | 55 |

## 3 Reserver

En reserv på en procent ska byggas upp för att möta svängningar.

## 4 Uppföljning

Nämnden följer ekonomin varje månad utom i januari och juli.
"""
NEW = """\
# Budget 2025

Socialnämnden, Älvköpings kommun

## 1 Nytt i år

En simhall byggs i Älvköping.

## 2 Uppdrag

Nämnden ansvarar för stöd till barn och familjer och för vård av äldre i hela länet.

## 3 Mål

| Mål | Utfall 2023 | Mål 2025 |
|---|---:|---:|
| Andelen brukare som är nöjda ska öka | 84 | 88 |
| Väntetiden till särskilt boende ska minska | 60 | 55 |

## 4 Uppföljning

Nämnden följer ekonomin varje månad utom i januari och juli.
"""


@pytest.fixture(scope="module")
def index(
    tmp_path_factory: pytest.TempPathFactory, read_into: Callable[..., list[Report]]
) -> IndexReader:
    folder = tmp_path_factory.mktemp("between")
    (folder / "budget-2024.md").write_text(OLD, encoding="utf-8")
    (folder / "budget-2025.md").write_text(NEW, encoding="utf-8")
    read_into(folder / "index", *folder.glob("*.md"))
    return IndexReader(folder / "index")


@pytest.fixture(scope="module")
def comparison(index: IndexReader) -> Comparison:
    known = {document.id: document for document in index.store.documents()}
    return compare(index, known["budget-2025"], known["budget-2024"])


def texts(comparison: Comparison, status: str) -> list[str]:
    return [text_of(one) for one in comparison.aligned if one.status == status]


def text_of(one: Aligned) -> str:
    passage = one.new or one.old
    assert passage is not None
    return passage.text


def test_the_older_comes_first_however_they_are_given(comparison: Comparison) -> None:
    assert (comparison.older.document, comparison.newer.document) == ("budget-2024", "budget-2025")


def test_new_gone_and_changed_texts_are_told(comparison: Comparison) -> None:
    assert texts(comparison, "appeared") == ["Nytt i år", "En simhall byggs i Älvköping."]
    assert texts(comparison, "disappeared") == [
        "Reserver",
        "En reserv på en procent ska byggas upp för att möta svängningar.",
    ]
    assert texts(comparison, "changed") == [
        "Budget 2025",
        "Nämnden ansvarar för stöd till barn och familjer och för vård av äldre i hela länet.",
        "Andelen brukare som är nöjda ska öka | 84 | 88",
    ]


def test_a_new_number_of_a_heading_is_no_change(comparison: Comparison) -> None:
    unchanged = texts(comparison, "unchanged")
    assert {"Uppdrag", "Mål", "Uppföljning"} <= set(unchanged)
    assert "Väntetiden till särskilt boende ska minska | 60 | 55" in unchanged


def test_numbers_of_a_goal_are_compared_cell_by_cell(comparison: Comparison) -> None:
    (goal,) = [one for one in comparison.aligned if one.what == "row" and one.status == "changed"]
    told = [(n.before, n.after, str(n.difference)) for n in goal.difference.numbers]
    assert told == [("83", "84", "1"), ("85", "88", "3")]


def test_the_order_is_that_of_the_newer_document(comparison: Comparison) -> None:
    order = [text_of(one) for one in comparison.aligned if one.what == "heading"]
    assert order == ["Budget 2025", "Nytt i år", "Uppdrag", "Mål", "Reserver", "Uppföljning"]


def test_every_quote_stands_on_its_page(index: IndexReader, comparison: Comparison) -> None:
    for one in comparison.aligned:
        for source, passage in ((comparison.older, one.old), (comparison.newer, one.new)):
            for part in passage.parts if passage is not None else ():
                page = index.store.page(source.document, part.page)
                assert page is not None
                assert find_quote(page, part.quote) is not None


def test_a_document_is_the_same_as_itself(index: IndexReader) -> None:
    document = index.store.documents()[0]
    same = compare(index, document, document)
    assert {one.status for one in same.aligned} == {"unchanged"}

"""The retriever in LangChain's own clothes."""

from pathlib import Path

from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda

from rag.answer import Filters
from rag.langchain_retriever import NamndkollRetriever


def test_passages_come_as_documents_with_their_place(samples_index: Path) -> None:
    retriever = NamndkollRetriever(folder=samples_index, limit=3)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke("Varför blir köp av tjänster dyrare?")
    assert len(found) == 3
    first = found[0]
    assert "Köp av tjänster" in first.page_content
    assert first.metadata["document"] == "norrvik-von-delarsrapport-2025"
    assert first.metadata["page"] == 6
    assert first.metadata["section"][-1] == "Köp av tjänster"
    assert len(first.metadata["boxes"][0]) == 4
    assert first.metadata["score"] >= found[1].metadata["score"]


def test_filters_hold(samples_index: Path) -> None:
    filters = Filters(documents=("norrvik-von-budget-2026",))
    retriever = NamndkollRetriever(folder=samples_index, filters=filters)
    found = retriever.invoke("köp av tjänster")
    assert {document.metadata["document"] for document in found} == {"norrvik-von-budget-2026"}


def test_it_fits_into_a_chain(samples_index: Path) -> None:
    def pages(documents: list[Document]) -> list[int]:
        return [document.metadata["page"] for document in documents]

    chain = NamndkollRetriever(folder=samples_index, limit=2) | RunnableLambda(pages)
    assert len(chain.invoke("Lindgården")) == 2

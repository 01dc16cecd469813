"""The retriever as a LangChain `BaseRetriever`, so that it fits into anybody's chain.

The only module that imports langchain_core.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, PrivateAttr

from rag.answer import NO_FILTERS, Filters, Question
from rag.asking import Asker


class NamndkollRetriever(BaseRetriever):
    """Passages from the index in `folder`, best first, at most `limit` of them.

    Each document's metadata holds `document` (its id), `page` (from 1), `page_label`, `section`
    (headings, outermost first), `score`, and `boxes` (points from the page's upper left corner).
    Raises `IndexFaultError` where the index cannot be opened.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    folder: Path
    limit: int = 10
    filters: Filters = NO_FILTERS
    _asker: Asker = PrivateAttr()

    def model_post_init(self, context: Any, /) -> None:
        """Open the index."""
        super().model_post_init(context)
        self._asker = Asker(self.folder)

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        del run_manager
        hits = self._asker.search(Question(query, (), self.filters), self.limit)
        return [
            Document(
                page_content=hit.text,
                metadata={
                    "document": hit.document,
                    "page": hit.page,
                    "page_label": hit.page_label,
                    "section": list(hit.section),
                    "score": hit.score,
                    "boxes": [list(box) for box in hit.boxes],
                },
            )
            for hit in hits
        ]

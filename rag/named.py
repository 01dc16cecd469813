"""What is left of documents where a question names a municipality of a joint board."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rag.label_index import LabelIndex
from rag.relevance import TextTerms
from rag.shelf import Known, Shelf
from rag.store import StoredDocument
from rag.terms import plain


class OfNamed:
    """Of a joint board's documents the figures that name the same municipality as the question.

    Of documents of other boards, and where none is named: all. `said` are the question's words.
    """

    def __init__(self, documents: Sequence[StoredDocument], shelf: Shelf, said: TextTerms) -> None:
        words = {plain(word) for word in said.words}
        found = {document.id: shelf.members(document) & words for document in documents}
        self._named = {document: names for document, names in found.items() if names}

    def figures(self, known: list[Known]) -> list[Known]:
        """Those of `known` that are left."""
        return [one for one in known if self._keeps(one)] if self._named else known

    def labels(self, known: Sequence[Known], labels: LabelIndex) -> LabelIndex:
        """The labels of those that are left; `known` are the figures at the places of `labels`."""
        if not self._named:
            return labels
        left = [place for place in sorted(labels.places) if self._keeps(known[place])]
        return labels.among(np.array(left, np.int32))

    def _keeps(self, one: Known) -> bool:
        names = self._named.get(one.document.id)
        return not names or names <= {plain(word) for word in one.labels.own.words}

"""Documents as JSON lines → arrays of word numbers, with the bounds of sentences and paragraphs.

A line is `{"title": str, "paragraphs": [str, …]}`. Words are numbered in the order they are met.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.word_parts import split

Numbers = NDArray[np.int64]

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")


@dataclass(frozen=True, slots=True)
class Document:
    """A title and paragraphs of running text."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """All texts as one row of word numbers.

    `titles`, `sentences`: first word and the one after the last, shape (n, 2); `paragraphs` the
    same in sentences; `document_of` says whose each paragraph is.
    """

    names: list[str]
    flat: Numbers
    titles: Numbers
    sentences: Numbers
    paragraphs: Numbers
    document_of: Numbers

    def ranges(self) -> tuple[Numbers, Numbers]:
        """First word of each paragraph, and the one after its last."""
        first, last = self.paragraphs[:, 0], self.paragraphs[:, 1] - 1
        return self.sentences[first, 0], self.sentences[last, 1]


def read(path: Path) -> Iterator[Document]:
    """The documents of a gzipped JSON lines file; a paragraph that has been seen is left out."""
    seen: set[str] = set()
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            data = json.loads(line)
            new = [text for text in data["paragraphs"] if text not in seen]
            seen.update(new)
            yield Document(data["title"], tuple(new))


class Numbering:
    """Gives each new word the next number."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def numbers(self, text: str) -> list[int]:
        """The numbers of a text's words."""
        return [self.of.setdefault(word, len(self.of)) for word in split(text)]


def numbered(documents: Iterator[Document], numbering: Numbering) -> Words:
    """All documents in arrays."""
    flat: list[int] = []
    titles: list[tuple[int, int]] = []
    sentences: list[tuple[int, int]] = []
    paragraphs: list[tuple[int, int]] = []
    document_of: list[int] = []

    def put(text: str) -> tuple[int, int]:
        start = len(flat)
        flat.extend(numbering.numbers(text))
        return start, len(flat)

    for document in documents:
        titles.append(put(document.title))
        for paragraph in document.paragraphs:
            first = len(sentences)
            bounds = (put(sentence) for sentence in _SENTENCE.split(paragraph))
            sentences.extend(found for found in bounds if found[1] > found[0])
            if len(sentences) > first:
                paragraphs.append((first, len(sentences)))
                document_of.append(len(titles) - 1)
    return Words(
        list(numbering.of),
        np.array(flat),
        np.array(titles),
        np.array(sentences),
        np.array(paragraphs),
        np.array(document_of),
    )

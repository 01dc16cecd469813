"""What embedding models want to have set before a question and before a passage.

Trained with such words, a model finds worse without them. What a model's own files say wins. The
table is for those that say it only in their model card, as read at huggingface.co in 2026:

- E5 (intfloat/multilingual-e5-small; Wang et al. 2024): "query: " and "passage: ", in any language;
- E5 with instructions (intfloat/multilingual-e5-large-instruct): "Instruct: …\\nQuery: " before
  questions, nothing before passages; Qwen3-Embedding the same, without the last space;
- BGE in English (BAAI/bge-small-en-v1.5): one sentence before questions; BGE-M3: nothing;
- Snowflake Arctic (Snowflake/snowflake-arctic-embed-l-v2.0): "query: " before questions; its first
  versions the same sentence as BGE, which mixedbread-ai/mxbai-embed-large-v1 has, too;
- Nomic (nomic-ai/nomic-embed-text-v1.5): "search_query: " and "search_document: ";
- GTE (Alibaba-NLP/gte-multilingual-base) and all others: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Prompts:
    """What is set before a question and before a passage."""

    question: str = ""
    passage: str = ""


_TASK = "Instruct: Given a web search query, retrieve relevant passages that answer the query"
_SENTENCE = "Represent this sentence for searching relevant passages: "

_FAMILIES: tuple[tuple[str, Prompts], ...] = (
    (r"\be5-.*instruct", Prompts(f"{_TASK}\nQuery: ")),
    (r"\be5-", Prompts("query: ", "passage: ")),
    (r"\bqwen3-embedding", Prompts(f"{_TASK}\nQuery:")),
    (r"\bbge-(small|base|large)-en", Prompts(_SENTENCE)),
    (r"arctic-embed-\w+-v2", Prompts("query: ")),
    (r"arctic-embed-|\bmxbai-embed-large", Prompts(_SENTENCE)),
    (r"\bnomic-embed-text", Prompts("search_query: ", "search_document: ")),
)
"""Patterns of names in lower case, the first that fits counts."""

_QUESTION = ("query", "search_query", "s2p_query", "web_search_query", "retrieval.query")
_PASSAGE = ("passage", "document", "search_document", "retrieval.passage")
_CACHED = "models--"  # how the hub's cache begins the folder of a model: models--org--name


def prompts_of(name: str, stated: Mapping[str, str | None]) -> Prompts:
    """The prompts of the model called `name`; `stated` are those of its own files, by their key."""
    question = next((text for key in _QUESTION if (text := stated.get(key))), "")
    passage = next((text for key in _PASSAGE if (text := stated.get(key))), "")
    if question or passage:
        return Prompts(question, passage)
    called = _called(name)
    return next((prompts for form, prompts in _FAMILIES if re.search(form, called)), Prompts())


def _called(name: str) -> str:
    """The model's own name in lower case: a folder's other parts may be called anything."""
    parts = Path(name).parts
    kept = next((part for part in parts if part.startswith(_CACHED)), parts[-1] if parts else "")
    return kept.rpartition("--")[2].lower()

"""What is set before questions and passages: what a model states, else what its family wants."""

import pytest

from rag.prompts import Prompts, prompts_of

SENTENCE = "Represent this sentence for searching relevant passages: "
TASK = (
    "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery:"
)


@pytest.mark.parametrize(
    ("name", "question", "passage"),
    [
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("/modeller/multilingual-e5-large", "query: ", "passage: "),
        ("/c/models--intfloat--e5-base-v2/snapshots/0123456789abcdef", "query: ", "passage: "),
        ("intfloat/multilingual-e5-large-instruct", f"{TASK} ", ""),
        ("Qwen/Qwen3-Embedding-0.6B", TASK, ""),
        ("BAAI/bge-small-en-v1.5", SENTENCE, ""),
        ("BAAI/bge-m3", "", ""),
        ("Snowflake/snowflake-arctic-embed-l-v2.0", "query: ", ""),
        ("Snowflake/snowflake-arctic-embed-m", SENTENCE, ""),
        ("Snowflake/snowflake-arctic-embed-m-v1.5", SENTENCE, ""),
        ("mixedbread-ai/mxbai-embed-large-v1", SENTENCE, ""),
        ("nomic-ai/nomic-embed-text-v1.5", "search_query: ", "search_document: "),
        ("Alibaba-NLP/gte-multilingual-base", "", ""),
        ("KBLab/sentence-bert-swedish-cased", "", ""),
        ("/e5-saker/min-modell", "", ""),
        ("me5-small", "", ""),
    ],
)
def test_a_family_has_the_prompts_of_its_model_card(name: str, question: str, passage: str) -> None:
    assert prompts_of(name, {"query": "", "document": None}) == Prompts(question, passage)


def test_what_a_model_states_wins() -> None:
    stated = {"query": "fråga: ", "document": ""}
    assert prompts_of("intfloat/multilingual-e5-small", stated) == Prompts("fråga: ", "")
    assert prompts_of("x", {"search_query": "a ", "search_document": "b "}) == Prompts("a ", "b ")
    assert prompts_of("x", {"clustering": "c "}) == Prompts()

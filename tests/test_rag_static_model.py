"""The shipped Swedish embedding: equal with and without PyTorch, and what it is good for."""

import json
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from rag.errors import EmbedderError
from rag.sentence_models import SentenceModel
from rag.static_model import SHIPPED, StaticModel
from rag.word_parts import WordParts, split

TEXTS = [
    "Hemtjänstens underskott beror på sjukfrånvaro och övertid.",
    "Lokalhyrorna ökar med 4,2 procent (12 345 tkr) år 2026.",
    "ärende\xadhantering, ﬁnans och É",
    "Ⅳ ½ 10² № ㊀ ☃ 日本語 Straße",
    "İstanbul",
    "x" * 500,
    "",
    "   \n ",
]


@pytest.fixture(scope="module")
def model() -> StaticModel:
    return StaticModel()


def test_vectors_equal_those_of_sentence_transformers(model: StaticModel) -> None:
    expected = SentenceModel(str(SHIPPED)).embed(TEXTS)
    assert model.embed(TEXTS) == pytest.approx(expected, abs=2e-6)


def test_vectors_are_of_length_one_or_zero(model: StaticModel) -> None:
    lengths = np.linalg.norm(model.embed(TEXTS), axis=1)
    assert lengths[:6] == pytest.approx(np.ones(6), abs=1e-6)
    assert lengths[6:].tolist() == [0.0, 0.0]


def test_texts_do_not_depend_on_each_other(model: StaticModel) -> None:
    together = model.embed(TEXTS)
    for row, text in zip(together, TEXTS, strict=True):
        assert (model.embed([text])[0] == row).all()


def in_unicode_3_2(character: str) -> bool:
    """Whether all Unicode tables have the character: Python's and the library's differ in age."""
    return unicodedata.ucd_3_2_0.category(character) != "Cn"


@example("WWW")  # two cuts are equally probable
@example("88888")  # and so are they when sums are rounded
@given(st.text(st.characters(exclude_categories=["Cs"]).filter(in_unicode_3_2), max_size=60))
def test_words_are_cut_as_the_library_cuts_them(text: str) -> None:
    assert parts().numbers(text) == library().encode(text, add_special_tokens=False).ids


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        (
            "Varför är så många anställda sjuka?",
            "Sjukfrånvaron har ökat, främst korttidsfrånvaron.",
            "Nämnden beslutade att avslå ansökan om bygglov.",
        ),
        (
            "Vad kostar maten i skolan?",
            "Skolmåltidernas kostnad per portion har stigit.",
            "Vattenledningen längs Storgatan byts ut under hösten.",
        ),
        (
            "Hur går det för dagis?",
            "Förskolans barngrupper har blivit mindre.",
            "Beredskapslagret av livsmedel har inventerats.",
        ),
    ],
)
def test_meaning_counts(model: StaticModel, question: str, near: str, far: str) -> None:
    asked, right, wrong = model.embed([question, near, far])
    assert asked @ right > asked @ wrong + 0.1


def test_its_weights_take_at_most_16_megabytes() -> None:
    assert (SHIPPED / "model.safetensors").stat().st_size <= 16_000_000


def test_its_name_tells_one_training_from_another(model: StaticModel, tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_bytes((SHIPPED / "tokenizer.json").read_bytes())
    weights = bytearray((SHIPPED / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (tmp_path / "model.safetensors").write_bytes(weights)
    assert StaticModel(tmp_path).name != model.name


@pytest.mark.parametrize("harm", ["missing", "cut", "other model"])
def test_a_damaged_model_is_told(tmp_path: Path, harm: str) -> None:
    for name in ("tokenizer.json", "model.safetensors"):
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    if harm == "missing":
        (tmp_path / "model.safetensors").unlink()
    elif harm == "cut":
        path = tmp_path / "model.safetensors"
        path.write_bytes(path.read_bytes()[:1000])
    else:
        (tmp_path / "tokenizer.json").write_text(json.dumps({"model": {"type": "BPE"}}))
    with pytest.raises(EmbedderError, match="installera om"):
        StaticModel(tmp_path)


def test_words() -> None:
    assert split("Vård- och omsorgsnämnden 2025: 1 234,5") == [
        *("vård", "och", "omsorgsnämnden", "2025", "1", "234", "5")
    ]


def parts() -> WordParts:
    return _LOADED[0]


def library() -> Tokenizer:
    return _LOADED[1]


_LOADED = (
    WordParts.from_file(SHIPPED / "tokenizer.json"),
    Tokenizer.from_file(str(SHIPPED / "tokenizer.json")),
)

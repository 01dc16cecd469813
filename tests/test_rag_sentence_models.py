"""Real sentence-transformers models, made here, small enough to make in a moment."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from rag.answer import Question
from rag.asking import Asker
from rag.embedders import DEFAULT, HashingEmbedder, load_embedder
from rag.errors import EmbedderError
from rag.index import EMBEDDER_SETTING, writing
from rag.sentence_models import SentenceModel

WORDS = ["hyra", "lokaler", "hemtjänst", "personal", "budget", "cykel", "äldre", "[UNK]"]


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static embedding over eight words, saved as any model is."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.normalizers import Lowercase
    from tokenizers.pre_tokenizers import Whitespace

    tokenizer = Tokenizer(WordLevel({w: i for i, w in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.normalizer = Lowercase()
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.eye(len(WORDS), 16, dtype=np.float32)
    folder = tmp_path_factory.mktemp("models") / "liten-svensk"
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)])
    model.save(str(folder))
    return folder


def test_a_model_in_a_folder_gives_unit_vectors(model_folder: Path) -> None:
    model = load_embedder(str(model_folder))
    vectors = model.embed(["hyra lokaler", "cykel"])
    assert isinstance(model, SentenceModel)
    assert vectors.shape == (2, 16)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 1.0])
    assert float(vectors[0] @ vectors[1]) == pytest.approx(0.0)


def test_a_model_is_called_by_its_name_or_folder(model_folder: Path) -> None:
    assert load_embedder(str(model_folder)).name.startswith("liten-svensk@")
    assert load_embedder(DEFAULT).name == DEFAULT
    assert isinstance(load_embedder(DEFAULT), HashingEmbedder)


def test_an_index_is_made_and_asked_with_the_model(model_folder: Path, copy_of_index: Path) -> None:
    with writing(copy_of_index) as writer:
        model = writer.choose_embedder(str(model_folder))
        writer.catch_up(model, str(model_folder))
        assert writer.store.get(EMBEDDER_SETTING) == str(model_folder)
    asker = Asker(copy_of_index)
    answer = asker.ask(Question("Varför ökar hyrorna?"))
    assert answer.status == "answered"
    assert answer.warnings == ()
    vectors = asker.index.vectors
    assert vectors is not None
    assert vectors.mark.model.startswith("liten-svensk@")
    asker.close()


def test_another_model_in_the_same_folder_is_told(
    model_folder: Path, copy_of_index: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(model_folder, tmp_path / "modell"))
    with writing(copy_of_index) as writer:
        writer.catch_up(writer.choose_embedder(str(folder)), str(folder))
    (weights,) = folder.rglob("*.safetensors")
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    asker = Asker(copy_of_index)
    answer = asker.ask(Question("Varför ökar hyrorna?"))
    assert answer.status == "answered"
    assert [warning.message.rpartition(": ")[2] for warning in answer.warnings] == [
        "namndkoll ingest"
    ]
    asker.close()


def test_a_folder_that_holds_no_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(EmbedderError, match="går inte att ladda"):
        load_embedder(str(tmp_path))


def test_weights_that_are_no_safetensors_are_refused(tmp_path: Path, model_folder: Path) -> None:
    folder = tmp_path / "pickle"
    shutil.copytree(model_folder, folder)
    for path in folder.rglob("*.safetensors"):
        path.with_name("pytorch_model.bin").write_bytes(b"\x80\x04.")
        path.unlink()
    with pytest.raises(EmbedderError, match="inte är i safetensors-format"):
        load_embedder(str(folder))


def test_hashing_is_the_same_everywhere() -> None:
    vectors = HashingEmbedder().embed(["Hemtjänstens personal", "", "hemtjänstens PERSONAL"])
    assert vectors.shape == (3, 512)
    assert np.array_equal(vectors[0], vectors[2])
    assert not vectors[1].any()
    # worked out once: another machine, another Python, the same numbers
    assert np.flatnonzero(vectors[0])[:5].tolist() == FIRST_FIVE


FIRST_FIVE = [9, 33, 58, 103, 114]

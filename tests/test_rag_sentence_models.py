"""Real sentence-transformers models, made here, small enough to make in a moment."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from tiny_models import WINDOW, bert_model, static_model, with_module

from rag.answer import Question
from rag.asking import Asker
from rag.embedders import DEFAULT, load_embedder
from rag.errors import EmbedderError
from rag.index import EMBEDDER_SETTING, writing
from rag.sentence_models import SentenceModel
from rag.static_model import StaticModel


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static embedding over eight words, saved as any model is."""
    return static_model(tmp_path_factory.mktemp("models") / "liten-svensk")


@pytest.fixture(scope="module")
def bert_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT that takes few tokens, saved as any model is."""
    return bert_model(tmp_path_factory.mktemp("models") / "liten-bert")


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
    assert load_embedder(DEFAULT).name.startswith(f"{DEFAULT}@")
    assert isinstance(load_embedder(DEFAULT), StaticModel)


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


def test_settings_changed_in_a_folder_make_it_another_model(
    model_folder: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(model_folder, tmp_path / "modell"))
    before = load_embedder(str(folder)).name
    settings = folder / "config_sentence_transformers.json"
    changed = json.loads(settings.read_text()) | {"prompts": {"query": "fråga: "}}
    settings.write_text(json.dumps(changed))
    assert load_embedder(str(folder)).name != before
    (folder / "README.md").write_text("Om modellen")
    assert load_embedder(str(folder)).name != before


# ---- a transformer, which takes only so many tokens


def test_a_transformer_gives_unit_vectors_that_are_the_same_alone_and_in_company(
    bert_folder: Path,
) -> None:
    model = load_embedder(str(bert_folder))
    texts = ["hyra", "hemtjänst personal budget äldre", "cykel lokaler"]
    together = model.embed(texts)
    assert together.shape == (3, 16)
    assert np.linalg.norm(together, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    for text, vector in zip(texts, together, strict=True):
        assert model.embed([text])[0] == pytest.approx(vector, abs=1e-5)


def test_the_end_of_a_text_longer_than_the_model_takes_counts(bert_folder: Path) -> None:
    model = load_embedder(str(bert_folder))
    start = "hyra " * 3 * WINDOW
    one, other, same = model.embed([f"{start} cykel cykel", f"{start} äldre personal", start])
    assert float(one @ other) < 0.99999
    assert float(one @ same) < 0.99999
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-5)


def test_a_long_text_has_the_mean_of_its_windows(bert_folder: Path) -> None:
    model = load_embedder(str(bert_folder))
    room = WINDOW - 2  # [CLS] and [SEP] take two
    first, second = ("hyra " * (room - 2)).strip(), ("cykel " * (room - 2)).strip()
    short = model.embed([first, second, "budget"])
    long = model.embed([f"{first} {second}", "budget"])
    mean = (short[0] + short[1]) / np.linalg.norm(short[0] + short[1])
    assert long[0] == pytest.approx(mean, abs=1e-5)
    assert long[1] == pytest.approx(short[2], abs=1e-5)


def test_a_text_that_just_fits_is_one_window(bert_folder: Path) -> None:
    model = load_embedder(str(bert_folder))
    fits = " ".join(["hyra", "cykel"] * ((WINDOW - 2) // 2))
    assert isinstance(model, SentenceModel)
    direct = model._model.encode([fits], normalize_embeddings=True)
    assert model.embed([fits])[0] == pytest.approx(direct[0], abs=1e-6)


def test_prompts_that_the_model_states_are_set_before_texts(tmp_path: Path) -> None:
    folder = static_model(tmp_path / "modell", {"query": "budget ", "document": "cykel "})
    model = load_embedder(str(folder))
    bare = load_embedder(str(static_model(tmp_path / "utan")))
    assert np.array_equal(model.embed(["hyra"], questions=True), bare.embed(["budget hyra"]))
    assert np.array_equal(model.embed(["hyra"]), bare.embed(["cykel hyra"]))


def test_prompts_of_the_family_are_set_where_the_model_states_none(tmp_path: Path) -> None:
    model = load_embedder(str(static_model(tmp_path / "multilingual-e5-liten")))
    bare = load_embedder(str(static_model(tmp_path / "utan")))
    assert np.array_equal(model.embed(["hyra"], questions=True), bare.embed(["query: hyra"]))
    assert np.array_equal(model.embed(["hyra"]), bare.embed(["passage: hyra"]))


def test_a_model_that_wants_to_run_code_of_its_own_is_refused(
    tmp_path: Path, model_folder: Path
) -> None:
    folder = Path(shutil.copytree(model_folder, tmp_path / "egen"))
    (folder / "egen_modul.py").write_text("raise SystemExit('körd')")
    with_module(folder, "egen_modul.Egen")
    with pytest.raises(EmbedderError, match=r"vill köra egen kod \(egen_modul.Egen\)"):
        load_embedder(str(folder))


def test_a_part_of_a_model_without_safetensors_is_refused(
    tmp_path: Path, model_folder: Path
) -> None:
    folder = Path(shutil.copytree(model_folder, tmp_path / "del"))
    with_module(folder, "sentence_transformers.models.Dense")
    with pytest.raises(EmbedderError, match="saknar vikter i safetensors-format i 9_Egen"):
        load_embedder(str(folder))

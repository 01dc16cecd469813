"""Models by name: which files and which revision, what is refused, and what is said offline."""

from pathlib import Path

import pytest
from tiny_models import cached_at_the_hub, static_model

from rag.embedders import load_embedder
from rag.errors import EmbedderError
from rag.index import EMBEDDER_SETTING, IndexReader, writing
from rag.model_files import model_files
from rag.model_names import parted, same_model, shown

NAME = "kommun/liten-modell"
FIRST, SECOND = "1a" * 20, "2b" * 20


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the hub, and no network."""
    cache = tmp_path / "hub"
    cache.mkdir()
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(cache))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    return cache


def put(hub: Path, name: str, commit: str, prompts: dict[str, str] | None = None) -> Path:
    model = static_model(hub.parent / "sparad", prompts)
    return cached_at_the_hub(hub, name, model, commit)


def test_a_cached_model_is_called_by_its_name_and_commit(hub: Path) -> None:
    snapshot = put(hub, NAME, FIRST)
    files = model_files(NAME, "sentence-transformers")
    assert (files.name, files.folder) == (f"{NAME}@{FIRST}", snapshot)
    assert load_embedder(NAME).name == f"{NAME}@{FIRST}"


def test_a_name_without_an_organisation_is_one_of_the_makers(hub: Path) -> None:
    put(hub, "sentence-transformers/liten", FIRST)
    assert model_files("liten", "sentence-transformers").name.startswith(
        "sentence-transformers/liten@"
    )


def test_a_revision_that_is_named_is_that_one(hub: Path) -> None:
    put(hub, NAME, FIRST)
    put(hub, NAME, SECOND)
    assert model_files(NAME, "x").name == f"{NAME}@{SECOND}"
    assert model_files(f"{NAME}@{FIRST}", "x").name == f"{NAME}@{FIRST}"


def test_offline_without_the_model_says_what_to_do(hub: Path) -> None:
    with pytest.raises(EmbedderError) as told:
        load_embedder("intfloat/multilingual-e5-small")
    message = str(told.value)
    assert "intfloat/multilingual-e5-small finns inte på den här datorn" in message
    assert "anslut till nätet" in message
    assert "hf download intfloat/multilingual-e5-small --local-dir MAPP" in message


def test_a_name_that_no_model_can_have_is_told(hub: Path) -> None:
    with pytest.raises(EmbedderError, match="kontrollera namnet"):
        model_files("det här/är inget namn", "x")


def test_a_cached_model_of_other_weights_is_refused(hub: Path) -> None:
    for path in put(hub, NAME, FIRST).rglob("*.safetensors"):
        path.rename(path.with_name("pytorch_model.bin"))
    with pytest.raises(EmbedderError, match="inte är i safetensors-format"):
        model_files(NAME, "x")


def test_settings_of_a_trainer_are_no_weights(tmp_path: Path) -> None:
    folder = static_model(tmp_path / "modell")
    (folder / "extra").mkdir()
    (folder / "extra" / "training_args.bin").write_bytes(b"\x80\x04.")
    assert model_files(str(folder), "x").folder == folder


# ---- the index remembers which revision


def test_an_index_keeps_to_the_revision_that_made_its_vectors(
    hub: Path, copy_of_index: Path
) -> None:
    put(hub, NAME, FIRST)
    with writing(copy_of_index) as writer:
        writer.catch_up(writer.choose_embedder(NAME), NAME)
        assert writer.store.get(EMBEDDER_SETTING) == f"{NAME}@{FIRST}"
    put(hub, NAME, SECOND, {"query": "budget "})
    with writing(copy_of_index) as writer:
        assert writer.choose_embedder(NAME, rebuild=False).name == f"{NAME}@{FIRST}"
        with pytest.raises(EmbedderError, match="kan inte blandas") as told:
            writer.choose_embedder(f"{NAME}@{SECOND}", rebuild=False)
        assert writer.choose_embedder(f"{NAME}@{SECOND}").name == f"{NAME}@{SECOND}"
    assert f"{NAME}, version 1a1a1a1a" in str(told.value)
    assert str(told.value).endswith(f"namndkoll ingest --model {NAME}@{SECOND}")
    reader = IndexReader(copy_of_index, NAME)
    reader.refresh()
    assert reader.notices == ()
    assert reader.embedder is not None
    assert reader.embedder.name == f"{NAME}@{FIRST}"
    reader.close()


def test_a_model_that_is_gone_from_the_computer_is_told_and_words_go_on(
    hub: Path, copy_of_index: Path
) -> None:
    snapshot = put(hub, NAME, FIRST)
    with writing(copy_of_index) as writer:
        writer.catch_up(writer.choose_embedder(NAME), NAME)
    snapshot.rename(hub / "borta")
    reader = IndexReader(copy_of_index)
    reader.refresh()
    (notice,) = reader.notices
    assert "finns inte på den här datorn" in notice
    assert notice.endswith("Sökningen går på ord")
    assert reader.vectors is None
    reader.close()


def test_names_are_told_apart_by_revision() -> None:
    assert parted("org/modell@abc") == ("org/modell", "abc")
    assert parted("tiny-512") == ("tiny-512", "")
    assert same_model("org/modell", "org/modell@abc")
    assert same_model("modell", "org/modell@abc")
    assert same_model("org/modell@abc", "org/modell@abc")
    assert not same_model("org/modell@def", "org/modell@abc")
    assert not same_model("annan/modell", "org/modell@abc")
    assert not same_model("dell", "org/modell@abc")
    assert shown("org/modell@" + "0123456789" * 4) == "org/modell, version 01234567"
    assert shown("tiny-512") == "tiny-512"

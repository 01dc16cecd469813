"""Models by name on the command line: chosen, remembered, never mixed; why a passage was found."""

import json
import shutil
from pathlib import Path

import pytest
from tiny_models import cross_encoder, static_model

from app.__main__ import main
from app.ingest_command import how_far
from corpus.generate import SAMPLES
from rag.caches import vector_folder
from rag.embedders import DEFAULT
from rag.store import Store
from rag.vectors import read_mark

QUERY = "hyra och lokalhyror 2026"


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NAMNDKOLL_INDEX", "NAMNDKOLL_MODEL", "NAMNDKOLL_RERANKER"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small embedding model in a folder."""
    return static_model(tmp_path_factory.mktemp("models") / "liten-svensk")


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def model_of(index: Path) -> str:
    mark = read_mark(vector_folder(index))
    assert mark is not None
    return mark.model


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "protokoll.txt"
    path.write_text("Protokoll\n\nHemtjänsten köper 17 elcyklar under hösten.\n", encoding="utf-8")
    return path


# ---- which model


def test_a_new_index_is_made_with_the_model_that_is_named_and_keeps_it(
    capsys: pytest.CaptureFixture[str], model: Path, note: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    assert call(capsys, "ingest", note, "--index", index, "--model", model)[0] == 0
    assert model_of(index).startswith("liten-svensk@")
    more = shutil.copy(SAMPLES / "norrvik-von-budget-2026.pdf", tmp_path)
    assert call(capsys, "ingest", more, "--index", index)[0] == 0
    assert model_of(index).startswith("liten-svensk@")
    status, out, err = call(capsys, "search", "elcyklar", "--index", index)
    assert (status, err) == (0, "")
    assert out.startswith("1. protokoll, sidan 1")


def test_the_environment_names_the_model_of_a_new_index(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    model: Path,
    note: Path,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("NAMNDKOLL_MODEL", str(model))
    assert call(capsys, "ingest", note, "--index", tmp_path / "index")[0] == 0
    assert model_of(tmp_path / "index").startswith("liten-svensk@")


@pytest.mark.parametrize("named_by", ["flag", "environment"])
def test_reading_in_with_another_model_is_refused_before_anything_is_read(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    copy_of_index: Path,
    model: Path,
    note: Path,
    named_by: str,
) -> None:
    flags = ["--model", model] if named_by == "flag" else []
    if named_by == "environment":
        monkeypatch.setenv("NAMNDKOLL_MODEL", str(model))
    status, out, err = call(capsys, "ingest", note, "--index", copy_of_index, *flags)
    assert (status, out) == (1, "")
    assert f"gjorda med {DEFAULT} och kan inte blandas" in err
    assert err.strip().endswith(f"namndkoll ingest --model {model}")
    assert model_of(copy_of_index).startswith(f"{DEFAULT}@")
    store = Store(copy_of_index)
    assert "protokoll" not in {document.id for document in store.documents()}
    store.close()


def test_the_environment_alone_makes_no_vectors_anew(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    copy_of_index: Path,
    model: Path,
) -> None:
    monkeypatch.setenv("NAMNDKOLL_MODEL", str(model))
    assert call(capsys, "ingest", "--index", copy_of_index)[0] == 1
    assert model_of(copy_of_index).startswith(f"{DEFAULT}@")


def test_the_command_that_is_told_makes_all_vectors_anew(
    capsys: pytest.CaptureFixture[str], copy_of_index: Path, model: Path, note: Path
) -> None:
    assert call(capsys, "ingest", "--index", copy_of_index, "--model", model)[0] == 0
    assert model_of(copy_of_index).startswith("liten-svensk@")
    assert call(capsys, "ingest", note, "--index", copy_of_index, "--model", model)[0] == 0
    assert call(capsys, "search", QUERY, "--index", copy_of_index)[2] == ""
    assert call(capsys, "ingest", "--index", copy_of_index, "--model", DEFAULT)[0] == 0
    assert model_of(copy_of_index).startswith(f"{DEFAULT}@")


def test_asking_with_another_model_is_told_and_words_go_on(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    samples_index: Path,
    model: Path,
) -> None:
    monkeypatch.setenv("NAMNDKOLL_MODEL", str(model))
    status, out, err = call(capsys, "search", QUERY, "--index", samples_index)
    assert status == 0
    assert out.startswith("1. norrvik")
    assert f"gjorda med {DEFAULT}, men {model} är inställd" in err
    assert err.strip().endswith(f"namndkoll ingest --model {model}")


def test_a_changed_folder_is_told_with_both_versions(
    capsys: pytest.CaptureFixture[str], copy_of_index: Path, model: Path, tmp_path: Path, note: Path
) -> None:
    own = Path(shutil.copytree(model, tmp_path / "min-modell"))
    assert call(capsys, "ingest", "--index", copy_of_index, "--model", own)[0] == 0
    (weights,) = own.rglob("*.safetensors")
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    status, _, err = call(capsys, "search", QUERY, "--index", copy_of_index)
    assert status == 0
    assert "modellen är nu min-modell, version" in err
    status, _, err = call(capsys, "ingest", note, "--index", copy_of_index)
    assert status == 1
    assert "kan inte blandas" in err
    assert call(capsys, "ingest", "--index", copy_of_index)[0] == 0
    assert call(capsys, "search", QUERY, "--index", copy_of_index)[2] == ""


# ---- progress


@pytest.mark.parametrize(
    ("done", "total", "seconds", "expected"),
    [
        (1200, 7050, 231.0, "vektorer 1 200 av 7 050, 4 min kvar"),
        (32, 7050, None, "vektorer 32 av 7 050"),
        (7000, 7050, 12.2, "vektorer 7 000 av 7 050, 13 s kvar"),
        (10, 1_000_000, 3 * 3600 + 61, "vektorer 10 av 1 000 000, 3 tim 2 min kvar"),
        (7050, 7050, 0.0, "vektorer 7 050 av 7 050"),
    ],
)
def test_the_bar_says_how_far_and_how_long(
    done: int, total: int, seconds: float | None, expected: str
) -> None:
    assert how_far("vektorer", done, total, seconds) == expected


# ---- why, and in another order


def test_explain_shows_words_and_score(
    capsys: pytest.CaptureFixture[str], samples_index: Path
) -> None:
    _, out, _ = call(capsys, "search", QUERY, "--index", samples_index, "--explain", "--limit", 3)
    assert out.count("· poäng ") == 3
    assert "   · lokalhyror: ”" in out
    assert "(samma ord" in out
    assert "ord +" in out
    assert "vektorer " in out
    assert "   · " not in call(capsys, "search", QUERY, "--index", samples_index)[1]


def test_explain_is_a_key_of_its_own_in_json(
    capsys: pytest.CaptureFixture[str], samples_index: Path
) -> None:
    flags = ("--index", samples_index, "--json", "--limit", 3)
    (first, *_) = json.loads(call(capsys, "search", QUERY, *flags, "--explain")[1])
    why = first["explain"]
    assert list(why) == ["matches", "missing", "score", "reranker"]
    assert list(why["matches"][0]) == ["asked", "found", "way", "place"]
    assert list(why["score"]) == ["lexical", "vectors", "soft", "year", "kind", "prose"]
    assert sum(why["score"].values()) == pytest.approx(first["score"], abs=1e-3)
    assert why["reranker"] is None
    (bare, *_) = json.loads(call(capsys, "search", QUERY, *flags)[1])
    assert bare == {key: value for key, value in first.items() if key != "explain"}


def test_a_reranker_is_named_by_a_flag_or_the_environment(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    samples_index: Path,
    tmp_path: Path,
) -> None:
    folder = cross_encoder(tmp_path / "korskodare")
    flags = ("--index", samples_index, "--explain", "--limit", 3)
    more = ("--reranker-seconds", 60)
    status, out, _ = call(capsys, "search", QUERY, *flags, *more, "--reranker", folder)
    assert status == 0
    assert "\n   · omsorterad" in out
    assert out.count("omsorterad av korskodare, version ") == 3
    monkeypatch.setenv("NAMNDKOLL_RERANKER", str(folder))
    assert call(capsys, "search", QUERY, *flags, *more)[1] == out


def test_a_reranker_that_there_is_not_is_told(
    capsys: pytest.CaptureFixture[str], samples_index: Path, tmp_path: Path
) -> None:
    (tmp_path / "tom").mkdir()
    flags = ("--index", samples_index, "--reranker", tmp_path / "tom")
    status, out, err = call(capsys, "search", QUERY, *flags)
    assert status == 0
    assert out == call(capsys, "search", QUERY, "--index", samples_index)[1]
    assert err.startswith("Obs: omsorteringen är avstängd: modellen ")

"""What a person says that a document is: kept in the index, before manifest and pages."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import UnreadableFileError
from ingest.manifest import Correction
from rag.answer import Question
from rag.asking import Asker
from rag.corrections import correct, forget
from rag.index import writing
from rag.report import Report
from rag.store import Store, StoredDocument

NAME = "norrvik-von-budget-2026"


def said(index: Path, correction: Correction | None) -> StoredDocument:
    with writing(index) as writer:
        embedder = writer.choose_embedder(None)
        found = correct(writer, NAME, correction) if correction else forget(writer, NAME)
        writer.catch_up(embedder, None)
    return found


def stored(index: Path) -> StoredDocument:
    store = Store(index)
    [document] = [one for one in store.documents() if one.id == NAME]
    store.close()
    return document


def test_a_correction_is_what_the_document_is(copy_of_index: Path) -> None:
    before = stored(copy_of_index)
    after = said(copy_of_index, Correction(board="Socialnämnden", title="Budgeten", years=(2026,)))
    assert after == stored(copy_of_index)
    assert (after.identity.board, after.identity.title) == ("Socialnämnden", "Budgeten")
    assert after.identity.years == (2026,)
    assert after.identity.municipality == before.identity.municipality
    assert after.identity.kind == before.identity.kind
    assert (after.pages, after.tables, after.figures) == (
        before.pages,
        before.tables,
        before.figures,
    )
    assert after.path == before.path
    asker = Asker(copy_of_index)
    [cited, *_] = asker.ask(Question("Lokalhyror budget 2026 för socialnämnden?")).citations
    assert cited.document == NAME
    asker.close()


def test_a_kind_is_told_by_any_of_its_names(copy_of_index: Path) -> None:
    assert said(copy_of_index, Correction(kind="Delårsbokslut")).identity.kind == "delårsrapport"


def test_corrections_add_up_and_are_taken_back_together(copy_of_index: Path) -> None:
    before = stored(copy_of_index)
    said(copy_of_index, Correction(board="Socialnämnden"))
    both = said(copy_of_index, Correction(title="Budgeten"))
    assert (both.identity.board, both.identity.title) == ("Socialnämnden", "Budgeten")
    store = Store(copy_of_index)
    assert store.corrections() == {NAME: Correction(board="Socialnämnden", title="Budgeten")}
    store.close()
    assert said(copy_of_index, None).identity == before.identity
    store = Store(copy_of_index)
    assert store.corrections() == {}
    store.close()


def test_what_is_as_it_was_is_no_correction(copy_of_index: Path) -> None:
    before = stored(copy_of_index)
    identity = before.identity
    same = Correction(title=identity.title, kind=identity.kind, years=identity.years)
    assert said(copy_of_index, same) == before
    store = Store(copy_of_index)
    assert store.corrections() == {}
    store.close()


def test_a_correction_survives_a_new_reading_and_goes_before_a_manifest(
    copy_of_index: Path,
    tmp_path: Path,
    sample_files: tuple[Path, ...],
    read_into: Callable[..., list[Report]],
) -> None:
    said(copy_of_index, Correction(board="Socialnämnden"))
    folder = tmp_path / "dokument"
    folder.mkdir()
    shutil.copy(sample_files[0], folder)
    manifest = f'[{NAME}]\nboard = "Tekniska nämnden"\ntitle = "Manifestets titel"\n'
    (folder / "manifest.toml").write_text(manifest, encoding="utf-8")
    [report] = read_into(copy_of_index, folder)
    assert report.status == "replaced"
    assert report.identity.board == "Socialnämnden"
    assert report.identity.title == "Manifestets titel"
    [again] = read_into(copy_of_index, folder)
    assert again.status == "unchanged"


def test_a_document_that_is_taken_out_leaves_no_correction(
    copy_of_index: Path, sample_files: tuple[Path, ...], read_into: Callable[..., list[Report]]
) -> None:
    said(copy_of_index, Correction(board="Socialnämnden"))
    with writing(copy_of_index) as writer:
        writer.store.remove(NAME)
    [report] = read_into(copy_of_index, sample_files[0])
    assert report.identity.board == "Vård- och omsorgsnämnden"


def test_a_document_that_is_not_there_is_told(copy_of_index: Path) -> None:
    with (
        writing(copy_of_index) as writer,
        pytest.raises(UnreadableFileError, match="inget dokument heter finns-inte"),
    ):
        correct(writer, "finns-inte", Correction(title="X"))


def test_one_correction_over_another() -> None:
    own, other = Correction(board="A"), Correction(board="B", years=(2024,))
    assert own.over(other) == Correction(board="A", years=(2024,))
    assert own.over(None) == own

"""The store: what comes out is what was put in, whole or not at all."""

import hashlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.types import (
    Block,
    BlockKind,
    Box,
    Chunk,
    Identity,
    Page,
    ParsedDocument,
    Problem,
    Span,
    WordBox,
)
from rag.errors import (
    BrokenIndexError,
    DiskError,
    IndexFaultError,
    NewerIndexError,
    NoIndexError,
)
from rag.migrations import MIGRATIONS, VERSION
from rag.store import FILE_NAME, Store

NOWHERE: Box = (0.0, 0.0, 0.0, 0.0)
FIRST_MIGRATION = "b9de2f9cb1e2e690a1065cdd776460b97554d8cbc93a12227b3b171ea6b70846"


def page(number: int, text: str, *, readable: bool = True) -> Page:
    word = WordBox(0, len(text), (10.0, 20.0, 110.0, 32.0))
    span = Span(number, 0, len(text))
    block = Block(BlockKind.PARAGRAPH, span, word.box, text, ("Inledning",))
    return Page(number, str(number), 595.0, 842.0, text, (word,), (block,), readable)


def document(name: str, *texts: str) -> ParsedDocument:
    chunks = tuple(
        Chunk(i, "prose", ("Inledning",), text, "", (Span(i + 1, 0, len(text)),))
        for i, text in enumerate(texts)
    )
    pages = tuple(page(number, text) for number, text in enumerate(texts, start=1))
    return ParsedDocument(name, f"/tmp/{name}.pdf", "ab" * 32, Identity(name), pages, (), chunks)


def texts_of(store: Store, name: str) -> list[str]:
    return [stored.chunk.text for stored in store.chunks_of([name])]


def without_boxes(whole: Page) -> Page:
    words = tuple(replace(word, box=NOWHERE) for word in whole.words)
    blocks = tuple(replace(block, box=NOWHERE) for block in whole.blocks)
    return replace(whole, words=words, blocks=blocks)


def boxes(whole: Page) -> list[Box]:
    return [word.box for word in whole.words] + [block.box for block in whole.blocks]


# ---- what comes out is what was put in


def test_parsed_documents_come_out_as_they_were_put_in(
    samples: tuple[ParsedDocument, ...], tmp_path: Path
) -> None:
    with_writer = Store(tmp_path, write=True)
    for parsed in samples:
        with_writer.put(parsed, f"mark of {parsed.id}", 1.5)
    with_writer.close()
    store = Store(tmp_path)
    assert [stored.id for stored in store.documents()] == sorted(d.id for d in samples)
    for parsed, stored in zip(samples, store.documents(), strict=True):
        assert (stored.path, stored.suffix, stored.sha256) == (parsed.path, ".pdf", parsed.sha256)
        assert (stored.fingerprint, stored.seconds) == (f"mark of {parsed.id}", 1.5)
        assert stored.identity == parsed.identity
        assert stored.problems == parsed.problems
        assert stored.unread == ()
        assert (stored.pages, stored.tables, stored.chunks) == (
            len(parsed.pages),
            len(parsed.tables),
            len(parsed.chunks),
        )
        assert store.tables(parsed.id) == list(parsed.tables)
        assert [stored.chunk for stored in store.chunks_of([parsed.id])] == list(parsed.chunks)
        for expected in parsed.pages:
            found = store.page(parsed.id, expected.number)
            assert found is not None
            assert without_boxes(found) == without_boxes(expected)
            for box, other in zip(boxes(found), boxes(expected), strict=True):
                assert box == pytest.approx(other, abs=0.01)
    store.close()


def test_one_table_is_found_by_its_id(
    samples: tuple[ParsedDocument, ...], samples_index: Path
) -> None:
    store = Store(samples_index)
    first = samples[0]
    assert [store.table(first.id, table.id) for table in first.tables] == list(first.tables)
    assert store.table(first.id, "finns inte") is None
    assert store.table("finns inte", first.tables[0].id) is None
    store.close()


def test_chunks_come_in_the_order_of_their_keys_without_those_that_are_gone(
    samples_index: Path,
) -> None:
    store = Store(samples_index)
    stored = list(store.chunks_of(document.id for document in store.documents()))
    keys = [chunk.key for chunk in stored]
    wanted = [keys[7], 10**9, keys[0], keys[40]]
    assert store.chunks(wanted) == [stored[7], stored[0], stored[40]]
    assert store.chunks([*reversed(keys)] * 8) == [*reversed(stored)] * 8
    assert store.chunks([]) == []
    store.close()


def test_problems_and_unread_pages_are_kept(tmp_path: Path) -> None:
    store = Store(tmp_path, write=True)
    parsed = document("a", "ett", "två", "tre")
    problems = (Problem("sidan är en bild", 2), Problem("dolda ord", 3, informs=True), Problem("x"))
    pages = (parsed.pages[0], page(2, "", readable=False), parsed.pages[2])
    store.put(replace(parsed, problems=problems, pages=pages), "", 0.0)
    (stored,) = store.documents()
    assert stored.problems == problems
    assert stored.unread == (2,)
    unread = store.page("a", 2)
    assert unread is not None
    assert unread.readable is False
    store.close()


def test_settings_are_kept_and_replaced(tmp_path: Path) -> None:
    store = Store(tmp_path, write=True)
    assert store.get("embedder") is None
    store.set("embedder", "ett")
    store.set("embedder", "två")
    assert store.get("embedder") == "två"
    assert store.last_change() == 0
    store.close()


# ---- replacing and removing


def test_a_document_is_replaced_whole(tmp_path: Path) -> None:
    store = Store(tmp_path, write=True)
    store.put(document("a", "gammal ett", "gammal två"), "1", 0.0)
    store.put(document("b", "annan"), "1", 0.0)
    before = {stored.key for stored in store.chunks_of(["a", "b"])}
    store.put(document("a", "ny"), "2", 0.0)
    assert texts_of(store, "a") == ["ny"]
    assert texts_of(store, "b") == ["annan"]
    first = store.page("a", 1)
    assert first is not None
    assert first.text == "ny"
    assert store.page("a", 2) is None
    assert [(d.id, d.fingerprint, d.pages) for d in store.documents()] == [
        ("a", "2", 1),
        ("b", "1", 1),
    ]
    # a key is never used again, so that caches can tell what is gone
    assert not before & {stored.key for stored in store.chunks_of(["a"])}
    store.close()


def test_tables_and_problems_go_with_the_document(
    samples: tuple[ParsedDocument, ...], tmp_path: Path
) -> None:
    store = Store(tmp_path, write=True)
    first = samples[0]
    store.put(replace(first, problems=(Problem("något", 1),)), "", 0.0)
    assert store.remove(first.id) is True
    assert store.documents() == []
    assert store.tables(first.id) == []
    assert store.page(first.id, 1) is None
    assert texts_of(store, first.id) == []
    store.put(document(first.id, "ny"), "", 0.0)
    assert store.documents()[0].problems == ()
    assert store.documents()[0].tables == 0
    store.close()


def test_removing_what_is_not_there_changes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path, write=True)
    store.put(document("a", "ett"), "", 0.0)
    assert store.remove("b") is False
    assert store.last_change() == 1
    store.close()


def test_changes_are_logged_in_order(tmp_path: Path) -> None:
    store = Store(tmp_path, write=True)
    assert store.last_change() == 0
    assert store.changed_since(0) == []
    store.put(document("a", "ett"), "", 0.0)
    store.put(document("b", "två"), "", 0.0)
    store.put(document("a", "tre"), "", 0.0)
    assert store.last_change() == 3
    assert store.remove("b") is True
    assert store.last_change() == 4
    assert sorted(store.changed_since(0)) == ["a", "b"]
    assert sorted(store.changed_since(2)) == ["a", "b"]
    assert store.changed_since(3) == ["b"]
    assert store.changed_since(4) == []
    store.close()


# ---- one moment


def test_a_snapshot_sees_nothing_of_what_is_written_meanwhile(tmp_path: Path) -> None:
    writer = Store(tmp_path, write=True)
    writer.put(document("a", "gammal"), "1", 0.0)
    writer.put(document("c", "försvinner"), "1", 0.0)
    reader = Store(tmp_path)
    with reader.snapshot():
        assert reader.last_change() == 2
        writer.put(document("a", "ny", "ny sida"), "2", 0.0)
        writer.put(document("b", "tillkommen"), "1", 0.0)
        writer.remove("c")
        assert reader.last_change() == 2
        assert [(d.id, d.fingerprint) for d in reader.documents()] == [("a", "1"), ("c", "1")]
        assert texts_of(reader, "a") == ["gammal"]
        assert texts_of(reader, "c") == ["försvinner"]
        before = reader.page("a", 1)
        assert before is not None
        assert before.text == "gammal"
        assert reader.page("a", 2) is None
    with reader.snapshot():
        assert reader.last_change() == 5
        assert [(d.id, d.fingerprint) for d in reader.documents()] == [("a", "2"), ("b", "1")]
        after = reader.page("a", 1)
        assert after is not None
        assert after.text == "ny"
        assert reader.page("a", 2) is not None
        assert reader.page("c", 1) is None
    reader.close()
    writer.close()


def test_a_page_is_read_once_in_a_snapshot_and_anew_outside(tmp_path: Path) -> None:
    writer = Store(tmp_path, write=True)
    writer.put(document("a", "gammal"), "1", 0.0)
    reader = Store(tmp_path)
    with reader.snapshot():
        assert reader.page("a", 1) is reader.page("a", 1)
    writer.put(document("a", "ny"), "2", 0.0)
    fresh = reader.page("a", 1)
    assert fresh is not None
    assert fresh.text == "ny"
    reader.close()
    writer.close()


def test_a_snapshot_ends_when_its_body_fails(tmp_path: Path) -> None:
    writer = Store(tmp_path, write=True)
    reader = Store(tmp_path)
    with pytest.raises(KeyError), reader.snapshot():
        raise KeyError
    writer.put(document("a", "ny"), "1", 0.0)
    with reader.snapshot():
        assert reader.last_change() == 1
    reader.close()
    writer.close()


# ---- what fails leaves what was


def broken(name: str) -> ParsedDocument:
    """Its second page has the number of its first."""
    whole = document(name, "ny ett", "ny två")
    return replace(whole, pages=(whole.pages[0], whole.pages[0]))


def test_a_document_that_cannot_be_written_leaves_the_version_before(tmp_path: Path) -> None:
    store = Store(tmp_path, write=True)
    store.put(document("a", "gammal ett", "gammal två"), "1", 0.0)
    with pytest.raises(IndexFaultError):
        store.put(broken("a"), "2", 0.0)
    assert texts_of(store, "a") == ["gammal ett", "gammal två"]
    assert [store.page("a", n) for n in (1, 2)] == [page(1, "gammal ett"), page(2, "gammal två")]
    assert [d.fingerprint for d in store.documents()] == ["1"]
    assert store.last_change() == 1
    store.put(document("a", "ny"), "3", 0.0)
    assert texts_of(store, "a") == ["ny"]
    store.close()


def test_a_document_that_cannot_be_written_leaves_nothing_of_itself(tmp_path: Path) -> None:
    store = Store(tmp_path, write=True)
    with pytest.raises(IndexFaultError):
        store.put(broken("a"), "1", 0.0)
    assert store.documents() == []
    assert store.page("a", 1) is None
    assert store.last_change() == 0
    store.close()


def test_a_reader_may_not_write(tmp_path: Path) -> None:
    Store(tmp_path, write=True).close()
    reader = Store(tmp_path)
    with pytest.raises(DiskError, match="får inte skrivas"):
        reader.put(document("a", "ett"), "1", 0.0)
    reader.close()


# ---- stores that cannot be used


@pytest.mark.parametrize("write", [False, True])
def test_a_store_from_a_newer_program_is_left_alone(copy_of_index: Path, *, write: bool) -> None:
    connection = sqlite3.connect(copy_of_index / FILE_NAME)
    connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()
    with pytest.raises(NewerIndexError, match=f"format {VERSION + 1}, här {VERSION}"):
        Store(copy_of_index, write=write)
    connection = sqlite3.connect(copy_of_index / FILE_NAME)
    assert connection.execute("SELECT count(*) FROM documents").fetchone() == (2,)
    connection.close()


@pytest.mark.parametrize("write", [False, True])
def test_a_file_that_is_no_store_is_told(tmp_path: Path, *, write: bool) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"Detta har aldrig varit en databas. " * 200)
    with pytest.raises(BrokenIndexError, match="flytta undan mappen"):
        Store(tmp_path, write=write)


def test_a_store_damaged_inside_is_told_when_it_is_read(copy_of_index: Path) -> None:
    path = copy_of_index / FILE_NAME
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\x5a" * (len(data) - 4096))
    with pytest.raises(BrokenIndexError, match="är skadat"):
        Store(copy_of_index).documents()


def test_a_folder_without_store_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="namndkoll ingest MAPP"):
        Store(tmp_path / "ingenstans")
    assert not (tmp_path / "ingenstans").exists()


def test_an_empty_file_is_no_store_yet(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    with pytest.raises(NoIndexError, match="namndkoll ingest MAPP"):
        Store(tmp_path)
    Store(tmp_path, write=True).close()
    assert Store(tmp_path).documents() == []


# ---- format


def test_a_new_store_has_the_newest_format(tmp_path: Path) -> None:
    for _ in range(2):
        Store(tmp_path / "ny", write=True).close()
        connection = sqlite3.connect(tmp_path / "ny" / FILE_NAME)
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        connection.close()


def test_steps_are_only_ever_appended() -> None:
    # stores in use were made by this very text: append a step instead of changing it
    assert hashlib.sha256(MIGRATIONS[0].encode()).hexdigest() == FIRST_MIGRATION
    assert len(MIGRATIONS) == VERSION

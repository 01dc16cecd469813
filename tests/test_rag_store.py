"""The store: what comes out is what was put in, whole or not at all."""

import hashlib
import sqlite3
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from figures import figure, finding

from ingest.types import (
    Block,
    BlockKind,
    Box,
    Chunk,
    Figure,
    Identity,
    Page,
    ParsedDocument,
    Period,
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
MIGRATIONS_IN_USE = (
    "b9de2f9cb1e2e690a1065cdd776460b97554d8cbc93a12227b3b171ea6b70846",
    "d6ec61d3d13828ad8b43912a64142a873e860677272353a8479e7f1c2bc00211",
)


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


FIGURES = (
    figure(1, attributes=(("kolada", "U23401"), ("agenda2030", "3")), part="Kvinnor"),
    figure(2, value=None, printed="–", period=Period(), row=(), column=(), grade="contradicted"),
    figure(3, value=Decimal("-0.10"), decimals=2, unit="%", period=Period(2025, interim=True)),
    figure(4, value=Decimal("1E+3"), table="", cell=(-1, -1), sentence=Span(2, 3, 40)),
    figure(5, printed="1,5\nmkr ”ca”", approximate=True, direction="deficit", ocr=True),
)
FINDINGS = (
    finding("a", 1, 2, kind="text_table"),
    finding("a", 2, stated=Decimal("0.10"), unit="%", explained_by_rounding=True),
)


def as_kept(kept: Figure) -> Figure:
    x0, y0, x1, y1 = (round(value, 2) for value in kept.box)
    return replace(kept, box=(x0, y0, x1, y1))


def test_figures_and_findings_come_out_as_they_were_put_in(tmp_path: Path) -> None:
    store = Store(tmp_path, write=True)
    store.put(document("b", "text"), "1", 0.0)
    store.put(replace(document("a", "text"), figures=FIGURES, findings=FINDINGS), "1", 0.0)
    kept = [("a", as_kept(figure)) for figure in FIGURES]
    assert store.figures() == kept
    assert store.figures(["b", "a", "finns inte"]) == kept
    assert store.figures(["b"]) == store.figures([]) == store.figures(table="t9") == []
    assert store.figures(table="t2") == [kept[i] for i in (0, 1, 2, 4)]
    assert store.figures(["a"], "") == kept[3:4]
    # equal decimals can be written with other digits: those that were printed are kept
    assert [str(found.value) for _, found in store.figures()] == [
        str(figure.value) for figure in FIGURES
    ]
    assert store.findings("b") == []
    found = store.findings("a")
    assert [replace(f, places=()) for f in found] == [replace(f, places=()) for f in FINDINGS]
    assert [len(f.places) for f in found] == [2, 1]
    place = found[0].places[1]
    assert (place.document, place.page, place.span) == ("a", 2, Span(2, 0, 9))
    assert (place.quote, place.boxes) == ("citat från sidan 2", ((100.0, 200.0, 150.56, 210.1),))
    assert [(d.id, d.figures) for d in store.documents()] == [("a", 5), ("b", 0)]
    store.close()


def test_figures_and_findings_are_replaced_and_removed_with_their_document(tmp_path: Path) -> None:
    store = Store(tmp_path, write=True)
    whole = replace(document("a", "text"), figures=FIGURES, findings=FINDINGS)
    store.put(whole, "1", 0.0)
    store.put(replace(whole, figures=FIGURES[:1], findings=FINDINGS[1:]), "2", 0.0)
    assert [found.id for _, found in store.figures()] == ["f1"]
    assert [found.explained_by_rounding for found in store.findings("a")] == [True]
    store.remove("a")
    assert store.figures() == store.figures(["a"]) == store.findings("a") == []
    store.close()


def test_figures_that_cannot_be_written_leave_the_version_before(tmp_path: Path) -> None:
    store = Store(tmp_path, write=True)
    whole = replace(document("a", "text"), figures=FIGURES, findings=FINDINGS)
    store.put(whole, "1", 0.0)
    with pytest.raises(BrokenIndexError):
        store.put(replace(whole, figures=(figure(9, page=None),)), "2", 0.0)
    assert [found.id for _, found in store.figures()] == ["f1", "f2", "f3", "f4", "f5"]
    assert len(store.findings("a")) == 2
    store.close()


def test_many_figures_are_written_and_read_at_once(tmp_path: Path) -> None:
    store = Store(tmp_path, write=True)
    many = tuple(figure(n, value=Decimal(n) / 10, cell=(n % 90, n % 9)) for n in range(50_000))
    started = time.perf_counter()
    store.put(replace(document("a", "text"), figures=many), "1", 0.0)
    written = time.perf_counter()
    found = store.figures()
    read = time.perf_counter()
    assert [one.value for _, one in found] == [one.value for one in many]
    assert written - started < 5  # 0.5 on a machine that does nothing else
    assert read - written < 6  # 0.8
    store.close()


def test_a_page_gives_its_text_alone(tmp_path: Path) -> None:
    store = Store(tmp_path, write=True)
    store.put(document("a", "ett", "två"), "1", 0.0)
    texts = [store.page_text("a", 2), store.page_text("a", 3), store.page_text("b", 1)]
    assert texts == ["två", "", ""]
    store.close()


def test_tables_whose_arithmetic_was_checked_are_counted(
    samples: tuple[ParsedDocument, ...], tmp_path: Path
) -> None:
    first, *rest = samples[0].tables
    checked = replace(first, checks=("Raden Summa är summan av raderna över.",))
    unchecked = [replace(table, checks=()) for table in rest]
    store = Store(tmp_path, write=True)
    store.put(replace(samples[0], tables=(checked, *unchecked)), "1", 0.0)
    assert store.checked_tables(samples[0].id) == 1
    assert store.checked_tables("finns inte") == 0
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
    made_by = tuple(hashlib.sha256(step.encode()).hexdigest() for step in MIGRATIONS)
    assert made_by[: len(MIGRATIONS_IN_USE)] == MIGRATIONS_IN_USE
    assert len(MIGRATIONS) == VERSION


def make_older(folder: Path) -> None:
    """Take a store back to format 1, as the program before figures left it."""
    connection = sqlite3.connect(folder / FILE_NAME)
    later = "DROP TABLE figures; DROP TABLE findings; DROP TABLE corrections;"
    connection.executescript(f"{later} PRAGMA user_version = 1;")
    connection.close()


def test_a_reader_sees_a_store_of_format_1_without_figures(tmp_path: Path) -> None:
    Store(tmp_path, write=True).close()
    make_older(tmp_path)
    older = sqlite3.connect(tmp_path / FILE_NAME)
    older.execute("INSERT INTO documents VALUES ('a', 'a.pdf', '.pdf', '', '', '{}', 1, 0.0, 1)")
    older.commit()
    older.close()
    reader = Store(tmp_path)
    assert not reader.has_figures
    assert [(d.id, d.figures) for d in reader.documents()] == [("a", 0)]
    assert reader.figures() == reader.figures(["a"]) == reader.findings("a") == []
    # the reader stays open while a writer brings the store up to date
    writer = Store(tmp_path, write=True)
    assert [d.id for d in writer.documents()] == ["a"]
    writer.put(replace(document("b", "text"), figures=FIGURES, findings=FINDINGS), "1", 0.0)
    assert reader.has_figures
    assert [(d.id, d.figures) for d in reader.documents()] == [("a", 0), ("b", 5)]
    assert len(reader.figures()) == 5
    assert len(reader.findings("b")) == 2
    reader.close()
    writer.close()

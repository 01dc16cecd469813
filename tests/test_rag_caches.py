"""The lexical and the vector index follow the store, survive damage, and are seen by readers."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest.document import parse
from rag.answer import Answer, Question
from rag.asking import Asker
from rag.caches import embedded_text, lexical_folder, open_lexical, vector_folder
from rag.embedders import DEFAULT, Vectors, load_embedder
from rag.errors import BusyIndexError, EmbedderError
from rag.index import EMBEDDER_SETTING, IndexReader, file_of, writing
from rag.lexical import GRAMS
from rag.report import Report
from rag.store import Store
from rag.terms import terms
from rag.vectors import Mark, VectorIndex, read_mark

ReadInto = Callable[..., list[Report]]

QUESTION = Question("Vad var det som strulade med medisinautomaterna?")
BICYCLES = Question("Hur många elcyklar köper hemtjänsten?")
BICYCLE_NOTE = "Protokoll\n\nHemtjänsten köper 17 elcyklar under hösten.\n"
OTHER_NOTE = "Protokoll\n\nHemtjänsten köper inga cyklar.\n"

READ_IN = """
import sys
from pathlib import Path
from rag.index import writing
from rag.ingesting import find_files, ingest

class Silent:
    def begin(self, files, pages): pass
    def page(self, path, pages): pass
    def file(self, report): pass

with writing(Path(sys.argv[1])) as writer:
    embedder = writer.choose_embedder(None)
    ingest(writer, find_files([Path(name) for name in sys.argv[2:]]), Silent())
    writer.catch_up(embedder, None)
"""
HOLD = """
import sys
from pathlib import Path
from rag.index import writing

with writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


class Tiny:
    """A model that only counts letters."""

    name = "tiny"

    def embed(self, texts: Sequence[str], *, questions: bool = False) -> Vectors:
        rows = [[len(text) + 1.0, text.count("a"), text.count("e")] for text in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(-1, 3)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


class Failing:
    """A model that is not there when it is needed."""

    name = "failing"

    def embed(self, texts: Sequence[str], *, questions: bool = False) -> Vectors:
        raise EmbedderError("modellen svarar inte")


def in_another_process(script: str, *arguments: Path) -> None:
    subprocess.run([sys.executable, "-c", script, *map(str, arguments)], check=True, timeout=120)


def catch_up(index: Path) -> None:
    with writing(index) as writer:
        writer.catch_up(writer.choose_embedder(None), None)


def ask(index: Path, question: Question = QUESTION) -> Answer:
    asker = Asker(index)
    answer = asker.ask(question)
    asker.close()
    return answer


def pages(answer: Answer) -> list[tuple[str, int]]:
    return [(citation.document, citation.page) for citation in answer.citations]


def notices(answer: Answer) -> list[str]:
    return [notice.message for notice in answer.warnings if notice.kind == "index"]


def mark_of(index: Path) -> Mark:
    mark = read_mark(vector_folder(index))
    assert mark is not None
    return mark


def held(index: Path) -> tuple[int, int, int]:
    """How many chunks the store, the lexical and the vector index hold."""
    store = Store(index)
    total = sum(document.chunks for document in store.documents())
    store.close()
    vectors = VectorIndex(vector_folder(index), mark_of(index))
    count = vectors.count()
    vectors.close()
    return total, open_lexical(index).count(), count


def assert_whole(index: Path) -> None:
    """Both caches hold every chunk of the store, and say that they do."""
    total, lexical, vectors = held(index)
    assert total > 0
    assert (lexical, vectors) == (total, total)
    store = Store(index)
    last = store.last_change()
    store.close()
    assert open_lexical(index).watermark() == last
    assert mark_of(index).change == last


def found(index: Path, word: str) -> set[str]:
    """The documents whose chunks the lexical index finds by a word."""
    store = Store(index)
    keys = open_lexical(index).search(dict.fromkeys(terms(word), 1.0), None, 200, GRAMS)
    documents = {stored.document for stored in store.chunks(list(keys))}
    assert len(store.chunks(list(keys))) == len(keys)
    store.close()
    return documents


def nearest(index: Path, text: str) -> str:
    """The document of the chunk whose vector is nearest to a text."""
    vectors = VectorIndex(vector_folder(index), mark_of(index))
    keys = vectors.search(load_embedder(DEFAULT).embed([text], questions=True), None, 1)
    vectors.close()
    store = Store(index)
    (stored,) = store.chunks(list(keys))
    store.close()
    return stored.document


# ---- following the store


def test_caches_hold_every_chunk(samples_index: Path) -> None:
    assert_whole(samples_index)


def test_caches_follow_what_is_read_in_replaced_and_removed(
    copy_of_index: Path, tmp_path: Path, read_into: ReadInto
) -> None:
    note = tmp_path / "protokoll.txt"
    note.write_text(BICYCLE_NOTE, encoding="utf-8")
    assert found(copy_of_index, "elcyklar") == set()
    read_into(copy_of_index, note)
    assert_whole(copy_of_index)
    assert found(copy_of_index, "elcyklar") == {"protokoll"}
    assert nearest(copy_of_index, "Hemtjänsten köper 17 elcyklar") == "protokoll"

    note.write_text("Protokoll\n\nNämnden tackar för kaffebrödet.\n", encoding="utf-8")
    read_into(copy_of_index, note)
    assert_whole(copy_of_index)
    assert found(copy_of_index, "elcyklar") == set()
    assert found(copy_of_index, "kaffebrödet") == {"protokoll"}
    assert nearest(copy_of_index, "Nämnden tackar för kaffebrödet") == "protokoll"

    with writing(copy_of_index) as writer:
        assert writer.store.remove("protokoll") is True
        writer.catch_up(writer.choose_embedder(None), None)
    assert_whole(copy_of_index)
    assert found(copy_of_index, "kaffebrödet") == set()
    assert nearest(copy_of_index, "Nämnden tackar för kaffebrödet") != "protokoll"


def test_an_index_of_nothing_catches_up(tmp_path: Path) -> None:
    catch_up(tmp_path / "index")
    assert held(tmp_path / "index") == (0, 0, 0)


def test_nothing_new_makes_no_new_generation(copy_of_index: Path) -> None:
    before = mark_of(copy_of_index)
    catch_up(copy_of_index)
    assert mark_of(copy_of_index) == before
    assert_whole(copy_of_index)


def test_copies_of_files_follow_the_store(
    copy_of_index: Path, tmp_path: Path, read_into: ReadInto
) -> None:
    note = tmp_path / "protokoll.txt"
    for text in (BICYCLE_NOTE, OTHER_NOTE):
        note.write_text(text, encoding="utf-8")
        read_into(copy_of_index, note)
        store = Store(copy_of_index)
        places = {file_of(copy_of_index, document) for document in store.documents()}
        stored = {document.id: document for document in store.documents()}["protokoll"]
        store.close()
        assert file_of(copy_of_index, stored).read_text(encoding="utf-8") == text
        assert set((copy_of_index / "files").iterdir()) == places
        assert len(places) == 3


# ---- damage

Damage = Callable[[Path], object]


def _generation(index: Path) -> Path:
    return vector_folder(index) / mark_of(index).generation


def _empty_generation(index: Path) -> None:
    place = _generation(index)
    shutil.rmtree(place)
    place.mkdir()


def _remove_lexical(pattern: str) -> Damage:
    return lambda index: [path.unlink() for path in lexical_folder(index).glob(pattern)]


def _scramble_lexical(pattern: str) -> Damage:
    def damage(index: Path) -> None:
        (path,) = lexical_folder(index).glob(pattern)
        data = path.read_bytes()
        first, last = len(data) // 4, len(data) // 2
        changed = bytes(byte ^ 0x5A for byte in data[first:last])
        path.write_bytes(data[:first] + changed + data[last:])

    return damage


def _cut_lexical(pattern: str) -> Damage:
    def damage(index: Path) -> None:
        (path,) = lexical_folder(index).glob(pattern)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return damage


LEXICAL_DAMAGE = [
    pytest.param(lambda index: shutil.rmtree(lexical_folder(index)), id="gone"),
    pytest.param(_remove_lexical("watermark.json"), id="no watermark"),
    pytest.param(_remove_lexical("*.term"), id="no terms"),
    pytest.param(_cut_lexical("*.idx"), id="half of the postings"),
    pytest.param(_cut_lexical("*.store"), id="half of the keys"),
    pytest.param(
        lambda index: (lexical_folder(index) / "meta.json").write_text("{"), id="bad meta"
    ),
    pytest.param(
        lambda index: (lexical_folder(index) / "watermark.json").write_text("["),
        id="bad watermark",
    ),
    pytest.param(_remove_lexical("*.pos"), id="no positions"),
    pytest.param(_scramble_lexical("*.store"), id="other keys"),
    pytest.param(_scramble_lexical("*.idx"), id="other postings"),
]
VECTOR_DAMAGE = [
    pytest.param(lambda index: shutil.rmtree(vector_folder(index)), id="gone"),
    pytest.param(lambda index: shutil.rmtree(_generation(index)), id="no generation"),
    pytest.param(
        lambda index: (vector_folder(index) / "current.json").write_text("{"), id="bad mark"
    ),
    pytest.param(
        lambda index: (_generation(index) / "chroma.sqlite3").write_bytes(b"nej" * 5000),
        id="bad database",
    ),
    pytest.param(_empty_generation, id="empty generation"),
    pytest.param(
        lambda index: (_generation(index) / "chroma.sqlite3").unlink(),
        id="no database",
    ),
]


@pytest.mark.parametrize("damage", [*LEXICAL_DAMAGE, *VECTOR_DAMAGE])
def test_a_writer_builds_damaged_caches_anew(
    copy_of_index: Path, samples_index: Path, damage: Damage
) -> None:
    damage(copy_of_index)
    catch_up(copy_of_index)
    assert_whole(copy_of_index)
    expected, answer = ask(samples_index), ask(copy_of_index)
    assert (answer.status, answer.text) == (expected.status, expected.text)
    assert notices(answer) == []


@pytest.mark.parametrize("damage", LEXICAL_DAMAGE)
def test_a_reader_survives_a_damaged_lexical_index(
    copy_of_index: Path, samples_index: Path, damage: Damage
) -> None:
    damage(copy_of_index)
    expected, answer = ask(samples_index), ask(copy_of_index)
    assert (answer.status, answer.text) == (expected.status, expected.text)
    assert notices(answer) == []


def test_a_reader_sees_that_the_lexical_index_is_empty(
    copy_of_index: Path, samples_index: Path
) -> None:
    (lexical_folder(copy_of_index) / "meta.json").unlink()
    expected, answer = ask(samples_index), ask(copy_of_index)
    assert (answer.status, answer.text) == (expected.status, expected.text)


@pytest.mark.parametrize("damage", VECTOR_DAMAGE)
def test_a_reader_goes_on_by_words_without_vectors_and_says_so(
    copy_of_index: Path, damage: Damage
) -> None:
    damage(copy_of_index)
    answer = ask(copy_of_index)
    assert answer.status == "answered"
    assert ("norrvik-von-delarsrapport-2025", 8) in pages(answer)
    (message,) = notices(answer)
    assert "vektorerna" in message
    assert message.endswith("namndkoll ingest")


def test_a_reader_mends_the_lexical_index_where_nobody_writes(copy_of_index: Path) -> None:
    shutil.rmtree(lexical_folder(copy_of_index))
    ask(copy_of_index)
    assert_whole(copy_of_index)


def test_a_reader_answers_while_a_writer_holds_an_index_without_caches(
    copy_of_index: Path, samples_index: Path
) -> None:
    with writing(copy_of_index):
        shutil.rmtree(lexical_folder(copy_of_index))
        answer = ask(copy_of_index)
    assert answer.text == ask(samples_index).text


# ---- what another writes


def test_a_reader_sees_what_is_read_in_after_it_opened(
    copy_of_index: Path, tmp_path: Path, read_into: ReadInto
) -> None:
    note = tmp_path / "protokoll.txt"
    note.write_text(BICYCLE_NOTE, encoding="utf-8")
    reader = Asker(copy_of_index)
    assert reader.ask(BICYCLES).status == "refused"
    read_into(copy_of_index, note)
    answer = reader.ask(BICYCLES)
    assert answer.status == "answered"
    assert pages(answer)[0] == ("protokoll", 1)
    assert "17 elcyklar" in answer.citations[0].quote
    with writing(copy_of_index) as writer:
        writer.store.remove("protokoll")
        writer.catch_up(writer.choose_embedder(None), None)
    assert reader.ask(BICYCLES).status == "refused"
    assert "protokoll" not in {document.id for document in reader.index.documents}
    assert reader.index.notices == ()
    reader.close()


def test_a_reader_sees_what_another_process_reads_in(copy_of_index: Path, tmp_path: Path) -> None:
    note = tmp_path / "protokoll.txt"
    note.write_text(BICYCLE_NOTE, encoding="utf-8")
    reader = Asker(copy_of_index)
    assert reader.ask(BICYCLES).status == "refused"
    in_another_process(READ_IN, copy_of_index, note)
    answer = reader.ask(BICYCLES)
    assert answer.status == "answered"
    assert pages(answer)[0] == ("protokoll", 1)
    vectors = reader.index.vectors
    assert vectors is not None
    assert vectors.mark == mark_of(copy_of_index)
    assert reader.index.notices == ()
    reader.close()
    assert_whole(copy_of_index)


def test_a_reader_sees_documents_before_the_caches_have_caught_up(
    copy_of_index: Path, tmp_path: Path
) -> None:
    reader = Asker(copy_of_index)
    assert reader.ask(BICYCLES).status == "refused"
    note = tmp_path / "protokoll.txt"
    note.write_text(BICYCLE_NOTE, encoding="utf-8")
    with writing(copy_of_index) as writer:
        writer.put(parse(note), note.read_bytes(), "mark", 0.0)
        answer = reader.ask(BICYCLES)
    assert answer.status == "answered"
    assert pages(answer)[0] == ("protokoll", 1)
    reader.close()


def test_a_reader_sees_that_another_process_has_mended_the_vectors(copy_of_index: Path) -> None:
    shutil.rmtree(vector_folder(copy_of_index))
    reader = Asker(copy_of_index)
    assert len(notices(reader.ask(QUESTION))) == 1
    in_another_process(READ_IN, copy_of_index)
    assert notices(reader.ask(QUESTION)) == []
    reader.close()


def test_deleted_vectors_are_built_anew_beside_an_open_reader(copy_of_index: Path) -> None:
    reader = Asker(copy_of_index)
    reader.ask(QUESTION)
    shutil.rmtree(vector_folder(copy_of_index))
    try:
        catch_up(copy_of_index)
    finally:
        reader.close()
    assert_whole(copy_of_index)


# ---- embedders


def test_another_embedder_makes_all_vectors_anew(copy_of_index: Path) -> None:
    assert mark_of(copy_of_index).model.startswith(f"{DEFAULT}@")
    told: list[tuple[int, int]] = []
    with writing(copy_of_index) as writer:
        writer.catch_up(Tiny(), "tiny", lambda done, total: told.append((done, total)))
        assert writer.store.get(EMBEDDER_SETTING) == "tiny"
    assert_whole(copy_of_index)
    assert mark_of(copy_of_index).model == "tiny"
    total = held(copy_of_index)[0]
    assert told[-1] == (total, total)
    vectors = VectorIndex(vector_folder(copy_of_index), mark_of(copy_of_index))
    assert len(vectors.search(Tiny().embed(["hemtjänst"]), None, 10)) == 10
    vectors.close()


def test_the_embedder_that_an_index_has_is_kept(copy_of_index: Path) -> None:
    with writing(copy_of_index) as writer:
        writer.store.set(EMBEDDER_SETTING, DEFAULT)
        assert writer.choose_embedder(None).name.startswith(f"{DEFAULT}@")
        writer.catch_up(Tiny(), None)
        assert writer.store.get(EMBEDDER_SETTING) == DEFAULT


def test_vectors_of_another_length_than_the_model_makes_are_done_without(
    copy_of_index: Path,
) -> None:
    with writing(copy_of_index) as writer:
        writer.catch_up(Tiny(), None)
    reader = Asker(copy_of_index)
    for _ in range(2):
        answer = reader.ask(QUESTION)
        assert answer.status == "answered"
        assert "namndkoll ingest" in notices(reader.ask(QUESTION))[0]
    reader.close()


@pytest.mark.parametrize(
    ("own", "wanted"), [(DEFAULT, "annan-modell"), ("tiny", DEFAULT)], ids=lambda name: name
)
def test_a_reader_with_another_embedder_says_how_to_make_vectors_anew(
    copy_of_index: Path, own: str, wanted: str
) -> None:
    if own == "tiny":
        with writing(copy_of_index) as writer:
            writer.catch_up(Tiny(), "tiny")
    reader = IndexReader(copy_of_index, wanted)
    reader.refresh()
    (message,) = reader.notices
    assert f"gjorda med {own}, men {wanted} är inställd" in message
    assert message.endswith(f"namndkoll ingest --model {wanted}")
    assert (reader.vectors, reader.embedder) == (None, None)
    reader.close()
    asker = Asker(copy_of_index, wanted)
    answer = asker.ask(QUESTION)
    asker.close()
    assert notices(answer) == [message]
    assert ("norrvik-von-delarsrapport-2025", 8) in pages(answer)


def test_an_embedder_that_fails_leaves_the_vectors_that_were(
    copy_of_index: Path, samples_index: Path
) -> None:
    before = mark_of(copy_of_index)
    with writing(copy_of_index) as writer, pytest.raises(EmbedderError, match="svarar inte"):
        writer.catch_up(Failing(), "failing")
    assert mark_of(copy_of_index) == before
    places = [path.name for path in vector_folder(copy_of_index).iterdir() if path.is_dir()]
    assert places == [before.generation]
    assert_whole(copy_of_index)
    answer = ask(copy_of_index)
    assert answer.text == ask(samples_index).text
    assert notices(answer) == []


class Interrupted(Tiny):
    """A model that somebody stops with Ctrl+C when it has made some vectors."""

    name = "interrupted"

    def __init__(self) -> None:
        self._calls = 0

    def embed(self, texts: Sequence[str], *, questions: bool = False) -> Vectors:
        self._calls += 1
        if self._calls > 1:
            raise KeyboardInterrupt
        return super().embed(texts, questions=questions)


def test_an_interrupt_among_vectors_leaves_those_that_were(
    copy_of_index: Path, samples_index: Path
) -> None:
    before = mark_of(copy_of_index)
    with writing(copy_of_index) as writer, pytest.raises(KeyboardInterrupt):
        writer.catch_up(Interrupted(), "interrupted")
    assert mark_of(copy_of_index) == before
    places = [path.name for path in vector_folder(copy_of_index).iterdir() if path.is_dir()]
    assert places == [before.generation]
    assert_whole(copy_of_index)
    answer = ask(copy_of_index)
    assert answer.text == ask(samples_index).text
    assert notices(answer) == []


def test_an_interrupted_first_reading_goes_on_with_the_model_that_was_named(
    sample_files: tuple[Path, ...], tmp_path: Path
) -> None:
    index = tmp_path / "index"
    document = parse(sample_files[0])
    with writing(index) as writer:
        writer.put(document, sample_files[0].read_bytes(), "mark", 0.0)
        with pytest.raises(KeyboardInterrupt):
            writer.catch_up(Interrupted(), "interrupted")
        assert writer.store.get(EMBEDDER_SETTING) == "interrupted"
    assert "namndkoll ingest" in notices(ask(index))[0]


def test_vectors_belong_to_their_chunks_in_whatever_order_they_are_made(
    copy_of_index: Path,
) -> None:
    told: list[int] = []
    with writing(copy_of_index) as writer:
        writer.catch_up(Lengths(), "lengths", lambda done, total: told.append(done))
        chunks = list(writer.store.chunks_of(d.id for d in writer.store.documents()))
        documents = {d.id: d for d in writer.store.documents()}
    assert told == sorted(set(told))
    assert max(b - a for a, b in zip([0, *told], told, strict=False)) <= 32
    assert told[-1] == len(chunks)
    vectors = VectorIndex(vector_folder(copy_of_index), mark_of(copy_of_index))
    for stored in chunks[::7]:
        own = Lengths().embed([embedded_text(documents[stored.document], stored)])
        assert stored.key in vectors.search(own, None, 5)
    vectors.close()


class Lengths:
    """A model that tells texts apart by their length alone."""

    name = "lengths"

    def embed(self, texts: Sequence[str], *, questions: bool = False) -> Vectors:
        turns = np.array([len(text) for text in texts], dtype=np.float64) / 700
        return np.stack([np.cos(turns), np.sin(turns)], axis=1).astype(np.float32)


# ---- one writer


def test_a_second_writer_is_told_that_another_process_writes(copy_of_index: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(copy_of_index)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(BusyIndexError, match="vänta tills den är klar"), writing(copy_of_index):
            pytest.fail("two writers")
        assert ask(copy_of_index).status == "answered"
    finally:
        # a writer that dies lets go of the index
        holder.kill()
        holder.communicate()
    catch_up(copy_of_index)
    assert_whole(copy_of_index)


def test_a_second_writer_in_the_same_process_is_told_too(copy_of_index: Path) -> None:
    with (
        writing(copy_of_index),
        pytest.raises(BusyIndexError, match="vänta tills den är klar"),
        writing(copy_of_index),
    ):
        pytest.fail("two writers")
    catch_up(copy_of_index)


def test_a_writer_whose_body_fails_lets_go(copy_of_index: Path) -> None:
    with pytest.raises(KeyError), writing(copy_of_index):
        raise KeyError
    catch_up(copy_of_index)
    assert_whole(copy_of_index)

"""Files, folders, indexes and disks as they are on a bad day: told in Swedish, and gone on with."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from rag.migrations import VERSION

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus" / "samples"
BUDGET = "norrvik-von-budget-2026"
REPORT = "norrvik-von-delarsrapport-2025"
GOOD = SAMPLES / f"{REPORT}.pdf"
OTHER = SAMPLES / f"{BUDGET}.pdf"

MACHINES = "Vad var det som strulade med medisinautomaterna?"
ANSWER = "två automater drog in dosen vid strömavbrott"

NO_PDF = (
    "filen är ingen hel PDF (trasig, avbruten vid hämtning eller av annat slag); hämta den på nytt"
)
SCANNED = (
    "sidan är en bild utan text (skannad); för att läsa den, installera OCR "
    "(apt install tesseract-ocr tesseract-ocr-swe) och läs in filen igen"
)
REASONS = {
    "tom.pdf": "filen är tom (0 byte); hämta den på nytt",
    "intet.md": "filen är tom (0 byte); hämta den på nytt",
    "blankt.txt": "filen är tom; kontrollera att rätt fil valdes och läs in den på nytt",
    "avbruten.pdf": "filen är avbruten (slutet saknas); hämta den på nytt",
    "webbsida.pdf": NO_PDF,
    "last.pdf": "filen är lösenordsskyddad; spara en kopia utan lösenord och läs in den",
    "skannad.pdf": f"ingen sida har text som kan läsas; sidan 1: {SCANNED}",
    "binar.txt": "filen är inte en textfil (den innehåller binära data); öppna den i programmet "
    "den kommer från, spara som PDF eller Word och läs in den",
    "trasig.docx": "filen är inget helt Word-dokument (trasig, avbruten vid hämtning eller av "
    "annat slag); hämta den på nytt, eller spara om den som .docx",
}
"""What is told of each bad file."""


def start(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command line in a process of its own, from the repository root, without tesseract."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NAMNDKOLL_")}
    environment["PATH"] = ""  # no program is found: every machine is one without tesseract
    return subprocess.run(
        [sys.executable, "-m", "app", *map(str, arguments)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
        env=environment,
    )


def assert_answers(index: Path) -> None:
    """The question about what stands in the good document is answered."""
    done = start("ask", "--index", index, "--json", MACHINES)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    answer = json.loads(done.stdout)
    assert answer["status"] == "answered"
    assert ANSWER in answer["answer"]


@pytest.fixture(scope="module")
def good_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one good document, that tests copy."""
    index = tmp_path_factory.mktemp("hel") / "index"
    assert start("ingest", "--index", index, GOOD).returncode == 0
    return index


@pytest.fixture
def own(good_index: Path, tmp_path: Path) -> Path:
    """A copy of the index, that a test may break."""
    return Path(shutil.copytree(good_index, tmp_path / "egen"))


# ---- a folder of bad files and a good one


@dataclass(frozen=True)
class Reading:
    """A folder that was read, and what reading it gave."""

    folder: Path
    index: Path
    done: subprocess.CompletedProcess[str]

    def reports(self) -> dict[str, dict[str, object]]:
        return {report["id"]: report for report in json.loads(self.done.stdout)["documents"]}


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """A good PDF among files that cannot be read, read."""
    folder = tmp_path_factory.mktemp("blandat")
    shutil.copyfile(GOOD, folder / GOOD.name)
    (folder / "tom.pdf").write_bytes(b"")
    (folder / "intet.md").write_bytes(b"")
    (folder / "blankt.txt").write_bytes(b" \r\n\t\r\n")
    (folder / "avbruten.pdf").write_bytes(GOOD.read_bytes()[:40_000])
    (folder / "webbsida.pdf").write_text("<!DOCTYPE html><title>Logga in</title>", "utf-8")
    locked = PdfWriter(clone_from=PdfReader(GOOD))
    locked.encrypt("hemligt")
    locked.write(folder / "last.pdf")
    Image.new("RGB", (595, 842), (210, 210, 210)).save(folder / "skannad.pdf")
    (folder / "binar.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "trasig.docx").write_bytes(b"PK\x03\x04 avbruten")
    index = tmp_path_factory.mktemp("blandat") / "index"
    return Reading(folder, index, start("ingest", "--index", index, "--json", folder))


def test_bad_files_end_in_status_1_and_a_report_each(reading: Reading) -> None:
    assert reading.done.returncode == 1
    statuses = {name: report["status"] for name, report in reading.reports().items()}
    assert statuses == {REPORT: "added"} | {Path(name).stem: "failed" for name in REASONS}


@pytest.mark.parametrize("name", REASONS)
def test_a_bad_file_is_named_with_its_reason(reading: Reading, name: str) -> None:
    lines = reading.done.stderr.splitlines()
    path = reading.folder / name
    assert [line for line in lines if name in line] == [f"{path}: {REASONS[name]}"]
    report = reading.reports()[Path(name).stem]
    assert report["problems"] == [{"page": None, "message": REASONS[name]}]
    assert (report["pages"], report["chunks"], report["years"]) == (0, 0, [])


def test_the_good_file_among_bad_ones_answers(reading: Reading) -> None:
    assert reading.reports()[REPORT]["pages"] == 10
    assert_answers(reading.index)
    listed = json.loads(start("documents", "--index", reading.index, "--json").stdout)
    assert [document["id"] for document in listed] == [REPORT]
    assert len(list((reading.index / "files").iterdir())) == 1


def test_bad_files_are_told_again_the_next_time(reading: Reading) -> None:
    done = start("ingest", "--index", reading.index, reading.folder)
    told = f"oförändrade: 1, kunde inte läsas: {len(REASONS)}"
    assert done.returncode == 1
    assert done.stdout == (
        f"{len(REASONS) + 1} dokument, 10 sidor, 7 tabeller ({told}). Index: {reading.index}\n"
    )


def test_a_scanned_page_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    Image.new("RGB", (595, 842), (210, 210, 210)).save(tmp_path / "bild.pdf")
    path, index = tmp_path / "delvis.pdf", tmp_path / "index"
    mixed = PdfWriter(clone_from=PdfReader(GOOD))
    mixed.insert_page(PdfReader(tmp_path / "bild.pdf").pages[0], 3)
    mixed.write(path)
    done = start("ingest", "--index", index, "--json", path)
    [report] = json.loads(done.stdout)["documents"]
    assert (done.returncode, report["status"], report["pages"]) == (1, "added", 11)
    assert report["problems"] == [{"page": 4, "message": SCANNED}]
    assert f"{path}, sidan 4: {SCANNED}" in done.stderr.splitlines()
    assert_answers(index)
    refused = start("ask", "--index", index, "Vilket företag vann upphandlingen?").stdout
    assert "Obs: sidan 4 i " in refused.replace("\n", " ")


# ---- paths


def test_a_path_that_there_is_not_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    missing, index = tmp_path / "finns inte", tmp_path / "index"
    done = start("ingest", "--index", index, "--json", missing, GOOD)
    reports = json.loads(done.stdout)["documents"]
    assert done.returncode == 1
    assert f"{missing}: filen eller mappen finns inte; kontrollera sökvägen\n" in done.stderr
    assert {(report["id"], report["status"]) for report in reports} == {
        ("finns inte", "failed"),
        (REPORT, "added"),
    }


def test_a_folder_without_documents_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "bilder"
    folder.mkdir()
    (folder / "karta.png").write_bytes(b"\x89PNG")
    done = start("ingest", "--index", tmp_path / "index", folder)
    assert done.returncode == 1
    assert done.stderr == f"{folder}: mappen innehåller inga dokument (PDF, DOCX, TXT, MD)\n"


def test_a_mistyped_path_makes_no_index(tmp_path: Path) -> None:
    missing, index = tmp_path / "finns inte", tmp_path / "index"
    done = start("ingest", "--index", index, "--json", missing)
    assert (done.returncode, index.exists()) == (1, False)
    [report] = json.loads(done.stdout)["documents"]
    assert (report["id"], report["status"]) == ("finns inte", "failed")
    assert done.stderr == f"{missing}: filen eller mappen finns inte; kontrollera sökvägen\n"


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    sheet = tmp_path / "kalkyl.xlsx"
    sheet.write_bytes(b"PK\x03\x04")
    done = start("ingest", "--index", tmp_path / "index", sheet)
    assert done.returncode == 1
    assert done.stderr == f"{sheet}: filer av slaget .xlsx läses inte; PDF, DOCX, TXT, MD läses\n"


def test_of_two_files_with_one_name_the_second_is_told(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "protokoll.txt").write_text(f"Beslut {folder} om hyror.", "utf-8")
    done = start("ingest", "--index", tmp_path / "index", tmp_path / "a", tmp_path / "b")
    assert done.returncode == 1
    first, second = (tmp_path / folder / "protokoll.txt" for folder in ("a", "b"))
    assert f"{second}: filen heter likadant som {first}; byt namn på en av dem\n" in done.stderr


# ---- an index that cannot be written


def test_an_index_under_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").write_bytes(b"")
    index = tmp_path / "fil" / "x"
    done = start("ingest", "--index", index, GOOD)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"indexet {index} får inte skrivas")
    assert done.stderr.endswith("välj en annan mapp med --index MAPP\n")
    assert done.stderr.count("\n") == 1


def test_an_index_that_is_a_file_is_told(tmp_path: Path) -> None:
    index = tmp_path / "fil"
    index.write_bytes(b"")
    done = start("ingest", "--index", index, GOOD)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"indexet {index} får inte skrivas")
    assert index.read_bytes() == b""


def test_why_an_index_cannot_be_written_is_told_in_swedish(tmp_path: Path) -> None:
    (tmp_path / "fil").write_bytes(b"")
    done = start("ingest", "--index", tmp_path / "fil" / "x", GOOD)
    assert "Not a directory" not in done.stderr


def test_an_index_in_a_read_only_folder_is_told_and_still_answers(own: Path) -> None:
    places = [own, *(path for path in own.rglob("*") if path.is_dir())]
    for path in (*own.rglob("*"), own):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        if os.access(own, os.W_OK):
            pytest.skip("root may write to read-only folders")
        done = start("ingest", "--index", own, OTHER)
        assert (done.returncode, done.stdout) == (1, "")
        assert "får inte skrivas" in done.stderr
        assert_answers(own)
    finally:
        for path in places:
            path.chmod(0o755)


def test_an_index_on_a_read_only_disk_is_told_and_still_answers(own: Path, disk: Path) -> None:
    shutil.copytree(own, disk / "index")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True, capture_output=True)
    done = start("ingest", "--index", disk / "index", OTHER)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith(f"indexet {disk / 'index'} får inte skrivas")
    assert_answers(disk / "index")


# ---- a full disk


@contextmanager
def mounted(place: Path) -> Iterator[Path]:
    """A disk of 4 MB at `place`; skips the test where it may not be mounted."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("a small disk may not be mounted here")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB of its own."""
    with mounted(tmp_path / "disk") as place:
        yield place


@dataclass(frozen=True)
class Full:
    """What became of reading one more document into an index on a disk that is all but full."""

    index: Path
    read: subprocess.CompletedProcess[str]
    asked: subprocess.CompletedProcess[str]
    asked_with_room: subprocess.CompletedProcess[str]
    read_with_room: subprocess.CompletedProcess[str]
    listed: list[str]


ROOM = {"files": 40, "store": 250, "lexical": 540, "vectors": 800}
"""What does not get done any more, with so many kB left."""


@pytest.fixture(scope="module", params=ROOM)
def full(
    request: pytest.FixtureRequest, good_index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Full]]:
    """For each thing that a disk may be too full for: what happened."""
    with mounted(tmp_path_factory.mktemp("full") / "disk") as place:
        index = place / "index"
        shutil.copytree(good_index, index)
        room = shutil.disk_usage(place).free - ROOM[request.param] * 1024
        (place / "annat").write_bytes(bytes(room))
        read = start("ingest", "--index", index, "--json", OTHER)
        asked = start("ask", "--index", index, "--json", MACHINES)
        (place / "annat").unlink()
        asked_with_room = start("ask", "--index", index, "--json", MACHINES)
        read_with_room = start("ingest", "--index", index, "--json", OTHER)
        listed = json.loads(start("documents", "--index", index, "--json").stdout)
        names = [document["id"] for document in listed]
        yield request.param, Full(index, read, asked, asked_with_room, read_with_room, names)


def test_a_full_disk_ends_in_status_1_and_one_message(full: tuple[str, Full]) -> None:
    read = full[1].read
    assert (read.returncode, read.stdout) == (1, "")
    assert "Traceback" not in read.stderr
    told = [line for line in read.stderr.splitlines() if "tillagd" not in line]
    assert len(told) == 1
    assert str(full[1].index) in told[0]


def test_a_full_disk_is_told_in_swedish(full: tuple[str, Full]) -> None:
    what = full[1]
    assert "No space left" not in what.read.stderr
    assert "disken är full" in what.read.stderr


def test_earlier_documents_answer_on_a_full_disk(full: tuple[str, Full]) -> None:
    for asked in (full[1].asked, full[1].asked_with_room):
        answer = json.loads(asked.stdout)
        assert (asked.returncode, answer["status"]) == (0, "answered")
        assert ANSWER in answer["answer"]


def test_the_document_is_read_when_there_is_room(full: tuple[str, Full]) -> None:
    what = full[1]
    [report] = json.loads(what.read_with_room.stdout)["documents"]
    was_there = "tillagd" in what.read.stderr
    assert what.read_with_room.returncode == 0
    assert report["status"] == ("unchanged" if was_there else "added")
    assert what.listed == [BUDGET, REPORT]


def test_nothing_is_amiss_after_reading_with_room(full: tuple[str, Full]) -> None:
    done = start("ask", "--index", full[1].index, "--json", "Vad står det om lokalhyror?")
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["warnings"]) == ("answered", [])


# ---- indexes of another kind

COMMANDS = [
    ("ask", MACHINES),
    ("ask", "--json", MACHINES),
    ("chat",),
    ("documents",),
    ("ingest", str(OTHER)),
    ("ingest", "--show", REPORT),
    ("remove", REPORT),
    ("search", "hyror"),
    ("figures",),
    ("audit",),
    ("serve",),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_index_of_a_newer_version_is_told_with_the_way_to_update(
    own: Path, command: tuple[str, ...]
) -> None:
    store = sqlite3.connect(own / "store.sqlite")
    store.execute("PRAGMA user_version = 99")
    store.close()
    done = start(*command, "--index", own)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"indexet är gjort av en nyare version av programmet (format 99, här {VERSION}); uppdatera "
        "programmet, eller läs in dokumenten i ett nytt index med: namndkoll "
        "ingest MAPP --index NY_MAPP\n"
    )
    store = sqlite3.connect(own / "store.sqlite")
    assert store.execute("SELECT id FROM documents").fetchall() == [(REPORT,)]
    store.close()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_damaged_index_is_told_with_the_way_to_make_it_anew(
    own: Path, command: tuple[str, ...]
) -> None:
    for path in own.glob("store.sqlite*"):
        path.unlink()
    (own / "store.sqlite").write_bytes(b"trasig" * 4_000)
    done = start(*command, "--index", own)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"indexet {own} är skadat (")
    assert done.stderr.endswith("läs in dokumenten igen med: namndkoll ingest MAPP\n")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("cache", ["lexical", "vectors"])
def test_a_lost_cache_is_made_anew_by_ingest(own: Path, cache: str) -> None:
    shutil.rmtree(own / cache)
    assert_answers(own)
    assert start("ingest", "--index", own).returncode == 0
    done = start("ask", "--index", own, "--json", MACHINES)
    assert json.loads(done.stdout)["warnings"] == []
    assert_answers(own)

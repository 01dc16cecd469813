"""Files and folders → documents in the index; a bad one stops no other."""

import hashlib
import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.generate import SAMPLES
from ingest.types import Page
from rag.index import file_of, writing
from rag.ingesting import Found, find_files, ingest
from rag.report import Report
from rag.store import Store

BUDGET = SAMPLES / "norrvik-von-budget-2026.pdf"
REPORT = SAMPLES / "norrvik-von-delarsrapport-2025.pdf"


class Recorder:
    """A watcher that keeps what it is told, and may do something at a page."""

    def __init__(self, at_page: Callable[[Path, int], object] | None = None) -> None:
        self.begun: list[tuple[int, int]] = []
        self.pages: dict[str, int] = {}
        self.reports: list[Report] = []
        self._at_page = at_page

    def begin(self, files: int, pages: int) -> None:
        self.begun.append((files, pages))

    def page(self, path: Path, pages: int) -> None:
        self.pages[path.name] = self.pages.get(path.name, 0) + pages
        if self._at_page:
            self._at_page(path, self.pages[path.name])

    def file(self, report: Report) -> None:
        self.reports.append(report)


def write(path: Path, text: str = "Protokoll\n\nNämnden beslutar att avsluta mötet.\n") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def read(index: Path, found: list[Found], watcher: Recorder | None = None) -> list[Report]:
    with writing(index) as writer:
        return ingest(writer, found, watcher or Recorder())


def statuses(reports: list[Report]) -> list[tuple[str, str]]:
    return [(report.id, report.status) for report in reports]


def first_page(index: Path, name: str) -> Page:
    store = Store(index)
    page = store.page(name, 1)
    store.close()
    assert page is not None
    return page


def message(report: Report) -> str:
    (problem,) = report.problems
    return problem.message


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for documents."""
    place = tmp_path / "dokument"
    place.mkdir()
    return place


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Where an index may be made."""
    return tmp_path / "index"


# ---- what is found


def test_documents_are_found_in_subfolders_in_order(folder: Path) -> None:
    for name in ("b.md", "a.txt", "under/c.TXT", "under/djupare/d.md", "bild.png", "tabell.xlsx"):
        write(folder / name)
    assert find_files([folder]) == [
        Found(folder / name) for name in ("a.txt", "b.md", "under/c.TXT", "under/djupare/d.md")
    ]


def test_hidden_files_and_drafts_are_passed_over(folder: Path) -> None:
    for name in (".dold.txt", "~$utkast.docx", ".git/a.txt", "under/.dold/b.txt", "kvar.txt"):
        write(folder / name)
    assert find_files([folder]) == [Found(folder / "kvar.txt")]


def test_links_out_of_the_folder_are_passed_over(folder: Path, tmp_path: Path) -> None:
    outside = write(tmp_path / "annan" / "hemlig.txt")
    write(folder / "kvar.txt")
    (folder / "ut.txt").symlink_to(outside)
    (folder / "utmapp").symlink_to(outside.parent, target_is_directory=True)
    (folder / "trasig.txt").symlink_to(tmp_path / "finns-inte.txt")
    assert find_files([folder]) == [Found(folder / "kvar.txt")]


def test_a_link_inside_the_folder_is_no_second_document(folder: Path) -> None:
    write(folder / "a.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    assert find_files([folder]) == [Found(folder / "a.txt")]


def test_a_file_named_twice_is_found_once(folder: Path) -> None:
    path = write(folder / "a.txt")
    assert find_files([path, folder, path]) == [Found(path)]


def test_text_beside_a_pdf_of_the_same_name_is_passed_over(folder: Path) -> None:
    text = write(folder / "budget.txt")
    pdf = folder / "budget.pdf"
    shutil.copy(BUDGET, pdf)
    assert find_files([folder]) == [
        Found(pdf),
        Found(text, passed_over="budget.pdf läses i stället"),
    ]


def test_word_goes_before_text_and_text_before_markdown(folder: Path) -> None:
    for suffix in ("md", "txt", "docx"):
        write(folder / f"a.{suffix}")
    chosen = [item.path.name for item in find_files([folder]) if not item.passed_over]
    assert chosen == ["a.docx"]


def test_namesakes_in_two_folders_are_a_fault(folder: Path, index: Path) -> None:
    first, second = write(folder / "ett" / "a.txt"), write(folder / "två" / "a.txt")
    found = find_files([folder])
    fault = f"filen heter likadant som {first}; byt namn på en av dem"
    assert found == [Found(first), Found(second, fault=fault)]
    reports = read(index, found)
    assert sorted(statuses(reports)) == [("a", "added"), ("a", "failed")]
    assert [message(report) for report in reports if report.failed] == [fault]


def test_names_are_compared_with_letters_composed(folder: Path) -> None:
    names = [unicodedata.normalize(form, "åtgärd") for form in ("NFC", "NFD")]
    paths = [write(folder / str(i) / f"{name}.txt") for i, name in enumerate(names)]
    found = find_files(paths)
    assert [bool(item.fault) for item in found] == [False, True]


def test_a_folder_without_documents_is_told(folder: Path, index: Path) -> None:
    write(folder / "bild.png")
    found = find_files([folder])
    assert found == [Found(folder, fault="mappen innehåller inga dokument (PDF, DOCX, TXT, MD)")]
    (report,) = read(index, found)
    assert (report.status, report.path, report.failed) == ("failed", str(folder), True)


def test_a_path_that_is_not_there_is_told(folder: Path, index: Path) -> None:
    write(folder / "a.txt")
    found = find_files([folder / "saknas.pdf", folder])
    assert found[0].fault == "filen eller mappen finns inte; kontrollera sökvägen"
    assert statuses(read(index, found)) == [("saknas", "failed"), ("a", "added")]


# ---- what becomes of them


def test_a_new_file_is_added_with_all_its_pages_told(folder: Path, index: Path) -> None:
    shutil.copy(BUDGET, folder)
    watcher = Recorder()
    (report,) = read(index, find_files([folder]), watcher)
    assert (report.id, report.status, report.failed) == (BUDGET.stem, "added", False)
    assert (report.pages, report.identity.municipality) == (11, "Norrvik")
    assert report.seconds > 0
    assert watcher.begun == [(1, 11)]
    assert watcher.pages == {BUDGET.name: 11}
    assert watcher.reports == [report]
    store = Store(index)
    (stored,) = store.documents()
    store.close()
    assert (stored.tables, stored.chunks) == (report.tables, report.chunks)
    assert file_of(index, stored).read_bytes() == BUDGET.read_bytes()


def test_unchanged_files_are_not_read_again(folder: Path, index: Path) -> None:
    write(folder / "a.txt")
    write(folder / "b.txt")
    read(index, find_files([folder]))
    os.utime(folder / "a.txt")
    watcher = Recorder()
    reports = read(index, find_files([folder]), watcher)
    assert statuses(reports) == [("a", "unchanged"), ("b", "unchanged")]
    assert [report.pages for report in reports] == [1, 1]
    assert watcher.begun == [(0, 0)]
    assert watcher.pages == {}
    store = Store(index)
    assert store.last_change() == 2
    store.close()


def test_a_changed_file_replaces_what_was_read(folder: Path, index: Path) -> None:
    write(folder / "a.txt")
    write(folder / "b.txt")
    read(index, find_files([folder]))
    write(folder / "a.txt", "Protokoll\n\nMötet fortsätter.\n")
    assert sorted(statuses(read(index, find_files([folder])))) == [
        ("a", "replaced"),
        ("b", "unchanged"),
    ]
    assert "Mötet fortsätter." in first_page(index, "a").text
    assert "avsluta" not in first_page(index, "a").text


def test_a_changed_manifest_has_its_documents_read_anew(folder: Path, index: Path) -> None:
    write(folder / "a.txt")
    write(folder / "b.txt")
    read(index, find_files([folder]))
    write(folder / "manifest.toml", '[a]\ntitle = "Möte"\nyears = [2024]\n')
    assert sorted(statuses(read(index, find_files([folder])))) == [
        ("a", "replaced"),
        ("b", "unchanged"),
    ]
    store = Store(index)
    identity = store.documents()[0].identity
    store.close()
    assert (identity.title, identity.years) == ("Möte", (2024,))
    assert statuses(read(index, find_files([folder / "a.txt"]))) == [("a", "unchanged")]
    (folder / "manifest.toml").unlink()
    assert sorted(statuses(read(index, find_files([folder])))) == [
        ("a", "replaced"),
        ("b", "unchanged"),
    ]


def test_a_bad_manifest_is_told_for_the_files_of_its_folder_only(folder: Path, index: Path) -> None:
    write(folder / "ett" / "a.txt")
    write(folder / "två" / "b.txt")
    manifest = write(folder / "ett" / "manifest.toml", '[a]\ncolour = "röd"\n')
    reports = read(index, find_files([folder]))
    assert statuses(reports) == [("a", "failed"), ("b", "added")]
    assert message(reports[0]).startswith(
        f"{manifest}: manifestets fält colour går inte att använda"
    )


def test_bad_files_stop_no_other(folder: Path, index: Path) -> None:
    write(folder / "a.txt")
    (folder / "b.pdf").write_bytes(b"%PDF-1.7\ndetta \xe4r ingen pdf\n")
    (folder / "c.pdf").write_bytes(BUDGET.read_bytes()[:20_000])
    (folder / "d.txt").touch()
    write(folder / "e.md", " \n\n ")
    (folder / "f.docx").write_bytes(b"PK\x03\x04 inget dokument")
    shutil.copy(REPORT, folder / "g.pdf")
    reports = read(index, find_files([folder, write(folder / "h.xlsx")]))
    assert sorted(statuses(reports)) == [
        ("a", "added"),
        ("b", "failed"),
        ("c", "failed"),
        ("d", "failed"),
        ("e", "failed"),
        ("f", "failed"),
        ("g", "added"),
        ("h", "failed"),
    ]
    told = {report.id: message(report) for report in reports if report.failed}
    assert told["c"] == "filen är avbruten (slutet saknas); hämta den på nytt"
    assert told["d"] == "filen är tom (0 byte); hämta den på nytt"
    assert told["e"].startswith("filen är tom;")
    assert told["h"] == "filer av slaget .xlsx läses inte; PDF, DOCX, TXT, MD läses"
    assert not [text for text in told.values() if "rapportera det gärna" in text]
    store = Store(index)
    assert [document.id for document in store.documents()] == ["a", "g"]
    store.close()


def test_a_file_that_turned_bad_leaves_what_was_read_of_it(folder: Path, index: Path) -> None:
    shutil.copy(BUDGET, folder / "a.pdf")
    read(index, find_files([folder]))
    before = first_page(index, "a")
    (folder / "a.pdf").write_bytes(BUDGET.read_bytes()[:20_000])
    assert statuses(read(index, find_files([folder]))) == [("a", "failed")]
    assert first_page(index, "a") == before


def test_a_file_removed_after_it_was_found_is_told(folder: Path, index: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(folder / name)
    read(index, find_files([folder / "b.txt"]))
    found = find_files([folder])
    (folder / "b.txt").unlink()
    reports = read(index, found)
    assert sorted(statuses(reports)) == [("a", "added"), ("b", "failed"), ("c", "added")]
    assert [message(r) for r in reports if r.failed] == ["filen finns inte; kontrollera sökvägen"]
    assert "avsluta mötet" in first_page(index, "b").text


def test_a_file_removed_while_it_is_read_stops_no_other(folder: Path, index: Path) -> None:
    first = write(folder / "a.txt")
    write(folder / "b.txt")

    def remove(path: Path, pages: int) -> None:
        if path == first:
            path.unlink()

    reports = read(index, find_files([folder]), Recorder(remove))
    assert ("b", "added") in statuses(reports)


def test_the_copy_of_a_file_that_changes_while_it_is_read_holds_what_was_read(
    folder: Path, index: Path
) -> None:
    shutil.copy(BUDGET, folder / "a.pdf")

    def change(path: Path, pages: int) -> None:
        if pages == 11:
            shutil.copy(REPORT, path)

    read(index, find_files([folder]), Recorder(change))
    store = Store(index)
    (stored,) = store.documents()
    store.close()
    copy = file_of(index, stored).read_bytes()
    assert hashlib.sha256(copy).hexdigest() == stored.sha256


def test_a_name_that_is_not_utf8_stops_no_other(folder: Path, index: Path) -> None:
    try:
        (folder / os.fsdecode(b"f\xf6rslag.txt")).write_text("Förslag\n\nNämnden föreslår.\n")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    write(folder / "protokoll.txt")
    reports = read(index, find_files([folder]))
    assert ("protokoll", "added") in statuses(reports)


def test_what_was_read_before_a_full_stop_stays(folder: Path, index: Path) -> None:
    for name in ("a.txt", "b.txt"):
        write(folder / name)

    def stop(path: Path, pages: int) -> None:
        if path.stem == "b":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(index, find_files([folder]), Recorder(stop))
    assert sorted(statuses(read(index, find_files([folder])))) == [
        ("a", "unchanged"),
        ("b", "added"),
    ]

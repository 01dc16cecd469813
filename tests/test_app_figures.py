"""The commands figures and audit: what programs and people get, and the status they end with."""

import csv
import json
import os
import sqlite3
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from figures import figure, finding, in_prose
from openpyxl import load_workbook

from app.__main__ import main
from ingest.types import ParsedDocument, Period
from rag.store import FILE_NAME, Store

BUDGET = "norrvik-von-budget-2026"
REPORT = "norrvik-von-delarsrapport-2025"
SENTENCE = "Hemtjänsten redovisar det största underskottet, 9,6 mnkr på helår."
FIGURE_KEYS = (
    "document page table row column measure period value unit printed grade box part sentence ocr"
).split()
FINDING_KEYS = (
    "kind document page message stated expected difference explained_by_rounding places"
).split()

Called = tuple[int, str, str]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NAMNDKOLL_INDEX", raising=False)
    monkeypatch.delenv("NAMNDKOLL_MODEL", raising=False)


@pytest.fixture(scope="module")
def index(samples: tuple[ParsedDocument, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample documents with three figures and four findings, only to be read."""
    folder = tmp_path_factory.mktemp("nyckeltal") / "index"
    budget, report = samples
    figures = (
        in_prose(
            report, SENTENCE, "9,6 mnkr", value=Decimal("9.6"), unit="mkr", row=("Hemtjänst",)
        ),
        figure(2),
    )
    none = figure(
        3, value=None, printed="–", table="t4", page=6, grade="contradicted", part="Kvinnor"
    )
    rounding = finding(BUDGET, 7, explained_by_rounding=True, message="Tusendelar skiljer.")
    other = replace(finding(REPORT, 5).places[0], document=BUDGET, page=3)
    between = finding(REPORT, 8, kind="text_table", message="Texten säger 9,6, tabellen 9,7.")
    between = replace(between, places=(*between.places, other))
    checked = tuple(replace(t, checks=("Summan stämmer.",)) for t in report.tables[:2])
    tables = (*checked, *(replace(t, checks=()) for t in report.tables[2:]))
    store = Store(folder, write=True)
    unchecked = tuple(replace(table, checks=()) for table in budget.tables)
    store.put(replace(budget, figures=(none,), findings=(rounding,), tables=unchecked), "1", 0.0)
    store.put(
        replace(report, figures=figures, findings=(finding(REPORT, 5, 6), between), tables=tables),
        "1",
        0.0,
    )
    store.close()
    return folder


@pytest.fixture
def quiet(samples: tuple[ParsedDocument, ...], tmp_path: Path) -> Path:
    """An index of a sample document without figures and findings."""
    tables = tuple(replace(t, checks=("Summan stämmer.",)) for t in samples[0].tables)
    store = Store(tmp_path / "tyst", write=True)
    store.put(replace(samples[0], figures=(), findings=(), tables=tables), "1", 0.0)
    store.close()
    return tmp_path / "tyst"


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> Called:
    """Run a command line in this process: its status, standard output and standard error."""
    capsys.readouterr()
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as ended:
        assert isinstance(ended.code, int)
        status = ended.code
    captured = capsys.readouterr()
    return status, captured.out, captured.err


# ---- figures


def test_figures_as_json_hold_the_number_and_its_meaning(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    status, out, err = call(capsys, "figures", "--index", index, "--json")
    assert (status, err) == (0, "")
    listed = json.loads(out)
    assert [list(one) for one in listed] == [FIGURE_KEYS] * 3
    none, prose, cell = listed
    assert cell == {
        "document": REPORT,
        "page": 5,
        "table": "t2",
        "row": ["Kostnader", "Köp av tjänster"],
        "column": ["Jan–aug", "Utfall 2025"],
        "measure": "utfall",
        "period": "2025-01/2025-08",
        "value": "-541226",
        "unit": "tkr",
        "printed": "−541 226",
        "grade": "proved",
        "box": [100.0, 200.0, 150.56, 210.1],
        "part": "",
        "sentence": None,
        "ocr": False,
    }
    assert (none["value"], none["table"], none["part"]) == (None, "t4", "Kvinnor")
    assert (prose["value"], prose["table"], prose["sentence"]) == ("9.6", None, SENTENCE)
    assert prose["column"] == []


def test_figures_in_the_terminal_stand_under_their_document_and_table(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    status, out, err = call(capsys, "figures", "--index", index)
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert [line for line in lines if line and not line.startswith("    ")] == [
        BUDGET,
        "  t4, sidan 6: Tabell 4. Från ram 2025 till ram 2026 (tkr)",
        REPORT,
        "  t2, sidan 5: Tabell 2. Driftredovisning per kostnadsslag (tkr)",
        "  I löpande text",
        "3 nyckeltal i 2 dokument (bevisad av summor: 1, obevisad: 1, motsagd: 1)",
    ]
    header, cell = lines[lines.index(REPORT) + 3 :][:2]
    assert header.split() == "tryckt enhet mått period bedömning sida".split()
    assert cell.split("  ")[2].startswith("Kostnader › Köp av tjänster › Jan–aug › Utfall 2025")
    assert cell.split("Utfall 2025")[1].split() == (
        "−541 226 tkr utfall 2025-01/2025-08 bevisad av summor 5".split()
    )
    assert f"      ”{SENTENCE}”" in lines


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (("--document", BUDGET), ["–"]),
        (("--kind", "delårsrapport"), ["9,6 mnkr", "−541 226"]),
        (("--year", "2027"), ["–"]),
        (("--municipality", "Norrvik", "--table", "t2"), ["−541 226"]),
        (("--board", "Kulturnämnden"), []),
    ],
)
def test_filters_narrow_figures(
    capsys: pytest.CaptureFixture[str], index: Path, filters: tuple[str, ...], left: list[str]
) -> None:
    status, out, err = call(capsys, "figures", "--index", index, "--json", *filters)
    assert (status, err) == (0, "")
    assert [one["printed"] for one in json.loads(out)] == left


def test_figures_that_there_are_not_are_told(
    capsys: pytest.CaptureFixture[str], index: Path, quiet: Path
) -> None:
    status, out, err = call(capsys, "figures", "--index", index, "--table", "t99")
    assert (status, out) == (1, "")
    assert err == "ingen tabell t99 med nyckeltal finns i de valda dokumenten\n"
    status, out, err = call(capsys, "figures", "--index", index, "--kind", "bokslut")
    assert (status, err) == (0, "")
    assert out == "Inget dokument passar filtren. Visa alla med: namndkoll documents\n"
    status, out, err = call(capsys, "figures", "--index", quiet)
    assert (status, err) == (0, "")
    assert out.startswith("Inga nyckeltal i 1 dokument.")
    assert "namndkoll ingest MAPP" in out
    assert call(capsys, "figures", "--index", quiet, "--json") == (0, "[]\n", "")


def test_figures_are_saved_for_spreadsheets(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    text, book = tmp_path / "tal.csv", tmp_path / "tal.xlsx"
    save = ("figures", "--index", index, "--csv", text, "--xlsx", book, "--year", 2025)
    saved = f"2 nyckeltal sparade i {text}\n2 nyckeltal sparade i {book}\n"
    assert call(capsys, *save) == (0, saved, "")
    with text.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [(row["Värde"], row["Enhet"]) for row in rows] == [("9,6", "mkr"), ("-541226", "tkr")]
    sheets = load_workbook(book)
    assert [row[7] for row in sheets["Nyckeltal"].values] == ["Värde", 9.6, -541226]
    assert [row[0] for row in sheets["Dokument"].values] == ["Dokument", REPORT]
    assert sorted(tmp_path.iterdir()) == [text, book]


def test_figures_are_saved_and_printed_as_json_alone(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    target = tmp_path / "tal.csv"
    status, out, err = call(capsys, "figures", "--index", index, "--json", "--csv", target)
    assert status == 0
    assert len(json.loads(out)) == 3
    assert err == f"3 nyckeltal sparade i {target}\n"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_that_holds_something_is_not_written_over_unasked(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path, kind: str
) -> None:
    target, other = tmp_path / f"tal.{kind}", tmp_path / "annan"
    target.write_text("mina anteckningar", encoding="utf-8")
    another = "--xlsx" if kind == "csv" else "--csv"
    save = ("figures", "--index", index, f"--{kind}", target, another, other)
    status, out, err = call(capsys, *save)
    assert (status, out) == (1, "")
    assert err == f"{target} finns redan; skriv över med --force, eller välj ett annat namn\n"
    assert target.read_text(encoding="utf-8") == "mina anteckningar"
    assert not other.exists()
    assert call(capsys, *save, "--force")[0] == 0
    assert b"anteckningar" not in target.read_bytes()
    assert other.stat().st_size > 100


def test_an_empty_file_is_written_over(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    target = tmp_path / "tal.csv"
    target.touch()
    assert call(capsys, "figures", "--index", index, "--csv", target)[0] == 0
    assert target.stat().st_size > 100


def test_files_that_cannot_be_written_are_told_and_the_others_are_saved(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    nowhere, folder, target = (
        tmp_path / "saknas" / "tal.csv",
        tmp_path / "mapp",
        tmp_path / "a.xlsx",
    )
    folder.mkdir()
    save = ("figures", "--index", index, "--csv")
    status, out, err = call(capsys, *save, nowhere, "--xlsx", target)
    assert (status, out) == (1, f"3 nyckeltal sparade i {target}\n")
    assert err == f"{nowhere} gick inte att skriva: den finns inte\n"
    status, out, err = call(capsys, *save, folder)
    assert (status, out) == (1, "")
    assert err == f"{folder} gick inte att skriva: det är en mapp\n"
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_told(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    tmp_path.chmod(0o500)
    status, _, err = call(capsys, "figures", "--index", index, "--csv", tmp_path / "a.csv")
    tmp_path.chmod(0o700)
    assert (status, err) == (1, f"{tmp_path / 'a.csv'} gick inte att skriva: åtkomst nekas\n")


def test_no_file_is_made_of_no_figures(
    capsys: pytest.CaptureFixture[str], quiet: Path, tmp_path: Path
) -> None:
    target = tmp_path / "tal.xlsx"
    status, out, err = call(capsys, "figures", "--index", quiet, "--xlsx", target)
    assert (status, out) == (1, "")
    assert err == "det finns inga nyckeltal att spara; ingen fil skrevs\n"
    assert not target.exists()


def test_one_file_for_both_forms_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    save = ("figures", "--index", index, "--csv", tmp_path / "a", "--xlsx", tmp_path / "." / "a")
    assert call(capsys, *save) == (2, "", "--csv och --xlsx ska vara olika filer\n")


def test_long_labels_go_on_in_the_next_line(
    capsys: pytest.CaptureFixture[str], quiet: Path, samples: tuple[ParsedDocument, ...]
) -> None:
    label = "Kostnader för köpt verksamhet enligt lagen om stöd och service till vissa"
    long = figure(1, row=(label,), column=("Budget 2026",), period=Period(), table="t1", page=3)
    store = Store(quiet, write=True)
    store.put(replace(samples[0], figures=(long,)), "2", 0.0)
    store.close()
    _, out, _ = call(capsys, "figures", "--index", quiet)
    above, last = out.splitlines()[4:6]
    assert above == "    Kostnader för köpt verksamhet enligt lagen om stöd och"
    assert last.startswith("    service till vissa › Budget 2026")
    assert "−541 226" in last


# ---- audit


def test_audit_as_json_tells_what_is_stated_and_expected_and_where(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    status, out, err = call(capsys, "audit", "--index", index, "--json")
    assert (status, err) == (0, "")
    listed = json.loads(out)
    assert [list(one) for one in listed] == [FINDING_KEYS] * 2
    assert listed[0] == {
        "kind": "sum",
        "document": REPORT,
        "page": 5,
        "message": "Summa kostnader anges till 120 tkr, men raderna ger 110 tkr.",
        "stated": "120",
        "expected": "110.0",
        "difference": "10.0",
        "explained_by_rounding": False,
        "places": [
            {
                "document": REPORT,
                "page": page,
                "quote": f"citat från sidan {page}",
                "boxes": [[100.0, 200.0, 150.56, 210.1]],
            }
            for page in (5, 6)
        ],
    }
    assert [place["document"] for place in listed[1]["places"]] == [REPORT, BUDGET]


def test_audit_leaves_rounding_out_until_asked_for(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    def listed(*arguments: str) -> list[Any]:
        status, out, err = call(capsys, "audit", "--index", index, "--json", *arguments)
        assert (status, err) == (0, "")
        return [(one["document"], one["explained_by_rounding"]) for one in json.loads(out)]

    assert listed() == [(REPORT, False)] * 2
    assert listed("--all") == [(BUDGET, True), (REPORT, False), (REPORT, False)]
    assert listed("--all", "--kind", "budget") == [(BUDGET, True)]
    assert listed("--document", BUDGET) == []


def test_audit_in_the_terminal_is_a_paragraph_a_finding(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    status, out, err = call(capsys, "audit", "--index", index)
    assert (status, err) == (0, "")
    assert out.splitlines() == [
        REPORT,
        "",
        "  Summa. Summa kostnader anges till 120 tkr, men raderna ger 110 tkr.",
        "    – sidan 5: ”citat från sidan 5”",
        "    – sidan 6: ”citat från sidan 6”",
        "",
        "  Text och tabell. Texten säger 9,6, tabellen 9,7.",
        "    – sidan 8: ”citat från sidan 8”",
        f"    – {BUDGET}, sidan 3: ”citat från sidan 5”",
        "",
        "2 motsägelser. Kontrollerat: 2 dokument, 2 av 17 tabeller.",
        "1 skillnad som avrundning förklarar är utelämnad; visa den med --all.",
    ]
    _, out, _ = call(capsys, "audit", "--index", index, "--all")
    assert "  Summa (förklaras av avrundning). Tusendelar skiljer." in out.splitlines()
    assert "utelämnad" not in out


def test_audit_says_so_where_nothing_disagrees(
    capsys: pytest.CaptureFixture[str], quiet: Path, index: Path
) -> None:
    assert call(capsys, "audit", "--index", quiet) == (
        0,
        "Inga motsägelser hittades i 10 kontrollerade tabeller (av 10) i 1 dokument.\n",
        "",
    )
    assert call(capsys, "audit", "--index", quiet, "--json") == (0, "[]\n", "")
    status, out, _ = call(capsys, "audit", "--index", index, "--kind", "bokslut")
    assert (status, out) == (
        0,
        "Inget dokument passar filtren. Visa alla med: namndkoll documents\n",
    )


# ---- both


@pytest.mark.parametrize("command", ["figures", "audit"])
def test_an_index_of_an_older_program_is_told_with_the_next_step(
    capsys: pytest.CaptureFixture[str], quiet: Path, command: str
) -> None:
    connection = sqlite3.connect(quiet / FILE_NAME)
    connection.executescript(
        "DROP TABLE figures; DROP TABLE findings; DROP TABLE corrections; PRAGMA user_version = 1;"
    )
    connection.close()
    status, out, err = call(capsys, command, "--index", quiet, "--json")
    assert (status, out) == (1, "")
    assert err == (
        f"indexet {quiet} är gjort av en äldre version av programmet, som inte läste nyckeltal; "
        "läs in dokumenten igen med: namndkoll ingest MAPP\n"
    )
    status, out, err = call(capsys, "documents", "--index", quiet, "--json")
    assert (status, [one["figures"] for one in json.loads(out)], err) == (0, [0], "")
    # the next write brings it up to date
    assert call(capsys, "ingest", "--index", quiet)[0] == 0
    assert call(capsys, command, "--index", quiet, "--json") == (0, "[]\n", "")


def test_documents_count_their_figures(capsys: pytest.CaptureFixture[str], index: Path) -> None:
    _, out, _ = call(capsys, "documents", "--index", index, "--json")
    assert [one["figures"] for one in json.loads(out)] == [1, 2]
    _, out, _ = call(capsys, "documents", "--index", index)
    header, *rows = out.splitlines()[:3]
    assert header.split()[-1] == "nyckeltal"
    assert [row.split()[-1] for row in rows] == ["1", "2"]


def test_tables_show_their_grade_and_what_was_checked(
    capsys: pytest.CaptureFixture[str], quiet: Path, samples: tuple[ParsedDocument, ...]
) -> None:
    first, second, *_ = samples[0].tables
    checks = ("Summa intäkter är summan av 3 rader, i 2 av 3 kolumner.", "Avvikelsen stämmer.")
    tables = (
        replace(first, grade="contradicted", unit="tkr", checks=checks),
        replace(second, grade="proved", checks=()),
    )
    store = Store(quiet, write=True)
    store.put(replace(samples[0], tables=tables), "2", 0.0)
    store.close()
    status, out, err = call(capsys, "tables", "--index", quiet, BUDGET)
    assert (status, err) == (0, "")
    first_shown, second_shown = out.split("\n\n")[:2]
    assert first_shown.splitlines()[-3:] == [
        "Bedömning: motsagd",
        f"  · {checks[0]}",
        f"  · {checks[1]}",
    ]
    assert "tkr" in first_shown.splitlines()[1]
    assert second_shown.splitlines()[-1] == "Bedömning: bevisad av summor"

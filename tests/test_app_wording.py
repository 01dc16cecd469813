"""`namndkoll wording`: what a person reads, what a program gets, and bad input."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.__main__ import main
from rag.report import Report

GOAL = "Väntetiden till särskilt boende ska vara högst {} dagar i genomsnitt under året."
MENTOR = (
    "Nya medarbetare i hemtjänsten får en mentor under sina första sex månader på jobbet hos oss."
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, read_into: Callable[..., list[Report]]) -> Path:
    folder = tmp_path_factory.mktemp("wording")
    for year, days, more in ((2022, 80, MENTOR), (2024, 75, ""), (2025, 75, "")):
        (folder / f"budget-{year}.txt").write_text(
            f"Budget {year}\n\nSocialnämnden, Älvköpings kommun\n\n{GOAL.format(days)}\n\n{more}\n",
            encoding="utf-8",
        )
    read_into(folder / "index", *folder.glob("*.txt"))
    return folder / "index"


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(index: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: str) -> tuple[int, str, str]:
        status = main(["wording", *arguments, "--index", str(index)])
        told = capsys.readouterr()
        return status, told.out, told.err

    return run


def test_the_years_their_changes_and_the_gaps_are_told(run: Run) -> None:
    status, out, _ = run(GOAL.format(80))
    assert status == 0
    assert "3 ställen i 3 av 3 dokument. Först 2022, senast 2025." in out
    assert "Budget 2022 (budget-2022), sidan 1: ordagrant\n" in out
    assert "Budget 2024 (budget-2024), sidan 1: nästan ordagrant" in out
    assert "[−80−] [+75+] dagar" in out
    assert "Tal, från din text: 80 dagar → 75 dagar (−5)" in out
    assert "Oförändrat sedan budget-2024" in out
    assert "Budget 2023 saknas i underlaget (Socialnämnden, Älvköping)." in out


def test_a_wording_that_is_gone_is_told(run: Run) -> None:
    _, out, _ = run(MENTOR)
    assert "1 ställe i 1 av 3 dokument. Bara 2022." in out
    assert "Finns inte längre i: Budget 2024 (budget-2024); Budget 2025 (budget-2025)." in out
    _, out, _ = run("Kvarnen i byn mal säd till bröd varje höst.")
    assert "Formuleringen hittades inte i 3 dokument." in out


def test_the_json_is_the_list_that_programs_rely_on(run: Run) -> None:
    status, out, err = run(GOAL.format(75), "--json")
    found: list[dict[str, Any]] = json.loads(out)
    assert status == 0
    assert [(one["document"], one["year"], one["page"], one["kind"]) for one in found] == [
        ("budget-2022", 2022, 1, "near"),
        ("budget-2024", 2024, 1, "exact"),
        ("budget-2025", 2025, 1, "exact"),
    ]
    first = found[0]
    assert first["quote"] == GOAL.format(80)
    assert first["diff"] == [
        ["equal", "Väntetiden till särskilt boende ska vara högst "],
        ["delete", "75 "],
        ["insert", "80 "],
        ["equal", "dagar i genomsnitt under året."],
    ]
    assert first["numbers"] == [{"before": "75 dagar", "after": "80 dagar", "difference": "5"}]
    assert found[1]["previous"] == "budget-2022"
    assert found[1]["previous_numbers"][0]["difference"] == "-5"
    assert 0 < first["similarity"] < found[1]["similarity"] == 1
    assert "saknas i underlaget" in err
    assert json.loads(run("Kvarnen i byn mal säd.", "--json")[1]) == []


def test_text_comes_from_standard_input_or_a_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = GOAL.format(75).replace(" ", "\r\n", 3)
    stream = io.TextIOWrapper(io.BytesIO(broken.encode("utf-8-sig")))
    monkeypatch.setattr(sys, "stdin", stream)
    assert "ordagrant" in run("-")[1]
    path = tmp_path / "text.txt"
    path.write_text(broken, encoding="utf-8")
    assert "ordagrant" in run("--file", str(path))[1]
    path.write_bytes("högst".encode("latin-1"))
    assert run("--file", str(path))[::2] == (
        1,
        "texten är inte UTF-8; spara den som UTF-8 och försök igen\n",
    )
    assert run("--file", str(tmp_path / "borta.txt"))[0] == 1


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((), 2, "ange en av"),
        (("text", "--between", "a", "b"), 2, "ange en av"),
        (("",), 2, "ange en av"),
        (("  ",), 1, "texten är tom"),
        (("mentor",), 1, "bara ett ord"),
        (("mål " * 5000,), 1, "5000 ord"),
        (("--between", "budget-2022", "budget-2924"), 1, "menade du budget-2024?"),
        (("--between", "budget-2022", "budget-2022"), 2, "två olika dokument"),
    ],
)
def test_bad_input_is_told(run: Run, arguments: tuple[str, ...], status: int, said: str) -> None:
    told = run(*arguments)
    assert told[0] == status
    assert said in told[2]
    assert told[1] == ""


def test_filters_that_let_nothing_through_are_told(run: Run) -> None:
    assert "Inget dokument passar filtren" in run(MENTOR, "--year", "1999")[1]


def test_two_documents_are_compared(run: Run) -> None:
    status, out, _ = run("--between", "budget-2024", "budget-2022")
    assert status == 0
    assert out.startswith("Från Budget 2022 (budget-2022) till Budget 2024 (budget-2024)")
    assert "Borttaget, sidan 1: Nya medarbetare" in out
    assert "Tal: 80 dagar → 75 dagar (−5)" in out
    assert "1 stycke oförändrat." in out
    compared = json.loads(run("--between", "budget-2024", "budget-2022", "--json")[1])
    assert (compared["older"]["document"], compared["unchanged"]) == ("budget-2022", 1)
    assert [one["status"] for one in compared["changes"]] == ["changed", "changed", "disappeared"]
    assert compared["changes"][1]["numbers"][0]["difference"] == "-5"

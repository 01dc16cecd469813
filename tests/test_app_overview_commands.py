"""`namndkoll deviations`, `goals` and `risks`, for people and for programs."""

import json
from pathlib import Path

import pytest

from app.__main__ import main

REPORT = "norrvik-von-delarsrapport-2025"


def told(capsys: pytest.CaptureFixture[str], *words: str, folder: Path) -> str:
    status = main([*words, "--index", str(folder)])
    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    return out.replace("\u00a0", " ")


def test_deviations_are_shown_the_worst_first_with_the_reports_words(
    capsys: pytest.CaptureFixture[str], every_sample: Path
) -> None:
    out = told(capsys, "deviations", "--document", REPORT, folder=every_sample)
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert f"{REPORT}, sidan 5: Tabell 2. Driftredovisning per kostnadsslag (tkr)" in lines
    first = "1 Personalkostnader −612 300 tkr −624 800 tkr −12 500 tkr −2,04* dyrare än budget 5"
    assert first in lines
    assert "Σ Nettokostnad −803 200 tkr −818 100 tkr −14 900 tkr −1,86* dyrare än budget 5" in lines
    assert "Rapporten förklarar: ”Personalkostnaderna beräknas bli" in out
    assert f"{REPORT} har 4 tabeller till; visa dem med --all." in lines
    assert lines[-1].startswith("Minus är sämre för nämnden")
    whole = told(capsys, "deviations", "--all", "--document", REPORT, folder=every_sample)
    assert whole.count("Budget och") == 5
    assert "lägre utgift än budget" in whole


def test_what_contradicts_and_what_has_no_table_is_told(
    capsys: pytest.CaptureFixture[str], every_sample: Path
) -> None:
    out = told(
        capsys, "deviations", "--all", "--board", "BUN", "--year", "2024", folder=every_sample
    )
    assert "Grundskola !" in out
    assert "! Grundskola: Avvikelse i % av budget är −4,3 procent" in out
    plan = told(capsys, "deviations", "--kind", "plan", folder=every_sample)
    assert "Utan tabell med utfall eller prognos mot budget: norrvik-bun" in " ".join(plan.split())


def test_forecasts_goals_and_risks_are_shown(
    capsys: pytest.CaptureFixture[str], every_sample: Path
) -> None:
    out = told(capsys, "deviations", "--forecasts", folder=every_sample)
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "Grundskola 525,8 mkr 528,1 mkr −2,3 mkr* −0,44* dyrare än prognosen" in lines
    aims = told(capsys, "goals", "--board", "BUN", folder=every_sample)
    assert "Indikator" in aims
    assert "Målet för 2025 anges olika: 77,0 procent" in aims
    out = told(capsys, "risks", "--kind", "plan", "--board", "VON", folder=every_sample)
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "Kostnaderna för övertid och timvikarier ökar. 4 4 16 ↑ 12 2" in lines
    assert "Hot och våld vid ensamarbete nattetid. ! 2 4 6 8 2" in lines


@pytest.mark.parametrize("command", ["deviations", "goals", "risks"])
def test_programs_get_json_and_nothing_else(
    capsys: pytest.CaptureFixture[str], every_sample: Path, command: str
) -> None:
    main([command, "--json", "--index", str(every_sample)])
    out, err = capsys.readouterr()
    assert err == ""
    values = json.loads(out)
    assert values
    assert {"municipality", "board"} <= set(values[0])
    empty = told(capsys, command, "--json", "--document", "saknas", folder=every_sample)
    assert json.loads(empty) == []


def test_json_has_numbers_as_text_with_formula_and_sources(
    capsys: pytest.CaptureFixture[str], every_sample: Path
) -> None:
    main(["deviations", "--json", "--document", REPORT, "--index", str(every_sample)])
    (document,) = json.loads(capsys.readouterr().out)
    first = document["tables"][0]["lines"][0]
    assert first["deviation"]["value"] == "-12500"
    assert (first["deviation"]["printed"], first["deviation"]["formula"]) == ("−12 500", None)
    assert (first["percent"]["value"], first["percent"]["printed"]) == ("-2.04", None)
    assert first["percent"]["formula"] == "-12500 / 612300 * 100"
    (source,) = first["deviation"]["sources"]
    assert (source["document"], source["page"], source["page_label"]) == (REPORT, 5, "5")
    assert len(source["boxes"]) == 1
    assert first["cause"]["quote"].startswith("Personalkostnaderna beräknas bli 12,5 mnkr")


@pytest.mark.parametrize("command", ["deviations", "goals", "risks"])
def test_filters_that_nothing_passes_and_no_index_are_told(
    capsys: pytest.CaptureFixture[str], every_sample: Path, tmp_path: Path, command: str
) -> None:
    out = told(capsys, command, "--document", "saknas", folder=every_sample)
    assert out.startswith("Inget dokument passar filtren")
    assert main([command, "--index", str(tmp_path / "inget")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "namndkoll ingest" in err


def test_documents_without_what_is_asked_for_are_told(
    capsys: pytest.CaptureFixture[str], every_sample: Path
) -> None:
    only = ("--document", "norrvik-von-budget-2024")
    assert "Inga risker hittades." in told(capsys, "risks", *only, folder=every_sample)
    name = "norrvik-von-internkontrollplan-2025"
    assert "Inga mål" in told(capsys, "goals", "--document", name, folder=every_sample)
    alone = told(capsys, "deviations", "--forecasts", "--board", "VON", folder=every_sample)
    assert "Ingen prognos kan ställas mot utfallet" in alone

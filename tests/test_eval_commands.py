"""`namndkoll eval`: what people and programs get, and the status it ends with."""

import json
import shutil
from pathlib import Path

import pytest

from app.__main__ import main
from corpus.generate import SAMPLES
from eval.thresholds import OWN, limits_of
from rag.language.fake_server import says, served

SAMPLE_TABLE = Path(__file__).parent.parent / "corpus" / "questions" / "exempel.csv"
BUDGET = "norrvik-von-budget-2026"
TABLE = f"""\
fråga;svar;finns inte;dokument;sida
Lokalhyror, plan 2028?;−94 100 tkr;;{BUDGET};6
Lokalhyror, plan 2027?;−91 600 tkr;;{BUDGET};6
När ska simhallen byggas?;;x;;
"""
WRONG = TABLE.replace("−94 100", "−94 200")

Called = tuple[int, str, str]


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NAMNDKOLL_INDEX", raising=False)
    monkeypatch.delenv("NAMNDKOLL_MODEL", raising=False)
    monkeypatch.chdir(tmp_path)


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> Called:
    capsys.readouterr()
    status = main(["eval", *(str(argument) for argument in arguments)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def table(text: str, name: str = "frågor.csv") -> Path:
    path = Path(name)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def done(samples_index: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The folder of a run where all is right."""
    status, _, _ = call(capsys, "run", table(TABLE), "--index", samples_index, "--out", "först")
    assert status == 0
    return Path("först")


def test_an_official_gets_a_report(samples_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(capsys, "run", table(TABLE), "--index", samples_index)
    assert (status, err) == (0, "")
    (folder,) = Path("körningar").iterdir()
    assert f"Sparad i {folder}. Rapport: {folder / 'report.html'}" in out
    assert {path.name for path in folder.iterdir()} >= {"run.json", "answers.jsonl", "report.md"}
    assert "Obesvarbara frågor: 1 av 1 avstås." in out
    assert "<h1>" in (folder / "report.html").read_text("utf-8")


def test_the_sample_table_is_right(samples_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(capsys, "run", SAMPLE_TABLE, "--index", samples_index, "--json")
    assert (status, err) == (0, "")
    verdicts = json.loads(out)["summary"]["verdicts"]
    assert verdicts["questions"] == verdicts["right"] == 5


def test_the_index_of_the_environment_is_asked(
    samples_index: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAMNDKOLL_INDEX", str(samples_index))
    assert call(capsys, "run", table(TABLE), "--out", "ut")[0] == 0
    assert call(capsys, "report", "ut") == (0, "ut/report.html\nut/report.md\n", "")


def test_without_an_index_it_is_said_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(capsys, "run", table(TABLE))
    assert (status, out) == (1, "")
    assert err.startswith("namndkoll: ")
    assert "namndkoll ingest" in err


def test_limits_that_are_not_reached_end_with_status_1(
    samples_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    limits = Path("gränser.toml")
    limits.write_text("wrong = 0\nright_share = 0.9\nanswered_unanswerable = 0\n", "utf-8")
    asked = ("--index", samples_index, "--thresholds", limits, "--out", "ut")
    status, out, _ = call(capsys, "run", table(WRONG), *asked)
    assert status == 1
    assert "Under gränsen: fel tal 1, får vara högst 0" in out
    assert "Under gränsen: andel rätt 0,667, ska vara minst 0,9" in out
    assert "svar som inte finns" not in out
    assert call(capsys, "run", table(TABLE), *asked)[0] == 0


def truth_of(folder: Path, cell: str, *planted: dict[str, object]) -> Path:
    """A folder with one sample and the truth of one of its tables, with one cell as given."""
    name = "norrvik-von-budget-2024"
    for part in ("samples", "truth/tables"):
        (folder / part).mkdir(parents=True)
    shutil.copy(SAMPLES / f"{name}.pdf", folder / "samples")
    tables = json.loads((SAMPLES.parent / "truth" / "tables" / f"{name}.json").read_text("utf-8"))
    tables[0]["rows"][0][1] = cell
    (folder / "truth" / "tables" / f"{name}.json").write_text(json.dumps(tables[:1]), "utf-8")
    (folder / "truth" / "contradictions.json").write_text(json.dumps(planted), "utf-8")
    (folder / "truth" / "explained.json").write_text("[]", "utf-8")
    return folder


def test_reading_is_measured_against_a_truth(
    samples_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    limits = Path("gränser.toml")
    limits.write_text("numeric_cell_share = 1.0\nfalse_alarms = 0\n", "utf-8")
    asked = (table(TABLE), "--index", samples_index, "--thresholds", limits)
    sound = truth_of(Path("facit"), "733 100")
    status, out, _ = call(capsys, "run", *asked, "--truth", sound, "--out", "ut")
    assert status == 1
    # two contradictions are planted in this document, and this truth lists none
    assert "8 av 8 talceller" in out
    assert "0 av 0 motsägelser hittade, 2 falska larm" in out
    assert "Under gränsen: falska larm 2, får vara högst 0" in out
    assert "andel rätta talceller" not in out
    assert "Läsningen mot facit" in Path("ut/report.html").read_text("utf-8")
    assert json.loads(Path("ut/run.json").read_text("utf-8"))["reading"]["tables"]["whole"] == 1
    changed = truth_of(Path("annat"), "733 101")
    out = call(capsys, "run", *asked, "--truth", changed, "--out", "ut2")[1]
    assert "7 av 8 talceller" in out
    assert "Under gränsen: andel rätta talceller 0,875, ska vara minst 1" in out


def test_a_folder_without_a_truth_is_told(
    samples_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = (table(TABLE), "--index", samples_index, "--truth", "saknas")
    status, out, err = call(capsys, "run", *asked)
    assert (status, out) == (1, "")
    assert "saknas håller inget facit som går att läsa" in err


def test_the_projects_own_limits_can_be_read() -> None:
    assert limits_of(OWN)["wrong"] == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("fel = 0", "okänd gräns i g.toml: fel"),
        ("wrong = ", "g.toml är ingen TOML-fil"),
        ('wrong = "0"', "gränsen wrong i g.toml är inget tal"),
    ],
)
def test_limits_that_cannot_be_read_are_told_before_anything_is_asked(
    samples_index: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    Path("g.toml").write_text(text, "utf-8")
    status, out, err = call(
        capsys, "run", table(TABLE), "--index", samples_index, "--thresholds", "g.toml"
    )
    assert (status, out) == (1, "")
    assert told in err
    assert not Path("körningar").exists()


def test_programs_get_json_alone(samples_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(
        capsys, "run", table(WRONG), "--index", samples_index, "--out", "ut", "--json"
    )
    assert (status, err) == (0, "")
    data = json.loads(out)
    assert data["summary"]["verdicts"]["wrong"] == 1
    assert data["unmet"] == []
    assert not Path("ut/report.html").exists()


def test_every_failure_is_shown_when_asked_for(
    samples_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("--index", samples_index, "--out", "ut", "--verbose")
    _, out, _ = call(capsys, "run", table(WRONG), *asked)
    assert "fel tal: frågor-2 Lokalhyror, plan 2028?" in out
    assert "väntat: −94\u00a0200\u00a0tkr" in out
    assert "fick: −94\u00a0100\u00a0tkr (Lokalhyror)" in out
    assert "frågor-3" not in out


def test_a_bad_row_is_told_and_the_rest_is_asked(
    samples_index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = table(f"{TABLE}Hyror?;12 34;;;\n")
    status, out, err = call(capsys, "run", path, "--index", samples_index, "--out", "ut")
    assert status == 1
    assert err.startswith("frågor.csv rad 5 hoppas över: svaret ”12 34” är inget tal")
    assert "Rätt: " in out


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("borta.csv", None, "namndkoll: borta.csv: den finns inte\n"),
        ("tom.csv", "fråga;svar\n", "namndkoll: det finns inga frågor att ställa\n"),
        ("trasig.xlsx", "nej", "namndkoll: trasig.xlsx: filen går inte att läsa som Excelfil"),
    ],
)
def test_a_file_without_questions_is_told(
    samples_index: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    text: str | None,
    told: str,
) -> None:
    path = Path(name) if text is None else table(text, name)
    status, out, err = call(capsys, "run", path, "--index", samples_index)
    assert (status, out) == (1, "")
    assert err.startswith(told)
    assert not Path("körningar").exists()


def test_two_runs_are_compared(
    samples_index: Path, done: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(capsys, "run", table(TABLE), "--index", samples_index, "--out", "sedan")
    status, out, err = call(capsys, "compare", done, "sedan")
    assert (status, err) == (0, "")
    assert "Blev fel: 0" in out
    path = Path("sedan/answers.jsonl")
    path.write_text(path.read_text("utf-8").replace('"-94100"', '"94100"'), "utf-8")
    status, out, _ = call(capsys, "compare", done, "sedan")
    # the expectation is changed along with the answer: nothing is wrong
    assert status == 0
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    lines[0]["answer"]["figures"][0]["value"] = "-94100"
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    status, out, _ = call(capsys, "compare", done, "sedan")
    assert status == 1
    assert "Blev fel: 1\n  frågor-2 Lokalhyror, plan 2028?\n    rätt → fel tal: " in out


def test_runs_over_other_documents_are_compared_only_when_told_to(
    done: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Path(shutil.copytree(done, "annan"))
    data = json.loads((other / "run.json").read_text("utf-8"))
    data["made_of"]["corpus"] = "0" * 64
    (other / "run.json").write_text(json.dumps(data), "utf-8")
    status, out, err = call(capsys, "compare", done, other)
    assert (status, out) == (1, "")
    assert err == "namndkoll: körningarna gäller olika dokument; jämför ändå med --anyway\n"
    status, out, _ = call(capsys, "compare", done, other, "--anyway", "--json")
    assert status == 0
    assert json.loads(out)["worse"] == 0


def test_a_folder_without_a_run_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(capsys, "report", "inget")
    assert (status, out) == (1, "")
    assert err.startswith("namndkoll: inget håller ingen körning")


def test_the_search_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [{"question": "Hyror?", "candidate_answers": ["Hyrorna ökar.", "Snö."], "label": 0}]
    path = table("".join(f"{json.dumps(row)}\n" for row in rows), "faq.jsonl")
    status, out, _ = call(capsys, "retrieval", path)
    assert status == 0
    assert out.startswith("faq.jsonl: 1 frågor, 2 stycken\n  lexical ")
    status, out, _ = call(capsys, "retrieval", path, "--json")
    assert json.loads(out)[0]["ways"]["lexical"]["mrr"] == 1.0
    status, out, err = call(capsys, "retrieval", table("nej", "x.jsonl"))
    assert (status, out) == (1, "")
    assert err.startswith("namndkoll: x.jsonl är varken SweFAQ")


@pytest.mark.parametrize(
    ("says_", "told"),
    [
        ("Planen är {F1} för {P1}.", "2 av 2 svar i dess ord, 0 % föll tillbaka"),
        ("Lokalhyrorna är 12,5 mkr.", "0 av 2 svar i dess ord, 100 % föll tillbaka"),
    ],
)
def test_a_run_with_a_model_expects_the_same_and_tells_what_the_gate_removed(
    samples_index: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    says_: str,
    told: str,
) -> None:
    with served(says(says_)) as server:
        monkeypatch.setenv("NAMNDKOLL_LLM", "openai:fake")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        where = ("--index", samples_index, "--out", "modell")
        status, out, _ = call(capsys, "run", table(TABLE), *where)
        asked = len(server.requests)
        assert call(capsys, "run", table(TABLE), *where[:2], "--no-llm")[0] == 0
        assert len(server.requests) == asked == 2  # a refusal is not put to it
    assert status == 0
    assert f"Språkmodell openai:fake: {told}" in out
    made = json.loads(Path("modell/run.json").read_text("utf-8"))
    assert made["made_of"]["settings"]["language_model"] == "openai:fake"
    assert made["summary"]["verdicts"]["right"] == 3

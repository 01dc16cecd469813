"""`ask --docx --xlsx`: files for a meeting, and what is said when they cannot be written."""

import io
import json
from pathlib import Path

import docx
import pytest
from answers import RANKING, SUM, UNKNOWN
from openpyxl import load_workbook

from app.__main__ import main


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as left:
        status = int(left.code or 0)
    said = capsys.readouterr()
    return status, said.out, said.err


def test_an_answer_is_saved_as_word_and_excel(
    capsys: pytest.CaptureFixture[str], samples_index: Path, tmp_path: Path
) -> None:
    word, excel = tmp_path / "svar.docx", tmp_path / "svar.xlsx"
    options = ("--docx", word, "--xlsx", excel, "--index", samples_index)
    status, out, err = call(capsys, "ask", SUM, *options)
    assert status == 0
    assert "−518\xa0500\xa0tkr" in out
    assert err.splitlines()[-2:] == [f"svaret sparat i {word}", f"svaret sparat i {excel}"]
    assert docx.Document(str(word)).paragraphs[0].text == SUM
    assert load_workbook(excel).sheetnames == ["Svar", "Tal", "Källor"]


def test_a_set_of_questions_becomes_a_meeting_pack(
    capsys: pytest.CaptureFixture[str], samples_index: Path, tmp_path: Path
) -> None:
    questions, word, excel = (tmp_path / name for name in ("f.jsonl", "m.docx", "m.xlsx"))
    lines = [json.dumps({"id": text[:5], "question": text}) for text in (RANKING, UNKNOWN)]
    questions.write_text("\n".join([*lines, "ingen fråga"]), encoding="utf-8")
    options = ("--docx", word, "--xlsx", excel, "--index", samples_index, "--json")
    status, out, err = call(capsys, "ask", "--questions", questions, *options)
    assert status == 1, "a line that cannot be read is not passed over"
    assert [json.loads(line)["question"] for line in out.splitlines()] == [RANKING, UNKNOWN]
    assert f"2 svar sparade i {word}" in err
    heads = [p.text for p in docx.Document(str(word)).paragraphs if p.style.name == "Heading 1"]
    assert heads == [f"1. {RANKING}", f"2. {UNKNOWN}"]
    assert len(list(load_workbook(excel)["Svar"].values)) == 3


def test_a_file_that_holds_something_is_written_over_only_when_forced(
    capsys: pytest.CaptureFixture[str], samples_index: Path, tmp_path: Path
) -> None:
    target = tmp_path / "svar.docx"
    target.write_bytes(b"mitt")
    asked = ("ask", UNKNOWN, "--docx", target, "--index", samples_index)
    status, out, err = call(capsys, *asked)
    assert (status, out) == (1, ""), "told before anything is asked"
    assert "skriv över med --force" in err
    assert target.read_bytes() == b"mitt"
    assert call(capsys, *asked, "--force")[0] == 0
    assert docx.Document(io.BytesIO(target.read_bytes())).paragraphs


def test_what_cannot_be_saved_is_told_and_the_rest_is_done(
    capsys: pytest.CaptureFixture[str], samples_index: Path, tmp_path: Path
) -> None:
    missing, excel = tmp_path / "ingen" / "svar.docx", tmp_path / "svar.xlsx"
    options = ("--docx", missing, "--xlsx", excel, "--index", samples_index)
    status, _, err = call(capsys, "ask", UNKNOWN, *options)
    assert status == 1
    assert f"{missing} gick inte att skriva" in err
    assert excel.exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--docx", "a.fil", "--xlsx", "a.fil"), "ska vara olika filer"),
        (("--force",), "--force hör ihop med --docx eller --xlsx"),
    ],
)
def test_wrong_usage_is_told(
    capsys: pytest.CaptureFixture[str], samples_index: Path, options: tuple[str, ...], said: str
) -> None:
    status, _, err = call(capsys, "ask", UNKNOWN, *options, "--index", samples_index)
    assert (status, said in err) == (2, True)

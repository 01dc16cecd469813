"""Answers in the terminal: lines of its width, no number broken, notices by themselves."""

import pytest

from app.terminal import print_answer
from rag.answer import Answer, Citation, Notice

WIDTH = 96
LONG = "Nämnden räknar med 271 400 timmar och -849 889 kronor i stället för de tidigare " * 4


def citation(number: int, section: str = "Ekonomi") -> Citation:
    return Citation(number, "budget-2026", "Budget 2026", 6, "", (section,), "q", ())


def printed(capsys: pytest.CaptureFixture[str], answer: Answer) -> tuple[str, str]:
    print_answer(answer)
    captured = capsys.readouterr()
    return captured.out, captured.err


def test_a_notice_stands_by_itself_after_an_empty_line(capsys: pytest.CaptureFixture[str]) -> None:
    notices = (Notice("source_conflict", "Texten anger 5 tkr.", (1,)), Notice("ocr", "Jämför."))
    out, err = printed(capsys, Answer("", "answered", "Ja. [1]", (citation(1),), notices))
    assert out == "Ja. [1]\n\nKällor\n  [1] budget-2026, sidan 6: Ekonomi\n"
    assert err == "\nObs: Texten anger 5 tkr.\n\nObs: Jämför.\n"


def test_nothing_is_wider_than_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    answer = Answer(
        "",
        "answered",
        f"{LONG}\n– {LONG}",
        (citation(1, "Ett mycket långt avsnitt " * 6),),
        (Notice("grade", LONG),),
    )
    out, err = printed(capsys, answer)
    lines = [*out.splitlines(), *err.splitlines()]
    assert len(lines) > 12
    assert max(map(len, lines)) <= WIDTH
    for number in ("271 400", "-849 889"):
        assert out.count(number) == 8
        assert err.count(number) == 4
    # what goes on in a next line is set under its own beginning
    sources = out[out.index("Källor\n") :].splitlines()
    assert [line[:6] for line in sources[2:]] == [" " * 6] * len(sources[2:])
    assert [line[:5] for line in err.splitlines()[2:]] == [" " * 5] * len(err.splitlines()[2:])


def test_long_paragraphs_are_told_apart_and_lists_hold_together(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out, _ = printed(capsys, Answer("", "answered", f"{LONG}\nSedan:\n– a: 1\n– b: 2\nSlut."))
    assert "\n\nSedan:\n\n– a: 1\n– b: 2\n\nSlut.\n" in out


def test_short_lines_follow_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = printed(capsys, Answer("", "answered", "Hyra:\n– a: 1\n– b: 2\nMinus är sämre."))
    assert out == "Hyra:\n– a: 1\n– b: 2\nMinus är sämre.\n"

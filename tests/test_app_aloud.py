"""A model that words an answer slowly: the program's own first, then each sentence once checked."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app import aloud
from app.web import ask_view, shell
from app.web.intake import Intake
from app.web.view import Site
from rag.answer import Answer, Question
from rag.asking import Asker
from rag.language.asking import WordingAsker
from rag.language.fake_server import Reply, served
from rag.language.limits import Limits
from rag.language.models import speaker

PLAN = Question("Lokalhyror, plan 2028?")
TOKENS = (
    "Lokalhyrorna är {F1} i planen för 2028. ",
    "De är 99 tkr i planen för 2028. ",
    "Planen för 2028 är {F1}. ",
    "Tack",
)


@contextmanager
def worded(index: Path, reply: Reply, limits: Limits | None = None) -> Iterator[WordingAsker]:
    with served(lambda _: reply) as server:
        address = {"OPENAI_BASE_URL": server.url}
        told = speaker("openai:fake", limits or Limits(first=5, idle=5, total=20), None, address)
        asker = WordingAsker(index, "openai:fake", told)
        yield asker
        asker.close()


def test_each_sentence_is_shown_once_it_has_been_let_through(samples_index: Path) -> None:
    plain = Asker(samples_index)
    own = plain.ask(PLAN)
    plain.close()
    shown: list[tuple[float, Answer]] = []
    with worded(samples_index, Reply(TOKENS, pause=0.4)) as asker:
        started = time.monotonic()
        answer = asker.ask_aloud(PLAN, lambda one: shown.append((time.monotonic(), one)))
        ended = time.monotonic()
    texts = [one.text for _, one in shown]
    assert texts[0] == own.text  # before the model has said anything
    assert "Lokalhyrorna är −94\u00a0100\u00a0tkr" in texts[1]
    assert not any("99" in text for text in texts)
    assert {one.figures for _, one in shown} == {own.figures}
    assert len(shown) == 3
    assert shown[1][0] < ended - 0.4  # while it was still at it
    assert shown[-1][1].wording is not None
    assert answer.wording is not None
    assert answer.wording.said[:2] == shown[-1][1].wording.said
    assert started < shown[0][0] < shown[1][0] < shown[2][0]


def test_a_model_that_stops_half_way_leaves_the_program_s_answer(samples_index: Path) -> None:
    plain = Asker(samples_index)
    own = plain.ask(PLAN)
    plain.close()
    shown: list[Answer] = []
    endless = Reply(("Lokalhyrorna är {F1} i planen för 2028. ",), endless=True, pause=0.3)
    with worded(samples_index, endless, Limits(first=5, idle=5, total=1)) as asker:
        answer = asker.ask_aloud(PLAN, shown.append)
    assert len(shown) >= 2
    assert answer.text == own.text
    assert answer.wording is not None
    assert answer.wording.fell_back


def test_the_page_gets_pieces_and_then_the_answer(samples_index: Path) -> None:
    with worded(samples_index, Reply(TOKENS, pause=0.2)) as asker:
        site = Site(asker, Intake(samples_index))
        sent = {"number": 3, "name": "ask", "data": {"text": PLAN.text}}
        found = list(shell.pieces(site, ask_view.VIEW, sent))
    *before, last = found
    assert len(before) >= 2
    assert all(piece["more"] and piece["number"] == 3 for piece in before)
    assert all("Varje mening kontrolleras innan den visas" in p["html"] for p in before)
    assert "Lokalhyrorna är" not in before[0]["html"]
    assert "Lokalhyrorna är" in before[-1]["html"]
    assert "more" not in last
    assert last["answered"]
    assert "Språkmodellens" not in last["html"]


def test_the_page_without_a_model_gets_one_piece(samples_index: Path) -> None:
    asker = Asker(samples_index)
    site = Site(asker, Intake(samples_index))
    sent = {"number": 3, "name": "ask", "data": {"text": PLAN.text}}
    assert len(list(shell.pieces(site, ask_view.VIEW, sent))) == 1
    asker.close()


def test_the_terminal_prints_both(samples_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with worded(samples_index, Reply(TOKENS, pause=0.1)) as asker:
        aloud.ask_aloud(asker, PLAN)
    out, err = capsys.readouterr()
    own, said = out.split("Med språkmodellens ord")
    assert "Lokalhyror: planen för 2028 är −94" in own.replace("\n", " ")
    assert said.count("Lokalhyrorna är −94") == 1
    assert "99 tkr" not in out
    assert "Formulerat av en språkmodell" in err.replace("\n", " ")

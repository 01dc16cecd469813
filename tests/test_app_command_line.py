"""The command line: what programs and people get, and the status it ends with."""

import json
import os
import pty
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.__main__ import main
from rag.language.fake_server import says, served
from rag.quotes import squeezed
from rag.store import Store

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus" / "samples"
BUDGET = "norrvik-von-budget-2026"
REPORT = "norrvik-von-delarsrapport-2025"
FILES = (SAMPLES / f"{BUDGET}.pdf", SAMPLES / f"{REPORT}.pdf")

MACHINES = "Vad var det som strulade med medisinautomaterna?"
RENTS = "Vad står det om hyra och lokalhyror?"
UNANSWERABLE = "Vad kostade det att bygga Lindgården?"

DOCUMENT_KEYS = (
    "id title municipality board kind years pages tables figures chunks seconds problems status"
).split()
ANSWER_KEYS = "question status answer figures citations warnings timings".split()
CITATION_KEYS = "id document title page page_label section quote boxes".split()
HIT_KEYS = "document page page_label section text score boxes".split()

Called = tuple[int, str, str]


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NAMNDKOLL_INDEX", raising=False)
    monkeypatch.delenv("NAMNDKOLL_MODEL", raising=False)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two sample documents, that tests only read."""
    folder = tmp_path_factory.mktemp("lasindex") / "index"
    assert main(["ingest", "--index", str(folder), *map(str, FILES)]) == 0
    return folder


@pytest.fixture
def own(index: Path, tmp_path: Path) -> Path:
    """A copy of the index, that a test may write to."""
    return Path(shutil.copytree(index, tmp_path / "egen"))


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


def start(*arguments: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command line in a process of its own, from the repository root."""
    command = [sys.executable, "-m", "app", *map(str, arguments)]
    settings: dict[str, Any] = {"capture_output": True, "text": True, "timeout": 120}
    return subprocess.run(command, cwd=ROOT, check=False, **settings | options)


def ids(listed: str) -> list[str]:
    """The ids in what `documents --json` printed."""
    return [document["id"] for document in json.loads(listed)]


def assert_quotes_stand_on_their_pages(answer: dict[str, Any], folder: Path) -> None:
    store = Store(folder)
    for citation in answer["citations"]:
        page = store.page(citation["document"], citation["page"])
        assert page is not None
        assert citation["quote"] in squeezed(page.text)
        assert citation["page_label"] == page.label
        for x0, y0, x1, y1 in citation["boxes"]:
            assert 0 <= x0 < x1 <= page.width
            assert 0 <= y0 < y1 <= page.height
    store.close()


# ---- ingest


def test_ingest_prints_one_object_with_a_report_for_each_document(tmp_path: Path) -> None:
    done = start("ingest", "--index", tmp_path / "index", "--json", *FILES)
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1
    printed = json.loads(done.stdout)
    assert list(printed) == ["documents"]
    budget, report = printed["documents"]
    assert list(budget) == list(report) == DOCUMENT_KEYS
    assert budget["seconds"] > 0
    assert budget | {"seconds": 0, "chunks": 0} == {
        "id": BUDGET,
        "title": "Budget 2026 med plan 2027–2028",
        "municipality": "Norrvik",
        "board": "Vård- och omsorgsnämnden",
        "kind": "budget",
        "years": [2026, 2027, 2028],
        "pages": 11,
        "tables": 10,
        "figures": budget["figures"],
        "chunks": 0,
        "seconds": 0,
        "problems": [],
        "status": "added",
    }
    assert (report["id"], report["pages"], report["years"], report["status"]) == (
        REPORT,
        10,
        [2025],
        "added",
    )
    assert f"{BUDGET}: tillagd, 11 sidor" in done.stderr


def test_ingest_tells_added_unchanged_replaced_and_failed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder, index = tmp_path / "mapp", tmp_path / "index"
    folder.mkdir()
    minutes = folder / "protokoll.txt"
    minutes.write_text("Nämnden godkänner rapporten om hyrorna.\n", encoding="utf-8")

    def run() -> tuple[int, list[tuple[str, str]]]:
        status, out, _ = call(capsys, "ingest", "--index", index, "--json", folder)
        documents = json.loads(out)["documents"]
        assert all(list(document) == DOCUMENT_KEYS for document in documents)
        return status, [(document["id"], document["status"]) for document in documents]

    assert run() == (0, [("protokoll", "added")])
    assert run() == (0, [("protokoll", "unchanged")])
    minutes.write_text("Nämnden återremitterar rapporten om hyrorna.\n", encoding="utf-8")
    assert run() == (0, [("protokoll", "replaced")])
    (folder / "tom.txt").write_bytes(b"")
    # what can be told at once comes first
    assert run() == (1, [("protokoll", "unchanged"), ("tom", "failed")])


def test_ingest_of_the_same_files_changes_nothing(
    capsys: pytest.CaptureFixture[str], own: Path
) -> None:
    before = call(capsys, "documents", "--index", own, "--json")
    status, out, err = call(capsys, "ingest", "--index", own, *FILES)
    assert (status, err) == (0, "")
    assert out == f"2 dokument, 21 sidor, 17 tabeller (oförändrade: 2). Index: {own}\n"
    assert call(capsys, "documents", "--index", own, "--json") == before


def test_show_writes_a_picture_of_a_page(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    target = tmp_path / "sidan.png"
    show = ("ingest", "--index", index, "--show", BUDGET, "--page", 6, "--out", target)
    assert call(capsys, *show) == (0, f"{target}\n", "")
    with Image.open(target) as image:
        assert image.format == "PNG"
        assert image.size == (1191, 1684 + 44)  # A4 at 144 pixels an inch, and a legend


def test_show_names_the_picture_after_document_and_page(
    capsys: pytest.CaptureFixture[str],
    index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, _ = call(capsys, "ingest", "--index", index, "--show", REPORT)
    assert (status, out) == (0, f"{REPORT}-sida-1.png\n")
    assert (tmp_path / f"{REPORT}-sida-1.png").read_bytes().startswith(b"\x89PNG")


def test_show_tells_of_a_page_that_there_is_not(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    target = tmp_path / "sidan.png"
    show = ("ingest", "--index", index, "--show", BUDGET, "--page", 12, "--out", target)
    assert call(capsys, *show) == (
        1,
        "",
        f"{BUDGET} har sidorna 1–11; sidan 12 finns inte\n",
    )
    assert not target.exists()


def test_show_tells_of_a_document_that_there_is_not(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    assert call(capsys, "ingest", "--index", index, "--show", "budget-1999") == (
        1,
        "",
        "inget dokument heter budget-1999; se: namndkoll documents\n",
    )


def test_show_tells_of_a_page_number_beyond_all_pages(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    status, out, err = call(capsys, "ingest", "--index", index, "--show", BUDGET, "--page", 10**20)
    assert (status, out) == (1, "")
    assert err == f"{BUDGET} har sidorna 1–11; sidan {10**20} finns inte\n"


def test_show_prints_nothing_but_json_when_json_is_asked_for(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    target = tmp_path / "sidan.png"
    show = ("ingest", "--index", index, "--show", BUDGET, "--out", target, "--json")
    status, out, _ = call(capsys, *show)
    assert status == 0
    if out:
        json.loads(out)


# ---- documents and remove


def test_documents_lists_the_same_objects_as_ingest(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    index = tmp_path / "index"
    _, ingested, _ = call(capsys, "ingest", "--index", index, "--json", *FILES)
    status, listed, err = call(capsys, "documents", "--index", index, "--json")
    assert (status, err) == (0, "")
    expected = [d | {"status": "unchanged"} for d in json.loads(ingested)["documents"]]
    assert json.loads(listed) == expected


def test_documents_shows_a_table_and_what_is_missing(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    status, out, err = call(capsys, "documents", "--index", index)
    assert (status, err) == (0, "")
    header, budget, report, *rest = out.splitlines()
    assert header.split() == "id titel kommun nämnd slag år sidor tabeller nyckeltal".split()
    *told, figures = re.split(r"\s{2,}", budget.strip())
    assert figures.isdigit()
    assert told == [
        BUDGET,
        "Budget 2026 med plan 2027–2028",
        "Norrvik",
        "Vård- och omsorgsnämnden",
        "budget",
        "2026, 2027, 2028",
        "11",
        "10",
    ]
    assert report.startswith(f"{REPORT}  Delårsrapport januari–augusti 2025")
    assert rest == [
        "Saknas: Vård- och omsorgsnämnden, Norrvik: budget för 2025",
        "Saknas: Vård- och omsorgsnämnden, Norrvik: delårsrapport för 2026",
    ]


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (("--document", BUDGET), [BUDGET]),
        (("--document", BUDGET, "--document", REPORT), [BUDGET, REPORT]),
        (("--year", "2025"), [REPORT]),
        (("--year", "2027"), [BUDGET]),
        (("--kind", "delårsrapport"), [REPORT]),
        (("--municipality", "Norrvik"), [BUDGET, REPORT]),
        (("--municipality", "Söderby"), []),
        (("--board", "Vård- och omsorgsnämnden", "--year", "2028"), [BUDGET]),
        (("--year", "1999"), []),
    ],
)
def test_filters_narrow_documents(
    capsys: pytest.CaptureFixture[str], index: Path, filters: tuple[str, ...], left: list[str]
) -> None:
    status, out, err = call(capsys, "documents", "--index", index, "--json", *filters)
    assert (status, err) == (0, "")
    assert ids(out) == left


def test_documents_tells_filters_that_fit_none_from_an_empty_index(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    status, out, _ = call(capsys, "documents", "--index", index, "--kind", "bokslut")
    assert status == 0
    assert "Läs in med" not in out
    assert "filt" in out


def test_remove_takes_out_a_document(capsys: pytest.CaptureFixture[str], own: Path) -> None:
    status, out, err = call(capsys, "remove", "--index", own, "--yes", BUDGET)
    path = SAMPLES / f"{BUDGET}.pdf"
    assert (status, out) == (0, "")
    assert err == f"{BUDGET} är uttaget ur indexet (filen ligger kvar: {path})\n"
    assert path.is_file()
    assert ids(call(capsys, "documents", "--index", own, "--json")[1]) == [REPORT]
    hits = json.loads(call(capsys, "search", "--index", own, "--json", "budget hyror")[1])
    assert {hit["document"] for hit in hits} == {REPORT}
    assert len(list((own / "files").iterdir())) == 1


def test_remove_prints_what_it_took_out_as_json(
    capsys: pytest.CaptureFixture[str], own: Path
) -> None:
    status, out, _ = call(capsys, "remove", "--index", own, "--json", "--yes", REPORT)
    removed = json.loads(out)
    assert status == 0
    assert [(document["id"], list(document)) for document in removed] == [(REPORT, DOCUMENT_KEYS)]


def test_remove_of_an_unknown_id_suggests_the_nearest(
    capsys: pytest.CaptureFixture[str], own: Path
) -> None:
    assert call(capsys, "remove", "--index", own, "norrvik-von-budget-2025") == (
        1,
        "",
        f"inget dokument heter norrvik-von-budget-2025; menade du {BUDGET}?\n",
    )
    assert call(capsys, "remove", "--index", own, "qqq") == (
        1,
        "",
        "inget dokument heter qqq; se: namndkoll documents\n",
    )
    assert ids(call(capsys, "documents", "--index", own, "--json")[1]) == [BUDGET, REPORT]


def test_remove_takes_out_the_known_among_unknown(
    capsys: pytest.CaptureFixture[str], own: Path
) -> None:
    status, _, err = call(capsys, "remove", "--index", own, "qqq", REPORT)
    assert status == 1
    assert "inget dokument heter qqq" in err
    assert ids(call(capsys, "documents", "--index", own, "--json")[1]) == [BUDGET]


@pytest.fixture
def typed() -> Iterator[Any]:
    """A terminal that a person has typed a text at, to be a process's standard input."""
    ends: list[int] = []

    def type_text(text: str) -> int:
        keyboard, terminal = pty.openpty()
        ends.extend((keyboard, terminal))
        os.write(keyboard, text.encode())
        return terminal

    yield type_text
    for end in ends:
        os.close(end)


def test_remove_in_a_terminal_asks_first(
    capsys: pytest.CaptureFixture[str], own: Path, typed: Any
) -> None:
    kept = start("remove", "--index", own, BUDGET, stdin=typed("n\n"))
    assert kept.returncode == 1
    assert kept.stderr.endswith("inget togs ut\n")
    assert ids(call(capsys, "documents", "--index", own, "--json")[1]) == [BUDGET, REPORT]
    taken = start("remove", "--index", own, BUDGET, stdin=typed("ja\n"))
    assert taken.returncode == 0
    assert ids(call(capsys, "documents", "--index", own, "--json")[1]) == [REPORT]


def test_remove_in_a_terminal_asks_nothing_with_yes(own: Path, typed: Any) -> None:
    done = start("remove", "--index", own, "--yes", BUDGET, stdin=typed(""))
    assert (done.returncode, done.stdout) == (0, "")


def test_remove_in_a_terminal_prints_nothing_but_json(own: Path, typed: Any) -> None:
    done = start("remove", "--index", own, "--json", BUDGET, stdin=typed("j\n"))
    assert done.returncode == 0
    assert [document["id"] for document in json.loads(done.stdout)] == [BUDGET]


# ---- ask


def test_ask_prints_the_answer_and_its_sources(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    status, out, err = call(capsys, "ask", "--index", index, MACHINES)
    answer, sources = out.split("\n\nKällor\n")
    assert (status, err) == (0, "")
    assert "två automater drog in dosen vid strömavbrott" in squeezed(answer)
    assert answer.endswith("[1]")
    assert sources.startswith(f"  [1] {REPORT}, sidan 8: ")
    assert max(map(len, out.splitlines())) <= 96


def test_ask_prints_an_answer_with_every_quote_on_its_page(index: Path) -> None:
    done = start("ask", "--index", index, "--json", RENTS)
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
    answer = json.loads(done.stdout)
    assert list(answer) == ANSWER_KEYS
    assert answer["question"] == RENTS
    assert answer["status"] == "answered"
    assert list(answer["timings"]) == ["total_ms"]
    assert answer["timings"]["total_ms"] > 0
    assert len(answer["citations"]) >= 2
    assert all(list(citation) == CITATION_KEYS for citation in answer["citations"])
    assert all(citation["boxes"] for citation in answer["citations"])
    numbers = [citation["id"] for citation in answer["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert sorted({int(n) for n in re.findall(r"\[(\d+)\]", answer["answer"])}) == numbers
    assert_quotes_stand_on_their_pages(answer, index)


def test_ask_refuses_what_the_documents_do_not_say(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    status, out, _ = call(capsys, "ask", "--index", index, "--json", UNANSWERABLE)
    answer = json.loads(out)
    assert (status, answer["status"]) == (0, "refused")
    assert list(answer) == ANSWER_KEYS
    assert answer["answer"].startswith("Jag hittar inget i dokumenten som svarar på det.")
    assert_quotes_stand_on_their_pages(answer, index)


def test_ask_refuses_what_no_document_is_about(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    asked = ("ask", "--index", index, "--json", "Vilken färg har månens ostar?")
    assert json.loads(call(capsys, *asked)[1])["status"] == "refused"


def test_ask_keeps_to_the_filters(capsys: pytest.CaptureFixture[str], index: Path) -> None:
    for document in (BUDGET, REPORT):
        asked = ("ask", "--index", index, "--json", RENTS, "--document", document)
        answer = json.loads(call(capsys, *asked)[1])
        assert answer["status"] == "answered"
        assert {citation["document"] for citation in answer["citations"]} == {document}
    asked = ("ask", "--index", index, "--json", RENTS, "--year", 1999)
    answer = json.loads(call(capsys, *asked)[1])
    assert (answer["status"], answer["citations"]) == ("refused", [])
    assert answer["answer"].startswith("Inget av dokumenten passar filtren")


def test_ask_answers_a_set_in_order_and_tells_of_bad_lines(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    lines: list[Any] = [
        json.dumps({"id": "a", "question": MACHINES, "expect": {"status": "answered"}}),
        "{inte json}",
        "",
        json.dumps({"id": "b", "question": RENTS, "filters": {"document": BUDGET}}),
        json.dumps({"id": "c", "fråga": "Vad står det om mål?"}),
        json.dumps({"id": "d", "question": "Mål?", "filters": {"year": "i år"}}),
        json.dumps({"id": "e", "question": UNANSWERABLE}),
    ]
    path = tmp_path / "frågor.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    status, out, err = call(capsys, "ask", "--index", index, "--json", "--questions", path)
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert [(answer["question"], answer["status"]) for answer in answers] == [
        (MACHINES, "answered"),
        (RENTS, "answered"),
        (UNANSWERABLE, "refused"),
    ]
    assert {citation["document"] for citation in answers[1]["citations"]} == {BUDGET}
    assert [line.split(": ")[0] for line in err.splitlines()] == [
        f"{path}, rad 2",
        f"{path}, rad 5",
        f"{path}, rad 6",
    ]
    assert "ingen giltig JSON" in err
    assert "fältet question saknas eller är fel" in err
    assert "fältet filters.year saknas eller är fel" in err


def test_ask_answers_a_set_as_text_with_each_question_above(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "frågor.jsonl"
    lines = [json.dumps({"question": text}) for text in (MACHINES, UNANSWERABLE)]
    path.write_text("\n".join(lines), encoding="utf-8")
    status, out, err = call(capsys, "ask", "--index", index, "--questions", path)
    assert (status, err) == (0, "")
    asked = [line for line in out.splitlines() if line.startswith("— ")]
    assert asked == [f"— {MACHINES}", f"— {UNANSWERABLE}"]


def test_ask_gives_each_question_of_a_set_its_own_history(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "frågor.jsonl"
    follow_up = {"question": "Vad beror det på?"}
    lines = [json.dumps(follow_up | {"history": [RENTS]}), json.dumps(follow_up)]
    path.write_text("\n".join(lines), encoding="utf-8")
    _, out, _ = call(capsys, "ask", "--index", index, "--json", "--questions", path)
    after, alone = (json.loads(line) for line in out.splitlines())
    assert "hyr" in " ".join(citation["quote"] for citation in after["citations"]).lower()
    assert after["citations"] != alone["citations"]


def test_filters_of_the_command_line_hold_for_a_whole_set(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "frågor.jsonl"
    path.write_text(
        json.dumps({"question": RENTS, "filters": {"document": BUDGET}}), encoding="utf-8"
    )
    asked = ("ask", "--index", index, "--json", "--questions", path, "--document", REPORT)
    answer = json.loads(call(capsys, *asked)[1])
    assert {citation["document"] for citation in answer["citations"]} == {REPORT}


def test_ask_tells_of_a_set_that_cannot_be_read(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    empty, latin, missing = (tmp_path / name for name in ("tom", "latin", "saknas"))
    empty.write_text("\n\n", encoding="utf-8")
    latin.write_bytes('{"question": "mål"}'.encode("latin-1"))
    for path, told in (
        (empty, f"{empty} innehåller inga frågor\n"),
        (latin, f"{latin} går inte att läsa: texten är inte UTF-8\n"),
    ):
        assert call(capsys, "ask", "--index", index, "--questions", path) == (1, "", told)
    status, out, err = call(capsys, "ask", "--index", index, "--questions", missing)
    assert (status, out) == (1, "")
    assert err.startswith(f"{missing} går inte att läsa: ")


def test_a_line_separator_inside_a_question_is_no_end_of_line(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "frågor.jsonl"
    question = MACHINES.replace(" med ", "\u2028med ")
    path.write_text(json.dumps({"question": question}, ensure_ascii=False), encoding="utf-8")
    status, out, err = call(capsys, "ask", "--index", index, "--json", "--questions", path)
    assert (status, err) == (0, "")
    assert json.loads(out)["question"] == question


def test_a_line_nested_too_deep_is_told_as_a_bad_line(
    capsys: pytest.CaptureFixture[str], index: Path, tmp_path: Path
) -> None:
    path = tmp_path / "frågor.jsonl"
    path.write_text("[" * 100_000 + "\n" + json.dumps({"question": MACHINES}), encoding="utf-8")
    status, out, err = call(capsys, "ask", "--index", index, "--json", "--questions", path)
    assert status == 1
    assert json.loads(out)["question"] == MACHINES
    assert err.startswith(f"{path}, rad 1: ")


def test_a_question_that_says_nothing_is_refused(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    status, out, _ = call(capsys, "ask", "--index", index, "  ")
    assert status == 0
    first, _, *shown = out.splitlines()
    assert first == "Frågan är tom. Skriv några ord om det du vill veta."
    assert len(shown) == 3


def test_a_question_far_too_long_is_cut_and_told(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    question = MACHINES + " och" * 5_000
    status, out, _ = call(capsys, "ask", "--index", index, "--json", question)
    answer = json.loads(out)
    assert (status, answer["question"]) == (0, question)
    assert answer["warnings"] == [
        {
            "kind": "question_length",
            "message": "frågan är längre än 2000 tecken; bara början har lästs",
            "citations": [],
        }
    ]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_output_that_cannot_be_written_is_told_in_swedish(index: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = start(
            "ask", "--index", index, MACHINES, capture_output=False, stdout=full,
            stderr=subprocess.PIPE,
        )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


# ---- chat and search


def test_chat_follows_up_begins_anew_and_ends(index: Path) -> None:
    follow_up = "Vad beror det på?"
    typed = "\n".join((RENTS, follow_up, "", "ny", follow_up, "SLUTA", MACHINES)) + "\n"
    done = start("chat", "--index", index, input=typed)
    assert done.returncode == 0
    assert done.stderr == "Ställ en fråga. ”ny” börjar om, ”sluta” avslutar.\nNytt samtal.\n"
    first, second, third = _answers(done)
    assert "hyr" in first.lower()
    assert "hyr" in second.lower()
    assert third != second
    assert "strömavbrott" not in done.stdout


def _answers(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What a chat answered, each without its list of sources."""
    return [part for part in re.split(r"\n\nKällor\n(?:  .*\n)+\n?", done.stdout) if part.strip()]


def test_chat_ends_where_the_input_ends(index: Path) -> None:
    done = start("chat", "--index", index, input=MACHINES)
    assert done.returncode == 0
    assert "två automater drog in dosen" in squeezed(done.stdout)


def test_chat_keeps_to_the_filters(index: Path) -> None:
    done = start("chat", "--index", index, "--document", BUDGET, input=f"{RENTS}\n")
    assert BUDGET in done.stdout
    assert REPORT not in done.stdout


@pytest.mark.parametrize("limit", [1, 3])
def test_search_prints_so_many_passages_best_first(
    capsys: pytest.CaptureFixture[str], index: Path, limit: int
) -> None:
    asked = ("search", "--index", index, "--json", "--limit", limit, "lokalhyror Lindgården")
    status, out, err = call(capsys, *asked)
    hits = json.loads(out)
    assert (status, err, len(hits)) == (0, "", limit)
    assert all(list(hit) == HIT_KEYS for hit in hits)
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert "hyr" in hits[0]["text"].lower()
    store = Store(index)
    for hit in hits:
        page = store.page(hit["document"], hit["page"])
        assert page is not None
        assert hit["page_label"] == page.label
        assert hit["boxes"]
    store.close()


def test_search_keeps_to_the_filters(capsys: pytest.CaptureFixture[str], index: Path) -> None:
    for filters in (("--document", BUDGET), ("--kind", "budget"), ("--year", "2028")):
        _, out, _ = call(capsys, "search", "--index", index, "--json", "hyror", *filters)
        assert {hit["document"] for hit in json.loads(out)} == {BUDGET}
    asked = ("search", "--index", index, "--json", "hyror", "--municipality", "Söderby")
    assert call(capsys, *asked) == (0, "[]\n", "")


def test_search_prints_places_and_texts(capsys: pytest.CaptureFixture[str], index: Path) -> None:
    status, out, err = call(capsys, "search", "--index", index, "--limit", 1, "medisinautomater")
    first, *text = out.splitlines()
    assert (status, err) == (0, "")
    assert re.fullmatch(rf"1\. {REPORT}, sidan \d+: .+", first)
    assert all(line.startswith("   ") for line in text)
    assert call(capsys, "search", "--index", index, '"(*') == (0, "Inget hittades.\n", "")


# ---- which index


def test_the_index_is_as_given_else_of_the_environment_else_here(
    capsys: pytest.CaptureFixture[str],
    index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Nämnden beslutar om hyror.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Nämnden beslutar om avgifter.", encoding="utf-8")
    assert call(capsys, "ingest", "a.txt")[0] == 0
    assert (tmp_path / ".namndkoll" / "store.sqlite").is_file()
    assert ids(call(capsys, "documents", "--json")[1]) == ["a"]
    monkeypatch.setenv("NAMNDKOLL_INDEX", str(tmp_path / "miljö"))
    assert call(capsys, "ingest", "b.txt")[0] == 0
    assert (tmp_path / "miljö" / "store.sqlite").is_file()
    assert ids(call(capsys, "documents", "--json")[1]) == ["b"]
    assert ids(call(capsys, "documents", "--json", "--index", index)[1]) == [BUDGET, REPORT]


@pytest.mark.parametrize(
    "command",
    [
        ("ask", MACHINES),
        ("ask", "--json", MACHINES),
        ("chat",),
        ("documents",),
        ("documents", "--json"),
        ("ingest", "--show", BUDGET),
        ("remove", BUDGET),
        ("search", "hyror"),
        ("serve",),
    ],
)
def test_where_there_is_no_index_the_next_step_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, command: tuple[str, ...]
) -> None:
    nothing = tmp_path / "ingenting"
    assert call(capsys, *command, "--index", nothing) == (
        1,
        "",
        f"det finns inget index i {nothing}; läs in dokument med: namndkoll ingest MAPP\n",
    )
    assert not nothing.exists()


def test_a_port_in_use_is_told(capsys: pytest.CaptureFixture[str], index: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, out, err = call(capsys, "serve", "--index", index, "--port", port)
    assert (status, out) == (1, "")
    assert err.startswith(f"127.0.0.1:{port} går inte att använda")
    assert err.endswith("välj en annan --port\n")


def test_a_port_that_there_is_not_is_told(index: Path) -> None:
    done = start("serve", "--index", index, "--port", 99999)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr


# ---- wrong usage and help

WRONG_USAGE = [
    ((), "säg vad som ska göras; se: namndkoll --help"),
    (("ask",), "skriv antingen en fråga eller --questions FIL"),
    (("ask", "hyror", "--questions", "x.jsonl"), "skriv antingen en fråga eller --questions FIL"),
    (("ask", "vad", "kostar"), "namndkoll: känner inte till: kostar"),
    (("search",), "det saknas: SÖKORD"),
    (("search", "hyror", "--limit", "0"), "--limit kan inte vara '0'"),
    (("search", "hyror", "--limit", "många"), "--limit kan inte vara 'många'"),
    (("search", "hyror", "--index"), "--index ska följas av ett värde"),
    (("documents", "--year", "i år"), "--year kan inte vara 'i år'"),
    (("documents", "--jso"), "namndkoll: känner inte till: --jso"),
    (("documents", "--json=ja"), "--json tar inget värde"),
    (("remove",), "det saknas: ID"),
    (("ingest", "--show", "x", "--page", "-1"), "--page kan inte vara '-1'"),
    (("serve", "--port", "http"), "--port kan inte vara 'http'"),
]


@pytest.mark.parametrize(("arguments", "told"), WRONG_USAGE)
def test_wrong_usage_is_told_in_swedish_with_status_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], told: str
) -> None:
    status, out, err = call(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.splitlines()[-1].endswith(told)
    assert not re.search(r"usage|error|invalid|required|expected|argument", err)


def test_an_unknown_command_is_told_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, err = call(capsys, "sök", "hyror")
    assert (status, out) == (2, "")
    assert err.splitlines()[-1].startswith("namndkoll: 'sök' finns inte; välj av: ")
    for command in (
        "ingest",
        "documents",
        "remove",
        "ask",
        "chat",
        "search",
        "tables",
        "figures",
        "audit",
        "serve",
    ):
        assert command in err.splitlines()[-1]


def test_usage_of_a_command_names_it_once(capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = call(capsys, "search")
    assert err.startswith("Så här: namndkoll search ")
    assert err.splitlines()[-1] == "namndkoll search: det saknas: SÖKORD"


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_is_swedish_and_lists_the_commands(
    capsys: pytest.CaptureFixture[str], flag: str
) -> None:
    status, out, err = call(capsys, flag)
    assert (status, err) == (0, "")
    assert out.startswith("Så här: namndkoll ")
    for command in ("ingest", "documents", "remove", "ask", "chat", "search", "serve"):
        assert re.search(rf"^    {command}\s+[a-zåäö]", out, re.M)
    assert not re.search(r"usage|positional|options|show this", out)


@pytest.mark.parametrize(
    "command",
    "ingest documents remove ask chat search tables figures audit serve".split(),
)
def test_help_of_each_command_names_its_index(
    capsys: pytest.CaptureFixture[str], command: str
) -> None:
    status, out, err = call(capsys, command, "--help")
    assert (status, err) == (0, "")
    assert "--index MAPP" in out
    assert "$NAMNDKOLL_INDEX" in out
    assert not re.search(r"usage|positional|options|show this", out)


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = call(capsys, "--version")
    assert (status, err) == (0, "")
    assert re.fullmatch(r"namndkoll (\d+\.\d+\.\d+|\(inte installerad\))\n", out)


def _quickest(times: int, *arguments: str) -> float:
    """Seconds that a process of Python takes, at best."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
        )
        taken.append(time.perf_counter() - started)
    return min(taken)


def test_help_comes_at_once() -> None:
    assert _quickest(5, "-m", "app", "--help") - _quickest(5, "-c", "pass") < 0.3


def test_a_first_answer_comes_within_seconds(index: Path) -> None:
    asked = ("-m", "app", "ask", "--index", str(index), MACHINES)
    assert _quickest(3, *asked) < 4  # 2 on a machine that does nothing else


# ---- tables


def test_tables_are_shown_as_they_were_read(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    status, out, err = call(capsys, "tables", "--index", index, REPORT, "--table", "t2")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "t2, sidan 5: Ekonomi › Driftredovisning per kostnadsslag"
    total = next(line for line in lines if line.startswith("Nettokostnad"))
    assert (
        total.split() == "Nettokostnad −541 226 −531 300 −9 926 −818 100 −803 200 −14 900".split()
    )


def test_tables_as_json_hold_cells_as_printed(
    capsys: pytest.CaptureFixture[str], index: Path
) -> None:
    status, out, err = call(capsys, "tables", "--index", index, REPORT, "--json")
    assert (status, err) == (0, "")
    tables = json.loads(out)
    keys = "id page last_page section caption unit header rows grade checks".split()
    assert [list(table) for table in tables] == [keys] * 7
    first = tables[0]
    assert (first["page"], first["last_page"], len(first["rows"])) == (4, 5, 20)
    assert tables[1]["header"][-1][:2] == ["Kostnadsslag", "Utfall"]
    assert tables[1]["rows"][0][:2] == ["Intäkter", "67 812"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("norrvik-von-delarsrapport",), "menade du norrvik-von-delarsrapport-2025?"),
        ((REPORT, "--table", "t99"), f"{REPORT} har ingen tabell t99; visa alla utan --table"),
    ],
)
def test_tables_that_there_are_not_are_told(
    capsys: pytest.CaptureFixture[str], index: Path, arguments: tuple[str, ...], told: str
) -> None:
    status, out, err = call(capsys, "tables", "--index", index, *arguments)
    assert (status, out) == (1, "")
    assert told in err


def test_a_model_words_an_answer_unless_it_is_left_out(
    capsys: pytest.CaptureFixture[str], index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(says("Planen för 2028 är {F1}. Det är 17 procent.")) as server:
        monkeypatch.setenv("NAMNDKOLL_LLM", "openai:fake")
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        question = ("ask", "Lokalhyror, plan 2028?", "--index", index, "--json")
        worded = json.loads(call(capsys, *question)[1])
        plain = json.loads(call(capsys, *question, "--no-llm")[1])
    assert len(server.requests) == 1
    assert worded["wording"]["by"] == "model"
    assert worded["wording"]["fell_back"] is False
    assert [one["sentence"] for one in worded["wording"]["removed"]] == ["Det är 17 procent."]
    assert "wording" not in plain
    assert worded["figures"] == plain["figures"]
    assert worded["citations"] == plain["citations"]


def test_a_model_that_is_gone_is_told_in_one_line(
    capsys: pytest.CaptureFixture[str], index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAMNDKOLL_LLM", "gemma3")
    status, out, err = call(capsys, "ask", "Lokalhyror, plan 2028?", "--index", index)
    assert status == 0
    assert "−94\u00a0100\u00a0tkr" in out or "−94 100 tkr" in out
    assert err.count("Språkmodellen användes inte") == 1

"""Answers taken along from the web page: files, and the pack of questions kept in the browser."""

import csv
import io
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import docx
import pytest
from answers import RANKING, SUM, UNKNOWN
from openpyxl import load_workbook
from web_page import NARROW, Visit, chromium, served

from app import cutouts
from app.take_along import as_docx
from app.web.downloads import MOST
from ingest.page_images import marked_part
from rag.answer import Question
from rag.asking import Asker

NUMBER = "Lokalhyror budget 2026 i Norrvik?"
FOLLOW_UP = "Och för 2025?"
OWN = {"Content-Type": "application/json"}
Fetched = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def site(samples_index: Path) -> Iterator[str]:
    with served(samples_index) as address:
        yield address


def post(site: str, body: object, headers: dict[str, str] = OWN) -> Fetched:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(f"{site}nedladdning", data=data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, dict(response.headers), response.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, dict(refused.headers), refused.read()


def name_of(headers: dict[str, str]) -> str:
    told = {key.lower(): value for key, value in headers.items()}["content-disposition"]
    assert told.startswith("attachment; ")
    return unquote(told.split("filename*=UTF-8''")[1])


# ---- over HTTP


def test_one_answer_is_a_word_document_by_the_name_of_its_question(site: str) -> None:
    status, headers, data = post(site, {"kind": "docx", "questions": [{"text": SUM}]})
    assert status == 200
    assert headers["content-type"].endswith("wordprocessingml.document")
    assert name_of(headers) == f"{SUM[:80].strip()}.docx"
    paragraphs = [one.text for one in docx.Document(io.BytesIO(data)).paragraphs]
    assert paragraphs[0] == SUM
    assert any("−518\u00a0500\u00a0tkr" in text for text in paragraphs)


def test_a_name_holds_no_sign_that_a_file_cannot(site: str) -> None:
    asked = 'Vad är "hyra"/\\ <b>år 2026</b>?\u202e: *\n'
    _, headers, _ = post(site, {"kind": "xlsx", "questions": [{"text": asked}]})
    assert name_of(headers) == "Vad är hyra b år 2026 b.xlsx"


def test_figures_are_rows_of_a_csv_file(site: str) -> None:
    status, headers, data = post(site, {"kind": "csv", "questions": [{"text": SUM}]})
    assert status == 200
    assert headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    [told] = [row for row in rows if row["Roll"] == "svar, uträknat"]
    assert (told["Värde"], told["Enhet"], told["Dokument"]) == ("-518500", "tkr", "uträknat")
    parts = [row for row in rows if row["Roll"] == "underlag"]
    assert len(parts) == 2
    assert all(row["Sida"] and row["Källa"].startswith("[") for row in parts)


def test_an_answer_without_figures_has_no_csv(site: str) -> None:
    status, _, data = post(site, {"kind": "csv", "questions": [{"text": UNKNOWN}]})
    assert (status, json.loads(data)["error"]) == (
        400,
        "Svaret har inga tal att spara i en CSV-fil.",
    )


def test_a_pack_holds_its_questions_in_order_with_their_history(site: str) -> None:
    questions = [
        {"text": NUMBER},
        {"text": FOLLOW_UP, "history": [NUMBER]},
        {"text": RANKING, "filters": {"year": 2025}},
    ]
    status, headers, data = post(site, {"kind": "xlsx", "questions": questions, "pack": True})
    assert status == 200
    assert name_of(headers) == f"Mötesunderlag {date.today().isoformat()}.xlsx"
    sheet = load_workbook(io.BytesIO(data))["Svar"]
    asked = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert asked == [NUMBER, FOLLOW_UP, RANKING]


def test_more_questions_than_a_pack_holds_are_told(site: str) -> None:
    body = {"kind": "docx", "questions": [{"text": NUMBER}] * (MOST + 2), "pack": True}
    status, _, data = post(site, body)
    assert status == 400
    assert json.loads(data)["error"] == (
        "Underlaget har 32 frågor, och högst 30 ryms. Ta bort 2, eller dela det i två."
    )


def test_a_choice_that_is_gone_is_told_with_its_question(site: str) -> None:
    questions = [{"text": NUMBER}, {"text": NUMBER, "choice": 99}]
    status, _, data = post(site, {"kind": "docx", "questions": questions, "pack": True})
    assert status == 400
    assert json.loads(data)["error"].startswith("Fråga 2 gick inte att besvara. Det valet finns")


@pytest.mark.parametrize(
    "body",
    [
        b"inte JSON",
        {"kind": "docx", "questions": []},
        {"kind": "exe", "questions": [{"text": NUMBER}]},
        {"kind": "docx", "questions": [{"text": ""}]},
        {"kind": "docx", "questions": [{"text": NUMBER}], "work": "../x"},
        b"[" + b" " * 2_100_000 + b"]",
    ],
)
def test_what_is_no_question_is_told(site: str, body: object) -> None:
    status, _, data = post(site, body)
    assert status == 400
    assert json.loads(data)["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {**OWN, "Origin": "http://evil.example"},
        {**OWN, "Origin": "null"},
        {**OWN, "Sec-Fetch-Site": "cross-site"},
        {**OWN, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_page_cannot_ask_for_files(site: str, headers: dict[str, str]) -> None:
    status, _, _ = post(site, {"kind": "docx", "questions": [{"text": NUMBER}]}, headers)
    assert status == 403


def test_nothing_is_kept_of_a_file_that_is_done(site: str) -> None:
    work = "ab" * 16
    body = {"kind": "xlsx", "questions": [{"text": NUMBER}], "work": work}
    assert post(site, body)[0] == 200
    with pytest.raises(urllib.error.HTTPError) as gone:
        urllib.request.urlopen(f"{site}nedladdning/{work}", timeout=10)
    with gone.value as response:
        assert response.status == 404


def test_who_asks_is_answered_while_a_pack_is_written(
    samples_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker = Asker(samples_index)
    answers = [asker.ask(Question(text)) for text in (NUMBER, RANKING)]
    drawing, told = threading.Event(), threading.Event()

    def draw(*drawn: Any) -> Any:
        drawing.set()
        assert told.wait(20)  # nobody is answered while the store is held
        return marked_part(*drawn)

    monkeypatch.setattr(cutouts, "marked_part", draw)
    with ThreadPoolExecutor() as threads:
        pack = threads.submit(as_docx, asker, answers, pack=True)
        assert drawing.wait(20)
        assert threads.submit(asker.ask, Question(NUMBER)).result(timeout=10).text
        assert not pack.done()
        told.set()
        assert len(docx.Document(io.BytesIO(pack.result())).inline_shapes) >= 2
    asker.close()


# ---- in the browser


@pytest.fixture(scope="module")
def visit(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    with chromium() as driver:
        yield Visit(driver, site)


@pytest.fixture
def saved(visit: Visit, tmp_path: Path) -> Path:
    """Where the browser saves files."""
    where = {"behavior": "allow", "downloadPath": str(tmp_path)}
    visit.driver.execute_cdp_cmd("Browser.setDownloadBehavior", where)
    return tmp_path


def file_in(visit: Visit, folder: Path, ending: str) -> Path:
    """The one file that has been saved."""
    [found] = visit.until(
        lambda: [p for p in folder.iterdir() if p.name.endswith(ending)], seconds=60
    )
    return Path(found)


def packed(visit: Visit) -> list[str]:
    return visit.texts("#vy-underlag .question")


def go_to_pack(visit: Visit) -> None:
    visit.press("[data-view=underlag]")
    visit.until(lambda: visit.run("return !document.getElementById('vy-underlag').hidden"))


def put_aside(visit: Visit, *questions: str) -> None:
    for at, question in enumerate(questions):
        visit.ask(question)
        visit.press("[data-do=pack]", at)


def test_an_answer_is_downloaded_as_word_excel_and_csv(visit: Visit, saved: Path) -> None:
    visit.open()
    answer = visit.ask(SUM)
    assert "518\u00a0500" in answer
    for kind in ("docx", "xlsx", "csv"):
        visit.press(f".turn [data-take={kind}]")
    word = file_in(visit, saved, ".docx")
    assert docx.Document(str(word)).paragraphs[0].text == SUM
    assert word.name.startswith("om man lägger ihop hemtjänst")
    book = load_workbook(file_in(visit, saved, ".xlsx"))
    assert book.sheetnames == ["Svar", "Tal", "Källor"]
    assert -518500 in [row[5] for row in book["Tal"].iter_rows(min_row=2, values_only=True)]
    assert "-518500" in file_in(visit, saved, ".csv").read_text(encoding="utf-8-sig")
    assert visit.faults() == []


def test_a_pack_is_filled_ordered_and_taken_along(visit: Visit, saved: Path) -> None:
    visit.open()
    put_aside(visit, NUMBER, FOLLOW_UP, UNKNOWN)
    assert visit.texts("nav .badge") == ["3"]
    pressed = [one.get_attribute("aria-pressed") for one in visit.all("[data-do=pack]")]
    assert pressed == ["true"] * 3
    go_to_pack(visit)
    assert packed(visit) == [NUMBER, FOLLOW_UP, UNKNOWN]
    assert f"Följer på: {NUMBER}" in visit.texts("#vy-underlag .questions .aside")
    visit.press("[data-do=up]", 2)
    assert packed(visit) == [NUMBER, UNKNOWN, FOLLOW_UP]
    active = visit.driver.switch_to.active_element
    assert active.get_attribute("aria-label") == f"Flytta upp: {UNKNOWN}"
    visit.press("[data-do=up]", 0)  # the first stays first
    assert packed(visit)[0] == NUMBER
    visit.press("#vy-underlag [data-take=docx]")
    word = file_in(visit, saved, ".docx")
    assert word.name == f"Mötesunderlag {date.today().isoformat()}.docx"
    headings = [
        one.text
        for one in docx.Document(str(word)).paragraphs
        if one.style is not None and one.style.name == "Heading 1"
    ]
    assert headings == [f"1. {NUMBER}", f"2. {UNKNOWN}", f"3. {FOLLOW_UP}"]
    visit.until(lambda: not visit.all(".making")[0].is_displayed())
    visit.press("#vy-underlag [data-take=xlsx]")
    answers = load_workbook(file_in(visit, saved, ".xlsx"))["Svar"]
    told = [row[:2] for row in answers.iter_rows(min_row=2, values_only=True)]
    assert told == [(1, NUMBER), (2, UNKNOWN), (3, FOLLOW_UP)]
    assert visit.faults() == []


def test_the_pack_is_kept_in_the_browser_and_emptied_when_that_is_agreed_to(visit: Visit) -> None:
    visit.open()
    put_aside(visit, NUMBER, UNKNOWN)
    visit.open("#underlag", anew=False)
    visit.until(lambda: packed(visit) == [NUMBER, UNKNOWN])
    visit.press("#vy-underlag [data-do=drop]", 0)
    assert packed(visit) == [UNKNOWN]
    assert visit.driver.switch_to.active_element.get_attribute("aria-label") == (
        f"Ta bort: {UNKNOWN}"
    )
    visit.press("[data-do=empty]")
    visit.until(lambda: visit.all("dialog[open]"))
    visit.button("Avbryt").click()
    assert packed(visit) == [UNKNOWN]
    visit.press("[data-do=empty]")
    visit.until(lambda: visit.all("dialog[open] .main"))
    visit.press("dialog[open] .main")
    visit.until(lambda: packed(visit) == [])
    assert "Underlaget är tomt." in visit.texts("#vy-underlag .empty")[0]
    assert visit.texts("nav .badge") == []


def test_what_is_put_aside_is_taken_back_by_pressing_again(visit: Visit) -> None:
    visit.open(size=NARROW)
    put_aside(visit, NUMBER)
    assert visit.texts("[data-do=pack]") == ["Tillagd i mötesunderlag"]
    visit.press("[data-do=pack]")
    assert visit.texts("[data-do=pack]") == ["Lägg till i mötesunderlag"]
    assert visit.texts("nav .badge") == []


def full(visit: Visit, count: int) -> None:
    """Open the page with a pack of so many questions."""
    visit.open()
    held: list[dict[str, Any]] = [
        {
            "asked": {"text": f"{NUMBER} {n}", "history": [], "filters": {}, "choice": None},
            "shown": f"{NUMBER} {n}",
            "narrowed": "",
        }
        for n in range(count)
    ]
    visit.run("localStorage.setItem('namndkoll.pack', arguments[0])", json.dumps(held))
    visit.open(anew=False)


def test_a_full_pack_says_so(visit: Visit) -> None:
    full(visit, MOST)
    put_aside(visit, UNKNOWN)
    assert "Mötesunderlaget rymmer 30 frågor." in visit.texts("#told")[0]
    assert visit.texts("nav .badge") == ["30"]


def test_a_long_pack_is_followed_and_can_be_stopped(visit: Visit, saved: Path) -> None:
    full(visit, MOST)
    go_to_pack(visit)
    visit.press("#vy-underlag [data-take=docx]")
    visit.until(visit.all(".making")[0].is_displayed)
    assert "fråga 1 av 30" in visit.texts(".making .told")[0]
    visit.until(lambda: visit.run("return document.querySelector('.making progress').value > 1"))
    visit.press("[data-do=stop]")
    visit.until(lambda: not visit.all(".making")[0].is_displayed())
    assert list(saved.iterdir()) == []
    assert visit.texts("#told") == [""]


def test_what_the_browser_keeps_may_be_anything(visit: Visit) -> None:
    visit.open()
    for kept in ('{"a": 1}', '[1, null, {"asked": {}}]', "nonsense"):
        visit.run("localStorage.setItem('namndkoll.pack', arguments[0])", kept)
        visit.open("#underlag", anew=False)
        visit.until(visit.all("#vy-underlag .empty")[0].is_displayed)
    assert visit.faults() == []

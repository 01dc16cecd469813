"""The web page, over HTTP and in Chromium: what a person sees, and what a document cannot do."""

import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pdf_pages
import pytest
from web_page import NARROW, Visit, chromium, free_port, served

from app.web import ask_view, shell
from app.web.asked import Asked, answer
from app.web.intake import Intake
from app.web.view import Site
from rag.answer import Answer, Question
from rag.asking import Asker
from rag.feedback import FILE_NAME
from rag.index import writing
from rag.ingesting import SilentWatcher, find_files, ingest
from rag.question_set import QuestionLine, read_questions

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus" / "samples"
FILES = [
    SAMPLES / "norrvik-von-budget-2026.pdf",
    SAMPLES / "norrvik-von-delarsrapport-2025.pdf",
]

RENTS = "Vad står det om hyra och lokalhyror?"
RENT_OF_A_YEAR = "Lokalhyror budget 2026 i Norrvik?"
WORST = "Vilka verksamheter går sämst mot budget i prognosen 2025 i Norrvik?"
OPEN = "Vad kostar lokalerna i Norrvik?"
STABLES = "Ridhuset budget 2025?"
GARDEN = "Vem sköter trädgården och rabatterna?"
MARKUP = """<img src=x onerror="document.title='hackad'">"""
HOSTILE = f"""\
# Trädgårdsprotokoll <b>2024</b>

Trädgården och rabatterna {MARKUP} sköts av **Trädgårdslaget** <script>document.title='hackad'\
</script> varje vecka.
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of two sample documents, a text that holds markup, and a contradiction."""
    folder = tmp_path_factory.mktemp("webb")
    (folder / "protokoll.txt").write_text(HOSTILE, encoding="utf-8")
    pdf_pages.contradiction(folder / "verksamhetsplan.pdf")
    read = [*FILES, folder / "protokoll.txt", folder / "verksamhetsplan.pdf"]
    with writing(folder / "index") as writer:
        reports = ingest(writer, find_files(read), SilentWatcher())
        writer.catch_up(writer.choose_embedder(None), None)
    assert [report.status for report in reports] == ["added"] * 4
    return folder / "index"


@pytest.fixture(scope="module")
def site(index: Path) -> Iterator[str]:
    """The page, served; its address."""
    with served(index) as address:
        yield address


# ---- over HTTP


def fetch(address: str) -> HTTPResponse:
    response = urllib.request.urlopen(address, timeout=30)
    assert isinstance(response, HTTPResponse)
    return response


def test_the_page_is_there_and_keeps_to_itself(site: str) -> None:
    with fetch(site) as response:
        assert response.status == 200
        assert response.headers.get_content_type() == "text/html"
        policy = dict(
            part.strip().split(" ", 1)
            for part in response.headers["Content-Security-Policy"].split(";")
        )
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        text = response.read().decode()
    assert policy["default-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert not [sources for sources in policy.values() if re.search(r"https?:|\*", sources)]
    assert "Nämndkoll" in text


def test_the_page_loads_nothing_from_elsewhere(site: str) -> None:
    with fetch(site) as response:
        text = response.read().decode()
    loaded = re.findall(
        r"<(?:script|img|iframe|source)[^>]*\ssrc=[\"']?(https?:[^\"'\s>]+)"
        r"|<link[^>]*\shref=[\"']?(https?:[^\"'\s>]+)",
        text,
    )
    assert [a or b for a, b in loaded if not (a or b).startswith(site.rstrip("/"))] == []


@pytest.mark.parametrize(
    "path",
    [
        "docs",
        "redoc",
        "finns/inte",
        ("openapi.json"),
    ],
)
def test_there_is_nothing_beside_the_page(site: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetch(site + path)
    with refused.value as response:
        assert response.status == 404
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_files_of_the_computer_are_not_served(site: str, index: Path) -> None:
    for file in (index / "store.sqlite", Path("/etc/passwd"), ROOT / "pyproject.toml"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            fetch(f"{site}gradio_api/file={quote(str(file))}")
        with refused.value as response:
            assert response.status in (403, 404)


def test_serve_answers_until_it_is_interrupted(index: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "app", "serve", "--index", str(index), "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as served:
        try:
            assert served.stderr is not None
            assert served.stderr.readline() == (
                f"Öppna http://localhost:{port} (avsluta med Ctrl+C)\n"
            )
            assert _answers(f"http://127.0.0.1:{port}/", served)
            served.send_signal(signal.SIGINT)
            assert "Traceback" not in served.communicate(timeout=30)[1]
        finally:
            served.kill()
    assert served.returncode == 0


def _answers(address: str, served: subprocess.Popen[str]) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and served.poll() is None:
        try:
            with fetch(address) as response:
                return response.status == 200
        except urllib.error.URLError:
            time.sleep(0.1)
    return False


# ---- files of the index


def shas(index: Path) -> dict[str, str]:
    asker = Asker(index)
    found = {document.id: document.sha256 for document in asker.index.store.documents()}
    asker.close()
    return found


def test_a_document_is_served_as_it_was_read_to_be_looked_at(site: str) -> None:
    with fetch(f"{site}filer/norrvik-von-budget-2026") as response:
        assert response.read() == FILES[0].read_bytes()
        assert response.headers.get_content_type() == "application/pdf"
        assert response.headers["Content-Disposition"].startswith("inline;")
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_a_text_that_holds_markup_is_only_handed_over(site: str) -> None:
    with fetch(f"{site}filer/protokoll") as response:
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert response.headers.get_content_type() == "text/plain"


def test_a_page_is_pictured_by_the_hash_of_its_bytes(site: str, index: Path) -> None:
    sha = shas(index)["norrvik-von-budget-2026"]
    with fetch(f"{site}sidor/{sha}/3.jpg") as response:
        assert response.headers.get_content_type() == "image/jpeg"
        assert response.read()[:3] == b"\xff\xd8\xff"
        assert "private" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "filer/finns-inte",
        "filer/..%2Fstore.sqlite",
        "filer/%2Fetc%2Fpasswd",
        "filer/store.sqlite",
        "sidor/0000/1.jpg",
        "sidor/SHA/0.jpg",
        "sidor/SHA/999.jpg",
        "sidor/TEXT/1.jpg",
        "resurser/..%2Fshell.py",
        "resurser/shell.py",
        "resurser/source-sans-3-licens.txt",
    ],
)
def test_only_what_the_index_holds_is_served(site: str, index: Path, path: str) -> None:
    held = shas(index)
    path = path.replace("SHA", held["norrvik-von-budget-2026"]).replace("TEXT", held["protokoll"])
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetch(site + path)
    with refused.value as response:
        assert response.status == 404
        assert b"Traceback" not in response.read()


# ---- what the browser sends is checked


@pytest.fixture
def called(index: Path) -> Iterator[Any]:
    """`called(name, data)` is what the view Fråga answers."""
    asker = Asker(index)
    site = Site(asker, Intake(index))

    def call(name: str, data: object) -> dict[str, Any]:
        return shell.answered(site, ask_view.VIEW, {"number": 7, "name": name, "data": data})

    yield call
    asker.close()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"text": ""},
        {"text": 5},
        {"text": "Hyra?", "history": "nej"},
        {"text": "Hyra?", "filters": {"year": "i år"}},
        {"text": "Hyra?", "filters": {"../": 1}},
        {"text": "Hyra?", "choice": 4},
        {"text": "Hyra?", "choice": -1},
        {"text": "x" * 5000},
        {"text": "Hyra?", "history": ["x" * 60_000, "y" * 60_000]},
        None,
        "Hyra?",
    ],
)
def test_what_no_page_of_ours_sends_is_refused_in_swedish(called: Any, data: object) -> None:
    reply = called("ask", data)
    assert reply["number"] == 7
    assert reply["error"].endswith((".", "as."))
    assert "html" not in reply


@pytest.mark.parametrize("name", ["", "finns inte", "__class__", 5, None])
def test_what_a_view_has_no_call_for_is_refused(called: Any, name: Any) -> None:
    assert "Ladda om" in called(name, {})["error"]


def test_a_defect_is_told_as_one_and_does_not_end_the_service(index: Path, capsys: Any) -> None:
    def broken(site: Site, sent: object) -> dict[str, Any]:
        raise LookupError("hemligt")

    view = replace(ask_view.VIEW, calls={"ask": broken})
    asker = Asker(index)
    reply = shell.answered(Site(asker, Intake(index)), view, {"name": "ask", "data": {}})
    asker.close()
    assert reply["error"].startswith("Något gick fel hos servern.")
    assert "hemligt" in capsys.readouterr().err


def test_a_choice_that_its_words_do_not_lead_to_is_told_as_it_was_offered(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker = Asker(index)
    [cited] = asker.ask(Question(RENT_OF_A_YEAR)).citations
    lines = "Frågan kan gälla flera tal. Vilket menar du?\n– Hyra, budgeten för 2031: 7 tkr [2]"
    offer = Answer(OPEN, "refused", lines, (replace(cited, id=2),))
    nothing = Answer("", "refused", "Nej.")
    monkeypatch.setattr(asker, "ask", lambda q: offer if q.text == OPEN else nothing)
    told = answer(asker, Asked(text=OPEN, choice=0))
    assert told.text == "Hyra, budgeten för 2031: 7 tkr. [1]"
    assert told.question == "Hyra, budgeten för 2031?"
    asker.close()


def test_what_is_said_of_answers_is_a_question_set(called: Any, index: Path) -> None:
    kept = index / FILE_NAME
    kept.unlink(missing_ok=True)
    right = {"text": RENT_OF_A_YEAR, "history": [], "filters": {"year": 2026}}
    assert "Tack" in called("judge", {"asked": right, "right": True})["html"]
    assert "Tack" in called("judge", {"asked": right, "right": False, "note": "fel <år>"})["html"]
    assert "error" in called("judge", {"asked": right, "right": "kanske"})
    first, second = read_questions(kept)
    assert isinstance(first, QuestionLine)
    assert isinstance(second, QuestionLine)
    assert first.to_question().filters.year == 2026
    assert first.expect["figures"] == [{"value": "-87900", "unit": "tkr", "label": "Lokalhyror"}]
    assert first.expect["citations"] == [{"document": "norrvik-von-budget-2026", "pages": [6]}]
    assert second.id.startswith("fel-")
    assert "fel <år>" in second.note
    assert "−87\u00a0900" in second.note


# ---- in Chromium


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    with chromium() as driver:
        yield driver


@pytest.fixture
def visit(driver: Any, site: str) -> Visit:
    """The page, newly opened by somebody who has not been there before."""
    visit = Visit(driver, site)
    visit.open()
    return visit


def test_the_page_is_in_swedish(visit: Visit) -> None:
    assert visit.driver.title == "Nämndkoll"
    assert visit.run("return document.documentElement.lang") == "sv"
    assert visit.texts("#vy-fraga h1") == ["Vad vill du veta inför mötet?"]
    assert visit.answers() == []
    labels = visit.run(
        "return [...document.querySelectorAll('[aria-label]')].map(e => e.ariaLabel)"
    )
    english = re.compile(r"\b(clear|copy|message|chatbot|conversation|loading|close)\b", re.I)
    assert [label for label in labels if english.search(label)] == []


def test_the_start_suggests_questions_that_the_documents_answer(visit: Visit) -> None:
    suggested = visit.texts(".suggestions button")
    assert len(suggested) == 3
    visit.press(".suggestions button")
    visit.until(visit.answers)
    assert visit.asked() == [suggested[0]]
    assert visit.all(".sources button.source")


def test_an_answer_comes_with_its_number_its_sources_and_the_page(visit: Visit) -> None:
    said = visit.ask(RENT_OF_A_YEAR)
    assert visit.texts(".headline .number") == ["−87\u00a0900\u00a0tkr"]
    assert said.startswith("−87\u00a0900\u00a0tkr")
    [source] = visit.texts("button.source")
    assert source.split("\n")[1] == "Budget 2026 med plan 2027–2028, sidan 6"
    assert visit.texts(".viewer h2") == ["1\nBudget 2026 med plan 2027–2028, sidan 6"]
    assert re.search(r"/?sidor/[0-9a-f]{64}/6\.jpg$", visit.picture())
    visit.until(
        lambda: visit.run("return document.querySelector('.viewer img').naturalWidth > 1000")
    )
    assert visit.all(".viewer img")[0].get_attribute("alt").startswith("Budget 2026 med plan")
    assert visit.all("#question")[0].get_attribute("value") == ""
    [link] = visit.all(".viewer a.open")
    assert link.get_attribute("href").endswith("/filer/norrvik-von-budget-2026#page=6")
    assert visit.faults() == []


def lit_in_sight(visit: Visit) -> bool:
    """Whether the marked place is within what is shown of the page."""
    script = """
        const stage = document.querySelector('.viewer .stage')?.getBoundingClientRect();
        const lit = document.querySelector('.viewer .lit')?.getBoundingClientRect();
        return Boolean(stage && lit && lit.width > 0 && stage.left <= lit.left
          && lit.right <= stage.right && stage.top <= lit.top && lit.bottom <= stage.bottom)
    """
    return bool(visit.run(script))


def test_the_very_cell_is_lit_up_and_in_sight(visit: Visit) -> None:
    visit.ask(RENT_OF_A_YEAR)
    visit.until(lambda: lit_in_sight(visit))
    width, height = visit.run(
        """
        const lit = document.querySelector('.lit').getBoundingClientRect();
        const points = document.querySelector('.paper').getBoundingClientRect().width / 595;
        return [lit.width / points, lit.height / points]
        """
    )
    # the cell: as wide as its number, not as its row
    assert 20 < width < 50
    assert 5 < height < 18
    visit.press('.bar [aria-label="Förstora"]')
    visit.press('.bar [aria-label="Förstora"]')
    paper, stage = visit.run(
        "return ['.paper', '.stage'].map(s => document.querySelector(s).clientWidth)"
    )
    assert paper / stage == pytest.approx(1.5, abs=0.03)
    visit.until(lambda: lit_in_sight(visit))


def test_sources_are_gone_through_one_by_one(visit: Visit) -> None:
    visit.ask(RENTS)
    names = [source.split("\n")[1] for source in visit.texts("button.source")]
    assert len(names) >= 2
    assert visit.texts(".viewer .count") == [f"1 av {len(names)}"]
    visit.press('.bar [aria-label="Nästa källa"]')
    assert visit.texts(".viewer h2")[0].split("\n")[1] == names[1]
    visit.press('.bar [aria-label="Föregående källa"]')
    assert visit.texts(".viewer h2")[0].split("\n")[1] == names[0]
    visit.press(".said button.marker", 1)
    assert visit.texts(".viewer h2")[0].split("\n")[1] == names[1]
    assert visit.faults() == []


def test_markers_of_an_earlier_answer_open_its_page(visit: Visit) -> None:
    visit.ask(WORST)
    hers = visit.picture()
    visit.ask(RENT_OF_A_YEAR)
    visit.until(lambda: visit.picture() != hers)
    visit.press(".turn:first-child td.from button", 2)
    assert visit.picture() == hers
    assert visit.texts(".viewer h2")[0].startswith("3\n")


def test_a_ranking_is_a_table_with_head_cells(visit: Visit) -> None:
    visit.ask(WORST)
    assert visit.texts("table.figures tbody th[scope=row]") == [
        "Hemtjänst",
        "Särskilt boende",
        "LSS-boende",
        "Hälso- och sjukvård",
    ]
    assert len(visit.all("table.figures thead th[scope=col]")) == 3
    assert (
        visit.run("return getComputedStyle(document.querySelector('td.value')).textAlign")
        == "right"
    )


def test_a_contradiction_is_a_note_whose_places_are_buttons(visit: Visit) -> None:
    visit.ask(STABLES)
    [note] = visit.all(".said [role=note]")
    assert "Texten anger 2 450 tkr" in note.text.replace("\u00a0", " ")
    places = visit.all(".notice.conflict button.place")
    assert [place.text.replace("\u00a0", " ")[-9:] for place in places] == [
        "2 300 tkr",
        "2 450 tkr",
    ]
    first = visit.texts(".viewer h2")
    visit.press("button.place", 1)
    assert visit.texts(".viewer h2") != first


def test_how_a_number_was_worked_out_is_told_on_a_click(visit: Visit) -> None:
    visit.ask("Hur mycket ändras lokalhyrorna mellan budget 2026 och plan 2027?")
    formula = visit.all(".worked .formula")[0]
    assert not formula.is_displayed()
    visit.press(".worked summary")
    assert formula.text.startswith("Uträkning: ")


def test_a_follow_up_goes_on_with_the_conversation(visit: Visit) -> None:
    visit.ask(RENTS)
    answer = visit.ask("Vad beror det på?")
    assert visit.asked() == [RENTS, "Vad beror det på?"]
    assert "hyr" in answer.lower()


def test_after_an_answer_there_are_questions_to_go_on_with(visit: Visit) -> None:
    visit.ask("Hur stor är avvikelsen för köp av tjänster 2025?")
    following = visit.texts(".after button")
    assert "Vad beror det på?" in following
    visit.press(".after button", following.index("Vad beror det på?"))
    visit.until(lambda: len(visit.answers()) == 2)
    assert "sjuksköterskor" in visit.answers()[1]


def test_help_shows_what_can_be_asked(visit: Visit) -> None:
    said = visit.ask("hjälp")
    assert "budget, prognos, utfall eller avvikelse" in said
    assert len(visit.texts(".said button.suggestion")) == 3


def test_a_choice_is_answered_and_followed_up(visit: Visit) -> None:
    visit.ask(OPEN)
    offered = [one.split("\n") for one in visit.texts("button.choice")]
    assert len(offered) > 2
    visit.press("button.choice", 1)
    visit.until(lambda: len(visit.answers()) == 2)
    what, value = offered[1]
    assert visit.asked()[1] == f"{what}?"
    assert value in visit.answers()[1]
    assert "hyr" in visit.ask("Varför?").lower()


def test_an_empty_question_asks_nothing(visit: Visit) -> None:
    visit.all("#question")[0].send_keys("   \ue007")
    visit.ask(RENTS)
    assert len(visit.asked()) == 1


def test_filters_limit_what_answers(visit: Visit) -> None:
    script = "return [...document.querySelectorAll('[name=kind] option')].map(e => e.text)"
    assert "delårsrapport" in visit.run(script)
    visit.run(
        "const s = document.querySelector('select[name=kind]'); s.value = 'delårsrapport';"
        "s.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    assert visit.texts("#vy-fraga .filters summary") == ["Bara: delårsrapport"]
    visit.ask("Lokalhyror budget 2026?")
    assert not any("Budget 2026" in source for source in visit.texts("button.source"))


def test_a_conversation_is_kept_in_the_browser_and_cleared_when_agreed(visit: Visit) -> None:
    visit.ask(RENT_OF_A_YEAR)
    visit.ask("Och 2027?")
    before = visit.answers()
    visit.open(anew=False)
    visit.until(lambda: visit.answers() == before)
    visit.button("Rensa historiken").click()
    visit.until(lambda: visit.all("dialog[open]"))
    visit.button("Avbryt").click()
    assert visit.answers() == before
    visit.button("Rensa historiken").click()
    visit.button("Rensa").click()
    visit.until(lambda: visit.answers() == [])
    visit.open(anew=False)
    assert visit.answers() == []
    assert visit.run("return Object.keys(localStorage).join()").count("earlier") == 0


def test_an_earlier_question_is_asked_again_from_the_start(visit: Visit) -> None:
    visit.ask(RENT_OF_A_YEAR)
    visit.button("Nytt samtal").click()
    visit.until(lambda: visit.answers() == [])
    visit.button(RENT_OF_A_YEAR).click()
    visit.until(visit.answers)
    assert "−87\u00a0900" in visit.answers()[0]


def test_nothing_of_a_conversation_is_left_when_a_new_one_begins(visit: Visit) -> None:
    visit.ask(RENTS)
    visit.button("Nytt samtal").click()
    visit.until(lambda: visit.answers() == [] and visit.picture() == "")
    assert "hyr" not in visit.ask("Och varför blir de högre?").lower()


def test_a_link_asks_the_same_question_with_its_filters(visit: Visit) -> None:
    visit.run(
        "document.execCommand = () => { window.copied = document.activeElement.value; return true }"
    )
    visit.run("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    visit.run(
        "const s = document.querySelector('select[name=kind]'); s.value = 'budget';"
        "s.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    said = visit.ask("Lokalhyror 2027?")
    visit.press("[data-do=share]")
    link = visit.until(lambda: visit.run("return window.copied"))
    assert "slag=budget" in link
    visit.open(link.removeprefix(visit.site))
    visit.until(lambda: visit.answers() == [said])
    assert visit.texts("#vy-fraga .filters summary") == ["Bara: budget"]


def test_right_and_wrong_are_kept(visit: Visit, index: Path) -> None:
    (index / FILE_NAME).unlink(missing_ok=True)
    visit.ask(RENT_OF_A_YEAR)
    visit.press("[data-do=wrong]")
    visit.all("form.wrong input")[0].send_keys("Det är året före.\ue007")
    visit.until(lambda: visit.texts(".judging") == ["Tack, det är sparat."])
    [line] = read_questions(index / FILE_NAME)
    assert isinstance(line, QuestionLine)
    assert "Det är året före." in line.note


def test_two_people_never_see_each_others_answers(visit: Visit, site: str) -> None:
    mine, theirs = "Lokalhyror budget 2026 i Norrvik?", "Personalkostnader budget 2026 i Norrvik?"
    first = visit.driver.current_window_handle
    visit.driver.switch_to.new_window("window")
    other = Visit(visit.driver, site)
    try:
        other.open()
        second = visit.driver.current_window_handle
        for handle, question in ((first, mine), (second, theirs)):
            visit.driver.switch_to.window(handle)
            visit.all("#question")[0].send_keys(question)
        # both at once
        script = "document.querySelector('.asking button.main').click()"
        for handle in (first, second):
            visit.driver.switch_to.window(handle)
            visit.run(script)
        for handle, question in ((first, mine), (second, theirs)):
            visit.driver.switch_to.window(handle)
            visit.until(visit.answers)
            assert visit.asked() == [question]
            assert len(visit.answers()) == 1
            assert question.split()[0] in visit.answers()[0]
    finally:
        visit.driver.switch_to.window(second)
        visit.driver.close()
        visit.driver.switch_to.window(first)


def test_a_narrow_screen_opens_the_page_over_the_answer(visit: Visit) -> None:
    visit.open(size=NARROW)
    visit.ask(STABLES)
    visit.ask(WORST)
    visit.ask(OPEN)
    assert visit.run("return [document.documentElement.scrollWidth, innerWidth]") == [390, 390]
    inside = """return [...document.querySelectorAll('.turn *')]
        .every(one => one.getBoundingClientRect().right <= 391)"""
    assert visit.run(inside)
    visit.press(".turn:last-child .choices button.marker")
    visit.until(lambda: lit_in_sight(visit))
    image = """const i = document.querySelector('.viewer img').getBoundingClientRect();
        return [i.left, i.right]"""
    assert visit.run(image) == [0, 390]  # the whole width of the page, not cut
    visit.driver.switch_to.active_element.send_keys("\ue00c")
    visit.until(lambda: not visit.all(".viewer.over"))
    assert visit.driver.switch_to.active_element.get_attribute("class") == "marker"


# ---- what is typed and what is read is data


def test_markup_in_a_question_runs_nothing(visit: Visit) -> None:
    question = f"Vad kostar {MARKUP} <script>document.title='hackad'</script> hyran <b>nu</b>?"
    visit.ask(question)
    assert visit.asked() == [question]
    assert visit.driver.title == "Nämndkoll"
    assert visit.all(".turns :is(script, b:not(.source b), img), [onerror]") == []
    assert visit.faults() == []


def test_markdown_is_shown_as_it_is_typed(visit: Visit) -> None:
    question = "Vad är **hyran** och `avgiften` [här](https://example.org)?"
    visit.ask(question)
    assert visit.asked() == [question]
    assert visit.all(".asked :is(strong, code, a)") == []


def test_markup_in_a_document_is_shown_as_text_everywhere(visit: Visit) -> None:
    answer = visit.ask(GARDEN)
    told = f"{MARKUP} sköts av **Trädgårdslaget** <script>"
    assert told in answer
    [text] = visit.texts(".viewer .text")
    [marked] = visit.texts(".viewer mark")
    assert told in text
    assert MARKUP in marked
    assert visit.driver.title == "Nämndkoll"
    assert visit.all("[onerror], .turns script, .viewer script, .viewer img, .said b") == []


def test_markup_in_a_link_runs_nothing(visit: Visit) -> None:
    visit.open(f"?q={quote(MARKUP)}&kommun={quote(MARKUP)}&fore={quote(MARKUP)}")
    visit.until(visit.answers)
    assert visit.driver.title == "Nämndkoll"
    assert visit.all("[onerror]") == []


def test_nothing_is_asked_of_other_computers(visit: Visit, site: str) -> None:
    visit.ask(GARDEN)
    visit.ask(RENTS)
    visit.press("button.source", 1)
    requested = visit.requested()
    assert site in requested
    elsewhere = [
        address
        for address in requested
        if re.match(r"(https?|wss?):", address) and not address.startswith(site)
    ]
    assert elsewhere == []


def test_a_document_taken_out_since_is_told(driver: Any, index: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(index, tmp_path / "egen"))
    with served(own) as address:
        visit = Visit(driver, address)
        visit.open()
        visit.ask(RENTS)
        with writing(own) as writer:
            for document in writer.store.documents():
                writer.store.remove(document.id)
            writer.catch_up(writer.choose_embedder(None), None)
        # a picture that the browser has not fetched yet is not there any more
        last = len(visit.all("button.source")) - 1
        visit.run("document.querySelector('.viewer').replaceChildren()")
        visit.press("button.source", last)
        visit.until(lambda: visit.texts(".viewer .text") or visit.picture())
        assert visit.ask(RENTS).startswith("Det finns inga dokument i indexet.")
        driver.get("about:blank")

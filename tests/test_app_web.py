"""The web page, over HTTP and in Chromium: what a person sees, and what a document cannot do."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.client import HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import quote

import gradio as gr
import pdf_pages
import pytest
import uvicorn

from app.conversation import Turn
from app.web import _chosen, _opened, build_app
from rag.answer import Answer, Question
from rag.asking import Asker
from rag.index import writing
from rag.ingesting import SilentWatcher, find_files, ingest

webdriver = pytest.importorskip("selenium.webdriver")

from selenium.webdriver.chrome.options import Options  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.wait import WebDriverWait  # noqa: E402

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "corpus" / "samples"
FILES = [
    SAMPLES / "norrvik-von-budget-2026.pdf",
    SAMPLES / "norrvik-von-delarsrapport-2025.pdf",
]
CHROMIUM, CHROMEDRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")

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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def site(index: Path) -> Iterator[str]:
    """The page, served; its address."""
    port = free_port()
    asker = Asker(index)
    config = uvicorn.Config(build_app(asker), host="127.0.0.1", port=port, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.05)
    assert server.started
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join(20)
    asker.close()


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


# ---- in Chromium


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    """Chromium without a window."""
    if not (CHROMIUM.exists() and CHROMEDRIVER.exists()):
        pytest.skip("no Chromium with its driver on this system")
    options = Options()
    options.binary_location = str(CHROMIUM)
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1360,1000",
        "--lang=sv",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    chrome = webdriver.Chrome(options=options, service=Service(str(CHROMEDRIVER)))
    yield chrome
    chrome.quit()


class Visit:
    """The page as one person has it open."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def until(self, holds: Callable[[], Any], seconds: float = 20) -> Any:
        """Wait until something holds; what it then is."""
        return WebDriverWait(self.driver, seconds, poll_frequency=0.1).until(lambda _: holds())

    def all(self, selector: str) -> list[Any]:
        return list(self.driver.find_elements(By.CSS_SELECTOR, selector))

    def texts(self, selector: str) -> list[str]:
        """The texts of elements, all read at one moment."""
        script = "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText)"
        return list(self.driver.execute_script(script, selector))

    def said(self, who: str) -> list[str]:
        """What `user` or `bot` has said."""
        return self.texts(f'#conversation [data-testid="{who}"]')

    def sources(self) -> list[str]:
        return self.texts("#sources button")

    def picture(self) -> str:
        """Where the picture of the page is from; empty where there is none."""
        script = "return document.querySelector('#page img')?.getAttribute('src') ?? ''"
        return str(self.driver.execute_script(script))

    def ask(self, question: str) -> str:
        """Type a question and Enter; the answer, with its sources and page shown."""
        before = len(self.said("bot"))
        box = self.all("textarea")[0]
        box.send_keys(question, Keys.ENTER)
        self.until(lambda: len(self.said("bot")) == before + 1 and self.said("bot")[-1].strip())
        answer = self.said("bot")[-1]
        if "[1]" in answer:
            self.until(lambda: self.sources() and self.texts("#page figure"))
        return answer

    def faults(self) -> list[str]:
        """What the browser has complained of since last asked."""
        logged = self.driver.get_log("browser")
        return [entry["message"] for entry in logged if entry["level"] == "SEVERE"]

    def requested(self) -> list[str]:
        """The addresses asked for since last asked."""
        messages = (
            json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")
        )
        return [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]


@pytest.fixture
def visit(driver: Any, site: str) -> Visit:
    """The page, newly opened."""
    visit = Visit(driver)
    driver.get("about:blank")
    visit.faults()
    visit.requested()
    driver.get(site)
    visit.until(lambda: visit.all("textarea") and visit.all("#page .empty"))
    return visit


def test_the_page_is_in_swedish(visit: Visit) -> None:
    assert visit.driver.title == "Nämndkoll"
    assert visit.driver.execute_script("return document.documentElement.lang") == "sv"
    assert visit.texts("h1") == ["Nämndkoll"]
    assert visit.texts("#page .empty") == [
        "Här visas sidan som ett svar kommer från, med citatet markerat."
    ]
    assert visit.said("bot") == []


def test_labels_for_those_who_listen_are_in_swedish(visit: Visit) -> None:
    visit.ask(RENTS)
    labels = visit.driver.execute_script(
        "return [...document.querySelectorAll('[aria-label]')].map(e => e.ariaLabel)"
    )
    english = re.compile(r"\b(clear|copy|message|chatbot|conversation|user's|bot's)\b", re.I)
    assert [label for label in labels if english.search(label)] == []


def test_an_answer_comes_with_its_sources_and_the_page(visit: Visit) -> None:
    answer = visit.ask(RENTS)
    assert visit.said("user") == [RENTS]
    assert "[1]" in answer
    sources = visit.sources()
    assert len(sources) >= 2
    for number, source in enumerate(sources, start=1):
        assert re.fullmatch(rf"\[{number}\] +.+, sidan \d+", source)
        assert f"[{number}]" in answer
    title, section = visit.texts("#page figcaption strong, #page figcaption span")
    assert sources[0].removeprefix("[1]").strip() == title
    assert section
    assert visit.picture().startswith("data:image/jpeg;base64,")
    size = visit.driver.execute_script(
        "const i = document.querySelector('#page img'); return [i.naturalWidth, i.naturalHeight]"
    )
    assert size == [953, 1348]
    assert visit.all("#page img")[0].get_attribute("alt").startswith(f"{title}. Markerat: ")
    assert visit.all("textarea")[0].get_attribute("value") == ""
    assert visit.faults() == []


def test_the_second_source_opens_its_page(visit: Visit) -> None:
    visit.ask(RENTS)
    first, sources = visit.picture(), visit.sources()
    visit.all("#sources button")[1].click()
    visit.until(lambda: visit.picture() != first)
    assert visit.picture().startswith("data:image/jpeg;base64,")
    assert visit.texts("#page figcaption strong")[0] == sources[1].removeprefix("[2]").strip()
    assert visit.sources() == sources
    visit.all("#sources button")[0].click()
    visit.until(lambda: visit.picture() == first)
    assert visit.faults() == []


def test_a_source_opens_with_the_keyboard(visit: Visit) -> None:
    visit.ask(RENTS)
    first = visit.picture()
    visit.all("textarea")[0].click()
    for _ in range(40):
        visit.driver.switch_to.active_element.send_keys(Keys.TAB)
        if visit.driver.switch_to.active_element.text.startswith("[2]"):
            break
    reached = visit.driver.switch_to.active_element
    assert reached.text.startswith("[2]")
    assert reached.value_of_css_property("outline-style") == "solid"
    reached.send_keys(Keys.ENTER)
    visit.until(lambda: visit.picture() != first)
    assert visit.texts("#page figcaption strong")[0] in reached.text
    assert visit.faults() == []


def test_a_refusal_says_so_and_shows_the_nearest_or_nothing(visit: Visit) -> None:
    answer = visit.ask("Vilket bredband har biblioteket i Kiruna?")
    assert answer.startswith("Jag hittar inget i dokumenten som svarar på det.")
    assert len(visit.sources()) == answer.count("[1]")
    assert visit.faults() == []


def test_a_follow_up_goes_on_with_the_conversation(visit: Visit) -> None:
    visit.ask(RENTS)
    answer = visit.ask("Vad beror det på?")
    assert visit.said("user") == [RENTS, "Vad beror det på?"]
    assert "hyr" in answer.lower()


def test_an_example_fills_in_the_question(visit: Visit) -> None:
    example = "Vad står det om digitalisering?"
    [button] = [b for b in visit.all("button") if b.text == example]
    button.click()
    visit.until(lambda: visit.all("textarea")[0].get_attribute("value") == example)


def test_an_empty_question_asks_nothing(visit: Visit) -> None:
    visit.all("textarea")[0].send_keys("   ", Keys.ENTER)
    answer = visit.ask(RENTS)
    assert visit.said("user") == [RENTS]
    assert visit.said("bot") == [answer]
    assert visit.faults() == []


def test_beginning_anew_clears_everything(visit: Visit) -> None:
    visit.ask(RENTS)
    visit.all("textarea")[0].send_keys("halv fråga")
    [anew] = [button for button in visit.all("button") if button.text == "Börja om"]
    anew.click()
    visit.until(lambda: visit.said("bot") == [] and visit.all("#page .empty"))
    visit.until(lambda: visit.sources() == [])
    assert visit.said("user") == []
    assert visit.picture() == ""
    assert visit.all("textarea")[0].get_attribute("value") == ""
    # nothing of the earlier conversation is left to follow up
    assert "hyr" not in visit.ask("Och varför blir de högre?").lower()
    assert visit.faults() == []


def test_another_visit_sees_nothing_of_a_conversation(visit: Visit, site: str) -> None:
    visit.ask(RENTS)
    visit.driver.switch_to.new_window("tab")
    try:
        visit.driver.get(site)
        visit.until(lambda: visit.all("textarea") and visit.all("#page .empty"))
        assert visit.said("user") == []
        assert visit.sources() == []
    finally:
        visit.driver.close()
        visit.driver.switch_to.window(visit.driver.window_handles[0])


# ---- numbers


def marks_in_sight(visit: Visit) -> bool:
    """Whether the place that the page was scrolled to is within what is shown of it."""
    script = """
        const sheet = document.querySelector('#page .sheet'), image = sheet.querySelector('img');
        const frame = sheet.getBoundingClientRect(), page = image.getBoundingClientRect();
        const x = page.left + page.width * sheet.dataset.right;
        const y = page.top + page.height * sheet.dataset.down;
        return image.complete && sheet.dataset.down > 0
          && frame.left < x && x < frame.right && frame.top < y && y < frame.bottom
    """
    return bool(visit.driver.execute_script(script))


def test_a_number_opens_its_page_at_the_marked_cell(visit: Visit) -> None:
    answer = visit.ask(RENT_OF_A_YEAR)
    assert "−87\u00a0900\u00a0tkr" in answer
    visit.until(lambda: marks_in_sight(visit))
    yellow = """
        const image = document.querySelector('#page img');
        const canvas = document.createElement('canvas');
        canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
        const drawn = canvas.getContext('2d'); drawn.drawImage(image, 0, 0);
        const {data} = drawn.getImageData(0, 0, canvas.width, canvas.height);
        let left = 1e9, top = 1e9, right = 0, bottom = 0;
        for (let i = 0; i < data.length; i += 4)
          if (data[i] > 240 && data[i + 1] > 215 && data[i + 2] > 100 && data[i + 2] < 160) {
            const x = i / 4 % canvas.width, y = Math.floor(i / 4 / canvas.width);
            left = Math.min(left, x); right = Math.max(right, x);
            top = Math.min(top, y); bottom = Math.max(bottom, y);
          }
        return [left, top, right, bottom].map(v => v / 1.6)
    """
    x0, y0, x1, y1 = visit.driver.execute_script(yellow)
    # the cell: as wide as its number, not as its row
    assert 25 < x1 - x0 < 50
    assert 6 < y1 - y0 < 18
    shown = visit.driver.execute_script(
        "return document.querySelector('#page img').getBoundingClientRect().width / 595"
    )
    assert shown > 1.2  # pixels a point: letters of 8 points are large enough to read
    assert visit.faults() == []


def test_a_ranking_is_a_table_whose_markers_open_their_pages(visit: Visit) -> None:
    visit.ask(WORST)
    assert visit.texts("#conversation table.figures tbody th") == [
        "Hemtjänst",
        "Särskilt boende",
        "LSS-boende",
        "Hälso- och sjukvård",
    ]
    aligned = "return getComputedStyle(document.querySelector('td.value')).textAlign"
    assert visit.driver.execute_script(aligned) == "right"
    assert visit.sources()[1].removeprefix("[2]").strip().startswith("Särskilt boende: ")
    first = visit.picture()
    third = visit.all("#conversation td.from button")[2]
    assert third.get_attribute("aria-label").startswith("Visa källa 3: Delårsrapport")
    third.click()
    visit.until(lambda: visit.picture() not in ("", first))
    visit.until(lambda: marks_in_sight(visit))
    assert len(visit.said("bot")) == 1
    assert visit.faults() == []


def test_markers_of_an_earlier_answer_open_its_page(visit: Visit) -> None:
    visit.ask(WORST)
    hers = visit.picture()
    visit.ask(RENT_OF_A_YEAR)
    visit.until(lambda: visit.picture() != hers)
    visit.all("#conversation td.from button")[0].click()
    visit.until(lambda: visit.picture() == hers)


def test_a_contradiction_is_a_note_whose_places_are_buttons(visit: Visit) -> None:
    visit.ask(STABLES)
    [note] = visit.all("#conversation [role=note]")
    assert "Texten anger 2 450 tkr" in note.text.replace("\u00a0", " ")
    places = visit.all("#conversation .notice.conflict button.place")
    assert [place.text.replace("\u00a0", " ")[-9:] for place in places] == [
        "2 300 tkr",
        "2 450 tkr",
    ]
    first = visit.picture()
    places[1].click()
    visit.until(lambda: visit.picture() not in ("", first))
    assert visit.faults() == []


def test_an_unproved_number_has_a_small_note(visit: Visit) -> None:
    visit.ask("Hur många platser i LSS-boenden fanns det 2024 i Norrvik?")
    assert visit.texts("#conversation .notice.small[role=note]") == [
        "Obs: Talet står i en tabell utan summor som kan bevisa läsningen."
    ]


def test_a_choice_is_asked_with_the_keyboard_and_answered(visit: Visit) -> None:
    visit.ask(OPEN)
    offered = visit.texts("#conversation button.choice")
    assert len(offered) > 2
    visit.all("#conversation .scroll")[0].send_keys(Keys.TAB)
    for _ in range(6):
        reached = visit.driver.switch_to.active_element
        if reached.get_attribute("data-choice") == "1":
            break
        reached.send_keys(Keys.TAB)
    assert reached.get_attribute("data-choice") == "1"
    assert reached.value_of_css_property("outline-style") == "solid"
    what, value = offered[1].split("\n")
    reached.send_keys(Keys.ENTER)
    visit.until(lambda: len(visit.said("bot")) == 2)
    assert visit.said("user")[1] == f"{what}?"
    assert value in visit.said("bot")[1]
    visit.until(lambda: marks_in_sight(visit))
    assert visit.faults() == []


def test_a_choice_that_its_words_do_not_lead_to_is_told_as_it_was_offered(index: Path) -> None:
    asker = Asker(index)
    [cited] = asker.ask(Question(RENT_OF_A_YEAR)).citations
    lines = "Frågan kan gälla flera tal. Vilket menar du?\n– Hyra, budgeten för 2031: 7 tkr [2]"
    offer = Answer(OPEN, "refused", lines, (replace(cited, id=2),))
    pressed = {"turn": 0, "choice": 0}
    talk, turns, answer, page, _ = _chosen(asker, (Turn(OPEN, offer),), pressed)
    assert answer.text == "Hyra, budgeten för 2031: 7 tkr. [1]"
    assert [turn.asked for turn in turns] == [OPEN, "Hyra, budgeten för 2031?"]
    assert "7 tkr" in talk.replace("\u00a0", " ")
    assert "data:image/jpeg" in page
    asker.close()


@pytest.mark.parametrize(
    "pressed",
    [
        {"turn": 9, "source": 1},
        {"turn": 0, "source": 99},
        {"turn": -1, "source": 1},
        {"turn": "0", "source": "../etc"},
        {"turn": 0, "choice": 4},
        {},
        None,
    ],
)
def test_what_no_button_says_opens_and_asks_nothing(index: Path, pressed: object) -> None:
    asker = Asker(index)
    before = (Turn("Hyra?", asker.ask(Question(RENT_OF_A_YEAR))),)
    assert _opened(asker, before, pressed) == gr.skip()
    assert _chosen(asker, before, pressed) == (gr.skip(),) * 5
    asker.close()


def test_a_narrow_screen_shows_everything_within_its_width(visit: Visit) -> None:
    narrow = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    visit.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", narrow)
    try:
        visit.ask(STABLES)
        visit.ask(WORST)
        visit.ask(OPEN)
        wide = "return [document.documentElement.scrollWidth, innerWidth]"
        assert visit.driver.execute_script(wide) == [390, 390]
        inside = """
            const frame = document.querySelector('#conversation .scroll').getBoundingClientRect();
            return [...document.querySelectorAll('#conversation .answered *')]
              .every(e => e.getBoundingClientRect().right <= frame.right)
        """
        assert visit.driver.execute_script(inside)
        visit.all("#conversation button.marker")[-1].click()
        visit.until(lambda: marks_in_sight(visit))
        top = "return document.querySelector('#page .sheet').getBoundingClientRect().top"
        visit.until(lambda: 0 <= visit.driver.execute_script(top) < 844)
    finally:
        visit.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


# ---- what is typed and what is read is data


def test_markup_in_a_question_runs_nothing(visit: Visit) -> None:
    visit.ask(f"Vad kostar {MARKUP} <script>document.title='hackad'</script> hyran?")
    assert visit.driver.title == "Nämndkoll"
    assert visit.all("#conversation script") == []
    assert visit.all("[onerror]") == []


def test_markdown_is_shown_as_it_is_typed(visit: Visit) -> None:
    question = "Vad är **hyran** och `avgiften` [här](https://example.org)?"
    visit.ask(question)
    assert visit.said("user") == [question]
    assert visit.all("#conversation strong, #conversation code, #conversation a") == []


def test_markup_in_a_question_is_shown_as_it_is_typed(visit: Visit) -> None:
    question = f"Vad kostar {MARKUP} hyran <b>nu</b>?"
    visit.ask(question)
    assert visit.said("user") == [question]
    assert visit.all("#conversation img, #conversation b") == []
    assert visit.faults() == []


def test_markup_in_a_document_runs_nothing(visit: Visit) -> None:
    answer = visit.ask(GARDEN)
    assert "Trädgårdslaget" in answer
    assert visit.driver.title == "Nämndkoll"
    assert visit.all("[onerror], #conversation script, #page script") == []


def test_markup_in_a_document_is_shown_as_text_on_its_page(visit: Visit) -> None:
    visit.ask(GARDEN)
    [text] = visit.texts("#page .text")
    [marked] = visit.texts("#page mark")
    assert f"{MARKUP} sköts av **Trädgårdslaget** <script>" in text
    assert MARKUP in marked
    assert visit.all("#page img, #page script, #page b, #sources b, #sources img") == []


def test_markup_in_a_document_is_shown_as_text_in_the_answer(visit: Visit) -> None:
    answer = visit.ask(GARDEN)
    assert f"{MARKUP} sköts av **Trädgårdslaget** <script>" in answer
    assert visit.all("#conversation img, #conversation b") == []


def test_nothing_is_asked_of_other_computers(visit: Visit, site: str) -> None:
    visit.ask(GARDEN)
    visit.ask(RENTS)
    visit.all("#sources button")[1].click()
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
    port = free_port()
    config = uvicorn.Config(build_app(Asker(own)), host="127.0.0.1", port=port, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    visit = Visit(driver)
    visit.until(lambda: server.started)
    driver.get(f"http://127.0.0.1:{port}/")
    visit.until(lambda: visit.all("textarea") and visit.all("#page .empty"))
    visit.ask(RENTS)
    with writing(own) as writer:
        for document in writer.store.documents():
            writer.store.remove(document.id)
        writer.catch_up(writer.choose_embedder(None), None)
    visit.all("#sources button")[1].click()
    visit.until(lambda: visit.texts("#page .text"))
    assert visit.texts("#page .text") == [
        "Dokumentet har lästs in på nytt eller tagits ut sedan svaret gavs. Fråga igen."
    ]
    assert visit.ask(RENTS).startswith("Det finns inga dokument i indexet.")
    driver.get("about:blank")
    server.should_exit = True
    thread.join(20)

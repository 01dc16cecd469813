"""What a document says in markup is shown as text: nothing of it is drawn, run or fetched."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pdf_pages
import pytest

CHROMIUM, CHROMEDRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
QUESTION = "Varför blev det underskott för hemtjänsten 2031?"
MARKUP = (
    '<img src="http://127.0.0.9:9/a" onerror="window.infected=1">',
    "![bild](http://127.0.0.9:9/b) och [mer](http://127.0.0.9:9/c) och",
    "<script>window.infected=1</script><svg><image href=http://127.0.0.9:9/d></svg>",
)
BODY = ("Underskottet för hemtjänsten 2031 förklaras av", *MARKUP)


@pytest.fixture
def infected(tmp_path: Path, read_into: Callable[..., object]) -> Path:
    """An index of a report that shows markup to all who read it."""
    path = tmp_path / "rapport.pdf"
    with pdf_pages.sheet(path) as page:
        page.put(60, 100, "Delårsrapport 2031", size=18)
        page.lines(60, 150, BODY, size=8)
    read_into(tmp_path / "index", path)
    return tmp_path / "index"


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "app", *map(str, arguments)]


@contextmanager
def served(index: Path) -> Iterator[str]:
    """The page, served by a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(
        command("serve", "--index", index, "--port", port),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until(lambda: answers(port), 90)
        yield f"http://127.0.0.1:{port}/"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def chromium() -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver")
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = str(CHROMIUM)
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(CHROMEDRIVER)))
    try:
        yield driver
    finally:
        driver.quit()


def until(holds: Callable[[], Any], seconds: float) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if held := holds():
            return held
        time.sleep(0.2)
    raise AssertionError("what was waited for did not come")


def requested_hosts(driver: Any) -> set[str]:
    """The hosts that the page asked anything of."""
    logged = (json.loads(entry["message"])["message"] for entry in driver.get_log("performance"))
    urls = [
        entry["params"]["request"]["url"]
        for entry in logged
        if entry["method"] == "Network.requestWillBeSent"
    ]
    assert urls
    return {urlsplit(url).netloc for url in urls if url.startswith(("http", "ws", "//"))}


def test_markup_in_a_document_is_text_in_the_terminal(infected: Path) -> None:
    asked = command("ask", QUESTION, "--index", infected)
    done = subprocess.run(asked, check=False, capture_output=True, text=True, timeout=120)
    shown = done.stdout
    assert "<script>window.infected=1</script>" in shown
    assert "![bild](http://127.0.0.9:9/b)" in shown
    assert "\x1b]8" not in shown  # no link that a terminal would follow


@pytest.mark.skipif(
    not (CHROMIUM.exists() and CHROMEDRIVER.exists()),
    reason="no Chromium with its driver on this system",
)
def test_markup_in_a_document_is_text_on_the_page(infected: Path) -> None:
    from selenium.webdriver.common.keys import Keys

    with served(infected) as site, chromium() as driver:
        with urllib.request.urlopen(site, timeout=30) as response:
            policy = response.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        driver.get(site)
        boxes = "textarea, input[type=text], input[type=search], input:not([type])"
        find = driver.find_elements
        box = until(lambda: [one for one in find("css selector", boxes) if one.is_displayed()], 60)
        box[0].send_keys(QUESTION, Keys.ENTER)
        until(lambda: "<script>window.infected" in driver.find_element("tag name", "body").text, 60)
        time.sleep(1)  # what the answer would fetch
        assert requested_hosts(driver) == {urlsplit(site).netloc}
        assert driver.execute_script("return window.infected") is None
        foreign = driver.execute_script(
            "return [...document.querySelectorAll('[src],[href]')].map("
            "one => one.getAttribute('src') || one.getAttribute('href')).filter("
            "to => new URL(to, location).href.startsWith('http://127.0.0.9'))"
        )
        assert foreign == []

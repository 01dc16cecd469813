"""The web page served, and visited in Chromium as one person has it open."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from app.web.application import build_app
from rag.asking import Asker

CHROMIUM, CHROMEDRIVER = Path("/usr/bin/chromium"), Path("/usr/bin/chromedriver")
WIDE, NARROW, ZOOMED = (1360, 1000), (390, 844), (320, 640)
"""A desk, a telephone, and what 400 per cent leaves of a screen 1280 wide."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(index: Path) -> Iterator[str]:
    """The page over an index; its address."""
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
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.should_exit = True
        thread.join(20)
        asker.close()


@contextmanager
def chromium() -> Iterator[Any]:
    """Chromium without a window; skips where it or its driver is missing."""
    webdriver = pytest.importorskip("selenium.webdriver")
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

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
    driver = webdriver.Chrome(options=options, service=Service(str(CHROMEDRIVER)))
    try:
        yield driver
    finally:
        driver.quit()


class Visit:
    """The page as one person has it open."""

    def __init__(self, driver: Any, site: str) -> None:
        self.driver, self.site = driver, site

    def open(
        self,
        path: str = "",
        *,
        size: tuple[int, int] = WIDE,
        theme: str = "light",
        anew: bool = True,
    ) -> None:
        """Load the page; with `anew`, as somebody who has not been there before."""
        width, height = size
        screen = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        media = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        if anew:
            origin = {"origin": self.site.rstrip("/"), "storageTypes": "local_storage"}
            self.driver.execute_cdp_cmd("Storage.clearDataForOrigin", origin)
        self.driver.get("about:blank")
        self.faults()
        self.requested()
        self.driver.get(self.site + path)
        self.until(lambda: self.all("#question"), 60)  # a busy machine
        # the first view is shown, unless a link leads to another; what can be chosen has come from
        # the server
        if "#" not in path and "formulering=" not in path:
            self.until(lambda: len(self.all("#vy-fraga select[name=kind] option")) > 1, 60)

    def until(self, holds: Callable[[], Any], seconds: float = 20) -> Any:
        """Wait until something holds; what it then is."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            held = holds()
            if held:
                return held
            time.sleep(0.05)
        raise AssertionError("what was waited for did not come")

    def run(self, script: str, *values: Any) -> Any:
        return self.driver.execute_script(script, *values)

    def all(self, selector: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", selector))

    def texts(self, selector: str) -> list[str]:
        """The texts of elements, all read at one moment."""
        script = "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText)"
        return list(self.run(script, selector))

    def press(self, selector: str, at: int = 0) -> None:
        """Press a button, wherever on the page it is."""
        self.run("document.querySelectorAll(arguments[0])[arguments[1]].click()", selector, at)

    def button(self, text: str) -> Any:
        """The one button in sight with this text; others may come and go meanwhile."""
        [found] = self.until(lambda: self._buttons(text))
        return found

    def _buttons(self, text: str) -> list[Any]:
        from selenium.common.exceptions import StaleElementReferenceException

        try:
            return [b for b in self.all("button") if b.text == text and b.is_displayed()]
        except StaleElementReferenceException:
            return []

    def asked(self) -> list[str]:
        """What has been asked, as it is shown."""
        told = self.texts("#vy-fraga .turn h3.asked")
        return [text.removeprefix("Du frågade:").strip() for text in told]

    def answers(self) -> list[str]:
        """What has been answered, without sources and what can be done."""
        return self.texts("#vy-fraga .turn .said")

    def picture(self) -> str:
        """Where the picture of the page is from; empty where there is none."""
        script = "return document.querySelector('.viewer img')?.getAttribute('src') ?? ''"
        return str(self.run(script))

    def ask(self, question: str) -> str:
        """Type a question and Enter; the answer."""
        before = len(self.answers())
        self.all("#question")[0].send_keys(question + "\ue007")
        self.until(lambda: len(self.answers()) == before + 1 and self.answers()[-1].strip())
        return self.answers()[-1]

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

    def barriers(self) -> list[str]:
        """What axe-core finds that is critical or serious against WCAG 2.1 A and AA."""
        source = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        self.run(source)
        self.driver.set_script_timeout(120)  # a long view on a busy machine
        found = self.driver.execute_async_script(
            """
            const done = arguments[arguments.length - 1];
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];
            axe.run(document, {runOnly: {type: 'tag', values: tags}}).then(done);
            """
        )
        return [
            f"{violation['id']}: {node['target']} {node['html'][:120]}"
            for violation in found["violations"]
            if violation["impact"] in ("critical", "serious")
            for node in violation["nodes"]
        ]

"""The page in English: all of its own words, from the first view to a file; and back again."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_app_web_for_all import NUMBER, RANKING, WORDING, tab
from web_page import NARROW, Visit, chromium, served

from app import words
from app.web import files, shell
from app.web.intake import Intake
from app.web.view import Site
from rag.asking import Asker

UNTOLD = {"Nämnd", "koll", "Nämndkoll", "Word", "Excel", "CSV", "tkr", "mkr", "s"}
"""What stands outside the catalogue, and is the same in both languages."""

FORGOTTEN = """
const start = arguments[0], end = arguments[1], found = [], strip = text => {
  let depth = 0, left = '';
  for (const sign of text) {
    depth += (sign === start) - (sign === end);
    if (!depth && sign !== end) left += sign;
  }
  return left;
};
const foreign = one => one.closest('[lang]').lang !== 'en' || one.closest('[role=img]');
let text = '';
const walker = document.createTreeWalker(document.getElementById('page'), NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode;
  if (!foreign(node.parentElement)) text += `${node.data} `;
}
found.push(...strip(text).match(/\\p{L}+/gu) ?? []);
for (const one of document.querySelectorAll('#page *')) {
  if (foreign(one)) continue;
  // a table is named after its row or its caption, and a question's buttons after the question
  const names = one.matches('table, .deviating, .doings[role=group]') ? [] : ['aria-label'];
  for (const name of [...names, 'title', 'placeholder', 'alt', 'data-head']) {
    const told = one.getAttribute(name);
    if (told && /\\p{L}/u.test(told) && !told.includes(start)) found.push(`${name}: ${told}`);
  }
}
return [...new Set(found)];
"""
"""Words in the page that are neither the catalogue's nor told to be Swedish."""


@pytest.fixture(scope="module")
def site(samples_index: Path) -> Iterator[str]:
    with served(samples_index) as address:
        yield address


@pytest.fixture(scope="module")
def visit(site: str) -> Iterator[Visit]:
    with chromium() as driver:
        yield Visit(driver, site)


# ---- over HTTP


def read(address: str, body: Any = None) -> tuple[int, str]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def test_the_page_is_swedish_until_english_is_asked_for(site: str) -> None:
    for asked in ("", "?lang=sv", "?lang=de", "?lang="):
        _, page = read(site + asked)
        assert '<html\n\tlang="sv"' in page or '<html lang="sv"' in page
        assert "Vad vill du veta inför mötet?" in page
        assert "What do you want to know" not in page
    _, page = read(f"{site}?lang=en")
    assert '<html\n\tlang="en"' in page or '<html lang="en"' in page
    assert "What do you want to know before the meeting?" in page


def test_faults_are_told_in_the_language_that_is_asked(site: str, samples_index: Path) -> None:
    assert read(f"{site}filer/x?lang=en") == (404, "The document is not in the index.")
    assert read(f"{site}filer/x") == (404, "Dokumentet finns inte i indexet.")
    assert json.loads(read(f"{site}nedladdning?lang=en", {})[1]) == {
        "error": "The page is not of the same version as the server. Reload it."
    }
    assert json.loads(read(f"{site}inlasning?namn=a.exe&lang=en", {})[1]) == {
        "error": "PDF, DOCX, TXT, MD can be read, not .exe."
    }
    asker = Asker(samples_index)
    here = Site(asker, Intake(samples_index))
    [view] = [view for view in shell.VIEWS if view.slug == "formuleringar"]
    sent = {"number": 1, "name": "find", "data": {"text": "mentor"}, "lang": "en"}
    told = shell.answered(here, view, sent)
    assert told["error"] == "It could not be done. The program says, in Swedish:"
    assert "ställ en fråga under Fråga" in told["own"]
    assert "own" not in told or told["own"] not in told["error"]
    swedish = shell.answered(here, view, sent | {"lang": "sv"})
    assert (swedish["error"], swedish["own"]) == (told["own"], "")
    asker.close()


# ---- in the browser


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> None:
    """English words in brackets, so that what is not of the catalogue shows."""
    known = {one: f"⟦{other}⟧" for one, other in words.catalogue().items()}
    for module in (words, files):
        monkeypatch.setattr(module, "catalogue", lambda: known)


VIEWS_READY = {
    "avvikelser": lambda v: v.all(".years .overview") and v.texts(".forecasts .found")[0],
    "mal": lambda v: "risks" in v.texts("#vy-mal .summary")[0],
    "granskning": lambda v: "contradiction" in v.texts("#vy-granskning .summary")[0].lower(),
    "dokument": lambda v: v.all(".document"),
}


def test_no_word_of_the_page_is_forgotten(visit: Visit, bracketed: None) -> None:
    visit.open("?lang=en")
    visit.ask(RANKING)
    visit.ask("Vad kostar hemtjänst och särskilt boende tillsammans i prognosen 2025?")
    visit.ask("Vad kostar lokalerna i Norrvik?")
    visit.ask("Ridhuset budget 2025?")
    visit.press("[data-do=pack]", 0)
    visit.press("[data-do=pack]", 1)
    visit.run("window.dispatchEvent(new Event('offline'))")
    for view, ready in VIEWS_READY.items():
        visit.run("location.hash = arguments[0]", view)
        visit.until(lambda ready=ready: ready(visit))
    visit.press(".document .doings [data-do=remove]")
    visit.until(lambda: visit.all("dialog[open]"))
    visit.press("dialog button", 1)
    visit.run("location.hash = 'formuleringar'")
    visit.all("#wording")[0].send_keys(WORDING, "\ue009\ue007")
    visit.until(lambda: visit.all(".year .occurrence"))
    visit.press("[name=mode][value=between]")
    visit.run(
        "for (const one of document.querySelectorAll('.between-form select'))"
        " one.selectedIndex = one.name === 'one' ? 1 : 2"
    )
    visit.press(".between-form .main")
    visit.until(lambda: visit.all(".change"))
    visit.press(".change .opens")
    visit.until(lambda: visit.all(".viewer.over h2"))
    found = [one for one in visit.run(FORGOTTEN, "⟦", "⟧") if one not in UNTOLD]
    assert found == []
    # and the check finds what is planted
    visit.run("document.querySelector('h1').append(' glömt')")
    assert visit.run(FORGOTTEN, "⟦", "⟧").count("glömt") == 1


def test_a_person_chooses_english_asks_and_goes_back(visit: Visit) -> None:
    visit.open()
    assert visit.run("return document.documentElement.lang") == "sv"
    chosen = tab(visit, ".language")
    assert (chosen.text, chosen.get_attribute("lang")) == ("English", "en")
    chosen.send_keys("\ue007")
    visit.until(lambda: "What do you want" in "".join(visit.texts("#vy-fraga h1")))
    assert visit.run("return document.documentElement.lang") == "en"
    assert visit.texts("nav a")[:3] == ["Ask", "Deviations", "Goals and risks"]
    # the answer is the same Swedish sentence, and told to be Swedish
    answer = visit.ask(NUMBER)
    assert "−87\u00a0900\u00a0tkr" in answer
    lang = "return document.querySelector('.said .number').closest('[lang]').lang"
    assert visit.run(lang) == "sv"
    assert visit.texts(".sources h4") == ["Source"]
    assert visit.texts(".sources b")[0].endswith(", page 6")
    assert visit.texts(".viewer h2")[0].endswith(", page 6")
    spoken = (
        "return [...document.querySelectorAll('#announced span')].map(e => [e.lang, e.innerText])"
    )
    heard = visit.until(lambda: [h for h in visit.run(spoken) if len(visit.run(spoken)) == 2])
    assert [one for one, _ in heard] == ["sv", "en"]
    assert heard[1][1].strip() == "1 source."
    # it is remembered in this browser: also where the address says no language
    visit.run("history.replaceState(null, '', '/#avvikelser')")
    visit.driver.refresh()
    visit.until(lambda: visit.texts("#vy-avvikelser .way"))
    assert visit.driver.title == "Deviations – Nämndkoll"
    assert "lang=en" in visit.driver.current_url
    assert visit.texts("#vy-avvikelser thead th")[:3] == ["Rank", "Kostnadsslag", "Budget"]
    assert "costlier than budget" in visit.texts("#vy-avvikelser .way")[0]
    label = "return document.querySelector('#vy-avvikelser tbody th').closest('[lang]').lang"
    assert visit.run(label) == "sv"
    # back, to the same view
    visit.press(".language")
    visit.until(lambda: visit.run("return document.documentElement.lang") == "sv")
    visit.until(lambda: visit.driver.title == "Avvikelser – Nämndkoll")
    assert visit.texts("nav a")[0] == "Fråga"
    visit.run("history.replaceState(null, '', '/')")
    visit.driver.refresh()
    visit.until(lambda: "Vad vill du" in "".join(visit.texts("#vy-fraga h1")) or visit.answers())
    assert "lang" not in visit.driver.current_url


def test_a_link_to_an_answer_carries_no_language(visit: Visit) -> None:
    visit.open("?lang=en")
    visit.ask(NUMBER)
    visit.run("navigator.clipboard.writeText = async text => { window.copied = text }")
    visit.press("[data-do=share]")
    assert "lang" not in visit.until(lambda: visit.run("return window.copied"))
    # what is asked stays when the language is changed
    visit.run("history.replaceState(null, '', arguments[0])", visit.run("return window.copied"))
    visit.press(".language")
    visit.until(lambda: visit.run("return document.documentElement.lang") == "sv")
    visit.until(visit.answers)
    assert visit.asked() == [NUMBER]


@pytest.mark.parametrize("size", [(1360, 1000), NARROW])
def test_axe_finds_nothing_in_english(visit: Visit, size: tuple[int, int]) -> None:
    visit.open("?lang=en", size=size)
    visit.ask(RANKING)
    assert visit.run("return document.documentElement.scrollWidth") <= size[0]
    found = visit.barriers()
    for view in ("avvikelser", "mal", "granskning", "dokument", "formuleringar", "underlag"):
        visit.run("location.hash = arguments[0]", view)
        ready = VIEWS_READY.get(view, lambda visit: True)
        visit.until(lambda ready=ready: ready(visit))
        found += [f"{view}: {one}" for one in visit.barriers()]
        assert visit.run("return document.documentElement.scrollWidth") <= size[0], view
    visit.run("location.hash = 'tillganglighet'")
    assert found + visit.barriers() == []

"""The view Granskning: findings with both places, what rounding explains folded away."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pdf_pages
import pytest
from web_page import Visit, chromium, served

from app.web import audit_view, shell
from app.web.intake import Intake
from app.web.view import Reply, Site
from rag.answer import NO_FILTERS
from rag.asking import Asker
from rag.audit import audit
from rag.report import Report
from rag.store import Store

MARKUP = "<img src=x>${y}"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, read_into: Callable[..., list[Report]]) -> Path:
    folder = tmp_path_factory.mktemp("granskning")
    pdf_pages.contradiction(folder / "plan.pdf")
    text = f"Plan 2025\n\nVi har {MARKUP} kommun. Kostnaden ökar från 5 mkr till 4 mkr 2025.\n"
    (folder / "text.txt").write_text(text, encoding="utf-8")
    samples = Path(__file__).parent.parent / "corpus" / "samples"
    read_into(folder / "index", folder / "plan.pdf", folder / "text.txt", samples)
    return folder / "index"


@pytest.fixture(scope="module")
def reply(index: Path) -> Reply:
    asker = Asker(index)
    found = shell.answered(
        Site(asker, Intake(index)), audit_view.VIEW, {"name": "open", "data": {}}
    )
    asker.close()
    return found


def test_all_findings_are_told_and_those_of_rounding_apart(index: Path, reply: Reply) -> None:
    store = Store(index)
    found = audit(store, NO_FILTERS).findings
    store.close()
    rounded = sum(finding.explained_by_rounding for finding in found)
    assert reply["html"].count("<article") == len(found) - rounded > 5
    assert reply["rounded"].count("<article") == rounded
    assert reply["summary"].startswith(f"{len(found) - rounded} motsägelser. ")
    assert len(reply["places"]) == len(found)


def test_a_share_that_goes_on_for_ever_is_rounded(reply: Reply) -> None:
    assert "−3,45\u00a0procent" in reply["html"]
    assert not re.search(r"\d,\d{5}", reply["html"])


def test_both_places_are_there_with_their_marks(reply: Reply) -> None:
    [plan] = [
        p
        for p in reply["places"]
        if any("Verksamhetsplan 2025" in q["name"] for q in p)
        and any("2 450" in q["quote"] for q in p)
    ]
    assert len(plan) >= 2
    for place in plan:
        assert place["picture"].endswith("/1.jpg")
        for left, top, wide, high in place["marks"]:
            assert 0 <= left < left + wide <= 100
            assert 0 <= top < top + high <= 100


def test_what_documents_say_is_text(reply: Reply) -> None:
    assert "<img src=x>" not in reply["html"]
    assert "${" not in reply["html"]


@pytest.fixture(scope="module")
def visit(index: Path) -> Iterator[Visit]:
    with chromium() as driver, served(index) as site:
        visit = Visit(driver, site)
        visit.open("#granskning")
        visit.until(lambda: visit.all(".finding"))
        yield visit


def test_findings_are_narrowed_to_a_document_and_a_kind(visit: Visit) -> None:
    every = len(visit.all("#vy-granskning .findings:not(.rounding *) .finding"))
    choose = """
        const select = document.querySelector(`#vy-granskning .narrowing [name=${arguments[0]}]`);
        select.value = arguments[1];
        select.dispatchEvent(new Event('change', {bubbles: true}));
    """
    visit.run(choose, "document", "plan")
    shown = [one for one in visit.all(".finding") if one.is_displayed()]
    assert 0 < len(shown) < every
    assert visit.texts("#vy-granskning .summary") == [f"Visar {len(shown)} av {every}."]
    assert all("plan" in one.get_attribute("data-documents").split() for one in shown)
    visit.run(choose, "document", "")
    assert "motsägelser" in visit.texts("#vy-granskning .summary")[0]


def test_a_glimpse_shows_the_marked_place_and_opens_its_page(visit: Visit) -> None:
    glimpses = [one for one in visit.all(".glimpse") if one.is_displayed()]
    visit.run("arguments[0].scrollIntoView()", glimpses[0])
    seen = """
        const cut = arguments[0].querySelector('.cut').getBoundingClientRect();
        const lit = arguments[0].querySelector('.lit').getBoundingClientRect();
        return cut.left <= lit.right && lit.left <= cut.right
          && cut.top <= lit.top && lit.bottom <= cut.bottom
    """
    for glimpse in glimpses[:6]:
        assert visit.run(seen, glimpse)
    glimpses[1].click()
    visit.until(lambda: visit.all(".viewer.over .paper"))
    assert visit.driver.switch_to.active_element.text == "Stäng sidan"
    assert visit.texts("#vy-granskning .viewer .count")[0].startswith("2 av ")
    lit = """
        const stage = document.querySelector('.viewer.over .stage').getBoundingClientRect();
        const lit = document.querySelector('.viewer.over .lit').getBoundingClientRect();
        return stage.top <= lit.top && lit.bottom <= stage.bottom
    """
    visit.until(lambda: visit.run(lit))
    assert visit.barriers() == []
    visit.driver.switch_to.active_element.send_keys("\ue00c")
    visit.until(lambda: not visit.all(".viewer.over"))
    assert visit.driver.switch_to.active_element == glimpses[1]
    assert visit.faults() == []


@pytest.mark.parametrize("view", ["fraga", "granskning", "dokument"])
def test_a_view_asks_for_what_it_shows_once(visit: Visit, view: str) -> None:
    asked = """
        const names = performance.getEntriesByType('resource').map(one => one.name);
        return names.filter(name => name.includes('queue/join')).length
    """
    for _ in range(3):  # scripts come in any order
        visit.open(f"#{view}")
        visit.until(lambda: visit.run(asked))
        time.sleep(1)
        assert visit.run(asked) == 1

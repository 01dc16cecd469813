"""The web page for those who see, hear or move otherwise: axe-core, keyboard, narrow, read out."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from web_page import NARROW, WIDE, ZOOMED, Visit, chromium, served

ACCEPTED: tuple[str, ...] = ()
"""What axe-core finds and cannot be mended here, each with its reason. Nothing, for now."""

NUMBER = "Lokalhyror budget 2026 i Norrvik?"
RANKING = "Vilka verksamheter går sämst mot budget i prognosen 2025 i Norrvik?"
VIEWS = (
    *("fraga", "avvikelser", "formuleringar", "mal", "granskning", "dokument", "underlag"),
    "tillganglighet",
)
WORDING = "Nämnden ansvarar för kommunens omsorg om äldre och om personer med funktionshinder."


@pytest.fixture(scope="module")
def visit(samples_index: Path) -> Iterator[Visit]:
    with chromium() as driver, served(samples_index) as site:
        yield Visit(driver, site)


def go_to(visit: Visit, view: str) -> None:
    visit.run("location.hash = arguments[0]", view)
    visit.until(
        lambda: visit.run("return !document.getElementById('vy-' + arguments[0]).hidden", view)
    )
    if view == "dokument":
        visit.until(lambda: visit.all(".document"))
    if view == "avvikelser":
        visit.until(lambda: visit.all(".years .overview") and visit.all(".barlayer path"))
        visit.until(lambda: visit.texts(".forecasts .found")[0])
        visit.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
    if view == "mal":
        visit.until(lambda: visit.texts("#vy-mal .summary")[0].endswith("risker."))
        visit.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
    if view == "granskning":
        visit.until(lambda: "motsägelse" in visit.texts("#vy-granskning .summary")[0].lower())


def typing(visit: Visit) -> None:
    visit.all("#question")[0].send_keys("Vad kostar")
    visit.run("document.querySelector('.filters').open = true")


def answered(visit: Visit) -> None:
    visit.ask(RANKING)
    visit.press(".said button.marker", 1)
    visit.press("[data-do=wrong]")


def not_done(visit: Visit) -> None:
    visit.run("window.dispatchEvent(new Event('offline'))")
    visit.until(lambda: visit.texts("#told"))


def opened(visit: Visit) -> None:
    go_to(visit, "dokument")
    visit.press(".document .doings [data-do=edit]")
    visit.press(".document .doings [data-do=remove]")
    visit.until(lambda: visit.all("dialog[open]"))


def followed(visit: Visit) -> None:
    go_to(visit, "formuleringar")
    visit.all("#wording")[0].send_keys(WORDING, "\ue009\ue007")
    visit.until(lambda: visit.all(".year .occurrence"))
    assert visit.all(".own :is(del, ins)")


def followed_from_before(visit: Visit) -> None:
    followed(visit)
    visit.press("[name=against][value=before]")


def not_found(visit: Visit) -> None:
    go_to(visit, "formuleringar")
    visit.all("#wording")[0].send_keys("mentor", "\ue009\ue007")
    visit.until(lambda: visit.all(".found.find .failed"))


def compared(visit: Visit) -> None:
    go_to(visit, "formuleringar")
    visit.until(lambda: len(visit.all(".between-form [name=one] option")) == 3)
    visit.press("[name=mode][value=between]")
    visit.run(
        "for (const one of document.querySelectorAll('.between-form select'))"
        " one.selectedIndex = one.name === 'one' ? 1 : 2"
    )
    visit.press(".between-form .main")
    visit.until(lambda: visit.all(".change"))


def put_aside(visit: Visit) -> None:
    visit.ask(NUMBER)
    visit.ask(RANKING)
    visit.press("[data-do=pack]", 0)
    visit.press("[data-do=pack]", 1)
    go_to(visit, "underlag")
    # as while a file is made
    visit.run("document.querySelector('.making').hidden = false")


STATES: dict[str, Callable[[Visit], object]] = {
    "start": lambda visit: None,
    "typing": typing,
    "answered": answered,
    "fault": not_done,
    "empty wording": lambda visit: go_to(visit, "formuleringar"),
    "wording": followed,
    "wording since the year before": followed_from_before,
    "no wording": not_found,
    "two documents": compared,
    "empty pack": lambda visit: go_to(visit, "underlag"),
    "pack": put_aside,
    "audit": lambda visit: go_to(visit, "granskning"),
    "documents": lambda visit: go_to(visit, "dokument"),
    "dialog": opened,
    "deviations": lambda visit: go_to(visit, "avvikelser"),
    "goals": lambda visit: go_to(visit, "mal"),
    "statement": lambda visit: go_to(visit, "tillganglighet"),
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_that_keeps_anybody_out(visit: Visit, state: str, theme: str) -> None:
    visit.open(theme=theme)
    STATES[state](visit)
    # no colour is on its way to another when it is looked at
    visit.run("document.getAnimations().forEach(one => one.finish())")
    assert visit.run("return document.documentElement.dataset.theme") == theme
    assert [one for one in visit.barriers() if one.split(":")[0] not in ACCEPTED] == []


@pytest.mark.parametrize(
    ("rule", "planted"),
    [
        ("image-alt", '<img src="resurser/finns-inte.png" width="40" height="40">'),
        ("button-name", "<button type=button></button>"),
        ("label", "<input type=text>"),
        ("link-name", '<a href="#fraga"></a>'),
        ("color-contrast", '<p style="color:#b5b5b5;background:#fff">Går knappt att läsa</p>'),
        ("listitem", "<li>Utan lista</li>"),
    ],
)
def test_axe_finds_a_fault_that_is_planted(visit: Visit, rule: str, planted: str) -> None:
    visit.open()
    assert visit.barriers() == []
    visit.run(
        """
        const place = document.createElement('div');
        place.id = 'planted';
        place.innerHTML = arguments[0];
        document.querySelector('#vy-fraga').prepend(place);
        """,
        planted,
    )
    found = visit.barriers()
    assert [one.split(":")[0] for one in found] == [rule]
    visit.run("document.getElementById('planted').remove()")
    assert visit.barriers() == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_over_an_answer_keeps_nobody_out(visit: Visit, theme: str) -> None:
    visit.open(size=NARROW, theme=theme)
    visit.ask(NUMBER)
    visit.press(".said button.marker")
    visit.until(lambda: visit.all(".viewer.over"))
    assert visit.barriers() == []


@pytest.mark.parametrize("size", [NARROW, ZOOMED])
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_needs_scrolling_both_ways(visit: Visit, view: str, size: tuple[int, int]) -> None:
    visit.open(size=size)
    if view == "fraga":
        visit.ask(RANKING)
        visit.ask("Vad kostar hemtjänst och särskilt boende tillsammans i prognosen 2025?")
        visit.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
    elif view == "formuleringar":
        followed(visit)
        compared(visit)
        visit.run("document.querySelector('.found.find').hidden = false")
    elif view == "underlag":
        put_aside(visit)
    else:
        go_to(visit, view)
    if view == "dokument":
        visit.press(".document .doings [data-do=edit]")
    assert visit.run("return document.documentElement.scrollWidth") <= size[0]
    # what is wider than its place is scrolled by itself, or is a picture of a page
    beyond = """
        return [...document.querySelectorAll('#page *')].filter(one => {
          const box = one.getBoundingClientRect();
          const own = one.closest('.wide, .cut, .stage, .unseen');
          return box.width && box.right > innerWidth + 1 && !own
        }).map(one => one.outerHTML.slice(0, 100))
    """
    assert visit.run(beyond) == []


def test_an_answer_is_read_out_once(visit: Visit) -> None:
    visit.open()
    visit.run(
        """
        window.heard = [];
        const place = document.getElementById('announced');
        new MutationObserver(() => { if (place.textContent) heard.push(place.textContent); })
          .observe(place, {childList: true, characterData: true, subtree: true});
        """
    )
    visit.ask(NUMBER)
    heard = visit.until(lambda: [h for h in visit.run("return heard") if "Lokalhyror" in h])
    assert len(heard) == 1
    assert "−87\u00a0900\u00a0tkr" in heard[0]
    assert heard[0].endswith("1 källa.")
    # and by nothing else
    live = "[aria-live]:not([aria-live=off]), [role=log], [role=alert], [role=status]"
    others = visit.run(f"return [...document.querySelectorAll('{live}')].map(e => e.innerText)")
    assert sum("900" in text for text in others) <= 1


def test_every_control_has_a_name_and_says_what_it_opens(visit: Visit) -> None:
    visit.open()
    visit.ask(RANKING)
    names = """
        return [...document.querySelectorAll('#page :is(button, a, input, select, textarea)')]
          .map(e => (e.ariaLabel || e.labels?.[0]?.textContent || e.textContent || '').trim())
    """
    assert "" not in visit.run(names)
    [first, *_] = visit.all(".said button.marker")
    assert first.get_attribute("aria-label").startswith("Visa källa 1: Delårsrapport")
    assert visit.texts("table.figures thead th") == ["Post", "Helår 2025 Avvikelse", "Källa"]


def tab(visit: Visit, until: str, *, most: int = 60) -> Any:
    """Press Tab until an element that fits is reached; each one on the way shows that it is."""
    for _ in range(most):
        visit.driver.switch_to.active_element.send_keys("\ue004")
        reached = visit.driver.switch_to.active_element
        styled = visit.run(
            """
            const one = arguments[0], field = one.closest('.field');
            const shown = getComputedStyle(one.matches('textarea') && field ? field : one);
            return shown.outlineStyle !== 'none' && parseFloat(shown.outlineWidth) >= 2
            """,
            reached,
        )
        assert styled, reached.get_attribute("outerHTML")[:200]
        if visit.run("return arguments[0].matches(arguments[1])", reached, until):
            return reached
    raise AssertionError(f"{until} is not reached with Tab")


def test_the_whole_way_goes_by_keyboard(visit: Visit) -> None:
    visit.open()
    tab(visit, ".skip").send_keys("\ue007")
    assert visit.driver.switch_to.active_element.get_attribute("id") == "huvudinnehall"
    field = tab(visit, "#question")
    field.send_keys(RANKING, "\ue007")
    visit.until(visit.answers)
    assert visit.driver.switch_to.active_element.get_attribute("id") == "question"
    visit.run("document.querySelector('.turn .asked').focus()")
    first = visit.texts(".viewer h2")
    tab(visit, ".said [data-source='3']").send_keys("\ue007")
    visit.until(lambda: visit.texts(".viewer h2") != first)
    tab(visit, "[data-do=copy]")
    tab(visit, ".after button").send_keys("\ue007")
    visit.until(lambda: len(visit.answers()) == 2)
    # where one was pressed there is a new answer to read on from
    assert visit.driver.switch_to.active_element.get_attribute("class") == "asked"
    tab(visit, "[aria-label='Förstora']").send_keys("\ue007")
    tab(visit, ".viewer a.open")


def test_a_view_is_reached_by_keyboard_and_begins_at_its_heading(visit: Visit) -> None:
    visit.open()
    tab(visit, "[data-view=dokument]").send_keys("\ue007")
    visit.until(lambda: visit.all(".document"))
    assert visit.driver.switch_to.active_element.text == "Dokument"
    assert visit.driver.title == "Dokument – Nämndkoll"
    [current] = visit.all("nav [aria-current=page]")
    assert current.text == "Dokument"


def test_focus_stays_in_the_page_that_lies_over_the_answer(visit: Visit) -> None:
    visit.open(size=NARROW)
    visit.ask(NUMBER)
    visit.press(".said button.marker")
    visit.until(lambda: visit.all(".viewer.over"))
    for _ in range(12):
        visit.driver.switch_to.active_element.send_keys("\ue004")
        assert visit.run("return Boolean(document.activeElement.closest('.viewer'))")


def test_light_and_dark_are_chosen_and_kept(visit: Visit) -> None:
    visit.open(theme="dark")
    assert visit.run("return getComputedStyle(document.body).backgroundColor") == "rgb(18, 25, 28)"
    visit.button("Ljust").click()
    assert (
        visit.run("return getComputedStyle(document.body).backgroundColor") == "rgb(251, 250, 247)"
    )
    visit.open(theme="dark", anew=False)
    assert visit.run("return document.documentElement.dataset.theme") == "light"
    visit.open(size=WIDE)

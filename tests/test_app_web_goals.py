"""The view Mål och risker: indicators by year, what changed in words, risks; numbers open cells."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from web_page import NARROW, Visit, chromium, served
from written_reports import table, write_report

from app.web import goals_view, shell
from app.web.intake import Intake
from app.web.view import Reply, Site
from corpus.generate import SAMPLES
from rag.asking import Asker
from rag.report import Report

NORRVIK = {"municipality": "Norrvik", "board": "Vård- och omsorgsnämnden"}
MARKUP = "<b>${y}</b>"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, read_into: Callable[..., list[Report]]) -> Path:
    folder = tmp_path_factory.mktemp("mal")
    old = f"""
        Indikator | Mål 2024 | Utfall 2023
        Sjukfrånvaro (U28528), % | 7,0 | 7,5
        Väntetid {MARKUP}, dagar | 60 | 70"""
    new = """
        Indikator | Mål 2025 | Utfall 2024
        Sjukfrånvaro (U28528), % | 6,5 | 7,2"""
    for title, rows in (("Verksamhetsplan 2024", old), ("Verksamhetsplan 2025", new)):
        write_report(folder, title, table("Tabell 1: Mål och indikatorer", rows))
    read_into(folder / "index", *sorted(folder.glob("*.md")), SAMPLES)
    return folder / "index"


@pytest.fixture(scope="module")
def asked(index: Path) -> Iterator[Callable[..., Reply]]:
    """`asked(name, **data)` is what the view answers."""
    asker = Asker(index)
    site = Site(asker, Intake(index))
    yield lambda name, **data: shell.answered(site, goals_view.VIEW, {"name": name, "data": data})
    asker.close()


def own_board(asked: Callable[..., Reply]) -> Reply:
    """What the view tells of the board that the test wrote for."""
    others = ("Norrvik",)
    [board] = [one for one in asked("open")["boards"] if one["municipality"] not in others]
    return asked("board", municipality=board["municipality"], board=board["board"])


def test_targets_outcomes_and_assessments_stand_by_year(asked: Callable[..., Reply]) -> None:
    reply = asked("board", **NORRVIK)
    assert reply["summary"] == "16 indikatorer, 3 dokument med risker."
    for said in ("Nöjda med hemtjänsten, %", "89 procent", "Uppnås inte", "Utfall Aug 2025"):
        assert said in reply["goals"]
    assert "Målet ändras från 89 procent (2024) till 90 procent (2025)." in reply["goals"]
    assert all(place["marks"] for place in reply["places"])


def test_what_several_documents_say_alike_is_told_once(asked: Callable[..., Reply]) -> None:
    html = asked("board", **NORRVIK)["goals"]
    first = html[html.index("Nöjda med hemtjänsten") : html.index("Nöjda med särskilt boende")]
    [button] = [part for part in first.split("<button")[1:] if ", utfall 2022:" in part]
    assert button.split('data-places="')[1].split('"')[0].count(",") == 3


def test_a_key_figure_links_to_its_public_page(asked: Callable[..., Reply]) -> None:
    html = own_board(asked)["goals"]
    link = html[html.index("Nyckeltal <a") :]
    assert link.startswith('Nyckeltal <a href="https://www.kolada.se/')
    assert 'U28528" target="_blank" rel="noopener">U28528 i Kolada</a> (lämnar sidan' in link


def test_a_goal_that_is_missing_is_told_as_that(asked: Callable[..., Reply]) -> None:
    html = own_board(asked)["goals"]
    assert "<strong>Saknas.</strong>" in html
    assert "Målet för 2024 finns inte bland de inlästa målen för 2025." in html


def test_what_documents_say_is_text(asked: Callable[..., Reply]) -> None:
    html = own_board(asked)["goals"]
    assert "<b>" not in html
    assert "${" not in html


def test_risks_have_their_ratings_movement_and_contradictions(asked: Callable[..., Reply]) -> None:
    html = asked("board", **NORRVIK)["risks"]
    newest = html[: html.index("<details")]
    assert "Budget 2026 med plan 2027–2028" in newest
    assert "Finns inte längre i listan" in newest
    assert "Höjt från 12 till 16." in html
    assert (
        "Säger emot sig."
        in asked("board", **NORRVIK | {"board": "Barn- och utbildningsnämnden"})["risks"]
    )


def test_a_board_without_goals_and_risks_says_where_they_use_to_be(
    asked: Callable[..., Reply],
) -> None:
    reply = asked("board", municipality="Norrvik", board="Kulturnämnden")
    assert "Inga mål eller indikatorer i nämndens inlästa dokument." in reply["goals"]
    assert "Inga risker i nämndens inlästa dokument." in reply["risks"]
    assert asked("board", municipality=1)["error"] == "Välj en nämnd."


@pytest.fixture(scope="module")
def visit(index: Path) -> Iterator[Visit]:
    with chromium() as driver, served(index) as site:
        yield Visit(driver, site)


def shown(visit: Visit, size: tuple[int, int] = (1360, 1000)) -> None:
    visit.open("#mal", size=size)
    visit.until(lambda: visit.texts("#vy-mal .summary")[0].endswith("risker."))
    visit.run("""
        const select = document.querySelector('#vy-mal [name=board]');
        select.value = [...select.options].find(one => one.text.startsWith('Vård')).value;
        select.dispatchEvent(new Event('change', {bubbles: true}));
    """)
    visit.until(lambda: visit.texts("#vy-mal .summary")[0].startswith("16 "))


def test_a_number_of_a_goal_and_of_a_risk_opens_its_cell(visit: Visit) -> None:
    shown(visit)
    lit = """
        const stage = document.querySelector('.viewer.over .stage')?.getBoundingClientRect();
        const lit = document.querySelector('.viewer.over .lit')?.getBoundingClientRect();
        return Boolean(lit) && stage.top <= lit.top && lit.bottom <= stage.bottom
    """
    for selector, named in ((".indicator td .opens", "Nöjda"), (".risks td.value .opens", "")):
        button = visit.all(f"#vy-mal {selector}")[0]
        visit.run("arguments[0].scrollIntoView({block: 'center'})", button)
        button.click()
        visit.until(lambda: visit.run(lit))
        assert named in visit.run("return document.querySelector('.viewer img').alt")
        assert visit.barriers() == []
        visit.driver.switch_to.active_element.send_keys("\ue00c")
        visit.until(lambda: not visit.all(".viewer.over"))
        assert visit.driver.switch_to.active_element == button
    assert visit.faults() == []


def test_earlier_risks_are_folded_away_and_open_by_keyboard(visit: Visit) -> None:
    shown(visit)
    summary = visit.all("#vy-mal details.risks > summary")[0]
    visit.run("arguments[0].focus()", summary)
    summary.send_keys("\ue007")
    visit.until(lambda: visit.all("#vy-mal details.risks[open] tbody tr"))


def test_on_a_telephone_nothing_needs_scrolling_both_ways(visit: Visit) -> None:
    shown(visit, NARROW)
    assert visit.run("return document.documentElement.scrollWidth") <= NARROW[0]
    roles = visit.run("""
        const table = document.querySelector('#vy-mal .indicator table');
        return ['columnheader', 'rowheader', 'cell'].map(
          role => table.querySelectorAll(`[role=${role}]`).length > 2)
    """)
    assert roles == [True, True, True]

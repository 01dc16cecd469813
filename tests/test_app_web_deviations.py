"""The view Avvikelser: tables ranked, charts, years and forecasts; each number opens its cell."""

import gzip
import urllib.request
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from overview_library import library_of
from web_page import NARROW, WIDE, Visit, chromium, served

from app.web import deviations_view, shell
from app.web.deviation_charts import table_charts
from app.web.intake import Intake
from app.web.number_cells import Places
from app.web.plotting import plotly_name, plotly_script
from app.web.view import Reply, Site
from corpus.generate import SAMPLES
from rag.answer import Filters
from rag.asking import Asker
from rag.overviews.deviations import deviations
from rag.overviews.library import Library
from rag.overviews.waterfall import Waterfall
from rag.report import Report
from rag.shelf import Shelf
from rag.store import Store

REPORT = "norrvik-von-delarsrapport-2025"
MARKUP = "<img src=x>${y}"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, read_into: Callable[..., list[Report]]) -> Path:
    folder = tmp_path_factory.mktemp("avvikelser")
    text = (
        f"# Årsredovisning 2025 {MARKUP}\n\nBelopp i tkr.\n\n"
        f"| Verksamhet | Budget 2025 | Utfall 2025 | Avvikelse |\n|---|---|---|---|\n"
        f"| Lokaler {MARKUP} | 100 | 90 | 10 |\n| Personal | 200 | 230 | -30 |\n"
        "| Summa | 300 | 320 | -20 |\n"
    )
    (folder / "egen.md").write_text(text, encoding="utf-8")
    read_into(folder / "index", folder / "egen.md", SAMPLES)
    return folder / "index"


@pytest.fixture(scope="module")
def asked(index: Path) -> Iterator[Callable[..., Reply]]:
    """`asked(name, **data)` is what the view answers."""
    asker = Asker(index)
    site = Site(asker, Intake(index))
    yield lambda name, **data: shell.answered(
        site, deviations_view.VIEW, {"name": name, "data": data}
    )
    asker.close()


def test_boards_have_their_documents_the_newest_first(asked: Callable[..., Reply]) -> None:
    boards = asked("open")["boards"]
    [care] = [one for one in boards if one["board"] == "Vård- och omsorgsnämnden"]
    assert care["name"] == "Vård- och omsorgsnämnden, Norrvik"
    ids = [one["id"] for one in care["documents"]]
    assert ids[0] == "norrvik-von-budget-2026"
    assert ids.index(REPORT) < ids.index("norrvik-von-arsredovisning-2024")
    assert next(one["id"] for one in care["documents"] if one["reports"]) == REPORT


def test_every_number_of_a_document_is_told_with_its_place(
    asked: Callable[..., Reply], index: Path
) -> None:
    reply = asked("document", document=REPORT)
    store = Store(index)
    [told] = deviations(Library(store, Shelf(store)), Filters(documents=(REPORT,)))
    store.close()
    assert len(reply["tables"]) == len(told.tables) == 5
    for table in told.tables:
        for line in (*table.lines, *table.totals):
            for one in (line.budget, line.outcome, line.effect):
                assert one is not None
                assert one.text.replace(f"\u00a0{table.unit}", "") in reply["html"]
    for place in reply["places"]:
        assert place["marks"]
        assert not place["id"]


def test_what_bars_draw_is_what_the_table_says(index: Path) -> None:
    store, places = Store(index), Places()
    [told] = deviations(Library(store, Shelf(store)), Filters(documents=(REPORT,)))
    store.close()
    for table in told.tables:
        charts = table_charts(table, 0, places)
        lines = [line for line in table.lines if line.effect is not None]
        for item, line in zip(charts["bars-0"]["items"], lines, strict=True):
            assert line.effect is not None
            assert Decimal(str(item["value"])) == line.effect.value
            assert (item["label"], item["text"]) == (line.label, line.effect.text)
        if isinstance(table.waterfall, Waterfall):
            fall = charts["fall-0"]
            last = fall["steps"][-1]
            reached = Decimal(str(last["base"])) + Decimal(str(last["value"]))
            assert abs(reached + table.waterfall.rounding - table.waterfall.end.value) < Decimal(
                "0.0001"
            )


def test_a_document_without_tables_says_what_to_do(asked: Callable[..., Reply]) -> None:
    reply = asked("document", document="norrvik-von-budget-2026")
    assert reply["tables"] == []
    assert "Inga avvikelsetabeller i det här dokumentet." in reply["html"]
    assert "välj ett sådant dokument" in reply["html"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("document", {"document": "finns-inte"}),
        ("document", {"document": ["x"]}),
        ("years", {"document": REPORT, "table": 3}),
        ("forecasts", {"municipality": None}),
    ],
)
def test_what_is_sent_wrong_is_told(
    asked: Callable[..., Reply], name: str, data: dict[str, Any]
) -> None:
    assert asked(name, **data)["error"].endswith(".")


def test_what_documents_say_is_text(asked: Callable[..., Reply]) -> None:
    reply = asked("document", document="egen")
    assert "Lokaler" in reply["html"]
    assert "<img" not in reply["html"]
    assert "${" not in reply["html"]
    assert all(place["text"] for place in reply["places"])


@pytest.fixture(scope="module")
def site(index: Path) -> Iterator[str]:
    with served(index) as address:
        yield address


@pytest.fixture(scope="module")
def visit(site: str) -> Iterator[Visit]:
    with chromium() as driver:
        yield Visit(driver, site)


def choose(visit: Visit, name: str, text: str) -> None:
    """Choose what begins with a text."""
    script = """
        const select = document.querySelector(`#vy-avvikelser [name=${arguments[0]}]`);
        select.value = [...select.options].find(one => one.text.startsWith(arguments[1])).value;
        select.dispatchEvent(new Event('change', {bubbles: true}));
    """
    visit.run(script, name, text)


def shown(visit: Visit, size: tuple[int, int] = WIDE) -> None:
    visit.open("#avvikelser", size=size)
    visit.until(lambda: visit.all("#vy-avvikelser .deviating"))
    choose(visit, "board", "Vård- och omsorg")
    visit.until(lambda: "Tabell 2." in "".join(visit.texts("#vy-avvikelser h2")))
    visit.until(lambda: visit.all(".deviating:not([hidden]) .plot .barlayer path"))
    visit.until(lambda: visit.all(".deviating:not([hidden]) .years .overview"))


def rows(visit: Visit) -> list[list[str]]:
    script = """
        const seen = [...document.querySelectorAll('.deviating:not([hidden]) .ranked tbody tr')];
        return seen.map(row => [...row.children].map(one => one.innerText.trim()))
    """
    return list(visit.run(script))


def lit(visit: Visit) -> bool:
    """Whether the marked place is in sight."""
    return bool(
        visit.run("""
            const stage = document.querySelector('.viewer.over .stage')?.getBoundingClientRect();
            const lit = document.querySelector('.viewer.over .lit')?.getBoundingClientRect();
            return Boolean(lit) && lit.width > 5
              && stage.top <= lit.top && lit.bottom <= stage.bottom
        """)
    )


def close(visit: Visit) -> None:
    visit.driver.switch_to.active_element.send_keys("\ue00c")
    visit.until(lambda: not visit.all(".viewer.over"))


def test_a_number_opens_its_cell_and_comes_back(visit: Visit) -> None:
    shown(visit)
    ranked = [row for row in rows(visit) if row[0].isdigit()]
    assert [row[0] for row in ranked] == [str(n) for n in range(1, len(ranked) + 1)]
    assert "dyrare än budget" in ranked[0][6]
    [first, *_] = visit.all(".deviating:not([hidden]) .ranked td.value .opens")
    visit.run("arguments[0].scrollIntoView({block: 'center'})", first)
    first.click()
    visit.until(lambda: lit(visit))
    assert first.text.replace("−", "-")[:3] in visit.run(
        "return document.querySelector('.viewer img').alt"
    ).replace("−", "-")
    assert visit.barriers() == []
    close(visit)
    assert visit.driver.switch_to.active_element == first


def test_a_bar_opens_its_cell(visit: Visit) -> None:
    from selenium.webdriver import ActionChains

    shown(visit)
    bar = visit.all(".deviating:not([hidden]) .plot .bars .point path")[0]
    visit.run("arguments[0].scrollIntoView({block: 'center'})", bar)
    ActionChains(visit.driver).move_to_element(bar).click().perform()
    visit.until(lambda: lit(visit))
    worst = next(row for row in rows(visit) if row[0] == "1")
    assert worst[1] in visit.run("return document.querySelector('.viewer img').alt")
    close(visit)
    assert visit.faults() == []


def test_a_number_that_was_worked_out_shows_how(visit: Visit) -> None:
    shown(visit)
    [summary, *_] = visit.all(".deviating:not([hidden]) .years .by-formula summary")
    visit.run("arguments[0].scrollIntoView({block: 'center'})", summary)
    summary.click()
    [told] = [one for one in visit.texts(".years .formula") if one]
    assert told.startswith("Uträknat: ")
    assert " = " in told
    visit.press(".years [open] .formula .opens")
    visit.until(lambda: lit(visit))
    close(visit)


def test_worse_and_better_differ_by_pattern_and_words(visit: Visit) -> None:
    shown(visit)
    fills = visit.run("""
        const plot = document.querySelector('.deviating:not([hidden]) [data-chart^=bars]');
        return [...plot.querySelectorAll('.bars .point path')].map(one => one.style.fill)
    """)
    assert any("url(" in one for one in fills)
    assert any("url(" not in one for one in fills)
    words = visit.run("""
        const plot = document.querySelector('.deviating:not([hidden]) [data-chart^=bars]');
        return [...plot.querySelectorAll('.annotation')].map(one => one.textContent).join()
    """)
    assert "sämre" in words
    assert "bättre" in words


def test_another_row_and_another_table_are_chosen(visit: Visit) -> None:
    shown(visit)
    before = visit.texts(".years:not([hidden]) h4")[0]
    visit.run("""
        const select = document.querySelector('.deviating:not([hidden]) .choice-of-row select');
        select.value = '1';
        select.dispatchEvent(new Event('change', {bubbles: true}));
    """)
    visit.until(lambda: visit.texts(".deviating:not([hidden]) .years h4")[0] != before)
    choose(visit, "table", "Tabell 5. Investeringar")
    visit.until(lambda: visit.all(".deviating[data-table='4']:not([hidden]) .barlayer path"))
    assert [one.text for one in visit.all(".deviating h2") if one.is_displayed()] == [
        "Tabell 5. Investeringar (tkr)"
    ]


def test_a_budget_says_that_it_has_no_deviations(visit: Visit) -> None:
    shown(visit)
    choose(visit, "document", "Budget 2026")
    visit.until(lambda: "Inga avvikelsetabeller" in "".join(visit.texts("#vy-avvikelser .empty")))
    assert not visit.all("#vy-avvikelser .deviating")


def test_plotly_is_sent_packed_to_who_can_unpack_it(site: str) -> None:
    def fetched(accepted: str) -> tuple[dict[str, str], bytes]:
        address = f"{site}resurser/{plotly_name()}"
        request = urllib.request.Request(address, headers={"Accept-Encoding": accepted})
        with urllib.request.urlopen(request, timeout=30) as response:
            return {key.lower(): value for key, value in response.headers.items()}, response.read()

    headers, packed = fetched("br, GZIP;q=0.8")
    assert headers["content-encoding"] == "gzip"
    assert headers["vary"] == "Accept-Encoding"
    assert "immutable" in headers["cache-control"]
    assert gzip.decompress(packed) == plotly_script().read_bytes()
    assert len(packed) < 0.35 * plotly_script().stat().st_size
    for accepted in ("identity", "br", "gzip;q=0, br"):
        headers, plain = fetched(accepted)
        assert ("content-encoding" in headers, len(plain)) == (
            False,
            plotly_script().stat().st_size,
        )


def test_plotly_comes_from_here_and_only_to_this_view(visit: Visit) -> None:
    visit.open("#granskning")
    visit.until(lambda: visit.all(".finding"))
    assert not [one for one in visit.requested() if "plotly" in one]
    visit.run("location.hash = 'avvikelser'")
    visit.until(lambda: visit.all(".plot .barlayer path"))
    asked_for = visit.requested()
    assert f"{visit.site}resurser/{plotly_name()}" in asked_for
    assert all(one.startswith((visit.site, "data:", "blob:")) for one in asked_for)
    assert visit.faults() == []


def test_forecasts_are_set_beside_what_they_came_to(visit: Visit) -> None:
    visit.open("#avvikelser")
    visit.until(lambda: visit.all("#vy-avvikelser .deviating"))
    choose(visit, "board", "Barn- och utbildning")
    visit.until(lambda: visit.all(".forecasts .record .barlayer path"))
    assert "2024: Delårsrapport januari–augusti 2024 mot Årsredovisning 2024" in visit.texts(
        ".record h3"
    )
    choose(visit, "board", "Vård- och omsorg")
    visit.until(lambda: "Ingen prognos kan ställas" in "".join(visit.texts(".forecasts .found")))


def test_on_a_telephone_a_table_is_a_list_and_still_a_table(visit: Visit) -> None:
    shown(visit, NARROW)
    assert visit.run("return document.documentElement.scrollWidth") <= NARROW[0]
    heads = visit.run("""
        const one = document.querySelector('.deviating:not([hidden]) .ranked td.value');
        return getComputedStyle(one, '::before').content
    """)
    assert heads == "attr(data-head)" or "Budget" in heads
    assert visit.barriers() == []


def test_an_empty_index_says_where_documents_are_added(tmp_path: Path) -> None:
    library_of(tmp_path / "tomt").store.close()
    asker = Asker(tmp_path / "tomt")
    site = Site(asker, Intake(tmp_path / "tomt"))
    reply = shell.answered(site, deviations_view.VIEW, {"name": "open", "data": {}})
    asker.close()
    assert reply["boards"] == []
    assert '<a href="#dokument">' in reply["html"]

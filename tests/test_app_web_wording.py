"""The view Formuleringar: a wording year by year, and two documents side by side."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from web_page import NARROW, Visit, chromium, served

from app.web import shell, wording_view
from app.web.intake import Intake
from app.web.view import Reply, Site
from rag.asking import Asker
from rag.report import Report

MARKUP = "<img src=x onerror=alert(1)>${y}"
GOAL = "Väntetiden till särskilt boende ska vara högst {} dagar i genomsnitt under året."
MENTOR = (
    "Nya medarbetare i hemtjänsten får en mentor under sina första sex månader på jobbet hos oss."
)
SAMPLES = Path(__file__).parent.parent / "corpus" / "samples"
CARERS = (
    "Anhörigstödet når fler. Under året deltog 212 personer i samtalsgrupper eller fick avlösning "
    "i hemmet."
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, read_into: Callable[..., list[Report]]) -> Path:
    """Three budgets of one board as text, with a year missing, and two samples of another."""
    folder = tmp_path_factory.mktemp("formuleringar")
    for year, days, more in (
        (2022, 80, MENTOR),
        (2024, 75, f"Bilden {MARKUP} visar huset vid ån."),
        (2025, 75, ""),
    ):
        (folder / f"budget-{year}.txt").write_text(
            f"Budget {year}\n\nSocialnämnden, Älvköpings kommun\n\n{GOAL.format(days)}\n\n{more}\n",
            encoding="utf-8",
        )
    samples = [SAMPLES / f"norrvik-von-arsredovisning-{year}.pdf" for year in (2023, 2024)]
    read_into(folder / "index", *sorted(folder.glob("*.txt")), *samples)
    return folder / "index"


@pytest.fixture(scope="module")
def call(index: Path) -> Iterator[Callable[..., Reply]]:
    asker = Asker(index)
    site = Site(asker, Intake(index))

    def call(name: str, **data: Any) -> Reply:
        return shell.answered(site, wording_view.VIEW, {"name": name, "data": data})

    yield call
    asker.close()


def test_years_gaps_and_the_missing_are_told_in_their_place(call: Callable[..., Reply]) -> None:
    reply = call("find", text=GOAL.format(80))
    assert reply["spoken"] == "3 ställen i 3 av 5 dokument. Först 2022, senast 2025."
    years = reply["html"].split('<li class="year')[1:]
    assert [year.split("<h3>")[1][:4] for year in years] == ["2022", "2023", "2024", "2025"]
    assert years[1].startswith(" gap")
    assert "Budget 2023 saknas i underlaget (Socialnämnden, Älvköping)." in years[1]
    assert ">ordagrant</p>" in years[0]
    assert "nästan ordagrant (" in years[2]
    assert "Oförändrat sedan Budget 2024." in years[3]
    assert [place["page"] for [place] in reply["places"]] == [1, 1, 1]


def test_what_is_gone_and_what_is_not_found_say_what_to_do(call: Callable[..., Reply]) -> None:
    gone = call("find", text=MENTOR)
    assert "Finns inte längre i: Budget 2024." in gone["html"]
    assert "Finns inte längre i: Budget 2025." in gone["html"]
    nowhere = call("find", text="Kvarnen i byn mal säd till bröd varje höst.")
    assert "hittades inte i 5 dokument" in nowhere["html"]
    assert "Klistra in en hel mening" in nowhere["html"]
    assert "Inget dokument passar" in call("find", text=MENTOR, filters={"year": 1999})["html"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"text": " "}, "Texten är tom; klistra in en mening eller ett stycke."),
        ({"text": "mentor"}, "ställ en fråga under Fråga."),
        ({"text": "mål " * 2000}, "jämför två hela dokument."),
        ({"text": "x" * 50_000}, "högst 1500 ord"),
        ({"text": 3}, "högst 1500 ord"),
        ({"text": MENTOR, "filters": {"year": "i år"}}, "Ladda om sidan"),
    ],
)
def test_bad_input_is_told(call: Callable[..., Reply], data: dict[str, Any], said: str) -> None:
    error = call("find", **data)["error"]
    assert said in error
    assert "namndkoll" not in error


def test_two_documents_that_cannot_be_compared_are_told(call: Callable[..., Reply]) -> None:
    one = "budget-2022"
    assert "två olika" in call("between", one=one, other=one)["error"]
    assert "Välj två dokument" in call("between", one=one, other="borta")["error"]
    assert "Välj två dokument" in call("between", one=one, other=[1])["error"]


def test_what_documents_say_is_text(call: Callable[..., Reply]) -> None:
    found = call("find", text=f"Bilden {MARKUP} visar huset vid ån.")
    compared = call("between", one="budget-2022", other="budget-2024")
    for reply in (found, compared):
        assert "&lt;img src=x" in reply["html"]
        assert "<img" not in reply["html"]
        assert "${" not in reply["html"]


# ---- in the browser


@pytest.fixture(scope="module")
def visit(index: Path) -> Iterator[Visit]:
    with chromium() as driver, served(index) as site:
        yield Visit(driver, site)


def opened(visit: Visit, **how: Any) -> None:
    visit.open("#formuleringar", **how)
    visit.until(lambda: len(visit.all(".between-form [name=one] option")) == 6)


def looked_for(visit: Visit, text: str) -> None:
    """Type a text and press Ctrl and Enter."""
    field = visit.all("#wording")[0]
    field.send_keys(text, "\ue009\ue007")
    visit.until(lambda: visit.all(".found.find .summary"))


def shown(visit: Visit, selector: str) -> list[Any]:
    return [one for one in visit.all(selector) if one.is_displayed()]


def content(visit: Visit, element: Any) -> str:
    """The text of an element as it is read out."""
    return str(visit.run("return arguments[0].textContent", element))


def test_a_text_is_pasted_counted_and_followed_with_ctrl_and_enter(visit: Visit) -> None:
    opened(visit)
    assert "Klistra in en mening" in visit.texts(".hint")[0]
    looked_for(visit, GOAL.format(80))
    assert visit.texts("#wording-count") == ["13 av 1\u00a0500 ord"]
    assert visit.driver.switch_to.active_element.text.startswith("3 ställen")
    assert visit.texts(".year h3") == ["2022", "2023", "2024", "2025"]
    struck, added = shown(visit, ".own del")[0], shown(visit, ".own ins")[0]
    assert "80" in struck.text
    assert "75" in added.text
    # in words too, and by more than colour
    assert content(visit, struck).startswith("borttaget: ")
    assert content(visit, added).startswith("tillagt: ")
    line = "return getComputedStyle(arguments[0]).textDecorationLine"
    assert (visit.run(line, struck), visit.run(line, added)) == ("line-through", "underline")
    number = content(visit, shown(visit, ".own .numbers li")[0])
    assert number == "80 dagar →blev 75 dagar (−5)"
    assert visit.barriers() == []
    assert visit.faults() == []


def test_the_year_before_is_what_it_is_compared_with_at_a_press(visit: Visit) -> None:
    opened(visit)
    looked_for(visit, GOAL.format(75))
    assert len(shown(visit, ".own")) == 3
    visit.run("document.querySelector('[name=against][value=before]').focus()")
    visit.press("[name=against][value=before]")
    assert shown(visit, ".own") == []
    told = [one.text for one in shown(visit, ".before .since")]
    assert told == [
        "Ingen tidigare lydelse att jämföra med.",
        "Ändrat sedan Budget 2022.",
        "Oförändrat sedan Budget 2024.",
    ]
    [struck] = shown(visit, ".before del")
    assert content(visit, struck) == "borttaget: 80 (slut)"


def test_an_occurrence_opens_its_page_with_the_passage_lit_up(visit: Visit) -> None:
    opened(visit)
    looked_for(visit, CARERS)
    button = visit.all(".occurrence .opens")[1]
    assert content(visit, button) == "Visa sidan 2 i Verksamhetsberättelse och årsredovisning 2024"
    button.click()
    visit.until(lambda: visit.all("#vy-formuleringar .viewer.over .lit"))
    assert visit.texts("#vy-formuleringar .viewer h2") == [
        "Verksamhetsberättelse och årsredovisning 2024, sidan 2"
    ]
    assert visit.barriers() == []
    visit.driver.switch_to.active_element.send_keys("\ue00c")
    visit.until(lambda: not visit.all(".viewer.over"))
    assert visit.driver.switch_to.active_element == button


def test_filters_narrow_the_search_and_stand_in_the_link(visit: Visit) -> None:
    opened(visit)
    visit.run(
        """
        const select = document.querySelector('#vy-formuleringar [name=year]');
        select.value = '2024';
        select.dispatchEvent(new Event('change', {bubbles: true}));
        """
    )
    looked_for(visit, GOAL.format(75))
    assert visit.texts(".found.find .summary") == ["1 ställe i 1 av 2 dokument. Bara 2024."]
    link = visit.driver.current_url
    assert "ar=2024" in link
    visit.open(link.removeprefix(visit.site))
    visit.until(lambda: visit.texts(".found.find .summary"))
    assert visit.texts(".found.find .summary") == ["1 ställe i 1 av 2 dokument. Bara 2024."]
    assert visit.texts("#vy-formuleringar .filters summary") == ["Bara: 2024"]


def test_a_link_with_only_a_wording_goes_to_the_view(visit: Visit) -> None:
    visit.open(f"?formulering={quote(MENTOR)}")
    visit.until(lambda: visit.texts(".found.find .summary"))
    assert visit.texts("nav [aria-current=page]") == ["Formuleringar"]
    assert "Bara 2022." in visit.texts(".found.find .summary")[0]


def test_a_quote_of_an_answer_is_followed(visit: Visit) -> None:
    visit.open()
    visit.ask("Vad står det om anhörigstödet?")
    visit.until(lambda: visit.all("#vy-fraga .viewer a.follow"))
    visit.press("#vy-fraga .viewer a.follow")
    visit.until(lambda: visit.texts(".found.find .summary"))
    assert "ställe" in visit.texts(".found.find .summary")[0]
    assert ">ordagrant<" in visit.run("return document.querySelector('.years').innerHTML")
    visit.driver.back()
    visit.until(lambda: visit.texts("nav [aria-current=page]") == ["Fråga"])
    assert len(visit.answers()) == 1


def test_two_documents_stand_side_by_side(visit: Visit) -> None:
    opened(visit)
    visit.press("[name=mode][value=between]")
    assert not visit.all("#wording")[0].is_displayed()
    visit.press(".between-form .main")
    assert visit.texts(".found.between .failed") == ["Välj två dokument att jämföra."]
    visit.run(
        """
        const chosen = document.querySelector('.between-form').elements;
        chosen.one.value = 'budget-2024';
        chosen.other.value = 'budget-2022';
        """
    )
    visit.press(".between-form .main")
    visit.until(lambda: visit.all(".found.between .summary"))
    assert visit.texts(".found.between .summary") == ["Från Budget 2022 till Budget 2024"]
    statuses = visit.run(
        "return [...document.querySelectorAll('.change')].map(e => e.dataset.status)"
    )
    assert {"changed", "appeared", "disappeared"} == set(statuses)
    goal = next(one for one in visit.all(".change") if "Väntetiden" in one.text)
    left, right = goal.find_elements("css selector", ".side")
    assert "80" in left.find_element("css selector", "del").text
    assert "75" in right.find_element("css selector", "ins").text
    assert left.location["y"] == right.location["y"]
    assert left.location["x"] < right.location["x"]
    assert [one.text for one in shown(visit, ".same summary")] == ["1 stycke oförändrat"]
    visit.press("[name=status][value=changed]")
    assert all(one.get_attribute("data-status") != "changed" for one in shown(visit, ".change"))
    visit.press("[name=status][value=changed]")
    assert visit.barriers() == []
    right.find_element("css selector", ".opens").click()
    visit.until(lambda: visit.all(".viewer.over"))
    assert visit.texts("#vy-formuleringar .viewer h2") == ["Budget 2024, sidan 1"]
    assert visit.texts("#vy-formuleringar .viewer mark") == [GOAL.format(75)]


def test_what_is_long_and_unchanged_is_folded(visit: Visit) -> None:
    opened(visit, size=NARROW)
    long = " ".join(f"ord{number}" for number in range(40))
    text = "Nattbemanningen på de äldre boendena räcker inte till. När två personer behöver hjälp"
    looked_for(visit, f"{text} samtidigt blir korridoren utan ljus, och nämnden har därför")
    assert long not in visit.texts(".found.find")[0]
    [fold, *_] = shown(visit, ".own .more")
    label = fold.get_attribute("aria-label")
    assert label.startswith("Visa ")
    assert label.endswith(" oförändrade ord")
    before = visit.texts(".occurrence .own")[0]
    assert "räcker inte till" not in before
    fold.click()
    assert "räcker inte till" in visit.texts(".occurrence .own")[0]

"""The view Dokument: what is there and what is missing; sent up, stopped, corrected, removed."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pdf_pages
import pytest
from web_page import Visit, chromium, served

from app.web import documents_view, shell, uploads
from app.web.intake import Intake, Job
from app.web.view import Site
from ingest.document import MAX_BYTES
from rag.asking import Asker
from rag.index import writing
from rag.store import Store

NOTHING: Mapping[str, str] = {}
ELSEWHERE = {"Sec-Fetch-Site": "cross-site"}
BUDGET = "norrvik-von-budget-2026"


def ids(index: Path) -> list[str]:
    store = Store(index)
    found = [document.id for document in store.documents()]
    store.close()
    return found


def states(site: str, path: str, method: str = "GET", **sent: Any) -> dict[str, Any]:
    """What the server answers, an error too."""
    request = urllib.request.Request(site + path, method=method, **sent)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            found: dict[str, Any] = json.loads(response.read())
    except urllib.error.HTTPError as error:
        with error:
            found = json.loads(error.read()) | {"http": error.code}
    return found


def send(site: str, name: str, data: bytes, headers: Mapping[str, str] = NOTHING) -> dict[str, Any]:
    return states(site, f"inlasning?namn={quote(name)}", "POST", data=data, headers=headers)


def follow(site: str, job: str, *, seconds: float = 60) -> list[dict[str, Any]]:
    """How a reading went, look by look."""
    seen: list[dict[str, Any]] = []
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        seen.append(states(site, f"inlasning/{job}"))
        if seen[-1]["stage"] in ("done", "failed", "stopped"):
            return seen
        time.sleep(0.02)
    raise AssertionError(seen[-1])


@pytest.fixture
def site(copy_of_index: Path) -> Iterator[str]:
    with served(copy_of_index) as address:
        yield address


def test_a_document_that_is_sent_up_is_read_page_by_page(
    site: str, copy_of_index: Path, tmp_path: Path
) -> None:
    pdf_pages.many_pages(tmp_path / "lång rapport åäö.pdf", 200)
    data = (tmp_path / "lång rapport åäö.pdf").read_bytes()
    sent = send(site, "lång rapport åäö.pdf", data)
    seen = follow(site, sent["job"])
    assert seen[-1]["stage"] == "done", seen[-1]
    assert seen[-1]["status"] == "added"
    assert (seen[-1]["pages"], seen[-1]["done"]) == (200, 200)
    assert any(0 < look["done"] < 200 for look in seen)
    assert "lång rapport åäö" in ids(copy_of_index)
    store = Store(copy_of_index)
    [document] = [one for one in store.documents() if one.id == "lång rapport åäö"]
    assert document.path == "lång rapport åäö.pdf"
    store.close()
    # and again: nothing to do; in another form of the same name, too
    assert follow(site, send(site, "la\u030ang rapport a\u030aa\u0308o\u0308.pdf", data)["job"])[
        -1
    ]["status"] == ("unchanged")


def test_what_is_stopped_leaves_nothing(site: str, copy_of_index: Path, tmp_path: Path) -> None:
    before = ids(copy_of_index)
    pdf_pages.many_pages(tmp_path / "lang.pdf", 200)
    sent = send(site, "lang.pdf", (tmp_path / "lang.pdf").read_bytes())
    states(site, f"inlasning/{sent['job']}", "DELETE")
    assert follow(site, sent["job"])[-1]["stage"] == "stopped"
    assert ids(copy_of_index) == before
    kept = {path.stem for path in (copy_of_index / "files").iterdir()}
    store = Store(copy_of_index)
    assert kept == {document.sha256 for document in store.documents()}
    store.close()
    # and what comes after is read
    pdf_pages.contradiction(tmp_path / "plan.pdf")
    after = send(site, "plan.pdf", (tmp_path / "plan.pdf").read_bytes())
    assert follow(site, after["job"])[-1]["stage"] == "done"


def test_a_reading_is_stopped_between_two_pages(tmp_path: Path) -> None:
    """The watcher that reading asks is the one that ends it."""
    job = Job("a", tmp_path / "a.pdf")
    job.begin(1, 10)
    job.page(job.path, 3)
    job.stop.set()
    with pytest.raises(Exception, match="") as stopped:
        job.page(job.path, 1)
    assert type(stopped.value).__name__ == "StoppedError"
    assert job.done == 3


def test_a_file_that_cannot_be_read_is_told_why(site: str, copy_of_index: Path) -> None:
    before = ids(copy_of_index)
    seen = follow(site, send(site, "trasig.pdf", b"%PDF-1.7 och inget mer")["job"])
    assert seen[-1]["stage"] == "failed"
    assert seen[-1]["message"]
    assert ids(copy_of_index) == before


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.exe", b"x", "inte .exe"),
        ("a", b"x", "utan ändelse"),
        (".pdf", b"x", "namn"),
        ("", b"x", "namn"),
        ("x" * 300 + ".pdf", b"x", "namn"),
        ("a.pdf", b"", "tom"),
    ],
)
def test_what_is_no_document_is_not_taken_in(site: str, name: str, data: bytes, why: str) -> None:
    answer = send(site, name, data)
    assert answer["http"] == 400
    assert why in answer["error"]


@pytest.mark.parametrize("name", ["../../utanför.txt", "/etc/utanför.txt", "a\\..\\utanför.txt"])
def test_a_name_leads_out_of_no_folder(site: str, copy_of_index: Path, name: str) -> None:
    sent = send(site, name, "Utanför allt\n\nText om parker.".encode())
    assert follow(site, sent["job"])[-1]["document"] == "utanför"
    assert "utanför" in ids(copy_of_index)


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(site: str) -> None:
    request = urllib.request.Request(
        f"{site}inlasning?namn=a.pdf",
        method="POST",
        data=b"x",
        headers={"Content-Length": str(MAX_BYTES + 1)},
    )
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    with refused.value as response:
        assert "större än 500 MB" in json.loads(response.read())["error"]


def test_a_file_that_grows_too_large_on_its_way_is_dropped(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 1000)
    chunks = (b"x" * 600 for _ in range(3))  # sent without a length
    answer = states(
        site, "inlasning?namn=a.pdf", "POST", data=chunks, headers={"Content-Type": "x/y"}
    )
    assert answer["http"] == 400


def test_another_page_can_neither_send_documents_nor_stop_them(site: str) -> None:
    assert send(site, "a.txt", b"x", ELSEWHERE)["http"] == 403
    job = send(site, "tal.txt", b"# Tal\n\nHyran kostar 1 tkr.\n")["job"]
    refused = states(site, f"inlasning/{job}", "DELETE", headers={"Origin": "http://evil.example"})
    assert (refused["http"], "annan plats" in refused["error"]) == (403, True)
    assert follow(site, job)[-1]["stage"] == "done"


def test_a_reading_is_stopped_by_nobody_else(site: str) -> None:
    assert states(site, "inlasning/finns-inte")["http"] == 404
    assert states(site, "inlasning/finns-inte", "DELETE")["http"] == 404


def test_gradios_own_door_takes_no_documents(site: str) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
    body += b"x" * 5000 + b"\r\n--x--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    request = urllib.request.Request(f"{site}gradio_api/upload", data=body, headers=kind)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    with refused.value as response:
        assert response.status == 413


# ---- what the view answers


@pytest.fixture
def called(copy_of_index: Path) -> Iterator[Any]:
    asker = Asker(copy_of_index)
    site = Site(asker, Intake(copy_of_index))

    def call(name: str, **data: Any) -> dict[str, Any]:
        return shell.answered(site, documents_view.VIEW, {"name": name, "data": data})

    yield call
    asker.close()


def fields(**changed: str) -> dict[str, str]:
    return {
        "id": BUDGET,
        "title": "Budget 2026 med plan 2027–2028",
        "municipality": "Norrvik",
        "board": "Vård- och omsorgsnämnden",
        "kind": "budget",
        "years": "2026, 2027, 2028",
    } | changed


def test_what_is_missing_between_documents_is_seen_and_named(called: Any) -> None:
    markup = called("open")["html"]
    assert markup.count('<td class="gap">saknas</td>') == 2
    assert "Saknas: budget för 2025; delårsrapport för 2026." in markup
    assert '<th scope="row">Budget</th>' in markup
    assert '<th scope="col">2025</th>' in markup


def test_how_well_tables_were_read_is_told(called: Any) -> None:
    assert (
        "bevisade av summor" in called("open")["html"]
        or "bevisad av summor" in called("open")["html"]
    )


def test_a_correction_is_made_and_taken_back(called: Any) -> None:
    markup = called("correct", **fields(board="Socialnämnden"))["html"]
    assert "Socialnämnden, Norrvik" in markup
    assert "rättat av er" in markup
    markup = called("forget", id=BUDGET)["html"]
    assert "Socialnämnden" not in markup


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"years": "förra året"}, "fyra siffror"),
        ({"title": "x" * 301}, "högst 300 tecken"),
        ({"id": "finns-inte"}, "inget dokument heter finns-inte"),
    ],
)
def test_a_correction_that_cannot_be_is_told(called: Any, changed: Any, why: str) -> None:
    assert why in called("correct", **fields(**changed))["error"]


def test_what_documents_are_called_is_text(called: Any) -> None:
    markup = called("correct", **fields(title="""<img src=x onerror="a">${b}"""))["html"]
    assert "<img" not in markup
    assert "${" not in markup


def test_a_document_is_removed_once(called: Any, copy_of_index: Path) -> None:
    assert BUDGET not in called("remove", id=BUDGET)["ids"]
    assert BUDGET not in ids(copy_of_index)
    assert "redan borttaget" in called("remove", id=BUDGET)["error"]


def test_while_another_writes_it_is_told(called: Any, copy_of_index: Path) -> None:
    with writing(copy_of_index):
        assert "vänta tills den är klar" in called("remove", id=BUDGET)["error"]
    assert BUDGET in ids(copy_of_index)


# ---- in Chromium


@pytest.fixture
def visit(site: str) -> Iterator[Visit]:
    with chromium() as driver:
        visit = Visit(driver, site)
        visit.open("#dokument")
        visit.until(lambda: visit.all(".document"))
        yield visit


def test_a_document_goes_in_and_out_by_hand(
    visit: Visit, copy_of_index: Path, tmp_path: Path
) -> None:
    pdf_pages.contradiction(tmp_path / "plan.pdf")
    chosen = visit.all("#vy-dokument input[type=file]")[0]
    chosen.send_keys(str(tmp_path / "plan.pdf"))
    visit.until(lambda: visit.texts(".job.done .told") == ["Inläst: 1 sida."])
    assert "Fritidsnämnden, Sundby" in visit.texts(".board > h2")
    # the conversation knows of it at once
    visit.run("location.hash = 'fraga'")
    assert "2 300" in visit.ask("Ridhuset budget 2025?").replace("\u00a0", " ")
    visit.run("location.hash = 'granskning'")
    visit.until(lambda: visit.texts("#vy-granskning .finding h3"))
    visit.run("location.hash = 'dokument'")
    # the same name again is asked about
    chosen.send_keys(str(tmp_path / "plan.pdf"))
    visit.until(lambda: visit.all("dialog[open]"))
    visit.button("Avbryt").click()
    visit.press("[data-id=plan] [data-do=remove]")
    visit.until(lambda: visit.all("dialog[open]"))
    visit.button("Avbryt").click()
    assert "plan" in ids(copy_of_index)
    visit.press("[data-id=plan] [data-do=remove]")
    visit.until(lambda: visit.all("dialog[open]"))
    visit.button("Ta bort").click()
    visit.until(lambda: not visit.all("[data-id=plan]"))
    assert "plan" not in ids(copy_of_index)
    assert visit.faults() == []


def test_a_title_is_corrected_by_hand(visit: Visit) -> None:
    visit.press(f"[data-id={BUDGET}] .doings [data-do=edit]")
    title = visit.all(f"[data-id={BUDGET}] input[name=title]")[0]
    title.clear()
    title.send_keys("Nämndens budget\ue007")
    visit.until(lambda: "Nämndens budget" in visit.texts(".document h3"))
    assert visit.driver.switch_to.active_element.get_attribute("data-do") == "edit"
    assert visit.faults() == []

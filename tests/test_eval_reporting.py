"""The report of a run: every failure is named, shown beside its page, and nothing is run."""

import html
import itertools
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from eval.diagrams import time_histogram, verdict_bars
from eval.judging import NAMES
from eval.reporting import plain, write_report
from eval.running import Run, run
from eval.stored_run import load, save
from rag.asking import Asker
from rag.report import Report

BUDGET = "norrvik-von-budget-2026"
SCRIPT = "<script>alert('hyror')</script>"
SOURCE = {"document": BUDGET, "pages": [6], "quote_contains": "Lokalhyror"}


def question(name: str, text: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "question": text, "intent": "figure", **more}


def hoping_for(value: str) -> dict[str, Any]:
    return {"figures": [{"value": value, "unit": "tkr"}], "citations": [SOURCE]}


QUESTIONS = (
    question("rätt", "Lokalhyror, plan 2028?", expect=hoping_for("-94100")),
    question(
        "utan-källa",
        "Lokalhyror, plan 2028?",
        expect={**hoping_for("-94100"), "citations": [{"document": BUDGET, "pages": [9]}]},
    ),
    question("fel-tal", "Lokalhyror, plan 2028?", expect=hoping_for("-94200"), note="Tabell 5."),
    question("avstår", f"Vad kostar {SCRIPT} 2050?", expect=hoping_for("1")),
    question("samtal", "Och 2027?", history=["Lokalhyror, plan 2028?"], expect=hoping_for("1")),
)


@pytest.fixture(scope="module")
def folder(samples_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run with one right answer and four others, and its report."""
    folder = tmp_path_factory.mktemp("report")
    path = folder / "fragor.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in QUESTIONS), "utf-8")
    asker = Asker(samples_index)
    done = run(asker, [path])
    asker.close()
    verdicts = {item.line.id: item.verdict.verdict for item in done.items}
    assert verdicts == {
        "rätt": "right",
        "utan-källa": "uncited",
        "fel-tal": "wrong",
        "avstår": "refused",
        "samtal": "wrong",
    }
    save(done, folder)
    write_report(done, folder, samples_index)
    return folder


@pytest.fixture(scope="module")
def page(folder: Path) -> str:
    return (folder / "report.html").read_text("utf-8")


@pytest.fixture(scope="module")
def markdown(folder: Path) -> str:
    return (folder / "report.md").read_text("utf-8")


class Elements(HTMLParser):
    """All elements of a page with their attributes; each must be closed before what holds it."""

    VOID = ("meta", "img", "br", "link", "hr", "path", "use")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def article(page: str, name: str) -> str:
    """What the page shows of one question."""
    (found,) = (part for part in re.findall(r"<article.*?</article>", page, re.S) if name in part)
    return found


def test_every_failed_question_is_named_worst_first(page: str, markdown: str) -> None:
    for text in (page, markdown):
        places = [text.index(name) for name in ("fel-tal", "avstår ·", "utan-källa")]
        assert places == sorted(places)
        assert "samtal" in text
        assert not re.search(r"rätt · tal", text)
    assert page.count("<article") == 4
    assert markdown.count("\n### ") == 4


def test_expectation_answer_and_reasons_stand_beside_each_other(page: str, markdown: str) -> None:
    shown = article(page, "fel-tal")
    for text in ("−94\u00a0200\u00a0tkr", "−94\u00a0100\u00a0tkr", "Tabell 5.", "Väntat"):
        assert text in shown
    assert "Tidigare i samtalet: ”Lokalhyror, plan 2028?”" in page
    assert "Tidigare i samtalet: ”Lokalhyror, plan 2028?”" in markdown


def test_nothing_of_a_question_is_run(page: str, markdown: str) -> None:
    assert html.escape(SCRIPT, quote=False).replace("'", "&#39;") in page
    assert "<script" not in page
    assert "<script" not in markdown
    assert not Elements(page).named("script")


def test_the_cited_page_is_shown_with_its_number_marked(
    page: str, markdown: str, folder: Path
) -> None:
    images = Elements(page).named("img")
    for image in images:
        source, alt = str(image["src"]), str(image["alt"])
        assert source in markdown
        assert "sidan " in alt
        with Image.open(folder / source) as drawn:
            assert drawn.format == "JPEG"
            assert min(drawn.size) > 800
    (image,) = Elements(article(page, "fel-tal")).named("img")
    assert "Markerat: ”Lokalhyror" in str(image["alt"])
    with Image.open(folder / str(image["src"])) as drawn:
        pixels = drawn.convert("RGB").tobytes()
    marked = sum(
        1
        for at in range(0, len(pixels), 3)
        if pixels[at] > 240 and 220 < pixels[at + 1] < 248 and pixels[at + 2] < 160
    )
    assert marked > 300


def test_an_expected_page_that_is_not_cited_is_shown(page: str) -> None:
    shown = article(page, "utan-källa")
    assert "Väntad källa" in shown
    assert f"{BUDGET}, sidan 9" in shown


def test_the_page_asks_nothing_of_the_network(page: str) -> None:
    elements = Elements(page)
    assert elements.open == []
    for _, attributes in elements.found:
        for name in ("src", "href", "xlink:href", "data", "srcset"):
            value = attributes.get(name) or ""
            assert not re.match(r"(?:\w+:)?//", value), value
    assert not re.search(r"@import|url\((?!#)", page)


def test_the_page_can_be_read_by_all(page: str) -> None:
    elements = Elements(page)
    assert elements.named("html") == [{"lang": "sv"}]
    assert all(attributes.get("alt") for attributes in elements.named("img"))
    assert all(attributes.get("scope") in ("row", "col") for attributes in elements.named("th"))
    assert len(elements.named("caption")) == len(elements.named("table")) == 3
    levels = [int(tag[1]) for tag, _ in elements.found if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    for attributes in elements.named("figure"):
        assert attributes.get("role") != "img" or attributes.get("aria-label")
    assert "prefers-color-scheme: dark" in page


def test_the_summary_has_the_figures_of_the_run(page: str, markdown: str, folder: Path) -> None:
    done = load(folder)
    for text in (page, markdown):
        assert "1 av 5" in text
        for name in ("right", "uncited", "refused", "wrong"):
            assert NAMES[name].capitalize() in text
        assert done.made_of["corpus"] in text
        assert (done.made_of["commit"] or "okänd") in text
        for document in done.made_of["documents"]:
            assert document["sha256"] in text
        for package, version in done.made_of["packages"].items():
            assert package in text
            assert version in text
        assert "4–62\u00a0%" in text  # one right of five, by Wilson
        assert f"{done.summary['search']['mrr']:.3f}".replace(".", ",") in text


def test_the_same_run_gives_the_same_bytes(
    folder: Path, samples_index: Path, tmp_path: Path
) -> None:
    written = write_report(load(folder), tmp_path, samples_index)
    assert [path.name for path in written] == ["report.html", "report.md"]
    for path in (*written, *tmp_path.glob("*.svg"), *(tmp_path / "bilder").iterdir()):
        assert path.read_bytes() == (folder / path.relative_to(tmp_path)).read_bytes()


def test_pictures_of_an_earlier_report_are_taken_away_and_others_are_not(
    folder: Path, samples_index: Path, tmp_path: Path
) -> None:
    (tmp_path / "bilder").mkdir()
    for name in (f"{'0' * 16}.jpg", "egen.jpg"):
        (tmp_path / "bilder" / name).write_bytes(b"")
    write_report(load(folder), tmp_path, samples_index)
    held = {path.name for path in (tmp_path / "bilder").iterdir()}
    assert held == {"egen.jpg", *(path.name for path in (folder / "bilder").iterdir())}


# ---- where a page cannot be shown


def report_of(run_: Run, folder: Path, index: Path) -> str:
    return write_report(run_, folder, index)[0].read_text("utf-8")


def test_without_the_index_the_report_says_why_no_page_is_shown(
    folder: Path, tmp_path: Path
) -> None:
    page = report_of(load(folder), tmp_path, tmp_path / "inget")
    assert "Sidan visas inte: " in page
    assert str(tmp_path / "inget") in page
    assert not Elements(page).named("img")


def test_a_document_that_was_read_anew_is_not_drawn(
    folder: Path, samples_index: Path, tmp_path: Path
) -> None:
    done = load(folder)
    for document in done.made_of["documents"]:
        document["sha256"] = "0" * 64
    page = report_of(done, tmp_path, samples_index)
    assert "lästs in på nytt, med annat innehåll, sedan körningen" in page
    assert not Elements(page).named("img")


def test_a_kept_file_that_is_gone_is_told(
    folder: Path, copy_of_index: Path, tmp_path: Path
) -> None:
    shutil.rmtree(copy_of_index / "files")
    page = report_of(load(folder), tmp_path / "report", copy_of_index)
    assert "indexets kopia av filen går inte att läsa" in page


def test_a_document_without_pages_is_told(
    tmp_path: Path, read_into: Callable[..., list[Report]]
) -> None:
    text = tmp_path / "rapport.md"
    text.write_text("# Rapport\n\nLokalhyrorna för förskolan blev 5 200 tkr under 2025.\n", "utf-8")
    read_into(tmp_path / "index", text)
    path = tmp_path / "fragor.jsonl"
    asked = question(
        "a", "Hur mycket blev lokalhyrorna för förskolan 2025?", expect=hoping_for("1")
    )
    path.write_text(json.dumps(asked), "utf-8")
    asker = Asker(tmp_path / "index")
    done = run(asker, [path])
    asker.close()
    page = report_of(done, tmp_path / "run", tmp_path / "index")
    assert "dokumentet har inga fasta sidor att rita" in page


def test_a_run_without_failures_says_so(folder: Path, samples_index: Path, tmp_path: Path) -> None:
    done = load(folder)
    right = replace(done, items=done.items[:1])
    assert "Inga: alla svar är rätt." in report_of(right, tmp_path, samples_index)


# ---- parts


def test_text_in_markdown_means_only_itself() -> None:
    assert plain("a|b\n# *c* <i>_d_</i> [e](f) &amp;") == (
        r"a\|b \# \*c\* &lt;i&gt;\_d\_&lt;/i&gt; \[e\](f) &amp;amp;"
    )


def test_diagrams_name_what_they_show() -> None:
    bars = verdict_bars({"tal": {"right": 3, "wrong": 1}}, [("right", "rätt", "#1a7346")])
    assert bars.startswith("<svg")
    assert "rätt" in bars
    assert "tal" in bars
    times = time_histogram([10.0, 12.0, 40.0], 12.0, 40.0)
    assert "median 12 ms" in times
    assert times == time_histogram([10.0, 12.0, 40.0], 12.0, 40.0)

"""The samples are what the generator writes, and the truth of them stands on their pages."""

import json
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from corpus import bun_figures
from corpus.bun_figures import check_bun_figures
from corpus.contradictions import CONTRADICTIONS, EXPLAINED
from corpus.generate import BUILDS, DOCUMENTS, SAMPLES, TRUTH, check_all, write_all
from corpus.layout import Report
from corpus.planted import Spot
from corpus.tables import TableSpec
from corpus.truth import hash_of, page_of
from ingest import ocr
from ingest.document import parse

NAMES = sorted(path.stem for path in SAMPLES.glob("*.pdf"))
SCANNED = ("norrvik-bun-verksamhetsplan-2025", 3)
KINDS = {
    "sum", "difference", "percentage", "risk_value", "text_table", "repeated", "restated",
    "direction",
}  # fmt: skip


def truth(name: str) -> Any:
    return json.loads((TRUTH / name).read_text(encoding="utf-8"))


CONTRADICTION_TRUTHS: list[dict[str, Any]] = truth("contradictions.json")
EXPLAINED_TRUTHS: list[dict[str, Any]] = truth("explained.json")
WORDING_TRUTHS: list[dict[str, Any]] = truth("wordings.json")
PLACES = [
    (one["id"], place) for one in CONTRADICTION_TRUTHS + EXPLAINED_TRUTHS for place in one["places"]
]


def fold(text: str) -> str:
    """Without white space, and with one kind of minus, so that broken lines do not matter."""
    return re.sub(r"\s+", "", text).replace("\u2212", "-").replace("\u2013", "-")


@cache
def pages_of(document: str) -> tuple[str, ...]:
    reader = PdfReader(SAMPLES / f"{document}.pdf")
    return tuple(fold(page.extract_text()) for page in reader.pages)


def scanned(document: str, page: int) -> bool:
    return (document, page) == SCANNED


# ---- the files


def test_generator_writes_the_same_bytes_of_everything(tmp_path: Path) -> None:
    write_all(tmp_path / "samples", tmp_path / "truth")
    for written, committed in ((tmp_path / "samples", SAMPLES), (tmp_path / "truth", TRUTH)):
        files, kept = (
            {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
            for folder in (written, committed)
        )
        assert files.keys() == kept.keys()
        assert [name for name in files if files[name].read_bytes() != kept[name].read_bytes()] == []


def test_hashes_are_those_of_the_files() -> None:
    hashes = {path.name: hash_of(path) for path in SAMPLES.glob("*.pdf")}
    assert truth("hashes.json") == hashes
    assert len(hashes) == len(BUILDS) == 11


def test_every_document_that_truth_names_exists() -> None:
    named = {place["document"] for _, place in PLACES}
    named |= {p["document"] for wording in WORDING_TRUTHS for p in wording["passages"]}
    named |= {document for wording in WORDING_TRUTHS for document in wording["gone"]}
    assert named <= set(NAMES)
    assert sorted(path.stem for path in (TRUTH / "tables").glob("*.json")) == NAMES


# ---- figures


def test_figures_agree_with_each_other() -> None:
    check_all()


@pytest.mark.parametrize(
    ("name", "field", "message"),
    [
        ("COST_TYPES", "actual_2024", "actual_2024"),
        ("ACTIVITIES", "forecast_2025", "forecast_2025"),
        ("MEASURES", "effect_2025", "measures"),
        ("STAFFING", "sick_2023", "absence 2023"),
    ],
)
def test_a_changed_figure_is_told(
    monkeypatch: pytest.MonkeyPatch, name: str, field: str, message: str
) -> None:
    first, *rest = getattr(bun_figures, name)
    changed = replace(first, **{field: getattr(first, field) + 1})
    monkeypatch.setattr(bun_figures, name, (changed, *rest))
    with pytest.raises(ValueError, match=f"do not add up: {message}"):
        check_bun_figures()


@cache
def built() -> dict[str, Report]:
    return {document.name: document.build() for document in DOCUMENTS}


def value(text: str) -> Decimal:
    return Decimal(fold(text).replace(",", ".") or 0)


def sums_amiss(spec: TableSpec, *, income_is_taken: bool) -> set[str]:
    """The columns whose total is not what stands above it."""
    *lines, total = spec.rows
    amiss = set()
    for x, column in enumerate(spec.columns):
        if not column.number or spec.unit_at(-1, x) in ("%", "risk"):
            continue
        turned = income_is_taken and column.measure != "avvikelse"
        parts = [value(row[x]) * (-1 if turned and row[0] == "Intäkter" else 1) for row in lines]
        if sum(parts) != value(total[x]):
            amiss.add(column.title)
    return amiss


def test_all_totals_add_up_but_those_that_were_planted() -> None:
    amiss = {
        (name, spec.caption.split(",")[0].split(" (")[0], title)
        for name, report in built().items()
        for spec in report.tables
        if spec.totals
        for title in sums_amiss(spec, income_is_taken="-bun-" in name)
    }
    assert amiss == {
        ("norrvik-von-arsredovisning-2023", "Investeringar 2023", "Utfall 2023"),  # m02
        ("norrvik-von-budget-2024", "Nettokostnad per verksamhet", "Förändring"),  # m03
        ("norrvik-von-internkontrollplan-2025", "Resultat av kontrollerna 2024", "Antal stickprov"),
        ("norrvik-bun-delarsrapport-2024", "Nettokostnad per verksamhet", "Avvikelse jan–aug"),
        ("norrvik-bun-budget-2025", "Åtgärder för en budget i balans", "Effekt 2026"),  # m18
    }


def deviations_amiss(spec: TableSpec) -> set[str]:
    """The rows where a deviation is not the budget less what stands before it (income turned)."""
    amiss = set()
    for row in spec.rows:
        for x, column in enumerate(spec.columns[2:], 2):
            if column.measure != "avvikelse" or spec.columns[x - 2].measure != "budget":
                continue
            difference = value(row[x - 2]) - value(row[x - 1])
            if value(row[x]) != (-difference if row[0] == "Intäkter" else difference):
                amiss.add(row[0])
    return amiss


def test_a_minus_is_worse_for_the_board_of_schools_in_every_row() -> None:
    tables = [
        (name, spec)
        for name, report in built().items()
        for spec in report.tables
        if "-bun-" in name and spec.rows[-1][0] == "Nettokostnad"
    ]
    checked = [t for t in tables if any(c.measure == "avvikelse" for c in t[1].columns)]
    assert len(checked) == 6
    amiss = {(name, row) for name, spec in checked for row in deviations_amiss(spec)}
    assert amiss == {("norrvik-bun-delarsrapport-2024", "Gymnasieskola")}  # m15


# ---- what was planted


def test_contradictions_are_told_apart() -> None:
    ids = [one["id"] for one in CONTRADICTION_TRUTHS + EXPLAINED_TRUTHS]
    assert len(set(ids)) == len(ids)
    assert {one["kind"] for one in CONTRADICTION_TRUTHS} == KINDS
    assert all(fold(one["stated"]) != fold(one["expected"]) for one in CONTRADICTION_TRUTHS)
    assert sum("-bun-" in one["document"] for one in CONTRADICTION_TRUTHS) == 13
    assert sum("-bun-" in one["document"] for one in EXPLAINED_TRUTHS) == 4
    assert len(CONTRADICTIONS) == len(CONTRADICTION_TRUTHS) == 26


@pytest.mark.parametrize(("planted", "place"), PLACES, ids=lambda value: str(value)[:3])
def test_a_planted_place_stands_on_its_page(planted: str, place: dict[str, Any]) -> None:
    document, page = place["document"], place["page"]
    if scanned(document, page):  # what the picture says is tested below
        assert planted == "m21"
        return
    assert fold(place["at"]) in pages_of(document)[page - 1]


@pytest.mark.parametrize(
    "one", CONTRADICTION_TRUTHS + EXPLAINED_TRUTHS, ids=lambda one: str(one["id"])
)
def test_what_is_stated_stands_at_the_first_place(one: dict[str, Any]) -> None:
    document, page = one["document"], one["page"]
    if not scanned(document, page):
        assert fold(one["stated"]) in pages_of(document)[page - 1]
    spot = one["places"][0]
    if spot["table"]:
        found = [
            row
            for table in truth(f"tables/{document}.json")
            if spot["table"] in table["caption"]
            for row in table["rows"]
            if row[0] == spot["at"] and fold(one["stated"]) in map(fold, row)
        ]
        assert len(found) == 1


@pytest.mark.parametrize("spot", [Spot(NAMES[0], "Så står det inte"), Spot(NAMES[0], "Summa", "X")])
def test_a_spot_that_stands_nowhere_is_refused(spot: Spot) -> None:
    with pytest.raises(ValueError, match="stands on"):
        page_of(spot, built()[NAMES[0]])


def test_differences_that_are_explained_say_so() -> None:
    reasons = {
        "f01": ("norrvik-von-arsredovisning-2024", "är omräknat till 1 049"),
        "f02": ("norrvik-bun-arsredovisning-2024", "har därför räknats om, från 1 514 till 1 488"),
        "f03": ("norrvik-bun-arsredovisning-2024", "flyttade i november 0,9 mnkr av budgeten"),
        "f04": ("norrvik-bun-arsredovisning-2024", "flyttade i november 0,9 mnkr av budgeten"),
        "f05": ("norrvik-bun-verksamhetsplan-2025", "har nämnden höjt det till 86 procent"),
    }
    assert reasons.keys() == {planted.id for planted in EXPLAINED}
    for document, words in reasons.values():
        assert any(fold(words) in page for page in pages_of(document))


# ---- tables and wordings


@pytest.mark.parametrize("document", NAMES)
def test_every_cell_of_a_true_table_stands_on_its_pages(document: str) -> None:
    tables = truth(f"tables/{document}.json")
    assert tables
    for table in tables:
        numbers = range(table["page"], table["last_page"] + 1)
        if any(scanned(document, number) for number in numbers):
            continue
        text = "".join(pages_of(document)[number - 1] for number in numbers)
        assert fold(table["caption"]) in text
        heads = [word for title in table["header"] for word in title.split()]
        for cell in [*heads, *(cell for row in table["rows"] for cell in row)]:
            assert fold(cell) in text, (table["id"], cell)


def test_wordings_stand_on_their_pages_and_nowhere_once_they_are_dropped() -> None:
    kinds = set()
    for wording in WORDING_TRUTHS:
        kinds.add(wording["kind"])
        texts = [passage["text"] for passage in wording["passages"]]
        assert (len(set(texts)) == 1) == (wording["kind"] != "reworded"), wording["id"]
        for passage in wording["passages"]:
            page = pages_of(passage["document"])[passage["page"] - 1]
            assert fold(passage["text"]) in page, wording["id"]
        for document in wording["gone"]:
            assert fold(texts[-1]) not in "".join(pages_of(document)), wording["id"]
        assert bool(wording["gone"]) == (wording["kind"] == "dropped")
    assert kinds == {"carried", "reworded", "dropped"}


# ---- how the pages look


def faces(document: str) -> set[str]:
    """The fonts that the pages of a document are set in, without the prefix of a subset."""
    found = set()
    for page in PdfReader(SAMPLES / f"{document}.pdf").pages:
        fonts = page["/Resources"].get("/Font", {})
        found |= {str(font.get_object()["/BaseFont"])[1:].split("+")[-1] for font in fonts.values()}
    return found


def test_the_two_boards_have_houses_of_their_own() -> None:
    houses = {board: {d.house for d in DOCUMENTS if board in d.name} for board in ("von", "bun")}
    assert not houses["von"] & houses["bun"]
    assert len(houses["bun"]) == 4
    assert len(houses["von"]) == 4
    assert {house.columns for house in houses["bun"]} == {1, 2}
    printed = {"Vera": "BitstreamVeraSans-Roman", "VeraBd": "BitstreamVeraSans-Bold"}
    for document in DOCUMENTS:
        wanted = {printed.get(f, f) for f in (document.house.regular, document.house.bold)}
        assert wanted <= faces(document.name), document.name


def test_appendices_lie_and_hold_the_large_tables() -> None:
    name = "norrvik-bun-arsredovisning-2024"
    pages = PdfReader(SAMPLES / f"{name}.pdf").pages
    lying = [n for n, p in enumerate(pages, 1) if p.mediabox.width > p.mediabox.height]
    assert lying == [4, 5, 6]
    wide = [table["page"] for table in truth(f"tables/{name}.json") if len(table["header"]) > 6]
    assert wide == [4, 5]


def test_one_page_alone_has_no_text() -> None:
    empty = [
        (name, number)
        for name in NAMES
        for number, text in enumerate(pages_of(name), 1)
        if not text
    ]
    assert empty == [SCANNED]


@pytest.mark.skipif(
    not ocr.available(), reason="tesseract with Swedish is not installed on this machine"
)
def test_the_scanned_page_can_be_read() -> None:
    name, number = SCANNED
    document = parse(SAMPLES / f"{name}.pdf")
    text = fold(" ".join(document.pages[number - 1].text.split()))
    assert fold("De fyra lokalerna kostar tillsammans 2,9 mnkr under 2025.") in text
    (table,) = [table for table in document.tables if table.page == number]
    (true,) = [t for t in truth(f"tables/{name}.json") if t["page"] == number]
    assert [row[1:] for row in table.grid()[1:]] == [row[1:] for row in true["rows"]]
    assert true["rows"][-1] == ["Summa", "2,6", "2,7"]


def test_what_is_said_twice_has_two_places() -> None:
    for one in (*CONTRADICTIONS, *EXPLAINED):
        if one.kind in ("restated", "repeated"):
            assert len(one.spots) == 2, one.id
            first, second = one.spots
            assert (first.document == second.document) == (one.kind != "restated"), one.id

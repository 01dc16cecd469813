"""The audit against the samples' planted contradictions; and how it is counted.

What is known to be missed stands in `MISSED`: the test fails where the audit gets worse, and also
where it gets better, until the list says so.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from figures import BOX

from corpus.generate import SAMPLES
from eval import score_audit
from eval.score_audit import main, measure, measure_folder, print_measure
from ingest import ocr
from ingest.types import Finding, Identity, ParsedDocument, Place, Span

MISSED: tuple[str, ...] = () if ocr.available() else ("m21",)
"""The one on the scanned page is found only where there is OCR."""


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    return measure_folder(SAMPLES.parent)


def test_planted_contradictions_are_found(measured: dict[str, Any]) -> None:
    assert tuple(measured["missed"]) == MISSED
    assert measured["planted"] == 26
    assert len(measured["found"]) == 26 - len(MISSED)


def test_nothing_else_is_told_of_the_samples(measured: dict[str, Any]) -> None:
    assert measured["false_alarms"] == []
    assert measured["explained"] == []
    assert measured["follow_on"] == []


def place(page: int, quote: str) -> Place:
    return Place("d", page, Span(page, 0, len(quote)), quote, (BOX,))


def told(kind: str, *places: Place) -> Finding:
    return Finding(kind, "Något stämmer inte.", Decimal(1), Decimal(2), "tkr", False, places)


def truth(name: str, page: int, at: str, stated: str, kind: str = "sum") -> dict[str, Any]:
    places = [{"document": "d", "page": page, "table": "", "at": at}]
    return {"id": name, "kind": kind, "stated": stated, "places": places}


def count(*findings: Finding) -> dict[str, Any]:
    document = ParsedDocument("d", "d.pdf", "ab", Identity(), (), (), (), findings=findings)
    planted = [truth("a", 1, "Summa", "−5 010"), truth("b", 2, "Hyror", "7")]
    return measure([document], planted, [truth("e", 3, "Löner", "9")])


def test_a_finding_is_matched_by_page_row_number_and_kind() -> None:
    assert count(told("sum", place(1, "Summa\t-5\u00a0010\t3")))["found"] == ["a"]
    for other in (
        told("sum", place(2, "Summa\t-5 010")),
        told("sum", place(1, "Netto\t-5 010")),
        told("sum", place(1, "Summa\t-4 000")),
    ):
        result = count(other)
        assert result["missed"] == ["a", "b"]
        assert result["false_alarms"] == ["sum d s. " + str(other.places[0].page) + ": "
                                          "Något stämmer inte."]  # fmt: skip


def test_more_about_a_planted_place_follows_from_it() -> None:
    at = place(1, "Summa\t-5 010")
    result = count(told("sum", at), told("difference", at), told("sum", at))
    assert (result["found"], len(result["follow_on"])) == (["a"], 2)
    assert result["false_alarms"] == []


def test_what_a_document_explains_is_counted_apart() -> None:
    result = count(told("restated", place(3, "Löner\t9")))
    assert (result["explained"], result["false_alarms"]) == (["e"], [])
    assert result["recall"] == 0


def test_the_command_prints_and_tells_by_its_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["score_audit", str(tmp_path)])
    assert main() == 2
    (tmp_path / "truth").mkdir()
    for name in ("contradictions", "explained"):
        planted = [truth("a", 1, "Summa", "5")] if name == "contradictions" else []
        (tmp_path / "truth" / f"{name}.json").write_text(json.dumps(planted), encoding="utf-8")
    assert main() == 1
    assert "planterade motsägelser funna: 0 av 1" in capsys.readouterr().out
    assert print_measure(count()) is False
    assert score_audit.measure([], [], [])["recall"] == 1

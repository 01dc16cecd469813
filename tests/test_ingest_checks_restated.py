"""Figures that two documents state with other values: which is newer, and what is explained."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from printed_tables import PrintedPage, checked

from ingest.checks.restated import Report, check_restated, report_of
from ingest.types import BlockKind, Finding, Identity

BOARD = "Skolnämnden"


def report(
    name: str,
    kind: str,
    title: str,
    rows: Sequence[Sequence[str]],
    *texts: str,
    kinds: BlockKind = BlockKind.PARAGRAPH,
) -> tuple[Report, tuple[Finding, ...]]:
    page = PrintedPage()
    for text in texts:
        page.paragraph(text, kinds)
    page.table(rows, unit="")
    years = tuple(range(2025, 2028)) if kind == "budget" else (int(title.split()[1]),)
    identity = Identity(title, "Lillköping", BOARD, kind, years=years)
    done = checked(page, identity=identity)
    made = report_of(name, identity, done.figures, 1, lambda number: page.page)
    assert made is not None
    return made, done.findings


def pupils(year: int, *rows: tuple[str, str, str]) -> list[list[str]]:
    return [["Antal elever", f"Utfall {year - 1}", f"Utfall {year}"], *map(list, rows)]


OLD = pupils(2023, ("Fritidshem, elever", "1 490", "1 514"), ("Gymnasium, elever", "800", "812"))
NEW = pupils(2024, ("Fritidshem, elever", "1 488", "1 498"), ("Gymnasium, elever", "812", "830"))


def told(*texts: str, kinds: BlockKind = BlockKind.PARAGRAPH, rows: object = None) -> list[str]:
    """The messages about two annual reports, the later with these paragraphs."""
    older, _ = report("ar23", "årsredovisning", "Årsredovisning 2023", OLD)
    later = rows if isinstance(rows, list) else NEW
    newer, _ = report("ar24", "årsredovisning", "Årsredovisning 2024", later, *texts, kinds=kinds)
    return [finding.message for finding in check_restated([newer, older])]


def test_without_a_reason_it_is_told() -> None:
    (message,) = told()
    assert "ar24 har 1 488" in message.replace("\u00a0", " ")
    assert "men ar23 hade 1 514" in message.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "text",
    [
        "Elever i fritidshem räknas nu i oktober. Antalet för 2023 har därför räknats om.",
        "Antalet elever i fritidshem 2023 är omräknat till 1 488.",
        "Fritidshemmens elever: uppgiften för 2023 har rättats.",
        "Jämförelsetalen för 2023 har räknats om efter den nya organisationen.",
        "För fritidshemmen har antalet sänkts från 1 514 till 1 488 efter en kontroll.",
    ],
)
def test_a_reason_in_the_text_explains_it(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Fritidshemmen flyttade till nya lokaler.",
        "Antalet elever i gymnasiet har räknats om, från 815 till 812.",
        "Antalet elever i fritidshem 2019 är omräknat.",
        "Förvaltningen har upprättat en plan för elever i fritidshem.",
        "Avgiften för fritidshem höjdes med 1 488 kronor.",
    ],
)
def test_what_is_no_reason_explains_nothing(text: str) -> None:
    assert len(told(text)) == 1


def test_a_note_on_the_row_explains_it() -> None:
    noted = [list(row) for row in NEW]
    noted[1][1] = "1 488²"
    text = "² Uppgiften är korrigerad."
    assert told(text, kinds=BlockKind.FOOTNOTE, rows=noted) == []


GOALS = [["Indikator", "Mål 2025"], ["Examen, %", "77,0"], ["Trygga, %", "85"]]
RAISED = [["Indikator", "Mål 2025"], ["Examen, %", "78,0"], ["Trygga, %", "85"]]


@pytest.mark.parametrize(
    ("budget", "plan"),
    [
        ("Beslutad av nämnden 2024-11-20, § 103.", "Beslutad av nämnden 2024-12-18, § 117."),
        ("", ""),  # a budget with plans for later years is of its first year
    ],
)
def test_the_later_decision_is_the_newer_one(budget: str, plan: str) -> None:
    first, _ = report("budget", "budget", "Budget 2025 med plan 2026–2027", GOALS, budget or "–")
    second, _ = report("plan", "plan", "Verksamhetsplan 2025", RAISED, plan or "–")
    (finding,) = check_restated([first, second])
    assert [place.document for place in finding.places] == ["plan", "budget"]
    assert (str(finding.stated), str(finding.expected)) == ("78.0", "77.0")


def test_a_decided_day_goes_before_what_is_usual_for_a_kind() -> None:
    first, _ = report("budget", "budget", "Budget 2025", GOALS, "Antagen av nämnden 2025-01-22.")
    second, _ = report("plan", "plan", "Verksamhetsplan 2025", RAISED)
    (finding,) = check_restated([first, second])
    assert finding.places[0].document == "budget"


def test_what_a_document_already_says_is_wrong_is_told_once() -> None:
    head = ["Risk", "Sannolikhet 2025", "Konsekvens 2025", "Riskvärde 2025"]
    right = [head, ["Hot och våld", "2", "4", "8"], ["Fel vid delegering", "3", "4", "12"]]
    wrong = [head, ["Hot och våld", "2", "4", "6"], ["Fel vid delegering", "3", "4", "12"]]
    plan, known = report("plan", "plan", "Internkontrollplan 2025", wrong)
    later, _ = report("delår", "delårsrapport", "Delårsrapport 2025", right)
    assert [finding.kind for finding in known] == ["risk_value"]
    assert len(check_restated([plan, later])) == 1
    renamed = [
        Finding(
            f.kind, f.message, f.stated, f.expected, f.unit, f.explained_by_rounding,
            tuple(type(p)("plan", p.page, p.span, p.quote, p.boxes) for p in f.places),
        )
        for f in known
    ]  # fmt: skip
    assert check_restated([plan, later], renamed) == []

"""Answers out of written reports: what is told, quoted, worked out, asked back and refused."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from answers import ask, results
from written_reports import ReadInto, write_annuals, write_interim

from rag.answer import Answer, ToldFigure
from rag.asking import Asker
from rag.gate import check, check_formula
from rag.offers import answer_of, choices, is_answered, question_of


@pytest.fixture(scope="module")
def interim(tmp_path_factory: pytest.TempPathFactory, read_into: ReadInto) -> Iterator[Asker]:
    """Asks one board's report of eight months."""
    folder = tmp_path_factory.mktemp("interim")
    read_into(folder / "index", write_interim(folder))
    opened = Asker(folder / "index")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def annuals(tmp_path_factory: pytest.TempPathFactory, read_into: ReadInto) -> Iterator[Asker]:
    """Asks two municipalities' reports of a year."""
    folder = tmp_path_factory.mktemp("annuals")
    read_into(folder / "index", *write_annuals(folder))
    opened = Asker(folder / "index")
    yield opened
    opened.close()


def rows(answer: Answer) -> list[str]:
    return [figure.label for figure in answer.figures if figure.role == "result"]


# ---- amounts, spoken


@pytest.mark.parametrize(
    ("text", "value", "millions", "said"),
    [
        ("Hur stor är budgeten för lokalhyror 2024?", "-15000", "15.0", "alltså 15,0 mkr"),
        (
            "Hur stor är avvikelsen för lokalhyror 2024?",
            "-200",
            "",
            "avvikelsen (Avvikelse helår 2024) är −200 tkr, alltså sämre än budget.",
        ),
        (
            "Hur stor är avvikelsen för särskilt boende 2024?",
            "1500",
            "1.5",
            "alltså 1,5 mkr bättre än budget",
        ),
        (
            "Hur stor är avvikelsen för familjehem 2024?",
            "-3400",
            "3.4",
            "alltså 3,4 mkr sämre än budget",
        ),
    ],
)
def test_an_amount_is_told_exactly_and_readably(
    interim: Asker, text: str, value: str, millions: str, said: str
) -> None:
    answer = ask(interim, text)
    assert results(answer) == [(value, "tkr")]
    assert said.replace(" tkr", "\xa0tkr").replace(" mkr", "\xa0mkr") in answer.text
    context = [figure for figure in answer.figures if figure.role == "context"]
    assert [(f"{f.value:f}", f.unit) for f in context] == ([(millions, "mkr")] if millions else [])
    for figure in context:
        assert figure.formula == f"{abs(Decimal(value)):f} / 1000"
        check_formula(figure, answer.figures)


def test_an_amount_that_ends_in_a_5_is_rounded_up(annuals: Asker) -> None:
    answer = ask(annuals, "Vad blev utfallet för hemtjänst 2024 i Björkstad?")
    assert "91\xa0250\xa0tkr, alltså 91,3\xa0mkr" in answer.text
    assert results(answer) == [("91250", "tkr")]


# ---- numbers in prose


@pytest.mark.parametrize(
    ("text", "value", "quote"),
    [
        (
            "Hur många placeringar är det?",
            ("478", "st"),
            "Antalet placeringar minskade från 512 till 478.",
        ),
        ("Hur många barn var placerade i augusti?", ("63", "personer"), "I augusti var 63 barn"),
        ("Hur många barn var placerade i HVB?", ("22", "personer"), "22 i HVB."),
        ("Hur många barn var placerade i familjehem?", ("41", "personer"), "varav 41 i familjehem"),
        (
            "Hur många sjuksköterskor har nämnden?",
            ("214", "personer"),
            "Nämnden har 214 sjuksköterskor.",
        ),
        (
            "Vad är målet för sjukfrånvaron?",
            ("6.0", "%"),
            "Målet är att sjukfrånvaron ska vara högst 6,0 procent.",
        ),
    ],
)
def test_a_number_in_prose_is_told_with_its_sentence(
    interim: Asker, text: str, value: tuple[str, str], quote: str
) -> None:
    answer = ask(interim, text)
    assert results(answer) == [value]
    (citation,) = answer.citations
    assert quote in citation.quote
    assert f"Rapporten skriver: ”{citation.quote}” [1]" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "Hur många personer står i kö till särskilt boende?",
        "Hur lång är kön till särskilt boende?",
        "Hur många orosanmälningar är det?",
        "Hur hög är sjukfrånvaron?",
        "Vad blev utfallet för sjukfrånvaron 2024?",
        "Hur många undersköterskor har nämnden?",
        "Hur många barn är placerade i jourhem?",
    ],
)
def test_a_change_is_no_level_and_a_target_no_outcome(interim: Asker, text: str) -> None:
    answer = ask(interim, text)
    assert answer.refused
    assert answer.figures == ()


# ---- limits that no label keeps to


@pytest.mark.parametrize(
    "text",
    [
        "Vad kostar hemtjänsten utan lokalhyror 2024?",
        "Hur stor är budgeten för hemtjänst exkl. hyror 2024?",
        "Hur stor är budgeten för hemtjänst exklusive moms 2024?",
        "Hur stor är budgeten för hemtjänst förutom personal 2024?",
        "Vad kostar hemtjänsten per elev 2024?",
        "Vad kostar hemtjänsten per brukare 2024?",
        "Hur stor är budgeten för hemtjänst per månad 2024?",
    ],
)
def test_a_limit_that_the_label_lacks_is_refused(interim: Asker, text: str) -> None:
    answer = ask(interim, text)
    assert answer.refused
    assert answer.figures == ()


# ---- whose is meant


def test_two_municipalities_with_other_numbers_are_asked_between(annuals: Asker) -> None:
    answer = ask(annuals, "Vad blev utfallet för hemtjänst 2024?")
    assert answer.refused
    offered = choices(answer)
    assert {(one.what.rpartition(", ")[2], one.value) for one in offered} == {
        ("Älvköping", "125\xa0500\xa0tkr"),
        ("Björkstad", "91\xa0250\xa0tkr"),
    }
    for choice in offered:
        chosen = annuals.ask(question_of(choice, answer))
        assert is_answered(choice, chosen)
        told = answer_of(choice, answer)
        check(told, annuals.index.store)
        assert choice.value in told.text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Vad blev utfallet för familjehem 2024?", "33400"),
        ("Vad blev utfallet för hemtjänst 2024 i Älvköping?", "125500"),
        ("Hur stor var budgeten för hemtjänst 2024 i Björkstad?", "90000"),
    ],
)
def test_who_is_named_or_agrees_is_answered(annuals: Asker, text: str, value: str) -> None:
    assert results(ask(annuals, text)) == [(value, "tkr")]


def test_an_answer_offers_nothing(annuals: Asker) -> None:
    assert choices(ask(annuals, "Vad blev utfallet för familjehem 2024?")) == ()


# ---- sums and orders


@pytest.mark.parametrize(
    ("text", "value", "parts"),
    [
        (
            "Vad kostade hemtjänst och särskilt boende tillsammans 2024 i Älvköping?",
            "304000",
            ["Hemtjänst", "Särskilt boende"],
        ),
        (
            "Summera utfallet för hemtjänst och familjehem i Björkstad 2024",
            "124650",
            ["Hemtjänst", "Familjehem"],
        ),
        (
            "Hur stor är budgeten för hemtjänst, familjehem och institutionsvård sammanlagt 2024 "
            "i Björkstad?",
            "132000",
            ["Hemtjänst", "Familjehem", "Institutionsvård"],
        ),
    ],
)
def test_a_sum_takes_the_named_rows_only(
    annuals: Asker, text: str, value: str, parts: list[str]
) -> None:
    answer = ask(annuals, text)
    assert results(answer) == [(value, "tkr")]
    operands = [figure for figure in answer.figures if figure.role == "operand"]
    assert [figure.label for figure in operands] == parts
    assert sum(figure.value for figure in operands) == Decimal(value)


@pytest.mark.xfail(
    strict=True, reason="the columns of eight months and of the year are not chosen between"
)
def test_a_sum_is_of_the_year_where_no_months_are_named(interim: Asker) -> None:
    answer = ask(interim, "Hur stor är budgeten 2024 för hemtjänst och familjehem tillsammans?")
    assert results(answer) == [("-150000", "tkr")]


@pytest.mark.parametrize(
    ("text", "ordered"),
    [
        (
            "Rangordna verksamheterna efter prognos 2024",
            ["Särskilt boende", "Hemtjänst", "Familjehem", "Lokalhyror"],
        ),
        (
            "Vilka verksamheter har störst underskott 2024?",
            ["Hemtjänst", "Familjehem", "Lokalhyror"],
        ),
        ("Vilka två verksamheter har störst underskott 2024?", ["Hemtjänst", "Familjehem"]),
        ("Vilken verksamhet har störst budget 2024?", ["Särskilt boende"]),
        ("Vilken verksamhet har störst avvikelse 2024?", ["Hemtjänst"]),
        ("Vilken verksamhet har minst avvikelse 2024?", ["Lokalhyror"]),
        ("Vilka verksamheter har överskott 2024?", ["Särskilt boende"]),
    ],
)
def test_a_parent_is_ranked_without_its_parts_and_totals(
    interim: Asker, text: str, ordered: list[str]
) -> None:
    assert rows(ask(interim, text)) == ordered


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Vilken verksamhet har störst avvikelse?", ("Hemtjänst", "-9600")),
        ("Vilken verksamhet har minst avvikelse?", ("Socialpsykiatri", "600")),
        ("Vilken verksamhet har störst överskott?", ("Nämnd och ledning", "1900")),
    ],
)
def test_the_largest_deviation_may_go_either_way(
    samples_index: Path, text: str, row: tuple[str, str]
) -> None:
    asker = Asker(samples_index)
    answer = ask(asker, text)
    asker.close()
    assert [(f.label, f"{f.value:f}") for f in answer.figures if f.role == "result"] == [row]


# ---- so far


@pytest.mark.parametrize(
    "text",
    [
        "Hur stor är avvikelsen för hemtjänsten hittills?",
        "Hur stor är avvikelsen för hemtjänsten till och med augusti 2024?",
    ],
)
def test_a_deviation_so_far_is_worked_out_of_the_same_months(interim: Asker, text: str) -> None:
    answer = ask(interim, text)
    worked, *operands = answer.figures
    assert (worked.role, worked.value, worked.measure) == ("result", Decimal(-3500), "avvikelse")
    assert worked.formula == "-83500 - (-80000)"
    assert worked.period == "2024-01/2024-08"
    assert [(f.measure, f.value, f.period) for f in operands] == [
        ("utfall", Decimal(-83500), "2024-01/2024-08"),
        ("budget", Decimal(-80000), "2024-01/2024-08"),
    ]


def test_a_deviation_so_far_without_a_budget_of_the_months_is_refused(
    tmp_path: Path, read_into: ReadInto
) -> None:
    path = tmp_path / "alvkoping-socialnamnden-delarsrapport-2024.md"
    path.write_text(
        "# Delårsrapport augusti 2024\n\nSocialnämnden, Älvköpings kommun\n\n"
        "Tabell 1: Utfall, tkr\n\n"
        "| Verksamhet | Utfall jan–aug 2024 | Budget helår 2024 | Prognos helår 2024 |\n"
        "|---|---:|---:|---:|\n"
        "| Hemtjänst | 83 500 | 120 000 | 125 500 |\n| Familjehem | 22 400 | 30 000 | 33 400 |\n",
        encoding="utf-8",
    )
    read_into(tmp_path / "index", path)
    asker = Asker(tmp_path / "index")
    answer = ask(asker, "Hur stor är avvikelsen för hemtjänsten hittills?")
    asker.close()
    assert answer.refused
    assert answer.figures == ()


def test_every_formula_gives_its_figure(interim: Asker) -> None:
    answer = ask(interim, "Hur stor är avvikelsen för familjehem till och med augusti 2024?")
    worked: list[ToldFigure] = [figure for figure in answer.figures if figure.formula]
    assert worked
    for figure in worked:
        check_formula(figure, answer.figures)


@pytest.mark.parametrize(
    ("row", "value", "direction"),
    [("personalkostnader", "-20", "sämre än budget"), ("intäkter", "-10", "")],
)
def test_a_minus_that_may_be_more_income_has_no_direction(
    tmp_path: Path, read_into: ReadInto, row: str, value: str, direction: str
) -> None:
    report = """# Delårsrapport 2025

Kulturnämnden, Ekby kommun

## Ekonomi

Alla belopp i tkr. Minus framför en avvikelse betyder sämre än budget.

| Post | Budget 2025 | Utfall 2025 | Avvikelse 2025 |
| --- | ---: | ---: | ---: |
| Intäkter | 100 | 110 | -10 |
| Personalkostnader | 400 | 420 | -20 |
| Lokalhyror | 300 | 290 | 10 |
"""
    (tmp_path / "rapport.md").write_text(report, encoding="utf-8")
    read_into(tmp_path / "index", tmp_path / "rapport.md")
    asker = Asker(tmp_path / "index")
    answer = ask(asker, f"Hur stor är avvikelsen för {row} 2025?")
    asker.close()
    assert results(answer) == [(value, "tkr")]
    told = answer.text.split("\n")[0]
    assert direction in told
    assert ("budget" in told) == bool(direction)

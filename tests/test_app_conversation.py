"""Answers as HTML: lines, tables, choices and notices; what documents say is text in all."""

import html
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from app.answer_parts import grouped, listed
from app.web.answer_html import answer_html
from app.web.inline import line_html
from rag.answer import Answer, Citation, Filters, Notice, Question, ToldFigure
from rag.asking import Asker
from rag.offers import answer_of, choices, is_answered, question_of
from rag.spoken import period_text

RANKING = "Vilka verksamheter går sämst mot budget i prognosen 2025?"
TOTAL = "Vad kostar hemtjänst och särskilt boende tillsammans i prognosen 2025?"
EVIL = """<img src=x onerror="hack()">${value}"""


@pytest.fixture(scope="module")
def asker(samples_index: Path) -> Asker:
    return Asker(samples_index)


def citation(number: int, page: int = 6) -> Citation:
    return Citation(number, "budget", "Budget 2026", page, "", (), "q", ((1, 2, 3, 4),))


def figure(value: int, label: str, cited: int, head: str = "Budget 2026") -> ToldFigure:
    return ToldFigure("result", Decimal(value), "tkr", label, "budget", "2026", "", (cited,), head)


def text_of(markup: str) -> str:
    """What a reader sees of HTML."""
    return html.unescape(re.sub("<[^>]*>", "", markup))


def shown(answer: Answer) -> str:
    return answer_html(answer)


def rows(markup: str) -> list[list[str]]:
    """The cells of the one table, row by row."""
    assert markup.count("<table") == 1
    return [
        [text_of(cell) for cell in re.findall(r"<t[hd][^>]*>.*?</t[hd]>", row)]
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", markup)
    ]


# ---- lines


@pytest.mark.parametrize(
    "line",
    [
        "Lokalhyror: budgeten för 2026 är −87\u00a0900\u00a0tkr. [1]",
        "Det blir 271 400 timmar eller 5,2 procent [1][2]. Slut [9]",
        f"{EVIL} & {{0}} &#123; [1]",
        "  inryckt  text  ",
        "",
    ],
)
def test_a_line_shows_exactly_its_characters(line: str) -> None:
    markup = line_html(line, (citation(1), citation(2)))
    assert text_of(markup) == re.sub(r"\[([12])\]", r"\1", line)
    assert not re.search(r"<(?!/?(?:span|button)\b)", markup)
    assert "${" not in markup


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("från −122 042 tkr till −122\u00a0745 tkr", ["−122 042 tkr", "−122\u00a0745 tkr"]),
        ("ökar med 5,2 procent eller 1 234,5 mnkr", ["5,2 procent", "1 234,5 mnkr"]),
        ("år 2025 100 platser", ["2025", "100"]),
        ("till -849 889 kronor", ["-849 889 kronor"]),
        ("COVID19 och 3a", ["3"]),
    ],
)
def test_a_number_is_held_together_with_its_sign_and_unit(line: str, numbers: list[str]) -> None:
    assert re.findall(r'<span class="number">(.*?)</span>', line_html(line, ())) == numbers


def test_a_marker_is_a_button_that_names_its_page_and_stays_with_its_word() -> None:
    markup = line_html("är 5 tkr. [2]", (citation(1), citation(2, page=9)))
    [kept] = re.findall(r'<span class="kept">(.*)</span>$', markup)
    assert text_of(kept) == "tkr. 2"
    assert 'data-source="2"' in kept
    assert 'aria-label="Visa källa 2: Budget 2026, sidan 9"' in kept


def test_a_marker_without_citation_is_text() -> None:
    assert "<button" not in line_html("enligt bilaga [7]", (citation(1),))


def test_lines_stand_each_by_itself_and_the_formula_is_quiet(asker: Asker) -> None:
    answer = asker.ask(Question(TOTAL))
    lines = re.findall(r"<p( class=\"\w+\")? lang=\"sv\">(.*?)</p>", shown(answer))
    said = [line.replace("[", "").replace("]", "") for line in answer.text.split("\n")]
    assert {text_of(line).replace("\u00a0", "") for _, line in lines} == {
        grouped(line).replace("\u00a0", "") for line in said
    }
    assert [kind for kind, _ in lines] == ["", ' class="aside"', ' class="formula"']
    assert '<details class="worked"><summary>Så räknades det</summary><p class="formula"' in shown(
        answer
    )


def test_long_numbers_of_a_formula_are_grouped() -> None:
    formula = "Uträkning: −122745 − (−122042) = −703 tkr"
    assert grouped(formula) == "Uträkning: −122\u00a0745 − (−122\u00a0042) = −703 tkr"
    assert grouped("0,123456 × 1000000") == "0,123456 × 1\u00a0000\u00a0000"


# ---- tables


def test_a_ranking_is_a_table_under_its_line(asker: Asker) -> None:
    answer = asker.ask(Question(RANKING))
    markup = shown(answer)
    assert rows(markup) == [
        ["Post", "Helår 2025 Avvikelse", "Källa"],
        ["Hemtjänst", "−9\u00a0600\u00a0tkr", "1"],
        ["Särskilt boende", "−6\u00a0300\u00a0tkr", "2"],
        ["LSS-boende", "−2\u00a0400\u00a0tkr", "3"],
        ["Hälso- och sjukvård", "−1\u00a0700\u00a0tkr", "4"],
    ]
    assert "– Hemtjänst" not in text_of(markup)
    assert markup.index("i ordning:") < markup.index("<table") < markup.index("Minus betyder")
    assert re.findall(r'data-source="(\d)"', markup) == ["1", "2", "3", "4"]


def test_a_trend_is_a_table_by_its_columns(asker: Asker) -> None:
    table = rows(shown(asker.ask(Question("Hur utvecklas hyrorna år för år?"))))
    assert table[0] == ["Avser", "Värde", "Källa"]
    assert table[1] == ["Utfall 2024", "−80\u00a0330\u00a0tkr", "1"]
    assert table[-1] == ["Plan 2028", "−94\u00a0100\u00a0tkr", "1"]


def test_a_total_stands_under_its_parts(asker: Asker) -> None:
    markup = shown(asker.ask(Question(TOTAL)))
    assert rows(markup) == [
        ["Post", "Helår 2025 Prognos", "Källa"],
        ["Hemtjänst", "−206\u00a0000\u00a0tkr", "1"],
        ["Särskilt boende", "−304\u00a0900\u00a0tkr", "2"],
        ["Tillsammans", "−510\u00a0900\u00a0tkr", ""],
    ]
    assert markup.count('<tr class="sum">') == 1


@pytest.mark.parametrize("question", ["Lokalhyror budget 2026?", "Vad står det om hyra?"])
def test_one_number_and_quotes_make_no_table(asker: Asker, question: str) -> None:
    answer = asker.ask(Question(question))
    assert answer.status == "answered"
    assert listed(answer) == ()
    assert "<table" not in shown(answer)


def test_the_one_number_that_was_asked_for_stands_first_and_large(asker: Asker) -> None:
    markup = shown(asker.ask(Question("Lokalhyror budget 2026?")))
    [headline] = re.findall(r'^<p class="headline">(.*?)</p>', markup)
    assert text_of(headline) == "−87\u00a0900\u00a0tkrLokalhyror, Budget 2026"
    assert markup.count('class="number asked">−87\u00a0900\u00a0tkr<') == 2
    assert 'class="headline"' not in shown(asker.ask(Question(RANKING)))
    assert 'class="headline"' not in shown(asker.ask(Question("Vad står det om hyra?")))


def test_columns_without_a_year_are_told_with_theirs() -> None:
    told = (
        replace(figure(1, "Hyra", 1, head=""), period="2024-01/2024-08", measure="utfall"),
        figure(2, "Hyra", 1, head="Belopp"),
    )
    answer = Answer("", "answered", "Hyra:\n– a: 1 [1]\n– b: 2 [1]", (citation(1),), figures=told)
    assert [row[0] for row in rows(shown(answer))] == [
        "Avser",
        "Utfall januari–augusti 2024",
        "Belopp, 2026",
    ]


def test_what_tables_hold_is_text() -> None:
    told = (figure(1, EVIL, 1), figure(2, "Hyra", 1, head=EVIL))
    evil = replace(citation(1), title=EVIL)
    answer = Answer("", "answered", "A:\n– a: 1 [1]\n– b: 2 [1]", (evil,), figures=told)
    markup = shown(answer)
    assert "<img" not in markup
    assert "${" not in markup
    assert rows(markup)[1][0] == EVIL


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("", ""),
        ("2024", "2024"),
        ("2024-01/2024-08", "januari–augusti 2024"),
        ("2024-08/2024-08", "augusti 2024"),
    ],
)
def test_periods_are_told_in_swedish(period: str, text: str) -> None:
    assert period_text(period) == text


# ---- choices


def test_a_question_back_offers_a_button_for_each_number(asker: Asker) -> None:
    answer = asker.ask(Question("Vad kostar lokalerna?"))
    offered = choices(answer)
    assert len(offered) == answer.text.count("\n– ") > 2
    markup = shown(answer)
    buttons = re.findall(r'<button type="button" class="choice" (.*?)>(.*?)</button>', markup)
    assert [text_of(said) for _, said in buttons] == [f"{c.what} {c.value}" for c in offered]
    assert [said for said, _ in buttons] == [
        f'data-choice="{index}"' for index in range(len(offered))
    ]
    assert "– Lokalhyror" not in text_of(markup)


def test_what_is_chosen_is_asked_of_its_document(asker: Asker) -> None:
    offer = asker.ask(Question("Vad kostar lokalerna?"))
    for choice in choices(offer):
        precise = question_of(choice, offer)
        [document] = [c.document for c in offer.citations if c.id == choice.citation]
        assert precise == Question(f"{choice.what}?", filters=Filters(documents=(document,)))
        answer = asker.ask(precise)
        assert is_answered(choice, answer)
        assert choice.value in answer.text
        told = answer_of(choice, offer)
        assert told.text == f"{choice.what}: {choice.value}. [1]"
        assert [(c.id, c.document) for c in told.citations] == [(1, document)]


def test_what_is_chosen_is_of_the_year_that_was_asked_about() -> None:
    which = "Frågan kan gälla flera tal. Vilket menar du?"
    lines = f"{which}\n– Netto, avvikelsen (Avvikelse helår): −5 [1]"
    offer = Answer("Hur stor är avvikelsen 2025?", "refused", lines, (citation(1),))
    [choice] = choices(offer)
    assert question_of(choice, offer).text == "Netto, avvikelsen (Avvikelse helår), 2025?"
    assert answer_of(choice, offer).question == "Netto, avvikelsen (Avvikelse helår), 2025?"
    dated = replace(offer, text=lines.replace("Avvikelse helår", "Avvikelse 2024"))
    assert question_of(choices(dated)[0], dated).text == "Netto, avvikelsen (Avvikelse 2024)?"


def test_another_number_is_no_answer_to_a_choice(asker: Asker) -> None:
    offer = asker.ask(Question("Vad kostar lokalerna?"))
    first, second, *_ = choices(offer)
    answer = asker.ask(question_of(first, offer))
    assert is_answered(first, answer)
    assert not is_answered(second, answer)
    assert not is_answered(first, offer)


def test_other_answers_offer_nothing(asker: Asker) -> None:
    assert choices(asker.ask(Question(RANKING))) == ()
    assert choices(Answer("", "refused", "Nej.\n– Hyra, Norrvik: 5 tkr [1]")) == ()


def test_where_a_refusal_searched_is_quiet(asker: Asker) -> None:
    markup = shown(asker.ask(Question("Vilket bredband har biblioteket i Kiruna?")))
    [aside] = re.findall(r'<p class="aside" lang="sv">(.*?)</p>', markup)
    assert text_of(aside).startswith("Sökt i ")


# ---- notices


def conflict() -> Answer:
    message = "Texten anger 2 450 tkr för Ridhus, men tabellen har 2 300 tkr."
    return Answer(
        "Ridhus?",
        "answered",
        "Ridhus: 2 300 tkr. [1]\nRidhus: 2 450 tkr. [2]",
        (citation(1, 4), citation(2, 7), citation(3, 8)),
        (Notice("source_conflict", message, (1, 2)),),
        figures=(figure(2300, "Ridhus", 1), figure(9, "Ridhus", 1), figure(2450, "Ridhus", 2)),
    )


def test_a_contradiction_is_a_note_with_a_button_for_each_place() -> None:
    markup = shown(conflict())
    assert markup.count('role="note"') == 1
    assert '<div class="notice conflict" role="note"><svg ' in markup
    note = markup[markup.index('role="note"') :]
    places = re.findall(r'class="place" data-source="(\d)".*?>(.*?)</button>', note)
    assert [(source, text_of(said).replace("\u00a0", " ")) for source, said in places] == [
        ("1", "1 Budget 2026, sidan 4: 2 300 tkr"),
        ("2", "2 Budget 2026, sidan 7: 2 450 tkr"),
    ]
    assert "Texten anger 2 450 tkr för Ridhus" in text_of(note)


@pytest.mark.parametrize("kind", ["grade", "ocr"])
def test_other_notices_are_small_and_begin_with_obs(kind: str) -> None:
    answer = Answer(
        "", "answered", "5. [1]", (citation(1),), (Notice(kind, f"Jämför. {EVIL}", (1,)),)
    )
    markup = shown(answer)
    [note] = re.findall(r'<div class="notice small" role="note">(.*?)</div>', markup)
    assert '<svg viewBox="0 0 24 24" aria-hidden="true"' in note
    assert text_of(note) == f"Obs: Jämför. {EVIL}"
    assert "<img" not in markup
    assert 'class="place"' not in markup

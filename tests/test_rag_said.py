"""Sentences held against figures, quotes and documents: right ones pass, wrong ones never."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from mutations import amounts, mutations

from rag import asking
from rag.answer import Answer, Citation, Question, ToldFigure
from rag.asking import Asker
from rag.language.keys import Keyring, keyring
from rag.question_set import QuestionLine, read_questions
from rag.said.facts import material
from rag.said.own import bound, faults_of
from rag.said.sentences import check_sentence, read
from rag.spoken import number

QUESTIONS = Path(__file__).parent.parent / "corpus" / "questions"
NEW_WORDINGS = Path(__file__).with_name("data") / "wordings_new.jsonl"
"""Written after the rules: `said` is right, `wrong` is not."""
WORDINGS = Path(__file__).with_name("data") / "wordings.jsonl"
Wordings = list[tuple[Keyring, list[str]]]


@pytest.fixture(scope="module")
def asker(whole_index: Path) -> Iterator[Asker]:
    """An asker over the samples."""
    opened = Asker(whole_index)
    yield opened
    opened.close()


def questions_by_id() -> dict[str, Question]:
    return {
        line.id: line.to_question()
        for path in sorted(QUESTIONS.glob("*.jsonl"))
        for line in read_questions(path)
        if isinstance(line, QuestionLine)
    }


def keys_of(asker: Asker, answer: Answer) -> Keyring:
    identities = {document.id: document.identity for document in asker.index.documents}
    return keyring(answer, material(answer, answer.question, identities))


@pytest.fixture(scope="module")
def wordings(asker: Asker) -> Wordings:
    """Each answer's keys with right wordings of it, written by hand."""
    lines = [json.loads(line) for line in WORDINGS.read_text("utf-8").splitlines()]
    asked = questions_by_id()
    found = []
    for line in lines:
        answer = asker.ask(asked[line["id"]])
        assert answer.status == "answered", line["question"]
        keys = keys_of(asker, answer)
        found.append((keys, [text for text in line["said"] if speaks_of(keys, text)]))
    return found


def speaks_of(keys: Keyring, text: str) -> bool:
    """Whether the answer has all that a wording speaks of: which passage is quoted second may
    change with what finds it."""
    held = {"F": len(keys.answer.figures), "Q": len(keys.material.quotes)}
    named = re.findall(r"\{([FQC])(\d+)\}", text)
    return all(int(number_) <= held["F" if kind == "F" else "Q"] for kind, number_ in named)


def holds(keys: Keyring, text: str) -> bool:
    sentences = read(keys.expand(text), keys.material)
    return bool(sentences) and all(sentence.held for sentence in sentences)


def test_right_answers_in_many_wordings_pass(wordings: Wordings) -> None:
    said = [(keys, text) for keys, texts in wordings for text in texts]
    blocked = [text for keys, text in said if not holds(keys, text)]
    assert len(said) >= 200
    assert len(blocked) <= 0.05 * len(said), blocked


def test_wordings_that_were_written_after_the_rules(asker: Asker) -> None:
    lines = [json.loads(line) for line in NEW_WORDINGS.read_text("utf-8").splitlines()]
    asked = questions_by_id()
    right = wrong = 0
    blocked, shown = [], []
    for line in lines:
        keys = keys_of(asker, asker.ask(asked[line["id"]]))
        right, wrong = right + len(line["said"]), wrong + len(line["wrong"])
        blocked += [text for text in line["said"] if not holds(keys, text)]
        shown += [text for text in line["wrong"] if holds(keys, text)]
    assert shown == []
    assert wrong >= 90
    assert len(blocked) <= 0.15 * right, blocked


def test_no_mutated_answer_passes(wordings: Wordings) -> None:
    chance = random.Random(8)
    others = sorted({m[0] for _, texts in wordings for text in texts for m in amounts(text)})
    tried, shown = 0, []
    for keys, texts in wordings:
        negative = any(figure.value < 0 for figure in keys.answer.figures)
        for text in texts:
            if "{" in text.replace("{C", "") or not holds(keys, text):
                continue
            for changed in mutations(text, others, chance, negative=negative):
                tried += 1
                if holds(keys, changed):
                    shown.append(f"{text} → {changed}")
    assert tried >= 1000
    assert shown == []


def test_no_key_passes_in_the_place_of_another(wordings: Wordings) -> None:
    """Keys of figures changed for those of other figures of the same answer."""
    tried, shown = 0, []
    for keys, texts in wordings:
        figures = keys.answer.figures
        for text in texts:
            for own in range(1, len(figures) + 1):
                for other in range(1, len(figures) + 1):
                    changed = text.replace(f"{{F{own}}}", f"{{F{other}}}")
                    one, two = figures[own - 1], figures[other - 1]
                    same = one.label == two.label and one.measure == two.measure
                    if changed == text or (same and one.period == two.period):
                        continue
                    tried += 1
                    if holds(keys, changed):
                        shown.append(f"{text} → {changed}")
    assert tried >= 40
    assert shown == []


def test_what_the_program_says_itself_passes(asker: Asker) -> None:
    """The sentences of answers with one figure, as the program words them."""
    questions = (
        "Hur många personer hade hemtjänst 2022?",
        "Vad blev förskolans nettokostnad 2024?",
        "Grundskola: utfall jan–aug 2025",
        "Hur många fler hemtjänsttimmar beviljades 2024 än 2022?",
        "Socialpsykiatri: avvikelse i procent av budget 2024",
    )
    for question in questions:
        answer = asker.ask(Question(question))
        first = answer.text.split("\n")[0]
        assert holds(keys_of(asker, answer), first), first


def test_all_lines_of_the_program_s_answers_are_bound(
    asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "bound", lambda answer: answer)  # to see what would be taken away
    questions = [
        line.to_question()
        for path in sorted(QUESTIONS.glob("*.jsonl"))
        for line in list(read_questions(path))[::2]
        if isinstance(line, QuestionLine)
    ]
    answers = [answer for one in questions if not (answer := asker.ask(one)).refused]
    assert len(answers) > 120
    loose = [
        (line, fault)
        for answer in answers
        for line, fault in zip(answer.text.split("\n"), faults_of(answer), strict=True)
        if fault
    ]
    assert loose == []


@pytest.mark.parametrize(
    ("unit", "formula", "spoken"),
    [
        ("mkr", "-120 / 1000", "−120\u00a0tkr"),
        ("kr", "-120 * 1000", "−120\u00a0tkr"),
        ("mkr", "-120 / 1000000", "−120\u00a0kr"),
    ],
)
def test_an_amount_may_be_told_in_the_unit_of_the_table_too(
    unit: str, formula: str, spoken: str
) -> None:
    scale = {"/ 1000": 1000, "/ 1000000": 1_000_000, "* 1000": Decimal("0.001")}
    value = Decimal(-120) / scale[formula.removeprefix("-120 ")]
    figure = replace(PLAN, role="result", value=value, unit=unit, formula=formula)
    told = f"Lokalhyror: planen för 2026 är {number(value, unit)} ({spoken}). [1]"
    answer = replace(RENTS, text=told, figures=(figure,))
    assert faults_of(answer) == [""]
    assert faults_of(replace(answer, text=told.replace("−120", "−130"))) != [""]
    assert faults_of(replace(answer, figures=(replace(figure, formula=""),))) != [""]


# ---- one made answer: rents in two years


CITED = Citation(
    1, "budget-2026", "Budget 2026", 3, "3", (), "Lokalhyror −100 −120", ((0, 0, 1, 1),),
    source="Budget 2026, Norrvik, s. 3",
)  # fmt: skip
BUDGET = ToldFigure(
    "operand", Decimal(-100), "tkr", "Lokalhyror", "budget", "2025", "", (1,), "Budget 2025"
)
PLAN = ToldFigure(
    "operand", Decimal(-120), "tkr", "Lokalhyror", "plan", "2026", "", (1,), "Plan 2026"
)
CHANGE = ToldFigure(
    "result", Decimal(-20), "tkr", "Lokalhyror", "förändring", "2025–2026", "-120 - (-100)", (1,),
    "Plan 2026",
)  # fmt: skip
TOLD = (
    "Lokalhyror: från −100 tkr (budgeten för 2025) till −120 tkr (planen för 2026), en förändring "
    "med −20 tkr, alltså högre kostnad. [1]\nKostnader skrivs med minus i tabellen."
).replace(" tkr", "\u00a0tkr")
RENTS = Answer(
    "Hur ändras lokalhyrorna?", "answered", TOLD, (CITED,), (), 0, (CHANGE, PLAN, BUDGET)
)
KEYS = keyring(RENTS, material(RENTS, RENTS.question, {}))


@pytest.mark.parametrize(
    "said",
    [
        "Lokalhyrorna ökar från −100 tkr 2025 till −120 tkr 2026.",
        "Lokalhyrorna ökar från {F3} till {F2}, en ökning med {F1}.",
        "Mellan 2025 och 2026 ökar lokalhyrorna med 20 tkr. [1]",
        "Budgeten för 2025 är −100 tkr och planen för 2026 är −120 tkr.",
        "Lokalhyrorna kostar 120 tkr i planen för 2026.",
    ],
)
def test_held(said: str) -> None:
    assert check_sentence(said, KEYS.material).fault == ""


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("Lokalhyrorna ökar från −120 tkr till −100 tkr.", "swapped"),
        ("Lokalhyrorna ökar från {F2} till {F3}.", "swapped"),
        ("Lokalhyrorna minskar med 20 tkr mellan 2025 och 2026.", "direction down"),
        ("Lokalhyrorna ökar med 20 mkr mellan 2025 och 2026.", "no figure"),
        ("Lokalhyrorna ökar med 20 procent mellan 2025 och 2026.", "no figure"),
        ("Lokalhyrorna ökar med tjugo procent.", "no figure"),
        ("Lokalhyrorna ökar med en femtedel till 120 tkr.", "not in the material"),
        ("Lokalhyrorna fördubblas till −120 tkr i planen för 2026.", "not in the material"),
        ("Lokalhyrorna är 120 tkr i planen för 2026.", "minus is gone"),
        ("Lokalhyrorna är −120 tkr i budgeten för 2026.", "another measure"),
        ("Lokalhyrorna är −120 tkr i planen för 2027.", "another year"),
        ("Lokalhyrorna är −120 tkr.", "which of several"),
        ("År 2026 är lokalhyrorna −20 tkr.", "told as something else than a difference"),
        ("Lokalhyrorna ökar med 120 tkr till 2026.", "an amount told as a change"),
        ("Lokalhyrorna är cirka −120 tkr i planen för 2026.", "cirka"),
        ("Lokalhyrorna är inte −120 tkr i planen för 2026.", "negation"),
        ("Omsorgsnämnden har −120 tkr i planen för 2026.", "another document or board"),
        ("Årsredovisningen visar −120 tkr i planen för 2026.", "another document or board"),
        ("Skövde har −120 tkr i planen för 2026.", "sources do not hold"),
        ("Lokalhyrorna är −120 tkr i planen för 2026, vilket är skandal.", "skandal"),
        ("Lokalhyrorna är −120 tkr i planen för 2026 [2].", "not in the material"),
        ("Lokalhyrorna är {F9} i planen för 2026.", "not in the material"),
        ("Planen för 2026 är −120 tkr, se https://ond.se.", "markup"),
        ("![Planen för 2026 är −120 tkr](//ond.se/x.png)", "markup"),
        ("<b>Planen för 2026 är −120 tkr</b>", "markup"),
        ("Ring 08-123 45 67 om planen för 2026, −120 tkr.", "not in the material"),
        ("Rapporten skriver: ”Hyrorna är −120 tkr.”", "not in the material"),
        ("Det går bra.", "bra"),
        ("Så är det.", "says nothing"),
        ("The rent is −120 tkr in 2026.", "sources do not hold"),
    ],
)
def test_not_held(said: str, fault: str) -> None:
    assert fault in check_sentence(said, KEYS.material).fault


def test_a_held_sentence_is_shown_with_its_sources_and_one_minus_alone() -> None:
    said = "Lokalhyrorna ökar från {F3} till {F2}, en ökning med {F1}."
    shown = KEYS.shown(check_sentence(said, KEYS.material)).replace("\u00a0", " ")
    assert shown == "Lokalhyrorna ökar från −100 tkr till −120 tkr, en ökning med 20 tkr. [1]"


def test_the_model_sees_no_digit_of_the_documents() -> None:
    described = KEYS.description()
    for key in ("F", "Q", "C", "N", "P", "D"):
        described = described.replace(f"{{{key}1}}", "").replace(f"{{{key}2}}", "")
    assert not any(char.isdigit() for char in described.replace("{F3}", "").replace("{P3}", ""))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("−100", "−200"),
        ("−120", "120"),
        ("−20", "20"),
        ("tkr (b", "mkr (b"),
        ("2026", "2031"),
        ("Lokalhyror", "Städning"),
        ("högre kostnad", "lägre kostnad"),
        ("[1]", "[4]"),
        (". [1]", " eller nästan 500\u00a0tkr. [1]"),
        ("Lokalhyror:", "”Hyrorna sänks.” Lokalhyror:"),
    ],
)
def test_a_line_of_the_program_s_that_is_not_bound_is_taken_away(one: str, other: str) -> None:
    assert faults_of(RENTS) == ["", ""]
    two_rows = replace(RENTS, figures=(*RENTS.figures, replace(BUDGET, label="Avgifter")))
    changed = bound(replace(two_rows, text=TOLD.replace(one, other, 1)))
    assert changed.refused
    assert changed.text.startswith("Svaret gick inte att belägga")
    assert "Närmast kommer Budget 2026, Norrvik, s. 3" in changed.text


def test_what_is_left_still_answers() -> None:
    text = f"{TOLD}\nDe är 500\u00a0tkr. [1]\nUträkning: −120 − (−100) = −30\u00a0tkr"
    assert bound(replace(RENTS, text=text)) == RENTS


# ---- retold quotes


QUOTE = "Bemanningen räcker inte till. Målet uppnås delvis. Kostnaderna ökar, medan köerna minskar."
REPORT = replace(CITED, quote=QUOTE, title="Delårsrapport 2026", source="Delårsrapport 2026, s. 1")
QUOTED = Answer("Hur går det?", "answered", f"Delårsrapport 2026, s. 1: ”{QUOTE}” [1]", (REPORT,))
RETOLD = keyring(QUOTED, material(QUOTED, QUOTED.question, {}))


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("Bemanningen räcker inte till {C1}.", ""),
        ("Delårsrapporten skriver: {Q1}", ""),
        ("Kostnaderna ökar {C1}.", ""),
        ("Bemanningen räcker till {C1}.", "left out of a quote: inte"),
        ("Målet uppnås {C1}.", "left out of a quote: delvis"),
        ("Målet uppnås inte {C1}.", "a negation"),
        ("Kostnaderna minskar {C1}.", "a direction that nothing bears out"),
        ("Kostnaderna ökar 2027 {C1}.", "a year that nothing bears out"),
        ("Kostnaderna ökar för kommunstyrelsen {C1}.", "another document or board"),
        ("Kostnaderna ökar.", "says nothing that is bound"),
        ("Kostnaderna ökar {C2}.", "not in the material"),
        ("Kostnaderna ökar {C1}, ring oss.", "ring"),
    ],
)
def test_a_quote_retold(said: str, fault: str) -> None:
    found = check_sentence(said, RETOLD.material).fault
    assert fault in found
    assert bool(fault) == bool(found)

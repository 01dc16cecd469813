"""The page's words: every Swedish one has an English one, and none stands beside the catalogue."""

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app.words import catalogue, counted, language, say, spoken, term
from ingest.identity import KINDS
from rag.overviews import track_record, wording
from rag.overviews.numbers import Number

APP = Path(__file__).parent.parent / "app"
SAYING = {"say": 0, "key": 0, "counted": 1, "number_of": 1, "countedAs": 1}
"""What says words, and which of its arguments is the first that is words."""
FOR_PROGRAMS = {"api.py", "api_page.py", "guard.py", "application.py"}
"""Modules whose Swedish is no part of the page: /api, what a terminal is told."""
NO_WORDS = {
    *("årsredovisning", "delårsrapport", "Mötesunderlag", "Nämndkoll"),
    *(", eller ställ en fråga under Fråga", ", eller jämför två hela dokument"),
    "filen gick inte att läsa",
}
"""Kinds of documents that are looked for, names, and what is told in Swedish of a fault."""
SWEDISH = re.compile(r"[åäöÅÄÖ]|\b(?:och|att|inte|som|till|finns|det|den|ett|av|med|om)\b", re.I)


# ---- what the code says


def literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Subscript):  # a word that is looked up by another
        return
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def said_by_python(path: Path) -> Iterator[ast.expr]:
    """The arguments that are words, of all that says something."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            first = SAYING.get(node.func.id)
            if first is not None:
                yield from node.args[first : first + 1 + first]


def said_by_script(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    for call in re.finditer(r"\b(say|counted|countedAs)\(", text):
        depth, at = 1, call.end()
        while depth:
            if text[at] == "'":
                end = text.index("'", at + 1)
                if depth == 1:
                    yield text[at + 1 : end]
                at = end
            depth += (text[at] in "({") - (text[at] in ")}")
            at += 1


PYTHON = sorted(APP.rglob("*.py"))
SCRIPTS = sorted((APP / "web" / "static").glob("*.js"))


def every_word() -> set[str]:
    found = {word for path in PYTHON for one in said_by_python(path) for word in literals(one)}
    return found | {word for path in SCRIPTS for word in said_by_script(path)}


def vocabulary() -> set[str]:
    """Words of the program itself that the page looks up: kinds, measures, directions."""

    def one(value: int) -> Number:
        return Number(Decimal(value), "tkr", str(value), "", (), "")

    effects = [None, one(1), one(-1), one(0)]
    kinds = ("cost", "income", "investment", "")
    found = {"budget", *wording.THE, *(kind for kind, _ in KINDS)}
    for kind in kinds:
        found |= {
            wording.direction(kind, effect, one(own)) for effect in effects for own in (1, -1, 0)
        }
        line: Any = type("Line", (), {"kind": kind})
        found |= {
            track_record._direction(line, one(own), effect)
            for effect in effects
            for own in (1, -1, 0)
        }
    return found


def test_every_swedish_word_has_an_english_one_and_none_is_left_over() -> None:
    assert len(every_word()) > 400
    assert every_word() | vocabulary() == set(catalogue())


def test_the_english_words_take_what_the_swedish_ones_take() -> None:
    def taken(text: str) -> list[str]:
        return sorted(re.findall(r"\{(\w+)\}", text))

    assert [one for one, other in catalogue().items() if taken(one) != taken(other)] == []
    both = [*catalogue(), *catalogue().values()]
    assert [text for text in both if re.search(r'[<>&"$\\]|\{\}', text)] == []
    # English has none of the letters but in names
    assert [
        text
        for text in catalogue().values()
        if re.search("[åäö]", text.replace("Nämndkoll", ""), re.I)
    ] == []


def test_what_is_said_stands_in_the_catalogue_or_comes_from_there() -> None:
    """No sentence is put together before it is looked up."""
    built = [
        f"{path.name}: {ast.unparse(one)}"
        for path in PYTHON
        for one in said_by_python(path)
        if isinstance(one, ast.JoinedStr | ast.BinOp)
    ]
    assert built == []


@pytest.mark.parametrize("path", [p for p in PYTHON if p.parent.name == "web"], ids=str)
def test_no_swedish_stands_beside_what_is_said(path: Path) -> None:
    if path.name in FOR_PROGRAMS:
        pytest.skip("no part of the page")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {word for one in said_by_python(path) for word in literals(one)}
    described = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    beside = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in described and node.value not in told | NO_WORDS
        if SWEDISH.search(node.value.replace(">Nämnd<", ""))
    ]
    assert beside == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_holds_swedish_beside_what_it_says(path: Path) -> None:
    code = re.sub(r"/\*.*?\*/|(?<![:'])//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.S)
    for word in sorted({*said_by_script(path), "Nämndkoll"}, key=len, reverse=True):
        code = code.replace(word, "")
    assert re.findall(r".*[åäöÅÄÖ].*", code) == []


# ---- how it is said


def test_words_are_swedish_until_another_language_is_spoken() -> None:
    assert (language(), say("Sidan {page}", page=3)) == ("sv", "Sidan 3")
    with spoken("en"):
        assert (language(), say("Sidan {page}", page=3)) == ("en", "Page 3")
        with spoken("sv"):
            assert say("Sidan {page}", page=4) == "Sidan 4"
        assert say("Sidan {page}", page=5) == "Page 5"
    assert language() == "sv"


@pytest.mark.parametrize("asked", ["de", "", None, 7, ["en"], "EN "])
def test_a_language_that_is_none_of_ours_is_swedish(asked: object) -> None:
    with spoken(asked):
        assert language() == "sv"


def test_words_that_mean_several_things_are_told_apart() -> None:
    assert say("Dokument|flera") == say("Dokument") == "Dokument"
    with spoken("en"):
        assert (say("Dokument|flera"), say("Dokument")) == ("Documents", "Document")
        assert counted(1, "{count} sida", "{count} sidor") == "1 page"
        assert counted(2, "{count} sida", "{count} sidor") == "2 pages"


def test_a_kind_that_somebody_made_up_stays_as_it_is() -> None:
    with spoken("en"):
        assert (term("delårsrapport"), term("skrivelse {x}")) == ("interim report", "skrivelse {x}")
    assert term("delårsrapport") == "delårsrapport"


def test_what_is_put_in_is_not_looked_into() -> None:
    with spoken("en"):
        assert say("{title}, sidan {page}", title="{page} {x}", page=1) == "{page} {x}, page 1"

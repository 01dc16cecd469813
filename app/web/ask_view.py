"""Fråga: a conversation about the documents, and the page that each answer stands on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.web.answer_html import answer_html, asking, sources_html
from app.web.asked import Asked, answer, asked_of
from app.web.filters import choices_of, filters_html
from app.web.inline import SV, text_html
from app.web.places import cited_places
from app.web.view import CallError, Reply, Site, View
from app.words import ENGLISH, SWEDISH, counted, key, language, say
from rag.answer import Answer, Question
from rag.asking import LONGEST_QUESTION
from rag.feedback import keep

_EXAMPLE = "– "
_WORDING = key(
    "Programmets svar visas medan en språkmodell formulerar om det, mening för mening. Varje "
    "mening kontrolleras innan den visas."
)
_LONGEST_NOTE = 2_000
_LEAD = key(
    "Fråga om nämndens budgetar, delårsrapporter och bokslut. Varje tal är läst ur ett dokument, "
    "och sidan visas bredvid svaret."
)


def _begin(site: Site, sent: Mapping[str, Any]) -> Reply:
    """What the start shows: questions that the documents answer, and what filters there are."""
    suggested = site.asker.suggest()
    documents = site.asker.index.documents
    return {
        "html": "".join(f"<li>{asking(one)}</li>" for one in suggested),
        "filters": choices_of(documents),
        "documents": len(documents),
    }


def _ask(site: Site, sent: Mapping[str, Any]) -> Reply:
    """One turn of a conversation."""
    return _ask_live(site, sent, lambda _: None)


def _ask_live(site: Site, sent: Mapping[str, Any], shown: Callable[[Reply], None]) -> Reply:
    """The same; `shown` gets the answer so far while a language model words it."""
    asked = asked_of(sent)
    found = answer(site.asker, asked, lambda so_far: shown(_so_far(asked, so_far)))
    question = _as_asked(asked, found)
    return {
        "asked": question.text,
        "html": _turn_html(site, question, found),
        "places": cited_places(site.asker.index.store, found.citations),
        "spoken": _spoken(found),
        "copied": _copied(question, found),
        "seconds": round(found.milliseconds / 1000, 2),
        "answered": not found.refused,
    }


def _so_far(asked: Asked, found: Answer) -> Reply:
    """An answer that is still being worded, and that it is."""
    question = asked.to_question()
    return {
        "html": f'<h3 class="asked"{SV}>{text_html(question.text)}</h3>'
        f'<div class="answered"><p class="searching">{say(_WORDING)} <span class="clock" '
        f'aria-hidden="true"></span></p><div class="said">{answer_html(found)}</div>'
        f"{sources_html(found)}</div>"
    }


def _as_asked(asked: Asked, found: Answer) -> Question:
    """The question that was answered: as typed, or the one that a choice stands for."""
    question = asked.to_question()
    text = question.text if asked.choice is None else found.question
    return Question(text, question.history, question.filters)


def _turn_html(site: Site, question: Question, found: Answer) -> str:
    examples = [
        line.removeprefix(_EXAMPLE)
        for line in found.text.split("\n")
        if found.refused and not found.citations and line.startswith(_EXAMPLE)
    ]
    following = site.asker.follow_ups(question, found)
    after = "".join(f"<li>{asking(one)}</li>" for one in following)
    return (
        f'<h3 class="asked" tabindex="-1"><span class="unseen">{say("Du frågade:")} </span>'
        f"<span{SV}>{text_html(question.text)}</span></h3>"
        f'<div class="answered"><div class="said">{answer_html(found, examples)}</div>'
        f"{sources_html(found)}{_doings(found)}"
        + (
            f'<div class="after"><h4>{say("Fråga vidare")}</h4>'
            f'<ul class="suggested">{after}</ul></div>'
            if after
            else ""
        )
        + "</div>"
    )


def _doings(found: Answer) -> str:
    """What can be done with an answer."""
    seconds = f"{found.milliseconds / 1000:.2f}"
    if language() != ENGLISH:
        seconds = seconds.replace(".", ",")
    return (
        '<div class="doings">'
        f'<button type="button" class="quiet" data-do="copy">{say("Kopiera")}</button>'
        f'<button type="button" class="quiet" data-do="share">{say("Länk till svaret")}</button>'
        f'<span class="judging" role="group" aria-label="{say("Stämmer svaret?")}">'
        f'<button type="button" class="quiet" data-do="right">{say("Stämmer")}</button>'
        '<button type="button" class="quiet" data-do="wrong" aria-expanded="false">'
        f"{say('Stämmer inte')}</button></span>"
        f'<span class="time">{say("Svar på {seconds} s", seconds=seconds)}</span></div>'
        f"{_taking(found)}"
        f'<form class="wrong" hidden><label>{say("Vad är fel?")} <input name="note" '
        f'maxlength="{_LONGEST_NOTE}" autocomplete="off"></label>'
        f'<button type="submit">{say("Skicka")}</button>'
        f"<p>{say('Frågan, svaret och det du skriver sparas hos den som sköter Nämndkoll.')}</p>"
        "</form>"
    )


def _taking(found: Answer) -> str:
    """What an answer can be taken along as."""
    kinds = [("docx", "Word"), ("xlsx", "Excel")] + ([("csv", "CSV")] if found.figures else [])
    buttons = "".join(
        f'<button type="button" class="quiet" data-take="{kind}" '
        f'aria-label="{say("Ladda ned svaret som {kind}", kind=name)}">{name}</button>'
        for kind, name in kinds
    )
    return (
        '<div class="doings taken"><span class="group" role="group" '
        f'aria-label="{say("Ladda ned svaret")}"><span class="lead-in" aria-hidden="true">'
        f"{say('Ladda ned som')}</span>{buttons}</span>"
        '<button type="button" class="quiet" data-do="pack" aria-pressed="false">'
        f"{say('Lägg till i mötesunderlag')}</button></div>"
    )


def _spoken(found: Answer) -> list[list[str]]:
    """What is read out to those who listen, each with its language: the answer's first lines, and
    that it has sources."""
    lines = [line for line in found.text.split("\n") if line][:2]
    conflict = any(one.kind == "source_conflict" for one in found.warnings)
    ours = [say("Obs: underlaget säger emot sig självt.")] if conflict else []
    count = len(found.citations)
    ours += [counted(count, "{count} källa.", "{count} källor.")] if count else []
    return [[" ".join(lines), SWEDISH], [" ".join(ours), language()]]


def _copied(question: Question, found: Answer) -> str:
    """An answer as text to paste elsewhere, with its sources."""
    lines = [question.text, "", found.text, ""]
    lines += [
        f"[{one.id}] {one.title}, sidan {one.page_label or one.page}" for one in found.citations
    ]
    lines += [f"Obs: {one.message}" for one in found.warnings]
    return "\n".join(lines).strip()


def _judge(site: Site, sent: Mapping[str, Any]) -> Reply:
    """Keep that an answer is right or wrong."""
    asked, right, note = sent.get("asked"), sent.get("right"), sent.get("note", "")
    fits = isinstance(asked, dict) and isinstance(right, bool) and isinstance(note, str)
    if not fits or len(note) > _LONGEST_NOTE:
        raise CallError(say("Omdömet kom inte fram som det skulle. Ladda om sidan."))
    turn = asked_of(asked)  # type: ignore[arg-type]
    found = answer(site.asker, turn)
    keep(site.folder, _as_asked(turn, found), found, right=bool(right), note=note.strip())
    return {"html": text_html(say("Tack, det är sparat."))}


def _markup() -> str:
    return (
        '<div class="ask"><div class="talk">'
        f'<div class="start"><h1>{say("Vad vill du veta inför mötet?")}</h1>'
        f'<p class="lead">{say(_LEAD)}</p></div>'
        f'<h2 class="unseen">{say("Samtalet")}</h2><ol class="turns"></ol>'
        f'<form class="asking"><label class="unseen" for="question">{say("Din fråga")}</label>'
        f'<div class="field"><textarea id="question" rows="1" maxlength="{LONGEST_QUESTION}" '
        f'placeholder="{say("Skriv din fråga")}"></textarea>'
        f'<button type="submit" class="main">{say("Fråga")}</button></div>'
        f'<div class="under">{filters_html()}'
        '<div class="over"><button type="button" class="quiet" data-do="anew" hidden>'
        f'{say("Nytt samtal")}</button><button type="button" class="quiet" data-do="forget" hidden>'
        f"{say('Rensa historiken')}</button></div></div></form>"
        f'<div class="start suggestions"><h2>{say("Prova att fråga")}</h2>'
        '<ul class="suggested"></ul></div>'
        f'<div class="earlier" hidden><h2>{say("Dina tidigare frågor")}</h2>'
        '<ul class="suggested"></ul>'
        f'<p class="aside">{say("De finns bara i den här webbläsaren.")}</p></div>'
        "</div>"
        f'<aside class="viewer" aria-label="{say("Källan")}" hidden></aside></div>'
    )


VIEW = View(
    "fraga",
    key("Fråga"),
    _markup,
    {"begin": _begin, "ask": _ask, "judge": _judge},
    live={"ask": _ask_live},
)

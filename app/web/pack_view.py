"""Mötesunderlag: the questions that a person has put aside, taken along as one file.

They are kept in the person's own browser; `app.web.downloads` makes the file.
"""

from __future__ import annotations

from app.web.downloads import MOST
from app.web.view import View
from app.words import key, say

_LEAD = key(
    "Samla frågorna inför mötet och ta med svaren i en fil, med tal och källor och sidorna de "
    "står på."
)
_KEPT = key(
    "Frågorna finns bara i den här webbläsaren. Svaren räknas fram när filen laddas ned, ur "
    "dokumenten som de är då."
)


def _markup() -> str:
    empty = say(
        "Underlaget är tomt. Ställ en fråga under {view} och välj {button} under svaret.",
        view=f'<a href="#fraga">{say("Fråga")}</a>',
        button=f"<b>{say('Lägg till i mötesunderlag')}</b>",
    )
    return (
        f'<div class="sheet pack" data-most="{MOST}"><h1>{say("Mötesunderlag")}</h1>'
        f'<p class="lead">{say(_LEAD)}</p><div class="empty"><p>{empty}</p></div>'
        '<div class="filled" hidden><h2 class="count"></h2><ol class="questions"></ol>'
        '<div class="taking"><button type="button" class="main" data-take="docx">'
        f"{say('Ladda ned som Word')}</button>"
        f'<button type="button" data-take="xlsx">{say("Ladda ned som Excel")}</button>'
        f'<button type="button" class="quiet" data-do="empty">{say("Töm underlaget")}</button>'
        f'</div><div class="making" hidden><label><span class="told">{say("Svarar på frågorna …")}'
        '</span><progress max="1" value="0"></progress></label>'
        f'<button type="button" class="quiet" data-do="stop">{say("Avbryt")}</button></div>'
        f'<p class="aside">{say(_KEPT)}</p></div></div>'
    )


VIEW = View("underlag", key("Mötesunderlag"), _markup, {})

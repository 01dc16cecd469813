"""Mötesunderlag: the questions that a person has put aside, taken along as one file.

They are kept in the person's own browser; `app.web.downloads` makes the file.
"""

from __future__ import annotations

from app.web.downloads import MOST
from app.web.view import View


def _markup() -> str:
    return (
        f'<div class="sheet pack" data-most="{MOST}"><h1>Mötesunderlag</h1>'
        '<p class="lead">Samla frågorna inför mötet och ta med svaren i en fil, med tal och källor '
        "och sidorna de står på.</p>"
        '<div class="empty"><p>Underlaget är tomt. Ställ en fråga under <a href="#fraga">Fråga</a> '
        "och välj <b>Lägg till i mötesunderlag</b> under svaret.</p></div>"
        '<div class="filled" hidden><h2 class="count"></h2><ol class="questions"></ol>'
        '<div class="taking"><button type="button" class="main" data-take="docx">'
        "Ladda ned som Word</button>"
        '<button type="button" data-take="xlsx">Ladda ned som Excel</button>'
        '<button type="button" class="quiet" data-do="empty">Töm underlaget</button></div>'
        '<div class="making" hidden><label><span class="told">Svarar på frågorna …</span>'
        '<progress max="1" value="0"></progress></label>'
        '<button type="button" class="quiet" data-do="stop">Avbryt</button></div>'
        '<p class="aside">Frågorna finns bara i den här webbläsaren. Svaren räknas fram när filen '
        "laddas ned, ur dokumenten som de är då.</p></div></div>"
    )


VIEW = View("underlag", "Mötesunderlag", _markup, {})

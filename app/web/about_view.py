"""Tillgänglighet: who the page works for, how, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable

from app.web.view import View
from app.words import ENGLISH, key, language, say

_LEAD = key(
    "Nämndkoll ska kunna användas av alla, med den utrustning man har. Målet är WCAG 2.1, nivå AA, "
    "som lagen om tillgänglighet till digital offentlig service bygger på."
)
_WORKS = (
    key(
        "Allt går att göra med tangentbordet. Tabb flyttar, Enter väljer, Esc stänger en sida som "
        "visas över svaret. Det som är valt har en tydlig ram."
    ),
    key(
        "Ett svar läses upp en gång av skärmläsare, med antalet källor. Varje knapp säger vad den "
        "öppnar."
    ),
    key(
        "Texten går att förstora till 400 procent, och sidan till en bredd av 320 bildpunkter, "
        "utan att man behöver rulla åt två håll. Bilden av en dokumentsida kan förstoras för sig."
    ),
    key("Ljust och mörkt utseende följer datorns inställning och kan väljas uppe till höger."),
    key(
        "Färg är aldrig ensam om att betyda något: varningar har ord och tecken, markeringar en "
        "ram."
    ),
    key("Rörelser stängs av när datorn är inställd så."),
    key(
        "Sidan finns på svenska och engelska; språket väljs uppe till höger. Svaren och dokumenten "
        "är på svenska, och märkta så för skärmläsare."
    ),
)
_LACKS = (
    key(
        "Dokumenten är nämndernas egna. En PDF som saknar taggar är svår att läsa med skärmläsare; "
        "det markerade citatet finns alltid som text i svaret och i källistan."
    ),
    key(
        "Om kontakten med servern bryts visar ramverket Gradio ett kort meddelande på engelska. "
        "Sidan säger samma sak själv."
    ),
    key("Utan JavaScript fungerar inte sidan."),
    key(
        "Sidan har prövats med axe-core och tangentbord i Chromium, men inte med NVDA och "
        "VoiceOver av någon som använder dem till vardags."
    ),
)
_SAY = key(
    "Hittar du ett hinder, hör av dig till den som sköter Nämndkoll hos er. Är du inte nöjd med "
    "svaret kan du anmäla det till Myndigheten för digital förvaltning, Digg, som har tillsyn."
)
_ENGLISH_PAGE = (
    key("Frågor ställs på svenska, och svaren är på svenska: de bygger på vad dokumenten säger."),
    key(
        "Belopp står som i dokumenten: tkr är tusen kronor, mkr och mnkr miljoner kronor. Komma "
        "skiljer decimaler, mellanrum tusental."
    ),
    key("Filer som laddas ned är på svenska, och det är sidan för program också."),
    key(
        "Namnen på knappar som öppnar ett tal eller en källa har ord ur dokumenten i sig. Där kan "
        "skärmläsaren inte byta språk."
    ),
)
"""What who reads the page in English needs to know of what is not."""


def _markup() -> str:
    english = ""
    if language() == ENGLISH:
        english = f"<h2>{say('På engelska')}</h2>{_listed(_ENGLISH_PAGE)}"
    return (
        f'<div class="reading"><h1>{say("Tillgänglighet")}</h1><p class="lead">{say(_LEAD)}</p>'
        f"<h2>{say('Så här fungerar det')}</h2>{_listed(_WORKS)}{english}"
        f"<h2>{say('Brister som vi känner till')}</h2>{_listed(_LACKS)}"
        f"<h2>{say('Säg till om något inte fungerar')}</h2><p>{say(_SAY)}</p></div>"
    )


def _listed(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{say(one)}</li>' for one in items)}</ul>"


VIEW = View("tillganglighet", key("Tillgänglighet"), _markup, {}, listed=False)

"""Tillgänglighet: who the page works for, how, and what it still lacks."""

from __future__ import annotations

from app.web.view import View


def _markup() -> str:
    return """\
<div class="reading">
<h1>Tillgänglighet</h1>
<p class="lead">Nämndkoll ska kunna användas av alla, med den utrustning man har. Målet är WCAG 2.1,
nivå AA, som lagen om tillgänglighet till digital offentlig service bygger på.</p>
<h2>Så här fungerar det</h2>
<ul>
<li>Allt går att göra med tangentbordet. Tabb flyttar, Enter väljer, Esc stänger en sida som visas
över svaret. Det som är valt har en tydlig ram.</li>
<li>Ett svar läses upp en gång av skärmläsare, med antalet källor. Varje knapp säger vad den
öppnar.</li>
<li>Texten går att förstora till 400 procent, och sidan till en bredd av 320 bildpunkter, utan att
man behöver rulla åt två håll. Bilden av en dokumentsida kan förstoras för sig.</li>
<li>Ljust och mörkt utseende följer datorns inställning och kan väljas uppe till höger.</li>
<li>Färg är aldrig ensam om att betyda något: varningar har ord och tecken, markeringar en ram.</li>
<li>Rörelser stängs av när datorn är inställd så.</li>
</ul>
<h2>Brister som vi känner till</h2>
<ul>
<li>Dokumenten är nämndernas egna. En PDF som saknar taggar är svår att läsa med skärmläsare; det
markerade citatet finns alltid som text i svaret och i källistan.</li>
<li>Om kontakten med servern bryts visar ramverket Gradio ett kort meddelande på engelska. Sidan
säger samma sak på svenska.</li>
<li>Utan JavaScript fungerar inte sidan.</li>
<li>Sidan har prövats med axe-core och tangentbord i Chromium, men inte med NVDA och VoiceOver av
någon som använder dem till vardags.</li>
</ul>
<h2>Säg till om något inte fungerar</h2>
<p>Hittar du ett hinder, hör av dig till den som sköter Nämndkoll hos er. Är du inte nöjd med svaret
kan du anmäla det till Myndigheten för digital förvaltning, Digg, som har tillsyn.</p>
</div>"""


VIEW = View("tillganglighet", "Tillgänglighet", _markup, {}, listed=False)

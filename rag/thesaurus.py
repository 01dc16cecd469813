"""How people ask → how boards write. A folded word → words that mean the same in a report.

Only what stands for the same thing in any board's documents belongs here; nothing that one
document says. Keys are beginnings of words, without dots: "hyrpersonal" is found in
"hyrpersonalen".
"""

from __future__ import annotations

from rag.terms import plain, words

_LONGEST_ENDING = 6  # letters that a Swedish noun or verb may add: "-arnas", "-ningen"

_SHORTEST_PART = 4  # letters of a part of a compound

_ENTRIES = """
anhörig: närstående
anställ: medarbetare personal rekrytering
arbetstid: arbetad tid
ass: assistans
assistansen: assistans
bilar: fordon
bou: barn utbildning
damer: kvinnor
avgift: taxa avgifter
avhopp: personalomsättning
avskaffa: avveckla upphöra
avskeda: uppsägning övertalighet
barnomsorg: förskola
bemött: bemötande
besparing: effektivisering åtgärder besparingsåtgärder kostnadsminskning
bespara: effektivisering åtgärder
billigare: lägre minskad
bråk: tvist konflikt oenighet
byggnad: lokal fastighet
chef: ledning ledare
dagis: förskola
datasystem: verksamhetssystem
dator: digital system
dement: demens kognitiv
dyrare: högre ökad överskrider
fast: tillsvidare
fattiga: försörjningsstöd ekonomiskt bistånd
flytta: inflyttning omfördela
flykting: nyanlända
funktionshind: funktionsnedsättning
färdtjänst: resor
företag: leverantör bolag utförare
försen: senareläggs skjutits fördröjning
förort: område
förlust: underskott negativt
gamla: äldre
gruppboende: gruppbostad bostad LSS-boende
hemhjälp: hemtjänst
hemlösa: bostadslösa
hjälp: stöd insats bistånd
hjälpmedel: utrustning
herrar: män
hsl: hälso sjukvård
hyra: lokalhyror lokalkostnader hyreskostnader
hyror: lokalhyror lokalkostnader hyreskostnader
hyrpersonal: bemanningsföretag inhyrd inhyrda konsulter
hyrläkare: bemanningsföretag inhyrd
hyrsköter: bemanningsföretag inhyrda
ifo: individ familjeomsorg
inkomst: intäkter
inköp: köp
inköpt: köp köpta
inriktning: mål uppdrag
invånare: medborgare kommuninvånare
it: digital system digitalisering
jobbar: medarbetare anställda personal
kamera: trygghetskamera digital tillsyn
klagomål: synpunkter avvikelser
kö: väntetid köer
kön: väntetid
kommunpengar: kommunbidrag
kvalitet: kvalitetsarbete
köpt: köp
invånare: befolkning befolkningen
karlar: män
korttidsboende: korttidsvård
larm: trygghetslarm
lag: lagstiftning författning
lagen: lagstiftning socialtjänstlagen
leverantör: avtal utförare
lokal: lokaler fastighet
löpande: kontinuerligt
löner: personalkostnader lönerevision lönekostnader
lönekost: personalkostnader
lönerna: personalkostnader lönerevision lönekostnader
medicin: läkemedel
medisin: läkemedel
männen: män
män: manliga
minus: underskott negativ negativt
miss: brist avvikelse
möbler: inventarier
natt: nattbemanning nattillsyn
nedskär: effektivisering åtgärder besparing
nöjda: nöjdhet brukarundersökning
omsättning: personalomsättning
oro: otrygghet risk
personalbrist: kompetensförsörjning rekrytering bemanning
plus: överskott positiv positivt
primärvård: hälso sjukvård
polit: inriktning politiska
reservel: reservkraft
robot: automation automatisering automat
sjuk: sjukfrånvaro
sjuka: sjukfrånvaro
skattepengar: kommunbidrag
sjukskriv: sjukfrånvaro sjuktal
sjukskrev: sjukfrånvaro
sjuksköterskor: legitimerad
skjuts: resor transport
skolskjuts: resor
sol: socialtjänstlagen
socialbidrag: försörjningsstöd ekonomiskt bistånd
spara: effektivisering åtgärder minska omställning besparing
sparbeting: omställning besparing effektivisering
sparkrav: omställning besparing effektivisering
säbo: särskilt boende äldreboende
ssk: sjuksköterskor
språk: språkkunskaper språkutbildning
statsbidrag: riktade
staten: statsbidrag statliga
sticker: överskrider avviker
stämt: talan tvist domstol skadestånd
stämning: talan tvist domstol skadestånd
ström: reservkraft
sommar: semester semesterperiod
semester: sommar sommarperiod
teknik: välfärdsteknik digital
lönelistan: anställda
tjej: flickor
tjejer: flickor
tjejerna: flickor
kille: pojkar
killar: pojkar
killarna: pojkar
gubbar: män
tanter: kvinnor
ungdomar: unga
ungdomarna: unga
gymnasiet: gymnasieskola gymnasieutbildning
gymmet: gym
nej: avslag avslagna
åk: årskurs
skolpeng: elevpeng peng
tomm: vakant vakanta
nki: nöjd kundindex
nmi: nöjd medborgarindex
nri: nöjd regionindex
bada: simhall bad
dagis: förskola
fritids: fritidshem
mellanstadiet: årskurs
badhus: simhall
tjäna: intäkt besparing
timanställ: timavlönade
trivs: arbetsmiljö medarbetarengagemang
trygg: trygghet
underskott: negativ avvikelse negativt
usk: undersköterskor
utbild: kompetensutveckling kompetens
utländsk: språk
vikarie: timavlönade timanställda
timvikarie: timavlönade timanställda
växer: ökning ökar ökat
våld: hot
yrke: legitimerad kompetens yrkesgrupper
ålderdomshem: äldreboende särskilt boende
äldreboende: särskilt boende omsorgsboende
äldre: brukare
återbetal: återställa
överskott: positiv avvikelse positivt
överskrid: underskott högre
överstig: överskrider
avloppsvatten: spillvatten
bibblan: bibliotek
biblan: bibliotek
biljettintäkt: entréintäkter
brottsutsatt: våldsutsatta
bygglovsansök: bygglov
hösten: ht höstterminen
höstterminen: ht hösten
inv: invånare
kulturskola: musikskola
lunch: måltid
maxtaxa: högsta avgift
musikskola: kulturskola
plog: plogning vinterväghållning
plogat: vinterväghållning
sandning: vinterväghållning halkbekämpning
skollunch: skolmåltid måltid
skolmat: skolmåltid måltider
slutbetyg: meritvärde betyg
snöröjning: vinterväghållning
sopor: avfall
sophämtning: avfall renhållning
soptaxa: avfallstaxa
vatten: va
vattenavgift: va-taxa
vägar: gator
våren: vt vårterminen
vårterminen: vt våren
"""


def _parse() -> dict[str, tuple[str, ...]]:
    entries = (line.split(": ", 1) for line in _ENTRIES.strip().splitlines())
    return {plain(key): tuple(words(meanings)) for key, meanings in entries}


_THESAURUS = _parse()
_SHORTEST = min(map(len, _THESAURUS))


def meanings(word: str) -> tuple[str, ...]:
    """What a folded word of a question may be called in a document; empty for most words.

    A compound has the meanings of both its parts: "hyreslokal" of "hyra" and of "lokal".
    """
    bare = plain(word)
    found = _whole(bare)
    for cut in range(_SHORTEST_PART, len(bare) - _SHORTEST_PART + 1):
        left = _THESAURUS.get(bare[:cut], ()) if cut > 3 else ()
        right = _whole(bare[cut:])
        if left and right:
            found = (*found, *left, *right)
    return tuple(dict.fromkeys(found))


def _whole(bare: str) -> tuple[str, ...]:
    """Meanings of a word that begins with a key and goes on with no more than an ending."""
    found: list[str] = []
    for length in range(max(_SHORTEST, len(bare) - _LONGEST_ENDING), len(bare) + 1):
        key = bare[:length]
        # a short key stands for itself alone: "it", "kö", "lag"
        if key in _THESAURUS and (length > 3 or length == len(bare)):
            found.extend(_THESAURUS[key])
    return tuple(found)

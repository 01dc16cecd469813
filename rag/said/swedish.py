"""The closed word lists that sentences are read by: directions, measures, months, number words."""

from __future__ import annotations

from decimal import Decimal

_WAYS = {
    "worse": "sämre underskott underskottet underskottets back minusresultat minus",
    "better": "bättre överskott överskottet överskottets plusresultat plus",
    "up": """ökar öka ökade ökat ökats ökning ökningen ökande fler flera mer högre större stiger
        steg stigit stiga stigande växer växte vuxit växa uppgång uppgången höjs
        höjdes höjts höja höjer höjning höjningen höjde dyrare tillväxt uppåt""",
    "down": """minskar minska minskade minskat minskats minskning minskningen minskande färre mindre
        lägre sjunker sjönk sjunkit sjunka sjunkande krymper krympte krympt faller föll fallit
        nedgång nedgången sänks sänktes sänkts sänka sänker sänkning sänkningen sänkte billigare
        nedåt""",
    "most": "störst största högst högsta flest mest dyrast dyraste sämst sämsta",
    "least": "minst minsta lägst lägsta färst billigast billigaste bäst bästa",
}
DIRECTIONS = {word: way for way, words in _WAYS.items() for word in words.split()}
"""Each word that says which way something goes, and the way."""

OPPOSITE = {"worse": "better", "better": "worse", "up": "down", "down": "up"} | {
    "most": "least",
    "least": "most",
}

NEGATIONS = frozenset(
    """inte ej icke aldrig ingen inget inga ingenting varken knappast utan saknas saknar saknades
    saknade undantag förutom utom trots däremot fel felaktig felaktigt falsk""".split()
)
"""Words that turn a sentence round; outside a quote no sentence may use them."""

LIMITS = frozenset("delvis endast bara enbart nästan knappt ännu möjligen kanske".split())
"""Words that a quote may not be retold without."""

_MEASURES = {
    "budget": """budget budgeten budgetens budgeterat budgeterade budgeterats budgeterad
        budgeterades""",
    "plan": "plan planen planens planerat planerade planeras planerar",
    "prognos": """prognos prognosen prognosens prognostiserar prognostiserat prognostiserade
        prognostiseras prognostiserades helårsprognos helårsprognosen""",
    "utfall": "utfall utfallet utfallets",
    "avvikelse": "avvikelse avvikelsen avvikelsens avviker avvek avvikit",
    "förändring": """förändring förändringen förändrades förändras förändrats skillnad skillnaden
        ändring ändringen""",
    "målvärde": "mål målet målets målvärde målvärdet målnivå målnivån",
    "nuläge": "nuläge nuläget",
    "riskvärde": "riskvärde riskvärdet",
    "sannolikhet": "sannolikhet sannolikheten",
    "konsekvens": "konsekvens konsekvensen",
}
MEASURES = {word: name for name, words in _MEASURES.items() for word in words.split()}
"""Each word that says which of a row's numbers is meant, and the measure's name."""

EXPECTING = frozenset("väntas väntade beräknas förväntas bedöms kommer ska skall".split())
"""Verbs of what has not happened: no outcome is told with them."""
CAME = frozenset("blev blivit kostat uppgick gick var".split())
PAST = r"(?:ade|ades|ats)\Z"
"""Verbs of what has happened, and how others end: nothing that is to come is told with them."""
TO_COME = frozenset({"prognos", "plan", "budget", "målvärde"})

_MONTH_NAMES = (
    "januari februari mars april maj juni juli augusti september oktober november december"
).split()
MONTHS = {name: name for name in _MONTH_NAMES} | {
    short: name
    for name in _MONTH_NAMES
    for short in (name[:3], f"{name[:3]}.", f"{name[:4]}")
    if len(name) > 4
}

PART_OF_YEAR = frozenset("delår delåret delårets delårs perioden periodens hittills".split())
WHOLE_YEAR = frozenset("helår helåret helårets helårs hela helårsprognos helårsprognosen".split())
OTHER_PERIODS = frozenset(
    """kvartal kvartalet tertial tertialet halvår halvåret månad månaden månader vecka veckan dag
    dagen fjol ifjol nyligen numera idag dagens igår imorgon årligen månatligen dagligen
    """.split()
)

_IN_ORDER = (
    "noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton "
    "arton nitton"
).split()
_TENS = "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio".split()
NUMBER_WORDS = {word: Decimal(value) for value, word in enumerate(_IN_ORDER) if word != "en"}
NUMBER_WORDS |= {word: Decimal(20 + 10 * at) for at, word in enumerate(_TENS)}
NUMBER_WORDS |= {
    f"{tens}{one}": NUMBER_WORDS[tens] + (NUMBER_WORDS[one] if one not in ("en", "ett") else 1)
    for tens in _TENS
    for one in ("ett", "en", *_IN_ORDER[2:10])
    if one in NUMBER_WORDS or one in ("en", "ett")
}
NUMBER_WORDS |= {"hundra": Decimal(100), "tusen": Decimal(1000)}
"""The number words that are one word; "en" and "ett" are articles."""

UNCOUNTED = (
    r"(?:miljon|miljard|biljon|tusental|hundratal|tiotal|dussin|hälft|halver|halv(?:a|t)?\Z|dubbl"
    r"|fördubbl|tredubbl|fyrdubbl|tredjedel|fjärdedel|femtedel|tiondel|promille|kvart\Z|par\Z"
    r"|hundra|tusen|två|tre(?:tti|tton)|fyrti|femti|sexti|sjutti|åtti|nitti|tjugo|enda\Z"
    r"|ental|mille|miljö\Z)"
)
"""How words begin that say a number which no digit stands for."""

COSTS = frozenset("kostade kostar kosta kostat kostnad kostnaden".split())
"""Words that say the sign of a cost which its table writes with a minus."""

GLUE = frozenset(
    """
    gavs gått landa pekar pekade uppgå väntade åt fram
      alltså andel andelen andra angav angavs ange anger anges angående anledning
    anledningen ansatts anslogs antal antalet använde användes används använts att av avsatt
    avsatte avsattes avseende avser avsnitt avsnittet avsätter avsätts avsåg bakgrund bakgrunden
    baserat bedömdes bedömning bedömningen bedöms bekräftar belopp beloppen beloppet beror
    beräknas berättar beskriver beskrivs beträffande betydde betyder bland blev bli blir blivit
    budgeterar budgetåret både bör början citat citatet citerar de del delar dem den denna deras
    dess dessa det detta dokument dokumenten dokumentet dokumentets du dvs där därefter därför
    därmed därpå därtill då efter eftersom eller en enheter enligt ett exakt faktiska faktiskt
    fanns fick finns formulerades formulerar formuleringen fram framgår framhåller framkom
    framkommer från får fått följande följd följer följt för före förhållande förklarar förklaras
    förklaring förklaringen först förväntas gav ge genom ger gick gjorde gälla gällande gällde
    gäller går gör göra ha hade haft hamna hamnade hamnar hamnat han handlade handlar handling
    handlingarna handlingen har hela heter hette hos hur här i ifrån in innebär innehåller
    innehöll inom jag just jämföras jämfördes jämförelse jämförs jämfört kallades kallas kan
    kolumnen kom kommer kommun kommunen kommunens konstaterar kosta kostade kostar kostat kostnad
    kostnaden kostnader kostnaderna kring kronor källa källan lagt landade landar landat ligga
    ligger lydelse lydelsen lyder lyfter lämnade lämnar låg löd med medan mellan men mot motiverar
    motsvarade motsvarande motsvarar mäts mätt nivå nivåer nivån noterades noterar noteras nu
    nämnd nämnden nämndens nämndes nämner nämns när nådde når och också om omfattade omfattar ord
    ordagrant orden ordning ordningen orsak orsaken orsaker post posten precis på rad raden rader
    raderna rapport rapporten rapportens redogör redogörs redovisad redovisade redovisar redovisas
    redovisat regel regeln respektive resultatet rymmer räknades räknar räknas räknat räkning
    samma sammanfattningsvis sammanlagt sammantaget samt satt satte satts se sedan senare ses sett
    siffra siffran siffror siffrorna sig sin sina sitt ska skall skrev skriver skrivs skull skulle
    skäl skälen skälet slut slutade slutar slutet som stannade stannar stannat stod ställa ställt
    står summa summan svar svaret säga säger sägs så tabell tabellen tabellens tagit tal talen
    talet tas text texten tidigare till tilldelats tillsammans tog togs totala totalt under
    underlag underlaget upp uppgav uppges uppgick uppgiften uppgifter uppgår uppmättes uppnåddes
    ur ut utgick utgjorde utgör utvecklades utvecklas utvecklats utveckling utvecklingen vad var
    vara varav vardera varit verksamhet verksamheten verksamheter verksamheterna verksamhetsåret
    vid vidare vilka vilken vilket vill visade visar visas väg väntas värde värdet än är även år
    åren året årets över
    """.split()
)
"""Words that say nothing by themselves; all others must come from the material."""

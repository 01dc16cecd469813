"""The closed word lists that sentences are read by: directions, measures, months, number words."""

from __future__ import annotations

from decimal import Decimal

_WAYS = {
    "worse": "sämre underskott underskottet underskottets back minusresultat",
    "better": "bättre överskott överskottet överskottets plusresultat",
    "up": """ökar öka ökade ökat ökats ökning ökningen ökande fler flera mer högre större stiger steg
        stigit stiga stigande växer växte vuxit växa uppgång uppgången höjs höjdes höjts höja höjer
        höjning höjningen höjde dyrare tillväxt uppåt""",
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

EXPECTING = frozenset("väntas beräknas förväntas bedöms kommer ska skall".split())
"""Verbs of what has not happened: no outcome is told with them."""
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

COSTS = frozenset("kostade kostar kosta kostat".split())
"""Verbs that say the sign of a cost which its table writes with a minus."""

GLUE = frozenset(
    """
    alla allt alltså andra angav ange angavs anger anges att av avser avsåg baserat bekräftar beror
    beskriver beskrivs bland blev bli blir både bör citat citatet då de del delar dem den denna
    deras dess dessa det detta du där därför därmed därtill efter eftersom en enligt ett fick
    finns fram framgår framhåller från får före för förklarar förklaras förklaringen förklaring
    gav genom ger gäller gällde gälla ge går gick göra gör gjorde ha hade han handlar handlade hamnar
    hamnade hamna har hela hur här i in innebär inom ifrån jag jämfört jämförelse just kan kommer
    kom konstaterar kring kronor källa källan landade landar landat ligger låg lagt ligga lyder
    löd lyfter med mellan men medan mot motiverar motsvarar motsvarade mätt nu nämner nämns när nämnd
    nämnden nämndens noterar noteras och också om orsak orsaken orsaker orsaken ordning ordningen
    på rad rapport rapporten rapportens redogör redovisar redovisas redovisade redovisat redovisad
    respektive resultatet räknar räknat samma sammanlagt samt se ses sett sedan sig sin sina sitt
    siffran siffror siffrorna skrev skriver skrivs skull som stannade stannar står stod summan
    svar svaret säger så sägs tabell tabellen tabellens tal talet talen text texten till
    tillsammans totalt totala under underlaget underlag uppges uppgav uppgår uppgick uppgifter
    uppgiften upp ut uppnåddes utgör utgjorde vad var vara varav vardera varit vid vilka vilken
    vilket visar visas visade väg värde värdet år året årets åren är även över
    år sammanfattningsvis sammantaget därefter därpå följer följd följt först följande
    ställa ställt förhållande räkning skäl skälet skälen anledning anledningen bakgrund bakgrunden
    dokument dokumentet dokumenten dokumentets handling handlingen handlingarna avsnitt avsnittet
    formulerar formulerades formuleringen ordagrant lydelse lydelsen ord orden citerar berättar
    enheter antal antalet andel andelen nivå nivån belopp beloppet summa post posten raden rader
    raderna kolumnen utveckling utvecklingen utvecklas utvecklats utvecklades tidigare senare
    hos kommun kommunen kommunens verksamhet verksamheten verksamheter verksamheterna bedömning
    bedömningen bedöms bedömdes väntas beräknas förväntas ska skall skulle blivit
    satt satts satte avsatt avsattes tilldelats får fått anslogs avsätts ansatts exakt
    kostade kostar kosta kostat fanns haft eller regel regeln än ur kostnad kostnaden kostnader kostnaderna precis motsvarande jämföras räknas räknades mäts uppmättes noterades hette heter
    """.split()
)
"""Words that say nothing by themselves; all others must come from the material."""

"""The words by which people ask for numbers: operations, measures, order, units. Data and no more.

All patterns are matched against the folded question without dots ("å" is "a"), so that hurried
writing is understood too.
"""

from __future__ import annotations

import re


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{form})(?!\w)" for form in forms))


MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december"
).split()
MONTH = rf"(?:{'|'.join(MONTHS)}|jan|feb|apr|jun|jul|aug|sept?|okt|nov|dec)"

EACH_YEAR = _any(r"ar for ar|per ar|(?:varje|alla) ar(?:en|et)?|utveckl\w*")
EACH_MONTH = _any(r"manad for manad|(?:varje|alla) manad\w*")
TREND = _any(
    r"per ar|manad for manad",
    r"(?:fran|mellan) .{0,40}20\d\d till .{0,20}20\d\d",
    r"utveckl\w*",
    r"ar for ar",
    r"(?:varje|alla) ar(?:en|et)?",
    r"over (?:tid|aren)",
    r"trend\w*",
    r"hur har .{0,80}\b(?:andrats|forandrats|andrat sig|forandrat sig)",
    r"(?:de )?senaste (?:tre |fyra |fem |tva )?aren",
    r"20\d\d\s*(?:-|–|till och med|till|t\.?o\.?m\.?)\s*20\d\d",
)
YEARS = re.compile(r"20\d\d ?[-–] ?20\d\d")
RANK = _any(
    r"(?:vilk(?:a|en|et)|vad|var|vem|vems)\b.{0,80}\b(?:mest|minst|storst\w*|hogst\w*|lagst\w*|flest"
    r"|farst|samst\w*|bast\w*|dyrast\w*|billigast\w*|langst|kortast)",
    r"(?:vilka|vilke[nt] (?!\w*(?:kostnad|avvikelse|summa|belopp|(?:under|over)skott))\w+)\b"
    r".{0,100}"
    r"\b(?:ga|gar|gick|gatt|visar?|visade|redovisa\w*|har|hade|med)"
    r" (?:back|plus|minus|(?:med )?(?:ett )?(?:under|over)skott)",
    r"vilka\b.{0,60}\b(?:over budget|under budget|drar over|gar back|overskrid\w*|underskott\w*"
    r"|overskott\w*|spara)",
    r"(?:storsta|minsta|hogsta|lagsta|dyraste|billigaste) (?!del|andel)\w+",
    r"rangordna\w*|ordna|sortera\w*|topp ?\d+|storst\w* (?:till|forst)",
    r"lista\b.{0,60}(?:storst|hogst)\w*",
)
LIST = _any(r"vilka|lista|rada upp")
NO_SUMS = re.compile(
    r"[,.;(]?\s*\b(?:utan|inga|ej|inte|exklusive|bortse från)\s+(?:del)?"
    r"(?:summor(?:na)?|summarad(?:er(?:na)?)?|totalrader(?:na)?|totaler(?:na)?)\b[).]?",
    re.I,
)
OUTCOME = _any(
    r"utfall\w*|faktisk\w*|bokslut\w*|upparbeta\w*|hittills|anvandes|forbrukades",
    r"har (?:\w+ ){0,4}?(?:kostat|anvant)",
)
OF_BUDGET = _any(r"av \w*budget\w*")
GOAL_AND_OUTCOME = _any(
    r"mal\w* (?:och|samt|mot) utfall\w*", r"utfall\w* (?:och|samt|mot|kontra) mal\w*"
)
GAP = _any(
    r"(?:fattas|saknas|aterstar|kvar)\b.{0,40}\bmal(?:et|vardet)?",
    r"(?:fran|till) malet\b.{0,20}\b(?:fattas|saknas|kvar)",
    r"(?:langt|mycket|manga \w+) (?:fran|under|over|ifran|till) mal(?:et|vardet)?",
)
ONE = _any(r"vilken|vilket|vem|vad|var(?= ar)|storsta|minsta|hogsta|lagsta")
ALL = _any(
    r"vilka|lista\w*|rangordna|ordna|sortera|alla|varje|topp ?\d+|storst (?:till|forst)|ordning"
)
RANK_BEST = _any(
    r"(?:gar|gick|gatt|klarar|klarade)\b.{0,20}\bbast|bast (?:mot|jamfort med) budget\w*",
    r"positiv avvikelse|forbattra\w*",
    r"\w*overskott\w*|under budget|battre an budget|gar plus",
)
ROW_NOUN = re.compile(
    r"\b(verksamhet|avdelning|kostnadsslag|atgard|projekt|omrade|enhet|indikator|grupp|kostnad|post"
    r"|nyckeltal|risk)\w*"
)
TOP = re.compile(r"\b(?:vilka|de|topp|dom) (tva|tre|fyra|fem|sex|sju|atta|nio|tio|\d{1,2})\b")
IN_ALL = re.compile(
    r"\b(?:de|dom|alla) (tva|tre|fyra|fem|sex|sju|atta|nio|tio|\d{1,2}) (?!senaste)[\w-]{3,}na\b"
)
RANK_LOW = _any(r"minst|kortast|lagst\w*|farst|billigast\w*|samst\w*|minsta forst|lagsta forst")
RANK_WORST = _any(
    r"negativ avvikelse|samst\w*|forsamra\w*|over budget|drar over|dra over|gar back"
    r"|overskrid\w*|underskott\w*"
)
SHARE = _any(
    r"hur stor (?:del|andel)",
    r"(?:hur (?:manga|stor|manga) )?procent(?:en)? av",
    r"andel(?:en)? av",
    r"hur manga procent\b.{0,40}\b(?:ar|utgor)",
)
PERCENT = _any(r"procent\w*(?!enhet)|procentuell\w*", r"hur stor (?:del|andel)", r"andel\w*")
IN_PERCENT = re.compile(r"\bprocent(?!enhet)|\bprocentuell|%")
POINTS = _any(r"procentenhet\w*")
_MORE_OF = (
    r"hur (?:mycket|manga)(?: (?:miljoner|kronor|procent|mkr|tkr|dagar|veckor|timmar|manader))?"
    r" (?:fler|farre|mer|mindre|hogre|lagre|storre|dyrare|billigare|kortare|langre|snabbare)"
)
CHANGE = _any(
    r"(?:hoj|sank)(?:a|as|s|er|t|ts|de|des)",
    r"(?:forsamr|forbattr)\w*",
    r"okning\w*|minskning\w*|forandring\w*|skillnad\w*|hojning\w*|sankning\w*|differens\w*",
    r"(?:oka|minska|forandra|andra|stig|sjunk)(?:r|t|s|ts|de|des|er|it|as|ats)?|steg|sjonk",
    r"hur mycket (?:vax(?:er|te|t|a)|krymp\w*)",
    r"skilj(?:er|de)",
    r"(?:mer|mindre|storre|dyrare|billigare|hogre|lagre|fler|farre|battre|samre)\b.{0,90}\b(?:an|jamfort)",
    r"jamfor\w*",
    _MORE_OF,
)
HOW_MUCH_MORE = _any(_MORE_OF)
TOTAL = _any(
    r"tillsammans|ihop|sammanlagt|summera\w*|sammantaget", r"plus", r"summan av .{3,80} och .+"
)
NUMBER = _any(
    r"hur (?:mycket|mycke|mkt|mke|manga|stor\w*|hog\w*|lag\w*|lang\w*|gammal|gamla)",
    r"hur (?:nojd|trygg|personcentrerad|snabb|ofta|vanlig|fort)\w*",
    r"hur ser \w*(?:avvik|prognos|utfall|budget|resultat)\w* ut",
    r"hur (?:gar|gick|har det gatt|ligger|lag|star|stod) .{0,60}\bmot (?:\w+ )?\w*budget\w*",
    r"hur bedoms (?:\w+ ){0,2}(?:sannolikhet|konsekvens)\w*",
    r"vad (?:tjana|la|lade|anvande|betalade|forbrukade|ansokte|sokte|askade|begarde|beviljades"
    r"|tilldelades|far|fick)\w*",
    r"vilket ar malet",
    r"vad (?:ar|var|blir|blev|stod|kosta\w*|ligger|lag|landa\w*|slutade|ger|gav|gar|gick)"
    r"(?! det som| laget| status| syftet| tanken| skillnaden| anledning| orsak)",
    r"vad (?:skulle|kan|ska|har) .{0,70}(?:kosta|lagga|satsa|fa|ge|spara|betala)",
    r"vad (?:tror|trodde|raknar|raknade|vantas|vantades|beraknas|beraknades|tanker|tankte)"
    r" .{0,70}(?:landa|kosta|bli|lagga|fa|hamna|for (?:under|over)skott)\w*",
    r"hur (?:troligt|sannolikt|allvarlig\w*)",
    r"hur bedom\w* .{0,20}(?:sannolikhet|konsekvens)\w*|vad visa(?:r|de) (?:\w+ )?\w*prognos\w*",
    r"vad (?:har|hade) .{0,60}(?:kostat|varit|betalat|budgetera\w*|avsatt|anslagit)",
    r"vad (?:har|hade) (?:\w+ ){1,4}lagt (?:pa|for|in|i|till)",
    r"vad tar .{0,60}\bav (?:\w*budget|ram)\w*",
    r"(?:vilk(?:a|en|et)|vad for) (?:\w+ )?(?:belopp|summa|\w*budget|ram|kostnad|prognos|utfall"
    r"|avvikelse|malvarde|riskvarde|varde|niva|antal|procent|index|andel|siffra|resultat|underskott|overskott)\w*",
    r"(?:gar|gick) .{0,40}\bplus eller minus",
    r"vilka (?:\w+ )?(?:intakter|kostnader|utgifter|inkomster|belopp|volymer|siffror)",
    r"riskvarde\w*|procentuell\w*|skillnad\w*|lagg ihop|summera|ge mig|rakna ut|visa",
)
INTERROGATIVE = re.compile(r"\W*(?:vilk|vem|vad|var|när|hur|varför|finns|är|har|kan)\w*\b")
# matched against the text with its dots: "är" is no "år"
VERB = _any(
    r"är|var|blir|blev|har|hade|kan|kunde|får|far|fick|ska|skulle|vill|finns|fanns|gör|gor|gjorde|görs"
    r"|går|gick|kommer|kom|måste|bör|klarar|tycker|säger|står|stod|vet|händer|betyder|innebär|beror"
)
TOGETHER = _any(r"tillsammans|ihop|sammanlagt|summera\w*|sammantaget")
LEVEL = _any(r"hur (?:mycket|stor\w*|hog\w*|lag\w*|lang\w*|manga)")
RISK = _any(r"risk\w*|sannolikhet\w*|konsekvens\w*|vasentlighet\w*")
ASSESSMENT = _any(
    r"(?:klara\w*|nar?|nas|nadde?s?|uppfyll\w*)\b.{0,60}\b\w*mal(?:et|en|s|vard\w*)?",
    r"mal\w*\b.{0,80}\b(?:uppfyll\w*|klara\w*|nas|nadd\w*|bedom\w*)",
    r"bedomning\w*\b.{0,40}\bmal\w*|maluppfyllelse\w*",
)

MEASURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "avvikelse",
        _any(
            r"\w*avvik\w*",
            r"(?:over|under) \w*budget\w*",
            r"back",
            r"(?:drar?|drog|dragit|ga|gar|gick|gatt)"
            r" (?:over|back|plus|minus|med (?:under|over)skott)",
            r"\w*underskott\w*|\w*overskott\w*|overskrid\w*|underskrid\w*|spracker",
            r"(?:battre|samre|hogre|lagre|mer|mindre|storre|dyrare|billigare)"
            r" an (?:\w+ )?budget\w*",
            r"(?:gar|gatt|gick|ligger|lag|star|stod|samst\w*|bast\w*)\b.{0,30}\bmot budget\w*",
            r"haller budget\w*",
            r"(?:gar|gick|gatt) (?:\w+ )?(?:samst|bast|daligast|battre|samre)",
            r"(?:blev|blir|bli) (?:det )?over(?= av)",
            r"hur (?:gar|gick|har) (?:det|ekonomin)(?: gatt)?\b.{0,60}\b(?:ekonomi\w*|budget\w*)",
            r"hur (?:gar|gick) ekonomin",
            r"(?:gar|gick) .{0,40}\b(?:plus|minus|back)",
        ),
    ),
    (
        "målvärde",
        _any(
            r"malvard\w*|malniva\w*|malsattning\w*|maltal\w*|mal(?:et|en)?(?! \d)",
            r"sikta\w*(?: pa)?",
            r"(?:vad|vilket) (?:ar|var) malet|mal for 20\d\d|mal(?:en|et)? 20\d\d",
            r"(?:ska|skall) .{0,60}? vara",
            r"vill \w+ (?:ner|upp) till|var det tankt|ar det tankt att det",
        ),
    ),
    (
        "prognos",
        _any(
            r"\w*prognos\w*",
            r"tror (?:man|vi|ni|de|namnden|kommunen)",
            r"rakna\w* med|vanta\w*|berakna\w*|forvanta\w*",
            r"raknar .{0,60}\bmed for (?:hel)?ar(?:et)?",
            r"landa(?!de)\w*|slutar pa|hamna[rt]?",
        ),
    ),
    (
        "utfall",
        _any(
            r"utfall\w*|faktisk\w*|hittills|bokslut\w*|upparbeta\w*",
            r"(?:har|hade) (?:\w+ ){0,6}?(?:betalat|kostat|anvant|forbrukat|investerat|lagt ut)",
            r"(?:betalade|kostade|investerade|forbrukade|anvande|lade|blev)s?|kopte|landade|hamnade",
            r"(?:arets |ekonomiska |namndens )?resultatet(?! (?:av|i |pa )(?!ar\b))",
            r"vad var|hur manga (?:\w+ ){0,4}(?:gick|hade|fanns|fick|var)\b",
            rf"(?:efter|till och med|tom|t\.?o\.?m\.?|per (?:den )?(?:sista |\d+ )?) ?{MONTH}",
            rf"{MONTH}\s*(?:-|–|till)\s*{MONTH}",
            r"(?:forsta|andra) halvaret|tertial \d",
        ),
    ),
    (
        "budget",
        _any(
            r"\w*budget\w*|ram(?:en|ar|arna)?|(?!fram|\w*(?:prog|dia|tele)ram)\w+ram(?:en)?|anslag\w*",
            r"\w*budget\w*|lagt in|avsatt|avsatter|tilldela\w*|lagger .{0,60}? pa",
            r"(?:ska|skall) .{0,40}?(?:kosta|fa|anvanda)",
            r"tankt att .{0,80}?(?:kosta|fa)",
        ),
    ),
    ("riskvärde", _any(r"riskvarde\w*|risktal\w*|riskpoang\w*|hur stor risk")),
    ("sannolikhet", _any(r"sannolikhet\w*|hur (?:troligt|sannolikt)")),
    ("konsekvens", _any(r"konsekvens(?:en)?|vasentlighet(?:en)?|allvarlighet(?:en)?")),
    ("plan", _any(r"plan(?:en|erat|eras)?(?= (?:for )?(?:20|\w+ 20))|planera\w*")),
    (
        "nuläge",
        _any(r"nulage\w*|i dag|idag|just nu|ligger (?:man|vi|de|det) (?:pa|i dag)|dagslage\w*"),
    ),
)

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("risk", _any(r"riskvarde\w*|risktal\w*")),
    ("percent", _any(r"procent\w*", r"hur stor (?:del|andel)", r"andel\w*")),
    ("time", _any(r"hur manga (?:\w+ ){0,2}\w+(?:timmar|dagar)")),
    ("count", _any(r"hur manga(?! (?:procent|dagar|kronor|tkr|mkr|miljoner|veckor|timmar))")),
    ("time", _any(r"hur (?:lang tid|manga dagar|manga veckor|lange)", r"antal(?:et)? dagar")),
    (
        "money",
        _any(
            r"kosta(?:r|de|t)?|investera(?:r|de|t|s)?",
            r"hur mycket .{0,60}\b(?:gick|gar) till",
            r"hur mycket .{0,60}\b(?:begar|aska|ansok|bevilja|tilldela)\w*",
            r"(?:dyr|billig)ast\w*",
            r"kronor|kr|tkr|mkr|mnkr|miljoner|netto|brutto",
            r"kostnad\w*|tjana(?:r|de|t)?|lon(?:en)?|pengar(?:na)?|skattepengar|belopp\w*|betal\w*",
        ),
    ),
    ("count", _any(r"hur manga(?! timmar)", r"antal(?:et)?(?! timmar)")),
)
UNIT_KINDS = {
    "kr": "money",
    "tkr": "money",
    "mkr": "money",
    "mdkr": "money",
    "%": "percent",
    "procentenheter": "percent",
    "dagar": "time",
    "månader": "time",
    "timmar": "time",
    "år": "time",
    "st": "count",
    "personer": "count",
    "årsarbetare": "count",
    "risk": "risk",
    "platser": "count",
    "beslut": "count",
    "ärenden": "count",
    "hushåll": "count",
}
UNIT_WANTED = re.compile(
    r"\b(?:i|som|uttryckt i|raknat i) (?P<unit>tkr|mkr|mnkr|miljoner(?: kronor)?"
    r"|tusental(?: kronor)?|hela kronor|kronor och oren)\b"
)
UNITS = {
    "tkr": "tkr",
    "mkr": "mkr",
    "mnkr": "mkr",
    "miljoner": "mkr",
    "miljoner kronor": "mkr",
    "tusental": "tkr",
    "tusental kronor": "tkr",
    "hela kronor": "kr",
}

BOTH = _any(
    r"(?:bade )?(?:i )?kronor och (?:i )?procent", r"(?:bade )?(?:i )?procent och (?:i )?kronor"
)
MEASURE_WORD = re.compile(
    r"(?:netto|period|helars|ars|drift)?(?:budget|prognos|utfall|bokslut|malvard|avvik)"
    r"|anslag(?:et|ets|en)?\Z"
)
ROW_WORD = re.compile(r"\w*kostnad\w*|utgift\w*|alder\w*")
ROWS = (
    ("costs", _any(r"kostnadsslag\w*|kostnader(?:na)?|kostnadsposter\w*|utgifter(?:na)?")),
    ("ages", _any(r"alder\w*")),
)
YEAR_WORDS: tuple[tuple[re.Pattern[str], int], ...] = (
    (_any(r"forra aret|fjolaret|i fjol|aret innan|aret fore|foregaende ar"), -1),
    (_any(r"nasta ar|aret efter|kommande ar"), 1),
    (_any(r"i ar|innevarande ar"), 0),
)
WHOLE_YEAR = _any(
    r"hela (?:20\d\d|forra aret|fjolaret|detta ar)",
    r"hel(?:a )?aret?\w*|helar\w*|arsprognos\w*|arsbokslut\w*|nar bokslutet",
)

# Words for the board as a whole, where nothing else is asked about; without dots.
WHOLE_BOARD = _any(
    r"namnd\w*|forvaltning\w*|socialen|kommun(?:en|ens|bidrag\w*)|verksamhet(?:en|ens)|vi|ni|man"
    r"|totalt?|hela|sammanlagt"
)
# Verbs that say how a number moved or came about, not what it is of; without dots.
FILLER_VERB = re.compile(
    r"(?:oka|minska|hoj|sank|stig|steg|sjunk|sjonk|forsamra|forbattra|anvand|utfor|uppfyll|klara"
    r"|betala|planera|genomfor|gjorde?|lagg|lade|satt|raknar?|ange|redovisa|prognostisera|blev|blir"
    r"|dra|drog|kvarsta|aterstar?|hamna|landa|beslutar?|galle?r?|fick|far|hall|holl|spenderar?|forbrukar?)"
    r"(?:a|ar|as|at|ats|ad|ade|ades|e|er|es|de|des|r|s|t|ts|des|it|its|te|tes)?"
)
# Words of questions that say how, not about what; without dots.
FILLERS = frozenset(
    """
    mycke mkt mke
    mycket manga stor stort stora storlek hog hogt lag lagt belopp beloppet summa summan siffra
    siffran siffror tal talet varde vardet niva nivan kronor kr tkr mkr mnkr miljon miljoner
    procent procentenheter procentuell procentuellt andel andelen del antal antalet svara exakt
    ungefar totalt total totala totalsiffran totalen hela samtliga alla sammanlagt tillsammans
    ihop plus pengar skattepengar kosta kostar kostade kostat kostnad betala betalat betalar
    betalade anvanda anvant lagga lagger lagts utgift prislapp budget budgeten budgeterad
    budgeterade budgeterat budgetera budgeteras budgetar ram ramen ramar plan planen planerar
    planerat planeras prognos prognosen prognosticeras prognostiserat prognostiserar
    helarsprognos helarsprognosen arsprognos arsprognosen utfall utfallet helar helaret ar aret
    aren arets bokslut bokslutet faktiska faktiskt avvikelse avvikelsen avvikelser avviker
    avvika over under back minus underskott underskottet overskott overskottet negativ positiv
    skillnad skillnaden differens forandring okning okningen minskning oka okar okat minska
    minskar minskat andras forandras utveckling utvecklas utvecklats utvecklingen trend stigit
    stiger sjunkit mer mindre storre dyrare billigare hogre lagre fler farre battre samre
    jamfort jamfora jamfor jamforelse mest minst storst storsta hogst hogsta lagst lagsta flest
    samst samsta bast basta minsta rangordna ordna ordnade sortera lista visa se forst topp
    rader raden rakna raknar raknat vantas vantar beraknas berakna forvantas landar hamnar
    ligger legat varit mal malet malen malvarde malvardet malsattning sikta siktar tankt tanker
    uppfyllt uppfylls klarar nar nulage nulaget idag dag nu just genomsnitt genomsnittlig
    genomsnittliga snitt medel brukar tid lang forvaltningen forvaltning forvaltningens namnden
    namndens namnd kommunen kommun kommunens verksamhet verksamheten januari februari mars april
    maj juni juli augusti september oktober november december tom perioden period forsta
    halvaret manader manaden aktuell aktuella senaste senast enligt tabell tabellen rapporten
    dokumentet inte alltsa galler gaellande uttryckt jobbet betalt allra kostnadsslag
    kostnadsslagen delposter delposterna poster posterna delar omrade omraden omradet omradena
    verksamhetsomrade verksamhetsomraden verksamhetsomradena avdelning avdelningen avdelningar
    avdelningarna avdelningarnas grupper gruppen respektive tagit fatt sak samma tva tre fyra
    fem sex sju atta nio tio elva tolv sista utom ordning storleksordning folk risk risker
    risken riskerna riskvarde riskvardet sannolikhet sannolikheten vasentlighet vasentligheten
    konsekvens bedoms bedomd kring innan socialen klart klar tyckte kanner sager gatt borta
    kommunala personer person alder aldern aldersgrupp aldersgrupper aldersgruppernas betyder
    finnas hamtar prognoser delaret delarsbokslutet delarsrapporten arsredovisningen
    verksamhetsplanen internkontrollplan internkontrollplanen pengarna man ni vi era infor per
    ge sta lagg onskar skulle gar bara grund dvs tog ifall fanns finns ryms rymmas anvants
    dragit upparbetat avsatt avsatta fattas na uppna tankte bortser bo bor hade gors goras gjort
    laggs satts satta satsa satsas satsar ligga netto brutto nettot tack likadant manniskor
    periodens jan feb apr jun jul aug sep okt nov dec egentligen redan cirka summerat ihopraknat
    beraknad beraknade siktet tror tro tros bli blivit blivande kommande slas sla
    inplanerat inplanerad planerad planerade vill vilja ange anges listan hittills ta tar dra
    dras kunna brukade ungefarligt sammantaget tillgangliga framat bakat ars aringar aring
    skiljer skilde skilja kopplas vaxer vaxte vaxt anvand siffrorna dyrast dyraste dyr dyra
    billigast kortare langre snabbare kort langsammare
    fort delade delar delas delat visar visa visade verksamheter verksamheterna totalbelopp
    totalbeloppet vanlig vanligt billigaste tankta budgetsiffror foregaende
    budgetsiffrorna summera fjol fjolaret innevarande differensen trenden fallande spracker
    overskrider andrats forandrats utgjordes utgjorde kopte koper fortfarande befarade befarat
    kommit manaderna visade utgangen tertial tertialet motsvarar motsvarade
    utvecklades upparbetad upparbetade langst kortast
    """.split()
)

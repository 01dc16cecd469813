"""No input; the internal-control plan for 2025 of Norrvik's board for care."""

from corpus import norrvik_goals as goals
from corpus import von_wordings as say
from corpus.house import MEMO
from corpus.layout import Meta
from corpus.parts import Bullets, Document, H, P, Part, Turn, swapped, text_column
from corpus.swedish import decimal, share, tkr
from corpus.tables import Band, Column, Look, TableSpec

META = Meta(
    title="Internkontrollplan 2025",
    board="Vård- och omsorgsnämnden",
    municipality="Norrviks kommun",
    decided="Beslutad av vård- och omsorgsnämnden 2024-12-11, § 104",
    reference="Diarienummer VON 2024/00201",
    subtitle="",
)
VALUES_2024 = (12, 12, 12, 9, 6, 8, 4)
"""The risk value of each of the year's risks in the plan before."""

_RISKS = sorted(
    zip(goals.RISKS_2025, VALUES_2024, strict=True), key=lambda pair: -pair[0].value
)  # fmt: skip
RISKS = TableSpec(
    "Riskanalys 2025",
    [
        text_column("Risk", 78),
        Column("Sannolikhet", 23),
        Column("Konsekvens", 23),
        Column("Riskvärde", 21),
        Column("Riskvärde 2024", 21, year=2024),
        text_column("Åtgärd", 82),
    ],
    swapped(
        [
            [r.text, tkr(r.likelihood), tkr(r.consequence), tkr(r.value), tkr(before), r.action]
            for r, before in _RISKS
        ],
        "Hot och våld vid ensamarbete nattetid.", 3, tkr(6),  # 2 times 4 is 8
    ),
    grid=True,
    bands=[Band("Bedömning", 1, 3)],
    unit="risk",
)  # fmt: skip

CONTROLS = TableSpec(
    "Kontrollmoment 2025",
    [
        text_column("Område", 38),
        text_column("Kontroll", 76),
        text_column("Metod", 62),
        text_column("Hur ofta", 34),
        text_column("Ansvarig", 38),
    ],
    [
        [
            "Läkemedel", "Delegeringar är prövade och giltiga.",
            "Stickprov på 15 delegeringar per boende", "Varje kvartal", "Enhetschef",
        ],
        [
            "Dokumentation", "Genomförandeplanen är högst ett år gammal.",
            "Uttag ur verksamhetssystemet och 120 stickprov", "April och oktober",
            "Avdelningschef",
        ],
        [
            "Privata medel", "Kvittenser finns och kassan stämmer.",
            "Oanmält besök på tio enheter", "November", "Controller",
        ],
        [
            "Inköp", "Köpet är gjort på gällande ramavtal.",
            "80 fakturor väljs slumpvis", "Mars och oktober", "Ekonom",
        ],
        [
            "Behörighet", "Den som läst en journal har haft rätt till det.",
            "Genomgång av loggar", "Varje månad", "Medicinskt ansvarig sjuksköterska",
        ],
        [
            "Beslut", "Beslut om insatser följs upp inom tolv månader.",
            "Bevakningslista", "Varje månad", "Myndighetschef",
        ],
    ],
    grid=True,
)  # fmt: skip

CHECKED = (
    ("Delegeringar", 60, 3), ("Genomförandeplaner", 120, 26), ("Privata medel", 40, 2),
    ("Leverantörsfakturor", 80, 9), ("Loggar", 150, 1),
)  # fmt: skip
"""Controls of 2024: samples, and those with a fault."""
_SAMPLES, _FAULTS = sum(n for _, n, _ in CHECKED), sum(n for *_, n in CHECKED)
RESULT = TableSpec(
    "Resultat av kontrollerna 2024",
    [
        text_column("Kontroll", 60),
        Column("Antal stickprov", 32, measure="antal", year=2024, unit="st"),
        Column("Antal fel", 28, measure="antal", year=2024, unit="st"),
        Column("Andel fel, %", 28, measure="andel", year=2024, unit="%"),
    ],
    [
        *([name, tkr(n), tkr(bad), decimal(share(bad, n))] for name, n, bad in CHECKED),
        ["Summa", tkr(_SAMPLES + 10), tkr(_FAULTS), decimal(share(_FAULTS, _SAMPLES))],
    ],  # the sum of samples is 450
    totals=1,
)

MEMO_PARTS: list[Part] = [
    H(1, "Internkontrollplan 2025"),
    P(
        "Vård- och omsorgsnämnden i Norrviks kommun beslutade planen 2024-12-11, § 104. "
        "Diarienummer VON 2024/00201."
    ),
    H(2, "Förslag till beslut"),
    Bullets(
        [
            "Nämnden antar internkontrollplanen för 2025 enligt bilaga 1 och 2.",
            "Nämnden godkänner redovisningen av kontrollerna under 2024.",
        ]
    ),
    H(2, "Så är planen gjord"),
    P(
        "Avdelningarna har bedömt sina risker i september och ledningsgruppen har vägt dem mot "
        "varandra. Sannolikhet och konsekvens får 1 till 4 poäng, och riskvärdet är sannolikhet "
        "gånger konsekvens. En risk med värdet 9 eller högre ska ha en åtgärd och en ansvarig. En "
        "lägre risk får tas med om den gäller enskildas säkerhet eller pengar."
    ),
    P(
        "Planen tar upp åtta risker. Fyra av dem har riskvärdet 9 eller högre. Den högsta risken "
        "är ny på första plats: kostnaderna för övertid och timvikarier har ökat två år i rad och "
        "bedöms nu till 16, mot 12 i planen för 2024."
    ),
    P(
        "Beroendet av inhyrda sjuksköterskor bedöms ha blivit mindre sannolikt eftersom kommunen "
        "startar en egen pool. Riskvärdet sänks från 12 till 9."
    ),
    H(2, "Kontrollerna 2024"),
    P(
        f"Under året gjordes {_SAMPLES} stickprov. Fel hittades i {_FAULTS} fall. "
        f"Genomförandeplaner som inte var aktuella stod för {CHECKED[1][2]} av felen, alltså mer "
        "än hälften. I loggarna fanns en läsning som inte kunde förklaras; den är anmäld."
    ),
    RESULT,
    P(
        "Inköp utanför ramavtal är vanligast när en chef är ny. Staben håller därför en kort "
        "utbildning varje tertial. Kontrollen av privata medel gjordes bara på fyra enheter i år, "
        "och nämnden har bett att få alla tio redovisade 2025."
    ),
    H(2, "Uppföljning"),
    P(say.FOLLOW_UP),
    P(
        "Läget för varje risk redovisas i delårsrapporten efter augusti. En risk som inte längre "
        "behöver följas får strykas tidigast då."
    ),
]
APPENDICES: list[Part] = [
    Turn("landscape"),
    H(1, "Bilaga 1. Risker"),
    P(
        "Riskerna står i fallande ordning efter riskvärde. Kolumnen för 2024 visar värdet i "
        "föregående plan."
    ),
    RISKS,
    Turn("landscape"),
    H(1, "Bilaga 2. Kontrollmoment"),
    CONTROLS,
]

DOCUMENT = Document(
    say.CONTROL_2025,
    META,
    [*MEMO_PARTS, *APPENDICES],
    house=MEMO,
    look=Look(minus="-"),
)

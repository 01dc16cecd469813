"""No input; the invented goals, indicators and internal-control risks of Norrvik's board."""

from dataclasses import dataclass

REACHED, PARTLY, MISSED = "Uppnås", "Delvis", "Uppnås inte"


@dataclass(frozen=True)
class Indicator:
    """An indicator: outcomes, targets, the August outcome and the verdict on it."""

    name: str
    actual_2022: float | None
    actual_2023: float | None
    actual_2024: float
    target_2025: float
    august_2025: float | None
    target_2026: float
    verdict: str
    places: int = 0


@dataclass(frozen=True)
class Goal:
    """A goal of the board and its indicators."""

    name: str
    indicators: tuple[Indicator, ...]


SATISFIED_HOME = Indicator("Nöjda med hemtjänsten, %", 86, 87, 88, 90, 87, 90, MISSED)
WAITING = Indicator("Väntetid till särskilt boende, dagar", 74, 81, 69, 60, 77, 50, MISSED)
CONTINUITY = Indicator(
    "Personalkontinuitet i hemtjänsten, antal olika medarbetare på 14 dagar",
    17, 16, 15, 13, 14, 12, PARTLY,
)  # fmt: skip
SICK_LEAVE = Indicator("Sjukfrånvaro, %", 10.1, 9.4, 8.9, 8.0, 8.6, 7.8, PARTLY, 1)
HIRED = Indicator("Kostnad för inhyrd personal, mnkr", 4.2, 6.8, 7.9, 4.5, 5.6, 4.0, MISSED, 1)
NIGHT = Indicator("Personer med digital nattillsyn", 12, 31, 58, 110, 84, 150, PARTLY)
DEVIATION = Indicator("Avvikelse mot budget, %", -0.8, -2.1, -1.2, 0.0, -1.9, 0.0, MISSED, 1)

GOALS = (
    Goal(
        "Mål 1. En trygg och självständig vardag",
        (
            SATISFIED_HOME,
            Indicator("Nöjda med särskilt boende, %", 79, 78, 80, 83, 82, 84, PARTLY),
            CONTINUITY,
            WAITING,
            Indicator("Aktuella genomförandeplaner, %", None, 71, 78, 90, 84, 92, PARTLY),
        ),
    ),
    Goal(
        "Mål 2. En arbetsplats att stanna på",
        (
            SICK_LEAVE,
            Indicator("Hållbart medarbetarengagemang, index", 76, 77, 78, 80, None, 80, ""),
            Indicator("Medarbetare med heltidsanställning, %", 68, 70, 72, 75, 75, 76, REACHED),
            Indicator(
                "Timmar utförda av timavlönade, %", 17.8, 16.9, 17.2, 14, 16.1, 13, MISSED, 1
            ),
            Indicator("Personalomsättning, %", 13.1, 12.4, 11.6, 11, 10.9, 10.5, REACHED, 1),
        ),
    ),
    Goal(
        "Mål 3. En ekonomi i balans",
        (
            DEVIATION,
            Indicator("Hemtjänstens tid hos brukaren, %", 61, 62, 63, 67, 64, 68, MISSED),
            HIRED,
        ),
    ),
    Goal(
        "Mål 4. Teknik som ger mer tid",
        (
            NIGHT,
            Indicator("Läkemedelsautomater i bruk", None, None, 24, 60, 41, 90, PARTLY),
            Indicator("Ansökningar via e-tjänst, %", 9, 14, 22, 35, 29, 45, PARTLY),
        ),
    ),
)


@dataclass(frozen=True)
class Risk:
    """A risk of the internal-control plan, scored 1–4 twice."""

    text: str
    likelihood: int
    consequence: int
    action: str

    @property
    def value(self) -> int:
        """Risk value: likelihood times consequence."""
        return self.likelihood * self.consequence


@dataclass(frozen=True)
class FollowedRisk(Risk):
    """A risk that the interim report follows up."""

    status: str


RISKS_2026 = (
    Risk(
        "Åtgärderna för budget i balans ger effekt senare än planerat.", 4, 4,
        "Månadsvis uppföljning per enhet. Avvikelser över 0,5 mnkr rapporteras till nämnden.",
    ),
    Risk(
        "Brist på undersköterskor och sjuksköterskor under sommaren.", 4, 3,
        "Rekryteringen inleds i januari. Semesterperioden delas i tre delar.",
    ),
    Risk(
        "Lindgården kan inte öppna för full inflyttning i januari 2026.", 2, 4,
        "Veckovisa avstämningar med fastighetskontoret. Reservplan för korttidsplatser.",
    ),
    Risk(
        "Byte av verksamhetssystem leder till felaktiga beslut eller avgifter.", 2, 4,
        "Parallell drift i sex veckor. Stickprov på 50 ärenden före övergången.",
    ),
    Risk(
        "Läkemedel hanteras fel efter delegering.", 3, 4,
        "Årlig prövning av alla delegeringar. Egenkontroll varje kvartal.",
    ),
    Risk(
        "Trygghetslarm ger inte kontakt vid driftstörning.", 2, 3,
        "Dubbla mobilnät i larmen. Manuell rutin övas två gånger om året.",
    ),
    Risk(
        "Inköp görs utanför gällande ramavtal.", 3, 2,
        "Genomgång av leverantörsfakturor i mars och oktober. Utbildning för nya chefer.",
    ),
    Risk(
        "Uppgifter om brukare blir åtkomliga för obehöriga.", 1, 4,
        "Loggkontroll varje månad. Behörigheter ses över när anställningar avslutas.",
    ),
)  # fmt: skip

RISKS_2025 = (
    FollowedRisk(
        "Kostnaderna för övertid och timvikarier ökar.", 4, 4,
        "Samlad bemanningsplanering i hela hemtjänsten.",
        "Pågår. Infört i fyra av sju grupper.",
    ),
    FollowedRisk(
        "Personer väntar för länge på plats i särskilt boende.", 4, 3,
        "Tillfälliga platser på Solbacken tills Lindgården öppnar.",
        "Pågår. Väntetiden har ökat.",
    ),
    FollowedRisk(
        "Beroendet av inhyrda sjuksköterskor består.", 3, 3,
        "Egen pool med sjuksköterskor och nytt introduktionsår.",
        "Pågår. Poolen startade i juni.",
    ),
    FollowedRisk(
        "Läkemedel hanteras fel efter delegering.", 3, 4,
        "Årlig prövning av delegeringar.",
        "Genomförd. Två avvikelser utreds.",
    ),
    FollowedRisk(
        "Beslut följs inte upp inom ett år.", 2, 3,
        "Uppföljningslista till varje handläggare.",
        "Genomförd. Andelen sena uppföljningar har halverats.",
    ),
    FollowedRisk(
        "Hot och våld vid ensamarbete nattetid.", 2, 4,
        "Personlarm till alla nattgrupper.",
        "Försenad. Upphandlingen blev överklagad.",
    ),
    FollowedRisk(
        "Privata medel hanteras utan kvittens.", 2, 2,
        "Stickprov på tio enheter.",
        "Inte påbörjad. Görs i november.",
    ),
)  # fmt: skip


_UNITS = {"%": "%", "dagar": "dagar", "mnkr": "mkr", "index": "index"}
_COUNTED = {CONTINUITY: "medarbetare", NIGHT: "personer"}


def unit_of(indicator: Indicator) -> str:
    """The canonical unit that an indicator is counted in."""
    named = indicator.name.rpartition(", ")[2]
    return _UNITS.get(named) or _COUNTED.get(indicator, "st")


def verdict_count(verdict: str) -> int:
    """Count the indicators that have a verdict."""
    return sum(i.verdict == verdict for goal in GOALS for i in goal.indicators)

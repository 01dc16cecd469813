"""No input; builds the interim report January–August 2025 of Norrvik's board for care."""

from corpus import norrvik_figures as fig
from corpus import norrvik_goals as goals
from corpus.layout import Meta, Report
from corpus.norrvik_delarsrapport_ekonomi import ECONOMY_CHAPTERS
from corpus.swedish import decimal, mnkr, percent, share, tkr
from corpus.tables import PLAIN, Band, Column, Look, TableSpec

FILE_NAME = "norrvik-von-delarsrapport-2025.pdf"
META = Meta(
    title="Delårsrapport januari–augusti 2025",
    board="Vård- och omsorgsnämnden",
    municipality="Norrviks kommun",
    decided="Godkänd av vård- och omsorgsnämnden 2025-09-24, § 78",
    reference="Diarienummer VON 2025/00142",
    subtitle="Uppföljning av mål, ekonomi och internkontroll",
)


def build(look: Look = PLAIN) -> Report:
    """Return the whole report, its tables set in `look`, ready to be written."""
    report = Report(META, numbered=False, look=look)
    chapters = (
        _summary, _assignment, _events, _goals, *ECONOMY_CHAPTERS, _staff, _digital, _risks,
        _future,
    )  # fmt: skip
    for chapter in chapters:
        chapter(report)
    return report


def _summary(r: Report) -> None:
    budget, forecast = fig.sum_row("budget_2025"), fig.sum_row("forecast_2025")
    interim = fig.total(fig.COST_TYPES, "interim_deviation")
    r.heading(1, "Sammanfattning")
    r.p(
        f"Till och med augusti är nämndens nettokostnad {mnkr(interim)} högre än budget. För hela "
        f"året räknar nämnden med ett underskott på {mnkr(forecast - budget)}, vilket motsvarar "
        f"{percent(share(budget - forecast, budget))} av kommunbidraget på {mnkr(budget)}. "
        "Underskottet finns i hemtjänsten, särskilt boende, LSS-boende och hälso- och sjukvården. "
        "Övriga verksamheter redovisar överskott."
    )
    r.p(
        f"Av nämndens {sum(len(g.indicators) for g in goals.GOALS)} indikatorer bedöms "
        f"{goals.verdict_count(goals.REACHED)} nå målet vid årets slut, "
        f"{goals.verdict_count(goals.PARTLY)} nå det delvis och "
        f"{goals.verdict_count(goals.MISSED)} inte nå det. En indikator mäts först i oktober."
    )
    r.p("Det viktigaste under perioden:")
    r.bullets(
        [
            "Öppnandet av Lindgården har skjutits från september 2025 till januari 2026.",
            "Hemtjänstens beviljade timmar har ökat mer än budgeterat.",
            "Sjukfrånvaron har minskat i alla avdelningar.",
            "Kommunens egen pool med sjuksköterskor startade i juni.",
        ]
    )


def _assignment(r: Report) -> None:
    r.heading(1, "Nämndens uppdrag och organisation")
    r.p(
        "Nämnden svarar för vård och omsorg om äldre, för stöd till personer med "
        "funktionsnedsättning och för kommunens hälso- och sjukvård. Den beslutar också om avgifter"
        " inom de ramar som kommunfullmäktige har satt."
    )
    r.p(
        "Arbetet är fördelat på fem avdelningar och en stab. Hemtjänsten ansvarar även för "
        "trygghetslarmen. Särskilt boende ansvarar för korttidsvård och dagverksamhet. "
        "Funktionsstöd samlar insatserna enligt LSS samt socialpsykiatrin. Avdelningen Hälso- och "
        "sjukvård har hemsjukvård, rehabilitering och hjälpmedel, och Myndighet fattar beslut om "
        "insatser. Anhörigstödet hör till staben under 2025."
    )


def _events(r: Report) -> None:
    r.heading(1, "Viktiga händelser")
    r.p(
        "Besiktningen av Lindgården i juni visade brister i ventilationen. Fastighetskontoret och "
        "entreprenören har enats om att åtgärda dem före årsskiftet. Inflyttningen börjar därför i "
        "januari 2026. Under tiden används tolv tillfälliga platser på Solbacken."
    )
    r.p(
        "I april fick nämnden besked om statsbidrag för språkutbildning och för fast omsorgskontakt"
        " i hemtjänsten. Bidragen var inte kända när budgeten lades. Tillsynsmyndigheten granskade "
        "i maj läkemedelshanteringen på två boenden och hade inga allvarliga anmärkningar."
    )


def _goals(r: Report) -> None:
    r.heading(1, "Mål och indikatorer")
    r.heading(2, "En trygg och självständig vardag")
    w = goals.WAITING
    r.p(
        f"Den genomsnittliga väntetiden till särskilt boende var {tkr(int(w.august_2025 or 0))} "
        f"dagar, mot {tkr(int(w.actual_2024))} dagar under 2024. Målet är "
        f"{tkr(int(w.target_2025))} dagar. Förklaringen är att Lindgården inte har öppnat. "
        "Personalkontinuiteten har förbättrats något sedan schemagrupperna blev mindre."
    )
    r.heading(2, "En arbetsplats att stanna på")
    r.p(
        "Personalomsättningen har sjunkit och fler arbetar heltid. Andelen timmar som utförs av "
        "timavlönade minskar, men inte så snabbt som planerat. Medarbetarenkäten går ut i oktober."
    )
    r.heading(2, "En ekonomi i balans")
    r.p(
        "Kostnaden för inhyrd personal har redan passerat målet för helåret. Hemtjänstens tid hos "
        f"brukaren har ökat till {tkr(64)} procent, men målet på 67 procent nås inte."
    )
    r.heading(2, "Teknik som ger mer tid")
    r.p(
        f"I augusti hade {tkr(int(goals.NIGHT.august_2025 or 0))} personer digital nattillsyn. "
        f"Målet är {tkr(int(goals.NIGHT.target_2025))} vid årets slut. Införandet går långsammare "
        "än tänkt eftersom täckningen i mobilnätet måste mätas i varje bostad."
    )
    _goal_table(r)


def _goal_table(r: Report) -> None:
    rows: list[list[str]] = []
    units: list[str] = []
    groups: set[int] = set()
    for goal in goals.GOALS:
        groups.add(len(rows))
        rows.append([goal.name, "", "", "", "", ""])
        units += ["", *(goals.unit_of(i) for i in goal.indicators)]
        for i in goal.indicators:
            values = (i.actual_2023, i.actual_2024, i.august_2025, i.target_2025)
            rows.append([i.name, *(decimal(v, i.places) for v in values), i.verdict])
    r.table(
        TableSpec(
            "Indikatorer per den 31 augusti 2025",
            [
                Column("Indikator", 66, False),
                *(Column(str(y), 16, measure="utfall", year=y) for y in (2023, 2024)),
                Column("Aug 2025", 16, measure="utfall", year=2025, months=(1, 8)),
                Column("2025", 16, measure="målvärde", year=2025),
                Column("Bedömning", 26, False),
            ],
            rows,
            bands=[Band("Utfall", 1, 3), Band("Mål", 4, 4)],
            groups=frozenset(groups),
            breaks=True,
            row_units=units,
        )
    )


def _staff(r: Report) -> None:
    before, now = fig.sick_leave_total("sick_2024"), fig.sick_leave_total("sick_2025")
    rows = [
        [d.name, tkr(d.staff_2025), decimal(d.sick_2024), decimal(d.sick_2025)]
        for d in fig.DEPARTMENTS
    ]
    staff = fig.total(fig.DEPARTMENTS, "staff_2025")
    rows.append(["Hela förvaltningen", tkr(staff), decimal(before), decimal(now)])
    r.heading(1, "Personal och sjukfrånvaro")
    r.p(
        f"Sjukfrånvaron var {percent(now)} under perioden, mot {percent(before)} under 2024. Målet "
        f"på {percent(goals.SICK_LEAVE.target_2025)} nås inte, men alla avdelningar har lägre "
        "sjukfrånvaro än förra året. Minskningen är störst i Funktionsstöd, där cheferna har fått "
        "tätare stöd av personalspecialister."
    )
    r.table(
        TableSpec(
            "Årsarbetare och sjukfrånvaro per avdelning",
            [
                Column("Avdelning", 56, False),
                Column("Årsarbetare enligt budget", 36, True, "budget", 2025, unit="årsarbetare"),
                Column("2024", 30, True, "andel", 2024, unit="%"),
                Column("Jan–aug 2025", 32, True, "andel", 2025, (1, 8), unit="%"),
            ],
            rows,
            grid=True,
            bands=[Band("Sjukfrånvaro, %", 2, 3)],
            totals=1,
        )
    )
    r.p(
        "Sommaren var svår att bemanna. Under juli utfördes vart femte arbetspass i hemtjänsten av "
        "vikarier. Den som flyttade en semestervecka fick en ersättning på 2 500 kronor, och 61 "
        "medarbetare nappade på erbjudandet."
    )


def _digital(r: Report) -> None:
    r.heading(1, "Digitalisering")
    r.p(
        "Upphandlingen av ett nytt verksamhetssystem blev klar i mars. Arbetet med att föra över "
        "uppgifter har börjat och en första provflytt gjordes i augusti. Läkemedelsautomaterna "
        "har minskat antalet korta besök, men två automater drog in dosen vid strömavbrott. "
        "Leverantören har bytt batterier i samtliga."
    )
    r.p(
        f"Andelen ansökningar via e-tjänst är {29} procent. Många fyller i ansökan tillsammans "
        "med en anhörig, och därför har tjänsten fått en sida för ombud."
    )


def _risks(r: Report) -> None:
    ranked = sorted(goals.RISKS_2025, key=lambda risk: -risk.value)
    r.page_break("landscape")
    r.heading(1, "Uppföljning av internkontroll")
    r.p(
        "Tabellen visar läget i augusti för riskerna i årets internkontrollplan. Riskvärdet är "
        "sannolikhet gånger konsekvens, båda på en skala från 1 till 4."
    )
    r.table(
        TableSpec(
            "Internkontrollplan 2025, läget i augusti",
            [
                Column("Risk", 68, False),
                Column("Sannolikhet", 23),
                Column("Konsekvens", 23),
                Column("Riskvärde", 20),
                Column("Åtgärd", 57, False),
                Column("Läge", 52, False),
            ],
            [
                [x.text, tkr(x.likelihood), tkr(x.consequence), tkr(x.value), x.action, x.status]
                for x in ranked
            ],
            grid=True,
            bands=[Band("Bedömning", 1, 3), Band("Uppföljning", 4, 5)],
            unit="risk",
        )
    )
    r.page_break()


def _future(r: Report) -> None:
    ages = dict(fig.POPULATION)
    growth = ages["80–89 år"][3] - ages["80–89 år"][0]
    r.heading(1, "Omvärld och framtid")
    r.p(
        f"Fram till 2030 blir invånarna mellan 80 och 89 år {tkr(growth)} fler än 2024. Om de "
        "beviljade timmarna fortsätter att öka i samma takt som i år räcker inte den uppräkning "
        "som kommunfullmäktige har beslutat om. Nämnden har därför begärt att volymtillägget "
        "räknas om varje höst."
    )
    r.p(
        "Den nya socialtjänstlagen trädde i kraft i juli. Det är för tidigt att säga hur den "
        "påverkar antalet ansökningar. Handläggarna har gått en gemensam utbildning, och nämnden "
        "följer särskilt insatser som kan ges utan behovsprövning."
    )
    r.heading(2, "Osäkerheter i prognosen")
    r.bullets(
        [
            "Lönerevisionen för sjuksköterskor är inte avslutad.",
            "Två ansökningar om boende med särskild service kan leda till externa placeringar.",
            "Försenas Lindgården ytterligare blir hyran lägre men köpta korttidsplatser fler.",
        ]
    )

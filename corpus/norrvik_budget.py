"""No input; builds the report "Budget 2026 med plan 2027–2028" of Norrvik's board for care."""

from corpus import norrvik_figures as fig
from corpus import norrvik_goals as goals
from corpus.layout import Meta, Report
from corpus.norrvik_budget_ekonomi import ECONOMY_CHAPTERS
from corpus.swedish import decimal, mnkr, percent, share, tkr
from corpus.tables import PLAIN, Band, Column, Look, TableSpec

FILE_NAME = "norrvik-von-budget-2026.pdf"
META = Meta(
    title="Budget 2026 med plan 2027–2028",
    board="Vård- och omsorgsnämnden",
    municipality="Norrviks kommun",
    decided="Beslutad av vård- och omsorgsnämnden 2025-11-19, § 96",
    reference="Diarienummer VON 2025/00187",
    subtitle="Nämndens verksamhetsplan och internbudget",
)


def build(look: Look = PLAIN) -> Report:
    """Return the whole report, its tables set in `look`, ready to be written."""
    report = Report(META, numbered=True, look=look)
    chapters = (
        _summary, _assignment, _surroundings, _goals, *ECONOMY_CHAPTERS, _staff, _digital, _risks,
        _follow_up,
    )  # fmt: skip
    for chapter in chapters:
        chapter(report)
    return report


def _summary(r: Report) -> None:
    frame = -fig.sum_row("budget_2026")
    increase = frame + fig.sum_row("budget_2025")
    effect = fig.total(fig.MEASURES_2025 + fig.MEASURES_2026, "effect_2026")
    r.heading(1, "Sammanfattning")
    r.p(
        f"Vård- och omsorgsnämnden får ett kommunbidrag på {mnkr(frame)} för 2026. Det är "
        f"{mnkr(increase)} mer än 2025, en ökning med {percent(share(increase, frame - increase))}."
        " Tillskottet ska täcka löner, priser, det nya boendet Lindgården och den växande gruppen "
        "äldre. Samtidigt ska nämnden sänka sina kostnader med en procent genom effektivisering."
    )
    r.p(
        "Nämnden går in i budgetåret med ett underskott. Delårsrapporten för januari–augusti 2025 "
        f"pekar på att årets resultat blir {mnkr(fig.total(fig.COST_TYPES, 'deviation'))} sämre än "
        "budget, främst på grund av personalkostnader i hemtjänsten och köp av tjänster. För att "
        f"nå balans 2026 krävs därför åtgärder för sammanlagt {mnkr(effect)}. De flesta av dem "
        "är redan påbörjade."
    )
    r.p("Under 2026 prioriterar nämnden tre saker:")
    r.bullets(
        [
            "att öppna Lindgården med 48 platser och korta väntetiden till särskilt boende,",
            "att få hemtjänstens bemanning att följa de beviljade timmarna,",
            "att byta verksamhetssystem utan att beslut eller avgifter blir fel.",
        ]
    )


def _assignment(r: Report) -> None:
    r.heading(1, "Nämndens uppdrag och organisation")
    r.heading(2, "Uppdrag")
    r.p(
        "Nämnden ansvarar för kommunens omsorg om äldre och om personer med funktionsnedsättning. "
        "I uppdraget ingår handläggning enligt socialtjänstlagen och lagen om stöd och service "
        "till vissa funktionshindrade (LSS), kommunens hälso- och sjukvård upp till "
        "sjuksköterskenivå[1] samt stöd till anhöriga.",
        note="1 Läkarinsatser i hemsjukvården och i särskilt boende är regionens ansvar och "
        "ingår inte i nämndens budget.",
    )
    r.p(
        "Nämnden har elva ledamöter och sju ersättare. Arbetsutskottet bereder ärenden om ekonomi "
        "och enskilda. Ett särskilt utskott för digitalisering inrättas på försök under 2026."
    )
    r.heading(2, "Organisation")
    r.p(
        "Förvaltningen leds av en förvaltningschef och har fem avdelningar och en stab. "
        f"Tabell {r.next_table} visar vad varje avdelning ansvarar för. Anhörigstödet flyttas vid "
        "årsskiftet från staben till avdelningen Myndighet. Medicinskt ansvarig sjuksköterska "
        "är placerad i staben men rapporterar direkt till nämnden."
    )
    rows = [[d.name, d.task, tkr(d.staff_2025), tkr(d.staff_2026)] for d in fig.DEPARTMENTS]
    sums = [tkr(fig.total(fig.DEPARTMENTS, f"staff_{year}")) for year in (2025, 2026)]
    r.table(
        TableSpec(
            "Avdelningar, ansvar och budgeterade årsarbetare",
            [
                Column("Avdelning", 36, False),
                Column("Ansvarar för", 76, False),
                Column("Budget 2025", 22, measure="budget", year=2025),
                Column("Budget 2026", 22, measure="budget", year=2026),
            ],
            [*rows, ["Summa", "", *sums]],
            grid=True,
            totals=1,
            unit="årsarbetare",
        )
    )


def _surroundings(r: Report) -> None:
    r.heading(1, "Omvärld och förutsättningar")
    r.heading(2, "Befolkning")
    ages = dict(fig.POPULATION)
    first, later = ages["80–89 år"][0], ages["80–89 år"][3]
    r.p(
        f"Gruppen 80–89 år växer från {tkr(first)} personer 2024 till {tkr(later)} personer 2030, "
        f"en ökning med {percent(share(later - first, first))}. Det är den grupp där behovet av "
        "hemtjänst ökar snabbast. Antalet invånare som har fyllt 90 år ökar långsammare under "
        "planperioden men tar fart mot slutet av årtiondet."
    )
    rows = [[age, *(tkr(n) for n in counts)] for age, counts in fig.POPULATION]
    sums = [tkr(sum(counts[i] for _, counts in fig.POPULATION)) for i in range(4)]
    r.table(
        TableSpec(
            "Invånare 65 år och äldre i Norrviks kommun",
            [
                Column("Ålder", 52, False),
                *(Column(str(y), 26, measure="antal", year=y) for y in (2024, 2026, 2028, 2030)),
            ],
            [*rows, ["Summa", *sums]],
            totals=1,
            unit="personer",
        )
    )
    r.heading(2, "Lagstiftning och statsbidrag")
    r.p(
        "Den nya socialtjänstlagen betonar förebyggande arbete och lätt tillgängliga insatser. "
        "Nämnden räknar med att fler vänder sig till kommunen tidigare men att varje insats blir "
        "mindre. I budgeten finns inget särskilt tillskott för omställningen. Statsbidrag som inte "
        "är beslutade när budgeten läggs tas inte upp som intäkt."
    )
    r.heading(2, "Kompetensförsörjning")
    r.p(
        "Under planperioden går var åttonde undersköterska i pension. Utbildningarna i länet "
        "fyller inte sina platser. Nämnden behöver därför behålla fler medarbetare, fördela "
        "arbetsuppgifter på nya sätt och använda teknik där den ger bättre trygghet än besök."
    )


def _goals(r: Report) -> None:
    r.heading(1, "Mål och indikatorer")
    r.p(
        "Nämnden har fyra mål som följer kommunfullmäktiges program för mandatperioden. Målen "
        "följs med indikatorer i delårsrapporten och i årsredovisningen. En indikator saknar värde "
        "för de år då den inte mättes."
    )
    r.p(
        f"Inför 2026 höjs målet för digital nattillsyn till {tkr(int(goals.NIGHT.target_2026))} "
        f"personer. Väntetiden till särskilt boende ska ned till "
        f"{tkr(int(goals.WAITING.target_2026))} dagar i genomsnitt när Lindgården har öppnat. "
        f"Målet för nöjda brukare i hemtjänsten ligger kvar på "
        f"{tkr(int(goals.SATISFIED_HOME.target_2026))} procent."
    )
    rows: list[list[str]] = []
    units: list[str] = []
    groups: set[int] = set()
    for goal in goals.GOALS:
        groups.add(len(rows))
        rows.append([goal.name, "", "", "", "", ""])
        units += ["", *(goals.unit_of(i) for i in goal.indicators)]
        for i in goal.indicators:
            values = (i.actual_2022, i.actual_2023, i.actual_2024, i.target_2025, i.target_2026)
            rows.append([i.name, *(decimal(v, i.places) for v in values)])
    r.table(
        TableSpec(
            "Nämndens mål och indikatorer",
            [
                Column("Indikator", 71, False),
                *(Column(str(y), 17, measure="utfall", year=y) for y in (2022, 2023, 2024)),
                *(Column(str(y), 17, measure="målvärde", year=y) for y in (2025, 2026)),
            ],
            rows,
            bands=[Band("Utfall", 1, 3), Band("Mål", 4, 5)],
            groups=frozenset(groups),
            breaks=True,
            row_units=units,
        )
    )


def _staff(r: Report) -> None:
    before = fig.total(fig.DEPARTMENTS, "staff_2025")
    after = fig.total(fig.DEPARTMENTS, "staff_2026")
    sick = goals.SICK_LEAVE
    r.heading(1, "Personal")
    r.p(
        f"Budgeten rymmer {tkr(after)} årsarbetare, {after - before} fler än 2025. Ökningen finns "
        "nästan helt i särskilt boende. Staben minskar med en tjänst."
    )
    r.p(
        f"Sjukfrånvaron var {percent(sick.actual_2024)} under 2024 och målet för 2026 är "
        f"{percent(sick.target_2026)}. Den är högst bland medarbetare som arbetar ensamma på "
        "kvällar och nätter. Under 2026 gör nämnden därför följande:"
    )
    r.bullets(
        [
            "Alla chefer med fler än 35 medarbetare får administrativt stöd.",
            "Rehabiliteringssamtal ska hållas senast dag 14 i en sjukperiod.",
            "Scheman med delade turer avskaffas i hemtjänsten under hösten.",
        ]
    )


def _digital(r: Report) -> None:
    r.heading(1, "Digitalisering")
    r.p(
        "Det nya verksamhetssystemet ersätter tre äldre system för journal, planering och "
        "avgifter. Avdelningen Myndighet börjar i mars och hemtjänsten följer efter sommaren. "
        f"Investeringen är {mnkr(fig.INVESTMENTS[3].budget_2026)} under 2026."
    )
    r.p(
        "Digital nattillsyn är frivillig. Den enskilde väljer mellan kamera och besök och kan när "
        "som helst ändra sig. Bilden visas bara under den avtalade stunden och sparas inte."
    )


def _risks(r: Report) -> None:
    ranked = sorted(goals.RISKS_2026, key=lambda risk: -risk.value)
    r.page_break("landscape")
    r.heading(1, "Internkontroll och risker")
    r.p(
        "Riskerna bedöms efter sannolikhet och konsekvens på en skala från 1 till 4. Riskvärdet är "
        "sannolikhet gånger konsekvens. Risker med värdet 9 eller högre följs upp varje tertial."
    )
    r.table(
        TableSpec(
            "Internkontrollplan 2026",
            [
                Column("Risk", 88, False),
                Column("Sannolikhet", 24),
                Column("Konsekvens", 24),
                Column("Riskvärde", 22),
                Column("Åtgärd", 85, False),
            ],
            [
                [x.text, tkr(x.likelihood), tkr(x.consequence), tkr(x.value), x.action]
                for x in ranked
            ],
            grid=True,
            bands=[Band("Bedömning", 1, 3)],
            unit="risk",
        )
    )
    r.page_break()


def _follow_up(r: Report) -> None:
    r.heading(1, "Uppföljning")
    r.p(
        "Nämnden följer ekonomin varje månad utom i januari och juli. Rapporten visar utfall, "
        "prognos och läget för varje åtgärd. Avdelningschefen ansvarar för prognosen och ska "
        "lämna en förklaring till varje avvikelse som är större än 0,5 mnkr."
    )
    r.p("Under 2026 lämnas följande rapporter till kommunstyrelsen:")
    r.bullets(
        [
            "tertialrapport efter april,",
            "delårsrapport efter augusti med helårsprognos,",
            "verksamhetsberättelse för hela året i februari 2027.",
        ]
    )
    r.p(
        "Förvaltningschefen får omfördela högst 2,0 mnkr mellan verksamheter under året. Större "
        "omfördelningar beslutas av nämnden."
    )

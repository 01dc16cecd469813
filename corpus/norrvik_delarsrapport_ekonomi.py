"""A report in; the chapters on economy of the interim report January–August 2025 added to it."""

from collections.abc import Callable

from corpus import norrvik_figures as fig
from corpus import norrvik_goals as goals
from corpus.layout import Report
from corpus.norrvik_accounts import INTERIM, account_rows, year_columns
from corpus.swedish import decimal, mnkr, percent, share, tkr
from corpus.tables import Band, Column, TableSpec

# field, heading, year and whether it covers January–August only
Head = tuple[str, str, int, bool]
BOTH_PERIODS: tuple[Head, ...] = (
    ("interim_actual", "Utfall", 2025, True),
    ("interim_budget", "Budget", 2025, True),
    ("interim_deviation", "Avvikelse", 2025, True),
    ("forecast_2025", "Prognos", 2025, False),
    ("budget_2025", "Budget", 2025, False),
    ("deviation", "Avvikelse", 2025, False),
)
BOTH_YEARS: tuple[Head, ...] = (
    ("interim_actual", "2025", 2025, True),
    ("interim_2024", "2024", 2024, True),
    ("budget_2025", "Budget", 2025, False),
    ("forecast_2025", "Prognos", 2025, False),
    ("deviation", "Avvikelse", 2025, False),
)


def _accounts(r: Report, first: str, caption: str, lines: tuple[fig.Line, ...]) -> TableSpec:
    by_type = lines is fig.COST_TYPES
    years = r.look.two_levels and by_type
    heads = BOTH_YEARS if years else BOTH_PERIODS
    columns = [
        Column(
            title, 19.3, measure="utfall" if title.isdecimal() else title.lower(),
            year=year, months=INTERIM if interim else (0, 0),
        )
        for _, title, year, interim in heads
    ]  # fmt: skip
    bands = [Band("Januari–augusti", 1, 3), Band("Helår 2025", 4, 6)]
    if years:
        bands = [Band("Utfall jan–aug", 1, 2), Band("Helår 2025", 3, 5)]
    return TableSpec(
        f"{caption} ({r.look.unit})",
        [Column(first, 40, False), *columns],
        account_rows(r.look, lines, [field for field, *_ in heads]),
        grid=by_type,
        bands=bands,
        totals=1,
        unit=r.look.canonical_unit,
    )


def _by_cost_type(r: Report) -> None:
    last, now = fig.total(fig.COST_TYPES, "interim_2024"), fig.sum_row("interim_actual")
    r.heading(1, "Ekonomi")
    r.heading(2, "Driftredovisning per kostnadsslag")
    r.p(
        f"Nettokostnaden för januari–augusti är {mnkr(now)}, vilket är "
        f"{mnkr(fig.total(fig.COST_TYPES, 'interim_deviation'))} mer än budget. Jämfört med samma "
        f"period 2024, då nettokostnaden var {mnkr(last)}, är ökningen "
        f"{percent(share(last - now, last))}.[1] En positiv avvikelse betyder att utfallet är "
        "bättre än budget.",
        note="1 Semesterlöneskulden är inräknad båda åren. Effekten av att den bokförs varje månad "
        "sedan 2024 är inte rensad i jämförelsen.",
    )
    r.table(_accounts(r, "Kostnadsslag", "Driftredovisning per kostnadsslag", fig.COST_TYPES))


def _causes(r: Report) -> None:
    grants, insurance, fees = fig.CAUSES[fig.INCOME.name]
    overtime, nights, wages = fig.CAUSES[fig.STAFF.name]
    rent, index = fig.CAUSES[fig.RENT.name]
    r.heading(2, "Orsaker till avvikelserna")
    r.p("Avsnittet förklarar avvikelsen mellan helårsprognosen och budgeten.")
    r.heading(3, "Intäkter")
    r.p(
        f"Intäkterna blir {mnkr(fig.INCOME.deviation)} högre än budget. Statsbidragen för språk "
        f"och fast omsorgskontakt ger {mnkr(grants)}. Ersättningen från Försäkringskassan blir "
        f"{mnkr(insurance)} högre och avgifterna {mnkr(fees)} högre."
    )
    r.heading(3, "Personalkostnader")
    r.p(
        f"Personalkostnaderna beräknas bli {mnkr(fig.STAFF.deviation)} högre än budget. Den största"
        f" delen, {mnkr(overtime)}, beror på övertid och timvikarier i hemtjänsten. Bemanningen "
        "har inte hunnit anpassas när timmarna ökat, och luckor under sommaren fylldes med dyra "
        f"pass. Extra nattbemanning på särskilt boende kostar {mnkr(nights)}. Lönerevisionen "
        f"blev {mnkr(wages)} dyrare än den uppräkning som fanns i budgeten."
    )
    r.heading(3, "Lokalhyror")
    r.p(
        f"Lokalhyrorna blir {mnkr(fig.RENT.deviation)} lägre än budget. Att Lindgården öppnar fyra "
        f"månader senare minskar hyran med {mnkr(rent)}. Index för övriga lokaler blev däremot "
        f"{mnkr(index)} högre än beräknat. Överskottet är tillfälligt."
    )
    _more_causes(r)


def _more_causes(r: Report) -> None:
    nurses, placements, short_term = fig.CAUSES[fig.SERVICES.name]
    courses, cars, supplies = fig.CAUSES[fig.OTHER.name]
    r.heading(3, "Köp av tjänster")
    r.p(
        f"Köp av tjänster överskrider budgeten med {mnkr(fig.SERVICES.deviation)}. Inhyrda "
        f"sjuksköterskor står för {mnkr(nurses)} och externa placeringar enligt LSS för "
        f"{mnkr(placements)}. Köpta korttidsplatser för personer som är färdiga att skrivas ut "
        f"från sjukhus står för {mnkr(short_term)}.[2]",
        note="2 Kommunen betalar regionen för utskrivningsklara patienter från och med fjärde "
        "dygnet. Den kostnaden ingår i beloppet.",
    )
    r.heading(3, "Övriga kostnader")
    r.p(
        f"Övriga kostnader blir {mnkr(fig.OTHER.deviation)} lägre än budget. Inställda kurser ger "
        f"{mnkr(courses)}, lägre kostnader för bilar {mnkr(cars)} och minskad förbrukning av "
        f"material {mnkr(supplies)}."
    )


def _by_activity(r: Report) -> None:
    over = fig.HOURS.forecast_2025 - fig.HOURS.budget_2025
    r.heading(2, "Driftredovisning per verksamhet")
    r.table(_accounts(r, "Verksamhet", "Nettokostnad per verksamhet", fig.ACTIVITIES))
    r.heading(3, "Hemtjänst")
    r.p(
        f"Hemtjänsten redovisar det största underskottet, {mnkr(fig.HOME_CARE.deviation)} på "
        f"helår. Prognosen är {tkr(fig.HOURS.forecast_2025)} beviljade timmar, vilket är "
        f"{tkr(over)} timmar eller {percent(share(over, fig.HOURS.budget_2025))} fler än "
        "budgeterat. Fler personer har hjälp både morgon och kväll, och insatserna efter "
        "sjukhusvård har blivit mer omfattande."
    )
    r.heading(3, "Särskilt boende")
    r.p(
        f"Underskottet beräknas till {mnkr(fig.CARE_HOMES.deviation)}. Det beror på nattbemanning, "
        "på vak i livets slut och på dubbla kostnader medan platserna på Solbacken är öppna."
    )
    r.heading(3, "LSS-boende")
    r.p(
        f"Prognosen är ett underskott på {mnkr(fig.LSS_HOMES.deviation)}. Två personer har fått "
        "plats hos andra utförare eftersom kommunens egna boenden var fulla. Hemtagning planeras "
        "till november."
    )
    r.heading(3, "Hälso- och sjukvård")
    r.p(
        f"Underskottet på {mnkr(fig.HEALTH.deviation)} beror på inhyrda sjuksköterskor. Kostnaden "
        f"för inhyrd personal var {decimal(goals.HIRED.august_2025)} mnkr till och med augusti, "
        "men väntas sjunka under hösten när fyra nyanställda är på plats."
    )
    r.heading(3, "Verksamheter med överskott")
    surplus = sum(a.deviation for a in fig.ACTIVITIES if a.deviation > 0)
    r.p(
        f"Övriga fem verksamheter har tillsammans ett överskott på {mnkr(surplus)}. Störst är det "
        f"i nämnd och ledning, {mnkr(fig.LEADERSHIP.deviation)}, där tre tjänster är vakanta."
    )


def _measures(r: Report) -> None:
    amount = r.look.amount
    rows = [
        [m.name, m.owner, amount(m.effect_2025), amount(m.effect_2026)] for m in fig.MEASURES_2025
    ]
    sums = [fig.total(fig.MEASURES_2025, f"effect_{year}") for year in (2025, 2026)]
    r.heading(2, "Åtgärder för budget i balans")
    r.p(
        f"Nämnden beslutade i april om sex åtgärder. De beräknas ge {mnkr(sums[0])} under 2025 och "
        f"{mnkr(sums[1])} på helår 2026. Effekten för 2025 är inräknad i prognosen. "
        "Återhållsamheten med inköp gäller bara i år och har därför ingen effekt 2026."
    )
    r.table(
        TableSpec(
            f"Beslutade åtgärder och beräknad effekt ({r.look.unit})",
            [
                Column("Åtgärd", 72, False),
                Column("Ansvarig", 40, False),
                *year_columns(21, ("2025", "", 2025), ("2026", "", 2026)),
            ],
            [*rows, ["Summa", "", *(amount(s) for s in sums)]],
            bands=[Band("Effekt", 2, 3)],
            totals=1,
            unit=r.look.canonical_unit,
        )
    )
    r.p(
        "Förvaltningen bedömer att det inte går att nå balans under 2025 utan att insatser till "
        "enskilda påverkas. Nämnden begär därför att få redovisa en plan för återställande i "
        "samband med budgeten för 2026."
    )


def _investments(r: Report) -> None:
    fields = ("budget_2025", "interim_actual", "forecast_2025", "deviation")
    sums = [fig.total(fig.INVESTMENTS, f) for f in fields]
    look = r.look
    outcome = Column("Utfall aug", 24, measure="utfall", year=2025, months=INTERIM)
    budget, *rest = year_columns(
        24,
        ("Budget" if look.two_levels else "Budget 2025", "budget", 2025),
        ("Prognos", "prognos", 2025),
        ("Avvikelse", "avvikelse", 2025),
    )
    columns = [budget, outcome, *rest]
    if look.two_levels:
        fields = ("interim_actual", "budget_2025", "forecast_2025", "deviation")
        columns = [outcome, budget, *rest]
    r.heading(1, "Investeringar")
    r.p(
        f"Till och med augusti har nämnden investerat {mnkr(sums[1])} av årets budget på "
        f"{mnkr(sums[0])}. Prognosen för helåret är {mnkr(sums[2])}. Hela avvikelsen gäller "
        "inventarier till Lindgården och begärs överförd till 2026."
    )
    r.table(
        TableSpec(
            f"Investeringar ({look.unit})",
            [Column("Projekt", 60, False), *columns],
            [
                *([i.name, *(look.amount(getattr(i, f)) for f in fields)] for i in fig.INVESTMENTS),
                ["Summa", *(look.amount(fig.total(fig.INVESTMENTS, f)) for f in fields)],
            ],
            grid=True,
            bands=[Band("Helår 2025", 2, 4)] if look.two_levels else (),
            totals=1,
            unit=look.canonical_unit,
        )
    )


ECONOMY_CHAPTERS: tuple[Callable[[Report], None], ...] = (
    _by_cost_type, _causes, _by_activity, _measures, _investments,
)  # fmt: skip

"""A report in; the chapters on economy and investments of the budget for 2026 added to it."""

from collections.abc import Callable

from corpus import norrvik_figures as fig
from corpus import norrvik_goals as goals
from corpus.layout import Report
from corpus.norrvik_accounts import account_rows, year_columns
from corpus.swedish import decimal, mnkr, percent, share, tkr
from corpus.tables import Band, Column, TableSpec


def _running_costs(r: Report) -> None:
    r.heading(1, "Ekonomi")
    r.heading(2, "Driftbudget")
    r.p(
        f"Kommunbidraget 2025 är {mnkr(fig.sum_row('budget_2025'))}. "
        f"Tabell {r.next_table} visar hur ramen räknas upp till 2026. Volymtillägget bygger på "
        "befolkningsprognosen. Det fördelas till hemtjänst och särskilt boende efter beviljade "
        "timmar och platser."
    )
    look = r.look
    rows = [["Kommunbidrag 2025", look.amount(-fig.sum_row("budget_2025"))]]
    rows += [[name, look.signed(amount)] for name, amount in fig.FRAME_CHANGES]
    rows.append(["Kommunbidrag 2026", look.amount(-fig.sum_row("budget_2026"))])
    r.table(
        TableSpec(
            f"Från ram 2025 till ram 2026 ({look.unit})",
            [Column("Post", 92, False), Column("Belopp", 32)],
            rows,
            totals=1,
            unit=look.canonical_unit,
        )
    )


def _cost_types(r: Report) -> None:
    fields = ("actual_2024", "budget_2025", "budget_2026", "plan_2027", "plan_2028")
    measures = ("utfall", "budget", "budget", "plan", "plan")
    years = [(str(2024 + i), measure, 2024 + i) for i, measure in enumerate(measures)]
    r.table(
        TableSpec(
            f"Driftbudget per kostnadsslag ({r.look.unit})",
            [Column("Kostnadsslag", 46, False), *year_columns(22, *years)],
            account_rows(r.look, fig.COST_TYPES, fields),
            grid=True,
            bands=[Band("Utfall", 1, 1), Band("Budget", 2, 3), Band("Plan", 4, 5)],
            totals=1,
            unit=r.look.canonical_unit,
        )
    )
    r.heading(3, "Personalkostnader")
    change = fig.STAFF.change
    r.p(
        f"Personalkostnaderna ökar med {mnkr(change)}, eller "
        f"{percent(share(-change, fig.STAFF.budget_2025))}. Löneökningarna svarar för "
        f"{mnkr(fig.FRAME_CHANGES[0][1])}. Resten är i huvudsak bemanning på Lindgården, minskat "
        "med effekten av färre övertidstimmar. Nya tjänster inrättas bara om de är finansierade."
    )
    r.heading(3, "Lokalhyror")
    full_year, index, left = fig.RENT_CHANGE
    r.p(
        f"Hyrorna ökar med {mnkr(fig.RENT.change)}. Lindgårdens helårshyra ger {mnkr(full_year)} "
        f"mer än 2025, då hyran var budgeterad för fyra månader. Indexuppräkningen kostar "
        f"{mnkr(index)}. Lokalerna på Strandvägen är uppsagda, vilket sänker hyran med "
        f"{mnkr(left)}."
    )
    r.heading(3, "Köp av tjänster")
    r.p(
        f"Budgeten för köp av tjänster ökar med {mnkr(fig.SERVICES.change)}. Det motsvarar "
        f"prisökningarna på {mnkr(fig.FRAME_CHANGES[1][1])} och ett mindre tillskott för externa "
        "placeringar enligt LSS. Inhyrda sjuksköterskor får kosta högst "
        f"{decimal(goals.HIRED.target_2026)} mnkr under året."
    )
    r.heading(3, "Intäkter")
    r.p(
        f"Intäkterna beräknas till {mnkr(fig.INCOME.budget_2026)}. De består av avgifter, hyror "
        "från boende, ersättning från Försäkringskassan och beslutade statsbidrag. Avgiften för "
        "trygghetslarm är oförändrad."
    )


def _activities(r: Report) -> None:
    r.heading(2, "Driftbudget per verksamhet")
    _activity_table(r)
    r.p(
        f"Särskilt boende får det största tillskottet, {mnkr(fig.CARE_HOMES.change)}, för att "
        f"Lindgården öppnar. Hemtjänsten får {mnkr(fig.HOME_CARE.change)} mer. Det täcker "
        f"{tkr(fig.HOURS.budget_2026)} beviljade timmar, vilket är fler än i budgeten för 2025 men "
        "färre än prognosen för samma år. Skillnaden ska mötas med biståndsbeslut som omprövas "
        "oftare och med nattillsyn via kamera för den som vill ha det."
    )
    r.heading(2, "Volymer")
    r.p(
        f"Antalet platser i särskilt boende ökar med 48 till {fig.PLACES.budget_2026}. Siffran för "
        "budget 2025 är ett årsgenomsnitt, eftersom Lindgården då skulle ha öppnat i september."
    )
    _volume_table(r)


def _activity_table(r: Report) -> None:
    fields = ("actual_2024", "budget_2025", "budget_2026", "change")
    rows = account_rows(r.look, fig.ACTIVITIES, fields)
    sums = [fig.total(fig.ACTIVITIES, f) for f in ("change", "budget_2025")]
    growth = [share(-a.change, a.budget_2025) for a in fig.ACTIVITIES]
    growth.append(share(-sums[0], sums[1]))
    columns = year_columns(
        22,
        ("2025", "budget", 2025), ("2026", "budget", 2026), (r.look.unit, "förändring", 2026),
    )  # fmt: skip
    r.table(
        TableSpec(
            f"Nettokostnad per verksamhet ({r.look.unit})",
            [
                Column("Verksamhet", 44, False),
                Column("Utfall 2024", 24, measure="utfall", year=2024),
                *columns,
                Column("%", 22, measure="förändring", year=2026, unit="%"),
            ],
            [[*row, decimal(part)] for row, part in zip(rows, growth, strict=True)],
            bands=[Band("Budget", 2, 3), Band("Förändring", 4, 5)],
            totals=1,
            unit=r.look.canonical_unit,
        )
    )


def _volume_table(r: Report) -> None:
    fields = (
        "actual_2024", "budget_2025", "forecast_2025", "budget_2026", "plan_2027", "plan_2028",
    )  # fmt: skip
    r.table(
        TableSpec(
            "Volymer",
            [
                Column("Volym", 50, False),
                Column("Utfall 2024", 17, measure="utfall", year=2024),
                Column("Budget 2025", 18, measure="budget", year=2025),
                Column("Prognos 2025", 19, measure="prognos", year=2025),
                Column("Budget 2026", 18, measure="budget", year=2026),
                Column("Plan 2027", 17, measure="plan", year=2027),
                Column("Plan 2028", 17, measure="plan", year=2028),
            ],
            [[v.name, *(tkr(getattr(v, f)) for f in fields)] for v in fig.VOLUMES],
            row_units=[v.name.split()[-1] for v in fig.VOLUMES],
        )
    )


def _balance(r: Report) -> None:
    gap = -fig.total(fig.COST_TYPES, "deviation")
    saving = -fig.FRAME_CHANGES[-1][1]
    started = fig.total(fig.MEASURES_2025, "effect_2026")
    new = fig.total(fig.MEASURES_2026, "effect_2026")
    r.heading(2, "Åtgärder för budget i balans")
    r.p(
        f"Underskottet i prognosen för 2025 är {mnkr(gap)} och effektiviseringskravet för 2026 är "
        f"{mnkr(saving)}. Tillsammans behöver kostnaderna sänkas med {mnkr(gap + saving)}. "
        f"Åtgärder som påbörjades 2025 beräknas ge {mnkr(started)} på helår. Nya åtgärder ska ge "
        f"ytterligare {mnkr(new)}."
    )
    rows: list[list[str]] = []
    groups = set()
    for title, measures in (
        ("Påbörjade 2025", [m for m in fig.MEASURES_2025 if m.effect_2026]),
        ("Nya 2026", list(fig.MEASURES_2026)),
    ):
        groups.add(len(rows))
        rows.append([title, "", ""])
        rows += [[m.name, m.owner, r.look.amount(m.effect_2026)] for m in measures]
    rows.append(["Summa", "", r.look.amount(started + new)])
    r.table(
        TableSpec(
            f"Åtgärder och beräknad effekt 2026 ({r.look.unit})",
            [
                Column("Åtgärd", 84, False),
                Column("Avdelning", 44, False),
                Column("Effekt", 28, year=2026),
            ],
            rows,
            grid=True,
            groups=frozenset(groups),
            totals=1,
            unit=r.look.canonical_unit,
        )
    )
    r.p(
        "Ingen av åtgärderna ändrar den enskildes rätt till insatser. Om effekten i april är lägre "
        "än en fjärdedel av helårsbeloppet ska förvaltningschefen lämna förslag på ytterligare "
        "åtgärder till nämndens sammanträde i maj."
    )


def _plan_years(r: Report) -> None:
    first = fig.sum_row("budget_2026") - fig.sum_row("plan_2027")
    second = fig.sum_row("plan_2027") - fig.sum_row("plan_2028")
    r.heading(2, "Plan 2027–2028")
    r.p(
        f"Nettokostnaden beräknas till {mnkr(fig.sum_row('plan_2027'))} år 2027 och "
        f"{mnkr(fig.sum_row('plan_2028'))} år 2028. Det är en ökning med {mnkr(first)} respektive "
        f"{mnkr(second)}. Planen bygger på samma uppräkning av löner och priser som 2026 och på "
        "att antalet platser i särskilt boende är oförändrat.[2]",
        note="2 Plantalen är inte beslutade av kommunfullmäktige och kan ändras när ramarna för "
        "2027 fastställs i juni 2026.",
    )
    r.p(
        "Behovet av ytterligare ett gruppboende enligt LSS utreds under 2026. Det finns inte med "
        "i planen. Ett nytt boende med sex platser beräknas kosta omkring 9 mnkr om året."
    )


def _investments(r: Report) -> None:
    fields = ("budget_2025", "budget_2026", "plan_2027", "plan_2028")
    sums = [fig.total(fig.INVESTMENTS, f) for f in fields]
    moved = fig.INVESTMENTS[1].deviation
    r.heading(1, "Investeringar")
    r.p(
        f"Investeringsbudgeten för 2026 är {mnkr(sums[1])}, mot {mnkr(sums[0])} för 2025. I "
        f"anslaget till Lindgården ingår {mnkr(moved)} som flyttas från 2025, eftersom möblerna "
        "beställs först när huset är besiktigat. Verksamhetssystemet ska vara helt infört 2027."
    )
    look = r.look
    measures = (("Budget", 2025), ("Budget", 2026), ("Plan", 2027), ("Plan", 2028))
    titles = [str(year) if look.two_levels else f"{name} {year}" for name, year in measures]
    columns = [
        (title, name.lower(), year) for title, (name, year) in zip(titles, measures, strict=True)
    ]
    r.table(
        TableSpec(
            f"Investeringar ({look.unit})",
            [Column("Projekt", 60, False), *year_columns(24, *columns)],
            [
                *([i.name, *(look.amount(getattr(i, f)) for f in fields)] for i in fig.INVESTMENTS),
                ["Summa", *(look.amount(s) for s in sums)],
            ],
            grid=True,
            bands=[Band("Budget", 1, 2), Band("Plan", 3, 4)] if look.two_levels else (),
            totals=1,
            unit=look.canonical_unit,
        )
    )


ECONOMY_CHAPTERS: tuple[Callable[[Report], None], ...] = (
    _running_costs, _cost_types, _activities, _balance, _plan_years, _investments,
)  # fmt: skip

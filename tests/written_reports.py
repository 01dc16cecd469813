"""Small reports of invented boards, written as Markdown, and an index of them."""

from collections.abc import Callable
from pathlib import Path

from rag.report import Report

INTERIM = """\
# Delårsrapport augusti 2024

Socialnämnden, Älvköpings kommun

## Ekonomi

Tabell 1: Utfall och prognos per verksamhet, tkr

| Verksamhet | Budget jan–aug 2024 | Utfall jan–aug 2024 | Budget helår 2024 \
| Prognos helår 2024 | Avvikelse helår 2024 |
|---|---:|---:|---:|---:|---:|
| Hemtjänst | -80 000 | -83 500 | -120 000 | -125 500 | -5 500 |
| Särskilt boende | -120 000 | -119 000 | -180 000 | -178 500 | 1 500 |
| Familjehem | -20 000 | -22 400 | -30 000 | -33 400 | -3 400 |
| varav placerade barn | -12 000 | -13 900 | -18 000 | -20 900 | -2 900 |
| Lokalhyror | -10 000 | -10 100 | -15 000 | -15 200 | -200 |
| Summa | -230 000 | -235 000 | -345 000 | -352 600 | -7 600 |

Hemtjänsten redovisar ett underskott på 5,5 mnkr. Underskottet beror på fler beviljade timmar.

Lokalhyrorna betalas varje kvartal.

### Familjehem

Ersättningen till familjehemmen har höjts. Avvikelsen förklaras av fler placeringar än planerat.

## Volymer

Antalet placeringar minskade från 512 till 478. I augusti var 63 barn placerade, varav 41 i \
familjehem och 22 i HVB.

Kön till särskilt boende är 9 personer kortare än förra året.

Målet är att sjukfrånvaron ska vara högst 6,0 procent. Nämnden har 214 sjuksköterskor.

Antalet orosanmälningar är 37 färre än föregående år.
"""
CAUSE_OF_HOME_CARE = (
    "Hemtjänsten redovisar ett underskott på 5,5 mnkr. Underskottet beror på fler beviljade timmar."
)
CAUSE_OF_FAMILY_HOMES = (
    "Ersättningen till familjehemmen har höjts. "
    "Avvikelsen förklaras av fler placeringar än planerat."
)

_ANNUAL = """\
# Årsredovisning 2024

Socialnämnden, {municipality}s kommun

## Ekonomi

Tabell 1: Utfall per verksamhet 2024, tkr

| Verksamhet | Budget 2024 | Utfall 2024 |
|---|---:|---:|
| Hemtjänst | {budget} | {outcome} |
| Särskilt boende | 180 000 | 178 500 |
| Familjehem | 30 000 | 33 400 |
| Institutionsvård | 12 000 | 13 400 |
"""

ReadInto = Callable[..., list[Report]]


def write_interim(folder: Path) -> Path:
    """One board's report of eight months."""
    path = folder / "alvkoping-socialnamnden-delarsrapport-2024.md"
    path.write_text(INTERIM, encoding="utf-8")
    return path


def write_annuals(folder: Path) -> tuple[Path, Path]:
    """Two municipalities' reports of a year; only their home care differs."""
    paths = []
    for municipality, budget, outcome in (
        ("Älvköping", "120 000", "125 500"),
        ("Björkstad", "90 000", "91 250"),
    ):
        text = _ANNUAL.format(municipality=municipality, budget=budget, outcome=outcome)
        name = municipality.casefold().replace("ä", "a").replace("ö", "o")
        path = folder / f"{name}-socialnamnden-arsredovisning-2024.md"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths[0], paths[1]


def table(caption: str, rows: str) -> str:
    """A table of Markdown out of lines with "|" between their cells; the first line heads it."""
    head, *rest = [line.strip() for line in rows.strip().splitlines()]
    rule = "|".join(["---"] + ["---:"] * head.count("|"))
    return "\n".join([caption, "", *(f"| {line} |" for line in (head, rule, *rest))])


def write_report(folder: Path, title: str, *parts: str, municipality: str = "Älvköping") -> Path:
    """A report of a social board: its title, and paragraphs and tables under one heading."""
    lines = [f"# {title}", f"Socialnämnden, {municipality}s kommun", "## Ekonomi", *parts]
    name = f"{municipality} {title}".casefold().translate(str.maketrans("åäö ", "aao-"))
    path = folder / f"{name}.md"
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return path

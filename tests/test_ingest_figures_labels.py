"""What labels say: measures, periods and units, in the many ways that reports write them."""

from __future__ import annotations

import pytest

from ingest.figures.labels import measure_of, period_of, unit_of

MEASURES = [
    ("Budget 2024", "budget"),
    ("Årsbudget", "budget"),
    ("Budgetram 2025", "budget"),
    ("Ram 2026", "budget"),
    ("Program", ""),
    ("Plan 2027", "plan"),
    ("Prognos helår 2024", "prognos"),
    ("Helårsprognos", "prognos"),
    ("Beräknat utfall", "prognos"),
    ("Utfall jan–aug 2024", "utfall"),
    ("Delårsbokslut 2023", "utfall"),
    ("Bokslut 23", "utfall"),
    ("Resultat 2024", "utfall"),
    ("Resultat", ""),
    ("Avv. prognos/budget 2024", "avvikelse"),
    ("Avvikelse mot budget", "avvikelse"),
    ("Budgetavvikelse", "avvikelse"),
    ("Diff budget-utfall", "avvikelse"),
    ("Diff. utfall 2023/2024", "förändring"),
    ("Förändring %", "förändring"),
    ("Differens", "förändring"),
    ("Mål 2024", "målvärde"),
    ("Målvärde 2026", "målvärde"),
    ("Nuläge 2025", "nuläge"),
    ("Antal kvinnor", "antal"),
    ("Andel, %", "andel"),
    ("Riskvärde", "riskvärde"),
    ("Sannolikhet 1-4", "sannolikhet"),
    ("Väsentlighet", "konsekvens"),
    ("Omställning", ""),
]

PERIODS = [
    ("Budget 2024", "2024", False),
    ("Budget 26", "2026", False),
    ("Bokslut 23", "2023", False),
    ("Prognos helår 2024", "2024", False),
    ("Utfall jan–aug 2024", "2024-01/2024-08", True),
    ("Januari–augusti 2025 Utfall", "2025-01/2025-08", True),
    ("Utfall t.o.m. april 2024", "2024-01/2024-04", True),
    ("Utfall per den 31 augusti 2024", "2024-01/2024-08", True),
    ("Utfall 202408", "2024-01/2024-08", True),
    ("Utfall 2024-08-31", "2024-01/2024-08", True),
    ("Tertial 1 2024", "2024-01/2024-04", True),
    ("Första halvåret 2024", "2024-01/2024-06", True),
    ("Kvartal 3 2024", "2024-07/2024-09", True),
    ("Delårsbokslut 2024", "2024", True),
    ("Diff. utfall 2023/2024", "2024", False),
    ("Avvikelse", "", False),
    ("50 år>", "", False),
    ("lånade ut 61 200 böcker", "", False),
]

UNITS = [
    ("Belopp i tkr", "tkr"),
    ("Budget 2025 tkr", "tkr"),
    ("Elpriset upp 10 procent", ""),
    ("Staten betalar 40 % av bron", ""),
    ("Alla belopp i tusental kronor", "tkr"),
    ("Mnkr", "mkr"),
    ("Investering (tnkr)", "tkr"),
    ("Andel, %", "%"),
    ("Vi har mål som följs upp, andel %", "%"),
    ("Antal tillsvidareanställda", "personer"),
    ("Antal placerade barn och unga 0-20 år", "personer"),
    ("Antal ärenden", "st"),
    ("Väntetid i antal dagar från beslut", "dagar"),
    ("Avbrott i fjärrvärme, timmar", "timmar"),
    ("Sjukfrånvaro kvinnor", ""),
    ("50 år>", ""),
    ("Årets resultat", ""),
]


@pytest.mark.parametrize(("label", "measure"), MEASURES)
def test_measure(label: str, measure: str) -> None:
    assert measure_of(label) == measure


@pytest.mark.parametrize(("label", "period", "interim"), PERIODS)
def test_period(label: str, period: str, interim: bool) -> None:
    found = period_of(label, measure_of(label))
    assert (str(found), found.interim) == (period, interim)


@pytest.mark.parametrize(("label", "unit"), UNITS)
def test_unit(label: str, unit: str) -> None:
    assert unit_of(label) == unit

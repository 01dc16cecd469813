"""Swedish numbers: tables of what is read and what is refused, and round trips of random numbers.

`·` in a text stands for U+00A0, `‹` for U+2009 (thin) and `›` for U+202F (narrow no-break).
"""

import pickle
from decimal import Decimal

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ingest.numbers import (
    NumberError,
    Quantity,
    find_quantities,
    format_quantity,
    parse_quantity,
)

_VISIBLE = str.maketrans({"·": "\u00a0", "‹": "\u2009", "›": "\u202f"})

READ = [
    # integers
    ("0", "0", ""),
    ("7", "7", ""),
    ("125", "125", ""),
    ("2024", "2024", ""),
    ("12345", "12345", ""),
    ("206297235714", "206297235714", ""),
    ("  125  ", "125", ""),
    ("·125·", "125", ""),
    # groups of three
    ("1 234", "1234", ""),
    ("6 279", "6279", ""),
    ("12 345 678", "12345678", ""),
    ("206 297 235", "206297235", ""),
    ("206 297 235 714", "206297235714", ""),
    ("1·234", "1234", ""),
    ("1‹234", "1234", ""),
    ("1›234›567", "1234567", ""),
    ("1.234.567", "1234567", ""),
    ("12.345.678.901", "12345678901", ""),
    ("100 000", "100000", ""),
    # decimals
    ("12,5", "12.5", ""),
    ("0,75", "0.75", ""),
    ("0,125", "0.125", ""),
    ("12,345", "12.345", ""),
    ("1 234,50", "1234.50", ""),
    ("1·234·567,8", "1234567.8", ""),
    ("1.234.567,50", "1234567.50", ""),
    ("12.5", "12.5", ""),
    ("12.50", "12.50", ""),
    ("0.75", "0.75", ""),
    ("0.125", "0.125", ""),
    ("1 234.5", "1234.5", ""),
    ("0,0", "0.0", ""),
    # signs
    ("-5", "-5", ""),
    ("−5", "-5", ""),
    ("–5", "-5", ""),
    ("+5", "5", ""),
    ("+ 5", "5", ""),
    ("- 6 279", "-6279", ""),
    ("−·6 279", "-6279", ""),
    ("– 0,4", "-0.4", ""),
    ("-0", "0", ""),
    ("-12,5 %", "-12.5", "%"),
    # brackets
    ("(2,7)", "-2.7", ""),
    ("(1 234)", "-1234", ""),
    ("( 2,7 )", "-2.7", ""),
    ("(2,7) mkr", "-2.7", "mkr"),
    ("(2 024)", "-2024", ""),
    ("(12)¹", "-12", ""),
    # units
    ("125 kr", "125", "kr"),
    ("125kr", "125", "kr"),
    ("1 kronor", "1", "kr"),
    ("1 krona", "1", "kr"),
    ("125 SEK", "125", "kr"),
    ("5 tkr", "5", "tkr"),
    ("5 Tkr", "5", "tkr"),
    ("5 TKR", "5", "tkr"),
    ("5 kkr", "5", "tkr"),
    ("5 tnkr", "5", "tkr"),
    ("5 t.kr", "5", "tkr"),
    ("5 tsek", "5", "tkr"),
    ("5 tusental kronor", "5", "tkr"),
    ("5 tusen kronor", "5", "tkr"),
    ("5 tusen kr", "5", "tkr"),
    ("8,8 mnkr", "8.8", "mkr"),
    ("8,8mnkr", "8.8", "mkr"),
    ("8,8·mkr", "8.8", "mkr"),
    ("8,8 Mkr", "8.8", "mkr"),
    ("8,8 MSEK", "8.8", "mkr"),
    ("8,8 msek", "8.8", "mkr"),
    ("8,8 mn kr", "8.8", "mkr"),
    ("8,8 milj kr", "8.8", "mkr"),
    ("8,8 milj. kr", "8.8", "mkr"),
    ("8,8 milj.kronor", "8.8", "mkr"),
    ("8,8 miljoner kronor", "8.8", "mkr"),
    ("8,8 miljoner·kronor", "8.8", "mkr"),
    ("1 miljon kronor", "1", "mkr"),
    ("8,8\nmkr", "8.8", "mkr"),
    ("2 miljarder kronor", "2", "mdkr"),
    ("1 miljard kr", "1", "mdkr"),
    ("2 mdkr", "2", "mdkr"),
    ("2 mdr kr", "2", "mdkr"),
    ("12 %", "12", "%"),
    ("12%", "12", "%"),
    ("12·%", "12", "%"),
    ("12 procent", "12", "%"),
    ("99,5›%", "99.5", "%"),
    ("2 procentenheter", "2", "procentenheter"),
    ("1 procentenhet", "1", "procentenheter"),
    ("2 %-enheter", "2", "procentenheter"),
    ("3 st", "3", "st"),
    ("3 st.", "3", "st"),
    ("3 stycken", "3", "st"),
    ("14 dagar", "14", "dagar"),
    ("1 dag", "1", "dagar"),
    ("7,5 timmar", "7.5", "timmar"),
    ("8 tim", "8", "timmar"),
    ("29 år", "29", "år"),
    ("6 månader", "6", "månader"),
    ("1 mån", "1", "månader"),
    ("1 200 personer", "1200", "personer"),
    ("1 person", "1", "personer"),
    ("412,5 årsarbetare", "412.5", "årsarbetare"),
    ("412,5 åa", "412.5", "årsarbetare"),
    ("71 poäng", "71", "poäng"),
    # notes
    ("12,5¹", "12.5", ""),
    ("12,5¹²", "12.5", ""),
    ("12,5 ¹", "12.5", ""),
    ("12,5*", "12.5", ""),
    ("12,5 **", "12.5", ""),
    ("12 %²", "12", "%"),
    ("12² mkr", "12", "mkr"),
    ("8,8 mkr³", "8.8", "mkr"),
    ("-4⁰", "-4", ""),
]

NO_VALUE = [
    *[
        "",
        " ",
        "\u00a0",
        "-",
        "–",
        "—",
        "−",
        "..",
        "...",
        "…",
        "IU",
        "iu",
        "i.u.",
        "I.U.",
        "saknas",
    ],
    *["Saknas", "e.m.", " – ", "–¹", "..*", "saknas²"],
]

REFUSED = [
    # bad groups: the group that is wrong
    ("12 34", 3),
    ("1 23", 2),
    ("1 2345", 2),
    ("1234 567", 5),
    ("12 345 6", 7),
    ("0 123", 2),
    ("1  234", 3),
    ("1\n234", 2),
    ("1\t234", 2),
    ("1\u2007234", 2),
    ("1 234 567 890 123", 14),
    # mixed marks
    ("1 234·567", 5),
    ("1·234 567", 5),
    ("1 234.567.890", 5),
    ("1.234 567", 5),
    ("1,234,567", 5),
    ("12,5 3", 4),
    ("12,5,3", 4),
    # points
    ("1.234", 1),
    ("12.345", 2),
    ("1 234.567", 5),
    ("1234.567", 4),
    ("1.234,50", 1),
    ("1.2.3", 2),
    ("5.2.1", 2),
    ("1.234.56", 6),
    ("12.", 2),
    ("12,", 2),
    (",5", 0),
    (".5", 0),
    ("12. 5", 2),
    ("0,1234", 5),
    ("1'234", 1),
    # zeros and length
    ("007", 1),
    ("00", 1),
    ("08.30", 1),
    ("012 345", 1),
    ("1234567890123", 12),
    # signs and brackets
    ("2,7-", 3),
    ("2,7 -", 4),
    ("5–", 1),
    ("12−", 2),
    ("5+", 1),
    ("--5", 1),
    ("-  5", 2),
    ("- -5", 2),
    ("—5", 0),
    ("±5", 0),
    ("-(2,7)", 1),
    ("(-2,7)", 1),
    ("(2,7", 4),
    ("2,7)", 3),
    ("(2,7 mkr)", 4),
    ("(12 %)", 3),
    ("(2023)", 0),
    ("()", 1),
    ("minus 4", 0),
    # ranges, dates, several values
    ("1–14", 1),
    ("1-14", 1),
    ("2026–2028", 4),
    ("2024-08-31", 4),
    ("2024/25", 4),
    ("13.00–16.20", 5),
    ("2010:900", 4),
    ("3/4", 1),
    ("12 (14)", 3),
    ("12; 14", 2),
    ("31 augusti 2024", 3),
    ("U23401", 0),
    ("§ 12", 0),
    ("<29 år", 0),
    # units
    ("12 tusen", 3),
    ("12 miljoner", 3),
    ("12 miljarder", 3),
    ("12 milj", 3),
    ("12 mkr x", 7),
    ("12 kr/inv", 5),
    ("12 kr per invånare", 6),
    ("12 procentig", 3),
    ("12 sek", 3),
    ("12 elever", 3),
    ("12abc", 2),
    ("12 mkr 3", 7),
    ("5 ‰", 2),
    ("125:-", 3),
    ("12½", 2),
    ("% 12", 0),
    ("12 %%", 4),
    ("12 mkr\n\nper år", 8),
    # no numbers
    ("abc", 0),
    ("  abc", 2),
    ("*", 0),
    ("¹", 0),
    ("drygt 12", 0),
    ("fyra", 0),
    ("inga uppgifter", 0),
    ("١٢", 0),
    ("1٢", 1),
    ("₁₂", 0),
    ("\u200b12", 0),
]


def _text(marked: str) -> str:
    return marked.translate(_VISIBLE)


@pytest.mark.parametrize(("marked", "value", "unit"), READ)
def test_a_cell_is_read(marked: str, value: str, unit: str) -> None:
    text = _text(marked)
    found = parse_quantity(text)
    assert found is not None
    assert (str(found.value), found.unit, found.approximate) == (value, unit, False)
    assert text[found.start : found.end] == found.printed == found.printed.strip()
    assert found.decimals == len(value.partition(".")[2])


@pytest.mark.parametrize("text", NO_VALUE)
@pytest.mark.parametrize("cell", [True, False])
def test_a_cell_without_a_value(text: str, cell: bool) -> None:
    assert parse_quantity(text, cell=cell) is None


@pytest.mark.parametrize(("marked", "position"), REFUSED)
def test_a_cell_is_refused_where_it_stops_being_a_number(marked: str, position: int) -> None:
    text = _text(marked)
    with pytest.raises(NumberError) as raised:
        parse_quantity(text)
    assert raised.value.position == position
    assert raised.value.text == text
    assert raised.value.reason
    assert str(position + 1) in str(raised.value)


def test_notes_and_white_space_are_not_printed_parts() -> None:
    assert parse_quantity("  - 8,8 mnkr¹ ") == Quantity(
        Decimal("-8.8"), "mkr", "- 8,8 mnkr", 2, 12, 1
    )


def test_a_phrase_has_fewer_groups_than_a_cell() -> None:
    found = parse_quantity("206 297 235 kr", cell=False)
    assert found is not None
    assert (found.value, found.unit) == (Decimal(206297235), "kr")
    with pytest.raises(NumberError) as raised:
        parse_quantity("206 297 235 714 kr", cell=False)
    assert raised.value.position == 12


def test_an_error_survives_a_process_pool() -> None:
    error = pickle.loads(pickle.dumps(NumberError("12 x", 3, "här slutar talet")))
    assert (error.text, error.position, error.reason) == ("12 x", 3, "här slutar talet")


# Prose: what is found as "value unit", "~" first if it is approximate; nothing else is.
PROSE = [
    ("Nämnden redovisar ett underskott på 8,8 mnkr.", ["8.8 mkr"]),
    ("Kostnaden är 1 234,50 kr, vilket är 12% mer.", ["1234.50 kr", "12 %"]),
    ("Antalet elever är 125.", ["125"]),
    ("Det är 12·345 personer i kö", ["12345 personer"]),
    ("Resultatet blev -6 279 tkr", ["-6279 tkr"]),
    ("Resultatet blev −6 279 tkr", ["-6279 tkr"]),
    ("Resultatet blev –6·279 tkr", ["-6279 tkr"]),
    ("Resultatet blev − 6 279 tkr", ["-6279 tkr"]),
    ("en avvikelse på - 6 279 tkr", ["-6279 tkr"]),
    ("budgeteras till - 849 889 tkr", ["-849889 tkr"]),
    ("en avvikelse på +5,5 mkr", ["5.5 mkr"]),
    ("utfallet är 12 mkr, −3 mkr mot budget", ["12 mkr", "-3 mkr"]),
    ("Utfallet (12 procent) är lågt", ["12 %"]),
    ("Avvikelsen (−2,7 mkr) är stor", ["-2.7 mkr"]),
    ("på\n12\nmkr", ["12 mkr"]),
    ("uppgår till 12  mkr", ["12 mkr"]),
    ("drygt 12 mkr", ["~12 mkr"]),
    ("Knappt 5 procent", ["~5 %"]),
    ("cirka 100 personer, ca 20 dagar, ca. 3 år", ["~100 personer", "~20 dagar", "~3 år"]),
    ("omkring 5 %, ungefär 6 %, nästan 7 %", ["~5 %", "~6 %", "~7 %"]),
    ("över 8 %, runt 9 %", ["~8 %", "~9 %"]),
    ("ett överskott om ~3 mkr", ["~3 mkr"]),
    ("Målet 95 procent nåddes: 96,2 procent.", ["95 %", "96.2 %"]),
    ("ökade med 2 procentenheter till 12 procent", ["2 procentenheter", "12 %"]),
    ("3 miljoner kronor och 2 miljarder kronor", ["3 mkr", "2 mdkr"]),
    ("12 st lägenheter, 412,5 årsarbetare", ["12 st", "412.5 årsarbetare"]),
    ("12 och 14 elever", ["12", "14"]),
    ("avtal om 1.234.567 kr", ["1234567 kr"]),
    ("på 12.5 procent", ["12.5 %"]),
    ("sänktes från 14 till 12 procent", ["12 %"]),
    ("från 8,3 procent i juli\n2023 till 6,4 procent", ["8.3 %", "6.4 %"]),
    ("65 dagar år 2023 till 57 dagar", ["65 dagar", "57 dagar"]),
    ("ökade med 3 mkr eller 12 procent", ["3 mkr", "12 %"]),
    ("uppgår till 2000 kronor", ["2000 kr"]),
    ("cirka 2000 personer", ["~2000 personer"]),
    ("en kö på 2 024 personer", ["2024 personer"]),
    ("Den 31 augusti fanns 125 elever", ["125"]),
    ("• 12 nya platser", ["12"]),
    ("budgeten¹ är 12 mkr²", ["12 mkr"]),
    ("på 2 års sikt", ["2 år"]),
    ("12 MSEK", ["12 mkr"]),
    # number words
    ("ett underskott på fyra miljoner kronor", ["4 mkr"]),
    ("är en miljon kronor bättre", ["1 mkr"]),
    ("Tolv procent av alla", ["12 %"]),
    ("på en halv miljon kronor", ["0.5 mkr"]),
    ("knappt en halv miljard kronor", ["~0.5 mdkr"]),
    ("drygt fyra\nmiljoner kronor", ["~4 mkr"]),
    ("en procent, ett tusen kronor, en miljard kronor", ["1 %", "1 tkr", "1 mdkr"]),
    ("noll procent och hundra procent", ["0 %", "100 %"]),
    ("från fyra till fem procent", ["5 %"]),
    ("tjugo personer i nittio dagar", ["20 personer", "90 dagar"]),
    # number words that are part of something else
    ("två och en halv miljon kronor", []),
    ("2 och en halv miljon kronor", []),
    ("fyra komma fem procent", []),
    ("tjugo fem procent", []),
    ("flera hundra kronor", []),
    ("tre hundra tusen kronor", []),
    ("fyra-fem procent", []),
    ("fyra – fem procent", []),
    ("fyra till fem procent", []),
    ("mellan fyra och fem procent", []),
    ("fem, sex procent", []),
    ("minus fyra miljoner kronor", []),
    ("fyra miljoner och en dag, ett år", []),
    ("fyra tjänster, tolv", []),
    ("en person i en månad", []),
    # years and dates
    ("År 2024 och 2025, budget 1999.", []),
    ("2024-08-31", []),
    ("31 augusti 2024", []),
    ("den 5 och 7 maj", []),
    ("Augusti 2024, aug 24, 24-06-30, 2024/25, 31/12", []),
    ("Budget 2024 tkr", []),
    ("Utfall 2024 mkr", []),
    ("i 2024 års penningvärde", []),
    ("2020-talet", []),
    # ranges
    ("1–14", []),
    ("2026–2028", []),
    ("2–3 procent", []),
    ("2 – 3 procent", []),
    ("2 %–3 %", []),
    ("2 mkr – 3 mkr", []),
    ("12 mkr -14 mkr", []),
    ("3 000–4 000 kr", []),
    ("2 till 3 procent", []),
    ("2 eller 3 procent", []),
    ("5~6 mkr, 5 ‒ 6 mkr, 5...6 mkr, 5 … 6 mkr, 5 / 6 mkr, 5 × 6 mkr, 65 + år", []),
    ("20- till 30 procent, tjugo- till trettio procent", []),
    ("mellan 2 och 3 procent", []),
    ("mellan 2 procent och 3 procent", []),
    ("mellan cirka 2 och drygt 3 procent", []),
    ("kl. 13.00–16.20", []),
    ("kl 13 och klockan 15", []),
    # the unit stands after another number
    ("12 respektive 14 procent", ["14 %"]),
    ("12, 13 och 14 procent", ["14 %"]),
    ("5 av 12 personer", ["12 personer"]),
    # paragraphs, registers, laws, telephones
    ("§ 12, §§ 12–14, § 12 och 13", []),
    ("enligt 9 kap. 31 b § socialtjänstlagen, 4 kap 1 §", []),
    ("31 § 2 st", []),
    ("VON 2025/00187", []),
    ("Dnr BYGG 2024-000345, dnr 187", []),
    ("tel. 0470-41 000, 070 123 45 67, +46 470 410 000", []),
    ("0470 41 000", []),
    ("org.nr 212000-1234, 2120001234", []),
    ("lagen (2010:900), SFS 2018:222", []),
    ("352 36 Växjö", []),
    ("<29 år, < 29 år, ≥65 år", []),
    ("nyckeltalet U23401 och N15033", []),
    # numbering
    ("Tabell 5 visar mål 3 och bilaga 2", []),
    ("Tabell 5 125 personer", []),
    ("se tabellerna 5, 6 och 7", []),
    ("5.2.1 Rubrik", []),
    ("5.2 Ekonomi\n3 Personal", []),
    ("3 Personer i arbete", []),
    ("enligt 5.2 ovan", []),
    ("1. Inledning\n2. Personal\n 3) Mål", []),
    ("s. 12, sid 14, sidan 16, v. 7", []),
    ("åk 9, årskurs 7-9, kvartal 3", []),
    ("version 2.0", []),
    ("Innehåll . . . . . . 12\nEkonomi.....14", []),
    ("Verksamheten.\n\n14\n", []),
    ("det globala målet\n8. Anständiga arbetsvillkor, 10. Minska ojämlikhet", []),
    # two readings
    ("1.234", []),
    ("1.234 kr", []),
    ("1.234,50 kr", []),
    ("12 34 kr", []),
    ("1 234·567 kr", []),
    ("6\n279 tkr", []),
    ("206 297 235 714 kr", []),
    ("Resultatet - 6 279 tkr", []),
    ("Resultatet är – 12 mkr – lågt", []),
    ("– 12 nya platser", []),
    ("utfallet ( 2,7 ), (12, 13) och (-2)", ["13"]),
    ("förra året (4,8) och nu (2,7) mkr", []),
    ("minus 4 mkr", []),
    ("12-", []),
    ("±5 %, +/-5 %", []),
    # units that are not whole, or not known
    ("12 miljoner i bidrag, 3 tusen, 2 miljarder", []),
    ("2 miljoner 300 tusen kronor", []),
    ("12 mil-\njoner kronor", []),
    ("12 kr/invånare, 3 timmar/vecka", []),
    ("6,8 mnr, 12 h, 5 kvm, 12 Mdr", []),
    ("12 procentiga höjningar, 12%-ig", []),
    ("5 ‰, 5 €, EUR 5, 12½, 12 ½", []),
    ("12-årig, 8-timmars, covid-19, A4, 3D, 2:a, 5:e", []),
    ("1/3, 24/7, 50/50", []),
    ("007, 0123", []),
    ("12 MILJONER", []),
]


def _found(text: str) -> list[str]:
    quantities = find_quantities(text)
    for quantity in quantities:
        assert text[quantity.start : quantity.end] == quantity.printed
    _assert_apart(quantities)
    return [f"{'~' * q.approximate}{q.value} {q.unit}".strip() for q in quantities]


def _assert_apart(quantities: list[Quantity]) -> None:
    end = 0
    for quantity in quantities:
        assert end <= quantity.start < quantity.end
        end = quantity.end


@pytest.mark.parametrize(("marked", "expected"), PROSE)
def test_quantities_of_prose(marked: str, expected: list[str]) -> None:
    assert _found(_text(marked)) == expected


@pytest.mark.parametrize(("marked", "expected"), PROSE)
def test_quantities_of_a_longer_text(marked: str, expected: list[str]) -> None:
    before = "Nämnden har i uppdrag att redovisa hur verksamheten utvecklas under perioden. "
    found = _found("Inledning.\n\n" + before * 3 + "\n" + _text(marked) + "\n\n" + before)
    assert found == expected


def test_positions_in_prose() -> None:
    text = "Det kostar drygt -8,8 mnkr¹, inte fyra miljoner kronor."
    first, second = find_quantities(text)
    assert first == Quantity(Decimal("-8.8"), "mkr", "-8,8 mnkr", 17, 26, 1, approximate=True)
    assert second == Quantity(Decimal(4), "mkr", "fyra miljoner kronor", 34, 54, 0)


def test_long_texts_take_no_long_time() -> None:
    for piece in (
        "1",
        "1 ",
        "1,",
        "1-",
        " ",
        "- ",
        "1. ",
        "1 och ",
        "12 mkr ",
        "från 1 ",
        "§",
        "fem ",
    ):
        find_quantities(piece * (40_000 // len(piece)))


@pytest.mark.parametrize(
    ("value", "decimals", "minus", "expected"),
    [
        ("1234567.5", 2, "-", "1 234 567,50"),
        ("-1234", 0, "− ", "− 1 234"),
        ("-2.7", 1, "()", "(2,7)"),
        ("0", 0, "-", "0"),
        ("999", 0, "-", "999"),
    ],
)
def test_format(value: str, decimals: int, minus: str, expected: str) -> None:
    assert format_quantity(Decimal(value), decimals, separator=" ", minus=minus) == expected


def test_format_refuses_to_round_and_to_confuse() -> None:
    with pytest.raises(ValueError, match="decimaler"):
        format_quantity(Decimal("1.25"), 1, separator=" ", minus="-")
    with pytest.raises(ValueError, match="och"):
        format_quantity(Decimal("1.25"), 2, separator=".", minus="-", decimal_mark=".")


UNITS = {
    "": [""],
    "kr": ["kr", "kronor"],
    "tkr": ["tkr", "kkr", "tnkr", "t.kr", "tusental kronor", "tusen kronor"],
    "mkr": ["mkr", "mnkr", "Mkr", "msek", "milj kr", "miljoner kronor"],
    "mdkr": ["mdkr", "miljarder kronor"],
    "%": ["%", "procent"],
    "procentenheter": ["procentenheter"],
    "st": ["st"],
    "dagar": ["dagar"],
    "timmar": ["timmar"],
    "år": ["år"],
    "månader": ["månader"],
    "personer": ["personer"],
    "årsarbetare": ["årsarbetare"],
    "poäng": ["poäng"],
}


@st.composite
def printed(draw: st.DrawFn) -> tuple[str, Decimal, str, bool]:
    """A printed number, its value, its unit, and whether the grammar promises to read it."""
    decimals = draw(st.integers(0, 3))
    digits = draw(st.integers(1, 10)) + decimals
    value = Decimal(draw(st.integers(-(10**digits) + 1, 10**digits - 1))).scaleb(-decimals)
    separator = draw(st.sampled_from([" ", "\u00a0", "\u2009", "\u202f", "", "."]))
    mark = draw(st.sampled_from([",", "."]))
    assume(separator != mark)
    minus = draw(st.sampled_from(["-", "−", "–", "- ", "− ", "–\u00a0", "()"]))
    unit = draw(st.sampled_from(sorted(UNITS)))
    gap = draw(st.sampled_from([" ", "\u00a0", "\u202f", ""]))
    spelled = draw(st.sampled_from(UNITS[unit]))
    text = format_quantity(value, decimals, separator=separator, minus=minus, decimal_mark=mark)
    point = separator == "." or (mark == "." and decimals == 3)
    year = minus == "()" and value < 0  # (2023) is refused
    return text + (gap + spelled if spelled else ""), value, unit, not point and not year


@settings(max_examples=10000, deadline=None)
@given(printed())
def test_a_printed_number_is_read_back_or_refused(case: tuple[str, Decimal, str, bool]) -> None:
    text, value, unit, promised = case
    try:
        found = parse_quantity(text)
    except NumberError as error:
        assert not promised, text
        assert 0 <= error.position < len(text)
        return
    assert found is not None
    assert (found.value, found.unit, found.printed) == (value, unit, text)


@settings(max_examples=3000, deadline=None)
@given(
    printed(),
    st.sampled_from(["", "Det är ", "Kostnaden uppgår till ", "(", "inte\n", "drygt "]),
    st.sampled_from(["", ".", ", vilket", " mer än väntat", ")", "\n", "¹"]),
)
def test_a_number_in_a_sentence_is_read_as_in_a_cell_or_passed_over(
    case: tuple[str, Decimal, str, bool], before: str, after: str
) -> None:
    text, value, unit, _ = case
    for found in find_quantities(before + text + after):
        assert (found.value, found.unit, found.printed) == (value, unit, text)


PIECES = [
    *"0123456789 .,-−–+()%§/:\n\t¹*'",
    *["\u00a0", "\u2009", "\u202f", "kr", " mkr", " procent", "fyra ", "en ", "halv ", " och "],
    *[
        " till ",
        "från ",
        "mellan ",
        "ca ",
        "tabell ",
        " augusti ",
        "miljoner ",
        "kronor",
        " kap",
        "x",
    ],
]


@settings(max_examples=4000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("1 2-3,4.5 000 000 000")
def test_any_text_is_searched_without_error(text: str) -> None:
    _found(text)


@settings(max_examples=3000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_cell_is_a_number_nothing_or_an_error_with_a_place(text: str) -> None:
    for cell in (True, False):
        try:
            found = parse_quantity(text, cell=cell)
        except NumberError as error:
            assert 0 <= error.position <= len(text)
            continue
        if found:
            assert text[found.start : found.end] == found.printed
            # no digit is left out, save in notes
            assert not set("0123456789") & set(text[: found.start] + text[found.end :])

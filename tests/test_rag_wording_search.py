"""The life of a wording in small documents: numbers, moved sentences, gaps, breaks, pasted text."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from pdf_pages import sheet

from rag.answer import NO_FILTERS, Filters
from rag.index import IndexReader
from rag.quotes import boxes_of, find_quote
from rag.report import Report
from rag.wording.search import LONGEST, WordingTextError, find_wording
from rag.wording.types import DELETE, EXACT, INSERT, NEAR, REWORDED, History, Occurrence

ReadInto = Callable[..., list[Report]]

WAITING = "Väntetiden till särskilt boende ska vara högst {} dagar i genomsnitt under året."
MENTOR = (
    "Nya medarbetare i hemtjänsten får en mentor under sina första sex månader. "
    "Mentorn har tid avsatt i schemat för samtal och gemensamma besök."
)
MOVED = (
    "Mentorn har tid avsatt i schemat för samtal och gemensamma besök. "
    "Nya medarbetare i hemtjänsten får en mentor under sina första sex månader."
)
NIGHTS = (
    "Kommunens verk\u00adsamhet nattetid ska fungera även när det stora elnätet är nere i flera "
    "dygn, och varje boende har därför egen reservkraft."
)
SOCIAL = "Socialnämnden, Älvköpings kommun"
DOCUMENTS = {
    "budget-2022.txt": f"Budget 2022\n\n{SOCIAL}\n\n{WAITING.format(80)}\n\n{MENTOR}\n",
    "budget-2023.txt": f"Budget 2023\n\nSocialnämnden, Älvköpings kommun\n\n{WAITING.format(75)}\n",
    "arsredovisning-2023.txt": "Årsredovisning 2023\n\nSocialnämnden, Älvköpings kommun\n\n"
    f"Året i korthet var lugnt.\n\n{MOVED}\n",
    "budget-2025.txt": "Budget 2025\n\nSocialnämnden, Älvköpings kommun\n\n"
    f"{WAITING.format(75)}\n\n{NIGHTS}\n",
    "budget-2026.txt": "Budget 2026\n\nSocialnämnden, Älvköpings kommun\n\nNytt för i år är en "
    "simhall.\n",
    "annan-2025.txt": "Budget 2025\n\nKulturnämnden, Älvköpings kommun\n\nMuseet är öppet.\n",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, read_into: ReadInto) -> IndexReader:
    folder = tmp_path_factory.mktemp("wordings")
    for name, text in DOCUMENTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    read_into(folder / "index", *(folder / name for name in DOCUMENTS))
    return IndexReader(folder / "index")


def find(index: IndexReader, text: str, filters: Filters = NO_FILTERS) -> History:
    history = find_wording(index, text, filters)
    for one in history.occurrences:
        kept = [piece for operation, piece in one.difference.pieces if operation != DELETE]
        assert "".join(kept) == one.passage.text
        for part in one.passage.parts:
            page = index.store.page(one.source.document, part.page)
            assert page is not None
            assert find_quote(page, part.quote) is not None
            assert part.boxes == boxes_of(page, part.span)
    return history


def kinds(history: History) -> list[tuple[str, str]]:
    return [(one.source.document, one.kind) for one in history.occurrences]


def numbers(one: Occurrence) -> list[str]:
    return [f"{n.before} → {n.after} ({n.difference})" for n in one.difference.numbers]


def test_a_number_that_differs_is_near_and_told(index: IndexReader) -> None:
    history = find(index, WAITING.format(80))
    assert kinds(history) == [("budget-2022", EXACT), ("budget-2023", NEAR), ("budget-2025", NEAR)]
    assert numbers(history.occurrences[1]) == ["80 dagar → 75 dagar (-5)"]
    assert history.occurrences[1].similarity < 1
    assert (history.first, history.last) == (2022, 2025)


def test_each_year_is_compared_with_the_year_before(index: IndexReader) -> None:
    first, second, third = find(index, WAITING.format(75)).occurrences
    assert (first.previous, first.previous_difference) == ("", None)
    assert second.previous == "budget-2022"
    assert second.previous_difference is not None
    assert [str(n.difference) for n in second.previous_difference.numbers] == ["-5"]
    assert third.previous == "budget-2023"
    assert third.previous_difference is not None and not third.previous_difference.changed


def test_a_year_without_a_document_is_a_gap(index: IndexReader) -> None:
    history = find(index, WAITING.format(75))
    assert [(m.board, m.kind, m.year) for m in history.missing] == [
        ("Socialnämnden", "budget", 2024)
    ]


def test_documents_of_the_board_that_lack_it_are_told_by_time(index: IndexReader) -> None:
    history = find(index, WAITING.format(75))
    assert [(one.source.document, one.when) for one in history.absent] == [
        ("arsredovisning-2023", "between"),
        ("budget-2026", "after"),
    ]
    assert [one.source.document for one in history.dropped] == ["budget-2026"]


def test_sentences_built_alike_about_something_else_are_left_out(
    tmp_path: Path, read_into: ReadInto
) -> None:
    said = "{} har ökat med {} mkr i jämförelse med augusti 2023 beroende på indexuppräkning."
    path = tmp_path / "delarsrapport-2024.txt"
    lines = [("Intäkterna", 8), ("Personalkostnaderna", 25), ("Intäkterna", 9), ("Hyrorna", 6)]
    text = "\n\n".join(said.format(*line) for line in lines)
    path.write_text(f"Delårsrapport 2024\n\nSocialnämnden\n\n{text}\n", encoding="utf-8")
    read_into(tmp_path / "index", path)
    history = find(IndexReader(tmp_path / "index"), said.format("Intäkterna", 8))
    assert [one.passage.text for one in history.occurrences] == [
        said.format("Intäkterna", 8),
        said.format("Intäkterna", 9),
    ]
    assert numbers(history.occurrences[1]) == ["8 mkr → 9 mkr (1)"]


def test_moved_sentences_are_a_rewording(index: IndexReader) -> None:
    history = find(index, MENTOR)
    assert kinds(history) == [("budget-2022", EXACT), ("arsredovisning-2023", REWORDED)]
    assert history.occurrences[1].passage.text == MOVED
    assert history.occurrences[1].similarity > 0.9


def test_a_sentence_that_is_left_of_a_paragraph_is_found(index: IndexReader) -> None:
    longer = f"Simhallen öppnar till sommaren för alla barn i kommunen. {WAITING.format(75)} " + (
        "Biblioteken får längre öppettider och fler besök av skolorna i östra kommundelen. "
        "Vägarna norr om älven byggs om med nya broar, cykelbanor och säkra övergångar för barn."
    )
    history = find(index, longer)
    assert ("budget-2025", REWORDED) in kinds(history)
    assert history.occurrences[-1].passage.text == WAITING.format(75)


def test_pasted_text_may_have_line_breaks_ligatures_and_other_quotes(index: IndexReader) -> None:
    pasted = (
        "Kommunens verksamhet  nattetid ska fungera även när det\r\nstora el-\nnätet är nere i\t"
        "ﬂera dygn, och varje boende har\u00a0därför egen reserv\u00adkraft."
    )
    assert kinds(find(index, pasted)) == [("budget-2025", EXACT)]


def test_another_comma_is_near(index: IndexReader) -> None:
    (one,) = find(index, NIGHTS.replace("dygn, och", "dygn och")).occurrences
    assert (one.kind, one.similarity) == (NEAR, 0.99)
    assert (INSERT, ", ") in one.difference.pieces or (INSERT, ",") in one.difference.pieces


def test_a_phrase_is_found_inside_a_sentence(index: IndexReader) -> None:
    history = find(index, "egen reservkraft")
    assert history.phrase
    assert kinds(history) == [("budget-2025", EXACT)]
    assert history.occurrences[0].passage.parts[0].quote == "egen reservkraft."
    assert find(index, "egen brandbil").occurrences == ()


def test_a_number_at_the_end_of_a_phrase_is_told_too(index: IndexReader) -> None:
    days = "särskilt boende ska vara högst {}"
    one = find(index, days.format("60 dagar")).occurrences[0]
    assert (one.kind, one.passage.text) == (NEAR, days.format("80 dagar"))
    assert numbers(one) == ["60 dagar → 80 dagar (20)"]
    one = find(index, days.format(60)).occurrences[0]
    assert one.passage.text == days.format(80)


def test_filters_choose_where_to_look(index: IndexReader) -> None:
    assert kinds(find(index, WAITING.format(75), Filters(year=2025))) == [("budget-2025", EXACT)]
    history = find(index, WAITING.format(75), Filters(board="Kulturnämnden"))
    assert (history.occurrences, history.searched) == ((), 1)
    assert find(index, WAITING.format(75), Filters(year=1999)).searched == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "tom"),
        (" \n\u200b…!", "tom"),
        ("Reservkraft", "bara ett ord"),
        ("mål " * 5000, "5000 ord"),
    ],
)
def test_what_cannot_be_looked_for_is_told(index: IndexReader, text: str, said: str) -> None:
    with pytest.raises(WordingTextError, match=said):
        find(index, text)


def test_a_long_text_is_looked_for_whole(index: IndexReader) -> None:
    other = "Kvarnen i byn mal säd till bröd varje höst medan ån är full av vatten. "
    text = WAITING.format(75) + " " + other * 90
    assert len(text.split()) < LONGEST
    assert ("budget-2025", REWORDED) in kinds(find(index, text))


# ---- places


def test_a_passage_over_two_pages_is_one_with_two_parts(
    tmp_path: Path, read_into: ReadInto
) -> None:
    path = tmp_path / "budget-2024.pdf"
    with sheet(path) as page:
        page.put(72, 90, "Budget 2024", size=20)
        page.lines(72, 140, ["Socialnämnden i Älvköpings kommun beslutade om budgeten i höstas."])
        page.lines(
            72, 690, ["Nämnden ska se till att alla som bor i särskilt boende får gå ut minst en"]
        )
        page.turn()
        page.lines(72, 90, ["gång om dagen, tillsammans med någon som de känner och litar på."])
    read_into(tmp_path / "index", path)
    index = IndexReader(tmp_path / "index")
    wanted = (
        "Nämnden ska se till att alla som bor i särskilt boende får gå ut minst en gång om dagen, "
        "tillsammans med någon som de känner och litar på."
    )
    (one,) = find(index, wanted).occurrences
    assert one.kind == EXACT
    assert [part.page for part in one.passage.parts] == [1, 2]
    assert all(len(part.boxes) == 1 for part in one.passage.parts)
    assert one.passage.text == wanted


def test_a_passage_over_two_chunks_is_found(tmp_path: Path, read_into: ReadInto) -> None:
    filler = "Kvarnen i byn mal säd till bröd varje höst medan ån är full. " * 14
    two = (
        "Varje skola ska ha en egen kurator på plats alla dagar.\n\n"
        "Kuratorn tar emot elever utan att de har bokat tid först."
    )
    path = tmp_path / "plan-2024.txt"
    path.write_text(f"Verksamhetsplan 2024\n\n{filler}\n\n{two}\n\n{filler}\n", encoding="utf-8")
    read_into(tmp_path / "index", path)
    (one,) = find(IndexReader(tmp_path / "index"), " ".join(two.split())).occurrences
    assert one.kind == EXACT


def test_a_goal_in_a_cell_is_found_with_the_year_it_changed(
    tmp_path: Path, read_into: ReadInto
) -> None:
    goal = "Andelen brukare som är nöjda med sin hemtjänst ska vara minst {} procent"
    for year, value in ((2023, 85), (2024, 88)):
        text = (
            f"# Budget {year}\n\nSocialnämnden, Älvköpings kommun\n\n## Mål\n\n"
            f"| Mål | Utfall | Mål {year} |\n|---|---:|---:|\n"
            f"| {goal.format(value)} | 83 | {value} |\n| Kortare väntetid till boende | 60 | 55 |\n"
        )
        (tmp_path / f"budget-{year}.md").write_text(text, encoding="utf-8")
    read_into(tmp_path / "index", *tmp_path.glob("*.md"))
    history = find(IndexReader(tmp_path / "index"), goal.format(88))
    assert kinds(history) == [("budget-2023", NEAR), ("budget-2024", EXACT)]
    assert numbers(history.occurrences[0]) == ["88 procent → 85 procent (-3)"]
    assert history.occurrences[0].passage.text == goal.format(85)


def test_more_places_than_the_first_candidates_are_all_found(
    tmp_path: Path, read_into: ReadInto
) -> None:
    said = "Nämnden följer ekonomin varje månad utom i januari och juli varje år."
    words = "kvarnen säden brödet hösten ån vattnet byn vägen bron skogen torget hamnen".split()
    shuffled = Random(1)
    pages = [
        f"{' '.join(shuffled.choices(words, k=130)).capitalize()} {number}.\n\n{said}\n\n"
        for number in range(260)
    ]
    path = tmp_path / "protokoll-2024.txt"
    path.write_text("Protokoll 2024\n\n" + "".join(pages), encoding="utf-8")
    read_into(tmp_path / "index", path)
    assert len(find(IndexReader(tmp_path / "index"), said).occurrences) == 260

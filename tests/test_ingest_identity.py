"""What a document is: title, municipality, board, kind, years; and the manifest's corrections."""

from pathlib import Path

import pdf_pages
import pytest

from ingest.document import parse
from ingest.errors import UnreadableFileError
from ingest.identity import fold_name, kind_named, years_named
from ingest.manifest import Correction, read_manifest
from ingest.types import Identity

TEXT = ("Nämnden följer upp målen under året.",)


def identity_of(
    tmp_path: Path,
    cover: tuple[str, ...],
    body: tuple[str, ...] = TEXT,
    stem: str = "fil",
    **metadata: str,
) -> Identity:
    path = tmp_path / f"{stem}.pdf"
    pdf_pages.report(path, cover, body, **metadata)
    return parse(path).identity


def test_all_of_it_stands_on_the_cover(tmp_path: Path) -> None:
    cover = ("Budget 2026–2028", "Vård- och omsorgsnämnden", "Norrviks kommun")
    assert identity_of(tmp_path, cover, ("I Norrvik bor många.",)) == Identity(
        title="Budget 2026–2028",
        municipality="Norrvik",
        board="Vård- och omsorgsnämnden",
        kind="budget",
        years=(2026, 2027, 2028),
        figure_years=(),
        aliases=("VON",),
    )


@pytest.mark.parametrize(
    ("title", "years"),
    [("Budget 2025", (2025,)), ("Budget 2025–2027", (2025, 2026, 2027))],
)
def test_the_years_of_a_budget_begin_with_those_of_its_title(
    title: str, years: tuple[int, ...], tmp_path: Path
) -> None:
    cover = (title, "Socialnämnden, Norrviks kommun", "Jämförelser med utfallet 2023 och 2024")
    identity = identity_of(tmp_path, cover)
    assert (identity.kind, identity.years) == ("budget", years)


def test_the_years_of_a_title_alone_may_all_be_on_the_cover(tmp_path: Path) -> None:
    cover = ("Budget", "Norrviks kommun", "Gäller 2024 och 2025")
    assert identity_of(tmp_path, cover).years == (2024, 2025)


def test_what_is_not_said_is_empty(tmp_path: Path) -> None:
    identity = identity_of(tmp_path, ("Meddelande",))
    assert identity == Identity(title="Meddelande")


def test_a_title_that_names_kind_and_year_is_preferred(tmp_path: Path) -> None:
    body = ("Denna årsredovisning gäller 2024.", *TEXT)
    identity = identity_of(tmp_path, ("Tillsammans framåt",), body, title="Årsredovisning 2024")
    assert (identity.title, identity.kind, identity.years) == (
        "Årsredovisning 2024",
        "årsredovisning",
        (2024,),
    )


def test_a_file_name_in_the_metadata_is_no_title(tmp_path: Path) -> None:
    assert identity_of(tmp_path, ("Framåt",), title="Budget 2024.docx").title == "Framåt"


def test_kind_and_years_may_come_from_the_file_name(tmp_path: Path) -> None:
    identity = identity_of(tmp_path, ("Tillsammans framåt",), stem="vidsjö_delårsrapport-2025")
    assert (identity.title, identity.kind, identity.years) == (
        "Tillsammans framåt",
        "delårsrapport",
        (2025,),
    )


def test_a_file_name_without_diacritics_tells_the_kind(tmp_path: Path) -> None:
    identity = identity_of(tmp_path, ("Tillsammans framåt",), stem="vidsjo-delarsrapport-2025")
    assert identity.kind == "delårsrapport"


@pytest.mark.parametrize(
    ("written", "body", "name"),
    [
        ("Norrviks kommun", "I Norrvik bor många.", "Norrvik"),
        ("Alingsås kommun", "I Alingsås bor många.", "Alingsås"),
        ("Bergnäs kommun", "Många bor här.", "Bergnäs"),
        ("Vidsjö kommun", "Många bor här.", "Vidsjö"),
        ("Vidsjös kommun", "I Vidsjö bor många.", "Vidsjö"),
        ("Granforsa stad", "Många bor här.", "Granforsa"),
        ("Granforsa stads", "Många bor här.", "Granforsa"),
        ("Östra Lidens kommun", "I Östra Liden bor många.", "Östra Liden"),
        ("Tuna-Bergets kommun", "I Tuna-Berget bor många.", "Tuna-Berget"),
        ("Varje kommun", "Många bor här.", ""),
        ("Region Granforsa", "Många bor här.", ""),
    ],
)
def test_municipality(written: str, body: str, name: str, tmp_path: Path) -> None:
    assert identity_of(tmp_path, ("Rapport", written), (body,)).municipality == name


def test_a_file_name_tells_the_bare_name_too(tmp_path: Path) -> None:
    identity = identity_of(tmp_path, ("Rapport", "Söderås kommun"), stem="soderas-rapport")
    assert identity.municipality == "Söderås"
    identity = identity_of(tmp_path, ("Rapport", "Åviks kommun"), stem="avik-rapport")
    assert identity.municipality == "Åvik"


@pytest.mark.parametrize(
    "cover",
    [("Årsredovisning Norrviks kommun 2025",), ("Rapport", "Socialnämnden Norrviks kommun")],
)
def test_a_word_before_the_name_is_no_part_of_it(cover: tuple[str, ...], tmp_path: Path) -> None:
    assert identity_of(tmp_path, cover, ("I Norrvik bor många.",)).municipality == "Norrvik"


@pytest.mark.parametrize(
    ("written", "board", "aliases"),
    [
        ("Socialnämnden", "Socialnämnden", ("SN",)),
        ("SOCIALNÄMNDEN", "Socialnämnden", ("SN",)),
        ("Kommunstyrelsen", "Kommunstyrelsen", ("KS",)),
        ("Barn- och utbildningsnämnden", "Barn- och utbildningsnämnden", ("BUN",)),
        (
            "Kultur-, fritids- och ungdomsnämnden",
            "Kultur-, fritids- och ungdomsnämnden",
            ("KFUN",),
        ),
        ("Nämnden för arbete", "Nämnden för arbete", ("NA",)),
        ("Tekniska kontoret", "", ()),
    ],
)
def test_board_and_its_initials(
    written: str, board: str, aliases: tuple[str, ...], tmp_path: Path
) -> None:
    identity = identity_of(tmp_path, ("Rapport", written))
    assert (identity.board, identity.aliases) == (board, aliases)


def test_the_board_on_the_cover_outweighs_one_in_the_text(tmp_path: Path) -> None:
    body = ("Kommunstyrelsen har beslutat, och Kommunstyrelsen följer upp.",)
    assert identity_of(tmp_path, ("Rapport", "Byggnadsnämnden"), body).board == "Byggnadsnämnden"


def test_the_author_in_the_metadata_names_the_board(tmp_path: Path) -> None:
    assert identity_of(tmp_path, ("Rapport",), author="Barnnämnden").board == "Barnnämnden"


def test_the_author_in_the_metadata_decides_nothing_against_the_pages(tmp_path: Path) -> None:
    body = ("Socialnämnden i Norrviks kommun följer upp målen.", "Norrviks kommun växer.")
    author = "Barnnämnden, Sundby kommun"
    identity = identity_of(tmp_path, ("Rapport",), body, author=author)
    assert (identity.board, identity.municipality) == ("Socialnämnden", "Norrvik")


def test_hidden_text_names_no_board(tmp_path: Path) -> None:
    path = tmp_path / "rapport.pdf"
    with pdf_pages.sheet(path) as page:
        page.put(60, 100, "Rapport 2025", 20)
        page.put(60, 140, "Socialnämnden, Norrviks kommun")
        for y in range(200, 400, 20):
            page.white(60, y, "Barnnämnden, Sundby kommun")
    identity = parse(path).identity
    assert (identity.board, identity.municipality) == ("Socialnämnden", "Norrvik")


def test_a_board_for_two_things(tmp_path: Path) -> None:
    identity = identity_of(tmp_path, ("Rapport", "Nämnden för arbete och välfärd"))
    assert (identity.board, identity.aliases) == ("Nämnden för arbete och välfärd", ("NAV",))


@pytest.mark.parametrize(
    ("cover", "board"),
    [
        ("Socialnämndens delårsrapport 2025", "Socialnämnden"),
        ("Barn- och utbildningsnämnd", "Barn- och utbildningsnämnden"),
    ],
)
def test_a_board_in_another_form(cover: str, board: str, tmp_path: Path) -> None:
    body = ("Kommunstyrelsen har beslutat om ramarna.",)
    assert identity_of(tmp_path, (cover,), body).board == board


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Delårsrapport augusti 2025", "delårsrapport"),
        ("Delårsbokslut 2024", "delårsrapport"),
        ("Tertialrapport 2", "delårsrapport"),
        ("Månadsuppföljning mars", "delårsrapport"),
        ("Uppföljning av budget", "delårsrapport"),
        ("Årsredovisning 2025", "årsredovisning"),
        ("Bokslut 2024", "årsredovisning"),
        ("Verksamhetsberättelse", "årsredovisning"),
        ("Sammanträdesprotokoll", "protokoll"),
        ("Protokollsutdrag", "protokoll"),
        ("TJÄNSTESKRIVELSE", "tjänsteskrivelse"),
        ("Tjänsteutlåtande om bokslut", "tjänsteskrivelse"),
        ("Detaljbudget 2026", "budget"),
        ("Mål- och resursplan 2026", "budget"),
        ("Verksamhetsplan och budget 2026", "plan"),
        ("Internkontrollplan", "plan"),
        ("Riktlinjer för avgifter", "policy"),
        ("Reglemente", "policy"),
        ("Planering", ""),
        ("Meddelande", ""),
        ("", ""),
        ("Budgetuppföljning mars", "delårsrapport"),
    ],
)
def test_kind_named(text: str, kind: str) -> None:
    assert kind_named(text) == kind


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Budget 2026", (2026,)),
        ("2026.", (2026,)),
        ("2026–2028", (2026, 2027, 2028)),
        ("2026-2028", (2026, 2027, 2028)),
        ("2026 – 2028", (2026, 2027, 2028)),
        ("2026–28", (2026, 2027, 2028)),
        ("1999–2002", (1999, 2000, 2001, 2002)),
        ("läsåret 2024/25", (2024, 2025)),
        ("läsåret 2024/2025", (2024, 2025)),
        ("2028 och 2026", (2026, 2028)),
        ("12 mars 2026", (2026,)),
        ("2026-01-15", ()),
        ("Protokoll 2026-12-31, budget 2027", (2027,)),
        ("Dnr 2026/123", ()),
        ("VON-2026-12", ()),
        ("SFS §2026", ()),
        ("2 026 tkr", ()),
        ("12026 och 20261", ()),
        ("1826", ()),
        ("2028–2026", (2028,)),
        ("", ()),
    ],
)
def test_years_named(text: str, years: tuple[int, ...]) -> None:
    assert years_named(text) == years


def test_figure_years_are_those_of_columns(tmp_path: Path) -> None:
    path = tmp_path / "fil.pdf"
    pdf_pages.unruled_table(path)
    assert parse(path).identity.figure_years == (2023, 2024, 2025)
    pdf_pages.ruled_table(path)
    assert parse(path).identity.figure_years == (2025,)


def test_names_are_compared_without_case_and_diacritics() -> None:
    assert fold_name("Alingsås") == fold_name("ALINGSA\u030aS") == "alingsas"


MANIFEST = """\
[fil]
board = "Vård- och omsorgsnämnden"
years = [2026, 2027]
aliases = ["VON", "VoN"]

["a\u030arsredovisning"]
kind = ""
"""


def folder_with(tmp_path: Path, manifest: str) -> Path:
    (tmp_path / "manifest.toml").write_text(manifest, encoding="utf-8")
    return tmp_path


def test_a_folder_without_manifest_corrects_nothing(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}


def test_a_manifest_is_read_by_document(tmp_path: Path) -> None:
    assert read_manifest(folder_with(tmp_path, MANIFEST)) == {
        "fil": Correction(
            board="Vård- och omsorgsnämnden", years=(2026, 2027), aliases=("VON", "VoN")
        ),
        "årsredovisning": Correction(kind=""),
    }


def test_a_correction_replaces_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "fil.pdf"
    pdf_pages.report(path, ("Budget 2025", "Socialnämnden", "Vidsjö kommun"), TEXT)
    correction = read_manifest(folder_with(tmp_path, MANIFEST))["fil"]
    assert parse(path, correction).identity == Identity(
        title="Budget 2025",
        municipality="Vidsjö",
        board="Vård- och omsorgsnämnden",
        kind="budget",
        years=(2026, 2027),
        figure_years=(),
        aliases=("VON", "VoN"),
    )


def test_a_correction_may_empty_a_field() -> None:
    identity = Identity(title="Budget 2025", kind="budget", years=(2025,))
    assert Correction(kind="", years=()).apply(identity) == Identity(title="Budget 2025")
    assert Correction().apply(identity) == identity


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("[fil\nboard = 1", "giltig TOML"),
        ("[fil]\nhyllplan = 3", "fält hyllplan .*title, municipality, board, kind, years"),
        ("[fil]\nyears = 2026", "fält years "),
        ('[fil]\nyears = ["snart"]', r"fält years\.0 "),
        ("[fil]\nboard = 7", "fält board "),
        ("fil = 7", "fält ett dokument "),
    ],
)
def test_what_a_manifest_cannot_say(manifest: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=message):
        read_manifest(folder_with(tmp_path, manifest))


def test_a_manifest_in_another_character_set_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.toml").write_bytes('[fil]\nboard = "Vård"'.encode("cp1252"))
    with pytest.raises(UnreadableFileError, match="giltig TOML"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("NORRVIKS KOMMUN", "Norrvik"),
        ("NOR R VIKS KOMMUN", "Norrvik"),  # letters set apart, and read as words
        ("ÖVRE NORRVIKS KOMMUN", "Övre Norrvik"),
        ("EN SPARSAM KOMMUN", ""),
    ],
)
def test_a_municipality_in_capitals_is_the_one_that_the_text_names(
    written: str, name: str, tmp_path: Path
) -> None:
    body = (f"Nämnden arbetar för alla som bor i {name or 'Norrvik'}.",)
    assert identity_of(tmp_path, ("Budget 2026", written), body).municipality == name

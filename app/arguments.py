"""The command line's grammar, in Swedish. Imports nothing heavy: `--help` must be quick."""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any, NoReturn

_TRANSLATIONS: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (.*)", r"det saknas: \1"),
    (r"unrecognized arguments: (.*)", r"känner inte till: \1"),
    (r"argument (\S+): invalid choice: (\S+) \(choose from (.*)\)", r"\2 finns inte; välj av: \3"),
    (r"argument (\S+): expected one argument", r"\1 ska följas av ett värde"),
    (r"argument (\S+): expected at least one argument", r"\1 ska följas av minst ett värde"),
    (r"argument (\S+): invalid \S+ value: (.*)", r"\1 kan inte vara \2"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 går inte ihop med \2"),
    (r"argument (\S+): ignored explicit argument (.*)", r"\1 tar inget värde"),
    (r"ambiguous option: (\S+) could match (.*)", r"\1 kan betyda \2"),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Så här: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Swedish. Wrong usage ends the program with status 2."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Formatter, add_help=False, allow_abbrev=False, **options)
        self._positionals.title = "anges"
        self._optionals.title = "flaggor"
        self.add_argument("-h", "--help", action="help", help="visa den här hjälpen")

    def error(self, message: str) -> NoReturn:
        """Tell what is wrong, in Swedish, and leave with status 2."""
        for pattern, swedish in _TRANSLATIONS:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, swedish, message)
                break
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}: {message}\n")


def build_parser() -> Parser:
    """The whole grammar; each command's name ends up in `command`."""
    parser = Parser(
        prog="namndkoll",
        description="Svar med källa ur kommunala nämnders egna dokument.",
        epilog="Börja med: namndkoll ingest MAPP, sedan: namndkoll ask ”Varför går vi back?”",
    )
    parser.add_argument("--version", action="store_true", help="visa versionen")
    commands = parser.add_subparsers(dest="command", metavar="KOMMANDO", title="kommandon")
    for build in (_ingest, _documents, _remove, _ask, _chat, _search):
        build(commands)
    for build in (_wording, _tables, _figures, _audit, _deviations, _goals, _risks):
        build(commands)
    for build in (_serve, _mcp, _eval):
        build(commands)
    return parser


def _command(commands: Any, name: str, text: str, **options: Any) -> Parser:
    command: Parser = commands.add_parser(name, help=text, description=text, **options)
    command.add_argument(
        "--index",
        metavar="MAPP",
        type=Path,
        help="indexets mapp (annars $NAMNDKOLL_INDEX, annars .namndkoll)",
    )
    return command


def _json(command: Parser) -> None:
    command.add_argument("--json", action="store_true", help="skriv JSON, för program")


def _reranker(command: Parser) -> None:
    command.add_argument(
        "--reranker",
        metavar="NAMN",
        help="modell som ordnar om de bästa träffarna (annars $NAMNDKOLL_RERANKER, annars ingen)",
    )
    command.add_argument(
        "--reranker-seconds",
        metavar="S",
        type=_positive,
        default=5,
        help="så länge får det ta för en fråga; annars 5",
    )


def _llm(command: Parser) -> None:
    command.add_argument(
        "--no-llm",
        action="store_true",
        help="låt inte språkmodellen i $NAMNDKOLL_LLM formulera svaren",
    )


def _filters(command: Parser) -> None:
    group = command.add_argument_group("filter")
    group.add_argument(
        "--document",
        metavar="ID",
        type=_identifier,
        action="append",
        default=[],
        help="bara detta dokument (kan upprepas)",
    )
    group.add_argument("--municipality", metavar="NAMN", default="", help="bara denna kommun")
    group.add_argument("--board", metavar="NAMN", default="", help="bara denna nämnd")
    group.add_argument("--kind", metavar="SLAG", default="", help="budget, delårsrapport, plan …")
    group.add_argument("--year", metavar="ÅR", type=int, help="bara dokument om detta år")


def _ingest(commands: Any) -> None:
    command = _command(commands, "ingest", "läs in filer och mappar (PDF, DOCX, TXT, MD)")
    command.add_argument("paths", metavar="SÖKVÄG", nargs="*", type=Path, help="filer och mappar")
    command.add_argument(
        "--model",
        metavar="NAMN",
        help="modell för sökningens vektorer: namn på huggingface.co eller mapp (annars "
        "$NAMNDKOLL_MODEL, annars indexets egen). Utan SÖKVÄG görs alla vektorer om med den",
    )
    command.add_argument(
        "--show", metavar="ID", type=_identifier, help="rita en sida som den förstås"
    )
    command.add_argument(
        "--page", metavar="N", type=_positive, default=1, help="vilken sida, från 1"
    )
    command.add_argument("--out", metavar="FIL", type=Path, help="annars ID-sida-N.png")
    _json(command)


def _documents(commands: Any) -> None:
    command = _command(commands, "documents", "visa vad som är inläst, och vad som saknas")
    _filters(command)
    _json(command)


def _remove(commands: Any) -> None:
    command = _command(commands, "remove", "ta ut dokument ur indexet (filerna rörs inte)")
    command.add_argument("ids", metavar="ID", type=_identifier, nargs="+", help="dokumentens id")
    command.add_argument("--yes", action="store_true", help="fråga inte först")
    _json(command)


def _ask(commands: Any) -> None:
    command = _command(commands, "ask", "ställ en fråga, eller en hel uppsättning frågor")
    command.add_argument("question", metavar="FRÅGA", nargs="?", help="frågan, på svenska")
    command.add_argument(
        "--questions", metavar="FIL", type=Path, help="en fråga på raden (JSONL, CSV, XLSX)"
    )
    _reranker(command)
    command.add_argument(
        "--docx", metavar="FIL", type=Path, help="spara som Worddokument, med källornas sidor"
    )
    command.add_argument(
        "--xlsx", metavar="FIL", type=Path, help="spara som Excelfil, med uträkningar som formler"
    )
    command.add_argument("--force", action="store_true", help="skriv över en fil som redan finns")
    _llm(command)
    _filters(command)
    _json(command)


def _chat(commands: Any) -> None:
    command = _command(commands, "chat", "samtala i terminalen; följdfrågor går bra")
    _reranker(command)
    _llm(command)
    _filters(command)


def _search(commands: Any) -> None:
    command = _command(commands, "search", "sök efter stycken och tabeller")
    command.add_argument("query", metavar="SÖKORD")
    command.add_argument("--explain", action="store_true", help="visa varför varje träff hittades")
    command.add_argument("--limit", metavar="N", type=_positive, default=10, help="högst så många")
    _reranker(command)
    _filters(command)
    _json(command)


def _wording(commands: Any) -> None:
    command = _command(
        commands, "wording", "följ en formulering genom åren, eller jämför två dokument"
    )
    command.add_argument(
        "text", metavar="TEXT", nargs="?", help="en mening eller ett stycke (- läser standard in)"
    )
    command.add_argument("--file", metavar="FIL", type=Path, help="läs texten ur en textfil")
    command.add_argument(
        "--between",
        metavar="ID",
        type=_identifier,
        nargs=2,
        help="visa vad som är nytt, borttaget och ändrat mellan två dokument",
    )
    _filters(command)
    _json(command)


def _tables(commands: Any) -> None:
    command = _command(commands, "tables", "visa tabellerna i ett dokument, som de har lästs")
    command.add_argument("id", metavar="ID", type=_identifier, help="dokumentets id")
    command.add_argument("--table", metavar="TABELL", help="bara denna tabell (t1, t2 …)")
    _json(command)


def _figures(commands: Any) -> None:
    command = _command(commands, "figures", "visa nyckeltalen, eller spara dem för ett kalkylark")
    command.add_argument("--table", metavar="TABELL", help="bara ur denna tabell (t1, t2 …)")
    command.add_argument(
        "--csv", metavar="FIL", type=Path, help="spara som CSV, så som Excel på svenska läser det"
    )
    command.add_argument("--xlsx", metavar="FIL", type=Path, help="spara som Excelfil")
    command.add_argument("--force", action="store_true", help="skriv över en fil som redan finns")
    _filters(command)
    _json(command)


def _audit(commands: Any) -> None:
    command = _command(
        commands, "audit", "visa var dokumenten säger emot sig själva eller varandra"
    )
    command.add_argument(
        "--all", action="store_true", help="också skillnader som avrundning förklarar"
    )
    _filters(command)
    _json(command)


def _deviations(commands: Any) -> None:
    command = _command(
        commands, "deviations", "visa avvikelserna från budget, de sämsta först, och varför"
    )
    command.add_argument("--all", action="store_true", help="alla tabeller, inte bara en")
    command.add_argument(
        "--forecasts", action="store_true", help="visa i stället hur prognoserna slog in"
    )
    _filters(command)
    _json(command)


def _goals(commands: Any) -> None:
    command = _command(commands, "goals", "visa mål och indikatorer över åren")
    _filters(command)
    _json(command)


def _risks(commands: Any) -> None:
    command = _command(commands, "risks", "visa riskerna, och hur de har ändrats sedan året före")
    _filters(command)
    _json(command)


def _serve(commands: Any) -> None:
    command = _command(commands, "serve", "öppna webbsidan")
    _reranker(command)
    command.add_argument("--host", metavar="ADRESS", default="127.0.0.1", help="annars 127.0.0.1")
    command.add_argument("--port", metavar="PORT", type=_port, default=7860, help="annars 7860")
    _llm(command)
    command.add_argument(
        "--allow-host",
        metavar="NAMN",
        action="append",
        default=[],
        help="namn som program får nå servern med, bakom en proxy (kan upprepas)",
    )


def _mcp(commands: Any) -> None:
    command = _command(
        commands, "mcp", "verktygen för en språkmodells program (MCP, över standard in och ut)"
    )
    _reranker(command)


def _identifier(text: str) -> str:
    """A document's id; some terminals and file systems write å as two characters."""
    return unicodedata.normalize("NFC", text)


def _port(text: str) -> int:
    value = _positive(text)
    if value > 65_535:
        raise ValueError(text)
    return value


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise ValueError(text)
    return value


def _eval(commands: Any) -> None:
    command = commands.add_parser("eval", help="mät svaren mot frågor med facit")
    ways = command.add_subparsers(dest="eval_command", metavar="VAD", title="delar", required=True)
    run = _command(ways, "run", "ställ frågor och jämför svaren med facit")
    run.add_argument("files", metavar="FIL", type=Path, nargs="+", help="JSONL, CSV eller XLSX")
    run.add_argument("--out", metavar="MAPP", type=Path, help="annars körningar/DATUM")
    run.add_argument(
        "--truth",
        metavar="MAPP",
        type=Path,
        help="mät också tabeller och granskning mot ett facit (samples/ och truth/, som i corpus)",
    )
    run.add_argument("--thresholds", metavar="FIL", type=Path, help="gränser (TOML)")
    _llm(run)
    run.add_argument("--verbose", action="store_true", help="visa varje fråga som inte blev rätt")
    _json(run)
    both = _command(ways, "compare", "visa vad som blev rätt och fel från en körning till en annan")
    both.add_argument("folders", metavar="MAPP", type=Path, nargs=2, help="före och efter")
    both.add_argument("--anyway", action="store_true", help="också över olika dokument")
    _json(both)
    report = _command(ways, "report", "gör en sida av en körning (HTML och Markdown)")
    report.add_argument("folder", metavar="MAPP", type=Path, help="körningens mapp")
    sets = _command(ways, "retrieval", "mät sökningen på uppsättningar av frågor och stycken")
    sets.add_argument("files", metavar="FIL", type=Path, nargs="+", help="SweFAQ eller SQuAD-sv")
    sets.add_argument("--model", metavar="NAMN", help="annars den som följer med")
    _json(sets)

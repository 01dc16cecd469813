"""The same question has the same answer: asked again, in another order, in another process."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from written_reports import ReadInto

from rag.answer import Answer, Question
from rag.asking import Asker

TIMES = 20
QUESTIONS = (
    Question("Hur stor är budgeten för lokalhyror 2026?"),
    Question("Lokalhyror, plan 2028?"),
    Question("Och för 2027?", ("Hur stor är budgeten för lokalhyror 2026?",)),
    Question("Hur mycket ökar lokalhyrorna mellan 2027 och 2028?"),
    Question("Hur mycket ökar budgeten för lokalhyror mellan 2025 och 2026?"),
    Question("Hur många procent mer får LSS-boendena i budgeten 2026 än i budgeten 2025?"),
    Question("Hur stor är avvikelsen för hemtjänst?"),
    Question("Vilken verksamhet har störst avvikelse?"),
    Question("Rangordna verksamheterna efter budget 2026"),
    Question("Hur stor andel av nettokostnaden är hemtjänst 2026?"),
    Question("Lokalhyror och köp av tjänster tillsammans i budget 2026"),
    Question("Hur utvecklas lokalhyrorna 2026 till 2028?"),
    Question("Hur hög var sjukfrånvaron?"),
    Question("Klaras målet om sjukfrånvaro?"),
    Question("Hur hanteras risken läkemedel hanteras fel?"),
    Question("Varför ökar hyrorna?"),
    Question("Vad beror hemtjänstens underskott på?"),
    Question("Vad var det som strulade med medisinautomaterna?"),
    Question("Vad tycker Xylofonförbundet om hemtjänsten?"),
    Question("Hej!"),
)


def said(answer: Answer) -> str:
    """All that an answer says, timings aside."""
    told = (answer.status, answer.text, answer.figures, answer.citations, answer.warnings)
    return repr(told)


def ask_all(asker: Asker) -> list[str]:
    return [said(asker.ask(question)) for question in QUESTIONS]


@pytest.fixture(scope="module")
def first(samples_index: Path) -> list[str]:
    """What each question is answered, asked once."""
    asker = Asker(samples_index)
    found = ask_all(asker)
    asker.close()
    assert len(set(found)) == len(QUESTIONS) == 20
    return found


def test_asked_again_in_any_order(samples_index: Path, first: list[str]) -> None:
    shuffled = random.Random(20)
    asker = Asker(samples_index)
    for _ in range(TIMES):
        for position in shuffled.sample(range(len(QUESTIONS)), len(QUESTIONS)):
            assert said(asker.ask(QUESTIONS[position])) == first[position], QUESTIONS[position]
    asker.close()


def test_files_read_in_another_order(
    tmp_path: Path, read_into: ReadInto, sample_files: tuple[Path, ...], first: list[str]
) -> None:
    for path in reversed(sample_files):
        read_into(tmp_path / "index", path)
    asker = Asker(tmp_path / "index")
    assert ask_all(asker) == first
    asker.close()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_in_another_process(samples_index: Path, first: list[str], seed: str) -> None:
    """Sets of words are walked in another order there."""
    program = (
        "import json, sys; from pathlib import Path; from rag.asking import Asker;"
        "from test_rag_determinism import ask_all;"
        "print(json.dumps(ask_all(Asker(Path(sys.argv[1])))))"
    )
    here = Path(__file__).parent
    paths = f"{here.parent}:{here}"
    done = subprocess.run(
        [sys.executable, "-c", program, str(samples_index)],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": paths, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == first

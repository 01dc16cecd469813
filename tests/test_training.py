"""Training the embedding, small: a dozen documents in a made-up language of two subjects."""

import gzip
import json
import random
from pathlib import Path

import numpy as np
import pytest

from rag.sentence_models import SentenceModel
from rag.static_model import StaticModel
from training.batches import Mixture, Pairs
from training.corpus_text import Numbering, numbered, read
from training.fit import fit
from training.lay import read_pairs, replacements
from training.publish import publish, quantized
from training.segments import cut, train_tokenizer

SUBJECTS = (
    "skola elev lärare betyg klass undervisning gymnasium frånvaro rektor läxa".split(),
    "gata vatten ledning asfalt snö plog bro cykelbana avlopp parkering".split(),
)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    chance = random.Random(1)

    def sentence(subject: list[str]) -> str:
        return " ".join(chance.choices(subject, k=6)).capitalize() + "."

    path = tmp_path / "text.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for number in range(60):
            subject = SUBJECTS[number % 2]
            paragraphs = [" ".join(sentence(subject) for _ in range(3)) for _ in range(4)]
            lines.write(json.dumps({"title": sentence(subject), "paragraphs": paragraphs}) + "\n")
    return path


def test_a_trained_model_tells_subjects_apart(text: Path, tmp_path: Path) -> None:
    numbering = Numbering()
    words = numbered(read(text), numbering)
    texts = (one for document in read(text) for one in document.paragraphs)
    tokenizer = train_tokenizer(texts, 200)
    cuts = cut(words.names, tokenizer, 2, 0.3)
    losses: list[float] = []
    pairs = Pairs(words, cuts, [], {}, seed=0)
    vectors = fit(
        pairs,
        cuts.size,
        [16, 8],
        Mixture(8, 8, 8, 0),
        60,
        tell=lambda step, loss, weights: losses.append(loss),
    )
    assert losses[-1] < losses[0] * 0.9
    publish(tmp_path / "model", tokenizer, vectors)
    model = StaticModel(tmp_path / "model")
    school, grade, road = model.embed(["elev lärare", "betyg klass", "asfalt snö"])
    assert school @ grade > school @ road + 0.3
    same = SentenceModel(str(tmp_path / "model")).embed(["elev lärare", "betyg klass"])
    assert model.embed(["elev lärare", "betyg klass"]) == pytest.approx(same, abs=2e-6)


def test_a_paragraph_that_was_seen_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "twice.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        for _ in range(2):
            lines.write(json.dumps({"title": "T", "paragraphs": ["En.", "En.", "Två."]}) + "\n")
    assert [document.paragraphs for document in read(path)] == [("En.", "En.", "Två."), ()]


def test_whole_numbers_are_near_what_they_stand_for() -> None:
    vectors = np.random.default_rng(0).normal(size=(50, 16)).astype(np.float32)
    vectors[7] = 0
    whole, factor = quantized(vectors)
    assert whole.dtype == np.int8
    assert np.abs(whole * factor[:, None] - vectors).max() <= factor.max() / 2 + 1e-6
    assert not whole[7].any()


def test_a_formal_word_is_replaced_in_all_its_forms() -> None:
    numbering = Numbering()
    numbering.numbers("sjukfrånvaron ökar och sjukfrånvaro sjuk")
    entries = [(("hemma sjuk", "krasslig"), ("sjukfrånvaro", "sjuk lön"))]
    found = replacements(entries, numbering)
    krasslig = numbering.of["krasslig"]
    assert found == {
        numbering.of["sjukfrånvaron"]: [krasslig],
        numbering.of["sjukfrånvaro"]: [krasslig],
    }


def test_a_line_without_a_tab_is_no_pair(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("fråga\tsvar\nbara en fråga\n", encoding="utf-8")
    assert read_pairs([path]) == [("fråga", "svar")]

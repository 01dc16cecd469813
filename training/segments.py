"""Words → word parts: a unigram tokenizer, and several ways to cut each word.

Sampling the cuts while training (Kudo, Subword Regularization, 2018) lets a compound that was met
whole lend its meaning to its parts.
"""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from rag.word_parts import WordParts
from training.corpus_text import Numbers

_LONGEST = 60  # letters of a word that are looked at
_UNKNOWN = "[UNK]"
_FRACTIONS = 1024

Edges = list[list[tuple[int, int, float]]]
"""As `rag.word_parts.WordParts.edges` gives them."""


def train_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    """A tokenizer of about `size` word parts; parts within and at the start of a word are one."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace("\xad", "")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed"),
            pre_tokenizers.Digits(individual_digits=False),
        ]
    )
    trainer = trainers.UnigramTrainer(
        vocab_size=size,
        unk_token=_UNKNOWN,
        special_tokens=[_UNKNOWN],
        max_piece_length=20,
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return _with_exact_sums(tokenizer)


def _with_exact_sums(tokenizer: Tokenizer) -> Tokenizer:
    """The same with logarithmic odds in whole 1/1024.

    Their sums have no rounding, and every reader of the file reads the same numbers: so equally
    probable cuts are equal everywhere, and the same one is taken.
    """
    written = json.loads(tokenizer.to_str())
    model = written["model"]
    model["vocab"] = [
        (part, round(odds * _FRACTIONS) / _FRACTIONS) for part, odds in model["vocab"]
    ]
    return Tokenizer.from_str(json.dumps(written))


@dataclass(frozen=True, slots=True)
class Cuts:
    """`pool` holds parts; way `v` of word `w` is `length[w, v]` of them from `start[w, v]`.

    Way 0 is the most probable one, which the tokenizer itself takes.
    """

    pool: Numbers
    start: Numbers
    length: Numbers
    size: int


def cut(words: Sequence[str], tokenizer: Tokenizer, ways: int, sharpness: float) -> Cuts:
    """Every word cut in the most probable way and in `ways` sampled ones.

    `sharpness` 1 samples by probability, 0 any cut alike.
    """
    model = json.loads(tokenizer.to_str())["model"]
    known = WordParts(model["vocab"], model["unk_id"])
    chance = random.Random(0)
    pool: list[int] = []
    start = np.zeros((len(words), ways + 1), dtype=np.int64)
    length = np.zeros_like(start)
    for row, word in enumerate(words):
        edges = known.edges(word[:_LONGEST])
        for way in range(ways + 1):
            parts = _sampled(edges, sharpness, chance) if way and len(word) > 2 else known.of(word)
            start[row, way], length[row, way] = len(pool), len(parts)
            pool.extend(parts)
    return Cuts(np.array(pool), start, length, len(known))


def _sampled(edges: Edges, sharpness: float, chance: random.Random) -> list[int]:
    """A cut by its probability to the power of `sharpness`: forward filtering, then backwards."""
    mass = [0.0]
    for end in range(1, len(edges)):
        terms = [mass[start] + sharpness * score for start, _, score in edges[end]]
        top = max(terms)
        mass.append(top + math.log(sum(math.exp(term - top) for term in terms)))
    parts, end = [], len(edges) - 1
    while end:
        odds = [math.exp(mass[s] + sharpness * p - mass[end]) for s, _, p in edges[end]]
        end, part, _ = chance.choices(edges[end], odds)[0]
        parts.append(part)
    return parts[::-1]

"""Train the Swedish embedding that ships with the project.

    python -m training TEXT.jsonl.gz [--out FOLDER] [--steps N] …

TEXT holds a document a line (`training.corpus_text`). Lay words (`rag/lay_words.txt`) and lay
questions (`training/*.tsv`) are read from the project.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from rag.lay_words import entries
from rag.static_model import SHIPPED
from training.batches import Mixture, Pairs
from training.corpus_text import Numbering, Words, numbered, read
from training.fit import Clock, fit
from training.lay import as_pairs, read_pairs, replacements
from training.publish import publish
from training.segments import cut, train_tokenizer

_HERE = Path(__file__).parent
_REPEATED = 10  # how often the lay texts count for the tokenizer


def main() -> None:
    """Read, train, write."""
    options = _options()
    lay = [*read_pairs(sorted(_HERE.glob("*.tsv"))), *as_pairs(entries())]
    texts = (text for one in read(options.text) for text in (one.title, *one.paragraphs))
    spoken = [text for pair in lay for text in pair] * _REPEATED
    tokenizer = train_tokenizer(itertools.chain(texts, spoken), options.parts)
    numbering = Numbering()
    words = numbered(read(options.text), numbering)
    swaps = replacements(entries(), numbering) if options.lay else {}
    words, ranges = _with_pairs(words, lay, numbering)
    cuts = cut(words.names, tokenizer, options.ways, options.sharpness)
    print(f"{len(words.paragraphs)} paragraphs, {len(lay)} lay pairs, {cuts.size} word parts")
    third = (options.batch - options.lay) // 3
    mixture = Mixture(options.batch - options.lay - 2 * third, third, third, options.lay)
    pairs = Pairs(words, cuts, ranges, swaps, options.seed)
    vectors = fit(
        pairs,
        cuts.size,
        options.dimensions,
        mixture,
        options.steps,
        seed=options.seed,
        tell=Clock(options.steps),
    )
    print(f"{publish(options.out, tokenizer, vectors):,} bytes of weights in {options.out}")


def _with_pairs(
    words: Words, pairs: Sequence[tuple[str, str]], numbering: Numbering
) -> tuple[Words, list[tuple[int, int, int, int]]]:
    """The words with those of pairs after them, and the bounds of each pair's two texts."""
    flat = list(words.flat)
    ranges: list[tuple[int, int, int, int]] = []
    for question, answer in pairs:
        start = len(flat)
        flat.extend(numbering.numbers(question))
        between = len(flat)
        flat.extend(numbering.numbers(answer))
        ranges.append((start, between, between, len(flat)))
    return replace(words, names=list(numbering.of), flat=np.array(flat)), ranges


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("text", type=Path)
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--parts", type=int, default=60_000, help="word parts")
    parser.add_argument("--dimensions", type=int, nargs="+", default=[256, 128])
    parser.add_argument("--batch", type=int, default=1024, help="pairs of a step")
    parser.add_argument("--lay", type=int, default=96, help="lay pairs of a step")
    parser.add_argument("--steps", type=int, default=2_000)
    parser.add_argument("--ways", type=int, default=4, help="sampled cuts of a word")
    parser.add_argument("--sharpness", type=float, default=0.3, help="of the sampled cuts")
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    main()

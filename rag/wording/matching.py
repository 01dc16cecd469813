"""A wording and a run of text → where in the run it stands: the very words, nearly, or reworded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import Opcode
from rapidfuzz.distance.LCSseq import opcodes

from rag.wording.likeness import Likeness
from rag.wording.passages import Run, read_text
from rag.wording.tokens import cleaned
from rag.wording.types import EQUAL, EXACT, NEAR, REWORDED

NEAR_FROM = 0.7  # words in the same order: twice those shared, over all words of both
LIKE_FROM = 0.385  # `Likeness.score`; its module says what was measured
SENTENCE_FROM = 0.85  # as NEAR_FROM, for a sentence that is left of a longer text
_INSIDE = 0.9  # as NEAR_FROM, for a sentence that became a part of a longer one
PHRASE = 4  # words; of fewer only the very words are looked for
_REWORDABLE = 6  # words; of fewer too many other sentences share them
_LONGER, _SHORTER = 2.0, 0.4  # a rewording's length beside that of the wording
_MANY = 60  # stretches of equal words, among which all ends are tried


@dataclass(frozen=True, slots=True)
class Match:
    """Words `start` to `end` of a run, of this kind, and how like the wording (0 to 1) they are."""

    run: Run
    start: int
    end: int
    kind: str
    score: float


class Wanted:
    """A wording that is looked for. `keys` are those of its words; `whole` that it is sentences."""

    def __init__(self, text: str) -> None:
        self.text = cleaned(text)
        read = read_text(self.text)
        self.keys = read.keys
        self.sentences = [read.keys[first:last] for first, last in read.sentences]
        self.whole = self.text.rstrip('"”»)')[-1:] in tuple(".!?")
        self.distinct = frozenset(self.keys)
        self.likeness = Likeness(self.keys)

    @property
    def phrase(self) -> bool:
        """Whether it is so short that only its very words are looked for."""
        return len(self.keys) < PHRASE


def matches(wanted: Wanted, run: Run) -> list[Match]:
    """Where the wording stands in a run. Rewordings are told of runs without anything nearer."""
    found = [Match(run, at, at + len(wanted.keys), EXACT, 1.0) for at in _exact(wanted.keys, run)]
    if wanted.phrase:
        return found
    for low, high in _gaps(found, len(run.keys)):
        found += _near(wanted, run, low, high)
    if found or len(wanted.keys) < _REWORDABLE:
        return found
    best = max(_alike(wanted, run), key=lambda match: match.score, default=None)
    best = best or _sentences_left(wanted, run)
    return [best] if best else []


def _exact(keys: Sequence[str], run: Run) -> Iterator[int]:
    """Where the very words stand, without overlap."""
    at, size = 0, len(keys)
    while size:
        try:
            at = run.keys.index(keys[0], at, len(run.keys) - size + 1)
        except ValueError:
            return
        if run.keys[at : at + size] == tuple(keys):
            yield at
            at += size
        else:
            at += 1


def _gaps(found: Sequence[Match], size: int) -> list[tuple[int, int]]:
    """The ranges of a run's words that no match takes."""
    ends = [0, *(edge for match in found for edge in (match.start, match.end)), size]
    return [(low, high) for low, high in zip(ends[::2], ends[1::2], strict=True) if low < high]


# ---- nearly the same


def _near(wanted: Wanted, run: Run, low: int, high: int) -> list[Match]:
    """All places between two words of a run where nearly the wording stands."""
    match = _nearest(wanted.keys, run, low, high, NEAR_FROM)
    if match is None:
        return []
    if wanted.whole:
        whole = _to_sentences(wanted.keys, match, low, high)
        if whole.score < NEAR_FROM and match.score < _INSIDE:
            # what is alike is a part of other sentences, which may be about something else
            return []
        match = whole if whole.score >= NEAR_FROM else match
    before = _near(wanted, run, low, match.start)
    return [*before, match, *_near(wanted, run, match.end, high)]


def _nearest(keys: Sequence[str], run: Run, low: int, high: int, enough: float) -> Match | None:
    """The place between two words of a run that is most like `keys`, word for word in order."""
    size = len(keys)
    # 2·shared / (size + length) cannot reach `enough` with fewer shared words than this
    if sum(key in run.there for key in keys) < enough / (2 - enough) * size:
        return None
    inside = run.keys[low:high]
    begin, end = 0, len(inside)
    if size < len(inside):
        place = fuzz.partial_ratio_alignment(keys, inside)
        if place is None:
            return None
        begin = max(place.dest_start - size // 2, 0)
        end = min(place.dest_end + size // 2 + 1, len(inside))
    blocks = [step for step in opcodes(keys, inside[begin:end]) if step.tag == EQUAL]
    if not blocks:
        return None
    score, first, last = _best_ends(blocks, size)
    if score < enough:
        return None
    start, stop = low + begin + first.dest_start, low + begin + last.dest_end
    match = Match(run, start, stop, NEAR, score)
    wide = _widened(keys, match, first.src_start, size - last.src_end)
    if wide.score >= enough and low <= wide.start and wide.end <= high:
        return wide
    left_out = (*keys[: first.src_start], *keys[last.src_end :])
    # a number that differs must be told, and it cannot be where it is left out
    return None if any(key.startswith("#") for key in left_out) else match


def _best_ends(blocks: Sequence[Opcode], size: int) -> tuple[float, Opcode, Opcode]:
    """Where to begin and end among stretches of equal words so that the most is shared."""
    if len(blocks) > _MANY:
        shared = sum(step.src_end - step.src_start for step in blocks)
        first, last = blocks[0], blocks[-1]
        return 2 * shared / (size + last.dest_end - first.dest_start), first, last
    best = 0.0, blocks[0], blocks[0]
    for index, first in enumerate(blocks):
        shared = 0
        for last in blocks[index:]:
            shared += last.src_end - last.src_start
            score = 2 * shared / (size + last.dest_end - first.dest_start)
            best = max(best, (score, first, last), key=lambda found: found[0])
    return best


def _widened(keys: Sequence[str], match: Match, before: int, after: int) -> Match:
    """A match with what stands in the place of the wording's first and last words, if those differ.

    Not beyond its sentences: "senast 2026" was "senast 2025", and the next sentence is another.
    """
    edges = _edges(match.run)
    left = max((edge for edge in edges if edge <= match.start), default=0)
    right = min((edge for edge in edges if edge >= match.end), default=match.end)
    start, end = max(match.start - before, left), min(match.end + after, right)
    return Match(match.run, start, end, NEAR, _ratio(keys, match.run.keys[start:end]))


def _to_sentences(keys: Sequence[str], match: Match, low: int, high: int) -> Match:
    """The whole sentences around a match that are most like the wording: what was added is shown.

    Its ends may move inwards too, away from a heading that begins like the sentence below it.
    """
    room = len(keys) // 2
    edges = [edge for edge in _edges(match.run) if low <= edge <= high]
    before = max((edge for edge in edges if edge <= match.start), default=match.start)
    after = min((edge for edge in edges if edge >= match.end), default=match.end)
    starts = [edge for edge in edges if before <= edge <= match.start + room]
    ends = [edge for edge in edges if match.end - room <= edge <= after]
    spans = [(start, end) for start in starts for end in ends if start < end]
    scored = [(_ratio(keys, match.run.keys[start:end]), -start, end) for start, end in spans]
    score, start, end = max(scored, default=(0.0, -match.start, match.end))
    return Match(match.run, -start, end, NEAR, score)


def _ratio(keys: Sequence[str], other: Sequence[str]) -> float:
    shared = sum(
        step.src_end - step.src_start for step in opcodes(keys, other) if step.tag == EQUAL
    )
    return 2 * shared / max(len(keys) + len(other), 1)


def _edges(run: Run) -> list[int]:
    """The words that sentences of a run begin with; a page break inside one is no edge."""
    found = [
        block.first + first
        for block in run.blocks
        for first, _ in block.read.sentences
        if not (block.joins and first == 0)
    ]
    return [*found, len(run.keys)]


# ---- the same in other words


def _alike(wanted: Wanted, run: Run) -> Iterator[Match]:
    """The stretches of whole sentences, each inside one paragraph or cell, that are alike."""
    size = len(wanted.keys)
    for edges in _paragraphs(run):
        if not wanted.likeness.reaches(set(run.keys[edges[0] : edges[-1]]), LIKE_FROM):
            continue
        sentences = list(pairwise(edges))
        shares = [wanted.likeness.share(run.keys[first:last]) for first, last in sentences]
        for index, (first, _) in enumerate(sentences):
            for upto in range(index, len(sentences)):
                last = sentences[upto][1]
                if last - first > _LONGER * size:
                    break
                score = wanted.likeness.score(shares[index : upto + 1])
                if last - first >= _SHORTER * size and score >= LIKE_FROM:
                    yield Match(run, first, last, REWORDED, score)


def _paragraphs(run: Run) -> Iterator[list[int]]:
    """The edges of the sentences of each paragraph or cell of a run, the last one's end too."""
    starts = {block.first for block in run.blocks if not block.joins}
    edges: list[int] = []
    for edge in _edges(run):
        if edge in starts and edges:
            yield [*edges, edge]
            edges = []
        edges.append(edge)
    if len(edges) > 1:
        yield edges


def _sentences_left(wanted: Wanted, run: Run) -> Match | None:
    """The sentences of a longer wording that are left in a run: the most that stand together."""
    if len(wanted.sentences) < 2:
        return None
    kept = [
        match
        for keys in wanted.sentences
        if len(keys) >= _REWORDABLE
        for match in [_nearest(keys, run, 0, len(run.keys), SENTENCE_FROM)]
        if match is not None
    ]
    kept.sort(key=lambda match: match.start)
    best: tuple[float, int, int] = 0.0, 0, 0
    for index, first in enumerate(kept):
        shared = 0.0
        for last in kept[index:]:
            length = last.end - first.start
            shared = min(shared + last.end - last.start, length)
            best = max(best, (2 * shared / (len(wanted.keys) + length), first.start, last.end))
    _, start, end = best
    if start == end:
        return None
    return Match(run, start, end, REWORDED, _ratio(wanted.keys, run.keys[start:end]))

"""Question sets in; what they expect that the samples do not hold, out.

A figure is proven by the question's `proof`, one for each figure in order:

- a cell: `document`, `row`, `column` and, where two tables have them, `table`,
- a `formula` over cells that it names: {"formula": "a - b", "a": {a cell}, "b": {a cell}},
- a `quote` with the number, and its `document` and `page`.

A proof with `text` is of words that the answer must hold, and has a `formula`. A question without
proof has its figures searched for on the pages that it cites, or in the formula of its `note`.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.proofs import (
    MONEY,
    Cell,
    ProofError,
    Value,
    cell_of,
    cells,
    constants_in,
    documents,
    folded,
    is_close,
    number_of,
    numbers_in,
    pages_of,
    worked_out,
)

QUESTIONS = Path(__file__).parent / "questions"
INTENTS = frozenset(
    "figure computation ranking trend goal risk text wording conflict unanswerable".split()
)
AUDIENCES = frozenset({"politician", "official", "citizen"})
_NO_OPERANDS = frozenset({100, 1000})  # of a percentage, and of another unit of money

Line = Mapping[str, Any]
Pages = set[tuple[str, int]]


def faults_in(paths: Sequence[Path]) -> list[str]:
    """What is wrong in the sets, with the id of each question."""
    faults: list[str] = []
    seen: set[str] = set()
    for path in paths:
        for text in path.read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            if line["id"] in seen:
                faults.append(f"{line['id']}: the id is taken")
            seen.add(line["id"])
            faults += [f"{line['id']}: {fault}" for fault in faults_of(line)]
    return faults


def faults_of(line: Line) -> list[str]:
    """What is wrong with one question."""
    return list(_faults(line))


def _faults(line: Line) -> Iterator[str]:
    expect = line["expect"]
    if line["intent"] not in INTENTS or line["audience"] not in AUDIENCES:
        yield f"intent or audience is unknown: {line['intent']}, {line['audience']}"
    if named := [name for name in _filtered(line) if name not in documents()]:
        yield f"no document {named[0]}"
    if (line["intent"] == "unanswerable") != (expect["status"] == "refused"):
        yield f"{line['intent']} is {expect['status']}"
    if expect["status"] == "refused":
        if not line.get("note"):
            yield "no note says why there is no answer"
        if expect.keys() != {"status"}:
            yield "something is expected of a refusal"
        return
    if not any(expect.get(key) for key in ("figures", "text_any", "citations")):
        yield "nothing is expected"
    yield from _faults_of_sources(expect.get("citations", []))
    yield from _faults_of_figures(line)
    yield from _faults_of_words(line)


def _filtered(line: Line) -> Sequence[str]:
    named = line.get("filters", {}).get("document", ())
    return (named,) if isinstance(named, str) else named


def _faults_of_sources(sources: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for source in sources:
        document, numbers = source["document"], source["pages"]
        if document not in documents():
            yield f"no document {document}"
            continue
        pages = pages_of(document)
        if not numbers or not all(0 < number <= len(pages) for number in numbers):
            yield f"no page {numbers} in {document}"
            continue
        quote = folded(source.get("quote_contains", ""))
        if not any(quote in folded(pages[number - 1]) for number in numbers):
            yield f"“{source['quote_contains']}” is not on page {numbers} of {document}"


def _cited(line: Line) -> Pages:
    """The pages that exist of those that a question cites."""
    return {
        (source["document"], number)
        for source in line["expect"].get("citations", [])
        if source["document"] in documents()
        for number in source["pages"]
        if 0 < number <= len(pages_of(source["document"]))
    }


# ---- figures


def _faults_of_figures(line: Line) -> Iterator[str]:
    figures = line["expect"].get("figures", [])
    proofs = [proof for proof in line.get("proof", []) if "text" not in proof]
    if proofs and len(proofs) != len(figures):
        yield f"{len(proofs)} proofs of {len(figures)} figures"
        return
    for index, figure in enumerate(figures):
        try:
            if proofs:
                _prove(figure, proofs[index], _cited(line))
            else:
                _find(figure, line)
        except ProofError as error:
            yield f"{figure['value']} {figure.get('unit', '')}: {error}"


def _prove(figure: Mapping[str, Any], proof: Mapping[str, Any], cited: Pages) -> None:
    """Raise `ProofError` unless the proof holds, on a cited page where its document is cited."""
    if "quote" in proof:
        places = {(proof["document"], proof["page"])}
        values = [_quoted(figure, proof)]
    else:
        used = _operands(proof)
        places = {(cell.document, page) for cell in used.values() for page in cell.pages}
        values = [_made(figure, proof, used)]
        label = folded(figure.get("label", ""))
        if not any(label in folded(cell.row) for cell in used.values()):
            raise ProofError(f"the row is not {figure['label']}")
    if not any(is_close(figure, value) for value in values):
        raise ProofError(f"the documents say {values[0].number} {values[0].unit}")
    for document in {document for document, _ in places}:
        ours = {number for name, number in cited if name == document}
        if ours and not ours & {number for name, number in places if name == document}:
            raise ProofError(f"it stands on another page of {document} than {sorted(ours)}")


def _operands(proof: Mapping[str, Any]) -> dict[str, Cell]:
    if "formula" not in proof:
        return {"": cell_of(proof)}
    return {name: cell_of(cell) for name, cell in proof.items() if isinstance(cell, Mapping)}


def _made(figure: Mapping[str, Any], proof: Mapping[str, Any], used: Mapping[str, Cell]) -> Value:
    """A cell's value, or what the formula makes of cells: in kronor where it is money."""
    if "formula" not in proof:
        return used[""].value
    numbers = {name: cell.value.in_unit("kr") for name, cell in used.items()}
    is_money = figure.get("unit") in MONEY and all(c.value.unit in MONEY for c in used.values())
    return Value(
        worked_out(proof["formula"], numbers), "kr" if is_money else figure.get("unit", "")
    )


def _quoted(figure: Mapping[str, Any], proof: Mapping[str, Any]) -> Value:
    document, page, quote = proof["document"], proof["page"], proof["quote"]
    if document not in documents() or not 0 < page <= len(pages_of(document)):
        raise ProofError(f"no page {page} in {document}")
    if folded(quote) not in folded(pages_of(document)[page - 1]):
        raise ProofError(f"“{quote}” is not on page {page} of {document}")
    values = list(numbers_in(quote))
    if not values:
        raise ProofError(f"no number in “{quote}”")
    return next((value for value in values if is_close(figure, value)), values[0])


def _find(figure: Mapping[str, Any], line: Line) -> None:
    """Raise `ProofError` unless the figure is on a cited page, or made by the note's formula."""
    cited = _cited(line)
    label = folded(figure.get("label", ""))
    on_pages = [c for c in cells() if any((c.document, page) in cited for page in c.pages)]
    if any(is_close(figure, c.value) and label in folded(c.row) for c in on_pages):
        return
    texts = [pages_of(document)[page - 1] for document, page in cited]
    in_texts = [value for text in texts for value in numbers_in(text)]
    formula = line.get("note", "").partition("formula: ")[2]
    if not formula:
        if any(is_close(figure, value) for value in in_texts):
            return
        raise ProofError("it is not on the pages cited")
    there = {abs(cell.value.number) for cell in on_pages} | {abs(v.number) for v in in_texts}
    if strange := constants_in(formula) - there - _NO_OPERANDS:
        raise ProofError(f"{strange} of the formula is not on the pages cited")
    made = Value(worked_out(formula, {}), figure.get("unit", ""))
    if not is_close(figure, made):
        raise ProofError(f"the formula makes {made.number}")


# ---- words


def _faults_of_words(line: Line) -> Iterator[str]:
    texts = [pages_of(document)[page - 1] for document, page in _cited(line)]
    proven = {folded(proof["text"]) for proof in line.get("proof", []) if _says(proof)}
    for group in line["expect"].get("text_any", []):
        stands = any(_stands(words, text) for words in group for text in texts)
        if not stands and not any(folded(words) in proven for words in group):
            yield f"“{group[0]}” is not on the pages cited"


def _stands(words: str, text: str) -> bool:
    """Whether words stand in a text; a number does as one, not as the ends of two."""
    number = number_of(words)
    if number is None:
        return folded(words) in folded(text)
    return any(value.number == number for value in numbers_in(text))


def _says(proof: Mapping[str, Any]) -> bool:
    """Whether a proof of words holds: they are the number that its formula makes."""
    if "text" not in proof:
        return False
    numbers = {name: cell.value.number for name, cell in _operands(proof).items()}
    made = worked_out(proof["formula"], numbers)
    return any(value.number == made for value in numbers_in(proof["text"]))


def main(arguments: Sequence[str] = ()) -> int:
    """Check the sets named, or all; print what is wrong."""
    paths = [Path(one) for one in arguments] or sorted(QUESTIONS.glob("*.jsonl"))
    faults = faults_in(paths)
    for fault in faults:
        print(fault)
    print(f"{', '.join(path.name for path in paths)}: {len(faults)} fel")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

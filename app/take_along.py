"""Answers that a person takes along: as Word, Excel or CSV; `ask --docx FIL` saves them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from app.cutouts import Cutouts
from app.saving import all_free, save
from app.terminal import tell
from ingest.errors import reason
from rag.answer import Answer
from rag.asking import Asker

DONE, NOT_ALL, USAGE = 0, 1, 2


def can_save(options: argparse.Namespace) -> int:
    """Whether the files that are asked for may be written; told where not. An exit status."""
    targets = [path for path in (options.docx, options.xlsx) if path is not None]
    if options.force and not targets:
        tell("--force hör ihop med --docx eller --xlsx")
        return USAGE
    if len(targets) == 2 and targets[0].resolve() == targets[1].resolve():
        tell("--docx och --xlsx ska vara olika filer")
        return USAGE
    return DONE if options.force or all_free(targets) else NOT_ALL


def as_docx(asker: Asker, answers: Sequence[Answer], *, pack: bool) -> bytes:
    """Answers as a Word document; `pack` is with a contents list, each answer on a page.

    It takes seconds to draw and write, so no snapshot is held: who asks meanwhile is answered.
    """
    from app.word_export import answer_as_docx, pack_as_docx  # python-docx is heavy

    cutouts = Cutouts(asker.index.folder, asker.index.store)
    return pack_as_docx(answers, cutouts) if pack else answer_as_docx(answers[0], cutouts)


def as_xlsx(answers: Sequence[Answer]) -> bytes:
    """Answers as a workbook."""
    from app.excel_export import answers_as_xlsx  # openpyxl is heavy

    return answers_as_xlsx(answers)


def as_csv(answers: Sequence[Answer]) -> bytes:
    """The figures of answers for a spreadsheet."""
    from app.csv_export import answers_as_csv

    return answers_as_csv(answers)


def save_answers(
    asker: Asker, answers: Sequence[Answer], options: argparse.Namespace, *, pack: bool
) -> int:
    """Save the files that were asked for; what can be saved is, and the rest is told."""
    makers: list[tuple[Path | None, Callable[[], bytes]]] = [
        (options.docx, lambda: as_docx(asker, answers, pack=pack)),
        (options.xlsx, lambda: as_xlsx(answers)),
    ]
    status = DONE
    for path, make in makers:
        if path is None:
            continue
        if not answers:
            tell(f"det finns inga svar att spara; {path} skrevs inte")
            status = NOT_ALL
            continue
        try:
            save(path, make())
        except OSError as error:
            tell(f"{path} gick inte att skriva: {reason(error)}")
            status = NOT_ALL
        else:
            told = f"{len(answers)} svar sparade i" if pack else "svaret sparat i"
            tell(f"{told} {path}")
    return status

"""No input; writes the sample PDFs and the truth of them, and prints their page counts."""

from collections.abc import Callable
from pathlib import Path

from corpus import norrvik_budget, norrvik_delarsrapport
from corpus.bun_arsredovisning_2024 import DOCUMENT as BUN_ANNUAL_2024
from corpus.bun_budget_2025 import DOCUMENT as BUN_BUDGET_2025
from corpus.bun_delarsrapport_2024 import DOCUMENT as BUN_INTERIM_2024
from corpus.bun_delarsrapport_2025 import DOCUMENT as BUN_INTERIM_2025
from corpus.bun_figures import check_bun_figures
from corpus.bun_verksamhetsplan_2025 import DOCUMENT as BUN_PLAN_2025
from corpus.contradictions import CONTRADICTIONS, EXPLAINED
from corpus.layout import Report
from corpus.norrvik_figures import check_figures
from corpus.truth import (
    contradiction_truths,
    hash_of,
    table_truths,
    wording_truths,
    write_json,
)
from corpus.von_arsredovisning_2023 import DOCUMENT as VON_ANNUAL_2023
from corpus.von_arsredovisning_2024 import DOCUMENT as VON_ANNUAL_2024
from corpus.von_budget_2024 import DOCUMENT as VON_BUDGET_2024
from corpus.von_history import check_history
from corpus.von_internkontroll_2025 import DOCUMENT as VON_CONTROL_2025
from corpus.wordings import WORDINGS

SAMPLES = Path(__file__).parent / "samples"
TRUTH = Path(__file__).parent / "truth"
DOCUMENTS = (
    VON_ANNUAL_2023, VON_BUDGET_2024, VON_ANNUAL_2024, VON_CONTROL_2025,
    BUN_INTERIM_2024, BUN_BUDGET_2025, BUN_PLAN_2025, BUN_ANNUAL_2024, BUN_INTERIM_2025,
)  # fmt: skip
BUILDS: dict[str, Callable[[], Report]] = {
    norrvik_budget.FILE_NAME: norrvik_budget.build,
    norrvik_delarsrapport.FILE_NAME: norrvik_delarsrapport.build,
    **{document.file_name: document.build for document in DOCUMENTS},
}
"""What builds each file."""


def check_all() -> None:
    """Raise ValueError unless all figures agree with each other."""
    check_figures()
    check_history()
    check_bun_figures()


def write_all(samples: Path, truth: Path) -> dict[str, int]:
    """Write every document and its truth; returns each file's number of pages."""
    check_all()
    samples.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    reports: dict[str, Report] = {}
    for file_name, build in sorted(BUILDS.items()):
        report = build()
        counts[file_name] = report.write(samples / file_name)
        name = file_name.removesuffix(".pdf")
        reports[name] = report
        write_json(truth / "tables" / f"{name}.json", table_truths(name, report))
    write_json(truth / "contradictions.json", contradiction_truths(CONTRADICTIONS, reports))
    write_json(truth / "explained.json", contradiction_truths(EXPLAINED, reports))
    write_json(
        truth / "wordings.json",
        wording_truths([w for w in WORDINGS if all(n in reports for n, _ in w.passages)], reports),
    )
    write_json(truth / "hashes.json", {name: hash_of(samples / name) for name in sorted(BUILDS)})
    return counts


def main() -> None:
    """Check the figures and write all documents and their truth."""
    for file_name, pages in write_all(SAMPLES, TRUTH).items():
        print(f"{file_name}: {pages} sidor")


if __name__ == "__main__":
    main()

"""No input; writes the sample PDFs into corpus/samples/ and prints their page counts."""

from pathlib import Path

from corpus import norrvik_budget, norrvik_delarsrapport
from corpus.norrvik_figures import check_figures

SAMPLES = Path(__file__).parent / "samples"


def main() -> None:
    """Check the figures and write both documents."""
    check_figures()
    SAMPLES.mkdir(exist_ok=True)
    for module in (norrvik_budget, norrvik_delarsrapport):
        path = SAMPLES / module.FILE_NAME
        pages = module.build().write(path)
        print(f"{path.name}: {pages} sidor")


if __name__ == "__main__":
    main()

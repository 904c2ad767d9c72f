# Two commands: `make demo` and `make test`. The rest is for who works on the code.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.geinstalleerd

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-deep lint bench messages lock clean

help:  ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(INSTALLED): requirements/uv.txt requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 of nieuwer is nodig: make PYTHON=python3.12 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes -r requirements/uv.txt
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/dev.txt
	@touch $@

setup: $(INSTALLED)  ## virtual environment, system libraries, styles, languages
	@$(BIN)/python -c 'import sys; from adviespunt import frontend, systeem, talen; \
	  from privacy.herkenning import bouwen; \
	  sys.exit(systeem.main([]) or frontend.main([]) or talen.main([]) \
	  or bouwen.main([]))'

demo: setup  ## the product with fictional data on http://127.0.0.1:8000
	@exec $(BIN)/python manage.py demo

# While the linters run, the databases of the tests are made: the same work as the
# tests would do themselves, so whatever goes wrong in it shows there.
test: setup  ## every check and every test, browser journeys included
	@$(BIN)/python -m adviespunt.systeem chromium
	@for worker in gw0 gw1; do ADVIESPUNT_INSTANCE=test-$$worker $(BIN)/python -m pytest \
	  tests/adviespunt/test_sjabloon.py; done >/dev/null 2>&1 & made=$$!; \
	  $(MAKE) --no-print-directory lint; status=$$?; wait $$made; exit $$status
	@$(BIN)/python -m pytest -n logical --maxprocesses 4 --durations 15

test-deep: setup  ## the long versions of the property tests and matrices
	@time ADVIESPUNT_DEEP=1 $(BIN)/python -m pytest tests/privacy tests/isolation tests/journeys

lint: setup  ## style, types, contracts, migrations, deploy checks, translations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --lint --quiet templates
	@ADVIESPUNT_INSTANCE=test $(BIN)/python manage.py makemigrations --check --dry-run
	@ADVIESPUNT_INSTANCE=test HTTPS=1 $(BIN)/python manage.py check --deploy --fail-level WARNING
	@$(BIN)/python -m adviespunt.talen --check

bench: setup  ## the ratios of docs/scaling.md, measured here and now
	@$(BIN)/python manage.py bench

messages: setup  ## collect the texts to translate into locale/
	@$(BIN)/python -m adviespunt.talen --collect

lock: $(INSTALLED)  ## renew the hashed locks after a change in pyproject.toml
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 --universal pyproject.toml -o requirements/base.txt
	@$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 --universal --group dev pyproject.toml -o requirements/dev.txt
	@echo uv | $(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 --universal - -o requirements/uv.txt

clean:  ## remove what was installed and built, and the demo's data
	@rm -rf $(VENV) .data node_modules adviespunt/static/build

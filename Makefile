# `make` lists what there is. Everything runs in .venv, made when it is first needed.

PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

help:  ## list what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

run: .venv/run  ## start the app; options as ARGS="--port 8081"
	$(BIN)/python -m facilitator $(ARGS)

test: .venv/dev check  ## check the code, run every test
	$(BIN)/python -m pytest -q -n 3 --dist worksteal $(ARGS)

check: .venv/dev  ## formatting, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

stories: .venv/dev  ## tell twelve times as many random meetings as the tests do
	$(BIN)/python -m pytest -q tests/stories --stories 12 $(ARGS)

units: .venv/dev  ## how long the unit tests of the core and the kinds take
	$(BIN)/python -m tests.units

bench: .venv/dev  ## our figures beside their references
	$(BIN)/python -m tests.bench $(ARGS)

bench-long: .venv/dev  ## 50 meetings at once, for minutes; what stays behind
	$(BIN)/python -m tests.bench --long $(ARGS)

chaos: .venv/dev  ## break a meeting in every way, 200 kills; ARGS="--only kills --seed 1"
	$(BIN)/python -m tests.chaos $(ARGS)

pictures: .venv/dev  ## take the README's pictures anew
	$(BIN)/python -m tests.pictures $(ARGS)

access: .venv/dev  ## look at everything in every language, tone and size; ARGS="--every 5"
	$(BIN)/python -m tests.everybody $(ARGS)

quality: bench bench-long chaos access stories units  ## everything that shows our bars, into docs/quality.md
	$(BIN)/python -m tests.quality

lock: .venv/dev  ## lock the newest allowed versions, with hashes
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev pyproject.toml -o requirements-dev.txt

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/run

.PHONY: help run test check stories units bench bench-long chaos access quality pictures lock

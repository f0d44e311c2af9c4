# Every word a developer needs. Each makes the environment first when it is missing.
PYTHON ?= python3
BIN := .venv/bin

# Tests start hundreds of processes; without bytecode on disk each would compile everything again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: install demo check test again engines transports long faults campaign safety lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo        try it: a practice Slack, the bot and sample data, in your browser"
	@echo "make test        run the tests"
	@echo "make again       run the tests that failed last, one after the other"
	@echo "make long        run the tests that take long: 1,000 targets, and a year of the whole sample"
	@echo "make engines     run every test that keeps records on PostgreSQL, too"
	@echo "make transports  every journey over sockets and over HTTP"
	@echo "make check       lint, types, import order, spelling"
	@echo "make faults      every journey while calls fail and deliveries come twice"
	@echo "make campaign    kill it hundreds of times and count every message (QUICK=1: ten minutes)"
	@echo "make safety      take each safety line out in turn and see a test turn red"
	@echo "make install     make the environment in .venv"
	@echo "make lock        work out the lock file again"

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	@echo "Making the environment in .venv (about a minute, once) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@
	@echo "The environment is ready."

demo: install
	@$(BIN)/quarterlight demo

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/codespell

test: install
	$(BIN)/python -m pytest -n 4 -rs --no-fold-skipped

again: install
	$(BIN)/python -m pytest -rs --no-fold-skipped --last-failed --last-failed-no-failures none

transports: install
	EVERY_TRANSPORT=yes $(BIN)/python -m pytest -n 4 tests/journeys

long: install
	$(BIN)/python -m pytest -m campaign

engines: install
	EVERY_ENGINE=yes $(BIN)/python -m pytest -n 3 tests/flows tests/store tests/bot

faults: install
	FAULTS=yes EVERY_TRANSPORT=yes $(BIN)/python -m pytest -n 3 tests/journeys

campaign: install
	QUICK=$(QUICK) TIMED=$(TIMED) $(BIN)/python -m tests.campaign

safety: install
	$(BIN)/python -m tests.safety

lock:
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --output-file requirements.lock

clean:
	rm -rf .venv build *.egg-info

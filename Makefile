# One verb per check. `make help` lists them.
# A fresh machine needs make and Python 3.11 or later with its venv module; say
# PYTHON=/path/to/python3 when another one comes first, VENV=folder to install elsewhere.

PYTHON ?= python3
VENV ?= .venv
INTEROP ?= .interop
CLIENTS := $(patsubst requirements/interop/%.in,%,$(wildcard requirements/interop/*.in))
HEAVY := $(patsubst requirements/interop/%.in,%,$(wildcard requirements/interop/heavy/*.in))
CHROMIUM ?= $(firstword $(shell command -v chromium chromium-browser google-chrome))
JOBS ?= 2
ARGS ?=
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
LOCKED := install --no-deps --require-hashes
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.PHONY: help install run test lint types layers docs build interop interop-heavy browser docker-lint docker-steps bench lock clean

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

install: $(VENV)/.dev ## install everything that developing needs, from the locks

run: $(VENV)/.run ## start the service on ./data with the six example taxonomies
	$(BIN)/cladist serve --examples $(ARGS)

test: $(VENV)/.dev ## run the tests; a skipped test fails the run
	$(BIN)/python -m pytest -n $(JOBS) $(ARGS)

lint: $(VENV)/.dev ## check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev ## check types, strictly, in the source and the tests
	$(BIN)/mypy

layers: $(VENV)/.dev ## check that dependencies run one way
	$(BIN)/lint-imports --no-logo

docs: $(VENV)/.dev ## build the documentation into ./site; a broken link fails
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict

build: $(VENV)/.dev ## sdist, wheel, fresh environment: both resource folders and the service
	$(BIN)/python .ci/check_wheel.py

interop: $(VENV)/.dev $(CLIENTS:%=$(INTEROP)/%/.ready) ## let the makers' own tools read what is written
	CLADIST_INTEROP=$(abspath $(INTEROP)) $(BIN)/python -m pytest tests/interop $(ARGS)

interop-heavy: $(VENV)/.dev $(HEAVY:%=$(INTEROP)/%/.ready) ## the same with tools of several gigabytes
	CLADIST_INTEROP=$(abspath $(INTEROP)) CLADIST_INTEROP_WEIGHT=heavy \
		$(BIN)/python -m pytest tests/interop $(ARGS)

browser: $(VENV)/.dev ## let Chromium read class lists from another site
	@test -n "$(CHROMIUM)" || { echo "Chromium is not installed: say make browser CHROMIUM=PATH"; exit 1; }
	CLADIST_CHROMIUM=$(CHROMIUM) $(BIN)/python -m pytest tests/browser $(ARGS)

docker-lint: $(VENV)/.dev ## check the Dockerfile
	$(BIN)/hadolint Dockerfile

docker-steps: $(VENV)/.dev ## do what the Dockerfile says in a temporary folder, without an engine
	$(BIN)/python .ci/docker_steps.py

bench: $(VENV)/.dev ## measure, side by side with peers
	$(BIN)/python -m benchmarks $(ARGS)

lock: $(VENV)/.dev ## pin anew within pyproject.toml's bounds; ARGS=--upgrade takes newer releases
	$(UV_COMPILE) $(ARGS) --output-file requirements/build.txt --group build
	$(UV_COMPILE) $(ARGS) --output-file requirements/run.txt pyproject.toml
	$(UV_COMPILE) $(ARGS) --output-file requirements/dev.txt pyproject.toml --group dev \
		--constraints requirements/run.txt --constraints requirements/build.txt
	for client in $(CLIENTS) $(HEAVY); do $(UV_COMPILE) $(ARGS) \
		--output-file requirements/interop/$$client.txt requirements/interop/$$client.in || exit 1; done

clean: ## remove what the other verbs made, except ./data and the environment
	rm -rf build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find service tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$(PYTHON) is older than Python 3.11: say make PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.run: requirements/run.txt requirements/build.txt pyproject.toml | $(BIN)/python
	$(PIP) $(LOCKED) -r requirements/build.txt -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(PIP) $(LOCKED) -r requirements/dev.txt
	@touch $@

$(INTEROP)/%/.ready: requirements/interop/%.txt | $(BIN)/python
	$(BIN)/python -m venv $(@D) || { rm -rf $(@D); exit 1; }
	$(@D)/bin/python -m pip --disable-pip-version-check -qq $(LOCKED) -r $<
	@touch $@

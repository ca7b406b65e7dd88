# Everything runs in $(VENV), filled from the hashed locks in requirements/. A fresh machine needs git,
# make and Python 3.11 or newer; `make help` lists the targets.

PYTHON ?= python3
VENV ?= .venv
# More words for pytest: make test ARGS="-k borders -x"
ARGS ?=
# Tests run side by side, a process for each core; make test WORKERS=0 keeps them in one (for a debugger).
WORKERS ?= auto
# Which lock the tests run on: `test` is the newest of everything, `oldest` the oldest we promise.
LOCK ?= test

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help map test test-slow test-all gallery lint format bench data docs viewer lock lock-upgrade clean

BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null || echo $(BIN)/uv)
INSTALL := $(UV) pip install --quiet --python $(BIN)/python
NPM := $(BIN)/python hatch_build.py npm
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

# What is installed is remembered by stamps, so that a second run installs nothing.
RUN := $(VENV)/.stamp-run
TEST := $(VENV)/.stamp-$(LOCK)
DEV := $(VENV)/.stamp-dev
BENCH := $(VENV)/.stamp-bench
PROJECT := $(VENV)/.stamp-project
NODE_MODULES := maps/viewer/node_modules/.package-lock.json

VIEWER_SOURCES := $(wildcard maps/viewer/*.json maps/viewer/*.mjs) \
	$(shell find maps/viewer/src -type f 2>/dev/null)
SAMPLES := data/samples/incidents.csv data/samples/usgs-week-2018-02.geojson data/samples/article.txt

help:
	@echo 'make map           draw the samples: a map and a GeoJSON each, in maps/out/'
	@echo 'make gallery       draw five maps of real use, in maps/out/gallery/'
	@echo 'make test          all tests but the slow ones (ARGS="..." goes to pytest)'
	@echo 'make test-slow     the slow ones, with the build of the wheel'
	@echo 'make test-all      both'
	@echo 'make lint          style, types, import rules, spelling, the viewer'
	@echo 'make format        put Python files into the house style'
	@echo 'make bench         measure the speed'
	@echo 'make data          compile data/shipped from its sources'
	@echo 'make docs          write the references of the command line, the API and the profiles'
	@echo 'make viewer        build the map viewer'
	@echo 'make lock          lock what pyproject.toml asks for (lock-upgrade: newest versions)'
	@echo 'make clean         remove what was built'

map: $(RUN) $(PROJECT)
	@mkdir -p maps/out
	@for sample in $(SAMPLES); do \
		name=$$(basename "$$sample"); out=maps/out/$${name%.*}; \
		$(BIN)/incidentmap map "$$sample" -o "$$out.html" --geojson "$$out.geojson" --overwrite \
			|| exit 1; \
	done

gallery: $(RUN) $(PROJECT)
	@mkdir -p maps/out/gallery
	@for recipe in maps/gallery/*.py; do \
		out=maps/out/gallery/$$(basename "$${recipe%.py}").html; \
		$(BIN)/python "$$recipe" "$$out" && echo "$$out" || exit 1; \
	done

test: $(TEST) $(PROJECT) $(NODE_MODULES)
	$(PYTEST) -m 'not slow' $(ARGS)

test-slow: $(TEST) $(PROJECT) $(NODE_MODULES)
	$(PYTEST) -m slow $(ARGS)

test-all: $(TEST) $(PROJECT) $(NODE_MODULES)
	$(PYTEST) $(ARGS)

lint: $(DEV) $(PROJECT) $(NODE_MODULES)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports
	$(BIN)/numpydoc lint $$(find geo layers incidentmap -name '*.py')
	$(BIN)/codespell
	$(BIN)/python -m pytest -q tests/packaging/test_committed_files.py tests/packaging/test_modules.py
	$(NPM) run check
	$(NPM) run lint
	$(NPM) test

format: $(DEV)
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

bench: $(BENCH) $(PROJECT)
	@for file in benchmarks/bench_*.py; do echo "$$file"; $(BIN)/python "$$file" || exit 1; done

data: $(RUN)
	$(BIN)/python data/sources/build.py

docs: $(TEST) $(PROJECT)
	$(BIN)/python docs/make_reference.py
	$(BIN)/python docs/make_profiles.py

viewer: $(TEST)
	$(BIN)/python hatch_build.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo 'incidentmap needs Python 3.11 or newer, and "$(PYTHON)" is older or missing:' \
			'install one and name it, as in `make test PYTHON=python3.12`.' >&2; exit 1; }
	@if command -v uv >/dev/null; then uv venv --quiet --allow-existing --python '$(PYTHON)' $(VENV); else \
		$(PYTHON) -c 'import ensurepip' 2>/dev/null || { \
			echo 'Python cannot make an environment here: install python3-venv' \
				'(Debian: apt-get install python3-venv) or uv.' >&2; exit 1; }; \
		$(PYTHON) -m venv $(VENV) && \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check \
			--require-hashes -r requirements/bootstrap.txt; fi

$(RUN) $(TEST) $(DEV) $(BENCH): $(VENV)/.stamp-%: requirements/%.txt | $(BIN)/python
	$(INSTALL) --require-hashes -r $<
	@touch $@

# An editable install also builds the viewer, with the Node that hatch_build.py asks for.
$(PROJECT): pyproject.toml hatch_build.py requirements/build.txt $(VIEWER_SOURCES) | $(BIN)/python
	$(INSTALL) --no-deps --build-constraints requirements/build.txt --editable .
	@touch $@

# The build leaves them behind; they are missing where a ready bundle came with a source archive.
$(NODE_MODULES): maps/viewer/package-lock.json | $(TEST) $(PROJECT)
	$(NPM) ci --ignore-scripts
	@touch $@

# The locks hold hashes and no hosts; uv.lock would name the registry and is not kept.
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url $(UPGRADE)

lock: | $(BIN)/python
	$(COMPILE) --group bootstrap --output-file requirements/bootstrap.txt
	$(COMPILE) --group build --output-file requirements/build.txt
	$(COMPILE) pyproject.toml --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --group test --output-file requirements/test.txt \
		--constraint requirements/run.txt --constraint requirements/build.txt \
		--constraint requirements/bootstrap.txt
	$(COMPILE) pyproject.toml --group dev --output-file requirements/dev.txt \
		--constraint requirements/test.txt
	$(COMPILE) pyproject.toml --group bench --output-file requirements/bench.txt \
		--constraint requirements/test.txt
	$(COMPILE) pyproject.toml --group test --output-file requirements/oldest.txt \
		--resolution lowest-direct

lock-upgrade:
	@$(MAKE) lock UPGRADE=--upgrade

clean:
	rm -rf dist maps/out maps/viewer/bundle maps/viewer/bundle.sha256 $(PROJECT)
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find geo layers incidentmap tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Kizuna's commands. Only Python (3.11 or newer) and make are needed; everything else goes into .venv.
#
#   make explore                 the page, from the curated data
#   make test PYTHON=python3.13  with another Python
#   make bench SIZES="1000 10000"

PYTHON ?= $(shell for p in python3 python python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV ?= .venv
RUN := $(VENV)/bin/python
INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check -c constraints.txt
SIZES ?= 1000 10000 100000
# Sizes at which the questions alone are measured; a million vendors take some minutes. LARGE= leaves them out.
LARGE ?= 1000000
# Solutions whose best chains are measured; networkx is given up to a minute for each.
CHAINS ?= 3
# Facts that an audit draws.
N ?= 30
EXTRAS ?= dev
# Three files of tests at a time, since many wait for a process; each worker may start a Neo4j of its own.
WORKERS ?= 3
ARGS ?=
PAGE := viz/page

.DEFAULT_GOAL := help
.PHONY: help explore screenshots test lint bench audit clean dev

help:
	@echo "make explore   write kizuna.html, the page to open and to pass on (ARGS=\"--lang ja\" for options)"
	@echo "make test      run the tests (ARGS=\"-k gaps\" for some of them)"
	@echo "make lint      ruff, mypy, import-linter and, where npm is there, the page's own checks"
	@echo "make bench     measure load, coverage, gaps, page, questions, both Cypher stores and the page in Chromium (SIZES=\"$(SIZES)\")"
	@echo "make screenshots   pictures of the page's main states, in screenshots/ (needs Chromium)"
	@echo "make audit     draw N facts of the data at random for you to judge against their sources (N=$(N))"
	@echo "make clean     remove what these commands made, $(VENV) included"

explore: $(VENV)/run.stamp
	@$(RUN) -m kizuna explore $(ARGS)

screenshots: dev
	@$(RUN) -m kizuna explore --lang en -o $(VENV)/page.html --no-open
	@$(RUN) -m scripts.take_screenshots $(VENV)/page.html screenshots

# A text file opened in the encoding of whatever machine this is counts as an error.
test: export PYTHONWARNDEFAULTENCODING = 1
test: dev
	$(RUN) -m pytest -m "not slow" -n $(WORKERS) --dist loadfile $(ARGS)

lint: dev
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(VENV)/bin/lint-imports
	@if ! node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null || ! command -v npm >/dev/null; \
	then echo "skipped: the checks of $(PAGE), which need Node 20 or newer and npm"; \
	else $(MAKE) --no-print-directory $(PAGE)/node_modules/stamp && cd $(PAGE) && npm run check; fi

bench: dev
	$(RUN) -m benchmarks $(SIZES) $(LARGE)
	$(RUN) -m benchmarks.cut_sets
	$(RUN) -m benchmarks.paths seeds $(SIZES) --chains $(CHAINS)
	$(RUN) -m benchmarks.stores $(SIZES)
	$(RUN) -m benchmarks.browser $(SIZES)

audit: $(VENV)/run.stamp
	@$(RUN) scripts/audit.py --count $(N) $(ARGS)

dev: $(VENV)/dev.stamp

clean:
	rm -rf $(VENV) build dist *.egg-info kizuna.html screenshots $(PAGE)/node_modules
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './.git/*' -exec rm -rf {} +

# Made again when the project's dependencies change; the code itself is installed as links to this folder.
$(VENV)/run.stamp: pyproject.toml constraints.txt | $(RUN)
	@echo "installing what Kizuna needs into $(VENV) (the first time this takes a minute or more)"
	$(INSTALL) -e .
	@touch $@

$(VENV)/dev.stamp: pyproject.toml constraints.txt | $(RUN)
	@echo "installing what the tests need into $(VENV) (the first time this takes a minute or more)"
	$(INSTALL) -e ".[$(EXTRAS)]"
	@touch $@ $(VENV)/run.stamp

# Whole or not at all; what is missing on this machine is said before anything is written.
$(RUN):
	@test -n "$(PYTHON)" || { echo "Kizuna needs Python 3.11 or newer and found none; install one, or say where it is: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Kizuna needs Python 3.11 or newer; \"$(PYTHON)\" is `$(PYTHON) -V 2>&1`"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "\"$(PYTHON)\" cannot make virtual environments: its modules venv and ensurepip are missing. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

$(PAGE)/node_modules/stamp: $(PAGE)/package.json $(wildcard $(PAGE)/package-lock.json)
	cd $(PAGE) && if test -f package-lock.json; then npm ci --no-audit --no-fund; else npm install --no-package-lock --no-audit --no-fund; fi
	@touch $@

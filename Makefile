# Every target sets up what it needs: a virtual environment, hash-locked packages, for tests a Chromium.
# Targets behind ## are for everybody and stand in the README; those behind #: are for who works on the tool.
PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TEST_READY := $(VENV)/.test-ready
NPM := tests/browser/npm
CORES := $(shell getconf _NPROCESSORS_ONLN)
# Half of the tests wait for a browser: more of them at a time than there are cores.
WORKERS ?= $(shell echo $$(($(CORES) + 1)))

.PHONY: help site serve check test test-all lint format bench screenshots lock clean chromium

help: #: What can be made
	@grep -hE '^[a-z-]+:.*(##|#:) ' $(MAKEFILE_LIST) | sed -E 's/:.*(##|#:) /\t/' | expand -t 14

site: $(READY) ## Build the site into site/
	@$(BIN)/mingshi build

serve: $(READY) ## Preview the site at http://127.0.0.1:8000/, following every edit
	@$(BIN)/mingshi serve --address $(ADDRESS)

check: $(READY) ## Check the office's data and its finished site
	@$(BIN)/mingshi check

test: $(TEST_READY) chromium lint ## Everything that CI runs: format, lint, types, tests, real builds, a browser
	$(BIN)/pytest -q -n $(WORKERS) --dist worksteal

test-all: test $(NPM)/node_modules/.ready #: All of that, and the whole browser matrix by four engines (needs Node.js)
	$(BIN)/pytest -q -m matrix -n $(CORES) --dist worksteal

lint: $(TEST_READY) #: Format, lint and types alone
	$(BIN)/ruff format --check hooks tests bench
	$(BIN)/ruff check hooks tests bench
	$(BIN)/mypy
	$(BIN)/mingshi schema --check

format: $(TEST_READY) #: Format the code and refresh the editor's schemas
	$(BIN)/ruff format hooks tests bench
	$(BIN)/ruff check --fix hooks tests bench
	$(BIN)/mingshi schema

bench: $(TEST_READY) chromium #: Measure builds, search, filter, flow charts and checks
	$(BIN)/python -m bench
	PYTHONPATH=tests $(BIN)/python -m bench.filter
	$(BIN)/python -m bench.drawing

screenshots: $(TEST_READY) chromium site #: Pictures of every type of page and a contact sheet: phone, desktop, languages, light, dark
	$(BIN)/python -m tests.browser.screenshots

lock: #: Renew the hash-locked package lists (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header -q pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header -q --extra test -c requirements.lock pyproject.toml -o requirements-test.lock

clean: #: Remove what was built, but not the site
	rm -rf $(VENV) .cache site-offline screenshots .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Mingshi needs Python 3.11 or newer / 需要 Python 3.11 以上：$$($(PYTHON) --version 2>&1)"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing; on Debian or Ubuntu / 缺少 venv 模組：apt-get install python3-venv"; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@echo "../../../../hooks" > $$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/mingshi.pth
	@printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -m mingshi "$$@"\n' > $(BIN)/mingshi && chmod +x $(BIN)/mingshi
	@touch $@

$(TEST_READY): requirements-test.lock $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@

$(NPM)/node_modules/.ready: $(NPM)/package-lock.json
	@command -v npm >/dev/null || { echo "The whole matrix needs Node.js 20.19 or newer with npm; on Debian or Ubuntu / 完整檢測需要 Node.js 20.19 以上與 npm：apt-get install nodejs npm"; exit 2; }
	@cd $(NPM) && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

chromium: # A browser for the tests: the one that is there, else Debian's when we may install it
	@sh tests/browser/chromium.sh

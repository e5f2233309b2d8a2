.DEFAULT_GOAL := help
.PHONY: help brief test sweep kills year bench browser setup setup-dev lock clean

PY := .venv/bin/python
AS_OF ?= 2025-12-02

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | expand -t 12

brief: setup ## build the brief of AS_OF (default 2025-12-02) in both languages
	@$(PY) -m reportgen build --as-of $(AS_OF)

test: setup-dev ## check format, style and types, and run the tests
	$(PY) -m ruff format --check
	$(PY) -m ruff check
	$(PY) -m mypy
	$(PY) -m pytest -n 2 --dist loadfile \
		--ignore=tests/browser --ignore=tests/sweep --ignore=tests/kills --ignore=tests/year

sweep: setup-dev ## build and review the brief of every Thursday since August 2021
	$(PY) -m pytest -n 2 tests/sweep

kills: setup-dev ## kill a first pull, and publishing, at random moments, many times over
	$(PY) -m pytest -n 2 tests/kills

year: ## build a year of briefs and their site, and look at it from outside
	@scripts/setup.sh browser
	$(PY) -m pytest tests/year

bench: setup-dev ## measure how long a brief, a first pull and a preview take
	$(PY) tests/benchmarks/run.py
	$(PY) -m tests.benchmarks.pull
	$(PY) -m tests.benchmarks.preview

browser: ## run the tests that open the HTML in Chromium
	@scripts/setup.sh browser
	$(PY) -m pytest tests/browser

setup: ## install what a brief needs: Debian packages and .venv
	@scripts/setup.sh run

setup-dev: ## the same, with what the tests need
	@scripts/setup.sh dev

# Each lock is held to the versions of the one before, so a brief runs on what was tested.
COMPILE = .venv/bin/uv pip compile -q pyproject.toml --extra search --python-version 3.11 --generate-hashes \
	--only-binary :all: --no-annotate --no-header $(if $(UPGRADE),--upgrade)

lock: setup-dev ## write the locks after a change of pyproject.toml (UPGRADE=1: newest versions)
	@test -x .venv/bin/uv || $(PY) -m pip install -q uv
	$(COMPILE) --group build -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock
	$(COMPILE) --group dev --group browser -c requirements-dev.lock -o requirements-browser.lock

clean: ## remove .venv and what was built
	rm -rf .venv
	find output -mindepth 1 ! -path output/README.md -delete

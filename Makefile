# Every target prepares .venv itself; nothing needs to be activated or installed before.
PYTHON ?= python3
PORT ?= 8000
DEMO ?= 1
JSON ?=
BACKUP ?=
FORCE ?=
SBOM ?= sbom.json

IN_RUN = $(PYTHON) scripts/bootstrap.py run --
IN_DEV = $(PYTHON) scripts/bootstrap.py dev --
COMPILE = uv pip compile --quiet --system-certs --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --only-binary :all:

.PHONY: run env backup restore test test-services test-cross test-random lint audit sbom format bench screenshots figures messages lock clean help

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' Makefile

run: ## start everything on this machine (PORT=8000, DEMO=0 starts empty)
	@exec $(IN_RUN) python -m devserver --port "$(PORT)" --demo "$(DEMO)"

env: ## write .env for containers, with random secrets
	@$(PYTHON) scripts/make_env.py

backup: ## write the whole database to one file, also while it runs (BACKUP=path)
	@exec $(IN_RUN) python -m scripts.backup backup "$(BACKUP)"

restore: ## restore a backup (BACKUP=path, FORCE=1 replaces existing candidates)
	@exec $(IN_RUN) python -m scripts.backup restore "$(BACKUP)" --force "$(FORCE)"

test: ## all tests that need no other service, browser tests included
	@exec $(IN_DEV) python -m scripts.run_tests everything $(ARGS)

test-services: ## tests that depend on the database's dialect or the broker, on PostgreSQL and Redis
	@exec $(IN_DEV) python -m scripts.run_tests services $(ARGS)

test-cross: ## tests that use database or broker, except pages and site, on PostgreSQL and Redis
	@exec $(IN_DEV) python -m scripts.run_tests cross $(ARGS)

test-random: ## property-based tests with new examples (TEST_SEED=… repeats a run)
	@exec $(IN_DEV) python -m scripts.run_tests random $(ARGS)

lint: ## formatting, types, templates, import layers, missing migrations
	@exec $(IN_DEV) python -m scripts.lint

audit: ## known vulnerabilities of the locked packages, and their licences
	@exec $(IN_DEV) python -m scripts.audit

sbom: ## write the software bill of materials, in CycloneDX (SBOM=path)
	@exec $(IN_DEV) cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o "$(SBOM)" requirements/run.txt

format: ## let the tools rewrite what they can
	@$(IN_DEV) ruff check --fix .
	@$(IN_DEV) ruff format .

bench: ## run the benchmarks; JSON=path also writes the figures to a file
	@JSON="$(JSON)" exec $(IN_DEV) python -m benchmarks

screenshots: ## take the README's screenshots, from the demo
	@exec $(IN_DEV) python -m scripts.screenshots

figures: ## draw the figures of docs/waiting.md, from the simulator
	@exec $(IN_DEV) python -m benchmarks.figures

messages: ## gather the texts to translate into locale/
	@exec $(IN_DEV) python -m config.translations extract

lock: ## update requirements/*.txt from pyproject.toml
	@$(IN_DEV) $(COMPILE) pyproject.toml -o requirements/run.txt $(ARGS)
	@$(IN_DEV) $(COMPILE) pyproject.toml --extra dev -c requirements/run.txt -o requirements/dev.txt $(ARGS)
	@echo uv | $(IN_DEV) $(COMPILE) - -c requirements/dev.txt -o requirements/uv.txt

clean: ## remove what the tools left; var/ and .venv/ stay
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	@find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

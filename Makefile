# Every target prepares .venv itself; nothing has to be activated or installed first.
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

backup: ## one file with the whole database, also while it runs (BACKUP=path)
	@exec $(IN_RUN) python -m scripts.backup backup "$(BACKUP)"

restore: ## put a backup back (BACKUP=path, FORCE=1 replaces candidates that are there)
	@exec $(IN_RUN) python -m scripts.backup restore "$(BACKUP)" --force "$(FORCE)"

test: ## all tests that need no other service, the browser's included
	@exec $(IN_DEV) python -m scripts.run_tests everything $(ARGS)

test-services: ## what depends on the database's dialect or the broker, on PostgreSQL and Redis
	@exec $(IN_DEV) python -m scripts.run_tests services $(ARGS)

test-cross: ## what touches database or broker, pages and site apart, on PostgreSQL and Redis
	@exec $(IN_DEV) python -m scripts.run_tests cross $(ARGS)

test-random: ## what draws examples, with others each time (TEST_SEED=… repeats a run)
	@exec $(IN_DEV) python -m scripts.run_tests random $(ARGS)

lint: ## formatting, types, templates, import layers, missing migrations
	@exec $(IN_DEV) python -m scripts.lint

audit: ## known vulnerabilities of the locked packages, and their licences
	@exec $(IN_DEV) python -m scripts.audit

sbom: ## write what a running Hearback is made of, in CycloneDX (SBOM=path)
	@exec $(IN_DEV) cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o "$(SBOM)" requirements/run.txt

format: ## let the tools rewrite what they can
	@$(IN_DEV) ruff check --fix .
	@$(IN_DEV) ruff format .

bench: ## measure; JSON=path writes the figures there too
	@JSON="$(JSON)" exec $(IN_DEV) python -m benchmarks

screenshots: ## take the pictures of the README anew, from the demo
	@exec $(IN_DEV) python -m scripts.screenshots

figures: ## draw the figures of docs/waiting.md anew, from the simulator
	@exec $(IN_DEV) python -m benchmarks.figures

messages: ## gather the texts to translate into locale/
	@exec $(IN_DEV) python -m config.translations extract

lock: ## renew requirements/*.txt from pyproject.toml
	@$(IN_DEV) $(COMPILE) pyproject.toml -o requirements/run.txt $(ARGS)
	@$(IN_DEV) $(COMPILE) pyproject.toml --extra dev -c requirements/run.txt -o requirements/dev.txt $(ARGS)
	@echo uv | $(IN_DEV) $(COMPILE) - -c requirements/dev.txt -o requirements/uv.txt

clean: ## remove what the tools left; var/ and .venv/ stay
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	@find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

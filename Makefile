# Everything starts here. `make demo` shows the main job, `make test` proves it; both set up what they need.

PYTHON ?= python3
UV := .tools/bin/uv
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help setup console demo up test check bench soak operations coverage screenshots format docs clean
.DEFAULT_GOAL := help

help: ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

setup: $(READY) console ## install everything into .venv, and build the console if there is Node

console: ## build the console's pages, if their sources have changed
	@tools/build-console.sh

$(READY): pyproject.toml uv.lock | $(UV)
	$(UV) sync --locked --quiet
	@touch $@

$(UV):
	@echo "Installing uv into .tools/ …"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools uv

demo: $(READY) ## the main job: an app texts a handset, the handset answers, the webhook fires
	@$(BIN)/offhook demo

up: setup ## start Offhook and leave it running
	@$(BIN)/offhook up

test: $(READY) ## all tests
	@tools/system-packages.sh curl node npm chromium espeak-ng oathtool
	@tools/build-console.sh --required
	npm --prefix console run --silent check
	$(BIN)/pytest -n auto

check: $(READY) ## lint, types, import contracts, budgets, docs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tools.budgets
	$(BIN)/python -m tools.coverage --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

bench: $(READY) ## speed of the core, beside an in-memory emulator
	@tools/system-packages.sh curl node npm chromium
	@tools/build-console.sh --required
	@$(BIN)/python -m bench.messages
	@$(BIN)/python -m bench.stream
	@$(BIN)/python -m bench.calls
	@$(BIN)/python -m bench.verify
	@$(BIN)/python -m bench.paint

soak: $(READY) ## the long ones: killed, full, cut off, an hour under load; pass or fail for each figure
	$(BIN)/python -m soak

operations: $(READY) ## the table of Twilio's operations, from the pinned SDK
	$(BIN)/python -m tools.operations

coverage: $(READY) ## COVERAGE.md: what of Twilio's API works, from the code
	$(BIN)/python -m tools.coverage

screenshots: setup ## the pictures of the console in README and the documentation
	@tools/system-packages.sh chromium
	@$(BIN)/python -m tools.screenshots

format: $(READY) ## write the code the way `make check` wants it
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: $(READY) ## the documentation, at http://127.0.0.1:8000
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs serve

clean: ## remove what was made (not the data in .offhook)
	rm -rf console/node_modules src/offhook/console/static
	rm -rf .venv .tools .cache site dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

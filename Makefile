# Commands of the project. Everything runs in .venv, which is made on first use.
PYTHON ?= python3
BIN := .venv/bin
DONE := .venv/.made

.DEFAULT_GOAL := help
.PHONY: help run test lint types unit bench crash mutants docs lock clean

help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(DONE): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(DONE)

run: $(DONE) ## serve a demo province on http://127.0.0.1:8000
	$(BIN)/evalsvc serve --demo

test: lint ## the one gate: ruff, mypy, import-linter, pytest
	@$(MAKE) --no-print-directory -j 2 types unit

lint: $(DONE) ## style and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(DONE) ## mypy, strict
	$(BIN)/mypy

unit: $(DONE) ## the tests, on two processes
	$(BIN)/python -m pytest -n 2 -q

bench: $(DONE) ## CPU and memory of scoring, requests, rankings, files and commands
	$(BIN)/python -m bench
	$(BIN)/python -m bench.service
	$(BIN)/python -m bench.clerks

crash: $(DONE) ## kill the server during saves N times and look for anything lost
	$(BIN)/python -m tests.crash.crashing $(or $(N),20)

mutants: $(DONE) ## mutation testing of scales, scoring and results (takes long)
	$(BIN)/python -m bench.mutants

docs: $(DONE) ## write the generated parts of the documents anew
	$(BIN)/python -m evalsvc.words.manual docs/criteria-format.md docs/criteria-format.en.md
	$(BIN)/python -m evalsvc.words.course_manual docs/states.md docs/states.en.md

lock: ## pin the dependencies anew (needs uv)
	uv lock --upgrade
	uv export --quiet --no-emit-project --extra dev --extra postgres --format requirements-txt --output-file constraints.txt

clean: ## remove the environment and all caches
	rm -rf .venv dist mutants .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Needs Python 3.11 or newer, Node 20 or newer, and make.
.DEFAULT_GOAL := help
.PHONY: help install model lock page run test test-long bench lighthouse lint format migration package reset types screenshots

# The first Python that is new enough; PYTHON=... names another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
PAGE_SOURCES := $(shell find web -type f -not -path 'web/dist/*' 2>/dev/null)

help:
	@echo 'make run      Supabase, the functions, the page and a demo on http://127.0.0.1:8000'
	@echo 'make reset    clear the data of make run'
	@echo 'make test     every test; ONLY=time those of one capability, in all its layers'
	@echo 'make test-long  the same with thousands of random examples, and what takes long besides'
	@echo 'make bench    the figures of the design as JSON; SCALE=1000000 events instead of 100000'
	@echo 'make lighthouse  what Lighthouse says of the page, as JSON; on a quiet machine'
	@echo 'make lint     formatting and types: Python, TypeScript, SQL'
	@echo 'make lint-database  every function of the database, by plpgsql_check (Debian)'
	@echo 'make format   put the formatting right'
	@echo 'make migration NAME=verb_thing  begin the migration to what supabase/schemas says'
	@echo 'make types    what the page knows of the tables, from the migrations'
	@echo 'make model    the data model of docs/technical.md, from the schemas'
	@echo 'make screenshots  the pictures of docs/images, of an invented week'
	@echo 'make package  stage every function into build/'
	@echo 'make install  what the others need; they call it themselves'

install: .venv/.installed node_modules/.installed

# After a change of package.json.
lock: .venv/.installed
	$(BIN)/python -m tools.make.lockfile

page: web/dist/index.html

run: install page
	@exec $(BIN)/python -m tools.serve.run

reset: .venv/.installed
	@exec $(BIN)/python -m tools.serve.reset

# Those of a capability: in tests/, in tests/browser/, and beside its pages.
ONLY_PYTEST = $(wildcard tests/$(ONLY) tests/browser/$(ONLY))
ONLY_VITEST = $(wildcard web/src/features/$(ONLY))

# A worker for each processor up to four; each has databases of its own, and takes a file at a time.
PYTEST_FLAGS = --numprocesses logical --maxprocesses 4 --dist loadfile

test-long: export GATEBOOK_EXAMPLES ?= 2000
test-long: PYTEST_FLAGS += -m 'long or not long'
test-long: test

test: install page tools/pictures/lighthouse/node_modules/.installed
ifeq ($(ONLY),)
	npm test --silent
	$(BIN)/pytest $(PYTEST_FLAGS)
else
	@test -n '$(ONLY_PYTEST)$(ONLY_VITEST)' || { echo 'There is no capability $(ONLY) in tests/.' >&2; exit 1; }
	$(if $(ONLY_VITEST),npm test --silent -- --passWithNoTests src/features/$(ONLY))
	$(if $(ONLY_PYTEST),$(BIN)/pytest $(PYTEST_FLAGS) $(ONLY_PYTEST))
endif

# Standard output is for the JSON alone.
bench:
	@$(MAKE) --silent install >&2
	@exec $(BIN)/python -m tools.bench

# Standard output is for the JSON alone.
lighthouse:
	@$(MAKE) --silent install page tools/pictures/lighthouse/node_modules/.installed >&2
	@exec $(BIN)/python -m tools.pictures.lighthouse

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	npm run --silent typecheck
	$(BIN)/sqlfluff lint --processes 2 supabase

lint-database: install
	@exec $(BIN)/python -m tools.make.lint_database

format: install
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --processes 2 supabase

migration: install
	@exec $(BIN)/python -m tools.make.migration '$(NAME)'

types: install
	@exec $(BIN)/python -m tools.make.types

model: install
	@exec $(BIN)/python -m tools.make.model

screenshots: install page
	@exec $(BIN)/python -m tools.pictures.screenshots

package: .venv/.installed
	@$(BIN)/python -m tools.make.package

# The file .installed says that what it stands for is in place, so that the second time is quick.
.venv/.installed: pyproject.toml constraints.txt
	@test -n '$(PYTHON)' || { echo 'Python 3.11 or newer is needed; set PYTHON to one.' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo '$(PYTHON) cannot make virtual environments; install python3-venv.' >&2; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

node_modules/.installed: package.json package-lock.json
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null \
		|| { echo 'Node 20 or newer is needed.' >&2; exit 1; }
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# Apart, since it is as large as half of the rest and only tests need it.
tools/pictures/lighthouse/node_modules/.installed: tools/pictures/lighthouse/package.json tools/pictures/lighthouse/package-lock.json
	npm ci --prefix tools/pictures/lighthouse --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/index.html: node_modules/.installed $(PAGE_SOURCES)
	npm run --silent build
	@touch $@

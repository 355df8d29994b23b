# `make help` lists the targets.

PYTHON ?= python3
PORT ?= 8000

SHARED ?= ../shared
SECONDS ?= 60
ITEMS ?= 100000
KEEP ?=

.PHONY: help install demo test test-browser test-service soak lint messages score fuzz bench-search lock audit sbom

help:
	@echo "make install   create .venv with all dependencies"
	@echo "make demo      serve an archive of synthetic minutes on http://127.0.0.1:$(PORT)/  (PORT=, ARCHIVE_DATA=)"
	@echo "make test      run the tests, in parallel, on the embedded PostgreSQL"
	@echo "make test-browser  run the tests in Chromium (SCREENSHOTS=1 leaves pictures in screenshots/)"
	@echo "make test-service  run the tests that start servers and processes, end them, and migrate databases"
	@echo "make soak      run the site under slow clients, load and faults, and kill imports and workers at 20 moments; long"
	@echo "make lint      run ruff, mypy and import-linter"
	@echo "make messages  collect the texts of the public pages for translation, and compile them; needs gettext"
	@echo "make score     score the reader on annotated minutes in $(SHARED) and on 10,000 synthetic meetings"
	@echo "make fuzz      fuzz the reader for SECONDS=$(SECONDS)"
	@echo "make lock      write requirements.lock, the exact versions that the image installs, from pyproject.toml"
	@echo "make audit     look up known vulnerabilities of those versions (needs the internet)"
	@echo "make sbom      write sbom.json, the list of those packages and their licences (CycloneDX)"
	@echo "make bench-search  measure the search with ITEMS=$(ITEMS) long items; KEEP=1 does not delete its archive"

install: .venv/installed

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --editable '.[embedded,dev]'
	touch $@

demo: install
	@env -u DATABASE_URL -u DEBUG PLAIN_HTTP=1 KEEP_SECRET_KEY=1 .venv/bin/python manage.py demo --port $(PORT)

test: install
	.venv/bin/pytest -n 2 -m "not service and not browser"

test-browser: install
	.venv/bin/pytest -n 2 -m browser

test-service: install
	.venv/bin/pytest -n 2 -m service

soak: install
	.venv/bin/python -m benchmarks.soak
	KILLS=20 .venv/bin/pytest --timeout 1800 tests/test_workers.py tests/test_import_processes.py tests/test_disk_full.py

lock: install
	.venv/bin/pip install --quiet --disable-pip-version-check uv
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade --extra s3 \
	  --output-file requirements.lock pyproject.toml

audit: install
	.venv/bin/pip install --quiet --disable-pip-version-check pip-audit
	.venv/bin/pip-audit --disable-pip --require-hashes --requirement requirements.lock

sbom: install
	.venv/bin/pip install --quiet --disable-pip-version-check cyclonedx-bom
	.venv/bin/cyclonedx-py requirements --pyproject pyproject.toml --output-file sbom.json requirements.lock

# Annotated minutes with a minimum score per set, then synthetic minutes, which must be read without error.
score: install
	@if [ -f $(SHARED)/score.py ]; then set -e; \
	  $(SCORE) --gold $(SHARED)/gold --text $(SHARED)/seeds --floor 0.98 $(READER); echo; \
	  $(SCORE) --gold $(SHARED)/dev_samples/gold --text $(SHARED)/dev_samples/minutes --floor 0.93 $(READER); echo; \
	  $(SCORE) --gold tests/samples --text tests/samples --per-file $(READER); \
	else echo "There is no $(SHARED)/score.py: synthetic minutes only."; fi
	SYNTHETIC_ARCHIVES=18 .venv/bin/pytest -q -n 2 --timeout 600 tests/test_synthetic.py -k reader_returns

SCORE = .venv/bin/python $(SHARED)/score.py
READER = -- .venv/bin/python manage.py parse_minutes

fuzz: install
	.venv/bin/pip install --quiet --disable-pip-version-check --editable '.[fuzz]'
	.venv/bin/python tests/fuzz_reader.py .fuzz -max_total_time=$(SECONDS) -artifact_prefix=.fuzz-

# Up to 100,000 items, other search packages are measured too; their indexes take minutes to build.
bench-search: install
	@set -e; folder=$$(mktemp -d /tmp/referatarkivet-bench-XXXXXX); chmod 755 $$folder; \
	[ -n "$(KEEP)" ] || trap 'rm -rf '$$folder EXIT; \
	export ARCHIVE_DATA=$$folder/data; queries=$$folder/queries.json; \
	.venv/bin/python -m benchmarks.search.load --items $(ITEMS); \
	.venv/bin/python -m benchmarks.search.queries $$queries; \
	if [ $(ITEMS) -le 100000 ]; then \
	  .venv/bin/pip install --quiet --disable-pip-version-check --editable '.[benchmarks]'; \
	  .venv/bin/python -m benchmarks.search.compare $$queries; fi; \
	.venv/bin/python -m benchmarks.search.pages $$queries; \
	[ -z "$(KEEP)" ] || echo "Not deleted: ARCHIVE_DATA=$$ARCHIVE_DATA, $$queries"

lint: install
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports

# Staff's pages and commands are Danish. The same files are named in tests/test_catalogue.py.
STAFF = account accounts admin allauth importer management publishing staff.py usersessions warning_messages.py

messages: install
	.venv/bin/python manage.py makemessages -l en --no-wrap --no-obsolete --add-location file \
	  $(foreach name,tests benchmarks synthetic $(STAFF),-i $(name))
	.venv/bin/python manage.py compilemessages -l en -l da

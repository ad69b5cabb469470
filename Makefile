# Two commands do everything: `make serve` and `make test`. Both need Python 3.11 or later, and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: serve test check openapi samples screenshots requirements clean

serve: $(VENV)/installed
	@exec $(BIN)/nutgraf serve

test: $(VENV)/installed-for-tests
	$(BIN)/python -m pytest

# What CI runs beside the tests.
check: $(VENV)/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/nutgraf openapi --check openapi.yaml
	$(BIN)/hadolint Dockerfile

openapi: $(VENV)/installed
	$(BIN)/nutgraf openapi > openapi.yaml

# The answers that the documentation shows.
samples: $(VENV)/installed
	for name in ferry bridge; do \
		$(BIN)/nutgraf summarize --json api/samples/$$name.json > answer.tmp && mv answer.tmp api/samples/$$name-answer.json; \
	done

# The README's pictures of the desk; needs Chromium.
screenshots: $(VENV)/installed-for-tests
	NUTGRAF_SCREENSHOTS=docs $(BIN)/python -m pytest tests/browser/test_screenshots.py

# Pins with hashes, for every platform and Python that is supported.
COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
requirements:
	$(COMPILE) -o requirements.txt
	$(COMPILE) --extra dev --extra languages -o requirements-dev.txt

clean:
	rm -rf $(VENV)

$(VENV)/installed: requirements.txt pyproject.toml api/nltk_data.py | $(VENV)/bin/python
	@echo "Installing into $(VENV); this takes a minute, once."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m api.nltk_data
	@touch $@

$(VENV)/installed-for-tests: requirements-dev.txt $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; this is " \
		+ sys.version.split()[0] + ". Name another: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	$(PYTHON) -m venv $(VENV)

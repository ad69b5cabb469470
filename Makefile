# Two commands do everything: `make serve` and `make test`. Both need Python 3.11 or later, and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

# What `make bundle` writes has the packages in it, for a machine without a network; they were checked when it was made.
ifneq ($(wildcard wheels),)
export PIP_NO_INDEX := 1
export PIP_FIND_LINKS := $(CURDIR)/wheels
PINS := wheels/requirements.txt
else
PINS := requirements.txt --require-hashes
endif

# More than there are cores: many tests wait for processes, for leases to run out and for clients that are slow.
TEST_PROCESSES ?= 3

.PHONY: serve test test-all test-slow check openapi samples screenshots requirements bundle image clean

serve: $(VENV)/installed
	@exec $(BIN)/nutgraf serve

# On any machine, in under three minutes; its last lines say what the whole suite adds.
test: $(VENV)/installed-for-tests
	$(BIN)/python -m pytest tests/unit -m unit -n auto

# All that CI runs, and how much of the code it reaches. What needs something that a machine lacks skips, and says so.
test-all: $(VENV)/installed-for-tests
	$(BIN)/python -m pytest -m "not slow" -n $(TEST_PROCESSES) --dist loadscope --no-loadscope-reorder --hypothesis-profile full \
		--cov --cov-report=term:skip-covered --durations=25
	$(BIN)/coverage report --include='api/nutgraf/summarizer/*' --fail-under=95 --format=total

# By hand, before a release: half an hour. NUTGRAF_PYTHONS, NUTGRAF_PHPS and NUTGRAF_WORDPRESSES name further versions.
test-slow: $(VENV)/installed-for-tests
	$(BIN)/python -m pytest tests/unit -m unit -n auto --hypothesis-profile slow
	$(BIN)/python -m pytest tests/slow -m slow -v

# What CI runs beside the tests.
check: $(VENV)/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/nutgraf openapi --check openapi.yaml
	$(BIN)/hadolint Dockerfile

openapi: $(VENV)/installed
	$(BIN)/nutgraf openapi > openapi.yaml

# The answers that the documentation shows.
samples: $(VENV)/installed
	for name in ferry bridge; do \
		$(BIN)/nutgraf summarize --json api/nutgraf/samples/$$name.json > answer.tmp && mv answer.tmp api/nutgraf/samples/$$name-answer.json; \
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

# One archive with which `make serve` works on a machine without a network, of this machine's kind and Python.
BUNDLE = nutgraf-$(shell $(BIN)/python -c 'import platform, sys; from nutgraf import __version__ as VERSION; \
	print(VERSION, f"python{sys.version_info.major}.{sys.version_info.minor}", platform.system().lower(), platform.machine(), sep="-")')
bundle: $(VENV)/installed
	rm -rf build/bundle && mkdir -p build/bundle/$(BUNDLE) dist
	git archive HEAD | tar -x -C build/bundle/$(BUNDLE)
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --require-hashes -r requirements.txt -w build/bundle/$(BUNDLE)/wheels
	$(BIN)/python -m nutgraf.cli.nltk_data --fetch build/bundle/$(BUNDLE)/wheels
	sed -E 's/ *\\$$//; /^ +--hash/d' requirements.txt > build/bundle/$(BUNDLE)/wheels/requirements.txt
	tar -czf dist/$(BUNDLE).tar.gz -C build/bundle $(BUNDLE)
	cd dist && sha256sum $(BUNDLE).tar.gz > $(BUNDLE).tar.gz.sha256
	@echo "dist/$(BUNDLE).tar.gz: unpack it there, and make serve."

# With the builder that IMAGE_BUILDER names: it is given the checkout, builds the Dockerfile, and asks the image for $$PROBE.
image:
ifdef IMAGE_BUILDER
	PROBE=/readyz RUN_ENV=NUTGRAF_OPEN=1 $(IMAGE_BUILDER) "$(CURDIR)"
else
	@echo "No image was built: IMAGE_BUILDER names no builder."
endif

clean:
	rm -rf $(VENV) build dist

$(VENV)/installed: requirements.txt pyproject.toml api/nutgraf/cli/nltk_data.py | $(VENV)/bin/python
	@echo "Installing into $(VENV); this takes a minute, once."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $(PINS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m nutgraf.cli.nltk_data
	@touch $@

$(VENV)/installed-for-tests: requirements-dev.txt $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; this is " \
		+ sys.version.split()[0] + ". Name another: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	$(PYTHON) -m venv $(VENV)

# `make serve` runs the service and `make test` the tests. Both need Python 3.11 or later.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

# `make bundle` adds a folder wheels/ with all packages, whose hashes it has checked, for a machine without internet access.
ifneq ($(wildcard wheels),)
export PIP_NO_INDEX := 1
export PIP_FIND_LINKS := $(CURDIR)/wheels
PINS := wheels/requirements.txt
else
PINS := requirements.txt --require-hashes
endif

.PHONY: serve test test-all test-slow check openapi samples docs screenshots requirements release bundle image clean

serve: $(VENV)/installed
	@exec $(BIN)/nutgraf serve

# On any machine, in under three minutes and without real news; its last lines say what the whole suite adds.
test: $(VENV)/installed-for-tests
	NUTGRAF_NEWS=none $(BIN)/python -m pytest tests/unit -m unit -n auto

# All that CI runs, and how much of the code it reaches; what measures time runs after the rest: first what measures the
# time of its own process, two at a time, then what a person at the desk waits for, alone. What needs something that a machine
# lacks skips, and says so. Tests other than unit tests get a second try; -rR names those that needed it.
test-all: $(VENV)/installed-for-tests
	$(BIN)/python -m pytest -m "not slow and not timing" -n auto --dist loadscope --no-loadscope-reorder --hypothesis-profile full \
		--cov --cov-report=term:skip-covered --durations=25 -rfER
	$(BIN)/coverage report --include='api/nutgraf/summarizer/*' --fail-under=95 --format=total
	$(BIN)/python -m pytest tests/timing -m timing -n 2 --durations=10 -rfER
	$(BIN)/python -m pytest tests/browser -m timing -rfER

# By hand, before a release: three quarters of an hour. NUTGRAF_PYTHONS, NUTGRAF_PHPS and NUTGRAF_WORDPRESSES name further
# versions. Archives on Ray and Spark need more than requirements-dev.txt; CONTRIBUTING.md says what.
test-slow: $(VENV)/installed-for-tests
	$(BIN)/python -m pytest tests/unit -m unit -n auto --hypothesis-profile slow
	$(BIN)/python -m pytest tests/slow -m slow -v

# All checks that CI runs in addition to the tests.
check: $(VENV)/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell .
	$(BIN)/nutgraf openapi --check openapi.yaml
	$(BIN)/hadolint Dockerfile

openapi: $(VENV)/installed
	$(BIN)/nutgraf openapi > openapi.yaml

# The sample answers in the documentation and the contract. Run `make openapi` after it.
samples: $(VENV)/installed
	for name in ferry bridge; do \
		$(BIN)/nutgraf summarize --json api/nutgraf/samples/$$name.json > answer.tmp && mv answer.tmp api/nutgraf/samples/$$name-answer.json; \
	done
	$(BIN)/nutgraf stories --json api/nutgraf/samples/feed.json > answer.tmp && mv answer.tmp api/nutgraf/samples/feed-answer.json

# The generated pages: the settings, and the requests and answers of each CMS.
docs: $(VENV)/installed-for-tests
	$(BIN)/python -m tests.settings_docs > page.tmp && mv page.tmp docs/settings.md
	$(BIN)/python -m tests.cms_docs_page > page.tmp && mv page.tmp docs/cms.md

# The pictures of the desk in the README. Needs Chromium.
screenshots: $(VENV)/installed-for-tests
	NUTGRAF_SCREENSHOTS=docs $(BIN)/python -m pytest tests/browser/test_screenshots.py

# Pinned dependencies with hashes, for every supported platform and Python version.
COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links
requirements:
	$(COMPILE) --extra documents -o requirements.txt
	$(COMPILE) --extra documents --extra dev --extra languages -o requirements-dev.txt

# Makes a release of the current commit: make release VERSION=x.y.z. Sets the version, dates the changelog, generates the
# contract and the sample answers again, commits and tags. It does not push.
TAG = v$(VERSION)
release: $(VENV)/installed
	@printf '%s' '$(VERSION)' | grep -Eqx '[0-9]+\.[0-9]+\.[0-9]+' || { echo "Name the version: make release VERSION=x.y.z"; exit 1; }
	@test -z "$$(git status --porcelain)" || { echo "The work tree has changes. Commit or stash them first."; exit 1; }
	@! git rev-parse --quiet --verify 'refs/tags/$(TAG)' >/dev/null || { echo "The tag $(TAG) exists already."; exit 1; }
	@grep -q '^## \[Unreleased\]$$' CHANGELOG.md || { echo "CHANGELOG.md has no section [Unreleased]."; exit 1; }
	sed -i.old 's/^__version__ = .*/__version__ = "$(VERSION)"/' api/nutgraf/__init__.py
	sed -i.old 's/^    newTag: .*/    newTag: $(VERSION)/' deploy/kubernetes/kustomization.yaml
	awk '{ print } /^## \[Unreleased\]$$/ { print "\n## [$(VERSION)] - '"$$(date -u +%F)"'" }' CHANGELOG.md > release.tmp && mv release.tmp CHANGELOG.md
	rm api/nutgraf/__init__.py.old deploy/kubernetes/kustomization.yaml.old
	$(MAKE) samples
	$(MAKE) openapi
	git commit --quiet --all --message 'Release $(VERSION)'
	git tag --annotate '$(TAG)' --message 'Nutgraf $(VERSION)'
	@echo "Committed and tagged $(TAG). Push both: git push origin HEAD $(TAG)"

# One archive for a machine without internet access that has the same operating system, processor type and Python version.
BUNDLE = nutgraf-$(shell $(BIN)/python -c 'import platform, sys; from nutgraf import __version__ as VERSION; \
	print(VERSION, f"python{sys.version_info.major}.{sys.version_info.minor}", platform.system().lower(), platform.machine(), sep="-")')
bundle: $(VENV)/installed
	rm -rf build/bundle && mkdir -p build/bundle/$(BUNDLE) dist
	git archive HEAD | tar -x -C build/bundle/$(BUNDLE)
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt -w build/bundle/$(BUNDLE)/wheels
	$(BIN)/python -m nutgraf.cli.nltk_data --fetch build/bundle/$(BUNDLE)/wheels
	sed -E 's/ *\\$$//; /^ +--hash/d' requirements.txt > build/bundle/$(BUNDLE)/wheels/requirements.txt
	tar -czf dist/$(BUNDLE).tar.gz -C build/bundle $(BUNDLE)
	cd dist && sha256sum $(BUNDLE).tar.gz > $(BUNDLE).tar.gz.sha256
	@echo "dist/$(BUNDLE).tar.gz: unpack it on the other machine and run make serve."

# With the builder that IMAGE_BUILDER names: it is given the checkout, builds the Dockerfile, and asks the image for $$PROBE.
image:
ifdef IMAGE_BUILDER
	PROBE=/readyz RUN_ENV=NUTGRAF_OPEN=1 $(IMAGE_BUILDER) "$(CURDIR)"
else
	@echo "No image was built: IMAGE_BUILDER names no builder."
endif

clean:
	rm -rf $(VENV) build dist

# The pins are complete. Without --no-deps, older versions of pip look for the newest version of what is required with extras,
# and stop because its hash is missing.
$(VENV)/installed: requirements.txt pyproject.toml api/nutgraf/cli/nltk_data.py | $(VENV)/bin/python
	@echo "Installing into $(VENV); this takes a minute, once."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r $(PINS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m nutgraf.cli.nltk_data
	@touch $@

$(VENV)/installed-for-tests: requirements-dev.txt $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; this is " \
		+ sys.version.split()[0] + ". Name another: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	$(PYTHON) -m venv $(VENV)

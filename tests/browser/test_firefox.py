"""The main tasks of an editor in Firefox; the other browser tests use Chromium."""

import shutil
from collections.abc import Iterator

import pytest

from nutgraf.samples import sample
from tests.browser.firefox import CONTROL, Firefox, until

STORM = sample("storm")["articles"]
TITLES, SOURCES = [article["title"] for article in STORM], {article["source"] for article in STORM}
ONE = "The pier at Hale opens on Friday. Anglers go first, the council said."
SUMMARY = "#sentences .says > p:first-child"


@pytest.fixture(scope="module")
def firefox() -> Iterator[Firefox]:
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        pytest.skip("needs Firefox")
    with Firefox(program) as opened:
        yield opened


def test_the_main_tasks_work_in_firefox(firefox: Firefox, service: str) -> None:
    """From opening the desk to a summary with sources, a disputed figure swapped, copied text and a pasted article."""
    firefox.resize(1600, 1000)
    before = _take_example(firefox, service)
    assert firefox.run("() => [...document.querySelectorAll('#cards .title')].map((each) => each.value)") == TITLES
    assert len(firefox.texts("#sentences .line > .badge")) == len(before)
    named = firefox.texts("#sentences .whence bdi")
    assert len(named) == len(before)
    assert set(named) <= SOURCES

    assert firefox.texts("#sentences .line:first-child .disputed") == ["Disputed: 52,000 in BE 40,000 vs 52,000"]
    firefox.click("#sentences .line:first-child .swap")
    told = until(lambda: (now := firefox.texts(SUMMARY)) != before and now)
    assert any("52,000" in sentence for sentence in told)
    assert before[0] not in told

    firefox.click("#copy-summary")
    until(lambda: firefox.texts("#copy-summary span") == ["Copied"])
    copied = firefox.run("() => navigator.clipboard.readText()")
    assert copied.startswith(f"{told[0]} [1]")
    sources = [line for line in copied.splitlines() if line.startswith("[")]
    assert len(sources) == len(set(firefox.texts("#sentences .line > .badge")))
    assert all(line.endswith(tuple(TITLES)) for line in sources)

    firefox.run("(text) => navigator.clipboard.writeText(text)", ONE)
    firefox.click("#paste")
    firefox.keys("v", held=CONTROL)
    until(lambda: ONE.split(". ")[1] in firefox.texts("#cards .said"))
    assert len(firefox.texts("#cards .card")) == len(TITLES) + 1
    assert firefox.said == []
    assert [url for url in firefox.asked if not url.startswith((f"{service}/", "data:"))] == []


@pytest.mark.parametrize("size", [(320, 700), (1280, 800)], ids=["320", "1280"])
def test_the_desk_fits_the_screen_in_firefox(firefox: Firefox, service: str, size: tuple[int, int]) -> None:
    """Firefox has its own layout code for grids and fields."""
    firefox.resize(*size)
    _take_example(firefox, service)
    assert firefox.run("() => document.documentElement.scrollWidth") <= size[0]
    if size[0] == 1280:
        top = "() => document.querySelector('#sentences .line').getBoundingClientRect().top + scrollY"
        assert firefox.run(top) < 300


def _take_example(firefox: Firefox, service: str) -> list[str]:
    """Opens the desk as on a first visit and presses its button; returns the summary."""
    firefox.open(f"{service}/docs/guide")
    firefox.run("() => localStorage.clear()")
    firefox.open(f"{service}/")
    firefox.click("#try")
    told: list[str] = until(lambda: firefox.texts(SUMMARY))
    return told

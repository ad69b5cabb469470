"""No regular expression takes more than linear time: runs every pattern of the code on hostile text."""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import regex

import nutgraf
from nutgraf.summarizer import summarize
from tests.builders import article
from tests.cpu_time import at_most
from tests.service import ROOT

# The longest text, and a shorter one that shows quickly which patterns need the longest.
LONGEST = 100_000
SHORTER = 10_000
SUSPICIOUS_SECONDS = 0.005
# Texts on which backtracking patterns are slow: long runs of the repeated part without the expected end.
SEEDS = [
    *"aA1 -.,'\"([<&\n\\{’\u0301中", "a ", "a.", "A. ", "1,", "1.",
    "- ", "<a ", "</", "<p>", "https://a", "a@", "a-", "By A ",
    "AP, ", "Jan 1, ", "said ", '"a" ', "\n\n", "\t\n ", "a\n", "(AP) ",
    "REUTERS/", "Aa. ", "a.m. ", "1.1:", "1 million ", "photo: ", "read more ",
    "<?xml ", 'a="', "%20",
]  # fmt: skip
ENDINGS = ("!",)
# The maximum text length of patterns that the code applies only to short texts: blocks, openings, first lines of wires.
BOUNDED = {"FURNITURE": 1_000, "_DATELINE_STOP": 100, "_SLUG": 200}
# A linear search of the longest text takes less than this on a slow machine; a quadratic one takes minutes.
MOST_SECONDS = 2.0


def patterns() -> Iterator[tuple[str, Any]]:
    """Every compiled pattern in our modules, also in tables, by its location."""
    for found in pkgutil.walk_packages(nutgraf.__path__, "nutgraf."):
        if found.name.startswith(
            ("nutgraf.server.", "nutgraf.cli.__main__", "nutgraf.jobs.migrations")
        ):  # importing these modules starts programs
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            for at, pattern in enumerate(_compiled(value)):
                yield f"{found.name}.{name}[{at}]", pattern


def _compiled(value: Any, depth: int = 0) -> Iterator[Any]:
    if isinstance(value, (re.Pattern, regex.Pattern)):
        yield value
    elif depth < 3 and isinstance(value, (tuple, list, frozenset, set)):
        for each in value:
            yield from _compiled(each, depth + 1)
    elif depth < 3 and isinstance(value, dict):
        for each in value.values():
            yield from _compiled(each, depth + 1)


def inline() -> Iterator[tuple[str, Any]]:
    """Every pattern that is written inline: `re.search(r"…", text)`."""
    for path in sorted((ROOT / "api").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id in ("re", "regex")
                and node.args
                and isinstance(node.args[0], ast.Constant)
                and isinstance(node.args[0].value, str)
            ):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.func.attr}", _either(node.args[0].value)


def _either(pattern: str) -> Any:
    try:
        return re.compile(pattern)
    except re.error:
        return regex.compile(pattern)


CODE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "api").rglob("*.py"))
FOUND = {
    pattern.pattern: (where, pattern) for where, pattern in (*inline(), *patterns()) if isinstance(pattern.pattern, str)
}


def test_all_patterns_are_found() -> None:
    assert len(FOUND) > 60


def use(where: str, pattern: Any) -> list[Callable[[str], object]]:
    """How the code uses a pattern: the methods that it calls on its name; for a pattern in a table, `search`."""
    if " " in where:
        method = where.split()[-1]
        return [getattr(pattern, method if method in ("match", "fullmatch") else "search")]
    name = re.escape(where.rsplit(".", 1)[-1].split("[")[0])
    called = set(re.findall(rf"\b{name}(?:\[[^\]]*\])?\.(search|match|fullmatch)\(", CODE))
    return [pattern.match] if name in BOUNDED else [getattr(pattern, method) for method in called or {"search"}]


@pytest.mark.parametrize(("where", "pattern"), [pytest.param(*found, id=found[0]) for found in FOUND.values()])
def test_a_pattern_takes_linear_time(where: str, pattern: Any) -> None:
    uses = use(where, pattern)
    most = next((size for name, size in BOUNDED.items() if name in where), LONGEST)
    for seed in SEEDS:
        for ending in ENDINGS:
            if _seconds(uses, seed, ending, min(SHORTER, most)) > SUSPICIOUS_SECONDS:
                with at_most(MOST_SECONDS, f"for {most} characters of {seed!r} and {ending!r}"):
                    _seconds(uses, seed, ending, most)


def _seconds(uses: list[Callable[[str], object]], seed: str, ending: str, size: int) -> float:
    """The CPU time that the uses of a pattern take on a text of this size."""
    text = (seed * (size // len(seed) + 1))[:size] + ending
    began = time.process_time()
    for used in uses:
        used(text)
    return time.process_time() - began


@pytest.mark.parametrize("seed", [*SEEDS[::8], "1.", "REUTERS/", "%20", "1 million "])
def test_hostile_texts_are_summarized_in_linear_time(seed: str) -> None:
    """Runs the whole summarizer on the same texts, with and without a title."""
    text = "It is said. " + (seed * (LONGEST // len(seed) + 1))[:LONGEST]
    with at_most(5 * MOST_SECONDS):
        summarize([article(text), article("Prices rise. " + text[:1_000], title=text[:1_000])])

"""No regular expression takes more than linear time, whatever text meets it: every pattern of the code on hostile text."""

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
from tests.service import ROOT

# The longest text, and a shorter one that tells at once which patterns are worth trying on it.
LONGEST = 100_000
SHORTER = 10_000
SUSPICIOUS_SECONDS = 0.005
# What makes patterns that backtrack go wrong: long runs of what they repeat, and no end that they wait for.
SEEDS = [
    *"aA1 -.,'\"([<&\n\\{’\u0301中", "a ", "a.", "A. ", "1,", "1.",
    "- ", "<a ", "</", "<p>", "https://a", "a@", "a-", "By A ",
    "AP, ", "Jan 1, ", "said ", '"a" ', "\n\n", "\t\n ", "a\n", "(AP) ",
    "REUTERS/", "Aa. ", "a.m. ", "1.1:", "1 million ", "photo: ", "read more ",
    "<?xml ", 'a="', "%20",
]  # fmt: skip
ENDINGS = ("!",)
# Patterns that the code never hands a longer text, and how long it is: blocks, openings of texts, first lines of wires.
BOUNDED = {"FURNITURE": 1_000, "_DATELINE_STOP": 100, "_SLUG": 200}
# A search of the longest text takes less on a slow machine; a quadratic one takes minutes.
MOST_SECONDS = 2.0


def patterns() -> Iterator[tuple[str, Any]]:
    """Every compiled pattern that a module of ours holds, in tables too, by where it stands."""
    for found in pkgutil.walk_packages(nutgraf.__path__, "nutgraf."):
        if found.name.startswith(
            ("nutgraf.server.", "nutgraf.cli.__main__", "nutgraf.jobs.migrations")
        ):  # they start things
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
    """Every pattern that is written where it is used: `re.search(r"…", text)`."""
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


def test_the_patterns_are_found() -> None:
    assert len(FOUND) > 60


def use(where: str, pattern: Any) -> list[Callable[[str], object]]:
    """How the code uses a pattern, by the methods that it calls on its name; searching, where it stands in a table."""
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
                took = _seconds(uses, seed, ending, most)
                assert took < MOST_SECONDS, f"{took:.1f} s for {most} times {seed!r} and {ending!r}"


def _seconds(uses: list[Callable[[str], object]], seed: str, ending: str, size: int) -> float:
    """Processor time that the uses of a pattern take on so much of a seed."""
    text = (seed * (size // len(seed) + 1))[:size] + ending
    began = time.process_time()
    for used in uses:
        used(text)
    return time.process_time() - began


@pytest.mark.parametrize("seed", [*SEEDS[::8], "1.", "REUTERS/", "%20", "1 million "])
def test_a_text_of_any_kind_is_summarized_in_linear_time(seed: str) -> None:
    """What no pattern alone shows: the whole core on the same texts, and on one without a title."""
    text = "It is said. " + (seed * (LONGEST // len(seed) + 1))[:LONGEST]
    began = time.process_time()
    summarize([article(text), article("Prices rise. " + text[:1_000], title=text[:1_000])])
    assert time.process_time() - began < 5 * MOST_SECONDS

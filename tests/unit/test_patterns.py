"""The regular expressions of the package mean the same in every version of Python."""

import json
import subprocess
import sys
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from tests.language_samples import language_samples
from tests.service import ROOT

# Records what modules of the package compile, when they are imported and when a language is first used.
RECORDER = r"""
import json, pkgutil, re, sys
compile_pattern, patterns = re._compiler.compile, set()

def recorded(pattern, flags=0):
    frame = sys._getframe(1)
    while frame.f_globals["__name__"] in ("re", "functools"):
        frame = frame.f_back
    if (module := frame.f_globals["__name__"]).startswith("nutgraf"):
        patterns.add((module, pattern if isinstance(pattern, str) else pattern.decode("latin-1"), int(flags)))
    return compile_pattern(pattern, flags)

re._compiler.compile = recorded
import nutgraf
from nutgraf import Article, Options, summarize
for module in pkgutil.walk_packages(nutgraf.__path__, "nutgraf."):
    try:
        if not module.name.endswith("__main__"):
            __import__(module.name)
    except ImportError:  # needs an optional package
        pass
for language, text in json.load(sys.stdin).items():
    summarize([Article(text, language=language), Article(text.upper(), language=language)], Options(quotes=1))
print("\n" + json.dumps(sorted(patterns)))  # a module that is imported may print a line
"""
SINGLE_CHARACTERS = {constants.LITERAL, constants.NOT_LITERAL, constants.IN, constants.ANY}


def repeats_groups_possessively(pattern: str, flags: int) -> bool:
    """Whether a possessive quantifier applies to more than one character: "(ab|c)*+", but not "[abc]*+"."""

    def is_faulty(item: Any) -> bool:
        if isinstance(item, tuple) and item and item[0] is constants.POSSESSIVE_REPEAT:
            repeated = item[1][2]
            return len(repeated) != 1 or repeated[0][0] not in SINGLE_CHARACTERS or is_faulty(tuple(repeated))
        return isinstance(item, (tuple, list, parser.SubPattern)) and any(is_faulty(part) for part in item)

    return any(mark in pattern for mark in ("*+", "++", "?+", "}+")) and is_faulty(parser.parse(pattern, flags))


def test_the_check_finds_possessive_groups() -> None:
    assert repeats_groups_possessively("a|x(?:(ab|cd)*+)y", 0)
    assert repeats_groups_possessively("(?:[^a]+|b(?=c))++", 0)
    assert not repeats_groups_possessively(r"(?:[^a]++|\s*+b?+)*(?>cd)", 0)


def test_no_possessive_quantifier_applies_to_a_group() -> None:
    """Before Python 3.11.5, `re` loses characters where such a group fails halfway (CPython issue 106052)."""
    samples = {code: sample.paragraph for code, sample in language_samples().items()}
    command = [sys.executable, "-W", "ignore", "-c", RECORDER]
    result = subprocess.run(command, cwd=ROOT, input=json.dumps(samples), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    patterns = json.loads(result.stdout.splitlines()[-1])
    modules = {module for module, _, _ in patterns}
    assert {"nutgraf.summarizer.reading.words", "nutgraf.summarizer.reading.boundaries", "nutgraf.formats.xml"} <= modules
    assert [(module, each) for module, each, flags in patterns if repeats_groups_possessively(each, flags)] == []

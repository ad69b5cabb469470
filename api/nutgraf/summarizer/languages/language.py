"""Detects languages, and reads language files, `<code>.toml` (docs/adding-a-language.md describes the entries).

A language is split in one of three ways: with a Punkt model (NLTK's, or that of a similar language), with one of sumy's own
tokenizers, or by general rules: sentences end at the marks of their script, words are runs of letters.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Any, Literal

from py3langid.langid import MODEL_FILE, LanguageIdentifier

Splitter = Literal["punkt", "sumy", "generic"]

# The file of what all languages share: agencies, marks of wires and of the web.
COMMON = "common"
ALIASES = {"no": "nb", "iw": "he", "in": "id", "fil": "tl", "cmn": "zh", "yue": "zh", "wuu": "zh", "arb": "ar"}
DEFAULT = "en"
# How many characters of a text are passed to the detector, which takes 0.3 ms. 200 are enough for 99% of the paragraphs of
# six news sets in four languages (tests/unit/summarizer/languages/test_language.py).
DETECTED_CHARACTERS = 600
# With fewer letters, the detector often confuses similar languages.
RELIABLE_LETTERS = 40


# A decorator that caches the results of functions of a language, for this many languages, more than have a file. It is
# bounded because a client may name any language, and the data of one without a file takes 40 KB.
per_language = lru_cache(128)


@dataclass(frozen=True, slots=True)
class Language:
    """A language and the contents of its file.

    `name` is sumy's and NLTK's name if they know the language. `model` names a Punkt model, `snowball` the stemmer to use
    instead of sumy's. `spaced` is false if words are written without spaces. `tables` has the sections of the file by
    name.
    """

    code: str
    name: str
    splitter: Splitter
    model: str | None = None
    spaced: bool = True
    snowball: str | None = None
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False, compare=False)

    def text(self, section: str, name: str) -> str:
        """Returns an entry that is one string; "" if the file does not have it."""
        return str(self.tables.get(section, {}).get(name, ""))

    def words(self, section: str, name: str) -> frozenset[str]:
        """Returns the words of an entry, which are separated by white space."""
        return frozenset(self.text(section, name).split())

    def patterns(self, section: str, name: str) -> Sequence[str]:
        """Returns an entry that is a list of regular expressions or phrases; empty if the file does not have it."""
        entries: Sequence[str] = self.tables.get(section, {}).get(name, ())
        return entries


@dataclass(frozen=True, slots=True)
class Detected:
    """The detected language of a text, and whether the text is long enough for a reliable result."""

    code: str
    reliable: bool


@lru_cache(maxsize=256)
def primary(tag: str) -> str:
    """Returns the code of the language file for a BCP 47 tag: "pt" for "pt-BR", "nb" for "no"."""
    subtag = tag.replace("_", "-").split("-")[0].lower()
    return ALIASES.get(subtag, subtag)


@per_language
def language(tag: str) -> Language:
    """Returns the language of a BCP 47 tag; a language without a file is split by general rules."""
    code = primary(tag)
    return _read(code) if code in codes() else Language(code, code, "generic")


@cache
def common() -> Language:
    """Returns the entries that all languages share, as a language."""
    return Language(COMMON, COMMON, "generic", tables=_tables(COMMON))


@cache
def codes() -> frozenset[str]:
    """Returns the codes of all languages that have a file."""
    names = (entry.name for entry in files(__package__).iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml")) - {COMMON}


@cache
def all_languages() -> Sequence[Language]:
    """Returns all languages that can be detected, sorted by code."""
    return tuple(language(code) for code in sorted(codes()) if _tables(code).get("detected", True))


@cache
def everywhere(section: str, name: str) -> frozenset[str]:
    """Returns the union of the words of an entry over all language files, as written there."""
    return frozenset().union(*(language(code).words(section, name) for code in codes()))


def any_of(patterns: Sequence[str], flags: re.RegexFlag) -> re.Pattern[str]:
    r"""Returns a pattern that `search` finds in a text if, and only if, it finds one of the patterns there.

    It takes about half the time of their alternation: those for the start of the text are tried once, and those that begin
    with `\b` only at the ends of words. Which of the patterns matches, and where, may differ.
    """
    groups: dict[str, list[str]] = {"^": [], r"\b": [], "": []}
    for pattern in patterns:
        prefix = next(prefix for prefix in groups if pattern.startswith(prefix) and not (prefix and _has_branches(pattern)))
        groups[prefix].append(pattern.removeprefix(prefix))
    anchored, at_words, others = groups.values()
    return re.compile(
        "|".join(
            [
                *([rf"\A(?:{'|'.join(anchored)})"] if anchored else []),
                *([rf"\b(?:{'|'.join(at_words)})"] if at_words else []),
                *others,
            ]
        ),
        flags,
    )


# The characters that mark groups and branches of a pattern; an escape or a set is skipped as one item.
_STRUCTURE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]?|[()|]")


def _has_branches(pattern: str) -> bool:
    """Whether a pattern has a "|" outside all groups."""
    depth = 0
    for match in _STRUCTURE.finditer(pattern):
        depth += (match[0] == "(") - (match[0] == ")")
        if match[0] == "|" and not depth:
            return True
    return False


def detect(text: str) -> Detected:
    """Returns the most likely language of a text; DEFAULT, not reliable, for a text without letters."""
    beginning = " ".join(text[: 2 * DETECTED_CHARACTERS].split())[:DETECTED_CHARACTERS]
    letters = sum(map(str.isalpha, beginning))
    if not letters:
        return Detected(DEFAULT, reliable=False)
    code, _ = _identifier().classify(beginning)
    return Detected(primary(code), letters >= RELIABLE_LETTERS)


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    enabled = {*(entry.code for entry in all_languages()), "no"}
    identifier.set_languages(sorted(enabled & set(identifier.labels)))
    return identifier


@per_language
def _tables(code: str) -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / f"{code}.toml").read_text(encoding="utf-8"))


def _read(code: str) -> Language:
    tables = _tables(code)
    model, tokenizer_module = tables.get("punkt"), tables.get("sumy_tokenizer")
    splitter: Splitter = "generic"
    if model:
        splitter = "punkt"
    elif tokenizer_module == "" or (tokenizer_module and find_spec(tokenizer_module)):
        splitter = "sumy"
    sections = {name: value for name, value in tables.items() if isinstance(value, dict)}
    return Language(code, tables["name"], splitter, model, tables.get("spaced", True), tables.get("snowball"), sections)

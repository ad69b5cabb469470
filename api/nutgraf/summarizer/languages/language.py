"""Text -> language, and all that its file tells of it.

A language is a file, `<code>.toml`: docs/adding-a-language.md tells what stands in it. It is served in one of three ways:
with a Punkt model (NLTK's, or another language's that is written much like it), with one of sumy's own tokenizers, or by
the generic path: sentences end at the marks of their script, words are runs of letters.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from typing import Any, Literal

from py3langid.langid import MODEL_FILE, LanguageIdentifier

Splitter = Literal["punkt", "sumy", "generic"]

# What every language shares: agencies, the marks of wires and of the web.
COMMON = "common"
ALIASES = {"no": "nb", "iw": "he", "in": "id", "fil": "tl", "cmn": "zh", "yue": "zh", "wuu": "zh", "arb": "ar"}
DEFAULT = "en"
# The detector is asked about so much of a text; 200 characters are enough for 99% of the paragraphs of six news sets in
# four languages (tests/unit/summarizer/languages/test_language.py), at 0.3 ms.
DETECTED_CHARACTERS = 600
# Below so many letters a guess is a coin toss between neighbours.
SURE_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Language:
    """A language as the steps see it: `name` is sumy's where sumy knows it; `model` is Punkt's.

    `snowball` names the stemmer to use instead of sumy's; `tables` are the sections of its file.
    """

    code: str
    name: str
    splitter: Splitter
    model: str | None = None
    spaced: bool = True
    snowball: str | None = None
    tables: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, repr=False, compare=False)

    def text(self, section: str, name: str) -> str:
        """An entry that is one string; empty where the file has none."""
        return str(self.tables.get(section, {}).get(name, ""))

    def words(self, section: str, name: str) -> frozenset[str]:
        """An entry whose words are set apart by white space."""
        return frozenset(self.text(section, name).split())

    def patterns(self, section: str, name: str) -> Sequence[str]:
        """An entry that is a list of regular expressions or phrases."""
        found: Sequence[str] = self.tables.get(section, {}).get(name, ())
        return found


@dataclass(frozen=True, slots=True)
class Detected:
    """The language of a text, and whether the text is long enough to be sure."""

    code: str
    sure: bool


def primary(tag: str) -> str:
    """The primary subtag of a BCP 47 tag as the files are named: "pt-BR" is "pt", "no" is "nb"."""
    subtag = tag.replace("_", "-").split("-")[0].lower()
    return ALIASES.get(subtag, subtag)


@cache
def language(tag: str) -> Language:
    """What is known of the language of a BCP 47 tag; one without a file gets the generic path."""
    code = primary(tag)
    return _read(code) if code in codes() else Language(code, code, "generic")


@cache
def common() -> Language:
    """What every language shares, as if it were one."""
    return Language(COMMON, COMMON, "generic", tables=_tables(COMMON))


@cache
def codes() -> frozenset[str]:
    """The codes of all languages that have a file."""
    names = (entry.name for entry in files(__package__).iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml")) - {COMMON}


@cache
def languages() -> Sequence[Language]:
    """All languages that detection can name, by code."""
    return tuple(language(code) for code in sorted(codes()) if _tables(code).get("detected", True))


@cache
def everywhere(section: str, name: str) -> frozenset[str]:
    """The words that an entry has in any language."""
    return frozenset().union(*(language(code).words(section, name) for code in codes()))


def detect(text: str) -> Detected:
    """The language that a text is most likely written in."""
    start = " ".join(text[: 2 * DETECTED_CHARACTERS].split())[:DETECTED_CHARACTERS]
    letters = sum(map(str.isalpha, start))
    if not letters:
        return Detected(DEFAULT, sure=False)
    code, _ = _identifier().classify(start)
    return Detected(primary(code), letters >= SURE_LETTERS)


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    wanted = {*(each.code for each in languages()), "no"}
    identifier.set_languages(sorted(wanted & set(identifier.labels)))
    return identifier


@cache
def _tables(code: str) -> Mapping[str, Any]:
    return tomllib.loads((files(__package__) / f"{code}.toml").read_text(encoding="utf-8"))


def _read(code: str) -> Language:
    tables = _tables(code)
    model, module = tables.get("punkt"), tables.get("sumy_tokenizer")
    splitter: Splitter = "generic"
    if model:
        splitter = "punkt"
    elif module == "" or (module and find_spec(module)):
        splitter = "sumy"
    sections = {name: value for name, value in tables.items() if isinstance(value, dict)}
    return Language(code, tables["name"], splitter, model, tables.get("spaced", True), tables.get("snowball"), sections)

"""Text -> language, and what can be done for it.

A language is served in one of three ways: with a Punkt model (19 of NLTK's, and those that sumy serves with
another's model), with one of sumy's own tokenizers, or by the generic path: sentences end at the marks of their
script, words are runs of letters.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from py3langid.langid import MODEL_FILE, LanguageIdentifier

Splitter = Literal["punkt", "sumy", "generic"]

# BCP 47 primary subtag -> the model's name in NLTK's punkt_tab, which is also sumy's name of the language.
PUNKT_MODELS = {
    "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "et": "estonian", "fi": "finnish", "fr": "french", "it": "italian", "ml": "malayalam", "nb": "norwegian",
    "nl": "dutch", "pl": "polish", "pt": "portuguese", "ru": "russian", "sl": "slovene", "sv": "swedish",
    "tr": "turkish",
}  # fmt: skip
# Written so much like another that its model serves: Slovak is sumy's alias, Nynorsk is ours.
BORROWED_MODELS = {"sk": "czech", "nn": "norwegian"}
# Languages of sumy's own word tokenizers, each with the module that it needs (see the extras in pyproject.toml).
SUMY_TOKENIZERS = {
    "ar": ("arabic", "pyarabic"), "he": ("hebrew", "hebrew_tokenizer"), "ja": ("japanese", "tinysegmenter"),
    "th": ("thai", "pythainlp"), "uk": ("ukrainian", None), "zh": ("chinese", "jieba"),
}  # fmt: skip
# Served by the generic path, and told from one another by the detector. Small relatives of the languages above
# (Galician, Occitan, Afrikaans, Serbo-Croatian's variants) are left out: they would be guessed on short text.
GENERIC = {
    "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "fa": "Persian", "gu": "Gujarati", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "ka": "Georgian", "kk": "Kazakh",
    "km": "Khmer", "kn": "Kannada", "ko": "Korean", "lo": "Lao", "lt": "Lithuanian", "lv": "Latvian",
    "mr": "Marathi", "my": "Burmese", "ne": "Nepali", "pa": "Punjabi", "ro": "Romanian", "si": "Sinhala",
    "sr": "Serbian", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tl": "Tagalog", "ur": "Urdu",
    "vi": "Vietnamese",
}  # fmt: skip
NO_SPACES = frozenset({"ja", "km", "lo", "my", "th", "zh"})
ALIASES = {"no": "nb", "iw": "he", "in": "id", "fil": "tl", "cmn": "zh", "yue": "zh", "wuu": "zh", "arb": "ar"}
DEFAULT = "en"
# The detector is asked about so much of a text; 200 characters are enough for 99% of the paragraphs of six news sets in
# four languages (tests/unit/summarizer/languages/test_language.py), at 0.3 ms.
DETECTED_CHARACTERS = 600
# Below so many letters a guess is a coin toss between neighbours.
SURE_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Language:
    """A language as the steps see it: `name` is sumy's where sumy knows it; `model` is Punkt's."""

    code: str
    name: str
    splitter: Splitter
    model: str | None = None
    spaced: bool = True


@dataclass(frozen=True, slots=True)
class Detected:
    """The language of a text, and whether the text is long enough to be sure."""

    code: str
    sure: bool


def primary(tag: str) -> str:
    """The primary subtag of a BCP 47 tag as this module writes it: "pt-BR" is "pt", "no" is "nb"."""
    subtag = tag.replace("_", "-").split("-")[0].lower()
    return ALIASES.get(subtag, subtag)


@cache
def language(tag: str) -> Language:
    """What can be done for a BCP 47 tag; an unknown one gets the generic path."""
    code = primary(tag)
    if code in PUNKT_MODELS:
        return Language(code, PUNKT_MODELS[code], "punkt", PUNKT_MODELS[code])
    if code in BORROWED_MODELS:
        name = {"sk": "slovak", "nn": "norwegian"}[code]
        return Language(code, name, "punkt", BORROWED_MODELS[code])
    if code in SUMY_TOKENIZERS and _importable(SUMY_TOKENIZERS[code][1]):
        return Language(code, SUMY_TOKENIZERS[code][0], "sumy", spaced=code not in NO_SPACES)
    name = SUMY_TOKENIZERS[code][0] if code in SUMY_TOKENIZERS else GENERIC.get(code, code)
    return Language(code, name.lower(), "generic", spaced=code not in NO_SPACES)


def languages() -> list[Language]:
    """All languages that detection can name, by code."""
    return [language(code) for code in sorted({*PUNKT_MODELS, *BORROWED_MODELS, *SUMY_TOKENIZERS, *GENERIC})]


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
    wanted = {*PUNKT_MODELS, *BORROWED_MODELS, *SUMY_TOKENIZERS, *GENERIC, "no"}
    identifier.set_languages(sorted(wanted & set(identifier.labels)))
    return identifier


def _importable(module: str | None) -> bool:
    from importlib.util import find_spec

    return module is None or find_spec(module) is not None

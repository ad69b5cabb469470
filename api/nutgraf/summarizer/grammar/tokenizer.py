"""Splits text into words as the treebanks have them: not those of `reading.words`, which count and compare.

A word that is written as one is one word, even if grammar treats it as two ("du", "im", "dá-lo"). English splits "do" and
"n't".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..languages.language import language as language_of
from ..languages.language import per_language

Span = tuple[int, int]

# Longer words are not split: that would take more than linear time.
LONGEST_APART = 40

_LETTER = r"[^\W\d_]"
# A number, with marks between its digits; an hour or a date.
_NUMBER = r"\d+(?:[.,:/]\d+)*"
# Each alternative starts at a different kind of character or fails within its word: time is linear.
_PATTERN = rf"""
    (?:https?://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’]
  | [\w.+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+
  | BEFORE
  | [@\#]\w+
  | (?:{_LETTER}\.){{2,}}(?:{_LETTER}(?!\w))?
  | NUMBER
  | \w+(?:[JOINED]\w+)*(?:\.(?![.\w]))?
  | \.\.+ | ([-!?*=_~’'])\1+ | ([!?])[!?]+
  | ''|<<+|>>+ | \S
"""


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of one language.

    `joined`: characters that hold letters together. `before`: patterns that come first. `number`: the pattern of numbers.
    `apart`: cuts a word that has a mark, at the start of its group. `whole`: words that it leaves alone. `pieces`: where to
    cut words without a mark.
    """

    joined: str
    number: str = _NUMBER
    before: str = r"(?!)"
    apart: str | None = None
    whole: frozenset[str] = frozenset()
    pieces: Mapping[str, int] = field(default_factory=dict)


_ENGLISH = _Rules(
    joined="'’&._",
    number=rf"\d{{3}}-\d{{3}}-\d{{4}}|{_NUMBER}(?:st|nd|rd|th|s|['’]s)(?!\w)|{_NUMBER}",
    # Clitics that stand alone; prefixes that are not words stay with their word.
    before=r"(?i:['’](?:s|re|ve|ll|d|m)(?!\w)|n['’]t(?!\w)"
    r"|(?:e|co|non|anti|pre|pro|re|semi|mid|ex|multi|mini|pan|sub|ultra|neo|quasi|cross|post)-\w+(?:['’]\w+)?)",
    apart=r".*\w(?:(n['’]t)|(['’](?:s|re|ve|ll|d|m)))",
    pieces={"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3},
)
_RULES = {
    "en": _ENGLISH,
    "fr": _Rules(
        joined="'’&._-",
        before=r"[nN]°|°\w+|J\.-C\.|[hH](?=\d)|-t-(?:ils?|elles?|on)(?!\w)",
        number=r"\d{1,3}(?:[ \xa0\u202f]\d{3})+(?!\d)|\d+(?:er|re|e|ème)(?!\w)|\d+(?:[.,:/-]\d+)*",
        apart=r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](\w.*)"
        r"|.*?\w(-(?:t-)?(?:il|elle|on|ils|elles)|-(?:je|tu|nous|vous|ce|moi|toi|en))",
        whole=frozenset("l'on c'est-à-dire rendez-vous".split()),
    ),
    "de": _Rules(
        joined="'’&._",
        before=r"``|['’]s(?!\w)|[!?]",
        number=rf"{_NUMBER}(?:{_LETTER}+|\.(?=\s+{_LETTER}))?",
    ),
    "es": _Rules(
        joined="'’&._/-",
        number=r"\d{1,3}(?:[ \xa0]\d{3})+(?!\d)|\d+(?:[.,:/-]\d+)*(?:\w+)?",
        before=r"['’]s(?!\w)|[nN]\.[°º]",
        apart=r".*\w([²³])",
    ),
    "pt": _Rules(joined="'’&._-", before=r"\w{1,4}\$", number=r"\d+(?:[.,:/-]\d+)*(?:ª|º|h\d*|\.[ªº])?"),
}


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A language's rules, ready to use."""

    pattern: re.Pattern[str]
    apart: re.Pattern[str] | None
    whole: frozenset[str]
    pieces: Mapping[str, int]
    abbreviations: frozenset[str]
    before_numbers: frozenset[str]


def tokenize(text: str, language: str) -> list[Span]:
    """Start and end of each word and mark, in code points; all between them is white space."""
    rules = _compiled(language)
    spans: list[Span] = []
    end_of_text = len(text.rstrip())
    for match in rules.pattern.finditer(text):
        start, end = match.span()
        word = match.group()
        if word.isalpha():
            cut = rules.pieces.get(word.lower()) if rules.pieces else None
            spans.extend([(start, start + cut), (start + cut, end)] if cut else [(start, end)])
            continue
        stop = (
            word[-1] == "."
            and len(word) > 1
            and word[0] != "."
            and not _abbreviates(word[:-1], text[end : end + 2], end == end_of_text, rules)
        )
        spans.extend(_apart(text, start, end - stop, rules))
        if stop:
            spans.append((end - 1, end))
    return spans


def _abbreviates(word: str, after: str, last: bool, rules: _Compiled) -> bool:
    """Whether a full stop belongs to the word before it. That at the end of a sentence does not, but for "U.S."."""
    if "." in word:
        return True
    if last:
        return False
    lower = word.lower()
    if lower in rules.abbreviations or lower.isdigit() or len(word) == 1:  # digits: a German ordinal
        return True
    return lower in rules.before_numbers and after[1:].isdigit()


def _apart(text: str, start: int, end: int, rules: _Compiled) -> Iterator[Span]:
    if rules.apart and 2 < end - start <= LONGEST_APART:
        found = rules.apart.fullmatch(text, start, end)
        if found and text[start:end].lower().replace("’", "'") not in rules.whole:
            cut = found.start(found.lastindex or 0)
            yield from _apart(text, start, cut, rules)
            if text[cut].isalnum():
                yield from _apart(text, cut, end, rules)
            else:
                yield cut, end
            return
    yield start, end


@per_language
def _compiled(language: str) -> _Compiled:
    rules = _RULES.get(language, _ENGLISH)
    tables = language_of(language)
    pattern = _PATTERN.replace("BEFORE", rules.before).replace("NUMBER", rules.number).replace("JOINED", rules.joined)
    return _Compiled(
        re.compile(pattern, re.VERBOSE),
        re.compile(rules.apart, re.IGNORECASE) if rules.apart else None,
        rules.whole,
        rules.pieces,
        tables.words("sentences", "abbreviations") | tables.words("sentences", "titles"),
        tables.words("sentences", "before_numbers"),
    )

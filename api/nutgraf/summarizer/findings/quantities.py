"""Sentence -> the quantities in it, with value, kind and qualifier.

Numbers that are not quantities are ignored: dates, times, ages, ordinals, scores, and names that contain a number. Numerals
in words are read in English; numbers in digits are read in every language that writes them in the English way.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORD_VALUES = {word: value for value, word in enumerate(_UNITS.split())} | {
    word: 10 * value for value, word in enumerate(_TENS.split(), 2)
}  # fmt: skip
SPELLED = frozenset(
    {*WORD_VALUES, "dozen", "hundred"} | {f"{tens}-{unit}" for tens in _TENS.split() for unit in _UNITS.split()[1:10]}
)
SCALES = {
    "hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12,
    "k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
QUALIFIERS = {
    "at least": "at least", "no fewer than": "at least", "no less than": "at least", "more than": "more than",
    "over": "more than",
    "at most": "at most", "up to": "at most", "as many as": "at most", "fewer than": "less than", "less than": "less than",
    "under": "less than", "about": "about", "around": "about", "some": "about", "roughly": "about", "approximately": "about",
    "an estimated": "about", "nearly": "nearly", "almost": "nearly", "close to": "nearly",
}  # fmt: skip
CURRENCIES = {"$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
CURRENCY_WORDS = {
    "dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "pound": "GBP", "pounds": "GBP", "yen": "JPY",
}  # fmt: skip
MONTHS = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sept sep oct nov dec"
).split()
_words = "|".join([*WORD_VALUES, "a dozen", "dozen", "hundred"])
_NUMERAL = re.compile(
    r"(?P<currency>US\$|[$€£¥])?\s?"
    r"(?P<number>(?<![\w.,/:\-–])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,/:\-–])\d+(?:\.\d+)?"
    r"|(?<![\w-])(?:" + _words + r")(?:[\s-](?:" + _words + r"))*)"
    r"(?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|dozen|mn|bn|tn|k|m)(?![\w]))?"
    r"(?P<percent>\s?%|\s(?:percent|per\scent)\b)?"
    r"(?![\w/:]|[.,]\d|[-–]\w|(?:st|nd|rd|th)\b)",
    re.IGNORECASE,
)
# Searched only before a number that was found; searching it everywhere would take most of the time.
_QUALIFIER = re.compile(r"\b(" + "|".join(sorted(QUALIFIERS, key=len, reverse=True)) + r")\s+$", re.IGNORECASE)
_MAX_QUALIFIER_CHARACTERS = max(map(len, QUALIFIERS)) + 3
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# A number after one of these words is part of a name, a date, or a position in a list.
_NAME_WORDS_BEFORE_NUMBER = frozenset(
    "flight route highway interstate room number no nos article section chapter page act phase level grade boeing airbus "
    "apollo type unit platform gate line pier car bus train aged age since until by version model section".split()
)
_AGO = re.compile(
    r"^\s+(?:years?|months?|weeks?|days?|hours?|minutes?)\s+(?:ago|earlier|later|before|after|old)\b", re.IGNORECASE
)
_CLOCK = re.compile(r"^\s*(?:[ap]\.?m\b|o'clock|gmt\b|utc\b)", re.IGNORECASE)


class Quantity(NamedTuple):
    """A quantity at `text[start:end]` of its sentence, including its qualifier.

    `kind` is "percent", a currency code or "count". `qualifier` is one of the values of QUALIFIERS, or None.
    """

    value: float
    kind: str
    qualifier: str | None
    start: int
    end: int


def quantities(text: str) -> Iterator[Quantity]:
    """Yields the quantities of a sentence in the order of the text.

    Scales are applied ("2.1 million" is 2,100,000), and qualifiers are normalized ("no fewer than" is "at least"). Offsets
    are code points in `text`.
    """
    for match in _NUMERAL.finditer(text):
        value = _value(match["number"], match["scale"])
        if value is None or _is_no_quantity(text, match):
            continue
        after = _WORD.match(text, match.end() + 1)
        currency = CURRENCIES.get((match["currency"] or "").lower()) or (
            CURRENCY_WORDS.get(after[0].lower()) if after else None
        )
        kind = "percent" if match["percent"] else currency or "count"
        start = match.start() + (len(match[0]) - len(match[0].lstrip()))
        qualified = _QUALIFIER.search(text, max(0, start - _MAX_QUALIFIER_CHARACTERS), start)
        qualifier = QUALIFIERS[" ".join(qualified[1].lower().split())] if qualified else None
        yield Quantity(value, kind, qualifier, qualified.start() if qualified else start, match.end())


def _value(number: str, scale: str | None) -> float | None:
    factor = SCALES.get((scale or "").lower(), 1.0)
    if number[0].isdigit():
        return float(number.replace(",", "")) * factor
    total = 0.0
    words = re.split(r"[\s-]", number.lower())
    if words == ["a"]:
        return None
    for word in words:
        if word in SCALES:
            total = max(total, 1) * SCALES[word]
        elif word in WORD_VALUES:
            total += WORD_VALUES[word]
    return total * factor


def _is_no_quantity(text: str, match: re.Match[str]) -> bool:
    before = _WORD.findall(text[max(0, match.start("number") - 25) : match.start("number")])
    previous = before[-1] if before else ""
    after = _WORD.match(text, match.end() + 1)
    following = after[0].lower() if after else ""
    bare = not (match["currency"] or match["percent"] or match["scale"])
    if not bare:
        return False
    if following in MONTHS or (previous.lower() in MONTHS and match["number"].isdigit()):
        return True
    if previous.lower() in _NAME_WORDS_BEFORE_NUMBER or _CLOCK.match(text[match.end() :]) or _AGO.match(text[match.end() :]):
        return True
    if match["number"].isdigit() and _YEAR.fullmatch(match["number"]) and following not in ("people", "passengers"):
        return True
    if match["number"].lower() == "one" or following in ("year-old", "years"):
        return True
    apart = text[: match.start("number")].rstrip()[-1:] == "," and text[match.end() : match.end() + 1] in (",", "")
    if apart:  # "Ada Quill, 42, said"
        return True
    # "Boeing 737", "Pier 9": a capitalized name before a bare number, where no sentence begins.
    gap = text[: match.start("number")]
    return (
        match["number"].isdigit()
        and previous[:1].isupper()
        and gap.endswith(f"{previous} ")
        and len(before) > 1
        and not following
    )

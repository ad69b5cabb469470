"""Finds the quantities in a sentence, with value, kind and qualifier.

Numbers in digits are read as the language writes them ("1.234" is 1,234 in German), numbers in words by text2num. Numbers
that are clearly no quantities are left out: dates, times, ordinals, years, parts of words, and numbers after words such as
"flight" ("Flight 370"). Whether another number is part of a name is decided later, on the tree of the sentence.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from text_to_num import text2num

from nutgraf.summarizer.findings.figures.words import FigureWords, figure_words
from nutgraf.summarizer.languages.language import Language, language, per_language
from nutgraf.summarizer.text_cache import TextCache

# Signs of currencies, longest first.
CURRENCIES = {
    "US$": "USD", "R$": "BRL", "C$": "CAD", "A$": "AUD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR",
}  # fmt: skip
# The longest number in words that is recognized: "two hundred and forty-five thousand".
MAX_NUMERAL_WORDS = 8
# A qualifier ("at least") and the word before a number are searched in this many characters before the number.
_QUALIFIER_CHARACTERS = 25
# The last character before a number, apart from spaces, is searched in this many characters.
_SPACE_CHARACTERS = 3
_SIGN = "|".join(map(re.escape, CURRENCIES))
_SPACE = r"[ \xa0\u202f]"
_NUMBER = {
    # By whether the language has a decimal comma. If it has, "2.5" is a decimal too, because some of its countries write so.
    False: r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?",
    True: rf"\d{{1,3}}(?:(?:[.'’]|{_SPACE})\d{{3}})+(?:,\d+)?|\d+(?:[,.]\d{{1,2}})?",
}
_DIGITS = {
    comma: re.compile(
        rf"(?P<sign>{_SIGN})?{_SPACE}?(?<![\w.,/:'’\-–])(?P<number>{number})"
        rf"(?:{_SPACE}?(?P<second_mark>[-–:]){_SPACE}?(?P<second>\d{{1,3}})(?![\w,.:-]\d|[\w-]))?"
        rf"(?:(?P<letters>(?<=\d)(?:bn|mn|tn|k|m|M)(?=€|\b))|{_SPACE}(?P<millions>M|Md)(?={_SPACE}?€))?(?![\w/:]|[.,]\d|[-–]\d)"
    )
    for comma, number in _NUMBER.items()
}
_DIGIT = re.compile(r"\d")
_LETTERS = {"k": 3, "m": 6, "mn": 6, "bn": 9, "tn": 12}
_WORD = re.compile(r"[^\W\d_]+(?:[-.'’][^\W\d_]+)*\.?")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w’'-]*"


class Quantity(NamedTuple):
    """A quantity of a sentence.

    `text[start:end]` is the quantity with its qualifier, `text[number:stop]` without it: "at least $3 million" and
    "$3 million". `kind` is "percent", a currency code, "count" or "pair". A pair is a score, or the votes for and against:
    `value` is the first of its two numbers and `second` the other. `qualifier` is one of the values of the contract, or
    None. `exact` is the precision of the number as written: 100,000 for "2.1 million".
    """

    value: float
    kind: str
    qualifier: str | None
    start: int
    end: int
    number: int
    stop: int
    exact: float
    second: float | None = None


class Age(NamedTuple):
    """An age at `text[start:end]`. `name` is the last two words of the person's name, as written."""

    value: float
    name: str
    start: int
    end: int


def is_numeral(word: str, code: str) -> bool:
    """Returns whether a word is a number above one, written in letters: "two", "dozen"."""
    return _numerals[word, code]


def _is_numeral(word_and_code: tuple[str, str]) -> bool:
    word, code = word_and_code
    return _values_of_words[word.lower(), code] > 1


_numerals = TextCache(_is_numeral)


def quantities(text: str, language_tag: str, *, in_words: bool = True) -> Iterator[Quantity]:
    """Yields the quantities of a sentence in the order of the text. Without `in_words`, only those in digits: that is fast.

    A value includes its scale: "2.1 million" is 2,100,000. Qualifiers are those of the contract: "no fewer than" becomes
    "at least". Offsets are code points in `text`.
    """
    words, language_file = figure_words(language_tag), language(language_tag)
    spelled = _in_words(text, words) if in_words else ()
    in_digits = _in_digits(text, words, language_file) if _DIGIT.search(text) else ()
    found = sorted([*in_digits, *spelled], key=lambda each: each.number)
    between = _between_votes(words.code)
    position = 0
    while position < len(found):
        one = found[position]
        other = found[position + 1] if position + 1 < len(found) else None
        if other and one.kind == other.kind == "count" and between.fullmatch(text, one.stop, other.number):
            yield one._replace(kind="pair", end=other.stop, stop=other.stop, second=other.value)
            position += 2
        else:
            yield one
            position += 1


@per_language
def _between_votes(code: str) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{language(code).text('figures', 'between_votes') or '(?!)'})\s+")


def ages(text: str, language_tag: str) -> Iterator[Age]:
    """Yields the ages next to names: "Ada Quill, 42," and "42-year-old Ada Quill"."""
    pattern = _age_pattern(language_tag)
    for match in pattern.finditer(text):
        group = "age" if match["age"] else "age_first"
        name = match["name"] or match["name_after"]
        yield Age(float(match[group]), name, match.start(group), match.end(group))


@per_language
def _age_pattern(language_tag: str) -> re.Pattern[str]:
    language_file = language(language_tag)
    opens, closes = language_file.text("figures", "age_opens"), language_file.text("figures", "age_closes")
    before_name = language_file.text("figures", "age_before_name") or "(?!)"
    return re.compile(
        rf"(?P<name>{_NAME} {_NAME})(?:, {opens}| \()(?P<age>\d{{1,2}})(?:{closes}(?=[,.)]|$)|{before_name}(?=[ ,]))"
        rf"|(?<!\d)(?P<age_first>\d{{1,2}}){before_name} (?P<name_after>{_NAME} {_NAME})"
    )


def _in_digits(text: str, words: FigureWords, language_file: Language) -> Iterator[Quantity]:
    for match in _DIGITS[words.decimal_comma].finditer(text):
        number, second = match["number"], match["second"]
        if words.decimal_comma:
            digits = re.sub(r"['’ \xa0\u202f]", "", number)
            digits = re.sub(r"[.](?=\d{3})", "", digits).replace(",", ".")
        else:
            digits = number.replace(",", "")
        decimals = len(digits.partition(".")[2])
        if second is not None:
            is_time = match["second_mark"] == ":" and (
                not words.word_is("score_colon", "true")
                or second.startswith("0")
                or _is_time(text, match.end("second"), words)
            )
            if match["sign"] or decimals or len(number) > 3 or is_time:
                continue
            yield _quantity(text, words, float(digits), "pair", match.start("number"), match.end("second"), 1, float(second))
            continue
        scale = _LETTERS.get((match["letters"] or "").lower(), 0)
        if scale and not match["sign"] and len(match["letters"]) == 1 and text[match.end() : match.end() + 1] != "€":
            continue  # metres
        if match["millions"]:
            scale = 6 if match["millions"] == "M" else 9
        end = match.end() if scale else match.end("number")
        power, end = _scale(text, end, words)
        scale += power
        kind, end = _kind(text, end, words)
        if match["sign"]:
            kind = CURRENCIES[match["sign"]]
        start = match.start("sign") if match["sign"] else match.start("number")
        is_bare = kind == "count" and not scale and not decimals
        if is_bare and _is_no_quantity(text, match.start("number"), end, number, words, language_file):
            continue
        yield _quantity(text, words, float(digits) * 10**scale, kind, start, end, _step(digits, decimals, scale))


def _is_time(text: str, end: int, words: FigureWords) -> bool:
    after = _WORD.match(text, end + 1)
    return after is not None and words.word_is("not_counted", _lower(after))


def _step(digits: str, decimals: int, scale: int) -> float:
    """The precision of a number as written: 0.1 for "5.4", 10,000 for "40,000"."""
    zeros = len(digits) - len(digits.rstrip("0")) if not decimals else 0
    return float(10.0 ** (scale - decimals + zeros))


def _in_words(text: str, words: FigureWords) -> Iterator[Quantity]:
    tokens = [match for match in _WORD.finditer(text) if not match[0].endswith(".") or match.end() == len(text)]
    position = 0
    while position < len(tokens):
        if not is_numeral(_lower(tokens[position]), words.code):
            position += 1
            continue
        first, last, value = _longest_numeral(text, tokens, position, words)
        position = last + 1
        lower = _lower(tokens[first])
        previous = _lower(tokens[first - 1]) if first else ""
        if words.word_is("indefinite", lower):
            continue
        if lower in words.scales or lower in words.numbers:
            if text[max(0, tokens[first].start() - _SPACE_CHARACTERS) : tokens[first].start()].rstrip()[-1:].isdigit():
                continue
            if not words.word_is("articles", previous) and not words.word_is("bare_scales", lower):
                continue
        start, end = tokens[first].start(), tokens[last].end() - tokens[last][0].endswith(".")
        power, end = _scale(text, end, words)
        if last + 1 < len(tokens) and _lower(tokens[last + 1]) in words.numbers and not power:  # "two dozen"
            last += 1
            value, end = value * words.numbers[_lower(tokens[last])], tokens[last].end()
            position = last + 1
        elif words.word_is("half", _lower(tokens[first - 2])) if first > 1 else False:
            start, value = tokens[first - 2].start(), value / 2
        elif words.word_is("articles", previous) and (lower in words.scales or lower in words.numbers):
            start = tokens[first - 1].start()
        kind, end = _kind(text, end, words)
        found = _quantity(text, words, value * 10**power, kind, start, end, 10.0**power)
        if lower in words.approximate and not found.qualifier:
            found = found._replace(qualifier="about")
        yield found


def _longest_numeral(text: str, tokens: list[re.Match[str]], first: int, words: FigureWords) -> tuple[int, int, float]:
    """The longest run of words from `first` that is one number, and its value."""
    best = first, first, _values_of_words[_lower(tokens[first]), words.code]
    for last in range(first + 1, min(first + MAX_NUMERAL_WORDS, len(tokens))):
        between = text[tokens[last - 1].end() : tokens[last].start()]
        if between.strip():
            break
        lower = _lower(tokens[last])
        if not _values_of_words[lower, words.code] and not words.word_is("and", lower):
            break
        run = " ".join(_lower(token) for token in tokens[first : last + 1])
        if value := _values_of_words[run, words.code]:
            best = first, last, value
    return best


def _lower(token: re.Match[str]) -> str:
    return token[0].rstrip(".").lower()


def _value_of_words(run_and_code: tuple[str, str]) -> float:
    """The value of a number in words; 0 if the words are no number."""
    run, code = run_and_code
    words = figure_words(code)
    if run in words.numbers:
        return float(words.numbers[run])
    if not words.events:
        return 0.0
    try:
        return float(text2num(run, code))
    except ValueError:
        return 0.0


_values_of_words = TextCache(_value_of_words)


def _scale(text: str, end: int, words: FigureWords) -> tuple[int, int]:
    """The power of ten of the word that follows a number, and where that word ends."""
    after = _WORD.match(text, end + 1) if text[end : end + 1] in (" ", "\xa0", "\u202f", "-") else None
    if after is None:
        return 0, end
    power = words.scales.get(after[0].lower()) or words.scales.get(_lower(after))
    if power is None:
        return 0, end
    return power, after.end() if after[0].lower() in words.scales else after.end() - after[0].endswith(".")


def _kind(text: str, end: int, words: FigureWords) -> tuple[str, int]:
    """The kind of a quantity by the unit after its number, and where that unit ends; "count" if there is no unit."""
    match = _percent(words.code).match(text, end)
    if match:
        return "percent", match.end()
    match = _AFTER_SIGN.match(text, end)
    if match:
        return CURRENCIES[match["sign"]], match.end()
    match = _currency(words.code).match(text, end)
    if match:
        return words.currencies[match["word"].lower()], match.end()
    return "count", end


_AFTER_SIGN = re.compile(rf"{_SPACE}?(?P<sign>[€£$])(?!\w)")


@per_language
def _percent(code: str) -> re.Pattern[str]:
    phrases = language(code).text("figures", "percent") or "(?!)"
    return re.compile(rf"{_SPACE}?%|[\s-](?:{phrases})(?!\w)", re.IGNORECASE)


@per_language
def _currency(code: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, figure_words(code).currencies)) or "(?!)"
    return re.compile(rf"[\s-](?:de |d['’])?(?P<word>{names})(?!\w)", re.IGNORECASE)


def _quantity(
    text: str, words: FigureWords, value: float, kind: str, start: int, end: int, exact: float, second: float | None = None
) -> Quantity:
    qualified = words.qualifier_pattern.search(text, max(0, start - _QUALIFIER_CHARACTERS), start)
    qualifier = words.qualifier_of.get(" ".join(qualified[1].lower().split())) if qualified else None
    qualified_start = qualified.start(1) if qualified and qualifier else start
    return Quantity(value, kind, qualifier, qualified_start, end, start, end, exact, second)


def _is_no_quantity(text: str, start: int, end: int, number: str, words: FigureWords, language_file: Language) -> bool:
    """Whether a bare number is no quantity.

    These are left out: parts of dates, years, 0 and 1, times, numbers after words such as "flight" or "page", ordinals, and
    numbers between two commas, which are ages or parts of lists.
    """
    before = _WORD.search(text, text.rfind(" ", max(0, start - _QUALIFIER_CHARACTERS), max(0, start - 1)) + 1, start)
    after = _WORD.match(text, end + 1) if text[end : end + 1] in (" ", "-", "\xa0") else None
    previous, following = (_lower(each) if each else "" for each in (before, after))
    months = language_file.words("calendar", "months")
    if following in months or previous in months or (words.word_is("of", following) and _next(text, after) in months):
        return True
    if _YEAR.fullmatch(number) or float(number.replace(",", "").replace(".", "") or 0) < 2 if number.isdigit() else False:
        return True
    if words.word_is("not_counted", following) or words.word_is("names_before", previous):
        return True
    if number.isdigit() and text[end : end + 1] == "." and words.word_is("ordinal_stop", "true") and text[end:].strip(". "):
        return True
    return text[max(0, start - _SPACE_CHARACTERS) : start].rstrip()[-1:] == "," and text[end : end + 1] == ","


def _next(text: str, word: re.Match[str] | None) -> str:
    after = _WORD.match(text, word.end() + 1) if word else None
    return _lower(after) if after else ""

"""Finds the names in a text without a tree, by its capitals alone."""

import re
from collections.abc import Iterator, Sequence

from nutgraf.summarizer.findings.names.name_words import (
    AND,
    CURRENCIES,
    MAX_ACRONYM_LETTERS,
    MAX_NAME_WORDS,
    Name,
    NameRules,
    continues_institution,
    dateline_city_words,
    day_words,
    is_title,
    month_words,
    name_rules,
    picture_credits,
)
from nutgraf.summarizer.languages.language import per_language, primary

_UPPER = "".join(character for character in map(chr, range(0x41, 0x2000)) if character.isupper())
_CAPITAL_WORD = rf"(?:[{_UPPER}]\.)+[{_UPPER}]?|[{_UPPER}](?:[\w&’'-]*\w)?"
_WORD_BEFORE = re.compile(r"([^\W\d_]{1,15}['’]?)\s{0,3}$")
_POSSESSIVE = re.compile(r"['’]s$")


@per_language
def _runs(code: str) -> re.Pattern[str]:
    particles = "|".join(sorted(map(re.escape, name_rules(code).particles))) or "(?!)"
    return re.compile(rf"(?<![\w])(?:{_CAPITAL_WORD})(?: (?:(?:{particles})[ -]){{0,2}}(?:{_CAPITAL_WORD}))*")


@per_language
def _fields(code: str) -> re.Pattern[str]:
    """What completes the head of a name: "of Justice" after "Department"."""
    links = "|".join(sorted(map(re.escape, name_rules(code).links - AND - name_rules(code).articles))) or "(?!)"
    return re.compile(rf" (?:{links}) (?:{_CAPITAL_WORD})")


def names_by_capitals(text: str, tag: str) -> Iterator[Name]:
    """Yields the runs of words in capitals in a text, without titles, articles and days; for text without a tree.

    A single word that opens a sentence is not among them, and nothing is if the language has capitals for all nouns.
    """
    rules = name_rules(primary(tag))
    if rules.capital_nouns:
        return
    first_letter = next((position for position, character in enumerate(text) if character.isalnum()), 0)
    for match in _runs(primary(tag)).finditer(text):
        words = match.group().split(" ")
        owner = next((number for number, word in enumerate(words) if _POSSESSIVE.search(word)), len(words) - 1)
        words = [_POSSESSIVE.sub("", word) for word in words[: owner + 1]]
        opens = match.start() == first_letter
        before = _WORD_BEFORE.search(text[max(0, match.start() - 20) : match.start()])
        has_article = bool(before) and before[1].lower() in rules.articles  # type: ignore[index]
        kept = _words_before_name(words, rules, opens=opens)
        if kept and words[kept - 1].lower() in rules.articles:
            has_article = True
        elif kept:
            has_article = False
        elif len(words) > 2 and words[0].lower() in rules.departments:  # "Secretary of State Ada Marsh"
            kept = int(_is_of_office(text[max(0, match.start() - 40) : match.start()], rules))
        if len(words) - kept > 2 and words[kept].lower() == words[-1].lower():  # "Marsh Ada Marsh"
            kept += 1
        start = match.start() + sum(len(word) + 1 for word in words[:kept])
        left = words[kept:]
        if not left or (opens and not kept and len(left) == 1) or (len(left) == 1 and left[0].lower() in month_words()):
            continue
        if text[match.end() : match.end() + 1] in CURRENCIES:  # "US$"
            continue
        name = " ".join(left)
        if left[-1].lower() in rules.wholes and (field := _fields(primary(tag)).match(text, start + len(name))):
            name += field.group()
        if suffix := rules.suffix.search(name):
            name = name[: suffix.start()]
        if len(name) > 1 and len(left) <= MAX_NAME_WORDS:
            yield Name(name, start, start + len(name), has_article)


def _words_before_name(words: Sequence[str], rules: NameRules, *, opens: bool) -> int:
    """How many of the words in capitals are titles, days, articles, or no part of the name for another reason."""
    credit = picture_credits().match(" ".join(words))
    kept = credit.group().count(" ") + 1 if credit else 0
    if opens:
        kept = max(kept, dateline_city_words([word.lower() for word in words], rules))
    is_label = rules.lower_case_parts and len(words) > 2 and not opens and re.fullmatch(_LABEL, words[0])
    if is_label and not any(word.isupper() for word in words[1:]):
        kept = 1
    for number, word in enumerate(words):
        lower = word.lower().rstrip(".")
        follows = number == kept
        is_title_after = follows and number > 0 and lower in rules.titles_after  # "Attorney General Ada Marsh"
        is_small = follows and (lower in rules.stop_words or (number > 0 and word.islower()))
        is_compound = follows and opens and bool(_LOWER_AFTER_MARK.search(word))  # "Nine-year-old Ada", "L'ex-maire Ada"
        ends_name = number > kept and (number == len(words) - 1 or words[number - 1].lower() in rules.articles)  # "Le Maire"
        of_institution = number + 1 < len(words) and continues_institution(words[number + 1].lower(), rules)
        is_title_before = is_title(lower, rules) and not ends_name and not of_institution
        if is_title_before or lower in day_words() or is_title_after or is_small or is_compound:
            kept = number + 1
    return kept


_LABEL = rf"[{_UPPER}]{{2,{MAX_ACRONYM_LETTERS}}}"
_LOWER_AFTER_MARK = re.compile(r"[-'’][^\W\d_A-ZÀ-Þ]{2,}(?:-[^\W\d_A-ZÀ-Þ]+)*$")


def _is_of_office(before: str, rules: NameRules) -> bool:
    """Whether a text ends in an office that the words after it complete: "Secretary of" before "State Ada Marsh"."""
    words = re.findall(r"[\w-]+['’]?", before.lower())
    links = 0
    while links < min(len(words), 3) and words[-1 - links] in rules.links | rules.particles:
        links += 1
    return 0 < links < len(words) and before[-1:].isspace() | (before[-1:] in "'’") and words[-1 - links] in rules.titles

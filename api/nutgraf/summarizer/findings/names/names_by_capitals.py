"""Finds the names in a text that has no parse tree, by capitals and word lists."""

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
_ACRONYM = rf"[{_UPPER}]{{2,{MAX_ACRONYM_LETTERS}}}"
_LOWER_CASE_AFTER_HYPHEN = re.compile(r"[-'’][^\W\d_A-ZÀ-Þ]{2,}(?:-[^\W\d_A-ZÀ-Þ]+)*$")
_POSSESSIVE = re.compile(r"['’]s$")


@per_language
def _runs(code: str) -> re.Pattern[str]:
    particles = "|".join(sorted(map(re.escape, name_rules(code).particles))) or "(?!)"
    return re.compile(rf"(?<![\w])(?:{_CAPITAL_WORD})(?: (?:(?:{particles})[ -]){{0,2}}(?:{_CAPITAL_WORD}))*")


@per_language
def _completion(code: str) -> re.Pattern[str]:
    """The pattern of a phrase that completes a name: " of Justice" after "Department"."""
    links = "|".join(sorted(map(re.escape, name_rules(code).links - AND - name_rules(code).articles))) or "(?!)"
    return re.compile(rf" (?:{links}) (?:{_CAPITAL_WORD})")


def names_by_capitals(text: str, language_tag: str) -> Iterator[Name]:
    """Yields the runs of capitalized words in a text, without titles, articles and days.

    A single word at the start of the text is left out. Yields nothing for a language that capitalizes all nouns.
    """
    rules = name_rules(primary(language_tag))
    if rules.capital_nouns:
        return
    first_letter = next((position for position, character in enumerate(text) if character.isalnum()), 0)
    for match in _runs(primary(language_tag)).finditer(text):
        words = match.group().split(" ")
        last = next((number for number, word in enumerate(words) if _POSSESSIVE.search(word)), len(words) - 1)
        words = [_POSSESSIVE.sub("", word) for word in words[: last + 1]]
        opens = match.start() == first_letter
        before = _WORD_BEFORE.search(text[max(0, match.start() - 20) : match.start()])
        has_article = bool(before) and before[1].lower() in rules.articles  # type: ignore[index]
        skipped = _words_before_name(words, rules, opens=opens)
        if skipped and words[skipped - 1].lower() in rules.articles:
            has_article = True
        elif skipped:
            has_article = False
        elif len(words) > 2 and words[0].lower() in rules.departments:  # "Secretary of State Ada Marsh"
            skipped = int(_ends_in_office(text[max(0, match.start() - 40) : match.start()], rules))
        if len(words) - skipped > 2 and words[skipped].lower() == words[-1].lower():
            skipped += 1  # the first word of "Marsh Ada Marsh"
        start = match.start() + sum(len(word) + 1 for word in words[:skipped])
        name_words = words[skipped:]
        is_single = len(name_words) == 1
        if not name_words or (is_single and ((opens and not skipped) or name_words[0].lower() in month_words())):
            continue
        if text[match.end() : match.end() + 1] in CURRENCIES:  # "US$"
            continue
        name = " ".join(name_words)
        completion = _completion(primary(language_tag)).match(text, start + len(name))
        if completion and name_words[-1].lower() in rules.wholes:
            name += completion.group()
        if suffix := rules.suffix.search(name):
            name = name[: suffix.start()]
        if len(name) > 1 and len(name_words) <= MAX_NAME_WORDS:
            yield Name(name, start, start + len(name), has_article)


def _words_before_name(words: Sequence[str], rules: NameRules, *, opens: bool) -> int:
    """How many words are before the name: all words up to the last that is a title, a day, an article, or no name."""
    credit = picture_credits().match(" ".join(words))
    skipped = credit.group().count(" ") + 1 if credit else 0
    if opens:
        skipped = max(skipped, dateline_city_words([word.lower() for word in words], rules))
    is_affiliation = rules.lower_case_parts and len(words) > 2 and not opens and re.fullmatch(_ACRONYM, words[0])
    if is_affiliation and not any(word.isupper() for word in words[1:]):
        skipped = 1
    for number, word in enumerate(words):
        lower = word.lower().rstrip(".")
        is_next = number == skipped
        is_title_after = is_next and number > 0 and lower in rules.titles_after  # "Attorney General Ada Marsh"
        is_stop_word = is_next and (lower in rules.stop_words or (number > 0 and word.islower()))
        # "Nine-year-old Ada", "L'ex-maire Ada"
        is_hyphenated = is_next and opens and bool(_LOWER_CASE_AFTER_HYPHEN.search(word))
        follows_article = number > 0 and words[number - 1].lower() in rules.articles  # "Le Maire"
        ends_name = number > skipped and (number == len(words) - 1 or follows_article)
        of_institution = number + 1 < len(words) and continues_institution(words[number + 1].lower(), rules)
        is_title_before = is_title(lower, rules) and not ends_name and not of_institution
        if is_title_before or lower in day_words() or is_title_after or is_stop_word or is_hyphenated:
            skipped = number + 1
    return skipped


def _ends_in_office(before: str, rules: NameRules) -> bool:
    """Whether a text ends in an office that the words after it complete: "Secretary of" before "State Ada Marsh"."""
    words = re.findall(r"[\w-]+['’]?", before.lower())
    links = 0
    while links < min(len(words), 3) and words[-1 - links] in rules.links | rules.particles:
        links += 1
    return 0 < links < len(words) and before[-1:].isspace() | (before[-1:] in "'’") and words[-1 - links] in rules.titles

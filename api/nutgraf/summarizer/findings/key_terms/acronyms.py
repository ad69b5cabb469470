"""Finds the names that acronyms stand for: "CCTV" for "Calder Central Television", "Incor" for "Instituto do Coração".

`full_names.introduced_acronyms` reads long forms word by word. This module compares acronyms with names that are already
found, so an acronym may have letters from inside a word, or come from another language if a text introduces it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from nutgraf.summarizer.findings.key_terms.candidate import Candidate
from nutgraf.summarizer.findings.names.full_names import normalize_name
from nutgraf.summarizer.findings.names.name_words import AND, name_rules
from nutgraf.summarizer.languages.language import primary

# An acronym of fewer letters has only initials if no text introduces it.
MIN_UNEXPLAINED_LETTERS = 3
# A word in lower case with fewer letters has no initial in an acronym: "to".
MIN_LETTERS = 3
# Letters that an acronym may take from inside each word, on average, if a text introduces it.
MAX_LETTERS_OF_A_WORD = 3
_BRACKETED = re.compile(r"\((?P<short>[^\W\d_a-z][^\W\d_]{1,9})(?:-[A-Z]{2})?\)")


def bracketed_acronyms(texts: Iterable[str], names: Sequence[Candidate]) -> dict[str, str]:
    """Returns, for each acronym in brackets after one of the names, as `normalize_name` writes it, that name.

    Its letters are those of the name, or the name is an institution's and begins with the same letter: "Partido dos
    Trabalhadores do Curdistão (PKK)". A party after a member's name is no acronym of the name.
    """
    found: dict[str, str] = {}
    texts = [text for text in texts if "(" in text]
    by_length = sorted(names, key=lambda each: (-len(each.text), each.key))
    for text in texts:
        for match in _BRACKETED.finditer(text):
            short, before = normalize_name(match["short"]), text[: match.start()].rstrip()
            name = next((each for each in by_length if before.endswith(each.text)), None)
            if name is not None and (abbreviates(short, name) or _is_of_institution(short, name)):
                found.setdefault(short, name.text)
    return found


def unexplained_acronyms(acronyms: Sequence[Candidate], names: Sequence[Candidate]) -> dict[str, str]:
    """Returns, for each acronym in capitals that can be short for only one of the names, that name."""
    found: dict[str, str] = {}
    for acronym in acronyms:
        short = normalize_name(acronym.text)
        if not (acronym.text.isupper() and acronym.text.isalpha()):
            continue
        longest = 1 if len(short) < MIN_UNEXPLAINED_LETTERS else 2
        fitting = [each for each in names if abbreviates(short, each, longest)]
        if len(fitting) == 1:
            found[short] = fitting[0].text
    return found


def abbreviates(short: str, name: Candidate, longest: int = MAX_LETTERS_OF_A_WORD) -> bool:
    """Returns whether a word in lower case has the initials of a name, in order, with letters of its words between them.

    `longest` is how many letters of a word there may be, on average. After Schwartz and Hearst (2003).
    """
    whole = list(_content_words(name))
    # Many acronyms omit the words after "and": "CDC" for "Centers for Disease Control and Prevention".
    parts = [whole, list(_content_words(name, until_and=True))]
    return any(len(words) > 1 and len(short) <= longest * len(words) and _fits(short, words) for words in parts)


def small_words(name: Candidate) -> frozenset[str]:
    """Returns the links, particles and articles of a name's language."""
    rules = name_rules(primary(name.language))
    return rules.links | rules.particles | rules.articles


def _content_words(name: Candidate, *, until_and: bool = False) -> Iterator[str]:
    small = small_words(name)
    for word in name.text.replace("-", " ").split():
        if until_and and word in AND:
            return
        plain = normalize_name(word)
        is_small = word.lower() in small or (word.islower() and len(word) < MIN_LETTERS and not name.text.islower())
        if plain and not is_small:
            # "U.N." has two initials.
            yield from plain if word.count(".") > 1 else (plain,)


def _fits(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters occur in the words in order: the first of each word, then perhaps others of it."""
    if not words:
        return not letters
    if not letters or letters[0] != words[0][0]:
        return False
    rest = iter(words[0][1:])
    for taken in range(1, len(letters) + 1):
        if _fits(letters[taken:], words[1:]):
            return True
        if taken < len(letters) and letters[taken] not in rest:
            return False
    return False


def _is_of_institution(short: str, name: Candidate) -> bool:
    first = normalize_name(name.text.split()[0])
    institutions = name_rules(primary(name.language)).institutions
    return " " in name.text and short[0] == first[0] and name.text.split()[0].lower() in institutions and short.isalpha()

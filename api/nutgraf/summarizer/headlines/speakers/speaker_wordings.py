"""Shortens the wordings of an attribution, to leave more of the slot to the claim.

Editors write "WHO said" where the story itself uses the acronym, "official said" for "official told the newspaper", and
"police said" for "according to police".
"""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nutgraf.summarizer.headlines.clauses.word_classes import SECTION, WordClasses
from nutgraf.summarizer.headlines.speakers.person_names import MAX_CHARACTERS
from nutgraf.summarizer.languages.language import language, per_language

# Acronyms of two letters are found in "the EU"; those of longer names have at most this many.
MAX_LETTERS = 6
_SMALL_WORD = re.compile(r"(?!the$|a$|an$)[a-zà-ÿ'’]{1,4}")


class _Verbs(NamedTuple):
    """Verbs with a listener and what replaces both; the words before a source and the verb that replaces them."""

    replies: dict[str, str]
    before_source: str
    after_source: str


def shorter_wordings(speakers: Sequence[str], story: str, classes: WordClasses) -> tuple[str, ...]:
    """Returns the wordings of an attribution with further ones, the longest first.

    `story` is the text of the article, which must use an acronym before a wording does.
    """
    found = dict.fromkeys(speakers)
    found |= dict.fromkeys(short for phrase in speakers for short in _with_acronyms(phrase, story[:MAX_CHARACTERS]))
    found |= dict.fromkeys(short for phrase in list(found) for short in _without_listener(phrase, classes))
    return tuple(sorted(found, key=lambda phrase: -len(phrase)))


def _with_acronyms(phrase: str, story: str) -> Iterator[str]:
    """The phrase with the acronym of its longest name, if the story has that: "CDC" of "Centers for Disease Control"."""
    words = phrase.split(" ")
    for first, last in _names(words):
        initials = "".join(word[0] for word in words[first : last + 1] if word[0].isupper())
        short = next((letters for letters in (initials, initials[:-1]) if _is_used(letters, story)), "")
        if short and (short == initials or words[last - 1] in ("and", "et", "y", "e", "und")):
            yield " ".join([*words[:first], short, *words[last + 1 :]])
            if first == 1 and words[0].lower() in ("the", "a"):
                yield " ".join([short, *words[last + 1 :]])
            return


def _names(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yields the first and last positions of names of two and more capital words, the longest name first.

    A name may have small words between its capital words.
    """
    capital = [position for position, word in enumerate(words) if word[:1].isupper() and word[-1:].isalpha()]
    runs: list[list[int]] = []
    for position in capital:
        between = words[runs[-1][-1] + 1 : position] if runs else []
        if runs and len(between) <= 1 and all(_SMALL_WORD.fullmatch(word) for word in between):
            runs[-1].append(position)
        else:
            runs.append([position])
    for run in sorted(runs, key=len, reverse=True):
        if 2 <= len(run) <= MAX_LETTERS:
            yield run[0], run[-1]


def _is_used(letters: str, story: str) -> bool:
    return len(letters) >= 2 and letters.isupper() and re.search(rf"(?<![\w-]){letters}(?![\w-])", story) is not None


def _without_listener(phrase: str, classes: WordClasses) -> Iterator[str]:
    """ "official said" for "official told the newspaper"; "police said" for "according to police" """
    verbs = _verbs(classes.code)
    words = phrase.split(" ")
    told = next((position for position, word in enumerate(words) if position and word in verbs.replies), 0)
    if told:
        yield " ".join([*words[:told], verbs.replies[words[told]]])
    elif verbs.before_source and phrase.startswith(f"{verbs.before_source} "):
        source = phrase.removeprefix(f"{verbs.before_source} ")
        if _speaks(source.split(" "), classes):
            yield f"{source} {verbs.after_source}"


def _speaks(source: Sequence[str], classes: WordClasses) -> bool:
    """Whether a source is a person or an office, and no document: "police", "Ada Marsh", but not "court records"."""
    lower = {word.lower() for word in source}
    if lower & classes.written_sources or any("'" in word or "’" in word for word in source[-1:]):
        return False
    person = any(one[:1].isupper() and other[:1].isupper() for one, other in pairwise(source))
    return person or bool(lower & (classes.officials | classes.offices))


def verbs_with_listener(code: str) -> Container[str]:
    """Returns the verbs of saying that have a listener, such as "told"."""
    return _verbs(code).replies.keys()


@per_language
def _verbs(code: str) -> _Verbs:
    entries = language(code)
    source = list(entries.patterns(SECTION, "source_as"))
    replies = (pair.split(" ") for pair in entries.patterns(SECTION, "told_as"))
    return _Verbs(dict(replies), *(source or ("", "")))

"""Sentences -> their form: whether a sentence depends on the one before it, is a question, or is a fragment.

A summary quotes sentences without their context. "He said it would close" is unclear without the sentence that names him.
The opening words in the language files identify such sentences; languages without them have none.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from nutgraf.summarizer.languages.language import language
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.paragraphs import ENDS_AS_SENTENCE
from nutgraf.summarizer.reading.words import SentenceWords

# A sentence with fewer words is a heading with a full stop, or an exclamation.
FRAGMENT_WORDS = 6
_QUESTION_END = re.compile(r"[?？؟;][\"'”’»)\s]*$")


class Form(NamedTuple):
    """The properties of a sentence that selection uses. A fragment is short, or has no end mark, as list items do."""

    depends_on_previous: bool
    asks: bool
    fragment: bool


class _BackwardPointers(NamedTuple):
    """The openings that refer to the previous sentence: words, words before certain verbs, phrases."""

    openers: frozenset[str]
    pointing: frozenset[str]
    pointing_verbs: frozenset[str]
    phrases: re.Pattern[str] | None


def forms(sentences: Sequence[Sentence], words: Sequence[SentenceWords], languages: Sequence[str]) -> list[Form]:
    """Returns the form of each sentence; `languages` has the language of each article.

    The first sentence of an article depends on none.
    """
    pointers_by_article = [_backward_pointers(code) for code in languages]
    return [
        Form(
            depends_on_previous=sentence.index > 0
            and _depends_on_previous(sentence.text, sentence_words.tokens, pointers_by_article[sentence.article]),
            asks=_QUESTION_END.search(sentence.text) is not None,
            fragment=len(sentence_words.tokens) < FRAGMENT_WORDS or ENDS_AS_SENTENCE.search(sentence.text[-20:]) is None,
        )
        for sentence, sentence_words in zip(sentences, words, strict=True)
    ]


def _depends_on_previous(text: str, tokens: Sequence[str], pointers: _BackwardPointers) -> bool:
    if not tokens:
        return False
    first = tokens[0].lower()
    if first in pointers.openers:
        return True
    if first in pointers.pointing:
        return len(tokens) > 1 and tokens[1].lower() in pointers.pointing_verbs
    return pointers.phrases is not None and pointers.phrases.match(text) is not None


@cache
def _backward_pointers(code: str) -> _BackwardPointers:
    language_file = language(code)
    phrases = language_file.text("discourse", "phrases")
    return _BackwardPointers(
        language_file.words("discourse", "openers"),
        language_file.words("discourse", "pointing"),
        language_file.words("discourse", "pointing_verbs"),
        re.compile(rf"(?:{phrases})\b", re.I) if phrases else None,
    )

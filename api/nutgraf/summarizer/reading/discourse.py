"""How a sentence stands in its text: whether it leans on the one before it, and whether it asks.

A summary quotes sentences out of their place. "He said it would close" says nothing without the sentence that names
him; the opening words in the languages' files tell such sentences. In languages without them none is told.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from nutgraf.summarizer.languages.language import language
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.paragraphs import ENDS_AS_SENTENCE
from nutgraf.summarizer.reading.words import SentenceWords

# A sentence of fewer words is a heading with a full stop, or an exclamation; one that no mark ends is an item of a list.
FRAGMENT_WORDS = 6
_ASKS = re.compile(r"[?？؟;][\"'”’»)\s]*$")


class Form(NamedTuple):
    """What the selection asks of a sentence."""

    depends_on_previous: bool
    asks: bool
    fragment: bool


class _Backward(NamedTuple):
    """What points back at the head of a sentence: words, words before a verb, phrases."""

    openers: frozenset[str]
    pointing: frozenset[str]
    pointing_verbs: frozenset[str]
    phrases: re.Pattern[str] | None


def forms(sentences: Sequence[Sentence], words: Sequence[SentenceWords], languages: Sequence[str]) -> list[Form]:
    """The form of each sentence; `languages` are the articles'. The first sentence of an article leans on none."""
    backward = [_backward(code) for code in languages]
    return [
        Form(
            depends_on_previous=sentence.index > 0
            and _depends_on_previous(sentence.text, its.tokens, backward[sentence.article]),
            asks=_ASKS.search(sentence.text) is not None,
            fragment=len(its.tokens) < FRAGMENT_WORDS or ENDS_AS_SENTENCE.search(sentence.text[-20:]) is None,
        )
        for sentence, its in zip(sentences, words, strict=True)
    ]


def _depends_on_previous(text: str, tokens: Sequence[str], of: _Backward) -> bool:
    if not tokens:
        return False
    first = tokens[0].lower()
    if first in of.openers:
        return True
    if first in of.pointing:
        return len(tokens) > 1 and tokens[1].lower() in of.pointing_verbs
    return of.phrases is not None and of.phrases.match(text) is not None


@cache
def _backward(code: str) -> _Backward:
    of_language = language(code)
    phrases = of_language.text("discourse", "phrases")
    return _Backward(
        of_language.words("discourse", "openers"),
        of_language.words("discourse", "pointing"),
        of_language.words("discourse", "pointing_verbs"),
        re.compile(rf"(?:{phrases})\b", re.I) if phrases else None,
    )

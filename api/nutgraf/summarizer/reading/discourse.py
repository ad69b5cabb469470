"""Finds the form of sentences: whether one depends on the previous sentence, is a question, or is a fragment.

A summary quotes sentences without their context. "He said it would close" is unclear without the sentence that names him.
The opening words in the language files identify such sentences; languages without them have none.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.languages.language import language, per_language
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.paragraphs import ENDS_AS_SENTENCE
from nutgraf.summarizer.reading.words import SentenceWords

# A sentence with fewer words is a heading with a full stop, or an exclamation.
FRAGMENT_WORDS = 6
# The number of characters that contain the first words of a text.
OPENING = 80
_QUESTION_END = re.compile(r"[?？؟;][\"'”’»)\s]*$")
# The marks of a list, and a sentence that announces what follows it: "She named three:".
_LIST_MARK = re.compile(
    r"(?:[•*·▪●■◦‣–-]|--)\s|\(?\d{1,2}[.)]\s|[a-z]\)\s|"
    r"(?:[^\W\d_]{2,7} ){0,2}[$€£]?\d[\d., ]*%?(?: [^\W\d_]+)? ?[–—-]{1,2} (?=[^\W\d_a-zß-öø-ÿ])"
)
_ANNOUNCES = re.compile(r"(?:[:：][.\"'”’»)\s]*|(?:\.\.\.|…)[\"'”’»)\s]*)$")

# They prevent a line break between two words.
_NO_BREAK_SPACES = "\u00a0\u202f"


class Form(NamedTuple):
    """The properties of a sentence that selection uses.

    - `depends_on_previous`: it opens with a word that refers to the sentence before it.
    - `asks`: it is a question.
    - `fragment`: it is short, or has no end mark.
    - `incomplete`: it has no end mark, is a part of another sentence or of a list, or announces what follows it.
    """

    depends_on_previous: bool
    asks: bool
    fragment: bool
    incomplete: bool = False


class _BackwardPointers(NamedTuple):
    """The openings that refer to the previous sentence: words, words unless certain words follow, phrases."""

    openers: frozenset[str]
    pointing: frozenset[str]
    not_pointing: frozenset[str]
    phrases: re.Pattern[str] | None


def with_plain_spaces(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Returns the sentences with a space for each no-break space of their texts, which keep their lengths.

    The patterns of the language files have plain spaces, but many editors' programs write no-break spaces.
    """
    plain = []
    for sentence in sentences:
        text = sentence.text
        for space in _NO_BREAK_SPACES:
            if space in text:
                text = text.replace(space, " ")
        plain.append(sentence if text is sentence.text else sentence._replace(text=text))
    return plain


def forms(sentences: Sequence[Sentence], words: Sequence[SentenceWords], languages: Sequence[str]) -> list[Form]:
    """Returns the form of each sentence; `languages` has the language of each article.

    The first sentence of an article depends on none.
    """
    pointers_by_article = [_backward_pointers(code) for code in languages]
    return [
        Form(
            depends_on_previous=sentence.index > 0
            and _points_back(sentence.text, sentence_words.tokens, pointers_by_article[sentence.article]),
            asks=_QUESTION_END.search(sentence.text) is not None,
            fragment=len(sentence_words.tokens) < FRAGMENT_WORDS or not ends,
            incomplete=not ends or _is_incomplete(sentence.text),
        )
        for sentence, sentence_words in interruptible(zip(with_plain_spaces(sentences), words, strict=True))
        for ends in (ENDS_AS_SENTENCE.search(sentence.text[-20:]) is not None,)
    ]


def _is_incomplete(text: str) -> bool:
    """Whether a sentence begins in the middle of another one, as an item of a list, or ends before what it announces."""
    first = text[0]
    if first.islower():
        word = text.split(maxsplit=1)[0]
        return word.islower()  # "iPhone" and "al-Quds" are names
    return _LIST_MARK.match(text) is not None or _ANNOUNCES.search(text[-8:]) is not None


# "US" and "IT" are no pronouns.
_NAMES_LIKE_PRONOUNS = frozenset({"US", "IT"})


def points_back(text: str, code: str) -> bool:
    """Returns whether the opening words of a text refer to what is before it, as in "Instead, he left"."""
    return _points_back(text, [word.rstrip(",.") for word in text[:OPENING].split()], _backward_pointers(code))


def _points_back(text: str, tokens: Sequence[str], pointers: _BackwardPointers) -> bool:
    if not tokens:
        return False
    first = tokens[0].lower()
    if first in pointers.openers and tokens[0] not in _NAMES_LIKE_PRONOUNS:
        return True
    if first in pointers.pointing and len(tokens) > 1 and tokens[1].lower() not in pointers.not_pointing:
        return True
    return pointers.phrases is not None and pointers.phrases.match(text) is not None


@per_language
def _backward_pointers(code: str) -> _BackwardPointers:
    language_file = language(code)
    phrases = "|".join(language_file.patterns("discourse", "phrases"))
    return _BackwardPointers(
        language_file.words("discourse", "openers"),
        language_file.words("discourse", "pointing"),
        language_file.words("discourse", "not_pointing"),
        re.compile(rf"(?:{phrases})(?!\w)", re.I) if phrases else None,
    )

"""The errors of the core:

SummaryError
├── NoUsableTextError        no article that may be quoted has a sentence
├── TooManySentencesError    the text has more sentences than the caller allows
├── SentenceRefError         a pinned or banned sentence does not exist, can't be quoted, or does not fit
└── MissingDataError         the tokenizer data of a language is not installed
"""

from nutgraf.errors import NutgrafError


class SummaryError(NutgrafError):
    """The base of all errors that the summarizer raises on purpose."""


class NoUsableTextError(SummaryError):
    """No article that may be quoted has a sentence with a letter or a digit in it."""

    problem_type = "no-usable-text"


class TooManySentencesError(SummaryError):
    """The text has more sentences than the caller allows; the message contains both numbers."""

    problem_type = "too-many-sentences"


class SentenceRefError(SummaryError):
    """A pinned or banned sentence can't be used; the message says which and why."""

    problem_type = "bad-mark"


class MissingDataError(SummaryError):
    """Tokenizer data is not installed; the message says which data, and how to install it."""

    problem_type = "not-ready"

"""What can go wrong in the core, as a tree:

SummaryError
├── NoUsableText        no article that may be quoted has a sentence
├── TooManySentences    the text has more than its caller allows
├── BadMark             a sentence is pinned or banned that is not there, or can't be quoted, or does not fit
└── MissingData         the tokenizer data of a language is not installed
"""


class SummaryError(Exception):
    """Is the root of every error that the summarizer raises on purpose."""


class NoUsableText(SummaryError):
    """Says that no article that may be quoted has a sentence with a letter or a digit in it."""


class TooManySentences(SummaryError):
    """Says how many sentences the text has, and how many it may have."""


class BadMark(SummaryError):
    """Says which pinned or banned sentence can't be, and why."""


class MissingData(SummaryError):
    """Says which tokenizer data is not installed."""

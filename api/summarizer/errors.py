"""What can go wrong in the core, as a tree:

SummaryError
├── NoUsableText    no article of the request has a sentence
└── MissingData     the tokenizer data of a language is not installed
"""


class SummaryError(Exception):
    """Is the root of every error that the summarizer raises on purpose."""


class NoUsableText(SummaryError):
    """Says that no article has a sentence with a letter or a digit in it."""


class MissingData(SummaryError):
    """Says which tokenizer data is not installed."""

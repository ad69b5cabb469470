"""The core: turns articles into an extractive summary with headlines and key terms. It is independent of HTTP."""

from nutgraf.summarizer.errors import MissingDataError, NoUsableTextError, SummaryError, TooManySentencesError
from nutgraf.summarizer.models import Article, HeadlineOptions, Length, Options, SentenceRef, Summary
from nutgraf.summarizer.pipeline import METHOD, summarize, warm_up

__all__ = [
    "METHOD",
    "Article",
    "HeadlineOptions",
    "Length",
    "MissingDataError",
    "NoUsableTextError",
    "Options",
    "SentenceRef",
    "Summary",
    "SummaryError",
    "TooManySentencesError",
    "summarize",
    "warm_up",
]

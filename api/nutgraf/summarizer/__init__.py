"""The core: turns articles into an extractive summary with headlines and key terms. It is independent of HTTP."""

import nutgraf.summarizer.nltk_import  # noqa: F401  # before the modules that import NLTK
from nutgraf.summarizer.errors import MissingDataError, NoUsableTextError, SummaryError, TooManySentencesError
from nutgraf.summarizer.grouping import group
from nutgraf.summarizer.models import Article, Feed, HeadlineOptions, Length, Options, SentenceRef, Story, Summary
from nutgraf.summarizer.pipeline import METHOD, summarize, warm_up

__all__ = [
    "METHOD",
    "Article",
    "Feed",
    "HeadlineOptions",
    "Length",
    "MissingDataError",
    "NoUsableTextError",
    "Options",
    "SentenceRef",
    "Story",
    "Summary",
    "SummaryError",
    "TooManySentencesError",
    "group",
    "summarize",
    "warm_up",
]

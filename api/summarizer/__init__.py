"""The core: articles in, an extractive summary with headlines and key terms out. It knows no web."""

from api.summarizer.errors import MissingData, NoUsableText, SummaryError, TooManySentences
from api.summarizer.models import Article, HeadlineOptions, Length, Options, Summary
from api.summarizer.pipeline import METHOD, summarize, warm_up

__all__ = [
    "METHOD",
    "Article",
    "HeadlineOptions",
    "Length",
    "MissingData",
    "NoUsableText",
    "Options",
    "Summary",
    "SummaryError",
    "TooManySentences",
    "summarize",
    "warm_up",
]

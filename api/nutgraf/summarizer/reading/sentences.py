"""Splits body blocks into sentences, verbatim and in order, and marks quotations."""

import re
from collections.abc import Sequence

from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.models import CleanArticle, Sentence
from nutgraf.summarizer.reading.boundaries import punkt, splitter
from nutgraf.summarizer.reading.quotations import attribution, quotations

__all__ = ["punkt", "split"]

_HAS_WORD = re.compile(r"[^\W_]")


def split(articles: Sequence[CleanArticle]) -> list[Sentence]:
    """Returns the sentences of all articles, in order. A sentence has at least one letter or digit.

    Raises MissingDataError if the data of a Punkt model is not installed.
    """
    return [sentence for position, article in enumerate(articles) for sentence in _split(position, article)]


def _split(position: int, article: CleanArticle) -> list[Sentence]:
    text = article.article.text
    sentence_splitter = splitter(article.language)
    result: list[Sentence] = []
    for block_index, (start, end) in enumerate(article.blocks):
        block = text[start:end]
        quoted = quotations(block)
        for span in interruptible(sentence_splitter.spans(block, quoted)):
            if _HAS_WORD.search(block, *span) is None:
                continue
            is_quoted, unattributed = attribution(block, span, quoted) if quoted.spans else (False, False)
            if block_index in article.quoted_blocks:
                is_quoted = unattributed = True
            start_in_text, end_in_text = start + span.start, start + span.end
            result.append(
                Sentence(
                    text[start_in_text:end_in_text],
                    position,
                    len(result),
                    start_in_text,
                    end_in_text,
                    block_index,
                    is_quoted,
                    unattributed,
                )
            )
    return result

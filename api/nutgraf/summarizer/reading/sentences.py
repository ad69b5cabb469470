"""Body blocks -> sentences, verbatim and in order, each with whether it is quoted."""

import re
from collections.abc import Sequence

from nutgraf.summarizer.models import CleanArticle, Sentence
from nutgraf.summarizer.reading.boundaries import punkt, splitter
from nutgraf.summarizer.reading.quotations import attribution, quotations

__all__ = ["punkt", "split"]

_HAS_WORD = re.compile(r"[^\W_]")


def split(articles: Sequence[CleanArticle]) -> list[Sentence]:
    """The sentences of all articles; one without a letter or digit is none.

    Raises MissingDataError where the data of a Punkt model is not installed.
    """
    return [sentence for position, article in enumerate(articles) for sentence in _split(position, article)]


def _split(position: int, article: CleanArticle) -> list[Sentence]:
    text = article.article.text
    of_language = splitter(article.language)
    found: list[Sentence] = []
    for number, (start, end) in enumerate(article.blocks):
        block = text[start:end]
        quoted = quotations(block)
        for span in of_language.spans(block, quoted):
            if _HAS_WORD.search(block, *span) is None:
                continue
            said, unattributed = attribution(block, span, quoted) if quoted.spans else (False, False)
            if number in article.quoted_blocks:
                said = unattributed = True
            begin, stop = start + span.start, start + span.end
            found.append(Sentence(text[begin:stop], position, len(found), begin, stop, number, said, unattributed))
    return found

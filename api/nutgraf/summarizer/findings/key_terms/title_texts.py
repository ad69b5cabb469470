"""Writes titles as a parser reads them: in the small letters that their words have in the text."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from nutgraf.summarizer.findings.names.name_words import name_rules
from nutgraf.summarizer.grammar import supported
from nutgraf.summarizer.languages.language import primary
from nutgraf.summarizer.models import CleanArticle, Sentence
from nutgraf.summarizer.reading.words import SentenceWords

# A title with more characters is none.
MAX_TITLE_CHARACTERS = 160
# Sentences that show how the words of a title are written.
MAX_READ_SENTENCES = 40
_CAPITALIZED = re.compile(r"(?<![\w.'’-])[^\W\d_a-z][^\W\d_A-Z]+(?![\w’'-])")


class TitleText(NamedTuple):
    """A title, the position of its article, and its language."""

    text: str
    article: int
    language: str


def title_texts(
    articles: Sequence[CleanArticle], sentences: Sequence[Sentence], words: Sequence[SentenceWords], count: int
) -> list[TitleText]:
    """Returns the titles of the first `count` articles with sentences and a title in a language that has a parser.

    Words that the article mostly writes in lower case are in lower case. Titles in capitals are left out.
    """
    tokens_of: dict[int, list[str]] = {}
    for sentence, sentence_words in zip(sentences, words, strict=True):
        tokens = tokens_of.setdefault(sentence.article, [])
        if sentence.index < MAX_READ_SENTENCES:
            tokens += sentence_words.tokens
    found: dict[str, TitleText] = {}
    for position, tokens in tokens_of.items():
        article = articles[position]
        title = " ".join((article.headline or "").split())
        if not title or title.isupper() or len(title) > MAX_TITLE_CHARACTERS or not supported(article.language):
            continue
        found.setdefault(
            title.lower(), TitleText(_in_lower_case(title, article.language, tokens), position, article.language)
        )
        if len(found) == count:
            break
    return list(found.values())


def _in_lower_case(title: str, tag: str, tokens: Sequence[str]) -> str:
    rules = name_rules(primary(tag))
    if rules.capital_nouns:
        return title
    times = Counter(tokens)

    def written(match: re.Match[str]) -> str:
        word, lower = match[0], match[0].lower()
        return lower if lower in rules.stop_words or times[lower] > times[word] else word

    return _CAPITALIZED.sub(written, title)

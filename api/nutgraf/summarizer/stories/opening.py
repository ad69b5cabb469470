"""Reads the titles and opening sentences of articles, which report the main point of the news."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.languages.language import detect, primary
from nutgraf.summarizer.models import Article, CleanArticle, Sentence
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.sentences import split
from nutgraf.summarizer.reading.words import SentenceWords, Words, content_words, text_words

# Maximum number of sentences and of characters of an opening: longer openings become more similar to one another.
# On CSTNews and NeuS, 7 to 15 sentences group equally well, and whole articles in Portuguese worse.
OPENING_SENTENCES = 10
OPENING_CHARACTERS = 3_000


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening of an article: its sentences with their words, and the stems of its title.

    `article` has only the paragraphs of the opening. `sentences` are numbered as in the whole article; their `article` is
    the position in the request. A page whose text could not be read, so that only messages of the site are left, has no
    sentences: two such pages are not one story.
    """

    article: CleanArticle
    sentences: Sequence[Sentence]
    words: Sequence[SentenceWords]
    title: Words


def read_openings(articles: Sequence[Article]) -> list[Opening]:
    """Returns the opening of each article. Raises MissingDataError if tokenizer data is not installed."""
    return [_read(position, article) for position, article in enumerate(interruptible(articles))]


def _read(position: int, article: Article) -> Opening:
    cleaned = clean(article, primary(article.language) if article.language else detect(article.text).code)
    blocks = cleaned.blocks
    last = next(
        (number for number, (_, end) in enumerate(blocks) if end - blocks[0].start >= OPENING_CHARACTERS), len(blocks)
    )
    opening = replace(cleaned, blocks=[] if cleaned.only_links else blocks[: last + 1])
    sentences = [sentence._replace(article=position) for sentence in split([opening])[:OPENING_SENTENCES]]
    words = content_words([sentence._replace(article=0) for sentence in sentences], [cleaned.language])
    title = text_words(cleaned.headline, cleaned.language) if cleaned.headline else ()
    return Opening(opening, sentences, words, title)

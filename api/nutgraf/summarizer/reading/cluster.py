"""Reads the articles of a request: the sentences that may be quoted, with their words and terms.

Sentences of copies and of superseded, withheld or canceled articles may not be quoted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nutgraf.summarizer.errors import NoUsableTextError, TooManySentencesError
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.languages.language import Detected, detect, primary
from nutgraf.summarizer.models import Article, CleanArticle, Sentence
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.near_duplicates import near_duplicates
from nutgraf.summarizer.reading.sentences import split
from nutgraf.summarizer.reading.terms import Terms, number_terms
from nutgraf.summarizer.reading.words import SentenceWords, content_words, word_counts

# The maximum number of lines is this many times that of sentences: wrapped text usually has two lines per sentence.
LINES_PER_SENTENCE = 2


@dataclass(frozen=True, slots=True)
class Cluster:
    """The articles of a request after reading.

    `detected` is None for an article whose language was given. `all_sentences` has the sentences of all articles;
    `sentences`, `words`, `terms` and `word_counts` only those that may be quoted. `article_word_counts` has the number of
    words of each article. `replaced_by` has for each article the position of the copy or rewrite that is used instead,
    or None. `superseded` are the positions of articles with a rewrite, `withheld` those of articles that are withheld,
    canceled, or killed by a notice to editors.
    """

    articles: Sequence[CleanArticle]
    detected: Sequence[Detected | None]
    all_sentences: Sequence[Sentence]
    replaced_by: Sequence[int | None]
    withheld: frozenset[int]
    superseded: frozenset[int]
    sentences: Sequence[Sentence]
    words: Sequence[SentenceWords]
    terms: Terms
    word_counts: Sequence[int]
    article_word_counts: Sequence[int]

    @property
    def languages(self) -> list[str]:
        return [article.language for article in self.articles]

    def quotable(self, article: int) -> bool:
        """Whether an article may be quoted: it is not withheld, and no copy or rewrite is used instead.

        It may have no sentence in `sentences`, if it has only links.
        """
        return self.replaced_by[article] is None and article not in self.withheld


def ignore_step(step: str) -> None:
    """Does nothing; the default of `on_step`."""


def read(
    articles: Sequence[Article], *, on_step: Callable[[str], object] = ignore_step, max_sentences: int | None = None
) -> Cluster:
    """Reads the articles of a request: detects languages, separates boilerplate, splits sentences and finds copies.

    `on_step` is called after each step, with its name. Raises NoUsableTextError if no quotable article has a sentence, and
    TooManySentencesError if all articles together have more than `max_sentences`, or LINES_PER_SENTENCE times as many lines.
    """
    if max_sentences is not None:
        _refuse_too_many_lines(articles, LINES_PER_SENTENCE * max_sentences)
    detected = [None if article.language else detect(article.text) for article in interruptible(articles)]
    cleaned = [
        clean(article, guess.code if guess else primary(article.language or ""))
        for article, guess in zip(articles, detected, strict=True)
    ]
    on_step("clean")
    withheld = frozenset(
        position for position, article in enumerate(cleaned) if article.killed or article.article.status != "usable"
    )
    all_sentences = split(cleaned)
    if max_sentences is not None and len(all_sentences) > max_sentences:
        raise TooManySentencesError(f"The text has {len(all_sentences)} sentences; it may have at most {max_sentences}.")
    on_step("split")
    if not any(sentence.article not in withheld for sentence in all_sentences):
        raise NoUsableTextError(_no_usable_text_detail(has_sentences=bool(all_sentences)))
    languages = [article.language for article in cleaned]
    words = content_words(all_sentences, languages)
    counts = word_counts(all_sentences, words, languages)
    article_counts = [0] * len(articles)
    for sentence, count in zip(all_sentences, counts, strict=True):
        article_counts[sentence.article] += count
    terms = number_terms(words)
    on_step("words")
    latest_rewrites = _latest_rewrites(articles)
    replaced_by = near_duplicates(cleaned, all_sentences, terms, withheld | set(latest_rewrites))
    for superseded, rewrite in latest_rewrites.items():
        replaced_by[superseded] = rewrite
    kept = [
        position
        for position, sentence in enumerate(all_sentences)
        if replaced_by[sentence.article] is None and sentence.article not in withheld
    ]
    # Articles that have only links and messages of a web site are left out, if any other article has sentences.
    kept = [position for position in kept if not cleaned[all_sentences[position].article].only_links] or kept
    if not kept:
        raise NoUsableTextError(_no_usable_text_detail(has_sentences=True))
    sentences = all_sentences
    if len(kept) < len(all_sentences):
        sentences, words, terms = [sentences[i] for i in kept], [words[i] for i in kept], terms.subset(kept)
        counts = [counts[i] for i in kept]
    on_step("copies")
    return Cluster(
        cleaned,
        detected,
        all_sentences,
        replaced_by,
        withheld,
        frozenset(latest_rewrites),
        sentences,
        words,
        terms,
        counts,
        article_counts,
    )


def _refuse_too_many_lines(articles: Sequence[Article], most: int) -> None:
    """Raises TooManySentencesError for too many lines: headings and credits take time, although they are not sentences."""
    lines = sum(1 for article in articles for line in article.text.splitlines() if line and not line.isspace())
    if lines > most:
        raise TooManySentencesError(f"The text has {lines} lines; it may have at most {most}.")


def _latest_rewrites(articles: Sequence[Article]) -> dict[int, int]:
    """Returns the position of the latest rewrite of each superseded article, by the position of that article."""
    positions = {article.id or str(position): position for position, article in enumerate(articles)}
    next_rewrite = {
        positions[article.rewrite_of]: position
        for position, article in enumerate(articles)
        if article.rewrite_of in positions
    }

    def latest(position: int, seen: frozenset[int] = frozenset()) -> int:
        if position not in next_rewrite or position in seen:
            return position
        return latest(next_rewrite[position], seen | {position})

    return {superseded: latest(rewrite, frozenset({superseded})) for superseded, rewrite in next_rewrite.items()}


def _no_usable_text_detail(*, has_sentences: bool) -> str:
    if has_sentences:
        return "Nothing can be quoted: every article that has sentences is withheld, canceled or superseded."
    return "No article has a sentence: a sentence has at least one letter or digit."

"""Articles -> the sentences that may be quoted, with their words and terms.

Left out are copies, articles that another one supersedes, and what a desk withholds or has canceled.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nutgraf.summarizer.errors import NoUsableTextError, TooManySentencesError
from nutgraf.summarizer.languages.language import Detected, detect, primary
from nutgraf.summarizer.models import Article, CleanArticle, Sentence
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.near_duplicates import near_duplicates
from nutgraf.summarizer.reading.sentences import split
from nutgraf.summarizer.reading.terms import Terms, number
from nutgraf.summarizer.reading.words import SentenceWords, content_words


@dataclass(frozen=True, slots=True)
class Cluster:
    """The articles of a request, read.

    `all_sentences` are those of all articles; `sentences`, with their `words` and `terms`, those that may be quoted.
    `canonical` is for each article the position of the copy or rewrite that is used in its place, None where it is used
    itself; `withheld` are positions of articles that may not be quoted, `superseded` of those with a rewrite.
    """

    articles: Sequence[CleanArticle]
    detected: Sequence[Detected | None]
    all_sentences: Sequence[Sentence]
    canonical: Sequence[int | None]
    withheld: frozenset[int]
    superseded: frozenset[int]
    sentences: Sequence[Sentence]
    words: Sequence[SentenceWords]
    terms: Terms

    @property
    def languages(self) -> list[str]:
        return [article.language for article in self.articles]

    def quotable(self, article: int) -> bool:
        """Whether an article speaks for itself and may be quoted."""
        return self.canonical[article] is None and article not in self.withheld


def ignore_step(step: str) -> None:
    """The default of `on_step`: does nothing."""


def read(
    articles: Sequence[Article], *, on_step: Callable[[str], object] = ignore_step, max_sentences: int | None = None
) -> Cluster:
    """Reads the articles of a request; `on_step` is called with each step's name once it is done.

    Raises NoUsableTextError where none that may be quoted has a sentence, TooManySentencesError where they have more than
    `max_sentences`.
    """
    detected = [None if article.language else detect(article.text) for article in articles]
    cleaned = [
        clean(article, guess.code if guess else primary(article.language or ""))
        for article, guess in zip(articles, detected, strict=True)
    ]
    on_step("clean")
    withheld = frozenset(at for at, article in enumerate(cleaned) if article.killed or article.article.status != "usable")
    found = split(cleaned)
    if max_sentences is not None and len(found) > max_sentences:
        raise TooManySentencesError(f"The text has {len(found)} sentences; it may have at most {max_sentences}.")
    on_step("split")
    if not any(sentence.article not in withheld for sentence in found):
        raise NoUsableTextError(_why_none(bool(found)))
    words = content_words(found, [article.language for article in cleaned])
    terms = number(words)
    on_step("words")
    rewrites = _rewrites(articles)
    canonical = near_duplicates(cleaned, found, terms, withheld | set(rewrites))
    for old, new in rewrites.items():
        canonical[old] = new
    kept = [at for at, each in enumerate(found) if canonical[each.article] is None and each.article not in withheld]
    if not kept:
        raise NoUsableTextError(_why_none(True))
    if len(kept) < len(found):
        found_kept, words, terms = [found[at] for at in kept], [words[at] for at in kept], terms.subset(kept)
    else:
        found_kept = found
    on_step("copies")
    return Cluster(cleaned, detected, found, canonical, withheld, frozenset(rewrites), found_kept, words, terms)


def _rewrites(articles: Sequence[Article]) -> dict[int, int]:
    """The position of its latest rewrite for each superseded article."""
    positions = {article.id or str(at): at for at, article in enumerate(articles)}
    direct = {positions[each.rewrite_of]: at for at, each in enumerate(articles) if each.rewrite_of in positions}

    def latest(at: int, seen: frozenset[int] = frozenset()) -> int:
        return latest(direct[at], seen | {at}) if at in direct and at not in seen else at

    return {old: latest(new, frozenset({old})) for old, new in direct.items()}


def _why_none(sentences: bool) -> str:
    if sentences:
        return "No article that may be quoted has a sentence: the others are withheld, canceled or superseded."
    return "No article has a sentence: a sentence has at least one letter or digit."

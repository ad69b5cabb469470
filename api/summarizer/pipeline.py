"""Articles -> Summary: the steps, one after the other."""

from collections import Counter
from collections.abc import Callable, Sequence

from api.summarizer import discourse, ranking
from api.summarizer.cleaning import clean
from api.summarizer.errors import NoUsableText
from api.summarizer.headlines import suggest
from api.summarizer.keywords import key_terms
from api.summarizer.language import Detected, detect, primary
from api.summarizer.models import (
    Article,
    ArticleReport,
    CleanArticle,
    Extract,
    Length,
    Options,
    ScoredSentence,
    Sentence,
    Summary,
)
from api.summarizer.notices import notices
from api.summarizer.ordering import arrange
from api.summarizer.salience import salience
from api.summarizer.selection import select
from api.summarizer.splitting import split
from api.summarizer.syndication import copies
from api.summarizer.terms import number
from api.summarizer.words import content_words, count_words, title_words

METHOD = "lexrank"
DECIMALS = 6


def summarize(articles: Sequence[Article], options: Options | None = None) -> Summary:
    """Summarizes a cluster of articles about one event, or a single article.

    Raises NoUsableText where no article has a sentence, MissingData where tokenizer data is not installed.
    """
    options = options or Options()
    detected = [None if article.language else detect(article.text) for article in articles]
    cleaned = [clean(article, _code(article, guess)) for article, guess in zip(articles, detected, strict=True)]
    found = split(cleaned)
    if not found:
        raise NoUsableText("No article has a sentence: a sentence has at least one letter or digit.")
    found_words = content_words(found, [article.language for article in cleaned])
    found_terms = number(found_words)
    stands = copies(cleaned, found, found_terms)

    usable = [at for at, sentence in enumerate(found) if stands[sentence.article] is None]
    sentences, words = [found[at] for at in usable], [found_words[at] for at in usable]
    forms = discourse.forms(sentences, words, [article.language for article in cleaned])
    terms = found_terms if len(usable) == len(found) else found_terms.among(usable)
    weights = ranking.tf_idf(terms)
    titles = [title for title, stand in zip(title_words(cleaned), stands, strict=True) if stand is None]
    ratings = salience(sentences, forms, weights, ranking.rank(weights), titles)
    scores: list[float] = ratings.tolist()
    cost, budget = _measure(options.length, sentences, cleaned)
    by_sentence = options.length.unit == "sentences"
    chosen = select(sentences, words, terms, forms, ratings, cost, budget, by_sentence=by_sentence)
    told = arrange(chosen, sentences, forms, scores, articles, options.order)
    extract = _extract([sentences[at] for at in told], [scores[at] for at in told], cleaned)
    headlines = suggest(cleaned, stands, sentences, words, terms, scores, options.headlines)
    return Summary(
        summary=extract,
        headlines=headlines,
        keywords=key_terms(words, terms, scores, options.keywords),
        articles=_reports(cleaned, found, stands),
        warnings=tuple(notices(detected, cleaned, found, stands, extract, headlines, options)),
        parameters=dict(ranking.PARAMETERS),
    )


def warm_up() -> None:
    """Loads what the first request would wait for: the language detector, and the English model.

    Raises MissingData where tokenizer data is not installed.
    """
    summarize([Article("The presses are warm. The paper goes out at six.")])


def _code(article: Article, guess: Detected | None) -> str:
    return guess.code if guess else primary(article.language or "")


def _measure(
    length: Length, sentences: Sequence[Sentence], articles: Sequence[CleanArticle]
) -> tuple[Callable[[Sentence], int], int]:
    """What a sentence costs, and what may be spent, in the unit of the length."""

    def words(sentence: Sentence) -> int:
        return count_words(sentence.text, articles[sentence.article].language)

    if length.unit == "sentences":
        return lambda sentence: 1, int(length.value)
    if length.unit == "characters":  # each sentence brings the space before it, the first one does not
        return lambda sentence: len(sentence.text) + 1, int(length.value) + 1
    if length.unit == "ratio":
        return words, int(length.value * sum(map(words, sentences)) + 1e-9)
    return words, int(length.value)


def _extract(sentences: Sequence[Sentence], scores: Sequence[float], articles: Sequence[CleanArticle]) -> Extract:
    return Extract(
        text=" ".join(sentence.text for sentence in sentences),
        words=sum(count_words(sentence.text, articles[sentence.article].language) for sentence in sentences),
        sentences=tuple(ScoredSentence(s, round(score, DECIMALS)) for s, score in zip(sentences, scores, strict=True)),
    )


def _reports(
    articles: Sequence[CleanArticle], sentences: Sequence[Sentence], stands: Sequence[int | None]
) -> list[ArticleReport]:
    counts = Counter(sentence.article for sentence in sentences)
    words: Counter[int] = Counter()
    for sentence in sentences:
        words[sentence.article] += count_words(sentence.text, articles[sentence.article].language)
    return [
        ArticleReport(article.article, article.language, counts[at], words[at], tuple(article.removed), copy)
        for at, (article, copy) in enumerate(zip(articles, stands, strict=True))
    ]

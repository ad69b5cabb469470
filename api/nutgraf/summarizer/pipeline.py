"""Articles -> Summary: the steps, one after the other."""

from collections.abc import Callable, Sequence

from nutgraf.summarizer import extracts
from nutgraf.summarizer.errors import SentenceRefError
from nutgraf.summarizer.extracts import measure
from nutgraf.summarizer.findings.corroboration import find_corroborating
from nutgraf.summarizer.findings.figures import differing
from nutgraf.summarizer.findings.keywords import key_terms
from nutgraf.summarizer.headlines import suggest
from nutgraf.summarizer.models import Article, Extract, Length, Options, SentenceRef, Summary
from nutgraf.summarizer.notices import notices
from nutgraf.summarizer.ranking import lexrank
from nutgraf.summarizer.ranking.novelty import redundant_with_background
from nutgraf.summarizer.ranking.ordering import arrange
from nutgraf.summarizer.ranking.salience import PARAMETERS as SALIENCE_PARAMETERS
from nutgraf.summarizer.ranking.salience import salience
from nutgraf.summarizer.ranking.selection import PARAMETERS as SELECTION_PARAMETERS
from nutgraf.summarizer.ranking.selection import Constraints, pool, select
from nutgraf.summarizer.reading import discourse
from nutgraf.summarizer.reading.cluster import Cluster, ignore_step, read
from nutgraf.summarizer.reading.term_weights import Ratings, TermWeights, likeness, tf_idf
from nutgraf.summarizer.reading.words import text_words, title_words

METHOD = "lexrank"
# What an answer names, so that it can be computed again.
PARAMETERS = {**lexrank.PARAMETERS, **SALIENCE_PARAMETERS, **SELECTION_PARAMETERS}


def summarize(
    articles: Sequence[Article],
    options: Options | None = None,
    *,
    on_step: Callable[[str], object] = ignore_step,
    max_sentences: int | None = None,
) -> Summary:
    """Summarizes a cluster of articles about one event, or a single article.

    `on_step` is called with each step's name once the step is done; it may raise to stop the work, and changes no result.
    Raises NoUsableTextError where no article that may be quoted has a sentence, TooManySentencesError where they have more
    than `max_sentences`, SentenceRefError where a pinned or banned sentence can't be used, MissingDataError where tokenizer
    data is not installed.
    """
    options = options or Options()
    cluster = read(articles, on_step=on_step, max_sentences=max_sentences)
    sentences, words = cluster.sentences, cluster.words
    forms = discourse.forms(sentences, words, cluster.languages)
    weights = tf_idf(cluster.terms)
    relevance = _relevance(options.query, cluster, weights)
    centrality = lexrank.rank(weights, relevance)
    titles = [title for at, title in enumerate(title_words(cluster.articles)) if cluster.quotable(at)]
    ratings = salience(sentences, forms, weights, centrality, titles, relevance)
    scores: list[float] = ratings.tolist()
    on_step("rank")
    known = _redundant(cluster, options.background, on_step, max_sentences)
    banned = {_position(mark, cluster, "banned") for mark in options.ban}
    allowed = _allowed(cluster, forms, known | banned, options)
    pinned = [_position(mark, cluster, "pinned") for mark in dict.fromkeys(options.pin)]
    candidates = pool(sentences, words, cluster.terms, forms, ratings, _sources(cluster))

    def extract(length: Length, constraints: Constraints) -> Extract:
        cost, budget = measure(length, sentences, cluster.articles, options.offset_unit)
        chosen = select(candidates, cost, budget, by_sentence=length.unit == "sentences", constraints=constraints)
        order = arrange(chosen, sentences, forms, scores, articles, options.order)
        said_elsewhere = find_corroborating(order, sentences, weights) if len(articles) > 1 else {}
        return extracts.extract(order, sentences, scores, said_elsewhere, cluster.articles)

    summary = extract(options.length, Constraints(pinned, allowed, options.max_per_source))
    unpinned = Constraints((), allowed, options.max_per_source)
    variants = {name: _pinned_where_it_fits(extract, length, pinned, unpinned) for name, length in options.variants.items()}
    on_step("select")
    headlines = suggest(
        cluster.articles,
        [cluster.quotable(at) for at in range(len(articles))],
        sentences,
        words,
        cluster.terms,
        scores,
        options.headlines,
        options.offset_unit,
        known | banned,
    )
    on_step("headlines")
    singles = _singles(cluster, options, extract, unpinned)
    every = range(len(sentences)) if options.all_sentences else ()
    placed = extracts.scored(every, sentences, scores, find_corroborating(every, sentences, weights))
    figures = differing(cluster)
    on_step("figures")
    quoted = (value.article for figure in figures for value in figure.values)
    keywords = key_terms(words, cluster.terms, scores, options.keywords)
    on_step("keywords")
    return Summary(
        summary=summary,
        headlines=headlines,
        keywords=keywords,
        articles=extracts.reports(cluster, singles, placed if options.all_sentences else None),
        variants=variants,
        figures=figures,
        embargoed_until=extracts.latest_embargo(
            [summary, *variants.values(), *singles.values()],
            [*quoted, *(headline.article for headline in headlines)],
            articles,
        ),
        warnings=tuple(notices(cluster, summary, headlines, options, ratings, known, relevance)),
        parameters=PARAMETERS,
    )


def warm_up() -> None:
    """Loads what the first request would wait for: the language detector, the English model, the tagger.

    Raises MissingDataError where tokenizer data is not installed.
    """
    summarize([Article("The presses are warm. The paper goes out at six in the morning, the printers say.")])


def _relevance(query: str | None, cluster: Cluster, weights: TermWeights) -> Ratings | None:
    """The likeness of each sentence to the query; None without one, or where nothing is like it."""
    if not query:
        return None
    stems = [stem for language in dict.fromkeys(cluster.languages) for stem in text_words(query, language)]
    relevance = likeness(weights, stems)
    return relevance if relevance.any() else None


def _redundant(
    cluster: Cluster, background: Sequence[Article], on_step: Callable[[str], object], max_sentences: int | None
) -> set[int]:
    """Positions of what the background tells already."""
    if not background:
        return set()
    known = redundant_with_background(cluster, read(background, on_step=on_step, max_sentences=max_sentences))
    on_step("background")
    return known


def _allowed(cluster: Cluster, forms: Sequence[discourse.Form], barred: set[int], options: Options) -> frozenset[int] | None:
    """Positions that may be chosen: neither barred nor of a kind that is excluded; None where all may."""
    if "questions" in options.exclude:
        barred |= {at for at, form in enumerate(forms) if form.asks}
    if "quotes" in options.exclude:
        barred |= {at for at, sentence in enumerate(cluster.sentences) if sentence.quoted}
    return frozenset(range(len(cluster.sentences))) - barred if barred else None


def _position(mark: SentenceRef, cluster: Cluster, verb: str) -> int:
    for at, sentence in enumerate(cluster.sentences):
        if (sentence.article, sentence.index) == mark:
            return at
    name = cluster.articles[mark.article].article.id or str(mark.article)
    if not cluster.quotable(mark.article):
        raise SentenceRefError(f"Sentence {mark.index} of article {name!r} can't be {verb}: the article is not quoted.")
    count = sum(sentence.article == mark.article for sentence in cluster.sentences)
    raise SentenceRefError(f"Sentence {mark.index} of article {name!r} can't be {verb}: it has {count} sentences, from 0.")


def _sources(cluster: Cluster) -> list[str]:
    """Whose each sentence is: its source, or where none is named its article."""
    names = [article.article.source or f"\0{at}" for at, article in enumerate(cluster.articles)]
    return [names[sentence.article] for sentence in cluster.sentences]


def _singles(
    cluster: Cluster, options: Options, extract: Callable[[Length, Constraints], Extract], constraints: Constraints
) -> dict[int, Extract]:
    """A summary of each article that is quoted, by position, where they are asked for."""
    if options.per_article is None:
        return {}
    own: dict[int, set[int]] = {at: set() for at in range(len(cluster.articles)) if cluster.quotable(at)}
    for at, sentence in enumerate(cluster.sentences):
        if constraints.allowed is None or at in constraints.allowed:
            own[sentence.article].add(at)
    return {
        article: extract(options.per_article, Constraints((), frozenset(positions))) for article, positions in own.items()
    }


def _pinned_where_it_fits(
    extract: Callable[[Length, Constraints], Extract], length: Length, pinned: Sequence[int], constraints: Constraints
) -> Extract:
    """A variant with the pinned sentences; without them where they are too long for it."""
    try:
        return extract(length, Constraints(pinned, constraints.allowed, constraints.max_per_source))
    except SentenceRefError:
        return extract(length, constraints)

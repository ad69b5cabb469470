"""Articles -> Summary: the steps, one after the other."""

from collections.abc import Callable, Sequence

from api.summarizer import discourse, extracts, ranking
from api.summarizer.cluster import Cluster, read, unwatched
from api.summarizer.corroboration import echoes
from api.summarizer.errors import BadMark
from api.summarizer.extracts import measure
from api.summarizer.figures import differing
from api.summarizer.headlines import suggest
from api.summarizer.keywords import key_terms
from api.summarizer.models import Article, Extract, Length, Mark, Options, Summary
from api.summarizer.notices import notices
from api.summarizer.novelty import told
from api.summarizer.ordering import arrange
from api.summarizer.salience import PARAMETERS as SALIENCE_PARAMETERS
from api.summarizer.salience import salience
from api.summarizer.selection import PARAMETERS as SELECTION_PARAMETERS
from api.summarizer.selection import Wishes, pool, select
from api.summarizer.words import text_words, title_words

METHOD = "lexrank"
# What an answer names, so that it can be computed again.
PARAMETERS = {**ranking.PARAMETERS, **SALIENCE_PARAMETERS, **SELECTION_PARAMETERS}


def summarize(
    articles: Sequence[Article],
    options: Options | None = None,
    *,
    after: Callable[[str], object] = unwatched,
    max_sentences: int | None = None,
) -> Summary:
    """Summarizes a cluster of articles about one event, or a single article.

    `after` is called with each step's name once it is done: who watches the clock raises there; it changes no result.
    Raises NoUsableText where no article that may be quoted has a sentence, TooManySentences where they have more than
    `max_sentences`, BadMark where a pinned or banned sentence can't be, MissingData where tokenizer data is not installed.
    """
    options = options or Options()
    cluster = read(articles, after=after, max_sentences=max_sentences)
    sentences, words = cluster.sentences, cluster.words
    forms = discourse.forms(sentences, words, cluster.languages)
    weights = ranking.tf_idf(cluster.terms)
    relevance = _relevance(options.query, cluster, weights)
    centrality = ranking.rank(weights, relevance)
    titles = [title for at, title in enumerate(title_words(cluster.articles)) if cluster.quotable(at)]
    ratings = salience(sentences, forms, weights, centrality, titles, relevance)
    scores: list[float] = ratings.tolist()
    after("rank")
    known = _told(cluster, options.background, after, max_sentences)
    banned = {_position(mark, cluster, "banned") for mark in options.ban}
    allowed = _allowed(cluster, forms, known | banned, options)
    pinned = [_position(mark, cluster, "pinned") for mark in dict.fromkeys(options.pin)]
    among = pool(sentences, words, cluster.terms, forms, ratings, _sources(cluster))

    def extract(length: Length, wishes: Wishes) -> Extract:
        cost, budget = measure(length, sentences, cluster.articles)
        chosen = select(among, cost, budget, by_sentence=length.unit == "sentences", wishes=wishes)
        order = arrange(chosen, sentences, forms, scores, articles, options.order)
        said_elsewhere = echoes(order, sentences, weights) if len(articles) > 1 else {}
        return extracts.extract(order, sentences, scores, said_elsewhere, cluster.articles)

    summary = extract(options.length, Wishes(pinned, allowed, options.max_per_source))
    unpinned = Wishes((), allowed, options.max_per_source)
    variants = {name: _pinned_where_it_fits(extract, length, pinned, unpinned) for name, length in options.variants.items()}
    after("select")
    headlines = suggest(
        cluster.articles,
        [cluster.quotable(at) for at in range(len(articles))],
        sentences,
        words,
        cluster.terms,
        scores,
        options.headlines,
        known | banned,
    )
    after("headlines")
    singles = _singles(cluster, options, extract, unpinned)
    every = range(len(sentences)) if options.all_sentences else ()
    placed = extracts.scored(every, sentences, scores, echoes(every, sentences, weights))
    figures = differing(cluster)
    after("figures")
    quoted = (value.article for figure in figures for value in figure.values)
    keywords = key_terms(words, cluster.terms, scores, options.keywords)
    after("keywords")
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

    Raises MissingData where tokenizer data is not installed.
    """
    summarize([Article("The presses are warm. The paper goes out at six in the morning, the printers say.")])


def _relevance(query: str | None, cluster: Cluster, weights: ranking.TermWeights) -> ranking.Ratings | None:
    """The likeness of each sentence to the query; None without one, or where nothing is like it."""
    if not query:
        return None
    stems = [stem for language in dict.fromkeys(cluster.languages) for stem in text_words(query, language)]
    likeness = ranking.likeness(weights, stems)
    return likeness if likeness.any() else None


def _told(
    cluster: Cluster, background: Sequence[Article], after: Callable[[str], object], max_sentences: int | None
) -> set[int]:
    """Positions of what the background tells already."""
    if not background:
        return set()
    known = told(cluster, read(background, after=after, max_sentences=max_sentences))
    after("background")
    return known


def _allowed(cluster: Cluster, forms: Sequence[discourse.Form], barred: set[int], options: Options) -> frozenset[int] | None:
    """Positions that may be chosen: neither barred nor of a kind that is excluded; None where all may."""
    if "questions" in options.exclude:
        barred |= {at for at, form in enumerate(forms) if form.asks}
    if "quotes" in options.exclude:
        barred |= {at for at, sentence in enumerate(cluster.sentences) if discourse.quotes(sentence.text)}
    return frozenset(range(len(cluster.sentences))) - barred if barred else None


def _position(mark: Mark, cluster: Cluster, verb: str) -> int:
    for at, sentence in enumerate(cluster.sentences):
        if (sentence.article, sentence.index) == mark:
            return at
    name = cluster.articles[mark.article].article.id or str(mark.article)
    if not cluster.quotable(mark.article):
        raise BadMark(f"Sentence {mark.index} of article {name!r} can't be {verb}: the article is not quoted.")
    count = sum(sentence.article == mark.article for sentence in cluster.sentences)
    raise BadMark(f"Sentence {mark.index} of article {name!r} can't be {verb}: it has {count} sentences, from 0.")


def _sources(cluster: Cluster) -> list[str]:
    """Whose each sentence is: its source, or where none is named its article."""
    names = [article.article.source or f"\0{at}" for at, article in enumerate(cluster.articles)]
    return [names[sentence.article] for sentence in cluster.sentences]


def _singles(
    cluster: Cluster, options: Options, extract: Callable[[Length, Wishes], Extract], wishes: Wishes
) -> dict[int, Extract]:
    """A summary of each article that is quoted, by position, where they are asked for."""
    if options.per_article is None:
        return {}
    own: dict[int, set[int]] = {at: set() for at in range(len(cluster.articles)) if cluster.quotable(at)}
    for at, sentence in enumerate(cluster.sentences):
        if wishes.allowed is None or at in wishes.allowed:
            own[sentence.article].add(at)
    return {article: extract(options.per_article, Wishes((), frozenset(positions))) for article, positions in own.items()}


def _pinned_where_it_fits(
    extract: Callable[[Length, Wishes], Extract], length: Length, pinned: Sequence[int], wishes: Wishes
) -> Extract:
    """A variant with the pinned sentences; without them where they are too long for it."""
    try:
        return extract(length, Wishes(pinned, wishes.allowed, wishes.max_per_source))
    except BadMark:
        return extract(length, wishes)

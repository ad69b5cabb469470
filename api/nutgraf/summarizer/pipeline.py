"""Summarizes articles: calls the steps one after the other."""

from collections.abc import Callable, Sequence, Set

from nutgraf.errors import pluralize
from nutgraf.summarizer import extracts
from nutgraf.summarizer.errors import NoUsableTextError, SentenceRefError, TooManySentencesError
from nutgraf.summarizer.extracts import Costs, words_of_ratio
from nutgraf.summarizer.findings.agreement.corroboration import Corroboration
from nutgraf.summarizer.findings.figures.differing_figures import StatedFigures, find_differing_figures
from nutgraf.summarizer.findings.key_terms.keywords import key_terms
from nutgraf.summarizer.findings.key_terms.shortlist import shortlist
from nutgraf.summarizer.findings.quotations.quotes import find_quotes
from nutgraf.summarizer.grammar import TreeCache
from nutgraf.summarizer.headlines import suggest
from nutgraf.summarizer.models import Article, Extract, Length, Options, SentenceRef, Summary
from nutgraf.summarizer.ranking import lexrank
from nutgraf.summarizer.ranking.concepts import concepts
from nutgraf.summarizer.ranking.later_figures import later_figures
from nutgraf.summarizer.ranking.main_story import PARAMETERS as STORY_PARAMETERS
from nutgraf.summarizer.ranking.main_story import group_by_story
from nutgraf.summarizer.ranking.novelty import redundant_with_background
from nutgraf.summarizer.ranking.ordering import arrange
from nutgraf.summarizer.ranking.pool import Constraints, Pool
from nutgraf.summarizer.ranking.readability import Readability
from nutgraf.summarizer.ranking.repetition import PARAMETERS as REPETITION_PARAMETERS
from nutgraf.summarizer.ranking.repetition import Repetition
from nutgraf.summarizer.ranking.salience import PARAMETERS as SALIENCE_PARAMETERS
from nutgraf.summarizer.ranking.salience import salience
from nutgraf.summarizer.ranking.selection import PARAMETERS as SELECTION_PARAMETERS
from nutgraf.summarizer.ranking.selection import select
from nutgraf.summarizer.reading import discourse
from nutgraf.summarizer.reading.cluster import Cluster, ignore_step, read
from nutgraf.summarizer.reading.term_weights import FloatArray, TermWeights, similarity_to, tf_idf
from nutgraf.summarizer.reading.words import query_words, title_words
from nutgraf.summarizer.warning_messages import find_warnings

METHOD = "lexrank"
# Every answer contains these values, so that it can be reproduced.
PARAMETERS = {
    **lexrank.PARAMETERS,
    **SALIENCE_PARAMETERS,
    **SELECTION_PARAMETERS,
    **REPETITION_PARAMETERS,
    **STORY_PARAMETERS,
}


def summarize(
    articles: Sequence[Article],
    options: Options | None = None,
    *,
    on_step: Callable[[str], object] = ignore_step,
    max_sentences: int | None = None,
) -> Summary:
    """Summarizes a cluster of articles about one event, or a single article.

    `on_step` is called with the name of each finished step; it may raise an exception to stop the work. Raises
    NoUsableTextError if no article that may be quoted has a sentence, TooManySentencesError if the articles, or all
    summaries of the answer together, have more than `max_sentences`, SentenceRefError if a pinned or banned sentence can't
    be used, and MissingDataError if tokenizer data is not installed.
    """
    options = options or Options()
    cluster = read(articles, on_step=on_step, max_sentences=max_sentences)
    sentences, words = cluster.sentences, cluster.words
    trees = TreeCache(sentences, cluster.languages)
    forms = discourse.forms(sentences, words, cluster.languages)
    weights = tf_idf(cluster.terms)
    relevance = _relevance(options.query, cluster, weights)
    centrality = lexrank.rank(weights, relevance)
    titles = [title for position, title in enumerate(title_words(cluster.articles)) if cluster.quotable(position)]
    ratings = salience(sentences, forms, weights, centrality, titles, relevance)
    scores: list[float] = ratings.tolist()
    on_step("rank")
    listed = shortlist(cluster.articles, sentences, words, cluster.terms, scores, titles, options.keywords)
    trees.expect(listed.positions, [(title.text, title.language) for title in listed.titles])
    redundant = _redundant_positions(cluster, options.background, on_step, max_sentences)
    banned = {_position(mark, cluster, "banned") for mark in options.ban}
    allowed = _allowed_positions(cluster, forms, redundant | banned, options)
    pinned = [_position(mark, cluster, "pinned") for mark in dict.fromkeys(options.pin)]
    stated_figures = StatedFigures(sentences, cluster.languages, trees)
    corroboration = Corroboration(cluster, weights, trees, stated_figures)
    articles_by_event = group_by_story(sentences, weights, cluster.languages)
    candidates = _pool(
        cluster, forms, ratings, weights, trees, stated_figures, articles_by_event[0], ranks_by_query=relevance is not None
    )

    costs = Costs(sentences, cluster.word_counts, options.offset_unit)
    selected = 0

    def extract(length: Length, constraints: Constraints) -> Extract:
        nonlocal selected
        sizes, budget = costs.of(length)
        selection = select(candidates, sizes, budget, by_sentence=length.unit == "sentences", constraints=constraints)
        selected += len(selection.chosen)
        if max_sentences is not None and selected > max_sentences:
            raise TooManySentencesError(
                f"The summaries have more than {max_sentences} sentences. Request shorter or fewer ones."
            )
        order = arrange(selection, sentences, candidates.readability, scores, articles, options.order)
        return extracts.build_extract(order, sentences, scores, corroboration, cluster.word_counts)

    summary = extract(options.length, Constraints(pinned, allowed, options.max_per_source))
    unpinned = Constraints((), allowed, options.max_per_source)
    variants = {
        name: _extract_pinned_if_they_fit(extract, length, pinned, unpinned) for name, length in options.variants.items()
    }
    on_step("select")
    headlines = suggest(
        cluster.articles,
        _titles_to_use(cluster, redundant, options.background),
        sentences,
        words,
        cluster.terms,
        scores,
        trees,
        options.headlines,
        options.offset_unit,
        redundant | banned,
    )
    on_step("headlines")
    article_summaries = _article_summaries(cluster, options, extract, unpinned)
    all_positions = range(len(sentences)) if options.all_sentences else ()
    all_sentences = extracts.scored_sentences(all_positions, sentences, scores, corroboration)
    figures = find_differing_figures(cluster, stated_figures)
    on_step("figures")
    quoted = (value.article for figure in figures for value in figure.values)
    keywords = key_terms(cluster.articles, sentences, words, cluster.terms, scores, trees, options.keywords, listed)
    on_step("keywords")
    quotes = find_quotes(cluster, scores, trees, options.quotes, redundant | banned)
    on_step("quotes")
    return Summary(
        summary=summary,
        headlines=headlines,
        keywords=keywords,
        articles=extracts.reports(cluster, article_summaries, all_sentences if options.all_sentences else None),
        variants=variants,
        quotes=quotes,
        figures=figures,
        embargoed_until=extracts.latest_embargo(
            [summary, *variants.values(), *article_summaries.values()],
            [
                *quoted,
                *(headline.article for headline in headlines),
                *(quote.article for quote in quotes),
                *extracts.articles_of_terms([keyword.term for keyword in keywords], cluster),
            ],
            articles,
        ),
        warnings=tuple(
            find_warnings(cluster, summary, headlines, options, ratings, redundant, allowed, relevance, articles_by_event)
        ),
        parameters=PARAMETERS,
    )


def warm_up() -> None:
    """Loads the language detector, the English tokenizer and the English parser, so that the first request need not wait.

    Raises MissingDataError if tokenizer data is not installed.
    """
    summarize([Article("The presses are warm. The paper goes out at six in the morning, the printers say.")])


def _pool(
    cluster: Cluster,
    forms: Sequence[discourse.Form],
    ratings: FloatArray,
    weights: TermWeights,
    trees: TreeCache,
    figures: StatedFigures,
    main_story_articles: frozenset[int],
    *,
    ranks_by_query: bool,
) -> Pool:
    """The sentences to select from."""
    sentences, words, languages = cluster.sentences, cluster.words, cluster.languages
    repetition = Repetition(sentences, words, cluster.terms, weights, trees, languages)
    return Pool(
        sentences,
        words,
        forms,
        ratings,
        concepts(sentences, cluster.terms, ratings),
        _sources(cluster),
        Readability(sentences, words, forms, languages, trees),
        repetition,
        later_figures(sentences, cluster.articles, weights, figures, repetition.repeats),
        main_story_articles,
        ranks_by_query,
    )


def _relevance(query: str | None, cluster: Cluster, weights: TermWeights) -> FloatArray | None:
    """The similarity of each sentence to the query; None without a query, or if no sentence is similar to it."""
    if not query:
        return None
    relevance = similarity_to(weights, query_words(query, cluster.languages))
    return relevance if relevance.any() else None


def _redundant_positions(
    cluster: Cluster, background: Sequence[Article], on_step: Callable[[str], object], max_sentences: int | None
) -> set[int]:
    """Positions of the sentences that repeat the background."""
    if not background:
        return set()
    try:
        known = read(background, on_step=on_step, max_sentences=max_sentences)
    except NoUsableTextError:  # withheld articles, or no sentence: readers know nothing from them
        return set()
    redundant = redundant_with_background(cluster, known)
    on_step("background")
    return redundant


def _allowed_positions(
    cluster: Cluster, forms: Sequence[discourse.Form], excluded: set[int], options: Options
) -> frozenset[int] | None:
    """Positions of the sentences that may be selected; None if all may. `excluded` are positions that may not."""
    if "questions" in options.exclude:
        excluded |= {position for position, form in enumerate(forms) if form.asks}
    if "quotes" in options.exclude:
        excluded |= {position for position, sentence in enumerate(cluster.sentences) if sentence.quoted}
    return frozenset(range(len(cluster.sentences))) - excluded if excluded else None


def _position(mark: SentenceRef, cluster: Cluster, verb: str) -> int:
    for position, sentence in enumerate(cluster.sentences):
        if (sentence.article, sentence.index) == mark:
            return position
    name = cluster.articles[mark.article].article.id or str(mark.article)
    if not cluster.quotable(mark.article):
        raise SentenceRefError(f"Sentence {mark.index} of article {name!r} can't be {verb}: the article may not be quoted.")
    count = sum(sentence.article == mark.article for sentence in cluster.sentences)
    sentences = f"{pluralize(count, 'sentence')}, numbered from 0"
    raise SentenceRefError(f"Sentence {mark.index} of article {name!r} can't be {verb}: the article has {sentences}.")


def _titles_to_use(cluster: Cluster, redundant: Set[int], background: Sequence[Article]) -> list[bool]:
    """For each article whether its title may be a headline: it may be quoted, and readers do not know all of it yet."""
    new = {sentence.article for position, sentence in enumerate(cluster.sentences) if position not in redundant}
    known = {article.title.casefold().strip() for article in background if article.title}
    return [
        cluster.quotable(position)
        and not (background and (position not in new or (article.headline or "").casefold().strip() in known))
        for position, article in enumerate(cluster.articles)
    ]


def _sources(cluster: Cluster) -> list[str]:
    """The source of each sentence; an article without one counts as its own source."""
    names = [article.article.source or f"\0{position}" for position, article in enumerate(cluster.articles)]
    return [names[sentence.article] for sentence in cluster.sentences]


def _article_summaries(
    cluster: Cluster, options: Options, extract: Callable[[Length, Constraints], Extract], constraints: Constraints
) -> dict[int, Extract]:
    """A summary of each quotable article by position, if `per_article` asks for them."""
    if options.per_article is None:
        return {}
    allowed_positions: dict[int, set[int]] = {
        position: set() for position in range(len(cluster.articles)) if cluster.quotable(position)
    }
    for position, sentence in enumerate(cluster.sentences):
        if constraints.allowed is None or position in constraints.allowed:
            allowed_positions[sentence.article].add(position)
    return {
        article: extract(_length_for(options.per_article, cluster, article), Constraints((), frozenset(positions)))
        for article, positions in allowed_positions.items()
    }


def _length_for(length: Length, cluster: Cluster, article: int) -> Length:
    """The length of the summary of one article: a ratio is a share of the words of this article."""
    if length.unit != "ratio":
        return length
    return Length("words", words_of_ratio(length.value, cluster.article_word_counts[article]))


def _extract_pinned_if_they_fit(
    extract: Callable[[Length, Constraints], Extract], length: Length, pinned: Sequence[int], constraints: Constraints
) -> Extract:
    """A variant with the pinned sentences, or without them if they are too long for it."""
    try:
        return extract(length, Constraints(pinned, constraints.allowed, constraints.max_per_source))
    except SentenceRefError:
        return extract(length, constraints)

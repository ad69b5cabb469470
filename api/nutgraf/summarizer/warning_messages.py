"""Finds the warnings of a summary for the caller, each with a code that programs can read."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set

from nutgraf.errors import pluralize
from nutgraf.summarizer.languages.language import language
from nutgraf.summarizer.models import CleanArticle, Extract, Headline, Length, Notice, Options
from nutgraf.summarizer.reading.cluster import Cluster
from nutgraf.summarizer.reading.term_weights import FloatArray

MUCH_REMOVED = 0.1
# Code -> its meaning and what to do. The page /warnings shows this table.
CODES = {
    "language-guessed": "The text of an article is too short to detect its language reliably. Send `language`.",
    "language-generic": "A language has no trained model. It is split by general rules; check the sentence boundaries.",
    "language-mixed": "The articles are in several languages. Only names and figures connect them across languages.",
    "no-sentence": "An article has no sentence, or only links and messages of a web page. The others are summarized.",
    "document-incomplete": "A part of a document is missing or was not read: a body, a title, a date, an attachment.",
    "duplicate-dropped": "An article is a copy of another and is counted once. `duplicate_of` names the one that is used.",
    "superseded": "An article has a newer version in the request (`rewrite_of`) and is not quoted.",
    "withheld": "An article is withheld or canceled. It is not quoted, and no headline is made from it.",
    "kill-notice": "A notice to editors kills or withholds an article. It is not quoted and gives no headline.",
    "correction": "A notice corrects an article. Check the facts against the latest version.",
    "much-removed": "More than a tenth of an article was removed as boilerplate. Check the list `removed`.",
    "too-short": "The articles have no more sentences than the summary may have, so the summary is the whole text.",
    "more-than-half": "The summary has more than half of the words of the articles. The default length gives no warning.",
    "mixed-cluster": "The articles are about several events. The summary begins with the main event. Send each event alone.",
    "scores-tied": "All sentences are equally relevant, so the first ones were selected.",
    "query-unrelated": "No sentence contains a word of the query, so the query was ignored.",
    "nothing-new": "The articles contain nothing that the background does not contain. The summary is empty.",
    "nothing-fits": "No sentence that may be used fits into the requested length. The summary is empty.",
    "story-not-summarized": "A story of a feed is too large for a summary. Send its articles in parts, or fewer of them.",
    "headlines-fewer": "Fewer headlines than requested fit into `max_characters` and pass the grammar checks.",
}  # fmt: skip


def find_warnings(
    cluster: Cluster,
    extract: Extract,
    headlines: Sequence[Headline],
    options: Options,
    ratings: FloatArray,
    redundant: Set[int],
    allowed: Set[int] | None,
    relevance: FloatArray | None,
    articles_by_event: Sequence[frozenset[int]],
) -> Iterator[Notice]:
    """Yields the warnings of a request: first those about single articles, then those about the whole answer.

    `redundant` are the positions of sentences that the background contains, `allowed` those that may be selected; None if
    all may. `relevance` is the similarity of each sentence to the query; None if there is no query, or no sentence has a
    word of it. `articles_by_event` has the positions of the articles of each event, the main event first.
    """
    counts = Counter(sentence.article for sentence in cluster.all_sentences)
    quoted = {sentence.article for sentence in cluster.sentences}
    for position in range(len(cluster.articles)):
        if cluster.articles[position].only_links and cluster.quotable(position) and position not in quoted:
            yield Notice("no-sentence", "The article has only links and messages of a web page, and is left out.", position)
            del counts[position]  # its language does not count
            continue
        yield from _about_article(cluster, position, counts[position])
    if len(codes := sorted({tag for position, tag in enumerate(cluster.languages) if counts[position]})) > 1:
        yield Notice("language-mixed", f"The articles are in several languages ({', '.join(codes)}).")
    if options.query and relevance is None:
        yield Notice("query-unrelated", "No sentence contains a word of the query, so the query was ignored.")
    if redundant and len(redundant) == len(cluster.sentences):
        yield Notice("nothing-new", "The articles contain nothing that the background does not contain.")
    elif not extract.sentences and allowed is not None and not allowed:
        yield Notice("nothing-fits", "All sentences are left out: they are banned, excluded, or in the background.")
    elif not extract.sentences:
        yield Notice("nothing-fits", "No sentence fits into the requested length. Request a greater length.")
    elif len(cluster.sentences) == len(extract.sentences):
        sentences = pluralize(len(cluster.sentences), "sentence")
        yield Notice("too-short", f"The articles have only {sentences}, so the summary is the whole text.")
    elif options.length != Length() and 2 * extract.words > (words := sum(cluster.word_counts)):
        # The caller did not choose the default length, and five sentences are often more than half of a short article.
        yield Notice("more-than-half", f"The summary has {extract.words} of the {words} words of the articles.")
    if len(articles_by_event) > 1:
        ids = (_name(cluster, position) for position in sorted(articles_by_event[0]))
        detail = f"The articles are about {len(articles_by_event)} events. The summary begins with the main event, in these "
        yield Notice("mixed-cluster", f"{detail}articles: {', '.join(ids)}.")
    if len(ratings) > 2 and ratings.min() == ratings.max():
        yield Notice("scores-tied", "All sentences are equally relevant, so the first ones were selected.")
    if len(headlines) < options.headlines.count:
        yield Notice(
            "headlines-fewer",
            f"{pluralize(options.headlines.count, 'headline')} requested, {len(headlines)} found that fit into "
            f"{pluralize(options.headlines.max_characters, 'character')} and pass the grammar checks.",
        )


def _about_article(cluster: Cluster, position: int, sentences: int) -> Iterator[Notice]:
    article, detected = cluster.articles[position], cluster.detected[position]
    if article.killed:
        yield Notice("kill-notice", "A notice to editors kills or withholds the article. It is not quoted.", position)
        return
    if position in cluster.withheld:
        yield Notice("withheld", f"The article is {article.article.status}. It is not quoted.", position)
        return
    name = language(article.language).name.capitalize()
    if not sentences:
        yield Notice("no-sentence", "The article has no sentence and is left out.", position)
        return
    if detected and not detected.reliable:
        detail = f"The text is short. Its language was detected as {name} ({article.language}). Send `language` to be sure."
        yield Notice("language-guessed", detail, position)
    if language(article.language).splitter == "generic":
        detail = f"{name} ({article.language}) is split by general rules; check the sentence boundaries."
        yield Notice("language-generic", detail, position)
    if article.corrected:
        yield Notice("correction", "A notice corrects the article. The notice is not quoted.", position)
    if (share := _removed_share(article)) > MUCH_REMOVED:
        yield Notice("much-removed", f"{share:.0%} of the article's letters were removed as boilerplate.", position)
    replacement = cluster.replaced_by[position]
    if replacement is None:
        return
    name = _name(cluster, replacement)
    if position not in cluster.superseded:
        yield Notice("duplicate-dropped", f"The article is a copy of article {name} and is counted once.", position)
    elif cluster.quotable(replacement):
        yield Notice("superseded", f"Article {name} is a newer version and is used instead.", position)
    else:
        yield Notice("superseded", f"Article {name} is a newer version, which is not quoted either.", position)


def _name(cluster: Cluster, position: int) -> str:
    """The id of an article in quotation marks, or its position if it has none."""
    given = cluster.articles[position].article.id
    return repr(given) if given else str(position)


def _removed_share(article: CleanArticle) -> float:
    """Returns the share of the letters of an article that were removed as boilerplate, without headlines and headings."""
    text = article.article.text
    spans = [removed for removed in article.removed if removed.kind not in ("headline", "heading")]
    if sum(removed.end - removed.start for removed in spans) < MUCH_REMOVED / 2 * len(text):
        return 0.0  # counting letters is slow

    def letters(start: int, end: int) -> int:
        return sum(map(str.isalnum, text[start:end]))

    return sum(letters(removed.start, removed.end) for removed in spans) / max(1, letters(0, len(text)))

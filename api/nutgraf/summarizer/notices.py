"""What the caller should know and that is no error, as machine-readable warnings."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set

from nutgraf.summarizer.languages.language import language
from nutgraf.summarizer.models import CleanArticle, Extract, Headline, Notice, Options
from nutgraf.summarizer.reading.cluster import Cluster
from nutgraf.summarizer.reading.term_weights import Ratings

MUCH_REMOVED = 0.1
# Code -> what it means and what to do; the page /warnings lists these.
CODES = {
    "language-guessed": "An article's text is too short to be sure of its language. Send `language` to be sure.",
    "language-generic": "There is no tokenizer for an article's language; the marks and letters of its script serve.",
    "language-mixed": "The articles are in several languages; they speak for one another only by names and figures.",
    "no-sentence": "An article has no sentence with a letter or digit; the others are summarized.",
    "document-incomplete": "A document lacks what its format should have: a body, a title, or a date that can be read.",
    "duplicate-dropped": "An article is a copy of another one and is counted once; `duplicate_of` names the one that stays.",
    "superseded": "An article has a rewrite in the request (`rewrite_of`) and is not quoted.",
    "withheld": "An article is withheld or canceled; nothing of it is quoted, in headlines neither.",
    "kill-notice": "A notice to editors kills or withholds an article; nothing of it is quoted, in headlines neither.",
    "correction": "A notice corrects an article; check the facts against the latest version.",
    "much-removed": "More than a tenth of an article's letters was taken for boilerplate; `removed` lists what.",
    "too-short": "The articles have no more sentences than the summary; it is all of the text.",
    "scores-tied": "All sentences are equally central; the first ones were taken.",
    "query-unrelated": "No sentence has a word of the query; the summary is as without it.",
    "nothing-new": "The background tells all that the articles tell; the summary is empty.",
    "nothing-fits": "Not even one sentence fits into the length asked for; the summary is empty. Allow more.",
    "headlines-fewer": "Fewer headlines than asked for fit into the characters allowed and read as headlines.",
}  # fmt: skip


def notices(
    cluster: Cluster,
    extract: Extract,
    headlines: Sequence[Headline],
    options: Options,
    ratings: Ratings,
    known: Set[int],
    relevance: Ratings | None,
) -> Iterator[Notice]:
    """The warnings of a request: article by article, then those about the answer as a whole.

    `known` are positions of sentences that the background tells, `relevance` the likeness to the query, if any.
    """
    counts = Counter(sentence.article for sentence in cluster.found)
    for position in range(len(cluster.articles)):
        yield from _about_article(cluster, position, counts[position])
    if len(codes := sorted({tag for at, tag in enumerate(cluster.languages) if counts[at]})) > 1:
        yield Notice("language-mixed", f"The articles are in several languages ({', '.join(codes)}).")
    if options.query and relevance is None:
        yield Notice("query-unrelated", "No sentence has a word of the query; the summary is as without it.")
    if known and len(known) == len(cluster.sentences):
        yield Notice("nothing-new", "The background tells all that the articles tell.")
    elif not extract.sentences:
        yield Notice("nothing-fits", "No sentence fits into the length asked for. Allow more, and there will be a summary.")
    elif len(cluster.sentences) == len(extract.sentences):
        yield Notice(
            "too-short", f"The articles have {len(cluster.sentences)} sentences, the summary {len(extract.sentences)}."
        )
    if len(ratings) > 2 and ratings.min() == ratings.max():
        yield Notice("scores-tied", "All sentences are equally central; the first ones were taken.")
    if len(headlines) < options.headlines.count:
        yield Notice(
            "headlines-fewer",
            f"{len(headlines)} of {options.headlines.count} headlines fit into {options.headlines.max_characters} "
            "characters.",
        )


def _about_article(cluster: Cluster, position: int, sentences: int) -> Iterator[Notice]:
    article, guess = cluster.articles[position], cluster.detected[position]
    if article.killed:
        yield Notice("kill-notice", "A notice to editors withholds the article; nothing of it is quoted.", position)
        return
    if position in cluster.withheld:
        yield Notice("withheld", f"The article is {article.article.status}; nothing of it is quoted.", position)
        return
    name = language(article.language).name.capitalize()
    if not sentences:
        yield Notice("no-sentence", "The article has no sentence and is left out.", position)
        return
    if guess and not guess.sure:
        detail = f"The text is short; it is taken for {name} ({article.language}). Send `language` to be sure."
        yield Notice("language-guessed", detail, position)
    if language(article.language).splitter == "generic":
        detail = f"There is no tokenizer for {name} ({article.language}); a generic one serves."
        yield Notice("language-generic", detail, position)
    if article.corrected:
        yield Notice("correction", "The article has a notice that corrects it, which is not quoted.", position)
    if (share := _removed_share(article)) > MUCH_REMOVED:
        yield Notice("much-removed", f"{share:.0%} of the article's letters were taken for boilerplate.", position)
    canonical = cluster.canonical[position]
    if canonical is not None and position in cluster.superseded:
        yield Notice("superseded", f"Article {canonical} is its rewrite and stands for it.", position)
    elif canonical is not None:
        yield Notice("duplicate-dropped", f"The article is a copy of article {canonical} and is counted once.", position)


def _removed_share(article: CleanArticle) -> float:
    """The share of an article's letters that is boilerplate; headlines and headings are none."""
    text = article.article.text
    spans = [each for each in article.removed if each.kind not in ("headline", "heading")]
    if sum(each.end - each.start for each in spans) < MUCH_REMOVED / 2 * len(text):
        return 0.0  # counting letters takes longer than all else here

    def letters(start: int, end: int) -> int:
        return sum(map(str.isalnum, text[start:end]))

    return sum(letters(each.start, each.end) for each in spans) / max(1, letters(0, len(text)))

"""If the text doubles, no step takes more than 2.4 times as long; each step has a generator of its worst text."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple

import pytest

from nutgraf.service.schemas.request import SummarizeRequestSchema
from nutgraf.service.schemas.response import SummarizeResponseSchema
from nutgraf.service.serialization import summary_body
from nutgraf.summarizer import Article, Options, group, summarize
from nutgraf.summarizer.findings.agreement import corroboration
from nutgraf.summarizer.findings.agreement.corroboration import Corroboration
from nutgraf.summarizer.findings.figures.differing_figures import StatedFigures, find_differing_figures
from nutgraf.summarizer.findings.key_terms.keywords import key_terms
from nutgraf.summarizer.findings.key_terms.shortlist import shortlist
from nutgraf.summarizer.findings.names import full_names, given_names
from nutgraf.summarizer.findings.quotations.quotes import find_quotes
from nutgraf.summarizer.grammar import TreeCache, parse
from nutgraf.summarizer.grammar.tokenizer import tokenize
from nutgraf.summarizer.headlines import suggest
from nutgraf.summarizer.languages.language import detect
from nutgraf.summarizer.models import HeadlineOptions, Length
from nutgraf.summarizer.ranking import lexrank
from nutgraf.summarizer.ranking.concepts import concepts
from nutgraf.summarizer.ranking.main_story import group_by_story
from nutgraf.summarizer.ranking.novelty import redundant_with_background
from nutgraf.summarizer.ranking.readability import Readability
from nutgraf.summarizer.ranking.salience import salience
from nutgraf.summarizer.reading import discourse
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.cluster import Cluster, read
from nutgraf.summarizer.reading.near_duplicates import near_duplicates
from nutgraf.summarizer.reading.paragraphs import paragraphs
from nutgraf.summarizer.reading.quotations import quotations
from nutgraf.summarizer.reading.sentences import split
from nutgraf.summarizer.reading.term_weights import tf_idf
from nutgraf.summarizer.reading.terms import number_terms
from nutgraf.summarizer.reading.words import content_words, nltk_words
from tests.slowest_texts import BLOCKS, MARKS, QUOTED, SCRIPTS, SENTENCES, Text, names, prose, repeated
from tests.time_growth import MOST_TIMES, growth

# Each measurement compares a text with one twice as long. These are the lengths of the shorter text, in characters, in the
# first measurement and the last, for which a quadratic step takes minutes.
FIRST, LAST = 20_000, 320_000
MOMENT = datetime(2027, 1, 12, tzinfo=UTC)

ARTICLES = 100


def check(step: Callable[[Any], object], make: Callable[[int], Any], first: int = FIRST, last: int = LAST) -> None:
    assert growth(step, make, first, last) <= MOST_TIMES


def article_maker(text: Text, language: str = "en") -> Callable[[int], Article]:
    """Returns a function from a number of characters to an article."""

    return lambda size: Article(text(size), language=language)


def articles_maker(text: Text, language: str = "en", count: int = ARTICLES) -> Callable[[int], list[Article]]:
    """Returns a function from a number of characters to a text that is split into `count` articles, a day apart."""

    def make(size: int) -> list[Article]:
        full_text = text(size)
        length = len(full_text)
        cuts = [0, *(full_text.find(" ", length * cut // count) for cut in range(1, count)), length]
        parts = [full_text[start:end] for start, end in pairwise(cuts) if end > start]
        return [
            Article(f"{part}.", language=language, published_at=MOMENT + timedelta(days=day))
            for day, part in enumerate(parts)
        ]

    return make


class Prepared(NamedTuple):
    """Read and ranked articles, from which later steps start."""

    cluster: Cluster
    scores: list[float]

    @classmethod
    def of(cls, articles: Sequence[Article]) -> "Prepared":
        cluster = read(articles)
        forms = discourse.forms(cluster.sentences, cluster.words, cluster.languages)
        weights = tf_idf(cluster.terms)
        scores = salience(cluster.sentences, forms, weights, lexrank.rank(weights), []).tolist()
        return cls(cluster, scores)

    def new_tree_cache(self) -> TreeCache:
        """An empty cache, so that each measurement parses the sentences."""
        return TreeCache(self.cluster.sentences, self.cluster.languages)


def test_a_quadratic_step_is_detected() -> None:
    def step(text: str) -> None:
        for at in range(len(text)):
            text[:at]

    assert growth(step, lambda size: "a" * size, 5_000, LAST) > MOST_TIMES


def test_words_of_a_text_with_many_spaces() -> None:
    check(nltk_words, lambda size: f"No. 1.{' ' * size}x")


def test_a_quadratic_part_is_detected_with_large_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """For example, lxml's `len(element)` is quadratic, but takes only a small part of the time for small input."""
    monkeypatch.setattr("tests.time_growth.seconds", lambda step, size: step(size))

    def seconds(size: int, part: float) -> float:
        return 0.03 * size / FIRST * (1 + part * size / FIRST)

    assert growth(lambda size: seconds(size, 0.1), int, FIRST, LAST) > MOST_TIMES
    assert growth(lambda size: seconds(size, 0.01), int, FIRST, LAST) < MOST_TIMES
    assert growth(lambda size: seconds(size, 0.1) / 100, int, FIRST, LAST) == 0


def test_detection() -> None:
    check(lambda text: [detect(text) for _ in range(20)], repeated("a "))


@pytest.mark.parametrize("text", BLOCKS)
def test_paragraphs(text: str) -> None:
    check(paragraphs, BLOCKS[text])


@pytest.mark.parametrize("text", [*BLOCKS, "statements", "one word"])
def test_boilerplate(text: str) -> None:
    check(lambda article: clean(article, "en"), article_maker((BLOCKS | QUOTED | MARKS)[text]))


@pytest.mark.parametrize("text", QUOTED)
def test_quotations(text: str) -> None:
    check(quotations, QUOTED[text])


@pytest.mark.parametrize("text", [*QUOTED, *MARKS])
def test_sentences(text: str) -> None:
    language = {"German ordinals": "de", "German quotations": "de", "French quotations": "fr"}.get(text, "en")
    make_article = article_maker((QUOTED | MARKS)[text], language)
    check(split, lambda size: [clean(make_article(size), language)])


@pytest.mark.parametrize("text", SCRIPTS)
def test_sentences_and_words_of_other_scripts(text: str) -> None:
    language, text_of = SCRIPTS[text]

    def step(article: Article) -> None:
        content_words(split([clean(article, language)]), [language])

    check(step, article_maker(text_of, language), first=5_000)


@pytest.mark.parametrize("text", ["one word", "one word of accents", "initials", "hyphens", "apostrophes", "addresses"])
def test_words(text: str) -> None:
    make_article = article_maker(MARKS[text])
    check(lambda sentences: content_words(sentences, ["en"]), lambda size: split([clean(make_article(size), "en")]))


@pytest.mark.parametrize("text", ["one sentence of names", "one sentence of clauses", "one sentence of numerals"])
def test_words_of_the_parser(text: str) -> None:
    language, text_of = SENTENCES[text]
    check(lambda sentence: tokenize(sentence, language), text_of)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt"])
def test_parsing(language: str) -> None:
    """Sentences of the parser's maximum length, and one that is too long."""
    text_of = prose(40)

    def make(size: int) -> list[str]:
        return [*text_of(size).split(". "), text_of(size)]

    check(lambda texts: parse(texts, language), make, first=2_000, last=20_000)


@pytest.mark.parametrize("text", ["prose", "prose of few words", "the same sentence"])
def test_near_duplicates(text: str) -> None:
    make_articles = articles_maker(SENTENCES[text][1])

    def make(size: int) -> tuple[Any, ...]:
        articles = [clean(article, "en") for article in make_articles(size)]
        sentences = split(articles)
        return articles, sentences, number_terms(content_words(sentences, ["en"] * len(articles)))

    check(lambda arguments: near_duplicates(*arguments), make)


@pytest.mark.parametrize("text", ["prose of few words", "short sentences"])
def test_ranking(text: str) -> None:
    def step(results: Prepared) -> None:
        cluster = results.cluster
        forms = discourse.forms(cluster.sentences, cluster.words, cluster.languages)
        weights = tf_idf(number_terms(cluster.words))
        ratings = salience(cluster.sentences, forms, weights, lexrank.rank(weights), [])
        concepts(cluster.sentences, cluster.terms, ratings)
        group_by_story(cluster.sentences, weights, cluster.languages)

    check(step, lambda size: Prepared.of(articles_maker(SENTENCES[text][1])(size)), first=80_000)


def test_novelty() -> None:
    make_articles = articles_maker(SENTENCES["prose of few words"][1])

    def make(size: int) -> tuple[Cluster, Cluster]:
        return read(make_articles(size)), read(make_articles(size)[::2])

    check(lambda clusters: redundant_with_background(*clusters), make)


ALL_SENTENCES = Options(Length("ratio", 1.0), HeadlineOptions(count=0), keywords=0)


@pytest.mark.parametrize("text", ["prose of few words", "names", "pronouns", "dated figures", "short questions"])
def test_selection_of_all_sentences(text: str) -> None:
    """Selects all sentences, with the ones they depend on, in reading order."""
    language, text_of = SENTENCES[text]
    check(lambda articles: summarize(articles, ALL_SENTENCES), articles_maker(text_of, language, 10), first=80_000)


@pytest.mark.parametrize("text", ["statements", "single marks"])
def test_selection_without_quotations(text: str) -> None:
    options = Options(exclude=frozenset({"quotes"}), headlines=HeadlineOptions(count=0), keywords=0)
    check(lambda article: summarize([article], options), article_maker(QUOTED[text]))


@pytest.mark.parametrize("text", ["names", "pronouns"])
def test_readability(text: str) -> None:
    def step(results: Prepared) -> None:
        cluster = results.cluster
        forms = discourse.forms(cluster.sentences, cluster.words, cluster.languages)
        readability = Readability(cluster.sentences, cluster.words, forms, cluster.languages, results.new_tree_cache())
        selected: dict[int, None] = {}
        for position in range(len(cluster.sentences)):
            readability.chain(position, selected, 0)
            selected[position] = None

    check(step, lambda size: Prepared.of(articles_maker(SENTENCES[text][1], count=5)(size)), first=80_000)


@pytest.mark.parametrize("text", ["prose of few words", "figures", "short sentences"])
def test_corroboration(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All sentences of articles about one event, with more pairs than are compared."""
    monkeypatch.setattr(corroboration, "MAX_PAIRS", 500_000)

    def step(results: Prepared) -> None:
        cluster, trees = results.cluster, results.new_tree_cache()
        figures = StatedFigures(cluster.sentences, cluster.languages, trees)
        Corroboration(cluster, tf_idf(cluster.terms), trees, figures).find(range(len(cluster.sentences)))

    check(step, lambda size: Prepared.of(articles_maker(SENTENCES[text][1])(size)), first=80_000, last=160_000)


@pytest.mark.parametrize("text", ["figures", "one sentence of figures", "one sentence of numerals"])
def test_figures(text: str) -> None:
    def step(results: Prepared) -> None:
        cluster, trees = results.cluster, results.new_tree_cache()
        find_differing_figures(cluster, StatedFigures(cluster.sentences, cluster.languages, trees))

    check(step, lambda size: Prepared.of(articles_maker(SENTENCES[text][1], count=10)(size)))


ONE_SENTENCE = [name for name in SENTENCES if name.startswith("one sentence")]


@pytest.mark.parametrize("text", ["names", "surnames", "prose", *ONE_SENTENCE])
def test_key_terms(text: str) -> None:
    language, text_of = SENTENCES[text]

    def step(results: Prepared) -> None:
        cluster = results.cluster
        sentences, words, terms, scores = cluster.sentences, cluster.words, cluster.terms, results.scores
        listed = shortlist(cluster.articles, sentences, words, terms, scores, [], 50)
        key_terms(cluster.articles, sentences, words, terms, scores, results.new_tree_cache(), 50, listed)

    check(step, lambda size: Prepared.of([article_maker(text_of, language)(size)]))


@pytest.mark.parametrize("text", ["speech", "names", "one sentence of names"])
def test_quotes(text: str) -> None:
    language, text_of = SENTENCES[text]

    def step(results: Prepared) -> None:
        find_quotes(results.cluster, results.scores, results.new_tree_cache(), 20)

    check(step, lambda size: Prepared.of(articles_maker(text_of, language, 5)(size)))


def test_quotations_of_one_paragraph_with_their_speakers() -> None:
    check(
        lambda results: find_quotes(results.cluster, results.scores, results.new_tree_cache(), 20),
        lambda size: Prepared.of([article_maker(prose(8, 500, "“{},” Ada Marsh said."))(size)]),
    )


def test_full_names() -> None:
    def step(results: Prepared) -> None:
        cluster = results.cluster
        found = full_names.FullNames(cluster.sentences, cluster.languages)
        given_names.GivenNames(cluster, found.full).full("Bobobo", 0)

    check(step, lambda size: Prepared.of(articles_maker(names(), count=5)(size)))


@pytest.mark.parametrize("text", ["names", *ONE_SENTENCE])
def test_headlines(text: str) -> None:
    language, text_of = SENTENCES[text]

    def step(results: Prepared) -> None:
        cluster = results.cluster
        suggest(
            cluster.articles,
            [True] * len(cluster.articles),
            cluster.sentences,
            cluster.words,
            cluster.terms,
            results.scores,
            results.new_tree_cache(),
            HeadlineOptions(count=10),
            "codepoint",
        )

    check(step, lambda size: Prepared.of(articles_maker(text_of, language, 2)(size)))


@pytest.mark.parametrize("text", ["prose", "prose of few words", "names", "one word"])
def test_stories(text: str) -> None:
    """A hundred articles, most of which share words with most others."""
    make_articles = articles_maker((SENTENCES | {"one word": ("en", MARKS["one word"])})[text][1])
    check(group, make_articles, first=40_000)


def test_stories_of_more_articles() -> None:
    """If the size doubles, the number of articles doubles, and not their length."""
    text_of = SENTENCES["prose"][1]
    check(group, lambda size: articles_maker(text_of, count=size // 1_000)(size), first=40_000, last=300_000)


def test_serialization() -> None:
    """With UTF-16 offsets in a text with characters that count twice, and with all sentences in the answer."""
    schema, answer = SummarizeRequestSchema(), SummarizeResponseSchema()

    def make(size: int) -> tuple[Any, Any]:
        text = " ".join(["It is 😀😀 so."] * (size // 13))
        request = schema.load({"articles": [{"text": text}], "offset_unit": "utf16", "all_sentences": True, "keywords": 0})
        return request, summarize(request.articles, request.options)

    check(lambda pair: answer.dump(summary_body(*pair)), make)

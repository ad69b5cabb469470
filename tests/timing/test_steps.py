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
from nutgraf.summarizer.findings import corroboration, full_names, given_names
from nutgraf.summarizer.findings.corroboration import Corroboration
from nutgraf.summarizer.findings.figures import StatedFigures, find_differing_figures
from nutgraf.summarizer.findings.keywords import key_terms
from nutgraf.summarizer.findings.quotes import find_quotes
from nutgraf.summarizer.findings.shortlist import shortlist
from nutgraf.summarizer.grammar import TreeCache, parse
from nutgraf.summarizer.grammar.tokenizer import tokenize
from nutgraf.summarizer.headlines import suggest
from nutgraf.summarizer.languages.language import detect
from nutgraf.summarizer.models import HeadlineOptions, Length
from nutgraf.summarizer.ranking import lexrank
from nutgraf.summarizer.ranking.concepts import concepts
from nutgraf.summarizer.ranking.main_story import stories
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
from nutgraf.summarizer.reading.terms import number
from nutgraf.summarizer.reading.words import content_words
from tests.slowest_texts import BLOCKS, MARKS, QUOTED, SCRIPTS, SENTENCES, Text, names, prose, repeated
from tests.time_growth import MOST_TIMES, growth

# The number of characters of the smaller text, from the first measurement to the last. A quadratic step takes minutes for
# the last.
FIRST, LAST = 20_000, 320_000
MOMENT = datetime(2027, 1, 12, tzinfo=UTC)

ARTICLES = 100


def check(step: Callable[[Any], object], make: Callable[[int], Any], first: int = FIRST, last: int = LAST) -> None:
    assert growth(step, make, first, last) <= MOST_TIMES


def one(text: Text, language: str = "en") -> Callable[[int], Article]:
    return lambda size: Article(text(size), language=language)


def many(text: Text, language: str = "en", count: int = ARTICLES) -> Callable[[int], list[Article]]:
    """The text, split at spaces into `count` articles that are a day apart."""

    def make(size: int) -> list[Article]:
        whole = text(size)
        cuts = [0, *(whole.find(" ", len(whole) * cut // count) for cut in range(1, count)), len(whole)]
        parts = [whole[start:end] for start, end in pairwise(cuts) if end > start]
        return [
            Article(f"{part}.", language=language, published_at=MOMENT + timedelta(days=day))
            for day, part in enumerate(parts)
        ]

    return make


class Read(NamedTuple):
    """The results of reading, which later steps need."""

    cluster: Cluster
    trees: TreeCache
    scores: list[float]

    @classmethod
    def of(cls, articles: Sequence[Article]) -> "Read":
        cluster = read(articles)
        forms = discourse.forms(cluster.sentences, cluster.words, cluster.languages)
        weights = tf_idf(cluster.terms)
        scores = salience(cluster.sentences, forms, weights, lexrank.rank(weights), []).tolist()
        return cls(cluster, TreeCache(cluster.sentences, cluster.languages), scores)

    @property
    def fresh(self) -> "Read":
        """The same results without parsed sentences."""
        return self._replace(trees=TreeCache(self.cluster.sentences, self.cluster.languages))


def test_a_quadratic_step_is_detected() -> None:
    def step(text: str) -> None:
        for at in range(len(text)):
            text[:at]

    assert growth(step, lambda size: "a" * size, 5_000, LAST) > MOST_TIMES


def test_a_quadratic_part_is_detected_with_large_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """For example, `len(element)` of lxml takes a small part of the time for the smallest measurable input."""
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
    check(lambda article: clean(article, "en"), one((BLOCKS | QUOTED | MARKS)[text]))


@pytest.mark.parametrize("text", QUOTED)
def test_quotations(text: str) -> None:
    check(quotations, QUOTED[text])


@pytest.mark.parametrize("text", [*QUOTED, *MARKS])
def test_sentences(text: str) -> None:
    language = {"German ordinals": "de", "German quotations": "de", "French quotations": "fr"}.get(text, "en")
    made = one((QUOTED | MARKS)[text], language)
    check(split, lambda size: [clean(made(size), language)])


@pytest.mark.parametrize("text", SCRIPTS)
def test_sentences_and_words_of_other_scripts(text: str) -> None:
    language, made = SCRIPTS[text]

    def step(article: Article) -> None:
        content_words(split([clean(article, language)]), [language])

    check(step, one(made, language), first=5_000)


@pytest.mark.parametrize("text", ["one word", "one word of accents", "initials", "hyphens", "apostrophes", "addresses"])
def test_words(text: str) -> None:
    made = one(MARKS[text])
    check(lambda sentences: content_words(sentences, ["en"]), lambda size: split([clean(made(size), "en")]))


@pytest.mark.parametrize("text", ["one sentence of names", "one sentence of clauses", "one sentence of numerals"])
def test_words_of_the_parser(text: str) -> None:
    language, made = SENTENCES[text]
    check(lambda sentence: tokenize(sentence, language), made)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "pt"])
def test_parsing(language: str) -> None:
    """Sentences of the parser's maximum length, and one that is too long."""
    made = prose(40)
    check(lambda texts: parse(texts, language), lambda size: [*made(size).split(". "), made(size)], first=2_000, last=20_000)


@pytest.mark.parametrize("text", ["prose", "prose of few words", "the same sentence"])
def test_near_duplicates(text: str) -> None:
    clusters = many(SENTENCES[text][1])

    def make(size: int) -> tuple[Any, ...]:
        articles = [clean(article, "en") for article in clusters(size)]
        sentences = split(articles)
        return articles, sentences, number(content_words(sentences, ["en"] * len(articles)))

    check(lambda arguments: near_duplicates(*arguments), make)


@pytest.mark.parametrize("text", ["prose of few words", "short sentences"])
def test_ranking(text: str) -> None:
    def step(articles: Read) -> None:
        cluster = articles.cluster
        forms = discourse.forms(cluster.sentences, cluster.words, cluster.languages)
        weights = tf_idf(number(cluster.words))
        ratings = salience(cluster.sentences, forms, weights, lexrank.rank(weights), [])
        concepts(cluster.sentences, cluster.terms, ratings)
        stories(cluster.sentences, weights, cluster.languages)

    check(step, lambda size: Read.of(many(SENTENCES[text][1])(size)), first=80_000)


def test_novelty() -> None:
    articles = many(SENTENCES["prose of few words"][1])

    def make(size: int) -> tuple[Cluster, Cluster]:
        return read(articles(size)), read(articles(size)[::2])

    check(lambda clusters: redundant_with_background(*clusters), make)


ALL_SENTENCES = Options(Length("ratio", 1.0), HeadlineOptions(count=0), keywords=0)


@pytest.mark.parametrize("text", ["prose of few words", "names", "pronouns", "dated figures", "short questions"])
def test_selection_of_all_sentences(text: str) -> None:
    """Selects all sentences, with the ones they depend on, in reading order."""
    language, made = SENTENCES[text]
    check(lambda articles: summarize(articles, ALL_SENTENCES), many(made, language, 10), first=80_000)


@pytest.mark.parametrize("text", ["statements", "single marks"])
def test_selection_without_quotations(text: str) -> None:
    options = Options(exclude=frozenset({"quotes"}), headlines=HeadlineOptions(count=0), keywords=0)
    check(lambda article: summarize([article], options), one(QUOTED[text]))


@pytest.mark.parametrize("text", ["names", "pronouns"])
def test_readability(text: str) -> None:
    def step(articles: Read) -> None:
        cluster = articles.cluster
        forms = discourse.forms(cluster.sentences, cluster.words, cluster.languages)
        readability = Readability(cluster.sentences, cluster.words, forms, cluster.languages, articles.fresh.trees)
        told: dict[int, None] = {}
        for position in range(len(cluster.sentences)):
            readability.chain(position, told, 0)
            told[position] = None

    check(step, lambda size: Read.of(many(SENTENCES[text][1], count=5)(size)), first=80_000)


@pytest.mark.parametrize("text", ["prose of few words", "figures", "short sentences"])
def test_corroboration(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All sentences of articles about one event, with more pairs than are compared."""
    monkeypatch.setattr(corroboration, "MAX_PAIRS", 500_000)

    def step(articles: Read) -> None:
        cluster, trees = articles.cluster, articles.fresh.trees
        figures = StatedFigures(cluster.sentences, cluster.languages, trees)
        Corroboration(cluster, tf_idf(cluster.terms), trees, figures).of(range(len(cluster.sentences)))

    check(step, lambda size: Read.of(many(SENTENCES[text][1])(size)), first=80_000, last=160_000)


@pytest.mark.parametrize("text", ["figures", "one sentence of figures", "one sentence of numerals"])
def test_figures(text: str) -> None:
    def step(articles: Read) -> None:
        cluster, trees = articles.cluster, articles.fresh.trees
        find_differing_figures(cluster, StatedFigures(cluster.sentences, cluster.languages, trees))

    check(step, lambda size: Read.of(many(SENTENCES[text][1], count=10)(size)))


ONE_SENTENCE = [name for name in SENTENCES if name.startswith("one sentence")]


@pytest.mark.parametrize("text", ["names", "surnames", "prose", *ONE_SENTENCE])
def test_key_terms(text: str) -> None:
    language, made = SENTENCES[text]

    def step(articles: Read) -> None:
        cluster = articles.cluster
        sentences, words, terms, scores = cluster.sentences, cluster.words, cluster.terms, articles.scores
        listed = shortlist(cluster.languages, words, terms, scores, [], 50)
        key_terms(cluster.articles, sentences, words, terms, scores, articles.fresh.trees, 50, listed)

    check(step, lambda size: Read.of([one(made, language)(size)]))


@pytest.mark.parametrize("text", ["speech", "names", "one sentence of names"])
def test_quotes(text: str) -> None:
    language, made = SENTENCES[text]

    def step(articles: Read) -> None:
        find_quotes(articles.cluster, articles.scores, articles.fresh.trees, 20)

    check(step, lambda size: Read.of(many(made, language, 5)(size)))


def test_quotations_of_one_paragraph_with_their_speakers() -> None:
    check(
        lambda articles: find_quotes(articles.cluster, articles.scores, articles.fresh.trees, 20),
        lambda size: Read.of([one(prose(8, 500, "“{},” Ada Marsh said."))(size)]),
    )


def test_full_names() -> None:
    def step(articles: Read) -> None:
        cluster = articles.cluster
        found = full_names.FullNames(cluster.sentences, cluster.languages)
        given_names.GivenNames(cluster, found.full).full("Bobobo", 0)

    check(step, lambda size: Read.of(many(names(), count=5)(size)))


@pytest.mark.parametrize("text", ["names", *ONE_SENTENCE])
def test_headlines(text: str) -> None:
    language, made = SENTENCES[text]

    def step(articles: Read) -> None:
        cluster = articles.cluster
        suggest(
            cluster.articles,
            [True] * len(cluster.articles),
            cluster.sentences,
            cluster.words,
            cluster.terms,
            articles.scores,
            articles.fresh.trees,
            HeadlineOptions(count=10),
            "codepoint",
        )

    check(step, lambda size: Read.of(many(made, language, 2)(size)))


@pytest.mark.parametrize("text", ["prose", "prose of few words", "names", "one word"])
def test_stories(text: str) -> None:
    """A hundred articles, most of which share words with most others."""
    made = many((SENTENCES | {"one word": ("en", MARKS["one word"])})[text][1])
    check(group, made, first=40_000)


def test_stories_of_more_articles() -> None:
    """Twice the articles of the same length."""
    made = SENTENCES["prose"][1]
    check(group, lambda size: many(made, count=size // 1_000)(size), first=40_000, last=300_000)


def test_serialization() -> None:
    """With UTF-16 offsets in a text whose every second character counts twice, and with all sentences in the answer."""
    schema, answer = SummarizeRequestSchema(), SummarizeResponseSchema()

    def make(size: int) -> tuple[Any, Any]:
        text = " ".join(["It is 😀😀 so."] * (size // 13))
        request = schema.load({"articles": [{"text": text}], "offset_unit": "utf16", "all_sentences": True, "keywords": 0})
        return request, summarize(request.articles, request.options)

    check(lambda pair: answer.dump(summary_body(*pair)), make)

"""Sentences of other articles that state the same fact, and what they give differently."""

import pytest

from nutgraf.summarizer import Article, Length, Options, summarize
from nutgraf.summarizer.findings.agreement.corroboration import Corroboration
from nutgraf.summarizer.findings.figures.differing_figures import StatedFigures
from nutgraf.summarizer.grammar import TreeCache
from nutgraf.summarizer.models import CorroboratingSentence
from nutgraf.summarizer.reading.cluster import read
from nutgraf.summarizer.reading.term_weights import tf_idf

# Sentences of the same story that no other one tells: without them, the words of a pair would have no weight.
BACKGROUND = (
    "The harbour board meets on the first Thursday of each month. Its budget has not grown for six years.",
    "A chart from 1961 is still in use on most fishing boats. Divers will look at the reef in the spring.",
)


def corroboration(articles: list[Article]) -> Corroboration:
    cluster = read(articles)
    trees = TreeCache(cluster.sentences, cluster.languages)
    return Corroboration(cluster, tf_idf(cluster.terms), trees, StatedFigures(cluster.sentences, cluster.languages, trees))


def also_in(one: str, other: str, language: str = "en", **about: str) -> list[CorroboratingSentence]:
    """The sentences that corroborate the first one."""
    articles = [
        Article(f"{text} {extra}", language=language, **about)  # type: ignore[arg-type]
        for text, extra in zip((one, other), BACKGROUND, strict=True)
    ]
    return corroboration(articles).find([0])[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Two men were arrested on Monday after a fire destroyed the fish market in Skerry.",
            "Police in Skerry detained two men on Monday over the fire that destroyed the fish market.",
        ),
        (
            "The council of Skerry approved the new bridge over the sound on Tuesday.",
            "A new bridge over the sound was approved by the council of Skerry on Tuesday, officials said.",
        ),
    ],
)
def test_the_same_fact_in_other_words_is_corroboration(one: str, other: str) -> None:
    assert [(match.article, match.differs) for match in also_in(one, other)] == [(1, False)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The council of Skerry approved the new bridge over the sound on Tuesday.",
            "The council of Skerry did not approve the new bridge over the sound on Tuesday.",
        ),
        (
            "The council of Skerry approved the new bridge over the sound on Tuesday.",
            "The council of Skerry may approve the new bridge over the sound on Tuesday.",
        ),
        (
            "Ada Marsh, 19, of Skerry, was charged with setting fire to the fish market.",
            "Tom Quill, 21, of Calder, was charged with setting fire to the fish market.",
        ),
        (  # the second of two facts
            "The mayor of Skerry dismissed the harbour master and announced a new bridge over the sound to Calder.",
            "The people of Skerry heard that the mayor announced a new bridge over the sound to Calder.",
        ),
        (  # a superseded report
            "Seventeen passengers were injured when the ferry ran aground off Skerry, police said.",
            "Earlier, police had said that seventeen passengers were injured when the ferry ran aground off Skerry.",
        ),
        (  # the first sentence of a quotation that has more
            "“The harbour of Skerry has lost a great friend. Today the whole harbour mourns the man who built it.”",
            "“The harbour of Skerry has lost a great friend.",
        ),
    ],
)
def test_denials_plans_other_persons_and_parts_are_not_corroboration(one: str, other: str) -> None:
    assert also_in(one, other) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The ferry ran aground off Skerry on Monday and 17 passengers were injured.",
            "On Monday 19 passengers were injured when the ferry ran aground off Skerry.",
        ),
        (
            "The council of Skerry approved the new bridge over the sound on Tuesday.",
            "The council of Skerry approved the new bridge over the sound on Wednesday.",
        ),
        (
            "The council of Skerry approved the new bridge over the sound.",
            "The council of Skerry rejected the new bridge over the sound.",
        ),
        (
            "Two women were charged after a fire at the fish market in Logan Square.",
            "Two women were charged after a fire at the fish market in Palmer Square.",
        ),
        (
            "Two women were charged after a fire at a Logan Square fish market.",
            "Two women were charged after a fire at a Palmer Square fish market.",
        ),
        (
            "A gunman entered the fish market of Skerry on Sunday afternoon and shot two traders.",
            "A gunman entered the fish market of Skerry on Sunday night and shot two traders.",
        ),
        (
            "Skerry will send a delegation of more than 400 to the summer games in Calder.",
            "Skerry will send a 550-member delegation to the summer games in Calder.",
        ),
    ],
)
def test_another_figure_day_outcome_or_name_differs(one: str, other: str) -> None:
    assert [match.differs for match in also_in(one, other)] == [True]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Born Ada Josephine Clara Marshfield in Calder, the singer grew up in the north of Skerry.",
            "Ada Josephine Clara Marshfield was christened in Calder, where the singer spent her summers.",
        ),
        (
            "As the mayor has told us, Skerry is the greatest harbour town and the greatest town of all.",
            "“I want to help out the greatest harbour town while it is in need,” a fisherman wrote to the paper.",
        ),
    ],
)
def test_shared_background_alone_is_not_corroboration(one: str, other: str) -> None:
    assert also_in(one, other) == []


def test_several_things_and_a_single_one_are_reported_as_differing() -> None:
    """Three bombs and a bomb counted as the same."""
    found = also_in(
        "The tax office in the centre of Skerry was hit by three homemade bombs on Monday.",
        "The tax office in the centre of Skerry was hit by a homemade bomb on Monday.",
    )
    assert [each.differs for each in found] == [True]


def test_a_number_that_both_sentences_give_does_not_differ() -> None:
    """The second number of a sentence, whose noun was left out, was taken for that of another word."""
    found = also_in(
        "Gusts of 148 kilometres an hour were measured at the lighthouse of Skerry.",
        "The weather service had warned of gusts of 130 kilometres an hour; at Skerry, 148 were measured.",
    )
    assert [each.differs for each in found] == [False]


def test_without_a_parser_similar_words_are_corroboration() -> None:
    one = "Broen over sundet ved Skerry falt ned i stormen natt til mandag."
    found = also_in(one, "Broen over sundet ved Skerry falt ned i stormen natt til mandag, ifølge politiet.", "nb")
    assert len(found) == 1


def test_a_sentence_that_only_one_source_has_is_marked() -> None:
    found = corroboration([Article(text, language="en") for text in BACKGROUND])
    found.find(range(4))
    assert all(found.single_source(position) for position in range(4))


def test_two_articles_of_one_source_are_one_source() -> None:
    found = corroboration([Article(text, language="en", source="AP") for text in BACKGROUND])
    found.find(range(4))
    assert not any(found.single_source(position) for position in range(4))


def test_a_single_article_is_not_marked() -> None:
    summary = summarize([Article(BACKGROUND[0])], Options(length=Length("sentences", 2)))
    assert not any(scored.single_source for scored in summary.summary.sentences)


def test_an_article_in_another_language_does_not_make_a_fact_single_source() -> None:
    found = corroboration(
        [Article(BACKGROUND[0], language="en"), Article("Broen falt ned i stormen natt til mandag.", language="nb")]
    )
    found.find([0])
    assert not found.single_source(0)


def test_the_option_all_sentences_does_not_change_the_summary() -> None:
    articles = [
        Article("Two men were arrested on Monday after a fire destroyed the fish market in Skerry. " + BACKGROUND[0]),
        Article(
            "Police in Skerry detained two men on Monday over the fire that destroyed the fish market. " + BACKGROUND[1]
        ),
    ]
    one, other = summarize(articles), summarize(articles, Options(all_sentences=True))
    assert one.summary == other.summary

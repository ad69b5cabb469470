"""Figures that stories give differently are shown, and others are not: precision before recall."""

import pytest

from nutgraf.summarizer import Article
from nutgraf.summarizer.findings.figures import StatedFigures, find_differing_figures
from nutgraf.summarizer.findings.quantities import quantities
from nutgraf.summarizer.grammar import SentenceTrees
from nutgraf.summarizer.models import Figure
from nutgraf.summarizer.reading.cluster import read
from tests.figure_pairs import HELD_BACK, PAIRS, Pair

LEAST_PRECISION = 0.97
LEAST_RECALL = 0.8


def figures(*texts: str, language: str = "en") -> list[Figure]:
    cluster = read([Article(text, language=language) for text in texts])
    return find_differing_figures(cluster, SentenceTrees(cluster.sentences, cluster.languages))


def precision_and_recall(pairs: dict[str, list[Pair]]) -> tuple[float, float]:
    shown = [
        (bool(figures(one, other, language=language)), label)
        for language, each in pairs.items()
        for one, other, label in each
    ]
    right = sum(found and label == "differ" for found, label in shown)
    return right / sum(found for found, _ in shown), right / sum(label == "differ" for _, label in shown)


def test_on_labelled_pairs() -> None:
    assert sum(map(len, PAIRS.values())) + sum(map(len, HELD_BACK.values())) > 200
    precision, recall = precision_and_recall(PAIRS)
    assert precision >= LEAST_PRECISION
    assert recall >= LEAST_RECALL


def test_a_figure_says_who_gives_it_and_where() -> None:
    texts = (
        "A train derailed. At least 17 people were killed, officials said.",
        "The death toll of the derailment rose to 19.",
    )
    (figure,) = figures(*texts)
    assert figure.about == "killed"
    assert [(value.value, value.qualifier, value.unit) for value in figure.values] == [
        (17, "at least", "people"),
        (19, None, "people"),
    ]
    for value in figure.values:
        assert texts[value.article][value.start : value.end] == value.text


def test_two_sentences_are_compared() -> None:
    cluster = read([Article("The fire killed 6 people."), Article("Six people died in the fire. Eight people were killed.")])
    stated = StatedFigures(cluster.sentences, cluster.languages, SentenceTrees(cluster.sentences, cluster.languages))
    assert [stated.compare(0, other) for other in (1, 2)] == ["equal", "differ"]


def test_a_copy_gives_no_figure_of_its_own() -> None:
    text = "The crash killed 17 people near the old mill on the road to Hale. Police closed the road for most of the day."
    assert figures(text, text.replace("17", "18") + " It was dark.") == []


@pytest.mark.parametrize(
    ("text", "value", "kind", "qualifier"),
    [
        ("At least 17 died.", 17, "count", "at least"),
        ("It cost $2.1 million.", 2.1e6, "USD", None),
        ("It cost $2.1m.", 2.1e6, "USD", None),
        ("It cost nearly 3 billion euros.", 3e9, "EUR", "nearly"),
        ("It rose by 5.4 percent.", 5.4, "percent", None),
        ("Twenty-one died.", 21, "count", None),
        ("Two hundred died.", 200, "count", None),
        ("A dozen died.", 12, "count", None),
        ("More than 40,000 came.", 40_000, "count", "more than"),
    ],
)
def test_quantities_are_read(text: str, value: float, kind: str, qualifier: str | None) -> None:
    (quantity,) = quantities(text, "en")
    assert (quantity.value, quantity.kind, quantity.qualifier) == (value, kind, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "On May 5 it rained.",
        "At 6.40 a.m. it rained.",
        "A 17-year-old left.",
        "Flight 370 left.",
        "It opened in 1961.",
        "Alder won 3-1.",
        "The 4th ship left.",
        "Ada Quill, 42, left.",
        "It was 12 years ago.",
    ],
)
def test_what_is_no_quantity_is_left_alone(text: str) -> None:
    assert list(quantities(text, "en")) == []

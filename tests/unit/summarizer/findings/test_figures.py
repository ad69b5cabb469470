"""Figures that stories give differently are shown, and others are not: precision before recall."""

import time
from collections.abc import Iterator

import pytest

import nutgraf.summarizer.findings.figures as figures_module
from nutgraf.summarizer import Article
from nutgraf.summarizer.findings.figures import find_differing_figures
from nutgraf.summarizer.findings.quantities import Quantity, quantities
from nutgraf.summarizer.models import Figure, Sentence
from nutgraf.summarizer.reading.cluster import read
from tests.builders import article
from tests.data_figures import PAIRS

LEAST_PRECISION = 0.9
LEAST_RECALL = 0.7


def figures(*texts: str) -> list[Figure]:
    return find_differing_figures(read([Article(text, language="en") for text in texts]))


def test_on_a_hundred_labelled_pairs() -> None:
    assert len(PAIRS) == 100
    shown = [(bool(figures(one, other)), label) for one, other, label in PAIRS]
    right = sum(found and label for found, label in shown)
    precision = right / sum(found for found, _ in shown)
    recall = right / sum(label for *_, label in PAIRS)
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
    (quantity,) = quantities(text)
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
    assert list(quantities(text)) == []


def test_thousands_of_claims_are_not_compared_each_with_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand amounts about ten thousand things took 17 seconds."""
    amount = Quantity(5.0, "USD", None, 0, 1)

    def many(sentence: Sentence) -> Iterator[figures_module._Claim]:
        for at in range(1_000):
            words = frozenset({f"{sentence.article} {sentence.index} {at}", f"{at} {sentence.index}"})
            yield figures_module._Claim("paid", None, words, amount, sentence)

    monkeypatch.setattr(figures_module, "_claims", many)
    cluster = read([article("One paid 5. Two paid 6. Three paid 7. Four paid 8. Five paid 9."), article("Six got 2.")])
    began = time.process_time()
    find_differing_figures(cluster)
    assert time.process_time() - began < 3

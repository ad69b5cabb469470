"""Difficult sentence boundaries, at abbreviations, numbers, quotations and names, in every language with a file."""

import pytest

from nutgraf.summarizer import Article
from nutgraf.summarizer.languages.language import codes
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.sentences import split
from tests.language_samples import language_samples

SAMPLES = language_samples()
CASES = [(code, case) for code, sample in SAMPLES.items() for case in sample.boundaries]
# A sentence follows the one before it without a space.
WITHOUT_SPACES = {"ja", "zh"}
MIN_BOUNDARIES = 12


@pytest.mark.parametrize(("code", "case"), CASES)
def test_a_difficult_sentence_boundary(code: str, case: str) -> None:
    expected = case.split("|")
    text = ("" if code in WITHOUT_SPACES else " ").join(expected)
    assert [sentence.text for sentence in split([clean(Article(text), code)])] == expected


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_language_has_a_dozen_difficult_boundaries(code: str) -> None:
    assert sum(case.count("|") for case in SAMPLES[code].boundaries) >= MIN_BOUNDARIES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. The first item 2. The second item 3. The third", ["1. The first item", "2. The second item", "3. The third"]),
        ("The weather gets better.Whether it stays is open.", ["The weather gets better.", "Whether it stays is open."]),
        ("Ask Jane.Doe@news.example or www.News.example now.", ["Ask Jane.Doe@news.example or www.News.example now."]),
        ("The bridge is shut.12 Ferries run.", ["The bridge is shut.", "Ferries run."]),
        ("It is big. . . . It is not.", ["It is big. . . .", "It is not."]),
        (
            "It was **late.** She left. __Why now?__ He stayed.",
            ["It was **late.**", "She left.", "__Why now?__", "He stayed."],
        ),
        (
            "See [the report](https://a.example/b.c). It is long.",
            ["See [the report](https://a.example/b.c).", "It is long."],
        ),
        ("See [the report.](https://a.example/b) It is long.", ["See [the report.](https://a.example/b)", "It is long."]),
        ("The bridge is shut.[1][2] Ferries run.", ["The bridge is shut.[1][2]", "Ferries run."]),
        ("The bridge is shut.¹ Ferries run.[^2] They pay.", ["The bridge is shut.¹", "Ferries run.[^2]", "They pay."]),
    ],
)
def test_boundaries_at_list_items_missing_spaces_and_footnotes(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in split([clean(Article(text), "en")])] == expected


@pytest.mark.parametrize("number", ["12", "[12]"])
def test_the_number_of_a_footnote_is_listed_as_removed(number: str) -> None:
    text = f"The bridge is shut.{number} Ferries run."
    assert [text[start:end] for _, start, end in clean(Article(text), "en").removed] == [number]


@pytest.mark.parametrize(
    "ending", ["until they don't", "until they don’t", "and he can't", "it was Marsh's", "it was the mayor’s"]
)
def test_a_contraction_or_possessive_ends_a_sentence(ending: str) -> None:
    expected = [f"Sailors love the rules, {ending}.", "The council met on Monday."]
    assert [sentence.text for sentence in split([clean(Article(" ".join(expected)), "en")])] == expected

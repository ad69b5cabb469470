"""Copies of one wire story are distinguished from other articles about the same event."""

import random

import pytest

from nutgraf.samples import sample
from nutgraf.summarizer import Article, HeadlineOptions, Length, Options, summarize
from tests.builders import real_news

PAIRS = 200
LEAST = 0.97
SYNONYMS = {
    "said": "told reporters",
    "people": "persons",
    "about": "around",
    "began": "started",
    "big": "large",
    "more": "further",
}


def are_copies(one: str, other: str) -> bool:
    reports = summarize(
        [Article(one, language="en"), Article(other, language="en")],
        Options(Length("sentences", 1), HeadlineOptions(0), keywords=0),
    ).articles
    return any(report.duplicate_of is not None for report in reports)


def edited_copy(text: str, chance: random.Random) -> str:
    """A wire story as another paper prints it: cut at the end, with another byline and some changed words."""
    paragraphs = [part for part in text.split("\n") if part.strip()]
    kept = paragraphs[: max(1, round(len(paragraphs) * chance.uniform(0.5, 1)))]
    words = " \n ".join(kept).split(" ")
    words = [SYNONYMS.get(word, word) if chance.random() < 0.5 else word for word in words]
    words = [word for word in words if chance.random() > 0.02]
    head = chance.choice(["", "By Our Correspondent\n\n", "ALDER (Northwire) - ", "Updated at noon.\n\n"])
    return head + " ".join(words)


@pytest.mark.usefixtures("untraced")
def test_copies_are_distinguished_from_other_articles_about_the_event() -> None:
    chance = random.Random(5)
    clusters = [
        [each["text"] for each in row["articles"] if len(each["text"].split()) > 120] for row in real_news("multinews.jsonl")
    ]
    same = [(text, edited_copy(text, chance)) for texts in clusters for text in texts][: PAIRS // 2]
    other = [(texts[0], texts[1]) for texts in clusters if len(texts) > 1] + [
        (texts[1], texts[2]) for texts in clusters if len(texts) > 2
    ]
    # Real clusters contain real copies: pairs that share 25 words in a row do not count as different articles.
    other = [pair for pair in other if not shared_run(*pair)][: PAIRS // 2]
    found = [are_copies(*pair) for pair in same]
    wrong = [are_copies(*pair) for pair in other]
    recall = sum(found) / len(found)
    precision = sum(found) / max(1, sum(found) + sum(wrong))
    assert len(same) + len(other) >= 0.8 * PAIRS
    assert recall >= LEAST
    assert precision >= LEAST


def shared_run(one: str, other: str, words: int = 25) -> bool:
    told = [text.lower().split() for text in (one, other)]
    runs = [{" ".join(each[at : at + words]) for at in range(len(each) - words)} for each in told]
    return bool(runs[0] & runs[1])


def test_copies_of_our_own_articles_are_found() -> None:
    chance = random.Random(1)
    texts = [
        each["text"] for name in ("ferry", "bridge") for each in sample(name)["articles"] if len(each.get("text", "")) > 600
    ]
    assert all(are_copies(text, edited_copy(text, chance)) for text in texts)
    assert not any(are_copies(one, other) for at, one in enumerate(texts) for other in texts[at + 1 :])


UPDATE = (
    "A ferry carrying 120 people ran aground off Port Alder on Monday, killing at least 12, the coast guard said. The ship "
    "hit a rock in thick fog. Rescuers took all passengers off the ship within two hours."
)


@pytest.mark.parametrize(
    ("said", "instead"), [("12, the", "21, the"), ("Port Alder", "Port Hale"), ("The ship hit", "The ship never hit")]
)
def test_an_article_with_another_figure_name_or_negation_is_no_copy(said: str, instead: str) -> None:
    assert are_copies(UPDATE, UPDATE + " The captain was unhurt.")
    assert not are_copies(UPDATE, UPDATE.replace(said, instead))


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("A ferry", "The ferry"),
        ("Port Alder", "PORT ALDER"),
        ("The ship hit", "That ship hit"),
        ("on Monday", "on Tuesday"),
    ],
)
def test_the_style_of_a_paper_does_not_make_another_article(said: str, instead: str) -> None:
    assert said in UPDATE
    assert are_copies(UPDATE, UPDATE.replace(said, instead) + " The captain was unhurt.")

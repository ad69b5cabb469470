"""Shorter wordings of an attribution, which leave more of the slot to the claim."""

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
from nutgraf.summarizer.headlines.speakers.speaker_wordings import shorter_wordings


def wordings(phrase: str, story: str = "", language: str = "en") -> list[str]:
    return list(shorter_wordings([phrase], story, word_classes(language)))


@pytest.mark.parametrize(
    ("phrase", "story", "short"),
    [
        ("the Office for Bridge Safety said", "The OBS was founded in May.", "OBS said"),
        ("the Centre for Rivers and Canals said", "The CRC measures water.", "CRC said"),
        ("Centre for Rivers and Canals said", "The CR measures water.", "CR said"),
        ("according to the Skerry Boat Union", "Members of the SBU met.", "according to the SBU"),
    ],
)
def test_a_name_is_replaced_by_the_acronym_that_the_story_uses(phrase: str, story: str, short: str) -> None:
    assert short in wordings(phrase, story)
    assert short not in wordings(phrase, story.lower())
    assert short not in wordings(phrase)


def test_the_wordings_are_sorted_by_length_and_keep_those_that_are_given() -> None:
    found = wordings("the Skerry Boat Union told the paper", "Members of the SBU met.")
    assert found[0] == "the Skerry Boat Union told the paper"
    assert [len(phrase) for phrase in found] == sorted(map(len, found), reverse=True)
    assert found[-1] == "SBU said"


def test_names_in_a_row_with_more_than_a_small_word_between_them_are_not_one_name() -> None:
    assert wordings("Ada Marsh, who leads Skerry Bank, said", "The AMSB is a bank.") == [
        "Ada Marsh, who leads Skerry Bank, said"
    ]


@pytest.mark.parametrize(
    ("phrase", "short"), [("an official told the paper", "an official said"), ("aides tell the paper", "aides say")]
)
def test_a_listener_is_left_out(phrase: str, short: str) -> None:
    assert wordings(phrase) == [phrase, short]


@pytest.mark.parametrize(
    ("phrase", "short"),
    [
        ("according to police", "police said"),
        ("according to Ada Marsh", "Ada Marsh said"),
        ("according to the mayor", "the mayor said"),
        ("according to court records", None),
        ("according to a report by the ministry", None),
        ("according to legend", None),
    ],
)
def test_people_and_offices_speak_and_documents_do_not(phrase: str, short: str | None) -> None:
    assert wordings(phrase) == ([phrase, short] if short else [phrase])


def test_other_languages_keep_the_words_of_the_sentence() -> None:
    assert wordings("selon la police", language="fr") == ["selon la police"]


def test_a_headline_has_the_shorter_wording_only_if_the_longer_one_does_not_fit() -> None:
    text = "Two inspectors of the harbour office are under investigation for misconduct, a source told the Alder Courier Herald."

    def headline(longest: int) -> str:
        options = Options(headlines=HeadlineOptions(1, longest), keywords=0)
        return summarize([Article(text, language="en")], options).headlines[0].text

    assert headline(64).endswith("source said")
    assert "told the Alder Courier Herald" in headline(110)

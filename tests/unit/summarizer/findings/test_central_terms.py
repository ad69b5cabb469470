"""Key terms: what most of the articles open with, and the names and phrases that are told whole."""

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.findings.key_terms.noun_phrases import noun_phrases
from nutgraf.summarizer.findings.names.names_by_capitals import names_by_capitals
from nutgraf.summarizer.findings.names.names_in_trees import names
from nutgraf.summarizer.grammar import parse


def terms(*articles: tuple[str, str]) -> set[str]:
    """The key terms of English articles, each with its title and text."""
    options = Options(keywords=10, headlines=HeadlineOptions(0))
    return {
        keyword.term
        for keyword in summarize([Article(text, title=title, language="en") for title, text in articles], options).keywords
    }


DEBT = (
    (
        "Port Alder debt is at its highest",
        "Port Alder has more debt than ever, Ada Marsh said. Her office counts every loan.",
    ),
    ("Council warns of debt", "The debt of Port Alder will grow, the council warned. A hospital asked for a new roof."),
    ("Ada Marsh defends loans", "Ada Marsh said that the debt of Port Alder paid for the bridge. The bridge is in use."),
)


def test_a_very_frequent_noun_is_not_a_term_even_in_most_openings() -> None:
    """ "police", "defense" and "workers" were terms: true, and of no use as tags."""
    assert not {"debt", "roof", "hospital", "office"} & terms(*DEBT)


def test_a_noun_in_the_opening_of_most_articles_is_a_term_if_they_repeat_it() -> None:
    arrears = [(title.replace("debt", "arrears"), text.replace("debt", "arrears")) for title, text in DEBT]
    assert "arrears" in terms(*arrears)


def test_a_phrase_in_the_title_of_another_article_is_a_term() -> None:
    found = terms(
        ("Ada Marsh calls for a nuclear option", "Ada Marsh asked the council to end the dispute over the ferry tax."),
        ("Ferry tax divides the council", "The council may use the nuclear option to end the dispute over the ferry tax."),
    )
    assert "nuclear option" in found


def test_democrats_and_democratic_debate_are_two_terms() -> None:
    found = terms(
        ("Democrats meet in Port Alder", "Democrats met in Port Alder for the Democratic debate on the ferry tax."),
        (
            "Ada Marsh wins the Democratic debate",
            "Ada Marsh won the Democratic debate, and Democrats cheered in Port Alder.",
        ),
    )
    assert {"Democrats", "Democratic debate"} <= found


def test_a_name_with_initials_is_a_term_and_its_surname_alone_is_not() -> None:
    found = terms(
        ("J.B. Skerrow signs the ferry tax", "Gov. J.B. Skerrow signed the ferry tax. Skerrow had promised it."),
        ("Skerrow signs", "Skerrow signed the ferry tax on Monday. Gov. Skerrow said that ferries need it."),
    )
    assert "J.B. Skerrow" in found
    assert "Skerrow" not in found


def test_a_title_of_two_words_is_not_part_of_a_full_name() -> None:
    found = terms(
        ("Skerrow faults the ferry tax", "Inspector General Ada Skerrow faulted the ferry tax. Skerrow found six errors."),
        ("Errors in the ferry tax", "Skerrow said that the ferry tax has six errors. The council thanked Skerrow."),
    )
    assert "Ada Skerrow" in found
    assert not {"Skerrow", "General Ada Skerrow"} & found


@pytest.mark.parametrize(
    ("text", "wrong", "expected"),
    [
        ("Lawmakers work on efforts to overhaul policing in Port Alder.", "overhaul policing", "policing"),
        ("The mayor was charged with obstruction of justice on Monday.", "justice", "obstruction of justice"),
        ("They bought large amounts of pepper in the port.", "amounts of pepper", "pepper"),
    ],
)
def test_phrases_are_whole_and_contain_no_verbs(text: str, wrong: str, expected: str) -> None:
    [tree] = parse([text], "en")
    phrases = [phrase.text for phrase in noun_phrases(tree, "en")]
    assert expected in phrases
    assert wrong not in phrases


def test_the_end_of_a_longer_expression_is_not_a_term() -> None:
    found = terms(
        (
            "A ferry of modern times",
            "Ada Marsh saw the worst winter in modern history on the ferry. The ferry stood still. The worst winter in "
            "modern history, she said, is over. The ferry runs again.",
        )
    )
    assert "modern history" not in found
    assert "ferry" in found


def test_justice_department_is_a_whole_name_without_a_title() -> None:
    text = "The Justice Department backed the council, a top Justice Department lawyer said."
    [tree] = parse([text], "en")
    assert {name.text for name in names(tree, "en")} == {"Justice Department"}
    assert {name.text for name in names_by_capitals(text, "en")} == {"Justice Department"}


def test_a_surname_before_the_whole_name_is_not_part_of_it() -> None:
    """A speaker was "Marsh Ada Jane Marsh", because a caption ran into the sentence."""
    text = "They asked President Marsh Ada Jane Marsh about the ferry."
    assert [name.text for name in names_by_capitals(text, "en")] == ["Ada Jane Marsh"]


def test_an_office_alone_is_not_a_name() -> None:
    found = terms(
        ("Secretary of State visits Port Alder", "The Secretary of State visited Port Alder to see the ferry."),
        ("Ferry shown to Secretary of State", "Port Alder showed the ferry to the Secretary of State on Monday."),
    )
    assert "Secretary of State" not in found
    assert "Port Alder" in found

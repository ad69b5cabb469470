"""Terms are names, nouns and what tells what kind a noun is; nothing else."""

import pytest

from nutgraf.summarizer.findings.noun_phrases import noun_phrases
from nutgraf.summarizer.grammar import parse


def found(text: str, language: str) -> list[str]:
    [tree] = parse([text], language)
    return [phrase.text for phrase in noun_phrases(tree, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The council rejected the assault weapons ban after a long debate.", "assault weapons ban"),
        ("fr", "Le gouvernement présente un projet de loi sur les retraites.", "projet de loi"),
        ("pt", "O acidente aéreo fechou o aeroporto.", "acidente aéreo"),
        ("es", "El cambio climático agrava la sequía.", "cambio climático"),
        ("de", "Der Bundestag beschloss ein neues Gesetz zum Klimaschutz.", "Klimaschutz"),
    ],
)
def test_a_phrase_has_what_tells_what_kind_its_noun_is(language: str, text: str, expected: str) -> None:
    assert expected in found(text, language)


def test_verbs_adverbs_days_numbers_and_money_are_no_phrases() -> None:
    text = "Police formally continue to search on Monday, and the city will pay 9 million dollars, or $9, this year."
    assert set(found(text, "en")) <= {"Police", "city"}


def test_adjectives_such_as_new_are_no_part() -> None:
    assert "bridge" in found("The council wants a new bridge.", "en")
    assert "new bridge" not in found("The council wants a new bridge.", "en")


def test_words_that_are_joined_are_not_taken_apart() -> None:
    phrases = found("A 12-year-old girl found it in the half-empty state-run library.", "en")
    assert not {"year", "old", "state", "half"} & set(phrases)


def test_counting_words_are_no_terms() -> None:
    assert found("Des dizaines de commerçants protestent.", "fr") == ["commerçants"]


def test_a_phrase_knows_whether_it_is_a_name_and_where_it_is() -> None:
    [tree] = parse(["The mayor praised New Skerry."], "en")
    phrases = noun_phrases(tree, "en")
    assert [(phrase.text, phrase.is_name) for phrase in phrases] == [("New Skerry", True)]
    assert all(tree.text[phrase.start : phrase.end] == phrase.text for phrase in phrases)

"""Noun phrases are names, and nouns with the words that say what kind they are; nothing else."""

import pytest

from nutgraf.summarizer.findings.key_terms.noun_phrases import noun_phrases
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
def test_a_phrase_has_the_modifiers_that_say_what_kind_its_noun_is(language: str, text: str, expected: str) -> None:
    assert expected in found(text, language)


def test_verbs_adverbs_days_numbers_and_amounts_of_money_are_not_phrases() -> None:
    text = "Police formally continue to search on Monday, and the city will pay 9 million dollars, or $9, this year."
    assert set(found(text, "en")) <= {"Police", "city"}


def test_a_phrase_has_no_adjective_such_as_new() -> None:
    assert "bridge" in found("The council wants a new bridge.", "en")
    assert "new bridge" not in found("The council wants a new bridge.", "en")


def test_no_part_of_a_word_with_hyphens_is_a_phrase() -> None:
    phrases = found("A 12-year-old girl found it in the half-empty state-run library.", "en")
    assert not {"year", "old", "state", "half"} & set(phrases)


def test_a_counting_noun_is_not_a_phrase_but_the_noun_that_it_counts_is() -> None:
    assert found("Des dizaines de commerçants protestent.", "fr") == ["commerçants"]


def test_a_phrase_has_its_offsets_and_says_whether_it_is_a_name() -> None:
    [tree] = parse(["The mayor praised New Skerry."], "en")
    phrases = noun_phrases(tree, "en")
    assert [(phrase.text, phrase.is_name) for phrase in phrases] == [("New Skerry", True)]
    assert all(tree.text[phrase.start : phrase.end] == phrase.text for phrase in phrases)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Le maire a été jugé pour faux en écriture publique.", {"écriture", "écriture publique"}),
        ("fr", "En cas de récidive, l'amende double.", {"cas de récidive"}),
        ("pt", "A atleta venceu o salto com vara no estádio.", {"vara"}),
    ],
)
def test_nouns_without_an_article_after_some_prepositions_are_parts_of_fixed_phrases(
    language: str, text: str, expected: set[str]
) -> None:
    [tree] = parse([text], language)
    assert {phrase.text for phrase in noun_phrases(tree, language) if phrase.is_part_of_fixed_phrase} == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Le juge demande une mise en examen.", "mise en examen"),
        ("pt", "A atleta venceu a prova de salto com vara no estádio.", "salto com vara"),
    ],
)
def test_two_nouns_joined_by_a_preposition_are_one_phrase(language: str, text: str, expected: str) -> None:
    assert expected in found(text, language)


def test_a_plural_noun_takes_no_singular_adjective() -> None:
    assert "órgãos secundária" not in found("A morte veio da falência de órgãos secundária à insuficiência.", "pt")


def test_phrases_of_general_nouns_are_marked_and_vague_nouns_alone_are_not_phrases() -> None:
    [tree] = parse(["Lawmakers passed the stimulus bill after a debate on the statement."], "en")
    phrases = {phrase.text: phrase.is_general for phrase in noun_phrases(tree, "en")}
    assert phrases["stimulus bill"] is False
    assert phrases["bill"] is phrases["debate"] is True
    assert "statement" not in phrases
    [tree] = parse(["It was a resounding victory."], "en")
    assert all(phrase.is_general for phrase in noun_phrases(tree, "en"))


def test_a_quoted_title_of_a_work_is_a_name_and_a_single_quoted_word_is_not_a_phrase() -> None:
    [tree] = parse(['The play "12 Years a Sailor" was an "earthquake" for the town.'], "en")
    phrases = noun_phrases(tree, "en")
    assert [phrase.text for phrase in phrases if phrase.is_name] == ["12 Years a Sailor"]
    assert "earthquake" not in {phrase.text for phrase in phrases}


def test_verbs_and_adjectives_that_look_like_nouns_are_not_phrases() -> None:
    assert "time voters" not in found("It is the first time voters have changed the harbour tax.", "en")
    assert "fit" not in found("The vessel is an experience fit only for royalty.", "en")


def test_a_german_phrase_has_no_adjective_in_an_oblique_case() -> None:
    """Terms were "alten Brücken" and "Millionen Euro"."""
    text = "Die Stadt sucht nach prächtigen Brücken und zahlt Millionen Euro."
    assert "Brücken" in found(text, "de")
    assert not {"prächtigen Brücken", "Millionen Euro"} & set(found(text, "de"))


def test_a_french_noun_takes_no_adjective_of_another_number() -> None:
    assert "compagnie préférés" not in found("Les animaux de compagnie préférés des Français dorment.", "fr")


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("fr", "Les daltoniens lisent un code baptisé Alderel.", "code baptisé"),
        ("en", "She ended her two year relationship on Monday.", "year relationship"),
        ("en", "Police arrested Jan van der Skerry on Monday.", "van"),
        ("en", "Police arrested Jan van der Skerry on Monday.", "der"),
    ],
)
def test_a_participle_a_counted_time_and_a_particle_are_no_parts_of_phrases(language: str, text: str, wrong: str) -> None:
    assert wrong not in found(text, language)

"""What a sentence states, and whether two sentences state the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.summarizer.findings.agreement.facts import Facts, facts_of_words, opposed, read_facts, same_fact
from nutgraf.summarizer.grammar import parse

LANGUAGES = ("en", "de", "fr", "es", "pt")


def facts(text: str, language: str = "en") -> Facts:
    return read_facts(parse([text], language)[0], language)


def test_a_passive_and_its_active_have_the_same_roles() -> None:
    passive, active = facts("Two women were arrested by the police."), facts("The police arrested two women.")
    assert [(clause.verb, clause.who, clause.what) for clause in passive.clauses] == [
        (clause.verb, clause.who, clause.what) for clause in active.clauses
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Two women were arrested after the fire in Skerry, police said.", "en"),
        ("Police said two women were arrested after the fire in Skerry.", "en"),
        ("According to police, two women were arrested in Skerry.", "en"),
        ("De acuerdo con la policía, dos mujeres fueron detenidas en Calder.", "es"),
        ("Segundo a polícia, duas mulheres foram presas em Calder.", "pt"),
        ("Zwei Frauen wurden in Kalden festgenommen, wie die Polizei mitteilte.", "de"),
        ("D'après la police, deux femmes ont été arrêtées à Calder.", "fr"),
        ("La policía informó que dos mujeres fueron detenidas en Calder.", "es"),
        ("A polícia informou que duas mulheres foram presas em Calder.", "pt"),
    ],
)
def test_an_attribution_is_not_a_fact(text: str, language: str) -> None:
    stated = facts(text, language)
    assert not {"police", "polici", "polic", "polize"} & stated.words
    assert stated.main


def test_a_pronoun_in_reported_speech_is_the_speaker() -> None:
    assert "marsh" in facts("Marsh said she will resign on Monday.").main[0].who


@pytest.mark.parametrize(
    ("text", "language", "negated", "hedged"),
    [
        ("The mayor resigned.", "en", False, False),
        ("The mayor did not resign.", "en", True, False),
        ("The mayor may resign.", "en", False, True),
        ("The mayor planned to resign.", "en", False, True),
        ("The mayor denied that he took the money.", "en", True, False),
        ("No money was paid to the council.", "en", True, False),
        ("Die Stadt sperrt die Brücke nicht.", "de", True, False),
        ("Le maire n'a pas fermé le pont.", "fr", True, False),
        ("El alcalde no cerró el puente.", "es", True, False),
        ("O prefeito não fechou a ponte.", "pt", True, False),
    ],
)
def test_clauses_are_marked_as_negated_and_as_hedged(text: str, language: str, negated: bool, hedged: bool) -> None:
    clause = facts(text, language).main[0]
    assert (clause.negated, clause.hedged) == (negated, hedged)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        (
            "Two men were arrested on Monday after the fire at the harbour in Skerry.",
            "Police detained two men over the harbour fire in Skerry.",
            "en",
        ),
        (
            "Eleven people died when the ferry Alder sank off Calder.",
            "The sinking of the ferry Alder off Calder killed eleven people, the coastguard said.",
            "en",
        ),
        (
            "Bei dem Brand im Hafen von Kalden sind zwei Menschen gestorben.",
            "Zwei Menschen wurden bei dem Brand im Hafen von Kalden getötet.",
            "de",
        ),
        (
            "Deux hommes ont été arrêtés lundi après l'incendie du port de Calder.",
            "La police a arrêté deux hommes après l'incendie du port de Calder.",
            "fr",
        ),
        (
            "Dos hombres fueron detenidos tras el incendio en el puerto de Calder.",
            "La policía detuvo a dos hombres por el incendio en el puerto de Calder.",
            "es",
        ),
        (
            "Dois homens foram presos depois do incêndio no porto de Calder.",
            "A polícia prendeu dois homens por causa do incêndio no porto de Calder.",
            "pt",
        ),
    ],
)
def test_one_event_in_other_words_is_the_same_fact(one: str, other: str, language: str) -> None:
    assert same_fact(facts(one, language), facts(other, language), 0.4)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The mayor of Skerry opened the new bridge on Monday.",
            "The mayor of Skerry said that repairs of the old bridge will take nine months.",
        ),
        ("Ada Marsh leads the council of Skerry.", "Ada Marsh resigned as the head of the harbour board."),
        ("Police arrested two men over the harbour fire.", "The harbour fire destroyed two warehouses and a crane."),
    ],
)
def test_the_same_topic_is_not_the_same_fact(one: str, other: str) -> None:
    assert not same_fact(facts(one), facts(other), 0.35)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("The council approved the new bridge.", "The council did not approve the new bridge.", True),
        ("The council approved the new bridge.", "The council may approve the new bridge.", True),
        ("The council approved the new bridge.", "The council has approved a new bridge for the harbour.", False),
    ],
)
def test_facts_are_opposed_if_one_is_denied_or_only_possible(one: str, other: str, expected: bool) -> None:
    assert opposed(facts(one), facts(other)) is expected


def test_without_a_tree_similar_words_decide() -> None:
    one = facts_of_words(["bro", "falt", "tirsdag", "skerr", "havn"], "nb")
    assert not one.clauses
    assert same_fact(one, one, 0.6)
    assert not same_fact(one, one, 0.5)


def test_sentences_with_few_words_in_common_are_different_facts() -> None:
    assert not same_fact(facts("The news is fake."), facts("The news about the ferry is fake."), 0.6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Marsh, 19, was charged with arson in Skerry.", "Tom Quill, 21, was charged with arson in Skerry."),
        ("His bond was set at $200,000.", "Her bond was set at $200,000."),
    ],
)
def test_the_same_words_about_other_people_are_another_fact(one: str, other: str) -> None:
    """Lists of suspects repeat their sentences."""
    assert not same_fact(facts(one), facts(other), 0.95)


def test_a_verb_of_saying_with_another_meaning_is_the_verb_of_the_fact() -> None:
    """ "added" is a verb of saying; its attribution was taken for what is said."""
    assert facts("The economy added 136,000 jobs, the government said.").main[0].verb == "ad"


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_any_text_has_facts(text: str, language: str) -> None:
    stated = facts(text, language)
    assert same_fact(stated, stated, 1.0) in (True, False)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Alder beat Skerry 3-1 on Saturday.", "Skerry beat Alder 3-1 on Saturday.", "en"),
        ("The rebels killed 12 soldiers in the attack.", "Soldiers killed 20 rebels in the attack.", "en"),
        ("In the first round, Marsh won 34% of the vote.", "In the second round, Marsh won 54% of the vote.", "en"),
        ("The mayor resigned on Monday over the scandal.", "The deputy mayor resigned on Monday over the scandal.", "en"),
        ("Inflation rose to 3.2% in March.", "Core inflation rose to 3.8% in March.", "en"),
        ("O Benfica venceu o Porto por 3-1.", "O Porto venceu o Benfica por 3-1.", "pt"),
        ("El alcalde dimitió el lunes.", "El teniente de alcalde dimitió el lunes.", "es"),
    ],
)
def test_other_roles_and_other_things_are_other_facts(one: str, other: str, language: str) -> None:
    assert not same_fact(facts(one, language), facts(other, language), 1.0)
    assert same_fact(facts(one, language), facts(one, language), 1.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The mayor met the president on Monday.", "The president met the mayor on Monday."),
        ("Deputy mayor Ada Marsh opened the bridge on Monday.", "Ada Marsh opened the bridge on Monday."),
    ],
)
def test_the_same_seen_from_the_other_side_is_the_same_fact(one: str, other: str) -> None:
    assert same_fact(facts(one), facts(other), 0.9)

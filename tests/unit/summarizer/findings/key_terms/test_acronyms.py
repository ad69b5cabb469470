"""Acronyms stand for the names and phrases that they abbreviate."""

import pytest

from nutgraf.summarizer.findings.key_terms.acronyms import abbreviates, bracketed_acronyms, unexplained_acronyms
from nutgraf.summarizer.findings.key_terms.candidate import Candidate


def name(text: str, language: str = "en") -> Candidate:
    candidate = Candidate((len(text),), language, named=1)
    candidate.texts[text] = 1
    return candidate


@pytest.mark.parametrize(
    ("short", "text", "language"),
    [
        ("cctv", "Calder Central Television", "en"),
        ("cdp", "Centers for Disease and Prevention", "en"),
        ("cdc", "Centers for Disease Control and Prevention", "en"),
        ("unama", "U.N. Assistance Mission to Alder", "en"),
        ("incor", "Instituto do Coração", "pt"),
        ("onf", "Office national alderien des forêts", "fr"),
    ],
)
def test_letters_are_those_of_the_words_in_order(short: str, text: str, language: str) -> None:
    assert abbreviates(short, name(text, language)) == (short != "onf")  # "alderien" would add an A


@pytest.mark.parametrize("short", ["mar", "am", "adamarsh", "xy"])
def test_a_surname_or_a_long_word_is_not_an_acronym_of_a_person(short: str) -> None:
    assert abbreviates(short, name("Ada Marsh")) == (short == "am")


def test_a_text_introduces_acronyms_from_another_language() -> None:
    party = name("Partido dos Pescadores de Skerry", "pt")
    assert bracketed_acronyms(["O Partido dos Pescadores de Skerry (PPX) luta."], [party]) == {"ppx": party.text}


def test_the_party_of_a_person_is_not_an_acronym_of_the_person() -> None:
    person = name("Paulo da Silva", "pt")
    assert bracketed_acronyms(["O senador Paulo da Silva (PPX-AL) falou."], [person]) == {}


def test_an_acronym_that_two_names_may_have_has_no_long_form() -> None:
    names = [name("Skerry Port Trust"), name("South Pier Trust")]
    acronym = name("SPT")
    assert unexplained_acronyms([acronym], names) == {}
    assert unexplained_acronyms([acronym], names[:1]) == {"spt": "Skerry Port Trust"}

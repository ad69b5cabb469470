"""A short name is resolved only if one long form is sure."""

from nutgraf.summarizer.findings.names.full_names import FullNames, introduced_acronyms
from nutgraf.summarizer.grammar import parse
from nutgraf.summarizer.models import Sentence


def sentences(*texts: str, article: int = 0) -> list[Sentence]:
    return [Sentence(text, article, index, 0, len(text), 0) for index, text in enumerate(texts)]


def test_a_surname_is_completed_to_the_full_name() -> None:
    names = FullNames(sentences("Mayor Ada Marsh opened the bridge.", "“It is safe,” Marsh said."), ["en"])
    assert names.full("Marsh") == "Ada Marsh"
    assert names.full("Ada Marsh") == "Ada Marsh"
    assert names.full("Bright") == "Bright"


def test_a_surname_of_two_people_is_not_completed() -> None:
    names = FullNames(sentences("Ada Marsh met Tom Marsh.", "Marsh smiled."), ["en"])
    assert names.full("Marsh") == "Marsh"


def test_a_full_name_in_the_same_article_is_preferred() -> None:
    pool = [*sentences("Ada Marsh met the council."), *sentences("Tom Marsh won the race.", article=1)]
    names = FullNames(pool, ["en", "en"])
    assert names.full("Marsh", article=1) == "Tom Marsh"
    assert names.full("Marsh") == "Marsh"


def test_a_word_after_an_article_is_not_a_surname() -> None:
    names = FullNames(sentences("The White House agreed.", "The vote in the House is on Monday."), ["en"])
    assert names.full("House") == "House"


def test_a_first_name_is_completed_only_if_the_surname_also_occurs_alone() -> None:
    alone = FullNames(sentences("Ada Marsh sang.", "Then Ada left with Marsh."), ["en"])
    assert alone.full("Ada") == "Ada Marsh"
    tower = FullNames(sentences("They met in Marsh Tower.", "Then Marsh left the Tower."), ["en"])
    assert tower.full("Marsh") == "Marsh"


def test_an_acronym_is_completed_to_the_form_that_introduces_it() -> None:
    assert introduced_acronyms("The Federal Emergency Management Agency (FEMA) came.") == {
        "fema": "Federal Emergency Management Agency"
    }
    assert introduced_acronyms("Le Bureau d'enquêtes et d'analyses (BEA) a publié un rapport.") == {
        "bea": "Bureau d'enquêtes et d'analyses"
    }
    assert introduced_acronyms("l'ONU (Organisation des Nations unies) a voté") == {"onu": "Organisation des Nations unies"}
    assert introduced_acronyms("Ada Marsh (left) and the council (ABC) met.") == {}


def test_full_names_in_german_are_found_in_trees() -> None:
    texts = ["Bürgermeisterin Ada Marsch öffnete die Brücke.", "Marsch lächelte."]
    trees = dict(enumerate(parse(texts, "de")))
    assert FullNames(sentences(*texts), ["de"], trees).full("Marsch") == "Ada Marsch"
    assert FullNames(sentences(*texts), ["de"]).full("Marsch") == "Marsch"

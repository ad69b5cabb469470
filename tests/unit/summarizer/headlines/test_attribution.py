"""Who says so: attributions at the end of real sentences, what officials state as a fact, and what keeps its speaker.

The sentences are short and plain, so that the parser is sure of them.
"""

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.grammar import parse
from nutgraf.summarizer.headlines.attribution import Attribution, claims, closing_attribution, plain_fact
from nutgraf.summarizer.headlines.shorten import shorten, shorten_attributed
from nutgraf.summarizer.headlines.spans import Spans
from nutgraf.summarizer.headlines.word_classes import word_classes
from tests.unit.summarizer.headlines.trees import best_of_each_clause

LONGEST = 80
FIRE = {
    "en": "Two people died in a fire near the harbour",
    "fr": "Deux personnes sont mortes dans un incendie",
    "de": "Zwei Menschen starben bei einem Brand im Hafen",
    "es": "Dos personas murieron en un incendio en el puerto",
    "pt": "Duas pessoas morreram em um incêndio no porto",
}
BRIDGE = {
    "en": "The bridge closed after the storm",
    "fr": "Le pont a été fermé après la tempête",
    "de": "Die Brücke ist nach dem Sturm gesperrt",
    "es": "El puente cerró tras la tormenta",
    "pt": "A ponte fechou depois da tempestade",
}


def attribution(sentence: str, language: str) -> Attribution | None:
    (tree,) = parse([sentence], language)
    return closing_attribution(tree, Spans(tree), word_classes(language))


def headlines(sentence: str, language: str, longest: int = LONGEST) -> list[str]:
    """What becomes of a sentence whose attribution, if it has one, is cut off before the claim is parsed."""
    classes = word_classes(language)
    found = attribution(sentence, language)
    (tree,) = parse([f"{sentence[: found.end]}." if found else sentence], language)

    def fits(line: str) -> bool:
        return len(line) <= longest

    made = shorten_attributed(tree, found, classes, fits, longest) if found else shorten(tree, classes, fits, longest)
    return [headline.text for headline in best_of_each_clause(made)]


@pytest.mark.parametrize(
    ("language", "closing", "speaker"),
    [
        ("en", ", police said on Monday.", "police said"),
        ("en", ", police said.", "police said"),
        ("en", ", the fire department said.", "the fire department said"),
        ("en", ", according to police.", "according to police"),
        ("fr", ", a annoncé vendredi la préfecture.", "a annoncé la préfecture"),
        ("fr", ", selon la préfecture.", "selon la préfecture"),
        ("es", ", informó la policía.", "informó la policía"),
        ("es", ", según la policía.", "según la policía"),
        ("de", ", wie die Polizei mitteilte.", "wie die Polizei mitteilte"),
        ("de", ", teilte die Polizei am Montag mit.", "teilte die Polizei mit"),
        ("pt", ", segundo a polícia.", "segundo a polícia"),
        ("pt", ", informou a polícia.", "informou a polícia"),
    ],
)
def test_a_plain_fact_keeps_officials_where_there_is_room(language: str, closing: str, speaker: str) -> None:
    sentence = FIRE[language] + closing
    found = attribution(sentence, language)
    assert found is not None
    assert sentence[: found.end] == FIRE[language]
    assert found.speakers[0] == speaker
    assert found.official
    assert not found.pronoun
    assert headlines(sentence, language) == [f"{_without_place(FIRE[language], language)}, {speaker}"]


def test_a_plain_fact_goes_without_officials_where_nothing_fits_with_them() -> None:
    assert headlines(f"{FIRE['en']}, police said.", "en", 27) == ["Two people died in a fire"]


def _without_place(sentence: str, language: str) -> str:
    """French alone has no room for the place beside its long speaker."""
    return sentence.removesuffix(" près du port") if language == "fr" else sentence


@pytest.mark.parametrize(
    ("language", "speaker"),
    [
        ("en", "a fisherman said"),
        ("en", "Ada Marsh told reporters"),
        ("fr", "a déclaré un pêcheur"),
        ("de", "sagte ein Fischer"),
        ("es", "dijo un pescador"),
        ("pt", "disse um pescador"),
    ],
)
def test_what_others_say_keeps_its_speaker(language: str, speaker: str) -> None:
    sentence = f"{BRIDGE[language]}, {speaker}."
    found = attribution(sentence, language)
    assert found is not None
    assert not found.official
    assert headlines(sentence, language) == [f"{BRIDGE[language]}, {speaker}"]


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param("The company lied about the bridge", id="accusation"),
        pytest.param("The bridge could collapse at any time", id="forecast"),
        pytest.param("The bridge is the worst in the country", id="judgement"),
    ],
)
def test_a_claim_of_officials_keeps_its_speaker(claim: str) -> None:
    assert headlines(f"{claim}, police said.", "en") == [f"{claim}, police said"]


@pytest.mark.parametrize(
    ("language", "speaker"), [("en", "he said"), ("en", "she told reporters on Friday"), ("en", "they said"), ("de", "sagte er"), ("pt", "disse ele")]
)  # fmt: skip
def test_a_pronoun_as_speaker_yields_nothing(language: str, speaker: str) -> None:
    assert headlines(f"{BRIDGE[language]}, {speaker}.", language) == []


def test_an_english_pronoun_is_known_as_one() -> None:
    found = attribution(f"{BRIDGE['en']}, he said.", "en")
    assert found is not None
    assert found.pronoun


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Marsh met the mayor, who closed the bridge.", "en"),
        ("The bridge, which spans the river, closed on Monday.", "en"),
        ("Police said two people died in the fire.", "en"),
        ("Le maire a fermé le pont, puis la route.", "fr"),
        ("Die Polizei sperrte die Brücke, die über den Fluss führt.", "de"),
    ],
)
def test_other_clauses_after_a_comma_are_no_attributions(sentence: str, language: str) -> None:
    assert attribution(sentence, language) is None


def test_the_shorter_form_of_a_speaker_is_for_a_slot_without_room() -> None:
    found = attribution(f"{BRIDGE['en']}, the fire department said.", "en")
    assert found is not None
    assert list(found.speakers) == ["the fire department said", "fire department said"]


# A verb of saying that governs the sentence.


@pytest.mark.parametrize(
    ("opening", "headline"),
    [
        pytest.param(
            "Police said on Monday that",
            f"Police said on Monday that {FIRE['en'][:1].lower()}{FIRE['en'][1:]}",
            id="officials",
        ),
        pytest.param(
            "A fisherman said that", f"A fisherman said that {FIRE['en'][:1].lower()}{FIRE['en'][1:]}", id="others"
        ),
    ],
)
def test_a_speaker_before_a_claim_stays(opening: str, headline: str) -> None:
    assert headlines(f"{opening} two people died in a fire near the harbour.", "en") == [headline]


def test_a_pronoun_before_what_it_says_yields_nothing() -> None:
    sentence = "He said on Monday that two people died in a fire near the harbour."
    (tree,) = parse([sentence], "en")
    assert claims(tree, Spans(tree), word_classes("en")).pronoun
    assert headlines(sentence, "en") == []


def test_the_plain_fact_of_officials_leaves_out_who_says_so() -> None:
    (tree,) = parse(["Police said that the bridge closed after the storm."], "en")
    claim = plain_fact(tree, Spans(tree), word_classes("en"))
    assert claim is not None
    assert tree.words[claim.verb] == "closed"
    assert {"Police", "said"} <= {tree.words[word] for word in claim.left_out}


@pytest.mark.parametrize(
    ("language", "sentence", "headline"),
    [
        ("en", "According to the mayor, the bridge closed after the storm.", "The bridge closed after the storm, according to the mayor"),
        ("fr", "Selon un pêcheur, le pont a été fermé après la tempête.", "Le pont a été fermé après la tempête, selon un pêcheur"),
        ("es", "Según un pescador, el puente cerró tras la tormenta.", "El puente cerró tras la tormenta, según un pescador"),
        ("pt", "Segundo um pescador, a ponte fechou depois da tempestade.", "A ponte fechou depois da tempestade, segundo um pescador"),
    ],
)  # fmt: skip
def test_a_source_that_opens_the_sentence_stands_at_the_end(language: str, sentence: str, headline: str) -> None:
    article = Article(sentence, language=language)
    (first, *_) = summarize([article], Options(headlines=HeadlineOptions(3, 70))).headlines
    assert first.text == headline

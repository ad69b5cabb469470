"""A sentence comes with what it needs to be understood, or not at all."""

import pytest

from nutgraf.summarizer.grammar import SentenceTrees
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.ranking.readability import Readability
from nutgraf.summarizer.reading.cluster import read
from nutgraf.summarizer.reading.discourse import forms
from tests.builders import article

LEDE = "Rescuers pulled nine hikers from a gorge near Alder on Sunday, the mountain service said."
MIDDLE = "Ceija Stojka led the rescue team through the gorge with two dogs and a rope."


def readability(text: str, language: str = "en") -> tuple[Readability, list[Sentence]]:
    cluster = read([article(text, language=language)])
    sentences, languages = list(cluster.sentences), cluster.languages
    trees = SentenceTrees(sentences, languages)
    return Readability(sentences, cluster.words, forms(sentences, cluster.words, languages), languages, trees), sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "Here are six things to know about the gorge.",
        "Read more about the rescue below.",
        "Will the gorge ever be safe for hikers?",
        "Click here to see pictures of the rescue.",
        "- Nine hikers with light injuries were taken to a hospital.",
        "and nine of them were taken to a hospital in Alder.",
        "The mountain service named three causes of the accident:",
    ],
)
def test_teasers_questions_and_torn_sentences_are_not_usable(sentence: str) -> None:
    judged, sentences = readability(f"{LEDE}\n\n{sentence}\n\nThe gorge was closed on Monday.")
    for position, each in enumerate(sentences):
        assert judged.usable(position) is (each.text != sentence)


def test_a_surname_needs_the_sentence_with_the_full_name() -> None:
    judged, _ = readability(f"{LEDE} {MIDDLE} On Monday morning Stojka thanked the volunteers from the village.")
    assert judged.chain(2, (), None) == [1, 2]
    assert judged.chain(2, (0,), 0) == [1, 2]
    assert judged.chain(2, (1,), None) == [2]


@pytest.mark.parametrize("name", ["Mr. Stojka", "Stojka"])
def test_an_honorific_introduces_nobody(name: str) -> None:
    judged, _ = readability(f"{LEDE} {MIDDLE} On Monday {name} thanked the volunteers from the village.")
    assert judged.chain(2, (), None) == [1, 2]


def test_a_name_that_the_article_never_introduces_is_known() -> None:
    judged, _ = readability(f"{LEDE} In Vienna, Obama thanked the volunteers from the village.")
    assert judged.chain(1, (), None) == [1]


def test_a_noun_with_an_article_needs_its_first_mention() -> None:
    judged, _ = readability(f"{LEDE} {MIDDLE} The team found all nine of them below a waterfall.")
    assert judged.chain(2, (0,), 0) == [1, 2]
    judged, _ = readability(f"{LEDE} {MIDDLE} The team of the mountain service found all nine below a waterfall.")
    assert judged.chain(2, (0,), 0) == [2]


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        ("She said the rope had held.", True),
        ("The rope had held, she said.", True),
        ("After the rescue on Sunday, she slept for ten hours.", True),
        ("When she was asked about the rope, Stojka laughed.", False),
        ("Stojka said she had never seen such a storm.", False),
        ("The decision was made by Stojka and her dogs.", False),
    ],
)
def test_a_pronoun_without_a_noun_follows_the_sentence_before(text: str, follows: bool) -> None:
    judged, sentences = readability(f"{MIDDLE} {text}")
    assert judged.follows(len(sentences) - 1) is follows


def test_a_quotation_without_its_speaker_needs_the_sentence_before() -> None:
    judged, sentences = readability(
        f'{LEDE} "We had one hour left," Ceija Stojka said. "Then the water came up to the path."'
    )
    assert [judged.follows(position) for position in range(len(sentences))] == [False, False, True]


@pytest.mark.parametrize(
    ("language", "text", "usable", "follows"),
    [
        ("de", "Sehen Sie die Rettung in der Schlucht noch einmal.", False, False),
        ("fr", "Voici les cinq choses à savoir sur le sauvetage.", False, False),
        ("pt", "Confira as imagens do resgate na serra.", False, False),
        ("es", "Conozca los detalles del rescate en la sierra.", False, False),
        ("fr", "« La corde a tenu », a-t-elle expliqué.", True, True),
        ("pt", '"A corda aguentou", disse ela.', True, True),
        ("xx", "She said so to everybody in the village.", True, False),
    ],
)
def test_words_of_the_language_files_decide(language: str, text: str, usable: bool, follows: bool) -> None:
    first = "Anna Berg und Bo Lund 1 2 3 4 5 6."
    judged, sentences = readability(f"{first}\n\n{text}", language)
    last = len(sentences) - 1
    assert (judged.usable(last), judged.follows(last)) == (usable, follows)


def test_whoever_speaks_of_themselves_is_found_outside_quotations() -> None:
    judged, _ = readability('I have used this bridge for years. "I never use it," Ada Marsh said. The bridge is old.')
    assert [judged.narrates(position) for position in range(3)] == [True, False, False]


@pytest.mark.parametrize(
    ("sentence", "needed"),
    [
        ("The waterfall had washed two of them away.", [2, 3]),
        ("During the descent one of the dogs was hurt.", [2, 3]),
        ("The government paid for the helicopter.", [3]),
        ("The waterfall of Alder is forty metres high.", [3]),
        ("A waterfall had washed two of them away.", [3]),
    ],
)
def test_a_noun_that_opens_a_sentence_with_its_article_was_told_before(sentence: str, needed: list[int]) -> None:
    middle = "Volunteers from the village carried ropes and blankets into the valley for hours."
    judged, _ = readability(f"{LEDE} {MIDDLE} {middle} {sentence}")
    assert judged.chain(3, (), None) == needed

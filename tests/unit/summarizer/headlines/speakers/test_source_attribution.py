"""When a headline keeps the attribution ("police said") of its sentence, and where it puts it.

Most sentences are parsed, not written as trees. They are short and plain, so that the parser is sure of them.
"""

import pytest

from nutgraf.summarizer import Article, HeadlineOptions, Options, summarize
from nutgraf.summarizer.grammar import parse
from nutgraf.summarizer.headlines.clauses.main_claim import main_claim, plain_fact
from nutgraf.summarizer.headlines.clauses.repairs import repair
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
from nutgraf.summarizer.headlines.main_clauses import reported_clause
from nutgraf.summarizer.headlines.shorten import shorten, shorten_attributed
from nutgraf.summarizer.headlines.speakers.source_attribution import (
    Attribution,
    closing_attribution,
    opening_attribution,
)
from nutgraf.summarizer.headlines.speakers.unknown_source import has_unknown_source
from tests.unit.summarizer.headlines.trees import best_of_each_clause, tree

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
    """The headlines from a sentence. Its closing attribution, if any, is removed before the rest is parsed."""
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
def test_an_official_attribution_of_a_plain_fact_is_kept_if_it_fits(language: str, closing: str, speaker: str) -> None:
    sentence = FIRE[language] + closing
    found = attribution(sentence, language)
    assert found is not None
    assert sentence[: found.end] == FIRE[language]
    assert found.speakers[0] == speaker
    assert found.official
    assert not found.pronoun
    assert headlines(sentence, language) == [f"{FIRE[language]}, {speaker}"]


def test_an_official_attribution_of_a_plain_fact_is_dropped_if_nothing_fits_with_it() -> None:
    assert headlines(f"{FIRE['en']}, police said.", "en", 27) == ["Two people died in a fire"]


@pytest.mark.parametrize(
    ("language", "speaker"),
    [
        ("en", "a fisherman said"),
        ("en", "Ada Marsh told reporters"),
        ("en", "a port official told Harbour TV"),  # told to one broadcaster only, so the speaker is kept
        ("fr", "a déclaré un pêcheur"),
        ("de", "sagte ein Fischer"),
        ("es", "dijo un pescador"),
        ("pt", "disse um pescador"),
    ],
)
def test_an_attribution_to_others_than_officials_is_kept(language: str, speaker: str) -> None:
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
def test_accusations_forecasts_and_judgements_of_officials_keep_the_speaker(claim: str) -> None:
    assert headlines(f"{claim}, police said.", "en") == [f"{claim}, police said"]


@pytest.mark.parametrize(
    ("language", "speaker"), [("en", "he said"), ("en", "she told reporters on Friday"), ("en", "they said"), ("de", "sagte er"), ("pt", "disse ele")]
)  # fmt: skip
def test_a_sentence_whose_speaker_is_a_pronoun_yields_no_headline(language: str, speaker: str) -> None:
    assert headlines(f"{BRIDGE[language]}, {speaker}.", language) == []


def test_an_attribution_says_if_its_speaker_is_a_pronoun() -> None:
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
def test_other_clauses_after_a_comma_are_not_attributions(sentence: str, language: str) -> None:
    assert attribution(sentence, language) is None


def test_a_speaker_has_a_shorter_wording_without_the_article() -> None:
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
def test_a_speaker_before_a_that_clause_is_kept_there(opening: str, headline: str) -> None:
    assert headlines(f"{opening} two people died in a fire near the harbour.", "en") == [headline]


def test_a_pronoun_as_the_speaker_before_a_claim_yields_no_headline() -> None:
    sentence = "He said on Monday that two people died in a fire near the harbour."
    (tree,) = parse([sentence], "en")
    assert main_claim(tree, Spans(tree), word_classes("en")).pronoun
    assert headlines(sentence, "en") == []


def test_the_plain_fact_of_an_official_statement_leaves_out_the_speaker() -> None:
    (tree,) = parse(["Police said that the bridge closed after the storm."], "en")
    claim = plain_fact(tree, Spans(tree), word_classes("en"))
    assert claim is not None
    assert tree.words[claim.verb] == "closed"
    assert {"Police", "said"} <= {tree.words[word] for word in claim.left_out}


def test_police_reporting_an_admission_by_the_mayor_is_not_a_plain_fact() -> None:
    (tree,) = parse(["Police said that the mayor admitted the fraud after the storm."], "en")
    assert plain_fact(tree, Spans(tree), word_classes("en")) is None


@pytest.mark.parametrize(
    ("language", "sentence", "headline"),
    [
        ("en", "According to the mayor, the bridge closed after the storm.", "The bridge closed after the storm, according to the mayor"),
        ("fr", "Selon un pêcheur, le pont a été fermé après la tempête.", "Le pont a été fermé après la tempête, selon un pêcheur"),
        ("es", "Según un pescador, el puente cerró tras la tormenta.", "El puente cerró tras la tormenta, según un pescador"),
        ("pt", "Segundo um pescador, a ponte fechou depois da tempestade.", "A ponte fechou depois da tempestade, segundo um pescador"),
    ],
)  # fmt: skip
def test_a_source_at_the_start_of_the_sentence_moves_to_the_end_of_the_headline(
    language: str, sentence: str, headline: str
) -> None:
    article = Article(sentence, language=language)
    (first, *_) = summarize([article], Options(headlines=HeadlineOptions(3, 70))).headlines
    assert first.text == headline


@pytest.mark.parametrize(
    ("sentence", "speakers"),
    [
        (
            "The bridge closed after the storm, a spokeswoman for the harbour office said on Monday.",
            ["a spokeswoman for the harbour office said", "spokeswoman said"],
        ),
        ("The bridge closed after the storm, a former official said.", ["a former official said", "former official said"]),
        (
            "The bridge closed after the storm, a network executive told the paper.",
            ["a network executive told the paper", "network executive told the paper"],
        ),
    ],
)
def test_shorter_wordings_of_a_speaker_keep_modifiers_that_change_the_meaning(sentence: str, speakers: list[str]) -> None:
    found = attribution(sentence, "en")
    assert found
    assert set(speakers) <= set(found.speakers)
    assert "official said" not in found.speakers
    assert "network told the paper" not in found.speakers


@pytest.mark.parametrize(
    ("source", "name", "is_source"),
    [
        ("papers of the harbour and internal Ada Quill Marsh letters", "Ada Quill Marsh", False),
        ("Ada Quill Marsh's widow", "Ada Quill Marsh", False),
        ("former harbour master Ada Quill Marsh", "Ada Quill Marsh", True),
    ],
)
def test_a_name_alone_is_the_source_only_if_no_noun_follows_it(source: str, name: str, is_source: bool) -> None:
    found = attribution(f"The bridge was closed after the storm, according to {source}.", "en")
    assert found
    assert (f"according to {name}" in found.speakers) is is_source


@pytest.mark.parametrize("verb", ["insist", "warn", "argue", "deny"])
def test_several_speakers_have_the_present_forms_of_verbs_of_saying(verb: str) -> None:
    found = attribution(f"Two boats were stolen in Alder, former members {verb} in a letter.", "en")
    assert found
    assert found.speakers == (f"former members {verb}",)


def test_a_speaker_is_not_shortened_to_the_word_office() -> None:
    found = attribution("The bridge was closed after the storm, the mayor's office said.", "en")
    assert found
    assert "office said" not in found.speakers


def test_a_clause_that_opens_with_a_preposition_is_not_an_attribution() -> None:
    assert attribution("The town has defended its bridge, with one councillor saying that it is safe.", "en") is None


def test_a_newspaper_named_before_a_colon_moves_to_the_end_of_the_headline() -> None:
    """The claim of an editorial keeps its source, and a colon without a verb of saying is not an attribution."""
    text = "The Alder Times said in an editorial on Sunday: The council closed the bridge without a reason."
    (headline,) = summarize([Article(text, language="en")], Options(headlines=HeadlineOptions(1, 70), keywords=0)).headlines
    assert headline.text == "The council closed the bridge without a reason, the Alder Times said"
    (tree,) = parse(["The council closed three bridges: The old one, the new one and the railway one."], "en")
    assert opening_attribution(tree, Spans(tree), word_classes("en")) is None


def test_a_forecast_of_an_official_keeps_its_speaker() -> None:
    text = "The cup will probably not be played in June, the secretary told a radio station in the capital of Alder."
    found = summarize([Article(text, language="en")], Options(headlines=HeadlineOptions(3, 50), keywords=0)).headlines
    assert all("secretary told" in headline.text for headline in found)


def test_calling_something_unacceptable_is_a_judgement_even_if_a_minister_says_it() -> None:
    text = "The foreign minister said the sentencing of two writers in Alder was unacceptable and must not be repeated."
    found = summarize([Article(text, language="en")], Options(headlines=HeadlineOptions(3, 60), keywords=0)).headlines
    assert all("minister said" in headline.text.lower() for headline in found)


SAID = (
    "Foreign/ADJ/amod/Minister Minister/NOUN/nsubj/said Ada/PROPN/appos/Minister Marsh/PROPN/flat/Ada "
    "said/VERB|Fin/ROOT/- that/SCONJ/mark/closed the/DET/det/council council/NOUN/nsubj/closed "
    "closed/VERB|Fin/ccomp/said the/DET/det/bridge bridge/NOUN/obj/closed"
)


@pytest.mark.parametrize(("given_names", "speakers"), [((), ("Ada Marsh said",)), ((2,), ("Ada Marsh said", "Marsh said"))])
def test_a_speaker_before_a_claim_can_be_moved_after_it(given_names: tuple[int, ...], speakers: tuple[str, ...]) -> None:
    found = reported_clause(Spans(repair(tree(SAID), word_classes("en"))), word_classes("en"), frozenset(given_names))
    assert found is not None
    clause, attribution = found
    assert [clause.words[word] for word in clause.parts[0].words] == ["the", "council", "closed", "the", "bridge"]
    assert attribution.speakers == speakers


@pytest.mark.parametrize(
    ("notation", "language"),
    [
        (SAID.replace("said", "denied"), "en"),
        (SAID.replace("said/VERB", "not/PART/advmod/said said/VERB"), "en"),
        ("She/PRON/nsubj/said said/VERB" + SAID.partition(" said/VERB")[2], "en"),
        (SAID, "de"),
    ],
    ids=["denied", "not said", "a pronoun", "another order of words"],
)
def test_a_speaker_is_not_moved_if_that_changes_the_claim(notation: str, language: str) -> None:
    assert reported_clause(Spans(repair(tree(notation), word_classes(language))), word_classes(language)) is None


def test_a_claim_with_a_possessive_of_the_speaker_keeps_the_speaker_in_front() -> None:
    with_possessive = SAID.replace("the/DET/det/bridge", "her/PRON/nmod:poss/bridge")
    made = shorten(tree(with_possessive), word_classes("en"), lambda line: len(line) <= 38, 38)
    assert not any(headline.features.get("speaker") for headline in made)


def test_shorter_wordings_of_a_speaker_do_not_split_a_name() -> None:
    made = tree(
        "The/DET/det/bridge bridge/NOUN/nsubj:pass/sold was/AUX/aux:pass/sold sold/VERB|Part/ROOT/- again/ADV/advmod/sold ,/PUNCT/punct/sold "
        "a/DET/det/official White/ADJ/amod/official House/PROPN/compound/official official/NOUN/nsubj/said said/VERB|Fin/parataxis/sold"
    )
    found = closing_attribution(made, Spans(made), word_classes("en"))
    assert found is not None
    assert not any(phrase.startswith("White official") for phrase in found.speakers)


@pytest.mark.parametrize(
    "sentence",
    [
        "In two speeches to the harbour council, Mayor Ada Marsh accused the owners of the ferry.",
        "When you think of storms at the beach, you say that ships are safe.",
    ],
)
def test_words_that_cannot_be_a_claim_have_no_speaker_behind_them(sentence: str) -> None:
    assert attribution(sentence, "en") is None


def test_a_speaker_may_have_a_participle_before_the_verb_of_saying() -> None:
    found = attribution("Sixty guards escaped from the tower on Sunday, a watchman working at the harbour said.", "en")
    assert found
    assert found.speakers[0] == "a watchman said"


@pytest.mark.parametrize(
    ("closing", "torn"),
    [
        ("the Centres for River Control and Safety said", "River Control Safety said"),
        ("the Centres for River Control and Safety said", "Centres said"),
        ("Ada Marsh and Noah Low said", "Ada Marsh Noah Low said"),
        ("sources close to the harbour office said", "sources close said"),
        ("Secretary of State Ada Marsh said", "State Ada Marsh said"),
    ],
)
def test_no_wording_of_a_speaker_is_torn(closing: str, torn: str) -> None:
    found = attribution(f"{BRIDGE['en']}, {closing}.", "en")
    assert found
    assert torn not in found.speakers


def test_a_verb_of_saying_that_the_parser_takes_for_a_noun_names_the_speaker() -> None:
    found = attribution("Deaths of six soldiers are being tied to the search, former unit members allege.", "en")
    assert found
    assert found.speakers[0] == "former unit members allege"


def test_a_compound_in_a_source_keeps_its_hyphen() -> None:
    found = attribution(f"{BRIDGE['en']}, according to the state-run news agency.", "en")
    assert found
    assert found.speakers[0] == "according to the state-run news agency"


CHURCH = "The leaders of the old harbour church have voted to allow women to become captains in May, the church {}."


@pytest.mark.parametrize(("verb", "alone"), [("announced", True), ("claimed", False)])
def test_what_somebody_announced_needs_no_speaker_if_it_does_not_fit_with_one(verb: str, alone: bool) -> None:
    text = CHURCH.format(verb)
    found = summarize([Article(text, language="en")], Options(headlines=HeadlineOptions(1, 75), keywords=0)).headlines
    assert any(verb not in headline.text for headline in found) is alone


def test_what_others_will_do_keeps_the_speaker_who_announced_it() -> None:
    text = "The miners of Alder will pay for the new wall around the harbour towns of Skerry and Holm, Mayor Ada Marsh announced."
    found = summarize([Article(text, language="en")], Options(headlines=HeadlineOptions(3, 60), keywords=0)).headlines
    assert all("announced" in headline.text for headline in found)


@pytest.mark.parametrize(("verb", "alone"), [("closed", True), ("threatened", False)])
def test_a_disputed_word_that_is_left_out_does_not_need_a_speaker(verb: str, alone: bool) -> None:
    text = f"The West Coast town of Skerry has {verb} its only bridge to Alder over fears that the storm could spread, the harbour police said."
    found = summarize([Article(text, language="en")], Options(headlines=HeadlineOptions(1, 60), keywords=0)).headlines
    assert any("said" not in headline.text for headline in found) is alone


CLOSED = (
    "The/DET/det/bridge bridge/NOUN/nsubj/closed is/AUX|Fin/aux/closed now/ADV/advmod/closed closed/VERB|Part/ROOT/- "
    ",/PUNCT/punct/closed the/DET/det/mayor mayor/NOUN/nsubj/said said/VERB|Fin/parataxis/closed Monday/PROPN/obl/said"
)


@pytest.mark.parametrize(
    ("notation", "ends"),
    [
        pytest.param(CLOSED, True, id="speaker and day"),
        pytest.param(CLOSED.replace("the/DET/det/mayor mayor/NOUN", "he/PRON"), False, id="no noun speaks"),
        pytest.param(CLOSED.replace(",/PUNCT/punct/closed ", ""), False, id="no comma"),
        pytest.param(
            CLOSED.replace("ROOT/-", "ccomp/said").replace("parataxis/closed", "ROOT/-"), False, id="the main verb"
        ),
    ],
)
def test_a_verb_of_saying_at_the_end_shows_that_somebody_claims_the_sentence(notation: str, ends: bool) -> None:
    made = tree(notation)
    assert has_unknown_source(made, Spans(made), word_classes("en")) == ends


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The storm, the worst in ten years, destroyed the old pier on Monday.", "en"),
        ("Ada Marsh, the mayor of Alder, met the king on Monday.", "en"),
        ("The bridge was closed on Monday after a crash, so drivers must use the ferry.", "en"),
        ("La tempête, la pire depuis dix ans, a détruit le vieux port lundi.", "fr"),
        ("La alcaldesa de Calder, Ana Torres, ganó la votación el lunes.", "es"),
        ("A prefeita de Calder, Ana Torres, venceu a votação na segunda-feira.", "pt"),
        ("Die Fähre fiel am Montag wegen des Sturms aus, so mussten 400 Menschen warten.", "de"),
    ],
)
def test_ordinary_leads_hide_no_speaker(text: str, language: str) -> None:
    tree = parse([text], language)[0]
    assert not has_unknown_source(tree, Spans(tree), word_classes(language))

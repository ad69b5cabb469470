"""How a slot is filled: whole where it fits, then without parts, articles, auxiliaries and offices, in this order."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
from nutgraf.summarizer.headlines.shorten import shorten
from nutgraf.summarizer.headlines.styled_clause import SURE_MARGIN, Shortened
from nutgraf.summarizer.headlines.surface import realize
from tests.unit.summarizer.headlines.kept_words import in_order, words
from tests.unit.summarizer.headlines.trees import best_of_each_clause, clause, tree

COUNCIL = (
    "The/DET/det/council council/NOUN/nsubj/closed closed/VERB|Fin/ROOT/- the/DET/det/bridge bridge/NOUN/obj/closed "
    "on/ADP/case/Monday Monday/PROPN/obl/closed ./PUNCT/punct/closed"
)
PASSIVE = (
    "The/DET/det/bridge bridge/NOUN/nsubj:pass/closed was/AUX|Fin/aux:pass/closed closed/VERB|Part/ROOT/- "
    "by/ADP/case/council the/DET/det/council council/NOUN/obl:agent/closed after/ADP/case/storm a/DET/det/storm "
    "storm/NOUN/obl/closed"
)
OFFICES = (
    "Harbour/NOUN/compound/mayor mayor/NOUN/nsubj/closed Ada/PROPN/appos/mayor Marsh/PROPN/flat/Ada closed/VERB|Fin/ROOT/- "
    "the/DET/det/bridge bridge/NOUN/obj/closed of/ADP/case/Alder Alder/PROPN/nmod/bridge"
)
TWO_CLAUSES = (
    "The/DET/det/council council/NOUN/nsubj/closed closed/VERB|Fin/ROOT/- the/DET/det/bridge bridge/NOUN/obj/closed "
    "and/CCONJ/cc/opened opened/VERB|Fin/conj/closed a/DET/det/ferry ferry/NOUN/obj/opened to/ADP/case/island the/DET/det/island "
    "island/NOUN/obl/opened"
)
SENT = (
    "The/DET/det/council council/NOUN/nsubj/sent sent/VERB|Fin/ROOT/- nurses/NOUN/obj/sent to/ADP/case/Alder "
    "Alder/PROPN/obl/sent"
)
LONG = (
    "The/DET/det/council old/ADJ/amod/council council/NOUN/nsubj/closed ,/PUNCT/punct/body a/DET/det/body body/NOUN/appos/council "
    "of/ADP/case/farmers farmers/NOUN/nmod/body ,/PUNCT/punct/body closed/VERB|Fin/ROOT/- the/DET/det/bridge "
    "bridge/NOUN/obj/closed “/PUNCT/punct/forever forever/ADV/advmod/closed ”/PUNCT/punct/forever ,/PUNCT/punct/spans "
    "which/PRON/nsubj/spans spans/VERB|Fin/acl:relcl/bridge rivers/NOUN/obj/spans ,/PUNCT/punct/spans and/CCONJ/cc/opened "
    "opened/VERB|Fin/conj/closed roads/NOUN/obj/opened ,/PUNCT/punct/paths paths/NOUN/conj/roads and/CCONJ/cc/ferries "
    "ferries/NOUN/conj/roads (/PUNCT/punct/two two/NUM/appos/ferries )/PUNCT/punct/two –/PUNCT/punct/surprise "
    "a/DET/det/surprise surprise/NOUN/parataxis/closed –/PUNCT/punct/surprise in/ADP/case/Marsh Ada/PROPN/compound/Marsh "
    "Marsh/PROPN/nmod:poss/town 's/PART/case/Marsh town/NOUN/obl/opened on/ADP/case/Monday Monday/PROPN/obl/closed ./PUNCT/punct/closed"
)


def headlines_of(notation: str, longest: int, language: str = "en") -> list[Shortened]:
    headlines = shorten(tree(notation), word_classes(language), lambda line: len(line) <= longest, longest)
    return best_of_each_clause(headlines)


def texts(notation: str, longest: int, language: str = "en") -> list[str]:
    return [headline.text for headline in headlines_of(notation, longest, language)]


def test_a_whole_short_sentence_is_offered_as_it_is() -> None:
    (headline,) = headlines_of(COUNCIL, 70)
    assert headline.text == "The council closed the bridge on Monday"
    assert not headline.features["torn"]
    assert len(headline.kept) == 7


def test_a_headline_begins_with_a_capital() -> None:
    assert texts(COUNCIL.replace("The/DET/det/council ", ""), 70) == ["Council closed the bridge on Monday"]


def test_a_core_that_does_not_fit_yields_no_headline() -> None:
    assert headlines_of(COUNCIL, len("Council closed bridg")) == []


@pytest.mark.parametrize("words_more", [0, 90])
def test_a_sentence_with_too_many_words_is_not_shortened(words_more: int) -> None:
    assert bool(headlines_of(f"{COUNCIL} {'so/ADV/advmod/closed ' * words_more}", 1000)) == (words_more == 0)


# What goes only where the slot needs it.


@pytest.mark.parametrize(
    ("longest", "text"),
    [
        (39, "The council closed the bridge on Monday"),
        (29, "The council closed the bridge"),
        (21, "Council closed bridge"),
        (28, "Council closed bridge"),
    ],
)
def test_articles_are_dropped_only_if_the_headline_would_not_fit(longest: int, text: str) -> None:
    assert texts(COUNCIL, longest) == [text]


@pytest.mark.parametrize(
    ("longest", "text"),
    [
        (51, "The bridge was closed by the council after a storm"),
        (49, "Bridge closed by council after storm"),
        (24, "Bridge closed by council"),
        (21, "The bridge was closed"),
    ],
)
def test_an_auxiliary_is_dropped_only_if_the_headline_would_not_fit(longest: int, text: str) -> None:
    assert texts(PASSIVE, longest) == [text]


def test_the_auxiliary_of_a_negation_is_kept() -> None:
    notation = (
        "The/DET/det/bridge bridge/NOUN/nsubj:pass/closed was/AUX|Fin/aux:pass/closed not/PART/advmod/closed "
        "closed/VERB|Part/ROOT/-"
    )
    assert texts(notation, 24) == ["Bridge was not closed"]


def test_an_auxiliary_is_kept_if_its_participle_could_be_read_as_active() -> None:
    notation = (
        "The/DET/det/council council/NOUN/nsubj:pass/denied was/AUX|Fin/aux:pass/denied denied/VERB|Part/ROOT/- "
        "money/NOUN/obj/denied"
    )
    assert texts(notation, 26) == ["Council was denied money"]


def test_offices_before_full_names_are_dropped_last() -> None:
    whole = "Harbour mayor Ada Marsh closed the bridge of Alder"
    assert texts(OFFICES, len(whole)) == [whole]
    assert texts(OFFICES, len(whole) - 4) == ["Harbour mayor Ada Marsh closed bridge of Alder"]
    (headline,) = headlines_of(OFFICES, len("Ada Marsh closed bridge of Alder"))
    assert headline.text == "Ada Marsh closed bridge of Alder"
    assert len(headline.omitted) == 2
    assert not headline.features["torn"]


def test_an_office_before_a_surname_alone_is_kept() -> None:
    notation = "Harbour/NOUN/compound/Marsh mayor/NOUN/compound/Marsh Marsh/PROPN/nsubj/closed closed/VERB|Fin/ROOT/- bridges/NOUN/obj/closed"
    assert texts(notation, 70) == ["Harbour mayor Marsh closed bridges"]
    assert texts(notation, 30) == []


@pytest.mark.parametrize("longest", range(15, 60))
def test_a_passive_keeps_its_subject(longest: int) -> None:
    for text in texts(PASSIVE, longest):
        assert "bridge" in text.lower()
        assert len(text) <= longest


# What comes first.


def test_a_phrase_inside_the_clause_is_kept_before_one_that_is_only_worth_more() -> None:
    notation = (
        "The/DET/det/shops small/ADJ/amod/shops shops/NOUN/nsubj/paid paid/VERB|Fin/ROOT/- 4/NUM/nummod/pounds "
        "pounds/NOUN/obj/paid in/ADP/case/Alder Alder/PROPN/obl/paid"
    )
    assert texts(notation, 38) == ["The small shops paid 4 pounds in Alder"]
    assert texts(notation, 32) == ["The shops paid 4 pounds in Alder"]


def test_a_day_is_dropped_first() -> None:
    notation = COUNCIL.replace("on/", "in/ADP/case/Alder Alder/PROPN/obl/closed on/")
    assert texts(notation, 42) == ["The council closed the bridge in Alder"]


def test_a_headline_with_a_gap_has_the_feature_torn() -> None:
    bridge = (
        "The/DET/det/council council/NOUN/nsubj/closed closed/VERB|Fin/ROOT/- the/DET/det/bridge bridge/NOUN/obj/closed "
        "that/PRON/nsubj/sank sank/VERB|Fin/acl:relcl/bridge"
    )
    assert [(headline.text, headline.features["torn"]) for headline in headlines_of(bridge, 29)] == [
        ("The council closed the bridge", True)
    ]
    assert [(headline.text, headline.features["torn"]) for headline in headlines_of(bridge, 31)] == [
        ("Council closed bridge that sank", False)
    ]


# Coordinated clauses.


def test_a_second_clause_gets_the_subject_of_the_first() -> None:
    assert "The council opened a ferry to the island" in texts(TWO_CLAUSES, 45)
    assert [headline.verb for headline in headlines_of(TWO_CLAUSES, 45)] == [2, 6]


def test_a_second_clause_with_a_subject_of_its_own_keeps_it() -> None:
    notation = TWO_CLAUSES.replace("opened/VERB", "mayors/NOUN/nsubj/opened opened/VERB")
    assert texts(notation, 45)[1] == "Mayors opened a ferry to the island"


def test_a_second_clause_after_an_auxiliary_is_not_a_separate_headline() -> None:
    notation = TWO_CLAUSES.replace("closed/VERB|Fin", "has/AUX|Fin/aux/closed closed/VERB|Part")
    assert [headline.verb for headline in headlines_of(notation, 45)] == [3]


# Attachments.


@pytest.mark.parametrize(("margin", "kept"), [(SURE_MARGIN + 1, True), (SURE_MARGIN, True), (SURE_MARGIN - 1, False)])
def test_an_unsure_attachment_is_not_kept_after_a_gap(margin: float, kept: bool) -> None:
    notation = (
        "Marsh/PROPN/nsubj/opened opened/VERB|Fin/ROOT/- the/DET/det/museum museum/NOUN/obj/opened in/ADP/case/ceremony "
        f"a/DET/det/ceremony ceremony/NOUN/obl/opened for/ADP/case/children children/NOUN/nmod/museum/{margin}"
    )
    assert ["for children" in text for text in texts(notation, 36)] == [kept]
    # Right after the word before it, it is kept anyway.
    assert texts(notation, 70) == ["Marsh opened the museum in a ceremony for children"]


# Roots.


def test_a_verb_that_the_parser_attached_to_its_subject_becomes_the_root() -> None:
    notation = (
        "The/DET/det/council council/NOUN/ROOT/- closed/VERB|Fin/acl/council the/DET/det/bridge bridge/NOUN/obj/closed "
        "in/ADP/case/Alder Alder/PROPN/obl/closed"
    )
    (headline,) = headlines_of(notation, 70)
    assert headline.text == "The council closed the bridge in Alder"
    assert headline.verb == 2


def test_a_sentence_with_a_pronoun_as_subject_yields_no_headline() -> None:
    assert headlines_of("She/PRON/nsubj/closed closed/VERB|Fin/ROOT/- the/DET/det/bridge bridge/NOUN/obj/closed", 70) == []


# Text.


@given(st.sampled_from([COUNCIL, PASSIVE, OFFICES, TWO_CLAUSES, SENT, LONG]), st.data())
def test_any_parts_make_a_line_of_words_in_order_with_right_spaces(notation: str, data: st.DataObject) -> None:
    whole = clause(notation)
    chosen = data.draw(st.sets(st.sampled_from(range(len(whole.parts)))))
    kept = {word for index in chosen for word in whole.parts[index].words}
    line = realize(whole.spans, kept)
    assert in_order(line, whole.tree.text)
    kept_words = [whole.spans.texts[word] for word in sorted(kept) if not whole.spans.is_mark(word)]
    assert words(line) == words(" ".join(kept_words))
    assert line == line.strip()
    assert "  " not in line
    assert all(after != "," for before, after in pairwise(line) if before.isspace())
    assert "( " not in line
    assert " )" not in line


def test_the_commas_of_omitted_words_are_omitted() -> None:
    spans = Spans(tree(LONG))
    assert realize(spans, []) == ""
    kept = [position for position, word in enumerate(spans.texts) if word in ("council", "closed", "bridge")]
    assert realize(spans, kept) == "Council closed bridge"
    kept += [position for position, word in enumerate(spans.texts) if word in ("which", "spans", "rivers")]
    assert realize(spans, kept) == "Council closed bridge, which spans rivers"


def test_the_comma_before_a_speaker_is_kept_if_the_office_is_omitted() -> None:
    """ "One concern is money" Ada Marsh said: the comma went with "bank director"."""
    spans = Spans(
        tree(
            '"/PUNCT/punct/money +Trouble/NOUN/nsubj/money is/AUX|Fin/cop/money money/NOUN/ccomp/said ,/PUNCT/punct/money '
            '+"/PUNCT/punct/money bank/NOUN/compound/director director/NOUN/compound/Marsh Marsh/PROPN/nsubj/said '
            "said/VERB|Fin/ROOT/-"
        )
    )
    kept = [position for position, word in enumerate(spans.texts) if word in ("Trouble", "is", "money", "Marsh", "said")]
    assert realize(spans, kept) == '"Trouble is money," Marsh said'


def test_both_commas_of_an_omitted_insertion_are_omitted() -> None:
    spans = Spans(
        tree(
            "Ada/PROPN/nsubj/asks asks/VERB|Fin/ROOT/- ,/PUNCT/punct/all above/ADP/case/all all/PRON/obl/asks ,/PUNCT/punct/all "
            "that/SCONJ/mark/go boats/NOUN/nsubj/go go/VERB|Fin/ccomp/asks"
        )
    )
    kept = [position for position, word in enumerate(spans.texts) if word in ("Ada", "asks", "that", "boats", "go")]
    assert realize(spans, kept) == "Ada asks that boats go"


def test_a_possessive_before_an_object_is_dropped_to_make_room() -> None:
    pay = (
        "The/DET/det/works works/NOUN/nsubj/pay cannot/AUX|Fin/aux/pay pay/VERB|Inf/ROOT/- its/PRON/nmod:poss/workers "
        "workers/NOUN/obj/pay a/DET/det/bonus bonus/NOUN/obj/pay"
    )
    assert texts(pay, 70) == ["The works cannot pay its workers a bonus"]
    assert texts(pay, len("Works cannot pay workers bonus")) == ["Works cannot pay workers bonus"]


@pytest.mark.parametrize(
    ("rank", "noun", "drops"),
    [("first", "bridges", True), ("largest", "bank", True), ("last", "week", False), ("most", "people", False)],
)
def test_an_article_before_a_rank_is_dropped_to_make_room_unless_the_meaning_changes(
    rank: str, noun: str, drops: bool
) -> None:
    lost = (
        f"Alder/PROPN/nsubj/lost lost/VERB|Fin/ROOT/- the/DET/det/{noun} {rank}/ADJ/amod/{noun} {noun}/NOUN/obj/lost "
        "of/ADP/case/town the/DET/det/town town/NOUN/nmod/" + noun
    )
    whole = f"Alder lost the {rank} {noun} of the town"
    assert (f"Alder lost {rank} {noun} of town" in texts(lost, len(whole) - 8)) == drops


def test_a_german_headline_omits_articles_of_subjects_and_objects_and_no_others() -> None:
    gericht = (
        "Das/DET/det/Gericht Gericht/NOUN/nsubj/lehnte lehnte/VERB|Fin/ROOT/- den/DET/det/Einspruch Einspruch/NOUN/obj/lehnte "
        "des/DET/det/Offiziers Offiziers/NOUN/nmod/Einspruch ab/ADP/compound:prt/lehnte"
    )
    assert texts(gericht, len("Gericht lehnte Einspruch des Offiziers ab"), "de") == [
        "Gericht lehnte Einspruch des Offiziers ab"
    ]


def test_a_german_article_is_kept_before_an_adjective_whose_ending_depends_on_it() -> None:
    minister = (
        "Der/DET/det/Minister neue/ADJ/amod/Minister Minister/NOUN/nsubj/schloss schloss/VERB|Fin/ROOT/- die/DET/det/Brücke "
        "alte/ADJ/amod/Brücke Brücke/NOUN/obj/schloss"
    )
    longest = len("Der neue Minister schloss alte Brücke")
    assert texts(minister, longest, "de") == ["Der neue Minister schloss alte Brücke"]


def test_a_german_passive_omits_its_auxiliary_but_a_perfect_does_not() -> None:
    villa = (
        "Die/DET/det/Villa Villa/NOUN/nsubj:pass/gepfändet wurde/AUX|Fin/aux:pass/gepfändet im/ADP/case/Hafen "
        "Hafen/NOUN/obl/gepfändet gepfändet/VERB|Part/ROOT/-"
    )
    assert texts(villa, len("Villa im Hafen gepfändet"), "de") == ["Villa im Hafen gepfändet"]
    perfect = villa.replace("nsubj:pass", "nsubj").replace("wurde/AUX|Fin/aux:pass", "hatte/AUX|Fin/aux")
    assert texts(perfect, len("Villa im Hafen gepfändet"), "de") == ["Villa hatte gepfändet"]


@pytest.mark.parametrize("phrase", ["to/ADP/case/death death/NOUN/obl/put", "in/ADP/case/jail jail/NOUN/obl/put"])
def test_a_verb_that_needs_a_phrase_keeps_it(phrase: str) -> None:
    put = f"The/DET/det/court court/NOUN/nsubj/put put/VERB|Fin/ROOT/- a/DET/det/man man/NOUN/obj/put {phrase}"
    whole = tree(put).text
    assert texts(put, len(whole)) == [whole]
    assert texts(put, len("Court put man")) == []


def test_a_relative_clause_that_loses_its_end_is_closed_by_a_comma() -> None:
    told = (
        "Ada/PROPN/nsubj/stunned Marsh/PROPN/flat/Ada ,/PUNCT/punct/confessed who/PRON/nsubj/confessed "
        "confessed/VERB|Fin/acl:relcl/Ada to/ADP/case/friends friends/NOUN/obl/confessed on/ADP/case/Monday "
        "Monday/PROPN/obl/confessed ,/PUNCT/punct/confessed stunned/VERB|Fin/ROOT/- the/DET/det/council council/NOUN/obj/stunned"
    )
    spans = Spans(tree(told))
    kept = {position for position, word in enumerate(spans.texts) if word not in ("on", "Monday")}
    assert realize(spans, kept) == "Ada Marsh, who confessed to friends, stunned the council"


def test_an_adjective_after_its_noun_does_not_lose_its_complement() -> None:
    loyal = (
        "Gunmen/NOUN/nsubj/attacked loyal/ADJ/amod/Gunmen to/ADP/case/Marsh Marsh/PROPN/obl/attacked attacked/VERB|Fin/ROOT/- "
        "the/DET/det/airport airport/NOUN/obj/attacked"
    )
    assert all("loyal to Marsh" in text for text in texts(loyal, 70))
    assert texts(loyal, 30) == []


def test_an_aside_without_its_closing_mark_is_left_out() -> None:
    notation = (
        "Ada/PROPN/nsubj/died Marsh/PROPN/flat/Ada ,/PUNCT/punct/mayor mayor/NOUN/appos/Ada of/ADP/case/Alder "
        "Alder/PROPN/nmod/mayor has/AUX|Fin/aux/died died/VERB|Part/ROOT/-"
    )
    assert set(texts(notation, 70)) == {"Ada Marsh has died"}

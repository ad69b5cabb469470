"""What kept words must not lack: nouns of pronouns, whole quotations, function words, objects, and what is said."""

import pytest

from nutgraf.summarizer.headlines.checks.grammar_checks import is_grammatical
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
from tests.unit.summarizer.headlines.trees import positions, tree

CLOSED = (
    "The/DET/det/council council/NOUN/nsubj/closed closed/VERB|Fin/ROOT/- the/DET/det/bridge bridge/NOUN/obj/closed "
    "in/ADP/case/Alder Alder/PROPN/obl/closed"
)
ASKED = "The/DET/det/council council/NOUN/nsubj/asked asked/VERB|Fin/ROOT/- "
SAID = "Ada/PROPN/nsubj/said Marsh/PROPN/flat/Ada said/VERB|Fin/ROOT/- "
FELL = "that/SCONJ/mark/fell the/DET/det/bridge bridge/NOUN/nsubj/fell fell/VERB|Fin/ccomp/said"


def sound(notation: str, headline: str, *, offices: str = "") -> bool:
    """Whether words of a sentence make a headline, with all marks between them; words are matched from the left."""
    made = tree(notation)
    spans = Spans(made)
    kept = positions(made.words, headline)
    kept |= {word for word in range(min(kept), max(kept)) if spans.is_mark(word)}
    return is_grammatical(spans, made.root, frozenset(kept), frozenset(positions(made.words, offices)), word_classes("en"))


@pytest.mark.parametrize(
    "headline",
    [
        "The council closed the bridge in Alder",
        "council closed bridge in Alder",
        "The council closed the bridge",
    ],
)
def test_a_whole_clause_is_sound(headline: str) -> None:
    assert sound(CLOSED, headline)


@pytest.mark.parametrize(
    "headline",
    [
        pytest.param("council closed", id="too few words"),
        pytest.param("The council the bridge", id="no verb"),
        pytest.param("council closed in Alder", id="no object"),
        pytest.param("council closed bridge Alder", id="no preposition"),
        pytest.param("council closed bridge in", id="a preposition without its noun"),
        pytest.param("The council closed the", id="an article without its noun"),
        pytest.param("closed bridge in Alder", id="no subject, so that a verb opens"),
    ],
)
def test_a_clause_that_lacks_a_needed_word_is_not_sound(headline: str) -> None:
    assert not sound(CLOSED, headline)


# Pronouns.


@pytest.mark.parametrize(
    ("notation", "headline"),
    [
        pytest.param(
            "He/PRON/nsubj/closed closed/VERB|Fin/ROOT/- the/DET/det/bridge bridge/NOUN/obj/closed", "He closed the bridge",
            id="subject",
        ),
        pytest.param(f"{ASKED} them/PRON/obj/asked in/ADP/case/Alder Alder/PROPN/obl/asked", "The council asked them in Alder", id="object"),
        pytest.param(
            "His/PRON/nmod:poss/council council/NOUN/nsubj/closed closed/VERB|Fin/ROOT/- bridges/NOUN/obj/closed",
            "His council closed bridges", id="possessive before its noun",
        ),
        pytest.param(
            f"{ASKED} our/PRON/nmod:poss/readers readers/NOUN/obj/asked", "The council asked our readers", id="first person"
        ),
        pytest.param(
            "Other/ADJ/amod/readers readers/NOUN/nsubj/asked asked/VERB|Fin/ROOT/- again/ADV/advmod/asked", "Other readers asked again",
            id="other than those before",
        ),
    ],
)  # fmt: skip
def test_a_pronoun_without_its_noun_is_not_sound(notation: str, headline: str) -> None:
    assert not sound(notation, headline)


def test_a_possessive_after_its_noun_is_sound() -> None:
    assert sound(f"{ASKED} its/PRON/nmod:poss/readers readers/NOUN/obj/asked", "The council asked its readers")


def test_there_as_subject_does_not_count_as_a_pronoun() -> None:
    there = (
        "There/PRON/expl/is is/VERB|Fin/ROOT/- no/DET/det/bridge bridge/NOUN/nsubj/is in/ADP/case/Alder Alder/PROPN/obl/is"
    )
    assert sound(there, "There is no bridge in Alder")
    assert not sound(there.replace("/expl/", "/nsubj/"), "There is no bridge in Alder")


@pytest.mark.parametrize("word", ["this", "that", "those"])
def test_a_headline_with_a_demonstrative_is_not_sound(word: str) -> None:
    notation = f"{ASKED} for/ADP/case/bridge {word}/DET/det/bridge bridge/NOUN/obl/asked"
    assert not sound(notation, f"The council asked for {word} bridge")
    assert sound(notation.replace(word, "every"), "The council asked for every bridge")


def test_this_year_is_sound_because_it_is_a_time() -> None:
    assert sound(
        f"{CLOSED} this/DET/det/year year/NOUN/obl:unmarked/closed", "The council closed the bridge in Alder this year"
    )


# Quotations.

QUOTED = (
    "The/DET/det/mayor mayor/NOUN/nsubj/called called/VERB|Fin/ROOT/- bridges/NOUN/obj/called “/PUNCT/punct/old "
    "old/ADJ/xcomp/called and/CCONJ/cc/narrow narrow/ADJ/conj/old ”/PUNCT/punct/old"
)


def test_a_part_of_a_quotation_is_not_sound() -> None:
    assert sound(QUOTED, "The mayor called bridges old and narrow")
    assert not sound(QUOTED, "The mayor called bridges old")


def test_a_quotation_alone_is_not_a_headline() -> None:
    alone = "“/PUNCT/punct/fell The/DET/det/bridge bridge/NOUN/nsubj/fell fell/VERB|Fin/ROOT/- early/ADV/advmod/fell ”/PUNCT/punct/fell"
    assert not sound(alone, "The bridge fell early")
    assert sound(alone.replace("“/PUNCT/punct/fell ", "").replace(" ”/PUNCT/punct/fell", ""), "The bridge fell early")


def test_the_first_person_may_speak_in_a_quotation() -> None:
    quoted = (
        f"{SAID} “/PUNCT/punct/swim we/PRON/nsubj/swim swim/VERB|Fin/ccomp/said daily/ADV/advmod/swim ”/PUNCT/punct/swim"
    )
    assert sound(quoted, "Ada Marsh said we swim daily")
    assert not sound(
        quoted.replace("“/PUNCT/punct/swim ", "").replace(" ”/PUNCT/punct/swim", ""), "Ada Marsh said we swim daily"
    )


# Words and clauses.


def test_half_of_a_hyphenated_word_is_not_sound() -> None:
    notation = (
        "The/DET/det/council Alder/PROPN/compound/led +-/PUNCT/punct/led +led/VERB|Part/amod/council council/NOUN/nsubj/closed "
        "closed/VERB|Fin/ROOT/- bridges/NOUN/obj/closed"
    )
    assert sound(notation, "The Alder - led council closed bridges")
    assert not sound(notation, "The led council closed bridges")


def test_a_subordinate_clause_alone_is_not_the_main_one() -> None:
    notation = "Because/SCONJ/mark/closed the/DET/det/council council/NOUN/nsubj/closed closed/VERB|Fin/ROOT/- bridges/NOUN/obj/closed"
    assert not sound(notation, "Because the council closed bridges")
    assert sound(notation, "the council closed bridges")


def test_a_verb_of_saying_needs_its_reported_clause() -> None:
    assert sound(f"{SAID} {FELL}", "Ada Marsh said that the bridge fell")
    assert not sound(f"{SAID} today/NOUN/obl/said in/ADP/case/Alder Alder/PROPN/obl/said", "Ada Marsh said in Alder")
    assert not sound(f"{SAID} bridges/NOUN/obj/said today/NOUN/obl/bridges", "Ada Marsh said bridges")


def test_that_may_be_dropped_before_a_reported_clause() -> None:
    assert sound(f"{SAID} {FELL}", "Ada Marsh said the bridge fell")


def test_a_second_verb_needs_its_conjunction() -> None:
    notation = f"{CLOSED} and/CCONJ/cc/opened opened/VERB|Fin/conj/closed a/DET/det/ferry ferry/NOUN/obj/opened"
    assert sound(notation, "The council closed the bridge and opened a ferry")
    assert not sound(notation, "The council closed the bridge opened a ferry")


def test_an_office_omitted_for_style_counts_as_kept() -> None:
    notation = f"{ASKED} the/DET/det/mayor mayor/NOUN/obj/asked Ada/PROPN/appos/mayor Marsh/PROPN/flat/Ada"
    assert not sound(notation, "council asked Ada Marsh")
    assert sound(notation, "council asked Ada Marsh", offices="the mayor")


# What a headline must not cut off.


@pytest.mark.parametrize(
    ("notation", "headline", "whole"),
    [
        pytest.param(
            "Ada/PROPN/nsubj/served served/VERB|Fin/ROOT/- five/NUM/nummod/years to/ADP/case/ten ten/NUM/nmod/five years/NOUN/obj/served",
            "Ada served five years", "Ada served five to ten years", id="the other end of a range",
        ),
        pytest.param(
            "The/DET/det/boy boy/NOUN/nsubj/suspended near/ADP/case/York York/PROPN/nmod/boy ,/PUNCT/punct/Alder "
            "Alder/PROPN/nsubj/suspended ,/PUNCT/punct/suspended was/AUX|Fin/aux/suspended suspended/VERB|Part/ROOT/- "
            "after/ADP/case/fight a/DET/det/fight fight/NOUN/obl/suspended",
            "Alder was suspended after a fight", "The boy near York was suspended after a fight",
            id="a name between commas is no subject",
        ),
        pytest.param(
            "Ada/PROPN/nsubj/won Marsh/PROPN/flat/Ada won/VERB|Fin/ROOT/- pledges/NOUN/obj/won from/ADP/case/Hale "
            "Hale/PROPN/nmod/pledges to/PART/mark/leave leave/VERB|Inf/acl/pledges his/PRON/nmod:poss/post post/NOUN/obj/leave",
            "Ada Marsh won pledges to leave his post", "Ada Marsh won pledges from Hale to leave his post",
            id="the owner of a possessive",
        ),
        pytest.param(
            "The/DET/det/bridge bridge/NOUN/nsubj/closed closed/VERB|Fin/ROOT/- after/SCONJ/mark/jumped Ada/PROPN/nsubj/jumped "
            "jumped/VERB|Fin/advcl/closed",
            "The bridge closed after Ada", "The bridge closed after Ada jumped", id="the verb of a last noun",
        ),
        pytest.param(
            "The/DET/det/bridge bridge/NOUN/nsubj/closed according/VERB/case/police to/ADP/fixed/according police/NOUN/obl/closed "
            "closed/VERB|Fin/ROOT/- after/ADP/case/storm a/DET/det/storm storm/NOUN/obl/closed",
            "The bridge closed after a storm", "The bridge according to police closed after a storm", id="a source",
        ),
        pytest.param(
            "The/DET/det/fire fire/NOUN/nsubj/spread either/CCONJ/cc:preconj/spread spread/VERB|Fin/ROOT/- north/ADV/advmod/spread "
            "or/CCONJ/cc/died died/VERB|Fin/conj/spread",
            "The fire spread north", "The fire either spread north or died", id="one of two cases",
        ),
    ],
)  # fmt: skip
def test_a_headline_without_words_that_change_the_claim_is_not_sound(notation: str, headline: str, whole: str) -> None:
    assert not sound(notation, headline)
    assert sound(notation, whole)


def test_a_german_compound_with_a_shared_second_half_is_kept_whole() -> None:
    made = tree(
        "Die/DET/det/Partei Partei/NOUN/nsubj/gehen +-/PUNCT/punct/Partei und/CCONJ/cc/Ratschefs Ratschefs/NOUN/conj/Partei "
        "gehen/VERB|Fin/ROOT/- heute/ADV/advmod/gehen"
    )
    spans, classes = Spans(made), word_classes("de")
    everything = frozenset(range(len(made)))
    half = everything - positions(made.words, "und Ratschefs")
    assert is_grammatical(spans, made.root, everything, frozenset(), classes)
    assert not is_grammatical(spans, made.root, half, frozenset(), classes)


def test_themselves_is_sound_with_its_noun_as_the_subject() -> None:
    notation = (
        "Two/NUM/nummod/dissidents dissidents/NOUN/nsubj/defend will/AUX|Fin/aux/defend defend/VERB|Inf/ROOT/- "
        "themselves/PRON/obj/defend"
    )
    assert sound(notation, "Two dissidents will defend themselves")
    assert not sound(notation.replace("themselves", "them"), "Two dissidents will defend them")


@pytest.mark.parametrize(
    ("notation", "whole", "torn"),
    [
        pytest.param(
            "The/DET/det/House House/PROPN/nsubj/passed passed/VERB|Fin/ROOT/- the/DET/det/Act Hate/ADJ/amod/Act "
            "Crimes/PROPN/compound/Act Act/PROPN/obj/passed",
            "The House passed the Hate Crimes Act", "The House passed the Crimes Act", id="the start of a name",
        ),
        pytest.param(
            "Alder/PROPN/nsubj/sued sued/VERB|Fin/ROOT/- Marsh/PROPN/obj/sued Lowe/PROPN/flat/Marsh in/ADP/case/court "
            "court/NOUN/obl/sued",
            "Alder sued Marsh Lowe in court", "Alder sued Marsh in court", id="the end of a name",
        ),
        pytest.param(
            "More/ADJ/amod/people people/NOUN/nsubj/died died/VERB|Fin/ROOT/- in/ADP/case/snow snow/NOUN/obl/died "
            "than/ADP/case/floods in/ADP/case/floods floods/NOUN/obl/died",
            "More people died in snow than in floods", "More people died in snow", id="a side of a comparison",
        ),
        pytest.param(
            "Numbers/NOUN/nsubj/grew grew/VERB|Fin/ROOT/- from/ADP/case/12 12/NUM/obl/grew to/ADP/case/90 "
            "nearly/ADV/advmod/90 90/NUM/obl/grew",
            "Numbers grew from 12 to nearly 90", "Numbers grew from 12", id="the other end of a range",
        ),
        pytest.param(
            "Troops/NOUN/nsubj/broke broke/VERB|Fin/ROOT/- the/DET/det/ring ring/NOUN/obj/broke from/ADP/case/outside "
            "outside/NOUN/obl/broke and/CCONJ/cc/left left/VERB|Fin/conj/broke",
            "Troops broke the ring from outside and left", "Troops broke the ring from and left", id="a noun of a preposition",
        ),
        pytest.param(
            "Voters/NOUN/nsubj/met met/VERB|Fin/ROOT/- trainers/NOUN/obj/met with/ADP/case/Alder Alder/PROPN/obl/met ,/PUNCT/punct/know "
            "who/PRON/nsubj/know know/VERB|Fin/acl:relcl/trainers much/ADJ/obj/know",
            "Voters met trainers with Alder who know much", "Voters met trainers who know much", id="the noun before a relative clause",
        ),
        pytest.param(
            "Ada/PROPN/nsubj/said Marsh/PROPN/flat/Ada said/VERB|Fin/ROOT/- ferries/NOUN/nsubj/sank sank/VERB|Fin/ccomp/said "
            "in/ADP/case/Alder Alder/PROPN/obl/sank",
            "Ada Marsh said ferries sank in Alder", "Ada Marsh said sank in Alder", id="the subject of another verb",
        ),
        pytest.param(
            "Thefts/NOUN/nsubj/rose in/ADP/case/metro the/DET/det/metro metro/NOUN/nmod/Thefts and/CCONJ/cc/trains "
            "the/DET/det/trains trains/NOUN/conj/Thefts rose/VERB|Fin/ROOT/- by/ADP/case/half half/NOUN/obl/rose",
            "Thefts in the metro and the trains rose by half", "Thefts and the trains rose by half", id="the noun before and",
        ),
        pytest.param(
            "The/DET/det/show show/NOUN/nsubj/popular is/AUX|Fin/cop/popular as/ADV/advmod/popular popular/ADJ/ROOT/- "
            "today/NOUN/obl/popular as/SCONJ/mark/was it/PRON/expl/was was/AUX|Fin/advcl/popular",
            "The show is as popular today as it was", "The show is as popular today", id="as … as",
        ),
        pytest.param(
            "Ada/PROPN/nsubj/became became/VERB|Fin/ROOT/- the/DET/det/writer first/ADJ/amod/writer writer/NOUN/xcomp/became "
            "in/ADP/case/Alder Alder/PROPN/nmod/writer to/PART/mark/win win/VERB|Inf/advcl/became prizes/NOUN/obj/win",
            "Ada became the first writer in Alder to win prizes", "Ada became the first writer in Alder", id="what a first one does",
        ),
        pytest.param(
            "Police/NOUN/nsubj/rounded rounded/VERB|Fin/ROOT/- up/ADP/compound:prt/rounded at/ADP/case/100 least/ADJ/nmod/100 "
            "100/NUM/nummod/people people/NOUN/obl/rounded in/ADP/case/Alder Alder/PROPN/obl/rounded",
            "Police rounded up at least 100 people in Alder", "Police rounded up in Alder", id="an object after a particle",
        ),
        pytest.param(
            "Ada/PROPN/nsubj/freed caught/VERB|Part/acl/Ada more/ADJ/advmod/months than/ADP/fixed/more ten/NUM/nummod/months "
            "months/NOUN/obl/freed ago/ADV/advmod/caught was/AUX|Fin/aux/freed freed/VERB|Part/ROOT/- in/ADP/case/Alder "
            "Alder/PROPN/obl/freed",
            "Ada caught more than ten months ago was freed in Alder", "Ada more than ten months was freed in Alder", id="ago",
        ),
        pytest.param(
            "Ada/PROPN/nsubj/spent spent/VERB|Fin/ROOT/- the/DET/det/rest rest/NOUN/obj/spent of/ADP/case/June June/PROPN/nmod/rest "
            "in/ADP/case/Alder Alder/PROPN/obl/spent ,/PUNCT/punct/town the/DET/det/town town/NOUN/appos/rest",
            "Ada spent the rest of June in Alder the town", "Ada spent the rest the town", id="the noun before an apposition",
        ),
        pytest.param(
            "Peace/NOUN/nsubj/hangs hangs/VERB|Fin/ROOT/- on/ADP/case/yes a/DET/det/yes clear/ADJ/amod/yes yes/NOUN/obl/hangs "
            "from/ADP/case/Alder Alder/PROPN/nmod/yes",
            "Peace hangs on a clear yes from Alder", "Peace hangs on a clear", id="the noun of an adjective",
        ),
    ],
)  # fmt: skip
def test_a_headline_with_part_of_a_name_comparison_range_or_clause_is_not_sound(
    notation: str, whole: str, torn: str
) -> None:
    assert sound(notation, whole)
    assert not sound(notation, torn)


def test_an_opening_phrase_needs_its_comma() -> None:
    """Without one, the parser took it for the subject: "Into the depths would be an experience"."""
    opener = "After/ADP/case/storm the/DET/det/storm storm/NOUN/obl/closed {}the/DET/det/council council/NOUN/nsubj/closed "
    rest = "closed/VERB|Fin/ROOT/- the/DET/det/bridge bridge/NOUN/obj/closed"
    assert sound(opener.format(",/PUNCT/punct/closed ") + rest, "After the storm the council closed the bridge")
    assert not sound(opener.format("") + rest, "After the storm the council closed the bridge")


def test_a_headline_that_opens_with_a_noun_without_its_verb_is_not_sound() -> None:
    slept = (
        "Most/ADJ/obl/buried of/ADP/case/village the/DET/det/village village/NOUN/nmod/Most slept/VERB|Fin/acl/village "
        ",/PUNCT/punct/buried mud/NOUN/nsubj/buried buried/VERB|Fin/ROOT/- two/NUM/nummod/houses houses/NOUN/obj/buried"
    )
    assert sound(slept, "mud buried two houses")
    assert not sound(slept, "Most of the village mud buried two houses")


def test_a_source_after_a_conjunction_belongs_to_the_next_clause() -> None:
    met = (
        "Ada/PROPN/nsubj/met Marsh/PROPN/flat/Ada met/VERB|Fin/ROOT/- the/DET/det/king king/NOUN/obj/met {}"
        "according/VERB/case/envoys to/ADP/fixed/according envoys/NOUN/obl/left left/VERB|Fin/conj/met"
    )
    assert sound(met.format("and/CCONJ/cc/left "), "Ada Marsh met the king")
    assert not sound(met.format("then/ADV/advmod/left "), "Ada Marsh met the king")


def test_an_infinitive_after_a_copula_may_head_the_main_clause() -> None:
    goal = (
        "The/DET/det/goal goal/NOUN/nsubj/win was/AUX|Fin/cop/win to/PART/mark/win win/VERB|Inf/ROOT/- the/DET/det/cup "
        "cup/NOUN/obj/win"
    )
    assert sound(goal, "The goal was to win the cup")


@pytest.mark.parametrize(
    "notation",
    [
        pytest.param(
            "Four/NUM/nummod/days days/NOUN/obl/hoped before/ADP/case/Ada Ada/PROPN/nsubj/hoped hoped/VERB|Fin/ROOT/- "
            "to/PART/mark/win win/VERB|Inf/xcomp/hoped",
            id="a subject after a preposition",
        ),
        pytest.param(
            "15/NUM/nummod/others others/NOUN/nsubj/swam swam/VERB|Fin/ROOT/- to/ADP/case/island the/DET/det/island "
            "island/NOUN/obl/swam",
            id="others",
        ),
        pytest.param(
            "Near/ADP/case/Ada Ada/PROPN/obl/played ,/PUNCT/punct/years 40/NUM/nummod/years years/NOUN/nsubj/played "
            ",/PUNCT/punct/years played/VERB|Fin/ROOT/- the/DET/det/organ organ/NOUN/obj/played",
            id="an age between commas",
        ),
    ],
)
def test_an_object_of_a_preposition_others_or_an_age_is_not_a_sound_subject(notation: str) -> None:
    assert not sound(notation, " ".join(word for word in tree(notation).words if word.isalnum()))


def test_last_in_last_minute_is_not_a_rank() -> None:
    warned = (
        "Ada/PROPN/nsubj/gave gave/VERB|Fin/ROOT/- last/ADJ/amod/minute +-/PUNCT/punct/minute +minute/NOUN/compound/warnings "
        "warnings/NOUN/obj/gave to/PART/mark/stop stop/VERB|Inf/advcl/gave raids/NOUN/obj/stop"
    )
    assert sound(warned, "Ada gave last minute warnings")


def test_a_question_is_kept_whole_except_for_its_articles() -> None:
    asks = (
        "Will/AUX|Fin/aux/close the/DET/det/town town/NOUN/nsubj/close near/ADP/case/Alder Alder/PROPN/nmod/town "
        "close/VERB|Inf/ROOT/- the/DET/det/bridge bridge/NOUN/obj/close ?/PUNCT/punct/close"
    )
    assert sound(asks, "Will town near Alder close bridge")
    assert not sound(asks, "Will the town close the bridge")


@pytest.mark.parametrize(("verb", "is_sound"), [("have", False), ("had", True)])
def test_the_name_of_one_person_with_a_plural_verb_is_not_sound(verb: str, is_sound: bool) -> None:
    notation = f"Ada/PROPN/nsubj/{verb} Marsh/PROPN/flat/Ada {verb}/VERB|Fin/ROOT/- a/DET/det/child healthy/ADJ/amod/child child/NOUN/obj/{verb}"
    assert sound(notation, f"Ada Marsh {verb} a healthy child") is is_sound


def test_a_finite_verb_parsed_as_an_object_shows_that_the_parse_is_wrong() -> None:
    """ "The sailor Bo Cole chose to honor Alder on Sunday faces arrest": the main verb is "faces"."""
    notation = (
        "The/DET/det/sailor sailor/NOUN/nsubj/chose Bo/PROPN/appos/sailor Cole/PROPN/flat/Bo chose/VERB|Fin/ROOT/- "
        "to/PART/mark/honor honor/VERB|Inf/xcomp/chose Alder/PROPN/obj/honor faces/{}/obl/honor arrest/NOUN/obj/faces"
    )
    assert not sound(notation.format("VERB|Fin"), "Bo Cole chose to honor Alder")
    assert sound(notation.format("NOUN"), "Bo Cole chose to honor Alder")


@pytest.mark.parametrize(
    ("notation", "is_sound"),
    [
        pytest.param(
            "The/DET/det/fate fate/NOUN/nsubj/changed of/ADP/case/sons her/PRON/nmod:poss/sons sons/NOUN/nmod/fate "
            "changed/VERB|Fin/ROOT/- Alder/PROPN/obj/changed",
            False,
            id="in the phrase of the only noun before it",
        ),
        pytest.param(
            "A/DET/det/boy boy/NOUN/nsubj/won who/PRON/nsubj/lost lost/VERB|Fin/acl:relcl/boy his/PRON/nmod:poss/sons "
            "sons/NOUN/obj/lost won/VERB|Fin/ROOT/- prizes/NOUN/obj/won",
            True,
            id="in a clause about the noun",
        ),
        pytest.param(
            "A/DET/det/teacher teacher/NOUN/nsubj/left and/CCONJ/cc/sons her/PRON/nmod:poss/sons sons/NOUN/conj/teacher "
            "left/VERB|Fin/ROOT/- Alder/PROPN/obj/left",
            True,
            id="of a joined noun",
        ),
    ],
)
def test_a_possessive_needs_a_noun_that_can_be_its_owner(notation: str, is_sound: bool) -> None:
    assert sound(notation, " ".join(tree(notation).words)) is is_sound


def test_all_three_is_not_sound_without_the_sentence_before() -> None:
    notation = "{}/DET/det/towns three/NUM/nummod/towns towns/NOUN/nsubj/saw saw/VERB|Fin/ROOT/- storms/NOUN/obj/saw"
    assert not sound(notation.format("All"), "All three towns saw storms")
    assert sound(notation.format("Some"), "Some three towns saw storms")


def test_the_complement_of_so_plus_adjective_is_kept() -> None:
    so = (
        "Ada/PROPN/nsubj/serious was/AUX|Fin/cop/serious so/ADV/advmod/serious serious/ADJ/ROOT/- about/ADP/case/plan "
        "the/DET/det/plan plan/NOUN/obl/serious"
    )
    assert not sound(so, "Ada was so serious")
    assert sound(so, "Ada was so serious about the plan")


def test_words_after_a_dropped_where_belong_to_the_relative_clause() -> None:
    passed = (
        "Ships/NOUN/nsubj/passed passed/VERB|Fin/ROOT/- through/ADP/case/town a/DET/det/town town/NOUN/obl/passed "
        "where/ADV/advmod/worked a/DET/det/sailor sailor/NOUN/obj/passed worked/VERB|Fin/acl:relcl/town"
    )
    assert not sound(passed, "Ships passed sailor")
    assert sound(passed, "Ships passed through a town where a sailor worked")


def test_a_participle_before_the_main_verb_is_no_main_verb() -> None:
    notation = (
        "A/DET/det/man man/NOUN/nsubj/caught caught/VERB|Fin/ROOT/- on/ADP/case/boat a/DET/det/boat boat/NOUN/obl/caught "
        "at/ADP/case/night night/NOUN/obl/jailed was/AUX|Fin/aux:pass/jailed jailed/VERB|Part/advcl/caught"
    )
    assert not sound(notation, "A man caught on a boat")


def test_a_claim_of_a_second_speaker_is_said() -> None:
    notation = (
        "Pike/PROPN/nsubj/hid hid/VERB|Fin/ROOT/- ,/PUNCT/punct/say papers/NOUN/nsubj/say say/VERB|Fin/parataxis/hid "
        "in/ADP/case/Alder Alder/PROPN/obl/say"
    )
    made = tree(notation)
    kept = frozenset(positions(made.words, "papers say in Alder"))
    assert not is_grammatical(Spans(made), made.words.index("say"), kept, frozenset(), word_classes("en"))


def test_a_conjunction_without_what_it_joins_is_not_sound() -> None:
    notation = (
        "Alder/PROPN/nsubj/freed freed/VERB|Fin/ROOT/- a/DET/det/builder famous/ADJ/amod/builder ,/PUNCT/punct/ailing "
        "but/CCONJ/cc/ailing ailing/ADJ/conj/famous builder/NOUN/obj/freed"
    )
    assert sound(notation, "Alder freed a famous but ailing builder")
    assert not sound(notation, "Alder freed a famous but builder")

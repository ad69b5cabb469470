"""What the words of a headline ask for and have lost, in trees made by hand, so that no mistake of the parser decides."""

import pytest

from nutgraf.summarizer.headlines.checks.lost_complements import lost_complement
from nutgraf.summarizer.headlines.clauses.complements import NEEDED, USUAL
from tests.unit.summarizer.headlines.trees import clause, positions

NAMED = (
    "Alder/PROPN/nsubj/named named/VERB|Fin/ROOT/- the/DET/det/owner owner/NOUN/obj/named of/ADP/case/ferry "
    "the/DET/det/ferry ferry/NOUN/nmod/owner as/ADP/case/keeper its/PRON/nmod:poss/keeper keeper/NOUN/nmod/ferry"
)
MOVED = (
    "Guards/NOUN/nsubj/moved moved/VERB|Fin/ROOT/- the/DET/det/sailor sailor/NOUN/obj/moved to/ADP/case/prison "
    "a/DET/det/prison prison/NOUN/nmod/sailor"
)
SPENT = (
    "The/DET/det/port port/NOUN/nsubj/spent spent/VERB|Fin/ROOT/- two/NUM/nummod/years years/NOUN/obj/spent "
    "rebuilding/VERB|Ger/acl/years the/DET/det/quay quay/NOUN/obj/rebuilding"
)
HOPES = (
    "Alder/PROPN/nsubj/hopes hopes/VERB|Fin/ROOT/- to/PART/mark/capitalize capitalize/VERB|Inf/xcomp/hopes on/ADP/case/fair "
    "the/DET/det/fair fair/NOUN/obl/capitalize"
)
HELD = (
    "Alder/PROPN/nsubj/freed freed/VERB|Fin/ROOT/- a/DET/det/man man/NOUN/obj/freed held/VERB|Part/acl/man in/ADP/case/fire "
    "the/DET/det/fire fire/NOUN/obl/freed"
)
ROBBED = (
    "Alder/PROPN/nsubj/hit hit/VERB|Fin/ROOT/- ,/PUNCT/punct/robbed robbed/VERB|Fin/conj/hit and/CCONJ/cc/drowned "
    "drowned/VERB|Fin/conj/hit a/DET/det/diver diver/NOUN/obj/drowned"
)
FAREWELL = (
    "Alder/PROPN/nsubj/dit dit/VERB|Fin/ROOT/- adieu/NOUN/obj/dit à/ADP/case/barques ses/DET/det/barques "
    "barques/NOUN/obl:arg/dit"
)
STRUCK = "The/DET/det/court court/NOUN/nsubj/struck struck/VERB|Fin/ROOT/- down/{} the/DET/det/rule rule/NOUN/obl/struck"
SUSPECTED = (
    "A/DET/det/sailor sailor/NOUN/nsubj:pass/suspected is/AUX|Fin/aux:pass/suspected suspected/VERB|Part/ROOT/- of/ADP/case/theft "
    "theft/NOUN/obl/suspected"
)
SMELL = "Alder/PROPN/nsubj/sent sent/VERB|Fin/ROOT/- une/DET/det/odeur odeur/NOUN/obj/sent de/ADP/case/soufre soufre/NOUN/nmod/odeur"
WARNED = (
    "Alder/PROPN/nsubj/warned warned/VERB|Fin/ROOT/- sailors/NOUN/obj/warned that/SCONJ/mark/near storms/NOUN/nsubj/near "
    "near/VERB|Fin/acl/sailors"
)
ACCUSED = (
    "Alder/PROPN/nsubj/accused accused/VERB|Fin/ROOT/- Pike/PROPN/obj/accused and/CCONJ/cc/crew his/PRON/nmod:poss/crew "
    "crew/NOUN/conj/Pike of/ADP/case/theft theft/NOUN/nmod/crew"
)
APPOINTED = (
    "Alder/PROPN/nsubj/appointed appointed/VERB|Fin/ROOT/- Pike/PROPN/obj/appointed to/PART/mark/lead lead/VERB|Inf/advcl/appointed "
    "the/DET/det/port port/NOUN/obj/lead"
)


@pytest.mark.parametrize(
    ("notation", "language", "torn", "whole"),
    [
        pytest.param(SMELL, "fr", "Alder sent une odeur", "de soufre", id="noun that needs another one"),
        pytest.param(WARNED, "en", "Alder warned sailors", "that storms near", id="what somebody is warned of"),
        pytest.param(ACCUSED, "en", "Alder accused Pike", "and his crew of theft", id="behind what is joined to the object"),
        pytest.param(APPOINTED, "en", "Alder appointed Pike", "to lead the port", id="task"),
        pytest.param(NAMED, "en", "Alder named the owner of the ferry", "as its keeper", id="role"),
        pytest.param(MOVED, "en", "Guards moved the sailor", "to a prison", id="destination"),
        pytest.param(SPENT, "en", "The port spent two years", "rebuilding the quay", id="what the time was spent on"),
        pytest.param(HOPES, "en", "Alder hopes to capitalize", "on the fair", id="phrase of the last verb"),
        pytest.param(HELD, "en", "Alder freed a man held", "in the fire", id="phrase of a participle"),
        pytest.param(ROBBED, "en", "Alder hit", ", robbed and drowned a diver", id="shared object"),
        pytest.param(ROBBED, "en", "Alder hit , robbed", "and drowned a diver", id="shared object of the second verb"),
        pytest.param(STRUCK.format("ADP/case/rule"), "en", "The court struck", "down the rule", id="particle"),
        pytest.param(STRUCK.format("ADV/advmod/struck"), "en", "The court struck", "down the rule", id="adverb"),
        pytest.param(SUSPECTED, "en", "A sailor is suspected", "of theft", id="of"),
        pytest.param(FAREWELL, "fr", "Alder dit adieu", "à ses barques", id="set phrase"),
    ],
)
def test_a_dropped_required_complement_is_found_and_a_whole_clause_lacks_none(
    notation: str, language: str, torn: str, whole: str
) -> None:
    made = clause(notation, language)
    assert lost_complement(made, positions(made.tree.words, torn), ()) == NEEDED
    assert lost_complement(made, positions(made.tree.words, f"{torn} {whole}"), ()) < NEEDED


def test_a_word_omitted_for_style_is_not_a_lost_complement() -> None:
    """ "Guards moved Ada Marsh to a prison": without her given name, what follows the object is still looked at."""
    notation = MOVED.replace("the/DET/det/sailor sailor/NOUN/obj/moved", "Ada/PROPN/compound/sailor sailor/PROPN/obj/moved")
    made = clause(notation)
    given = positions(made.tree.words, "Ada")
    assert lost_complement(made, positions(made.tree.words, "Guards moved sailor"), given) == NEEDED


ACCUSED = (
    "Marsh/PROPN/nsubj/accused accused/VERB|Fin/ROOT/- the/DET/det/mayor mayor/NOUN/obj/accused ,/PUNCT/punct/Ada "
    "Ada/PROPN/appos/mayor Low/PROPN/flat/Ada ,/PUNCT/punct/theft of/ADP/case/theft theft/NOUN/obl/accused"
)


def test_an_apposition_does_not_hide_what_a_verb_asks_for() -> None:
    made = clause(ACCUSED)
    assert lost_complement(made, {0, 1, 2, 3}, frozenset()) == NEEDED
    assert lost_complement(made, {0, 1, 2, 3, 5, 6}, frozenset()) == NEEDED
    assert lost_complement(made, {0, 1, 2, 3, 8, 9}, frozenset()) == 0


SPARRED = "Marsh/PROPN/nsubj/sparred openly/ADV/advmod/sparred sparred/VERB|Fin/ROOT/- {}/ADP/case/{} the/DET/det/{} {}/NOUN/obl/sparred"


@pytest.mark.parametrize(
    ("preposition", "noun", "demand"), [("with", "mayor", NEEDED), ("about", "noon", 0), ("during", "storm", 0)]
)
def test_an_active_verb_at_the_end_asks_for_the_person_or_thing_behind_it(preposition: str, noun: str, demand: int) -> None:
    made = clause(SPARRED.format(preposition, noun, noun, noun))
    assert lost_complement(made, {0, 1, 2}, frozenset()) == demand


PACKAGE = (
    "Alder/PROPN/nsubj/passed passed/VERB|Fin/ROOT/- a/DET/det/law law/NOUN/obj/passed that/PRON/nsubj/brings "
    "brings/VERB|Fin/acl:relcl/law money/NOUN/obj/brings {}/ADP/case/roads roads/NOUN/obl/brings"
)


@pytest.mark.parametrize(("preposition", "demand"), [("for", USUAL), ("near", 0)])
def test_a_clause_at_the_end_is_unfinished_before_a_phrase_that_is_no_place_or_time(preposition: str, demand: int) -> None:
    made = clause(PACKAGE.format(preposition))
    assert lost_complement(made, {0, 1, 2, 3, 4, 5, 6}, frozenset()) == demand


CONTRARY = (
    "Ada/PROPN/nsubj/disse Marsh/PROPN/flat/Ada disse/VERB|Fin/ROOT/- ser/AUX/cop/contrário contrário/ADJ/xcomp/disse "
    "{}/ADP/case/proposta proposta/NOUN/obl/contrário"
)


@pytest.mark.parametrize(("preposition", "demand"), [("à", NEEDED), ("em", 0)])
def test_a_romance_adjective_at_the_end_keeps_the_phrase_that_completes_it(preposition: str, demand: int) -> None:
    made = clause(CONTRARY.format(preposition), "pt")
    assert lost_complement(made, {0, 1, 2, 3, 4}, frozenset()) == demand

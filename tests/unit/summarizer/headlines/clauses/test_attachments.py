"""Phrases that a verb asks for, on that verb."""

from nutgraf.summarizer.headlines.clauses.attachments import CONFIRMED_MARGIN, with_required_phrases
from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
from tests.unit.summarizer.headlines.trees import tree

HALL = (
    "A/DET/det/fire fire/NOUN/nsubj/turned turned/VERB|Fin/ROOT/- a/DET/det/hall hall/NOUN/obj/turned full/ADJ/amod/hall/1 "
    "of/ADP/case/dancers dancers/NOUN/obl/full into/ADP/case/trap a/DET/det/trap trap/NOUN/nmod/dancers/0.5"
)


def test_a_phrase_that_the_verb_requires_is_attached_to_the_verb_and_not_to_its_object() -> None:
    made = with_required_phrases(tree(HALL), word_classes("en"))
    trap = made.words.index("trap")
    assert (made.words[made.heads[trap]], made.relations[trap]) == ("turned", "obl")
    assert made.margins[trap] == CONFIRMED_MARGIN


def test_a_phrase_that_the_verb_does_not_require_keeps_its_head() -> None:
    right = tree(HALL.replace("into/ADP", "behind/ADP"))
    assert with_required_phrases(right, word_classes("en")) == right
    # No table, no change.
    assert with_required_phrases(tree(HALL), word_classes("nb")) == tree(HALL)


def test_a_verb_that_already_has_the_required_phrase_gets_no_second_one() -> None:
    both = tree(f"{HALL} into/ADP/case/ash ash/NOUN/obl/turned")
    assert with_required_phrases(both, word_classes("en")) == both

"""The verb of the main clause, also where the parser took it for a modifier of its subject."""

import pytest

from nutgraf.summarizer.headlines.clauses import main_clauses, with_verb_as_root
from nutgraf.summarizer.headlines.word_classes import word_classes
from tests.unit.summarizer.headlines.trees import tree

WINDS = (
    "Strong/ADJ/amod/winds winds/NOUN/ROOT/- battered/VERB|Part/acl/winds yachts/NOUN/nmod/winds in/ADP/case/race "
    "the/DET/det/race race/NOUN/nmod/winds"
)
FINITE = "Winds/NOUN/ROOT/- battered/VERB|Fin/acl/Winds yachts/NOUN/obj/battered"
OF_ITS_OWN = "The/DET/det/yachts yachts/NOUN/ROOT/- that/PRON/nsubj/battered battered/VERB|Part/acl:relcl/yachts"


@pytest.mark.parametrize("notation", [WINDS, FINITE])
def test_a_verb_after_its_subject_becomes_the_root(notation: str) -> None:
    made = with_verb_as_root(tree(notation), word_classes("en"))
    assert made.words[made.root] == "battered"
    subject = next(word for word in range(len(made)) if made.relations[word] == "nsubj")
    assert made.words[subject].lower() == "winds"
    assert [made.words[word] for word in range(len(made)) if made.relations[word] == "obj"] == ["yachts"]


def test_what_precedes_the_verb_stays_with_the_subject_and_what_follows_is_the_verbs() -> None:
    made = with_verb_as_root(tree(WINDS), word_classes("en"))
    heads = {made.words[word]: made.words[made.heads[word]] for word in range(len(made)) if word != made.root}
    assert heads["Strong"] == "winds"
    assert heads["race"] == "battered"
    assert made.relations[made.words.index("race")] == "obl"


@pytest.mark.parametrize(("notation", "language"), [(OF_ITS_OWN, "en"), (WINDS, "fr")])
def test_a_verb_with_a_subject_of_its_own_or_no_past_form_stays_a_modifier(notation: str, language: str) -> None:
    made = tree(notation)
    assert with_verb_as_root(made, word_classes(language)) == made


def test_a_label_has_no_clause() -> None:
    assert (
        list(main_clauses(tree("The/DET/det/end end/NOUN/ROOT/- of/ADP/case/storm storm/NOUN/nmod/end"), word_classes("en")))
        == []
    )

"""Mistakes of the parser in long sentences, and the trees after their repair."""

import pytest

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.clauses.repairs import repair
from nutgraf.summarizer.headlines.clauses.root_correction import with_verb_as_root
from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
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


def test_words_before_the_new_root_belong_to_the_subject_and_words_after_it_to_the_verb() -> None:
    made = with_verb_as_root(tree(WINDS), word_classes("en"))
    heads = {made.words[word]: made.words[made.heads[word]] for word in range(len(made)) if word != made.root}
    assert heads["Strong"] == "winds"
    assert heads["race"] == "battered"
    assert made.relations[made.words.index("race")] == "obl"


@pytest.mark.parametrize(("notation", "language"), [(OF_ITS_OWN, "en"), (WINDS, "fr")])
def test_a_verb_with_a_subject_of_its_own_or_no_past_form_stays_a_modifier(notation: str, language: str) -> None:
    made = tree(notation)
    assert with_verb_as_root(made, word_classes(language)) == made


def repaired_tree(notation: str, language: str = "en") -> Tree:
    return repair(tree(notation), word_classes(language))


def head(made: Tree, word: str) -> tuple[str, str]:
    """The head of a word and its relation."""
    position = made.words.index(word)
    return (made.words[made.heads[position]] if made.heads[position] >= 0 else "-", made.relations[position])


def test_a_correct_tree_is_not_changed() -> None:
    right = tree(
        "The/DET/det/council council/NOUN/nsubj/closed closed/VERB|Fin/ROOT/- the/DET/det/bridge bridge/NOUN/obj/closed "
        "after/SCONJ/mark/turned protests/NOUN/nsubj/turned turned/VERB|Fin/advcl/closed violent/ADJ/xcomp/turned"
    )
    assert repair(right, word_classes("en")) == right


def test_a_verb_follows_a_relative_clause_between_commas() -> None:
    made = repaired_tree(
        "The/DET/det/city city/NOUN/ROOT/- ,/PUNCT/punct/calls which/PRON/nsubj/calls calls/VERB|Fin/acl:relcl/city "
        "itself/PRON/obj/calls capital/NOUN/xcomp/calls ,/PUNCT/punct/calls wrestled/VERB|Part/acl/city with/ADP/case/debts "
        "debts/NOUN/obl/wrestled"
    )
    assert made.words[made.root] == "wrestled"
    assert head(made, "city") == ("wrestled", "nsubj")


def test_a_noun_with_a_subject_and_an_infinitive_is_the_verb() -> None:
    made = repaired_tree(
        "The/DET/det/founder founder/NOUN/nsubj/plans of/ADP/case/firm the/DET/det/firm firm/NOUN/nmod/plans plans/NOUN/ROOT/- "
        "to/PART/mark/visit visit/VERB|Inf/acl/plans Alder/PROPN/obj/visit"
    )
    assert (made.tags[made.root], made.verb_forms[made.root]) == ("VERB", "Fin")
    assert head(made, "visit") == ("plans", "xcomp")
    assert head(made, "firm")[0] == "founder"


def test_a_later_verb_without_a_subject_is_not_the_root() -> None:
    """The noun before it, whose preposition is a conjunction as well, is its subject."""
    made = repaired_tree(
        "Mobs/NOUN/nsubj/burned burned/VERB|Fin/advcl/turned houses/NOUN/obj/burned after/ADP/case/protest a/DET/det/protest "
        "protest/NOUN/obl/burned turned/VERB|Fin/ROOT/- into/ADP/case/riot a/DET/det/riot riot/NOUN/obl/turned"
    )
    assert made.words[made.root] == "burned"
    assert head(made, "turned") == ("burned", "advcl")
    assert head(made, "protest") == ("turned", "nsubj")
    assert head(made, "after") == ("turned", "mark")


def test_a_participle_between_commas_does_not_become_the_root() -> None:
    made = repaired_tree(
        "Bruises/NOUN/nsubj/shown ,/PUNCT/punct/shown shown/VERB|Part/advcl/hurting on/ADP/case/pages pages/NOUN/obl/shown "
        ",/PUNCT/punct/shown are/AUX|Fin/aux/hurting hurting/VERB|Ger/ROOT/- police/NOUN/obj/hurting"
    )
    assert made.words[made.root] == "hurting"


def test_the_subject_goes_to_the_verb_of_the_main_clause() -> None:
    made = repaired_tree(
        "Ada/PROPN/nsubj/had Marsh/PROPN/flat/Ada could/AUX|Fin/aux/won have/AUX|Inf/aux/won won/VERB|Part/ROOT/- "
        "had/VERB|Fin/advcl/won it/PRON/obj/had rained/VERB|Part/xcomp/had"
    )
    assert head(made, "Ada") == ("won", "nsubj")


def test_an_opening_phrase_with_a_preposition_is_not_the_root() -> None:
    made = repaired_tree(
        "Amid/ADP/case/calls calls/VERB|Fin/ROOT/- for/ADP/case/openness openness/NOUN/obl/calls ,/PUNCT/punct/released "
        "the/DET/det/judges judges/NOUN/nsubj/released released/VERB|Fin/conj/calls reports/NOUN/obj/released"
    )
    assert made.words[made.root] == "released"


def test_the_verb_of_a_relative_clause_is_not_the_root() -> None:
    made = repaired_tree(
        "Ada/PROPN/nsubj/helped Marsh/PROPN/flat/Ada ,/PUNCT/punct/looks whose/DET/det/looks looks/NOUN/conj/Ada "
        "helped/VERB|Fin/ROOT/- actors/NOUN/obj/helped ,/PUNCT/punct/died has/AUX|Fin/aux/died died/VERB|Part/conj/helped"
    )
    assert made.words[made.root] == "died"
    assert head(made, "Ada") == ("died", "nsubj")
    assert head(made, "helped") == ("Ada", "acl:relcl")


@pytest.mark.parametrize("verb", ["announced", "said"])
def test_a_reported_clause_is_attached_to_the_verb_of_saying(verb: str) -> None:
    made = repaired_tree(
        f"The/DET/det/cabinet cabinet/NOUN/nsubj/{verb} {verb}/VERB|Fin/ROOT/- within/ADP/case/hours hours/NOUN/obl/{verb} "
        "that/SCONJ/mark/close ferries/NOUN/nsubj/close close/VERB|Fin/acl/hours"
    )
    assert head(made, "close") == (verb, "ccomp")


def test_a_participle_in_an_apposition_is_not_the_root() -> None:
    made = repaired_tree(
        "Ada/PROPN/nsubj/turned Marsh/PROPN/flat/Ada ,/PUNCT/punct/athlete the/DET/det/athlete athlete/NOUN/appos/Ada "
        "turned/VERB|Fin/ROOT/- suspect/NOUN/obj/turned ,/PUNCT/punct/appear must/AUX|Fin/aux/appear appear/VERB|Inf/conj/turned"
    )
    assert made.words[made.root] == "appear"
    assert head(made, "turned") == ("Ada", "acl:relcl")


def test_two_verbs_with_a_conjunction_are_not_changed() -> None:
    made = repaired_tree(
        "Ada/PROPN/nsubj/closed ,/PUNCT/punct/mayor the/DET/det/mayor mayor/NOUN/appos/Ada ,/PUNCT/punct/mayor "
        "closed/VERB|Fin/ROOT/- roads/NOUN/obj/closed and/CCONJ/cc/left left/VERB|Fin/conj/closed"
    )
    assert made.words[made.root] == "closed"


def test_a_condition_after_the_second_verb_belongs_to_it() -> None:
    """Without "faces arrest", the headline must not say "was indicted if she returns"."""
    clauses = (
        "Ada/PROPN/nsubj/indicted was/AUX|Fin/aux/indicted indicted/VERB|Part/ROOT/- and/CCONJ/cc/faces "
        "faces/VERB|Fin/conj/indicted arrest/NOUN/obj/faces {}if/SCONJ/mark/returns she/PRON/nsubj/returns "
        "returns/VERB|Fin/advcl/indicted"
    )
    assert head(repaired_tree(clauses.format("")), "returns") == ("faces", "advcl")
    assert head(repaired_tree(clauses.format(",/PUNCT/punct/returns ")), "returns") == ("indicted", "advcl")


def test_a_participle_between_commas_goes_to_the_subject() -> None:
    made = repaired_tree(
        "Bruises/NOUN/nsubj/hurting ,/PUNCT/punct/shown shown/VERB|Part/ROOT/- on/ADP/case/pages pages/NOUN/obl/shown "
        ",/PUNCT/punct/shown are/AUX|Fin/aux/hurting hurting/VERB|Ger/conj/shown police/NOUN/obj/hurting"
    )
    assert made.words[made.root] == "hurting"
    assert head(made, "shown") == ("Bruises", "acl")


def test_the_finite_verb_is_the_root_and_a_participle_of_the_subject_is_not() -> None:
    made = repaired_tree(
        "A/DET/det/boat boat/NOUN/nsubj/carrying carrying/VERB|Ger/ROOT/- people/NOUN/obj/carrying "
        "capsized/VERB|Fin/advcl/carrying off/ADP/case/island the/DET/det/island island/NOUN/obl/capsized"
    )
    assert made.words[made.root] == "capsized"
    assert head(made, "boat") == ("capsized", "nsubj")
    assert head(made, "carrying") == ("boat", "acl")


def test_a_participle_that_opens_the_sentence_belongs_to_the_subject() -> None:
    made = repaired_tree(
        "Escaped/VERB|Fin/ROOT/- convict/NOUN/obj/Escaped Bo/PROPN/appos/convict was/AUX/aux:pass/captured "
        "captured/VERB|Part/ccomp/Escaped in/ADP/case/Alder Alder/PROPN/obl/captured"
    )
    assert made.words[made.root] == "captured"
    assert head(made, "convict") == ("captured", "nsubj")
    assert head(made, "Escaped") == ("convict", "amod")


def test_a_command_or_a_clause_of_its_own_stays_the_root() -> None:
    for notation in (
        "Boats/NOUN/nsubj/carrying are/AUX/aux/carrying carrying/VERB|Ger/ROOT/- people/NOUN/obj/carrying "
        "sent/VERB|Part/advcl/carrying home/ADV/advmod/sent",
        "Ask/VERB|Inf/ROOT/- people/NOUN/obj/Ask was/AUX/aux:pass/captured captured/VERB|Part/ccomp/Ask",
    ):
        made = tree(notation)
        assert repair(made, word_classes("en")).root == made.root


def test_an_opening_noun_phrase_without_a_preposition_becomes_the_subject() -> None:
    made = repaired_tree(
        "Harbour/NOUN/compound/forward forward/ADV/advmod/suspended Ada/PROPN/appos/forward has/AUX/aux/suspended "
        "been/AUX/aux:pass/suspended suspended/VERB|Part/ROOT/- three/NUM/nummod/games games/NOUN/obj/suspended"
    )
    assert head(made, "forward") == ("suspended", "nsubj")
    assert made.tags[1] == "NOUN"
    opener = tree(
        "In/ADP/case/harbour harbour/NOUN/obl/closed was/AUX/aux:pass/closed closed/VERB|Part/ROOT/- everything/PRON/obj/closed"
    )
    assert repair(opener, word_classes("en")).relations[1] == "obl"


def test_a_noun_without_a_preposition_after_an_active_verb_is_its_object() -> None:
    made = repaired_tree(
        "The/DET/det/firm firm/NOUN/nsubj/set set/VERB|Fin/ROOT/- aside/ADP/compound:prt/set a/DET/det/request "
        "request/NOUN/obl/set"
    )
    assert head(made, "request") == ("set", "obj")
    passive = tree("Ships/NOUN/nsubj:pass/sold were/AUX/aux:pass/sold sold/VERB|Part/ROOT/- home/NOUN/obl/sold")
    assert repair(passive, word_classes("en")) == passive


def test_an_office_and_the_name_after_it_are_one_subject() -> None:
    notation = (
        "Prime/ADJ/amod/Minister Minister/PROPN/nsubj/said Ada/PROPN/nsubj/said Marsh/PROPN/flat/Ada said/VERB|Fin/ROOT/- "
        "it/PRON/nsubj/rains rains/VERB|Fin/ccomp/said"
    )
    made = repair(tree(notation), word_classes("en"))
    assert [made.words[word] for word in range(len(made)) if made.relations[word] == "nsubj"] == ["Minister", "it"]
    assert made.words[made.heads[made.words.index("Ada")]] == "Minister"


def test_an_opener_before_a_noun_with_an_article_is_not_the_subject() -> None:
    notation = (
        "Déçus/PROPN/nsubj/sont du/ADP/case/port port/NOUN/nmod/Déçus ,/PUNCT/punct/marins des/DET/det/marins "
        "marins/NOUN/nsubj/sont sont/VERB|Fin/ROOT/- partis/VERB/xcomp/sont"
    )
    made = repair(tree(notation), word_classes("fr"))
    assert [made.words[word] for word in range(len(made)) if made.relations[word] == "nsubj"] == ["marins"]


def test_a_participle_after_its_noun_is_not_a_separate_claim() -> None:
    notation = (
        "Marsh/PROPN/nsubj/said said/VERB|Fin/ROOT/- that/SCONJ/mark/found powder/NOUN/nsubj/found found/VERB|Fin/ccomp/said "
        "in/ADP/case/hotels hotels/NOUN/obl/found proved/VERB|Fin/ccomp/said harmless/ADJ/xcomp/proved"
    )
    made = repair(tree(notation), word_classes("en"))
    heads = {made.words[word]: made.words[made.heads[word]] for word in range(len(made)) if word != made.root}
    assert (heads["found"], heads["powder"], heads["that"]) == ("powder", "proved", "proved")


def test_a_noun_before_a_reported_clause_becomes_its_subject() -> None:
    notation = (
        "Marsh/PROPN/nsubj/says says/VERB|Fin/ROOT/- a/DET/det/return return/NOUN/obj/says for/ADP/case/Cole "
        "Cole/PROPN/nsubj/ruin would/AUX|Fin/aux/ruin ruin/VERB|Inf/ccomp/says Alder/PROPN/obj/ruin"
    )
    made = repair(tree(notation), word_classes("en"))
    heads = {made.words[word]: made.words[made.heads[word]] for word in range(len(made)) if word != made.root}
    assert (heads["return"], heads["Cole"]) == ("ruin", "return")
    assert made.relations[made.words.index("return")] == "nsubj"

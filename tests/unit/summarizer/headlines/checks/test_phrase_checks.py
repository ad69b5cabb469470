"""Phrases of a sentence that a headline keeps as a whole, or not at all."""

import pytest

from nutgraf.summarizer.headlines.checks.grammar_checks import is_grammatical
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
from tests.unit.summarizer.headlines.trees import clause, positions, tree

CASES = [
    pytest.param(
        "en",
        "Pike/PROPN/nsubj/hired hired/VERB|Fin/ROOT/- sailors/NOUN/obj/hired ,/PUNCT/punct/cheated then/ADV/advmod/cheated "
        "cheated/VERB|Fin/conj/hired it/PRON/obj/cheated and/CCONJ/cc/boss his/PRON/nmod:poss/boss boss/NOUN/conj/sailors",
        None, "Pike hired sailors and his boss", id="an object of a missing verb",
    ),
    pytest.param(
        "en",
        "Pike/PROPN/nsubj/ran ran/VERB|Fin/ROOT/- in/ADP/case/Alder Alder/PROPN/obl/ran under/ADP/case/motto the/DET/det/motto "
        "motto/NOUN/obl/ran ,/PUNCT/punct/First “/PUNCT/punct/First Boats/NOUN/nsubj/First First/ADV/parataxis/ran ”/PUNCT/punct/First",
        "Pike ran in Alder under the motto , “ Boats First ”", "Pike ran in Alder “ Boats First ”", id="a quotation that names a missing noun",
    ),
    pytest.param(
        "en",
        "Strikes/NOUN/nsubj/began began/VERB|Fin/ROOT/- with/ADP/case/note a/DET/det/note note/NOUN/obl/began that/SCONJ/mark/sent "
        "Pike/PROPN/appos/note sent/VERB|Part/parataxis/began",
        "Strikes began with a note that Pike sent", "Strikes began with a note Pike", id="a subject beside a noun",
    ),
    pytest.param(
        "en",
        "Harbours/PROPN/compound/Secretary and/CCONJ/cc/Transport Island/PROPN/compound/Transport Transport/PROPN/conj/Harbours "
        "Secretary/PROPN/nsubj/left left/VERB|Fin/ROOT/- Alder/PROPN/obj/left",
        "Harbours and Island Transport Secretary left Alder", "Harbours and Secretary left Alder", id="half of the name of an office",
    ),
    pytest.param(
        "en",
        "Pike/PROPN/nsubj/sounded sounded/VERB|Fin/ROOT/- like/ADP/case/docker a/DET/det/docker docker/NOUN/obl/sounded "
        "asking/VERB|Ger/acl/docker for/ADP/case/pay pay/NOUN/obl/asking",
        "Pike sounded like a docker asking for pay", "Pike sounded asking for pay", id="a participle of a missing noun",
    ),
    pytest.param(
        "en",
        "Fires/NOUN/nsubj/mark mark/VERB|Fin/ROOT/- the/DET/det/loss first/ADJ/amod/loss loss/NOUN/obj/mark from/ADP/case/storms "
        "storms/NOUN/nmod/loss in/ADP/case/Alder Alder/PROPN/nmod/loss",
        "Fires mark the first loss from storms in Alder", "Fires mark the first loss from storms", id="where it is the first",
    ),
    pytest.param(
        "en",
        "Fires/NOUN/nsubj/hit hit/VERB|Fin/ROOT/- the/DET/det/ferry first/ADJ/amod/ferry ferry/NOUN/obj/hit built/VERB|Part/acl/ferry "
        "for/ADP/case/islands islands/NOUN/obl/built",
        "Fires hit the first ferry built for islands", "Fires hit the first ferry built", id="the first of which ferries",
    ),
    pytest.param(
        "en",
        "A/DET/det/dispute dispute/NOUN/nsubj/ended between/ADP/case/broker a/DET/det/broker broker/NOUN/nmod/dispute "
        "and/CCONJ/cc/sellers two/NUM/nummod/sellers sellers/NOUN/conj/broker ended/VERB|Fin/ROOT/- the/DET/det/talks "
        "talks/NOUN/obj/ended",
        "A dispute between a broker and two sellers ended the talks", "two sellers ended the talks", id="one of a pair",
    ),
    pytest.param(
        "en",
        "Alder/PROPN/nsubj/admitted admitted/VERB|Fin/ROOT/- its/PRON/nmod:poss/sailors shelling/NOUN/compound/sailors "
        "killed/VERB/amod/sailors sailors/NOUN/obj/admitted",
        "Alder admitted its shelling killed sailors", "Alder admitted shelling sailors", id="a verb read as a participle",
    ),
    pytest.param(
        "en",
        "Anger/NOUN/nsubj/reached over/ADP/case/how how/ADV/nmod/Anger the/DET/det/league league/NOUN/compound/deal "
        "deal/NOUN/nmod/Anger with/ADP/case/storms storms/NOUN/nmod/deal reached/VERB|Fin/ROOT/- Alder/PROPN/obj/reached",
        "Anger over how the league deal with storms reached Alder", "Anger the league deal with storms reached Alder",
        id="over how",
    ),
    pytest.param(
        "en",
        "Ada/PROPN/nsubj/posted Marsh/PROPN/nmod:poss/daughter 's/PART/case/Marsh young/ADJ/amod/daughter "
        "daughter/NOUN/appos/Ada posted/VERB|Fin/ROOT/- a/DET/det/letter letter/NOUN/obj/posted",
        "Ada Marsh 's young daughter posted a letter", "Ada Marsh 's posted a letter", id="what somebody owns",
    ),
    pytest.param(
        "en",
        "Alder/PROPN/nsubj/demands demands/VERB|Fin/ROOT/- boats/NOUN/nsubj/sail sail/VERB|Fin/ccomp/demands "
        "while/SCONJ/mark/insists Skerry/PROPN/nsubj/insists insists/VERB|Fin/advcl/banned it/PRON/expl/banned "
        "has/AUX|Fin/aux/banned banned/VERB|Part/ccomp/demands boats/NOUN/obj/banned",
        "Alder demands boats sail", "Alder demands boats sail it has banned boats", id="a second claim that nothing joins",
    ),
    pytest.param(
        "en",
        "Hours/NOUN/obl:unmarked/fell after/ADP/case/storm a/DET/det/storm storm/NOUN/obl/fell ,/PUNCT/punct/fell "
        "the/DET/det/bridge bridge/NOUN/nsubj/fell fell/VERB|Fin/ROOT/- in/ADP/case/Alder Alder/PROPN/obl/fell",
        "the bridge fell in Alder", "Hours , the bridge fell in Alder", id="hours after what",
    ),
    pytest.param(
        "fr",
        "Le/DET/det/navire navire/NOUN/nsubj/parti est/AUX|Fin/aux/parti parti/VERB|Part/ROOT/- peu/ADV/advmod/parti "
        "de/ADP/case/temps temps/NOUN/obl:arg/peu après/ADV/advmod/parti",
        "Le navire est parti peu de temps après", "Le navire est parti peu de temps", id="peu de temps après",
    ),
    pytest.param(
        "fr",
        "Le/DET/det/port port/NOUN/nsubj/retire retire/VERB|Fin/ROOT/- des/DET/det/lots lots/NOUN/obj/retire "
        "de/ADP/case/betteraves betteraves/NOUN/nmod/lots cuites/ADJ/amod/lots",
        "Le port retire des lots de betteraves cuites", "Le port retire des lots cuites", id="un adjectif d'un autre nom",
    ),
    pytest.param(
        "fr",
        "Ada/PROPN/nsubj/figure ,/PUNCT/punct/maire maire/NOUN/appos/Ada mais/CCONJ/cc/figure aussi/ADV/advmod/figure "
        "figure/VERB|Fin/ROOT/- du/ADP/case/port port/NOUN/obl/figure",
        None, "Ada figure du port", id="a noun behind a conjunction is no verb",
    ),
    pytest.param(
        "en",
        "Ada/PROPN/nsubj/released released/VERB|Fin/ROOT/- papers/NOUN/obj/released from/ADP/case/Marsh "
        "Marsh/PROPN/nmod/papers 's/PART/case/Marsh work/NOUN/obl/released",
        "Ada released papers from Marsh 's work", "Ada released papers work", id="two nouns side by side",
    ),
    pytest.param(
        "en",
        "Alder/PROPN/nsubj/denounced denounced/VERB|Fin/ROOT/- Rep./PROPN/compound/actions Marsh/PROPN/nmod:poss/actions "
        "'s/PART/case/Marsh actions/NOUN/obj/denounced",
        "Alder denounced Rep. Marsh 's actions", "Alder denounced Rep. actions", id="an abbreviation before its name",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("language", "notation", "whole", "torn"), CASES)
def test_a_headline_with_a_part_of_a_phrase_is_not_sound(language: str, notation: str, whole: str | None, torn: str) -> None:
    made = tree(notation)

    def sound(text: str) -> bool:
        kept = frozenset(positions(made.words, text))
        return is_grammatical(Spans(made), made.root, kept, frozenset(), word_classes(language))

    assert whole is None or sound(whole)
    assert not sound(torn)


def test_a_noun_may_be_right_before_the_subject_of_a_claim() -> None:
    made = tree(
        "Ada/PROPN/nsubj/told told/VERB|Fin/ROOT/- sailors/NOUN/iobj/told in/ADP/case/Alder Alder/PROPN/obl/told "
        "bridges/NOUN/nsubj/fell fell/VERB|Fin/ccomp/told"
    )
    kept = frozenset(positions(made.words, "Ada told sailors bridges fell"))
    assert is_grammatical(Spans(made), made.root, kept, frozenset(), word_classes("en"))


@pytest.mark.parametrize(
    ("language", "notation", "part"),
    [
        (
            "en",
            "The/DET/det/trial trial/NOUN/nsubj/lasts lasts/VERB|Fin/ROOT/- until/ADP/case/middle the/DET/det/middle "
            "middle/NOUN/obl/lasts of/ADP/case/May May/PROPN/nmod/middle",
            "of May",
        ),
        (
            "fr",
            "Ada/PROPN/nsubj/meurt meurt/VERB|Fin/ROOT/- à/ADP/case/âge l'/DET/det/âge âge/NOUN/obl/meurt de/ADP/case/ans "
            "93/NUM/nummod/ans ans/NOUN/nmod/âge",
            "de 93 ans",
        ),
        (
            "en",
            "Ada/PROPN/nsubj/spent spent/VERB|Fin/ROOT/- Sunday/PROPN/obj/spent visiting/VERB|Ger/xcomp/spent "
            "sailors/NOUN/obj/visiting",
            "Sunday",
        ),
        (
            "en",
            "Prices/NOUN/nsubj/rose rose/VERB|Fin/ROOT/- for/ADP/case/day a/DET/det/day seventh/ADJ/amod/day "
            "straight/ADJ/amod/day day/NOUN/obl/rose",
            "seventh straight",
        ),
    ],
)
def test_a_time_that_identifies_its_noun_is_kept(language: str, notation: str, part: str) -> None:
    made = clause(notation, language)
    words = made.tree.words
    first = next(start for start in range(len(words)) if list(words[start : start + len(part.split())]) == part.split())
    inside = set(range(first, first + len(part.split())))
    heads = {made.tree.heads[word] for word in inside} - inside
    assert any(inside | heads <= set(piece.words) for piece in made.parts)

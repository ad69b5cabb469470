"""What stays with its head in a headline, what can go and as what, and what stands or falls together."""

import pytest

from nutgraf.summarizer.headlines.clauses.constituents import FORBIDDEN_COST
from nutgraf.summarizer.headlines.clauses.part_kinds import KEEP
from nutgraf.summarizer.headlines.clauses.part_weights import PART_WEIGHTS
from tests.unit.summarizer.headlines.trees import LEFT_OUT, clause, core, kind, optional

COUNCIL = "The/DET/det/council council/NOUN/nsubj/closed closed/VERB|Fin/ROOT/- the/DET/det/bridge bridge/NOUN/obj/closed"
FERRY = "The/DET/det/ferry ferry/NOUN/nsubj/sail will/AUX|Fin/aux/sail sail/VERB|Inf/ROOT/-"


@pytest.mark.parametrize(
    ("notation", "words"),
    [
        pytest.param(
            "The/DET/det/council council/NOUN/nsubj/close did/AUX|Fin/aux/close not/PART/advmod/close close/VERB|Inf/ROOT/- "
            "the/DET/det/bridge bridge/NOUN/obj/close",
            "not", id="negation",
        ),
        pytest.param(
            "Alder/PROPN/nsubj/has has/VERB|Fin/ROOT/- the/DET/det/port fastest/ADV/advmod/growing "
            "growing/VERB|Ger/amod/port port/NOUN/obj/has",
            "fastest growing", id="superlative of a participle",
        ),
        pytest.param(
            "Alder/PROPN/nsubj/closed closed/VERB|Fin/ROOT/- its/PRON/nmod:poss/beaches most/ADV/advmod/crowded "
            "crowded/ADJ/amod/beaches beaches/NOUN/obj/closed",
            "most crowded", id="superlative with most",
        ),
        pytest.param(
            "Since/ADP/case/war the/DET/det/war war/NOUN/obl/lost ,/PUNCT/punct/lost Alder/PROPN/nsubj/lost "
            "lost/VERB|Fin/ROOT/- two/NUM/nummod/bridges bridges/NOUN/obj/lost",
            "Since the war", id="period of a count",
        ),
        pytest.param(f"{COUNCIL} only/ADV/advmod/bridge", "only", id="limiter"),
        pytest.param(
            "The/DET/det/army army/NOUN/nsubj/declared declared/VERB|Fin/ROOT/- invalid/ADJ/amod/pact the/DET/det/pact "
            "pact/NOUN/obj/declared",
            "invalid", id="adjective of the verb",
        ),
        pytest.param(
            "The/DET/det/council council/NOUN/nsubj/closed partly/ADV/advmod/closed barely/ADV/advmod/partly "
            "closed/VERB|Fin/ROOT/- the/DET/det/bridge bridge/NOUN/obj/closed",
            "barely", id="negation of an adverb",
        ),
        pytest.param(
            "The/DET/det/ferry ferry/NOUN/nsubj/sail might/AUX|Fin/aux/sail sail/VERB|Inf/ROOT/-", "might", id="modal"
        ),
        pytest.param(
            f"{FERRY} if/SCONJ/mark/drops the/DET/det/wind wind/NOUN/nsubj/drops drops/VERB|Fin/advcl/sail",
            "if the wind drops", id="condition after the main clause",
        ),
        pytest.param(
            "If/SCONJ/mark/drops the/DET/det/wind wind/NOUN/nsubj/drops drops/VERB|Fin/advcl/sail ,/PUNCT/punct/sail "
            + FERRY,
            "If the wind drops", id="condition before the main clause",
        ),
        pytest.param(f"{FERRY} until/ADP/case/noon noon/NOUN/obl/sail", "until noon", id="restriction of time"),
        pytest.param(
            "At/ADP/case/least least/ADJ/advmod/40 40/NUM/nummod/people people/NOUN/nsubj/left left/VERB|Fin/ROOT/-",
            "At least 40", id="figure with its qualifier",
        ),
        pytest.param(
            "A/DET/det/group group/NOUN/nsubj/left of/ADP/case/miners miners/NOUN/nmod/group left/VERB|Fin/ROOT/- "
            "the/DET/det/pit pit/NOUN/obj/left",
            "of miners", id="of after a whole",
        ),
        pytest.param(
            "Bank/PROPN/nsubj/cut of/ADP/case/Alder Alder/PROPN/nmod/Bank cut/VERB|Fin/ROOT/- rates/NOUN/obj/cut",
            "of Alder", id="of inside a name",
        ),
        pytest.param(
            "All/DET/det/houses houses/NOUN/nsubj/flooded near/ADP/case/river the/DET/det/river river/NOUN/nmod/houses "
            "flooded/VERB|Fin/ROOT/-",
            "near the river", id="scope of a universal",
        ),
        pytest.param(
            "The/DET/det/bridge first/ADJ/amod/bridge bridge/NOUN/nsubj/opened over/ADP/case/river the/DET/det/river "
            "river/NOUN/nmod/bridge opened/VERB|Fin/ROOT/-",
            "first … over the river", id="scope of a rank",
        ),
        pytest.param(
            "Drivers/NOUN/nsubj/park with/ADP/case/permits permits/NOUN/nmod/Drivers can/AUX|Fin/aux/park "
            "park/VERB|Inf/ROOT/- here/ADV/advmod/park",
            "with permits", id="scope of what can be",
        ),
        pytest.param(
            "Those/PRON/nsubj/left who/PRON/nsubj/paid paid/VERB|Fin/acl:relcl/Those left/VERB|Fin/ROOT/- early/ADV/advmod/left",
            "who paid", id="relative clause of a pronoun",
        ),
        pytest.param(
            "The/DET/det/mayor former/ADJ/amod/mayor mayor/NOUN/nsubj/won won/VERB|Fin/ROOT/- the/DET/det/vote vote/NOUN/obj/won",
            "former", id="adjective that changes its noun",
        ),
        pytest.param(
            "The/DET/det/mayor mayor/NOUN/nsubj/tried tried/VERB|Fin/ROOT/- to/PART/mark/flee flee/VERB|Inf/xcomp/tried",
            "to flee", id="what the verb wants",
        ),
        pytest.param(
            "The/DET/det/mayor mayor/NOUN/nsubj:pass/arrested was/AUX|Fin/aux:pass/arrested arrested/VERB|Part/ROOT/-",
            "mayor was", id="subject and auxiliary of a passive",
        ),
    ],
)  # fmt: skip
def test_the_core_has_all_words_that_the_truth_of_the_claim_needs(notation: str, words: str) -> None:
    for phrase in words.split(" … "):
        assert kind(notation, phrase) == KEEP, phrase


@pytest.mark.parametrize(
    ("notation", "words", "expected"),
    [
        pytest.param(f"{COUNCIL} on/ADP/case/Monday Monday/PROPN/obl/closed", "on Monday", "day", id="day"),
        pytest.param(f"{COUNCIL} Monday/PROPN/obl:unmarked/closed", "Monday", "day", id="day without a preposition"),
        pytest.param(f"{COUNCIL} quickly/ADV/advmod/closed", "quickly", "adverb", id="adverb"),
        pytest.param(f"{COUNCIL} in/ADP/case/Alder Alder/PROPN/obl/closed", "in Alder", "second phrase", id="phrase after an object"),
        pytest.param(
            f"{COUNCIL} in/ADP/case/Alder Alder/PROPN/obl/closed with/ADP/case/tape tape/NOUN/obl/closed", "with tape",
            "later phrase", id="phrase after a phrase",
        ),
        pytest.param(f"{COUNCIL} near/ADP/case/mill the/DET/det/mill mill/NOUN/nmod/bridge", "near the mill", "noun phrase", id="noun phrase"),
        pytest.param(f"{COUNCIL} of/ADP/case/mill the/DET/det/mill mill/NOUN/nmod/bridge", "of the mill", "identifying", id="of"),
        pytest.param(
            f"{COUNCIL} for/ADP/case/weeks two/NUM/nummod/weeks weeks/NOUN/obl/closed", "for two weeks", "time", id="time"
        ),
        pytest.param(
            f"{COUNCIL} ,/PUNCT/punct/landmark a/DET/det/landmark landmark/NOUN/appos/bridge", "a landmark", "apposition",
            id="apposition",
        ),
        pytest.param(
            f"{COUNCIL} ,/PUNCT/punct/bridge which/PRON/nsubj/spans spans/VERB|Fin/acl:relcl/bridge the/DET/det/river river/NOUN/obj/spans",
            "which spans the river", "relative clause", id="relative clause after a comma",
        ),
        pytest.param(
            f"{COUNCIL} that/PRON/nsubj/spans spans/VERB|Fin/acl:relcl/bridge the/DET/det/river river/NOUN/obj/spans",
            "that spans the river", "tight relative clause", id="relative clause",
        ),
        pytest.param(
            f"{COUNCIL} built/VERB|Part/acl/bridge in/ADP/case/stone stone/NOUN/obl/built", "built in stone",
            "tight participle", id="participle",
        ),
        pytest.param(
            f"{COUNCIL} because/SCONJ/mark/rose the/DET/det/river river/NOUN/nsubj/rose rose/VERB|Fin/advcl/closed",
            "because the river rose", "tight clause", id="clause of reason",
        ),
        pytest.param(
            f"{COUNCIL} ,/PUNCT/punct/closed as/SCONJ/mark/rose the/DET/det/river river/NOUN/nsubj/rose rose/VERB|Fin/advcl/closed",
            "as the river rose", "clause", id="clause after a comma",
        ),
        pytest.param(
            f"{COUNCIL} to/PART/mark/save save/VERB|Inf/advcl/closed money/NOUN/obj/save", "to save money", "purpose",
            id="purpose",
        ),
        pytest.param(
            "The/DET/det/bridge bridge/NOUN/nsubj:pass/closed was/AUX|Fin/aux:pass/closed closed/VERB|Part/ROOT/- "
            "by/ADP/case/council the/DET/det/council council/NOUN/obl:agent/closed",
            "by the council", "agent", id="agent of a passive",
        ),
        pytest.param(
            "The/DET/det/bridge bridge/NOUN/nsubj:pass/closed was/AUX|Fin/aux:pass/closed closed/VERB|Part/ROOT/- "
            "in/ADP/case/Alder Alder/PROPN/obl/closed",
            "in Alder", "after passive", id="phrase after a passive",
        ),
        pytest.param(
            "The/DET/det/mayor mayor/NOUN/nsubj/travelled travelled/VERB|Fin/ROOT/- to/ADP/case/Alder Alder/PROPN/obl/travelled",
            "to Alder", "complement", id="first phrase of a verb without object",
        ),
        pytest.param(
            "The/DET/det/mayor mayor/NOUN/nsubj/stepped stepped/VERB|Fin/ROOT/- down/ADV/advmod/stepped", "down", "particle",
            id="particle",
        ),
        pytest.param(
            "The/DET/det/bridge old/ADJ/amod/bridge bridge/NOUN/nsubj/fell fell/VERB|Fin/ROOT/-", "old", "adjective", id="adjective"
        ),
        pytest.param(
            "The/DET/det/bridge bridge/NOUN/nsubj/closed –/PUNCT/punct/landmark a/DET/det/landmark landmark/NOUN/nmod/bridge "
            "–/PUNCT/punct/landmark closed/VERB|Fin/ROOT/- early/ADV/advmod/closed",
            "a landmark", "aside", id="insertion between dashes",
        ),
        pytest.param(
            f"{COUNCIL} ,/PUNCT/punct/rains it/PRON/expl/rains rains/VERB|Fin/parataxis/closed", "it rains", LEFT_OUT, id="parataxis",
        ),
        pytest.param(
            f"{COUNCIL} ,/PUNCT/punct/say aides/NOUN/nsubj/say say/VERB|Fin/parataxis/closed", "aides say", KEEP, id="speaker in the middle",
        ),
        pytest.param(
            f"{COUNCIL} ,/PUNCT/punct/said police/NOUN/nsubj/said said/VERB|Fin/parataxis/closed", "police said", LEFT_OUT,
            id="office that states a fact in the middle",
        ),
        pytest.param(f"{COUNCIL} (/PUNCT/punct/pictured pictured/VERB|Part/acl/bridge )/PUNCT/punct/pictured", "pictured", LEFT_OUT, id="bracket"),
        pytest.param(
            "However/ADV/advmod/closed ,/PUNCT/punct/closed the/DET/det/council council/NOUN/nsubj/closed closed/VERB|Fin/ROOT/- "
            "bridges/NOUN/obj/closed",
            "However", LEFT_OUT, id="connective",
        ),
        pytest.param(
            "In/ADP/case/Alder Alder/PROPN/obl/closed ,/PUNCT/punct/closed the/DET/det/council council/NOUN/nsubj/closed "
            "closed/VERB|Fin/ROOT/- bridges/NOUN/obj/closed",
            "In Alder", LEFT_OUT, id="opener",
        ),
    ],
)  # fmt: skip
def test_each_optional_part_has_a_kind(notation: str, words: str, expected: str) -> None:
    assert kind(notation, words) == expected


def test_the_core_is_verb_subject_and_object() -> None:
    notation = f"{COUNCIL} quickly/ADV/advmod/closed on/ADP/case/Monday Monday/PROPN/obl/closed"
    assert core(notation) == "The council closed the bridge"
    assert optional(notation) == {"quickly": "adverb", "on Monday": "day"}


def test_every_kind_of_part_has_a_worth() -> None:
    made = clause(
        f"{COUNCIL} of/ADP/case/mill the/DET/det/mill mill/NOUN/nmod/bridge on/ADP/case/Monday Monday/PROPN/obl/closed"
    )
    assert [part.worth == PART_WEIGHTS[part.kind] for part in made.parts[1:]] == [True, True]
    assert [part.needed for part in made.parts[1:]] == [True, False]


def test_a_noun_with_every_keeps_its_scope_and_a_counted_noun_does_not() -> None:
    houses = "houses/NOUN/nsubj/flooded near/ADP/case/river the/DET/det/river river/NOUN/nmod/houses flooded/VERB|Fin/ROOT/-"
    assert optional(f"Every/DET/det/houses {houses}") == {}
    assert optional(f"Two/NUM/nummod/houses {houses}") == {"near the river": "noun phrase"}


def test_a_bare_plural_keeps_its_scope_only_in_a_general_statement() -> None:
    drivers = "Drivers/NOUN/nsubj/park with/ADP/case/permits permits/NOUN/nmod/Drivers"
    assert optional(f"{drivers} can/AUX|Fin/aux/park park/VERB|Inf/ROOT/- cars/NOUN/obj/park") == {}
    assert optional(f"{drivers} park/VERB|Fin/ROOT/- cars/NOUN/obj/park") == {"with permits": "noun phrase"}


def test_the_place_of_a_statistic_is_a_needed_part() -> None:
    notation = "Rents/NOUN/nsubj/rose rose/VERB|Fin/ROOT/- 4/NUM/nummod/percent percent/NOUN/obj/rose in/ADP/case/Alder Alder/PROPN/obl/rose"
    assert optional(notation)["in Alder"] in ("scope", "complement")
    assert clause(notation).parts[1].needed


def test_the_parent_of_a_part_inside_another_part_is_that_part() -> None:
    made = clause(f"{COUNCIL} in/ADP/case/town the/DET/det/town old/ADJ/amod/town town/NOUN/obl/closed")
    assert [(part.kind, part.parent) for part in made.parts] == [(KEEP, -1), ("second phrase", 0), ("adjective", 1)]


def test_a_clause_that_is_a_part_has_no_optional_parts_inside() -> None:
    notation = (
        f"{COUNCIL} because/SCONJ/mark/rose the/DET/det/river river/NOUN/nsubj/rose of/ADP/case/Alder Alder/PROPN/nmod/river "
        "rose/VERB|Fin/advcl/closed to/ADP/case/roofs roofs/NOUN/obl/rose"
    )
    assert optional(notation) == {"because the river of Alder rose to roofs": "tight clause"}


# Lists.


MET = "The/DET/det/mayor mayor/NOUN/nsubj/met met/VERB|Fin/ROOT/-"


def test_the_further_members_of_a_list_are_one_part() -> None:
    notation = f"{MET} teachers/NOUN/obj/met ,/PUNCT/punct/nurses nurses/NOUN/conj/teachers and/CCONJ/cc/farmers farmers/NOUN/conj/teachers"
    assert optional(notation) == {"nurses and farmers": "second noun"}


def test_a_name_of_joined_nouns_is_one_part() -> None:
    notation = (
        "Alder/PROPN/nsubj/asks asks/VERB|Fin/ROOT/- the/DET/det/Boats Boats/NOUN/obj/asks and/CCONJ/cc/Board "
        "Harbours/PROPN/compound/Board Board/PROPN/conj/Boats"
    )
    assert optional(notation) == {}


def test_the_conjunction_belongs_to_the_part_of_the_second_member() -> None:
    assert core(f"{MET} teachers/NOUN/obj/met and/CCONJ/cc/nurses nurses/NOUN/conj/teachers") == "The mayor met teachers"


@pytest.mark.parametrize(
    ("notation", "words"),
    [
        pytest.param(
            f"{MET} both/CCONJ/cc:preconj/teachers teachers/NOUN/obj/met and/CCONJ/cc/nurses nurses/NOUN/conj/teachers",
            "and nurses", id="both … and",
        ),
        pytest.param(f"{MET} teachers/NOUN/obj/met or/CCONJ/cc/nurses nurses/NOUN/conj/teachers", "or nurses", id="or"),
        pytest.param(
            "Teachers/NOUN/nsubj/met and/CCONJ/cc/nurses nurses/NOUN/conj/Teachers met/VERB|Fin/ROOT/- here/ADV/advmod/met",
            "and nurses", id="subjects",
        ),
        pytest.param(
            f"{MET} 40/NUM/obj/met and/CCONJ/cc/50 50/NUM/conj/40", "and 50", id="figures"
        ),
    ],
)  # fmt: skip
def test_all_members_are_kept_if_the_claim_is_about_all_of_them(notation: str, words: str) -> None:
    assert kind(notation, words) == KEEP


def test_both_ends_of_a_between_phrase_are_one_part() -> None:
    notation = f"{MET} between/ADP/case/dusk dusk/NOUN/obl/met and/CCONJ/cc/dawn dawn/NOUN/conj/dusk"
    assert list(optional(notation)) == ["between dusk and dawn"]


def test_a_second_clause_is_a_separate_part() -> None:
    notation = f"{COUNCIL} and/CCONJ/cc/opened opened/VERB|Fin/conj/closed a/DET/det/ferry ferry/NOUN/obj/opened"
    assert optional(notation) == {"and opened a ferry": "second clause"}


def test_a_second_clause_with_a_condition_is_kept() -> None:
    notation = f"{COUNCIL} unless/SCONJ/mark/falls and/CCONJ/cc/falls water/NOUN/nsubj/falls falls/VERB|Fin/conj/closed"
    assert optional(notation) == {}


# Comparisons.


@pytest.mark.parametrize(
    ("notation", "words", "degree"),
    [
        pytest.param(
            "Rents/NOUN/nsubj/rose rose/VERB|Fin/ROOT/- faster/ADV/advmod/rose than/SCONJ/case/wages wages/NOUN/obl/faster",
            "than wages", "faster", id="than",
        ),
        pytest.param(
            "Rents/NOUN/nsubj/high are/AUX|Fin/cop/high as/ADV/advmod/high high/ADJ/ROOT/- as/ADP/case/wages wages/NOUN/obl/high",
            "as wages", "as high", id="as … as",
        ),
        pytest.param(
            "Rents/NOUN/nsubj/rose rose/VERB|Fin/ROOT/- more/ADV/advmod/rose than/SCONJ/mark/did wages/NOUN/nsubj/did did/AUX|Fin/advcl/rose",
            "than wages did", "more", id="than with a clause",
        ),
    ],
)  # fmt: skip
def test_both_sides_of_a_comparison_are_kept_together(notation: str, words: str, degree: str) -> None:
    assert kind(notation, words) == kind(notation, degree) != LEFT_OUT


def test_as_without_a_degree_is_not_a_comparison() -> None:
    notation = f"{COUNCIL} as/ADP/case/owner owner/NOUN/obl/closed"
    assert kind(notation, "owner") == "second phrase"


# Other languages.


def test_negations_and_of_phrases_are_found_in_each_language() -> None:
    german = "Die/DET/det/Stadt Stadt/NOUN/nsubj/sperrt sperrt/VERB|Fin/ROOT/- die/DET/det/Brücke Brücke/NOUN/obj/sperrt nicht/PART/advmod/sperrt"
    assert kind(german, "nicht", "de") == KEEP
    french = (
        "Le/DET/det/chef chef/NOUN/nsubj/ferme de/ADP/case/mairie la/DET/det/mairie mairie/NOUN/nmod/chef ferme/VERB|Fin/ROOT/- "
        "la/DET/det/salle salle/NOUN/obj/ferme"
    )
    assert kind(french, "mairie", "fr") in (KEEP, "identifying")
    spanish = "Una/DET/det/casa casa/NOUN/nsubj/ardió de/ADP/case/madera madera/NOUN/nmod/casa ardió/VERB|Fin/ROOT/-"
    assert kind(spanish, "madera", "es") == "of"


def test_an_adjective_after_its_noun_is_one_part_with_its_complement() -> None:
    levels = (
        "Hunger/NOUN/nsubj/reached reached/VERB|Fin/ROOT/- levels/NOUN/obj/reached comparable/ADJ/amod/levels "
        "to/ADP/case/famine famine/NOUN/obl/comparable"
    )
    assert optional(levels) == {"comparable to famine": "tight participle"}


def test_the_second_of_two_claims_is_optional() -> None:
    said = (
        "Ada/PROPN/nsubj/said said/VERB|Fin/ROOT/- that/SCONJ/mark/closed bridges/NOUN/nsubj/closed closed/VERB|Fin/ccomp/said "
        "and/CCONJ/cc/sank that/SCONJ/mark/sank ferries/NOUN/nsubj/sank sank/VERB|Fin/ccomp/said"
    )
    assert optional(said) == {"and that ferries sank": "second clause"}


def test_a_participle_after_the_object_of_had_is_kept() -> None:
    """Without it, "had its ban overturned" becomes "had its ban"."""
    had = "Alder/PROPN/nsubj/had had/VERB|Fin/ROOT/- its/PRON/nmod:poss/ban ban/NOUN/obj/had overturned/VERB|Part/acl/ban"
    assert optional(had) == {}
    assert optional(had.replace("had", "praised")) == {"overturned": "tight participle"}


@pytest.mark.parametrize(
    ("notation", "part", "lacking"),
    [
        pytest.param(
            "The/DET/det/agency agency/NOUN/nsubj/authorized authorized/VERB|Fin/ROOT/- shots/NOUN/obj/authorized "
            "for/ADP/case/adults adults/NOUN/nmod/shots",
            "for adults", True, id="for whom something is allowed",
        ),
        pytest.param(
            "Mud/NOUN/nsubj/put put/VERB|Fin/ROOT/- roads/NOUN/obj/put under/ADP/case/water water/NOUN/obl/put",
            "under water", True, id="put",
        ),
        pytest.param(
            "Mud/NOUN/nsubj/closed closed/VERB|Fin/ROOT/- roads/NOUN/obj/closed in/ADP/case/Alder Alder/PROPN/obl/closed",
            "in Alder", False, id="where",
        ),
    ],
)  # fmt: skip
def test_omitting_a_required_complement_costs_more_than_any_part_is_worth(notation: str, part: str, lacking: bool) -> None:
    made = clause(notation)
    texts = {" ".join(made.tree.words[word] for word in each.words): each.omission_cost for each in made.parts[1:]}
    assert (texts[part] >= FORBIDDEN_COST) == lacking


CUP = (
    "Skerry/PROPN/nmod:poss/Cup 's/PART/case/Skerry {}/ADJ/amod/Cup Gold/PROPN/compound/Cup Cup/PROPN/nsubj/raised raised/VERB|Fin/ROOT/- "
    "its/PRON/nmod:poss/prize prize/NOUN/obj/raised"
)


@pytest.mark.parametrize("adjective", ["prestigious", "popular"])
def test_an_adjective_that_describes_a_name_is_optional_and_costs_nothing(adjective: str) -> None:
    parts = [part for part in clause(CUP.format(adjective)).parts if part.kind == "adjective"]
    assert [part.omission_cost for part in parts] == [0.0]


@pytest.mark.parametrize("adjective", ["northern", "ousted", "former", "71st", "oldest", "British", "chief"])
def test_an_adjective_that_says_which_one_is_meant_stays_with_its_name(adjective: str) -> None:
    assert not any(part.kind == "adjective" for part in clause(CUP.format(adjective)).parts)


def test_an_article_before_such_an_adjective_is_left_out() -> None:
    defiant = "A/DET/det/Ada defiant/ADJ/amod/Ada Ada/PROPN/nsubj/left Marsh/PROPN/flat/Ada left/VERB|Fin/ROOT/-"
    assert clause(defiant).words[0] == "a"
    assert 0 not in {word for part in clause(defiant).parts for word in part.words}
    late = defiant.replace("defiant", "late")
    assert 0 in clause(late).parts[0].words


VEST = (
    "Workers/NOUN/nsubj/found found/VERB|Fin/ROOT/- a/DET/det/box box/NOUN/obj/found filled/VERB|Part/acl/box with/ADP/case/coins "
    "coins/NOUN/obl/filled {}/ADP/case/wedding a/DET/det/wedding wedding/NOUN/obl/filled"
)
DRIVER = (
    "Police/NOUN/nsubj/seek seek/VERB|Fin/ROOT/- a/DET/det/driver driver/NOUN/obj/seek who/PRON/nsubj/steered "
    "steered/VERB|Fin/acl:relcl/driver his/PRON/nmod:poss/van van/NOUN/obj/steered {}/ADP/case/pier the/DET/det/pier pier/NOUN/obl/steered"
)


@pytest.mark.parametrize(
    ("notation", "optional"), [(VEST.format("at"), True), (DRIVER.format("onto"), False), (DRIVER.format("near"), True)]
)
def test_a_phrase_in_a_clause_is_optional_unless_it_completes_the_verb_behind_its_object(
    notation: str, optional: bool
) -> None:
    made = clause(notation)
    last = max(word for part in made.parts for word in part.words)
    (part,) = (part for part in made.parts if last in part.words)
    assert (part.kind in ("second phrase", "later phrase")) is optional

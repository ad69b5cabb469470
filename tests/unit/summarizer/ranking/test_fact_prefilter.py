"""The prefilter, which knows one tree or none, never excludes a sentence with the same fact."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.summarizer.findings.agreement.fact_words import Words, key
from nutgraf.summarizer.findings.agreement.facts import Facts, read_facts, same_fact
from nutgraf.summarizer.grammar import parse
from nutgraf.summarizer.ranking.fact_prefilter import may_be_same_fact, may_share_enough

SENTENCES = (
    "Two workers were hurt on Monday when a crane fell at the harbour of Port Alder, police said.",
    "Police said a crane that fell at Port Alder's harbour hurt two workers on Monday.",
    "A falling crane injured two people in the harbour.",
    "The mayor of Port Alder, Ada Marsh, wants a new crane for the harbour.",
    "He has never seen it.",
    "Ferries to Skerry",
    "Two workers died in Skerry",
    "At Skerry, two workers died",
)
WORDS = "the mayor of Skerry Ada Marsh opened closed did not open a bridge harbour on Monday police said he it".split()


def read(text: str) -> tuple[Facts, Words]:
    tree = parse([text], "en")[0]
    return read_facts(tree, "en"), frozenset(key(word.lower(), "en") for word in tree.words)


def check(one: str, other: str) -> None:
    (facts, words), (others, other_words) = read(one), read(other)
    for similarity in (number / 20 for number in range(25)):
        if same_fact(facts, others, similarity):
            assert may_share_enough(words, other_words, similarity)
            assert may_be_same_fact(facts, other_words, similarity)
            assert may_be_same_fact(others, words, similarity)


def test_sentences_with_the_same_fact_pass_the_filter() -> None:
    for one, other in combinations(SENTENCES, 2):
        check(one, other)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), st.lists(st.sampled_from(WORDS), min_size=1, max_size=12))
def test_the_bounds_hold_for_any_words(one: list[str], other: list[str]) -> None:
    check(" ".join(one), " ".join(other))


def test_sentences_with_other_facts_are_excluded_without_parsing() -> None:
    facts, words = read(SENTENCES[0])
    _, others = read(SENTENCES[3])
    _, unlike = read(SENTENCES[4])
    assert not may_be_same_fact(facts, others, 0.3)
    assert not may_share_enough(words, unlike, 0.3)

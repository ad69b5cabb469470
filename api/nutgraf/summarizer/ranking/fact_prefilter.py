"""Excludes pairs of sentences that can't state the same fact, before both of them are parsed.

Parsing takes most of the time of a short summary, and few of the compared sentences state the same fact. `same_fact` counts
words in certain roles. Without the tree of a sentence, the number of all its words is an upper bound of that count.
"""

from nutgraf.summarizer.findings.agreement.fact_words import Words
from nutgraf.summarizer.findings.agreement.facts import (
    MAX_SHARED,
    MIN_EVIDENCE,
    MIN_SHARED,
    MIN_SIMILARITY_OF_WORDS,
    SHARED_VERB,
    SHARED_WHO,
    SHARED_WORD,
    SIMILARITY_IF_FEW_SHARED,
    Facts,
)


def may_share_enough(words: Words, others: Words, similarity: float) -> bool:
    """Returns False if sentences with these word keys and this similarity cannot state the same fact, whatever their trees.

    True means that `same_fact` must decide.
    """
    return similarity >= SIMILARITY_IF_FEW_SHARED or len(words & others) >= MIN_SHARED


def may_be_same_fact(facts: Facts, words: Words, similarity: float) -> bool:
    """Returns False if no sentence with these word keys can state the same fact as `facts` at this similarity.

    True means that `same_fact` must decide, with the tree of that sentence.
    """
    if not may_share_enough(facts.words, words, similarity):
        return False
    if not facts.clauses or similarity >= MIN_SIMILARITY_OF_WORDS:
        return similarity >= MIN_SIMILARITY_OF_WORDS  # the other sentence may have no clauses either
    shared = len(facts.words & words)
    verbs = any(clause.verb in words for clause in facts.main) + bool(shared)
    acts = any(clause.who & words for clause in facts.main)
    # The terms are added in the order of `same_fact`, so that rounding can't change the comparison.
    return similarity + (SHARED_WORD * min(shared, MAX_SHARED) + SHARED_VERB * verbs + SHARED_WHO * acts) >= MIN_EVIDENCE

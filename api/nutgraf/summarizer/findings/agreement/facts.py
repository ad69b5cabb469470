"""Whether two sentences state the same fact.

    facts = read_facts(tree, "en")              # what a sentence states (fact_clauses.py)
    facts = facts_of_words(stems, "nb")         # without a tree: content words only
    same_fact(facts, other, similarity)         # both tell one event; similarity is the cosine of their tf-idf weights
    stated_share(facts, other)                  # the share, 0..1, of the main statement of `facts` that the other states
    is_stated_enough(facts, other, similarity)  # the other reports the event, and does not only mention it
    opposed(facts, other)                       # one denies, or only expects, what the other reports as done
    differ(facts, other)                        # they give different days, names or outcomes for the same event

Selection uses `same_fact` to report no event twice. Figures are compared in `figures`.
"""

from nutgraf.summarizer.findings.agreement.fact_clauses import Clause, Facts, facts_of_words, read_facts

__all__ = [
    "Clause",
    "Facts",
    "counterparts",
    "differ",
    "facts_of_words",
    "is_stated_enough",
    "opposed",
    "read_facts",
    "same_fact",
    "stated_share",
]

# Two sentences state the same fact if the sum of the following reaches MIN_EVIDENCE:
# - the similarity of their words;
# - SHARED_WORD for each content word that both have, at most MAX_SHARED of them;
# - SHARED_VERB if the verb of a main clause of one is in the other, and the same the other way round;
# - SHARED_WHO if one person acts in both.
# Fitted on 345 pairs of sentences from news that were checked by hand: 94% of the pairs above MIN_EVIDENCE state the same.
SHARED_WORD = 0.05
MAX_SHARED = 8
SHARED_VERB = 0.175
SHARED_WHO = 0.1
MIN_EVIDENCE = 0.9
# Without trees, the similarity alone decides.
MIN_SIMILARITY_OF_WORDS = 0.55
# If the other sentence has none of the main verbs of `facts`, `facts` must state this share of a main statement of it.
MIN_OF_OTHER = 0.3
# The same if the other sentence lacks the verb of the first main clause, and no person acts in both. Together with the rule
# that both must share some of the event, this removed 6 of the 13 wrong pairs of 120, and 4 right ones.
MIN_OF_OTHER_EVENT = 0.6
# From this similarity of their words on, the other sentence is never taken for one that only mentions the event.
NEARLY_IDENTICAL = 0.85
# The least share of the words of the shorter sentence that the other one has.
MIN_COMMON = 0.4
# The same if the other one lacks the main verb.
MIN_COMMON_OF_OTHER_VERB = 0.56
# Below this similarity of their words, a clause of the other sentence must have the main verb.
LITTLE_SIMILAR = 0.4
# A clause with fewer words fits many events.
FULL_CLAUSE = 4
# Two sentences with fewer content words in common state the same only if the similarity of their words is at least
# SIMILARITY_IF_FEW_SHARED.
MIN_SHARED = 4
SIMILARITY_IF_FEW_SHARED = 0.7


def same_fact(one: Facts, other: Facts, similarity: float) -> bool:
    """Returns whether two sentences report the same event, in any words, whatever else each of them reports.

    `similarity` is the cosine similarity of their words, 0..1. Of opposed sentences, neither states what the other states.
    """
    shared = len(one.words & other.words)
    few = shared < MIN_SHARED
    if few and (similarity < SIMILARITY_IF_FEW_SHARED or any(clause.unnamed for clause in (*one.main, *other.main))):
        return False
    if not one.clauses or not other.clauses:
        return similarity >= MIN_SIMILARITY_OF_WORDS
    if opposed(one, other) or _of_others(one, other) or _of_others(other, one) or _others_act(one, other):
        return False
    if _roles_are_swapped(one, other) or _another_is_meant(one, other):
        return False
    return similarity + _evidence(one, other, shared) >= MIN_EVIDENCE


def stated_share(facts: Facts, other: Facts) -> float:
    """Returns the share, 0..1, of the main statement of `facts` that the other sentence states: its verb, who and what.

    If `facts` has several main statements, the first one counts. Without trees it is the share of all content words.
    """
    if not facts.clauses or not other.clauses:
        return len(facts.words & other.words) / max(1, len(facts.words))
    first = facts.clauses[0]
    if len(facts.main) > 1:
        # "The mayor resigned and left Skerry": the subject is that of both.
        news = first.what | {first.verb}
        return min(_share(first, other), len(news & other.words) / len(news))
    return _share(first, other)


def is_stated_enough(facts: Facts, other: Facts, similarity: float) -> bool:
    """Returns whether `other`, which has the same event, states enough of `facts`, and does not only mention the event.

    The sentences must share many words of the shorter one, and more if their main verbs differ. If their words have little
    similarity, a clause of the other sentence must have the main verb of `facts`.
    """
    if not facts.clauses or not other.clauses:
        return True
    if similarity < NEARLY_IDENTICAL and _is_background(facts, other):
        return False
    verb = facts.clauses[0].verb
    if similarity < LITTLE_SIMILAR and not any(clause.verb == verb for clause in other.clauses):
        return False
    common = len(facts.words & other.words) / max(1, min(len(facts.words), len(other.words)))
    if common < (MIN_COMMON if verb in other.words else MIN_COMMON_OF_OTHER_VERB):
        return False
    if any(clause.verb in other.words for clause in facts.main):
        return True
    return any(_share(clause, facts) >= MIN_OF_OTHER for clause in other.main)


def _is_background(facts: Facts, other: Facts) -> bool:
    """Whether the other sentence lacks the event of the main statement of `facts`, and only has words of its background.

    It has nothing of what happens there, or neither its verb nor a person who acts in both, and states something else.
    """
    first = facts.clauses[0]
    if first.what and first.what.isdisjoint(other.words):
        return True
    has_verb = any(clause.verb == first.verb for clause in other.clauses)
    if has_verb or any(clause.who & match.who for clause in facts.main for match in other.main):
        return False
    return max((_share(clause, facts) for clause in other.main), default=0.0) < MIN_OF_OTHER_EVENT


def _share(clause: Clause, other: Facts) -> float:
    return len(clause.words & other.words) / max(FULL_CLAUSE, len(clause.words))


def _of_others(one: Facts, other: Facts) -> bool:
    """Whether all main clauses are about persons that the other sentence lacks, while it is about other persons."""
    persons = [clause.person for clause in one.main]
    return (
        bool(persons)
        and all(persons)
        and any(clause.person for clause in other.main)
        and other.words.isdisjoint(frozenset().union(*persons))
    )


def _others_act(one: Facts, other: Facts) -> bool:
    """Whether another person or group does the same: "The Senate passed the bill", "The House passed the bill"."""
    return any(
        clause.verb == match.verb
        and bool(clause.name and match.name)
        and clause.name.isdisjoint(other.words)
        and match.name.isdisjoint(one.words)
        for clause in one.main
        for match in other.main
    )


def _roles_are_swapped(one: Facts, other: Facts) -> bool:
    """Whether who acts in one sentence is acted on in the other: "Alder beat Skerry 3-1", "Skerry beat Alder 3-1"."""
    return any(
        clause.verb == match.verb
        and not clause.symmetric
        and bool(clause.who & match.what)
        and bool(clause.what & match.who)
        and clause.who.isdisjoint(match.who)
        for clause in one.main
        for match in other.main
    )


def _another_is_meant(one: Facts, other: Facts) -> bool:
    """Whether the same happens to another thing: "core inflation" and "inflation", "the first round" and "the second"."""
    return any(
        clause.verb == match.verb
        and (
            (
                clause.limits != match.limits
                and not _is_one_person(clause, match)
                and not (clause.who | clause.what).isdisjoint(match.who | match.what)
            )
            or (bool(clause.ordinals and match.ordinals) and clause.ordinals.isdisjoint(match.ordinals))
        )
        for clause in one.main
        for match in other.main
    )


def _is_one_person(clause: Clause, match: Clause) -> bool:
    return any(bool(one.person) and one.person <= other.who for one, other in ((clause, match), (match, clause)))


def _evidence(one: Facts, other: Facts, shared: int) -> float:
    verbs = sum(any(clause.verb in of.words for clause in sentence.main) for sentence, of in ((one, other), (other, one)))
    acts = any(clause.who & match.who for clause in one.main for match in other.main)
    return SHARED_WORD * min(shared, MAX_SHARED) + SHARED_VERB * verbs + SHARED_WHO * acts


def opposed(one: Facts, other: Facts) -> bool:
    """Returns whether one sentence denies, or reports as possible or planned, what the other reports as done."""
    return any(
        (clause.negated, clause.hedged) != (match.negated, match.hedged)
        for clause in one.main
        for match in counterparts(clause, other)
        if clause.verb == match.verb
    )


def differ(one: Facts, other: Facts) -> bool:
    """Returns whether two sentences tell the same event with another weekday, part of the day, name or outcome.

    Names are different if they end in the same word: "Logan Square", "Palmer Square". Contrary outcomes are those of the
    entry `contrary` of the language's file.
    """
    if len(one.day_parts) == len(other.day_parts) == 1 and one.day_parts != other.day_parts:
        return True
    return any(_differ(clause, match, one, other) for clause in one.main for match in counterparts(clause, other))


def _differ(clause: Clause, match: Clause, one: Facts, other: Facts) -> bool:
    if clause.verb != match.verb and clause.negated == match.negated:
        return clause.who == match.who
    if len(clause.days) == len(match.days) == 1 and clause.days != match.days:
        return True
    return any(
        mine[-1] == others[-1]
        and mine[-1] in clause.words & match.words
        and other.words.isdisjoint(mine[:-1])
        and one.words.isdisjoint(others[:-1])
        for mine in one.full_names
        for others in other.full_names
    )


def counterparts(clause: Clause, other: Facts) -> list[Clause]:
    """Returns the clauses of another sentence that tell the same event as a clause, perhaps with a contrary outcome.

    They have its verb, or a contrary one, and half of the nouns of the clause that has fewer.
    """
    nouns = clause.who | clause.what
    return [
        each
        for each in other.clauses
        if (each.verb == clause.verb or (each.verb in clause.contrary and nouns & (each.who | each.what)))
        and 2 * len(nouns & (each.who | each.what)) >= max(1, min(len(nouns), len(each.who | each.what)))
    ]

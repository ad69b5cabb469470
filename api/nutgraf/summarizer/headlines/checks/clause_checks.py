"""Checks the verbs of kept words: a main verb with its subject and objects, and no torn clause.

The rules use words and parts of speech besides the tree, because a wrong tree must not make a wrong headline.
"""

from collections.abc import Collection

from nutgraf.summarizer.headlines.clauses.complements import complements
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses

# Relations of what opens a clause: its subject, a conjunction or an adverb.
_OPENERS = ("nsubj", "csubj", "expl", "mark", "cc", "advmod")
_NOMINAL = frozenset({"DET", "NOUN", "PROPN", "NUM", "PRON", "ADJ"})
# "testified at a hearing" is complete.
_NEED_NO_CLAIM = frozenset({"testified", "testifies"})


def has_main_clause(spans: Spans, verb: int, kept: frozenset[int], words: list[int], classes: WordClasses) -> bool:
    """Whether the verb can be that of the main clause, with one of the kept subjects."""
    tree, children = spans.tree, spans.children[verb]
    subjects = kept_subjects(spans, verb, kept)
    joins = [child for child in children if tree.relations[child] == "cc"]
    return not (
        # What the parser takes for the verb is joined to a noun: "président, mais aussi figure".
        (verb == tree.root and any(words[0] < word < verb for word in joins))
        or _loses_second_verb(spans, verb, kept)
        or _ends_a_period(spans, verb, classes)
        or _is_subordinate(spans, verb, kept)
        or _claims_a_relative_clause(spans, verb, kept, classes)
        or any(tree.tags[subject] == "PRON" and spans.lower[subject] in classes.pronouns for subject in subjects)
        or any(spans.lower[subject] in classes.others for subject in subjects)  # "15 others were missing"
        or _loses_main_verb(spans, words, classes)
        or _is_relative_clause(spans, verb, classes)
        or _is_in_phrase(spans, subjects, kept, classes)
        or any(_is_set_off(spans, subject) for subject in subjects)
        or _loses_possession(spans, verb, kept, classes)
        or not all(_agrees(spans, subject, verb, classes) for subject in subjects)
    )


def has_whole_clauses(
    spans: Spans, verb: int, kept: frozenset[int], omitted: frozenset[int], words: list[int], classes: WordClasses
) -> bool:
    """Whether no clause has lost its verb, its object, what is said in it, or what joins it to the others."""
    tree, with_omitted = spans.tree, kept | omitted
    return (
        not any(_loses_verb_of_clause(spans, word, with_omitted, classes) for word in words)
        and all(_has_object(spans, position, with_omitted, classes) for position in words if tree.tags[position] == "VERB")
        and _says_something(spans, verb, kept, classes)
        and all(_is_joined(spans, position, verb, kept) for position in words)
        and not any(_follows_claim(spans, position, kept) for position in words if tree.relations[position] == "ccomp")
    )


def kept_subjects(spans: Spans, verb: int, kept: Collection[int]) -> list[int]:
    """The subjects of a verb that stay."""
    return [child for child in spans.children[verb] if spans.tree.relations[child].startswith("nsubj") and child in kept]


def _is_subordinate(spans: Spans, verb: int, kept: Collection[int]) -> bool:
    """Whether a conjunction that stays makes the clause a subordinate one, which the parser takes for the main one."""
    tree, children = spans.tree, spans.children[verb]
    infinitive = any(tree.relations[child] == "cop" for child in children)  # "the goal was to win"
    return any(
        tree.relations[child] == "mark" and child in kept and not (infinitive and tree.tags[child] == "PART")
        for child in children
    )


def _claims_a_relative_clause(spans: Spans, verb: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether the parser takes a relative clause for a claim: "Marsh, whose boat became famous died"."""
    relations = spans.tree.relations
    return spans.lower[verb] not in classes.speech and any(
        relations[child] == "ccomp" and child < verb and child in kept for child in spans.children[verb]
    )


def _loses_possession(spans: Spans, verb: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether "has" is without what somebody has: "The mayor has, for the first time[, named …]"."""
    return spans.lower[verb] in classes.possesses and not any(
        spans.tree.relations[child].partition(":")[0] in ("obj", "xcomp", "ccomp")
        for child in spans.children[verb]
        if child in kept
    )


def _loses_second_verb(spans: Spans, verb: int, kept: Collection[int]) -> bool:
    """Whether a finite verb that the parser takes for a noun is missing: the main verb is then that of a relative clause.

    "The woman Ada Marsh chose as her speaker [faces arrest]".
    """
    tree = spans.tree
    for word in range(verb + 1, len(tree)):
        if spans.is_mark(word) or tree.tags[word] in ("CCONJ", "SCONJ"):
            break
        if word in kept or tree.verb_forms[word] != "Fin":
            continue
        nominal = tree.relations[word].partition(":")[0] in ("obl", "nmod", "obj", "nsubj")
        if tree.tags[word] == "VERB" and nominal:
            return True
        head = tree.heads[word]
        has_subject = head < 0 or any(tree.relations[child].startswith(_OPENERS) for child in spans.children[head])
        if tree.tags[word] == "AUX" and word < head and not has_subject and tree.relations[head] == "advcl":
            return True  # "The man caught on a boat [was jailed]"
    return False


def _ends_a_period(spans: Spans, verb: int, classes: WordClasses) -> bool:
    """Whether what is taken for the main verb belongs to the period before it: "rose in the week [ended May 2]"."""
    if not verb or spans.is_mark(verb - 1) or spans.tree.tags[verb - 1] != "NOUN":
        return False
    article = any(spans.tree.tags[child] == "DET" for child in spans.children[verb - 1])
    case = any(spans.tree.tags[word] == "ADP" for word in range(max(0, verb - 4), verb - 1))
    return spans.lower[verb - 1] in classes.times and article and case


def _loses_main_verb(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether the only finite verb is in a relative clause: "Skerry's council, whose rules have been criticized"."""
    tree = spans.tree
    finite = [word for word in words if tree.tags[word] in ("VERB", "AUX") and tree.verb_forms[word] == "Fin"]
    relatives = [word for word in words if spans.lower[word] in classes.relatives and spans.mark_before(word)]
    return len(finite) == 1 and bool(relatives) and words[0] < relatives[0] < finite[0]


def _is_relative_clause(spans: Spans, verb: int, classes: WordClasses) -> bool:
    """Whether what is taken for the main verb has a relative pronoun behind a comma as another subject.

    "Two sailors, who are bad swimmers, crossed the bay" does not say that two sailors are bad swimmers.
    """
    tree = spans.tree
    return any(
        tree.relations[child].startswith("nsubj")
        and tree.tags[child] == "PRON"
        and spans.lower[child] in classes.relatives
        and 0 < child < verb
        and spans.texts[child - 1] == ","
        for child in spans.children[verb]
    )


def _loses_verb_of_clause(spans: Spans, opener: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether a relative pronoun or "that" that stays opens a clause whose verb is missing.

    "a sailor whose pictures of Alder [hung in every school]" and "has shown that gulls seldom[, if at all, return]": the
    parser takes the verb for a participle, or another word for the verb.
    """
    tree = spans.tree
    relative = tree.tags[opener] == "PRON" and spans.lower[opener] in classes.relatives
    that = tree.tags[opener] == "SCONJ" and spans.lower[opener] in classes.complements
    if not relative and not that:
        return False
    verbs = [
        word
        for word in range(opener + 1, len(tree))
        if tree.tags[word] in ("VERB", "AUX")
        and tree.verb_forms[word] not in ("Inf", "Ger")
        and tree.relations[word] not in ("amod", "compound")
    ]
    if relative:
        return bool(verbs) and verbs[0] not in kept
    return not any(word in kept for word in verbs)


def _is_in_phrase(spans: Spans, subjects: list[int], kept: Collection[int], classes: WordClasses) -> bool:
    """Whether what is taken for the subject has a preposition: "Four days before Ada Marsh was elected"."""
    tree = spans.tree
    return any(
        tree.relations[word] == "case"
        and tree.tags[word] == "ADP"
        and word in kept
        and word < subject
        and spans.lower[word] not in classes.limiters
        for subject in subjects
        for word in spans.children[subject]
    )


def _agrees(spans: Spans, subject: int, verb: int, classes: WordClasses) -> bool:
    """Whether a subject can be that of its verb.

    A plural article and a singular auxiliary do not agree: "des véhicules … a été" has another subject. The name of one
    person has no plural verb: "Ada Marsh … have a child". Where nouns have articles, an adjective without one is no subject:
    "Déçus du port, sont".
    """
    tree = spans.tree
    below = {tree.relations[child].partition(":")[0] for child in spans.children[subject]}
    if tree.tags[subject] in ("ADJ", "VERB") and "det" not in below and classes.plural_articles:
        return False
    is_one = tree.tags[subject] == "PROPN" and "flat" in below and "conj" not in below
    if is_one and tree.tags[verb] == "VERB" and spans.lower[verb] in classes.plural_verbs:
        return False
    plural = any(spans.lower[child] in classes.plural_articles for child in spans.children[subject] if child < subject)
    verbs = [verb, *(child for child in spans.children[verb] if spans.tree.relations[child].startswith(("aux", "cop")))]
    return not plural or not any(spans.lower[word] in classes.singular_auxiliaries for word in verbs)


def _is_set_off(spans: Spans, subject: int) -> bool:
    """Whether a subject is between commas, so that it belongs to what is before it: "near York, Alabama, was"."""
    below = [word for word in spans.below(subject) if not spans.is_mark(word)] or [subject]
    near = range(max(0, min(below) - 1), min(len(spans.texts), max(below) + 2))
    return [spans.texts[word] for word in (near[0], near[-1])] == [",", ","]


def _has_object(spans: Spans, verb: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether the nouns that follow a verb without a preposition are kept, whatever the parser takes them for."""
    tree = spans.tree
    after_verb = True
    for position in range(verb + 1, len(tree)):
        tag, before = tree.tags[position], tree.tags[position - 1]
        if tag in ("VERB", "AUX", "SCONJ") or spans.texts[position] in (",", ";", ":", "(", "—", "–", "--"):
            return True
        if (
            after_verb
            and position == verb + 1
            and (tree.relations[position] == "compound:prt" or (tag == "ADV" and spans.lower[position] in classes.particles))
        ):
            continue  # "set aside a request"
        follows = position + 1 < len(tree) and (
            tree.tags[position + 1] == "NUM" or spans.lower[position + 1] in ("least", "most", "than")
        )
        if after_verb and follows and spans.lower[position] in classes.limiters:
            continue  # "rounded up at least 100 people"
        opens = tag in _NOMINAL and (after_verb or (tag == "DET" and before in ("NOUN", "PROPN", "NUM")))
        after_verb = False
        if opens and spans.bracket(position) == 0:
            head = position
            while tree.tags[head] not in ("NOUN", "PROPN", "PRON", "NUM") and tree.heads[head] > head:
                head = tree.heads[head]
            if head not in kept and spans.lower[head] not in classes.times | classes.days and tree.tags[head] != "VERB":
                return False
    return True


def _is_joined(spans: Spans, position: int, main: int, kept: frozenset[int]) -> bool:
    """Whether a finite verb beside the main one is joined to it by a word that stays, or is its complement."""
    tree = spans.tree
    if position == main or tree.tags[position] != "VERB" or tree.verb_forms[position] != "Fin":
        return True
    relation = tree.relations[position]
    if relation in ("root", "ccomp", "csubj", "parataxis", "acl", "amod", "compound") or any(
        tree.tags[child] == "AUX" for child in spans.children[position]
    ):
        return True
    joins = {"mark", "cc"} if relation != "conj" else {"cc"}
    near = [*spans.children[position]]
    if relation == "conj":  # the last member of a list has the conjunction
        near += [
            below
            for sister in spans.children[tree.heads[position]]
            if tree.relations[sister] == "conj" and sister in kept
            for below in spans.children[sister]
        ]
        near += [
            child
            for child in spans.children[tree.heads[position]]
            if tree.relations[child] == "cc" and child in kept and child < position
        ]
    if any(tree.relations[child] in joins and child in kept for child in near):
        return True
    relative = any(
        tree.tags[below] in ("PRON", "ADV", "SCONJ") and below in kept and below < position
        for below in spans.below(position)
    )
    return relation.startswith(("acl:relcl", "advcl")) and relative


def _follows_claim(spans: Spans, position: int, kept: Collection[int]) -> bool:
    """Whether a clause that is claimed follows another one of the same verb, and what joined it to that is missing."""
    tree = spans.tree
    sisters = (child for child in spans.children[tree.heads[position]] if tree.relations[child] == "ccomp")
    follows = any(sister < position and sister in kept for sister in sisters)
    first = min(word for word in spans.below(position) if word in kept)
    return follows and first - 1 not in kept and not spans.is_mark(first - 1)


def _says_something(spans: Spans, verb: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether every verb of saying has what is said with it."""
    tree = spans.tree
    for position in kept:
        if spans.lower[position] not in classes.speech or tree.tags[position] != "VERB":
            continue
        relations = {tree.relations[child] for child in spans.children[position]}
        if tree.verb_forms[position] != "Fin" and ("aux:pass" in relations or not relations & {"aux", "aux:tense"}):
            continue
        if position != verb and tree.relations[position].startswith(("parataxis", "advcl", "acl")):
            continue
        said = [
            child
            for child in spans.children[position]
            if tree.relations[child].partition(":")[0] in ("ccomp", "obj", "xcomp", "parataxis")
        ]
        if spans.lower[position] in _NEED_NO_CLAIM and not said:
            continue
        if spans.lower[position] in ("said", "say", "says"):
            # "said most of the locations": what is said is a clause; a noun there is the subject of one that is missing.
            said = [
                child
                for child in said
                if tree.relations[child] != "obj" or spans.quotation(child) or spans.lower[child] == "goodbye"
            ]
        elif spans.lower[position] in ("told", "tells", "tell"):
            said = [child for child in said if not tree.relations[child].startswith("obj")]
        else:  # "ruled in favor of", "warned of"
            table = complements(classes.code)
            said += [child for child in spans.children[position] if table.demand(spans, position, child)]
        # A day alone is not a statement.
        if not any(child in kept and spans.lower[child] not in classes.times for child in said):
            return False
    return True

"""Computes how strongly the kept words of a clause require complements that the headline has lost.

The parser attaches many complements to the wrong word, so the rules look at the words after a kept word in the sentence.
"""

from collections.abc import Collection

from nutgraf.summarizer.headlines.clauses.complements import NEEDED, USUAL, complements, head_kind
from nutgraf.summarizer.headlines.clauses.constituents import CLAUSE_KINDS, Clause
from nutgraf.summarizer.headlines.clauses.part_kinds import OF_WORDS

# Words that may require a complement.
_ASKING = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "NUM", "SYM"})
# "as" completes them: "as much", "the same".
_COMPARED = frozenset("as so such same twice times half".split())
# Words of an apposition between an object and what its verb asks for.
MAX_APPOSITION_WORDS = 8


def lost_complement(clause: Clause, kept: Collection[int], omitted: Collection[int]) -> int:
    """Returns the greatest demand of a kept word for what it has lost: NEEDED, USUAL, or 0 if none has lost anything.

    `kept` and `omitted` are positions in the sentence. Words `omitted` for style, such as given names, are not lost.
    """
    last, present = max(kept), frozenset({*kept, *omitted})
    if _loses_role(clause, present) or _loses_shared_object(clause, last) or _ends_in_bare_object(clause, last):
        return NEEDED
    if _loses_object_of_pair(clause, present):
        return NEEDED
    most = max(
        _demand_for_of(clause, last), USUAL * _ends_in_unfinished_clause(clause, last), _demand_behind_particle(clause, last)
    )
    for word in sorted({*clause.parts[0].words, last} & present):
        if most == NEEDED:
            break
        if clause.tree.tags[word] in _ASKING:
            for end in {word, *_ends_of_object(clause, word, present)}:
                most = max(most, _demand_behind(clause, word, end, last, present))
    return most


def _ends_in_unfinished_clause(clause: Clause, last: int) -> bool:
    """Whether a headline ends inside a clause of its end, right before a phrase that most likely belongs to the last noun.

    "a package that includes money [for roads]"; but "seized the bridge [in Skerry]" is complete.
    """
    tree, after = clause.tree, last + 1
    if after >= len(tree) or tree.tags[after] != "ADP" or clause.words[after] in clause.classes.loose:
        return False
    return any(last in part.words and part.kind in CLAUSE_KINDS for part in clause.parts)


def _demand_for_of(clause: Clause, last: int) -> int:
    """How strongly the noun that ends a headline requires the phrase with "of" after it."""
    tree, words = clause.tree, clause.words
    if last + 1 >= len(tree) or words[last + 1] not in OF_WORDS or tree.tags[last + 1] != "ADP" or tree.tags[last] != "NOUN":
        return 0
    below = clause.spans.children[last]
    names_kind = last + 2 < len(tree) and tree.tags[last + 2] == "NOUN"
    if names_kind and not clause.classes.adjectives_first and not clause.definite(last):
        return NEEDED  # "une odeur [de soufre]"
    bare = not clause.definite(last) and not any(tree.relations[child] == "det" for child in below)
    if (bare and not clause.classes.adjectives_first) or clause.classes.ranks & {words[child] for child in below}:
        return NEEDED  # "sont têtes [de liste]", "the last days [of the year]"
    return USUAL


def _demand_behind_particle(clause: Clause, last: int) -> int:
    """How strongly a verb whose particle ends a headline requires what follows: "crack down [on …]"."""
    tree, after = clause.tree, last + 1
    if tree.relations[last] != "compound:prt" or after >= len(tree) or tree.tags[after] != "ADP":
        return 0
    return complements(clause.classes.code).demand_for_word(clause.spans, tree.heads[last], clause.words[after])


def _demand_behind(clause: Clause, word: int, end: int, last: int, present: Collection[int]) -> int:
    """How strongly a word requires what follows `end` (the word itself or the end of its object), if that is missing."""
    tree, words, classes = clause.tree, clause.words, clause.classes
    after = end + 1
    # "agreed on Friday to …": a day in between does not count.
    if after + 2 < len(tree) and tree.tags[after] == "ADP" and words[after + 1] in classes.days:
        after += 2
    elif after + 1 < len(tree) and words[after] in classes.days:
        after += 1
    if end > word:
        after = _behind_apposition(clause, after)
    if after >= len(tree) or after in present:
        return 0
    claim = tree.tags[after] == "SCONJ" and words[after] in classes.complements and tree.heads[after] not in present
    says = end > word and (
        words[word] in classes.speech or complements(classes.code).demand_for_word(clause.spans, word, "that")
    )
    if claim and (says or (end == word and tree.tags[word] == "NOUN" and words[word] in classes.claims)):
        return NEEDED  # "warned skippers [that …]", "issued a denial [that …]"
    if word == last and head_kind(clause.spans, word) == "VERB" and _is_cut_off(clause, after):
        return NEEDED  # "sparred [with the mayor]"
    romance = not classes.adjectives_first and tree.tags[word] == "ADJ"
    if romance and word == last and tree.tags[after] == "ADP" and words[after] in classes.completes:
        return NEEDED  # "é contrário [à proposta]"
    if end == last and tree.tags[after] == "PART" and _follows_for(clause, last):
        return NEEDED  # "is calling for the mayor [to resign]"
    if end > word and words[word] in classes.perceives and tree.tags[after] in ("VERB", "ADJ"):
        return NEEDED  # "sends crowds [running]", "made it [central]", "spent a year [rebuilding]"
    particle = word == last and words[after] in classes.phrasal_particles
    if tree.tags[after] not in ("ADP", "PART", "SCONJ") and not particle:
        return 0
    if words[after] == "than" or (words[after] == "as" and {words[word], words[word - 1]} & _COMPARED):
        return NEEDED
    if words[word] in classes.incomplete:
        return NEEDED  # "put … to death"
    if words[word] in classes.moves and words[after] in classes.completes:
        return NEEDED  # "took the prisoner [to a hospital]"
    if (particle or (word == last and tree.tags[after] == "ADP")) and _is_unfinished(clause, word, words[after]):
        return NEEDED
    if tree.tags[word] == "ADJ" and tree.relations[word] == "amod" and tree.heads[word] < word and classes.adjectives_first:
        return NEEDED  # "gunmen loyal [to the president]"
    demand = USUAL if tree.tags[after] == "PART" and end == last else 0  # "set a deadline [to explain]"
    if end == word or tree.tags[after] != "PART" or words[word] in classes.controls:
        demand = max(demand, complements(classes.code).demand_for_word(clause.spans, word, words[after]))
    return demand


def _is_cut_off(clause: Clause, after: int) -> bool:
    """Whether a preposition behind a verb, with its noun, is more than a time: "sparred [with the mayor]"."""
    tree, classes = clause.tree, clause.classes
    nouns = (word for word in range(after + 1, len(tree)) if tree.tags[word] in ("NOUN", "PROPN", "PRON", "NUM"))
    return clause.words[after] in classes.unfinished and clause.words[next(nouns, after)] not in classes.times


def _follows_for(clause: Clause, last: int) -> bool:
    """Whether the noun phrase that a word ends has "for" before it, which makes it the subject of an infinitive."""
    head, spans = last, clause.spans
    while clause.tree.relations[head].partition(":")[0] in ("flat", "compound", "conj") and clause.tree.heads[head] >= 0:
        head = clause.tree.heads[head]
    return any(clause.words[child] == "for" for child in spans.children[head] if child < head)


def _behind_apposition(clause: Clause, after: int) -> int:
    """Returns the position of a preposition behind an apposition that begins, or ends, `after` an object; else `after`.

    "accused the mayor[, Ada Marsh,] of …"
    """
    tree, texts = clause.tree, clause.spans.texts
    for comma in range(after, min(after + MAX_APPOSITION_WORDS, len(tree) - 1)):
        if texts[after] == "," and texts[comma] == "," and tree.tags[comma + 1] in ("ADP", "SCONJ"):
            return comma + 1
        if tree.tags[comma] in ("VERB", "AUX"):
            break
    return after


def _is_unfinished(clause: Clause, verb: int, after: str) -> bool:
    """Whether a verb that ends a headline lacks the phrase behind it: "hopes to capitalize [on it]", "a man held [in]"."""
    tree, spans = clause.tree, clause.spans
    if tree.tags[verb] != "VERB":
        return False
    if after in clause.classes.phrasal_particles or after == "of":
        return True  # "the court struck [down]", "is suspected [of]"
    asks = head_kind(spans, verb) == "VERB" and complements(clause.classes.code).demand_for_word(spans, verb, after) > 0
    is_participle = tree.relations[verb] == "acl" and not any(
        tree.relations[child] == "mark" for child in spans.children[verb]
    )
    return asks or is_participle or spans.lower[verb] in clause.classes.moves


def _loses_role(clause: Clause, present: Collection[int]) -> bool:
    """Whether the role is missing that a verb gives its object: "named the owner of the ferry [as its director]"."""
    tree, table = clause.tree, complements(clause.classes.code)
    for verb in (word for word in present if tree.tags[word] == "VERB"):
        has_object = any(tree.relations[child] == "obj" for child in clause.spans.children[verb])
        frames = (*clause.classes.roles, "xcomp") if has_object else clause.classes.roles
        if has_object and _loses_task(clause, verb, present):
            return True
        if not any(table.demand_for_word(clause.spans, verb, frame) for frame in frames):
            continue
        for word in range(verb + 1, len(tree)):
            if clause.spans.is_mark(word) or (tree.tags[word] in ("VERB", "AUX") and tree.verb_forms[word] == "Fin"):
                break
            if clause.words[word] in clause.classes.roles and word not in present and tree.tags[word] in ("ADP", "SCONJ"):
                return True
    return False


def _loses_task(clause: Clause, verb: int, present: Collection[int]) -> bool:
    """Whether the infinitive is missing that says what a person is appointed to do: "appointed Marsh [to lead the port]"."""
    tree, spans = clause.tree, clause.spans
    if spans.lower[verb] not in clause.classes.appoints:
        return False
    end = _end_of_object(clause, verb, present)
    return end > verb and end + 1 < len(tree) and end + 1 not in present and tree.tags[end + 1] == "PART"


def _loses_shared_object(clause: Clause, last: int) -> bool:
    """Whether the last verb has lost the object that it shares with later verbs: "hit[, robbed and drowned a man]"."""
    tree, spans = clause.tree, clause.spans
    is_past = tree.verb_forms[last] == "Fin" or clause.words[last].endswith(tuple(clause.classes.past_endings))
    if tree.tags[last] != "VERB" or not is_past or last + 2 >= len(tree):
        return False
    first = spans.texts[last + 1] == "," and tree.tags[last + 2] == "VERB" and "CCONJ" in tree.tags[last + 3 : last + 5]
    second = tree.relations[last] == "conj" and tree.tags[last + 1] == "CCONJ" and "VERB" in tree.tags[last + 2 : last + 4]
    return (first or second) and not _has_direct_object(clause, last)


def _loses_object_of_pair(clause: Clause, present: Collection[int]) -> bool:
    """Whether a verb has lost the verb joined to it with the object of both: "to track down [and stop a bomber]"."""
    tree = clause.tree
    for verb in (word for word in present if tree.tags[word] == "VERB"):
        joins = verb + 1
        while joins < len(tree) and tree.relations[joins] == "compound:prt":
            joins += 1
        if joins + 1 >= len(tree) or tree.tags[joins] != "CCONJ" or joins in present or tree.tags[joins + 1] != "VERB":
            continue
        if _has_direct_object(clause, joins + 1) and not _has_direct_object(clause, verb):
            return True
    return False


def _has_direct_object(clause: Clause, verb: int) -> bool:
    return any(clause.tree.relations[child] == "obj" for child in clause.spans.children[verb])


def _ends_in_bare_object(clause: Clause, last: int) -> bool:
    """Whether the last noun is of a set phrase, in languages whose objects have articles: "devront dire adieu [à]"."""
    tree, spans = clause.tree, clause.spans
    if clause.classes.adjectives_first or tree.tags[last] != "NOUN" or tree.relations[last] != "obj":
        return False
    below = {tree.relations[child] for child in spans.children[last]}
    return not below & {"det", "nummod", "case", "amod"} and last + 1 < len(tree) and tree.tags[last + 1] == "ADP"


def _ends_of_object(clause: Clause, verb: int, present: Collection[int]) -> set[int]:
    """The last words of the object of a verb and of what is joined to it and missing: "accused Pike [and his crew] of"."""
    tree, spans = clause.tree, clause.spans
    joined = [
        child
        for noun in spans.children[verb]
        if tree.relations[noun] == "obj" and noun > verb
        for child in spans.children[noun]
        if tree.relations[child] == "conj" and child not in present and tree.tags[child] in ("NOUN", "PROPN")
    ]
    return {_end_of_object(clause, verb, present), *joined}


def _end_of_object(clause: Clause, verb: int, present: Collection[int]) -> int:
    """The last word of the object of a verb, as far as it is kept in one piece; the verb itself if it has none."""
    objects = [child for child in clause.spans.children[verb] if clause.tree.relations[child] == "obj" and child > verb]
    if not objects:
        return verb
    end = max((word for word in clause.spans.below(objects[0]) if word in present), default=verb)
    whole = [
        word for word in range(verb, end) if not clause.spans.is_mark(word) and clause.tree.tags[word] not in ("DET", "ADJ")
    ]
    return end if all(word in present for word in whole) else verb

"""Kept words of a sentence -> whether they make a headline: complete, grammatical, and with the noun of each pronoun.

The rules use words and parts of speech besides the tree, because a wrong tree must not make a wrong headline. Finished
lines of text, titles included, are checked in wellformed.py.
"""

from collections.abc import Collection
from itertools import pairwise

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.attribution import names_source
from nutgraf.summarizer.headlines.spans import Spans
from nutgraf.summarizer.headlines.word_classes import WordClasses

_FUNCTION = frozenset({"ADP", "PART", "SCONJ", "CCONJ", "PRON", "DET", "AUX"})
_NOMINAL = frozenset({"DET", "NOUN", "PROPN", "NUM", "PRON", "ADJ"})
MIN_WORDS = 3
# A head that wins by less, in logits, is wrong in half of the cases.
UNSURE_MARGIN = 1.0


def is_sound(spans: Spans, verb: int, kept: frozenset[int], offices: frozenset[int], classes: WordClasses) -> bool:
    """Whether a headline has enough words and a verb, no pronoun without its noun, and only whole quotations and words."""
    tree = spans.tree
    words = sorted(position for position in kept if not spans.is_mark(position))
    if len(words) < MIN_WORDS or not any(tree.tags[position] in ("VERB", "AUX") for position in words):
        return False
    if any(tree.relations[child] == "mark" and child in kept for child in spans.children[verb]):
        return False  # a subordinate clause that the parser takes for the main one
    subjects = [child for child in spans.children[verb] if tree.relations[child].startswith("nsubj") and child in kept]
    if any(tree.tags[subject] == "PRON" and spans.lower[subject] in classes.pronouns for subject in subjects):
        return False
    nouns = [position for position in words if tree.tags[position] in ("NOUN", "PROPN")]
    for position in words:
        if spans.quotation(position):
            continue
        lower = spans.lower[position]
        if lower in classes.own:
            return False
        pronoun = (
            tree.tags[position] == "PRON" and lower in classes.pronouns and not tree.relations[position].startswith("expl")
        )
        if pronoun and lower in classes.reflexives and subjects:
            continue
        if pronoun and (lower in classes.universals or lower == "both" or _of_main_clause(tree, position, verb)):
            return False
        if (pronoun or lower in classes.possessives) and not any(noun < position for noun in nouns):
            return False
        if lower in classes.possessives and _loses_owner(spans, position, kept, classes):
            return False
    if any(_points_back(spans, position, classes) for position in words) or _loses_sense(spans, words, verb, classes):
        return False
    for position in words:
        number = spans.quotation(position)
        if number and any(
            spans.quotation(other) == number and other not in kept and not spans.is_mark(other) for other in range(len(tree))
        ):
            return False
    quoted = [position for position in words if spans.quotation(position)]
    if len(quoted) == len(words):
        return False
    with_offices = kept | offices
    return (
        not _broken_word(spans, kept)
        and not _loses_source(spans, kept, classes)
        and not _ends_in_a_subject(spans, words)
        and not _splits_range(spans, kept)
        and not any(_is_set_off_name(spans, subject) for subject in subjects)
        and _opens_well(spans, words, tree, classes)
        and _keeps_function_words(spans, sorted({*words, *offices}), classes)
        and all(_has_object(spans, position, with_offices, classes) for position in words if tree.tags[position] == "VERB")
        and _says_something(spans, kept, classes)
        and all(_is_joined(spans, position, verb, kept) for position in words)
    )


def _keeps_function_words(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether no lone preposition or conjunction is missing between two words, and no article has lost its noun."""
    tree, kept = spans.tree, set(words)
    for before, after in pairwise(words):
        missing = [word for word in range(before + 1, after) if not spans.is_mark(word)]
        if not missing or any(tree.tags[word] not in _FUNCTION for word in missing):
            continue
        if any(tree.tags[word] not in ("DET", "AUX") and spans.lower[word] not in classes.complements for word in missing):
            return False
    return all(
        tree.heads[word] in kept
        for word in words
        if tree.relations[word] in ("det", "case", "nummod") and tree.heads[word] >= 0
    )


def _has_object(spans: Spans, verb: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether the nouns that follow a verb without a preposition are kept, whatever the parser takes them for."""
    tree = spans.tree
    for position in range(verb + 1, len(tree)):
        tag, before = tree.tags[position], tree.tags[position - 1]
        if tag in ("VERB", "AUX", "SCONJ") or spans.texts[position] in (",", ";", ":", "(", "—", "–", "--"):
            return True
        after_verb = before in ("VERB", "AUX") or (before == "ADV" and tree.heads[position - 1] == verb == position - 2)
        opens = tag in _NOMINAL and (after_verb or (tag == "DET" and before in ("NOUN", "PROPN", "NUM")))
        if opens and spans.bracket(position) == 0:
            head = position
            while tree.tags[head] not in ("NOUN", "PROPN", "PRON", "NUM") and tree.heads[head] > head:
                head = tree.heads[head]
            if head not in kept and spans.lower[head] not in classes.times | classes.days and tree.tags[head] != "VERB":
                return False
    return True


def _is_joined(spans: Spans, position: int, main: int, kept: Collection[int]) -> bool:
    """Whether a finite verb beside the main one is joined to it by a word that stays, or is its complement."""
    tree = spans.tree
    if position == main or tree.tags[position] != "VERB" or tree.forms[position] != "Fin":
        return True
    relation = tree.relations[position]
    if relation in ("root", "ccomp", "csubj", "parataxis", "acl") or any(
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


def _says_something(spans: Spans, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether every verb of saying has what is said with it."""
    tree = spans.tree
    for position in kept:
        if spans.lower[position] not in classes.speech or tree.tags[position] != "VERB" or tree.forms[position] != "Fin":
            continue
        if tree.relations[position].startswith(("parataxis", "advcl", "acl")):
            continue
        said = [
            child
            for child in spans.children[position]
            if tree.relations[child].partition(":")[0] in ("ccomp", "obj", "xcomp", "parataxis")
        ]
        if spans.lower[position] in ("said", "say", "says"):
            # "said most of the locations": what is said is a clause; a noun there is the subject of one that is missing.
            said = [
                child
                for child in said
                if tree.relations[child] != "obj" or spans.quotation(child) or spans.lower[child] == "goodbye"
            ]
        if spans.lower[position] in ("told", "tells", "tell"):
            said = [child for child in said if not tree.relations[child].startswith("obj")]
        # A day alone is not what somebody said.
        if not any(child in kept and spans.lower[child] not in classes.times for child in said):
            return False
    return True


def _of_main_clause(tree: Tree, position: int, verb: int) -> bool:
    """Whether a pronoun is an object of the main verb: its noun is then not the subject, and not in the headline."""
    here = position
    while here >= 0 and tree.heads[here] != verb:
        if tree.relations[here].partition(":")[0] in ("ccomp", "xcomp", "advcl", "acl", "conj", "parataxis"):
            return False
        here = tree.heads[here]
    return here >= 0 and tree.relations[here].partition(":")[0] in ("obj", "iobj", "obl")


def _points_back(spans: Spans, position: int, classes: WordClasses) -> bool:
    """Whether a word is a demonstrative before a noun that the headline does not explain: "that declaration"."""
    tree, head = spans.tree, spans.tree.heads[position]
    if tree.tags[position] != "DET" or head < 0 or spans.quotation(position):
        return False
    return spans.lower[position] in classes.demonstratives and spans.lower[head] not in classes.times


def _loses_sense(spans: Spans, words: list[int], verb: int, classes: WordClasses) -> bool:
    """Whether a word is missing that belongs to one that stays.

    That is a premise, a modal before its verb, "que" after "ne", "that" after "so", the mark of a question, or the
    subject of a verb that opens the headline.
    """
    tree, kept = spans.tree, set(words)
    lower = [spans.lower[word] for word in words]
    if any(word + 1 in kept and word not in kept for word in range(len(tree) - 1) if spans.lower[word] in classes.modals):
        return True
    if any(
        spans.lower[word] in classes.premises and tree.tags[word] in ("SCONJ", "CCONJ") and word not in kept
        for word in range(len(tree))
        if _limits_kept(tree, word, kept)
    ):
        return True
    if set(lower) & {"ne", "n'", "n’"} and not set(lower) & classes.negations - {"ne", "n'", "n’"}:
        return True
    that = [word for word in range(len(tree)) if spans.lower[word] == "that" and tree.tags[word] == "SCONJ"]
    if "so" in lower and any(word not in kept and word > words[lower.index("so")] for word in that):
        return True
    if "?" in spans.texts[-2:] and not all(word in kept for word in range(words[-1], len(tree)) if not spans.is_mark(word)):
        return True
    subject = any(tree.relations[child].startswith(("nsubj", "csubj")) and child in kept for child in spans.children[verb])
    reflexive = lower[0] in ("se", "s'", "s’")
    return not subject and (reflexive or (words[0] == verb and spans.lower[verb] not in classes.existential))


def _loses_owner(spans: Spans, possessive: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether a name between the first noun that stays and a possessive is missing: the possessive may be its."""
    tree = spans.tree
    first = min(word for word in kept if tree.tags[word] in ("NOUN", "PROPN"))
    return any(
        tree.tags[word] == "PROPN" and word not in kept and spans.lower[word] not in classes.days
        for word in range(first + 1, possessive)
    )


def _loses_source(spans: Spans, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether the words that name a source are missing: "according to reports", "selon la préfecture"."""
    return any(word not in kept and names_source(spans, word, classes) for word in range(len(spans.texts)))


def _ends_in_a_subject(spans: Spans, words: list[int]) -> bool:
    """Whether the last word is a noun whose verb follows it in the sentence: "arrived after Ada Marsh"."""
    tree, last = spans.tree, words[-1]
    after = last + 1
    if after >= len(tree) or tree.tags[last] not in ("NOUN", "PROPN", "PRON"):
        return False
    return tree.tags[after] in ("VERB", "AUX") and tree.forms[after] == "Fin"


def _splits_range(spans: Spans, kept: Collection[int]) -> bool:
    """Whether a figure has lost the other end of its range or its smaller unit: "five to ten", "8 pounds, 6 ounces"."""
    tree = spans.tree
    for word in range(1, len(tree)):
        if tree.tags[word] != "NUM" or word in kept:
            continue
        head, before = tree.heads[word], word - 1
        if tree.tags[before] in ("ADP", "CCONJ", "PART") and before - 1 in kept and tree.tags[before - 1] == "NUM":
            return True
        if head in kept and tree.relations[word] == "nummod" and not spans.is_mark(head):
            return True
    return False


def _is_set_off_name(spans: Spans, subject: int) -> bool:
    """Whether a subject is a name between commas, which belongs to what stands before it: "near York, Alabama, was"."""
    near = range(max(0, subject - 1), min(len(spans.texts), subject + 2))
    return spans.tree.tags[subject] == "PROPN" and [spans.texts[word] for word in near if word != subject] == [",", ","]


def _limits_kept(tree: Tree, mark: int, kept: Collection[int]) -> bool:
    """Whether the clause that a conjunction opens belongs to a word that stays, or may do so."""
    clause = tree.heads[mark]
    return clause < 0 or tree.heads[clause] in kept or tree.heads[clause] < 0 or tree.margins[clause] < UNSURE_MARGIN


def _broken_word(spans: Spans, kept: Collection[int]) -> bool:
    chunks = {spans.chunk(position) for position in kept}
    if any(_half_a_compound(spans, position) and position + 2 not in kept for position in kept):
        return True
    return any(
        spans.chunk(position) in chunks and position not in kept and not spans.is_mark(position)
        for position in range(len(spans.texts))
    )


def _half_a_compound(spans: Spans, position: int) -> bool:
    """Whether a word shares its second half with the next one: "Staats- und Parteichef"."""
    tree, mark = spans.tree, position + 1
    return (
        mark + 1 < len(tree)
        and spans.texts[mark] == "-"
        and tree.starts[mark] == tree.ends[position]
        and tree.tags[mark + 1] == "CCONJ"
    )


def _opens_well(spans: Spans, words: list[int], tree: Tree, classes: WordClasses) -> bool:
    """Whether the first word can open a headline: no conjunction, no pronoun that needs a noun, no verb unless it asks."""
    first = words[0]
    tag = tree.tags[first]
    if tag in ("SCONJ", "CCONJ") or (
        tag == "PRON" and spans.lower[first] in classes.pronouns and not tree.relations[first].startswith("expl")
    ):
        return False
    if spans.lower[first] in classes.others or (tag == "PRON" and spans.lower[first] in classes.unstressed):
        return False
    if tag not in ("VERB", "AUX") or tree.forms[first] not in ("Fin", ""):
        return True
    return first == min(word for word in range(len(tree)) if not spans.is_mark(word))

"""Corrects frequent mistakes of parsers in the trees of long sentences of news.

root_correction.py gives it the verb of the main clause as its root. The functions here give that verb its subject, its
object and its reported clause.
"""

from dataclasses import replace
from itertools import pairwise

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.clauses.attachments import with_required_phrases
from nutgraf.summarizer.headlines.clauses.root_correction import (
    SUBJECTS,
    with_first_clause_as_root,
    with_noun_read_as_verb,
    with_participle_as_verb,
    with_verb_as_root,
    without_insertion_as_root,
    without_opener_as_root,
    without_participle_as_root,
)
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses

# A verb with one of these relations already has its object, or cannot have one.
_COMPLETE = frozenset({"obj", "ccomp", "xcomp", "aux:pass", "nsubj:pass", "obl:agent"})
# What is between a verb and its object beside the words of the object: "set aside".
_BEFORE_OBJECT = frozenset({"ADP", "ADV"})
_TELL = frozenset({"told", "tells", "tell"})


def repair(tree: Tree, classes: WordClasses) -> Tree:
    """Returns the tree without the known kinds of parser mistakes; the same tree if it has none of them."""
    tree = with_verb_as_root(with_noun_read_as_verb(with_participle_as_verb(tree, classes), classes), classes)
    tree = without_insertion_as_root(without_opener_as_root(without_participle_as_root(tree)), classes)
    tree = _with_subject_of_reported_clause(
        _with_one_claim(_without_subject_in_insertion(_with_one_subject(tree, classes))), classes
    )
    tree = _with_clauses_at_second_verb(_with_subject_of_root(with_first_clause_as_root(tree)))
    return with_required_phrases(_with_objects(_with_reported_clause(tree, classes), classes), classes)


def _with_clauses_at_second_verb(tree: Tree) -> Tree:
    """The tree with clauses that follow the second of two verbs as clauses of that verb, unless a comma parts them.

    "was indicted and faces arrest if she returns": without "faces arrest", the condition would limit the first verb.
    """
    root = tree.root
    second = next(
        (
            child
            for child in tree.children(root)
            if child > root and tree.relations[child] == "conj" and tree.tags[child] == "VERB"
        ),
        0,
    )
    if not second:
        return tree
    heads = list(tree.heads)
    for clause in tree.children(root):
        first = next(word for word in tree.subtree(clause) if tree.tags[word] != "PUNCT" or word == clause)
        if clause > second and tree.relations[clause] == "advcl" and tree.words[first - 1] != ",":
            heads[clause] = second
    return replace(tree, heads=tuple(heads))


def _with_subject_of_root(tree: Tree) -> Tree:
    """The tree in which the root has the subject of the sentence.

    This repairs trees in which the parser attached the subject to a verb after the root, or gave the opening phrase another
    relation.
    """
    root = tree.root
    children = tree.children(root)
    if tree.tags[root] != "VERB" or any(tree.relations[child].startswith(SUBJECTS) for child in children):
        return tree
    opens = next((child for child in children if tree.tags[child] != "PUNCT"), root)
    phrase = [word for word in tree.subtree(opens) if tree.tags[word] != "PUNCT"]
    nominal = opens < root and tree.relations[opens].partition(":")[0] in ("obl", "advmod", "vocative", "obj", "dep")
    if (
        nominal
        and phrase[0] == 0
        and tree.tags[0] not in ("ADP", "ADV", "SCONJ", "PRON", "VERB", "AUX")
        and any(tree.tags[word] in ("NOUN", "PROPN") for word in phrase)
        and not any(tree.relations[child] == "case" for child in tree.children(opens))
        and all(tree.relations[word].startswith("aux") for word in range(phrase[-1] + 1, root) if tree.tags[word] != "PUNCT")
    ):
        tags, relations = list(tree.tags), list(tree.relations)
        tags[opens] = tags[opens] if tags[opens] in ("PROPN", "NUM") else "NOUN"
        relations[opens] = "nsubj"
        return replace(tree, tags=tuple(tags), relations=tuple(relations))
    for subject in range(root):
        if tree.relations[subject].startswith("nsubj") and tree.heads[subject] > root and tree.tags[subject] != "PRON":
            heads, relations = list(tree.heads), list(tree.relations)
            verb = heads[subject]
            if tree.words[root - 1] == "," and heads[verb] == root:
                # "Bruises, splashed on front pages, are blemishing …": the root is a participle between commas.
                heads[verb], heads[root] = -1, subject
                relations[verb], relations[root] = "root", "acl"
            else:
                heads[subject] = root
            return replace(tree, heads=tuple(heads), relations=tuple(relations))
    return tree


def _with_objects(tree: Tree, classes: WordClasses) -> Tree:
    """The tree with an object for each active verb that is followed by a noun without a preposition, and has none.

    "massacred more than forty people" and "set aside a request" are about something else without their last noun.
    """
    relations = list(tree.relations)
    for noun, relation in enumerate(tree.relations):
        verb = tree.heads[noun]
        if (
            relation in ("obl", "obl:unmarked")
            and 0 <= verb < noun
            and tree.tags[noun] in ("NOUN", "PROPN")
            and tree.tags[verb] == "VERB"
            and tree.words[noun].lower() not in classes.times | classes.days
            and not any(tree.relations[child] in ("case", "mark") for child in tree.children(noun))
            and not any(tree.relations[child] in _COMPLETE for child in tree.children(verb))
            and not any(tree.tags[word] not in _BEFORE_OBJECT for word in range(verb + 1, min(tree.subtree(noun))))
        ):
            relations[noun] = "obj"
    return tree if relations == list(tree.relations) else replace(tree, relations=tuple(relations))


def _with_one_subject(tree: Tree, classes: WordClasses) -> Tree:
    """The tree with one subject of a verb that has two: an office and a name, a noun and its phrase, an opener and a noun.

    "Prime Minister Ada Marsh said"; "the prizes for the Annual Skerry Games were given"; "Déçus du port, une cinquantaine de
    marins sont partis"; "Médecin de formation, Ada Marsh a été élue".
    """
    heads, relations = list(tree.heads), list(tree.relations)
    for first, second in pairwise(word for word in range(len(tree)) if tree.relations[word] in ("nsubj", "nsubj:pass")):
        if not second < tree.heads[second] == tree.heads[first] or tree.tags[first] == "PRON":
            continue
        if any(tree.relations[child] == "case" and child == first + 1 for child in tree.children(second)):
            heads[second], relations[second] = first, "nmod"
            continue
        opens = first == 0 and tree.tags[first] == "NOUN" and tree.tags[second] == "PROPN" and not classes.adjectives_first
        articles = [any(tree.relations[child] == "det" for child in tree.children(word)) for word in (first, second)]
        if second == first + 1 and tree.tags[second] == "PROPN":
            heads[second], relations[second] = first, "flat"
        elif (
            (articles == [False, True] or (articles == [False, False] and opens))
            and "," in tree.words[first:second]
            and tree.words[max(tree.subtree(second)) + 1] != ","
        ):
            relations[first] = "advcl"  # but not "Marsh, the mayor of Alder, has died"
    return tree if relations == list(tree.relations) else replace(tree, heads=tuple(heads), relations=tuple(relations))


def _without_subject_in_insertion(tree: Tree) -> Tree:
    """The tree with one subject of the root if the parser took a noun at the end of a relative clause for another.

    "Ada Marsh, who was the host of “Two Sea Dogs,” a popular show about ferries, died": the show belongs to the dogs.
    """
    root = tree.root
    subjects = [child for child in tree.children(root) if child < root and tree.relations[child].startswith("nsubj")]
    if len(subjects) != 2:
        return tree
    first, second = subjects
    clause = next((child for child in tree.children(first) if tree.relations[child] == "acl:relcl" and child < second), -1)
    phrase = tree.subtree(second)
    start = next((word for word in phrase if tree.tags[word] != "PUNCT"), second)
    noun = next((word for word in range(start - 1, clause, -1) if tree.tags[word] in ("NOUN", "PROPN")), -1)
    ends = max(phrase) < root and tree.words[max(phrase) + 1] == ","
    inserted = 0 < clause < noun and "," in tree.words[noun:start] and ends
    if not inserted or not all(tree.tags[word] == "PUNCT" for word in range(noun + 1, start)):
        return tree
    heads, relations = list(tree.heads), list(tree.relations)
    heads[second], relations[second] = noun, "appos"
    return replace(tree, heads=tuple(heads), relations=tuple(relations))


def _with_one_claim(tree: Tree) -> Tree:
    """The tree with one claim of a root that has two: "said that powder found in a hotel proved to be harmless".

    The first verb, right behind its noun, is a participle; the second has no subject of its own.
    """
    said = [child for child in tree.children(tree.root) if child > tree.root and tree.relations[child] == "ccomp"]
    if len(said) != 2:
        return tree
    first, second = said
    subject = next((child for child in tree.children(first) if tree.relations[child].startswith("nsubj")), -1)
    own = [tree.relations[child].partition(":")[0] for child in tree.children(second) if child < second]
    if subject != first - 1 or tree.tags[subject] == "PRON" or {"nsubj", "mark", "cc", "expl", "csubj"} & set(own):
        return tree
    if "," in tree.words[first:second]:
        return tree
    heads, relations = list(tree.heads), list(tree.relations)
    for child in tree.children(first):
        if child < first:
            heads[child] = second
    heads[first], relations[first] = subject, "acl"
    return replace(tree, heads=tuple(heads), relations=tuple(relations))


def _with_subject_of_reported_clause(tree: Tree, classes: WordClasses) -> Tree:
    """The tree with the noun after a root of saying as subject of the reported clause: "says a return … would be a loss".

    Such a verb has no object beside a clause without "that".
    """
    root = tree.root
    if tree.words[root].lower() not in classes.asserts:
        return tree
    noun = next((child for child in tree.children(root) if child > root and tree.relations[child] == "obj"), -1)
    said = next((child for child in tree.children(root) if child > noun and tree.relations[child] == "ccomp"), -1)
    if noun < 0 or said < 0 or any(tree.relations[child] == "mark" for child in tree.children(said)):
        return tree
    heads, relations = list(tree.heads), list(tree.relations)
    for child in tree.children(said):
        if tree.relations[child].startswith("nsubj"):
            if tree.tags[child] == "PRON":
                return tree
            heads[child], relations[child] = noun, "appos"
    heads[noun], relations[noun] = said, "nsubj"
    return replace(tree, heads=tuple(heads), relations=tuple(relations))


def _with_reported_clause(tree: Tree, classes: WordClasses) -> Tree:
    """The tree with the clause that opens with "that" as the complement of a root of saying that has none.

    Such a verb has no object, apart from the listener: "told the council that …".
    """
    root = tree.root
    complete = ("ccomp",) if tree.words[root].lower() in _TELL else ("ccomp", "obj")
    if tree.words[root].lower() not in classes.speech or any(
        tree.relations[child].startswith(complete) for child in tree.children(root)
    ):
        return tree
    for mark in range(root + 1, len(tree)):
        said = tree.heads[mark]
        if tree.words[mark].lower() not in classes.complements or tree.relations[mark] != "mark" or said < mark:
            continue
        if tree.relations[said].partition(":")[0] in ("advcl", "acl", "ccomp", "xcomp", "conj", "parataxis"):
            heads, relations = list(tree.heads), list(tree.relations)
            heads[said], relations[said] = root, "ccomp"
            return replace(tree, heads=tuple(heads), relations=tuple(relations))
        return tree
    return tree

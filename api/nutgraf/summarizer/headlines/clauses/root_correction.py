"""Corrects a tree whose root is not the verb of the main clause.

In long sentences of news, parsers take the subject, a participle, an opening phrase or an insertion for the root. Each
function corrects one of these mistakes. repairs.py calls them in their order.
"""

from dataclasses import replace

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses

SUBJECTS = ("nsubj", "csubj", "expl")
# Prepositions that are conjunctions as well: "after a protest" and "after a protest turned into a riot".
_ALSO_CONJUNCTIONS = frozenset("after before since until as".split())


def with_verb_as_root(tree: Tree, classes: WordClasses) -> Tree:
    """The tree with a verb as its root, if the parser took the subject for the root and the verb for a modifier of it.

    The new root is the first finite verb after the noun. If there is none, it may be a past form, in languages where such
    forms are also participles.
    """
    root = tree.root
    if tree.tags[root] not in ("NOUN", "PROPN") or any(tree.relations[child] == "cop" for child in tree.children(root)):
        return tree
    level = [child for child in tree.children(root) if child > root]
    for _ in range(2):
        for verb in level:
            finite = tree.tags[verb] == "VERB" and tree.verb_forms[verb] == "Fin" and tree.relations[verb] != "conj"
            if finite and not _is_subordinate(tree, verb):
                return _move_root(tree, verb)
        level = [child for parent in level for child in tree.children(parent) if child > parent]
    for verb in range(root + 1, len(tree)):
        if (
            classes.past_endings
            and tree.tags[verb] == "VERB"
            and tree.words[verb].lower().endswith(tuple(classes.past_endings))
        ):
            has_object = any(tree.relations[child] == "obj" and child > verb for child in tree.children(verb))
            if not _is_subordinate(tree, verb) and (has_object or _follows_noun(tree, verb)):
                return _move_root(tree, verb)
            break
    return tree


def _is_subordinate(tree: Tree, verb: int) -> bool:
    """Whether a verb has a subject, a relative pronoun or a conjunction of its own."""
    return any(
        tree.tags[child] in ("PRON", "SCONJ", "AUX") or tree.relations[child].startswith(("nsubj", "mark", "case"))
        for child in tree.children(verb)
        if child < verb
    )


def _follows_noun(tree: Tree, verb: int) -> bool:
    """Whether a noun or a date is before a verb, with nothing but an adverb or the end of a relative clause between."""
    before = verb - 1
    while before > 0 and tree.tags[before] == "ADV":
        before -= 1
    if tree.tags[before] == "NUM":
        return tree.tags[before - 1] == "PROPN"
    closes = tree.words[before] in (",", '"', "”") and tree.words[tree.root + 1] == ","
    while closes and before > 0 and tree.words[before] in (",", '"', "”"):
        before -= 1
    return tree.tags[before] in ("NOUN", "PROPN")


def _move_root(tree: Tree, verb: int) -> Tree:
    """The tree with a verb as its root: what is before it on the old root is its subject, the rest is the verb's."""
    root = tree.root
    subject = set(tree.subtree(root)) - set(range(verb, len(tree)))
    heads, relations = list(tree.heads), list(tree.relations)
    for position, head in enumerate(tree.heads):
        if (head == root and position > verb) or (head in subject and position > verb):
            heads[position] = verb
        elif position < verb and head > verb:
            heads[position] = root if position != root else verb
        elif position < verb and head == verb and tree.relations[position] not in ("advmod", "aux"):
            heads[position] = root
    heads[verb], heads[root] = -1, verb
    relations[verb], relations[root] = "root", "nsubj"
    for position in range(verb + 1, len(tree)):
        if heads[position] == verb and tree.heads[position] != verb:
            noun = relations[position].partition(":")[0] in ("nmod", "conj", "appos", "compound", "flat")
            cased = any(relations[child] == "case" and heads[child] == position for child in range(verb, position))
            if noun and tree.relations[position].partition(":")[0] != "conj":
                relations[position] = (
                    "obl" if cased else "obj" if position == _first_noun(tree, verb) else relations[position]
                )
            elif relations[position].startswith("acl"):
                relations[position] = "advcl"
    return replace(tree, heads=tuple(heads), relations=tuple(relations))


def _first_noun(tree: Tree, verb: int) -> int:
    """The head of the noun phrase that follows a verb; -1 if none does."""
    for position in range(verb + 1, len(tree)):
        if tree.tags[position] in ("NOUN", "PROPN") and not verb < tree.heads[position] < len(tree):
            return position
        if tree.tags[position] in ("ADP", "VERB", "PUNCT", "SCONJ"):
            break
    return -1


def with_participle_as_verb(tree: Tree, classes: WordClasses) -> Tree:
    """The tree with a past form as its root if the parser took it for a participle before the object.

    "An official accused Alder leaders of fraud": what is before the past form is its subject.
    """
    root = tree.root
    children = tree.children(root)
    if tree.tags[root] not in ("NOUN", "PROPN") or not classes.past_endings:
        return tree
    if any(tree.relations[child].startswith(("cop", "case", "mark")) for child in children):
        return tree
    for verb in children:
        subject = verb - 1
        if (
            0 < verb < root
            and tree.tags[verb] == "VERB"
            and tree.relations[verb] == "amod"
            and tree.words[verb].lower().endswith(tuple(classes.past_endings))
            and subject in children
            and tree.tags[subject] in ("NOUN", "PROPN")
            and tree.relations[subject] in ("nsubj", "nsubj:pass", "compound", "nmod")
        ):
            heads, relations, forms = list(tree.heads), list(tree.relations), list(tree.verb_forms)
            heads[verb], heads[subject], heads[root] = -1, verb, verb
            relations[verb], relations[subject], relations[root], forms[verb] = "root", "nsubj", "obj", "Fin"
            for child in children:
                if child < subject:
                    heads[child] = subject
                elif child > root and tree.relations[child] in ("nmod", "punct"):
                    heads[child], relations[child] = verb, "obl" if tree.relations[child] == "nmod" else "punct"
            return replace(tree, heads=tuple(heads), relations=tuple(relations), verb_forms=tuple(forms))
    return tree


def with_noun_read_as_verb(tree: Tree, classes: WordClasses) -> Tree:
    """The tree with a noun as its root read as a verb if it has a subject and an infinitive: "The firm plans to …"."""
    root = tree.root
    children = tree.children(root)
    relations = [tree.relations[child].partition(":")[0] for child in children]
    if not classes.past_endings or tree.tags[root] != "NOUN" or "cop" in relations or "nsubj" not in relations:
        return tree
    infinitive = next((child for child in children if child > root and tree.verb_forms[child] == "Inf"), None)
    if infinitive is None or not tree.words[root].endswith("s") or children[relations.index("nsubj")] > root:
        return tree
    tags, forms, relations_ = list(tree.tags), list(tree.verb_forms), list(tree.relations)
    tags[root], forms[root], relations_[infinitive] = "VERB", "Fin", "xcomp"
    heads = list(tree.heads)
    subject = children[relations.index("nsubj")]
    for child in children:
        if subject < child < root:
            heads[child] = subject  # what is taken for a modifier of the noun belongs to the subject
    return replace(tree, tags=tuple(tags), verb_forms=tuple(forms), heads=tuple(heads), relations=tuple(relations_))


def with_first_clause_as_root(tree: Tree) -> Tree:
    """The tree with the first clause as its root if the parser took a later verb for it, which has no subject."""
    root = tree.root
    if any(tree.relations[child].startswith(SUBJECTS) for child in tree.children(root)):
        return tree
    for verb in tree.children(root):
        if verb > root:
            break
        relation = tree.relations[verb].partition(":")[0]
        below = {tree.relations[child].partition(":")[0]: child for child in tree.children(verb)}
        participle = (
            tree.verb_forms[verb] != "Fin" and tree.words[verb - 1] == ","
        )  # "Bruises, splashed on front pages, are …"
        states = tree.tags[verb] == "VERB" and tree.verb_forms[verb] in ("Fin", "Part", "") and not participle
        if (
            relation in ("advcl", "obl", "ccomp", "parataxis", "dep")
            and (states or "cop" in below)
            and "mark" not in below
            and below.get("nsubj", verb) < verb
        ):
            heads, relations = list(tree.heads), list(tree.relations)
            heads[verb], heads[root] = -1, verb
            relations[verb], relations[root] = "root", "advcl"
            for child in tree.children(root):
                if child < root and child != verb:
                    heads[child] = verb
            opener = next((word for word in range(root - 1, verb, -1) if tree.words[word] in _ALSO_CONJUNCTIONS), verb)
            if opener > verb and verb < heads[opener] < root:
                subject = heads[opener]
                heads[subject], relations[subject] = root, "nsubj"
                heads[opener], relations[opener] = root, "mark"
            return replace(tree, heads=tuple(heads), relations=tuple(relations))
    return tree


def without_participle_as_root(tree: Tree) -> Tree:
    """The tree with the finite verb as its root if the parser took a participle of the subject for it.

    "A boat carrying 500 people capsized" and "Escaped convict Ada Marsh was captured".
    """
    root = tree.root
    children = tree.children(root)
    if tree.tags[root] != "VERB" or any(tree.relations[child].startswith(("aux", "cop", "mark")) for child in children):
        return tree
    before = [child for child in children if child < root and tree.relations[child].startswith("nsubj")]
    opens = root == 0 and tree.verb_forms[root] != "Inf"
    subject = next((child for child in children if tree.relations[child] == "obj"), -1) if opens else max(before, default=-1)
    if subject < 0 or not (opens or tree.verb_forms[root] in ("Ger", "Part")):
        return tree
    for verb in children:
        below = tree.children(verb)
        helpers = [child for child in below if tree.relations[child].startswith("aux")]
        if (
            verb > max(root, subject)
            and tree.tags[verb] == "VERB"
            and tree.relations[verb].partition(":")[0] in ("advcl", "ccomp", "parataxis", "conj")
            and (bool(helpers) if opens else tree.verb_forms[verb] in ("Fin", "Part") or bool(helpers))
            and not any(tree.relations[child].startswith((*SUBJECTS, "mark", "cc")) for child in below if child < verb)
            and not any(tree.words[word] in (",", ";", ":") for word in range(subject, min((verb, *helpers))))
        ):
            heads, relations = list(tree.heads), list(tree.relations)
            heads[verb], heads[subject], heads[root] = -1, verb, subject
            relations[verb], relations[subject], relations[root] = "root", "nsubj", "amod" if opens else "acl"
            for child in children:
                if child > verb and child != subject:
                    heads[child] = verb
            return replace(tree, heads=tuple(heads), relations=tuple(relations))
    return tree


def without_opener_as_root(tree: Tree) -> Tree:
    """The tree with the clause after an opening phrase as its root if the parser took a verb in the phrase for it.

    "Amid calls for openness, the justices released their reports": "calls" has a preposition, so it is no verb.
    """
    root = tree.root
    children = tree.children(root)
    has_case = any(tree.relations[child] == "case" and child < root for child in children)
    if not has_case or any(tree.relations[child].startswith(("cop", *SUBJECTS)) for child in children):
        return tree
    for verb in children:
        subjects = [child for child in tree.children(verb) if tree.relations[child].startswith("nsubj")]
        if verb > root and tree.tags[verb] == "VERB" and tree.relations[verb] in ("conj", "parataxis", "ccomp") and subjects:
            heads, relations = list(tree.heads), list(tree.relations)
            heads[verb], heads[root] = -1, verb
            relations[verb], relations[root] = "root", "obl"
            return replace(tree, heads=tuple(heads), relations=tuple(relations))
    return tree


def without_insertion_as_root(tree: Tree, classes: WordClasses) -> Tree:
    """The tree with the second of two verbs as its root if the first one belongs to an insertion after the subject.

    "Ada Marsh, whose looks helped her win roles, has died" and "Ada Marsh, the athlete turned suspect, must appear": the
    parser joins both verbs as if "and" stood between them. What the insertion says may also be a noun: "Two sailors, who by
    their own admission are bad swimmers, crossed the bay".
    """
    root = tree.root
    subject = next((child for child in tree.children(root) if tree.relations[child].startswith("nsubj")), root)
    opens = [word for word in range(subject + 2, root) if tree.words[word - 1] == ","]
    relative = next((word for word in opens if tree.words[word].lower() in classes.relatives), root)
    inserts = relative < root or any(tree.tags[word] == "DET" for word in opens)
    for verb in tree.children(root) if inserts else ():
        first = min((verb, *(below for below in tree.children(verb) if tree.tags[below] in ("AUX", "ADV"))))
        if (
            verb > root
            and (tree.relations[verb] == "conj" or (tree.relations[verb] == "parataxis" and relative < root))
            and tree.tags[verb] == "VERB"
            and tree.words[first - 1] == ","
            and not any(tree.relations[below].startswith(("nsubj", "cc")) for below in tree.children(verb))
        ):
            heads, relations = list(tree.heads), list(tree.relations)
            heads[verb], heads[root], heads[subject] = -1, subject, verb
            relations[verb], relations[root] = "root", "acl:relcl"
            for child in tree.children(subject):
                if relative < child < root:
                    heads[child] = root  # "by their own admission"
            return replace(tree, heads=tuple(heads), relations=tuple(relations))
    return tree

"""Tree -> the tree with the verb of the main clause as its root, with its subject and with what is said.

Parsers make a few mistakes again and again in long sentences of news. Each function mends one of them.
"""

from dataclasses import replace
from itertools import pairwise

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.attachments import with_demanded_phrases
from nutgraf.summarizer.headlines.word_classes import WordClasses

_SUBJECTS = ("nsubj", "csubj", "expl")
# A verb with one of these has its object, or can't have one.
_COMPLETE = frozenset({"obj", "ccomp", "xcomp", "aux:pass", "nsubj:pass", "obl:agent"})
# What stands between a verb and its object beside the words of the object: "set aside".
_BEFORE_OBJECT = frozenset({"ADP", "ADV"})
# Prepositions that are conjunctions as well: "after a protest" and "after a protest turned into a riot".
_ALSO_CONJUNCTIONS = frozenset("after before since until as".split())


def repaired(tree: Tree, classes: WordClasses) -> Tree:
    """Returns the tree without the mistakes that are known; the same tree if it has none of them."""
    tree = with_verb_as_root(_with_noun_read_as_verb(tree, classes), classes)
    tree = _without_insertion_as_root(_without_opener_as_root(_without_participle_as_root(tree)), classes)
    tree = _with_subject_of_what_is_said(_with_one_claim(_with_one_subject(tree)), classes)
    tree = _with_clauses_at_second_verb(_with_its_subject(_with_first_clause_as_root(tree)))
    return with_demanded_phrases(_with_objects(_with_what_is_said(tree, classes), classes), classes)


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
            finite = tree.tags[verb] == "VERB" and tree.forms[verb] == "Fin" and tree.relations[verb] != "conj"
            if finite and not _is_subordinate(tree, verb):
                return _rerooted(tree, verb)
        level = [child for parent in level for child in tree.children(parent) if child > parent]
    for verb in range(root + 1, len(tree)):
        if tree.tags[verb] == "VERB" and tree.words[verb].lower().endswith(tuple(classes.past_endings)):
            if classes.past_endings and not _is_subordinate(tree, verb) and _follows_noun(tree, verb):
                return _rerooted(tree, verb)
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
    """Whether a noun or a date stands before a verb, with nothing but an adverb or the end of a relative clause between."""
    before = verb - 1
    while before > 0 and tree.tags[before] == "ADV":
        before -= 1
    if tree.tags[before] == "NUM":
        return tree.tags[before - 1] == "PROPN"
    closes = tree.words[before] in (",", '"', "”") and tree.words[tree.root + 1] == ","
    while closes and before > 0 and tree.words[before] in (",", '"', "”"):
        before -= 1
    return tree.tags[before] in ("NOUN", "PROPN")


def _rerooted(tree: Tree, verb: int) -> Tree:
    """The tree with a verb as its root: what stands before it on the old root is its subject, the rest is the verb's."""
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


def _with_noun_read_as_verb(tree: Tree, classes: WordClasses) -> Tree:
    """The tree with a noun as its root read as a verb if it has a subject and an infinitive: "The firm plans to …"."""
    root = tree.root
    children = tree.children(root)
    relations = [tree.relations[child].partition(":")[0] for child in children]
    if not classes.past_endings or tree.tags[root] != "NOUN" or "cop" in relations or "nsubj" not in relations:
        return tree
    infinitive = next((child for child in children if child > root and tree.forms[child] == "Inf"), None)
    if infinitive is None or not tree.words[root].endswith("s") or children[relations.index("nsubj")] > root:
        return tree
    tags, forms, relations_ = list(tree.tags), list(tree.forms), list(tree.relations)
    tags[root], forms[root], relations_[infinitive] = "VERB", "Fin", "xcomp"
    heads = list(tree.heads)
    subject = children[relations.index("nsubj")]
    for child in children:
        if subject < child < root:
            heads[child] = subject  # what is taken for a modifier of the noun belongs to the subject
    return replace(tree, tags=tuple(tags), forms=tuple(forms), heads=tuple(heads), relations=tuple(relations_))


def _with_first_clause_as_root(tree: Tree) -> Tree:
    """The tree with the first clause as its root if the parser took a later verb for it, which has no subject."""
    root = tree.root
    if any(tree.relations[child].startswith(_SUBJECTS) for child in tree.children(root)):
        return tree
    for verb in tree.children(root):
        if verb > root:
            break
        relation = tree.relations[verb].partition(":")[0]
        below = {tree.relations[child].partition(":")[0]: child for child in tree.children(verb)}
        participle = tree.forms[verb] != "Fin" and tree.words[verb - 1] == ","  # "Bruises, splashed on front pages, are …"
        states = tree.tags[verb] == "VERB" and tree.forms[verb] in ("Fin", "Part", "") and not participle
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


def _without_participle_as_root(tree: Tree) -> Tree:
    """The tree with the finite verb as its root if the parser took a participle of the subject for it.

    "A boat carrying 500 people capsized" and "Escaped convict Ada Marsh was captured".
    """
    root = tree.root
    children = tree.children(root)
    if tree.tags[root] != "VERB" or any(tree.relations[child].startswith(("aux", "cop", "mark")) for child in children):
        return tree
    before = [child for child in children if child < root and tree.relations[child].startswith("nsubj")]
    opens = root == 0 and tree.forms[root] != "Inf"
    subject = next((child for child in children if tree.relations[child] == "obj"), -1) if opens else max(before, default=-1)
    if subject < 0 or not (opens or tree.forms[root] in ("Ger", "Part")):
        return tree
    for verb in children:
        below = tree.children(verb)
        helpers = [child for child in below if tree.relations[child].startswith("aux")]
        if (
            verb > max(root, subject)
            and tree.tags[verb] == "VERB"
            and tree.relations[verb].partition(":")[0] in ("advcl", "ccomp", "parataxis", "conj")
            and (bool(helpers) if opens else tree.forms[verb] in ("Fin", "Part") or bool(helpers))
            and not any(tree.relations[child].startswith((*_SUBJECTS, "mark", "cc")) for child in below if child < verb)
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


def _without_opener_as_root(tree: Tree) -> Tree:
    """The tree with the clause after an opening phrase as its root if the parser took a verb in the phrase for it.

    "Amid calls for openness, the justices released their reports": "calls" has a preposition, so it is no verb.
    """
    root = tree.root
    children = tree.children(root)
    has_case = any(tree.relations[child] == "case" and child < root for child in children)
    if not has_case or any(tree.relations[child].startswith(("cop", *_SUBJECTS)) for child in children):
        return tree
    for verb in children:
        subjects = [child for child in tree.children(verb) if tree.relations[child].startswith("nsubj")]
        if verb > root and tree.tags[verb] == "VERB" and tree.relations[verb] in ("conj", "parataxis", "ccomp") and subjects:
            heads, relations = list(tree.heads), list(tree.relations)
            heads[verb], heads[root] = -1, verb
            relations[verb], relations[root] = "root", "obl"
            return replace(tree, heads=tuple(heads), relations=tuple(relations))
    return tree


def _without_insertion_as_root(tree: Tree, classes: WordClasses) -> Tree:
    """The tree with the second of two verbs as its root if the first one belongs to an insertion after the subject.

    "Ada Marsh, whose looks helped her win roles, has died" and "Ada Marsh, the athlete turned suspect, must appear": the
    parser joins both verbs as if "and" stood between them.
    """
    root = tree.root
    subject = next((child for child in tree.children(root) if tree.relations[child].startswith("nsubj")), root)
    inserts = any(
        tree.words[word - 1] == "," and (tree.words[word].lower() in classes.relatives or tree.tags[word] == "DET")
        for word in range(subject + 2, root)
    )
    for verb in tree.children(root) if inserts else ():
        first = min((verb, *(below for below in tree.children(verb) if tree.tags[below] in ("AUX", "ADV"))))
        if (
            verb > root
            and tree.relations[verb] == "conj"
            and tree.tags[verb] == "VERB"
            and tree.words[first - 1] == ","
            and not any(tree.relations[below].startswith(("nsubj", "cc")) for below in tree.children(verb))
        ):
            heads, relations = list(tree.heads), list(tree.relations)
            heads[verb], heads[root], heads[subject] = -1, subject, verb
            relations[verb], relations[root] = "root", "acl:relcl"
            return replace(tree, heads=tuple(heads), relations=tuple(relations))
    return tree


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


def _with_its_subject(tree: Tree) -> Tree:
    """The tree with one verb for root and subject.

    That is needed if the parser gave the subject to a verb that follows the root, or another relation to what opens the
    sentence.
    """
    root = tree.root
    children = tree.children(root)
    if tree.tags[root] != "VERB" or any(tree.relations[child].startswith(_SUBJECTS) for child in children):
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


def _with_one_subject(tree: Tree) -> Tree:
    """The tree with one subject of a verb that has two: an office and a name, or an opener and a noun with an article.

    "Prime Minister Ada Marsh said"; "Déçus du port, une cinquantaine de marins sont partis".
    """
    heads, relations = list(tree.heads), list(tree.relations)
    for first, second in pairwise(word for word in range(len(tree)) if tree.relations[word] == "nsubj"):
        if not second < tree.heads[second] == tree.heads[first] or tree.tags[first] == "PRON":
            continue
        articles = [any(tree.relations[child] == "det" for child in tree.children(word)) for word in (first, second)]
        if second == first + 1 and tree.tags[second] == "PROPN":
            heads[second], relations[second] = first, "flat"
        elif (
            articles == [False, True]
            and "," in tree.words[first:second]
            and tree.words[max(tree.subtree(second)) + 1] != ","
        ):
            relations[first] = "advcl"  # but not "Marsh, the mayor of Alder, has died"
    return tree if relations == list(tree.relations) else replace(tree, heads=tuple(heads), relations=tuple(relations))


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


def _with_subject_of_what_is_said(tree: Tree, classes: WordClasses) -> Tree:
    """The tree with the noun after a root of saying as the subject of what is said: "says a return … would be a loss".

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


def _with_what_is_said(tree: Tree, classes: WordClasses) -> Tree:
    """The tree with the clause that opens with "that" as the complement of a root of saying that has none."""
    root = tree.root
    if tree.words[root].lower() not in classes.speech or any(
        tree.relations[child].startswith(("ccomp", "obj")) for child in tree.children(root)
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

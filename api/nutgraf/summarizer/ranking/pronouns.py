"""Tree -> whether one of its pronouns stands for somebody whom the sentence does not name."""

from collections.abc import Set

from nutgraf.summarizer.grammar import Tree

# What a pronoun may stand for: subjects, objects and what hangs on them. Adverbials are mostly times and places.
_ANTECEDENTS = frozenset(
    {"nsubj", "nsubj:pass", "obj", "iobj", "root", "conj", "appos", "nmod", "nmod:poss", "obl:agent", "flat", "compound"}
)
_NOUNS = frozenset({"NOUN", "PROPN"})
_PRONOUNS = frozenset({"PRON", "DET"})
_FRONTED = frozenset({"advcl", "obl", "advmod", "parataxis"})


def has_dangling_pronoun(tree: Tree, pronouns: Set[str], times: Set[str]) -> bool:
    """Returns whether the first of the `pronouns` has no noun before it that it may stand for.

    A noun of `times` is none. In an adverbial clause at the head of a sentence, a pronoun may stand for the subject after
    it: "When he was elected, Ade Marsh promised".
    """
    lower = [word.lower() for word in tree.words]
    for position, word in enumerate(lower):
        if word in pronouns and tree.tags[position] in _PRONOUNS:
            return not (_has_noun_before(tree, lower, position, times) or _stands_for_subject(tree, position))
    return False


def _has_noun_before(tree: Tree, lower: list[str], position: int, times: Set[str]) -> bool:
    return any(
        tree.tags[other] in _NOUNS and tree.relations[other] in _ANTECEDENTS and lower[other] not in times
        and tree.heads[position] != other
        for other in range(position)
    )  # fmt: skip


def _stands_for_subject(tree: Tree, position: int) -> bool:
    root, here = tree.root, position
    while tree.heads[here] not in (root, -1):
        here = tree.heads[here]
    fronted = here != root and here < root and tree.relations[here].partition(":")[0] in _FRONTED
    return fronted and any(
        tree.relations[child].startswith("nsubj") and tree.tags[child] in _NOUNS and child > position
        for child in tree.children(root)
    )

"""Tree of a sentence -> whether its first pronoun refers to somebody whom the sentence does not name."""

from collections.abc import Set

from nutgraf.summarizer.grammar import Tree

# The relations of nouns that a pronoun may refer to: subjects, objects and what depends on them. Adverbials do not count,
# because most are times and places.
_ANTECEDENTS = frozenset(
    {"nsubj", "nsubj:pass", "obj", "iobj", "root", "conj", "appos", "nmod", "nmod:poss", "obl:agent", "flat", "compound"}
)
_NOUNS = frozenset({"NOUN", "PROPN"})
_PRONOUNS = frozenset({"PRON", "DET"})
_FRONTED = frozenset({"advcl", "obl", "advmod", "parataxis"})


def has_dangling_pronoun(tree: Tree, pronouns: Set[str], times: Set[str]) -> bool:
    """Returns whether the first of the `pronouns` in a sentence has no noun that it may refer to.

    The noun must stand before the pronoun; nouns in `times` do not count. A pronoun in an adverbial clause that opens the
    sentence may also refer to the subject after it: "When he was elected, Ade Marsh promised".
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

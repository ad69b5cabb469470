"""Finds sentences whose first pronoun refers to somebody whom the sentence does not name."""

from collections.abc import Iterator, Set
from typing import NamedTuple

from nutgraf.summarizer.grammar import Tree

# The relations of nouns that a pronoun may refer to: subjects, objects and what depends on them. Adverbials do not count,
# because most are times and places.
_ANTECEDENTS = frozenset(
    {"nsubj", "nsubj:pass", "obj", "iobj", "root", "conj", "appos", "nmod", "nmod:poss", "obl:agent", "flat", "compound"}
)
_NOUNS = frozenset({"NOUN", "PROPN"})
_PRONOUNS = frozenset({"PRON", "DET"})
_OBJECTS = frozenset({"obj", "iobj", "obl"})
_PARTS = frozenset({"compound", "flat"})
_FRONTED = frozenset({"advcl", "obl", "advmod", "parataxis"})


class Pronouns(NamedTuple):
    """The pronouns of a language for persons, and those of them for one person, in lower case.

    Nouns in `times` are not persons. Nouns with one of the `plural_endings` are plurals; some languages have none.
    """

    persons: Set[str]
    singular: Set[str]
    times: Set[str]
    plural_endings: tuple[str, ...]


def has_dangling_pronoun(tree: Tree, pronouns: Pronouns) -> bool:
    """Returns whether the first pronoun for a person in a sentence has no noun that it may refer to.

    The noun must be before the pronoun, and not be a plural if the pronoun is singular: "Officials say he resigned".
    The pronoun as object of a verb does not refer to its subject: "A judge ordered her held". A pronoun in an adverbial
    clause that opens the sentence may also refer to the subject after it: "When he was elected, Ade Marsh promised".
    """
    lower = [word.lower() for word in tree.words]
    for position, word in enumerate(lower):
        if word in pronouns.persons and tree.tags[position] in _PRONOUNS:
            return not (_has_noun_before(tree, lower, position, pronouns) or _stands_for_subject(tree, position))
    return False


def _has_noun_before(tree: Tree, lower: list[str], position: int, pronouns: Pronouns) -> bool:
    is_singular = lower[position] in pronouns.singular
    return any(
        tree.tags[other] in _NOUNS and tree.relations[other] in _ANTECEDENTS and lower[other] not in pronouns.times
        and tree.heads[position] != other
        and not (is_singular and tree.tags[other] == "NOUN" and not _may_be_one_person(tree, other, position, pronouns))
        and not _is_subject_of_object(tree, other, position)
        for other in range(position)
    )  # fmt: skip


def _may_be_one_person(tree: Tree, noun: int, pronoun: int, pronouns: Pronouns) -> bool:
    """Whether a common noun may denote one person: not a plural, and not "public" in "members of the public think he"."""
    if tree.words[noun].lower().endswith(pronouns.plural_endings):
        return False
    return tree.relations[noun] != "nmod" or noun in _ancestors(tree, pronoun)


def _ancestors(tree: Tree, position: int) -> Iterator[int]:
    while (position := tree.heads[position]) >= 0:
        yield position


def _is_subject_of_object(tree: Tree, noun: int, pronoun: int) -> bool:
    """Whether a noun is the subject of the verb whose object the pronoun is, or a part of its name."""
    while tree.relations[noun] in _PARTS:
        noun = tree.heads[noun]
    return (
        tree.relations[noun] == "nsubj" and tree.relations[pronoun] in _OBJECTS and tree.heads[noun] == tree.heads[pronoun]
    )


def _stands_for_subject(tree: Tree, position: int) -> bool:
    root, here = tree.root, position
    while tree.heads[here] not in (root, -1):
        here = tree.heads[here]
    fronted = here != root and here < root and tree.relations[here].partition(":")[0] in _FRONTED
    return fronted and any(
        tree.relations[child].startswith("nsubj") and tree.tags[child] in _NOUNS and child > position
        for child in tree.children(root)
    )

"""Checks the pronouns of kept words: each needs its noun, and a possessive its owner.

The rules use words and parts of speech besides the tree, because a wrong tree must not make a wrong headline.
"""

from collections.abc import Collection

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.checks.clause_checks import kept_subjects
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses


def has_references(
    spans: Spans, verb: int, kept: frozenset[int], omitted: frozenset[int], words: list[int], classes: WordClasses
) -> bool:
    """Whether the headline explains each of its pronouns, possessives and demonstratives; those of quotations may stay.

    `words` are the kept words without marks, in order; `omitted` are words that headlines omit, such as articles.
    """
    has_subject = bool(kept_subjects(spans, verb, kept))
    return not any(
        spans.lower[position] in classes.latter  # the sentence says of which two
        or _points_back(spans, position, classes)
        or (
            not spans.quotation(position)
            and _lacks_noun(spans, verb, position, kept, omitted, words, classes, has_subject=has_subject)
        )
        for position in words
    )


def _lacks_noun(
    spans: Spans,
    verb: int,
    position: int,
    kept: frozenset[int],
    omitted: frozenset[int],
    words: list[int],
    classes: WordClasses,
    *,
    has_subject: bool,
) -> bool:
    """Whether a word is a pronoun or a possessive whose noun is not in the headline."""
    tree, lower = spans.tree, spans.lower[position]
    if lower in classes.first_and_second_person:
        return True
    is_subject = tree.relations[position].startswith("nsubj")
    possessive = lower in classes.possessives and tree.relations[position] == "nmod:poss"  # "her" is not always one
    pronoun = (
        tree.tags[position] == "PRON"
        and lower in classes.pronouns
        and not possessive
        and not tree.relations[position].startswith("expl")
    )
    if pronoun and lower in classes.reflexives and has_subject:
        return False
    unbound = lower in classes.unbound and not is_subject
    if pronoun and (unbound or lower in classes.universals or lower == "both" or _of_main_clause(tree, position, verb)):
        return True
    nouns = [noun for noun in words if noun < position and tree.tags[noun] in ("NOUN", "PROPN")]
    if pronoun and (not nouns or (is_subject and _loses_person(spans, position, kept | omitted, classes))):
        return True
    if lower in classes.possessives and (
        all(_modifies(tree, position, noun) for noun in nouns) or _loses_owner(spans, verb, position, kept, classes)
    ):
        return True
    # "There is a fascination in Alder with his voyages"
    return possessive and any(tree.relations[child] == "expl" and child in kept for child in spans.children[verb])


def _of_main_clause(tree: Tree, position: int, verb: int) -> bool:
    """Whether a pronoun is an object of the main verb: its noun is then not the subject, and not in the headline."""
    here = position
    while here >= 0 and tree.heads[here] != verb:
        if tree.relations[here].partition(":")[0] in ("ccomp", "xcomp", "advcl", "acl", "conj", "parataxis"):
            return False
        here = tree.heads[here]
    return here >= 0 and tree.relations[here].partition(":")[0] in ("obj", "iobj", "obl")


def _modifies(tree: Tree, possessive: int, noun: int) -> bool:
    """Whether a possessive is in the phrase of a noun, which is then not its owner: "the fate of her parents".

    A verb between them makes a clause about the noun: "a boy who lost his parents". A joined noun is beside it: "a teacher
    and her son".
    """
    here = possessive
    while here != noun:
        if tree.relations[here] == "conj":
            return False
        here = tree.heads[here]
        if here < 0 or tree.tags[here] in ("VERB", "AUX"):
            return False
    return True


def _loses_owner(spans: Spans, verb: int, possessive: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether a name between the first noun that stays and a possessive is missing: the possessive may be its.

    Of a clause that is not the first one, the name may be anywhere before it: "[Ada Marsh left, and] a panel postponed her
    hearing".
    """
    tree = spans.tree
    nouns = [word for word in kept if tree.tags[word] in ("NOUN", "PROPN")]
    named = any(tree.relations[word].startswith("nsubj") and tree.tags[word] == "PROPN" for word in spans.children[verb])
    predicate = tree.heads[possessive] == verb  # "was at his side"
    first = min(nouns) if (verb == tree.root or named) and not predicate else -1
    return any(
        tree.tags[word] == "PROPN" and word not in kept and spans.lower[word] not in classes.days
        for word in range(first + 1, possessive)
    )


def _loses_person(spans: Spans, pronoun: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether a person is missing for whom a pronoun may stand: "Low[, an aide of Mayor Ada Marsh,] said she should go"."""
    tree, first = spans.tree, min(kept)
    return any(
        spans.lower[word - 1] in classes.offices
        and tree.tags[word] == "PROPN"
        and word not in kept
        and word + 1 < len(tree)
        and tree.relations[word + 1].startswith("flat")
        for word in range(first + 1, pronoun)
    )


def _points_back(spans: Spans, position: int, classes: WordClasses) -> bool:
    """Whether a word is a demonstrative before a noun that the headline does not explain: "that declaration"."""
    tree, head = spans.tree, spans.tree.heads[position]
    if tree.tags[position] != "DET" or head < 0 or spans.quotation(position):
        return False
    return spans.lower[position] in classes.demonstratives and spans.lower[head] not in classes.times

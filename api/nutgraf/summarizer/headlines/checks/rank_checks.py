"""Checks whether a rank has all that makes it true: "the first writer [to win it]", "the third ferry [with a sail]"."""

from collections.abc import Collection

from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses


def keeps_ranks(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Returns whether each rank among the kept words has its act, its group, its place and its period.

    `words` are the kept words without marks, in order.
    """
    return not _loses_rank(spans, words, classes) and not _loses_group_of_rank(spans, words, classes)


def _loses_rank(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether a rank has lost its act: "the first writer in Portuguese [to win the prize]"."""
    tree, kept = spans.tree, set(words)
    ranks = (
        word
        for word in words
        if spans.lower[word] in classes.ranks - {"least", "most"} and tree.tags[word] == "ADJ" and word + 1 < len(tree)
    )
    rank = next((word for word in ranks if not spans.glued(word, word + 1)), None)  # not "last-minute"
    if rank is None:
        return False
    for word in range(rank + 1, len(tree) - 1):
        another = any(spans.lower[after] in classes.ranks for after in range(word, min(word + 3, len(tree))))
        if tree.tags[word] == "CCONJ" and another:
            continue  # "the first mayor and the first judge to …"
        if spans.texts[word] in (",", ";", ":") or tree.tags[word] in ("VERB", "AUX", "CCONJ"):
            return False
        head = tree.heads[word]
        infinitives = [head, *(child for child in spans.children[head] if tree.relations[child] == "cop")]  # "to be a judge"
        marks = tree.tags[word] == "PART" and tree.relations[word] == "mark"
        if marks and any(tree.verb_forms[verb] == "Inf" for verb in infinitives):
            return word not in kept
    return False


def _loses_group_of_rank(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether a noun with a rank has lost the phrase that says among whom: "the third ferry [with a sail]".

    Only a phrase right behind the noun counts, and none of time or cause, which says nothing about the rank. A noun with a
    preposition of its own is a set phrase at times: "of first rank".
    """
    tree, kept = spans.tree, set(words)
    for noun in words:
        after = noun + 1
        ranked = any(
            tree.relations[child] == "amod" and child < noun and _ranks(spans, child, noun, classes)
            for child in spans.children[noun]
        )
        in_phrase = any(tree.relations[child] == "case" for child in spans.children[noun])
        if not ranked or in_phrase or tree.tags[noun] != "NOUN" or spans.lower[noun] in classes.times:
            continue
        if after in kept and tree.relations[after] == "acl":
            after += 1  # "the first ferry built [for the island]"
        if (
            after + 1 < len(tree)
            and tree.tags[after] == "ADP"
            and after not in kept
            and not _opens_time(spans, after, classes)
        ):
            return True
        if _loses_scope_of_rank(spans, noun, kept, classes):
            return True
    return False


def _loses_scope_of_rank(spans: Spans, noun: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether it is missing where, or since when, a rank holds: "its first search [in Skerry since the storm]"."""
    tree = spans.tree
    for word in range(noun + 1, len(tree)):
        ends = spans.texts[word] in (",", ";", ":") or tree.verb_forms[word] == "Fin"
        if ends or (tree.tags[word] == "CCONJ" and word not in kept):
            return False
        if word in kept or tree.tags[word] not in ("ADP", "SCONJ"):
            continue
        name = tree.heads[word]
        place = tree.tags[name] == "PROPN" and tree.heads[name] == noun and not _opens_time(spans, word, classes)
        if spans.lower[word] in classes.since_words or place:
            return True
    return False


def _ranks(spans: Spans, adjective: int, noun: int, classes: WordClasses) -> bool:
    """Whether an adjective says how its noun stands among others: "third", "the most bitter"."""
    if spans.lower[adjective] in classes.ranks:
        return True
    degrees = {spans.lower[child] for child in spans.children[adjective] if child < adjective}
    definite = any(spans.lower[child] in classes.definite_articles for child in spans.children[noun])
    return definite and bool(degrees & classes.ranks)


def _opens_time(spans: Spans, preposition: int, classes: WordClasses) -> bool:
    """Whether the phrase that a preposition opens is a time or a circumstance: "on Monday", "after a storm"."""
    if spans.lower[preposition] in classes.loose - {"in"}:
        return True
    head = spans.tree.heads[preposition]
    return spans.lower[head] in classes.times | classes.days or spans.lower[preposition + 1] in classes.days

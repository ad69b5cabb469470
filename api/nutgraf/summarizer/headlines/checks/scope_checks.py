"""Rejects headlines that generalize: a restriction of the sentence is missing, or a phrase now modifies the wrong noun.

Restrictions say of which group a number is true, in which year something was so, or that it is so "for now".
"""

import re
from collections.abc import Collection
from itertools import pairwise

from nutgraf.summarizer.headlines.clauses.part_kinds import OF_WORDS
from nutgraf.summarizer.headlines.clauses.simplify import PERCENT
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses
from nutgraf.summarizer.languages.language import language

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
# If the parser's margin (in logits) for the head of a phrase, or of a clause such as "for developing relations", is lower,
# it may modify the noun right before it. Chosen on sentences whose headlines readers had marked as false.
MIN_PHRASE_MARGIN = 2.0
MIN_CLAUSE_MARGIN = 3.0
# A year that follows its verb is at most this many words behind it: "convicted in 2009".
_MAX_WORDS_TO_YEAR = 3


def keeps_scope(spans: Spans, verb: int, kept: Collection[int], words: list[int], classes: WordClasses) -> bool:
    """Returns whether the headline claims no more than its sentence.

    `verb`, `kept` and `words` are positions in the tree; `words` are those in `kept` without punctuation, in order.
    """
    return (
        not _crosses_colon(spans, words)
        and not _loses_members(spans, kept, classes)
        and not _loses_year_of_percentage(spans, kept)
        and not _loses_year_of_verb(spans, verb, kept)
        and not _loses_proviso(spans, kept, classes)
        and not _loses_first_purpose(spans, verb, kept)
        and not _follows_lost_noun(spans, words, classes)
        and not _follows_gap(spans, words, classes)
    )


def _crosses_colon(spans: Spans, words: list[int]) -> bool:
    """Whether words beside a colon are missing between two that stay: "A plea [to his men:] Nobody should be punished"."""
    return any(
        spans.texts[mark] == ":" and not all(spans.is_mark(word) for word in range(before + 1, after))
        for before, after in pairwise(words)
        for mark in range(before + 1, after)
    )


def _loses_members(spans: Spans, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether the phrase that restricts what a number counts is missing: "the number of dockers [applying for aid] fell"."""
    tree = spans.tree
    for measure in kept:
        if spans.lower[measure] not in classes.measures and spans.texts[measure] != "%":
            continue
        members = [child for child in spans.children[measure] if tree.relations[child] == "nmod" and child in kept]
        members = [member for member in members if any(spans.lower[case] in OF_WORDS for case in spans.children[member])]
        for clause in (below for member in members for below in spans.children[member]):
            restricts = tree.relations[clause].startswith("acl") or tree.relations[clause] in ("nmod", "obl")
            if restricts and clause not in kept and not spans.mark_before(clause):
                return True
    return False


def _loses_year_of_percentage(spans: Spans, kept: Collection[int]) -> bool:
    """Whether a percentage has lost the year for which it holds: "[in 2004,] 22% of voters"."""
    if not any(spans.lower[word] in PERCENT for word in kept):
        return False
    years = {word for word, text in enumerate(spans.texts) if _YEAR.fullmatch(text)}
    return bool(years) and years.isdisjoint(kept)


def _loses_year_of_verb(spans: Spans, verb: int, kept: Collection[int]) -> bool:
    """Whether the year of a kept verb, finite or a participle, is missing: "were convicted [in 2009]"."""
    tree = spans.tree
    return any(
        year not in kept
        and _YEAR.fullmatch(spans.texts[year])
        and tree.heads[year] in kept
        and tree.relations[year].startswith(("obl", "nmod"))
        and tree.tags[tree.heads[year]] == "VERB"
        and (tree.heads[year] == verb or tree.relations[tree.heads[year]] == "conj")
        and tree.verb_forms[tree.heads[year]] in ("Fin", "Part")
        and any(tree.tags[child] == "ADP" for child in spans.children[year])
        and not tree.heads[year] + _MAX_WORDS_TO_YEAR < year
        for year in range(len(tree))
    )


def _loses_proviso(spans: Spans, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether a phrase that restricts or completes a whole sentence is torn or missing: "the search ended [-- for now]"."""
    kept_set = frozenset(kept)
    for phrase in language(classes.code).patterns("headlines", "provisos"):
        words = phrase.split()
        starts = (at for at, word in enumerate(spans.lower) if word == words[0])
        if any(
            spans.lower[at : at + len(words)] == words and not kept_set.issuperset(range(at, at + len(words)))
            for at in starts
        ):
            return True
    return False


def _loses_first_purpose(spans: Spans, verb: int, kept: Collection[int]) -> bool:
    """Whether the first of two joined infinitives is missing: "picked her [to lead the board] and print only good news"."""
    tree = spans.tree
    for join in (word for word in kept if tree.tags[word] == "CCONJ" and word > verb):
        joined = tree.heads[join]
        purpose = [word for word in range(verb + 1, join) if tree.verb_forms[word] == "Inf" and word not in kept]
        if purpose and joined in kept and tree.tags[joined] == "VERB" and tree.heads[joined] == verb:
            subject = any(tree.relations[child].startswith("nsubj") for child in spans.children[joined])
            if not subject:
                return True
    return False


def _follows_lost_noun(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether a phrase that may belong to a missing noun stays: "will vote [on a repeal] without any replacement"."""
    tree = spans.tree
    for before, after in pairwise(words):
        lost = range(before + 1, after)
        if not lost or spans.lower[after] not in classes.noun_prepositions or tree.tags[after] not in ("ADP", "SCONJ"):
            continue
        head, enough = tree.heads[after], MIN_CLAUSE_MARGIN if tree.tags[after] == "SCONJ" else MIN_PHRASE_MARGIN
        ends_in_noun = (
            tree.tags[after - 1] in ("NOUN", "PROPN") and spans.lower[after - 1] not in classes.times | classes.days
        )
        if ends_in_noun and any(tree.tags[word] == "NOUN" for word in lost) and head >= 0 and tree.margins[head] < enough:
            return True
    return False


def _follows_gap(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether a clause that is not joined follows a gap: "blasted people [with the speaker] just steps away"."""
    tree = spans.tree
    return any(
        after > before + 1
        and not spans.is_mark(after - 1)
        and any(
            tree.relations[word] == "parataxis" and word >= after and spans.lower[word] not in classes.speech
            for word in (after, tree.heads[after])
            if word >= 0
        )
        for before, after in pairwise(words)
    )

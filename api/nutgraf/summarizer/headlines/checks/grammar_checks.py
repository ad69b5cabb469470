"""Checks whether the kept words of a sentence make a headline: complete, grammatical, with the noun of each pronoun.

The rules use words and parts of speech besides the tree, because a wrong tree must not make a wrong headline. Finished lines
of text, titles included, are checked in text_checks.py.
"""

from collections.abc import Collection
from itertools import pairwise

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.checks.clause_checks import has_main_clause, has_whole_clauses, kept_subjects
from nutgraf.summarizer.headlines.checks.phrase_checks import has_whole_phrases
from nutgraf.summarizer.headlines.checks.reference_checks import has_references
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses
from nutgraf.summarizer.headlines.speakers.source_attribution import names_source

_FUNCTION = frozenset({"ADP", "PART", "SCONJ", "CCONJ", "PRON", "DET", "AUX"})
MIN_WORDS = 3
# A head with a lower margin, in logits, is wrong in half of the cases.
UNSURE_MARGIN = 1.0


def is_grammatical(spans: Spans, verb: int, kept: frozenset[int], omitted: frozenset[int], classes: WordClasses) -> bool:
    """Whether a headline has enough words and a verb, no pronoun without its noun, and only whole quotations and words."""
    tree = spans.tree
    words = sorted(position for position in kept if not spans.is_mark(position))
    if len(words) < MIN_WORDS or not any(tree.tags[position] in ("VERB", "AUX") for position in words):
        return False
    return (
        has_main_clause(spans, verb, kept, words, classes)
        and not _opens_without_subject(spans, words, kept_subjects(spans, verb, kept), classes)
        and has_references(spans, verb, kept, omitted, words, classes)
        and not _loses_sense(spans, words, verb, classes)
        and _has_whole_quotations(spans, kept, words)
        and not _loses_question(spans, words[0], classes)
        and has_whole_phrases(spans, verb, kept, omitted, words, classes)
        and not _loses_source(spans, kept, classes)
        and _opens_well(spans, words, tree, classes)
        and not any(_loses_limited(spans, word, kept, classes) for word in words)
        and _keeps_function_words(spans, sorted({*words, *omitted}), classes)
        and has_whole_clauses(spans, verb, kept, omitted, words, classes)
    )


def _has_whole_quotations(spans: Spans, kept: Collection[int], words: list[int]) -> bool:
    """Whether quotations stay whole, and are neither all of the headline nor missing at its end."""
    numbers = {spans.quotation(word) for word in words}
    torn = any(
        spans.quotation(word) in numbers - {0} and word not in kept and not spans.is_mark(word)
        for word in range(len(spans.tree))
    )
    return not torn and 0 in numbers and not _opens_quotation(spans, words[-1])


def _opens_quotation(spans: Spans, last: int) -> bool:
    """Whether a missing quotation belongs to the last word: "called the mayor [“…”]", "fired back, tweeting[, “…”]"."""
    after = range(last + 1, min(last + 3, len(spans.texts)))
    marks = (",", ":") if spans.tree.tags[last] == "VERB" else ()
    first = next((word for word in after if spans.texts[word] not in marks), last)
    opens = spans.quotation(first) > 0 and not spans.quotation(last)
    return opens and spans.tree.tags[min(first + 1, len(spans.texts) - 1)] not in ("ADP", "SCONJ")  # [“like a storm”]


def _loses_limited(spans: Spans, limiter: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether a limiter has lost what it limits: "had joined the crew only [“yesterday”]"."""
    tree, after = spans.tree, limiter + 1
    while after < len(tree) and spans.is_mark(after):
        after += 1
    is_limiter = spans.lower[limiter] in classes.limiters and tree.tags[limiter] == "ADV"
    return (
        is_limiter
        and after < len(tree)
        and after not in kept
        and tree.tags[after] in ("NOUN", "PROPN", "NUM", "VERB", "ADV", "PART")
    )


def _loses_question(spans: Spans, first: int, classes: WordClasses) -> bool:
    """Whether the headline begins behind a question word: "[Why] the move is so disputed is not clear"."""
    before = first - 1
    while before > 0 and spans.tree.tags[before] == "DET":
        before -= 1
    return before >= 0 and spans.lower[before] in classes.question_words and spans.tree.tags[before] in ("ADV", "SCONJ")


def _opens_without_subject(spans: Spans, words: list[int], subjects: list[int], classes: WordClasses) -> bool:
    """Whether a phrase with a preposition opens the headline and no comma parts it from the rest.

    That holds for languages with the subject first. The parser then took the phrase for the subject.
    """
    tree, first = spans.tree, words[0]
    if classes.free_order or (tree.tags[first] not in ("ADP", "SCONJ") and spans.lower[first] != "rather"):
        return False
    if tree.relations[first] == "advmod" or spans.lower[first] in classes.limiters:
        return False
    return not subjects or not any(spans.texts[position] == "," for position in range(first, min(subjects)))


def _keeps_function_words(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether no preposition, conjunction or question word is missing between two words, and no article lost its noun."""
    tree, kept = spans.tree, set(words)
    for before, after in pairwise(words):
        missing = [word for word in range(before + 1, after) if not spans.is_mark(word)]
        lost = [spans.lower[word] for word in missing if tree.tags[word] != "DET"]
        if lost and lost[-1] in (classes.relatives | classes.question_words) - classes.complements:
            return False  # "passed [through a town where] a sailor": the sailor belongs to the clause about the town
        if tree.tags[before + 1] == "CCONJ" and before + 1 in missing and tree.tags[after] in ("NOUN", "PROPN"):
            return False  # "of Turkey [and neighboring] Syria"
        functions = [tree.tags[word] in _FUNCTION or spans.lower[word] in classes.question_words for word in missing]
        if not missing or not all(functions):
            continue
        if any(tree.tags[word] not in ("DET", "AUX") and spans.lower[word] not in classes.complements for word in missing):
            return False
    return all(
        tree.heads[word] in kept
        for word in words
        if tree.relations[word] in ("det", "case", "nummod", "amod", "cc") and tree.heads[word] >= 0
    )


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
        spans.lower[word] in classes.premises
        and tree.tags[word] in ("SCONJ", "CCONJ")
        and word not in kept
        and not (spans.follows(word, classes.concedes) and word - 1 not in kept)
        for word in range(len(tree))
        if _limits_kept(tree, word, kept)
    ):
        return True
    if set(lower) & {"ne", "n'", "n’"} and not set(lower) & classes.negations - {"ne", "n'", "n’"}:
        return True
    that = [word for word in range(len(tree)) if spans.lower[word] == "that" and tree.tags[word] == "SCONJ"]
    if "so" in lower and any(word not in kept and word > words[lower.index("so")] for word in that):
        return True
    if "so" in lower[-2:-1] and words[-1] + 1 < len(tree) and not spans.is_mark(words[-1] + 1):
        return True  # "was so serious [about the plan]"
    if "?" in spans.texts[-2:] and not all(
        word in kept or tree.tags[word] == "DET" for word in range(words[0], len(tree)) if not spans.is_mark(word)
    ):
        return True
    subject = any(tree.relations[child].startswith(("nsubj", "csubj")) and child in kept for child in spans.children[verb])
    reflexive = lower[0] in ("se", "s'", "s’")
    return not subject and (reflexive or (words[0] == verb and spans.lower[verb] not in classes.existential))


def _loses_source(spans: Spans, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether the words that name a source are missing: "according to reports", "selon la préfecture", "a-t-on indiqué".

    After a conjunction they belong to the clause that follows: "and according to diplomats told him …".
    """
    tree = spans.tree
    if any(
        word not in kept and names_source(spans, word, classes) and tree.tags[word - 1] != "CCONJ"
        for word in range(len(spans.texts))
    ):
        return True
    return any(
        word not in kept
        and tree.tags[word] == "PRON"
        and spans.texts[word][0] == "-"
        and {spans.lower[near] for near in (word - 1, min(word + 1, len(tree) - 1))} & classes.speech
        for word in range(1, len(tree))
    )


def _limits_kept(tree: Tree, mark: int, kept: Collection[int]) -> bool:
    """Whether the clause that a conjunction opens belongs to a word that stays, or may do so."""
    clause = tree.heads[mark]
    return clause < 0 or tree.heads[clause] in kept or tree.heads[clause] < 0 or tree.margins[clause] < UNSURE_MARGIN


def _opens_well(spans: Spans, words: list[int], tree: Tree, classes: WordClasses) -> bool:
    """Whether a headline can begin with its first word: no conjunction, no pronoun without noun, no verb unless it asks."""
    first = words[0]
    tag = tree.tags[first]
    if tag in ("SCONJ", "CCONJ") or (
        tag == "PRON" and spans.lower[first] in classes.pronouns and not tree.relations[first].startswith("expl")
    ):
        return False
    if first and spans.lower[first] in classes.restricting_words and spans.lower[first - 1] not in classes.connectives:
        return False  # "Of 22 players, only two …": of whom is missing
    if spans.lower[first] in classes.others or (tag == "PRON" and spans.lower[first] in classes.unstressed):
        return False
    if _opens_with_remainder(spans, words):
        return False
    if spans.lower[first] in classes.universals and tree.tags[words[1]] == "NUM":
        return False  # "All three towns": which ones, the sentences before say
    if tag not in ("VERB", "AUX") or tree.verb_forms[first] not in ("Fin", ""):
        return True
    return first == min(word for word in range(len(tree)) if not spans.is_mark(word))


def _opens_with_remainder(spans: Spans, words: list[int]) -> bool:
    """Whether a noun that has lost its verb is before a comma and the subject: "Most of the village, a landslide …"."""
    tree, first = spans.tree, words[0]
    comma = next((word for word in range(first, words[-1]) if spans.texts[word] == ","), 0)
    while tree.tags[first] == "ADV" and first < tree.heads[first] < comma:
        first = tree.heads[first]  # "Just hours, a baby …"
    if not comma or tree.tags[first] in ("ADP", "ADV", "SCONJ", "VERB", "AUX"):
        return False
    head = first
    while first <= tree.heads[head] < comma:
        head = tree.heads[head]
    main = tree.heads[head]
    if main < 0 or tree.relations[head].partition(":")[0] not in ("obl", "obj", "dep", "advmod", "vocative"):
        return False
    return any(tree.relations[child].startswith("nsubj") and child > comma for child in spans.children[main])

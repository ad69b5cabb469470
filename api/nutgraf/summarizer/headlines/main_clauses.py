"""Finds the main clauses of a sentence, which headlines are made of."""

from collections.abc import Iterator, Set

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.clauses.constituents import Clause
from nutgraf.summarizer.headlines.clauses.main_claim import (
    Claim,
    announced_claim,
    is_clause,
    main_claim,
    plain_fact,
    reported_claim,
)
from nutgraf.summarizer.headlines.clauses.repairs import repair
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses
from nutgraf.summarizer.headlines.speakers.source_attribution import Attribution, attribution_of
from nutgraf.summarizer.headlines.speakers.speaker_wordings import verbs_with_listener

# Sentences with more words are not shortened: the parser was trained on shorter ones.
MAX_WORDS = 90


def repaired_spans(tree: Tree, classes: WordClasses) -> Spans | None:
    """Returns the repaired tree of a sentence with its spans, for the functions below; None if it has too many words."""
    return Spans(repair(tree, classes)) if 0 < len(tree) <= MAX_WORDS else None


def main_clauses(
    spans: Spans, classes: WordClasses, *, keep_speaker: bool = True
) -> Iterator[tuple[Clause, frozenset[int]]]:
    """Yields each main clause of a sentence with the positions of the subject words that stand outside the clause.

    "The port" stands outside in "The port announced that it will close". The positions are empty if the clause has its own
    subject. Yields nothing if the parser found no clause, or if the speaker is a pronoun. With `keep_speaker=False`, yields
    only what officials state as a plain fact, and leaves out the officials.
    """
    tree = spans.tree
    claim = main_claim(tree, spans, classes) if keep_speaker else plain_fact(tree, spans, classes)
    if claim and not is_clause(tree, spans, claim.verb, classes):
        claim = _nearest_clause(tree, spans, claim, classes)
    if claim is None or claim.pronoun:
        return
    own_act = announced_claim(tree, spans, classes) if keep_speaker else None
    if own_act:
        act, subject = own_act
        yield Clause(tree, spans, act.verb, classes, act.left_out), subject
    for verb, shared in ((claim.verb, frozenset[int]()), *_second_clauses(tree, spans, claim, classes)):
        left_out = claim.left_out
        if verb != claim.verb:
            conjunctions = {below for below in spans.children[verb] if tree.relations[below] == "cc"}
            left_out |= frozenset(spans.below(claim.verb)) - frozenset(spans.below(verb)) - shared | conjunctions
        yield Clause(tree, spans, verb, classes, left_out), shared


def reported_clause(
    spans: Spans, classes: WordClasses, given_names: Set[int] = frozenset()
) -> tuple[Clause, Attribution] | None:
    """For a sentence such as "Marsh said (that) …", returns the reported clause and the attribution to append to it.

    Returns None for other sentences, and if the verb has a listener ("told") or no wording of the speaker can be used.
    `given_names` has the positions of the given names that the attribution may leave out.
    """
    tree = spans.tree
    found = reported_claim(tree, spans, classes)
    if found is None:
        return None
    claim, speaker, verb = found
    if any(spans.lower[word] in verbs_with_listener(classes.code) for word in verb):
        return None  # "Marsh told a newspaper that …": the listener is missing
    attribution = attribution_of(spans, speaker, verb, tree.ends[-1], classes, given_names)
    # The speaker no longer opens the sentence, so a determiner, noun or number at its beginning loses its capital. Of an
    # adjective it is not known whether it is always written with one ("German"), so wordings that begin with it are dropped.
    first = spans.texts[speaker[0]]
    phrases = [phrase for phrase in attribution.speakers if phrase.split(" ")[0] != first or tree.tags[speaker[0]] != "ADJ"]
    if tree.tags[speaker[0]] in ("DET", "NOUN", "NUM") and not first.isupper():
        phrases = [phrase[0].lower() + phrase[1:] if phrase.split(" ")[0] == first else phrase for phrase in phrases]
    if not phrases:
        return None
    attribution = attribution._replace(speakers=tuple(phrases))
    return Clause(tree, spans, claim.verb, classes, claim.left_out), attribution


def _nearest_clause(tree: Tree, spans: Spans, claim: Claim, classes: WordClasses) -> Claim | None:
    """A clause directly below a root that heads no clause, for example because the parser took an opening phrase for it.

    None if there is no such clause.
    """
    for child in spans.children[claim.verb]:
        relation = tree.relations[child].partition(":")[0]
        below = spans.children[child]
        if (
            relation not in ("ccomp", "parataxis", "conj")
            or tree.tags[child] != "VERB"
            or not is_clause(tree, spans, child, classes)
        ):
            continue
        if any(tree.relations[word] in ("mark", "cc") for word in below) or not any(
            tree.relations[word].startswith("nsubj") for word in below
        ):
            continue
        return Claim(child, frozenset())
    return None


def _second_clauses(tree: Tree, spans: Spans, claim: Claim, classes: WordClasses) -> Iterator[tuple[int, frozenset[int]]]:
    """The second of two clauses joined by "and": with its own subject, or with the first's."""
    verb = claim.verb
    for child in spans.children[verb]:
        if tree.relations[child] != "conj" or tree.tags[child] != "VERB" or child in claim.left_out:
            continue
        if not any(tree.relations[below] == "cc" for below in spans.children[child]):
            continue
        if any(tree.relations[below].startswith(("nsubj", "csubj", "expl")) for below in spans.children[child]):
            yield child, frozenset()
            continue
        if any(tree.relations[below].startswith("aux") for below in spans.children[verb]):
            continue  # the auxiliary may serve both, or not
        if any(tree.relations[below] == "ccomp" and below < child for below in spans.children[verb]):
            continue  # "admitted that he hit, robbed and drowned a diver": "drowned" may be a part of what was admitted
        bounds = classes.limiters | classes.negations
        if any(below < verb and spans.lower[below] in bounds for below in spans.children[verb]):
            continue  # "allegedly stole a boat and left": "allegedly" applies to both, so "left" can't stand alone
        subject = [below for below in spans.children[verb] if tree.relations[below] == "nsubj"]
        if len(subject) == 1 and tree.verb_forms[child] == tree.verb_forms[verb] == "Fin":
            yield child, frozenset(spans.below(subject[0]))

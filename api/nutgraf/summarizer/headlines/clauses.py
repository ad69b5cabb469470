"""Tree of a sentence -> the main clauses that headlines are made of."""

from collections.abc import Iterator
from dataclasses import replace

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.attribution import Claim, claims, is_clause, plain_fact
from nutgraf.summarizer.headlines.constituents import Clause
from nutgraf.summarizer.headlines.spans import Spans
from nutgraf.summarizer.headlines.word_classes import WordClasses

# Sentences with more words are not shortened: the parser was trained on shorter ones.
MAX_WORDS = 90


def main_clauses(tree: Tree, classes: WordClasses, *, speaker: bool = True) -> Iterator[tuple[Clause, frozenset[int]]]:
    """Yields each main clause of a sentence, with the words of the subject that it shares with the first clause, if any.

    There is none if the parser found no clause, or if the speaker of a claim is a pronoun. Without `speaker`, the only
    clauses are those of a plain fact that officials state, without the officials.
    """
    if not 0 < len(tree) <= MAX_WORDS:
        return
    tree = with_verb_as_root(tree, classes)
    spans = Spans(tree)
    claim = claims(tree, spans, classes) if speaker else plain_fact(tree, spans, classes)
    if claim and not is_clause(tree, spans, claim.verb, classes):
        claim = _nearest_clause(tree, spans, claim, classes)
    if claim is None or claim.pronoun:
        return
    for verb, shared in ((claim.verb, frozenset[int]()), *_coordinated(tree, spans, claim)):
        left_out = claim.left_out
        if verb != claim.verb:
            joins = {below for below in spans.children[verb] if tree.relations[below] == "cc"}
            left_out |= frozenset(spans.below(claim.verb)) - frozenset(spans.below(verb)) - shared | joins
        yield Clause(tree, spans, verb, classes, left_out), shared


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
    """Whether a noun stands before a verb, with nothing but an adverb between."""
    before = verb - 1
    while before > 0 and tree.tags[before] == "ADV":
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


def _nearest_clause(tree: Tree, spans: Spans, claim: Claim, classes: WordClasses) -> Claim | None:
    """A clause next to a root that is none, as where the parser took an opener for the root; None without one."""
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


def _coordinated(tree: Tree, spans: Spans, claim: Claim) -> Iterator[tuple[int, frozenset[int]]]:
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
        subject = [below for below in spans.children[verb] if tree.relations[below] == "nsubj"]
        if len(subject) == 1 and tree.forms[child] == tree.forms[verb] == "Fin":
            yield child, frozenset(spans.below(subject[0]))

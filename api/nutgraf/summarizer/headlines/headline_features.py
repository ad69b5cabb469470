"""Computes the features of a headline for its grade: length, what it leaves out, where it is cut, how sure its tree is."""

from collections.abc import Collection, Mapping
from itertools import pairwise

from nutgraf.summarizer.headlines.clauses.constituents import Clause

HeadlineFeatures = Mapping[str, float]

_SUBJECTS = ("nsubj", "csubj", "expl")
_CORE = frozenset({"nsubj", "obj", "xcomp", "ccomp", "aux", "cop", "obl", "iobj", "csubj"})
# Kinds of parts whose absence is counted.
_COUNTED = (
    "complement", "second phrase", "later phrase", "after passive", "identifying", "of", "noun phrase", "apposition",
    "tight relative clause", "relative clause", "tight participle", "participle", "second noun", "joined modifier",
    "second clause", "clause", "tight clause", "adjective", "adverb", "purpose", "scope", "agent", "time", "day",
)  # fmt: skip


def headline_features(clause: Clause, chosen: Collection[int], kept: Collection[int]) -> dict[str, float]:
    """Returns the features of a headline by their names.

    The headline has the `chosen` parts of a clause and the `kept` words of its sentence.
    """
    tree, spans, parts = clause.tree, clause.spans, clause.parts
    words = sorted(word for word in kept if not spans.is_mark(word))
    missing = [part for index, part in enumerate(parts) if index not in chosen and part.parent in chosen]
    found: dict[str, float] = {
        "few words": max(0.0, (7 - len(words)) / 7),
        "complete": float(not missing),
        # the costs of what is left out
        "gaps": min(6.0, sum(part.omission_cost for part in missing)),
        # parts that are left out although a kept word requires them
        "torn": float(sum(part.needed for part in missing)),
        "ends": float(_ends(clause, words)),
        **_tail(clause, words),
        # places where words between kept words are missing
        "cuts": float(_cuts(clause, words)),
        "words left out": min(1.0, sum(len(part.words) for part in missing) / 30),
    }
    for kind in _COUNTED:
        found[f"no {kind}"] = float(min(2, sum(part.kind == kind for part in missing)))
    margins = [tree.margins[word] for word in words if tree.tags[word] != "DET"]
    core = [
        tree.margins[word]
        for word in words
        if tree.heads[word] == clause.verb and tree.relations[word].partition(":")[0] in _CORE
    ]
    found |= {
        "unsure words": sum(margin < 1 for margin in margins) / max(1, len(margins)),
        "least margin": min(3.0, max(-2.0, min(margins, default=0.0))),
        "least core margin": min(3.0, max(-2.0, min(core, default=0.0))),
        "verb margin": min(5.0, max(-2.0, tree.margins[clause.verb])),
        "mean margin": sum(min(5.0, margin) for margin in tree.margins) / len(tree),
    }
    return found | _content(clause, words)


def _content(clause: Clause, words: list[int]) -> dict[str, float]:
    """The features of the content: names, numbers, quotations, the form of the subject and of the verb."""
    tree, spans, verb = clause.tree, clause.spans, clause.verb
    relations = {tree.relations[child] for child in spans.children[verb] if child in words}
    subjects = [child for child in spans.children[verb] if tree.relations[child].startswith(_SUBJECTS) and child in words]
    subject = subjects[0] if subjects else -1
    of_subject = [word for word in spans.below(subject) if word in words] if subjects else []
    named = any(tree.tags[word] == "PROPN" for word in of_subject)
    definite = subject >= 0 and clause.definite(subject)
    bases = {relation.partition(":")[0] for relation in relations}
    # In English a number or a phrase behind the noun is not enough: "The report on that", "The two boats". Elsewhere it is,
    # because stories call people by nouns much more often: "Le comédien de 45 ans".
    identifiers = {
        word
        for word in of_subject
        if tree.tags[word] == "PROPN"
        or (not clause.classes.articles and (word == subject + 1 or (tree.tags[word] == "NUM" and word < subject)))
    }
    office = subject >= 0 and spans.lower[subject] in clause.classes.officials
    return {
        "points back": float(definite and not identifiers and not office),
        "no subject": float(not subjects),
        "subject named": float(named),
        "subject bare definite": float(definite and not named and len(of_subject) <= 2),
        "subject definite": float(definite and not named),
        "subject counted": float(any(tree.tags[word] == "NUM" for word in of_subject)),
        "subject pronoun": float(subject >= 0 and tree.tags[subject] in ("PRON", "DET")),
        "subject clause": float("csubj" in bases),
        "subject share": len(of_subject) / max(1, len(words)),
        "name elsewhere": float(any(tree.tags[word] == "PROPN" and word not in of_subject for word in words)),
        "number": float(any(tree.tags[word] == "NUM" for word in words)),
        "quotation": float(any(spans.quotation(word) for word in words)),
        "copula": float("cop" in bases),
        "object": float(bool(bases & {"obj", "ccomp"})),
        "infinitive": float("xcomp" in bases),
        "passive": float(any(relation.endswith(":pass") for relation in relations)),
        "verb ends": float(words[-1] == verb),
        "of speech": float(spans.lower[verb] in clause.classes.speech),
        "state": float(spans.lower[verb] in clause.classes.states),
        "possessive": float(any(spans.lower[word] in clause.classes.possessives for word in words)),
        "not a verb": float(tree.tags[verb] not in ("VERB", "AUX") and "cop" not in bases),
        "sentence": min(1.0, len(tree) / 45),
    }


def _ends(clause: Clause, words: list[int]) -> bool:
    """Whether the headline ends at a punctuation mark or at the end of the sentence."""
    after = words[-1] + 1
    return after >= len(clause.tree) or clause.spans.is_mark(after)


def _tail(clause: Clause, words: list[int]) -> dict[str, float]:
    """What the sentence has after the last word of the headline, by the word that it depends on; empty before a mark."""
    tree, spans, after = clause.tree, clause.spans, words[-1] + 1
    if _ends(clause, words):
        return {}
    head = after
    while tree.heads[head] >= after:
        head = tree.heads[head]
    above = tree.heads[head]
    if spans.within(head) & (clause.classes.days | clause.classes.times):
        return {"time follows": 1.0}
    if above in words and tree.tags[above] in ("NOUN", "PROPN", "NUM", "PRON"):
        return {"rest of noun follows": 1.0}
    if above in words:
        clausal = tree.relations[head].partition(":")[0] in ("xcomp", "ccomp", "advcl")
        return {"clause follows" if clausal else "phrase follows": 1.0}
    return {"other follows": 1.0}


def _cuts(clause: Clause, words: list[int]) -> int:
    """How often words are missing between two kept words; articles, adjectives and adverbs do not count."""
    tree, cuts = clause.tree, 0
    for before, after in pairwise(words):
        gap = [word for word in range(before + 1, after) if not clause.spans.is_mark(word)]
        cuts += any(tree.tags[word] not in ("DET", "ADJ", "ADV") for word in gap)
    return cuts

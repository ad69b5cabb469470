"""Kept words of a sentence -> whether they make a headline: complete, grammatical, and with the noun of each pronoun.

The rules use words and parts of speech besides the tree, because a wrong tree must not make a wrong headline. Finished
lines of text, titles included, are checked in text_checks.py.
"""

import re
from collections.abc import Collection
from itertools import pairwise

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.attribution import names_source
from nutgraf.summarizer.headlines.complements import complements
from nutgraf.summarizer.headlines.simplify import PERCENT
from nutgraf.summarizer.headlines.spans import Spans
from nutgraf.summarizer.headlines.word_classes import WordClasses

_FUNCTION = frozenset({"ADP", "PART", "SCONJ", "CCONJ", "PRON", "DET", "AUX"})
_NOMINAL = frozenset({"DET", "NOUN", "PROPN", "NUM", "PRON", "ADJ"})
_COMPARISONS = {
    "than": frozenset("more less fewer better worse rather other higher lower larger smaller".split()),
    "als": frozenset("mehr weniger besser schlechter höher niedriger größer kleiner".split()),
}
# "testified at a hearing" is complete.
_NEED_NO_CLAIM = frozenset({"testified", "testifies"})
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_INDEFINITE = frozenset({"a", "an"})
_VOWELS = frozenset("aeiou")
MIN_WORDS = 3
# A head that wins by less, in logits, is wrong in half of the cases.
UNSURE_MARGIN = 1.0


def is_grammatical(spans: Spans, verb: int, kept: frozenset[int], omitted: frozenset[int], classes: WordClasses) -> bool:
    """Whether a headline has enough words and a verb, no pronoun without its noun, and only whole quotations and words."""
    tree = spans.tree
    words = sorted(position for position in kept if not spans.is_mark(position))
    if len(words) < MIN_WORDS or not any(tree.tags[position] in ("VERB", "AUX") for position in words):
        return False
    infinitive = any(tree.relations[child] == "cop" for child in spans.children[verb])  # "the goal was to win"
    if any(
        tree.relations[child] == "mark" and child in kept and not (infinitive and tree.tags[child] == "PART")
        for child in spans.children[verb]
    ):
        return False  # a subordinate clause that the parser takes for the main one
    subjects = [child for child in spans.children[verb] if tree.relations[child].startswith("nsubj") and child in kept]
    if any(tree.tags[subject] == "PRON" and spans.lower[subject] in classes.pronouns for subject in subjects):
        return False
    if _opens_without_subject(spans, words, subjects, classes) or _is_in_phrase(spans, subjects, kept, classes):
        return False
    if any(spans.lower[subject] in classes.others for subject in subjects):
        return False  # "15 others were missing"
    nouns = [position for position in words if tree.tags[position] in ("NOUN", "PROPN")]
    for position in words:
        if spans.quotation(position):
            continue
        lower = spans.lower[position]
        if lower in classes.own:
            return False
        possessive = lower in classes.possessives and tree.relations[position] == "nmod:poss"  # "her" is not always one
        pronoun = (
            tree.tags[position] == "PRON"
            and lower in classes.pronouns
            and not possessive
            and not tree.relations[position].startswith("expl")
        )
        if pronoun and lower in classes.reflexives and subjects:
            continue
        if pronoun and (lower in classes.universals or lower == "both" or _of_main_clause(tree, position, verb)):
            return False
        if (pronoun or lower in classes.possessives) and not any(noun < position for noun in nouns):
            return False
        if lower in classes.possessives and _loses_owner(spans, position, kept, classes):
            return False
    if any(_points_back(spans, position, classes) for position in words) or _loses_sense(spans, words, verb, classes):
        return False
    for position in words:
        number = spans.quotation(position)
        if number and any(
            spans.quotation(other) == number and other not in kept and not spans.is_mark(other) for other in range(len(tree))
        ):
            return False
    quoted = [position for position in words if spans.quotation(position)]
    if len(quoted) == len(words):
        return False
    with_omitted = kept | omitted
    return (
        not _broken_word(spans, kept)
        and not _loses_noun(spans, with_omitted)
        and not _lone_preposition(spans, with_omitted)
        and not _tears_name(spans, with_omitted, classes)
        and not _loses_source(spans, kept, classes)
        and not _ends_in_a_subject(spans, words)
        and not _splits_range(spans, kept)
        and not _splits_coordination(spans, with_omitted)
        and not _splits_comparison(spans, kept)
        and not _loses_rank(spans, words, classes)
        and not _loses_turn(spans, verb, kept, classes)
        and not _loses_year(spans, kept)
        and not _loses_antecedent(spans, words, classes)
        and not _has_wrong_article(spans, words, classes)
        and not _reads_as_another_phrase(spans, words, classes)
        and all(_agrees(spans, subject, verb, classes) for subject in subjects)
        and not any(_is_set_off(spans, subject) for subject in subjects)
        and _opens_well(spans, words, tree, classes)
        and _keeps_function_words(spans, sorted({*words, *omitted}), classes)
        and all(_has_object(spans, position, with_omitted, classes) for position in words if tree.tags[position] == "VERB")
        and _says_something(spans, kept, classes)
        and all(_is_joined(spans, position, verb, kept) for position in words)
    )


def _is_in_phrase(spans: Spans, subjects: list[int], kept: Collection[int], classes: WordClasses) -> bool:
    """Whether what is taken for the subject has a preposition: "Four days before Ada Marsh was elected"."""
    tree = spans.tree
    return any(
        tree.relations[word] == "case"
        and tree.tags[word] == "ADP"
        and word in kept
        and word < subject
        and spans.lower[word] not in classes.limiters
        for subject in subjects
        for word in spans.children[subject]
    )


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
    """Whether no lone preposition or conjunction is missing between two words, and no article has lost its noun."""
    tree, kept = spans.tree, set(words)
    for before, after in pairwise(words):
        missing = [word for word in range(before + 1, after) if not spans.is_mark(word)]
        if not missing or any(tree.tags[word] not in _FUNCTION for word in missing):
            continue
        if any(tree.tags[word] not in ("DET", "AUX") and spans.lower[word] not in classes.complements for word in missing):
            return False
    return all(
        tree.heads[word] in kept
        for word in words
        if tree.relations[word] in ("det", "case", "nummod", "amod") and tree.heads[word] >= 0
    )


def _has_object(spans: Spans, verb: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether the nouns that follow a verb without a preposition are kept, whatever the parser takes them for."""
    tree = spans.tree
    after_verb = True
    for position in range(verb + 1, len(tree)):
        tag, before = tree.tags[position], tree.tags[position - 1]
        if tag in ("VERB", "AUX", "SCONJ") or spans.texts[position] in (",", ";", ":", "(", "—", "–", "--"):
            return True
        if (
            after_verb
            and position == verb + 1
            and (tree.relations[position] == "compound:prt" or (tag == "ADV" and spans.lower[position] in classes.particles))
        ):
            continue  # "set aside a request"
        follows = position + 1 < len(tree) and (
            tree.tags[position + 1] == "NUM" or spans.lower[position + 1] in ("least", "most", "than")
        )
        if after_verb and follows and spans.lower[position] in classes.limiters:
            continue  # "rounded up at least 100 people"
        opens = tag in _NOMINAL and (after_verb or (tag == "DET" and before in ("NOUN", "PROPN", "NUM")))
        after_verb = False
        if opens and spans.bracket(position) == 0:
            head = position
            while tree.tags[head] not in ("NOUN", "PROPN", "PRON", "NUM") and tree.heads[head] > head:
                head = tree.heads[head]
            if head not in kept and spans.lower[head] not in classes.times | classes.days and tree.tags[head] != "VERB":
                return False
    return True


def _is_joined(spans: Spans, position: int, main: int, kept: Collection[int]) -> bool:
    """Whether a finite verb beside the main one is joined to it by a word that stays, or is its complement."""
    tree = spans.tree
    if position == main or tree.tags[position] != "VERB" or tree.forms[position] != "Fin":
        return True
    relation = tree.relations[position]
    if relation in ("root", "ccomp", "csubj", "parataxis", "acl", "amod", "compound") or any(
        tree.tags[child] == "AUX" for child in spans.children[position]
    ):
        return True
    joins = {"mark", "cc"} if relation != "conj" else {"cc"}
    near = [*spans.children[position]]
    if relation == "conj":  # the last member of a list has the conjunction
        near += [
            below
            for sister in spans.children[tree.heads[position]]
            if tree.relations[sister] == "conj" and sister in kept
            for below in spans.children[sister]
        ]
        near += [
            child
            for child in spans.children[tree.heads[position]]
            if tree.relations[child] == "cc" and child in kept and child < position
        ]
    if any(tree.relations[child] in joins and child in kept for child in near):
        return True
    relative = any(
        tree.tags[below] in ("PRON", "ADV", "SCONJ") and below in kept and below < position
        for below in spans.below(position)
    )
    return relation.startswith(("acl:relcl", "advcl")) and relative


def _says_something(spans: Spans, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether every verb of saying has what is said with it."""
    tree = spans.tree
    for position in kept:
        if spans.lower[position] not in classes.speech or tree.tags[position] != "VERB":
            continue
        relations = {tree.relations[child] for child in spans.children[position]}
        if tree.forms[position] != "Fin" and ("aux:pass" in relations or not relations & {"aux", "aux:tense"}):
            continue
        if tree.relations[position].startswith(("parataxis", "advcl", "acl")):
            continue
        said = [
            child
            for child in spans.children[position]
            if tree.relations[child].partition(":")[0] in ("ccomp", "obj", "xcomp", "parataxis")
        ]
        if spans.lower[position] in _NEED_NO_CLAIM and not said:
            continue
        if spans.lower[position] in ("said", "say", "says"):
            # "said most of the locations": what is said is a clause; a noun there is the subject of one that is missing.
            said = [
                child
                for child in said
                if tree.relations[child] != "obj" or spans.quotation(child) or spans.lower[child] == "goodbye"
            ]
        elif spans.lower[position] in ("told", "tells", "tell"):
            said = [child for child in said if not tree.relations[child].startswith("obj")]
        else:  # "ruled in favor of", "warned of"
            table = complements(classes.code)
            said += [child for child in spans.children[position] if table.demand(spans, position, child)]
        # A day alone is not what somebody said.
        if not any(child in kept and spans.lower[child] not in classes.times for child in said):
            return False
    return True


def _of_main_clause(tree: Tree, position: int, verb: int) -> bool:
    """Whether a pronoun is an object of the main verb: its noun is then not the subject, and not in the headline."""
    here = position
    while here >= 0 and tree.heads[here] != verb:
        if tree.relations[here].partition(":")[0] in ("ccomp", "xcomp", "advcl", "acl", "conj", "parataxis"):
            return False
        here = tree.heads[here]
    return here >= 0 and tree.relations[here].partition(":")[0] in ("obj", "iobj", "obl")


def _points_back(spans: Spans, position: int, classes: WordClasses) -> bool:
    """Whether a word is a demonstrative before a noun that the headline does not explain: "that declaration"."""
    tree, head = spans.tree, spans.tree.heads[position]
    if tree.tags[position] != "DET" or head < 0 or spans.quotation(position):
        return False
    return spans.lower[position] in classes.demonstratives and spans.lower[head] not in classes.times


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
    if "?" in spans.texts[-2:] and not all(
        word in kept or tree.tags[word] == "DET" for word in range(words[0], len(tree)) if not spans.is_mark(word)
    ):
        return True
    subject = any(tree.relations[child].startswith(("nsubj", "csubj")) and child in kept for child in spans.children[verb])
    reflexive = lower[0] in ("se", "s'", "s’")
    return not subject and (reflexive or (words[0] == verb and spans.lower[verb] not in classes.existential))


def _loses_owner(spans: Spans, possessive: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether a name between the first noun that stays and a possessive is missing: the possessive may be its."""
    tree = spans.tree
    first = min(word for word in kept if tree.tags[word] in ("NOUN", "PROPN"))
    return any(
        tree.tags[word] == "PROPN" and word not in kept and spans.lower[word] not in classes.days
        for word in range(first + 1, possessive)
    )


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


def _ends_in_a_subject(spans: Spans, words: list[int]) -> bool:
    """Whether the last word is a noun whose verb follows it in the sentence: "arrived after Ada Marsh"."""
    tree, last = spans.tree, words[-1]
    after = last + 1
    if after >= len(tree) or tree.tags[last] not in ("NOUN", "PROPN", "PRON"):
        return False
    return tree.tags[after] in ("VERB", "AUX") and tree.forms[after] == "Fin"


def _splits_range(spans: Spans, kept: Collection[int]) -> bool:
    """Whether a figure has lost the other end of its range or its smaller unit: "five to ten", "8 pounds, 6 ounces"."""
    tree = spans.tree
    for word in range(1, len(tree)):
        if tree.tags[word] != "NUM" or word in kept:
            continue
        head, before = tree.heads[word], word - 1
        while before > 0 and tree.tags[before] == "ADV":
            before -= 1  # "from 12 to nearly 90"
        if tree.tags[before] in ("ADP", "CCONJ", "PART") and before - 1 in kept and tree.tags[before - 1] == "NUM":
            return True
        if head in kept and tree.relations[word] == "nummod" and not spans.is_mark(head):
            return True
    return False


def _splits_comparison(spans: Spans, kept: Collection[int]) -> bool:
    """Whether one side of a comparison is missing: "more people died [than …]", "verdienen weniger [als …]"."""
    following = {word + 1 for word in kept} - set(kept)
    if any(spans.lower[word] == "ago" for word in following if word < len(spans.texts)):
        return True  # "more than ten months [ago]"
    for than in (word for word in kept if spans.lower[word] in _COMPARISONS):
        after = than + 1
        while after < len(spans.texts) and spans.tree.tags[after] == "DET":
            after += 1
        if after < len(spans.texts) and after not in kept and not spans.is_mark(after):
            return True  # "less than [a week] is to arrive"
    alternatives = (word for word in kept if spans.lower[word] in ("rather", "instead") and word)
    if any(word - 1 not in kept and not spans.is_mark(word - 1) for word in alternatives):
        return True
    same = [word for word in sorted(kept) if spans.lower[word] == "as" and spans.tree.tags[word] == "ADV"]
    if any(
        spans.lower[word] == "as" and word not in kept
        for first in same
        for word in range(first + 2, min(first + 9, len(spans.texts)))
    ):
        return True  # "as popular today [as it was]"
    for mark, degrees in _COMPARISONS.items():
        degree = next((word for word in sorted(kept) if spans.lower[word] in degrees), None)
        if degree is not None and any(
            spans.lower[word] == mark and word not in kept for word in range(degree + 1, len(spans.texts))
        ):
            return True
    return False


def _loses_rank(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether what somebody is the first or last to do is missing: "the first writer in Portuguese [to win the prize]"."""
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
        if marks and any(tree.forms[verb] == "Inf" for verb in infinitives):
            return word not in kept
    return False


def _loses_turn(spans: Spans, verb: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether what follows takes back what the headline says: "many expected peace [but …]", "it rose[; it fell]"."""
    tree = spans.tree
    for word in range(verb + 1, len(tree) - 1):
        if word in kept or word + 1 in kept:
            continue
        if spans.lower[word] in classes.contrasts and tree.tags[word] == "CCONJ":
            return spans.lower[verb] in classes.expects
        if spans.texts[word] == ";" and tree.tags[word + 1] == "PRON" and spans.lower[word + 1] in classes.pronouns:
            return True
    return False


def _loses_year(spans: Spans, kept: Collection[int]) -> bool:
    """Whether a percentage has lost the year for which it holds: "[in 2004,] 22% of voters"."""
    if not any(spans.lower[word] in PERCENT for word in kept):
        return False
    years = {word for word, text in enumerate(spans.texts) if _YEAR.fullmatch(text)}
    return bool(years) and years.isdisjoint(kept)


def _loses_antecedent(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether the word before a relative pronoun is missing: "Ada Marsh[, the designer] whose bridge"."""
    kept = set(words)
    for word in words[1:]:
        before = word - 1
        while before > 0 and spans.is_mark(before):
            before -= 1
        relative = spans.tree.tags[word] == "PRON" and spans.lower[word] in classes.relatives
        if relative and before not in kept:
            return True
    return False


def _has_wrong_article(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether "a" stands before a vowel, or "an" before a consonant, because a word between is missing."""
    for article, after in pairwise(words):
        if spans.lower[article] not in classes.articles & _INDEFINITE or after == article + 1:
            continue
        vowels = [spans.lower[word][0] in _VOWELS for word in (article + 1, after)]
        if vowels[0] != vowels[1]:
            return True
    return False


def _reads_as_another_phrase(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether an infinitive takes the place of a phrase that its verb has lost: "turned to [the bank] to pay"."""
    tree = spans.tree
    return any(
        after > before + 1
        and tree.tags[before + 1] == "ADP"
        and tree.tags[after] in ("PART", "SCONJ")
        and (spans.lower[before + 1] == spans.lower[after] or tree.tags[before] == "VERB")
        and not any(spans.lower[word] in classes.times | classes.days for word in range(before + 2, after))
        for before, after in pairwise(words)
    )


def _agrees(spans: Spans, subject: int, verb: int, classes: WordClasses) -> bool:
    """Whether a subject can be that of its verb.

    An article of several and an auxiliary of one do not meet: "des véhicules … a été" has another subject. The name of one
    person has no verb of several: "Ada Marsh … have a child". Where nouns have articles, an adjective without one is no
    subject: "Déçus du port, sont".
    """
    tree = spans.tree
    below = {tree.relations[child].partition(":")[0] for child in spans.children[subject]}
    if tree.tags[subject] in ("ADJ", "VERB") and "det" not in below and classes.plural_articles:
        return False
    is_one = tree.tags[subject] == "PROPN" and "flat" in below and "conj" not in below
    if is_one and tree.tags[verb] == "VERB" and spans.lower[verb] in classes.plural_verbs:
        return False
    plural = any(spans.lower[child] in classes.plural_articles for child in spans.children[subject] if child < subject)
    verbs = [verb, *(child for child in spans.children[verb] if spans.tree.relations[child].startswith(("aux", "cop")))]
    return not plural or not any(spans.lower[word] in classes.singular_auxiliaries for word in verbs)


def _is_set_off(spans: Spans, subject: int) -> bool:
    """Whether a subject stands between commas, so that it belongs to what is before it: "near York, Alabama, was"."""
    below = [word for word in spans.below(subject) if not spans.is_mark(word)] or [subject]
    near = range(max(0, min(below) - 1), min(len(spans.texts), max(below) + 2))
    return [spans.texts[word] for word in (near[0], near[-1])] == [",", ","]


def _splits_coordination(spans: Spans, kept: Collection[int]) -> bool:
    """Whether the noun before "and" is missing: "thefts in [the metro] and the trains" is not about trains."""
    tree = spans.tree
    for word in kept:
        before = word - 1
        while before > 0 and spans.is_mark(before):
            before -= 1
        joins = tree.tags[word] == "CCONJ" and tree.tags[tree.heads[word]] in ("NOUN", "PROPN")
        if joins and before >= 0 and before not in kept and tree.tags[before] in ("NOUN", "PROPN"):
            return True
    return False


def _limits_kept(tree: Tree, mark: int, kept: Collection[int]) -> bool:
    """Whether the clause that a conjunction opens belongs to a word that stays, or may do so."""
    clause = tree.heads[mark]
    return clause < 0 or tree.heads[clause] in kept or tree.heads[clause] < 0 or tree.margins[clause] < UNSURE_MARGIN


def _broken_word(spans: Spans, kept: Collection[int]) -> bool:
    chunks = {spans.chunk(position) for position in kept}
    if any(_half_a_compound(spans, position) and position + 2 not in kept for position in kept):
        return True
    return any(
        spans.chunk(position) in chunks and position not in kept and not spans.is_mark(position)
        for position in range(len(spans.texts))
    )


def _loses_noun(spans: Spans, kept: Collection[int]) -> bool:
    """Whether a relative clause has lost the noun before it, or a verb beside the main one its subject."""
    tree = spans.tree
    for verb in kept:
        before = verb - 1
        while before > 0 and tree.tags[before] in ("AUX", "ADV"):
            before -= 1
        if tree.tags[verb] == "VERB" and before >= 0 and before not in kept and tree.tags[before] == "PROPN":
            above = tree.heads[before] if tree.relations[before].startswith(("flat", "compound")) else before
            if tree.heads[above] == verb and tree.relations[above].partition(":")[0] in ("nsubj", "appos", "dep", "obj"):
                return True
        if tree.relations[verb] == "appos":
            first = min(word for word in spans.below(verb) if not spans.is_mark(word) or word == verb)
            last = first - 1
            while last > 0 and spans.is_mark(last):
                last -= 1
            if last != first - 1 and last not in kept:
                return True  # "spending the rest [of June in Aquarius], the world's only lab"
        if tree.relations[verb] == "acl:relcl":
            first = min(spans.below(verb))
            before = max((word for word in range(first) if tree.tags[word] in ("NOUN", "PROPN", "PRON")), default=verb)
            if before not in kept and spans.is_mark(first - 1 if not spans.is_mark(first) else first):
                return True
        elif tree.tags[verb] == "VERB" and tree.heads[verb] >= 0:
            subjects = [child for child in spans.children[verb] if tree.relations[child] == "nsubj"]
            if subjects and subjects[0] not in kept and tree.heads[verb] in kept:
                return True
    return False


def _lone_preposition(spans: Spans, kept: Collection[int]) -> bool:
    """Whether a preposition has lost the word after it: "könnten den Ring von [außen] sprengen"."""
    tree = spans.tree
    for word in kept:
        after = word + 1
        if (
            tree.tags[word] not in ("ADP", "SCONJ")
            or tree.relations[word] not in ("case", "fixed")
            or after >= len(tree)
            or after in kept
        ):
            continue
        following = min((other for other in kept if other > word), default=-1)
        if tree.tags[after] in ("NOUN", "PROPN", "PRON") or (
            following >= 0 and tree.tags[following] in ("VERB", "AUX", "ADP", "SCONJ")
        ):
            return not spans.is_mark(after)
    return False


def _tears_name(spans: Spans, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether a word with a capital is missing right before one that stays, or right after one that it belongs to."""
    tree = spans.tree

    def names(word: int) -> bool:
        return spans.texts[word][0].isupper() and tree.tags[word] not in ("DET", "PRON", "ADP")

    for word in range(1, len(tree) - 1):
        if word in kept or not names(word) or spans.lower[word] in classes.days:
            continue
        if word + 1 in kept and names(word + 1) and tree.tags[word] in ("NOUN", "PROPN", "ADJ"):
            return True
        if word - 1 not in kept or not names(word - 1) or spans.lower[word - 1] in classes.offices:
            continue
        if tree.tags[word] == "PROPN" and (tree.heads[word] == word - 1 or tree.heads[word - 1] == word):
            return True
    return False


def _half_a_compound(spans: Spans, position: int) -> bool:
    """Whether a word shares its second half with the next one: "Staats- und Parteichef"."""
    tree, mark = spans.tree, position + 1
    return (
        mark + 1 < len(tree)
        and spans.texts[mark] == "-"
        and tree.starts[mark] == tree.ends[position]
        and tree.tags[mark + 1] == "CCONJ"
    )


def _opens_well(spans: Spans, words: list[int], tree: Tree, classes: WordClasses) -> bool:
    """Whether the first word can open a headline: no conjunction, no pronoun that needs a noun, no verb unless it asks."""
    first = words[0]
    tag = tree.tags[first]
    if tag in ("SCONJ", "CCONJ") or (
        tag == "PRON" and spans.lower[first] in classes.pronouns and not tree.relations[first].startswith("expl")
    ):
        return False
    if first and spans.lower[first] in classes.restricts and spans.lower[first - 1] not in classes.connectives:
        return False  # "Of 22 players, only two …": of whom is missing
    if spans.lower[first] in classes.others or (tag == "PRON" and spans.lower[first] in classes.unstressed):
        return False
    if _opens_with_remainder(spans, words):
        return False
    if tag not in ("VERB", "AUX") or tree.forms[first] not in ("Fin", ""):
        return True
    return first == min(word for word in range(len(tree)) if not spans.is_mark(word))


def _opens_with_remainder(spans: Spans, words: list[int]) -> bool:
    """Whether a noun that has lost its verb stands before a comma and the subject: "Most of the village, a landslide …"."""
    tree, first = spans.tree, words[0]
    comma = next((word for word in range(first, words[-1]) if spans.texts[word] == ","), 0)
    if not comma or tree.tags[first] in ("ADP", "ADV", "SCONJ", "VERB", "AUX"):
        return False
    head = first
    while first <= tree.heads[head] < comma:
        head = tree.heads[head]
    main = tree.heads[head]
    if main < 0 or tree.relations[head].partition(":")[0] not in ("obl", "obj", "dep", "advmod", "vocative"):
        return False
    return any(tree.relations[child].startswith("nsubj") and child > comma for child in spans.children[main])

"""Checks whether the kept words of a sentence make a headline: complete, grammatical, with the noun of each pronoun.

The rules use words and parts of speech besides the tree, because a wrong tree must not make a wrong headline. Phrases that
must stay whole are checked in phrase_checks.py, finished lines of text, titles included, in text_checks.py.
"""

from collections.abc import Collection
from itertools import pairwise

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.checks.phrase_checks import has_whole_phrases
from nutgraf.summarizer.headlines.clauses.complements import complements
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses
from nutgraf.summarizer.headlines.speakers.source_attribution import names_source

_FUNCTION = frozenset({"ADP", "PART", "SCONJ", "CCONJ", "PRON", "DET", "AUX"})
# Relations of what opens a clause: its subject, a conjunction or an adverb.
_OPENERS = ("nsubj", "csubj", "expl", "mark", "cc", "advmod")
_NOMINAL = frozenset({"DET", "NOUN", "PROPN", "NUM", "PRON", "ADJ"})
# "testified at a hearing" is complete.
_NEED_NO_CLAIM = frozenset({"testified", "testifies"})
MIN_WORDS = 3
# A head with a lower margin, in logits, is wrong in half of the cases.
UNSURE_MARGIN = 1.0


def is_grammatical(spans: Spans, verb: int, kept: frozenset[int], omitted: frozenset[int], classes: WordClasses) -> bool:
    """Whether a headline has enough words and a verb, no pronoun without its noun, and only whole quotations and words."""
    tree = spans.tree
    words = sorted(position for position in kept if not spans.is_mark(position))
    if len(words) < MIN_WORDS or not any(tree.tags[position] in ("VERB", "AUX") for position in words):
        return False
    joins = [child for child in spans.children[verb] if tree.relations[child] == "cc"]
    if verb == tree.root and any(words[0] < word < verb for word in joins):
        return False  # what the parser takes for the verb is joined to a noun: "président, mais aussi figure"
    if _loses_second_verb(spans, verb, kept) or _ends_a_period(spans, verb, classes):
        return False
    infinitive = any(tree.relations[child] == "cop" for child in spans.children[verb])  # "the goal was to win"
    if any(
        tree.relations[child] == "mark" and child in kept and not (infinitive and tree.tags[child] == "PART")
        for child in spans.children[verb]
    ):
        return False  # a subordinate clause that the parser takes for the main one
    if spans.lower[verb] not in classes.speech and any(
        tree.relations[child] == "ccomp" and child < verb and child in kept for child in spans.children[verb]
    ):
        return False  # a relative clause that the parser takes for a claim: "Marsh, whose boat became famous died"
    subjects = [child for child in spans.children[verb] if tree.relations[child].startswith("nsubj") and child in kept]
    if any(tree.tags[subject] == "PRON" and spans.lower[subject] in classes.pronouns for subject in subjects):
        return False
    if _loses_main_verb(spans, words, classes) or _is_relative_clause(spans, verb, classes):
        return False
    if any(_loses_verb_of_clause(spans, word, kept | omitted, classes) for word in words):
        return False
    if _opens_without_subject(spans, words, subjects, classes) or _is_in_phrase(spans, subjects, kept, classes):
        return False
    if any(spans.lower[subject] in classes.others for subject in subjects):
        return False  # "15 others were missing"
    if any(spans.lower[word] in classes.latter for word in words):
        return False  # the sentence says of which two
    nouns = [position for position in words if tree.tags[position] in ("NOUN", "PROPN")]
    for position in words:
        if spans.quotation(position):
            continue
        lower = spans.lower[position]
        if lower in classes.first_and_second_person:
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
        unbound = lower in classes.unbound and not tree.relations[position].startswith("nsubj")
        if pronoun and (unbound or lower in classes.universals or lower == "both" or _of_main_clause(tree, position, verb)):
            return False
        nouns_before = [noun for noun in nouns if noun < position]
        if (pronoun and not nouns_before) or (
            lower in classes.possessives and all(_modifies(tree, position, noun) for noun in nouns_before)
        ):
            return False
        if lower in classes.possessives and _loses_owner(spans, verb, position, kept, classes):
            return False
        if (
            pronoun
            and tree.relations[position].startswith("nsubj")
            and _loses_person(spans, position, kept | omitted, classes)
        ):
            return False
        if possessive and any(tree.relations[child] == "expl" and child in kept for child in spans.children[verb]):
            return False  # "There is a fascination in Alder with his voyages"
    if any(_points_back(spans, position, classes) for position in words) or _loses_sense(spans, words, verb, classes):
        return False
    for position in words:
        number = spans.quotation(position)
        if number and any(
            spans.quotation(other) == number and other not in kept and not spans.is_mark(other) for other in range(len(tree))
        ):
            return False
    quoted = [position for position in words if spans.quotation(position)]
    if len(quoted) == len(words) or _opens_quotation(spans, words[-1]) or _loses_question(spans, words[0], classes):
        return False
    if spans.lower[verb] in classes.possesses and not any(
        tree.relations[child].partition(":")[0] in ("obj", "xcomp", "ccomp")
        for child in spans.children[verb]
        if child in kept
    ):
        return False  # "The mayor has, for the first time[, named …]"
    with_omitted = kept | omitted
    return (
        has_whole_phrases(spans, verb, kept, omitted, words, classes)
        and not _loses_source(spans, kept, classes)
        and all(_agrees(spans, subject, verb, classes) for subject in subjects)
        and not any(_is_set_off(spans, subject) for subject in subjects)
        and _opens_well(spans, words, tree, classes)
        and not any(_loses_limited(spans, word, kept, classes) for word in words)
        and _keeps_function_words(spans, sorted({*words, *omitted}), classes)
        and all(_has_object(spans, position, with_omitted, classes) for position in words if tree.tags[position] == "VERB")
        and _says_something(spans, verb, kept, classes)
        and all(_is_joined(spans, position, verb, kept) for position in words)
        and not any(_follows_claim(spans, position, kept) for position in words if tree.relations[position] == "ccomp")
    )


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


def _ends_a_period(spans: Spans, verb: int, classes: WordClasses) -> bool:
    """Whether what is taken for the main verb belongs to the period before it: "rose in the week [ended May 2]"."""
    if not verb or spans.is_mark(verb - 1) or spans.tree.tags[verb - 1] != "NOUN":
        return False
    article = any(spans.tree.tags[child] == "DET" for child in spans.children[verb - 1])
    case = any(spans.tree.tags[word] == "ADP" for word in range(max(0, verb - 4), verb - 1))
    return spans.lower[verb - 1] in classes.times and article and case


def _loses_second_verb(spans: Spans, verb: int, kept: Collection[int]) -> bool:
    """Whether a finite verb that the parser takes for a noun is missing: the main verb is then that of a relative clause.

    "The woman Ada Marsh chose as her speaker [faces arrest]".
    """
    tree = spans.tree
    for word in range(verb + 1, len(tree)):
        if spans.is_mark(word) or tree.tags[word] in ("CCONJ", "SCONJ"):
            break
        if word in kept or tree.verb_forms[word] != "Fin":
            continue
        nominal = tree.relations[word].partition(":")[0] in ("obl", "nmod", "obj", "nsubj")
        if tree.tags[word] == "VERB" and nominal:
            return True
        head = tree.heads[word]
        has_subject = head < 0 or any(tree.relations[child].startswith(_OPENERS) for child in spans.children[head])
        if tree.tags[word] == "AUX" and word < head and not has_subject and tree.relations[head] == "advcl":
            return True  # "The man caught on a boat [was jailed]"
    return False


def _loses_main_verb(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether the only finite verb is in a relative clause: "Skerry's council, whose rules have been criticized"."""
    tree = spans.tree
    finite = [word for word in words if tree.tags[word] in ("VERB", "AUX") and tree.verb_forms[word] == "Fin"]
    relatives = [word for word in words if spans.lower[word] in classes.relatives and spans.mark_before(word)]
    return len(finite) == 1 and bool(relatives) and words[0] < relatives[0] < finite[0]


def _is_relative_clause(spans: Spans, verb: int, classes: WordClasses) -> bool:
    """Whether what is taken for the main verb has a relative pronoun behind a comma as another subject.

    "Two sailors, who are bad swimmers, crossed the bay" does not say that two sailors are bad swimmers.
    """
    tree = spans.tree
    return any(
        tree.relations[child].startswith("nsubj")
        and tree.tags[child] == "PRON"
        and spans.lower[child] in classes.relatives
        and 0 < child < verb
        and spans.texts[child - 1] == ","
        for child in spans.children[verb]
    )


def _loses_verb_of_clause(spans: Spans, opener: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether a relative pronoun or "that" that stays opens a clause whose verb is missing.

    "a sailor whose pictures of Alder [hung in every school]" and "has shown that gulls seldom[, if at all, return]": the
    parser takes the verb for a participle, or another word for the verb.
    """
    tree = spans.tree
    relative = tree.tags[opener] == "PRON" and spans.lower[opener] in classes.relatives
    that = tree.tags[opener] == "SCONJ" and spans.lower[opener] in classes.complements
    if not relative and not that:
        return False
    verbs = [
        word
        for word in range(opener + 1, len(tree))
        if tree.tags[word] in ("VERB", "AUX")
        and tree.verb_forms[word] not in ("Inf", "Ger")
        and tree.relations[word] not in ("amod", "compound")
    ]
    if relative:
        return bool(verbs) and verbs[0] not in kept
    return not any(word in kept for word in verbs)


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
    """Whether no preposition, conjunction or question word is missing between two words, and no article lost its noun."""
    tree, kept = spans.tree, set(words)
    for before, after in pairwise(words):
        missing = [word for word in range(before + 1, after) if not spans.is_mark(word)]
        lost = [spans.lower[word] for word in missing if tree.tags[word] != "DET"]
        if lost and lost[-1] in (classes.relatives | classes.question_words) - classes.complements:
            return False  # "passed [through a town where] a sailor": the sailor belongs to the clause about the town
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


def _is_joined(spans: Spans, position: int, main: int, kept: frozenset[int]) -> bool:
    """Whether a finite verb beside the main one is joined to it by a word that stays, or is its complement."""
    tree = spans.tree
    if position == main or tree.tags[position] != "VERB" or tree.verb_forms[position] != "Fin":
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


def _follows_claim(spans: Spans, position: int, kept: Collection[int]) -> bool:
    """Whether a clause that is claimed follows another one of the same verb, and what joined it to that is missing."""
    tree = spans.tree
    sisters = (child for child in spans.children[tree.heads[position]] if tree.relations[child] == "ccomp")
    follows = any(sister < position and sister in kept for sister in sisters)
    first = min(word for word in spans.below(position) if word in kept)
    return follows and first - 1 not in kept and not spans.is_mark(first - 1)


def _says_something(spans: Spans, verb: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether every verb of saying has what is said with it."""
    tree = spans.tree
    for position in kept:
        if spans.lower[position] not in classes.speech or tree.tags[position] != "VERB":
            continue
        relations = {tree.relations[child] for child in spans.children[position]}
        if tree.verb_forms[position] != "Fin" and ("aux:pass" in relations or not relations & {"aux", "aux:tense"}):
            continue
        if position != verb and tree.relations[position].startswith(("parataxis", "advcl", "acl")):
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
        # A day alone is not a statement.
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
    if "so" in lower[-2:-1] and words[-1] + 1 < len(tree) and not spans.is_mark(words[-1] + 1):
        return True  # "was so serious [about the plan]"
    if "?" in spans.texts[-2:] and not all(
        word in kept or tree.tags[word] == "DET" for word in range(words[0], len(tree)) if not spans.is_mark(word)
    ):
        return True
    subject = any(tree.relations[child].startswith(("nsubj", "csubj")) and child in kept for child in spans.children[verb])
    reflexive = lower[0] in ("se", "s'", "s’")
    return not subject and (reflexive or (words[0] == verb and spans.lower[verb] not in classes.existential))


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


def _agrees(spans: Spans, subject: int, verb: int, classes: WordClasses) -> bool:
    """Whether a subject can be that of its verb.

    A plural article and a singular auxiliary do not agree: "des véhicules … a été" has another subject. The name of one
    person has no plural verb: "Ada Marsh … have a child". Where nouns have articles, an adjective without one is no subject:
    "Déçus du port, sont".
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
    """Whether a subject is between commas, so that it belongs to what is before it: "near York, Alabama, was"."""
    below = [word for word in spans.below(subject) if not spans.is_mark(word)] or [subject]
    near = range(max(0, min(below) - 1), min(len(spans.texts), max(below) + 2))
    return [spans.texts[word] for word in (near[0], near[-1])] == [",", ","]


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

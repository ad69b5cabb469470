"""Finds the scope of a figure, within which it is true: modifiers, times, actors, and whether it is only possible.

The functions that find the subject (subjects.py) and the claim (claims.py) of a figure use it.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from nutgraf.summarizer.findings.figures.annotated_tree import AnnotatedTree
from nutgraf.summarizer.findings.figures.counted_nouns import Counted
from nutgraf.summarizer.findings.figures.quantities import Quantity

# "5.10 p.m.", "17 Uhr", "17h30"; a number of hours only after a preposition: "a las 14 horas" is no duration.
_CLOCK_TIME = re.compile(
    r"\b(?P<h>\d{1,2})(?:(?:[:.](?P<m>\d\d))?\s?(?:(?P<half>[ap])\.?m\b|uhr\b|h\b)|h(?P<minute>\d\d)\b)"
    r"|\b(?:à|a las|às) (?P<hour>\d{1,2}) (?:heures|horas)\b",
    re.IGNORECASE,
)
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_NO_MODIFIERS = frozenset({"DET", "NUM", "PUNCT"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "flat", "acl", "det", "appos"})
# The mark before the stem of a modifier that a preposition ties to its noun: AT for a preposition of place, OF for others.
AT, OF = "at ", "of "
# Classes of the words of votes: that one was held, and its outcome.
OUTCOMES = ("passes", "rejects")
VOTE_WORDS = ("votes", *OUTCOMES)
# "than" is at most this many words before what it compares with.
_COMPARED_WORDS = 4
# The clause of a figure and the clauses above it: at most this many are examined.
_MOST_CLAUSES = 6


def is_outside_news(sentence: AnnotatedTree, counted: Counted) -> bool:
    """Returns whether the clause of a figure, or one above it, is not about the time and event of the news: "since 2010"."""
    here, seen = sentence.verb_above(counted.governor), 0
    while here >= 0 and seen < _MOST_CLAUSES:
        for i in sentence.clause(here):
            word = sentence.lower_words[i]
            if sentence.word_classes.word_is("apart", word) and not _is_compared(sentence, i):
                return True
            if word in sentence.days and any(sentence.has("until", c) for c in sentence.children[i]):
                return True
        here, seen = sentence.tree.heads[here], seen + 1
    return False


def _is_compared(sentence: AnnotatedTree, word: int) -> bool:
    """Whether a word belongs to what a clause compares with: "more deaths than on any previous day"."""
    return any(sentence.has("than", i) for i in range(max(0, word - _COMPARED_WORDS), word))


def is_denied_or_possible(sentence: AnnotatedTree, governor: int) -> bool:
    """Returns whether the verb at `governor`, or one above it, is negated, denied or only possible."""
    here, steps = governor, 0
    while here >= 0 and steps < _MOST_CLAUSES:
        for child in sentence.children[here]:
            if child + 1 < len(sentence.lower_words) and sentence.has("not_only", child + 1):
                continue  # "not before the attack left three dead"
            if sentence.has("unreal", child) and sentence.base(child) in (
                "aux", "advmod", "mark", "det", "cc", "case",
            ):  # fmt: skip
                return True
        if sentence.has("unreal_verbs", here):
            return True
        if sentence.base(here) not in ("xcomp", "ccomp", "advcl", "csubj", "acl"):
            break
        here, steps = sentence.tree.heads[here], steps + 1
    return False


def modifiers(sentence: AnnotatedTree, noun: int | None, without: AbstractSet[str] = frozenset()) -> set[str]:
    """Returns the stems of what limits a noun: adjectives, nouns and names that depend on it, except `without`.

    A modifier that a preposition ties to the noun has AT or OF before it: it may be elsewhere in another clause, as in
    "shares in the company" and "the company's shares".
    """
    found = set()
    below = sentence.children[noun] if noun is not None else ()
    number = min((c for c in below if sentence.base(c) == "nummod"), default=-1)
    for child in below:
        cases = [c for c in sentence.children[child] if sentence.tree.relations[c] == "case"]
        # "nach dem Sturm waren 40 Häuser": the parser takes it for the noun's.
        is_before = bool(cases) and noun is not None and child < noun
        # "in the attack on the school 26 people were killed": a compound follows its number.
        is_before = is_before or (sentence.base(child) == "compound" and child < number)
        is_event = any(sentence.word_classes.event_of.get(sentence.stem(i)) for i in (child, *cases))  # "aboard the ferry"
        is_among = any(sentence.has("including", c) for c in cases)  # "five people, including a child"
        if (
            sentence.base(child) not in _MODIFIERS
            or sentence.tree.tags[child] in _NO_MODIFIERS
            or sentence.lower_words[child] in without
            or sentence.lower_words[child] in sentence.calendar
            or sentence.has("fillers", child)
            or sentence.has("beyond", child)
            or is_before
            or is_event
            or is_among
        ):
            continue
        mark = OF if cases or sentence.tree.relations[child] == "nmod:poss" else ""
        if any(sentence.has("places", c) for c in cases):
            mark = AT
        found.add(mark + sentence.canonical_stem(child))
    return found


def actors(sentence: AnnotatedTree, counted: Counted) -> dict[str, str]:
    """Returns the stems of the subject and the object of the clause, under "subject" and "object", without what is counted.

    The stem of a pronoun is "". A role that the clause does not have is missing.
    """
    verb, actors = sentence.verb_above(counted.governor), {}
    for child in sentence.children[verb]:
        relation = sentence.tree.relations[child]
        is_agent = any(sentence.has("agent", c) for c in sentence.children[child]) and sentence.is_passive(verb)
        role = {"obj": "object", "nsubj:pass": "object", "nsubj": "subject"}.get("nsubj" if is_agent else relation)
        if role and child not in (counted.top, counted.noun) and child not in counted.numeral:
            if sentence.tree.tags[child] == "PRON" and sentence.tree.relations[verb] == "ccomp":
                # "The company said it would close 30 stores."
                speaker = (c for c in sentence.children[sentence.tree.heads[verb]] if sentence.tree.relations[c] == "nsubj")
                child = next(speaker, child)
            is_pronoun = sentence.tree.tags[child] == "PRON"
            actors[role] = "" if is_pronoun else sentence.canonical_stem(child)
    return actors


def moments(sentence: AnnotatedTree, counted: Counted) -> set[str]:
    """The years of the sentence, and the words of the clause that make a figure one of several: "the first bomb", "both".

    Ages and other counts of people are not among them: "an eight-year-old girl", "left one person dead and eight hurt".
    """
    return {
        sentence.lower_words[i]
        for i in sentence.clause(sentence.verb_above(counted.governor))
        if sentence.has("moments", i)
        and i not in counted.numeral
        and i != counted.noun
        and not _is_in_adjective(sentence, i)
        and (sentence.tree.tags[i] != "NUM" or _is_of_thing(sentence, i))
    } | sentence.years()


def _is_in_adjective(sentence: AnnotatedTree, word: int) -> bool:
    """Whether a word is part of a compound, or the measure of an adjective: the year in "an eight-year-old girl"."""
    head = sentence.tree.heads[word]
    is_measure = sentence.tree.relations[word] == "obl:unmarked" and sentence.tree.tags[head] == "ADJ" and word < head
    return sentence.base(word) == "compound" or is_measure


def _is_of_thing(sentence: AnnotatedTree, number: int) -> bool:
    """Whether a number counts a thing ("one bomb"), and nobody to whom something happened as well ("killed one worker")."""
    head = sentence.tree.heads[number]
    undergoes = sentence.base(head) == "obj" or sentence.tree.relations[head] == "nsubj:pass"
    happened = undergoes and sentence.event_of(sentence.tree.heads[head]) is not None
    return sentence.base(number) == "nummod" and not sentence.has("people", head) and not happened


def circumstances(sentence: AnnotatedTree, counted: Counted) -> dict[str, frozenset[str]]:
    """Returns the days, months, parts of the day, clock times and reasons in the clause of a figure.

    The keys are "days", "months", "day_parts", "clock_times" and "reasons". Clock times are those of the sentence. Figures
    are not compared if both have values under a key and none in common.
    """
    verb = sentence.verb_above(counted.governor)
    clause = sentence.clause(verb)
    # The parser may take the reason for a clause: "arrested for looting".
    clauses_below = (c for c in sentence.children[verb] if sentence.base(c) == "advcl")
    reasons = (
        i
        for i in {*clause, *clauses_below}
        if i not in counted.numeral
        and any(sentence.has("reasons", c) and sentence.base(c) in ("case", "mark") for c in sentence.children[i])
    )
    return {
        "days": sentence.of_calendar(sentence.days),
        "months": sentence.of_calendar(sentence.months),
        "day_parts": frozenset(sentence.lower_words[i] for i in clause if sentence.has("day_parts", i)),
        "clock_times": frozenset(_clock_times(sentence)),
        "reasons": frozenset(map(sentence.canonical_stem, reasons)),
    }


def _clock_times(sentence: AnnotatedTree) -> Iterator[str]:
    """The clock times of a sentence as hours and minutes, "17:10", in whatever form they are written."""
    for match in _CLOCK_TIME.finditer(sentence.tree.text):
        hour, minute = int(match["h"] or match["hour"]), match["m"] or match["minute"] or "00"
        half = (match["half"] or "").lower()
        yield f"{hour % 12 + 12 * (half == 'p') if half else hour}:{minute}"
    for position in range(len(sentence.lower_words)):
        if sentence.has("noon", position):
            yield "12:00"
        if sentence.has("midnight", position):
            yield "0:00"


def sites(sentence: AnnotatedTree, counted: Counted) -> frozenset[str]:
    """Returns the stems of the common nouns that say where, in the clause of a figure: "34 seats in the assembly"."""
    return frozenset(
        sentence.canonical_stem(i)
        for i in sentence.children[counted.governor]
        if sentence.base(i) == "obl"
        and i > counted.top
        and sentence.tree.tags[i] == "NOUN"
        and not sentence.is_name(i)
        and sentence.lower_words[i] not in sentence.calendar
        and not sentence.has("day_parts", i)
        and not sentence.has("moments", i)
        and any(sentence.has("places", c) for c in sentence.children[i] if sentence.base(c) == "case")
    )


def outcomes(sentence: AnnotatedTree) -> frozenset[str]:
    """Returns the outcome of a vote, as far as the sentence says it."""
    return frozenset(name for name in OUTCOMES if any(sentence.has(name, i) for i in range(len(sentence.lower_words))))


def purposes(sentence: AnnotatedTree) -> frozenset[str]:
    """Returns the stems of the verbs that say what was voted for: "voted to cut taxes"."""
    votes = (i for i in range(len(sentence.lower_words)) if any(sentence.has(name, i) for name in VOTE_WORDS))
    return frozenset(
        sentence.canonical_stem(child)
        for vote in votes
        for child in sentence.children[vote]
        if sentence.base(child) in ("xcomp", "advcl")
        and not any(sentence.base(c) == "nsubj" for c in sentence.children[child])
    )


def future(sentence: AnnotatedTree, governor: int) -> set[str]:
    """Returns "future" if the verb at `governor` is in the future, and the stem of the verb of which it is the complement.

    A verb of saying adds no stem. The set is empty for other verbs.
    """
    marks = set()
    if any(sentence.has("future", c) for c in sentence.children[governor]):
        marks.add("future")
    relation, head = sentence.base(governor), sentence.tree.heads[governor]
    if relation in ("xcomp", "ccomp") and head >= 0 and not sentence.has("speech", head):
        marks.add("future" if sentence.has("future", head) else sentence.canonical_stem(head))
    return marks


def context(sentence: AnnotatedTree, counted: Counted, quantity: Quantity) -> frozenset[str]:
    """Returns the stems of the other content words in the clause of a figure.

    Its qualifier, words of the calendar, fillers and speech verbs are left out; for a vote, also the words of votes.
    """
    own = {*counted.numeral, *(i for i in range(len(sentence.lower_words)) if sentence.is_qualifier(i, quantity))}
    return frozenset(
        sentence.canonical_stem(i)
        for i in sentence.clause(sentence.verb_above(counted.governor))
        if sentence.tree.tags[i] in _CONTENT
        and i not in own
        and sentence.lower_words[i] not in sentence.calendar
        and not sentence.has("fillers", i)
        and not sentence.has("speech", i)
        and not (quantity.kind == "pair" and any(sentence.has(name, i) for name in VOTE_WORDS))
    )


def manners(sentence: AnnotatedTree, word: int, quantity: Quantity) -> set[str]:
    """Returns the stems of adverbs and adjectives that depend on the word of an event: "seriously injured".

    An adverb after the subject also belongs to them: "floods elsewhere killed six people".
    """
    subjects = [c for c in sentence.children[word] if sentence.base(c) == "nsubj" and sentence.tree.tags[c] == "NOUN"]
    after_subjects = [c for i in subjects for c in sentence.children[i] if c > i and sentence.base(c) == "advmod"]
    return {
        sentence.canonical_stem(child)
        for child in (*sentence.children[word], *after_subjects)
        if sentence.base(child) in ("advmod", "amod")
        and not quantity.number <= sentence.tree.starts[child] < quantity.stop
        and not sentence.is_qualifier(child, quantity)
        and not sentence.has("fillers", child)
        and not sentence.has("beyond", child)
        and not sentence.has("unreal", child)  # is_denied_or_possible looks for these
        and not sentence.event_of(child)
        and "," not in sentence.texts[min(child, word) : max(child, word)]  # "19 were injured, two of them seriously"
    }

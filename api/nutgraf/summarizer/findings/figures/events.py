"""Finds the event that happened to what is counted: killed, arrested, missing."""

from nutgraf.summarizer.findings.figures.annotated_tree import AnnotatedTree
from nutgraf.summarizer.findings.figures.counted_nouns import Counted
from nutgraf.summarizer.findings.figures.quantities import Quantity
from nutgraf.summarizer.findings.figures.words import Event

_EVENT_TAGS = frozenset({"ADJ", "VERB", "ADV", "NOUN"})
EventMatch = tuple[Event, int]


def find_event(sentence: AnnotatedTree, counted: Counted, quantity: Quantity) -> EventMatch | None:
    """Returns the event that happened to what is counted, and the position of the word that names it in the tree.

    None if the sentence names no event.
    """
    tree, noun, next_word = sentence.tree, counted.noun, counted.numeral[-1] + 1
    if noun is not None and (event := sentence.event_of(noun)):
        return event, noun
    if noun is None and next_word < len(tree) and tree.tags[next_word] == "NOUN" and not sentence.event_of(next_word):
        return None  # the parser does not attach the figure to the following noun
    return (
        _event_of_dependent(sentence, counted)
        or _event_of_neighbor(sentence, counted, quantity)
        or _event_of_governing_noun(sentence, counted)
        or _event_of_clause(sentence, counted)
    )


def _event_of_dependent(sentence: AnnotatedTree, counted: Counted) -> EventMatch | None:
    """The event of a word that depends on a figure: "17 people killed in the crash", "212 people aboard the ferry"."""
    for position in (counted.noun, counted.top, *counted.numeral):
        for child in sentence.children[position] if position is not None else ():
            near = sentence.base(child) in ("amod", "acl", "xcomp", "advmod", "appos", "nmod", "obl")
            if not near or child < counted.numeral[-1]:
                continue
            cases = (c for c in sentence.children[child] if sentence.tree.relations[c] == "case")
            for word in (child, *cases):
                if event := sentence.event_of(word):
                    return event, word
    return None


def _event_of_neighbor(sentence: AnnotatedTree, counted: Counted, quantity: Quantity) -> EventMatch | None:
    """The event of the word before or after a figure: "shot dead two men", "three dead"."""
    tags = sentence.tree.tags
    before = _word_before(sentence, counted, quantity)
    is_attached = before >= 0 and {before, sentence.tree.heads[before]} & {counted.governor, counted.noun}
    if is_attached and tags[before] in ("ADJ", "VERB", "ADV") and (event := sentence.event_of(before)):
        return event, before
    after = (counted.noun if counted.noun is not None else counted.numeral[-1]) + 1
    if after < len(tags) and tags[after] in _EVENT_TAGS and (event := sentence.event_of(after)):
        return event, after
    return None


def _event_of_governing_noun(sentence: AnnotatedTree, counted: Counted) -> EventMatch | None:
    """The event of the noun or participle that a figure depends on: "the death of 17 people", "at least 12 more injured".

    The noun may name it together with its verb: "claimed the lives of 17 people".
    """
    tree, governor = sentence.tree, counted.governor
    is_of_noun = counted.base == "nmod" and tree.tags[governor] == "NOUN"
    if not is_of_noun and counted.base != "nummod":
        return None
    if event := sentence.event_of(governor):
        return event, governor
    is_object = is_of_noun and sentence.base(governor) == "obj"
    return _event_of_verb_phrase(sentence, tree.heads[governor]) if is_object else None


def _event_of_clause(sentence: AnnotatedTree, counted: Counted) -> EventMatch | None:
    """The event of the verb that a figure is an argument of, or of what completes the verb: "left 17 people dead"."""
    tree, governor = sentence.tree, counted.governor
    event = sentence.event_of(governor)
    has_object = any(tree.relations[c] == "obj" for c in sentence.children[governor])
    is_agent = counted.base == "nsubj" and not counted.relation.endswith("pass")
    if is_agent and event and (has_object or sentence.is_passive(governor)):
        return _event_of_verb_phrase(sentence, governor)  # the subject of an active verb is not the victim
    if counted.base == "obl":
        return _event_of_total(sentence, counted)
    if counted.base not in ("nsubj", "obj", "xcomp", "dep", "root"):
        return None
    if event:
        return event, governor
    undergoes = counted.base == "obj" or counted.relation.endswith("pass")
    for child in sentence.children[governor]:
        completes = sentence.base(child) in ("xcomp", "obj", "advmod", "ccomp", "amod") and child != counted.top
        completes = completes or (undergoes and _is_joined(sentence, child))
        if completes and tree.tags[child] in _EVENT_TAGS and (event := sentence.event_of(child)):
            return event, child
    return _event_of_verb_phrase(sentence, governor) or _event_of_total(sentence, counted)


def _is_joined(sentence: AnnotatedTree, verb: int) -> bool:
    """Whether a second verb shares the arguments of the first one: "shot and killed"."""
    own = any(sentence.base(c) in ("nsubj", "obj") for c in sentence.children[verb])
    return sentence.base(verb) == "conj" and sentence.tree.tags[verb] == "VERB" and not own


def _word_before(sentence: AnnotatedTree, counted: Counted, quantity: Quantity) -> int:
    """The word before a figure and its qualifier."""
    here = counted.numeral[0] - 1
    while here >= 0 and sentence.is_qualifier(here, quantity):
        here -= 1
    return here


def _event_of_verb_phrase(sentence: AnnotatedTree, governor: int) -> EventMatch | None:
    """The event of a verb together with a word that depends on it: "lost their lives"."""
    near = {sentence.stem(governor)} | {sentence.stem(child) for child in sentence.children[governor]}
    for event in sentence.word_classes.events:
        if any(phrase <= near for phrase in event.phrases):
            return event, governor
    return None


def _event_of_total(sentence: AnnotatedTree, counted: Counted) -> EventMatch | None:
    """The event of a toll: "the death toll rose to 17", "the number of the dead is 17"."""
    if counted.noun is not None:
        return None
    verb = counted.governor
    subjects = [c for c in sentence.children[verb] if sentence.base(c) in ("nsubj", "obj", "obl")]
    if sentence.tree.relations[verb] == "acl":  # "with the toll climbing to 17"
        subjects.append(sentence.tree.heads[verb])
    own = {*counted.numeral, *sentence.below(counted.top)}
    for child in subjects:
        if child in own:
            continue
        below = [i for i in sentence.below(child) if i not in own]
        if not any(sentence.has("totals", i) for i in below) and not sentence.event_of(child):
            continue
        for i in below:
            if event := sentence.event_of(i):
                return event, i
    return None

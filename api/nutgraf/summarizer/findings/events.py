"""What is counted -> the event that happened to it: killed, arrested, missing."""

from nutgraf.summarizer.findings.counted import Counted
from nutgraf.summarizer.findings.figure_words import Event
from nutgraf.summarizer.findings.quantities import Quantity
from nutgraf.summarizer.findings.sentence_tree import SentenceTree


def find_event(sentence: SentenceTree, counted: Counted, quantity: Quantity) -> tuple[Event, int] | None:
    """The event that happened to what is counted, and the word that tells it."""
    tree = sentence.tree
    noun, governor = counted.noun, counted.governor
    if noun is not None and (event := sentence.event_of(noun)):
        return event, noun
    after_next = counted.numeral[-1] + 1
    if noun is None and after_next < len(tree) and tree.tags[after_next] == "NOUN" and not sentence.event_of(after_next):
        return None  # the parser sees no tie to the noun that follows
    for position in (noun, counted.top, *counted.numeral):
        for child in sentence.children[position] if position is not None else ():
            near = sentence.base(child) in ("amod", "acl", "xcomp", "advmod", "appos", "nmod", "obl")
            if not near or child < counted.numeral[-1]:
                continue
            if event := sentence.event_of(child):
                return event, child
            for case in sentence.children[child]:  # "aboard the ferry"
                if tree.relations[case] == "case" and (event := sentence.event_of(case)):
                    return event, case
    before = _before(sentence, counted, quantity)
    is_near = before >= 0 and tree.tags[before] in ("ADJ", "VERB", "ADV") and _hangs_together(sentence, before, governor)
    if is_near and (event := sentence.event_of(before)):  # "shot dead two men"
        return event, before
    after = (noun if noun is not None else counted.numeral[-1]) + 1
    if after < len(tree) and (event := sentence.event_of(after)) and tree.tags[after] in ("ADJ", "VERB", "ADV", "NOUN"):
        return event, after
    relation = counted.relation
    is_agent = relation.startswith("nsubj") and not relation.endswith("pass")
    if (
        is_agent
        and sentence.event_of(governor)
        and (sentence.is_passive(governor) or any(tree.relations[c] == "obj" for c in sentence.children[governor]))
    ):
        return _phrase_event(sentence, governor)  # who kills is not killed
    if relation.startswith("nummod") and (event := sentence.event_of(governor)):
        return event, governor  # "15 wounded"
    if relation.split(":")[0] == "nmod" and tree.tags[governor] == "NOUN" and (event := sentence.event_of(governor)):
        return event, governor  # "the death of 17 people"
    if relation.split(":")[0] in ("nsubj", "obj", "obl", "xcomp", "dep", "root"):
        if relation.split(":")[0] == "obl":
            return _total(sentence, counted)
        if event := sentence.event_of(governor):
            return event, governor
        for child in sentence.children[governor]:
            if sentence.base(child) in ("xcomp", "obj", "advmod", "ccomp", "amod") and child != counted.top:
                event = sentence.event_of(child)
                if event and tree.tags[child] in ("ADJ", "VERB", "NOUN", "ADV"):
                    return event, child
        return _phrase_event(sentence, governor) or (_total(sentence, counted) if noun is None else None)
    return None


def _before(sentence: SentenceTree, counted: Counted, quantity: Quantity) -> int:
    """The word before a figure and its qualifier."""
    here = counted.numeral[0] - 1
    while here >= 0 and sentence.is_qualifier(here, quantity):
        here -= 1
    return here


def _hangs_together(sentence: SentenceTree, word: int, governor: int) -> bool:
    return word == governor or sentence.tree.heads[word] == governor


def _phrase_event(sentence: SentenceTree, governor: int) -> tuple[Event, int] | None:
    near = {sentence.stem_of(governor)} | {sentence.stem_of(child) for child in sentence.children[governor]}
    for event in sentence.words.events:
        if any(phrase <= near for phrase in event.phrases):
            return event, governor
    return None


def _total(sentence: SentenceTree, counted: Counted) -> tuple[Event, int] | None:
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

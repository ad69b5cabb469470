"""Finds the thing that a figure is about, and its bounds. Figures are compared only if they are about the same thing.

One function finds each kind of thing: an event, a noun with its verb, a vote and so on.
"""

from typing import NamedTuple

from nutgraf.summarizer.findings.figures.annotated_tree import AnnotatedTree
from nutgraf.summarizer.findings.figures.counted_nouns import Counted, is_beyond, is_part
from nutgraf.summarizer.findings.figures.events import find_event
from nutgraf.summarizer.findings.figures.quantities import Quantity
from nutgraf.summarizer.findings.figures.scope import AT, OF, VOTE_WORDS, future, manners, modifiers, moments
from nutgraf.summarizer.languages.language import language

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
MAGNITUDE = ("magnitude",)
DISTANCE = "distance"
VOTE = "vote"
# Magnitudes of earthquakes that are news.
_MAGNITUDES = (2.0, 10.0)


class FigureSubject(NamedTuple):
    """What a figure is about. The fields are those of FigureClaim; in `bounds`, its `details` are included."""

    key: tuple[str, ...]
    bounds: set[str]
    needs_same_context: bool
    about: str
    unit: str | None
    subgroup: str = ""


def find_figure_subject(sentence: AnnotatedTree, counted: Counted, quantity: Quantity) -> FigureSubject | None:
    """Returns what a figure is about.

    None if the figure is part of a whole or of a name, or one end of a range, or if the tree does not show what it counts.
    """
    if counted.numeral[0] and sentence.has("ranges", counted.numeral[0] - 1):
        return None
    if quantity.kind == "pair":
        return _pair(sentence)
    if magnitude := _magnitude(sentence, counted, quantity):
        return magnitude
    if is_part(sentence, counted, quantity):
        return None
    if quantity.kind != "count":
        return _amount(sentence, counted, quantity)
    return (
        _outage(sentence, counted)
        or _distance(sentence, counted)
        or _event(sentence, counted, quantity)
        or _noun(sentence, counted)
    )


def _magnitude(sentence: AnnotatedTree, counted: Counted, quantity: Quantity) -> FigureSubject | None:
    near = range(max(0, counted.numeral[0] - 3), min(len(sentence.lower_words), counted.numeral[-1] + 3))
    if quantity.kind != "count" or not any(sentence.has("magnitude", i) for i in near):
        return None
    clause = sentence.clause(sentence.verb_above(counted.governor))
    if any(sentence.word_classes.word_is("aftershocks", word) for word in sentence.lower_words) or any(
        sentence.has("beyond", i) for i in clause
    ):
        return None
    if not _MAGNITUDES[0] <= quantity.value <= _MAGNITUDES[1]:
        return None
    return FigureSubject(
        MAGNITUDE,
        moments(sentence, counted),
        False,
        _label(sentence, "magnitude_about"),
        _label(sentence, "magnitude_about"),
    )


def _outage(sentence: AnnotatedTree, counted: Counted) -> FigureSubject | None:
    if counted.noun is None or not sentence.has("homes", counted.noun):
        return None
    near = {sentence.lower_words[i] for i in sentence.clause(sentence.verb_above(counted.governor))}
    if not any(sentence.word_classes.word_is("power", word) for word in near) or not any(
        sentence.word_classes.word_is("lacks", word) for word in near
    ):
        return None
    noun, classes = sentence.texts[counted.noun], sentence.word_classes.classes
    return FigureSubject(
        ("outage", sentence.canonical_stem(counted.noun)),
        _inherent(modifiers(sentence, counted.noun, classes["power"] | classes["lacks"])),
        False,
        f"{noun} {_label(sentence, 'outage')}",
        noun,
    )


def _event(sentence: AnnotatedTree, counted: Counted, quantity: Quantity) -> FigureSubject | None:
    found = find_event(sentence, counted, quantity)
    if found is None:
        return None
    event, word = found
    noun = counted.noun
    if is_beyond(sentence, counted):  # "three dead and 15 others injured"
        before = (sentence.event_of(i) for i in range(counted.numeral[0]))
        if not any(other is not None and other is not event for other in before):
            return None
    bounds = {*_inherent(modifiers(sentence, noun)), *moments(sentence, counted)}
    if any(sentence.has("perpetrators", i) for i in sentence.below(counted.governor)) and any(
        sentence.word_classes.word_is("including", word) for word in sentence.lower_words
    ):
        bounds.add("including")
    bounds |= manners(sentence, word, quantity) | manners(sentence, counted.governor, quantity)
    if noun is None or sentence.event_of(noun) is not None or sentence.has("people", noun):
        return FigureSubject(("event", event.name, ""), bounds, False, event.label, "people")
    stem, written = sentence.canonical_stem(noun), sentence.texts[noun]
    things, subgroup = ("", stem) if sentence.is_person(noun) else (stem, "")
    return FigureSubject(("event", event.name, things), bounds, False, f"{written} {event.label}", written, subgroup)


def _inherent(limits: set[str]) -> set[str]:
    """Modifiers without those of place: where something happened is compared by names."""
    return {each for each in limits if not each.startswith(AT)}


def _distance(sentence: AnnotatedTree, counted: Counted) -> FigureSubject | None:
    """How far a place is from another: "30 kilometres north of Hale"."""
    tree, last = sentence.tree, counted.numeral[-1]
    if counted.noun is None or sentence.lower_words[counted.noun] not in sentence.word_classes.metres_by_unit_word:
        return None
    place = next(
        (
            i
            for i in range(counted.noun + 1, min(len(tree), counted.noun + 6))
            if tree.tags[i] == "PROPN" and any(tree.relations[c] == "case" for c in sentence.children[i])
        ),
        None,
    )
    if place is None or not any(sentence.has("from", i) for i in range(last + 1, place)):
        return None
    direction = {sentence.canonical_stem(i) for i in range(last + 1, place) if sentence.has("regions", i)}
    subject = next((i for i in range(counted.numeral[0]) if tree.relations[i].startswith("nsubj")), None)
    if subject is None or tree.tags[subject] not in ("NOUN", "PROPN"):
        return None
    about = f"{sentence.texts[subject]}, {sentence.texts[place]}"
    key = (DISTANCE, sentence.canonical_stem(subject), sentence.lower_words[place])
    return FigureSubject(key, direction, False, about, sentence.texts[counted.noun])


def _noun(sentence: AnnotatedTree, counted: Counted) -> FigureSubject | None:
    noun, governor = counted.noun, counted.governor
    if noun is None or is_beyond(sentence, counted):
        return None
    copula = next((c for c in sentence.children[noun] if sentence.tree.relations[c] == "cop"), None)
    if counted.relation == "root" and copula is not None:  # some verbs are taken for one
        verb = sentence.canonical_stem(copula)
        bounds = {*modifiers(sentence, noun), *moments(sentence, counted), *future(sentence, noun)}
        return FigureSubject(
            ("count", sentence.canonical_stem(noun), verb, "object", ""),
            bounds,
            True,
            sentence.texts[noun],
            sentence.texts[noun],
        )
    relation, owned = counted.relation, set[str]()
    is_owner = counted.base == "nmod" and any(sentence.has("of", c) for c in sentence.children[noun])
    if is_owner and _is_noun(sentence, governor):
        # "the bodies of 14 miners were found": the role is that of the bodies.
        owned = {sentence.canonical_stem(governor)}
        relation, governor = sentence.tree.relations[governor], sentence.tree.heads[governor]
        if governor < 0:
            return None
    is_verb = sentence.tree.tags[governor] in ("VERB", "AUX") or any(
        sentence.tree.relations[c] == "aux" for c in sentence.children[governor]
    )
    if not is_verb or governor == counted.top:
        return None
    role = {"obj": "object", "nsubj": "subject", "obl": "oblique"}.get(relation.partition(":")[0])
    if role is None:
        return None
    if relation == "nsubj:pass":
        role = "object"
    if (
        role == "subject"
        and not sentence.is_passive(governor)
        and not any(
            sentence.tree.relations[c] == "obj" and sentence.tree.tags[c] != "PRON" for c in sentence.children[governor]
        )
    ):
        role = "alone"
    case = (
        "".join(sentence.lower_words[c] for c in sentence.children[noun] if sentence.tree.relations[c] == "case")
        if role == "oblique"
        else ""
    )
    verb = sentence.canonical_stem(governor)
    written = sentence.texts[noun]
    is_after = sentence.tree.verb_forms[governor] == "Part" and role == "object" and not owned
    about = f"{written} {sentence.texts[governor]}" if is_after else written
    bounds = {*owned, *modifiers(sentence, noun), *moments(sentence, counted), *future(sentence, governor)}
    return FigureSubject(("count", sentence.canonical_stem(noun), verb, role, case), bounds, True, about, written)


def _amount(sentence: AnnotatedTree, counted: Counted, quantity: Quantity) -> FigureSubject | None:
    """What a percentage or an amount of money measures: a noun beside it, or that of the verb."""
    tree, governor = sentence.tree, counted.governor
    if is_beyond(sentence, counted):
        return None
    case = next((sentence.lower_words[c] for c in sentence.children[counted.top] if tree.relations[c] == "case"), "")
    if _is_noun(sentence, governor) and counted.base in ("nmod", "nummod", "compound", "amod"):
        above = sentence.verb_above(governor)  # a loss that is expected is not one that is reported
        measured, verb = governor, "" if above == governor else sentence.canonical_stem(above)
        case = ""
    elif tree.tags[governor] in ("VERB", "AUX", "ADJ") and counted.base in (
        "obl",
        "obj",
        "xcomp",
        "advmod",
    ):
        arguments = {
            sentence.base(c): c
            for c in reversed(sentence.children[governor])
            if tree.tags[c] != "PRON" or tree.relations[c] != "obj"  # "belaufen sich auf"
        }
        passive = any(tree.relations[c] == "nsubj:pass" for c in sentence.children[governor])
        is_object = counted.base == "obj"
        choice = arguments.get("nsubj") if is_object or passive or "obj" not in arguments else arguments["obj"]
        if choice is None or choice == counted.top:
            return None
        measured, verb = choice, sentence.canonical_stem(governor)
    elif governor == counted.top or tree.relations[counted.top] == "root":
        subject = next((c for c in sentence.children[counted.top] if tree.relations[c].startswith("nsubj")), None)
        if subject is None:
            return None
        measured, verb = subject, "="
    else:
        return None
    if not _is_noun(sentence, measured):
        return None
    phrase = [i for i in _phrase(sentence, measured) if i not in counted.numeral]
    # What a preposition ties to the amount may be elsewhere in another clause: "a fine of $40 million to regulators".
    tied = {
        i
        for child in sentence.children[counted.top]
        if any(tree.relations[c] == "case" for c in sentence.children[child])
        for i in sentence.below(child)
    }
    bounds = {
        *modifiers(sentence, measured, {sentence.lower_words[i] for i in counted.numeral}),
        *(
            (OF if i in tied else "") + sentence.canonical_stem(i)
            for i in sentence.below(counted.top)
            if tree.tags[i] in _CONTENT
            and i not in counted.numeral
            and not sentence.is_qualifier(i, quantity)
            and (measured == governor or i not in sentence.below(measured))
        ),
        *moments(sentence, counted),
        *future(sentence, governor),
    }
    about = tree.text[tree.starts[phrase[0]] : tree.ends[phrase[-1]]] if phrase else sentence.texts[measured]
    unit = "percent" if quantity.kind == "percent" else quantity.kind
    return FigureSubject((quantity.kind, sentence.canonical_stem(measured), verb, case), bounds, True, about, unit)


def _is_noun(sentence: AnnotatedTree, word: int) -> bool:
    """Whether a word is a noun: also an object or subject that the parser takes for an adjective, "a $55 million fine"."""
    tag = sentence.tree.tags[word]
    return tag in ("NOUN", "PROPN") or (tag == "ADJ" and sentence.base(word) in ("obj", "nsubj"))


def _pair(sentence: AnnotatedTree) -> FigureSubject | None:
    """A vote, whose outcome is among its alternatives, or the score of a match."""
    if any(sentence.has(name, i) for name in VOTE_WORDS for i in range(len(sentence.lower_words))):
        return FigureSubject((VOTE,), sentence.years(), True, _label(sentence, "vote_about"), None)
    verb = next((word for word in sentence.lower_words if sentence.word_classes.word_is("win_verbs", word)), None)
    if verb and sentence.names(range(len(sentence.lower_words))):
        subject = next((i for i in range(len(sentence.lower_words)) if sentence.base(i) == "nsubj"), None)
        bounds = sentence.years() | modifiers(sentence, subject)
        return FigureSubject(
            ("score", sentence.word_classes.canonical_stem(verb)), bounds, True, _label(sentence, "score_about"), None
        )
    return None


def _phrase(sentence: AnnotatedTree, noun: int) -> list[int]:
    """The noun with the words before it that belong to it, for the reader; without its article."""
    near = [c for c in sentence.children[noun] if c < noun and sentence.base(c) in ("amod", "compound", "flat")]
    return sorted([*near, noun]) if all(noun - c <= len(near) for c in near) else [noun]


def _label(sentence: AnnotatedTree, name: str) -> str:
    return language(sentence.word_classes.code).text("figures", name)

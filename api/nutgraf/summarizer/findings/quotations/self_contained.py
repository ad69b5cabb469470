"""Decides whether a reader understands a quotation alone: without the sentence before it, and with a name for pronouns."""

from dataclasses import dataclass

from nutgraf.summarizer.findings.quotations.direct_speech import Quotation
from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.languages.language import language, per_language, primary
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.discourse import points_back

_ARGUMENTS = ("nsubj", "obj", "obl", "nmod")
_NOUNS = frozenset({"NOUN", "PROPN"})


def opens_with_reference(text: str, tag: str) -> bool:
    """Returns whether a quotation opens with words that need what is before it: "But they", "Although I tell you", "This".

    `tag` is the language. Words that may also refer to what follows, "it" and "that", count as references.
    """
    code = primary(tag)
    opening = text.lstrip("([¿¡…$€£#@ ").replace("’", "'").partition(" ")[0].lower().rstrip(",.:;!?…")
    references = _words(code).references
    return opening in references or opening.partition("'")[0] in references or points_back(text, code)


def needs_context(quotation: Quotation, sentence: Sentence, tree: Tree, tag: str) -> bool:
    """Returns whether the first sentence of a quotation needs what is before it, or has a pronoun that it does not explain.

    `tree` is that of the sentence. A sentence without a verb or subject needs what is before it. "He" and "her" need a name,
    an office or a noun for a person before them ("my son"); "they" and "that" need any noun. An opening that refers to
    what follows needs none: "It is wrong that".
    """
    words = _words(primary(tag))
    somebody = anything = predicates = False
    begins = opens_with_reference(sentence.text[max(0, quotation.start - sentence.start) :], tag)
    for position, word in enumerate(tree.words):
        if not quotation.start <= sentence.start + tree.starts[position] < quotation.end:
            continue
        lower, label, relation = word.lower(), tree.tags[position], tree.relations[position].partition(":")[0]
        predicates |= label in ("VERB", "AUX") or relation == "nsubj" or quotation.label is not None
        stands_for_later = relation == "expl"
        if begins and not stands_for_later:
            return True
        begins = False
        if stands_for_later:
            continue
        if label in ("PRON", "DET"):
            if lower in words.singular and not somebody:
                return True
            needs_noun = lower in words.several or (lower in words.things and relation in _ARGUMENTS)
            if (needs_noun or (lower in words.subjects and relation == "nsubj")) and not anything:
                return True
        elif label in _NOUNS and lower not in words.times | words.pronouns:
            anything = True
            somebody |= label == "PROPN" or lower in words.offices
    return not predicates


@dataclass(frozen=True, slots=True)
class _Words:
    references: frozenset[str]
    singular: frozenset[str]
    several: frozenset[str]
    things: frozenset[str]
    subjects: frozenset[str]
    pronouns: frozenset[str]
    offices: frozenset[str]
    times: frozenset[str]


@per_language
def _words(code: str) -> _Words:
    words = language(code).words
    return _Words(
        references=words("headlines", "connectives") | words("facts", "hanging"),
        singular=words("facts", "singular_persons"),
        several=words("facts", "several_persons"),
        things=words("facts", "things"),
        subjects=words("facts", "things_as_subjects"),
        pronouns=words("headlines", "pronouns"),
        offices=words("names", "titles") | words("headlines", "offices") | words("facts", "people"),
        times=words("headlines", "times"),
    )

"""Corrects a tree so that phrases that a verb requires depend on the verb: "turned a hall full of dancers into a trap".

The parser often attaches such a phrase to the noun or participle directly before it. The complements that words require were
counted in trees (complements.py).
"""

from dataclasses import replace

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.clauses.complements import USUAL, complements
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses

# The margin of an attachment that a table confirms, in logits.
CONFIRMED_MARGIN = 3.0
# Attachments below this margin are right in two thirds of all cases.
MAX_UNCERTAIN_MARGIN = 2.0
# The same for what a verb cannot do without, behind a participle: "turned a hall jammed with dancers into a trap".
MAX_UNCERTAIN_MARGIN_BEHIND_PARTICIPLE = 4.0


def with_required_phrases(tree: Tree, classes: WordClasses) -> Tree:
    """Returns the tree with phrases after an object on the verb that requires them, if the parser was not certain."""
    uncertain_nouns = {
        noun
        for noun, relation in enumerate(tree.relations)
        if relation.startswith(("nmod", "obl"))
        and tree.heads[noun] >= 0
        and tree.margins[noun] < _max_uncertain_margin(tree, noun)
    }
    if not uncertain_nouns:
        return tree
    table, spans = complements(classes.code), Spans(tree)
    heads, relations, margins = list(tree.heads), list(tree.relations), list(tree.margins)
    for verb, tag in enumerate(tree.tags):
        objects = [child for child in spans.children[verb] if tree.relations[child] == "obj" and child > verb]
        if tag != "VERB" or len(objects) != 1:
            continue
        verb_prepositions = {
            spans.lower[dependent]
            for child in spans.children[verb]
            for dependent in spans.children[child]
            if tree.relations[dependent] == "case"
        }
        nouns_of_object = sorted(uncertain_nouns.intersection(spans.below(objects[0])))
        for noun in nouns_of_object:
            preposition = next(
                (child for child in spans.children[noun] if tree.relations[child] == "case" and child < noun), -1
            )
            if preposition < 0 or noun < objects[0] or heads[noun] == verb or spans.lower[preposition] in verb_prepositions:
                continue
            word, head = spans.lower[preposition], heads[noun]
            sure = tree.margins[noun] >= MAX_UNCERTAIN_MARGIN
            if sure and not (spans.lower[verb] in classes.incomplete and word in classes.completes):
                continue
            if (
                head != objects[0]
                and table.demand_for_word(spans, verb, word) >= USUAL
                and not table.demand_for_word(spans, head, word)
            ):
                heads[noun], relations[noun], margins[noun] = verb, "obl", CONFIRMED_MARGIN
                break
    if heads == list(tree.heads):
        return tree
    return replace(tree, heads=tuple(heads), relations=tuple(relations), margins=tuple(margins))


def _max_uncertain_margin(tree: Tree, noun: int) -> float:
    """Below which margin the attachment of a noun with a preposition is in doubt."""
    head = tree.heads[noun]
    behind_participle = tree.tags[head] == "VERB" and tree.relations[head] == "acl"
    return MAX_UNCERTAIN_MARGIN_BEHIND_PARTICIPLE if behind_participle else MAX_UNCERTAIN_MARGIN

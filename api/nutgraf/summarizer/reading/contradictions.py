"""Finds whether two texts with mostly the same words contradict each other: another figure or name, or a negation.

Two versions of a report, or two reports with the same phrases about different things, share most of their words. What counts
is what stands between the same words: "killing at least 12, the coast guard" and "killing at least 21, the coast guard".
"""

import re
from collections.abc import Sequence, Set
from typing import NamedTuple

# A figure, name or negation is compared with what has the same words around it: this many before and after it.
CONTEXT_WORDS = 2
# Names and negations are compared only in this many first sentences: elsewhere, editors may have changed a phrase.
OPENING_SENTENCES = 2
# Only so many figures of a text are compared, the first ones, because each article may have many copies.
MAX_FIGURES = 50
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Longer sentences are lists or tables: only their beginnings are compared.
MAX_CHARACTERS = 1_500

Context = tuple[str, ...]


class Statements(NamedTuple):
    """The figures, names and negations of a text by the words around them; `plain` are the word sequences of its opening."""

    figures: dict[Context, str]
    names: dict[Context, str]
    denials: frozenset[Context]
    plain: frozenset[Context]


def read_statements(sentences: Sequence[str], negations: Set[str]) -> Statements:
    """Returns the statements of a text. `negations` are the words of its language, in lower case."""
    figures: dict[Context, str] = {}
    names: dict[Context, str] = {}
    denials, plain = set[Context](), set[Context]()
    for index, sentence in enumerate(sentences):
        if len(figures) >= MAX_FIGURES and index >= OPENING_SENTENCES:
            break
        tokens = _TOKEN.findall(sentence[:MAX_CHARACTERS])
        lower = ["", ""] + [token.lower() for token in tokens] + ["", ""]
        for place, token in enumerate(tokens):
            around = (
                *lower[place : place + CONTEXT_WORDS],
                *lower[place + 1 + CONTEXT_WORDS : place + 1 + 2 * CONTEXT_WORDS],
            )
            if token[0].isdigit() and len(figures) == MAX_FIGURES and around not in figures:
                continue
            if token[0].isdigit():
                # The same words around two figures of one text say nothing: "10 to 12".
                figures[around] = token if figures.get(around, token) == token else ""
            elif index < OPENING_SENTENCES:
                if token[0].isupper():
                    names[around] = token if names.get(around, token) == token else ""
                if token.lower() in negations:
                    denials.add(around)
                plain.add(tuple(lower[place : place + 2 * CONTEXT_WORDS]))
    return Statements(figures, names, frozenset(denials), frozenset(plain))


def contradict(one: Statements, other: Statements) -> bool:
    """Whether two texts have different figures or names, or only one of them a negation, between the same words."""
    return (
        _differ(one.figures, other.figures)
        or _differ(one.names, other.names)
        or not one.denials.isdisjoint(other.plain)
        or not other.denials.isdisjoint(one.plain)
    )


def _differ(one: dict[Context, str], other: dict[Context, str]) -> bool:
    return any(word and other.get(context) not in (None, "", word) for context, word in one.items())

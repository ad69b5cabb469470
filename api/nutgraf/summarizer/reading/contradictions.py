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
# Longer sentences are lists or tables: only their beginnings are compared.
MAX_CHARACTERS = 600
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
# "25,000" and "25000", "3:00" and "3" are one figure.
_GROUPING = re.compile(r"[.,](?=\d{3}(?!\d))|:00$")

Context = tuple[str, ...]


class Statements(NamedTuple):
    """The figures, names and negations of a text by the words around them; `plain` are the word sequences of its opening."""

    figures: dict[Context, str]
    names: dict[Context, str]
    denials: frozenset[Context]
    plain: frozenset[Context]


def read_statements(
    sentences: Sequence[str], negations: Set[str], not_names: Set[str] = frozenset(), *, capital_nouns: bool = False
) -> Statements:
    """Returns the statements of a text.

    `negations` are the words of its language, and `not_names` words that are no names even with a capital, such as days;
    both in lower case. With `capital_nouns`, capitals do not show names.
    """
    figures: dict[Context, str] = {}
    names: dict[Context, str] = {}
    denials, plain = set[Context](), set[Context]()
    for index, sentence in enumerate(sentences):
        opens = index < OPENING_SENTENCES
        if len(figures) >= MAX_FIGURES and not opens:
            break
        tokens = [_GROUPING.sub("", token) for token in _TOKEN.findall(sentence[:MAX_CHARACTERS])]
        lower = ["", "", *map(str.lower, tokens), "", ""]
        for place, token in enumerate(tokens):
            after = place + 1 + CONTEXT_WORDS
            around = (*lower[place : place + CONTEXT_WORDS], *lower[after : after + CONTEXT_WORDS])
            if token[0].isdigit():
                if len(figures) < MAX_FIGURES or around in figures:
                    _add(figures, around, token)
                continue
            if not opens:
                continue
            plain.add(tuple(lower[place : place + 2 * CONTEXT_WORDS]))
            if token.lower() in negations:
                denials.add(around)
            # The last word of a name: papers write "Mr Cole" or "Ben Cole". The first word of a sentence may be no name.
            is_last = place + 1 == len(tokens) or not tokens[place + 1][0].isupper()
            if place and token[0].isupper() and is_last and not capital_nouns and token.lower() not in not_names:
                _add(names, around, token.lower())
    return Statements(figures, names, frozenset(denials), frozenset(plain))


def contradict(one: Statements, other: Statements) -> bool:
    """Whether two texts have different figures or names, or only one of them a negation, between the same words."""
    return (
        _differ(one.figures, other.figures)
        or _differ(one.names, other.names)
        or not one.denials.isdisjoint(other.plain)
        or not other.denials.isdisjoint(one.plain)
    )


def _add(found: dict[Context, str], around: Context, word: str) -> None:
    """Records a word; two words of one text between the same words say nothing: "10 to 12"."""
    found[around] = word if found.get(around, word) == word else ""


def _differ(one: dict[Context, str], other: dict[Context, str]) -> bool:
    return any(word and other.get(context) not in (None, "", word) for context, word in one.items())

"""Trees and clauses written by hand, so that rules are tested without the parser.

A word is "word/TAG/relation/head", where the head is a word of the sentence (the nearest one, if several are alike), or "-"
for the root, whose relation is "ROOT". A tag may have a form of verbs ("VERB|Fin"), and a fifth field is the margin of the attachment. A "+" before a
word says that no space precedes it, as in "A-/... +B/...".
"""

from collections.abc import Iterable, Sequence

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.grammar.tree import ROOT
from nutgraf.summarizer.headlines.clauses.constituents import Clause
from nutgraf.summarizer.headlines.clauses.part_kinds import KEEP
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
from nutgraf.summarizer.headlines.grades import grade
from nutgraf.summarizer.headlines.styled_clause import Shortened

# Attachments without a margin of their own are beyond doubt.
CERTAIN = 9.0
LEFT_OUT = "left out"
_NO_SPACE_BEFORE = frozenset(",.;:!?)”»%")
_NO_SPACE_AFTER = frozenset("(“«$")


def tree(notation: str) -> Tree:
    """The tree of a sentence. Raises ValueError if a head is no word of it, or if there is not exactly one root."""
    rows = [token.split("/") for token in notation.split()]
    texts = [row[0].removeprefix("+") for row in rows]
    text, starts = "", []
    for position, word in enumerate(texts):
        apart = (
            position
            and not rows[position][0].startswith("+")
            and word not in _NO_SPACE_BEFORE
            and texts[position - 1] not in _NO_SPACE_AFTER
            and word not in ("'s", "n't")
        )
        text += " " if apart else ""
        starts.append(len(text))
        text += word
    if sum(row[3] == "-" for row in rows) != 1:
        raise ValueError("a tree has one root")
    tags = [row[1].partition("|") for row in rows]
    return Tree(
        text,
        tuple(starts),
        tuple(start + len(word) for start, word in zip(starts, texts, strict=True)),
        tuple(tag for tag, _, _ in tags),
        tuple(form for _, _, form in tags),
        tuple(ROOT if row[3] == "-" else _nearest(texts, row[3], position) for position, row in enumerate(rows)),
        tuple(row[2].lower() for row in rows),
        tuple(float(row[4]) if len(row) > 4 else CERTAIN for row in rows),
    )


def positions(words: Sequence[str], text: str) -> set[int]:
    """The positions of the words of a text among others, each the first one behind the last."""
    found, start = set(), 0
    for word in text.split():
        start = words.index(word, start) + 1
        found.add(start - 1)
    return found


def clause(notation: str, language: str = "en") -> Clause:
    """The main clause of a sentence."""
    made = tree(notation)
    return Clause(made, Spans(made), made.root, word_classes(language))


def kind(notation: str, phrase: str, language: str = "en") -> str:
    """The kind of the part that has all words of a phrase: KEEP for the core, LEFT_OUT if none has any of them."""
    made = clause(notation, language)
    words, wanted = made.tree.words, phrase.split()
    first = next(start for start in range(len(words)) if list(words[start : start + len(wanted)]) == wanted)
    inside = set(range(first, first + len(wanted)))
    kinds = [part.kind for part in made.parts if inside <= set(part.words)]
    if not kinds:
        assert not any(inside & set(part.words) for part in made.parts), f"{phrase!r} is torn apart"
        return LEFT_OUT
    return kinds[0]


def core(notation: str, language: str = "en") -> str:
    """The words of the core."""
    part = clause(notation, language).parts[0]
    assert part.kind == KEEP
    return " ".join(_texts(notation, part.words))


def optional(notation: str, language: str = "en") -> dict[str, str]:
    """The other parts: their words, and the kind of each."""
    return {" ".join(_texts(notation, part.words)): part.kind for part in clause(notation, language).parts[1:]}


def _texts(notation: str, positions: list[int]) -> list[str]:
    words = tree(notation).words
    return [words[position] for position in positions]


def _nearest(texts: list[str], word: str, position: int) -> int:
    alike = [other for other, text in enumerate(texts) if text == word and other != position]
    if not alike:
        raise ValueError(f"{word!r} is no word of {texts}")
    return min(alike, key=lambda other: abs(other - position))


def best_of_each_clause(headlines: Iterable[Shortened]) -> list[Shortened]:
    """The headline of each verb with the best grade, in the order of the sentence; of equal ones the first."""
    best: dict[int, Shortened] = {}
    for headline in headlines:
        if headline.verb not in best or grade(headline.features) > grade(best[headline.verb].features):
            best[headline.verb] = headline
    return list(best.values())

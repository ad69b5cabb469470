"""Finds the words of persons' names that a headline may leave out, because the story also does."""

import re

from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses

# The part of the story that is searched for the names of a person in its opening.
MAX_CHARACTERS = 50_000
# Longer ones are often a name together with words before it.
MAX_WORDS = 3


def given_names(spans: Spans, story: str, classes: WordClasses) -> frozenset[int]:
    """Returns the positions of given names: "Ada" of "Ada Marsh" if the story goes on with "Marsh" alone.

    `story` is the text of the article. Without that evidence the order of names is not known ("Hun Sen"), and what looks
    like a person may be a place.
    """
    tree, found = spans.tree, set[int]()
    for first in range(len(tree)):
        inside = tree.relations[first].startswith("flat") and spans.lower[tree.heads[first]] not in classes.offices
        office = spans.lower[first] in classes.offices
        if tree.tags[first] != "PROPN" or inside or office or not spans.texts[first][0].isupper():
            continue
        last = last_of_name(spans, first)
        run = range(first, last + 1)
        if (
            not 2 <= sum(spans.texts[word] != "-" for word in run) <= MAX_WORDS
            or _continues_name(spans, first, classes)
            or len(spans.texts[last]) < 3
            or any(
                spans.lower[word] in classes.offices or not spans.texts[word][0].isupper()
                for word in run
                if spans.texts[word] != "-"
            )
            or any(spans.quotation(word) for word in run)
            or not _stands_alone(spans.texts[last], story[:MAX_CHARACTERS], classes)
        ):
            continue
        found |= set(run[:-1])
    return frozenset(found)


def last_of_name(spans: Spans, first: int) -> int:
    """Returns the position of the last word of a name: of "Marsh" in "Ada-Beth Marsh", whose hyphen is a word of its own."""
    tree, last = spans.tree, first
    office = tree.heads[first] if tree.relations[first].startswith("flat") else first  # "Commissioner Ada Marsh"
    while last + 1 < len(tree):
        word = last + 2 if spans.texts[last + 1] == "-" and last + 2 < len(tree) else last + 1
        if not tree.relations[word].startswith("flat") or not (
            first <= tree.heads[word] <= last or tree.heads[word] == office
        ):
            break
        last = word
    return last


def _continues_name(spans: Spans, first: int, classes: WordClasses) -> bool:
    """Whether a capital word before a name belongs to another name: "the European Union Ada Marsh"."""
    before = first - 1
    if before < 0 or spans.is_mark(before) or spans.lower[before] in classes.offices:
        return False
    return spans.texts[before][0].isupper() and spans.tree.tags[before] in ("PROPN", "ADJ") and before > 0


def _stands_alone(surname: str, story: str, classes: WordClasses) -> bool:
    """Whether a story has a name without a capital word beside it, an honorific apart, and without an article."""
    for match in re.finditer(rf"(?<![\w’'.-]){re.escape(surname)}(?![\w-])", story):
        before = story[: match.start()].rstrip(" ")[-24:].rsplit(None, 1)[-1:] or [""]
        after = story[match.end() : match.end() + 24].split(None, 1)[:1] or [""]
        word = before[0].strip('"“”„«»‘(')
        beside = word[:1].isupper() and word[-1:].isalpha() and match.start() and story[match.start() - 1] == " "
        if not beside and word.lower() not in classes.articles and not after[0][:1].isupper():
            return True
    return False

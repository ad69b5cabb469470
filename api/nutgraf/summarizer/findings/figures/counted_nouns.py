"""Finds the words that a quantity counts: its noun, and the word in the sentence on which both depend."""

from collections.abc import Sequence
from dataclasses import dataclass

from nutgraf.summarizer.findings.figures.annotated_tree import AnnotatedTree
from nutgraf.summarizer.findings.figures.quantities import Quantity

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
# How many counted things one verb may have: "killed 3 men, 2 women and a child".
_MOST_JOINED = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """The words of a figure: its numeral, the noun that it counts, if any, and where they are attached.

    `top` is the one of them that depends on another word, the `governor`, by `relation`.
    """

    numeral: Sequence[int]
    noun: int | None
    top: int
    relation: str
    governor: int

    @property
    def base(self) -> str:
        """The relation without its subtype."""
        return self.relation.partition(":")[0]


def find_counted(sentence: AnnotatedTree, quantity: Quantity) -> Counted | None:
    """Returns the words that a quantity counts, as positions in the tree; None if no word overlaps the quantity."""
    tree = sentence.tree
    numeral = [i for i in range(len(tree)) if tree.starts[i] < quantity.stop and tree.ends[i] > quantity.number]
    if not numeral:
        return None
    inside = set(numeral)
    tops = [i for i in numeral if tree.heads[i] not in inside]
    top = tops[0]
    head, relation = tree.heads[top], tree.relations[top]
    noun: int | None = None
    if quantity.kind == "count" or quantity.kind == "pair":
        noun = _noun_of(sentence, numeral, top, head, relation)
    if noun is not None:
        if tree.heads[noun] not in inside or tree.heads[top] == noun:
            top = noun
        inside.add(noun)
    head, relation = tree.heads[top], tree.relations[top]
    seen = 0
    while head >= 0 and tree.tags[head] in _NOMINAL and seen < _MOST_JOINED:
        is_total = relation.startswith("nmod") and sentence.has("totals", head)  # "a total of 17 people were killed"
        if not is_total and not relation.startswith("conj"):
            break
        # Otherwise it is the second of several objects of one verb.
        relation, head, seen = tree.relations[head], tree.heads[head], seen + 1
    governor = head if head >= 0 else top
    return Counted(numeral, noun, top, _role(sentence, top, relation, governor, quantity), governor)


def _role(sentence: AnnotatedTree, top: int, relation: str, governor: int, quantity: Quantity) -> str:
    """The relation of what is counted. Some prepositions make no oblique object: "killed at least nine", "mató a nueve"."""
    tree = sentence.tree
    if not relation.startswith(("obl", "nmod")) or tree.tags[governor] not in ("VERB", "AUX", "ADJ"):
        return relation
    cases = [c for c in sentence.children[top] if tree.relations[c] == "case"]
    if any(sentence.has("agent", c) for c in cases) and sentence.is_passive(governor):
        return "nsubj"
    if all(sentence.is_qualifier(c, quantity) or sentence.has("object_case", c) for c in cases):
        return "obj" if top > governor else "nsubj"
    return relation


def _noun_of(sentence: AnnotatedTree, numeral: Sequence[int], top: int, head: int, relation: str) -> int | None:
    tree = sentence.tree
    last = numeral[-1]
    after = last + 1
    if after < len(tree) and tree.tags[after] == "NOUN" and sentence.has("people", after):
        return after
    total = _total_after(sentence, last)
    if total is not None:
        # The parser may attach the total to the figure instead of the noun.
        noun = total + 1 if tree.heads[total] in numeral else tree.heads[total]
        return noun if noun < len(tree) and tree.tags[noun] == "NOUN" else None
    between = (i for i in range(after, head) if tree.tags[i] == "NUM")
    is_noun = head > last and tree.tags[head] in ("NOUN", "PROPN") and all(sentence.base(i) == "flat" for i in between)
    is_noun = is_noun and not sentence.has("day_parts", head)  # "left eight dead Tuesday night"
    if is_noun and relation.startswith(("nummod", "det", "compound", "amod")):
        return head
    inside = set(numeral)
    for child in (last + 1, last + 2):
        if child >= len(tree):
            break
        beside = child == last + 1 and tree.heads[child] == head
        if tree.tags[child] in ("NOUN", "PROPN") and (
            beside or tree.heads[child] in inside or _depends_on(sentence, numeral, child)
        ):
            return child
        if tree.tags[child] not in ("ADJ", "ADP", "ADV") or sentence.has("places", child):
            break  # "14 in Hale and six in Skerry"
    return None


def _total_after(sentence: AnnotatedTree, last: int) -> int | None:
    """The number of all that there are: 338 in "157 of 338 seats"."""
    total = last + 2
    return (
        total
        if total < len(sentence.lower_words) and sentence.has("of", last + 1) and sentence.tree.tags[total] == "NUM"
        else None
    )


def _depends_on(sentence: AnnotatedTree, numeral: Sequence[int], noun: int) -> bool:
    return any(sentence.tree.heads[i] == noun for i in numeral)


def is_part(sentence: AnnotatedTree, counted: Counted, quantity: Quantity) -> bool:
    """Whether a figure is one of several, a part of a whole, or part of a name."""
    tree, words = sentence.tree, sentence.word_classes
    first, last = counted.numeral[0], counted.numeral[-1]
    beside = set(sentence.children[counted.top]) | {child for i in counted.numeral for child in sentence.children[i]}
    if counted.noun is not None:
        beside |= set(sentence.children[counted.noun])
    beside |= set(range(max(0, first - 2), first)) | set(range(last + 1, min(len(tree), last + 3)))
    # "35, including 31 in Hale": the part comes after it.
    parts = (i for i in beside - set(counted.numeral) if sentence.has("part", i))
    if any(i < first or not sentence.has("including", i) for i in parts):
        return True
    after = last + 1
    is_exact = sentence.lower_words[last] not in words.approximate and sentence.lower_words[last] not in words.scales
    has_total = _total_after(sentence, last) is not None
    if quantity.kind == "count" and after < len(tree) and sentence.has("of", after) and is_exact and not has_total:
        return True
    if quantity.kind == "count" and any(
        sentence.has("of", i) and i and (tree.tags[i - 1] == "NUM" or sentence.has("part_before", i - 1))
        for i in range(max(0, first - 2), first)
    ):
        return True  # "157 of 338 seats": all that there are
    if counted.relation == "appos" or counted.relation.startswith(("flat", "list")):
        return True
    is_named = counted.noun is None and counted.governor < first and tree.tags[counted.governor] == "PROPN"
    return is_named and counted.relation.startswith(("nummod", "nmod", "compound", "flat"))


def is_beyond(sentence: AnnotatedTree, counted: Counted) -> bool:
    """Returns whether a figure counts in addition to others: "12 more", "another 5"."""
    first, last = counted.numeral[0], counted.numeral[-1]
    near = {*range(max(0, first - 2), first), *range(last + 1, min(len(sentence.lower_words), last + 3))}
    near |= {c for i in (*counted.numeral, counted.top) for c in sentence.children[i] if sentence.base(c) != "conj"}
    near.add(counted.top)
    return any(sentence.has("beyond", i) for i in near if i not in counted.numeral and not _more_than(sentence, i))


def _more_than(sentence: AnnotatedTree, position: int) -> bool:
    return position + 1 < len(sentence.lower_words) and sentence.has("than", position + 1)

"""Finds how many of each noun a sentence counts, and whether two sentences give different numbers for one noun.

"a 550-member delegation" and "a delegation of more than 400" give different numbers.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from nutgraf.summarizer.findings.agreement.fact_words import key
from nutgraf.summarizer.findings.figures.differing_figures import agree
from nutgraf.summarizer.findings.figures.quantities import Quantity
from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.languages.language import language

Numbers = Mapping[str, Sequence[Quantity]]

_PARTS = ("amod", "compound")
# From the word of a number up to the noun that it counts.
MAX_STEPS = 3
# A noun with "a" in one sentence contradicts only smaller numbers in the other. It may be something else than what a larger
# number counts: "600 tonnes of a mineral".
MAX_SEVERAL = 20


def numbers_of(tree: Tree, quantities: Sequence[Quantity], code: str) -> Numbers:
    """Returns the quantities that count something, by the stem of each noun above their numerals in language `code`."""
    found: dict[str, list[Quantity]] = defaultdict(list)
    for quantity in quantities:
        if quantity.kind != "count":
            continue
        inside = [i for i, at in enumerate(tree.starts) if at < quantity.stop and tree.ends[i] > quantity.number]
        word = next((i for i in inside if tree.heads[i] not in inside), None)
        allowed: tuple[str, ...] = ("nummod", "nmod")
        for _ in range(MAX_STEPS):
            if word is None or tree.heads[word] < 0 or tree.relations[word].partition(":")[0] not in allowed:
                break
            word, allowed = tree.heads[word], _PARTS
            if tree.tags[word] == "NOUN":
                found[key(tree.words[word].lower(), code)].append(quantity)
    return found


def singular_nouns(tree: Tree, code: str) -> frozenset[str]:
    """Returns the stems of the nouns that have an indefinite article: "a homemade bomb"."""
    articles = language(code).words("figures", "articles")
    return frozenset(
        key(tree.words[head].lower(), code)
        for position, head in enumerate(tree.heads)
        if tree.relations[position] == "det" and tree.tags[head] == "NOUN" and tree.words[position].lower() in articles
    )


def contradict_singular(one: Numbers, singular: frozenset[str]) -> bool:
    """Returns whether one sentence counts several things by a noun ("three bombs") of which the other has one ("a bomb").

    `singular` are the nouns of the other sentence, from `singular_nouns`.
    """
    return any(
        len(mine) == 1 and 1 < mine[0].value < MAX_SEVERAL and mine[0].value.is_integer() and noun in singular
        for noun, mine in one.items()
    )


def numbers_differ(one: Numbers, other: Numbers, of_one: Sequence[Quantity], of_other: Sequence[Quantity]) -> bool:
    """Returns whether two sentences that state the same count one noun once each, with numbers that are not the same.

    `of_one` and `of_other` are all quantities of the sentences. A number that the other sentence gives too, for whatever
    word, is not contradicted: "gusts of 148 kilometres" and "had warned of 130 kilometres; 148 were measured".
    """
    return any(
        len(mine) == len(others) == 1
        and not any(agree(mine[0], each) for each in of_other)
        and not any(agree(others[0], each) for each in of_one)
        for noun, mine in one.items()
        if (others := other.get(noun))
    )

"""Finds the claims of a sentence: what each of its figures counts, and within which scope.

A claim's `key` names the thing: an event that happened to people or homes ("killed"), a noun and its verb ("jobs",
"cut"), what a percentage or an amount of money measures, the magnitude of an earthquake, a person's age, a vote. Its scope
(`bounds`, `places`, `circumstances`) says for which part of the thing, which place and which day the figure is true. A
figure makes no claim if it is unclear what it counts, or within which scope. Relations are those of Universal Dependencies,
so that one set of rules serves all languages; words come from the language's file.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from nutgraf.summarizer.findings.figures.annotated_tree import AnnotatedTree
from nutgraf.summarizer.findings.figures.counted_nouns import find_counted
from nutgraf.summarizer.findings.figures.quantities import Age, Quantity
from nutgraf.summarizer.findings.figures.scope import (
    actors,
    circumstances,
    context,
    is_denied_or_possible,
    is_outside_news,
    outcomes,
    purposes,
    sites,
)
from nutgraf.summarizer.findings.figures.subjects import DISTANCE, VOTE, find_figure_subject
from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.languages.language import language


class FigureClaim(NamedTuple):
    """A figure and what it counts. `differing_figures.same_thing` decides whether two of them are about the same thing.

    - `key`: the thing that is counted. It must be equal in both claims.
    - `about`, `unit`: the thing and the unit of the figure, in words for the reader.
    - `quantity`: the figure as written.
    - `comparable_quantity`: the figure for comparison; a distance is in metres.
    - `position`: the sentence.
    - `subgroup`: the stem of the noun, if it counts some people only, such as workers; "" for people in general. If only one
      claim has one, the figures contradict each other if there are more workers than people.
    - `bounds`: what limits the thing to a part. They must be equal in both claims.
    - `places`: where it happened. If both claims have places, one must be in the other sentence. With `needs_same_context`,
      all must be.
    - `circumstances`: days, months, parts of the day, clock times and reasons; of a vote its outcomes and purposes; of a
      noun with its verb the sites, such as "assembly". If both claims have values under a name, they must share one.
    - `needs_same_context`: `key` alone does not identify the thing. Then the next four must fit as well.
    - `context`: the stems of the clause. Half of them must be in both claims.
    - `details`: modifiers that a preposition ties to the thing. Each must be in the context or details of the other claim.
    - `actors`: the subject and the object of the clause. They must not differ.
    - `names`: the names in the clause. If both claims have names, they must share one.
    - `names_of_part`: the names in the clause if the main clause has other names: Alder, but not Norway, in "a storm struck
      Norway, killing seven in Alder". One of them must be in the other sentence.
    - `all_names`: the names in the sentence.
    - `limits`: words of the sentence that make it count something else, such as "core" or "worldwide". They must be equal.
    """

    key: tuple[str, ...]
    about: str
    unit: str | None
    quantity: Quantity
    comparable_quantity: Quantity
    position: int
    subgroup: str = ""
    bounds: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    circumstances: Mapping[str, frozenset[str]] = MappingProxyType({})
    needs_same_context: bool = False
    context: frozenset[str] = frozenset()
    details: frozenset[str] = frozenset()
    actors: Mapping[str, str] = MappingProxyType({})
    names: frozenset[str] = frozenset()
    names_of_part: frozenset[str] = frozenset()
    all_names: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()


def age_claim(age: Age, language_tag: str, position: int) -> FigureClaim:
    """Returns the claim of a person's age in the sentence at `position`. It needs no tree: the age is next to the name."""
    quantity = Quantity(age.value, "age", None, age.start, age.end, age.start, age.end, 1.0)
    about = language(language_tag).text("figures", "age").format(age.name)
    return FigureClaim(("age", age.name), about, "years", quantity, quantity, position)


def figure_claims(tree: Tree, quantities: Sequence[Quantity], language_tag: str, position: int) -> list[FigureClaim]:
    """Returns the claims that a sentence makes with its quantities, at most one for each quantity.

    `position` is that of the sentence. A question, or a sentence without a tree, makes no claims.
    """
    if not len(tree) or not quantities:
        return []
    sentence = AnnotatedTree(tree, language_tag)
    if "?" in sentence.lower_words:
        return []
    return [made for quantity in quantities if (made := _claim(sentence, quantity, position))]


def _claim(sentence: AnnotatedTree, quantity: Quantity, position: int) -> FigureClaim | None:
    counted = find_counted(sentence, quantity)
    if counted is None:
        return None
    subject = find_figure_subject(sentence, counted, quantity)
    if subject is None or is_denied_or_possible(sentence, counted.governor) or is_outside_news(sentence, counted):
        return None
    key, bounds, needs_same_context, about, unit, subgroup = subject
    comparable_quantity = quantity
    if key[0] == DISTANCE:
        metres = sentence.word_classes.metres_by_unit_word[(unit or "").lower()]
        comparable_quantity = quantity._replace(value=quantity.value * metres, exact=quantity.exact * metres)
    details = (
        frozenset(stem for mark, _, stem in (each.rpartition(" ") for each in bounds) if mark)
        if needs_same_context
        else frozenset()
    )
    names = sentence.names(sentence.clause(sentence.verb_above(counted.governor)))
    return FigureClaim(
        key,
        about,
        unit,
        quantity,
        comparable_quantity,
        position,
        subgroup,
        bounds=frozenset(each for each in bounds if " " not in each or not needs_same_context),
        places=sentence.places(),
        circumstances=circumstances(sentence, counted)
        | (_of_vote(sentence) if key[0] == VOTE else {})
        | ({"sites": sites(sentence, counted)} if key[0] == "count" else {}),
        needs_same_context=needs_same_context,
        context=context(sentence, counted, quantity),
        details=details,
        actors=actors(sentence, counted) if needs_same_context and key[0] != VOTE else {},
        names=names,
        names_of_part=names if sentence.names(sentence.clause(sentence.tree.root)) - names else frozenset(),
        all_names=sentence.names(range(len(sentence.lower_words))),
        limits=sentence.limits(),
    )


def _of_vote(sentence: AnnotatedTree) -> dict[str, frozenset[str]]:
    return {"outcomes": outcomes(sentence), "purposes": purposes(sentence)}

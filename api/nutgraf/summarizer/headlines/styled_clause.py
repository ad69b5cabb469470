"""Makes headlines that fit a slot from a clause, in a style.

A style says which small words, offices and given names are left out. A search finds the parts that are worth most together
(part_search.py). Each headline must pass checks, so that it is grammatical and says no more than its sentence. Search and
checks are done once for all slots, since each wording of a speaker leaves another one.
"""

from collections.abc import Callable, Collection, Iterator
from itertools import count, pairwise
from typing import NamedTuple

from nutgraf.summarizer.headlines.checks.grammar_checks import is_grammatical
from nutgraf.summarizer.headlines.checks.lost_complements import lost_complement
from nutgraf.summarizer.headlines.checks.text_checks import has_incomplete_ending
from nutgraf.summarizer.headlines.clauses.complements import NEEDED
from nutgraf.summarizer.headlines.clauses.constituents import FORBIDDEN_COST, Clause, Part
from nutgraf.summarizer.headlines.headline_features import HeadlineFeatures, headline_features
from nutgraf.summarizer.headlines.part_search import Choice, choices
from nutgraf.summarizer.headlines.surface import idle_possessives, offices, realize, without_articles


class Style(NamedTuple):
    """What a headline leaves out to make room, beside parts of the sentence: small words, offices and given names.

    Small words are articles, auxiliaries and possessives that say nothing. `names_after_offices`: the given names of persons
    whose office is before them: "Mayor Marsh". `names`: all given names.
    """

    small_words: bool = False
    names_after_offices: bool = False
    offices: bool = False
    names: bool = False


# The first that says enough in the slot is the best.
STYLES = (
    Style(),
    Style(small_words=True),
    Style(small_words=True, names_after_offices=True),
    Style(small_words=True, offices=True),
    Style(small_words=True, offices=True, names=True),
)
# Choices of parts that are tried in a style, and those that are offered.
MAX_TRIED = 24
MAX_OFFERED = 3
# The parser's margins, in logits. Of the attachments below 1 about half are right, below 2 two thirds, from 3 on 92%
# (English test part of the treebank, noun phrases and clauses).
SURE_MARGIN = 2.0
# For phrases that belong to the noun right before them as often as to a verb: "a book on theft by officers".
VERY_SURE_MARGIN = 3.5
_OF_NOUNS = frozenset("by par por durch von à au aux ao aos".split())

Fits = Callable[[str], bool]


class Shortened(NamedTuple):
    """A headline with the positions of its words in the tree, and its features.

    `omitted` has the offices before full names ("Mayor"), the given names and the possessives that the headline leaves
    out; the checks of its grammar count them as kept.
    """

    text: str
    kept: frozenset[int]
    verb: int
    features: HeadlineFeatures
    omitted: frozenset[int] = frozenset()


class StyledClause:
    """A clause in one style.

    `shared` has the words of another clause that every headline keeps, such as the subject of both. `omissible_names` has
    the positions of the given names that may be left out. No slot is longer than `longest` characters.
    """

    def __init__(
        self, clause: Clause, shared: frozenset[int], style: Style, omissible_names: frozenset[int], longest: int
    ) -> None:
        self._clause, self._shared, self._style = clause, shared, style
        self._omitted = _omitted_names(clause, style, omissible_names)
        self._lacks_given_names = style.names and bool(self._omitted & omissible_names)
        # Without names to leave out, the style is the same as another one.
        self._differs = bool(self._omitted) or not (style.offices or style.names_after_offices)
        if style.small_words:
            self._omitted |= idle_possessives(clause)
        self._search = self._choices(longest) if self._differs else iter(())
        self._found: list[Choice] = []
        self._lines: dict[tuple[int, ...], tuple[str, frozenset[int]] | None] = {}
        self._features: dict[tuple[int, ...], HeadlineFeatures | None] = {}

    def headlines(self, fits: Fits, longest: int, offered: set[tuple[int, ...]]) -> Iterator[Shortened]:
        """Yields headlines, those that are worth most first, and adds their choices of parts to those that are `offered`.

        A choice that is offered in another style is left out.
        """
        made = 0
        for _, choice in zip(range(MAX_TRIED), self._choices_within(longest), strict=False):
            if choice.parts in offered:
                continue
            line = self._line(choice.parts)
            if line is None or not fits(line[0]):
                continue
            features = self._features_of(choice)
            if features is None:
                continue
            text, kept = line
            features = {**features, "share": len(text) / longest}
            yield Shortened(text, kept, self._clause.verb, features, self._omitted)
            offered.add(choice.parts)
            made += 1
            if made == MAX_OFFERED:
                return

    def _choices(self, longest: int) -> Iterator[Choice]:
        spans, parts = self._clause.spans, self._clause.parts
        everything = self._words_of(range(len(parts)))
        sizes = [sum(spans.size(word) for word in part.words if word in everything) for part in parts]
        sizes[0] += sum(spans.size(word) for word in self._shared if word in everything) - 1
        weights = [0.0, *(part.worth for part in parts[1:])]
        available = [_bound(self._clause, part) for part in parts]
        costs = [part.omission_cost for part in parts]
        yield from choices([part.parent for part in parts], sizes, weights, costs, available, longest)

    def _choices_within(self, longest: int) -> Iterator[Choice]:
        """The choices of parts with at most `longest` characters, best first."""
        for place in count():
            if place == len(self._found):
                choice = next(self._search, None)
                if choice is None:
                    return
                self._found.append(choice)
            if self._found[place].size <= longest:
                yield self._found[place]

    def _words_of(self, chosen: Collection[int]) -> set[int]:
        clause = self._clause
        kept = {word for index in chosen for word in clause.parts[index].words} | self._shared
        if not self._style.small_words:
            return kept
        return without_articles(clause.spans, kept - self._omitted, clause.verb, clause.classes)

    def _line(self, chosen: tuple[int, ...]) -> tuple[str, frozenset[int]] | None:
        """The text of a choice with its words; None if parts are missing that others need, or belong elsewhere."""
        if chosen not in self._lines:
            clause = self._clause
            # Neither other parts nor articles are left out to make room for a day.
            with_day = any(clause.parts[part].kind == "day" for part in chosen)
            usable = not (with_day and (self._style.small_words or len(chosen) < len(clause.parts)))
            kept = self._words_of(chosen) if usable else set[int]()
            if not usable or _lacks(clause, chosen) or not _all_sure(clause, chosen, kept):
                self._lines[chosen] = None
            else:
                self._lines[chosen] = _without_lone_comma(clause, realize(clause.spans, kept)), frozenset(kept)
        return self._lines[chosen]

    def _features_of(self, choice: Choice) -> HeadlineFeatures | None:
        """The features of a headline, its share of the slot apart; None if it does not pass the checks."""
        chosen = choice.parts
        if chosen not in self._features:
            line = self._line(chosen)
            self._features[chosen] = self._checked(choice, *line) if line else None
        return self._features[chosen]

    def _checked(self, choice: Choice, text: str, kept: frozenset[int]) -> HeadlineFeatures | None:
        clause = self._clause
        if _opens_an_aside(clause, kept, text) or has_incomplete_ending(text, clause.classes.code):
            return None
        lost = lost_complement(clause, kept, self._omitted)
        if lost >= NEEDED or not is_grammatical(clause.spans, clause.verb, kept, self._omitted, clause.classes):
            return None
        return headline_features(clause, choice.parts, kept) | {
            "value": choice.value,
            "lost complement": float(lost),
            "style": float(self._style.small_words + self._style.offices),
            "surname alone": float(self._lacks_given_names),
        }


def _omitted_names(clause: Clause, style: Style, given: frozenset[int]) -> frozenset[int]:
    """The positions of the offices and given names that a style leaves out."""
    found = offices(clause) if style.offices or style.names_after_offices else frozenset[int]()
    if style.names_after_offices:
        known = frozenset(word for word in found if clause.words[word] in clause.classes.offices)
        return frozenset(word for word in given if _follows_any(word, known, given))
    return found | given if style.names else found


def _follows_any(word: int, found: frozenset[int], given: frozenset[int]) -> bool:
    """Whether a given name, or the given names before it, come right after one of the offices that are `found`."""
    while word - 1 in given:
        word -= 1
    return word - 1 in found


def _lacks(clause: Clause, chosen: Collection[int]) -> bool:
    """Whether a part is missing that a kept word cannot do without: "banned masks" has lost where."""
    return any(
        part.omission_cost >= FORBIDDEN_COST and index not in chosen and part.parent in chosen
        for index, part in enumerate(clause.parts)
        if index
    )


def _without_lone_comma(clause: Clause, text: str) -> str:
    """A headline without a comma between its subject and its verb: what the comma closed is gone."""
    if text.count(",") != 1:
        return text
    verb = [
        clause.verb,
        *(child for child in clause.spans.children[clause.verb] if clause.tree.relations[child].startswith(("aux", "cop"))),
    ]
    for word in verb:
        text = text.replace(f", {clause.spans.texts[word]} ", f" {clause.spans.texts[word]} ")
    return text


def _opens_an_aside(clause: Clause, kept: Collection[int], text: str) -> bool:
    """Whether a comma inside the subject opens an aside whose end is missing: "Ada Marsh, the mayor has died"."""
    if text.count(",") != 1:
        return False
    tree, spans = clause.tree, clause.spans
    before_verb = [child for child in spans.children[clause.verb] if child < clause.verb]
    subjects = [child for child in before_verb if tree.relations[child].startswith("nsubj")]
    words = [word for word in spans.below(subjects[0]) if word in kept and not spans.is_mark(word)] if subjects else []
    parted = [after for before, after in pairwise(words) if "," in spans.texts[before:after]]
    return bool(parted) and not any(tree.tags[word] == "CCONJ" for word in words)


def _all_sure(clause: Clause, chosen: Collection[int], kept: Collection[int]) -> bool:
    """Whether each part is right after what precedes it in the sentence, or belongs there by a sure attachment.

    Without that, "with one goal in mind" may leave "in mind" behind.
    """
    tree, spans = clause.tree, clause.spans
    for index in chosen:
        words = set(clause.parts[index].words)
        if index == 0:
            continue
        before = min(words) - 1
        while before >= 0 and (spans.is_mark(before) or (tree.tags[before] == "DET" and before not in kept)):
            before -= 1
        if before < 0 or before in kept:
            continue
        first = min((word for word in words if not spans.is_mark(word)), default=before)  # it may have marks only
        sure = VERY_SURE_MARGIN if clause.words[first] in _OF_NOUNS else SURE_MARGIN
        if any(tree.margins[word] < sure for word in words if tree.heads[word] not in words):
            return False
    return True


def _bound(clause: Clause, part: Part) -> bool:
    """Whether the pronouns in a part have their nouns in the headline: only possessives after the subject do."""
    for word in part.words:
        lower = clause.words[word]
        if lower in clause.classes.first_and_second_person or (
            lower in clause.classes.pronouns
            and clause.tree.tags[word] == "PRON"
            and clause.tree.relations[word] not in ("expl", "expl:pv", "expl:pass", "expl:comp")
            and not (clause.tree.relations[word] == "nmod:poss" and lower in clause.classes.possessives)
            and not _relative(clause, word)
        ):
            return False
    return True


def _relative(clause: Clause, word: int) -> bool:
    here = word
    while here >= 0:
        if clause.tree.relations[here] == "acl:relcl":
            return True
        here = clause.tree.heads[here]
    return False

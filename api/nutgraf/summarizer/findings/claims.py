"""Tree of a sentence and its quantities -> claims: what each figure counts, and within which bounds.

A claim's `key` names the thing: an event that happened to people or homes ("killed"), a noun and its verb ("jobs", "cut"), what
a percentage or an amount of money measures, the magnitude of an earthquake, a person's age, a vote. Its bounds say of which
part, place, day and case it is true. A figure whose thing or bounds are unclear makes no claim. Relations are those of
Universal Dependencies, so that one set of rules serves all languages; words come from the language's file.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nutgraf.summarizer.findings.figure_words import Event, FigureWords, figure_words
from nutgraf.summarizer.findings.quantities import Age, Quantity
from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.languages.language import language
from nutgraf.summarizer.reading.words import vocabulary

# A year makes a figure one of another time.
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
# Not part of what a clause itself says.
_OTHER_CLAUSES = frozenset({"conj", "parataxis", "advcl", "ccomp", "discourse", "vocative", "punct", "acl:relcl"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "flat", "acl", "det", "appos"})
# A tool's magnitude of an earthquake.
_MAGNITUDES = (2.0, 10.0)


class Claim(NamedTuple):
    """A figure and what it counts.

    Figures of two claims are about the same thing if `key` and `bounds` are equal, and `places`, `days` and `names` have a
    member in common where both have any. `context` are stems of the clause; `loose` says that it must be alike as well.
    `about` and `unit` are for the reader.
    """

    key: tuple[str, ...]
    bounds: frozenset[str]
    places: frozenset[str]
    days: frozenset[str]
    names: frozenset[str]
    context: frozenset[str]
    loose: bool
    about: str
    unit: str | None
    quantity: Quantity
    position: int


def age_claim(age: Age, tag: str, position: int) -> Claim:
    """The claim of an age: it needs no tree, because it stands beside the name."""
    quantity = Quantity(age.value, "age", None, age.start, age.end, age.start, age.end, 1.0)
    about = language(tag).text("figures", "age").format(age.name)
    none: frozenset[str] = frozenset()
    return Claim(("age", age.name), none, none, none, none, none, False, about, "years", quantity, position)


def claims(tree: Tree, found: Sequence[Quantity], tag: str, position: int) -> list[Claim]:
    """Returns the claims that a sentence makes with its quantities; `position` is that of the sentence."""
    if not len(tree) or not found:
        return []
    clause = _Sentence(tree, tag)
    if clause.is_apart():
        return []
    return [claim for quantity in found if (claim := clause.claim(quantity, position))]


@dataclass(frozen=True, slots=True)
class _Counted:
    """The words of a figure: its numeral, the noun that it counts, and how they hang in the sentence."""

    numeral: Sequence[int]
    noun: int | None
    top: int
    relation: str
    governor: int


class _Sentence:
    """A tree with the classes of its words."""

    def __init__(self, tree: Tree, tag: str) -> None:
        self.tree = tree
        self.words: FigureWords = figure_words(tag)
        self.lower = [word.lower() for word in tree.words]
        self.children: list[list[int]] = [[] for _ in self.lower]
        for position, head in enumerate(tree.heads):
            if head >= 0:
                self.children[head].append(position)
        file = language(tag)
        self._days = file.words("calendar", "days")
        self._calendar = self._days | file.words("calendar", "months") | file.words("calendar", "short_days")

    def is_apart(self) -> bool:
        """Whether the sentence speaks of another time or case than the news."""
        return any(self.words.has("apart", word) for word in self.lower) or "?" in self.lower

    def claim(self, quantity: Quantity, position: int) -> Claim | None:
        counted = self._counted(quantity)
        if counted is None or self._is_part(counted, quantity) or self._is_unreal(counted.governor):
            return None
        found = self._magnitude(counted, quantity) or self._outage(counted, quantity)
        if found is None and quantity.kind == "count":
            found = self._event_claim(counted, quantity) or self._noun_claim(counted)
        elif found is None and quantity.kind != "pair":
            found = self._amount_claim(counted, quantity)
        elif found is None:
            found = self._pair_claim(counted)
        if found is None:
            return None
        key, bounds, loose, about, unit = found
        return Claim(
            key,
            frozenset(bounds),
            self._places(),
            frozenset(word for word in self.lower if word in self._days),
            self._names(counted.governor),
            self._context(counted),
            loose,
            about,
            unit,
            quantity,
            position,
        )

    # What is counted.

    def _counted(self, quantity: Quantity) -> _Counted | None:
        tree = self.tree
        numeral = [i for i in range(len(tree)) if tree.starts[i] < quantity.stop and tree.ends[i] > quantity.number]
        if not numeral:
            return None
        inside = set(numeral)
        tops = [i for i in numeral if tree.heads[i] not in inside]
        top = tops[0]
        head, relation = tree.heads[top], tree.relations[top]
        noun: int | None = None
        if quantity.kind == "count" or quantity.kind == "pair":
            noun = self._noun_of(numeral, top, head, relation)
        if noun is not None:
            if tree.heads[noun] not in inside:
                top = noun
            inside.add(noun)
        head, relation = tree.heads[top], tree.relations[top]
        seen = 0
        while relation.startswith("conj") and head >= 0 and tree.tags[head] in _NOMINAL and seen < 5:
            # The second of several things that one verb has.
            relation, head, seen = tree.relations[head], tree.heads[head], seen + 1
        governor = head if head >= 0 else top
        return _Counted(numeral, noun, top, relation, governor)

    def _noun_of(self, numeral: Sequence[int], top: int, head: int, relation: str) -> int | None:
        tree = self.tree
        last = numeral[-1]
        if (
            relation.startswith(("nummod", "det", "compound", "amod"))
            and head > last
            and tree.tags[head] in ("NOUN", "PROPN")
        ):
            return head
        inside = set(numeral)
        for child in (last + 1, last + 2):
            if child >= len(tree):
                break
            if tree.tags[child] in ("NOUN", "PROPN") and (tree.heads[child] in inside or self._hangs_on(numeral, child)):
                return child
            if tree.tags[child] not in ("ADJ", "ADP", "ADV"):
                break
        return None

    def _hangs_on(self, numeral: Sequence[int], noun: int) -> bool:
        return any(self.tree.heads[i] == noun for i in numeral)

    def _is_part(self, counted: _Counted, quantity: Quantity) -> bool:
        """Whether a figure is one of several, a part of a whole, or part of a name."""
        tree, words = self.tree, self.words
        first, last = counted.numeral[0], counted.numeral[-1]
        beside = set(self.children[counted.top]) | {child for i in counted.numeral for child in self.children[i]}
        if counted.noun is not None:
            beside |= set(self.children[counted.noun])
        beside |= set(range(max(0, first - 2), first)) | set(range(last + 1, min(len(tree), last + 3)))
        if any(words.has("part", self.lower[i]) for i in beside):
            return True
        after = last + 1
        is_exact = self.lower[last] not in words.approximate and self.lower[last] not in words.scales
        if quantity.kind == "count" and after < len(tree) and words.has("of", self.lower[after]) and is_exact:
            return True
        if counted.relation == "appos" or counted.relation.startswith(("flat", "list")):
            return True
        is_named = counted.noun is None and counted.governor < first and tree.tags[counted.governor] == "PROPN"
        return is_named and counted.relation.startswith(("nummod", "nmod", "compound", "flat"))

    def _is_unreal(self, governor: int) -> bool:
        """Whether a verb, or one above it, says what may be, was denied, or is not so."""
        here, steps = governor, 0
        while here >= 0 and steps < 6:
            for child in self.children[here]:
                if self.words.has("unreal", self.lower[child]) and self.tree.relations[child].split(":")[0] in (
                    "aux", "advmod", "mark", "det", "cc", "case",
                ):  # fmt: skip
                    return True
            if self.words.has("unreal_verbs", self.lower[here]):
                return True
            if self.tree.relations[here].split(":")[0] not in ("xcomp", "ccomp", "advcl", "csubj", "acl"):
                break
            here, steps = self.tree.heads[here], steps + 1
        return False

    # Kinds of things. Each returns key, bounds, whether the context counts, and what the reader sees.

    def _magnitude(self, counted: _Counted, quantity: Quantity) -> "_Found | None":
        near = range(max(0, counted.numeral[0] - 3), min(len(self.lower), counted.numeral[-1] + 3))
        if quantity.kind != "count" or not any(self.words.has("magnitude", self.lower[i]) for i in near):
            return None
        if any(self.words.has("aftershocks", word) for word in self.lower):
            return None
        if not _MAGNITUDES[0] <= quantity.value <= _MAGNITUDES[1]:
            return None
        return ("magnitude",), [], False, self._label("magnitude_about"), self._label("magnitude_about")

    def _outage(self, counted: _Counted, quantity: Quantity) -> "_Found | None":
        if counted.noun is None or quantity.kind != "count" or not self.words.has("homes", self.lower[counted.noun]):
            return None
        near = {self.lower[i] for i in self._clause(counted.governor)}
        if not any(self.words.has("power", word) for word in near) or not any(
            self.words.has("lacks", word) for word in near
        ):
            return None
        noun = self.tree.words[counted.noun]
        return ("outage",), self._modifiers(counted.noun, {"power"}), False, f"{noun} {self._label('outage')}", noun

    def _event_claim(self, counted: _Counted, quantity: Quantity) -> "_Found | None":
        found = self._event(counted)
        if found is None:
            return None
        event, word = found
        noun = counted.noun
        is_general = noun is None or word == noun or self.words.has("people", self.lower[noun])
        group = "" if noun is None or is_general else self.words.stem(self.lower[noun])
        bounds = {*self._modifiers(noun, set()), *self._moments(counted)}
        for position in {word, counted.governor}:
            bounds |= {
                self.words.stem(self.lower[child])
                for child in self.children[position]
                if self.tree.relations[child].split(":")[0] in ("advmod", "amod")
                and child not in counted.numeral
                and not self._is_qualifier(child, quantity)
                and not self.words.has("fillers", self.lower[child])
            }
        if noun is None or is_general:
            return ("event", event.name, group), bounds, False, event.about, "people"
        written = self.tree.words[noun]
        return ("event", event.name, group), bounds, False, f"{written} {event.about}", written

    def _noun_claim(self, counted: _Counted) -> "_Found | None":
        noun, governor = counted.noun, counted.governor
        if noun is None or self.tree.tags[governor] not in ("VERB", "AUX") or governor == counted.top:
            return None
        relation = counted.relation.split(":")
        role = {"obj": "object", "nsubj": "subject", "obl": "oblique"}.get(relation[0])
        if role is None:
            return None
        if counted.relation == "nsubj:pass":
            role = "object"
        if role == "subject" and not any(self.tree.relations[c] == "obj" for c in self.children[governor]):
            role = "alone"
        case = (
            "".join(self.lower[c] for c in self.children[noun] if self.tree.relations[c] == "case")
            if role == "oblique"
            else ""
        )
        verb = self.words.stem(self.lower[governor])
        written = self.tree.words[noun]
        is_after = self.tree.forms[governor] == "Part" and role == "object"
        about = f"{written} {self.tree.words[governor]}" if is_after else written
        bounds = {*self._modifiers(noun, set()), *self._moments(counted), *self._future(governor)}
        return ("count", self.words.stem(self.lower[noun]), verb, role, case), bounds, True, about, written

    def _amount_claim(self, counted: _Counted, quantity: Quantity) -> "_Found | None":
        """What a percentage or an amount of money measures: a noun that it stands with, or the verb's own."""
        tree, governor = self.tree, counted.governor
        case = next((self.lower[c] for c in self.children[counted.top] if tree.relations[c] == "case"), "")
        if tree.tags[governor] in ("NOUN", "PROPN") and counted.relation.split(":")[0] in (
            "nmod",
            "nummod",
            "compound",
            "amod",
        ):
            measured, verb = governor, ""
            case = ""
        elif tree.tags[governor] in ("VERB", "AUX", "ADJ") and counted.relation.split(":")[0] in (
            "obl",
            "obj",
            "xcomp",
            "advmod",
        ):
            arguments = {tree.relations[c].split(":")[0]: c for c in reversed(self.children[governor])}
            passive = any(tree.relations[c] == "nsubj:pass" for c in self.children[governor])
            is_object = counted.relation.split(":")[0] == "obj"
            choice = arguments.get("nsubj") if is_object or passive or "obj" not in arguments else arguments["obj"]
            if choice is None or choice == counted.top:
                return None
            measured, verb = choice, self.words.stem(self.lower[governor])
        elif governor == counted.top or tree.relations[counted.top] == "root":
            subject = next((c for c in self.children[counted.top] if tree.relations[c].startswith("nsubj")), None)
            if subject is None:
                return None
            measured, verb = subject, "="
        else:
            return None
        if tree.tags[measured] not in ("NOUN", "PROPN"):
            return None
        phrase = [i for i in self._phrase(measured) if i not in counted.numeral]
        bounds = {
            *self._modifiers(measured, set(counted.numeral)),
            *(
                self.words.stem(self.lower[i])
                for i in self._below(counted.top)
                if tree.tags[i] in _CONTENT and i not in counted.numeral
            ),
            *self._moments(counted),
            *self._future(governor),
            *self._times(),
        }
        about = tree.text[tree.starts[phrase[0]] : tree.ends[phrase[-1]]] if phrase else tree.words[measured]
        unit = "percent" if quantity.kind == "percent" else quantity.kind
        return (quantity.kind, self.words.stem(self.lower[measured]), verb, case), bounds, True, about, unit

    def _pair_claim(self, counted: _Counted) -> "_Found | None":
        for name, about in (("vote_verbs", "vote_about"), ("win_verbs", "score_about")):
            if any(self.words.has(name, word) for word in self.lower):
                return (name,), self._times(), True, self._label(about), None
        return None

    # Events.

    def _event(self, counted: _Counted) -> tuple[Event, int] | None:
        """The event that happened to what is counted, and the word that tells it."""
        tree = self.tree
        noun, governor = counted.noun, counted.governor
        if noun is not None and (event := self._event_of(noun)):
            return event, noun
        for position in (noun, counted.top, *counted.numeral):
            for child in self.children[position] if position is not None else ():
                near = tree.relations[child].split(":")[0] in ("amod", "acl", "xcomp", "advmod", "appos", "nmod", "obl")
                if near and child > counted.numeral[-1] and (event := self._event_of(child)):
                    return event, child
        after = (noun if noun is not None else counted.numeral[-1]) + 1
        if after < len(tree) and (event := self._event_of(after)) and tree.tags[after] in ("ADJ", "VERB", "ADV", "NOUN"):
            return event, after
        relation = counted.relation
        if (
            relation.startswith("nsubj")
            and not relation.endswith("pass")
            and any(tree.relations[c] == "obj" for c in self.children[governor])
        ):
            return self._phrase_event(governor)  # who kills is not killed
        if relation.split(":")[0] in ("nsubj", "obj", "obl", "xcomp", "dep", "root"):
            if relation.split(":")[0] == "obl":
                return self._total(counted)
            if event := self._event_of(governor):
                return event, governor
            for child in self.children[governor]:
                if (
                    tree.relations[child].split(":")[0] in ("xcomp", "obj", "advmod", "ccomp", "amod")
                    and child != counted.top
                ):
                    event = self._event_of(child)
                    if event and tree.tags[child] in ("ADJ", "VERB", "NOUN", "ADV"):
                        return event, child
            return self._phrase_event(governor) or (self._total(counted) if noun is None else None)
        return None

    def _event_of(self, position: int) -> Event | None:
        if self.tree.tags[position] not in ("NOUN", "VERB", "ADJ", "ADV", "PROPN", "ADP"):
            return None
        return self.words.event_of.get(self._stem(position))

    def _stem(self, position: int) -> str:
        return vocabulary(self.words.code).stem(self.lower[position])

    def _phrase_event(self, governor: int) -> tuple[Event, int] | None:
        near = {self._stem(governor)} | {self._stem(child) for child in self.children[governor]}
        for event in self.words.events:
            if any(phrase <= near for phrase in event.phrases):
                return event, governor
        return None

    def _total(self, counted: _Counted) -> tuple[Event, int] | None:
        """The event of a toll: "the death toll rose to 17", "the number of the dead is 17"."""
        if counted.noun is not None:
            return None
        for child in self.children[counted.governor]:
            if child in counted.numeral or self.tree.relations[child].split(":")[0] not in ("nsubj", "obj", "obl"):
                continue
            below = [i for i in self._below(child) if i not in counted.numeral]
            if not any(self.words.has("totals", self.lower[i]) for i in below) and not self._event_of(child):
                continue
            for i in below:
                if event := self._event_of(i):
                    return event, i
        return None

    # Bounds.

    def _modifiers(self, noun: int | None, without: set[int] | set[str]) -> set[str]:
        """What limits a noun: adjectives, other nouns and names that hang on it."""
        if noun is None:
            return set()
        found = set()
        for child in self.children[noun]:
            if self.tree.relations[child].split(":")[0] not in _MODIFIERS or self.tree.tags[child] in (
                "DET",
                "NUM",
                "PUNCT",
            ):
                continue
            if child in without or self.lower[child] in without or self.words.event_of.get(self._stem(child)):
                continue
            if self.words.has("fillers", self.lower[child]) or self.lower[child] in self._calendar:
                continue
            found.add(self.words.stem(self.lower[child]))
        return found

    def _moments(self, counted: _Counted) -> set[str]:
        """Words of the clause that make a figure one of several: "the first bomb", "both churches"."""
        return {
            self.lower[i]
            for i in self._clause(counted.governor)
            if self.words.has("moments", self.lower[i]) and i not in counted.numeral
        }

    def _future(self, governor: int) -> set[str]:
        marks = set()
        if any(self.words.has("future", self.lower[c]) for c in self.children[governor]):
            marks.add("future")
        relation, head = self.tree.relations[governor].split(":")[0], self.tree.heads[governor]
        if relation in ("xcomp", "ccomp") and head >= 0 and not self.words.has("speech", self.lower[head]):
            marks.add("future" if self.words.has("future", self.lower[head]) else self.words.stem(self.lower[head]))
        return marks

    def _times(self) -> set[str]:
        file = language(self.words.code)
        months = file.words("calendar", "months")
        return {word for word in self.lower if word in months or _YEAR.fullmatch(word)}

    def _places(self) -> frozenset[str]:
        tree = self.tree
        return frozenset(
            self.lower[i]
            for i in range(len(tree))
            if (tree.tags[i] == "PROPN" or self.words.has("regions", self.lower[i]))
            and self.lower[i] not in self._calendar
            and any(tree.relations[c] == "case" and self.words.has("places", self.lower[c]) for c in self.children[i])
        )

    def _names(self, governor: int) -> frozenset[str]:
        return frozenset(
            self.lower[i]
            for i in self._clause(governor)
            if self.tree.tags[i] == "PROPN" and self.lower[i] not in self._calendar
        )

    def _context(self, counted: _Counted) -> frozenset[str]:
        own = {*counted.numeral}
        return frozenset(
            self.words.stem(self.lower[i])
            for i in self._clause(counted.governor)
            if self.tree.tags[i] in _CONTENT
            and i not in own
            and self.lower[i] not in self._calendar
            and not self.words.has("fillers", self.lower[i])
            and not self.words.has("speech", self.lower[i])
        )

    # Walks.

    def _clause(self, top: int) -> list[int]:
        """The words that a clause itself says, without clauses beside or below it."""
        found, stack = [], [top]
        while stack:
            here = stack.pop()
            found.append(here)
            stack += [c for c in self.children[here] if self.tree.relations[c] not in _OTHER_CLAUSES]
        return sorted(found)

    def _below(self, top: int) -> list[int]:
        found, stack = [], [top]
        while stack:
            here = stack.pop()
            found.append(here)
            stack += self.children[here]
        return sorted(found)

    def _phrase(self, noun: int) -> list[int]:
        """The noun with the words before it that belong to it, for the reader; without its article."""
        near = [
            c
            for c in self.children[noun]
            if c < noun and self.tree.relations[c].split(":")[0] in ("amod", "compound", "flat")
        ]
        return sorted([*near, noun]) if all(noun - c <= len(near) for c in near) else [noun]

    def _is_qualifier(self, position: int, quantity: Quantity) -> bool:
        return quantity.start <= self.tree.starts[position] < quantity.end

    def _label(self, name: str) -> str:
        return language(self.words.code).text("figures", name)


_Found = tuple[tuple[str, ...], "set[str] | list[str]", bool, str, str | None]


def in_order(found: Sequence[Claim]) -> Iterator[Claim]:
    """The claims of an article by place in it."""
    yield from sorted(found, key=lambda claim: (claim.position, claim.quantity.start))

"""Tree of a sentence and its quantities -> claims: what each figure counts, and within which bounds.

A claim's `key` names the thing: an event that happened to people or homes ("killed"), a noun and its verb ("jobs", "cut"), what
a percentage or an amount of money measures, the magnitude of an earthquake, a person's age, a vote. Its bounds say of which
part, place, day and case it is true. A figure whose thing or bounds are unclear makes no claim. Relations are those of
Universal Dependencies, so that one set of rules serves all languages; words come from the language's file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
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
_OTHER_CLAUSES = frozenset({"parataxis", "advcl", "ccomp", "discourse", "vocative", "punct", "acl:relcl"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "flat", "acl", "det", "appos"})
# A tool's magnitude of an earthquake.
_MAGNITUDES = (2.0, 10.0)


class Claim(NamedTuple):
    """A figure and what it counts.

    Figures of two claims are about the same thing if `key` and `bounds` are equal, and `places`, `days` and `names` have a
    member in common where both have any. `context` are stems of the clause; `loose` says that it must be alike as well.
    `about` and `unit` are for the reader; `compared` is the quantity in a unit that both have.
    """

    key: tuple[str, ...]
    bounds: frozenset[str]
    details: frozenset[str]
    actors: Mapping[str, str]
    places: frozenset[str]
    days: frozenset[str]
    months: frozenset[str]
    names: frozenset[str]
    all_names: frozenset[str]
    context: frozenset[str]
    loose: bool
    about: str
    unit: str | None
    quantity: Quantity
    compared: Quantity
    position: int


def age_claim(age: Age, tag: str, position: int) -> Claim:
    """The claim of an age: it needs no tree, because it stands beside the name."""
    quantity = Quantity(age.value, "age", None, age.start, age.end, age.start, age.end, 1.0)
    about = language(tag).text("figures", "age").format(age.name)
    none: frozenset[str] = frozenset()
    return Claim(("age", age.name), none, none, {}, none, none, none, none, none, none, False, about, "years", quantity, quantity, position)


def claims(tree: Tree, found: Sequence[Quantity], tag: str, position: int) -> list[Claim]:
    """Returns the claims that a sentence makes with its quantities; `position` is that of the sentence."""
    if not len(tree) or not found:
        return []
    clause = _Sentence(tree, tag)
    if "?" in clause.lower:
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
        self.texts = tree.words
        self.lower = [word.lower() for word in self.texts]
        self.children: list[list[int]] = [[] for _ in self.lower]
        for position, head in enumerate(tree.heads):
            if head >= 0:
                self.children[head].append(position)
        file = language(tag)
        self._sources = file.words("headlines", "sources")
        self._days = file.words("calendar", "days")
        self._months = file.words("calendar", "months")
        self._calendar = self._days | self._months | file.words("calendar", "short_days")

    def _is_apart(self, counted: "_Counted") -> bool:
        """Whether the clause of a figure, or one above it, speaks of another time or case than the news."""
        here, seen = self._verb_of(counted), 0
        while here >= 0 and seen < 6:
            for i in self._clause(here):
                word = self.lower[i]
                if self.words.has("apart", word):
                    return True
                if word in self._days and any(self.words.has("until", self.lower[c]) for c in self.children[i]):
                    return True
            here, seen = self.tree.heads[here], seen + 1
        return False

    def claim(self, quantity: Quantity, position: int) -> Claim | None:
        counted = self._counted(quantity)
        if counted is None:
            return None
        if counted.numeral[0] and self.words.has("ranges", self.lower[counted.numeral[0] - 1]):
            return None
        found = self._magnitude(counted, quantity)
        if found is None and quantity.kind != "pair" and self._is_part(counted, quantity):
            return None
        found = found or self._outage(counted, quantity) or self._distance(counted)
        if found is None and quantity.kind == "count":
            found = self._event_claim(counted, quantity) or self._noun_claim(counted)
        elif found is None and quantity.kind != "pair":
            found = self._amount_claim(counted, quantity)
        elif found is None:
            found = self._pair_claim(counted)
        if found is None or self._is_unreal(counted.governor) or self._is_apart(counted):
            return None
        key, bounds, loose, about, unit = found
        compared = quantity
        if key[0] == "distance":
            metres = self.words.lengths[(unit or "").lower()]
            compared = quantity._replace(value=quantity.value * metres, exact=quantity.exact * metres)
        details = frozenset(stem for mark, _, stem in (each.rpartition(" ") for each in bounds) if mark) if loose else frozenset()
        return Claim(
            key,
            frozenset(each for each in bounds if " " not in each or not loose),
            details,
            self._actors(counted) if loose and key[0] != "vote_verbs" else {},
            self._places(),
            self._of_calendar(self._days),
            self._of_calendar(self._months),
            self._names(self._clause(self._verb_of(counted))),
            self._names(range(len(self.lower))),
            self._context(counted, quantity),
            loose,
            about,
            unit,
            quantity,
            compared,
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
            if tree.heads[noun] not in inside or tree.heads[top] == noun:
                top = noun
            inside.add(noun)
        head, relation = tree.heads[top], tree.relations[top]
        seen = 0
        while relation.startswith("conj") and head >= 0 and tree.tags[head] in _NOMINAL and seen < 5:
            # The second of several things that one verb has.
            relation, head, seen = tree.relations[head], tree.heads[head], seen + 1
        governor = head if head >= 0 else top
        return _Counted(numeral, noun, top, self._role(top, relation, governor, quantity), governor)

    def _role(self, top: int, relation: str, governor: int, quantity: Quantity) -> str:
        """The relation of what is counted, where a preposition is none: "killed at least nine", "mató a nueve"."""
        tree = self.tree
        if not relation.startswith(("obl", "nmod")) or tree.tags[governor] not in ("VERB", "AUX", "ADJ"):
            return relation
        cases = [c for c in self.children[top] if tree.relations[c] == "case"]
        if any(self.words.has("agent", self.lower[c]) for c in cases) and self._is_passive(governor):
            return "nsubj"
        if all(self._is_qualifier(c, quantity) or self.words.has("object_case", self.lower[c]) for c in cases):
            return "obj" if top > governor else "nsubj"
        return relation

    def _is_passive(self, verb: int) -> bool:
        return any(self.tree.relations[c] in ("aux:pass", "nsubj:pass") for c in self.children[verb])

    def _noun_of(self, numeral: Sequence[int], top: int, head: int, relation: str) -> int | None:
        tree = self.tree
        last = numeral[-1]
        if relation.startswith(("nummod", "det", "compound", "amod")) and head > last and tree.tags[head] in ("NOUN", "PROPN"):
            return head
        inside = set(numeral)
        for child in (last + 1, last + 2):
            if child >= len(tree):
                break
            beside = child == last + 1 and tree.heads[child] == head
            if tree.tags[child] in ("NOUN", "PROPN") and (beside or tree.heads[child] in inside or self._hangs_on(numeral, child)):
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
        if any(words.has("part", self.lower[i]) for i in beside - set(counted.numeral)):
            return True
        after = last + 1
        is_exact = self.lower[last] not in words.approximate and self.lower[last] not in words.scales
        if quantity.kind == "count" and after < len(tree) and words.has("of", self.lower[after]) and is_exact:
            return True
        if quantity.kind == "count" and any(
            words.has("of", self.lower[i]) and i and (tree.tags[i - 1] == "NUM" or words.has("part_before", self.lower[i - 1]))
            for i in range(max(0, first - 2), first)
        ):
            return True  # "157 of 338 seats": all that there are
        if counted.relation == "appos" or counted.relation.startswith(("flat", "list")):
            return True
        is_named = counted.noun is None and counted.governor < first and tree.tags[counted.governor] == "PROPN"
        return is_named and counted.relation.startswith(("nummod", "nmod", "compound", "flat"))

    def _is_beyond(self, counted: _Counted) -> bool:
        """Whether a figure counts what comes on top of others."""
        first, last = counted.numeral[0], counted.numeral[-1]
        near = {*range(max(0, first - 2), first), *range(last + 1, min(len(self.lower), last + 3))}
        near |= {c for i in (*counted.numeral, counted.top) for c in self.children[i]} | {counted.top}
        return any(self.words.has("beyond", self.lower[i]) for i in near if i not in counted.numeral and not self._more_than(i))

    def _more_than(self, position: int) -> bool:
        return position + 1 < len(self.lower) and self.words.has("than", self.lower[position + 1])

    def _is_unreal(self, governor: int) -> bool:
        """Whether a verb, or one above it, says what may be, was denied, or is not so."""
        here, steps = governor, 0
        while here >= 0 and steps < 6:
            for child in self.children[here]:
                if child + 1 < len(self.lower) and self.words.has("not_only", self.lower[child + 1]):
                    continue  # "not before the attack left three dead"
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
        near = {self.lower[i] for i in self._clause(self._verb_of(counted))}
        if not any(self.words.has("power", word) for word in near) or not any(self.words.has("lacks", word) for word in near):
            return None
        noun = self.texts[counted.noun]
        return ("outage", self.words.stem(self.lower[counted.noun])), self._modifiers(counted.noun, self.words.classes["power"]), False, f"{noun} {self._label('outage')}", noun

    def _event_claim(self, counted: _Counted, quantity: Quantity) -> "_Found | None":
        found = self._event(counted, quantity)
        if found is None:
            return None
        event, word = found
        noun = counted.noun
        if self._is_beyond(counted):  # "three dead and 15 others injured"
            before = (self._event_of(i) for i in range(counted.numeral[0]))
            if not any(other is not None and other is not event for other in before):
                return None
        is_general = noun is None or self._event_of(noun) is not None or self.words.has("people", self.lower[noun])
        group = "" if noun is None or is_general else self.words.stem(self.lower[noun])
        bounds = {*self._modifiers(noun, set()), *self._moments(counted)}
        if any(self.words.has("perpetrators", self.lower[i]) for i in self._below(counted.governor)) and any(
            self.words.has("including", word) for word in self.lower
        ):
            bounds.add("including")
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
        written = self.texts[noun]
        return ("event", event.name, group), bounds, False, f"{written} {event.about}", written

    def _distance(self, counted: _Counted) -> "_Found | None":
        """How far a place is from another: "30 kilometres north of Hale"."""
        tree, last = self.tree, counted.numeral[-1]
        if counted.noun is None or self.lower[counted.noun] not in self.words.lengths:
            return None
        place = next(
            (
                i
                for i in range(counted.noun + 1, min(len(tree), counted.noun + 6))
                if tree.tags[i] == "PROPN" and any(tree.relations[c] == "case" for c in self.children[i])
            ),
            None,
        )
        if place is None or not any(self.words.has("from", self.lower[i]) for i in range(last + 1, place)):
            return None
        direction = {self.words.stem(self.lower[i]) for i in range(last + 1, place) if self.words.has("regions", self.lower[i])}
        subject = next((i for i in range(counted.numeral[0]) if tree.relations[i].startswith("nsubj")), None)
        if subject is None or tree.tags[subject] not in ("NOUN", "PROPN"):
            return None
        about = f"{self.texts[subject]}, {self.texts[place]}"
        key = ("distance", self.words.stem(self.lower[subject]), self.lower[place])
        return key, direction, False, about, self.texts[counted.noun]

    def _noun_claim(self, counted: _Counted) -> "_Found | None":
        noun, governor = counted.noun, counted.governor
        if noun is None or self._is_beyond(counted):
            return None
        copula = next((c for c in self.children[noun] if self.tree.relations[c] == "cop"), None)
        if counted.relation == "root" and copula is not None:  # some verbs are taken for one
            verb = self.words.stem(self.lower[copula])
            bounds = {*self._modifiers(noun, set()), *self._moments(counted), *self._future(noun)}
            return ("count", self.words.stem(self.lower[noun]), verb, "object", ""), bounds, True, self.texts[noun], self.texts[noun]
        is_verb = self.tree.tags[governor] in ("VERB", "AUX") or any(self.tree.relations[c] == "aux" for c in self.children[governor])
        if not is_verb or governor == counted.top:
            return None
        relation = counted.relation.split(":")
        role = {"obj": "object", "nsubj": "subject", "obl": "oblique"}.get(relation[0])
        if role is None:
            return None
        if counted.relation == "nsubj:pass":
            role = "object"
        if role == "subject" and not self._is_passive(governor) and not any(
            self.tree.relations[c] == "obj" and self.tree.tags[c] != "PRON" for c in self.children[governor]
        ):
            role = "alone"
        case = "".join(self.lower[c] for c in self.children[noun] if self.tree.relations[c] == "case") if role == "oblique" else ""
        verb = self.words.stem(self.lower[governor])
        written = self.texts[noun]
        is_after = self.tree.forms[governor] == "Part" and role == "object"
        about = f"{written} {self.texts[governor]}" if is_after else written
        bounds = {*self._modifiers(noun, set()), *self._moments(counted), *self._future(governor)}
        return ("count", self.words.stem(self.lower[noun]), verb, role, case), bounds, True, about, written

    def _amount_claim(self, counted: _Counted, quantity: Quantity) -> "_Found | None":
        """What a percentage or an amount of money measures: a noun that it stands with, or the verb's own."""
        tree, governor = self.tree, counted.governor
        if self._is_beyond(counted):
            return None
        case = next((self.lower[c] for c in self.children[counted.top] if tree.relations[c] == "case"), "")
        if tree.tags[governor] in ("NOUN", "PROPN") and counted.relation.split(":")[0] in ("nmod", "nummod", "compound", "amod"):
            measured, verb = governor, ""
            case = ""
        elif tree.tags[governor] in ("VERB", "AUX", "ADJ") and counted.relation.split(":")[0] in ("obl", "obj", "xcomp", "advmod"):
            arguments = {
                tree.relations[c].split(":")[0]: c
                for c in reversed(self.children[governor])
                if tree.tags[c] != "PRON" or tree.relations[c] != "obj"  # "belaufen sich auf"
            }
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
                if tree.tags[i] in _CONTENT
                and i not in counted.numeral
                and not self._is_qualifier(i, quantity)
                and (measured == governor or i not in self._below(measured))
            ),
            *self._moments(counted),
            *self._future(governor),
        }
        about = tree.text[tree.starts[phrase[0]] : tree.ends[phrase[-1]]] if phrase else self.texts[measured]
        unit = "percent" if quantity.kind == "percent" else quantity.kind
        return (quantity.kind, self.words.stem(self.lower[measured]), verb, case), bounds, True, about, unit

    def _pair_claim(self, counted: _Counted) -> "_Found | None":
        for name, about in (("vote_verbs", "vote_about"), ("win_verbs", "score_about")):
            verb = next((word for word in self.lower if self.words.has(name, word)), None)
            if verb:
                return (name, self.words.stem(verb)), self._years(), True, self._label(about), None
        return None

    # Events.

    def _event(self, counted: _Counted, quantity: Quantity) -> tuple[Event, int] | None:
        """The event that happened to what is counted, and the word that tells it."""
        tree = self.tree
        noun, governor = counted.noun, counted.governor
        if noun is not None and (event := self._event_of(noun)):
            return event, noun
        after_next = counted.numeral[-1] + 1
        if noun is None and after_next < len(tree) and tree.tags[after_next] == "NOUN" and not self._event_of(after_next):
            return None  # the parser sees no tie to the noun that follows
        for position in (noun, counted.top, *counted.numeral):
            for child in self.children[position] if position is not None else ():
                near = tree.relations[child].split(":")[0] in ("amod", "acl", "xcomp", "advmod", "appos", "nmod", "obl")
                if not near or child < counted.numeral[-1]:
                    continue
                if event := self._event_of(child):
                    return event, child
                for case in self.children[child]:  # "aboard the ferry"
                    if tree.relations[case] == "case" and (event := self._event_of(case)):
                        return event, case
        before = self._before(counted, quantity)
        if before >= 0 and tree.tags[before] in ("ADJ", "VERB", "ADV") and self._hangs_together(before, governor):
            if event := self._event_of(before):  # "shot dead two men"
                return event, before
        after = (noun if noun is not None else counted.numeral[-1]) + 1
        if after < len(tree) and (event := self._event_of(after)) and tree.tags[after] in ("ADJ", "VERB", "ADV", "NOUN"):
            return event, after
        relation = counted.relation
        is_agent = relation.startswith("nsubj") and not relation.endswith("pass")
        if is_agent and self._event_of(governor) and (
            self._is_passive(governor) or any(tree.relations[c] == "obj" for c in self.children[governor])
        ):
            return self._phrase_event(governor)  # who kills is not killed
        if relation.startswith("nummod") and (event := self._event_of(governor)):
            return event, governor  # "15 wounded"
        if relation.split(":")[0] == "nmod" and tree.tags[governor] == "NOUN" and (event := self._event_of(governor)):
            return event, governor  # "the death of 17 people"
        if relation.split(":")[0] in ("nsubj", "obj", "obl", "xcomp", "dep", "root"):
            if relation.split(":")[0] == "obl":
                return self._total(counted)
            if event := self._event_of(governor):
                return event, governor
            for child in self.children[governor]:
                if tree.relations[child].split(":")[0] in ("xcomp", "obj", "advmod", "ccomp", "amod") and child != counted.top:
                    event = self._event_of(child)
                    if event and tree.tags[child] in ("ADJ", "VERB", "NOUN", "ADV"):
                        return event, child
            return self._phrase_event(governor) or (self._total(counted) if noun is None else None)
        return None

    def _before(self, counted: _Counted, quantity: Quantity) -> int:
        """The word before a figure and its qualifier."""
        here = counted.numeral[0] - 1
        while here >= 0 and self._is_qualifier(here, quantity):
            here -= 1
        return here

    def _hangs_together(self, word: int, governor: int) -> bool:
        return word == governor or self.tree.heads[word] == governor

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
        verb = counted.governor
        subjects = [c for c in self.children[verb] if self.tree.relations[c].split(":")[0] in ("nsubj", "obj", "obl")]
        if self.tree.relations[verb] == "acl":  # "with the toll climbing to 17"
            subjects.append(self.tree.heads[verb])
        own = {*counted.numeral, *self._below(counted.top)}
        for child in subjects:
            if child in own:
                continue
            below = [i for i in self._below(child) if i not in own]
            if not any(self.words.has("totals", self.lower[i]) for i in below) and not self._event_of(child):
                continue
            for i in below:
                if event := self._event_of(i):
                    return event, i
        return None

    # Bounds.

    def _modifiers(self, noun: int | None, without: AbstractSet[int] | AbstractSet[str]) -> set[str]:
        """What limits a noun: adjectives, other nouns and names that hang on it."""
        if noun is None:
            return set()
        found = set()
        for child in self.children[noun]:
            if self.tree.relations[child].split(":")[0] not in _MODIFIERS or self.tree.tags[child] in ("DET", "NUM", "PUNCT"):
                continue
            if child in without or self.lower[child] in without or self.words.event_of.get(self._stem(child)):
                continue
            if any(self.words.event_of.get(self._stem(c)) for c in self.children[child] if self.tree.relations[c] == "case"):
                continue  # "people aboard the ferry"
            if child < noun and any(self.tree.relations[c] == "case" for c in self.children[child]):
                continue  # "nach dem Sturm waren 40 Häuser": the parser takes it for the noun's
            if self.words.has("fillers", self.lower[child]) or self.lower[child] in self._calendar:
                continue
            # What a preposition ties to the noun may stand elsewhere in another clause: "shares in the company".
            loose = any(self.tree.relations[c] == "case" for c in self.children[child]) or self.tree.relations[child] == "nmod:poss"
            found.add(("of " if loose else "") + self.words.stem(self.lower[child]))
        return found

    def _actors(self, counted: _Counted) -> dict[str, str]:
        """Who does what the clause tells, and to whom, beside what is counted."""
        verb, actors = self._verb_of(counted), {}
        for child in self.children[verb]:
            relation = self.tree.relations[child]
            is_agent = any(self.words.has("agent", self.lower[c]) for c in self.children[child]) and self._is_passive(verb)
            role = {"obj": "object", "nsubj:pass": "object", "nsubj": "subject"}.get("nsubj" if is_agent else relation)
            if role and child not in (counted.top, counted.noun) and child not in counted.numeral:
                if self.tree.tags[child] == "PRON" and self.tree.relations[verb] == "ccomp":
                    # "The company said it would close 30 stores."
                    speaker = (c for c in self.children[self.tree.heads[verb]] if self.tree.relations[c] == "nsubj")
                    child = next(speaker, child)
                is_pronoun = self.tree.tags[child] == "PRON"
                actors[role] = "" if is_pronoun else self.words.stem(self.lower[child])
        return actors

    def _moments(self, counted: _Counted) -> set[str]:
        """Words of the clause that make a figure one of several: "the first bomb", "both churches"."""
        return {
            self.lower[i]
            for i in self._clause(self._verb_of(counted))
            if self.words.has("moments", self.lower[i]) and i not in counted.numeral
        } | self._years()

    def _future(self, governor: int) -> set[str]:
        marks = set()
        if any(self.words.has("future", self.lower[c]) for c in self.children[governor]):
            marks.add("future")
        relation, head = self.tree.relations[governor].split(":")[0], self.tree.heads[governor]
        if relation in ("xcomp", "ccomp") and head >= 0 and not self.words.has("speech", self.lower[head]):
            marks.add("future" if self.words.has("future", self.lower[head]) else self.words.stem(self.lower[head]))
        return marks

    def _years(self) -> set[str]:
        return {word for word in self.lower if _YEAR.fullmatch(word)}

    def _verb_of(self, counted: _Counted) -> int:
        """The verb of the clause that a figure stands in; the top of the sentence if there is none."""
        here = counted.governor
        while self.tree.tags[here] not in ("VERB", "AUX") and self.tree.heads[here] >= 0:
            here = self.tree.heads[here]
        return here

    def _of_calendar(self, names: frozenset[str]) -> frozenset[str]:
        """The days or months that a sentence names."""
        return frozenset(
            word.rstrip(".")
            for word, tag in zip(self.lower, self.tree.tags, strict=True)
            if word.rstrip(".") in names and tag not in ("AUX", "VERB")
        )

    def _places(self) -> frozenset[str]:
        """The words of the places where a sentence says that something happened."""
        tree = self.tree
        places: set[str] = set()
        for i, word in enumerate(self.lower):
            if not any(tree.relations[c] == "case" and self.words.has("places", self.lower[c]) for c in self.children[i]):
                continue
            if self.words.has("regions", word):
                places.add(word)
            elif self._is_name(i) and word.rstrip(".") not in self._calendar:
                places |= {word} | {
                    self.lower[c] for c in self.children[i] if tree.relations[c].split(":")[0] in ("compound", "flat", "amod")
                }
        return frozenset(places)

    def _is_name(self, position: int) -> bool:
        """Whether a word is a name: also a capitalized noun without an article, as many places are for the parser."""
        tag = self.tree.tags[position]
        is_noun = tag == "NOUN" and self.texts[position][:1].isupper()
        return tag == "PROPN" or (is_noun and not any(self.tree.tags[c] in ("DET", "ADJ") for c in self.children[position]))

    def _names(self, positions: Iterable[int]) -> frozenset[str]:
        return frozenset(
            self.lower[i]
            for i in positions
            if (self.texts[i][:1].isupper() and self.tree.tags[i] in ("PROPN", "NOUN", "ADJ"))
            and (i or self.tree.tags[i] == "PROPN")
            and self.lower[i].rstrip(".") not in self._calendar
        )

    def _context(self, counted: _Counted, quantity: Quantity) -> frozenset[str]:
        own = {*counted.numeral, *(i for i in range(len(self.lower)) if self._is_qualifier(i, quantity))}
        return frozenset(
            self.words.stem(self.lower[i])
            for i in self._clause(self._verb_of(counted))
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
            stack += [c for c in self.children[here] if not self._is_clause(c) and not self._is_source(c)]
        return sorted(found)

    def _is_clause(self, position: int) -> bool:
        """Whether a word heads another clause than the word that it hangs on."""
        relation = self.tree.relations[position]
        return relation in _OTHER_CLAUSES or (relation == "conj" and self.tree.tags[position] in ("VERB", "AUX", "ADJ"))

    def _is_source(self, position: int) -> bool:
        """Whether a word names who says so: "according to officials"."""
        return any(self.lower[i] in self._sources for i in (position, *self.children[position]))

    def _below(self, top: int) -> list[int]:
        found, stack = [], [top]
        while stack:
            here = stack.pop()
            found.append(here)
            stack += self.children[here]
        return sorted(found)

    def _phrase(self, noun: int) -> list[int]:
        """The noun with the words before it that belong to it, for the reader; without its article."""
        near = [c for c in self.children[noun] if c < noun and self.tree.relations[c].split(":")[0] in ("amod", "compound", "flat")]
        return sorted([*near, noun]) if all(noun - c <= len(near) for c in near) else [noun]

    def _is_qualifier(self, position: int, quantity: Quantity) -> bool:
        return quantity.start <= self.tree.starts[position] < quantity.end

    def _label(self, name: str) -> str:
        return language(self.words.code).text("figures", name)


_Found = tuple[tuple[str, ...], "set[str] | list[str]", bool, str, str | None]


def in_order(found: Sequence[Claim]) -> Iterator[Claim]:
    """The claims of an article by place in it."""
    yield from sorted(found, key=lambda claim: (claim.position, claim.quantity.start))

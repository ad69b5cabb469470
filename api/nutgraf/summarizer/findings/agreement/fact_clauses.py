"""Reads what a sentence states from its tree: its clauses with verb, who, what and days.

All words are stems, without accents and cut, so that "arrested" and "arrest" are one; words of the entry
`alike` of a language's file ("died", "killed") are one too. Roles are those of the event: the subject of a passive is
`what`, its agent `who`. An attribution ("police said") is not a fact and is left out; the reported clause counts as stated.
Conditions ("if ...") state nothing. A pronoun does not identify a person.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from nutgraf.summarizer.findings.agreement.fact_words import Words, contrary, fact_words, key, key_of_stem
from nutgraf.summarizer.grammar import Tree

_SUBJECTS = frozenset({"nsubj", "csubj"})
_OBJECTS = frozenset({"obj", "iobj", "obl", "dislocated", "expl"})
_INSIDE_NOUN = frozenset({"compound", "flat", "nmod", "appos", "conj", "amod", "fixed", "goeswith", "list", "nummod"})
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "X"})
_NOUNS = frozenset({"NOUN", "PROPN", "X"})
_PREDICATES = frozenset({"VERB", "AUX"})
_POINTING = frozenset({"PRON", "DET"})
_SUBORDINATE = frozenset({"acl", "advcl", "ccomp", "xcomp", "csubj"})


class Clause(NamedTuple):
    """What one clause states. `main`: it is no relative or adverbial clause, and no participle.

    `hedged`: it may be, is planned or is alleged. `days` are weekdays, `contrary` verbs of another outcome. `name` has
    the name that is its subject, and `person` the same if it has several words and no article, as persons have; `unnamed`
    says that its subject is or has a pronoun. `limits` are words that make its subject another thing ("core" inflation), and
    `ordinals` those that say which one of several it is about. `symmetric`: both sides do the same, as in "met".
    """

    verb: str
    negated: bool
    hedged: bool
    main: bool
    who: Words
    what: Words
    days: Words
    contrary: Words
    name: Words
    person: Words
    unnamed: bool
    limits: Words = frozenset()
    ordinals: Words = frozenset()
    symmetric: bool = False

    @property
    def words(self) -> Words:
        """The stems of the clause, without days."""
        return self.who | self.what | {self.verb}


@dataclass(frozen=True)
class Facts:
    """The clauses of a sentence in order, its names of several words, and all content words outside attributions.

    `day_parts` are the numbers of the parts of the day that it names outside attributions. `superseded` says that it
    reports what was said before the news. Without a tree there are no clauses and no names.
    """

    clauses: tuple[Clause, ...]
    full_names: tuple[tuple[str, ...], ...]
    words: Words
    day_parts: frozenset[int] = frozenset()
    superseded: bool = False

    @cached_property
    def main(self) -> tuple[Clause, ...]:
        """The main clauses of the sentence: those that are not subordinate."""
        return tuple(clause for clause in self.clauses if clause.main)


def read_facts(tree: Tree, code: str) -> Facts:
    """Returns the facts of a sentence from its tree; those of a tree without words are empty. `code` is its language."""
    return _Reader(tree, code).facts() if len(tree) else Facts((), (), frozenset())


def facts_of_words(stems: Iterable[str], code: str) -> Facts:
    """Returns facts without clauses and names, for a sentence without a tree: only the keys of its content words."""
    return Facts((), (), frozenset(key_of_stem(stem, code) for stem in stems))


class _Predicate(NamedTuple):
    head: int
    main: bool = True
    negated: bool = False
    hedged: bool = False
    speaker: tuple[int, ...] = ()


class _Reader:
    """Reads the facts of one tree."""

    def __init__(self, tree: Tree, code: str) -> None:
        self.tree = tree
        self.code = code
        self.lists = fact_words(code)
        self.lower = [word.lower() for word in tree.words]
        self.children: list[list[int]] = [[] for _ in self.lower]
        for position, head in enumerate(tree.heads):
            if head >= 0:
                self.children[head].append(position)
        self.bases = [relation.partition(":")[0] for relation in tree.relations]
        self.clauses: list[Clause] = []
        self.left_out: set[int] = set()

    def facts(self) -> Facts:
        """All clauses, from the main clause down."""
        pending = [_Predicate(self.tree.root)]
        seen = {self.tree.root}
        while pending:
            found = self._read(pending.pop(0))
            pending += [each for each in found if each.head not in seen]
            seen.update(each.head for each in found)
        content = [
            position
            for position, tag in enumerate(self.tree.tags)
            if (tag in _CONTENT or tag == "VERB") and position not in self.left_out
        ]
        return Facts(
            tuple(self.clauses),
            tuple(name for position in content if len(name := self._full_name(position)) > 1),
            self._keys(position for position in content if self.lower[position] not in self.lists.times),
            frozenset(
                number
                for position, word in enumerate(self.lower)
                for number, words in enumerate(self.lists.day_parts)
                if word in words and position not in self.left_out
            ),
            self.lower[self.tree.root] in self.lists.speech and self._has(self.tree.root, self.lists.superseded),
        )

    def _read(self, predicate: "_Predicate") -> list["_Predicate"]:
        """Adds the clause of a predicate, and returns the predicates that depend on it. A verb of saying adds none."""
        head, main, negated, hedged, speaker = predicate
        if said := self._said(head):
            self._leave_out(head, said)
            negated |= self.lower[head] in self.lists.denials
            speaker = tuple(
                word for child in self.children[head] if self.bases[child] == "nsubj" for word in self._noun(child)
            )
            return [_Predicate(child, main, negated, hedged, speaker) for child in said]
        who: list[int] = []
        what: list[int] = []
        below: list[_Predicate] = []
        hedged |= self._has(head, self.lists.hedges)
        negated |= self._has(head, self.lists.negations)
        for child in self.children[head]:
            relation, base = self.tree.relations[child], self.bases[child]
            if self._attributes(child):
                self._leave_out(child, ())
            elif base == "xcomp" and self.tree.tags[child] in _PREDICATES:
                # "agreed to pay", "is expected to resign": one event with two verbs.
                hedged |= self.lower[head] in self.lists.prospective or self._has(child, self.lists.hedges)
                negated |= self._has(child, self.lists.negations) or self.lower[head] in self.lists.denials
                what += [child, *(word for argument in self.children[child] for word in self._noun(argument))]
            elif base in _SUBJECTS and not relation.endswith(":pass"):
                # "The mayor said she would resign"
                who += speaker if self.lower[child] in self.lists.pronouns else self._noun(child)
            elif relation == "obl:agent":
                who += self._noun(child)
            elif base in _SUBJECTS | _OBJECTS or (base == "xcomp" and self.tree.tags[child] in _NOUNS):
                what += self._noun(child)
            elif base in ("conj", "parataxis") and self._is_predicate(child):
                below.append(_Predicate(child, main))
            elif base in _SUBORDINATE and not self._is_condition(child):
                uncertain = base == "ccomp" and self.lower[head] in self.lists.prospective
                below.append(_Predicate(child, False, self.lower[head] in self.lists.denials, uncertain))
        if self.tree.tags[head] not in _PREDICATES:
            what += self._noun(head)
        negated |= any(self._has(word, self.lists.negations, "det") for word in (*who, *what))
        below += [
            _Predicate(child, False, hedged=self.lower[word] in self.lists.prospective)
            for word in (*who, *what)
            for child in self.children[word]
            if self.bases[child] == "acl"
        ]
        self.clauses.append(self._clause(head, negated, hedged, main, who, what))
        return below

    def _clause(self, verb: int, negated: bool, hedged: bool, main: bool, who: list[int], what: list[int]) -> Clause:
        timed = {word for word in (*who, *what) if self.lower[word] in self.lists.times}
        subjects = [child for child in self.children[verb] if self.bases[child] in _SUBJECTS]
        return Clause(
            verb=self._key(verb),
            negated=negated,
            hedged=hedged,
            main=main,
            who=self._keys(word for word in who if word not in timed),
            what=self._keys(word for word in what if word not in timed),
            days=frozenset(self.lower[word] for word in timed if self.lower[word] in self.lists.days),
            contrary=contrary(self.code).get(self._key(verb), frozenset()),
            name=frozenset(word for subject in subjects for word in self._full_name(subject)),
            person=frozenset().union(*map(self._person, subjects)),
            unnamed=any(self._is_unnamed(subject) for subject in subjects),
            limits=self._lower(word for subject in subjects for word in self._noun(subject)) & self.lists.limits,
            ordinals=self._lower((*who, *what)) & self.lists.ordinals,
            symmetric=self.lower[verb] in self.lists.symmetric,
        )

    def _person(self, head: int) -> Words:
        """The words of a name of several words without an article, as persons have; none for other nouns."""
        name = self._full_name(head)
        has_article = any(self.bases[child] == "det" for child in self.children[head])
        return frozenset() if has_article or len(name) < 2 else frozenset(name)

    def _full_name(self, head: int) -> tuple[str, ...]:
        """The words of the name that a word heads, in order, without titles; none if it heads no name."""
        is_part = self.bases[head] in ("flat", "compound") and self._is_in_name(self.tree.heads[head])
        if not self._is_in_name(head) or is_part:
            return ()
        below = [child for child in self.children[head] if self.bases[child] in ("flat", "compound")]
        if self.bases[head] == "compound":
            # "a Logan Square daycare": the parser may hang both words on the noun.
            if head + 1 < len(self.lower) and self._is_in_name(head + 1):
                return ()
            before = head - 1
            while before >= 0 and self._is_in_name(before) and self.bases[before] == "compound":
                below.append(before)
                before -= 1
            below = sorted(set(below))
        parts = [word for word in sorted((head, *below)) if self._is_in_name(word)]
        return tuple(self._key(word) for word in parts if self.lower[word].rstrip(".") not in self.lists.titles)

    def _is_in_name(self, word: int) -> bool:
        """Whether a word is a name or part of one: also a capitalized adjective before a noun, "a Palmer Square daycare"."""
        is_adjective = self.tree.tags[word] == "ADJ" and self.bases[word] == "compound"
        return self.tree.tags[word] == "PROPN" or (is_adjective and self.tree.words[word][:1].isupper())

    def _is_unnamed(self, head: int) -> bool:
        """Whether a person is only referred to: "he", "his bond"."""
        pointing = self.lists.pronouns | self.lists.possessives
        return any(
            self.lower[word] in pointing and self.tree.tags[word] in _POINTING for word in (head, *self.children[head])
        )

    def _noun(self, head: int) -> list[int]:
        """The content words of a noun phrase, without its relative clauses and attributions."""
        found: list[int] = []
        pending = [head]
        while pending:
            here = pending.pop()
            if self.tree.tags[here] in _CONTENT:
                found.append(here)
            pending += [child for child in self.children[here] if self.bases[child] in _INSIDE_NOUN]
        return found

    def _said(self, head: int) -> list[int]:
        """The clauses that a verb of saying reports."""
        if self.lower[head] not in self.lists.speech | self.lists.denials:
            return []
        return [
            child
            for child in self.children[head]
            if self.bases[child] in ("ccomp", "parataxis") and self._is_predicate(child) and not self._attributes(child)
        ]

    def _attributes(self, child: int) -> bool:
        """Whether a dependent of a verb is its source: "police said", "according to the police"."""
        if self.bases[child] == "parataxis":
            return self.lower[child] in self.lists.speech
        if self.bases[child] not in ("obl", "advcl", "conj"):
            return False
        first = min(word for word in self._below(child) if self.tree.tags[word] != "PUNCT" or word == child)
        if self.lower[child] in self.lists.speech:
            return self.lower[first] in self.lists.reports
        return any(tuple(self.lower[first : first + len(phrase)]) == phrase for phrase in self.lists.sources)

    def _leave_out(self, head: int, said: Sequence[int]) -> None:
        self.left_out.update(self._below(head, said))

    def _below(self, head: int, without: Sequence[int] = ()) -> Iterator[int]:
        """A word and all that depends on it, except some of its dependents."""
        pending = [head]
        while pending:
            here = pending.pop()
            yield here
            pending += [child for child in self.children[here] if child not in without]

    def _is_predicate(self, position: int) -> bool:
        return self.tree.tags[position] in _PREDICATES or any(
            self.bases[child] in ("cop", "nsubj") for child in self.children[position]
        )

    def _has(self, head: int, words: Words, base: str | None = None) -> bool:
        """Whether one of the words depends on a word, with this relation if one is given."""
        return any(self.lower[child] in words and base in (None, self.bases[child]) for child in self.children[head])

    def _is_condition(self, head: int) -> bool:
        return any(
            self.lower[child] in self.lists.conditions
            for child in self.children[head]
            if self.bases[child] in ("mark", "advmod")
        )

    def _key(self, position: int) -> str:
        return key(self.lower[position], self.code)

    def _lower(self, positions: Iterable[int]) -> Words:
        return frozenset(self.lower[position] for position in positions)

    def _keys(self, positions: Iterable[int]) -> Words:
        return frozenset(self._key(position) for position in positions)

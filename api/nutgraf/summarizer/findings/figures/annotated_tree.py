"""A tree of a sentence with the word classes for figures: clauses, the verb above a word, names, places and days."""

import re
from collections.abc import Iterable

from nutgraf.summarizer.findings.figures.quantities import Quantity
from nutgraf.summarizer.findings.figures.words import Event, FigureWords, figure_words
from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.languages.language import language
from nutgraf.summarizer.languages.person_nouns import person_nouns
from nutgraf.summarizer.reading.words import vocabulary

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# Relations of clauses and marks that are not part of the clause above them.
_OTHER_CLAUSES = frozenset({"parataxis", "advcl", "ccomp", "discourse", "vocative", "punct", "acl:relcl"})
_EVENT_TAGS = frozenset({"NOUN", "VERB", "ADJ", "ADV", "PROPN", "ADP"})


class AnnotatedTree:
    """A tree with the word classes of its language. Methods take and return words as their positions in the sentence.

    - `tree`: the tree itself.
    - `texts`: the words as written.
    - `lower_words`: the words in lower case.
    - `children`: for each word, the positions of the words that depend on it.
    - `word_classes`: the classes of words of the language.
    - `days`, `months`: the names of days and months in the language, in lower case.
    - `calendar`: the same with short names of days.
    """

    def __init__(self, tree: Tree, language_tag: str) -> None:
        self.tree = tree
        self.word_classes: FigureWords = figure_words(language_tag)
        self.texts = tree.words
        self.lower_words = [word.lower() for word in self.texts]
        self.children: list[list[int]] = [[] for _ in self.lower_words]
        for position, head in enumerate(tree.heads):
            if head >= 0:
                self.children[head].append(position)
        file = language(language_tag)
        self._sources = file.words("headlines", "sources")
        self.days = file.words("calendar", "days")
        self.months = file.words("calendar", "months")
        self.calendar = self.days | self.months | file.words("calendar", "short_days")

    def has(self, name: str, position: int) -> bool:
        """Returns whether a word belongs to a class of the language's words."""
        return self.word_classes.word_is(name, self.lower_words[position])

    def base(self, position: int) -> str:
        """Returns the relation of a word without its subtype."""
        return self.tree.relations[position].partition(":")[0]

    def canonical_stem(self, position: int) -> str:
        """Returns the stem by which a word is compared: that of the first of its synonyms, or else its own."""
        return self.word_classes.canonical_stem(self.lower_words[position])

    def clause(self, top: int) -> list[int]:
        """Returns the positions of the words of the clause headed by `top`, sorted.

        Other clauses and sources ("according to officials") are left out.
        """
        found, stack = [], [top]
        while stack:
            here = stack.pop()
            found.append(here)
            stack += [c for c in self.children[here] if not self._is_clause(c) and not self._is_source(c)]
        return sorted(found)

    def _is_clause(self, position: int) -> bool:
        """Whether a word heads another clause than the word that it depends on."""
        relation = self.tree.relations[position]
        return relation in _OTHER_CLAUSES or (relation == "conj" and self.tree.tags[position] in ("VERB", "AUX", "ADJ"))

    def _is_source(self, position: int) -> bool:
        """Whether a word names the source of a statement: "according to officials"."""
        return any(self.lower_words[i] in self._sources for i in (position, *self.children[position]))

    def below(self, top: int) -> list[int]:
        """Returns the positions of a word and of all that depends on it, left to right."""
        found, stack = [], [top]
        while stack:
            here = stack.pop()
            found.append(here)
            stack += self.children[here]
        return sorted(found)

    def is_passive(self, verb: int) -> bool:
        """Returns whether a verb has a passive subject or auxiliary."""
        return any(self.tree.relations[c] in ("aux:pass", "nsubj:pass") for c in self.children[verb])

    def verb_above(self, here: int) -> int:
        """Returns the nearest verb at or above a word; the top of the sentence if there is none."""
        while self.tree.tags[here] not in ("VERB", "AUX") and self.tree.heads[here] >= 0:
            here = self.tree.heads[here]
        return here

    def of_calendar(self, names: frozenset[str]) -> frozenset[str]:
        """Returns those of `names`, which are days or months in lower case, that a sentence contains, also as abbreviations.

        They are returned in full: "october" for "Oct.".
        """
        short = (
            word.rstrip(".")
            for word, tag in zip(self.lower_words, self.tree.tags, strict=True)
            if word.rstrip(".") in names and tag not in ("AUX", "VERB", "NUM")
        )
        return frozenset(max((name for name in names if name.startswith(word)), key=len) for word in short)

    def limits(self) -> frozenset[str]:
        """The words of a sentence that make its figures count something else: "core", "worldwide"."""
        return frozenset(word for position, word in enumerate(self.lower_words) if self.has("limits", position))

    def places(self) -> frozenset[str]:
        """The words of the places where a sentence says that something happened."""
        tree = self.tree
        places: set[str] = set()
        for i, word in enumerate(self.lower_words):
            # "in the whole of the country", "in the village of Hale"
            is_inside = self.base(i) == "nmod" and tree.tags[tree.heads[i]] == "NOUN"
            within = (*self.children[i], *(self.children[tree.heads[i]] if is_inside else ()))
            if not any(tree.relations[c] == "case" and self.has("places", c) for c in within):
                continue
            if self.word_classes.word_is("regions", word):
                places.add(word)
            elif self.is_name(i) and word.rstrip(".") not in self.calendar:
                places |= {word} | {
                    self.lower_words[c] for c in self.children[i] if self.base(c) in ("compound", "flat", "amod")
                }
        return frozenset(places)

    def is_name(self, position: int) -> bool:
        """Whether a word is a name: also a capitalized noun without an article, as many places are for the parser."""
        tag, text = self.tree.tags[position], self.texts[position]
        if tag == "PROPN":
            return not text[:1].islower()  # "the senate" may be a name for the parser
        has_article = any(self.tree.tags[c] in ("DET", "ADJ") for c in self.children[position])
        return tag == "NOUN" and text[:1].isupper() and not has_article

    def names(self, positions: Iterable[int]) -> frozenset[str]:
        """Returns those of the words that are names, in lower case, without days and months."""
        return frozenset(
            self.lower_words[i]
            for i in positions
            if (self.texts[i][:1].isupper() and self.tree.tags[i] in ("PROPN", "NOUN", "ADJ"))
            and (i or self.tree.tags[i] == "PROPN")
            and self.lower_words[i].rstrip(".") not in self.calendar
        )

    def years(self) -> set[str]:
        """Returns the years that the sentence names."""
        return {word for word in self.lower_words if _YEAR.fullmatch(word)}

    def is_person(self, position: int) -> bool:
        """Returns whether a noun in the plural names people by what they are or do: "children", "miners"."""
        people, word = person_nouns(self.word_classes.code), self.lower_words[position]
        return word in people.words or word.removesuffix("s") in people.words or word.endswith(people.endings)

    def is_qualifier(self, position: int, quantity: Quantity) -> bool:
        """Returns whether a word is part of a figure or of its qualifier: "at least"."""
        return quantity.start <= self.tree.starts[position] < quantity.end

    def event_of(self, position: int) -> Event | None:
        """Returns the event that a word names; None if it names none."""
        if self.tree.tags[position] not in _EVENT_TAGS:
            return None
        return self.word_classes.event_of.get(self.stem(position))

    def stem(self, position: int) -> str:
        """Returns the stem of a word itself, without regard to synonyms."""
        return vocabulary(self.word_classes.code).stem(self.lower_words[position])

"""Tree of a sentence -> its names and noun phrases that may be key terms.

A phrase is a noun with the nouns and adjectives that say what kind it is: "assault weapons ban", "projet de loi",
"acidente aéreo". Articles, numbers and adjectives such as "new" are not part of it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nutgraf.summarizer.findings.key_terms.phrase_rules import PhraseRules, phrase_rules
from nutgraf.summarizer.findings.names.name_words import Name, agencies
from nutgraf.summarizer.findings.names.names_in_trees import names
from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.languages.language import primary

# Longest phrase around a noun, in words.
MAX_PHRASE_WORDS = 4
# A noun with a lower margin is not a term: if its head is uncertain, its tag is uncertain too.
MIN_MARGIN = -2.0
# A word that is tagged as a noun, but in the position of a verb, counts as a noun only from this margin.
MIN_SURE_MARGIN = 3.0
# A plural before a noun is often a verb: "reviews misconduct", but "weapons ban". From this margin, it modifies the noun.
MIN_PLURAL_MARGIN = 2.0
# In the title of a work, all words are capitalized except short ones ("12 Years a Slave").
MAX_TITLE_WORDS = 7
MAX_SHORT_WORD_LETTERS = 3
# A German genitive: three letters and -s. Not after u, i, o or s, because many names end in -us, -is, -os and -ss.
_GENITIVE = re.compile(r"[^\W\d_]{3}(?<!u)(?<!i)(?<!o)(?<!s)s$")
_PLURAL = re.compile(r"[^suiy]s$")
_BEFORE_INFINITIVES = frozenset({"to", ",", "and", "or"})
_QUOTES = frozenset({'"', "“", "«", "„", "‘", "'", "``"})
_QUOTED = re.compile(r'["“«]\s?([^"“”«».,!?;:\s][^"“”«».!?;:]{1,60}[^"“”«».,!?;:\s]),?\s?["”»]')


class NounPhrase(NamedTuple):
    """A name or noun phrase; `start` and `end` are offsets in the text of the sentence."""

    text: str
    start: int
    end: int
    is_name: bool
    # An adjective is before the noun: "odd concern"; "civil war" too, though its adjective says which kind.
    is_described: bool = False
    is_general: bool = False  # its nouns fit any subject ("debate"), or it is a role: "campaign manager"
    is_role: bool = False  # its head names people or organizations by what they do: "campaign manager"
    is_part_of_fixed_phrase: bool = False  # its noun has a preposition or verb before it, and no article: "mis en examen"
    is_office: bool = False  # its head is an office that one person holds: "campaign chairman"
    is_outlet: bool = False  # a newspaper or broadcaster: "Skerry Times", "le quotidien Skerri"
    is_genitive: bool = False  # a German name with the ending of its case: "Skerrys"


def noun_phrases(tree: Tree, language_tag: str) -> list[NounPhrase]:
    """Returns the names and phrases of a sentence, left to right. Phrases may contain each other: "war", "civil war"."""
    found = names(tree, language_tag)
    rules = phrase_rules(primary(language_tag))
    taken = {position: name for name in found for position in range(name.first, name.last + 1)}
    works = list(_works(tree.text))
    phrases = [NounPhrase(tree.text[start:end], start, end, True) for start, end in works]
    reader = _Reader(tree, rules, taken)
    phrases += [
        NounPhrase(
            name.text,
            name.start,
            name.end,
            True,
            is_described=tree.tags[name.first] == "ADJ",
            is_outlet=reader.is_outlet(name),
            is_genitive=rules.has_cases and reader.is_genitive(name),
        )
        for name in found
        if not any(start <= name.start and name.end <= end for start, end in works) and not reader.is_department(name)
    ]
    for position in range(len(tree)):
        if name := reader.name_after_kind(position):
            phrases.append(NounPhrase(tree.text[tree.starts[position] : name.end], tree.starts[position], name.end, True))
        if position not in taken and reader.is_party(position):
            start, end = tree.starts[position], tree.ends[position]
            phrases.append(NounPhrase(tree.text[start:end], start, end, True))
        elif position not in taken and reader.is_noun(position):
            is_role, is_office = reader.is_role(position), reader.is_office(position)
            for first, last in reader.spans(position):
                start, end = tree.starts[first], tree.ends[last]
                flags = (
                    reader.is_described(first, position),
                    is_role or reader.is_general(first, position, last),
                    is_role,
                    reader.is_part_of_fixed_phrase(first, position),
                    is_office,
                )
                phrases.append(NounPhrase(tree.text[start:end], start, end, False, *flags))
    return sorted(phrases, key=lambda phrase: (phrase.start, phrase.end))


def _has(nouns: frozenset[str], word: str, endings: Sequence[str]) -> bool:
    """Whether a noun is in a list, as it is or without a plural or case ending."""
    return word in nouns or any(word.endswith(ending) and word[: -len(ending)] in nouns for ending in endings)


_FRENCH_PLURALS = ("és", "ées", "ales", "elles", "iques", "aires", "ives", "euses", "ants", "antes", "ents", "aux")
_ENDINGS = ("s", "x", "es")
_GERMAN_ENDINGS = ("s", "es", "n", "en", "e", "er", "ern")


def _works(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the titles of works: a few words between quotation marks, all of them capitalized except short ones."""
    for match in _QUOTED.finditer(text):
        words = match[1].split(" ")
        long = [word for word in words if len(word) > MAX_SHORT_WORD_LETTERS]
        opens = words[0][0].isupper() or words[0][0].isdigit()
        if 1 < len(words) <= MAX_TITLE_WORDS and opens and long and all(word[0].isupper() for word in (*long, words[-1])):
            yield match.span(1)


class _Reader:
    def __init__(self, tree: Tree, rules: PhraseRules, taken: dict[int, Name]) -> None:
        self.tree, self.rules, self.taken = tree, rules, taken
        self.words = tree.words
        self.endings = _GERMAN_ENDINGS if rules.has_cases else _ENDINGS
        self.lower = [word.lower().strip(".") for word in self.words]

    def is_noun(self, position: int) -> bool:
        """Whether a word is the noun of a phrase; parts of "12-year-old" are not."""
        word = self.words[position]
        return (
            (self.tree.tags[position] == "NOUN" or (self.tree.tags[position] == "PROPN" and word.islower()))
            and len(word) > 2
            and word[0].isalpha()
            and not word.isupper()  # a line in capitals
            and "." not in word[:-1]  # two sentences without a space between them
            and self.tree.margins[position] >= MIN_MARGIN
            and self.lower[position] not in self.rules.rarely_nouns
            and self.lower[position].rpartition("-")[2] not in self.rules.stop_words  # "paraît-il", "jusque-là"
            and self.lower[position] not in self.rules.times | self.rules.vague_modifiers
            and ("-" not in word or self.lower[position].partition("-")[0] not in self.rules.prefixes)
            and not self._is_joined(position)
            and not self._is_modifier(position)
            and not self._is_like_a_verb(position)
            and not self._is_in_quotes(position)
            and not self._is_particle(position)
            and not self._is_infinitive(position)
            and not (position and self.lower[position - 1] in self.rules.degrees)
        )

    def is_party(self, position: int) -> bool:
        """Whether a word names the members of a party: "Democrats"; the singular is a title, as in "Democrat Ada Marsh"."""
        return self.lower[position] in self.rules.parties and self.words[position][0].isupper()

    def _is_particle(self, position: int) -> bool:
        """Whether a word is a particle of a name that the tree does not see: "van" and "der" in "van der Skerry"."""
        after = position + 1
        if self.lower[position] not in self.rules.particles or after == len(self.words):
            return False
        return self.lower[after] in self.rules.particles or (self.words[after][0].isupper() and not self.rules.has_cases)

    def _is_infinitive(self, position: int) -> bool:
        """Whether a word follows the mark of an infinitive, which is a PART, as the possessive "'s" is: "to resume"."""
        return position > 0 and self.tree.tags[position - 1] == "PART" and self.words[position - 1].isalpha()

    def _is_in_quotes(self, position: int) -> bool:
        """Whether a word is alone between quotation marks, which is often a figure of speech."""
        text, start, end = self.tree.text, self.tree.starts[position], self.tree.ends[position]
        return start > 0 and text[start - 1] in '"“«' and text[end : end + 2].lstrip(",")[:1] in ('"', "”", "»")

    def _is_like_a_verb(self, position: int) -> bool:
        """Whether a word is in the position of a verb, and has no article, preposition or adjective, as nouns have there.

        In English, a noun or number before it shows a noun too, and a plural is always a noun.
        """
        tree, follow = self.tree, self.rules.adjectives_follow
        relation = tree.relations[position].partition(":")[0]
        if self.rules.has_cases or relation not in ("root", "parataxis", "advcl", "ccomp", "acl", "xcomp"):
            return False
        if not follow and (tree.margins[position] >= MIN_SURE_MARGIN or self.lower[position].endswith("s")):
            return False
        of_nouns = ("det", "case", "amod", "nummod") if follow else ("det", "case", "amod", "nummod", "compound", "nmod")
        return not any(
            tree.heads[child] == position and tree.relations[child].partition(":")[0] in of_nouns
            for child in range(len(tree))
        )

    def _is_modifier(self, position: int) -> bool:
        """Whether a noun only says what kind the next one is: "weapons" in "weapons ban"."""
        head = self.tree.heads[position]
        return position < head <= position + 3 and self.tree.relations[position].partition(":")[0] == "compound"

    def spans(self, noun: int) -> Iterator[tuple[int, int]]:
        """First and last positions of the phrases with this noun as head, except phrases that say nothing alone."""
        left = self._left(noun)
        right_ends = [noun, *self._right_ends(noun)] if self.rules.adjectives_follow or left == noun else [noun]
        is_vague = self._is_vague(noun)
        for first in range(left, noun + 1):
            if self._is_joined_left(first):
                continue
            for last in right_ends:
                is_alone = first == last
                says_nothing = is_vague and (is_alone or self._is_joined_left(noun))
                if last - first < MAX_PHRASE_WORDS + 2 and not says_nothing and not self._only_counts(noun, last):
                    yield first, last

    def is_described(self, first: int, noun: int) -> bool:
        """Whether an adjective is before the noun, in lower case or as the first word of the sentence."""
        return any(
            self.tree.tags[position] == "ADJ"
            and (self.words[position].islower() or (not position and self.lower[position] not in self.rules.demonyms))
            and not self._is_joined(position)
            for position in range(first, noun)
        )

    def is_outlet(self, name: Name) -> bool:
        """Whether a name is that of a newspaper or broadcaster by its first or last word, or the noun before it."""
        before = name.first - 1
        while before > 0 and (self.words[before] in _QUOTES or self.tree.tags[before] == "DET"):
            before -= 1
        ends = {self.lower[name.first], self.lower[name.last]} if name.last > name.first else set()
        unambiguous_outlets = self.rules.outlets - self.rules.institutions  # not "Skerry Transport Agency"
        return not unambiguous_outlets.isdisjoint(ends) or self.lower[max(before, 0)] in self.rules.outlets

    def is_department(self, name: Name) -> bool:
        """Whether a name only says what a minister is for: "la ministre de la Transition alderienne"."""
        head = self.tree.heads[name.first]
        if head < 0 or head >= name.first or self.lower[head] not in self.rules.ministers:
            return False
        return self.rules.institutions.isdisjoint(self.lower[name.first : name.last + 1])

    def is_genitive(self, name: Name) -> bool:
        """Whether a name has the ending of a genitive, as "Skerrys Brücke" and "die Brücke Skerrys" have."""
        if not _GENITIVE.search(name.text):
            return False
        words = range(name.first, name.last + 1)
        top_words = [word for word in words if not name.first <= self.tree.heads[word] <= name.last]
        return all(
            self.tree.relations[word].partition(":")[0] == "nmod"
            and not any(self.tree.relations[child] == "case" for child in self.tree.children(word))
            for word in top_words
        )

    def is_general(self, first: int, noun: int, last: int) -> bool:
        """Whether a phrase names no subject.

        All its nouns are vague or general, or an article makes it a particular instance ("proposta do governo") and not a
        kind ("projeto de lei").
        """
        if not self.rules.links_with_article.isdisjoint(self.lower[noun + 1 : last]):
            return True
        nouns = (position for position in range(first, last + 1) if self.tree.tags[position] in ("NOUN", "PROPN", "X"))
        return all(self._is_vague(position) or self._is_general(position) for position in nouns)

    def is_part_of_fixed_phrase(self, first: int, noun: int) -> bool:
        """Whether a noun only completes a preposition or verb before it, as in "mis en examen" and "prendre part".

        Only in French, Spanish and Portuguese does a missing article show this.
        """
        before = first - 1
        if before < 0 or not self.rules.adjectives_follow or first < noun:
            return False
        tree, relation = self.tree, self.tree.relations[noun].partition(":")[0]
        if tree.tags[before] == "VERB":
            return tree.heads[noun] == before and relation == "obj" and not self.lower[noun].endswith(("s", "x"))
        is_preposition = tree.tags[before] == "ADP" and tree.heads[before] == noun
        return is_preposition and self.lower[before] in self.rules.fixed_phrase_prepositions

    def is_office(self, noun: int) -> bool:
        """Whether a noun in the singular is an office: "chairman", "procurador-geral"."""
        return not self.rules.offices.isdisjoint((self.lower[noun], self.lower[noun].partition("-")[0]))

    def name_after_kind(self, noun: int) -> Name | None:
        """The name right after a noun that says what the name belongs to, such as "rue" in "rue Alder"; None without one."""
        name = self.taken.get(noun + 1)
        starts_here = name is not None and name.first == noun + 1 and noun not in self.taken
        is_kind = self.lower[noun] in self.rules.nouns_before_names and self.words[noun].islower()
        return name if starts_here and is_kind else None

    def is_role(self, noun: int) -> bool:
        """Whether a noun names people or organizations by what they do: "marchers", "company"."""
        return _has(self.rules.roles, self.lower[noun], self.endings) or self.lower[noun].endswith(self.rules.role_endings)

    def _only_counts(self, noun: int, last: int) -> bool:
        """Whether a phrase with a complement only counts it: "dozens of shops", "dizaines de commerçants"."""
        counts = _has(self.rules.counting_nouns, self.lower[noun], self.endings)
        return counts and last > noun and self.tree.tags[last] != "ADJ"

    def _left(self, noun: int) -> int:
        """The first of the nouns and adjectives right before a noun that belong to it."""
        first, words = noun, 1
        while first and words < MAX_PHRASE_WORDS and self._modifies(first - 1, noun):
            first -= 1
            words += not self._is_mark(first)
        while first < noun and self._continues_left(first):  # "North Korean state media"
            first -= 1
        while first < noun and (
            self._is_mark(first)
            or self._is_vague_modifier(first)
            or (first < noun - 1 and self._is_vague(first) and not self._is_mark(first + 1))  # "dollar harbour pact"
        ):
            first += 1
        return first

    def _continues_left(self, first: int) -> bool:
        before = first - 1
        return (
            before >= 0
            and before not in self.taken
            and self.words[first][0].isupper()
            and self.words[before][0].isupper()
            and self.words[before].isalpha()
            and self.lower[before] not in self.rules.stop_words
        )

    def _modifies(self, position: int, noun: int) -> bool:
        tree = self.tree
        if position == noun - 1 and len(self.lower[position]) == 1 and self.words[position][0].isupper():
            return tree.tags[position] in ("PROPN", "NOUN", "X")  # "E. coli", "T cells"
        if position in self.taken:  # "Obama administration": the whole name or nothing
            name = self.taken[position]
            is_single_word_name = name.last == position and name.first == name.last and not agencies().fullmatch(name.text)
            return is_single_word_name and tree.heads[position] == noun and not name.text.endswith("s")  # "Americans vote"
        if self._is_mark(position):
            return self._is_glued(position) and self._modifies(position - 1, noun) if position else False
        head = tree.heads[position]
        if not position < head <= noun or self._is_vague_modifier(position):
            return False
        if self.rules.has_cases and self.words[position].islower() and self.lower[position].endswith(("en", "em", "er")):
            return False  # an inflected form; terms are in the nominative: "prächtigen Bauten"
        relation = tree.relations[position].partition(":")[0]
        is_joined = position + 1 < len(tree) and self._is_mark(position + 1) and self._is_glued(position + 1)
        if tree.tags[position] == "ADJ":
            return relation == "amod" or is_joined
        if tree.tags[position] == "NOUN":
            is_sure = tree.margins[position] >= MIN_PLURAL_MARGIN or not _PLURAL.search(self.lower[position])
            has_vague_modifier = position > 0 and self.lower[position - 1] in self.rules.vague_modifiers
            is_counted = position > 0 and tree.tags[position - 1] == "NUM"  # "his two year relationship"
            is_time = (has_vague_modifier or is_counted) and self._is_vague(position)  # "It is the first time voters …"
            is_unit = self.rules.has_cases and self._is_vague(position)  # "Millionen Euro"
            return (
                is_sure
                and self.lower[position] not in self.rules.rarely_nouns
                and not self._may_be_verb(position)
                and not is_time
                and not is_unit
                and relation in ("compound", "nmod", "amod")
                and not self._is_owner(position)
            )
        return is_joined and tree.tags[position] in ("ADV", "PROPN", "X", "VERB")

    def _may_be_verb(self, position: int) -> bool:
        """Whether a noun without an article, before a noun, may be an English infinitive: "to ban bridges, close roads"."""
        if self.rules.adjectives_follow or self.rules.has_cases or position == 0:
            return False
        return self.lower[position - 1] in _BEFORE_INFINITIVES

    def _is_owner(self, position: int) -> bool:
        return self.tree.relations[position] == "nmod:poss"

    def _right_ends(self, noun: int) -> Iterator[int]:
        """Positions at which a phrase can end after its noun: after adjectives, and after a noun with "de" or "of"."""
        tree, last = self.tree, noun
        if self.rules.adjectives_follow:
            while last + 1 < len(tree) and self._is_following_adjective(last + 1, noun):
                last += 1
            if last > noun:
                yield last
        after = last + 1
        if self.rules.adjectives_follow and last == noun and after < len(tree) and self._is_bare_complement(after, noun):
            yield after  # "assurance chômage"
            return
        if after + 1 >= len(tree) or self.lower[after] not in self.rules.links or tree.tags[after] != "ADP":
            return
        completing = after + 1
        if self.rules.adjectives_follow and tree.tags[completing] == "DET" and self.words[completing].endswith(("'", "’")):
            completing += 1
        if completing >= len(tree) or tree.heads[completing] not in range(noun, last + 1):
            return
        if completing in self.taken:
            name = self.taken[completing]
            if self.rules.adjectives_follow and name.first == completing:
                yield name.last
            return
        is_noun = tree.tags[completing] == "NOUN" and len(self.words[completing]) > 2
        if completing in self.taken or not is_noun or self._is_joined(completing):
            return
        if not self._is_vague(completing) or self.lower[completing] in self.rules.departments:  # "minister of justice"
            end = completing
            while self.rules.adjectives_follow and end + 1 < len(tree) and self._is_following_adjective(end + 1, completing):
                end += 1
            yield from (completing, end) if end > completing else (completing,)

    def _is_bare_complement(self, position: int, noun: int) -> bool:
        tree = self.tree
        relation = tree.relations[position].partition(":")[0]
        return (
            tree.tags[position] == "NOUN"
            and tree.heads[position] == noun
            and relation in ("nmod", "compound", "flat", "appos")
            and self.words[position].isalpha()
            and self.lower[position] not in self.rules.vague_nouns | self.rules.times
        )

    def _is_following_adjective(self, position: int, noun: int) -> bool:
        tree = self.tree
        return (
            tree.tags[position] == "ADJ"
            and tree.heads[position] == noun
            and tree.relations[position].partition(":")[0] == "amod"
            and position not in self.taken
            and not self._is_vague_modifier(position)
            and tree.margins[position] >= 0
            and not self._is_completed(position)
            and self._agrees(position, noun)
        )

    def _is_completed(self, adjective: int) -> bool:
        """Whether words after an adjective belong to it, as to a participle: "un code baptisé Alder", "opposés au port"."""
        tree = self.tree
        if adjective + 1 in self.taken and not tree.relations[adjective + 1].startswith("case"):
            return True
        relations = (tree.relations[child].partition(":")[0] for child in tree.children(adjective) if child > adjective)
        return any(relation in ("obj", "iobj", "obl", "xcomp", "ccomp", "nmod", "appos") for relation in relations)

    def _agrees(self, adjective: int, noun: int) -> bool:
        """Whether adjective and noun do not differ in number, as far as their endings show it."""
        if not self.rules.endings_agree:
            return not (self.lower[adjective].endswith(_FRENCH_PLURALS) and not self.lower[noun].endswith(("s", "x", "z")))
        if self.lower[noun].endswith(("is", "us")):
            return True
        return self.lower[noun].endswith("s") == self.lower[adjective].endswith("s")

    def _is_vague(self, position: int) -> bool:
        word = self.lower[position].rpartition("-")[2]
        return word in self.rules.times or _has(self.rules.vague_nouns, word, self.endings)

    def _is_general(self, position: int) -> bool:
        return _has(self.rules.general_nouns, self.lower[position].rpartition("-")[2], self.endings)

    def _is_vague_modifier(self, position: int) -> bool:
        return self.lower[position] in self.rules.vague_modifiers or not self.words[position][:1].isalpha()

    def _is_mark(self, position: int) -> bool:
        return self.words[position] in ("-", "/", "–")

    def _is_glued(self, mark: int) -> bool:
        tree = self.tree
        return (
            0 < mark < len(tree) - 1
            and tree.ends[mark - 1] == tree.starts[mark]
            and tree.ends[mark] == tree.starts[mark + 1]
        )

    def _is_joined(self, position: int) -> bool:
        """Whether a hyphen joins a word to the next: "year" in "12-year-old"."""
        after = position + 1
        return after < len(self.tree) and self._is_mark(after) and self._is_glued(after)

    def _is_joined_left(self, position: int) -> bool:
        return self._is_mark(position) or (position > 0 and self._is_mark(position - 1) and self._is_glued(position - 1))

"""Finds the speaker of a quotation by grammar: Ada Marsh for "said Marsh, who leads the council". None if uncertain."""

import re
from collections.abc import Callable, Sequence, Set

from nutgraf.summarizer.findings.names.names_in_trees import names
from nutgraf.summarizer.findings.quotations.direct_speech import Quotation
from nutgraf.summarizer.findings.quotations.quote_attribution import PHRASE, SUBJECTS, Attribution, WordLists
from nutgraf.summarizer.grammar import Tree, TreeCache
from nutgraf.summarizer.languages.language import primary
from nutgraf.summarizer.models import Sentence

# Returns the long form of a name in the article at a position.
FullName = Callable[[str, int], str]
# The person that a pronoun stands for is searched in this many sentences before it.
SENTENCES_OF_PRONOUN = 2
# The maximum number of quotations in a chain in which each continues the one before.
MAX_CHAIN = 6
_WORD = re.compile(r"\w+")


class Speakers:
    """Finds who says each of the quotations of a request, in the trees of the sentences around it."""

    def __init__(
        self,
        quotations: Sequence[Quotation],
        sentences: Sequence[Sentence],
        languages: Sequence[str],
        trees: TreeCache,
        full_name: FullName,
    ) -> None:
        """`quotations` are all those of the request, in order.

        It is faster to parse all sentences of `positions_to_parse` with one call of `trees.of` first.
        """
        self._quotations = quotations
        self._sentences = sentences
        self._languages = languages
        self._trees = trees
        self._full_name = full_name

    def of(self, number: int, depth: int = 0) -> str | None:
        """Returns the full name of who says the quotation with this number, or a description that contains a name.

        It is None if nobody is named, or if a pronoun may stand for several persons. In languages without a parser, only the
        labels of transcripts name speakers.
        """
        quotation = self._quotations[number]
        if quotation.label is not None:
            return self._name_in_label(quotation)
        for position in dict.fromkeys((quotation.last, quotation.first)):
            clause = self._clause(position, number)
            if clause is None:
                return None
            verb = clause.verb_of(quotation)
            if verb is not None:
                return self._speaker_of_verb(clause, verb, position, quotation)
            if not clause.is_all_quoted():
                return None
        before = continued_quotation(self._quotations, number)
        return self.of(before, depth + 1) if before is not None and depth < MAX_CHAIN else None

    def _name_in_label(self, quotation: Quotation) -> str | None:
        label = _in_title_case((quotation.label or "").strip())
        name = _in_title_case(self._full_name(label.title() if label.isupper() else label, quotation.article))
        # "REPORTER:", "Q:" and "ON HAPPINESS:" name nobody: a person is also named outside the labels.
        if " " not in name or not name[0].isupper():
            return None
        near = (sentence.text for sentence in self._sentences if sentence.article == quotation.article)
        return name if any(name in text for text in near) else None

    def _clause(self, position: int, number: int) -> Attribution | None:
        tree = self._trees.of([position]).get(position)
        if tree is None or not len(tree):
            return None
        sentence = self._sentences[position]
        near = self._quotations[max(0, number - MAX_CHAIN) : number + MAX_CHAIN]
        inside = [other for other in near if other.article == sentence.article]
        return Attribution(tree, self._language(position), sentence.start, inside)

    def _speaker_of_verb(self, clause: Attribution, verb: int, position: int, quotation: Quotation) -> str | None:
        subject = clause.subject(verb)
        if subject is None or clause.is_denied(verb):
            return None
        article = self._sentences[position].article
        name = clause.titled_before(verb, subject) or clause.name(subject)
        if name is None and clause.tree.tags[subject] in PHRASE:
            name = clause.name_after_description(subject)
        if name is not None:
            if not clause.is_proper(name):
                return None
            if both := clause.both(name):
                return both
            text = clause.text_of(name)
            full = self._full_name(text, article)
            if clause.is_report(verb, full):
                return None
            return _in_title_case(text if full.split()[0].lower() in clause.words.times else full)
        if clause.lower[subject] in clause.words.persons:
            return self._person_before(clause, subject, position, quotation)
        return clause.description(subject)

    def _person_before(self, clause: Attribution, pronoun: int, position: int, quotation: Quotation) -> str | None:
        """The person a pronoun refers to: the only person named in the sentences before it, as a subject.

        It is None if the quotation names that person, if a noun for a person is another subject ("the journalist"), or if
        another person follows the name: "The prosecution disagreed."
        """
        article = self._sentences[position].article
        found = [name for name in clause.names if name.last < pronoun and clause.is_outside(name.first)]
        acts = any(clause.tree.relations[name.last] in SUBJECTS for name in found)
        for before in range(max(0, position - SENTENCES_OF_PRONOUN), position):
            tree = self._trees.of([before]).get(before)
            if tree is not None and self._sentences[before].article == article:
                named = names(tree, self._language(before))
                found += named
                inside = {word for name in named for word in range(name.first, name.last + 1)}
                acts |= any(tree.relations[word] in SUBJECTS for word in inside)
                if _other_person_acts(tree, inside, clause.words) or _another_follows(tree, inside, clause.words):
                    return None
        persons = {self._full_name(name.text, article) for name in found}
        if not acts or len(persons) != 1:
            return None
        (person,) = persons
        quoted = self._quoted_words(quotation)
        return _in_title_case(person) if " " in person and person.split()[-1] not in quoted else None

    def _quoted_words(self, quotation: Quotation) -> frozenset[str]:
        texts = (self._sentences[position].text for position in range(quotation.first, quotation.last + 1))
        # A sentence may name the speaker outside its quotation, too.
        start = self._sentences[quotation.first].start
        return frozenset(_WORD.findall(" ".join(texts)[quotation.start - start : quotation.end - start]))

    def _language(self, position: int) -> str:
        return primary(self._languages[self._sentences[position].article])


def _other_person_acts(tree: Tree, names_in: Set[int], words: WordLists) -> bool:
    """Whether a subject is a noun for a person and no name, nor an office before one."""
    return any(
        relation in SUBJECTS
        and tree.words[word].lower() in words.offices | words.people
        and word not in names_in
        and not any(child in names_in for child in tree.children(word))
        for word, relation in enumerate(tree.relations)
    )


def _another_follows(tree: Tree, names_in: Set[int], words: WordLists) -> bool:
    """Whether a sentence mentions another person after its names, as its main subject, or as an object of its verb."""
    last = max(names_in, default=-1)
    return any(
        word > last
        and not any(child in names_in for child in tree.children(word))
        and (
            (relation in SUBJECTS and tree.heads[word] == tree.root and _may_act(tree, word, words))
            or (relation.partition(":")[0] in ("obj", "iobj", "obl") and tree.words[word].lower() in words.people)
        )
        for word, relation in enumerate(tree.relations)
    )


def _may_act(tree: Tree, word: int, words: WordLists) -> bool:
    """Whether a main subject may be a person: "The prosecution disagreed"; not "The ceremony was short"."""
    lower = tree.words[word].lower()
    if tree.tags[tree.root] == "VERB":
        return tree.tags[word] in ("NOUN", "PROPN", "ADJ")
    is_noun = lower in words.people | words.offices | words.authorities or lower.endswith(words.person_endings)
    return tree.tags[word] == "PROPN" or (tree.tags[word] in ("NOUN", "ADJ") and is_noun)


def _in_title_case(name: str) -> str:
    """The name as a sentence has it: "Ada Marsh" for "ADA MARSH". A single word in capitals may be an acronym."""
    return name.title() if name.isupper() and " " in name else name


def continued_quotation(quotations: Sequence[Quotation], number: int) -> int | None:
    """Returns the number of the quotation that this one continues: one in the same paragraph, or an open one above it."""
    if number == 0:
        return None
    before, here = quotations[number - 1], quotations[number]
    if before.article != here.article or before.label is not None:
        return None
    goes_on = here.continues or (before.block == here.block and here.first - before.last <= 1)
    return number - 1 if goes_on else None


def positions_to_parse(quotations: Sequence[Quotation], number: int) -> set[int]:
    """Returns the positions of the first and last sentences of a quotation, and of those that it continues.

    If the speaker is a pronoun, two earlier sentences are needed, too; they are parsed when they are used.
    """
    wanted: set[int] = set()
    at: int | None = number
    for _ in range(MAX_CHAIN):
        if at is None:
            break
        wanted |= {quotations[at].first, quotations[at].last}
        at = continued_quotation(quotations, at)
    return wanted

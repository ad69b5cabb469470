"""Quotation -> its speaker, by grammar: "said Marsh, who leads the council" -> "Ada Marsh". None if that is unsure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from nutgraf.summarizer.findings.direct_speech import Quotation
from nutgraf.summarizer.findings.names import Name, covering, names
from nutgraf.summarizer.grammar import SentenceTrees, Tree
from nutgraf.summarizer.languages.language import language, primary
from nutgraf.summarizer.models import Sentence

# Returns the long form of a name in the article at a position.
FullName = Callable[[str, int], str]
# Words between a quotation and the verb of saying that names its speaker.
MAX_DISTANCE = 14
# A pronoun stands for somebody whom so many sentences before it name.
SENTENCES_OF_PRONOUN = 2
# A speaker without a name is described in so many words: "a spokesman for the Calder police".
MAX_DESCRIPTION = 8
# Quotations that go on from one another; longer chains are no longer followed.
MAX_CHAIN = 6
_SUBJECTS = frozenset({"nsubj", "nsubj:outer", "nsubj:caus"})
_SAME_SUBJECT = frozenset({"conj", "advcl", "xcomp"})
_IN_DESCRIPTION = frozenset({"det", "amod", "compound", "nmod", "case", "flat", "fixed", "nummod"})
_PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN"})
_IN_PHRASE = _PHRASE | {"ADP"}
_NOUNS = frozenset({"NOUN", "PROPN"})
_NOMINAL = _NOUNS | {"PRON"}


class Speakers:
    """Finds who says each of the quotations of a request, in the trees of the sentences around it."""

    def __init__(
        self,
        quotations: Sequence[Quotation],
        sentences: Sequence[Sentence],
        languages: Sequence[str],
        trees: SentenceTrees,
        full_name: FullName,
    ) -> None:
        """`quotations` are all those of the request, in order. Parse the sentences `around` at once."""
        self._quotations = quotations
        self._sentences = sentences
        self._languages = languages
        self._trees = trees
        self._full_name = full_name

    def of(self, number: int, depth: int = 0) -> str | None:
        """Returns the full name of who says the quotation with this number, or a description that has a name.

        It is None if nobody is named, if a pronoun may stand for several persons, and in languages without a parser.
        """
        quotation = self._quotations[number]
        if quotation.label is not None:
            return self._labelled(quotation)
        for position in dict.fromkeys((quotation.last, quotation.first)):
            clause = self._clause(position, number)
            if clause is None:
                return None
            verb = clause.verb_of(quotation)
            if verb is not None:
                return self._named(clause, verb, position)
            if not clause.is_all_quoted():
                return None
        before = goes_on_from(self._quotations, number)
        return self.of(before, depth + 1) if before is not None and depth < MAX_CHAIN else None

    def _labelled(self, quotation: Quotation) -> str | None:
        label = _cased((quotation.label or "").strip())
        name = _cased(self._full_name(label.title() if label.isupper() else label, quotation.article))
        # "REPORTER:", "Q:" and "ON HAPPINESS:" name nobody: a person is also named outside the labels.
        if " " not in name or not name[0].isupper():
            return None
        near = (sentence.text for sentence in self._sentences if sentence.article == quotation.article)
        return name if any(name in text for text in near) else None

    def _clause(self, position: int, number: int) -> "_Attribution | None":
        tree = self._trees.of([position]).get(position)
        if tree is None or not len(tree):
            return None
        sentence = self._sentences[position]
        near = self._quotations[max(0, number - MAX_CHAIN) : number + MAX_CHAIN]
        inside = [other for other in near if other.article == sentence.article]
        return _Attribution(tree, self._language(position), sentence.start, inside)

    def _named(self, clause: "_Attribution", verb: int, position: int) -> str | None:
        subject = clause.subject(verb)
        if subject is None:
            return None
        article = self._sentences[position].article
        name = clause.name(subject)
        if name is None and clause.tree.tags[subject] in _PHRASE:
            name = clause.named_beside(subject)
        if name is not None:
            if not clause.is_proper(name):
                return None
            text = clause.text_of(name)
            full = self._full_name(text, article)
            if clause.is_report(verb, full):
                return None
            return _cased(text if full.split()[0].lower() in clause.words.times else full)
        if clause.lower[subject] in clause.words.persons:
            return self._person_before(clause, subject, position)
        return clause.description(subject)

    def _person_before(self, clause: "_Attribution", pronoun: int, position: int) -> str | None:
        """The only person whom the sentences before a pronoun name, if there is exactly one."""
        article = self._sentences[position].article
        found = [name for name in clause.names if name.last < pronoun and clause.is_outside(name.first)]
        acts = any(clause.tree.relations[name.last] in _SUBJECTS for name in found)
        for before in range(max(0, position - SENTENCES_OF_PRONOUN), position):
            tree = self._trees.of([before]).get(before)
            if tree is not None and self._sentences[before].article == article:
                named = names(tree, self._language(before))
                found += named
                acts |= any(tree.relations[word] in _SUBJECTS for name in named for word in range(name.first, name.last + 1))
        persons = {self._full_name(name.text, article) for name in found}
        return _cased(persons.pop()) if acts and len(persons) == 1 and " " in next(iter(persons)) else None

    def _language(self, position: int) -> str:
        return primary(self._languages[self._sentences[position].article])


def _cased(name: str) -> str:
    """The name as a sentence has it: "Ada Marsh" for "ADA MARSH". A single word in capitals may be an acronym."""
    return name.title() if name.isupper() and " " in name else name


def goes_on_from(quotations: Sequence[Quotation], number: int) -> int | None:
    """Returns the number of the quotation that this one goes on from, in its paragraph or from an open one above it."""
    if number == 0:
        return None
    before, here = quotations[number - 1], quotations[number]
    if before.article != here.article or before.label is not None:
        return None
    goes_on = here.continues or (before.block == here.block and here.first - before.last <= 1)
    return number - 1 if goes_on else None


def around(quotations: Sequence[Quotation], number: int) -> set[int]:
    """Returns the positions of the sentences whose trees tell who says a quotation."""
    wanted: set[int] = set()
    at: int | None = number
    for _ in range(MAX_CHAIN):
        if at is None:
            break
        wanted |= {quotations[at].first, quotations[at].last}
        at = goes_on_from(quotations, at)
    return wanted


class _Attribution:
    """The words of a sentence outside its quotations, with what they say of a speaker."""

    def __init__(self, tree: Tree, code: str, start: int, quotations: Iterable[Quotation]) -> None:
        """`start` is the offset of the sentence in its article; `quotations` are those of the article near it."""
        self.tree = tree
        self.words = _word_lists(code)
        self.lower = [word.lower() for word in tree.words]
        self.names: list[Name] = names(tree, code)
        self._start = start
        spans = [quotation.outer for quotation in quotations]
        self._quoted = [any(span.start <= start + at < span.end for span in spans) for at in tree.starts]

    def is_outside(self, word: int) -> bool:
        return not self._quoted[word]

    def is_all_quoted(self) -> bool:
        """Whether the sentence has no word outside its quotations."""
        return all(quoted or not any(map(str.isalnum, text)) for quoted, text in zip(self._quoted, self.lower, strict=True))

    def verb_of(self, quotation: Quotation) -> int | None:
        """The verb of saying, or the noun after "according to", that is next to a quotation; None without one near it."""
        before = [i for i, end in enumerate(self.tree.ends) if self._start + end <= quotation.outer.start]
        after = [i for i, start in enumerate(self.tree.starts) if self._start + start >= quotation.outer.end]
        found: list[tuple[int, int]] = []
        for side, words in ((1, reversed(before)), (0, iter(after))):
            distance = 0
            for word in words:
                if self._quoted[word]:
                    if side == 0 and distance > 1:
                        break
                    continue
                distance += 1
                if distance > MAX_DISTANCE:
                    break
                if self._says(word):
                    found.append((distance + side, word))
                    break
                if side == 0 and distance <= 3 and self.tree.tags[word] == "VERB":
                    break  # a verb of saying that the language's file does not have
        return min(found)[1] if found else None

    def subject(self, verb: int) -> int | None:
        """Who says it: the subject of the verb, or of the verb that it goes with; None if there is none."""
        source = self._source(verb)
        if source is not None:
            return source
        at = verb
        for _ in range(3):
            subjects = [
                child
                for child in self.tree.children(at)
                if self.tree.relations[child] in _SUBJECTS
                and self.is_outside(child)
                and self.lower[child] not in self.words.times
            ]
            if subjects:
                if at == verb < subjects[0] and self.tree.tags[verb - 1] in _NOMINAL and self.is_outside(verb - 1):
                    return verb - 1  # "an insider told the Echo": the parser took the object for an inverted subject
                return self._antecedent(subjects[0], at)
            head = self.tree.heads[at]
            if head < 0 or self.tree.relations[at].partition(":")[0] not in _SAME_SUBJECT or self._quoted[head]:
                break
            at = head
        return self._beside(verb)

    def name(self, subject: int) -> Name | None:
        """The name of a subject: "Marsh", "the mayor, Ada Marsh"."""
        found = covering(self.names, subject)
        if found is None:
            parts = [c for c in self.tree.children(subject) if self.tree.relations[c].partition(":")[0] in ("appos", "flat")]
            found = next((name for part in parts if (name := covering(self.names, part))), None)
        return self._whole(found) if found else None

    def _whole(self, name: Name) -> Name | None:
        """The last name of a run of nouns, which is the speaker's: "said Alder lawyer Ada Marsh". None if a noun ends it."""
        last, end = name, name.last + 1
        while end < len(self.lower) and self.tree.tags[end] in _PHRASE and self.is_outside(end):
            if self.tree.tags[end] == "DET" or self.lower[end] in self.words.times:
                break
            last = covering(self.names, end) or last
            end += 1
        return last if last.last == end - 1 else None

    def is_report(self, verb: int, name: str) -> bool:
        """Whether the words are those of a newspaper or broadcaster that writes them: "The New York Times reported"."""
        words = name.lower().split()
        is_outlet = name.isupper() or words[-1] in self.words.outlets or words[0] in self.words.outlets
        return is_outlet and self.lower[verb] in self.words.reporting

    def text_of(self, name: Name) -> str:
        """The name without a word of time or an age before it: "lundi Ada Marsh", "nine-year-old Ada"."""
        first = name.first
        while first < name.last and (self.lower[first] in self.words.times or self._is_age(first)):
            first += 1
        return self.tree.text[self.tree.starts[first] : name.end]

    def _is_age(self, word: int) -> bool:
        """Whether a word, which the tokenizer may have split at its hyphens, is a compound in lower case: "year-old"."""
        after = self.tree.text[self.tree.starts[word] :].split(" ", 1)[0]
        return "-" in after and after.rpartition("-")[2].islower()

    def is_proper(self, name: Name) -> bool:
        """Whether a name is one person's or body's: not "one Calder operative", "a prominent Democrat"."""
        following = name.last + 1
        is_cut = (
            following < len(self.lower)
            and self.is_outside(following)
            and self.tree.text[self.tree.starts[following]].isupper()
            and self.lower[following] not in self.words.times
        )
        if name.text.rpartition(" ")[2][:1].islower() or is_cut:
            return False
        around = {
            self.tree.relations[child].partition(":")[0]
            for child in self.tree.children(name.last)
            if not name.first <= child <= name.last
        }
        return " " in name.text or not around & {"amod", "nummod", "det"}

    def description(self, subject: int) -> str | None:
        """A noun phrase for one person that has a name: "a spokesman for the Calder police"; None without a name.

        Nobody can tell who "the members of the Calder council" are.
        """
        if self.tree.tags[subject] != "NOUN" or self.lower[subject].endswith(self.words.plural):
            return None
        inside, below = {subject}, [subject]
        while below:
            children = [child for word in below for child in self.tree.children(word)]
            below = [
                c for c in children if self.tree.relations[c].partition(":")[0] in _IN_DESCRIPTION and self.is_outside(c)
            ]
            inside.update(below)
        words = sorted(inside)
        while words[0] != subject and self.tree.tags[words[0]] == "ADP":
            words.pop(0)  # "according to"
        gapless = words[-1] - words[0] == len(words) - 1
        named = any(covering(self.names, word) for word in words)
        if not gapless or not named or len(words) > MAX_DESCRIPTION:
            return None
        if self.lower[subject] not in self.words.offices:
            return None  # "a Calder resident"
        return self.tree.text[self.tree.starts[words[0]] : self.tree.ends[words[-1]]]

    def named_beside(self, subject: int) -> Name | None:
        """The name that follows a description: "the chairman of the council, Ada Marsh"; None if another word does."""
        word = subject + 1
        while word < min(subject + MAX_DESCRIPTION, len(self.lower)) and self.is_outside(word):
            name = covering(self.names, word)
            if self.lower[word] == "," or (name and word == subject + 1):
                after = name or (covering(self.names, word + 1) if word + 1 < len(self.lower) else None)
                return after if after and " " in after.text and after.first in (word, word + 1) else None
            if self.tree.tags[word] not in _IN_PHRASE:
                return None
            word += 1
        return None

    def _says(self, word: int) -> bool:
        if self.lower[word] in self.words.saying and self.tree.tags[word] in ("VERB", "AUX"):
            return True
        return self._source(word) is not None

    def _source(self, word: int) -> int | None:
        """The noun that a phrase such as "according to" opens at a word, or None."""
        for phrase in self.words.sources:
            if tuple(self.lower[word : word + len(phrase)]) == phrase:
                return self._first_noun(word + len(phrase))
        return None

    def _antecedent(self, subject: int, verb: int) -> int:
        """The noun that a relative pronoun stands for: "Marsh, who said"."""
        head = self.tree.heads[verb]
        is_relative = self.tree.relations[verb] == "acl:relcl" and self.tree.tags[subject] == "PRON"
        return head if is_relative and head >= 0 else subject

    def _beside(self, verb: int) -> int | None:
        """The noun next to a verb whose subject the parser missed: "a déclaré jeudi le maire"."""
        before = verb - 1
        if before >= 0 and self.is_outside(before) and self.tree.tags[before] in _NOMINAL:
            return before
        return self._first_noun(verb + 1) if self.words.inverts else None

    def _first_noun(self, start: int) -> int | None:
        """The head of the noun phrase that begins at a word, after words of time."""
        for word in range(start, min(start + 5, len(self.lower))):
            if self._quoted[word] or (self.tree.tags[word] not in _PHRASE and self.lower[word] not in self.words.times):
                return None
            if self.tree.tags[word] in _NOUNS and self.lower[word] not in self.words.times:
                name = covering(self.names, word)
                head = self.tree.heads[word]
                if name is None and head > word and self.tree.relations[word].partition(":")[0] in ("compound", "flat"):
                    return head
                return word
        return None


@dataclass(frozen=True, slots=True)
class _WordLists:
    saying: frozenset[str]
    sources: tuple[tuple[str, ...], ...]
    persons: frozenset[str]
    times: frozenset[str]
    offices: frozenset[str]
    outlets: frozenset[str]
    reporting: frozenset[str]
    plural: tuple[str, ...]
    inverts: bool


@cache
def _word_lists(code: str) -> _WordLists:
    entries = language(code)
    return _WordLists(
        saying=entries.words("headlines", "speech")
        | entries.words("sentences", "speech_verbs")
        | entries.words("facts", "quoting"),
        sources=tuple(tuple(phrase.split()) for phrase in entries.patterns("facts", "sources")),
        persons=entries.words("facts", "persons"),
        times=entries.words("headlines", "times"),
        offices=entries.words("names", "titles") | entries.words("headlines", "offices") | entries.words("sentences", "titles"),
        outlets=entries.words("facts", "outlets"),
        reporting=entries.words("facts", "reporting"),
        plural=tuple(entries.words("facts", "plural_endings")),
        inverts=bool(entries.text("headlines", "inverts")),
    )

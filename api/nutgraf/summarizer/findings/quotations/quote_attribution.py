"""Finds the verb of saying next to a quotation, and the name of its subject, in the words outside quotations."""

from collections.abc import Iterable
from dataclasses import dataclass

from nutgraf.summarizer.findings.names.name_words import AND, MAX_ACRONYM_LETTERS, Name, name_at
from nutgraf.summarizer.findings.names.names_in_trees import names
from nutgraf.summarizer.findings.quotations.direct_speech import Quotation
from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.languages.language import language, per_language
from nutgraf.summarizer.languages.person_nouns import person_nouns

# Words between a quotation and the verb of saying that names its speaker.
MAX_DISTANCE = 14
# The longest description of a speaker without a name, in words: "a spokesman for the Calder police".
MAX_DESCRIPTION = 8
# The longest age, in characters: "twenty-nine-year-old".
MAX_AGE = 30
SUBJECTS = frozenset({"nsubj", "nsubj:outer", "nsubj:caus"})
_SAME_SUBJECT = frozenset({"conj", "advcl", "xcomp"})
# How many clauses above a verb of saying are looked at.
MAX_CLAUSES = 3
_IN_DESCRIPTION = frozenset({"det", "amod", "compound", "nmod", "case", "flat", "fixed", "nummod"})
# "quoted Ben Cole as saying"
_REPEATS = frozenset({"quoted", "quotes", "quoting", "cited", "cites", "citing"})
PHRASE = frozenset({"DET", "ADJ", "NOUN", "PROPN"})
_IN_PHRASE = PHRASE | {"ADP"}
_NOUNS = frozenset({"NOUN", "PROPN"})
_NOMINAL = _NOUNS | {"PRON"}


class Attribution:
    """The words of a sentence outside its quotations, with what they say of a speaker."""

    def __init__(self, tree: Tree, code: str, start: int, quotations: Iterable[Quotation]) -> None:
        """`start` is the offset of the sentence in its article; `quotations` are those of the article near it."""
        self.tree = tree
        self.words = word_lists(code)
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
        """The verb of saying, or the first word of "according to", nearest to a quotation; None if neither is near."""
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
        """The speaker: the subject of the verb of saying, or of the verb that it is joined to; None if there is none."""
        source = self._source(verb)
        if source is not None:
            return source
        if (quoted := self._quoted_person(verb)) is not None:
            return quoted
        at = verb
        for _ in range(3):
            subjects = [
                child
                for child in self.tree.children(at)
                if self.tree.relations[child] in SUBJECTS
                and self.is_outside(child)
                and self.lower[child] not in self.words.times
            ]
            if subjects and self.lower[at] in self.words.addressing and subjects[0] > at:
                return None  # "Marsh, who leads the council, told CNN"
            if subjects:
                if at == verb < subjects[0] and self.tree.tags[verb - 1] in _NOMINAL and self.is_outside(verb - 1):
                    return verb - 1  # "an insider told the Echo": the parser took the object for an inverted subject
                return self._antecedent(subjects[0], at)
            head = self.tree.heads[at]
            if head < 0 or self.tree.relations[at].partition(":")[0] not in _SAME_SUBJECT or self._quoted[head]:
                break
            at = head
        return self._beside(verb)

    def is_denied(self, verb: int) -> bool:
        """Whether the words may not have been said: "never said", "denied saying", "a fake post claims that Marsh said"."""
        here = verb
        for _ in range(MAX_CLAUSES):
            if self._has_denial_before(here):
                return True
            above = self.tree.heads[here]
            if above < 0 or self.tree.relations[here].partition(":")[0] not in ("ccomp", "xcomp"):
                return False
            here = above
            if self.lower[here] in self.words.denying and self.is_outside(here):
                return True
        return False

    def _has_denial_before(self, verb: int) -> bool:
        """Whether an adverb before a verb denies it, or a word such as "fake" describes its subject."""
        below = [child for child in self.tree.children(verb) if child < verb]
        subjects = [child for child in below if self.tree.relations[child] in SUBJECTS]
        words = [child for child in below if self.tree.relations[child].partition(":")[0] in ("advmod", "aux", "obl")]
        words += [word for child in subjects for word in self.tree.children(child) if self.tree.relations[word] == "amod"]
        return any(self.lower[word] in self.words.denying and self.is_outside(word) for word in words)

    def name(self, subject: int) -> Name | None:
        """The name of a subject: "Marsh", "the mayor, Ada Marsh"."""
        found = name_at(self.names, subject)
        if found is None:
            parts = [c for c in self.tree.children(subject) if self.tree.relations[c].partition(":")[0] in ("appos", "flat")]
            beside = (name for part in parts if (name := name_at(self.names, part)))
            found = next((name for name in beside if not _is_label(name.text)), None)
        return self._whole(found) if found else None

    def _whole(self, name: Name) -> Name | None:
        """The last name in a noun phrase, the speaker's: "said Alder lawyer Ada Marsh". None if a noun ends the phrase."""
        last, end = name, name.last + 1
        while end < len(self.lower) and self.tree.tags[end] in PHRASE and self.is_outside(end):
            if self.tree.tags[end] == "DET" or self.lower[end] in self.words.times:
                break
            last = name_at(self.names, end) or last
            end += 1
        return last if last.last == end - 1 else None

    def both(self, name: Name) -> str | None:
        """Two speakers of one quotation, as written: "Ada Marsh and Noah Bright"; None if there is only one."""
        after = name.last + 2
        if after >= len(self.lower) or self.lower[after - 1] not in AND or not self.is_outside(after):
            return None
        other = name_at(self.names, after)
        is_joined = other is not None and other.first == after and self.tree.relations[other.last] != "nsubj"
        return self.tree.text[name.start : other.end] if other and is_joined else None

    def is_report(self, verb: int, name: str) -> bool:
        """Returns whether a sentence attributes words to a news outlet itself, and not to a person.

        "The New York Times reported": `name` is the subject of the verb at `verb`.
        """
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
        start = self.tree.starts[word]
        after = self.tree.text[start : start + MAX_AGE].split(" ", 1)[0]
        return "-" in after and after.rpartition("-")[2].islower()

    def is_proper(self, name: Name) -> bool:
        """Whether a name identifies a person or organization, unlike those in "one Calder operative", "a top Democrat"."""
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
        """A noun phrase for one person that contains a name: "a spokesman for the Calder police"; None if it contains none.

        A plural such as "the members of the Calder council" identifies nobody.
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
        named = any(name_at(self.names, word) for word in words)
        if not gapless or not named or len(words) > MAX_DESCRIPTION:
            return None
        if self.lower[subject] not in self.words.offices:
            return None  # "a Calder resident"
        return self.tree.text[self.tree.starts[words[0]] : self.tree.ends[words[-1]]]

    def titled_before(self, verb: int, subject: int) -> Name | None:
        """The name with a title right before the verb: "House Committee on Ways Chairman Ada Marsh said".

        It is None unless the subject is another name, that of the committee.
        """
        name, own = name_at(self.names, verb - 1) if verb else None, name_at(self.names, subject)
        if name is None or own is None or name is own or not own.last < name.first or " " not in name.text:
            return None
        between = self.lower[own.last + 1 : name.first]
        return name if "," not in between and between and between[-1] in self.words.offices else None

    def name_after_description(self, subject: int) -> Name | None:
        """Returns the name after a description: "the chairman of the council, Ada Marsh".

        None if no name of several words follows within MAX_DESCRIPTION words of `subject`.
        """
        word = subject + 1
        while word < min(subject + MAX_DESCRIPTION, len(self.lower)) and self.is_outside(word):
            name = name_at(self.names, word)
            if self.lower[word] == "," or (name and word == subject + 1):
                after = name or (name_at(self.names, word + 1) if word + 1 < len(self.lower) else None)
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

    def _quoted_person(self, verb: int) -> int | None:
        """The person whose words somebody else repeats: Cole in "Marsh quoted Cole as saying"; None if nobody does."""
        quoting = verb if self.lower[verb] in _REPEATS else self.tree.heads[verb]
        if quoting < 0 or self.lower[quoting] not in _REPEATS:
            return None
        says = any(
            self.lower[word] == "as" and self.lower[word + 1] in self.words.saying and self.is_outside(word)
            for word in range(quoting + 1, len(self.lower) - 1)
        )
        objects = (c for c in self.tree.children(quoting) if c > quoting and self.tree.relations[c] == "obj")
        return next((word for word in objects if self.is_outside(word)), None) if says else None

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
            if self._quoted[word] or (self.tree.tags[word] not in PHRASE and self.lower[word] not in self.words.times):
                return None
            if self.tree.tags[word] in _NOUNS and self.lower[word] not in self.words.times:
                name = name_at(self.names, word)
                head = self.tree.heads[word]
                if name is None and head > word and self.tree.relations[word].partition(":")[0] in ("compound", "flat"):
                    return head
                return word
        return None


def _is_label(name: str) -> bool:
    """Whether a name beside a noun is that of a party: "l'élu RN"."""
    return name.isupper() and len(name) <= MAX_ACRONYM_LETTERS


@dataclass(frozen=True, slots=True)
class WordLists:
    """The words of a language by which speakers are found, in lower case."""

    saying: frozenset[str]
    denying: frozenset[str]
    addressing: frozenset[str]
    sources: tuple[tuple[str, ...], ...]
    persons: frozenset[str]
    times: frozenset[str]
    offices: frozenset[str]
    people: frozenset[str]
    authorities: frozenset[str]
    person_endings: tuple[str, ...]
    outlets: frozenset[str]
    reporting: frozenset[str]
    plural: tuple[str, ...]
    inverts: bool


@per_language
def word_lists(code: str) -> WordLists:
    """Returns the words of a language by its code."""
    entries = language(code)
    return WordLists(
        saying=entries.words("headlines", "speech")
        | entries.words("sentences", "speech_verbs")
        | entries.words("facts", "quoting"),
        denying=entries.words("facts", "denying"),
        addressing=entries.words("facts", "addressing"),
        sources=tuple(tuple(phrase.split()) for phrase in entries.patterns("facts", "sources")),
        persons=entries.words("facts", "persons"),
        times=entries.words("headlines", "times"),
        offices=entries.words("names", "titles")
        | entries.words("headlines", "offices")
        | entries.words("sentences", "titles"),
        people=entries.words("facts", "people") | person_nouns(code).words,
        authorities=entries.words("headlines", "officials"),
        person_endings=person_nouns(code).endings or ("\0",),
        outlets=entries.words("facts", "outlets"),
        reporting=entries.words("facts", "reporting"),
        plural=tuple(entries.words("facts", "plural_endings")),
        inverts=bool(entries.text("headlines", "inverts")),
    )

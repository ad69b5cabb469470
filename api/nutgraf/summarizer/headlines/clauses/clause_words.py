"""Answers what the rules for headlines ask about the words of a clause: subject, objects, negations, times, conditions."""

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.clauses.complements import complements
from nutgraf.summarizer.headlines.clauses.simplify import PERCENT
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses
from nutgraf.summarizer.languages.language import language, per_language
from nutgraf.summarizer.languages.person_nouns import person_nouns

_NOUNS = frozenset({"NOUN", "PROPN", "NUM", "PRON", "SYM", "X"})
_COMPARISON_WORDS = frozenset("than als que como as quanto wie".split())
_DEGREE_WORDS = frozenset(
    (
        "as so such too more less same other rather better worse mehr weniger besser anders ander so plus moins aussi "
        "autant même tel autre meilleur más menos tan mismo otro mejor mayor mais tão mesmo outro melhor maior tanto"
    ).split()
)


class ClauseWords:
    """The words of a clause of a tree.

    `verb` is the position of the main word. `tree` and `spans` are those of the sentence, and `words` are all words of the
    sentence in lower case.
    """

    def __init__(self, tree: Tree, spans: Spans, verb: int, classes: WordClasses) -> None:
        self.tree, self.spans, self.verb, self.classes = tree, spans, verb, classes
        self.words = spans.lower
        self._complements = complements(classes.code)
        self._is_statistic = self._is_statistic_clause(verb)
        self._is_general = self._is_statistic or any(
            self.words[child] in classes.modals | classes.negations for child in spans.children[verb]
        )
        self._is_negated_clause = self._is_negated(verb)

    def _base(self, position: int) -> str:
        return self.tree.relations[position].partition(":")[0]

    def _bases_below(self, position: int) -> set[str]:
        return {self._base(below) for below in self.spans.children[position]}

    def _case(self, position: int) -> set[str]:
        return {self.words[below] for below in self.spans.children[position] if self._base(below) == "case"}

    def _subject(self) -> int:
        """Returns the position of the subject, or of the verb if the clause has no subject."""
        subjects = [child for child in self.spans.children[self.verb] if self._base(child) in ("nsubj", "csubj", "expl")]
        nominal = [child for child in subjects if self.tree.tags[child] in _NOUNS and not self._is_day_or_year(child)]
        return (nominal or subjects or [self.verb])[0]

    def _has_object(self, verb: int) -> bool:
        return bool(self._bases_below(verb) & {"obj", "ccomp", "xcomp"})

    def _counts_object(self) -> bool:
        """Whether the object of the clause has a number."""
        objects = [child for child in self.spans.children[self.verb] if self._base(child) == "obj"]
        return any(self.tree.tags[word] == "NUM" for child in objects for word in self.spans.below(child))

    def _is_first_after_object(self, verb: int, child: int) -> bool:
        return not any(verb < sister < child and self._base(sister) != "obj" for sister in self.spans.children[verb])

    def _is_negated(self, head: int) -> bool:
        return any(
            self.words[child] in self.classes.negations and self._base(child) not in ("nsubj", "obj")
            for child in self.spans.children[head]
        )

    def _is_of_negated_verb(self, noun: int) -> bool:
        """Whether a noun is the object of a verb with a negation, which is true of the whole object only."""
        return self._base(noun) == "obj" and self._is_negated(self.tree.heads[noun])

    def _is_any_of_negated(self, head: int) -> bool:
        """Whether a word is, or is part of, a noun phrase below a negation that means any of its kind.

        The phrases behind it then say of which ones the claim is true: "will not accept races involving teams [from Hale]".
        """
        kind = False
        while head >= 0 and head != self.verb:
            intends = self._base(head) == "acl" and self.tree.verb_forms[head] == "Inf"  # "has no plans to return [to Hale]"
            if self.tree.tags[head] == "PROPN" or self.definite(head) or intends:
                return False
            if self.tree.tags[head] == "NOUN" and self._is_negated(head):
                return True  # "no plan [for a pier in Hale] was approved"
            kind = kind or self._base(head) in ("obj", "xcomp", "ccomp")
            head = self.tree.heads[head]
            if head >= 0 and kind and self._is_negated(head):
                return True
        return False

    def _is_bounded(self, noun: int) -> bool:
        """Whether a claim about a noun would be too broad without its modifiers.

        That is so behind a negation, in a statistic, under a word of banning or allowing, and beside a rank: "the latest".
        """
        if self._is_statistic or self._depends_on_permission_word(noun):
            return True
        beside = {self.words[child] for child in self.spans.children[noun]}
        bounded = bool(beside & (self.classes.ranks | self.classes.universals))
        while noun >= 0 and not bounded:
            bounded = any(self.words[child] in self.classes.negations for child in self.spans.children[noun])
            noun = self.tree.heads[noun]
        return bounded

    def _depends_on_permission_word(self, head: int) -> bool:
        """Returns whether a word is, or depends on, a word of banning or allowing (`classes.permits`).

        So does what somebody is against: "warned Hale against mooring new boats [in the harbour]".
        """
        while head >= 0:
            opposed = self.tree.tags[head] == "VERB" and any(
                self.words[child] in self.classes.opposes for child in self.spans.children[head]
            )
            if opposed or self.words[head] in self.classes.permits:
                return True
            head = self.tree.heads[head]
        return False

    def _has_object_before(self, verb: int, child: int) -> bool:
        return any(self._base(sister) == "obj" for sister in self.spans.children[verb] if verb < sister < child)

    def _follows_object(self, verb: int, child: int) -> bool:
        """Whether a phrase completes a verb right behind its object: "a driver who swerved his van [onto the pier]"."""
        completes = self._case(child) & self.classes.completes or self._complements.demand(self.spans, verb, child)
        return bool(completes) and self._has_object_before(verb, child) and self._is_first_after_object(verb, child)

    def _is_passive(self, verb: int) -> bool:
        return any(self.tree.relations[below] in ("aux:pass", "nsubj:pass") for below in self.spans.children[verb])

    def _is_clause(self, position: int) -> bool:
        return self.tree.tags[position] in ("VERB", "AUX") or "cop" in self._bases_below(position)

    def _is_predicate(self, position: int) -> bool:
        """Whether a noun says what the subject is: after "is", "became", "is considered"."""
        base, head = self._base(position), self.tree.heads[position]
        complement = base == "xcomp" or (base == "obj" and self._is_passive(head))
        return self.tree.tags[position] == "NOUN" and ("cop" in self._bases_below(position) or complement)

    def _is_time(self, position: int) -> bool:
        return self.words[position] in self.classes.times or self._is_day_or_year(position)

    def _is_day_or_year(self, position: int) -> bool:
        """Returns whether a word is a day, a month or a year, such as 2019."""
        named = (
            self.words[position] in self.classes.days
            and self.tree.tags[position] != "AUX"
            and not self._is_surname(position)
        )
        return named or self._is_year(position)

    def _is_surname(self, position: int) -> bool:
        """Whether a month is the surname of the person before it: "Ada May has"."""
        tree = self.tree
        return (
            self.words[position] in self.classes.days_or_names
            and 0 < position < len(tree) - 1
            and tree.tags[position - 1] == "PROPN"
            and not self.spans.is_mark(position - 1)
            and tree.tags[position + 1] in ("AUX", "VERB", "PART")
        )

    def _is_capitalized(self, position: int) -> bool:
        return position > 0 and self.spans.texts[position][0].isupper()

    def _named_by(self, head: int, child: int) -> bool:
        """Whether both are parts of one name: "Bank of England"."""
        return self._is_capitalized(head) and self._is_capitalized(child)

    def _is_generic(self, head: int) -> bool:
        """Returns whether a noun phrase is generic: the claim would be too broad without its modifiers.

        Generic are "those who", "every worker", and a bare plural in a general statement.
        """
        tree = self.tree
        if tree.tags[head] in ("PRON", "DET") or (tree.tags[head] == "ADJ" and self._base(head) == "nsubj"):
            return True
        below = {self.words[child] for child in self.spans.children[head] if child < head}
        if below & (self.classes.universals | self.classes.ranks):
            return True
        if (
            tree.tags[head] != "NOUN"
            or not self._is_general
            or (self._base(head) not in ("nsubj", "csubj") and not self._is_negated_clause)
        ):
            return False
        return not self._bases_below(head) & {"det", "nummod", "nmod:poss"} and "nmod:poss" not in {
            tree.relations[below] for below in self.spans.children[head]
        }

    def _says_little(self, head: int, child: int) -> bool:
        """Returns whether an object noun has no dependent except an article and the one at `child`."""
        others = [
            other for other in self.spans.children[head] if other != child and self._base(other) not in ("det", "punct")
        ]
        return self.tree.tags[head] == "NOUN" and self._base(head) == "obj" and not others

    def _has_distinguishing_modifier(self, head: int) -> bool:
        """Whether a noun has an adjective, a noun or a number before it that says which one is meant."""
        relations = {"compound", "nmod", "nummod", "flat", "amod"}
        return any(child < head and self._base(child) in relations for child in self.spans.children[head])

    def _colors_name(self, head: int, child: int) -> bool:
        """Whether an adjective before a name only describes it: "prestigious Skerry Cup", but not "northern Skerry".

        Only in languages whose headlines omit articles, because elsewhere the article changes with the adjective. Words with
        the ending of a participle tell what happened: "ousted".
        """
        word, tree = self.words[child], self.tree
        return (
            bool(self.classes.articles)
            and tree.tags[head] == "PROPN"
            and any(self._is_capitalized(other) for other in self.spans.children[head])
            and tree.tags[child] == "ADJ"
            and self._base(child) == "amod"
            and 0 < child < head
            and word not in self.classes.stays | self.classes.stays_before_names | self.classes.offices
            and not self._is_capitalized(child)
            and word.isalpha()
            and not word.endswith(tuple(self.classes.past_endings))
            and not self._is_superlative(head, child)
            and not self.spans.children[child]
        )

    def _is_superlative(self, head: int, child: int) -> bool:
        """Whether an adjective says which of several are meant by how much they are so: "the fastest growing"."""
        degrees = [below for below in self.spans.children[child] if self._base(below) == "advmod" and below < child]
        if any(map(self._is_degree_of_superlative, degrees)) or self._has_superlative_ending(child):
            return True
        # "le port le plus grand"
        return self.definite(head) and any(self.words[below] in _DEGREE_WORDS for below in degrees)

    def _is_degree_of_superlative(self, position: int) -> bool:
        return self.words[position] in self.classes.ranks or self._has_superlative_ending(position)

    def _has_superlative_ending(self, position: int) -> bool:
        return self.words[position].endswith(tuple(self.classes.superlative_endings))

    def _compares(self, position: int) -> bool:
        """Whether an adjective compares: "smaller boats", but not "earlier boats"."""
        word = self.words[position]
        return word.endswith(tuple(self.classes.comparative_endings)) and word not in self.classes.counted_from

    def _is_origin(self, position: int) -> bool:
        """Whether an adjective says where something is from: "Alderian exports"."""
        return self.words[position] in _origins(self.classes.code)

    def _is_person(self, noun: int) -> bool:
        """Whether a noun names people by what they are or do, or officials: "dockers", "courts"."""
        people, word = person_nouns(self.classes.code), self.words[noun]
        return word.removesuffix("s") in people.words | self.classes.officials or word.endswith(people.endings)

    def _names_a_kind(self, head: int) -> bool:
        """Whether a common noun has nothing that points to single members of its kind."""
        return self.tree.tags[head] == "NOUN" and not any(
            self._base(child) in ("det", "nummod", "case") or self.tree.relations[child] == "nmod:poss"
            for child in self.spans.children[head]
            if child < head
        )

    def _is_condition(self, child: int) -> bool:
        """Whether a clause says under which condition the main clause is true."""
        return self.tree.tags[child] in ("VERB", "AUX", "ADJ") and any(
            self.words[below] in self.classes.conditions
            and self._base(below) in ("mark", "advmod", "case")
            and not self.spans.follows(below, self.classes.concedes)
            for below in self.spans.children[child]
        )

    def _is_restricting(self, child: int) -> bool:
        """Whether a phrase limits what the clause says: "only until noon", "in certain areas"."""
        near = {child, *self.spans.children[child]}
        near |= {
            below for here in near for below in self.spans.children[here] if self._base(here) in ("case", "advmod", "mark")
        }
        demonstrative = any(
            self.words[word] in self.classes.demonstratives
            and self.tree.tags[word] == "DET"
            and self._base(child) in ("obl", "nmod")
            for word in self.spans.children[child]
        )  # "in these areas"
        return any(self.words[word] in self.classes.restricting_words for word in near) or (
            demonstrative and not self._is_time(child)
        )

    def _is_opener(self, head: int, child: int) -> bool:
        """Returns whether a dependent is before the subject, so that the clause is complete without it."""
        return head == self.verb and child < head and child < self._subject() < head

    def _is_comparison(self, head: int, marks: set[str]) -> bool:
        """Whether a dependent is the other side of a comparison: after "than", or after "as" with a degree before it."""
        if marks & {"than"}:
            return True
        degrees = {self.words[below] for below in self.spans.children[head]} | {self.words[head]}
        return bool(marks & _COMPARISON_WORDS) and bool(degrees & _DEGREE_WORDS)

    def _is_bare_day(self, position: int) -> bool:
        """Whether a word alone says when: "said Monday"."""
        below = self._bases_below(position)
        if self._base(position) == "obj" and below & {"det", "amod", "nmod"}:
            return False  # "began their third Saturday of protests"
        is_word = self.tree.tags[position] != "AUX" and not self._is_surname(position)  # "may" is no month
        return is_word and self.words[position] in self.classes.days and not below & {"case", "nsubj", "cop", "obj"}

    def definite(self, head: int) -> bool:
        """Whether a common noun has a definite article, alone or joined with a preposition."""
        return self.tree.tags[head] == "NOUN" and any(
            self.words[below] in self.classes.definite_articles
            for below in self.spans.children[head]
            if self._base(below) in ("det", "case")
        )

    def _is_bare(self, head: int) -> bool:
        """Whether a noun follows a preposition without an article, so that its adjective is part of a set phrase."""
        return "case" in self._bases_below(head) and not self._bases_below(head) & {"det", "nummod"}

    def _is_period(self, position: int) -> bool:
        """Whether a phrase is a period of time: "two days", "a decade"."""
        return self._has_number(position) or self.words[position] in self.classes.periods

    def _has_number(self, position: int) -> bool:
        return any(self._base(below) == "nummod" and not self._is_year(below) for below in self.spans.children[position])

    def _is_year(self, position: int) -> bool:
        word = self.words[position]
        return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")

    def _is_statistic_clause(self, verb: int) -> bool:
        """Returns whether the clause is a statistic, which is true only with its period, group and place.

        Examples are "5%" and "900 deaths each year".
        """
        said = self.spans.within(verb)
        counted = any(self.tree.tags[word] == "NUM" for word in self.spans.below(self._subject()))
        returns = any(
            self.words[word] in self.classes.universals and self.words[self.tree.heads[word]] in self.classes.times
            for word in self.spans.below(verb)
        )
        return bool(said & (PERCENT | {"per"})) or {"pour", "cent"} <= said or (counted and returns)


@per_language
def _origins(code: str) -> frozenset[str]:
    """Adjectives that say where something is from."""
    return language(code).words("names", "origins")

"""Finds the kind of each part of a clause: which words stay with their head, which ones a headline may leave out.

The rules use the relations of Universal Dependencies, so they serve all languages; words come from the language's file.
"""

from collections.abc import Sequence

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.clauses.clause_words import ClauseWords
from nutgraf.summarizer.headlines.clauses.main_claim import bare_noun
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses

KEEP, DROP = "keep", "drop"
_KEPT_RELATIONS = frozenset(
    {
        "aux", "case", "clf", "compound", "cop", "expl", "fixed", "flat", "goeswith", "mark", "nummod", "orphan",
        "xcomp", "csubj", "nsubj", "dep",
    }
)  # fmt: skip
# A dependent with one of these relations that a comma separates from its head is an apposition.
_APPOSITION_RELATIONS = frozenset({"flat", "compound", "nmod", "obj", "iobj", "xcomp", "dep", "appos", "nummod"})
_DROPPED_RELATIONS = frozenset({"discourse", "vocative", "reparandum", "list", "dislocated", "punct"})
OF_WORDS = frozenset("of de du des d' d’ del do da dos das von vom der".split())
# A clause introduced by "dass" is an argument, even if the parser labels it differently.
_GERMAN_THAT = frozenset({"dass", "daß"})
# Prepositions that a verb may require before a gerund: "insisted on giving", but not "after" in "left after giving".
_BEFORE_GERUNDS = frozenset("on at about against for in".split())
_PAIRED_WORDS = frozenset(
    "or nor than rather oder noch o u ou ni nem between zwischen entre both either neither sowohl weder".split()
)


class PartKinds(ClauseWords):
    """The words of a clause, with the kind of part that each dependent is."""

    def __init__(self, tree: Tree, spans: Spans, verb: int, classes: WordClasses) -> None:
        super().__init__(tree, spans, verb, classes)
        subject = spans.within(self._subject()) if self._subject() != verb else set[str]()
        self._subject_is_none = bool(subject & classes.negations)
        self._is_universal = self._is_negated_clause or bool(
            subject & (classes.universals | classes.negations | classes.restricting_words)
        )
        self._has_counted_subject = any(tree.relations[child] == "nummod" for child in spans.children[self._subject()])
        self._has_ranking = bool(spans.within(verb) & classes.ranks) or any(
            tree.tags[word] == "ADJ" and self._has_superlative_ending(word) for word in spans.below(verb)
        )

    def _kind(self, head: int, child: int) -> str:
        """The kind of a dependent: KEEP with its head, DROP, or a key of PART_WEIGHTS."""
        spans, word, base = self.spans, self.words[child], self._base(child)
        modifies_next_adverb = head == child + 1 and self.tree.tags[head] == "ADV"  # "So far, …"
        if base in _DROPPED_RELATIONS or (child == 0 and word in self.classes.connectives and not modifies_next_adverb):
            return DROP
        if spans.glued(head, child):
            return KEEP
        if spans.bracket(child) and spans.bracket(child) != spans.bracket(head):
            return DROP
        if spans.quotation(child) and spans.quotation(child) == spans.quotation(head):
            return KEEP
        near = {word, *(self.words[below] for below in spans.children[child] if base == "advmod")}
        if near & self.classes.negations or self.tree.tags[head] in ("NUM", "SYM"):
            return KEEP
        if base == "mark" and head == self.verb and self.tree.heads[head] >= 0 and self.tree.relations[head] == "ccomp":
            return DROP  # "that" before a statement of officials that the headline presents as a fact
        if self._is_time(head) and (self._has_number(head) or child > head or self._is_day_or_year(child)):
            return KEEP  # "days after being confronted", "last Saturday night"
        if base == "amod" and self._is_time(head):
            return KEEP  # "for a seventh straight day"
        if (
            self._is_day_or_year(child)
            and child < head
            and self.tree.tags[head] == "NOUN"
            and base in ("compound", "nmod", "amod")
        ):
            return KEEP  # "the September 11 assault"
        if spans.aside(child) and spans.aside(child) != spans.aside(head):
            alternative = self.spans.opens_with(child, self.classes.alternatives)  # "two isles -- or two piers --"
            return KEEP if alternative else "aside"
        set_off = base in _APPOSITION_RELATIONS and child > head and self.spans.comma_between(head, child)
        if set_off and (base != "obj" or self._has_object_before(head, child)):
            return "apposition"
        if head == self.verb and bare_noun(self.tree, spans, child) and not self._is_time(child):
            return KEEP
        if (
            self._is_bare_day(child)
            and base not in ("flat", "conj")
            and (base != "nsubj" or self._subject() != child)
            and not self._is_time(head)
            and not (base == "obj" and self._bases_below(head) & {"xcomp", "advcl"})  # "spent Sunday visiting …"
        ):
            return "day"
        if base == "nsubj" and head == self.verb and child != self._subject():
            # A verb has one subject: what is taken for another is an opener or an apposition.
            if child < self._subject() or self._is_day_or_year(child):
                return DROP
            return "apposition" if self.spans.comma_between(self._subject(), child) else KEEP
        if self._is_bare_day(child) and self._subject() < child < head:
            return DROP
        if base in _KEPT_RELATIONS or self._is_condition(child) or self._is_restricting(child):
            return KEEP
        return getattr(self, f"_{base}", self._other)(head, child)

    # One method for each dependency relation that a headline may leave out. `_kind` looks it up by its name, `_<relation>`.
    # Each returns KEEP, DROP or a key of PART_WEIGHTS.

    def _cc(self, head: int, child: int) -> str:
        return DROP if head == self.verb or child == 0 else KEEP

    def _det(self, head: int, child: int) -> str:
        adjectives = [other for other in self.spans.children[head] if child < other < head and self._base(other) == "amod"]
        if self.words[child] in self.classes.articles and any(self._colors_name(head, other) for other in adjectives):
            return DROP  # "[a] defiant Ada Marsh", which may lose its adjective
        return KEEP

    def _obj(self, head: int, child: int) -> str:
        return KEEP

    def _iobj(self, head: int, child: int) -> str:
        return KEEP

    def _ccomp(self, head: int, child: int) -> str:
        first = any(self._base(sister) == "ccomp" and sister < child for sister in self.spans.children[head])
        return "second clause" if first and "cc" in self._bases_below(child) else KEEP

    def _advmod(self, head: int, child: int) -> str:
        word, tree = self.words[child], self.tree
        if word in self.classes.limiters | self.classes.conditions or any(
            self.words[below] in self.classes.limiters for below in self.spans.children[child]
        ):
            return KEEP
        if (
            self._base(head) in ("advcl", "acl", "ccomp")
            and child < head
            and not any(below < child for below in self.spans.below(head))
        ):
            return KEEP  # "when", "where"
        if self._base(head) == "amod" and (tree.tags[head] == "VERB" or self._is_degree_of_superlative(child)):
            return KEEP  # "the [fastest] growing port", "the [recently] built pier"
        if self._is_opener(head, child):
            return DROP
        if word in self.classes.connectives:
            return DROP
        if self._is_time(child) or word == "ago":
            return DROP if self._subject() < child < head == self.verb else "day"
        if self.classes.verb_second and word in self.classes.particles and child > head:
            return KEEP  # "hebt … hervor"
        if tree.tags[head] in ("VERB", "AUX") and child == head + 1:
            if word in self.classes.particles:
                return "particle"
            if not self._has_object(head):
                return KEEP  # "ran afoul"
        return "adverb"

    def _amod(self, head: int, child: int) -> str:
        tree, word = self.tree, self.words[child]
        if (
            word in self.classes.stays
            or tree.relations[child] == "amod:att"
            or self._is_capitalized(child)
            or self.words[head] in self.classes.wholes
        ):
            return KEEP
        if self._is_superlative(head, child) or self._compares(child):
            return KEEP  # "one of the fastest growing ports", "its ten most polluted towns", "smaller boats"
        if self._is_origin(child) and tree.tags[head] == "NOUN" and not self._is_person(head):
            return KEEP  # as the first word of a sentence: "Alderian exports fell"
        if any(sister < child and self.words[sister] in self.classes.doubts for sister in self._adjectives(head)):
            return KEEP  # "an apparent self-made bomb"
        if any(self._base(other) == "det" and child < other < head for other in self.spans.children[head]):
            return KEEP  # it belongs to the verb: "declared invalid the pact"
        counted = any(self._base(other) == "nummod" for other in self.spans.children[head])  # "two more new orders"
        compares = not counted and any(self.words[below] in self.classes.degrees for below in self.spans.children[child])
        if self._is_predicate(head) or compares:
            return KEEP  # "is considered a criminal matter", "a more lenient sentence"
        if self._is_bounded(head) or "conj" in self._bases_below(child):
            return KEEP  # "not a big hammer", "to stop red boats", "gay and transgender workers"
        if child > head and self._bases_below(child) & {"obl", "xcomp", "advcl"} and not self.spans.mark_before(child):
            return "tight participle"  # "levels comparable to …"
        if child > head and not self.spans.mark_before(child):
            return KEEP  # it tells which one is meant: "les demandes rejetées"
        if self._colors_name(head, child):
            return "adjective"
        if self.spans.elided_before(child) or tree.tags[head] == "PROPN" or self._is_bare(head):
            return KEEP
        return "adjective"

    def _adjectives(self, head: int) -> list[int]:
        return [child for child in self.spans.children[head] if self._base(child) == "amod"]

    def _nmod(self, head: int, child: int) -> str:
        tree = self.tree
        relation, case = tree.relations[child], self._case(child)
        if relation in ("nmod:poss", "nmod:desc"):
            return KEEP
        if self._is_time(child) and not self._is_statistic:
            if self._has_ranking and case and self._is_period(child):
                return "scope"  # "the second raid in two days"
            # "the middle of May", "l'âge de 93 ans", "la temperatura de enero"
            return KEEP if self._is_time(head) or case & OF_WORDS else "day"
        if self._is_generic(head):
            return KEEP
        if not case and relation != "nmod:unmarked":
            return KEEP  # a genitive
        if case & OF_WORDS or relation == "nmod:unmarked":
            if (
                (self._has_number(child) and not self.definite(head))  # "an average of 190 boats"
                or self.words[head] in self.classes.wholes
                or tree.tags[head] in ("NUM", "PRON", "SYM", "DET", "ADJ")
                or self._named_by(head, child)
            ):
                return KEEP
            return "identifying" if self.definite(head) or self.classes.articles else "of"
        if self._is_statistic or self._is_any_of_negated(head):
            return "scope"
        whole = self.words[head] in self.classes.wholes - self.classes.offices
        counts = self._has_number(child) or tree.tags[child] == "NUM"
        if (case & _PAIRED_WORDS and not case & self.classes.between) or whole or counts:
            return KEEP
        return "noun phrase"

    def _appos(self, head: int, child: int) -> str:
        return "apposition" if self.spans.mark_between(head, child) else KEEP

    def _acl(self, head: int, child: int) -> str:
        tree = self.tree
        loose = self.spans.mark_before(child)
        if tree.relations[child] == "acl:relcl":
            if self._is_generic(head):
                return KEEP
            return "relative clause" if loose else "tight relative clause"
        of_negated = self._is_of_negated_verb(head) and not loose and not self.definite(head)  # "condones no hosts who …"
        if self._is_generic(head) or of_negated or tree.verb_forms[child] == "Inf" or "mark" in self._bases_below(child):
            return KEEP
        noun = head
        while self._base(noun) == "nmod":
            noun = tree.heads[noun]
        above = tree.heads[noun]
        if above >= 0 and self._base(noun) == "obj" and self.words[above] in self.classes.perceives and not loose:
            return KEEP  # "had its ban on street music overturned"
        return "participle" if loose else "tight participle"

    def _advcl(self, head: int, child: int) -> str:
        marks = {
            self.words[below]
            for below in self.spans.children[child]
            if self._base(below) in ("mark", "advmod", "case") and not self.spans.follows(below, self.classes.concedes)
        }
        if (
            marks & self.classes.conditions
            or self._is_comparison(head, marks)
            or self.tree.relations[child] == "advcl:cleft"
        ):
            return KEEP
        if marks & _GERMAN_THAT and child > head:
            return KEEP  # "hebt hervor, dass …"
        if child < head:
            return DROP if self._is_opener(head, child) else "tight clause"
        if "cop" in self._bases_below(child) and "to" in marks and self._has_object(head):
            return KEEP  # "named her to be ambassador"
        if self.tree.verb_forms[child] == "Inf" and not self.spans.mark_before(child):
            full = self._has_object(head) or any(
                self._base(sister) == "obl" and head < sister < child for sister in self.spans.children[head]
            )
            controlled = self.words[head] in self.classes.controls or not full
            return "complement" if controlled else "purpose"
        gerund = self.tree.verb_forms[child] in ("Ger", "Part") and marks & _BEFORE_GERUNDS
        if (marks & self.classes.completes or gerund) and not self.spans.mark_before(child):
            return "complement"
        if self._is_negated(head) and not self.spans.mark_before(child):
            return "scope"  # "won't step down after …"
        return "clause" if self.spans.mark_before(child) else "tight clause"

    def _obl(self, head: int, child: int) -> str:
        tree, case = self.tree, self._case(child)
        relation = tree.relations[child]
        if relation in ("obl:unmarked", "obl:tmod") and tree.tags[head] in ("ADV", "ADJ", "ADP") and child < head:
            return KEEP  # "two years away"
        if self._is_comparison(head, case) or relation == "obl:arg":
            return KEEP if relation != "obl:arg" else "argument"
        if self._is_opener(head, child):
            if case & self.classes.since_words and self._counts_object():
                return KEEP  # "[Since the war] the town has lost two bridges"
            if case & self.classes.duration_prepositions and self._is_time(child):
                return KEEP  # "[For 13 minutes] the team was first"
            bounds = (
                self._is_statistic
                or self._is_universal
                or (self._has_counted_subject and tree.tags[child] == "PROPN" and bool(case))
            )
            return "scope" if bounds and not self._is_day_or_year(child) else DROP
        negates_subject = self._subject_is_none and head == self.verb  # "no choice exists for apprentices"
        negates_subject = negates_subject or self._is_any_of_negated(head)  # "won't grant pardons to anyone"
        since = self._has_ranking and bool(case) and (self._is_time(child) or bool(case & self.classes.since_words))
        if since or self._is_negated(head) or negates_subject:
            return "scope"  # "the first execution in 17 years", "not to travel for Thanksgiving"
        if self._is_day_or_year(child):
            return DROP if self._subject() < child < head else "day"
        if self._is_time(child):
            between = self._subject() < child < head == self.verb
            return "scope" if self._is_statistic else DROP if between else "time"
        if relation in ("obl:unmarked", "obl:tmod"):
            return "measure"
        if relation == "obl:agent" and head == self.verb:
            return "agent"
        if tree.tags[head] == "ADJ":
            return "scope" if self._is_statistic else "complement of adjective"
        rivals = [
            sister
            for sister in self.spans.children[head]
            if self._base(sister) in ("obl", "obj", "xcomp", "ccomp") and head < sister < child
        ]
        if not rivals and tree.tags[head] == "VERB" and relation != "obl:mod":
            needed = (
                head != self.verb
                or not self._is_passive(head)
                or case & self.classes.completes
                or self.words[head] in self.classes.permits
            )
            return "complement" if needed else "after passive"
        if self._is_statistic:
            return "scope"
        if (
            len(rivals) == 1
            and case & self.classes.completes
            and self._base(rivals[0]) == "obj"
            and not case & {"for", "on"}
        ):
            return "complement"
        return "second phrase" if len(rivals) == 1 else "later phrase"

    def _parataxis(self, head: int, child: int) -> str:
        """A speaker in the middle stays, unless it is an office that states a fact: "…, several aides say, ending …"."""
        subjects = [below for below in self.spans.children[child] if self._base(below) == "nsubj"]
        if self.words[child] not in self.classes.speech or not subjects or self.spans.quotation(child):
            return DROP
        if not self.spans.mark_before(child):
            return DROP  # "the “sins” the sailor revealed"
        is_office = bool(self.spans.within(subjects[0]) & self.classes.officials)
        return DROP if is_office and self.words[child] in self.classes.asserts else KEEP

    def _other(self, head: int, child: int) -> str:
        return KEEP

    def _is_name_of_nouns(self, head: int, conjuncts: Sequence[int]) -> bool:
        """Whether joined nouns are a name: "the Boats and Harbours Board"."""
        return self.tree.tags[head] == "NOUN" and all(map(self._is_capitalized, (head, *conjuncts)))

    def _kind_of_conjuncts(self, head: int, conjuncts: Sequence[int]) -> str:
        """Returns the kind of part for the conjuncts of `head`, or KEEP if they stay with it."""
        tree, base = self.tree, self._base(head)
        joins = {
            self.words[below] for child in conjuncts for below in self.spans.children[child] if self._base(below) == "cc"
        }
        joins |= {
            self.words[below]
            for below in self.spans.children[head]
            if self._base(below) in ("cc", "case") or tree.relations[below] == "cc:preconj"
        }
        if any(self._is_condition(child) for child in conjuncts):
            return KEEP
        if joins & self.classes.contrasts and self.words[head] in self.classes.universals:
            return KEEP  # "for all but the poorest"
        if joins & _PAIRED_WORDS or "cc:preconj" in {tree.relations[below] for below in self.spans.children[head]}:
            return KEEP
        if (
            tree.tags[head] == "NUM"
            or self._has_number(head)
            or self._is_name_of_nouns(head, conjuncts)
            or any(
                self.spans.quotation(child) and self.spans.quotation(child) == self.spans.quotation(head)
                for child in conjuncts
            )
        ):
            return KEEP
        if base in ("nsubj", "csubj", "compound", "flat", "nummod", "case", "aux", "det"):
            return KEEP
        if self._is_clause(conjuncts[0]):
            return "second clause"
        if base == "amod" or (base in ("nmod", "obl") and tree.tags[head] == "PROPN"):
            return KEEP  # "in Iraq and Syria" is one name at times, and always one scope
        return "joined modifier" if base in ("nmod", "appos") else "second noun"

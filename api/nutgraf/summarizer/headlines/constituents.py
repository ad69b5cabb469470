"""Clause of a tree -> its parts: the core, which a headline keeps, and the parts that it may leave out.

A part is a group of words that are kept or left out together. The first part is the core: the verb with its required
arguments, and all words without which the claim would change (negations, limiters, modals, conditions, figures with their
qualifiers). Every other part depends on another part and has a kind, which rules determine; PART_WEIGHTS has the worth of
each kind, learned from people who shortened sentences. The rules use the relations of Universal Dependencies, so they serve
all languages; words come from the language's file.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.complements import complements
from nutgraf.summarizer.headlines.main_claim import bare_noun
from nutgraf.summarizer.headlines.part_weights import PART_WEIGHTS
from nutgraf.summarizer.headlines.simplify import PERCENT
from nutgraf.summarizer.headlines.spans import Spans
from nutgraf.summarizer.headlines.word_classes import WordClasses

KEEP, DROP = "keep", "drop"
# The costs of leaving out a part, in addition to its worth. Their unit is that of PART_WEIGHTS: log-odds.
# A complement that its head requires.
MISSING_COMPLEMENT_COST = 3.0
# A headline never leaves out a part with this cost while its parent is kept.
FORBIDDEN_COST = 6.0
# By kind of part; other kinds cost nothing.
OMISSION_COSTS = {
    "scope": 4.0, "joined modifier": 4.0, "particle": 4.0, "argument": 3.0, "measure": 3.0,
    "identifying": 3.0, "of": 3.0, "complement": 2.5, "complement of adjective": 2.0,
    "adjective": 1.0, "adverb": 2.0, "second noun": 1.5,
}  # fmt: skip
# The adjective of a noun without a definite article, which often says which one is meant.
INDEFINITE_ADJECTIVE_COST = 2.0

# Kinds of parts that are clauses or replace one.
CLAUSE_KINDS = frozenset(
    {
        "participle",
        "tight participle",
        "relative clause",
        "tight relative clause",
        "clause",
        "tight clause",
        "apposition",
        "purpose",
    }
)
# Clauses without a comma before them, which say which one is meant.
_IDENTIFYING_CLAUSES = frozenset({"tight relative clause", "tight participle"})
# Kinds of parts without which such a clause is incomplete.
_KEPT_INSIDE_CLAUSES = frozenset(
    {
        "complement", "after passive", "of", "identifying", "agent",
        "scope", "argument", "measure", "purpose", "complement of adjective",
    }
)  # fmt: skip
# Phrases without which it is incomplete only if they are right behind its object.
_PHRASES = frozenset({"second phrase", "later phrase"})

_IDENTIFIES_SUBJECT = frozenset({"noun phrase", "identifying", "of"})
_COMPLEMENT_KINDS = frozenset({"complement", "after passive", "second phrase", "measure", "argument", "purpose"})

_KEPT_RELATIONS = frozenset(
    {
        "aux", "case", "clf", "compound", "cop", "expl", "fixed", "flat", "goeswith", "mark", "nummod", "orphan",
        "xcomp", "csubj", "nsubj", "dep",
    }
)  # fmt: skip
# A dependent with one of these relations that a comma separates from its head is an apposition.
_APPOSITION_RELATIONS = frozenset({"flat", "compound", "nmod", "obj", "iobj", "xcomp", "dep", "appos", "nummod"})
_DROPPED_RELATIONS = frozenset({"discourse", "vocative", "reparandum", "list", "dislocated", "punct"})
_NOUNS = frozenset({"NOUN", "PROPN", "NUM", "PRON", "SYM", "X"})
OF_WORDS = frozenset("of de du des d' d’ del do da dos das von vom der".split())
_COMPARISON_WORDS = frozenset("than als que como as quanto wie".split())
_DEGREE_WORDS = frozenset(
    (
        "as so such too more less same other rather better worse mehr weniger besser anders ander so plus moins aussi "
        "autant même tel autre meilleur más menos tan mismo otro mejor mayor mais tão mesmo outro melhor maior tanto"
    ).split()
)
# A clause introduced by "dass" is an argument, even if the parser labels it differently.
_GERMAN_THAT = frozenset({"dass", "daß"})
# Prepositions that a verb may require before a gerund: "insisted on giving", but not "after" in "left after giving".
_BEFORE_GERUNDS = frozenset("on at about against for in".split())
_PAIRED_WORDS = frozenset(
    "or nor than rather oder noch o u ou ni nem between zwischen entre both either neither sowohl weder".split()
)


@dataclass(slots=True)
class Part:
    """Words that are kept or left out together.

    `parent` is the index of the part that they need, -1 for the core. `kind` is a key of PART_WEIGHTS, or KEEP for the core.
    `omission_cost` is the cost of leaving the part out while its parent is kept.
    """

    parent: int
    kind: str
    omission_cost: float = 0.0
    words: list[int] = field(default_factory=list)

    @property
    def worth(self) -> float:
        """How much a headline gains by the part: the log-odds that people who shorten a sentence keep it."""
        return PART_WEIGHTS[self.kind]

    @property
    def needed(self) -> bool:
        """Whether a headline is incomplete without the part although its parent is kept."""
        return self.omission_cost >= MISSING_COMPLEMENT_COST


class Clause:
    """A clause of a tree, divided into parts.

    `verb` is the position of its main word. `parts` are its parts, the core first. `tree` and `spans` are those of the
    sentence, and `words` are all words of the sentence in lower case. Words in `left_out` belong to no part.
    """

    def __init__(
        self,
        tree: Tree,
        spans: Spans,
        verb: int,
        classes: WordClasses,
        left_out: frozenset[int] = frozenset(),
    ) -> None:
        self.tree, self.spans, self.verb, self.classes = tree, spans, verb, classes
        self.words = spans.lower
        self.parts = [Part(-1, KEEP)]
        self._left_out = left_out
        self._complements = complements(classes.code)
        self._is_statistic = self._is_statistic_clause(verb)
        self._is_general = self._is_statistic or any(
            self.words[child] in classes.modals | classes.negations for child in spans.children[verb]
        )
        self._is_negated_clause = self._is_negated(verb)
        subject = spans.within(self._subject()) if self._subject() != verb else set[str]()
        self._subject_is_none = bool(subject & classes.negations)
        self._is_universal = self._is_negated_clause or bool(
            subject & (classes.universals | classes.negations | classes.restricts)
        )
        self._has_counted_subject = any(tree.relations[child] == "nummod" for child in spans.children[self._subject()])
        self._has_ranking = bool(spans.within(verb) & classes.ranks)
        self._visit(verb, 0)
        for part in self.parts:
            part.words.sort()

    def _visit(self, head: int, part: int) -> None:
        self.parts[part].words.append(head)
        children = self.spans.children[head]
        conjuncts = [child for child in children if self._base(child) == "conj" and child not in self._left_out]
        conjunct_kind = self._kind_of_conjuncts(head, conjuncts) if conjuncts else KEEP
        conjunct_part = -1
        for child in children:
            if child in self._left_out:
                continue
            if child in conjuncts:
                # The members of a list are kept or left out together.
                target = part
                if conjunct_kind != KEEP:
                    if conjunct_part < 0 or self._is_clause(child):
                        self.parts.append(Part(part, conjunct_kind, OMISSION_COSTS.get(conjunct_kind, 0.0)))
                        conjunct_part = len(self.parts) - 1
                    target = conjunct_part
                # A conjunction that depends on the first member belongs to the next one.
                self.parts[target].words += [word for word in children if self._base(word) == "cc" and head < word < child]
                self._visit(child, target)
                continue
            if self._base(child) == "cc" and any(head < child < other for other in conjuncts):
                continue  # belongs to the next member
            kind = self._kind(head, child)
            if self.parts[part].kind in CLAUSE_KINDS and (
                kind in _KEPT_INSIDE_CLAUSES or (kind in _PHRASES and self._follows_object(head, child))
            ):
                kind = KEEP  # the clause is incomplete without it
            if kind == KEEP:
                self._visit(child, part)
            elif kind != DROP:
                self.parts.append(Part(part, kind, self._omission_cost(head, child, kind)))
                self._visit(child, len(self.parts) - 1)

    def _omission_cost(self, head: int, child: int, kind: str) -> float:
        """Returns the cost of leaving out a dependent: the cost of its kind, or more if its head requires it."""
        role = self._case(child) & self.classes.roles and self.words[child] not in self.classes.no_roles
        if role and self._has_object(head):  # "portrayed the talks as a success"
            return FORBIDDEN_COST if self._complements.demand(self.spans, head, child) else MISSING_COMPLEMENT_COST
        completes = kind in _COMPLEMENT_KINDS or (kind in CLAUSE_KINDS and not self.spans.mark_before(child))
        if self.words[head] in self.classes.incomplete and completes and self._is_first_after_object(head, child):
            return FORBIDDEN_COST  # "was put to death", "was found hanging"
        if self._base(child) in ("obl", "nmod", "advcl") and self._depends_on_permission_word(head):
            if self.spans.mark_before(child) or self._is_time(child):
                return MISSING_COMPLEMENT_COST
            return FORBIDDEN_COST  # "required masks in bars", "voted to ban drinks in large cups"
        if (
            kind == "complement"
            and head == self.verb
            and not self._has_object(head)
            and self._is_first_after_object(head, child)
        ):
            return max(
                MISSING_COMPLEMENT_COST, MISSING_COMPLEMENT_COST * self._complements.demand(self.spans, head, child)
            )  # "could climb [to 44 degrees]"
        negated = self._is_negated(head) and self.tree.tags[head] == "VERB"
        period = self._has_ranking and (bool(self._case(child) & self.classes.since) or self._has_number(child))
        if kind == "scope" and (self._is_statistic or period or negated or self._has_counted_subject):
            # "[in Skerry] 20 deaths were reported", "900 deaths each year [in the harbour towns]", "its largest ship
            # [since the war]", "won't resign [before May]"
            return FORBIDDEN_COST
        if self._is_predicate(head) and self.definite(head) and kind in _IDENTIFYING_CLAUSES:
            return FORBIDDEN_COST  # "were the group [most hit by storms]"
        if (
            head == self._subject()
            and kind in _IDENTIFIES_SUBJECT
            and self.definite(head)
            and not self._has_distinguishing_modifier(head)
        ):
            return FORBIDDEN_COST  # "the women [on the shortlist]"
        if kind in _IDENTIFYING_CLAUSES and (self.definite(head) or self._says_little(head, child)):
            return MISSING_COMPLEMENT_COST  # "the people who …", "overturned a law that …"
        if kind == "adjective" and self.tree.tags[head] == "PROPN":
            return 0.0  # a name says which one is meant
        if kind == "adjective" and not self.definite(head):
            return (
                MISSING_COMPLEMENT_COST if self._names_a_kind(head) else INDEFINITE_ADJECTIVE_COST
            )  # "emerging markets", "a near-total ban"
        asked = MISSING_COMPLEMENT_COST * self._complements.demand(self.spans, head, child)
        if self.tree.tags[head] != "VERB" or kind == "purpose" or not self._is_first_after_object(head, child):
            asked = min(asked, MISSING_COMPLEMENT_COST)
        return max(OMISSION_COSTS.get(kind, 0.0), asked)

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
            return "aside"
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
            and not (base == "obj" and self._bases_below(head) & {"xcomp"})  # "spent Sunday visiting …"
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
        if self._base(head) == "amod" and self._is_degree_of_superlative(child):
            return KEEP  # "the [fastest] growing port"
        if self._is_opener(head, child):
            return DROP
        if word in self.classes.connectives:
            return DROP
        if word == "now" and "for" in self._case(child):
            return KEEP
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
        if self._is_superlative(head, child):
            return KEEP  # "one of the fastest growing ports", "its ten most polluted towns"
        if any(self._base(other) == "det" and child < other < head for other in self.spans.children[head]):
            return KEEP  # it belongs to the verb: "declared invalid the pact"
        if self._is_predicate(head):
            return KEEP  # "is considered a criminal matter"
        if self._is_of_negated_verb(head) or "conj" in self._bases_below(child):
            return KEEP  # "not a big hammer", "gay and transgender workers"
        if child > head and self._bases_below(child) & {"obl", "xcomp", "advcl"} and not self.spans.mark_before(child):
            return "tight participle"  # "levels comparable to …"
        if child > head and not self.spans.mark_before(child):
            return KEEP  # it tells which one is meant: "les demandes rejetées"
        if self._colors_name(head, child):
            return "adjective"
        if self.spans.elided_before(child) or tree.tags[head] == "PROPN" or self._is_bare(head):
            return KEEP
        return "adjective"

    def _nmod(self, head: int, child: int) -> str:
        tree = self.tree
        relation, case = tree.relations[child], self._case(child)
        if relation in ("nmod:poss", "nmod:desc"):
            return KEEP
        if self._is_time(child) and not self._is_statistic:
            if self._has_ranking and case and self._has_number(child):
                return "scope"  # "the second raid in two days"
            # "the middle of May", "l'âge de 93 ans", "la temperatura de enero"
            return KEEP if self._is_time(head) or case & OF_WORDS else "day"
        if self._is_generic(head):
            return KEEP
        if not case and relation != "nmod:unmarked":
            return KEEP  # a genitive
        if case & OF_WORDS or relation == "nmod:unmarked":
            if (
                self.words[head] in self.classes.wholes
                or tree.tags[head] in ("NUM", "PRON", "SYM", "DET", "ADJ")
                or self._named_by(head, child)
            ):
                return KEEP
            return "identifying" if self.definite(head) or self.classes.articles else "of"
        if self._is_statistic:
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
            if case & self.classes.since and self._counts_object():
                return KEEP  # "[Since the war] the town has lost two bridges"
            bounds = (
                self._is_statistic
                or self._is_universal
                or (self._has_counted_subject and tree.tags[child] == "PROPN" and bool(case))
            )
            return "scope" if bounds and not self._is_day_or_year(child) else DROP
        negates_subject = self._subject_is_none and head == self.verb  # "no choice exists for apprentices"
        since = self._has_ranking and bool(case) and (self._is_time(child) or bool(case & self.classes.since))
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
        return DROP

    def _other(self, head: int, child: int) -> str:
        return KEEP

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
        if joins & _PAIRED_WORDS or "cc:preconj" in {tree.relations[below] for below in self.spans.children[head]}:
            return KEEP
        if (
            tree.tags[head] == "NUM"
            or self._has_number(head)
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

    # Predicates that the rules use.

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

    def _depends_on_permission_word(self, head: int) -> bool:
        """Returns whether a word is, or depends on, a word of banning or allowing (`classes.permits`)."""
        while head >= 0:
            if self.words[head] in self.classes.permits:
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
        """Whether a month is the surname of the person before it: "Theresa May has"."""
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
        return any(
            child < head and self._base(child) in ("amod", "compound", "nmod", "nummod", "flat")
            for child in self.spans.children[head]
        )

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
            and word != "new"
            and 0 < child < head
            and word not in self.classes.stays | self.classes.offices
            and not self._is_capitalized(child)
            and word.isalpha()
            and not word.endswith(("ern", *self.classes.past_endings))
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
        return any(self.words[word] in self.classes.restricts for word in near) or (
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

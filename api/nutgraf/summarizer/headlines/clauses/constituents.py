"""Divides a clause into its parts: the core, which a headline keeps, and the parts that it may leave out.

A part is a group of words that are kept or left out together. The first part is the core: the verb with its required
arguments, and all words without which the claim would change (negations, limiters, modals, conditions, figures with their
qualifiers). Every other part depends on another part and has a kind (part_kinds.py); PART_WEIGHTS has the worth of each
kind, learned from people who shortened sentences.
"""

from dataclasses import dataclass, field

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.clauses.part_kinds import DROP, KEEP, PartKinds
from nutgraf.summarizer.headlines.clauses.part_weights import PART_WEIGHTS
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses

# The costs of leaving out a part, in addition to its worth. Their unit is that of PART_WEIGHTS: log-odds.
# A complement that its head requires.
MISSING_COMPLEMENT_COST = 3.0
# A headline never leaves out a part with this cost while its parent is kept.
FORBIDDEN_COST = 6.0
# By kind of part; other kinds cost nothing.
OMISSION_COSTS = {
    "particle": FORBIDDEN_COST, "scope": 4.0, "joined modifier": 4.0, "argument": 3.0, "measure": 3.0,
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

_IDENTIFIES_SUBJECT = frozenset({"noun phrase", "identifying", "of", "tight participle"})
_COMPLEMENT_KINDS = frozenset({"complement", "after passive", "second phrase", "measure", "argument", "purpose"})


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


class Clause(PartKinds):
    """A clause of a tree, divided into parts.

    `parts` are its parts, the core first. Words in `left_out` belong to no part.
    """

    def __init__(
        self,
        tree: Tree,
        spans: Spans,
        verb: int,
        classes: WordClasses,
        left_out: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__(tree, spans, verb, classes)
        self.parts = [Part(-1, KEEP)]
        self._left_out = left_out
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
        since = any(self.words[below] in self.classes.since_words for below in self.spans.children[child])
        if self._has_ranking and since and self._base(child) == "advcl" and not self.spans.comma_between(head, child):
            return FORBIDDEN_COST  # "his first interviews [since his wife took office]"
        period = self._has_ranking and (since or self._is_period(child))
        if self._base(child) in ("obl", "nmod", "advcl") and self._depends_on_permission_word(head):
            if self.spans.mark_before(child) or (self._is_time(child) and not period):
                return MISSING_COMPLEMENT_COST
            return FORBIDDEN_COST  # "required masks in bars", "voted to ban drinks in large cups"
        if kind == "complement of adjective" and head == self.verb and not self.spans.mark_before(child):
            return FORBIDDEN_COST  # "is safe [for children over five]"
        if kind == "complement" and self._is_negated(head):
            return FORBIDDEN_COST  # "did not commit [to leaving]"
        if kind in ("purpose", *_IDENTIFYING_CLAUSES) and self._is_negated_clause and not self.spans.mark_before(child):
            return FORBIDDEN_COST  # "should not use boats primarily [to fish]", "be punished for acts [that …]"
        if (
            kind == "complement"
            and head == self.verb
            and not self._has_object(head)
            and self._is_first_after_object(head, child)
        ):
            return max(
                MISSING_COMPLEMENT_COST, MISSING_COMPLEMENT_COST * self._complements.demand(self.spans, head, child)
            )  # "could climb [to 44 degrees]"
        role_noun = self._case(head) & self.classes.roles and not self.spans.quotation(head)
        if role_noun and self.definite(head) and child > head:
            return FORBIDDEN_COST  # "passed Skerry as the port [with the most ferries]"
        negated = (self._is_negated(head) and self.tree.tags[head] == "VERB") or self._is_any_of_negated(head)
        if kind == "scope" and (self._is_statistic or period or negated or self._has_counted_subject):
            # "[in Skerry] 20 deaths were reported", "900 deaths each year [in the harbour towns]", "its largest ship
            # [since the war]", "the highest level [in a decade]", "won't resign [before May]"
            return FORBIDDEN_COST
        if self._is_predicate(head) and self.definite(head) and kind in _IDENTIFYING_CLAUSES:
            return FORBIDDEN_COST  # "were the group [most hit by storms]"
        if (
            head == self._subject()
            and kind in _IDENTIFIES_SUBJECT
            and self.definite(head)
            and (kind == "tight participle" or not self._has_distinguishing_modifier(head))
        ):
            return FORBIDDEN_COST  # "the women [on the shortlist]", "the young sailor [accused of theft]"
        if kind in _IDENTIFYING_CLAUSES and self._base(head) == "nsubj" and "expl" in self._bases_below(self.verb):
            return FORBIDDEN_COST  # "there are two million sailors [who …]"
        if kind in _IDENTIFYING_CLAUSES and (self.definite(head) or self._says_little(head, child)):
            return MISSING_COMPLEMENT_COST  # "the people who …", "overturned a law that …"
        if kind == "adjective" and self.tree.tags[head] == "PROPN":
            return 0.0  # a name says which one is meant
        if kind == "adjective" and not self.definite(head):
            # "emerging markets", "a near-total ban"
            return MISSING_COMPLEMENT_COST if self._names_a_kind(head) else INDEFINITE_ADJECTIVE_COST
        asked = MISSING_COMPLEMENT_COST * self._complements.demand(self.spans, head, child)
        if self.tree.tags[head] != "VERB" or kind == "purpose" or not self._is_first_after_object(head, child):
            asked = min(asked, MISSING_COMPLEMENT_COST)
        return max(OMISSION_COSTS.get(kind, 0.0), asked)

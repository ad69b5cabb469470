"""Which complements words ask for, in the tables of the five languages."""

import pytest

from nutgraf.summarizer.headlines.clauses.complements import NEEDED, USUAL, complements, frame_of, head_kind
from nutgraf.summarizer.headlines.clauses.spans import Spans
from tests.unit.summarizer.headlines.trees import tree

RELIED = "Ada/PROPN/nsubj/relied relied/VERB|Fin/ROOT/- on/ADP/case/ferries the/DET/det/ferries ferries/NOUN/obl/relied"
LACK = "the/DET/det/lack lack/NOUN/ROOT/- of/ADP/case/ferries ferries/NOUN/nmod/lack"
REFUSED = "Ada/PROPN/nsubj/refused refused/VERB|Fin/ROOT/- to/PART/mark/leave leave/VERB|Inf/xcomp/refused"
SAID = "Ada/PROPN/nsubj/said said/VERB|Fin/ROOT/- that/SCONJ/mark/fell it/PRON/nsubj/fell fell/VERB|Fin/ccomp/said"
DIED = "Ada/PROPN/nsubj/died died/VERB|Fin/ROOT/- near/ADP/case/Alder Alder/PROPN/obl/died"
CLOSED = (
    "it/PRON/nsubj:pass/closed was/AUX/aux:pass/closed closed/VERB|Part/ROOT/- in/ADP/case/spring spring/NOUN/obl/closed"
)


@pytest.mark.parametrize(
    ("notation", "kind", "found"),
    [
        (RELIED, "VERB", "on"), (LACK, "DEFINITE", "of"), (REFUSED, "VERB", "inf:to"), (SAID, "VERB", "that:that"),
        (DIED, "VERB", "near"), (CLOSED, "PASSIVE", "in"),
    ],
)  # fmt: skip
def test_a_complement_is_identified_by_the_word_that_introduces_it(notation: str, kind: str, found: str) -> None:
    spans = Spans(tree(notation))
    root = spans.tree.root
    last = max(child for child in spans.children[root])
    assert head_kind(spans, root) == kind
    assert frame_of(spans, root, last) == found


@pytest.mark.parametrize(("notation", "demand"), [(RELIED, NEEDED), (LACK, NEEDED), (REFUSED, NEEDED), (DIED, 0)])
def test_words_require_the_complements_that_they_seldom_lack(notation: str, demand: int) -> None:
    spans = Spans(tree(notation))
    root = spans.tree.root
    assert complements("en").demand(spans, root, max(spans.children[root])) == demand


def test_the_demand_for_a_complement_can_be_looked_up_by_its_first_word() -> None:
    spans = Spans(tree(REFUSED))
    assert complements("en").demand_for_word(spans, 1, "to") == NEEDED
    assert complements("en").demand_for_word(spans, 1, "near") == 0


@pytest.mark.parametrize("code", ["en", "fr", "de", "es", "pt"])
def test_every_language_with_a_parser_has_a_table(code: str) -> None:
    demands = {demand for frames in complements(code)._table.values() for demand in frames.values()}
    assert demands == {USUAL, NEEDED}


def test_a_language_without_a_table_requires_no_complements() -> None:
    spans = Spans(tree(RELIED))
    assert complements("nb").demand(spans, 1, 4) == 0

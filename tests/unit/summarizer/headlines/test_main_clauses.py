"""The main clauses of a sentence."""

from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
from nutgraf.summarizer.headlines.main_clauses import main_clauses
from tests.unit.summarizer.headlines.trees import tree


def test_a_label_without_a_verb_has_no_main_clause() -> None:
    assert (
        list(
            main_clauses(
                Spans(tree("The/DET/det/end end/NOUN/ROOT/- of/ADP/case/storm storm/NOUN/nmod/end")), word_classes("en")
            )
        )
        == []
    )

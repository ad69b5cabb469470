"""Articles about one event are one story; the largest story is the main one."""

from nutgraf.summarizer import Options, summarize
from nutgraf.summarizer.ranking.main_story import group_by_story
from nutgraf.summarizer.reading.cluster import read
from nutgraf.summarizer.reading.term_weights import tf_idf
from tests.builders import NEWS, article

BRIDGE = (
    "The city closes the harbour bridge on Monday for eleven weeks. Cracks in two piers of the bridge must be repaired. "
    "Engineers say the repairs cost 9 million euros. Buses need twenty minutes longer while the bridge is closed."
)
CHESS = (
    "Mira Oduya won the national chess title in Kalden on Saturday. The teenager beat the champion of three years in the "
    "last round. The final game lasted seven hours. Oduya wants to play abroad next season."
)


def groups(*texts: str) -> list[frozenset[int]]:
    cluster = read([article(text) for text in texts])
    return group_by_story(cluster.sentences, tf_idf(cluster.terms), cluster.languages)


def test_articles_on_one_event_are_one_story_whatever_their_order() -> None:
    assert groups(NEWS, BRIDGE) == [frozenset({0, 1})]
    assert groups(CHESS, NEWS, BRIDGE) == [frozenset({1, 2}), frozenset({0})]
    assert groups(NEWS, CHESS) == [frozenset({0}), frozenset({1})]


def test_the_summary_of_a_mixed_cluster_has_the_main_story_first_and_a_warning() -> None:
    summary = summarize([article(CHESS), article(NEWS), article(BRIDGE)])
    assert {scored.sentence.article for scored in summary.summary.sentences} <= {1, 2}
    assert "mixed-cluster" in [warning.code for warning in summary.warnings]
    assert "mixed-cluster" not in [warning.code for warning in summarize([article(NEWS), article(BRIDGE)]).warnings]


def test_other_stories_fill_the_rest_of_the_length() -> None:
    summary = summarize([article("Oduya won the title in Kalden on Saturday.", id="c"), article(NEWS)], Options())
    assert summary.summary.sentences[0].sentence.article == 1

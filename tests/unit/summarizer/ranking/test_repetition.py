"""Sentences that repeat those of a summary, computed for all sentences at once and pair by pair."""

from random import Random

import pytest

from nutgraf.summarizer import Options, TooManySentencesError, summarize
from nutgraf.summarizer.findings.agreement import corroboration
from nutgraf.summarizer.grammar import TreeCache, parse, tree_cache
from nutgraf.summarizer.models import Length
from nutgraf.summarizer.ranking import repetition
from nutgraf.summarizer.ranking.repetition import Repetition
from nutgraf.summarizer.reading.cluster import read
from nutgraf.summarizer.reading.term_weights import tf_idf
from tests.builders import NEWS, article

WORDS = "harbour bridge mayor repairs ferries piers cracks city engineers Monday it was so that he and the".split()


def made(articles: int, sentences: int, seed: int) -> tuple[Repetition, int]:
    """Random sentences from few words; some have no content word."""
    random = Random(seed)
    texts = [
        " ".join(" ".join(random.choices(WORDS, k=random.randrange(3, 9))).capitalize() + "." for _ in range(sentences))
        for _ in range(articles)
    ]
    cluster = read([article(text) for text in texts])
    trees = TreeCache(cluster.sentences, cluster.languages)
    weights = tf_idf(cluster.terms)
    count = len(cluster.sentences)
    return Repetition(cluster.sentences, cluster.words, cluster.terms, weights, trees, cluster.languages), count


@pytest.mark.parametrize("strict", [True, False])
def test_comparing_all_at_once_equals_comparing_pairs(strict: bool) -> None:
    for seed in range(5):
        found, count = made(3, 8, seed)
        selection = found.new_selection(strict=strict)
        chosen = Random(seed).sample(range(count), 4)
        for position in chosen:
            selection.add(position)
        for position in set(range(count)) - set(chosen):
            assert selection.repeats_one(position) == any(found.repeats(position, other, strict=strict) for other in chosen)


def test_a_sentence_without_content_words_repeats_only_equal_ones() -> None:
    cluster = read([article("It was so that it was. The harbour bridge is shut. It was so that it was.")])
    trees = TreeCache(cluster.sentences, cluster.languages)
    found, _ = Repetition(
        cluster.sentences, cluster.words, cluster.terms, tf_idf(cluster.terms), trees, cluster.languages
    ).repeating(0, strict=True)
    assert sorted(set(found.tolist())) == [0, 2]


def test_the_news_told_again_with_a_name_and_a_reason_is_a_repetition() -> None:
    """Reporters often state the news in the lede, and again in other words in the second sentence."""
    lede = (
        "The governor of Alder visited the flooded town of Skerry on Thursday to show support for its farmers after two "
        "rivers broke their dams."
    )
    again = (
        "Governor Ada Low visited Skerry to make clear that no farmers in the valley stand alone with mud, bills and "
        "sleepless nights, spokesman Bo Berg said."
    )
    more = "Tugs try again on Tuesday. Divers found two holes. Engineers look for a cause. Lorries go by Kelling until May."
    cluster = read([article(f"{lede} {again} {more}")])
    trees = TreeCache(cluster.sentences, cluster.languages)
    weights = tf_idf(cluster.terms)
    found = Repetition(cluster.sentences, cluster.words, cluster.terms, weights, trees, cluster.languages)
    assert found.repeats(0, 1)
    assert not found.repeats(0, 1, strict=False)
    assert not found.repeats(0, 2)


def test_sentences_that_share_little_are_not_both_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parsing takes most of the time of a short summary."""
    parsed: list[str] = []

    def counting(sentences: list[str], language: str) -> list[object]:
        parsed.extend(sentences)
        return list(parse(sentences, language))

    monkeypatch.setattr(tree_cache, "parse", counting)
    first, second = "The harbour bridge has two cracks, engineers found.", "The harbour bridge will close on Monday."
    more = "Tugs try again. Divers found holes. Lorries go by Kelling until May. Rain fell in Lund."
    cluster = read([article(f"{first} {second} {more}")])
    trees, weights = TreeCache(cluster.sentences, cluster.languages), tf_idf(cluster.terms)
    found = Repetition(cluster.sentences, cluster.words, cluster.terms, weights, trees, cluster.languages)
    low, high = repetition.SHARED_WITHIN_ARTICLE
    assert low <= found.shared(0, 1) < high
    assert not found.repeats(1, 0)
    assert second not in parsed


def test_summaries_of_thousands_of_sentences_may_repeat_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repetition, "MAX_MENTIONS", 500)
    found, count = made(2, 30, 1)
    sizes = [len(found.repeating(position, strict=False)[0]) for position in range(count)]
    assert sizes[0] > 0
    assert sizes[-1] == 0


def test_sentences_beyond_the_compared_pairs_are_not_corroborated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Near-identical lines in 100 articles held a worker for a minute."""
    other = "The harbour bridge will close for eleven weeks from Monday, the city said. Rain fell in Lund and Hale all day."
    options = Options(Length("sentences", 1), all_sentences=True)

    def corroborated() -> list[int]:
        reports = summarize([article(NEWS), article(other)], options).articles
        return [len(each.also_in) for report in reports for each in report.all_sentences or ()]

    assert sum(corroborated()) == 2
    monkeypatch.setattr(corroboration, "MAX_PAIRS", 7)
    assert sum(corroborated()) == 1


def test_the_total_of_summary_sentences_is_limited() -> None:
    """Twenty variants of a long text, each as long as the text, made an answer of a hundred megabytes."""
    whole = Length("ratio", 1.0)
    options = Options(whole, variants={"first": whole, "second": whole})
    assert len(summarize([article(NEWS)], options, max_sentences=15).variants["second"].sentences) == 5
    with pytest.raises(TooManySentencesError, match="shorter or fewer"):
        summarize([article(NEWS)], options, max_sentences=14)

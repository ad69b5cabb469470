"""These tests fail if the quality of summaries falls; whoever accepts lower quality has to lower a minimum in a commit.

There are minimum scores for our own samples and, if the news sets are installed, for a part of each set. They are a little
below the scores of the whole set (docs/performance.md), so that small variations pass and a broken step fails.
"""

import pytest

from bench.quality import rouge_2
from nutgraf.samples import sample
from nutgraf.summarizer import Article, HeadlineOptions, Length, Options, summarize
from tests.builders import invented_news, real_news

NO_HEADLINES = HeadlineOptions(count=0)
# A reference summary of the sample, in our own words. Do not tune the summarizer on it.
FERRY = (
    "A passenger ferry with 212 people on board ran aground in fog off Port Alder on Sunday. Everybody was brought "
    "ashore by lifeboat and eleven passengers had minor injuries. Investigators will ask why the Saltmarsh left the marked "
    "channel; a radio beacon had been out of order since Friday. Ferries to Hale are cancelled until Wednesday and the "
    "island expects to run out of fresh milk."
)
# File, words, clusters, whether titles are used, minimum ROUGE-2.
MINIMUM_SCORES = [
    ("multinews.jsonl", 250, 80, True, 0.155),
    ("cnn.jsonl", 60, 150, False, 0.130),
    ("neus.jsonl", 70, 307, True, 0.170),
    ("cstnews_pt.jsonl", 135, 25, True, 0.240),
    ("norsumm_nb.jsonl", 100, 30, True, 0.205),
]


def test_our_sample_reaches_its_minimum_score() -> None:
    articles = [
        Article(each.get("text") or each["html"], title=each["title"], source=each["source"])
        for each in sample("ferry")["articles"]
        if "text" in each
    ]
    answer = summarize(articles, Options(length=Length("words", 90), headlines=NO_HEADLINES))
    assert rouge_2([scored.sentence.text for scored in answer.summary.sentences], [FERRY], "en") >= 0.30


def test_our_clusters_reach_their_minimum_scores() -> None:
    """Measured: 0.389.

    First sentences, taken in turn from each article of the cluster, reach 0.436; sumy's LexRank 0.355.
    """
    scores = []
    for row in invented_news():
        articles = [Article(each["text"], title=each["title"], language=row["lang"]) for each in row["articles"]]
        extract = summarize(articles, Options(length=Length("words", 70), headlines=NO_HEADLINES, keywords=0)).summary
        assert 0.75 * 70 <= extract.words <= 70
        scores.append(rouge_2([scored.sentence.text for scored in extract.sentences], row["references"], row["lang"]))
    assert len(scores) == 7
    assert sum(scores) / len(scores) >= 0.38
    assert min(scores) >= 0.2


@pytest.mark.usefixtures("untraced")
@pytest.mark.parametrize(("name", "words", "clusters", "with_titles", "minimum"), MINIMUM_SCORES)
def test_news_sets_reach_their_minimum_scores(
    name: str, words: int, clusters: int, with_titles: bool, minimum: float
) -> None:
    scores, used = [], []
    for row in real_news(name, limit=clusters):
        articles = [
            Article(each["text"], title=each.get("title") if with_titles else None, language=row["lang"])
            for each in row["articles"]
            if each["text"].strip()
        ]
        extract = summarize(articles, Options(length=Length("words", words), headlines=NO_HEADLINES, keywords=0)).summary
        assert extract.words <= words
        scores.append(rouge_2([scored.sentence.text for scored in extract.sentences], row["references"], row["lang"]))
        used.append(extract.words / words)
    assert sum(scores) / len(scores) >= minimum
    assert sum(used) / len(used) >= (
        0.77 if name == "neus.jsonl" else 0.9
    )  # the articles of neus are shorter, and repeat each other

"""Sentences with their scores -> key terms: the names and noun phrases that the stories are about.

The words with the most salient sentences make a shortlist. A few sentences that have most of them are parsed; their names
and noun phrases are the candidates. A candidate weighs as much as the scores of all sentences that mention it, and as it is
rare in its language.
"""

from collections.abc import Sequence

from nutgraf.summarizer.findings.candidate_evidence import REPEATING, Evidence
from nutgraf.summarizer.findings.candidate_weights import DECIMALS, Weights
from nutgraf.summarizer.findings.mentions import Mentions
from nutgraf.summarizer.findings.shortlist import Shortlist
from nutgraf.summarizer.findings.term_candidates import find_candidates, written
from nutgraf.summarizer.findings.term_choice import choose, prefer_phrases
from nutgraf.summarizer.grammar import TreeCache
from nutgraf.summarizer.interruption import checked
from nutgraf.summarizer.models import CleanArticle, Keyword, Sentence
from nutgraf.summarizer.reading.terms import Terms
from nutgraf.summarizer.reading.words import SentenceWords

# Terms on thin evidence fill a list up to this length if the request is too short to repeat what it is about.
SHORT_LIST = 2


def key_terms(
    articles: Sequence[CleanArticle],
    sentences: Sequence[Sentence],
    words: Sequence[SentenceWords],
    terms: Terms,
    scores: Sequence[float],
    trees: TreeCache,
    count: int,
    listed: Shortlist,
) -> list[Keyword]:
    """Returns up to `count` key terms with the highest weights, relative to the first term, which has score 1.

    `words`, `scores` and `trees` are by sentence; `listed` is what `shortlist` returned for them.
    Ties are resolved by the first mention.
    """
    if not count or not len(terms.ids):
        return []
    languages = [article.language for article in articles]
    mentions = Mentions(sentences, words, terms)
    candidates = find_candidates(listed.words, listed.positions, sentences, languages, words, trees, mentions)
    weigh, evidence = Weights(articles, sentences, scores, mentions), Evidence(sentences, len(articles), mentions)
    weights = [(weigh(each), each) for each in checked(candidates)]
    for candidate in candidates:
        evidence.judge(candidate)
    weighed = sorted(prefer_phrases(weights), key=lambda pair: (-pair[0], min(pair[1].sentences)))
    chosen = choose(weighed, mentions, count, SHORT_LIST if len(sentences) < REPEATING else 1)
    return [
        Keyword(
            written(candidate, mentions),
            round(weight / chosen[0][0], DECIMALS),
            "name" if candidate.is_name else "term",
        )
        for weight, candidate in chosen
    ]

"""Finds the key terms of sentences with scores: the names and noun phrases that the articles are about.

A shortlist is made of the words that occur in the most important sentences. A few sentences that contain most of these words
are parsed, and their names and noun phrases are the candidates. The weight of a candidate grows with the scores of the
sentences that mention it, and with its rarity in the language.
"""

from collections.abc import Sequence

from nutgraf.summarizer.findings.key_terms.candidate_evidence import MIN_SENTENCES_TO_REPEAT, Evidence
from nutgraf.summarizer.findings.key_terms.candidate_weights import DECIMALS, Weights
from nutgraf.summarizer.findings.key_terms.mentions import Mentions
from nutgraf.summarizer.findings.key_terms.shortlist import Shortlist
from nutgraf.summarizer.findings.key_terms.term_candidates import find_candidates, usual_spelling
from nutgraf.summarizer.findings.key_terms.term_choice import choose, prefer_phrases
from nutgraf.summarizer.grammar import TreeCache
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.models import CleanArticle, Keyword, Sentence
from nutgraf.summarizer.reading.terms import Terms
from nutgraf.summarizer.reading.words import SentenceWords

# In a request with fewer than MIN_SENTENCES_TO_REPEAT sentences, key terms hardly recur. Then terms with weak evidence are
# used until the list has this length.
WEAK_TERMS_UP_TO = 2


def key_terms(
    articles: Sequence[CleanArticle],
    sentences: Sequence[Sentence],
    words: Sequence[SentenceWords],
    terms: Terms,
    scores: Sequence[float],
    trees: TreeCache,
    count: int,
    shortlist: Shortlist,
) -> list[Keyword]:
    """Returns up to `count` key terms with the highest weights, relative to the first term, which has score 1.

    `words`, `scores` and `trees` are by sentence; `shortlist` is the result of the function `shortlist` for the same
    sentences. Ties are resolved by the first mention.
    """
    if not count or not len(terms.ids):
        return []
    languages = [article.language for article in articles]
    mentions = Mentions(sentences, words, terms)
    candidates = find_candidates(shortlist, sentences, languages, words, trees, mentions)
    weigh, evidence = Weights(articles, sentences, scores, mentions), Evidence(sentences, len(articles), mentions)
    weights = [(weigh(each), each) for each in interruptible(candidates)]
    for candidate in candidates:
        evidence.judge(candidate)
    weighed = sorted(prefer_phrases(weights), key=lambda pair: (-pair[0], min(pair[1].sentences, default=-1)))
    least_count = WEAK_TERMS_UP_TO if len(sentences) < MIN_SENTENCES_TO_REPEAT else 1
    chosen = choose(weighed, mentions, count, least_count, len(articles))
    return [
        Keyword(
            usual_spelling(candidate, mentions),
            round(weight / chosen[0][0], DECIMALS),
            "name" if candidate.is_name else "term",
        )
        for weight, candidate in chosen
    ]

"""Words and scores -> key terms, as the articles write them.

A term's weight is the sum of its sentences' scores times its idf; a name or phrase of two or three words that
makes up most of a word's mentions stands for the word.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from nutgraf.summarizer.languages.language import everywhere
from nutgraf.summarizer.models import Keyword
from nutgraf.summarizer.reading.terms import Terms
from nutgraf.summarizer.reading.words import SentenceWords

LONGEST_PHRASE = 3
# A phrase stands for a word if so many of the word's mentions are in it; fewer, and the word stands alone.
PHRASE_SHARE = 0.5
LEAST_MENTIONS = 2
SHORTEST_TERM = 2
DECIMALS = 6
# So many times the terms asked for are looked at; others are forms, days and parts of phrases.
SHORTLISTED = 4


def key_terms(words: Sequence[SentenceWords], terms: Terms, scores: Sequence[float], count: int) -> list[Keyword]:
    """The heaviest terms, the first with score 1; ties by first mention."""
    if not count:
        return []
    width = max(1, len(terms.numbers))
    ids = terms.ids[terms.content]
    mentions = np.bincount(ids, minlength=width)
    sentence_of, term_of = np.divmod(np.unique(terms.sentence[terms.content] * width + ids), width)
    in_sentences = np.bincount(term_of, minlength=width)
    weights = np.bincount(term_of, np.array(scores)[sentence_of], width)
    weights = np.round(weights * np.log1p(terms.sentences / np.maximum(1, in_sentences)), DECIMALS)
    heaviest = [at for at in np.argsort(-weights, kind="stable")[: SHORTLISTED * count].tolist() if mentions[at]]
    names = list(terms.numbers)
    shortlist = {names[at]: (float(weights[at]), int(mentions[at])) for at in heaviest}
    listed = np.zeros(width, bool)
    listed[heaviest] = True
    places = np.flatnonzero(listed[terms.ids] & terms.content)
    starts = np.searchsorted(terms.sentence, np.arange(terms.sentences))
    within = terms.sentence[places]
    forms, phrases = _mentions(words, shortlist, zip(within.tolist(), (places - starts[within]).tolist(), strict=True))
    days = everywhere("calendar", "days")  # in every story, and about none
    chosen: dict[str, float] = {}
    covered: set[str] = set()
    for stem, (weight, times) in shortlist.items():
        if stem in covered or stem.isdigit() or any(form.lower() in days for form in forms[stem]):
            continue
        term, stems = _best_form(stem, times, forms[stem], phrases)
        covered.update(stems)
        if len(term) >= SHORTEST_TERM and term not in chosen:
            chosen[term] = weight
        if len(chosen) == count:
            break
    highest = max(chosen.values(), default=1.0) or 1.0
    return [Keyword(term, round(weight / highest, DECIMALS)) for term, weight in chosen.items()]


Phrases = dict[str, Counter[tuple[tuple[str, ...], tuple[str, ...]]]]


def _mentions(
    words: Sequence[SentenceWords], shortlist: Mapping[str, tuple[float, int]], places: Iterable[tuple[int, int]]
) -> tuple[dict[str, Counter[str]], Phrases]:
    """How often each listed stem is written how, and in which runs of content words it stands.

    `shortlist` gives each stem's weight and mentions, `places` its sentences and positions there.
    """
    forms: dict[str, Counter[str]] = {stem: Counter() for stem in shortlist}
    phrases: Phrases = {stem: Counter() for stem in shortlist}
    for sentence, at in places:
        stems, tokens = words[sentence].stems, words[sentence].tokens
        stem = stems[at]
        forms[stem][tokens[at]] += 1
        if shortlist[stem][1] < LEAST_MENTIONS:
            continue
        first = at
        while first > 0 and at - first < LONGEST_PHRASE - 1 and stems[first - 1]:
            first -= 1
        last = at + 1
        while last < len(stems) and last - at < LONGEST_PHRASE and stems[last]:
            last += 1
        for start in range(first, at + 1):
            for end in range(max(at + 1, start + 2), min(last, start + LONGEST_PHRASE) + 1):
                phrases[stem][stems[start:end], tokens[start:end]] += 1
    return forms, phrases


def _best_form(stem: str, mentions: int, forms: Counter[str], phrases: Phrases) -> tuple[str, tuple[str, ...]]:
    """The longest phrase that has most mentions of the stem, else its commonest form; and the stems it covers."""
    best: tuple[int, int, str, tuple[str, ...]] | None = None
    for (run, tokens), times in phrases[stem].items():
        if times >= LEAST_MENTIONS and times >= PHRASE_SHARE * mentions:
            candidate = (len(run), times, " ".join(tokens), run)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    if best:
        return best[2], best[3]
    return max(forms, key=lambda form: (forms[form], form[:1].isupper())), (stem,)

"""Words and scores -> key terms, as the articles write them.

The weight of a term is the sum of the scores of its sentences, times its idf. If most mentions of a word are part of the
same phrase of two or three words, such as a name, the phrase replaces the word.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from nutgraf.summarizer.languages.language import everywhere
from nutgraf.summarizer.models import Keyword
from nutgraf.summarizer.reading.terms import Terms
from nutgraf.summarizer.reading.words import SentenceWords

MAX_PHRASE_WORDS = 3
# A phrase replaces a word if it contains at least this share of the word's mentions.
MIN_PHRASE_SHARE = 0.5
MIN_PHRASE_MENTIONS = 2
MIN_TERM_CHARACTERS = 2
DECIMALS = 6
# This many times the requested number of terms are examined, because some are numbers, days or parts of phrases.
SHORTLIST_FACTOR = 4


def key_terms(words: Sequence[SentenceWords], terms: Terms, scores: Sequence[float], count: int) -> list[Keyword]:
    """Returns up to `count` key terms with the highest weights, relative to the first term, which has score 1.

    `words` and `scores` are by sentence. Ties are resolved by the first mention.
    """
    if not count:
        return []
    width = max(1, len(terms.numbers))
    ids = terms.ids[terms.content]
    mentions = np.bincount(ids, minlength=width)
    sentence_of, term_of = np.divmod(np.unique(terms.sentence[terms.content] * width + ids), width)
    in_sentences = np.bincount(term_of, minlength=width)
    weights = np.bincount(term_of, np.array(scores)[sentence_of], width)
    weights = np.round(weights * np.log1p(terms.sentences / np.maximum(1, in_sentences)), DECIMALS)
    heaviest = [
        number for number in np.argsort(-weights, kind="stable")[: SHORTLIST_FACTOR * count].tolist() if mentions[number]
    ]
    names = list(terms.numbers)
    shortlist = {names[number]: (float(weights[number]), int(mentions[number])) for number in heaviest}
    listed = np.zeros(width, bool)
    listed[heaviest] = True
    places = np.flatnonzero(listed[terms.ids] & terms.content)
    starts = np.searchsorted(terms.sentence, np.arange(terms.sentences))
    within = terms.sentence[places]
    forms, phrases = _forms_and_phrases(
        words, shortlist, zip(within.tolist(), (places - starts[within]).tolist(), strict=True)
    )
    days = everywhere("calendar", "days")  # in every story, and about none
    chosen: dict[str, float] = {}
    covered: set[str] = set()
    for stem, (weight, times) in shortlist.items():
        if stem in covered or stem.isdigit() or any(form.lower() in days for form in forms[stem]):
            continue
        term, stems = _best_form_and_stems(stem, times, forms[stem], phrases)
        covered.update(stems)
        if len(term) >= MIN_TERM_CHARACTERS and term not in chosen:
            chosen[term] = weight
        if len(chosen) == count:
            break
    highest = max(chosen.values(), default=1.0) or 1.0
    return [Keyword(term, round(weight / highest, DECIMALS)) for term, weight in chosen.items()]


Phrases = dict[str, Counter[tuple[tuple[str, ...], tuple[str, ...]]]]


def _forms_and_phrases(
    words: Sequence[SentenceWords], shortlist: Mapping[str, tuple[float, int]], places: Iterable[tuple[int, int]]
) -> tuple[dict[str, Counter[str]], Phrases]:
    """Counts the written forms of each shortlisted stem, and the phrases of content words that contain it.

    `shortlist` has weight and number of mentions of each stem, `places` pairs of a sentence and a position in it.
    """
    forms: dict[str, Counter[str]] = {stem: Counter() for stem in shortlist}
    phrases: Phrases = {stem: Counter() for stem in shortlist}
    for sentence, position in places:
        stems, tokens = words[sentence].stems, words[sentence].tokens
        stem = stems[position]
        forms[stem][tokens[position]] += 1
        if shortlist[stem][1] < MIN_PHRASE_MENTIONS:
            continue
        first = position
        while first > 0 and position - first < MAX_PHRASE_WORDS - 1 and stems[first - 1]:
            first -= 1
        last = position + 1
        while last < len(stems) and last - position < MAX_PHRASE_WORDS and stems[last]:
            last += 1
        for start in range(first, position + 1):
            for end in range(max(position + 1, start + 2), min(last, start + MAX_PHRASE_WORDS) + 1):
                phrases[stem][stems[start:end], tokens[start:end]] += 1
    return forms, phrases


def _best_form_and_stems(stem: str, mentions: int, forms: Counter[str], phrases: Phrases) -> tuple[str, tuple[str, ...]]:
    """The longest phrase with most mentions of the stem, else its most frequent form; and the stems it contains."""
    best: tuple[int, int, str, tuple[str, ...]] | None = None
    for (run, tokens), times in phrases[stem].items():
        if times >= MIN_PHRASE_MENTIONS and times >= MIN_PHRASE_SHARE * mentions:
            candidate = (len(run), times, " ".join(tokens), run)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    if best:
        return best[2], best[3]
    return max(forms, key=lambda form: (forms[form], form[:1].isupper())), (stem,)

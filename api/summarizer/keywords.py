"""Words and scores -> key terms, as the articles write them.

A term's weight is the sum of its sentences' scores times its idf; a name or phrase of two or three words that
makes up most of a word's mentions stands for the word.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from api.summarizer.models import Keyword
from api.summarizer.words import SentenceWords

LONGEST_PHRASE = 3
# A phrase stands for a word if so many of the word's mentions are in it; fewer, and the word stands alone.
PHRASE_SHARE = 0.5
SHORTEST_TERM = 2
# Days are in every story and about none.
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo "
    "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira segunda terça quarta quinta sexta lunedì martedì "
    "mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag mandag tirsdag "
    "onsdag torsdag fredag lørdag søndag måndag tisdag lördag söndag".split()
)


def key_terms(words: Sequence[SentenceWords], scores: Sequence[float], count: int) -> list[Keyword]:
    """The heaviest terms, the first with score 1; ties by first mention."""
    if not count:
        return []
    weights: defaultdict[str, float] = defaultdict(float)
    mentions: Counter[str] = Counter()
    in_sentences: Counter[str] = Counter()
    for sentence, score in zip(words, scores, strict=True):
        stems = sentence.content
        mentions.update(stems)
        for stem in _terms(sentence):
            in_sentences[stem] += 1
            weights[stem] += float(score)
    total = len(words)
    ranked = sorted(
        ((round(weight * float(np.log1p(total / in_sentences[stem])), 6), stem) for stem, weight in weights.items()),
        key=lambda pair: -pair[0],
    )
    shortlist = dict.fromkeys(stem for _, stem in ranked[: 4 * count])
    forms, phrases = _mentions(words, shortlist)
    terms: dict[str, float] = {}
    covered: set[str] = set()
    for weight, stem in ranked[: 4 * count]:
        if stem in covered:
            continue
        term, stems = _best_form(stem, mentions[stem], forms[stem], phrases)
        covered.update(stems)
        if len(term) >= SHORTEST_TERM and term not in terms:
            terms[term] = weight
        if len(terms) == count:
            break
    highest = max(terms.values(), default=1.0) or 1.0
    return [Keyword(term, round(weight / highest, 6)) for term, weight in terms.items()]


def _terms(sentence: SentenceWords) -> dict[str, None]:
    """The stems that may be a term of their own: words with a letter, days left out."""
    pairs = zip(sentence.stems, sentence.tokens, strict=True)
    return {stem: None for stem, token in pairs if stem and not token.isdigit() and token.lower() not in DAYS}


Phrases = dict[str, Counter[tuple[tuple[str, ...], tuple[str, ...]]]]


def _mentions(words: Sequence[SentenceWords], shortlist: dict[str, None]) -> tuple[dict[str, Counter[str]], Phrases]:
    """How often each listed stem is written how, and in which runs of content words it stands."""
    forms: dict[str, Counter[str]] = {stem: Counter() for stem in shortlist}
    phrases: Phrases = {stem: Counter() for stem in shortlist}
    for sentence in words:
        stems, tokens = sentence.stems, sentence.tokens
        for at, stem in enumerate(stems):
            if stem not in forms:
                continue
            forms[stem][tokens[at]] += 1
            for size in range(2, LONGEST_PHRASE + 1):
                for start in range(max(0, at - size + 1), min(at, len(stems) - size) + 1):
                    run = stems[start : start + size]
                    if all(run):
                        phrases[stem][run, tokens[start : start + size]] += 1
    return forms, phrases


def _best_form(stem: str, mentions: int, forms: Counter[str], phrases: Phrases) -> tuple[str, tuple[str, ...]]:
    """The longest phrase that has most mentions of the stem, else its commonest form; and the stems it covers."""
    best: tuple[int, int, str, tuple[str, ...]] | None = None
    for (run, tokens), times in phrases[stem].items():
        if times >= 2 and times >= PHRASE_SHARE * mentions:
            candidate = (len(run), times, " ".join(tokens), run)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    if best:
        return best[2], best[3]
    return max(forms, key=lambda form: (forms[form], form[:1].isupper())), (stem,)

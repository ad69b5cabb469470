"""Finds the terms of a story: names and words that its articles share."""

from collections import Counter
from collections.abc import Iterator, Sequence

from nutgraf.summarizer.findings.names.name_words import Name, day_words, is_title, month_words, name_rules
from nutgraf.summarizer.findings.names.names_by_capitals import names_by_capitals
from nutgraf.summarizer.findings.word_frequencies import word_frequencies
from nutgraf.summarizer.languages.language import primary
from nutgraf.summarizer.reading.words import dehyphenate, text_words
from nutgraf.summarizer.stories.features import Features, frequency
from nutgraf.summarizer.stories.opening import Opening

MAX_TERMS = 5
# The number of first sentences that are searched for names.
NAMED_SENTENCES = 2
# Longer sentences are lists, and of a large story only the names that most articles have there are looked for.
MAX_CHARACTERS, MAX_NAMES = 2_000, 50
# A word more frequent than this says little by itself.
FREQUENT = 5.6
# In a story of several articles, this share of them must have a term.
SHARE = 0.5
# A name of several words is worth this many times as much as its words together.
NAME_WORTH = 1.5
_LEAST_LETTERS = 3


def shared_terms(openings: Sequence[Opening], features: Sequence[Features]) -> list[str]:
    """Returns up to MAX_TERMS terms as the articles write them, the most uncapitalized first.

    `features` are those of the articles with these openings. In a story of several articles, at least half of them, and
    two, have each term. The terms of a single article are names, and words of its title.
    """
    least = max(min(2, len(openings)), SHARE * len(openings))
    weights: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    for each in features:
        weights.update(each.weights)
        articles.update(each.weights.keys())
    language = features[0].language
    written = _usual_spellings(openings)
    # Words that are terms without a capital: those that articles share; of one article, only those of its title.
    uncapitalized = frozenset(openings[0].title) if len(openings) == 1 else frozenset(articles)
    texts = [_text(opening) for opening in openings]
    worth: dict[tuple[str, ...], tuple[float, str]] = {}
    for stems, name in _names(openings).items():
        # Wherever it stands, and whatever is before it: "Gov. Ada Marsh" has "Ada Marsh".
        if sum(f" {' '.join(stems)} " in text for text in texts) >= least:
            worth[stems] = (NAME_WORTH * sum(weights[stem] for stem in stems), name)
    for stem, count in articles.items():
        is_common = count >= least and stem in written and frequency(stem, language) <= FREQUENT
        if is_common and (stem,) not in worth and _may_be_term(written[stem], stem in uncapitalized, language):
            worth[(stem,)] = (weights[stem], written[stem])
    chosen: list[str] = []
    used: set[str] = set()
    for stems, (_, term) in sorted(worth.items(), key=lambda entry: (-round(entry[1][0], 9), entry[0])):
        if used.isdisjoint(stems):
            chosen.append(term)
            used.update(stems)
        if len(chosen) == MAX_TERMS:
            break
    return chosen


def _names(openings: Sequence[Opening]) -> dict[tuple[str, ...], str]:
    """The names of several words by their stems, in the form that most articles have."""
    forms: dict[tuple[str, ...], Counter[str]] = {}
    for opening in openings:
        for text in {name.text for name in _names_of(opening)}:
            stems = text_words(text, opening.article.language)
            if len(text.split()) > 1 and stems:
                forms.setdefault(stems, Counter())[text] += 1
    frequent = sorted(forms, key=lambda stems: (-forms[stems].total(), stems))[:MAX_NAMES]
    return {stems: min(forms[stems].items(), key=lambda form: (-form[1], form[0]))[0] for stems in frequent}


def _text(opening: Opening) -> str:
    """The stems of the content words of each sentence, with a space around each and a line end after each sentence."""
    return "\n".join(f" {' '.join(words.content)} " for words in opening.words)


def _names_of(opening: Opening) -> Iterator[Name]:
    """The names in the first sentences. Capitals in titles are ignored, because English titles may capitalize all words."""
    for sentence in opening.sentences[:NAMED_SENTENCES]:
        yield from names_by_capitals(dehyphenate(sentence.text[:MAX_CHARACTERS]), opening.article.language)


def _usual_spellings(openings: Sequence[Opening]) -> dict[str, str]:
    """How the articles write each stem inside sentences, most often."""
    forms: dict[str, Counter[str]] = {}
    for opening in openings:
        for words in opening.words:
            for place, (token, stem) in enumerate(zip(words.tokens, words.stems, strict=True)):
                if stem and place:
                    forms.setdefault(stem, Counter())[token] += 1
    return {stem: min(counts.items(), key=lambda form: (-form[1], form[0]))[0] for stem, counts in forms.items()}


def _may_be_term(word: str, is_known: bool, language: str) -> bool:
    table, lower = word_frequencies(language), word.lower()
    if len(word) < _LEAST_LETTERS or not word[-1].isalnum() or not (is_known or word[0].isupper()):
        return False
    if lower in day_words() or lower in month_words() or is_title(lower, name_rules(primary(language))):
        return False
    return not (table and lower in table.rarely_nouns)

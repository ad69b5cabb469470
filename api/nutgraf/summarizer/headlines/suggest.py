"""Suggests headlines that fit the slot and differ in content, from titles and opening sentences."""

from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from nutgraf.summarizer.grammar import Tree, TreeCache, parse, supported
from nutgraf.summarizer.headlines.checks.text_checks import apply_style, well_formed
from nutgraf.summarizer.headlines.clauses.simplify import opener_end, simplify
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import word_classes
from nutgraf.summarizer.headlines.grades import grade
from nutgraf.summarizer.headlines.shorten import shorten, shorten_attributed
from nutgraf.summarizer.headlines.speakers.person_names import given_names
from nutgraf.summarizer.headlines.speakers.source_attribution import (
    Attribution,
    closing_attribution,
    opening_attribution,
)
from nutgraf.summarizer.headlines.speakers.unknown_source import has_unknown_source
from nutgraf.summarizer.headlines.titles import clean_title, shorter_titles
from nutgraf.summarizer.headlines.word_overlap import WordProbabilities, headline_stems, worth
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.models import CleanArticle, Headline, HeadlineOptions, OffsetUnit, Sentence
from nutgraf.summarizer.offsets import size
from nutgraf.summarizer.reading.terms import Terms
from nutgraf.summarizer.reading.words import SentenceWords, dehyphenate, vocabulary

DECIMALS = 6
# Titles rank above headlines made from sentences, because an editor wrote them.
TITLE_BONUS = 1.0
# First and last positions in the article of the sentences that are tried together. The news is in the first sentence.
# Later ones are tried only if it gives no good headline: readers could print 8% of theirs, and 23% of the first ones.
OPENING_SENTENCES = 3
TIERS = ((0, 0), (1, OPENING_SENTENCES - 1), (OPENING_SENTENCES, 7))
# Longer sentences are lists or tables: no headline is made of them.
MAX_CHARACTERS = 2_000
# How many openings are parsed for one request: those of so many articles show what a cluster is about.
MAX_PARSED = 30
# The weight of the grade of a headline compared with its content.
GRADE_POWER = 0.7
# Headlines with a lower grade are used only if there is none with a higher one.
GOOD_GRADE = 0.25
# No further sentences are tried after one has given a headline with such a grade.
SURE_GRADE = 0.4
# Headlines of the first, the second and third, and of later sentences with a lower grade are not used.
LEAST_GRADES = (0.05, 0.2, 0.45)
# The factor of the grade if a complement that its word requires is left out.
TORN = 0.75
# What a person's surname costs where neither the given name nor the office is before it, as a factor of the worth.
SURNAME_ALONE = 0.85
# Suggestions after the first must be good ones.
SECOND_GRADE = 0.35
# A headline of a later sentence is worth less than one of the lede.
LATER_DISCOUNT = 0.6
# A shortened sentence that uses less of the slot says too little.
MIN_SHARE = 0.4
MIN_CHARACTERS = 28
# Suggestions that are worth less than this share of the best one are dropped.
MIN_WORTH_SHARE = 0.4
# Two suggestions must share less than this part of the shorter one's content words.
MAX_SHARED_STEMS = 0.6


class Candidate(NamedTuple):
    """A possible headline with its worth, the stems of its content words, and its origin; `index` is None for a title."""

    worth: float
    text: str
    stems: frozenset[str]
    article: int
    index: int | None  # type: ignore[assignment]  # hides tuple.index, which is not needed here
    grade: float = 1.0


def suggest(
    articles: Sequence[CleanArticle],
    quotable: Sequence[bool],
    sentences: Sequence[Sentence],
    words: Sequence[SentenceWords],
    terms: Terms,
    scores: Sequence[float],
    trees: TreeCache,
    options: HeadlineOptions,
    offset_unit: OffsetUnit,
    barred: Set[int] = frozenset(),
) -> list[Headline]:
    """Returns up to `options.count` headlines, best first; fewer if fewer fit and are well-formed.

    `quotable` says which articles may be quoted. `sentences` are those of the quotable articles, with their `words`,
    `terms`, `scores` and `trees`. Sentences at positions in `barred`, and quotations without their speaker, are not used.
    `options.max_characters` counts in `offset_unit`.
    """
    if not options.count:
        return []
    candidates = sorted(_from_titles(articles, quotable, sentences, words, options, offset_unit), key=_best_first)
    # Titles rank above what is made of sentences. Where there are enough of them, no sentence is parsed: that takes half of
    # the time of a cluster.
    if sentences and len(_drop_similar(candidates, options.count)) < options.count:
        probabilities = WordProbabilities(sentences, terms)
        for positions in _opening_first(sentences, scores, barred):
            made = list(_from_sentences(positions, articles, sentences, trees, probabilities, options, offset_unit))
            candidates += made
            if any(candidate.grade >= SURE_GRADE for candidate in made):
                break
            if candidates and any(sentences[position].index for position in positions):
                break  # a poor one of the opening is better than one of a later sentence
    # A poor headline is a last resort.
    if any(candidate.grade >= GOOD_GRADE for candidate in candidates):
        candidates = [candidate for candidate in candidates if candidate.grade >= GOOD_GRADE]
    chosen = _drop_similar(sorted(candidates, key=_best_first), options.count)
    chosen = [candidate for place, candidate in enumerate(chosen) if not place or candidate.grade >= SECOND_GRADE]
    best = chosen[0].worth if chosen else 0.0  # 0 where the words of no suggestion are terms of the cluster
    return [
        Headline(
            apply_style(candidate.text, options.style, articles[candidate.article].language),
            round(candidate.worth / best, DECIMALS) if best else 1.0,
            "title" if candidate.index is None else "sentence",
            candidate.article,
            candidate.index,
        )
        for candidate in chosen
    ]


def _from_titles(
    articles: Sequence[CleanArticle],
    quotable: Sequence[bool],
    sentences: Sequence[Sentence],
    words: Sequence[SentenceWords],
    options: HeadlineOptions,
    offset_unit: OffsetUnit,
) -> Iterator[Candidate]:
    """Titles, with their similarity to the openings of the articles as worth; a long one is cut at the end of a clause."""
    openings = [
        set(sentence_words.content) for sentence, sentence_words in zip(sentences, words, strict=True) if sentence.index < 3
    ]
    for position, article in enumerate(interruptible(articles)):
        if not quotable[position]:
            continue
        for title in shorter_titles(clean_title(article.headline or "")):
            if not _fits(title, article.language, options, offset_unit, title=True):
                continue
            stems = frozenset(headline_stems(title, vocabulary(article.language))) - {""}
            likeness = sum(len(stems & opening) for opening in openings) / (max(1, len(stems)) * max(1, len(openings)))
            yield Candidate(TITLE_BONUS + likeness, title, stems, position, None)
            break


def _opening_first(sentences: Sequence[Sentence], scores: Sequence[float], barred: Set[int]) -> Iterator[list[int]]:
    """Positions of the sentences that headlines are made of: the first ones; then those after them; then the next best."""
    usable = [
        position
        for position, sentence in enumerate(sentences)
        if position not in barred and not sentence.unattributed and len(sentence.text) <= MAX_CHARACTERS
    ]
    for first, last in TIERS:
        tier = [position for position in usable if first <= sentences[position].index <= last]
        tier.sort(
            key=lambda position: (sentences[position].index if last < OPENING_SENTENCES else 0, -scores[position], position)
        )
        yield tier[:MAX_PARSED]


def _from_sentences(
    positions: Sequence[int],
    articles: Sequence[CleanArticle],
    sentences: Sequence[Sentence],
    tree_cache: TreeCache,
    probabilities: WordProbabilities,
    options: HeadlineOptions,
    offset_unit: OffsetUnit,
) -> Iterator[Candidate]:
    languages = {position: articles[sentences[position].article].language for position in positions}
    texts = {position: _plain_text(sentences[position], languages[position]) for position in positions}
    # Unchanged sentences are parsed for the other steps, too.
    trees = tree_cache.of(position for position, text in texts.items() if text == sentences[position].text)
    trees |= _parse({position: text for position, text in texts.items() if position not in trees}, languages)
    attributions: dict[int, Attribution | None] = {}
    claims: dict[int, str] = {}
    owned = set[int]()  # claims whose possessives may belong to a name in the opening phrase that they have lost
    nobodys = set[int]()  # claims of a speaker that is not found
    for position, tree in interruptible(trees.items()):
        spans, classes = Spans(tree), word_classes(languages[position])
        omissible_names = given_names(spans, articles[sentences[position].article].article.text, classes)
        found = closing_attribution(tree, spans, classes, omissible_names)
        start, end = opener_end(tree, spans, classes), found.end if found else len(tree.text)
        opening = None if found else opening_attribution(tree, spans, classes, omissible_names)
        if opening:
            start, found = opening
        if found is None and has_unknown_source(tree, spans, classes):
            nobodys.add(position)
            continue
        attributions[position] = found
        if start >= end:
            start = 0
        if any(tree.starts[word] < start and _acts(tree, word) for word in range(len(tree))):
            owned.add(position)
        if found or start:
            # The parser makes fewer mistakes in a claim without its attribution.
            claims[position] = tree.text[start:end] + ("." if end < len(tree.text) else "")
    trees |= _parse(claims, languages)
    for position in (position for position in positions if position not in nobodys):
        sentence, language = sentences[position], languages[position]
        parsed, attribution = trees.get(position), attributions.get(position)
        story = articles[sentence.article].article.text
        for text, expected, factor in _shorten_sentence(
            texts[position], story, sentence.index, parsed, attribution, language, options, offset_unit
        ):
            is_state = parsed is not None and len(parsed) > 0 and parsed.tags[parsed.root] != "VERB"
            if is_state and position in owned and not word_classes(language).possessives.isdisjoint(text.lower().split()):
                continue  # "[When Pike unveiled his plan,] Marsh was at his side"
            stems = headline_stems(text, vocabulary(language))
            yield Candidate(
                worth(stems, probabilities) * expected**GRADE_POWER * factor * (LATER_DISCOUNT if sentence.index else 1.0),
                text,
                frozenset(stems) - {""},
                sentence.article,
                sentence.index,
                expected,
            )


def _acts(tree: Tree, word: int) -> bool:
    """Whether a word is a name that does something or owns something."""
    return tree.tags[word] == "PROPN" and tree.relations[word].startswith(("nsubj", "nmod:poss"))


def _plain_text(sentence: Sentence, language: str) -> str:
    """Returns the sentence on one line, without the parts that headlines never have."""
    return simplify(dehyphenate(sentence.text), language, word_classes(language))


def _parse(texts: dict[int, str], languages: dict[int, str]) -> dict[int, Tree]:
    """Parses the sentences whose language has a parser, all of one language in a batch."""
    trees: dict[int, Tree] = {}
    for language in sorted(set(languages.values())):
        if supported(language):
            batch = [position for position in texts if languages[position] == language]
            trees |= zip(batch, parse([texts[position] for position in batch], language), strict=True)
    return trees


def _shorten_sentence(
    text: str,
    story: str,
    index: int,
    tree: Tree | None,
    attribution: Attribution | None,
    language: str,
    options: HeadlineOptions,
    offset_unit: OffsetUnit,
) -> Iterator[tuple[str, float, float]]:
    """Yields headlines of a sentence with their grades and factors of their worth.

    Without a parser, only a short whole sentence.
    """
    if tree is None:
        whole = text.rstrip(".。।").rstrip()
        if _fits(whole, language, options, offset_unit, title=False):
            yield whole, 1.0, 1.0
        return
    classes = word_classes(language)
    longest = options.max_characters

    def fits(line: str) -> bool:
        return size(line, offset_unit) <= longest

    made = (
        shorten_attributed(tree, attribution, classes, fits, longest, story)
        if attribution
        else shorten(tree, classes, fits, longest, story)
    )
    for headline in interruptible(made):
        least = min(MIN_CHARACTERS, MIN_SHARE * longest)
        complete = headline.features["subject named"] and not headline.features["torn"]  # "Ada Marsh has died"
        if size(headline.text, offset_unit) < least and headline.text not in text and not complete:
            continue
        if index and headline.features["points back"]:
            continue  # "The move …": the sentences before it say which
        torn = min(2.0, headline.features["torn"] + headline.features["lost complement"])
        expected = round(TORN**torn * grade({**headline.features, "first": float(index == 0)}), DECIMALS)
        if expected < LEAST_GRADES[min(2, (index + 2) // OPENING_SENTENCES)]:
            continue
        if well_formed(headline.text, language, title=False):
            yield headline.text, expected, SURNAME_ALONE ** headline.features["surname alone"]


def _best_first(candidate: Candidate) -> tuple[float, int, int, str]:
    return (-round(candidate.worth, DECIMALS), candidate.article, candidate.index or 0, candidate.text)


def _fits(text: str, language: str, options: HeadlineOptions, offset_unit: OffsetUnit, *, title: bool) -> bool:
    return size(text, offset_unit) <= options.max_characters and well_formed(text, language, title=title)


def _drop_similar(candidates: Sequence[Candidate], count: int) -> list[Candidate]:
    """Returns the first candidates that differ in content, without those that are worth much less than the best."""
    chosen: list[Candidate] = []
    best_made = next((candidate.worth for candidate in candidates if candidate.index is not None), 0.0)
    for candidate in candidates:
        if len(chosen) == count:
            break
        if candidate.index is not None and candidate.worth < MIN_WORTH_SHARE * best_made:
            break
        if all(_differ(candidate.stems, other.stems) for other in chosen):
            chosen.append(candidate)
    return chosen


def _differ(stems: frozenset[str], others: frozenset[str]) -> bool:
    return bool(stems) and len(stems & others) < MAX_SHARED_STEMS * min(len(stems), len(others))

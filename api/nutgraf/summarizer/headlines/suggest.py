"""Titles and opening sentences -> headlines that fit the slot and differ in content."""

import re
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from nutgraf.summarizer.grammar import SentenceTrees, Tree, parse, supported
from nutgraf.summarizer.headlines.attribution import Attribution, closing_attribution, opening_attribution
from nutgraf.summarizer.headlines.grades import grade
from nutgraf.summarizer.headlines.shorten import shorten, shorten_attributed
from nutgraf.summarizer.headlines.simplify import opener_end, simplify
from nutgraf.summarizer.headlines.spans import Spans
from nutgraf.summarizer.headlines.titles import clean_title, shorter_titles
from nutgraf.summarizer.headlines.wellformed import cased, well_formed
from nutgraf.summarizer.headlines.word_classes import word_classes
from nutgraf.summarizer.headlines.worth import Chances, headline_stems, worth
from nutgraf.summarizer.models import CleanArticle, Headline, HeadlineOptions, OffsetUnit, Sentence
from nutgraf.summarizer.offsets import size
from nutgraf.summarizer.reading.terms import Terms
from nutgraf.summarizer.reading.words import SentenceWords, dehyphenate, vocabulary

DECIMALS = 6
# "Austin, Texas The mayor resigned": a dateline that has lost its dash.
_PLACE = re.compile(
    r"^[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{1,20})?, [A-Z][\w.]{1,20}(?: [A-Z]\w{1,20})? "
    r"(?=(?:The|An?|In|On|At|It|He|She|They|We|As|After|When|While|For|From|With|This|There|Some|Many|Former|One|Two|Three|"
    r"Police|Maybe|More|Hundreds|Thousands|If|Just|Even|Not|By|Until|Most) )"
)
# Titles rank above headlines made from sentences, because an editor wrote them.
TITLE_BONUS = 1.0
# The news stands in the first sentences of a story. Later ones are asked only where these yield nothing.
OPENING_SENTENCES = 3
MAX_SENTENCES_PER_ARTICLE = 8
# Parsed for one request: the opening of so many stories shows what a cluster is about.
MAX_PARSED = 30
# How much the grade of a headline counts beside what it is about.
GRADE_POWER = 0.7
# Headlines with a lower grade are used only where there is none above it.
GOOD_GRADE = 0.25
# A later sentence whose subject points back is a last resort.
DANGLING_GRADE = 0.4
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
    trees: SentenceTrees,
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
    if len(_different(candidates, options.count)) < options.count:
        chances = Chances(sentences, terms)
        for positions in _opening_first(sentences, scores, barred):
            made = list(_from_sentences(positions, articles, sentences, trees, chances, options, offset_unit))
            candidates += made
            if made:
                break
    # A poor headline is a last resort.
    if any(candidate.grade >= GOOD_GRADE for candidate in candidates):
        candidates = [candidate for candidate in candidates if candidate.grade >= GOOD_GRADE]
    chosen = _different(sorted(candidates, key=_best_first), options.count)
    best = chosen[0].worth if chosen else 0.0  # 0 where the words of no suggestion are terms of the cluster
    return [
        Headline(
            cased(candidate.text, options.style),
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
    """Titles, each worth as much as it is like what the articles open with; a long one is shortened at a clause."""
    openings = [
        set(sentence_words.content) for sentence, sentence_words in zip(sentences, words, strict=True) if sentence.index < 3
    ]
    for position, article in enumerate(articles):
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
    """Positions of the sentences that headlines are made of: those that open the articles; then the next best."""
    usable = [
        position for position, sentence in enumerate(sentences) if position not in barred and not sentence.unattributed
    ]
    opening = [position for position in usable if sentences[position].index < OPENING_SENTENCES]
    opening.sort(key=lambda position: (sentences[position].index, -scores[position], position))
    yield opening[:MAX_PARSED]
    later = [position for position in usable if OPENING_SENTENCES <= sentences[position].index < MAX_SENTENCES_PER_ARTICLE]
    later.sort(key=lambda position: (-scores[position], position))
    yield later[:MAX_PARSED]


def _from_sentences(
    positions: Sequence[int],
    articles: Sequence[CleanArticle],
    sentences: Sequence[Sentence],
    sentence_trees: SentenceTrees,
    chances: Chances,
    options: HeadlineOptions,
    offset_unit: OffsetUnit,
) -> Iterator[Candidate]:
    languages = {position: articles[sentences[position].article].language for position in positions}
    texts = {position: _text(sentences[position], languages[position]) for position in positions}
    # A sentence of which nothing was taken out is parsed for the other steps, too.
    trees = sentence_trees.of(position for position, text in texts.items() if text == sentences[position].text)
    trees |= _parsed({position: text for position, text in texts.items() if position not in trees}, languages)
    attributions: dict[int, Attribution | None] = {}
    claims: dict[int, str] = {}
    for position, tree in trees.items():
        spans, classes = Spans(tree), word_classes(languages[position])
        found = closing_attribution(tree, spans, classes)
        start, end = opener_end(tree, spans, classes), found.end if found else len(tree.text)
        opening = None if found else opening_attribution(tree, spans, classes)
        if opening:
            start, found = opening
        attributions[position] = found
        if start >= end:
            start = 0
        if found or start:
            # A claim parses better without what stands around it.
            claims[position] = tree.text[start:end] + ("." if end < len(tree.text) else "")
    trees |= _parsed(claims, languages)
    for position in positions:
        sentence, language = sentences[position], languages[position]
        parsed, attribution = trees.get(position), attributions.get(position)
        for text, expected in _shortened(
            texts[position], sentence.index, parsed, attribution, language, options, offset_unit
        ):
            stems = headline_stems(text, vocabulary(language))
            yield Candidate(
                worth(stems, chances) * expected**GRADE_POWER * (LATER_DISCOUNT if sentence.index else 1.0),
                text,
                frozenset(stems) - {""},
                sentence.article,
                sentence.index,
                expected,
            )


def _text(sentence: Sentence, language: str) -> str:
    """The sentence on one line; an opening one without a dateline that has lost its dash: "London The mayor resigned"."""
    classes = word_classes(language)
    text = simplify(dehyphenate(sentence.text), language, classes)
    if sentence.index or not classes.datelines:
        return text
    text = _PLACE.sub("", text, count=1)
    for length in (2, 1):
        place, after = text.split(" ")[:length], text.split(" ")[length : length + 1]
        capital = (
            bool(after)
            and after[0][:1].isupper()
            and re.split("['’]", after[0].lower())[0] not in classes.not_after_dateline
        )
        if capital and "_".join(place).lower() in classes.datelines:
            return text.split(" ", length)[length]
    return text


def _parsed(texts: dict[int, str], languages: dict[int, str]) -> dict[int, Tree]:
    """The trees of the sentences whose language has a parser, all of one language in a batch."""
    trees: dict[int, Tree] = {}
    for language in sorted(set(languages.values())):
        if supported(language):
            batch = [position for position in texts if languages[position] == language]
            trees |= zip(batch, parse([texts[position] for position in batch], language), strict=True)
    return trees


def _shortened(
    text: str,
    index: int,
    tree: Tree | None,
    attribution: Attribution | None,
    language: str,
    options: HeadlineOptions,
    offset_unit: OffsetUnit,
) -> Iterator[tuple[str, float]]:
    """Headlines of a sentence with their grades; without a parser a short sentence, whole."""
    if tree is None:
        whole = text.rstrip(".。।").rstrip()
        if _fits(whole, language, options, offset_unit, title=False):
            yield whole, 1.0
        return
    classes = word_classes(language)
    longest = options.max_characters

    def fits(line: str) -> bool:
        return size(line, offset_unit) <= longest

    made = (
        shorten_attributed(tree, attribution, classes, fits, longest)
        if attribution
        else shorten(tree, classes, fits, longest)
    )
    for headline in made:
        least = min(MIN_CHARACTERS, MIN_SHARE * longest)
        if size(headline.text, offset_unit) < least and headline.text not in text:
            continue
        # "The move …": the sentences before it say which.
        dangling = DANGLING_GRADE if index and headline.traits["subject bare definite"] else 1.0
        expected = round(dangling * grade({**headline.traits, "first": float(index == 0)}), DECIMALS)
        if well_formed(headline.text, language, title=False):
            yield headline.text, expected


def _best_first(candidate: Candidate) -> tuple[float, int, int, str]:
    return (-round(candidate.worth, DECIMALS), candidate.article, candidate.index or 0, candidate.text)


def _fits(text: str, language: str, options: HeadlineOptions, offset_unit: OffsetUnit, *, title: bool) -> bool:
    return size(text, offset_unit) <= options.max_characters and well_formed(text, language, title=title)


def _different(candidates: Sequence[Candidate], count: int) -> list[Candidate]:
    """The first candidates that differ in content, without those that are worth much less than the best."""
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

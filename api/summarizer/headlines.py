"""Ranked sentences and titles -> headlines that fit the slot."""

import re
from collections.abc import Iterator, Sequence

from api.summarizer.models import CleanArticle, Headline, HeadlineOptions, Sentence
from api.summarizer.words import vocabulary

_TITLE_BONUS = 1.2
_CUT_BEFORE = re.compile(r",\s+(?:which|who|whose|where|when|after|as|while|although|though|according to)\b")
_SMALL_WORDS = frozenset("a an and as at but by for from in nor of off on or out over per the to up via vs with".split())


def suggest(
    articles: Sequence[CleanArticle],
    stands: Sequence[int | None],
    sentences: Sequence[Sentence],
    scores: Sequence[float],
    options: HeadlineOptions,
) -> list[Headline]:
    """Up to `options.count` headlines, best first, of different content."""
    candidates = [*_from_titles(articles, stands, sentences, scores), *_from_sentences(sentences, scores)]
    fitting = [c for c in candidates if len(c.text) <= options.max_characters]
    fitting.sort(key=lambda c: (-c.score, c.article, c.index or 0))
    chosen: list[Headline] = []
    kept: list[set[str]] = []
    for candidate in fitting:
        if len(chosen) == options.count:
            break
        words = set(re.findall(r"\w+", candidate.text.lower()))
        if all(len(words & others) < 0.6 * min(len(words), len(others)) for others in kept):
            chosen.append(candidate)
            kept.append(words)
    highest = max((c.score for c in chosen), default=1.0) or 1.0
    return [
        Headline(_cased(c.text, options.style), round(c.score / highest, 6), c.origin, c.article, c.index) for c in chosen
    ]


def _from_titles(
    articles: Sequence[CleanArticle], stands: Sequence[int | None], sentences: Sequence[Sentence], scores: Sequence[float]
) -> Iterator[Headline]:
    for position, article in enumerate(articles):
        title = " ".join((article.headline or "").split())
        if title and stands[position] is None:
            stem = vocabulary(article.language).stem
            stems = {stem(w.lower()) for w in re.findall(r"\w+", title)}
            overlap = max(
                (
                    score * len(stems & {stem(w.lower()) for w in re.findall(r"\w+", s.text)}) / max(1, len(stems))
                    for s, score in zip(sentences, scores, strict=True)
                    if s.index < 3
                ),
                default=0.0,
            )
            yield Headline(title, _TITLE_BONUS + overlap, "title", position)


def _from_sentences(sentences: Sequence[Sentence], scores: Sequence[float]) -> Iterator[Headline]:
    best = sorted(range(len(sentences)), key=lambda at: (-scores[at], at))[:20]
    for at in best:
        sentence = sentences[at]
        text = " ".join(sentence.text.split())
        cut = _CUT_BEFORE.search(text)
        for form in (text, text[: cut.start()] if cut else ""):
            form = form.rstrip(".")
            if len(form.split()) > 3:
                yield Headline(form, scores[at], "sentence", sentence.article, sentence.index)


def _cased(text: str, style: str) -> str:
    if style == "sentence":
        return text
    words = text.split(" ")
    return " ".join(
        w if 0 < i < len(words) - 1 and w.lower() in _SMALL_WORDS else w[:1].upper() + w[1:] for i, w in enumerate(words)
    )

"""The values that the steps pass to each other: frozen, without behaviour except for properties of their fields.

Offsets are code points in the `text` of the article as it was sent. `article` is the position of an article in the
request and `index` the position of a sentence in its article, both from 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

LengthUnit = Literal["sentences", "words", "characters", "ratio"]
Order = Literal["auto", "score", "as_given", "published"]
OffsetUnit = Literal["codepoint", "utf16"]
HeadlineStyle = Literal["sentence", "title"]
HeadlineOrigin = Literal["title", "sentence"]
Status = Literal["usable", "withheld", "canceled"]
Kind = Literal["quotes", "questions"]
KeywordKind = Literal["name", "term"]


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. `id` defaults to its position in the request, as a string.

    `rewrite_of` is the id of the article that this one supersedes. An article is quoted only if its status is "usable".
    """

    text: str
    id: str | None = None
    title: str | None = None
    source: str | None = None
    byline: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    language: str | None = None
    rewrite_of: str | None = None
    status: Status = "usable"
    embargoed_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Length:
    """The greatest length of a summary, in sentences, words or characters, or as a share (0..1) of the words."""

    unit: LengthUnit = "sentences"
    value: float = 5


@dataclass(frozen=True, slots=True)
class HeadlineOptions:
    """The number of headlines, their greatest length in characters, and their capitalization."""

    count: int = 3
    max_characters: int = 70
    style: HeadlineStyle = "sentence"


class SentenceRef(NamedTuple):
    """A sentence that an editor selects, by the positions of the article and of the sentence in it."""

    article: int
    index: int  # type: ignore[assignment]  # overrides tuple.index, which is not used


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a request; the defaults are those of the service. `quotes` is the number of quotations.

    `query` is the topic to prefer, `background` what readers already know. `exclude` leaves out kinds of sentences; `pin`
    and `ban` select or exclude single ones. `max_per_source` limits the sentences of one source. `per_article` is the
    length of a summary of each article; `variants` maps names to the lengths of more summaries. With `all_sentences`, the
    answer has the position and score of every sentence.
    """

    length: Length = Length()
    headlines: HeadlineOptions = HeadlineOptions()
    order: Order = "auto"
    keywords: int = 10
    quotes: int = 0
    offset_unit: OffsetUnit = "codepoint"
    query: str | None = None
    exclude: frozenset[Kind] = frozenset()
    max_per_source: int | None = None
    background: Sequence[Article] = ()
    per_article: Length | None = None
    all_sentences: bool = False
    variants: Mapping[str, Length] = field(default_factory=dict)
    pin: Sequence[SentenceRef] = ()
    ban: Sequence[SentenceRef] = ()


class Span(NamedTuple):
    """A half-open range of code points, `text[start:end]`."""

    start: int
    end: int

    def strip(self, text: str) -> "Span":
        """Returns the span without white space and control characters at its ends."""
        start, end = self
        while start < end and (text[start].isspace() or text[start] < " "):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] < " "):
            end -= 1
        return Span(start, end)


REMOVED_KINDS = (
    "dateline", "byline", "credit", "caption", "link", "heading", "headline", "slug", "embargo", "contact", "about",
    "correction", "notice", "table",
)  # fmt: skip


class Removed(NamedTuple):
    """A span of boilerplate with its kind, one of REMOVED_KINDS.

    A notice addresses editors. Links include advertisements and everything else that leads readers to other pages. Slugs
    include alerts and reading times.
    """

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article whose body blocks (spans of paragraphs) are separated from boilerplate.

    `headline` is the title, or the line above the text that serves as one. `quoted_blocks` has the positions of blocks
    that are quotations as a whole: block quotations and turns of a transcript. `killed` is set if a notice to editors
    withholds the article, `only_links` if the text is nothing but links and messages of a web page, and kept as it is.
    """

    article: Article
    language: str
    blocks: Sequence[Span]
    removed: Sequence[Removed]
    headline: str | None
    quoted_blocks: frozenset[int] = frozenset()
    killed: bool = False
    only_links: bool = False

    @property
    def corrected(self) -> bool:
        """Whether a notice corrects the article."""
        return any(removed.kind == "correction" for removed in self.removed)


class Sentence(NamedTuple):
    """A sentence, verbatim: `articles[article].text[start:end] == text`. `block` is the position of its paragraph, from
    0.

    `quoted` is set if it contains a quotation or is inside one, `unattributed` if it is nothing but a quotation, so that
    it does not name the speaker.
    """

    text: str
    article: int
    index: int  # type: ignore[assignment]  # overrides tuple.index, which is not used
    start: int
    end: int
    block: int
    quoted: bool = False
    unattributed: bool = False


class CorroboratingSentence(NamedTuple):
    """A sentence of another article that states the same fact or has the same quotation.

    `similarity`, 0..1, is the cosine similarity of the words of both sentences. For quotations, it is the Dice coefficient
    of their word bigrams. `differs` is set if it gives another figure, day, name or outcome for the same thing.
    """

    article: int
    index: int  # type: ignore[assignment]
    similarity: float
    differs: bool = False


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of the summary with its score, 0..1; the best sentence of the cluster has 1.

    `also_in` has the sentences of other articles that state the same fact, the most similar first. `single_source` is set
    if it is certain that no other source of the cluster states it.
    """

    sentence: Sentence
    score: float
    also_in: Sequence[CorroboratingSentence] = ()
    single_source: bool = False


@dataclass(frozen=True, slots=True)
class Extract:
    """The selected sentences in reading order; `text` has each on one line, joined by one space.

    `words` are separated by white space, or come from the word tokenizer in languages without spaces.
    """

    text: str
    words: int
    sentences: Sequence[ScoredSentence]

    @property
    def characters(self) -> int:
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Headline:
    """A suggested headline and its source sentence; `index` is None if `origin` is "title"."""

    text: str
    score: float
    origin: HeadlineOrigin
    article: int
    index: int | None = None

    @property
    def characters(self) -> int:
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Keyword:
    """A key term as the articles write it; `score` is its weight relative to the first term, `kind` whether it is a name."""

    term: str
    score: float
    kind: KeywordKind


@dataclass(frozen=True, slots=True)
class Quote:
    """A direct quotation without its marks: `text` is at `start`..`end` in the text of the article, from sentence `index`.

    `speaker` is None if it is not sure who says it. `also_in` has the sentences of other articles with the same quotation;
    one differs if its words do.
    """

    text: str
    speaker: str | None
    article: int
    index: int
    start: int
    end: int
    also_in: Sequence[CorroboratingSentence] = ()


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """How an article was used; `duplicate_of` is the position of the copy that is used instead.

    `all_sentences` are its sentences in order, or None if they were not requested. `status` is "withheld" if a notice to
    editors kills the article.
    """

    article: Article
    language: str
    sentences: int
    words: int
    removed: Sequence[Removed] = ()
    duplicate_of: int | None = None
    summary: Extract | None = None
    all_sentences: Sequence[ScoredSentence] | None = None
    status: Status = "usable"


class FigureValue(NamedTuple):
    """A figure in a story. `text` is the figure as written, at `start`..`end` in the text of the article."""

    value: float
    text: str
    qualifier: str | None
    unit: str | None
    article: int
    index: int  # type: ignore[assignment]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """Different figures that stories give for the same thing."""

    about: str
    values: Sequence[FigureValue]


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning for the caller; `article` is the position of the article that it is about, if any."""

    code: str
    detail: str
    article: int | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """The answer of `summarize`: the summary, headlines, key terms, quotations, figures, and reports on the articles.

    `embargoed_until` is the latest embargo of all quoted articles; None if there is none.
    """

    summary: Extract
    headlines: Sequence[Headline]
    keywords: Sequence[Keyword]
    articles: Sequence[ArticleReport]
    variants: Mapping[str, Extract] = field(default_factory=dict)
    quotes: Sequence[Quote] = ()
    figures: Sequence[Figure] = ()
    embargoed_until: datetime | None = None
    warnings: Sequence[Notice] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """The articles of a feed that are about one event, as positions in the request, the earliest first.

    `id` is that of the story in which they were grouped before, otherwise that of its earliest article. `headline` is None
    if none fits. `terms` are what the articles have in common, `languages` their primary tags.
    """

    id: str
    articles: Sequence[int]
    headline: Headline | None
    terms: Sequence[str]
    languages: Sequence[str]
    first_published_at: datetime | None
    last_published_at: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """The answer of `group`: the stories of a feed, and the warnings.

    Stories are sorted by their number of articles, the largest first, then by their latest publication time, the latest
    first.
    """

    stories: Sequence[Story]
    warnings: Sequence[Notice] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)

"""Values that the steps pass on: frozen, without behaviour beyond what their fields imply.

Offsets are code points into the article's `text` as given; `article` is an article's position in the
request, `index` a sentence's position in its article, both from 0.
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


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. `id` defaults to its position in the request, as a string.

    `rewrite_of` is the id of the article that this one supersedes; what is not `usable` is never quoted.
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
    """An upper bound: so many sentences, words or characters, or a share (0..1) of the words."""

    unit: LengthUnit = "sentences"
    value: float = 5


@dataclass(frozen=True, slots=True)
class HeadlineOptions:
    """How many headlines, of at most how many characters, cased how."""

    count: int = 3
    max_characters: int = 70
    style: HeadlineStyle = "sentence"


class SentenceRef(NamedTuple):
    """A sentence that an editor points at: positions of the article and of the sentence in it."""

    article: int
    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody asks a mark for


@dataclass(frozen=True, slots=True)
class Options:
    """What a summary shall be; the defaults are the service's.

    `query` is what it shall be about, `background` what readers know already; `exclude` kinds of sentences, `pin` and
    `ban` single ones; `max_per_source` bounds the sentences of one source; `per_article` is the length of a summary of
    each article, `variants` are lengths of more summaries, by name; `all_sentences` asks for the place and score of
    every sentence.
    """

    length: Length = Length()
    headlines: HeadlineOptions = HeadlineOptions()
    order: Order = "auto"
    keywords: int = 10
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
        """The span without white space and control characters at its ends."""
        start, end = self
        while start < end and (text[start].isspace() or text[start] < " "):
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] < " "):
            end -= 1
        return Span(start, end)


REMOVED_KINDS = (
    "dateline", "byline", "credit", "caption", "link", "heading", "headline", "slug", "embargo", "contact", "about",
    "correction", "notice",
)  # fmt: skip


class Removed(NamedTuple):
    """A span that is boilerplate, and which of REMOVED_KINDS. A notice addresses editors; links are what leads readers away,
    advertisements too; a slug is a line for the desk, an alert or a reading time."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article whose body blocks (paragraphs, as spans) are separated from boilerplate.

    `headline` is the title, or the line that stands as one above the text. `quoted_blocks` are the positions of blocks that
    somebody else says as a whole: block quotations, and turns of a transcript. `killed` where a notice withholds the story.
    """

    article: Article
    language: str
    blocks: Sequence[Span]
    removed: Sequence[Removed]
    headline: str | None
    quoted_blocks: frozenset[int] = frozenset()
    killed: bool = False

    @property
    def corrected(self) -> bool:
        """Whether a notice corrects the story."""
        return any(removed.kind == "correction" for removed in self.removed)


class Sentence(NamedTuple):
    """A sentence, verbatim: `articles[article].text[start:end] == text`. `block` counts paragraphs from 0.

    `quoted` where it has a quotation or is inside one; `unattributed` where it is all quotation, so that nothing in it says
    whose words these are.
    """

    text: str
    article: int
    index: int  # type: ignore[assignment]  # hides tuple.index, which nobody asks a sentence for
    start: int
    end: int
    block: int
    quoted: bool = False
    unattributed: bool = False


class CorroboratingSentence(NamedTuple):
    """A sentence of another story that says the same; `similarity` is the cosine of their words, 0..1."""

    article: int
    index: int  # type: ignore[assignment]
    similarity: float


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """A sentence of the summary with its score, 0..1; the best sentence of the cluster has 1.

    `also_in` are the other stories that say it, the most similar first.
    """

    sentence: Sentence
    score: float
    also_in: Sequence[CorroboratingSentence] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """Chosen sentences in reading order, each on one line, joined by one space in `text`; `words` by white space, or by the
    word tokenizer in languages without spaces."""

    text: str
    words: int
    sentences: Sequence[ScoredSentence]

    @property
    def characters(self) -> int:
        return len(self.text)


@dataclass(frozen=True, slots=True)
class Headline:
    """A suggestion, and where its words stand; `index` is None where `origin` is "title"."""

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
    """A key term as the articles write it, with its weight beside the first's."""

    term: str
    score: float


@dataclass(frozen=True, slots=True)
class ArticleReport:
    """What became of an article; `duplicate_of` is the position of the copy that is used instead.

    `all_sentences` are those that could be chosen, in their order; None where they were not asked for. A story that
    a notice to editors kills has the status "withheld".
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
    """A figure as a story gives it: `text` as written, at `start`..`end` in the article's text."""

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
    """Something that stories give different figures for."""

    about: str
    values: Sequence[FigureValue]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the caller should know and that is no error; `article` where it is about one."""

    code: str
    detail: str
    article: int | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """All that a request gets back; `embargoed_until` is the latest embargo of the articles that it quotes."""

    summary: Extract
    headlines: Sequence[Headline]
    keywords: Sequence[Keyword]
    articles: Sequence[ArticleReport]
    variants: Mapping[str, Extract] = field(default_factory=dict)
    figures: Sequence[Figure] = ()
    embargoed_until: datetime | None = None
    warnings: Sequence[Notice] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)

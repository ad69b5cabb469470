"""Schemas of answers and problems."""

from typing import Any

from marshmallow import fields, validate

from nutgraf import __version__
from nutgraf.service.schemas.fields import StrictSchema, described
from nutgraf.summarizer.models import REMOVED_KINDS
from nutgraf.summarizer.warning_messages import CODES


def _score(description: str) -> fields.Float:
    return fields.Float(required=True, metadata=described(description, 0.92, minimum=0, maximum=1))


def _count(description: str, example: int, **extra: Any) -> fields.Integer:
    return fields.Integer(required=True, metadata=described(description, example, **{"minimum": 0, **extra}))


def _string(description: str, example: str | None = None, **extra: Any) -> fields.String:
    return fields.String(required=True, metadata=described(description, example), **extra)


class EchoSchema(StrictSchema):
    """A sentence of another article that reports the same fact."""

    article_id = _string("Id of the other article. Duplicates are not listed.", "reuters-3")
    sentence_index = _count("Position of the sentence in that article, from 0.", 0)
    similarity = _score("Cosine similarity of the words of both sentences.")
    differs = fields.Boolean(
        required=True,
        metadata=described(
            "Whether the other sentence gives a different figure, day, name or outcome for the same thing.", False
        ),
    )


class SummarySentenceSchema(StrictSchema):
    """A sentence of the summary and its position in its article."""

    text = _string("The sentence, word for word.", "The ferry ran aground at 6.40 a.m.")
    article_id = _string("Id of the article that it is quoted from.", "ap-1")
    sentence_index = _count("Position among the sentences of that article, from 0.", 2)
    start = _count("Offset of its start in the text of the article.", 101)
    end = _count("Offset of its end: `text[start:end]` is the sentence.", 135)
    score = _score("Relevance, relative to the best sentence of the cluster, which has 1.")
    quoted = fields.Boolean(
        required=True,
        metadata=described("Whether the sentence contains a quotation, or is part of one.", False),
    )
    also_in = fields.List(
        fields.Nested(EchoSchema),
        required=True,
        metadata=described("Sentences of other articles that report the same fact, the most similar first."),
    )
    single_source = fields.Boolean(
        required=True,
        metadata=described(
            "True if no other source reports the fact. False if that is not certain: for a single article, and if another "
            "source has a similar sentence that is not in `also_in`.",
            False,
        ),
    )


class PlacedSentenceSchema(SummarySentenceSchema):
    """Position and score of a sentence of an article."""

    class Meta:
        exclude = ("text", "article_id", "single_source")


class ExtractSchema(StrictSchema):
    """A summary: its sentences, joined by one space, its size, and each sentence with its source."""

    text = _string("The sentences, joined by one space.")
    words = _count("Number of words of the summary.", 93)
    characters = _count("Number of characters of `text`, in `offset_unit`.", 571)
    sentences = fields.List(fields.Nested(SummarySentenceSchema), required=True)


class HeadlineSchema(StrictSchema):
    """A suggested headline."""

    text = _string("Words of a title or a sentence, in their order.", "Ferry runs aground off Port Alder")
    characters = _count("Number of characters of `text`, in `offset_unit`.", 33)
    score = _score("Score, relative to the best headline, which has 1.")
    origin = _string(
        "Whether it was made from a title or a sentence.", "title", validate=validate.OneOf(("title", "sentence"))
    )
    article_id = _string("Id of the article that it comes from.", "ap-1")
    sentence_index = fields.Integer(
        required=True,
        allow_none=True,
        metadata=described("Position of the sentence that it was shortened from; null for a title."),
    )


class FigureValueSchema(StrictSchema):
    """A figure as one article states it."""

    value = fields.Float(
        required=True,
        metadata=described(
            "The number. For the result of a match or a vote, which has two numbers: the one that differs between "
            "the articles.",
            17,
        ),
    )
    text = _string("The figure as written, with its qualifier.", "At least 17")
    qualifier = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf(("at least", "more than", "at most", "less than", "about", "nearly")),
        metadata=described("Qualifier of the number; null without one.", "at least"),
    )
    unit = fields.String(
        required=True,
        allow_none=True,
        metadata=described("Unit: what is counted, `percent`, `years` of age, a length, or a currency.", "people"),
    )
    article_id = _string("Id of the article that states it.", "afp-1")
    sentence_index = _count("Position of the sentence that contains it, from 0.", 3)
    start = _count("Offset of its start in the text of the article.", 310)
    end = _count("Offset of its end.", 321)


class FigureSchema(StrictSchema):
    """Different figures for the same thing in several articles; check them before you publish."""

    about = _string("What the figures are about.", "killed")
    values = fields.List(
        fields.Nested(FigureValueSchema),
        required=True,
        metadata=described("One value per article; equal values are adjacent."),
    )


class QuoteSchema(StrictSchema):
    """A direct quotation."""

    text = _string("The words of the quotation without its marks, as the article has them.", "We could not wait any longer.")
    speaker = fields.String(
        required=True,
        allow_none=True,
        metadata=described(
            "The speaker, with the longest form of the name in the articles; null if the speaker is not certain.",
            "Ada Marsh",
        ),
    )
    article_id = _string("Id of the article that it is quoted from.", "ap-1")
    sentence_index = _count("Position of the sentence in which it begins, from 0.", 6)
    start = _count("Offset of its start in the text of the article.", 610)
    end = _count("Offset of its end: `text[start:end]` is the quotation.", 639)
    also_in = fields.List(
        fields.Nested(EchoSchema),
        required=True,
        metadata=described("Sentences of other articles with the same quotation. `differs` is true if its words differ."),
    )


class KeywordSchema(StrictSchema):
    """A key term: a name or a noun phrase."""

    term = _string("The term as the articles write it; of a name, the longest form.", "Port Alder")
    score = _score("Weight, relative to the first term, which has 1.")
    kind = _string(
        "`name`: of a person, place, organization or thing; `term`: any other noun or noun phrase.",
        "name",
        validate=validate.OneOf(("name", "term")),
    )


class RemovedSchema(StrictSchema):
    """A span of an article that is boilerplate and not news."""

    kind = _string("Kind of boilerplate.", "dateline", validate=validate.OneOf(REMOVED_KINDS))
    start = _count("Offset of its start in the text of the article.", 0)
    end = _count("Offset of its end.", 24)


class ArticleReportSchema(StrictSchema):
    """An article of the request, and how it was used."""

    id = _string("Id as sent, or the position of the article.", "ap-1")
    title = fields.String(required=True, allow_none=True, metadata=described("Title as sent."))
    source = fields.String(required=True, allow_none=True, metadata=described("Source as sent."))
    url = fields.String(required=True, allow_none=True, metadata=described("Address as sent."))
    language = _string("Language as a BCP 47 tag, as sent or detected.", "en")
    sentences = _count("Number of its sentences, without boilerplate.", 18)
    words = _count("Number of words of these sentences.", 420)
    duplicate_of = fields.String(
        required=True,
        allow_none=True,
        metadata=described(
            "Id of the article that is used instead, because this one is its duplicate or an earlier version."
        ),
    )
    status = _string(
        "Status as sent; `withheld` too if a notice in the text kills the story. Only usable articles are quoted.",
        "usable",
        validate=validate.OneOf(("usable", "withheld", "canceled")),
    )
    removed = fields.List(
        fields.Nested(RemovedSchema), required=True, metadata=described("Spans that were recognized as boilerplate.")
    )
    summary = fields.Nested(
        ExtractSchema,
        required=True,
        allow_none=True,
        metadata=described("Summary of this article if `per_article` was sent; otherwise null."),
    )
    all_sentences = fields.List(
        fields.Nested(PlacedSentenceSchema),
        metadata=described(
            "Every sentence that can be selected, in the order of the article; only if `all_sentences` is true."
        ),
    )
    text = fields.String(metadata=described("The plain text that offsets refer to; only if HTML or a document was sent."))


class WarningSchema(StrictSchema):
    """Something that the caller should know, although it is not an error."""

    code = _string(
        "Kind of the warning. " + " ".join(f"`{code}`: {meaning}" for code, meaning in CODES.items()),
        "language-guessed",
        validate=validate.OneOf(tuple(CODES)),
    )
    detail = _string("A sentence that describes this case.")
    article_id = fields.String(
        required=True,
        allow_none=True,
        metadata=described("Id of the article that the warning is about; null if it is about the whole answer."),
    )


class EngineSchema(StrictSchema):
    """What computed the answer. The same engine and the same input give the same bytes."""

    name = _string("Name of the service.", "nutgraf")
    version = _string("Version of the service.", __version__)
    method = _string("Method that ranks the sentences.", "lexrank")
    parameters = fields.Dict(required=True, keys=fields.String(), metadata=described("Constants of the ranking."))
    input_sha256 = fields.String(
        required=True,
        metadata=described("SHA-256 of the canonical JSON of the validated request.", pattern="^[0-9a-f]{64}$"),
    )


class SummarizeResponseSchema(StrictSchema):
    """The answer of `POST /summarize`."""

    summary = fields.Nested(ExtractSchema, required=True)
    headlines = fields.List(fields.Nested(HeadlineSchema), required=True, metadata=described("Best first."))
    variants = fields.Dict(
        required=True,
        keys=fields.String(),
        values=fields.Nested(ExtractSchema),
        metadata=described("Summaries of the requested `variants`, by name."),
    )
    keywords = fields.List(fields.Nested(KeywordSchema), required=True, metadata=described("Highest score first."))
    quotes = fields.List(
        fields.Nested(QuoteSchema),
        required=True,
        metadata=described("Quotations, if `quotes` asks for them: those with a speaker first, then the most relevant."),
    )
    figures = fields.List(
        fields.Nested(FigureSchema),
        required=True,
        metadata=described(
            "Figures that differ between articles, in languages with a parser. Only figures that certainly count the same "
            "thing are compared, so the list is not complete."
        ),
    )
    embargoed_until = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata=described("The latest embargo of all quoted articles; compare it with the clock before you publish."),
    )
    articles = fields.List(
        fields.Nested(ArticleReportSchema), required=True, metadata=described("In the order of the request.")
    )
    warnings = fields.List(fields.Nested(WarningSchema), required=True)
    engine = fields.Nested(EngineSchema, required=True)


class ProfileSchema(StrictSchema):
    """A named length."""

    name = _string("Name for `variants` and `length`.", "push")
    length = fields.Dict(
        required=True,
        keys=fields.String(),
        values=fields.Float(),
        metadata=described("The length, as in the field `length` of a request.", {"characters": 120}),
    )


class ProfilesResponseSchema(StrictSchema):
    """The named lengths of this service."""

    profiles = fields.List(fields.Nested(ProfileSchema), required=True)


class FormatSchema(StrictSchema):
    """A format that documents are read from, or that answers are written in."""

    name = _string("Name for `format` and `output`.", "ninjs-3")
    title = _string("Name for people.", "ninjs 3.x")
    reads = fields.String(
        required=True, allow_none=True, metadata=described("The properties that are read; null for an output format.")
    )
    writes = fields.Boolean(required=True, metadata=described("Whether answers can be written in this format."))
    media_types = fields.List(
        fields.String(), required=True, metadata=described("Media types that select it as Content-Type or Accept.")
    )


class FormatsResponseSchema(StrictSchema):
    """The input and output formats of CMS and wire services."""

    formats = fields.List(fields.Nested(FormatSchema), required=True)


class VersionSchema(StrictSchema):
    """The running version."""

    name = _string("Name of the service.", "nutgraf")
    version = _string("Version of the service and of the contract.", __version__)


class LanguageSchema(StrictSchema):
    """A language and its tokenizer."""

    code = _string("BCP 47 primary subtag.", "en")
    name = _string("English name of the language.", "English")
    tokenizer = _string(
        "`punkt`: a trained model. `sumy`: a tokenizer for this language. `generic`: rules for punctuation and scripts.",
        "punkt",
        validate=validate.OneOf(("punkt", "sumy", "generic")),
    )


class LanguagesResponseSchema(StrictSchema):
    """The languages that can be detected. Any other BCP 47 tag is accepted and handled by the generic rules."""

    languages = fields.List(fields.Nested(LanguageSchema), required=True)


class InvalidFieldSchema(StrictSchema):
    """An invalid field of the request."""

    pointer = _string("JSON pointer (RFC 6901) of the field in the request.", "/articles/0/text")
    detail = _string("What the field needs.", "Must be text.")


class ProblemSchema(StrictSchema):
    """A problem (RFC 9457)."""

    type = _string("Path of the page that explains this type of problem.", "/problems/invalid-request")
    title = _string("The type of problem.", "The request is not valid")
    status = fields.Integer(required=True, metadata=described("The HTTP status.", 422, minimum=400, maximum=599))
    detail = _string("What happened in this case, and what to do.", "/articles/0/text: Must be text.")
    instance = _string("The request id, as in X-Request-ID.", "urn:nutgraf:request:0f8fad5bd9cb469fa16570867728950e")
    errors = fields.List(fields.Nested(InvalidFieldSchema), metadata=described("The invalid fields of the request."))

"""What an answer holds, and what a problem looks like."""

from typing import Any

from marshmallow import fields, validate

from nutgraf.service.schemas.fields import Strict, described
from nutgraf.summarizer.models import REMOVED_KINDS
from nutgraf.summarizer.notices import CODES


def _score(description: str) -> fields.Float:
    return fields.Float(required=True, metadata=described(description, 0.92, minimum=0, maximum=1))


def _count(description: str, example: int, **more: Any) -> fields.Integer:
    return fields.Integer(required=True, metadata=described(description, example, **{"minimum": 0, **more}))


def _string(description: str, example: str | None = None, **more: Any) -> fields.String:
    return fields.String(required=True, metadata=described(description, example), **more)


class EchoSchema(Strict):
    """A sentence of another story that says the same."""

    article_id = _string("The other story; copies of one story are not listed.", "reuters-3")
    sentence_index = _count("The sentence's position in it, from 0.", 0)
    similarity = _score("Cosine of the two sentences' words.")


class SummarySentenceSchema(Strict):
    """A sentence of the summary, and where it stands."""

    text = _string("The sentence, word for word.", "The ferry ran aground at 6.40 a.m.")
    article_id = _string("The article that it is quoted from.", "ap-1")
    sentence_index = _count("Its position among that article's sentences, from 0.", 2)
    start = _count("Where it starts in the article's text.", 101)
    end = _count("Where it ends: `text[start:end]` is the sentence.", 135)
    score = _score("How central it is; the best sentence of the cluster has 1.")
    quoted = fields.Boolean(
        required=True,
        metadata=described("Whether it has a quotation, or is inside one that other sentences open or close.", False),
    )
    also_in = fields.List(
        fields.Nested(EchoSchema), required=True, metadata=described("Other stories that say it, the likest first.")
    )


class PlacedSentenceSchema(SummarySentenceSchema):
    """Where a sentence of an article stands, and how central it is."""

    class Meta:
        exclude = ("text", "article_id")


class ExtractSchema(Strict):
    """The summary."""

    text = _string("The sentences, joined by one space.")
    words = _count("Words of the summary.", 93)
    characters = _count("Characters of `text`, in `offset_unit`.", 571)
    sentences = fields.List(fields.Nested(SummarySentenceSchema), required=True)


class HeadlineSchema(Strict):
    """A suggestion for a headline."""

    text = _string("Words of a title or a sentence, in their order.", "Ferry runs aground off Port Alder")
    characters = _count("Characters of `text`, in `offset_unit`.", 33)
    score = _score("Beside the best suggestion's, which is 1.")
    origin = _string("What it was made from.", "title", validate=validate.OneOf(("title", "sentence")))
    article_id = _string("The article that it comes from.", "ap-1")
    sentence_index = fields.Integer(
        required=True, allow_none=True, metadata=described("The sentence that it was shortened from; null for a title.")
    )


class FigureValueSchema(Strict):
    """A figure as a story gives it."""

    value = fields.Float(required=True, metadata=described("The number.", 17))
    text = _string("As written.", "At least 17")
    qualifier = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf(("at least", "more than", "at most", "less than", "about", "nearly")),
        metadata=described("What bounds it.", "at least"),
    )
    unit = fields.String(
        required=True, allow_none=True, metadata=described("What is counted, `percent`, or a currency.", "people")
    )
    article_id = _string("The article that gives it.", "afp-1")
    sentence_index = _count("The sentence that it stands in.", 3)
    start = _count("Where it starts in the article's text.", 310)
    end = _count("Where it ends.", 321)


class FigureSchema(Strict):
    """Something that stories give different figures for: check before you print."""

    about = _string("What the figures are about.", "killed")
    values = fields.List(fields.Nested(FigureValueSchema), required=True, metadata=described("One of each story."))


class KeywordSchema(Strict):
    """A key term."""

    term = _string("As the articles write it.", "Port Alder")
    score = _score("Beside the first term's, which is 1.")


class RemovedSchema(Strict):
    """A span of an article that is no news."""

    kind = _string("What it is instead.", "dateline", validate=validate.OneOf(REMOVED_KINDS))
    start = _count("Where it starts in the article's text.", 0)
    end = _count("Where it ends.", 24)


class ArticleReportSchema(Strict):
    """What became of an article."""

    id = _string("As sent, or its position.", "ap-1")
    title = fields.String(required=True, allow_none=True, metadata=described("As sent."))
    source = fields.String(required=True, allow_none=True, metadata=described("As sent."))
    url = fields.String(required=True, allow_none=True, metadata=described("As sent."))
    language = _string("BCP 47 tag, as sent or detected.", "en")
    sentences = _count("Its sentences, boilerplate left out.", 18)
    words = _count("Their words.", 420)
    duplicate_of = fields.String(
        required=True, allow_none=True, metadata=described("The copy of the same story that stands for this article.")
    )
    removed = fields.List(
        fields.Nested(RemovedSchema), required=True, metadata=described("Spans that were taken for boilerplate, in order.")
    )
    summary = fields.Nested(
        ExtractSchema, required=True, allow_none=True, metadata=described("Where `per_article` asks for it; else null.")
    )
    all_sentences = fields.List(
        fields.Nested(PlacedSentenceSchema),
        metadata=described("Every sentence that can be chosen, in the article's order; only where `all_sentences` asks."),
    )
    text = fields.String(metadata=described("The plain text that offsets count into; only where HTML was sent."))


class WarningSchema(Strict):
    """Something to know that is no error."""

    code = _string(
        "What kind: " + " ".join(f"`{code}`: {meaning}" for code, meaning in CODES.items()),
        "language-guessed",
        validate=validate.OneOf(tuple(CODES)),
    )
    detail = _string("A sentence about this case.")
    article_id = fields.String(required=True, allow_none=True, metadata=described("The article that it is about, if one."))


class EngineSchema(Strict):
    """What made the answer: the same engine and input give the same bytes."""

    name = _string("The service.", "nutgraf")
    version = _string("Its version.", "0.1.0")
    method = _string("How sentences are ranked.", "lexrank")
    parameters = fields.Dict(required=True, keys=fields.String(), metadata=described("The ranking's constants."))
    input_sha256 = fields.String(
        required=True,
        metadata=described("Of the canonical JSON of the validated request.", pattern="^[0-9a-f]{64}$"),
    )


class SummarizeResponseSchema(Strict):
    """The answer of `POST /summarize`."""

    summary = fields.Nested(ExtractSchema, required=True)
    headlines = fields.List(fields.Nested(HeadlineSchema), required=True, metadata=described("Best first."))
    variants = fields.Dict(
        required=True,
        keys=fields.String(),
        values=fields.Nested(ExtractSchema),
        metadata=described("Summaries of the other lengths asked for, by name."),
    )
    keywords = fields.List(fields.Nested(KeywordSchema), required=True, metadata=described("Heaviest first."))
    figures = fields.List(
        fields.Nested(FigureSchema), required=True, metadata=described("Where stories differ in a number.")
    )
    embargoed_until = fields.AwareDateTime(
        required=True,
        allow_none=True,
        metadata=described("The latest embargo of the articles quoted; compare it with the clock before you publish."),
    )
    articles = fields.List(fields.Nested(ArticleReportSchema), required=True, metadata=described("In the request's order."))
    warnings = fields.List(fields.Nested(WarningSchema), required=True)
    engine = fields.Nested(EngineSchema, required=True)


class ProfileSchema(Strict):
    """A named length."""

    name = _string("What `variants` and `length` may call it.", "push")
    length = fields.Dict(
        required=True,
        keys=fields.String(),
        values=fields.Float(),
        metadata=described("As `length` of a request.", {"characters": 120}),
    )


class ProfilesSchema(Strict):
    """The named lengths of this service."""

    profiles = fields.List(fields.Nested(ProfileSchema), required=True)


class FormatSchema(Strict):
    """A format that documents are read from, or that answers are written in."""

    name = _string("What `format` or `output` calls it.", "ninjs-3")
    title = _string("What people call it.", "ninjs 3.x")
    reads = fields.String(required=True, allow_none=True, metadata=described("What is read; null where it is only written."))
    writes = fields.Boolean(required=True, metadata=described("Whether an answer can be written in it."))
    media_types = fields.List(fields.String(), required=True, metadata=described("That name it, as Content-Type or Accept."))


class FormatsSchema(Strict):
    """The formats of CMS and wires, in and out."""

    formats = fields.List(fields.Nested(FormatSchema), required=True)


class HealthSchema(Strict):
    """That the process answers."""

    status = _string("Always ok.", "ok", validate=validate.OneOf(("ok",)))


class ReadinessSchema(Strict):
    """That the service can summarize."""

    status = _string("Always ready; otherwise the answer is a problem.", "ready", validate=validate.OneOf(("ready",)))


class VersionSchema(Strict):
    """What is running."""

    name = _string("The service.", "nutgraf")
    version = _string("Its version, which is also the contract's.", "0.1.0")


class LanguageSchema(Strict):
    """A language, and how well it is served."""

    code = _string("BCP 47 primary subtag.", "en")
    name = _string("In English.", "English")
    tokenizer = _string(
        "`punkt`: a trained model. `sumy`: a tokenizer of its own. `generic`: the marks and letters of its script.",
        "punkt",
        validate=validate.OneOf(("punkt", "sumy", "generic")),
    )


class LanguagesSchema(Strict):
    """The languages that detection can name; any other BCP 47 tag is served by the generic path."""

    languages = fields.List(fields.Nested(LanguageSchema), required=True)


class InvalidFieldSchema(Strict):
    """A field that can't be used."""

    pointer = _string("JSON pointer (RFC 6901) into the request.", "/articles/0/text")
    detail = _string("What is wrong with it.", "Must be text.")


class ProblemSchema(Strict):
    """What went wrong (RFC 9457)."""

    type = _string("A page of the service that explains the problem.", "/problems/invalid-request")
    title = _string("The kind of problem.", "The request is not valid")
    status = fields.Integer(required=True, metadata=described("The HTTP status.", 422, minimum=400, maximum=599))
    detail = _string("What happened this time, and what to do.", "2 fields can't be used; `errors` names them.")
    instance = _string("The request's id, as in X-Request-ID.", "urn:nutgraf:request:0f8fad5bd9cb469fa16570867728950e")
    errors = fields.List(fields.Nested(InvalidFieldSchema), metadata=described("Each field that can't be used."))

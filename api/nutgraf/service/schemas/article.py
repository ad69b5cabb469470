"""Schema of an article, and its conversion to the summarizer's Article."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, validate, validates_schema

from nutgraf import formats
from nutgraf.formats import web_page
from nutgraf.formats.html_text import HTMLTooDeepError, plain_text
from nutgraf.service import document_reading
from nutgraf.service.schemas.fields import Document, Pattern, StrictSchema, Text, Timestamp, described
from nutgraf.summarizer import Article

STATUSES = ("usable", "withheld", "canceled")

# A simplified grammar of RFC 5646: a language, then script, region, variants and extensions.
_LANGUAGE_TAG = r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$"
_URL = r"^[Hh][Tt][Tt][Pp][Ss]?://\S+$"


def _optional(description: str, example: str, max_characters: int) -> Text:
    return Text(
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=max_characters, error=f"Must have at most {max_characters} characters."),
        metadata=described(description, example),
    )


class ArticleSchema(StrictSchema):
    """One article of the request."""

    json_schema = {  # noqa: RUF012
        "description": "One article: exactly one of `text`, `html` and `document`, the last one with its `format`; and its "
        "metadata."
    }

    text = Text(metadata=described("Plain text; line ends separate paragraphs. Offsets refer to this text as sent."))
    html = Text(
        metadata=described(
            "HTML instead of text. The answer contains its plain text as `articles[].text`: headings begin with `#`, block "
            "quotations with `>`. Of a whole web page, only the story is read; what the page says about it fills the fields "
            "that you do not send."
        )
    )
    format = Text(
        validate=validate.OneOf((formats.AUTO, *formats.FORMATS), error="Must be one of {choices}."),
        metadata=described("Format of `document`, one of `GET /formats`; `auto` detects it.", "auto"),
    )
    document = Document(
        metadata=described(
            "Document of a CMS or wire service instead of text: JSON, XML or other text as a string, or a binary file as "
            "base64. Each entry of a feed becomes an article, with ids such as `0.0`. Fields that you send next to it "
            "replace those of the document."
        )
    )
    id = Text(
        validate=validate.Length(1, 200, error="Must have 1 to 200 characters."),
        metadata=described("Id of the article, unique in the request; its position by default.", "ap-1"),
    )
    title = _optional("Headline of the article.", "Ferry runs aground off Port Alder", 1_000)
    source = _optional("Publisher or agency.", "AP", 200)
    byline = _optional("Author line.", "By Our Correspondent", 500)
    url = Text(
        allow_none=True,
        load_default=None,
        validate=[
            validate.Length(max=2_000, error="Must have at most 2000 characters."),
            Pattern(_URL, error="Must be an http or https address."),
        ],
        metadata=described("Address of the published article.", "https://news.example/ferry"),
    )
    published_at = Timestamp(
        allow_none=True,
        load_default=None,
        metadata=described("Time of first publication, with UTC offset.", "2026-01-11T14:05:00Z"),
    )
    updated_at = Timestamp(
        allow_none=True,
        load_default=None,
        metadata=described("Time of the last change, with UTC offset.", "2026-01-11T15:30:00+01:00"),
    )
    rewrite_of = _optional("Id of the article in this request that this article replaces.", "ap-0", 200)
    status = Text(
        load_default="usable",
        validate=validate.OneOf(STATUSES, error="Must be one of {choices}."),
        metadata=described("`withheld` and `canceled` articles are never quoted, not even in headlines.", "usable"),
    )
    embargoed_until = Timestamp(
        allow_none=True,
        load_default=None,
        metadata=described(
            "End of the embargo. The answer contains the latest embargo of the articles that it quotes; the service does "
            "not compare it with the clock.",
            "2026-01-11T18:00:00Z",
        ),
    )
    language = Text(
        allow_none=True,
        load_default=None,
        validate=[
            validate.Length(max=35, error="Must have at most 35 characters."),
            Pattern(_LANGUAGE_TAG, error="Must be a BCP 47 language tag, such as en or pt-BR."),
        ],
        metadata=described("Language as a BCP 47 tag; detected by default.", "en"),
    )

    @validates_schema(pass_original=True, skip_on_field_errors=False)
    def _one_body(self, loaded: Any, sent: Any, **kwargs: Any) -> None:
        if not isinstance(sent, Mapping):
            return
        bodies = [name for name in ("text", "html", "document") if name in sent]
        if len(bodies) != 1:
            raise ValidationError(
                "Must have only one of text, html and document." if bodies else "Must have text, html or document."
            )
        if ("format" in sent) != ("document" in sent):
            raise ValidationError("Must have both format and document, or neither.")


_ARTICLE_SCHEMA = ArticleSchema()


class TooManyElementsError(ValidationError):
    """The HTML and documents of a request have too many elements: parsing them would take too much time and memory."""


class ElementBudget:
    """How many elements the HTML and documents of a request may have, by their start tags; None: any number."""

    def __init__(self, most: int | None = None) -> None:
        self._most = self._left = most

    def spend(self, count: int) -> None:
        """Subtracts `count` elements that are about to be parsed. Raises TooManyElementsError if fewer are left."""
        if self._left is not None:
            self._left -= count
            if self._left < 0:
                raise TooManyElementsError(f"Must have at most {self._most} elements in all HTML and documents.")


def count_elements(article: Mapping[str, Any]) -> int:
    """Returns how many elements the HTML or document of an article has."""
    markup = (article.get("html"), article.get("document"))
    return sum(text.count("<") - text.count("</") for text in markup if isinstance(text, str))


def expand_document(
    position: int, received: Mapping[str, Any], seconds: float | None = None, budget: ElementBudget | None = None
) -> list[dict[str, Any]]:
    """Returns the articles of a document, or the article itself if it has none, as dicts of validated fields with ids.

    `received` is an article as ArticleSchema loads it, and `position` its position in the request. Fields that were sent
    next to the document replace those of the document. HTML becomes plain text; if it is a whole web page, it is read as a
    document. Raises ValidationError, for the field `document` or `html`, if it can't be read, or not within `seconds`, and
    TooManyElementsError if markup that was escaped in the document has more elements than are left of `budget`, from which
    the elements that were not escaped have been subtracted before.
    """
    field = "document" if "document" in received else "html"
    html = received.get("html", "")
    if field == "html" and not (web_page.is_page(html) or web_page.states_access(html)):
        return [{"id": str(position), **_with_plain_text(received, "html")}]
    sent_fields = {
        name: value for name, value in received.items() if name not in ("format", "document", "html") and value is not None
    }
    if sent_fields.get("status") == "usable":  # the default, which must not replace the status of the document
        del sent_fields["status"]
    try:
        entries = document_reading.read(received.get("format", web_page.NAME), received[field], seconds)
    except formats.UnreadableDocumentError as error:
        raise ValidationError(str(error), field) from error
    if budget:  # what was escaped in the document is markup now
        budget.spend(max(0, sum(map(count_elements, entries)) - count_elements(received)))
    loaded = []
    for entry in entries:
        missing = [part for part in entry.pop(formats.MISSING) if part != "a title" or "title" not in sent_fields]
        article = {**_ARTICLE_SCHEMA.load(entry), **sent_fields}
        loaded.append({**_with_plain_text(article, field), **({formats.MISSING: missing} if field == "document" else {})})
    if len(loaded) == 1:
        return [{"id": str(position), **loaded[0]}]
    return [{**article, "id": f"{sent_fields.get('id', position)}.{number}"} for number, article in enumerate(loaded)]


def to_article(received: Mapping[str, Any]) -> Article:
    """Returns the summarizer's Article for the validated fields of an article with plain text."""
    return Article(**{name: value for name, value in received.items() if name != formats.MISSING})


def _with_plain_text(article: Mapping[str, Any], field: str) -> dict[str, Any]:
    """The fields of an article, with `text` in place of `html`. Raises ValidationError for `field`."""
    fields_without_html = {name: value for name, value in article.items() if name != "html"}
    if "html" not in article:
        return fields_without_html
    try:
        return {**fields_without_html, "text": plain_text(article["html"])}
    except HTMLTooDeepError as error:
        raise ValidationError(str(error), field) from error

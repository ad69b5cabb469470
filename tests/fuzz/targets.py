"""What is fuzzed: bytes in, and an exception for whatever must not be. Nothing here needs atheris.

The first bytes choose (a format, a language, how often the rest is repeated), the rest is the document or the text: so
a long input, which shows what costs more than linear time, needs few bytes.
"""

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from marshmallow import ValidationError

from nutgraf import formats
from nutgraf.formats.html_text import plain_text
from nutgraf.service import cms_documents as documents
from nutgraf.service.schemas.article import expand_document, to_article
from nutgraf.service.strict_json import MalformedJSONError, parse
from nutgraf.summarizer import Article, NoUsableTextError, Options, Summary, summarize
from nutgraf.summarizer.models import HeadlineOptions
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.sentences import split
from tests.sample_documents import BROKEN, HTML, TEXT, TITLE, WHOLE

NAMES = (formats.AUTO, *formats.FORMATS)
LANGUAGES = ("en", "de", "fr", "pt", "el", "ja", "th", "ar", "hi", "sw")
TITLES = (None, "", TITLE, TITLE.upper())
MOST_CHARACTERS = 10_000
MAX_DEPTH = 64


def cleaning(content: bytes) -> None:
    """Body and furniture are spans of the text, in order, and no two of them share a character."""
    article = _article(content)
    cleaned = clean(article, article.language or "en")
    assert all(0 <= start <= end <= len(article.text) for start, end in cleaned.blocks)
    spans = sorted([*cleaned.blocks, *((start, end) for _, start, end in cleaned.removed)])
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def splitting(content: bytes) -> None:
    """A sentence is a span of its text, and begins after the one before it."""
    article = _article(content)
    end = 0
    for sentence in split([clean(article, article.language or "en")]):
        assert sentence.text == article.text[sentence.start : sentence.end]
        assert sentence.start >= end
        end = sentence.end


def headlines(content: bytes) -> None:
    """A whole summary, whose sentences are in the text and whose headlines fit."""
    first, rest = _cut(content, 3)
    longest = 20 + first[0] % 80
    wanted = HeadlineOptions(count=5, max_characters=longest, style="title" if first[1] % 2 else "sentence")
    half = len(rest) // (1 + first[2] % 2)
    articles = [_article(rest[:half]), *([_article(rest[half:])] if half < len(rest) else [])]
    try:
        found: Summary = summarize(articles, Options(headlines=wanted))
    except NoUsableTextError:
        return
    for sentence in (each.sentence for each in found.summary.sentences):
        assert sentence.text == articles[sentence.article].text[sentence.start : sentence.end]
    assert all(0 < len(headline.text) <= longest for headline in found.headlines)


def documents_of_cms(content: bytes) -> None:
    """A document of any format becomes valid articles, or is refused; as XML, as JSON, and in a whole one's place."""
    first, rest = _cut(content, 2)
    name = NAMES[first[0] % len(NAMES)]
    try:
        document = parse(rest, max_depth=MAX_DEPTH)
    except MalformedJSONError:
        document = documents.decode_xml(rest)
        if isinstance(whole := WHOLE.get(name), dict) and first[1] % 2:
            document = _with(whole, document, first[1])
    try:
        articles = [to_article(each) for each in expand_document(0, _received(name, document))]
    except ValidationError:
        return
    assert all(isinstance(each.text, str) for each in articles)


def markup(content: bytes) -> None:
    """The text of any HTML, broken as it may be, has no line that is blank beside those between blocks."""
    first, rest = _cut(content, 1)
    text = plain_text(_repeated(rest.decode("utf-8", "ignore"), first[0]))
    assert "\n\n\n" not in text
    assert text == text.strip()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "cleaning": cleaning,
    "splitting": splitting,
    "headlines": headlines,
    "formats": documents_of_cms,
    "markup": markup,
}


def seeds(target: str) -> list[bytes]:
    """Inputs to start from: our own story in each format and in each language's name."""
    if target == "formats":
        sent = [(name, document) for name, document in WHOLE.items()] + [(name, document) for name, document, _ in BROKEN]
        return [bytes([NAMES.index(name), 0]) + _written(document) for name, document in sent]
    if target == "markup":
        return [b"\0" + HTML.encode(), b"\0" + b"<pre>A<br>B</pre><script>x</script>tail<!-- c --><svg><p>in</svg>"]
    lead = b"\0\0\0" if target == "headlines" else b""
    return [lead + bytes([at, at, 0]) + text.encode() for at in range(len(LANGUAGES)) for text in (TEXT, _WIRE)]


def words() -> list[str]:
    """What the patterns and formats look for, for libFuzzer's dictionary."""
    found = {word for document in WHOLE.values() for word in _written(document).decode().split('"')}
    marks = ["<p>", "</p>", "<![CDATA[", "]]>", "&amp;", "<br>", "(AP) —", "By ", "Photo:", " -- ", "“", "”", "...", "U.S. "]
    return sorted(word for word in {*found, *marks} if 2 <= len(word.encode()) <= 40 and word.isprintable())


_WIRE = """KELLING, Jan. 12 (AP) — Ice has closed the canal at Kelling, "for now", Mr. J. Dow said. "It froze... Twice!"

By Our Correspondent
Photo: the canal on Sunday. (Reporting by Northwire)

At least 11 barges, 41 days; 9 million euros - the U.S. dollar fell 3.5 percent. Read more: https://news.example/canal"""


def _article(content: bytes) -> Article:
    first, rest = _cut(content, 3)
    text = _repeated(rest.decode("utf-8", "ignore"), first[2])
    return Article(text, language=LANGUAGES[first[0] % len(LANGUAGES)], title=TITLES[first[1] % len(TITLES)])


def _cut(content: bytes, count: int) -> tuple[bytes, bytes]:
    return content[:count].ljust(count, b"\0"), content[count:]


def _repeated(text: str, choice: int) -> str:
    """Once for most choices; a high one as often as there is room for."""
    times = 1 if choice < 192 or not text else MOST_CHARACTERS // len(text)
    return (text * max(1, times))[:MOST_CHARACTERS]


def _received(name: str, document: Any) -> dict[str, Any]:
    return {"format": name, "document": document, "status": "usable"}


def _with(whole: Any, value: Any, choice: int) -> Any:
    """The document with another value at one of its places."""
    if choice and isinstance(whole, dict) and whole:
        key = list(whole)[choice % len(whole)]
        return {**whole, key: _with(whole[key], value, choice // 2)}
    if choice and isinstance(whole, list) and whole:
        at = choice % len(whole)
        return [*whole[:at], _with(whole[at], value, choice // 2), *whole[at + 1 :]]
    return value


def _written(document: Any) -> bytes:
    return document.encode() if isinstance(document, str) else json.dumps(document, ensure_ascii=False).encode()

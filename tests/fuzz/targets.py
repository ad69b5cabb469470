"""Fuzzing targets: functions of bytes that raise an exception for every error. They do not need atheris.

The first bytes choose (a format, a language, how often the rest is repeated), the rest is the document or the text: so
a long input, which reveals costs beyond linear time, needs few bytes.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from marshmallow import ValidationError

from nutgraf import formats
from nutgraf.formats.html_text import plain_text
from nutgraf.service.cms_documents import read_body
from nutgraf.service.schemas.article import expand_document, to_article
from nutgraf.service.strict_json import MalformedJSONError
from nutgraf.summarizer import Article, NoUsableTextError, Options, Summary, group, summarize
from nutgraf.summarizer.grammar import parse as parse_trees
from nutgraf.summarizer.grammar.tokenizer import tokenize
from nutgraf.summarizer.grammar.tree import ROOT
from nutgraf.summarizer.models import HeadlineOptions
from nutgraf.summarizer.reading.boilerplate import clean
from nutgraf.summarizer.reading.cluster import read
from nutgraf.summarizer.reading.sentences import split
from tests.sample_documents import BROKEN, HTML, TEXT, TITLE, WHOLE

NAMES = (formats.AUTO, *formats.FORMATS)
LANGUAGES = ("en", "de", "fr", "pt", "el", "ja", "th", "ar", "hi", "sw")
PARSED = ("en", "de", "fr", "es", "pt")
TITLES = (None, "", TITLE, TITLE.upper())
CHARSETS = (None, "utf-8", "utf-16", "windows-1251", "big5", "x-klingon")
MOST_CHARACTERS = 10_000
MAX_DEPTH = 64


def cleaning(content: bytes) -> None:
    """Body and boilerplate are spans of the text, in order, and no two of them share a character."""
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


def reading(content: bytes) -> None:
    """Two articles, read: every token has a stem or is a stop word, and a duplicate is not the original of another one."""
    first, rest = _cut(content, 1)
    half = len(rest) // (1 + first[0] % 3)
    try:
        cluster = read([_article(rest[:half]), _article(rest[half:])])
    except NoUsableTextError:
        return
    assert len(cluster.words) == len(cluster.sentences) == cluster.terms.sentences
    assert all(len(words.tokens) == len(words.stems) for words in cluster.words)
    assert all(other is None or cluster.replaced_by[other] is None for other in cluster.replaced_by)


def grammar(content: bytes) -> None:
    """All text except white space is in a word, and the words of each sentence make a tree with one root."""
    first, rest = _cut(content, 2)
    language = PARSED[first[0] % len(PARSED)]
    texts = [_repeated(piece, first[1]) for piece in " ".join(rest.decode("utf-8", "ignore").split()).split("|")]
    for text, tree in zip(texts, parse_trees(texts, language), strict=True):
        spans = [(0, 0), *tokenize(text, language), (len(text), len(text))]
        assert all(not text[before[1] : after[0]].strip() for before, after in pairwise(spans))
        assert not len(tree) or tree.heads.count(ROOT) == 1
        for word in range(len(tree)):
            steps = 0
            while word != ROOT:
                word, steps = tree.heads[word], steps + 1
                assert steps <= len(tree)


def headlines(content: bytes) -> None:
    """A summary with all options: its sentences are in the text, and its headlines fit."""
    first, rest = _cut(content, 3)
    longest = 20 + first[0] % 80
    wanted = HeadlineOptions(count=5, max_characters=longest, style="title" if first[1] % 2 else "sentence")
    half = len(rest) // (1 + first[2] % 2)
    articles = [_article(rest[:half]), *([_article(rest[half:])] if half < len(rest) else [])]
    try:
        found: Summary = summarize(articles, Options(headlines=wanted, quotes=5, keywords=20, all_sentences=True))
    except NoUsableTextError:
        return
    for sentence in (each.sentence for each in found.summary.sentences):
        assert sentence.text == articles[sentence.article].text[sentence.start : sentence.end]
    assert all(0 < len(headline.text) <= longest for headline in found.headlines)


def grouping(content: bytes) -> None:
    """Groups a feed: each article is in one story, and another order of the articles gives the same stories."""
    first, rest = _cut(content, 1)
    pieces = rest.split(b"|")[: 2 + first[0] % 20]
    articles = [replace(_article(piece), id=f"a{number}") for number, piece in enumerate(pieces)]
    found, turned = group(articles), group(articles[::-1])
    assert sorted(place for story in found.stories for place in story.articles) == list(range(len(articles)))
    last = len(articles) - 1
    assert [(story.id, list(story.articles)) for story in found.stories] == [
        (story.id, [last - place for place in story.articles]) for story in turned.stories
    ]
    assert all(0 < len(story.headline.text) <= 110 for story in found.stories if story.headline)


def documents_of_cms(content: bytes) -> None:
    """A document of any format becomes valid articles, or is refused; as XML, as JSON, or as a part of a valid document."""
    first, rest = _cut(content, 2)
    name = NAMES[first[0] % len(NAMES)]
    charset = CHARSETS[first[1] % len(CHARSETS)]
    for media_type in ("application/json", "application/xml"):
        try:
            request = read_body(rest, media_type, charset, {"format": name}, max_depth=MAX_DEPTH)
        except (MalformedJSONError, ValidationError):
            continue
        _expanded(name, request["articles"][0]["document"])
    if isinstance(whole := WHOLE.get(name), dict):
        _expanded(name, _with(whole, rest.decode("utf-8", "replace"), first[1]))


def _expanded(name: str, document: Any) -> None:
    try:
        articles = [to_article(each) for each in expand_document(0, _received(name, document))]
    except ValidationError:
        return
    assert all(isinstance(each.text, str) for each in articles)


def markup(content: bytes) -> None:
    """The text of any HTML, even broken HTML, has empty lines only between blocks."""
    first, rest = _cut(content, 1)
    text = plain_text(_repeated(rest.decode("utf-8", "ignore"), first[0]))
    assert "\n\n\n" not in text
    assert text == text.strip()


TARGETS: dict[str, Callable[[bytes], None]] = {
    "cleaning": cleaning,
    "splitting": splitting,
    "reading": reading,
    "grammar": grammar,
    "headlines": headlines,
    "grouping": grouping,
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
    if target == "grammar":
        return [bytes([at, 0]) + text.replace(". ", ".|").encode() for at in range(len(PARSED)) for text in (TEXT, _WIRE)]
    if target == "grouping":
        return [bytes([at]) + b"|".join(b"\0\0\0" + text.encode() for text in (TEXT, _WIRE, TEXT[:90])) for at in (0, 9)]
    lead = {"headlines": b"\0\0\0", "reading": b"\0"}.get(target, b"")
    return [lead + bytes([at, at, 0]) + text.encode() for at in range(len(LANGUAGES)) for text in (TEXT, _WIRE)]


def words() -> list[str]:
    """Words that patterns and formats search for, for libFuzzer's dictionary."""
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
    """The text once for most choices; for high ones, as often as it fits."""
    times = 1 if choice < 192 or not text else MOST_CHARACTERS // len(text)
    return (text * max(1, times))[:MOST_CHARACTERS]


def _received(name: str, document: Any) -> dict[str, Any]:
    return {"format": name, "document": document, "status": "usable"}


def _with(whole: Any, value: Any, choice: int) -> Any:
    """The document with one of its values replaced."""
    if choice and isinstance(whole, dict) and whole:
        key = list(whole)[choice % len(whole)]
        return {**whole, key: _with(whole[key], value, choice // 2)}
    if choice and isinstance(whole, list) and whole:
        at = choice % len(whole)
        return [*whole[:at], _with(whole[at], value, choice // 2), *whole[at + 1 :]]
    return value


def _written(document: Any) -> bytes:
    return document.encode() if isinstance(document, str) else json.dumps(document, ensure_ascii=False).encode()

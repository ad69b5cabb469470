"""If a document doubles, no parser of a format takes more than 2.4 times as long, even for the worst known documents."""

from contextlib import suppress

import pytest

from nutgraf.formats import feeds, newsml_g2, nitf, web_page
from nutgraf.formats.common import UnreadableDocumentError, article, text_or_html
from nutgraf.formats.html_text import HTMLTooDeepError, plain_text
from nutgraf.formats.start_tag_attributes import MAX_ATTRIBUTES
from tests.cpu_time import at_most
from tests.slowest_texts import Text, numbered, repeated
from tests.time_growth import MOST_TIMES, growth

FIRST, LAST = 20_000, 320_000


def around(text: Text, before: str, after: str = "") -> Text:
    return lambda size: f"{before}{text(size)}{after}"


HTML = {
    "attributes": around(numbered("a{}=1", opening="<p "), "", ">It rains.</p>"),
    "attributes with brackets": around(numbered('a{}=">"', opening="<p "), "", ">It rains.</p>"),
    "attributes after half a quotation": around(numbered("a{}=1", opening='<p x=y" '), "", ">It rains.</p>"),
    "tags without an end": repeated("<p", ""),
    "paragraphs": repeated("<p>a", ""),
    "cells": repeated("<td>a", "<table><tr>"),
    "formatted words": repeated("<b>a</b>", ""),
    "misnested words": repeated("<b><i>a</b>", ""),
    "footnotes after one word": lambda size: f"<p>{'a' * (size // 2)}{'<sup>2</sup>' * (size // 24)}",
    "text in nested footnotes": lambda size: f"<p>{'<sup>' * 200}{'a ' * (size // 2)}",
    "elements in nested footnotes": lambda size: f"<p>{'<sup>' * min(2_000, size // 80)}{'<b></b>' * (size // 7)}",
    "styles": repeated("a:b;", '<p style="'),
    "comments": repeated("<!-- a -->", ""),
    "ends": repeated("</p>", ""),
    "line breaks": repeated("a<br>", "<p>"),
    "empty lines": repeated("\n\n", "<p>a"),
    "lines in a paragraph": repeated("a\n\n- b\n", "<p>"),
    "preformatted lines": repeated("a\n\n\n", "<pre>"),
    "rows": repeated("<tr><td>a</td><td>b</td></tr>", "<table>"),
    "empty cells": repeated("<td> </td>", "<table><tr>"),
    "rows in rows": lambda size: f"{'<table><tr><td>a</td><td>' * 60}{'a ' * (size // 2)}",
    "elements in a cell": repeated("<b></b>", "<table><tr><td>a</td><td>"),
}
RSS = '<rss version="2.0"><channel><item><title>T</title>'
END = "</item></channel></rss>"
WHOLE = f"{RSS}<description>It rains.</description>{END}"
FEEDS = {
    "empty lines before the root": around(repeated("\n", ""), "", WHOLE),
    "empty lines after a comment": around(repeated("\n", ""), "<!-- a -->", WHOLE),
    "declarations": around(repeated("<?a?>", ""), "", WHOLE),
    "one author": around(repeated("a", ""), f"{RSS}<author>", f"</author>{END}"),
    "one author by references": around(repeated("&#97;", ""), f"{RSS}<author>", f"</author>{END}"),
    "categories": around(numbered("<category>a{}</category>", ""), RSS, END),
    "links": around(repeated("<link>http://a.example</link>", ""), RSS, END),
    "contents": around(repeated("<content:encoded>a</content:encoded>", ""), RSS, END),
    "marks that are no XML": around(repeated("& ", ""), f"{RSS}<description>", f"</description>{END}"),
    "tags that are no XML": around(repeated("<b", ""), f"{RSS}<description>", f"</description>{END}"),
    "attributes that are no XML": around(numbered("a{}=1"), RSS.replace("<item>", "<item "), END),
}
NITF = {
    "paragraphs": "<p>a</p>",
    "formatted words": "<em>a</em>",
    "names": "<a{}/>",
    "references": "&amp;",
    "rows": "<row><entry>a</entry></row>",
    "line breaks": "a<br/>",
    "names without spaces": "<person>a</person>",
}


@pytest.mark.parametrize("document", HTML)
def test_html(document: str) -> None:
    assert growth(plain_text, HTML[document], FIRST, LAST) <= MOST_TIMES


@pytest.mark.parametrize("separator", [" ", "\x01", "\x1c"])
def test_attributes_of_a_web_page(separator: str) -> None:
    def page(size: int) -> str:
        attributes = separator.join(f"a{number}=1" for number in range(size // 8))
        return f"<html><body><p {attributes}>{'It rains in Skerry. ' * 30}</p></body></html>"

    assert growth(web_page.read, page, FIRST, LAST) <= MOST_TIMES


TEXTS = {
    "escaped tags": repeated("&lt;a href=x", ""),
    "escaped tags that end": repeated("&lt;p&gt;", ""),
    "references": repeated("&amp;", ""),
    "tags": repeated("<a ", ""),
    "lines with tags": repeated("<b>a</b>\n", ""),
    "spaces": repeated(" ", ""),
}


@pytest.mark.parametrize("text", TEXTS)
def test_text_that_should_be_plain(text: str) -> None:
    def read(value: str) -> None:
        article(title=value, byline=value, **text_or_html(value))

    assert growth(read, TEXTS[text], FIRST, LAST) <= MOST_TIMES


@pytest.mark.parametrize("document", FEEDS)
def test_feeds(document: str) -> None:
    def read(text: str) -> None:
        with suppress(UnreadableDocumentError):
            feeds.read(text)

    assert growth(read, FEEDS[document], FIRST, LAST) <= MOST_TIMES


@pytest.mark.parametrize("element", NITF)
def test_xml(element: str) -> None:
    body = around(numbered(NITF[element], "", ""), "<nitf><body><body.content>", "</body.content></body></nitf>")
    assert growth(nitf.read, body, FIRST, LAST) <= MOST_TIMES


def test_items_of_a_news_message() -> None:
    item = "<newsItem guid='a'><contentSet><inlineXML><p>a</p></inlineXML></contentSet></newsItem>"
    opening = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>'
    items = around(repeated(item, ""), opening, "</itemSet></newsMessage>")
    assert growth(newsml_g2.read, lambda size: items(size // len(item) * len(item)), FIRST, LAST) <= MOST_TIMES


def test_an_element_with_many_attributes_keeps_its_text() -> None:
    """A tag with thousands of attributes loses them, and the text after it stays."""
    few = " ".join(f"a{number}='>'" for number in range(MAX_ATTRIBUTES - 1))
    assert plain_text(f"<p {few} hidden>It rains.</p>") == ""
    assert plain_text(f"<p {few} x hidden>It rains.</p><p>It snows.</p>") == "It rains.\n\nIt snows."


def test_a_feed_with_many_attributes_is_refused() -> None:
    """40,000 attributes of one element once occupied a worker for minutes."""
    many = " ".join(f"a{number}='1'" for number in range(MAX_ATTRIBUTES + 1))
    with pytest.raises(UnreadableDocumentError, match="attributes"):
        feeds.read(WHOLE.replace("<item>", f"<item {many}>"))


def test_a_feed_after_empty_lines_is_read() -> None:
    """40,000 empty lines before the root once took feedparser 14 seconds."""
    (entry,) = feeds.read("\n" * 40_000 + WHOLE)
    assert entry["title"] == "T"


@pytest.mark.parametrize(
    "seed",
    ["<p>It rains in town today.</p>", "It rains.<br>", "<table><tr><td>It rains.", "<article><p>It rains.</p></article>",
     "<a href=x>it rains</a> ", "<div>It rains. ", "<b><i>a</b>", "<meta name=author content=a>",
     "<script type=ld+json>{</script>"],
)  # fmt: skip
def test_web_pages(seed: str) -> None:
    def read(page: str) -> None:
        with suppress(HTMLTooDeepError):
            (story,) = web_page.read(page)
            plain_text(story["html"])

    assert growth(read, repeated(seed, "<html><body><nav>Home</nav>"), 10_000, 160_000) <= MOST_TIMES


W = "<html><body><nav>Home</nav><article><p>It rains in town today and all people of the town are glad.</p>"
# Pages of the maximum size, and larger ones; without limits, a page of links took two minutes.
LARGE_PAGES = {
    "headings": f"{W}{'<h2>It rains</h2>' * (web_page.MAX_ELEMENTS - 20)}",
    "headings beyond": f"{W}{'<h2>It rains</h2>' * 30_000}",
    "links in a block": f"{W}<p>{'<a href=x>a</a> ' * (web_page.MAX_INLINE - 20)}{'<h2>It rains</h2>' * 12_000}",
    "links in a block beyond": f"{W}<p>{'<a href=x>a</a> ' * 30_000}",
    "links in blocks": f"{W}{('<p>' + '<a href=x>a</a> ' * 147) * 100}",
    "links in a deep block": f"{W}{'<div>' * 200}{'<a href=x>a</a> ' * (web_page.MAX_INLINE - 20)}",
    "links in a deep block beyond": f"{W}{'<div>' * 200}{'<a href=x>a</a> ' * 30_000}",
    "text in a deep block beyond": f"{W}{'<div class=author>' * 240}{'a ' * 400_000}",
    "cells": f"{W}<table><tr>{'<td>a' * (web_page.MAX_ELEMENTS - 20)}",
    "cells beyond": f"{W}<table><tr>{'<td>a' * 60_000}",
}


@pytest.mark.parametrize("page", LARGE_PAGES)
def test_pages_of_any_size_are_read_fast(page: str) -> None:
    web_page.read(W)
    with at_most(2):
        web_page.read(LARGE_PAGES[page])

"""Only the story and its metadata are read from a whole web page."""

import re
from html import escape
from typing import Any

import pytest
from flask.testing import FlaskClient

from nutgraf import formats
from nutgraf.formats import web_page
from nutgraf.formats.html_text import plain_text
from tests.problems import is_problem
from tests.sample_documents import BY, HTML, PAGE, PARAGRAPHS, TEXT, TITLE, URL, WHEN
from tests.site_templates import TEMPLATES, outside_the_story, stories

# The maximum share of summary sentences from outside the story. It was 0.15 before trafilatura was used.
MOST_OUTSIDE = 0.04


def folded(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def story_of(page: str) -> str:
    (article,) = web_page.read(page)
    return plain_text(article["html"])


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.__name__)
def test_the_whole_story_is_read(template: Any) -> None:
    for story in stories():
        text = folded(story_of(template(story)))
        assert [paragraph for paragraph in story.paragraphs if folded(paragraph) not in text] == []


def test_summaries_quote_only_the_story() -> None:
    """`python -m tests.site_templates` prints the figures by template."""
    counts = [outside_the_story(template) for template in TEMPLATES]
    outside, sentences = map(sum, zip(*counts, strict=True))
    assert sentences > 600
    assert outside / sentences <= MOST_OUTSIDE


def test_a_web_page_fills_fields_that_were_not_sent(client: FlaskClient) -> None:
    answer = client.post("/summarize", json={"articles": [{"html": PAGE, "source": "Ours"}]}).get_json()
    (report,) = answer["articles"]
    assert (report["title"], report["source"], report["text"]) == (TITLE, "Ours", TEXT)
    assert "document-incomplete" not in {warning["code"] for warning in answer["warnings"]}


def test_an_html_fragment_is_not_read_as_a_web_page(client: FlaskClient) -> None:
    fragment = f"<header><p>{PARAGRAPHS[0]}</p></header><p>{PARAGRAPHS[1]}</p><footer><p>{PARAGRAPHS[2]}</p></footer>"
    (report,) = client.post("/summarize", json={"articles": [{"html": fragment}]}).get_json()["articles"]
    assert report["text"] == plain_text(fragment)
    assert report["title"] is None


@pytest.mark.parametrize(
    ("html", "whole"),
    [
        (PAGE, True),
        (HTML, False),
        (f"<html><head><title>T</title><style>p {{}}</style></head><body>{HTML}</body></html>", False),
        (f"<body><div id='menu'>Home</div>{HTML}</body>", True),
        (f"<nav>Home</nav>{HTML}", False),
        (f"<HTML><BODY>{HTML}<SCRIPT>count()</SCRIPT></BODY></HTML>", True),
    ],
)
def test_html_is_a_web_page_if_it_has_more_than_a_story(html: str, whole: bool) -> None:
    assert web_page.is_page(html) is whole


def test_pages_are_posted_alone_in_the_encoding_that_they_declare(client: FlaskClient) -> None:
    page = PAGE.replace("<head>", '<head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">')
    body = page.replace("Kelling", "Кемь").encode("cp1251")
    (report,) = client.post("/summarize", data=body, content_type="text/html").get_json()["articles"]
    assert report["title"] == TITLE.replace("Kelling", "Кемь")
    assert "at Кемь for the first time" in report["text"]


@pytest.mark.parametrize("body", [PAGE.encode(), PAGE.replace("office", "“office”").encode("cp1252"), PAGE.encode("utf-16")])
def test_pages_without_a_declaration_are_read(client: FlaskClient, body: bytes) -> None:
    (report,) = client.post("/summarize", data=body, content_type="text/html").get_json()["articles"]
    assert "office" in report["text"]
    assert "�" not in report["text"]


@pytest.mark.parametrize(
    ("document", "name"),
    [
        (PAGE, "web-page"),
        (f"\n<!-- a -->\n{PAGE}", "web-page"),
        (f"<!doctype HTML>\n<title>T</title>{HTML}", "web-page"),
        (f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{HTML}</body></html>', "web-page"),
        (f"From: a@b.example\nDate: x\nContent-Type: text/html\n\n{PAGE}", "email"),
    ],
)
def test_a_page_is_recognized_by_its_start(client: FlaskClient, document: str, name: str) -> None:
    assert formats.decode("auto", document.encode()) == (document.encode() if name == "email" else document)
    assert formats.read("auto", document) == formats.read(name, document.encode() if name == "email" else document)


def head(*elements: str, body: str = HTML) -> formats.Fields:
    (article,) = web_page.read(f"<html><head>{''.join(elements)}</head><body><nav>Home</nav>{body}</body></html>")
    return article


@pytest.mark.parametrize(
    ("elements", "field", "value"),
    [
        (["<title>Ice closes the canal - The Northwire</title>", '<meta property="og:site_name" content="The Northwire">'], "title", "Ice closes the canal"),
        (["<title>Northwire: Ice closes the canal</title>"], "title", "Northwire: Ice closes the canal"),
        (["<title>Ice – a report | Northwire</title>", '<meta property="og:site_name" content="Northwire">'], "title", "Ice – a report"),
        (['<meta name="dc.date.issued" content="2026-01-12T08:30:00Z">'], "published_at", WHEN),
        (['<meta property="article:modified_time" content="2026-01-12T09:30:00+01:00">'], "updated_at", WHEN),
        (['<meta property="article:author" content="https://social.example/ada">'], "byline", None),
        (['<meta name="author" content="Ada Marsh">'], "byline", "Ada Marsh"),
        (['<link rel="canonical" href="/canal">', '<meta property="og:url" content="https://news.example/x?y">'], "url", URL),
        (['<link rel="canonical" href="/canal">'], "url", None),
        (['<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ice", "publisher": {"name": "Northwire"}}</script>'], "source", "Northwire"),
        (['<script type="application/ld+json">{ broken</script>'], "title", None),
        (['<script type="application/ld+json">{"@type": "WebSite", "name": "N"}</script>'], "title", None),
        (['<script type="application/ld+json">5</script>'], "title", None),
        ([f'<script type="application/ld+json">{"[" * 5_000}</script>'], "title", None),
        ([f'<script type="application/ld+json">{"[" * 900}{"]" * 900}</script>'], "title", None),
    ],
)  # fmt: skip
def test_metadata_of_a_page_is_read(elements: list[str], field: str, value: str | None) -> None:
    assert head(*elements).get(field) == value


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        (f"<h1>{TITLE}</h1>{HTML}", "title", TITLE),
        (f"<h1>Northwire</h1><h1>{TITLE}</h1>{HTML}", "title", None),
        (f'<a rel="author" href="/a">{BY}</a>{HTML}', "byline", BY),
        (f'<time datetime="{WHEN}">today</time>{HTML}', "published_at", WHEN),
        (f'<time datetime="{WHEN}">today</time>{HTML}<time datetime="2026-01-11">a teaser</time>', "published_at", None),
    ],
)
def test_visible_metadata_of_a_page_is_read(body: str, field: str, value: str | None) -> None:
    assert head(body=body).get(field) == value


OPEN, CLOSED = PARAGRAPHS[:2], PARAGRAPHS[2:]
PARTS = (
    "".join(f"<p>{escape(each)}</p>" for each in OPEN)
    + f'<div class="wall more" id="rest" data-tier="plus">{"".join(f"<p>{escape(each)}</p>" for each in CLOSED)}</div>'
)
ARTICLE = '"@type": "NewsArticle", "headline": "Ice"'
PART = '"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false, "cssSelector": "%s"}'


def linked(*properties: str) -> str:
    return f'<script type="application/ld+json">{{{", ".join(properties)}}}</script>'


@pytest.mark.parametrize(
    "stated",
    [
        linked(ARTICLE, '"isAccessibleForFree": false'),
        linked(ARTICLE, '"isAccessibleForFree": "False"'),
        linked(ARTICLE, '"isAccessibleForFree": {"@type": "Boolean", "@value": "https://schema.org/False"}'),
        linked('"@graph": [{"@type": "WebPage", "isAccessibleForFree": "no"}, {' + ARTICLE + "}]"),
        linked(ARTICLE, '"mainEntityOfPage": {"@type": "WebPage", "isAccessibleForFree": false}'),
        linked(ARTICLE, '"isAccessibleForFree": false', PART % ".not-on-the-page"),
        linked(ARTICLE, '"isAccessibleForFree": false', PART % ".wall, .not-on-the-page"),
        linked(ARTICLE, '"isAccessibleForFree": false', PART % "::: broken"),
        linked(ARTICLE, '"isAccessibleForFree": false', PART % "*"),
        linked(ARTICLE, '"hasPart": {"@type": "WebPageElement", "isAccessibleForFree": false}'),
        linked(ARTICLE, '"isAccessibleForFree": false', PART.replace("false", "true") % ".wall"),
        '<meta property="article:content_tier" content="locked">',
        '<meta itemprop="isAccessibleForFree" content="false">',
    ],
)
@pytest.mark.parametrize("rest", ["<nav>Home</nav>", ""])
def test_a_page_for_subscribers_is_withheld(client: FlaskClient, stated: str, rest: str) -> None:
    """Its text was once quoted."""
    page = f"<html><head>{stated}</head><body>{rest}<article><h1>Ice</h1>{PARTS}</article></body></html>"
    free = {"text": " ".join(f"Barges wait at lock {number}." for number in range(9))}
    for html in (page, f"{stated}{PARTS}") if "itemprop" not in stated and "content_tier" not in stated else (page,):
        answer = client.post("/summarize", json={"articles": [{"html": html}, free]}).get_json()
        assert answer["articles"][0]["status"] == "withheld"
        assert {each["article_id"] for each in (*answer["summary"]["sentences"], *answer["headlines"])} <= {"1"}


@pytest.mark.parametrize(
    "stated",
    [
        *(
            linked(ARTICLE, '"isAccessibleForFree": false', PART % selector)
            for selector in (
                ".wall", "div.wall.more", "#rest", "[data-tier]", "[data-tier=plus]", "div[data-tier^='pl']", "article > .wall",
                "body article .wall", ".wall:not(.open)", "h1 ~ .wall", ".wall p", ".wall, #rest",
            )
        ),
        linked(ARTICLE, PART % ".wall"),
        linked(ARTICLE, '"isAccessibleForFree": "false"', '"hasPart": [{"isAccessibleForFree": true, "cssSelector": "h1"}, {"isAccessibleForFree": "False", "cssSelector": [".wall"]}]'),
        linked('"@graph": [{' + ARTICLE + ', "hasPart": {"@id": "#wall"}}, {"@id": "#wall", "isAccessibleForFree": false, "cssSelector": ".wall"}]'),
        '<meta itemprop="isAccessibleForFree" content="false"><meta itemprop="cssSelector" content=".wall">',
    ],
)  # fmt: skip
@pytest.mark.parametrize("rest", ["<nav>Home</nav>", ""])
def test_the_parts_for_subscribers_are_left_out(client: FlaskClient, stated: str, rest: str) -> None:
    page = f"<html><head>{stated}</head><body>{rest}<article><h1>Ice</h1>{PARTS}</article></body></html>"
    (report,) = client.post("/summarize", json={"articles": [{"html": page}]}).get_json()["articles"]
    assert report["status"] == "usable"
    assert all(each in report["text"] for each in OPEN)
    assert not any(each[:20] in report["text"] for each in CLOSED)
    assert "⸨" not in report["text"]


@pytest.mark.parametrize(
    "stated",
    [
        linked(ARTICLE, '"isAccessibleForFree": true'),
        linked(ARTICLE)
        + linked('"@type": "NewsArticle", "url": "https://news.example/other", "isAccessibleForFree": false'),
        linked('"@type": "Event", "isAccessibleForFree": false'),
        '<meta property="article:content_tier" content="metered">',
        '<meta name="description" content="What isAccessibleForFree means">',
    ],
)
def test_other_pages_are_quoted_as_a_whole(stated: str) -> None:
    article = head(stated, body=f"<h1>Ice</h1>{PARTS}")
    assert article.get("status", "usable") == "usable"
    assert all(each.split()[-1] in plain_text(article["html"]) for each in PARAGRAPHS)


def test_microdata_of_a_teaser_does_not_affect_the_story() -> None:
    teaser = '<div itemscope itemtype="https://schema.org/NewsArticle"><h3>T</h3><meta itemprop="isAccessibleForFree" content="%s"></div>'
    story = f'<div itemscope itemtype="https://schema.org/NewsArticle"><h1>Ice</h1><meta itemprop="isAccessibleForFree" content="%s">{PARTS}</div>'
    assert head(body=story % "true" + teaser % "false").get("status", "usable") == "usable"
    assert head(body=story % "false" + teaser % "true")["status"] == "withheld"


def test_an_apostrophe_in_an_attribute_does_not_swallow_the_text() -> None:
    """Everything up to the next apostrophe once counted as attributes, and was removed with them if there were many words."""
    words = " ".join(f"word{number}" for number in range(300))
    assert words in plain_text(f"<p>First.</p><img alt=Bob's><p>{words}</p><p>It's over.</p>")


def test_text_before_a_line_break_is_kept() -> None:
    """trafilatura loses the text before the first line break of a block."""
    lines = [f"{paragraph[:-1]} {number}." for number in range(3) for paragraph in PARAGRAPHS]
    body = f"<div class='story'>{'<br><br>'.join(line.replace('&', '&amp;') for line in lines)}</div>"
    page = f"<html><body><nav>Home</nav><h1>Ice</h1>{body}</body></html>"
    assert [line for line in lines if line not in story_of(page)] == []


@pytest.mark.parametrize(
    ("extra", "is_large"),
    [
        ("<p>It snows.</p>" * 4_000, False),
        ("<p>It snows.</p>" * web_page.MAX_ELEMENTS, True),
        (f"<p>{'<a href=x>it</a> ' * 500}", False),
        (f"<p>{'<a href=x>it</a> ' * (web_page.MAX_INLINE + 1)}", True),
        (f"<p>{'<span><i>it</i></span> ' * (web_page.MAX_INLINE // 2 + 1)}", True),
        (f"<div>{'<div>' * 100}{'<p>It snows.</p>' * (web_page.MAX_INSIDE // 100)}", True),
        (f"<div>{'<div>' * 60}{'<p>It snows.</p>' * 20}", False),
        (f"<div>{'<div>' * 60}{'<p>It snows.</p>' * 200}", True),
        (f"<div>{'<div>' * 30}{'<p>It snows.</p>' * 2_000}", False),
        (f"<div>{'<div>' * 100}{'It snows. ' * (web_page.MAX_INSIDE // 10)}", True),
    ],
)
def test_all_text_of_a_page_is_read_if_it_is_too_large_to_find_the_story(extra: str, is_large: bool) -> None:
    page = (
        f"<html><body><nav>Home</nav><article><p>{'It rains in the town today. ' * 9}</p>{extra}</article><form>Send</form>"
    )
    (read,) = web_page.read(page)
    assert (read["html"] == page) == is_large
    assert "It rains in the town today." in plain_text(read["html"])


def test_a_page_that_is_nested_too_deep_is_refused(client: FlaskClient) -> None:
    page = f"<html><body><nav>Home</nav>{'<div>' * 5_000}{TEXT}"
    problem = is_problem(client.post("/summarize", json={"articles": [{"html": page}]}), 422, "invalid-request")
    assert problem["errors"][0]["pointer"] == "/articles/0/html"

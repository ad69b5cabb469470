"""Web pages in the layouts of many kinds of sites, each with one of our own stories: tests that only the story is read.

Each function returns a page for a Story. The rest of the page also has whole sentences, because only whole sentences get into
a summary: teasers, notices about cookies, comments, biographies, captions and the like.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from nutgraf import Article, Options, summarize
from nutgraf.formats import web_page
from nutgraf.formats.html_text import plain_text
from nutgraf.summarizer import NoUsableTextError
from tests.builders import invented_news


@dataclass(frozen=True)
class Story:
    """A story, and the title and first paragraph of each other story that its page links to."""

    title: str
    paragraphs: Sequence[str]
    others: Sequence[tuple[str, str]]
    lang: str = "en"
    byline: str = "Ada Marsh"
    published: str = "2026-01-12T08:30:00Z"


def stories() -> list[Story]:
    """Stories of usual length: each joins all articles of one cluster; `others` has the lead article of every other cluster."""
    rows: list[dict[str, Any]] = invented_news()
    leads = [(row["articles"][0]["title"], row["articles"][0]["text"].split("\n\n")[0]) for row in rows]
    return [
        Story(
            row["articles"][0]["title"],
            [paragraph for article in row["articles"] for paragraph in article["text"].split("\n\n")],
            leads[:at] + leads[at + 1 :],
            row["lang"],
        )
        for at, row in enumerate(rows)
    ]


COOKIES = (
    "We use cookies so that you can stay logged in. Our partners use them to measure how many people read a story. You can "
    "withdraw your consent at any time in the settings of this site."
)
NEWSLETTER = "Every morning our editors choose the five stories that matter most. Sign up and get them before breakfast."
COPYRIGHT = (
    "Northwire is a member of the press council. All material on this site is protected; ask before you print it elsewhere."
)
BIOGRAPHY = (
    "Ada Marsh has reported from the coast since 2004. Before that she worked for the harbour office for eleven years."
)
COMMENTS = (
    ("Tom from Alder", "I have said for years that this would happen, and nobody in the council ever listened to me."),
    ("Reader 77", "My neighbour saw it all from her window. She says that the report leaves out the most important part."),
    ("G. Hale", "Can the editors please explain why there is no word about the costs in this story?"),
)
WEATHER = "Rain will reach the valley in the afternoon. The wind turns west and gets stronger towards the evening."


def _p(paragraphs: Sequence[str]) -> str:
    return "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)


def _teasers(story: Story, tag: str = "li", count: int = 6) -> str:
    return "".join(
        f'<{tag} class="teaser"><a href="/story/{at}"><h3>{escape(title)}</h3></a><p>{escape(lead)}</p></{tag}>'
        for at, (title, lead) in enumerate(story.others[:count])
    )


def _head(story: Story, more: str = "") -> str:
    return f'<head><meta charset="utf-8"><title>{escape(story.title)} | Northwire</title>{more}<script>var dataLayer = [];</script></head>'


def semantic(story: Story) -> str:
    """HTML5 elements for each part, and Open Graph."""
    more = (
        f'<meta property="og:title" content="{escape(story.title)}"><meta property="og:site_name" content="Northwire">'
        f'<meta property="article:published_time" content="{story.published}"><meta name="author" content="{story.byline}">'
    )
    return f"""<!DOCTYPE html><html lang="{story.lang}">{_head(story, more)}<body>
<header><a href="/">Northwire</a><nav><ul><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article><h1>{escape(story.title)}</h1><p class="byline">By {story.byline}</p><time datetime="{story.published}">12 January</time>
<figure><img src="a.jpg" alt=""><figcaption>The place on Monday morning, seen from the bridge. Photo: G. Hale</figcaption></figure>
{_p(story.paragraphs)}</article>
<aside><h2>Most read</h2><ul>{_teasers(story)}</ul></aside></main>
<footer><p>{COPYRIGHT}</p><p>{NEWSLETTER}</p></footer></body></html>"""


def blog_theme(story: Story) -> str:
    """The classes of a common blog theme, with related posts, a biography and comments after the story."""
    comments = "".join(
        f'<li class="comment"><cite>{name}</cite><div class="comment-content"><p>{text}</p></div></li>'
        for name, text in COMMENTS
    )
    return f"""<!DOCTYPE html><html lang="{story.lang}">{_head(story)}<body class="post-template-default single">
<div id="page"><div id="masthead" class="site-header"><div class="menu"><a href="/">Home</a> <a href="/about">About</a></div></div>
<div id="content" class="site-content"><div id="primary" class="content-area"><div id="post-71" class="post hentry">
<h1 class="entry-title">{escape(story.title)}</h1><div class="entry-meta"><span class="author vcard">{story.byline}</span></div>
<div class="entry-content">{_p(story.paragraphs)}<div class="sharedaddy"><h3>Share this:</h3><ul><li>Mail</li><li>Print</li></ul></div>
<div class="jp-relatedposts"><h3>Related</h3>{_teasers(story, "div", 3)}</div></div>
<div class="author-info"><p>{BIOGRAPHY}</p></div></div>
<div id="comments" class="comments-area"><h2>3 thoughts on this story</h2><ol class="comment-list">{comments}</ol></div></div>
<div id="secondary" class="widget-area sidebar"><div class="widget"><h2>Recent posts</h2><ul>{_teasers(story)}</ul></div>
<div class="widget"><p>{NEWSLETTER}</p></div></div></div><div id="colophon" class="site-footer"><p>{COPYRIGHT}</p></div></div></body></html>"""


def divisions(story: Story) -> str:
    """Only `div` elements, the banner about cookies first, and a box in the middle of the story."""
    half = len(story.paragraphs) // 2
    title, lead = story.others[0]
    return f"""<!DOCTYPE html><html lang="{story.lang}">{_head(story)}<body>
<div class="cookie-consent" id="cookie-banner"><div class="text">{COOKIES}</div><button>Accept</button></div>
<div class="container"><div class="row navbar"><a href="/a">Region</a><a href="/b">Business</a></div>
<div class="row"><div class="col-md-8 story"><h1>{escape(story.title)}</h1><div class="article-body">{_p(story.paragraphs[:half])}
<div class="related-box"><span>Read also</span><a href="/x">{escape(title)}</a><div class="related-text">{escape(lead)}</div></div>
{_p(story.paragraphs[half:])}</div></div>
<div class="col-md-4 sidebar">{_teasers(story, "div")}<div class="weather">{WEATHER}</div></div></div>
<div class="row footer"><div>{COPYRIGHT}</div></div></div></body></html>"""


def tables(story: Story) -> str:
    """A layout of tables, as sites had it twenty years ago."""
    return f"""<html>{_head(story)}<body bgcolor="#ffffff"><table width="100%"><tr><td colspan="3"><a href="/">Northwire</a> | <a href="/s">Sport</a></td></tr>
<tr><td width="150" class="menu"><a href="/1">Region</a><br><a href="/2">World</a><br>{WEATHER}</td>
<td><h1>{escape(story.title)}</h1><font size="2">{_p(story.paragraphs)}</font></td>
<td width="200"><b>More stories</b><br>{"<br>".join(f'<a href="/{at}">{escape(title)}</a>' for at, (title, _) in enumerate(story.others))}</td></tr>
<tr><td colspan="3" id="footer"><script>count()</script>{COPYRIGHT}</td></tr></table></body></html>"""


def structured(story: Story) -> str:
    """The story marked up with schema.org microdata, and its metadata in JSON-LD."""
    json_ld = (
        f'<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{story.title}",'
        f'"datePublished":"{story.published}","author":{{"@type":"Person","name":"{story.byline}"}},'
        '"publisher":{"@type":"Organization","name":"Northwire"}}</script>'
    )
    return f"""<!doctype html><html lang="{story.lang}">{_head(story, json_ld)}<body>
<div role="banner"><div role="navigation"><a href="/">Home</a></div></div>
<div role="main"><div itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">{escape(story.title)}</h1>
<div itemprop="articleBody">{_p(story.paragraphs)}</div></div>
<section class="recirculation"><h2>Also on Northwire</h2>{_teasers(story, "article")}</section></div>
<div class="newsletter-signup"><p>{NEWSLETTER}</p><form><input name="mail"></form></div>
<div role="contentinfo"><p>{COPYRIGHT}</p></div></body></html>"""


def application(story: Story) -> str:
    """A page rendered by a JavaScript framework: hashed class names, and the application state in a script."""
    state = escape("; ".join(lead for _, lead in story.others), quote=False)
    paragraphs = "".join(f'<p class="css-1x9ka2 e1">{escape(paragraph)}</p>' for paragraph in story.paragraphs)
    cards = "".join(
        f'<a class="css-77b" href="/s/{at}"><div class="css-8c"><h3>{escape(title)}</h3><p>{escape(lead)}</p></div></a>'
        for at, (title, lead) in enumerate(story.others)
    )
    return f"""<!DOCTYPE html><html lang="{story.lang}">{_head(story)}<body><div id="__root"><div class="css-0">
<header class="css-1"><nav class="css-2"><a href="/">Northwire</a></nav></header>
<main class="css-3"><article class="css-4"><h1 class="css-5">{escape(story.title)}</h1><div class="css-6">{paragraphs}</div></article>
<div class="css-7"><h2>More from this section</h2>{cards}</div></main><footer class="css-9"><p>{COPYRIGHT}</p></footer></div></div>
<script id="__STATE__" type="application/json">{{"others": "{state}"}}</script></body></html>"""


def breaks(story: Story) -> str:
    """A story whose paragraphs are separated by line breaks."""
    body = "<br><br>".join(map(escape, story.paragraphs))
    return f"""<!DOCTYPE html><html lang="{story.lang}">{_head(story)}<body><div id="header"><a href="/">Northwire</a></div>
<div id="main"><div class="post"><h2 class="title">{escape(story.title)}</h2><div class="post-body">{body}</div></div></div>
<div id="sidebar"><h2>About me</h2><p>{BIOGRAPHY}</p><ul>{_teasers(story)}</ul></div><div id="footer">{COPYRIGHT}</div></body></html>"""


def endless(story: Story) -> str:
    """The next stories of the site follow on the same page, each as a section with title, first paragraph and link."""
    following = "".join(
        f'<section class="next-story"><h2><a href="/n/{at}">{escape(title)}</a></h2><p>{escape(lead)}</p><a href="/n/{at}">Continue</a></section>'
        for at, (title, lead) in enumerate(story.others[:4])
    )
    return f"""<!DOCTYPE html><html lang="{story.lang}">{_head(story)}<body><header><nav><a href="/">Home</a></nav></header>
<main><article class="story main-story"><header><h1>{escape(story.title)}</h1></header><div class="story-content">{_p(story.paragraphs)}</div>
<div class="tags"><a href="/t/a">Coast</a> <a href="/t/b">Council</a></div></article><div class="up-next">{following}</div></main>
<footer>{COPYRIGHT}</footer></body></html>"""


def form(story: Story) -> str:
    """A page that is one large form, as ASP.NET makes it."""
    return f"""<!DOCTYPE html><html lang="{story.lang}">{_head(story)}<body><form id="aspnetForm" method="post" action="story.aspx">
<div class="topnav"><a href="/">Northwire</a></div><div id="ctl00_Content" class="content"><h1>{escape(story.title)}</h1>
<div class="articleText">{_p(story.paragraphs)}</div></div><div class="rightcol">{_teasers(story, "div")}</div>
<div class="footer">{COPYRIGHT} {COOKIES}</div></form></body></html>"""


def paywall(story: Story) -> str:
    """A subscription is offered below the story, which is complete."""
    return f"""<!DOCTYPE html><html lang="{story.lang}">{_head(story)}<body><header><nav><a href="/">Home</a><a href="/abo">Subscribe</a></nav></header>
<article><h1>{escape(story.title)}</h1><div class="meta">{story.byline}, Northwire</div><section class="article__content">{_p(story.paragraphs)}</section></article>
<div class="paywall-offer"><h2>Read on with Northwire Plus</h2><p>Subscribers read all stories, without limits and on every device. You can cancel each month.</p></div>
<div class="ticker"><h2>Latest</h2><ul>{_teasers(story)}</ul></div><footer><p>{COPYRIGHT}</p><p>{COOKIES}</p></footer></body></html>"""


def amp(story: Story) -> str:
    """An AMP page: custom elements, a consent dialog, and an endless list of other stories."""
    return f"""<!doctype html><html amp lang="{story.lang}">{_head(story, '<link rel="canonical" href="https://news.example/story">')}<body>
<amp-consent id="consent"><div class="popup"><p>{COOKIES}</p></div></amp-consent><amp-sidebar id="menu"><ul><li><a href="/">Home</a></li></ul></amp-sidebar>
<header class="amp-wp-header"><a href="/">Northwire</a></header><article class="amp-wp-article"><h1 class="amp-wp-title">{escape(story.title)}</h1>
<amp-img src="a.jpg"></amp-img><div class="amp-wp-article-content">{_p(story.paragraphs)}</div></article>
<amp-next-page>{_teasers(story, "div")}</amp-next-page><footer class="amp-wp-footer"><p>{COPYRIGHT}</p></footer></body></html>"""


def drupal(story: Story) -> str:
    """A Drupal page: the story in nested fields, and blocks in the regions around it."""
    return f"""<!DOCTYPE html><html lang="{story.lang}">{_head(story)}<body class="node-type-article"><div class="region region-header"><div class="block block-menu"><ul><li><a href="/">Home</a></li></ul></div></div>
<div class="region region-content"><div class="node node-article"><div class="field field-name-title"><h1>{escape(story.title)}</h1></div>
<div class="field field-name-body field-type-text-with-summary"><div class="field-items"><div class="field-item even">{_p(story.paragraphs)}</div></div></div></div>
<div class="block block-views related-content"><h2>Related content</h2>{_teasers(story, "div", 3)}</div></div>
<div class="region region-sidebar-second"><div class="block block-views"><div class="view-content">{_teasers(story, "div")}</div></div><div class="block"><p>{NEWSLETTER}</p></div></div>
<div class="region region-footer"><p>{COPYRIGHT}</p></div></body></html>"""


def facts(story: Story) -> str:
    """A box with background and a quotation set in large letters, both in the middle of the story."""
    half = len(story.paragraphs) // 2
    pulled = escape(story.paragraphs[0].split(". ")[0])
    return f"""<!DOCTYPE html><html lang="{story.lang}">{_head(story)}<body><header><nav><a href="/">Home</a></nav></header><main><article><h1>{escape(story.title)}</h1>
<div class="story-body">{_p(story.paragraphs[:half])}<aside class="factbox"><h3>Background</h3><p>{BIOGRAPHY}</p><p>{WEATHER}</p></aside>
<aside class="pullquote"><p>{pulled}</p></aside>{_p(story.paragraphs[half:])}</div></article></main>
<aside class="rail">{_teasers(story, "div", 4)}</aside><footer><p>{COPYRIGHT}</p></footer></body></html>"""


def letters(story: Story) -> str:
    """Long letters of readers below the story, in elements whose class names say nothing."""
    written = "".join(
        f'<div class="m"><b>{name}</b><div>{text} {WEATHER} {BIOGRAPHY}</div></div>' for name, text in COMMENTS
    )
    return f"""<!DOCTYPE html><html lang="{story.lang}">{_head(story)}<body><div id="nav"><a href="/">Northwire</a></div><div id="content"><h1>{escape(story.title)}</h1>
{_p(story.paragraphs)}</div><div id="comments"><h2>Letters</h2>{written}</div><div id="footer"><p>{COPYRIGHT}</p></div></body></html>"""


def consent(story: Story) -> str:
    """A dialog about cookies, with more text than the story, comes first, as consent-management tools insert it."""
    purposes = "".join(f"<li><h4>Purpose {number}</h4><p>{COOKIES}</p></li>" for number in range(1, 8))
    return f"""<!DOCTYPE html><html lang="{story.lang}">{_head(story)}<body><div id="onetrust-consent-sdk" role="dialog" aria-modal="true"><h2>Your privacy</h2><ul>{purposes}</ul></div>
<header><nav><a href="/">Home</a></nav></header><main id="main"><article class="article"><h1>{escape(story.title)}</h1><div class="article-text">{_p(story.paragraphs)}</div></article></main>
<footer><p>{COPYRIGHT}</p></footer></body></html>"""


def captions(story: Story) -> str:
    """A picture with a long caption after every second paragraph, and a gallery at the end."""
    caption = (
        "The place as it looked on Monday morning. Hundreds of people came to see it, and many took pictures. Photo: G. Hale"
    )
    body = "".join(
        f"<p>{escape(paragraph)}</p>"
        + (f'<figure><img src="{at}.jpg"><figcaption>{caption}</figcaption></figure>' if at % 2 else "")
        for at, paragraph in enumerate(story.paragraphs)
    )
    return f"""<!DOCTYPE html><html lang="{story.lang}">{_head(story)}<body><nav><a href="/">Home</a></nav><article><header><h1>{escape(story.title)}</h1><p class="credit">{story.byline}</p></header>
<div class="body">{body}</div><div class="gallery"><div class="slide"><img src="g.jpg"><span class="caption">{caption}</span></div></div></article>
<section class="most-popular"><ol>{_teasers(story)}</ol></section><footer>{COPYRIGHT}</footer></body></html>"""


def sign_up(story: Story) -> str:
    """A form for a newsletter, and a link to another story, between the paragraphs of the story."""
    third = max(1, len(story.paragraphs) // 3)
    title, lead = story.others[1]
    return f"""<!DOCTYPE html><html lang="{story.lang}">{_head(story)}<body><header><nav><a href="/">Home</a></nav></header><article class="c-article"><h1>{escape(story.title)}</h1><div class="c-article__body">
{_p(story.paragraphs[:third])}<div class="newsletter-promo"><h3>The morning letter</h3><p>{NEWSLETTER}</p><form><input type="email"><button>Sign up</button></form></div>
{_p(story.paragraphs[third : 2 * third])}<div class="c-related"><p>Read more: <a href="/s">{escape(title)}</a></p><p class="c-related__text">{escape(lead)}</p></div>
{_p(story.paragraphs[2 * third :])}</div><div class="author-bio"><p>{BIOGRAPHY}</p></div></article><footer><p>{COPYRIGHT}</p></footer></body></html>"""


def unclosed(story: Story) -> str:
    """Upper-case elements that are not closed, as in pages of the nineties."""
    body = "\n<P>".join(map(escape, story.paragraphs))
    return f"""<HTML><HEAD><TITLE>{escape(story.title)}</TITLE></HEAD><BODY><CENTER><A HREF="/">Northwire</A> | <A HREF="/s">Sport</A></CENTER><HR>
<SCRIPT>count()</SCRIPT><H1>{escape(story.title)}</H1><P>{body}<HR><P><SMALL>{COPYRIGHT}</SMALL><P><A HREF="/">Back to the first page</A></BODY></HTML>"""


TEMPLATES = (
    semantic, blog_theme, divisions, tables, structured, application, breaks, endless, form, paywall,
    amp, drupal, facts, letters, consent, captions, sign_up, unclosed,
)  # fmt: skip


def outside_the_story(template: Callable[[Story], str]) -> tuple[int, int]:
    """Summarizes the pages of a template: the number of summary sentences not from the story, and of all summary sentences."""
    outside = sentences = 0
    for story in stories():
        body = _word_characters(" ".join(story.paragraphs))
        (article,) = web_page.read(template(story))
        try:
            found = summarize([Article(plain_text(article["html"]), id="0")], Options()).summary.sentences
        except NoUsableTextError:
            continue
        sentences += len(found)
        outside += sum(_word_characters(scored.sentence.text) not in body for scored in found)
    return outside, sentences


def _word_characters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def main() -> None:
    """`python -m tests.site_templates`: the sentences of summaries that lie outside of the story, by template."""
    counts = {template.__name__: outside_the_story(template) for template in TEMPLATES}
    for name, (outside, sentences) in counts.items():
        print(f"{name:12} {outside:3} of {sentences}")
    outside, sentences = map(sum, zip(*counts.values(), strict=True))
    print(f"{len(TEMPLATES) * len(stories())} pages: {outside} of {sentences} sentences, {outside / sentences:.1%}")


if __name__ == "__main__":
    main()

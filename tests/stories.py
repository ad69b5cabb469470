"""One story of our own as each system writes it, and documents that break rules."""

import json
from typing import Any

TITLE = "Ice closes the canal at Kelling"
BY = "By Our Correspondent"
PARAGRAPHS = (
    "Ice has closed the canal at Kelling for the first time in nine years, the waterways office said on Monday.",
    "Eleven barges with grain & timber are waiting above the lock. Their crews have food for a week.",
    "An icebreaker will come from the coast on Thursday. Until then trucks will carry the grain to the mill.",
    "The canal freezes about once in ten winters. In 1996 it was closed for 41 days.",
)
TEXT = "\n\n".join(PARAGRAPHS)
HTML = "".join(f"<p>{paragraph.replace('&', '&amp;')}</p>" for paragraph in PARAGRAPHS)
WHEN = "2026-01-12T08:30:00Z"
URL = "https://news.example/canal"

NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<nitf baselang="en"><head><title>Canal</title><docdata management-status="usable"><doc-id id-string="n-1"/>
<date.issue norm="20260112T083000Z"/></docdata></head>
<body><body.head><hedline><hl1>{TITLE}</hl1></hedline><byline>{BY}</byline><distributor>Northwire</distributor></body.head>
<body.content><block>{HTML}</block><media media-type="image"><media-caption>The canal on Sunday.</media-caption></media>
<table><tr><td><a href="https://news.example/more">More</a></td></tr></table></body.content></body></nitf>"""

NEWSML = f"""<?xml version="1.0"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:news:1" version="2" xml:lang="en">
<itemMeta><versionCreated>{WHEN}</versionCreated><provider literal="Northwire"/><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline role="hld:subHeadline">No way through</headline><headline>{TITLE}</headline><by>{BY}</by>
<language tag="en"/></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>{HTML}</body></html>
</inlineXML></contentSet></newsItem>"""

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Northwire</title><language>en</language><item><title>{TITLE}</title><link>{URL}</link><guid>1</guid>
<pubDate>Mon, 12 Jan 2026 08:30:00 GMT</pubDate><author>{BY}</author><description>Short.</description>
<content:encoded><![CDATA[{HTML}<script>track()</script>]]></content:encoded></item></channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Northwire</title><entry><title>{TITLE}</title>
<link href="{URL}"/><id>1</id><published>{WHEN}</published><updated>{WHEN}</updated><author><name>{BY}</name></author>
<content type="html"><![CDATA[{HTML}]]></content></entry></feed>"""

WHOLE: dict[str, Any] = {
    "ninjs-1": {"uri": URL, "headline": TITLE, "byline": BY, "body_html": HTML, "versioncreated": WHEN, "language": "en"},
    "ninjs-2": {
        "uri": URL, "headlines": [{"role": "main", "value": TITLE}], "by": BY, "versioncreated": WHEN, "language": "en",
        "bodies": [{"role": "main", "contenttype": "text/html", "value": HTML}],
    },
    "ninjs-3": {
        "uri": URL, "headlines": [{"value": TITLE}], "by": BY, "versionCreated": WHEN, "language": "en", "pubStatus": "usable",
        "bodies": [{"contentType": "text/html", "value": HTML}],
    },
    "superdesk": {
        "guid": "urn:news:1", "headline": TITLE, "byline": BY, "body_html": HTML, "versioncreated": WHEN, "language": "en",
        "source": "Northwire", "evolvedfrom": "urn:news:0", "pubstatus": "usable",
    },
    "newsml-g2": NEWSML,
    "nitf": NITF,
    "ans": {
        "type": "story", "version": "0.10.9", "_id": "a-1", "headlines": {"basic": TITLE}, "language": "en", "display_date": WHEN,
        "credits": {"by": [{"name": BY}]}, "source": {"name": "Northwire"}, "canonical_url": URL,
        "content_elements": [
            *({"type": "text", "content": paragraph.replace("&", "&amp;")} for paragraph in PARAGRAPHS),
            {"type": "image", "caption": "The canal on Sunday."},
            {"type": "raw_html", "content": "<iframe src='x'></iframe>"},
            {"type": "interstitial_link", "content": "Read more"},
        ],
    },
    "wordpress": {
        "id": 7, "title": {"rendered": TITLE}, "content": {"rendered": HTML, "protected": False}, "date_gmt": "2026-01-12T08:30:00",
        "link": URL, "status": "publish", "_embedded": {"author": [{"name": BY}]},
    },
    "ghost": {"post": {"current": {
        "id": "g-1", "title": TITLE, "html": HTML, "url": URL, "published_at": "2026-01-12T08:30:00.000Z", "primary_author": {"name": BY},
    }, "previous": {}}},
    "feed": RSS,
    "schema-org": {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, "articleBody": TEXT, "datePublished": WHEN,
        "author": {"@type": "Person", "name": BY}, "publisher": {"name": "Northwire"}, "inLanguage": "en", "url": URL,
    },
}  # fmt: skip

# Documents that break rules: format, document, and a word that its article must have ("" for none).
BROKEN: list[tuple[str, Any, str]] = [
    ("ninjs-1", {"uri": URL}, ""),
    ("ninjs-1", {"uri": URL, "body_text": TEXT, "body_html": HTML, "body_xhtml": HTML, "headline_main": TITLE}, "icebreaker"),
    ("ninjs-1", {"uri": URL, "body_text": f"<p>{TEXT}</p>", "versioncreated": "20260112T083000Z"}, "icebreaker"),
    ("ninjs-2", {"uri": URL, "bodies": []}, ""),
    ("ninjs-2", {"uri": URL, "bodies": [
        {"contenttype": "text/html", "value": HTML}, {"contenttype": "application/nitf+xml", "value": NITF},
        {"contenttype": "body_xhtml", "value": HTML}, {"contenttype": "text/plain", "value": TEXT}]}, "icebreaker"),
    ("ninjs-2", {"uri": URL, "bodies": [{"contenttype": "body_xhtml", "value": HTML}], "versioncreated": "yesterday"}, "icebreaker"),
    ("ninjs-3", {"uri": URL, "versionCreated": 5, "bodies": "none"}, ""),
    ("ninjs-3", {"uri": URL, "versionCreated": WHEN, "bodies": [{"contentType": "text/html", "value": "<p>Ice<p>icebreaker <b>"}]}, "icebreaker"),
    ("ninjs-3", {"uri": "x" * 900, "pubStatus": "usable", "bodies": [{"value": TEXT}], "language": "English!"}, "icebreaker"),
    ("superdesk", {"guid": "1"}, ""),
    ("superdesk", {"guid": "1", "body_html": HTML, "authors": [{"name": "A"}], "evolvedfrom": "0"}, "icebreaker"),
    ("superdesk", {"guid": "1", "body_text": TEXT, "associations": {"picture": {"type": "picture"}}, "pubstatus": "usable"}, "icebreaker"),
    ("newsml-g2", NEWSML.replace("<newsItem ", "<n:newsItem ").replace("</newsItem>", "</n:newsItem>").replace("xmlns=\"http://iptc", "xmlns:n=\"http://iptc"), "icebreaker"),
    ("newsml-g2", f'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{NEWSML.split("?>")[1]}</itemSet></newsMessage>', "icebreaker"),
    ("newsml-g2", '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="1"/>', ""),
    ("newsml-g2", f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="1"><contentSet><inlineData contenttype="text/plain">{HTML.replace("<", "&lt;")}</inlineData></contentSet></newsItem>', "icebreaker"),
    ("nitf", "<nitf><body/></nitf>", ""),
    ("nitf", NITF.replace("&amp;", "&#38;"), "icebreaker"),
    ("nitf", f"<nitf><head><title>T</title></head><body><body.content><![CDATA[icebreaker]]><p>{PARAGRAPHS[0]}</p></body.content></body></nitf>", "icebreaker"),
    ("ans", {"type": "story", "version": "0.10.9"}, ""),
    ("ans", {"type": "story", "version": "0.10.9", "content_elements": [{"type": "text"}, None, 5, {"type": "list", "items": [{"type": "text", "content": TEXT}]}]}, "icebreaker"),
    ("ans", {"type": "story", "version": 1, "content_elements": [{"type": "quote", "content_elements": [{"type": "text", "content": TEXT}]}], "headlines": []}, "icebreaker"),
    ("wordpress", {"content": {}}, ""),
    ("wordpress", {"id": 1, "content": {"raw": HTML}, "title": {"raw": "A &amp; B"}, "date_gmt": "0000-00-00"}, "icebreaker"),
    ("wordpress", {"id": 1, "content": {"rendered": f"<figure><figcaption>caption</figcaption></figure>{HTML}"}}, "icebreaker"),
    ("ghost", {"post": {"current": {}}}, ""),
    ("ghost", {"post": {"current": {"id": "1", "html": None, "plaintext": TEXT}}}, "icebreaker"),
    ("ghost", {"post": {"current": {"uuid": "1", "html": HTML, "primary_author": None}, "previous": None}}, "icebreaker"),
    ("feed", ATOM, "icebreaker"),
    ("feed", RSS.replace("<content:encoded>", "<description>").replace("</content:encoded>", "</description>"), "icebreaker"),
    ("feed", RSS.replace("</channel></rss>", ""), "icebreaker"),
    ("schema-org", {"@type": "NewsArticle"}, ""),
    ("schema-org", {"@graph": [{"@type": "WebPage"}, {"@type": ["Article", "NewsArticle"], "articleBody": HTML, "author": ["A", "B"]}]}, "icebreaker"),
    ("schema-org", [{"@type": "http://schema.org/NewsArticle", "articleBody": TEXT, "datePublished": "12 January"}], "icebreaker"),
]  # fmt: skip


def as_body(document: Any) -> bytes:
    """The document as a CMS posts it."""
    return (document if isinstance(document, str) else json.dumps(document)).encode()

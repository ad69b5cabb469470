"""One of our own stories in each format, and documents that break rules."""

import json
import textwrap
from typing import Any

from nutgraf.formats.encodings import to_bytes
from tests.sample_files import base64, pdf, word_document

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

# Documents that break rules: format, document, and a word that its article must contain ("": no check).
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

NEWSML_1 = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd">
<NewsML Version="1.2"><NewsEnvelope><DateAndTime>20260112T084000Z</DateAndTime></NewsEnvelope><NewsItem xml:lang="en">
<Identification><NewsIdentifier><ProviderId>northwire.example</ProviderId><DateId>20260112</DateId><NewsItemId>canal</NewsItemId>
<RevisionId PreviousRevision="0" Update="N">1</RevisionId><PublicIdentifier>urn:newsml:northwire.example:20260112:canal:1N</PublicIdentifier>
</NewsIdentifier></Identification><NewsManagement><NewsItemType FormalName="News"/><FirstCreated>20260112T083000Z</FirstCreated>
<ThisRevisionCreated>20260112T083000Z</ThisRevisionCreated><Status FormalName="Usable"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine>{TITLE}</HeadLine><ByLine>{BY}</ByLine></NewsLines><AdministrativeMetadata><Provider>
<Party FormalName="Northwire"/></Provider></AdministrativeMetadata><NewsComponent><Role FormalName="Main"/><ContentItem>
<MediaType FormalName="Text"/><DataContent>{HTML}</DataContent></ContentItem></NewsComponent>
<NewsComponent><Role FormalName="Caption"/><ContentItem><DataContent><p>The canal on Sunday.</p></DataContent></ContentItem></NewsComponent>
</NewsComponent></NewsItem></NewsML>"""

IPTC_7901 = (
    "\1nwe062 4 i 91 bt   nw 061\r\n\r\nCanal/Ice/\r\n\2"
    + f"{TITLE}\r\n{BY}, Northwire =\r\n\r\n   "
    + "\r\n   ".join(textwrap.fill(paragraph, 69).replace("\n", "\r\n") for paragraph in PARAGRAPHS)
    + "\r\n\x03120830 GMT Jan 26\r\n\x7f\4"
)
ANPA_1312 = (
    "\x16\x16\1w2870\x1f-----\nr i\x13\x11 BC-Canal-Ice     01-12 0091\n\2^BC-Canal-Ice,91<\n"
    + f"^{TITLE}<\n^{BY}=\n\t   "
    + "\n\t   ".join(PARAGRAPHS)
    + "\n\3NW-WF-01-12-26 0830GMT<\n\f\n\4"
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>{TITLE} | Northwire</title><meta property="og:site_name" content="Northwire">
<meta name="author" content="{BY}"><meta property="article:published_time" content="{WHEN}"><link rel="canonical" href="{URL}"></head>
<body><nav><a href="/">Home</a></nav><main><article>{HTML}<figure><figcaption>The canal on Sunday.</figcaption></figure></article></main>
<footer><p>Northwire is a member of the press council.</p></footer></body></html>"""
EMAIL = (
    f"From: {BY} <desk@northwire.example>\r\nTo: news@northwire.example\r\nSubject: {TITLE}\r\nDate: Mon, 12 Jan 2026 09:30:00 +0100\r\n"
    "Message-ID: <canal@northwire.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    + TEXT
    + "\r\n"
)
DOCX = word_document(("Title", TITLE), *(("Normal", paragraph) for paragraph in PARAGRAPHS))
PDF = pdf([(18, TITLE), *((10, line) for paragraph in PARAGRAPHS for line in textwrap.wrap(paragraph, 80))])
WHOLE |= {
    "newsml-1": NEWSML_1,
    "iptc-7901": IPTC_7901,
    "anpa-1312": ANPA_1312,
    "web-page": PAGE,
    "email": EMAIL,
    "json-feed": {
        "version": "https://jsonfeed.org/version/1.1", "title": "Northwire", "language": "en", "items": [
            {"id": "1", "url": URL, "title": TITLE, "content_html": HTML, "date_published": WHEN, "authors": [{"name": BY}]},
        ],
    },
    "docx": base64(DOCX),
    "pdf": base64(PDF),
}  # fmt: skip
# File formats that do not state the author and time of a story.
WITHOUT_METADATA = ("docx", "pdf")
BROKEN += [
    ("newsml-1", NEWSML_1.replace("NewsML_1.2.dtd", "http://other.example/NewsMLv1.0.dtd").replace(HTML, NITF.partition("?>")[2]), "icebreaker"),
    ("newsml-1", '<NewsML><NewsItem><NewsManagement><Status FormalName="Canceled"/></NewsManagement></NewsItem></NewsML>', ""),
    ("newsml-1", f"<NewsML><NewsItem><NewsComponent><ContentItem><DataContent>{TEXT.replace('&', 'and')}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>", "icebreaker"),
    ("iptc-7901", IPTC_7901.partition("\3")[0], "icebreaker"),
    ("iptc-7901", IPTC_7901.replace(" =", "").replace("GMT Jan 26", "XYZ Foo 26"), "icebreaker"),
    ("iptc-7901", "\1nwe062 4 i 0 bt\2\3\4", ""),
    ("anpa-1312", ANPA_1312.partition("\3")[0], "icebreaker"),
    ("anpa-1312", ANPA_1312.replace("^", ""), "icebreaker"),
    ("anpa-1312", "\x16\x16\1w2870\x1f\2\3\4", ""),
    ("web-page", PAGE[: PAGE.index("</article>")], "icebreaker"),
    ("web-page", HTML, "icebreaker"),
    ("web-page", f"<html><body><script>x()</script><p>{TEXT}", "icebreaker"),
    ("email", EMAIL.replace("charset=utf-8", "charset=us-ascii").replace("grain", "gräin").replace("Date: Mon", "Date: Moon"), "icebreaker"),
    ("email", EMAIL.replace("text/plain; charset=utf-8", "text/html").replace(TEXT, HTML), "icebreaker"),
    ("email", f"From: a@b.example\nSubject: =?nonsense?q?a?=\nContent-Type: multipart/mixed\n\n{TEXT}", "icebreaker"),
    ("json-feed", {"version": "https://jsonfeed.org/version/1", "items": [{"content_text": TEXT, "author": "A", "date_published": 5}]}, "icebreaker"),
    ("json-feed", {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1}]}, ""),
    ("json-feed", {"version": "https://jsonfeed.org/version/1.1", "items": [None, {"summary": TEXT, "authors": [None]}]}, "icebreaker"),
    ("docx", base64(word_document(("Normal", TEXT))), "icebreaker"),
    ("docx", base64(word_document(("Heading 1", TITLE), ("List Bullet", TEXT), ("Quote", "No way through."))), "icebreaker"),
    ("docx", base64(word_document()), ""),
    ("pdf", base64(pdf([(10, line) for line in textwrap.wrap(TEXT, 60)], [(10, "The canal freezes about once in ten winters.")])), "icebreaker"),
    ("pdf", base64(PDF.replace(b"0000000009", b"0000000007")), "icebreaker"),
    ("pdf", base64(b"\n\n" + PDF.replace(b"/Size", b"/Sice")), "icebreaker"),
]  # fmt: skip


def as_body(document: Any) -> bytes:
    """The document as the body of a request."""
    return to_bytes(document) if isinstance(document, str) else json.dumps(document).encode()

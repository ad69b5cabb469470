"""Documents of CMSs and wires are read; documents in another format than declared are refused, in bounded time."""

import io
import json
from typing import Any

import docx
import feedparser
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from nutgraf import formats
from nutgraf.formats.common import to_rfc3339
from tests.cpu_time import at_most
from tests.problems import is_problem
from tests.sample_documents import BROKEN, PARAGRAPHS, RSS, TITLE, WHEN, WHOLE, WITHOUT_METADATA, as_body


def sentences(client: FlaskClient, article: dict[str, Any]) -> list[str]:
    answer = client.post("/summarize", json={"articles": [{"language": "en", **article}], "length": {"sentences": 3}})
    assert answer.status_code == 200, answer.get_json()
    return [sentence["text"] for sentence in answer.get_json()["summary"]["sentences"]]


def test_each_format_has_documents() -> None:
    assert set(WHOLE) == set(formats.FORMATS)
    assert len(WHOLE) + len(BROKEN) >= 40
    for name in formats.FORMATS:
        assert sum(each == name for each, *_ in BROKEN) >= 3


@pytest.mark.parametrize("name", WHOLE)
def test_the_same_story_gives_the_same_sentences(client: FlaskClient, name: str) -> None:
    """The same story in each format: without captions, embeds, scripts and tables of links, and with entities decoded."""
    expected = sentences(client, {"text": "\n\n".join(PARAGRAPHS), "title": TITLE})
    assert sentences(client, {"format": name, "document": WHOLE[name]}) == expected


@pytest.mark.parametrize("name", WHOLE)
def test_a_format_is_recognized(name: str) -> None:
    assert formats.read("auto", WHOLE[name]) == formats.read(name, WHOLE[name])


@pytest.mark.parametrize("name", [name for name in WHOLE if name not in WITHOUT_METADATA])
def test_metadata_of_a_document_is_read(name: str) -> None:
    (article,) = formats.read(name, WHOLE[name])
    assert article["title"] == TITLE
    assert article["published_at"] == WHEN
    assert "Correspondent" in article["byline"]


def test_status_embargo_and_rewrites_are_read() -> None:
    document = {**WHOLE["superdesk"], "pubstatus": "canceled", "embargoed": "20260113T120000+0100"}
    (article,) = formats.read("superdesk", document)
    assert article["status"] == "canceled"
    assert article["embargoed_until"] == "2026-01-13T11:00:00Z"
    assert article["rewrite_of"] == "urn:news:0"


@pytest.mark.parametrize(("name", "document", "word"), BROKEN)
def test_a_document_that_breaks_rules_is_read(name: str, document: Any, word: str) -> None:
    (article,) = formats.read(name, document)
    text: str = article.get("text", article.get("html")) or ""
    assert word in text if word else not text


def test_missing_parts_of_a_document_are_reported(client: FlaskClient) -> None:
    document = {"guid": "1", "body_text": PARAGRAPHS[0], "versioncreated": "yesterday"}
    answer = client.post("/summarize", json={"articles": [{"format": "superdesk", "document": document}]}).get_json()
    (warning,) = [each for each in answer["warnings"] if each["code"] == "document-incomplete"]
    assert "a title" in warning["detail"]
    assert "a date that can be read (updated_at)" in warning["detail"]
    assert warning["article_id"] == "1"


def test_a_description_is_read_in_place_of_a_body_with_a_warning(client: FlaskClient) -> None:
    document = {"@type": "NewsArticle", "headline": TITLE, "description": PARAGRAPHS[0]}
    answer = client.post("/summarize", json={"articles": [{"format": "schema-org", "document": document}]}).get_json()
    (warning,) = [each for each in answer["warnings"] if each["code"] == "document-incomplete"]
    assert warning["detail"] == "The document lacks a body, so its description is read."
    assert answer["summary"]["text"] == PARAGRAPHS[0]


def test_fields_sent_next_to_a_document_replace_its_fields(client: FlaskClient) -> None:
    """Times were once refused there."""
    article = {"format": "ninjs-1", "document": WHOLE["ninjs-1"], "embargoed_until": "2026-02-01T06:00:00Z", "title": "Ice"}
    answer = client.post("/summarize", json={"articles": [article]}).get_json()
    assert answer["embargoed_until"].startswith("2026-02-01T06:00:00")
    assert answer["articles"][0]["title"] == "Ice"


def test_a_document_is_read_leniently_and_a_request_strictly(client: FlaskClient) -> None:
    """Even an example in a standard has line ends in its strings."""
    document = (
        '{"uri": "1", "uri": "2", "headline": "Ice\tcloses\n the canal", "body_text": "Ice has closed the canal.", "x": NaN}'
    )
    answer = client.post("/summarize?format=auto", data=document, content_type="application/json").get_json()
    assert (answer["articles"][0]["id"], answer["articles"][0]["title"]) == ("2", "Ice closes the canal")
    request = f'{{"articles": [{{"format": "auto", "document": {document}}}]}}'
    is_problem(client.post("/summarize", data=request, content_type="application/json"), 400, "malformed-json")


@pytest.mark.parametrize(
    "document", ["/dev/zero", "/etc/hostname", "tests/documents/feed/rss.xml", "https://news.example/rss"]
)
def test_a_document_that_is_a_file_name_is_not_opened(client: FlaskClient, document: str) -> None:
    """feedparser once opened a file whose name was sent as a feed; it read /dev/zero for ever."""
    sent = {"articles": [{"format": "feed", "document": document}]}
    problem = is_problem(client.post("/summarize", json=sent), 422, "invalid-request")
    assert "no element rss" in problem["errors"][0]["detail"]


def test_feedparser_is_not_changed_globally() -> None:
    """Its parser classes were once replaced for the whole process."""
    assert {feedparser.api.StrictFeedParser.__module__, feedparser.api.LooseFeedParser.__module__} == {"feedparser.api"}


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ({"uri": "1", "headline": "Ice", "body_html": "<p>Ice.</p>", "versionCreated": WHEN}, "ninjs-1"),
        ({"uri": "1", "headlines": [{"value": "Ice"}], "versioncreated": WHEN}, "ninjs-2"),
        ({"uri": "1", "headlines": [{"value": "Ice"}], "versionCreated": WHEN}, "ninjs-3"),
        ({"standard": {"name": "ninjs", "version": "1.4"}, "body_text": "Ice."}, "ninjs-1"),
        ({"standard": {"name": "ninjs", "version": "2.0"}, "headlines": []}, "ninjs-2"),
        ({"standard": {"name": "ninjs", "version": "3.1"}, "headlines": []}, "ninjs-3"),
        ({"@type": "schema:AnalysisNewsArticle", "articleBody": "Ice."}, "schema-org"),
        ([{"@type": ["BackgroundNewsArticle"], "articleBody": "Ice."}], "schema-org"),
        ('<n:nitf xmlns:n="http://iptc.org/std/nar/2006-10-01/"><n:body/></n:nitf>', "nitf"),
        ("<!DOCTYPE nitf SYSTEM 'nitf.dtd'><!-- a --><nitf><body/></nitf>", "nitf"),
        (
            '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentSet><inlineXML><nitf/></inlineXML></contentSet></newsItem>',
            "newsml-g2",
        ),
    ],
)
def test_similar_formats_are_distinguished(document: Any, name: str) -> None:
    recognized = [each for each in formats.FORMATS.values() if each.recognizes(document)]
    assert recognized[0] is formats.FORMATS[name]


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ('<sports-content xmlns="http://iptc.org/std/SportsML/2008-04-01/"/>', "SportsML"),
        ("<events/>", "EventsML"),
        ("<invoice/>", "root element invoice"),
        ({"@type": ["SportsEvent", "Event"]}, "SportsEvent, Event"),
        ({"uri": "1", "type": "event", "headlines": []}, "'event'"),
        ({"guid": "1", "type": "planning", "body_html": "<p>The council meets.</p>"}, "'planning'"),
    ],
)
def test_documents_that_are_not_stories_are_refused_by_their_kind(client: FlaskClient, document: Any, kind: str) -> None:
    problem = is_problem(
        client.post("/summarize", json={"articles": [{"format": "auto", "document": document}]}), 422, "invalid-request"
    )
    assert kind in problem["errors"][0]["detail"]


@pytest.mark.parametrize("name", WHOLE)
def test_a_document_is_posted_alone(client: FlaskClient, name: str) -> None:
    document = WHOLE[name]
    kind = "application/xml" if isinstance(document, str) else "application/json"
    query = f"?format={name}&words=40&headlines=2&max_characters=60&order=score&keywords=0"
    answer = client.post(f"/summarize{query}", data=as_body(document), content_type=kind).get_json()
    assert 0 < answer["summary"]["words"] <= 40
    assert answer["keywords"] == []
    assert all(headline["characters"] <= 60 for headline in answer["headlines"])
    report = answer["articles"][0]
    for sentence in answer["summary"]["sentences"]:
        assert report["text"][sentence["start"] : sentence["end"]] == sentence["text"]


@pytest.mark.parametrize(
    ("media_type", "name"),
    [("application/rss+xml", "feed"), ("text/xml", "nitf"), ("application/xml", "newsml-g2"), ("application/ld+json", "schema-org"),
     ("application/vnd.iptc.g2.newsitem+xml", "newsml-g2"), ("application/vnd.iptc.ninjs+json", "ninjs-1")],
)  # fmt: skip
def test_a_media_type_names_the_format(client: FlaskClient, media_type: str, name: str) -> None:
    assert client.post("/summarize", data=as_body(WHOLE[name]), content_type=media_type).status_code == 200


def test_an_encoding_that_xml_declares_is_read(client: FlaskClient) -> None:
    document = WHOLE["nitf"].replace("UTF-8", "ISO-8859-1").replace("Kelling", "Kölling").encode("latin-1")
    answer = client.post("/summarize", data=document, content_type="application/xml").get_json()
    assert "Kölling" in answer["articles"][0]["text"]


def test_entries_of_a_feed_are_numbered_and_counted(client: FlaskClient) -> None:
    item = RSS[RSS.index("<item>") : RSS.index("</channel>")]
    feed = RSS.replace(item, item + item.replace("Ice", "Snow").replace("canal", "road"))
    answer = client.post("/summarize", json={"articles": [{"format": "feed", "document": feed}]}).get_json()
    assert [article["id"] for article in answer["articles"]] == ["0.0", "0.1"]
    many = RSS.replace(item, item * 101)
    response = client.post("/summarize", json={"articles": [{"format": "feed", "document": many}]})
    is_problem(response, 422, "invalid-request")


@pytest.mark.parametrize(
    ("article", "pointer"),
    [
        ({"format": "nitf", "document": "<nitf>"}, "/articles/0/document"),
        ({"format": "nitf", "document": {"a": 1}}, "/articles/0/document"),
        ({"format": "ghost", "document": "text"}, "/articles/0/document"),
        ({"format": "auto", "document": {"a": 1}}, "/articles/0/document"),
        ({"format": "auto", "document": None}, "/articles/0/document"),
        ({"format": "feed", "document": "<rss></rss>"}, "/articles/0/document"),
        ({"format": "word", "document": {}}, "/articles/0/format"),
        ({"format": "docx", "document": {}}, "/articles/0/document"),
        ({"document": {}}, "/articles/0"),
        ({"format": "ghost"}, "/articles/0"),
        ({"format": "ghost", "document": {}, "text": "x"}, "/articles/0"),
        ({"format": "wordpress", "document": {"content": {"protected": True, "rendered": ""}}}, "/articles/0/document"),
    ],
)
def test_a_document_in_another_format_than_declared_gets_422_with_a_pointer(
    client: FlaskClient, article: dict[str, Any], pointer: str
) -> None:
    problem = is_problem(client.post("/summarize", json={"articles": [article]}), 422, "invalid-request")
    assert pointer in {error["pointer"] for error in problem["errors"]}


BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(10)
)


@pytest.mark.parametrize(
    "document",
    [
        BOMB + "]><nitf>&k;</nitf>",
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><body><body.content><p>&x;</p></body.content></body></nitf>',
        BOMB + "]><rss version='2.0'><channel><item><title>&k;</title></item></channel></rss>",
        "<rss version='2.0'><channel>" + "<item><title>a</title>" * 100_000,
        "<rss version='2.0'><channel><item>" + "<a>" * 500_000,
        "<nitf>" + "<p>" * 100_000,
        "<nitf>" + "<p>" * 400_000 + "</p>" * 400_000 + "</nitf>",
    ],
    ids=["bomb", "external", "bomb in a feed", "many entries", "deep feed", "unclosed", "deep"],
)
def test_hostile_xml_is_refused_fast(client: FlaskClient, document: str) -> None:
    with at_most(5):
        response = client.post("/summarize", json={"articles": [{"format": "auto", "document": document}]})
    is_problem(response, 422, "invalid-request")
    assert b"root:" not in response.data


@pytest.mark.parametrize(
    "html", ["<p>" * 100_000 + "The ice closed the canal.", "<div>" * 1_000_000 + "The ice closed the canal."]
)
def test_unclosed_html_is_read_in_bounded_time(client: FlaskClient, html: str) -> None:
    sent = {"articles": [{"format": "wordpress", "document": {"content": {"rendered": html}}}]}
    with at_most(20):
        response = client.post("/summarize", json=sent)
    assert response.status_code in (200, 422)


@given(
    st.sampled_from(["auto", *WHOLE]),
    st.sampled_from(
        [
            "application/json",
            "application/xml",
            "text/xml; charset=utf-16",
            "application/json; charset=big5",
            "application/rss+xml",
        ]
    ),
    st.binary(max_size=200) | st.sampled_from([as_body(document) for document in WHOLE.values()]),
    st.binary(max_size=4),
)
def test_any_bytes_are_read_or_refused(client: FlaskClient, name: str, content_type: str, body: bytes, start: bytes) -> None:
    response = client.post(f"/summarize?format={name}", data=start + body, content_type=content_type)
    assert response.status_code in (200, 400, 422)


KEYS = st.sampled_from(
    "uri guid bodies body_html body_text headline headlines contentType contenttype value role versionCreated type version content "
    "rendered raw title post current html plaintext @type @graph articleBody author name content_elements items credits by status "
    "pubstatus embargoed language date_gmt _embedded link id".split()
) | st.text(max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)


@given(st.sampled_from(["auto", *WHOLE]), JSON)
def test_json_sent_as_any_format_never_gets_500(client: FlaskClient, name: str, document: Any) -> None:
    assert client.post("/summarize", json={"articles": [{"format": name, "document": document}]}).status_code in (200, 422)


@given(st.sampled_from(list(WHOLE)), st.data())
def test_a_changed_or_truncated_document_never_gets_500(client: FlaskClient, name: str, data: st.DataObject) -> None:
    """A valid document with one value of another type, or truncated."""
    document = WHOLE[name]
    if isinstance(document, str):
        cut = data.draw(st.integers(0, len(document)))
        document = document[:cut]
    else:
        document = json.loads(json.dumps(document))
        key = data.draw(st.sampled_from(sorted(document)))
        document[key] = data.draw(JSON)
    assert client.post("/summarize", json={"articles": [{"format": name, "document": document}]}).status_code in (200, 422)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-01-12T08:30:00Z", WHEN),
        ("20260112T083000Z", WHEN),
        ("20260112T093000+0100", WHEN),
        ("2026-01-12T09:30:00.123+01:00", WHEN),
        ("2026-01-12T08:30:00", WHEN),
        ("20260112", "2026-01-12T00:00:00Z"),
        ("2026-01-12", "2026-01-12T00:00:00Z"),
        ("2026-01-12 09:30:00 +0100", WHEN),
        ("Mon, 12 Jan 2026 08:30:00 GMT", WHEN),
        ("12 Jan 2026 09:30 +0100", WHEN),
        (f"{WHEN}{' ' * 100}", None),
        ("0000-00-00T00:00:00", None),
        ("tomorrow", None),
        (5, None),
    ],
)
def test_iso_8601_and_email_dates_are_read(written: Any, read: str | None) -> None:
    assert to_rfc3339(written) == read


def test_formats_are_listed(client: FlaskClient) -> None:
    listed = {each["name"]: each for each in client.get("/formats").get_json()["formats"]}
    assert set(listed) == {*formats.FORMATS, *formats.OUTPUTS}
    assert listed["ninjs-3"]["writes"]
    assert listed["markdown"]["reads"] is None


@pytest.mark.parametrize(
    "inside",
    ["<item><link></item></link>&", "<image><link></image></link>&", "<item><textinput><link></link>&"],
)
def test_a_feed_that_makes_feedparser_fail_is_refused(client: FlaskClient, inside: str) -> None:
    """Fuzzing found it: a link that closes after its item raised KeyError deep in feedparser, and the answer was a 500."""
    sent = {"articles": [{"format": "feed", "document": f"<rss><channel>{inside}<item><title>{TITLE}</title></item>"}]}
    problem = is_problem(client.post("/summarize", json=sent), 422, "invalid-request")
    assert "RSS" in problem["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("code", "is_open", "is_known"),
    [
        (None, True, True),
        ("", True, True),
        ("free", True, True),
        ("Metered", True, True),
        ("sports-metered", True, True),
        ("FREE_NEWS", True, True),
        ("abierta", True, True),
        ("exempt", True, True),
        ("premium", False, True),
        ("premium-metered", False, True),
        ("subscriber only", False, True),
        ("ad-free", False, True),
        ("not_free", False, True),
        ("free-registration", False, True),
        ("cerrada", False, True),
        ("gold", False, False),
        ("freelance", False, False),
        (["premium"], False, True),
        ({"level": 3}, False, False),
    ],
)
def test_content_codes_of_arc_that_let_everybody_read(code: object, is_open: bool, is_known: bool) -> None:
    """All unknown codes once counted as for subscribers only, without a warning."""
    document = {**WHOLE["ans"], "content_restrictions": {"content_code": code}}
    (article,) = formats.read("ans", document)
    assert article["status"] == ("usable" if is_open else "withheld")
    assert any("content_code" in each for each in article[formats.MISSING]) is not is_known


@pytest.mark.parametrize("reference", ["&#0;", "&#x1f;", "&#xD800;", "&#99999999;", f"&#{'9' * 5_000};", "&#xFFFF;"])
@pytest.mark.parametrize(
    "document",
    [
        ("nitf", "<nitf><body><body.content><p>It rains%son the coast.</p></body.content></body></nitf>"),
        (
            "feed",
            "<rss><channel><item><title>R</title><description>It rains%son the coast.</description></item></channel></rss>",
        ),
        (
            "feed",
            "<rss><channel><item><title>R<br></title><description>It rains%son the coast.</description></item></channel></rss>",
        ),
    ],
)
def test_invalid_character_references_become_spaces(reference: str, document: tuple[str, str]) -> None:
    """XML with one of them was once refused, and a feed got 500."""
    (article,) = formats.read(document[0], document[1] % reference)
    assert " ".join(article["text"].split()) == "It rains on the coast."


@pytest.mark.parametrize(
    ("embargo", "until"),
    [
        ({"active": "false"}, None),
        ([{"active": True, "end_time": WHEN}], WHEN),
        (
            [{"active": False}, {"active": "true", "end_time": WHEN}, {"active": True, "end_time": "2026-01-11T00:00:00Z"}],
            WHEN,
        ),
        ([{"active": True, "end_time": WHEN}, {"active": True}], "withheld"),
        ("soon", None),
    ],
)
def test_embargoes_of_arc(embargo: object, until: str | None) -> None:
    """Several embargoes were once ignored, and "false" counted as an embargo."""
    (article,) = formats.read("ans", {**WHOLE["ans"], "content_restrictions": {"embargo": embargo}})
    assert article.get("embargoed_until", article["status"]) == (until or "usable")


def test_a_ghost_post_without_a_visibility(client: FlaskClient) -> None:
    """A paid post without a visibility was once quoted below the mark."""
    post = {"title": TITLE, "html": f"<p>{PARAGRAPHS[0]}</p><!--members-only--><p>The rest is paid for.</p>"}
    assert sentences(client, {"format": "ghost", "document": {"post": {"current": post}}}) == [PARAGRAPHS[0]]


@pytest.mark.parametrize(
    ("written", "text", "title"),
    [
        ("&lt;p&gt;Salt &amp;amp; sand, the mayor&amp;rsquo;s plan.&lt;/p&gt;", "Salt & sand, the mayor’s plan.", "Salt & sand, the mayor’s plan."),
        ("Salt &amp;amp; sand, the mayor&amp;#8217;s plan.", "Salt & sand, the mayor’s plan.", "Salt & sand, the mayor’s plan."),
        ("AT&amp;T and R&D; the rest.", "AT&T and R&D; the rest.", "AT&T and R&D; the rest."),
    ],
)  # fmt: skip
def test_text_that_is_escaped_twice_is_unescaped(client: FlaskClient, written: str, text: str, title: str) -> None:
    document = {"@type": "NewsArticle", "headline": written, "articleBody": written}
    (report,) = client.post("/summarize", json={"articles": [{"format": "schema-org", "document": document}]}).get_json()[
        "articles"
    ]
    assert (report["text"], report["title"]) == (text, title)


def test_a_picture_in_a_list_of_documents_is_skipped(client: FlaskClient) -> None:
    """The whole list was once refused."""
    picture = {"guid": "urn:picture", "type": "picture", "headline": "Ice"}
    document = {"_items": [picture, WHOLE["superdesk"]]}
    answer = client.post("/summarize", json={"articles": [{"format": "auto", "document": document}]}).get_json()
    assert {each["article_id"] for each in answer["summary"]["sentences"]} == {"0.1"}
    incomplete = [each for each in answer["warnings"] if each["code"] == "document-incomplete"]
    assert [each["article_id"] for each in incomplete] == ["0.0"]
    assert "picture" in incomplete[0]["detail"]
    only = {"articles": [{"format": "auto", "document": {"_items": [picture, picture]}}]}
    assert "picture" in is_problem(client.post("/summarize", json=only), 422, "invalid-request")["detail"]


@pytest.mark.parametrize(
    ("name", "document", "field", "value"),
    [
        ("nitf", "<nitf><body><body.head><byline><person><name.given>Ann</name.given><name.family>Lock</name.family></person></byline></body.head></body></nitf>", "byline", "Ann Lock"),
        ("schema-org", {"@type": "NewsArticle", "author": "https://news.example/ann"}, "byline", None),
        ("schema-org", {"@type": "NewsArticle", "author": {"name": ["Ann Lock", "A. Lock"]}}, "byline", "Ann Lock"),
        ("schema-org", {"@graph": [{"@type": "NewsArticle", "mainEntityOfPage": {"@id": "#p"}}, {"@id": "#p", "@type": "WebPage", "url": "https://news.example/x"}]}, "url", "https://news.example/x"),
        ("schema-org", {"@type": "NewsArticle", "url": "/x", "mainEntityOfPage": ["https://news.example/x"]}, "url", "https://news.example/x"),
        ("schema-org", {"@type": "NewsArticle", "mainEntityOfPage": {"@type": "WebPage", "@id": "https://news.example/x"}}, "url", "https://news.example/x"),
        ("schema-org", {"@type": "SocialMediaPosting", "text": "It rains."}, "text", "It rains."),
        ("ans", {"type": "story", "version": "1", "credits": {"by": [{"name": "Ann Lock"}, {"byline": "Bo Hale"}, {"first_name": "Cy", "last_name": "Marsh"}]}}, "byline", "Ann Lock, Bo Hale, Cy Marsh"),
    ],
)  # fmt: skip
def test_metadata_in_unusual_places_is_read(name: str, document: Any, field: str, value: str | None) -> None:
    (article,) = formats.read(name, document)
    assert article.get(field) == value


ANPA = "\x16\x16\x01a0123\x1f\nu abx\n\x02%s\tThe storm hit the coast on Monday.\n\x03AP-WF-01-12-26 0830GMT\x04"
IPTC = "\x01dpa0123 4 pl 12 dpa\n\x02%s\n\nThe storm hit the coast on Monday.\n\x03121030 GMT Jan 2026\x04"
MANAGED = "<NewsML><NewsItem><NewsManagement>%s</NewsManagement><NewsComponent><NewsLines><HeadLine>Storm</HeadLine></NewsLines><ContentItem><DataContent><p>The storm hit the coast on Monday.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("anpa-1312", ANPA % "^BC-Storm,50<\n^Eds: Do not use the story on the storm. Kill it.<\n^Storm hits Hale<\n"),
        ("anpa-1312", ANPA % "^BC-US--Storm, KILL,50<\n^Storm hits Hale<\n"),
        ("anpa-1312", ANPA % "^BC-US--Storm,50<\n^MANDATORY KILL<\n"),
        ("iptc-7901", IPTC % "ATTENTION EDITORS: KILL THIS STORY\nStorm hits the coast at Hale on a Monday ="),
        ("iptc-7901", IPTC % "MANDATORY KILL\nStorm hits the coast at Hale ="),
        ("iptc-7901", IPTC % "Storm/Weather/KILL=\nMANDATORY KILL ="),
        ("newsml-1", MANAGED % '<Status FormalName="Usable"/><Instruction FormalName="Delete"/>'),
    ],
)
def test_a_killed_wire_story_is_not_quoted(client: FlaskClient, name: str, document: str) -> None:
    """Kill lines above the text were once dropped with the slugs, and the story was quoted."""
    body = {"articles": [{"format": name, "document": document, "language": "en"}]}
    is_problem(client.post("/summarize", json=body), 422, "no-usable-text")


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("anpa-1312", ANPA % "^BC-US--Storm-Killed,50<\n^Storm kills two in Hale<\n"),
        ("anpa-1312", ANPA % "^BC-STORM KILL,50<\n^Eds: Updates with two killed.<\n^Storm hits Hale<\n"),
        ("iptc-7901", IPTC % "Storm/\nTwo killed\nStorm kills two at the coast of Hale ="),
        ("newsml-1", MANAGED % '<Status FormalName="Usable"/><Instruction FormalName="Update"/>'),
    ],
)
def test_a_story_about_people_who_were_killed_is_quoted(client: FlaskClient, name: str, document: str) -> None:
    article = {"format": name, "document": document}
    assert sentences(client, article) == ["The storm hit the coast on Monday."]


def test_cells_of_a_layout_row_in_a_word_document_are_paragraphs() -> None:
    """They were once one paragraph, with a mark between the sentences."""
    document = docx.Document()
    cells = [f"{PARAGRAPHS[0]} {PARAGRAPHS[1]}", PARAGRAPHS[2]]
    for row, texts in ((document.add_table(1, 2), cells), (document.add_table(1, 2), ["Hale", "2 m"])):
        for cell, text in zip(row.rows[0].cells, texts, strict=True):
            cell.text = text
    content = io.BytesIO()
    document.save(content)
    (article,) = formats.read("docx", content.getvalue())
    assert article["text"].split("\n\n") == [*cells, "Hale | 2 m"]

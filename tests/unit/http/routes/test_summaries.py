"""POST /summarize, and the routes that describe the service."""

import gzip
import json

import pytest
from flask.testing import FlaskClient

from nutgraf.app import create_app
from nutgraf.samples import sample
from tests.builders import NEWS, body
from tests.problems import errors_by_pointer, is_problem


@pytest.fixture
def client(shared_client: FlaskClient) -> FlaskClient:
    return shared_client


def test_summary_quotes_its_sources_word_for_word(client: FlaskClient) -> None:
    request = sample("ferry")
    answer = client.post("/summarize", json=request).get_json()
    sent = {article["id"]: article.get("text") for article in request["articles"]}
    made = {article["id"]: article.get("text") for article in answer["articles"]}
    assert len(answer["summary"]["sentences"]) >= 3
    for sentence in answer["summary"]["sentences"]:
        text = sent[sentence["article_id"]] or made[sentence["article_id"]]
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]


def test_defaults_are_those_of_the_contract(client: FlaskClient) -> None:
    answer = client.post("/summarize", json=body()).get_json()
    assert len(answer["summary"]["sentences"]) == 5
    assert 1 <= len(answer["headlines"]) <= 3
    assert all(headline["characters"] <= 70 for headline in answer["headlines"])
    assert 1 <= len(answer["keywords"]) <= 10
    assert answer["articles"][0]["id"] == "0"


@pytest.mark.parametrize(
    ("length", "most"), [({"sentences": 2}, 2), ({"words": 30}, 30), ({"characters": 200}, 200), ({"ratio": 0.4}, 26)]
)
def test_length_is_never_exceeded(client: FlaskClient, length: dict[str, float], most: int) -> None:
    summary = client.post("/summarize", json=body(length=length)).get_json()["summary"]
    (unit,) = length
    spent = {"sentences": len(summary["sentences"]), "ratio": summary["words"]}.get(unit, summary.get(unit))
    assert 0 < spent <= most
    assert summary["characters"] == len(summary["text"])
    assert summary["words"] == len(summary["text"].split())


def test_if_no_sentence_fits_the_summary_is_empty_with_a_warning(client: FlaskClient) -> None:
    answer = client.post("/summarize", json=body(length={"words": 1})).get_json()
    assert answer["summary"] == {"text": "", "words": 0, "characters": 0, "sentences": []}
    assert "nothing-fits" in [warning["code"] for warning in answer["warnings"]]


def test_offsets_in_utf16_slice_as_javascript_does(client: FlaskClient) -> None:
    text = f"😀😀 {NEWS}"
    answer = client.post("/summarize", json=body(text, offset_unit="utf16")).get_json()
    encoded = text.encode("utf-16-le")
    for sentence in answer["summary"]["sentences"]:
        assert encoded[2 * sentence["start"] : 2 * sentence["end"]].decode("utf-16-le") == sentence["text"]
    assert answer["summary"]["characters"] == len(answer["summary"]["text"].encode("utf-16-le")) // 2


def test_html_is_returned_as_the_text_that_offsets_refer_to(client: FlaskClient) -> None:
    markup = f"<h1>Bridge closes</h1><p>{NEWS}</p><figure><figcaption>The bridge</figcaption></figure>"
    answer = client.post("/summarize", json={"articles": [{"html": markup}, {"text": NEWS.upper()}]}).get_json()
    made, plain = answer["articles"]
    assert "Bridge closes" in made["text"]
    assert "<" not in made["text"]
    assert "text" not in plain


def test_headlines_and_keywords_can_be_turned_off(client: FlaskClient) -> None:
    answer = client.post("/summarize", json=body(headlines={"count": 0}, keywords=0, length={"sentences": 2})).get_json()
    assert answer["headlines"] == []
    assert answer["keywords"] == []
    assert answer["warnings"] == []


def test_equivalent_requests_have_the_same_digest(client: FlaskClient) -> None:
    """Before the digest is computed, defaults are filled in and keys are sorted."""
    spelt = {"keywords": 10, "length": {"sentences": 5}, "articles": [{"language": None, "text": NEWS}]}
    digests = [client.post("/summarize", json=each).get_json()["engine"]["input_sha256"] for each in (body(), spelt)]
    assert digests[0] == digests[1]
    assert client.post("/summarize", json=body(keywords=9)).get_json()["engine"]["input_sha256"] != digests[0]


def test_the_documented_example_is_the_real_answer(client: FlaskClient) -> None:
    """The answer in the contract is committed; `make samples` updates it."""
    assert client.post("/summarize", json=sample("ferry")).get_json() == sample("ferry-answer")


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (b"", "line 1, column 1"),
        (b"{", "not JSON"),
        (b'{"articles": [], "articles": []}', "'articles' twice"),
        (b'{"keywords": NaN}', "NaN"),
        (b'{"keywords": -Infinity}', "Infinity"),
        (b"[" * 100 + b"]" * 100, "deeper than 64"),
        (b"[" * 100_000, "deeper than 64"),
        (b'{"a":' * 100_000, "deeper than 64"),
        (b'{"keywords": ' + b"9" * 5_000 + b"}", "too many digits"),
        ('{"articles": "é"}'.encode("latin-1"), "UTF-8"),
    ],
)
def test_malformed_json_gets_400_with_the_reason(client: FlaskClient, sent: bytes, says: str) -> None:
    response = client.post("/summarize", data=sent, content_type="application/json")
    assert says in is_problem(response, 400, "malformed-json")["detail"]


def test_brackets_in_text_do_not_count_as_nesting(client: FlaskClient) -> None:
    assert client.post("/summarize", json=body("[" * 5_000 + NEWS)).status_code == 200


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_other_media_types_get_415(client: FlaskClient, media_type: str) -> None:
    response = client.post("/summarize", data=json.dumps(body()), content_type=media_type)
    is_problem(response, 415, "unsupported-media-type")


def test_media_types_with_the_suffix_json_are_accepted(client: FlaskClient) -> None:
    response = client.post("/summarize", data=json.dumps(body()), content_type="application/vnd.house+json; charset=utf-8")
    assert response.status_code == 200


def test_a_body_over_the_limit_gets_413_with_the_limit() -> None:
    from nutgraf.app import create_app

    client = create_app({"max_body_bytes": 2_000}).test_client()
    assert client.post("/summarize", json=body("A word. " * 200)).status_code == 200
    response = client.post("/summarize", json=body("A word. " * 400))
    assert "2000 bytes" in is_problem(response, 413, "body-too-large")["detail"]


def test_unsupported_accept_headers_get_406(client: FlaskClient) -> None:
    is_problem(client.post("/summarize", json=body(), headers={"Accept": "text/csv"}), 406, "not-acceptable")
    for accept in ("*/*", "application/*", "text/html, application/json;q=0.5"):
        assert client.post("/summarize", json=body(), headers={"Accept": accept}).status_code == 200


LONE = "\ud800"
FIRST = {"article_id": "0", "sentence_index": 0}
INVALID = [
    ([], ""),
    ({}, "/articles"),
    ({"articles": []}, "/articles"),
    ({"articles": "text"}, "/articles"),
    ({"articles": [{"text": NEWS}] * 101}, "/articles"),
    ({"articles": ["text"]}, "/articles/0"),
    ({"articles": [{}]}, "/articles/0"),
    ({"articles": [{"text": NEWS, "html": NEWS}]}, "/articles/0"),
    ({"articles": [{"text": None}]}, "/articles/0/text"),
    ({"articles": [{"text": 5}]}, "/articles/0/text"),
    ({"articles": [{"text": f"a {LONE} b"}]}, "/articles/0/text"),
    ({"articles": [{"html": LONE}]}, "/articles/0/html"),
    ({"articles": [{"text": NEWS, "title": LONE}]}, "/articles/0/title"),
    ({"articles": [{"text": NEWS, "body": NEWS}]}, "/articles/0/body"),
    ({"articles": [{"text": NEWS, LONE: NEWS}]}, "/articles/0/?"),
    ({"articles": [{"text": NEWS, "a/b~c": 1}]}, "/articles/0/a~1b~0c"),
    ({"articles": [{"text": NEWS, "id": "a"}, {"text": NEWS, "id": "a"}]}, "/articles/1/id"),
    ({"articles": [{"text": NEWS, "id": "1"}, {"text": NEWS}]}, "/articles/1/id"),
    ({"articles": [{"text": NEWS, "id": ""}]}, "/articles/0/id"),
    ({"articles": [{"text": NEWS, "language": "english!"}]}, "/articles/0/language"),
    ({"articles": [{"text": NEWS, "language": "en\n"}]}, "/articles/0/language"),
    ({"articles": [{"text": NEWS, "url": "javascript:alert(1)"}]}, "/articles/0/url"),
    ({"articles": [{"text": NEWS, "published_at": "2026-01-11T10:00:00"}]}, "/articles/0/published_at"),
    ({"articles": [{"text": NEWS, "published_at": "2026-02-30T10:00:00Z"}]}, "/articles/0/published_at"),
    ({"articles": [{"text": NEWS, "updated_at": 1641900000}]}, "/articles/0/updated_at"),
    (body(length={"words": 5, "sentences": 5}), "/length"),
    (body(length={}), "/length"),
    (body(length={"words": "5"}), "/length/words"),
    (body(length={"words": 5.5}), "/length/words"),
    (body(length={"words": True}), "/length/words"),
    (body(length={"words": 0}), "/length/words"),
    (body(length={"ratio": 0}), "/length/ratio"),
    (body(length={"ratio": 1.01}), "/length/ratio"),
    (body(length={"ratio": "0.5"}), "/length/ratio"),
    (body(length={"ratio": 10**400}), "/length/ratio"),
    (body(length=5), "/length"),
    (body(length=None), "/length"),
    (body(keywords="10"), "/keywords"),
    (body(keywords=-1), "/keywords"),
    (body(keywords=1e999), "/keywords"),
    (body(headlines={"count": 51}), "/headlines/count"),
    (body(headlines={"max_characters": 0}), "/headlines/max_characters"),
    (body(headlines={"style": "SHOUT"}), "/headlines/style"),
    (body(order="random"), "/order"),
    (body(order=["auto"]), "/order"),
    (body(offset_unit="byte"), "/offset_unit"),
    (body(query=""), "/query"),
    (body(exclude=["verbs"]), "/exclude/0"),
    (body(max_per_source=0), "/max_per_source"),
    (body(background=[{"title": "t"}]), "/background/0"),
    (body(per_article={"sentences": 1, "words": 9}), "/per_article"),
    (body(all_sentences=1), "/all_sentences"),
    (body(all_sentences=None), "/all_sentences"),
    (body(variants={"x": "poster"}), "/variants/x"),
    (body(variants={"x": {"sentences": 0}}), "/variants/x/sentences"),
    (body(variants={"x": 5}), "/variants/x"),
    (body(pin=[{"article_id": "9", "sentence_index": 0}]), "/pin/0/article_id"),
    (body(pin=[{"article_id": "0"}]), "/pin/0/sentence_index"),
    (
        body(pin=[{"article_id": "0", "sentence_index": 1}], ban=[{"article_id": "0", "sentence_index": 1}]),
        "/ban/0/sentence_index",
    ),
    ({"articles": [{"text": NEWS, "rewrite_of": "0"}]}, "/articles/0/rewrite_of"),
    ({"articles": [{"text": NEWS, "status": "spiked"}]}, "/articles/0/status"),
    ({"articles": [{"text": NEWS, "embargoed_until": "tomorrow"}]}, "/articles/0/embargoed_until"),
    (body(mode="x"), "/mode"),
]


@pytest.mark.parametrize(("sent", "pointer"), INVALID, ids=[f"{i}-{pointer}" for i, (_, pointer) in enumerate(INVALID)])
def test_an_invalid_request_gets_422_with_a_pointer_to_the_field(client: FlaskClient, sent: object, pointer: str) -> None:
    text = json.dumps(sent).replace("Infinity", "1e999")
    response = client.post("/summarize", data=text, content_type="application/json")
    errors = errors_by_pointer(is_problem(response, 422, "invalid-request"))
    assert list(errors) == [pointer]
    assert errors[pointer][0].isupper()
    assert errors[pointer].endswith(".")


def test_up_to_a_hundred_invalid_fields_are_named(client: FlaskClient) -> None:
    response = client.post("/summarize", json={"articles": [{"text": 1}, {"txt": NEWS}], "order": 3})
    errors = errors_by_pointer(is_problem(response, 422, "invalid-request"))
    assert sorted(errors) == ["/articles/0/text", "/articles/1", "/articles/1/txt", "/order"]
    response = client.post("/summarize", json=body(**{f"field{i}": i for i in range(1_000)}))
    problem = is_problem(response, 422, "invalid-request")
    assert problem["detail"].startswith("More than 100 fields")
    assert len(problem["errors"]) == 100


@pytest.mark.parametrize("text", ["", " \n\t", "—…!?", "\0\0", "🎉🎉"])
def test_a_request_without_a_sentence_gets_422(client: FlaskClient, text: str) -> None:
    is_problem(client.post("/summarize", json=body(text)), 422, "no-usable-text")


@pytest.mark.parametrize("field", ["title", "source", "byline", "url", "published_at", "updated_at", "language"])
def test_optional_fields_may_be_null(client: FlaskClient, field: str) -> None:
    assert client.post("/summarize", json={"articles": [{"text": NEWS, field: None}]}).status_code == 200


@pytest.mark.parametrize("moment", ["2022-01-11T14:05:00Z", "2022-01-11t14:05:00.123456789z", "0001-01-01T00:00:00+23:59"])
def test_timestamps_are_rfc_3339(client: FlaskClient, moment: str) -> None:
    sent = {"articles": [{"text": NEWS, "published_at": moment}], "order": "published"}
    assert client.post("/summarize", json=sent).status_code == 200


def test_a_whole_number_may_be_written_with_a_decimal_point(client: FlaskClient) -> None:
    """JSON has one kind of number, and JSON Schema calls 5.0 an integer."""
    whole, pointed = (
        client.post("/summarize", data=json.dumps(body(keywords=number)), content_type="application/json")
        for number in (1, 1.0)
    )
    assert len(whole.get_json()["keywords"]) == 1
    assert pointed.get_json()["keywords"] == whole.get_json()["keywords"]


def test_unknown_paths_and_methods_get_problems(client: FlaskClient) -> None:
    is_problem(client.get("/summaries"), 404, "not-found")
    response = client.get("/summarize")
    is_problem(response, 405, "method-not-allowed")
    assert "POST" in response.headers["Allow"]


def test_the_contract_is_served_as_json_and_yaml_with_an_entity_tag(client: FlaskClient) -> None:
    import yaml

    as_json, as_yaml = client.get("/openapi.json"), client.get("/openapi.yaml")
    assert as_json.get_json() == yaml.safe_load(as_yaml.get_data())
    again = client.get("/openapi.yaml", headers={"If-None-Match": as_yaml.headers["ETag"]})
    assert again.status_code == 304


def test_version_and_languages(client: FlaskClient) -> None:
    from nutgraf import __version__ as VERSION

    assert client.get("/version").get_json() == {"name": "nutgraf", "version": VERSION}
    languages = {each["code"]: each["tokenizer"] for each in client.get("/languages").get_json()["languages"]}
    assert list(languages.values()).count("punkt") >= 19
    assert languages["vi"] == "generic"


def test_compressed_garbage_is_refused(client: FlaskClient) -> None:
    response = client.post("/summarize", data=gzip.compress(b"{}"), content_type="application/json")
    is_problem(response, 400, "malformed-json")


def test_all_sentences_are_listed_on_request_and_change_nothing_else(client: FlaskClient) -> None:
    """A page on which an editor pins sentences needs the indices of all sentences."""
    sent = {**sample("bridge"), "offset_unit": "utf16"}
    plain = client.post("/summarize", json=sent).get_json()
    full = client.post("/summarize", json={**sent, "all_sentences": True}).get_json()
    listed = [article.pop("all_sentences") for article in full["articles"]]
    assert full == plain
    assert [len(each) for each in listed] == [7, 8, 0, 0]  # duplicates and withheld articles have no sentences to choose
    text = sent["articles"][0]["text"]
    assert text[listed[0][0]["start"] : listed[0][0]["end"]].startswith("A wooden footbridge collapsed")
    assert [each["sentence_index"] for each in listed[0]] == list(range(7))
    assert listed[1][2]["also_in"][0]["article_id"] == sent["articles"][0]["id"]


@pytest.mark.parametrize(("name", "length"), [("push", {"characters": 120}), ("print", {"sentences": 5})])
def test_a_length_may_be_the_name_of_a_profile(client: FlaskClient, name: str, length: dict[str, int]) -> None:
    """This was once documented but refused."""
    named = client.post("/summarize", json=body(length=name))
    assert named.status_code == 200
    assert named.get_data() == client.post("/summarize", json=body(length=length)).get_data()


def test_an_unknown_profile_is_refused_by_name(client: FlaskClient) -> None:
    errors = errors_by_pointer(is_problem(client.post("/summarize", json=body(length="pushh")), 422, "invalid-request"))
    assert "push, seo, brief, print, broadcast" in errors["/length"]


def test_profiles_of_the_setting_can_be_used_in_length_and_variants() -> None:
    client = create_app({"profiles": "ticker=4 words"}).test_client()
    answer = client.post("/summarize", json=body(length="ticker", variants={"a": "ticker"})).get_json()
    assert answer["summary"]["words"] <= 4
    assert answer["variants"]["a"]["words"] <= 4
    assert client.post("/summarize", json=body(length="push")).status_code == 422


def test_html_that_is_nested_too_deep_is_reported(client: FlaskClient) -> None:
    """The text of such an article was once lost, in whole or in part."""
    deep = f"<p>{NEWS}</p>{'<div>' * 5_000}{NEWS}"
    document = {"content": {"rendered": deep}, "title": {"rendered": "Bridge closes"}}
    sent = [{"text": NEWS}, {"html": deep}, {"format": "wordpress", "document": document}]
    errors = errors_by_pointer(is_problem(client.post("/summarize", json={"articles": sent}), 422, "invalid-request"))
    assert sorted(errors) == ["/articles/1/html", "/articles/2/document"]
    assert "2048 levels" in errors["/articles/1/html"]


@pytest.mark.parametrize("half", ["\ud800", "a\udfff", "\udc00\ud800"])
@pytest.mark.parametrize(
    "document",
    ['{"title": {"rendered": "@"}, "content": {}}', '{"@": 1, "content": {}}', '{"content": [[{"x": ["@"]}]]}',
     '{"content": {}, "more": {"@": {}}}', '"<rss>@</rss>"', '["@"]'],
)  # fmt: skip
def test_a_lone_surrogate_anywhere_in_a_document_gets_422(client: FlaskClient, document: str, half: str) -> None:
    """In an unused property, it once gave 500."""
    value = json.loads(document.replace("@", json.dumps(half)[1:-1]))
    for name in ("auto", "wordpress", "feed"):
        sent = json.dumps({"articles": [{"format": name, "document": value}]})
        response = client.post("/summarize", data=sent, content_type="application/json")
        errors = errors_by_pointer(is_problem(response, 422, "invalid-request"))
        assert errors == {"/articles/0/document": "Must not contain a lone surrogate (half of a pair)."}
        response = client.post(f"/summarize?format={name}", data=json.dumps(value), content_type="application/json")
        assert errors_by_pointer(is_problem(response, 422, "invalid-request")) == errors


def test_a_url_may_have_its_scheme_in_capitals(client: FlaskClient) -> None:
    article = {"text": "The ice melts. It rains.", "language": "en", "url": "HTTPS://News.example/ice"}
    assert client.post("/summarize", json={"articles": [article]}).status_code == 200
    assert client.post("/summarize", json={"articles": [{**article, "url": "ftp://news.example/ice"}]}).status_code == 422

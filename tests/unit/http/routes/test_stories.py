"""POST /stories."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from nutgraf.app import create_app
from nutgraf.samples import sample
from tests.builders import NEWS
from tests.problems import errors_by_pointer, is_problem
from tests.sample_documents import RSS

FEED = sample("feed")


@pytest.fixture
def client(shared_client: FlaskClient) -> FlaskClient:
    return shared_client


def stories(client: FlaskClient, **request: Any) -> dict[str, Any]:
    response = client.post("/stories", json={**FEED, **request})
    assert response.status_code == 200, response.get_data(as_text=True)
    answer: dict[str, Any] = response.get_json()
    return answer


def test_a_feed_becomes_stories(client: FlaskClient) -> None:
    answer = stories(client)
    assert [story["article_ids"] for story in answer["stories"]] == [
        ["northwire-1", "coastal-7"],
        ["northwire-2", "courier-4"],
        ["courier-5"],
    ]
    assert answer["warnings"] == []
    assert answer == sample("feed-answer")
    for story in answer["stories"]:
        titles = {article["title"] for article in FEED["articles"]}
        assert story["headline"]["text"] in titles
        assert story["terms"]
        assert story["summary"] is None
        assert "answer" not in story


def test_articles_keep_their_story_when_a_feed_is_grouped_again(client: FlaskClient) -> None:
    answer = client.post("/stories", json=sample("feed-later")).get_json()
    assert {story["id"]: story["article_ids"] for story in answer["stories"]} == {
        "northwire-2": ["northwire-2", "northwire-6"],
        "northwire-1": ["northwire-1"],
    }


def test_summaries_of_stories_are_those_of_summarize(client: FlaskClient) -> None:
    options = {"length": {"sentences": 2}, "keywords": 3, "headlines": {"count": 2}, "variants": {"push": "push"}}
    answer = stories(client, summarize=options)
    for story in answer["stories"]:
        if len(story["article_ids"]) < 2:
            assert story["summary"] is None
            continue
        articles = [next(each for each in FEED["articles"] if each["id"] == name) for name in story["article_ids"]]
        alone = client.post("/summarize", json={"articles": articles, **options}).get_json()
        assert story["summary"] == alone.pop("summary")
        del alone["engine"]
        assert story["answer"] == alone


def test_documents_of_feeds_are_grouped(client: FlaskClient) -> None:
    answer = stories(client, articles=[{"format": "auto", "document": RSS, "story_id": "morning"}, {"text": NEWS}])
    (morning, other) = sorted(answer["stories"], key=lambda story: str(story["id"]) != "morning")
    assert morning["id"] == "morning"
    assert other["article_ids"] == ["1"]
    posted = client.post("/stories?format=feed", data=RSS, content_type="application/rss+xml")
    assert posted.status_code == 200
    assert sum(len(story["article_ids"]) for story in posted.get_json()["stories"]) >= 1


def test_offsets_of_a_document_refer_to_the_text_of_the_answer(client: FlaskClient) -> None:
    two = [{"html": f"<h1>Bridge</h1><p>{NEWS}</p>"}, {"html": f"<p>{NEWS} More cracks were found.</p>"}]
    (story,) = stories(client, articles=two, summarize={})["stories"]
    texts = {article["id"]: article["text"] for article in story["answer"]["articles"]}
    for sentence in story["summary"]["sentences"]:
        assert texts[sentence["article_id"]][sentence["start"] : sentence["end"]] == sentence["text"]


def test_embargoes_and_withheld_articles(client: FlaskClient) -> None:
    articles = [{**article, "embargoed_until": "2026-02-01T00:00:00Z"} for article in FEED["articles"]]
    articles[0] = {**articles[0], "status": "withheld"}
    answer = stories(client, articles=articles, summarize={})
    assert all(story["embargoed_until"] for story in answer["stories"])
    assert ("withheld", "northwire-1") in [(each["code"], each["article_id"]) for each in answer["warnings"]]
    assert articles[0]["title"] not in json.dumps([story["headline"] for story in answer["stories"]])
    ferry = next(story for story in answer["stories"] if "northwire-1" in story["article_ids"])
    assert {sentence["article_id"] for sentence in ferry["summary"]["sentences"]} == {"coastal-7"}


def test_a_story_of_withheld_articles_has_no_summary_and_the_others_do(client: FlaskClient) -> None:
    articles = [{**article, "status": "canceled"} for article in FEED["articles"]]
    answer = stories(client, articles=articles, summarize={})
    assert {story["summary"] for story in answer["stories"]} == {None}
    assert {story["headline"] for story in answer["stories"]} == {None}
    assert {warning["code"] for warning in answer["warnings"]} == {"withheld"}


def test_a_story_that_is_too_large_for_a_summary_is_named() -> None:
    client = create_app({"max_articles": 1}).test_client()
    answer = stories(client, summarize={})
    assert [warning["code"] for warning in answer["warnings"]] == ["story-not-summarized"] * 2
    assert "at most 1 article" in answer["warnings"][0]["detail"].lower()
    assert len(answer["stories"]) == 3


@pytest.mark.parametrize(
    ("request_body", "pointer"),
    [
        ({}, "/articles"),
        ({"articles": []}, "/articles"),
        ({"articles": "text"}, "/articles"),
        ({"articles": [{"text": NEWS}] * 1001}, "/articles"),
        ({"articles": [{"text": NEWS, "story_id": ""}]}, "/articles/0/story_id"),
        ({"articles": [{"text": NEWS, "story_id": 5}]}, "/articles/0/story_id"),
        ({"articles": [{"text": NEWS, "id": "a"}, {"text": NEWS, "id": "a"}]}, "/articles/1/id"),
        ({"articles": [{"text": NEWS}], "summarize": {"pin": []}}, "/summarize/pin"),
        ({"articles": [{"text": NEWS}], "summarize": {"length": {"words": 0}}}, "/summarize/length/words"),
        ({"articles": [{"text": NEWS}], "summarize": {"length": "nothing"}}, "/summarize/length"),
        ({"articles": [{"text": NEWS}], "summarize": True}, "/summarize"),
        ({"articles": [{"text": NEWS}], "keywords": 5}, "/keywords"),
        ({"articles": [{"text": NEWS, "html": "<p>a</p>"}]}, "/articles/0"),
        ({"articles": [{"format": "nitf", "document": "<a>"}]}, "/articles/0/document"),
    ],
)
def test_errors_in_a_feed_are_named(client: FlaskClient, request_body: dict[str, Any], pointer: str) -> None:
    response = client.post("/stories", json=request_body)
    assert pointer in errors_by_pointer(is_problem(response, 422, "invalid-request"))


def test_limits_are_settings() -> None:
    few = create_app({"max_feed_articles": 2}).test_client()
    assert few.post("/stories", json={"articles": FEED["articles"][:2]}).status_code == 200
    is_problem(few.post("/stories", json={"articles": FEED["articles"][:3]}), 422, "invalid-request")
    short = create_app({"max_feed_characters": 1_000}).test_client()
    response = short.post("/stories", json={"articles": [{"text": NEWS}] * 4})
    is_problem(response, 422, "invalid-request")
    assert "at most 1000 characters" in response.get_data(as_text=True)


def test_story_id_belongs_to_feeds(client: FlaskClient) -> None:
    response = client.post("/summarize", json={"articles": [{"text": NEWS, "story_id": "a"}]})
    is_problem(response, 422, "invalid-request")


def test_the_same_feed_gets_the_same_bytes(client: FlaskClient) -> None:
    body = {**FEED, "summarize": {}}
    assert client.post("/stories", json=body).data == client.post("/stories", json=body).data
    shuffled = {**FEED, "articles": FEED["articles"][::-1]}
    assert client.post("/stories", json=shuffled).get_json()["stories"] == stories(client)["stories"]


def test_the_markup_of_a_feed_is_bounded() -> None:
    client = create_app({"max_elements": 1_000}).test_client()
    few, many = "<p>The bridge is closed. " * 600, "<p>The bridge is closed. " * 1_100
    assert client.post("/stories", json={"articles": [{"html": few}] * 8}).status_code == 200
    problem = is_problem(client.post("/stories", json={"articles": [{"html": many}] * 5}), 422, "invalid-request")
    assert "5000 elements" in errors_by_pointer(problem)["/articles"]
    background = {"articles": [{"text": NEWS}], "summarize": {"background": [{"html": many}]}}
    assert "/summarize/background" in errors_by_pointer(
        is_problem(client.post("/stories", json=background), 422, "invalid-request")
    )

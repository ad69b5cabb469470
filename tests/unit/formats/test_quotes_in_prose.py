"""Text, Markdown and HTML have the requested quotations with their speakers."""

import pytest
from flask.testing import FlaskClient

TEXT = "The council of Skerry met on Monday. “We could not wait for the ferry & its crew,” said Ada Marsh."
EXPECTED = {
    "text": "“We could not wait for the ferry & its crew” — Ada Marsh [1]",
    "markdown": "> We could not wait for the ferry & its crew — Ada Marsh [1]",
    "html": "<blockquote><p>We could not wait for the ferry &amp; its crew — Ada Marsh</p></blockquote>",
}


@pytest.mark.parametrize(("output", "expected"), EXPECTED.items())
def test_quotations_are_in_the_text(client: FlaskClient, output: str, expected: str) -> None:
    body = {"articles": [{"text": TEXT, "language": "en"}], "length": {"sentences": 1}}
    with_quotes = client.post("/summarize", json={**body, "output": output, "quotes": 1}).get_data(as_text=True)
    assert expected in with_quotes
    assert "Ada Marsh [1]" not in client.post("/summarize", json={**body, "output": output}).get_data(as_text=True)


def test_an_answer_has_no_quotations_by_default_and_at_most_twenty(client: FlaskClient) -> None:
    body = {"articles": [{"text": TEXT, "language": "en"}]}
    assert client.post("/summarize", json=body).get_json()["quotes"] == []
    quote = client.post("/summarize", json={**body, "quotes": 3}).get_json()["quotes"][0]
    assert (quote["speaker"], TEXT[quote["start"] : quote["end"]]) == ("Ada Marsh", quote["text"])
    assert client.post("/summarize", json={**body, "quotes": 21}).status_code == 422


def test_a_quotation_counts_for_the_embargo(client: FlaskClient) -> None:
    articles = [
        {"id": "a", "text": TEXT, "language": "en", "embargoed_until": "2030-01-01T00:00:00Z"},
        {"text": "The bridge over the sound opened on Monday. Hundreds of people walked across.", "language": "en"},
    ]
    body = {"articles": articles, "length": {"sentences": 1}, "headlines": {"count": 0}, "query": "bridge"}
    answer = client.post("/summarize", json={**body, "quotes": 1}).get_json()
    assert answer["quotes"]
    assert answer["embargoed_until"] == "2030-01-01T00:00:00+00:00"

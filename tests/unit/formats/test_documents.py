"""Whole documents are read completely: text, metadata and rights."""

import pytest
from flask.testing import FlaskClient
from marshmallow import ValidationError

from nutgraf import formats
from tests.expected_documents import WholeDocument, documents, read
from tests.problems import is_problem

DOCUMENTS = documents()
by_name = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)


@by_name
def test_a_document_is_read_as_expected(document: WholeDocument) -> None:
    assert len(document.expected["shows"].split()) > 2, "say what the document is an example of"
    if "problem" in document.expected:
        with pytest.raises(ValidationError) as raised:
            read(document)
        assert document.expected["problem"] in str(raised.value)
    else:
        assert read(document) == document.expected["articles"]


@by_name
def test_a_document_is_posted_alone(client: FlaskClient, document: WholeDocument) -> None:
    """Over HTTP, its text is the same; withheld text is not quoted, and an embargo is in the answer."""
    response = client.post(f"/summarize?{document.query}", data=document.body, content_type=document.content_type)
    articles = {article["id"]: article for article in document.expected.get("articles", ())}
    if not any(article["paragraphs"] and article["status"] == "usable" for article in articles.values()):
        problem = is_problem(response, 422, "invalid-request" if "problem" in document.expected else "no-usable-text")
        assert document.expected.get("problem", "") in problem["detail"]
        return
    assert response.status_code == 200, response.get_json(force=True)
    answer = response.get_json()
    texts = {article["id"]: article["text"].split("\n\n") for article in answer["articles"]}
    assert texts == {article_id: article["paragraphs"] or [""] for article_id, article in articles.items()}
    quoted = [articles[each["article_id"]] for each in (*answer["summary"]["sentences"], *answer["headlines"])]
    assert all(article["status"] == "usable" for article in quoted)
    assert answer["embargoed_until"] == max(
        (each["embargoed_until"] for each in quoted if "embargoed_until" in each), default=None
    )


def test_each_format_has_documents() -> None:
    for name in formats.FORMATS:
        assert sum(document.format == name for document in DOCUMENTS) >= 6, name

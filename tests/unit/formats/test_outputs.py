"""What comes back can be stored where it came from."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.problems import is_problem
from tests.recipes import page
from tests.service import ROOT
from tests.stories import PARAGRAPHS, TITLE, URL, WHOLE


def written(client: FlaskClient, output: str) -> Any:
    response = client.post(
        "/summarize", json={"articles": [{"format": "ninjs-1", "document": WHOLE["ninjs-1"]}], "output": output}
    )
    assert response.status_code == 200
    return response


# The properties of ninjs that an item of ours has, with their types, as the standard's schemas have them.
COMMON = {
    "uri": str,
    "standard": dict,
    "type": str,
    "language": str,
    "headlines": list,
    "descriptions": list,
    "associations": list,
}
NINJS = {
    "ninjs-2": COMMON | {"representationtype": str, "ednote": str, "embargoed": str},
    "ninjs-3": COMMON | {"representationType": str, "edNote": str, "embargoedUntil": str, "digitalSourceType": dict},
}


@pytest.mark.parametrize(("output", "content_type"), [("ninjs-2", "contenttype"), ("ninjs-3", "contentType")])
def test_ninjs_is_as_the_standard_has_it(client: FlaskClient, output: str, content_type: str) -> None:
    response = written(client, output)
    item = response.get_json()
    assert response.mimetype == "application/vnd.iptc.ninjs+json"
    assert item["uri"].startswith("urn:")
    for name, value in item.items():
        assert isinstance(value, NINJS[output][name]), name
    assert item["type"] == "text"
    assert set(item["standard"]) <= {"name", "version", "schema"}
    for each in (*item["headlines"], *item["descriptions"]):
        assert set(each) == {"role", content_type, "value"}
    assert all(set(each) == {"name", "uri"} for each in item["associations"])
    assert item["descriptions"][0]["value"].startswith("Ice has closed")
    assert item["headlines"][0] == {"role": "main", content_type: "text/plain", "value": TITLE}
    assert item["associations"] == [{"name": TITLE, "uri": URL}]


def test_an_item_of_ours_is_read_by_its_own_format(client: FlaskClient) -> None:
    from nutgraf import formats

    assert formats.read("ninjs-3", written(client, "ninjs-3").get_json())[0]["title"] == TITLE


def test_a_patch_for_superdesk(client: FlaskClient) -> None:
    patch = written(client, "superdesk").get_json()
    assert patch["headline"] == TITLE
    assert patch["description_html"] == f"<p>{patch['description_text'].replace('&', '&amp;')}</p>"


def test_a_patch_for_wordpress_and_for_arc(client: FlaskClient) -> None:
    excerpt = written(client, "wordpress").get_json()
    assert set(excerpt) == {"excerpt"}
    assert excerpt["excerpt"] == written(client, "ans").get_json()["description"]["basic"]


def test_prose(client: FlaskClient) -> None:
    text = written(client, "text")
    assert text.content_type == "text/plain; charset=utf-8"
    assert text.get_data(as_text=True).startswith(f"{TITLE}\n\nIce has closed")
    markdown = written(client, "markdown").get_data(as_text=True)
    assert markdown.startswith(f"# {TITLE}")
    assert "[1]" in markdown
    html = written(client, "html").get_data(as_text=True)
    assert f'<a href="{URL}"' in html
    assert "grain &amp; timber" in html


def test_html_escapes_what_a_source_sends(client: FlaskClient) -> None:
    article = {
        "text": "<script>alert(1)</script> said the mayor. " + PARAGRAPHS[0],
        "url": 'https://x.example/?"><script>',
        "title": "<b>",
    }
    html = client.post("/summarize", json={"articles": [article], "output": "html"}).get_data(as_text=True)
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [("text/plain", "text/plain"), ("text/markdown", "text/markdown"), ("text/html;q=0.5, application/json", "application/json"),
     ("application/vnd.iptc.ninjs+json", "application/vnd.iptc.ninjs+json"), ("*/*", "application/json")],
)  # fmt: skip
def test_accept_says_what_comes_back(client: FlaskClient, accept: str, media_type: str) -> None:
    response = client.post("/summarize", json={"articles": [{"text": PARAGRAPHS[0]}]}, headers={"Accept": accept})
    assert response.mimetype == media_type


def test_what_can_not_be_written_is_a_406(client: FlaskClient) -> None:
    response = client.post("/summarize", json={"articles": [{"text": PARAGRAPHS[0]}]}, headers={"Accept": "image/png"})
    is_problem(response, 406, "not-acceptable")


def test_the_recipes_are_real(client: FlaskClient) -> None:
    """Written anew with `python -m tests.recipes > docs/cms.md`."""
    assert (ROOT / "docs" / "cms.md").read_text(encoding="utf-8") == page(client)


@pytest.mark.parametrize(("output", "name"), [("ninjs-2", "embargoed"), ("ninjs-3", "embargoedUntil")])
def test_an_embargo_goes_on(client: FlaskClient, output: str, name: str) -> None:
    article = {"text": PARAGRAPHS[0], "embargoed_until": "2026-02-01T06:00:00Z"}
    item = client.post("/summarize", json={"articles": [article], "output": output}).get_json()
    assert item[name].startswith("2026-02-01T06:00:00")
    assert set(item) <= set(NINJS[output])

"""Answers can be stored in the CMS that the articles came from."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.cms_docs_page import page
from tests.problems import is_problem
from tests.sample_documents import PARAGRAPHS, TITLE, URL, WHOLE
from tests.service import ROOT


def written(client: FlaskClient, output: str) -> Any:
    body = {"articles": [{"format": "ninjs-1", "document": WHOLE["ninjs-1"]}]}
    response = client.post(f"/summarize/{output}", json=body)
    assert response.status_code == 200
    # The deprecated way to select an output.
    assert client.post("/summarize", json={**body, "output": output}).get_data() == response.get_data()
    return response


def test_the_path_alone_names_the_output(client: FlaskClient) -> None:
    body = {"articles": [{"text": PARAGRAPHS[0]}]}
    accepting_json = client.post("/summarize/markdown", json=body, headers={"Accept": "application/json"})
    assert accepting_json.mimetype == "text/markdown"
    assert "Vary" not in accepting_json.headers or "Accept" not in accepting_json.headers["Vary"].split(", ")
    for output in ("text", "json", None):
        response = client.post("/summarize/markdown", json={**body, "output": output})
        assert response.status_code == (422 if output else 200)
    is_problem(client.post("/summarize/docx", json=body), 404, "not-found")
    is_problem(client.post("/summarize/json", json=body), 404, "not-found")


# The properties that our ninjs items have, with their types in the standard's schemas.
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
def test_ninjs_output_is_valid_by_the_standard(client: FlaskClient, output: str, content_type: str) -> None:
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


def test_our_ninjs_output_can_be_read_again(client: FlaskClient) -> None:
    from nutgraf import formats

    assert formats.read("ninjs-3", written(client, "ninjs-3").get_json())[0]["title"] == TITLE


def test_a_patch_for_superdesk(client: FlaskClient) -> None:
    patch = written(client, "superdesk").get_json()
    assert patch["headline"] == TITLE
    assert set(patch) == {"headline", "abstract"}  # fields of an item of the archive
    assert patch["abstract"].startswith("<p>Ice has closed the canal")
    assert "grain &amp; timber" in patch["abstract"]


def test_a_patch_for_wordpress_and_for_arc(client: FlaskClient) -> None:
    excerpt = written(client, "wordpress").get_json()
    assert "grain &amp; timber" in excerpt["excerpt"]
    assert set(excerpt) == {"excerpt"}
    assert excerpt["excerpt"] == written(client, "ans").get_json()["description"]["basic"]


def test_text_and_markdown_outputs(client: FlaskClient) -> None:
    text = written(client, "text")
    assert text.content_type == "text/plain; charset=utf-8"
    assert text.get_data(as_text=True).startswith(f"{TITLE}\n\nIce has closed")
    markdown = written(client, "markdown").get_data(as_text=True)
    assert markdown.startswith(f"# {TITLE}")
    assert "[1]" in markdown
    html = written(client, "html").get_data(as_text=True)
    assert f'<a href="{URL}"' in html
    assert "grain &amp; timber" in html


def test_the_html_output_escapes_text_of_sources(client: FlaskClient) -> None:
    article = {
        "text": "<script>alert(1)</script> said the mayor. " + PARAGRAPHS[0],
        "url": 'https://x.example/?"><script>',
        "title": "<b>",
    }
    html = client.post("/summarize", json={"articles": [article], "output": "html"}).get_data(as_text=True)
    assert "<script>" not in html


HOSTILE = "<img src=x onerror=alert(1)> A ferry ran aground off Port Alder & sank, the coastguard said."


@pytest.mark.parametrize("output", ["wordpress", "ans", "html", "superdesk"])
def test_cms_outputs_in_html_escape_text_of_sources(client: FlaskClient, output: str) -> None:
    """WordPress and Arc print excerpts and headlines as HTML; our outputs for them were once not escaped."""
    article = {"text": f"{HOSTILE} {PARAGRAPHS[0]}", "title": HOSTILE}
    response = client.post("/summarize", json={"articles": [article], "output": output, "length": {"sentences": 5}})
    content = response.get_data(as_text=True)
    if output == "superdesk":  # its other properties are plain text
        content = response.get_json()["abstract"]
    assert "&lt;img src=x onerror=alert(1)&gt;" in content
    assert "<img" not in content
    assert "Alder &amp; sank" in content


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n\r\n", "\u2028", "\x0b", "\x85"])
@pytest.mark.parametrize("output", ["text", "markdown"])
def test_no_field_can_add_a_line_to_the_list_of_sources(client: FlaskClient, output: str, line_end: str) -> None:
    """A title with a line end could once add a false source."""
    forged = f"{line_end}[2] Reuters, The mayor resigns{line_end}2. Reuters, The mayor resigns{line_end}"
    article = {
        "text": PARAGRAPHS[0],
        "title": f"Ferry aground{forged}",
        "source": f"AP{forged}",
        "byline": forged,
        "id": f"1{forged}",
    }
    response = client.post("/summarize", json={"articles": [article], "output": output, "headlines": {"count": 3}})
    assert response.status_code == 200
    lines = response.get_data(as_text=True).splitlines()
    assert len([line for line in lines if line.startswith(("[", "1. ", "2. "))]) == 1


@pytest.mark.parametrize("start", ["1. ", "12) ", "- ", "+ ", "* ", "# ", "> ", "~~~", "```", "| a | b |", "&lt;b&gt; "])
def test_sentences_are_never_read_as_markup(client: FlaskClient, start: str) -> None:
    text = f"{start}The harbour bridge will close on Monday, the council said in a statement."
    article = {"text": text, "title": "Bridge closes"}
    lines = client.post("/summarize", json={"articles": [article], "output": "markdown"}).get_data(as_text=True).splitlines()
    paragraph = next(line for line in lines if "harbour" in line)
    assert not re.match(r"\d+[.)]\s|[-+*#>~|`&]", paragraph)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [("text/plain", "text/plain"), ("text/markdown", "text/markdown"), ("text/html;q=0.5, application/json", "application/json"),
     ("application/vnd.iptc.ninjs+json", "application/vnd.iptc.ninjs+json"), ("*/*", "application/json")],
)  # fmt: skip
def test_the_accept_header_selects_the_output(client: FlaskClient, accept: str, media_type: str) -> None:
    response = client.post("/summarize", json={"articles": [{"text": PARAGRAPHS[0]}]}, headers={"Accept": accept})
    assert response.mimetype == media_type


def test_an_output_that_does_not_exist_gets_406(client: FlaskClient) -> None:
    response = client.post("/summarize", json={"articles": [{"text": PARAGRAPHS[0]}]}, headers={"Accept": "image/png"})
    is_problem(response, 406, "not-acceptable")


def test_docs_cms_md_has_the_real_answers(client: FlaskClient) -> None:
    """`make docs` writes the page."""
    assert (ROOT / "docs" / "cms.md").read_text(encoding="utf-8") == page(client)


@pytest.mark.parametrize(("output", "name"), [("ninjs-2", "embargoed"), ("ninjs-3", "embargoedUntil")])
def test_outputs_pass_the_embargo_on(client: FlaskClient, output: str, name: str) -> None:
    article = {"text": PARAGRAPHS[0], "embargoed_until": "2026-02-01T06:00:00Z"}
    item = client.post("/summarize", json={"articles": [article], "output": output}).get_json()
    assert item[name].startswith("2026-02-01T06:00:00")
    assert set(item) <= set(NINJS[output])

"""Every request gets an answer that the contract documents, and never 500."""

import json
from typing import Any

import yaml
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from tests.service import ROOT

CONTRACT = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
DOCUMENTED = {int(status) for status in CONTRACT["paths"]["/summarize"]["post"]["responses"]}

# Text of every script, with difficult parts: marks, abbreviations, quotations, markup, control characters, lone surrogates.
words = st.sampled_from(
    (
        'The fire 17 19 killed injured. said, "No, never. Gov. U.S. A.M. — « ist » à 北京 大火 حريق — 🔥 <p> </p> &amp; '
        "\u0000 \u2028 \ud800 \n \n\n"
    ).split(" ")
)
texts = st.one_of(st.lists(words, max_size=60).map(" ".join), st.text(max_size=200))
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=12,
)


def mostly(usual: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A strategy that mostly gives usual values, and sometimes any JSON value."""
    return st.one_of(usual, usual, usual, usual, usual, anything)


ids = st.sampled_from(["a", "b", "c", "0", ""])
moments = st.sampled_from(
    ["2026-01-11T14:05:00Z", "2026-01-11T15:05:00+01:00", "2026-02-30T00:00:00Z", "soon", "0001-01-01T00:00:00+23:59"]
)
lengths = st.fixed_dictionaries(
    {},
    optional={
        unit: st.sampled_from([-1, 0, 0.3, 1, 5, 10**6, 10**30]) for unit in ("sentences", "words", "characters", "ratio")
    },
)
articles = st.fixed_dictionaries(
    {},
    optional={
        "text": mostly(texts),
        "html": texts,
        "id": ids,
        "title": mostly(texts),
        "source": st.sampled_from(["AP", "dpa", ""]),
        "published_at": moments,
        "embargoed_until": moments,
        "rewrite_of": ids,
        "status": st.sampled_from(["usable", "withheld", "canceled", "lost"]),
        "language": st.sampled_from(["en", "de", "fr", "zh", "ar", "xx", "en-GB", "english"]),
    },
)
marks = st.lists(st.fixed_dictionaries({"article_id": ids, "sentence_index": st.integers(-1, 6)}), max_size=3)
requests = st.fixed_dictionaries(
    {"articles": mostly(st.lists(articles, max_size=5))},
    optional={
        "length": mostly(lengths),
        "headlines": mostly(
            st.fixed_dictionaries(
                {}, optional={"count": st.integers(0, 9), "max_characters": st.integers(0, 90), "style": st.just("title")}
            )
        ),
        "order": st.sampled_from(["auto", "score", "as_given", "published", "random"]),
        "keywords": mostly(st.integers(-1, 20)),
        "offset_unit": st.sampled_from(["codepoint", "utf16"]),
        "query": mostly(texts),
        "exclude": st.lists(st.sampled_from(["quotes", "questions"]), max_size=2),
        "max_per_source": st.integers(0, 3),
        "background": st.lists(articles, max_size=2),
        "per_article": lengths,
        "variants": st.dictionaries(
            st.sampled_from(["a", "push", ""]), st.one_of(lengths, st.sampled_from(["push", "tv"])), max_size=2
        ),
        "pin": marks,
        "ban": marks,
        "all_sentences": st.booleans(),
        "output": st.sampled_from(["json", "text", "markdown", "html", "ninjs-3", "superdesk"]),
    },
)


@given(requests)
def test_any_request_gets_a_documented_answer(client: FlaskClient, request: dict[str, Any]) -> None:
    response = client.post("/summarize", data=json.dumps(request), content_type="application/json")
    assert response.status_code in DOCUMENTED - {500, 503}, response.get_data(as_text=True)


@given(st.one_of(st.binary(max_size=300), anything.map(lambda value: json.dumps(value).encode())))
def test_any_body_gets_a_documented_answer(client: FlaskClient, content: bytes) -> None:
    response = client.post("/summarize", data=content, content_type="application/json")
    assert response.status_code in (400, 422), response.get_data(as_text=True)

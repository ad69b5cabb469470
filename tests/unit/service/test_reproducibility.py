"""An answer can be reproduced from its digest and parameters, by independent code."""

import hashlib
import json
import math
import os
import subprocess
import sys
from collections import Counter
from typing import Any

from flask.testing import FlaskClient

from nutgraf.samples import sample
from nutgraf.summarizer.reading.words import vocabulary
from tests.builders import NEWS

TEXT = (
    NEWS
    + " A ferry will take the place of the bridge for those on foot. The ferry sails every ten minutes from the old pier."
)


def test_the_digest_is_that_of_the_canonical_request(client: FlaskClient) -> None:
    """The canonical request has all defaults, sorted keys and no white space."""
    answer = client.post("/summarize", json={"articles": [{"text": TEXT, "language": "en"}], "keywords": 0}).get_json()
    article = {"language": "en", "text": TEXT, "status": "usable"}
    none = ("title", "source", "byline", "url", "published_at", "updated_at", "rewrite_of", "embargoed_until")
    canonical = {
        "articles": [article | dict.fromkeys(none)],
        "length": {"sentences": 5},
        "headlines": {"count": 3, "max_characters": 70, "style": "sentence"},
        "order": "auto", "keywords": 0, "quotes": 0, "offset_unit": "codepoint", "query": None, "exclude": [],
        "max_per_source": None, "background": [], "per_article": None, "variants": {}, "pin": [], "ban": [],
    }  # fmt: skip
    text = json.dumps(canonical, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert answer["engine"]["input_sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_scores_can_be_recomputed_from_the_parameters(client: FlaskClient) -> None:
    """LexRank and salience as documented, in plain loops."""
    request = {"articles": [{"text": TEXT, "language": "en"}], "length": {"sentences": 20}, "order": "as_given"}
    answer = client.post("/summarize", json=request).get_json()
    told = answer["summary"]["sentences"]
    assert len(told) == answer["articles"][0]["sentences"]
    expected = recomputed_scores([sentence["text"] for sentence in told], answer["engine"]["parameters"])
    assert all(abs(sentence["score"] - score) < 2e-6 for sentence, score in zip(told, expected, strict=True))


def recomputed_scores(sentences: list[str], parameters: dict[str, Any]) -> list[float]:
    of = vocabulary("en")
    words = [[of.stem(t.lower()) for t in of.tokens(s) if t.lower() not in of.stop_words] for s in sentences]
    count = len(words)
    containing = Counter(stem for each in words for stem in set(each))
    rows = []
    for each in words:
        times = Counter(each)
        row = {stem: n / max(times.values()) * math.log1p(count / (1 + containing[stem])) for stem, n in times.items()}
        length = math.sqrt(sum(value**2 for value in row.values())) or 1
        rows.append({stem: value / length for stem, value in row.items()})

    def cosine(one: dict[str, float], other: dict[str, float]) -> float:
        return sum(value * other.get(stem, 0) for stem, value in one.items())

    likeness = [[cosine(one, other) if i != j else 0.0 for j, other in enumerate(rows)] for i, one in enumerate(rows)]
    degrees = [sum(row) for row in likeness]
    ratings = [1 / count] * count
    for _ in range(300):
        ratings = [
            (1 - parameters["damping"]) / count
            + parameters["damping"] * sum(likeness[i][j] * ratings[j] / degrees[j] for j in range(count) if degrees[j])
            for i in range(count)
        ]
    highest = max(ratings)
    decay = parameters["position_decay"] * math.sqrt(count / 20)
    scores = []
    for at, row in enumerate(rows):
        position = parameters["position_floor"] + math.exp(-at / decay)
        lead = parameters["lead_likeness"] * (cosine(row, rows[0]) if at else 0)
        fragment = parameters["fragment_discount"] if len(of.tokens(sentences[at])) < 6 else 1
        scores.append(ratings[at] / highest * position * math.exp(lead) * fragment)
    return [score / max(scores) for score in scores]


ASK = """
import sys
from nutgraf.app import create_app
from nutgraf.samples import sample
client = create_app().test_client()
for name in sys.argv[1:]:
    sys.stdout.buffer.write(client.post("/summarize", json=sample(name)).data)
"""
SAMPLES = ("ferry", "bridge", "storm", "pins-and-bans", "variants", "background", "document")


def test_the_same_request_gets_the_same_bytes_with_other_hash_seeds(client: FlaskClient) -> None:
    """Code that iterates over a set, or sorts by hash, would give other answers."""
    here = b"".join(client.post("/summarize", json=sample(name)).data for name in SAMPLES)
    assert here.count(b"input_sha256") >= len(SAMPLES) - 1  # one of them is answered in Markdown
    others = [
        subprocess.Popen(
            [sys.executable, "-c", ASK, *SAMPLES], stdout=subprocess.PIPE, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        for seed in ("1", "2")
    ]
    assert [other.communicate(timeout=120)[0] == here for other in others] == [True, True]


def test_unknown_fields_are_refused_in_the_order_of_their_names(client: FlaskClient) -> None:
    """marshmallow collects them in a set, whose order depends on the hash seed."""
    unknown = ["banner", "deck", "kicker", "photo", "section", "slug", "strap", "topic"]
    article = {name: "Harbour" for name in reversed(unknown)}
    errors = client.post("/summarize", json={"articles": [article]}).get_json()["errors"]
    pointers = [error["pointer"] for error in errors]
    assert pointers == [*(f"/articles/0/{name}" for name in unknown), "/articles/0"]  # the last one: it has no text


def test_every_warning_is_documented_on_its_page(client: FlaskClient) -> None:
    from nutgraf.summarizer.warning_messages import CODES

    page = client.get("/warnings").get_data(as_text=True)
    assert all(f'id="{code}"' in page for code in CODES)


def test_profiles_are_listed_and_can_be_used(client: FlaskClient) -> None:
    profiles = client.get("/profiles").get_json()["profiles"]
    assert {each["name"]: each["length"] for each in profiles} == {
        "push": {"characters": 120}, "seo": {"characters": 155}, "brief": {"words": 60}, "print": {"sentences": 5},
        "broadcast": {"words": 90},
    }  # fmt: skip
    variants = {each["name"]: each["name"] for each in profiles}
    answer = client.post("/summarize", json={**sample("ferry"), "variants": variants}).get_json()["variants"]
    assert 0 < answer["push"]["characters"] <= 120
    assert 0 < answer["brief"]["words"] <= 60
    assert len(answer["print"]["sentences"]) == 5

"""Headers for browsers: only listed origins may read answers, and no foreign script ever runs."""

import pytest
from flask.testing import FlaskClient

from nutgraf.app import create_app
from nutgraf.http.security.keys import KeyFile
from tests.builders import body

DESK = "https://cms.example"
ASKED = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization, content-type"}


def allowed(client: FlaskClient, origin: str) -> str | None:
    answer = client.post("/summarize", json=body(), headers={"Origin": origin})
    assert answer.status_code == 200
    return answer.headers.get("Access-Control-Allow-Origin")


def test_by_default_no_other_site_may_read_answers() -> None:
    client = create_app().test_client()
    assert allowed(client, DESK) is None
    assert "Access-Control-Allow-Origin" not in client.options("/summarize", headers={"Origin": DESK, **ASKED}).headers


STRANGERS = (
    "https://cms.example.evil.example https://evil.example http://cms.example https://xcms.example null "
    "https://cms.example:8443 https://cmsxexample"
).split()


@pytest.mark.parametrize("origin", STRANGERS)
def test_only_listed_origins_may_read_answers(origin: str) -> None:
    client = create_app({"cors_origins": f"{DESK}, https://desk.example:8443/"}).test_client()
    assert allowed(client, DESK) == DESK
    assert allowed(client, "https://desk.example:8443") == "https://desk.example:8443"
    assert allowed(client, origin) is None


def test_a_listed_origin_may_send_a_key_and_read_rate_limit_headers(tmp_path: object) -> None:
    """The browser first sends a preflight request without the key."""
    secret = KeyFile(str(tmp_path)).add("cms", "9 per hour")
    client = create_app({"cors_origins": DESK, "data_dir": str(tmp_path)}).test_client()
    first = client.options("/summarize", headers={"Origin": DESK, **ASKED})
    assert first.status_code == 200
    assert "authorization" in first.headers["Access-Control-Allow-Headers"].lower()
    assert first.headers["Access-Control-Max-Age"] == "600"
    answer = client.post("/summarize", json=body(), headers={"Origin": DESK, "Authorization": f"Bearer {secret}"})
    assert answer.status_code == 200
    assert {"RateLimit", "Retry-After", "X-Request-ID"} <= set(answer.headers["Access-Control-Expose-Headers"].split(", "))
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert {"Accept", "Origin"} <= set(answer.headers.getlist("Vary"))
    refused = client.post("/summarize", json=body(), headers={"Origin": DESK})
    assert refused.status_code == 401
    assert refused.headers["Access-Control-Allow-Origin"] == DESK


@pytest.mark.parametrize("path", ["/docs", "/problems/busy", "/warnings", "/nowhere", "/openapi.json", "/metrics"])
def test_every_answer_has_security_headers(shared_client: FlaskClient, path: str) -> None:
    headers = shared_client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/docs", "/problems/busy", "/warnings"])
def test_no_page_has_an_inline_script(shared_client: FlaskClient, path: str) -> None:
    page = shared_client.get(path).get_data(as_text=True)
    assert page.count("<script") == page.count("<script src=")
    assert " onclick" not in page
    assert "javascript:" not in page

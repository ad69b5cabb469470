"""Lengths and headline slots are counted in the unit of offsets."""

from typing import Any

import pytest
from flask.testing import FlaskClient

CLEF = "\U0001d11e"
# Every character of these words takes two units of UTF-16.
TEXT = " ".join(f"The choir sang {CLEF * count} on Monday evening." for count in range(1, 12))


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def answer(client: FlaskClient, **more: Any) -> Any:
    sent = {
        "articles": [{"text": TEXT, "title": f"Choir sings {CLEF * 24} tonight in town"}],
        "offset_unit": "utf16",
        **more,
    }
    response = client.post("/summarize", json=sent)
    assert response.status_code == 200
    return response.get_json()


@pytest.mark.parametrize("characters", [40, 60, 100, 150, 300])
def test_a_length_in_characters_is_not_exceeded_in_utf16(client: FlaskClient, characters: int) -> None:
    """A limit of 100 once gave 126 UTF-16 units, which JavaScript counts."""
    got = answer(client, length={"characters": characters}, variants={"push": "push"})
    assert 0 < utf16(got["summary"]["text"]) == got["summary"]["characters"] <= characters
    assert utf16(got["variants"]["push"]["text"]) <= 120


@pytest.mark.parametrize(
    ("unit", "characters", "fits"), [("codepoint", 30, True), ("utf16", 30, False), ("utf16", 32, True)]
)
def test_a_headline_fits_its_slot_in_the_unit(client: FlaskClient, unit: str, characters: int, fits: bool) -> None:
    """The title has 29 characters, and takes 32 units of UTF-16."""
    title = f"Choir from {CLEF * 3} opens new hall"
    sent = {
        "articles": [{"text": TEXT, "title": title, "language": "en"}],
        "headlines": {"count": 5, "max_characters": characters},
        "offset_unit": unit,
    }
    suggestions = client.post("/summarize", json=sent).get_json()["headlines"]
    headlines = [headline for headline in suggestions if headline["origin"] == "title"]
    assert [headline["text"] for headline in headlines] == ([title] if fits else [])
    assert [headline["characters"] for headline in headlines] == ([29 if unit == "codepoint" else 32] if fits else [])

"""Sentences of the treebanks that the parsers are measured on; the project ships none."""

import gzip
import json
from functools import cache
from typing import Any

import pytest

from tests.builders import SHARED

LANGUAGES = ("en", "fr", "de", "es", "pt")


@cache
def treebank(language: str, part: str = "test") -> list[dict[str, Any]]:
    """Rows with words, upos, heads, relations, space_after; the test skips where the treebank is not there."""
    path = SHARED / "treebanks" / f"{language}_{part}.jsonl.gz"
    if not path.exists():
        pytest.skip(f"needs treebanks/{path.name} in the folder that NUTGRAF_NEWS names")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def text_and_spans(row: dict[str, Any]) -> tuple[str, list[tuple[int, int]]]:
    """A sentence as text has it, and where its words are."""
    text, spans = "", []
    for word, space in zip(row["words"], row["space_after"], strict=True):
        spans.append((len(text), len(text) + len(word)))
        text += word + " " * space
    return text.rstrip(), spans

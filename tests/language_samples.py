"""The test samples of each language: tests/unit/summarizer/languages/samples/<code>.toml."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

SAMPLES = Path(__file__).parent / "unit/summarizer/languages/samples"


class Sample(NamedTuple):
    """A paragraph of three sentences, and difficult boundaries: lines with a bar at each end of a sentence."""

    paragraph: str
    boundaries: tuple[str, ...]


@cache
def language_samples() -> dict[str, Sample]:
    """The sample of each language, by code."""
    samples = {}
    for path in sorted(SAMPLES.glob("*.toml")):
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
        samples[path.stem] = Sample(entries["paragraph"], tuple(entries["boundaries"].strip().split("\n")))
    return samples

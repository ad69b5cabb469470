"""Articles of our own, in wire style, for the documentation, the README and the tests."""

import json
from importlib.resources import files
from typing import Any


def sample(name: str) -> Any:
    """Returns the parsed JSON of a sample file; `name` is the file name without ".json"."""
    return json.loads(files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8"))

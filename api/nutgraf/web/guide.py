"""The guide: what one does first, each step with a request that the page runs."""

import json
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from nutgraf.samples import sample


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the guide; `path` may hold `{id}`, which the page fills in from the last answer that has one."""

    slug: str
    title: str
    text: str
    path: str
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return "GET" if self.body is None else "POST"

    @property
    def written(self) -> str:
        """The body as a person reads it."""
        return json.dumps(self.body, ensure_ascii=False, indent=2)


_STORY = sample("short")["articles"][0]["text"]
_FERRY = sample("ferry")["articles"]
_STEPS = (
    Step(
        "first-call",
        "The first call",
        "Send one article, or up to a hundred about one event. The summary quotes them word for word: start and end say "
        "where each sentence stands in the text that you sent.",
        "/summarize",
        {"articles": [{"text": _STORY}], "length": {"sentences": 2}},
    ),
    Step(
        "length",
        "Length",
        "Count in sentences, words, characters, or as a ratio of the words. A length is never exceeded, and no sentence is "
        "cut. Further lengths from the same ranking are variants; a string names a profile of this service.",
        "/summarize",
        {"length": {"words": 60}, "variants": {"alert": "push", "box": {"characters": 300}}, "articles": _FERRY},
    ),
    Step(
        "headlines",
        "Headlines",
        "Say how many characters the slot holds. Headlines are titles that came in, or sentences shortened by grammar: each "
        "word stands in its source. Where nothing fits, fewer come back, and a warning says so.",
        "/summarize",
        {"headlines": {"count": 5, "max_characters": 45}, "keywords": 0, "articles": _FERRY},
    ),
    Step(
        "cms",
        "From and to a CMS",
        "Send a document as the system has it: name its format, or let it be recognised. Accept (or output) says what comes "
        "back: here Markdown. GET /formats lists them all.",
        "/summarize?format=auto&sentences=2",
        sample("document")["articles"][0]["document"],
        {"Accept": "text/markdown"},
    ),
    Step(
        "jobs",
        "Many at once",
        "What outgrows a request is a job. It is stored before it is acknowledged; the answer says where to ask.",
        "/jobs",
        {"requests": [{"articles": [{"text": _STORY}]}, {"articles": _FERRY}]},
    ),
    Step(
        "job",
        "How far it is",
        "counts and progress say how much is done, results where the answers are. An unknown or expired job is a 404.",
        "/jobs/{id}",
    ),
    Step(
        "errors",
        "Errors",
        "What can't be used is refused, never guessed at: a problem (RFC 9457) whose type is a page that explains it, and "
        "whose errors point at each field.",
        "/summarize",
        {"articles": [{"text": 5, "langauge": "en"}]},
    ),
)


def steps(app: Flask) -> list[Step]:
    """The steps whose addresses this service has."""
    there = {str(rule).split("<")[0].rstrip("/") for rule in app.url_map.iter_rules()}
    return [step for step in _STEPS if step.path.split("?")[0].split("{")[0].rstrip("/") in there]

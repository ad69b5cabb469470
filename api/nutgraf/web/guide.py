"""The guide: the first steps with the API, each with a request that the page can run."""

import json
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import MapAdapter

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
        "Send one article, or up to 100 articles about one event. The summary quotes them word for word. start and end are "
        "the position of each sentence in the text that you sent.",
        "/summarize",
        {"articles": [{"text": _STORY}], "length": {"sentences": 2}},
    ),
    Step(
        "length",
        "Length",
        "Give the length in sentences, words or characters, or as a ratio of the words. The summary is never longer, and no "
        "sentence is cut. Use variants for more lengths in the same answer. A string is the name of a profile.",
        "/summarize",
        {"length": {"words": 60}, "variants": {"alert": "push", "box": {"characters": 300}}, "articles": _FERRY},
    ),
    Step(
        "headlines",
        "Headlines",
        "Set the maximum number of characters. Headlines are titles of your articles, or sentences shortened by "
        "grammar: every word is in the source. If fewer headlines fit than you asked for, a warning says so.",
        "/summarize",
        {"headlines": {"count": 5, "max_characters": 45}, "keywords": 0, "articles": _FERRY},
    ),
    Step(
        "cms",
        "CMS formats",
        "Send a document in the format of your CMS. Name the format, or use auto to detect it. The path names "
        "the format of the answer, here Markdown. GET /formats lists all formats.",
        "/summarize/markdown?format=auto&sentences=2",
        sample("document")["articles"][0]["document"],
    ),
    Step(
        "stories",
        "From a feed to stories",
        "Send a mixed feed of up to 1,000 articles. Each article is in exactly one story of the answer. With summarize, "
        "stories of two or more articles have a summary. Send each article with the story_id that it got before, and "
        "articles of one story stay together.",
        "/stories",
        {**sample("feed"), "summarize": {"length": {"sentences": 2}}},
    ),
    Step(
        "jobs",
        "Many requests in one job",
        "Send up to 100,000 requests as one job. The job is stored before the service answers. Location in the answer "
        "is the address where you can follow it.",
        "/jobs",
        {"requests": [{"articles": [{"text": _STORY}]}, {"articles": _FERRY}]},
    ),
    Step(
        "job",
        "Progress of a job",
        "counts and progress show how many requests are answered. results is the address of the answers. An "
        "unknown or expired job is a 404.",
        "/jobs/{id}",
    ),
    Step(
        "errors",
        "Errors",
        "An invalid request is refused with a problem (RFC 9457). Its type is a page that explains the problem, and its "
        "errors name each invalid field.",
        "/summarize",
        {"articles": [{"text": 5, "langauge": "en"}]},
    ),
)


def steps(app: Flask) -> list[Step]:
    """Returns the steps of the guide whose paths exist in the application, in order."""
    addresses = app.url_map.bind("")
    return [step for step in _STEPS if _has(addresses, step.path.partition("?")[0])]


def _has(addresses: MapAdapter, path: str) -> bool:
    try:
        addresses.match(path, method="POST")
    except NotFound:
        return False
    except MethodNotAllowed:
        pass
    return True

"""How much one request may cost: articles, characters, sentences, seconds. The numbers stand in the settings."""

import time
from collections.abc import Callable

from flask import current_app, g, has_app_context, request

from api.lanes import FOREVER
from api.lines import INTERNAL

# What the contract says; a setting may only lower it.
MAX_ARTICLES = 100


class TooSlow(Exception):
    """Says after how many seconds, and which step, a request was given up."""


class Bounds:
    """The bounds of one request. Called after each step with its name, it raises TooSlow once the time is over.

    `seconds` count from `started` (of `time.monotonic`), so that what a request has waited counts too; `observe` is told
    the seconds of each step. Without arguments nothing is bounded.
    """

    def __init__(
        self,
        *,
        sentences: int | None = None,
        seconds: float | None = None,
        patience_seconds: float = FOREVER,
        started: float | None = None,
        observe: Callable[[str, float], object] | None = None,
    ) -> None:
        self.sentences = sentences
        self.patience_seconds = patience_seconds
        self._seconds = seconds
        self._started = time.monotonic() if started is None else started
        self._observe = observe
        self._last = time.monotonic()

    def begin(self) -> None:
        """The first step begins now: the request has its turn."""
        self._last = time.monotonic()
        self._check("waiting")

    def __call__(self, step: str) -> None:
        last, self._last = self._last, time.monotonic()
        if self._observe:
            self._observe(step, self._last - last)
        self._check(step)

    def _check(self, step: str) -> None:
        if self._seconds is not None and self._last - self._started > self._seconds:
            raise TooSlow(f"The request was given up after {self._seconds:g} seconds, at the step {step!r}.")


def of_this_request(observe: Callable[[str, float], object] | None = None) -> Bounds:
    """The bounds that the settings give the request that is served.

    Who asks from inside waits as long as it takes, and gets what no clock changes.
    """
    config, from_inside = current_app.config, INTERNAL in request.environ
    return Bounds(
        sentences=config["NUTGRAF_MAX_SENTENCES"],
        seconds=None if from_inside else config["NUTGRAF_MAX_SECONDS"],
        patience_seconds=FOREVER if from_inside else config["NUTGRAF_MAX_WAIT_SECONDS"],
        started=g.started,
        observe=observe,
    )


def most_articles() -> int:
    """How many articles a request may hold, with those of its documents."""
    return int(current_app.config["NUTGRAF_MAX_ARTICLES"]) if has_app_context() else MAX_ARTICLES


def most_characters() -> int | None:
    """How many characters of text a request may hold, background and all; no bound outside of an application."""
    return int(current_app.config["NUTGRAF_MAX_CHARACTERS"]) if has_app_context() else None

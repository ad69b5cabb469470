"""What one request may cost: articles, characters, sentences, seconds. The numbers are settings."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from nutgraf.errors import NutgrafError
from nutgraf.settings import MAX_ARTICLES


class DeadlineExceededError(NutgrafError):
    """A request took too long; the message says after how many seconds and at which step it was given up."""

    problem_type = "too-slow"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one request; None is no limit.

    `seconds` count from the request's arrival, `wait_seconds` bound the wait for a compute slot, `body_bytes` and
    `json_depth` a body that is still text.
    """

    articles: int = MAX_ARTICLES
    characters: int | None = None
    sentences: int | None = None
    seconds: float | None = None
    wait_seconds: float | None = None
    body_bytes: int | None = None
    json_depth: int = 64

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """The limits that the settings give to a request over HTTP."""
        return cls(
            articles=settings["max_articles"],
            characters=settings["max_characters"],
            sentences=settings["max_sentences"],
            seconds=settings["max_seconds"],
            wait_seconds=settings["max_wait_seconds"],
            body_bytes=settings["max_body_bytes"],
            json_depth=settings["max_json_depth"],
        )

    def without_clock(self) -> Self:
        """The same limits for work that nobody waits for: no clock changes its answers."""
        return replace(self, seconds=None, wait_seconds=None)


# What the contract allows, and no setting lowers.
CONTRACT_LIMITS = Limits()


class Deadline:
    """The time by which a request must be answered.

    Called after each step with the step's name, it raises DeadlineExceededError once `seconds` have passed since
    `started` (of `time.monotonic`; the time that a request has waited counts too). `observe` receives each step's seconds.
    """

    def __init__(
        self,
        seconds: float | None = None,
        *,
        started: float | None = None,
        observe: Callable[[str, float], object] | None = None,
    ) -> None:
        self._seconds = seconds
        self._started = time.monotonic() if started is None else started
        self._observe = observe
        self._last = time.monotonic()

    def begin(self) -> None:
        """Starts the first step: the request has its compute slot."""
        self._last = time.monotonic()
        self._check("waiting")

    def __call__(self, step: str) -> None:
        last, self._last = self._last, time.monotonic()
        if self._observe:
            self._observe(step, self._last - last)
        self._check(step)

    def _check(self, step: str) -> None:
        if self._seconds is not None and self._last - self._started > self._seconds:
            raise DeadlineExceededError(f"The request was given up after {self._seconds:g} seconds, at the step {step!r}.")

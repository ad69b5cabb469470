"""The limits of one request: articles, characters, sentences and seconds. Settings define the numbers."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from nutgraf.errors import NutgrafError, counted
from nutgraf.settings import MAX_ARTICLES


class DeadlineExceededError(NutgrafError):
    """A request took too long; the message says after how many seconds and at which step it was stopped."""

    problem_type = "too-slow"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one request; None means no limit.

    `articles` and `characters` bound the request, `sentences` its text. `seconds` count from the arrival of the request,
    `wait_seconds` from its wait for a compute slot. `body_bytes` and `json_depth` bound JSON text before it is parsed.
    """

    articles: int = MAX_ARTICLES
    characters: int | None = None
    sentences: int | None = None
    seconds: float | None = None
    wait_seconds: float | None = None
    body_bytes: int | None = None
    json_depth: int = 64

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self:
        """Returns the limits of a request over HTTP, from the parsed settings by name."""
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
        """Returns the same limits without time limits, for background work whose answers must not depend on a clock."""
        return replace(self, seconds=None, wait_seconds=None)


# The limits of the contract, without settings that lower them.
CONTRACT_LIMITS = Limits()


class Deadline:
    """The time by which a request must be answered; an `on_step` callback of `summarize`.

    Called with the name of each finished step, it raises DeadlineExceededError if more than `seconds` have passed since
    `started`, a value of `time.monotonic`; waiting counts too. `observe` receives the name and the duration of each step.
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
        """Starts the first step, once the request has its compute slot. Raises DeadlineExceededError."""
        self._last = time.monotonic()
        self._check("waiting")

    def __call__(self, step: str) -> None:
        last, self._last = self._last, time.monotonic()
        if self._observe:
            self._observe(step, self._last - last)
        self._check(step)

    def _check(self, step: str) -> None:
        if self._seconds is not None and self._last - self._started > self._seconds:
            raise DeadlineExceededError(
                f"The request was stopped after {counted(self._seconds, 'second')}, at the step {step!r}."
            )

"""The limits of one request: articles, characters, elements, sentences and seconds. Settings define the numbers."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from nutgraf.errors import NutgrafError, pluralize
from nutgraf.settings import MAX_ARTICLES, MAX_FEED_ARTICLES

# A feed may have this many times the elements of a request.
FEED_ELEMENTS = 5
# How often a check asks whether the client is still connected, which needs a system call.
CLIENT_CHECK_SECONDS = 0.1


class DeadlineExceededError(NutgrafError):
    """A request took too long; the message has the limit and the step at which it was stopped."""

    problem_type = "too-slow"


class ClientGoneError(NutgrafError):
    """The client has closed the connection, so nobody waits for the answer."""

    problem_type = "bad-request"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one request; None means no limit.

    `elements` are checked before markup is parsed, `articles` and `characters` before the text is split, `sentences` after;
    for a feed, `feed_elements`, `feed_articles` and `feed_characters` are. `seconds` count from the arrival of the request,
    `wait_seconds` from its wait for a compute slot, and `reading_seconds` are those for reading its documents. `body_bytes`
    and `json_depth` bound JSON text before it is parsed.
    """

    articles: int = MAX_ARTICLES
    characters: int | None = None
    feed_articles: int = MAX_FEED_ARTICLES
    feed_characters: int | None = None
    elements: int | None = None
    sentences: int | None = None
    seconds: float | None = None
    wait_seconds: float | None = None
    reading_seconds: float | None = None
    body_bytes: int | None = None
    json_depth: int = 64

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Self:
        """Returns the limits of a request over HTTP, from the parsed settings by name."""
        return cls(
            articles=settings["max_articles"],
            characters=settings["max_characters"],
            feed_articles=settings["max_feed_articles"],
            feed_characters=settings["max_feed_characters"],
            elements=settings["max_elements"],
            sentences=settings["max_sentences"],
            seconds=settings["max_seconds"],
            wait_seconds=settings["max_wait_seconds"],
            reading_seconds=settings["max_seconds"],
            body_bytes=settings["max_body_bytes"],
            json_depth=settings["max_json_depth"],
        )

    @property
    def feed_elements(self) -> int | None:
        """The elements of a feed: as many times those of a request as a feed may have characters by default."""
        return None if self.elements is None else FEED_ELEMENTS * self.elements

    def without_time_limits(self) -> Self:
        """Returns the same limits for background work, whose answers must not depend on a clock.

        Only the time for reading documents is still limited: a file can be made so that reading it never ends.
        """
        return replace(self, seconds=None, wait_seconds=None)


# The limits of the contract, without settings that lower them.
CONTRACT_LIMITS = Limits()


class Deadline:
    """The time by which a request must be answered. Pass it as `on_step` to `summarize`, and `check` to `checked_by`.

    Called with the name of each finished step, it raises DeadlineExceededError if more than `seconds` have passed since
    `started`, a value of `time.monotonic`; waiting time counts too. `observe` receives the name and the duration of each
    step. ClientGoneError is raised once `is_client_gone` returns True.
    """

    def __init__(
        self,
        seconds: float | None = None,
        *,
        started: float | None = None,
        observe: Callable[[str, float], object] | None = None,
        is_client_gone: Callable[[], bool] | None = None,
    ) -> None:
        self._seconds = seconds
        self.started = time.monotonic() if started is None else started
        self._observe = observe
        self._is_client_gone = is_client_gone
        self._step_started = self._client_checked = time.monotonic()
        self._last_step = "waiting"

    def begin(self) -> None:
        """Starts the first step, once the request has its compute slot. Raises DeadlineExceededError."""
        self._step_started = time.monotonic()
        self._check(self._step_started, "at", "waiting")

    @property
    def remaining_seconds(self) -> float | None:
        """The time left, None without a limit."""
        return None if self._seconds is None else self.started + self._seconds - time.monotonic()

    def __call__(self, step: str) -> None:
        previous, self._step_started = self._step_started, time.monotonic()
        if self._observe:
            self._observe(step, self._step_started - previous)
        self._last_step = step
        self._check(self._step_started, "at", step)

    def check(self) -> None:
        """Raises DeadlineExceededError or ClientGoneError within a step; a call takes less than a microsecond."""
        self._check(time.monotonic(), "after", self._last_step)

    def exceeded_error(self, where: str = "") -> DeadlineExceededError:
        """Returns the error of a request that was stopped; `where` follows in its message."""
        return DeadlineExceededError(
            f"The request took more than {pluralize(self._seconds or 0, 'second')} and was stopped{where}."
        )

    def _check(self, now: float, preposition: str, step: str) -> None:
        if self._seconds is not None and now - self.started > self._seconds:
            raise self.exceeded_error(f" {preposition} the step {step!r}")
        if self._is_client_gone and now - self._client_checked > CLIENT_CHECK_SECONDS:
            self._client_checked = now
            if self._is_client_gone():
                raise ClientGoneError("The client closed the connection.")

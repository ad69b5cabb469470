"""The table of settings: name, default, help text, bounds and parser of each.

The environment variable `NUTGRAF_<NAME>` sets a value. `PORT` and `HOST`, which hosting platforms set, take precedence
over `NUTGRAF_PORT` and `NUTGRAF_HOST`. The settings are read once, when the application or the server starts.
"""

import os
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import parse_qsl

from environs import Env, EnvError
from limits import parse_many
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from nutgraf.errors import NutgrafError
from nutgraf.summarizer.models import Length, LengthUnit

PREFIX = "NUTGRAF_"
# The contract's limit; the setting `max_articles` can only lower it.
MAX_ARTICLES = 100
# The contract's limit for the articles of a feed; the setting `max_feed_articles` can only lower it.
MAX_FEED_ARTICLES = 1_000
# The units of a profile. A ratio is not one of them, because its length depends on the text.
PROFILE_UNITS = tuple(unit for unit in get_args(LengthUnit) if unit != "ratio")
# 90 words take half a minute to read aloud; a search engine shows about 155 characters of a page.
DEFAULT_PROFILES = "push=120 characters, seo=155 characters, brief=60 words, print=5 sentences, broadcast=90 words"
MEMORY_STORAGE = "memory://"
_LIMIT_STORAGES = (MEMORY_STORAGE, "redis://", "rediss://")
_DATABASE_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite+pysqlite"}
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?")


class SettingError(NutgrafError, ValueError):
    """A setting has a value that can't be used; the message names the setting, the reason and a value that works."""


def parse_rate(text: str) -> str:
    """Returns the text of a request rate such as "100 per minute" unchanged; the empty text means no limit.

    Raises ValueError, with a sentence that shows the notation, for a text that flask-limiter can't read.
    """
    try:
        if text:
            parse_many(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a rate limit; write it as in: 100 per minute.") from error
    return text


def parse_profiles(text: str) -> dict[str, Length]:
    """Returns the named lengths of a text such as "push=120 characters, brief=60 words".

    Units are sentences, words and characters. Raises ValueError, with a sentence that shows the notation, for an entry
    without a name, with another unit, or with a number below 1.
    """
    profiles = {}
    for entry in filter(None, map(str.strip, text.split(","))):
        name, _, length = map(str.strip, entry.partition("="))
        number, _, unit = length.partition(" ")
        if not name or unit not in PROFILE_UNITS or not number.isdecimal() or not int(number):
            raise ValueError(f"{entry!r} is not a profile; write profiles as in: {DEFAULT_PROFILES}.")
        profiles[name] = Length(unit, int(number))  # type: ignore[arg-type]  # checked above
    return profiles


def _database_url(text: str) -> URL | None:
    """The address of the job database; None means the SQLite file in the data folder."""
    if not text:
        return None
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ValueError("It is not a database address; write postgresql://USER:PASSWORD@HOST/NAME.") from error
    backend = url.drivername.split("+")[0]
    if backend not in _DATABASE_DRIVERS:
        raise ValueError(f"It must start with postgresql:// or sqlite:///, not with {backend}.")
    return url.set(drivername=_DATABASE_DRIVERS[backend])


def _list(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.split(","))))


def _options(text: str) -> dict[str, str]:
    """The options of a text that is written like a query string."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True) if text else []
    except ValueError as error:
        raise ValueError("Write options like a query string, as in: output=text&words=40.") from error
    return dict(pairs)


def _hosts(text: str) -> tuple[str, ...]:
    return tuple(host.lower() for host in _list(text))


def _signing_secrets(text: str) -> tuple[str, ...]:
    secrets = _list(text)
    for secret in secrets:
        try:
            is_valid = secret.startswith("whsec_") and len(b64decode(secret[6:], validate=True)) >= 24
        except ValueError:
            is_valid = False
        if not is_valid:
            raise ValueError(
                "It must be whsec_ followed by at least 24 bytes in base64; `nutgraf webhook-secret` prints a new one."
            )
    return secrets


def _limit_storage(text: str) -> str:
    if not text.startswith(_LIMIT_STORAGES):
        raise ValueError(f"It must start with one of {', '.join(_LIMIT_STORAGES)}.")
    return text


def _origins(text: str) -> tuple[str, ...]:
    """The origins of "https://cms.example, https://desk.example:8443"."""
    origins = tuple(entry.rstrip("/").lower() for entry in _list(text))
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ValueError(f"{origin!r} is not an origin; write origins as in: https://cms.example, separated by commas.")
    return origins


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table of settings.

    `minimum` and `maximum` bound a number, both included. `parse` turns a text into the value that the code uses and
    raises ValueError with a sentence. `platform` names a variable without our prefix that takes precedence over ours.
    """

    name: str
    default: int | str
    help: str
    minimum: int | None = None
    maximum: int | None = None
    platform: str | None = None
    parse: Callable[[str], Any] | None = None

    @property
    def variable(self) -> str:
        """The name of the environment variable, for example NUTGRAF_PORT for the setting "port"."""
        return PREFIX + self.name.upper()


SETTINGS = (
    Setting("host", "127.0.0.1", "Address that the server listens on.", platform="HOST"),
    Setting("port", 8000, "Port that the server listens on.", minimum=1, maximum=65535, platform="PORT"),
    Setting("workers", 2, "Number of server processes; one per core gives the highest throughput.", minimum=1, maximum=1024),
    Setting(
        "threads",
        24,
        "Threads per process. Threads above `NUTGRAF_MAX_WAITING` receive large bodies and answer 503 quickly.",
        minimum=1,
        maximum=256,
    ),
    Setting("timeout_seconds", 60, "A process that gives no sign of life for this long is replaced.", minimum=1),
    Setting(
        "max_body_bytes", 8 * 1024 * 1024, "Maximum size of a request body; a larger one gets status 413.", minimum=1024
    ),
    Setting(
        "profiles",
        DEFAULT_PROFILES,
        "Named lengths for `length` and `variants`; `GET /profiles` lists them.",
        parse=parse_profiles,
    ),
    Setting("data_dir", "nutgraf-data", "Folder in which jobs and keys are stored."),
    Setting(
        "database_url",
        "",
        "Database for jobs, such as `postgresql://…`; if empty, a SQLite file in the data folder.",
        parse=_database_url,
    ),
    Setting("job_workers", 1, "Job worker processes that run next to the server; 0 for none.", minimum=0, maximum=1024),
    Setting(
        "job_expiry_seconds",
        86_400,
        "How long results are kept if a job does not set `expires_after`.",
        minimum=1,
        maximum=2_592_000,
    ),
    Setting("max_job_bytes", 512 * 1024 * 1024, "Maximum size of the NDJSON body of a job.", minimum=1024),
    Setting(
        "lease_seconds",
        60,
        "A task whose worker gives no sign of life for this long goes to another worker.",
        minimum=1,
        maximum=3_600,
    ),
    Setting(
        "callback_hosts",
        "",
        "Hosts that may receive callbacks: names, `*.example.org`, IP addresses or networks.",
        parse=_hosts,
    ),
    Setting(
        "webhook_secret",
        "",
        "Secrets that sign callbacks, such as `whsec_…`; list the old and the new one while you replace a secret.",
        parse=_signing_secrets,
    ),
    Setting(
        "superdesk_secrets",
        "",
        "Secrets with which Superdesk signs its webhooks; list the old and the new one while you replace a secret.",
        parse=_list,
    ),
    Setting(
        "ghost_secrets",
        "",
        "Secrets with which Ghost signs its webhooks; list the old and the new one while you replace a secret.",
        parse=_list,
    ),
    Setting(
        "superdesk_options",
        "",
        "Options of the jobs of Superdesk's webhooks, such as `output=superdesk&words=40&callback=https://…`.",
        parse=_options,
    ),
    Setting(
        "ghost_options",
        "",
        "Options of the jobs of Ghost's webhooks, such as `output=text&characters=200&callback=https://…`.",
        parse=_options,
    ),
    Setting(
        "hook_owner",
        "",
        "Name of the API key that sees the jobs of webhooks, and jobs created before the first key; if empty, no key does.",
    ),
    Setting("max_json_depth", 64, "Maximum nesting depth of JSON; deeper bodies get status 400.", minimum=8, maximum=500),
    Setting("max_inflated_bytes", 32 * 1024 * 1024, "Maximum size of a gzip body after decompression.", minimum=1024),
    Setting(
        "max_articles",
        MAX_ARTICLES,
        "Maximum number of articles in a request; `background` may have the same number in addition.",
        minimum=1,
        maximum=MAX_ARTICLES,
    ),
    Setting(
        "max_characters",
        1_000_000,
        "Maximum number of characters in all articles of a request, `background` included.",
        minimum=1_000,
    ),
    Setting(
        "max_feed_articles",
        MAX_FEED_ARTICLES,
        "Maximum number of articles in a request to `POST /stories`.",
        minimum=1,
        maximum=MAX_FEED_ARTICLES,
    ),
    Setting(
        "max_feed_characters",
        5_000_000,
        "Maximum number of characters in all articles of a request to `POST /stories`.",
        minimum=1_000,
    ),
    Setting(
        "max_elements",
        100_000,
        "Maximum number of elements, by their start tags, in all HTML and documents of a request; more get status 422. "
        "A feed may have five times as many.",
        minimum=1_000,
    ),
    Setting(
        "max_sentences",
        20_000,
        "Maximum number of sentences in `articles`, and in `background`; of lines that are not empty, twice as many.",
        minimum=10,
    ),
    Setting(
        "max_seconds",
        20,
        "A request that takes longer is stopped and gets status 503; a request of a job, after ten times as long.",
        minimum=1,
    ),
    Setting(
        "max_waiting",
        16,
        "Maximum number of requests that a process holds, waiting or being computed; further ones get status 503 at once.",
        minimum=1,
        maximum=256,
    ),
    Setting("max_wait_seconds", 5, "A request that waits longer for its turn gets status 503.", minimum=1),
    Setting("client_seconds", 20, "Time in which a request must arrive completely, plus one second per 64 KiB.", minimum=1),
    Setting(
        "open",
        0,
        "Set to 1 to allow unauthenticated access from other machines while there is no key file.",
        minimum=0,
        maximum=1,
    ),
    Setting("limit", "", "Rate limit per key, or per IP address without a key, such as `100 per minute`.", parse=parse_rate),
    Setting(
        "limit_storage",
        MEMORY_STORAGE,
        "Where requests are counted: in the memory of one machine, or in `redis://host:6379` for several machines.",
        parse=_limit_storage,
    ),
    Setting(
        "trusted_proxies",
        0,
        "Number of reverse proxies whose `X-Forwarded-For` is trusted; above 0, a key is needed on loopback, too.",
        minimum=0,
        maximum=10,
    ),
    Setting(
        "cors_origins",
        "",
        "Origins of web pages that may call the API, such as `https://cms.example`, separated by commas.",
        parse=_origins,
    ),
)


def load(overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Returns the parsed value of every setting by its name in lower case.

    `overrides` take precedence over the environment, and the environment over the defaults. Raises SettingError for an
    unknown name in `overrides` and for a value that the table does not allow.
    """
    overrides = overrides or {}
    unknown = [name for name in overrides if name not in {row.name for row in SETTINGS}]
    if unknown:
        names = ", ".join(sorted(row.name for row in SETTINGS))
        raise SettingError(f"There is no setting {unknown[0]!r}. The settings are: {names}.")
    return {row.name: _value(row, overrides[row.name] if row.name in overrides else _read(row)) for row in SETTINGS}


def _read(row: Setting) -> int | str:
    name = row.platform if row.platform and os.environ.get(row.platform) else row.variable
    env = Env()
    try:
        return env.int(name, row.default) if isinstance(row.default, int) else env.str(name, row.default)
    except EnvError as error:
        raise SettingError(f"{name} must be a whole number.") from error


def _value(row: Setting, value: Any) -> Any:
    if type(value) is not type(row.default) or (value == "" and row.default):
        kind = "a whole number" if isinstance(row.default, int) else "text that is not empty"
        raise SettingError(f"{row.variable} must be {kind}, such as {row.default}.")
    if isinstance(value, int):
        if row.minimum is not None and value < row.minimum:
            raise SettingError(f"{row.variable} is {value}; it must be at least {row.minimum}.")
        if row.maximum is not None and value > row.maximum:
            raise SettingError(f"{row.variable} is {value}; it must be at most {row.maximum}.")
    elif row.parse:
        try:
            return row.parse(value)
        except ValueError as error:
            raise SettingError(f"{row.variable}: {error}") from error
    return value

"""The table of settings: what each is called, its default, what it does, and how its text is parsed.

`NUTGRAF_<NAME>` in the environment sets one; `PORT` and `HOST`, as platforms set them, go before `NUTGRAF_PORT` and
`NUTGRAF_HOST`. The table is read once, when the application or the server starts.
"""

import os
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from environs import Env, EnvError
from limits import parse_many
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from nutgraf.errors import NutgrafError
from nutgraf.summarizer.models import Length, LengthUnit

PREFIX = "NUTGRAF_"
# What the contract says; the setting may only lower it.
MAX_ARTICLES = 100
# Half a minute read aloud is 90 words; what a search engine shows of a page is about 155 characters.
DEFAULT_PROFILES = "push=120 characters, seo=155 characters, brief=60 words, print=5 sentences, broadcast=90 words"
MEMORY_STORAGE = "memory://"
_LIMIT_STORAGES = (MEMORY_STORAGE, "redis://", "rediss://")
_DATABASE_DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite+pysqlite"}
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?")


class SettingError(NutgrafError, ValueError):
    """A setting can't be used; the message says which, why, and what would do."""


def parse_rate(text: str) -> str:
    """A request rate such as "100 per minute", or nothing. Raises ValueError."""
    try:
        if text:
            parse_many(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no limit; write it like: 100 per minute.") from error
    return text


def parse_profiles(text: str) -> dict[str, Length]:
    """The lengths by name of "push=120 characters, brief=60 words". Raises ValueError."""
    profiles = {}
    for entry in filter(None, map(str.strip, text.split(","))):
        name, _, length = map(str.strip, entry.partition("="))
        number, _, unit = length.partition(" ")
        if not name or unit not in get_args(LengthUnit)[:3] or not number.isdecimal() or not int(number):
            raise ValueError(f"{entry!r} is no profile; write them like: {DEFAULT_PROFILES}.")
        profiles[name] = Length(unit, int(number))  # type: ignore[arg-type]  # checked above
    return profiles


def _database_url(text: str) -> URL | None:
    """The address of the jobs' database; None for the SQLite file in the data folder."""
    if not text:
        return None
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise ValueError("It is no address; write postgresql://USER:PASSWORD@HOST/NAME.") from error
    backend = url.drivername.split("+")[0]
    if backend not in _DATABASE_DRIVERS:
        raise ValueError(f"Jobs are kept in postgresql:// or sqlite:///, not in {backend}.")
    return url.set(drivername=_DATABASE_DRIVERS[backend])


def _list(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.split(","))))


def _hosts(text: str) -> tuple[str, ...]:
    return tuple(host.lower() for host in _list(text))


def _signing_secrets(text: str) -> tuple[str, ...]:
    secrets = _list(text)
    for secret in secrets:
        try:
            sound = secret.startswith("whsec_") and len(b64decode(secret[6:], validate=True)) >= 24
        except ValueError:
            sound = False
        if not sound:
            raise ValueError("It must be whsec_ and at least 24 bytes in base64; `nutgraf webhook-secret` makes one.")
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
            raise ValueError(f"{origin!r} is no origin; write each like https://cms.example, commas between.")
    return origins


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table.

    `least` and `most` bound a number, ends included; `parse` turns a text into the value that the code uses, and raises
    ValueError with a sentence; `platform` is a variable without our prefix that goes before ours.
    """

    name: str
    default: int | str
    help: str
    least: int | None = None
    most: int | None = None
    platform: str | None = None
    parse: Callable[[str], Any] | None = None

    @property
    def variable(self) -> str:
        """The name of the setting in the environment, and of its value in Flask's configuration."""
        return PREFIX + self.name.upper()


SETTINGS = (
    Setting("host", "127.0.0.1", "Address that the server listens on.", platform="HOST"),
    Setting("port", 8000, "Port that the server listens on.", least=1, most=65535, platform="PORT"),
    Setting("workers", 2, "Server processes; one a core serves most requests.", least=1, most=1024),
    Setting("threads", 24, "Threads of each process; extra threads only reject excess requests quickly.", least=1, most=256),
    Setting("timeout_seconds", 60, "After so long without a sign of life a process is replaced.", least=1),
    Setting("max_body_bytes", 8 * 1024 * 1024, "Largest request body; a larger one is answered 413.", least=1024),
    Setting(
        "profiles",
        DEFAULT_PROFILES,
        "Named lengths, for `length` and `variants`; listed at `GET /profiles`.",
        parse=parse_profiles,
    ),
    Setting("data_dir", "nutgraf-data", "Folder for jobs and keys."),
    Setting(
        "database_url", "", "Where jobs are kept, such as `postgresql://…`; a SQLite file where empty.", parse=_database_url
    ),
    Setting("job_workers", 1, "Processes that work on jobs beside the server; 0: none.", least=0, most=1024),
    Setting("job_expiry_seconds", 86_400, "How long results are kept where a job does not say it.", least=1, most=2_592_000),
    Setting("max_job_bytes", 512 * 1024 * 1024, "Largest body of a job in NDJSON.", least=1024),
    Setting("lease_seconds", 60, "After so long without a sign of life a task goes to another worker.", least=1, most=3_600),
    Setting(
        "callback_hosts", "", "Hosts that may be called back: names, `*.example.org`, addresses, networks.", parse=_hosts
    ),
    Setting("webhook_secret", "", "What signs callbacks: `whsec_…`, several while one is replaced.", parse=_signing_secrets),
    Setting("superdesk_secrets", "", "What Superdesk signs its calls with; several while one is replaced.", parse=_list),
    Setting("ghost_secrets", "", "What Ghost signs its calls with; several while one is replaced.", parse=_list),
    Setting("max_json_depth", 64, "Deepest nesting of JSON; deeper is answered 400.", least=8, most=500),
    Setting("max_inflated_bytes", 32 * 1024 * 1024, "Largest body once its gzip is undone.", least=1024),
    Setting("max_articles", MAX_ARTICLES, "Articles of a request, and of its background.", least=1, most=MAX_ARTICLES),
    Setting("max_characters", 4_000_000, "Characters of a request's text, its background's too.", least=1_000),
    Setting("max_sentences", 50_000, "Sentences of a request; they are known once the text is split.", least=10),
    Setting("max_seconds", 20, "After so long a request is given up, between two steps, with a 503.", least=1),
    Setting("max_waiting", 16, "Requests in a process at a time; the next is answered 503 at once.", least=1, most=256),
    Setting("max_wait_seconds", 5, "After so long without its turn a request is answered 503.", least=1),
    Setting("client_seconds", 20, "Seconds in which a request must have arrived, and one more for each 64 KiB.", least=1),
    Setting("open", 0, "1: answers other machines although no key is set up.", least=0, most=1),
    Setting("limit", "", "Requests of each key, or address without one, such as `100 per minute`.", parse=parse_rate),
    Setting(
        "limit_storage",
        MEMORY_STORAGE,
        "Where they are counted: for this machine, or for many in `redis://host:6379`.",
        parse=_limit_storage,
    ),
    Setting("trusted_proxies", 0, "Proxies in front whose `X-Forwarded-For` is believed.", least=0, most=10),
    Setting(
        "cors_origins", "", "Web pages that may call the API, such as `https://cms.example`, commas between.", parse=_origins
    ),
)


def load(overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Every setting by name, parsed: the default, else the environment's value, else that of `overrides`.

    Raises SettingError for a value that the table does not allow.
    """
    overrides = overrides or {}
    unknown = [name for name in overrides if name not in {row.name for row in SETTINGS}]
    if unknown:
        names = ", ".join(sorted(row.name for row in SETTINGS))
        raise SettingError(f"There is no setting {unknown[0]!r}. There are: {names}.")
    return {row.name: _value(row, overrides[row.name] if row.name in overrides else _read(row)) for row in SETTINGS}


def _read(row: Setting) -> int | str:
    name = row.platform if row.platform and os.environ.get(row.platform) else row.variable
    env = Env()
    try:
        return env.int(name, row.default) if isinstance(row.default, int) else env.str(name, row.default)
    except EnvError as error:
        raise SettingError(f"{name} must be a whole number.") from error


def _value(row: Setting, given: Any) -> Any:
    if type(given) is not type(row.default) or (given == "" and row.default):
        kind = "a whole number" if isinstance(row.default, int) else "text"
        raise SettingError(f"{row.variable} must be {kind}, such as {row.default}.")
    if isinstance(given, int):
        if row.least is not None and given < row.least:
            raise SettingError(f"{row.variable} is {given}; it must be at least {row.least}.")
        if row.most is not None and given > row.most:
            raise SettingError(f"{row.variable} is {given}; it must be at most {row.most}.")
    elif row.parse:
        try:
            return row.parse(given)
        except ValueError as error:
            raise SettingError(f"{row.variable}: {error}") from error
    return given

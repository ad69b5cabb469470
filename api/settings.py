"""The table of settings: what each is called, its default, what it does.

`NUTGRAF_<NAME>` in the environment sets one; `PORT` and `HOST`, as platforms set them, go before `NUTGRAF_PORT` and
`NUTGRAF_HOST`.
"""

import os
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from environs import Env, EnvError

from api import profiles
from api.jobs.database import checked_url
from api.security import browsers, keys, limits

PREFIX = "NUTGRAF_"


class BadSetting(ValueError):
    """Says which setting can't be used, why, and what would do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table; `least` bounds a number from below."""

    name: str
    default: int | str
    help: str
    least: int | None = None
    most: int | None = None
    platform: str | None = None

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


SETTINGS = (
    Setting("host", "127.0.0.1", "Address that the server listens on.", platform="HOST"),
    Setting("port", 8000, "Port that the server listens on.", least=1, most=65535, platform="PORT"),
    Setting("workers", 2, "Server processes; one a core serves most requests.", least=1, most=1024),
    Setting("threads", 24, "Threads of each process; those that are not needed to answer turn away.", least=1, most=256),
    Setting("timeout_seconds", 60, "After so long without a sign of life a process is replaced.", least=1),
    Setting("max_body_bytes", 8 * 1024 * 1024, "Largest request body; a larger one is answered 413.", least=1024),
    Setting("profiles", profiles.DEFAULT, "Named lengths, for `variants`; listed at `GET /profiles`."),
    Setting("data_dir", "nutgraf-data", "Folder for jobs and keys."),
    Setting("database_url", "", "Where jobs are kept, such as `postgresql://…`; a SQLite file where empty."),
    Setting("job_workers", 1, "Processes that work on jobs beside the server; 0: none.", least=0, most=1024),
    Setting("job_expiry_seconds", 86_400, "How long results are kept where a job does not say it.", least=1, most=2_592_000),
    Setting("max_job_bytes", 512 * 1024 * 1024, "Largest body of a job in NDJSON.", least=1024),
    Setting("lease_seconds", 60, "After so long without a sign of life a task goes to another worker.", least=1, most=3_600),
    Setting("callback_hosts", "", "Hosts that may be called back: names, `*.example.org`, addresses, networks."),
    Setting("webhook_secret", "", "What signs callbacks: `whsec_…`, several while one is replaced."),
    Setting("superdesk_secrets", "", "What Superdesk signs its calls with; several while one is replaced."),
    Setting("ghost_secrets", "", "What Ghost signs its calls with; several while one is replaced."),
    Setting("max_json_depth", 64, "Deepest nesting of JSON; deeper is answered 400.", least=8, most=500),
    Setting("max_inflated_bytes", 32 * 1024 * 1024, "Largest body once its gzip is undone.", least=1024),
    Setting("max_articles", 100, "Articles of a request, and of its background.", least=1, most=100),
    Setting("max_characters", 4_000_000, "Characters of a request's text, its background's too.", least=1_000),
    Setting("max_sentences", 50_000, "Sentences of a request; they are known once the text is split.", least=10),
    Setting("max_seconds", 20, "After so long a request is given up, between two steps, with a 503.", least=1),
    Setting("max_waiting", 16, "Requests in a process at a time; the next is answered 503 at once.", least=1, most=256),
    Setting("max_wait_seconds", 5, "After so long without its turn a request is answered 503.", least=1),
    Setting("client_seconds", 20, "Seconds in which a request must have arrived, and one more for each 64 KiB.", least=1),
    Setting("open", 0, "1: answers other machines although no key is set up.", least=0, most=1),
    Setting("limit", "", "Requests of each key, or address without one, such as `100 per minute`."),
    Setting("limit_storage", "memory://", "Where they are counted: for this machine, or for many in `redis://host:6379`."),
    Setting("trusted_proxies", 0, "Proxies in front whose `X-Forwarded-For` is believed.", least=0, most=10),
    Setting("cors_origins", "", "Web pages that may call the API, such as `https://cms.example`, commas between."),
)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.split(","))))


def _hosts(text: str) -> tuple[str, ...]:
    return tuple(host.lower() for host in _listed(text))


def _signing(text: str) -> tuple[str, ...]:
    secrets = _listed(text)
    for secret in secrets:
        try:
            sound = secret.startswith("whsec_") and len(b64decode(secret[6:], validate=True)) >= 24
        except ValueError:
            sound = False
        if not sound:
            raise ValueError("It must be whsec_ and at least 24 bytes in base64; `nutgraf webhook-secret` makes one.")
    return secrets


# Texts that stand for something else, and what reads them; each raises ValueError with a sentence.
_PARSED: Mapping[str, Callable[[str], Any]] = {
    "profiles": profiles.parse,
    "database_url": checked_url,
    "callback_hosts": _hosts,
    "webhook_secret": _signing,
    "superdesk_secrets": _listed,
    "ghost_secrets": _listed,
    "limit": keys.checked_rate,
    "limit_storage": limits.checked_storage,
    "cors_origins": browsers.origins,
}


def load(overrides: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Every setting by name: the default, else the environment's value, else that of `overrides`.

    Raises BadSetting for a value that the table does not allow.
    """
    overrides = overrides or {}
    return {row.name: _checked(row, overrides[row.name] if row.name in overrides else _read(row)) for row in SETTINGS}


def for_flask(config: Mapping[str, Any] | None) -> dict[str, Any]:
    """The settings as Flask's configuration: ours in capitals with the prefix, Flask's own beside them."""
    config = config or {}
    ours = load(config)
    known = {row.name for row in SETTINGS}
    unknown = [key for key in config if key not in known and not key.isupper()]
    if unknown:
        raise BadSetting(f"There is no setting {unknown[0]!r}. There are: {', '.join(sorted(known))}.")
    flask = {key: value for key, value in config.items() if key.isupper()}
    for name, parse in _PARSED.items():
        ours[name] = parse(ours[name])
    prefixed = {PREFIX + name.upper(): value for name, value in ours.items()}
    return {**prefixed, "MAX_CONTENT_LENGTH": ours["max_body_bytes"], **flask}


def _read(row: Setting) -> int | str:
    name = row.platform if row.platform and os.environ.get(row.platform) else row.variable
    env = Env()
    try:
        return env.int(name, row.default) if isinstance(row.default, int) else env.str(name, row.default)
    except EnvError as error:
        raise BadSetting(f"{name} must be a whole number.") from error


def _checked(row: Setting, value: Any) -> int | str:
    if type(value) is not type(row.default) or (value == "" and row.default):
        kind = "a whole number" if isinstance(row.default, int) else "text"
        raise BadSetting(f"{row.variable} must be {kind}, such as {row.default}.")
    if isinstance(value, int):
        if row.least is not None and value < row.least:
            raise BadSetting(f"{row.variable} is {value}; it must be at least {row.least}.")
        if row.most is not None and value > row.most:
            raise BadSetting(f"{row.variable} is {value}; it must be at most {row.most}.")
    elif row.name in _PARSED:
        try:
            _PARSED[row.name](value)
        except ValueError as error:
            raise BadSetting(f"{row.variable}: {error}") from error
    return value

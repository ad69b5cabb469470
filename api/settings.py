"""The table of settings: what each is called, its default, what it does.

`NUTGRAF_<NAME>` in the environment sets one; `PORT` and `HOST`, as platforms set them, go before `NUTGRAF_PORT` and
`NUTGRAF_HOST`.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from environs import Env, EnvError

from api import profiles

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
    Setting("threads", 4, "Threads of each process; they let small requests pass large ones.", least=1, most=256),
    Setting("timeout_seconds", 60, "After so long without a sign of life a process is replaced.", least=1),
    Setting("max_body_bytes", 8 * 1024 * 1024, "Largest request body; a larger one is answered 413.", least=1024),
    Setting("profiles", profiles.DEFAULT, "Named lengths, for `variants`; listed at `GET /profiles`."),
    Setting("max_json_depth", 64, "Deepest nesting of JSON; deeper is answered 400.", least=8, most=500),
)


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
    try:
        ours["profiles"] = profiles.parse(ours["profiles"])
    except profiles.BadProfiles as error:
        raise BadSetting(f"NUTGRAF_PROFILES: {error}") from error
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
    if type(value) is not type(row.default) or value == "":
        kind = "a whole number" if isinstance(row.default, int) else "text"
        raise BadSetting(f"{row.variable} must be {kind}, such as {row.default}.")
    if isinstance(value, int):
        if row.least is not None and value < row.least:
            raise BadSetting(f"{row.variable} is {value}; it must be at least {row.least}.")
        if row.most is not None and value > row.most:
            raise BadSetting(f"{row.variable} is {value}; it must be at most {row.most}.")
    return value

"""Named lengths: a push alert, a search snippet, a brief. The setting `profiles` holds them."""

from collections.abc import Mapping
from typing import get_args

from flask import current_app, has_app_context

from api.summarizer import Length
from api.summarizer.models import LengthUnit

# Half a minute read aloud is 90 words; what a search engine shows of a page is about 155 characters.
DEFAULT = "push=120 characters, seo=155 characters, brief=60 words, print=5 sentences, broadcast=90 words"


class BadProfiles(ValueError):
    """Says what the setting should look like."""


def parse(text: str) -> dict[str, Length]:
    """The lengths by name of "push=120 characters, brief=60 words". Raises BadProfiles."""
    profiles = {}
    for entry in filter(None, map(str.strip, text.split(","))):
        name, _, length = map(str.strip, entry.partition("="))
        number, _, unit = length.partition(" ")
        if not name or unit not in get_args(LengthUnit)[:3] or not number.isdecimal() or not int(number):
            raise BadProfiles(f"{entry!r} is no profile; write them like: {DEFAULT}.")
        profiles[name] = Length(unit, int(number))  # type: ignore[arg-type]  # checked above
    return profiles


def known() -> Mapping[str, Length]:
    """The profiles of the application that serves; the defaults outside of one."""
    if has_app_context():
        profiles: Mapping[str, Length] = current_app.config["NUTGRAF_PROFILES"]
        return profiles
    return parse(DEFAULT)

"""Named lengths: a push alert, a search snippet, a brief. The setting `profiles` holds them."""

from collections.abc import Mapping

from nutgraf.settings import DEFAULT_PROFILES, parse_profiles
from nutgraf.summarizer import Length

Profiles = Mapping[str, Length]

# The profiles of a service that sets none.
DEFAULTS: Profiles = parse_profiles(DEFAULT_PROFILES)


def find_profile(name: str, profiles: Profiles) -> Length:
    """The length of that name. Raises ValueError, whose message names those that exist."""
    if name not in profiles:
        raise ValueError(f"There is no profile {name!r}. There are: {', '.join(profiles)}.")
    return profiles[name]

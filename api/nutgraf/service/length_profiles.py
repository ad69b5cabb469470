"""Named lengths, such as those of a push alert or a brief. The setting `profiles` defines them."""

from collections.abc import Mapping

from nutgraf.settings import DEFAULT_PROFILES, parse_profiles
from nutgraf.summarizer import Length

Profiles = Mapping[str, Length]

# The default profiles.
DEFAULTS: Profiles = parse_profiles(DEFAULT_PROFILES)


def find_profile(name: str, profiles: Profiles) -> Length:
    """Returns the length of a profile. Raises ValueError, with the names of all profiles, for an unknown name."""
    if name not in profiles:
        raise ValueError(f"There is no profile {name!r}. The profiles are: {', '.join(profiles)}.")
    return profiles[name]

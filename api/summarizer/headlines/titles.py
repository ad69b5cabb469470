"""A title as a feed or site carries it -> the headline in it."""

import re

# "UPDATE 2-", "BREAKING:", and what sites append: " | Example Times", " - Example News".
_SLUG = re.compile(
    r"^\s*(?:(?:UPDATE|WRAPUP|RPT|CORRECTED|REFILE|EXCLUSIVE)\s*\d*\s*[-–—:]"
    r"|(?:BREAKING(?: NEWS)?|JUST IN|URGENT|ALERT)\s*[:–—-])\s*"
)
_SITE = re.compile(
    r"\s+[|•»]\s+[^|•»]{2,40}$|\s+[-–—]\s+(?:[A-Z][\w.'’&]*\s?){1,4}(?:News|Times|Post|Today|Online|Daily|Tribune|Herald|Journal|Reuters|BBC|CNN|AP|com)$"
)


def trimmed_title(title: str) -> str:
    """The title without a wire's slug, a site's name and a final stop, its white space single."""
    trimmed = _SITE.sub("", _SLUG.sub("", " ".join(title.split())))
    return trimmed[:-1] if trimmed.endswith(".") and not trimmed.endswith(("..", "S.", "Inc.", "Co.", "Jr.")) else trimmed

"""Title from a feed or a web page -> the headline in it."""

import re

# "UPDATE 2-", "BREAKING:", and what sites append: " | Example Times", " - Example News".
_SLUG = re.compile(
    r"^\s*(?:(?:UPDATE|WRAPUP|RPT|CORRECTED|REFILE|EXCLUSIVE)\s*\d*\s*[-–—:]"
    r"|(?:BREAKING(?: NEWS)?|JUST IN|URGENT|ALERT)\s*[:–—-])\s*"
)
# After white space is folded: a bar and a name, or a dash and up to four words of which the last says what it is.
_SITE = re.compile(
    r"\s[|•»]\s[^|•»]{2,40}$|\s[-–—]\s(?:[A-Z][\w.'’&]*\s){0,3}[A-Z][\w.'’&]*?\s?"
    r"(?:News|Times|Post|Today|Online|Daily|Tribune|Herald|Journal|Reuters|BBC|CNN|AP|com)$"
)


def trimmed_title(title: str) -> str:
    """Returns the title without the slug of a wire service, the name of a site and a final full stop, in single spaces."""
    trimmed = _SITE.sub("", _SLUG.sub("", " ".join(title.split())))
    return trimmed[:-1] if trimmed.endswith(".") and not trimmed.endswith(("..", "S.", "Inc.", "Co.", "Jr.")) else trimmed

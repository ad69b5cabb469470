"""Finds the headline in the title of a feed or a web page, and makes shorter ones of it."""

import re
from collections.abc import Iterator

# "UPDATE 2-", "BREAKING:", "OPINION:", "(Watch)", and names that sites append: " | Example Times", " - Example News".
_LABELS = (
    "UPDATE|WRAPUP|RPT|CORRECTED|REFILE|EXCLUSIVE|BREAKING(?: NEWS)?|JUST IN|URGENT|ALERT|OPINION|ANALYSIS|"
    "COMMENTARY|EDITORIAL|WATCH(?: LIVE)?|VIDEO|PHOTOS?|PICTURES|LIVE(?: UPDATES?| BLOG)?|FACTBOX|EXPLAINER|"
    "FEATURE|INTERVIEW|REVIEW|COLUMN|GALLERY|VIDÉO|EN IMAGES|DIRECT|EN DIRECT|EILMELDUNG|LIVETICKER|"
    "ÚLTIMA HORA|URGENTE|VÍDEO|FOTOS|AO VIVO|OPINIÃO|OPINIÓN|ANÁLISIS|ANÁLISE"
)
_LABEL = re.compile(rf"^\s*(?:(?i:{_LABELS})\s*\d*\s*[-–—:|]\s*|[(\[](?i:{_LABELS})[)\]]\s*:?\s*)")
_LABEL_AT_END = re.compile(rf" ?(?:[(\[](?i:{_LABELS})[)\]]| [-–—|] (?i:{_LABELS}))$")
# After white space is folded: a bar and a name, or a dash and up to four words of which the last says what it is.
_SITE = re.compile(
    r"\s[|•»]\s[^|•»]{2,40}$|\s[-–—]\s(?:[A-Z][\w.'’&]*\s){0,3}[A-Z][\w.'’&]*?\s?"
    r"(?:News|Times|Post|Today|Online|Daily|Tribune|Herald|Journal|Reuters|BBC|CNN|AP|com)$"
)
# "L.A.", "Inc.", and an ellipsis: the full stop stays.
_ABBREVIATION_AT_END = re.compile(r"(?:\.|\b[A-Z]|\b(?:Inc|Co|Jr|Sr|Ltd|Corp))\.$")
_CLAUSE_ENDS = re.compile(r": | [–—-] |; |\. (?=[A-ZÀ-Þ])")
MIN_WORDS = 3
# A shorter opening is a label or a speaker.
MIN_SHARE = 0.4


def clean_title(title: str) -> str:
    """Returns the title without labels such as "OPINION:", the name of a site and a final full stop.

    Runs of white space become one space.
    """
    folded = " ".join(title.split())
    trimmed = _LABEL_AT_END.sub("", _SITE.sub("", _LABEL.sub("", folded))) or folded
    return trimmed[:-1] if trimmed.endswith(".") and not _ABBREVIATION_AT_END.search(trimmed) else trimmed


def shorter_titles(title: str) -> Iterator[str]:
    """Yields the title, then the part of it before each colon, dash or end of a clause, the longest first.

    The rest after such a mark is not offered alone: it may be a claim of the speaker before it.
    """
    if not title:
        return
    yield title
    for match in reversed(list(_CLAUSE_ENDS.finditer(title))):
        opening = title[: match.start()]
        if len(opening.split()) >= MIN_WORDS and len(opening) >= MIN_SHARE * len(title):
            yield opening

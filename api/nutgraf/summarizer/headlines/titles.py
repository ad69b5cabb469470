"""Title from a feed or a web page -> the headline in it, and shorter ones made of it."""

import re
from collections.abc import Iterator

# "UPDATE 2-", "BREAKING:", "OPINION:", "(Watch)", and what sites append: " | Example Times", " - Example News".
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
_CLAUSE_ENDS = re.compile(r": | [–—-] |; |\. (?=[A-ZÀ-Þ])")
MIN_WORDS = 3


def clean_title(title: str) -> str:
    """Returns the title without labels such as "OPINION:", the name of a site and a final full stop, in single spaces."""
    folded = " ".join(title.split())
    trimmed = _LABEL_AT_END.sub("", _LABEL.sub("", _SITE.sub("", folded))) or folded
    return trimmed[:-1] if trimmed.endswith(".") and not trimmed.endswith(("..", "S.", "Inc.", "Co.", "Jr.")) else trimmed


def shorter_titles(title: str) -> Iterator[str]:
    """Yields the title, then what stands before and after a colon, a dash or the end of a clause, the longest first."""
    if not title:
        return
    yield title
    halves = []
    for match in _CLAUSE_ENDS.finditer(title):
        halves += [title[: match.start()], title[match.end() :]]
    for half in sorted(halves, key=lambda half: -len(half)):
        if len(half.split()) >= MIN_WORDS:
            yield half[:1].upper() + half[1:]

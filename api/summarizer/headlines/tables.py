"""The closed classes of words of each language, from the folder `words`: what a headline must not end in, lose, or say
without its speaker.

English has the classes that its grammar needs, French, German, Spanish and Portuguese those of their safe trims.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "fr", "de", "es", "pt")


@cache
def strings(language: str) -> Mapping[str, str]:
    """Each class of a language as it stands in its file: words set apart by white space, or a pattern."""
    text = (files(__package__) / "words" / f"{language}.toml").read_text(encoding="utf-8")
    return {name: value for name, value in tomllib.loads(text).items() if isinstance(value, str)}


@cache
def words(language: str, name: str) -> frozenset[str]:
    """A class of words; empty for a language without a file."""
    return frozenset(strings(language)[name].split()) if language in LANGUAGES else frozenset()


ARTICLES = words("en", "articles")
DAYS = words("en", "days")
DAY_PARTS = words("en", "day_parts")
MODALS = words("en", "modals")
BE = words("en", "be")
HAVE = words("en", "have")
DO = words("en", "do")
NEGATIONS = words("en", "negations")
HEDGES = words("en", "hedges")
LIMITERS = words("en", "limiters")
CONDITIONS = words("en", "conditions")
SAYING = words("en", "saying")
ATTRIBUTING = words("en", "attributing")
OFFICIALS = words("en", "officials")
DISPUTED = words("en", "disputed")
PASSIVES = words("en", "passives")
FIRST_PERSON = words("en", "first_person")
SECOND_PERSON = words("en", "second_person")
PRONOUNS = words("en", "pronouns")
CLAUSE_OPENERS = words("en", "clause_openers")
RELATIVES = words("en", "relatives")
SUBORDINATORS = words("en", "subordinators")
CUT_BEFORE = words("en", "cut_before")
CUT_AFTER_PASSIVE = words("en", "cut_after_passive")
CONNECTIVES = words("en", "connectives")
CONTROLS = words("en", "controls")
TAKES_INFINITIVE = words("en", "takes_infinitive")
STARTERS = words("en", "starters")
PERIODS = words("en", "periods")
DATELINES = frozenset(name.replace("_", " ") for name in words("en", "datelines"))
NOT_AFTER_DATELINE = words("en", "not_after_dateline")
LIGHT_NOUNS = words("en", "light_nouns")
ROLES_AND_PLACES = words("en", "roles_and_places")
EVENTS = words("en", "events")
TITLES = words("en", "titles")
TITLE_OPENERS = words("en", "title_openers")
ARTICLE_STAYS_BEFORE = words("en", "article_stays_before")
ARTICLE_STAYS_AFTER = words("en", "article_stays_after")
NEEDS_MORE = words("en", "needs_more")
CONTRACTIONS = words("en", "contractions")
NOT_ON_A_DAY = words("en", "not_on_a_day")
NAMED_DAYS = words("en", "named_days")
DANGLING = words("en", "dangling")

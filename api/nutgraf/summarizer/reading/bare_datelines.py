"""Datelines that have lost their mark: "London The ministry said", "Kabul, Afghanistan Gunmen closed the road".

Only capitals separate such a place from the sentence, and the names of clubs, offices and persons also begin with places:
"London Bridge", "Sydney Marsh". So the place must be known, or the text must show that a place is meant; else nothing is
cut.
"""

import re
from functools import cache
from itertools import islice

from nutgraf.summarizer.languages.language import common
from nutgraf.summarizer.reading.boilerplate_rules import Rules

# The maximum number of words of a place: "Washington D.C.", "Kelling, New South Wales".
MAX_PLACE_WORDS = 6
# The sentence after a place has a verb or noun in lower case within this many words, and no capital function word before it.
SENTENCE_WORDS = 12
# A name whose first word is not a known given name is a person's if the text uses its second word alone this often.
RARE_NAME_USES = 2

_CITY_BEFORE_NATION = re.compile("|".join(common().patterns("agencies", "cities_before_nations")))
_CITIES = "|".join(common().patterns("agencies", "cities"))
_CITY = re.compile(rf"(?:{_CITIES}) (?=[A-Z])")
_REGION = "|".join(common().patterns("agencies", "regions"))
# These are given names, too: "Marsh, Jordan Low".
_REGION_LIKE_NAME = "|".join(common().patterns("agencies", "regions_like_names"))
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w'’.-]{1,20}"
_CITY_AND_REGION = re.compile(
    rf"(?:(?P<known>{_CITIES}), (?:{_REGION}|{_REGION_LIKE_NAME})|(?P<town>{_NAME}(?: {_NAME}){{0,2}}), (?:{_REGION})) "
    rf"(?=[A-Z])"
)
# "KELLING, England Two ferries sail", "LONDON The ministry said"
_CAPITALS = re.compile(
    rf"(?P<city>[A-Z][A-Z .'’/-]{{3,40}})(?P<region>, (?:{_REGION}|{_REGION_LIKE_NAME}))? (?=[A-Z][a-z]+ )"
)
_ANY_REGION = re.compile(rf"(?:{_REGION}|{_REGION_LIKE_NAME})")
_NATION = re.compile(rf"(?:{_REGION})(?:['’]s (?=[a-z])| (?P<verb>[a-z]+) )")
# "CIA-funded": a compound that is an adjective opens a sentence.
_COMPOUND = re.compile(r"[A-Z][\w.]*-(?:led|backed|funded|born|based|made|owned|run) ")
_WORD = re.compile(r"\S+")
# "Ada Marsh", "Noah de Low"; what follows shows that the name ends there.
_PERSON = re.compile(
    rf"(?P<given>{_NAME}) (?:(?:[a-z]{{2,3}}|{_NAME}) )?(?P<surname>[^\W\d_a-zß-öø-ÿ][\w-]{{2,20}})"
    rf"(?=['’]s |, | [-–—]| (?P<after>[a-z]+) )"
)


@cache
def city_names() -> re.Pattern[str]:
    """Returns the pattern of the cities that begin a dateline without their region, in any case."""
    return re.compile(_CITIES, re.I)


def is_place(name: str) -> bool:
    """Returns whether a name is a city that stands without its region, or has a region behind a comma."""
    city, _, region = name.partition(", ")
    if not region:
        return re.fullmatch(_CITIES, city) is not None
    return "," not in region and (region.count(" ") < 2 or _ANY_REGION.fullmatch(region) is not None)


def bare_dateline_length(opening: str, context: str, rules: Rules) -> int:
    """Returns the length of a dateline without a mark at the `opening` of a sentence; 0 if none.

    `context` is the text from the opening on, which is searched for evidence. A place ends before a function word with a
    capital, before the name of its nation, or before a word that does not continue its name.
    """
    if nation := _CITY_BEFORE_NATION.match(opening):
        return nation.end()
    for match in islice(_WORD.finditer(opening), MAX_PLACE_WORDS):
        word = match[0]
        if not word[0].isupper():
            break
        if word.replace("’", "'").lower() in rules.function_words:
            return match.start() if is_place(opening[: match.start()].rstrip()) else 0
    if not rules.after_city:
        return 0
    if (capitals := _CAPITALS.match(opening)) and (capitals["region"] or city_names().fullmatch(capitals["city"])):
        return capitals.end() if _opens_sentence(opening[capitals.end() :], rules) else 0
    if place := _CITY_AND_REGION.match(opening):
        town = place["town"]
        is_known = town is None or (_ANY_REGION.fullmatch(town) is None and _is_somewhere(town, context, rules))
        return place.end() if is_known and _opens_sentence(opening[place.end() :], rules) else 0
    city = _CITY.match(opening)
    return city.end() if city and _ends_place(city[0], opening[city.end() :], context[city.end() :], rules) else 0


def _ends_place(city: str, rest: str, context: str, rules: Rules) -> bool:
    """Whether the `rest` of an opening behind a city is a sentence of its own: "Los Angeles Ada Marsh will"."""
    word, _, _ = rest.partition(" ")
    if f"{city}{word}" in context or not _opens_sentence(rest, rules):
        return False
    return (
        rules.national_offices.match(rest) is not None
        or (word.lower() in rules.opens_sentence and rest[len(word) + 1 :][:1].islower())
        or _opens_with_nation(rest, rules)
        or _COMPOUND.match(rest) is not None
        or (city.rstrip().lower() not in rules.given_names and _opens_with_person(rest, context, rules))
    )


def _opens_with_nation(rest: str, rules: Rules) -> bool:
    """Whether the words behind a city are a nation that does something: "Washington Russia has"."""
    match = _NATION.match(rest)
    return match is not None and (match["verb"] is None or _may_follow_subject(match["verb"], rules))


def _may_follow_subject(word: str, rules: Rules) -> bool:
    """Whether a word shows that the name before it has ended."""
    return word in rules.function_words | rules.verbs | rules.speech_verbs or word.endswith(rules.verb_endings)


def _opens_sentence(rest: str, rules: Rules) -> bool:
    """Whether the words after a place are a sentence: the first does not continue its name, and they are not a headline."""
    words = rest.split()[:SENTENCE_WORDS]
    if words[0].lower() in rules.after_city or _plain(words[0]) in rules.after_city:
        return False
    for word in words:
        is_function_word = _plain(word) in rules.function_words
        if word[0].isupper() and is_function_word:
            return False
        if word[0].islower() and not is_function_word:
            return True
    return False


def _plain(word: str) -> str:
    """A word in lower case, without the marks around it and its possessive ending."""
    return re.split("['’]", word.strip('.,:;"“”').lower())[0]


def _is_somewhere(city: str, context: str, rules: Rules) -> bool:
    """Whether the text says that something is "in" or "near" the city."""
    return any(f" {word} {city}" in context for word in rules.inside_place)


def _opens_with_person(rest: str, context: str, rules: Rules) -> bool:
    """Whether the words behind a city are two names of a person, one of which the text uses alone, twice if rare."""
    match = _PERSON.match(rest)
    if match is None or _plain(match["surname"]) in rules.after_city:
        return False
    uses = 1 if match["given"].lower() in rules.given_names else RARE_NAME_USES
    if match["after"] and not _may_follow_subject(match["after"], rules):
        return False
    return any(_stands_alone_often(match[name], context, match.end(), uses, rules) for name in ("surname", "given"))


def _stands_alone_often(name: str, context: str, start: int, uses: int, rules: Rules) -> bool:
    """Whether a name is used alone a number of times after a position of the text."""
    mentions = re.compile(rf"(?<![\w'’-]){re.escape(name)}(?![\w-]| [A-Z])").finditer(context, start)
    alone = (found for found in mentions if _stands_alone(context, found.start(), rules))
    return sum(1 for _ in islice(alone, uses)) == uses


def _stands_alone(context: str, start: int, rules: Rules) -> bool:
    """Whether the name at a position has no name and no article before it."""
    before = context[max(0, start - 24) : start].split()[-1:]
    return not before or before[0][-1] in '.!?”"' or (before[0].islower() and before[0] not in rules.articles)

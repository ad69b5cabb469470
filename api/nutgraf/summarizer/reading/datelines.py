"""Finds datelines, agency names and sign-offs: the parts at the start or end of a paragraph of wire copy that are not news.

"LONDON, Jan 12 (Reuters) - ", "(ANSA) - ROMA, 04 MAG - ", "… on Monday. (AFP)", "… on Monday. ENDS".
"""

import re

from nutgraf.summarizer.languages.language import common
from nutgraf.summarizer.reading.bare_datelines import bare_dateline_length, city_names, is_place
from nutgraf.summarizer.reading.boilerplate_rules import Rules
from nutgraf.summarizer.reading.letter_case import is_lowercase

# No dateline is longer or has more words.
MAX_DATELINE_CHARACTERS = 130
MAX_DATELINE_WORDS = 9
MAX_PLACE_WORDS = 4
# A place in capitals before a colon has at least this many letters: "LAGOS: …" may be a place, "NATO: …" is not.
MIN_CAPITAL_LETTERS = 5
# Limits of the agencies, initials and sign-offs at the end of a paragraph.
MAX_SIGN_OFF_CHARACTERS = 90
MAX_SIGN_OFFS = 4

AGENCY = "|".join(common().patterns("agencies", "names"))
_SIGNED_AGENCY = rf"(?:{AGENCY})(?:\s*[/|,+&-]\s*[\w.]{{1,20}}){{0,3}}"
_AGENCY = re.compile(_SIGNED_AGENCY)
_AGENCY_WORD = re.compile(rf"(?<!\w)(?:{_SIGNED_AGENCY})(?!\w)")
_SIGN_OFF_WORDS = "|".join(common().patterns("agencies", "endings"))
_SIGN_OFF = re.compile(
    rf"(?<=[.!?…\"'”’»)।。])\s*(?:[(\[（【]\s*(?:{_SIGNED_AGENCY}|{_SIGN_OFF_WORDS})\s*[)\]）】]|(?:[-–—|/]+|\(c\)|©)\s*(?:{_SIGNED_AGENCY})"
    rf"|(?<=\s)(?:{_SIGNED_AGENCY}|{_SIGN_OFF_WORDS}))[.…>]*(?:\^M)?$"
)
# A sign-off of up to three words and a full stop, after the last sentence: "… on Monday. Ada Marsh." A paragraph that ends
# in a full stop, but not in such a sign-off, has none.
_AFTER_END = re.compile(r"[.!?…\"”»)][\s–—-]+[^\s.!?]{2,20}(?: [^\s.!?]{2,20}){0,2}\.$")
_SIGN_OFF_LINE = re.compile(
    rf"[-–—|/(\[（【\s]*(?:c\)\s*)?(?:{_SIGNED_AGENCY}|{_SIGN_OFF_WORDS})[\s)\]）】.。…>–—-]*(?:\^M)?"
)
_INITIALS = re.compile("|".join(common().patterns("agencies", "initials")))
_SLUG = re.compile("|".join(common().patterns("agencies", "slugs")))

# A dateline ends at a dash, a colon, a bar, a full stop, or after the bracket with the agency.
_DATELINE_END = re.compile(
    r"\s{0,3}[.:]?\s{0,3}(?:--|—|–)\s{0,3}|\s{1,3}[-_|]\s{1,3}|[.:]-\s{1,3}|(?<=[)/])\s{0,3}[.।]?\s{0,3}[-:]?\s{1,3}|"
    r":\s{1,3}|(?<=[A-Za-z]\))(?=[^\W\d_])|\.\s{1,3}(?=[^\W\d_])"
)
# A dateline in a later paragraph, after a blurb: "KELLING — The ferry".
_DATELINE_AFTER_BLURB = re.compile(
    r"(?P<place>[A-Z][A-Z.'’-]{2,20}(?: [A-Z][A-Z.'’-]{1,20}){0,2})(?:, [A-Z][\w. ]{1,20})? (?:—|–|--) (?=[A-Z\"“])"
)
# The dash of a dateline whose place was lost.
_ORPHAN_MARK = re.compile(r"— (?=[A-Z\"“])")
_BRACKETED = re.compile(r"[(/]\s*([^()/]{2,40}(?:/[^()/]{1,20})?)\s*[)/]")
_PLACE_PREPOSITIONS = frozenset({"de", "del", "di", "do", "da", "of"})
_INITIALS_OF_NAME = re.compile(r"\w\.\w")
_WORD = re.compile(r"[^\W_][\w.'’º°-]*")
# "Kalden, 4.5.2027"
_CITY = re.compile(r"\A(?:[^\W\d_a-zß-öø-ÿ][\w-]{1,20} ?){1,3}, (?=.{0,30}\d{4}$)")
_DATE = re.compile(r"\d{1,4}(?:[./:-]\d{1,4}){0,2}\.?(?:st|nd|rd|th|er|º|ª|h\d{0,2})?")
_CLOCK = re.compile(r"\d{1,2}[.:h]?\d{0,2}(?:am|pm|h|uhr)?|[ap]m")
_CLOCK_OR_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}[:.]\d{2}")
_COLON_PLACE = re.compile("|".join(common().patterns("agencies", "colon_places")))
# The score of a match: "Lund – Alba 3:1"
SCORE = re.compile(r"(?<![\d:.-])\d{1,2}\s?[:–-]\s?\d{1,2}(?=[\s)]|$)")
_CJK = re.compile(
    r"【[^】]{2,20}】\s*|（[\u4e00-\u9fff]{0,6}(?:共同|時事|新华社|新華社|中央社|中新社|読売|毎日|朝日)）\s*|(?:新华社|新華社|中新社|中央社|【[^】]{2,20}】)?[\u4e00-\u9fff、/]{2,16}?\d{1,2}月?\d{0,2}日(?:电|電|讯|訊)"
    r"(?:[（(][^）)]{2,30}[）)])?\s*"
)


def dateline_length(
    opening: str, rules: Rules, *, first: bool, source: str | None, allows_full_stop: bool, context: str = ""
) -> int:
    """Returns the length of the dateline that begins a paragraph, in characters, with the mark that ends it; 0 if none.

    - `first`: whether the paragraph is the first of the body. Later paragraphs are examined too, because the first may be a
      blurb. There a dateline needs an agency, or a place in capitals before a dash.
    - `source`: the source of the article; it counts as an agency.
    - `allows_full_stop`: whether newspapers of the language end datelines with a full stop.
    - `context`: the text that shows which words are places. For the first paragraph, it is the text from this paragraph on,
      or "" if the paragraph is not a sentence: a dateline may have lost its mark, as in "London The ministry said". For a
      later paragraph, it is the text around it.
    """
    opening = opening[:MAX_DATELINE_CHARACTERS]
    if first and (orphan := _ORPHAN_MARK.match(opening)) and "—" not in opening[1:]:  # "— I saw it — she said"
        return orphan.end()
    if not first and (later := _DATELINE_AFTER_BLURB.match(opening)) and _is_known_place(later["place"], context):
        return later.end()
    if not first and "(" not in opening and "/" not in opening:
        return 0
    if first and (match := _CJK.match(opening)):
        return match.end()
    length = 0
    for end_mark in _DATELINE_END.finditer(opening):
        candidate, following = opening[length : end_mark.start()].strip(), opening[end_mark.end() : end_mark.end() + 1]
        if not candidate and not length:
            continue
        mark = end_mark[0].strip() if end_mark[0] else "-"  # "Washington (CNN)The …": the space is missing
        if not following or is_lowercase(following):
            continue
        if _is_dateline(candidate, mark, opening[end_mark.end() :], rules, first, source, allows_full_stop):
            length = end_mark.end()
        elif length or len(candidate.split()) > MAX_DATELINE_WORDS + 4:
            break
    if not length and first and context:
        return bare_dateline_length(opening, context, rules)
    return length


def _is_known_place(place: str, context: str) -> bool:
    """Whether a name in capitals is that of a place: of a known city, or one that the text also has in small letters.

    A name that is twice in capitals in the text is the label of a speaker.
    """
    return city_names().fullmatch(place) is not None or (place.title() in context and context.count(place) == 1)


def sign_off_start(text: str, start: int, end: int) -> int:
    """Returns the offset where the agency or sign-off at the end of a paragraph begins; `end` if there is none.

    The paragraph is `text[start:end]`.
    """
    for _ in range(MAX_SIGN_OFFS):
        search_start = max(start, end - MAX_SIGN_OFF_CHARACTERS)
        if (
            text.endswith(".", search_start, end)
            and text[end - 2] not in ")]"
            and _AFTER_END.search(text, search_start, end) is None
        ):
            break
        match = _SIGN_OFF.search(text, search_start, end)
        if match is None:
            break
        end = match.start()
        while end > start and text[end - 1].isspace():
            end -= 1
    return end


def starts_with_agency(agency: str) -> bool:
    """Whether a text begins with the name of an agency, without a bracket or dash before it, as in captions."""
    return agency[:1].isalpha() and _AGENCY.match(agency) is not None


def is_sign_off_line(line: str) -> bool:
    """Whether a line is nothing but an agency, initials or a sign-off."""
    if len(line) > MAX_SIGN_OFF_CHARACTERS:
        return False
    return _SIGN_OFF_LINE.fullmatch(line) is not None or _INITIALS.fullmatch(line.strip("() ")) is not None


def is_slug(line: str) -> bool:
    """Whether a line is a slug, the name of the copy for editors."""
    return len(line) <= MAX_DATELINE_CHARACTERS and _SLUG.fullmatch(line) is not None


def is_date_line(line: str, rules: Rules) -> bool:
    """Whether a line has nothing but a date or time, and perhaps an agency or city."""
    if len(line) > MAX_DATELINE_CHARACTERS or not any(map(str.isdigit, line)):
        return False
    rest = _AGENCY_WORD.sub(" ", _CITY.sub("", line) if line[-1] != "." else line)
    words = re.split(r"[\s,|;·•–—()\[\]]+|[:/-](?!\d)", rest.strip(" .").lower())
    has_date = False
    for word in filter(None, (word.strip(".") for word in words)):
        if word in rules.date_words or word in rules.time_stamp_words:
            has_date = True
        elif not (_DATE.fullmatch(word) or _CLOCK.fullmatch(word)):
            return False
        elif _CLOCK_OR_DATE.fullmatch(word):
            has_date = True
    return has_date


def _is_dateline(
    head: str, mark: str, rest: str, rules: Rules, first: bool, source: str | None, allows_full_stop: bool
) -> bool:
    names = [match[1].strip() for match in _BRACKETED.finditer(head)]
    has_agency = any(name == source or _AGENCY.fullmatch(name) for name in names)
    place = _BRACKETED.sub(" ", head).strip()
    if not has_agency and (agency := _AGENCY.fullmatch(place.split(".")[-1].strip() or place)):
        has_agency, place = True, place[: len(place) - len(agency[0])].strip()
    words = _WORD.findall(place)
    if len(words) > MAX_DATELINE_WORDS or not all(_names_place_or_date(word, rules) for word in words):
        return False
    has_date = any(word.strip(".").lower() in rules.months or _DATE.fullmatch(word) for word in words)
    place_words = [word for word in words if not _DATE.fullmatch(word) and word.strip(".").lower() not in rules.date_words]
    is_in_capitals = (
        bool(place_words) and len(place_words[0]) > 2 and place_words[0].replace("-", "").replace("'", "").isupper()
    )
    if has_agency:
        if place and not head.endswith((")", "/")) and not head.startswith("(") and names:
            return False
        cased = bool(place_words) and place_words[0][0].lower() != place_words[0][0].upper()
        is_known = bool(names) and is_place(place)  # "Seoul, South Korea (CNN) The …"
        return bool(mark) or (first and (is_in_capitals or has_date or is_known or not cased))
    if not first or not mark:
        return False
    if SCORE.search(rest[:40]):
        return False
    if mark == ".":
        return (
            allows_full_stop
            and is_in_capitals
            and all(word.isupper() and not _INITIALS_OF_NAME.match(word) for word in place_words)
        )
    if (
        len(place_words) > MAX_PLACE_WORDS
        or rules.kind(" ".join(place_words))
        or (mark == ":" and rules.kind(f"{place}: -"))
    ):
        return False
    if mark == "|":
        return is_in_capitals
    if mark == ":" and _COLON_PLACE.fullmatch(place):
        return True
    if mark == ":":
        return (
            is_in_capitals
            and all(word.isupper() for word in place_words)
            and sum(map(len, place_words)) >= MIN_CAPITAL_LETTERS
        )
    if not is_in_capitals and any(word.lower() in rules.function_words for word in place_words):
        return False
    if is_in_capitals or (place_words and has_date):
        return True
    if names and not place_words:
        return all(_names_place_or_date(word, rules) for name in names for word in _WORD.findall(name))
    return (
        bool(place_words)
        and len(place_words) <= 3
        and mark in ("–", "—")
        and not re.search(r"\s[–—-]\s", rest)
        and " " not in mark
    )


def _names_place_or_date(word: str, rules: Rules) -> bool:
    return (
        not is_lowercase(word[0])
        or word.strip(".").lower() in rules.date_words | rules.time_stamp_words
        or word in _PLACE_PREPOSITIONS
    )

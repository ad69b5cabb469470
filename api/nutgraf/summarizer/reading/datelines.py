"""What opens and closes a paragraph of wire copy without being news: datelines, agencies, sign-offs.

"LONDON, Jan 12 (Reuters) - ", "(ANSA) - ROMA, 04 MAG - ", "… on Monday. (AFP)", "… on Monday. ENDS".
"""

import re

from nutgraf.summarizer.languages.language import common
from nutgraf.summarizer.reading.letters import is_lowercase
from nutgraf.summarizer.reading.rules import Rules

# No dateline is longer, and none has more words.
DATELINE_CHARACTERS = 130
DATELINE_WORDS = 9
PLACE_WORDS = 4
# "NATO: …" is no place; "LAGOS: …" may be one.
SHOUTED_LETTERS = 5
# A story's last sentence and who signs it are apart by no more than so many characters.
SIGNATURE_CHARACTERS = 90
MOST_SIGNATURES = 4

AGENCY = "|".join(common().patterns("agencies", "names"))
_SIGNED = rf"(?:{AGENCY})(?:\s*[/|,+&-]\s*[\w.]{{1,20}}){{0,3}}"
_AGENCY = re.compile(_SIGNED)
_AGENCY_WORD = re.compile(rf"(?<!\w)(?:{_SIGNED})(?!\w)")
_ENDINGS = "|".join(common().patterns("agencies", "endings"))
_SIGNATURE = re.compile(
    rf"(?<=[.!?…\"'”’»)।。])\s*(?:[(\[（【]\s*(?:{_SIGNED}|{_ENDINGS})\s*[)\]）】]|(?:[-–—|/]+|\(c\)|©)\s*(?:{_SIGNED})"
    rf"|(?<=\s)(?:{_SIGNED}|{_ENDINGS}))[.…>]*(?:\^M)?$"
)
# What a signature stands behind; most paragraphs end with a long sentence and need no closer look.
_AFTER_END = re.compile(r"[.!?…\"”»)][\s–—-]+[^\s.!?]{2,20}(?: [^\s.!?]{2,20}){0,2}\.$")
_WHOLE = re.compile(rf"[-–—|/(\[（【\s]*(?:c\)\s*)?(?:{_SIGNED}|{_ENDINGS})[\s)\]）】.。…>–—-]*(?:\^M)?")
_INITIALS = re.compile("|".join(common().patterns("agencies", "initials")))
_SLUG = re.compile("|".join(common().patterns("agencies", "slugs")))

# Where a dateline may end: at a dash, a colon, a bar, or after the bracket that names the agency.
_STOP = re.compile(
    r"\s{0,3}[.:]?\s{0,3}(?:--|—|–)\s{0,3}|\s{1,3}[-_|]\s{1,3}|[.:]-\s{1,3}|(?<=[)/])\s{0,3}[.।]?\s{0,3}[-:]?\s{1,3}|"
    r":\s{1,3}|(?<=[A-Za-z]\))(?=[^\W\d_])|\.\s{1,3}(?=[^\W\d_])"
)
_BRACKETED = re.compile(r"[(/]\s*([^()/]{2,40}(?:/[^()/]{1,20})?)\s*[)/]")
_JOINS = frozenset({"de", "del", "di", "do", "da", "of"})
_INITIALS_OF_NAME = re.compile(r"\w\.\w")
_WORD = re.compile(r"[^\W_][\w.'’º°-]*")
# "Kalden, 4.5.2027"
_CITY = re.compile(r"\A(?:[^\W\d_a-zß-öø-ÿ][\w-]{1,20} ?){1,3}, (?=.{0,30}\d{4}$)")
_DATE = re.compile(r"\d{1,4}(?:[./:-]\d{1,4}){0,2}\.?(?:st|nd|rd|th|er|º|ª|h\d{0,2})?")
_CLOCK = re.compile(r"\d{1,2}[.:h]?\d{0,2}(?:am|pm|h|uhr)?|[ap]m")
_CLOCK_OR_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}[:.]\d{2}")
_COLON_PLACE = re.compile("|".join(common().patterns("agencies", "colon_places")))
# Of a match: "Lund – Alba 3:1"
SCORE = re.compile(r"(?<![\d:.-])\d{1,2}\s?[:–-]\s?\d{1,2}(?=[\s)]|$)")
_CJK = re.compile(
    r"【[^】]{2,20}】\s*|（[\u4e00-\u9fff]{0,6}(?:共同|時事|新华社|新華社|中央社|中新社|読売|毎日|朝日)）\s*|(?:新华社|新華社|中新社|中央社|【[^】]{2,20}】)?[\u4e00-\u9fff、/]{2,16}?\d{1,2}月?\d{0,2}日(?:电|電|讯|訊)"
    r"(?:[（(][^）)]{2,30}[）)])?\s*"
)


def dateline_length(opening: str, rules: Rules, *, first: bool, source: str | None, stop_after_place: bool) -> int:
    """How many characters of a paragraph's opening are its dateline, what ends it included; 0 without one.

    Only the `first` paragraph of the body has one without an agency's name; `stop_after_place` where the language's
    newspapers end it with a full stop.
    """
    opening = opening[:DATELINE_CHARACTERS]
    if not first and "(" not in opening and "/" not in opening:
        return 0
    if first and (match := _CJK.match(opening)):
        return match.end()
    length = 0
    for stop in _STOP.finditer(opening):
        segment, following = opening[length : stop.start()].strip(), opening[stop.end() : stop.end() + 1]
        if not segment and not length:
            continue
        mark = stop[0].strip() if stop[0] else "-"  # "Washington (CNN)The …": the space got lost
        if not following or is_lowercase(following):
            continue
        if _is_dateline(segment, mark, opening[stop.end() :], rules, first, source, stop_after_place):
            length = stop.end()
        elif length or len(segment.split()) > DATELINE_WORDS + 4:
            break
    return length


def signature(text: str, start: int, end: int) -> int:
    """Where the agency's name or the sign-off begins that closes a paragraph; its end where it has none."""
    for _ in range(MOST_SIGNATURES):
        begin = max(start, end - SIGNATURE_CHARACTERS)
        if text.endswith(".", begin, end) and text[end - 2] not in ")]" and _AFTER_END.search(text, begin, end) is None:
            break
        match = _SIGNATURE.search(text, begin, end)
        if match is None:
            break
        end = match.start()
        while end > start and text[end - 1].isspace():
            end -= 1
    return end


def is_bare(signed: str) -> bool:
    """Whether an agency's name stands without bracket or dash, as below pictures."""
    return signed[:1].isalpha() and _AGENCY.match(signed) is not None


def is_signature(line: str) -> bool:
    """Whether a whole line only signs the copy, or ends it."""
    if len(line) > SIGNATURE_CHARACTERS:
        return False
    return _WHOLE.fullmatch(line) is not None or _INITIALS.fullmatch(line.strip("() ")) is not None


def is_slug(line: str) -> bool:
    """Whether a line names the copy for the desk."""
    return len(line) <= DATELINE_CHARACTERS and _SLUG.fullmatch(line) is not None


def is_date_line(line: str, rules: Rules) -> bool:
    """Whether a line says no more than when, and perhaps for whom, the copy was written."""
    if len(line) > DATELINE_CHARACTERS or not any(map(str.isdigit, line)):
        return False
    rest = _AGENCY_WORD.sub(" ", _CITY.sub("", line) if line[-1] != "." else line)
    words = re.split(r"[\s,|;·•–—()\[\]]+|[:/-](?!\d)", rest.strip(" .").lower())
    said = [word.strip(".") for word in words if word.strip(".")]
    dated = [word for word in said if word in rules.date_words]
    stamped = [word for word in said if word in rules.stamps]
    figures = [word for word in said if _DATE.fullmatch(word) or _CLOCK.fullmatch(word)]
    if len(set(dated + stamped + figures)) < len(set(said)):
        return False
    return bool(dated or stamped or any(map(_CLOCK_OR_DATE.fullmatch, figures)))


def _is_dateline(
    head: str, mark: str, rest: str, rules: Rules, first: bool, source: str | None, stop_after_place: bool
) -> bool:
    names = [match[1].strip() for match in _BRACKETED.finditer(head)]
    signed = any(name == source or _AGENCY.fullmatch(name) for name in names)
    place = _BRACKETED.sub(" ", head).strip()
    if not signed and (agency := _AGENCY.fullmatch(place.split(".")[-1].strip() or place)):
        signed, place = True, place[: len(place) - len(agency[0])].strip()
    words = _WORD.findall(place)
    if len(words) > DATELINE_WORDS or not all(_names_place_or_date(word, rules) for word in words):
        return False
    dated = any(word.strip(".").lower() in rules.months or _DATE.fullmatch(word) for word in words)
    placed = [word for word in words if not _DATE.fullmatch(word) and word.strip(".").lower() not in rules.date_words]
    shouted = bool(placed) and len(placed[0]) > 2 and placed[0].replace("-", "").replace("'", "").isupper()
    if signed:
        if place and not head.endswith((")", "/")) and not head.startswith("(") and names:
            return False
        cased = bool(placed) and placed[0][0].lower() != placed[0][0].upper()
        return bool(mark) or (first and (shouted or dated or not cased))
    if not first or not mark:
        return False
    if SCORE.search(rest[:40]):
        return False
    if mark == ".":
        return stop_after_place and shouted and all(word.isupper() and not _INITIALS_OF_NAME.match(word) for word in placed)
    if len(placed) > PLACE_WORDS or rules.kind(" ".join(placed)) or (mark == ":" and rules.kind(f"{place}: -")):
        return False
    if mark == "|":
        return shouted
    if mark == ":" and _COLON_PLACE.fullmatch(place):
        return True
    if mark == ":":
        return shouted and all(word.isupper() for word in placed) and sum(map(len, placed)) >= SHOUTED_LETTERS
    if not shouted and any(word.lower() in rules.function_words for word in placed):
        return False
    if shouted or (placed and dated):
        return True
    if names and not placed:
        return all(_names_place_or_date(word, rules) for name in names for word in _WORD.findall(name))
    return bool(placed) and len(placed) <= 3 and mark in ("–", "—") and not re.search(r"\s[–—-]\s", rest) and " " not in mark


def _names_place_or_date(word: str, rules: Rules) -> bool:
    return not is_lowercase(word[0]) or word.strip(".").lower() in rules.date_words | rules.stamps or word in _JOINS

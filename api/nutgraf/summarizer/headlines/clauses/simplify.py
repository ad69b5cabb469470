"""Removes brackets, insertions, days and opening phrases from a sentence before headlines are made from it.

Editors leave these out first, and without them the parser finds subjects and objects more reliably.
"""

import re

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import SECTION, WordClasses
from nutgraf.summarizer.languages.language import language, per_language

MIN_WORDS = 5
# An age between commas has no more words, with its comma.
MAX_AGE_WORDS = 4
_BRACKET = re.compile(r"\s\([^()]{0,200}\)(?=[\s,.;:!?]|$)")
# "Nike‘s": an opening quote in place of an apostrophe.
_WRONG_APOSTROPHE = re.compile(r"(?<=\w)‘(?=\w)")
# Old wires write ``…'' in place of quotation marks.
_OLD_QUOTES = re.compile(r"``|''")
# In place of a day that was removed, and an insertion of which only a word is left: ", announced Tuesday,".
_REMOVED_DAY = "\x00"
_EMPTIED = re.compile(rf", [^\W\d_]+{_REMOVED_DAY},")
_QUOTES = tuple("\"“„«‘'")
_DASH = re.compile(r"\s[-–_]\s|\s?—\s?|\s?--\s?")
_OPENER_START_TAGS = frozenset({"ADP", "SCONJ", "ADV", "VERB", "PRON"})
PERCENT = frozenset({"%", "percent", "prozent", "ciento", "cento"})
_SUBJECT_START_TAGS = frozenset({"DET", "NOUN", "PROPN", "ADJ", "NUM"})


def simplify(text: str, code: str, classes: WordClasses) -> str:
    """Returns a sentence without brackets, without an insertion between two dashes, and without the days that it names.

    The quotation marks of old wires and wrong apostrophes are replaced. Titles such as "President-elect" before names, which
    parsers take for verbs, are removed too.
    """
    text = _BRACKET.sub("", _WRONG_APOSTROPHE.sub("’", _OLD_QUOTES.sub('"', text)))
    dashes = list(_DASH.finditer(text))
    if len(dashes) == 2 and dashes[0].start() > 0 and not _adds_alternative(text[dashes[0].end() :], classes):
        text = f"{text[: dashes[0].start()]} {text[dashes[1].end() :]}"
    if titles := _pattern(code, "titles_with_elect"):
        text = titles.sub(lambda match: match.group() if _continues_title(match, classes) else "", text)
    pattern = _pattern(code, "day_phrases")
    if not pattern:
        return text
    text = pattern.sub(lambda match: _day_if_limit(match, classes), text)
    return _EMPTIED.sub("", text).replace(_REMOVED_DAY, "")


def _adds_alternative(insertion: str, classes: WordClasses) -> bool:
    """Whether an insertion begins with a word such as "or": the claim is then about either of two."""
    first = insertion.split(None, 1)[:1]
    return bool(first) and first[0].lower() in classes.alternatives


def opener_end(tree: Tree, spans: Spans, classes: WordClasses) -> int:
    """Returns the offset, in code points, where the main clause begins, after an opening phrase and its comma.

    Returns 0 if there is no opening phrase, or if the claim might be false without it: a condition, a restriction, the
    period of a statistic.
    """
    if len(tree) < MIN_WORDS or classes.verb_second or spans.within(tree.root) & PERCENT:
        return 0
    says_when = any(
        (spans.lower[word] in classes.times or spans.lower[word] == "time") and not spans.glued(word, word + 1)
        for word in range(4)
    )  # but not "a six-year-old boy"
    describes = tree.tags[0] == "ADJ" and tree.tags[1] in ("ADP", "SCONJ")
    if not (
        tree.tags[0] in _OPENER_START_TAGS or describes or (says_when and tree.tags[0] in ("NUM", "DET", "NOUN", "ADJ"))
    ):
        return 0
    if spans.lower[0] in classes.duration_prepositions and says_when:
        return 0  # "For about 13 minutes, the team was first"
    kept_words = classes.conditions | classes.restricting_words | classes.negations | classes.sources
    kept_words |= classes.first_and_second_person
    commas = [word for word in range(1, len(tree) - MIN_WORDS) if spans.texts[word] == ","]
    clause_start = 0
    for comma in commas:
        # Each clause before the subject may be one that stays: "However, if the river rises, …".
        opening = (clause_start, clause_start + 1)
        is_limited = any(spans.lower[word] in classes.limiters and tree.tags[word] in ("ADV", "ADJ") for word in opening)
        if is_limited or any(spans.lower[word] in kept_words for word in opening) or spans.quotation(comma):
            return 0  # "If it rains, …", "At first, …"
        words = range(clause_start + 1, comma)
        question_at = next((word for word in words if spans.lower[word] in classes.question_words), comma)
        if not any(tree.tags[word] in ("VERB", "AUX") for word in range(question_at, comma + 1)) and question_at < comma:
            return 0  # "In a book on how much richer, happier and older we have become, …"
        if clause_start and tree.tags[clause_start] in ("ADV", "ADJ") and _has_verb(tree, clause_start, comma):
            return tree.starts[clause_start]  # "On Monday, heavily armed men attacked Alder, Skerry and …"
        if not clause_start and tree.tags[0] == "VERB" and _has_verb(tree, 1, comma):
            return 0  # "Escaped convict Ada Marsh was captured in Alder, Skerry, police said"
        clause_start = comma + 1
        after = comma + 1
        names = tree.tags[comma - 1] == tree.tags[after] == "PROPN"
        if names and spans.texts[min(after + 1, len(tree) - 1)] == ",":
            continue  # "Then guards in Alder, Skerry, put …"
        if _opens_age(tree, spans, after):
            continue  # "As on every Monday, Ada Marsh, 40 years old, played …"
        # In the Romance languages, whose adjectives follow nouns, a noun without "the" or "a" does not begin a subject. It
        # begins an apposition: "…, Ada Marsh, maire de la ville, a …".
        starts_subject = (
            tree.relations[after] == "expl"
            or spans.lower[after] in classes.limiters
            or (tree.tags[after] in _SUBJECT_START_TAGS and (tree.tags[after] != "NOUN" or bool(classes.adjectives_first)))
        )
        verb = next((word for word in range(after, len(tree)) if tree.tags[word] in ("VERB", "AUX")), 0)
        if spans.lower[after] in classes.universals | classes.negations | classes.restricting_words:
            return 0  # "In Boston, all flights …"
        if spans.lower[0] in classes.since_words and verb and "NUM" in tree.tags[verb:]:
            return 0  # "Since the war, the town has lost two bridges"
        is_count = tree.tags[after] == "NUM" or (spans.lower[after] in classes.limiters and tree.tags[after] != "DET")
        if is_count and tree.tags[0] == "ADP" and tree.tags[comma - 1] == "PROPN" and not says_when:
            return 0  # "In Skerry, at least 200 deaths …"
        # If another comma before the verb can begin a subject, this comma belongs to a list or an apposition in the opener.
        further = (other for other in commas if after < other < verb and not _opens_age(tree, spans, other + 1))
        if starts_subject and verb and not any(tree.tags[other + 1] in _SUBJECT_START_TAGS for other in further):
            return tree.starts[after]
    return 0


def _opens_age(tree: Tree, spans: Spans, first: int) -> bool:
    """Whether a number that a comma soon follows opens the age of the person before it: "Ada Marsh, 40, played"."""
    return tree.tags[first] == "NUM" and "," in spans.texts[first : first + MAX_AGE_WORDS]


def _has_verb(tree: Tree, first: int, end: int) -> bool:
    """Whether the words from `first` to `end` have a finite verb, and no subordinate clause."""
    words = range(first, end)
    subordinate = any(
        tree.tags[word] == "SCONJ" or (tree.tags[word] == "PRON" and tree.relations[tree.heads[word]].startswith("acl"))
        for word in words
    )
    return not subordinate and any(tree.verb_forms[word] == "Fin" for word in words)


def _pattern(code: str, name: str) -> re.Pattern[str] | None:
    return _patterns(code)[name]


@per_language
def _patterns(code: str) -> dict[str, re.Pattern[str] | None]:
    texts = {name: language(code).text(SECTION, name) for name in ("day_phrases", "titles_with_elect")}
    return {name: re.compile(text, re.VERBOSE) if text else None for name, text in texts.items()}


def _continues_title(match: re.Match[str], classes: WordClasses) -> bool:
    """Whether the word before a title belongs to it: "U.S. President-elect", but not "As President-elect"."""
    before = match.string[: match.start()].rsplit(None, 1)[-1:]
    return bool(before) and before[0][0].isupper() and before[0].lower() not in classes.small_words


def _day_if_limit(match: re.Match[str], classes: WordClasses) -> str:
    """Returns the day itself where it must stay, else _REMOVED_DAY: "until Monday", "Monday to Friday", "Sunday's"."""
    before = match.string[: match.start()].rsplit(None, 1)[-1:] or [""]
    after = match.string[match.end() : match.end() + 24].split(None, 2)[:2] or [""]
    opens = not match.string[: match.start()].strip()
    quoted = before[0].endswith(_QUOTES)
    if opens or quoted or before[0].lower().strip(",") in classes.keep_day_after or after[0][:1] in ("'", "’", "-", "–"):
        return match.group()
    if after[0].lower() in classes.keep_day_before and (
        len(after) < 2 or after[1].lower().strip(",.") in classes.days | {""}
    ):
        return match.group()
    return "" if match.group().startswith(",") else _REMOVED_DAY

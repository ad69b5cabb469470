"""French, German, Spanish and Portuguese sentences -> shorter ones, by what words alone make sure.

Without tags only safe trims are made: brackets and asides, connectives, bare week-days, closing attributions, openers and
relative clauses that commas set off, and a phrase of circumstance after a clause whose verb an auxiliary shows.
Other languages keep their sentences whole.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from nutgraf.summarizer.headlines.wellformed import broken_ending
from nutgraf.summarizer.languages.headline_words import LANGUAGES, word_list_entries, words

MIN_WORDS = 4
MAX_SPEAKER_WORDS = 6
_ASIDE = re.compile(r"(?<!\s)\s*[(\[][^()\[\]]*[)\]]|(?<!\s)\s+[–—]\s[^–—]+\s[–—](?=\s)")
_QUOTES = re.compile(r"[\"“”«»„]")
_MARKS = " ,.;:!?\"“”«»„()’'"


class Trims(NamedTuple):
    """The words of one language that its trims go by."""

    connectives: re.Pattern[str]
    days: re.Pattern[str]
    closing: re.Pattern[str]
    pronouns: frozenset[str]
    officials: frozenset[str]
    disputed: frozenset[str]
    bounds: frozenset[str]
    relatives: frozenset[str]
    adjuncts: frozenset[str]
    circumstances: frozenset[str]
    verbs: frozenset[str]
    passives: re.Pattern[str]
    determiners: frozenset[str]
    joins: frozenset[str]
    adjectives: re.Pattern[str]
    infinitives: re.Pattern[str]
    events: re.Pattern[str]
    pointing: frozenset[str]
    before_pronoun: frozenset[str]


_PATTERNS = frozenset({"connectives", "days", "closing", "passives", "adjectives", "infinitives", "events"})


@cache
def _trims(language: str) -> Trims | None:
    """The words of a language, None where none are known."""
    if language not in LANGUAGES or language == "en":
        return None
    classes: dict[str, Any] = {}
    for name in Trims._fields:
        if name in _PATTERNS:
            flags = re.RegexFlag(0) if name == "days" else re.IGNORECASE  # "mars" is a month, "Mars" a planet
            classes[name] = re.compile(word_list_entries(language)[name].replace("\n", ""), flags)
        else:
            classes[name] = words(language, name)
    return Trims(**classes)


def trim(text: str, language: str) -> tuple[list[str], list[str]]:
    """Returns trimmed forms of a sentence and, in Romance languages, its noun phrases; in other languages, the sentence.

    Both lists are empty for questions, and for sentences with unpaired quotation marks or personal pronouns.
    """
    sentence = " ".join(text.split())
    if sentence[-1:] not in ".!" or len(_QUOTES.findall(sentence)) % 2 or "?" in sentence:
        return [], []
    sentence = sentence[:-1]
    trims = _trims(language)
    if trims is None:
        return [sentence], []
    if any(_bare(word) in trims.pronouns for word in sentence.split()):
        return [], []
    body = trims.connectives.sub("", _ASIDE.sub("", sentence), count=1)
    forms: dict[str, None] = {}
    for claim, closing in _attributed(body, trims):
        for clause in _clauses(trims.days.sub("", claim), trims):
            if not _tells_of_somebody(clause, language, trims):
                continue
            for form in (clause, _without_auxiliary(clause, trims)):
                stripped = form.strip(_MARKS[:5])
                if len(stripped.split()) >= MIN_WORDS and not broken_ending(stripped, language):
                    forms[f"{stripped[:1].upper()}{stripped[1:]}{closing}"] = None
    return list(forms), list(dict.fromkeys(_labels(body, trims)))


def _tells_of_somebody(clause: str, language: str, trims: Trims) -> bool:
    """No pronoun stands before its verb, and an adverbial at its head ends at a comma."""
    tokens = clause.split()
    verb = _verb(tokens, trims)
    if verb is None:  # short, and its verb may be one that is not listed; a relative clause's is not its own
        return "," not in clause and not any(_bare(word) in trims.before_pronoun & trims.relatives for word in tokens)
    head = tokens[:verb]
    pronouns = words(language, "opening_pronouns") - {"leur", "que"}
    if any(_bare(word) in pronouns for word in head):
        return False
    adverbial = _bare(tokens[0]) in trims.joins | trims.adjuncts | trims.circumstances
    return not adverbial or any(word.endswith(",") for word in head)


def _without_auxiliary(clause: str, trims: Trims) -> str:
    passive = trims.passives.search(clause)
    if (
        passive is None
        or re.search(r"\b[sS]['’]e?n?\s*$|\b[sS]e\s*$", clause[: passive.start()])
        or any(_bare(word) in trims.before_pronoun | trims.relatives for word in clause[: passive.start()].split())
    ):
        return clause
    return clause[: passive.start()] + passive[1] + clause[passive.end() :]


def _bare(word: str) -> str:
    return word.strip(_MARKS).lower().replace("’", "'")


def _attributed(body: str, trims: Trims) -> Iterator[tuple[str, str]]:
    """The claim, and the closing that says whose it is: none where officials state a plain fact."""
    closing = trims.closing.search(body)
    if closing is None:
        yield body, ""
        return
    claim = body[: closing.start()]
    words = [_bare(word) for word in closing[0].split()]
    plain = not _QUOTES.search(claim) and not any(_bare(word) in trims.disputed | trims.bounds for word in claim.split())
    if plain and any(word in trims.officials for word in words):
        yield claim, ""
        return
    speaker = re.split(r",|\s[\"«“„]", closing[0][2:], maxsplit=1)[0].strip(_MARKS[:5])
    if len(speaker.split()) <= MAX_SPEAKER_WORDS:
        yield claim, f", {trims.days.sub('', speaker)}"


def _clauses(claim: str, trims: Trims) -> Iterator[str]:
    """The claim whole, without opener and appositions, and cut where it may end."""
    yield claim
    for part in (claim, *_without_opener(claim, trims), *_without_apposition(claim, trims)):
        yield part
        yield from _cuts(part, trims)


def _without_opener(claim: str, trims: Trims) -> Iterator[str]:
    opener, comma, rest = claim.partition(", ")
    words = rest.split()
    if not comma or _QUOTES.search(opener) or len(words) < MIN_WORDS or _has_verb(opener, trims):
        return
    starts = _bare(words[0]) in trims.determiners or words[0][0].isupper() or re.match(r"[ldLD]['’]", words[0])
    if starts and _has_verb(rest, trims) and _bare(opener.split()[0]) not in trims.determiners:
        yield rest


def _without_apposition(claim: str, trims: Trims) -> Iterator[str]:
    """ "X, figure de …, est décédé": what stands between a subject and its auxiliary."""
    parts = claim.split(", ")
    if len(parts) < 3 or _has_verb(parts[0], trims):
        return
    for index in range(2, len(parts)):
        first = _bare(parts[index].split()[0]) if parts[index].split() else ""
        aside = ", ".join(parts[1:index])
        if first in trims.verbs and len(_QUOTES.findall(aside)) % 2 == 0:
            yield f"{parts[0]} {', '.join(parts[index:])}"
            return


def _cuts(clause: str, trims: Trims) -> Iterator[str]:
    """The clause up to a comma with a relative or participle after it, or to a phrase of circumstance."""
    words = clause.split()
    quoted = 0
    verb = _verb(words, trims)
    if verb is None:
        return
    for index, word in enumerate(words):
        if index >= MIN_WORDS and not quoted % 2 and index > verb + 1:
            before = words[index - 1]
            if before.endswith(",") and (_bare(word) in trims.relatives or index - verb > 3):
                yield " ".join(words[:index]).rstrip(",")
            if _bare(before) in trims.bounds:
                return
            if _bare(word) in trims.adjuncts or (_bare(word) in trims.circumstances and _told(words[verb:index], trims)):
                yield " ".join(words[:index]).rstrip(",")
        if _bare(word) in trims.bounds and index < verb + 3:
            return
        quoted += len(_QUOTES.findall(word))


def _told(predicate: list[str], trims: Trims) -> bool:
    """Whether a predicate has its object, or is passive: the phrase after it is of circumstance."""
    passive = trims.passives.search(" ".join(predicate)) is not None
    has_object = any(_bare(word) in trims.determiners for word in predicate[1:-1])
    return passive or has_object


def _has_verb(text: str, trims: Trims) -> bool:
    return _verb(text.split(), trims) is not None


def _verb(words: list[str], trims: Trims) -> int | None:
    """Where the first verb stands; after a determiner or preposition the same letters are a noun ("une annonce")."""
    nominal = trims.determiners | trims.joins
    for index, word in enumerate(words):
        bare = _bare(word)
        if index and bare in trims.verbs and _bare(words[index - 1]) not in nominal:
            return index
        if index and bare in trims.before_pronoun & trims.relatives:  # the next verb is the relative clause's
            return None
    return None


def _labels(body: str, trims: Trims) -> Iterator[str]:
    """Nouns with what hangs on them by prepositions: "démission d'Edouard Philippe". A noun is what follows a determiner."""
    words = re.findall(r"[ldLD]['’]|[^\W\d_][\w'’-]*|\d[\d.,]*|[^\w\s]", body)
    for index, word in enumerate(words[:-1]):
        if _bare(word) in trims.bounds | trims.disputed:
            return
        opens = _lowered(word) in trims.determiners and words[index + 1][0].islower() and words[index + 1][0].isalpha()
        before = _lowered(words[index - 1]) if index else ""
        if (
            opens
            and before not in trims.determiners | trims.joins | trims.before_pronoun
            and trims.events.fullmatch(words[index + 1])
        ):
            yield from _label_from(words, index + 1, trims)


def _label_from(words: list[str], start: int, trims: Trims) -> Iterator[str]:
    end, nouns = start + 1, 1
    while end < len(words):
        word = words[end]
        if word[0].isupper() and word[-1] not in "'’":
            end += 1
            nouns += words[end - 2][0].islower() or words[end - 2][-1] in "'’"
        elif trims.adjectives.fullmatch(word):
            end += 1
        elif _lowered(word) in trims.joins:
            follows = end + 1
            while follows < len(words) and _lowered(words[follows]) in trims.determiners:
                follows += 1
            if follows >= len(words) or not words[follows][0].isalpha() or _lowered(words[follows]) in trims.verbs:
                return
            if any(_lowered(word) in trims.pointing for word in words[end : follows + 1]):
                return
            if words[follows].islower() and trims.infinitives.fullmatch(words[follows]) and follows == end + 1:
                return
            end, nouns = follows + 1, nouns + 1
        else:
            return
        after = words[end] if end < len(words) else ""
        if (
            nouns >= 2
            and not trims.adjectives.fullmatch(after)
            and not after[:1].isupper()
            and _lowered(words[end - 1]) not in trims.determiners
        ):
            label = re.sub(r"(?<=['’])\s", "", " ".join(words[start:end]))
            yield label[:1].upper() + label[1:]


def _lowered(word: str) -> str:
    return word.lower().replace("’", "'")

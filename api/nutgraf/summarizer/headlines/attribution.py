"""Attribution: a claim and the words that attribute it to a speaker are either both kept or both omitted.

"Two people died in the fire, police said on Monday" loses its attribution, because officials state a plain fact. Disputed,
feared, forecast or quoted claims keep their speaker in the shortest form of the sentence ("…, mayor says").
"""

from collections.abc import Iterator, Sequence

from nutgraf.summarizer.headlines import word_classes as tables
from nutgraf.summarizer.headlines.grammar import FINITE, NOUNS, SUBJECTS, Phrase, any_of, chunks, flat, has_verb, words_of
from nutgraf.summarizer.headlines.tokens import Token

MAX_SPEAKER_WORDS = 7
MIN_CLAIM_WORDS = 4
_STOPS_A_NAME = frozenset({"IN", "TO", "WP", "WDT", "VBN", "VBG"}) | FINITE
_TELLS = frozenset({"told", "tell", "tells"})
_LEADS = frozenset({"said", "say", "says", "confirmed", "announced"})


def attributed(sentence: Phrase) -> Iterator[tuple[Phrase, Phrase]]:
    """Yields pairs of a claim and the attribution that must follow it; the attribution is empty if none is needed."""
    parts = chunks(sentence)
    index = _closing(parts)
    if index is not None:
        claim = flat(parts[:index])
        if _official(parts[index]) and not _disputed(claim):
            yield claim, ()
            return
        for speaker in _speakers(parts[index]):
            yield claim, [parts[index][0], *speaker]
        return
    opening = _opening(sentence)
    if opening is not None:
        speaker_end, start = opening
        if _official(sentence[:speaker_end]) and not _disputed(sentence[start:]):
            yield sentence[start:], ()
            return
    yield sentence, ()


def _closing(parts: Sequence[Phrase]) -> int | None:
    """The chunk that begins a closing attribution: ", police said on Monday"."""
    for index in range(len(parts) - 1, 0, -1):
        words = words_of(parts[index])
        if not words or parts[index][1].quoted:
            continue
        if words[0].lower == "according":
            return index
        verb = next((i for i, token in enumerate(words) if token.tag in FINITE), None)
        if verb is None or verb > MAX_SPEAKER_WORDS or words[verb].lower not in tables.ATTRIBUTING:
            continue
        if any_of(words[: verb + 1], tables.RELATIVES) or not (verb == 0 or words[0].tag in SUBJECTS | {"PRP"}):
            continue
        if words[verb].lower in _TELLS or not has_verb(words[verb + 1 :]):
            return index
    return None


def _speakers(closing: Phrase) -> Iterator[Sequence[Token]]:
    """The speaker with his verb: whole, and by his office where a name follows it ("police chief said")."""
    words = words_of(closing)
    if any(token.tag == "PRP" for token in words[:2]):
        return
    verb = next((i for i, token in enumerate(words) if token.tag in FINITE), 0)
    if words[0].lower == "according" or verb == 0:
        opening = words[:2] if words[0].lower == "according" else words[:1]
        name = _name(words[len(opening) :])
        if 0 < len(name) <= MAX_SPEAKER_WORDS and opening[0].lower not in _TELLS:
            yield [*opening, *name]
        return
    name = [token for token in words[:verb] if token.lower not in tables.ARTICLES]
    if not 0 < len(name) <= MAX_SPEAKER_WORDS or words[verb].lower in _TELLS:
        return
    yield [*name, words[verb]]
    office = len(name)
    while office and name[office - 1].tag == "NNP":
        office -= 1
    if 0 < office < len(name) and name[office - 1].tag in NOUNS:
        yield [*name[:office], words[verb]]


def _name(words: Phrase) -> list[Token]:
    kept: list[Token] = []
    for token in words:
        if kept and (token.tag in _STOPS_A_NAME or token.lower in tables.DAYS):
            break
        if token.lower not in tables.ARTICLES:
            kept.append(token)
    return kept


def _opening(sentence: Phrase) -> tuple[int, int] | None:
    """Where "Police said on Monday that" ends its verb, and where what they said begins."""
    verb = next((index for index, token in enumerate(sentence) if token.tag in FINITE), None)
    if verb is None or verb > MAX_SPEAKER_WORDS or sentence[verb].lower not in _LEADS:
        return None
    start = verb + 1
    while start < len(sentence) and sentence[start].lower in tables.DAYS | tables.DAY_PARTS | {"on"}:
        start += 1
    if start < len(sentence) and sentence[start].lower == "that":
        start += 1
    claim = sentence[start:]
    if len(claim) < MIN_CLAIM_WORDS or claim[0].tag not in SUBJECTS or claim[0].quoted or not has_verb(claim):
        return None
    return verb + 1, start


def _official(words: Phrase) -> bool:
    return any_of(words, tables.OFFICIALS)


def _disputed(claim: Phrase) -> bool:
    marked = tables.DISPUTED | tables.HEDGES | tables.NEGATIONS | tables.SAYING
    return any(token.quoted or token.lower in marked or token.tag == "JJS" for token in claim)

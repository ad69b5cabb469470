"""Shortens a clause: where it may end early, and what may be omitted between its subject and its verb."""

from collections.abc import Iterator

from nutgraf.summarizer.headlines import word_classes as tables
from nutgraf.summarizer.headlines.grammar import FINITE, NOUNS, Phrase, any_of, has_verb, main_verb, next_of, predicate
from nutgraf.summarizer.headlines.tokens import Token

MIN_WORDS = 3
_BOUNDS = tables.NEGATIONS | tables.LIMITERS
_PLACES = frozenset("in at on from near outside inside".split())


def shorter(clause: Phrase) -> Iterator[Phrase]:
    """Yields the clause and its shorter forms: cut where it may end, with a shorter subject, with its final participle."""
    yield clause
    yield from _cuts(clause)
    yield from _with_lighter_subject(clause)
    yield from _with_consequence(clause)


def _cuts(clause: Phrase) -> Iterator[Phrase]:
    """The clause up to where it may end: before a phrase of time, place or circumstance.

    What bounds a claim (not, only, most, at least) keeps all that follows: "No one died | in the second crash".
    """
    if any_of(clause[:1], _BOUNDS):
        return
    verb = main_verb(clause)
    for index in range(MIN_WORDS - 1, len(clause)):
        token, before = clause[index], clause[index - 1]
        if before.lower in _BOUNDS or before.tag == "JJS":
            return
        if verb is None or verb >= index or token.quoted:
            continue
        if token.text == ",":
            return
        if not any_of(clause[index : index + 2], tables.CONDITIONS) and _may_end(clause, index, verb):
            yield clause[:index]


def _may_end(clause: Phrase, index: int, verb: int) -> bool:
    token, before = clause[index], clause[index - 1]
    if before.tag in NOUNS:
        unfinished = predicate(clause, verb).lower in tables.NEEDS_MORE
        if unfinished and not any(token.tag == "IN" for token in clause[verb:index]):
            return False
        if token.lower in tables.CUT_BEFORE or (token.lower == "and" and _resumes(clause[index + 1 :])):
            return True
        return _tells_when(clause, index) or describes(clause, index) or _purpose(clause, index, verb)
    return token.lower in tables.CUT_AFTER_PASSIVE and before.tag == "VBN" and before.lower in tables.PASSIVES


def describes(clause: Phrase, index: int) -> bool:
    """Whether a relative clause or participle that describes the noun before it begins at `index`."""
    token, after = clause[index], next_of(clause, index)
    if after is None:
        return False
    if token.lower in ("that", "who", "which"):
        return after.tag in FINITE
    if token.tag == "PRP":  # comments [he made]
        return after.tag in FINITE
    return token.tag == "VBG" or (token.tag == "VBN" and after.tag in ("IN", "TO"))


def _tells_when(clause: Phrase, index: int) -> bool:
    """ "… one day after the series of explosions"."""
    if index + 2 >= len(clause) or clause[index].tag not in ("CD", "DT"):
        return False
    return clause[index + 1].lower in tables.PERIODS and clause[index + 2].lower in ("after", "before")


def _purpose(clause: Phrase, index: int, verb: int) -> bool:
    """ "… sent troops [to fight Ebola]", and not "urged parents to"."""
    after = next_of(clause, index)
    if clause[index].lower != "to" or after is None or after.tag not in ("VB", "VBP"):
        return False
    return clause[index - 1].lower not in tables.TAKES_INFINITIVE and not any_of(clause[verb:index], tables.CONTROLS)


def _resumes(rest: Phrase) -> bool:
    """Whether a conjunction joins a second predicate or clause, and not two nouns."""
    if not rest:
        return False
    verb = main_verb(rest)
    opens = rest[0].lower in tables.ARTICLES or rest[0].tag in ("PRP", "PRP$", "IN")
    return verb == 0 or (verb is not None and verb < 7 and opens)


def _with_lighter_subject(clause: Phrase) -> Iterator[Phrase]:
    """Without the place or participle that narrows the subject: "Soldier [accused of fighting …] pleaded guilty"."""
    verb = main_verb(clause)
    if verb is None or clause[0].tag in ("IN", "VBG", "RB", "TO") or any_of(clause[:verb], _BOUNDS):
        return
    for index in range(1, verb):
        token = clause[index]
        if token.quoted or token.text == "," or token.tag == "JJS":
            return
        if clause[index - 1].tag in NOUNS and (token.lower in _PLACES or describes(clause, index)):
            lighter = [*clause[:index], *clause[verb:]]
            yield lighter
            yield from _cuts(lighter)
            return


def _with_consequence(clause: Phrase) -> Iterator[Phrase]:
    """With the participle that ends it: "Gunmen attacked college, killing at least 13 people"."""
    comma = max((index for index, token in enumerate(clause) if token.text == ","), default=0)
    after = next_of(clause, comma)
    if not comma or after is None or after.tag != "VBG":
        return
    head, tail = clause[:comma], clause[comma:]
    tails = [tail, *(tail[:index] for index in range(4, len(tail)) if _ends_tail(tail, index))][:2]
    for each in (head, *_cuts(head)):
        for end in tails:
            yield [*each, *end]


def _ends_tail(tail: Phrase, index: int) -> bool:
    before: Token = tail[index - 1]
    return tail[index].lower in tables.CUT_BEFORE and before.tag in NOUNS and not any_of(tail[:index], tables.NEGATIONS)


def finished(clause: Phrase) -> bool:
    """Whether every subordinate clause has its verb; a clause must not end in "because her boyfriend"."""
    openings = [index for index, token in enumerate(clause) if token.lower in tables.CLAUSE_OPENERS and not token.quoted]
    return not openings or has_verb(clause[openings[-1] :])

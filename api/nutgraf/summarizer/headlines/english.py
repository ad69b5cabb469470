"""English sentence -> shorter ones that claim nothing new, with its own words in their order.

The rules are those of Dorr, Zajic and Schwartz's Hedge Trimmer (2003, "Hedge Trimmer: a parse-and-trim approach to
headline generation"), over tags in place of a parse; what a rule is not sure of it leaves alone. A sentence that
cannot be shortened safely gives nothing.
"""

from collections.abc import Iterator, Sequence

from nutgraf.summarizer.headlines import word_classes as tables
from nutgraf.summarizer.headlines.attribution import attributed
from nutgraf.summarizer.headlines.completeness import complete
from nutgraf.summarizer.headlines.cuts import MIN_WORDS, shorter
from nutgraf.summarizer.headlines.grammar import FINITE, NOUNS, SUBJECTS, Phrase, any_of, chunks, flat, has_verb, main_verb
from nutgraf.summarizer.headlines.guard import Guard
from nutgraf.summarizer.headlines.headlinese import headlinese, without_titles
from nutgraf.summarizer.headlines.labels import labels
from nutgraf.summarizer.headlines.tokens import Token, joined, room, tagged, tokens

# Articles, auxiliaries and titles that a clause may yet lose, in characters.
MAX_OMITTED_CHARACTERS = 40
_DASHES = ("--", "—", "–")
_OPENERS = frozenset({"IN", "VBG", "VBN", "TO", "RB", "WRB", "JJ"})


def shorten(text: str, max_characters: int, *, lead: bool) -> tuple[list[str], list[str]]:
    """Returns clauses and labels of at most `max_characters`, made from a sentence by omitting words.

    Both lists are empty if the sentence can't be shortened safely. `lead` says that it is the first of its article.
    """
    plain = tokens(text)
    if not _usable(plain):
        return [], []
    sentence = tagged(plain)
    body = _without_asides(_without_place(sentence) if lead else sentence)
    guard = Guard(sentence)
    clauses: dict[str, None] = {}
    for claim, closing in attributed(body):
        seen: set[tuple[int, ...]] = set()
        for clause in _trimmed(_with_verb(_without_adverbs(_without_days(claim)))):
            for cut in shorter(clause):
                starts = tuple([token.start for token in cut])
                if starts in seen or room(cut) > max_characters + MAX_OMITTED_CHARACTERS:
                    continue
                seen.add(starts)
                phrase = [*headlinese(cut), *closing]
                if complete(phrase, cut):
                    clauses.update(dict.fromkeys(_texts(phrase, guard, text, max_characters)))
    named = dict.fromkeys(form for phrase in labels(body) for form in _texts(phrase, guard, text, max_characters))
    return list(clauses), list(named)


def _texts(phrase: Phrase, guard: Guard, text: str, max_characters: int) -> Iterator[str]:
    plain = without_titles(phrase)
    for form in (phrase, plain) if len(plain) < len(phrase) else (phrase,):
        if len(form) >= MIN_WORDS and room(form) <= max_characters and guard.allows(form):
            yield joined(form, text)


def _usable(sentence: Phrase) -> bool:
    """A statement about others, with its quotation marks in pairs."""
    if (
        len(sentence) < MIN_WORDS
        or sentence[0].quoted
        or not sentence[0].is_word
        or any(token.text in "?!…" for token in sentence)
    ):
        return False
    if sentence[-1].text == ":":
        return False
    outside = [token for token in sentence if not token.quoted]
    if any_of(outside, tables.FIRST_PERSON | tables.SECOND_PERSON):
        return False
    marks = [token.text for token in sentence]
    return marks.count('"') % 2 == 0 and marks.count("“") == marks.count("”") and marks.count("(") == marks.count(")")


def _without_place(sentence: Phrase) -> Phrase:
    """Leaves out a dateline that has lost its dash: "Bangkok, Thailand The families …"."""
    for length in (1, 2):
        if " ".join(token.lower for token in sentence[:length]) in tables.DATELINES and len(sentence) > length + MIN_WORDS:
            after = sentence[length]
            if after.is_word and after.text[0].isupper() and after.lower not in tables.NOT_AFTER_DATELINE:
                return sentence[length:]
    for index, token in enumerate(sentence[:6]):
        if not (token.text[0].isupper() or token.text == ","):
            break
        if index and token.lower in tables.STARTERS and token.is_word and sentence[index - 1].is_word:
            return sentence[index:]
    return sentence


def _without_asides(sentence: Phrase) -> Phrase:
    """Leaves out brackets, what stands between dashes, after a last dash or a semicolon, and a connective at the head."""
    kept: list[Token] = []
    depth = 0
    for token in sentence[:-1] if sentence[-1].text in ".;" else sentence:
        depth += token.text in "([{"
        if not depth:
            kept.append(token)
        depth -= token.text in ")]}"
    dashes = [index for index, token in enumerate(kept) if token.text in _DASHES and not token.quoted]
    if len(dashes) == 2:
        kept = kept[: dashes[0]] + kept[dashes[1] + 1 :]
    elif dashes and has_verb(kept[: dashes[0]]):
        kept = kept[: dashes[0]]
    for index, token in enumerate(kept):
        if token.text == ";" and not token.quoted and has_verb(kept[:index]):
            kept = kept[:index]
            break
    if kept and kept[0].lower in tables.CONNECTIVES:
        if len(kept) > 1 and kept[1].text == ",":
            return kept[2:]
        if kept[0].tag in ("CC", "RB"):
            return kept[1:]
    return kept


def _without_days(body: Phrase) -> Phrase:
    """Leaves "on Tuesday" and "Tuesday night" out where they only tell the day."""
    dropped: set[int] = set()
    if not any_of(body, tables.DAYS):
        return body
    for index, token in enumerate(body):
        if token.lower not in tables.DAYS or token.quoted or index == 0:
            continue
        start, end = index, index + 1
        while end < len(body) and body[end].lower in tables.DAY_PARTS:
            end += 1
        start -= body[start - 1].lower in ("early", "late")
        start -= start > 0 and body[start - 1].lower == "on"
        before = body[start - 1] if start else None
        after = body[end] if end < len(body) else None
        if before is not None and (before.lower in tables.NAMED_DAYS or before.lower in tables.NOT_ON_A_DAY):
            continue
        if before is not None and start == index and before.tag in ("DT", "JJ", "CD", "PRP$"):
            continue
        spans = end + 1 < len(body) and body[end + 1].lower in tables.DAYS
        if not spans and not (after is not None and after.tag.startswith("NNP") and start):
            dropped.update(range(start, end))
    return [token for index, token in enumerate(body) if index not in dropped]


def _without_adverbs(body: Phrase) -> Phrase:
    """Leaves out adverbs of manner before a verb: "unanimously approved"."""
    keep = tables.LIMITERS | tables.HEDGES | tables.NEGATIONS
    verbs = FINITE | {"VBN", "VB"}
    return [
        token
        for index, token in enumerate(body)
        if not (token.tag == "RB" and token.lower.endswith("ly") and not token.quoted and token.lower not in keep)
        or index + 1 == len(body)
        or body[index + 1].tag not in verbs
    ]


def _with_verb(body: Phrase) -> Phrase:
    """The clause, its first participle (or plural that may be a verb) read as its verb where it has no other."""
    if has_verb(body):
        return body
    for index in range(1, len(body) - 1):
        token, before, after = body[index], body[index - 1], body[index + 1]
        tag = ""
        if token.tag == "VBN" and (before.tag in NOUNS or before.text == ","):
            tag = "VBD"
        elif token.tag == "NNS" and before.tag in ("NN", "NNP") and after.tag in ("VBG", "IN", "DT", "TO", "NNP"):
            tag = "VBZ"
        if tag:
            return [*body[:index], token._replace(tag=tag), *body[index + 1 :]]
    return body


def _trimmed(body: Phrase) -> Iterator[Phrase]:
    """The clause whole, without what commas set off, and without its adverbial opener."""
    yield body
    parts = chunks(body)
    if len(parts) < 2:
        return
    opener = _opener(parts)
    bare = _without_appositions(parts[opener:])
    yield bare
    if opener:
        yield flat(parts[opener:])
        yield [*flat(parts[:opener]), parts[opener][0], *bare]


def _opener(parts: Sequence[Phrase]) -> int:
    """How many chunks at the head are adverbial: what follows is a subject and its verb."""
    first = parts[0][0]
    if first.tag not in _OPENERS or first.lower == "according":
        return 0
    for index, chunk in enumerate(parts[1:4], 1):
        opening = flat(parts[:index])
        if any_of(opening, tables.CONDITIONS) or any(token.quoted for token in opening):
            return 0
        if len(chunk) > 1 and chunk[1].tag in SUBJECTS - {"VBG", "VBN"} and main_verb(flat(parts[index:])):
            return index
    return 0


def _without_appositions(parts: Sequence[Phrase]) -> Phrase:
    """Leaves out relative clauses, appositions, participles and subordinate clauses between commas."""
    kept = flat(parts[:1])
    listed = _listed(parts)
    verb_at = _predicate(parts)
    dropped = False
    for index, chunk in enumerate(parts[1:], 1):
        words = chunk[1:]
        if index < verb_at:
            dropped = True
            continue
        if index not in listed and words and _set_off(words, parts[index + 1 :], kept):
            dropped = True
            continue
        resumes = dropped and bool(words) and words[0].tag in FINITE | {"RB", "IN", "TO"}
        kept.extend(words if resumes else chunk)
        dropped = False
    return kept


def _predicate(parts: Sequence[Phrase]) -> int:
    """The chunk that opens with the main verb, where all between it and the subject is set off; else 0."""
    if has_verb(parts[0]) or len(parts) < 3:
        return 0
    index = next((index for index, chunk in enumerate(parts[1:], 1) if len(chunk) > 1 and chunk[1].tag in FINITE), 0)
    opens = parts[1][1] if index > 1 and len(parts[1]) > 1 else None
    described = opens is not None and (opens.lower in tables.RELATIVES or (opens.tag in SUBJECTS and opens.tag != "PRP"))
    return index if described and not any_of(flat(parts[1:index]), tables.CONDITIONS) else 0


def _listed(parts: Sequence[Phrase]) -> set[int]:
    """The chunks that are members of a list: the last one has an "and" and no verb."""
    members: set[int] = set()
    for index in range(1, len(parts)):
        if any_of(parts[index], frozenset({"and", "or"})) and not has_verb(parts[index]):
            members.add(index)
            back = index - 1
            while back >= 1 and not has_verb(parts[back]) and len(parts[back]) <= 6:
                members.add(back)
                back -= 1
    return members


def _set_off(words: Phrase, following: Sequence[Phrase], kept: Phrase) -> bool:
    first = words[0]
    if first.lower in tables.CONDITIONS or sum(token.text in '"“”' for token in words) % 2:
        return False
    if first.lower in ("however", "meanwhile", "though") and len(words) == 1:
        return True
    if kept and kept[-1].tag == "CD" and first.tag == "CD":  # May 5, 2012
        return False
    relative = first.tag == "IN" and any_of(words[1:3], tables.RELATIVES)
    if relative or first.lower in tables.RELATIVES or first.tag in ("VBG", "VBN") or first.lower in tables.SUBORDINATORS:
        return True
    if first.lower in ("and", "or", "but"):
        return first.lower == "and" and has_verb(words) and has_verb(kept)
    if first.tag in ("IN", "RB", "TO"):
        return not has_verb(words) and has_verb(kept)
    if first.tag in SUBJECTS:
        described = any_of(words, tables.RELATIVES | {"that"})
        resumes = bool(following) and len(following[0]) > 1 and following[0][1].tag in FINITE
        return not has_verb(words) or (described and (has_verb(kept) or resumes))
    return False

"""Adds the sentences of short forms to the full names that may be key terms: "Marsh", "Ada", "FEMA"."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from heapq import nsmallest

from nutgraf.summarizer.findings.key_terms.acronyms import abbreviates, bracketed_acronyms, small_words, unexplained_acronyms
from nutgraf.summarizer.findings.key_terms.candidate import (
    RARE_SHARED_SURNAME,
    Candidate,
    has_rare_last_word,
    is_rare_surname,
)
from nutgraf.summarizer.findings.key_terms.mentions import Key, Mentions
from nutgraf.summarizer.findings.names.full_names import introduced_acronyms, long_forms, normalize_name
from nutgraf.summarizer.findings.names.name_words import Name, name_rules
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.languages.language import language, primary

MAX_PERSON_WORDS = 3
# Longer names are noise.
MAX_NAME_WORDS = 10
# A name of two words is the full name of its first word if it has this share of its mentions.
MIN_FULL_SHARE = 0.25
# So many mentions of a name show whether it is that of a relative.
FIRST_MENTIONS = 10


def merge_short_names(candidates: dict[Key, Candidate], texts: Sequence[str], mentions: Mentions) -> None:
    """Adds the sentences of short names to those of the full names, and drops the short ones.

    `texts` are sentences that may introduce acronyms.
    """
    introduced: dict[str, str] = {}
    for text in interruptible(texts):
        introduced |= introduced_acronyms(text)
    _drop_titles(candidates)
    _join_overlapping(candidates, mentions)
    _complete(candidates, introduced, mentions)
    by_plain: dict[str, Candidate] = {}
    for candidate in [candidate for candidate in candidates.values() if candidate.is_name]:
        same = by_plain.setdefault(normalize_name(candidate.text), candidate)
        if same is not candidate:  # "Édouard" and "Edouard"
            _absorb(same, candidate, candidates)
    named = list(by_plain.values())
    full_names = _by_given_names(named)
    mentioned = (Name(each.text, 0, 0, False) for each in named for _ in range(len(each.sentences)))
    relatives = {each.text for each in named if _is_relative(each, by_plain, mentions)}
    for short, forms in long_forms(mentioned).items():
        if others := [form for form, _ in forms.most_common() if form not in relatives]:
            full_names[short] = others[0]
    full_names |= unexplained_acronyms(named, named) | bracketed_acronyms(texts, named) | introduced
    phrases = [each for each in candidates.values() if not each.is_name and " " in each.text]
    for short, text in bracketed_acronyms(texts, phrases).items():  # "acute lung disease (ALD)"
        phrase = next(each for each in phrases if each.text == text)
        if (acronym := by_plain.get(short)) and acronym.key in candidates and abbreviates(short, phrase):
            _absorb(phrase, acronym, candidates)
    own = {plain: len(each.sentences) for plain, each in by_plain.items()}
    for short, candidate in by_plain.items():
        full = by_plain.get(normalize_name(full_names.get(short, "")))
        if full is not None and full is not candidate and not _is_another(full, candidate, own):
            _absorb(full, candidate, candidates)


def _drop_titles(candidates: dict[Key, Candidate]) -> None:
    """Lets a person's name replace the same name with two words or more before it: "Alder County Clerk Ada Marsh"."""
    persons = [each for each in candidates.values() if each.is_name and len(each.key) == 2 and has_rare_last_word(each)]
    by_end = {each.key: each for each in persons if " " in each.text}
    for name in [each for each in candidates.values() if each.is_name and len(each.key) > MAX_PERSON_WORDS]:
        person = by_end.get(name.key[-2:])
        if person and name.text.endswith(f" {person.text}") and all(word[0].isupper() for word in name.text.split()):
            person.sentences |= name.sentences
            candidates.pop(name.key, None)


def _join_overlapping(candidates: dict[Key, Candidate], mentions: Mentions) -> None:
    """Joins two names that are halves of one: "Great Alder Street", "Alder Street Hospital"."""
    names = [each for each in candidates.values() if each.is_name and 1 < len(each.key) <= MAX_NAME_WORDS]
    by_start: dict[Key, list[Candidate]] = defaultdict(list)
    for name in names:
        for shared in range(1, len(name.key)):
            by_start[name.key[:shared]].append(name)
    for first in interruptible(names):
        for start in range(1, len(first.key)):
            for second in by_start[first.key[start:]]:
                _join(first, second, len(first.key) - start, candidates, mentions)


def _join(first: Candidate, second: Candidate, shared: int, candidates: dict[Key, Candidate], mentions: Mentions) -> None:
    """Adds the name of which two others are halves with `shared` words, if it is most of what one of them is used for."""
    key = first.key + second.key[shared:]
    text = " ".join((*first.text.split()[: len(first.key) - shared], second.text))
    times = len(mentions.starts(key))
    halves = [half for half in (first, second) if 2 * times > len(mentions.starts(half.key))]
    if not halves or key in candidates or mentions.key(text, first.language) != key:
        return
    whole = candidates[key] = Candidate(key, first.language, sentences=mentions.sentences(key))
    whole.texts[text] = whole.named = 1
    for half in halves:
        candidates.pop(half.key, None)


def _complete(candidates: dict[Key, Candidate], introduced: Mapping[str, str], mentions: Mentions) -> None:
    """Lets the long forms of acronyms replace the names that are only their first words: "Skerry Mission to Alder"."""
    for long_form in introduced.values():
        for first in [each for each in candidates.values() if each.is_name and long_form.startswith(f"{each.text} ")]:
            key = mentions.key(long_form, first.language)
            if len(first.key) > 1 and key and key not in candidates:
                full = candidates[key] = Candidate(key, first.language, sentences=mentions.sentences(key))
                full.texts[long_form] = full.named = 1
                _absorb(full, first, candidates)


def _is_another(full: Candidate, short: Candidate, own: Mapping[str, int]) -> bool:
    """Whether a name that ends in a shorter one is another: "Northern Skerry", or "Skerry PKK" for an acronym,
    unless most sentences with the acronym have it: "Skerry RX". `own` has the number of sentences of each name."""
    first, _, rest = full.text.partition(" ")
    times, alone = own[normalize_name(full.text)], own.get(normalize_name(first), 0)
    if rest[:1].islower() and is_rare_surname(first, full.language) and times < MIN_FULL_SHARE * alone:
        return True  # "Alderov de Skerry" for the market "Alderov"
    before = full.text.lower().removesuffix(f" {short.text.lower()}").split()
    if len(before) == len(full.text.split()):
        return False
    rules = name_rules(primary(full.language))
    never = (rules.not_given_names - rules.times, rules.rarely_nouns, rules.institutions)  # "Autumn Marsh" is a person
    if any(before[0] in words for words in never):  # "Bank of Skerry", "Guardia Skerry"
        return True
    is_rare = 2 * len(full.sentences) < len(short.sentences)
    return (short.text.isupper() and is_rare) or before[-1] in rules.links - rules.particles


def _is_relative(full: Candidate, by_plain: Mapping[str, Candidate], mentions: Mentions) -> bool:
    """Whether a full name is that of a relative of somebody who has the surname: "President Marsh … his wife Ada Marsh".

    The other one is mentioned before, with an office or form of address.
    """
    short = by_plain.get(normalize_name(full.text.split()[-1]))
    if short is None or len(full.key) < 2 or min(short.sentences) > min(full.sentences):
        return False
    relatives = language(full.language).words("names", "relatives")
    if not any(_word_before(full.text, text) in relatives for text in _first_texts(full, mentions)):
        return False
    titles = name_rules(primary(full.language)).titles
    return any(_word_before(short.text, text) in titles for text in _first_texts(short, mentions))


def _first_texts(name: Candidate, mentions: Mentions) -> list[str]:
    """The first sentences that mention a name."""
    return mentions.texts(nsmallest(FIRST_MENTIONS, name.sentences))


def _word_before(name: str, text: str) -> str:
    """The word before the first mention of a name in a text, in lower case; "" without one."""
    before, found, _ = text.partition(name)
    return before.rstrip(" ,").rpartition(" ")[2].lower().rstrip(".") if found else ""


def _absorb(full: Candidate, short: Candidate, candidates: dict[Key, Candidate]) -> None:
    full.sentences |= short.sentences
    full.absorbed.append(short.key)
    candidates.pop(short.key, None)


def _by_given_names(named: Sequence[Candidate]) -> dict[str, str]:
    """The full name of each first word that begins one full name only and is not mentioned before it.

    The full name ends in a rare surname, or in one that others have, or is used often, or it is an institution's:
    "Prefeitura de São Paulo".
    """
    firsts = {normalize_name(candidate.text): candidate for candidate in named if " " not in candidate.text}
    families = Counter(normalize_name(each.text.split()[-1]) for each in named if len(each.text.split()) == 2)
    found: dict[str, set[str]] = defaultdict(set)
    for candidate in named:
        parts = candidate.text.split()
        short = firsts.get(normalize_name(parts[0]))
        if short is None or len(parts) < 2:
            continue
        is_late = min(candidate.sentences) > min(short.sentences)
        if is_late and not (len(parts) == 2 and has_rare_last_word(candidate)):
            continue
        is_institution = len(parts) > 2 and parts[1].lower() in small_words(candidate) and not has_rare_last_word(short)
        is_often_used = len(parts) == 2 and len(candidate.sentences) >= MIN_FULL_SHARE * len(short.sentences)
        is_person = len(parts) <= MAX_PERSON_WORDS and not any(part.islower() for part in parts)
        is_of_family = (
            len(parts) == 2 and families[normalize_name(parts[1])] > 1 and has_rare_last_word(candidate, RARE_SHARED_SURNAME)
        )
        if is_institution or (is_person and (is_often_used or is_of_family or has_rare_last_word(candidate))):
            found[normalize_name(parts[0])].add(candidate.text)
    return {
        first: min(texts, key=len)
        for first, texts in found.items()
        if len({normalize_name(text.split()[-1]) for text in texts}) == 1
    }

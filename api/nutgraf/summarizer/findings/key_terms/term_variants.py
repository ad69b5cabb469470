"""Merges the variants of one key term into one candidate.

"tax-payers" and "tax payers"; "Alderians" and "Alder"; "rue Alder" and "Alder"; "Skeraddi" and "Skeradhi";
"Xander Marsh" and "Alexander Marsh".
"""

import re

from nutgraf.summarizer.findings.key_terms.candidate import Candidate
from nutgraf.summarizer.findings.key_terms.mentions import Key, Mentions
from nutgraf.summarizer.findings.names.full_names import normalize_name
from nutgraf.summarizer.findings.names.name_words import name_rules
from nutgraf.summarizer.languages.language import primary

# A noun and the name after it become one term if at least this share of the mentions of the name follows the noun.
MOSTLY = 0.5
# Letters that remain, at least, without the ending for inhabitants: "Alder" of "Alderians".
MIN_PLACE = 4
# Letters of a short given name: "Xander" for "Alexander"; a short name that a longer name begins with is often a different
# name.
MIN_GIVEN = 4
# Letters of names that may be transliterations of one.
MIN_TRANSLITERATED = 6
# Letters that transliterations exchange for one another. They may also write a double letter once, and omit any "h".
_TRANSLITERATED = str.maketrans("yzcqwe", "iskkvi", "h")
_NUMBER = re.compile(r"-\d{1,4}$")
_DOUBLED = re.compile(r"(.)\1+")


def merge_variants(candidates: dict[Key, Candidate], mentions: Mentions) -> None:
    """Merges each group of variants into one candidate, which gets all their sentences."""
    _merge_spellings(candidates)
    _merge_abbreviated(candidates)
    _merge_transliterations(candidates)
    _merge_short_given_names(candidates)
    _merge_people(candidates)
    _merge_things(candidates, mentions)


def _absorb(one: Candidate, other: Candidate, candidates: dict[Key, Candidate]) -> None:
    one.sentences |= other.sentences
    one.absorbed += [other.key, *other.absorbed]
    candidates.pop(other.key, None)


def _merge_spellings(candidates: dict[Key, Candidate]) -> None:
    """Merges what is written with a hyphen and without into the form that more sentences have."""
    by_letters: dict[str, Candidate] = {}
    for candidate in sorted(candidates.values(), key=lambda each: (-len(each.sentences), each.key)):
        same = by_letters.setdefault(candidate.text.lower().replace("-", " "), candidate)
        if same is not candidate:
            _absorb(same, candidate, candidates)


def _merge_abbreviated(candidates: dict[Key, Candidate]) -> None:
    """Merges a name that begins with the initials of another, and ends as it does, into that; and one without its number."""
    names = {normalize_name(each.text): each for each in candidates.values() if each.is_name}
    for candidate in [each for each in names.values() if " " in each.text or "-" in each.text]:
        words = normalize_name(candidate.text).split()
        short = [
            "".join(word[0] for word in words[:count]) + f" {' '.join(words[count:])}" for count in range(2, len(words))
        ]
        short += [_NUMBER.sub("", normalize_name(candidate.text))]
        for form in short:
            other = names.get(form)
            if other is not None and other is not candidate and other.key in candidates and candidate.key in candidates:
                _absorb(candidate, other, candidates)


def _merge_transliterations(candidates: dict[Key, Candidate]) -> None:
    """Merges different transliterations of a name into the most frequent one."""
    by_sound: dict[tuple[str, ...], Candidate] = {}
    names = [each for each in candidates.values() if each.is_name]
    for candidate in sorted(names, key=lambda each: (-len(each.sentences), each.key)):
        words = normalize_name(candidate.text).split()
        if len(words[-1]) < MIN_TRANSLITERATED:
            continue
        same = by_sound.setdefault((*words[:-1], sound(words[-1])), candidate)
        if same is not candidate:
            _absorb(same, candidate, candidates)


def _merge_short_given_names(candidates: dict[Key, Candidate]) -> None:
    """Merges a person's name with a part of the given name into the full one: "Xander Marsh", "Alexander Marsh"."""
    people = [each for each in candidates.values() if each.is_name and each.text.count(" ") == 1]
    by_surname: dict[str, list[tuple[str, Candidate]]] = {}
    for each in people:
        given, surname = normalize_name(each.text).split()
        by_surname.setdefault(surname, []).append((given, each))
    for named in by_surname.values():
        named.sort(key=lambda pair: (-len(pair[0]), pair[0]))
        for at, (short, candidate) in enumerate(named):
            full = next((each for given, each in named[:at] if len(short) >= MIN_GIVEN and given.endswith(short)), None)
            if full is not None and full.key in candidates:
                _absorb(full, candidate, candidates)


def sound(name: str) -> str:
    """Returns what transliterations of a name have in common, which is in lower case and without accents.

    "hezbollah" and "hisbola" are one.
    """
    return _DOUBLED.sub(r"\1", name.translate(_TRANSLITERATED).replace("o", "u"))


def _merge_people(candidates: dict[Key, Candidate]) -> None:
    """Merges the people of a place into the place, if both are candidates."""
    names = {each.text: each for each in candidates.values() if len(each.key) == 1 and each.is_name}
    for people, candidate in names.items():
        for ending in name_rules(primary(candidate.language)).people_endings:
            root = people.removesuffix(ending)
            if root == people or len(root) < MIN_PLACE:
                continue
            place = next((names[name] for name in (root, f"{root}e", f"{root}a", f"{root}y") if name in names), None)
            if place is not None and place.key in candidates:
                _absorb(place, candidate, candidates)
                break


def _merge_things(candidates: dict[Key, Candidate], mentions: Mentions) -> None:
    """If most mentions of a name follow a noun, the longer term replaces the name; otherwise the longer term is dropped."""
    for candidate in list(candidates.values()):
        if len(candidate.key) == 1 or not (candidate.named and candidate.text[:1].islower() and candidate.is_name):
            continue
        name = candidates.get(candidate.key[1:])
        if name is None or not name.is_name:
            continue
        if len(mentions.starts(candidate.key)) >= MOSTLY * len(mentions.starts(name.key)):
            _absorb(candidate, name, candidates)
        else:
            del candidates[candidate.key]

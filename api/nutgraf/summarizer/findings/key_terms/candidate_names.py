"""Names that may be key terms, found in the sentences that are not parsed: repeated ones, and full names of surnames."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from nutgraf.summarizer.findings.key_terms.candidate import (
    RARE_SHARED_SURNAME,
    Candidate,
    has_rare_last_word,
    is_rare_surname,
)
from nutgraf.summarizer.findings.key_terms.mentions import Key, Mentions
from nutgraf.summarizer.findings.names.name_words import NameRules, day_words, is_office, is_title, month_words, name_rules
from nutgraf.summarizer.findings.names.names_by_capitals import names_by_capitals
from nutgraf.summarizer.grammar import Tree, TreeCache
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.languages.language import language, primary
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.bare_datelines import city_names

# The full name is searched in this many sentences that mention a surname, and at this many places of each.
FIRST_MENTIONS = 3
# A word with a capital in this many places is a name.
MIN_CAPITALS = 2
# A word is not searched by itself if this share of its mentions is in names and phrases that were read.
COVERED_SHARE = 0.5
# Names with a capitalized word are searched in this many sentences that mention it.
REPEATED_MENTIONS = 5
# Longer sentences are lists and tables.
MAX_SENTENCE_CHARACTERS = 2_000
# Characters before a surname that hold the rest of a name.
MAX_GIVEN_CHARACTERS = 40
_GIVEN = re.compile(r"[^\W\d_a-z][^\W\d_]*[^\W\d_A-Z](?:-[^\W\d_]*[^\W\d_A-Z])?")
_SURNAME = re.compile(r"(?:[^\W\d_A-Z]{1,4}[-’'])?[^\W\d_a-z][^\W\d_A-Z]+(?:[-’'][^\W\d_]+)?")
# "HIV-positive", but "Aulnay-sous-Bois" and "Skerry-la".
_WITH_ADJECTIVE = re.compile(r"[^\W\d_a-z][\w.]*-[^\W\d_A-Z]{3,}")
# "Bachar al-Skerri"
_ARABIC_SURNAME = re.compile(r"(?:al|el|as|ad|an|ar)-[^\W\d_a-z][^\W\d_]+")
_CAPITALIZED = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+")
# The full stop of a sentence after a name: "Group B."
_FINAL_LETTER = re.compile(r"( [^\W\d_])\.$")
# Two sentences without a space between them: "russe.L'affaire".
_GLUED = re.compile(r"[^\W\d_A-Z]{3}\.[^\W\d_a-zß-öø-ÿ]")
_POSSESSIVE = re.compile(r"['’]s$")
_INITIAL = re.compile(r"[^\W\d_a-z]\.")


def plain_name(name: str, tag: str, mentions: Mentions) -> str:
    """A name without the "s" of a German genitive, if the request also has it without: "Kuba" for "Kubas".

    A first word that is a common noun, or has no capital inside sentences, goes if the request has the name more often
    without it: "Ada Marsh" for "House Ada Marsh", "Port Alder" for "Senior Port Alder officers". So does a word
    before a person's name that the request also has alone.
    """
    name, rules = _FINAL_LETTER.sub(r"\1", " ".join(name.split())), name_rules(primary(tag))
    if rules.capital_nouns and name.count(" ") == 1 and name[:1].islower():  # "von Skerry"
        name = name.partition(" ")[2]
    if name.endswith("s") and rules.capital_nouns and name[:-1] in mentions.forms(mentions.key(name[:-1], tag)):
        name = name[:-1]
    name = _without_title(name, rules)
    first, _, rest = name.partition(" ")
    if " " in rest and first.lower() in rules.titles_after:  # "Attorney General Ada Marsh"
        return rest
    if rest[:1].isupper() and _WITH_ADJECTIVE.fullmatch(first):  # "Third-ranked Skerry"
        return rest
    if not rest[:1].isupper():
        return name
    key, other = mentions.key(name, tag), mentions.key(rest, tag)
    forms = mentions.forms(key)
    times = len(mentions.starts(key)) - forms.total() + forms[name] if key else 0  # no "supervisor Ada Marsh"
    if other and len(mentions.starts(other)) > times:
        is_no_given_name = " " in rest and first.lower() in rules.not_given_names
        is_owner = " " in rest and bool(_POSSESSIVE.search(first)) and _is_often_alone(first, times, tag, mentions)
        if (
            is_no_given_name
            or is_owner
            or _is_person_after(first, rest, times, tag, mentions)
            or _is_lower(first, tag, mentions)
        ):
            return plain_name(rest, tag, mentions)
    return name


def without_dateline(name: str, tag: str) -> str:
    """Returns a name that opens an article without a city before a person's full name: a dateline without its dash."""
    city = city_names().match(name)
    rest = name[city.end() :].lstrip() if city else ""
    given, _, surname = rest.partition(" ")
    is_person = _GIVEN.fullmatch(given) and _GIVEN.fullmatch(surname) and is_rare_surname(surname, tag, RARE_SHARED_SURNAME)
    return rest if is_person and name[: -len(rest)].endswith(" ") else name


def _is_person_after(first: str, rest: str, times: int, tag: str, mentions: Mentions) -> bool:
    """Whether a word that the request also has alone is before a person's full name: "the Gulls Ada Marsh"."""
    given, _, surname = rest.partition(" ")
    if not (_GIVEN.fullmatch(given) and _GIVEN.fullmatch(surname) and is_rare_surname(surname, tag, RARE_SHARED_SURNAME)):
        return False
    return _is_often_alone(first, times, tag, mentions)


def _is_often_alone(word: str, times: int, tag: str, mentions: Mentions) -> bool:
    """Whether a word before a name is a name, too, by its mentions elsewhere: "Skerry's Mayor Ada"."""
    word = _POSSESSIVE.sub("", word)
    alone = mentions.key(word, tag) if word.isalpha() else ()
    return bool(alone) and len(mentions.starts(alone)) > 2 * times  # the mentions before the name are among them


def _without_title(name: str, rules: NameRules) -> str:
    """A name of two words or more without the title before it and its place: "Skerry Secretary-General Ada Marsh"."""
    words = name.split(" ")
    for at in range(len(words) - 3, 0, -1):
        if words[at].lower().partition("-")[0] in rules.titles and words[at + 1][0].isupper():
            return " ".join(words[at + 1 :])
    return name


def _is_lower(word: str, tag: str, mentions: Mentions) -> bool:
    """Whether a word has no capital wherever it occurs inside sentences."""
    forms = mentions.forms(mentions.key(word, tag))
    return forms.total() > 0 and all(form.islower() for form, times in forms.items() if times)


def is_no_name(name: str, tag: str, mentions: Mentions) -> bool:
    """Whether a name is only an office, a department, a common noun in capitals, or says where something is from.

    Nor is one a name that spans two sentences.
    """
    rules, lower = name_rules(primary(tag)), name.lower()
    if _GLUED.search(name) or _WITH_ADJECTIVE.fullmatch(name) or lower.removesuffix("s") in day_words():  # "Saturdays"
        return True
    if name.isupper() and name.count(" ") > 1:  # the parts of a model: "RX SEC DOHC"
        return True
    if (
        lower in rules.no_names
        or lower in rules.titles_after
        or (" " in lower and lower.endswith("ern") and lower.split()[-1] in rules.regions)
    ):
        return True  # "Middle Eastern"
    if is_office(name, tag) or _is_origin(lower, rules):
        return True
    first, *rest = lower.split()
    if first in rules.titles and rest and all(word in rules.links or word in rules.departments for word in rest):
        return True  # "Secretary of State"
    return rules.capital_nouns and name.endswith("er") and " " not in name and bool(mentions.key(name[:-2], tag))


def _is_origin(name: str, rules: NameRules) -> bool:
    """Whether a name only says where people are from, or of which faith: "Danish", "South African", "Danish-led"."""
    words = [part.partition("-")[0] for part in name.split()]
    while len(words) > 1 and words[0] in rules.regions:
        words.pop(0)
    return all(word in rules.origins or word.removesuffix("s") in rules.origins for word in words)


def add_repeated_names(
    candidates: dict[Key, Candidate],
    shortlist: Sequence[int],
    sentences: Sequence[Sentence],
    languages: Sequence[str],
    mentions: Mentions,
) -> None:
    """Adds the names that sentences which were not read repeat, by their capitals."""
    keys_of: dict[int, list[Key]] = defaultdict(list)
    for key in candidates:
        for number in key:
            keys_of[number].append(key)
    found: dict[Key, Candidate] = {}
    read: set[int] = set()
    wanted: set[int] = set()
    for number in interruptible(shortlist):
        if (number,) in candidates:
            continue
        forms = mentions.forms((number,))
        if forms.total() < MIN_CAPITALS or any(form[:1].islower() for form in forms):
            continue
        covered = sum(len(mentions.starts(key)) for key in keys_of.get(number, ()))
        if covered >= COVERED_SHARE * len(mentions.starts((number,))):
            continue
        wanted.add(number)
        for position in sorted(mentions.sentences((number,)))[:REPEATED_MENTIONS]:
            if position not in read and len(sentences[position].text) <= MAX_SENTENCE_CHARACTERS:
                read.add(position)
                _read_names(sentences[position], position, languages[sentences[position].article], mentions, found)
    known = [(each.key, each.text) for each in candidates.values() if len(each.key) > 1 and each.is_name]
    for key, candidate in found.items():
        is_repeated = candidate.named >= MIN_CAPITALS or len(key) > 1
        if is_repeated and not wanted.isdisjoint(key) and not any(_is_read(candidate, *name) for name in known):
            candidates[key] = candidate


def _is_read(candidate: Candidate, known: Key, text: str) -> bool:
    """Whether a tree has a name that capitals show: with one word more before it, or only its first words."""
    return candidate.key[-len(known) :] == known or text.startswith(f"{candidate.text} ")


def _read_names(sentence: Sentence, position: int, tag: str, mentions: Mentions, found: dict[Key, Candidate]) -> None:
    """Adds the names in a sentence to those that were found."""
    for name in names_by_capitals(sentence.text, tag):
        text = plain_name(name.text, tag, mentions)
        key = mentions.key(text, tag)
        if key and not is_no_name(text, tag, mentions):
            candidate = found.setdefault(key, Candidate(key, tag))
            candidate.texts[text] += 1
            candidate.named += 1
            candidate.sentences.add(position)


def add_full_names(
    candidates: dict[Key, Candidate],
    sentences: Sequence[Sentence],
    languages: Sequence[str],
    trees: TreeCache,
    mentions: Mentions,
) -> None:
    """Adds the full names of surnames from the sentences that mention them first, and those of a family's given names."""
    surnames = [
        each
        for each in candidates.values()
        if len(each.key) == 1
        and _SURNAME.fullmatch(each.text)
        and (each.is_name or has_rare_last_word(each))
        and each.text.lower() not in name_rules(primary(each.language)).institutions
    ]
    families = {each.text.split()[-1] for each in candidates.values() if each.is_name and each.text.count(" ") == 1}
    for surname in interruptible(surnames):
        for position in sorted(mentions.sentences(surname.key))[:FIRST_MENTIONS]:
            tag, text = languages[sentences[position].article], sentences[position].text
            for start in islice(_places(surname.text, text), FIRST_MENTIONS):
                following = _CAPITALIZED.match(text, start + len(surname.text) + 1)
                if following and following[0] in families:
                    _add_name(f"{surname.text} {following[0]}", position, tag, candidates, mentions)
                elif following:  # "San Skerry Police Department"
                    continue
                if arabic := _ARABIC_SURNAME.match(text, start + len(surname.text) + 1):
                    _add_name(f"{surname.text} {arabic[0]}", position, tag, candidates, mentions)
                given = _given_names(text[max(0, start - MAX_GIVEN_CHARACTERS) : start], tag, mentions)
                if given and name_rules(primary(tag)).capital_nouns:
                    given = _tagged_as_names(given, start - 1, trees.of([position]).get(position), name_rules(primary(tag)))
                if given and _add_name(" ".join([*given, surname.text]), position, tag, candidates, mentions):
                    surname.named = surname.texts.total()


def _add_name(name: str, position: int, tag: str, candidates: dict[Key, Candidate], mentions: Mentions) -> bool:
    """Counts a mention of a name in a sentence; returns False if the sentences lack one of its words."""
    key = mentions.key(name, tag)
    if key:
        candidate = candidates.setdefault(key, Candidate(key, tag, sentences={position}))
        candidate.texts[name] += 1
        candidate.named += 1
    return bool(key)


def add_surname_mentions(candidates: Mapping[Key, Candidate], mentions: Mentions) -> None:
    """Adds the sentences with a rare surname to those of the only full name with it, if no sentence that was read has it."""
    named = [each for each in candidates.values() if each.is_name]
    ends = Counter(each.key[-1] for each in named)
    for candidate in interruptible(named):
        end = candidate.key[-1:]
        if len(candidate.key) == 1 or ends[end[0]] > 1 or end in candidates or " " not in candidate.text:
            continue
        rules = name_rules(primary(candidate.language))
        first, *between, last = candidate.text.split()
        is_person = (
            _SURNAME.fullmatch(last)
            and all(word[0].isupper() or word in rules.particles for word in between)
            and not any(first.lower() in words for words in (rules.not_given_names, rules.rarely_nouns, rules.institutions))
            and has_rare_last_word(candidate)
        )
        if is_person and mentions.always_capital(end):
            candidate.sentences |= mentions.sentences(end)
            candidate.absorbed.append(end)


def _places(word: str, text: str) -> Iterator[int]:
    """The offsets at which a word follows a space in a text."""
    start = text.find(f" {word}")
    while start >= 0:
        end = start + 1 + len(word)
        if not text[end : end + 1].isalnum() and text[end : end + 1] != "-":
            yield start + 1
        start = text.find(f" {word}", end)


def _given_names(before: str, tag: str, mentions: Mentions) -> list[str]:
    """The given names, initials and particles at the end of a text, without titles and words that are not names."""
    rules = name_rules(primary(tag))
    given: list[str] = []
    for left, word in enumerate(reversed(words := before[:-1].split(" ")), 1):
        opens = left == len(words) and len(before) < MAX_GIVEN_CHARACTERS
        if opens and not given and city_names().fullmatch(word):  # a dateline without its dash: "Calder Marsh's chair"
            break
        if given and word[:1].isupper() and word.lower() in rules.regions:
            return [word, *given]  # "San Skerry"
        is_small = word.lower() in rules.particles or _INITIAL.fullmatch(word)
        if not is_small and not (_GIVEN.fullmatch(word) and _is_given(word, tag, rules, mentions)):
            if (
                given
                and word[:1].isupper()
                and not opens
                and word.lower() in language(tag).words("terms", "vague_modifiers") - rules.titles_after
            ):
                return [word, *given]  # "New Skerry Jets"
            break
        given.insert(0, word)
    return _without_particles(given, rules)


def _without_particles(given: list[str], rules: NameRules) -> list[str]:
    """The words from the first that is no particle or initial: a name does not open with "von"."""
    first = next(
        (at for at, word in enumerate(given) if word.lower() not in rules.particles and word[-1] != "."), len(given)
    )
    return given[first:]


def _is_given(word: str, tag: str, rules: NameRules, mentions: Mentions) -> bool:
    lower = word.lower()
    if (
        lower.partition("-")[0] in rules.titles
        or lower.rstrip("s") in rules.titles
        or _WITH_ADJECTIVE.fullmatch(word)
        or lower in rules.titles_after
        or lower in rules.stop_words
        or lower in rules.rarely_nouns
    ):
        return False
    if lower in day_words() or lower in month_words():
        return False
    if rules.capital_nouns:
        return True
    key = mentions.key(word, tag)
    if key and any(times for form, times in mentions.forms(key).items() if form.islower()):
        return False
    return lower not in rules.not_given_names


def _tagged_as_names(given: list[str], end: int, tree: Tree | None, rules: NameRules) -> list[str]:
    """The last word before a surname that a tree takes for a name. If all nouns have capitals, only the tree shows names.

    A noun is a given name after a title: "Bürgermeisterin Ada Marsh". `end` is where the words end in the sentence.
    """
    at = tree.ends.index(end) if tree and end in tree.ends else -1
    count = 0
    while tree and at >= 0 and count < len(given) and tree.words[at] == given[-1 - count]:
        follows_title = at > 0 and is_title(tree.words[at - 1].lower().strip("."), rules)
        if not (tree.tags[at] in ("PROPN", "X") or follows_title or given[-1 - count].lower() in rules.particles):
            break
        count += 1
        at -= 1
    if tree and count and at >= 0 and tree.tags[at] in ("DET", "ADJ", "NUM"):  # "das bekannte Mittel Alderin"
        return []
    return _without_particles(given[len(given) - count :], rules)

"""Candidates with their weights -> the key terms, without light ones, and with only one of several that say the same."""

import re
from collections.abc import Iterator, Sequence

from nutgraf.summarizer.findings.key_terms.acronyms import small_words
from nutgraf.summarizer.findings.key_terms.candidate import Candidate, has_rare_last_word
from nutgraf.summarizer.findings.key_terms.candidate_evidence import FREQUENT_ALONE, has_links, is_inflected
from nutgraf.summarizer.findings.key_terms.candidate_weights import MOST, spaced_numbers
from nutgraf.summarizer.findings.key_terms.mentions import Key, Mentions
from nutgraf.summarizer.findings.names.name_words import agencies, name_rules
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.languages.language import language, per_language, primary

# A candidate is not a term if it weighs less than this share of the second. A noun by itself, often a general one, needs
# more beside another noun or phrase, most of all in a request of several articles, and if it is vague. Chosen by readers'
# marks: of lighter candidates, one in two is good, and of lighter nouns of several articles four in ten.
MIN_SHARE = 0.45
MIN_NOUN_SHARE = 0.6
MIN_NOUN_SHARE_IN_CLUSTER = 0.9
MIN_VAGUE_SHARE = 0.95
# So does a name that is in no title and not what most of the stories are about, beside so many terms. Of the lighter names,
# four in ten are good.
MIN_PASSING_SHARE = 0.55
FEW_TERMS = 4
# A longer phrase replaces its noun if it has this many mentions, and this share of the noun's.
LONGER_MENTIONS = 2
LONGER_SHARE = 0.5
# The same if the noun only says the kind of another noun: "plague" in "plague deaths".
COMPLETED_SHARE = 0.65
# In a lede, a phrase of nouns needs the first share and one mention; a phrase with an adjective before its noun, such as
# "lunar eclipse", needs the second share.
EARLY_SHARE = 0.12
DESCRIBED_SHARE = 0.25
# Where only names are chosen, a noun or phrase of a title or lede tells the subject, if its worth is this share of the
# second weight. A mention in a title makes it worth more, a noun that fits any story or is a role less. Without a title, it
# needs this many mentions.
MIN_SUBJECT_SHARE = 0.3
TITLED_FACTOR = 2.0
GENERAL_FACTOR = 0.5
SUBJECT_MENTIONS = 3
# A name with this share of its mentions inside a longer one, or at its end, is only its short form.
MOSTLY = 0.5
OFTEN = 0.4
# Letters of endings by which the words of two phrases may differ.
MAX_ENDING = 2
# Letters of a noun that others are made of with a suffix.
MIN_ROOT = 6
# Letters of one that ends others: "quake" in "earthquake".
MIN_HEAD = 5

# "Ada Marsh Jr." is another than "Ada Marsh".
_GENERATION = re.compile(r" (?:Jr|Sr|II|III)\.?$")
Weighed = Sequence[tuple[float, Candidate]]


def prefer_phrases(weighed: Weighed) -> list[tuple[float, Candidate]]:
    """Returns the candidates without nouns by themselves that a phrase stands for: "overhaul" if there is "tax overhaul".

    The phrase takes the weight of the noun. A name of a lede stands for its noun, too: "Shroud of Skerry" for "shroud",
    "Mount Skerry Volcano" for "volcano".
    """
    names = [each for _, each in weighed if each.is_name and len(each.key) > 1 and each.times > 1 and each.is_early]
    called = {each.key[0] if has_links(each) or each.adjectives_follow else each.key[-1] for each in names}
    weighed = [(weight, each) for weight, each in weighed if each.is_name or len(each.key) > 1 or each.key[0] not in called]
    alone = {each.key[0]: (weight, each) for weight, each in weighed if len(each.key) == 1 and not each.is_name}
    phrases = [each for _, each in weighed if len(each.key) > 1 and not each.is_name]
    phrase_of: dict[int, Candidate] = {}
    for number, (_, noun) in alone.items():
        longer = [phrase for phrase in phrases if number in phrase.key and _stands_for(phrase, noun)]
        if longer:
            phrase_of[number] = max(longer, key=_rank)
    gained: dict[tuple[int, ...], float] = {}
    for number, phrase in phrase_of.items():
        weight, noun = alone[number]
        gained[phrase.key] = max(gained.get(phrase.key, 0.0), weight)
        phrase.is_doubtful = phrase.is_doubtful and not (_is_what_recurs(noun) and phrase.is_early and not phrase.general)
    dropped = {alone[number][1].key for number in phrase_of}
    return [(max(weight, gained.get(each.key, 0.0)), each) for weight, each in weighed if each.key not in dropped]


def _is_what_recurs(noun: Candidate) -> bool:
    """Whether a noun has enough evidence: its phrase may say which, if the noun alone is too vague."""
    return not noun.is_doubtful or (noun.is_vague and (noun.in_titles > 0 or noun.is_central))


def _rank(phrase: Candidate) -> tuple[int, int]:
    return phrase.in_titles, len(phrase.sentences)


def _stands_for(phrase: Candidate, noun: Candidate) -> bool:
    """Whether a phrase has enough of the mentions of its noun to replace it."""
    if _tells_in_lede(phrase, noun):
        return phrase.times >= min(LONGER_MENTIONS, EARLY_SHARE * noun.times)
    if _says_which(phrase, noun):
        return True
    if phrase.described and phrase.is_early and not phrase.general and phrase.key[-1] == noun.key[0]:
        return phrase.times >= max(LONGER_MENTIONS, DESCRIBED_SHARE * noun.times)
    share = LONGER_SHARE if phrase.key[-1] == noun.key[0] or noun.adjectives_follow else COMPLETED_SHARE
    return phrase.times >= max(LONGER_MENTIONS, share * noun.times)


def _tells_in_lede(phrase: Candidate, noun: Candidate) -> bool:
    """Whether nouns before a noun, or adjectives after it, specify it in a lede: "harbour pact", "pacte naval"."""
    ends = {phrase.key[-1], phrase.key[0]} if phrase.adjectives_follow else {phrase.key[-1]}
    is_kind = noun.key[0] in ends and not has_links(phrase)  # not "ounces of pepper"
    return is_kind and phrase.is_early and not phrase.described and not phrase.general


def _says_which(phrase: Candidate, noun: Candidate) -> bool:
    """Whether a phrase of a title or lede has two mentions, and its noun is too frequent to be a term: "ninth planet"."""
    is_frequent = noun.is_vague or (noun.frequency or 0) >= FREQUENT_ALONE
    return (
        is_frequent and phrase.times >= LONGER_MENTIONS and (phrase.is_early or phrase.in_titles > 0) and not phrase.general
    )


def choose(
    weighed: Weighed, mentions: Mentions, count: int, least_count: int, articles: int
) -> list[tuple[float, Candidate]]:
    """Returns the first candidates, best first, without agencies, and without those that contain another or are part of one.

    Light and doubtful ones only fill the list up to `least_count`. A light or vague noun is chosen if no other noun or
    phrase is. `articles` is the number of articles.

    A name may contain another, but not end in it: "Port Alder Transport Agency" and "Port Alder" are two.
    """
    second_weight = sorted((weight for weight, _ in weighed), reverse=True)[:2][-1] if weighed else 0
    names = [candidate for _, candidate in weighed if candidate.is_name]
    chosen: list[tuple[float, Candidate]] = []
    noun_share = MIN_NOUN_SHARE if articles == 1 else MIN_NOUN_SHARE_IN_CLUSTER
    is_last = {each.key: _is_last(each, weight, second_weight, noun_share) for weight, each in weighed}
    for weight, candidate in interruptible(sorted(weighed, key=lambda pair: (pair[1].is_doubtful, is_last[pair[1].key]))):
        is_beside = is_last[candidate.key] and any(not each.is_name for _, each in chosen)
        is_weak = weight < _least_share(candidate, len(chosen)) * second_weight or is_beside
        if not weight or (is_weak and len(chosen) >= least_count):
            continue
        wanted = least_count if candidate.is_doubtful else count
        if len(chosen) >= min(count, wanted):
            continue
        if any(_overlap(candidate, other) for _, other in chosen) or _is_inside(candidate, names, mentions):
            continue
        if candidate.is_name and agencies().fullmatch(candidate.text):
            continue
        if candidate.is_name and len(candidate.key) == 1 and _is_part(candidate, mentions):
            continue
        if not candidate.is_name and (
            mentions.always_completes(candidate.key) or any(_is_end(candidate, other) for _, other in weighed)
        ):
            continue
        chosen.append((weight, candidate))
    if 0 < len(chosen) < count and all(candidate.is_name for _, candidate in chosen):
        chosen += _subject(weighed, chosen, second_weight, mentions)
    return sorted(chosen, key=lambda pair: -pair[0])


def _subject(weighed: Weighed, chosen: Weighed, second_weight: float, mentions: Mentions) -> list[tuple[float, Candidate]]:
    """The noun or phrase that best tells what happened to the names that were chosen; none where all tell too little.

    Titles and ledes say it. The evidence may be thin, but a list of names alone does not tell what a story is about.
    """
    found: list[tuple[float, float, Candidate]] = []
    for weight, each in weighed:
        if each.is_name or each.is_vague or not _may_tell_subject(each):
            continue
        if mentions.always_completes(each.key) or any(_names_head(name, each) for _, name in chosen):
            continue
        worth = weight * (TITLED_FACTOR if each.in_titles else 1) * (GENERAL_FACTOR if each.general else 1)
        worth *= GENERAL_FACTOR if each.roles else 1
        if worth >= MIN_SUBJECT_SHARE * second_weight:
            found.append((worth, weight, each))
    if not found:
        return []
    best = max(found, key=lambda item: item[0])
    # "harbour toll" of a title rather than "toll", and than "Marsh harbour toll" beside "Ada Marsh".
    longer = [item for item in found if item[2].in_titles and set(item[2].key) > set(best[2].key)]
    in_names = {number for _, name in chosen for number in name.key}
    return [max(longer, key=lambda item: (in_names.isdisjoint(item[2].key), item[0]), default=best)[1:]]


def _may_tell_subject(term: Candidate) -> bool:
    """Whether a noun or phrase has a mention in a title beside another one, or several and one in most of the ledes."""
    if term.in_titles:
        return term.times > 1 or len(term.key) > 1
    return term.times >= SUBJECT_MENTIONS and term.openings >= MOST


def _names_head(name: Candidate, phrase: Candidate) -> bool:
    """Whether the noun that a phrase is about is a word of a name: "Skerry" in "Skerry Marsh"."""
    head = phrase.key[0] if phrase.adjectives_follow or has_links(phrase) else phrase.key[-1]
    return head in name.key


def _least_share(candidate: Candidate, chosen: int) -> float:
    """The share of the second weight that a candidate needs beside so many terms that were chosen."""
    if chosen < FEW_TERMS or not candidate.is_name or candidate.in_titles or candidate.is_central:
        return MIN_SHARE
    return MIN_PASSING_SHARE


def _is_last(each: Candidate, weight: float, second_weight: float, noun_share: float) -> bool:
    """Whether a candidate is a noun by itself that is too vague, or too light beside another noun or phrase."""
    if each.is_name or len(each.key) > 1:
        return False
    return weight < (MIN_VAGUE_SHARE if each.is_vague else noun_share) * second_weight


def _is_end(phrase: Candidate, other: Candidate) -> bool:
    """Whether all of several mentions of a phrase end a longer one: "jury summons", "grand jury summons"."""
    is_longer = len(other.key) > len(phrase.key) and other.key[-len(phrase.key) :] == phrase.key
    return is_longer and other.times >= LONGER_MENTIONS and other.times >= phrase.times


def _is_part(name: Candidate, mentions: Mentions) -> bool:
    """Whether a name is always before one noun, or mostly completes one: "Skerry beef", "Bank of Skerry"."""
    return mentions.always_before(name.key) or mentions.mostly_completes(name.key, _links(name.language))


@per_language
def _links(tag: str) -> frozenset[str]:
    return language(tag).words("terms", "links") | language(tag).words("terms", "definite_links")


def _is_inside(name: Candidate, names: Sequence[Candidate], mentions: Mentions) -> bool:
    """Whether a name is mostly part of a longer one: "Skerry Street" in "Skerry Street Hospital", "Shroud of Skerry"."""
    if not name.is_name:
        return False
    mentioned = len(mentions.starts(name.key))
    key = spaced_numbers(name.key)
    for other in names:
        if len(other.key) > len(name.key) and key in spaced_numbers(other.key):
            is_end = other.key[-len(name.key) :] == name.key
            if len(mentions.starts(other.key)) > (OFTEN if is_end else MOSTLY) * mentioned:
                return True
    return False


def _overlap(one: Candidate, other: Candidate) -> bool:
    if one.is_name and other.is_name:
        shorter, longer = sorted((one, other), key=lambda each: len(each.key))
        is_end = longer.key[-len(shorter.key) :] == shorter.key
        is_person = len(shorter.key) == 2 and shorter.key[0] == longer.key[0] and shorter.key[-1] == longer.key[-1]
        # "Prefeitura" may be short for "Prefeitura de São Paulo", and "Ada" for "Ada Marsh".
        is_head = longer.key[: len(shorter.key)] == shorter.key
        is_acronym = any(key == other.key[-len(key) :] for key, other in _absorbed_acronyms(one, other))
        return (
            is_end
            or is_person
            or is_acronym  # "Skerry RX", "SUV RX"
            or (
                is_head and (_opens(shorter, longer) or (has_rare_last_word(longer) and not _GENERATION.search(longer.text)))
            )
            or (len(shorter.key) == 1 and shorter.key[0] in longer.key[1:])  # "Skerry", "King Skerry Marsh"
        )
    if len(one.key) == len(other.key) == 1 and (is_inflected(one.text, other.text) or _is_derived(one.text, other.text)):
        return True
    if _is_same_phrase(one, other):
        return True
    if one.general and other.general and min(len(one.key), len(other.key)) > 1 and one.key[:-1] == other.key[:-1]:
        return True  # "trade deal", "trade agreement"
    if one.is_name and len(one.key) > 2:  # "Surveillance Act of Alder" beside "surveillance"
        return False
    name, term = (one, other) if one.is_name else (other, one)
    if name.is_name and len(name.key) == 1 and name.text.lower() not in term.text.lower():
        return False  # "Democrats", "Democratic debate"
    words = set(one.key)
    return any(words <= set(key) or words >= set(key) for key in (other.key, *other.absorbed))


def _opens(shorter: Candidate, longer: Candidate) -> bool:
    """Whether a name is another without what completes it: "Prefeitura", "Ministério Público" for "… Público Federal"."""
    after = longer.text.removeprefix(shorter.text).split()
    institutions = name_rules(primary(shorter.language)).institutions
    is_institution = shorter.adjectives_follow and shorter.text.partition(" ")[0].lower() in institutions
    return is_institution or (bool(after) and after[0].lower() in small_words(longer))


def _is_same_phrase(one: Candidate, other: Candidate) -> bool:
    """Whether two phrases differ in the endings of their words only: "abuso sexual", "abusos sexuais"."""
    ones, others = one.text.lower().split(), other.text.lower().split()
    return len(ones) == len(others) > 1 and all(
        word[: (common := max(len(word), len(another)) - MAX_ENDING)] == another[:common]
        for word, another in zip(ones, others, strict=True)
    )


def _absorbed_acronyms(one: Candidate, other: Candidate) -> Iterator[tuple[Key, Candidate]]:
    """The acronyms that either of two names ends in, and counts for, with the other name."""
    for name, another in ((one, other), (other, one)):
        if name.text.rpartition(" ")[2].isupper():
            yield from ((key, another) for key in name.absorbed if key == name.key[-len(key) :])


def _is_derived(one: str, other: str) -> bool:
    """Whether of two nouns one is the other with a suffix or prefix: "gendarmes", "gendarmerie"; "earthquake", "quakes"."""
    shorter, longer = sorted((one.lower().removesuffix("s"), other.lower().removesuffix("s")), key=len)
    return (len(shorter) >= MIN_ROOT and longer.startswith(shorter)) or (
        len(shorter) >= MIN_HEAD and longer.endswith(shorter)
    )

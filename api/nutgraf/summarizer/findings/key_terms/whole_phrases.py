"""Completes phrases that are only part of a longer one in all their mentions: "corpus petition", "boson", "crime bill".

A tree may miss a noun before or after a phrase. If all of several mentions have the same one, it belongs to the phrase:
"habeas corpus petition", "Higgs boson".
"""

from collections import Counter
from collections.abc import Mapping

from nutgraf.summarizer.findings.key_terms.candidate import Candidate
from nutgraf.summarizer.findings.key_terms.mentions import Key, Mentions
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.languages.language import language

# Words that are added to a phrase, at most, and mentions that it needs.
MAX_ADDED = 3
MIN_MENTIONS = 2
_NOUNS = ("NOUN", "PROPN")


def complete_phrases(candidates: dict[Key, Candidate], tags: Mapping[str, Counter[str]], mentions: Mentions) -> None:
    """Replaces the phrases that are part of a longer one in all their mentions by that.

    `tags` has the parts of speech of each word, in lower case, in the sentences that were parsed.
    """
    for candidate in interruptible([each for each in candidates.values() if not each.is_name]):
        key, text = candidate.key, candidate.text
        if not mentions.is_mostly_lower(key):  # "Hospital" is part of a name
            continue
        for _ in range(MAX_ADDED):
            key, text = _longer(key, text, candidate, tags, mentions)
        if key == candidate.key or (text[:1].isupper() and mentions.is_inside_name(key)):
            continue
        del candidates[candidate.key]
        whole = candidates.get(key)
        if whole is None:
            candidate.key, candidate.texts = key, Counter({text: candidate.texts.total()})
            candidates[key] = candidate
        else:
            whole.sentences |= candidate.sentences


def _longer(
    key: Key, text: str, candidate: Candidate, tags: Mapping[str, Counter[str]], mentions: Mentions
) -> tuple[Key, str]:
    """The phrase with the noun that all its mentions have before or, in some languages, after it; else the phrase itself."""
    before = mentions.always_beside(key, -1, MIN_MENTIONS)
    is_name = before[:1].isupper() and text[:1].isupper()  # "White" in "White House physician"
    if before and (is_name or _is_noun(before, candidate.language, tags)):
        longer = f"{before} {text}"
        rest = slice(1, None)
    else:
        after = "" if candidate.adjectives_follow else mentions.always_beside(key, len(key), MIN_MENTIONS)
        if not after.islower() or not _is_noun(after, candidate.language, tags):
            return key, text
        longer = f"{text} {after}"
        rest = slice(None, -1)
    found = mentions.key(longer, candidate.language)
    # The words of a text may be others than those of the tree: "co-op".
    return (found, longer) if found[rest] == key else (key, text)


def _is_noun(word: str, language_tag: str, tags: Mapping[str, Counter[str]]) -> bool:
    """Whether a word is mostly a noun or part of a name in the trees, and says which: not "kind"."""
    found = tags.get(word.lower(), Counter())
    entries = language(language_tag)
    vague = entries.words("terms", "vague_modifiers") | entries.words("terms", "counting_nouns")
    return 2 * sum(found[each] for each in _NOUNS) > found.total() and word.lower() not in vague

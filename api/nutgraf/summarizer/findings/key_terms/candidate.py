"""A name or noun phrase that may be a key term, with counts of how its sentences mention it."""

from collections import Counter
from dataclasses import dataclass, field

from nutgraf.summarizer.findings.key_terms.mentions import Key
from nutgraf.summarizer.findings.word_frequencies import word_frequencies
from nutgraf.summarizer.languages.language import primary
from nutgraf.summarizer.reading.words import vocabulary

# A surname is rare below this frequency. Only a name that ends in a rare one has a short form: "Renan" for "Renan
# Calheiros", but not "Iran" for "Iran Air".
RARE_SURNAME = 3.6
# The same for a surname that several people of a request have, or that follows a given name.
RARE_SHARED_SURNAME = 4.4


@dataclass(slots=True)
class Candidate:
    """A name or phrase.

    Counts of its mentions in the sentences that were read:

    - `texts`: its spellings,
    - `named`: as a name,
    - `described`: with an adjective before the noun,
    - `general`: with only nouns that fit any subject,
    - `in_fixed_phrases`: after a preposition or verb, without "a" or "the",
    - `roles`: people or organizations that are called by what they do,
    - `offices`: an office that one person holds,
    - `outlets`: a newspaper or broadcaster.

    `sentences` has the positions of all sentences that mention it, `absorbed` the keys of the short names that count for it.

    The weights (candidate_weights.py) set:

    - `frequency`: that of its rarest word; None in languages without a table,
    - `times`: the number of its mentions in sentences and titles,
    - `articles`: the number of articles that have it,
    - `titled`: the articles that have it in the title,
    - `is_early`: whether it is in a lede,
    - `openings`: the share of the articles that have it in the title or lede,
    - `is_central`: whether it is what most articles are about.

    The evidence (candidate_evidence.py) sets:

    - `share`: the share of the sentences that mention it,
    - `is_doubtful`: whether there are few signs that it is a term,
    - `is_vague`: whether it is a noun by itself that is very frequent or fits any story.
    """

    key: Key
    language: str
    texts: Counter[str] = field(default_factory=Counter)
    named: int = 0
    described: int = 0
    general: int = 0
    in_fixed_phrases: int = 0
    roles: int = 0
    offices: int = 0
    outlets: int = 0
    sentences: set[int] = field(default_factory=set)
    absorbed: list[Key] = field(default_factory=list)
    frequency: float | None = None
    times: int = 0
    articles: int = 0
    titled: frozenset[int] = frozenset()
    share: float = 0.0
    is_doubtful: bool = False
    is_vague: bool = False
    is_early: bool = False
    openings: float = 0.0
    is_central: bool = False

    @property
    def is_name(self) -> bool:
        return self.named > 0 and 2 * self.named >= self.texts.total() and not self.text.islower()

    @property
    def adjectives_follow(self) -> bool:
        """Whether adjectives follow their noun in the language of the candidate."""
        return primary(self.language) in ("fr", "es", "pt")

    @property
    def in_titles(self) -> int:
        return len(self.titled)

    @property
    def is_acronym(self) -> bool:
        return self.is_name and self.text.isupper() and self.text.isalpha()

    @property
    def text(self) -> str:
        return most_frequent(self.texts)


def has_rare_last_word(candidate: Candidate, below: float = RARE_SURNAME) -> bool:
    """Returns whether the last word of a name is as rare as a surname: less frequent than `below`."""
    return is_rare_surname(candidate.text.split()[-1], candidate.language, below)


def is_rare_surname(word: str, tag: str, below: float = RARE_SURNAME) -> bool:
    """Returns whether a word is as rare in the language `tag` as a surname: less frequent than `below`."""
    table = word_frequencies(tag)
    return table is None or table.frequency(vocabulary(tag).stem(word.lower())) < below


def most_frequent(forms: Counter[str]) -> str:
    """The most frequent form; of equally frequent forms, one in lower case, then the shortest."""
    if len(forms) == 1:
        return next(iter(forms))
    return max(forms, key=lambda form: (forms[form], form[:1].islower(), -len(form), form))

"""Finds the full names that a request uses for short ones: "Ada Marsh" for "Marsh", the agency's name for "FEMA".

    forms = FullNames(sentences, languages)       # of a request; evaluated lazily
    forms.full("Marsh", article=2)                # "Ada Marsh"; "Marsh" itself if no longer form is certain

An acronym has a long form if a text introduces it, "Federal Emergency Management Agency (FEMA)" (after Schwartz and Hearst
2003, *A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text*, with initials only).
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from nutgraf.summarizer.findings.names.name_words import Name
from nutgraf.summarizer.findings.names.names_by_capitals import names_by_capitals
from nutgraf.summarizer.findings.names.names_in_trees import names
from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.models import Sentence

# Maximum number of words in the long form of an acronym, and of letters in the acronym.
MAX_LONG_FORM_WORDS = 12
MAX_ACRONYM_LETTERS = 8
# At most this many long forms of one short form are compared; more are certainly different names.
MAX_CANDIDATES = 20
# Letters of the word before a surname that belongs to it.
MAX_PARTICLE = 3
_BRACKET = re.compile(r"\(([^()]{2,80})\)")
_ACRONYM = re.compile(r"[^\W\d_a-z](?:\.?[^\W\d_]){1,9}\.?")
_LAST_WORD = re.compile(r"[^\s'’]*$")
_WORD = re.compile(r"[^\W_]+(?:\.(?=\w))?")
_CONNECTING = frozenset(
    "of the and for to in on "
    "de du des d l la le les et pour del los las el y da do das dos e em no na para der die das und für".split()
)


class FullNames:
    """The names of a request by their short forms.

    A surname, or another ending of a name, is expanded if no determiner precedes it and only one full name of the news
    article, otherwise of the request, ends in it. A given name is expanded if the surname is used alone, too.
    """

    def __init__(
        self, sentences: Sequence[Sentence], languages: Sequence[str], trees: Mapping[int, Tree] | None = None
    ) -> None:
        """`languages` has the language of each article. `trees`, by position of the sentence, are used where given.

        German names are found in trees only, because all nouns have capitals.
        """
        self._sentences, self._languages, self._trees = sentences, languages, trees or {}
        self._names: dict[int, list[Name]] = {}
        self._acronyms: dict[str, str] | None = None

    def full(self, name: str, article: int | None = None) -> str:
        """Returns the long form of a name, as the articles write it; `name` itself if there is none, or several.

        Long forms of the article at position `article` go before those of others; an acronym has the long form that the
        request introduces first.
        """
        key = normalize_name(name).strip()
        if not key:
            return name
        if self._acronyms is None:
            self._acronyms = self._introduced_acronyms()
        if key in self._acronyms:
            return self._acronyms[key]
        mentions = self._mentions(name)
        for scope in (article, None):
            of_scope = (found for place, found in mentions.items() if scope in (place, None))
            forms = long_forms(each for found in of_scope for each in found).get(key)
            if forms:
                return next(iter(forms)) if len(forms) == 1 else name
        return name

    def _introduced_acronyms(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for sentence in interruptible(self._sentences):
            if "(" in sentence.text:
                found |= {short: long for short, long in introduced_acronyms(sentence.text).items() if short not in found}
        return found

    def _mentions(self, name: str) -> dict[int, list[Name]]:
        """The names, by article, in the sentences that have the last word of a name, or the surname of a given name."""
        positions = self._with_word(name.split()[-1])
        given = {
            each.text.split()[-1] for at in positions for each in self._names_of(at) if each.text.startswith(f"{name} ")
        }
        for surname in sorted(given):
            positions |= self._with_word(surname)
        found: dict[int, list[Name]] = defaultdict(list)
        for at in sorted(positions):
            found[self._sentences[at].article] += self._names_of(at)
        return found

    def _with_word(self, word: str) -> set[int]:
        return {at for at, sentence in enumerate(self._sentences) if word in sentence.text}

    def _names_of(self, position: int) -> list[Name]:
        if position not in self._names:
            sentence, tree = self._sentences[position], self._trees.get(position)
            tag = self._languages[sentence.article]
            self._names[position] = names(tree, tag) if tree else list(names_by_capitals(sentence.text, tag))
        return self._names[position]


def long_forms(mentions: Iterable[Name]) -> dict[str, Counter[str]]:
    """Returns for each short form, as `normalize_name` writes it, the long forms that it may stand for, with their mentions.

    Variants of one name ("Ada B. Marsh") count for the most frequent one.
    """
    counts: Counter[str] = Counter()
    with_determiner: set[str] = set()
    for name in mentions:
        counts[name.text] += 1
        if name.has_article:
            with_determiner.add(normalize_name(name.text))
    alone = {normalize_name(text) for text in counts if " " not in text} - with_determiner
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text, times in counts.items():
        words = text.split()
        if len(words) < 2 or normalize_name(text) in with_determiner:
            continue
        surname = normalize_name(words[-1])
        for cut in range(1, len(words)):
            ending = normalize_name(" ".join(words[cut:]))
            is_particle = len(words[cut]) <= MAX_PARTICLE and cut == len(words) - 2  # "Arthur de Skerry"
            if ending not in with_determiner and (words[cut][:1].isupper() or is_particle):
                forms[ending][text] += times
        given = normalize_name(words[0])
        if given in alone and surname in alone:
            forms[given][text] += times
    return {short: _without_variants(candidates) for short, candidates in forms.items()}


def _without_variants(forms: Counter[str]) -> Counter[str]:
    """The forms of different names: "Ada B. Marsh" and "Ada Marsh" are one, "Ada Marsh" and "Tom Marsh" are two."""
    kept: Counter[str] = Counter()
    ordered = sorted(forms.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))
    for text, times in ordered[:MAX_CANDIDATES]:
        same = next((other for other in kept if _is_variant(text, other)), None)
        kept[same or text] += times
    return kept


def _is_variant(one: str, other: str) -> bool:
    shorter, longer = sorted((normalize_name(one).split(), normalize_name(other).split()), key=len)
    return longer[-len(shorter) :] == shorter or (shorter[0] == longer[0] and shorter[-1] == longer[-1])


def introduced_acronyms(text: str) -> dict[str, str]:
    """Returns the acronyms, as `normalize_name` writes them, that a text introduces in brackets, with their long forms.

    Either may be in the brackets: "Federal Emergency Management Agency (FEMA)", "FEMA (Federal Emergency …)".
    """
    found: dict[str, str] = {}
    for match in _BRACKET.finditer(text):
        inside, before = match.group(1).strip(), text[max(0, match.start() - 160) : match.start()].rstrip()
        if _ACRONYM.fullmatch(inside):
            long = _long_form(before, normalize_name(inside))
            if long:
                found.setdefault(normalize_name(inside), long)
        else:
            short = _LAST_WORD.search(before)[0]  # type: ignore[index]  # it matches every text
            if _ACRONYM.fullmatch(short) and _long_form(inside, normalize_name(short)) == inside:
                found.setdefault(normalize_name(short), inside)
    return found


def _long_form(before: str, acronym: str) -> str | None:
    """The last words of a text whose initials are the letters of an acronym; connecting words may be skipped."""
    letters = [letter for letter in acronym if letter.isalnum()]
    if not 2 <= len(letters) <= MAX_ACRONYM_LETTERS:
        return None
    words = list(_WORD.finditer(before))[-MAX_LONG_FORM_WORDS:]
    if not words or before[words[-1].end() :].strip():
        return None
    # The possible numbers of letters that are not yet matched. A connecting word may count or not.
    left = {len(letters)}
    for match in reversed(words):
        word = match.group()
        counted = {count - 1 for count in left if normalize_name(word)[:1] == letters[count - 1]}
        if 0 in counted and word[0].isupper():
            return before[match.start() :]
        left = {count for count in counted | (left if word.lower() in _CONNECTING else set()) if count}
        if not left:
            return None
    return None


def normalize_name(name: str) -> str:
    """Returns a name in lower case, without accents, full stops and apostrophes, for comparison."""
    plain = name.casefold().replace(".", "").replace("’", "").replace("'", "")
    if plain.isascii():
        return plain
    letters = unicodedata.normalize("NFKD", plain)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))

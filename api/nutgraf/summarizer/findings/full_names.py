"""Names of a request -> the long form of a short one: "Ada Marsh" for "Marsh", the agency's name for "FEMA".

    forms = FullNames(sentences, languages)       # of a request; reads nothing until it is asked
    forms.full("Marsh", article=2)                # "Ada Marsh"; "Marsh" itself where nothing longer is sure

An acronym has a long form if a text introduces it, "Federal Emergency Management Agency (FEMA)" (after Schwartz and Hearst
2003, *A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical Text*, with initials only).
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from nutgraf.summarizer.findings.name_words import Name
from nutgraf.summarizer.findings.names import names
from nutgraf.summarizer.findings.names_by_capitals import names_by_capitals
from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.models import Sentence

# Words between two brackets or before one that may be the long form of an acronym.
MAX_LONG_FORM_WORDS = 12
MAX_ACRONYM_LETTERS = 8
# Long forms of a short one that are compared; so many are several names in any case.
MAX_CANDIDATES = 20
_BRACKET = re.compile(r"\(([^()]{2,80})\)")
_ACRONYM = re.compile(r"[^\W\d_a-z](?:\.?[^\W\d_]){1,9}\.?")
_LAST_WORD = re.compile(r"[^\s'’]*$")
_WORD = re.compile(r"[^\W_]+(?:\.(?=\w))?")
_CONNECTING = frozenset(
    "of the and for de du des d l la le les et pour del los las el y da do das dos e em para der die das und für".split()
)


class FullNames:
    """The names of a request by their short forms.

    A surname stands for a full name if neither follows an article and no other full name of the article, or else of the
    request, ends in it. A first name does if the surname is used alone, too.
    """

    def __init__(
        self, sentences: Sequence[Sentence], languages: Sequence[str], trees: Mapping[int, Tree] | None = None
    ) -> None:
        """`languages` has the language of each article. `trees`, by position of the sentence, are used where given.

        German names are found in trees only, because all nouns have capitals.
        """
        self._sentences, self._languages, self._trees = sentences, languages, trees or {}
        self._long_forms: dict[int, dict[str, Counter[str]]] | None = None
        self._acronyms: dict[str, str] = {}

    def full(self, name: str, article: int | None = None) -> str:
        """Returns the long form of a name, as the articles write it; `name` itself if there is none, or several.

        Long forms of the article at position `article` go before those of others.
        """
        if self._long_forms is None:
            self._long_forms = self._read()
        key = plain(name)
        if key in self._acronyms:
            return self._acronyms[key]
        for scope in (article, _REQUEST):
            forms = self._long_forms.get(scope, {}).get(key) if scope is not None else None
            if forms:
                return next(iter(forms)) if len(forms) == 1 else name
        return name

    def _read(self) -> dict[int, dict[str, Counter[str]]]:
        """The long forms of each short one, by article and for the whole request."""
        mentions: dict[int, list[Name]] = defaultdict(list)
        for position, sentence in enumerate(self._sentences):
            language, tree = self._languages[sentence.article], self._trees.get(position)
            found = names(tree, language) if tree else names_by_capitals(sentence.text, language)
            mentions[sentence.article] += found
            if "(" in sentence.text:
                self._acronyms |= {
                    short: long for short, long in introduced(sentence.text).items() if short not in self._acronyms
                }
        by_article = {article: long_forms(names_of) for article, names_of in mentions.items()}
        by_article[_REQUEST] = long_forms(name for names_of in mentions.values() for name in names_of)
        return by_article


_REQUEST = -1


def long_forms(mentions: Iterable[Name]) -> dict[str, Counter[str]]:
    """Returns for each short form, as `plain` writes it, the long forms that it may stand for, with their mentions.

    Of two long forms of which one ends in the other, only the one with more mentions counts.
    """
    counts: Counter[str] = Counter()
    with_article: set[str] = set()
    for name in mentions:
        counts[name.text] += 1
        if name.has_article:
            with_article.add(plain(name.text))
    alone = {plain(text) for text in counts if " " not in text} - with_article
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text, times in counts.items():
        words = text.split()
        if len(words) < 2 or plain(text) in with_article:
            continue
        surname = plain(words[-1])
        for cut in range(1, len(words)):
            ending = plain(" ".join(words[cut:]))
            if ending not in with_article and words[cut][:1].isupper():
                forms[ending][text] += times
        given = plain(words[0])
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
    shorter, longer = sorted((plain(one).split(), plain(other).split()), key=len)
    return longer[-len(shorter) :] == shorter or (shorter[0] == longer[0] and shorter[-1] == longer[-1])


def introduced(text: str) -> dict[str, str]:
    """Returns the acronyms, as `plain` writes them, that a text introduces in brackets, with their long forms.

    Either may be in the brackets: "Federal Emergency Management Agency (FEMA)", "FEMA (Federal Emergency …)".
    """
    found: dict[str, str] = {}
    for match in _BRACKET.finditer(text):
        inside, before = match.group(1).strip(), text[max(0, match.start() - 160) : match.start()].rstrip()
        if _ACRONYM.fullmatch(inside):
            long = _long_form(before, plain(inside))
            if long:
                found.setdefault(plain(inside), long)
        else:
            short = _LAST_WORD.search(before)[0]  # type: ignore[index]  # it matches every text
            if _ACRONYM.fullmatch(short) and _long_form(inside, plain(short)) == inside:
                found.setdefault(plain(short), inside)
    return found


def _long_form(before: str, acronym: str) -> str | None:
    """The last words of a text whose initials are the letters of an acronym; connecting words may be skipped."""
    letters = [letter for letter in acronym if letter.isalnum()]
    if not 2 <= len(letters) <= MAX_ACRONYM_LETTERS:
        return None
    words = list(_WORD.finditer(before))[-MAX_LONG_FORM_WORDS:]
    if not words or before[words[-1].end() :].strip():
        return None
    # Where the words so far may begin: for each, how many letters are left. A connecting word may count or not.
    left = {len(letters)}
    for match in reversed(words):
        word = match.group()
        counted = {count - 1 for count in left if plain(word)[:1] == letters[count - 1]}
        if 0 in counted and word[0].isupper():
            return before[match.start() :]
        left = {count for count in counted | (left if word.lower() in _CONNECTING else set()) if count}
        if not left:
            return None
    return None


def plain(name: str) -> str:
    """Returns a name in lower case, without accents, full stops and apostrophes, for comparison."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace(".", "").replace("’", "").replace("'", ""))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))

"""Tree of a sentence -> the names in it: "United Daughters of the Confederacy", "New Orleans", "MH17".

    names(tree, "en")           the names of a sentence that was parsed
    names_by_capitals(text, …)  those of any other text, by its capitals alone
    covering(found, position)   the name that the word at a position of the tree is part of

`full_names.FullNames` finds the long form of a short name: "Ada Marsh" for "Marsh".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.languages.language import everywhere, language, primary
from nutgraf.summarizer.reading.stop_words import stop_words


class Name(NamedTuple):
    """A name. `start` and `end` are offsets in the text of the sentence, `first` and `last` positions of words in its tree.

    `text` is the sentence's text from `start` to `end`. Without a tree, `first` and `last` are -1. `has_article` is set
    if a word such as "the" is before the name.
    """

    text: str
    start: int
    end: int
    has_article: bool
    first: int = -1
    last: int = -1


# Where a larger share of the verbs and adverbs have capitals, capitals say nothing.
MAX_CAPITALS_SHARE = 0.5
_NEVER_NAMES = frozenset({"VERB", "ADV", "AUX", "PRON"})
_FUNCTION_TAGS = frozenset("PRON DET ADP CCONJ SCONJ AUX PART INTJ PUNCT SYM".split())
_OPENING = frozenset({'"', "“", "«", "„", "‘", "'", "``", "(", "[", "—", "–", "-", "--", "…", "...", "»", "*", "•", ":"})
_INNER_CAPITALS = re.compile(r"[^\W\d_]{1,2}[A-Z]\w+|[A-Z]+[\w-]*\d\w*|\d+[A-Z]{2,}")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_LOOSE = ("nummod", "flat", "compound", "nmod", "appos", "dep", "amod", "conj")
_BETWEEN_PARTS = frozenset({"&", "-", "/", "+", "’", "'"})
# Words of a name; longer runs are lists or titles.
MAX_NAME_WORDS = 9


def names(tree: Tree, tag: str) -> list[Name]:
    """Returns the names in a parsed sentence, left to right; they do not overlap. `tag` is the language of the sentence.

    A title before a person's name is not part of it: "Mayor Ada Marsh" has the name "Ada Marsh". Days and months are no
    names.
    """
    sentence = _Sentence(tree, _rules(primary(tag)))
    found: list[Name] = []
    position = 0
    while position < len(tree):
        if not sentence.is_part[position]:
            position += 1
            continue
        last = sentence.end_of_name(position)
        first = sentence.without_titles(position, last)
        if first is not None and last - first < MAX_NAME_WORDS and sentence.stands_alone(first, last):
            start, end = tree.starts[first], tree.ends[last]
            found.append(Name(tree.text[start:end], start, end, sentence.has_article(first, last), first, last))
        position = last + 1
    return found


def covering(found: Sequence[Name], position: int) -> Name | None:
    """Returns the name that the word at `position` of the tree is part of, or None."""
    return next((name for name in found if name.first <= position <= name.last), None)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a language says about names; languages/XX.toml, section [names]."""

    articles: frozenset[str]
    titles: frozenset[str]
    links: frozenset[str]
    particles: frozenset[str]
    wholes: frozenset[str]
    elisions: frozenset[str]
    stop_words: frozenset[str]
    lower_case_parts: bool
    capital_nouns: bool


@cache
def _rules(code: str) -> _Rules:
    entries = language(code)
    return _Rules(
        articles=entries.words("headlines", "articles") | entries.words("headlines", "opening_articles"),
        titles=entries.words("names", "titles") | everywhere("sentences", "titles"),
        links=entries.words("names", "links"),
        particles=entries.words("names", "particles"),
        wholes=entries.words("names", "wholes"),
        elisions=entries.words("words", "elisions"),
        stop_words=stop_words(code),
        lower_case_parts=bool(entries.text("names", "lower_case_parts")),
        capital_nouns=bool(entries.text("names", "capital_nouns")),
    )


class _Sentence:
    """A tree with what its capitals and tags say about names."""

    def __init__(self, tree: Tree, rules: _Rules) -> None:
        self.tree, self.rules = tree, rules
        self.words = tree.words
        self.lower = [word.lower().rstrip(".") for word in self.words]
        self.shouts = self._shouts()
        self.is_part = self._parts()

    def _shouts(self) -> bool:
        """Whether words that are no names have capitals, too: a title, a slogan, a line in capitals."""
        plain = [
            word
            for position, word in enumerate(self.words)
            if position and len(word) > 3 and word.isalpha() and self.tree.tags[position] in _NEVER_NAMES
        ]
        if plain:
            return sum(word[0].isupper() for word in plain) > MAX_CAPITALS_SHARE * len(plain)
        letters = [word for word in self.words if word[:1].isalpha()]
        return len(letters) > 4 and all(word[0].isupper() for word in letters if len(word) > 3)

    def _parts(self) -> list[bool]:
        parts: list[bool] = []
        opens = True
        for position, word in enumerate(self.words):
            parts.append(self._is_part(position, word, opens, bool(parts) and parts[-1]))
            opens = word in _OPENING or (opens and not word[:1].isalnum())
        # An adjective that opens a sentence is part of a name only before another part: "Federal Reserve".
        for position in range(len(parts) - 1):
            if not parts[position] and self._opens_a_name(position, parts):
                parts[position] = True
        return parts

    def _is_part(self, position: int, word: str, opens: bool, follows_part: bool) -> bool:
        tag, lower = self.tree.tags[position], self.lower[position]
        if _INNER_CAPITALS.fullmatch(word):
            return not self.shouts or tag in ("PROPN", "NOUN")
        if not word[:1].isupper() or (len(word) == 1 and not follows_part and tag != "PROPN"):
            return False
        if lower in _days() or word.endswith(("'", "’")) or (lower in _months() and not (follows_part and tag == "PROPN")):
            return False
        if word.isupper() and len(word) > 1 and not self.shouts and tag not in ("NUM", "PUNCT"):
            return True
        if tag in _FUNCTION_TAGS:
            return False
        if self.shouts or opens:
            return tag == "PROPN"
        if self.rules.capital_nouns:
            return self._is_german_part(position, tag, follows_part)
        return tag in ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADV", "NUM") and not (tag == "ADV" and not follows_part)

    def _is_german_part(self, position: int, tag: str, follows_part: bool) -> bool:
        """All nouns have capitals: a name is tagged as one, or is an adjective in capitals with its noun."""
        if tag == "PROPN":
            return True
        head, relation = self.tree.heads[position], self.tree.relations[position]
        if tag == "ADJ":  # "Deutsche Bahn"; also "Berliner Polizei", which is no name but a term
            return head == position + 1 and self.words[head][:1].isupper() and not self.words[position].endswith("er")
        return tag == "NOUN" and follows_part and (relation.startswith("flat") or self._has_adjective_name(position))

    def _has_adjective_name(self, position: int) -> bool:
        before = position - 1
        return (
            before >= 0
            and self.tree.tags[before] in ("ADJ", "PROPN")
            and self.tree.heads[before] == position
            and self.tree.relations[before] == "amod"
        )

    def _opens_a_name(self, position: int, parts: Sequence[bool]) -> bool:
        if self.shouts or not self.words[position][:1].isupper() or not parts[position + 1]:
            return False
        tag, relation = self.tree.tags[position], self.tree.relations[position]
        if self.tree.heads[position] == position + 1 and self.rules.capital_nouns:
            return False
        linked = self.tree.heads[position] >= position or self.tree.heads[position + 1] == position
        return (
            tag in ("ADJ", "NOUN")
            and linked
            and relation.partition(":")[0] in ("amod", "compound", "nmod", "flat", "nsubj")
            and self.lower[position] not in self.rules.stop_words
        )

    def end_of_name(self, first: int) -> int:
        """The position of the last word of the name that begins at `first`."""
        last = first
        while True:
            after = self._next_part(first, last)
            if after is None:
                return last
            last = after

    def _next_part(self, first: int, last: int) -> int | None:
        """The position to which a name goes on after `last`; None if it ends there."""
        after = last + 1
        if after >= len(self.tree):
            return None
        if self.is_part[after]:
            return after if self._is_one_phrase(last, after) else None
        word, lower = self.words[after], self.lower[after]
        if word[0].isdigit() and not _YEAR.fullmatch(word) and self._hangs_inside(after, first, last):
            return after if word.replace(".", "").isalnum() and self.lower[last] not in _months() else None
        if word in _BETWEEN_PARTS and after + 1 < len(self.tree):
            return self._after_mark(after)
        if lower in self.rules.particles or lower in self.rules.links:
            return self._after_links(first, last)
        if self.rules.lower_case_parts and self._completes_common_noun(after, first, last):
            return after
        return None

    def _is_one_phrase(self, one: int, other: int) -> bool:
        """Whether two neighbours in capitals belong together; not, if both hang on a verb by relations that are sure."""
        heads, relations, margins = self.tree.heads, self.tree.relations, self.tree.margins
        if heads[one] == other or heads[other] == one or heads[one] != heads[other] or heads[one] < 0:
            return True
        are_arguments = all(
            relations[position].partition(":")[0] in ("nsubj", "obj", "iobj", "obl") for position in (one, other)
        )
        return not (are_arguments and relations[one] != relations[other] and min(margins[one], margins[other]) >= 3)

    def _after_mark(self, mark: int) -> int | None:
        tree, after = self.tree, mark + 1
        glued = tree.ends[mark - 1] == tree.starts[mark] and tree.ends[mark] == tree.starts[after]
        if self.words[mark] == "&":
            return after if self.is_part[after] else None
        if not glued or self.words[mark] in "’'":
            return None
        return after if self.is_part[after] or self.words[after].isdigit() else None

    def _after_links(self, first: int, last: int) -> int | None:
        """The part after words such as "of the", if it completes the name: "Bank of England"."""
        after = last + 1
        while (
            after < len(self.tree)
            and after - last <= 3
            and (
                self.lower[after] in self.rules.links
                or self.lower[after] in self.rules.particles
                or (self.words[after] == "-" and self.lower[after - 1] in self.rules.particles)
            )
        ):
            after += 1
        between = self.lower[last + 1 : after]
        if after >= len(self.tree) or not between:
            return None
        if not self.is_part[after]:
            lower_case = self.rules.lower_case_parts and self._completes_common_noun(after, first, last)
            return after if lower_case and between[0] in self.rules.links and between[0] not in _AND else None
        if between[0] in self.rules.particles and between[0] not in self.rules.links:
            return after if self._is_particle(last + 1, after) else None
        if between[-1] in _AND:
            return after if self._is_compound_of(last, after) else None
        if any(word in _AND for word in between) or not self._leads_to(after, first, last):
            return None
        if self.rules.wholes or self.rules.capital_nouns:
            return after if self.has_article(first, last) or self.lower[last] in self.rules.wholes else None
        return after

    def _is_particle(self, position: int, after: int) -> bool:
        """Whether a word such as "von" belongs to the name: in German it may also say where somebody is from."""
        if not self.rules.capital_nouns:
            return True
        is_sure = self.tree.tags[position] == "PROPN" or self.tree.relations[after].startswith("flat")
        return is_sure or (after - position > 1 and not self.words[after].isupper())

    def _is_compound_of(self, last: int, after: int) -> bool:
        """Whether what "and" joins modifies one noun: "Securities and Exchange Commission"."""
        head = self.tree.heads[last]
        return head > after and self.tree.relations[last] in ("compound", "amod") and self.is_part[head]

    def _completes_common_noun(self, position: int, first: int, last: int) -> bool:
        """Whether a word in lower case completes a common noun in capitals: "Assemblée nationale", "Cour des comptes"."""
        tree = self.tree
        if tree.tags[first] != "NOUN" and tree.tags[last] not in ("NOUN", "PROPN", "ADJ"):
            return False
        if tree.relations[position] not in ("amod", "nmod") or not self._hangs_inside(position, first, last):
            return False
        head = tree.heads[position]
        is_common = tree.tags[head] == "NOUN" or (tree.tags[position] == "ADJ" and tree.tags[head] == "PROPN")
        return is_common and tree.tags[position] in ("ADJ", "NOUN") and tree.margins[position] >= 0

    def _leads_to(self, position: int, first: int, last: int) -> bool:
        """Whether the heads of a word lead into the name, through no verb."""
        for _ in range(4):
            position = self.tree.heads[position]
            if first <= position <= last:
                return True
            if position < 0 or self.tree.tags[position] in ("VERB", "AUX"):
                return False
        return False

    def _hangs_inside(self, position: int, first: int, last: int) -> bool:
        relation = self.tree.relations[position].partition(":")[0]
        return first <= self.tree.heads[position] <= last and relation in _LOOSE

    def without_titles(self, first: int, last: int) -> int | None:
        """The position after the titles before a person's name; None if nothing is left."""
        for position in range(last, first - 1, -1):
            if self.lower[position] in self.rules.titles:
                if position == last:
                    return None if first == last else first
                return position + 1 if self.is_part[position + 1] else first
        return first

    def stands_alone(self, first: int, last: int) -> bool:
        """Whether words are a name by themselves: not a lone adjective ("American"), a mark or a letter."""
        if first < last:
            return True
        word, tag = self.words[first], self.tree.tags[first]
        if len(word) < 2:
            return False
        if word.isupper() or _INNER_CAPITALS.fullmatch(word):
            return True
        return tag in ("PROPN", "NOUN", "X") and self.lower[first] not in self.rules.stop_words

    def has_article(self, first: int, last: int) -> bool:
        """Whether an article belongs to the name or to its last word."""
        if first and (self.lower[first - 1] in self.rules.articles or self.tree.tags[first - 1] == "DET"):
            return True
        return any(
            self.tree.tags[position] == "DET" and first <= self.tree.heads[position] <= last for position in range(first)
        )


_AND = frozenset("and und et y e".split())


@cache
def _days() -> frozenset[str]:
    return everywhere("calendar", "days") | everywhere("calendar", "short_days")


@cache
def _months() -> frozenset[str]:
    return everywhere("calendar", "months")


_UPPER = "".join(character for character in map(chr, range(0x41, 0x2000)) if character.isupper())
_CAPITAL_WORD = rf"(?:[{_UPPER}]\.)+[{_UPPER}]?|[{_UPPER}](?:[\w&’'-]*\w)?"
_WORD_BEFORE = re.compile(r"([^\W\d_]+['’]?)\s*$")
_POSSESSIVE = re.compile(r"['’]s$")


@cache
def _runs(code: str) -> re.Pattern[str]:
    particles = "|".join(sorted(map(re.escape, _rules(code).particles))) or "(?!)"
    return re.compile(rf"(?<![\w])(?:{_CAPITAL_WORD})(?: (?:(?:{particles})[ -]){{0,2}}(?:{_CAPITAL_WORD}))*")


def names_by_capitals(text: str, tag: str) -> Iterator[Name]:
    """Yields the runs of words in capitals in a text, without titles, articles and days; for text without a tree.

    A single word that opens a sentence is not among them, and nothing is if the language has capitals for all nouns.
    """
    rules = _rules(primary(tag))
    if rules.capital_nouns:
        return
    first_letter = next((position for position, character in enumerate(text) if character.isalnum()), 0)
    for match in _runs(primary(tag)).finditer(text):
        run = _POSSESSIVE.sub("", match.group())
        words = run.split(" ")
        opens = match.start() == first_letter
        before = _WORD_BEFORE.search(text[max(0, match.start() - 20) : match.start()])
        has_article = bool(before) and before[1].lower() in rules.articles  # type: ignore[index]
        kept = 0
        for number, word in enumerate(words):
            lower = word.lower().rstrip(".")
            if lower in rules.titles or lower in _days() or (number == kept and lower in rules.stop_words):
                kept = number + 1
                has_article = lower in rules.articles
        start = match.start() + sum(len(word) + 1 for word in words[:kept])
        left = words[kept:]
        if not left or (opens and not kept and len(left) == 1) or (len(left) == 1 and left[0].lower() in _months()):
            continue
        name = " ".join(left)
        if len(name) > 1 and len(left) <= MAX_NAME_WORDS:
            yield Name(name, start, start + len(name), has_article)

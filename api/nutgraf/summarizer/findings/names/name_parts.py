"""Finds which words of a sentence are parts of names, by their capitals and tags, and where each name ends."""

import re
from collections.abc import Sequence

from nutgraf.summarizer.findings.names.name_words import AND, CURRENCIES, NameRules, day_words, month_words
from nutgraf.summarizer.grammar import Tree

# If a larger share of the verbs and adverbs have capitals, capitals do not show names.
MAX_CAPITALS_SHARE = 0.5
# Tags of words that are part of a name only in a title, a slogan or a line in capitals.
NEVER_NAMES = frozenset({"VERB", "ADV", "AUX", "PRON"})
_FUNCTION_TAGS = frozenset("PRON DET ADP CCONJ SCONJ AUX PART INTJ PUNCT SYM".split())
_OPENING = frozenset(
    {'"', "“", "«", "„", "‘", "'", "``", "(", "[", "—", "–", "-", "--", "…", "...", "»", "*", "•", ":", ".", "!", "?"}
)
# "iPhone", "McDonald", "MH17", "20ZZ".
INNER_CAPITALS = re.compile(r"[^\W\d_]{1,2}[A-Z]\w{1,30}|[A-Z][\w-]{0,20}\d\w{0,20}|\d{1,6}[A-Z]{2,10}")
# Two sentences without a space between them.
_GLUED = re.compile(r"[^\W\d_A-Z]{2}\.[^\W\d_a-z]|[^\W\d_a-z]{2}\.[^\W\d_a-z][^\W\d_A-Z]+")
_INNER_CAPITAL = re.compile(r"[^\W\d_]{2,}[^\W\d_A-Z]([A-Z][a-z]+)")
_FOOTNOTE = re.compile(r"[^\W\d_]{2}\.\d")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_LOOSE = ("nummod", "flat", "compound", "nmod", "appos", "dep", "amod", "conj")
BETWEEN_PARTS = frozenset({"&", "-", "/", "+", "’", "'"})


class NameParts:
    """A tree with what its capitals and tags say about names.

    `is_part` says of each word whether it is part of a name, `opens` whether it opens a sentence or a quotation. `shouts`
    says whether words that are not names have capitals, too.
    """

    def __init__(self, tree: Tree, rules: NameRules) -> None:
        self.tree, self.rules = tree, rules
        self.words = tree.words
        self.lower = [word.lower().rstrip(".") for word in self.words]
        self.shouts = self._shouts()
        self.opens: list[bool] = []
        self.is_part = self._parts()

    def _shouts(self) -> bool:
        """Whether words that are not names have capitals, too: a title, a slogan, a line in capitals."""
        plain = [
            word
            for position, word in enumerate(self.words)
            if position and len(word) > 3 and word.isalpha() and self.tree.tags[position] in NEVER_NAMES
        ]
        if plain:
            return sum(word[0].isupper() for word in plain) > MAX_CAPITALS_SHARE * len(plain)
        letters = [word for word in self.words if word[:1].isalpha()]
        return len(letters) > 4 and all(word[0].isupper() for word in letters if len(word) > 3)

    def _parts(self) -> list[bool]:
        parts: list[bool] = []
        opens = True
        for position, word in enumerate(self.words):
            self.opens.append(opens)
            parts.append(self._is_part(position, word, opens, bool(parts) and parts[-1]))
            opens = word in _OPENING or (opens and not word[:1].isalnum())
        # An adjective that opens a sentence is part of a name only before another part: "Federal Reserve".
        for position in range(len(parts) - 1):
            if not parts[position] and (self._opens_a_name(position, parts) or self._is_inside(position, parts)):
                parts[position] = True
        return parts

    def _is_inside(self, position: int, parts: Sequence[bool]) -> bool:
        """Whether a word that is not a noun has a capital between two parts of a name: "Flip It Forward"."""
        word = self.words[position]
        is_between = position > 0 and parts[position - 1] and parts[position + 1]
        is_article = self.rules.wholes and self.lower[position] in self.rules.articles  # after a dateline without its dash
        tells = self.tree.tags[position] == "VERB" and any(
            self.tree.relations[child].startswith("nsubj") for child in self.tree.children(position)
        )  # a caption without its full stop: "Skerry Holds Final Round"
        is_part = is_between and len(word) > 1 and word.isalpha() and word[0].isupper()
        return is_part and not self.shouts and not is_article and not tells

    def _is_part(self, position: int, word: str, opens: bool, follows_part: bool) -> bool:
        tag, lower = self.tree.tags[position], self.lower[position]
        if tag == "PART" and word.isalpha():  # "were NOT Alderian"
            return False
        if INNER_CAPITALS.fullmatch(word):
            return not self.shouts or tag in ("PROPN", "NOUN")
        if not word[:1].isupper() or (len(word) == 1 and not follows_part and tag != "PROPN"):
            return False
        if (
            _GLUED.search(word)
            or ((inner := _INNER_CAPITAL.fullmatch(word)) and inner[1].lower() in self.rules.stop_words)
            or _FOOTNOTE.search(word)
            or (self.rules.capital_nouns and any(map(lower.startswith, self.rules.days)))
        ):
            return False
        if (
            lower in day_words()
            or word.endswith(("'", "’"))
            or not CURRENCIES.isdisjoint(word)
            or self._is_currency(position)
            or (lower in month_words() and not (tag == "PROPN" and (follows_part or self._begins_person(position))))
        ):
            return False
        if word.isupper() and len(word) > 1 and not self.shouts and tag not in ("NUM", "PUNCT"):
            return True
        if tag in _FUNCTION_TAGS or (tag in ("VERB", "ADV") and lower in self.rules.rarely_nouns):
            after = position + 1  # "United States"
            describes = self.tree.heads[position] >= after and self.tree.relations[position] in ("amod", "compound")
            return describes and not opens and not self.shouts and self.words[after][:1].isupper()
        if self.shouts or opens:  # "Added Marsh, who leads the council: …"
            return tag == "PROPN" and not (opens and lower in self.rules.speech_verbs)
        if self.rules.capital_nouns:
            return self._is_german_part(position, tag, follows_part)
        return tag in ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADV", "NUM") and not (tag == "ADV" and not follows_part)

    def _is_currency(self, position: int) -> bool:
        """Whether a word begins the sign of a currency: "US$"."""
        after = position + 1
        return (
            after < len(self.tree)
            and self.words[after] in CURRENCIES
            and self.tree.ends[position] == self.tree.starts[after]
        )

    def _begins_person(self, position: int) -> bool:
        """Whether the next word hangs on this one as a surname does: "Jan Marsh", "April Marsh"."""
        after = position + 1
        if after >= len(self.tree) or not self.words[after][0].isupper():
            return False
        return self.tree.heads[after] == position and self.tree.relations[after].partition(":")[0] == "flat"

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
        if self.rules.capital_nouns:
            return False
        if not self.opens[position] and tag == "ADP" and len(self.words[position]) > 1:  # "En Marche"
            return self.words[position].isalpha()
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
            belongs = self._is_one_phrase(last, after) if self.is_part[last] else self._is_model(first, last, after)
            return after if belongs else None
        word, lower = self.words[after], self.lower[after]
        if word[0].isdigit() and not _YEAR.fullmatch(word) and self._hangs_inside(after, first, last):
            return after if word.replace(".", "").isalnum() and self.lower[last] not in month_words() else None
        if word in BETWEEN_PARTS and after + 1 < len(self.tree):
            return self._after_mark(after)
        if self.words[last].isupper():  # an acronym is whole
            return None
        if lower.endswith("s") and word[0] in "'’" and after + 1 < len(self.tree):  # "Valentine's Day"
            return after + 1 if self.is_part[after + 1] and self.lower[after + 1] in self.rules.wholes else None
        if lower in self.rules.particles or lower in self.rules.links:
            is_title = first == last and self.lower[last] in self.rules.titles - self.rules.wholes
            return None if is_title else self._after_links(first, last)
        if self.rules.lower_case_parts and self._completes_common_noun(after, first, last):
            return after
        return None

    def _is_one_phrase(self, one: int, other: int) -> bool:
        """Whether two neighbours in capitals belong together; not, if both hang on a verb by relations that are sure."""
        heads, relations, margins = self.tree.heads, self.tree.relations, self.tree.margins
        if heads[other] == one:
            return relations[other] != "appos"  # "Les Républicains Ada Morel"
        if heads[one] == other or heads[one] != heads[other] or heads[one] < 0:
            return True
        are_arguments = all(
            relations[position].partition(":")[0] in ("nsubj", "obj", "iobj", "obl") for position in (one, other)
        )
        return not (are_arguments and relations[one] != relations[other] and min(margins[one], margins[other]) >= 3)

    def _is_model(self, first: int, last: int, after: int) -> bool:
        """Whether a name goes on after a number inside it: "Skerry 300 SL Roadster"."""
        head = self.tree.heads[first]
        is_shared = head == self.tree.heads[after] and head > after and self.is_part[head]
        return self.words[last][0].isdigit() and (head == after or is_shared)

    def _after_mark(self, mark: int) -> int | None:
        tree, after = self.tree, mark + 1
        glued = tree.ends[mark - 1] == tree.starts[mark] and tree.ends[mark] == tree.starts[after]
        if self.words[mark] == "&":
            return after if self.is_part[after] else None
        if not glued or self.words[mark] in "’'":
            return None
        is_ending = len(self.words[after]) <= 3 and self.tree.tags[after] == "PROPN"  # "Jong-un"
        return after if self.is_part[after] or self.words[after].isdigit() or is_ending else None

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
            return after if lower_case and between[0] in self.rules.links and between[0] not in AND else None
        if between[0] in self.rules.particles and between[0] not in self.rules.links:
            return after if self._is_particle(last + 1, after) else None
        if between[-1] in AND:
            joins = self._is_compound_of(last, after) or self._is_field(first, last, after) or self._is_of_two(after)
            return after if joins else None
        if any(word in AND for word in between):
            return None
        if self.lower[last] in self.rules.wholes and len(between) == 1 and self.lower[after] in self.rules.departments:
            return after  # "the Department of Justice's report", where it hangs on the report
        if not self._leads_to(after, first, last):
            return None
        if self.rules.wholes or self.rules.capital_nouns:
            return after if self.has_article(first, last) or self.lower[last] in self.rules.wholes else None
        return after

    def _is_particle(self, position: int, after: int) -> bool:
        """Whether a word such as "von" belongs to the name: in German it may also say where a person is from."""
        if not self.rules.capital_nouns:
            return True
        is_sure = self.tree.tags[position] == "PROPN" or self.tree.relations[after].startswith("flat")
        return is_sure or (after - position > 1 and not self.words[after].isupper())

    def _is_compound_of(self, last: int, after: int) -> bool:
        """Whether what "and" joins modifies one noun: "Securities and Exchange Commission"."""
        head = self.tree.heads[last]
        return head > after and self.tree.relations[last] in ("compound", "amod") and self.is_part[head]

    def _is_of_two(self, after: int) -> bool:
        """Whether what follows "and" ends in an institution, without its article: "Food and Drug Administration"."""
        last = after
        while last + 1 < len(self.tree) and self.is_part[last + 1]:
            last += 1
        return last > after and self.lower[last] in self.rules.institutions

    def _is_field(self, first: int, last: int, after: int) -> bool:
        """Whether "and" joins what an institution is for: "Department of Health and Human Services"."""
        start = self.lower[first : last + 1]
        link = next((at for at, word in enumerate(start) if word in self.rules.links - AND), 0)
        if not link or self.rules.institutions.isdisjoint(start[:link]):
            return False
        return self._leads_to(after, first, last)

    def _completes_common_noun(self, position: int, first: int, last: int) -> bool:
        """Whether a word in lower case completes a common noun in capitals: "Assemblée nationale", "Cour des comptes"."""
        tree = self.tree
        if self.lower[position] in self.rules.days:
            return False
        if tree.relations[position] not in ("amod", "nmod") or not self._hangs_inside(position, first, last):
            return False
        head = tree.heads[position]
        describes = tree.relations[position] == "amod"  # the tag may be that of a participle
        is_common = tree.tags[head] == "NOUN" or (tree.tags[position] == "ADJ" and tree.tags[head] == "PROPN")
        return is_common and (describes or tree.tags[position] == "NOUN") and tree.margins[position] >= 0

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

    def has_article(self, first: int, last: int) -> bool:
        """Whether an article belongs to the name or to its last word."""
        if first and (self.lower[first - 1] in self.rules.articles or self.tree.tags[first - 1] == "DET"):
            return True
        return any(
            self.tree.tags[position] == "DET" and first <= self.tree.heads[position] <= last for position in range(first)
        )

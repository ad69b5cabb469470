"""Tree of a sentence -> the names in it: "United Daughters of the Confederacy", "New Orleans", "MH17".

`full_names.FullNames` finds the long form of a short name: "Ada Marsh" for "Marsh".
"""

import re

from nutgraf.summarizer.findings.names.name_parts import BETWEEN_PARTS, INNER_CAPITALS, NEVER_NAMES, NameParts
from nutgraf.summarizer.findings.names.name_words import (
    MAX_ACRONYM_LETTERS,
    MAX_NAME_WORDS,
    Name,
    agencies,
    continues_institution,
    dateline_city_words,
    is_title,
    media,
    name_rules,
    picture_credits,
)
from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.languages.language import primary

# A word in capitals is a verb or adverb, and not an acronym, if the margin of its head is at least this.
MIN_SURE_VERB = 3.0
MAX_CREDIT_CHARACTERS = 20
_PARTY_AND_STATE = re.compile(r"[A-Z]-[A-Z][\w.]{0,15}")
_JOINED_BEFORE = re.compile(r"[a-zà-ÿ]+-[A-ZÀ-Þ]\w+")


def names(tree: Tree, tag: str) -> list[Name]:
    """Returns the names in a parsed sentence, left to right; they do not overlap. `tag` is the language of the sentence.

    A title before a person's name is not part of it: "Mayor Ada Marsh" has the name "Ada Marsh". Days and months are no
    names.
    """
    sentence = _Names(tree, name_rules(primary(tag)))
    found: list[Name] = []
    position = 0
    while position < len(tree):
        if not sentence.is_part[position]:
            position += 1
            continue
        last = sentence.end_of_name(position)
        last = sentence.before_person(position, last)
        first = sentence.without_titles(sentence.without_label(position, last), last)
        if first is None or sentence.is_cut(first):
            position = last + 1
            continue
        begin, end_at = sentence.without_repetition(first, last), sentence.without_opener(first, last)
        position, first, last = last + 1, begin, end_at
        if last - first < MAX_NAME_WORDS and sentence.stands_alone(first, last):
            start, end = tree.starts[sentence.with_article(sentence.with_particle(first))], tree.ends[last]
            if suffix := sentence.rules.suffix.search(tree.text[start:end]):
                end = start + suffix.start()
            found.append(Name(tree.text[start:end], start, end, sentence.has_article(first, last), first, last))
    return found


class _Names(NameParts):
    """The parts of names in a tree, with what does not belong to a name at its beginning or end."""

    def before_person(self, first: int, last: int) -> int:
        """The last word of a place that a person in office is named after: "le maire de New Skerry Ada Morel"."""
        tree = self.tree
        if not self.rules.lower_case_parts or last - first < 2 or not first or not all(self.is_part[first : last + 1]):
            return last
        if agencies().fullmatch(self.words[first]) or media().fullmatch(self.words[first]):  # "a dit à l'AFP Ada Morel"
            return first
        is_label = self.words[first].isupper() and 1 < len(self.words[first]) <= MAX_ACRONYM_LETTERS
        are_names = all(word[0].isupper() and not word.isupper() for word in self.words[first + 1 : last + 1])
        if is_label and are_names and self.lower[first - 1] in self.rules.links:  # "le journaliste de RTC Ada Morel"
            return first
        is_of_office = self.lower[tree.heads[first]] in self.rules.titles and tree.heads[first] < first
        if not is_of_office or self.lower[first - 1] not in self.rules.links:
            return last
        person = next((at for at in range(first + 1, last) if tree.relations[at] == "appos"), last - 1)
        return person - 1

    def without_titles(self, first: int, last: int) -> int | None:
        """The position after the titles before a person's name; None if nothing is left."""
        for position in range(last, first - 1, -1):
            if is_title(self.lower[position], self.rules):
                if position < last and continues_institution(self.lower[position + 1], self.rules):
                    continue
                if position == last:
                    return None if first == last else first
                if self.is_part[position + 1]:
                    goes_on = self.lower[position + 1] in self.rules.titles_after and position + 1 < last
                    return position + 1 + goes_on  # "Attorney General Ada Marsh"
                # "Secretary of State Ada Marsh", but "Secretary of State"
                after = next((at for at in range(position + 1, last) if self.is_part[at]), last)
                return after + 1 if after < last and self.is_part[after + 1] else first
        return first

    def without_label(self, first: int, last: int) -> int:
        """The position after an agency or party before a person's name, which is not part of it: "le maire PS Ada Morel"."""
        tree = self.tree
        start = tree.starts[first]
        if not first:
            first = dateline_city_words(self.lower[: last + 1], self.rules)
        if credit := picture_credits().search(
            tree.text, max(0, start - MAX_CREDIT_CHARACTERS), start + MAX_CREDIT_CHARACTERS
        ):
            while first < last and credit.start() < tree.ends[first] and tree.starts[first] < credit.end():
                first += 1
        is_label = self.words[first].isupper() and 1 < len(self.words[first]) <= MAX_ACRONYM_LETTERS
        if not (self.rules.lower_case_parts and is_label and last - first > 1 and first):
            return first
        is_person = not any(word.isupper() for word in self.words[first + 1 : last + 1])
        follows_noun = tree.tags[first - 1] in ("NOUN", "ADJ") and self.words[first - 1].islower()
        return first + 1 if is_person and follows_noun else first

    def without_repetition(self, first: int, last: int) -> int:
        """The position after a surname that is written again before the whole name: "Marsh Ada Marsh"."""
        is_twice = (
            last - first > 1 and self.lower[first] == self.lower[last] and BETWEEN_PARTS.isdisjoint(self.words[first:last])
        )
        return first + 1 if is_twice else first

    def without_opener(self, first: int, last: int) -> int:
        """The position before a word that opens the sentence after a dateline without its dash: "Skerry Some"."""
        is_dateline = last > first and not any(word[:1].isalnum() for word in self.words[:first])
        opens = self.lower[last] in self.rules.stop_words | self.rules.articles or self.tree.tags[last] in (
            "DET",
            "NUM",
            "PRON",
        )
        goes_on = last + 1 < len(self.tree) and not self.words[last + 1][0].isupper() and not self.words[last][0].isdigit()
        return last - 1 if is_dateline and opens and goes_on else last

    def with_article(self, first: int) -> int:
        """The position of an article in capitals before a name, as in "dit Le Figaro", or else `first`."""
        before = first - 1
        is_article = before > 0 and self.rules.lower_case_parts and self.lower[before] in self.rules.articles
        return (
            before
            if is_article and self.words[before][0].isupper() and not self.opens[before] and not self.shouts
            else first
        )

    def with_particle(self, first: int) -> int:
        """The position of an Arabic article before a name, as in "al Skerri", or else `first`."""
        return first - 1 if first > 0 and self.words[first - 1] in ("al", "el") and self.rules.wholes else first

    def is_cut(self, first: int) -> bool:
        """Whether a hyphen joins what is before a name to its first part: "post-White House"."""
        return first > 0 and bool(_JOINED_BEFORE.fullmatch(self.words[first - 1])) and not self.is_part[first - 1]

    def stands_alone(self, first: int, last: int) -> bool:
        """Whether words are a name by themselves: not a lone adjective ("American"), a mark or a letter."""
        text = self.tree.text[self.tree.starts[first] : self.tree.ends[last]]
        if first and self.words[first - 1] in (",", "(") and _PARTY_AND_STATE.fullmatch(text):  # "Ada Marsh, D-Calif."
            return False
        if first < last:  # "North Korean" is not a name where adjectives go before their noun
            if all(word.isupper() for word in self.words[first : last + 1]) and not NEVER_NAMES.isdisjoint(
                self.tree.tags[first : last + 1]
            ):
                return False  # "Je ne VAIS PAS"
            are_adjectives = self.tree.tags[last] == "ADJ" and self.tree.heads[last] > last and self.rules.wholes
            return not are_adjectives
        word, tag = self.words[first], self.tree.tags[first]
        if len(word) < 2:
            return False
        if word.isupper() or INNER_CAPITALS.fullmatch(word):  # "We have to STOP them" has no name
            return tag not in ("VERB", "AUX", "ADV") or self.tree.margins[first] < MIN_SURE_VERB
        if self.lower[first].rpartition("-")[2] in self.rules.stop_words:  # "Ceux-là"
            return False
        return tag in ("PROPN", "NOUN", "X") and self.lower[first] not in self.rules.never_alone

"""Where words, and runs of words, are mentioned in the sentences of a request."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from nutgraf.summarizer.grammar import supported
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.terms import Numbers, Terms
from nutgraf.summarizer.reading.words import SentenceWords, vocabulary

# This many mentions are enough to see how a phrase is written.
MAX_FORMS = 200

_SIMPLE = re.compile(r"[^\W_]+(?: [^\W_]+)*")

_WITH_DIGITS = re.compile(r"[^\W\d_]{1,12}-?\d{1,4}")

# The numbers of the words of a name or phrase, one after the other.
Key = tuple[int, ...]


class Mentions:
    """An index of the words of a request: of each word, where it is."""

    def __init__(self, sentences: Sequence[Sentence], words: Sequence[SentenceWords], terms: Terms) -> None:
        self.terms = terms
        self._sentences, self._words = sentences, words
        self._first = np.searchsorted(terms.sentence, np.arange(terms.sentences))
        self.words = list(terms.numbers)
        self._order = np.argsort(terms.ids, kind="stable")
        self._bounds = np.searchsorted(terms.ids[self._order], np.arange(len(terms.numbers) + 1)).tolist()
        self._starts: dict[Key, Numbers] = {}
        self._with_digits: dict[int, str] = {}
        self._forms: dict[Key, Counter[str]] = {}

    def numbers(self, text: str, tag: str) -> Key:
        """Returns the numbers of the words of a text; -1 for a word that no sentence has."""
        language_words, numbers = vocabulary(tag), self.terms.numbers
        simple = supported(tag) and _SIMPLE.fullmatch(text)  # the tokenizer takes most of the time of a short text
        lowered = [token.lower() for token in (text.split() if simple else language_words.tokens(text))]
        return tuple(
            [numbers.get(word if word in language_words.stop_words else language_words.stem(word), -1) for word in lowered]
        )

    def key(self, text: str, tag: str) -> Key:
        """Returns the numbers of the words of a text; empty if there is a word that no sentence has."""
        found = self.numbers(text, tag)
        return () if -1 in found else found

    def key_with_digits(self, name: str) -> Key:
        """Returns a key for a name that the word patterns leave out, as "M-23"; empty for any other text.

        Sentences that have it between blanks or marks mention it.
        """
        if not _WITH_DIGITS.fullmatch(name):
            return ()
        number = next((known for known, text in self._with_digits.items() if text == name), len(self.words))
        if number == len(self.words):
            self.words.append(name.lower())
            self._with_digits[number] = name
        return (number,)

    def has_key(self, text: str, numbers: str, key: Key) -> bool:
        """Returns whether a text with these numbers, each between spaces, has the words of a key."""
        if name := self._with_digits.get(key[0]):
            return _is_in(name, text)
        return f" {' '.join(map(str, key))} " in numbers

    def starts(self, key: Key) -> Numbers:
        """Returns the positions among all words where these words begin, one after the other in one sentence."""
        if not self._with_digits.keys().isdisjoint(key):
            return np.empty(0, np.int64)
        starts = self._starts.get(key)
        if starts is None:
            starts = self._starts[key] = self._find(key)
        return starts

    def _find(self, key: Key) -> Numbers:
        ids, sentence = self.terms.ids, self.terms.sentence
        rarest = min(range(len(key)), key=lambda at: self._bounds[key[at] + 1] - self._bounds[key[at]])
        low, high = self._bounds[key[rarest]], self._bounds[key[rarest] + 1]
        starts: Numbers = self._order[low:high] - rarest
        if len(key) == 1:
            return starts
        starts = starts[(starts >= 0) & (starts + len(key) <= len(ids))]
        for at, number in enumerate(key):
            if at != rarest:
                starts = starts[ids[starts + at] == number]
        in_one: Numbers = starts[sentence[starts] == sentence[starts + len(key) - 1]]
        return in_one

    def sentences(self, key: Key) -> set[int]:
        """Returns the positions of the sentences that have these words one after the other."""
        if name := self._with_digits.get(key[0]):
            return {position for position, sentence in enumerate(self._sentences) if _is_in(name, sentence.text)}
        return set(self.terms.sentence[self.starts(key)].tolist())

    def forms(self, key: Key) -> Counter[str]:
        """Returns how often each form of these words is written inside sentences; 0 for one that only opens sentences.

        A key without words has no forms. Words between which anything but one space is written are not counted.
        """
        if key not in self._forms:
            self._forms[key] = self._count_forms(key)
        return self._forms[key]

    def _count_forms(self, key: Key) -> Counter[str]:
        found: Counter[str] = Counter()
        if not key:
            return found
        if name := self._with_digits.get(key[0]):
            return Counter({name: len(self.sentences(key))})
        starts = self.starts(key)[:MAX_FORMS]
        for start, sentence in zip(starts.tolist(), self.terms.sentence[starts].tolist(), strict=True):
            first = start - int(self._first[sentence])
            form = " ".join(self._words[sentence].tokens[first : first + len(key)])
            if len(key) == 1 or form in self._sentences[sentence].text:
                found[form] += int(first > 0)
        return found

    def always_capital(self, key: Key) -> bool:
        """Returns whether these words have a capital, at least an inner one ("al-Marsh"), wherever they are mentioned."""
        return not any(form.islower() for form in self.forms(key))

    def always_completes(self, key: Key) -> bool:
        """Returns whether a word and a link are before all of several mentions of these words: "tide of modern times"."""
        starts, ids, content = self.starts(key), self.terms.ids, self.terms.content
        if len(starts) < 2 or starts[0] < 2:
            return False
        link, word = starts - 1, starts - 2
        is_inside = self.terms.sentence[word] == self.terms.sentence[starts]
        is_same = (ids[link] == ids[link[0]]) & (ids[word] == ids[word[0]])
        return bool((is_inside & is_same).all()) and not content[link[0]] and bool(content[word[0]])

    def mostly_completes(self, key: Key, links: frozenset[str]) -> bool:
        """Returns whether a word in capitals and a link are before most of several mentions: "Alder" in "Bank of Alder"."""
        sentence, content = self.terms.sentence, self.terms.content
        starts = self.starts(key)
        after_link = starts[starts >= 2][:MAX_FORMS]
        after_link = after_link[
            (sentence[after_link - 2] == sentence[after_link]) & ~content[after_link - 1] & content[after_link - 2]
        ]
        if len(starts) < 2 or 2 * len(after_link) <= len(starts):
            return False
        found = Counter(self._token(start - 2) for start in after_link.tolist() if self._token(start - 1).lower() in links)
        return 2 * sum(times for token, times in found.items() if token[:1].isupper()) > len(starts)

    def sentences_as_speaker(self, key: Key, saying: frozenset[str], before: int, after: int) -> set[int]:
        """Returns the positions of the sentences where these words may be the subject of a verb of saying.

        The verb is one of the next words, as many as `after`, or of as many words as `before` that stand before them,
        without a stop word between: "said Mayor Ada Marsh", but not "said at Ada Marsh's".
        """
        found = set()
        for start in self.starts(key)[:MAX_FORMS].tolist():
            sentence = int(self.terms.sentence[start])
            at = start - int(self._first[sentence])
            tokens, content = self._words[sentence].tokens, self.terms.content
            verb = next((word for word in range(at - 1, max(-1, at - 1 - before), -1) if tokens[word].lower() in saying), at)
            is_subject = verb < at and bool(content[start - (at - verb) + 1 : start].all())
            end = at + len(key)
            if is_subject or any(token.lower() in saying for token in tokens[end : end + after]):
                found.add(sentence)
        return found

    def times_after(self, key: Key, before_nouns: frozenset[str]) -> int:
        """Returns how many mentions of these words have one of `before_nouns` before them, and no content word after them.

        A content word right after them may be the noun: "the odd bridge".
        """
        starts = self.starts(key)[:MAX_FORMS].tolist()
        sentence, content = self.terms.sentence, self.terms.content
        found = 0
        for start in starts:
            after = start + len(key)
            is_first = not start or sentence[start - 1] != sentence[start]
            ends = after == len(content) or sentence[after] != sentence[start] or not content[after]
            found += not is_first and bool(ends) and self._token(start - 1).lower() in before_nouns
        return found

    def texts(self, positions: Iterable[int]) -> list[str]:
        """Returns the sentences at these positions in order, as many as show how a phrase is written."""
        return [self._sentences[position].text for position in sorted(positions)[:MAX_FORMS]]

    def _token(self, position: int) -> str:
        sentence = int(self.terms.sentence[position])
        return self._words[sentence].tokens[position - int(self._first[sentence])]

    def is_mostly_lower(self, key: Key) -> bool:
        """Returns whether most mentions of these words end in a word in lower case."""
        forms = self.forms(key)
        return 2 * sum(times for form, times in forms.items() if form.rpartition(" ")[2].islower()) > forms.total()

    def always_beside(self, key: Key, distance: int, least: int) -> str:
        """Returns the content word that all mentions of these words, at least `least`, have at a distance from their start.

        -1 is the word before, `len(key)` the word after. It is returned as it is first written; "" if there is none, or if
        something else than a space is between.
        """
        at = self._same_beside(key, distance, least)
        if at is None:
            return ""
        start = at - distance
        words = [self._token(start + step) for step in range(min(distance, 0), max(len(key), distance + 1))]
        return self._token(at) if " ".join(words) in self._sentences[int(self.terms.sentence[at])].text else ""

    def is_inside_name(self, key: Key) -> bool:
        """Returns whether another word of a name is before the first mention: "Day parade" in "St. Ada's Day parade"."""
        start = int(self.starts(key)[0])
        if not start or self.terms.sentence[start - 1] != self.terms.sentence[start]:
            return False
        before = self._token(start - 1)
        is_opener = start == int(self._first[self.terms.sentence[start]]) + 1
        return before[:1] in "'’" or (before[:1].isupper() and bool(self.terms.content[start - 1]) and not is_opener)

    def always_before(self, key: Key) -> bool:
        """Returns whether one content word follows all mentions of these words, if there are several."""
        return self._same_beside(key, len(key), 2) is not None

    def _same_beside(self, key: Key, distance: int, least: int) -> int | None:
        """The first position of the content word that all mentions, `least` or more, have at a distance from their start."""
        starts = self.starts(key)
        at = starts + distance
        if len(starts) < least or int(at.min()) < 0 or int(at.max()) >= len(self.terms.ids):
            return None
        same = (self.terms.ids[at] == self.terms.ids[at[0]]) & (self.terms.sentence[at] == self.terms.sentence[starts])
        return int(at[0]) if same.all() and self.terms.content[at[0]] else None


def _is_in(name: str, text: str) -> bool:
    return name in text and bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text))

"""Finds the children of each word of a tree, and the quotations, brackets, insertions and unspaced runs that contain it."""

from collections.abc import Collection, Iterator, Sequence

from nutgraf.summarizer.grammar import Tree

_OPENS = {"“": "”", "«": "»", "„": "“”", "‘": "’", "»": "«"}
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_DASHES = frozenset({"–", "—", "--", "-", "―", "_"})
_BREAKS = frozenset(",;:") | _DASHES
# Signs that are read as words.
_SIGNS = frozenset("&%$€£¥+=§#@°")
_APOSTROPHES = ("'", "’")


class Spans:
    """The text and the children of each word of a tree, and the spans that contain the word."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.texts: Sequence[str] = tree.words
        # "US" and "IT" are no pronouns, but "C'" is one.
        self.lower: Sequence[str] = [
            word if word.isupper() and word.isalpha() and 1 < len(word) < 4 else word.lower() for word in self.texts
        ]
        self.children: list[list[int]] = [[] for _ in self.texts]
        for position, head in enumerate(tree.heads):
            if head >= 0:
                self.children[head].append(position)
        self._marks = [
            not text.isalnum() and not any(map(str.isalnum, text)) and not _SIGNS.intersection(text) for text in self.texts
        ]
        self._chunks = self._numbered_chunks()
        self._quotations = self._pairs(_OPENS, straight='"')
        self._brackets = self._pairs(_BRACKETS)
        self._asides = self._between_dashes()

    def quotation(self, position: int) -> int:
        """The number of the quotation that a word is in, its marks included; 0 outside all."""
        return self._quotations[position]

    def bracket(self, position: int) -> int:
        """The number of the bracket that a word is in; 0 outside all."""
        return self._brackets[position]

    def aside(self, position: int) -> int:
        """The number of the insertion between two dashes that a word is in; 0 outside all."""
        return self._asides[position]

    def glued(self, one: int, other: int) -> bool:
        """Whether two words stand in one run without white space: "U.S.-led", "$5"."""
        return self._chunks[one] == self._chunks[other]

    def chunk(self, position: int) -> int:
        """The number of the run without white space or outer marks that a word belongs to."""
        return self._chunks[position]

    def size(self, position: int) -> int:
        """The characters of a word with the space before it; 0 for a punctuation mark."""
        if self.is_mark(position):
            return 0
        spaced = position == 0 or self.tree.starts[position] > self.tree.ends[position - 1]
        return self.tree.ends[position] - self.tree.starts[position] + spaced

    def is_mark(self, position: int) -> bool:
        """Whether a word is a punctuation mark."""
        return self._marks[position]

    def mark_between(self, one: int, other: int) -> bool:
        """Whether a comma, colon or dash is between two words."""
        low, high = sorted((one, other))
        return any(text in _BREAKS for text in self.texts[low + 1 : high])

    def comma_between(self, one: int, other: int) -> bool:
        """Whether a comma separates the second of two words from the first, right before the words that lead to it."""
        first = min((word for word in self.below(other) if word > one and not self.is_mark(word)), default=other)
        return first > 0 and self.texts[first - 1] == ","

    def mark_before(self, position: int) -> bool:
        """Whether a comma, colon or dash is right before the constituent that a word heads."""
        first = self._first(position)
        return first > 0 and self.texts[first - 1] in _BREAKS

    def opens_with(self, position: int, words: Collection[str]) -> bool:
        """Whether the constituent that a word heads begins with one of some lower-case words, marks apart."""
        return self.lower[self._first(position)] in words

    def _first(self, position: int) -> int:
        """The first word of the constituent that a word heads, marks apart."""
        return min(word for word in self.below(position) if not self.is_mark(word) or word == position)

    def follows(self, position: int, words: Collection[str]) -> bool:
        """Whether one of some lower-case words is right before a word: "even if"."""
        return position > 0 and self.lower[position - 1] in words

    def elided_before(self, position: int) -> bool:
        """Whether the word before ends in an apostrophe ("l'"), so that it is part of the phrase of this word."""
        return position > 0 and self.texts[position - 1].endswith(_APOSTROPHES) and len(self.texts[position - 1]) > 1

    def below(self, position: int) -> Iterator[int]:
        """The word and all words that depend on it, directly or not, in no order."""
        stack = [position]
        while stack:
            here = stack.pop()
            yield here
            stack += self.children[here]

    def within(self, position: int) -> set[str]:
        """The lower-case words of a constituent."""
        return {self.lower[word] for word in self.below(position)}

    def _pairs(self, opens: dict[str, str], straight: str = "") -> list[int]:
        numbers, count, closing, began = [0] * len(self.texts), 0, "", -1
        for position, text in enumerate(self.texts):
            if closing:
                if text in closing:
                    count += 1
                    numbers[began : position + 1] = [count] * (position + 1 - began)
                    closing = ""
            elif text in opens:
                closing, began = opens[text], position
            elif straight and text in (straight, "''", "``"):
                closing, began = straight + "''", position
        if closing:  # it has no end mark, so it extends to the end of the sentence
            numbers[began:] = [count + 1] * (len(self.texts) - began)
        return numbers

    def _between_dashes(self) -> list[int]:
        numbers = [0] * len(self.texts)
        dashes = [
            position
            for position in range(1, len(self.texts) - 1)
            if self.texts[position] in _DASHES and self._set_off(position)
        ]
        if len(dashes) == 2:
            numbers[dashes[0] : dashes[1] + 1] = [1] * (dashes[1] + 1 - dashes[0])
        elif len(dashes) == 1:
            numbers[dashes[0] :] = [1] * (len(numbers) - dashes[0])
        return numbers

    def _set_off(self, position: int) -> bool:
        """Whether a dash has white space around it, or is a long one."""
        tree = self.tree
        spaced = tree.starts[position] > tree.ends[position - 1] and tree.ends[position] < tree.starts[position + 1]
        return spaced or self.texts[position] in ("—", "--")

    def _numbered_chunks(self) -> list[int]:
        tree, numbers, number = self.tree, [], 0
        for position, text in enumerate(self.texts):
            apart = (
                position == 0
                or tree.starts[position] > tree.ends[position - 1]
                or _outer(text)
                or _outer(self.texts[position - 1])
            )
            number += apart
            numbers.append(number)
        return numbers


def _outer(text: str) -> bool:
    """Whether a mark is outside words: not a hyphen, slash or apostrophe inside one."""
    return (
        text in _OPENS
        or text in _BRACKETS
        or text in ('"', "''", "``", "”", "’", "»", ")", "]", "}", ",", ";", ":", ".", "!", "?", "…", "...", "—", "--")
    )

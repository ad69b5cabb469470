"""The dependency tree of a sentence, as the parser returns it."""

from dataclasses import dataclass
from functools import cached_property

ROOT = -1


@dataclass(frozen=True)
class Tree:
    """A sentence's words with parts of speech, heads and relations, as Universal Dependencies define them.

    All tuples have an item for each word. Exactly one word has the head `ROOT`; following heads from any word ends there.
    Code points of `text` outside all words are white space.
    """

    text: str
    starts: tuple[int, ...]  # code point offsets in `text`
    ends: tuple[int, ...]
    tags: tuple[str, ...]  # universal part of speech: NOUN, VERB, PROPN, AUX, ...
    verb_forms: tuple[str, ...]  # VerbForm of verbs and auxiliaries: Fin, Inf, Part, Ger, ...; elsewhere ""
    heads: tuple[int, ...]  # position of the head; ROOT for the root
    relations: tuple[str, ...]  # with the subtypes of the treebank: nsubj:pass, acl:relcl, ...
    # Score of the chosen head minus the score of the best other head, in logits (multiples of 1/1024). It is negative if
    # another head had a higher score but would not have given a tree.
    margins: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.heads)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words with their spelling in the text."""
        return tuple(self.text[start:end] for start, end in zip(self.starts, self.ends, strict=True))

    @cached_property
    def root(self) -> int:
        """Position of the root."""
        return self.heads.index(ROOT)

    def children(self, position: int) -> tuple[int, ...]:
        """Returns the positions of the words that depend on a word, left to right; for `ROOT`, the position of the root."""
        return self._children[position] if position != ROOT else (self.root,)

    @cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        children: list[list[int]] = [[] for _ in self.heads]
        for child, head in enumerate(self.heads):
            if head != ROOT:
                children[head].append(child)
        return tuple(map(tuple, children))

    def subtree(self, position: int) -> tuple[int, ...]:
        """Returns the positions of a word and of all that depends on it, directly or not, left to right."""
        inside = {position}
        below = [position]
        while below:
            below = [child for child, head in enumerate(self.heads) if head in below and child not in inside]
            inside.update(below)
        return tuple(sorted(inside))

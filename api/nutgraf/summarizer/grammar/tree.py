"""What the parser says of a sentence."""

from dataclasses import dataclass, field

ROOT = -1


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence's words with parts of speech, heads and relations, as Universal Dependencies define them.

    All tuples have an item for each word. Exactly one word has the head `ROOT`; following heads from any word ends there.
    Code points of `text` outside all words are white space.
    """

    text: str
    starts: tuple[int, ...]  # code point offsets in `text`
    ends: tuple[int, ...]
    tags: tuple[str, ...]  # universal part of speech: NOUN, VERB, PROPN, AUX, ...
    forms: tuple[str, ...]  # VerbForm of verbs and auxiliaries: Fin, Inf, Part, Ger, ...; elsewhere ""
    heads: tuple[int, ...]  # position of the head; ROOT for the root
    relations: tuple[str, ...]  # with the subtypes of the treebank: nsubj:pass, acl:relcl, ...
    margins: tuple[
        float, ...
    ]  # a head's score minus that of the best other head: integers; below 0 where the tree forced it
    words: tuple[str, ...] = field(init=False, repr=False, compare=False)  # as the text has them

    def __post_init__(self) -> None:
        spans = zip(self.starts, self.ends, strict=True)
        object.__setattr__(self, "words", tuple(self.text[start:end] for start, end in spans))

    def __len__(self) -> int:
        return len(self.heads)

    @property
    def root(self) -> int:
        """Position of the root."""
        return self.heads.index(ROOT)

    def children(self, position: int) -> tuple[int, ...]:
        """Positions of the words that hang on the word at `position`, left to right."""
        return tuple(child for child, head in enumerate(self.heads) if head == position)

    def subtree(self, position: int) -> tuple[int, ...]:
        """Positions of a word and of all that hangs on it, directly or not, left to right."""
        inside = {position}
        below = [position]
        while below:
            below = [child for child, head in enumerate(self.heads) if head in below and child not in inside]
            inside.update(below)
        return tuple(sorted(inside))

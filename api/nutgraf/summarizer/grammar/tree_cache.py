"""The trees of the sentences of a request, each parsed once and only if a step needs it."""

import re
from collections.abc import Iterable, Mapping, Sequence

from nutgraf.summarizer.models import Sentence

from .parser import parse, supported, words
from .tree import Tree

_WHITE_SPACE = re.compile(r"[\s\x00-\x1f]")


class TreeCache:
    """The trees of a request's sentences, by position.

    In the text of a tree, each white space and control character is one space, so that offsets are the same in the tree and
    in the sentence. A sentence has no tree if its language has no parser, or if it is too long to be parsed.
    """

    def __init__(
        self, sentences: Sequence[Sentence], languages: Sequence[str], known: Mapping[int, Tree] | None = None
    ) -> None:
        """`languages` has the language of each article of the request, `known` the trees of sentences parsed before."""
        self._sentences = sentences
        self._languages = languages
        self._trees: dict[int, Tree] = dict(known or {})
        self._expected: frozenset[int] = frozenset()
        self._tree_of_text: dict[tuple[str, str], Tree | None] = {}

    def expect(self, positions: Iterable[int], texts: Iterable[tuple[str, str]] = ()) -> None:
        """Records sentences that a later step will need: the next call of `of` that parses any parses them, too.

        It also parses `texts`, pairs of a text that is not a sentence of the request, such as a title, and its language.
        """
        self._expected |= frozenset(positions)
        self._tree_of_text |= dict.fromkeys(texts)

    def of(self, positions: Iterable[int]) -> dict[int, Tree]:
        """Returns the trees of sentences, without those that have none. Parses those not parsed yet, and all expected ones.

        One call with many positions is several times faster than many calls with one.
        """
        wanted = sorted(set(positions))
        new: dict[str, list[int]] = {}
        missing = set(wanted) - self._trees.keys()
        for position in sorted(missing | self._expected if missing else ()):
            if position not in self._trees and supported(language := self._language(position)):
                new.setdefault(language, []).append(position)
        for language, batch in new.items():
            texts = [text for (text, tag), tree in self._tree_of_text.items() if tag == language and not tree]
            trees = parse([*map(self._text, batch), *texts], language)
            self._trees |= zip(batch, trees[: len(batch)], strict=True)
            self._tree_of_text |= {(text, language): tree for text, tree in zip(texts, trees[len(batch) :], strict=True)}
        return {position: tree for position in wanted if (tree := self._trees.get(position))}

    def of_text(self, text: str, language: str) -> Tree | None:
        """Returns the tree of a text that is not a sentence of the request, such as a title.

        None if its language has no parser; an empty tree if it has no words or is too long.
        """
        known = (text, language)
        if self._tree_of_text.get(known) is None and supported(language):
            self._tree_of_text[known] = parse([text], language)[0]
        return self._tree_of_text.get(known)

    def words(self, position: int) -> Sequence[str]:
        """Returns the words that the tree of a sentence has, without parsing it; none if it has no tree."""
        language = self._language(position)
        return words(self._text(position), language) if supported(language) else ()

    def _text(self, position: int) -> str:
        return _WHITE_SPACE.sub(" ", self._sentences[position].text)

    def _language(self, position: int) -> str:
        return self._languages[self._sentences[position].article]

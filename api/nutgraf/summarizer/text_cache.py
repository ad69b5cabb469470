"""Caches results for words across requests, within a fixed number of bytes for the whole process.

A limit on the number of entries would not bound memory, because a text can be a single word of a megabyte. A lookup takes as
long as in a dict.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

K = TypeVar("K", bound=str | tuple[str, object])
V = TypeVar("V")

# For all caches of a process together: the vocabulary of a day in a few languages.
MAX_BYTES = 48 * 1024 * 1024
# Results for longer words are not kept. Nearly all words of news are shorter.
LONGEST_WORD = 64
# The bytes of an entry in addition to its word and a result of the same size.
ENTRY_BYTES = 300


class TextCache(dict[K, V], Generic[K, V]):
    """The results of a function by its argument: a word, or a word and something else. The function never returns None.

    `cache[word]` returns a result. When all caches are full, they drop the results that were not read since they were last
    full.
    """

    def __init__(self, function: Callable[[K], V]) -> None:
        super().__init__()
        self._function = function
        self._older: dict[K, V] = {}
        _budget.caches[id(self)] = self

    def __missing__(self, key: K) -> V:
        kept = self._older.pop(key, None)
        value = self._function(key) if kept is None else kept
        word: str = key if isinstance(key, str) else key[0]
        if len(word) <= LONGEST_WORD:
            _budget.spend(ENTRY_BYTES + 2 * sys.getsizeof(word))
            self[key] = value
        return value

    def fill(self, keys: Iterable[K], function: Callable[[Sequence[K]], Iterable[V]]) -> None:
        """Computes, in one call of `function`, the results of those keys that have none yet. Read them right after it."""
        new = [key for key in dict.fromkeys(keys) if key not in self and key not in self._older]
        if new:
            self._older.update(zip(new, function(new), strict=True))  # reading them marks them as recent

    def age(self) -> None:
        """Removes the results that were not read since the last call of `age`."""
        self._older = dict(self)
        self.clear()


class _Budget:
    """The bytes of all caches: half for recently read results, and half for older ones."""

    def __init__(self) -> None:
        self.caches: WeakValueDictionary[int, TextCache[Any, Any]] = WeakValueDictionary()
        self._left = MAX_BYTES // 2

    def spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            self._left = MAX_BYTES // 2
            for cache in list(self.caches.values()):
                cache.age()


_budget = _Budget()

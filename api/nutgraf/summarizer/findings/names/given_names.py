"""Finds the full name for a surname in titles, captions, bylines and other stories of a request.

`FullNames` reads the sentences. Often only a caption or a title has the whole name, or two people have the surname and
one of them is meant by far more often.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from itertools import islice

from nutgraf.summarizer.findings.names.full_names import normalize_name
from nutgraf.summarizer.findings.names.name_words import is_title, name_rules
from nutgraf.summarizer.languages.language import language, primary
from nutgraf.summarizer.reading.cluster import Cluster

# If two people share a surname, it means the one who is named this many times as often.
TIMES_MORE = 3
# Characters of each article that are read, and mentions of a surname.
MAX_CHARACTERS = 50_000
MAX_MENTIONS = 500
# Characters before a surname that hold the rest of a name.
MAX_NAME = 40
_WORD = re.compile(r"[^\W\d_]+")
_GIVEN = re.compile(r"[^\W\d_a-z][^\W\d_]*[a-zß-öø-ÿ](?:-[^\W\d_]+)?")
_INITIAL = re.compile(r"[^\W\d_a-z]\.")


class GivenNames:
    """Completes the surnames that `full_name`, the long form of a name in an article, leaves short."""

    def __init__(self, cluster: Cluster, full_name: Callable[[str, int], str]) -> None:
        self._full_name = full_name
        self._texts = [
            "" if position in cluster.withheld else f"{each.article.title or ''}\n{each.article.text[:MAX_CHARACTERS]}"
            for position, each in enumerate(cluster.articles)
        ]
        self._languages = cluster.languages
        self._found: dict[tuple[str, int], str] = {}

    @cached_property
    def _all(self) -> str:
        return "\n".join(self._texts)

    @cached_property
    def _lower_case(self) -> frozenset[str]:
        """The words that the request has in lower case."""
        return frozenset(word for word in _WORD.findall(self._all) if word[0].islower())

    def full(self, name: str, article: int) -> str:
        """Returns the full name for a name in an article; the name itself if there is none, or several."""
        if (name, article) not in self._found:
            long = self._full_name(name, article)
            is_surname = " " not in long and long[:1].isupper() and not long.isupper()
            self._found[name, article] = (self._most_used_full_name(long, article) or long) if is_surname else long
        return self._found[name, article]

    def _most_used_full_name(self, surname: str, article: int) -> str | None:
        """The full name that is used most in the article, or else in the request, if no other comes near it."""
        pattern = re.compile(rf"(?<= )(?:al-|el-)?{re.escape(surname)}(?![\w-])")
        for text in (self._texts[article], self._all):
            counts: Counter[str] = Counter()
            forms: dict[str, Counter[str]] = {}
            for match in islice(pattern.finditer(text), MAX_MENTIONS):
                name = self._name(text, match.start(), article)
                if name:
                    counts[normalize_name(name[0])] += 1
                    forms.setdefault(normalize_name(name[0]), Counter())[" ".join((*name, match[0]))] += 1
            ranked = counts.most_common(2)
            if ranked and (len(ranked) == 1 or ranked[0][1] >= TIMES_MORE * ranked[1][1]):
                return min(forms[ranked[0][0]].items(), key=lambda form: (-form[1], form[0]))[0]
        return None

    def _name(self, text: str, end: int, article: int) -> list[str]:
        """The words of a name before a surname: given names, initials and particles; none without a given name."""
        particles = language(primary(self._languages[article])).words("names", "particles")
        words: list[str] = []
        before = text[max(0, end - MAX_NAME) : end].rpartition("\n")[2]
        while before.endswith(" "):
            rest, _, word = before[:-1].rpartition(" ")
            if not (word in particles or _INITIAL.fullmatch(word) or self._is_given(word, article)):
                break
            words.insert(0, word)
            before = f"{rest} " if rest else ""
        while words and (words[0] in particles or _INITIAL.fullmatch(words[0])):
            words.pop(0)
        return words

    def _is_given(self, word: str, article: int) -> bool:
        """Whether a word before a surname is a given name.

        It is none if it is a title, a small word, a verb, or if it also occurs in lower case: "While Marsh", "Added Marsh".
        """
        lower, rules = word.lower(), name_rules(primary(self._languages[article]))
        if not _GIVEN.fullmatch(word) or is_title(lower, rules):
            return False
        is_other = lower in rules.not_given_names | rules.stop_words | rules.rarely_nouns | rules.speech_verbs
        return not is_other and lower not in self._lower_case

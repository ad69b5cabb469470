"""Sentences -> what each needs in order to be understood without its article.

A summary quotes sentences without their context. "Stojka returned to Vienna" is unclear without the sentence that gives her
full name, "the team agreed" without the one that names the team, and a quotation without its speaker. Such a sentence is
selected together with the one that it needs, or not at all. Questions, parts of lists, and sentences that promise news
instead of telling it are not selected. The rules use the words of the language files; in languages without such words every
sentence counts as readable. A sentence is examined only when selection asks for it: this takes ten microseconds, and a
millisecond if the sentence must be parsed.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from nutgraf.summarizer.findings.background import background
from nutgraf.summarizer.grammar import SentenceTrees
from nutgraf.summarizer.languages.language import Language, language
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.ranking.pronouns import has_dangling_pronoun
from nutgraf.summarizer.reading.discourse import Form
from nutgraf.summarizer.reading.quotations import quotations
from nutgraf.summarizer.reading.words import SentenceWords, vocabulary

# At most this many sentences are selected together.
MAX_CHAIN = 3
# The full name for a surname is searched in this many first sentences of an article.
INTRODUCED_WITHIN = 60
# The noun that "the team" refers to is searched in this many sentences before.
MENTIONED_WITHIN = 4
# If none of them has the noun, it is another word for something they tell ("the blaze" for "the fire"). Then it is enough
# that one of this many sentences before is selected.
CALLED_OTHERWISE_WITHIN = 3
# In this many first sentences of an article, the opening noun needs no introduction: "The bridge closes".
LEDES = 3
# At most this many sentences of a request are parsed because of a pronoun.
MAX_PARSED = 2
# A sentence with fewer words does not count as a statement.
MIN_WORDS = 3
# Names and nouns are examined in at most this many sentences of a request, and this many names in each.
MAX_EXAMINED = 300
MAX_NAMES = 5
# Longer sentences are lists: their names and nouns are not examined.
MAX_CHARACTERS = 1_500
_WORD = re.compile(r"[^\W\d_](?:[\w'’‑-]*\w)?\.?")
_POSSESSIVE = re.compile(r"['’]s?$")


class Need(NamedTuple):
    """A word that an earlier sentence must contain: a name as written, or the stem of a noun.

    `introduced` is the position of the sentence that introduces the word. It is -1 if there is none; then the sentence with
    the need is not usable. `renames` says that no sentence shortly before has the noun, so that it is another word for
    something that they tell.
    """

    word: str
    is_name: bool
    introduced: int
    renames: bool = False


class _Rules(NamedTuple):
    """What a language file says about references, teasers and speakers."""

    noun: re.Pattern[str] | None
    opening: re.Pattern[str] | None
    unique_nouns: frozenset[str]
    modifiers: frozenset[str]
    unnamed_speakers: re.Pattern[str] | None
    teasers: re.Pattern[str] | None
    background: re.Pattern[str] | None
    own: re.Pattern[str] | None
    persons: frozenset[str]
    times: frozenset[str]
    days: frozenset[str]
    openers: frozenset[str]
    honorifics: frozenset[str]
    no_surnames: frozenset[str]
    capital_nouns: bool


class Readability:
    """What the sentences of a request need, by position. Each answer is computed at the first call and then kept."""

    def __init__(
        self,
        sentences: Sequence[Sentence],
        words: Sequence[SentenceWords],
        forms: Sequence[Form],
        languages: Sequence[str],
        trees: SentenceTrees,
    ) -> None:
        """`words`, `forms` and `trees` are by sentence; `languages` has the language of each article."""
        self._trees = trees
        self._parsed = 0
        self._examined = 0
        self._early = [position for position, sentence in enumerate(sentences) if sentence.index < INTRODUCED_WITHIN]
        self._sentences = sentences
        self._words = words
        self._forms = forms
        self._languages = languages
        self._usable: dict[int, bool] = {}
        self._follows: dict[int, bool] = {}
        self._needs: dict[int, list[Need]] = {}

    def usable(self, position: int) -> bool:
        """Whether a sentence may be selected: not a question, a teaser, or a part of another sentence or of a list."""
        known = self._usable.get(position)
        if known is None:
            known = self._usable[position] = self._is_usable(position)
        return known

    def follows(self, position: int) -> bool:
        """Whether a sentence can be understood only directly after the previous sentence of its article."""
        known = self._follows.get(position)
        if known is None:
            known = self._follows[position] = self._depends_on_previous(position)
        return known

    def narrates(self, position: int) -> bool:
        """Whether the writer speaks of themselves or to the reader ("I", "you"), outside quotations."""
        sentence = self._sentences[position]
        pattern = _rules(self._languages[sentence.article]).own
        if pattern is None or pattern.search(sentence.text) is None:
            return False
        text = sentence.text
        for start, end in reversed(quotations(text).spans if sentence.quoted else ()):
            text = f"{text[:start]} {text[end:]}"
        return pattern.search(text) is not None

    def opens_with_reference(self, position: int) -> bool:
        """Whether a sentence opens with a word that refers back ("He was only nine"), even if it is the first sentence."""
        tokens = self._words[position].tokens
        openers = _rules(self._languages[self._sentences[position].article]).openers
        return bool(tokens) and tokens[0].lower() in openers

    def tells_day(self, position: int) -> bool:
        """Whether a sentence names a day, such as "Monday" or "yesterday"."""
        days = _rules(self._languages[self._sentences[position].article]).days
        return not days.isdisjoint(map(str.lower, self._words[position].tokens))

    def is_background(self, position: int) -> bool:
        """Whether a sentence tells what happened before the news, by the patterns of the language file, such as a year."""
        sentence = self._sentences[position]
        pattern = _rules(self._languages[sentence.article]).background
        return pattern is not None and pattern.search(sentence.text[:MAX_CHARACTERS]) is not None

    def chain(self, position: int, told: Collection[int], opening: int | None, *, strict: bool = True) -> list[int] | None:
        """Returns a sentence with all those that it needs and that are not yet `told`, in the order of the text.

        None if one of them is missing or not usable, or if they are more than MAX_CHAIN. What the `opening` of the summary
        introduces counts as known everywhere. What another sentence introduces counts as known in later sentences of its
        article. Without `strict`, a name that only another article introduces counts as known.
        """
        added: list[int] = []
        missing = [position]
        while missing:
            here = missing.pop()
            if here in told or here in added:
                continue
            if here < 0 or len(added) == MAX_CHAIN or not self.usable(here):
                return None
            added.append(here)
            if self.follows(here):
                missing.append(self._previous(here))
            known = [*told, *added]
            missing += [
                need.introduced
                for need in self._needs_of(here)
                if (strict or not need.is_name or need.introduced >= 0) and not self._is_told(need, here, known, opening)
            ]
        return sorted(added)

    def _is_usable(self, position: int) -> bool:
        sentence, form = self._sentences[position], self._forms[position]
        rules = _rules(self._languages[sentence.article])
        return not (
            form.asks
            or form.torn
            or len(self._words[position].tokens) < MIN_WORDS
            or (rules.teasers is not None and rules.teasers.search(sentence.text[:MAX_CHARACTERS]) is not None)
        )

    def _depends_on_previous(self, position: int) -> bool:
        sentence = self._sentences[position]
        if self._forms[position].depends_on_previous or sentence.unattributed:
            return True
        if not sentence.index:
            return False
        rules = _rules(self._languages[sentence.article])
        text = sentence.text[:MAX_CHARACTERS]
        if rules.unnamed_speakers is not None and rules.unnamed_speakers.search(text) is not None:
            return True
        # Only a sentence with such a pronoun is parsed, because that takes a millisecond.
        if rules.persons.isdisjoint(map(str.lower, self._words[position].tokens)):
            return False
        if self._parsed == MAX_PARSED:
            return False
        self._parsed += 1
        tree = self._trees.of([position]).get(position)
        return tree is not None and has_dangling_pronoun(tree, rules.persons, rules.times)

    def _previous(self, position: int) -> int:
        """The position of the previous sentence of the article; -1 if there is none."""
        if not position:
            return -1
        sentence, before = self._sentences[position], self._sentences[position - 1]
        return position - 1 if (before.article, before.index + 1) == (sentence.article, sentence.index) else -1

    def _is_told(self, need: Need, position: int, told: Collection[int], opening: int | None) -> bool:
        article = self._sentences[position].article
        return any(
            self._mentions(other, need) or (need.renames and 0 < position - other <= CALLED_OTHERWISE_WITHIN)
            for other in told
            if other == opening or (other < position and self._sentences[other].article == article)
        )

    def _mentions(self, position: int, need: Need) -> bool:
        if need.is_name:
            return re.search(rf"\b{re.escape(need.word)}\b", self._sentences[position].text) is not None
        return need.word in self._words[position].content

    def _needs_of(self, position: int) -> list[Need]:
        known = self._needs.get(position)
        if known is None:
            known = self._needs[position] = list(self._find_needs(position))
        return known

    def _find_needs(self, position: int) -> Iterator[Need]:
        sentence = self._sentences[position]
        if not sentence.index or len(sentence.text) > MAX_CHARACTERS or self._examined == MAX_EXAMINED:
            return
        self._examined += 1
        code = self._languages[sentence.article]
        rules = _rules(code)
        if not rules.capital_nouns:
            for name in islice(_bare_names(sentence.text, rules), MAX_NAMES):
                introduced = self._introduction(position, name, rules)
                if introduced is not None:
                    yield Need(name, True, introduced)
        # The first sentences of an article open with what the news is about.
        opening = _opening_noun(sentence.text, rules, code) if sentence.index >= LEDES else []
        for noun in (*_pointing(sentence.text, rules), *opening):
            stem = vocabulary(code).stem(noun.lower())
            if stem not in _stems_before(self._words[position], noun):
                mention = self._mention(position, stem)
                yield Need(stem, False, self._previous(position) if mention is None else mention, mention is None)

    def _introduction(self, position: int, name: str, rules: _Rules) -> int | None:
        """The first sentence of the article that gives the full name, before `position`.

        -1 if only other articles give it; None if none does, so that the name is well known.
        """
        own, first = self._sentences[position].article, position - self._sentences[position].index
        pattern = re.compile(rf"([^\W\d_][\w.'’-]*) {re.escape(name)}\b")
        elsewhere = None
        for other in self._early:
            sentence = self._sentences[other]
            if name not in sentence.text:
                continue
            if sentence.article == own and not first <= other < position:
                continue
            if sentence.article != own and elsewhere is not None:
                continue
            if any(_is_given_name(match[1], rules) for match in pattern.finditer(sentence.text)):
                if sentence.article == own:
                    return other
                elsewhere = -1
        return elsewhere

    def _mention(self, position: int, stem: str) -> int | None:
        """The nearest of the last sentences before `position` that has the stem; None if none has."""
        article = self._sentences[position].article
        for other in range(position - 1, max(-1, position - 1 - MENTIONED_WITHIN), -1):
            if self._sentences[other].article != article:
                break
            if stem in self._words[other].content:
                return other
        return None


def _pointing(text: str, rules: _Rules) -> list[str]:
    """The nouns that stand for something told before, wherever they head a clause: "the team"."""
    return [match[1] for match in rules.noun.finditer(text)] if rules.noun is not None else []


def _opening_noun(text: str, rules: _Rules, code: str) -> list[str]:
    """The noun with a definite article that opens a sentence, unless there is only one of its kind or something says which.

    "The killings took place", "During the call", but not "The government" or "The mayor of Alder".
    """
    match = rules.opening.match(text) if rules.opening is not None else None
    if match is None:
        return []
    likely = [word for word in (match[1], match[2]) if word and _may_be_noun(word, code)]
    noun = likely[-1] if likely else ""
    rest = text[match.end() :] if noun == match[2] else text[match.end(1) :]
    if not noun or noun.lower() in rules.unique_nouns or not rest or rest[0] in "'’-":
        return []
    after = rest.split(None, 1)[0] if rest.split() else ""
    return [] if after.lower() in rules.modifiers or after[:1].isupper() else [noun]


def _may_be_noun(word: str, code: str) -> bool:
    table, own = background(code), vocabulary(code)
    return word not in own.stop_words and (table is None or own.stem(word) not in table.rarely_nouns)


def _is_given_name(word: str, rules: _Rules) -> bool:
    return word[0].isupper() and word.lower().rstrip(".") not in rules.honorifics | rules.no_surnames


def _stems_before(words: SentenceWords, token: str) -> Collection[str]:
    """The stems of the content words of a sentence before the first occurrence of a token."""
    return words.stems[: words.tokens.index(token)] if token in words.tokens else ()


def _bare_names(text: str, rules: _Rules) -> Iterator[str]:
    """The names of one word, without a name or title beside them: "Stojka", but not "Ceija Stojka" or "the Senate"."""
    run: list[str] = []
    before, end = "", -2
    for match in _WORD.finditer(text):
        word = match[0]
        capitalised = word[0].isupper() and not word.isupper()
        joined = capitalised and bool(run) and match.start() == end + 1 and text[end] == " "
        if run and not joined:
            yield from _single(run, before, rules)
            run = []
        if capitalised:
            if not run:
                before = text[: match.start()].rsplit(None, 1)[-1].lower() if match.start() else ""
            run.append(word)
        end = match.end()
    if run:
        yield from _single(run, before, rules)


def _single(run: list[str], before: str, rules: _Rules) -> Iterator[str]:
    names = [word for word in run if word.lower().rstrip(".") not in rules.honorifics]
    while names and names[0].lower() in rules.no_surnames:
        before, names = names[0].lower(), names[1:]
    name = _POSSESSIVE.sub("", names[0].rstrip(".")) if len(names) == 1 else ""
    if len(name) > 2 and name.lower() not in rules.no_surnames and before not in ("the", "a", "an"):
        yield name


@cache
def _rules(code: str) -> _Rules:
    own = language(code)
    nouns = own.words("discourse", "pointing_nouns")
    definite = own.text("discourse", "definite")
    speakers = own.text("discourse", "unnamed_speakers")
    teasers = own.patterns("discourse", "teasers")
    background = own.patterns("discourse", "background")
    first_person = own.words("discourse", "narrators")
    return _Rules(
        _noun_pattern(own, definite, nouns),
        _opening_pattern(own, definite),
        own.words("discourse", "unique_nouns"),
        own.words("discourse", "modifiers"),
        re.compile(speakers.replace("{speech}", _alternatives(_speech_verbs(own))), re.I) if speakers else None,
        re.compile("|".join(teasers), re.I) if teasers else None,
        re.compile("|".join(background), re.I) if background else None,
        re.compile(rf"(?<!\w)(?:{_alternatives(first_person)})(?!\w)", re.I) if first_person else None,
        own.words("discourse", "persons"),
        own.words("headlines", "times"),
        own.words("calendar", "days") | (own.words("headlines", "days") - own.words("calendar", "months")),
        own.words("discourse", "openers"),
        own.words("discourse", "honorifics"),
        vocabulary(code).stop_words
        | own.words("calendar", "months")
        | own.words("calendar", "days")
        | own.words("discourse", "openers")
        | own.words("sentences", "questions"),
        own.text("discourse", "capital_nouns") == "true",
    )


def _noun_pattern(own: Language, definite: str, nouns: frozenset[str]) -> re.Pattern[str] | None:
    """A noun that points back: behind a definite article, and not followed by what says which one is meant."""
    if not definite or not nouns:
        return None
    modifiers = own.words("discourse", "modifiers")
    follows = rf"(?!['’-]|\s(?:{_alternatives(modifiers)})\b|\s(?-i:[A-Z]))" if modifiers else "(?!['’-])"
    return re.compile(rf"(?:^|[,;:]\s)(?:{definite})\s({_alternatives(nouns)})\b{follows}", re.I)


def _opening_pattern(own: Language, definite: str) -> re.Pattern[str] | None:
    """A definite article that opens a sentence, or follows a preposition that does, with the two words after it."""
    prepositions = own.words("discourse", "before_definite")
    if not definite or not prepositions:
        return None
    return re.compile(rf"(?i:(?:(?:{_alternatives(prepositions)})\s)?(?:{definite})\s)([a-zà-ÿ]+)(?:\s([a-zà-ÿ]+))?")


def _speech_verbs(own: Language) -> frozenset[str]:
    return own.words("sentences", "speech_verbs") | own.words("headlines", "speech")


def _alternatives(words: Collection[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))

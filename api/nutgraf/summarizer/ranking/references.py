"""Sentence -> the names and nouns in it that an earlier sentence of its article has to introduce.

"Stojka returned to Vienna" needs the sentence that gives her full name. "The team agreed" needs the one that names the team,
and "the rope had held" the one that first tells of a rope. A noun needs nothing if the words after it say which one is meant
("the team of the mountain service"), or if there is only one of its kind ("the government"). The rules use the words of the
language files; languages without such words need nothing.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from nutgraf.summarizer.checkpoint import checked
from nutgraf.summarizer.findings.word_frequencies import word_frequencies
from nutgraf.summarizer.languages.language import Language, any_of, language, per_language
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.words import SentenceWords, vocabulary

# The full name for a surname is searched in this many first sentences of an article.
INTRODUCED_WITHIN = 60
# The noun that "the team" refers to is searched in this many sentences before; that of a noun which may also be known
# without them ("the rope") in the second number of sentences.
MENTIONED_WITHIN = 4
REPEATED_WITHIN = 12
# Names and nouns are examined in at most this many sentences of a request, and this many of each in a sentence.
MAX_EXAMINED = 300
MAX_NAMES = 5
MAX_NOUNS = 6
# Longer sentences are lists: their names and nouns are not examined.
MAX_CHARACTERS = 1_500
# In this many first sentences of an article, a noun may be understood without an introduction: "The bridge closes".
LEDES = 3
# Words behind an article that may belong to its noun.
MAX_NOUN_WORDS = 5
_WORD = re.compile(r"[^\W\d_](?:[\w'’‑-]*\w)?\.?")
_NOUN_WORD = re.compile(r"[\w$€£][\w'’-]*")
_POSSESSIVE = re.compile(r"['’]s?$")
_OPENING_MARKS = "\"'“‘«„(["


class Need(NamedTuple):
    """A word that an earlier sentence must contain: a name as written, or the stem of a noun.

    `introduced` is the position of the sentence that introduces the word. It is -1 if there is none; then the sentence with
    the need is not usable. `renames` says that no sentence shortly before has the noun, so that it is another word for
    something that they tell. `is_certain` is not set if the noun may be understood without an introduction, `is_person` if
    it stands for somebody: another article's "actor" may be somebody else.
    """

    word: str
    is_name: bool
    introduced: int
    renames: bool = False
    is_certain: bool = True
    is_person: bool = False


class _Rules(NamedTuple):
    """What a language file says about definite nouns and names."""

    definite: re.Pattern[str] | None
    opening: re.Pattern[str] | None
    owned: re.Pattern[str] | None
    pointing: re.Pattern[str] | None
    back: re.Pattern[str] | None
    events: re.Pattern[str] | None
    unique_nouns: frozenset[str]
    modifiers: frozenset[str]
    determiners: frozenset[str]
    people: frozenset[str]
    titles: frozenset[str]
    speech: frozenset[str]
    verb_endings: tuple[str, ...]
    honorifics: frozenset[str]
    no_surnames: frozenset[str]
    capital_nouns: bool


class References:
    """What the sentences of a request refer to, by position. Each answer is computed at the first call and then kept."""

    def __init__(self, sentences: Sequence[Sentence], words: Sequence[SentenceWords], languages: Sequence[str]) -> None:
        """`words` are by sentence; `languages` has the language of each article."""
        self._sentences = sentences
        self._words = words
        self._languages = languages
        self._early = [position for position, sentence in enumerate(sentences) if sentence.index < INTRODUCED_WITHIN]
        self._examined = 0
        self._needs: dict[int, list[Need]] = {}

    def needs(self, position: int) -> list[Need]:
        """Returns what a sentence needs; the first sentence of an article needs nothing."""
        known = self._needs.get(position)
        if known is None:
            known = self._needs[position] = list(self._find(position))
        return known

    def mentions(self, position: int, need: Need) -> bool:
        """Whether a sentence has the word that is needed."""
        if need.is_name:
            return has_word(self._sentences[position].text, need.word)
        return need.word in self._words[position].content

    def opens_with_definite(self, position: int) -> bool:
        """Whether a sentence opens with a definite noun ("The psychiatrist") that may point back.

        A first sentence may do so as well; there only people count who head any clause: "left after the boy told police".
        """
        sentence = self._sentences[position]
        code = self._languages[sentence.article]
        text, rules = sentence.text[:MAX_CHARACTERS], _rules(code)
        if sentence.index:
            return bool(_opening_noun(text, rules, code))
        return any(
            noun.lower() in rules.people and not has_word(text[:start], noun) for noun, start in _pointing(text, rules)
        )

    def _find(self, position: int) -> Iterator[Need]:
        sentence = self._sentences[position]
        if not sentence.index or len(sentence.text) > MAX_CHARACTERS or self._examined == MAX_EXAMINED:
            return
        self._examined += 1
        code = self._languages[sentence.article]
        rules = _rules(code)
        if not rules.capital_nouns:
            for name, owns in islice(_bare_names(sentence.text, rules), MAX_NAMES):
                is_person = owns or _speaks(name, self._words[position].tokens, rules)
                introduced = self._introduction(position, name, is_person, rules)
                if introduced is not None:
                    yield Need(name, True, introduced)
        if rules.back is not None and rules.back.search(sentence.text) is not None:
            yield Need("", False, position - 1, True)
        if rules.events is not None and rules.events.search(sentence.text) is not None:
            yield Need("", False, position - 1, True, is_certain=False)
        stems = vocabulary(code).stem
        pointing = [noun for noun, _ in _pointing(sentence.text, rules)]
        opening = _opening_noun(sentence.text, rules, code)
        for noun in dict.fromkeys((*pointing, *opening)):
            stem = stems(noun.lower())
            if stem not in _stems_before(self._words[position], noun):
                mention = self._mention(position, stem, MENTIONED_WITHIN)
                is_certain = noun in pointing or sentence.index >= LEDES
                is_person = noun.lower() in rules.people | rules.titles
                if mention is not None:
                    yield Need(stem, False, mention, is_certain=is_certain, is_person=is_person)
                elif noun in opening or noun in rules.people or rules.opening is None:
                    yield Need(stem, False, position - 1, True, is_certain, is_person)
        for noun in islice(_definite_nouns(sentence.text, rules, code), MAX_NOUNS):
            stem = stems(noun.lower())
            if noun not in pointing and noun not in opening and stem not in _stems_before(self._words[position], noun):
                mention = self._mention(position, stem, REPEATED_WITHIN)
                if mention is not None:
                    yield Need(stem, False, mention, is_certain=False)

    def _introduction(self, position: int, name: str, is_person: bool, rules: _Rules) -> int | None:
        """The first sentence of the article that gives the full name, before `position`.

        -1 if only other articles give it; None if none does, so that the name is well known. The name of somebody who
        speaks or owns something may also be a given name: "Patty said", "Patty's house".
        """
        own, first = self._sentences[position].article, position - self._sentences[position].index
        given = re.compile(rf"\b{re.escape(name)} [^\W\d_a-z](?:[^\W\d_]*[a-z]|\b)") if is_person else None
        elsewhere = None
        for other in checked(self._early):
            sentence = self._sentences[other]
            if name not in sentence.text:
                continue
            if sentence.article == own and not first <= other < position:
                continue
            if sentence.article != own and elsewhere is not None:
                continue
            if any(_is_given_name(word, rules) for word in _words_before(sentence.text, name)) or (
                given is not None and given.search(sentence.text) is not None
            ):
                if sentence.article == own:
                    return other
                elsewhere = -1
        return elsewhere

    def _mention(self, position: int, stem: str, within: int) -> int | None:
        """The nearest of the last `within` sentences before `position` that has the stem; None if none has."""
        article = self._sentences[position].article
        for other in range(position - 1, max(-1, position - 1 - within), -1):
            if self._sentences[other].article != article:
                break
            if stem in self._words[other].content:
                return other
        return None


def has_word(text: str, word: str) -> bool:
    r"""Returns whether a text has a word between ends of words, as `\b` of regular expressions knows them.

    Each word would need a pattern of its own, and compiling one takes longer than all searches of a request.
    """
    at = text.find(word)
    while at >= 0:
        if _is_end_of_word(text, at) and _is_end_of_word(text, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False


def _is_end_of_word(text: str, position: int) -> bool:
    """Whether a word begins or ends at a position."""
    return _in_word(text[max(0, position - 1) : position]) != _in_word(text[position : position + 1])


def _pointing(text: str, rules: _Rules) -> list[tuple[str, int]]:
    """The nouns that stand for something told before, wherever they head a clause ("the team"), and where they start."""
    found = rules.pointing.finditer(text) if rules.pointing is not None else ()
    groups = [(match, match.lastindex or 1) for match in found]
    nouns = [(match[group], match.start(group)) for match, group in groups]
    return [(noun, start) for noun, start in nouns if rules.capital_nouns or noun.islower()]  # "the House" is a name


def _opening_noun(text: str, rules: _Rules, code: str) -> list[str]:
    """The noun with a definite article that opens a sentence, unless there is only one of its kind or something says which.

    "The killings took place", "During the call", "The singer's lawyer", but not "The government" or "The mayor of Alder". A
    name in the possessive is like an article: "Ada Marsh's decision".
    """
    match = rules.opening.match(text) if rules.opening is not None else None
    noun = _noun_at(text, match.end(), rules, code) if match is not None else None
    if noun is None and rules.owned is not None and (match := rules.owned.match(text)):
        noun = match[1]
    return [noun] if noun else []


def _definite_nouns(text: str, rules: _Rules, code: str) -> Iterator[str]:
    """The nouns with a definite article anywhere in a sentence that it has not had before; see `_opening_noun`."""
    for match in rules.definite.finditer(text) if rules.definite is not None else ():
        noun = _noun_at(text, match.end(), rules, code)
        if noun and not has_word(text[: match.start()], noun):
            yield noun


def _noun_at(text: str, start: int, rules: _Rules, code: str) -> str | None:
    """The noun of the article that ends before `start`: the last of the likely nouns there, "team" of "the rescue team".

    None if there is only one of its kind, if it is a name, or if the words after it say which one is meant.
    """
    noun, words = "", 0
    has_name, end = False, start
    for match in islice(_NOUN_WORD.finditer(text, start), MAX_NOUN_WORDS + 1):
        word = match[0]
        if match.start() > end + 1 or words == MAX_NOUN_WORDS:
            break
        owner = _POSSESSIVE.sub("", word)
        if word[0].isalpha() and word[0].islower():
            if noun and word.endswith(rules.verb_endings):
                break
            if _may_be_noun(owner, code):
                noun = owner
            elif noun or word.lower() in rules.no_surnames:
                break
        elif noun:
            return None  # "the actor Ada Marsh"
        else:
            has_name = True
        words, end = words + 1, match.end()
        if owner != word:
            break
    if not noun or (noun.lower() in rules.unique_nouns and words == 1):
        return None
    first = text[start:end].split(None, 1)[0].lower()
    if noun.lower() in rules.unique_nouns and first in rules.unique_nouns:
        return None  # "the federal government", but not "the stricken nation"
    after = text[end:].split(None, 1)[0] if text[end : end + 1].isspace() and text[end:].split() else ""
    if has_name and after.lower() in rules.determiners:
        return None  # a verb: "the UN estimates that"
    return None if after.lower() in rules.modifiers or after[:1].isupper() else noun


def _may_be_noun(word: str, code: str) -> bool:
    table, own = word_frequencies(code), vocabulary(code)
    return word not in own.stop_words and (table is None or word not in table.rarely_nouns)


def _speaks(name: str, tokens: Sequence[str], rules: _Rules) -> bool:
    """Whether a verb of saying stands beside a name."""
    if name not in tokens:
        return False
    at = tokens.index(name)
    return any(word.lower() in rules.speech for word in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]))


def _words_before(text: str, name: str) -> Iterator[str]:
    """The words that stand before a name, one space apart. A word is before one name only."""
    told, space = 0, text.find(f" {name}")
    while space >= 0:
        end = space + 1 + len(name)
        if not _in_word(text[end : end + 1]):
            start = space
            while start > told and (_in_word(text[start - 1]) or text[start - 1] in ".'’-"):
                start -= 1
            while start < space and not (text[start].isalnum() and not text[start].isdecimal()):
                start += 1
            if start < space:
                yield text[start:space]
                told = end
        space = text.find(f" {name}", space + 1)


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _is_given_name(word: str, rules: _Rules) -> bool:
    return word[0].isupper() and word.lower().rstrip(".") not in rules.honorifics | rules.no_surnames


def _stems_before(words: SentenceWords, token: str) -> Collection[str]:
    """The stems of the content words of a sentence before the first occurrence of a token."""
    return words.stems[: words.tokens.index(token)] if token in words.tokens else ()


def _bare_names(text: str, rules: _Rules) -> Iterator[tuple[str, bool]]:
    """The names of one word, without a name or title beside them, and whether each is a possessive.

    "Stojka" and "Stojka's", but not "Ceija Stojka" or "the Senate".
    """
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


def _single(run: list[str], before: str, rules: _Rules) -> Iterator[tuple[str, bool]]:
    names = [word for word in run if word.lower().rstrip(".") not in rules.honorifics]
    while names and names[0].lower() in rules.no_surnames:
        before, names = names[0].lower(), names[1:]
    while names and names[-1].lower().rstrip(".") in rules.no_surnames:
        names.pop()  # "Police arrested Stojka Monday"
    name = _POSSESSIVE.sub("", names[0].rstrip(".")) if len(names) == 1 else ""
    if len(name) > 2 and name.lower() not in rules.no_surnames and before not in ("the", "a", "an"):
        yield name, name != names[0].rstrip(".")


@per_language
def _rules(code: str) -> _Rules:
    own = language(code)
    nouns = own.words("discourse", "pointing_nouns")
    definite = own.text("discourse", "definite")
    prepositions = own.words("discourse", "before_definite")
    back, events = own.patterns("discourse", "back_references"), own.patterns("discourse", "event_references")
    before = rf"[{_OPENING_MARKS}]?(?:(?:{alternatives(prepositions)})\s)?" if prepositions else ""
    return _Rules(
        re.compile(rf"(?<![\w'’-])(?:{definite})\s", re.I) if definite and prepositions else None,
        re.compile(rf"{before}(?:{definite})\s", re.I) if definite and prepositions else None,
        _owned_pattern(own),
        _pointing_pattern(own, definite, nouns),
        any_of(back, re.I) if back else None,
        any_of(events, re.I) if events else None,
        own.words("discourse", "unique_nouns"),
        own.words("discourse", "modifiers"),
        own.words("discourse", "determiners"),
        own.words("facts", "people"),
        own.words("names", "titles"),
        speech_verbs(own),
        tuple(own.text("sentences", "verb_endings").split()) or ("\0",),
        own.words("discourse", "honorifics"),
        vocabulary(code).stop_words
        | own.words("calendar", "months")
        | own.words("calendar", "days")
        | own.words("discourse", "openers")
        | own.words("sentences", "questions"),
        own.text("discourse", "capital_nouns") == "true",
    )


def _pointing_pattern(own: Language, definite: str, nouns: frozenset[str]) -> re.Pattern[str] | None:
    """A noun that points back: behind a definite article, and not followed by what says which one is meant.

    It heads the sentence or stands behind a mark. Nouns for people may also head a clause inside: "said the suspect".
    """
    if not definite or not nouns:
        return None
    follows = _not_modified(own)
    heads = rf"(?:^|[,;:]\s)(?:{definite})\s({alternatives(nouns)})"
    openers, people = own.words("discourse", "clause_openers"), nouns & own.words("facts", "people")
    if openers and people:
        heads = rf"(?:{heads}|\b(?:{alternatives(openers)})\s(?:{definite})\s({alternatives(people)}))"
    return re.compile(rf"{heads}\b{follows}", re.I)


def _owned_pattern(own: Language) -> re.Pattern[str] | None:
    """A noun that points back behind the name of its owner, at the opening of a sentence: "Ada Marsh's decision"."""
    ending, nouns = own.text("discourse", "possessive"), own.words("discourse", "owned_nouns")
    if not ending or not nouns:
        return None
    name = r"[^\W\d_a-z][\w.-]*"
    return re.compile(rf"(?:{name}\s){{0,2}}{name}(?:{ending})\s({alternatives(nouns)})\b{_not_modified(own)}")


def _not_modified(own: Language) -> str:
    """A regular expression for the place behind a noun: what follows does not say which one is meant."""
    modifiers = own.words("discourse", "modifiers")
    return rf"(?!['’-]|\s(?:{alternatives(modifiers)})\b|\s(?-i:[A-Z]))" if modifiers else "(?!['’-])"


def speech_verbs(own: Language) -> frozenset[str]:
    """Returns the verbs of saying of a language."""
    return own.words("sentences", "speech_verbs") | own.words("headlines", "speech")


def alternatives(words: Collection[str]) -> str:
    """Returns a regular expression for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))

"""Finds the names and nouns of a sentence that an earlier sentence of its article has to introduce.

"Stojka returned to Vienna" needs the sentence that gives her full name. "The team agreed" needs the one that names the team,
and "the rope had held" the one that first mentions a rope. A noun needs nothing if the words after it say which one is meant
("the team of the mountain service"), or if only one such thing exists ("the government"). The rules for nouns and phrases
use the words of the language files. Without such words, only names and sentences in brackets need another sentence.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from nutgraf.summarizer.findings.word_frequencies import word_frequencies
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.ranking.reference_rules import ReferenceRules, reference_rules
from nutgraf.summarizer.reading.words import SentenceWords, vocabulary

# The full name for a surname is searched in this many first sentences of an article.
INTRODUCED_WITHIN = 60
# The noun that "the team" refers to is searched in this many preceding sentences.
MAX_MENTION_DISTANCE = 4
# A noun that may be understood alone ("the rope") is searched in this many preceding sentences.
MAX_REPETITION_DISTANCE = 12
# Names and nouns are examined in at most this many sentences of a request, and this many of each in a sentence.
MAX_EXAMINED = 300
MAX_NAMES = 5
MAX_NOUNS = 6
# Longer sentences are lists: their names and nouns are not examined.
MAX_CHARACTERS = 1_500
# Among this many first sentences of an article, a noun may be understood without an introduction: "The bridge closes".
LEDE_SENTENCES = 3
# Words after a definite article that may belong to its noun.
MAX_NOUN_WORDS = 5
_WORD = re.compile(r"[^\W\d_](?:[\w'’‑-]*\w)?\.?")
_WORD_OR_AMOUNT = re.compile(r"[\w$€£][\w'’-]*")
_POSSESSIVE = re.compile(r"['’]s?$")
_FURTHER_NAME = re.compile(r" [^\W\d_a-z]")


class Need(NamedTuple):
    """Something that a sentence needs from an earlier sentence.

    - `word`: the word that the earlier sentence must contain, a name as written or the stem of a noun. It is "" for a phrase
      that refers to the sentences before.
    - `is_name`: whether the word is a name.
    - `introduced_at`: the position of the earlier sentence; -1 if only sentences of other articles introduce the name.
    - `is_any_nearby_enough`: whether one of the sentences shortly before is enough. So it is for phrases such as
      "that day", and for nouns that these sentences do not contain: "the blaze" may stand for "the fire".
    - `is_required`: whether the sentence is unclear without the earlier one.
    - `is_person_noun`: whether it is a noun for a person: "the actor" of another article may be a different one.
    """

    word: str
    is_name: bool
    introduced_at: int
    is_any_nearby_enough: bool = False
    is_required: bool = True
    is_person_noun: bool = False


class References:
    """The references in the sentences of a request, by position.

    Each result is computed at the first call and then cached.
    """

    def __init__(self, sentences: Sequence[Sentence], words: Sequence[SentenceWords], languages: Sequence[str]) -> None:
        """`words` has one entry for each sentence, `languages` one for each article."""
        self._sentences = sentences
        self._words = words
        self._languages = languages
        self._early = [position for position, sentence in enumerate(sentences) if sentence.index < INTRODUCED_WITHIN]
        self._examined = 0
        self._needs: dict[int, list[Need]] = {}

    def needs(self, position: int) -> list[Need]:
        """Returns what a sentence needs from earlier sentences.

        Empty for the first sentence of an article, for sentences of more than MAX_CHARACTERS, and after MAX_EXAMINED
        sentences.
        """
        known = self._needs.get(position)
        if known is None:
            known = self._needs[position] = list(self._find_needs(position))
        return known

    def mentions(self, position: int, need: Need) -> bool:
        """Whether a sentence has the word that is needed."""
        if need.is_name:
            return has_word(self._sentences[position].text, need.word)
        return need.word in self._words[position].content

    def has_unintroduced_noun(self, position: int) -> bool:
        """Returns whether a sentence has a definite noun that may refer to something before it.

        In later sentences of an article, it is at the start: "The psychiatrist". In the first one, it is a noun for a person
        at the start of any clause, if the sentence has not mentioned it before: "left after the boy told police".
        """
        sentence = self._sentences[position]
        code = self._languages[sentence.article]
        text, rules = sentence.text[:MAX_CHARACTERS], reference_rules(code)
        if sentence.index:
            return bool(_opening_noun(text, rules, code))
        return any(
            noun.lower() in rules.person_nouns and not has_word(text[:start], noun)
            for noun, start in _anaphoric_nouns(text, rules)
        )

    def _find_needs(self, position: int) -> Iterator[Need]:
        sentence = self._sentences[position]
        if not sentence.index or len(sentence.text) > MAX_CHARACTERS or self._examined == MAX_EXAMINED:
            return
        self._examined += 1
        code = self._languages[sentence.article]
        rules = reference_rules(code)
        if not rules.capital_nouns:
            for name, owns in islice(_bare_names(sentence.text, rules), MAX_NAMES):
                is_person = owns or _speaks(name, self._words[position].tokens, rules)
                introduced = self._introducing_sentence(position, name, is_person, rules)
                if introduced is not None:
                    yield Need(name, True, introduced)
        if rules.back_reference_pattern is not None and rules.back_reference_pattern.search(sentence.text) is not None:
            yield Need("", False, position - 1, is_any_nearby_enough=True)
        if rules.event_reference_pattern is not None and rules.event_reference_pattern.search(sentence.text) is not None:
            yield Need("", False, position - 1, is_any_nearby_enough=True, is_required=False)
        near = rules.near_reference_pattern
        if _is_aside(sentence.text) or (near is not None and near.search(sentence.text) is not None):
            yield Need("", False, position - 1)  # no other sentence will do
        stem_of = vocabulary(code).stem
        anaphoric = [noun for noun, _ in _anaphoric_nouns(sentence.text, rules)]
        opening = _opening_noun(sentence.text, rules, code)
        for noun in dict.fromkeys((*anaphoric, *opening)):
            stem = stem_of(noun.lower())
            if stem not in _stems_before(self._words[position], noun):
                mention = self._nearest_mention(position, stem, MAX_MENTION_DISTANCE)
                is_required = noun in anaphoric or sentence.index >= LEDE_SENTENCES
                is_person_noun = noun.lower() in rules.person_nouns | rules.titles
                if mention is not None:
                    yield Need(stem, False, mention, is_required=is_required, is_person_noun=is_person_noun)
                elif noun in opening or noun in rules.person_nouns or rules.opening_pattern is None:
                    yield Need(stem, False, position - 1, True, is_required, is_person_noun)
        for noun in islice(_definite_nouns(sentence.text, rules, code), MAX_NOUNS):
            stem = stem_of(noun.lower())
            if noun not in anaphoric and noun not in opening and stem not in _stems_before(self._words[position], noun):
                mention = self._nearest_mention(position, stem, MAX_REPETITION_DISTANCE)
                if mention is not None:
                    yield Need(stem, False, mention, is_required=False)

    def _introducing_sentence(self, position: int, name: str, is_person: bool, rules: ReferenceRules) -> int | None:
        """Returns the position of the first sentence of the article, before `position`, that gives the full name.

        -1 if only other articles give it; None if none does, because then the name is well known. The name of a person who
        speaks or owns something may also be a given name: "Patty said", "Patty's house".
        """
        own, first = self._sentences[position].article, position - self._sentences[position].index
        given = re.compile(rf"\b{re.escape(name)} [^\W\d_a-z](?:[^\W\d_]*[a-z]|\b)") if is_person else None
        elsewhere = None
        for other in interruptible(self._early):
            sentence = self._sentences[other]
            if name not in sentence.text:
                continue
            if sentence.article == own and not first <= other < position:
                continue
            if sentence.article != own and elsewhere is not None:
                continue
            text = sentence.text
            if any(_gives_full_name(text, word, end, rules) for word, end in _words_before(text, name)) or (
                given is not None and given.search(text) is not None
            ):
                if sentence.article == own:
                    return other
                elsewhere = -1
        return elsewhere

    def _nearest_mention(self, position: int, stem: str, within: int) -> int | None:
        """Returns the nearest of the last `within` sentences before `position` that has the stem; None if none has."""
        article = self._sentences[position].article
        for other in range(position - 1, max(-1, position - 1 - within), -1):
            if self._sentences[other].article != article:
                break
            if stem in self._words[other].content:
                return other
        return None


def has_word(text: str, word: str) -> bool:
    r"""Returns whether `word` occurs in `text` as a whole word, like the pattern `\bword\b`.

    No pattern is used, because compiling one for each word would take longer than all searches of a request.
    """
    at = text.find(word)
    while at >= 0:
        if _is_word_boundary(text, at) and _is_word_boundary(text, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False


def _is_aside(text: str) -> bool:
    """Whether a whole sentence is in brackets: it comments on the sentence before."""
    return text[0] in "([" and text.rstrip(".!?").endswith((")", "]"))


def _is_word_boundary(text: str, position: int) -> bool:
    """Whether a word begins or ends at a position of a text."""
    return _in_word(text[max(0, position - 1) : position]) != _in_word(text[position : position + 1])


def _anaphoric_nouns(text: str, rules: ReferenceRules) -> list[tuple[str, int]]:
    """Returns each noun at the start of a clause that refers to something before ("the team"), with its offset."""
    found = rules.anaphoric_noun_pattern.finditer(text) if rules.anaphoric_noun_pattern is not None else ()
    groups = [(match, match.lastindex or 1) for match in found]
    nouns = [(match[group], match.start(group)) for match, group in groups]
    return [(noun, start) for noun, start in nouns if rules.capital_nouns or noun.islower()]  # "the House" is a name


def _opening_noun(text: str, rules: ReferenceRules, code: str) -> list[str]:
    """Returns the noun of the definite noun phrase at the start of a sentence, in a list.

    "The killings took place", "During the call"; of "The singer's lawyer", it is "singer". The list is empty if the noun
    needs no introduction: only one such thing exists ("The government"), or the words after it say which one is meant ("The
    mayor of Alder"). A name in the possessive is like a definite article: "Ada Marsh's decision".
    """
    match = rules.opening_pattern.match(text) if rules.opening_pattern is not None else None
    noun = _noun_at(text, match.end(), rules, code) if match is not None else None
    if noun is None and rules.owned_noun_pattern is not None and (match := rules.owned_noun_pattern.match(text)):
        noun = match[1]
    return [noun] if noun else []


def _definite_nouns(text: str, rules: ReferenceRules, code: str) -> Iterator[str]:
    """Yields the nouns with a definite article in a sentence that do not occur earlier in it; see `_opening_noun`."""
    for match in rules.definite_pattern.finditer(text) if rules.definite_pattern is not None else ():
        noun = _noun_at(text, match.end(), rules, code)
        if noun and not has_word(text[: match.start()], noun):
            yield noun


def _noun_at(text: str, start: int, rules: ReferenceRules, code: str) -> str | None:
    """Returns the noun of the noun phrase whose definite article ends at `start`, such as "team" in "the rescue team".

    It is the last of the likely nouns there. None if only one such thing exists, if it is a name, or if the words
    after it say which one is meant.
    """
    noun, words = "", 0
    has_name, end = False, start
    for match in islice(_WORD_OR_AMOUNT.finditer(text, start), MAX_NOUN_WORDS + 1):
        word = match[0]
        if match.start() > end + 1 or words == MAX_NOUN_WORDS:
            break
        owner = _POSSESSIVE.sub("", word)
        if word[0].isalpha() and word[0].islower():
            if noun and word.endswith(rules.verb_endings):
                break
            if _may_be_noun(owner, code):
                noun = owner
            elif noun or word.lower() in rules.not_surnames:
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
    if _POSSESSIVE.search(text, start, end):
        return noun  # "the team's page": what follows says nothing of the team
    after = text[end:].split(None, 1)[0] if text[end : end + 1].isspace() and text[end:].split() else ""
    if has_name and after.lower() in rules.determiners:
        return None  # a verb: "the UN estimates that"
    return None if after.lower() in rules.modifiers or after[:1].isupper() else noun


def _may_be_noun(word: str, code: str) -> bool:
    table, own = word_frequencies(code), vocabulary(code)
    return word not in own.stop_words and (table is None or word not in table.rarely_nouns)


def _speaks(name: str, tokens: Sequence[str], rules: ReferenceRules) -> bool:
    """Returns whether a speech verb stands directly before or after a name."""
    if name not in tokens:
        return False
    at = tokens.index(name)
    return any(word.lower() in rules.speech_verbs for word in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]))


def _words_before(text: str, name: str) -> Iterator[tuple[str, int]]:
    """For each occurrence of `name` after a word and one space, yields that word and the offset of the end of the name.

    The word never includes an earlier occurrence of the name.
    """
    used_until, space = 0, text.find(f" {name}")
    while space >= 0:
        end = space + 1 + len(name)
        if not _in_word(text[end : end + 1]):
            start = space
            while start > used_until and (_in_word(text[start - 1]) or text[start - 1] in ".'’-"):
                start -= 1
            while start < space and not (text[start].isalnum() and not text[start].isdecimal()):
                start += 1
            if start < space:
                yield text[start:space], end
                used_until = end
        space = text.find(f" {name}", space + 1)


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _gives_full_name(text: str, before: str, end: int, rules: ReferenceRules) -> bool:
    """Whether the name that ends at `end` is part of a full name: the word `before` is a given name or, if it is an
    honorific, another name follows.
    """
    if not before[0].isupper() or (word := before.lower().rstrip(".")) in rules.not_surnames:
        return False
    return word not in rules.honorifics or _FURTHER_NAME.match(text, end) is not None  # "Capt. Lee Joon-seok"


def _stems_before(words: SentenceWords, token: str) -> Collection[str]:
    """The stems of the words of a sentence before the first occurrence of a token; "" for a stop word."""
    return words.stems[: words.tokens.index(token)] if token in words.tokens else ()


def _bare_names(text: str, rules: ReferenceRules) -> Iterator[tuple[str, bool]]:
    """Yields the surnames that stand alone, apart from "Mr" and the like, and whether each is a possessive.

    "Stojka", "Mr. Stojka" and "Stojka's", but not "Ceija Stojka" or "the Senate".
    """
    run: list[str] = []
    before, end = "", -2
    for match in _WORD.finditer(text):
        word = match[0]
        capitalized = word[0].isupper() and not word.isupper()
        joined = capitalized and bool(run) and match.start() == end + 1 and text[end] == " "
        if run and not joined:
            yield from _bare_name_in(run, before, rules)
            run = []
        if capitalized:
            if not run:
                before = text[: match.start()].rsplit(None, 1)[-1].lower() if match.start() else ""
            run.append(word)
        end = match.end()
    if run:
        yield from _bare_name_in(run, before, rules)


def _bare_name_in(run: list[str], before: str, rules: ReferenceRules) -> Iterator[tuple[str, bool]]:
    names = [word for word in run if word.lower().rstrip(".") not in rules.honorifics]
    while names and names[0].lower() in rules.not_surnames:
        before, names = names[0].lower(), names[1:]
    while names and names[-1].lower().rstrip(".") in rules.not_surnames:
        names.pop()  # "Police arrested Stojka Monday"
    name = _POSSESSIVE.sub("", names[0].rstrip(".")) if len(names) == 1 else ""
    if len(name) > 2 and name.lower() not in rules.not_surnames and before not in ("the", "a", "an"):
        yield name, name != names[0].rstrip(".")

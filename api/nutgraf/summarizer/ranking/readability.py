"""Finds the sentences that a sentence needs in order to be understood without its article.

A summary quotes sentences without their context. "Stojka returned to Vienna" is unclear without the sentence that gives her
full name, "the team agreed" without the one that names the team, and a quotation without its speaker. Such a sentence is
selected together with the one that it needs, or not at all. Questions, parts of lists, quotations that do not end with their
sentence, and sentences that announce news instead of reporting it are not selected. The rules use the words of the language
files; in languages without such words every sentence counts as readable. A sentence is examined only when selection asks for
it: this takes ten microseconds, and a millisecond if the sentence must be parsed.
"""

import re
from collections.abc import Collection, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from nutgraf.summarizer.grammar import TreeCache
from nutgraf.summarizer.languages.language import any_of, language, per_language
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.ranking.pronouns import Pronouns, has_dangling_pronoun
from nutgraf.summarizer.ranking.reference_rules import alternatives, speech_verbs
from nutgraf.summarizer.ranking.references import LEDE_SENTENCES, MAX_CHARACTERS, Need, References
from nutgraf.summarizer.reading.discourse import Form, points_back, with_plain_spaces
from nutgraf.summarizer.reading.quotations import quotations
from nutgraf.summarizer.reading.words import SentenceWords

Introduce = Literal["all", "required", "none"]
# At most this many sentences are selected together.
MAX_CHAIN = 3
# A definite noun that no sentence shortly before contains is taken for another word for something in them ("the blaze" for
# "the fire"). Then it is enough that one of this many preceding sentences is selected. The same holds for phrases that refer
# to the sentences before, such as "that day".
NEARBY_SENTENCES = 3
# At most this many sentences of a request are parsed because of a pronoun.
MAX_PARSED = 6
# A sentence with fewer words does not count as a statement.
MIN_WORDS = 3
# A sentence with fewer words is parsed to see whether it has a verb: "Back to the harbour, at last." says nothing alone.
MIN_WORDS_WITHOUT_VERB_CHECK = 10
# At most this many short sentences of a request are parsed.
MAX_SHORT_PARSED = 6
# A needed word is searched in at most this many of the selected sentences.
MAX_SEARCHED = 500

# Two words with a capital letter: "Ada Marsh".
_FULL_NAME = re.compile(r"\b[^\W\d_a-z][\w’'-]*[^\W\d_A-Z]\.? [^\W\d_a-z][\w’'-]*[^\W\d_A-Z]\b")
# A quotation that is a question, and its speaker.
_QUOTED_QUESTION = re.compile(r"[\"“„«»‘'][^\"”“«»]*[?؟？][\"”“«»’'],? [^\"”“«»?]{3,120}$")


class _Rules(NamedTuple):
    """What a language file says about teasers, speakers and background."""

    unnamed_speakers: re.Pattern[str] | None
    teasers: re.Pattern[str] | None
    background: re.Pattern[str] | None
    scenes: re.Pattern[str] | None
    first_person: re.Pattern[str] | None
    first_person_with_we: re.Pattern[str] | None
    pronouns: Pronouns
    days: frozenset[str]
    reference_openers: frozenset[str]


class Readability:
    """Finds which other sentences each sentence of a request needs to be understood, and which sentences are not usable.

    Sentences are given by position. Each result is computed at the first call and then cached.
    """

    def __init__(
        self,
        sentences: Sequence[Sentence],
        words: Sequence[SentenceWords],
        forms: Sequence[Form],
        languages: Sequence[str],
        trees: TreeCache,
    ) -> None:
        """`words`, `forms` and `trees` have one entry for each sentence, `languages` one for each article."""
        sentences = with_plain_spaces(sentences)
        self._trees = trees
        self._parsed = self._short_parsed = 0
        self._references = References(sentences, words, languages)
        self._sentences = sentences
        self._words = words
        self._forms = forms
        self._languages = languages
        self._usable: dict[int, bool] = {}
        self._uses_first_person: dict[tuple[int, bool], bool] = {}
        self._follows: dict[int, bool] = {}

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

    def uses_first_person(self, position: int, *, include_we: bool = False) -> bool:
        """Whether the writer uses the first person, or addresses the reader ("I", "you"), outside quotations.

        With `include_we`, "we" counts too.
        """
        key = position, include_we
        known = self._uses_first_person.get(key)
        if known is None:
            known = self._uses_first_person[key] = self._is_about_writer(position, include_we)
        return known

    def _is_about_writer(self, position: int, include_we: bool) -> bool:
        sentence = self._sentences[position]
        rules = _rules(self._languages[sentence.article])
        pattern = rules.first_person_with_we if include_we else rules.first_person
        if pattern is None or pattern.search(sentence.text) is None:
            return False
        outside, after = [], 0
        for start, end in quotations(sentence.text).spans if sentence.quoted else ():
            outside.append(sentence.text[after:start])
            after = end
        return pattern.search(" ".join([*outside, sentence.text[after:]])) is not None

    def opens_with_reference(self, position: int, *, include_phrases: bool) -> bool:
        """Whether a sentence opens with a word that refers back ("He was only nine"), even if it is the first sentence.

        With `include_phrases`, openings of several words count too: "This is not", "As a result".
        """
        sentence = self._sentences[position]
        tokens = self._words[position].tokens
        code = self._languages[sentence.article]
        is_opener = bool(tokens) and tokens[0].lower() in _rules(code).reference_openers
        return is_opener or (include_phrases and points_back(sentence.text, code))

    def opens_with_unnamed_person(self, position: int) -> bool:
        """Whether a sentence opens with a pronoun for a person ("They came with bulldozers") and then gives no full name."""
        sentence = self._sentences[position]
        tokens = self._words[position].tokens
        persons = _rules(self._languages[sentence.article]).pronouns.persons
        return bool(tokens) and tokens[0].lower() in persons and _FULL_NAME.search(sentence.text) is None

    def sets_scene(self, position: int) -> bool:
        """Whether a sentence sets a scene.

        It opens with a person whom it does not name, or matches a pattern of the language file: "On a recent Monday".
        """
        sentence = self._sentences[position]
        rules = _rules(self._languages[sentence.article])
        is_scene = rules.scenes is not None and rules.scenes.search(sentence.text[:MAX_CHARACTERS]) is not None
        return is_scene or self.opens_with_unnamed_person(position)

    def has_unintroduced_noun(self, position: int) -> bool:
        """Whether a sentence opens with a definite noun ("The psychiatrist") that may point back."""
        return self._references.has_unintroduced_noun(position)

    def names_day(self, position: int) -> bool:
        """Whether a sentence names a day, such as "Monday" or "yesterday"."""
        days = _rules(self._languages[self._sentences[position].article]).days
        return not days.isdisjoint(map(str.lower, self._words[position].tokens))

    def is_background(self, position: int) -> bool:
        """Whether a sentence is about earlier events: it matches a pattern of the language file, such as "in 1998"."""
        sentence = self._sentences[position]
        pattern = _rules(self._languages[sentence.article]).background
        return pattern is not None and pattern.search(sentence.text[:MAX_CHARACTERS]) is not None

    def chain(
        self,
        position: int,
        selected: Collection[int],
        opening: int | None,
        *,
        strict: bool = True,
        introduce: Introduce = "all",
    ) -> list[int] | None:
        """Returns a sentence with all those that it needs and that are not yet `selected`, in the order of the text.

        Returns None if one of them is missing or not usable, or if there are more than MAX_CHAIN.

        What the `opening` of the summary introduces counts as known in all articles, except a person called by a noun: "the
        actor" of another article may be a different one. What another selected sentence introduces counts as known in later
        sentences of its article.

        Without `strict`, some needs and conditions are left out: a name may be one that only other articles introduce, a
        quotation may continue after the sentence, and a phrase may refer back. `introduce` says which names and nouns need
        an introduction: "all", "required" (not a noun that may be understood alone), or "none".
        """
        added: list[int] = []
        missing = [position]
        while missing:
            here = missing.pop()
            if here in selected or here in added:
                continue
            if here < 0 or len(added) == MAX_CHAIN or not self.usable(here):
                return None
            if strict and (self._quotation_continues(here) or (selected and self._would_refer_to_other_article(here))):
                return None
            added.append(here)
            if self.follows(here):
                missing.append(self._previous(here))
            needs = self._references.needs(here) if introduce != "none" else []
            if introduce == "required":
                needs = [need for need in needs if need.is_required]
            if not strict:
                needs = [need for need in needs if need.word and not (need.is_name and need.introduced_at < 0)]
            known = [*islice(selected, MAX_SEARCHED), *added] if needs else ()
            missing += [
                need.introduced_at
                for need in needs
                if not self._is_introduced(need, here, known, opening)
                and not self._has_no_usable_introduction(here, need, is_lede=not selected)
            ]
        return sorted(added)

    def _would_refer_to_other_article(self, position: int) -> bool:
        """Whether a sentence is the first one of its article and opens with a word that refers back: "She was".

        In the summary, the word would refer to a sentence of another article.
        """
        return not self._sentences[position].index and self.opens_with_reference(position, include_phrases=False)

    def _has_no_usable_introduction(self, position: int, need: Need, *, is_lede: bool) -> bool:
        """Whether a sentence near the start needs a noun that only a sentence introduces which cannot be selected.

        Such a sentence is a question or a teaser, or refers back itself. After the lede, only nouns count that may be
        understood without an introduction.
        """
        return (
            not need.is_name
            and (is_lede or not (need.is_required or need.is_any_nearby_enough))
            and self._sentences[position].index < LEDE_SENTENCES
            and (not self.usable(need.introduced_at) or self.opens_with_reference(need.introduced_at, include_phrases=True))
        )

    def _is_usable(self, position: int) -> bool:
        sentence, form = self._sentences[position], self._forms[position]
        rules = _rules(self._languages[sentence.article])
        return not (
            form.asks
            or form.incomplete
            or len(self._words[position].tokens) < MIN_WORDS
            or (rules.teasers is not None and rules.teasers.search(sentence.text[:MAX_CHARACTERS]) is not None)
            or self._lacks_verb(position)
        )

    def _lacks_verb(self, position: int) -> bool:
        """Whether a short sentence has no verb; False if it is not parsed."""
        if len(self._words[position].tokens) >= MIN_WORDS_WITHOUT_VERB_CHECK or self._short_parsed == MAX_SHORT_PARSED:
            return False
        self._short_parsed += 1
        tree = self._trees.of([position]).get(position)
        if tree is None or not {"VERB", "AUX"}.isdisjoint(tree.tags):
            return False
        # "Police shot two men": a verb may be taken for a noun, its subject for a part of that noun.
        of_root = {tree.relations[child] for child in tree.children(tree.root)}
        return not (tree.tags[tree.root] == "NOUN" and of_root & {"compound", "flat", "obj"})

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
        before = self._sentences[position - 1]
        if not sentence.quoted and before.unattributed and before.block == sentence.block:
            return True  # "Ada Marsh wrote on Friday" after a quotation
        # Only a sentence with such a pronoun is parsed, because that takes a millisecond.
        if rules.pronouns.persons.isdisjoint(map(str.lower, self._words[position].tokens)):
            return False
        if self._parsed == MAX_PARSED:
            return False
        self._parsed += 1
        tree = self._trees.of([position]).get(position)
        return tree is not None and has_dangling_pronoun(tree, rules.pronouns)

    def _quotation_continues(self, position: int) -> bool:
        """Whether a quotation continues after a sentence, or the answer to a quoted question follows."""
        sentence = self._sentences[position]
        return sentence.quoted and (quotations(sentence.text).open or _QUOTED_QUESTION.match(sentence.text) is not None)

    def _previous(self, position: int) -> int:
        """The position of the previous sentence of the article; -1 if there is none."""
        if not position:
            return -1
        sentence, before = self._sentences[position], self._sentences[position - 1]
        return position - 1 if (before.article, before.index + 1) == (sentence.article, sentence.index) else -1

    def _is_introduced(self, need: Need, position: int, selected: Collection[int], opening: int | None) -> bool:
        article = self._sentences[position].article
        return any(
            self._references.mentions(other, need)
            or (need.is_any_nearby_enough and 0 < position - other <= NEARBY_SENTENCES)
            for other in selected
            if (other == opening and not need.is_person_noun)
            or (other < position and self._sentences[other].article == article)
        )


@per_language
def _rules(code: str) -> _Rules:
    language_file = language(code)
    speakers = language_file.text("discourse", "unnamed_speakers")
    teasers = language_file.patterns("discourse", "teasers")
    background, scenes = language_file.patterns("discourse", "background"), language_file.patterns("discourse", "scenes")
    return _Rules(
        re.compile(speakers.replace("{speech}", alternatives(speech_verbs(language_file))), re.I) if speakers else None,
        any_of(teasers, re.I) if teasers else None,
        any_of(background, re.I) if background else None,
        any_of(scenes, re.I) if scenes else None,
        _first_person_pattern(language_file.words("discourse", "narrators")),
        _first_person_pattern(
            language_file.words("discourse", "narrators") | language_file.words("discourse", "narrators_together")
        ),
        Pronouns(
            language_file.words("discourse", "persons"),
            language_file.words("facts", "singular_persons"),
            language_file.words("headlines", "times"),
            tuple(language_file.words("facts", "plural_endings")),
        ),
        language_file.words("calendar", "days")
        | (language_file.words("headlines", "days") - language_file.words("calendar", "months")),
        language_file.words("discourse", "openers"),
    )


def _first_person_pattern(first_person: frozenset[str]) -> re.Pattern[str] | None:
    """A pattern for the words for the writer, in lower case or with a capital: "us", but not "US"."""
    words = {*first_person, *map(str.capitalize, first_person)}
    # A letter may follow a word that ends in an apostrophe: "j'ai".
    return re.compile(rf"(?<![\w-])(?:{alternatives(words)})(?:(?<!\w)|(?![\w-]))") if words else None

"""Candidates for key terms -> those on thin evidence: too general, or only mentioned in passing.

Thin evidence is for names that few sentences have, for nouns that are too frequent in their language to tell what a story is
about, and for phrases that are made up on the spot.
"""

from collections.abc import Sequence

from nutgraf.summarizer.findings.candidate import Candidate
from nutgraf.summarizer.findings.mentions import Mentions
from nutgraf.summarizer.findings.name_words import media
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.words import vocabulary

# What opens no article is a term with so many mentions, and this share of the sentences; it opens one as what stands in its
# headline or lede.
LATE_MENTIONS = 2
LATE_SHARE = 0.07
# A noun as frequent as this tells too little alone, if it is not what most of the stories are about.
FREQUENT_ALONE = 4.7
# A phrase of general nouns is a term in a headline, or with this share of the sentences; nouns for people by what they do
# with that one.
GENERAL_SHARE = 0.3
ROLE_SHARE = 0.4
# A name of one word as frequent as this is a common word.
COMMON_WORD = 5.5
# A request of so many sentences repeats the phrases that it is about; so many articles repeat the names.
REPEATING = 5
REPEATING_ARTICLES = 3
# A name of one word as rare as this is known by its story.
RARE_NAME = 2.5
# Stories that are about a newspaper or network without a headline that says so name it in this share of the sentences.
MEDIA_SHARE = 0.4
# Letters of a word and of its ending: two such words are one.
MIN_STEM = 5
MAX_ENDING = 2


def has_links(phrase: Candidate) -> bool:
    """Returns whether a phrase has words such as "of" between its nouns."""
    words = phrase.text.lower().replace("'", " ").replace("’", " ").split()
    return not vocabulary(phrase.language).stop_words.isdisjoint(words)


def _is_outlet(name: Candidate) -> bool:
    return bool(media().fullmatch(name.text)) or name.outlets > 0


class Evidence:
    """What the sentences and headlines of a request say for its candidates; `articles` is the number of articles."""

    def __init__(self, sentences: Sequence[Sentence], articles: int, mentions: Mentions) -> None:
        self._sentences, self._articles, self._mentions = sentences, articles, mentions

    def judge(self, candidate: Candidate) -> None:
        """Sets `share` and `is_doubtful` of a candidate that was weighed; one without a frequency is not doubted."""
        candidate.share = len(candidate.sentences) / len(self._sentences)
        if candidate.frequency is None:
            return
        if candidate.is_name:
            candidate.is_doubtful = self._is_aside(candidate, candidate.frequency)
        elif len(candidate.key) > 1:
            candidate.is_doubtful = not candidate.is_central and self._is_chance_phrase(candidate)
        else:
            candidate.is_doubtful = self._is_general_noun(candidate, candidate.frequency)

    def _is_late(self, candidate: Candidate) -> bool:
        """Whether a candidate opens no article, and has few mentions."""
        return not candidate.openings and candidate.times < max(LATE_MENTIONS, round(LATE_SHARE * len(self._sentences)))

    def _is_aside(self, name: Candidate, frequency: float) -> bool:
        """Whether a name is only mentioned in passing; or a newspaper that is cited."""
        if len(name.key) == 1 and frequency >= COMMON_WORD and len(name.sentences) < 2:  # "Love" in the title of a book
            return True
        if name.in_titles:
            return False
        if _is_outlet(name):
            return name.share < MEDIA_SHARE
        if name.times < 2:
            is_known = len(name.key) > 1 or frequency < RARE_NAME
            return not (name.is_early and is_known and self._articles < REPEATING_ARTICLES)
        return not name.is_central and self._is_late(name)

    def _is_chance_phrase(self, phrase: Candidate) -> bool:
        """Whether a phrase is made up on the spot, or names no subject: "odd concern", "Turkish president"."""
        if phrase.times < 2 and (len(self._sentences) >= REPEATING or phrase.described or not phrase.is_early):
            return True
        if not phrase.general:
            return False
        if phrase.share >= (ROLE_SHARE if phrase.roles else GENERAL_SHARE):
            return False
        return has_links(phrase) or not phrase.in_titles  # "victims of abuse"

    def _is_general_noun(self, noun: Candidate, frequency: float) -> bool:
        """Whether a noun by itself tells too little of what the request is about, or is mentioned too seldom."""
        if self._is_other_word(noun):
            return True
        if noun.is_central:
            return False
        return noun.general > 0 or frequency >= FREQUENT_ALONE or noun.times < 2 or self._is_late(noun)

    def _is_other_word(self, noun: Candidate) -> bool:
        """Whether most mentions of a noun are other words with its stem: "governing" beside "government"."""
        forms = self._mentions.forms(noun.key)
        same = sum(times for form, times in forms.items() if is_inflected(form, noun.text))
        return 2 * same < forms.total()


def is_inflected(one: str, other: str) -> bool:
    """Returns whether of two words one is the other, or that with an ending: "Geier", "Geiern"."""
    shorter, longer = sorted((one.lower(), other.lower()), key=len)
    has_ending = longer.startswith(shorter) and len(longer) - len(shorter) <= MAX_ENDING
    return shorter == longer or (has_ending and len(shorter) >= MIN_STEM)

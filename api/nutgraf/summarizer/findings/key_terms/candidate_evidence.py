"""Candidates for key terms -> those on thin evidence: too general, or only mentioned in passing.

The evidence is thin for names in few sentences, for nouns that are too frequent in their language to describe a story, and
for phrases that are no fixed terms.
"""

from collections.abc import Sequence

from nutgraf.summarizer.findings.key_terms.candidate import Candidate
from nutgraf.summarizer.findings.key_terms.candidate_weights import LEDE_SENTENCES, MOST
from nutgraf.summarizer.findings.key_terms.mentions import Mentions
from nutgraf.summarizer.findings.names.name_words import common_scenes, media, name_rules
from nutgraf.summarizer.languages.language import primary
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.words import vocabulary

# A candidate that is in no title or lede is a term only with this many mentions, in this share of the sentences. A name
# needs a larger share: a reader marked only one in five of the names below it as good terms.
LATE_MENTIONS = 2
LATE_SHARE = 0.07
LATE_SHARE_OF_NAME = 0.14
# A name that is in the opening of only one of this many articles is a term if this share of them has it.
MANY_ARTICLES = 4
ARTICLES_SHARE = 0.25
# A person who says something in this share of the sentences with the name is a source, and not a subject of the story.
SPEAKING_SHARE = 0.7
# The maximum distance in words from the name of a speaker to the verb of saying before it, and to one after it.
VERB_BEFORE = 4
VERB_AFTER = 2
# A noun by itself, often a general one, is a term in a headline, or with as many mentions as this share of the sentences is,
# but so many are enough. A frequent one needs more than two in short requests, too.
NOUN_SHARE = 0.2
NOUN_MENTIONS = 4
FREQUENT_NOUN_MENTIONS = 3
# A noun as frequent as this is too vague alone, unless most of the stories are about it.
FREQUENT_ALONE = 4.7
# A noun as frequent as this, or one that fits any story, says little. In a request of several articles it is no term: of 40
# that were, readers marked 6 as good terms, and of 30 of them that titles had, 2.
TOO_FREQUENT = 5.0
# A phrase of general nouns is a term in a headline, or with this share of the sentences; nouns for people by what they do
# with that one.
GENERAL_SHARE = 0.3
ROLE_SHARE = 0.4
# A phrase with an adjective before its noun needs so many mentions, unless a title has it: of those with two, readers marked
# four in ten as good terms. Many are quoted ("harshest penalty") or torn ("unlimited maternity").
DESCRIBED_MENTIONS = 3
# A name of one word as frequent as this is a common word.
COMMON_WORD = 5.5
# A request with this many sentences repeats its subjects; one with this many articles repeats its names.
MIN_SENTENCES_TO_REPEAT = 5
MIN_ARTICLES_TO_REPEAT = 3
# A name of one word as frequent as this, mostly a country, city or given name, needs so many mentions, unless most of the
# stories are about it. Of those with fewer, readers marked four in ten as good terms.
FREQUENT_NAME = 3.75
FREQUENT_NAME_MENTIONS = 4
# A name of one word as rare as this identifies its story.
RARE_NAME = 2.5
# Stories that are about a newspaper or network without a headline that says so name it in this share of the sentences.
MEDIA_SHARE = 0.4
# The same for a place or institution where much of the news happens.
SCENE_SHARE = 0.3
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
            candidate.is_doubtful = not candidate.is_central and (
                self._is_late(candidate) or self._is_chance_phrase(candidate)
            )
        else:
            candidate.is_doubtful = self._is_general_noun(candidate, candidate.frequency)

    def _is_late(self, candidate: Candidate) -> bool:
        """Whether a candidate is in no title or lede, and has few mentions."""
        share = LATE_SHARE_OF_NAME if candidate.is_name else LATE_SHARE
        return not candidate.openings and candidate.times < max(LATE_MENTIONS, round(share * len(self._sentences)))

    def _is_aside(self, name: Candidate, frequency: float) -> bool:
        """Whether a name is only mentioned in passing, belongs to a source, or fits any story."""
        if len(name.key) == 1 and frequency >= COMMON_WORD and len(name.sentences) < 2:  # "Love" in the title of a book
            return True
        if self._articles >= MANY_ARTICLES and name.articles < ARTICLES_SHARE * self._articles:
            return True
        if name.in_titles:
            return False
        if len(name.key) == 1 and frequency >= FREQUENT_NAME and not name.is_central and name.times < FREQUENT_NAME_MENTIONS:
            return True
        if _is_outlet(name):
            return name.share < MEDIA_SHARE
        if common_scenes().fullmatch(name.text):
            return name.share < SCENE_SHARE
        if name.times < 2:
            is_known = len(name.key) > 1 or frequency < RARE_NAME
            is_short = name.share >= LATE_SHARE and self._articles < MIN_ARTICLES_TO_REPEAT
            return not (name.is_early and is_known and is_short)
        return (not name.is_central and self._is_late(name)) or self._is_speaker(name)

    def _is_speaker(self, name: Candidate) -> bool:
        """Whether a person mostly speaks, by the verbs beside the name, and opens few articles.

        A statement opens one as its first sentence, anything else as one of the first. A person has a surname that stands
        alone, too. An agency that speaks may be what the story is about.
        """
        if name.key[-1:] not in name.absorbed:
            return False
        speech_verbs = name_rules(primary(name.language)).speech_verbs
        spoken = set[int]()
        for key in (name.key, *name.absorbed):
            spoken |= self._mentions.sentences_as_speaker(key, speech_verbs, VERB_BEFORE, VERB_AFTER)
        if len(spoken) < SPEAKING_SHARE * len(name.sentences):
            return False
        mentioned = [(self._sentences[at], at in spoken) for at in name.sentences]
        opened = {
            each.article for each, speaks in mentioned if not each.index or (not speaks and each.index < LEDE_SENTENCES)
        }
        return len(opened) < MOST * self._articles

    def _is_chance_phrase(self, phrase: Candidate) -> bool:
        """Whether a phrase is no fixed term, or names no subject: "odd concern", "Turkish president"."""
        if phrase.times < (DESCRIBED_MENTIONS if phrase.described and not phrase.in_titles else 2):
            return True
        if not phrase.general:
            return False
        if phrase.share >= (ROLE_SHARE if phrase.roles else GENERAL_SHARE):
            return False
        return has_links(phrase) or not phrase.in_titles  # "victims of abuse"

    def _is_general_noun(self, noun: Candidate, frequency: float) -> bool:
        """Whether a noun by itself says too little about the request, or is mentioned too seldom."""
        noun.is_vague = noun.general > 0 or frequency >= TOO_FREQUENT
        if (noun.is_vague and self._articles > 1) or self._is_other_word(noun):
            return True
        least = FREQUENT_NOUN_MENTIONS if frequency >= FREQUENT_ALONE else LATE_MENTIONS
        wanted = min(NOUN_MENTIONS, max(least, round(NOUN_SHARE * len(self._sentences))))
        if noun.times < wanted and not noun.in_titles:
            return True
        if noun.is_central:
            return False
        return noun.is_vague or frequency >= FREQUENT_ALONE or self._is_late(noun)

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

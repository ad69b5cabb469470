"""Candidates for key terms -> those on thin evidence: too general, or only mentioned in passing.

Thin evidence is for names that few sentences have, for nouns that are too frequent in their language to tell what a story is
about, and for phrases that are made up on the spot.
"""

from collections.abc import Mapping, Sequence

from nutgraf.summarizer.findings.candidate import Candidate
from nutgraf.summarizer.findings.mentions import Mentions
from nutgraf.summarizer.findings.name_words import media
from nutgraf.summarizer.languages.language import language, per_language
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.words import vocabulary

# A noun by itself is a term if so many sentences of a long request have it, by the frequency below which it is in its
# language; fewer in a shorter one, and one less for a noun of a lede.
ALONE_MENTIONS = ((3.4, 2), (4.0, 3), (4.6, 4), (4.9, 6), (9.9, 9))
MIN_ALONE_MENTIONS = 2
# One as frequent as this needs two sentences beside a headline.
FREQUENT_ONCE = 3.8
LONG_REQUEST = 40
# A noun as frequent as this is a term alone only if stories are filed under it (`subjects` of its language).
FREQUENT_ALONE = 4.2
SUBJECT_MENTIONS = 3
# Where nouns before a noun tell its kind, one as frequent as this says little alone: "crash", but "plane crash".
FREQUENT_WITH_COMPOUNDS = 4.6
# A phrase of general nouns is a term in a headline, or with this share of the sentences; a noun for people by what they do
# with that one.
GENERAL_SHARE = 0.3
ROLE_SHARE = 0.4
# Outside headlines, a phrase of general nouns in a lede is a term with so many mentions: "nuclear test".
GENERAL_MENTIONS = 3
# A frequent noun is a term, too, if it is in a headline and in this share of the sentences.
HEADLINE_SHARE = 0.25
# The same for a name in a lede, and elsewhere.
NAME_MENTIONS = 3
NAME_MENTIONS_OUTSIDE = 6
MIN_MENTIONS_OUTSIDE = 3
# A request of so many sentences has no room for others than those it is about.
SHORT_REQUEST = 20
# A place as frequent as this that is mentioned once is only where something happened.
FREQUENT_PLACE = 3.7
# A name of one word as frequent as this is a common word.
COMMON_WORD = 5.5
# A name of one word that is as frequent as that is one with this share of the sentences.
PLACE_SHARE = 0.12
# One as frequent as this, most often a large country, is in a headline or in this share of the sentences.
FREQUENT_NAME = 4.7
FREQUENT_SHARE = 0.1
# A request of so many sentences repeats the phrases that it is about.
REPEATING = 5
# So many articles repeat the names that they are about.
REPEATING_ARTICLES = 3
# A name that only one of so many has is told in passing below this share of the sentences.
PASSING_SHARE = 0.2
# A phrase outside headlines and ledes is a term with this share of the sentences.
PHRASE_SHARE = 0.06
LEDE_SENTENCES = 2
EARLY_SENTENCES = 4
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
        """Sets `is_early`, `is_doubtful` and `is_likely` of a candidate that has a frequency; others stay as they are."""
        candidate.is_early = any(self._sentences[position].index < LEDE_SENTENCES for position in candidate.sentences)
        candidate.share = len(candidate.sentences) / len(self._sentences)
        candidate.spread = len({self._sentences[position].article for position in candidate.sentences}) / self._articles
        if candidate.frequency is None:
            return
        if candidate.is_name:
            candidate.is_doubtful = self._is_aside(candidate, candidate.frequency)
            candidate.is_likely = candidate.is_doubtful and self._is_likely(candidate, candidate.frequency)
        elif len(candidate.key) > 1:
            candidate.is_doubtful = self._is_chance_phrase(candidate)
        else:
            candidate.is_doubtful = self._is_general_noun(candidate, candidate.frequency)

    def _scaled(self, mentions: int) -> int:
        """The mentions that are wanted of a long request, for this one."""
        return round(mentions * min(1.0, len(self._sentences) / LONG_REQUEST))

    def _is_aside(self, name: Candidate, frequency: float) -> bool:
        """Whether a name is only mentioned in passing: too seldom, and not in a lede; or a newspaper that is cited."""
        if len(name.key) == 1 and frequency >= COMMON_WORD and len(name.sentences) < 2:  # "Love" in the title of a book
            return True
        if name.in_titles:
            return False
        if _is_outlet(name):
            return name.share < MEDIA_SHARE
        if frequency >= FREQUENT_NAME and name.share < FREQUENT_SHARE:
            return True
        if len(name.key) == 1 and frequency >= FREQUENT_PLACE and name.share < PLACE_SHARE:
            return True
        if name.times < 2 and self._articles >= REPEATING_ARTICLES:
            return True
        if self._articles >= REPEATING_ARTICLES and name.spread * self._articles < 2 and name.share < PASSING_SHARE:
            return True
        if name.times < 2 and len(name.key) == 1 and frequency >= FREQUENT_PLACE:
            return True
        if (len(name.key) > 1 or frequency < RARE_NAME) and name.is_early:
            return False
        wanted, least = (NAME_MENTIONS, 1) if name.is_early else (NAME_MENTIONS_OUTSIDE, MIN_MENTIONS_OUTSIDE)
        return name.times < max(least, self._scaled(wanted))

    def _is_likely(self, name: Candidate, frequency: float) -> bool:
        """Whether a name that is doubtful may still fill a short list: a rare one that is repeated, or that comes early."""
        if _is_outlet(name) or frequency >= FREQUENT_NAME:
            return False
        if not name.is_early and name.times < MIN_MENTIONS_OUTSIDE and len(self._sentences) <= SHORT_REQUEST:
            return False
        if len(name.key) == 1 and frequency >= FREQUENT_PLACE and name.share < PLACE_SHARE:
            return False
        if self._articles >= REPEATING_ARTICLES and len(self._sentences) >= REPEATING:
            return name.times >= 2
        if name.times < 2 and len(self._sentences) < REPEATING:
            return False
        is_early = any(self._sentences[position].index < EARLY_SENTENCES for position in name.sentences)
        if len(name.key) > 1 or frequency < RARE_NAME:
            return is_early or name.times >= 2
        return name.times >= (2 if is_early else 3)

    def _is_chance_phrase(self, phrase: Candidate) -> bool:
        """Whether a phrase is made up on the spot, or names no subject: "odd concern", "Turkish president"."""
        if phrase.times < 2 and (len(self._sentences) >= REPEATING or phrase.described or not phrase.is_early):
            return True
        if phrase.times < round(PHRASE_SHARE * len(self._sentences)) and not (phrase.in_titles or phrase.is_early):
            return True
        if not phrase.general or phrase.share >= (ROLE_SHARE if phrase.roles else GENERAL_SHARE):
            return False
        if has_links(phrase):  # "victims of abuse"
            return True
        return not phrase.in_titles and (phrase.roles > 0 or not phrase.is_early or phrase.times < GENERAL_MENTIONS)

    def _is_general_noun(self, noun: Candidate, frequency: float) -> bool:
        """Whether a noun by itself is too frequent to tell what the request is about, or mentioned too seldom."""
        subject = _subjects(noun.language).get(self._mentions.words[noun.key[0]], "")
        is_subject = is_inflected(subject, noun.text)
        is_headline_news = noun.in_titles and noun.share >= HEADLINE_SHARE
        if frequency >= FREQUENT_ALONE and not is_subject and not is_headline_news:
            return True
        is_central = len(self._sentences) >= REPEATING and noun.share >= GENERAL_SHARE
        if frequency >= FREQUENT_WITH_COMPOUNDS and not (noun.adjectives_follow or is_central):
            return True
        if self._is_other_word(noun):
            return True
        if noun.general and noun.share < ROLE_SHARE:  # "marchers"
            return True
        if len(noun.sentences) < MIN_ALONE_MENTIONS <= len(self._sentences) // 2 and frequency >= FREQUENT_ONCE:
            return True
        most = SUBJECT_MENTIONS if is_subject else 9
        wanted = min(most, next(mentions for below, mentions in ALONE_MENTIONS if frequency < below)) - noun.is_early
        return noun.times < max(MIN_ALONE_MENTIONS, self._scaled(wanted))

    def _is_other_word(self, noun: Candidate) -> bool:
        """Whether most mentions of a noun are other words with its stem: "governing" beside "government"."""
        forms = self._mentions.forms(noun.key)
        same = sum(times for form, times in forms.items() if is_inflected(form, noun.text))
        return 2 * same < forms.total()


@per_language
def _subjects(tag: str) -> Mapping[str, str]:
    """The nouns that many stories are filed under, by their stems."""
    return {vocabulary(tag).stem(noun): noun for noun in sorted(language(tag).words("terms", "subjects"), reverse=True)}


def is_inflected(one: str, other: str) -> bool:
    """Returns whether of two words one is the other, or that with an ending: "Geier", "Geiern"."""
    shorter, longer = sorted((one.lower(), other.lower()), key=len)
    has_ending = longer.startswith(shorter) and len(longer) - len(shorter) <= MAX_ENDING
    return shorter == longer or (has_ending and len(shorter) >= MIN_STEM)

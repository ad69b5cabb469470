"""Sentences -> the names and noun phrases in them, with all sentences of the request that mention each.

A short name counts for the full one: "Marsh" for "Ada Marsh", "FEMA" for the agency where a text introduces it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nutgraf.summarizer.findings.background import background
from nutgraf.summarizer.findings.full_names import introduced, long_forms, plain
from nutgraf.summarizer.findings.mentions import Key, Mentions
from nutgraf.summarizer.findings.name_words import Name
from nutgraf.summarizer.findings.names_by_capitals import names_by_capitals
from nutgraf.summarizer.findings.noun_phrases import NounPhrase, noun_phrases
from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.languages.language import everywhere, language
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.words import SentenceWords, vocabulary

# "Renan" is short for "Renan Calheiros", but "Iran" not for "Iran Air": the frequency below which a surname is rare.
RARE_SURNAME = 3.6
MAX_PERSON_WORDS = 3
# A name of two words is the full name of its first word if it has this share of its mentions.
MIN_FULL_SHARE = 0.3
# A word this frequent is no name if it only opens sentences; French, Spanish and Portuguese sentences often open with a
# participle, which parsers take for a name.
COMMON_OPENER = 3.3
FREQUENT_OPENER = 4.8
# In so many sentences that mention a surname first, the full name is looked for.
FIRST_MENTIONS = 3
MIN_TERM_CHARACTERS = 2
# With fewer names and recurring words than this, words with one mention are terms in languages without a parser.
MIN_RECURRING = 5


@dataclass(slots=True)
class Candidate:
    """A name or phrase.

    `texts` counts how the sentences that were read write it, `named` how often as a name, `described` how often with an
    adjective before the noun, `general` how often with nouns that tell no story, and `bound` how often without an article
    after a preposition or verb. `sentences` has the positions of all sentences that mention it. `absorbed` has the keys of
    the short names that count for it. `is_doubtful` is set if the evidence is thin.
    """

    key: Key
    language: str
    texts: Counter[str] = field(default_factory=Counter)
    named: int = 0
    described: int = 0
    general: int = 0
    bound: int = 0
    sentences: set[int] = field(default_factory=set)
    absorbed: list[Key] = field(default_factory=list)
    is_doubtful: bool = False

    @property
    def is_name(self) -> bool:
        return 2 * self.named >= self.texts.total() and not self.text.islower()

    @property
    def text(self) -> str:
        return _most_frequent(self.texts)


def find_candidates(
    read: Sequence[int],
    sentences: Sequence[Sentence],
    languages: Sequence[str],
    words: Sequence[SentenceWords],
    trees: Mapping[int, Tree],
    mentions: Mentions,
) -> list[Candidate]:
    """Returns the names and noun phrases of the sentences at the positions `read`, in the order of their keys.

    `languages` has the language of each article; `words` and `trees` are by position. A sentence without a tree yields
    names by their capitals, and single words.
    """
    candidates: dict[Key, Candidate] = {}
    for position in read:
        sentence, tree = sentences[position], trees.get(position)
        tag = languages[sentence.article]
        for phrase in noun_phrases(tree, tag) if tree else _without_grammar(sentence, tag, words[position]):
            if key := mentions.key(phrase.text, tag):
                candidate = candidates.setdefault(key, Candidate(key, tag))
                candidate.texts[phrase.text] += 1
                candidate.named += phrase.is_name
                candidate.described += phrase.is_described
                candidate.general += phrase.is_general
                candidate.bound += phrase.is_bound
                candidate.sentences.add(position)
    _add_full_names(candidates, sentences, languages, mentions)
    for candidate in list(candidates.values()):
        candidate.sentences |= mentions.sentences(candidate.key)
        if len(candidate.key) == 1 and candidate.named and not _has_capital(candidate, mentions):
            if candidate.named == candidate.texts.total():  # a tag that is wrong: "Rassemblés devant l'ambassade …"
                del candidates[candidate.key]
            candidate.named = 0
    others = Counter(
        word.lower()
        for position in read
        if (tree := trees.get(position))
        for word, part in zip(tree.words, tree.tags, strict=True)
        if part in ("ADJ", "VERB", "ADV", "AUX")
    )
    for key in [key for key, each in candidates.items() if each.bound == each.texts.total() or _is_other(each, others)]:
        del candidates[key]
    _drop_single_mentions(candidates, trees, read)
    _merge_short_names(candidates, (sentences[position].text for position in read))
    return [candidates[key] for key in sorted(candidates)]


def _add_full_names(
    candidates: dict[Key, Candidate], sentences: Sequence[Sentence], languages: Sequence[str], mentions: Mentions
) -> None:
    """Adds the full names of surnames from sentences that were not read: their first mentions, by capitals."""
    by_sentence: dict[int, list[Name]] = {}
    surnames = [each for each in candidates.values() if len(each.key) == 1 and each.is_name]
    for surname in surnames:
        for position in sorted(mentions.sentences(surname.key))[:FIRST_MENTIONS]:
            sentence = sentences[position]
            tag = languages[sentence.article]
            if position not in by_sentence:
                by_sentence[position] = list(names_by_capitals(sentence.text, tag))
            for name in by_sentence[position]:
                is_full = f" {name.text} ".count(f" {surname.text} ") == 1 and name.text != surname.text
                if not is_full or name.has_article or _opens_with_a_word(name, sentence, tag):
                    continue
                if not name.text.endswith(surname.text) and len(name.text.split()) != 2:
                    continue
                if (key := mentions.key(name.text, tag)) and key not in candidates:
                    candidates[key] = Candidate(key, tag, Counter({name.text: 1}), 1, sentences={position})


def _opens_with_a_word(name: Name, sentence: Sentence, tag: str) -> bool:
    """Whether the capital of a name's first word may be that of the sentence: "Yesterday Marsh …"."""
    table = background(tag)
    first = vocabulary(tag).stem(name.text.split()[0].lower())
    return not name.start and table is not None and table.frequency(first) >= FREQUENT_OPENER


def has_rare_end(candidate: Candidate) -> bool:
    """Returns whether the last word of a name is as rare as a surname is."""
    table = background(candidate.language)
    last = vocabulary(candidate.language).stem(candidate.text.split()[-1].lower())
    return table is None or table.frequency(last) < RARE_SURNAME


def _is_other(candidate: Candidate, other_words: Counter[str]) -> bool:
    """Whether a noun is as often an adjective, verb or adverb in the sentences that were read: a tag that is wrong."""
    return (
        len(candidate.key) == 1 and not candidate.is_name and other_words[candidate.text.lower()] >= candidate.texts.total()
    )


def _drop_single_mentions(candidates: dict[Key, Candidate], trees: Mapping[int, Tree], read: Sequence[int]) -> None:
    """Without grammar, only recurrence shows that a word is a term."""
    if any(position in trees for position in read):
        return
    once = [key for key, candidate in candidates.items() if not candidate.is_name and len(candidate.sentences) == 1]
    if len(candidates) - len(once) >= MIN_RECURRING:
        for key in once:
            del candidates[key]


def written(candidate: Candidate, mentions: Mentions) -> str:
    """Returns how the articles write a candidate most often: singular or plural, and in lower case if it is no name."""
    known = {text.lower() for text in candidate.texts}
    forms = Counter(candidate.texts)
    for form, times in mentions.forms(candidate.key).items():
        if form.lower() in known:  # others with these stems may be verbs or adjectives
            forms[form] += times
    return _most_frequent(forms)


def _most_frequent(forms: Counter[str]) -> str:
    """The most frequent form; of forms as frequent, one in lower case, then the shortest."""
    return max(forms, key=lambda form: (forms[form], form[:1].islower(), -len(form), form))


def _without_grammar(sentence: Sentence, tag: str, words: SentenceWords) -> Iterator[NounPhrase]:
    in_names = set()
    for name in names_by_capitals(sentence.text, tag):
        in_names.update(name.text.split())
        yield NounPhrase(name.text, name.start, name.end, True)
    days = everywhere("calendar", "days")
    for token, stem in zip(words.tokens, words.stems, strict=True):
        is_word = len(token) >= MIN_TERM_CHARACTERS and not any(map(str.isdigit, token))
        if stem and is_word and token not in in_names and token.lower() not in days:
            yield NounPhrase(token, 0, 0, False)


def _has_capital(candidate: Candidate, mentions: Mentions) -> bool:
    """Whether a word is mostly written in capitals where it does not open a sentence."""
    forms = mentions.forms(candidate.key)
    table = background(candidate.language)
    if not forms.total() and table and not candidate.text.isupper():  # it only opens sentences: a common word is no name
        frequency = table.frequency(mentions.words[candidate.key[0]])
        return frequency < (
            COMMON_OPENER if language(candidate.language).text("names", "lower_case_parts") else FREQUENT_OPENER
        )
    return 2 * sum(times for form, times in forms.items() if form[:1].islower()) <= forms.total()


def _merge_short_names(candidates: dict[Key, Candidate], texts: Iterable[str]) -> None:
    """Adds the sentences of short names to those of the full names, and drops the short ones."""
    named = [candidate for candidate in candidates.values() if candidate.is_name]
    by_plain: dict[str, Candidate] = {}
    for candidate in named:
        same = by_plain.setdefault(plain(candidate.text), candidate)
        if same is not candidate:  # "Édouard" and "Edouard"
            _absorb(same, candidate, candidates)
    full_names = _by_given_names(named)
    mentioned = (Name(each.text, 0, 0, False) for each in named for _ in range(len(each.sentences)))
    full_names |= {short: forms.most_common(1)[0][0] for short, forms in long_forms(mentioned).items()}
    for text in texts:
        full_names |= introduced(text)
    for short, candidate in by_plain.items():
        full = by_plain.get(plain(full_names.get(short, "")))
        if full is not None and full is not candidate:
            _absorb(full, candidate, candidates)


def _absorb(full: Candidate, short: Candidate, candidates: dict[Key, Candidate]) -> None:
    full.sentences |= short.sentences
    full.absorbed.append(short.key)
    candidates.pop(short.key, None)


def _by_given_names(named: Sequence[Candidate]) -> dict[str, str]:
    """The full name of each first word that begins one full name only and is not mentioned before it.

    The full name ends in a rare surname or is used often, or it is an institution's: "Prefeitura de São Paulo".
    """
    firsts = {plain(candidate.text): candidate for candidate in named if " " not in candidate.text}
    found: dict[str, set[str]] = defaultdict(set)
    for candidate in named:
        parts = candidate.text.split()
        short = firsts.get(plain(parts[0]))
        if short is None or len(parts) < 2:
            continue
        is_late = min(candidate.sentences) > min(short.sentences)
        if is_late and not (len(parts) == 2 and has_rare_end(candidate)):
            continue
        is_institution = len(parts) > 2 and parts[1].islower()
        is_often_used = len(parts) == 2 and len(candidate.sentences) >= MIN_FULL_SHARE * len(short.sentences)
        is_person = len(parts) <= MAX_PERSON_WORDS and not any(part.islower() for part in parts)
        if is_institution or (is_person and (is_often_used or has_rare_end(candidate))):
            found[plain(parts[0])].add(candidate.text)
    return {
        first: min(texts, key=len) for first, texts in found.items() if len({plain(text.split()[-1]) for text in texts}) == 1
    }

"""Sentences -> the names and noun phrases in them, with all sentences of the request that mention each.

A short name counts for the full one: "Marsh" for "Ada Marsh", "FEMA" for the agency where a text introduces it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice

from nutgraf.summarizer.findings.key_terms.candidate import Candidate, has_rare_last_word, most_frequent
from nutgraf.summarizer.findings.key_terms.candidate_names import (
    FIRST_MENTIONS,
    MIN_CAPITALS,
    add_full_names,
    add_repeated_names,
    add_surname_mentions,
    is_no_name,
    plain_name,
    without_dateline,
)
from nutgraf.summarizer.findings.key_terms.mentions import MAX_FORMS, Key, Mentions
from nutgraf.summarizer.findings.key_terms.noun_phrases import NounPhrase, noun_phrases
from nutgraf.summarizer.findings.key_terms.short_names import merge_short_names
from nutgraf.summarizer.findings.key_terms.shortlist import Shortlist
from nutgraf.summarizer.findings.key_terms.term_variants import merge_variants
from nutgraf.summarizer.findings.key_terms.title_texts import TitleText
from nutgraf.summarizer.findings.key_terms.whole_phrases import complete_phrases
from nutgraf.summarizer.findings.names.name_extensions import whole_name
from nutgraf.summarizer.findings.names.name_words import name_rules
from nutgraf.summarizer.findings.names.names_by_capitals import names_by_capitals
from nutgraf.summarizer.findings.word_frequencies import word_frequencies
from nutgraf.summarizer.grammar import Tree, TreeCache
from nutgraf.summarizer.interruption import interruptible
from nutgraf.summarizer.languages.language import everywhere, language, primary
from nutgraf.summarizer.models import Sentence
from nutgraf.summarizer.reading.words import SentenceWords

# A word that occurs only at the start of sentences is a name only below this frequency. The limit is lower in French and
# Spanish, whose sentences often open with a participle that the parser takes for a name.
MAX_OPENER_FREQUENCY = 4.8
MAX_OPENER_FREQUENCY_ROMANCE = 3.3
MIN_TERM_CHARACTERS = 2
# With fewer names and recurring words than this, words with one mention are terms in languages without a parser.
MIN_RECURRING = 5
# In such languages, so many mentions of a word, and this share, show it to be a noun. One is enough in fewer sentences.
NOUN_MENTIONS = 2
MIN_SENTENCES_FOR_NOUN_MENTIONS = 10
NOUN_SHARE = 0.34
# The maximum number of characters, and of words, that are read of a sentence without a tree: a text without full stops is
# one sentence.
LONGEST_UNPARSED = 5_000


def find_candidates(
    shortlist: Shortlist,
    sentences: Sequence[Sentence],
    languages: Sequence[str],
    words: Sequence[SentenceWords],
    tree_cache: TreeCache,
    mentions: Mentions,
) -> list[Candidate]:
    """Returns the names and noun phrases of the shortlisted sentences and titles, in the order of their keys.

    Names with a word of the shortlist are among them if other sentences repeat them.
    `languages` has the language of each article; `words` are by position. A sentence without a tree yields
    names by their capitals, and single words.
    """
    read = shortlist.positions
    trees = tree_cache.of(read)
    candidates: dict[Key, Candidate] = {}
    for position in interruptible(read):
        sentence, tree = sentences[position], trees.get(position)
        tag = languages[sentence.article]
        for phrase in noun_phrases(tree, tag) if tree else _without_grammar(sentence, tag, words[position]):
            text = phrase.text
            if phrase.is_name:
                if not sentence.index and not phrase.start:
                    text = without_dateline(text, tag)
                text = plain_name(text[: -1 if phrase.is_genitive else None], tag, mentions)
            if phrase.is_name and is_no_name(text, tag, mentions):
                continue
            if key := mentions.key(text, tag) or (mentions.key_with_digits(text) if phrase.is_name else ()):
                candidate = candidates.setdefault(key, Candidate(key, tag))
                _count(candidate, phrase, text)
                candidate.sentences.add(position)
    _add_titles(candidates, shortlist.titles, trees.values(), tree_cache, mentions)
    add_repeated_names(candidates, shortlist.words, sentences, languages, mentions)
    add_full_names(candidates, sentences, languages, tree_cache, mentions)
    for candidate in list(candidates.values()):
        candidate.sentences |= mentions.sentences(candidate.key)
        if len(candidate.key) == 1 and candidate.named and not _may_be_name(candidate, mentions):
            if candidate.named == candidate.texts.total():  # a tag that is wrong: "Rassemblés devant l'ambassade …"
                del candidates[candidate.key]
            candidate.named = 0
        elif (
            len(candidate.key) == 1
            and not name_rules(primary(candidate.language)).capital_nouns
            and _always_begins_with_capital(candidate, mentions)
            and not is_no_name(candidate.text, candidate.language, mentions)
        ):
            candidate.named = candidate.texts.total()  # the other way round
    tags: dict[str, Counter[str]] = defaultdict(Counter)
    for tree in trees.values():
        for word, part in zip(tree.words, tree.tags, strict=True):
            tags[word.lower()][part] += 1
    for key in [key for key, each in candidates.items() if _is_no_term(each, tags)]:
        del candidates[key]
    _drop_unlikely_nouns(candidates, mentions)
    _drop_single_mentions(candidates, trees, read)
    complete_phrases(candidates, tags, mentions)
    add_surname_mentions(candidates, mentions)
    introducing = set(read).union(
        *(sorted(each.sentences)[:FIRST_MENTIONS] for each in candidates.values() if each.is_acronym)
    )
    merge_short_names(candidates, [sentences[position].text for position in sorted(introducing)], mentions)
    merge_variants(candidates, mentions)
    return [candidates[key] for key in sorted(candidates)]


def _count(candidate: Candidate, phrase: NounPhrase, text: str) -> None:
    candidate.texts[text] += 1
    candidate.named += phrase.is_name
    candidate.described += phrase.is_described
    candidate.general += phrase.is_general
    candidate.in_fixed_phrases += phrase.is_part_of_fixed_phrase
    candidate.roles += phrase.is_role
    candidate.outlets += phrase.is_outlet
    candidate.offices += phrase.is_office


def _add_titles(
    candidates: dict[Key, Candidate],
    titles: Sequence[TitleText],
    trees: Iterable[Tree],
    tree_cache: TreeCache,
    mentions: Mentions,
) -> None:
    """Adds the noun phrases of titles, all words of which are in sentences.

    A title has few of the small words that tell nouns from verbs ("Skerry signs pact"), so a noun is one only if a sentence
    that was read has it, too, and none has it as a verb. Names in titles are too often cut.
    """
    if not titles:
        return
    nouns, verbs = set[str](), set[str]()
    for tree in trees:
        infinitive = False
        for word, part in zip(tree.words, tree.tags, strict=True):
            if part == "VERB" or (part == "NOUN" and infinitive):
                verbs.add(word.lower())
            elif part == "NOUN":
                nouns.add(word.lower())
            infinitive = part == "PART" and word.isalpha()  # "to resume", but not "Skerry's resume"
    for title in titles:
        title_tree = tree_cache.of_text(title.text, title.language)
        if title_tree is None:
            continue
        for phrase in noun_phrases(title_tree, title.language):
            if phrase.is_name or not (key := mentions.key(phrase.text, title.language)):
                continue
            words = zip(title_tree.words, title_tree.tags, title_tree.starts, strict=True)
            own = [word for word, part, start in words if part == "NOUN" and phrase.start <= start < phrase.end]
            if all(_is_noun(word.lower(), nouns, verbs) for word in own):
                _count(candidates.setdefault(key, Candidate(key, title.language)), phrase, phrase.text)


def _is_noun(word: str, nouns: Set[str], verbs: Set[str]) -> bool:
    """Whether a word, or its singular or plural, is a noun of sentences and no verb of them."""
    return word not in verbs and not nouns.isdisjoint((word, f"{word}s", word.removesuffix("s")))


def _is_no_term(candidate: Candidate, tags: Mapping[str, Counter[str]]) -> bool:
    """Whether all mentions of a candidate are parts of fixed phrases, or all are offices, or its tag is probably wrong."""
    mentions = candidate.texts.total()
    if mentions in (candidate.in_fixed_phrases, candidate.offices):
        return True
    # In the sentences that were read, the word is an adjective, verb or adverb more often than a noun.
    found = tags.get(candidate.text.lower(), Counter())
    is_other = sum(found[part] for part in ("ADJ", "VERB", "ADV", "AUX")) > mentions
    return len(candidate.key) == 1 and not candidate.is_name and is_other


def _drop_unlikely_nouns(candidates: dict[Key, Candidate], mentions: Mentions) -> None:
    """Drops words that rarely follow an article or preposition, in languages without a parser that list these words.

    They are Danish, Norwegian and Swedish.
    """
    for key, candidate in list(candidates.items()):
        before_nouns = language(candidate.language).words("terms", "before_nouns")
        if before_nouns and not candidate.is_name:
            wanted = NOUN_MENTIONS if mentions.terms.sentences >= MIN_SENTENCES_FOR_NOUN_MENTIONS else 1
            least = max(wanted, NOUN_SHARE * min(MAX_FORMS, len(mentions.starts(key))))
            if mentions.times_after(key, before_nouns) < least:
                del candidates[key]


def _drop_single_mentions(candidates: dict[Key, Candidate], trees: Mapping[int, Tree], read: Sequence[int]) -> None:
    """Without grammar, only recurrence shows that a word is a term."""
    if any(position in trees for position in read):
        return
    once = [key for key, candidate in candidates.items() if not candidate.is_name and len(candidate.sentences) == 1]
    if len(candidates) - len(once) >= MIN_RECURRING:
        for key in once:
            del candidates[key]


def usual_spelling(candidate: Candidate, mentions: Mentions) -> str:
    """Returns how the articles write a candidate most often: singular or plural, and in lower case if it is not a name."""
    known = {text.lower() for text in candidate.texts}
    forms = Counter(candidate.texts)
    for form, times in mentions.forms(candidate.key).items():
        if form.lower() in known:  # others with these stems may be verbs or adjectives
            forms[form] += times
    capital_nouns = name_rules(primary(candidate.language)).capital_nouns
    if capital_nouns:
        forms = _without_cases(forms, mentions.forms(candidate.key))
    text = most_frequent(forms)
    if candidate.is_name:
        if " " not in text and has_rare_last_word(candidate):  # initials have no number in the key: "J.B. Marsh"
            text = max((form for form in forms if form.endswith(f" {text}")), key=lambda form: forms[form], default=text)
        if capital_nouns:
            return _in_nominative(text, candidate.language) if candidate.described else text
        return whole_name(text, mentions.texts(candidate.sentences), candidate.language)
    first = mentions.forms(candidate.key[:1])
    is_lower = 2 * sum(times for form, times in first.items() if form.islower()) > first.total()
    opens_with_acronym = text.split(" ")[0][:2].isupper()
    if capital_nouns or opens_with_acronym or not (is_lower or not first.total()):
        return text  # "US employers"
    return text[0].lower() + text[1:]  # it opens a sentence, and the word is elsewhere in lower case


def _without_cases(forms: Counter[str], others: Counter[str]) -> Counter[str]:
    """The forms without those that are another one with the ending of a case: "Gesetzes" beside "Gesetz"."""
    found = forms + others
    return (
        Counter(
            {
                form: times
                for form, times in found.items()
                if form[:1].isupper()
                and not any(form != base and form in (f"{base}s", f"{base}es", f"{base}n", f"{base}er") for base in found)
            }
        )
        or forms
    )


def _in_nominative(name: str, tag: str) -> str:
    """A German name that opens with an adjective, without its case: "Alderischer Rat" for "Alderischen Rates"."""
    adjective, _, rest = name.partition(" ")
    if not adjective.endswith(("en", "em")) or not rest:
        return name
    for gender, ending in (("masculine", "er"), ("neuter", "es")):
        for head in language(tag).words("names", gender):
            for case in ("", "s", "es"):
                if rest.lower().endswith(f"{head}{case}"):
                    return f"{adjective[:-2]}{ending} {rest.removesuffix(case)}"
    return f"{adjective[:-1]} {rest}"


def _without_grammar(sentence: Sentence, tag: str, words: SentenceWords) -> Iterator[NounPhrase]:
    in_names = set()
    for name in names_by_capitals(sentence.text[:LONGEST_UNPARSED], tag):
        in_names.update(name.text.split())
        yield NounPhrase(name.text, name.start, name.end, True)
    days = everywhere("calendar", "days")
    for token, stem in islice(zip(words.tokens, words.stems, strict=True), LONGEST_UNPARSED):
        is_word = len(token) >= MIN_TERM_CHARACTERS and not any(map(str.isdigit, token))
        if stem and is_word and token not in in_names and token.lower() not in days:
            yield NounPhrase(token, 0, 0, False)


def _may_be_name(candidate: Candidate, mentions: Mentions) -> bool:
    """Whether at least half of the mentions inside sentences begin with a capital; without any, whether the word is rare."""
    forms = mentions.forms(candidate.key)
    table = word_frequencies(candidate.language)
    if not forms.total() and table and not candidate.text.isupper():  # it only opens sentences: a common word is not a name
        frequency = table.frequency(mentions.words[candidate.key[0]])
        romance = language(candidate.language).text("names", "lower_case_parts")
        return frequency < (MAX_OPENER_FREQUENCY_ROMANCE if romance else MAX_OPENER_FREQUENCY)
    return 2 * sum(times for form, times in forms.items() if form[:1].islower()) <= forms.total()


def _always_begins_with_capital(candidate: Candidate, mentions: Mentions) -> bool:
    """Whether a word begins with a capital wherever it occurs inside a sentence, several times."""
    forms = mentions.forms(candidate.key)
    return forms.total() >= MIN_CAPITALS and all(form[:1].isupper() for form, times in forms.items() if times)

"""What the file of a language says about the nouns and adjectives of phrases."""

from typing import NamedTuple

from nutgraf.summarizer.findings.word_frequencies import word_frequencies
from nutgraf.summarizer.languages.language import everywhere, language, per_language
from nutgraf.summarizer.languages.person_nouns import person_nouns
from nutgraf.summarizer.reading.stop_words import stop_words


class PhraseRules(NamedTuple):
    vague_modifiers: frozenset[str]
    prefixes: frozenset[str]
    vague_nouns: frozenset[str]
    general_nouns: frozenset[str]
    roles: frozenset[str]
    offices: frozenset[str]
    nouns_before_names: frozenset[str]
    outlets: frozenset[str]
    ministers: frozenset[str]
    institutions: frozenset[str]
    departments: frozenset[str]
    parties: frozenset[str]
    particles: frozenset[str]
    demonyms: frozenset[str]
    role_endings: tuple[str, ...]
    counting_nouns: frozenset[str]
    times: frozenset[str]
    links: frozenset[str]
    links_with_article: frozenset[str]
    rarely_nouns: frozenset[str]
    stop_words: frozenset[str]
    adjectives_follow: bool
    has_cases: bool
    endings_agree: bool
    fixed_phrase_prepositions: frozenset[str]
    degrees: frozenset[str]


@per_language
def phrase_rules(code: str) -> PhraseRules:
    entries, table = language(code), word_frequencies(code)
    people = person_nouns(code)
    return PhraseRules(
        vague_modifiers=entries.words("terms", "vague_modifiers"),
        prefixes=entries.words("terms", "prefixes"),
        vague_nouns=(
            entries.words("terms", "vague_nouns")
            | entries.words("names", "titles")
            | everywhere("calendar", "days")
            | entries.words("calendar", "months")
        ),
        general_nouns=entries.words("terms", "general_nouns"),
        roles=people.words,
        offices=entries.words("names", "titles"),
        nouns_before_names=entries.words("names", "kinds"),
        outlets=entries.words("facts", "outlets"),
        ministers=entries.words("names", "ministers"),
        institutions=entries.words("names", "institutions"),
        departments=entries.words("names", "departments"),
        parties=entries.words("names", "parties"),
        particles=entries.words("names", "particles"),
        demonyms=entries.words("names", "origins"),
        role_endings=people.endings,
        counting_nouns=entries.words("headlines", "wholes") | entries.words("terms", "counting_nouns"),
        times=entries.words("headlines", "times"),
        links=entries.words("terms", "links"),
        links_with_article=entries.words("terms", "definite_links"),
        rarely_nouns=table.rarely_nouns if table else frozenset(),
        stop_words=stop_words(code),
        adjectives_follow=code in ("fr", "es", "pt"),
        has_cases=code == "de",
        endings_agree=code in ("es", "pt"),
        fixed_phrase_prepositions=entries.words("terms", "fixed"),
        degrees=entries.words("terms", "degrees"),
    )

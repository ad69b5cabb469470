"""The classes of words that the rules for headlines use, from the section `headlines` of a language's file."""

from dataclasses import dataclass, fields

from nutgraf.summarizer.languages.language import language, per_language

SECTION = "headlines"


@dataclass(frozen=True, slots=True)
class WordClasses:
    """Lower-case words of one language; docs/adding-a-language.md says what each class is for. A class may be empty."""

    code: str
    articles: frozenset[str]
    definite_articles: frozenset[str]
    opening_articles: frozenset[str]
    argument_articles: frozenset[str]
    idle_auxiliaries: frozenset[str]
    negations: frozenset[str]
    limiters: frozenset[str]
    stays: frozenset[str]
    stays_before_names: frozenset[str]
    conditions: frozenset[str]
    premises: frozenset[str]
    concedes: frozenset[str]
    restricting_words: frozenset[str]
    universals: frozenset[str]
    ranks: frozenset[str]
    superlative_endings: frozenset[str]
    degrees: frozenset[str]
    since_words: frozenset[str]
    duration_prepositions: frozenset[str]
    permits: frozenset[str]
    roles: frozenset[str]
    appoints: frozenset[str]
    no_roles: frozenset[str]
    incomplete: frozenset[str]
    completes: frozenset[str]
    loose: frozenset[str]
    unfinished: frozenset[str]
    moves: frozenset[str]
    controls: frozenset[str]
    modals: frozenset[str]
    offices: frozenset[str]
    known_offices: frozenset[str]
    connectives: frozenset[str]
    contrasts: frozenset[str]
    expects: frozenset[str]
    plural_articles: frozenset[str]
    singular_auxiliaries: frozenset[str]
    plural_verbs: frozenset[str]
    times: frozenset[str]
    days: frozenset[str]
    days_or_names: frozenset[str]
    speech: frozenset[str]
    speech_read_as_noun: frozenset[str]
    asserts: frozenset[str]
    announces: frozenset[str]
    present_auxiliaries: frozenset[str]
    denials: frozenset[str]
    not_yet_past: frozenset[str]
    sources: frozenset[str]
    unclear_sources: frozenset[str]
    officials: frozenset[str]
    written_sources: frozenset[str]
    disputed: frozenset[str]
    states: frozenset[str]
    possesses: frozenset[str]
    existential: frozenset[str]
    pronouns: frozenset[str]
    reflexives: frozenset[str]
    unbound: frozenset[str]
    possessives: frozenset[str]
    demonstratives: frozenset[str]
    others: frozenset[str]
    latter: frozenset[str]
    relatives: frozenset[str]
    perceives: frozenset[str]
    unstressed: frozenset[str]
    first_and_second_person: frozenset[str]
    wholes: frozenset[str]
    between: frozenset[str]
    alternatives: frozenset[str]
    question_words: frozenset[str]
    periods: frozenset[str]
    counted_from: frozenset[str]
    elides: frozenset[str]
    particles: frozenset[str]
    phrasal_particles: frozenset[str]
    complements: frozenset[str]
    article_stays_before: frozenset[str]
    article_stays_after: frozenset[str]
    dangling: frozenset[str]
    small_words: frozenset[str]
    free_order: frozenset[str]
    adjectives_first: frozenset[str]
    inverts: frozenset[str]
    verb_second: frozenset[str]
    past_endings: frozenset[str]
    keep_day_after: frozenset[str]
    keep_day_before: frozenset[str]


@per_language
def word_classes(code: str) -> WordClasses:
    """Returns the classes of a language by its code; all are empty where its file has no such section."""
    words = {field.name: language(code).words(SECTION, field.name) for field in fields(WordClasses) if field.name != "code"}
    return WordClasses(language(code).code, **words)

"""Sentence -> whose claim it is, and whether a headline may leave the speaker out.

The speaker stands in an attribution at the start or end of the sentence, or is the subject of its main verb, a verb of
saying. "Two people died in the fire, police said" can lose its attribution, because officials state a plain fact.
Accusations, forecasts, judgements and everything that others say keep their speaker, in the words of the sentence.
"""

from typing import NamedTuple

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.spans import Spans
from nutgraf.summarizer.headlines.word_classes import WordClasses

# Longer ones are no attributions, but clauses of their own.
MAX_SPEAKER_WORDS = 14
MIN_CLAIM_WORDS = 4
_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "ADP", "CCONJ", "PART", "NUM", "PRON", "X", "PUNCT", "SYM"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "nsubj:caus", "obl:agent"})


class Attribution(NamedTuple):
    """An attribution at the end of a sentence, after the claim, which ends at code point `end`.

    `speakers` are wordings of the attribution, the longest first. `official`: the source is an office that states facts.
    `pronoun`: the source is only a pronoun.
    """

    end: int
    speakers: tuple[str, ...]
    official: bool
    pronoun: bool
    words: int = 0  # position after its last word


class Claim(NamedTuple):
    """The clause that a headline is made of, by its verb, and the words of the sentence that the headline leaves out.

    `pronoun`: the speaker is a pronoun, so a reader would not learn whose claim it is.
    """

    verb: int
    left_out: frozenset[int]
    pronoun: bool = False


def closing_attribution(tree: Tree, spans: Spans, classes: WordClasses) -> Attribution | None:
    """Returns the attribution that stands after a comma in a sentence, the last one if there are several, or None.

    It is found by the words and their parts of speech, because parsers often attach such a clause to the wrong word.
    """
    for comma in range(len(tree) - 2, MIN_CLAIM_WORDS, -1):
        if spans.texts[comma] != "," or (
            spans.quotation(comma + 1) and spans.quotation(comma + 1) == spans.quotation(comma - 1)
        ):
            continue
        found = _attribution(tree, spans, comma, classes)
        if found is not None:
            return found
    return None


def opening_attribution(tree: Tree, spans: Spans, classes: WordClasses) -> tuple[int, Attribution] | None:
    """Returns the attribution that opens a sentence, and the code point where the claim begins; None without one.

    A headline can have it after the claim, in lower case: "…, according to the mayor". In languages with the verb in second
    place there is none, because the claim would need another order of words.
    """
    if len(tree) < MIN_CLAIM_WORDS or classes.verb_second or not names_source(spans, 0, classes):
        return None
    comma = next((word for word in range(1, len(tree)) if spans.texts[word] == ","), 0)
    found = _by_source(tree, spans, 0, tree.ends[-1], classes) if comma else None
    if found is None or found.words != comma:
        return None
    lowered = tuple(phrase[0].lower() + phrase[1:] for phrase in found.speakers)
    return tree.starts[comma + 1] if comma + 1 < len(tree) else 0, found._replace(speakers=lowered)


def names_source(spans: Spans, position: int, classes: WordClasses) -> bool:
    """Whether a word opens a phrase that names a source: "according to", "de acordo com", but not "the second"."""
    tree, word = spans.tree, spans.lower[position]
    if word not in classes.sources or tree.tags[position] in ("ADJ", "NUM", "DET"):
        return False
    if tree.tags[position] == "NOUN":
        after = spans.lower[position + 1] if position + 1 < len(tree) else ""
        return position > 0 and spans.lower[position - 1] == "de" and after in ("con", "com")
    return word not in classes.unclear_sources or (position > 0 and spans.lower[position - 1] in ("d'", "d’"))


def _attribution(tree: Tree, spans: Spans, comma: int, classes: WordClasses) -> Attribution | None:
    first = comma + 1
    while first < len(tree) and spans.texts[first] in ("”", '"', "»", "''"):
        first += 1
    if first >= len(tree) - 1:
        return None
    end = tree.ends[comma - 1] if first == comma + 1 else tree.ends[first - 1]
    if spans.lower[first] in classes.sources and spans.lower[first] not in classes.speech:
        return _by_source(tree, spans, first, end, classes)
    verb = first
    while (
        verb < len(tree)
        and tree.tags[verb] in _NOMINAL
        and spans.texts[verb] not in (",", ":", ";")
        and verb - first <= MAX_SPEAKER_WORDS
    ):
        verb += 1
    while verb < len(tree) and tree.tags[verb] in ("AUX", "ADV"):
        verb += 1
    if verb >= len(tree) or spans.lower[verb] not in classes.speech or tree.tags[verb] not in ("VERB", "AUX"):
        return None
    if any(
        tree.tags[word] in ("VERB", "SCONJ")
        for word in range(verb + 1, len(tree))
        if tree.heads[word] == verb and tree.relations[word] in ("ccomp", "xcomp", "mark")
    ):
        return None
    if tree.tags[first] == "PRON" and tree.relations[verb].startswith("acl"):
        return None  # "a report that predicts …"
    subject = range(first, verb)
    if any(tree.tags[word] in ("NOUN", "PROPN", "PRON") for word in subject):
        words = [word for word in subject if tree.tags[word] != "PUNCT"]
        return _attribution_of(spans, words, [verb, *_told(tree, spans, verb, classes)], end, classes)
    main = any(tree.relations[word].startswith("nsubj") and word < comma for word in spans.children[verb])
    if not classes.inverts or main:
        return None  # "Ada Marsh, who leads the council, said …" is the main clause
    # "informó la policía", "a annoncé vendredi la préfecture", "teilte die Polizei am Montag mit"
    rest: list[int] = []
    position = verb + 1
    while position < len(tree) and spans.texts[position] not in (",", ";", ":", "."):
        if tree.tags[position] in ("VERB", "SCONJ") or len(rest) > MAX_SPEAKER_WORDS:
            break
        rest.append(position)
        position += 1
    rest = _without_time(tree, spans, rest, classes)
    if not any(tree.tags[word] in ("NOUN", "PROPN") for word in rest):
        return None
    particle = [word for word in rest if tree.relations[word] == "compound:prt"]
    return _attribution_of(
        spans,
        [word for word in rest if word not in particle],
        [*range(first, verb + 1)],
        end,
        classes,
        particle,
        inverted=True,
    )


def _by_source(tree: Tree, spans: Spans, first: int, end: int, classes: WordClasses) -> Attribution | None:
    """ "according to figures of the ministry", "selon la préfecture" """
    opening, position = [first], first + 1
    while (position < len(tree) and tree.relations[position] == "fixed") or (
        position < len(tree) and spans.lower[position] in ("to", "con", "com", "do", "angaben") and position == first + 1
    ):
        opening.append(position)
        position += 1
    words: list[int] = []
    while (
        position < len(tree)
        and tree.tags[position] in _NOMINAL
        and spans.texts[position] not in (",", ".", ";")
        and not (tree.tags[position] == "PRON" and words)
    ):
        words.append(position)
        position += 1
    words = _without_time(tree, spans, words, classes)
    if not any(tree.tags[word] in ("NOUN", "PROPN", "PRON") for word in words) or len(words) > MAX_SPEAKER_WORDS:
        return None
    # "wie die Polizei mitteilte"
    says = [position] if position < len(tree) and spans.lower[position] in classes.speech else []
    if tree.tags[first] in ("SCONJ", "ADV", "CCONJ") and not says:
        return None
    found = _attribution_of(spans, words, opening, end, classes, says, inverted=True)
    return found._replace(words=position)


def _attribution_of(
    spans: Spans,
    words: list[int],
    verb: list[int],
    end: int,
    classes: WordClasses,
    after: list[int] | None = None,
    *,
    inverted: bool = False,
) -> Attribution:
    tree = spans.tree
    head = _head(tree, words)
    forms = [words, _shorter(tree, spans, words, head, classes)]
    after_office = max((index + 1 for index, word in enumerate(words) if spans.lower[word] in classes.offices), default=0)
    name = [word for word in words[after_office:] if tree.tags[word] == "PROPN"]
    if len(name) >= 2 and len(name) < len(words):
        forms.append(name)
    phrases = []
    for form in forms:
        order = [*verb, *form, *(after or [])] if inverted else [*form, *verb]
        text = " ".join(spans.texts[word] for word in order)
        for mark in (" '", " ’"):
            text = text.replace(mark, mark.strip())
        for elided in ("l' ", "d' ", "l’ ", "d’ "):
            text = text.replace(elided, elided.strip())
        if text not in phrases:
            phrases.append(text)
    named = {
        word
        for word in words
        if word == head
        or (tree.heads[word] == head and tree.relations[word].partition(":")[0] in ("compound", "flat", "amod"))
    }
    named |= {
        word for word in words if tree.tags[word] in ("NOUN", "PROPN") and word < head and tree.relations[word] == "compound"
    }
    official = any(spans.lower[word] in classes.officials for word in named)
    states = any(spans.lower[word] in classes.asserts | classes.sources for word in verb)
    pronoun = any(
        tree.tags[word] == "PRON" and spans.lower[word] in classes.pronouns | classes.own for word in words
    ) and not any(tree.tags[word] in ("NOUN", "PROPN") for word in words)
    return Attribution(end, tuple(sorted(phrases, key=lambda phrase: -len(phrase))), official and states, pronoun)


def _head(tree: Tree, words: list[int]) -> int:
    """The noun of a phrase that hangs on no other of its words; the first noun where the parser is at odds."""
    nouns = [word for word in words if tree.tags[word] in ("NOUN", "PROPN")]
    free = [word for word in nouns if tree.heads[word] not in words]
    return (free or nouns or words)[0]


def _shorter(tree: Tree, spans: Spans, words: list[int], head: int, classes: WordClasses) -> list[int]:
    """The phrase without articles where headlines omit them, adjectives, and what follows its noun with a preposition."""
    kept = []
    for word in words:
        if tree.tags[word] == "ADP" and word > head:
            break
        if spans.lower[word] in classes.articles or (
            tree.relations[word] == "amod"
            and spans.lower[word] not in classes.stays
            and word < head
            and not spans.texts[word][0].isupper()
            and classes.articles
        ):
            continue
        kept.append(word)
    return kept


def _told(tree: Tree, spans: Spans, verb: int, classes: WordClasses) -> list[int]:
    """The object of "told", which can't be left out."""
    if spans.lower[verb] not in ("told", "tells", "tell"):
        return []
    words, position = [], verb + 1
    while (
        position < len(tree)
        and tree.tags[position] in ("DET", "ADJ", "NOUN", "PROPN")
        and spans.lower[position] not in classes.days
    ):
        words.append(position)
        position += 1
    return words


def _without_time(tree: Tree, spans: Spans, words: list[int], classes: WordClasses) -> list[int]:
    """The words without days and the prepositions and articles right before them, and nothing after a day that ends them."""
    left_out = set()
    for index, word in enumerate(words):
        if spans.lower[word] in classes.days or spans.lower[word] in classes.times:
            left_out.add(word)
            before = index - 1
            while (
                before >= 0
                and tree.tags[words[before]] in ("ADP", "DET", "NUM", "ADJ")
                and words[before] == words[before + 1] - 1
                and before > 0
            ):
                left_out.add(words[before])
                before -= 1
    return [word for word in words if word not in left_out]


def claims(tree: Tree, spans: Spans, classes: WordClasses) -> Claim:
    """Returns the claim of the main clause of a sentence, even if its verb is a verb of saying."""
    said = _complement_of_speech(tree, spans, tree.root, classes)
    if said < 0:
        return Claim(tree.root, frozenset())
    subjects = [child for child in spans.children[tree.root] if tree.relations[child] in _SUBJECTS]
    pronoun = any(spans.lower[subject] in classes.pronouns | classes.own for subject in subjects)
    return Claim(tree.root, frozenset(), pronoun)


def plain_fact(tree: Tree, spans: Spans, classes: WordClasses) -> Claim | None:
    """Returns the claim below the main verb of a sentence, a verb of saying, if officials state it as a plain fact.

    None otherwise. A headline may leave out the officials.
    """
    root = tree.root
    said = _complement_of_speech(tree, spans, root, classes)
    if said < 0 or (classes.verb_second and any(tree.relations[child] == "mark" for child in spans.children[said])):
        return None  # the verb of a subordinate clause may stand at its end
    if _stated_by_office(tree, spans, root, classes) and is_plain(tree, spans, said, classes):
        return Claim(said, frozenset(spans.below(root)) - frozenset(spans.below(said)))
    return None


def _complement_of_speech(tree: Tree, spans: Spans, verb: int, classes: WordClasses) -> int:
    """The verb of the clause that a verb of saying governs; -1 if it is no verb of saying, or governs no clause."""
    if spans.lower[verb] not in classes.speech:
        return -1
    for child in spans.children[verb]:
        if (
            tree.relations[child] == "ccomp"
            and is_clause(tree, spans, child, classes)
            and len(list(spans.below(child))) >= MIN_CLAIM_WORDS
        ):
            return child
    return -1


def _stated_by_office(tree: Tree, spans: Spans, verb: int, classes: WordClasses) -> bool:
    if spans.lower[verb] not in classes.asserts:
        return False
    for subject in spans.children[verb]:
        if tree.relations[subject] in _SUBJECTS:
            near = {
                subject,
                *(
                    child
                    for child in spans.children[subject]
                    if tree.relations[child].partition(":")[0] in ("compound", "flat")
                ),
            }
            return any(spans.lower[word] in classes.officials for word in near)
    return False


def is_plain(tree: Tree, spans: Spans, verb: int, classes: WordClasses) -> bool:
    """Whether a clause states a plain fact: an event, with no quotation, disputed word, first person or pronoun subject."""
    subjects = [child for child in spans.children[verb] if tree.relations[child] in _SUBJECTS]
    if any(tree.tags[subject] == "PRON" and spans.lower[subject] in classes.pronouns for subject in subjects):
        return False
    words = list(spans.below(verb))
    states = [verb, *(child for child in spans.children[verb] if tree.relations[child] == "cop")]
    if any(spans.lower[word] in classes.states for word in states):
        return False  # how things are is a judgement more often than what happened
    return not any(spans.quotation(word) or spans.lower[word] in classes.disputed | classes.own for word in words)


def is_clause(tree: Tree, spans: Spans, verb: int, classes: WordClasses) -> bool:
    """Whether a word heads a clause: it is a finite verb or has an auxiliary or copula, and it has a subject.

    A noun without a preposition counts as a subject if it stands before the verb, or after it in a language with free word
    order, because the parser sometimes gives subjects another relation.
    """
    relations = {tree.relations[child].partition(":")[0] for child in spans.children[verb]}
    nouns = [
        child for child in spans.children[verb] if bare_noun(tree, spans, child) and (child < verb or classes.free_order)
    ]
    if not relations & {"nsubj", "csubj", "expl"} and not nouns:
        return False
    if tree.tags[verb] in ("VERB", "AUX"):
        # A past is easily taken for a participle, so a participle with a subject is one, too.
        return tree.forms[verb] in ("Fin", "Part", "") or bool(relations & {"aux", "cop"})
    return "cop" in relations


def bare_noun(tree: Tree, spans: Spans, position: int) -> bool:
    """Whether a word is a noun that depends on its verb without a preposition."""
    if tree.tags[position] not in ("NOUN", "PROPN", "NUM") or tree.relations[position].partition(":")[0] not in (
        "obj",
        "obl",
        "advmod",
        "dep",
    ):
        return False
    return not any(tree.relations[below].partition(":")[0] == "case" for below in spans.children[position])

"""Finds the attribution at the start or end of a sentence, and the wordings of it that can end a headline.

Accusations, forecasts, judgements and everything that others than officials say keep their speaker, in the words of the
sentence. main_claim.py handles speakers that are the subject of the main verb.
"""

from collections.abc import Set
from typing import NamedTuple

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.clauses.main_claim import MAX_SPEAKER_WORDS, MIN_CLAIM_WORDS
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses

_BREAKS = frozenset({",", ";", ":", "(", "—", "--"})
NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "ADP", "CCONJ", "PART", "NUM", "PRON", "X", "PUNCT", "SYM"})


class Attribution(NamedTuple):
    """An attribution at the end of a sentence, after the claim, which ends at code point `end`.

    `speakers` are wordings of the attribution, the longest first. `official`: the source is an office that states facts.
    `announced`: the source is somebody who announced it. `pronoun`: the source is only a pronoun.
    """

    end: int
    speakers: tuple[str, ...]
    official: bool
    announced: bool
    pronoun: bool
    words: int = 0  # position after its last word


def closing_attribution(
    tree: Tree, spans: Spans, classes: WordClasses, given_names: Set[int] = frozenset()
) -> Attribution | None:
    """Returns the attribution after a comma in a sentence, the last one if there are several, or None.

    `given_names` has the positions of those that a wording of it may leave out. It is found by the words and their tags,
    because parsers often attach such a clause to the wrong word.
    """
    for comma in range(len(tree) - 2, MIN_CLAIM_WORDS, -1):
        if spans.texts[comma] != "," or (
            spans.quotation(comma + 1) and spans.quotation(comma + 1) == spans.quotation(comma - 1)
        ):
            continue
        if not _has_main_verb(tree, spans, comma, classes):
            break
        found = _attribution(tree, spans, comma, classes, given_names)
        if found is not None:
            return found
    return None


def last_word(tree: Tree, spans: Spans, classes: WordClasses) -> int:
    """The position of the last word of a sentence, without marks, days, times, adverbs, and prepositions that they leave."""
    last = len(tree) - 1
    while last > 0 and (
        spans.is_mark(last) or spans.lower[last] in classes.days | classes.times or tree.tags[last] in ("ADP", "ADV")
    ):
        last -= 1
    return last


def _has_main_verb(tree: Tree, spans: Spans, end: int, classes: WordClasses) -> bool:
    """Whether the words before `end` can be a claim: not those of "In two speeches, Marsh accused …"."""
    if tree.tags[0] not in ("ADP", "SCONJ") and spans.lower[0] not in classes.question_words:
        return True
    subordinate = tree.tags[0] != "ADP" and "," not in spans.texts[:end]
    return not subordinate and any(
        tree.tags[word] in ("VERB", "AUX") and tree.verb_forms[word] != "Inf" for word in range(end)
    )


def opening_attribution(
    tree: Tree, spans: Spans, classes: WordClasses, given_names: Set[int] = frozenset()
) -> tuple[int, Attribution] | None:
    """Returns the attribution that opens a sentence, and the code point where the claim begins; None without one.

    A headline can have it after the claim, in lower case: "…, according to the mayor". In languages with the verb in second
    place there is none, because the claim would need another order of words.
    """
    if len(tree) < MIN_CLAIM_WORDS or classes.verb_second:
        return None
    if not names_source(spans, 0, classes):
        return _before_colon(tree, spans, classes, given_names)
    comma = next((word for word in range(1, len(tree)) if spans.texts[word] == ","), 0)
    found = _by_source(tree, spans, 0, tree.ends[-1], classes, given_names) if comma else None
    if found is None or found.words != comma:
        return None
    lowered = tuple(phrase[0].lower() + phrase[1:] for phrase in found.speakers)
    return tree.starts[comma + 1] if comma + 1 < len(tree) else 0, found._replace(speakers=lowered)


def _before_colon(tree: Tree, spans: Spans, classes: WordClasses, given_names: Set[int]) -> tuple[int, Attribution] | None:
    """ "The newspaper said in an editorial on Saturday: The bridge …" """
    colon = next((word for word in range(2, len(tree) - MIN_CLAIM_WORDS) if spans.texts[word] == ":"), 0)
    verb = next((word for word in range(1, colon) if tree.tags[word] in ("VERB", "AUX")), 0)
    subject = [word for word in range(verb) if tree.tags[word] in NOMINAL and not spans.is_mark(word)]
    if (
        spans.lower[verb] not in classes.speech
        or len(subject) < verb
        or spans.quotation(colon + 1)
        or not any(tree.tags[word] in ("NOUN", "PROPN") for word in subject)
        or any(tree.tags[word] in ("VERB", "SCONJ") for word in range(verb + 1, colon))
    ):
        return None
    found = attribution_of(spans, subject, [verb], tree.ends[-1], classes, given_names)
    article = spans.texts[0] + " "
    if tree.tags[0] == "DET":
        lowered = (phrase[0].lower() + phrase[1:] if phrase.startswith(article) else phrase for phrase in found.speakers)
        found = found._replace(speakers=tuple(lowered))
    return tree.starts[colon + 1], found._replace(words=colon)


def names_source(spans: Spans, position: int, classes: WordClasses) -> bool:
    """Whether a word opens a phrase that names a source: "according to", "de acordo com", but not "the second"."""
    tree, word = spans.tree, spans.lower[position]
    if word not in classes.sources or tree.tags[position] in ("ADJ", "NUM", "DET"):
        return False
    if tree.tags[position] == "NOUN":
        after = spans.lower[position + 1] if position + 1 < len(tree) else ""
        return position > 0 and spans.lower[position - 1] == "de" and after in ("con", "com")
    return word not in classes.unclear_sources or (position > 0 and spans.lower[position - 1] in ("d'", "d’"))


def _attribution(tree: Tree, spans: Spans, comma: int, classes: WordClasses, given_names: Set[int]) -> Attribution | None:
    first = comma + 1
    while first < len(tree) and spans.texts[first] in ("”", '"', "»", "''"):
        first += 1
    if first >= len(tree) - 1:
        return None
    end = tree.ends[comma - 1] if first == comma + 1 else tree.ends[first - 1]
    if spans.lower[first] in classes.sources and spans.lower[first] not in classes.speech:
        return _by_source(tree, spans, first, end, classes, given_names)
    if tree.tags[first] == "ADP":
        return None  # "…, with one lawmaker saying that …"
    verb = first
    while (
        verb < len(tree)
        and (tree.tags[verb] in NOMINAL or spans.texts[verb - 1] == "-")
        and spans.lower[verb] not in classes.speech_read_as_noun
        and spans.texts[verb] not in (",", ":", ";")
        and verb - first <= MAX_SPEAKER_WORDS
    ):
        verb += 1
    speaker_ends = verb
    while verb < len(tree) and tree.tags[verb] in ("AUX", "ADV"):
        verb += 1
    says = verb < len(tree) and spans.lower[verb] in classes.speech
    relative = next((word for word in range(first + 1, speaker_ends) if _is_relative(spans, word, classes)), 0)
    if not says and relative:
        speaker_ends = relative
        verb = _verb_of_saying_at_end(tree, spans, relative, classes)  # "the doctor who saw him concluded"
    elif not says and verb < len(tree) and tree.verb_forms[verb] in ("Ger", "Part"):
        verb = _verb_of_saying_at_end(tree, spans, verb, classes)  # "a guard working there said"
    else:
        speaker_ends = verb
    if verb >= len(tree) or spans.lower[verb] not in classes.speech:
        return None
    if tree.tags[verb] not in ("VERB", "AUX") and spans.lower[verb] not in classes.speech_read_as_noun:
        return None
    if any(
        tree.tags[word] in ("VERB", "SCONJ")
        for word in range(verb + 1, len(tree))
        if tree.heads[word] == verb and tree.relations[word] in ("ccomp", "xcomp", "mark")
    ):
        return None
    if verb > first and _says_what_follows(tree, spans, verb, classes):
        return None
    if tree.tags[first] == "PRON" and tree.relations[verb].startswith("acl"):
        return None  # "a report that predicts …"
    subject = range(first, speaker_ends)
    if any(_is_relative(spans, word, classes) for word in subject):
        return None  # "the mayor's judges who were confirmed"
    if any(tree.tags[word] in ("NOUN", "PROPN", "PRON") for word in subject):
        words = [word for word in subject if tree.tags[word] != "PUNCT"]
        found = attribution_of(spans, words, [verb, *_listeners(tree, spans, verb, classes)], end, classes, given_names)
        continues = tree.tags[verb - 1] == "AUX" and spans.lower[verb].endswith("ing")
        return found._replace(speakers=()) if continues else found  # "…, Marsh is telling workers" has no short wording
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
    return attribution_of(
        spans,
        [word for word in rest if word not in particle],
        [*range(first, verb + 1)],
        end,
        classes,
        given_names,
        particle,
        inverted=True,
    )


def _is_relative(spans: Spans, position: int, classes: WordClasses) -> bool:
    return spans.lower[position] in classes.relatives and spans.tree.tags[position] == "PRON"


def _verb_of_saying_at_end(tree: Tree, spans: Spans, start: int, classes: WordClasses) -> int:
    """Returns the position of a verb of saying that ends the sentence, days apart; the end of the tree if there is none."""
    last = last_word(tree, spans, classes)
    broken = any(spans.texts[word] in _BREAKS for word in range(start, last))
    says = spans.lower[last] in classes.speech and tree.tags[last] == "VERB" and last > start
    return last if says and not broken else len(tree)


def _says_what_follows(tree: Tree, spans: Spans, verb: int, classes: WordClasses) -> bool:
    """Whether a clause follows a verb of saying without a comma: "After the storm, the mayor said the bridge was closed"."""
    end = next((word for word in range(verb + 1, len(tree)) if spans.texts[word] in _BREAKS), len(tree))
    subject = next((word for word in range(verb + 1, end) if tree.relations[word].startswith(("nsubj", "expl"))), end)
    finite = [word for word in range(subject, end) if tree.verb_forms[word] == "Fin"]
    opens = [
        word for word in range(verb + 1, subject) if tree.tags[word] == "SCONJ" or spans.lower[word] in classes.relatives
    ]
    return bool(finite) and all(spans.lower[word] in classes.complements for word in opens)


def _by_source(
    tree: Tree, spans: Spans, first: int, end: int, classes: WordClasses, given_names: Set[int]
) -> Attribution | None:
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
        and (tree.tags[position] in NOMINAL or spans.texts[position - 1] == "-")  # "state-run"
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
    found = attribution_of(spans, words, opening, end, classes, given_names, says, inverted=True)
    return found._replace(words=position)


def attribution_of(
    spans: Spans,
    words: list[int],
    verb: list[int],
    end: int,
    classes: WordClasses,
    given_names: Set[int] = frozenset(),
    after: list[int] | None = None,
    *,
    inverted: bool = False,
) -> Attribution:
    """Returns the attribution to a speaker, the `words` of a noun phrase, with the words of its `verb` of saying.

    `after` has words that follow the speaker. `inverted`: the verb is before it.
    """
    tree = spans.tree
    head = _head(tree, words)
    forms = [words, _shorter(tree, spans, words, head, classes)]
    after_office = max((index + 1 for index, word in enumerate(words) if spans.lower[word] in classes.offices), default=0)
    name = [word for word in words[after_office:] if tree.tags[word] == "PROPN"]
    if len(name) > 2 and name[0] - 1 in words and tree.tags[name[0] - 1] == "ADP":
        name = name[1:]  # "Secretary of State Ada Marsh"
    unbroken = all(word in name or spans.texts[word] == "-" for word in range(name[0], name[-1])) if name else False
    names_source = len(name) >= 2 and unbroken and not _is_of_thing(spans, name[-1] + 1, words, classes)
    if names_source and len(name) < len(words) and not _is_torn(spans, name[0], words):
        forms.append(name)
    if names_source and given_names & set(name):
        forms.append([word for word in name if word not in given_names])
    forms.append(_only_head(tree, spans, words, head, classes) or words)
    phrases = []
    for form in forms:
        if _tears_name(spans, words, form, classes, given_names):
            continue
        order = [*verb, *form, *(after or [])] if inverted else [*form, *verb]
        text = " ".join(spans.texts[word] for word in order)
        for mark in (" '", " ’"):
            text = text.replace(mark, mark.strip())
        text = text.replace(" - ", "-")
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
    announced = any(spans.lower[word] in classes.announces for word in verb)
    pronoun = any(
        tree.tags[word] == "PRON" and spans.lower[word] in classes.pronouns | classes.first_and_second_person
        for word in words
    ) and not any(tree.tags[word] in ("NOUN", "PROPN") for word in words)
    return Attribution(end, tuple(sorted(phrases, key=lambda phrase: -len(phrase))), official and states, announced, pronoun)


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
    after = kept[-1] + 1 if kept else 0
    if after in words and tree.tags[after] == "ADP" and tree.tags[kept[-1]] == "ADJ" and kept[-1] > head:
        kept.pop()  # "sources close [to the case]", "people familiar [with the case]"
    return kept


def _tears_name(spans: Spans, words: list[int], form: list[int], classes: WordClasses, given_names: Set[int]) -> bool:
    """Whether a wording keeps one of two capital words side by side: "White official" of "White House official"."""
    capital = [word for word in form if spans.texts[word][0].isupper()]
    after = capital[0] + 1 if len(capital) == 1 else -1
    if after in words and after not in form and spans.tree.tags[after] == "ADP" and _names_follow(spans, words, after):
        return True  # "Centers [for Disease Control]"
    for word in words:
        beside = {word - 1, word + 1} & set(form)
        if word in form or word in given_names or spans.lower[word] in classes.offices | classes.articles:
            continue
        if spans.texts[word][0].isupper() and any(
            spans.texts[other][0].isupper() and spans.lower[other] not in classes.offices for other in beside
        ):
            return True
    return False


def _names_follow(spans: Spans, words: list[int], start: int) -> bool:
    return any(spans.texts[word][0].isupper() for word in words if word > start)


def _is_of_thing(spans: Spans, after: int, words: list[int], classes: WordClasses) -> bool:
    """Whether the word after a name makes it part of a source: "Ada Marsh's letters", "Ada Marsh papers".

    "Harbour Council official" has the name of a source before the noun.
    """
    if after not in words:
        return False
    people = classes.officials | classes.offices
    return spans.tree.tags[after] == "PART" or (spans.tree.tags[after] == "NOUN" and spans.lower[after] not in people)


def _is_torn(spans: Spans, first: int, words: list[int]) -> bool:
    """Whether the adjective before a name belongs to it: "New York Times"."""
    before = first - 1
    adjective = before in words and spans.tree.tags[before] == "ADJ"
    return adjective and spans.texts[before][0].isupper() and spans.tree.heads[before] in (first, first + 1)


def _only_head(tree: Tree, spans: Spans, words: list[int], head: int, classes: WordClasses) -> list[int]:
    """The noun of a phrase with what limits it: "two officials"; nothing if it says too little alone: "members of …"."""
    if tree.tags[head] != "NOUN" or (spans.lower[head] in classes.wholes - classes.offices) or head not in words:
        return []
    if head + 1 in words and tree.tags[head + 1] in ("NOUN", "PROPN"):
        return []  # "network" of "network executive"
    if any(tree.tags[word] == "ADP" for word in words if word < head):
        return []  # "project" of "somebody familiar with the project"
    if any(
        tree.relations[word] == "compound" and tree.heads[word] == head and tree.tags[word] == "NOUN" for word in words
    ) and (spans.lower[head] not in classes.offices):
        return []  # "guard" of "the coast guard"
    limits = {"det", "nummod"} if classes.articles else {"det", "nummod", "case"}
    return [
        word
        for word in words
        if word == head
        or (
            word < head
            and tree.heads[word] == head
            and spans.lower[word] not in classes.articles
            and (tree.relations[word].partition(":")[0] in limits or spans.lower[word] in classes.stays)
        )
    ]


def _listeners(tree: Tree, spans: Spans, verb: int, classes: WordClasses) -> list[int]:
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

"""Finds sentences that are somebody's claim, whose source no other rule finds: no headline is made of them."""

from nutgraf.summarizer.grammar import Tree
from nutgraf.summarizer.headlines.clauses.main_claim import MAX_SPEAKER_WORDS, MIN_CLAIM_WORDS
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses
from nutgraf.summarizer.headlines.speakers.source_attribution import NOMINAL, last_word
from nutgraf.summarizer.languages.language import language


def has_unknown_source(tree: Tree, spans: Spans, classes: WordClasses) -> bool:
    """Returns whether a sentence without an attribution seems to name its source in words that no other rule knows."""
    return (
        _ends_with_speech(tree, spans, classes)
        or _opens_with_view(tree, spans, classes)
        or _is_claim_in_other_words(tree, spans, classes)
    )


def _ends_with_speech(tree: Tree, spans: Spans, classes: WordClasses) -> bool:
    """Returns whether a clause with a verb of saying ends a sentence behind a comma, days apart: "…, the mayor said Monday".

    If no attribution is found in it, it is not known whose claim the sentence is, unless that verb is the main one.
    """
    last = last_word(tree, spans, classes)
    if last < 0 or last == tree.root:
        return False
    comma = next((word for word in range(last, 0, -1) if spans.texts[word] == ","), 0)
    says = comma and spans.lower[last] in classes.speech and tree.tags[last] == "VERB" and tree.verb_forms[last] == "Fin"
    subject = any(tree.tags[word] in ("NOUN", "PROPN") for word in range(comma, last))
    return bool(says) and comma > MIN_CLAIM_WORDS and subject


def _opens_with_view(tree: Tree, spans: Spans, classes: WordClasses) -> bool:
    """Returns whether the opening phrase says that what follows is somebody's view: "In Marsh's telling, the vote …"."""
    comma = next((word for word in range(len(tree)) if spans.texts[word] == ","), 0)
    return (
        comma > 0
        and tree.tags[0] == "ADP"
        and any(
            spans.lower[word] in classes.views and tree.relations[owner] == "nmod:poss"
            for word in range(1, comma)
            for owner in spans.children[word]
        )
    )


def _is_claim_in_other_words(tree: Tree, spans: Spans, classes: WordClasses) -> bool:
    """Returns whether a sentence seems to name its source in words that no other rule knows.

    "…, soutient la plaignante", "Pour le parquet, …", "…, wie aus der Anklage hervorgeht", "…, in the view of prosecutors".
    The rest of the sentence is then somebody's claim. Use it for sentences without an attribution.
    """
    commas = [word for word in range(1, len(tree) - 1) if spans.texts[word] == ","]
    if not commas:
        return False
    first, last = commas[0], commas[-1]
    lower = [word.replace("’", "'") for word in spans.lower]
    for phrase in language(classes.code).patterns("headlines", "view_phrases"):
        words = phrase.split()
        if lower[: len(words)] == words or any(lower[comma + 1 : comma + 1 + len(words)] == words for comma in commas):
            return True
    opens_for_office = spans.lower[0] in classes.view_prepositions and any(
        spans.lower[word] in classes.officials for word in range(1, min(first, MAX_SPEAKER_WORDS))
    )
    if opens_for_office and not any(tree.tags[word] in ("VERB", "AUX") for word in range(first)):
        return True
    rest = [word for word in range(last + 1, len(tree)) if not spans.is_mark(word)]
    if last <= MIN_CLAIM_WORDS or any(spans.quotation(word) for word in rest):
        return False
    return bool(classes.inverts) and not classes.verb_second and _is_verb_with_speaker(tree, rest)


def _is_verb_with_speaker(tree: Tree, words: list[int]) -> bool:
    """Whether words are a verb and a noun phrase after it that is no object: "acusa a vítima" after a claim.

    It is an object if the verb has a subject before it, or if no clause is before it that it may report.
    """
    verbs = [word for word in words if tree.tags[word] in ("VERB", "AUX")]
    if not verbs or tree.verb_forms[words[0]] != "Fin" or verbs[-1] - words[0] > 2:
        return False
    after = [word for word in words if word > verbs[-1]]
    if not after or len(after) > MAX_SPEAKER_WORDS or tree.tags[after[0]] not in ("DET", "NOUN", "PROPN"):
        return False
    has_subject = any(
        tree.relations[child].startswith(("nsubj", "expl")) and child < words[0]
        for verb in verbs
        for child in tree.children(verb)
    )
    reports = tree.root < words[0] or any(
        tree.verb_forms[word] == "Fin" and tree.relations[word] in ("ccomp", "parataxis", "root") for word in range(words[0])
    )
    nominal = all(tree.tags[word] in NOMINAL | {"ADV"} for word in after)
    return nominal and reports and not has_subject and any(tree.tags[word] in ("NOUN", "PROPN") for word in after)

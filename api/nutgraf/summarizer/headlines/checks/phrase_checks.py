"""Checks whether kept words of a sentence cut a phrase apart: a name, a range, a comparison, a pair.

Some words belong together, whatever the tree says. The rules look at the words that are missing between those that stay.
"""

from collections.abc import Collection
from itertools import pairwise

from nutgraf.summarizer.headlines.checks.rank_checks import keeps_ranks
from nutgraf.summarizer.headlines.checks.scope_checks import keeps_scope
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses

_COMPARISONS = {
    "than": frozenset("more less fewer better worse rather other higher lower larger smaller".split()),
    "als": frozenset("mehr weniger besser schlechter höher niedriger größer kleiner".split()),
}
_INDEFINITE = frozenset({"a", "an"})
_VOWELS = frozenset("aeiouàâäéèêëîïôöùûü")
# The second of a pair ("between Alder and Skerry") is within this many words.
_PAIR_WITHIN = 12


def has_whole_phrases(
    spans: Spans, verb: int, kept: frozenset[int], omitted: frozenset[int], words: list[int], classes: WordClasses
) -> bool:
    """Whether no phrase of the sentence is cut apart.

    `words` are the kept words without marks, in order; `omitted` are words that headlines omit, such as articles.
    """
    tree, with_omitted = spans.tree, kept | omitted
    return (
        not _broken_word(spans, kept)
        and not _loses_noun(spans, with_omitted)
        and not _lone_preposition(spans, with_omitted)
        and not _tears_name(spans, with_omitted, classes)
        and not _joins_nouns(spans, words, classes)
        and not _ends_in_a_subject(spans, words, classes)
        and not _splits_range(spans, kept)
        and not _splits_coordination(spans, with_omitted)
        and not _splits_pair(spans, with_omitted, classes)
        and not _splits_comparison(spans, kept)
        and not _loses_direction(spans, kept, classes)
        and keeps_ranks(spans, words, classes)
        and not _loses_turn(spans, verb, kept, classes)
        and not _loses_antecedent(spans, words, classes)
        and not _loses_verb_of_object(spans, kept)
        and not _loses_later_object(spans, kept)
        and not _follows_missing_noun(spans, verb, kept)
        and not _quotes_for_missing_noun(spans, kept)
        and not any(_owns_nothing(spans, word, kept) for word in words if tree.tags[word] == "PART")
        and not _has_wrong_article(spans, words, classes)
        and not _has_foreign_adjective(spans, words, classes)
        and not _reads_as_another_phrase(spans, words, classes)
        and keeps_scope(spans, verb, kept, words, classes)
    )


def _ends_in_a_subject(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether the last word is a noun whose verb follows it in the sentence: "arrived after Ada Marsh".

    Behind "as", the noun has a verb of its own: "left as high winds [whipped]", "as crowds [waving flags blocked …]".
    """
    tree, last = spans.tree, words[-1]
    after = last + 1
    if after >= len(tree) or tree.tags[last] not in ("NOUN", "PROPN", "PRON") or tree.tags[after] not in ("VERB", "AUX"):
        return False
    first = last
    while (
        first
        and tree.tags[first - 1] in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV", "VERB", "PUNCT")
        and (first - 1 in words or _modifies_noun(spans, first - 1))
    ):
        first -= 1
    acts = spans.lower[after].endswith(tuple(classes.past_endings)) or tree.verb_forms[after] == "Ger"
    return tree.verb_forms[after] == "Fin" or (acts and first > 0 and spans.lower[first - 1] == "as")


def _modifies_noun(spans: Spans, position: int) -> bool:
    """Whether a word is a noun or an adjective before the noun that it modifies: "police" in "police chief"."""
    tree = spans.tree
    return tree.relations[position] in ("compound", "amod") and tree.heads[position] > position


def _splits_range(spans: Spans, kept: Collection[int]) -> bool:
    """Whether a figure has lost the other end of its range or its smaller unit: "five to ten", "8 pounds, 6 ounces"."""
    tree = spans.tree
    after = max(kept) + 2
    if after < len(tree) and spans.lower[after - 2 : after] == ["up", "to"] and tree.tags[after] in ("NUM", "SYM"):
        return True  # "agreed to pay up [to $800 million]"
    for word in range(1, len(tree)):
        if tree.tags[word] != "NUM" or word in kept:
            continue
        head, before = tree.heads[word], word - 1
        while before > 0 and tree.tags[before] == "ADV":
            before -= 1  # "from 12 to nearly 90"
        if tree.tags[before] in ("ADP", "CCONJ", "PART") and before - 1 in kept and tree.tags[before - 1] == "NUM":
            return True
        if head in kept and tree.relations[word] == "nummod" and not spans.is_mark(head):
            return True
    return False


def _splits_comparison(spans: Spans, kept: Collection[int]) -> bool:
    """Whether one side of a comparison is missing: "more people died [than …]", "verdienen weniger [als …]"."""
    following = {word + 1 for word in kept} - set(kept)
    if any(spans.lower[word] == "ago" for word in following if word < len(spans.texts)):
        return True  # "more than ten months [ago]"
    for than in (word for word in kept if spans.lower[word] in _COMPARISONS):
        after = than + 1
        while after < len(spans.texts) and spans.tree.tags[after] == "DET":
            after += 1
        if after < len(spans.texts) and after not in kept and not spans.is_mark(after):
            return True  # "less than [a week] is to arrive"
    alternatives = (word for word in kept if spans.lower[word] in ("rather", "instead") and word)
    if any(word - 1 not in kept and not spans.is_mark(word - 1) for word in alternatives):
        return True
    same = [word for word in sorted(kept) if spans.lower[word] == "as" and spans.tree.tags[word] == "ADV"]
    if any(
        spans.lower[word] == "as" and word not in kept
        for first in same
        for word in range(first + 2, min(first + 9, len(spans.texts)))
    ):
        return True  # "as popular today [as it was]"
    for mark, degrees in _COMPARISONS.items():
        degree = next((word for word in sorted(kept) if spans.lower[word] in degrees), None)
        if degree is not None and any(
            spans.lower[word] == mark and word not in kept for word in range(degree + 1, len(spans.texts))
        ):
            return True
    return False


def _loses_turn(spans: Spans, verb: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether the omitted rest contradicts the headline: "expected peace [but …]", "may win [but …]", "rose[; it fell]"."""
    tree = spans.tree
    helpers = [child for child in spans.children[verb] if tree.relations[child].startswith(("aux", "cop"))]
    concedes = len(helpers) > 1 and any(spans.lower[helper] in classes.expects for helper in helpers)  # "may have won"
    for word in range(verb + 1, len(tree) - 1):
        if word in kept or word + 1 in kept:
            continue
        if spans.lower[word] in classes.contrasts and tree.tags[word] == "CCONJ":
            states = word - 1 == max(kept) and any(tree.relations[child] == "cop" for child in spans.children[verb])
            return concedes or states or spans.lower[verb] in classes.expects
        if spans.texts[word] == ";" and tree.tags[word + 1] == "PRON" and spans.lower[word + 1] in classes.pronouns:
            return True
    return False


def _loses_antecedent(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether the word before a relative pronoun is missing: "Ada Marsh[, the designer] whose bridge"."""
    kept = set(words)
    for word in words[1:]:
        before = word - 1
        while before > 0 and spans.is_mark(before):
            before -= 1
        relative = spans.tree.tags[word] == "PRON" and spans.lower[word] in classes.relatives
        if relative and before not in kept:
            return True
    return False


def _has_wrong_article(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether "a" is before a vowel, "an" before a consonant, or "la" where "l'" must, because a word is missing."""
    for article, after in pairwise(words):
        if after == article + 1:
            continue
        vowels = [spans.lower[word][0] in _VOWELS for word in (article + 1, after)]
        if spans.lower[article] in classes.articles & _INDEFINITE and vowels[0] != vowels[1]:
            return True
        if spans.lower[article] in classes.elides and vowels[1]:
            return True
    return False


def _reads_as_another_phrase(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether an infinitive takes the place of a phrase that its verb has lost: "turned to [the bank] to pay"."""
    tree = spans.tree
    return any(
        after > before + 1
        and tree.tags[before + 1] == "ADP"
        and tree.tags[after] in ("PART", "SCONJ")
        and (spans.lower[before + 1] == spans.lower[after] or tree.tags[before] == "VERB")
        and not any(spans.lower[word] in classes.times | classes.days for word in range(before + 2, after))
        for before, after in pairwise(words)
    )


def _splits_coordination(spans: Spans, kept: Collection[int]) -> bool:
    """Whether the noun before "and" is missing: "thefts in [the metro] and the trains" is not about trains."""
    tree = spans.tree
    for word in kept:
        before = word - 1
        while before > 0 and spans.is_mark(before):
            before -= 1
        conjunction = tree.tags[word] == "CCONJ" or tree.relations[word] == "cc"  # "as well as"
        joins = conjunction and tree.tags[tree.heads[word]] in ("NOUN", "PROPN")
        if joins and before >= 0 and before not in kept and tree.tags[before] in ("NOUN", "PROPN", "PRON"):
            return True
    return False


def _broken_word(spans: Spans, kept: Collection[int]) -> bool:
    chunks = {spans.chunk(position) for position in kept}
    if any(_half_a_compound(spans, position) and position + 2 not in kept for position in kept):
        return True
    return any(
        spans.chunk(position) in chunks and position not in kept and not spans.is_mark(position)
        for position in range(len(spans.texts))
    )


def _half_a_compound(spans: Spans, position: int) -> bool:
    """Whether a word shares its second half with the next one: "Staats- und Parteichef"."""
    tree, mark = spans.tree, position + 1
    return (
        mark + 1 < len(tree)
        and spans.texts[mark] == "-"
        and tree.starts[mark] == tree.ends[position]
        and tree.tags[mark + 1] == "CCONJ"
    )


def _loses_noun(spans: Spans, kept: Collection[int]) -> bool:
    """Whether a relative clause has lost the noun before it, or a verb beside the main one its subject."""
    tree = spans.tree
    for verb in kept:
        before = verb - 1
        while before > 0 and tree.tags[before] in ("AUX", "ADV"):
            before -= 1
        if tree.tags[verb] == "VERB" and before >= 0 and before not in kept and tree.tags[before] == "PROPN":
            above = tree.heads[before] if tree.relations[before].startswith(("flat", "compound")) else before
            if tree.heads[above] == verb and tree.relations[above].partition(":")[0] in ("nsubj", "appos", "dep", "obj"):
                return True
        if tree.relations[verb] == "appos":
            first = min(word for word in spans.below(verb) if not spans.is_mark(word) or word == verb)
            last = first - 1
            while last > 0 and spans.is_mark(last):
                last -= 1
            if last != first - 1 and last not in kept:
                return True  # "spending the rest [of June in Aquarius], the world's only lab"
        if tree.relations[verb] == "acl:relcl":
            first = min(spans.below(verb))
            before = max((word for word in range(first) if tree.tags[word] in ("NOUN", "PROPN", "PRON")), default=verb)
            if before not in kept and spans.is_mark(first - 1 if not spans.is_mark(first) else first):
                return True
        elif tree.tags[verb] == "VERB" and tree.heads[verb] >= 0:
            subjects = [child for child in spans.children[verb] if tree.relations[child] == "nsubj"]
            if subjects and subjects[0] not in kept and tree.heads[verb] in kept:
                return True
    return False


def _lone_preposition(spans: Spans, kept: Collection[int]) -> bool:
    """Whether a preposition has lost the word after it: "könnten den Ring von [außen] sprengen"."""
    tree = spans.tree
    for word in kept:
        after = word + 1
        if (
            tree.tags[word] not in ("ADP", "SCONJ")
            or tree.relations[word] not in ("case", "fixed")
            or after >= len(tree)
            or after in kept
        ):
            continue
        following = min((other for other in kept if other > word), default=-1)
        if tree.tags[after] in ("NOUN", "PROPN", "PRON") or (
            following >= 0 and tree.tags[following] in ("VERB", "AUX", "ADP", "SCONJ")
        ):
            return not spans.is_mark(after)
    return False


def _tears_name(spans: Spans, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether a word with a capital is missing right before one that stays, or right after one that it belongs to."""
    tree = spans.tree

    def names(word: int) -> bool:
        return spans.texts[word][0].isupper() and tree.tags[word] not in ("DET", "PRON", "ADP")

    for word in range(1, len(tree) - 1):
        if word in kept or not names(word) or spans.lower[word] in classes.days:
            continue
        if word - 1 in kept and spans.texts[word - 1].endswith("."):
            return True  # "Rep. [Ada Marsh's] actions"
        if word + 1 in kept and names(word + 1) and tree.tags[word] in ("NOUN", "PROPN", "ADJ"):
            return True
        joined = word - 1 in kept and tree.tags[word - 1] == "CCONJ" and word >= 2 and names(word - 2)
        if joined and word - 2 in kept and any(other > word for other in kept):
            return True  # "Harbours and [Island Transport] Secretary"
        if word - 1 not in kept or not names(word - 1) or spans.lower[word - 1] in classes.offices:
            continue
        if tree.tags[word] == "PROPN" and (tree.heads[word] == word - 1 or tree.heads[word - 1] == word):
            return True
    return False


def _joins_nouns(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether two nouns are side by side because a preposition is missing: "documents [from the judge's] work".

    The subject of a clause may follow a noun: "told reporters [in Alder] the bridge is safe".
    """
    tree, kept = spans.tree, set(words)
    for before, after in pairwise(words):
        if after == before + 1 or tree.tags[before] not in ("NOUN", "PROPN") or tree.tags[after] not in ("NOUN", "PROPN"):
            continue
        if spans.texts[after - 1] == "," and any(tree.relations[word] == "acl" for word in range(before + 1, after)):
            return True  # "A man [suspected of theft in Alder,] Hale was …"
        if tree.tags[before + 1] not in ("ADP", "SCONJ") or spans.lower[after] in classes.days | classes.times:
            continue
        head = after
        while tree.heads[head] > head and tree.heads[head] in kept and tree.tags[tree.heads[head]] in ("NOUN", "PROPN"):
            head = tree.heads[head]
        subject = tree.relations[head].startswith("nsubj") or (head + 1 in kept and tree.tags[head + 1] in ("VERB", "AUX"))
        if not subject and not any(spans.is_mark(word) for word in range(before, after)):
            return True
    return False


def _splits_pair(spans: Spans, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether one of a pair is missing: "[a dispute between a broker and] two sellers ended the talks"."""
    if classes.between.isdisjoint(spans.lower):
        return False
    tree = spans.tree
    for between in (word for word, text in enumerate(spans.lower) if text in classes.between and tree.tags[word] == "ADP"):
        for word in range(between + 2, min(between + _PAIR_WITHIN, len(tree) - 1)):
            if tree.tags[word] in ("VERB", "AUX", "SCONJ") and tree.verb_forms[word] == "Fin":
                break
            if tree.tags[word] == "CCONJ":
                if (word + 1 in kept) != (between in kept):
                    return True
                break
    return False


def _loses_direction(spans: Spans, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether a period has lost the word that says from when it counts: "hours [after the vote]", "peu de temps [après]".

    A period with a preposition ("jailed for a year") and an object with a number have a meaning of their own.
    """
    if classes.counted_from.isdisjoint(spans.lower):
        return False
    tree = spans.tree
    for word in kept:
        after = word + 1
        if after == len(tree) or after in kept or spans.lower[after] not in classes.counted_from:
            continue
        if spans.lower[word] in classes.periods and tree.tags[word - 1] in ("NOUN", "PROPN", "VERB"):
            return True  # "addressed the nation from the pier hours [after …]"
        quantity = tree.tags[tree.heads[word]] in ("ADV", "DET")
        bare = not any(tree.relations[child] == "case" for child in spans.children[word])
        alone = tree.relations[word] == "obj" and not spans.children[word]
        if spans.lower[word] in classes.periods and (
            alone or (tree.relations[word].startswith("obl") and (bare or quantity))
        ):
            return True
    return False


def _loses_verb_of_object(spans: Spans, kept: Collection[int]) -> bool:
    """Whether a word is missing between a noun and an object that the parser takes for a participle before the object.

    It is a verb if a noun is right before it: "admitted its shelling [killed] civilians".
    """
    tree = spans.tree
    return any(
        word not in kept
        and tree.tags[word] == "VERB"
        and tree.relations[word] == "amod"
        and word < tree.heads[word]
        and tree.heads[word] in kept
        and tree.tags[word - 1] in ("NOUN", "PROPN")
        and tree.heads[word - 1] == tree.heads[word]
        and not spans.glued(word - 1, word)
        for word in range(1, len(tree))
    )


def _follows_missing_noun(spans: Spans, verb: int, kept: Collection[int]) -> bool:
    """Whether a participle belongs to a noun right before it that is missing: "sound like [a docker] asking for pay"."""
    tree = spans.tree
    return any(
        verb < word - 1
        and word - 1 not in kept
        and tree.tags[word - 1] in ("NOUN", "PROPN")
        and tree.relations[word] == "acl"
        for word in kept
    )


def _quotes_for_missing_noun(spans: Spans, kept: Collection[int]) -> bool:
    """Whether a quotation stays and the noun before it, which it names, is missing: "with [the motto,] “Boats first”"."""
    for word in kept:
        before = word - 1
        while before > 0 and spans.is_mark(before):
            before -= 1
        opens = spans.quotation(word) and spans.quotation(before) != spans.quotation(word)
        if opens and before > min(kept) and before not in kept and spans.tree.tags[before] in ("NOUN", "PROPN"):
            return True
    return False


def _loses_later_object(spans: Spans, kept: Collection[int]) -> bool:
    """Whether an "object" is a modifier of another one that is missing: "blocked a scaled-down[, new] law"."""
    tree = spans.tree
    for verb in kept:
        objects = [child for child in spans.children[verb] if tree.relations[child] == "obj" and child > verb]
        if len(objects) < 2 or objects[0] not in kept or objects[-1] in kept or spans.texts[objects[0] + 1] != ",":
            continue
        articles = [any(tree.relations[below] == "det" for below in spans.children[noun]) for noun in objects[:2]]
        if articles == [True, False]:  # a second one would be an apposition: "began a visit, her first trip"
            return True
    return False


def _owns_nothing(spans: Spans, possessive: int, kept: Collection[int]) -> bool:
    """Whether the noun behind "'s" is missing: "Ada Marsh's [14-year-old daughter] posted a letter"."""
    tree = spans.tree
    if spans.texts[possessive][0] not in "'’":
        return False
    nouns = []
    for word in range(possessive + 1, len(tree)):
        if tree.tags[word] in ("ADP", "AUX", "SCONJ", "CCONJ") or spans.texts[word] == "," or tree.verb_forms[word] == "Fin":
            break
        if tree.tags[word] in ("NOUN", "PROPN"):
            nouns.append(word)
    return bool(nouns) and not any(noun in kept for noun in nouns)


def _has_foreign_adjective(spans: Spans, words: list[int], classes: WordClasses) -> bool:
    """Whether an adjective follows that may belong to a noun that is missing: "des lots [de betteraves] cuites".

    That is for languages in which adjectives follow their nouns.
    """
    if classes.adjectives_first:
        return False
    tree = spans.tree
    return any(
        after > before + 1
        and tree.tags[before] in ("NOUN", "PROPN")
        and tree.tags[after - 1] in ("NOUN", "PROPN")
        and tree.heads[after] == before
        and (tree.relations[after] in ("amod", "acl") or not any(child < after for child in spans.children[after]))
        and tree.relations[after].partition(":")[0] in ("amod", "acl", "nmod")
        for before, after in pairwise(words)
    )

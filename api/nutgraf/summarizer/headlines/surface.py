"""Writes the kept words of a sentence as one line of text: spaces, commas, articles and auxiliaries, capitals."""

import re
from collections.abc import Collection

from nutgraf.summarizer.headlines.clauses.constituents import Clause
from nutgraf.summarizer.headlines.clauses.spans import Spans
from nutgraf.summarizer.headlines.clauses.word_classes import WordClasses

_CLOSING = frozenset(",;:.!?…)]}%”»’'")
_OPENING = frozenset("([{“«„‘$£€¥")
_TITLE_TAGS = frozenset({"DET", "ADJ", "NOUN", "PROPN"})
_CLAUSES = frozenset({"conj", "parataxis", "advcl", "appos", "acl:relcl", "acl", "ccomp", "obl"})


def realize(spans: Spans, kept: Collection[int]) -> str:
    """Returns the kept words in their order, with the marks and spaces that they need, beginning with a capital."""
    tree, words = spans.tree, sorted(position for position in kept if not spans.is_mark(position))
    if not words:
        return ""
    present = set(words)
    marks = {
        position
        for position in range(len(tree))
        if spans.is_mark(position) and _keeps_mark(spans, position, present, words[0], words[-1])
    }
    text, before = "", -1
    for position in sorted(present | marks):
        if spans.texts[position] == "," and text.endswith(","):
            continue
        text += _space(spans, before, position) + spans.texts[position]
        before = position
    opening = re.split("[ '’-]", text, maxsplit=1)[0]  # "pro-Alder" and "l'Alder" get a capital, "iPhone" does not
    return text[:1].upper() + text[1:] if opening == opening.lower() else text


def _space(spans: Spans, before: int, position: int) -> str:
    if before < 0:
        return ""
    tree = spans.tree
    if _is_quote(spans, position, closing=True) or _is_quote(spans, before, closing=False):
        return ""
    if position == before + 1:
        return " " if tree.starts[position] > tree.ends[before] else ""
    if spans.texts[position] in _CLOSING or spans.texts[before] in _OPENING:
        return ""
    if spans.texts[position].startswith(("'", "’")) or (
        spans.texts[before].endswith(("'", "’")) and len(spans.texts[before]) < 4
    ):
        return ""
    return " "


def _is_quote(spans: Spans, position: int, *, closing: bool) -> bool:
    """Whether a word is the straight mark that opens or closes its quotation."""
    number = spans.quotation(position)
    if not number or spans.texts[position] not in ('"', "''", "``"):
        return False
    beside = position + 1 if closing else position - 1
    return not 0 <= beside < len(spans.texts) or spans.quotation(beside) != number


def _keeps_mark(spans: Spans, position: int, present: set[int], first: int, last: int) -> bool:
    """Whether a mark stays: both of its neighbours do, or it opens a clause or a member of a list that does."""
    text = spans.texts[position]
    if position < first:
        return bool(spans.quotation(position)) and text not in ",.;:" and _whole(spans, position, present)
    if position > last:
        # What ends the sentence: a question stays one, and a quotation or bracket that ends it is closed.
        if text in "?!":
            return all(spans.is_mark(word) for word in range(last + 1, position))
        number = spans.quotation(position) or spans.bracket(position)
        return bool(number) and text not in ",.;:" and _whole(spans, position, present)
    if spans.quotation(position) and (
        spans.quotation(max(position - 1, 0)) != spans.quotation(position)
        or spans.quotation(min(position + 1, len(spans.texts) - 1)) != spans.quotation(position)
    ):
        return _whole(spans, position, present)
    left, right = position - 1, position + 1
    while left > 0 and spans.is_mark(left):
        left -= 1
    while right < len(spans.texts) - 1 and (spans.is_mark(right) or _is_left_out_before_noun(spans, right, present)):
        right += 1
    if left in present and right in present:
        # "a secure, [blissful] harbour"
        alone = right > position + 1 and text == "," and spans.tree.tags[left] == "ADJ" and spans.tree.heads[left] == right
        return (text not in ".!?" or spans.quotation(position) > 0) and not alone
    insertion = left not in present
    while left > 0 and left not in present:
        left -= 1
    if text == "," and right in present and _opens_clause(spans, right, present):
        # "asks[, above all,] that …": both commas belong to what is left out.
        return not (insertion and spans.tree.tags[right] == "SCONJ" and "," in spans.texts[left:position])
    return text == "," and _closes_insertion(spans, left, position, present)


def _is_left_out_before_noun(spans: Spans, position: int, present: set[int]) -> bool:
    """Whether an article, adjective, possessive or office is missing before a noun that stays."""
    if position in present or spans.tree.tags[position] == "DET":
        return position not in present
    head = spans.tree.heads[position]
    while position < head < spans.tree.heads[head] and head not in present:
        head = spans.tree.heads[head]
    return head > position and head in present


def _whole(spans: Spans, position: int, present: set[int]) -> bool:
    """Whether all words of the quotation or bracket are kept."""
    number, bracket = spans.quotation(position), spans.bracket(position)
    inside = [
        word
        for word in range(len(spans.texts))
        if (number and spans.quotation(word) == number) or (bracket and spans.bracket(word) == bracket)
    ]
    return all(word in present for word in inside if not spans.is_mark(word))


def _closes_insertion(spans: Spans, left: int, comma: int, present: set[int]) -> bool:
    """Whether a comma ends an apposition or a clause that a comma opened and that stays: "the mother, Ada Marsh, left"."""
    tree, here = spans.tree, left
    while here >= 0:
        first = min(word for word in spans.below(here) if not spans.is_mark(word) or word == here)
        if (
            first
            and spans.texts[first - 1] == ","
            and 0 <= tree.heads[here] < first
            and tree.relations[here].partition(":")[0] != "conj"
        ):
            missing = set(range(left + 1, comma)) <= set(spans.below(here))
            return missing and any(word > comma for word in present)
        here = tree.heads[here]
    return False


def _opens_clause(spans: Spans, position: int, present: set[int]) -> bool:
    """Whether a constituent opens at a position that depends on a word further left, as a clause or a member of a list."""
    tree = spans.tree
    here = position
    while tree.heads[here] > here or (tree.heads[here] >= position and tree.heads[here] != here):
        here = tree.heads[here]
    relation = tree.relations[here]
    head = tree.heads[here]
    if head < 0:  # the main clause after an opener that is kept
        subject_first = any(
            child < position
            for child in spans.children[here]
            if tree.relations[child].startswith(("nsubj", "csubj", "expl"))
        )
        return not subject_first and here >= position and any(word < position for word in present)
    first = min(word for word in spans.below(here) if word > head or here < head)
    if any(word in present for word in range(first, position) if not spans.is_mark(word)):
        return False
    if relation == "conj" and any(tree.relations[below] == "cc" for below in spans.children[here]):
        return False
    return relation in _CLAUSES and head < position and relation != "obl"


def without_articles(spans: Spans, kept: Collection[int], verb: int, classes: WordClasses) -> set[int]:
    """Returns the kept words without articles, and without the auxiliaries and "that" which headlines omit."""
    tree = spans.tree
    idle = {position for position in kept if _idle_article(spans, position, kept, classes)}
    idle |= {
        position
        for position in kept
        if spans.lower[position] in classes.complements
        and tree.relations[position] == "mark"
        and tree.relations[tree.heads[position]] in ("ccomp", "acl")
    }
    return set(kept) - idle - _idle_auxiliary(spans, verb, kept, classes)


def _idle_article(spans: Spans, position: int, kept: Collection[int], classes: WordClasses) -> bool:
    tree = spans.tree
    opens = position == min(kept) and spans.lower[position] in classes.opening_articles
    role = tree.relations[tree.heads[position]].partition(":")[0]
    of_argument = role in ("nsubj", "obj") and spans.lower[position] in classes.argument_articles
    if (
        not (opens or of_argument or spans.lower[position] in classes.articles)
        or tree.relations[position] != "det"
        or spans.quotation(position)
    ):
        return False
    if position and spans.texts[position][0].isupper() and position != min(kept):
        return False  # "The Hague"
    after = min((word for word in kept if word > position), default=position)
    before = max((word for word in kept if word < position), default=position)
    if classes.argument_articles and tree.tags[after] in ("ADJ", "VERB") and not _stands_alone(spans, position, after):
        return False
    superlative = tree.tags[after] in ("ADJ", "ADV") and spans.lower[after].endswith("est")
    if (spans.lower[after] in classes.article_stays_before or superlative) and not _ranks_noun(spans, after, kept, classes):
        return False
    return before == position or not (spans.lower[before] in classes.article_stays_after or tree.tags[before] == "NUM")


def _stands_alone(spans: Spans, article: int, adjective: int) -> bool:
    """Whether a German adjective has the same ending without its article: "die neue Brücke", but not "der neue Minister"."""
    if spans.lower[article] == "die":
        return spans.lower[adjective].endswith("e")
    return spans.lower[article].startswith("ein") or (
        spans.texts[adjective][0].isupper() and spans.texts[adjective].endswith("er")
    )


def _ranks_noun(spans: Spans, position: int, kept: Collection[int], classes: WordClasses) -> bool:
    """Whether a word of rank is before what it ranks, so that it needs no article: "first building blocks"."""
    tree = spans.tree
    after = min((word for word in kept if word > position), default=position)
    ranks = spans.lower[position] in classes.ranks or spans.lower[position].endswith("est")
    if spans.lower[position] in ("most", "least"):
        return tree.tags[after] == "ADJ"
    return ranks and tree.tags[after] in ("NOUN", "PROPN", "ADJ", "NUM") and spans.lower[after] not in classes.times


def _idle_auxiliary(spans: Spans, verb: int, kept: Collection[int], classes: WordClasses) -> set[int]:
    """The auxiliary of a passive or a progressive, or of a perfect whose participle is its past as well."""
    tree = spans.tree
    if tree.tags[verb] != "VERB":
        return set()
    helpers = [child for child in spans.children[verb] if tree.relations[child].startswith("aux") and child in kept]
    if any(spans.lower[child] in classes.negations for child in spans.children[verb]) or not helpers:
        return set()
    subjects = [child for child in spans.children[verb] if tree.relations[child].startswith("nsubj")]
    if (
        not subjects
        or subjects[0] > helpers[0]
        or tree.tags[subjects[0]] == "PRON"
        or (any(helper > verb for helper in helpers) and not classes.idle_auxiliaries)
    ):
        return set()
    if classes.idle_auxiliaries:
        objects = any(tree.relations[child] in ("obj", "ccomp", "xcomp", "conj") for child in spans.children[verb])
        passive = any(tree.relations[helper] == "aux:pass" for helper in helpers) and not objects
        return set(helpers) if passive and {spans.lower[helper] for helper in helpers} <= classes.idle_auxiliaries else set()
    if any(spans.texts[position] == "," for position in range(subjects[0], helpers[0])):
        return set()  # "Ada Marsh, the mayor, is known …"
    if any(position in kept and position not in helpers and helpers[0] < position < verb for position in range(len(tree))):
        return set()  # "has long been"
    if any(
        position in kept and subjects[0] < position < helpers[0] and tree.verb_forms[position]
        for position in range(len(tree))
    ):
        return set()  # a verb between both would be read as the main one
    said = [spans.lower[helper] for helper in helpers]
    word = spans.lower[verb]
    if said in (["is"], ["are"]) and word.endswith("ing"):
        return set(helpers)
    if len(said) == 1 and said[0] in ("is", "are", "was", "were") and tree.relations[helpers[0]] == "aux:pass":
        return set(helpers) if not _could_be_active(spans, verb, kept) else set()
    if said in (["has", "been"], ["have", "been"]):
        return set(helpers) if not _could_be_active(spans, verb, kept) else set()
    if said in (["has"], ["have"]) and word.endswith("ed"):
        return set(helpers)
    return set()


def _could_be_active(spans: Spans, verb: int, kept: Collection[int]) -> bool:
    """Whether a noun follows the participle, so that without its auxiliary it would be read as active."""
    tree = spans.tree
    after = min((word for word in kept if word > verb and not spans.is_mark(word)), default=-1)
    return after >= 0 and tree.tags[after] in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "VERB")


def offices(clause: Clause) -> frozenset[int]:
    """The words before names that say who the person is: "Cambodian leader" before "Hun Sen".

    The name must have two words; after the office of a head of state, one is enough.
    """
    spans, tree, found = clause.spans, clause.tree, set()
    for position in range(len(tree) - 1):
        is_office = spans.lower[position] in clause.classes.offices
        if not is_office and tree.tags[position] != "NOUN":
            continue
        names = _capital_names(spans, position + 1)
        person = len(names) > 1 and tree.relations[names[1]].startswith("flat")
        if not is_office and position and spans.texts[position][0].isupper() and not person:
            continue  # "Hate" in "the Hate Crimes Act" is part of a name
        known = spans.lower[position] in clause.classes.known_offices and bool(names)
        if (
            (len(names) < 2 and not known)
            or (tree.heads[position + 1] != position and tree.heads[position] not in names)
            or spans.lower[position + 1] in clause.classes.days
            or spans.quotation(position)
        ):
            continue
        start = _start_of_office(clause, position, names)
        before = tree.tags[start - 1] if start else ""
        capital = before not in ("ADP", "SCONJ", "CCONJ", "PRON", "ADV", "PUNCT") and spans.texts[start - 1][0].isupper()
        if before and (capital or before in ("PART", "PROPN", "NOUN", "ADJ")):
            continue  # what is before belongs to the office
        if before == "ADP" and spans.lower[start - 1] in clause.classes.definite_articles:
            continue  # "du prince Salim ben Ali"
        found |= set(range(start, position + 1))
    return frozenset(found)


def _start_of_office(clause: Clause, position: int, names: list[int]) -> int:
    """Returns where an office begins whose last word is at a position: the owner, "Alder's" council leader, included."""
    spans, tree, start = clause.spans, clause.tree, position
    group = {position, *names}
    while (
        start
        and (_is_hyphen(spans, start - 1) or not spans.is_mark(start - 1))
        and (
            (tree.tags[start - 1] in _TITLE_TAGS and tree.heads[start - 1] in group)
            or _is_hyphen(spans, start - 1)
            or _is_hyphen(spans, start)  # "self-described"
            or (tree.tags[start - 1] == "ADJ" and spans.lower[start - 1] in clause.classes.stays)  # "former"
        )
    ):
        start -= 1
        group.add(start)
    if (
        start > 1
        and tree.tags[start - 1] == "CCONJ"
        and tree.tags[start - 2] == "NOUN"
        and tree.heads[position] == start - 2
    ):
        start -= 2  # "tycoon and politician"
        while start and tree.tags[start - 1] in ("DET", "ADJ", "NOUN") and tree.heads[start - 1] in range(start, position):
            start -= 1
    if start > 1 and len(names) > 1 and tree.tags[start - 1] == "PART" and tree.relations[start - 1] == "case":
        start -= 2
        while start and not spans.is_mark(start - 1) and tree.tags[start - 1] in _TITLE_TAGS:
            start -= 1
    return start


def _is_hyphen(spans: Spans, position: int) -> bool:
    """Whether a word is a hyphen without spaces around it."""
    tree = spans.tree
    return (
        spans.texts[position] == "-"
        and 0 < position < len(tree) - 1
        and tree.ends[position - 1] == tree.starts[position]
        and tree.ends[position] == tree.starts[position + 1]
    )


def _capital_names(spans: Spans, first: int) -> list[int]:
    """The positions of the names that begin at a word, without the hyphens in them: "Ada-Beth Marsh"."""
    found: list[int] = []
    for word in range(first, len(spans.tree)):
        if spans.tree.tags[word] == "PROPN" and spans.texts[word][0].isupper():
            found.append(word)
        elif not (found and _is_hyphen(spans, word)):
            break
    return found


def idle_possessives(clause: Clause) -> frozenset[int]:
    """Returns the positions of possessives before objects, which a headline may omit: "cannot pay [its] workers".

    None in languages whose headlines keep articles.
    """
    spans, tree, classes = clause.spans, clause.tree, clause.classes
    if not classes.articles:
        return frozenset()
    return frozenset(
        position
        for position in range(len(tree) - 1)
        if spans.lower[position] in classes.possessives
        and tree.relations[position] == "nmod:poss"
        and tree.relations[tree.heads[position]] in ("obj", "iobj")
        and tree.tags[tree.heads[position]] == "NOUN"
        and tree.heads[tree.heads[position]] < position
        and not spans.quotation(position)
        and spans.lower[position + 1] != "own"
        and tree.tags[position + 1] != "NUM"  # "fined her 7 million euros"
        and spans.lower[position - 1] not in classes.article_stays_after
    )

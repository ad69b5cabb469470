"""Finds quotations within a paragraph, across paragraphs, and in transcripts."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from nutgraf.summarizer.models import Span

# Fewer words in quotation marks are a name or irony, unless they end with a mark as speech does.
MIN_WORDS = 3
# A text with at least this many speaker labels is a transcript.
MIN_TURNS = 2
LONGEST_LABEL = 90

_OPENING = {"“": "”", "«": "»", "»": "«", "„": "“”", "「": "」", "『": "』", '"': '"', "”": "”", "‘": "’", "'": "'"}
_SINGLE = "'‘’"
# Any mark that may quote. The characters around single marks are checked later, which is four times as fast.
_QUOTE_MARK = re.compile(r"[\"“”«»„「」『』'‘’]")
_DOUBLE_MARK = re.compile(r"[\"“”«»„「」『』]|(?<!\w)['‘](?=\w)")
_ALWAYS_OPENS = "“„「『"
_BEFORE_OPENING = " \t\r\n\u00a0\u202f([{—–-/:>*_"
_ENDS = ".,!?…"
_SPEECH_ENDS = re.compile(r"[.,!?…][\"'”’»“」』\s]*$")
_LETTER = re.compile(r"[^\W_]")
_LABEL = re.compile(r"(?:[QA]\s?[.:]|(?!\d)[\w.'’-]{1,20}(?: [\w.'’()-]{1,20}){0,3}:)(?=\s+\S)")

# "Frage: … Antwort: …"
_QUESTION_AND_ANSWER = frozenset(
    "question answer frage antwort réponse pregunta respuesta pergunta resposta domanda risposta vraag antwoord fråga svar "
    "spørgsmål spørsmål pytanie odpowiedź вопрос ответ".split()
)


class Quotations(NamedTuple):
    """The outermost quotations of a paragraph, in order. With `open`, the last one continues in the next paragraph."""

    spans: Sequence[Span]
    open: bool


NONE = Quotations((), False)


def quotations(block: str) -> Quotations:
    """Returns the quotations of a paragraph with their marks. A quotation without a closing mark extends to the end."""
    if _DOUBLE_MARK.search(block) is None:
        return NONE
    spans: list[Span] = []
    opened, closing = 0, ""
    for match in _QUOTE_MARK.finditer(block):
        mark, position = match.group(), match.start()
        if not closing:
            if _opens(block, position, mark):
                opened, closing = position, _OPENING[mark]
        elif mark in closing and not (mark in _SINGLE and not _closes_single(block, position)):
            spans.append(Span(opened, position + 1))
            closing = ""
    if closing and closing not in "’'":
        spans.append(Span(opened, len(block)))
        return Quotations(spans, True)
    return Quotations(spans, False)


def attribution(block: str, sentence: Span, quoted: Quotations) -> tuple[bool, bool]:
    """Returns whether a sentence of the paragraph contains speech, and whether it may lack the name of the speaker.

    The speaker may be missing if the sentence begins inside a quotation or is nothing but one.
    """
    # Quotations are in order and do not overlap.
    first = bisect_right(quoted.spans, sentence.start, key=lambda quotation: quotation.end)
    touched = quoted.spans[first : bisect_left(quoted.spans, sentence.end, key=lambda quotation: quotation.start)]
    inside = [Span(max(quotation.start, sentence.start), min(quotation.end, sentence.end)) for quotation in touched]
    if not any(_is_speech(block, part) for part in inside):
        return False, False
    if touched[0].start < sentence.start:
        return True, True
    position = sentence.start
    for part in inside:
        if _LETTER.search(block, position, part.start):
            return True, False
        position = part.end
    return True, _LETTER.search(block, position, sentence.end) is None


def speaker_labels(text: str, paragraphs: Sequence[Span]) -> frozenset[int]:
    """Returns the positions of paragraphs that are turns of a transcript: "MARSH: We could not wait.", "Q. Why now?"."""
    labels = {
        position: match[0]
        for position, (start, end) in enumerate(paragraphs)
        if (match := _LABEL.match(text, start, min(end, start + LONGEST_LABEL)))
    }
    if len(labels) < MIN_TURNS:
        return frozenset()
    counts = Counter(labels.values())
    in_capitals = {position for position, label in labels.items() if label.isupper()}
    repeated = {position for position, label in labels.items() if counts[label] >= MIN_TURNS and label[0].isupper()}
    question_and_answer = {
        position for position, label in labels.items() if label.rstrip(" :.").casefold() in _QUESTION_AND_ANSWER
    }
    # Labels in capitals that occur once each, without a question, are headings: "STOCKS: …", "BONDS: …".
    is_talk = len(in_capitals) >= MIN_TURNS and any(
        counts[labels[position]] > 1 or "?" in text[paragraphs[position].start : paragraphs[position].end]
        for position in in_capitals
    )
    turns = (in_capitals if is_talk else set()) | (repeated if len(repeated) > MIN_TURNS else set())
    if len({labels[position] for position in question_and_answer}) >= MIN_TURNS:
        turns |= question_and_answer
    return frozenset(turns)


def _is_speech(block: str, part: Span) -> bool:
    quoted_text = block[part.start : part.end]
    return len(quoted_text.split()) >= MIN_WORDS or _SPEECH_ENDS.search(quoted_text) is not None


def _opens(block: str, position: int, mark: str) -> bool:
    if mark not in _OPENING:
        return False
    previous, following = block[position - 1] if position else " ", block[position + 1 : position + 2]
    if mark in "'‘":
        return following.isalnum() and not (previous.isalnum() or previous in _ENDS)
    if mark in _ALWAYS_OPENS or mark == "«":
        return True
    return previous in _BEFORE_OPENING and not following.isspace() and following != ""


def _closes_single(block: str, position: int) -> bool:
    """Whether a single mark is after a word or an end mark, and not before a letter."""
    previous = block[position - 1] if position else " "
    return (previous.isalnum() or previous in _ENDS) and not block[position + 1 : position + 2].isalnum()

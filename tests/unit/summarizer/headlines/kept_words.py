"""Which words of a sentence a headline keeps."""

import re
from collections.abc import Sequence


def words(text: str) -> Sequence[str]:
    """Lower-case runs of letters and digits, without the marks around them."""
    return re.findall(r"[^\W_]+", text.lower())


def kept_positions(headline: str, sentence: str) -> list[int] | None:
    """Positions of the sentence's words that the headline has, matched from the right; None if it has others."""
    source = words(sentence)
    positions: list[int] = []
    end = len(source)
    for word in reversed(words(headline)):
        end -= 1
        while end >= 0 and source[end] != word:
            end -= 1
        if end < 0:
            return None
        positions.append(end)
    return positions[::-1]


def in_order(headline: str, sentence: str) -> bool:
    """Whether a headline has only words of a sentence, in their order; a speaker who opens the sentence may end it.

    The speaker may be shorter: "said" for "told the newspaper", "police said" for "according to police", and an acronym.
    """
    if kept_positions(headline, with_moved_speaker(headline, sentence)) is not None:
        return True
    sentence = with_short_speaker(headline, sentence)
    return kept_positions(headline, with_moved_speaker(headline, sentence)) is not None


def with_moved_speaker(headline: str, sentence: str) -> str:
    """The sentence with the speaker whom it opens with at its end, if the headline has the speaker there."""
    speaker = words(headline.rpartition(", ")[2])
    if kept_positions(headline, sentence) is None and "," in headline and speaker:
        for match in re.finditer(rf"\b{re.escape(speaker[-1])}\b", sentence, re.IGNORECASE):
            moved = f"{sentence[match.end() :].rstrip('. ')}, {sentence[: match.end()]}"
            if kept_positions(headline, moved) is not None:
                return moved
    return sentence


def with_short_speaker(headline: str, sentence: str) -> str:
    """The sentence with "said" for "told" and behind a source, and with the acronyms that the headline's speaker has."""
    speaker = headline.rpartition(", ")[2]
    for verb, long in (("said", "told"), ("says", "tells"), ("say", "tell")):
        if speaker.endswith(f" {verb}"):
            sentence = re.sub(rf"\b{long}\b", verb, sentence)
            sentence = re.sub("according to ([^,.]*)", rf"\1 {verb}", sentence)
    for acronym in re.findall(r"\b[A-Z]{2,6}\b", speaker):
        name = r"\W+(?:[a-z]{1,4}\W+)?".join(rf"{letter}\w+" for letter in acronym)
        sentence = re.sub(rf"\b{name}", acronym, sentence)
    return sentence

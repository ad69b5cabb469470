"""Adds to a name what belongs to it in the texts: "the" or a similar word before it, a number or "'s" after it.

"The Skerry Post", "L'Alder", "RB 12", "Skerry's".
"""

import re
from collections import Counter
from collections.abc import Sequence

from nutgraf.summarizer.findings.names.name_words import name_rules
from nutgraf.summarizer.languages.language import primary

# "'s" is part of a name if all mentions of the name have it, and there are at least this many.
POSSESSIVE_MENTIONS = 2
# A number is part of a name of several words if it follows the name at least this many times. After one word it may be a
# score.
NUMBER_MENTIONS = 2
# Characters of a name. Longer ones are noise, and Python caches the compiled pattern of each name.
LONGEST_NAME = 200
# The word before a name in the middle of a sentence.
_BEFORE = r"(?:(?<=\w)\W{1,4}(?P<before>[^\W\d_]+(?: |['’])))?"
# What follows a name.
_AFTER = r"(?P<possessive>['’]s(?!\w))?(?P<number> \d{1,4}(?![\w.,%]*\w))?\W*(?P<following>\w*)"


def whole_name(name: str, texts: Sequence[str], language_tag: str) -> str:
    """Returns a name with the article ("the") and the "'s" or the number that belong to it.

    `texts` are sentences in the language `language_tag`.

    - An article is part of the name if most mentions inside a sentence have it, with a capital.
    - "'s" is part of the name if all mentions have it, and at most half of them have a noun after it.
    - A number is part of the name if it follows the name more often than any other number, or no number, does. The name
      must be in capitals ("RB"), or have several words and NUMBER_MENTIONS such mentions.
    """
    if len(name) > LONGEST_NAME:
        return name
    rules = name_rules(primary(language_tag))
    pattern = re.compile(rf"{_BEFORE}(?<![\w-]){re.escape(name)}(?![\w-]){_AFTER}")
    found = [match for text in texts for match in pattern.finditer(text)]
    mid_sentence = [match for match in found if match["before"]]
    known = rules.articles | {link.rstrip("'") for link in rules.links if link.endswith("'")}
    articles = Counter(match["before"] for match in mid_sentence if match["before"][:-1].lower() in known)
    article, times = max(articles.items(), key=lambda item: (item[0][0].isupper(), item[1], item[0]), default=("", 0))
    if article[:1].isupper() and 2 * times > len(mid_sentence):
        name = f"{article}{name}"
    possessives = [match for match in found if match["possessive"]]
    without_noun = [
        match for match in possessives if not match["following"] or match["following"].lower() in rules.stop_words
    ]
    if len(found) == len(possessives) >= POSSESSIVE_MENTIONS and 2 * len(without_noun) >= len(found):
        return f"{name}{possessives[0]['possessive']}"
    numbers = Counter(match["number"] for match in found)
    number, times = max(numbers.items(), key=lambda item: (item[1], item[0] or ""), default=(None, 0))
    return f"{name}{number}" if number and (name.isupper() or (" " in name and times >= NUMBER_MENTIONS)) else name

"""Name -> the name with what else belongs to it: an article, a number, an "'s".

"The Skerry Post", "L'Alder", "RB 12", "Skerry's".
"""

import re
from collections import Counter
from collections.abc import Sequence

from nutgraf.summarizer.findings.name_words import name_rules
from nutgraf.summarizer.languages.language import primary

# "'s" belongs to a name that has it in all places, if they are at least this many.
POSSESSIVE_MENTIONS = 2
# So does a number that follows a name of several words this many times; behind one word it may be a score.
NUMBER_MENTIONS = 2
# Characters of a name. Longer ones are noise, and Python keeps the pattern that searches for a name in memory.
LONGEST_NAME = 200
# A word before the name that does not open the sentence, and what follows the name.
_BEFORE = r"(?:(?<=\w)\W{1,4}(?P<before>[^\W\d_]+(?: |['’])))?"
_AFTER = r"(?P<possessive>['’]s(?!\w))?(?P<number> \d{1,4}(?![\w.,%]*\w))?\W*(?P<following>\w*)"


def whole_name(name: str, texts: Sequence[str], tag: str) -> str:
    """Returns a name with the article, the "'s" and the number that belong to it in most of the texts.

    `texts` are sentences in the language `tag`. A capitalized article is part of the name, "'s" if the name always has it
    and mostly no noun follows, and a number if it mostly follows the name.
    """
    if len(name) > LONGEST_NAME:
        return name
    rules = name_rules(primary(tag))
    pattern = re.compile(rf"{_BEFORE}(?<![\w-]){re.escape(name)}(?![\w-]){_AFTER}")
    found = [match for text in texts for match in pattern.finditer(text)]
    inside = [match for match in found if match["before"]]
    known = rules.articles | {link.rstrip("'") for link in rules.links if link.endswith("'")}
    articles = Counter(match["before"] for match in inside if match["before"][:-1].lower() in known)
    article, times = max(articles.items(), key=lambda item: (item[0][0].isupper(), item[1], item[0]), default=("", 0))
    if article[:1].isupper() and 2 * times > len(inside):
        name = f"{article}{name}"
    with_ending = [match for match in found if match["possessive"]]
    of_ending = [match for match in with_ending if not match["following"] or match["following"].lower() in rules.stop_words]
    if len(found) == len(with_ending) >= POSSESSIVE_MENTIONS and 2 * len(of_ending) >= len(found):
        return f"{name}{with_ending[0]['possessive']}"
    numbers = Counter(match["number"] for match in found)
    number, times = max(numbers.items(), key=lambda item: (item[1], item[0] or ""), default=(None, 0))
    return f"{name}{number}" if number and (name.isupper() or (" " in name and times >= NUMBER_MENTIONS)) else name

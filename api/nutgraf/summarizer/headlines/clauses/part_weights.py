"""The worth of each kind of part in a headline: the log-odds that people who shorten a sentence keep it, from 0.1 up.

`python -m training.headlines weights --pairs FILE` prints the table. Kinds that are rare in the pairs have a worth near the
middle of the table. word_overlap.py has the worth of a whole headline.
"""

from collections.abc import Mapping

PART_WEIGHTS: Mapping[str, float] = {
    "particle": 3.14,
    "after passive": 2.20,
    "identifying": 1.86,
    "agent": 1.76,
    "complement": 1.70,
    "tight participle": 1.66,
    "adjective": 1.54,
    "second noun": 1.47,
    "aside": 1.35,
    "time": 1.35,
    "of": 1.35,
    "participle": 1.35,
    "purpose": 1.35,
    "clause": 1.35,
    "argument": 1.35,
    "measure": 1.35,
    "scope": 1.35,
    "complement of adjective": 1.35,
    "noun phrase": 1.18,
    "joined modifier": 1.07,
    "adverb": 0.90,
    "later phrase": 0.90,
    "apposition": 0.81,
    "relative clause": 0.66,
    "second phrase": 0.66,
    "second clause": 0.62,
    "tight relative clause": 0.53,
    "tight clause": 0.32,
    "day": 0.10,
}

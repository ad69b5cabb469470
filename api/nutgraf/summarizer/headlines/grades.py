"""Computes, from the features of a headline, the grade that an editor is likely to give it.

It is a logistic regression. Readers marked headlines from news and treebank sentences in five languages, without knowing how
the headlines were made: printable as it is (1), printable after a small edit (0.6), or not printable (0).
`python -m training.headlines grades` prints the table.
"""

from math import exp

from nutgraf.summarizer.headlines.headline_features import HeadlineFeatures

BIAS = -2.58
# The weight of each feature. headline_features.py computes most features: "no time" counts the missing parts of kind "time".
# styled_clause.py adds "share" (how much of the slot is filled) and "style" (1: without articles, 2: without offices too),
# shorten.py "speaker" (the headline ends with its speaker), suggest.py "first" (the sentence is the first of its article).
WEIGHTS = {
    "few words": -1.49,
    "no identifying": -1.11,
    "share": 0.91,
    "subject pronoun": -0.83,
    "sentence": -0.64,
    "subject share": -0.59,
    "state": 0.59,
    "no complement": -0.52,
    "no of": -0.51,
    "no time": -0.47,
    "subject named": 0.47,
    "subject bare definite": -0.44,
    "no subject": -0.42,
    "infinitive": 0.41,
    "speaker": 0.40,
    "no adverb": -0.35,
    "no tight clause": -0.34,
    "quotation": 0.32,
    "first": 0.31,
    "no relative clause": 0.31,
    "style": 0.30,
    "clause follows": 0.30,
    "mean margin": 0.27,
    "ends": 0.25,
    "no clause": 0.24,
    "no second clause": 0.21,
    "cuts": -0.21,
    "torn": -0.21,
    "verb ends": -0.20,
    "possessive": 0.20,
    "no apposition": 0.20,
    "name elsewhere": 0.19,
    "copula": -0.18,
    "phrase follows": -0.17,
    "complete": 0.15,
    "rest of noun follows": -0.14,
    "verb margin": 0.08,
}


def grade(features: HeadlineFeatures) -> float:
    """Returns the expected grade of a headline, from 0 to 1."""
    return 1 / (1 + exp(-BIAS - sum(weight * features.get(name, 0.0) for name, weight in WEIGHTS.items())))

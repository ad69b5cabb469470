"""How well a grouping agrees with that of people: B-cubed precision and recall (Bagga and Baldwin 1998)."""

from collections import Counter
from collections.abc import Hashable, Mapping
from typing import Any


def b_cubed(truth: Mapping[Any, Hashable], found: Mapping[Any, Hashable]) -> tuple[float, float]:
    """Returns precision and recall; both arguments have the group of each item."""
    both = Counter((truth[item], found[item]) for item in truth)
    true_sizes, found_sizes = Counter(truth.values()), Counter(found[item] for item in truth)
    precision = sum(both[truth[item], found[item]] / found_sizes[found[item]] for item in truth) / len(truth)
    recall = sum(both[truth[item], found[item]] / true_sizes[truth[item]] for item in truth) / len(truth)
    return precision, recall

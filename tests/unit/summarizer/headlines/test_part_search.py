"""The search finds the best choice of parts that fits, each part with what it hangs on."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.summarizer.headlines.part_search import choices


@st.composite
def clauses(draw: st.DrawFn) -> tuple[list[int], list[int], list[float], list[float], list[bool], int]:
    count = draw(st.integers(1, 7))
    parents = [-1, *(draw(st.integers(0, part - 1)) for part in range(1, count))]
    sizes = draw(st.lists(st.integers(1, 20), min_size=count, max_size=count))
    weights = [0.0, *draw(st.lists(st.integers(0, 30).map(float), min_size=count - 1, max_size=count - 1))]
    gaps = draw(st.lists(st.integers(0, 5).map(float), min_size=count, max_size=count))
    available = [True, *draw(st.lists(st.booleans(), min_size=count - 1, max_size=count - 1))]
    return parents, sizes, weights, gaps, available, draw(st.integers(0, 80))


def best_of_all(
    parents: list[int], sizes: list[int], weights: list[float], gaps: list[float], available: list[bool], longest: int
) -> float | None:
    """The value of the best choice, by looking at every one."""
    values = []
    for count in range(len(parents)):
        for chosen in ({0, *rest} for rest in combinations(range(1, len(parents)), count)):
            closed = all(parents[part] in chosen for part in chosen if part) and all(available[part] for part in chosen)
            if closed and sum(sizes[part] for part in chosen) <= longest:
                missing = [part for part in range(1, len(parents)) if part not in chosen and parents[part] in chosen]
                values.append(sum(weights[part] for part in chosen) - sum(gaps[part] for part in missing))
    return max(values, default=None)


@given(clauses())
def test_the_first_choice_is_the_best_of_all_combinations(
    clause: tuple[list[int], list[int], list[float], list[float], list[bool], int],
) -> None:
    parents, sizes, *_, available, longest = clause
    found = list(choices(*clause))
    assert (found[0].value if found else None) == best_of_all(*clause)
    for choice in found:
        assert choice.parts[0] == 0
        assert choice.size == sum(sizes[part] for part in choice.parts) <= longest
        assert all(parents[part] in choice.parts and available[part] for part in choice.parts[1:])
    assert [choice.value for choice in found] == sorted((choice.value for choice in found), reverse=True)


@given(clauses(), st.integers(0, 80))
def test_a_shorter_slot_has_the_choices_of_the_longer_one_that_fit_it(
    clause: tuple[list[int], list[int], list[float], list[float], list[bool], int], shorter: int
) -> None:
    parents, sizes, weights, gaps, available, longest = clause
    shorter = min(shorter, longest)
    assert list(choices(parents, sizes, weights, gaps, available, shorter)) == [
        choice for choice in choices(*clause) if choice.size <= shorter
    ]


def test_parts_beyond_the_bits_of_a_mask_are_left_out() -> None:
    best, *_ = choices([-1, *[0] * 99], [1] * 100, [1.0] * 100, [0.0] * 100, [True] * 100, 1000)
    assert best.parts == tuple(range(62))

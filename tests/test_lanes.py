"""A large request has a lane of its own."""

from api.lanes import LARGE_CHARACTERS, lane


def test_a_small_request_passes_a_large_one() -> None:
    with lane(LARGE_CHARACTERS + 1), lane(100):
        assert lane(100) is lane(LARGE_CHARACTERS)
        assert lane(100) is not lane(LARGE_CHARACTERS + 1)

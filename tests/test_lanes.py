"""A large request has a lane of its own, and gives way."""

import sys

from api.lanes import LARGE_CHARACTERS, lane


def test_a_small_request_passes_a_large_one() -> None:
    usual = sys.getswitchinterval()
    with lane(LARGE_CHARACTERS + 1):
        assert sys.getswitchinterval() < usual
        with lane(100):
            assert lane(100) is lane(LARGE_CHARACTERS)
    assert sys.getswitchinterval() == usual

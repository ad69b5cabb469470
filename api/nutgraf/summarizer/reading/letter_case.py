"""Tests the case of letters, for sentence boundaries."""


def is_lowercase(letter: str) -> bool:
    """Returns whether a letter shows by its case that no sentence begins with it.

    False in scripts without case. Unicode counts Georgian letters as lower case, but Georgian sentences begin with them.
    """
    return letter.islower() and not "\u10d0" <= letter <= "\u10ff"

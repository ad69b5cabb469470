"""The strings that represent a word in the parser.

Each kind of feature has a vocabulary in the model file. A string that is not in it has row 0, which is trained by leaving
out features at random.
"""

KINDS = ("form", "prefix3", "suffix2", "suffix3", "suffix4", "shape")
# Words that differ only in typography are one word.
TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "–": "—", "…": "..."})
LONGEST_SHAPE = 6
LONGEST_WORD = 60  # only the start of longer words counts, such as of web addresses


def word_features(word: str, first: bool) -> tuple[str, ...]:
    """The features of a word, one of each of `KINDS`. The shape says whether the word is the first of its sentence."""
    plain = "—" if word == "--" else word[:LONGEST_WORD].translate(TYPOGRAPHY)
    form = "".join("0" if letter.isdigit() else letter for letter in plain.lower())
    return (form, form[:3], form[-2:], form[-3:], form[-4:], "^" * first + _shape(plain))


def _shape(word: str) -> str:
    """Letters as X, x or (without case) o, digits as 0, other characters as they are; runs as at most two."""
    shape: list[str] = []
    for character in word:
        if character.isdigit():
            kind = "0"
        elif character.isalpha():
            kind = "X" if character.isupper() else "x" if character.islower() else "o"
        else:
            kind = character
        if shape[-2:] != [kind, kind]:
            shape.append(kind)
    return "".join(shape[:LONGEST_SHAPE])

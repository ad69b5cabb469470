"""Checks whether the tokenizer data is installed, which `pip install nltk` does not include."""

import nltk

INSTALL_COMMAND = "python -m nutgraf.cli.nltk_data"
FOLDERS = ("tokenizers/punkt_tab/", "corpora/stopwords/")


def missing_folders() -> list[str]:
    """Returns the folders that NLTK does not find, without the slash at their end."""
    absent = []
    for folder in FOLDERS:
        try:
            nltk.data.find(folder)
        except LookupError:
            absent.append(folder.rstrip("/"))
    return absent

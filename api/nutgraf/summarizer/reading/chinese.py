"""Splits Chinese text into words with jieba, without its cache.

jieba keeps its dictionary in a file of the shared temporary folder, and loads the file that it finds there, whoever wrote
it. Building the dictionary takes about as long as loading that file.
"""

import logging
from functools import cache

import jieba


def chinese_words(text: str) -> list[str]:
    """Returns the words of a text in order, with punctuation and white space, as sumy's tokenizer does."""
    return list(_tokenizer().cut(text))


@cache  # takes a second and 60 MB
def _tokenizer() -> jieba.Tokenizer:
    jieba.setLogLevel(logging.WARNING)  # its progress would go to stderr
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer

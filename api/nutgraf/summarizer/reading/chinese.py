"""Splits Chinese text into words with jieba, without its cache.

jieba keeps its dictionary in a file of the shared temporary folder, and loads the file that it finds there, whoever wrote
it. Building the dictionary takes about as long as loading that file.
"""

import logging

import jieba

jieba.setLogLevel(logging.WARNING)  # its progress would go to stderr
_tokenizer = jieba.Tokenizer()
_tokenizer.FREQ, _tokenizer.total = _tokenizer.gen_pfdict(_tokenizer.get_dict_file())
_tokenizer.initialized = True


def chinese_words(text: str) -> list[str]:
    """Returns the words of a text in order, with punctuation and white space, as sumy's tokenizer does."""
    return list(_tokenizer.cut(text))

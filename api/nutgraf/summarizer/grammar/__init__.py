"""Words, parts of speech, heads and relations of a sentence: small dependency parsers on numpy (docs/models.md)."""

from .parser import parse, supported
from .sentence_trees import SentenceTrees
from .tree import Tree

__all__ = ["SentenceTrees", "Tree", "parse", "supported"]

"""Words, parts of speech, heads and relations of a sentence: small dependency parsers on numpy (docs/models.md)."""

from .parser import parse, supported
from .tree import Tree
from .tree_cache import TreeCache

__all__ = ["Tree", "TreeCache", "parse", "supported"]

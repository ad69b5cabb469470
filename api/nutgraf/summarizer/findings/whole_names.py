"""The former name of name_extensions.py, until term_candidates.py imports from there."""

from nutgraf.summarizer.findings.name_extensions import whole_name

__all__ = ["whole_name"]

"""Findings that an answer reports in addition to the summary: corroboration, differing figures, and key terms."""

"""Reads articles: text to paragraphs, body or boilerplate, sentences, words and term weights.

`cluster` calls the steps: `boilerplate` (with `paragraphs` and `datelines`), `sentences` (with `boundaries` and
`quotations`), `words` (with `stop_words`, `japanese` and `chinese`), `terms` and `near_duplicates`.
"""

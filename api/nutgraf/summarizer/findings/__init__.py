"""Findings that an answer reports in addition to the summary, a folder for each kind.

- `key_terms`: names and noun phrases that say what the articles are about
- `figures`: numbers that differ between sentences that count the same thing
- `agreement`: sentences of other articles that state the same fact
- `quotations`: quotations with their speakers
- `names`: names in sentences, with their long forms; used by the others
"""

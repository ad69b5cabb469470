"""The tree of a sentence and its parts.

`simplify` strips openers from a sentence. `repairs`, `root_correction` and `attachments` correct its tree. `main_claim`
finds the claim, `constituents` its parts, `complements` and `clause_words` those that must stay.
"""

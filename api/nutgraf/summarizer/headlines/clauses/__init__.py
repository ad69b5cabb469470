"""The tree of a sentence and its parts.

`simplify` removes brackets, insertions, days and openers. `repairs`, `root_correction` and `attachments` correct its tree.
`main_claim` finds the claim, and `constituents` its parts, whose kinds `part_kinds` finds with the words of `clause_words`.
`complements` knows which parts a word requires.
"""

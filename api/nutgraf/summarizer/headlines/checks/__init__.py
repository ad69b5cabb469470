"""Checks of shortened sentences. `grammar_checks` calls those that need a tree.

`clause_checks` rejects torn clauses, `reference_checks` pronouns without their noun, `phrase_checks` torn phrases,
`rank_checks` and `scope_checks` headlines that claim more than their sentence. `lost_complements` finds complements that a
word requires. `text_checks` needs no tree.
"""

"""Checks of shortened sentences: grammar, lost complements, phrases without what they need, and claims that grew.

`rank_checks` and `scope_checks` reject headlines that claim more than their sentence; `text_checks` needs no tree.
"""

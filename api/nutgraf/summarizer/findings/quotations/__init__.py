"""Quotations: `quotes` selects those for the answer.

`direct_speech` finds them; `speakers` and `quote_attribution` find who speaks; `self_contained` says which can be understood
by themselves.
"""

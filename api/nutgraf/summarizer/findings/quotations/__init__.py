"""Quotations: `quotes` selects those that an answer gives.

`direct_speech` finds them; `speakers` and `quote_attribution` find who speaks; `self_contained` says which can be understood
by themselves.
"""
